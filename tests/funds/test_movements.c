/* test_movements.c - which movement may take money from where to where, and what it must name. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define FUNDS   VILLAGE_1 " construction F1 available"
#define SUBSIDY COUNTY " subsidy F2 available"

START_TEST(a_line_is_refused_when_the_movement_has_no_such_path)
{
    static const struct {
        enum movement movement;
        const char *from, *to;
        enum error_code code;
        const char *words;
    } cases[] = {
        {MOVEMENT_APPROPRIATION, COUNTY " none F1 unassigned", COUNTY " none F1 source",
         ERROR_INPUT, "can't take money from unassigned to source"},
        {MOVEMENT_APPROPRIATION, COUNTY " none F1 source", TOWN_1 " none F1 unassigned",
         ERROR_INPUT, "stays within one division"},
        {MOVEMENT_APPROPRIATION, COUNTY " construction F1 source", COUNTY " none F1 unassigned",
         ERROR_INPUT, "source stands in book none"},
        {MOVEMENT_ALLOCATION, COUNTY " none F1 unassigned", COUNTY " none F1 unassigned",
         ERROR_INPUT, "strictly below"},
        {MOVEMENT_ALLOCATION, TOWN_1 " none F1 unassigned", COUNTY " none F1 unassigned",
         ERROR_INPUT, "strictly below"},
        {MOVEMENT_ALLOCATION, TOWN_1 " none F1 unassigned", VILLAGE_3 " none F1 unassigned",
         ERROR_INPUT, "does not lie below"},
        {MOVEMENT_ALLOCATION, COUNTY " none F1 unassigned", TOWN_1 " none F2 unassigned",
         ERROR_EARMARK, "a fund keeps its money"},
        {MOVEMENT_ALLOCATION, COUNTY " construction F1 available",
         TOWN_1 " livelihood F1 available", ERROR_EARMARK, "that takes a reallocation"},
        {MOVEMENT_ALLOCATION, COUNTY " none F1 available", TOWN_1 " none F1 available", ERROR_INPUT,
         "assign the money to one first"},
        {MOVEMENT_RECOVERY, COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned", ERROR_INPUT,
         "strictly above"},
        {MOVEMENT_ASSIGNMENT, COUNTY " none F1 unassigned", TOWN_1 " construction F1 available",
         ERROR_INPUT, "stays within one division"},
        {MOVEMENT_REALLOCATION, FUNDS, FUNDS, ERROR_INPUT, "goes to another book"},
        {MOVEMENT_COMMITMENT, FUNDS, VILLAGE_1 " construction F1 committed", ERROR_CONTRACT,
         "name the contract"},
        {MOVEMENT_RELEASE, VILLAGE_1 " construction F1 committed", FUNDS, ERROR_CONTRACT,
         "name the contract"},
        {MOVEMENT_SETTLEMENT, VILLAGE_1 " construction F1 committed",
         VILLAGE_1 " construction F1 retention", ERROR_CONTRACT, "name the contract"},
        {MOVEMENT_REFUND, VILLAGE_1 " construction F1 spent", FUNDS, ERROR_INPUT,
         "name who is paid or pays back"},
        {MOVEMENT_REMITTANCE, VILLAGE_1 " construction F1 owed", VILLAGE_1 " none F1 source",
         ERROR_INPUT, "name who is paid"},
        {MOVEMENT_REMITTANCE, VILLAGE_1 " construction F1 held", VILLAGE_1 " none F1 source",
         ERROR_INPUT, "can't take money from held"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct voucher_line bad = line("1.00", cases[i].from, cases[i].to);

        fixture_refuse(&world, cases[i].movement, "2021-04-10", &bad, cases[i].code,
                       cases[i].words);
    }
}
END_TEST

START_TEST(a_payment_says_whom_it_pays_and_what_for)
{
    struct voucher_line bad = line("1.00", SUBSIDY, "");

    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT, "no payee is named");
    bad = pay_person("1.00", SUBSIDY, 1);
    bad.policy[0] = '\0';
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "under a project or a policy");
    bad = pay("1.00", SUBSIDY, "供销社");
    bad.text[0] = '\0';
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "for a stated purpose");
    bad = pay("1.00", FUNDS, "供销社");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "name the project and its plan line");
    under(&bad, "P1", "", 0);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT, "name the plan line");
    under(&bad, "", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "without its project");
    under(&bad, "", "C1", 0);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "contract C1 is named without its project");
    bad = pay("1.00", VILLAGE_1 " construction F1 committed", "供销社");
    under(&bad, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_CONTRACT,
                   "name the contract that the payment is for");
}
END_TEST

START_TEST(a_payee_is_checked_before_anything_is_written)
{
    struct voucher_line bad = pay_person("1.00", SUBSIDY, 1);

    bad.payee.id_number[17] = bad.payee.id_number[17] == '0' ? '1' : '0';
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT, "ID number");
    bad = pay("1.00", SUBSIDY, "供销社");
    (void)snprintf(bad.payee.uscc, sizeof bad.payee.uscc, "%s", "91350100M000100Y4Z");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT, "");
    bad = pay("1.00", SUBSIDY, "供销社");
    (void)snprintf(bad.text, sizeof bad.text, "%s", "联系13812345678");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "the line's text holds");
    bad = line("0", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-10", &bad, ERROR_INPUT,
                   "must be above 0");
}
END_TEST

START_TEST(a_fifteen_digit_id_number_is_kept_in_its_long_form)
{
    struct voucher_line paid = pay_person("1.00", SUBSIDY, 1);
    struct voucher_receipt receipt;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-10");

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    (void)snprintf(paid.payee.id_number, sizeof paid.payee.id_number, "%s", "611025800101001");
    receipt = fixture_submit(&world, &head, &paid, 1);
    ck_assert_str_eq(receipt.voucher, "2021-000003");
}
END_TEST

START_TEST(nobody_is_paid_by_other_movements)
{
    struct voucher_line bad = pay("1.00", COUNTY " none F1 source", "供销社");

    bad.to = account(COUNTY " none F1 unassigned");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-10", &bad, ERROR_INPUT,
                   "nobody is paid by it");
    bad = line("1.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    under(&bad, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-10", &bad, ERROR_INPUT,
                   "is not made under a project");
}
END_TEST

START_TEST(the_register_must_know_fund_and_division)
{
    struct voucher_line bad = line("1.00", COUNTY " none F9 source", COUNTY " none F9 unassigned");

    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-10", &bad, ERROR_NOT_FOUND,
                   "fund F9 is not registered");
    bad = line("1.00", "611025102000 none F1 source", "611025102000 none F1 unassigned");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-10", &bad, ERROR_NOT_FOUND,
                   "division 611025102000 is not registered");
}
END_TEST

START_TEST(a_fund_is_used_only_in_its_books)
{
    struct voucher_line bad;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    bad = line("1.00", COUNTY " none F2 unassigned", COUNTY " construction F2 available");
    fixture_refuse(&world, MOVEMENT_ASSIGNMENT, "2021-04-10", &bad, ERROR_EARMARK,
                   "fund F2 (陕财农〔2021〕2号) may not be used in book construction");
    bad = line("1.00", SUBSIDY, COUNTY " construction F2 available");
    fixture_refuse(&world, MOVEMENT_REALLOCATION, "2021-04-10", &bad, ERROR_EARMARK,
                   "may not be used in book construction");
    bad = line("1.00", SUBSIDY, COUNTY " livelihood F2 available");
    fixture_post(&world, MOVEMENT_REALLOCATION, "2021-04-10", &bad);
    assert_balance(&world, COUNTY " livelihood F2 available", "1.00");
}
END_TEST

START_TEST(some_movements_need_a_document_or_a_text)
{
    struct voucher_line good = line("1.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_header head = header(MOVEMENT_RECEIPT, "2021-04-10");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    head.document[0] = '\0';
    ck_assert(!fixture_try_submit(&world, "li", &head, &good, 1, &receipt, &err));
    ck_assert_error(err, ERROR_INPUT, "receipt needs an authorising document");
    error_clear(&err);
    head = header(MOVEMENT_RECEIPT, "2021-04-10");
    head.text[0] = '\0';
    ck_assert(!fixture_try_submit(&world, "li", &head, &good, 1, &receipt, &err));
    ck_assert_error(err, ERROR_INPUT, "who paid");
    error_clear(&err);
    head = header(MOVEMENT_REALLOCATION, "2021-04-10");
    head.document[0] = '\0';
    good = line("1.00", SUBSIDY, COUNTY " livelihood F2 available");
    ck_assert(!fixture_try_submit(&world, "li", &head, &good, 1, &receipt, &err));
    ck_assert_error(err, ERROR_INPUT, "reallocation needs an authorising document");
}
END_TEST

START_TEST(no_more_is_appropriated_than_the_document_grants)
{
    struct voucher_line all =
        line("10000000.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_line fen = line("0.01", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_receipt first;
    struct error err = ERROR_INIT;

    /* Both are pending, and each alone is within the ceiling: the second approval is refused. */
    first = fixture_submit(&world, &head, &fen, 1);
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &all);
    ck_assert(!fixture_try_decide(&world, "wang", first.voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "fund F1 is 10,000,000.00 yuan by its document");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &fen, ERROR_INSUFFICIENT,
                   "10,000,000.00 are appropriated already and 0.01 more");
    /* A receipt is not under the ceiling. */
    fixture_post(&world, MOVEMENT_RECEIPT, "2021-04-02", &fen);
}
END_TEST

