/*
 * test_keeping.c - rows of docs/format.md section 5.12 made by hand: one good one of each kind, and
 * what breaks a sentence of that section. Quotes are written ' in the bodies.
 */
#include "tests/verify/rows.h"

#define BODY(phone)                                                                                \
    "{'date':'2021-03-01','division':'" FIXTURE_COUNTY                                             \
    "','document':'','name':'管护领导小组','office_phone':'" phone "'}"
#define DUTY(route, money)                                                                         \
    "{'asset':'Z1','date':'2021-03-01','document':'','keeper':'','money':" money                   \
    ",'money_source':'','office_phone':'','route':'" route "','scope':'','standard':'','unit':''}"
#define SCHEDULE(every, interval)                                                                  \
    "{'asset':'Z1','every':" every ",'first':'2021-03-31','grace_days':5,'interval':'" interval    \
    "','last':'','schedule':'S1','shift':'next','standard':'巡查','what':'inspection'}"
#define INSPECTION(due, state)                                                                     \
    "{'asset':'Z1','date':'2021-03-01','due':'" due                                                \
    "','findings':'','keeper':'','schedule':'S1','state':'" state "'}"
#define WORK(fault)                                                                                \
    "{'asset':'Z1','date':'2021-03-01','due':'2021-03-02','estimate':0,'fault':'" fault            \
    "','work':'W1'}"
#define SOURCE(amount)                                                                             \
    "{'amount':" amount ",'date':'2021-03-01','division':'" FIXTURE_COUNTY                         \
    "','document':'','fund':'F1','source':'财政补助','text':''}"

static const struct {
    const char *kind, *body;
    const char *wanted; /* NULL: its shape is good */
} cases[] = {
    {"body.declare", BODY("0914-5322101"), NULL},
    {"body.declare", BODY("13800138000"), "\"office_phone\""},
    {"asset.duty", DUTY("self", "0"), NULL},
    {"asset.duty", DUTY("nobody", "0"), "\"route\" is none of the words allowed"},
    {"asset.duty", DUTY("self", "-1"), "\"money\""},
    {"schedule.set", SCHEDULE("1", "month"), NULL},
    {"schedule.set", SCHEDULE("0", "month"), "\"every\" is not above 0"},
    {"schedule.set", SCHEDULE("1", "hour"), "\"interval\" is none of the words allowed"},
    {"schedule.end", "{'date':'2021-03-01','reason':'改线','schedule':'S1'}", NULL},
    {"schedule.end", "{'date':'2021-02-29','reason':'改线','schedule':'S1'}", "\"date\""},
    {"inspection.record", INSPECTION("", "idle"), NULL},
    {"inspection.record", INSPECTION("2021-03-31", "lost"), "\"state\" is none of the words"},
    {"inspection.record", INSPECTION("31", "idle"), "\"due\""},
    {"inspection.excuse",
     "{'date':'2021-03-01','document':'','due':'2021-03-31','reason':'雪','schedule':'S1'}", NULL},
    {"inspection.excuse",
     "{'date':'2021-03-01','document':'','due':'2021-03-31','reason':'','schedule':'S1'}",
     "\"reason\" is empty"},
    {"work.open", WORK("塌方"), NULL},
    {"work.open", WORK("打13800138000"), "\"fault\" shows"},
    {"work.close", "{'by':'站','cost':0,'date':'2021-03-01','result':'好','work':'W1'}", NULL},
    {"work.close", "{'by':'','cost':0,'date':'2021-03-01','result':'好','work':'W1'}",
     "\"by\" is empty"},
    {"work.pay", "{'amount':1,'voucher':'2021-000001','work':'W1'}", NULL},
    {"work.pay", "{'amount':0,'voucher':'2021-000001','work':'W1'}", "\"amount\" is not above 0"},
    {"work.pay", "{'amount':1,'voucher':'V1','work':'W1'}", "\"voucher\""},
    {"maintenance.source", SOURCE("-1"), NULL},
    {"maintenance.source", SOURCE("'1'"), "\"amount\" is no whole number"},
    {"keeper.end", "{'date':'2021-03-01','keeper':'K1','reason':'辞职'}", NULL},
    {"keeper.end", "{'date':'2021-03-01','keeper':'','reason':'辞职'}", "\"keeper\""},
};

START_TEST(each_row_is_held_to_its_shape)
{
    expect_shape(cases[_i].kind, cases[_i].body, cases[_i].wanted);
}
END_TEST

#define APPOINT                                                                                    \
    "{\"detail\":%s,\"division\":\"" FIXTURE_COUNTY                                                \
    "\",\"first_day\":\"2021-03-01\",\"keeper\":\"K7\",\"last_day\":\"\",\"office_phone\":"        \
    "\"0914-5322101\",\"post\":\"管护员\",\"unit\":\"管护站\"}"

static const struct {
    const char *subject, *value;
    const char *wanted; /* NULL: it is good */
} sealed_cases[] = {
    {"K7", "{'id_number':'','name':'张某','pay':50000}", NULL},
    {"K8", "{'id_number':'','name':'张某','pay':50000}", "names another subject than \"K7\""},
    {"K7", "{'id_number':'','name':'张某'}", "under seal"},
};

START_TEST(a_holder_is_sealed_and_held_to_its_shape)
{
    char sealed[96];

    fixture_seal(world, "keeper.appoint/detail", sealed_cases[_i].subject,
                 quoted(sealed_cases[_i].value), sealed);
    fixture_row(world, "li", "keeper.appoint", APPOINT, sealed);
    fixture_import(world, "li", "file-2");
    expect(sealed_cases[_i].wanted == NULL ? "PASS" : sealed_cases[_i].wanted);
}
END_TEST

START_TEST(a_holder_in_clear_is_refused)
{
    fixture_row(world, "li", "keeper.appoint", APPOINT, "{}");
    fixture_import(world, "li", "file-2");
    expect("\"detail\" is not sealed");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_its_shape, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, a_holder_is_sealed_and_held_to_its_shape, 0,
                        ARRAY_COUNT(sealed_cases));
    tcase_add_test(tests, a_holder_in_clear_is_refused);
}

int main(void)
{
    return run_suite("verify_keeping", add);
}
