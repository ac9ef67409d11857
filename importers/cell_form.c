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

/*
 * The narrow form of one character, terminated; "" for white space. Returns how many bytes the
 * character takes.
 */
static size_t narrow_character(const char *text, char out[5])
{
    const uint8_t *at = (const uint8_t *)text;
    size_t step = text_sequence_size(at, strnlen(text, 4));
    unsigned point = *at;

    assert(step > 0);
    if (step == 2) point = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
    if (step == 3) point = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
    memset(out, 0, 5);
    if (point == 0x3000 || point == 0xa0 || (step == 1 && isspace(*at))) return step;
    if (point >= 0xff01 && point <= 0xff5e)
        out[0] = (char)(point - 0xff01 + '!');
    else
        memcpy(out, at, step);
    return step;
}

bool cell_narrow(const char *text, char out[CELL_FORM_SIZE])
{
    size_t size = 0;

    while (*text != 0) {
        char narrow[5];

        text += narrow_character(text, narrow);
        if (size + strlen(narrow) >= CELL_FORM_SIZE) return false;
        memcpy(out + size, narrow, strlen(narrow));
        size += strlen(narrow);
    }
    out[size] = 0;
    return true;
}

/*
 * Does white space part a number, up to `end` of the narrow text or its end? "100", a line break
 * and "200" are two amounts in one cell and never 100200. `glue` is what numbers are made of.
 */
static bool number_is_parted(const char *text, const char *glue, char end)
{
    bool is_number = false;
    bool is_parted = false;

    while (*text != 0) {
        char narrow[5];

        text += narrow_character(text, narrow);
        if (narrow[0] == 0) {
            is_parted = is_number;
            continue;
        }
        if (narrow[0] == end) break;
        is_number = strchr(glue, narrow[0]) != NULL;
        if (is_parted && is_number) return true;
        is_parted = false;
    }
    return false;
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

/* Units without a number before them are the amount's own: "10(万元)". */
static bool units_have_numbers(const char *note)
{
    static const char *const units[] = {"元", "万", "亿", "千", "百"};
    const char *at;
    size_t i;

    for (i = 0; i < ARRAY_COUNT(units); i++) {
        for (at = strstr(note, units[i]); at != NULL; at = strstr(at + 1, units[i])) {
            size_t k;
            bool has_number = at > note && isdigit((unsigned char)at[-1]);

            for (k = 0; !has_number && k < ARRAY_COUNT(units); k++) {
                has_number = at - note >= 3 && memcmp(at - 3, units[k], strlen(units[k])) == 0;
            }
            if (!has_number) return false;
        }
    }
    return true;
}

/* A note that begins with a number or holds one of these may make the amount another. */
static bool note_is_harmless(const char *note)
{
    static const char *const words[] = {
        "另", "不", "未",   "除外", "扣",   "减",  "加",    "+",     "应", "调", "原",
        "约", "或", "暂",   "欠",   "待",   "每",  "各",    "均",    "共", "计", "总",
        "负", "红", "退",   "冲",   "收回", "已",  "余",    "剩",    "差", "超", "拟",
        "折", "税", "%",    "*",    "×",    "=",   "~",     "±",     "?",  "/",  "美",
        "港", "欧", "日元", "net",  "each", "per", "minus", "about",
    };
    size_t i;

    if (note[0] == 0 || isdigit((unsigned char)note[0]) || note[0] == '-' || note[0] == '.')
        return false;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strstr(note, words[i]) != NULL) return false;
    }
    return units_have_numbers(note);
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
    if (number_is_parted(text, "0123456789.,", '(')) {
        return error_set(err, ERROR_INPUT,
                         "white space stands between its digits, so it may be two numbers; write "
                         "one amount without spaces or line breaks in it");
    }
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

/* Leave out a time of day that says nothing: "2021/4/1 0:00:00". */
static void cut_midnight(char *text)
{
    static const char *const midnights[] = {" 0:00:00", " 00:00:00", " 0:00", " 00:00"};
    size_t size = strlen(text);
    size_t i;

    for (i = 0; i < ARRAY_COUNT(midnights); i++) {
        size_t cut = strlen(midnights[i]);

        if (size <= cut || strcmp(text + size - cut, midnights[i]) != 0) continue;
        text[size - cut] = 0;
        return;
    }
}

bool day_read(const char *text, date_t *out, bool *is_serial, struct error *err)
{
    struct error fault = ERROR_INIT;
    struct error ignored = ERROR_INIT;
    char whole[CELL_FORM_SIZE], narrow[CELL_FORM_SIZE];
    size_t size = strlen(text);
    long serial;

    *is_serial = false;
    if (date_parse_lenient(text, out, &fault)) return true;
    if (size >= sizeof whole) goto refuse;
    memcpy(whole, text, size + 1);
    cut_midnight(whole);
    if (!cell_narrow(whole, narrow) || number_is_parted(whole, "0123456789", 0)) goto refuse;
    size = strlen(narrow);
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
