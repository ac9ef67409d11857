/*
 * identity.c - one small routine for each standard's check digit, and the levels of a division.
 *
 * 1. Nothing here repeats a personal number in a message, or says what its check digit should be:
 *    that would teach how to make a false number pass.
 */
#include "base/identity.h"

#include <assert.h>
#include <string.h>

#define DIGITS "0123456789"

#define ID_CARD_LENGTH     18
#define ID_CARD_LENGTH_OLD 15
#define AGE_YEARS_MAX      130
#define USCC_LENGTH        18
#define CARD_LENGTH_MIN    13
#define CARD_LENGTH_MAX    19
#define DIVISION_LENGTH    12

/* GB/T 2260 provinces by their two digits. 83 and 91 stand only on cards (Taiwan residents, foreign
 * nationals). */
enum { PROVINCE_OF_CARDS = 1, PROVINCE = 2 };

// clang-format off
static const uint8_t provinces[100] = {
    [11] = PROVINCE, [12] = PROVINCE, [13] = PROVINCE, [14] = PROVINCE, [15] = PROVINCE,
    [21] = PROVINCE, [22] = PROVINCE, [23] = PROVINCE,
    [31] = PROVINCE, [32] = PROVINCE, [33] = PROVINCE, [34] = PROVINCE, [35] = PROVINCE,
    [36] = PROVINCE, [37] = PROVINCE,
    [41] = PROVINCE, [42] = PROVINCE, [43] = PROVINCE, [44] = PROVINCE, [45] = PROVINCE,
    [46] = PROVINCE,
    [50] = PROVINCE, [51] = PROVINCE, [52] = PROVINCE, [53] = PROVINCE, [54] = PROVINCE,
    [61] = PROVINCE, [62] = PROVINCE, [63] = PROVINCE, [64] = PROVINCE, [65] = PROVINCE,
    [71] = PROVINCE, [81] = PROVINCE, [82] = PROVINCE,
    [83] = PROVINCE_OF_CARDS, [91] = PROVINCE_OF_CARDS,
};
// clang-format on

