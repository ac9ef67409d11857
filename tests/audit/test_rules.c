/*
 * test_rules.c - each rule is raised by exactly its case, and not by the neighbour just below the
 * limit; limits are those of the day judged.
 */
#include "audit_world.h"
#include "tests/disclosure/rows.h"

#include <stdio.h>

static struct fixture world;

#define assert_says(finding, words)                                                                \
    ck_assert_msg(strstr((finding)->sentence, (words)) != NULL, "no '%s' in: %s", (words),         \
                  (finding)->sentence)

/* ---- R18 ------------------------------------------------------------------------------------- */

static void accept_four(void)
{
    static const char *const places[] = {VILLAGE_1, VILLAGE_2, VILLAGE_1, VILLAGE_2, VILLAGE_3};
    char code[8];

    for (int i = 0; i < 5; i++) {
        (void)snprintf(code, sizeof code, "A%d", i + 1);
        add_project(&world, code, places[i]);
        if (i < 4) accept_project(&world, code, "2021-11-20", "农业农村局");
    }
}

START_TEST(r18_is_raised_by_the_fifth_project_of_one_unit_and_day)
{
    const struct audit_finding *finding;

    accept_four();
    ck_assert_uint_eq(raised(&world, "R18", "2023-12-31"), 0); /* four */
    accept_project(&world, "A5", "2021-11-21", "农业农村局");
    add_project(&world, "A6", VILLAGE_2);
    accept_project(&world, "A6", "2021-11-20", "水利局");
    ck_assert_uint_eq(raised(&world, "R18", "2023-12-31"), 0); /* another day, another unit */
    add_project(&world, "A7", VILLAGE_2);
    accept_project(&world, "A7", "2021-11-20", "农业农村局");
    ck_assert_uint_eq(raised(&world, "R18", "2021-11-19"), 0); /* the day before */
    finding = the_finding(&world, "R18", "2021-11-20");
    ck_assert_int_eq(number_of(finding, "accepted"), 5);
    ck_assert_uint_eq(finding->citation_count, 5);
    ck_assert_str_eq(finding->division, TOWN_1); /* the lowest that holds both villages */
    assert_says(finding, "On 2021-11-20 农业农村局 accepted 5 projects");
}
END_TEST

START_TEST(r18_of_two_towns_is_the_countys)
{
    accept_four();
    accept_project(&world, "A5", "2021-11-20", "农业农村局");
    ck_assert_str_eq(the_finding(&world, "R18", "2021-12-31")->division, COUNTY);
}
END_TEST

START_TEST(a_limit_holds_from_its_day_on)
{
    accept_four();
    set_policy(&world, "audit_r18_projects", "2022-01-01", 4);
    ck_assert_uint_eq(raised(&world, "R18", "2021-12-31"), 0);
    ck_assert_int_eq(number_of(the_finding(&world, "R18", "2022-01-01"), "limit"), 4);
}
END_TEST

/* ---- R08 ------------------------------------------------------------------------------------- */

static void appropriate(const char *date, const char *amount)
{
    struct voucher_line come = line(amount, COUNTY " none F1 source", COUNTY " none F1 unassigned");

    fixture_post(&world, MOVEMENT_APPROPRIATION, date, &come);
}

static void pass_down(const char *date, const char *amount)
{
    struct voucher_line down =
        line(amount, COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");

    fixture_post(&world, MOVEMENT_ALLOCATION, date, &down);
}

START_TEST(r08_is_raised_on_the_thirtieth_day)
{
    const struct audit_finding *finding;

    appropriate("2021-04-02", "100000.00");
    ck_assert_uint_eq(raised(&world, "R08", "2021-05-01"), 0);
    finding = the_finding(&world, "R08", "2021-05-02");
    ck_assert_str_eq(finding->what, "stuck");
    ck_assert_int_eq(finding->level, 1);
    ck_assert_int_eq(number_of(finding, "days"), 30);
    ck_assert_int_eq(number_of(finding, "left"), yuan("100000.00").fen);
    ck_assert_str_eq(finding->division, COUNTY);
    set_policy(&world, "stuck_days", "2021-01-01", 31);
    ck_assert_uint_eq(raised(&world, "R08", "2021-05-02"), 0);
}
END_TEST

START_TEST(r08_grows_graver_after_one_year_and_two)
{
    static const struct {
        const char *as_of, *what;
        int level;
    } cases[] = {{"2022-04-01", "stuck", 1},
                 {"2022-04-02", "idle", 2},
                 {"2023-04-01", "idle", 2},
                 {"2023-04-02", "long_idle", 3}};

    appropriate("2021-04-02", "100000.00");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        const struct audit_finding *finding = the_finding(&world, "R08", cases[i].as_of);

        ck_assert_str_eq(finding->what, cases[i].what);
        ck_assert_int_eq(finding->level, cases[i].level);
    }
}
END_TEST

