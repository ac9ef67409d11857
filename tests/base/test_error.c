/* test_error.c - errors keep their first cause, add places, and are safe to show. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/error.h"

START_TEST(setting_an_error_returns_false_and_keeps_code_message_and_source)
{
    struct error err = ERROR_INIT;

    ck_assert(!error_set(&err, ERROR_INSUFFICIENT, "%d fen short; pay less", 7));
    ck_assert_int_eq(err.code, ERROR_INSUFFICIENT);
    ck_assert_str_eq(err.message, "7 fen short; pay less");
    ck_assert_str_eq(err.place, "");
    ck_assert_ptr_nonnull(strstr(err.source_file, "test_error.c"));
    ck_assert_int_gt(err.source_line, 0);
}
END_TEST

START_TEST(callers_put_their_place_before_what_is_known)
{
    struct error err = ERROR_INIT;

    error_set(&err, ERROR_INPUT, "bad");
    ck_assert(!error_at(&err, "%d", 4));
    ck_assert(!error_at(&err, "%d", 17));
    ck_assert(!error_at(&err, "%s", "grant.csv"));
    ck_assert_str_eq(err.place, "grant.csv:17:4");
    ck_assert_str_eq(err.message, "bad");
    ck_assert(!error_at(&err, "%s", ""));
    ck_assert_str_eq(err.place, "grant.csv:17:4");
}
END_TEST

START_TEST(a_long_path_is_cut_and_row_and_column_stay)
{
    struct error err = ERROR_INIT;
    char path[2 * ERROR_PLACE_SIZE];

    memset(path, 'p', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    error_set(&err, ERROR_INPUT, "bad");
    error_at(&err, "%d:%d", 17, 4);
    error_at(&err, "%s", path);
    ck_assert_uint_eq(strlen(err.place), ERROR_PLACE_SIZE - 1);
    ck_assert_str_eq(err.place + strlen(err.place) - 6, "p:17:4");
    error_at(&err, "%s", "more"); /* no room is left, and nothing is lost */
    ck_assert_str_eq(err.place + strlen(err.place) - 6, "p:17:4");
}
END_TEST

START_TEST(text_that_could_write_to_a_terminal_is_made_harmless)
{
    static const struct {
        const char *given, *shown;
    } cases[] = {
        {"line\nbreak\ttab", "line break tab"},
        {"\x1b[31mred", " [31mred"},
        {"\x7f", " "},
        {"c1 \xc2\x9b end", "c1    end"},
        {"\xe2\x80\xa8 and \xe2\x80\xa9", "    and    "}, /* line and paragraph separator */
        {"\xff\xfe", "??"},
        {"\xe6\x98 cut inside", "?? cut inside"},
        {"明账 \xf0\xa0\xae\xb7", "明账 \xf0\xa0\xae\xb7"},
        {"no-break\xc2\xa0space", "no-break\xc2\xa0space"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        error_set(&err, ERROR_INPUT, "%s", cases[i].given);
        error_at(&err, "%s", cases[i].given);
        ck_assert_str_eq(err.message, cases[i].shown);
        ck_assert_str_eq(err.place, cases[i].shown);
    }
}
END_TEST

START_TEST(a_long_message_is_cut_between_characters)
{
    char text[2 * ERROR_MESSAGE_SIZE];

    for (size_t offset = 0; offset < 4; offset++) {
        struct error err = ERROR_INIT;
        size_t size = 0;

        while (size < offset)
            text[size++] = 'a';
        while (size + 4 < sizeof text) {
            memcpy(text + size, "明", 3);
            size += 3;
        }
        text[size] = '\0';
        error_set(&err, ERROR_INPUT, "%s", text);
        ck_assert_ptr_null(strchr(err.message, '?'));
        ck_assert_uint_eq(strlen(err.message) % 3, offset % 3);
        ck_assert_uint_ge(strlen(err.message), ERROR_MESSAGE_SIZE - 4);
    }
}
END_TEST

START_TEST(clearing_makes_an_error_ready_for_use_again)
{
    struct error err = ERROR_INIT;

    error_set(&err, ERROR_IO, "first");
    error_at(&err, "file");
    error_clear(&err);
    ck_assert_int_eq(err.code, ERROR_NONE);
    ck_assert_str_eq(err.message, "");
    ck_assert_str_eq(err.place, "");
    ck_assert(!error_set(&err, ERROR_STORE, "second"));
    ck_assert_str_eq(err.message, "second");
}
END_TEST

START_TEST(setting_an_error_twice_stops_the_program)
{
    struct error err = ERROR_INIT;

    error_set(&err, ERROR_IO, "the first cause");
    error_set(&err, ERROR_STORE, "something on top");
}
END_TEST

START_TEST(each_code_has_a_name_and_the_exit_status_of_the_design)
{
    static const struct {
        enum error_code code;
        const char *name;
        int exit_status;
    } codes[] = {
        {ERROR_NONE, "none", 0},
        {ERROR_USAGE, "usage", 2},
        {ERROR_INPUT, "input", 3},
        {ERROR_ENCODING, "encoding", 3},
        {ERROR_LIMIT, "limit", 3},
        {ERROR_OVERFLOW, "overflow", 3},
        {ERROR_NOT_FOUND, "not_found", 3},
        {ERROR_CONFLICT, "conflict", 3},
        {ERROR_STATE, "state", 3},
        {ERROR_INSUFFICIENT, "insufficient", 3},
        {ERROR_EARMARK, "earmark", 3},
        {ERROR_CONTRACT, "contract", 3},
        {ERROR_NEGATIVE_LIST, "negative_list", 3},
        {ERROR_PERIOD_CLOSED, "period_closed", 3},
        {ERROR_CLOCK, "clock", 3},
        {ERROR_UNBALANCED, "unbalanced", 3},
        {ERROR_VERIFY, "verify", 1},
        {ERROR_STORE, "store", 4},
        {ERROR_BUSY, "busy", 4},
        {ERROR_IO, "io", 4},
        {ERROR_MEMORY, "memory", 4},
        {ERROR_PERMISSION, "permission", 5},
        {ERROR_KEY, "key", 5},
    };

    ck_assert_uint_eq(ARRAY_COUNT(codes), ERROR_CODE_COUNT);
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
        ck_assert_int_eq(codes[i].code, i);
        ck_assert_str_eq(error_code_name(codes[i].code), codes[i].name);
        ck_assert_int_eq(error_exit_status(codes[i].code), codes[i].exit_status);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *tests = tcase_create("error");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, setting_an_error_returns_false_and_keeps_code_message_and_source);
    tcase_add_test(tests, callers_put_their_place_before_what_is_known);
    tcase_add_test(tests, a_long_path_is_cut_and_row_and_column_stay);
    tcase_add_test(tests, text_that_could_write_to_a_terminal_is_made_harmless);
    tcase_add_test(tests, a_long_message_is_cut_between_characters);
    tcase_add_test(tests, clearing_makes_an_error_ready_for_use_again);
    tcase_add_test_raise_signal(tests, setting_an_error_twice_stops_the_program, 6 /* SIGABRT */);
    tcase_add_test(tests, each_code_has_a_name_and_the_exit_status_of_the_design);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
