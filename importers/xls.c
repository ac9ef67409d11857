/*
 * xls.c - globals, then sheets (the section numbers are those of [MS-XLS]).
 *
 * Numbers are binary doubles here, as the format has no other: they are printed before anything is
 * done with them, and from then on they are text.
 */
#include "importers/xls.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "importers/importers.h"
#include "importers/sheet_number.h"
#include "importers/sheet_rows.h"
#include "importers/sheet_shared.h"
#include "importers/xls_record.h"

#define BIFF8             0x0600
#define SUBSTREAM_GLOBALS 0x0005
#define SUBSTREAM_SHEET   0x0010
#define SHEET_OF_CELLS    0    /* BoundSheet8.dt (2.4.28) */
#define CELL_SIZE         6    /* row, column, style (2.5.13) */
#define FONT_STRUCK       0x08 /* of Font's flags (2.4.122) */
#define XLS_COLUMNS_MAX   256
#define XLS_ROWS_MAX      65536

struct xls_book {
    struct compound_stream stream;
    uint32_t offsets[BOOK_SHEETS_MAX]; /* of the sheets in the stream */
    bool is_1904;
    struct shared_texts texts;
    struct cell_styles styles;
    struct record_reader reader;
};

/* ---- Globals -------------------------------------------------------------------------------- */

/* Take a record that must hold at least `size` bytes. */
static bool has_bytes(const struct record_reader *reader, size_t size, struct error *err)
{
    return reader->size >= size || compound_fail(err, N_("a record breaks off"));
}

static bool begin_substream(struct record_reader *reader, uint16_t kind, struct error *err)
{
    if (!record_next(reader, err)) return false;
    if (reader->type != RECORD_BEGIN || reader->size < 4)
        return compound_fail(err, N_("its beginning"));
    if (little16(reader->data) != BIFF8) {
        return error_set(err, ERROR_INPUT,
                         "is XLS of Excel 95 or older; open it in a spreadsheet and save it as "
                         "XLSX");
    }
    return little16(reader->data + 2) == kind || compound_fail(err, N_("its beginning"));
}

static bool add_sheet(struct xls_book *book, struct book_list *list, struct error *err)
{
    struct record_reader *reader = &book->reader;
    uint8_t head[CELL_SIZE];

    if (!record_take(reader, head, sizeof head, err)) return false;
    if (head[5] != SHEET_OF_CELLS) return true; /* a chart, or a sheet of macros */
    if (!record_take_text(reader, 1, err)) return false;
    if (!book_list_add(list, buffer_text(&reader->text), (head[4] & 3) != 0, err)) return false;
    book->offsets[list->sheet_count - 1] = little32(head);
    return true;
}

static bool add_texts(struct xls_book *book, struct error *err)
{
    struct record_reader *reader = &book->reader;
    uint8_t counts[8];
    uint32_t count;
    uint32_t i;

    if (!record_take(reader, counts, sizeof counts, err)) return false;
    count = little32(counts + 4);
    for (i = 0; i < count; i++) {
        if (!record_take_text(reader, 2, err)) return false;
        if (!shared_texts_begin(&book->texts, err) ||
            !shared_texts_append(&book->texts, buffer_text(&reader->text), reader->text.size,
                                 err) ||
            !shared_texts_end(&book->texts, err)) {
            return false;
        }
        if (reader->is_struck) shared_texts_strike(&book->texts);
    }
    return true;
}

static bool add_format(struct xls_book *book, struct error *err)
{
    uint8_t id[2];

    if (!record_take(&book->reader, id, sizeof id, err)) return false;
    if (!record_take_text(&book->reader, 2, err)) return false;
    return cell_styles_add_format(&book->styles, little16(id), buffer_text(&book->reader.text),
                                  err);
}

/* Its font and format (2.4.353). What it says of the font is known before, or it isn't struck out.
 */
