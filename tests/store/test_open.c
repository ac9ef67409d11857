/*
 * test_open.c - making, opening and closing stores; what is refused, and what is left behind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

static bool exists(const char *directory, const char *name)
{
    char path[FIXTURE_PATH_SIZE + 64];

    (void)snprintf(path, sizeof path, "%s/%s", directory, name);
    return access(path, F_OK) == 0;
}

START_TEST(a_new_store_keeps_what_was_committed)
{
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path));
    struct error err = ERROR_INIT;
    int64_t version = 0;

    ck_assert_ok(store_begin(store, &err), err);
    fixture_run(store, "INSERT INTO entry (seq, bytes) VALUES (0, X'00')");
    ck_assert_ok(store_commit(store, &err), err);
    store_close(store);
    ck_assert_msg(!exists(path, "ledger.sqlite-wal"), "a closed ledger has no WAL");
    store = fixture_reopen(path, STORE_WRITE);
    ck_assert_int_eq(fixture_integer(store, "SELECT count(*) FROM entry"), 1);
    ck_assert_ok(store_schema_version(store, &version, &err), err);
    ck_assert_int_eq(version, STORE_SCHEMA_VERSION);
    store_close(store);
}
END_TEST

START_TEST(the_file_is_set_up_as_the_header_says)
{
    static const struct {
        const char *sql;
        int64_t value;
    } cases[] = {
        {"PRAGMA page_size", 8192},       {"PRAGMA synchronous", 2},
        {"PRAGMA foreign_keys", 1},       {"PRAGMA secure_delete", 1},
        {"PRAGMA cache_size", -65536},    {"PRAGMA wal_autocheckpoint", 4000},
        {"PRAGMA recursive_triggers", 1}, {"PRAGMA application_id", 0x6d7a6c67},
    };
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path));
    struct stat status;
    char file[FIXTURE_PATH_SIZE + 32];

    store_close(store);
    store = fixture_reopen(path, STORE_WRITE);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        ck_assert_msg(fixture_integer(store, cases[i].sql) == cases[i].value, "%s", cases[i].sql);
    (void)snprintf(file, sizeof file, "%s/ledger.sqlite", path);
    ck_assert_int_eq(stat(file, &status), 0);
    ck_assert_msg((status.st_mode & 077) == 0, "others may not read sealed values");
    store_close(store);
}
END_TEST

START_TEST(create_refuses_a_directory_that_holds_a_ledger)
{
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path)), *second = NULL;
    struct error err = ERROR_INIT;

    store_close(store);
    ck_assert(!store_open(path, STORE_CREATE, &second, &err));
    ck_assert_error(err, ERROR_CONFLICT, "there is a ledger in");
    ck_assert_ptr_null(second);
    ck_assert_msg(exists(path, "ledger.sqlite"), "the refusal took nothing away");
}
END_TEST

START_TEST(a_creation_given_up_leaves_nothing_behind)
{
    char path[FIXTURE_PATH_SIZE], kept[FIXTURE_PATH_SIZE];
    struct error err = ERROR_INIT;
    struct store *store = NULL;

    ck_assert_ok(store_open(fixture_path("ledger", path), STORE_CREATE, &store, &err), err);
    store_close(store);
    ck_assert_msg(access(path, F_OK) != 0, "the directory that it made");
    ck_assert_int_eq(mkdir(fixture_path("kept", kept), 0700), 0);
    ck_assert_ok(store_open(kept, STORE_CREATE, &store, &err), err);
    store_close(store);
    ck_assert_msg(access(kept, F_OK) == 0, "a directory that was there before stays");
    ck_assert(!exists(kept, "ledger.sqlite"));
}
END_TEST

static void write_file(const char *directory, const char *name, const char *text)
{
    char path[FIXTURE_PATH_SIZE + 64];
    FILE *file;

    (void)mkdir(directory, 0700);
    (void)snprintf(path, sizeof path, "%s/%s", directory, name);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(open_refuses_what_is_not_a_ledger)
{
    char path[FIXTURE_PATH_SIZE];
    struct error err = ERROR_INIT;
    struct store *store = NULL;

    ck_assert(!store_open(fixture_path("nothing", path), STORE_WRITE, &store, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no ledger in");
    error_clear(&err);

    write_file(fixture_path("text", path), "ledger.sqlite", "This is a letter, and a long one, …");
    ck_assert(!store_open(path, STORE_WRITE, &store, &err));
    ck_assert_error(err, ERROR_STORE, "damaged");
    error_clear(&err);

    write_file(fixture_path("other", path), "ledger.sqlite", "");
    ck_assert_int_eq(fixture_raw(path, "CREATE TABLE a (b)"), 0);
    ck_assert(!store_open(path, STORE_READ, &store, &err));
    ck_assert_error(err, ERROR_STORE, "not a ledger of this program");
    error_clear(&err);

    ck_assert(!store_open("postgresql://server/ledger", STORE_WRITE, &store, &err));
    ck_assert_error(err, ERROR_USAGE, "PostgreSQL");
    ck_assert_ptr_null(store);
}
END_TEST

START_TEST(open_refuses_a_newer_schema_and_one_half_made)
{
    char path[FIXTURE_PATH_SIZE];
    struct error err = ERROR_INIT;
    struct store *store = fixture_store(fixture_path("ledger", path));

    store_close(store);
    store = NULL;
    ck_assert_int_eq(fixture_raw(path, "PRAGMA user_version = 99"), 0);
    ck_assert(!store_open(path, STORE_WRITE, &store, &err));
    ck_assert_error(err, ERROR_STORE, "newer version of this program");
    error_clear(&err);
    ck_assert_int_eq(fixture_raw(path, "PRAGMA user_version = 0"), 0);
    ck_assert(!store_open(path, STORE_WRITE, &store, &err));
    ck_assert_error(err, ERROR_STORE, "broken off");
}
END_TEST

START_TEST(use_tables_tells_what_is_missing)
{
    static const struct {
        const char *sql;
        const char *words;
    } cases[] = {
        {"DROP TRIGGER entry_refuses_update", "entry has lost the guards"},
        {"DROP TRIGGER secret_refuses_delete", "secret has lost the guards"},
        {"ALTER TABLE note DROP COLUMN text", "note has no TEXT column text"},
        {"DROP TABLE note", "note has no TEXT column name"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char path[FIXTURE_PATH_SIZE], name[16];
        struct error err = ERROR_INIT;
        struct store *store;

        (void)snprintf(name, sizeof name, "ledger%zu", i);
        store_close(fixture_store(fixture_path(name, path)));
        ck_assert_int_eq(fixture_raw(path, cases[i].sql), 0);
        ck_assert_ok(store_open(path, STORE_WRITE, &store, &err), err);
        ck_assert(!store_use_tables(store, fixture_tables, 3, &err));
        ck_assert_error(err, ERROR_STORE, cases[i].words);
        store_close(store);
    }
}
END_TEST

START_TEST(a_temporary_store_has_no_name)
{
    char path[FIXTURE_PATH_SIZE];
    struct error err = ERROR_INIT;
    struct store *store = NULL;

    ck_assert_int_eq(mkdir(fixture_path("empty", path), 0700), 0);
    ck_assert_ok(store_open_temporary(path, &store, &err), err);
    ck_assert_ok(store_create_tables(store, fixture_tables, 3, &err), err);
    ck_assert_ok(store_begin(store, &err), err);
    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, 'b')");
    store_rollback(store);
    ck_assert_int_eq(fixture_integer(store, "SELECT count(*) FROM note"), 0);
    ck_assert_msg(rmdir(path) == 0, "nothing is seen in its directory while it is open");
    store_close(store);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("open");
    TCase *tests = tcase_create("open");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
    tcase_add_test(tests, a_new_store_keeps_what_was_committed);
    tcase_add_test(tests, the_file_is_set_up_as_the_header_says);
    tcase_add_test(tests, create_refuses_a_directory_that_holds_a_ledger);
    tcase_add_test(tests, a_creation_given_up_leaves_nothing_behind);
    tcase_add_test(tests, open_refuses_what_is_not_a_ledger);
    tcase_add_test(tests, open_refuses_a_newer_schema_and_one_half_made);
    tcase_add_test(tests, use_tables_tells_what_is_missing);
    tcase_add_test(tests, a_temporary_store_has_no_name);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite_make());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
