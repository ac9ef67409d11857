/* test_split.c - amounts split by parts: the vector of docs/format.md, and random plans.
 * MINGZHANG_SEED=n takes other plans; MINGZHANG_LONG=1 a hundred times as many. */
#include <check.h>
#include <stdlib.h>

#include "ledger/income/income.h"
#include "tests/chosen.h"

#define PARTS_MAX 64
#define PLANS     5000

static const struct {
    int64_t fen, whole;
    size_t count;
    int64_t parts[5], wanted[5];
} vectors[] = {
    {10000, 3, 3, {1, 1, 1}, {3334, 3333, 3333}},           /* ties: the earlier */
    {10001, 3, 3, {1, 1, 1}, {3334, 3334, 3333}},           /* two left over */
    {1000, 10000, 3, {3333, 3333, 3334}, {333, 333, 334}},  /* the larger remainder */
    {100, 7, 3, {4, 2, 1}, {57, 29, 14}},                   /* 57 1/7, 28 4/7, 14 2/7 */
    {2, 5, 5, {1, 1, 1, 1, 1}, {1, 1, 0, 0, 0}},            /* fewer fen than shares */
    {12345678, 10000, 2, {8000, 2000}, {9876542, 2469136}}, /* .4 and .6 */
    {MONEY_FEN_MAX, 1000000000, 2, {999999999, 1}, {9007199245733792, 9007199}},
};

START_TEST(fen_that_are_left_go_to_the_largest_remainders)
{
    money_t out[5];
    struct error err = ERROR_INIT;

    ck_assert(split_largest_remainder((money_t){vectors[_i].fen}, vectors[_i].parts,
                                      vectors[_i].count, vectors[_i].whole, out, &err));
    for (size_t i = 0; i < vectors[_i].count; i++)
        ck_assert_int_eq(out[i].fen, vectors[_i].wanted[i]);
}
END_TEST

static uint64_t chosen(uint64_t seed)
{
    const char *text = getenv("MINGZHANG_SEED");

    return text == NULL ? seed : strtoull(text, NULL, 10);
}

static int plan_count(int count)
{
    return getenv("MINGZHANG_LONG") == NULL ? count : 100 * count;
}

/* A whole cut into so many parts, each at least 1. */
static int64_t random_parts(uint64_t *state, int64_t *parts, size_t count)
{
    const size_t most = SHARE_WHOLE_MAX / PARTS_MAX >> chance_below(state, 24);
    int64_t whole = 0;

    for (size_t i = 0; i < count; i++) {
        parts[i] = 1 + (int64_t)chance_below(state, most);
        whole += parts[i];
    }
    return whole;
}

START_TEST(whatever_the_plan_no_fen_is_lost)
{
    uint64_t state = chosen(5);
    int64_t parts[PARTS_MAX];
    money_t out[PARTS_MAX], floor;

    for (int plan = 0; plan < plan_count(PLANS); plan++) {
        const size_t count = 1 + chance_below(&state, PARTS_MAX);
        const money_t amount = {
            (int64_t)(chance_next(&state) % (MONEY_FEN_MAX + 1) >> chance_below(&state, 50))};
        const int64_t whole = random_parts(&state, parts, count);
        struct error err = ERROR_INIT;
        int64_t sum = 0;

        ck_assert(split_largest_remainder(amount, parts, count, whole, out, &err));
        for (size_t i = 0; i < count; i++) {
            ck_assert(money_multiply_ratio(amount, parts[i], whole, &floor, &err));
            ck_assert(out[i].fen == floor.fen || out[i].fen == floor.fen + 1);
            sum += out[i].fen;
        }
        ck_assert_int_eq(sum, amount.fen);
    }
}
END_TEST

START_TEST(who_has_more_parts_never_gets_less)
{
    uint64_t state = chosen(6);
    int64_t parts[PARTS_MAX];
    money_t out[PARTS_MAX];

    for (int plan = 0; plan < plan_count(PLANS / 10); plan++) {
        const size_t count = 1 + chance_below(&state, PARTS_MAX);
        const money_t amount = {(int64_t)chance_below(&state, 100000)};
        const int64_t whole = random_parts(&state, parts, count);
        struct error err = ERROR_INIT;

        ck_assert(split_largest_remainder(amount, parts, count, whole, out, &err));
        for (size_t i = 1; i < count; i++)
            ck_assert(parts[i] == parts[i - 1] ||
                      (parts[i] > parts[i - 1]) == (out[i].fen > out[i - 1].fen) ||
                      out[i].fen == out[i - 1].fen);
    }
}
END_TEST

START_TEST(parts_that_do_not_make_the_whole_are_refused)
{
    const int64_t parts[] = {4, 3};
    money_t out[2] = {{7}, {7}};
    struct error err = ERROR_INIT;

    ck_assert(!split_largest_remainder((money_t){100}, parts, 2, 8, out, &err));
    ck_assert_int_eq(err.code, ERROR_UNBALANCED);
    error_clear(&err);
    ck_assert(!split_largest_remainder((money_t){100}, parts, 2, 6, out, &err));
    ck_assert_int_eq(err.code, ERROR_UNBALANCED);
    ck_assert(out[0].fen == 7 && out[1].fen == 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("split");
    TCase *tests = tcase_create("split");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tests, fen_that_are_left_go_to_the_largest_remainders, 0,
                        ARRAY_COUNT(vectors));
    tcase_add_test(tests, whatever_the_plan_no_fen_is_lost);
    tcase_add_test(tests, who_has_more_parts_never_gets_less);
    tcase_add_test(tests, parts_that_do_not_make_the_whole_are_refused);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
