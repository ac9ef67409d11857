/*
 * check.h - what the checks of a ledger, a publication and a proof share: the pinned key, the
 * memory, the verdict.
 */
#ifndef AUDIT_VERIFY_CHECK_H
#define AUDIT_VERIFY_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/log.h"
#include "audit/verify/memory.h"
#include "audit/verify/pin.h"
#include "audit/verify/verify.h"
#include "base/compiler.h"
#include "base/error.h"

struct check {
    const struct verify_options *options; /* lent */
    struct pin pin;
    hash_t sought; /* of options->file, when there is one */
    struct verify_verdict *verdict; /* lent */
};

/** A ledger: ledger.c. Each fails with what the verdict will name. */
bool check_ledger(struct check *check, const char *path, struct error *err) MUST_CHECK;
bool check_publication(struct check *check, const char *path, struct error *err) MUST_CHECK;
bool check_proof(struct check *check, const char *path, struct error *err) MUST_CHECK;

/** Is the log's key the pinned and the remembered one? */
bool check_key(struct check *check, const struct memory *memory, const char *origin,
               const struct note_vkey *key, struct error *err) MUST_CHECK;

/** Does the log extend what was remembered? `wanted` holds the roots at the points' sizes. */
bool check_memory(const struct memory *memory, enum memory_place place, uint64_t size,
                  const struct log_wanted *wanted, size_t wanted_count,
                  struct error *err) MUST_CHECK;

/** Ask for the roots at the remembered sizes. Returns the number added. */
size_t check_want_memory(const struct memory *memory, struct log_wanted *wanted);
void check_sort_wanted(struct log_wanted *wanted, size_t count);

/** Take over into the verdict what a pass over a log learned. */
void check_take_state(struct check *check, const struct state *state, uint64_t size,
                      const hash_t *root);

/** Was the file asked for attached? Fails where it wasn't. */
bool check_sought(struct check *check, const struct state *state, struct error *err) MUST_CHECK;

/** Remember the log as it is now; a failure becomes the verdict's warning. */
void check_remember(struct check *check, struct memory *memory, enum memory_place place,
                    const struct note_vkey *key);

#endif
