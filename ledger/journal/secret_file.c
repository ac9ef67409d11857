/*
 * secret_file.c - small files that only their owner may read, written durably.
 *
 * A file is on the disk when a function here returns true: its bytes and its name are synced.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/journal/internal.h"

#define FILE_MODE     0600
#define OTHERS_MODE   077
#define PATH_SIZE_MAX 4096
#define READ_SIZE     4096

static bool tell(const char *doing, const char *path, struct error *err)
{
    return error_set(err, ERROR_IO, "cannot %s %s: %s", doing, path, strerror(errno));
}

static bool sync_directory(const char *path, struct error *err)
{
    int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;

    if (!ok) (void)tell("sync", path, err);
    if (file >= 0) (void)close(file);
    return ok;
}

static bool sync_parent(const char *path, struct error *err)
{
    char copy[PATH_SIZE_MAX];
    int size = snprintf(copy, sizeof copy, "%s", path);

    if (size < 0 || (size_t)size >= sizeof copy)
        return error_set(err, ERROR_LIMIT, "the path is too long: %.200s…", path);
    return sync_directory(dirname(copy), err);
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
    return fsync(file) == 0;
}

/* Write a file that must not be there; nothing is left of it on failure. */
static bool write_new(const char *path, const uint8_t *data, size_t size, struct error *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    bool ok;

    if (file < 0 && errno == EEXIST)
        return error_set(err, ERROR_CONFLICT, "%s is there already; it is never overwritten", path);
    if (file < 0) return tell("make", path, err);
    ok = write_all(file, data, size) || tell("write", path, err);
    if (close(file) != 0 && ok) ok = tell("close", path, err);
    if (!ok) (void)unlink(path);
    return ok;
}

bool secret_file_create(const char *path, const uint8_t *data, size_t size, struct error *err)
{
    return write_new(path, data, size, err) && sync_parent(path, err);
}

bool secret_file_replace(const char *path, const uint8_t *data, size_t size, struct error *err)
{
    char next[PATH_SIZE_MAX];
    int length = snprintf(next, sizeof next, "%s.next", path);

    if (length < 0 || (size_t)length >= sizeof next)
        return error_set(err, ERROR_LIMIT, "the path is too long: %.200s…", path);
    /* Left by a program that was killed before its rename: it never counted. */
    if (unlink(next) != 0 && errno != ENOENT) return tell("remove", next, err);
    if (!write_new(next, data, size, err)) return false;
    if (rename(next, path) != 0) {
        (void)tell("replace", path, err);
        (void)unlink(next);
        return false;
    }
    return sync_parent(path, err);
}

static bool check_status(int file, const char *path, struct error *err)
{
    struct stat status;

    if (fstat(file, &status) != 0) return tell("look at", path, err);
    if (!S_ISREG(status.st_mode)) return error_set(err, ERROR_IO, "%s is not a file", path);
    if ((status.st_mode & OTHERS_MODE) != 0)
        return error_set(
            err, ERROR_PERMISSION,
            "others may read %s; a key that others can read is nobody's: chmod 600 it, "
            "or better make a new one",
            path);
    return true;
}

bool secret_file_read(const char *path, struct buffer *out, struct error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    uint8_t chunk[READ_SIZE];
    ssize_t size = 1;
    bool ok = false;

    if (file < 0) {
        (void)error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "cannot open %s: %s",
                        path, strerror(errno));
        goto out;
    }
    if (!check_status(file, path, err)) goto out;
    while (size > 0) {
        size = read(file, chunk, sizeof chunk);
        if (size < 0 && errno == EINTR) {
            size = 1;
            continue;
        }
        if (size < 0) {
            (void)tell("read", path, err);
            goto out;
        }
        if (size > 0 && !buffer_append(out, chunk, (size_t)size, err)) goto out;
    }
    ok = true;
out:
    if (file >= 0) (void)close(file);
    return ok;
}
