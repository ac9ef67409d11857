/*
 * xlsx.c - a listing as an XLSX sheet, by libxlsxwriter.
 *
 * 1. What the library would complain of on stderr (a file that can't be made, too many rows, too
 * long a text) is refused here before it is handed over.
 * 2. The library writes the file when the workbook is closed, and there is no other way to free it;
 *    so it writes to a name of its own, which then takes the place of the path or is removed.
 * 3. Here alone an amount becomes a floating point number, because the format knows no other. Every
 *    amount of 15 digits survives it; a longer one is refused, never rounded.
 */
#include "exporters/exporters.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/buffer.h"
#include "base/text.h"

#define PATH_SIZE_MAX 8192
#define TEXT_SIZE_MAX 32767           /* characters, so bytes are on the safe side */
#define INTEGER_MAX   999999999999999 /* 15 digits */
#define WIDTH_MIN     6               /* columns of a terminal, as text_width() counts them */
#define WIDTH_MAX     60
#define CREATED       315532800 /* 1980-01-01, as in the ZIP: no clock goes into the file */
#define PAPER_A4      9

struct xlsx {
    struct buffer path, part; /* the file's name, and the name until it is whole */
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *text, *amount, *integer, *share;
    size_t columns, column;
    size_t width[XLSX_COLUMNS_MAX];
    lxw_row_t row; /* 0: the headings */
};

static void xlsx_free(struct xlsx *xlsx)
{
    buffer_done(&xlsx->path);
    buffer_done(&xlsx->part);
    free(xlsx);
}

static bool refuse(const struct xlsx *xlsx, lxw_error code, struct error *err)
{
    return error_set(err, ERROR_IO, "%s can't be written: %s", buffer_text(&xlsx->path),
                     lxw_strerror(code));
}

/* ---- Cells ----------------------------------------------------------------------------------- */

/* The cell was written: remember how wide it is, go to the next. */
static bool advance(struct xlsx *xlsx, size_t width, lxw_error code, struct error *err)
{
    if (code != LXW_NO_ERROR) return refuse(xlsx, code, err);
    if (width > xlsx->width[xlsx->column]) xlsx->width[xlsx->column] = width;
    if (++xlsx->column < xlsx->columns) return true;
    xlsx->column = 0;
    xlsx->row++;
    return true;
}

static bool check_row(const struct xlsx *xlsx, struct error *err)
{
    return xlsx->row <= XLSX_ROWS_MAX ||
           error_set(err, ERROR_LIMIT,
                     "more than %d rows don't fit in an XLSX sheet; ask for less, or for CSV",
                     XLSX_ROWS_MAX);
}

static bool put_text(struct xlsx *xlsx, const char *text, lxw_format *format, struct error *err)
{
    if (!check_row(xlsx, err)) return false;
    if (strlen(text) > TEXT_SIZE_MAX)
        return error_set(err, ERROR_LIMIT,
                         "a text of more than %d bytes doesn't fit in an XLSX "
                         "cell; ask for CSV",
                         TEXT_SIZE_MAX);
    return advance(
        xlsx, text_width(text),
        worksheet_write_string(xlsx->sheet, xlsx->row, (lxw_col_t)xlsx->column, text, format), err);
}

static bool put_number(struct xlsx *xlsx, double number, lxw_format *format, size_t width,
                       struct error *err)
{
    return check_row(xlsx, err) &&
           advance(xlsx, width,
                   worksheet_write_number(xlsx->sheet, xlsx->row, (lxw_col_t)xlsx->column, number,
                                          format),
                   err);
}

bool xlsx_text(struct xlsx *xlsx, const char *text, struct error *err)
{
    return put_text(xlsx, text, xlsx->text, err);
}

bool xlsx_amount(struct xlsx *xlsx, money_t amount, struct error *err)
{
    char text[MONEY_TEXT_SIZE];

    (void)money_format_grouped(amount, text);
    if (amount.fen > XLSX_FEN_MAX || amount.fen < -XLSX_FEN_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%s yuan has more than the 15 digits that a number in XLSX keeps; ask for "
                         "CSV",
                         text);
    /* Whole fen up to 15 digits are exact in a double, and division by 100 is rounded once, to the
       double that these digits of yuan name: whoever prints two decimals gets them back. */
    return put_number(xlsx, (double)amount.fen / 100.0, xlsx->amount, strlen(text), err);
}

bool xlsx_integer(struct xlsx *xlsx, int64_t value, struct error *err)
{
    char text[32];

    if (value > INTEGER_MAX || value < -INTEGER_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%lld has more than the 15 digits that a number in XLSX "
                         "keeps; ask for CSV",
                         (long long)value);
    (void)snprintf(text, sizeof text, "%lld", (long long)value);
    return put_number(xlsx, (double)value, xlsx->integer, strlen(text), err);
}

bool xlsx_share(struct xlsx *xlsx, int64_t share_bp, struct error *err)
{
    assert(share_bp >= -INTEGER_MAX && share_bp <= INTEGER_MAX);
    return put_number(xlsx, (double)share_bp / 10000.0, xlsx->share, strlen("100.00%"), err);
}

