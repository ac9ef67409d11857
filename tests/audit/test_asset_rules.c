/*
 * test_asset_rules.c - R21, R22: money that became no asset, assets that nobody keeps, and what the
 * books say of assets that isn't so. Each is raised by its case and not by the neighbour.
 */
#include "audit_world.h"
#include "tests/assets/rows.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define Z1 ASSET_BODY("Z1", VILLAGE_1, "2021-06-20", "public_welfare", "120", "")
#define DUTY_BODY(code, day, unit, keeper, money, source)                                           \
    "{'asset':'" code "','date':'" day "','document':'','keeper':'" keeper "','money':" money       \
    ",'money_source':'" source "','office_phone':'0914-5322101','route':'self','scope':'全路段'" \
    ",'standard':'月巡查一次','unit':'" unit "'}"
#define SCHEDULE_BODY(code, asset, first)                                                          \
    "{'asset':'" asset "','every':1,'first':'" first "','grace_days':5,'interval':'month','last':" \
    "'','schedule':'" code "','shift':'none','standard':'路面无坑槽','what':'inspection'}"
#define SEEN_BODY(asset, day, state)                                                               \
    "{'asset':'" asset "','date':'" day "','due':'','findings':'查看','keeper':'','schedule':"   \
    "'','state':'" state "'}"
#define WORK_BODY(code, asset, day)                                                                 \
    "{'asset':'" asset "','date':'" day "','due':'2023-12-31','estimate':0,'fault':'塌方','work'" \
    ":'" code "'}"
#define DONE_BODY(code, day)                                                                       \
    "{'by':'镇养护站','cost':0,'date':'" day "','result':'清理完毕','work':'" code "'}"

#define assert_says(finding, words)                                                                \
    ck_assert_msg(strstr((finding)->sentence, (words)) != NULL, "no '%s' in: %s", (words),         \
                  (finding)->sentence)

/* The cases that a rule raises on a day: "no_owner Z1, no_money Z1, ". */
static const char *cases_on(const char *rule, const char *as_of)
{
    static char text[4096];
    struct audit_findings *findings = findings_of(world.journal, rule, as_of);
    size_t end = 0;

    text[0] = '\0';
    for (size_t i = 0; i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);

        end += (size_t)snprintf(text + end, sizeof text - end, "%s %s, ", finding->what,
                                finding->subject);
    }
    audit_findings_free(findings);
    return text;
}

static void keep_well(const char *title_day)
{
    char title[1024];

    (void)snprintf(title, sizeof title, TITLE_BODY("Z1", "陕(2021)1", "%s", VILLAGE_1), title_day);
    add_asset_row(&world, &asset_title, title);
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2021-07-01", "苗儿村管护站", "", "120000", "村集体收入"));
}

/* ---- R21 ------------------------------------------------------------------------------------- */

START_TEST(r21_is_raised_when_an_accepted_project_became_no_asset)
{
    const struct audit_finding *finding;
    hash_t identity;

    pay_under_p1(&world, "1000.00");
    ck_assert_str_eq(cases_on("R21", "2023-12-31"), ""); /* not accepted */
    accept_project(&world, "P1", "2021-06-30", "农业农村局");
    ck_assert_str_eq(cases_on("R21", "2021-09-28"), ""); /* ninety days */
    finding = the_finding(&world, "R21", "2021-09-29");
    ck_assert_str_eq(finding->what, "no_asset");
    ck_assert_int_eq(number_of(finding, "days"), 91);
    ck_assert_int_eq(number_of(finding, "paid"), yuan("1000.00").fen);
    ck_assert_uint_eq(finding->citation_count, 1);
    assert_says(finding, "Project P1 was accepted on 2021-06-30 and 1,000.00 yuan are paid under "
                         "it; 91 days later no asset");
    identity = finding->identity;
    set_policy(&world, "audit_r21_days", "2021-10-01", 100);
    ck_assert_str_eq(cases_on("R21", "2021-10-08"), "");
    ck_assert(hash_equal(&the_finding(&world, "R21", "2021-10-09")->identity, &identity));
    add_asset_row(&world, &asset_register, Z1);
    keep_well("2021-06-30");
    ck_assert_str_eq(cases_on("R21", "2021-10-09"), "no_asset P1, ");
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z1", "50000", "2021-10-09", "project", "P1", "1", ""));
    ck_assert_str_eq(cases_on("R21", "2021-10-09"), "");
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z1", "-50000", "2021-10-10", "project", "P1", "1", "记错"));
    ck_assert_str_eq(cases_on("R21", "2021-10-10"), "no_asset P1, ");
}
END_TEST

START_TEST(r21_leaves_what_nothing_was_paid_for)
{
    accept_project(&world, "P1", "2021-06-30", "农业农村局");
    ck_assert_str_eq(cases_on("R21", "2023-12-31"), "");
}
END_TEST

