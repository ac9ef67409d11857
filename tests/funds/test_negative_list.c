/* test_negative_list.c - uses that the funds' rules forbid, and the exception by two people. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define AVAILABLE COUNTY " subsidy F2 available"

START_TEST(a_forbidden_use_is_refused_wherever_it_stands)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line paid = pay("1.00", AVAILABLE, "供销社");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    (void)snprintf(paid.text, sizeof paid.text, "%s", "单位办公经费");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST,
                   "NEG01 单位基本支出 (running costs of offices): the line's text or policy");
    paid = pay_person("1.00", AVAILABLE, 1);
    (void)snprintf(paid.policy, sizeof paid.policy, "%s", "村干部报酬");
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST, "NEG12");
    paid = pay("1.00", AVAILABLE, "供销社");
    (void)snprintf(head.text, sizeof head.text, "%s", "偿还债务");
    ck_assert(!fixture_try_submit(&world, "li", &head, &paid, 1, &receipt, &err));
    ck_assert_error(err, ERROR_NEGATIVE_LIST, "NEG05");
}
END_TEST

START_TEST(a_forbidden_word_is_seen_in_every_dress)
{
    static const char *const texts[] = {
        "发放奖 金",    "奖-金",
        "奖：金",       "奖｜金",
        "奖・金",       "奖■金",
        "奖→金",        "奖×金",
        "奖\xCC\xB6金", "奖\xE2\xBE\xA6", /* U+2FA6 */
        "奖㊎",         "\xE3\x80\x90奖】《金》",
        "奖︰金",       "奖🏆金",
    };
    static const char *const plain[] = {"奖状与金鱼", "获奖甲金属工艺", "奖A金"};
    struct voucher_line paid = pay("1.00", AVAILABLE, "供销社");

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        (void)snprintf(paid.text, sizeof paid.text, "%s", texts[i]);
        fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST, "NEG04");
    }
    for (size_t i = 0; i < ARRAY_COUNT(plain); i++) {
        (void)snprintf(paid.text, sizeof paid.text, "%s", plain[i]);
        fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid);
    }
}
END_TEST

START_TEST(a_forbidden_project_gets_no_money)
{
    struct project *project = malloc(sizeof *project);
    struct voucher_line paid = pay("1.00", COUNTY " construction F1 available", "供销社");
    struct contract contract = fixture_contract("C2", "P2");
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    fixture_fund_county(&world, "F1", "construction", "100.00");
    fixture_project(project, "P2");
    (void)snprintf(project->task, sizeof project->task, "%s", "新建镇政府办公楼一栋");
    ck_assert_ok(fixture_try_project(&world, project, &err), err);
    ck_assert_ok(fixture_try_contract(&world, &contract, &err), err);
    under(&paid, "P2", "", 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST,
                   "NEG03 修建楼堂馆所 (office buildings, halls and guest houses): the project's "
                   "name or task");
    paid = line("1.00", COUNTY " construction F1 available", COUNTY " construction F1 committed");
    under(&paid, "P2", "C2", 1);
    fixture_refuse(&world, MOVEMENT_COMMITMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST, "NEG03");
    free(project);
}
END_TEST

START_TEST(the_list_holds_from_the_day_of_its_rule)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-03-25");
    struct voucher_line paid = pay("1.00", AVAILABLE, "供销社");
    struct voucher_line given =
        line("100.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_line assigned = line("100.00", COUNTY " none F2 unassigned", AVAILABLE);

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-03-02", &given);
    fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-03-03", &assigned);
    (void)snprintf(paid.text, sizeof paid.text, "%s", "发放奖金");
    (void)fixture_submit(&world, &head, &paid, 1);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-03-26", &paid, ERROR_NEGATIVE_LIST, "NEG04");
}
END_TEST

START_TEST(an_exception_by_two_lets_one_voucher_pass)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line paid = pay("1.00", AVAILABLE, "供销社");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    (void)snprintf(paid.text, sizeof paid.text, "%s", "发放奖金");
    (void)snprintf(head.reference, sizeof head.reference, "%s", "award-1");
    ck_assert(!fixture_try_agree(&world, "exception.grant",
                                 "{\"code\":\"NEG99\",\"reason\":\"r\",\"reference\":\"award-1\"}",
                                 &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "is not an item of the negative list");
    error_clear(&err);
    ck_assert(!fixture_try_agree(&world, "exception.grant",
                                 "{\"code\":\"NEG04\",\"reason\":\"\",\"reference\":\"award-1\"}",
                                 &err));
    ck_assert_error(err, ERROR_INPUT, "an exception needs a reason");
    error_clear(&err);
    fixture_agree(&world, "exception.grant",
                  "{\"code\":\"NEG04\",\"reason\":\"表彰文件\",\"reference\":\"award-1\"}");
    ck_assert_ok(fixture_try_submit(&world, "li", &head, &paid, 1, &receipt, &err), err);
    fixture_refuse(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid, ERROR_NEGATIVE_LIST, "NEG04");
    ck_assert(!fixture_try_agree(
        &world, "exception.grant",
        "{\"code\":\"NEG04\",\"reason\":\"again\",\"reference\":\"award-1\"}", &err));
    ck_assert_error(err, ERROR_CONFLICT, "has the exception to NEG04 already");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_pays_nobody_is_not_under_the_list)
{
    struct voucher_header head = header(MOVEMENT_REMITTANCE, "2021-04-20");
    struct voucher_line back = line("1.00", AVAILABLE, COUNTY " none F2 source");

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    (void)snprintf(head.text, sizeof head.text, "%s", "追回违规发放的奖金");
    (void)fixture_submit(&world, &head, &back, 1);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_forbidden_use_is_refused_wherever_it_stands,
        a_forbidden_word_is_seen_in_every_dress,
        a_forbidden_project_gets_no_money,
        the_list_holds_from_the_day_of_its_rule,
        an_exception_by_two_lets_one_voucher_pass,
        what_pays_nobody_is_not_under_the_list,
    };

    return fixture_run("negative_list", tests, ARRAY_COUNT(tests), &world);
}
