/*
 * sqlite.c - the SQLite engine: transactions and statements.
 *
 * 1. A writer that finds another writer fails at once; a reader waits up to SQLITE_READ_TIMEOUT_MS
 *    for the short moments in which SQLite locks readers out (recovery, checkpoint at close).
 * 2. Every failure is told in words that a clerk can act on; SQLite's own text comes last.
 */
#include "ledger/store/sqlite.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/language.h"

bool sqlite_fail(struct sqlite *sqlite, const char *doing, struct error *err)
{
    int code = sqlite3_extended_errcode(sqlite->db);
    const char *detail = sqlite3_errmsg(sqlite->db);

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(err, ERROR_BUSY,
                         "another program is writing to this ledger; wait until it is done and "
                         "repeat (%s)",
                         detail);
    case SQLITE_FULL:
        return error_set(err, ERROR_STORE,
                         "the disk is full while %s; nothing of this was kept: make room and "
                         "repeat (%s)",
                         translate(doing), detail);
    case SQLITE_NOMEM:
        return error_set(err, ERROR_MEMORY, "no memory while %s; close other programs",
                         translate(doing));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(err, ERROR_STORE,
                         "the ledger's file is damaged (seen while %s): %s; verify it and restore "
                         "from a backup",
                         translate(doing), detail);
    case SQLITE_READONLY:
        return error_set(err, ERROR_STORE, "the ledger cannot be written while %s: %s",
                         translate(doing), detail);
    case SQLITE_IOERR:
        return error_set(err, ERROR_STORE,
                         "the disk failed while %s; nothing of this was kept: check the disk and "
                         "its free space (%s, code %d)",
                         translate(doing), detail, code);
    default:
        return error_set(err, ERROR_STORE, "the database failed while %s: %s (code %d)",
                         translate(doing), detail, code);
    }
}

