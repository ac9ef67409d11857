/*
 * second_hand.c - what the ledger wrote, read by who shares no code with it: the verifier must
 * find nothing false in any log that a test of the ledger makes, unless the test says that it is.
 */
#include <stdio.h>

#include <sqlite3.h>

#include "audit/verify/verify.h"
#include "tests/funds/fixture.h"

#define MAKE                                                                                       \
    "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;"                                         \
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB, bytes BLOB);"                         \
    "CREATE TABLE sealed (seq INTEGER, member TEXT, key BLOB, plain BLOB, PRIMARY KEY (seq, "      \
    "member));BEGIN"

static void copy_blob(const struct statement *row, int column, sqlite3_stmt *insert)
{
    size_t size;
    const uint8_t *bytes = statement_blob(row, column, &size);

    sqlite3_bind_blob(insert, column + 1, bytes, (int)size, SQLITE_TRANSIENT);
}

static void copy_rows(struct store *store, const char *sql, bool is_seal, sqlite3_stmt *insert)
{
    struct error err = ERROR_INIT;
    struct statement *rows = NULL;
    bool has_row;

    ck_assert_ok(store_prepare(store, sql, &rows, &err), err);
    for (;;) {
        ck_assert_ok(statement_step(rows, &has_row, &err), err);
        if (!has_row) break;
        sqlite3_bind_int64(insert, 1, statement_integer(rows, 0));
        if (is_seal)
            sqlite3_bind_text(insert, 2, statement_text(rows, 1), -1, SQLITE_TRANSIENT);
        else
            copy_blob(rows, 1, insert);
        copy_blob(rows, 2, insert);
        if (is_seal) copy_blob(rows, 3, insert);
        ck_assert_int_eq(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    statement_free(rows);
}

/* What a stranger gets: the log and the sealed values, and no table that was derived. */
static void write_log(struct fixture *fixture)
{
    struct store *store = journal_store(fixture->journal);
    char path[FIXTURE_PATH_SIZE + 32];
    sqlite3_stmt *entry, *seal;
    sqlite3 *database;

    (void)snprintf(path, sizeof path, "%s/ledger.sqlite", fixture->directory);
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, MAKE, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_prepare_v2(database, "INSERT INTO entry VALUES ($1, $2, $3)", -1, &entry, NULL);
    sqlite3_prepare_v2(database, "INSERT INTO sealed VALUES ($1, $2, $3, $4)", -1, &seal, NULL);
    copy_rows(store, "SELECT seq, hash, bytes FROM entry ORDER BY seq", false, entry);
    copy_rows(store, "SELECT seq, member, key, plain FROM sealed ORDER BY seq, member", true, seal);
    sqlite3_finalize(entry);
    sqlite3_finalize(seal);
    ck_assert_int_eq(sqlite3_exec(database, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

void assert_second_hand_agrees(struct fixture *fixture)
{
    const struct verify_options options = {.is_log_alone = true, .threads = 1};
    struct error err = ERROR_INIT;
    struct verify_verdict verdict;

    if (fixture->is_false) return;
    write_log(fixture);
    ck_assert_ok(verify_path(fixture->directory, &options, &verdict, &err), err);
    ck_assert_msg(verdict.outcome != VERIFY_FAIL, "%s", verdict.line);
}
