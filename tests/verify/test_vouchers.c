/*
 * test_vouchers.c - the same of vouchers: lines and totals that don't fit, months that are closed,
 * what must be sealed, accounts that would go below zero.
 */
#include <stdio.h>

#include "tests/verify/acts.h"

/* ---- Good ones, so that the bad ones fail for their own reason ------------------------------ */

static void good_voucher(void)
{
    SUBMIT("li", MAY);
    fixture_decide(world, "wang", "approve", 6, "");
}

static void good_late(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .late = true);
    fixture_decide(world, "li", "withdraw", 6, "");
}

static void good_reversal(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .movement = "reversal", .reverses = "2021-000001");
}

static void good_reopen(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"\"}");
    SUBMIT("li", .event_date = "2021-04-30");
}

/* The first month that was closed is open again, and so is every one before it. */
static void good_reopen_first(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"\"}");
    SUBMIT("li", .event_date = "2021-03-30");
    fixture_decide(world, "li", "withdraw", 6, "");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-02\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-03\"");
}

/* Those before it that were closed one by one stay so. */
static void close_may_and_reopen_it(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-05\",\"reason\":\"\"}");
}

static void good_reopen_later(void)
{
    close_may_and_reopen_it();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void good_carry_over(void)
{
    fixture_act(world, "wang", "period.carry_over",
                "\"funds\":[\"F1\",\"F10\",\"F2\"],\"year\":2021");
    fixture_act(world, "zhao", "period.carry_over", "\"funds\":[],\"year\":2021");
}

static void good_close_after_decision(void)
{
    SUBMIT("li", MAY);
    fixture_decide(world, "wang", "reject", 6, "");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void good_sealed_bank(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9", TOTALS, totals);
    bank(lines, totals, 4);
}

/* ---- Vouchers ------------------------------------------------------------------------------- */

static void number_skipped(void)
{
    fixture_line(world, "li", 7, 1, false, DETAIL);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 7, .totals = TOTALS, MAY, .movement = "payment"});
}

static void number_of_another_year(void)
{
    SUBMIT("li", .event_date = "2022-01-04");
}

static void money_appears(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("101", "in_transit") "]");
}

static void totals_of_other_lines(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-101", "available") "," TOTAL("101", "in_transit") "]");
}

static void totals_of_other_accounts(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("100", "spent") "]");
}

static void totals_left_out(void)
{
    SUBMIT("li", .totals = "[]");
}

static void totals_unsorted(void)
{
    SUBMIT("li", .totals = "[" TOTAL("100", "in_transit") "," TOTAL("-100", "available") "]");
}

static void totals_with_zero(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("100", "in_transit") "," TOTAL(
                     "0", "spent") "]");
}

static void closed_month(void)
{
    SUBMIT("li", .event_date = "2021-04-30");
}

static void closed_again(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-03\"");
}

static void closed_with_a_gap(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-06\"");
}

static void closed_while_pending(void)
{
    SUBMIT("li", MAY);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

/* A late event counts in the first open month. */
static void closed_while_late_is_pending(void)
{
    SUBMIT("li", .event_date = "2021-03-30", .late = true);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

/* So does a reversal. */
static void closed_while_reversal_is_pending(void)
{
    good_reversal();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void april_stays_closed(void)
{
    close_may_and_reopen_it();
    SUBMIT("li", .event_date = "2021-04-30");
}

static void reopens_what_is_open(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-05\",\"reason\":\"\"}");
}

static void carries_over_a_closed_year(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\"],\"year\":2020");
}

static void carries_over_after_december(void)
{
    char month[32];

    for (int i = 5; i <= 12; i++) {
        (void)snprintf(month, sizeof month, "\"month\":\"2021-%02d\"", i);
        fixture_act(world, "wang", "period.close", "%s", month);
    }
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\"],\"year\":2021");
}

static void carries_over_amounts(void)
{
    fixture_act(world, "wang", "period.carry_over",
                "\"funds\":[{\"amount\":1,\"fund\":\"F1\"}],\"year\":2021");
}

static void carries_over_unsorted(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F2\",\"F10\"],\"year\":2021");
}

