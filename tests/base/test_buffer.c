/* test_buffer.c - buffers grow to their limit and no further, and keep what they held. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/buffer.h"

START_TEST(an_empty_buffer_reads_as_empty_text)
{
    struct buffer buffer = BUFFER_INIT(10);

    ck_assert_str_eq(buffer_text(&buffer), "");
    buffer_reset(&buffer);
    buffer_wipe(&buffer);
    buffer_done(&buffer);
    buffer_done(NULL);
}
END_TEST

START_TEST(appended_pieces_follow_each_other_and_end_with_nul)
{
    struct buffer buffer = BUFFER_INIT(1000);
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&buffer, "one ", &err));
    ck_assert(buffer_append_byte(&buffer, '2', &err));
    ck_assert(buffer_append(&buffer, (const uint8_t *)" \0three", 7, &err));
    ck_assert(buffer_append(&buffer, NULL, 0, &err));
    ck_assert(buffer_append_format(&buffer, &err, " %d %s", 4, "five"));
    ck_assert_uint_eq(buffer.size, 19);
    ck_assert_mem_eq(buffer.data, "one 2 \0three 4 five", 20);
    buffer_done(&buffer);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.limit, 1000);
}
END_TEST

START_TEST(integers_are_written_as_printf_writes_them)
{
    static const int64_t cases[] = {0, 1, -1, 9, 10, -10, 1234567890, INT64_MAX, INT64_MIN, 100};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer buffer = BUFFER_INIT(20);
        char expected[32];

        (void)snprintf(expected, sizeof expected, "%" PRId64, cases[i]);
        ck_assert(buffer_append_integer(&buffer, cases[i], &err));
        ck_assert_str_eq(buffer_text(&buffer), expected);
        buffer_done(&buffer);
    }
}
END_TEST

START_TEST(contents_survive_every_growth)
{
    struct buffer buffer = BUFFER_INIT(100000);
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < 100000; i++) {
        ck_assert(buffer_append_byte(&buffer, (uint8_t)(i * 7), &err));
        ck_assert_uint_le(buffer.capacity, buffer.limit);
        ck_assert_uint_eq(buffer.data[buffer.size], 0);
    }
    for (size_t i = 0; i < 100000; i++)
        ck_assert_uint_eq(buffer.data[i], (uint8_t)(i * 7));
    buffer_done(&buffer);
}
END_TEST

START_TEST(the_limit_is_reached_exactly_and_never_passed)
{
    struct buffer buffer = BUFFER_INIT(5);
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&buffer, "12345", &err));
    ck_assert(!buffer_append_byte(&buffer, '6', &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(
        err.message,
        "this needs more than the 5 bytes allowed for it; make it shorter or split it");
    ck_assert_str_eq(buffer_text(&buffer), "12345");
    error_clear(&err);
    ck_assert(!buffer_append_format(&buffer, &err, "%d", 6));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(buffer_text(&buffer), "12345");
    error_clear(&err);
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&buffer);
}
END_TEST

START_TEST(memory_that_cannot_be_had_is_an_error)
{
    struct buffer buffer = BUFFER_INIT(SIZE_MAX);
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&buffer, "kept", &err));
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX - 4, &err));
    ck_assert_int_eq(err.code, ERROR_MEMORY);
    ck_assert_str_eq(buffer_text(&buffer), "kept");
    buffer_done(&buffer);
}
END_TEST

START_TEST(reserved_room_does_not_move)
{
    struct buffer buffer = BUFFER_INIT(5000);
    struct error err = ERROR_INIT;
    const uint8_t *data;

    ck_assert(buffer_reserve(&buffer, 4000, &err));
    data = buffer.data;
    while (buffer.size < 4000)
        ck_assert(buffer_append_byte(&buffer, 'x', &err));
    ck_assert_ptr_eq(buffer.data, data);
    buffer_done(&buffer);
}
END_TEST

START_TEST(reset_keeps_the_memory_and_wipe_clears_it)
{
    struct buffer buffer = BUFFER_INIT(100);
    struct error err = ERROR_INIT;
    static const uint8_t zeros[6] = {0};
    const uint8_t *data;

    ck_assert(buffer_append_text(&buffer, "secret", &err));
    data = buffer.data;
    buffer_reset(&buffer);
    ck_assert_uint_eq(buffer.size, 0);
    ck_assert_str_eq(buffer_text(&buffer), "");
    ck_assert(buffer_append_text(&buffer, "secret", &err));
    ck_assert_ptr_eq(buffer.data, data);
    buffer_wipe(&buffer);
    ck_assert_uint_eq(buffer.size, 0);
    ck_assert_mem_eq(data, zeros, 6);
    buffer_done(&buffer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buffer");
    TCase *tests = tcase_create("buffer");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, an_empty_buffer_reads_as_empty_text);
    tcase_add_test(tests, appended_pieces_follow_each_other_and_end_with_nul);
    tcase_add_test(tests, integers_are_written_as_printf_writes_them);
    tcase_add_test(tests, contents_survive_every_growth);
    tcase_add_test(tests, the_limit_is_reached_exactly_and_never_passed);
    tcase_add_test(tests, memory_that_cannot_be_had_is_an_error);
    tcase_add_test(tests, reserved_room_does_not_move);
    tcase_add_test(tests, reset_keeps_the_memory_and_wipe_clears_it);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
