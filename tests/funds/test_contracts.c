/* test_contracts.c - projects, plan lines, contracts: what may be committed, paid, settled. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define AVAILABLE COUNTY " construction F1 available"
#define COMMITTED COUNTY " construction F1 committed"
#define RETENTION COUNTY " construction F1 retention"
#define SPENT     COUNTY " construction F1 spent"

static struct voucher_line commit_line(const char *amount)
{
    struct voucher_line committed = line(amount, AVAILABLE, COMMITTED);

    under(&committed, "P1", "C1", 1);
    return committed;
}

static struct voucher_line pay_contract(const char *amount, const char *from)
{
    struct voucher_line paid = line(amount, from, "");

    to_contractor(&paid);
    under(&paid, "P1", "C1", 1);
    return paid;
}

/* 600,000 at the county's disposal, `amount` of it committed for C1. */
static void commit(const char *amount)
{
    struct voucher_line committed = commit_line(amount);

    fixture_fund_county(&world, "F1", "construction", "600000.00");
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &committed);
}

static void pay_and_confirm(const char *amount, const char *from, const char *date)
{
    struct voucher_line paid = pay_contract(amount, from);
    struct voucher_receipt receipt = fixture_post(&world, MOVEMENT_PAYMENT, date, &paid);

    fixture_confirm(&world, receipt.voucher, date);
}

/* Settled with `released` given back and `retained` set aside. */
static struct voucher_receipt settle(const char *released, const char *retained)
{
    struct voucher_header head = header(MOVEMENT_SETTLEMENT, "2021-06-01");
    struct voucher_line lines[2] = {line(released, COMMITTED, AVAILABLE),
                                    line(retained, COMMITTED, RETENTION)};
    struct voucher_receipt receipt;

    under(&lines[0], "P1", "C1", 1);
    under(&lines[1], "P1", "C1", 1);
    receipt = fixture_submit(&world, &head, lines, 2);
    fixture_approve(&world, receipt.voucher);
    return receipt;
}

static bool accept_project(struct journal *journal, const struct signatory *by, void *context,
                           struct error *err)
{
    return project_record_acceptance(journal, by, "P1", day("2021-06-15"), context, "合格", err);
}

static void assert_contract(const char *committed, const char *paid, const char *retention)
{
    struct contract contract;
    struct error err = ERROR_INIT;

    ck_assert_ok(contract_find(world.journal, "C1", &contract, &err), err);
    ck_assert_int_eq(contract.committed.fen, yuan(committed).fen);
    ck_assert_int_eq(contract.paid.fen, yuan(paid).fen);
    ck_assert_int_eq(contract.retention.fen, yuan(retention).fen);
}

START_TEST(money_is_paid_only_under_a_registered_project)
{
    struct voucher_line bad;

    fixture_fund_county(&world, "F1", "construction", "1000.00");
    bad = pay("1.00", AVAILABLE, "供销社");
    under(&bad, "P9", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_NOT_FOUND,
                   "project P9 is not in the project bank");
    under(&bad, "P1", "", 9);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_NOT_FOUND,
                   "has no plan line 9");
    under(&bad, "P1", "", 2);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_EARMARK,
                   "plan line 2 of project P1 is money of fund F3, not of fund F1");
    under(&bad, "P1", "", 3);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_EARMARK, "outside money");
    under(&bad, "P1", "C9", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_NOT_FOUND,
                   "contract C9 is not registered");
}
END_TEST

START_TEST(a_project_is_paid_from_its_own_book_and_place)
{
    struct voucher_line bad;

    fixture_fund_county(&world, "F1", "livelihood", "1000.00");
    bad = pay("1.00", COUNTY " livelihood F1 available", "供销社");
    under(&bad, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_EARMARK,
                   "project P1 is paid from book construction, not from book livelihood");
    bad = line("500.00", COUNTY " livelihood F1 available", TOWN_2 " livelihood F1 available");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-10", &bad);
    bad = line("500.00", TOWN_2 " livelihood F1 available", TOWN_2 " construction F1 available");
    fixture_post(&world, MOVEMENT_REALLOCATION, "2021-04-10", &bad);
    bad = pay("1.00", TOWN_2 " construction F1 available", "供销社");
    under(&bad, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-10", &bad, ERROR_EARMARK,
                   "project P1 lies in division 611025100201; money of division 611025101000 is "
                   "not for it");
}
END_TEST