static bool add_style(struct xls_book *book, struct error *err)
{
    const struct record_reader *reader = &book->reader;
    uint16_t font;

    if (!has_bytes(reader, 4, err)) return false;
    font = little16(reader->data);
    return cell_styles_add(&book->styles, little16(reader->data + 2), font > 4 ? font - 1u : font,
                           err);
}

/* One record of the globals that matters; the others are passed over. */
static bool take_global(struct xls_book *book, struct book_list *list, struct error *err)
{
    struct record_reader *reader = &book->reader;

    switch (reader->type) {
    case RECORD_PASSWORD:
        return error_set(err, ERROR_INPUT,
                         "is locked by a password; open it, remove the password, save it again");
    case RECORD_DATE_MODE:
        if (!has_bytes(reader, 2, err)) return false;
        book->is_1904 = little16(reader->data) == 1;
        return true;
    case RECORD_SHEET:
        return add_sheet(book, list, err);
    case RECORD_FORMAT:
        return add_format(book, err);
    case RECORD_STYLE:
        return add_style(book, err);
    case RECORD_FONT:
        if (!has_bytes(reader, 4, err)) return false;
        return cell_styles_add_font(&book->styles, (reader->data[2] & FONT_STRUCK) != 0, err);
    case RECORD_TEXTS:
        return add_texts(book, err);
    case RECORD_MACROS:
        book_list_note(list, N_("the macros in it are ignored"));
        return true;
    default:
        return true;
    }
}

static bool read_globals(struct xls_book *book, struct book_list *list, struct error *err)
{
    struct record_reader *reader = &book->reader;

    if (!begin_substream(reader, SUBSTREAM_GLOBALS, err)) return false;
    do {
        if (!record_next(reader, err) || !take_global(book, list, err)) return false;
    } while (reader->type != RECORD_END);
    if (list->sheet_count > 0) return true;
    return error_set(err, ERROR_INPUT, "the book has no sheet with cells; open it and look");
}

static bool open_stream(const struct byte_source *source, struct compound_stream *out,
                        struct error *err)
{
    struct compound *compound = NULL;
    bool ok = false;

    if (!compound_open(source, &compound, err)) return false;
    if (compound_has(compound, "EncryptedPackage")) {
        error_set(err, ERROR_INPUT,
                  "is locked by a password; open it, remove the password, save it again");
    } else if (compound_has(compound, "Workbook")) {
        ok = compound_stream_open(compound, "Workbook", out, err);
    } else if (compound_has(compound, "Book")) {
        error_set(err, ERROR_INPUT,
                  "is XLS of Excel 95 or older; open it in a spreadsheet and save it as XLSX");
    } else {
        error_set(err, ERROR_INPUT, "is a file of Office but no sheet; give the sheet itself");
    }
    compound_close(compound);
    return ok;
}

bool xls_book_open(const struct byte_source *source, struct book_list *list, struct xls_book **out,
                   struct error *err)
{
    struct xls_book *book = calloc(1, sizeof *book);

    if (book == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    record_reader_init(&book->reader, &book->stream, 0);
    book->reader.styles = &book->styles;
    if (!open_stream(source, &book->stream, err) || !read_globals(book, list, err)) {
        xls_book_close(book);
        return false;
    }
    *out = book;
    return true;
}

void xls_book_close(struct xls_book *book)
{
    if (book == NULL) return;
    record_reader_done(&book->reader);
    shared_texts_done(&book->texts);
    compound_stream_done(&book->stream);
    free(book);
}

/* ---- Cells ---------------------------------------------------------------------------------- */

/* One reading of a sheet. */
struct sheet_run {
    struct xls_book *book;
    struct record_reader *reader;
    struct book_reading *reading;
    struct sheet_rows *rows;
    uint8_t hidden[XLS_ROWS_MAX / 8]; /* a bit for each row */
    bool is_formula;
    bool is_struck;   /* the cell, or some of its text */
    bool awaits_text; /* the formula's text is in a record still to come */
};

/* Where the next cell stands. */
static bool set_column(struct sheet_run *run, size_t column, struct error *err)
{
    if (column >= XLS_COLUMNS_MAX) return compound_fail(err, N_("the place of a cell"));
    run->reading->column = column;
    return true;
}

static bool set_cell(struct sheet_run *run, enum sheet_cell_kind kind, char *text,
                     struct error *err)
{
    struct sheet_cell cell = {*text == 0 ? CELL_EMPTY : kind, text, run->is_formula, false, false};
    char struck[SHEET_STRUCK_SIZE];

