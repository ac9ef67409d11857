/* test_rows.c - who keeps the assets: what enters, what is refused, and what it tells. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/assets/rows.h"

static struct fixture world;

#define Z1 ASSET_BODY("Z1", VILLAGE_1, "2022-03-15", "public_welfare", "120", "")
#define Z2 ASSET_BODY("Z2", VILLAGE_2, "2022-05-31", "operational", "60", "")
#define DUTY_BODY(code, day, unit, phone, keeper, money, source)                                   \
    "{'asset':'" code "','date':'" day "','document':'','keeper':'" keeper "','money':" money      \
    ",'money_source':'" source "','office_phone':'" phone                                          \
    "','route':'self','scope':'全路段','standard':'月巡查一次','unit':'" unit "'}"
#define SCHEDULE_BODY(code, asset, first, every, interval, grace, last)                            \
    "{'asset':'" asset "','every':" every ",'first':'" first "','grace_days':" grace               \
    ",'interval':'" interval "','last':'" last "','schedule':'" code                               \
    "','shift':'none','standard':'路面无坑槽','what':'inspection'}"
#define INSPECTION_BODY(asset, schedule, due, day, state, findings, keeper)                        \
    "{'asset':'" asset "','date':'" day "','due':'" due "','findings':'" findings                  \
    "','keeper':'" keeper "','schedule':'" schedule "','state':'" state "'}"
#define EXCUSE_BODY(schedule, due, day, reason)                                                    \
    "{'date':'" day "','document':'','due':'" due "','reason':'" reason "','schedule':'" schedule  \
    "'}"
#define WORK_BODY(code, asset, day, due)                                                             \
    "{'asset':'" asset "','date':'" day "','due':'" due "','estimate':500000,'fault':'塌方','work" \
    "':'" code "'}"
#define DONE_BODY(code, cost, day)                                                                 \
    "{'by':'镇养护站','cost':" cost ",'date':'" day "','result':'清理完毕','work':'" code "'}"
#define PAID_BODY(code, amount, voucher)                                                           \
    "{'amount':" amount ",'voucher':'" voucher "','work':'" code "'}"
#define SOURCE_BODY(fund, source, amount, text)                                                    \
    "{'amount':" amount ",'date':'2022-06-01','division':'" COUNTY "','document':'','fund':'" fund \
    "','source':'" source "','text':'" text "'}"
#define BODY_BODY(place, name, phone)                                                              \
    "{'date':'2022-01-01','division':'" place "','document':'','name':'" name                      \
    "','office_phone':'" phone "'}"
#define LEFT_BODY(code, day) "{'date':'" day "','keeper':'" code "','reason':'辞职'}"
#define STOP_BODY(code, day) "{'date':'" day "','reason':'改线','schedule':'" code "'}"

static struct record *keeper_row(const char *code, const char *first, const char *last)
{
    struct record *row = new_row(&keeping_keeper);

    set_text(row, KEEPER_CODE, code);
    set_text(row, KEEPER_DIVISION, VILLAGE_1);
    set_text(row, KEEPER_FIRST, first);
    set_text(row, KEEPER_LAST, last);
    set_text(row, KEEPER_PHONE, "0914-5322101");
    set_text(row, KEEPER_POST, "公路管护员");
    set_text(row, KEEPER_UNIT, "苗儿村管护站");
    set_text(row, KEEPER_NAME, "李四");
    row->values[KEEPER_PAY].number = 50000;
    return row;
}

static void appoint(const char *code, const char *first, const char *last)
{
    const struct record_kind *kind = &keeping_keeper;
    struct record *row = keeper_row(code, first, last);
    struct error err = ERROR_INIT;

    ck_assert_ok(try_records(&world, "li", &kind, &row, 1, &err), err);
}

static char paying_voucher[VOUCHER_NUMBER_SIZE];

/* 3,000.00 for upkeep in F2, 1,000.00 of it paid for a repair. */
static void pay_repair(void)
{
    struct voucher_line paid = pay("1000.00", COUNTY " livelihood F2 available", "镇安县养护公司");

    fixture_fund_county(&world, "F2", "livelihood", "3000.00");
    memcpy(paying_voucher, fixture_post(&world, MOVEMENT_PAYMENT, "2022-07-01", &paid).voucher,
           sizeof paying_voucher);
}

