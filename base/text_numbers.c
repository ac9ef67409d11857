/*
 * text_numbers.c - finds numbers of people in free text, so that the journal can refuse them.
 *
 * What is published can't be called back (DESIGN section 3.1), so the search prefers finding too
 * much to too little, but must leave alone what public money can't be written without.
 *
 * 1. A candidate begins where a group of digits begins and is judged at the end of that group and
 *    of each further one that only separators part from it, up to DIGITS_MAX digits.
 * 2. Nothing is allocated; the work for each group is bounded, so the whole is linear.
 */
#include "base/text.h"

#include <assert.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "base/identity.h"
#include "base/language.h"

#define DIGITS_MAX      19 /* of the longest number looked for, a bank card's */
#define SEPARATORS_MAX  3  /* between two groups of one number */
#define DIGEST_SIZE_MIN 32 /* hex digits from which a token counts as a digest */
#define USCC_LENGTH     18
#define MOBILE_LENGTH   11
#define DIGITS_MIN      11 /* of the shortest, a mobile or fixed-line number */
#define GROUPING_SIZE   6  /* groups in a row of the tables below, and the 0 that ends it */

enum symbol_kind { SYMBOL_END, SYMBOL_DIGIT, SYMBOL_SEPARATOR, SYMBOL_OTHER };

struct symbol {
    enum symbol_kind kind;
    size_t size;      /* in bytes; 0 at the end */
    ucs4_t character; /* folded from full-width */
    char digit;       /* '0' to '9' for SYMBOL_DIGIT */
};

struct candidate {
    char digits[DIGITS_MAX + 1]; /* of all groups, a string */
    size_t count;
    size_t groups[DIGITS_MAX]; /* the digits in each group */
    size_t group_count;
    const char *after; /* the text behind the last group */
};

/* ---- Reading symbols ----------------------------------------------------------------------- */

static ucs4_t fold_full_width(ucs4_t character)
{
    return character >= 0xff01 && character <= 0xff5e ? character - 0xff01 + '!' : character;
}

/* What may stand between two digits of a number without ending it. No line break: it ends one. */
static bool is_separator(ucs4_t character)
{
    if (character == '\n' || character == '\r') return false;
    if (character < 0x80)
        return character == ' ' || character == '-' || character == ')' || character == '\t';
    return uc_is_property_white_space(character) || uc_is_property_dash(character) ||
           uc_is_property_default_ignorable_code_point(character);
}

static struct symbol read_symbol(const char *text)
{
    const uint8_t *data = (const uint8_t *)text;
    struct symbol symbol = {SYMBOL_OTHER, 1, 0, '\0'};
    int digit;

    if (text[0] == '\0') return (struct symbol){SYMBOL_END, 0, 0, '\0'};
    if (data[0] < 0x80) {
        symbol.character = data[0];
    } else {
        size_t size = text_sequence_size(data, strnlen(text, 4));

        if (size == 0) return symbol; /* a byte that is no text ends a number like any other */
        u8_mbtoucr(&symbol.character, data, size);
        symbol.character = fold_full_width(symbol.character);
        symbol.size = size;
    }
    digit = uc_decimal_value(symbol.character);
    if (digit >= 0) {
        symbol.kind = SYMBOL_DIGIT;
        symbol.digit = (char)('0' + digit);
    } else if (is_separator(symbol.character)) {
        symbol.kind = SYMBOL_SEPARATOR;
    }
    return symbol;
}

