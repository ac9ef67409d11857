/*
 * money.c - checked arithmetic on fen, and amounts as people write them.
 *
 * 1. Every result is within ±MONEY_FEN_MAX or the function fails; no sum depends on its order.
 * 2. Amounts leave here with two decimals and come in with at most as many as a fen can hold.
 */
#include "base/money.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"

#define AMOUNT_TEXT_SIZE_MAX 64 /* bytes of an amount as written; longer text is no amount */
#define FEN_PER_YUAN         100
#define YUAN_DECIMALS        2
#define WAN_YUAN_DECIMALS    6 /* 1 fen = 0.000001 万元 */
#define GROUP_DIGITS         3

static bool is_in_range(int64_t fen)
{
    return fen >= -MONEY_FEN_MAX && fen <= MONEY_FEN_MAX;
}

static bool refuse_overflow(struct error *err)
{
    return error_set(err, ERROR_OVERFLOW,
                     "the amount would pass 90,071,992,547,409.91 yuan, the most the ledger "
                     "holds; check the unit and the digits");
}

bool money_from_fen(int64_t fen, money_t *out, struct error *err)
{
    if (!is_in_range(fen)) return refuse_overflow(err);
    out->fen = fen;
    return true;
}

bool money_add(money_t a, money_t b, money_t *out, struct error *err)
{
    assert(is_in_range(a.fen) && is_in_range(b.fen));
    return money_from_fen(a.fen + b.fen, out, err);
}

bool money_subtract(money_t a, money_t b, money_t *out, struct error *err)
{
    return money_add(a, money_negate(b), out, err);
}

/*
 * The running total is kept modulo the size of the range and the wraps are counted: the true sum
 * is within the range exactly when they cancel out, in whatever order the amounts come.
 */
bool money_sum(const money_t *amounts, size_t count, money_t *out, struct error *err)
{
    const int64_t range = 2 * MONEY_FEN_MAX + 1;
    int64_t total = 0;
    int64_t wraps = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        assert(is_in_range(amounts[i].fen));
        total += amounts[i].fen;
        if (total > MONEY_FEN_MAX) {
            total -= range;
            wraps++;
        } else if (total < -MONEY_FEN_MAX) {
            total += range;
            wraps--;
        }
    }
    if (wraps != 0) return refuse_overflow(err);
    out->fen = total;
    return true;
}

