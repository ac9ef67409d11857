/*
 * test_vouchers.c - the same of vouchers: lines and totals that don't fit, months that are closed,
 * what must be sealed, accounts that would go below zero.
 */
#include <stdio.h>

#include "tests/verify/acts.h"

#define SPENT                                                                                      \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":"          \
    "\"spent\"}"

/* Submit a payment of so many fen; after the good log 89815000 are available. */
static void spend(const char *fen, unsigned number)
{
    char detail[1024], totals[1024];

    (void)snprintf(detail, sizeof detail,
                   "{\"amount\":%s,\"from\":" AVAILABLE ",\"to\":" IN_TRANSIT "}", fen);
    (void)snprintf(totals, sizeof totals,
                   "[" TOTAL("-%s", "available") "," TOTAL("%s", "in_transit") "]", fen, fen);
    fixture_line(world, "li", number, 1, false, detail);
    fixture_submit(
        world, &(struct fixture_voucher){
                   .user = "li", .number = number, .totals = totals, MAY, .movement = "payment"});
}

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
    good_voucher();
    reverse(7, "100", "2021-000006");
}

/* Voucher 6 again in its own direction, or one fen of it kept back. */
static void reversal_that_pays_again(void)
{
    good_voucher();
    fixture_line(world, "li", 7, 1, false, DETAIL);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 7,
                                                    .totals = TOTALS,
                                                    MAY,
                                                    .movement = "reversal",
                                                    .reverses = "2021-000006"});
}

static void reversal_of_a_part(void)
{
    good_voucher();
    reverse(7, "99", "2021-000006");
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

static void good_few_people(void)
{
    submit_people("0110", true);
}

static void good_three_people(void)
{
    submit_people("01020", false);
    fixture_decide(world, "wang", "approve", 6, "");
}

static void good_bank_of_some(void)
{
    char lines[96], totals[96];

    good_three_people();
    fixture_seal(world, "bank.confirm/lines", "B-9", "[2,4]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[" TOTAL("-200", "in_transit") "," TOTAL("200", "spent") "]", totals);
    bank(lines, totals, 6);
}

static void good_refund_of_all(void)
{
    fixture_line(world, "li", 6, 1, false,
                 "{\"amount\":180000,\"from\":" SPENT ",\"to\":" AVAILABLE "}");
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 6,
                       .totals = "[" TOTAL("180000", "available") "," TOTAL("-180000", "spent") "]",
                       MAY,
                       .movement = "refund"});
    fixture_decide(world, "wang", "approve", 6, "");
}

/* What was held by a rejected voucher is there again. */
static void good_after_rejection(void)
{
    spend("89815000", 6);
    fixture_decide(world, "wang", "reject", 6, "");
    spend("89815000", 7);
    fixture_decide(world, "wang", "approve", 7, "");
}

static void good_sealed_bank(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[" TOTAL("-5000", "in_transit") "," TOTAL("5000", "spent") "]", totals);
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

static void event_to_come(void)
{
    SUBMIT("li", .event_date = "2021-06-02");
}

static void reversal_that_names_none(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .movement = "reversal");
}

static void payment_that_names_one(void)
{
    SUBMIT("li", MAY, .reverses = "2021-000001");
}

static void reversal_of_a_reversal(void)
{
    good_reversal();
    fixture_decide(world, "wang", "approve", 7, "");
    reverse(8, "100", "2021-000007");
}

static void reversal_of_what_was_answered(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .movement = "reversal", .reverses = "2021-000003");
}

static void bank_before_the_payment(void)
{
    SUBMIT("li", .event_date = "2021-05-07");
    fixture_decide(world, "wang", "approve", 6, "");
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 6);
}

static void bank_about_no_payment(void)
{
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 1);
}

static void bank_lines_unsorted(void)
{
    good_voucher();
    bank("[2,1]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 6);
}

static void reference_with_a_mobile_number(void)
{
    SUBMIT("li", MAY, .reference = "13912345678");
}

static void reversal_of_what_never_was(void)
{
    SUBMIT("li", .movement = "reversal", .reverses = "2021-000005");
}

static void reversed_twice(void)
{
    good_reversal();
    fixture_decide(world, "wang", "approve", 7, "");
    reverse(8, "100", "2021-000006");
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
    good_voucher();
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("99", "spent") "]", 6);
}

/* ---- Accounts ------------------------------------------------------------------------------- */

static void more_than_there_is(void)
{
    spend("89815001", 6);
}

/* What is asked for counts as gone. */
static void more_than_is_left(void)
{
    spend("89815000", 6);
    spend("1", 7);
}

static void refund_of_more_than_was_spent(void)
{
    fixture_line(world, "li", 6, 1, false,
                 "{\"amount\":180001,\"from\":" SPENT ",\"to\":" AVAILABLE "}");
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 6,
                       .totals = "[" TOTAL("180001", "available") "," TOTAL("-180001", "spent") "]",
                       MAY,
                       .movement = "refund"});
    fixture_decide(world, "wang", "approve", 6, "");
}

