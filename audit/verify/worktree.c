/*
 * worktree.c - what lies beside the repository is what people open; it must be what was signed.
 *
 * A file that differs from the newest commit's, is missing, or was put among the signed ones is
 * named.
 */
#include "audit/verify/publication.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"

#define PATH_SIZE_MAX 4096
#define DEPTH_MAX     8

/* Folders that hold nothing but what was signed. */
static const char *const signed_folders[] = {"keys", "schema", "snapshots", "tile"};

static bool join(char path[PATH_SIZE_MAX], const char *folder, const char *name, struct error *err)
{
    int size = snprintf(path, PATH_SIZE_MAX, "%s%s%s", folder, folder[0] == '\0' ? "" : "/", name);

    if (size >= 0 && size < PATH_SIZE_MAX) return true;
    return error_set(err, ERROR_VERIFY, "%.200s…: the path is too long", folder);
}

/* Is the file in the work tree byte for byte the blob that `bytes` holds? */
static bool is_same(const char *path, const struct buffer *bytes)
{
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    uint8_t block[65536];
    size_t at = 0;
    ssize_t got = 0;
    bool same;

    if (descriptor < 0) return false;
    same = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
           (uint64_t)status.st_size == bytes->size;
    while (same && (got = read(descriptor, block, sizeof block)) > 0) {
        same = (size_t)got <= bytes->size - at && memcmp(block, bytes->data + at, (size_t)got) == 0;
        at += (size_t)got;
    }
    close(descriptor);
    return same && got == 0 && at == bytes->size;
}

static bool compare_files(const char *root, struct publication_copy *copy, struct error *err)
{
    char path[PATH_SIZE_MAX];

    for (size_t i = 0; i < copy->files.count; i++) {
        const struct clone_file *file = &copy->files.files[i];

        if (!clone_read(copy->clone, file, &copy->bytes, err)) return false;
        if (!join(path, root, file->path, err)) return false;
        if (is_same(path, &copy->bytes)) continue;
        (void)error_set(err, ERROR_VERIFY,
                        "%s in the work tree is missing or not the file that was signed; "
                        "\"git checkout .\" brings it back",
                        file->path);
        return error_at(err, "work tree");
    }
    return true;
}

/* Look for files that no commit has, in a folder of the signed. */
static bool find_strangers(const char *root, const char *folder,
                           const struct publication_copy *copy, int depth, struct error *err)
{
    char path[PATH_SIZE_MAX], name[PATH_SIZE_MAX];
    const struct dirent *entry;
    struct stat status;
    DIR *directory;
    bool ok = false;

    if (!join(path, root, folder, err)) return false;
    directory = opendir(path);
    if (directory == NULL) return true;
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (!join(name, folder, entry->d_name, err) || !join(path, root, name, err)) goto out;
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && depth < DEPTH_MAX) {
            if (!find_strangers(root, name, copy, depth + 1, err)) goto out;
            continue;
        }
        if (file_list_find(&copy->files, name) != NULL) continue;
        (void)error_set(err, ERROR_VERIFY, "%s is in the work tree, but nobody signed it", name);
        (void)error_at(err, "work tree");
        goto out;
    }
    ok = true;
out:
    closedir(directory);
    return ok;
}

bool worktree_check(const char *path, struct publication_copy *copy, struct error *err)
{
    char git[PATH_SIZE_MAX];
    struct stat status;

    if (!join(git, path, ".git", err)) return false;
    /* Without .git, the path is the bare repository itself. */
    if (lstat(git, &status) != 0) return true;
    if (!compare_files(path, copy, err)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(signed_folders); i++) {
        if (!find_strangers(path, signed_folders[i], copy, 0, err)) return false;
    }
    return true;
}