START_TEST(an_account_never_goes_below_zero)
{
    struct voucher_line over;

    fixture_fund_village_1(&world, "1000.00");
    over = pay("1200.00", FUNDS, "供销社");
    under(&over, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &over, ERROR_INSUFFICIENT,
                   "division 611025100201 中合村, book construction, fund F1: available 1,000.00 "
                   "yuan, 1,200.00 asked; 200.00 yuan are missing");
}
END_TEST

START_TEST(the_source_never_gets_more_than_it_gave)
{
    struct voucher_header head = header(MOVEMENT_REMITTANCE, "2021-04-10");
    struct voucher_receipt receipt;
    struct voucher_line back;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    back = line("1.00", FUNDS, VILLAGE_1 " none F1 source");
    /* The village never had anything of the source itself: the money goes back up first. It can be
       asked for; the approval is refused. */
    receipt = fixture_submit(&world, &head, &back, 1);
    ck_assert(!fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "no more can go back to the source than came from it");
}
END_TEST

START_TEST(after_its_expiry_money_only_goes_back)
{
    struct voucher_line moved;

    fixture_fund_county(&world, "F3", "construction", "100.00");
    moved = line("10.00", COUNTY " construction F3 available", TOWN_1 " construction F3 available");
    fixture_refuse(&world, MOVEMENT_ALLOCATION, "2021-07-01", &moved, ERROR_STATE,
                   "fund F3 expired on 2021-06-30");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-06-30", &moved); /* its last day */
    moved = line("1.00", COUNTY " none F3 source", COUNTY " none F3 unassigned");
    fixture_refuse(&world, MOVEMENT_APPROPRIATION, "2021-07-01", &moved, ERROR_STATE, "expired");
    moved = pay("1.00", COUNTY " construction F3 available", "供销社");
    under(&moved, "P1", "", 2);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-07-01", &moved, ERROR_STATE,
                   "can only be recovered or remitted");
    moved = line("10.00", TOWN_1 " construction F3 available", COUNTY " construction F3 available");
    fixture_post(&world, MOVEMENT_RECOVERY, "2021-07-01", &moved);
    moved = line("100.00", COUNTY " construction F3 available", COUNTY " none F3 source");
    fixture_post(&world, MOVEMENT_REMITTANCE, "2021-07-02", &moved);
    assert_balance(&world, COUNTY " none F3 source", "0.00");
}
END_TEST

