/* test_rows.c - rows of what must be disclosed: what enters, what is refused, and why. */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define PLAN(code, replaces, day)                                                                  \
    "{'amount':100,'date':'" day "','division':'" COUNTY "','document':'镇政发〔2023〕3号'," \
    "'name':'年度计划','plan':'" code "','replaces':'" replaces                                    \
    "','text':'','what':'annual','year':2023}"
#define CHANGE(action, project, day)                                                               \
    "{'action':'" action "','date':'" day "','document':'','plan':'JH1','project':'" project       \
    "','responsible':'股长','standard':'每亩500元'}"
#define NOTICE(code, matter, first, last, corrects)                                                \
    "{'corrects':'" corrects "','division':'" VILLAGE_1 "','first_day':'" first                    \
    "','last_day':'" last "','matter':'" matter "','notice':'" code                                \
    "','period':'2023','place':'公示栏','subject':''}"
#define ENTER "{'date':'2023-01-05','document':'','project':'P1'}"
#define LEAVE "{'date':'2023-12-05','document':'','project':'P1','reason':'已验收'}"

struct row {
    enum disclosure_kind kind;
    const char *body;
};

/* One good row of each kind, in an order in which they may stand. */
static const struct row good[] = {
    {DISCLOSURE_PLAN, PLAN("JH1", "", "2023-02-01")},
    {DISCLOSURE_CHANGE, CHANGE("add", "P1", "2023-02-01")},
    {DISCLOSURE_FINANCE,
     "{'amount':5,'level':'central','plan':'JH1','source':'衔接资金','use':'产业'}"},
    {DISCLOSURE_PRINCIPLE,
     "{'date':'2023-02-10','division':'" COUNTY "','document':'示财农〔2023〕1号',"
     "'principle':'按任务分'}"},
    {DISCLOSURE_ACHIEVE, "{'date':'2023-02-20','mechanism':'','mechanism_met':'partly',"
                         "'project':'P1','target':'20座','target_met':'fully'}"},
    {DISCLOSURE_ENTER, ENTER},
    {DISCLOSURE_LEAVE, LEAVE},
    {DISCLOSURE_SECTOR, "{'amount':7,'channel':'east_west','code':'HY1','date':'2023-04-02',"
                        "'division':'" VILLAGE_1 "','mechanism':'务工','name':'大棚',"
                        "'place':'三组','target':'20座','unit':'县农业农村局'}"},
    {DISCLOSURE_LOAN, "{'amount':7,'borrower':'某公司','date':'2023-04-02','division':'" COUNTY
                      "','loan':'DK1','mechanism':'订单','months':12,'rate_bp':435,'subsidy':1,"
                      "'uscc':'91350100M000100Y43','use':'收购'}"},
    {DISCLOSURE_COUNT, "{'amount':9,'date':'2023-06-30','division':'" VILLAGE_1
                       "','loan':'XD1','persons':3,'subsidy':0,'use':'产业'}"},
    {DISCLOSURE_ENTRUST,
     "{'amount':9,'code':'WT1','date':'2023-02-08','division':'" VILLAGE_1
     "','document':'','ends':'','mechanism':'','name':'互助资金','party':'农商行',"
     "'return_bp':600,'uscc':'91350100M000100Y43','what':'fund'}"},
    {DISCLOSURE_CHANNEL,
     "{'address':'县政府','channel':'12317','date':'2023-01-01','division':'" COUNTY
     "','hours':'','name':'举报中心','office_phone':'12317'}"},
    {DISCLOSURE_COMPLAINT, "{'category':'project','complaint':'JB1','division':'" VILLAGE_1
                           "','due':'2023-07-02','received':'2023-06-02'}"},
    {DISCLOSURE_ANSWER, "{'answer':'已返工','complaint':'JB1','date':'2023-06-28',"
                        "'outcome':'upheld'}"},
    {DISCLOSURE_NOTICE, NOTICE("GS1", "annual_plan", "2023-03-10", "2023-03-19", "")},
    {DISCLOSURE_REMOVE, "{'date':'2023-03-19','notice':'GS1','reason':'期满'}"},
    {DISCLOSURE_CALENDAR, "{'date':'2023-01-23','document':'国办发明电〔2022〕16号',"
                          "'name':'春节','works':false}"},
};

