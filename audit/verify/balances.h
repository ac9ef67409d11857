/*
 * balances.h - what stands in each account, as far as the totals in a log can be read.
 *
 * 1. As long as every total could be read, no account goes below zero and no `source` above it.
 *    What a submitted voucher takes is gone at once.
 * 2. From the first total on that could not be read, single accounts aren't known any more. A pot
 *    still is, from above: all that a division has in a book from a fund, in whatever role but
 *    `source`. Sealed totals put nothing into a pot (docs/format.md section 5.3), so none goes
 *    below zero by the totals in clear alone.
 *
 * Memory grows with the accounts, not with the entries.
 */
#ifndef AUDIT_VERIFY_BALANCES_H
#define AUDIT_VERIFY_BALANCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/map.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/json.h"
#include "base/money.h"

struct balance {
    char *name; /* its canonical JSON */
    char division[DIVISION_CODE_SIZE];
    bool is_source, is_owed, is_receivable;
    bool is_taken_late; /* source and spent: taken when the voucher is posted, not held before */
    bool is_in_transit;
    uint32_t pot;
    uint32_t pending; /* undecided vouchers that name it */
    money_t amount;
};

struct pot {
    uint32_t account; /* one that it holds, to name it by */
    money_t amount;
    money_t change; /* scratch, zero between calls */
};

/** All zeros is a log without money. */
struct balances {
    struct map by_account, by_pot;
    struct balance *accounts;
    size_t count, capacity;
    struct pot *pots;
    size_t pot_count, pot_capacity;
    bool is_partial; /* some total could not be read */
};

/** An account that totals name, and what they change it by. */
struct posting {
    uint32_t account;
    money_t amount;
};

struct postings {
    struct posting *items;
    size_t count, capacity;
};

void balances_done(struct balances *balances);

/** Read an array of totals, which was checked. */
bool postings_read(struct balances *balances, const struct json_document *document, uint32_t array,
                   struct postings *out, struct error *err) MUST_CHECK;
void postings_done(struct postings *postings);
/** The sum of what accounts are given. */
bool postings_sum_given(const struct postings *postings, money_t *out,
                        struct error *err) MUST_CHECK;

/** The hash of accounts and amounts in their order, or of the amounts with their signs turned. */
bool postings_hash(const struct postings *postings, bool are_turned, hash_t *out,
                   struct error *err) MUST_CHECK;

/** Do totals that are sealed put money into no pot? */
bool balances_check_sealed(struct balances *balances, const struct postings *postings,
                           struct error *err) MUST_CHECK;

/** Is an account of this role among them? */
bool balances_name_role(const struct balances *balances, const struct postings *postings,
                        const char *role);
/** Is everything taken from accounts of this role? */
bool balances_take_only(const struct balances *balances, const struct postings *postings,
                        const char *role);
/** Does role `to` of each pot get just what role `from` of it gives, or any other when that is
 * NULL? */
bool balances_pass(struct balances *balances, const struct postings *postings, const char *from,
                   const char *to);
/** Is this what the bank's answer does: `role` gets what in_transit of the same pot gives? The sum
 * of it goes to `*out`. */
bool balances_are_answered(const struct balances *balances, const struct postings *postings,
                           const char *role, money_t *out, struct error *err) MUST_CHECK;

/** A voucher is submitted: what it takes can't be taken again. */
bool balances_hold(struct balances *balances, const struct postings *postings,
                   struct error *err) MUST_CHECK;
/** It is rejected or withdrawn. */
bool balances_release(struct balances *balances, const struct postings *postings,
                      struct error *err) MUST_CHECK;
/** It is approved, having been held. */
bool balances_post(struct balances *balances, const struct postings *postings,
                   struct error *err) MUST_CHECK;

#endif
