/*
 * beside.h - what lies beside a ledger's store and belongs to it: attached files, remembered
 * layouts and synonyms of headings. Copied with it, to a backup and back.
 */
#ifndef CLI_BESIDE_H
#define CLI_BESIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

struct beside_report {
    uint64_t files;    /* that entries name */
    uint64_t copied;   /* of them, not linked */
    uint64_t lost;     /* missing, or changed: each was told */
    uint64_t declared; /* the same, but two had declared them lost */
};

/**
 * Copy from one ledger's directory to another's whatever the entries of that other one name, each
 * file hashed on the way, and its layouts and synonyms.
 *
 * @param since  an earlier backup; what lies there whole is linked instead of copied. NULL for none
 */
bool beside_copy(const char *from, const char *to, const char *since, struct beside_report *out,
                 struct error *err) MUST_CHECK;
/** Tell what is lost among the files at `files` of those that the entries of `ledger` name, which
 * may be another directory; nothing is copied. */
bool beside_check(const char *files, const char *ledger, struct beside_report *out,
                  struct error *err) MUST_CHECK;

#endif