START_TEST(r08_takes_what_went_from_the_oldest)
{
    const struct audit_finding *finding;

    appropriate("2021-04-02", "100000.00");
    appropriate("2021-05-20", "50000.00");
    pass_down("2021-05-25", "40000.00");
    finding = the_finding(&world, "R08", "2021-06-01"); /* the second is young */
    ck_assert_int_eq(number_of(finding, "stands"), yuan("110000.00").fen);
    ck_assert_int_eq(number_of(finding, "later"), yuan("50000.00").fen);
    ck_assert_int_eq(number_of(finding, "left"), yuan("60000.00").fen);
    pass_down("2021-06-02", "60000.00");
    ck_assert_uint_eq(raised(&world, "R08", "2021-06-10"), 0);
    ck_assert_uint_eq(raised(&world, "R08", "2021-06-19"), 1); /* the second's thirtieth day */
}
END_TEST

/* ---- R13 ------------------------------------------------------------------------------------- */

static void reverse(const char *voucher, const char *date)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_reverse(&world, voucher, date, &receipt, &err), err);
    fixture_approve(&world, receipt.voucher);
}

START_TEST(r13_is_raised_above_two_fifths_once_the_year_is_over)
{
    const struct audit_finding *finding;
    struct voucher_receipt last;

    fixture_fund_county(&world, "F1", "construction", "500000.00");
    pay_project(&world, "P1", "", "2021-06-10", "600.00");
    pay_project(&world, "P1", "", "2021-12-05", "400.00");
    ck_assert_uint_eq(raised(&world, "R13", "2022-06-30"), 0); /* 40 %, not more */
    last = pay_project(&world, "P1", "", "2021-12-31", "0.01");
    ck_assert_uint_eq(raised(&world, "R13", "2021-12-30"), 0); /* the year isn't over */
    finding = the_finding(&world, "R13", "2021-12-31");
    ck_assert_int_eq(number_of(finding, "december"), yuan("400.01").fen);
    ck_assert_int_eq(number_of(finding, "year"), yuan("1000.01").fen);
    ck_assert_uint_eq(finding->citation_count, 3);
    assert_says(finding, "Of 1,000.01 yuan paid under project P1 in 2021, 400.01");
    reverse(last.voucher, "2022-01-05");
    ck_assert_uint_eq(raised(&world, "R13", "2022-01-04"), 1);
    ck_assert_uint_eq(raised(&world, "R13", "2022-01-05"), 0); /* undone */
}
END_TEST

START_TEST(r13_judges_each_year_by_itself)
{
    fixture_fund_county(&world, "F1", "construction", "500000.00");
    pay_project(&world, "P1", "", "2021-12-10", "600.00");
    pay_project(&world, "P1", "", "2022-06-10", "600.00");
    ck_assert_int_eq(number_of(the_finding(&world, "R13", "2022-12-31"), "share"), 10000);
    pay_project(&world, "P1", "", "2022-12-10", "600.00");
    ck_assert_uint_eq(raised(&world, "R13", "2022-12-31"), 2);
}
END_TEST

/* ---- R15 ------------------------------------------------------------------------------------- */

START_TEST(r15_allows_an_advance_and_not_a_fen_more)
{
    const struct audit_finding *finding;

    fixture_fund_county(&world, "F1", "construction", "500000.00");
    commit_contract(&world, "C1", "P1");
    pay_project(&world, "P1", "C1", "2021-04-20", "120000.00"); /* 30 % */
    ck_assert_uint_eq(raised(&world, "R15", "2022-12-31"), 0);
    pay_project(&world, "P1", "C1", "2021-04-21", "0.01");
    finding = the_finding(&world, "R15", "2022-12-31");
    ck_assert_int_eq(number_of(finding, "over"), 1);
    ck_assert_int_eq(number_of(finding, "allowed"), yuan("120000.00").fen);
    ck_assert_uint_eq(finding->citation_count, 2); /* the contract; no progress to cite */
    assert_says(finding, "contract C1 of 400,000.00 yuan stood at 120,000.01 paid");
}
END_TEST

