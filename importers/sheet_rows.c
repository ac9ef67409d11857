/*
 * sheet_rows.c - one row at a time, and the texts of the merged ranges that reach into it.
 *
 * 1. `covers[c]` tells which range, if any, reaches over column c, and up to which row; the text of
 *    its top left cell is kept in the cover of its first column.
 * 2. A cell that a range covers shows the range's text. What a file stores in such a cell isn't
 *    seen in a spreadsheet and isn't shown here.
 */
#include "importers/sheet_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "importers/importers.h"

struct cover {
    uint32_t first_row, last_row; /* last_row 0: none */
    uint32_t first_column;
    struct sheet_cell cell; /* the top left one, in the cover of its column, but for the text */
    struct buffer text;
};

struct sheet_rows {
    sheet_visitor *visit;
    void *context;
    struct merged_range *ranges; /* by first row once `number` is set */
    size_t range_count, range_capacity;
    size_t range_next;
    uint32_t covered_until; /* no range reaches past this row */
    struct cover covers[SHEET_CELLS_MAX];
    bool is_column_hidden[SHEET_CELLS_MAX];

    uint64_t number; /* of this row; 0 before the first */
    size_t count;    /* cells set up to the last one that isn't empty */
    struct sheet_cell cells[SHEET_CELLS_MAX];
    size_t at[SHEET_CELLS_MAX]; /* offsets of their texts in `bytes` */
    bool is_set[SHEET_CELLS_MAX];
    struct buffer bytes;
};

struct sheet_rows *sheet_rows_new(sheet_visitor *visit, void *context, struct error *err)
{
    struct sheet_rows *rows = calloc(1, sizeof *rows);
    size_t i;

    if (rows == NULL) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        return NULL;
    }
    rows->visit = visit;
    rows->context = context;
    rows->bytes = (struct buffer)BUFFER_INIT(SHEET_ROW_BYTES_MAX);
    for (i = 0; i < SHEET_CELLS_MAX; i++)
        rows->covers[i].text = (struct buffer)BUFFER_INIT(IMPORT_CELL_BYTES_MAX + 1);
    return rows;
}

void sheet_rows_free(struct sheet_rows *rows)
{
    size_t i;

    if (rows == NULL) return;
    for (i = 0; i < SHEET_CELLS_MAX; i++)
        buffer_done(&rows->covers[i].text);
    buffer_done(&rows->bytes);
    free(rows->ranges);
    free(rows);
}

/* ---- Merged ranges -------------------------------------------------------------------------- */

bool sheet_rows_merge(struct sheet_rows *rows, const struct merged_range *range, struct error *err)
{
    struct merged_range *more;
    size_t capacity;

    assert(rows->number == 0);
    if (range->first_column >= SHEET_CELLS_MAX) return true;
    if (range->first_row < 1 || range->last_row < range->first_row ||
        range->last_column < range->first_column) {
        return error_set(err, ERROR_INPUT,
                         "a merged range of the sheet is damaged; open the file in a spreadsheet "
                         "and save it again as XLSX");
    }
    if (rows->range_count == BOOK_MERGES_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the sheet has more than %d merged ranges; unmerge its cells",
                         BOOK_MERGES_MAX);
    }
    if (rows->range_count == rows->range_capacity) {
        capacity = rows->range_capacity == 0 ? 64 : 2 * rows->range_capacity;
        more = realloc(rows->ranges, capacity * sizeof *more);
        if (more == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        rows->ranges = more;
        rows->range_capacity = capacity;
    }
    rows->ranges[rows->range_count] = *range;
    if (range->last_column >= SHEET_CELLS_MAX) {
        rows->ranges[rows->range_count].last_column = SHEET_CELLS_MAX - 1;
    }
    rows->range_count++;
    return true;
}

void sheet_rows_hide_columns(struct sheet_rows *rows, size_t first, size_t last)
{
    size_t i;

    for (i = first; i <= last && i < SHEET_CELLS_MAX; i++)
        rows->is_column_hidden[i] = true;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct merged_range *left = a;
    const struct merged_range *right = b;

    if (left->first_row != right->first_row) return left->first_row < right->first_row ? -1 : 1;
    if (left->first_column == right->first_column) return 0;
    return left->first_column < right->first_column ? -1 : 1;
}

/* The text of the range's top left cell, from this row if it begins here, else nothing. */
static bool cover_keep(struct sheet_rows *rows, const struct merged_range *range, struct error *err)
{
    struct cover *first = &rows->covers[range->first_column];
    const struct sheet_cell *cell = &rows->cells[range->first_column];
    const char *text;

    buffer_reset(&first->text);
    first->cell = (struct sheet_cell){.kind = CELL_EMPTY};
    if (range->first_row != rows->number || !rows->is_set[range->first_column]) return true;
    first->cell = *cell;
    text = buffer_text(&rows->bytes) + rows->at[range->first_column];
    return buffer_append_text(&first->text, text, err);
}

