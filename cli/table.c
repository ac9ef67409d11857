/*
 * table.c - listings on standard output, or in a file.
 *
 * 1. A file appears under its name when it is whole.
 */
#include "cli/table.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "exporters/exporters.h"

#define TABLE_BATCH_BYTES_MAX (64u * 1024 * 1024)
#define PATH_SIZE             4096
#define FOLDED_WIDTH_MIN      12
#define BELOW_INDENT          4

struct table {
    enum table_kind kind;
    const char *output;   /* lent; NULL: standard output */
    char part[PATH_SIZE]; /* the file's name until it is whole; "" when there is none */
    FILE *stream;         /* for all but XLSX */
    struct xlsx *xlsx;
    struct table_column columns[TABLE_COLUMNS_MAX];
    size_t count;
    size_t order[TABLE_COLUMNS_MAX]; /* columns sorted by name, for JSON */
    size_t width[TABLE_COLUMNS_MAX];
    bool hidden[TABLE_COLUMNS_MAX];   /* a column that says nothing, in a table of one batch */
    bool all_zero[TABLE_COLUMNS_MAX]; /* hidden for want of room, and told of */
    size_t folded; /* the last column, when its text goes on below itself; else TABLE_COLUMNS_MAX */
    bool goes_below[TABLE_COLUMNS_MAX]; /* with those behind it, for want of room beside */
    bool has_heading;
    uint64_t rows_written;

    /* the batch: cells as text, one after the other, each NUL-terminated */
    struct buffer bytes;
    size_t at[TABLE_BATCH_ROWS][TABLE_COLUMNS_MAX];
    size_t rows;
    size_t cell; /* of the row being filled */
    struct error failure;
};

/* ---- Which format, and where ---------------------------------------------------------------- */

static const char *const kind_names[] = {
    [TABLE_ALIGNED] = "table", [TABLE_CSV] = "csv", [TABLE_JSON] = "json", [TABLE_XLSX] = "xlsx"};

static bool parse_kind(const char *text, enum table_kind *out)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(kind_names); i++) {
        if (strcmp(text, kind_names[i]) != 0) continue;
        *out = (enum table_kind)i;
        return true;
    }
    return false;
}

bool table_format_read(const char *format, const char *output, struct table_format *out,
                       struct error *err)
{
    const char *ending = output != NULL ? strrchr(output, '.') : NULL;
    struct table_format read = {TABLE_ALIGNED, output};

    if (format != NULL && !parse_kind(format, &read.kind)) {
        return error_set(err, ERROR_USAGE, "\"%s\" is no format; use table, csv, json or xlsx",
                         format);
    }
    if (format == NULL && ending != NULL) (void)parse_kind(ending + 1, &read.kind);
    if (output == NULL && read.kind == TABLE_XLSX) {
        return error_set(err, ERROR_USAGE, "xlsx needs a file; add --output FILE.xlsx");
    }
    if (output != NULL && read.kind == TABLE_ALIGNED) {
        return error_set(err, ERROR_USAGE,
                         "a file is csv, json or xlsx; end its name so, or say --format");
    }
    *out = read;
    return true;
}

bool table_is_aligned(struct table_format format)
{
    return format.kind == TABLE_ALIGNED;
}

/* ---- Beginning ------------------------------------------------------------------------------ */

static bool open_xlsx(struct table *table, struct error *err)
{
    const char *headings[TABLE_COLUMNS_MAX];
    size_t i;

    for (i = 0; i < table->count; i++) {
        headings[i] = table_heading_chinese(table->columns[i].name);
        if (headings[i] == NULL) headings[i] = table->columns[i].heading;
    }
    return xlsx_open(table->output, headings, table->count, &table->xlsx, err);
}

static bool refuse_output(const struct table *table, struct error *err)
{
    (void)error_set(err, ERROR_IO, "can't be written: %s; make room or choose another place",
                    strerror(errno));
    return error_at(err, "%s", table->output);
}

