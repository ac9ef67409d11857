/*
 * table.c - listings on standard output.
 */
#include "cli/table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"

#define TABLE_BATCH_BYTES_MAX (64u * 1024 * 1024)

struct table {
    enum table_format format;
    struct table_column columns[TABLE_COLUMNS_MAX];
    size_t count;
    size_t order[TABLE_COLUMNS_MAX]; /* columns sorted by name, for JSON */
    size_t width[TABLE_COLUMNS_MAX];
    bool hidden[TABLE_COLUMNS_MAX]; /* a column of text without any, in a table of one batch */
    bool has_heading;
    uint64_t rows_written;

    /* the batch: cells as text, one after the other, each NUL-terminated */
    struct buffer bytes;
    size_t at[TABLE_BATCH_ROWS][TABLE_COLUMNS_MAX];
    size_t rows;
    size_t cell; /* of the row being filled */
    struct error failure;
};

bool table_format_parse(const char *text, enum table_format *out, struct error *err)
{
    if (strcmp(text, "table") == 0) {
        *out = TABLE_ALIGNED;
    } else if (strcmp(text, "csv") == 0) {
        *out = TABLE_CSV;
    } else if (strcmp(text, "json") == 0) {
        *out = TABLE_JSON;
    } else {
        return error_set(err, ERROR_USAGE, "\"%s\" is no format; use table, csv or json", text);
    }
    return true;
}

bool table_begin(enum table_format format, const struct table_column *columns, size_t count,
                 struct table **out, struct error *err)
{
    struct table *table = calloc(1, sizeof *table);
    size_t i, j;

    assert(count > 0 && count <= TABLE_COLUMNS_MAX);
    if (table == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    table->format = format;
    table->count = count;
    table->bytes = (struct buffer)BUFFER_INIT(TABLE_BATCH_BYTES_MAX);
    for (i = 0; i < count; i++) {
        table->columns[i] = columns[i];
        table->width[i] = text_width(columns[i].heading);
        for (j = i; j > 0 && strcmp(columns[table->order[j - 1]].name, columns[i].name) > 0; j--) {
            table->order[j] = table->order[j - 1];
        }
        table->order[j] = i;
    }
    *out = table;
    return true;
}

void table_free(struct table *table)
{
    if (table == NULL) return;
    buffer_done(&table->bytes);
    free(table);
}

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

void table_amount(struct table *table, money_t amount)
{
    char text[MONEY_TEXT_SIZE];
    char fen[32];

    assert(table->columns[table->cell].type == COLUMN_AMOUNT);
    switch (table->format) {
    case TABLE_ALIGNED:
        put_cell(table, money_format_grouped(amount, text));
        break;
    case TABLE_CSV:
        put_cell(table, money_format(amount, text));
        break;
    case TABLE_JSON:
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

void table_boolean(struct table *table, bool value)
{
    assert(table->columns[table->cell].type == COLUMN_BOOLEAN);
    if (table->format == TABLE_JSON) {
        put_cell(table, value ? "true" : "false");
    } else {
        put_cell(table, value ? "yes" : "no");
    }
}

/* ---- Writing -------------------------------------------------------------------------------- */

static const char *cell_text(const struct table *table, size_t row, size_t column)
{
    return (const char *)table->bytes.data + table->at[row][column];
}

static void write_spaces(size_t count)
{
    while (count-- > 0)
        putchar(' ');
}

/* What is shown can't move the cursor: control characters become spaces. */
static void write_plain(const char *text)
{
    for (; *text != 0; text++)
        putchar((uint8_t)*text < 0x20 || *text == 0x7f ? ' ' : *text);
}

static void write_aligned_cell(const struct table *table, size_t column, const char *text)
{
    size_t width = text_width(text);
    size_t fill = table->width[column] > width ? table->width[column] - width : 0;
    bool to_right = table->columns[column].type == COLUMN_AMOUNT ||
                    table->columns[column].type == COLUMN_INTEGER;

    if (table->hidden[column]) return;
    if (column > 0) write_spaces(2);
    if (to_right) write_spaces(fill);
    write_plain(text);
    if (!to_right && column + 1 < table->count) write_spaces(fill);
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

static void write_aligned(struct table *table)
{
    size_t row, column;

    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            size_t width = text_width(cell_text(table, row, column));
            if (width > table->width[column]) table->width[column] = width;
        }
    }
    if (!table->has_heading) {
        if (table->rows < TABLE_BATCH_ROWS) hide_empty_columns(table);
        for (column = 0; column < table->count; column++) {
            write_aligned_cell(table, column, table->columns[column].heading);
        }
        putchar('\n');
    }
    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            write_aligned_cell(table, column, cell_text(table, row, column));
        }
        putchar('\n');
    }
}

static void write_csv_cell(const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text != 0; text++) {
        if (*text == '"') putchar('"');
        putchar(*text);
    }
    putchar('"');
}

static void write_csv(struct table *table)
{
    size_t row, column;

    if (!table->has_heading) {
        for (column = 0; column < table->count; column++) {
            printf("%s%s", column > 0 ? "," : "", table->columns[column].name);
        }
        printf("\r\n");
    }
    for (row = 0; row < table->rows; row++) {
        for (column = 0; column < table->count; column++) {
            if (column > 0) putchar(',');
            write_csv_cell(cell_text(table, row, column));
        }
        printf("\r\n");
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

    if (!table->has_heading) putchar('[');
    for (row = 0; row < table->rows; row++) {
        if (!write_json_row(table, row, &line, err)) goto out;
        printf("%s\n%s", table->rows_written + row > 0 ? "," : "", buffer_text(&line));
    }
    ok = true;
out:
    buffer_done(&line);
    return ok;
}

static bool write_batch(struct table *table, struct error *err)
{
    switch (table->format) {
    case TABLE_ALIGNED:
        write_aligned(table);
        break;
    case TABLE_CSV:
        write_csv(table);
        break;
    case TABLE_JSON:
        if (!write_json(table, err)) return false;
        break;
    }
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

bool table_end(struct table *table, const char *when_empty, struct error *err)
{
    bool is_empty = table->rows_written == 0 && table->rows == 0;

    assert(table->cell == 0);
    if (is_empty && table->format == TABLE_ALIGNED) {
        printf("%s\n", when_empty);
        return true;
    }
    if ((table->rows > 0 || is_empty) && !write_batch(table, err)) return false;
    if (table->format == TABLE_JSON) printf(table->rows_written > 0 ? "\n]\n" : "]\n");
    return true;
}