START_TEST(r15_judges_a_payment_by_the_progress_of_its_day)
{
    const struct audit_finding *finding;

    fixture_fund_county(&world, "F1", "construction", "500000.00");
    commit_contract(&world, "C1", "P1");
    record_progress(&world, "P1", "2021-05-10", 50);
    pay_project(&world, "P1", "C1", "2021-05-10", "200000.00");
    ck_assert_uint_eq(raised(&world, "R15", "2022-12-31"), 0);
    pay_project(&world, "P1", "C1", "2021-05-11", "40000.00"); /* 60 %, at 50 */
    record_progress(&world, "P1", "2021-05-12", 80);           /* too late for it */
    finding = the_finding(&world, "R15", "2022-12-31");
    ck_assert_int_eq(number_of(finding, "progress"), 5000);
    ck_assert_int_eq(number_of(finding, "over"), yuan("40000.00").fen);
    ck_assert_uint_eq(finding->citation_count, 3);
    pay_project(&world, "P1", "C1", "2021-05-12", "80000.00"); /* 80 % */
    ck_assert_uint_eq(raised(&world, "R15", "2022-12-31"), 1);
    accept_project(&world, "P1", "2021-06-30", "农业农村局");
    pay_project(&world, "P1", "C1", "2021-07-01", "80000.00"); /* accepted: all of it */
    ck_assert_uint_eq(raised(&world, "R15", "2022-12-31"), 1);
    set_policy(&world, "audit_r15_advance", "2021-01-01", 6000);
    ck_assert_uint_eq(raised(&world, "R15", "2022-12-31"), 0);
}
END_TEST

/* ---- R12 ------------------------------------------------------------------------------------- */

static void sign(const char *code, const char *project, const char *date)
{
    struct contract contract = fixture_contract(code, project);
    struct error err = ERROR_INIT;

    contract.signed_on = day(date);
    ck_assert_ok(fixture_try_contract(&world, &contract, &err), err);
}

START_TEST(r12_is_raised_by_the_third_project_within_three_years)
{
    const struct audit_finding *finding;
    hash_t identity;

    add_project(&world, "A1", VILLAGE_1);
    add_project(&world, "A2", VILLAGE_2);
    add_project(&world, "A3", VILLAGE_3);
    sign("K1", "A1", "2022-04-05"); /* C1 of P1 was signed on 2021-04-05 */
    sign("K2", "A1", "2022-06-01"); /* another contract, the same project */
    ck_assert_uint_eq(raised(&world, "R12", "2023-12-31"), 0);
    sign("K3", "A2", "2024-01-01"); /* 1001 days after C1 */
    finding = the_finding(&world, "R12", "2024-01-01");
    ck_assert_str_eq(finding->subject, "K3");
    ck_assert_int_eq(number_of(finding, "projects"), 3);
    ck_assert_int_eq(number_of(finding, "days"), 1001);
    ck_assert_uint_eq(finding->citation_count, 3);
    ck_assert_str_eq(finding->division, TOWN_1);
    identity = finding->identity;
    ck_assert_uint_eq(raised(&world, "R12", "2023-12-31"), 0);
    ck_assert(hash_equal(&the_finding(&world, "R12", "2029-01-01")->identity, &identity));
    set_policy(&world, "audit_r12_days", "2021-01-01", 1001);
    ck_assert_uint_eq(raised(&world, "R12", "2024-01-01"), 0);
    set_policy(&world, "audit_r12_days", "2021-01-02", 1002);
    ck_assert_uint_eq(raised(&world, "R12", "2024-01-01"), 1);
    set_policy(&world, "audit_r12_projects", "2021-01-01", 4);
    ck_assert_uint_eq(raised(&world, "R12", "2024-01-01"), 0);
}
END_TEST

/* ---- R17 ------------------------------------------------------------------------------------- */

struct counted {
    size_t overdue, all;
    date_t first_due;
};

static bool count_duty(void *context, const struct duty *duty, struct error *err)
{
    struct counted *counted = context;

    (void)err;
    if (counted->all++ == 0) counted->first_due = duty->due;
    if (duty->state == DUTY_OVERDUE) counted->overdue++;
    return true;
}