static bool open_output(struct table *table, struct error *err)
{
    int size;

    if (table->kind == TABLE_XLSX) return open_xlsx(table, err);
    table->stream = stdout;
    if (table->output == NULL) return true;
    size = snprintf(table->part, sizeof table->part, "%s.part", table->output);
    if (size < 0 || (size_t)size >= sizeof table->part) {
        table->part[0] = 0;
        return error_set(err, ERROR_LIMIT, "the name of the file is longer than %d bytes",
                         PATH_SIZE - 6);
    }
    table->stream = fopen(table->part, "w");
    if (table->stream != NULL) return true;
    table->part[0] = 0;
    return refuse_output(table, err);
}

bool table_begin(struct table_format format, const struct table_column *columns, size_t count,
                 struct table **out, struct error *err)
{
    struct table *table = calloc(1, sizeof *table);
    size_t i, j;

    assert(count > 0 && count <= TABLE_COLUMNS_MAX);
    if (table == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    table->kind = format.kind;
    table->output = format.output;
    table->count = count;
    table->folded = TABLE_COLUMNS_MAX;
    table->bytes = (struct buffer)BUFFER_INIT(TABLE_BATCH_BYTES_MAX);
    for (i = 0; i < count; i++) {
        table->columns[i] = columns[i];
        table->columns[i].heading = translate(columns[i].heading);
        table->width[i] = text_width(table->columns[i].heading);
        for (j = i; j > 0 && strcmp(columns[table->order[j - 1]].name, columns[i].name) > 0; j--) {
            table->order[j] = table->order[j - 1];
        }
        table->order[j] = i;
    }
    if (!open_output(table, err)) {
        table_free(table);
        return false;
    }
    *out = table;
    return true;
}

void table_free(struct table *table)
{
    if (table == NULL) return;
    xlsx_discard(table->xlsx);
    if (table->part[0] != 0) {
        if (table->stream != NULL) (void)fclose(table->stream);
        (void)remove(table->part);
    }
    buffer_done(&table->bytes);
    free(table);
}

/* ---- Cells ---------------------------------------------------------------------------------- */

static void put_cell(struct table *table, const char *text)
{
    assert(table->cell < table->count);
    if (table->failure.code != ERROR_NONE) return;
    table->at[table->rows][table->cell] = table->bytes.size;
    if (!buffer_append(&table->bytes, (const uint8_t *)text, strlen(text) + 1, &table->failure)) {
        return;
    }
    table->cell++;
}

void table_text(struct table *table, const char *text)
{
    assert(table->columns[table->cell].type == COLUMN_TEXT);
    put_cell(table, text);
}

const char *table_word_of(struct table_format format, const char *code)
{
    switch (format.kind) {
    case TABLE_ALIGNED:
        return translate(code);
    case TABLE_XLSX:
        return table_word_chinese(code);
    case TABLE_CSV:
    case TABLE_JSON:
        break;
    }
    return code;
}

void table_word(struct table *table, const char *code)
{
    table_text(table, table_word_of((struct table_format){.kind = table->kind}, code));
}

void table_amount(struct table *table, money_t amount)
{
    char text[MONEY_TEXT_SIZE];
    char fen[32];

    assert(table->columns[table->cell].type == COLUMN_AMOUNT);
    switch (table->kind) {
    case TABLE_ALIGNED:
        put_cell(table, money_format_grouped(amount, text));
        break;
    case TABLE_CSV:
        put_cell(table, money_format(amount, text));
        break;
    case TABLE_JSON:
    case TABLE_XLSX:
        snprintf(fen, sizeof fen, "%lld", (long long)amount.fen);
        put_cell(table, fen);
        break;
    }
}

void table_integer(struct table *table, int64_t value)
{
    char text[32];

    assert(table->columns[table->cell].type == COLUMN_INTEGER);
    snprintf(text, sizeof text, "%lld", (long long)value);
    put_cell(table, text);
}

void table_share(struct table *table, int64_t share_bp)
{
    bool is_text = table->kind == TABLE_ALIGNED || table->kind == TABLE_CSV;
    int64_t size = share_bp < 0 ? -share_bp : share_bp;
    char text[64];

    assert(table->columns[table->cell].type == COLUMN_SHARE);
    if (is_text) {
        snprintf(text, sizeof text, "%s%lld.%02lld%%", share_bp < 0 ? "-" : "",
                 (long long)(size / 100), (long long)(size % 100));
    } else {
        snprintf(text, sizeof text, "%lld", (long long)share_bp);
    }
    put_cell(table, text);
}

void table_boolean(struct table *table, bool value)
{
    assert(table->columns[table->cell].type == COLUMN_BOOLEAN);
    if (table->kind == TABLE_JSON) {
        put_cell(table, value ? "true" : "false");
    } else if (table->kind == TABLE_ALIGNED) {
        put_cell(table, value ? _("yes") : _("no"));
    } else if (table->kind == TABLE_XLSX) {
        put_cell(table, table_word_chinese(value ? "yes" : "no"));
    } else {
        put_cell(table, value ? "yes" : "no");
    }
}

void table_empty(struct table *table)
{
    put_cell(table, table->kind == TABLE_JSON ? "null" : "");
}

/* ---- Writing -------------------------------------------------------------------------------- */

static const char *cell_text(const struct table *table, size_t row, size_t column)
{
    return (const char *)table->bytes.data + table->at[row][column];
}

static void write_spaces(const struct table *table, size_t count)
{
    while (count-- > 0)
        putc(' ', table->stream);
}

/* What is shown can't move the cursor: control characters become spaces. */
static void write_plain(const struct table *table, const char *text)
{
    for (; *text != 0; text++)
        putc((uint8_t)*text < 0x20 || *text == 0x7f ? ' ' : *text, table->stream);
}

static void write_aligned_cell(const struct table *table, size_t column, const char *text)
{
    size_t width = text_width(text);
    size_t fill = table->width[column] > width ? table->width[column] - width : 0;
    bool to_right =
        table->columns[column].type != COLUMN_TEXT && table->columns[column].type != COLUMN_BOOLEAN;

    if (table->hidden[column]) return;
    if (table->goes_below[column]) {
        putc('\n', table->stream);
        write_spaces(table, BELOW_INDENT);
    } else if (column > 0) {
        write_spaces(table, 2);
    }
    if (to_right) write_spaces(table, fill);
    write_plain(table, text);
    if (!to_right && column + 1 < table->count) write_spaces(table, fill);
}

/* What nobody filled in would only push the rest off the screen. */
static void hide_empty_columns(struct table *table)
{
    size_t row, column;

    for (column = 1; column < table->count; column++) {
        table->hidden[column] = table->columns[column].type == COLUMN_TEXT;
        for (row = 0; row < table->rows && table->hidden[column]; row++) {
            table->hidden[column] = cell_text(table, row, column)[0] == 0;
        }
    }
}

/* ---- Within the width of a terminal -----------------------------------------------------------
 */

/* Where a column begins: behind those shown before it on its line. */
static size_t column_at(const struct table *table, size_t column)
{
    size_t at = 0;
    size_t i;

    for (i = 0; i < column; i++) {
        if (table->goes_below[i]) at = BELOW_INDENT;
        if (!table->hidden[i]) at += table->width[i] + 2;
    }
    return table->goes_below[column] ? BELOW_INDENT : at;
}

static size_t last_shown(const struct table *table)
{
    size_t last = table->count - 1;

    while (last > 0 && table->hidden[last])
        last--;
    return last;
}

/* Of a table of which nothing goes below. */
static size_t shown_width(const struct table *table)
{
    size_t last = last_shown(table);

    return column_at(table, last) + table->width[last];
}

static void hide_zero_columns(struct table *table)
{
    size_t row, column;

    for (column = 1; column < table->count; column++) {
        bool is_zero = table->columns[column].type == COLUMN_AMOUNT && !table->hidden[column];

        for (row = 0; row < table->rows && is_zero; row++)
            is_zero = strcmp(cell_text(table, row, column), "0.00") == 0;
        table->all_zero[column] = is_zero;
        table->hidden[column] = table->hidden[column] || is_zero;
    }
}

/*
 * A table of one batch, for a terminal of so many columns: without amounts that are all zero; else
 * with the last text going on below itself; else with what has no room on lines of its own.
 */
static void fit(struct table *table, size_t columns)
{
    size_t last, end, i;

    if (shown_width(table) > columns) hide_zero_columns(table);
    last = last_shown(table);
    end = shown_width(table);
    if (end > columns && (table->columns[last].type != COLUMN_TEXT ||
                          end - columns + FOLDED_WIDTH_MIN > table->width[last])) {
        for (i = 1; i < table->count; i++)
            table->goes_below[i] =
                !table->hidden[i] && column_at(table, i) + table->width[i] > columns;
        end = column_at(table, last) + table->width[last];
    }
    if (end > columns && table->columns[last].type == COLUMN_TEXT) {
        table->folded = last;
        table->width[last] -= end - columns;
    }
}

/* What the reader's terminal has no room for. */
static void tell_fit(const struct table *table)
{
    struct buffer names = BUFFER_INIT(TABLE_COLUMNS_MAX * PATH_SIZE);
    const char *between = _("all 0.00, so not shown: ");
    struct error passed = ERROR_INIT;
    size_t column;

    for (column = 0; column < table->count; column++) {
        if (!table->all_zero[column]) continue;
        if (!buffer_append_format(&names, &passed, "%s%s", between, table->columns[column].heading))
            error_clear(&passed); /* nobody is misled by a name that isn't told */
        between = ", ";
    }
    if (names.size > 0) {
        terminal_put_folded(table->stream, 0, buffer_text(&names));
        putc('\n', table->stream);
    }
    buffer_done(&names);
}

/* ---- Aligned ----------------------------------------------------------------------------------
 */

/* The last cell of a row, going on below itself where it was folded. */
static void write_last_cell(const struct table *table, size_t column, const char *text)
{
    if (column != table->folded) {
        write_aligned_cell(table, column, text);
        return;
    }
    write_aligned_cell(table, column, "");
    terminal_put_column(table->stream, column_at(table, column), table->width[column], text);
}

static void write_row(const struct table *table, size_t row)
{
    size_t end = table->count;
    size_t column;

    while (end > 1 && (table->hidden[end - 1] || cell_text(table, row, end - 1)[0] == 0))
        end--; /* nothing but spaces would follow */
    for (column = 0; column + 1 < end; column++)
        write_aligned_cell(table, column, cell_text(table, row, column));
    write_last_cell(table, column, cell_text(table, row, column));
    putc('\n', table->stream);
}

static void write_aligned(struct table *table)
{
    size_t columns = terminal_columns(table->stream);
    size_t row, column;

    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            size_t width = text_width(cell_text(table, row, column));
            if (width > table->width[column]) table->width[column] = width;
        }
    }
    if (!table->has_heading) {
        if (table->rows < TABLE_BATCH_ROWS) {
            hide_empty_columns(table);
            if (columns > 0) fit(table, columns);
        }
        terminal_mark(table->stream, MARK_HEADING);
        for (column = 0; column < table->count; column++) {
            write_aligned_cell(table, column, table->columns[column].heading);
        }
        terminal_mark(table->stream, MARK_NONE);
        putc('\n', table->stream);
    }
    for (row = 0; row < table->rows; row++)
        write_row(table, row);
}