START_TEST(r21_is_raised_by_an_asset_without_owner_holder_or_money)
{
    const struct audit_finding *finding;

    add_asset_row(&world, &asset_register, Z1);
    ck_assert_str_eq(cases_on("R21", "2021-09-18"), ""); /* ninety days */
    ck_assert_str_eq(cases_on("R21", "2021-09-19"), "no_holder Z1, no_owner Z1, no_money Z1, ");
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "陕(2021)1", "2021-09-20", VILLAGE_1));
    ck_assert_str_eq(cases_on("R21", "2021-09-19"), "no_holder Z1, no_owner Z1, no_money Z1, ");
    ck_assert_str_eq(cases_on("R21", "2021-09-20"), "no_holder Z1, no_money Z1, ");
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2021-09-21", "苗儿村管护站", "", "0", ""));
    finding = the_finding(&world, "R21", "2021-09-21");
    ck_assert_str_eq(finding->what, "no_money");
    ck_assert_uint_eq(finding->citation_count, 2); /* asset and duty */
    ck_assert_str_eq(finding->division, VILLAGE_1);
    assert_says(finding,
                "Asset Z1 (产业道路) is there since 2021-06-20; 93 days later no money for "
                "its upkeep is named (limit 90 days).");
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2021-09-22", "苗儿村管护站", "", "100", "村集体收入"));
    ck_assert_str_eq(cases_on("R21", "2021-09-22"), "");
    add_asset_row(&world, &keeping_duty, DUTY_BODY("Z1", "2021-09-23", "", "", "100", "村集体"));
    ck_assert_str_eq(cases_on("R21", "2021-09-23"), "no_holder Z1, ");
}
END_TEST

static void appoint(const char *code, const char *first, const char *last)
{
    const struct record_kind *kind = &keeping_keeper;
    struct record *row = new_row(kind);
    struct error err = ERROR_INIT;

    set_text(row, KEEPER_CODE, code);
    set_text(row, KEEPER_DIVISION, VILLAGE_1);
    set_text(row, KEEPER_FIRST, first);
    set_text(row, KEEPER_LAST, last);
    set_text(row, KEEPER_PHONE, "0914-5322101");
    set_text(row, KEEPER_POST, "公路管护员");
    set_text(row, KEEPER_UNIT, "苗儿村管护站");
    set_text(row, KEEPER_NAME, "李四");
    ck_assert_ok(try_records(&world, "li", &kind, &row, 1, &err), err);
}

START_TEST(r21_is_raised_from_the_day_after_the_holder_left)
{
    add_asset_row(&world, &asset_register, Z1);
    keep_well("2021-06-30");
    appoint("K1", "2021-07-01", "2022-06-30");
    appoint("K2", "2021-07-01", "");
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2021-07-02", "苗儿村管护站", "K1", "100", "村集体收入"));
    ck_assert_str_eq(cases_on("R21", "2022-06-30"), "");
    ck_assert_str_eq(cases_on("R21", "2022-07-01"), "no_holder Z1, ");
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2022-07-02", "苗儿村管护站", "K2", "100", "村集体收入"));
    ck_assert_str_eq(cases_on("R21", "2022-07-02"), "");
    add_asset_row(&world, &keeping_left, "{'date':'2022-08-31','keeper':'K2','reason':'辞职'}");
    ck_assert_str_eq(cases_on("R21", "2022-08-31"), "");
    ck_assert_str_eq(cases_on("R21", "2022-09-01"), "no_holder Z1, ");
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-10-01", "scrapped", "拆除"));
    ck_assert_str_eq(cases_on("R21", "2022-09-30"), "no_holder Z1, ");
    ck_assert_str_eq(cases_on("R21", "2022-10-01"), "");
}
END_TEST

/* ---- R22 ------------------------------------------------------------------------------------- */

START_TEST(r22_is_raised_when_nobody_was_there_for_a_year)
{
    const struct audit_finding *finding;

    add_asset_row(&world, &asset_register, Z1);
    ck_assert_str_eq(cases_on("R22", "2023-12-31"), ""); /* nothing is due without a schedule */
    add_asset_row(&world, &keeping_schedule, SCHEDULE_BODY("S1", "Z1", "2021-07-31"));
    ck_assert_str_eq(cases_on("R22", "2022-07-31"), ""); /* 365 days */
    finding = the_finding(&world, "R22", "2022-08-01");
    ck_assert_str_eq(finding->what, "unseen");
    ck_assert_str_eq(finding->subject, "Z1 S1");
    ck_assert_int_eq(number_of(finding, "days"), 366);
    ck_assert_uint_eq(finding->citation_count, 1);
    assert_says(finding, "Asset Z1 (产业道路) is due to be looked at by schedule S1, and since "
                         "2021-07-31 nobody was there: 366 days");
    add_asset_row(&world, &keeping_inspection, SEEN_BODY("Z1", "2021-08-01", "in_use"));
    ck_assert_str_eq(cases_on("R22", "2022-08-01"), ""); /* 365 days since somebody was */
    ck_assert_uint_eq(the_finding(&world, "R22", "2022-08-02")->citation_count, 2);
    set_policy(&world, "audit_r22_unseen_days", "2022-08-02", 366);
    ck_assert_str_eq(cases_on("R22", "2022-08-02"), "");
}
END_TEST

