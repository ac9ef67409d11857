/*
 * verify.h - the inspector's verifier: one path in, one verdict out.
 *
 * 1. Nothing that is checked is believed: not the ledger's own hashes, tiles or tables, not the
 *    publication's keys or schema, not a work tree beside the git repository.
 * 2. Nothing is written but the memory of the last checkpoint seen, and only where told.
 * 3. A verdict is about the first bad place in the order of the log; the rest is not looked at.
 *
 * Spec: DESIGN sections 2 to 4; docs/format.md.
 */
#ifndef AUDIT_VERIFY_VERIFY_H
#define AUDIT_VERIFY_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/note.h"
#include "base/sign.h"

#define VERIFY_LINE_SIZE 2048
#define ATTACHED_SIZE    128

struct verify_options {
    const char *against;          /* a publication that a ledger must extend, or NULL */
    const char *key;              /* a verifier key, or the path of a file that holds one or a C2SP
                                     tlog-policy; NULL: trust on first use */
    const char *memory_directory; /* where the last checkpoint of each log is remembered, or NULL */
    const char *file;             /* a file that some entry must attach, or NULL */
    bool is_log_alone;            /* don't ask for the files that lie beside a ledger */
    int threads;                  /* that hash and parse; 0: one for each processor */
    /** Told now and then how many entries of how many are done. May be NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context; /* lent */
};

enum verify_outcome {
    VERIFY_PASS,           /* good, by keys that were pinned or remembered */
    VERIFY_PASS_FIRST_USE, /* good, if the key is the right one */
    VERIFY_FAIL
};

struct verify_verdict {
    enum verify_outcome outcome;
    char line[VERIFY_LINE_SIZE];             /* "PASS …" or "FAIL <where>: <what>" */
    char warning[VERIFY_LINE_SIZE];          /* "" or what kept the memory from being written */
    char stray[VERIFY_LINE_SIZE];            /* "" or files beside a ledger that no entry names */
    char words[VERIFY_LINE_SIZE];            /* "" or a publication's root, as boards show it */
    char fingerprint[SIGN_FINGERPRINT_SIZE]; /* of the log's key; "" when none was reached */
    char origin[NOTE_NAME_SIZE_MAX];
    uint64_t size; /* entries checked; of a proof, those of the log that holds the entry */
    hash_t root;
    bool is_publication;
    bool is_proof;  /* of one entry: */
    uint64_t entry; /* its seq */
    char kind[32];
    char attached[ATTACHED_SIZE]; /* what the file asked for is attached to; "" when none was */
    uint64_t attached_by, attached_count; /* by this entry first, and by how many */
    uint64_t sealed;                      /* sealed values that the log commits to */
    uint64_t sealed_absent;               /* of those, not here: a publication shows none */
    uint64_t sealed_missing; /* of those, in a ledger, what no act of two accounts for. A verdict
                                with such is a FAIL, and about nothing else */
    char accounts[VERIFY_LINE_SIZE / 4]; /* "" or what acts of two account for, by what it was */
};

/**
 * Check a ledger (a directory with ledger.sqlite), a publication (a git repository, bare or with a
 * work tree) or a C2SP tlog-proof file.
 *
 * @param verdict  receives the verdict, PASS or FAIL
 * @return false when no verdict could be reached: ERROR_USAGE (path of no known sort, unreadable
 *         key), ERROR_IO, ERROR_STORE, ERROR_BUSY, ERROR_MEMORY
 */
bool verify_path(const char *path, const struct verify_options *options,
                 struct verify_verdict *verdict, struct error *err) MUST_CHECK;

#endif
