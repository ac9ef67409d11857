/*
 * sheet_number.h - numbers as books store them, and what their formats make of them.
 *
 * 1. A number is decimal text from end to end; it is rounded to the 15 significant digits that a
 *    spreadsheet keeps by decimal arithmetic, half away from zero. "0.30000000000000004" is 0.3.
 * 2. A day that the calendar doesn't have, 29 February 1900, isn't made into another.
 */
#ifndef IMPORTERS_SHEET_NUMBER_H
#define IMPORTERS_SHEET_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "importers/sheet.h"

#define SHEET_NUMBER_SIZE 400 /* of 1E308 and 1E-308 written out, and NUL */

/**
 * An XML Schema double ("-1.5E+3", white space around it allowed, no INF or NaN) as plain digits.
 * False and `out` untouched when it isn't one or is beyond what a spreadsheet stores.
 */
bool sheet_number_text(const char *text, size_t size, char out[SHEET_NUMBER_SIZE]) MUST_CHECK;

/**
 * The same for the bits of an IEEE 754 double, which is all that XLS stores: written out with 17
 * digits, as XLSX has it, then decimal text like any other. Hundredfold ones lose two places. False
 * when they are no number.
 */
bool sheet_number_of_bits(uint64_t bits, bool is_hundredfold,
                          char out[SHEET_NUMBER_SIZE]) MUST_CHECK;

/** What a format makes of a number. */
enum number_meaning {
    NUMBER_PLAIN,
    NUMBER_IS_DATE,
    NUMBER_IS_PERCENT,
    NUMBER_IN_YUAN,      /* 元 is written behind it */
    NUMBER_IN_WAN_YUAN,  /* 万 or 万元 is */
    NUMBER_IS_OTHERWISE, /* shown as another number than it is: divided, in 千元, with its own sign
                          */
    NUMBER_IS_PADDED     /* a code of as many digits as this and what is added to it */
};

/** The built-in formats, by number: ECMA-376 part 1, 18.8.30. */
unsigned sheet_format_id_meaning(uint32_t id);
/** Those that a book defines: a date has y, m or d outside quotes and brackets. */
unsigned sheet_format_meaning(const char *code);

/**
 * Make a number, as sheet_number_text() gave it, what its format means, in place: "2021-09-30",
 * "5%", "12万元", "0012", and say of what kind that is. A number less than 1 that is formatted as a
 * date, a time of day or a 0 that only looks like a date, stays a number. CELL_ERROR and the reason
 * in place when the calendar doesn't have the day, or when the format shows another number.
 */
enum sheet_cell_kind sheet_number_show(char text[SHEET_NUMBER_SIZE], unsigned meaning,
                                       bool is_1904);

#endif
