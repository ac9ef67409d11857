/*
 * writer.c - one writer of a repository at a time, and the locks that a killed one left behind.
 *
 *     .git/mingzhang.lock     locked by fcntl() while a program of ours may write here; "1" while
 *                             that program moves the branch or the work tree, else the last mark
 *
 * 1. The kernel's lock ends with the program, however that ends; git's own lock files stay. "1" in
 *    a file that nobody has locked tells that git's locks on branch and index may be a dead
 *    program's. Only then are they removed: others work here with git too.
 */
#include "exporters/writer.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME     "mingzhang.lock"
#define PATH_SIZE_MAX 4096
#define WRITING       '1'
#define PROBE         "_git2_" /* how names of libgit2's own temporary files begin */

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

/* What a full disk or a kill leaves of a repository that was being made: a .git, and libgit2's look
   at what the disk can do. */
static bool is_left_over(const char *name)
{
    return strcmp(name, ".git") == 0 || strncmp(name, PROBE, strlen(PROBE)) == 0;
}

/*
 * Nothing there, or an empty directory? Since git found no repository here, a .git is what was left
 * of one; making it again completes it.
 */
static bool check_vacant(const char *path, struct error *err)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    bool vacant = true;

    if (directory == NULL && errno == ENOENT) return true;
    if (directory == NULL)
        return error_set(err, ERROR_IO, "cannot read %s: %s", path, strerror(errno));
    while (vacant && (entry = readdir(directory)) != NULL)
        vacant = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
                 is_left_over(entry->d_name);
    (void)closedir(directory);
    if (!vacant)
        return error_set(err, ERROR_CONFLICT,
                         "%s is not empty and no git repository; name an empty directory", path);
    return true;
}

/* In a directory that check_vacant() has seen. */
static bool remove_probes(const char *path, struct error *err)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    bool ok = true;

    if (directory == NULL) return true;
    while (ok && (entry = readdir(directory)) != NULL)
        if (strncmp(entry->d_name, PROBE, strlen(PROBE)) == 0 &&
            unlinkat(dirfd(directory), entry->d_name, 0) != 0)
            ok = error_set(err, ERROR_IO, "cannot remove %s from %s: %s", entry->d_name, path,
                           strerror(errno));
    (void)closedir(directory);
    return ok;
}

bool writer_take_vacant(const char *path, struct error *err)
{
    return check_vacant(path, err) && remove_probes(path, err);
}

static bool take(const char *directory, int lock, char mark[WRITER_MARK_SIZE], struct error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    ssize_t size;

    if (fcntl(lock, F_SETLK, &whole) != 0)
        return error_set(err, ERROR_BUSY,
                         "another program is publishing to %s; repeat when it is done", directory);
    size = pread(lock, mark, WRITER_MARK_SIZE - 1, 0);
    if (size < 0)
        return error_set(err, ERROR_IO, "cannot read %s%s: %s", directory, FILE_NAME,
                         strerror(errno));
    mark[size] = '\0';
    if (mark[0] != WRITING) return true;
    mark[0] = '\0';
    return writer_clear(directory, err);
}

bool writer_lock(const char *git_directory, int *out, char mark[WRITER_MARK_SIZE],
                 struct error *err)
{
    char path[PATH_SIZE_MAX];
    int lock = WRITER_NONE;

    if (!make_path(git_directory, FILE_NAME, path, err)) return false;
    lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return error_set(err, ERROR_IO, "cannot open %s: %s", path, strerror(errno));
    if (!take(git_directory, lock, mark, err)) {
        writer_unlock(lock);
        return false;
    }
    *out = lock;
    return true;
}

bool writer_begin(int lock, struct error *err)
{
    const char writing = WRITING;

    assert(lock != WRITER_NONE);
    return (pwrite(lock, &writing, 1, 0) == 1 && fsync(lock) == 0) ||
           error_set(err, ERROR_IO, "cannot write the repository's %s: %s", FILE_NAME,
                     strerror(errno));
}

void writer_end(int lock, const char *mark)
{
    const size_t size = strlen(mark);

    /* A byte that stays, or half a mark, costs the next writer a look at all of the index. */
    assert(lock != WRITER_NONE && size < WRITER_MARK_SIZE && mark[0] != WRITING);
    if (ftruncate(lock, (off_t)size) != 0 || pwrite(lock, mark, size, 0) != (ssize_t)size) return;
}

void writer_unlock(int lock)
{
    if (lock != WRITER_NONE) (void)close(lock);
}