static void carries_over_twice(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\",\"F1\"],\"year\":2021");
}

static void carries_over_too_many(void)
{
    char funds[501 * 8 + 1];

    for (int i = 0; i < 501; i++)
        (void)snprintf(funds + (size_t)i * 8, 9, ",\"F%04d\"", i);
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[%s],\"year\":2021", funds + 1);
}

static void reversal_of_what_never_was(void)
{
    SUBMIT("li", .movement = "reversal", .reverses = "2021-000005");
}

static void reversed_twice(void)
{
    struct fixture_voucher again = {.user = "li",
                                    .number = 7,
                                    .event_date = "2021-04-30",
                                    .movement = "reversal",
                                    .reverses = "2021-000001",
                                    .totals = TOTALS};

    good_reversal();
    fixture_decide(world, "wang", "approve", 6, "");
    fixture_line(world, "li", 7, 1, false, DETAIL);
    fixture_submit(world, &again);
}

static void reference_twice(void)
{
    SUBMIT("li", .reference = "file-1");
}

static void decided_twice(void)
{
    good_voucher();
    fixture_decide(world, "wang", "reject", 6, "");
}

static void bank_before_approval(void)
{
    SUBMIT("li", MAY);
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 6);
}

static void bank_loses_money(void)
{
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("99", "spent") "]", 1);
}

/* ---- What must be sealed, and what must not ------------------------------------------------- */

static void person_in_clear(void)
{
    fixture_line(world, "li", 6, 1, false, PERSON);
}

static void organisation_under_seal(void)
{
    fixture_line(world, "li", 6, 1, true, DETAIL);
}

static void unseen_in_text(void)
{
    fixture_act(world, "li", "clock.confirm", "\"reason\":\"a\xe2\x80\xae\"");
}

static void number_in_text(void)
{
    fixture_act(world, "sun", "clock.confirm", "\"reason\":\"电话 13912345678\"");
}

static void totals_of_one_in_clear(void)
{
    fixture_line(world, "li", 6, 1, true, PERSON);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 6,
                                                    .totals = TOTALS,
                                                    MAY,
                                                    .movement = "payment",
                                                    .people = true});
}

static void totals_hidden(void)
{
    SUBMIT("li", .seal_totals = true);
}

static void people_denied(void)
{
    fixture_line(world, "li", 6, 1, true, PERSON);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 6, .totals = TOTALS, MAY, .movement = "payment"});
}

static void content_in_clear(void)
{
    fixture_act(world, "li", "import.file",
                "\"content\":\"%064d\",\"lines_root\":\"%064d\",\"reference\":\"f\",\"rows\":0,"
                "\"what\":\"w\"",
                0, 0);
}

