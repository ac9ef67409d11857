/* test_periods.c - months that close, late entries, the carry-over, opening again. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger/funds/sql.h"

static struct fixture world;

#define UNASSIGNED COUNTY " none F1 unassigned"
#define SOURCE     COUNTY " none F1 source"

static struct voucher_line grant(const char *amount)
{
    return line(amount, SOURCE, UNASSIGNED);
}

static void close_through(const char *month_text)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_close(&world, month_text, &err), err);
}

START_TEST(a_closed_month_takes_no_more_events_but_late_ones)
{
    struct voucher_line given = grant("100.00");
    struct voucher_header head;
    struct voucher_receipt receipt;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    close_through("2021-04");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-30", &given, ERROR_PERIOD_CLOSED,
                   "2021-04 is closed and takes no more events; mark the entry as late (--late)");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2020-01-01", &given, ERROR_PERIOD_CLOSED,
                   "2020-01 is closed");
    head = header(MOVEMENT_APPROPRIATION, "2021-04-30");
    head.late = true;
    receipt = fixture_submit(&world, &head, &given, 1);
    ck_assert_ok(voucher_find(world.journal, receipt.voucher, &voucher, &err), err);
    ck_assert_int_eq(voucher.booking_month, month("2021-05"));
    ck_assert_int_eq(voucher.event_date.days, day("2021-04-30").days);
    ck_assert(voucher.late);
}
END_TEST

START_TEST(a_reversal_in_a_closed_month_counts_in_the_first_open_one)
{
    struct voucher_line given = grant("100.00");
    struct voucher_receipt posted =
        fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    struct voucher_receipt reversal;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    close_through("2021-04");
    ck_assert_ok(fixture_try_reverse(&world, posted.voucher, "2021-04-30", &reversal, &err), err);
    ck_assert_ok(voucher_find(world.journal, reversal.voucher, &voucher, &err), err);
    ck_assert_int_eq(voucher.booking_month, month("2021-05"));
}
END_TEST

START_TEST(a_month_does_not_close_while_a_voucher_is_pending)
{
    struct voucher_line given = grant("100.00");
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-05-02");
    struct voucher_receipt receipt = fixture_submit(&world, &head, &given, 1);
    struct error err = ERROR_INIT;

    close_through("2021-04"); /* the voucher counts later */
    ck_assert(!fixture_try_close(&world, "2021-05", &err));
    ck_assert_error(err, ERROR_STATE,
                    "2021-05 can't be closed while voucher 2021-000001 is "
                    "pending");
    error_clear(&err);
    ck_assert_ok(fixture_try_decide(&world, "li", receipt.voucher, VOUCHER_WITHDRAW, &err), err);
    close_through("2021-05");
    ck_assert(!fixture_try_close(&world, "2021-05", &err));
    ck_assert_error(err, ERROR_STATE, "2021-05 is closed already");
}
END_TEST

START_TEST(every_open_month_up_to_the_named_one_is_closed)
{
    struct voucher_line given = grant("100.00");
    struct error err = ERROR_INIT;
    uint64_t size;
    int32_t closed = 0;
    bool any = true;

    ck_assert_ok(period_closed_through(world.journal, &any, &closed, &err), err);
    ck_assert(!any);
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    size = journal_size(world.journal);
    close_through("2021-08");
    ck_assert_uint_eq(journal_size(world.journal) - size, 5); /* April to August */
    ck_assert_ok(period_closed_through(world.journal, &any, &closed, &err), err);
    ck_assert(any);
    ck_assert_int_eq(closed, month("2021-08"));
    assert_replay_is_identical(&world);
}
END_TEST

/* A carry-over or a close made by hand. */
static bool append_act(struct journal *journal, const struct signatory *by, void *context,
                       struct error *err)
{
    const char *const *texts = context; /* kind, body */
    struct buffer body = BUFFER_INIT(4096);
    struct appended appended;
    bool ok = buffer_append_text(&body, texts[1], err) &&
              journal_append_act(journal, by, texts[0], &body, NULL, 0, &appended, err);

    buffer_done(&body);
    return ok;
}

