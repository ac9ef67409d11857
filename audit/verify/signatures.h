/*
 * signatures.h - Ed25519 checks, put aside in order and done on all cores.
 *
 * A check that fails is reported for the first bad entry, however late the thread finds it.
 */
#ifndef AUDIT_VERIFY_SIGNATURES_H
#define AUDIT_VERIFY_SIGNATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/verify/pool.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/sign.h"

struct signatures;

/** A signature by a user's key over bytes. */
struct signature_check {
    uint64_t seq; /* of the entry that it stands in */
    const char *user;
    const struct sign_public *key;
    const char *signature; /* base64 */
};

bool signatures_new(struct pool *pool, struct signatures **out, struct error *err) MUST_CHECK;
/** Accepts NULL; waits for what is under way. */
void signatures_free(struct signatures *signatures);

/**
 * Have one signature checked; everything is copied. May fail with the failure of an earlier one,
 * whose entry is then the place of the error.
 */
bool signatures_add(struct signatures *signatures, const struct signature_check *check,
                    const struct buffer *message, struct error *err) MUST_CHECK;

/** Wait for all; fail with the first bad one among the entries before `seq_end`. */
bool signatures_finish(struct signatures *signatures, uint64_t seq_end,
                       struct error *err) MUST_CHECK;

#endif
