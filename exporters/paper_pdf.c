/*
 * paper_pdf.c - the page handed to weasyprint in a child process.
 *
 * 1. Page, PDF and what the child says pass through sockets, all three at once: neither side waits
 *    for the other, no disk can be too full for them, and nobody else can open them.
 * 2. The child gets an environment of its own: no network is needed, none of the user's settings
 *    change the paper, and the same page gives the same bytes.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/language.h"

#define PROGRAM         "weasyprint"
#define PROGRAM_MISSING 127 /* what a shell says, too */
#define SAID_BYTES_MAX  65536
#define INSTALL_THESE   "apt-get install weasyprint fonts-noto-cjk"

/* What the child has as standard input, output and error. */
enum { CHILD_INPUT, CHILD_OUTPUT, CHILD_SAID, CHANNELS };

struct channel {
    int ours, theirs; /* -1: closed */
};

static void close_end(int *descriptor)
{
    if (*descriptor >= 0) (void)close(*descriptor);
    *descriptor = -1;
}

static void close_channels(struct channel channels[CHANNELS])
{
    for (size_t i = 0; i < CHANNELS; i++) {
        close_end(&channels[i].ours);
        close_end(&channels[i].theirs);
    }
}

static bool open_channels(struct channel channels[CHANNELS], struct error *err)
{
    int pair[2];

    for (size_t i = 0; i < CHANNELS; i++) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
            (void)error_set(err, ERROR_IO, "no child process: %s", strerror(errno));
            close_channels(channels);
            return false;
        }
        (void)fcntl(pair[0], F_SETFD, FD_CLOEXEC);
        (void)fcntl(pair[1], F_SETFD, FD_CLOEXEC);
        channels[i] = (struct channel){pair[0], pair[1]};
    }
    return true;
}

/* Send what can be sent now; close at the end, or when the child doesn't listen any more. */
static void send_some(int *descriptor, const struct buffer *input, size_t *sent)
{
    ssize_t size = *sent < input->size ? send(*descriptor, input->data + *sent, input->size - *sent,
                                              MSG_NOSIGNAL | MSG_DONTWAIT)
                                       : 0;

    if (size > 0) *sent += (size_t)size;
    if (*sent < input->size && (size > 0 || errno == EAGAIN || errno == EINTR)) return;
    close_end(descriptor);
}

static bool receive_some(int *descriptor, struct buffer *out, struct error *err)
{
    uint8_t block[65536];
    ssize_t size = recv(*descriptor, block, sizeof block, 0);

    if (size > 0) return buffer_append(out, block, (size_t)size, err);
    if (size < 0 && errno == EINTR) return true;
    close_end(descriptor);
    return true;
}

/* Give the child its input and take all that it writes, until it has closed both. */
static bool converse(struct channel channels[CHANNELS], const struct buffer *input,
                     struct buffer *output, struct buffer *said, struct error *err)
{
    struct error too_long = ERROR_INIT; /* enough was said */
    size_t sent = 0;

    while (channels[CHILD_OUTPUT].ours >= 0 || channels[CHILD_SAID].ours >= 0) {
        struct pollfd polled[CHANNELS] = {{channels[CHILD_INPUT].ours, POLLOUT, 0},
                                          {channels[CHILD_OUTPUT].ours, POLLIN, 0},
                                          {channels[CHILD_SAID].ours, POLLIN, 0}};

        if (poll(polled, CHANNELS, -1) < 0) {
            if (errno == EINTR) continue;
            return error_set(err, ERROR_IO, "a child process is lost: %s", strerror(errno));
        }
        if (polled[CHILD_INPUT].revents != 0) send_some(&channels[CHILD_INPUT].ours, input, &sent);
        if (polled[CHILD_OUTPUT].revents != 0 &&
            !receive_some(&channels[CHILD_OUTPUT].ours, output, err))
            return false;
        if (polled[CHILD_SAID].revents != 0)
            (void)receive_some(&channels[CHILD_SAID].ours, said, &too_long);
    }
    return true;
}

/* In the child: only what may be called between fork() and exec(). */
static void become(const char *const *arguments, const struct channel channels[CHANNELS])
{
    static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                              "LANG=C.UTF-8",
                                              "HOME=/nonexistent",
                                              "PYTHONHASHSEED=0",    /* order of what is written */
                                              "SOURCE_DATE_EPOCH=0", /* no date in fonts */
                                              NULL};
    static const char *const folders[] = {"/usr/local/bin/", "/usr/bin/", "/bin/"};
    char path[256];

    for (int i = 0; i < CHANNELS; i++)
        if (dup2(channels[i].theirs, i) < 0) _exit(PROGRAM_MISSING);
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
static bool run(const char *const *arguments, const struct buffer *input, struct buffer *output,
                struct buffer *said, int *status_out, struct error *err)
{
    struct channel channels[CHANNELS] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int status = 0;
    pid_t child;
    bool ok;

    if (!open_channels(channels, err)) return false;
    child = fork();
    if (child == 0) become(arguments, channels);
    for (size_t i = 0; i < CHANNELS; i++)
        close_end(&channels[i].theirs);
    ok = child < 0 ? error_set(err, ERROR_IO, "no child process: %s", strerror(errno))
                   : converse(channels, input, output, said, err);
    close_channels(channels); /* so that a child that goes on writing ends */
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(err, ERROR_IO, "a child process is lost: %s", strerror(errno));
    *status_out = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ok;
}

/* Without a Chinese font the PDF would be made all the same, of empty boxes. */
static bool require_font(struct error *err)
{
    static const char *const arguments[] = {"fc-list", ":lang=zh-cn", "family", NULL};
    static const struct buffer nothing = BUFFER_INIT(1);
    struct buffer families = BUFFER_INIT(PAPER_SIZE_BYTES_MAX), said = BUFFER_INIT(SAID_BYTES_MAX);
    int status = 0;
    bool ok = run(arguments, &nothing, &families, &said, &status, err);

    /* Without fc-list there is no weasyprint either, and that is what the caller will be told. */
    if (ok && status != PROGRAM_MISSING && families.size == 0)
        ok = error_set(err, ERROR_STATE,
                       "no Chinese font is installed for the PDF; install one (%s), or print the "
                       "HTML",
                       INSTALL_THESE);
    buffer_done(&families);
    buffer_done(&said);
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
    int status = 0;
    bool ok = run(arguments, html, &pdf, &said, &status, err);

    if (ok && (status != 0 || pdf.size < 5 || memcmp(pdf.data, "%PDF-", 5) != 0))
        ok = refuse_failure(program, status, &said, err);
    ok = ok && buffer_append(pdf_out, pdf.data, pdf.size, err);
    buffer_done(&pdf);
    buffer_done(&said);
    return ok;
}

bool paper_make_pdf(const struct buffer *html, struct buffer *pdf_out, struct error *err)
{
    return require_font(err) && paper_make_pdf_by(PROGRAM, html, pdf_out, err);
}
