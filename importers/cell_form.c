/*
 * cell_form.c - cells as people write them.
 */
#include "importers/cell_form.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define SERIAL_FIRST   36526 /* 2000-01-01 */
#define SERIAL_LAST    73050 /* 2099-12-31 */
#define SERIAL_OF_1970 25569
#define KEPT_DIGITS    15 /* of a number in a spreadsheet */

bool cell_narrow(const char *text, char out[CELL_FORM_SIZE])
{
    const uint8_t *at = (const uint8_t *)text;
    size_t size = 0;

    while (*at != 0) {
        size_t step = text_sequence_size(at, strnlen((const char *)at, 4));
        unsigned point = *at;

        assert(step > 0);
        if (size + step >= CELL_FORM_SIZE) return false;
        if (step == 2) point = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
        if (step == 3) point = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
        if (point == 0x3000 || point == 0xa0 || (step == 1 && isspace(*at))) {
            at += step;
            continue;
        }
        if (point >= 0xff01 && point <= 0xff5e) {
            out[size++] = (char)(point - 0xff01 + '!');
        } else {
            memcpy(out + size, at, step);
            size += step;
        }
        at += step;
    }
    out[size] = 0;
    return true;
}

/* ---- Amounts -------------------------------------------------------------------------------- */

/* Signs of money before an amount. */
static const char *skip_sign(const char *text)
{
    static const char *const signs[] = {"¥", "￥", "人民币", "RMB", "rmb", "CNY", "cny"};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(signs); i++) {
        if (strncmp(text, signs[i], strlen(signs[i])) == 0) return text + strlen(signs[i]);
    }
    return text;
}

/* A note that begins with one of these, or holds one, may make the amount another. */
static bool note_is_harmless(const char *note)
{
    static const char *const words[] = {"另", "不含", "未含", "除外", "扣", "减", "加", "+",
                                        "应", "调",   "原",   "约",   "或", "暂", "欠", "待"};
    size_t i;

    if (note[0] == 0 || isdigit((unsigned char)note[0]) || note[0] == '-') return false;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strstr(note, words[i]) != NULL) return false;
    }
    return true;
}

/* Cut "(NOTE)" off the end of a narrow text. */
static bool take_note(char *narrow, char note[CELL_NOTE_SIZE])
{
    char *open = strchr(narrow, '(');
    size_t size = strlen(narrow);
    size_t note_size;

    if (open == NULL || open == narrow || narrow[size - 1] != ')') return false;
    note_size = (size_t)(narrow + size - 1 - (open + 1));
    if (note_size >= CELL_NOTE_SIZE) return false;
    memcpy(note, open + 1, note_size);
    note[note_size] = 0;
    *open = 0;
    return true;
}

bool amount_read(const char *text, enum money_unit unit, money_t *out, char note[CELL_NOTE_SIZE],
                 struct error *err)
{
    struct error fault = ERROR_INIT;
    struct error ignored = ERROR_INIT;
    char narrow[CELL_FORM_SIZE], taken[CELL_NOTE_SIZE];

    note[0] = 0;
    if (money_parse(text, unit, out, &fault)) return true;
    if (!cell_narrow(text, narrow)) goto refuse;
    if (money_parse(skip_sign(narrow), unit, out, &ignored)) return true;
    if (!take_note(narrow, taken)) goto refuse;
    error_clear(&ignored);
    if (!money_parse(skip_sign(narrow), unit, out, &ignored)) goto refuse;
    if (!note_is_harmless(taken)) {
        return error_set(err, ERROR_INPUT,
                         "\"%s\" may mean another amount than %s; write the amount alone and the "
                         "note in a column of its own",
                         text, narrow);
    }
    memcpy(note, taken, sizeof taken);
    return true;
refuse:
    *err = fault;
    return false;
}

/* ---- Days ----------------------------------------------------------------------------------- */

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

bool day_read(const char *text, date_t *out, bool *is_serial, struct error *err)
{
    struct error fault = ERROR_INIT;
    struct error ignored = ERROR_INIT;
    char narrow[CELL_FORM_SIZE];
    size_t size;
    long serial;

    *is_serial = false;
    if (date_parse_lenient(text, out, &fault)) return true;
    if (!cell_narrow(text, narrow)) goto refuse;
    size = strlen(narrow);
    /* A time of day that says nothing: "2021/4/1 0:00:00", its space gone already. */
    if (strstr(text, " 0") != NULL && size > 7 && strcmp(narrow + size - 7, "0:00:00") == 0) {
        size -= 7;
        if (strstr(text, " 00:00:00") != NULL) size--;
        narrow[size] = 0;
    }
    if (size > 3 && strcmp(narrow + size - 3, "号") == 0) {
        memcpy(narrow + size - 3, "日", 3);
    }
    if (date_parse_lenient(narrow, out, &ignored)) return true;
    if (count_digits(narrow) != size || size != 5) goto refuse;
    serial = strtol(narrow, NULL, 10);
    if (serial < SERIAL_FIRST || serial > SERIAL_LAST) goto refuse;
    out->days = (int32_t)(serial - SERIAL_OF_1970);
    *is_serial = true;
    return true;
refuse:
    *err = fault;
    return false;
}

/* ---- Numbers that a spreadsheet cut --------------------------------------------------------- */

bool digits_are_lost(const char *text, bool is_number)
{
    size_t digits = count_digits(text);
    size_t size = strlen(text);

    if (digits == 0) return false;
    if (text[digits] == 0) {
        if (digits <= KEPT_DIGITS) return false;
        return is_number || strspn(text + KEPT_DIGITS, "0") == size - KEPT_DIGITS;
    }
    if (text[digits] == '.') digits += 1 + count_digits(text + digits + 1);
    return (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1] == '+' &&
           isdigit((unsigned char)text[digits + 2]);
}