static void write_csv_cell(const struct table *table, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, table->stream);
        return;
    }
    putc('"', table->stream);
    for (; *text != 0; text++) {
        if (*text == '"') putc('"', table->stream);
        putc(*text, table->stream);
    }
    putc('"', table->stream);
}

static void write_csv(struct table *table)
{
    size_t row, column;

    if (!table->has_heading) {
        for (column = 0; column < table->count; column++) {
            fprintf(table->stream, "%s%s", column > 0 ? "," : "", table->columns[column].name);
        }
        fprintf(table->stream, "\r\n");
    }
    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            if (column > 0) putc(',', table->stream);
            write_csv_cell(table, cell_text(table, row, column));
        }
        fprintf(table->stream, "\r\n");
    }
}

static bool write_json_row(const struct table *table, size_t row, struct buffer *out,
                           struct error *err)
{
    struct json_writer writer;
    size_t i;

    buffer_reset(out);
    json_writer_init(&writer, out);
    json_object_begin(&writer);
    for (i = 0; i < table->count; i++) {
        size_t column = table->order[i];
        const char *text = cell_text(table, row, column);

        json_name(&writer, table->columns[column].name);
        if (table->columns[column].type == COLUMN_TEXT) {
            json_string(&writer, text);
        } else {
            json_raw(&writer, (const uint8_t *)text, strlen(text));
        }
    }
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool write_json(struct table *table, struct error *err)
{
    struct buffer line = BUFFER_INIT(TABLE_BATCH_BYTES_MAX);
    size_t row;
    bool ok = false;

    if (!table->has_heading) putc('[', table->stream);
    for (row = 0; row < table->rows; row++) {
        if (!write_json_row(table, row, &line, err)) goto out;
        fprintf(table->stream, "%s\n%s", table->rows_written + row > 0 ? "," : "",
                buffer_text(&line));
    }
    ok = true;
out:
    buffer_done(&line);
    return ok;
}

static bool write_xlsx_cell(struct xlsx *xlsx, enum table_type type, const char *text,
                            struct error *err)
{
    int64_t value = strtoll(text, NULL, 10); /* of our own making, where it is a number */