/* Let the ranges that begin at or before this row cover their columns. */
static bool cover_columns(struct sheet_rows *rows, struct error *err)
{
    const struct merged_range *range;
    uint32_t column;

    for (; rows->range_next < rows->range_count; rows->range_next++) {
        range = &rows->ranges[rows->range_next];
        if (range->first_row > rows->number) break;
        if (range->last_row < rows->number) continue;
        if (!cover_keep(rows, range, err)) return false;
        for (column = range->first_column; column <= range->last_column; column++) {
            rows->covers[column].first_row = range->first_row;
            rows->covers[column].last_row = range->last_row;
            rows->covers[column].first_column = range->first_column;
        }
        if (range->last_row > rows->covered_until) rows->covered_until = range->last_row;
    }
    return true;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

bool sheet_rows_begin(struct sheet_rows *rows, uint64_t number, struct error *err)
{
    if (number <= rows->number || number > BOOK_ROWS_MAX) {
        return error_set(err, ERROR_INPUT,
                         "row %llu follows row %llu, so the file is damaged; open it in a "
                         "spreadsheet and save it again as XLSX",
                         (unsigned long long)number, (unsigned long long)rows->number);
    }
    if (rows->number == 0 && rows->range_count > 0) {
        qsort(rows->ranges, rows->range_count, sizeof *rows->ranges, compare_ranges);
    }
    rows->number = number;
    rows->count = 0;
    memset(rows->is_set, 0, sizeof rows->is_set);
    buffer_reset(&rows->bytes);
    return true;
}

uint64_t sheet_rows_number(const struct sheet_rows *rows)
{
    return rows->number;
}

static bool append_cell(struct sheet_rows *rows, size_t column, const struct sheet_cell *cell,
                        struct error *err)
{
    size_t size = strlen(cell->text);

    assert((cell->kind == CELL_EMPTY) == (size == 0));
    if (rows->bytes.size + size + 1 > SHEET_ROW_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "the row holds more than %u bytes; shorten its texts",
                         SHEET_ROW_BYTES_MAX);
    }
    rows->at[column] = rows->bytes.size;
    if (!buffer_append(&rows->bytes, (const uint8_t *)cell->text, size + 1, err)) return false;
    rows->cells[column] = *cell;
    rows->is_set[column] = true;
    if ((cell->kind != CELL_EMPTY || cell->is_formula) && rows->count <= column)
        rows->count = column + 1;
    return true;
}

bool sheet_rows_cell(struct sheet_rows *rows, size_t column, const struct sheet_cell *cell,
                     struct error *err)
{
    assert(rows->number > 0);
    if (column >= SHEET_CELLS_MAX && cell->kind == CELL_EMPTY) return true;
    if (column >= SHEET_CELLS_MAX) {
        return error_set(err, ERROR_LIMIT, "the row has more than %d cells; remove the others",
                         SHEET_CELLS_MAX);
    }
    if (rows->is_set[column]) {
        return error_set(err, ERROR_INPUT,
                         "the cell stands twice in the file; open it in a spreadsheet and save it "
                         "again as XLSX");
    }
    if (strlen(cell->text) > IMPORT_CELL_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "the cell is longer than %d bytes; shorten it",
                         IMPORT_CELL_BYTES_MAX);
    }
    return append_cell(rows, column, cell, err);
}

/* Repeat the merged texts in the cells of this row that they cover. */
static bool repeat_merged(struct sheet_rows *rows, struct error *err)
{
    uint32_t column;

    for (column = 0; column < SHEET_CELLS_MAX; column++) {
        const struct cover *cover = &rows->covers[column];
        const struct cover *first = &rows->covers[cover->first_column];
        struct sheet_cell cell = first->cell;

        if (cover->last_row < rows->number) continue;
        if (cover->first_row == rows->number && cover->first_column == column) continue;
        cell.is_merged = true;
        cell.text = first->text.size > 0 ? (char *)first->text.data : (char[1]){0};
        if (!append_cell(rows, column, &cell, err)) return false;
    }
    return true;
}

/* Does nothing stand in a cell, not even a formula? */
static bool is_blank(const struct sheet_rows *rows, size_t column)
{
    return !rows->is_set[column] ||
           (rows->cells[column].kind == CELL_EMPTY && !rows->cells[column].is_formula);
}

/* Texts have their final place; empty cells at the end are left out. */
static bool show(struct sheet_rows *rows, bool is_hidden, uint64_t bytes_done, struct error *err)
{
    struct sheet_row row = {rows->number, is_hidden, rows->count, rows->cells, bytes_done, 0};
    bool has_own_text = false;
    size_t i;

    while (row.count > 0 && is_blank(rows, row.count - 1))
        row.count--;
    /* Texts that were hidden under a merged range may stand in front: the bytes end in a NUL. */
    for (i = 0; i < row.count; i++) {
        struct sheet_cell *cell = &rows->cells[i];

        if (!rows->is_set[i]) {
            *cell = (struct sheet_cell){.kind = CELL_EMPTY};
            rows->at[i] = rows->bytes.size - 1;
        }
        cell->text = (char *)rows->bytes.data + rows->at[i];
        cell->is_hidden = rows->is_column_hidden[i];
        has_own_text = has_own_text || (cell->kind != CELL_EMPTY && !cell->is_merged);
    }
    return !has_own_text || rows->visit(rows->context, &row, err);
}

bool sheet_rows_end(struct sheet_rows *rows, bool is_hidden, uint64_t bytes_done, struct error *err)
{
    assert(rows->number > 0);
    if (rows->range_next < rows->range_count && !cover_columns(rows, err)) return false;
    if (rows->covered_until >= rows->number && !repeat_merged(rows, err)) return false;
    return show(rows, is_hidden, bytes_done, err);
}