money_t money_negate(money_t amount)
{
    assert(is_in_range(amount.fen));
    return (money_t){-amount.fen};
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/*
 * Schoolbook multiplication, bit by bit from the top, dividing as it goes: the product of 53 and 64
 * bits never has to be held. Invariant: amount × (bits of numerator read so far) =
 * whole × denominator + rest, and rest < denominator <= 2^63 − 1.
 */
bool money_multiply_ratio(money_t amount, int64_t numerator, int64_t denominator, money_t *out,
                          struct error *err)
{
    bool is_negative = (amount.fen < 0) != (numerator < 0);
    uint64_t factor = magnitude(numerator);
    uint64_t divisor = (uint64_t)denominator;
    uint64_t amount_whole;
    uint64_t amount_rest;
    uint64_t whole = 0;
    uint64_t rest = 0;
    int bit;

    assert(is_in_range(amount.fen));
    if (denominator <= 0) {
        return error_set(err, ERROR_INPUT,
                         "a ratio with the denominator %lld; it must be 1 or more",
                         (long long)denominator);
    }
    amount_whole = magnitude(amount.fen) / divisor;
    amount_rest = magnitude(amount.fen) % divisor;
    for (bit = 63; bit >= 0; bit--) {
        whole = 2 * whole + (2 * rest >= divisor);
        rest = 2 * rest - (2 * rest >= divisor ? divisor : 0);
        if ((factor >> bit & 1) != 0) {
            whole += amount_whole + (rest + amount_rest >= divisor);
            rest = rest + amount_rest - (rest + amount_rest >= divisor ? divisor : 0);
        }
        if (whole > (uint64_t)MONEY_FEN_MAX) return refuse_overflow(err);
    }
    out->fen = is_negative ? -(int64_t)whole : (int64_t)whole;
    return true;
}

bool money_is_zero(money_t amount)
{
    return amount.fen == 0;
}

bool money_is_negative(money_t amount)
{
    return amount.fen < 0;
}

int money_compare(money_t a, money_t b)
{
    return (a.fen > b.fen) - (a.fen < b.fen);
}

/* ---- Reading ------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/*
 * The size of the whole part: digits, or digits in groups of three parted by commas. 0 when there
 * is none. A comma that isn't followed by a whole group is left for the caller to stumble over.
 */
static size_t whole_part_size(const char *text)
{
    size_t size = count_digits(text);

    if (size == 0 || size > GROUP_DIGITS || text[0] == '0') return size;
    while (text[size] == ',' && count_digits(text + size + 1) == GROUP_DIGITS) {
        size += 1 + GROUP_DIGITS;
    }
    return size;
}

/* The unit written after the number decides; without one, `unit` as given. */
static bool read_unit(const char *text, enum money_unit *unit)
{
    if (strcmp(text, "") == 0) return true;
    if (strcmp(text, "元") == 0) {
        *unit = MONEY_YUAN;
        return true;
    }
    if (strcmp(text, "万") == 0 || strcmp(text, "万元") == 0) {
        *unit = MONEY_WAN_YUAN;
        return true;
    }
    return false;
}

static bool refuse_rest(const char *text, const char *rest, struct error *err)
{
    if ((rest[0] == 'e' || rest[0] == 'E') && rest > text && is_digit(rest[-1])) {
        return error_set(err, ERROR_INPUT,
                         "the amount \"%s\" is in scientific notation, which may have lost "
                         "digits; show the cell as a plain number and enter all of them",
                         text);
    }
    if (rest[0] == ',' || rest[0] == '.') {
        return error_set(err, ERROR_INPUT,
                         "the amount \"%s\" has a misplaced '%c'; write 1,234.56 or 1234.56", text,
                         rest[0]);
    }
    return error_set(err, ERROR_INPUT,
                     "\"%s\" is not an amount; write digits such as 1234.56, with 元, 万 or 万元 "
                     "after them or nothing",
                     text);
}

/* Append one digit to a count of fen. False when it would pass the range; `fen` is then as was. */
static bool shift_in(int64_t *fen, int digit)
{
    if (*fen > (MONEY_FEN_MAX - digit) / 10) return false;
    *fen = *fen * 10 + digit;
    return true;
}

/* Fen from the digits of a number already found well-formed, commas and point passed over. */
static bool gather_fen(const char *number, const char *end, size_t missing_decimals, int64_t *fen,
                       struct error *err)
{
    size_t i;

    *fen = 0;
    for (; number < end; number++) {
        if (is_digit(*number) && !shift_in(fen, *number - '0')) return refuse_overflow(err);
    }
    for (i = 0; i < missing_decimals; i++) {
        if (!shift_in(fen, 0)) return refuse_overflow(err);
    }
    return true;
}

static bool refuse_decimals(const char *text, enum money_unit unit, struct error *err)
{
    /* Zeros as well: 600.000 may be six hundred thousand in the hand that wrote it. */
    return error_set(err, ERROR_INPUT,
                     "the amount \"%s\" has more than %d decimals, finer than a fen; "
                     "write it in %s to the fen",
                     text, unit == MONEY_YUAN ? YUAN_DECIMALS : WAN_YUAN_DECIMALS,
                     unit == MONEY_YUAN ? _("yuan") : "万元");
}

bool money_parse(const char *text, enum money_unit unit, money_t *out, struct error *err)
{
    const char *number = text[0] == '-' ? text + 1 : text;
    const char *rest;
    size_t decimals = 0;
    size_t decimals_max;
    int64_t fen;

    if (text[0] == '\0') {
        return error_set(err, ERROR_INPUT, "the amount is empty; write 0 if nothing is meant");
    }
    if (strnlen(text, AMOUNT_TEXT_SIZE_MAX + 1) > AMOUNT_TEXT_SIZE_MAX) {
        return error_set(err, ERROR_INPUT,
                         "text of more than %d bytes is not an amount; "
                         "write the number alone",
                         AMOUNT_TEXT_SIZE_MAX);
    }
    rest = number + whole_part_size(number);
    if (rest == number) return refuse_rest(text, rest, err);
    if (rest[0] == '.' && is_digit(rest[1])) {
        decimals = count_digits(rest + 1);
        rest += 1 + decimals;
    }
    if (!read_unit(rest, &unit)) return refuse_rest(text, rest, err);
    decimals_max = unit == MONEY_YUAN ? YUAN_DECIMALS : WAN_YUAN_DECIMALS;
    if (decimals > decimals_max) return refuse_decimals(text, unit, err);
    if (!gather_fen(number, rest, decimals_max - decimals, &fen, err)) return false;
    out->fen = text[0] == '-' ? -fen : fen;
    return true;
}

/* ---- Writing ------------------------------------------------------------------------------- */

char *money_format(money_t amount, char text[MONEY_TEXT_SIZE])
{
    long long yuan = (long long)(magnitude(amount.fen) / FEN_PER_YUAN);
    int fen = (int)(magnitude(amount.fen) % FEN_PER_YUAN);

    assert(is_in_range(amount.fen));
    snprintf(text, MONEY_TEXT_SIZE, "%s%lld.%02d", amount.fen < 0 ? "-" : "", yuan, fen);
    return text;
}

char *money_format_grouped(money_t amount, char text[MONEY_TEXT_SIZE])
{
    char plain[MONEY_TEXT_SIZE];
    size_t sign = amount.fen < 0 ? 1 : 0;
    size_t whole;
    size_t to = 0;
    size_t i;

    money_format(amount, plain);
    whole = strlen(plain) - sign - 3; /* ".56" */
    for (i = 0; plain[i] != '\0'; i++) {
        size_t at = i - sign; /* among the digits of the whole part */

        if (i > sign && at < whole && (whole - at) % GROUP_DIGITS == 0) text[to++] = ',';
        text[to++] = plain[i];
    }
    text[to] = '\0';
    assert(to < MONEY_TEXT_SIZE);
    return text;
}