bool sqlite_run(void *connection, const char *sql, struct error *err)
{
    struct sqlite *sqlite = connection;

    if (sqlite3_exec(sqlite->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fail(sqlite, N_("changing the database"), err);
    return true;
}

bool sqlite_query_integer(struct sqlite *sqlite, const char *sql, int64_t *out, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok = false;

    if (sqlite3_prepare_v2(sqlite->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        (void)sqlite_fail(sqlite, N_("reading the database"), err);
        goto out;
    }
    *out = sqlite3_column_int64(statement, 0);
    ok = true;
out:
    sqlite3_finalize(statement);
    return ok;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

static bool sqlite_begin(void *connection, bool is_writing, struct error *err)
{
    struct sqlite *sqlite = connection;
    int64_t ignored;
    int result;

    if (!is_writing) {
        if (!sqlite_run(sqlite, "BEGIN", err)) return false;
        /* A deferred transaction takes its view at the first read: now, not at the caller's. */
        if (sqlite_query_integer(sqlite, "SELECT count(*) FROM sqlite_schema", &ignored, err))
            return true;
        (void)sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    (void)sqlite3_busy_timeout(sqlite->db, 0);
    result = sqlite3_exec(sqlite->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (result != SQLITE_OK) (void)sqlite_fail(sqlite, N_("beginning to write"), err);
    (void)sqlite3_busy_timeout(sqlite->db, SQLITE_READ_TIMEOUT_MS);
    return result == SQLITE_OK;
}

static bool sqlite_commit(void *connection, struct error *err)
{
    struct sqlite *sqlite = connection;

    /* After a full disk SQLite may have rolled back already; COMMIT would then say something
       that helps nobody. */
    if (sqlite3_get_autocommit(sqlite->db))
        return error_set(err, ERROR_STORE,
                         "the database gave this transaction up after an earlier failure; nothing "
                         "of it was kept: repeat it");
    if (sqlite3_exec(sqlite->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fail(sqlite, N_("making the changes durable"), err);
    /* What was erased still stands in the WAL. Who reads an older view keeps it from going; then it
       goes with the next commit that erases or with the last connection that closes. */
    if (sqlite->has_erased && sqlite->is_on_disk)
        (void)sqlite3_wal_checkpoint_v2(sqlite->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite->has_erased = false;
    return true;
}

static void sqlite_rollback(void *connection)
{
    struct sqlite *sqlite = connection;

    if (!sqlite3_get_autocommit(sqlite->db))
        (void)sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool sqlite_get_version(void *connection, int64_t *out, struct error *err)
{
    return sqlite_query_integer(connection, "PRAGMA user_version", out, err);
}

static bool sqlite_set_version(void *connection, int64_t version, struct error *err)
{
    char sql[64];

    /* PRAGMA takes no parameters; the value is a number of ours. */
    (void)sqlite3_snprintf(sizeof sql, sql, "PRAGMA user_version = %lld", (long long)version);
    return sqlite_run(connection, sql, err);
}

static void sqlite_permit_erasure(void *connection, bool is_permitted)
{
    struct sqlite *sqlite = connection;

    sqlite->may_erase = is_permitted;
    sqlite->has_erased = sqlite->has_erased || is_permitted;
}

/* ---- Statements ------------------------------------------------------------------------------ */

static bool sqlite_prepare(void *connection, const char *sql, void **out, struct error *err)
{
    struct sqlite *sqlite = connection;
    sqlite3_stmt *statement = NULL;
    int result =
        sqlite3_prepare_v3(sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

    if (result == SQLITE_AUTH)
        return error_set(err, ERROR_STORE,
                         "refused: entries and sealed values are never changed or removed; "
                         "correct them by a new entry (%.200s)",
                         sql);
    if (result != SQLITE_OK) return sqlite_fail(sqlite, N_("preparing a statement"), err);
    assert(statement != NULL); /* empty SQL is a programming error */
    *out = statement;
    return true;
}

static const char *sqlite_sql(void *statement)
{
    return sqlite3_sql(statement);
}

static void sqlite_finalize(void *statement)
{
    (void)sqlite3_finalize(statement);
}

static void sqlite_reset(void *statement)
{
    (void)sqlite3_reset(statement);
}

static void sqlite_clear(void *statement)
{
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

static bool sqlite_bind_integer(void *statement, int parameter, int64_t value)
{
    return sqlite3_bind_int64(statement, parameter, value) == SQLITE_OK;
}

static bool sqlite_bind_text(void *statement, int parameter, const char *text)
{
    return sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC) == SQLITE_OK;
}

static bool sqlite_bind_blob(void *statement, int parameter, const uint8_t *data, size_t size)
{
    /* A NULL pointer would bind NULL: empty is not absent. */
    const void *bytes = size == 0 ? "" : (const void *)data;

    return sqlite3_bind_blob64(statement, parameter, bytes, size, SQLITE_STATIC) == SQLITE_OK;
}

static bool sqlite_bind_null(void *statement, int parameter)
{
    return sqlite3_bind_null(statement, parameter) == SQLITE_OK;
}

static bool sqlite_step(void *connection, void *statement, bool *has_row, struct error *err)
{
    struct sqlite *sqlite = connection;

    switch (sqlite3_step(statement)) {
    case SQLITE_ROW:
        *has_row = true;
        return true;
    case SQLITE_DONE:
        *has_row = false;
        return true;
    default:
        if (sqlite3_extended_errcode(sqlite->db) == SQLITE_CONSTRAINT_TRIGGER)
            return error_set(err, ERROR_STORE, "refused: %s", sqlite3_errmsg(sqlite->db));
        return sqlite_fail(sqlite, N_("running a statement"), err);
    }
}

static int64_t sqlite_changed_rows(void *connection)
{
    struct sqlite *sqlite = connection;

    return sqlite3_changes64(sqlite->db);
}

static int64_t sqlite_integer(void *statement, int column)
{
    return sqlite3_column_int64(statement, column);
}

static const char *sqlite_text(void *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return text == NULL ? "" : text;
}

static const uint8_t *sqlite_blob(void *statement, int column, size_t *size)
{
    const uint8_t *data = sqlite3_column_blob(statement, column);

    *size = (size_t)sqlite3_column_bytes(statement, column);
    return data;
}

static bool sqlite_is_null(void *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

static int sqlite_column_count(void *statement)
{
    return sqlite3_column_count(statement);
}

const struct store_engine sqlite_engine = {
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .permit_erasure = sqlite_permit_erasure,
    .create_table = sqlite_create_table,
    .use_table = sqlite_use_table,
    .get_version = sqlite_get_version,
    .set_version = sqlite_set_version,
    .backup = sqlite_backup,
    .prepare = sqlite_prepare,
    .sql = sqlite_sql,
    .finalize = sqlite_finalize,
    .reset = sqlite_reset,
    .clear = sqlite_clear,
    .bind_integer = sqlite_bind_integer,
    .bind_text = sqlite_bind_text,
    .bind_blob = sqlite_bind_blob,
    .bind_null = sqlite_bind_null,
    .step = sqlite_step,
    .changed_rows = sqlite_changed_rows,
    .integer = sqlite_integer,
    .text = sqlite_text,
    .blob = sqlite_blob,
    .is_null = sqlite_is_null,
    .column_count = sqlite_column_count,
};
