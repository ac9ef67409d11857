/*
 * sql.h - statements with their values beside them. Private to ledger/funds.
 *
 * 1. Values are bound in the order in which they are written: the first is $1.
 * 2. Text and blobs are lent until the statement is reset: keep them alive while it steps.
 */
#ifndef LEDGER_FUNDS_SQL_H
#define LEDGER_FUNDS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "ledger/journal/journal.h"
#include "ledger/store/store.h"

struct sql_value {
    enum store_type type;
    int64_t integer;
    const char *text;
    const uint8_t *data;
    size_t size;
};

#define SQL_INTEGER(value)                                                                         \
    {                                                                                              \
        STORE_INTEGER, (int64_t)(value), NULL, NULL, 0                                             \
    }
#define SQL_TEXT(value)                                                                            \
    {                                                                                              \
        STORE_TEXT, 0, (value), NULL, 0                                                            \
    }
#define SQL_HASH(value)                                                                            \
    {                                                                                              \
        STORE_BLOB, 0, NULL, (value).bytes, HASH_SIZE                                              \
    }
/** The values of one statement: SQL_VALUES(SQL_TEXT(code), SQL_INTEGER(year)). */
#define SQL_VALUES(...)                                                                            \
    (const struct sql_value[]){__VA_ARGS__},                                                       \
        sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value)

/** Bind values to a statement that is reset. */
void sql_bind(struct statement *statement, const struct sql_value *values, size_t count);

/** Run a kept statement that gives no rows. `sql` is a string literal. */
bool sql_run(struct journal *journal, const char *sql, const struct sql_value *values, size_t count,
             struct error *err) MUST_CHECK;

/**
 * Bind a kept statement and go to its first row. When *has_row, the caller reads it and resets the
 * statement; without a row it is reset already.
 */
bool sql_row(struct journal *journal, const char *sql, const struct sql_value *values, size_t count,
             struct statement **out, bool *has_row, struct error *err) MUST_CHECK;

/** The first column of the first row; *out is 0 when there is none, or NULL. */
bool sql_integer(struct journal *journal, const char *sql, const struct sql_value *values,
                 size_t count, int64_t *out, struct error *err) MUST_CHECK;

/** The journal's own statement with values bound, for what is asked often and doesn't ask itself again
 * while its rows are read; after them, or instead of the rest, statement_reset(). */
bool sql_statement(struct journal *journal, const char *sql, const struct sql_value *values,
                   size_t count, struct statement **out, struct error *err) MUST_CHECK;

/** A statement of one's own with values bound, for a listing; freed by statement_free(). */
bool sql_prepare(struct journal *journal, const char *sql, const struct sql_value *values,
                 size_t count, struct statement **out, struct error *err) MUST_CHECK;

/** Copy text that fits for certain: cut at `size` - 1 bytes and filled with zeros to the end. */
void text_fill(char *out, size_t size, const char *text);
/** A column's text, filled in the same way. */
void sql_text(const struct statement *statement, int column, char *out, size_t size);
/** A column that holds a hash. */
hash_t sql_hash(const struct statement *statement, int column);
/** A column that holds a date as text; "" leaves *out and gives false in *has (which may be NULL).
 */
bool sql_date(const struct statement *statement, int column, bool *has, date_t *out,
              struct error *err) MUST_CHECK;

#endif