START_TEST(r17_is_raised_the_day_after_something_was_due)
{
    struct counted counted = {.all = 0};
    struct error err = ERROR_INIT;
    char due[DATE_TEXT_SIZE], after[DATE_TEXT_SIZE];

    fixture_fund_village_1(&world, "1000.00");
    ck_assert_ok(duty_each(world.journal, "", day("2021-12-01"), count_duty, &counted, &err), err);
    ck_assert_uint_gt(counted.overdue, 1);
    ck_assert_uint_eq(raised(&world, "R17", "2021-12-01"), counted.overdue);
    (void)date_format(counted.first_due, due);
    (void)date_format((date_t){counted.first_due.days + 1}, after);
    ck_assert_uint_eq(raised(&world, "R17", due), 0);
    ck_assert_uint_ge(raised(&world, "R17", after), 1);
}
END_TEST

static bool take_village(void *context, const struct duty *duty, struct error *err)
{
    (void)err;
    if (strcmp(duty->division, VILLAGE_1) == 0 && duty->matter == MATTER_ALLOCATION)
        *(struct duty *)context = *duty;
    return true;
}

static void post_notice(const char *code, const char *subject, int32_t first, const char *corrects)
{
    char text[DATE_TEXT_SIZE];

    add_row(&world, DISCLOSURE_NOTICE,
            "{'corrects':'%s','division':'" VILLAGE_1 "','first_day':'%s','last_day':'','matter':"
            "'allocation','notice':'%s','period':'2021-04','place':'村委会公示栏','subject':'%s'}",
            corrects, date_format((date_t){first}, text), code, subject);
}

static void take_down(const char *code, int32_t last)
{
    char text[DATE_TEXT_SIZE];

    add_row(&world, DISCLOSURE_REMOVE, "{'date':'%s','notice':'%s','reason':'换栏'}",
            date_format((date_t){last}, text), code);
}

/* The village's cases of the rule, by name: "early 2, told_late 1, ". */
static void village_cases(const char *subject, char *out, size_t size)
{
    struct audit_findings *findings = findings_of(world.journal, "R17", "2021-12-01");

    out[0] = '\0';
    for (size_t i = 0; i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);
        size_t end = strlen(out);

        if (strcmp(finding->division, VILLAGE_1) != 0 || strstr(finding->subject, subject) == NULL)
            continue;
        (void)snprintf(out + end, size - end, "%s %d, ", finding->what,
                       (int)number_of(finding, "days"));
    }
    audit_findings_free(findings);
}

/* Days after the last day in time; how long it stood; when it was told anew, -1: never. */
static const struct {
    int32_t first, stood, anew;
    const char *wanted;
} notices[] = {
    {0, 10, -1, ""}, /* on the last day, for ten */
    {1, 10, -1, "told_late 1, "},
    {0, 9, -1, "early 1, "},
    {5, 8, -1, "early 2, told_late 5, "},
    {-3, 20, 4, "changed 4, "},
};

static void check_notice(size_t i)
{
    struct duty duty;
    struct error err = ERROR_INIT;
    char cases[256];
    int32_t first;

    memset(&duty, 0, sizeof duty);
    fixture_fund_village_1(&world, "1000.00");
    ck_assert_ok(duty_each(world.journal, "", day("2021-12-01"), take_village, &duty, &err), err);
    ck_assert_int_eq(duty.state, DUTY_OVERDUE);
    first = duty.due.days + notices[i].first;
    post_notice("GS1", duty.subject, first, "");
    if (notices[i].anew >= 0) post_notice("GS2", duty.subject, first + notices[i].anew, "GS1");
    take_down(notices[i].anew >= 0 ? "GS2" : "GS1", first + notices[i].stood - 1);
    village_cases(duty.subject, cases, sizeof cases);
    ck_assert_str_eq(cases, notices[i].wanted);
}

START_TEST(r17_leaves_what_was_told_in_time_and_long_enough)
{
    check_notice(0);
}
END_TEST

START_TEST(r17_is_raised_by_a_day_too_late)
{
    check_notice(1);
}
END_TEST

START_TEST(r17_is_raised_by_a_day_too_early)
{
    check_notice(2);
}
END_TEST

START_TEST(r17_is_raised_by_both)
{
    check_notice(3);
}
END_TEST

START_TEST(r17_is_raised_by_what_changed_while_it_stood)
{
    check_notice(4);
}
END_TEST

/* ---- R32 ------------------------------------------------------------------------------------- */

struct look {
    int32_t wanted;
    struct voucher_line line;
};

