/*
 * folder.c - the folder of a ledger's attachments: opening, making and walking it.
 *
 * 1. Every step is one openat() that follows no link, so that nothing put in the place of a folder
 *    leads elsewhere.
 */
#include "ledger/attachments/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/language.h"
#include "ledger/attachments/attachments.h"

#define FOLDER_MODE    0700
#define NEW_FILES_MAX  10000 /* that may be in the making at once */
#define OPEN_FOLDER    (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define WALK_NAME_SIZE 1024

bool folder_fail(const char *doing, const char *name, struct error *err)
{
    int number = errno;

    (void)error_set(err, ERROR_IO, "can't be %s: %s", translate(doing), strerror(number));
    return error_at(err, ATTACHMENT_FOLDER "/%s", name);
}

void folder_close(int *folder)
{
    if (*folder >= 0) (void)close(*folder);
    *folder = -1;
}

/* Open a folder in another; made when asked for, and then on the disk. -1 when there is none. */
static bool open_in(int above, const char *name, bool make, int *out, struct error *err)
{
    int folder = openat(above, name, OPEN_FOLDER);

    if (folder < 0 && errno == ENOENT && make) {
        if (mkdirat(above, name, FOLDER_MODE) != 0 && errno != EEXIST)
            return folder_fail(N_("made"), name, err);
        if (fsync(above) != 0) return folder_fail(N_("made"), name, err);
        folder = openat(above, name, OPEN_FOLDER);
    }
    if (folder < 0 && errno != ENOENT) {
        if (errno != ENOTDIR && errno != ELOOP) return folder_fail(N_("opened"), name, err);
        (void)error_set(err, ERROR_VERIFY, "is no folder; put the folder of files in its place");
        return error_at(err, ATTACHMENT_FOLDER "/%s", name);
    }
    *out = folder;
    return true;
}

bool folder_open(const char *ledger, bool make, int *out, struct error *err)
{
    int above = open(ledger, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok;

    if (above < 0) {
        (void)error_set(err, ERROR_IO, "can't be opened: %s", strerror(errno));
        return error_at(err, "%s", ledger);
    }
    ok = open_in(above, ATTACHMENT_FOLDER, make, out, err);
    (void)close(above);
    return ok;
}

bool folder_each(const char *ledger,
                 bool (*visit)(void *context, int folder, const char *name, struct error *err),
                 void *context, struct error *err)
{
    struct dirent *entry;
    DIR *directory;
    int folder = -1;
    bool ok = true;

    if (!folder_open(ledger, false, &folder, err)) return false;
    if (folder < 0) return true;
    directory = fdopendir(folder);
    if (directory == NULL) {
        (void)folder_fail(N_("read"), "", err);
        folder_close(&folder);
        return false;
    }
    while (ok && (entry = readdir(directory)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ok = visit(context, folder, entry->d_name, err);
    (void)closedir(directory);
    return ok;
}

bool folder_new_file(int folder, char name[FOLDER_NAME_SIZE], int *out, struct error *err)
{
    for (int i = 0; i < NEW_FILES_MAX; i++) {
        (void)snprintf(name, FOLDER_NAME_SIZE, FOLDER_NEW_NAME "%d", i);
        *out = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (*out >= 0) return true;
        if (errno != EEXIST) break;
    }
    return folder_fail(N_("made"), name, err);
}

/* ---- Shelves --------------------------------------------------------------------------------- */

bool shelf_open(const char *ledger, const hash_t *sha256, bool make, struct shelf *out,
                struct error *err)
{
    struct shelf shelf = SHELF_INIT;
    char name[SHELF_NAME_SIZE];

    hash_to_hex(sha256, shelf.name);
    memcpy(name, shelf.name, 2);
    name[2] = '\0';
    if (!folder_open(ledger, make, &shelf.folder, err)) return false;
    if (shelf.folder >= 0 && !open_in(shelf.folder, name, make, &shelf.shelf, err)) {
        shelf_close(&shelf);
        return false;
    }
    *out = shelf;
    return true;
}

void shelf_close(struct shelf *shelf)
{
    folder_close(&shelf->folder);
    folder_close(&shelf->shelf);
}

/* ---- Walking --------------------------------------------------------------------------------- */

struct walk {
    bool (*visit)(void *context, const char *name, const hash_t *sha256, struct error *err);
    void *context;
    uint64_t count;
};

static bool is_shelf_name(const char *name)
{
    return strlen(name) == 2 && strspn(name, "0123456789abcdef") == 2;
}

static bool visit_one(struct walk *walk, const char *shelf, const char *name, struct error *err)
{
    char path[WALK_NAME_SIZE];
    struct error ignored = ERROR_INIT;
    hash_t sha256;
    bool is_hash =
        shelf[0] != '\0' && hash_from_hex(name, &sha256, &ignored) && strncmp(shelf, name, 2) == 0;

    if (++walk->count > ATTACHMENT_NAMES_MAX)
        return error_set(err, ERROR_LIMIT,
                         "there are more than %d attached files; nobody can look "
                         "through them",
                         ATTACHMENT_NAMES_MAX);
    (void)snprintf(path, sizeof path, "%s%s%s", shelf, shelf[0] != '\0' ? "/" : "", name);
    return walk->visit(walk->context, path, is_hash ? &sha256 : NULL, err);
}

static bool walk_shelf(struct walk *walk, int above, const char *shelf, struct error *err)
{
    int folder = openat(above, shelf, OPEN_FOLDER);
    DIR *directory = folder >= 0 ? fdopendir(folder) : NULL;
    struct dirent *entry;
    bool ok = true;

    if (directory == NULL) {
        if (folder >= 0) (void)close(folder);
        if (errno == ENOTDIR || errno == ELOOP) return visit_one(walk, "", shelf, err);
        return folder_fail(N_("opened"), shelf, err);
    }
    while (ok && (entry = readdir(directory)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ok = visit_one(walk, shelf, entry->d_name, err);
    (void)closedir(directory);
    return ok;
}

static bool walk_one(void *context, int folder, const char *name, struct error *err)
{
    struct walk *walk = context;

    return is_shelf_name(name) ? walk_shelf(walk, folder, name, err)
                               : visit_one(walk, "", name, err);
}

bool attachment_walk(const char *ledger,
                     bool (*visit)(void *context, const char *name, const hash_t *sha256,
                                   struct error *err),
                     void *context, struct error *err)
{
    struct walk walk = {visit, context, 0};

    return folder_each(ledger, walk_one, &walk, err);
}

static bool sweep_one(void *context, int folder, const char *name, struct error *err)
{
    (void)context;
    (void)err;
    if (strncmp(name, FOLDER_NEW_NAME, sizeof FOLDER_NEW_NAME - 1) == 0)
        (void)unlinkat(folder, name, 0);
    return true;
}

void attachment_sweep(const char *ledger)
{
    struct error ignored = ERROR_INIT;

    (void)!folder_each(ledger, sweep_one, NULL, &ignored);
}