START_TEST(no_more_is_paid_than_the_plan_line_says)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line first = pay("300000.00", AVAILABLE, "供销社"), second;
    struct project *project = malloc(sizeof *project);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    fixture_fund_county(&world, "F1", "construction", "600000.00");
    under(&first, "P1", "", 1);
    receipt = fixture_submit(&world, &head, &first, 1); /* pending counts already */
    second = pay("200000.01", AVAILABLE, "供销社");
    under(&second, "P1", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &second, ERROR_CONTRACT,
                   "project P1, plan line 1: 300,000.00 yuan of 500,000.00 are used already");
    ck_assert_ok(fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_REJECT, &err), err);
    ck_assert_ok(project_find(world.journal, "P1", project, &err), err);
    ck_assert_int_eq(project->plan[0].paid.fen, 0);
    second.amount = yuan("500000.00");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &second);
    ck_assert_ok(project_find(world.journal, "P1", project, &err), err);
    ck_assert_int_eq(project->plan[0].paid.fen, yuan("500000.00").fen);
    free(project);
}
END_TEST

START_TEST(no_more_is_committed_than_the_contract_and_the_plan_allow)
{
    struct voucher_line over = commit_line("400000.01");
    struct contract second = fixture_contract("C2", "P1");
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F1", "construction", "600000.00");
    fixture_refuse(&world, MOVEMENT_COMMITMENT, "2021-04-10", &over, ERROR_CONTRACT,
                   "contract C1: 0.00 yuan of 400,000.00 are used already, 400,000.01 more");
    over.amount = yuan("400000.00");
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &over);
    ck_assert_ok(fixture_try_contract(&world, &second, &err), err);
    over = commit_line("100000.01");
    under(&over, "P1", "C2", 1);
    fixture_refuse(&world, MOVEMENT_COMMITMENT, "2021-04-10", &over, ERROR_CONTRACT,
                   "project P1, plan line 1: 400,000.00 yuan of 500,000.00");
}
END_TEST

START_TEST(no_more_is_paid_than_the_contract_says)
{
    struct voucher_line over;

    commit("300000.00");
    pay_and_confirm("300000.00", COMMITTED, "2021-04-20");
    over = pay_contract("100000.01", AVAILABLE);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-21", &over, ERROR_CONTRACT,
                   "contract C1: 300,000.00 yuan of 400,000.00");
    over.amount = yuan("100000.00");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-21", &over);
    assert_contract("0.00", "400000.00", "0.00");
}
END_TEST

START_TEST(committed_money_serves_its_own_contract_alone)
{
    struct contract second = fixture_contract("C2", "P1");
    struct voucher_line bad = pay_contract("1.00", COMMITTED);
    struct project *other = malloc(sizeof *other);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(other);
    commit("300000.00");
    ck_assert_ok(fixture_try_contract(&world, &second, &err), err);
    under(&bad, "P1", "C2", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &bad, ERROR_CONTRACT,
                   "contract C2, plan line 1: only 0.00 yuan stand in committed");
    fixture_project(other, "P2");
    ck_assert_ok(fixture_try_project(&world, other, &err), err);
    under(&bad, "P2", "C1", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &bad, ERROR_CONTRACT,
                   "contract C1 belongs to project P1, not to project P2");
    free(other);
}
END_TEST

