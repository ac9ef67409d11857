/*
 * attachments.c - the files that entries name, read beside a ledger and hashed.
 *
 * 1. LEDGER/attachments/<2 digits>/<64 digits>, as docs/format.md section 6 says. No link is
 *    followed there, and whatever isn't a regular file is a changed one.
 * 2. A file that is missing or changed is a finding: the evidence isn't what was attached. One that
 *    no entry names is told and harms nothing: a run that was broken off leaves it.
 */
#include "audit/verify/attachments.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/verify/array.h"
#include "audit/verify/state.h"
#include "base/language.h"

#define FOLDER       "attachments"
#define CODE_SIZE    65      /* bytes, NUL included */
#define FILES_MAX    2000000 /* that a log may name */
#define STRAYS_MAX   1000000 /* that are counted */
#define CHUNK_SIZE   65536
#define PATH_MAX_OWN 4096
#define OPEN_FOLDER  (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

void attachments_done(struct attachments *attachments)
{
    free(attachments->files);
    attachments->files = NULL;
    attachments->count = attachments->capacity = 0;
}

/* ---- The log -------------------------------------------------------------------------------- */

/* A voucher must be there; about people, it has its files sealed. */
static bool check_voucher(struct state *state, const char *code, struct attached *file,
                          struct error *err)
{
    const struct voucher *voucher = NULL;

    if (!vouchers_find(&state->vouchers, code, &voucher, err)) return false;
    file->voucher = voucher->submit_seq;
    return !voucher->is_about_people || file->is_sealed ||
           error_set(err, ERROR_VERIFY, "voucher %s is about people, but the file stands in clear",
                     code);
}

static bool check_asset(const struct state *state, const char *code, bool is_sealed,
                        struct error *err)
{
    return is_sealed || !households_know(state, code) ||
           error_set(err, ERROR_VERIFY, "asset %s is a household's, but the file stands in clear",
                     code);
}

static bool read_hash(const struct json_document *document, uint32_t file, hash_t *out,
                      struct error *err)
{
    char text[HASH_HEX_SIZE];

    return json_get_string(document, file, "sha256", text, sizeof text, err) &&
           hash_from_hex(text, out, err);
}

static bool keep(struct attachments *attachments, const struct attached *file, const char *what,
                 const char *code, struct error *err)
{
    if (!array_reserve(&attachments->files, sizeof *attachments->files, attachments->count,
                       &attachments->capacity, FILES_MAX, err))
        return false;
    attachments->files[attachments->count++] = *file;
    if (file->is_sealed) attachments->sealed++;
    if (file->is_sealed || attachments->sought == NULL ||
        !hash_equal(attachments->sought, &file->sha256))
        return true;
    if (attachments->found_count++ > 0) return true;
    attachments->found_seq = file->seq;
    (void)snprintf(attachments->found_name, sizeof attachments->found_name, "%s %s",
                   translate(what), code);
    return true;
}

bool attachments_apply(struct state *state, const struct view *view, struct error *err)
{
    const struct json_document *opened = NULL;
    const struct person *signer = NULL;
    struct attached file = {.seq = view->seq};
    char what[16], code[CODE_SIZE];
    uint32_t value;
    hash_t ignored;

    if (!state_signer(state, view, &signer, err)) return false;
    if (!state_require_role(state, signer, USER_MAKER, "", err)) return false;
    view_text(view, "what", what, sizeof what);
    view_text(view, "code", code, sizeof code);
    file.is_sealed =
        shape_is_sealed(view->document, json_member(view->document, view->body, "file"), &ignored);
    if (strcmp(what, "voucher") == 0 && !check_voucher(state, code, &file, err)) return false;
    if (strcmp(what, "asset") == 0 && !check_asset(state, code, file.is_sealed, err)) return false;
    file.is_sealed =
        !entry_open_member(view->block, view->i, view->reader, "file", &opened, &value);
    if (!file.is_sealed) {
        if (!read_hash(opened, value, &file.sha256, err)) return false;
        file.size = json_integer_value(opened, json_member(opened, value, "size"));
    }
    return keep(&state->attachments, &file, what, code, err) &&
           state_check_act(state, view, signer, err);
}

