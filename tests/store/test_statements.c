/*
 * test_statements.c - statements, transactions, the guards on what endures, comparing tables.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

static struct store *store;
static char path[FIXTURE_PATH_SIZE];

static void setup(void)
{
    fixture_setup();
    store = fixture_store(fixture_path("ledger", path));
}

static void teardown(void)
{
    store_close(store);
    fixture_teardown();
}

START_TEST(values_come_back_as_they_were_bound)
{
    static const uint8_t blob[] = {0x00, 0xff, 0x00};
    struct error err = ERROR_INIT;
    struct statement *insert = NULL, *select = NULL;
    bool has_row = false;
    size_t size = 9;

    ck_assert_ok(store_begin(store, &err), err);
    ck_assert_ok(store_statement(store,
                                 "INSERT INTO secret (seq, member, plain) VALUES ($1, $2, $3)",
                                 &insert, &err),
                 err);
    statement_bind_integer(insert, 1, INT64_MAX);
    statement_bind_text(insert, 2, "扶贫");
    statement_bind_blob(insert, 3, blob, sizeof blob);
    ck_assert_ok(statement_run(insert, &err), err);
    ck_assert_int_eq(store_changed_rows(store), 1);
    statement_bind_text(insert, 2, "empty");
    statement_bind_blob(insert, 3, NULL, 0);
    ck_assert_ok(statement_run(insert, &err), err);
    statement_bind_text(insert, 2, "none");
    statement_bind_null(insert, 3);
    ck_assert_ok(statement_run(insert, &err), err);
    ck_assert_ok(store_commit(store, &err), err);

    ck_assert_ok(store_statement(store, "SELECT seq, member, plain FROM secret ORDER BY member",
                                 &select, &err),
                 err);
    ck_assert_int_eq(statement_column_count(select), 3);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    ck_assert_str_eq(statement_text(select, 1), "empty");
    ck_assert_msg(!statement_is_null(select, 2), "empty is not absent");
    (void)statement_blob(select, 2, &size);
    ck_assert_uint_eq(size, 0);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    ck_assert(statement_is_null(select, 2));
    ck_assert_str_eq(statement_text(select, 2), "");
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    ck_assert_int_eq(statement_integer(select, 0), INT64_MAX);
    ck_assert_str_eq(statement_text(select, 1), "扶贫");
    ck_assert_mem_eq(statement_blob(select, 2, &size), blob, sizeof blob);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    ck_assert(!has_row);
}
END_TEST

START_TEST(a_kept_statement_is_found_again_reset_and_unbound)
{
    static const char sql[] = "SELECT $1, count(*) FROM note";
    struct error err = ERROR_INIT;
    struct statement *first = NULL, *again = NULL;
    bool has_row = false;

    ck_assert_ok(store_statement(store, sql, &first, &err), err);
    statement_bind_integer(first, 1, 7);
    ck_assert_ok(statement_step(first, &has_row, &err), err);
    statement_reset(first);
    ck_assert_ok(store_statement(store, sql, &again, &err), err);
    ck_assert_ptr_eq(first, again);
    ck_assert_ok(statement_step(again, &has_row, &err), err);
    ck_assert(statement_is_null(again, 0));
    statement_reset(again);
}
END_TEST

START_TEST(a_statement_of_run_time_text_is_found_by_its_key_and_apart_from_literals)
{
    static const char literal[] = "SELECT 1", keys[2];
    struct error err = ERROR_INIT;
    struct statement *first = NULL, *again = NULL, *other = NULL;
    char text[sizeof literal];

    memcpy(text, literal, sizeof text);
    ck_assert(!store_statement_known(store, &keys[0], &first));
    ck_assert_ok(store_statement_keep(store, &keys[0], text, &first, &err), err);
    text[7] = '2'; /* the maker's text is no longer needed */
    ck_assert(store_statement_known(store, &keys[0], &again));
    ck_assert_ptr_eq(first, again);
    ck_assert(!store_statement_known(store, &keys[1], &other));
    ck_assert_ok(store_statement(store, literal, &other, &err), err);
    ck_assert_ptr_ne(first, other);
}
END_TEST

START_TEST(a_kept_statement_cannot_serve_two_loops)
{
    static const char sql[] = "SELECT 1";
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;
    bool has_row = false;

    ck_assert_ok(store_statement(store, sql, &statement, &err), err);
    ck_assert_ok(statement_step(statement, &has_row, &err), err);
    (void)!store_statement(store, sql, &statement, &err); /* asserts */
}
END_TEST