static void add_good(void)
{
    for (size_t i = 0; i < ARRAY_COUNT(good); i++)
        add_row(&world, good[i].kind, "%s", good[i].body);
}

static bool count_row(void *context, const struct record *record, struct error *err)
{
    size_t *count = context;

    (void)record;
    (void)err;
    ++*count;
    return true;
}

START_TEST(every_kind_is_entered_told_and_replayed)
{
    struct error err = ERROR_INIT;

    add_good();
    for (size_t i = 0; i < DISCLOSURE_KIND_COUNT; i++) {
        size_t count = 0;

        ck_assert_ok(
            record_each(world.journal, disclosure_kinds[i], 0, NULL, count_row, &count, &err), err);
        ck_assert_uint_eq(count, 1);
    }
    for (uint64_t seq = 1; seq < journal_size(world.journal); seq++) {
        struct buffer line = BUFFER_INIT(4096);

        ck_assert_ok(journal_describe(world.journal, seq, &line, &err), err);
        buffer_done(&line);
    }
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_record_keeps_what_was_entered)
{
    struct record *record = malloc(sizeof *record);
    struct error err = ERROR_INIT;
    bool found;

    add_good();
    ck_assert_ok(
        record_find(world.journal, &disclosed_loan, LOAN_CODE, "DK1", record, &found, &err), err);
    ck_assert(found);
    ck_assert_int_eq(record->values[LOAN_AMOUNT].number, 7);
    ck_assert_int_eq(record->values[LOAN_RATE].number, 435);
    ck_assert_str_eq(record->values[LOAN_BORROWER].text, "某公司");
    ck_assert_ok(
        record_find(world.journal, &disclosed_loan, LOAN_CODE, "DK2", record, &found, &err), err);
    ck_assert(!found);
    free(record);
}
END_TEST

