/*
 * attachments.h - files that entries name: those in the log, and those that lie beside a ledger.
 */
#ifndef AUDIT_VERIFY_ATTACHMENTS_H
#define AUDIT_VERIFY_ATTACHMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/map.h"
#include "audit/verify/verify.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"

#define ATTACHED_NAME_SIZE ATTACHED_SIZE /* "voucher 2021-000007" */

struct state;
struct view;

/** A file that an entry names, as far as it can be read. */
struct attached {
    uint64_t seq;
    uint64_t voucher; /* the entry that submits the voucher that it belongs to; 0: no voucher */
    bool is_sealed;   /* what follows can't be read here */
    bool is_lost;     /* two declared it: nobody asks for it */
    bool is_gone;     /* an act accounts for its sealed value */
    hash_t sha256;
    int64_t size;
};

struct attachments {
    struct attached *files; /* in the order of the log */
    size_t count, capacity;
    uint64_t sealed, lost; /* of them */
    /* A file that somebody asks for: */
    const hash_t *sought;                /* lent, or NULL */
    uint64_t found_count;                /* entries that name it */
    uint64_t found_seq;                  /* the first of them */
    char found_name[ATTACHED_NAME_SIZE]; /* what that one attaches it to */
};

void attachments_done(struct attachments *attachments);

/** attachment.add. */
bool attachments_apply(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** attachment.lost takes effect at entry `seq`; its body is the root of `document`. */
bool attachments_lost(struct state *state, const struct json_document *document, uint64_t seq,
                      struct error *err) MUST_CHECK;
/** The attachment of that entry, or NULL. */
struct attached *attachments_at(const struct attachments *attachments, uint64_t seq);

/**
 * Every file that the log names must lie in the ledger's folder with the bytes of its hash, but
 * for one whose every attachment was declared lost.
 *
 * @param stray  receives a line about what no entry names, or ""
 * @return false with ERROR_VERIFY at the first that is missing or changed, telling how many are
 */
bool attachments_check(const struct attachments *attachments, const char *ledger, char *stray,
                       size_t stray_size, struct error *err) MUST_CHECK;

/** The SHA-256 of a file that somebody asks for. ERROR_IO, ERROR_USAGE. */
bool attachments_measure(const char *path, hash_t *out, struct error *err) MUST_CHECK;

#endif
