/*
 * test_transactions.c - the clock, a second writer, a killed writer, and a store that was tampered
 * with.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "fixture.h"

#define DAY 86400

static char path[FIXTURE_PATH_SIZE];
static struct journal *journal;

static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(fixture_path("ledger", path));
}

static void teardown(void)
{
    journal_close(journal);
    fixture_teardown();
}

/* ---- The clock ------------------------------------------------------------------------------- */

START_TEST(the_time_of_the_record_never_runs_backwards)
{
    /* Each after an entry at FIXTURE_START + 100. */
    static const struct {
        int64_t now, recorded; /* -1: refused */
        const char *why;
    } cases[] = {
        {100, 100, "the same second"},
        {101, 101, "a second later"},
        {99, 100, "a step back of 1 s repeats the last time"},
        {95, 100, "a step back of 5 s as well"},
        {94, -1, "6 s are too much"},
        {-10 * DAY, -1, "a clock that was reset"},
        {100 + 30 * DAY, 100 + 30 * DAY, "30 days need no confirmation"},
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct journal *each = fixture_journal(NULL);

        fixture_set_clock(FIXTURE_START + 100);
        fixture_begin(each);
        fixture_note(each, "first");
        fixture_commit(each);
        fixture_set_clock(FIXTURE_START + cases[i].now);
        if (cases[i].recorded < 0) {
            ck_assert_msg(!journal_begin(each, &err), "%s", cases[i].why);
            ck_assert_error(err, ERROR_CLOCK, "set the clock right");
            error_clear(&err);
        } else {
            fixture_begin(each);
            fixture_note(each, "second");
            ck_assert_msg(journal_time(each).seconds == FIXTURE_START + cases[i].recorded, "%s",
                          cases[i].why);
            fixture_commit(each);
            ck_assert_int_eq(each->head.time.seconds, FIXTURE_START + cases[i].recorded);
        }
        journal_close(each);
        fixture_set_clock(FIXTURE_START);
    }
}
END_TEST

START_TEST(a_gap_of_more_than_30_days_is_confirmed_first)
{
    static const char confirmation[] = "{\"reason\":\"the office was closed\"}";
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    ck_assert(!fixture_try_act(journal, "zhao", "clock.confirm", confirmation, &err));
    ck_assert_error(err, ERROR_STATE, "needs no confirmation now");
    error_clear(&err);
    journal_rollback(journal);

    fixture_set_clock(FIXTURE_START + 30 * DAY + 1);
    fixture_begin(journal);
    ck_assert(!fixture_try_note(journal, "zhao", "unconfirmed", &err));
    ck_assert_error(err, ERROR_CLOCK, "an administrator confirms it first (clock.confirm)");
    error_clear(&err);
    journal_rollback(journal);

    fixture_begin(journal);
    ck_assert(!fixture_try_act(journal, "sun", "clock.confirm", confirmation, &err));
    ck_assert_error(err, ERROR_PERMISSION, "sun is not admin for");
    error_clear(&err);
    journal_rollback(journal);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_act(journal, "zhao", "clock.confirm", confirmation, &err), err);
    fixture_note(journal, "in the same transaction");
    fixture_commit(journal);
    fixture_begin(journal);
    fixture_note(journal, "and later");
    fixture_commit(journal);
}
END_TEST

START_TEST(a_clock_more_than_five_years_ahead_is_confirmed_by_nobody)
{
    static const char confirmation[] = "{\"reason\":\"\"}";
    struct error err = ERROR_INIT;

    fixture_set_clock(FIXTURE_START + INT64_C(5) * 366 * DAY + 1);
    fixture_begin(journal);
    ck_assert(!fixture_try_act(journal, "zhao", "clock.confirm", confirmation, &err));
    ck_assert_error(err, ERROR_CLOCK, "years after the last entry");
    error_clear(&err);
    journal_rollback(journal);

    fixture_set_clock(FIXTURE_START + INT64_C(5) * 366 * DAY);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_act(journal, "zhao", "clock.confirm", confirmation, &err), err);
    fixture_commit(journal);
}
END_TEST

/* ---- Two writers ----------------------------------------------------------------------------- */

