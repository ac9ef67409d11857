/*
 * marked.c - faults by cell, and the copy of a sheet in which they are coloured.
 */
#include "importers/marked.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "importers/importers.h"

#define MARKED_MODE     0600 /* it may hold what people's cards say */
#define MARKED_COLOR    0xFFC7CE
#define CELL_TEXT_MAX   32767 /* characters of a cell in XLSX */
#define CELL_TOO_LONG   "…"
#define FAULT_BYTES_MAX 4096 /* of one row's faults together */
#define DIGITS_SAFE_MAX 15

bool marks_add(struct marks *marks, uint64_t row, size_t cell, const char *heading,
               const char *message, struct error *err)
{
    size_t at = marks->texts.size;

    if (marks->count == marks->capacity) {
        size_t capacity = marks->capacity == 0 ? 64 : 2 * marks->capacity;
        struct mark *list = realloc(marks->list, capacity * sizeof *list);

        if (list == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        marks->list = list;
        marks->capacity = capacity;
    }
    if (!buffer_append_format(&marks->texts, err, "%s%s%s", heading, heading[0] != 0 ? ": " : "",
                              message) ||
        !buffer_append_byte(&marks->texts, 0, err)) {
        return false;
    }
    marks->list[marks->count++] = (struct mark){row, cell, at};
    return true;
}

static int compare_marks(const void *left, const void *right)
{
    const struct mark *a = left, *b = right;

    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->text < b->text ? -1 : a->text > b->text;
}

uint64_t marks_sort(struct marks *marks)
{
    uint64_t rows = 0;
    size_t i;

    if (marks->count == 0) return 0;
    qsort(marks->list, marks->count, sizeof *marks->list, compare_marks);
    for (i = 0; i < marks->count; i++)
        rows += i == 0 || marks->list[i].row != marks->list[i - 1].row;
    return rows;
}

void marks_done(struct marks *marks)
{
    free(marks->list);
    buffer_done(&marks->texts);
    *marks = (struct marks){0};
}

/* ---- The copy ------------------------------------------------------------------------------- */

struct copy {
    const struct marks *marks;
    size_t next; /* the first mark that isn't written yet */
    uint64_t heading_row;
    lxw_row_t done; /* rows written */
    lxw_col_t width;
    lxw_col_t earlier; /* the width with an earlier column of faults; 0: there is none */
    lxw_worksheet *worksheet;
    lxw_format *bad;
    lxw_format *fault;
};

/*
 * The width of the widest row comes first, so that the new column stands behind all others; in a
 * copy of a copy it takes the place of the earlier one, whose faults were corrected or come again.
 */
static bool measure_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct copy *copy = context;

    (void)err;
    if (row->count > copy->width) copy->width = (lxw_col_t)row->count;
    if (row->number == copy->heading_row && row->count > 0 &&
        strcmp(row->cells[row->count - 1].text, MARKED_HEADING) == 0)
        copy->earlier = (lxw_col_t)row->count;
    return true;
}

/*
 * XLSX knows no other numbers than floating point; up to 15 digits come back as they went in, and
 * longer ones are written as text. This is for the clerk's eyes; what is imported is read anew.
 */
static bool to_double(const struct sheet_cell *cell, double *out)
{
    const char *at = cell->text + (cell->text[0] == '-');
    double value = 0, scale = 1;
    bool in_fraction = false;

    if (cell->kind != CELL_NUMBER || strlen(cell->text) > DIGITS_SAFE_MAX) return false;
    for (; *at != 0; at++) {
        if (*at == '.') {
            in_fraction = true;
            continue;
        }
        value = value * 10 + (*at - '0');
        if (in_fraction) scale *= 10;
    }
    *out = (cell->text[0] == '-' ? -value : value) / scale;
    return true;
}

/* Numbers stay numbers as far as a spreadsheet keeps them; all else is text as it was shown. */
static lxw_error put_cell(struct copy *copy, lxw_row_t row, lxw_col_t column,
                          const struct sheet_cell *cell, bool is_bad)
{
    lxw_format *format = is_bad ? copy->bad : NULL;
    double number = 0;

    if (cell == NULL || cell->kind == CELL_EMPTY || cell->text[0] == 0) {
        return is_bad ? worksheet_write_blank(copy->worksheet, row, column, format) : LXW_NO_ERROR;
    }
    if (to_double(cell, &number)) {
        return worksheet_write_number(copy->worksheet, row, column, number, format);
    }
    return worksheet_write_string(copy->worksheet, row, column,
                                  strlen(cell->text) > CELL_TEXT_MAX ? CELL_TOO_LONG : cell->text,
                                  format);
}

