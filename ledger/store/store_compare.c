/*
 * store_compare.c - one table in two stores, compared row for row.
 *
 * Both are walked in the order of their primary key, which every engine keeps bytewise; the walk
 * stops at the first difference, so that a replay can name it.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/encode.h"
#include "ledger/store/store.h"

#define QUERY_SIZE_MAX 8192
#define BLOB_SHOWN_MAX 32 /* bytes of a blob that are shown in hex */

/* Copy text cut at a character's border. */
static void copy_cut(char *out, size_t out_size, const char *text)
{
    size_t size = strlen(text);

    if (size >= out_size) {
        size = out_size - 1;
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
    }
    memcpy(out, text, size);
    out[size] = '\0';
}

static void show_value(const struct statement *row, int column, enum store_type type, char *out,
                       size_t out_size)
{
    char hex[2 * BLOB_SHOWN_MAX + 1];
    const uint8_t *data;
    size_t size;

    if (statement_is_null(row, column)) {
        copy_cut(out, out_size, "(null)");
        return;
    }
    switch (type) {
    case STORE_INTEGER:
        (void)snprintf(out, out_size, "%lld", (long long)statement_integer(row, column));
        return;
    case STORE_TEXT:
        copy_cut(out, out_size, statement_text(row, column));
        return;
    case STORE_BLOB:
        data = statement_blob(row, column, &size);
        hex_encode(data, size < BLOB_SHOWN_MAX ? size : BLOB_SHOWN_MAX, hex);
        copy_cut(out, out_size, hex);
        return;
    }
}

/* -1, 0, 1 as the left value sorts before, with or behind the right one; NULL comes first. */
static int compare_value(const struct statement *left, const struct statement *right, int column,
                         enum store_type type)
{
    bool left_null = statement_is_null(left, column), right_null = statement_is_null(right, column);
    const uint8_t *a, *b;
    size_t a_size, b_size;
    int order;

    if (left_null || right_null) return (int)right_null - (int)left_null;
    if (type == STORE_INTEGER) {
        int64_t x = statement_integer(left, column), y = statement_integer(right, column);

        return (x > y) - (x < y);
    }
    a = statement_blob(left, column, &a_size);
    b = statement_blob(right, column, &b_size);
    order = a_size == 0 || b_size == 0 ? 0 : memcmp(a, b, a_size < b_size ? a_size : b_size);
    if (order != 0) return order < 0 ? -1 : 1;
    return (a_size > b_size) - (a_size < b_size);
}

/* The index of the key column whose name stands at `*at` in "voucher, line"; moves past it. */
static size_t next_key_column(const struct store_table *table, const char **at)
{
    size_t size;

    while (**at == ' ' || **at == ',')
        (*at)++;
    size = strcspn(*at, " ,");
    for (size_t i = 0; size > 0 && i < table->column_count; i++) {
        const char *name = table->columns[i].name;

        if (strlen(name) == size && memcmp(name, *at, size) == 0) {
            *at += size;
            return i;
        }
    }
    assert(size == 0); /* a primary key names columns of its table */
    return table->column_count;
}

static int compare_keys(const struct statement *left, const struct statement *right,
                        const struct store_table *table)
{
    const char *at = table->primary_key;
    size_t column;

    while ((column = next_key_column(table, &at)) < table->column_count) {
        int order = compare_value(left, right, (int)column, table->columns[column].type);

        if (order != 0) return order;
    }
    return 0;
}

static void show_key(const struct statement *row, const struct store_table *table, char *out,
                     size_t out_size)
{
    const char *at = table->primary_key;
    char value[128];
    size_t used = 0, column;

    out[0] = '\0';
    while ((column = next_key_column(table, &at)) < table->column_count) {
        int written;

        show_value(row, (int)column, table->columns[column].type, value, sizeof value);
        written = snprintf(out + used, out_size - used, "%s%s=%s", used == 0 ? "" : ", ",
                           table->columns[column].name, value);
        if (written < 0 || (size_t)written >= out_size - used) return;
        used += (size_t)written;
    }
}

static void tell_row(const struct statement *left, const struct statement *right,
                     const struct store_table *table, struct store_table_difference *difference)
{
    memset(difference, 0, sizeof *difference);
    copy_cut(difference->table, sizeof difference->table, table->name);
    show_key(left != NULL ? left : right, table, difference->key, sizeof difference->key);
    copy_cut(difference->left, sizeof difference->left, left != NULL ? "(row)" : "(no row)");
    copy_cut(difference->right, sizeof difference->right, right != NULL ? "(row)" : "(no row)");
}

static void tell_column(const struct statement *left, const struct statement *right,
                        const struct store_table *table, size_t column,
                        struct store_table_difference *difference)
{
    const struct store_column *what = &table->columns[column];

    tell_row(left, right, table, difference);
    copy_cut(difference->column, sizeof difference->column, what->name);
    show_value(left, (int)column, what->type, difference->left, sizeof difference->left);
    show_value(right, (int)column, what->type, difference->right, sizeof difference->right);
}

/* Compare the rows that both statements stand on; a NULL is a side that has ended. */
static bool rows_equal(const struct statement *left, const struct statement *right,
                       const struct store_table *table, struct store_table_difference *difference)
{
    int order = left == NULL ? 1 : right == NULL ? -1 : compare_keys(left, right, table);

    if (order != 0) {
        tell_row(order < 0 ? left : NULL, order > 0 ? right : NULL, table, difference);
        return false;
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (compare_value(left, right, (int)i, table->columns[i].type) != 0) {
            tell_column(left, right, table, i, difference);
            return false;
        }
    return true;
}

static bool format_query(const struct store_table *table, struct buffer *sql, struct error *err)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (!buffer_append_format(sql, err, "%s%s", i == 0 ? "SELECT " : ", ",
                                  table->columns[i].name))
            return false;
    return buffer_append_format(sql, err, " FROM %s ORDER BY %s", table->name, table->primary_key);
}

bool store_compare_table(struct store *left, struct store *right, const struct store_table *table,
                         bool *equal, struct store_table_difference *difference, struct error *err)
{
    struct buffer sql = BUFFER_INIT(QUERY_SIZE_MAX);
    struct statement *left_rows = NULL, *right_rows = NULL;
    bool has_left = true, has_right = true, same = true;
    bool ok = false;

    if (!format_query(table, &sql, err)) goto out;
    if (!store_prepare(left, buffer_text(&sql), &left_rows, err)) goto out;
    if (!store_prepare(right, buffer_text(&sql), &right_rows, err)) goto out;
    while (same) {
        if (!statement_step(left_rows, &has_left, err)) goto out;
        if (!statement_step(right_rows, &has_right, err)) goto out;
        if (!has_left && !has_right) break;
        same = rows_equal(has_left ? left_rows : NULL, has_right ? right_rows : NULL, table,
                          difference);
    }
    *equal = same;
    ok = true;
out:
    statement_free(left_rows);
    statement_free(right_rows);
    buffer_done(&sql);
    return ok;
}
