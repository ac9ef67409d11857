/*
 * table.h - listings: aligned for people, XLSX and CSV for sheets, JSON for programs.
 *
 * 1. Rows appear in the order given; columns in the order declared (JSON sorts by name).
 * 2. Amounts are yuan in a table, CSV and XLSX, integer fen in JSON; shares are per cent there,
 *    integers of 1/10,000 in JSON.
 * 3. Headings and words are in the reader's language in a table, in Chinese in XLSX.
 * 4. Memory is bounded: a table is aligned over TABLE_BATCH_ROWS rows at a time.
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

enum table_kind { TABLE_ALIGNED, TABLE_CSV, TABLE_JSON, TABLE_XLSX };

/** How a listing is written, and where. */
struct table_format {
    enum table_kind kind;
    const char *output; /* a file, lent; NULL: standard output */
};

/**
 * From --format and --output, each NULL when not given: a file's ending tells its format when
 * nothing else does. XLSX needs a file; a table for people goes to standard output.
 */
bool table_format_read(const char *format, const char *output, struct table_format *out,
                       struct error *err) MUST_CHECK;
/** A word of ours as such a listing writes it: table_word() as a text. */
const char *table_word_of(struct table_format format, const char *code)
    __attribute__((format_arg(2)));
/** For people, on standard output: more may be said around the table. */
bool table_is_aligned(struct table_format format);

enum table_type { COLUMN_TEXT, COLUMN_AMOUNT, COLUMN_INTEGER, COLUMN_SHARE, COLUMN_BOOLEAN };

struct table_column {
    const char *name;    /* "event_date": JSON and CSV; its Chinese word is the heading in XLSX */
    const char *heading; /* "date": aligned */
    enum table_type type;
};

struct table;

/** Begin a listing. */
bool table_begin(struct table_format format, const struct table_column *columns, size_t count,
                 struct table **out, struct error *err) MUST_CHECK;
/* One cell after the other, in the order of the columns; text is copied. */
void table_text(struct table *table, const char *text);
/** A word of ours ("in_transit"): the code to programs, Chinese in sheets, in their language to
 * people. */
void table_word(struct table *table, const char *code);
void table_amount(struct table *table, money_t amount);
void table_integer(struct table *table, int64_t value);
/** In 1/10,000. */
void table_share(struct table *table, int64_t share_bp);
void table_boolean(struct table *table, bool value);
/** Nothing to say here, in a column of any type: null in JSON. */
void table_empty(struct table *table);
/** The row is whole. */
bool table_row(struct table *table, struct error *err) MUST_CHECK;
/** Write what is left, and the file. `when_empty` is said instead of an aligned table without rows.
 */
bool table_end(struct table *table, const char *when_empty, struct error *err) MUST_CHECK;
/** NULL allowed. What was not ended leaves no file. */
void table_free(struct table *table);

/** The Chinese heading of a column by its name; NULL when it has none. */
const char *table_heading_chinese(const char *name);
/** The Chinese word for a code of ours, or the code. */
const char *table_word_chinese(const char *code) __attribute__((format_arg(1)));

#endif
