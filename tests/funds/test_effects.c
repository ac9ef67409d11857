/* test_effects.c - what a checker is shown: every account a voucher touches, before and after. */
#include "tests/funds/fixture.h"

#include <stdio.h>

static struct fixture world;

static bool append_effect(void *context, const struct voucher_effect *effect, struct error *err)
{
    char *text = context, before[MONEY_TEXT_SIZE], change[MONEY_TEXT_SIZE], after[MONEY_TEXT_SIZE];
    size_t size = strlen(text);

    (void)err;
    snprintf(text + size, 1024 - size, "%s %s %s %s: %s %s %s\n", effect->account.division,
             book_name(effect->account.book), effect->account.fund,
             account_role_name(effect->account.role), money_format(effect->before, before),
             money_format(effect->change, change), money_format(effect->after, after));
    return true;
}

static void assert_effects(const char *number, const char *expected)
{
    char text[1024] = "";
    struct voucher voucher;
    struct error err = ERROR_INIT;

    ck_assert_ok(voucher_find(world.journal, number, &voucher, &err), err);
    ck_assert_ok(voucher_effect_each(world.journal, &voucher, append_effect, text, &err), err);
    ck_assert_str_eq(text, expected);
}

static struct voucher_receipt submit_one(enum movement movement, const char *date,
                                         const struct voucher_line *line)
{
    struct voucher_header head = header(movement, date);

    return fixture_submit(&world, &head, line, 1);
}

START_TEST(a_pending_voucher_shows_each_account_without_it_and_with_it)
{
    struct voucher_line moved = pay("300.00", VILLAGE_1 " construction F1 available", "供销社");
    struct voucher_receipt first, second;

    fixture_fund_village_1(&world, "1000.00");
    under(&moved, "P1", "", 1);
    first = submit_one(MOVEMENT_PAYMENT, "2021-05-03", &moved);
    assert_effects(first.voucher,
                   VILLAGE_1 " construction F1 available: 1000.00 -300.00 700.00\n" //
                   VILLAGE_1 " construction F1 in_transit: 0.00 300.00 300.00\n");

    /* What others hold is gone for this one, too. */
    moved.amount = yuan("100.00");
    second = submit_one(MOVEMENT_PAYMENT, "2021-05-04", &moved);
    assert_effects(second.voucher,
                   VILLAGE_1 " construction F1 available: 700.00 -100.00 600.00\n" //
                   VILLAGE_1 " construction F1 in_transit: 0.00 100.00 100.00\n");
    assert_effects(first.voucher, VILLAGE_1 " construction F1 available: 900.00 -300.00 600.00\n" //
                   VILLAGE_1 " construction F1 in_transit: 0.00 300.00 300.00\n");

    /* And what is shown as "after" is what stands there once it is approved. */
    fixture_approve(&world, second.voucher);
    fixture_approve(&world, first.voucher);
    assert_balance(&world, VILLAGE_1 " construction F1 available", "600.00");
    assert_effects(first.voucher, VILLAGE_1 " construction F1 available: 600.00 -300.00 600.00\n" //
                   VILLAGE_1 " construction F1 in_transit: 400.00 300.00 400.00\n");
}
END_TEST

START_TEST(money_from_a_source_is_not_held_before_it_comes)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_receipt receipt = submit_one(MOVEMENT_APPROPRIATION, "2021-04-02", &moved);

    assert_effects(receipt.voucher, COUNTY " none F1 source: 0.00 -100.00 -100.00\n" //
                   COUNTY " none F1 unassigned: 0.00 100.00 100.00\n");
}
END_TEST

START_TEST(an_account_that_gives_and_gets_shows_the_difference)
{
    struct voucher_line moved[2];
    struct voucher_header head = header(MOVEMENT_ALLOCATION, "2021-04-10");
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    moved[0] = line("50.00", COUNTY " subsidy F2 available", TOWN_1 " subsidy F2 available");
    receipt = fixture_submit(&world, &head, moved, 1);
    fixture_approve(&world, receipt.voucher);
    moved[0] = line("30.00", COUNTY " subsidy F2 available", TOWN_1 " subsidy F2 available");
    moved[1] = line("20.00", TOWN_1 " subsidy F2 available", VILLAGE_1 " subsidy F2 available");
    head = header(MOVEMENT_ALLOCATION, "2021-04-11");
    receipt = fixture_submit(&world, &head, moved, 2);
    assert_effects(receipt.voucher, COUNTY " subsidy F2 available: 50.00 -30.00 20.00\n" //
                   TOWN_1 " subsidy F2 available: 50.00 10.00 60.00\n"                   //
                   VILLAGE_1 " subsidy F2 available: 0.00 20.00 20.00\n");
}
END_TEST

START_TEST(a_rejected_voucher_leaves_what_was_there)
{
    struct voucher_line moved =
        line("40.00", COUNTY " subsidy F2 available", TOWN_1 " subsidy F2 available");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    receipt = submit_one(MOVEMENT_ALLOCATION, "2021-04-10", &moved);
    ck_assert_ok(fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_REJECT, &err), err);
    assert_effects(receipt.voucher, COUNTY " subsidy F2 available: 100.00 -40.00 100.00\n" //
                   TOWN_1 " subsidy F2 available: 0.00 40.00 0.00\n");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_pending_voucher_shows_each_account_without_it_and_with_it,
        money_from_a_source_is_not_held_before_it_comes,
        an_account_that_gives_and_gets_shows_the_difference,
        a_rejected_voucher_leaves_what_was_there,
    };

    return fixture_run("effects", tests, sizeof tests / sizeof *tests, &world);
}
