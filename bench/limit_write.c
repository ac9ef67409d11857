/*
 * limit_write.c - what SQLite reaches when a program writes the ledger's rows one by one.
 *
 * 1. Nothing of ledger/ is used: SQLite is called as any program would call it.
 * 2. The rows come from the measured ledger itself, and so do the definitions of its tables, unless
 *    it keeps them otherwise than row by row, so the comparison can't drift from what the ledger
 *    really writes.
 */
#include "bench/limits.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#define COLUMNS_MAX 32
#define TABLES_MAX  8
#define UPDATES_MAX 2
#define SQL_SIZE    2048

/* A table that grows with the work. */
struct growing_table {
    const char *name;
    const char *select; /* from the ledger, in the order of writing */
    int seq_column;     /* of the entry that a row belongs to; -1: `batch` rows go with a batch */
    const char *updates[UPDATES_MAX + 1]; /* for each row, with its columns as ?1, ?2, ... */
};

struct limit_work {
    const char *copied;      /* names of tables that are as in the ledger, quoted, with commas */
    const char *definitions; /* of others; NULL: none */
    const char *stock;       /* what is there before: from the ledger as `source`; NULL: nothing */
    int cache_kib;           /* 0: SQLite's own 2 MiB */
    struct growing_table tables[TABLES_MAX];
};

#define ADD_FEN "UPDATE bench_balance SET fen = fen + 1 WHERE account = ?1 % 64"

/*
 * Entries, seals, nonces of acts, and a row for each payment found by its payee, with two balances
 * for each and one for each act of a person. The ledger keeps payments in runs that stand together;
 * a program that writes rows one by one keeps a table with an index.
 */
const struct limit_work limit_payments = {
    .copied = "'entry', 'sealed'",
    .definitions = "CREATE TABLE nonce (seq INTEGER, nonce TEXT PRIMARY KEY) WITHOUT ROWID;"
                   "CREATE TABLE payment (voucher TEXT, line INTEGER, payee TEXT, leg INTEGER,"
                   " amount INTEGER, PRIMARY KEY (voucher, line));"
                   "CREATE INDEX payment_payee ON payment (payee);"
                   "CREATE TABLE bench_balance (account INTEGER PRIMARY KEY, fen INTEGER)",
    .stock = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 63) "
             "INSERT INTO bench_balance SELECT i, 0 FROM n",
    .tables = {{"entry", "SELECT seq, hash, bytes FROM entry ORDER BY seq", 0, {NULL}},
               {"sealed", "SELECT seq, member, key, plain FROM sealed ORDER BY seq", 0, {NULL}},
               {"nonce", "SELECT seq, nonce FROM nonce ORDER BY seq", 0, {ADD_FEN, NULL}},
               {"payment",
                "SELECT voucher, line, payee, leg, amount FROM payee_line ORDER BY voucher, line",
                -1,
                {"UPDATE bench_balance SET fen = fen + ?5 WHERE account = ?2 % 64",
                 "UPDATE bench_balance SET fen = fen - ?5 WHERE account = (?2 + 1) % 64", NULL}}}};

/*
 * Entries of inspections, the inspections, found by their asset, what each answers, and when its
 * schedule is due next, which is found by place and day.
 */
// clang-format off
#define INSPECTIONS                                                                                \
    .copied = "'entry', 'keeping_inspection', 'keeping_answer', 'keeping_next'",                   \
    .stock = "INSERT INTO keeping_next SELECT * FROM source.keeping_next",                         \
    .tables = {                                                                                    \
        {"entry",                                                                                  \
         "SELECT seq, hash, bytes FROM entry WHERE seq IN (SELECT seq FROM keeping_inspection) "   \
         "ORDER BY seq", 0, {NULL}},                                                               \
        {"keeping_inspection", "SELECT * FROM keeping_inspection ORDER BY seq", 0, {NULL}},        \
        {"keeping_answer",                                                                         \
         "SELECT schedule_seq, n, seq, date, is_excuse FROM keeping_answer ORDER BY seq", 2,       \
         {"UPDATE keeping_next SET next_n = ?2 + 1, answered_n = ?2, look_day = ?4, answered_on = " \
          "?4 WHERE seq = ?1", NULL}}}
