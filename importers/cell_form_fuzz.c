/*
 * cell_form_fuzz.c - any text in a cell: read as an amount, a day, a heading, a word for a sum.
 *
 * 1. Nothing is read past the text's end.
 * 2. What is read as an amount is read as the same again in its own form; so is a day.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "importers/cell_form.h"
#include "importers/layout.h"

#define FUZZ_SIZE_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_forms(const char *text)
{
    char note[CELL_NOTE_SIZE], form[MONEY_TEXT_SIZE], day[DATE_TEXT_SIZE];
    char folded[HEADING_SIZE];
    struct error err = ERROR_INIT;
    struct error again = ERROR_INIT;
    enum money_unit unit = MONEY_YUAN;
    money_t amount = MONEY_ZERO, same = MONEY_ZERO;
    date_t date = {0}, same_date = {0};
    bool flag;

    if (amount_read(text, MONEY_WAN_YUAN, &amount, note, &err)) {
        if (strlen(note) >= sizeof note) abort();
        if (!amount_read(money_format(amount, form), MONEY_YUAN, &same, note, &again)) abort();
        if (same.fen != amount.fen) abort();
    }
    error_clear(&err);
    if (day_read(text, &date, &flag, &err)) {
        if (!day_read(date_format(date, day), &same_date, &flag, &again)) abort();
        if (same_date.days != date.days) abort();
    }
    error_clear(&err);
    (void)layout_total_word(text, &flag);
    (void)digits_are_lost(text, true);
    heading_fold(text, folded);
    if (layout_unit_line(text, &flag, &unit, &err) && flag && unit != MONEY_YUAN &&
        unit != MONEY_WAN_YUAN) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;

    /* Cells are UTF-8 without NUL, as the readers of sheets give them. */
    if (size > FUZZ_SIZE_MAX || memchr(data, 0, size) != NULL || !text_is_utf8(data, size))
        return 0;
    text = malloc(size + 1);
    if (text == NULL) return 0;
    memcpy(text, data, size);
    text[size] = 0;
    read_forms(text);
    free(text);
    return 0;
}