static void more_back_than_came(void)
{
    static const char source[] =
        "{\"book\":\"none\",\"division\":\"" FIXTURE_TOWN "\",\"fund\":\"F1\",\"role\":\"source\"}";
    char detail[1024];

    (void)snprintf(detail, sizeof detail, "{\"amount\":1,\"from\":" AVAILABLE ",\"to\":%s}",
                   source);
    fixture_line(world, "li", 6, 1, false, detail);
    fixture_submit(world, &(struct fixture_voucher){
                              .user = "li",
                              .number = 6,
                              .totals = "[" TOTAL(
                                  "-1", "available") ",{\"amount\":1,\"book\":\"none\","
                                                     "\"division\":\"" FIXTURE_TOWN
                                                     "\",\"fund\":\"F1\",\"role\":\"source\"}]",
                              MAY,
                              .movement = "remittance"});
    fixture_decide(world, "wang", "approve", 6, "");
}

static void bank_pays_more_than_was_sent(void)
{
    good_voucher();
    bank("[]", "[" TOTAL("-5101", "in_transit") "," TOTAL("5101", "spent") "]", 6);
}

/* Enough for it is in transit, but of another voucher. */
static void bank_pays_what_another_sent(void)
{
    good_voucher();
    bank("[]", "[" TOTAL("-101", "in_transit") "," TOTAL("101", "spent") "]", 6);
}

/* One person's word, and money that was paid could be paid once more. */
static void bank_brings_back(void)
{
    good_voucher();
    bank("[]", "[" TOTAL("100", "available") "," TOTAL("-100", "spent") "]", 6);
}

static void bank_brings_back_under_seal(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[" TOTAL("100", "available") "," TOTAL("-100", "spent") "]", totals);
    bank(lines, totals, 4);
}

static void bank_confirms_as_owed(void)
{
    good_voucher();
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "owed") "]", 6);
}

static void bank_gives_another_fund(void)
{
    good_voucher();
    bank("[]",
         "[" TOTAL(
             "-100",
             "in_transit") ",{\"amount\":100,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F2\",\"role\":\"spent\"}]",
         6);
}

