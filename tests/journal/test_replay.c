/*
 * test_replay.c - the same tables again from the log alone, and the entry named that doesn't apply.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "fixture.h"

static char path[FIXTURE_PATH_SIZE];
static struct journal *journal;

static void add_rows(int64_t count)
{
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    for (int64_t i = 0; i < count; i++)
        ck_assert_ok(fixture_try_row(journal, "zhao", i, &err), err);
    ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err);
    fixture_commit(journal);
}

static void add_sealed(const char *text)
{
    struct signatory by = {"zhao", fixture_key("zhao")};
    struct buffer value = BUFFER_INIT(256), plain = BUFFER_INIT(1024), member = BUFFER_INIT(256),
                  body = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    struct sealed_value sealed;
    struct appended appended;

    ck_assert(buffer_append_format(&value, &err, "\"%s\"", text));
    ck_assert_ok(
        journal_seal(journal, "test.note/secret", "a", &value, &plain, &member, &sealed, &err),
        err);
    ck_assert(buffer_append_format(&body, &err, "{\"secret\":%s,\"text\":\"sealed\"}",
                                   buffer_text(&member)));
    fixture_begin(journal);
    ck_assert_ok(journal_append_act(journal, &by, "test.note", &body, &sealed, 1, &appended, &err),
                 err);
    fixture_commit(journal);
    buffer_done(&value);
    buffer_done(&plain);
    buffer_done(&member);
    buffer_done(&body);
}

/* A journal in which everything has happened once. */
static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(fixture_path("ledger", path));
    fixture_add_user(journal, "li", "admin");
    add_rows(700);
    add_sealed("one");
    fixture_agree(journal, "policy.set",
                  "{\"name\":\"late_days\",\"valid_from\":\"2021-01-01\",\"value\":10}");
    fixture_begin(journal);
    fixture_note(journal, "a note");
    fixture_commit(journal);
    add_sealed("two");
    add_rows(12000); /* more than a batch of replay */
}

static void teardown(void)
{
    journal_close(journal);
    fixture_teardown();
}

static uint64_t progress_calls;

static void count_progress(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    ck_assert_uint_le(done, total);
    progress_calls++;
}

static void compare_all(struct journal *target)
{
    for (size_t i = 0; fixture_modules[i] != NULL; i++)
        for (size_t j = 0; j < fixture_modules[i]->table_count; j++) {
            struct store_table_difference difference = {.table = ""};
            struct error err = ERROR_INIT;
            bool equal = false;

            ck_assert_ok(store_compare_table(journal_store(journal), journal_store(target),
                                             fixture_modules[i]->tables[j], &equal, &difference,
                                             &err),
                         err);
            ck_assert_msg(equal, "%s %s %s: %s, %s", difference.table, difference.key,
                          difference.column, difference.left, difference.right);
        }
}

START_TEST(replay_gives_the_same_tables_row_for_row)
{
    struct journal *target = fixture_empty(NULL);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_replay(journal, target, count_progress, NULL, &err), err);
    ck_assert_uint_eq(progress_calls, 2);
    ck_assert_uint_eq(journal_size(target), journal_size(journal));
    compare_all(target);
    journal_close(target);
}
END_TEST

START_TEST(replay_stops_before_an_entry_and_goes_on_from_there)
{
    struct journal *target = fixture_empty(NULL);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_replay_until(journal, target, 3, NULL, NULL, &err), err);
    ck_assert_uint_eq(journal_size(target), 3);
    ck_assert_ok(journal_replay_until(journal, target, 3, NULL, NULL, &err), err);
    ck_assert_msg(!journal_replay_until(journal, target, 10, NULL, NULL, &err), "amid rows");
    ck_assert_error(err, ERROR_STATE, "covered by no signature");
    error_clear(&err);
    ck_assert_uint_eq(journal_size(target), 3);
    ck_assert_ok(journal_replay_until(journal, target, UINT64_MAX, NULL, NULL, &err), err);
    compare_all(target);
    journal_close(target);
}
END_TEST

