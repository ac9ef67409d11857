/* test_loans.c - loans and repayments: what stands in receivable, who owes it, what is refused. */
#include "tests/funds/fixture.h"

#include <stdio.h>

static struct fixture world;

#define AVAILABLE  VILLAGE_1 " subsidy F2 available"
#define RECEIVABLE VILLAGE_1 " subsidy F2 receivable"

/* 10,000.00 of F2 in the village's book subsidy, a pool with agreements JK-1 to JK-3. */
static void fund_village(void)
{
    struct account pool = account(AVAILABLE);
    struct voucher_line down =
        line("10000.00", COUNTY " none F2 unassigned", VILLAGE_1 " none F2 unassigned");
    struct voucher_line book =
        line("10000.00", VILLAGE_1 " none F2 unassigned", VILLAGE_1 " subsidy F2 available");
    struct voucher_line from_source =
        line("10000.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");

    (void)fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &from_source);
    (void)fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-03", &down);
    (void)fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-04-04", &book);
    fixture_agree_loans(&world, &pool, "JK", 3);
}

static struct voucher_line lend(const char *amount, unsigned borrower)
{
    return fixture_loan(amount, AVAILABLE, RECEIVABLE, borrower);
}

static struct voucher_line repay(const char *amount, unsigned borrower)
{
    return fixture_loan(amount, RECEIVABLE, AVAILABLE, borrower);
}

static struct voucher_receipt lend_on(const char *date, const char *amount, unsigned borrower)
{
    struct voucher_line loan = lend(amount, borrower);

    return fixture_post(&world, MOVEMENT_LOAN, date, &loan);
}

static struct voucher_receipt repay_on(const char *date, const char *amount, unsigned borrower)
{
    struct voucher_line back = repay(amount, borrower);

    return fixture_post(&world, MOVEMENT_REPAYMENT, date, &back);
}

static bool add_standing(void *context, const struct book_line *line, struct error *err)
{
    (void)err;
    if (line->book != BOOK_SUBSIDY) return true;
    *(struct book_line *)context = *line;
    return true;
}

START_TEST(a_loan_is_lent_when_it_is_approved_and_no_bank_answers)
{
    struct voucher_receipt loan;
    struct book_line book = {0};
    struct error err = ERROR_INIT;

    fund_village();
    loan = lend_on("2021-04-10", "3000.00", 1);
    assert_balance(&world, AVAILABLE, "7000.00");
    assert_balance(&world, RECEIVABLE, "3000.00");
    ck_assert(!fixture_try_bank(&world, loan.voucher, false, "2021-04-11", NULL, 0, &err));
    (void)repay_on("2021-04-20", "1000.00", 1);
    assert_balance(&world, AVAILABLE, "8000.00");
    assert_balance(&world, RECEIVABLE, "2000.00");
    /* What is lent is still the village's: the law knows no term for it. */
    error_clear(&err);
    ck_assert_ok(book_line_each(world.journal, VILLAGE_1,
                                &(struct book_span){month("2021-04"), month("2021-04")}, 1,
                                add_standing, &book, &err),
                 err);
    ck_assert_int_eq(book.flows[FLOW_SPENT].fen, 0);
    ck_assert_int_eq(book.closing.fen, yuan("10000.00").fen);
    ck_assert_int_eq(book.closing_by_role[ACCOUNT_RECEIVABLE].fen, yuan("2000.00").fen);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(interest_is_a_receipt_apart_from_the_principal)
{
    struct voucher_header head = header(MOVEMENT_RECEIPT, "2021-04-21");
    struct voucher_line interest =
        line("13.50", VILLAGE_1 " none F2 source", VILLAGE_1 " none F2 unassigned");
    struct voucher_receipt receipt;

    fund_village();
    (void)lend_on("2021-04-10", "3000.00", 1);
    (void)repay_on("2021-04-20", "3000.00", 1);
    (void)snprintf(head.document, sizeof head.document, "%s", "利息清单2021-04");
    (void)snprintf(head.text, sizeof head.text, "%s", "占用费 农商行转入");
    receipt = fixture_submit(&world, &head, &interest, 1);
    fixture_approve(&world, receipt.voucher);
    assert_balance(&world, RECEIVABLE, "0.00");
    assert_balance(&world, AVAILABLE, "10000.00");
    assert_balance(&world, VILLAGE_1 " none F2 unassigned", "13.50");
}
END_TEST

START_TEST(a_line_that_is_no_loan_is_refused)
{
    struct voucher_line bad;

    fund_village();
    bad = line("1.00", AVAILABLE, VILLAGE_1 " subsidy F2 in_transit");
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT,
                   "can't take money from available to in_transit");
    bad = lend("1.00", 1);
    bad.to = account(VILLAGE_2 " subsidy F2 receivable");
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT, "within one division");
    bad = lend("1.00", 1);
    bad.to = account(VILLAGE_1 " livelihood F2 receivable");
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_EARMARK, "reallocation");
    bad = lend("1.00", 1);
    bad.agreement[0] = '\0';
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT,
                   "is made under a loan agreement; name it");
    bad = repay("1.00", 1);
    bad.agreement[0] = '\0';
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "is made under a loan agreement; name it");
    bad = lend("1.00", 1);
    bad.payee = (struct payee){.is_person = false};
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT, "no payee is named");
    bad = lend("1.00", 1);
    bad.payee = (struct payee){.is_person = false, .name = "镇安县绿源合作社"};
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT,
                   "a borrower is a natural person");
    bad = lend("1.00", 1);
    under(&bad, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_INPUT,
                   "is not made under a project");
    bad = pay_person("1.00", AVAILABLE, 1);
    (void)snprintf(bad.agreement, sizeof bad.agreement, "JK-1");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_INPUT,
                   "is not made under a loan agreement");
    bad = lend("1.00", 1);
    (void)snprintf(bad.text, sizeof bad.text, "%s", "用于购买小汽车");
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-04-10", &bad, ERROR_NEGATIVE_LIST, "NEG");
}
END_TEST

