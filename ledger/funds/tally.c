/*
 * tally.c - sums by key, for what many lines have in common.
 *
 * 1. At most half of the slots are taken, so that a probe ends soon.
 * 2. The row found last is tried first: lines of one voucher mostly repeat their neighbour.
 */
#include "ledger/funds/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_FIRST 16

void tally_init(struct tally *tally, size_t key_size, size_t limit)
{
    assert(limit < UINT32_MAX);
    memset(tally, 0, sizeof *tally);
    tally->key_size = key_size;
    tally->limit = limit;
}

void tally_done(struct tally *tally)
{
    free(tally->keys);
    free(tally->sums);
    free(tally->slots);
    tally_init(tally, tally->key_size, tally->limit);
}

void tally_reset(struct tally *tally)
{
    tally->count = 0;
    if (tally->slots != NULL) memset(tally->slots, 0, tally->slot_count * sizeof *tally->slots);
}

/* FNV-1a over eight bytes at a time; the table is private and bounded, so no secret is needed. */
static size_t hash_key(const uint8_t *key, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    uint64_t word;

    while (size > 0) {
        size_t part = size < sizeof word ? size : sizeof word;

        word = 0;
        memcpy(&word, key, part);
        hash = (hash ^ word) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
        key += part;
        size -= part;
    }
    return (size_t)hash;
}

static void place(struct tally *tally, size_t row)
{
    size_t at = hash_key(tally->keys + row * tally->key_size, tally->key_size);

    while (tally->slots[at & (tally->slot_count - 1)] != 0)
        at++;
    tally->slots[at & (tally->slot_count - 1)] = (uint32_t)row + 1;
}

static bool grow(struct tally *tally, struct error *err)
{
    size_t capacity = tally->capacity == 0 ? ROWS_FIRST : tally->capacity * 2;
    uint8_t *keys = realloc(tally->keys, capacity * tally->key_size);
    money_t *sums;
    uint32_t *slots;

    if (keys == NULL) return error_set(err, ERROR_MEMORY, "no memory to sum up the lines");
    tally->keys = keys;
    sums = realloc(tally->sums, capacity * sizeof *sums);
    if (sums == NULL) return error_set(err, ERROR_MEMORY, "no memory to sum up the lines");
    tally->sums = sums;
    slots = calloc(capacity * 2, sizeof *slots);
    if (slots == NULL) return error_set(err, ERROR_MEMORY, "no memory to sum up the lines");
    free(tally->slots);
    tally->slots = slots;
    tally->slot_count = capacity * 2;
    tally->capacity = capacity;
    for (size_t i = 0; i < tally->count; i++)
        place(tally, i);
    return true;
}

/* The key's row, or tally->count when it has none. */
static size_t find(const struct tally *tally, const void *key)
{
    size_t at;
    uint32_t slot;

    if (tally->count == 0) return tally->count;
    if (memcmp(tally_key(tally, tally->count - 1), key, tally->key_size) == 0)
        return tally->count - 1;
    at = hash_key(key, tally->key_size);
    while ((slot = tally->slots[at & (tally->slot_count - 1)]) != 0) {
        if (memcmp(tally_key(tally, slot - 1), key, tally->key_size) == 0) return slot - 1;
        at++;
    }
    return tally->count;
}

bool tally_add(struct tally *tally, const void *key, money_t amount, size_t *row_out,
               struct error *err)
{
    size_t row = find(tally, key);

    if (row == tally->count) {
        if (tally->count == tally->limit)
            return error_set(err, ERROR_LIMIT,
                             "more than %zu different accounts or projects in one voucher; split "
                             "it into several",
                             tally->limit);
        if (tally->count == tally->capacity && !grow(tally, err)) return false;
        memcpy(tally->keys + row * tally->key_size, key, tally->key_size);
        tally->sums[row] = MONEY_ZERO;
        tally->count++;
        place(tally, row);
    }
    if (!money_add(tally->sums[row], amount, &tally->sums[row], err)) return false;
    if (row_out != NULL) *row_out = row;
    return true;
}

const void *tally_key(const struct tally *tally, size_t row)
{
    assert(row < tally->count);
    return tally->keys + row * tally->key_size;
}

/* Key and sum are sorted as one record, so that `compare` needs to know only keys. */
bool tally_sort(struct tally *tally, int (*compare)(const void *a, const void *b),
                struct error *err)
{
    size_t size = tally->key_size + sizeof(money_t);
    uint8_t *records;

    if (tally->count < 2) return true;
    size = (size + sizeof(int64_t) - 1) / sizeof(int64_t) * sizeof(int64_t);
    records = malloc(tally->count * size);
    if (records == NULL) return error_set(err, ERROR_MEMORY, "no memory to sort the accounts");
    for (size_t i = 0; i < tally->count; i++) {
        memcpy(records + i * size, tally_key(tally, i), tally->key_size);
        memcpy(records + i * size + tally->key_size, &tally->sums[i], sizeof(money_t));
    }
    qsort(records, tally->count, size, compare);
    for (size_t i = 0; i < tally->count; i++) {
        memcpy(tally->keys + i * tally->key_size, records + i * size, tally->key_size);
        memcpy(&tally->sums[i], records + i * size + tally->key_size, sizeof(money_t));
    }
    free(records);
    return true;
}
