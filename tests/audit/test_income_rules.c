/*
 * test_income_rules.c - R19, R20, R23, R29: income that is split equally, what posts get of the
 * sun, leases, and villages and cooperatives in which nothing moves.
 */
#include "audit_world.h"
#include "tests/income/world.h"

#include <stdio.h>
#include <stdlib.h>

#define ROWS_MAX    64
#define COOPERATIVE "93611025MA6X1Y2A0N"

static struct fixture world;

#define assert_says(finding, words)                                                                \
    ck_assert_msg(strstr((finding)->sentence, (words)) != NULL, "no '%s' in: %s", (words),         \
                  (finding)->sentence)
#define assert_cases(rule, as_of, wanted) ck_assert_str_eq(cases_on(rule, as_of), wanted)

/* The cases that a rule raises on a day: "unpaid L1 2022-01-31, ". */
static const char *cases_on(const char *rule, const char *as_of)
{
    static char text[4096];
    struct audit_findings *findings = findings_of(world.journal, rule, as_of);
    size_t end = 0;

    text[0] = '\0';
    for (size_t i = 0; i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);

        ck_assert_ptr_null(strstr(finding->sentence, "张某"));
        end += (size_t)snprintf(text + end, sizeof text - end, "%s %s, ", finding->what,
                                finding->subject);
    }
    audit_findings_free(findings);
    return text;
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

/* ---- R19, R20 -------------------------------------------------------------------------------- */

static struct {
    const struct record_kind *kinds[ROWS_MAX];
    struct record *rows[ROWS_MAX];
    size_t count;
} sheet;

static void put(const struct record_kind *kind, struct record *row)
{
    ck_assert_uint_lt(sheet.count, ROWS_MAX);
    sheet.kinds[sheet.count] = kind;
    sheet.rows[sheet.count++] = row;
}

static void put_holder(const char *division, unsigned person, int64_t parts)
{
    struct record *row = new_row(&income_holder);

    set_text(row, HOLDER_PLAN, "D1");
    set_text(row, HOLDER_BASIS, "出工天数");
    set_text(row, HOLDER_DIVISION, division);
    set_text(row, HOLDER_NAME, "张某");
    set_text(row, HOLDER_ID_NUMBER, fixture_id_number(person));
    row->values[HOLDER_PARTS].number = parts;
    set_text(row, HOLDER_USE, "households");
    put(&income_holder, row);
}

static void put_share(const char *division, const char *use, int64_t parts, int64_t people)
{
    struct record *row = new_row(&income_share);

    set_text(row, SHARE_DIVISION, division);
    row->values[SHARE_PARTS].number = parts;
    row->values[SHARE_PEOPLE].number = people;
    set_text(row, SHARE_PLAN, "D1");
    set_text(row, SHARE_USE, use);
    put(&income_share, row);
}

static void share_out(int64_t fen, int64_t whole, const char *date)
{
    struct record *row = new_row(&income_plan);
    struct error err = ERROR_INIT;
    size_t count;

    row->values[SPLIT_AMOUNT].number = fen;
    set_text(row, SPLIT_BASIS, "出工天数");
    set_text(row, SPLIT_DATE, date);
    set_text(row, SPLIT_DIVISION, TOWN_1);
    set_text(row, SPLIT_DOCUMENT, "村决〔2022〕5号");
    set_text(row, SPLIT_INCOME, "photovoltaic");
    set_text(row, SPLIT_PLAN, "D1");
    set_text(row, SPLIT_RULE, "按出工天数");
    row->values[SPLIT_WHOLE].number = whole;
    row->values[SPLIT_YEAR].number = 2022;
    put(&income_plan, row);
    count = sheet.count;
    sheet.count = 0;
    ck_assert_ok(try_records(&world, "li", sheet.kinds, sheet.rows, count, &err), err);
}

