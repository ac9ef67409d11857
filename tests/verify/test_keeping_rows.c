/*
 * test_keeping_rows.c - rows of docs/format.md section 5.12 in the order of a log. Each bad one
 * beside its reason.
 */
#include "tests/verify/moves.h"

#define DUTY(asset, day, keeper, money)                                                            \
    {                                                                                              \
        "asset.duty", "{'asset':'" asset "','date':'" day "','document':'','keeper':'" keeper      \
                      "','money':" money ",'money_source':'','office_phone':'','route':'self',"    \
                      "'scope':'','standard':'','unit':'站'}"                                     \
    }
#define SCHEDULE(schedule, first, interval, last)                                                  \
    {                                                                                              \
        "schedule.set",                                                                            \
            "{'asset':'Z1','every':1,'first':'" first "','grace_days':5,'interval':'" interval     \
            "','last':'" last "','schedule':'" schedule                                            \
            "','shift':'none','standard':'巡查','what':'inspection'}"                            \
    }
#define STOP(day)                                                                                  \
    {                                                                                              \
        "schedule.end", "{'date':'" day "','reason':'改线','schedule':'S1'}"                     \
    }
#define INSPECT(asset, day, schedule, due, keeper)                                                 \
    {                                                                                              \
        "inspection.record",                                                                       \
            "{'asset':'" asset "','date':'" day "','due':'" due                                    \
            "','findings':'','keeper':'" keeper "','schedule':'" schedule "','state':'in_use'}"    \
    }
#define EXCUSE(due)                                                                                \
    {                                                                                              \
        "inspection.excuse",                                                                       \
            "{'date':'2021-03-01','document':'','due':'" due "','reason':'雪','schedule':'S1'}"   \
    }
#define LEAVE(day)                                                                                 \
    {                                                                                              \
        "keeper.end", "{'date':'" day "','keeper':'K7','reason':'辞职'}"                         \
    }
#define WORK(day, due)                                                                             \
    {                                                                                              \
        "work.open", "{'asset':'Z1','date':'" day "','due':'" due                                  \
                     "','estimate':0,'fault':'塌方','work':'W1'}"                                \
    }
#define DONE(day, cost)                                                                            \
    {                                                                                              \
        "work.close", "{'by':'站','cost':" cost ",'date':'" day "','result':'好','work':'W1'}"    \
    }
#define PAID(amount, voucher)                                                                      \
    {                                                                                              \
        "work.pay", "{'amount':" amount ",'voucher':'2021-00000" voucher "','work':'W1'}"          \
    }
#define SOURCE(amount, fund)                                                                       \
    {                                                                                              \
        "maintenance.source",                                                                      \
            "{'amount':" amount ",'date':'2021-03-01','division':'" FIXTURE_COUNTY                 \
            "','document':'','fund':'" fund "','source':'财政补助','text':'更正'}"           \
    }
#define MONTHLY SCHEDULE("S1", "2021-03-31", "month", "")