START_TEST(lines_of_one_voucher_draw_on_several_funds)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line lines[2];
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F1", "construction", "100.00");
    fixture_fund_county(&world, "F3", "construction", "100.00");
    lines[0] = pay("60.00", COUNTY " construction F1 available", "供销社");
    lines[1] = pay("40.00", COUNTY " construction F3 available", "供销社");
    under(&lines[0], "P1", "", 1);
    under(&lines[1], "P1", "", 2);
    receipt = fixture_submit(&world, &head, lines, 2);
    fixture_approve(&world, receipt.voucher);
    assert_balance(&world, COUNTY " construction F1 in_transit", "60.00");
    assert_balance(&world, COUNTY " construction F3 in_transit", "40.00");
}
END_TEST

START_TEST(a_sum_that_no_account_can_hold_is_refused)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_line most[2] = {
        line("90071992547409.91", COUNTY " none F2 source", COUNTY " none F2 unassigned"),
        line("0.01", COUNTY " none F2 source", COUNTY " none F2 unassigned")};
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_submit(&world, "li", &head, most, 2, &receipt, &err));
    ck_assert_int_eq(err.code, ERROR_OVERFLOW);
    error_clear(&err);
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &most[0]);
    head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    receipt = fixture_submit(&world, &head, &most[1], 1);
    ck_assert(!fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_APPROVE, &err));
    ck_assert_int_eq(err.code, ERROR_OVERFLOW);
}
END_TEST

START_TEST(a_voucher_touches_no_more_accounts_than_its_entry_can_hold)
{
    enum { LINES = 400 };
    struct voucher_header head = header(MOVEMENT_ALLOCATION, "2021-04-02");
    struct voucher_line *lines = calloc(LINES, sizeof *lines);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(lines);
    for (int i = 0; i < LINES; i++) {
        lines[i] = line("1.00", COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
        (void)snprintf(lines[i].to.division, sizeof lines[i].to.division, "611025100%03d", 200 + i);
    }
    ck_assert(!fixture_try_submit(&world, "li", &head, lines, LINES, &receipt, &err));
    ck_assert_error(err, ERROR_LIMIT, "more than 400 different accounts");
    free(lines);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_line_is_refused_when_the_movement_has_no_such_path,
        a_payment_says_whom_it_pays_and_what_for,
        a_payee_is_checked_before_anything_is_written,
        a_fifteen_digit_id_number_is_kept_in_its_long_form,
        nobody_is_paid_by_other_movements,
        the_register_must_know_fund_and_division,
        a_fund_is_used_only_in_its_books,
        some_movements_need_a_document_or_a_text,
        no_more_is_appropriated_than_the_document_grants,
        an_account_never_goes_below_zero,
        the_source_never_gets_more_than_it_gave,
        after_its_expiry_money_only_goes_back,
        lines_of_one_voucher_draw_on_several_funds,
        a_sum_that_no_account_can_hold_is_refused,
        a_voucher_touches_no_more_accounts_than_its_entry_can_hold,
    };

    return fixture_run("movements", tests, ARRAY_COUNT(tests), &world);
}
