/*
 * attachments.h - the files that entries name, kept beside the store under their SHA-256.
 *
 *     LEDGER/attachments/<2 digits>/<64 digits>   mode 0400; the digits are those of its hash
 *     LEDGER/attachments/new-<number>             being written; nobody's yet
 *     LEDGER/attachments/gone-<64 digits>         that file is being erased
 *
 * 1. A name is the hash of what is in it. A file is on the disk, whole and read back, before the
 *    entry that names it is committed; what a broken-off run leaves is named by no entry.
 * 2. A kept file is never changed. One that is missing or damaged is put back by the same bytes. It
 *    is removed only after an act of two by which no entry names it any more.
 * 3. No symbolic link is followed below LEDGER, and only regular files are read.
 *
 * Which file belongs to what is the journal's business: ledger/funds/attachment.c.
 */
#ifndef LEDGER_ATTACHMENTS_ATTACHMENTS_H
#define LEDGER_ATTACHMENTS_ATTACHMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define ATTACHMENT_FOLDER         "attachments"
#define ATTACHMENT_SIZE_BYTES_MAX (INT64_C(64) * 1024 * 1024) /* of one file */
#define ATTACHMENT_NAMES_MAX      1000000                     /* that a folder is walked for */

struct attachment_file {
    hash_t sha256;
    int64_t size_bytes;
    const char *type; /* "pdf" …; static */
};

/* ---- Taking in ------------------------------------------------------------------------------- */

/** A file copied into a ledger under a name of its own, that no entry names yet. */
struct attachment_intake;

/** Remove what runs that were broken off left. Only while no other can take in: under the ledger's
 * write lock. */
void attachment_sweep(const char *ledger);
/**
 * Copy a file into the ledger's folder, hash it on the way, sync it and read it back.
 *
 * @return false with ERROR_INPUT (empty, no regular file, of a type that isn't known), ERROR_LIMIT,
 *         ERROR_NOT_FOUND or ERROR_IO; nothing is left behind
 */
bool attachment_take(const char *ledger, const char *path, struct attachment_intake **out,
                     struct error *err) MUST_CHECK;
/** Lent until attachment_drop(). */
const struct attachment_file *attachment_taken(const struct attachment_intake *intake);
/** Put it under its name, durably. One that is there and whole stays; *restored tells that it was
 * missing or damaged before. */
bool attachment_keep(struct attachment_intake *intake, bool *restored,
                     struct error *err) MUST_CHECK;
/** Release it; what was not kept is removed. NULL allowed. */
void attachment_drop(struct attachment_intake *intake);

/** The SHA-256 and size of any file, for looking it up. Its type isn't asked for. */
bool attachment_measure(const char *path, struct attachment_file *out,
                        struct error *err) MUST_CHECK;

/* ---- Erasing --------------------------------------------------------------------------------- */

/** Does an entry name this file? Asked of the journal. */
struct attachment_names {
    bool (*ask)(void *context, const hash_t *sha256, bool *is_named, struct error *err);
    void *context;
};

/** Mark a file, durably, as one that goes. Before the commit by which no entry names it any more.
 */
bool attachment_doom(const char *ledger, const hash_t *sha256, struct error *err) MUST_CHECK;
/**
 * Remove every marked file that no entry names, durably, and all marks. Under the ledger's write
 * lock: nobody may attach it again meanwhile.
 */
bool attachment_remove_doomed(const char *ledger, const struct attachment_names *names,
                              struct error *err) MUST_CHECK;

/* ---- Looking after --------------------------------------------------------------------------- */

enum attachment_state {
    ATTACHMENT_WHOLE,
    ATTACHMENT_MISSING,
    ATTACHMENT_CHANGED /* other bytes, or no regular file */
};
/** Read a kept file and hash it. ERROR_IO when it is there but can't be read. */
bool attachment_check(const char *ledger, const hash_t *sha256, enum attachment_state *out,
                      struct error *err) MUST_CHECK;
/** Copy a kept file out to `output`, where nothing may be. Other bytes than its hash says are
 * refused (ERROR_VERIFY), and nothing is left. */
bool attachment_get(const char *ledger, const hash_t *sha256, const char *output,
                    struct error *err) MUST_CHECK;
/** Copy a kept file to another ledger's folder; one that is there and whole is left, and *copied is
 * false. ERROR_NOT_FOUND when it is missing here, ERROR_VERIFY when it is changed. */
bool attachment_copy(const char *from, const char *to, const hash_t *sha256, bool *copied,
                     struct error *err) MUST_CHECK;
/** Give a kept file a second name in another ledger's folder on the same disk; *linked is false
 * where it isn't here whole or lies on another disk: copy it then. */
bool attachment_link(const char *from, const char *to, const hash_t *sha256, bool *linked,
                     struct error *err) MUST_CHECK;
/**
 * Visit every name below the folder, in no order: "ab/abcd…", with its hash when it is such a name,
 * else NULL. Nothing is visited when there is no folder.
 */
bool attachment_walk(const char *ledger,
                     bool (*visit)(void *context, const char *name, const hash_t *sha256,
                                   struct error *err),
                     void *context, struct error *err) MUST_CHECK;

#endif
