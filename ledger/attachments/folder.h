/*
 * folder.h - the folder of a ledger's attachments, opened without following links. Private to
 * ledger/attachments.
 */
#ifndef LEDGER_ATTACHMENTS_FOLDER_H
#define LEDGER_ATTACHMENTS_FOLDER_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define FOLDER_NEW_NAME  "new-"
#define FOLDER_NAME_SIZE 32 /* of a file being written, NUL included */
#define SHELF_NAME_SIZE  3  /* "ab" */

/** Two folders, open: the whole and the one that a hash belongs in. -1 for none. */
struct shelf {
    int folder, shelf;
    char name[HASH_HEX_SIZE]; /* of the file in `shelf` */
};

#define SHELF_INIT                                                                                 \
    {                                                                                              \
        .folder = -1, .shelf = -1                                                                  \
    }

void folder_close(int *folder);
/** The folder of a ledger, made durably when `make`. Without it, -1 in *out when there is none. */
bool folder_open(const char *ledger, bool make, int *out, struct error *err) MUST_CHECK;
/** Visit every name in the folder but `.` and `..`; none when there is no folder. */
bool folder_each(const char *ledger,
                 bool (*visit)(void *context, int folder, const char *name, struct error *err),
                 void *context, struct error *err) MUST_CHECK;
/** Begin a file of a name of its own in the folder, for reading and writing. */
bool folder_new_file(int folder, char name[FOLDER_NAME_SIZE], int *out,
                     struct error *err) MUST_CHECK;

/** Where a hash's file lies. Without `make` a folder that isn't there is -1. */
bool shelf_open(const char *ledger, const hash_t *sha256, bool make, struct shelf *out,
                struct error *err) MUST_CHECK;
void shelf_close(struct shelf *shelf);

/** ERROR_IO naming the place; always false. */
bool folder_fail(const char *doing, const char *name, struct error *err);

#endif
