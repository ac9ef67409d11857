/* test_bank.c - confirmed, returned, paid again, remitted. */
#include "tests/funds/fixture.h"

#include <stdio.h>

static struct fixture world;

#define AVAILABLE  COUNTY " subsidy F2 available"
#define IN_TRANSIT COUNTY " subsidy F2 in_transit"
#define OWED       COUNTY " subsidy F2 owed"
#define SPENT      COUNTY " subsidy F2 spent"

/* Four persons, 600 each, approved. */
static struct voucher_receipt pay_four(void)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line lines[4];
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    for (unsigned i = 0; i < 4; i++)
        lines[i] = pay_person("600.00", AVAILABLE, i);
    receipt = fixture_submit(&world, &head, lines, 4);
    fixture_approve(&world, receipt.voucher);
    return receipt;
}

struct seen {
    struct voucher_line line;
    int32_t wanted;
    enum line_state states[16];
};

static bool see_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                     const struct voucher_line *line, struct error *err)
{
    struct seen *seen = context;

    (void)seq;
    (void)err;
    ck_assert_int_le(number, 16);
    seen->states[number - 1] = state;
    if (number == seen->wanted) seen->line = *line;
    return true;
}

static struct seen look(const char *voucher, int32_t wanted)
{
    struct seen seen;
    struct error err = ERROR_INIT;

    memset(&seen, 0, sizeof seen);
    seen.wanted = wanted;
    ck_assert_ok(voucher_line_each(world.journal, voucher, see_line, &seen, &err), err);
    return seen;
}

/* The payment of a returned line, again. */
static struct voucher_line again(const char *voucher, int32_t number)
{
    struct voucher_line paid = look(voucher, number).line;

    paid.from.role = ACCOUNT_OWED;
    (void)snprintf(paid.returned_voucher, sizeof paid.returned_voucher, "%s", voucher);
    paid.returned_line = number;
    return paid;
}