START_TEST(nobody_repays_more_than_is_owed)
{
    struct voucher_line back;
    struct voucher_header head = header(MOVEMENT_REPAYMENT, "2021-04-20");
    struct voucher_receipt waiting;

    fund_village();
    (void)lend_on("2021-04-10", "3000.00", 1);
    (void)lend_on("2021-04-10", "500.00", 2);
    back = repay("3000.01", 1);
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &back, ERROR_INSUFFICIENT,
                   "0.01 yuan more than this borrower owes under agreement JK-1");
    /* Another's debt, or another agreement, is no debt of this one. */
    back = repay("600.00", 2);
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &back, ERROR_INSUFFICIENT,
                   "100.00 yuan more");
    back = repay("100.00", 1);
    (void)snprintf(back.agreement, sizeof back.agreement, "JK-2");
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &back, ERROR_INSUFFICIENT,
                   "100.00 yuan more");
    /* What waits for its checker counts at once; withdrawn, it doesn't. */
    back = repay("2500.00", 1);
    waiting = fixture_submit(&world, &head, &back, 1);
    back = repay("600.00", 1);
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &back, ERROR_INSUFFICIENT,
                   "100.00 yuan more");
    {
        struct error err = ERROR_INIT;

        ck_assert_ok(fixture_try_decide(&world, "li", waiting.voucher, VOUCHER_WITHDRAW, &err),
                     err);
    }
    (void)repay_on("2021-04-20", "3000.00", 1);
    assert_balance(&world, RECEIVABLE, "500.00");
}
END_TEST

START_TEST(what_is_not_approved_yet_is_not_owed)
{
    struct voucher_header head = header(MOVEMENT_LOAN, "2021-04-10");
    struct voucher_line loan = lend("3000.00", 1), back = repay("1.00", 1);

    fund_village();
    (void)lend_on("2021-04-10", "500.00", 2);
    (void)fixture_submit(&world, &head, &loan, 1);
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &back, ERROR_INSUFFICIENT,
                   "1.00 yuan more");
}
END_TEST

