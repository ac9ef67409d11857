/*
 * text.c - UTF-8 and its normalization, display width, and the codes that people give.
 */
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/language.h"

#define NFC_STACK_BYTES 512 /* texts up to here are normalized without the heap */

/* The bounds that the second byte keeps for each range of first bytes; later bytes are 80..BF. */
static const struct {
    uint8_t first_low, first_high;
    uint8_t second_low, second_high;
    uint8_t size;
} utf8_forms[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

size_t text_sequence_size(const uint8_t *data, size_t size)
{
    size_t form;
    size_t i;

    if (size == 0) return 0;
    if (data[0] < 0x80) return 1;
    for (form = 0; form < ARRAY_COUNT(utf8_forms); form++) {
        if (data[0] <= utf8_forms[form].first_high) break;
    }
    if (form == ARRAY_COUNT(utf8_forms) || data[0] < utf8_forms[form].first_low) return 0;
    if (size < utf8_forms[form].size) return 0;
    if (data[1] < utf8_forms[form].second_low || data[1] > utf8_forms[form].second_high) return 0;
    for (i = 2; i < utf8_forms[form].size; i++) {
        if (data[i] < 0x80 || data[i] > 0xbf) return 0;
    }
    return utf8_forms[form].size;
}

/* The bytes of ASCII at the start, eight at a step: most of what is hashed is ASCII. */
static size_t ascii_size(const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (size - at >= sizeof(uint64_t)) {
        uint64_t eight;

        memcpy(&eight, data + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
        at += sizeof eight;
    }
    while (at < size && data[at] < 0x80)
        at++;
    return at;
}

/* The offset of the first byte that begins no well-formed sequence, or `size`. */
static size_t utf8_size(const uint8_t *data, size_t size)
{
    size_t at = ascii_size(data, size);

    while (at < size) {
        size_t sequence_size = text_sequence_size(data + at, size - at);

        if (sequence_size == 0) return at;
        at += sequence_size;
        at += ascii_size(data + at, size - at);
    }
    return size;
}

bool text_is_utf8(const uint8_t *data, size_t size)
{
    return utf8_size(data, size) == size;
}

/*
 * Blocks whose every character is NFC_Quick_Check=Yes with combining class 0: alone or beside
 * anything else of these blocks, NFC leaves them be. Text made of them needs no look-up. The test
 * holds this table against the Unicode data of libunistring.
 */
static const struct {
    ucs4_t first, last;
} nfc_stable[] = {
    {0x0000, 0x02ff}, /* ASCII, Latin */
    {0x4e00, 0x9fff}, /* Chinese */
    {0x3000, 0x3029}, /* 、。《》〔〕 */
    {0xff00, 0xffef}, /* full-width forms */
    {0x2002, 0x20cf}, /* punctuation and currency */
    {0x3400, 0x4dff}, /* rare Chinese, and of names: */
    {0x20000, 0x2f7ff},
};

static bool is_nfc_stable(ucs4_t character)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(nfc_stable); i++) {
        if (character >= nfc_stable[i].first && character <= nfc_stable[i].last) return true;
    }
    return false;
}

/* Is well-formed text, part of which needs the tables, equal to its NFC form? */
static bool equals_its_nfc(const uint8_t *data, size_t size)
{
    uint8_t on_stack[NFC_STACK_BYTES];
    size_t normal_size = sizeof on_stack;
    uint8_t *normal = u8_normalize(UNINORM_NFC, data, size, on_stack, &normal_size);
    bool is_equal = normal != NULL && normal_size == size && memcmp(normal, data, size) == 0;

    if (normal != on_stack) free(normal);
    return is_equal;
}

/* The bytes at the start that are U+4000 to U+9FFF, three each: Chinese, all of it stable. */
static size_t chinese_size(const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (size - at >= 3 && data[at] >= 0xe4 && data[at] <= 0xe9 &&
           (data[at + 1] & 0xc0) == 0x80 && (data[at + 2] & 0xc0) == 0x80)
        at += 3;
    return at;
}

/* The bytes at the start that are ASCII or Chinese. */
static size_t plain_size(const uint8_t *data, size_t size)
{
    size_t at = ascii_size(data, size), chinese;

    while ((chinese = chinese_size(data + at, size - at)) > 0) {
        at += chinese;
        at += ascii_size(data + at, size - at);
    }
    return at;
}

bool text_is_nfc(const uint8_t *data, size_t size)
{
    size_t at = plain_size(data, size);

    while (at < size) {
        ucs4_t character;
        size_t sequence_size = text_sequence_size(data + at, size - at);

        if (sequence_size == 0) return false;
        u8_mbtoucr(&character, data + at, sequence_size);
        if (!is_nfc_stable(character)) {
            return text_is_utf8(data + at, size - at) && equals_its_nfc(data, size);
        }
        at += sequence_size;
        at += plain_size(data + at, size - at);
    }
    return true;
}