    if (text[0] == 0) return xlsx_empty(xlsx, err);
    switch (type) {
    case COLUMN_TEXT:
    case COLUMN_BOOLEAN:
        return xlsx_text(xlsx, text, err);
    case COLUMN_AMOUNT:
        return xlsx_amount(xlsx, (money_t){value}, err);
    case COLUMN_INTEGER:
        return xlsx_integer(xlsx, value, err);
    case COLUMN_SHARE:
        return xlsx_share(xlsx, value, err);
    }
    return false;
}

static bool write_xlsx(struct table *table, struct error *err)
{
    size_t row, column;

    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            if (!write_xlsx_cell(table->xlsx, table->columns[column].type,
                                 cell_text(table, row, column), err)) {
                return false;
            }
        }
    }
    return true;
}

static bool write_batch(struct table *table, struct error *err)
{
    switch (table->kind) {
    case TABLE_ALIGNED:
        write_aligned(table);
        break;
    case TABLE_CSV:
        write_csv(table);
        break;
    case TABLE_JSON:
        if (!write_json(table, err)) return false;
        break;
    case TABLE_XLSX:
        if (!write_xlsx(table, err)) return false;
        break;
    }
    /* Now, because nobody can tell later why it failed. */
    if (table->kind != TABLE_XLSX && table->output != NULL && fflush(table->stream) != 0)
        return refuse_output(table, err);
    table->has_heading = true;
    table->rows_written += table->rows;
    table->rows = 0;
    buffer_reset(&table->bytes);
    return true;
}