START_TEST(r19_is_raised_when_the_households_of_a_place_get_the_same)
{
    const struct audit_finding *finding;

    for (unsigned i = 1; i <= 5; i++)
        put_holder(VILLAGE_1, i, 10);
    for (unsigned i = 11; i <= 14; i++)
        put_holder(VILLAGE_2, i, 20); /* four */
    put_share(VILLAGE_1, "households", 50, 5);
    put_share(VILLAGE_2, "households", 80, 4);
    share_out(130000, 130, "2022-12-20");
    assert_cases("R19", "2022-12-19", "");
    finding = the_finding(&world, "R19", "2022-12-20");
    ck_assert_str_eq(finding->subject, "D1 " VILLAGE_1);
    ck_assert_int_eq(number_of(finding, "households"), 5);
    ck_assert_uint_eq(finding->citation_count, 7); /* plan, share, households */
    ck_assert_str_eq(finding->division, VILLAGE_1);
    assert_says(finding, "gives 5 households of " VILLAGE_1 " equally many parts");
    set_policy(&world, "audit_r19_households", "2023-01-01", 4);
    assert_cases("R19", "2023-01-01", "equal D1 " VILLAGE_1 ", equal D1 " VILLAGE_2 ", ");
}
END_TEST

START_TEST(r19_leaves_shares_of_which_one_differs)
{
    for (unsigned i = 1; i <= 5; i++)
        put_holder(VILLAGE_1, i, i == 5 ? 11 : 10);
    put_share(VILLAGE_1, "households", 51, 5);
    share_out(51000, 51, "2022-12-20");
    assert_cases("R19", "2023-12-31", "");
}
END_TEST

/* 1,000.00 yuan from the sun in TOWN_1 in 2022, and a plan that gives posts so many of 1,000 parts.
 */
static void give_posts(int64_t parts)
{
    earn(TOWN_1, "photovoltaic", "2022-03-01", "1000.00");
    put_share(VILLAGE_1, "post_wages", parts, 0);
    put_share(VILLAGE_1, "public_works", 1000 - parts, 0);
    share_out(100000, 1000, "2022-12-20");
}

START_TEST(r20_is_raised_when_posts_get_less_than_four_fifths)
{
    const struct audit_finding *finding;

    give_posts(799);
    assert_cases("R20", "2022-12-30", ""); /* the year isn't over */
    finding = the_finding(&world, "R20", "2022-12-31");
    ck_assert_str_eq(finding->subject, TOWN_1 " 2022-12-31");
    ck_assert_int_eq(number_of(finding, "income"), yuan("1000.00").fen);
    ck_assert_int_eq(number_of(finding, "posts"), yuan("799.00").fen);
    ck_assert_uint_eq(finding->citation_count, 2);
    assert_says(finding, "Of 1,000.00 yuan from photovoltaics of " TOWN_1 ", 2022-01-01 to "
                         "2022-12-31, plans gave 799.00 to posts: 79.90 % (asked for: 80.00 %).");
    assert_cases("R20", "2023-12-31", "below " TOWN_1 " 2022-12-31, ");
    set_policy(&world, "photovoltaic_posts_share_bp", "2022-12-31", 7990);
    assert_cases("R20", "2023-12-31", "");
}
END_TEST

START_TEST(r20_leaves_four_fifths)
{
    give_posts(800);
    assert_cases("R20", "2023-12-31", "");
}
END_TEST

/* ---- R23 ------------------------------------------------------------------------------------- */

static void let_with(const char *asset, const char *code, const char *first, const char *last,
                     int64_t fen)
{
    struct record *row = lease_row(code);

    set_text(row, LEASE_ASSET, asset);
    set_text(row, LEASE_FIRST_DAY, first);
    set_text(row, LEASE_FIRST_DUE, first);
    set_text(row, LEASE_LAST_DAY, last);
    row->values[LEASE_RENT].number = fen;
    row->values[LEASE_MONTHS].number = 12;
    add_row(&world, &income_lease, row);
}

static void pay_rent(const char *lease, const char *date, const char *amount)
{
    struct voucher_receipt voucher = money_came_in(&world, VILLAGE_1, date, amount);

    add_row(&world, &income_receipt,
            receipt_row(lease, "", date, yuan(amount).fen, voucher.voucher));
}

