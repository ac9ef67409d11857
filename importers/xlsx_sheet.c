/*
 * xlsx_sheet.c - a worksheet's XML to rows (ECMA-376 part 1, 18.3.1).
 *
 * 1. A cell means what its type, style and content say; the text that it shows is never composed.
 * 2. Rows and cells may leave out their places: then they stand behind the one before.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/language.h"
#include "importers/importers.h"
#include "importers/sheet_number.h"
#include "importers/sheet_rows.h"
#include "importers/xlsx_book.h"

#define VALUE_BYTES_MAX        (7 * IMPORT_CELL_BYTES_MAX) /* each character escaped as "_x000A_" */
#define COLUMNS_MAX_OF_A_SHEET 16384

#define NO_RESULT                                                                                  \
    N_("the formula has no stored result; open the file in a spreadsheet and save it again")

enum cell_type {
    TYPE_NUMBER,
    TYPE_SHARED,
    TYPE_TEXT,
    TYPE_INLINE,
    TYPE_BOOLEAN,
    TYPE_ERROR,
    TYPE_DATE,
    TYPE_UNKNOWN
};

struct sheet_parse {
    const struct sheet_meaning *meaning;
    struct book_reading *reading;
    struct sheet_rows *rows;
    unsigned done; /* thousandths */
    bool in_data, in_row, in_cell;
    bool is_hidden; /* the row */
    size_t next_column;

    /* the cell */
    enum cell_type type;
    uint64_t style;
    bool is_formula, has_value;
    bool is_struck;  /* a part of the text */
    bool takes_text; /* what comes belongs to the value */
    int phonetic;
    struct buffer value;
};

static bool fail_damaged(struct error *err, const char *what)
{
    return error_set(err, ERROR_INPUT,
                     "the file is damaged (%s); open it in a spreadsheet and save it again as XLSX",
                     translate(what));
}

/* ---- Places --------------------------------------------------------------------------------- */

/* "AB12" to a column from 0 and a row from 1; how many bytes it took, or 0. */
static size_t read_place(const char *text, size_t size, uint32_t *column_out, uint32_t *row_out)
{
    uint32_t column = 0;
    uint32_t row = 0;
    size_t at = 0;

    for (; at < size && text[at] >= 'A' && text[at] <= 'Z'; at++) {
        column = column * 26 + (uint32_t)(text[at] - 'A') + 1;
        if (column > COLUMNS_MAX_OF_A_SHEET) return 0;
    }
    if (column == 0) return 0;
    for (; at < size && text[at] >= '0' && text[at] <= '9'; at++) {
        row = row * 10 + (uint32_t)(text[at] - '0');
        if (row > BOOK_ROWS_MAX) return 0;
    }
    if (row == 0) return 0;
    *column_out = column - 1;
    *row_out = row;
    return at;
}

/* ---- Merged ranges: the first time through -------------------------------------------------- */

static bool merge_start(void *context, const char *name, const struct xml_attributes *attributes,
                        struct error *err)
{
    struct sheet_parse *parse = context;
    struct merged_range range = {0, 0, 0, 0};
    size_t size = 0;
    size_t first;
    size_t last;
    const char *text;

    if (strcmp(name, "mergeCell") != 0) return true;
    text = xml_attributes_get(attributes, "ref", &size);
    if (text == NULL) return fail_damaged(err, N_("a merged range without a place"));
    first = read_place(text, size, &range.first_column, &range.first_row);
    if (first > 0 && first == size) return true; /* a range of one cell */
    if (first == 0 || text[first] != ':')
        return fail_damaged(err, N_("the place of a merged range"));
    last = read_place(text + first + 1, size - first - 1, &range.last_column, &range.last_row);
    if (last == 0 || first + 1 + last != size) {
        return fail_damaged(err, N_("the place of a merged range"));
    }
    return sheet_rows_merge(parse->rows, &range, err);
}

static bool is_true(const struct xml_attributes *attributes, const char *name)
{
    size_t size = 0;
    const char *text = xml_attributes_get(attributes, name, &size);

    return text != NULL && size > 0 && (text[0] == '1' || text[0] == 't');
}

/* ---- Cells ---------------------------------------------------------------------------------- */

static enum cell_type cell_type(const struct xml_attributes *attributes)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {
        {"s", TYPE_SHARED},  {"n", TYPE_NUMBER}, {"str", TYPE_TEXT}, {"inlineStr", TYPE_INLINE},
        {"b", TYPE_BOOLEAN}, {"e", TYPE_ERROR},  {"d", TYPE_DATE},
    };
    size_t size = 0;
    const char *text = xml_attributes_get(attributes, "t", &size);
    size_t i;

    if (text == NULL) return TYPE_NUMBER;
    for (i = 0; i < ARRAY_COUNT(types); i++) {
        if (strlen(types[i].name) == size && memcmp(types[i].name, text, size) == 0) {
            return types[i].type;
        }
    }
    return TYPE_UNKNOWN;
}

