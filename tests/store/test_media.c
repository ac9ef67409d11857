/*
 * test_media.c - disks that are full, may not be written, or lose their program.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

#define BIG_SIZE (1024 * 1024)

static bool insert_big(struct store *store, int64_t seq, const uint8_t *data, struct error *err)
{
    struct statement *insert = NULL;

    if (!store_statement(store, "INSERT INTO entry (seq, bytes) VALUES ($1, $2)", &insert, err))
        return false;
    statement_bind_integer(insert, 1, seq);
    statement_bind_blob(insert, 2, data, BIG_SIZE);
    return statement_run(insert, err);
}

START_TEST(a_file_that_may_grow_no_further_is_told_and_rolled_back)
{
    static uint8_t data[BIG_SIZE];
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path));
    struct error err = ERROR_INIT;
    bool ok;

    ck_assert_int_eq(fixture_integer(store, "PRAGMA max_page_count = 600"), 600);
    ck_assert_ok(store_begin(store, &err), err);
    ck_assert_ok(insert_big(store, 0, data, &err), err);
    ck_assert_ok(store_commit(store, &err), err);
    ck_assert_ok(store_begin(store, &err), err);
    ok = true;
    for (int64_t seq = 1; ok && seq < 10; seq++)
        ok = insert_big(store, seq, data, &err);
    ck_assert(!ok);
    ck_assert_error(err, ERROR_STORE, "the disk is full");
    error_clear(&err);
    ck_assert_msg(!store_commit(store, &err), "what has failed can't be committed");
    ck_assert_error(err, ERROR_STORE, "nothing of it was kept");
    ck_assert_int_eq(fixture_integer(store, "SELECT count(*) FROM entry"), 1);
    store_close(store);
}
END_TEST

START_TEST(a_write_that_fails_leaves_the_ledger_as_it_was)
{
    static uint8_t data[BIG_SIZE];
    struct rlimit limit = {4 * BIG_SIZE, RLIM_INFINITY};
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path));
    struct error err = ERROR_INIT;
    bool ok = true;

    ck_assert_ok(store_begin(store, &err), err);
    ck_assert_ok(insert_big(store, 0, data, &err), err);
    ck_assert_ok(store_commit(store, &err), err);
    (void)signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_ok(store_begin(store, &err), err);
    for (int64_t seq = 1; ok && seq < 200; seq++)
        ok = insert_big(store, seq, data, &err);
    if (ok) ok = store_commit(store, &err);
    ck_assert(!ok);
    ck_assert_error(err, ERROR_STORE, "nothing of this was kept");
    store_rollback(store);
    limit.rlim_cur = RLIM_INFINITY;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    store_close(store);
    store = fixture_reopen(path, STORE_WRITE);
    ck_assert_int_eq(fixture_integer(store, "SELECT count(*) FROM entry"), 1);
    store_close(store);
}
END_TEST

/* Another user than root, to whom a directory without write permission is as closed as a CD. */
static bool become_nobody(void)
{
    return geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0);
}

static void close_medium(const char *path, mode_t directory_mode)
{
    char file[FIXTURE_PATH_SIZE + 32];
    static const char *const suffixes[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_COUNT(suffixes); i++) {
        (void)snprintf(file, sizeof file, "%s/ledger.sqlite%s", path, suffixes[i]);
        (void)chmod(file, 0444);
    }
    (void)snprintf(file, sizeof file, "%s/..", path);
    ck_assert_int_eq(chmod(file, 0755), 0);
    ck_assert_int_eq(chmod(path, directory_mode), 0);
}