START_TEST(r23_is_raised_when_rent_is_unpaid_for_more_than_thirty_days)
{
    const struct audit_finding *finding;

    asset_that_earns(&world, "Z1");
    let_with("Z1", "L1", "2022-02-01", "2026-01-31", 100000);
    assert_cases("R23", "2022-03-03", ""); /* thirty days */
    finding = the_finding(&world, "R23", "2022-03-04");
    ck_assert_str_eq(finding->what, "unpaid");
    ck_assert_str_eq(finding->subject, "L1 2022-02-01");
    ck_assert_int_eq(number_of(finding, "days"), 31);
    assert_says(finding, "Lease L1 of asset Z1 is 1,000.00 yuan in arrears on 2022-03-04; the "
                         "oldest due is of 2022-02-01, 31 days ago (limit 30 days).");
    pay_rent("L1", "2022-03-05", "999.99");
    assert_cases("R23", "2022-03-05", "unpaid L1 2022-02-01, ");
    pay_rent("L1", "2022-03-06", "0.01");
    assert_cases("R23", "2022-03-06", "");
    assert_cases("R23", "2022-03-05", "unpaid L1 2022-02-01, ");
    set_policy(&world, "audit_r23_unpaid_days", "2022-03-05", 60);
    assert_cases("R23", "2022-03-05", "");
}
END_TEST

START_TEST(r23_is_raised_in_the_last_ninety_days_unless_another_lease_follows)
{
    const struct audit_finding *finding;

    asset_that_earns(&world, "Z1");
    let_with("Z1", "L1", "2022-02-01", "2023-01-31", 100000);
    pay_rent("L1", "2022-02-01", "1000.00");
    assert_cases("R23", "2022-11-01", "");
    finding = the_finding(&world, "R23", "2022-11-02");
    ck_assert_str_eq(finding->what, "ending");
    ck_assert_int_eq(number_of(finding, "days"), 90);
    assert_cases("R23", "2023-01-31", "ending L1, ");
    assert_cases("R23", "2023-02-01", "");
    let_with("Z1", "L2", "2023-02-01", "2026-01-31", 100000);
    assert_cases("R23", "2023-01-31", "");
}
END_TEST

START_TEST(r23_is_raised_by_a_lease_of_more_than_twenty_years)
{
    asset_that_earns(&world, "Z1");
    asset_that_earns(&world, "Z2");
    let_with("Z1", "L1", "2022-02-01", "2042-01-31", 100000);
    assert_cases("R23", "2022-02-01", "");
    let_with("Z2", "L2", "2022-02-01", "2042-02-01", 100000);
    assert_cases("R23", "2022-02-01", "too_long L2, ");
    assert_says(the_finding(&world, "R23", "2022-02-01"),
                "Lease L2 of asset Z2 runs from 2022-02-01 to 2042-02-01, longer than 20 years.");
}
END_TEST

START_TEST(r23_is_raised_by_rent_below_half_of_the_middle)
{
    const struct audit_finding *finding;

    for (int i = 1; i <= 4; i++) {
        static const int64_t rents[] = {50000, 100000, 100000, 300000};
        char asset[8], lease[8];

        (void)snprintf(asset, sizeof asset, "Z%d", i);
        (void)snprintf(lease, sizeof lease, "L%d", i);
        asset_that_earns(&world, asset);
        let_with(asset, lease, "2022-02-01", "2026-01-31", rents[i - 1]);
    }
    assert_cases("R23", "2022-02-28", ""); /* a half of 1,000.00 */
    asset_that_earns(&world, "Z5");
    let_with("Z5", "L5", "2022-02-01", "2026-01-31", 49999);
    assert_cases("R23", "2022-01-31", ""); /* before any began */
    finding = the_finding(&world, "R23", "2022-02-28");
    ck_assert_str_eq(finding->what, "cheap");
    ck_assert_str_eq(finding->subject, "L5");
    ck_assert_int_eq(number_of(finding, "median"), 100000);
    ck_assert_int_eq(number_of(finding, "peers"), 5);
    assert_says(finding, "Lease L5 brings 499.99 yuan a year and 座; the middle of 5 leases of "
                         "光伏电站 is 1,000.00, of which it is less than 50.00 %.");
}
END_TEST

