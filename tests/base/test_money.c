/* test_money.c - no fen is lost, invented or guessed: arithmetic, and amounts as people write them.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/money.h"

static money_t fen(int64_t value)
{
    return (money_t){value};
}

/* ---- Arithmetic ---------------------------------------------------------------------------- */

START_TEST(addition_and_subtraction_are_exact_up_to_the_ends_of_the_range)
{
    static const struct {
        int64_t a, b, sum;
    } cases[] = {
        {1, 2, 3},
        {-1, 1, 0},
        {MONEY_FEN_MAX, 0, MONEY_FEN_MAX},
        {MONEY_FEN_MAX - 1, 1, MONEY_FEN_MAX},
        {-MONEY_FEN_MAX, MONEY_FEN_MAX, 0},
        {-MONEY_FEN_MAX + 1, -1, -MONEY_FEN_MAX},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        money_t out;

        ck_assert(money_add(fen(cases[i].a), fen(cases[i].b), &out, &err));
        ck_assert_int_eq(out.fen, cases[i].sum);
        ck_assert(money_subtract(fen(cases[i].sum), fen(cases[i].b), &out, &err));
        ck_assert_int_eq(out.fen, cases[i].a);
    }
}
END_TEST

START_TEST(arithmetic_past_the_range_is_refused_and_leaves_its_output)
{
    struct error err = ERROR_INIT;
    money_t out = fen(42);

    ck_assert(!money_add(fen(MONEY_FEN_MAX), fen(1), &out, &err));
    ck_assert_int_eq(err.code, ERROR_OVERFLOW);
    ck_assert_ptr_nonnull(strstr(err.message, "90,071,992,547,409.91 yuan"));
    error_clear(&err);
    ck_assert(!money_add(fen(-MONEY_FEN_MAX), fen(-1), &out, &err));
    error_clear(&err);
    ck_assert(!money_subtract(fen(-MONEY_FEN_MAX), fen(1), &out, &err));
    error_clear(&err);
    ck_assert(!money_from_fen(MONEY_FEN_MAX + 1, &out, &err));
    error_clear(&err);
    ck_assert(!money_from_fen(INT64_MIN, &out, &err));
    ck_assert_int_eq(err.code, ERROR_OVERFLOW);
    ck_assert_int_eq(out.fen, 42);
}
END_TEST

START_TEST(a_sum_depends_on_its_amounts_and_not_on_their_order)
{
    const money_t up_first[] = {fen(MONEY_FEN_MAX), fen(MONEY_FEN_MAX), fen(5), fen(-MONEY_FEN_MAX),
                                fen(-MONEY_FEN_MAX)};
    const money_t mixed[] = {fen(-MONEY_FEN_MAX), fen(MONEY_FEN_MAX), fen(5), fen(-MONEY_FEN_MAX),
                             fen(MONEY_FEN_MAX)};
    const money_t too_much[] = {fen(MONEY_FEN_MAX), fen(1), fen(MONEY_FEN_MAX)};
    struct error err = ERROR_INIT;
    money_t out = fen(42);

    ck_assert(money_sum(up_first, 5, &out, &err));
    ck_assert_int_eq(out.fen, 5);
    ck_assert(money_sum(mixed, 5, &out, &err));
    ck_assert_int_eq(out.fen, 5);
    ck_assert(money_sum(NULL, 0, &out, &err));
    ck_assert_int_eq(out.fen, 0);
    out = fen(42);
    ck_assert(!money_sum(too_much, 3, &out, &err));
    ck_assert_int_eq(err.code, ERROR_OVERFLOW);
    ck_assert_int_eq(out.fen, 42);
}
END_TEST

START_TEST(a_ratio_is_exact_and_rounds_towards_zero)
{
    static const struct {
        int64_t amount, numerator, denominator, result;
    } cases[] = {
        {100, 1, 3, 33},
        {-100, 1, 3, -33},
        {100, -1, 3, -33},
        {-100, -2, 3, 66},
        {19126600, 3, 100, 573798}, /* 3 % retention of 191,266 yuan */
        {0, INT64_MAX, 1, 0},
        {7, 0, 5, 0},
        {MONEY_FEN_MAX, 1, 1, MONEY_FEN_MAX},
        {MONEY_FEN_MAX, INT64_MAX, INT64_MAX, MONEY_FEN_MAX},
        {MONEY_FEN_MAX, INT64_MAX - 1, INT64_MAX, MONEY_FEN_MAX - 1},
        {-MONEY_FEN_MAX, INT64_MIN, INT64_MAX, MONEY_FEN_MAX},
        {1, INT64_MAX, INT64_MAX, 1},
        {MONEY_FEN_MAX, 1, INT64_MAX, 0},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        money_t out = fen(42);

        ck_assert(money_multiply_ratio(fen(cases[i].amount), cases[i].numerator,
                                       cases[i].denominator, &out, &err));
        ck_assert_msg(out.fen == cases[i].result, "case %zu: %lld", i, (long long)out.fen);
    }
}
END_TEST

