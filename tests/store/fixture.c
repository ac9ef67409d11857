/* fixture.c - see fixture.h. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

static char directory[SCRATCH_PATH_SIZE];

static const struct store_column entry_columns[] = {
    {"seq", STORE_INTEGER, "seq >= 0", "0, 1, 2, …"},
    {"bytes", STORE_BLOB, NULL, "the entry"},
};
static const struct store_table entry_table = {.name = "entry",
                                               .kind = STORE_ENDURING,
                                               .meaning = "what happened",
                                               .columns = entry_columns,
                                               .column_count = ARRAY_COUNT(entry_columns),
                                               .primary_key = "seq"};

static const struct store_column secret_columns[] = {
    {"seq", STORE_INTEGER, NULL, "of the entry"},
    {"member", STORE_TEXT, NULL, "of its body"},
    {"plain", STORE_BLOB, NULL, "what it says"},
};
static const struct store_table secret_table = {
    .name = "secret",
    .kind = STORE_SEALED,
    .meaning = "what is sealed",
    .columns = secret_columns,
    .column_count = ARRAY_COUNT(secret_columns),
    .primary_key = "seq, member",
    .erased_when = "EXISTS (SELECT 1 FROM note WHERE note.name = OLD.member)"};

static const struct store_column note_columns[] = {
    {"name", STORE_TEXT, NULL, "of the note"},
    {"amount", STORE_INTEGER, "amount <> 13", "fen"},
    {"text", STORE_TEXT, NULL, "may be empty"},
};
static const char *const note_indexes[] = {"amount, name", NULL};
static const struct store_table note_table = {.name = "note",
                                              .kind = STORE_DERIVED,
                                              .meaning = "what follows",
                                              .columns = note_columns,
                                              .column_count = ARRAY_COUNT(note_columns),
                                              .primary_key = "name",
                                              .indexes = note_indexes};

const struct store_table *const fixture_tables[3] = {&entry_table, &secret_table, &note_table};

void fixture_setup(void)
{
    scratch_make("/tmp", directory);
}

void fixture_teardown(void)
{
    scratch_remove(directory);
}

const char *fixture_path(const char *name, char path[FIXTURE_PATH_SIZE])
{
    (void)snprintf(path, FIXTURE_PATH_SIZE, "%s/%s", directory, name);
    return path;
}

struct store *fixture_store(const char *path)
{
    struct error err = ERROR_INIT;
    struct store *store = NULL;

    ck_assert_ok(store_open(path, STORE_CREATE, &store, &err), err);
    ck_assert_ok(store_create_tables(store, fixture_tables, 3, &err), err);
    return store;
}

struct store *fixture_reopen(const char *path, enum store_mode mode)
{
    struct error err = ERROR_INIT;
    struct store *store = NULL;

    ck_assert_ok(store_open(path, mode, &store, &err), err);
    ck_assert_ok(store_use_tables(store, fixture_tables, 3, &err), err);
    return store;
}

void fixture_run(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;

    ck_assert_ok(store_prepare(store, sql, &statement, &err), err);
    ck_assert_ok(statement_run(statement, &err), err);
    statement_free(statement);
}

int64_t fixture_integer(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;
    bool has_row = false;
    int64_t value;

    ck_assert_ok(store_prepare(store, sql, &statement, &err), err);
    ck_assert_ok(statement_step(statement, &has_row, &err), err);
    ck_assert(has_row);
    value = statement_integer(statement, 0);
    statement_free(statement);
    return value;
}

int fixture_raw(const char *path, const char *sql)
{
    char file[FIXTURE_PATH_SIZE + 32];
    sqlite3 *db = NULL;
    int result;

    (void)snprintf(file, sizeof file, "%s/ledger.sqlite", path);
    ck_assert_int_eq(sqlite3_open(file, &db), SQLITE_OK);
    result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    (void)sqlite3_close(db);
    return result;
}