START_TEST(the_bank_confirms_all_or_some_lines)
{
    static const int32_t some[] = {3, 1};
    struct voucher_receipt receipt = pay_four();
    struct seen seen;
    struct error err = ERROR_INIT;

    assert_balance(&world, IN_TRANSIT, "2400.00");
    ck_assert_ok(fixture_try_bank(&world, receipt.voucher, false, "2021-04-21", some, 2, &err),
                 err);
    assert_balance(&world, IN_TRANSIT, "1200.00");
    assert_balance(&world, SPENT, "1200.00");
    seen = look(receipt.voucher, 1);
    ck_assert_int_eq(seen.states[0], LINE_CONFIRMED);
    ck_assert_int_eq(seen.states[1], LINE_IN_TRANSIT);
    ck_assert_int_eq(seen.states[2], LINE_CONFIRMED);
    fixture_return(&world, receipt.voucher, "2021-04-22");
    assert_balance(&world, IN_TRANSIT, "0.00");
    assert_balance(&world, OWED, "1200.00");
    seen = look(receipt.voucher, 1);
    ck_assert_int_eq(seen.states[1], LINE_RETURNED);
    ck_assert_int_eq(seen.states[2], LINE_CONFIRMED);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(the_bank_answers_once_and_for_approved_payments_only)
{
    static const int32_t one[] = {1}, twice[] = {2, 2}, none[] = {5};
    struct voucher_receipt receipt = pay_four();
    struct voucher_line given =
        line("1.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line paid = pay("1.00", AVAILABLE, "供销社");
    struct voucher_receipt other;
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_bank(&world, receipt.voucher, false, "2021-04-21", one, 1, &err), err);
    ck_assert(!fixture_try_bank(&world, receipt.voucher, true, "2021-04-21", one, 1, &err));
    ck_assert_error(err, ERROR_STATE, "is confirmed; the bank answers only for lines in transit");
    error_clear(&err);
    ck_assert(!fixture_try_bank(&world, receipt.voucher, false, "2021-04-21", twice, 2, &err));
    ck_assert_error(err, ERROR_INPUT, "named once each");
    error_clear(&err);
    ck_assert(!fixture_try_bank(&world, receipt.voucher, false, "2021-04-21", none, 1, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "has no line 5");
    error_clear(&err);
    ck_assert(!fixture_try_bank(&world, receipt.voucher, false, "2021-04-19", NULL, 0, &err));
    ck_assert_error(err, ERROR_INPUT, "before the day of voucher");
    error_clear(&err);
    fixture_confirm(&world, receipt.voucher, "2021-04-21");
    ck_assert(!fixture_try_bank(&world, receipt.voucher, false, "2021-04-21", NULL, 0, &err));
    ck_assert_error(err, ERROR_STATE, "nothing of voucher 2021-000003 is in transit any more");
    error_clear(&err);
    other = fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-20", &given);
    ck_assert(!fixture_try_bank(&world, other.voucher, false, "2021-04-21", NULL, 0, &err));
    ck_assert_error(err, ERROR_STATE, "the bank answers for payments only");
    error_clear(&err);
    other = fixture_submit(&world, &head, &paid, 1);
    ck_assert(!fixture_try_bank(&world, other.voucher, false, "2021-04-21", NULL, 0, &err));
    ck_assert_error(err, ERROR_STATE, "the bank answers for approved payments only");
}
END_TEST

START_TEST(a_return_says_why)
{
    struct voucher_receipt receipt = pay_four();
    struct signatory li = fixture_as("li");
    struct bank_entry entry;
    struct error err = ERROR_INIT;

    memset(&entry, 0, sizeof entry);
    entry.is_return = true;
    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", receipt.voucher);
    (void)snprintf(entry.reference, sizeof entry.reference, "%s", "bank-0421");
    entry.event_date = day("2021-04-21");
    fixture_begin(&world);
    ck_assert(!bank_record(world.journal, &li, &entry, &err));
    ck_assert_error(err, ERROR_INPUT, "says why it came back");
    fixture_roll_back(&world);
}
END_TEST

START_TEST(the_same_bank_entry_again_changes_nothing)
{
    struct voucher_receipt receipt = pay_four();
    struct signatory wang = fixture_as("wang");
    struct bank_entry entry;
    struct error err = ERROR_INIT;
    uint64_t size;

    memset(&entry, 0, sizeof entry);
    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", receipt.voucher);
    (void)snprintf(entry.reference, sizeof entry.reference, "%s", "bank-0421");
    entry.event_date = day("2021-04-21");
    for (int i = 0; i < 2; i++) {
        fixture_begin(&world);
        ck_assert_ok(bank_record(world.journal, &wang, &entry, &err), err);
        fixture_commit(&world);
        if (i == 0) size = journal_size(world.journal);
    }
    ck_assert_uint_eq(journal_size(world.journal), size);
    entry.event_date = day("2021-04-22");
    fixture_begin(&world);
    ck_assert(!bank_record(world.journal, &wang, &entry, &err));
    ck_assert_error(err, ERROR_CONFLICT, "bank-0421");
    fixture_roll_back(&world);
}
END_TEST

START_TEST(what_the_bank_returned_is_paid_again_once)
{
    struct voucher_receipt receipt = pay_four(), repaid;
    struct voucher_line paid;

    fixture_return(&world, receipt.voucher, "2021-04-22");
    assert_balance(&world, OWED, "2400.00");
    paid = again(receipt.voucher, 2);
    (void)snprintf(paid.payee.bank_account, sizeof paid.payee.bank_account, "%s", "62284800");
    repaid = fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-25", &paid);
    ck_assert_int_eq(look(receipt.voucher, 1).states[1], LINE_REPAID);
    assert_balance(&world, OWED, "1800.00");
    assert_balance(&world, IN_TRANSIT, "600.00");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &paid, ERROR_STATE,
                   "line 2 of voucher 2021-000003 is repaid");
    fixture_confirm(&world, repaid.voucher, "2021-04-26");
    assert_balance(&world, SPENT, "600.00");
    assert_replay_is_identical(&world);
}
END_TEST

static bool are_totals_sealed(uint64_t seq)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    bool are_sealed;

    ck_assert_ok(journal_read(world.journal, seq, &bytes, &err), err);
    are_sealed = strstr(buffer_text(&bytes), "\"totals\":{\"sealed\":\"") != NULL;
    buffer_done(&bytes);
    return are_sealed;
}

static struct voucher_receipt settle_three(enum movement movement, const char *voucher)
{
    struct voucher_header head = header(movement, "2021-04-25");
    struct voucher_line lines[3];

    for (int32_t i = 0; i < 3; i++) {
        lines[i] = again(voucher, i + 1);
        if (movement == MOVEMENT_REMITTANCE) lines[i].to = account(COUNTY " none F2 source");
    }
    return fixture_submit(&world, &head, lines, 3);
}

