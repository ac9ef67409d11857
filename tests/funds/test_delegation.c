/* test_delegation.c - makers and checkers on leave: others stand in, and it still takes two. */
#include "tests/funds/fixture.h"

#include <stdio.h>

#define DAY INT64_C(86400)

static struct fixture world;

static void stand_in(const char *who, const char *for_whom, const char *role)
{
    char body[512];

    (void)snprintf(body, sizeof body,
                   "{\"delegate\":\"%s\",\"first_day\":\"2024-01-01\",\"last_day\":\"2024-01-02\","
                   "\"reason\":\"leave\",\"roles\":[{\"division\":\"" COUNTY
                   "\",\"role\":\"%s\"}],\"user\":\"%s\"}",
                   who, role, for_whom);
    fixture_agree(&world, "user.delegate", body);
}

static bool try_appropriate(const char *user, struct voucher_receipt *out, struct error *err)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");

    return fixture_try_submit(&world, user, &head, &moved, 1, out, err);
}

START_TEST(a_stand_in_submits_and_checks_where_the_one_on_leave_would)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert(!try_appropriate("zhou", &receipt, &err));
    ck_assert_error(err, ERROR_PERMISSION, "zhou is not maker");
    error_clear(&err);
    stand_in("zhou", "li", "maker");
    ck_assert_ok(try_appropriate("zhou", &receipt, &err), err);
    fixture_approve(&world, receipt.voucher);

    ck_assert_ok(try_appropriate("li", &receipt, &err), err);
    stand_in("ma", "wang", "checker");
    ck_assert_ok(fixture_try_decide(&world, "ma", receipt.voucher, VOUCHER_APPROVE, &err), err);
    assert_balance(&world, COUNTY " none F1 unassigned", "200.00");

    fixture_set_clock(FIXTURE_START + 2 * DAY - 8 * 3600 - 1); /* the last second in China */
    ck_assert_ok(try_appropriate("zhou", &receipt, &err), err);
    fixture_set_clock(FIXTURE_START + 2 * DAY - 8 * 3600);
    ck_assert(!try_appropriate("zhou", &receipt, &err));
    ck_assert_error(err, ERROR_PERMISSION, "zhou is not maker");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(who_stands_in_as_maker_never_checks_what_the_other_made)
{
    struct voucher_receipt made, made_for;
    struct error err = ERROR_INIT;

    fixture_agree(&world, "user.widen",
                  "{\"roles\":[{\"division\":\"" COUNTY "\",\"role\":\"checker\"}],\"user\":"
                  "\"zhou\"}");
    fixture_agree(&world, "user.widen",
                  "{\"roles\":[{\"division\":\"" COUNTY "\",\"role\":\"checker\"}],\"user\":"
                  "\"li\"}");
    ck_assert_ok(try_appropriate("li", &made, &err), err);
    stand_in("zhou", "li", "maker");
    ck_assert_ok(try_appropriate("zhou", &made_for, &err), err);
    ck_assert(!fixture_try_decide(&world, "zhou", made_for.voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, ERROR_PERMISSION, "zhou submitted voucher");
    error_clear(&err);
    ck_assert(!fixture_try_decide(&world, "zhou", made.voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, ERROR_PERMISSION, "zhou stands in for li as maker, so neither");
    error_clear(&err);
    ck_assert(!fixture_try_decide(&world, "li", made_for.voucher, VOUCHER_REJECT, &err));
    ck_assert_error(err, ERROR_PERMISSION, "zhou stands in for li as maker, so neither");
    error_clear(&err);
    ck_assert_msg(!fixture_try_decide(&world, "li", made_for.voucher, VOUCHER_WITHDRAW, &err),
                  "who is away didn't submit it");
    error_clear(&err);
    fixture_approve(&world, made.voucher);
    fixture_set_clock(FIXTURE_START + 2 * DAY);
    ck_assert_ok(fixture_try_decide(&world, "li", made_for.voucher, VOUCHER_APPROVE, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_stand_in_submits_and_checks_where_the_one_on_leave_would,
        who_stands_in_as_maker_never_checks_what_the_other_made,
    };

    return fixture_run("delegation", tests, ARRAY_COUNT(tests), &world);
}