bool xlsx_empty(struct xlsx *xlsx, struct error *err)
{
    return check_row(xlsx, err) && advance(xlsx, 0, LXW_NO_ERROR, err);
}

/* ---- The file -------------------------------------------------------------------------------- */

static lxw_format *add_format(lxw_workbook *workbook, const char *number)
{
    lxw_format *format = workbook_add_format(workbook);

    if (format != NULL) format_set_num_format(format, number);
    return format;
}

/* Make the file, empty, so that a bad name is told at once. */
static bool make_file(const struct xlsx *xlsx, struct error *err)
{
    FILE *file = fopen(buffer_text(&xlsx->part), "wb");

    if (file != NULL && fclose(file) == 0) return true;
    return error_set(err, ERROR_IO, "%s can't be written: %s", buffer_text(&xlsx->path),
                     strerror(errno));
}

static bool open_workbook(struct xlsx *xlsx, struct error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {.created = CREATED};

    xlsx->workbook = workbook_new_opt(buffer_text(&xlsx->part), &options);
    if (xlsx->workbook == NULL) return error_set(err, ERROR_MEMORY, "no memory for a sheet");
    xlsx->sheet = workbook_add_worksheet(xlsx->workbook, NULL);
    xlsx->text = add_format(xlsx->workbook, "@");
    xlsx->amount = add_format(xlsx->workbook, "#,##0.00");
    xlsx->integer = add_format(xlsx->workbook, "0");
    xlsx->share = add_format(xlsx->workbook, "0.00%");
    if (xlsx->sheet == NULL || xlsx->text == NULL || xlsx->amount == NULL ||
        xlsx->integer == NULL || xlsx->share == NULL ||
        workbook_set_properties(xlsx->workbook, &properties) != LXW_NO_ERROR)
        return error_set(err, ERROR_MEMORY, "no memory for a sheet");
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    worksheet_set_landscape(xlsx->sheet);
    worksheet_set_paper(xlsx->sheet, PAPER_A4);
    worksheet_fit_to_pages(xlsx->sheet, 1, 0); /* one page wide, as long as it gets */
    return true;
}

static bool put_headings(struct xlsx *xlsx, const char *const *headings, struct error *err)
{
    lxw_format *bold = workbook_add_format(xlsx->workbook);

    if (bold == NULL) return error_set(err, ERROR_MEMORY, "no memory for a sheet");
    format_set_bold(bold);
    for (size_t i = 0; i < xlsx->columns; i++)
        if (!put_text(xlsx, headings[i], bold, err)) return false;
    return worksheet_repeat_rows(xlsx->sheet, 0, 0) == LXW_NO_ERROR ||
           error_set(err, ERROR_IO, "the headings can't be repeated on each page");
}

bool xlsx_open(const char *path, const char *const *headings, size_t count, struct xlsx **out,
               struct error *err)
{
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);

    assert(count > 0 && count <= XLSX_COLUMNS_MAX);
    if (xlsx == NULL) return error_set(err, ERROR_MEMORY, "no memory for a sheet");
    xlsx->path = (struct buffer)BUFFER_INIT(PATH_SIZE_MAX);
    xlsx->part = (struct buffer)BUFFER_INIT(PATH_SIZE_MAX);
    xlsx->columns = count;
    if (!buffer_append_text(&xlsx->path, path, err) ||
        !buffer_append_format(&xlsx->part, err, "%s.part-%ld", path, (long)getpid()) ||
        !make_file(xlsx, err) || !open_workbook(xlsx, err) || !put_headings(xlsx, headings, err)) {
        xlsx_discard(xlsx);
        return false;
    }
    *out = xlsx;
    return true;
}

static void set_widths(struct xlsx *xlsx)
{
    for (size_t i = 0; i < xlsx->columns; i++) {
        size_t width = xlsx->width[i] < WIDTH_MIN   ? WIDTH_MIN
                       : xlsx->width[i] > WIDTH_MAX ? WIDTH_MAX
                                                    : xlsx->width[i];

        (void)worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width + 2.0,
                                   NULL);
    }
}

bool xlsx_close(struct xlsx *xlsx, struct error *err)
{
    lxw_error code;
    bool ok = false;

    assert(xlsx->column == 0); /* no row is half written */
    set_widths(xlsx);
    code = workbook_close(xlsx->workbook);
    if (code != LXW_NO_ERROR) {
        (void)refuse(xlsx, code, err);
    } else if (rename(buffer_text(&xlsx->part), buffer_text(&xlsx->path)) != 0) {
        (void)error_set(err, ERROR_IO, "%s can't be written: %s", buffer_text(&xlsx->path),
                        strerror(errno));
    } else {
        ok = true;
    }
    if (!ok) (void)remove(buffer_text(&xlsx->part));
    xlsx_free(xlsx);
    return ok;
}

void xlsx_discard(struct xlsx *xlsx)
{
    if (xlsx == NULL) return;
    if (xlsx->workbook != NULL) (void)workbook_close(xlsx->workbook);
    (void)remove(buffer_text(&xlsx->part));
    xlsx_free(xlsx);
}
