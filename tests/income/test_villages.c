/* test_villages.c - what villages take in and owe, and which standards they meet. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct fixture world;

struct told {
    struct village_year years[4];
    size_t count;
};

static bool tell_year(void *context, const struct village_year *village, struct error *err)
{
    struct told *told = context;

    (void)err;
    ck_assert_uint_lt(told->count, ARRAY_COUNT(told->years));
    told->years[told->count++] = *village;
    return true;
}

static void tell(const char *scope, const char *on, struct told *told)
{
    struct error err = ERROR_INIT;

    told->count = 0;
    ck_assert_ok(village_year_each(world.journal, scope, day(on), tell_year, told, &err), err);
}

static struct voucher_receipt earn(const char *division, const char *kind, const char *date,
                                   const char *amount)
{
    struct voucher_receipt voucher = money_came_in(&world, division, date, amount);
    struct record *row = receipt_row("", "", date, yuan(amount).fen, voucher.voucher);

    set_text(row, RECEIPT_DIVISION, division);
    set_text(row, RECEIPT_KIND, kind);
    set_text(row, RECEIPT_TEXT, "集体收入");
    add_row(&world, &income_receipt, row);
    return voucher;
}

static void class_of(const char *township, const char *class, const char *date)
{
    struct record *row = new_row(&income_township);

    set_text(row, TOWNSHIP_CLASS, class);
    set_text(row, TOWNSHIP_DATE, date);
    set_text(row, TOWNSHIP_DIVISION, township);
    set_text(row, TOWNSHIP_DOCUMENT, "镇发〔2022〕1号");
    add_row(&world, &income_township, row);
}

START_TEST(every_village_has_a_band_each_year)
{
    struct told told;

    earn(VILLAGE_1, "photovoltaic", "2022-03-01", "60000.00");
    earn(VILLAGE_1, "other", "2022-06-01", "40000.00");
    earn(VILLAGE_2, "lease", "2022-06-01", "49999.99");
    earn(VILLAGE_2, "lease", "2023-01-01", "0.01");
    class_of(TOWN_1, "leading", "2022-01-01");
    class_of(TOWN_1, "regular", "2023-01-01");
    tell(COUNTY, "2022-12-31", &told);
    ck_assert_uint_eq(told.count, 3);
    ck_assert_int_eq(told.years[0].band, INCOME_HIGH);
    ck_assert_int_eq(told.years[0].band_without, INCOME_LOW);
    ck_assert_int_eq(told.years[0].photovoltaic.fen, 6000000);
    ck_assert_str_eq(told.years[0].township_class, "leading");
    ck_assert_int_eq(told.years[1].band, INCOME_LOW);
    ck_assert_int_eq(told.years[2].band, INCOME_NONE);
    ck_assert_str_eq(told.years[2].township_class, "");
    tell(COUNTY, "2022-05-31", &told);
    ck_assert_int_eq(told.years[0].band, INCOME_MIDDLE);
    tell("", "2022-12-31", &told);
    ck_assert_uint_eq(told.count, 3);
    tell(VILLAGE_2, "2023-12-31", &told);
    ck_assert_uint_eq(told.count, 1);
    ck_assert_int_eq(told.years[0].income.fen, 1);
    ck_assert_str_eq(told.years[0].township_class, "regular");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(bounds_of_bands_are_policies)
{
    struct told told;

    earn(VILLAGE_1, "other", "2022-06-01", "40000.00");
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"village_income_low\",\"valid_from\":\"2022-07-01\","
                  "\"value\":3000000}");
    tell(VILLAGE_1, "2022-06-30", &told);
    ck_assert_int_eq(told.years[0].band, INCOME_LOW);
    tell(VILLAGE_1, "2022-07-01", &told);
    ck_assert_int_eq(told.years[0].band, INCOME_MIDDLE);
}
END_TEST

static bool clear(const char *date, int64_t fen, struct error *err)
{
    struct record *row = new_row(&income_clear);

    row->values[CLEAR_AMOUNT].number = fen;
    set_text(row, CLEAR_DATE, date);
    set_text(row, CLEAR_DEBT, "Q1");
    set_text(row, CLEAR_DOCUMENT, "清偿单1");
    return try_row(&world, &income_clear, row, err);
}

static void owe(int64_t fen)
{
    struct record *row = new_row(&income_debt);

    row->values[DEBT_AMOUNT].number = fen;
    set_text(row, DEBT_DATE, "2020-05-01");
    set_text(row, DEBT_CODE, "Q1");
    set_text(row, DEBT_DIVISION, VILLAGE_1);
    set_text(row, DEBT_REASON, "修建村道");
    set_text(row, DEBT_NAME, "王某");
    add_row(&world, &income_debt, row);
}

static bool tell_debt(void *context, const struct village_debt *debt, struct error *err)
{
    (void)err;
    *(struct village_debt *)context = *debt;
    return true;
}

START_TEST(debts_are_cleared_to_zero_and_not_below)
{
    struct village_debt debt;
    struct told told;
    struct error err = ERROR_INIT;

    owe(100000);
    ck_assert_ok(clear("2021-05-01", 60000, &err), err);
    ck_assert(!clear("2021-06-01", 40001, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "debt Q1 is 1000.00 yuan; 1000.01 would be cleared");
    error_clear(&err);
    ck_assert(!clear("2020-04-30", 1, &err));
    ck_assert_error(err, ERROR_INPUT, "debt Q1 is from 2020-05-01");
    error_clear(&err);
    ck_assert_ok(clear("2021-12-31", 40000, &err), err);
    tell(VILLAGE_1, "2021-12-30", &told);
    ck_assert_int_eq(told.years[0].debt.fen, 40000);
    tell(VILLAGE_1, "2021-12-31", &told);
    ck_assert_int_eq(told.years[0].debt.fen, 0);
    ck_assert_ok(
        village_debt_each(world.journal, COUNTY, day("2021-12-31"), tell_debt, &debt, &err), err);
    ck_assert_str_eq(debt.cleared_on, "2021-12-31");
    ck_assert_str_eq(debt.creditor, "");
    assert_replay_is_identical(&world);
}
END_TEST

struct standards {
    struct village_standard rows[8];
    size_t count;
};

static bool tell_standard(void *context, const struct village_standard *standard, struct error *err)
{
    struct standards *told = context;

    (void)err;
    ck_assert_uint_lt(told->count, ARRAY_COUNT(told->rows));
    told->rows[told->count++] = *standard;
    return true;
}

static bool declare(const char *item, const char *date, bool is_met, struct error *err)
{
    struct record *row = new_row(&income_standard);

    set_text(row, STANDARD_DATE, date);
    set_text(row, STANDARD_DIVISION, VILLAGE_1);
    set_text(row, STANDARD_EVIDENCE, "验收单3");
    set_text(row, STANDARD_ITEM, item);
    row->values[STANDARD_MET].number = is_met;
    return try_row(&world, &income_standard, row, err);
}

START_TEST(what_the_ledger_knows_is_computed_and_the_rest_declared)
{
    struct standards *told = calloc(1, sizeof *told);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(told);
    owe(100);
    ck_assert_ok(declare("综合服务场所", "2021-01-01", false, &err), err);
    ck_assert_ok(declare("综合服务场所", "2022-01-01", true, &err), err);
    ck_assert_ok(declare("通村道路", "2021-01-01", true, &err), err);
    ck_assert(!declare(STANDARD_DEBT, "2021-01-01", true, &err));
    ck_assert_error(err, ERROR_INPUT, "is computed from the ledger");
    error_clear(&err);
    ck_assert_ok(village_standard_each(world.journal, VILLAGE_1, day("2022-06-30"), tell_standard,
                                       told, &err),
                 err);
    ck_assert_uint_eq(told->count, 4);
    ck_assert(told->rows[0].is_computed && !told->rows[0].is_met);
    ck_assert(told->rows[1].is_computed && !told->rows[1].is_met);
    ck_assert_str_eq(told->rows[2].item, "综合服务场所");
    ck_assert(told->rows[2].is_met && !told->rows[2].is_computed);
    ck_assert(told->rows[3].is_met);
    free(told);
}
END_TEST

static bool tell_photovoltaic(void *context, const struct photovoltaic_row *row, struct error *err)
{
    (void)err;
    *(struct photovoltaic_row *)context = *row;
    return true;
}

START_TEST(photovoltaic_income_is_held_against_wages)
{
    struct record *share = new_row(&income_share), *rest = new_row(&income_share),
                  *plan = new_row(&income_plan);
    const struct record_kind *const kinds[] = {&income_share, &income_share, &income_plan};
    struct record *rows[] = {share, rest, plan};
    struct photovoltaic_row row;
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < 2; i++) {
        set_text(rows[i], SHARE_DIVISION, VILLAGE_1);
        rows[i]->values[SHARE_PARTS].number = i == 0 ? 9 : 1;
        set_text(rows[i], SHARE_PLAN, "D1");
        set_text(rows[i], SHARE_USE, i == 0 ? "post_wages" : "relief");
    }
    plan->values[SPLIT_AMOUNT].number = 80000;
    set_text(plan, SPLIT_BASIS, "岗位");
    set_text(plan, SPLIT_DATE, "2022-12-20");
    set_text(plan, SPLIT_DIVISION, VILLAGE_1);
    set_text(plan, SPLIT_DOCUMENT, "村决1");
    set_text(plan, SPLIT_INCOME, "photovoltaic");
    set_text(plan, SPLIT_PLAN, "D1");
    set_text(plan, SPLIT_RULE, "岗位工资");
    plan->values[SPLIT_WHOLE].number = 10;
    plan->values[SPLIT_YEAR].number = 2022;
    earn(VILLAGE_1, "photovoltaic", "2022-03-01", "1000.00");
    ck_assert_ok(try_records(&world, "li", kinds, rows, 3, &err), err);
    ck_assert_ok(
        photovoltaic_each(world.journal, COUNTY, day("2022-12-31"), tell_photovoltaic, &row, &err),
        err);
    ck_assert_int_eq(row.received.fen, 100000);
    ck_assert_int_eq(row.posts.fen, 72000);
    ck_assert_int_eq(row.share_bp, 7200);
    ck_assert(!row.is_enough);
    /* What is distributed as the basis: 72,000 of 80,000. */
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"photovoltaic_posts_basis\",\"valid_from\":\"2022-01-01\","
                  "\"value\":1}");
    ck_assert_ok(
        photovoltaic_each(world.journal, COUNTY, day("2022-12-31"), tell_photovoltaic, &row, &err),
        err);
    ck_assert_int_eq(row.share_bp, 9000);
    ck_assert(row.is_enough);
    /* A period of three months: nothing came in from October on. */
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"photovoltaic_posts_months\",\"valid_from\":\"2022-01-01\","
                  "\"value\":3}");
    ck_assert_ok(
        photovoltaic_each(world.journal, COUNTY, day("2022-12-31"), tell_photovoltaic, &row, &err),
        err);
    ck_assert_int_eq(row.first.days, day("2022-10-01").days);
    ck_assert_int_eq(row.received.fen, 0);
}
END_TEST

