/*
 * split.c - an amount split by parts, to the fen.
 *
 * 1. amount × parts / whole never leaves 64 bits: the amount is taken apart into whole × quotient +
 *    rest, and rest × parts stays below SHARE_WHOLE_MAX squared.
 */
#include <stdlib.h>

#include "ledger/income/internal.h"

static_assert(SHARE_WHOLE_MAX < INT64_C(3037000499), "its square fits");

struct remainder {
    int64_t value;
    size_t index;
};

static int by_size(const void *a, const void *b)
{
    const struct remainder *first = a, *second = b;

    if (first->value != second->value) return first->value < second->value ? 1 : -1;
    return (first->index > second->index) - (first->index < second->index);
}

static bool check_parts(const int64_t *parts, size_t count, int64_t whole, struct error *err)
{
    int64_t left = whole;

    assert(whole >= 1 && whole <= SHARE_WHOLE_MAX);
    for (size_t i = 0; i < count; i++) {
        assert(parts[i] > 0);
        if (parts[i] > left)
            return error_set(err, ERROR_UNBALANCED, "the parts are more than %lld",
                             (long long)whole);
        left -= parts[i];
    }
    return left == 0 || error_set(err, ERROR_UNBALANCED, "the parts are %lld less than %lld",
                                  (long long)left, (long long)whole);
}

bool split_largest_remainder(money_t amount, const int64_t *parts, size_t count, int64_t whole,
                             money_t *out, struct error *err)
{
    const int64_t quotient = amount.fen / whole, rest = amount.fen % whole;
    struct remainder *remainders;
    int64_t left = amount.fen;

    assert(!money_is_negative(amount));
    if (!check_parts(parts, count, whole, err)) return false;
    remainders = calloc(count, sizeof *remainders);
    if (remainders == NULL) return error_set(err, ERROR_MEMORY, "no memory for %zu shares", count);
    for (size_t i = 0; i < count; i++) {
        out[i].fen = quotient * parts[i] + rest * parts[i] / whole;
        remainders[i] = (struct remainder){rest * parts[i] % whole, i};
        left -= out[i].fen;
    }
    assert(left >= 0 && (size_t)left < count);
    qsort(remainders, count, sizeof *remainders, by_size);
    for (size_t i = 0; i < (size_t)left; i++)
        out[remainders[i].index].fen++;
    free(remainders);
    return true;
}
