/*
 * table.h - listings: aligned for people, CSV for sheets, JSON for programs.
 *
 * 1. Rows appear in the order given; columns in the order declared (JSON sorts by name).
 * 2. Amounts are yuan in a table and in CSV, integer fen in JSON.
 * 3. Memory is bounded: a table is aligned over TABLE_BATCH_ROWS rows at a time.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/money.h"

#define TABLE_COLUMNS_MAX 24
#define TABLE_BATCH_ROWS  512

enum table_format { TABLE_ALIGNED, TABLE_CSV, TABLE_JSON };

bool table_format_parse(const char *text, enum table_format *out, struct error *err) MUST_CHECK;

enum table_type { COLUMN_TEXT, COLUMN_AMOUNT, COLUMN_INTEGER, COLUMN_BOOLEAN };

struct table_column {
    const char *name;    /* "event_date": JSON and CSV */
    const char *heading; /* "date": aligned */
    enum table_type type;
};

struct table;

/** Begin a listing on standard output. */
bool table_begin(enum table_format format, const struct table_column *columns, size_t count,
                 struct table **out, struct error *err) MUST_CHECK;
/* One cell after the other, in the order of the columns; text is copied. */
void table_text(struct table *table, const char *text);
void table_amount(struct table *table, money_t amount);
void table_integer(struct table *table, int64_t value);
void table_boolean(struct table *table, bool value);
/** The row is whole. */
bool table_row(struct table *table, struct error *err) MUST_CHECK;
/** Write what is left. `when_empty` is said instead of an aligned table without rows. */
bool table_end(struct table *table, const char *when_empty, struct error *err) MUST_CHECK;
/** NULL allowed. */
void table_free(struct table *table);

#endif