START_TEST(a_ratio_agrees_with_division_where_the_product_fits)
{
    uint64_t seed = 20210930;

    for (int i = 0; i < 20000; i++) {
        struct error err = ERROR_INIT;
        int64_t amount, numerator, denominator;
        money_t out;

        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        amount = (int64_t)(seed >> 34) - (1 << 29);
        numerator = (int64_t)(seed >> 3 & 0xffffff) - (1 << 23);
        denominator = (int64_t)(seed >> 20 & 0xffff) + 1;
        ck_assert(money_multiply_ratio(fen(amount), numerator, denominator, &out, &err));
        ck_assert_int_eq(out.fen, amount * numerator / denominator);
    }
}
END_TEST

START_TEST(a_ratio_that_cannot_be_is_refused)
{
    static const struct {
        int64_t amount, numerator, denominator;
        enum error_code code;
        const char *reason;
    } cases[] = {
        {1, 1, 0, ERROR_INPUT, "denominator 0; it must be 1 or more"},
        {1, 1, -3, ERROR_INPUT, "denominator -3"},
        {MONEY_FEN_MAX, 2, 1, ERROR_OVERFLOW, "the most the ledger holds"},
        {MONEY_FEN_MAX, INT64_MIN, 1, ERROR_OVERFLOW, "the most"},
        {2, INT64_MAX, 1, ERROR_OVERFLOW, "the most"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        money_t out = fen(42);

        ck_assert(!money_multiply_ratio(fen(cases[i].amount), cases[i].numerator,
                                        cases[i].denominator, &out, &err));
        ck_assert_int_eq(err.code, cases[i].code);
        ck_assert_ptr_nonnull(strstr(err.message, cases[i].reason));
        ck_assert_int_eq(out.fen, 42);
    }
}
END_TEST

START_TEST(amounts_compare_by_their_value)
{
    ck_assert_int_eq(money_compare(fen(-1), fen(0)), -1);
    ck_assert_int_eq(money_compare(fen(5), fen(5)), 0);
    ck_assert_int_eq(money_compare(fen(MONEY_FEN_MAX), fen(-MONEY_FEN_MAX)), 1);
    ck_assert(money_is_zero(MONEY_ZERO));
    ck_assert(!money_is_zero(fen(-1)));
    ck_assert(money_is_negative(fen(-1)));
    ck_assert(!money_is_negative(fen(0)));
    ck_assert_int_eq(money_negate(fen(-MONEY_FEN_MAX)).fen, MONEY_FEN_MAX);
}
END_TEST

/* ---- Reading ------------------------------------------------------------------------------- */

START_TEST(amounts_are_read_as_people_write_them)
{
    static const struct {
        const char *text;
        enum money_unit unit;
        int64_t fen;
    } cases[] = {
        {"0", MONEY_YUAN, 0},
        {"-0", MONEY_YUAN, 0},
        {"600", MONEY_YUAN, 60000},
        {"600元", MONEY_YUAN, 60000},
        {"600元", MONEY_WAN_YUAN, 60000}, /* the unit in the text wins */
        {"1234.5", MONEY_YUAN, 123450},
        {"1234.56", MONEY_YUAN, 123456},
        {"1,234.56", MONEY_YUAN, 123456},
        {"12,345,678", MONEY_YUAN, 1234567800},
        {"-3", MONEY_YUAN, -300},
        {"-1,234.56", MONEY_YUAN, -123456},
        {"0.01", MONEY_YUAN, 1},
        {"007", MONEY_YUAN, 700},
        {"12万", MONEY_YUAN, 12000000},
        {"12.5万元", MONEY_YUAN, 12500000},
        {"1,234万", MONEY_YUAN, 1234000000},
        {"0.000001万元", MONEY_YUAN, 1},
        {"30862.6147", MONEY_WAN_YUAN, 30862614700}, /* 30,862.6147 万元 */
        {"206.7", MONEY_WAN_YUAN, 206700000},
        {"-20", MONEY_WAN_YUAN, -20000000},
        {"90071992547409.91", MONEY_YUAN, MONEY_FEN_MAX},
        {"-90,071,992,547,409.91", MONEY_YUAN, -MONEY_FEN_MAX},
        {"9007199254.740991万", MONEY_YUAN, MONEY_FEN_MAX},
        {"00000000000000000000000000000001", MONEY_YUAN, 100},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        money_t out = fen(42);

        ck_assert_msg(money_parse(cases[i].text, cases[i].unit, &out, &err), "%s: %s",
                      cases[i].text, err.message);
        ck_assert_msg(out.fen == cases[i].fen, "%s: %lld", cases[i].text, (long long)out.fen);
    }
}
END_TEST

struct refused {
    const char *text;
    enum money_unit unit;
    const char *reason;
};

static void ck_assert_refused(const struct refused *cases, size_t count, enum error_code code)
{
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_INIT;
        money_t out = fen(42);

        ck_assert_msg(!money_parse(cases[i].text, cases[i].unit, &out, &err), "%s: %lld",
                      cases[i].text, (long long)out.fen);
        ck_assert_msg(err.code == code, "%s: %s", cases[i].text, err.message);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s: %s", cases[i].text,
                      err.message);
        ck_assert_int_eq(out.fen, 42);
    }
}