static bool is_ascii_letter(ucs4_t character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* ---- Codes that are public ----------------------------------------------------------------- */

static bool is_token_byte(char byte)
{
    return is_ascii_letter((ucs4_t)(unsigned char)byte) || (byte >= '0' && byte <= '9');
}

static size_t token_size(const char *text)
{
    size_t size = 0;

    while (is_token_byte(text[size]))
        size++;
    return size;
}

/* A digest: hexadecimal, long, and not of digits alone. */
static bool is_digest(const char *text, size_t size)
{
    return size >= DIGEST_SIZE_MIN && strspn(text, "0123456789abcdef") == size &&
           strspn(text, "0123456789") < size;
}

/* A unified social credit code, which a register publishes; unless it could be a person's. */
static bool is_uscc(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    char token[USCC_LENGTH + 1];

    if (size != USCC_LENGTH) return false;
    memcpy(token, text, size);
    token[size] = '\0';
    return uscc_check(token, &ignored) && !id_card_has_form(token);
}

/* ---- Judging candidates -------------------------------------------------------------------- */

/* Rows of group sizes, ended by 0. */
static const size_t mobile_groupings[][GROUPING_SIZE] = {
    {11}, {3, 4, 4}, {3, 8}, {7, 4}, {4, 4, 3}, {4, 3, 4}, {3, 3, 5}, {5, 6}, {1, 3, 3, 4},
};
static const size_t telephone_groupings[][GROUPING_SIZE] = {
    {10}, {11}, {12}, {3, 8}, {4, 7}, {4, 8}, {3, 4, 4}, {4, 3, 4}, {4, 4, 4},
};
static const size_t card_groupings[][GROUPING_SIZE] = {
    {4, 4, 4, 1},    {4, 4, 4, 2}, {4, 4, 4, 3}, {4, 4, 4, 4}, {4, 4, 4, 4, 1}, {4, 4, 4, 4, 2},
    {4, 4, 4, 4, 3}, {4, 6, 4},    {4, 6, 5},    {6, 7},       {6, 8},          {6, 9},
    {6, 10},         {6, 11},      {6, 12},      {6, 13},
};

/* Is the candidate, less its first `skip` digits, grouped as the row says? */
static bool has_grouping(const struct candidate *candidate, size_t skip, const size_t *row)
{
    size_t i;

    for (i = 0; i < candidate->group_count; i++) {
        size_t size = candidate->groups[i] - (i == 0 ? skip : 0);

        if (row[i] == 0 || size != row[i]) return false;
    }
    return row[i] == 0;
}

/* Is it grouped as one of the rows says, or written digit by digit? */
static bool is_grouped(const struct candidate *candidate, size_t skip,
                       const size_t rows[][GROUPING_SIZE], size_t row_count)
{
    size_t i;

    if (candidate->group_count == candidate->count) return true;
    if (candidate->group_count >= GROUPING_SIZE || candidate->groups[0] <= skip) return false;
    for (i = 0; i < row_count; i++) {
        if (has_grouping(candidate, skip, rows[i])) return true;
    }
    return false;
}

/* Does an X that closes an ID number come next, perhaps behind separators? */
static bool is_closed_by_x(const char *text)
{
    struct symbol symbol = read_symbol(text);
    size_t separators;

    for (separators = 0; symbol.kind == SYMBOL_SEPARATOR; separators++) {
        if (separators == SEPARATORS_MAX) return false;
        text += symbol.size;
        symbol = read_symbol(text);
    }
    if (symbol.character != 'X' && symbol.character != 'x') return false;
    symbol = read_symbol(text + symbol.size);
    return symbol.kind != SYMBOL_DIGIT && !is_ascii_letter(symbol.character);
}

static bool is_id_number(const struct candidate *candidate)
{
    static const size_t old_groupings[][GROUPING_SIZE] = {{15}, {6, 6, 3}};
    char closed[ID_CARD_SIZE];

    switch (candidate->count) {
    case 15: /* no check digit: the grouping has to speak for it */
        return is_grouped(candidate, 0, old_groupings, ARRAY_COUNT(old_groupings)) &&
               id_card_has_form(candidate->digits);
    case 17:
        if (!is_closed_by_x(candidate->after)) return false;
        memcpy(closed, candidate->digits, 17);
        memcpy(closed + 17, "X", 2);
        return id_card_has_form(closed);
    case 18:
        return id_card_has_form(candidate->digits);
    default:
        return false;
    }
}

/* "15000000000元", "15000000000.00": one group that its unit or its fen show to be money. */
static bool is_amount(const struct candidate *candidate)
{
    const char *after = candidate->after;
    size_t decimals;

    if (candidate->group_count != 1) return false;
    if (strncmp(after, "元", strlen("元")) == 0) return true; /* not 万, which is a surname too */
    if (after[0] != '.') return false;
    decimals = strspn(after + 1, "0123456789");
    return decimals == 1 || decimals == 2;
}

/* Two years of the last hundred and a number: "1985-2021 600" is no way to write a mobile number.
 */
static bool begins_with_years(const struct candidate *candidate)
{
    const char *digits = candidate->digits;

    return candidate->group_count > 1 && candidate->groups[0] == 4 && candidate->groups[1] == 4 &&
           strncmp(digits, "19", 2) == 0 &&
           (strncmp(digits + 4, "19", 2) == 0 || strncmp(digits + 4, "20", 2) == 0);
}

static bool is_mobile_number(const struct candidate *candidate)
{
    static const char *const prefixes[] = {"", "0", "86", "0086"};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(prefixes); i++) {
        size_t skip = strlen(prefixes[i]);
        const char *number = candidate->digits + skip;

        if (candidate->count != skip + MOBILE_LENGTH) continue;
        if (strncmp(candidate->digits, prefixes[i], skip) != 0) continue;
        if (number[0] != '1' || number[1] < '3') continue;
        return is_grouped(candidate, skip, mobile_groupings, ARRAY_COUNT(mobile_groupings)) &&
               !begins_with_years(candidate);
    }
    return false;
}

/* The digits of the area code at the start: 3, 4, or 0 for none. */
static size_t area_code_size(const char *digits)
{
    if (digits[0] != '0') return 0;
    if (digits[1] == '1') return digits[2] == '0' ? 3 : 0;
    if (digits[1] == '2') return 3;
    return digits[1] >= '3' ? 4 : 0;
}

