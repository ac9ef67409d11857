/*
 * totals.h - sums of amounts by account, and the array in which an entry states them.
 */
#ifndef AUDIT_VERIFY_TOTALS_H
#define AUDIT_VERIFY_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/entries.h"
#include "audit/verify/map.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/json.h"
#include "base/money.h"

#define TOTALS_ACCOUNTS_MAX     200000 /* that the lines of one voucher may touch */
#define TOTALS_ACCOUNT_SIZE_MAX 1024   /* of an account's JSON */

#define PEOPLE_FOR_CLEAR 3 /* about fewer distinct people, totals are sealed */

/** Distinct people, counted until they are many. */
struct crowd {
    unsigned count;
    hash_t people[PEOPLE_FOR_CLEAR]; /* SHA-256 of their ID numbers */
};

void crowd_add(struct crowd *crowd, struct slice id_number);

struct sum {
    money_t amount;
    struct crowd paid; /* from it */
};

/** What the lines of a voucher come to. All zeros is ready for use. */
struct totals {
    struct map by_account;
    struct sum *sums;
    size_t count, capacity;
    /* Lines that follow one another mostly share their accounts. */
    struct slice last[2]; /* lent by the block; dropped by totals_forget() */
    uint32_t last_index[2];
};

/** Take an amount from one account and give it to another, each as its canonical JSON. */
bool totals_move(struct totals *totals, struct slice from, struct slice to, int64_t fen,
                 struct error *err) MUST_CHECK;
/** The last move was about this person. */
void totals_note_person(struct totals *totals, struct slice id_number);
/** Are fewer than three people paid from some account, but somebody? */
bool totals_single_out(const struct totals *totals);
/** Call before the block that lent the accounts is reused. */
void totals_forget(struct totals *totals);
void totals_reset(struct totals *totals);
void totals_done(struct totals *totals);

/** Is the array sorted by account, without zeros, and does it sum to zero? */
bool totals_check(const struct json_document *document, uint32_t array,
                  struct error *err) MUST_CHECK;

/** Append the canonical JSON of the account that an element of such an array is about. */
bool totals_name_account(const struct json_document *document, uint32_t element, struct buffer *out,
                         struct error *err) MUST_CHECK;

/** Does the array state exactly what the lines come to? */
bool totals_compare(const struct totals *totals, const struct json_document *document,
                    uint32_t array, struct error *err) MUST_CHECK;

#endif
