/*
 * signed.h - the bytes that people sign, made from an entry: docs/format.md section 4.
 */
#ifndef AUDIT_VERIFY_SIGNED_H
#define AUDIT_VERIFY_SIGNED_H

#include <stdbool.h>

#include "audit/verify/entries.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"

#define SIGNED_SIZE_BYTES_MAX 70000

/** What the signatures on a voucher share. Texts are lent. */
struct signed_voucher {
    const char *act; /* "submit", "approve", "reject", "withdraw" */
    const char *event_date;
    int64_t line_count;
    const char *lines_root;
    const char *origin;
    const char *reference;
    const char *voucher;
    hash_t totals_sha256;
    /* All acts but submit: */
    hash_t reason_sha256;
    hash_t submit;
};

bool signed_voucher_write(const struct signed_voucher *voucher, struct buffer *out,
                          struct error *err) MUST_CHECK;

/** An act of one person: over the body less nonce, signature and signer. */
bool signed_act_write(const char *kind, const char *origin, const struct json_document *document,
                      uint32_t body, struct buffer *out, struct error *err) MUST_CHECK;

/** An act of two: over body.act, body.body and body.nonce. */
bool signed_proposal_write(const char *origin, const struct json_document *document, uint32_t body,
                           struct buffer *out, struct error *err) MUST_CHECK;

/** The genesis body less `signatures`. */
bool signed_genesis_write(const struct json_document *document, uint32_t body, struct buffer *out,
                          struct error *err) MUST_CHECK;

#endif