START_TEST(a_first_close_by_hand_skips_no_month_and_none_that_is_to_come)
{
    struct voucher_line given = grant("100.00");
    const char *skipping[] = {"period.close", "{\"month\":\"2021-05\"}"};
    const char *first[] = {"period.close", "{\"month\":\"2021-04\"}"};
    const char *early[] = {"period.close", "{\"month\":\"2021-03\"}"};
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    ck_assert(!fixture_try_act(&world, "wang", append_act, skipping, &err));
    ck_assert_error(err, ERROR_STATE, "the next is 2021-04");
    error_clear(&err);
    ck_assert(!fixture_try_close(&world, "2024-02", &err)); /* the clock says 2024-01-01 */
    ck_assert_error(err, ERROR_INPUT, "2024-02 has not come yet");
    error_clear(&err);
    ck_assert_ok(fixture_try_act(&world, "wang", append_act, early, &err), err);
    ck_assert_ok(fixture_try_act(&world, "wang", append_act, first, &err), err);
    close_through("2024-01");
}
END_TEST

START_TEST(only_checker_or_admin_of_the_whole_ledger_closes)
{
    static const struct {
        const char *user;
        bool may;
    } cases[] = {{"li", false}, {"bai", false}, {"zhou", false}, {"sun", false}, {"zhao", true}};

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct signatory by = fixture_as(cases[i].user);
        struct error err = ERROR_INIT;
        bool ok;

        fixture_begin(&world);
        ok = period_close(world.journal, &by, month("2021-04"), &err);
        ck_assert_int_eq(ok, cases[i].may);
        if (!ok) ck_assert_int_eq(err.code, ERROR_PERMISSION);
        fixture_roll_back(&world);
    }
}
END_TEST

static bool is_carried(const char *fund)
{
    struct error err = ERROR_INIT;
    int64_t count = 0;

    ck_assert_ok(sql_integer(world.journal,
                             "SELECT COUNT(*) FROM carry_over WHERE year = 2021 AND fund = $1",
                             SQL_VALUES(SQL_TEXT(fund)), &count, &err),
                 err);
    return count == 1;
}

