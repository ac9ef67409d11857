/*
 * test_hostile.c - a clerk with a key of their own, and what they try: each test is one way round a
 * rule that was open once, or that looks as if it were.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>

#define FREE    VILLAGE_1 " construction F1 available"
#define BOUND   VILLAGE_1 " construction F1 committed"
#define SUBSIDY COUNTY " subsidy F2 available"

static struct fixture world;

static struct voucher_line bound(const char *amount, const char *from, const char *to)
{
    struct voucher_line out = line(amount, from, to);

    under(&out, "P1", "C1", 1);
    return out;
}

static struct voucher_line paid(const char *amount, const char *from)
{
    struct voucher_line out = line(amount, from, "");

    to_contractor(&out);
    under(&out, "P1", "C1", 1);
    return out;
}

static struct voucher_receipt pending(enum movement movement, const char *date,
                                      const struct voucher_line *line)
{
    struct voucher_header head = header(movement, date);

    return fixture_submit(&world, &head, line, 1);
}

static void refuse_to_approve(const char *voucher, enum error_code code, const char *words)
{
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_decide(&world, "wang", voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, code, words);
}

/* ---- Contracts ------------------------------------------------------------------------------- */

/* 100,000.00 committed, 60,000.00 paid of it. */
static struct voucher_receipt half_paid(void)
{
    struct voucher_line committed = bound("100000.00", FREE, BOUND);
    struct voucher_line first = paid("60000.00", BOUND);

    fixture_fund_village_1(&world, "500000.00");
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &committed);
    return fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-11", &first);
}

START_TEST(what_waits_beside_a_settlement_does_not_pass_its_final_price)
{
    struct voucher_line rest = bound("40000.00", BOUND, FREE), more = paid("200000.00", FREE);
    struct voucher_receipt settlement, payment;
    struct error err = ERROR_INIT;

    (void)half_paid();
    settlement = pending(MOVEMENT_SETTLEMENT, "2021-04-12", &rest);
    payment = pending(MOVEMENT_PAYMENT, "2021-04-12", &more);
    refuse_to_approve(settlement.voucher, ERROR_STATE,
                      "nobody has decided voucher 2021-000008 of contract C1");
    ck_assert_ok(fixture_try_decide(&world, "wang", payment.voucher, VOUCHER_REJECT, &err), err);
    fixture_approve(&world, settlement.voucher);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-13", &more, ERROR_CONTRACT,
                   "60,000.00 yuan of 60,000.00 are used already");
}
END_TEST

START_TEST(what_is_committed_beside_a_settlement_makes_it_void)
{
    struct voucher_line rest = bound("40000.00", BOUND, FREE);
    struct voucher_line more = bound("200000.00", FREE, BOUND);
    struct voucher_receipt settlement, commitment;

    (void)half_paid();
    settlement = pending(MOVEMENT_SETTLEMENT, "2021-04-12", &rest);
    commitment = pending(MOVEMENT_COMMITMENT, "2021-04-12", &more);
    refuse_to_approve(settlement.voucher, ERROR_STATE, "nobody has decided voucher 2021-000008");
    fixture_approve(&world, commitment.voucher);
    refuse_to_approve(settlement.voucher, ERROR_CONTRACT,
                      "200,000.00 yuan were committed to contract C1 since");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_reversal_that_waits_does_not_open_a_settled_contract)
{
    struct voucher_line rest = bound("40000.00", BOUND, FREE);
    struct voucher_receipt payment = half_paid(), reversal, settlement;
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_reverse(&world, payment.voucher, "2021-04-12", &reversal, &err), err);
    settlement = pending(MOVEMENT_SETTLEMENT, "2021-04-12", &rest);
    refuse_to_approve(settlement.voucher, ERROR_STATE, "nobody has decided voucher 2021-000007");
}
END_TEST

/* ---- Dates ----------------------------------------------------------------------------------- */

START_TEST(money_is_not_spent_in_a_month_before_it_came)
{
    struct voucher_line given =
        line("1000.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_line assigned = line("1000.00", COUNTY " none F2 unassigned", SUBSIDY);
    struct voucher_line first = pay("400.00", SUBSIDY, "供销社");
    struct voucher_line second = pay("600.00", SUBSIDY, "供销社");

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2022-03-02", &given);
    fixture_refuse(&world, MOVEMENT_ASSIGNMENT, "2022-02-28", &assigned, ERROR_INSUFFICIENT,
                   "1,000.00 yuan would be missing in unassigned at the end of 2022-02");
    fixture_post(&world, MOVEMENT_ASSIGNMENT, "2022-03-01", &assigned);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-12-12", &first, ERROR_INSUFFICIENT,
                   "400.00 yuan would be missing in available at the end of 2021-12");
    fixture_post(&world, MOVEMENT_PAYMENT, "2022-05-12", &first);
    fixture_post(&world, MOVEMENT_PAYMENT, "2022-04-12", &second);
}
END_TEST

