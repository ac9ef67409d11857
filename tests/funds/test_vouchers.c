/* test_vouchers.c - two people, one reference, and what a reversal may undo. */
#include "tests/funds/fixture.h"

#include <stdio.h>

static struct fixture world;

#define UNASSIGNED COUNTY " none F1 unassigned"
#define SOURCE     COUNTY " none F1 source"
#define AVAILABLE  COUNTY " subsidy F2 available"

static struct voucher_line grant(const char *amount)
{
    return line(amount, SOURCE, UNASSIGNED);
}

static struct voucher_receipt post_down(const char *amount)
{
    struct voucher_line down = line(amount, UNASSIGNED, TOWN_1 " none F1 unassigned");

    return fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-10", &down);
}

START_TEST(the_same_reference_and_content_is_answered_with_the_first_result)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_line one = grant("100.00");
    struct voucher_receipt first = fixture_submit(&world, &head, &one, 1), again;
    uint64_t size = journal_size(world.journal);

    ck_assert(!first.repeated);
    again = fixture_submit(&world, &head, &one, 1);
    ck_assert(again.repeated);
    ck_assert_str_eq(again.voucher, first.voucher);
    ck_assert_uint_eq(again.seq, first.seq);
    ck_assert(hash_equal(&again.hash, &first.hash));
    ck_assert_uint_eq(journal_size(world.journal), size);
}
END_TEST

START_TEST(the_same_reference_with_other_content_is_refused)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02"), other;
    struct voucher_line one = grant("100.00"), two = grant("100.01");
    struct voucher_receipt receipt = fixture_submit(&world, &head, &one, 1);
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_submit(&world, "li", &head, &two, 1, &receipt, &err));
    ck_assert_error(err, ERROR_CONFLICT, "belongs to a voucher of other content");
    error_clear(&err);
    other = head;
    other.event_date = day("2021-04-03");
    ck_assert(!fixture_try_submit(&world, "li", &other, &one, 1, &receipt, &err));
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
    error_clear(&err);
    /* A rejected voucher doesn't free its reference. */
    ck_assert_ok(fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_REJECT, &err), err);
    ck_assert(!fixture_try_submit(&world, "li", &head, &two, 1, &receipt, &err));
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
}
END_TEST

START_TEST(vouchers_are_numbered_by_the_year_of_their_event)
{
    struct voucher_line one = grant("1.00");
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");

    ck_assert_str_eq(fixture_submit(&world, &head, &one, 1).voucher, "2021-000001");
    head = header(MOVEMENT_APPROPRIATION, "2020-12-31");
    ck_assert_str_eq(fixture_submit(&world, &head, &one, 1).voucher, "2020-000001");
    head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    ck_assert_str_eq(fixture_submit(&world, &head, &one, 1).voucher, "2021-000002");
}
END_TEST

START_TEST(a_voucher_without_lines_is_refused)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_submit(&world, "li", &head, NULL, 0, &receipt, &err));
    ck_assert_error(err, ERROR_INPUT, "the voucher has no lines");
}
END_TEST

START_TEST(nobody_approves_or_rejects_the_own_voucher)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_line one = grant("1.00");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_agree(&world, "user.widen",
                  "{\"roles\":[{\"division\":\"" COUNTY "\",\"role\":\"checker\"}],"
                  "\"user\":\"li\"}");
    receipt = fixture_submit(&world, &head, &one, 1);
    ck_assert(!fixture_try_decide(&world, "li", receipt.voucher, VOUCHER_APPROVE, &err));
    ck_assert_error(err, ERROR_PERMISSION, "another person must");
    error_clear(&err);
    ck_assert(!fixture_try_decide(&world, "li", receipt.voucher, VOUCHER_REJECT, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    ck_assert(!fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_WITHDRAW, &err));
    ck_assert_error(err, ERROR_PERMISSION, "only li, who submitted");
    error_clear(&err);
    ck_assert_ok(fixture_try_decide(&world, "li", receipt.voucher, VOUCHER_WITHDRAW, &err), err);
}
END_TEST

