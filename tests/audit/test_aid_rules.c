/*
 * test_aid_rules.c - R30: mutual aid that is overdue, in few hands or without its agreements; and
 * that nothing of a borrower is told.
 */
#include "audit_world.h"

#include <stdio.h>
#include <stdlib.h>

#define POOL_AVAILABLE  VILLAGE_1 " subsidy F2 available"
#define POOL_RECEIVABLE VILLAGE_1 " subsidy F2 receivable"

static struct fixture world;

#define assert_says(finding, words)                                                                \
    ck_assert_msg(strstr((finding)->sentence, (words)) != NULL, "no '%s' in: %s", (words),         \
                  (finding)->sentence)

/* 10,000.00 in pool JK; its borrowers have agreements JK-1, JK-2 … due on 2026-12-31, all in one
   group; its bank is entrusted until 2030-12-31. */
static void open_pool(unsigned borrowers)
{
    struct account pool = account(POOL_AVAILABLE);
    struct voucher_line come =
        line("10000.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_line down =
        line("10000.00", COUNTY " none F2 unassigned", VILLAGE_1 " none F2 unassigned");
    struct voucher_line book = line("10000.00", VILLAGE_1 " none F2 unassigned", POOL_AVAILABLE);

    (void)fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-02-02", &come);
    (void)fixture_post(&world, MOVEMENT_ALLOCATION, "2021-02-03", &down);
    (void)fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-02-04", &book);
    fixture_agree_loans(&world, &pool, "JK", borrowers);
}

static struct voucher_receipt lend(unsigned borrower, const char *date, const char *amount)
{
    struct voucher_line loan = fixture_loan(amount, POOL_AVAILABLE, POOL_RECEIVABLE, borrower);

    return fixture_post(&world, MOVEMENT_LOAN, date, &loan);
}

static void repay(unsigned borrower, const char *date, const char *amount)
{
    struct voucher_line back = fixture_loan(amount, POOL_RECEIVABLE, POOL_AVAILABLE, borrower);

    (void)fixture_post(&world, MOVEMENT_REPAYMENT, date, &back);
}

/* The cases raised on a day, the gravest first: "ring JK JK, overdue JK JK-1, ". */
static const char *cases_on(const char *as_of)
{
    static char text[2048];
    struct audit_findings *findings = findings_of(world.journal, "R30", as_of);
    size_t end = 0;

    text[0] = '\0';
    for (size_t i = 0; i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);

        ck_assert_ptr_null(strstr(finding->sentence, fixture_id_number(1)));
        ck_assert_ptr_null(strstr(finding->sentence, "村民"));
        ck_assert_str_eq(finding->division, VILLAGE_1);
        end += (size_t)snprintf(text + end, sizeof text - end, "%s %s, ", finding->what,
                                finding->subject);
    }
    audit_findings_free(findings);
    return text;
}

START_TEST(r30_is_raised_when_a_loan_is_overdue_by_more_than_the_limit)
{
    const struct audit_finding *finding;
    hash_t identity;

    open_pool(3);
    lend(1, "2021-04-01", "500.00");
    lend(2, "2021-04-01", "500.00");
    repay(2, "2021-05-01", "500.00");
    ck_assert_str_eq(cases_on("2027-01-30"), ""); /* thirty days */
    finding = the_finding(&world, "R30", "2027-01-31");
    ck_assert_str_eq(finding->what, "overdue");
    ck_assert_str_eq(finding->subject, "JK JK-1");
    ck_assert_int_eq(finding->level, 2);
    ck_assert_uint_eq(finding->citation_count, 1);
    assert_says(finding, "Under loan agreement JK-1 of pool JK something is still owed on "
                         "2027-01-31, more than 30 days after");
    identity = finding->identity;
    set_policy(&world, "audit_r30_days", "2027-02-01", 32);
    ck_assert_str_eq(cases_on("2027-02-01"), "");
    ck_assert_str_eq(cases_on("2027-01-31"), "overdue JK JK-1, ");
    finding = the_finding(&world, "R30", "2027-02-02");
    ck_assert(hash_equal(&finding->identity, &identity));
}
END_TEST

START_TEST(r30_is_raised_when_one_borrower_owes_more_than_a_tenth)
{
    const struct audit_finding *finding;

    open_pool(2);
    lend(1, "2021-04-01", "1000.00");
    ck_assert_str_eq(cases_on("2021-12-31"), ""); /* a tenth */
    lend(1, "2021-04-02", "0.01");
    ck_assert_str_eq(cases_on("2021-04-01"), "");
    finding = the_finding(&world, "R30", "2021-04-02");
    ck_assert_str_eq(finding->what, "share");
    ck_assert_int_eq(number_of(finding, "pool"), yuan("10000.00").fen);
    ck_assert_int_eq(number_of(finding, "allowed"), yuan("1000.00").fen);
    assert_says(finding, "One borrower of pool JK owes more than 10.00 % of it: more than "
                         "1,000.00 of 10,000.00 yuan.");
    set_policy(&world, "audit_r30_share", "2021-04-03", 1100);
    ck_assert_str_eq(cases_on("2021-04-03"), "");
    ck_assert_str_eq(cases_on("2021-04-02"), "share JK JK-1, ");
    repay(1, "2021-04-02", "0.01");
    ck_assert_str_eq(cases_on("2021-04-02"), "");
}
END_TEST