/* The first attachment whose entry is `seq` or later; count when there is none. */
static size_t find_from(const struct attachments *attachments, uint64_t seq)
{
    size_t low = 0, high = attachments->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (attachments->files[middle].seq < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct attached *attachments_at(const struct attachments *attachments, uint64_t seq)
{
    size_t at = find_from(attachments, seq);

    return at < attachments->count && attachments->files[at].seq == seq ? &attachments->files[at]
                                                                        : NULL;
}

static bool lose_range(struct attachments *attachments, uint64_t first, uint64_t last,
                       struct error *err)
{
    size_t at = find_from(attachments, first);

    for (uint64_t seq = first; seq <= last; seq++, at++) {
        struct attached *file = at < attachments->count ? &attachments->files[at] : NULL;

        if (file == NULL || file->seq != seq || file->is_lost || file->is_gone) {
            return error_set(err, ERROR_VERIFY,
                             "declares the file of entry %llu lost, which attaches none or whose "
                             "file was declared lost or erased before",
                             (unsigned long long)seq);
        }
        file->is_lost = true;
        attachments->lost++;
    }
    return true;
}

bool attachments_lost(struct state *state, const struct json_document *document, uint64_t seq,
                      struct error *err)
{
    uint64_t proposed = state->proposed;
    uint32_t entries = json_member(document, 0, "entries");
    int64_t after = -1;

    (void)seq;
    if (json_count(document, entries) == 0) {
        return error_set(err, ERROR_VERIFY, "declares no file lost");
    }
    for (uint32_t at = json_first(document, entries); at != JSON_NONE;
         at = json_next(document, at)) {
        int64_t first = json_integer_value(document, json_member(document, at, "first"));
        int64_t last = json_integer_value(document, json_member(document, at, "last"));

        if (first <= after || first > last || (uint64_t)last >= proposed) {
            return error_set(err, ERROR_VERIFY,
                             "names no range of entries before its proposal, or out of order: %lld "
                             "to %lld",
                             (long long)first, (long long)last);
        }
        if (!lose_range(&state->attachments, (uint64_t)first, (uint64_t)last, err)) return false;
        after = last;
    }
    return true;
}

/* ---- One file ------------------------------------------------------------------------------- */

enum found { FOUND_WHOLE, FOUND_MISSING, FOUND_CHANGED };

/* Hash what is open, to its end. */
static bool hash_open(int file, hash_t *hash, int64_t *size, struct error *err)
{
    uint8_t *chunk = malloc(CHUNK_SIZE);
    struct hash_stream *stream = chunk != NULL ? hash_stream_new(err) : NULL;
    ssize_t got = -1;

    if (stream == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to hash a file");
        goto out;
    }
    *size = 0;
    while ((got = read(file, chunk, CHUNK_SIZE)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            (void)error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
            break;
        }
        hash_stream_add(stream, chunk, (size_t)got);
        *size += got;
    }
    *hash = hash_stream_finish(stream);
out:
    hash_stream_free(stream);
    free(chunk);
    return got == 0;
}

static bool look_at(int file, const struct attached *wanted, enum found *out, struct error *err)
{
    struct stat status;
    int64_t size;
    hash_t hash;

    *out = FOUND_CHANGED;
    /* A file of another size isn't read, however long it is. */
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != wanted->size)
        return true;
    if (!hash_open(file, &hash, &size, err)) return false;
    if (size == wanted->size && hash_equal(&hash, &wanted->sha256)) *out = FOUND_WHOLE;
    return true;
}

/* Where errno leaves no doubt that something else lies there. */
static enum found absence(void)
{
    return errno == ENOENT ? FOUND_MISSING : FOUND_CHANGED;
}

static bool is_telling(void)
{
    return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENXIO;
}

static bool find_file(int folder, const struct attached *wanted, enum found *out, struct error *err)
{
    char name[HASH_HEX_SIZE], shelf[3];
    int above = -1, file = -1;
    bool ok = true;

    hash_to_hex(&wanted->sha256, name);
    (void)snprintf(shelf, sizeof shelf, "%.2s", name);
    *out = FOUND_MISSING;
    if (folder < 0) return true;
    above = openat(folder, shelf, OPEN_FOLDER);
    if (above >= 0) file = openat(above, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0) {
        ok = look_at(file, wanted, out, err);
        (void)close(file);
    } else if (is_telling()) {
        *out = absence();
    } else {
        ok = error_set(err, ERROR_IO, "can't be opened: %s", strerror(errno));
    }
    if (above >= 0) (void)close(above);
    return ok || error_at(err, FOLDER "/%s/%s", shelf, name);
}

/* ---- All of them ---------------------------------------------------------------------------- */

static int compare_files(const void *a, const void *b)
{
    const struct attached *left = a, *right = b;
    int order = memcmp(left->sha256.bytes, right->sha256.bytes, HASH_SIZE);

    return order != 0 ? order : (left->seq > right->seq) - (left->seq < right->seq);
}

/* The files by hash, each with the first entry that names it; lost where every entry's is. */
static bool sort_files(const struct attachments *attachments, struct attached **out, size_t *count,
                       struct error *err)
{
    struct attached *sorted = calloc(attachments->count + 1, sizeof *sorted);
    size_t readable = 0, kept = 0;

    if (sorted == NULL) return error_set(err, ERROR_MEMORY, "no memory for attached files");
    for (size_t i = 0; i < attachments->count; i++)
        if (!attachments->files[i].is_sealed) sorted[readable++] = attachments->files[i];
    qsort(sorted, readable, sizeof *sorted, compare_files);
    for (size_t i = 0; i < readable; i++) {
        if (kept == 0 || !hash_equal(&sorted[kept - 1].sha256, &sorted[i].sha256)) {
            sorted[kept++] = sorted[i];
        } else {
            sorted[kept - 1].is_lost = sorted[kept - 1].is_lost && sorted[i].is_lost;
        }
    }
    *out = sorted;
    *count = kept;
    return true;
}

struct findings {
    size_t missing, changed;
    struct attached first; /* by the order of the log */
    enum found first_is;
};

static bool check_files(int folder, const struct attached *files, size_t count,
                        struct findings *out, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        enum found found;

        if (files[i].is_lost) continue;
        if (!find_file(folder, &files[i], &found, err)) return false;
        if (found == FOUND_WHOLE) continue;
        if (out->missing + out->changed == 0 || files[i].seq < out->first.seq) {
            out->first = files[i];
            out->first_is = found;
        }
        *(found == FOUND_MISSING ? &out->missing : &out->changed) += 1;
    }
    return true;
}