    if (*text != 0 && run->is_struck) {
        cell.kind = CELL_ERROR;
        cell.text = struck;
        sheet_struck_text(struck);
    }
    return sheet_rows_cell(run->rows, run->reading->column, &cell, err);
}

/* "" when there is nothing to show. */
static bool set_fixed(struct sheet_run *run, enum sheet_cell_kind kind, const char *text,
                      struct error *err)
{
    char copy[64];

    snprintf(copy, sizeof copy, "%s", text);
    return set_cell(run, kind, copy, err);
}

static bool set_text(struct sheet_run *run, struct error *err)
{
    struct buffer *text = &run->reader->text;

    if (text->size == 0) return set_fixed(run, CELL_EMPTY, "", err);
    if (run->reader->is_struck) run->is_struck = true;
    return set_cell(run, CELL_TEXT, (char *)text->data, err);
}

static bool set_number(struct sheet_run *run, uint16_t style, char *number, struct error *err)
{
    enum sheet_cell_kind kind;

    kind = sheet_number_show(number, cell_styles_meaning(&run->book->styles, style),
                             run->book->is_1904);
    return set_cell(run, kind, number, err);
}

static bool set_bits(struct sheet_run *run, uint16_t style, uint64_t bits, bool is_hundredfold,
                     struct error *err)
{
    char number[SHEET_NUMBER_SIZE];

    if (!sheet_number_of_bits(bits, is_hundredfold, number)) {
        return set_fixed(run, CELL_ERROR, N_("no number that a spreadsheet holds"), err);
    }
    return set_number(run, style, number, err);
}

/* A number in 30 bits, and two that tell whether they are an integer and hundredfold (2.5.217). */
static bool set_short_number(struct sheet_run *run, uint16_t style, uint32_t value,
                             struct error *err)
{
    char number[SHEET_NUMBER_SIZE];
    char text[32];
    int64_t integer = (int64_t)(value >> 2);
    bool is_hundredfold = value & 1;

    if (!(value & 2)) {
        return set_bits(run, style, (uint64_t)(value & ~3u) << 32, is_hundredfold, err);
    }
    if (value & 0x80000000u) integer -= 1 << 30;
    snprintf(text, sizeof text, "%" PRId64 "%s", integer, is_hundredfold ? "E-2" : "");
    if (!sheet_number_text(text, strlen(text), number)) return compound_fail(err, "a number");
    return set_number(run, style, number, err);
}

/* 2.5.10 */
static bool set_fault(struct sheet_run *run, uint8_t code, struct error *err)
{
    static const struct {
        uint8_t code;
        const char *text;
    } faults[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0f, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1d, "#NAME?"}, {0x24, "#NUM!"},   {0x2a, "#N/A"}};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(faults); i++) {
        if (faults[i].code == code) return set_fixed(run, CELL_ERROR, faults[i].text, err);
    }
    return set_fixed(run, CELL_ERROR, N_("an error of unknown kind"), err);
}

