/* test_distributions.c - plans by which income is shared: what adds up, and what is refused. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

#define ROWS_MAX 80

static struct fixture world;

/* Rows gathered for one import. */
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

static bool import(struct error *err)
{
    size_t count = sheet.count;

    sheet.count = 0;
    return try_records(&world, "li", sheet.kinds, sheet.rows, count, err);
}

static void put_holder(const char *plan, const char *use, unsigned person, int64_t parts)
{
    struct record *row = new_row(&income_holder);

    set_text(row, HOLDER_PLAN, plan);
    set_text(row, HOLDER_BASIS, "出工天数");
    set_text(row, HOLDER_DIVISION, VILLAGE_1);
    set_text(row, HOLDER_NAME, "张某");
    set_text(row, HOLDER_ID_NUMBER, fixture_id_number(person));
    row->values[HOLDER_PARTS].number = parts;
    set_text(row, HOLDER_USE, use);
    put(&income_holder, row);
}

static void put_share(const char *plan, const char *division, const char *use, int64_t parts,
                      int64_t people)
{
    struct record *row = new_row(&income_share);

    set_text(row, SHARE_DIVISION, division);
    row->values[SHARE_PARTS].number = parts;
    row->values[SHARE_PEOPLE].number = people;
    set_text(row, SHARE_PLAN, plan);
    set_text(row, SHARE_USE, use);
    put(&income_share, row);
}

static void put_plan(const char *plan, int64_t fen, int64_t whole)
{
    struct record *row = new_row(&income_plan);

    row->values[SPLIT_AMOUNT].number = fen;
    set_text(row, SPLIT_BASIS, "出工天数");
    set_text(row, SPLIT_DATE, "2022-12-20");
    set_text(row, SPLIT_DIVISION, COUNTY);
    set_text(row, SPLIT_DOCUMENT, "村决〔2022〕5号");
    set_text(row, SPLIT_INCOME, "photovoltaic");
    set_text(row, SPLIT_PLAN, plan);
    set_text(row, SPLIT_RULE, "公益岗位八成，公共事业二成");
    row->values[SPLIT_WHOLE].number = whole;
    row->values[SPLIT_YEAR].number = 2022;
    put(&income_plan, row);
}

/* D1: 1,000.01 yuan; 80 % to three posts, 20 % to public works. */
static void good_plan(void)
{
    struct error err = ERROR_INIT;

    put_holder("D1", "post_wages", 1, 3000);
    put_holder("D1", "post_wages", 2, 3000);
    put_holder("D1", "post_wages", 3, 2000);
    put_share("D1", VILLAGE_1, "post_wages", 8000, 3);
    put_share("D1", VILLAGE_1, "public_works", 2000, 0);
    put_plan("D1", 100001, 10000);
    ck_assert_ok(import(&err), err);
}

struct told {
    int64_t fen[8];
    size_t count;
};

static bool tell_share(void *context, const struct income_share_row *share, struct error *err)
{
    struct told *told = context;

    (void)err;
    told->fen[told->count++] = share->amount.fen;
    return true;
}

static bool tell_holder(void *context, const struct income_holder_row *holder, struct error *err)
{
    struct told *told = context;

    (void)err;
    ck_assert_str_eq(holder->holder, "张某");
    told->fen[told->count++] = holder->amount.fen;
    return true;
}

START_TEST(each_share_and_each_person_gets_whole_fen)
{
    const int64_t shares[] = {80001, 20000}, people[] = {30000, 30000, 20001};
    struct told told = {.count = 0};
    struct error err = ERROR_INIT;

    good_plan();
    ck_assert_ok(income_share_each(world.journal, "D1", tell_share, &told, &err), err);
    ck_assert_uint_eq(told.count, 2);
    ck_assert_mem_eq(told.fen, shares, sizeof shares);
    told.count = 0;
    ck_assert_ok(income_holder_each(world.journal, "D1", tell_holder, &told, &err), err);
    ck_assert_uint_eq(told.count, 3);
    ck_assert_int_eq(told.fen[0] + told.fen[1] + told.fen[2], 80001);
    for (int i = 0; i < 3; i++)
        ck_assert(told.fen[i] == people[i] || told.fen[i] == people[i] + 1 ||
                  told.fen[i] == people[i] - 1);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(fifty_eight_shares_of_one_sixty_fourth_are_refused)
{
    struct error err = ERROR_INIT;

    for (int i = 0; i < 58; i++)
        put_share("D58", i % 2 == 0 ? VILLAGE_1 : VILLAGE_2, "village", 15625, 0);
    put_plan("D58", 100000000, 1000000);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_UNBALANCED,
                    "the 58 shares of plan D58 come to 906250 of 1000000 parts, 90.625 %; shares "
                    "must add up to 100 %");
}
END_TEST

