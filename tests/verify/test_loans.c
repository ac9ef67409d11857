/*
 * test_loans.c - loans and repayments by docs/format.md alone: what their totals may do, and that
 * nothing else touches what is lent.
 */
#include <stdio.h>

#include "tests/verify/acts.h"

#define ACCOUNT(book, division, role)                                                              \
    "{\"book\":\"" book "\",\"division\":\"" division "\",\"fund\":\"F1\",\"role\":\"" role "\"}"
#define OWN(role)          ACCOUNT("subsidy", FIXTURE_COUNTY, role)
#define LENT(taken, given) "[" TOTAL(taken, "available") "," TOTAL(given, "receivable") "]"

struct dealing {
    const char *movement, *from, *to, *totals, *reverses;
    unsigned people; /* lines of 100 fen each; 0: one line to an organisation */
};

static unsigned next_number;

/* A voucher of lines to one person each; fewer than three seal the totals. */
static unsigned deal(const struct dealing *dealing)
{
    char detail[1024];
    unsigned lines = dealing->people == 0 ? 1 : dealing->people;

    for (unsigned i = 0; i < lines; i++) {
        char payee[160] = "";

        if (dealing->people > 0)
            (void)snprintf(payee, sizeof payee,
                           ",\"payee\":{\"account\":\"\",\"id_number\":\"%s\",\"name\":\"N\"}",
                           fixture_id_numbers[i]);
        (void)snprintf(detail, sizeof detail,
                       "{\"agreement\":\"JK-%u\",\"amount\":100,\"from\":%s%s,\"to\":%s}", i,
                       dealing->from, payee, dealing->to);
        fixture_line(world, "li", next_number, i + 1, dealing->people > 0, detail);
    }
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = next_number,
                                                    .totals = dealing->totals,
                                                    MAY,
                                                    .movement = dealing->movement,
                                                    .reverses = dealing->reverses,
                                                    .people = dealing->people > 0,
                                                    .seal_totals = dealing->people > 0 &&
                                                                   dealing->people < 3});
    return next_number++;
}

#define DEAL(movement_, from_, to_, totals_, ...)                                                  \
    deal(&(struct dealing){                                                                        \
        .movement = movement_, .from = from_, .to = to_, .totals = totals_, __VA_ARGS__})

static void lend_to_three(void)
{
    next_number = 6;
    fixture_decide(
        world, "wang", "approve",
        DEAL("loan", OWN("available"), OWN("receivable"), LENT("-300", "300"), .people = 3), "");
}

/* ---- Good ones ------------------------------------------------------------------------------- */

static void good_loan_and_repayment(void)
{
    lend_to_three();
    fixture_decide(
        world, "wang", "approve",
        DEAL("repayment", OWN("receivable"), OWN("available"), LENT("100", "-100"), .people = 1),
        "");
    fixture_decide(
        world, "wang", "approve",
        DEAL("repayment", OWN("receivable"), OWN("available"), LENT("200", "-200"), .people = 2),
        "");
}

static void good_reversal(void)
{
    lend_to_three();
    fixture_decide(world, "wang", "approve",
                   DEAL("reversal", OWN("receivable"), OWN("available"), LENT("300", "-300"),
                        .reverses = "2021-000006", .people = 3),
                   "");
}

/* ---- Bad ones -------------------------------------------------------------------------------- */

static void loan_sent_to_the_bank(void)
{
    next_number = 6;
    (void)DEAL("loan", OWN("available"), OWN("in_transit"), TOTALS, .people = 1);
}

static void loan_of_what_was_spent(void)
{
    next_number = 6;
    (void)DEAL("loan", OWN("spent"), OWN("receivable"),
               "[" TOTAL("100", "receivable") "," TOTAL("-100", "spent") "]", .people = 1);
}

static void loan_lent_by_another(void)
{
    next_number = 6;
    (void)DEAL("loan", OWN("available"), ACCOUNT("subsidy", FIXTURE_TOWN, "receivable"),
               "[" TOTAL("-300", "available") ",{\"amount\":300,\"book\":\"subsidy\",\"division\":"
                                              "\"" FIXTURE_TOWN
                                              "\",\"fund\":\"F1\",\"role\":\"receivable\"}]",
               .people = 3);
}