START_TEST(roles_reach_no_further_than_their_division)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_line one = grant("100.00");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_submit(&world, "ma", &head, &one, 1, &receipt, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    ck_assert(!fixture_try_submit(&world, "wang", &head, &one, 1, &receipt, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    receipt = fixture_submit(&world, &head, &one, 1);
    ck_assert(!fixture_try_decide(&world, "bai", receipt.voucher, VOUCHER_APPROVE, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    ck_assert(!fixture_try_decide(&world, "zhou", receipt.voucher, VOUCHER_APPROVE, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    fixture_approve(&world, receipt.voucher);
    /* What the town was given, its own people may pass on. */
    (void)post_down("100.00");
    head = header(MOVEMENT_ALLOCATION, "2021-04-11");
    one = line("60.00", TOWN_1 " none F1 unassigned", VILLAGE_1 " none F1 unassigned");
    ck_assert_ok(fixture_try_submit(&world, "ma", &head, &one, 1, &receipt, &err), err);
    ck_assert_ok(fixture_try_decide(&world, "bai", receipt.voucher, VOUCHER_APPROVE, &err), err);
    assert_balance(&world, VILLAGE_1 " none F1 unassigned", "60.00");
}
END_TEST

START_TEST(a_rejected_or_withdrawn_voucher_gives_held_money_back)
{
    static const struct {
        const char *user;
        enum voucher_act act;
    } cases[] = {{"wang", VOUCHER_REJECT}, {"li", VOUCHER_WITHDRAW}};
    struct voucher_line down = line("70.00", UNASSIGNED, TOWN_1 " none F1 unassigned");
    struct voucher_line given = grant("100.00");
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct voucher_header head = header(MOVEMENT_ALLOCATION, "2021-04-10");
        struct voucher_receipt receipt = fixture_submit(&world, &head, &down, 1);

        assert_balance(&world, UNASSIGNED, "30.00");
        assert_balance(&world, COUNTY " none F1 held", "70.00");
        fixture_refuse(&world, MOVEMENT_ALLOCATION, "2021-04-10", &down, ERROR_INSUFFICIENT,
                       "unassigned 30.00 yuan, 70.00 asked");
        ck_assert_ok(fixture_try_decide(&world, cases[i].user, receipt.voucher, cases[i].act, &err),
                     err);
        assert_balance(&world, UNASSIGNED, "100.00");
        assert_balance(&world, COUNTY " none F1 held", "0.00");
        assert_balance(&world, TOWN_1 " none F1 unassigned", "0.00");
        ck_assert(!fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_APPROVE, &err));
        ck_assert_error(err, ERROR_STATE, "a voucher is decided once");
        error_clear(&err);
    }
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_voucher_is_found_by_number_and_by_reference)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_line one = grant("1.00");
    struct voucher_receipt receipt = fixture_submit(&world, &head, &one, 1);
    struct voucher voucher;
    struct error err = ERROR_INIT;

    ck_assert_ok(voucher_find(world.journal, head.reference, &voucher, &err), err);
    ck_assert_str_eq(voucher.number, receipt.voucher);
    ck_assert_str_eq(voucher.maker, "li");
    ck_assert_str_eq(voucher.checker, "");
    ck_assert_int_eq(voucher.state, VOUCHER_PENDING);
    ck_assert_int_eq(voucher.booking_month, month("2021-04"));
    ck_assert_ok(fixture_try_decide(&world, "wang", head.reference, VOUCHER_APPROVE, &err), err);
    ck_assert_ok(voucher_find(world.journal, receipt.voucher, &voucher, &err), err);
    ck_assert_str_eq(voucher.checker, "wang");
    ck_assert_int_eq(voucher.state, VOUCHER_POSTED);
    ck_assert(!voucher_find(world.journal, "2021-999999", &voucher, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "there is no voucher");
}
END_TEST

START_TEST(the_line_to_blame_is_told)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct signatory li = fixture_as("li");
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    size_t bad_line = 0;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    fixture_begin(&world);
    ck_assert_ok(voucher_draft_new(world.journal, &head, &draft, &err), err);
    for (unsigned i = 0; i < 10; i++) {
        struct voucher_line one = pay_person("1.00", AVAILABLE, i);

        if (i == 6) (void)snprintf(one.text, sizeof one.text, "%s", "发放奖金");
        ck_assert_ok(voucher_draft_add(draft, &one, &err), err);
    }
    ck_assert(!voucher_draft_submit(draft, &li, &receipt, &bad_line, &err));
    ck_assert_error(err, ERROR_NEGATIVE_LIST, "NEG04");
    ck_assert_uint_eq(bad_line, 7);
    voucher_draft_free(draft);
    fixture_roll_back(&world);
}
END_TEST

/* ---- Reversals ------------------------------------------------------------------------------- */

START_TEST(a_reversal_undoes_a_posted_voucher_and_lessens_its_terms)
{
    struct voucher_line given = grant("100.00");
    struct voucher_receipt down, reversal;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    down = post_down("40.00");
    ck_assert_ok(fixture_try_reverse(&world, down.voucher, "2021-04-12", &reversal, &err), err);
    assert_balance(&world, TOWN_1 " none F1 held", "40.00");
    fixture_approve(&world, reversal.voucher);
    assert_balance(&world, UNASSIGNED, "100.00");
    assert_balance(&world, TOWN_1 " none F1 unassigned", "0.00");
    ck_assert_ok(voucher_find(world.journal, down.voucher, &voucher, &err), err);
    ck_assert_int_eq(voucher.state, VOUCHER_REVERSED);
    ck_assert_str_eq(voucher.reversed_by, reversal.voucher);
    ck_assert_ok(voucher_find(world.journal, reversal.voucher, &voucher, &err), err);
    ck_assert_str_eq(voucher.reverses, down.voucher);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_not_posted_or_reversed_already_is_not_reversed)
{
    struct voucher_line given = grant("100.00");
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-02");
    struct voucher_receipt first = fixture_submit(&world, &head, &given, 1), reversal, second;
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_reverse(&world, first.voucher, "2021-04-12", &reversal, &err));
    ck_assert_error(err, ERROR_STATE, "only a posted voucher can be reversed");
    error_clear(&err);
    fixture_approve(&world, first.voucher);
    ck_assert(!fixture_try_reverse(&world, first.voucher, "2021-04-01", &reversal, &err));
    ck_assert_error(err, ERROR_INPUT, "before its own day");
    error_clear(&err);
    ck_assert_ok(fixture_try_reverse(&world, first.voucher, "2021-04-12", &reversal, &err), err);
    ck_assert(!fixture_try_reverse(&world, first.voucher, "2021-04-12", &second, &err));
    ck_assert_error(err, ERROR_STATE, "is reversed already, by 2021-000002");
    error_clear(&err);
    ck_assert_ok(fixture_try_decide(&world, "wang", reversal.voucher, VOUCHER_REJECT, &err), err);
    ck_assert_ok(fixture_try_reverse(&world, first.voucher, "2021-04-12", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    ck_assert(!fixture_try_reverse(&world, first.voucher, "2021-04-12", &second, &err));
    ck_assert_error(err, ERROR_STATE, "is reversed already");
    error_clear(&err);
    ck_assert(!fixture_try_reverse(&world, reversal.voucher, "2021-04-12", &second, &err));
    ck_assert_error(err, ERROR_STATE, "is a reversal itself");
    assert_balance(&world, SOURCE, "0.00");
}
END_TEST

START_TEST(a_reversal_that_cannot_be_covered_names_what_must_be_reversed_first)
{
    struct voucher_line given = grant("100.00");
    struct voucher_receipt appropriation =
        fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    struct voucher_receipt down = post_down("40.00"), reversal;
    struct error err = ERROR_INIT;

    ck_assert_str_eq(down.voucher, "2021-000002");
    ck_assert(!fixture_try_reverse(&world, appropriation.voucher, "2021-04-12", &reversal, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT,
                    "unassigned 60.00 yuan, 100.00 asked; 40.00 yuan are missing; reverse first: "
                    "2021-000002");
}
END_TEST

START_TEST(a_payment_is_reversed_until_the_bank_answers)
{
    struct voucher_line paid = pay("10.00", AVAILABLE, "供销社");
    struct voucher_receipt payment, reversal;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    payment = fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid);
    ck_assert_ok(fixture_try_reverse(&world, payment.voucher, "2021-04-20", &reversal, &err), err);
    ck_assert(!fixture_try_bank(&world, payment.voucher, false, "2021-04-21", NULL, 0, &err));
    ck_assert_error(err, ERROR_STATE, "is being reversed by");
    error_clear(&err);
    fixture_approve(&world, reversal.voucher);
    assert_balance(&world, AVAILABLE, "100.00");
    ck_assert(!fixture_try_bank(&world, payment.voucher, false, "2021-04-21", NULL, 0, &err));
    ck_assert_error(err, ERROR_STATE, "the bank answers for approved payments only");
    error_clear(&err);
    payment = fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid);
    fixture_confirm(&world, payment.voucher, "2021-04-21");
    ck_assert(!fixture_try_reverse(&world, payment.voucher, "2021-04-22", &reversal, &err));
    ck_assert_error(err, ERROR_STATE, "undone by a refund only");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(every_movement_can_be_reversed)
{
    static const struct {
        enum movement movement;
        const char *from, *to;
    } cases[] = {
        {MOVEMENT_RECEIPT, SOURCE, UNASSIGNED},
        {MOVEMENT_ALLOCATION, UNASSIGNED, TOWN_1 " none F1 unassigned"},
        {MOVEMENT_ASSIGNMENT, UNASSIGNED, COUNTY " livelihood F1 available"},
        {MOVEMENT_REALLOCATION, COUNTY " construction F1 available",
         COUNTY " livelihood F1 available"},
        {MOVEMENT_ALLOCATION, COUNTY " construction F1 available",
         TOWN_1 " construction F1 available"},
        {MOVEMENT_REMITTANCE, UNASSIGNED, SOURCE},
        {MOVEMENT_REMITTANCE, COUNTY " construction F1 available", SOURCE},
    };
    struct voucher_line given = grant("100.00");
    struct voucher_receipt posted, reversal;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F1", "construction", "100.00");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &given);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct voucher_line moved = line("30.00", cases[i].from, cases[i].to);

        posted = fixture_post(&world, cases[i].movement, "2021-04-10", &moved);
        ck_assert_ok(fixture_try_reverse(&world, posted.voucher, "2021-04-11", &reversal, &err),
                     err);
        fixture_approve(&world, reversal.voucher);
        assert_balance(&world, UNASSIGNED, "100.00");
        assert_balance(&world, SOURCE, "-200.00");
        assert_balance(&world, COUNTY " construction F1 available", "100.00");
    }
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        the_same_reference_and_content_is_answered_with_the_first_result,
        the_same_reference_with_other_content_is_refused,
        vouchers_are_numbered_by_the_year_of_their_event,
        a_voucher_without_lines_is_refused,
        nobody_approves_or_rejects_the_own_voucher,
        roles_reach_no_further_than_their_division,
        a_rejected_or_withdrawn_voucher_gives_held_money_back,
        a_voucher_is_found_by_number_and_by_reference,
        the_line_to_blame_is_told,
        a_reversal_undoes_a_posted_voucher_and_lessens_its_terms,
        what_is_not_posted_or_reversed_already_is_not_reversed,
        a_reversal_that_cannot_be_covered_names_what_must_be_reversed_first,
        a_payment_is_reversed_until_the_bank_answers,
        every_movement_can_be_reversed,
    };

    return fixture_run("vouchers", tests, ARRAY_COUNT(tests), &world);
}