START_TEST(wrong_sql_and_wrong_values_are_told)
{
    static const struct {
        const char *sql;
        const char *words;
    } cases[] = {
        {"INSERT INTO note (name, amount, text) VALUES ('a', 13, '')", "CHECK"},
        {"INSERT INTO note (name, amount, text) VALUES ('a', 'b', '')", "TEXT value"},
        {"INSERT INTO note (name, amount, text) VALUES (NULL, 1, '')", "NOT NULL"},
        {"INSERT INTO entry (seq, bytes) VALUES (-1, X'00')", "CHECK"},
    };
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;

    ck_assert(!store_prepare(store, "SELECT a FROM nowhere", &statement, &err));
    ck_assert_error(err, ERROR_STORE, "nowhere");
    ck_assert_ptr_null(statement);
    ck_assert_int_eq(fixture_integer(store, "SELECT 1"), 1);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        error_clear(&err);
        ck_assert_ok(store_prepare(store, cases[i].sql, &statement, &err), err);
        ck_assert(!statement_run(statement, &err));
        ck_assert_error(err, ERROR_STORE, cases[i].words);
        statement_free(statement);
    }
}
END_TEST

START_TEST(a_rollback_and_a_failed_commit_keep_nothing)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(store_begin(store, &err), err);
    ck_assert(store_is_writing(store));
    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, '')");
    store_rollback(store);
    ck_assert(!store_is_writing(store));
    ck_assert_int_eq(fixture_integer(store, "SELECT count(*) FROM note"), 0);
}
END_TEST

START_TEST(what_endures_refuses_update_delete_and_replace)
{
    static const char *const cases[] = {
        "UPDATE entry SET bytes = X'01'",
        "DELETE FROM entry",
        "UPDATE secret SET plain = X'01'",
        "DELETE FROM secret WHERE seq = 0",
        "DROP TABLE entry",
        "DROP TRIGGER entry_refuses_delete",
        "INSERT INTO entry (seq, bytes) VALUES (0, X'01') ON CONFLICT DO UPDATE SET seq = 1",
    };
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;

    fixture_run(store, "INSERT INTO entry (seq, bytes) VALUES (0, X'00')");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(!store_prepare(store, cases[i], &statement, &err), "%s", cases[i]);
        ck_assert_error(err, ERROR_STORE, "never changed or removed");
        error_clear(&err);
    }
    /* A REPLACE deletes without saying so; the trigger sees it. */
    ck_assert_ok(
        store_prepare(store, "REPLACE INTO entry (seq, bytes) VALUES (0, X'01')", &statement, &err),
        err);
    ck_assert(!statement_run(statement, &err));
    ck_assert_error(err, ERROR_STORE, "never changed or removed");
    statement_free(statement);
}
END_TEST

START_TEST(what_endures_refuses_another_program_as_well)
{
    static const char *const cases[] = {
        "UPDATE entry SET bytes = X'01'",
        "DELETE FROM entry",
        "UPDATE secret SET plain = X'01'",
        "DELETE FROM secret",
        "INSERT INTO entry (seq, bytes) VALUES (0, X'01')",
    };

    fixture_run(store, "INSERT INTO entry (seq, bytes) VALUES (0, X'00')");
    fixture_run(store, "INSERT INTO secret (seq, member, plain) VALUES (0, 'a', X'00')");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        ck_assert_msg(fixture_raw(path, cases[i]) != 0, "%s", cases[i]);
    ck_assert_int_eq(fixture_raw(path, "UPDATE note SET text = ''"), 0);
}
END_TEST

START_TEST(a_second_writer_is_told_at_once_and_readers_go_on)
{
    struct error err = ERROR_INIT;
    struct store *second = fixture_reopen(path, STORE_WRITE);
    struct store *reader = fixture_reopen(path, STORE_READ);

    ck_assert_ok(store_begin(store, &err), err);
    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, '')");
    ck_assert(!store_begin(second, &err));
    ck_assert_error(err, ERROR_BUSY, "another program is writing to this ledger");
    error_clear(&err);
    ck_assert_int_eq(fixture_integer(reader, "SELECT count(*) FROM note"), 0);
    ck_assert_ok(store_begin_read(reader, &err), err);
    ck_assert_ok(store_commit(store, &err), err);
    ck_assert_msg(fixture_integer(reader, "SELECT count(*) FROM note") == 0, "one view for reads");
    store_rollback(reader);
    ck_assert_int_eq(fixture_integer(reader, "SELECT count(*) FROM note"), 1);
    ck_assert_ok(store_begin(second, &err), err);
    store_rollback(second);
    ck_assert(!store_begin(reader, &err));
    ck_assert_error(err, ERROR_STATE, "reading only");
    store_close(reader);
    store_close(second);
}
END_TEST