static void loan_from_another_book(void)
{
    next_number = 6;
    (void)DEAL("loan", OWN("available"), ACCOUNT("livelihood", FIXTURE_COUNTY, "receivable"),
               "[{\"amount\":300,\"book\":\"livelihood\",\"division\":\"" FIXTURE_COUNTY
               "\",\"fund\":\"F1\",\"role\":\"receivable\"}," TOTAL("-300", "available") "]",
               .people = 3);
}

static void loan_the_other_way(void)
{
    lend_to_three();
    (void)DEAL("loan", OWN("receivable"), OWN("available"), LENT("100", "-100"), .people = 1);
}

static void repayment_the_other_way(void)
{
    next_number = 6;
    (void)DEAL("repayment", OWN("available"), OWN("receivable"), LENT("-100", "100"), .people = 1);
}

static void loan_to_an_organisation(void)
{
    next_number = 6;
    (void)DEAL("loan", OWN("available"), OWN("receivable"), LENT("-100", "100"), .people = 0);
}

static void more_repaid_than_was_lent(void)
{
    lend_to_three();
    (void)DEAL("repayment", OWN("receivable"), OWN("available"), LENT("100", "-100"), .people = 1);
    (void)DEAL("repayment", OWN("receivable"), OWN("available"), LENT("300", "-300"), .people = 3);
}

static void payment_of_what_was_lent(void)
{
    lend_to_three();
    (void)DEAL("payment", OWN("receivable"), OWN("in_transit"),
               "[" TOTAL("300", "in_transit") "," TOTAL("-300", "receivable") "]", .people = 3);
}

static void release_of_what_was_lent(void)
{
    lend_to_three();
    (void)DEAL("release", OWN("receivable"), OWN("available"), LENT("100", "-100"), .people = 0);
}

static void answered_by_the_bank(void)
{
    lend_to_three();
    bank("[]", "[" TOTAL("-300", "in_transit") "," TOTAL("300", "spent") "]", 6);
}

/* A loan where there is no pool, or on a day on which nobody is entrusted with it. */
static void loan_from_no_pool(void)
{
    lend_to_three();
}

static void loan_while_nobody_is_entrusted(void)
{
    lend_to_three();
}

static void open_pool(bool is_entrusted)
{
    fixture_row(world, "li", "aid.open",
                "{\"bank\":\"b\",\"book\":\"subsidy\",\"date\":\"2021-02-08\",\"division\":"
                "\"" FIXTURE_COUNTY "\",\"document\":\"\",\"fund\":\"F1\",\"limit_bp\":1000,"
                "\"pool\":\"HZ\",\"uscc\":\"91350100M000100Y43\"}");
    fixture_row(world, "li", "aid.entrust",
                "{\"date\":\"2021-02-08\",\"document\":\"d\",\"first_day\":\"2021-02-10\","
                "\"last_day\":\"%s\",\"pool\":\"HZ\"}",
                is_entrusted ? "2021-05-04" : "2021-05-03");
    fixture_import(world, "li", "file-pool");
}

static const struct act_case cases[] = {
    {good_loan_and_repayment, "PASS"},
    {good_reversal, "PASS"},
    {loan_sent_to_the_bank, "(voucher.submit): is a loan that does otherwise than move between"},
    {loan_of_what_was_spent, "(voucher.submit): is a loan that does otherwise"},
    {loan_lent_by_another, "(voucher.submit): is a loan that does otherwise"},
    {loan_from_another_book, "(voucher.submit): is a loan that does otherwise"},
    {loan_the_other_way, "(voucher.submit): is a loan that does otherwise"},
    {repayment_the_other_way, "(voucher.submit): is a repayment that does otherwise"},
    {loan_to_an_organisation,
     "(voucher.submit): is a loan with a line that isn't about a natural person"},
    {more_repaid_than_was_lent, "(voucher.submit): leaves -100 fen in {"},
    {payment_of_what_was_lent, "(voucher.submit): is a payment and moves what was lent: {"},
    {release_of_what_was_lent, "(voucher.submit): is a release and moves what was lent: {"},
    {loan_from_no_pool, "(voucher.submit): lends from {"},
    {loan_while_nobody_is_entrusted, "on a day on which nobody is entrusted with the pool"},
    {answered_by_the_bank, "(bank.confirm): voucher 2021-000006 is no payment"},
};

START_TEST(each_loan_is_allowed_or_refused_by_its_rule)
{
    if (cases[_i].write != loan_from_no_pool)
        open_pool(cases[_i].write != loan_while_nobody_is_entrusted);
    cases[_i].write();
    expect(cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_loan_is_allowed_or_refused_by_its_rule, 0, ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_loans", add);
}
