/*
 * tally.h - sums by key, for what many lines have in common. Private to ledger/funds.
 *
 * 1. A key is a struct of fixed size whose unused bytes, padding too, are zero: equal keys are
 *    equal bytes.
 * 2. Rows keep the order in which their keys first came, until tally_sort().
 */
#ifndef LEDGER_FUNDS_TALLY_H
#define LEDGER_FUNDS_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/money.h"

struct tally {
    size_t key_size;
    size_t limit; /* the most rows */
    uint8_t *keys;
    money_t *sums;
    size_t count, capacity;
    uint32_t *slots; /* row + 1, or 0: open addressing over slot_count, a power of two */
    size_t slot_count;
};

void tally_init(struct tally *tally, size_t key_size, size_t limit);
/** Release the memory. Accepts one that is all zeros. */
void tally_done(struct tally *tally);
/** Forget the rows, keep the memory. */
void tally_reset(struct tally *tally);

/**
 * Add an amount to a key's sum, a new row when the key is new.
 *
 * @param row_out  receives the row's index; may be NULL
 * @return false with ERROR_LIMIT, ERROR_OVERFLOW, ERROR_MEMORY
 */
bool tally_add(struct tally *tally, const void *key, money_t amount, size_t *row_out,
               struct error *err) MUST_CHECK;
/** Lent until the next tally_add(). */
const void *tally_key(const struct tally *tally, size_t row);

/** Put the rows in the order of `compare`; nothing more may be added until tally_reset(). */
bool tally_sort(struct tally *tally, int (*compare)(const void *a, const void *b),
                struct error *err) MUST_CHECK;

#endif