bool text_to_nfc(const uint8_t *data, size_t size, struct buffer *out, struct error *err)
{
    uint8_t on_stack[NFC_STACK_BYTES];
    size_t normal_size = sizeof on_stack;
    uint8_t *normal;
    bool ok;

    if (!text_is_utf8(data, size)) {
        return error_set(err, ERROR_ENCODING,
                         "byte %zu is not UTF-8; save the text as UTF-8 and try again",
                         utf8_size(data, size) + 1);
    }
    if (text_is_nfc(data, size)) return buffer_append(out, data, size, err);
    normal = u8_normalize(UNINORM_NFC, data, size, on_stack, &normal_size);
    if (normal == NULL) {
        return error_set(err, ERROR_MEMORY, "no memory to normalize %zu bytes of text; split it",
                         size);
    }
    ok = buffer_append(out, normal, normal_size, err);
    if (normal != on_stack) free(normal);
    return ok;
}

/* From U+0080 on, in order. Spec: docs/format.md section 5; explicit, so that no version of Unicode
   changes what an entry may hold. */
static const struct {
    ucs4_t first, last;
} not_plain[] = {
    {0x0080, 0x009f}, {0x00ad, 0x00ad}, {0x200b, 0x200b}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

static bool is_plain(ucs4_t character)
{
    for (size_t i = 0; i < ARRAY_COUNT(not_plain); i++) {
        if (character >= not_plain[i].first && character <= not_plain[i].last) return false;
    }
    return true;
}

/* Do all characters beginning with this byte stand outside the table? Chinese ones do. */
static bool is_plain_lead(uint8_t byte)
{
    return byte != 0xc2 && byte != 0xe2 && byte != 0xef && byte != 0xf3;
}

bool text_is_plain(const char *text)
{
    const uint8_t *data = (const uint8_t *)text;
    size_t size = strlen(text), at = 0;

    while (at < size) {
        size_t sequence_size = text_sequence_size(data + at, size - at);
        ucs4_t character;

        if (sequence_size == 0) return false;
        if (data[at] < 0x20 || data[at] == 0x7f) return false;
        if (data[at] >= 0x80 && !is_plain_lead(data[at])) {
            u8_mbtoucr(&character, data + at, sequence_size);
            if (!is_plain(character)) return false;
        }
        at += sequence_size;
    }
    return true;
}

size_t text_width(const char *text)
{
    int width = u8_strwidth((const uint8_t *)text, "UTF-8");

    return width < 0 ? 0 : (size_t)width;
}

/* ---- Codes --------------------------------------------------------------------------------- */

/* White space, controls, characters without a shape (joiners, direction marks) and slashes. */
static bool is_barred_from_codes(ucs4_t character)
{
    if (character < 0x80) {
        return character <= ' ' || character == 0x7f || character == '/' || character == '\\';
    }
    return uc_is_property_white_space(character) || uc_is_general_category(character, UC_OTHER) ||
           uc_is_property_default_ignorable_code_point(character);
}

bool text_check_code(const char *text, const char *what, struct error *err)
{
    size_t size = strnlen(text, TEXT_CODE_SIZE_MAX + 1);
    const uint8_t *data = (const uint8_t *)text;
    size_t at = 0;

    if (size == 0) return error_set(err, ERROR_INPUT, "the %s is empty; give it one", what);
    if (size > TEXT_CODE_SIZE_MAX) {
        return error_set(err, ERROR_INPUT, "the %s \"%.20s…\" is longer than %d bytes; shorten it",
                         what, text, TEXT_CODE_SIZE_MAX);
    }
    if (!text_is_nfc(data, size)) {
        return error_set(err, ERROR_ENCODING,
                         "the %s \"%s\" is not UTF-8 text in Unicode's normal form C; type it anew",
                         what, text);
    }
    while (at < size) {
        ucs4_t character;

        at += (size_t)u8_mbtoucr(&character, data + at, size - at);
        if (is_barred_from_codes(character)) {
            return error_set(err, ERROR_INPUT,
                             "the %s \"%s\" holds U+%04lX; use letters, digits and marks, without "
                             "spaces, slashes or invisible characters",
                             what, text, (unsigned long)character);
        }
    }
    return true;
}

static bool is_allowed_in_user(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

bool text_check_user(const char *text, struct error *err)
{
    size_t size = 0;

    while (is_allowed_in_user(text[size]))
        size++;
    if (size == 0 || size > TEXT_USER_SIZE_MAX || text[size] != '\0') {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a user's code; use 1 to %d of a-z, 0-9 and '-'", text,
                         TEXT_USER_SIZE_MAX);
    }
    return true;
}