START_TEST(under_a_contract_only_its_contractor_is_paid)
{
    struct contract named = fixture_contract("C2", "P1");
    struct voucher_line paid = pay_contract("1.00", COMMITTED), other;
    struct error err = ERROR_INIT;

    commit("300000.00");
    named.uscc[0] = '\0';
    ck_assert_ok(fixture_try_contract(&world, &named, &err), err);
    other = paid;
    other.payee.uscc[0] = '\0';
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &other, ERROR_CONTRACT,
                   "contract C1 is with 镇安宏远建筑有限公司, 91611025MA70A1B23G; under it nobody");
    other = paid;
    (void)snprintf(other.payee.uscc, sizeof other.payee.uscc, "%s", "91619901MA7DEM0164");
    other.from = account(AVAILABLE);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &other, ERROR_CONTRACT,
                   "contract C1 is with 镇安宏远建筑有限公司");
    other = pay_person("1.00", COMMITTED, 1);
    under(&other, "P1", "C1", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &other, ERROR_CONTRACT,
                   "contract C1 is with 镇安宏远建筑有限公司");
    other = pay("1.00", AVAILABLE, "镇安远宏建筑有限公司");
    under(&other, "P1", "C2", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &other, ERROR_CONTRACT,
                   "contract C2 is with 镇安宏远建筑有限公司; under it nobody else is paid");
    (void)snprintf(paid.payee.name, sizeof paid.payee.name, "%s", "镇安宏远建设集团");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid); /* renamed, the same code */
    other = pay("1.00", AVAILABLE, "镇安宏远建筑有限公司");
    under(&other, "P1", "C2", 1);
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &other);
}
END_TEST

START_TEST(a_release_gives_committed_money_back)
{
    struct voucher_line back = line("100000.00", COMMITTED, AVAILABLE);

    commit("300000.00");
    assert_contract("300000.00", "0.00", "0.00");
    under(&back, "P1", "C1", 1);
    fixture_post(&world, MOVEMENT_RELEASE, "2021-04-20", &back);
    assert_contract("200000.00", "0.00", "0.00");
    assert_balance(&world, AVAILABLE, "400000.00");
    back.amount = yuan("200000.01");
    fixture_refuse(&world, MOVEMENT_RELEASE, "2021-04-20", &back, ERROR_CONTRACT,
                   "only 200,000.00 yuan stand in committed");
}
END_TEST

START_TEST(a_settlement_fixes_the_final_price)
{
    struct contract contract;
    struct error err = ERROR_INIT;

    commit("400000.00");
    pay_and_confirm("300000.00", COMMITTED, "2021-05-01");
    (void)settle("88000.00", "12000.00");
    assert_contract("0.00", "300000.00", "12000.00");
    ck_assert_ok(contract_find(world.journal, "C1", &contract, &err), err);
    ck_assert(contract.settled);
    ck_assert_int_eq(contract.final_price.fen, yuan("312000.00").fen);
    assert_balance(&world, AVAILABLE, "288000.00");
    assert_balance(&world, RETENTION, "12000.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_settlement_disposes_of_all_that_is_committed)
{
    struct voucher_line part = line("50000.00", COMMITTED, AVAILABLE);
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-05-01");
    struct voucher_line paid = pay_contract("1000.00", COMMITTED);

    commit("400000.00");
    under(&part, "P1", "C1", 1);
    fixture_refuse(&world, MOVEMENT_SETTLEMENT, "2021-06-01", &part, ERROR_CONTRACT,
                   "leaves 350,000.00 yuan committed");
    part = line("400000.00", COMMITTED, RETENTION);
    under(&part, "P1", "C1", 1);
    fixture_refuse(&world, MOVEMENT_SETTLEMENT, "2021-06-01", &part, ERROR_CONTRACT,
                   "contract C1 allows 12,000.00 yuan of retention at most");
    (void)fixture_submit(&world, &head, &paid, 1);
    part = line("399000.00", COMMITTED, AVAILABLE);
    under(&part, "P1", "C1", 1);
    fixture_refuse(&world, MOVEMENT_SETTLEMENT, "2021-06-01", &part, ERROR_STATE,
                   "has other vouchers that nobody has decided");
}
END_TEST

START_TEST(after_the_settlement_only_retention_is_paid)
{
    struct voucher_line bad = pay_contract("0.01", AVAILABLE);

    commit("400000.00");
    pay_and_confirm("300000.00", COMMITTED, "2021-05-01");
    (void)settle("88000.00", "12000.00");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-06-02", &bad, ERROR_CONTRACT,
                   "contract C1: 312,000.00 yuan of 312,000.00 are used already");
    bad = commit_line("1.00");
    fixture_refuse(&world, MOVEMENT_COMMITMENT, "2021-06-02", &bad, ERROR_CONTRACT,
                   "contract C1 is settled");
}
END_TEST

START_TEST(retention_is_paid_only_after_the_acceptance)
{
    struct voucher_line paid = pay_contract("12000.00", RETENTION);
    char by[] = "县农业农村局验收组";
    struct error err = ERROR_INIT;

    commit("400000.00");
    pay_and_confirm("300000.00", COMMITTED, "2021-05-01");
    (void)settle("88000.00", "12000.00");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-12-01", &paid, ERROR_STATE,
                   "retention of contract C1 is paid after acceptance");
    ck_assert_ok(fixture_try_act(&world, "li", accept_project, by, &err), err);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-06-14", &paid, ERROR_STATE,
                   "project P1 was not accepted by 2021-06-14");
    pay_and_confirm("12000.00", RETENTION, "2021-12-01");
    assert_contract("0.00", "312000.00", "0.00");
    assert_balance(&world, SPENT, "312000.00");
}
END_TEST