/* ---- R29 ------------------------------------------------------------------------------------- */

START_TEST(r29_is_raised_by_villages_without_income_and_by_those_that_live_by_the_sun)
{
    const struct audit_finding *finding;
    struct voucher_receipt late, undone;
    struct error err = ERROR_INIT;

    assert_cases("R29", "2023-06-30", ""); /* nobody's income is entered */
    (void)earn(VILLAGE_1, "photovoltaic", "2022-03-01", "60000.00");
    (void)earn(VILLAGE_2, "photovoltaic", "2022-03-01", "60000.00");
    (void)earn(VILLAGE_2, "other", "2022-06-01", "0.01");
    assert_cases("R29", "2022-12-30", ""); /* the year isn't over */
    assert_cases("R29", "2022-12-31",
                 "no_income " VILLAGE_3 " 2022, only_photovoltaic " VILLAGE_1 " 2022, ");
    late = earn(VILLAGE_1, "lease", "2022-12-31", "0.01");
    finding = the_finding(&world, "R29", "2023-06-30");
    ck_assert_str_eq(finding->what, "no_income");
    ck_assert_str_eq(finding->division, VILLAGE_3);
    assert_says(finding, "Of village " VILLAGE_3 " no income is entered from 2022-01-01 to "
                         "2022-12-31");
    (void)earn(VILLAGE_3, "other", "2022-12-31", "0.01");
    assert_cases("R29", "2023-06-30", "");
    assert_cases("R29", "2023-12-31", ""); /* nobody's of 2023 is entered */
    /* What is undone later was so at the year's end. */
    ck_assert_ok(fixture_try_reverse(&world, late.voucher, "2023-06-01", &undone, &err), err);
    fixture_approve(&world, undone.voucher);
    assert_cases("R29", "2023-06-01", "");
}
END_TEST

START_TEST(r29_is_raised_by_a_cooperative_in_which_nothing_moves_for_a_year)
{
    struct record *row;
    const struct audit_finding *finding;

    asset_that_earns(&world, "Z1");
    row = lease_row("L1"); /* signed on 2022-01-05 */
    set_text(row, LEASE_PARTY, "苗儿村养殖专业合作社");
    set_text(row, LEASE_USCC, COOPERATIVE);
    set_text(row, LEASE_LAST_DAY, "2026-12-31");
    add_row(&world, &income_lease, row);
    assert_cases("R29", "2023-01-05", ""); /* 365 days */
    finding = the_finding(&world, "R29", "2023-01-06");
    ck_assert_str_eq(finding->what, "cooperative");
    ck_assert_int_eq(number_of(finding, "days"), 366);
    assert_says(finding, "Cooperative 苗儿村养殖专业合作社 (" COOPERATIVE ") has assets by lease, "
                         "and since 2022-01-05 nothing was received of it or paid to it: 366 days");
    pay_rent("L1", "2022-02-01", "10.00");
    (void)earn(VILLAGE_2, "other", "2022-06-01", "1.00");
    (void)earn(VILLAGE_3, "other", "2022-06-01", "1.00");
    assert_cases("R29", "2023-02-01", "");
    assert_cases("R29", "2023-02-02", "cooperative " COOPERATIVE ", ");
    set_policy(&world, "audit_r29_days", "2023-02-02", 366);
    assert_cases("R29", "2023-02-02", "");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        r19_is_raised_when_the_households_of_a_place_get_the_same,
        r19_leaves_shares_of_which_one_differs,
        r20_is_raised_when_posts_get_less_than_four_fifths,
        r20_leaves_four_fifths,
        r23_is_raised_when_rent_is_unpaid_for_more_than_thirty_days,
        r23_is_raised_in_the_last_ninety_days_unless_another_lease_follows,
        r23_is_raised_by_a_lease_of_more_than_twenty_years,
        r23_is_raised_by_rent_below_half_of_the_middle,
        r29_is_raised_by_villages_without_income_and_by_those_that_live_by_the_sun,
        r29_is_raised_by_a_cooperative_in_which_nothing_moves_for_a_year,
    };

    return fixture_run("audit of income", tests, ARRAY_COUNT(tests), &world);
}