START_TEST(a_simple_equal_split_is_refused)
{
    struct error err = ERROR_INIT;

    for (unsigned i = 1; i <= 5; i++)
        put_holder("D2", "households", i, 2000);
    put_share("D2", VILLAGE_1, "households", 10000, 5);
    put_plan("D2", 100000, 10000);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_INPUT, "plan D2 gives 5 households the same");
    error_clear(&err);
    /* Four are few enough, and so are five of whom one has more. */
    for (unsigned i = 1; i <= 4; i++)
        put_holder("D3", "households", i, 2500);
    put_share("D3", VILLAGE_1, "households", 10000, 4);
    put_plan("D3", 100000, 10000);
    ck_assert_ok(import(&err), err);
    for (unsigned i = 1; i <= 5; i++)
        put_holder("D4", "households", i, i == 1 ? 2004 : 1999);
    put_share("D4", VILLAGE_1, "households", 10000, 5);
    put_plan("D4", 100000, 10000);
    ck_assert_ok(import(&err), err);
}
END_TEST

START_TEST(what_does_not_hang_together_is_refused)
{
    struct error err = ERROR_INIT;

    put_holder("D5", "post_wages", 1, 10);
    put_holder("D5", "post_wages", 2, 10);
    put_share("D5", VILLAGE_1, "post_wages", 20, 2);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_INPUT, "a share of 2 people tells what one of them gets");
    error_clear(&err);
    for (unsigned i = 1; i <= 3; i++)
        put_holder("D5", "post_wages", i, i == 1 ? 1 : 2);
    put_share("D5", VILLAGE_1, "post_wages", 5, 3);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_INPUT, "5 parts among 3 people tell how many each has");
    error_clear(&err);
    for (unsigned i = 1; i <= 3; i++)
        put_holder("D5", "post_wages", i, 10);
    put_share("D5", VILLAGE_1, "post_wages", 31, 3);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_UNBALANCED, "are 3 with 30 parts; the share says 3 with 31");
    error_clear(&err);
    for (unsigned i = 1; i <= 4; i++)
        put_holder("D5", "post_wages", i % 3 + 1, 10);
    put_share("D5", VILLAGE_1, "post_wages", 40, 3);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_CONFLICT, "named twice");
    error_clear(&err);
    for (unsigned i = 1; i <= 3; i++)
        put_holder("D5", "post_wages", i, 10);
    put_share("D5", VILLAGE_1, "reserve", 30, 0);
    put_plan("D5", 100000, 30);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_UNBALANCED, "3 people were named for plan D5");
    error_clear(&err);
    put_share("D5", VILLAGE_1, "households", 30, 0);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_INPUT, "which households");
    error_clear(&err);
    good_plan();
    put_share("D1", VILLAGE_1, "reserve", 30, 0);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_CONFLICT, "plan D1 stands already");
}
END_TEST

START_TEST(where_the_rule_is_law_posts_get_their_part)
{
    struct error err = ERROR_INIT;

    fixture_agree(&world, "policy.set",
                  "{\"name\":\"photovoltaic_posts_required\",\"valid_from\":\"2022-01-01\","
                  "\"value\":1}");
    put_share("D6", VILLAGE_1, "post_wages", 7999, 0);
    put_share("D6", VILLAGE_1, "reserve", 2001, 0);
    put_plan("D6", 100000, 10000);
    ck_assert(!import(&err));
    ck_assert_error(err, ERROR_INPUT, "plan D6 gives posts 79.99 % of photovoltaic income");
    error_clear(&err);
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"photovoltaic_posts_share_bp\",\"valid_from\":\"2022-06-01\","
                  "\"value\":7999}");
    put_share("D6", VILLAGE_1, "post_wages", 7999, 0);
    put_share("D6", VILLAGE_1, "reserve", 2001, 0);
    put_plan("D6", 100000, 10000);
    ck_assert_ok(import(&err), err);
}
END_TEST