static const struct row_case cases[] = {
    /* Holders. */
    {NULL, {DUTY("Z1", "2021-03-01", "K7", "0")}},
    {"names a holder who isn't in office", {DUTY("Z1", "2021-02-27", "K7", "0")}},
    {"its \"keeper\" is K8, of which no row before it tells",
     {DUTY("Z1", "2021-03-01", "K8", "0")}},
    {"has money without its source", {DUTY("Z1", "2021-03-01", "", "1")}},
    {NULL, {LEAVE("2021-03-02"), DUTY("Z1", "2021-03-02", "K7", "0")}},
    {"names a holder who isn't in office",
     {LEAVE("2021-03-02"), INSPECT("Z1", "2021-03-03", "", "", "K7")}},
    {"ends an appointment that was ended", {LEAVE("2021-03-02"), LEAVE("2021-03-02")}},
    {"is of 2021-02-27, before", {LEAVE("2021-02-27")}},
    /* Assets. */
    {"its \"asset\" is Z9, of which no row before it tells", {DUTY("Z9", "2021-03-01", "", "0")}},
    {"is of 2021-01-31, before what it follows, of 2021-02-01",
     {INSPECT("Z1", "2021-01-31", "", "", "")}},
    {NULL, {STATE("Z1", "2021-03-02", "scrapped"), INSPECT("Z1", "2021-03-02", "", "", "")}},
    {"uses an asset after the day on which it was scrapped",
     {STATE("Z1", "2021-03-02", "scrapped"), INSPECT("Z1", "2021-03-03", "", "", "")}},
    /* Schedules. */
    {NULL, {MONTHLY, INSPECT("Z1", "2021-03-01", "S1", "2021-04-30", "")}},
    {NULL, {MONTHLY, INSPECT("Z1", "2021-03-01", "S1", "2022-02-28", "")}},
    {"names 2022-03-28, which is no day of its schedule",
     {MONTHLY, INSPECT("Z1", "2021-03-01", "S1", "2022-03-28", "")}},
    {"names 2021-02-28, which is no day of its schedule",
     {MONTHLY, INSPECT("Z1", "2021-03-01", "S1", "2021-02-28", "")}},
    {"names 2021-04-30, which is no day of its schedule",
     {SCHEDULE("S1", "2021-03-31", "month", "2021-04-29"), EXCUSE("2021-04-30")}},
    {"names 2021-04-30, which is no day of its schedule",
     {MONTHLY, STOP("2021-04-29"), EXCUSE("2021-04-30")}},
    {NULL, {SCHEDULE("S1", "2021-03-31", "week", ""), EXCUSE("2021-04-14")}},
    {"names 2021-04-13, which is no day of its schedule",
     {SCHEDULE("S1", "2021-03-31", "week", ""), EXCUSE("2021-04-13")}},
    {NULL, {SCHEDULE("S1", "2024-02-29", "year", ""), EXCUSE("2025-02-28")}},
    {"excuses again what a row before it excuses",
     {MONTHLY, EXCUSE("2021-04-30"), EXCUSE("2021-04-30")}},
    {"ends a schedule that was ended", {MONTHLY, STOP("2021-04-29"), STOP("2021-04-29")}},
    {"its \"schedule\" is S1, which a row before it has", {MONTHLY, MONTHLY}},
    {"its \"schedule\" is S2, of which no row before it tells",
     {MONTHLY, INSPECT("Z1", "2021-03-01", "S2", "", "")}},
    {"names a schedule of another asset", {MONTHLY, INSPECT("Z2", "2021-03-01", "S1", "", "")}},
    {"names a day of no schedule", {INSPECT("Z1", "2021-03-01", "", "2021-03-31", "")}},
    /* Works, and the money for upkeep. */
    {NULL,
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), DONE("2021-03-02", "100"),
      PAID("100", "7")}},
    {"is of 2021-02-28, before", {WORK("2021-03-01", "2021-02-28")}},
    {"is of 2021-02-28, before", {WORK("2021-03-01", "2021-03-02"), DONE("2021-02-28", "100")}},
    {"closes a work that was closed",
     {WORK("2021-03-01", "2021-03-02"), DONE("2021-03-02", "100"), DONE("2021-03-02", "100")}},
    {"has 0.90 yuan paid for a work that cost 0.80 yuan",
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), DONE("2021-03-02", "80"),
      PAID("90", "7")}},
    {"has 0.90 yuan paid for a work that cost 0.80 yuan",
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), PAID("90", "7"),
      DONE("2021-03-02", "80")}},
    {"has 1.01 yuan of voucher 2021-000007 paid for works, and it paid 1.00 yuan",
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), PAID("90", "7"), PAID("11", "7")}},
    {"has 0.01 yuan of voucher 2021-000007 paid for works, and it paid 0.00 yuan",
     {WORK("2021-03-01", "2021-03-02"), PAID("1", "7")}},
    {"names voucher 2021-000006, which is no payment",
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), PAID("1", "6")}},
    {"pays a work by a voucher about people",
     {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"), PAID("1", "3")}},
    {"its \"work\" is W1, of which no row before it tells", {PAID("1", "7")}},
    {NULL, {SOURCE("90001000", "F1"), SOURCE("-90001000", "F1")}},
    {"has sources of 900010.01 yuan told of fund F1, which received 900010.00 yuan",
     {SOURCE("90001001", "F1")}},
    {"has sources of 0.01 yuan told of fund F2, which received 0.00 yuan", {SOURCE("1", "F2")}},
    {"takes back more than the sources of the fund come to",
     {SOURCE("1", "F1"), SOURCE("-2", "F1")}},
};

static void begin(void)
{
    static const struct row assets[] = {ASSET("Z1"), ASSET("Z2")};
    char sealed[96];

    receive();
    pay(7);
    for (size_t i = 0; i < ARRAY_COUNT(assets); i++)
        (void)add_row(&assets[i]);
    fixture_seal(world, "keeper.appoint/detail", "K7",
                 quoted("{'id_number':'','name':'张某','pay':50000}"), sealed);
    fixture_row(world, "li", "keeper.appoint",
                "{\"detail\":%s,\"division\":\"" FIXTURE_COUNTY
                "\",\"first_day\":\"2021-02-28\",\"keeper\":\"K7\",\"last_day\":\"\","
                "\"office_phone\":\"0914-5322101\",\"post\":\"管护员\",\"unit\":\"站\"}",
                sealed);
    cover();
}

START_TEST(each_row_is_held_to_those_before_it)
{
    begin();
    expect_rows(NULL, &cases[_i]);
}
END_TEST

START_TEST(what_a_reversed_voucher_paid_is_paid_again)
{
    static const struct row rows[] = {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"),
                                      DONE("2021-03-02", "100"), PAID("100", "7")};
    static const struct row again = PAID("100", "9");

    begin();
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        (void)add_row(&rows[i]);
    cover();
    if (_i == 0) undo(8, "2021-000007");
    if (_i == 1) pay(8);
    pay(9);
    (void)add_row(&again);
    cover();
    expect(_i == 0 ? "PASS" : "has 2.00 yuan paid for a work that cost 1.00 yuan");
}
END_TEST

START_TEST(a_reversed_voucher_pays_nothing)
{
    static const struct row rows[] = {SOURCE("10", "F1"), WORK("2021-03-01", "2021-03-02"),
                                      PAID("100", "7")};

    begin();
    if (_i == 0) undo(8, "2021-000007");
    if (_i == 1) reverse(8, "100", "2021-000007");
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        (void)add_row(&rows[i]);
    cover();
    expect("names voucher 2021-000007, which isn't posted, or is reversed");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_those_before_it, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, what_a_reversed_voucher_paid_is_paid_again, 0, 2);
    tcase_add_loop_test(tests, a_reversed_voucher_pays_nothing, 0, 2);
}

int main(void)
{
    return run_suite("verify_keeping_rows", add);
}