/* After the good rows. */
static const struct {
    enum disclosure_kind kind;
    const char *body;
    enum error_code code;
    const char *words;
} bad[] = {
    {DISCLOSURE_PLAN, PLAN("JH1", "", "2023-02-01"), ERROR_CONFLICT, "in the ledger already"},
    {DISCLOSURE_PLAN, PLAN("JH2", "JH9", "2023-02-01"), ERROR_NOT_FOUND, "JH9"},
    {DISCLOSURE_PLAN, PLAN("JH2", "", "2031-02-01"), ERROR_INPUT, "has not come yet"},
    {DISCLOSURE_CHANGE, CHANGE("add", "P1", "2023-02-02"), ERROR_CONFLICT, "in plan JH1 already"},
    {DISCLOSURE_CHANGE, CHANGE("add", "P9", "2023-02-02"), ERROR_NOT_FOUND, "P9"},
    {DISCLOSURE_CHANGE, CHANGE("remove", "P1", "2023-01-02"), ERROR_INPUT, "before 2023-02-01"},
    {DISCLOSURE_FINANCE, "{'amount':5,'level':'central','plan':'JH1','source':'','use':''}",
     ERROR_INPUT, "source is empty"},
    {DISCLOSURE_PRINCIPLE,
     "{'date':'2023-02-10','division':'" COUNTY "','document':'','principle':'p'}", ERROR_INPUT,
     "document is empty"},
    {DISCLOSURE_PRINCIPLE,
     "{'date':'2023-02-10','division':'" COUNTY "','document':'d','principle':''}", ERROR_INPUT,
     "principle is empty"},
    {DISCLOSURE_ACHIEVE,
     "{'date':'2023-02-20','mechanism':'','mechanism_met':'no','project':'P1','target':'',"
     "'target_met':'no'}",
     ERROR_INPUT, "target is empty"},
    {DISCLOSURE_LEAVE, LEAVE, ERROR_CONFLICT, "isn't in the project bank"},
    {DISCLOSURE_ENTER, ENTER, ERROR_INPUT, "before 2023-12-05"},
    {DISCLOSURE_LOAN,
     "{'amount':7,'borrower':'王五','date':'2023-04-02','division':'" COUNTY
     "','loan':'DK2','mechanism':'','months':12,'rate_bp':435,'subsidy':1,'uscc':'','use':''}",
     ERROR_INPUT, "no credit code"},
    {DISCLOSURE_COUNT,
     "{'amount':9,'date':'2023-06-30','division':'" VILLAGE_1
     "','loan':'XD2','persons':2,'subsidy':0,'use':''}",
     ERROR_INPUT, "tells what one of them got"},
    /* One more than the three of XD1: what they got differs by what the fourth got. */
    {DISCLOSURE_COUNT,
     "{'amount':12,'date':'2023-09-30','division':'" VILLAGE_1
     "','loan':'XD2','persons':4,'subsidy':0,'use':'产业'}",
     ERROR_INPUT, "4 people are fewer than 3 more or less than in XD1"},
    {DISCLOSURE_ENTRUST,
     "{'amount':9,'code':'WT2','date':'2023-02-08','division':'" VILLAGE_1
     "','document':'','ends':'2023-01-01','mechanism':'','name':'','party':'农商行',"
     "'return_bp':600,'uscc':'91350100M000100Y43','what':'fund'}",
     ERROR_INPUT, "what is entrusted ends on 2023-01-01"},
    {DISCLOSURE_CHANNEL,
     "{'address':'','channel':'c2','date':'2023-01-01','division':'" COUNTY
     "','hours':'','name':'某办','office_phone':'13812345678'}",
     ERROR_INPUT, "a person's number is not"},
    {DISCLOSURE_COMPLAINT,
     "{'category':'project','complaint':'JB2','division':'" VILLAGE_1
     "','due':'2023-06-01','received':'2023-06-02'}",
     ERROR_INPUT, "the answer is due on 2023-06-01"},
    {DISCLOSURE_COMPLAINT,
     "{'category':'project','complaint':'JB2','division':'611025109000','due':'2023-07-01',"
     "'received':'2023-06-02'}",
     ERROR_NOT_FOUND, "is not registered"},
    {DISCLOSURE_ANSWER,
     "{'answer':'电话13812345678','complaint':'JB1','date':'2023-06-28','outcome':'upheld'}",
     ERROR_INPUT, "mobile"},
    {DISCLOSURE_ANSWER, "{'answer':'完','complaint':'JB1','date':'2023-06-28','outcome':'upheld'}",
     ERROR_CONFLICT, "in the ledger already"},
    {DISCLOSURE_NOTICE, NOTICE("GS2", "annual_plan", "2023-03-10", "2023-03-01", ""), ERROR_INPUT,
     "the notice ends on 2023-03-01"},
    {DISCLOSURE_NOTICE, NOTICE("GS2", "bank", "2023-03-12", "", "GS1"), ERROR_INPUT,
     "of another division or matter"},
    {DISCLOSURE_NOTICE, NOTICE("GS2", "bunk", "2023-03-12", "", ""), ERROR_INPUT, "its words"},
    {DISCLOSURE_REMOVE, "{'date':'2023-03-19','notice':'GS7','reason':'期满'}", ERROR_NOT_FOUND,
     "GS7"},
    {DISCLOSURE_CALENDAR, "{'date':'2023-01-24','document':'','name':'春节','works':false}",
     ERROR_INPUT, "document is empty"},
    /* The year was entered, and the day is over: no time limit is moved by it any more. */
    {DISCLOSURE_CALENDAR, "{'date':'2023-03-01','document':'文','name':'春节','works':false}",
     ERROR_STATE, "2023-03-01 is over, and the calendar of its year stands since entry"},
    {DISCLOSURE_SECTOR, "{'amount':7}", ERROR_INPUT, "member channel is missing"},
};

