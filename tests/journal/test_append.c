/*
 * test_append.c - transactions and entries: what gets into the log, and what never does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static struct journal *journal;

static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(NULL);
}

static void teardown(void)
{
    journal_close(journal);
    fixture_teardown();
}

static int64_t count_notes(void)
{
    struct error err = ERROR_INIT;
    struct statement *select = NULL;
    bool has_row = false;
    int64_t count;

    ck_assert_ok(
        store_statement(journal_store(journal), "SELECT count(*) FROM test_note", &select, &err),
        err);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    count = statement_integer(select, 0);
    statement_reset(select);
    return count;
}

START_TEST(an_entry_is_the_bytes_that_the_format_says)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    char expected[512], prev[HASH_HEX_SIZE];
    hash_t genesis = journal->head.hash, row;

    fixture_set_clock(FIXTURE_START + 61);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 7, &err), err);
    row = journal->head.hash;
    ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err);
    fixture_commit(journal);
    (void)snprintf(expected, sizeof expected,
                   "{\"actor\":\"zhao\",\"body\":{\"number\":7},\"kind\":\"test.row\",\"prev\":"
                   "\"%s\",\"seq\":1,\"time\":\"2021-03-01T00:01:01Z\",\"v\":1}",
                   hash_to_hex(&genesis, prev));
    ck_assert_ok(journal_read(journal, 1, &bytes, &err), err);
    ck_assert_str_eq(buffer_text(&bytes), expected);
    genesis = hash_leaf(bytes.data, bytes.size);
    ck_assert(hash_equal(&genesis, &row));
    ck_assert(!journal_read(journal, 3, &bytes, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "there is no entry 3");
    buffer_done(&bytes);
}
END_TEST

START_TEST(append_refuses_a_body_that_its_table_does_not_allow)
{
    static const struct {
        const char *body;
        const char *words, *place;
    } cases[] = {
        {"{}", "member text is missing", "test.note"},
        {"{\"text\":\"a\",\"zeal\":1}", "no member \"zeal\"", "test.note"},
        {"{\"another\":1,\"text\":\"a\"}", "no member \"another\"", "test.note"},
        {"{\"text\":1}", "should be a string", "test.note:text"},
        {"{\"text\":\"a\\nb\"}", "control character", "test.note:text"},
        {"{\"text\":\"王某,11010519491231002X\"}", "holds an ID number", "test.note:text"},
        {"{\"text\":\"电话13912345678\"}", "holds a mobile", "test.note:text"},
        {"{\"secret\":\"a\",\"text\":\"a\"}", "should be sealed", "test.note:secret"},
        {"{\"maybe\":\"13912345678\",\"text\":\"a\"}", "holds a mobile", "test.note:maybe"},
        {"{\"secret\":{\"sealed\":"
         "\"000000000000000000000000000000000000000000000000000000000000aa\"},\"text\":\"a\"}",
         "should be sealed", "test.note:secret"},
        {"{\"secret\":{\"sealed\":"
         "\"00000000000000000000000000000000000000000000000000000000000000aa\"},\"text\":\"a\"}",
         "the sealed value of test.note/secret is missing", ""},
        {"{\"text\":\"refuse\"}", "asks to be refused", ""},
    };
    struct error err = ERROR_INIT;
    hash_t before = journal->head.hash;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        fixture_begin(journal);
        ck_assert_msg(!fixture_try_act(journal, "zhao", "test.note", cases[i].body, &err), "%s",
                      cases[i].body);
        ck_assert_msg(strstr(err.message, cases[i].words) != NULL, "no '%s' in: %s", cases[i].words,
                      err.message);
        ck_assert_str_eq(err.place, cases[i].place);
        error_clear(&err);
        ck_assert_msg(!fixture_try_note(journal, "zhao", "more", &err), "after a refusal");
        ck_assert_error(err, ERROR_STATE, "roll it back");
        error_clear(&err);
        ck_assert(!journal_commit(journal, &err));
        ck_assert_error(err, ERROR_STATE, "nothing of it was kept");
        error_clear(&err);
        ck_assert_uint_eq(journal_size(journal), 1);
        ck_assert(hash_equal(&before, &journal->head.hash));
    }
    ck_assert_int_eq(count_notes(), 0);
}
END_TEST

START_TEST(append_refuses_text_of_more_than_500_characters)
{
    char text[3 * 501 + 1] = "";
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < 500; i++)
        memcpy(text + 3 * i, "镇", 4);
    fixture_begin(journal);
    fixture_note(journal, text);
    memcpy(text + sizeof text - 4, "镇", 4);
    ck_assert(!fixture_try_note(journal, "zhao", text, &err));
    ck_assert_error(err, ERROR_LIMIT, "has 501 characters");
    journal_rollback(journal);
}
END_TEST

static bool try_append(const char *actor, const char *kind, const char *body, struct error *err)
{
    struct buffer text = BUFFER_INIT(2 * ENTRY_SIZE_BYTES_MAX);
    struct appended appended;
    bool ok;

    ck_assert(buffer_append_text(&text, body, err));
    ok = journal_append(journal, actor, kind, &text, NULL, 0, &appended, err);
    buffer_done(&text);
    return ok;
}

START_TEST(append_refuses_what_is_no_entry)
{
    static char long_body[ENTRY_SIZE_BYTES_MAX + 64];
    const struct {
        const char *actor, *kind, *body;
        enum error_code code;
        const char *words;
    } cases[] = {
        {"zhao", "test.nothing", "{\"number\":1}", ERROR_INPUT, "no entries of kind test.nothing"},
        {"Zhao", "test.row", "{\"number\":1}", ERROR_INPUT, ""},
        {"zhao\",\"v\":\"1", "test.row", "{\"number\":1}", ERROR_INPUT, ""},
        {"zhou", "test.row", "{\"number\":1}", ERROR_PERMISSION, "no user of this ledger"},
        {"zhao", "test.row", "{\"number\": 1}", ERROR_INPUT, ""},
        {"zhao", "test.row", "{\"number\":-1}", ERROR_INPUT, "at least 0"},
        {"zhao", "test.row", "{\"number\":1},\"extra\":{}", ERROR_INPUT, "seven members"},
        {"zhao", "test.row", "{\"number\":1},\"body\":{}", ERROR_INPUT, ""},
        {"zhao", "test.row", "[]", ERROR_INPUT, "\"body\" is an object"},
        {"zhao", "test.row", long_body, ERROR_LIMIT, ""},
        {"zhao", "ledger.genesis", "{}", ERROR_STATE, "begins with its genesis entry"},
    };
    struct error err = ERROR_INIT;

    memset(long_body, 'x', sizeof long_body - 1);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        fixture_begin(journal);
        ck_assert_msg(!try_append(cases[i].actor, cases[i].kind, cases[i].body, &err), "%s %s",
                      cases[i].kind, cases[i].body);
        ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
        journal_rollback(journal);
        ck_assert_uint_eq(journal_size(journal), 1);
    }
}
END_TEST

START_TEST(a_commit_against_the_law_keeps_nothing)
{
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    fixture_note(journal, "lawless");
    ck_assert(!journal_commit(journal, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "law");
    ck_assert_uint_eq(journal_size(journal), 1);
    ck_assert_int_eq(count_notes(), 0);
    fixture_begin(journal);
    fixture_note(journal, "lawful");
    fixture_commit(journal);
    ck_assert_int_eq(count_notes(), 1);
}
END_TEST

START_TEST(rows_are_covered_by_a_signed_entry_just_behind_them)
{
    struct error err = ERROR_INIT;
    struct covered_rows rows;
    hash_t wrong = hash_sha256(NULL, 0);

    fixture_add_user(journal, "li", "maker");
    fixture_begin(journal);
    for (int64_t i = 0; i < 3; i++)
        ck_assert_ok(fixture_try_row(journal, "zhao", i, &err), err);
    journal_covered_rows(journal, &rows);
    ck_assert_uint_eq(rows.count, 3);
    ck_assert_uint_eq(rows.first_seq, 3);
    ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err);
    ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err); /* of no rows at all */
    fixture_commit(journal);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 1, &err), err);
    ck_assert_msg(!journal_commit(journal, &err), "uncovered at the commit");
    ck_assert_error(err, ERROR_STATE, "1 rows from entry 8 on are covered by no signature");
    error_clear(&err);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 1, &err), err);
    ck_assert_msg(!fixture_try_note(journal, "zhao", "between", &err), "another kind between");
    ck_assert_error(err, ERROR_STATE, "covered by no signature");
    error_clear(&err);
    journal_rollback(journal);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 1, &err), err);
    ck_assert_msg(!fixture_try_row(journal, "li", 2, &err), "another actor's row");
    ck_assert_error(err, ERROR_STATE, "covered by no signature");
    error_clear(&err);
    journal_rollback(journal);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 1, &err), err);
    ck_assert_msg(!fixture_try_cover(journal, "li", NULL, &err), "another actor's signature");
    ck_assert_error(err, ERROR_STATE, "covered by no signature");
    error_clear(&err);
    journal_rollback(journal);

    fixture_begin(journal);
    ck_assert_ok(fixture_try_row(journal, "zhao", 1, &err), err);
    ck_assert_msg(!fixture_try_cover(journal, "zhao", &wrong, &err), "another root");
    ck_assert_error(err, ERROR_VERIFY, "the 1 rows before this entry give");
    journal_rollback(journal);
}
END_TEST

START_TEST(an_entry_is_described_in_plain_words)
{
    struct buffer words = BUFFER_INIT(4096);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_describe(journal, 0, &words, &err), err);
    ck_assert_str_eq(buffer_text(&words),
                     "zhao begins the ledger " FIXTURE_ORIGIN " of 镇安县扶贫资金账");
    buffer_done(&words);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("append");
    TCase *tests = tcase_create("append");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_entry_is_the_bytes_that_the_format_says);
    tcase_add_test(tests, append_refuses_a_body_that_its_table_does_not_allow);
    tcase_add_test(tests, append_refuses_text_of_more_than_500_characters);
    tcase_add_test(tests, append_refuses_what_is_no_entry);
    tcase_add_test(tests, a_commit_against_the_law_keeps_nothing);
    tcase_add_test(tests, rows_are_covered_by_a_signed_entry_just_behind_them);
    tcase_add_test(tests, an_entry_is_described_in_plain_words);
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