START_TEST(a_second_writer_is_told_and_then_goes_on_from_the_new_end)
{
    struct journal *second = fixture_reopen(path, STORE_WRITE);
    struct journal *reader = fixture_reopen(path, STORE_READ);
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    fixture_note(journal, "first");
    ck_assert(!journal_begin(second, &err));
    ck_assert_error(err, ERROR_BUSY, "another program is writing");
    error_clear(&err);
    fixture_commit(journal);
    fixture_begin(second);
    ck_assert_uint_eq(journal_size(second), 2);
    fixture_note(second, "second");
    fixture_commit(second);
    fixture_begin(journal);
    fixture_note(journal, "third");
    fixture_commit(journal);
    ck_assert_uint_eq(journal_size(journal), 4);
    ck_assert(!journal_begin(reader, &err));
    ck_assert_error(err, ERROR_STATE, "reading only");
    error_clear(&err);
    ck_assert_uint_eq(journal_size(reader), 1);
    ck_assert_ok(journal_refresh(reader, &err), err);
    ck_assert_uint_eq(journal_size(reader), 4);
    journal_close(reader);
    journal_close(second);
}
END_TEST

/* ---- Killed ---------------------------------------------------------------------------------- */

/* Transactions of 1 to 40 entries until killed; a byte on `ready` once the first is committed. */
static void write_until_killed(int round, int ready)
{
    struct journal *mine = fixture_reopen(path, STORE_WRITE);
    struct error err = ERROR_INIT;

    fixture_set_random((uint64_t)(round + 1) << 32);
    for (int64_t rows = 0;; rows = (rows + 7) % 40) {
        if (!journal_begin(mine, &err)) _exit(1);
        for (int64_t i = 0; i < rows; i++)
            if (!fixture_try_row(mine, "zhao", i, &err)) _exit(2);
        if (!fixture_try_cover(mine, "zhao", NULL, &err)) _exit(3);
        if (!journal_commit(mine, &err)) _exit(4);
        if (rows == 0 && write(ready, "", 1) != 1) _exit(5);
    }
}

static bool check_chain(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                        struct error *err)
{
    struct tree_frontier *frontier = context;
    hash_t leaf = hash_leaf(bytes, size);

    (void)err;
    ck_assert_uint_eq(frontier->size, seq);
    tree_frontier_add(frontier, &leaf);
    return true;
}

START_TEST(a_killed_writer_leaves_a_good_journal)
{
    struct error err = ERROR_INIT;
    uint64_t last = 1;

    journal_close(journal);
    for (int round = 0; round < 15; round++) {
        struct timespec pause = {0, round * 1300000};
        struct tree_frontier frontier = TREE_FRONTIER_INIT;
        hash_t root, stored;
        int ready[2];
        char byte;
        pid_t child;

        ck_assert_int_eq(pipe(ready), 0);
        child = fork();
        if (child == 0) write_until_killed(round, ready[1]);
        ck_assert_int_eq(read(ready[0], &byte, 1), 1);
        (void)nanosleep(&pause, NULL);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, NULL, 0), child);
        (void)close(ready[0]);
        (void)close(ready[1]);
        journal = fixture_reopen(path, STORE_WRITE);
        ck_assert_uint_gt(journal_size(journal), last);
        last = journal_size(journal);
        ck_assert_ok(journal_walk(journal, 0, last, check_chain, &frontier, &err), err);
        root = tree_frontier_root(&frontier);
        ck_assert_ok(journal_root(journal, last, &stored, &err), err);
        ck_assert(hash_equal(&root, &stored));
        fixture_begin(journal);
        fixture_note(journal, "after the crash");
        fixture_commit(journal);
        journal_close(journal);
    }
    journal = fixture_reopen(path, STORE_READ);
}
END_TEST

/* ---- A full disk ----------------------------------------------------------------------------- */

static void set_page_limit(int pages)
{
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;
    char sql[64];
    bool has_row;

    (void)snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", pages);
    ck_assert_ok(store_prepare(journal_store(journal), sql, &statement, &err), err);
    ck_assert_ok(statement_step(statement, &has_row, &err), err);
    statement_free(statement);
}

START_TEST(a_full_disk_keeps_nothing_of_a_transaction)
{
    struct error err = ERROR_INIT;
    hash_t before = journal->head.hash, root, built;
    bool ok = true;

    set_page_limit(80);
    fixture_begin(journal);
    for (int64_t i = 0; ok && i < 20000; i++)
        ok = fixture_try_row(journal, "zhao", i, &err);
    ck_assert(!ok);
    ck_assert_error(err, ERROR_STORE, "the disk is full");
    error_clear(&err);
    ck_assert(!journal_commit(journal, &err));
    ck_assert_error(err, ERROR_STATE, "nothing of it was kept");
    error_clear(&err);
    ck_assert_uint_eq(journal_size(journal), 1);
    ck_assert(hash_equal(&before, &journal->head.hash));
    set_page_limit(100000);
    fixture_begin(journal);
    fixture_note(journal, "there is room again");
    fixture_commit(journal);
    ck_assert_ok(journal_root(journal, 2, &root, &err), err);
    built = tree_frontier_root(&journal->tree.frontier);
    ck_assert(hash_equal(&root, &built));
}
END_TEST