static void run_raw(const char *sql)
{
    char file[FIXTURE_PATH_SIZE + 32];
    sqlite3 *db = NULL;

    (void)snprintf(file, sizeof file, "%s/ledger.sqlite", path);
    ck_assert_int_eq(sqlite3_open(file, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    (void)sqlite3_close(db);
}

static void drop_guards(void)
{
    run_raw("DROP TRIGGER entry_refuses_update; DROP TRIGGER entry_refuses_delete;"
            "DROP TRIGGER sealed_refuses_update; DROP TRIGGER sealed_refuses_delete;");
}

START_TEST(replay_names_the_first_entry_that_does_not_apply)
{
    /* Entries: 0 genesis, 1 and 2 user.add, 3 to 702 rows, 703 cover, 704 sealed, 705 and 706
       policy.set, 707 note, 708 sealed, 709 … rows. */
    static const struct {
        const char *sql;
        enum error_code code;
        const char *place, *words;
    } cases[] = {
        {"UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'a note', 'b note') AS BLOB) "
         "WHERE seq = 707",
         ERROR_VERIFY, "entry 707", "not by the present key of zhao"},
        {"UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"number\":5', "
         "'\"number\":6') AS BLOB) WHERE seq = 8",
         ERROR_VERIFY, "entry 9", "does not name the hash of the entry before it"},
        {"UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), ':', ': ') AS BLOB) "
         "WHERE seq = 2",
         ERROR_INPUT, "entry 2", ""},
        {"DELETE FROM entry WHERE seq = 707", ERROR_VERIFY, "", "entry 707 was taken out"},
        {"UPDATE sealed SET plain = CAST(replace(CAST(plain AS TEXT), 'one', 'two') AS BLOB)",
         ERROR_VERIFY, "entry 704", "not what the entry seals"},
        {"DELETE FROM sealed WHERE seq = 704", ERROR_NOT_FOUND, "entry 704",
         "the sealed value of test.note/secret is missing"},
        {"INSERT INTO sealed SELECT 705, member, key, plain FROM sealed WHERE seq = 704",
         ERROR_INPUT, "entry 705", "1 sealed values stand beside it"},
        {"INSERT INTO sealed SELECT 99999, member, key, plain FROM sealed WHERE seq = 704",
         ERROR_VERIFY, "", "beside entry 99999, which seals nothing"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct journal *target = fixture_empty(NULL), *copied;
        char copy[FIXTURE_PATH_SIZE], name[16];
        struct journal_options options = fixture_options();
        struct error err = ERROR_INIT;
        struct store *store = NULL;

        (void)snprintf(name, sizeof name, "copy%zu", i);
        ck_assert_ok(store_backup(journal_store(journal), fixture_path(name, copy), &err), err);
        ck_assert_ok(store_open(copy, STORE_WRITE, &store, &err), err);
        ck_assert_ok(journal_open(store, &options, &copied, &err), err);
        memcpy(path, copy, sizeof path);
        drop_guards();
        run_raw(cases[i].sql);
        ck_assert_msg(!journal_replay(copied, target, NULL, NULL, &err), "%s", cases[i].sql);
        ck_assert_msg(strncmp(err.place, cases[i].place, strlen(cases[i].place)) == 0, "%s: %s",
                      err.place, err.message);
        ck_assert_error(err, cases[i].code, cases[i].words);
        journal_close(copied);
        journal_close(target);
    }
}
END_TEST

START_TEST(replay_into_a_temporary_file_leaves_nothing_behind)
{
    struct journal_options options = fixture_options();
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    struct journal *target = NULL;

    ck_assert_ok(store_open_temporary("/tmp", &store, &err), err);
    ck_assert_ok(journal_create(store, &options, &target, &err), err);
    ck_assert_ok(journal_replay(journal, target, NULL, NULL, &err), err);
    compare_all(target);
    journal_close(target);
}
END_TEST

/* ---- An older version ------------------------------------------------------------------------ */

START_TEST(a_ledger_of_an_older_version_is_only_a_source_for_replay)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {
        {"PRAGMA user_version = -1", "written by an older version"},
        {"DROP TABLE ledger", "has no TEXT column origin; it is damaged, or was made by another"},
        {"DROP TABLE tile; DROP TABLE ledger_user", "make it again from its own entries"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct journal *target = fixture_empty(NULL), *source = NULL;
        struct journal_options options = fixture_options();
        struct error err = ERROR_INIT;
        struct store *store = NULL;
        char name[16];

        (void)snprintf(name, sizeof name, "older%zu", i);
        ck_assert_ok(store_backup(journal_store(journal), fixture_path(name, path), &err), err);
        run_raw(cases[i].sql);
        ck_assert_ok(store_open(path, STORE_WRITE, &store, &err), err);
        ck_assert_msg(!journal_open(store, &options, &source, &err), "%s", cases[i].sql);
        ck_assert_error(err, ERROR_STORE, cases[i].words);
        error_clear(&err);
        store_close(store);
        ck_assert_ok(store_open(path, STORE_READ, &store, &err), err);
        ck_assert_ok(journal_open_source(store, &options, &source, &err), err);
        ck_assert_ok(journal_replay(source, target, NULL, NULL, &err), err);
        compare_all(target);
        journal_close(source);
        journal_close(target);
    }
}
END_TEST

START_TEST(a_source_whose_guards_are_gone_is_refused)
{
    struct journal_options options = fixture_options();
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    struct journal *source = NULL;

    ck_assert_ok(store_backup(journal_store(journal), fixture_path("open", path), &err), err);
    drop_guards();
    ck_assert_ok(store_open(path, STORE_READ, &store, &err), err);
    ck_assert_msg(!journal_open_source(store, &options, &source, &err), "guards are gone");
    ck_assert_error(err, ERROR_STORE, "lost the guards");
    store_close(store);
}
END_TEST

/* ---- What was published ---------------------------------------------------------------------- */

static bool read_published(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

static bool list_sealed(void *context, const struct sealed_place *place, struct error *err)
{
    struct buffer *list = context;

    return buffer_append_format(list, err, "%llu %s %s;", (unsigned long long)place->seq,
                                place->kind, place->member);
}

START_TEST(sealed_values_are_found_by_what_commits_to_them)
{
    struct published_log log = {journal_size(journal), read_published, journal};
    struct buffer list = BUFFER_INIT(256);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_find_sealed(&log, 0, list_sealed, &list, &err), err);
    ck_assert_str_eq(buffer_text(&list), "704 test.note secret;708 test.note secret;");
    buffer_reset(&list);
    ck_assert_ok(journal_find_sealed(&log, 705, list_sealed, &list, &err), err);
    ck_assert_str_eq(buffer_text(&list), "708 test.note secret;");
    buffer_done(&list);
}
END_TEST

START_TEST(a_journal_goes_on_with_what_was_published)
{
    struct journal *target = fixture_empty(NULL);
    struct published_log log = {704, read_published, journal};
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_continue(target, &log, &err), err);
    ck_assert_uint_eq(journal_size(target), 704);

    log.size = 706;
    ck_assert_msg(!journal_continue(target, &log, &err), "704 seals a value");
    ck_assert_error(err, ERROR_NOT_FOUND, "the sealed value of test.note/secret is missing");
    ck_assert_str_eq(err.place, "entry 704");
    error_clear(&err);
    ck_assert_uint_eq(journal_size(target), 704);

    ck_assert_ok(journal_replay_until(journal, target, 709, NULL, NULL, &err), err);
    log.size = journal_size(journal);
    ck_assert_ok(journal_continue(target, &log, &err), err);
    compare_all(target);
    journal_close(target);
}
END_TEST

START_TEST(a_journal_does_not_go_on_with_another_log)
{
    struct journal *target = fixture_journal(NULL);
    struct published_log log = {3, read_published, journal};
    struct error err = ERROR_INIT;

    fixture_begin(target);
    fixture_note(target, "its own");
    fixture_commit(target);
    ck_assert_msg(!journal_continue(target, &log, &err), "a fork");
    ck_assert_error(err, ERROR_VERIFY, "does not name the hash of the entry before it");
    ck_assert_uint_eq(journal_size(target), 2);
    journal_close(target);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("replay");
    TCase *tests = tcase_create("replay");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, replay_gives_the_same_tables_row_for_row);
    tcase_add_test(tests, replay_stops_before_an_entry_and_goes_on_from_there);
    tcase_add_test(tests, replay_names_the_first_entry_that_does_not_apply);
    tcase_add_test(tests, replay_into_a_temporary_file_leaves_nothing_behind);
    tcase_add_test(tests, a_ledger_of_an_older_version_is_only_a_source_for_replay);
    tcase_add_test(tests, a_source_whose_guards_are_gone_is_refused);
    tcase_add_test(tests, sealed_values_are_found_by_what_commits_to_them);
    tcase_add_test(tests, a_journal_goes_on_with_what_was_published);
    tcase_add_test(tests, a_journal_does_not_go_on_with_another_log);
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
