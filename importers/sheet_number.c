/*
 * sheet_number.c - decimal text rounded, formats read, days counted.
 */
#include "importers/sheet_number.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/language.h"

#define DIGITS_KEPT   15
#define DIGITS_STORED 17    /* of a double in XLSX; they tell it from every other */
#define EXPONENT_MAX  10000 /* while reading; keeps sums of exponents far from overflow */
#define MAGNITUDE_MAX 330   /* places before or behind the point when written out */

static_assert(SHEET_NUMBER_SIZE > MAGNITUDE_MAX + DIGITS_KEPT + sizeof "-0." + sizeof "万元",
              "what is written out must fit");

/* ---- Decimal text --------------------------------------------------------------------------- */

/* 0.d1d2d3… × 10^point; the digit behind the last one kept decides the rounding. */
struct decimal {
    bool is_negative;
    char digits[DIGITS_KEPT + 1];
    int count; /* of digits, leading zeros left out */
    int point;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void decimal_add_digit(struct decimal *decimal, char digit, bool is_behind_point)
{
    if (decimal->count == 0 && digit == '0') {
        if (is_behind_point && decimal->point > -EXPONENT_MAX) decimal->point--;
        return;
    }
    if (decimal->count <= DIGITS_KEPT) decimal->digits[decimal->count++] = digit;
    if (!is_behind_point && decimal->point < EXPONENT_MAX) decimal->point++;
}

static bool read_exponent(const char **at, const char *end, int *out)
{
    bool is_negative = false;
    int exponent = 0;

    if (*at < end && (**at == '+' || **at == '-')) is_negative = *(*at)++ == '-';
    if (*at == end || !is_digit(**at)) return false;
    for (; *at < end && is_digit(**at); (*at)++) {
        if (exponent < EXPONENT_MAX) exponent = exponent * 10 + (**at - '0');
    }
    *out = is_negative ? -exponent : exponent;
    return true;
}

static bool decimal_read(const char *at, const char *end, struct decimal *decimal)
{
    bool has_digit = false;
    bool is_behind_point = false;
    int exponent = 0;

    *decimal = (struct decimal){0};
    if (at < end && (*at == '+' || *at == '-')) decimal->is_negative = *at++ == '-';
    for (; at < end; at++) {
        if (*at == '.' && !is_behind_point) {
            is_behind_point = true;
        } else if (is_digit(*at)) {
            has_digit = true;
            decimal_add_digit(decimal, *at, is_behind_point);
        } else {
            break;
        }
    }
    if (!has_digit) return false;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (!read_exponent(&at, end, &exponent)) return false;
        decimal->point += exponent;
    }
    return at == end;
}