START_TEST(shares_are_compared_as_the_rule_says)
{
    struct photovoltaic_rule rule = {.share_bp = 8000};

    ck_assert(photovoltaic_is_enough(&rule, 8, 10) && photovoltaic_is_enough(&rule, 9, 10));
    ck_assert(!photovoltaic_is_enough(&rule, 7, 9) && photovoltaic_is_enough(&rule, 8, 9));
    rule.comparator = 1;
    ck_assert(photovoltaic_is_enough(&rule, 8, 10) && !photovoltaic_is_enough(&rule, 9, 10));
    rule.comparator = 2;
    ck_assert(!photovoltaic_is_enough(&rule, 8, 10) && photovoltaic_is_enough(&rule, 9, 10));
    rule.comparator = 0;
    ck_assert(photovoltaic_is_enough(&rule, MONEY_FEN_MAX, MONEY_FEN_MAX));
}
END_TEST

static struct record *pay_row(const char *use, const char *voucher)
{
    struct record *row = new_row(&income_pay);

    set_text(row, SPLIT_PAY_DATE, "2022-12-31");
    set_text(row, SPLIT_PAY_PLAN, "D1");
    set_text(row, SPLIT_PAY_USE, use);
    set_text(row, SPLIT_PAY_VOUCHER, voucher);
    return row;
}

/* Pay an organisation of the project so many yuan; returns the voucher. */
static struct voucher_receipt paid(const char *yuan)
{
    struct voucher_line out = pay(yuan, VILLAGE_1 " construction F1 available", "");

    fixture_fund_village_1(&world, yuan);
    to_contractor(&out);
    under(&out, "P1", "C1", 1);
    return fixture_post(&world, MOVEMENT_PAYMENT, "2021-12-10", &out);
}

static bool tell_plan(void *context, const struct income_plan_row *plan, struct error *err)
{
    (void)err;
    *(struct income_plan_row *)context = *plan;
    return true;
}

static void assert_paid(const char *on, int64_t fen)
{
    struct income_plan_row plan = {.plan = ""};
    struct error err = ERROR_INIT;

    ck_assert_ok(income_plan_each(world.journal, "", day(on), tell_plan, &plan, &err), err);
    ck_assert_str_eq(plan.plan, "D1");
    ck_assert_int_eq(plan.paid.fen, fen);
}

START_TEST(no_more_is_paid_than_the_plan_has_for_a_use)
{
    struct voucher_receipt first, second, third, reversal;
    struct error err = ERROR_INIT;

    good_plan();
    first = paid("150.00");
    second = paid("50.01");
    third = paid("50.00");
    add_row(&world, &income_pay, pay_row("public_works", first.voucher));
    ck_assert(!try_row(&world, &income_pay, pay_row("public_works", second.voucher), &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "200.01 yuan would be paid");
    error_clear(&err);
    add_row(&world, &income_pay, pay_row("public_works", third.voucher));
    ck_assert(!try_row(&world, &income_pay, pay_row("post_wages", third.voucher), &err));
    ck_assert_error(err, ERROR_CONFLICT, "carries out a plan already");
    error_clear(&err);
    ck_assert_ok(fixture_try_reverse(&world, third.voucher, "2022-12-28", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    assert_paid("2022-12-27", 20000);
    assert_paid("2022-12-28", 15000);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(erased_people_leave_the_shares)
{
    struct told told = {.count = 0};
    struct error err = ERROR_INIT;
    char body[512];
    uint64_t first;

    good_plan();
    first = journal_size(world.journal) - 7;
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"ordered\",\"reason\":\"法院判决\",\"seals\":[{\"first\":%d,"
                   "\"last\":%d,\"purpose\":\"distribution.holder/detail\"}]}",
                   (int)first, (int)first + 2);
    fixture_agree(&world, "seal.erase", body);
    ck_assert_ok(income_share_each(world.journal, "D1", tell_share, &told, &err), err);
    ck_assert_uint_eq(told.count, 2);
    ck_assert(!income_holder_each(world.journal, "D1", tell_holder, &told, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "3 of those who share in plan D1 were erased");
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        each_share_and_each_person_gets_whole_fen,
        fifty_eight_shares_of_one_sixty_fourth_are_refused,
        a_simple_equal_split_is_refused,
        what_does_not_hang_together_is_refused,
        where_the_rule_is_law_posts_get_their_part,
        shares_are_compared_as_the_rule_says,
        no_more_is_paid_than_the_plan_has_for_a_use,
        erased_people_leave_the_shares,
    };

    return fixture_run("income_distributions", tests, ARRAY_COUNT(tests), &world);
}
