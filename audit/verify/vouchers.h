/*
 * vouchers.h - vouchers, and what the bank did with them.
 *
 *            voucher.approve ── posted ── bank.confirm, bank.return, or reversed by another voucher
 *   submitted┼ voucher.reject ── rejected
 *            └ voucher.withdraw ── withdrawn
 */
#ifndef AUDIT_VERIFY_VOUCHERS_H
#define AUDIT_VERIFY_VOUCHERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/totals.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/money.h"

struct state;
struct view;

struct submission; /* what is signed again by whoever decides; gone after that */

enum voucher_status {
    VOUCHER_SUBMITTED,
    VOUCHER_POSTED,
    VOUCHER_REJECTED,
    VOUCHER_WITHDRAWN,
    VOUCHER_REVERSED
};

struct voucher {
    struct submission *submission; /* NULL once decided */
    uint64_t submit_seq;
    int32_t month;      /* the last in which something of it counts */
    uint32_t reversals; /* of it, that wait for a decision */
    date_t event;
    uint32_t line_count;
    money_t
        unanswered; /* of a payment: what the bank hasn't answered for, as long as it is known */
    hash_t undone;  /* postings_hash() of what a reversal of it does, when that is known */
    uint32_t moved_at, moved_count; /* posted: what it moved, in state.moved; of receipts and
                                       payments whose totals can be read */
    uint8_t status;                 /* enum voucher_status */
    bool is_undone_known;
    bool is_payment;
    bool is_receipt;
    bool is_reversal;
    bool is_unanswered_known;
    bool is_answered;        /* the bank has said something of it */
    bool is_partly_answered; /* of some lines by name, as far as could be read */
    bool is_about_people;
    bool has_sealed_totals; /* its own, or those of a bank entry since */
    bool is_content_gone;   /* an act accounts for it */
};

/* Vouchers of one year, counted from 000001. */
struct voucher_year {
    int year;
    struct voucher *vouchers;
    size_t count, capacity;
};

struct vouchers {
    struct voucher_year *years;
    size_t year_count, year_capacity;
};

void vouchers_done(struct vouchers *vouchers);

/** One line, unparsed: it continues the run or begins one. */
bool vouchers_add_line(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
bool vouchers_submit(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** approve, reject or withdraw. */
bool vouchers_decide(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** bank.confirm or bank.return. */
bool vouchers_apply_bank(struct state *state, const struct view *view,
                         struct error *err) MUST_CHECK;
/** The voucher of this number, which must have been submitted. */
bool vouchers_find(struct vouchers *vouchers, const char *number, const struct voucher **out,
                   struct error *err) MUST_CHECK;
/** The voucher that is submitted by entry `seq` or, of those submitted later, first. NULL: none. */
struct voucher *vouchers_from(struct vouchers *vouchers, uint64_t seq);

#endif
