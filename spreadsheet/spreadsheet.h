/*
 * spreadsheet.h - an XLSX book, written row by row.
 *
 * 1. A book is whole or it isn't there: it is read back before it gets its name. Its pages are
 *    gathered beside it, so that only one disk can be too full.
 * 2. Numbers are given as decimal digits and come out of the book as the same.
 * 3. Text is never a formula. The same calls make the same bytes: no clock, no locale.
 * 4. The first failure is kept and told by spreadsheet_close(); what follows it is ignored.
 */
#ifndef SPREADSHEET_SPREADSHEET_H
#define SPREADSHEET_SPREADSHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define SPREADSHEET_ROWS_MAX      1048576 /* the format's limit */
#define SPREADSHEET_TEXT_MAX      32767   /* characters of a cell; so bytes are on the safe side */
#define SPREADSHEET_DIGITS_MAX    15      /* of a number, more than which programs don't keep */
#define SPREADSHEET_PAGES_MAX     2
#define SPREADSHEET_WIDTHS_MAX    64 /* columns of a page that are given a width */

/** How a cell looks. */
enum spreadsheet_style {
    STYLE_PLAIN,
    STYLE_TEXT, /* digits typed here stay text */
    STYLE_AMOUNT,
    STYLE_INTEGER,
    STYLE_SHARE, /* a hundredth is shown as 1.00% */
    STYLE_HEADING,
    STYLE_REQUIRED,
    STYLE_OPTIONAL,
    STYLE_EXAMPLE,
    STYLE_WRAPPED,
    STYLE_BAD,
    STYLE_FAULT,
    STYLE_COUNT
};

/** What a page is for. */
enum spreadsheet_page {
    PAGE_PLAIN,
    PAGE_FROZEN,  /* the first row stays in sight */
    PAGE_PRINTED, /* and comes again on each sheet of paper: A4, across, one sheet wide. The first
                     page alone, without a name */
};

struct spreadsheet;

/** Begin a book that will have this name; one that is there meanwhile stays until then. ERROR_IO.
 */
bool spreadsheet_open(const char *path, struct spreadsheet **out, struct error *err) MUST_CHECK;
/** The next page. A name that the format doesn't take becomes Sheet1, Sheet2. */
void spreadsheet_page(struct spreadsheet *book, const char *name, enum spreadsheet_page page);
/** Until the page's end: how wide a column is, in characters, and how its empty cells look. */
void spreadsheet_width(struct spreadsheet *book, size_t column, size_t characters,
                       enum spreadsheet_style style);
/** Only these words, or a warning, in rows of a column, both included. Words have no comma. */
void spreadsheet_choices(struct spreadsheet *book, size_t column, size_t first_row, size_t last_row,
                         const char *const *words, size_t count);

/** Cells come row by row, in a row from left to right; all are counted from 0. */
void spreadsheet_text(struct spreadsheet *book, size_t row, size_t column, const char *text,
                      enum spreadsheet_style style);
/** `digits`: a decimal number, as in -1234.56. */
void spreadsheet_number(struct spreadsheet *book, size_t row, size_t column, const char *digits,
                        enum spreadsheet_style style);
void spreadsheet_blank(struct spreadsheet *book, size_t row, size_t column,
                       enum spreadsheet_style style);

/** Write the book, or leave nothing and what was there; freed, whatever happens. ERROR_IO names the
 * file. */
bool spreadsheet_close(struct spreadsheet *book, struct error *err) MUST_CHECK;
/** Leave nothing; NULL allowed. */
void spreadsheet_discard(struct spreadsheet *book);

#endif