/* The stored result of a formula (2.5.133): a double unless its last two bytes are 0xFF. */
static bool set_result(struct sheet_run *run, uint16_t style, const uint8_t *result,
                       struct error *err)
{
    if (little16(result + 6) != 0xffff) return set_bits(run, style, little64(result), false, err);
    switch (result[0]) {
    case 0:
        run->awaits_text = true;
        return true;
    case 1:
        return set_fixed(run, CELL_BOOLEAN, result[2] != 0 ? "TRUE" : "FALSE", err);
    case 2:
        return set_fault(run, result[2], err);
    case 3:
        return set_fixed(run, CELL_EMPTY, "", err);
    default:
        return compound_fail(err, "a formula's result");
    }
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static bool end_row(struct sheet_run *run, struct error *err)
{
    uint64_t row;

    if (run->awaits_text) return compound_fail(err, "a formula's text");
    if (run->reading->row == SHEET_NO_ROW) return true;
    run->reading->column = SHEET_NO_COLUMN;
    row = run->reading->row - 1;
    return sheet_rows_end(run->rows, (run->hidden[row / 8] >> row % 8 & 1) != 0, run->reader->next,
                          err);
}

/* The cell's row, column and style come first; a new row ends the one before. */
static bool begin_cell(struct sheet_run *run, size_t size, uint16_t *style_out, struct error *err)
{
    const uint8_t *data = run->reader->data;
    uint64_t row;

    if (!has_bytes(run->reader, CELL_SIZE + size, err)) return false;
    row = (uint64_t)little16(data) + 1;
    if (run->awaits_text) return compound_fail(err, "a formula's text");
    if (row != run->reading->row) {
        if (!end_row(run, err)) return false;
        run->reading->row = row;
        if (!sheet_rows_begin(run->rows, row, err)) return false;
    }
    run->is_formula = false;
    *style_out = little16(data + 4);
    run->is_struck = cell_styles_is_struck(&run->book->styles, *style_out);
    run->reader->at = CELL_SIZE;
    return set_column(run, little16(data + 2), err);
}

static bool take_short_numbers(struct sheet_run *run, struct error *err)
{
    const struct record_reader *reader = run->reader;
    size_t column = little16(reader->data + 2);
    uint16_t style;
    size_t at;

    /* row, first column, style and number of each, last column */
    if (!begin_cell(run, 6, &style, err)) return false;
    for (at = 4; at + 6 + 2 <= reader->size; at += 6) {
        if (!set_column(run, column++, err)) return false;
        run->is_struck = cell_styles_is_struck(&run->book->styles, little16(reader->data + at));
        if (!set_short_number(run, little16(reader->data + at), little32(reader->data + at + 2),
                              err)) {
            return false;
        }
    }
    return true;
}

static bool take_text(struct sheet_run *run, struct error *err)
{
    uint16_t style;

    if (!begin_cell(run, 2, &style, err)) return false;
    return record_take_text(run->reader, 2, err) && set_text(run, err);
}

static bool take_shared_text(struct sheet_run *run, struct error *err)
{
    uint16_t style;
    char *text;

    if (!begin_cell(run, 4, &style, err)) return false;
    text = shared_texts_get(&run->book->texts, little32(run->reader->data + CELL_SIZE));
    if (shared_texts_is_struck(&run->book->texts, little32(run->reader->data + CELL_SIZE)))
        run->is_struck = true;
    if (text == NULL) return compound_fail(err, N_("a cell refers to a text that isn't there"));
    return set_cell(run, CELL_TEXT, text, err);
}

static bool take_formula(struct sheet_run *run, struct error *err)
{
    uint16_t style;

    if (!begin_cell(run, 8, &style, err)) return false;
    run->is_formula = true;
    return set_result(run, style, run->reader->data + CELL_SIZE, err);
}

static bool take_result_text(struct sheet_run *run, struct error *err)
{
    if (!run->awaits_text) return true; /* of an empty text, or of no cell at all */
    run->awaits_text = false;
    return record_take_text(run->reader, 2, err) && set_text(run, err);
}

/* One record of the sheet that holds cells; the others are passed over. */
static bool take_record(struct sheet_run *run, struct error *err)
{
    const uint8_t *value = run->reader->data + CELL_SIZE;
    uint16_t style;

    switch (run->reader->type) {
    case RECORD_NUMBER:
        return begin_cell(run, 8, &style, err) && set_bits(run, style, little64(value), false, err);
    case RECORD_SHORT_NUMBER:
        return begin_cell(run, 4, &style, err) &&
               set_short_number(run, style, little32(value), err);
    case RECORD_NUMBERS:
        return take_short_numbers(run, err);
    case RECORD_TEXT:
    case RECORD_RICH_TEXT:
        return take_text(run, err);
    case RECORD_SHARED_TEXT:
        return take_shared_text(run, err);
    case RECORD_BOOLEAN:
        if (!begin_cell(run, 2, &style, err)) return false;
        if (value[1] != 0) return set_fault(run, value[0], err);
        return set_fixed(run, CELL_BOOLEAN, value[0] != 0 ? "TRUE" : "FALSE", err);
    case RECORD_FORMULA:
        return take_formula(run, err);
    case RECORD_RESULT:
        return take_result_text(run, err);
    default:
        return true;
    }
}

static bool take_merged(struct sheet_run *run, struct error *err)
{
    const struct record_reader *reader = run->reader;
    struct merged_range range;
    size_t at;

    for (at = 2; at + 8 <= reader->size; at += 8) {
        range = (struct merged_range){
            little16(reader->data + at) + 1u, little16(reader->data + at + 2) + 1u,
            little16(reader->data + at + 4), little16(reader->data + at + 6)};
        if (!sheet_rows_merge(run->rows, &range, err)) return false;
    }
    return true;
}

/* What is known of a row before its cells (2.4.221). */
static bool take_row(struct sheet_run *run, struct error *err)
{
    const uint8_t *data = run->reader->data;

    if (!has_bytes(run->reader, 14, err)) return false;
    if (data[12] & 0x20) run->hidden[little16(data) / 8] |= (uint8_t)(1 << little16(data) % 8);
    return true;
}

/* A run of columns of one look (2.4.53). */
static bool take_columns(struct sheet_run *run, struct error *err)
{
    const uint8_t *data = run->reader->data;

    if (!has_bytes(run->reader, 10, err)) return false;
    if (data[8] & 1) sheet_rows_hide_columns(run->rows, little16(data), little16(data + 2));
    return true;
}

/* One record that cells depend on but that may stand behind them. */
static bool take_frame(struct sheet_run *run, struct error *err)
{
    switch (run->reader->type) {
    case RECORD_MERGED:
        return take_merged(run, err);
    case RECORD_ROW:
        return take_row(run, err);
    case RECORD_COLUMNS:
        return take_columns(run, err);
    default:
        return true;
    }
}

/* Once through the sheet; charts within it have a beginning and an end of their own. */
static bool read_records(struct sheet_run *run, uint32_t offset, bool for_cells, struct error *err)
{
    struct record_reader *reader = run->reader;
    size_t depth = 1;

    reader->next = offset;
    if (!begin_substream(reader, SUBSTREAM_SHEET, err)) return false;
    while (depth > 0) {
        if (!record_next(reader, err)) return false;
        if (reader->type == RECORD_BEGIN) depth++;
        if (reader->type == RECORD_END) depth--;
        if (depth != 1) continue;
        if (!(for_cells ? take_record(run, err) : take_frame(run, err))) return false;
    }
    return true;
}

bool xls_book_read(struct xls_book *book, size_t sheet, struct book_reading *reading,
                   struct error *err)
{
    struct sheet_run run = {.book = book, .reader = &book->reader, .reading = reading};
    bool ok = false;

    run.rows = sheet_rows_new(reading->visit, reading->context, err);
    if (run.rows == NULL) return false;
    if (!read_records(&run, book->offsets[sheet], false, err)) goto out;
    if (!read_records(&run, book->offsets[sheet], true, err)) goto out;
    ok = end_row(&run, err);
out:
    sheet_rows_free(run.rows);
    return ok;
}