/* ---- Tampered with --------------------------------------------------------------------------- */

static int run_raw(const char *sql)
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

START_TEST(entries_refuse_update_and_delete_from_any_program)
{
    static const char *const cases[] = {
        "UPDATE entry SET bytes = X'7b7d' WHERE seq = 0",
        "DELETE FROM entry",
        "UPDATE sealed SET plain = X'7b7d'",
        "DELETE FROM sealed",
    };
    struct error err = ERROR_INIT;
    struct statement *statement = NULL;

    ck_assert_int_ne(run_raw(cases[0]), 0);
    ck_assert_int_ne(run_raw(cases[1]), 0);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(!store_prepare(journal_store(journal), cases[i], &statement, &err), "%s",
                      cases[i]);
        ck_assert_error(err, ERROR_STORE, "never changed or removed");
        error_clear(&err);
    }
}
END_TEST

START_TEST(open_tells_of_a_ledger_that_was_changed)
{
    static const struct {
        const char *sql;
        enum error_code code;
        const char *words;
    } cases[] = {
        {"DROP TRIGGER entry_refuses_delete", ERROR_STORE, "entry has lost the guards"},
        {"DROP TRIGGER entry_refuses_update; DROP TRIGGER entry_refuses_delete; "
         "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'first', 'fixed') AS BLOB); "
         "CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry BEGIN SELECT 1; END; "
         "CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry BEGIN SELECT 1; END",
         ERROR_VERIFY, "the bytes of the last entry, 1, don't give its hash"},
        {"DELETE FROM ledger", ERROR_STORE, "no name"},
    };
    struct journal_options options = fixture_options();
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    fixture_note(journal, "first");
    fixture_commit(journal);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char copy[FIXTURE_PATH_SIZE], name[16];
        struct store *store = NULL;
        struct journal *opened = NULL;

        (void)snprintf(name, sizeof name, "copy%zu", i);
        ck_assert_ok(store_backup(journal_store(journal), fixture_path(name, copy), &err), err);
        memcpy(path, copy, sizeof path);
        ck_assert_int_eq(run_raw(cases[i].sql), 0);
        ck_assert_ok(store_open(copy, STORE_WRITE, &store, &err), err);
        ck_assert_msg(!journal_open(store, &options, &opened, &err), "%s", cases[i].sql);
        ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
        store_close(store);
    }
}
END_TEST

/* A module of a program gone wrong: it stores a tile or a hash other than the tree's. */
START_TEST(a_commit_reads_back_what_it_wrote)
{
    static const char *const cases[] = {
        "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0",
        "UPDATE tile SET hashes = zeroblob(64) WHERE level = 1",
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct statement *statement = NULL;

        fixture_begin(journal);
        for (int64_t row = 0; row < 600; row++)
            ck_assert_ok(fixture_try_row(journal, "zhao", row, &err), err);
        ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err);
        ck_assert_ok(store_prepare(journal_store(journal), cases[i], &statement, &err), err);
        ck_assert_ok(statement_run(statement, &err), err);
        statement_free(statement);
        ck_assert_msg(!journal_commit(journal, &err), "%s", cases[i]);
        ck_assert_error(err, ERROR_STORE, "check the disk and memory of this machine");
        error_clear(&err);
        ck_assert_uint_eq(journal_size(journal), 1);
    }
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("transactions");
    TCase *tests = tcase_create("transactions");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, the_time_of_the_record_never_runs_backwards);
    tcase_add_test(tests, a_gap_of_more_than_30_days_is_confirmed_first);
    tcase_add_test(tests, a_clock_more_than_five_years_ahead_is_confirmed_by_nobody);
    tcase_add_test(tests, a_second_writer_is_told_and_then_goes_on_from_the_new_end);
    tcase_add_test(tests, a_killed_writer_leaves_a_good_journal);
    tcase_add_test(tests, a_full_disk_keeps_nothing_of_a_transaction);
    tcase_add_test(tests, entries_refuse_update_and_delete_from_any_program);
    tcase_add_test(tests, open_tells_of_a_ledger_that_was_changed);
    tcase_add_test(tests, a_commit_reads_back_what_it_wrote);
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