static void add_good(void)
{
    pay_repair();
    appoint("K1", "2022-01-01", "2023-12-31");
    appoint("K2", "2022-01-01", "");
    add_asset_row(&world, &asset_register, Z1);
    add_asset_row(&world, &asset_register, Z2);
    add_asset_row(&world, &keeping_body, BODY_BODY(VILLAGE_1, "苗儿村管护站", "0914-5322101"));
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2022-04-01", "苗儿村管护站", "0914-5322101", "K1", "120000",
                            "村集体收入"));
    add_asset_row(&world, &keeping_schedule,
                  SCHEDULE_BODY("S1", "Z1", "2022-04-30", "1", "month", "5", ""));
    add_asset_row(&world, &keeping_inspection,
                  INSPECTION_BODY("Z1", "S1", "", "2022-04-28", "in_use", "", "K1"));
    add_asset_row(&world, &keeping_excuse, EXCUSE_BODY("S1", "2022-05-30", "2022-05-20", "封路"));
    add_asset_row(&world, &keeping_work, WORK_BODY("W1", "Z1", "2022-06-01", "2022-06-30"));
    add_asset_row(&world, &keeping_done, DONE_BODY("W1", "100000", "2022-06-20"));
    add_asset_row(&world, &keeping_source, SOURCE_BODY("F2", "财政补助", "200000", ""));
}

