/*
 * files.c - attached files: taken in, kept, checked, given out and copied.
 *
 *     taken (new-0, synced, read back) ── keep ── under its hash, read-only, its folders synced
 *                                      └─ drop ── gone
 */
#include "ledger/attachments/attachments.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/language.h"
#include "ledger/attachments/folder.h"
#include "ledger/attachments/media_type.h"

#define CHUNK_SIZE 65536
#define KEPT_MODE  0400

struct attachment_intake {
    char *ledger; /* owned */
    char name[FOLDER_NAME_SIZE];
    int folder;
    bool is_there; /* under `name` */
    struct attachment_file file;
};

/* ---- Bytes ----------------------------------------------------------------------------------- */

/* Up to `size` bytes from `at`; fewer at the end of the file. -1 on failure. */
static ssize_t read_at(int file, uint8_t *data, size_t size, int64_t at)
{
    size_t done = 0;

    while (done < size) {
        ssize_t got = pread(file, data + done, size - done, at + (off_t)done);

        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static bool refuse_write(struct error *err)
{
    return error_set(err, ERROR_IO,
                     "the copy can't be written: %s; make room or choose another place",
                     strerror(errno));
}

static bool write_all(int file, const uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, data, size);

        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

/* Hash a file from its start and, when `to` isn't -1, write it there too. */
static bool pump(int from, int to, struct attachment_file *out, struct error *err)
{
    uint8_t *chunk = malloc(CHUNK_SIZE);
    struct hash_stream *stream = chunk != NULL ? hash_stream_new(err) : NULL;
    int64_t at = 0;
    ssize_t size;
    bool ok = false;

    if (stream == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to copy a file");
        goto out;
    }
    while ((size = read_at(from, chunk, CHUNK_SIZE, at)) > 0) {
        hash_stream_add(stream, chunk, (size_t)size);
        at += size;
        if (at > ATTACHMENT_SIZE_BYTES_MAX) {
            (void)error_set(err, ERROR_LIMIT,
                            "the file is larger than %lld MiB; scan it coarser or part it",
                            (long long)(ATTACHMENT_SIZE_BYTES_MAX / (1024 * 1024)));
            goto out;
        }
        if (to >= 0 && !write_all(to, chunk, (size_t)size)) {
            (void)refuse_write(err);
            goto out;
        }
    }
    if (size < 0) {
        (void)error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
        goto out;
    }
    out->sha256 = hash_stream_finish(stream);
    out->size_bytes = at;
    ok = true;
out:
    hash_stream_free(stream);
    free(chunk);
    return ok;
}

/* ---- Files of others ------------------------------------------------------------------------- */

/* A regular file that isn't empty. A pipe or a device is refused before anything is read of it. */
static bool open_given(const char *path, int *out, struct error *err)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat status;

    if (file < 0)
        return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "can't be opened: %s",
                         strerror(errno));
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        (void)close(file);
        return error_set(err, ERROR_INPUT, "is no file; give a scan or photograph");
    }
    if (status.st_size == 0) {
        (void)close(file);
        return error_set(err, ERROR_INPUT, "is empty; scan it again");
    }
    *out = file;
    return true;
}

bool attachment_measure(const char *path, struct attachment_file *out, struct error *err)
{
    struct attachment_file file = {.type = ""};
    int from = -1;
    bool ok = open_given(path, &from, err) && pump(from, -1, &file, err);

    if (from >= 0) (void)close(from);
    if (!ok) return error_at(err, "%s", path);
    *out = file;
    return true;
}

/* ---- Taking in ------------------------------------------------------------------------------- */

static bool find_type(int file, struct attachment_file *out, struct error *err)
{
    int64_t tail_at = out->size_bytes > MEDIA_TAIL_SIZE ? out->size_bytes - MEDIA_TAIL_SIZE : 0;
    uint8_t *bytes = malloc(MEDIA_HEAD_SIZE + MEDIA_TAIL_SIZE);
    struct media_ends ends;
    ssize_t head, tail;
    bool ok = false;

    if (bytes == NULL) return error_set(err, ERROR_MEMORY, "no memory to look at a file");
    head = read_at(file, bytes, MEDIA_HEAD_SIZE, 0);
    tail = read_at(file, bytes + MEDIA_HEAD_SIZE, MEDIA_TAIL_SIZE, tail_at);
    if (head < 0 || tail < 0) {
        (void)error_set(err, ERROR_IO, "the copy can't be read back: %s", strerror(errno));
        goto out;
    }
    ends = (struct media_ends){bytes, bytes + MEDIA_HEAD_SIZE, (size_t)head, (size_t)tail,
                               (uint64_t)(tail_at + tail)};
    out->type = media_type_find(&ends);
    if (out->type == NULL) {
        (void)error_set(
            err, ERROR_INPUT,
            "is none of PDF, OFD, JPEG, PNG, TIFF, WebP, HEIC, XLSX, DOCX, XLS or DOC by "
            "its content; print or scan it as PDF");
        goto out;
    }
    ok = true;
out:
    free(bytes);
    return ok;
}