START_TEST(a_backup_of_a_store_in_use_is_whole)
{
    char copy[FIXTURE_PATH_SIZE];
    struct error err = ERROR_INIT;
    struct store *writer = fixture_reopen(path, STORE_WRITE), *copied;

    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, '')");
    ck_assert_ok(store_begin(writer, &err), err);
    fixture_run(writer, "INSERT INTO note (name, amount, text) VALUES ('b', 2, '')");
    ck_assert_ok(store_backup(store, fixture_path("copy", copy), &err), err);
    ck_assert(!store_backup(store, copy, &err));
    ck_assert_error(err, ERROR_CONFLICT, "there is a ledger in");
    store_close(writer);
    copied = fixture_reopen(copy, STORE_WRITE);
    ck_assert_int_eq(fixture_integer(copied, "SELECT count(*) FROM note"), 1);
    store_close(copied);
}
END_TEST

START_TEST(compare_names_the_first_difference)
{
    static const struct {
        const char *sql;
        const char *key, *column, *left, *right;
    } cases[] = {
        {"UPDATE note SET amount = 5 WHERE name = 'b'", "name=b", "amount", "2", "5"},
        {"UPDATE note SET text = NULL WHERE name = 'b'", "name=b", "text", "", "(null)"},
        {"DELETE FROM note WHERE name = 'a'", "name=a", "", "(row)", "(no row)"},
        {"DELETE FROM note WHERE name = 'c'", "name=c", "", "(row)", "(no row)"},
        {"INSERT INTO note (name, amount, text) VALUES ('bb', 1, '')", "name=bb", "", "(no row)",
         "(row)"},
    };
    static const char fill[] = "INSERT INTO note (name, amount, text) VALUES ('a', 1, ''), "
                               "('b', 2, ''), ('c', 3, '')";
    struct store_table_difference difference;
    struct error err = ERROR_INIT;
    struct store *other = NULL;
    bool equal = false;

    fixture_run(store, fill);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_ok(store_open_memory(&other, &err), err);
        ck_assert_ok(store_create_tables(other, fixture_tables, 3, &err), err);
        fixture_run(other, fill);
        ck_assert_ok(
            store_compare_table(store, other, fixture_tables[2], &equal, &difference, &err), err);
        ck_assert(equal);
        fixture_run(other, cases[i].sql);
        ck_assert_ok(
            store_compare_table(store, other, fixture_tables[2], &equal, &difference, &err), err);
        ck_assert_msg(!equal, "%s", cases[i].sql);
        ck_assert_str_eq(difference.table, "note");
        ck_assert_str_eq(difference.key, cases[i].key);
        ck_assert_str_eq(difference.column, cases[i].column);
        ck_assert_str_eq(difference.left, cases[i].left);
        ck_assert_str_eq(difference.right, cases[i].right);
        store_close(other);
    }
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("statements");
    TCase *tests = tcase_create("statements");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, values_come_back_as_they_were_bound);
    tcase_add_test(tests, a_kept_statement_is_found_again_reset_and_unbound);
    tcase_add_test(tests, a_statement_of_run_time_text_is_found_by_its_key_and_apart_from_literals);
    tcase_add_test_raise_signal(tests, a_kept_statement_cannot_serve_two_loops, 6);
    tcase_add_test(tests, wrong_sql_and_wrong_values_are_told);
    tcase_add_test(tests, a_rollback_and_a_failed_commit_keep_nothing);
    tcase_add_test(tests, what_endures_refuses_update_delete_and_replace);
    tcase_add_test(tests, what_endures_refuses_another_program_as_well);
    tcase_add_test(tests, a_second_writer_is_told_at_once_and_readers_go_on);
    tcase_add_test(tests, a_backup_of_a_store_in_use_is_whole);
    tcase_add_test(tests, compare_names_the_first_difference);
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
