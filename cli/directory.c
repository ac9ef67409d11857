/*
 * directory.c - the folders that restoring and its drill work in.
 */
#include "cli/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/paths.h"

#define DEPTH_MAX 3 /* LEDGER/attachments/ab/… */

bool directory_make_fresh(const char *prefix, struct buffer *out, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = false;

    if (!path_make_parents(prefix, err)) goto out;
    if (!buffer_append_format(&path, err, "%sXXXXXX", prefix)) goto out;
    if (mkdtemp((char *)path.data) == NULL) {
        (void)error_set(err, ERROR_IO, "no directory can be made: %s", strerror(errno));
        (void)error_at(err, "%s", prefix);
        goto out;
    }
    ok = buffer_append_text(out, buffer_text(&path), err);
out:
    buffer_done(&path);
    return ok;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Of a folder that is open, which is closed. Links are removed, not followed. */
static void remove_within(int folder, int depth)
{
    DIR *directory = fdopendir(folder);
    struct dirent *entry;

    if (directory == NULL) (void)close(folder);
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        int inner = -1;

        if (is_dots(entry->d_name)) continue;
        if (unlinkat(folder, entry->d_name, 0) == 0) continue;
        if (depth < DEPTH_MAX)
            inner = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner >= 0) remove_within(inner, depth + 1);
        (void)unlinkat(folder, entry->d_name, AT_REMOVEDIR);
    }
    if (directory != NULL) (void)closedir(directory);
}

void directory_remove(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (folder >= 0) remove_within(folder, 0);
    (void)rmdir(path);
}

bool directory_is_used(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    bool is_used = false;

    if (directory == NULL) return errno != ENOENT;
    while (!is_used && (entry = readdir(directory)) != NULL)
        is_used = !is_dots(entry->d_name);
    (void)closedir(directory);
    return is_used;
}

static bool sync_directory(const char *path)
{
    int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;

    if (file >= 0) (void)close(file);
    return ok;
}

bool directory_move(const char *from, const char *to, struct error *err)
{
    struct buffer parent = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = false;

    if (!buffer_append_format(&parent, err, "%s/..", to)) goto out;
    if (rename(from, to) != 0 || !sync_directory(buffer_text(&parent))) {
        (void)error_set(err, ERROR_IO, "can't be put there: %s", strerror(errno));
        (void)error_at(err, "%s", to);
        goto out;
    }
    ok = true;
out:
    buffer_done(&parent);
    return ok;
}

static bool holds_ledger(int directory, const char *name)
{
    char path[PATH_SIZE_MAX];
    struct stat status;
    int size = snprintf(path, sizeof path, "%s/ledger.sqlite", name);

    return size > 0 && (size_t)size < sizeof path && fstatat(directory, path, &status, 0) == 0 &&
           S_ISREG(status.st_mode);
}

bool directory_newest_backup(const char *path, struct buffer *out, struct error *err)
{
    char newest[NAME_MAX + 1] = "";
    struct dirent *entry;
    DIR *directory = opendir(path);
    bool ok = false;

    if (directory == NULL) {
        (void)error_set(err, ERROR_NOT_FOUND, "can't be read: %s", strerror(errno));
        goto out;
    }
    while ((entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;

        if (strcmp(name, "..") == 0 || !holds_ledger(dirfd(directory), name)) continue;
        if (strcmp(name, newest) > 0 && strlen(name) < sizeof newest)
            memcpy(newest, name, strlen(name) + 1);
    }
    if (newest[0] == '\0') {
        (void)error_set(err, ERROR_NOT_FOUND, "there is no backup here");
        goto out;
    }
    ok = buffer_append_format(out, err, "%s/%s", path, newest);
out:
    if (directory != NULL) (void)closedir(directory);
    return ok || error_at(err, "%s", path);
}