/* On the disk, and read back to be what was read. */
static bool settle(int file, const struct attachment_file *wanted, struct error *err)
{
    struct attachment_file again;

    if (fchmod(file, KEPT_MODE) != 0 || fsync(file) != 0) return refuse_write(err);
    if (!pump(file, -1, &again, err)) return false;
    return hash_equal(&again.sha256, &wanted->sha256) ||
           error_set(err, ERROR_IO, "the copy isn't what was written; the disk fails");
}

static struct attachment_intake *intake_new(const char *ledger, struct error *err)
{
    struct attachment_intake *intake = calloc(1, sizeof *intake);

    if (intake != NULL) {
        intake->folder = -1;
        intake->ledger = strdup(ledger);
    }
    if (intake == NULL || intake->ledger == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to take in a file");
        attachment_drop(intake);
        return NULL;
    }
    return intake;
}

/* Copy an open file into the ledger's folder. */
static bool take_open(struct attachment_intake *intake, int from, struct error *err)
{
    int to = -1;
    bool ok = false;

    if (!folder_open(intake->ledger, true, &intake->folder, err)) goto out;
    if (!folder_new_file(intake->folder, intake->name, &to, err)) goto out;
    intake->is_there = true;
    if (!pump(from, to, &intake->file, err)) goto out;
    ok = settle(to, &intake->file, err);
out:
    if (to >= 0 && close(to) != 0 && ok) ok = folder_fail(N_("closed"), intake->name, err);
    return ok;
}

bool attachment_take(const char *ledger, const char *path, struct attachment_intake **out,
                     struct error *err)
{
    struct attachment_intake *intake = intake_new(ledger, err);
    int from = -1, copy = -1;
    bool ok = false;

    if (intake == NULL) goto out;
    if (!open_given(path, &from, err)) goto out;
    if (!take_open(intake, from, err)) goto out;
    copy = openat(intake->folder, intake->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (copy < 0) {
        (void)folder_fail(N_("opened"), intake->name, err);
        goto out;
    }
    if (!find_type(copy, &intake->file, err)) goto out;
    *out = intake;
    intake = NULL;
    ok = true;
out:
    if (from >= 0) (void)close(from);
    if (copy >= 0) (void)close(copy);
    attachment_drop(intake);
    return ok || error_at(err, "%s", path);
}

const struct attachment_file *attachment_taken(const struct attachment_intake *intake)
{
    return &intake->file;
}

void attachment_drop(struct attachment_intake *intake)
{
    if (intake == NULL) return;
    if (intake->is_there) (void)unlinkat(intake->folder, intake->name, 0);
    folder_close(&intake->folder);
    free(intake->ledger);
    free(intake);
}

/* ---- Kept files ------------------------------------------------------------------------------ */

/* Open a kept file; -1 in *out where `state` isn't ATTACHMENT_WHOLE. */
static bool open_kept(const char *ledger, const hash_t *sha256, int *out,
                      enum attachment_state *state, struct error *err)
{
    struct shelf shelf = SHELF_INIT;
    struct stat status;
    bool ok = false;
    int file = -1;

    if (!shelf_open(ledger, sha256, false, &shelf, err)) {
        if (err->code != ERROR_VERIFY) goto out;
        error_clear(err);
        *state = ATTACHMENT_CHANGED;
        ok = true;
        goto out;
    }
    *state = ATTACHMENT_MISSING;
    ok = true;
    if (shelf.shelf < 0) goto out;
    file = openat(shelf.shelf, shelf.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) goto out;
    if (file < 0 && errno != ELOOP && errno != ENXIO) {
        ok = folder_fail(N_("opened"), shelf.name, err);
        goto out;
    }
    *state = ATTACHMENT_CHANGED;
    if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) goto out;
    *state = ATTACHMENT_WHOLE;
    *out = file;
    file = -1;
out:
    if (file >= 0) (void)close(file);
    shelf_close(&shelf);
    return ok;
}

bool attachment_check(const char *ledger, const hash_t *sha256, enum attachment_state *out,
                      struct error *err)
{
    enum attachment_state state;
    struct attachment_file found;
    int file = -1;
    bool ok = false;

    if (!open_kept(ledger, sha256, &file, &state, err)) return false;
    if (state != ATTACHMENT_WHOLE) {
        *out = state;
        return true;
    }
    if (!pump(file, -1, &found, err)) {
        if (err->code != ERROR_LIMIT) goto out;
        error_clear(err);
        state = ATTACHMENT_CHANGED;
    } else if (!hash_equal(&found.sha256, sha256)) {
        state = ATTACHMENT_CHANGED;
    }
    *out = state;
    ok = true;
out:
    (void)close(file);
    return ok;
}