/* After the good rows. */
static const struct {
    const struct record_kind *kind;
    const char *body;
    enum error_code code;
    const char *words;
} bad[] = {
    {&keeping_body, BODY_BODY("610000000000", "省", "0914-5322101"), ERROR_INPUT, "above a county"},
    {&keeping_body, BODY_BODY(VILLAGE_1, "", "0914-5322101"), ERROR_INPUT, "name is empty"},
    {&keeping_body, BODY_BODY(VILLAGE_1, "管护站", ""), ERROR_INPUT, "office_phone is empty"},
    {&keeping_left, LEFT_BODY("K9", "2022-05-01"), ERROR_NOT_FOUND, "no appointment K9"},
    {&keeping_left, LEFT_BODY("K1", "2021-12-31"), ERROR_INPUT, "before 2022-01-01"},
    {&keeping_left, LEFT_BODY("K1", "2024-01-01"), ERROR_INPUT, "ended on 2023-12-31 already"},
    {&keeping_duty, DUTY_BODY("Z9", "2022-04-01", "站", "0914-5322101", "", "0", ""),
     ERROR_NOT_FOUND, "no asset Z9"},
    {&keeping_duty, DUTY_BODY("Z1", "2022-04-01", "站", "0914-5322101", "K9", "0", ""),
     ERROR_NOT_FOUND, "no appointment K9"},
    {&keeping_duty, DUTY_BODY("Z1", "2024-01-01", "站", "0914-5322101", "K1", "0", ""), ERROR_INPUT,
     "only until 2023-12-31"},
    {&keeping_duty, DUTY_BODY("Z1", "2022-03-14", "站", "0914-5322101", "", "0", ""), ERROR_INPUT,
     "since 2022-03-15"},
    {&keeping_duty, DUTY_BODY("Z1", "2022-04-01", "", "", "K1", "0", ""), ERROR_INPUT,
     "unit is empty"},
    {&keeping_duty, DUTY_BODY("Z1", "2022-04-01", "站", "0914-5322101", "", "100", ""), ERROR_INPUT,
     "without a source"},
    {&keeping_schedule, SCHEDULE_BODY("S1", "Z1", "2022-04-30", "1", "month", "5", ""),
     ERROR_CONFLICT, "S1 is in the ledger already"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z9", "2022-04-30", "1", "month", "5", ""),
     ERROR_NOT_FOUND, "no asset Z9"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-03-14", "1", "month", "5", ""), ERROR_INPUT,
     "Z1 is there since 2022-03-15"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-04-30", "0", "month", "5", ""), ERROR_INPUT,
     "write 1 to 1000"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-04-30", "1", "month", "367", ""),
     ERROR_LIMIT, "more than 366"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-04-30", "1", "month", "5", "2022-04-29"),
     ERROR_INPUT, "the schedule ends on 2022-04-29"},
    {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-04-30", "1", "fortnight", "5", ""),
     ERROR_INPUT, "not one of its words"},
    {&keeping_stop, STOP_BODY("S9", "2022-04-30"), ERROR_NOT_FOUND, "no schedule S9"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "", "", "2022-03-14", "in_use", "", ""),
     ERROR_INPUT, "the asset is inspected on 2022-03-14"},
    {&keeping_inspection, INSPECTION_BODY("Z9", "", "", "2022-04-14", "in_use", "", ""),
     ERROR_NOT_FOUND, "no asset Z9"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "S9", "", "2022-04-14", "in_use", "", ""),
     ERROR_NOT_FOUND, "no schedule S9"},
    {&keeping_inspection, INSPECTION_BODY("Z2", "S1", "", "2022-06-14", "in_use", "", ""),
     ERROR_INPUT, "of asset Z1, not Z2"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "S1", "2022-06-29", "2022-06-14", "in_use", "", ""),
     ERROR_INPUT, "2022-05-30, 2022-06-30"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "", "2022-06-30", "2022-06-14", "in_use", "", ""),
     ERROR_INPUT, "of no schedule"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "S1", "", "2022-06-14", "damaged", "", ""),
     ERROR_INPUT, "findings is empty"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "S1", "", "2022-06-14", "in_use", "", "K9"),
     ERROR_NOT_FOUND, "no appointment K9"},
    {&keeping_inspection, INSPECTION_BODY("Z1", "S1", "", "2030-06-14", "in_use", "", ""),
     ERROR_INPUT, "has not come yet"},
    {&keeping_excuse, EXCUSE_BODY("S1", "2022-04-30", "2022-05-02", "雨"), ERROR_CONFLICT,
     "done or excused already"},
    {&keeping_excuse, EXCUSE_BODY("S1", "2022-05-30", "2022-05-02", "雨"), ERROR_CONFLICT,
     "done or excused already"},
    {&keeping_excuse, EXCUSE_BODY("S1", "2022-05-31", "2022-05-02", "雨"), ERROR_INPUT,
     "2022-05-30, 2022-06-30"},
    {&keeping_excuse, EXCUSE_BODY("S1", "2022-06-30", "2022-05-02", ""), ERROR_INPUT,
     "reason is empty"},
    {&keeping_work, WORK_BODY("W2", "Z1", "2022-06-02", "2022-06-01"), ERROR_INPUT,
     "before its order"},
    {&keeping_done, DONE_BODY("W9", "1", "2022-06-20"), ERROR_NOT_FOUND, "no work order W9"},
    {&keeping_done, DONE_BODY("W1", "1", "2022-06-20"), ERROR_CONFLICT, "already"},
    {&keeping_source, SOURCE_BODY("F9", "财政补助", "1", ""), ERROR_NOT_FOUND, "F9"},
    {&keeping_source, SOURCE_BODY("F2", "", "1", ""), ERROR_INPUT, "source is empty"},
    {&keeping_source, SOURCE_BODY("F2", "社会捐赠", "100001", ""), ERROR_UNBALANCED,
     "come to 3000.01 yuan, and it received only 3000.00"},
    {&keeping_source, SOURCE_BODY("F2", "财政补助", "-1", ""), ERROR_INPUT, "taken back"},
    {&keeping_source, SOURCE_BODY("F2", "财政补助", "-200001", "误计"), ERROR_UNBALANCED,
     "more is taken back"},
    {&keeping_source, SOURCE_BODY("F2", "财政补助", "0", ""), ERROR_INPUT, "0 yuan"},
};

START_TEST(rows_that_break_a_rule_are_refused_with_the_reason)
{
    add_good();
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_asset_row(&world, bad[i].kind, &err, bad[i].body), "taken: %s",
                      bad[i].body);
        ck_assert_error(err, bad[i].code, bad[i].words);
    }
    assert_replay_is_identical(&world);
}
END_TEST

static bool try_paid(const char *work, const char *fen, const char *voucher, struct error *err)
{
    char body[256];

    (void)snprintf(body, sizeof body, "{'amount':%s,'voucher':'%s','work':'%s'}", fen, voucher,
                   work);
    return try_asset_row(&world, &keeping_paid, err, body);
}

