/*
 * cell_form.h - amounts, days and numbers as people write them in cells, made what base reads.
 *
 * Only what has one meaning is read: full-width digits, ￥, spaces, thousands separators, a note in
 * parentheses behind an amount. What could mean two amounts is refused.
 */
#ifndef IMPORTERS_CELL_FORM_H
#define IMPORTERS_CELL_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/money.h"

#define CELL_FORM_SIZE 256 /* bytes of a cell that is made narrow, NUL included */
#define CELL_NOTE_SIZE 128

/** Full-width forms made ASCII, white space dropped. False when it doesn't fit. */
bool cell_narrow(const char *text, char out[CELL_FORM_SIZE]) MUST_CHECK;

/**
 * An amount; `note` receives what stands in parentheses behind it, "" when nothing does.
 * ERROR_INPUT as money_parse(), and for notes that may change the amount.
 */
bool amount_read(const char *text, enum money_unit unit, money_t *out, char note[CELL_NOTE_SIZE],
                 struct error *err) MUST_CHECK;

/** A day; `is_serial` when it was a spreadsheet's count of days, 44287 for 2021-04-01. */
bool day_read(const char *text, date_t *out, bool *is_serial, struct error *err) MUST_CHECK;

/**
 * Was a number of more than 15 digits kept by a spreadsheet as a number? Then its last digits are
 * lost: "6.11025E+17", "611025198001010000".
 */
bool digits_are_lost(const char *text, bool is_number);

#endif