static void bank_shows_people(void)
{
    bank("[1]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 3);
}

static void bank_shows_by_subtraction(void)
{
    char lines[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    bank(lines, TOTALS, 4);
}

static void bank_hides(void)
{
    char lines[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    bank(lines, TOTALS, 1);
}

static void seal_of_another_place(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.return/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9", TOTALS, totals);
    bank(lines, totals, 4);
}

static const struct act_case cases[] = {
    {good_voucher, "PASS"},
    {good_late, "PASS"},
    {good_reversal, "PASS"},
    {good_reopen, "PASS"},
    {good_reopen_first, "PASS"},
    {good_reopen_later, "PASS"},
    {good_carry_over, "PASS"},
    {good_close_after_decision, "PASS"},
    {good_sealed_bank, "PASS"},
    {number_skipped, "FAIL entry 630 (voucher.submit): voucher 2021-000007 is out of order: "
                     "2021-000006 comes next"},
    {number_of_another_year,
     "FAIL entry 630 (voucher.submit): voucher 2021-000006 isn't numbered in the year"},
    {money_appears, "FAIL entry 630 (voucher.submit): its totals sum to 1 fen and not to zero"},
    {totals_of_other_lines, "FAIL entry 630 (voucher.submit): its totals state -101 fen for an "
                            "account whose lines come to -100"},
    {totals_of_other_accounts,
     "FAIL entry 630 (voucher.submit): its totals name an account that no line touches"},
    {totals_left_out, "FAIL entry 630 (voucher.submit): its totals leave out an account"},
    {totals_unsorted, "FAIL entry 630 (voucher.submit): its totals are not sorted by account"},
    {totals_with_zero, "FAIL entry 630 (voucher.submit): its totals state a zero"},
    {closed_month,
     "FAIL entry 630 (voucher.submit): its event of 2021-04-30 lies in a closed month"},
    {closed_again, "FAIL entry 629 (period.close): month 2021-03 is closed already"},
    {closed_with_a_gap, "FAIL entry 629 (period.close): closes 2021-06, but 2021-05 comes next"},
    {closed_while_pending, "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers that "
                           "count in 2021-05 wait for a decision"},
    {closed_while_late_is_pending,
     "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers"},
    {closed_while_reversal_is_pending,
     "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers"},
    {april_stays_closed,
     "FAIL entry 633 (voucher.submit): its event of 2021-04-30 lies in a closed month"},
    {reopens_what_is_open, "FAIL entry 630 (act.second): opens 2021-05 again, which isn't closed"},
    {carries_over_a_closed_year,
     "FAIL entry 629 (period.carry_over): carries over from 2020, whose "
     "December is closed already"},
    {carries_over_after_december,
     "FAIL entry 637 (period.carry_over): carries over from 2021, whose December is closed"},
    {carries_over_amounts, "FAIL entry 629 (period.carry_over): member \"funds\" is no string"},
    {carries_over_unsorted, "FAIL entry 629 (period.carry_over): member \"funds\" is not sorted"},
    {carries_over_twice, "FAIL entry 629 (period.carry_over): member \"funds\" is not sorted"},
    {carries_over_too_many,
     "FAIL entry 629 (period.carry_over): member \"funds\" has too many elements"},
    {reversal_of_what_never_was,
     "FAIL entry 630 (voucher.submit): reverses voucher 2021-000005, which isn't posted"},
    {reversed_twice,
     "FAIL entry 633 (voucher.submit): reverses voucher 2021-000001, which isn't posted"},
    {reference_twice, "FAIL entry 630 (voucher.submit): reference file-1 was used before"},
    {decided_twice, "FAIL entry 632 (voucher.reject): voucher 2021-000006 was decided before"},
    {bank_before_approval, "FAIL entry 631 (bank.confirm): voucher 2021-000006 isn't approved"},
    {bank_loses_money, "FAIL entry 629 (bank.confirm): its totals sum to -1 fen"},
    {person_in_clear, "FAIL entry 629 (voucher.line): member \"account\" doesn't belong there"},
    {organisation_under_seal,
     "FAIL entry 629 (voucher.line):under seal: member \"payee\" is missing"},
    {unseen_in_text,
     "FAIL entry 629 (clock.confirm): member \"reason\" holds a character that isn't seen"},
    {number_in_text, "FAIL entry 629 (clock.confirm): member \"reason\" shows a mobile"},
    {totals_of_one_in_clear,
     "FAIL entry 630 (voucher.submit): shows totals of fewer than three people"},
    {totals_hidden, "FAIL entry 630 (voucher.submit): hides its totals without being about people"},
    {people_denied,
     "FAIL entry 630 (voucher.submit): says that it is not about people, but its lines are"},
    {content_in_clear, "FAIL entry 629 (import.file): member \"content\" is not sealed"},
    {bank_shows_people, "FAIL entry 629 (bank.confirm): shows lines about people in clear"},
    {bank_shows_by_subtraction, "FAIL entry 629 (bank.confirm): shows totals in clear from which"},
    {bank_hides, "FAIL entry 629 (bank.confirm): hides what it says of a voucher not about people"},
    {seal_of_another_place,
     "FAIL entry 629 (bank.confirm): its sealed value names another purpose"},
};

START_TEST(each_entry_is_allowed_or_refused_by_its_rule)
{
    cases[_i].write();
    expect(cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_entry_is_allowed_or_refused_by_its_rule, 0, ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_vouchers", add);
}
