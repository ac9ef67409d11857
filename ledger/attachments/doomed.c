/*
 * doomed.c - files that go because two people erased what an entry said of them.
 *
 *     doom: gone-<hash> is on the disk ── the act is committed ── remove: the file, then the mark
 *                                      └─ it isn't: some entry names the file still; the mark goes
 *
 * 1. The mark is there before the commit, so that no run that breaks off leaves the file for ever:
 *    once the act holds, nothing else would tell that it was to go.
 */
#include "ledger/attachments/attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "ledger/attachments/folder.h"

#define MARK_PREFIX "gone-"
#define MARK_SIZE   (sizeof MARK_PREFIX - 1 + HASH_HEX_SIZE)

bool attachment_doom(const char *ledger, const hash_t *sha256, struct error *err)
{
    char hex[HASH_HEX_SIZE], name[MARK_SIZE];
    int folder = -1, mark = -1;
    bool ok = false;

    if (!folder_open(ledger, false, &folder, err)) return false;
    if (folder < 0) return true; /* there is no file at all */
    (void)snprintf(name, sizeof name, MARK_PREFIX "%s", hash_to_hex(sha256, hex));
    mark = openat(folder, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    ok =
        (mark >= 0 && fsync(mark) == 0 && fsync(folder) == 0) || folder_fail(N_("made"), name, err);
    if (mark >= 0) (void)close(mark);
    folder_close(&folder);
    return ok;
}

static bool remove_file(const char *ledger, const hash_t *sha256, struct error *err)
{
    struct shelf shelf = SHELF_INIT;
    bool ok = false;

    if (!shelf_open(ledger, sha256, false, &shelf, err)) return false;
    ok = shelf.shelf < 0 ||
         ((unlinkat(shelf.shelf, shelf.name, 0) == 0 || errno == ENOENT) &&
          fsync(shelf.shelf) == 0) ||
         folder_fail(N_("removed"), shelf.name, err);
    shelf_close(&shelf);
    return ok;
}

struct settlement {
    const char *ledger;
    const struct attachment_names *names;
};

/* One name of the folder; what is no mark is left. */
static bool settle(void *context, int folder, const char *name, struct error *err)
{
    const struct settlement *settlement = context;
    const struct attachment_names *names = settlement->names;
    struct error ignored = ERROR_INIT;
    bool is_named = true;
    hash_t sha256;

    if (strncmp(name, MARK_PREFIX, sizeof MARK_PREFIX - 1) != 0 ||
        !hash_from_hex(name + sizeof MARK_PREFIX - 1, &sha256, &ignored))
        return true;
    if (!names->ask(names->context, &sha256, &is_named, err)) return false;
    if (!is_named && !remove_file(settlement->ledger, &sha256, err)) return false;
    return (unlinkat(folder, name, 0) == 0 && fsync(folder) == 0) ||
           folder_fail(N_("removed"), name, err);
}

bool attachment_remove_doomed(const char *ledger, const struct attachment_names *names,
                              struct error *err)
{
    struct settlement settlement = {ledger, names};

    return folder_each(ledger, settle, &settlement, err);
}
