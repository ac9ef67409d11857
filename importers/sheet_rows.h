/*
 * sheet_rows.h - cells of a book put together to rows, merged ranges spread over what they cover.
 *
 * Merged ranges come first, then rows in ascending order, their cells in any order. Memory grows
 * with the merged ranges, at most BOOK_MERGES_MAX, and not with the rows.
 */
#ifndef IMPORTERS_SHEET_ROWS_H
#define IMPORTERS_SHEET_ROWS_H

#include "importers/sheet.h"

#define BOOK_ROWS_MAX   1048576 /* of a sheet, as in Excel */
#define BOOK_MERGES_MAX 500000  /* of a sheet */

/** From row and column to row and column, both included; columns from 0, rows from 1. */
struct merged_range {
    uint32_t first_row, last_row;
    uint32_t first_column, last_column;
};

struct sheet_rows;

struct sheet_rows *sheet_rows_new(sheet_visitor *visit, void *context,
                                  struct error *err) MUST_CHECK;
/** Accepts NULL. */
void sheet_rows_free(struct sheet_rows *rows);

/** Add a merged range, before the first row. What lies past the last column is clipped. */
bool sheet_rows_merge(struct sheet_rows *rows, const struct merged_range *range,
                      struct error *err) MUST_CHECK;

/** Hide columns, the first to the last, before the first row. */
void sheet_rows_hide_columns(struct sheet_rows *rows, size_t first, size_t last);

/** Begin a row. ERROR_INPUT when it doesn't stand behind all before. */
bool sheet_rows_begin(struct sheet_rows *rows, uint64_t number, struct error *err) MUST_CHECK;
/** The row that was begun last; 0 before the first. */
uint64_t sheet_rows_number(const struct sheet_rows *rows);

/**
 * Set a cell of the row; `text` is UTF-8 without NUL and is copied, empty for CELL_EMPTY alone.
 * ERROR_LIMIT past SHEET_CELLS_MAX, unless it is empty; ERROR_INPUT when it was set before.
 */
bool sheet_rows_cell(struct sheet_rows *rows, size_t column, const struct sheet_cell *cell,
                     struct error *err) MUST_CHECK;

/** The row is whole: show it unless it has no text of its own. */
bool sheet_rows_end(struct sheet_rows *rows, bool is_hidden, uint64_t bytes_done,
                    struct error *err) MUST_CHECK;

#endif