START_TEST(r22_is_raised_when_what_is_idle_or_damaged_stays_so)
{
    const struct audit_finding *finding;
    hash_t identity;

    add_asset_row(&world, &asset_register, Z1);
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-01-01", "idle", "停产"));
    ck_assert_str_eq(cases_on("R22", "2022-01-31"), ""); /* thirty days */
    finding = the_finding(&world, "R22", "2022-02-01");
    ck_assert_str_eq(finding->what, "idle");
    ck_assert_int_eq(number_of(finding, "days"), 31);
    assert_says(finding, "Asset Z1 (产业道路) stands idle since 2022-01-01; 31 days later");
    identity = finding->identity;
    add_asset_row(&world, &keeping_inspection, SEEN_BODY("Z1", "2022-02-10", "damaged"));
    ck_assert(hash_equal(&the_finding(&world, "R22", "2022-02-11")->identity, &identity));
    set_policy(&world, "audit_r22_unused_days", "2022-02-12", 60);
    ck_assert_str_eq(cases_on("R22", "2022-02-12"), "");
    add_asset_row(&world, &keeping_inspection, SEEN_BODY("Z1", "2022-02-20", "in_use"));
    ck_assert_str_eq(cases_on("R22", "2022-02-11"), "idle Z1, ");
    ck_assert_str_eq(cases_on("R22", "2022-12-31"), "");
}
END_TEST

START_TEST(r22_waits_for_an_open_work_order_and_counts_anew_after_a_repair)
{
    add_asset_row(&world, &asset_register, Z1);
    add_asset_row(&world, &keeping_inspection, SEEN_BODY("Z1", "2022-01-01", "damaged"));
    ck_assert_str_eq(cases_on("R22", "2022-03-01"), "damaged Z1, ");
    add_asset_row(&world, &keeping_work, WORK_BODY("W1", "Z1", "2022-03-02"));
    ck_assert_str_eq(cases_on("R22", "2022-03-01"), "damaged Z1, ");
    ck_assert_str_eq(cases_on("R22", "2022-03-02"), "");
    add_asset_row(&world, &keeping_done, DONE_BODY("W1", "2022-04-01"));
    ck_assert_str_eq(cases_on("R22", "2022-12-31"), "");
    add_asset_row(&world, &keeping_inspection, SEEN_BODY("Z1", "2022-05-01", "damaged"));
    ck_assert_str_eq(cases_on("R22", "2022-05-31"), "");
    ck_assert_str_eq(cases_on("R22", "2022-06-01"), "damaged Z1, ");
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-06-02", "scrapped", "拆除"));
    ck_assert_str_eq(cases_on("R22", "2022-06-02"), "");
}
END_TEST

START_TEST(r22_is_raised_when_assets_are_worth_more_than_was_paid)
{
    const struct audit_finding *finding;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-05-11");
    struct voucher_line paid = pay("10.00", VILLAGE_1 " construction F1 available", "");
    struct voucher_receipt more, undone;
    struct error err = ERROR_INIT;

    pay_under_p1(&world, "1000.00");
    fixture_fund_village_1(&world, "10.00");
    to_contractor(&paid);
    under(&paid, "P1", "C1", 1);
    more = fixture_submit(&world, &head, &paid, 1);
    fixture_approve(&world, more.voucher);
    add_asset_row(&world, &asset_register, Z1);
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z1", "101000", "2021-06-30", "project", "P1", "1", ""));
    ck_assert_str_eq(cases_on("R22", "2021-12-31"), "");
    ck_assert_ok(fixture_try_reverse(&world, more.voucher, "2021-07-05", &undone, &err), err);
    fixture_approve(&world, undone.voucher);
    ck_assert_str_eq(cases_on("R22", "2021-07-04"), "");
    finding = the_finding(&world, "R22", "2021-07-05");
    ck_assert_str_eq(finding->what, "above_paid");
    ck_assert_str_eq(finding->subject, "P1 1");
    ck_assert_int_eq(finding->level, 3);
    ck_assert_int_eq(number_of(finding, "value"), 101000);
    ck_assert_int_eq(number_of(finding, "paid"), 100000);
    assert_says(finding, "Assets of plan line 1 of project P1 are registered at 1,010.00 yuan, and "
                         "by 2021-07-05 1,000.00 yuan were paid and retained under it.");
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z1", "-1000", "2021-07-06", "project", "P1", "1", "冲回"));
    ck_assert_str_eq(cases_on("R22", "2021-07-06"), "");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        r21_is_raised_when_an_accepted_project_became_no_asset,
        r21_leaves_what_nothing_was_paid_for,
        r21_is_raised_by_an_asset_without_owner_holder_or_money,
        r21_is_raised_from_the_day_after_the_holder_left,
        r22_is_raised_when_nobody_was_there_for_a_year,
        r22_is_raised_when_what_is_idle_or_damaged_stays_so,
        r22_waits_for_an_open_work_order_and_counts_anew_after_a_repair,
        r22_is_raised_when_assets_are_worth_more_than_was_paid,
    };

    return fixture_run("audit of assets", tests, ARRAY_COUNT(tests), &world);
}
