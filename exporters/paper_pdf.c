/*
 * paper_pdf.c - the page handed to weasyprint in a child process.
 *
 * 1. Page, PDF and what the child says pass through files without a name: neither side waits for
 *    the other, nothing is left behind, and nobody else can open them.
 * 2. The child gets an environment of its own: no network is needed, none of the user's settings
 *    change the paper, and the same page gives the same bytes.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/language.h"

#define PROGRAM         "weasyprint"
#define PROGRAM_MISSING 127 /* what a shell says, too */
#define SAID_BYTES_MAX  65536
#define INSTALL_THESE   "apt-get install weasyprint fonts-noto-cjk"

struct child_files {
    FILE *input, *output, *said;
};

static bool open_files(struct child_files *files, const struct buffer *input, struct error *err)
{
    files->input = tmpfile();
    files->output = tmpfile();
    files->said = tmpfile();
    if (files->input == NULL || files->output == NULL || files->said == NULL ||
        (input->size > 0 && fwrite(input->data, input->size, 1, files->input) != 1) ||
        fflush(files->input) != 0 || fseek(files->input, 0, SEEK_SET) != 0)
        return error_set(err, ERROR_IO, "no temporary file can be written: %s", strerror(errno));
    return true;
}

static void close_files(struct child_files *files)
{
    if (files->input != NULL) (void)fclose(files->input);
    if (files->output != NULL) (void)fclose(files->output);
    if (files->said != NULL) (void)fclose(files->said);
}

/* All that the child wrote. Its offset moved with ours: both share one open file. */
static bool read_file(FILE *file, struct buffer *out, struct error *err)
{
    uint8_t block[65536];
    size_t size;

    rewind(file);
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        if (!buffer_append(out, block, size, err)) return false;
    if (ferror(file) != 0)
        return error_set(err, ERROR_IO, "a temporary file can't be read: %s", strerror(errno));
    return true;
}

/* In the child: only what may be called between fork() and exec(). */
static void become(const char *const *arguments, const int *descriptors)
{
    static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                              "LANG=C.UTF-8",
                                              "HOME=/nonexistent",
                                              "PYTHONHASHSEED=0",    /* order of what is written */
                                              "SOURCE_DATE_EPOCH=0", /* no date in fonts */
                                              NULL};
    static const char *const folders[] = {"/usr/local/bin/", "/usr/bin/", "/bin/"};
    char path[256];

    for (int i = 0; i < 3; i++)
        if (dup2(descriptors[i], i) < 0) _exit(PROGRAM_MISSING);
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        size_t size = strlen(folders[i]);

        if (size + strlen(arguments[0]) >= sizeof path) break;
        memcpy(path, folders[i], size);
        memcpy(path + size, arguments[0], strlen(arguments[0]) + 1);
        /* execve() changes none of the words, but its type says that it might. */
        (void)execve(path, (char *const *)(uintptr_t)arguments,
                     (char *const *)(uintptr_t)environment);
    }
    _exit(PROGRAM_MISSING);
}

/* Run a program to its end; `status_out` receives its exit status, -1 when a signal ended it. */
static bool run(const char *const *arguments, const struct child_files *files, int *status_out,
                struct error *err)
{
    const int descriptors[3] = {fileno(files->input), fileno(files->output), fileno(files->said)};
    int status = 0;
    pid_t child = fork();

    if (child < 0) return error_set(err, ERROR_IO, "no child process: %s", strerror(errno));
    if (child == 0) become(arguments, descriptors);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(err, ERROR_IO, "a child process is lost: %s", strerror(errno));
    *status_out = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return true;
}

/* Without a Chinese font the PDF would be made all the same, of empty boxes. */
static bool require_font(struct error *err)
{
    static const char *const arguments[] = {"fc-list", ":lang=zh-cn", "family", NULL};
    static const struct buffer nothing = BUFFER_INIT(1);
    struct buffer families = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct child_files files = {NULL, NULL, NULL};
    int status = 0;
    bool ok = false;

    if (!open_files(&files, &nothing, err)) goto out;
    if (!run(arguments, &files, &status, err)) goto out;
    if (!read_file(files.output, &families, err)) goto out;
    /* Without fc-list there is no weasyprint either, and that is what the caller will be told. */
    if (status != PROGRAM_MISSING && families.size == 0) {
        (void)error_set(err, ERROR_STATE,
                        "no Chinese font is installed for the PDF; install one (%s), or print the "
                        "HTML",
                        INSTALL_THESE);
        goto out;
    }
    ok = true;
out:
    close_files(&files);
    buffer_done(&families);
    return ok;
}

static bool refuse_failure(const char *program, int status, const struct buffer *said,
                           struct error *err)
{
    if (status == PROGRAM_MISSING)
        return error_set(err, ERROR_STATE,
                         "%s, which makes the PDF, is not installed; install it (%s), or print the "
                         "HTML",
                         program, INSTALL_THESE);
    return error_set(err, ERROR_IO, "%s made no PDF: %.600s", program,
                     said->size > 0 ? buffer_text(said) : _("it says nothing"));
}

bool paper_make_pdf_by(const char *program, const struct buffer *html, struct buffer *pdf_out,
                       struct error *err)
{
    const char *const arguments[] = {
        program, "--quiet", "--encoding", "utf-8", "--pdf-identifier", "mingzhang", "-", "-", NULL};
    struct buffer pdf = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer said = BUFFER_INIT(SAID_BYTES_MAX);
    struct child_files files = {NULL, NULL, NULL};
    int status = 0;
    bool ok = false;

    if (!open_files(&files, html, err)) goto out;
    if (!run(arguments, &files, &status, err)) goto out;
    if (!read_file(files.output, &pdf, err)) goto out;
    if (status != 0 || pdf.size < 5 || memcmp(pdf.data, "%PDF-", 5) != 0) {
        if (!read_file(files.said, &said, err)) goto out;
        (void)refuse_failure(program, status, &said, err);
        goto out;
    }
    ok = buffer_append(pdf_out, pdf.data, pdf.size, err);
out:
    close_files(&files);
    buffer_done(&pdf);
    buffer_done(&said);
    return ok;
}

bool paper_make_pdf(const struct buffer *html, struct buffer *pdf_out, struct error *err)
{
    return require_font(err) && paper_make_pdf_by(PROGRAM, html, pdf_out, err);
}