START_TEST(a_reversed_settlement_opens_the_contract_again)
{
    struct voucher_receipt settlement, reversal;
    struct contract contract;
    struct error err = ERROR_INIT;

    commit("400000.00");
    pay_and_confirm("300000.00", COMMITTED, "2021-05-01");
    settlement = settle("88000.00", "12000.00");
    ck_assert_ok(fixture_try_reverse(&world, settlement.voucher, "2021-06-02", &reversal, &err),
                 err);
    fixture_approve(&world, reversal.voucher);
    assert_contract("100000.00", "300000.00", "0.00");
    ck_assert_ok(contract_find(world.journal, "C1", &contract, &err), err);
    ck_assert(!contract.settled);
    ck_assert_int_eq(contract.final_price.fen, 0);
    (void)settle("90000.00", "10000.00");
    assert_contract("0.00", "300000.00", "10000.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_a_settlement_stands_on_is_not_reversed_under_it)
{
    struct voucher_line committed = commit_line("400000.00");
    struct voucher_receipt commitment, reversal;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F1", "construction", "600000.00");
    commitment = fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &committed);
    (void)settle("390000.00", "10000.00");
    ck_assert(!fixture_try_reverse(&world, commitment.voucher, "2021-06-02", &reversal, &err));
    ck_assert_error(err, ERROR_CONTRACT, "contract C1 is settled");
}
END_TEST

START_TEST(a_refund_comes_back_to_its_plan_line_and_contract)
{
    struct voucher_line back = line("100.00", SPENT, AVAILABLE);
    struct voucher_line foreign = back;

    commit("400000.00");
    pay_and_confirm("300.00", COMMITTED, "2021-05-01");
    to_contractor(&back);
    foreign = back;
    fixture_refuse(&world, MOVEMENT_REFUND, "2021-05-02", &foreign, ERROR_INSUFFICIENT,
                   "name what it was paid for");
    under(&back, "P1", "C1", 1);
    fixture_post(&world, MOVEMENT_REFUND, "2021-05-02", &back);
    assert_contract("399700.00", "200.00", "0.00");
    assert_balance(&world, SPENT, "200.00");
    back.amount = yuan("200.01");
    fixture_refuse(&world, MOVEMENT_REFUND, "2021-05-02", &back, ERROR_INSUFFICIENT,
                   "the refund is 0.01 yuan more than the bank has paid this payee");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_refund_of_an_expired_fund_can_only_be_remitted)
{
    struct voucher_line moved;
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F3", "construction", "100.00");
    moved = pay("100.00", COUNTY " construction F3 available", "供销社");
    under(&moved, "P1", "", 2);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-05-01", &moved);
    fixture_confirm(&world, receipt.voucher, "2021-05-02");
    moved = line("40.00", COUNTY " construction F3 spent", COUNTY " construction F3 available");
    (void)snprintf(moved.payee.name, sizeof moved.payee.name, "%s", "供销社");
    under(&moved, "P1", "", 2);
    fixture_post(&world, MOVEMENT_REFUND, "2021-09-01", &moved);
    moved = pay("40.00", COUNTY " construction F3 available", "供销社");
    under(&moved, "P1", "", 2);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-09-02", &moved, ERROR_STATE, "expired");
    moved = line("40.00", COUNTY " construction F3 available", COUNTY " none F3 source");
    fixture_post(&world, MOVEMENT_REMITTANCE, "2021-09-02", &moved);
    assert_balance(&world, COUNTY " none F3 source", "-60.00");
}
END_TEST

START_TEST(retention_of_an_expired_fund_is_paid_and_none_is_set_aside)
{
    struct voucher_header head = header(MOVEMENT_SETTLEMENT, "2021-06-30");
    struct voucher_line moved[2];
    struct voucher_receipt receipt;
    struct contract other = fixture_contract("C2", "P1");
    char by[] = "县农业农村局验收组";
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F3", "construction", "2000.00"); /* until 2021-06-30 */
    ck_assert_ok(fixture_try_contract(&world, &other, &err), err);
    moved[0] =
        line("1000.00", COUNTY " construction F3 available", COUNTY " construction F3 committed");
    under(&moved[0], "P1", "C1", 2);
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &moved[0]);
    under(&moved[0], "P1", "C2", 2);
    fixture_post(&world, MOVEMENT_COMMITMENT, "2021-04-10", &moved[0]);
    moved[0] =
        line("970.00", COUNTY " construction F3 committed", COUNTY " construction F3 available");
    moved[1] =
        line("30.00", COUNTY " construction F3 committed", COUNTY " construction F3 retention");
    under(&moved[0], "P1", "C1", 2);
    under(&moved[1], "P1", "C1", 2);
    receipt = fixture_submit(&world, &head, moved, 2);
    fixture_approve(&world, receipt.voucher);
    ck_assert_ok(fixture_try_act(&world, "li", accept_project, by, &err), err);

    moved[0] = line("30.00", COUNTY " construction F3 retention", "");
    to_contractor(&moved[0]);
    under(&moved[0], "P1", "C1", 2);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-12-01", &moved[0]);
    fixture_confirm(&world, receipt.voucher, "2021-12-02");
    assert_balance(&world, COUNTY " construction F3 spent", "30.00");
    moved[0].from = account(COUNTY " construction F3 committed");
    under(&moved[0], "P1", "C2", 2);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-12-01", &moved[0], ERROR_STATE,
                   "fund F3 expired on 2021-06-30; but for what is owed or retained");
    under(&moved[1], "P1", "C2", 2);
    fixture_refuse(&world, MOVEMENT_SETTLEMENT, "2021-12-01", &moved[1], ERROR_STATE, "expired");
    moved[0] =
        line("1000.00", COUNTY " construction F3 committed", COUNTY " construction F3 available");
    under(&moved[0], "P1", "C2", 2);
    fixture_post(&world, MOVEMENT_SETTLEMENT, "2021-12-01", &moved[0]);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        money_is_paid_only_under_a_registered_project,
        a_project_is_paid_from_its_own_book_and_place,
        no_more_is_paid_than_the_plan_line_says,
        no_more_is_committed_than_the_contract_and_the_plan_allow,
        no_more_is_paid_than_the_contract_says,
        committed_money_serves_its_own_contract_alone,
        under_a_contract_only_its_contractor_is_paid,
        a_release_gives_committed_money_back,
        a_settlement_fixes_the_final_price,
        a_settlement_disposes_of_all_that_is_committed,
        after_the_settlement_only_retention_is_paid,
        retention_is_paid_only_after_the_acceptance,
        a_reversed_settlement_opens_the_contract_again,
        what_a_settlement_stands_on_is_not_reversed_under_it,
        a_refund_comes_back_to_its_plan_line_and_contract,
        a_refund_of_an_expired_fund_can_only_be_remitted,
        retention_of_an_expired_fund_is_paid_and_none_is_set_aside,
    };

    return fixture_run("contracts", tests, ARRAY_COUNT(tests), &world);
}
