/*
 * moved.h - what posted receipts and payments moved, for rows that say what became of it.
 */
#ifndef AUDIT_VERIFY_MOVED_H
#define AUDIT_VERIFY_MOVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/balances.h"
#include "audit/verify/map.h"
#include "audit/verify/vouchers.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/money.h"

struct state;
struct view;

/* An account that money comes from outside into, of one fund. */
struct moved_source {
    uint32_t account;
    uint32_t next; /* of the same fund, from 1; 0: none */
};

/* What rows say that a voucher paid for something: taken back when it is reversed. */
struct moved_claim {
    uint32_t sum;  /* of state.sums */
    uint32_t next; /* of the same voucher, from 1; 0: none */
    money_t amount;
};

struct moved {
    struct posting *items;
    size_t count, capacity;
    /* The `source` accounts by fund: */
    struct moved_source *sources;
    size_t source_count, source_capacity;
    struct map by_fund; /* to the last of its sources */
    size_t accounts;    /* so many of balances were looked at */
    struct moved_claim *claims;
    size_t claim_count, claim_capacity;
    struct map by_voucher; /* to the first of its claims */
};

void moved_done(struct moved *moved);

/** A voucher is posted: keep what it moves when a row may ask for that. */
bool moved_keep(struct state *state, struct voucher *voucher, const struct postings *postings,
                struct error *err) MUST_CHECK;

/** The voucher that a row names, which is posted, not reversed or about to be, and a receipt or a
 * payment. */
bool moved_find(struct state *state, const struct view *row, bool is_receipt,
                const struct voucher **out, struct error *err) MUST_CHECK;

/** What of an account counts; NULL for any. */
struct moved_filter {
    const char *role, *division;
    /* Is it one of these funds? NULL: any is. */
    bool (*is_fund)(const struct state *state, const char *fund);
};
/** What the voucher gave to such accounts. What totals that can't be read gave isn't in it. */
bool moved_sum(const struct state *state, const struct voucher *voucher,
               const struct moved_filter *filter, money_t *out, struct error *err) MUST_CHECK;

/** Add to the sum of that key what the row's voucher paid for it, as long as that isn't reversed.
 */
bool moved_claim(struct state *state, const struct view *row, const hash_t *key, money_t amount,
                 money_t *sum_out, struct error *err) MUST_CHECK;
/** The voucher of that number is reversed. */
bool moved_undo(struct state *state, const char *number, struct error *err) MUST_CHECK;

/** What came into a fund from outside, less what went back, as far as totals can be read. */
bool moved_received(struct state *state, const char *fund, money_t *out,
                    struct error *err) MUST_CHECK;

#endif
