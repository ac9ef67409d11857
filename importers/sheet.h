/*
 * sheet.h - the rows of a sheet, whether it is CSV, XLSX or XLS, in memory that doesn't grow with
 * their number.
 *
 * 1. What a file is, its bytes say, never its name. What it holds is shown as it is stored: nothing
 *    is guessed, mended or left out unseen. Formulas are never computed: their stored results are
 *    read, and one without a result is an error cell.
 * 2. A cell is its kind and its text, no more. A number is the digits that it is worth, whatever
 *    format shows them: "1,234.50元" is 1234.5, and 5 % is 0.05 with a flag. A date is a number
 *    whose format shows a day; it is that day in ISO 8601. What was typed as text stays text, be it
 *    digits or "2021.9.30": what that means is for whoever knows the column. A formula is its
 *    result. Each cell of a merged range repeats the range's first one and says so. Fonts, colours,
 *    comments and how a text is read aloud are left out.
 * 3. A row holds at most SHEET_CELLS_MAX cells and SHEET_ROW_BYTES_MAX bytes, a cell at most
 *    IMPORT_CELL_BYTES_MAX; empty cells at a row's end are left out,
 *    unless a formula stands in them. Rows are numbered as the
 *    spreadsheet numbers them, in ascending order; a row without any text of its own isn't shown.
 * 4. A file is hashed when it is opened, and again whenever it is read: another content is refused.
 * 5. Nothing is written, no network is asked, no macro runs. A book is read within the limits named
 *    in sheet_shared.h, sheet_rows.h and xlsx_part.h, so that a hostile one ends in an error.
 */
#ifndef IMPORTERS_SHEET_H
#define IMPORTERS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "importers/csv.h"

#define SHEET_CELLS_MAX        CSV_CELLS_MAX
#define SHEET_ROW_BYTES_MAX    CSV_ROW_BYTES_MAX
#define SHEET_COLUMN_TEXT_SIZE 8          /* "XFD" and NUL */
#define SHEET_NO_COLUMN        SIZE_MAX   /* the row as a whole */
#define SHEET_NO_ROW           UINT64_MAX /* the sheet as a whole */

enum sheet_format { SHEET_CSV, SHEET_XLSX, SHEET_XLS };

enum sheet_cell_kind {
    CELL_EMPTY,
    CELL_TEXT, /* every cell of a CSV file that isn't empty; "5%", "12万元" as a book shows them */
    CELL_NUMBER,  /* "1234.5": digits and a point, "-" before them, no exponent, 15 digits' worth */
    CELL_DATE,    /* "2021-09-30"; a time of day is left out, and a time alone stays a number */
    CELL_BOOLEAN, /* "TRUE" or "FALSE" */
    CELL_ERROR /* "#REF!" and its like, or why the cell can't be read, to be shown to the clerk */
};

struct sheet_cell {
    enum sheet_cell_kind kind;
    char *text; /* NUL-terminated UTF-8 without NUL inside; "" when empty */
    bool is_formula;
    bool is_merged; /* covered by a merged range: all else repeats its top left cell */
    bool is_hidden; /* in a column that the clerk doesn't see */
};

/** One row with some text of its own; everything lent for the call. The visitor may change texts.
 */
struct sheet_row {
    uint64_t number; /* from 1 */
    bool is_hidden;  /* by a filter or by hand: the clerk doesn't see it */
    size_t count;
    struct sheet_cell *cells;
    uint64_t bytes_done; /* of sheet_file_size(), never less than for the row before */
    size_t width;        /* of a CSV row: all cells written, empty ones at its end too */
};

/** Returns false to stop with its error. */
typedef bool sheet_visitor(void *context, const struct sheet_row *row, struct error *err);

struct sheet_file;

/**
 * Open a file, hash it and find out what it is. ERROR_IO, ERROR_ENCODING; ERROR_INPUT for what is
 * no sheet, is locked by a password or is damaged; ERROR_LIMIT. Each says what to do instead.
 */
bool sheet_file_open(const char *path, struct sheet_file **out, struct error *err) MUST_CHECK;
/** Accepts NULL. */
void sheet_file_close(struct sheet_file *file);

enum sheet_format sheet_file_format(const struct sheet_file *file);
/** For showing: "GB18030, separated by tabs", "XLSX", "XLS". */
const char *sheet_file_description(const struct sheet_file *file);
/** What the clerk should know ("the macros in it are ignored"); NULL when `index` is past the last.
 */
const char *sheet_file_note(const struct sheet_file *file, size_t index);
/** SHA-256 of its bytes; lent. */
const hash_t *sheet_file_hash(const struct sheet_file *file);
uint64_t sheet_file_size(const struct sheet_file *file);

/** How many sheets, at least 1, in the order of their tabs; CSV has one, whose name is "". */
size_t sheet_file_sheets(const struct sheet_file *file);
const char *sheet_file_sheet_name(const struct sheet_file *file, size_t sheet);
bool sheet_file_sheet_is_hidden(const struct sheet_file *file, size_t sheet);

/**
 * Show every row of a sheet to the visitor, in order; as often as wanted. An error that isn't the
 * visitor's carries its place but for the file's name. ERROR_CONFLICT when the file has changed.
 */
bool sheet_file_read(struct sheet_file *file, size_t sheet, sheet_visitor *visit, void *context,
                     struct error *err) MUST_CHECK;

/** A column as a spreadsheet names it: 0 is "A", 26 is "AA". At most 16,384 columns. */
char *sheet_column_text(size_t column, char text[SHEET_COLUMN_TEXT_SIZE]);

/**
 * Put the place of a cell before an error, as docs/importing.md tells: "17: C" in CSV,
 * "Sheet1:17: C" in a book, without " C" for SHEET_NO_COLUMN. The file's name is the caller's.
 */
bool sheet_error_at(const struct sheet_file *file, size_t sheet, uint64_t row, size_t column,
                    struct error *err);

#endif
