/*
 * store.h - the one narrow door to a database: transactions, prepared statements, tables.
 *
 * 1. SQL is written once, in what SQLite and PostgreSQL share: $1, $2 … in order of first use,
 *    ON CONFLICT, RETURNING. Values are bound, never pasted.
 * 2. One writer at a time: store_begin() takes the write lock or says ERROR_BUSY at once.
 * 3. A write is durable when store_commit() returns true (WAL, synchronous=FULL).
 * 4. Only this folder knows which engine runs.
 */
#ifndef LEDGER_STORE_STORE_H
#define LEDGER_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

struct store;
struct statement;

enum store_mode {
    STORE_CREATE, /* a new store where none is; a failed creation leaves nothing behind */
    STORE_WRITE,  /* an existing one */
    STORE_READ    /* an existing one, nothing written, read-only media allowed */
};

/* ---- Tables: one column list, a definition made from it for each engine ---------------------- */

enum store_type { STORE_INTEGER /* 64 bits */, STORE_TEXT, STORE_BLOB };

struct store_column {
    const char *name;
    enum store_type type;
    const char *check;   /* SQL condition on the row, or NULL */
    const char *meaning; /* one line: what it holds, its unit, when it is empty */
};

enum store_table_kind {
    STORE_ENDURING, /* the truth: refuses UPDATE and DELETE */
    STORE_SEALED,   /* secrets beside the truth: refuses UPDATE; DELETE but as `erased_when` says */
    STORE_DERIVED   /* a projection that replay rebuilds */
};

struct store_table {
    const char *name;
    enum store_table_kind kind;
    const char *meaning;
    const struct store_column *columns;
    size_t column_count;
    const char *primary_key;    /* "seq" or "voucher, line" */
    const char *const *indexes; /* column lists of secondary indexes; NULL-terminated, or NULL */
    const char *erased_when; /* STORE_SEALED: SQL condition on OLD under which a row may go, while
                                store_permit_erasure() lets it; NULL: never */
};

/* ---- Opening --------------------------------------------------------------------------------- */

/**
 * Open the store at `location`: a ledger's directory (SQLite: `ledger.sqlite` inside).
 *
 * A reader on media that can't be written is told of a non-empty WAL left behind: its entries
 * could not be read.
 *
 * @return false with ERROR_NOT_FOUND (no ledger there), ERROR_CONFLICT (STORE_CREATE and there is
 *         one), ERROR_STORE (not ours, of a newer schema, or damaged) or ERROR_IO
 */
bool store_open(const char *location, enum store_mode mode, struct store **out,
                struct error *err) MUST_CHECK;
/** Roll back what is open, truncate the WAL, release all. NULL allowed. */
void store_close(struct store *store);

/** A store in memory, for replay and tests; ends with store_close(). */
bool store_open_memory(struct store **out, struct error *err) MUST_CHECK;
/** A store in a temporary file that is gone when closed, for a replay larger than memory. */
bool store_open_temporary(const char *directory, struct store **out, struct error *err) MUST_CHECK;

/** Make the tables of a new store, in one transaction of its own, and stamp its schema version. */
bool store_create_tables(struct store *store, const struct store_table *const *tables, size_t count,
                         struct error *err) MUST_CHECK;
/**
 * Say which tables an existing store has, before its first statement: their columns and, for
 * enduring and sealed ones, the guards against UPDATE and DELETE are looked for.
 *
 * @return false with ERROR_STORE naming what is missing
 */
bool store_use_tables(struct store *store, const struct store_table *const *tables, size_t count,
                      struct error *err) MUST_CHECK;
/** The schema version that the store was made with. */
bool store_schema_version(struct store *store, int64_t *out, struct error *err) MUST_CHECK;

#define STORE_SCHEMA_VERSION 1 /* of the tables as this program makes them */

/* ---- Transactions ---------------------------------------------------------------------------- */

bool store_begin(struct store *store, struct error *err) MUST_CHECK;
/** A consistent view for several reads; ends with store_rollback(). */
bool store_begin_read(struct store *store, struct error *err) MUST_CHECK;
bool store_commit(struct store *store, struct error *err) MUST_CHECK;
void store_rollback(struct store *store);
bool store_is_writing(const struct store *store);

/**
 * Let statements that are prepared from now on delete from tables with `erased_when`, or not any
 * more. Nothing of what they delete is left in the file, nor, after the commit, in its WAL (as soon
 * as nobody reads an older view, the last one to close at the latest).
 */
void store_permit_erasure(struct store *store, bool is_permitted);

/* ---- Statements ------------------------------------------------------------------------------ */

/**
 * A prepared statement, kept by the store and found again by its text; lent until store_close().
 * `sql` must be a string literal. Comes reset and unbound. Not for two loops at once on one text:
 * asserts when the statement is still stepping.
 */
bool store_statement(struct store *store, const char *sql, struct statement **out,
                     struct error *err) MUST_CHECK;
/**
 * The same for text made at run time, found again by `key`, an address that stands for one text for
 * as long as the store is open: first ask for it; where that says false, make the text and give it
 * to be kept.
 */
bool store_statement_known(struct store *store, const void *key, struct statement **out);
bool store_statement_keep(struct store *store, const void *key, const char *sql,
                          struct statement **out, struct error *err) MUST_CHECK;
/** One that isn't kept, for a loop within a loop; freed by statement_free(). */
bool store_prepare(struct store *store, const char *sql, struct statement **out,
                   struct error *err) MUST_CHECK;
void statement_free(struct statement *statement);

/* Parameters count from 1. Text and blobs are lent until the statement is reset. Binding can't fail
   but for memory; the failure is told by the next statement_step(). */
void statement_bind_integer(struct statement *statement, int parameter, int64_t value);
void statement_bind_text(struct statement *statement, int parameter, const char *text);
void statement_bind_blob(struct statement *statement, int parameter, const uint8_t *data,
                         size_t size);
void statement_bind_null(struct statement *statement, int parameter);

/** Go to the next row; *has_row is false, and the statement reset, after the last. */
bool statement_step(struct statement *statement, bool *has_row, struct error *err) MUST_CHECK;
/** Run a statement that gives no rows. */
bool statement_run(struct statement *statement, struct error *err) MUST_CHECK;
/** Rows changed by the last statement_run(). */
int64_t store_changed_rows(const struct store *store);
void statement_reset(struct statement *statement);

/* Columns count from 0; text and blobs are lent until the next step or reset. */
int64_t statement_integer(const struct statement *statement, int column);
const char *statement_text(const struct statement *statement, int column); /* "" for NULL */
const uint8_t *statement_blob(const struct statement *statement, int column, size_t *size);
bool statement_is_null(const struct statement *statement, int column);
int statement_column_count(const struct statement *statement);

/* ---- Upkeep ---------------------------------------------------------------------------------- */

/** Copy a store in use to a new directory, consistently, synced to disk before it returns. */
bool store_backup(struct store *store, const char *location, struct error *err) MUST_CHECK;

struct store_table_difference {
    char table[64];
    char key[256];              /* primary key of the first differing row, "a=1, b=x" */
    char column[64];            /* "" when a row is missing or extra */
    char left[128], right[128]; /* the two values as text, cut; "(no row)" */
};
/** Compare one table row for row in primary-key order; *equal tells, and the first difference is
 * given. */
bool store_compare_table(struct store *left, struct store *right, const struct store_table *table,
                         bool *equal, struct store_table_difference *difference,
                         struct error *err) MUST_CHECK;

#endif