/* The number that the first `count` characters, digits all, write. */
static int number_at(const char *text, int count)
{
    int value = 0;
    int i;

    for (i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* Exactly `length` bytes, all of them digits? */
static bool is_digits(const char *text, size_t length)
{
    return strspn(text, DIGITS) == length && text[length] == '\0';
}

/* ---- ID cards (GB 11643-1999; the check is ISO 7064 MOD 11-2) ------------------------------ */

/* ISO 7064 gives the i-th of 18 characters the weight 2^(18 - i) mod 11. */
static char id_card_check_digit(const char *seventeen)
{
    static const int weights[ID_CARD_LENGTH - 1] = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                    3, 7, 9,  10, 5, 8, 4, 2};
    int sum = 0;
    size_t i;

    for (i = 0; i < ARRAY_COUNT(weights); i++)
        sum += (seventeen[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

/* Bring either length to 18 characters, the check digit computed for the old one. */
static bool id_card_widen(const char *text, char out[ID_CARD_SIZE], struct error *err)
{
    size_t digits = strspn(text, DIGITS);

    if (is_digits(text, ID_CARD_LENGTH_OLD)) {
        memcpy(out, text, 6);
        memcpy(out + 6, "19", 2);
        memcpy(out + 8, text + 6, 9);
        out[ID_CARD_LENGTH - 1] = id_card_check_digit(out);
    } else if (is_digits(text, ID_CARD_LENGTH)) {
        memcpy(out, text, ID_CARD_LENGTH);
    } else if (digits == ID_CARD_LENGTH - 1 &&
               (strcmp(text + digits, "X") == 0 || strcmp(text + digits, "x") == 0)) {
        memcpy(out, text, digits);
        out[digits] = 'X';
    } else {
        return error_set(err, ERROR_INPUT,
                         "an ID number has 18 digits, the last of which may be X, or 15; "
                         "read it from the card again");
    }
    out[ID_CARD_LENGTH] = '\0';
    return true;
}

/* Region, date of birth and check digit of an 18-character number. */
static bool id_card_check(const char *text, date_t *birth, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (provinces[number_at(text, 2)] == 0) {
        return error_set(err, ERROR_INPUT,
                         "the ID number begins with %.2s, which is no province; "
                         "read it from the card again",
                         text);
    }
    if (!date_from_civil(number_at(text + 6, 4), number_at(text + 10, 2), number_at(text + 12, 2),
                         birth, &ignored)) {
        return error_set(err, ERROR_INPUT,
                         "the ID number's date of birth does not exist; "
                         "read it from the card again");
    }
    if (text[ID_CARD_LENGTH - 1] != id_card_check_digit(text)) {
        return error_set(err, ERROR_INPUT,
                         "the ID number's check digit does not fit the others; "
                         "read it from the card again");
    }
    return true;
}

/* Whole years from birth to `today`, which isn't before it. */
static int age_in_years(date_t birth, date_t today)
{
    int birth_year, birth_month, birth_day;
    int year, month, day;

    date_to_civil(birth, &birth_year, &birth_month, &birth_day);
    date_to_civil(today, &year, &month, &day);
    return year - birth_year -
           (month < birth_month || (month == birth_month && day < birth_day) ? 1 : 0);
}

bool id_card_normalize(const char *text, date_t today, char out[ID_CARD_SIZE], struct error *err)
{
    char wide[ID_CARD_SIZE];
    date_t birth;

    if (!id_card_widen(text, wide, err)) return false;
    if (!id_card_check(wide, &birth, err)) return false;
    if (date_is_before(today, birth)) {
        return error_set(err, ERROR_INPUT,
                         "the ID number's date of birth lies in the future; "
                         "read it from the card again");
    }
    if (age_in_years(birth, today) > AGE_YEARS_MAX) {
        return error_set(err, ERROR_INPUT,
                         "the ID number's holder would be more than %d years old; "
                         "read it from the card again",
                         AGE_YEARS_MAX);
    }
    memcpy(out, wide, ID_CARD_SIZE);
    return true;
}

bool id_card_has_form(const char *text)
{
    struct error ignored = ERROR_INIT;
    char wide[ID_CARD_SIZE];
    date_t birth;

    return id_card_widen(text, wide, &ignored) && number_at(wide + 6, 2) < 21 &&
           id_card_check(wide, &birth, &ignored);
}

/* ---- Organisations (GB 32100-2015, GB 11714-1997) ------------------------------------------ */

static const char uscc_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* The organisation code's own check character over its first eight: 0-9A-Z count 0 to 35. */
static char organisation_check_character(const char *eight)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    int check;
    size_t i;

    for (i = 0; i < ARRAY_COUNT(weights); i++) {
        int value = eight[i] <= '9' ? eight[i] - '0' : eight[i] - 'A' + 10;

        sum += value * weights[i];
    }
    check = 11 - sum % 11;
    if (check == 10) return 'X';
    return check == 11 ? '0' : (char)('0' + check);
}

static char uscc_check_character(const char *seventeen)
{
    int sum = 0;
    int weight = 1;
    size_t i;

    for (i = 0; i < USCC_LENGTH - 1; i++) {
        sum += (int)(strchr(uscc_alphabet, seventeen[i]) - uscc_alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return uscc_alphabet[(31 - sum % 31) % 31];
}

bool uscc_check(const char *text, struct error *err)
{
    if (strspn(text, uscc_alphabet) != USCC_LENGTH || text[USCC_LENGTH] != '\0') {
        return error_set(err, ERROR_INPUT,
                         "a unified social credit code has 18 characters, digits and capitals "
                         "without I, O, S, V and Z; read it from the licence again");
    }
    if (text[16] != organisation_check_character(text + 8)) {
        return error_set(err, ERROR_INPUT,
                         "character 17 of %s, the organisation code's check, does not fit the "
                         "eight before it; read it from the licence again",
                         text);
    }
    if (text[17] != uscc_check_character(text)) {
        return error_set(err, ERROR_INPUT,
                         "character 18 of %s, its check, does not fit the others; "
                         "read it from the licence again",
                         text);
    }
    return true;
}

/* ---- Bank cards (ISO/IEC 7812-1 annex B) --------------------------------------------------- */

bool bank_card_has_luhn(const char *text)
{
    size_t length = strspn(text, DIGITS);
    int sum = 0;
    size_t i;

    if (text[length] != '\0' || length < CARD_LENGTH_MIN || length > CARD_LENGTH_MAX) return false;
    for (i = 0; i < length; i++) {
        int value = text[length - 1 - i] - '0';

        if (i % 2 == 1) value *= 2;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/* ---- Divisions ----------------------------------------------------------------------------- */

/* Where each level's own digits end: 2 + 2 + 2 + 3 + 3. */
static const struct {
    size_t start, end;
    const char *name;
} division_levels[] = {
    [DIVISION_PROVINCE] = {0, 2, "province"}, [DIVISION_PREFECTURE] = {2, 4, "prefecture"},
    [DIVISION_COUNTY] = {4, 6, "county"},     [DIVISION_TOWNSHIP] = {6, 9, "township"},
    [DIVISION_VILLAGE] = {9, 12, "village"},
};

/* Are the digits of this level all zero: nothing named at it? */
static bool is_blank_at(const char *code, enum division_level level)
{
    return strspn(code + division_levels[level].start, "0") >=
           division_levels[level].end - division_levels[level].start;
}

bool division_code_check(const char *code, struct error *err)
{
    enum division_level level;
    int above;

    if (!is_digits(code, DIVISION_LENGTH)) {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a division code; write its 12 digits, zeros below its "
                         "own level, for example 611025000000",
                         code);
    }
    if (provinces[number_at(code, 2)] != PROVINCE) {
        return error_set(err, ERROR_INPUT,
                         "division code %s begins with %.2s, which is no province; "
                         "look it up in GB/T 2260",
                         code, code);
    }
    level = division_code_level(code);
    for (above = (int)level - 1; above > (int)DIVISION_PROVINCE; above--) {
        if (above == (int)DIVISION_COUNTY || !is_blank_at(code, (enum division_level)above))
            continue;
        return error_set(err, ERROR_INPUT,
                         "division code %s names a %s but no %s above it; look it up again", code,
                         division_levels[level].name, division_levels[above].name);
    }
    return true;
}

enum division_level division_code_level(const char *code)
{
    int level = (int)DIVISION_VILLAGE;

    assert(strlen(code) == DIVISION_LENGTH);
    while (level > (int)DIVISION_PROVINCE && is_blank_at(code, (enum division_level)level))
        level--;
    return (enum division_level)level;
}

void division_code_parent(const char *code, char out[DIVISION_CODE_SIZE])
{
    enum division_level level = division_code_level(code);

    if (level == DIVISION_PROVINCE) {
        out[0] = '\0';
        return;
    }
    memset(out, '0', DIVISION_LENGTH);
    out[DIVISION_LENGTH] = '\0';
    memcpy(out, code, division_levels[level].start);
}

bool division_code_is_within(const char *code, const char *scope)
{
    assert(strlen(code) == DIVISION_LENGTH);
    return strncmp(code, scope, division_levels[division_code_level(scope)].end) == 0;
}

void division_code_range(const char *scope, char first[DIVISION_CODE_SIZE],
                         char last[DIVISION_CODE_SIZE])
{
    size_t own = 0;

    if (scope != NULL && scope[0] != '\0')
        own = (size_t)division_levels[division_code_level(scope)].end;
    memset(first, '0', DIVISION_LENGTH);
    memset(last, '9', DIVISION_LENGTH);
    first[DIVISION_LENGTH] = last[DIVISION_LENGTH] = '\0';
    if (own == 0) return;
    memcpy(first, scope, own);
    memcpy(last, scope, own);
}

const char *division_level_name(enum division_level level)
{
    assert(level >= DIVISION_PROVINCE && level <= DIVISION_VILLAGE);
    return division_levels[level].name;
}