static bool copy_failed(lxw_error code, uint64_t row, struct error *err)
{
    if (code == LXW_NO_ERROR) return false;
    error_set(err, ERROR_IO, "row %llu can't be copied: %s", (unsigned long long)row,
              lxw_strerror(code));
    return true;
}

/* One row: its cells, and what is wrong with it in the last column. */
static bool put_row(struct copy *copy, uint64_t number, const struct sheet_row *source,
                    struct error *err)
{
    lxw_row_t row = (lxw_row_t)(number - 1);
    bool is_bad[SHEET_CELLS_MAX] = {false};
    struct buffer faults = BUFFER_INIT(FAULT_BYTES_MAX);
    struct error full = ERROR_INIT;
    bool is_full = false;
    bool ok = false;
    size_t i;

    for (; copy->next < copy->marks->count && copy->marks->list[copy->next].row <= number;
         copy->next++) {
        const struct mark *mark = &copy->marks->list[copy->next];

        if (mark->cell < SHEET_CELLS_MAX) is_bad[mark->cell] = true;
        if (is_full) continue;
        is_full = !buffer_append_format(&faults, &full, "%s%s", faults.size > 0 ? "\n" : "",
                                        (const char *)copy->marks->texts.data + mark->text);
    }
    for (i = 0; i < copy->width; i++) {
        const struct sheet_cell *cell =
            source != NULL && i < source->count ? &source->cells[i] : NULL;

        if (copy_failed(put_cell(copy, row, (lxw_col_t)i, cell, is_bad[i]), number, err)) goto out;
    }
    if (faults.size > 0 && number != copy->heading_row &&
        copy_failed(worksheet_write_string(copy->worksheet, row, copy->width, buffer_text(&faults),
                                           copy->fault),
                    number, err)) {
        goto out;
    }
    if (number == copy->heading_row &&
        copy_failed(
            worksheet_write_string(copy->worksheet, row, copy->width, MARKED_HEADING, copy->fault),
            number, err)) {
        goto out;
    }
    copy->done = row + 1;
    ok = true;
out:
    buffer_done(&faults);
    return ok;
}

static bool copy_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct copy *copy = context;

    if (row->number > MARKED_ROWS_MAX) return true;
    return put_row(copy, row->number, row, err);
}

bool new_file_reserve(const char *path, struct error *err)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, MARKED_MODE);

    if (descriptor >= 0) {
        close(descriptor);
        return true;
    }
    error_set(err, errno == EEXIST ? ERROR_CONFLICT : ERROR_IO, "can't be made: %s",
              strerror(errno));
    return error_at(err, "%s", path);
}

static bool write_book(const char *path, struct sheet_file *file, size_t sheet, struct copy *copy,
                       struct error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    const char *name = sheet_file_sheet_name(file, sheet);
    lxw_error code;
    bool ok = false;

    if (workbook == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    copy->worksheet = workbook_add_worksheet(
        workbook,
        name[0] != 0 && workbook_validate_sheet_name(workbook, name) == LXW_NO_ERROR ? name : NULL);
    copy->bad = workbook_add_format(workbook);
    copy->fault = workbook_add_format(workbook);
    if (copy->worksheet != NULL && copy->bad != NULL && copy->fault != NULL) {
        format_set_bg_color(copy->bad, MARKED_COLOR);
        format_set_font_color(copy->fault, LXW_COLOR_RED);
        format_set_text_wrap(copy->fault);
        worksheet_set_column(copy->worksheet, copy->width, copy->width, 60, NULL);
        ok = sheet_file_read(file, sheet, copy_row, copy, err);
    } else {
        error_set(err, ERROR_MEMORY, "memory ran out");
    }
    code = workbook_close(workbook);
    return ok && !copy_failed(code, copy->done, err);
}

bool marked_write(const char *path, struct sheet_file *file, size_t sheet, uint64_t heading_row,
                  struct marks *marks, struct error *err)
{
    struct copy copy = {.marks = marks, .heading_row = heading_row > 0 ? heading_row : 1};
    bool ok;

    assert(marks->count > 0);
    if (!sheet_file_read(file, sheet, measure_row, &copy, err)) return error_at(err, "%s", path);
    if (copy.earlier > 0 && copy.earlier == copy.width) copy.width--;
    if (!new_file_reserve(path, err)) return false;
    ok = write_book(path, file, sheet, &copy, err);
    if (!ok) {
        (void)unlink(path);
        error_at(err, "%s", path);
    }
    return ok;
}