bool attachment_keep(struct attachment_intake *intake, bool *restored, struct error *err)
{
    struct shelf shelf = SHELF_INIT;
    enum attachment_state state;
    bool ok = false;

    assert(intake->is_there);
    if (!attachment_check(intake->ledger, &intake->file.sha256, &state, err)) goto out;
    if (!shelf_open(intake->ledger, &intake->file.sha256, true, &shelf, err)) goto out;
    if (state != ATTACHMENT_WHOLE) {
        if (renameat(intake->folder, intake->name, shelf.shelf, shelf.name) != 0) {
            (void)folder_fail(N_("put in its place"), shelf.name, err);
            goto out;
        }
        intake->is_there = false;
    }
    /* Also one that was there: the run that put it there may have been killed before this. */
    if (fsync(shelf.shelf) != 0 || fsync(shelf.folder) != 0) {
        (void)folder_fail(N_("synced"), shelf.name, err);
        goto out;
    }
    *restored = state != ATTACHMENT_WHOLE;
    ok = true;
out:
    shelf_close(&shelf);
    return ok;
}

/* ---- Giving out ------------------------------------------------------------------------------ */

/* Open a kept file that must be there. */
static bool require_kept(const char *ledger, const hash_t *sha256, int *out, struct error *err)
{
    enum attachment_state state;
    char hex[HASH_HEX_SIZE];

    if (!open_kept(ledger, sha256, out, &state, err)) return false;
    if (state == ATTACHMENT_WHOLE) return true;
    hash_to_hex(sha256, hex);
    if (state == ATTACHMENT_MISSING)
        return error_set(err, ERROR_NOT_FOUND,
                         "the file %s is missing; attach a copy of it again to put it back", hex);
    return error_set(err, ERROR_VERIFY,
                     "what lies in the place of the file %s is no file; attach a copy of it again",
                     hex);
}

static bool refuse_changed(const hash_t *sha256, struct error *err)
{
    char hex[HASH_HEX_SIZE];

    return error_set(err, ERROR_VERIFY,
                     "the file %s was changed: its bytes have another hash; attach a copy of the "
                     "right one again",
                     hash_to_hex(sha256, hex));
}

bool attachment_get(const char *ledger, const hash_t *sha256, const char *output, struct error *err)
{
    struct attachment_file found;
    int from = -1, to = -1;
    bool ok = false;

    if (!require_kept(ledger, sha256, &from, err)) return false;
    to = open(output, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (to < 0) {
        (void)error_set(err, errno == EEXIST ? ERROR_CONFLICT : ERROR_IO, "can't be made: %s",
                        strerror(errno));
        (void)error_at(err, "%s", output);
        goto out;
    }
    ok = pump(from, to, &found, err) &&
         (hash_equal(&found.sha256, sha256) || refuse_changed(sha256, err));
    if ((fsync(to) != 0 || close(to) != 0) && ok) ok = refuse_write(err);
    if (!ok) {
        if (err->code == ERROR_IO) (void)error_at(err, "%s", output);
        (void)unlink(output);
    }
out:
    (void)close(from);
    return ok;
}

bool attachment_copy(const char *from, const char *to, const hash_t *sha256, bool *copied,
                     struct error *err)
{
    struct attachment_intake *intake = NULL;
    enum attachment_state state;
    int file = -1;
    bool ok = false;

    if (!attachment_check(to, sha256, &state, err)) goto out;
    if (state == ATTACHMENT_WHOLE) {
        *copied = false;
        ok = true;
        goto out;
    }
    if (!require_kept(from, sha256, &file, err)) goto out;
    intake = intake_new(to, err);
    if (intake == NULL || !take_open(intake, file, err)) goto out;
    if (!hash_equal(&intake->file.sha256, sha256)) {
        (void)refuse_changed(sha256, err);
        goto out;
    }
    ok = attachment_keep(intake, copied, err);
out:
    if (file >= 0) (void)close(file);
    attachment_drop(intake);
    return ok;
}

/* Link, then hash what has that name now: the file may have been changed in between. */
static bool link_shelf(const char *to, const struct shelf *here, const struct shelf *there,
                       const hash_t *sha256, bool *linked, struct error *err)
{
    enum attachment_state state;

    if (linkat(here->shelf, here->name, there->shelf, there->name, 0) != 0) {
        if (errno == EXDEV || errno == EMLINK || errno == EPERM || errno == EEXIST) return true;
        return folder_fail(N_("linked"), here->name, err);
    }
    if (fsync(there->shelf) != 0 || fsync(there->folder) != 0)
        return folder_fail(N_("synced"), there->name, err);
    if (!attachment_check(to, sha256, &state, err)) return false;
    *linked = state == ATTACHMENT_WHOLE;
    if (!*linked) (void)unlinkat(there->shelf, there->name, 0);
    return true;
}

bool attachment_link(const char *from, const char *to, const hash_t *sha256, bool *linked,
                     struct error *err)
{
    struct shelf here = SHELF_INIT, there = SHELF_INIT;
    enum attachment_state state;
    bool ok = false;

    *linked = false;
    if (!attachment_check(from, sha256, &state, err)) goto out;
    ok = state != ATTACHMENT_WHOLE;
    if (ok) goto out;
    ok = shelf_open(from, sha256, false, &here, err) && shelf_open(to, sha256, true, &there, err) &&
         link_shelf(to, &here, &there, sha256, linked, err);
out:
    shelf_close(&here);
    shelf_close(&there);
    return ok;
}