static bool start_row(struct sheet_parse *parse, const struct xml_attributes *attributes,
                      struct error *err)
{
    uint64_t number = sheet_rows_number(parse->rows) + 1;
    size_t size = 0;

    if (parse->in_row) return fail_damaged(err, N_("a row within a row"));
    if (xml_attributes_get(attributes, "r", &size) != NULL &&
        !xml_attributes_number(attributes, "r", &number)) {
        return fail_damaged(err, N_("the number of a row"));
    }
    parse->is_hidden = is_true(attributes, "hidden");
    parse->reading->row = number;
    parse->in_row = true;
    parse->next_column = 0;
    return sheet_rows_begin(parse->rows, number, err);
}

static bool start_cell(struct sheet_parse *parse, const struct xml_attributes *attributes,
                       struct error *err)
{
    size_t size = 0;
    const char *place = xml_attributes_get(attributes, "r", &size);
    uint32_t column = (uint32_t)parse->next_column;
    uint32_t row = 0;

    if (!parse->in_row || parse->in_cell) return fail_damaged(err, N_("a cell outside of a row"));
    if (place != NULL &&
        (read_place(place, size, &column, &row) != size || row != sheet_rows_number(parse->rows))) {
        return fail_damaged(err, N_("the place of a cell"));
    }
    if (column >= COLUMNS_MAX_OF_A_SHEET) return fail_damaged(err, N_("the place of a cell"));
    parse->reading->column = column;
    parse->next_column = column + 1;
    parse->in_cell = true;
    parse->type = cell_type(attributes);
    parse->style = 0;
    (void)xml_attributes_number(attributes, "s", &parse->style);
    parse->is_formula = parse->has_value = parse->is_struck = false;
    buffer_reset(&parse->value);
    return true;
}

static bool set_cell(struct sheet_parse *parse, enum sheet_cell_kind kind, char *text,
                     struct error *err)
{
    struct sheet_cell cell = {kind, text, parse->is_formula, false, false};

    char struck[SHEET_STRUCK_SIZE];

    if (*text == 0) {
        cell.kind = CELL_EMPTY;
    } else if (parse->is_struck || cell_styles_is_struck(parse->meaning->styles, parse->style)) {
        cell.kind = CELL_ERROR;
        cell.text = struck;
        sheet_struck_text(struck);
    }
    return sheet_rows_cell(parse->rows, parse->reading->column, &cell, err);
}

/* A text lent to set_cell(), which only copies it. */
static bool set_fixed(struct sheet_parse *parse, enum sheet_cell_kind kind, const char *text,
                      struct error *err)
{
    char copy[256];
    size_t size = strlen(text);

    assert(size < sizeof copy);
    memcpy(copy, text, size + 1);
    return set_cell(parse, kind, copy, err);
}

static bool set_number(struct sheet_parse *parse, struct error *err)
{
    enum sheet_cell_kind kind;
    char number[SHEET_NUMBER_SIZE];

    if (!sheet_number_text(buffer_text(&parse->value), parse->value.size, number)) {
        return set_fixed(parse, CELL_ERROR, N_("no number that a spreadsheet holds"), err);
    }
    kind = sheet_number_show(number, cell_styles_meaning(parse->meaning->styles, parse->style),
                             parse->meaning->is_1904);
    return set_cell(parse, kind, number, err);
}

static bool set_shared(struct sheet_parse *parse, struct error *err)
{
    const char *digit = buffer_text(&parse->value);
    uint64_t index = 0;
    char *text;

    for (; *digit >= '0' && *digit <= '9' && index < BOOK_TEXTS_MAX; digit++)
        index = index * 10 + (uint64_t)(*digit - '0');
    text = *digit == 0 && parse->value.size > 0 ? shared_texts_get(parse->meaning->texts, index)
                                                : NULL;
    if (text == NULL) return fail_damaged(err, N_("a cell refers to a text that isn't there"));
    parse->is_struck = shared_texts_is_struck(parse->meaning->texts, index);
    return set_cell(parse, CELL_TEXT, text, err);
}

/* "2021-09-30T00:00:00" of the strict format. */
static bool set_iso_date(struct sheet_parse *parse, struct error *err)
{
    struct error bad = ERROR_INIT;
    char text[DATE_TEXT_SIZE] = "";
    date_t date;

    if (parse->value.size >= DATE_TEXT_SIZE - 1) {
        memcpy(text, parse->value.data, DATE_TEXT_SIZE - 1);
    }
    if (!date_parse(text, &date, &bad)) {
        return set_fixed(parse, CELL_ERROR, N_("no day of the calendar"), err);
    }
    return set_cell(parse, CELL_DATE, text, err);
}