static bool add_receipt(void *context, const struct income_receipt_row *receipt, struct error *err)
{
    money_t *sum = context;

    return money_add(*sum, receipt->amount, sum, err);
}

/* The year's receipts one by one, the village's year and what the sun brought say the same. */
static void assert_received(const char *on, int64_t fen)
{
    struct photovoltaic_row row = {.received = MONEY_ZERO};
    money_t sum = MONEY_ZERO;
    struct error err = ERROR_INIT;
    struct told told;

    tell(VILLAGE_1, on, &told);
    ck_assert_int_eq(told.years[0].income.fen, fen);
    ck_assert_ok(income_receipt_each(world.journal, VILLAGE_1, day("2022-01-01"), day(on),
                                     add_receipt, &sum, &err),
                 err);
    ck_assert_int_eq(sum.fen, fen);
    ck_assert_ok(
        photovoltaic_each(world.journal, VILLAGE_1, day(on), tell_photovoltaic, &row, &err), err);
    ck_assert_int_eq(row.received.fen, fen);
}

START_TEST(what_is_reversed_later_was_received_until_then)
{
    struct voucher_receipt voucher = earn(VILLAGE_1, "photovoltaic", "2022-03-01", "1000.00");
    struct voucher_receipt reversal;
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_reverse(&world, voucher.voucher, "2022-04-13", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    assert_received("2022-04-12", 100000);
    assert_received("2022-04-13", 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_village_has_a_band_each_year,
        bounds_of_bands_are_policies,
        debts_are_cleared_to_zero_and_not_below,
        what_the_ledger_knows_is_computed_and_the_rest_declared,
        photovoltaic_income_is_held_against_wages,
        what_is_reversed_later_was_received_until_then,
    };

    return fixture_run("income_villages", tests, ARRAY_COUNT(tests), &world);
}