static bool is_telephone(const struct candidate *candidate)
{
    size_t area = area_code_size(candidate->digits);
    size_t local = candidate->count - area;
    size_t first = candidate->groups[0];

    if (area == 0 || !(local == 8 || (area == 4 && local == 7))) return false;
    if (candidate->digits[area] < '2' || candidate->digits[area] > '8') return false;
    if (first != area && first != candidate->count && first != 1) return false;
    return is_grouped(candidate, 0, telephone_groupings, ARRAY_COUNT(telephone_groupings));
}

/* Card issuers' first digits. 61 and 63 to 65 are left out: codes of five provinces begin so. */
static bool begins_as_cards_do(const char *digits)
{
    if (digits[0] == '6') return strchr("0289", digits[1]) != NULL;
    return strchr("3459", digits[0]) != NULL;
}

static bool is_bank_card(const struct candidate *candidate)
{
    return begins_as_cards_do(candidate->digits) &&
           (candidate->group_count == 1 ||
            is_grouped(candidate, 0, card_groupings, ARRAY_COUNT(card_groupings))) &&
           bank_card_has_luhn(candidate->digits);
}

static enum text_finding judge(const struct candidate *candidate)
{
    if (is_id_number(candidate)) return TEXT_ID_NUMBER;
    if (is_amount(candidate)) return TEXT_CLEAN;
    if (is_mobile_number(candidate)) return TEXT_MOBILE_NUMBER;
    if (is_telephone(candidate)) return TEXT_TELEPHONE;
    if (is_bank_card(candidate)) return TEXT_BANK_CARD;
    return TEXT_CLEAN;
}

/* ---- Walking through the text -------------------------------------------------------------- */

/* Take the group of digits at the start of `text`. False when that makes too many digits. */
static bool take_group(struct candidate *candidate, const char *text)
{
    struct symbol symbol = read_symbol(text);
    size_t size = 0;

    assert(symbol.kind == SYMBOL_DIGIT);
    while (symbol.kind == SYMBOL_DIGIT) {
        if (candidate->count == DIGITS_MAX) return false;
        candidate->digits[candidate->count++] = symbol.digit;
        size++;
        text += symbol.size;
        symbol = read_symbol(text);
    }
    candidate->digits[candidate->count] = '\0';
    candidate->groups[candidate->group_count++] = size;
    candidate->after = text;
    return true;
}

/* The digit behind up to SEPARATORS_MAX separators, or NULL. */
static const char *next_group(const char *text)
{
    size_t separators;

    for (separators = 0; separators <= SEPARATORS_MAX; separators++) {
        struct symbol symbol = read_symbol(text);

        if (symbol.kind == SYMBOL_DIGIT) return text;
        if (symbol.kind != SYMBOL_SEPARATOR) return NULL;
        text += symbol.size;
    }
    return NULL;
}

/* Judge the numbers that begin with the group of digits at the start of `text`. */
static enum text_finding examine(const char *text)
{
    struct candidate candidate = {.count = 0, .group_count = 0, .after = text};

    while (text != NULL && take_group(&candidate, text)) {
        enum text_finding finding = judge(&candidate);

        if (finding != TEXT_CLEAN) return finding;
        text = next_group(candidate.after);
    }
    return TEXT_CLEAN;
}

/*
 * Has the text fewer digits than any number looked for? Most texts have, and need no closer look.
 * Digits beyond ASCII count by the first byte of their UTF-8. First bytes E2 to E9 are U+2000 to
 * U+9FFF, marks and Chinese, where Unicode has no decimal digits.
 */
static bool has_too_few_digits(const char *text)
{
    size_t digits = 0;

    for (; *text != '\0'; text++) {
        uint8_t byte = (uint8_t)*text;

        digits += (byte >= '0' && byte <= '9') || (byte >= 0xc2 && (byte < 0xe2 || byte > 0xe9));
    }
    return digits < DIGITS_MIN;
}

enum text_finding text_find_personal_number(const char *text)
{
    enum symbol_kind before = SYMBOL_OTHER;
    bool in_token = false;

    if (has_too_few_digits(text)) return TEXT_CLEAN;
    while (text[0] != '\0') {
        struct symbol symbol = read_symbol(text);
        size_t token = in_token ? 0 : token_size(text);

        if (is_digest(text, token) || is_uscc(text, token)) {
            text += token;
            before = SYMBOL_OTHER;
            continue;
        }
        if (symbol.kind == SYMBOL_DIGIT && before != SYMBOL_DIGIT) {
            enum text_finding finding = examine(text);

            if (finding != TEXT_CLEAN) return finding;
        }
        in_token = is_token_byte(text[0]);
        before = symbol.kind;
        text += symbol.size;
    }
    return TEXT_CLEAN;
}

const char *text_finding_name(enum text_finding finding)
{
    static const char *const names[] = {
        [TEXT_CLEAN] = N_("no personal number"),      [TEXT_ID_NUMBER] = N_("an ID number"),
        [TEXT_MOBILE_NUMBER] = N_("a mobile number"), [TEXT_TELEPHONE] = N_("a telephone number"),
        [TEXT_BANK_CARD] = N_("a bank card number"),
    };

    assert(finding >= TEXT_CLEAN && finding <= TEXT_BANK_CARD);
    return names[finding];
}