START_TEST(amounts_finer_than_a_fen_are_refused)
{
    static const struct refused cases[] = {
        {"1.234", MONEY_YUAN,
         "\"1.234\" has more than 2 decimals, finer than a fen; write it in yuan"},
        {"600.000", MONEY_YUAN, "more than 2 decimals"}, /* or six hundred thousand? */
        {"0.001元", MONEY_WAN_YUAN, "more than 2 decimals"},
        {"0.0000001", MONEY_WAN_YUAN, "more than 6 decimals, finer than a fen; write it in 万元"},
        {"1.0000000万", MONEY_YUAN, "more than 6 decimals"},
    };

    ck_assert_refused(cases, ARRAY_COUNT(cases), ERROR_INPUT);
}
END_TEST

START_TEST(scientific_notation_is_refused)
{
    static const struct refused cases[] = {
        {"1e5", MONEY_YUAN, "\"1e5\" is in scientific notation, which may have lost digits"},
        {"1.2E+07", MONEY_YUAN, "scientific notation"},
        {"1E-2", MONEY_YUAN, "scientific notation"},
    };

    ck_assert_refused(cases, ARRAY_COUNT(cases), ERROR_INPUT);
}
END_TEST

START_TEST(misplaced_separators_are_refused)
{
    static const struct refused cases[] = {
        {"12,34", MONEY_YUAN, "\"12,34\" has a misplaced ','; write 1,234.56 or 1234.56"},
        {"1,2345", MONEY_YUAN, "misplaced ','"},
        {"1234,567", MONEY_YUAN, "misplaced ','"},
        {"1,234,56", MONEY_YUAN, "misplaced ','"},
        {"1,,234", MONEY_YUAN, "misplaced ','"},
        {"1,", MONEY_YUAN, "misplaced ','"},
        {",123", MONEY_YUAN, "misplaced ','"},
        {"0,123", MONEY_YUAN, "misplaced ','"},
        {"1.234,56", MONEY_YUAN, "misplaced ','"},
        {"1,234.567,8", MONEY_YUAN, "misplaced ','"},
        {"5.", MONEY_YUAN, "misplaced '.'"},
        {".5", MONEY_YUAN, "misplaced '.'"},
        {"1.2.3", MONEY_YUAN, "misplaced '.'"},
        {"1..2", MONEY_YUAN, "misplaced '.'"},
        {"5.元", MONEY_YUAN, "misplaced '.'"},
    };

    ck_assert_refused(cases, ARRAY_COUNT(cases), ERROR_INPUT);
}
END_TEST