bool table_row(struct table *table, struct error *err)
{
    if (table->failure.code != ERROR_NONE) {
        *err = table->failure;
        return false;
    }
    assert(table->cell == table->count);
    table->cell = 0;
    table->rows++;
    return table->rows < TABLE_BATCH_ROWS || write_batch(table, err);
}

/* Give the file its name. */
static bool close_output(struct table *table, struct error *err)
{
    FILE *stream = table->stream;
    struct xlsx *xlsx = table->xlsx;

    table->stream = NULL;
    table->xlsx = NULL;
    if (table->kind == TABLE_XLSX) return xlsx_close(xlsx, err);
    if (table->output == NULL) return true;
    if (fclose(stream) != 0 || rename(table->part, table->output) != 0)
        return refuse_output(table, err);
    table->part[0] = 0;
    return true;
}

bool table_end(struct table *table, const char *when_empty, struct error *err)
{
    bool is_empty = table->rows_written == 0 && table->rows == 0;

    assert(table->cell == 0);
    if (is_empty && table->kind == TABLE_ALIGNED) {
        printf("%s\n", translate(when_empty));
        return true;
    }
    if ((table->rows > 0 || is_empty) && !write_batch(table, err)) return false;
    if (table->kind == TABLE_ALIGNED) tell_fit(table);
    if (table->kind == TABLE_JSON) {
        fprintf(table->stream, table->rows_written > 0 ? "\n]\n" : "]\n");
    }
    return close_output(table, err);
}