START_TEST(a_refund_is_not_dated_before_what_it_refunds)
{
    struct voucher_line sent = pay("100.00", SUBSIDY, "供销社");
    struct voucher_line back = line("60.00", COUNTY " subsidy F2 spent", SUBSIDY);
    struct voucher_header head = header(MOVEMENT_REFUND, "2021-04-30");
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-05-12", &sent);
    fixture_confirm(&world, receipt.voucher, "2021-05-13");
    back.payee = sent.payee;
    receipt = fixture_submit(&world, &head, &back, 1);
    refuse_to_approve(receipt.voucher, ERROR_INSUFFICIENT,
                      "60.00 yuan would be missing in spent at the end of 2021-04");
}
END_TEST

START_TEST(what_has_not_happened_yet_is_not_recorded)
{
    struct voucher_line given =
        line("1.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_line sent = pay("1.00", SUBSIDY, "供销社");
    struct voucher_receipt payment;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    payment = fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &sent);
    fixture_set_clock(INT64_C(1704124800)); /* 2024-01-02 in China, still the first in UTC */
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2024-01-02", &given);
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2024-01-03", &given, ERROR_INPUT,
                   "2024-01-03 has not come yet");
    ck_assert(!fixture_try_bank(&world, payment.voucher, false, "2024-01-03", NULL, 0, &err));
    ck_assert_error(err, ERROR_INPUT, "2024-01-03 has not come yet");
}
END_TEST

static bool carry_over_again(struct journal *journal, const struct signatory *by, void *context,
                             struct error *err)
{
    struct buffer body = BUFFER_INIT(1024);
    struct appended appended;
    bool ok = buffer_append_text(&body, context, err) &&
              journal_append_act(journal, by, "period.carry_over", &body, NULL, 0, &appended, err);

    buffer_done(&body);
    return ok;
}

START_TEST(what_a_closed_year_carried_over_is_not_written_again)
{
    char body[] = "{\"funds\":[\"F2\"],\"year\":2021}";
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    ck_assert_ok(fixture_try_close(&world, "2021-12", &err), err);
    ck_assert(!fixture_try_act(&world, "wang", carry_over_again, body, &err));
    ck_assert_error(err, ERROR_PERIOD_CLOSED, "2021 is closed; what it has carried over stands");
}
END_TEST

/* ---- The register ---------------------------------------------------------------------------- */

static bool register_fund(struct journal *journal, const struct signatory *by, void *context,
                          struct error *err)
{
    struct fund fund = fixture_fund("F9");
    struct register_batch *batch = NULL;
    hash_t content = HASH_ZERO;
    bool repeated, ok;

    (void)context;
    if (!register_begin(journal, by, "funds", "file-of-a-town", &content, &batch, &repeated, err))
        return false;
    ok = register_add_fund(batch, &fund, err) && register_finish(batch, 1, err);
    if (!ok) register_free(batch);
    return ok;
}

START_TEST(a_town_makes_no_funds)
{
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_act(&world, "ma", register_fund, NULL, &err));
    ck_assert_error(err, ERROR_PERMISSION, "ma is not maker for " COUNTY);
    error_clear(&err);
    ck_assert_ok(fixture_try_act(&world, "li", register_fund, NULL, &err), err);
}
END_TEST

/* ---- Words ----------------------------------------------------------------------------------- */

START_TEST(blanks_and_marks_do_not_hide_a_forbidden_word)
{
    static const char *const texts[] = {"建办公楼",  "建办 公楼",  "建办　公　楼", "建办.公.楼",
                                        "建办·公楼", "（办）公楼", "办，公、楼"};
    struct voucher_line sent = pay("1.00", SUBSIDY, "供销社");

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        (void)snprintf(sent.text, sizeof sent.text, "%s", texts[i]);
        fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &sent, ERROR_NEGATIVE_LIST, "NEG03");
    }
}
END_TEST

START_TEST(a_name_reads_as_it_is_stored)
{
    static const struct {
        const char *name, *words;
    } cases[] = {
        {"供销\xE2\x80\x8B社", "is not seen"}, /* U+200B */
        {"供\xE2\x80\xAE社销", "is not seen"}, /* U+202E: shown as 供销社 */
        {"供销社 ", "begins or ends with a blank"}, {"　供销社", "begins or ends with a blank"},
        {" ", "begins or ends with a blank"},
    };

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct voucher_line sent = pay("1.00", SUBSIDY, cases[i].name);

        fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &sent, ERROR_INPUT, cases[i].words);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        what_waits_beside_a_settlement_does_not_pass_its_final_price,
        what_is_committed_beside_a_settlement_makes_it_void,
        a_reversal_that_waits_does_not_open_a_settled_contract,
        money_is_not_spent_in_a_month_before_it_came,
        a_refund_is_not_dated_before_what_it_refunds,
        what_has_not_happened_yet_is_not_recorded,
        what_a_closed_year_carried_over_is_not_written_again,
        a_town_makes_no_funds,
        blanks_and_marks_do_not_hide_a_forbidden_word,
        a_name_reads_as_it_is_stored,
    };

    return fixture_run("hostile", tests, ARRAY_COUNT(tests), &world);
}