static bool fail_findings(const struct findings *findings, size_t count, struct error *err)
{
    char name[HASH_HEX_SIZE];

    hash_to_hex(&findings->first.sha256, name);
    (void)error_set(err, ERROR_VERIFY,
                    findings->first_is == FOUND_MISSING
                        ? N_("the file that entry %llu attaches is missing; of %zu attached files "
                             "%zu are missing and %zu changed; the log itself is whole")
                        : N_("the file that entry %llu attaches was changed; of %zu attached files "
                             "%zu are missing and %zu changed; the log itself is whole"),
                    (unsigned long long)findings->first.seq, count, findings->missing,
                    findings->changed);
    return error_at(err, FOLDER "/%.2s/%s", name, name);
}

/* ---- Strays --------------------------------------------------------------------------------- */

struct strays {
    const struct attached *files; /* sorted */
    size_t count;
    size_t found;
    char first[PATH_MAX_OWN]; /* the one that sorts first, so that the same folder says the same */
};

static bool is_named(const struct strays *strays, const char *shelf, const char *name)
{
    struct error ignored = ERROR_INIT;
    struct attached key = {.seq = 0};
    size_t low = 0, high = strays->count;

    if (strncmp(shelf, name, 2) != 0 || !hash_from_hex(name, &key.sha256, &ignored)) return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_files(&strays->files[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < strays->count && hash_equal(&strays->files[low].sha256, &key.sha256);
}

static void note_stray(struct strays *strays, const char *shelf, const char *name)
{
    char path[PATH_MAX_OWN];

    (void)snprintf(path, sizeof path, "%s%s%s", shelf, shelf[0] == '\0' ? "" : "/", name);
    if (strays->found == 0 || strcmp(path, strays->first) < 0)
        memcpy(strays->first, path, sizeof path);
    strays->found++;
}

/* A folder of files, or with `shelf` "" the folder of those folders. */
static void find_strays(struct strays *strays, int folder, const char *shelf)
{
    DIR *directory = fdopendir(folder);
    const struct dirent *entry;

    if (directory == NULL) {
        (void)close(folder);
        return;
    }
    while (strays->found < STRAYS_MAX && (entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        int inner = -1;

        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
        if (shelf[0] == '\0' && strlen(name) == 2)
            inner = openat(dirfd(directory), name, OPEN_FOLDER);
        if (inner >= 0) {
            find_strays(strays, inner, name);
        } else if (shelf[0] == '\0' || !is_named(strays, shelf, name)) {
            note_stray(strays, shelf, name);
        }
    }
    (void)closedir(directory);
}

static bool is_any_gone(const struct attachments *attachments)
{
    for (size_t i = 0; i < attachments->count; i++)
        if (attachments->files[i].is_gone) return true;
    return false;
}

/* Which of them was erased, its entry doesn't tell any more. */
static void tell_strays(const struct strays *strays, bool is_gone, char *out, size_t out_size)
{
    out[0] = '\0';
    if (strays->found == 0) return;
    (void)snprintf(out, out_size,
                   is_gone ? _("beside the attached files lie %zu that no entry names, and one "
                               "that was erased may be among them: remove it; the first is "
                               "attachments/%.200s")
                           : _("beside the attached files lie %zu that no entry names, as a run "
                               "that was broken off leaves them; the first is attachments/%.200s"),
                   strays->found, strays->first);
}

/* ---- The folder ----------------------------------------------------------------------------- */

static bool open_folder(const char *ledger, int *out, struct error *err)
{
    char path[PATH_MAX_OWN];
    int size = snprintf(path, sizeof path, "%s/" FOLDER, ledger);

    if (size < 0 || (size_t)size >= sizeof path)
        return error_set(err, ERROR_IO, "the path %s is too long", ledger);
    *out = open(path, OPEN_FOLDER);
    if (*out >= 0 || errno == ENOENT) return true;
    if (errno == ENOTDIR || errno == ELOOP) {
        (void)error_set(err, ERROR_VERIFY, "is no folder: something else was put in its place");
        return error_at(err, FOLDER);
    }
    return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
}

bool attachments_check(const struct attachments *attachments, const char *ledger, char *stray,
                       size_t stray_size, struct error *err)
{
    struct findings findings = {0};
    struct strays strays = {0};
    struct attached *files = NULL;
    size_t count = 0;
    int folder = -1;
    bool ok = false;

    if (!sort_files(attachments, &files, &count, err)) goto out;
    if (!open_folder(ledger, &folder, err)) goto out;
    if (!check_files(folder, files, count, &findings, err)) goto out;
    strays = (struct strays){.files = files, .count = count};
    if (folder >= 0) find_strays(&strays, folder, ""); /* which closes it */
    folder = -1;
    tell_strays(&strays, is_any_gone(attachments), stray, stray_size);
    ok = findings.missing + findings.changed == 0 || fail_findings(&findings, count, err);
out:
    if (folder >= 0) (void)close(folder);
    free(files);
    return ok;
}

bool attachments_measure(const char *path, hash_t *out, struct error *err)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat status;
    int64_t size;
    bool ok = false;

    if (file < 0) {
        (void)error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
    } else if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        (void)error_set(err, ERROR_USAGE, "is no file");
    } else {
        ok = hash_open(file, out, &size, err);
    }
    if (file >= 0) (void)close(file);
    return ok || error_at(err, "%s", path);
}
