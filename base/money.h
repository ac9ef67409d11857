/*
 * money.h - amounts in fen (分, 1/100 yuan), the only way money is held.
 *
 * 1. A money_t is always within ±MONEY_FEN_MAX, the integers that canonical JSON carries exactly
 *    (DESIGN section 3.1); every operation that could leave that range fails instead.
 * 2. No floating point, not even to print.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define MONEY_FEN_MAX INT64_C(9007199254740991) /* 2^53 - 1 */

typedef struct {
    int64_t fen;
} money_t;

#define MONEY_ZERO ((money_t){0})

/** An amount from a store or a file. ERROR_OVERFLOW beyond ±MONEY_FEN_MAX. */
bool money_from_fen(int64_t fen, money_t *out, struct error *err) MUST_CHECK;
/* Each of these fails with ERROR_OVERFLOW when the result lies beyond ±MONEY_FEN_MAX. */
bool money_add(money_t a, money_t b, money_t *out, struct error *err) MUST_CHECK;
bool money_subtract(money_t a, money_t b, money_t *out, struct error *err) MUST_CHECK;
/** The sum of `count` amounts, 0 for none. Only the result must be in range, not each step. */
bool money_sum(const money_t *amounts, size_t count, money_t *out, struct error *err) MUST_CHECK;
/** Never fails: the range is symmetric. */
money_t money_negate(money_t amount);

/**
 * amount × numerator ÷ denominator, rounded towards zero; what rounding cuts off stays with the
 * caller, who knows the sum that the parts must make. Exact: the product may pass 64 bits.
 * ERROR_INPUT when denominator < 1, ERROR_OVERFLOW when the result is out of range.
 */
bool money_multiply_ratio(money_t amount, int64_t numerator, int64_t denominator, money_t *out,
                          struct error *err) MUST_CHECK;

bool money_is_zero(money_t amount);
bool money_is_negative(money_t amount);
/** -1, 0 or 1 as a is below, equal to or above b. */
int money_compare(money_t a, money_t b);

enum money_unit { MONEY_YUAN, MONEY_WAN_YUAN /* 万元: ten thousand yuan */ };

/**
 * Read an amount as a person writes it: "1234.56", "1,234.56", "-3", "12万", "12.5万元", "600元".
 *
 * A unit in the text wins over `unit`. Refused, with the reason: empty text, more digits than a
 * fen can hold (1.234 yuan, 0.0000001 万元), scientific notation, misplaced separators, anything
 * else around the number (all ERROR_INPUT), amounts beyond MONEY_FEN_MAX (ERROR_OVERFLOW). Zeros
 * beyond the fen are refused too: 600.000 may mean 600,000. ASCII digits only.
 */
bool money_parse(const char *text, enum money_unit unit, money_t *out,
                 struct error *err) MUST_CHECK;

#define MONEY_TEXT_SIZE 32 /* bytes, NUL included, of any formatted amount */

/** "1234.56", always two decimals, '-' before negatives. Returns `text`. */
char *money_format(money_t amount, char text[MONEY_TEXT_SIZE]);

/** "1,234.56", for people. Returns `text`. */
char *money_format_grouped(money_t amount, char text[MONEY_TEXT_SIZE]);

#endif