// clang-format on
const struct limit_work limit_inspections = {INSPECTIONS};
const struct limit_work limit_inspections_cached = {INSPECTIONS, .cache_kib = 65536};

static double now_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool open_database(const char *path, int flags, sqlite3 **out, struct error *err)
{
    if (sqlite3_open_v2(path, out, flags, NULL) != SQLITE_OK)
        return error_set(err, ERROR_STORE, "%s can't be opened: %s", path, sqlite3_errmsg(*out));
    return true;
}

static bool run_sql(sqlite3 *db, const char *sql, struct error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return error_set(err, ERROR_STORE, "%s: %s", sql, sqlite3_errmsg(db));
    return true;
}

static bool prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err)
{
    if (sqlite3_prepare_v2(db, sql, -1, out, NULL) != SQLITE_OK)
        return error_set(err, ERROR_STORE, "%s: %s", sql, sqlite3_errmsg(db));
    return true;
}

/* One table being copied: a cursor over the source, the rows of one block, an INSERT. */
struct copier {
    sqlite3_stmt *cursor;
    sqlite3_stmt *insert;
    sqlite3_stmt *updates[UPDATES_MAX];
    const struct growing_table *table;
    int columns;
    bool has_row; /* the cursor stands on a row not yet taken */
    sqlite3_value **values;
    size_t value_count, value_capacity;
};

static bool copier_open(struct copier *copier, sqlite3 *source, sqlite3 *target,
                        const struct growing_table *table, struct error *err)
{
    char sql[SQL_SIZE];
    size_t used;

    copier->table = table;
    if (!prepare(source, table->select, &copier->cursor, err)) return false;
    copier->columns = sqlite3_column_count(copier->cursor);
    assert(copier->columns <= COLUMNS_MAX);
    used = (size_t)snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table->name);
    for (int i = 1; i < copier->columns; i++)
        used += (size_t)snprintf(sql + used, sizeof sql - used, ",?");
    snprintf(sql + used, sizeof sql - used, ")");
    if (!prepare(target, sql, &copier->insert, err)) return false;
    for (size_t i = 0; table->updates[i] != NULL; i++)
        if (!prepare(target, table->updates[i], &copier->updates[i], err)) return false;
    copier->has_row = sqlite3_step(copier->cursor) == SQLITE_ROW;
    return true;
}

/* Does the row that the cursor stands on belong to the batch that ends before entry `end`? */
static bool copier_row_belongs(const struct copier *copier, int64_t end, uint64_t batch)
{
    if (!copier->has_row) return false;
    if (copier->table->seq_column >= 0)
        return sqlite3_column_int64(copier->cursor, copier->table->seq_column) < end;
    return copier->value_count / (size_t)copier->columns < batch;
}

/* Take the rows of one batch into memory. */
static bool copier_read(struct copier *copier, int64_t end, uint64_t batch, struct error *err)
{
    copier->value_count = 0;
    while (copier_row_belongs(copier, end, batch)) {
        size_t needed = copier->value_count + (size_t)copier->columns;

        if (needed > copier->value_capacity) {
            size_t capacity = needed * 2;
            sqlite3_value **values = realloc(copier->values, capacity * sizeof *values);

            if (values == NULL)
                return error_set(err, ERROR_MEMORY, "no memory for a block of rows");
            copier->values = values;
            copier->value_capacity = capacity;
        }
        for (int i = 0; i < copier->columns; i++)
            copier->values[copier->value_count++] =
                sqlite3_value_dup(sqlite3_column_value(copier->cursor, i));
        copier->has_row = sqlite3_step(copier->cursor) == SQLITE_ROW;
    }
    return true;
}

static bool run_with_row(struct copier *copier, sqlite3_stmt *statement, size_t row,
                         struct error *err)
{
    const int count = sqlite3_bind_parameter_count(statement);

    for (int i = 0; i < count; i++)
        sqlite3_bind_value(statement, i + 1,
                           copier->values[row * (size_t)copier->columns + (size_t)i]);
    if (sqlite3_step(statement) != SQLITE_DONE)
        return error_set(err, ERROR_STORE, "a row can't be written: %s",
                         sqlite3_errmsg(sqlite3_db_handle(statement)));
    sqlite3_reset(statement);
    return true;
}

static size_t copier_rows(const struct copier *copier)
{
    return copier->value_count / (size_t)copier->columns;
}