START_TEST(what_is_no_amount_is_refused)
{
    static const struct refused cases[] = {
        {"", MONEY_YUAN, "the amount is empty"},
        {"-", MONEY_YUAN, "\"-\" is not an amount; write digits such as 1234.56"},
        {"--5", MONEY_YUAN, "is not an amount"},
        {"+5", MONEY_YUAN, "is not an amount"},
        {" 5", MONEY_YUAN, "is not an amount"},
        {"5 ", MONEY_YUAN, "is not an amount"},
        {"1 234", MONEY_YUAN, "is not an amount"},
        {"5-", MONEY_YUAN, "is not an amount"},
        {"(5)", MONEY_YUAN, "is not an amount"},
        {"¥5", MONEY_YUAN, "is not an amount"},
        {"５", MONEY_YUAN, "is not an amount"}, /* full width: read it again before believing it */
        {"0x10", MONEY_YUAN, "is not an amount"},
        {"20(含奖补)", MONEY_WAN_YUAN, "is not an amount"}, /* an amount cell with a note in it */
        {"12万3千", MONEY_YUAN, "is not an amount"},
        {"12万万", MONEY_YUAN, "is not an amount"},
        {"1.2亿", MONEY_YUAN, "is not an amount"},
        {"5元整", MONEY_YUAN, "is not an amount"},
        {"万", MONEY_YUAN, "is not an amount"},
        {"e5", MONEY_YUAN, "is not an amount"},
        {"nan", MONEY_YUAN, "is not an amount"},
        {"5\n", MONEY_YUAN, "is not an amount"},
        {"00000000000000000000000000000000000000000000000000000000000000001", MONEY_YUAN,
         "more than 64 bytes"},
    };

    ck_assert_refused(cases, ARRAY_COUNT(cases), ERROR_INPUT);
}
END_TEST

START_TEST(amounts_beyond_the_range_are_refused_as_such)
{
    static const struct refused cases[] = {
        {"90071992547409.92", MONEY_YUAN, "would pass 90,071,992,547,409.91 yuan"},
        {"-90071992547409.92", MONEY_YUAN, "would pass"},
        {"90071992547410", MONEY_YUAN, "would pass"},
        {"9007199254.740992万", MONEY_YUAN, "would pass"},
        {"90071992547409.91", MONEY_WAN_YUAN, "would pass"},
        {"18446744073709551616", MONEY_YUAN, "would pass"},
        {"9999999999999999999999999999999999999999", MONEY_YUAN, "would pass"},
    };

    ck_assert_refused(cases, ARRAY_COUNT(cases), ERROR_OVERFLOW);
}
END_TEST

/* ---- Writing ------------------------------------------------------------------------------- */

START_TEST(amounts_are_written_with_two_decimals_and_read_back)
{
    static const struct {
        int64_t fen;
        const char *plain, *grouped;
    } cases[] = {
        {0, "0.00", "0.00"},
        {1, "0.01", "0.01"},
        {-1, "-0.01", "-0.01"},
        {99999, "999.99", "999.99"},
        {100000, "1000.00", "1,000.00"},
        {-99999, "-999.99", "-999.99"},
        {-100000, "-1000.00", "-1,000.00"},
        {123456789, "1234567.89", "1,234,567.89"},
        {30862614700, "308626147.00", "308,626,147.00"},
        {MONEY_FEN_MAX, "90071992547409.91", "90,071,992,547,409.91"},
        {-MONEY_FEN_MAX, "-90071992547409.91", "-90,071,992,547,409.91"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        char text[MONEY_TEXT_SIZE];
        money_t out;

        ck_assert_str_eq(money_format(fen(cases[i].fen), text), cases[i].plain);
        ck_assert(money_parse(text, MONEY_YUAN, &out, &err));
        ck_assert_int_eq(out.fen, cases[i].fen);
        ck_assert_str_eq(money_format_grouped(fen(cases[i].fen), text), cases[i].grouped);
        ck_assert(money_parse(text, MONEY_YUAN, &out, &err));
        ck_assert_int_eq(out.fen, cases[i].fen);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("money");
    TCase *tests = tcase_create("money");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, addition_and_subtraction_are_exact_up_to_the_ends_of_the_range);
    tcase_add_test(tests, arithmetic_past_the_range_is_refused_and_leaves_its_output);
    tcase_add_test(tests, a_sum_depends_on_its_amounts_and_not_on_their_order);
    tcase_add_test(tests, a_ratio_is_exact_and_rounds_towards_zero);
    tcase_add_test(tests, a_ratio_agrees_with_division_where_the_product_fits);
    tcase_add_test(tests, a_ratio_that_cannot_be_is_refused);
    tcase_add_test(tests, amounts_compare_by_their_value);
    tcase_add_test(tests, amounts_are_read_as_people_write_them);
    tcase_add_test(tests, amounts_finer_than_a_fen_are_refused);
    tcase_add_test(tests, scientific_notation_is_refused);
    tcase_add_test(tests, misplaced_separators_are_refused);
    tcase_add_test(tests, what_is_no_amount_is_refused);
    tcase_add_test(tests, amounts_beyond_the_range_are_refused_as_such);
    tcase_add_test(tests, amounts_are_written_with_two_decimals_and_read_back);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