/* Run in a child: open what cannot be written and count. The child's exit status tells. */
static int read_closed_medium(const char *path, const char *expected_words)
{
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        if (!become_nobody()) _exit(77);
        if (!store_open(path, STORE_READ, &store, &err))
            _exit(expected_words != NULL && strstr(err.message, expected_words) != NULL ? 0 : 1);
        if (expected_words != NULL) _exit(2);
        _exit(fixture_integer(store, "SELECT count(*) FROM note") == 1 ? 0 : 3);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(a_closed_ledger_is_read_from_media_that_cannot_be_written)
{
    char path[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger 50%?#", path));

    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, '')");
    store_close(store);
    close_medium(path, 0555);
    ck_assert_int_eq(read_closed_medium(path, NULL), 0);
    ck_assert_int_eq(chmod(path, 0755), 0);
}
END_TEST

static void copy_file(const char *from, const char *to, const char *name)
{
    static uint8_t data[BIG_SIZE];
    char path[FIXTURE_PATH_SIZE + 32];
    FILE *file;
    size_t size;

    (void)snprintf(path, sizeof path, "%s/%s", from, name);
    file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size = fread(data, 1, sizeof data, file);
    ck_assert_uint_lt(size, sizeof data);
    (void)fclose(file);
    (void)snprintf(path, sizeof path, "%s/%s", to, name);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    (void)fclose(file);
}

/* Copy the files of a store in use, as a careless person does who burns a CD. */
static void copy_in_use(const char *from, const char *to)
{
    ck_assert_int_eq(mkdir(to, 0755), 0);
    copy_file(from, to, "ledger.sqlite");
    copy_file(from, to, "ledger.sqlite-wal");
}

START_TEST(a_wal_left_behind_on_closed_media_is_named)
{
    char path[FIXTURE_PATH_SIZE], copy[FIXTURE_PATH_SIZE];
    struct store *store = fixture_store(fixture_path("ledger", path));

    fixture_run(store, "INSERT INTO note (name, amount, text) VALUES ('a', 1, '')");
    copy_in_use(path, fixture_path("copy", copy));
    store_close(store);
    close_medium(copy, 0555);
    ck_assert_int_eq(read_closed_medium(copy, "ledger.sqlite-wal holds entries"), 0);
    ck_assert_int_eq(chmod(copy, 0755), 0);
}
END_TEST

/* Commit pairs of rows until killed; a pair is never seen by half. */
static void write_pairs(const char *path)
{
    struct error err = ERROR_INIT;
    struct store *store = fixture_reopen(path, STORE_WRITE);
    int64_t count = fixture_integer(store, "SELECT count(*) FROM entry");

    for (;; count += 2) {
        struct statement *insert = NULL;

        if (!store_begin(store, &err)) _exit(1);
        for (int64_t i = 0; i < 2; i++) {
            if (!store_statement(store, "INSERT INTO entry (seq, bytes) VALUES ($1, X'00')",
                                 &insert, &err))
                _exit(2);
            statement_bind_integer(insert, 1, count + i);
            if (!statement_run(insert, &err)) _exit(3);
        }
        if (!store_commit(store, &err)) _exit(4);
    }
}

START_TEST(a_killed_writer_leaves_whole_transactions)
{
    char path[FIXTURE_PATH_SIZE];
    int64_t last = 0;

    store_close(fixture_store(fixture_path("ledger", path)));
    for (int round = 0; round < 12; round++) {
        struct timespec pause = {0, 3000000 + round * 1700000};
        struct store *store;
        int64_t count;
        pid_t child = fork();

        if (child == 0) write_pairs(path);
        (void)nanosleep(&pause, NULL);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, NULL, 0), child);
        store = fixture_reopen(path, STORE_WRITE);
        count = fixture_integer(store, "SELECT count(*) FROM entry");
        ck_assert_int_eq(count % 2, 0);
        ck_assert_int_ge(count, last);
        last = count;
        store_close(store);
    }
    ck_assert_int_gt(last, 0);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("media");
    TCase *tests = tcase_create("media");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, a_file_that_may_grow_no_further_is_told_and_rolled_back);
    tcase_add_test(tests, a_write_that_fails_leaves_the_ledger_as_it_was);
    tcase_add_test(tests, a_closed_ledger_is_read_from_media_that_cannot_be_written);
    tcase_add_test(tests, a_wal_left_behind_on_closed_media_is_named);
    tcase_add_test(tests, a_killed_writer_leaves_whole_transactions);
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