/* To the digits that are kept; then no zeros at the end. */
static void decimal_round(struct decimal *decimal)
{
    if (decimal->count > DIGITS_KEPT) {
        bool carry = decimal->digits[DIGITS_KEPT] >= '5';
        int i;

        decimal->count = DIGITS_KEPT;
        for (i = DIGITS_KEPT - 1; carry && i >= 0; i--) {
            carry = decimal->digits[i] == '9';
            decimal->digits[i] = carry ? '0' : (char)(decimal->digits[i] + 1);
        }
        if (carry) { /* 9.99… became 10 */
            decimal->digits[0] = '1';
            decimal->point++;
        }
    }
    while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

static bool decimal_write(const struct decimal *decimal, char out[SHEET_NUMBER_SIZE])
{
    char *at = out;
    int i;

    if (decimal->count == 0) {
        memcpy(out, "0", sizeof "0");
        return true;
    }
    if (decimal->point > MAGNITUDE_MAX || decimal->point < -MAGNITUDE_MAX) return false;
    if (decimal->is_negative) *at++ = '-';
    if (decimal->point <= 0) *at++ = '0';
    for (i = 0; i < decimal->point; i++)
        *at++ = i < decimal->count ? decimal->digits[i] : '0';
    if (decimal->point < decimal->count) *at++ = '.';
    for (i = decimal->point; i < decimal->count; i++)
        *at++ = i < 0 ? '0' : decimal->digits[i];
    *at = 0;
    assert(at < out + SHEET_NUMBER_SIZE);
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool sheet_number_text(const char *text, size_t size, char out[SHEET_NUMBER_SIZE])
{
    const char *end = text + size;
    struct decimal decimal;

    while (text < end && is_space(*text))
        text++;
    while (text < end && is_space(end[-1]))
        end--;
    if (!decimal_read(text, end, &decimal)) return false;
    decimal_round(&decimal);
    return decimal_write(&decimal, out);
}

bool sheet_number_of_bits(uint64_t bits, bool is_hundredfold, char out[SHEET_NUMBER_SIZE])
{
    struct decimal decimal;
    char printed[64];
    char *point;
    double value;

    static_assert(sizeof value == sizeof bits, "XLS stores IEEE 754 doubles");
    memcpy(&value, &bits, sizeof value);
    if (!isfinite(value)) return false;
    snprintf(printed, sizeof printed, "%.*e", DIGITS_STORED - 1, value);
    /* The process may run in a locale that writes another point, of one byte or more. */
    point = printed + (printed[0] == '-') + 1;
    while (!is_digit(point[1])) {
        memmove(point, point + 1, strlen(point));
    }
    *point = '.';
    if (!decimal_read(printed, printed + strlen(printed), &decimal)) return false;
    if (is_hundredfold) decimal.point -= 2;
    decimal_round(&decimal);
    return decimal_write(&decimal, out);
}

/* ---- Formats -------------------------------------------------------------------------------- */

#define LITERAL_SIZE 64 /* of what a format writes around a number */

unsigned sheet_format_id_meaning(uint32_t id)
{
    if (id == 9 || id == 10) return NUMBER_IS_PERCENT;
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36)) return NUMBER_IS_DATE;
    if ((id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return NUMBER_IS_DATE;
    return NUMBER_PLAIN;
}

/* What is found in a format's first section: it shows what is positive, as days and amounts are. */
struct format {
    bool has_month; /* or minutes: an hour or second beside it tells */
    bool has_time;
    bool is_date, is_percent;
    bool is_divided;            /* a comma behind the last digit divides by a thousand */
    bool is_shown;              /* the number itself, not a text alone or nothing (;;;) */
    bool is_conditional;        /* [<10000]: what is shown hangs on the value */
    size_t zeros, digits;       /* places that are always shown, and all of them */
    char literal[LITERAL_SIZE]; /* what is written around the number */
    size_t literal_size;
};

static void add_literal(struct format *format, const char *text, size_t size)
{
    if (format->literal_size + size >= LITERAL_SIZE) size = LITERAL_SIZE - 1 - format->literal_size;
    memcpy(format->literal + format->literal_size, text, size);
    format->literal_size += size;
}

/* What stands for itself at `at`: a quoted text, a bracket, an escaped character. Its size or 0. */
static size_t literal_size(const char *at)
{
    const char *end = NULL;

    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end != NULL ? (size_t)(end - at) + 1 : strlen(at);
    case '[':
        end = strchr(at, ']');
        return end != NULL ? (size_t)(end - at) + 1 : strlen(at);
    case '\\':
    case '!':
    case '_':
    case '*':
        return at[1] != 0 ? 2 : 1;
    default:
        return 0;
    }
}

static bool is_place(char c)
{
    return c == '0' || c == '#' || c == '?';
}

static void take_literal(struct format *format, const char *code, size_t size)
{
    if (code[0] == '[') {
        format->has_time = format->has_time || strchr("hHmMsS", code[1]) != NULL;
        format->is_conditional = format->is_conditional || strchr("<>=", code[1]) != NULL;
        if (code[1] == '$') add_literal(format, code + 2, strcspn(code + 2, "-]")); /* currency */
    } else if (code[0] == '"') {
        add_literal(format, code + 1, size > 2 ? size - 2 : 0);
    } else if (code[0] == '\\' || code[0] == '!') {
        add_literal(format, code + 1, size - 1);
    }
}

static void take_sign(struct format *format, const char *code)
{
    format->is_date = format->is_date || strchr("yYdD", *code) != NULL;
    format->is_percent = format->is_percent || *code == '%';
    format->has_month = format->has_month || *code == 'm' || *code == 'M';
    format->has_time = format->has_time || strchr("hHsS", *code) != NULL;
    if (*code == ',' && format->digits > 0 && !is_place(code[1])) format->is_divided = true;
    if (is_place(*code)) format->digits++;
    if (is_place(*code) || strchr("@Gg", *code) != NULL) format->is_shown = true; /* General */
    if (*code == '0') format->zeros++;
    if (strchr("(-+", *code) != NULL || (unsigned char)*code >= 0x80) add_literal(format, code, 1);
}

/* What the text around a number makes of it. */
static unsigned literal_meaning(const char *literal)
{
    static const char *const others[] = {"-",  "+",  "(",  ".",    "亿", "千", "百", "十",
                                         "美", "港", "欧", "日元", "约", "$",  "€",  "£"};
    size_t i;

    for (i = 0; literal[i] != 0; i++) {
        if (isalnum((unsigned char)literal[i])) return NUMBER_IS_OTHERWISE;
    }
    for (i = 0; i < ARRAY_COUNT(others); i++) {
        if (strstr(literal, others[i]) != NULL) return NUMBER_IS_OTHERWISE;
    }
    if (strstr(literal, "万") != NULL) return NUMBER_IN_WAN_YUAN;
    return strstr(literal, "元") != NULL ? NUMBER_IN_YUAN : NUMBER_PLAIN;
}

unsigned sheet_format_meaning(const char *code)
{
    struct format format = {0};
    unsigned meaning;
    bool is_digits = strspn(code, "0") == strlen(code);
    bool is_none = *code == 0;

    while (*code != 0 && *code != ';') {
        size_t skip = literal_size(code);

        if (skip > 0) {
            take_literal(&format, code, skip);
            code += skip;
        } else if (strncmp(code, "E+", 2) == 0 || strncmp(code, "E-", 2) == 0) {
            code += 2;
        } else {
            take_sign(&format, code++);
        }
    }
    if (format.is_date || (format.has_month && !format.has_time)) return NUMBER_IS_DATE;
    if (format.has_time) return NUMBER_PLAIN;
    if (format.is_percent) return NUMBER_IS_PERCENT;
    if (format.is_divided || format.is_conditional) return NUMBER_IS_OTHERWISE;
    if (!format.is_shown && !is_none) return NUMBER_IS_OTHERWISE;
    meaning = literal_meaning(format.literal);
    if (meaning == NUMBER_PLAIN && is_digits && format.zeros > 1 && format.zeros <= DIGITS_KEPT) {
        return NUMBER_IS_PADDED + (unsigned)format.zeros;
    }
    return meaning;
}

/* ---- Days ----------------------------------------------------------------------------------- */

#define SERIAL_OF_1970      25569 /* of 1970-01-01, days since 1899-12-30 */
#define SERIAL_1904_OF_1970 24107 /* the same since 1904-01-01 */
#define SERIAL_FALSE_DAY    60    /* 29 February 1900, which Excel keeps from Lotus 1-2-3 */
#define SERIAL_DIGITS_MAX   7     /* 9999-12-31 is 2958465 */

static enum sheet_cell_kind show_date(char text[SHEET_NUMBER_SIZE], bool is_1904)
{
    struct error err = ERROR_INIT;
    int64_t serial = 0;
    bool is_false_day;
    size_t i;
    date_t date;

    for (i = 0; is_digit(text[i]) && i <= SERIAL_DIGITS_MAX; i++)
        serial = serial * 10 + (text[i] - '0');
    if (text[0] == '-' || serial == 0) return CELL_NUMBER;
    is_false_day = !is_1904 && serial == SERIAL_FALSE_DAY;
    if (!is_1904 && serial < SERIAL_FALSE_DAY) serial++; /* days before it are counted without it */
    serial -= is_1904 ? SERIAL_1904_OF_1970 : SERIAL_OF_1970;
    if (is_false_day || !date_from_days(serial, &date, &err)) {
        snprintf(text, SHEET_NUMBER_SIZE, "%s", N_("no day of the calendar"));
        return CELL_ERROR;
    }
    date_format(date, text);
    return CELL_DATE;
}

/* ---- Showing -------------------------------------------------------------------------------- */

static void append(char text[SHEET_NUMBER_SIZE], const char *end)
{
    size_t size = strlen(text);

    assert(size + strlen(end) < SHEET_NUMBER_SIZE);
    memcpy(text + size, end, strlen(end) + 1);
}

static void show_hundredfold(char text[SHEET_NUMBER_SIZE])
{
    struct decimal decimal;
    bool ok = decimal_read(text, text + strlen(text), &decimal);

    assert(ok);
    decimal.point += decimal.count > 0 ? 2 : 0;
    decimal_round(&decimal);
    if (decimal_write(&decimal, text)) append(text, "%");
}

static void pad(char text[SHEET_NUMBER_SIZE], size_t places)
{
    size_t size = strlen(text);

    if (size >= places || strspn(text, "0123456789") != size) return;
    memmove(text + places - size, text, size + 1);
    memset(text, '0', places - size);
}

enum sheet_cell_kind sheet_number_show(char text[SHEET_NUMBER_SIZE], unsigned meaning, bool is_1904)
{
    switch (meaning) {
    case NUMBER_PLAIN:
        return CELL_NUMBER;
    case NUMBER_IS_DATE:
        return show_date(text, is_1904);
    case NUMBER_IS_PERCENT:
        show_hundredfold(text);
        return CELL_TEXT;
    case NUMBER_IN_YUAN:
        append(text, "元");
        return CELL_TEXT;
    case NUMBER_IN_WAN_YUAN:
        append(text, "万元");
        return CELL_TEXT;
    case NUMBER_IS_OTHERWISE:
        snprintf(text, SHEET_NUMBER_SIZE, "%s",
                 N_("another number than it keeps, or none; give it a plain number format"));
        return CELL_ERROR;
    default:
        pad(text, meaning - NUMBER_IS_PADDED);
        return CELL_NUMBER;
    }
}