static bool end_cell(struct sheet_parse *parse, struct error *err)
{
    const char *text = buffer_text(&parse->value);

    if (!parse->has_value || (parse->value.size == 0 && parse->type != TYPE_TEXT)) {
        return parse->is_formula ? set_fixed(parse, CELL_ERROR, NO_RESULT, err)
                                 : set_fixed(parse, CELL_EMPTY, "", err);
    }
    switch (parse->type) {
    case TYPE_NUMBER:
        return set_number(parse, err);
    case TYPE_SHARED:
        return set_shared(parse, err);
    case TYPE_TEXT:
    case TYPE_INLINE:
        if (parse->value.size == 0) return set_fixed(parse, CELL_EMPTY, "", err);
        xlsx_unescape((char *)parse->value.data);
        return set_cell(parse, CELL_TEXT, (char *)parse->value.data, err);
    case TYPE_BOOLEAN:
        if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0) {
            return set_fixed(parse, CELL_BOOLEAN, "TRUE", err);
        }
        return set_fixed(parse, CELL_BOOLEAN, "FALSE", err);
    case TYPE_ERROR:
        return set_cell(parse, CELL_ERROR, (char *)parse->value.data, err);
    case TYPE_DATE:
        return set_iso_date(parse, err);
    case TYPE_UNKNOWN:
        break;
    }
    return fail_damaged(err, N_("a cell of unknown type"));
}

/* ---- Rows: the second time through ---------------------------------------------------------- */

/* "min" to "max", from 1: a run of columns of one look. */
static void take_column(struct sheet_parse *parse, const struct xml_attributes *attributes)
{
    uint64_t first = 0;
    uint64_t last = 0;

    if (is_true(attributes, "hidden") && xml_attributes_number(attributes, "min", &first) &&
        xml_attributes_number(attributes, "max", &last) && first > 0 && last > 0) {
        sheet_rows_hide_columns(parse->rows, first - 1, last - 1);
    }
}

static bool row_start(void *context, const char *name, const struct xml_attributes *attributes,
                      struct error *err)
{
    struct sheet_parse *parse = context;

    if (!parse->in_data) {
        parse->in_data = strcmp(name, "sheetData") == 0;
        if (strcmp(name, "col") == 0) take_column(parse, attributes);
        return true;
    }
    if (strcmp(name, "c") == 0) return start_cell(parse, attributes, err);
    if (strcmp(name, "row") == 0) return start_row(parse, attributes, err);
    if (!parse->in_cell) return true;
    if (strcmp(name, "v") == 0) {
        parse->takes_text = parse->type != TYPE_INLINE;
        parse->has_value = parse->has_value || parse->takes_text;
    } else if (strcmp(name, "t") == 0) {
        parse->takes_text = parse->type == TYPE_INLINE && parse->phonetic == 0;
        parse->has_value = parse->has_value || parse->takes_text;
    } else if (strcmp(name, "f") == 0) {
        parse->is_formula = true;
    } else if (strcmp(name, "rPh") == 0) {
        parse->phonetic++;
    } else if (xlsx_strikes(name, attributes)) {
        parse->is_struck = true;
    }
    return true;
}

static bool row_text(void *context, const char *text, size_t size, struct error *err)
{
    struct sheet_parse *parse = context;

    if (!parse->takes_text) return true;
    if (parse->value.size + size > VALUE_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "the cell is longer than %d bytes; shorten it",
                         IMPORT_CELL_BYTES_MAX);
    }
    return buffer_append(&parse->value, (const uint8_t *)text, size, err);
}

static bool row_end(void *context, const char *name, struct error *err)
{
    struct sheet_parse *parse = context;
    struct book_reading *reading = parse->reading;

    if (!parse->in_data) return true;
    parse->takes_text = false;
    if (strcmp(name, "c") == 0) {
        if (!end_cell(parse, err)) return false;
        parse->in_cell = false;
        reading->column = SHEET_NO_COLUMN;
    } else if (strcmp(name, "row") == 0) {
        parse->in_row = false;
        return sheet_rows_end(parse->rows, parse->is_hidden,
                              reading->file_size / 1000 * parse->done, err);
    } else if (strcmp(name, "sheetData") == 0) {
        parse->in_data = false;
    } else if (strcmp(name, "rPh") == 0) {
        parse->phonetic--;
    }
    return true;
}

bool xlsx_parse_sheet(const struct part_source *source, const char *part,
                      const struct sheet_meaning *meaning, struct book_reading *reading,
                      struct error *err)
{
    struct sheet_parse parse = {.meaning = meaning, .reading = reading};
    const struct xml_handler merges = {merge_start, NULL, NULL, &parse};
    const struct xml_handler rows = {row_start, row_text, row_end, &parse};
    bool ok = false;

    parse.value = (struct buffer)BUFFER_INIT(VALUE_BYTES_MAX);
    parse.rows = sheet_rows_new(reading->visit, reading->context, err);
    if (parse.rows == NULL) goto out;
    if (!part_source_parse(source, part, &merges, NULL, err)) goto out;
    ok = part_source_parse(source, part, &rows, &parse.done, err);
out:
    sheet_rows_free(parse.rows);
    buffer_done(&parse.value);
    return ok;
}