static void copier_forget_rows(struct copier *copier)
{
    for (size_t i = 0; i < copier->value_count; i++)
        sqlite3_value_free(copier->values[i]);
    copier->value_count = 0;
}

static void copier_close(struct copier *copier)
{
    copier_forget_rows(copier);
    free(copier->values);
    sqlite3_finalize(copier->cursor);
    sqlite3_finalize(copier->insert);
    for (size_t i = 0; i < UPDATES_MAX; i++)
        sqlite3_finalize(copier->updates[i]);
}

/* The same tables and secondary indexes as in the source, and those that are the work's own. */
static bool make_tables(const struct limit_work *work, const char *source_path, sqlite3 *source,
                        sqlite3 *target, struct error *err)
{
    sqlite3_stmt *definitions = NULL;
    char sql[SQL_SIZE];
    bool ok = false;

    snprintf(sql, sizeof sql,
             "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
             "PRAGMA cache_size=%d",
             work->cache_kib == 0 ? -2000 : -work->cache_kib);
    if (!run_sql(target, sql, err)) return false;
    snprintf(sql, sizeof sql,
             "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
             " AND tbl_name IN (%s) ORDER BY type DESC",
             work->copied);
    if (!prepare(source, sql, &definitions, err)) goto out;
    while (sqlite3_step(definitions) == SQLITE_ROW)
        if (!run_sql(target, (const char *)sqlite3_column_text(definitions, 0), err)) goto out;
    if (work->definitions != NULL && !run_sql(target, work->definitions, err)) goto out;
    snprintf(sql, sizeof sql, "ATTACH '%s' AS source", source_path);
    ok = run_sql(target, sql, err) && (work->stock == NULL || run_sql(target, work->stock, err)) &&
         run_sql(target, "DETACH source", err);
out:
    sqlite3_finalize(definitions);
    return ok;
}

static bool write_rows(struct copier *copier, struct error *err)
{
    const size_t rows = copier_rows(copier);

    for (size_t row = 0; row < rows; row++) {
        if (!run_with_row(copier, copier->insert, row, err)) return false;
        for (size_t i = 0; copier->table->updates[i] != NULL; i++)
            if (!run_with_row(copier, copier->updates[i], row, err)) return false;
    }
    return true;
}

/* One block: every row and what it moves on, one commit. */
static bool write_block(sqlite3 *target, struct copier *copiers, size_t count,
                        struct limit_result *result, struct error *err)
{
    double started = now_seconds();

    if (!run_sql(target, "BEGIN IMMEDIATE", err)) return false;
    for (size_t t = 0; t < count; t++) {
        if (!write_rows(&copiers[t], err)) return false;
        result->rows += copier_rows(&copiers[t]);
    }
    if (!run_sql(target, "COMMIT", err)) return false;
    result->entries += copier_rows(&copiers[0]);
    result->seconds += now_seconds() - started;
    return true;
}

bool limit_write(const struct limit_work *work, const char *source_path, const char *target_path,
                 uint64_t batch, struct limit_result *out, struct error *err)
{
    struct copier copiers[TABLES_MAX];
    sqlite3 *source = NULL, *target = NULL;
    struct limit_result result = {0, 0, 0.0, HASH_ZERO};
    size_t count = 0;
    bool ok = false;

    memset(copiers, 0, sizeof copiers);
    if (!open_database(source_path, SQLITE_OPEN_READONLY, &source, err) ||
        !open_database(target_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &target, err) ||
        !make_tables(work, source_path, source, target, err))
        goto out;
    for (; work->tables[count].name != NULL; count++)
        if (!copier_open(&copiers[count], source, target, &work->tables[count], err)) goto out;
    for (uint64_t end = batch; copiers[0].has_row; end += batch) {
        for (size_t t = 0; t < count; t++)
            if (!copier_read(&copiers[t], (int64_t)end, batch, err)) goto out;
        if (copier_rows(&copiers[0]) > 0 && !write_block(target, copiers, count, &result, err))
            goto out;
        for (size_t t = 0; t < count; t++)
            copier_forget_rows(&copiers[t]);
    }
    *out = result;
    ok = true;
out:
    for (size_t t = 0; t < TABLES_MAX; t++)
        copier_close(&copiers[t]);
    sqlite3_close(source);
    sqlite3_close(target);
    return ok;
}