/* What was paid to four in clear, less what three get again, is what the fourth got. */
START_TEST(what_came_back_is_settled_under_seal_however_many_it_is_due_to)
{
    static const enum movement movements[] = {MOVEMENT_PAYMENT, MOVEMENT_REMITTANCE};
    static const int32_t arrived[] = {4};
    struct voucher_receipt paid = pay_four(), settled;
    struct error err = ERROR_INIT;

    ck_assert(!are_totals_sealed(paid.seq));
    ck_assert_ok(fixture_try_bank(&world, paid.voucher, true, "2021-04-21", arrived, 1, &err), err);
    fixture_return(&world, paid.voucher, "2021-04-22");
    for (size_t i = 0; i < ARRAY_COUNT(movements); i++) {
        settled = settle_three(movements[i], paid.voucher);
        ck_assert(are_totals_sealed(settled.seq));
        fixture_approve(&world, settled.voucher);
        ck_assert_ok(fixture_try_reverse(&world, settled.voucher, "2021-04-26", &settled, &err),
                     err);
        ck_assert(are_totals_sealed(settled.seq));
        fixture_approve(&world, settled.voucher);
    }
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_came_back_is_settled_apart_from_other_money)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-25");
    struct voucher_receipt paid = pay_four();
    struct voucher_line lines[4];
    struct error err = ERROR_INIT;

    fixture_return(&world, paid.voucher, "2021-04-22");
    lines[0] = again(paid.voucher, 1);
    for (unsigned i = 1; i < 4; i++)
        lines[i] = pay_person("600.00", AVAILABLE, i);
    ck_assert(!fixture_try_submit(&world, "li", &head, lines, 4, NULL, &err));
    ck_assert_error(err, ERROR_INPUT, "what the bank returned stands beside other money");
    /* Nor is what an organisation gets hidden by it. */
    error_clear(&err);
    lines[1] = pay("1.00", AVAILABLE, "永乐街道供销社");
    ck_assert(!fixture_try_submit(&world, "li", &head, lines, 2, NULL, &err));
    ck_assert_error(err, ERROR_INPUT, "voucher of its own");
}
END_TEST

START_TEST(owed_money_is_due_to_its_payee_alone)
{
    struct voucher_receipt receipt = pay_four();
    struct voucher_line bad, right;

    right = again(receipt.voucher, 2);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &right, ERROR_STATE, "is in_transit");
    fixture_return(&world, receipt.voucher, "2021-04-22");
    bad = right;
    bad.amount = yuan("599.99");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &bad, ERROR_INPUT,
                   "pay the same amount again");
    bad = right;
    (void)snprintf(bad.payee.id_number, sizeof bad.payee.id_number, "%s", fixture_id_number(77));
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &bad, ERROR_INPUT,
                   "was for another payee");
    bad = right;
    bad.returned_voucher[0] = '\0';
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &bad, ERROR_INPUT,
                   "name the returned voucher and line");
    bad = right;
    bad.returned_line = 9;
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &bad, ERROR_NOT_FOUND, "has no line 9");
    bad = right;
    bad.from.role = ACCOUNT_AVAILABLE;
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-25", &bad, ERROR_INPUT,
                   "a returned payment is paid again only from owed");
}
END_TEST