START_TEST(works_are_paid_by_vouchers_of_funds_for_upkeep_and_not_twice)
{
    struct voucher_line other = pay("10.00", COUNTY " livelihood F1 available", "镇安县养护公司");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    add_good();
    fixture_fund_county(&world, "F1", "livelihood", "100.00");
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2022-07-02", &other);
    ck_assert(!try_paid("W1", "100", receipt.voucher, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "paid 0.00 yuan from funds for upkeep");
    error_clear(&err);
    ck_assert(!try_paid("W1", "100001", paying_voucher, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "paid 1000.00 yuan from funds for upkeep");
    error_clear(&err);
    ck_assert(!try_paid("W9", "1", paying_voucher, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no work order W9");
    error_clear(&err);
    ck_assert(!try_paid("W1", "1", "2099-000001", &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "2099-000001");
    error_clear(&err);
    ck_assert_ok(try_paid("W1", "60000", paying_voucher, &err), err);
    add_asset_row(&world, &keeping_work, WORK_BODY("W2", "Z1", "2022-06-02", "2022-07-01"));
    ck_assert_ok(try_paid("W2", "30000", paying_voucher, &err), err);
    ck_assert(!try_paid("W2", "10001", paying_voucher, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "1000.01 yuan are told of it");
    error_clear(&err);
    ck_assert(!try_asset_row(&world, &keeping_done, &err, DONE_BODY("W2", "29999", "2022-06-20")));
    ck_assert_error(err, ERROR_UNBALANCED, "300.00 yuan were paid for it");
    error_clear(&err);
    add_asset_row(&world, &keeping_done, DONE_BODY("W2", "30000", "2022-06-20"));
    ck_assert(!try_paid("W2", "1", paying_voucher, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "work W2 cost 300.00 yuan");
}
END_TEST

START_TEST(a_reversed_voucher_paid_nothing)
{
    struct voucher_line again = pay("1000.00", COUNTY " livelihood F2 available", "镇安县养护公司");
    struct voucher_receipt reversal, receipt;
    struct error err = ERROR_INIT;

    add_good();
    ck_assert_ok(try_paid("W1", "60000", paying_voucher, &err), err);
    ck_assert_ok(fixture_try_reverse(&world, paying_voucher, "2022-07-05", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    ck_assert(!try_paid("W1", "1", paying_voucher, &err));
    ck_assert_error(err, ERROR_INPUT, "is reversed by");
    error_clear(&err);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2022-07-06", &again);
    ck_assert_ok(try_paid("W1", "100000", receipt.voucher, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_holder_is_sealed_and_what_is_wrong_of_one_is_refused)
{
    static const struct {
        size_t field;
        const char *text, *words;
    } wrong[] = {{KEEPER_NAME, "", "name is empty"},
                 {KEEPER_ID_NUMBER, "61102519800101123", "18-character form"},
                 {KEEPER_POST, "", "post is empty"},
                 {KEEPER_UNIT, "", "unit is empty"},
                 {KEEPER_PHONE, "", "office_phone is empty"},
                 {KEEPER_PHONE, "13800138000", "mobile number"},
                 {KEEPER_LAST, "2021-12-31", "before 2022-01-01"}};
    const struct record_kind *kind = &keeping_keeper;

    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct record *row = keeper_row("K1", "2022-01-01", "");
        struct error err = ERROR_INIT;

        set_text(row, wrong[i].field, wrong[i].text);
        ck_assert(!try_records(&world, "li", &kind, &row, 1, &err));
        ck_assert_msg(strstr(err.message, wrong[i].words) != NULL, "%s", err.message);
    }
    appoint("K1", "2022-01-01", "");
    assert_replay_is_identical(&world);
}
END_TEST

static bool try_erase(const char *ground, uint64_t seq, struct error *err)
{
    char body[256];

    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"%s\",\"reason\":\"离任\",\"seals\":[{\"first\":%d,\"last\":%d,"
                   "\"purpose\":\"keeper.appoint/detail\"}]}",
                   ground, (int)seq, (int)seq);
    return fixture_try_agree(&world, "seal.erase", body, err);
}

START_TEST(who_is_in_office_still_serves_the_purpose)
{
    struct error err = ERROR_INIT;
    uint64_t first, second;

    appoint("K1", "2022-01-01", "");
    first = journal_size(world.journal) - 2;
    appoint("K2", "2022-01-01", "");
    second = journal_size(world.journal) - 2;
    ck_assert(!try_erase("purpose_achieved", first, &err));
    ck_assert_error(err, ERROR_STATE, "K1 is in office, so the purpose of what is known");
    error_clear(&err);
    ck_assert_ok(try_erase("consent_withdrawn", second, &err), err);
    add_asset_row(&world, &keeping_left, LEFT_BODY("K1", "2022-05-01"));
    ck_assert_ok(try_erase("purpose_achieved", first, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- What it tells --------------------------------------------------------------------------- */

static struct upkeep *upkeep_of(const char *asset, const char *at)
{
    struct upkeep *out = malloc(sizeof *out);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(out);
    ck_assert_ok(upkeep_find(world.journal, asset, day(at), out, &err), err);
    return out;
}

START_TEST(the_score_counts_what_is_clear_on_a_day)
{
    static const struct {
        const char *asset, *at;
        int score;
        bool is_vacant;
    } known[] = {
        {"Z1", "2022-03-31", 0, false}, /* nobody yet */
        {"Z1", "2022-04-01", 4, false}, /* all but the title */
        {"Z1", "2022-05-01", 5, false},
        {"Z1", "2024-01-01", 4, true}, /* the holder's days are over */
        {"Z2", "2022-06-01", 0, false},
    };

    add_good();
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "", "2022-05-01", VILLAGE_1));
    for (size_t i = 0; i < ARRAY_COUNT(known); i++) {
        struct upkeep *upkeep = upkeep_of(known[i].asset, known[i].at);

        ck_assert_msg(upkeep->score == known[i].score, "%s on %s: %d", known[i].asset, known[i].at,
                      upkeep->score);
        ck_assert_int_eq(upkeep->is_vacant, known[i].is_vacant);
        free(upkeep);
    }
}
END_TEST

START_TEST(an_asset_tells_its_last_inspection_and_the_next_day)
{
    struct upkeep *upkeep;

    add_good();
    upkeep = upkeep_of("Z1", "2022-04-27");
    ck_assert_str_eq(upkeep->inspected, "");
    free(upkeep);
    upkeep = upkeep_of("Z1", "2022-05-10");
    ck_assert_str_eq(upkeep->next, "2022-05-30"); /* the excuse came later */
    free(upkeep);
    upkeep = upkeep_of("Z1", "2022-06-01");
    ck_assert_str_eq(upkeep->inspected, "2022-04-28");
    ck_assert_str_eq(upkeep->found, "in_use");
    ck_assert_str_eq(upkeep->next, "2022-06-30");
    ck_assert_str_eq(upkeep->office_phone, "0914-5322101");
    free(upkeep);
}
END_TEST

struct seen {
    char text[2048];
};

static bool put_item(void *context, const struct due_item *item, struct error *err)
{
    struct seen *seen = context;
    char due[DATE_TEXT_SIZE];
    size_t used = strlen(seen->text);

    (void)err;
    (void)snprintf(seen->text + used, sizeof seen->text - used, "%s %s %s %s%s %lld\n",
                   due_what_name(item->what), item->asset, item->subject,
                   date_format(item->due, due), item->is_overdue ? " overdue" : "",
                   (long long)item->count);
    return true;
}

static void assert_due(const char *at, int64_t ahead, const char *scope, const char *lines)
{
    const struct due_filter filter = {scope, day(at), ahead};
    struct error err = ERROR_INIT;
    struct seen seen = {""};

    ck_assert_ok(due_schedule_each(world.journal, &filter, put_item, &seen, &err) &&
                     due_holder_each(world.journal, &filter, put_item, &seen, &err) &&
                     due_post_each(world.journal, &filter, put_item, &seen, &err) &&
                     due_work_each(world.journal, &filter, put_item, &seen, &err),
                 err);
    ck_assert_str_eq(seen.text, lines);
}

START_TEST(the_lists_tell_what_is_due_and_since_when)
{
    add_good();
    add_asset_row(&world, &keeping_work, WORK_BODY("W2", "Z1", "2022-06-02", "2022-07-15"));
    assert_due("2022-06-20", -1, VILLAGE_1, "");
    assert_due("2022-06-20", 30, VILLAGE_1,
               "inspection Z1 S1 2022-06-30 1\nwork_order Z1 W2 2022-07-15 1\n");
    assert_due("2022-07-05", -1, VILLAGE_1, ""); /* within the days of grace */
    assert_due("2022-07-06", -1, VILLAGE_1, "inspection Z1 S1 2022-06-30 overdue 1\n");
    assert_due("2022-09-06", -1, NULL,
               "inspection Z1 S1 2022-06-30 overdue 3\nno_holder Z2  2022-05-31 overdue 1\n"
               "work_order Z1 W2 2022-07-15 overdue 1\n");
    assert_due("2022-09-06", -1, VILLAGE_3, "");
    /* as it was before the inspection and the excuse */
    assert_due("2022-04-27", 30, VILLAGE_1, "inspection Z1 S1 2022-04-30 1\n");
    assert_due("2022-05-10", 30, VILLAGE_1, "inspection Z1 S1 2022-05-30 1\n");
    /* one in between leaves the first open */
    add_asset_row(&world, &keeping_inspection,
                  INSPECTION_BODY("Z1", "S1", "2022-07-30", "2022-08-01", "in_use", "", ""));
    assert_due("2022-09-06", -1, VILLAGE_1,
               "inspection Z1 S1 2022-06-30 overdue 2\nwork_order Z1 W2 2022-07-15 overdue 1\n");
    /* a schedule that ended, a work that is done */
    add_asset_row(&world, &keeping_stop, STOP_BODY("S1", "2022-07-31"));
    add_asset_row(&world, &keeping_done, DONE_BODY("W2", "0", "2022-09-01"));
    assert_due("2022-12-06", -1, VILLAGE_1, "inspection Z1 S1 2022-06-30 overdue 1\n");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(posts_that_end_and_assets_whose_holder_left_are_listed)
{
    add_good();
    assert_due("2023-12-15", -1, VILLAGE_2, "no_holder Z2  2022-05-31 overdue 1\n");
    add_asset_row(&world, &keeping_stop, STOP_BODY("S1", "2022-05-31"));
    assert_due("2023-12-15", 0, VILLAGE_1, "post_ends  K1 2023-12-31 1\n");
    assert_due("2023-11-15", 0, VILLAGE_1, "");
    assert_due("2024-01-01", 0, VILLAGE_1, "no_holder Z1 K1 2023-12-31 overdue 1\n");
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z1", "2024-01-01", "苗儿村管护站", "0914-5322101", "K2", "0", ""));
    assert_due("2024-01-01", 0, VILLAGE_1, "");
    add_asset_row(&world, &keeping_left, LEFT_BODY("K2", "2023-12-31"));
    assert_due("2024-01-01", 0, VILLAGE_1, "no_holder Z1 K2 2023-12-31 overdue 1\n");
}
END_TEST

START_TEST(a_day_in_the_past_is_told_as_it_was_at_its_end)
{
    add_good();
    fixture_set_clock(FIXTURE_START);
    add_asset_row(&world, &keeping_work, WORK_BODY("W2", "Z2", "2022-06-02", "2022-07-15"));
    add_asset_row(&world, &keeping_done, DONE_BODY("W2", "100000", "2022-08-20"));
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z2", "2022-09-01", "站", "0914-5322101", "K2", "0", ""));
    add_asset_row(&world, &keeping_left, LEFT_BODY("K2", "2022-10-31"));
    add_asset_row(&world, &keeping_duty,
                  DUTY_BODY("Z2", "2022-12-01", "站", "0914-5322101", "", "0", ""));
    assert_due("2022-08-19", -1, VILLAGE_2,
               "no_holder Z2  2022-05-31 overdue 1\nwork_order Z2 W2 2022-07-15 overdue 1\n");
    assert_due("2022-08-20", -1, VILLAGE_2, "no_holder Z2  2022-05-31 overdue 1\n");
    assert_due("2022-09-01", -1, VILLAGE_2, "");
    assert_due("2022-10-31", 0, VILLAGE_1,
               "inspection Z1 S1 2022-06-30 overdue 4\npost_ends  K2 2022-10-31 1\n");
    assert_due("2022-10-30", 0, VILLAGE_1, "inspection Z1 S1 2022-06-30 overdue 4\n");
    assert_due("2022-11-01", -1, VILLAGE_2, "no_holder Z2 K2 2022-10-31 overdue 1\n");
    assert_due("2022-12-01", -1, VILLAGE_2, "");
    assert_due("2022-05-30", -1, VILLAGE_2, ""); /* the asset isn't there yet */
    assert_due("2024-01-01", -1, VILLAGE_2, "");
}
END_TEST

START_TEST(nothing_is_due_of_what_is_scrapped)
{
    add_good();
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-06-10", "scrapped", "水毁"));
    add_asset_row(&world, &asset_state, STATE_BODY("Z2", "2022-06-10", "scrapped", "水毁"));
    assert_due("2022-12-06", 30, NULL, "");
}
END_TEST

/* ---- Working days ---------------------------------------------------------------------------- */

static struct record *worked_saturday(void)
{
    struct record *row = new_row(&disclosed_calendar);

    set_text(row, CALENDAR_DATE, "2022-05-14");
    set_text(row, CALENDAR_DOCUMENT, "国办发明电");
    row->values[CALENDAR_WORKS].number = 1;
    return row;
}

static struct record *seen_on(const char *asset, const char *date)
{
    struct record *row = new_row(&keeping_inspection);

    set_text(row, INSPECTION_ASSET, asset);
    set_text(row, INSPECTION_DATE, date);
    set_text(row, INSPECTION_SCHEDULE, "S2");
    set_text(row, INSPECTION_STATE, "in_use");
    return row;
}

/* Each Saturday, or on the working day after it. */
static void add_saturdays(void)
{
    add_asset_row(&world, &asset_register, Z1);
    add_asset_row(&world, &keeping_schedule,
                  "{'asset':'Z1','every':1,'first':'2022-05-07','grace_days':0,'interval':'week',"
                  "'last':'2022-05-28','schedule':'S2','shift':'next','standard':'路面无坑槽',"
                  "'what':'inspection'}");
}

static bool put_occurrence(void *context, const struct occurrence *occurrence, struct error *err)
{
    struct seen *seen = context;
    size_t used = strlen(seen->text);
    char day[DATE_TEXT_SIZE];

    (void)err;
    (void)snprintf(seen->text + used, sizeof seen->text - used, "%s %s\n",
                   date_format(occurrence->day, day) + 5, occurrence_state_name(occurrence->state));
    return true;
}

static void assert_saturdays(const char *wanted)
{
    const date_t end = {19144}; /* 2022-06-01 */
    struct error err = ERROR_INIT;
    struct seen seen = {""};

    ck_assert_ok(occurrence_each(world.journal, "S2", end, end, put_occurrence, &seen, &err), err);
    ck_assert_str_eq(seen.text, wanted);
    assert_replay_is_identical(&world);
}

START_TEST(a_calendar_that_changes_between_two_rows_counts_from_then_on)
{
    const struct record_kind *kinds[] = {&keeping_inspection, &disclosed_calendar,
                                         &keeping_inspection};
    struct record *rows[] = {seen_on("Z1", "2022-05-09"), worked_saturday(),
                             seen_on("Z1", "2022-05-16")};
    struct error err = ERROR_INIT;

    add_saturdays();
    ck_assert_ok(try_records(&world, "li", kinds, rows, ARRAY_COUNT(rows), &err), err);
    assert_saturdays("05-07 done\n05-14 past_due\n05-21 done\n05-28 past_due\n");
}
END_TEST

START_TEST(a_calendar_that_was_rolled_back_never_was)
{
    const struct record_kind *kinds[] = {&disclosed_calendar, &keeping_inspection,
                                         &keeping_inspection};
    struct record *rows[] = {worked_saturday(), seen_on("Z1", "2022-05-09"),
                             seen_on("Z9", "2022-05-16")};
    const struct record_kind *kind = &keeping_inspection;
    struct error err = ERROR_INIT;
    struct record *row;

    add_saturdays();
    ck_assert(!try_records(&world, "li", kinds, rows, ARRAY_COUNT(rows), &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no asset Z9");
    error_clear(&err);
    row = seen_on("Z1", "2022-05-16");
    ck_assert_ok(try_records(&world, "li", &kind, &row, 1, &err), err);
    assert_saturdays("05-07 past_due\n05-14 done\n05-21 past_due\n05-28 past_due\n");
}
END_TEST

START_TEST(nothing_is_done_with_an_asset_after_its_end)
{
    static const struct {
        const struct record_kind *kind;
        const char *late, *in_time;
    } rows[] = {
        {&keeping_duty, DUTY_BODY("Z1", "2022-06-11", "站", "0914-5322101", "", "0", ""),
         DUTY_BODY("Z1", "2022-06-10", "站", "0914-5322101", "", "0", "")},
        {&keeping_schedule, SCHEDULE_BODY("S2", "Z1", "2022-06-11", "1", "month", "5", ""),
         SCHEDULE_BODY("S2", "Z1", "2022-06-10", "1", "month", "5", "")},
        {&keeping_inspection, INSPECTION_BODY("Z1", "", "", "2022-06-11", "in_use", "", ""),
         INSPECTION_BODY("Z1", "", "", "2022-06-10", "in_use", "", "")},
        {&keeping_work, WORK_BODY("W2", "Z1", "2022-06-11", "2022-07-01"),
         WORK_BODY("W2", "Z1", "2022-06-10", "2022-07-01")},
    };

    add_good();
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-06-10", "scrapped", "水毁"));
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_asset_row(&world, rows[i].kind, &err, rows[i].late), "taken: %s",
                      rows[i].late);
        ck_assert_error(err, ERROR_STATE, "asset Z1 is scrapped since 2022-06-10");
        add_asset_row(&world, rows[i].kind, rows[i].in_time);
    }
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-09-01", "in_use", ""));
    add_asset_row(&world, &keeping_inspection,
                  INSPECTION_BODY("Z1", "", "", "2022-09-02", "in_use", "", ""));
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- Money for upkeep ------------------------------------------------------------------------ */

static bool put_source(void *context, const char *source, money_t amount, struct error *err)
{
    struct seen *seen = context;
    size_t used = strlen(seen->text);

    (void)err;
    (void)snprintf(seen->text + used, sizeof seen->text - used, "%s %lld\n", source,
                   (long long)amount.fen);
    return true;
}

static bool put_fund(void *context, const struct upkeep_fund *fund, struct error *err)
{
    struct seen *seen = context;
    size_t used = strlen(seen->text);

    (void)snprintf(seen->text + used, sizeof seen->text - used, "%s %lld - %lld = %lld\n",
                   fund->fund, (long long)fund->received.fen, (long long)fund->declared.fen,
                   (long long)fund->unexplained.fen);
    return upkeep_source_each(world.journal, fund->fund, put_source, seen, err);
}

START_TEST(sources_add_up_to_the_fund_and_the_rest_is_told)
{
    struct error err = ERROR_INIT;
    struct seen seen = {""};

    add_good();
    add_asset_row(&world, &keeping_source, SOURCE_BODY("F2", "村集体出一点", "50000", ""));
    add_asset_row(&world, &keeping_source, SOURCE_BODY("F2", "财政补助", "-20000", "误计"));
    ck_assert_ok(upkeep_fund_each(world.journal, put_fund, &seen, &err), err);
    ck_assert_str_eq(seen.text, "F2 300000 - 230000 = 70000\n"
                                "村集体出一点 50000\n财政补助 180000\n");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        rows_that_break_a_rule_are_refused_with_the_reason,
        works_are_paid_by_vouchers_of_funds_for_upkeep_and_not_twice,
        a_reversed_voucher_paid_nothing,
        a_holder_is_sealed_and_what_is_wrong_of_one_is_refused,
        who_is_in_office_still_serves_the_purpose,
        the_score_counts_what_is_clear_on_a_day,
        an_asset_tells_its_last_inspection_and_the_next_day,
        the_lists_tell_what_is_due_and_since_when,
        posts_that_end_and_assets_whose_holder_left_are_listed,
        a_day_in_the_past_is_told_as_it_was_at_its_end,
        nothing_is_due_of_what_is_scrapped,
        a_calendar_that_changes_between_two_rows_counts_from_then_on,
        a_calendar_that_was_rolled_back_never_was,
        nothing_is_done_with_an_asset_after_its_end,
        sources_add_up_to_the_fund_and_the_rest_is_told,
    };

    return fixture_run("keeping_rows", tests, ARRAY_COUNT(tests), &world);
}
