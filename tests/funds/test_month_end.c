/*
 * test_month_end.c - projects and contracts as they stood at a month's end.
 *
 * Each step of a story is dated in a later month. After each, the present state is noted; in the
 * end the state at each month's end, asked for then, must be what was noted.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define AVAILABLE COUNTY " construction F1 available"
#define COMMITTED COUNTY " construction F1 committed"
#define RETENTION COUNTY " construction F1 retention"
#define SPENT     COUNTY " construction F1 spent"
#define STEPS_MAX 12

struct moment {
    int32_t month;
    money_t paid;
    bool accepted;
    struct contract contract;
};

static struct moment moments[STEPS_MAX];
static size_t moment_count;

static bool compare_contract(void *context, const struct contract_at *at, struct error *err)
{
    const struct moment *moment = context;
    const struct contract *was = &moment->contract, *is = &at->contract;

    (void)err;
    ck_assert_str_eq(is->code, was->code);
    ck_assert_int_eq(is->committed.fen, was->committed.fen);
    ck_assert_int_eq(is->retention.fen, was->retention.fen);
    ck_assert_int_eq(is->paid.fen, was->paid.fen);
    ck_assert_int_eq(is->settled, was->settled);
    ck_assert_int_eq(is->final_price.fen, was->final_price.fen);
    ck_assert(!at->from_people);
    return true;
}

static void assert_moment(const struct moment *moment)
{
    struct project_at *at = malloc(sizeof *at);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(at);
    ck_assert_ok(project_find_at(world.journal, "P1", moment->month, at, &err), err);
    ck_assert_int_eq(at->project.plan[0].paid.fen, moment->paid.fen);
    ck_assert_int_eq(at->project.accepted, moment->accepted);
    ck_assert(!at->is_hidden);
    ck_assert_ok(contract_each_at(world.journal, "P1", moment->month, compare_contract,
                                  (void *)(uintptr_t)moment, &err),
                 err);
    free(at);
}

/* What the ledger says now is what it says of the end of this month. */
static struct moment look(const char *at)
{
    struct project *project = malloc(sizeof *project);
    struct moment moment = {.month = month(at)};
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    ck_assert_ok(project_find(world.journal, "P1", project, &err), err);
    ck_assert_ok(contract_find(world.journal, "C1", &moment.contract, &err), err);
    moment.paid = project->plan[0].paid;
    moment.accepted = project->accepted;
    free(project);
    assert_moment(&moment);
    return moment;
}

static void note(const char *at)
{
    ck_assert_uint_lt(moment_count, STEPS_MAX);
    moments[moment_count++] = look(at);
}

static struct voucher_line under_contract(struct voucher_line named)
{
    under(&named, "P1", "C1", 1);
    return named;
}

static struct voucher_line pay_contract(const char *amount, const char *from)
{
    struct voucher_line paid = line(amount, from, "");

    to_contractor(&paid);
    return under_contract(paid);
}

static bool accept_project(struct journal *journal, const struct signatory *by, void *context,
                           struct error *err)
{
    return project_record_acceptance(journal, by, "P1", day("2021-07-15"), context, "合格", err);
}

static struct voucher_receipt settle(const char *date)
{
    struct voucher_header head = header(MOVEMENT_SETTLEMENT, date);
    struct voucher_line lines[2] = {under_contract(line("88000.00", COMMITTED, AVAILABLE)),
                                    under_contract(line("12000.00", COMMITTED, RETENTION))};
    struct voucher_receipt receipt = fixture_submit(&world, &head, lines, 2);

    fixture_approve(&world, receipt.voucher);
    return receipt;
}

static void reverse(const char *voucher, const char *date)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_reverse(&world, voucher, date, &receipt, &err), err);
    fixture_approve(&world, receipt.voucher);
}

static void pay_and_confirm(const char *amount, const char *from, const char *date)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, date);
    struct voucher_line paid = pay_contract(amount, from);
    struct voucher_receipt receipt = fixture_submit(&world, &head, &paid, 1);

    (void)look("2021-12"); /* asked for: it has left where it stood */
    fixture_approve(&world, receipt.voucher);
    (void)look("2021-12");
    fixture_confirm(&world, receipt.voucher, date);
}

START_TEST(projects_and_contracts_are_told_as_they_stood_at_a_months_end)
{
    struct voucher_line some = under_contract(line("400000.00", AVAILABLE, COMMITTED));
    struct voucher_receipt settlement;
    char by[] = "县农业农村局验收组";
    struct error err = ERROR_INIT;

    moment_count = 0;
    fixture_fund_county(&world, "F1", "construction", "600000.00");
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &some);
    note("2021-04");
    pay_and_confirm("300000.00", COMMITTED, "2021-05-01");
    note("2021-05");
    settlement = settle("2021-06-01");
    note("2021-06");
    ck_assert_ok(fixture_try_act(&world, "li", accept_project, by, &err), err);
    reverse(settlement.voucher, "2021-07-20");
    note("2021-07");
    (void)settle("2021-08-01");
    note("2021-08");
    pay_and_confirm("12000.00", RETENTION, "2021-09-01");
    note("2021-09");
    some = pay_contract("1000.00", SPENT);
    some.to = account(AVAILABLE);
    fixture_post(&world, MOVEMENT_REFUND, "2021-10-01", &some);
    note("2021-10");
    for (size_t i = 0; i < moment_count; i++)
        assert_moment(&moments[i]);
    ck_assert(moments[2].contract.settled && !moments[3].contract.settled);
    ck_assert(!moments[2].accepted && moments[3].accepted);
}
END_TEST

START_TEST(contract_signed_later_is_left_out)
{
    struct moment none = {.month = month("2021-03")};

    /* It would be compared with a contract without a code. */
    assert_moment(&none);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        projects_and_contracts_are_told_as_they_stood_at_a_months_end,
        contract_signed_later_is_left_out,
    };

    return fixture_run("month_end", tests, ARRAY_COUNT(tests), &world);
}