/* What nobody could see from outside. */
static void money_from_nowhere_under_seal(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[{\"amount\":-5000,\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                 "\",\"fund\":\"F1\",\"role\":\"source\"}," TOTAL("5000", "spent") "]",
                 totals);
    bank(lines, totals, 4);
}

static void paid_to_another_account(void)
{
    fixture_line(world, "li", 6, 1, false,
                 "{\"amount\":1,\"from\":" AVAILABLE ",\"to\":" SPENT "}");
    fixture_submit(world, &(struct fixture_voucher){
                              .user = "li",
                              .number = 6,
                              .totals = "[" TOTAL("-1", "available") "," TOTAL("1", "spent") "]",
                              MAY,
                              .movement = "payment"});
}

static void held_by_name(void)
{
    fixture_line(world, "li", 6, 1, false,
                 "{\"amount\":1,\"from\":{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                 "\",\"fund\":\"F1\",\"role\":\"held\"},\"to\":" AVAILABLE "}");
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

static void two_people_in_five_lines(void)
{
    submit_people("01101", false);
}

static void three_people_hidden(void)
{
    submit_people("0120", true);
}

/* Three people, but two accounts: what the third gets stands alone. */
static void one_of_three_singled_out(void)
{
    char detail[1024];

    for (unsigned i = 0; i < 4; i++) {
        (void)snprintf(detail, sizeof detail,
                       "{\"amount\":100,\"from\":%s,\"payee\":{\"account\":\"A\",\"id_number\":"
                       "\"%s\",\"name\":\"N\"},\"to\":" IN_TRANSIT "}",
                       i == 3 ? SPENT : AVAILABLE, fixture_id_numbers[i % 3]);
        fixture_line(world, "li", 6, i + 1, true, detail);
    }
    fixture_submit(
        world, &(struct fixture_voucher){.user = "li",
                                         .number = 6,
                                         .totals = "[" TOTAL("-300", "available") "," TOTAL(
                                             "400", "in_transit") "," TOTAL("-100", "spent") "]",
                                         MAY,
                                         .movement = "payment",
                                         .people = true});
}

static void id_number_of_no_form(void)
{
    fixture_line(world, "li", 6, 1, true,
                 "{\"amount\":100,\"from\":" AVAILABLE ",\"payee\":{\"account\":\"A\","
                 "\"id_number\":\"110102198001010X\",\"name\":\"N\"},\"to\":" IN_TRANSIT "}");
}

static void bank_shows_some(void)
{
    char lines[96];

    good_three_people();
    fixture_seal(world, "bank.confirm/lines", "B-9", "[1]", lines);
    bank(lines, "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 6);
}

static void bank_hides_all(void)
{
    char lines[96], totals[96];

    good_three_people();
    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[" TOTAL("-500", "in_transit") "," TOTAL("500", "spent") "]", totals);
    bank(lines, totals, 6);
}

static void bank_shows_lines_of_all(void)
{
    good_three_people();
    bank("[]", "[" TOTAL("-500", "in_transit") "," TOTAL("500", "spent") "]", 6);
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

    good_voucher();
    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    bank(lines, TOTALS, 6);
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
    {good_few_people, "PASS"},
    {good_three_people, "PASS"},
    {good_bank_of_some, "PASS"},
    {good_refund_of_all, "PASS"},
    {good_after_rejection, "PASS"},
    {more_than_there_is,
     "FAIL entry 630 (voucher.submit): leaves -1 fen in {\"book\":\"subsidy\",\"division\":"
     "\"611025000000\",\"fund\":\"F1\",\"role\":\"available\"}: an account never goes below"},
    {more_than_is_left, "FAIL entry 632 (voucher.submit): leaves -1 fen in {"},
    {refund_of_more_than_was_spent, "FAIL entry 631 (voucher.approve): leaves -1 fen in {"},
    {more_back_than_came, "FAIL entry 631 (voucher.approve): gives {\"book\":\"none\",\"division\":"
                          "\"611025100000\",\"fund\":\"F1\",\"role\":\"source\"} 1 fen more than"},
    {bank_pays_more_than_was_sent,
     "FAIL entry 632 (bank.confirm): answers for 5001 fen more than the voucher sent"},
    {bank_pays_what_another_sent,
     "FAIL entry 632 (bank.confirm): answers for 1 fen more than the voucher sent"},
    {bank_brings_back, "FAIL entry 632 (bank.confirm): moves {\"book\":\"subsidy\""},
    {bank_brings_back_under_seal, "FAIL entry 629 (bank.confirm): moves {\"book\":\"subsidy\""},
    {bank_confirms_as_owed, "FAIL entry 632 (bank.confirm): moves {\"book\":\"subsidy\""},
    {bank_gives_another_fund, "FAIL entry 632 (bank.confirm): moves {\"book\":\"subsidy\""},
    {money_from_nowhere_under_seal,
     "FAIL entry 629 (bank.confirm): brings money under seal to {\"book\":\"subsidy\""},
    {paid_to_another_account, "FAIL entry 630 (voucher.submit): pays to another account than"},
    {held_by_name, "FAIL entry 629 (voucher.line): member \"role\" is none of the words allowed"},
    {event_to_come, "FAIL entry 630 (voucher.submit): its event of 2021-06-02 lies after the day"},
    {reversal_that_names_none, "FAIL entry 630 (voucher.submit): is a reversal, but names no"},
    {payment_that_names_one, "FAIL entry 630 (voucher.submit): is no reversal, but names a"},
    {reversal_that_pays_again, "FAIL entry 633 (voucher.submit): moves something else than voucher "
                               "2021-000006, which it reverses"},
    {reversal_of_a_part, "FAIL entry 633 (voucher.submit): moves something else than voucher "
                         "2021-000006, which it reverses"},
    {reversal_of_a_reversal,
     "FAIL entry 636 (voucher.submit): reverses voucher 2021-000007, a reversal itself"},
    {reversal_of_what_was_answered, "FAIL entry 630 (voucher.submit): reverses voucher "
                                    "2021-000003, for which the bank has answered"},
    {bank_before_the_payment, "FAIL entry 632 (bank.confirm): answers before the day of voucher"},
    {bank_about_no_payment, "FAIL entry 629 (bank.confirm): voucher 2021-000001 is no payment"},
    {bank_lines_unsorted, "FAIL entry 632 (bank.confirm): member \"lines\" is not sorted"},
    {reference_with_a_mobile_number,
     "FAIL entry 630 (voucher.submit): member \"reference\" is no code"},
    {two_people_in_five_lines,
     "FAIL entry 634 (voucher.submit): shows totals of fewer than three people"},
    {one_of_three_singled_out, "FAIL entry 633 (voucher.submit): shows what fewer than three "
                               "people get from one account"},
    {three_people_hidden,
     "FAIL entry 633 (voucher.submit): hides its totals, though three people share them"},
    {id_number_of_no_form,
     "FAIL entry 629 (voucher.line):under seal: member \"id_number\" is no ID number"},
    {bank_shows_some, "FAIL entry 636 (bank.confirm): shows totals of some of the lines"},
    {bank_hides_all, "FAIL entry 636 (bank.confirm): hides totals that the voucher shows"},
    {bank_shows_lines_of_all, "FAIL entry 636 (bank.confirm): shows lines about people in clear"},
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
     "FAIL entry 634 (period.close): closes 2021-05 while 1 vouchers"},
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
     "FAIL entry 636 (voucher.submit): reverses voucher 2021-000006, which isn't posted"},
    {reference_twice, "FAIL entry 630 (voucher.submit): reference file-1 was used before"},
    {decided_twice, "FAIL entry 632 (voucher.reject): voucher 2021-000006 was decided before"},
    {bank_before_approval, "FAIL entry 631 (bank.confirm): voucher 2021-000006 isn't approved"},
    {bank_loses_money, "FAIL entry 632 (bank.confirm): its totals sum to -1 fen"},
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
    {bank_hides, "FAIL entry 632 (bank.confirm): hides what it says of a voucher not about people"},
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