START_TEST(what_must_not_enter_is_refused_with_its_reason)
{
    add_good();
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_row(&world, bad[i].kind, &err, "%s", bad[i].body), "%s", bad[i].body);
        ck_assert_error(err, bad[i].code, bad[i].words);
    }
}
END_TEST

START_TEST(what_gives_nobody_away_and_moves_no_past_day_is_taken)
{
    add_good();
    add_row(&world, DISCLOSURE_COUNT,
            "{'amount':9,'date':'2023-09-30','division':'" VILLAGE_1
            "','loan':'XD2','persons':6,'subsidy':0,'use':'产业'}");
    add_row(&world, DISCLOSURE_COUNT,
            "{'amount':9,'date':'2023-09-30','division':'" VILLAGE_1
            "','loan':'XD3','persons':4,'subsidy':0,'use':'建房'}");
    add_row(&world, DISCLOSURE_COUNT,
            "{'amount':9,'date':'2023-09-30','division':'" VILLAGE_2
            "','loan':'XD4','persons':4,'subsidy':0,'use':'产业'}");
    add_row(&world, DISCLOSURE_CALENDAR,
            "{'date':'2022-01-31','document':'文','name':'春节','works':false}");
    add_row(&world, DISCLOSURE_CALENDAR,
            "{'date':'2039-01-31','document':'文','name':'春节','works':false}");
    add_row(&world, DISCLOSURE_CALENDAR,
            "{'date':'2039-01-31','document':'文','name':'春节','works':true}");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(rows_are_written_by_a_maker_of_the_place)
{
    static const char *const elsewhere[] = {
        "{\"date\":\"2023-01-24\",\"document\":\"x\",\"name\":\"\",\"works\":false}"};
    struct error err = ERROR_INIT;

    /* ma is a maker of TOWN_1 alone, and the calendar is everybody's. */
    ck_assert(!try_rows_as(&world, "ma", DISCLOSURE_CALENDAR, elsewhere, 1, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
}
END_TEST

START_TEST(a_replaced_plan_and_a_corrected_notice_are_so_once)
{
    struct error err = ERROR_INIT;

    add_good();
    add_row(&world, DISCLOSURE_PLAN, "%s", PLAN("JH2", "JH1", "2023-05-01"));
    ck_assert(!try_row(&world, DISCLOSURE_PLAN, &err, "%s", PLAN("JH3", "JH1", "2023-06-01")));
    ck_assert_error(err, ERROR_CONFLICT, "replaced already");
    error_clear(&err);
    add_row(&world, DISCLOSURE_NOTICE, "%s", NOTICE("GS2", "annual_plan", "2023-03-15", "", "GS1"));
    ck_assert(!try_row(&world, DISCLOSURE_NOTICE, &err, "%s",
                       NOTICE("GS3", "annual_plan", "2023-03-15", "", "GS1")));
    ck_assert_error(err, ERROR_CONFLICT, "corrected already");
}
END_TEST

/* ---- The bank -------------------------------------------------------------------------------- */

static bool try_pay(const char *date, struct error *err)
{
    struct voucher_line paid =
        pay("100.00", VILLAGE_1 " construction F1 available", "镇安宏远建筑有限公司");
    struct voucher_header head = header(MOVEMENT_PAYMENT, date);
    struct voucher_receipt receipt;

    under(&paid, "P1", "", 1);
    return fixture_try_submit(&world, "li", &head, &paid, 1, &receipt, err);
}

START_TEST(no_money_for_a_project_that_is_not_in_the_bank)
{
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    ck_assert_ok(try_pay("2022-01-04", &err), err); /* the ledger has no bank yet */
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"bank_required\",\"valid_from\":\"2022-01-01\",\"value\":1}");
    ck_assert_ok(try_pay("2021-12-31", &err), err); /* before the policy */
    ck_assert(!try_pay("2022-01-04", &err));
    ck_assert_error(err, ERROR_STATE, "project P1 isn't in the project bank on 2022-01-04");
    error_clear(&err);
    add_row(&world, DISCLOSURE_ENTER, "{'date':'2022-01-05','document':'','project':'P1'}");
    ck_assert(!try_pay("2022-01-04", &err));
    error_clear(&err);
    ck_assert_ok(try_pay("2022-01-05", &err), err);
    add_row(&world, DISCLOSURE_LEAVE,
            "{'date':'2022-12-05','document':'','project':'P1','reason':'已验收'}");
    ck_assert_ok(try_pay("2022-12-04", &err), err);
    ck_assert(!try_pay("2022-12-05", &err));
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(provinces_and_prefectures_disclose_what_they_allocate)
{
    static const char *const above[] = {"610000000000", "611000000000"};
    struct error err = ERROR_INIT;
    struct matter_terms terms;

    for (size_t i = 0; i < ARRAY_COUNT(above); i++) {
        for (int matter = 0; matter < MATTER_COUNT; matter++) {
            const bool wanted = matter == MATTER_ALLOCATION || matter == MATTER_COMPLAINTS;

            ck_assert_ok(matter_terms(world.journal, (enum matter)matter, above[i],
                                      day("2024-01-01"), &terms, &err),
                         err);
            ck_assert_int_eq(terms.duty, wanted);
            ck_assert_int_eq(terms.standing_days, 0);
        }
    }
}
END_TEST

START_TEST(rows_of_a_division_are_not_of_days_after_its_end)
{
    static const char loan[] =
        "{'amount':50,'date':'%s','division':'" VILLAGE_2 "','loan':'%s','persons':3,'subsidy':0,"
        "'use':''}";
    struct error err = ERROR_INIT;

    add_row(&world, DISCLOSURE_COMPLAINT,
            "{'category':'other','complaint':'JB1','division':'" VILLAGE_2
            "','due':'2023-12-31','received':'2023-05-01'}");
    fixture_agree(&world, "division.succeed",
                  "{\"changes\":[{\"division\":\"" VILLAGE_2 "\",\"successors\":[\"" VILLAGE_1
                  "\"]}],\"document\":\"镇政发〔2023〕8号\",\"last_day\":\"2023-06-30\"}");
    ck_assert(!try_row(&world, DISCLOSURE_COUNT, &err, loan, "2023-07-01", "D1"));
    ck_assert_error(err, ERROR_STATE, "ended on 2023-06-30");
    error_clear(&err);
    ck_assert_ok(try_row(&world, DISCLOSURE_COUNT, &err, loan, "2023-06-30", "D1"), err);
    /* What was asked of it is answered all the same. */
    add_row(&world, DISCLOSURE_ANSWER,
            "{'answer':'x','complaint':'JB1','date':'2023-08-01','outcome':'unfounded'}");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {every_kind_is_entered_told_and_replayed,
                                  what_must_not_enter_is_refused_with_its_reason,
                                  what_gives_nobody_away_and_moves_no_past_day_is_taken,
                                  a_record_keeps_what_was_entered,
                                  rows_are_written_by_a_maker_of_the_place,
                                  rows_of_a_division_are_not_of_days_after_its_end,
                                  a_replaced_plan_and_a_corrected_notice_are_so_once,
                                  no_money_for_a_project_that_is_not_in_the_bank,
                                  provinces_and_prefectures_disclose_what_they_allocate};

    return fixture_run("disclosure rows", tests, ARRAY_COUNT(tests), &world);
}