START_TEST(a_rejected_second_payment_leaves_the_first_returned)
{
    struct voucher_receipt receipt = pay_four(), second, reversal;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-25");
    struct voucher_line paid;
    struct error err = ERROR_INIT;

    fixture_return(&world, receipt.voucher, "2021-04-22");
    paid = again(receipt.voucher, 2);
    second = fixture_submit(&world, &head, &paid, 1);
    ck_assert_int_eq(look(receipt.voucher, 1).states[1], LINE_REPAID);
    ck_assert_ok(fixture_try_decide(&world, "wang", second.voucher, VOUCHER_REJECT, &err), err);
    ck_assert_int_eq(look(receipt.voucher, 1).states[1], LINE_RETURNED);
    second = fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-25", &paid);
    ck_assert_ok(fixture_try_reverse(&world, second.voucher, "2021-04-25", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    ck_assert_int_eq(look(receipt.voucher, 1).states[1], LINE_RETURNED);
    assert_balance(&world, OWED, "2400.00");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-25", &paid);
    assert_replay_is_identical(&world);
}
END_TEST

static bool note_change(void *context, int32_t number, enum line_state state, uint64_t seq,
                        const struct voucher_line *line, struct error *err)
{
    bool *changes = context;

    (void)state;
    (void)seq;
    return voucher_line_changes_account(world.journal, line, &changes[number - 1], err);
}

START_TEST(who_is_paid_again_into_another_bank_account_is_seen)
{
    struct voucher_receipt first = pay_four(), second;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-25");
    struct voucher_line lines[2];
    bool changes[4] = {true, true, true, true};
    struct error err = ERROR_INIT;

    fixture_return(&world, first.voucher, "2021-04-22");
    ck_assert_ok(voucher_line_each(world.journal, first.voucher, note_change, changes, &err), err);
    for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
        ck_assert(!changes[i]); /* paid for the first time */
    lines[0] = again(first.voucher, 1);
    second = fixture_submit(&world, &head, lines, 1);
    ck_assert_ok(voucher_line_each(world.journal, second.voucher, note_change, changes, &err), err);
    ck_assert(!changes[0]);
    lines[1] = again(first.voucher, 2);
    (void)snprintf(lines[1].payee.bank_account, sizeof lines[1].payee.bank_account, "%s",
                   "6228480000000000018");
    head = header(MOVEMENT_PAYMENT, "2021-04-25");
    second = fixture_submit(&world, &head, &lines[1], 1);
    ck_assert_ok(voucher_line_each(world.journal, second.voucher, note_change, changes, &err), err);
    ck_assert(changes[0]);
    fixture_approve(&world, second.voucher); /* allowed: the old one may be closed */
    lines[1] = again(first.voucher, 3);
    lines[1].payee.bank_account[0] = '\0';
    lines[1].to = account(COUNTY " none F2 source");
    second = fixture_post(&world, MOVEMENT_REMITTANCE, "2021-05-25", &lines[1]);
    ck_assert_ok(voucher_line_each(world.journal, second.voucher, note_change, changes, &err), err);
    ck_assert(!changes[0]); /* nobody is paid */
}
END_TEST

START_TEST(owed_money_that_nobody_can_be_paid_is_remitted)
{
    struct voucher_receipt receipt = pay_four();
    struct voucher_line back;

    fixture_return(&world, receipt.voucher, "2021-04-22");
    back = again(receipt.voucher, 2);
    back.to = account(COUNTY " none F2 source");
    fixture_post(&world, MOVEMENT_REMITTANCE, "2021-05-25", &back);
    ck_assert_int_eq(look(receipt.voucher, 1).states[1], LINE_VOID);
    assert_balance(&world, OWED, "1800.00");
    assert_balance(&world, COUNTY " none F2 source", "-9400.00");
    fixture_refuse(&world, MOVEMENT_REMITTANCE, "2021-05-25", &back, ERROR_STATE, "is void");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_returned_payment_of_an_expired_fund_is_still_paid_again)
{
    struct voucher_receipt receipt;
    struct voucher_line paid;

    fixture_fund_county(&world, "F3", "construction", "100.00");
    paid = pay("100.00", COUNTY " construction F3 available", "供销社");
    under(&paid, "P1", "", 2);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-06-29", &paid);
    fixture_return(&world, receipt.voucher, "2021-07-02");
    paid = again(receipt.voucher, 1);
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-07-05", &paid);
    assert_balance(&world, COUNTY " construction F3 in_transit", "100.00");
}
END_TEST

START_TEST(only_maker_or_checker_of_the_place_speaks_for_the_bank)
{
    struct voucher_receipt receipt = pay_four();
    static const char *const users[] = {"ma", "bai", "zhou", "sun"};
    struct bank_entry entry;
    struct error err = ERROR_INIT;

    memset(&entry, 0, sizeof entry);
    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", receipt.voucher);
    (void)snprintf(entry.reference, sizeof entry.reference, "%s", "bank-0421");
    entry.event_date = day("2021-04-21");
    for (size_t i = 0; i < ARRAY_COUNT(users); i++) {
        struct signatory by = fixture_as(users[i]);

        fixture_begin(&world);
        ck_assert(!bank_record(world.journal, &by, &entry, &err));
        ck_assert_int_eq(err.code, ERROR_PERMISSION);
        error_clear(&err);
        fixture_roll_back(&world);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        the_bank_confirms_all_or_some_lines,
        the_bank_answers_once_and_for_approved_payments_only,
        a_return_says_why,
        the_same_bank_entry_again_changes_nothing,
        what_the_bank_returned_is_paid_again_once,
        what_came_back_is_settled_under_seal_however_many_it_is_due_to,
        what_came_back_is_settled_apart_from_other_money,
        owed_money_is_due_to_its_payee_alone,
        a_rejected_second_payment_leaves_the_first_returned,
        who_is_paid_again_into_another_bank_account_is_seen,
        owed_money_that_nobody_can_be_paid_is_remitted,
        a_returned_payment_of_an_expired_fund_is_still_paid_again,
        only_maker_or_checker_of_the_place_speaks_for_the_bank,
    };

    return fixture_run("bank", tests, ARRAY_COUNT(tests), &world);
}
