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

#include "importers/importers.h"
#include "spreadsheet/spreadsheet.h"

#define MARKED_MODE     0600 /* it may hold what people's cards say */
#define MARKED_WIDTH    60   /* of the column of faults, in characters */
#define CELL_TOO_LONG   "…"
#define FAULT_BYTES_MAX 4096 /* of one row's faults together */

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
    size_t width;
    size_t earlier; /* the width with an earlier column of faults; 0: there is none */
    struct spreadsheet *book;
};

/*
 * The width of the widest row comes first, so that the new column stands behind all others; in a
 * copy of a copy it takes the place of the earlier one, whose faults were corrected or come again.
 */
static bool measure_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct copy *copy = context;

    (void)err;
    if (row->count > copy->width) copy->width = row->count;
    if (row->number == copy->heading_row && row->count > 0 &&
        strcmp(row->cells[row->count - 1].text, MARKED_HEADING) == 0)
        copy->earlier = row->count;
    return true;
}

/*
 * Numbers stay numbers as far as spreadsheets keep their digits; all else is text as it was shown.
 * This is for the clerk's eyes; what is imported is read anew.
 */
static void put_cell(struct copy *copy, size_t row, size_t column, const struct sheet_cell *cell,
                     enum spreadsheet_style style)
{
    if (cell == NULL || cell->kind == CELL_EMPTY || cell->text[0] == 0) {
        if (style == STYLE_BAD) spreadsheet_blank(copy->book, row, column, style);
    } else if (cell->kind == CELL_NUMBER && strlen(cell->text) <= SPREADSHEET_DIGITS_MAX) {
        spreadsheet_number(copy->book, row, column, cell->text, style);
    } else {
        spreadsheet_text(copy->book, row, column,
                         strlen(cell->text) > SPREADSHEET_TEXT_MAX ? CELL_TOO_LONG : cell->text,
                         style);
    }
}

/* One row: its cells, and what is wrong with it in the last column. */
static void put_row(struct copy *copy, uint64_t number, const struct sheet_row *source)
{
    size_t row = (size_t)(number - 1);
    bool is_bad[SHEET_CELLS_MAX] = {false};
    struct buffer faults = BUFFER_INIT(FAULT_BYTES_MAX);
    struct error full = ERROR_INIT;
    bool is_full = false;
    size_t i;

    for (; copy->next < copy->marks->count && copy->marks->list[copy->next].row <= number;
         copy->next++) {
        const struct mark *mark = &copy->marks->list[copy->next];

        if (mark->cell < SHEET_CELLS_MAX) is_bad[mark->cell] = true;
        if (is_full) continue;
        is_full = !buffer_append_format(&faults, &full, "%s%s", faults.size > 0 ? "\n" : "",
                                        (const char *)copy->marks->texts.data + mark->text);
    }
    for (i = 0; i < copy->width; i++)
        put_cell(copy, row, i, i < source->count ? &source->cells[i] : NULL,
                 is_bad[i] ? STYLE_BAD : STYLE_PLAIN);
    if (number == copy->heading_row)
        spreadsheet_text(copy->book, row, copy->width, MARKED_HEADING, STYLE_FAULT);
    else if (faults.size > 0)
        spreadsheet_text(copy->book, row, copy->width, buffer_text(&faults), STYLE_FAULT);
    buffer_done(&faults);
}

static bool copy_row(void *context, const struct sheet_row *row, struct error *err)
{
    (void)err;
    if (row->number <= MARKED_ROWS_MAX) put_row(context, row->number, row);
    return true;
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
    if (!spreadsheet_open(path, &copy->book, err)) return false;
    spreadsheet_page(copy->book, sheet_file_sheet_name(file, sheet), PAGE_PLAIN);
    spreadsheet_width(copy->book, copy->width, MARKED_WIDTH, STYLE_PLAIN);
    if (sheet_file_read(file, sheet, copy_row, copy, err))
        return spreadsheet_close(copy->book, err);
    spreadsheet_discard(copy->book);
    return false;
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
    if (!ok) (void)unlink(path);
    return ok;
}
