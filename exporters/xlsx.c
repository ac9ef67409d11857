/*
 * xlsx.c - a listing as an XLSX sheet.
 *
 * 1. What a sheet can't hold (too many rows, too long a text, a number of too many digits) is
 *    refused, never cut and never rounded: every amount of 15 digits survives the floating point
 *    number that programs make of it, because whoever prints two decimals gets them back.
 */
#include "exporters/exporters.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "spreadsheet/spreadsheet.h"

#define INTEGER_MAX  999999999999999 /* SPREADSHEET_DIGITS_MAX digits */
#define WIDTH_MIN    6               /* columns of a terminal, as text_width() counts them */
#define WIDTH_MAX    60
#define SHARE_DIGITS 32

struct xlsx {
    struct spreadsheet *book;
    size_t columns, column;
    size_t width[XLSX_COLUMNS_MAX];
    size_t row; /* 0: the headings */
};

static_assert(XLSX_ROWS_MAX + 1 == SPREADSHEET_ROWS_MAX, "the headings have a row");
static_assert(XLSX_COLUMNS_MAX <= SPREADSHEET_WIDTHS_MAX, "every column has a width");

/* ---- Cells ----------------------------------------------------------------------------------- */

/* The cell is written: remember how wide it is, go to the next. */
static void advance(struct xlsx *xlsx, size_t width)
{
    if (width > xlsx->width[xlsx->column]) xlsx->width[xlsx->column] = width;
    if (++xlsx->column < xlsx->columns) return;
    xlsx->column = 0;
    xlsx->row++;
}

static bool check_row(const struct xlsx *xlsx, struct error *err)
{
    return xlsx->row <= XLSX_ROWS_MAX ||
           error_set(err, ERROR_LIMIT,
                     "more than %d rows don't fit in an XLSX sheet; ask for less, or for CSV",
                     XLSX_ROWS_MAX);
}

static bool put_text(struct xlsx *xlsx, const char *text, enum spreadsheet_style style,
                     struct error *err)
{
    if (!check_row(xlsx, err)) return false;
    if (strlen(text) > SPREADSHEET_TEXT_MAX)
        return error_set(err, ERROR_LIMIT,
                         "a text of more than %d bytes doesn't fit in an XLSX "
                         "cell; ask for CSV",
                         SPREADSHEET_TEXT_MAX);
    spreadsheet_text(xlsx->book, xlsx->row, xlsx->column, text, style);
    advance(xlsx, text_width(text));
    return true;
}

static bool put_number(struct xlsx *xlsx, const char *digits, enum spreadsheet_style style,
                       size_t width, struct error *err)
{
    if (!check_row(xlsx, err)) return false;
    spreadsheet_number(xlsx->book, xlsx->row, xlsx->column, digits, style);
    advance(xlsx, width);
    return true;
}

bool xlsx_text(struct xlsx *xlsx, const char *text, struct error *err)
{
    return put_text(xlsx, text, STYLE_TEXT, err);
}

bool xlsx_amount(struct xlsx *xlsx, money_t amount, struct error *err)
{
    char shown[MONEY_TEXT_SIZE], digits[MONEY_TEXT_SIZE];

    (void)money_format_grouped(amount, shown);
    if (amount.fen > XLSX_FEN_MAX || amount.fen < -XLSX_FEN_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%s yuan has more than the 15 digits that a number in XLSX keeps; ask for "
                         "CSV",
                         shown);
    return put_number(xlsx, money_format(amount, digits), STYLE_AMOUNT, strlen(shown), err);
}

bool xlsx_integer(struct xlsx *xlsx, int64_t value, struct error *err)
{
    char digits[32];

    if (value > INTEGER_MAX || value < -INTEGER_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%lld has more than the 15 digits that a number in XLSX "
                         "keeps; ask for CSV",
                         (long long)value);
    (void)snprintf(digits, sizeof digits, "%lld", (long long)value);
    return put_number(xlsx, digits, STYLE_INTEGER, strlen(digits), err);
}

bool xlsx_share(struct xlsx *xlsx, int64_t share_bp, struct error *err)
{
    char digits[SHARE_DIGITS];
    int64_t magnitude = share_bp < 0 ? -share_bp : share_bp;

    assert(share_bp >= -INTEGER_MAX && share_bp <= INTEGER_MAX);
    (void)snprintf(digits, sizeof digits, "%s%lld.%04lld", share_bp < 0 ? "-" : "",
                   (long long)(magnitude / 10000), (long long)(magnitude % 10000));
    return put_number(xlsx, digits, STYLE_SHARE, strlen("100.00%"), err);
}

bool xlsx_empty(struct xlsx *xlsx, struct error *err)
{
    if (!check_row(xlsx, err)) return false;
    advance(xlsx, 0);
    return true;
}

/* ---- The file -------------------------------------------------------------------------------- */

bool xlsx_open(const char *path, const char *const *headings, size_t count, struct xlsx **out,
               struct error *err)
{
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);

    assert(count > 0 && count <= XLSX_COLUMNS_MAX);
    if (xlsx == NULL) return error_set(err, ERROR_MEMORY, "no memory for a sheet");
    xlsx->columns = count;
    if (!spreadsheet_open(path, &xlsx->book, err)) goto out;
    spreadsheet_page(xlsx->book, "", PAGE_PRINTED);
    for (size_t i = 0; i < count; i++)
        if (!put_text(xlsx, headings[i], STYLE_HEADING, err)) goto out;
    *out = xlsx;
    return true;
out:
    xlsx_discard(xlsx);
    return false;
}

bool xlsx_close(struct xlsx *xlsx, struct error *err)
{
    bool ok;

    assert(xlsx->column == 0); /* no row is half written */
    for (size_t i = 0; i < xlsx->columns; i++) {
        size_t width = xlsx->width[i] < WIDTH_MIN   ? WIDTH_MIN
                       : xlsx->width[i] > WIDTH_MAX ? WIDTH_MAX
                                                    : xlsx->width[i];

        spreadsheet_width(xlsx->book, i, width + 2, STYLE_PLAIN);
    }
    ok = spreadsheet_close(xlsx->book, err);
    free(xlsx);
    return ok;
}

void xlsx_discard(struct xlsx *xlsx)
{
    if (xlsx == NULL) return;
    spreadsheet_discard(xlsx->book);
    free(xlsx);
}