START_TEST(r30_is_raised_when_all_of_a_group_are_in_arrears)
{
    const struct audit_finding *finding;
    struct voucher_receipt last;
    struct voucher_receipt undone;
    struct error err = ERROR_INIT;

    open_pool(3);
    lend(1, "2021-04-01", "500.00");
    lend(2, "2021-04-01", "500.00");
    ck_assert_str_eq(cases_on("2027-01-01"), ""); /* the third owes nothing */
    last = lend(3, "2021-04-02", "1.00");
    ck_assert_str_eq(cases_on("2026-12-31"), ""); /* the last day itself */
    finding = the_finding(&world, "R30", "2027-01-01");
    ck_assert_str_eq(finding->what, "ring");
    ck_assert_int_eq(finding->level, 3);
    ck_assert_int_eq(number_of(finding, "members"), 3);
    ck_assert_uint_eq(finding->citation_count, 6); /* members and agreements */
    assert_says(finding, "All 3 members of joint-guarantee group JK of pool JK");
    ck_assert_str_eq(cases_on("2027-01-31"),
                     "ring JK JK, overdue JK JK-1, overdue JK JK-2, overdue JK JK-3, ");
    ck_assert_ok(fixture_try_reverse(&world, last.voucher, "2021-04-05", &undone, &err), err);
    fixture_approve(&world, undone.voucher);
    ck_assert_str_eq(cases_on("2027-01-01"), "");
}
END_TEST

START_TEST(a_borrower_alone_is_no_ring)
{
    open_pool(1);
    lend(1, "2021-04-01", "500.00");
    ck_assert_str_eq(cases_on("2027-01-30"), "");
}
END_TEST

START_TEST(r30_is_raised_when_the_entrustment_runs_out_while_something_is_lent)
{
    const struct audit_finding *finding;

    open_pool(2);
    set_policy(&world, "audit_r30_days", "2021-01-01", 5000);
    ck_assert_str_eq(cases_on("2031-01-01"), ""); /* nothing is lent */
    lend(1, "2021-04-01", "500.00");
    repay(1, "2021-05-01", "100.00");
    ck_assert_str_eq(cases_on("2030-12-31"), "");
    finding = the_finding(&world, "R30", "2031-01-01");
    ck_assert_str_eq(finding->what, "unentrusted");
    ck_assert_int_eq(number_of(finding, "owed"), yuan("400.00").fen);
    assert_says(finding, "400.00 yuan lent from pool JK are not repaid, and on 2031-01-01 no "
                         "entrustment agreement");
}
END_TEST

/* ---- By chance ------------------------------------------------------------------------------- */

#define BORROWERS 12

/* What each owes, in fen; what the rule says of it, by a look at each. */
static void assert_found(const int64_t *owed)
{
    char expected[2048] = "";
    size_t end = 0;

    for (unsigned i = 0; i < BORROWERS; i++)
        if (owed[i] > 0)
            end += (size_t)snprintf(expected + end, sizeof expected - end, "overdue JK JK-%u, ",
                                    i + 1);
    for (unsigned i = 0; i < BORROWERS; i++)
        if (owed[i] * 10 > 1000000)
            end +=
                (size_t)snprintf(expected + end, sizeof expected - end, "share JK JK-%u, ", i + 1);
    ck_assert_str_eq(cases_on("2028-06-30"), expected);
}

static void play(uint64_t seed)
{
    int64_t owed[BORROWERS];
    char text[MONEY_TEXT_SIZE];

    open_pool(BORROWERS);
    memset(owed, 0, sizeof owed);
    for (int i = 0; i < 20; i++) {
        size_t who = chance_below(&seed, 9) + 1; /* the texts of nine sort as their numbers do */
        int64_t fen = (int64_t)chance_below(&seed, 70000) + 1;

        if (chance_below(&seed, 3) == 0) fen = owed[who - 1];
        if (fen == 0) continue;
        (void)money_format((money_t){fen}, text);
        if (fen == owed[who - 1]) {
            repay((unsigned)who, "2021-06-01", text);
            owed[who - 1] = 0;
        } else {
            lend((unsigned)who, "2021-05-01", text);
            owed[who - 1] += fen;
        }
        if (i % 5 == 4) assert_found(owed);
    }
}

START_TEST(of_loans_by_chance_each_that_is_late_is_found_and_none_invented)
{
    play(611025);
}
END_TEST

START_TEST(nor_of_others)
{
    play(20260718);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        r30_is_raised_when_a_loan_is_overdue_by_more_than_the_limit,
        r30_is_raised_when_one_borrower_owes_more_than_a_tenth,
        r30_is_raised_when_all_of_a_group_are_in_arrears,
        a_borrower_alone_is_no_ring,
        r30_is_raised_when_the_entrustment_runs_out_while_something_is_lent,
        of_loans_by_chance_each_that_is_late_is_found_and_none_invented,
        nor_of_others,
    };

    return fixture_run("audit of mutual aid", tests, ARRAY_COUNT(tests), &world);
}