static bool take_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct look *look = context;

    (void)state, (void)seq, (void)err;
    if (number == look->wanted) look->line = *line;
    return true;
}

static struct voucher_receipt pay_again(const char *voucher, int32_t number, const char *date,
                                        bool is_approved)
{
    struct look look = {.wanted = number};
    struct voucher_header head = header(MOVEMENT_PAYMENT, date);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ok(voucher_line_each(world.journal, voucher, take_line, &look, &err), err);
    look.line.from.role = ACCOUNT_OWED;
    (void)snprintf(look.line.returned_voucher, sizeof look.line.returned_voucher, "%s", voucher);
    look.line.returned_line = number;
    receipt = fixture_submit(&world, &head, &look.line, 1);
    if (is_approved) fixture_approve(&world, receipt.voucher);
    return receipt;
}

static struct voucher_receipt pay_three(void)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-05-01");
    struct voucher_line lines[3];
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    for (unsigned i = 0; i < 3; i++)
        lines[i] = pay_person("600.00", COUNTY " subsidy F2 available", i + 1);
    receipt = fixture_submit(&world, &head, lines, 3);
    fixture_approve(&world, receipt.voucher);
    return receipt;
}

START_TEST(r32_is_raised_until_the_last_line_is_paid_again)
{
    struct voucher_receipt paid = pay_three();
    const struct audit_finding *finding;
    hash_t identity;

    fixture_return(&world, paid.voucher, "2021-05-10");
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-08"), 0);
    finding = the_finding(&world, "R32", "2021-06-09");
    ck_assert_int_eq(number_of(finding, "lines"), 3);
    ck_assert_uint_eq(finding->citation_count, 1);
    ck_assert_ptr_null(strstr(finding->sentence, "村民"));
    identity = finding->identity;
    pay_again(paid.voucher, 1, "2021-06-20", true);
    pay_again(paid.voucher, 2, "2021-06-20", true);
    finding = the_finding(&world, "R32", "2021-06-20");
    ck_assert_int_eq(number_of(finding, "lines"), 1);
    ck_assert(hash_equal(&finding->identity, &identity));
    ck_assert_int_eq(number_of(the_finding(&world, "R32", "2021-06-19"), "lines"), 3);
    paid = pay_again(paid.voucher, 3, "2021-06-21", false);
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-21"), 1); /* asked for, not approved */
    fixture_approve(&world, paid.voucher);
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-21"), 0);
}
END_TEST

START_TEST(r32_judges_each_return_by_its_own_day_and_leaves_what_was_confirmed)
{
    static const int32_t first[] = {1}, second[] = {2};
    struct voucher_receipt paid = pay_three();
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_bank(&world, paid.voucher, true, "2021-05-10", first, 1, &err), err);
    ck_assert_ok(fixture_try_bank(&world, paid.voucher, true, "2021-05-20", second, 1, &err), err);
    fixture_confirm(&world, paid.voucher, "2021-05-21");
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-08"), 0);
    ck_assert_int_eq(number_of(the_finding(&world, "R32", "2021-06-18"), "lines"), 1);
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-19"), 2);
    pay_again(paid.voucher, 1, "2021-06-19", true);
    ck_assert_uint_eq(raised(&world, "R32", "2021-06-19"), 1);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        r18_is_raised_by_the_fifth_project_of_one_unit_and_day,
        r18_of_two_towns_is_the_countys,
        a_limit_holds_from_its_day_on,
        r08_is_raised_on_the_thirtieth_day,
        r08_grows_graver_after_one_year_and_two,
        r08_takes_what_went_from_the_oldest,
        r13_is_raised_above_two_fifths_once_the_year_is_over,
        r13_judges_each_year_by_itself,
        r15_allows_an_advance_and_not_a_fen_more,
        r15_judges_a_payment_by_the_progress_of_its_day,
        r12_is_raised_by_the_third_project_within_three_years,
        r17_is_raised_the_day_after_something_was_due,
        r17_leaves_what_was_told_in_time_and_long_enough,
        r17_is_raised_by_a_day_too_late,
        r17_is_raised_by_a_day_too_early,
        r17_is_raised_by_both,
        r17_is_raised_by_what_changed_while_it_stood,
        r32_is_raised_until_the_last_line_is_paid_again,
        r32_judges_each_return_by_its_own_day_and_leaves_what_was_confirmed,
    };

    return fixture_run("audit rules", tests, ARRAY_COUNT(tests), &world);
}
