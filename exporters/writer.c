/*
 * writer.c - one writer of a repository at a time, and the locks that a killed one left behind.
 *
 *     .git/mingzhang.lock     locked by fcntl() while a program of ours may write here; holds a
 * byte while that program moves the branch or the work tree
 *
 * 1. The kernel's lock ends with the program, however that ends; git's own lock files stay. A byte
 * in a file that nobody has locked tells that git's locks on branch and index may be a dead
 *    program's. Only then are they removed: others work here with git too.
 */
#include "exporters/writer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME     "mingzhang.lock"
#define PATH_SIZE_MAX 4096

/* What git locks when a repository is made and when the branch and the work tree move. */
static const char *const git_locks[] = {"HEAD.lock", "config.lock", "index.lock",
                                        "refs/heads/main.lock"};

static bool make_path(const char *directory, const char *name, char out[PATH_SIZE_MAX],
                      struct error *err)
{
    int size = snprintf(out, PATH_SIZE_MAX, "%s%s", directory, name);

    return (size >= 0 && size < PATH_SIZE_MAX) ||
           error_set(err, ERROR_LIMIT, "the repository's path is too long: %.200s…", directory);
}

bool writer_clear(const char *git_directory, struct error *err)
{
    char path[PATH_SIZE_MAX];

    for (size_t i = 0; i < ARRAY_COUNT(git_locks); i++) {
        if (!make_path(git_directory, git_locks[i], path, err)) return false;
        if (unlink(path) != 0 && errno != ENOENT)
            return error_set(err, ERROR_IO, "cannot remove %s, which a killed program left: %s",
                             path, strerror(errno));
    }
    return true;
}

static bool take(const char *directory, int lock, struct error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat status;

    if (fcntl(lock, F_SETLK, &whole) != 0)
        return error_set(err, ERROR_BUSY,
                         "another program is publishing to %s; repeat when it is done", directory);
    if (fstat(lock, &status) != 0)
        return error_set(err, ERROR_IO, "cannot read %s%s: %s", directory, FILE_NAME,
                         strerror(errno));
    if (status.st_size == 0) return true;
    if (!writer_clear(directory, err)) return false;
    writer_end(lock);
    return true;
}

bool writer_lock(const char *git_directory, int *out, struct error *err)
{
    char path[PATH_SIZE_MAX];
    int lock = WRITER_NONE;

    if (!make_path(git_directory, FILE_NAME, path, err)) return false;
    lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return error_set(err, ERROR_IO, "cannot open %s: %s", path, strerror(errno));
    if (!take(git_directory, lock, err)) {
        writer_unlock(lock);
        return false;
    }
    *out = lock;
    return true;
}

bool writer_begin(int lock, struct error *err)
{
    assert(lock != WRITER_NONE);
    if (pwrite(lock, "1", 1, 0) == 1 && fsync(lock) == 0) return true;
    return error_set(err, ERROR_IO, "cannot write the repository's %s: %s", FILE_NAME,
                     strerror(errno));
}

void writer_end(int lock)
{
    /* A byte that stays costs the next writer a look for locks that aren't there. */
    if (lock != WRITER_NONE && ftruncate(lock, 0) != 0) return;
}

void writer_unlock(int lock)
{
    if (lock != WRITER_NONE) (void)close(lock);
}