START_TEST(a_loan_is_reversed_only_while_nothing_of_it_is_repaid)
{
    struct voucher_receipt loan, back, reversal;
    struct voucher_line more = repay("1.00", 1);
    struct error err = ERROR_INIT;

    fund_village();
    (void)lend_on("2021-04-10", "500.00", 2);
    loan = lend_on("2021-04-10", "3000.00", 1);
    back = repay_on("2021-04-12", "100.00", 1);
    ck_assert(!fixture_try_reverse(&world, loan.voucher, "2021-04-13", &reversal, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT,
                    "under agreement JK-1 the borrower has repaid 100.00 yuan already; reverse the "
                    "repayment first");
    error_clear(&err);
    ck_assert_ok(fixture_try_reverse(&world, back.voucher, "2021-04-13", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    ck_assert_ok(fixture_try_reverse(&world, loan.voucher, "2021-04-13", &reversal, &err), err);
    /* From its reversal's submission on it isn't owed any more. */
    fixture_refuse(&world, MOVEMENT_REPAYMENT, "2021-04-20", &more, ERROR_INSUFFICIENT,
                   "1.00 yuan more");
    fixture_approve(&world, reversal.voucher);
    assert_balance(&world, AVAILABLE, "9500.00");
    assert_balance(&world, RECEIVABLE, "500.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(after_the_funds_last_day_it_is_only_repaid)
{
    struct voucher_line loan = fixture_loan("1.00", VILLAGE_1 " construction F1 available",
                                            VILLAGE_1 " construction F1 receivable", 1);
    struct voucher_line back = fixture_loan("1.00", VILLAGE_1 " construction F1 receivable",
                                            VILLAGE_1 " construction F1 available", 1);
    struct account pool = account(VILLAGE_1 " construction F1 available");

    fixture_fund_village_1(&world, "100.00");
    fixture_agree_loans(&world, &pool, "JK", 1);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2022-12-31", &loan);
    fixture_refuse(&world, MOVEMENT_LOAN, "2023-01-01", &loan, ERROR_STATE, "expired");
    (void)fixture_post(&world, MOVEMENT_REPAYMENT, "2023-01-01", &back);
}
END_TEST

START_TEST(a_loan_is_sealed_as_a_payment_to_a_person_is)
{
    struct voucher_header head = header(MOVEMENT_LOAN, "2021-04-10");
    struct voucher_line loans[] = {lend("100.00", 1), lend("200.00", 2), lend("300.00", 3)};
    struct voucher_receipt few, many;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    fund_village();
    few = fixture_submit(&world, &head, loans, 2);
    head = header(MOVEMENT_LOAN, "2021-04-10");
    many = fixture_submit(&world, &head, loans, 3);
    ck_assert_ok(voucher_find(world.journal, few.voucher, &voucher, &err), err);
    ck_assert(voucher.people && voucher.totals_sealed);
    ck_assert_ok(voucher_find(world.journal, many.voucher, &voucher, &err), err);
    ck_assert(voucher.people && !voucher.totals_sealed);
}
END_TEST

START_TEST(lines_under_an_agreement_are_not_erased)
{
    struct voucher_receipt loan;
    struct voucher voucher;
    struct error err = ERROR_INIT;
    char body[512];

    fund_village();
    loan = lend_on("2021-04-10", "100.00", 1);
    (void)repay_on("2021-04-11", "100.00", 1);
    ck_assert_ok(fixture_try_close(&world, "2021-04", &err), err);
    ck_assert_ok(voucher_find(world.journal, loan.voucher, &voucher, &err), err);
    (void)snprintf(
        body, sizeof body,
        "{\"ground\":\"retention_over\",\"reason\":\"保存期满\",\"seals\":[{\"first\":%d,"
        "\"last\":%d,\"purpose\":\"voucher.line/detail\"},{\"first\":%d,\"last\":%d,"
        "\"purpose\":\"voucher.submit/content\"}]}",
        (int)voucher.submit_seq - 1, (int)voucher.submit_seq - 1, (int)voucher.submit_seq,
        (int)voucher.submit_seq);
    ck_assert(!fixture_try_agree(&world, "seal.erase", body, &err));
    ck_assert_error(err, ERROR_STATE, "is under loan agreement JK-1");
}
END_TEST

/* ---- A division that ends ----------------------------------------------------------------------
 */

#define MERGED "611025100210"

static bool close_village(struct journal *journal, const struct signatory *by, void *context,
                          struct error *err)
{
    (void)context;
    return division_close(journal, by, VILLAGE_1, err);
}

/* What the village still has goes to its successor. */
static struct handed_over hand_over(const char *date)
{
    struct voucher_header head = header(MOVEMENT_SUCCESSION, date);
    struct signatory li = fixture_as("li");
    struct handed_over handed;
    struct error err = ERROR_INIT;
    bool ok;

    head.document[0] = '\0';
    fixture_begin(&world);
    ok = division_hand_over(world.journal, &li, VILLAGE_1, NULL, &head, &handed, &err);
    ck_assert_ok(fixture_end(&world, ok, &err), err);
    fixture_approve(&world, handed.receipt.voucher);
    return handed;
}

START_TEST(what_was_lent_is_repaid_to_the_division_that_ended)
{
    struct division merged = {.code = MERGED, .name = "新中合村", .parent = TOWN_1};
    struct voucher_line loan = lend("1.00", 2);
    struct voucher_line given = line("3000.00", RECEIVABLE, MERGED " subsidy F2 receivable");
    struct handed_over handed;
    struct error err = ERROR_INIT;

    fund_village();
    (void)lend_on("2021-04-10", "3000.00", 1);
    merged.valid_from = day("2021-06-01");
    ck_assert_ok(fixture_try_division(&world, &merged, &err), err);
    fixture_agree(&world, "division.succeed",
                  "{\"changes\":[{\"division\":\"" VILLAGE_1 "\",\"successors\":[\"" MERGED
                  "\"]}],\"document\":\"镇政发〔2021〕8号\",\"last_day\":\"2021-06-30\"}");
    fixture_refuse(&world, MOVEMENT_LOAN, "2021-07-01", &loan, ERROR_STATE, "ended on 2021-06-30");
    fixture_refuse(&world, MOVEMENT_SUCCESSION, "2021-07-01", &given, ERROR_INPUT,
                   "can't take money from receivable to receivable");
    handed = hand_over("2021-07-01");
    ck_assert_int_eq(handed.lent.fen, yuan("3000.00").fen);
    assert_balance(&world, RECEIVABLE, "3000.00");
    ck_assert(!fixture_try_act(&world, "zhao", close_village, NULL, &err));
    ck_assert_error(err, ERROR_STATE, VILLAGE_1);
    error_clear(&err);
    (void)repay_on("2021-07-05", "3000.00", 1);
    handed = hand_over("2021-07-06");
    ck_assert(money_is_zero(handed.lent));
    assert_balance(&world, MERGED " subsidy F2 available", "10000.00");
    ck_assert_ok(fixture_try_act(&world, "zhao", close_village, NULL, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- Lost values ----------------------------------------------------------------------------- */

static bool read_published(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

/* The world's ledger with the sealed values of the first `kept` entries, the rest as published. */
static void lose_after(uint64_t kept, struct fixture *out)
{
    struct published_log log = {journal_size(world.journal), read_published, world.journal};
    struct error err = ERROR_INIT;

    *out = world;
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &out->ledger, &err), err);
    out->journal = ledger_journal(out->ledger);
    ck_assert_ok(journal_replay_until(world.journal, out->journal, kept, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(out->journal, &log, &err), err);
}

START_TEST(where_the_loans_lines_are_lost_balances_stand_and_the_log_goes_on)
{
    struct voucher_header head = header(MOVEMENT_LOAN, "2021-04-10");
    struct voucher_line loans[] = {lend("100.00", 1), lend("200.00", 2), lend("300.00", 3)};
    struct voucher_line back[] = {repay("10.00", 1), repay("20.00", 2), repay("30.00", 3)};
    struct voucher_line alone = repay("1.00", 1);
    struct voucher_receipt loan, repaid;
    struct fixture lost;
    uint64_t kept;

    fund_village();
    kept = journal_size(world.journal);
    loan = fixture_submit(&world, &head, loans, 3);
    fixture_approve(&world, loan.voucher);
    head = header(MOVEMENT_REPAYMENT, "2021-04-11");
    repaid = fixture_submit(&world, &head, back, 3);
    fixture_approve(&world, repaid.voucher);
    lose_after(kept, &lost);
    assert_balance(&lost, RECEIVABLE, "540.00");
    assert_replay_is_identical(&lost);
    /* Nobody can look up who owes it. */
    fixture_refuse(&lost, MOVEMENT_REPAYMENT, "2021-04-20", &alone, ERROR_INSUFFICIENT,
                   "1.00 yuan more");
    ledger_close(lost.ledger);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_loan_is_lent_when_it_is_approved_and_no_bank_answers,
        interest_is_a_receipt_apart_from_the_principal,
        a_line_that_is_no_loan_is_refused,
        nobody_repays_more_than_is_owed,
        what_is_not_approved_yet_is_not_owed,
        a_loan_is_reversed_only_while_nothing_of_it_is_repaid,
        after_the_funds_last_day_it_is_only_repaid,
        a_loan_is_sealed_as_a_payment_to_a_person_is,
        lines_under_an_agreement_are_not_erased,
        what_was_lent_is_repaid_to_the_division_that_ended,
        where_the_loans_lines_are_lost_balances_stand_and_the_log_goes_on,
    };

    return fixture_run("loans", tests, ARRAY_COUNT(tests), &world);
}
