/*
 * test_suggest.c - which mistyped words find the one that was meant, and which find none.
 */
#include <stdlib.h>

#include <check.h>

#include "base/compiler.h"
#include "cli/suggest.h"

static const struct {
    const char *left, *right;
    size_t distance;
} distances[] = {
    {"", "", 0},
    {"voucher", "voucher", 0},
    {"Voucher", "voucher", 0},
    {"vocher", "voucher", 1},        /* left out */
    {"vouucher", "voucher", 1},      /* put in */
    {"voucner", "voucher", 1},       /* changed */
    {"vuocher", "voucher", 1},       /* swapped */
    {"柳林村", "柳材村", 1},         /* one character, three bytes */
    {"", "柳林村", 3},               /* all put in */
    {"ca", "abc", 3},                /* no swap across what was put in: optimal string alignment */
    {"2021-ZY-01", "2021-ZY-10", 1}, /* a code with digits swapped */
};

START_TEST(distance_counts_characters_put_in_left_out_changed_or_swapped)
{
    ck_assert_uint_eq(suggest_distance(distances[_i].left, distances[_i].right),
                      distances[_i].distance);
    ck_assert_uint_eq(suggest_distance(distances[_i].right, distances[_i].left),
                      distances[_i].distance);
}
END_TEST

START_TEST(distance_of_what_is_no_text_or_too_long_is_beyond_all)
{
    static const char of_65[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    ck_assert_uint_eq(sizeof of_65, 66);
    ck_assert_uint_eq(suggest_distance(of_65, of_65), 64);
    ck_assert_uint_eq(suggest_distance("\xff", "a"), 64);
}
END_TEST

static const struct {
    const char *typed, *offered[3], *best; /* "" when none is near enough; why */
} offers[] = {
    {"vocher", {"verify", "voucher", "user"}, "voucher"},
    {"frobnicate", {"verify", "voucher", "user"}, ""},
    {"lst", {"list", "show", "submit"}, "list"},
    {"x", {"a", "b", "c"}, ""}, /* nothing of it would be left */
    {"柳材村", {"桃花村", "柳林村", "柳林乡"}, "柳林村"},
    {"2021-ZY-11", {"2021-ZY-01", "2021-ZY-12", "2020-SJ-11"}, "2021-ZY-01"}, /* the first of two */
    {"list", {"list", "lost", "show"}, "lost"}, /* the same word was no mistake */
};

START_TEST(suggestion_is_the_nearest_word_that_is_near_enough)
{
    struct suggestion suggestion;
    size_t i;

    suggest_begin(&suggestion, offers[_i].typed);
    for (i = 0; i < ARRAY_COUNT(offers[_i].offered); i++)
        suggest_offer(&suggestion, offers[_i].offered[i]);
    ck_assert_str_eq(suggestion.best, offers[_i].best);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tests = tcase_create("suggest");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, distance_counts_characters_put_in_left_out_changed_or_swapped, 0,
                        (int)ARRAY_COUNT(distances));
    tcase_add_test(tests, distance_of_what_is_no_text_or_too_long_is_beyond_all);
    tcase_add_loop_test(tests, suggestion_is_the_nearest_word_that_is_near_enough, 0,
                        (int)ARRAY_COUNT(offers));
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