START_TEST(a_december_names_the_funds_that_have_money_and_no_amount)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct voucher_line moved;
    uint64_t size;

    fixture_fund_county(&world, "F1", "construction", "100.00");
    fixture_fund_county(&world, "F2", "subsidy", "50.00");
    moved = line("50.00", COUNTY " subsidy F2 available", COUNTY " none F2 source");
    fixture_post(&world, MOVEMENT_REMITTANCE, "2021-11-01", &moved);
    moved = line("7.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    fixture_post(&world, MOVEMENT_RECEIPT, "2022-01-05", &moved); /* next year's */
    size = journal_size(world.journal);
    close_through("2021-12");
    ck_assert_uint_eq(journal_size(world.journal) - size, 9 + 1);
    ck_assert(is_carried("F1"));
    ck_assert(!is_carried("F2"));
    ck_assert_ok(journal_read(world.journal, journal_size(world.journal) - 2, &bytes, &err), err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&bytes), "{\"funds\":[\"F1\"],\"nonce\":"));
    buffer_done(&bytes);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_december_closes_only_when_every_fund_with_money_is_named)
{
    const char *one[] = {"period.carry_over", "{\"funds\":[\"F1\"],\"year\":2021}"};
    const char *other[] = {"period.carry_over", "{\"funds\":[\"F2\"],\"year\":2021}"};
    const char *december[] = {"period.close", "{\"month\":\"2021-12\"}"};
    const char *skipped[] = {"period.close", "{\"month\":\"2022-02\"}"};
    static const struct {
        const char *body;
        enum error_code code;
        const char *words;
    } bad[] = {
        {"{\"funds\":[\"F2\",\"F1\"],\"year\":2021}", ERROR_INPUT, "sorted and named once"},
        {"{\"funds\":[\"F1\",\"F1\"],\"year\":2021}", ERROR_INPUT, "sorted and named once"},
        {"{\"funds\":[\"F9\"],\"year\":2021}", ERROR_NOT_FOUND, "fund F9 has no money"},
        {"{\"funds\":[\"F9\"],\"year\":2147483647}", ERROR_INPUT,
         "December of 2147483647 has not come"},
        {"{\"funds\":[\"F1\"],\"year\":2020}", ERROR_PERIOD_CLOSED, "2020 is closed"},
        {"{\"funds\":[{\"amount\":10000,\"fund\":\"F1\"}],\"year\":2021}", ERROR_INPUT, ""},
    };
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F1", "construction", "100.00");
    fixture_fund_county(&world, "F2", "subsidy", "50.00");
    close_through("2021-11");
    ck_assert(!fixture_try_act(&world, "wang", append_act, december, &err));
    ck_assert_error(err, ERROR_STATE, "leaves out 2 of the funds");
    error_clear(&err);
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        const char *texts[] = {"period.carry_over", bad[i].body};

        ck_assert(!fixture_try_act(&world, "wang", append_act, texts, &err));
        ck_assert_error(err, bad[i].code, bad[i].words);
        error_clear(&err);
    }
    ck_assert_ok(fixture_try_act(&world, "wang", append_act, one, &err), err);
    ck_assert(!fixture_try_act(&world, "wang", append_act, december, &err));
    ck_assert_error(err, ERROR_STATE, "leaves out 1 of the funds");
    error_clear(&err);
    ck_assert_ok(fixture_try_act(&world, "wang", append_act, other, &err), err);
    ck_assert_ok(fixture_try_act(&world, "wang", append_act, december, &err), err);
    ck_assert(!fixture_try_act(&world, "wang", append_act, skipped, &err));
    ck_assert_error(err, ERROR_STATE, "the next is 2022-01");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(two_administrators_open_a_month_and_all_later_ones)
{
    struct voucher_line given = grant("100.00");
    struct error err = ERROR_INIT;
    int32_t closed = 0;
    bool any;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    close_through("2021-12");
    ck_assert(is_carried("F1"));
    ck_assert(!fixture_try_agree(&world, "period.reopen",
                                 "{\"month\":\"2022-01\",\"reason\":\"漏记\"}", &err));
    ck_assert_error(err, ERROR_STATE, "2022-01 is not closed");
    error_clear(&err);
    ck_assert(!fixture_try_agree(&world, "period.reopen", "{\"month\":\"2021-06\",\"reason\":\"\"}",
                                 &err));
    ck_assert_error(err, ERROR_INPUT, "needs a reason");
    error_clear(&err);
    fixture_agree(&world, "period.reopen", "{\"month\":\"2021-06\",\"reason\":\"漏记\"}");
    ck_assert_ok(period_closed_through(world.journal, &any, &closed, &err), err);
    ck_assert_int_eq(closed, month("2021-05"));
    ck_assert(!is_carried("F1"));
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-06-02", &given);
    close_through("2021-12");
    ck_assert(is_carried("F1"));
    fixture_agree(&world, "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"漏记\"}");
    ck_assert_ok(period_closed_through(world.journal, &any, &closed, &err), err);
    ck_assert(!any);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_bank_entry_counts_no_earlier_than_its_payment)
{
    struct voucher_line paid = pay("10.00", COUNTY " subsidy F2 available", "供销社");
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    int64_t booked = 0;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    close_through("2021-04");
    head.late = true;
    receipt = fixture_submit(&world, &head, &paid, 1); /* counts in May */
    fixture_approve(&world, receipt.voucher);
    ck_assert(!fixture_try_bank(&world, receipt.voucher, false, "2021-04-22", NULL, 0, &err));
    ck_assert_error(err, ERROR_PERIOD_CLOSED, "2021-04 is closed");
    error_clear(&err);
    fixture_agree(&world, "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"漏记\"}");
    fixture_confirm(&world, receipt.voucher,
                    "2021-04-22"); /* open again, but the payment is May's */
    ck_assert_ok(
        sql_integer(world.journal, "SELECT booking_month FROM bank_entry", NULL, 0, &booked, &err),
        err);
    ck_assert_int_eq(booked, month("2021-05"));
    assert_balance(&world, COUNTY " subsidy F2 spent", "10.00");
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_closed_month_takes_no_more_events_but_late_ones,
        a_reversal_in_a_closed_month_counts_in_the_first_open_one,
        a_month_does_not_close_while_a_voucher_is_pending,
        every_open_month_up_to_the_named_one_is_closed,
        a_first_close_by_hand_skips_no_month_and_none_that_is_to_come,
        only_checker_or_admin_of_the_whole_ledger_closes,
        a_december_names_the_funds_that_have_money_and_no_amount,
        a_december_closes_only_when_every_fund_with_money_is_named,
        two_administrators_open_a_month_and_all_later_ones,
        a_bank_entry_counts_no_earlier_than_its_payment,
    };

    return fixture_run("periods", tests, ARRAY_COUNT(tests), &world);
}
