/*
 * test_custody_rows.c - disposals and rounds of stock-taking of docs/format.md section 5.14 in the
 * order of a log. Each bad one beside its reason.
 */
#include "tests/verify/moves.h"

#define OPEN(disposal, asset, method)                                                              \
    {                                                                                              \
        "disposal.open",                                                                           \
            "{'asset':'" asset "','cause':'idle','date':'2021-03-02','disposal':'" disposal        \
            "','method':'" method "','text':'闲置'}"                                             \
    }
#define STEP_ON(day, step, votes_for, votes_against)                                               \
    {                                                                                              \
        "disposal.step", "{'date':'" day "','disposal':'CZ1','document':'纪要','step':'" step      \
                         "','text':'','votes_abstained':1,'votes_against':" votes_against          \
                         ",'votes_for':" votes_for "}"                                             \
    }
#define STEP(step)                                                                                 \
    {                                                                                              \
        "disposal.step", "{'date':'2021-03-03','disposal':'CZ1','document':'纪要','step':'" step   \
                         "','text':'','votes_abstained':0,'votes_against':0,'votes_for':0}"        \
    }
#define FINISH(valuation, proceeds, voucher)                                                       \
    {                                                                                              \
        "disposal.finish", "{'date':'2021-03-04','disposal':'CZ1','proceeds':" proceeds            \
                           ",'text':'','valuation':" valuation ",'voucher':'" voucher "'}"         \
    }
#define DROP                                                                                       \
    {                                                                                              \
        "disposal.drop", "{'date':'2021-03-03','disposal':'CZ1','reason':'不办'}"                \
    }
/* Of a county's asset Z1, and of a village's Z2, up to the decision. */
#define COUNTY_STEPS STEP("sector_opinion"), STEP("county_approval")
#define DECISION     STEP_ON("2021-03-03", "decision", "30", "2")
#define LISTED(asset)                                                                              \
    {                                                                                              \
        "handover.asset", "{'asset':'" asset "','certificate':'','date':'2021-03-02',"             \
                          "'disposal':'','distribution':'会','division':'" FIXTURE_TOWN            \
                          "','document':'','handover':'YJ1','income':'村','operator':'',"         \
                          "'owner':'镇政府','supervision':'','uscc':''}"                        \
    }
#define ROUND(round)                                                                               \
    {                                                                                              \
        "stocktake.open",                                                                          \
            "{'date':'2021-03-02','division':'" FIXTURE_TOWN "','round':'" round "','text':''}"    \
    }
#define COUNT_ON(day, asset, found, division, state)                                               \
    {                                                                                              \
        "stocktake.count", "{'asset':'" asset "','date':'" day "','division':'" division           \
                           "','found':'" found "','round':'PD1','state':'" state "','text':''}"    \
    }
#define COUNT(asset, found, division, state) COUNT_ON("2021-03-03", asset, found, division, state)
#define CLOSE(found, elsewhere)                                                                    \
    {                                                                                              \
        "stocktake.close", "{'changed':0,'date':'2021-03-04','elsewhere':" elsewhere               \
                           ",'found':" found ",'missing':0,'round':'PD1'}"                         \
    }

static const struct row before[] = {ASSET("Z1"),
                                    ASSET("Z2"),
                                    ASSET("Z3"),
                                    TITLE("Z1", "2021-02-02", FIXTURE_COUNTY, ""),
                                    TITLE("Z2", "2021-02-02", FIXTURE_VILLAGE, ""),
                                    NO_ROWS};

static const struct row_case cases[] = {
    /* Steps. */
    {NULL,
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("valuation"), STEP("announcement"),
      FINISH("0", "0", "")}},
    {NULL,
     {OPEN("CZ1", "Z1", "suspension"), COUNTY_STEPS, STEP("announcement"), FINISH("0", "0", "")}},
    {"passes over the step sector_opinion",
     {OPEN("CZ1", "Z1", "scrapping"), STEP("county_approval")}},
    {"passes over the step valuation",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("announcement")}},
    {"passes over the step announcement",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("valuation"), FINISH("0", "0", "")}},
    {"passes over the step open_market",
     {OPEN("CZ1", "Z1", "auction"), COUNTY_STEPS, STEP("valuation"), STEP("announcement")}},
    {"takes a step that this disposal doesn't have, or is past",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("sector_opinion")}},
    {"takes a step that this disposal doesn't have, or is past",
     {OPEN("CZ1", "Z1", "suspension"), COUNTY_STEPS, STEP("valuation")}},
    {"takes a step that this disposal doesn't have, or is past",
     {OPEN("CZ1", "Z1", "scrapping"), STEP("township_check")}},
    {"passes over the step branch_proposal",
     {OPEN("CZ1", "Z2", "scrapping"), STEP("sector_opinion")}},
    {NULL,
     {OPEN("CZ1", "Z2", "scrapping"), STEP("branch_proposal"), STEP("committees"),
      STEP("party_review"), DECISION}},
    {"decides without a majority",
     {OPEN("CZ1", "Z2", "scrapping"), STEP("branch_proposal"), STEP("committees"),
      STEP("party_review"), STEP_ON("2021-03-03", "decision", "3", "2")}},
    {"counts votes where nobody votes",
     {OPEN("CZ1", "Z1", "scrapping"), STEP_ON("2021-03-03", "sector_opinion", "3", "0")}},
    {"is of 2021-03-01, before what it follows, of 2021-03-02",
     {OPEN("CZ1", "Z1", "scrapping"), STEP_ON("2021-03-01", "sector_opinion", "0", "0")}},
    {"its \"disposal\" is CZ1, of which no row before it tells", {STEP("sector_opinion")}},
    /* One at a time, of its owner. */
    {"disposes of an asset without a title", {OPEN("CZ1", "Z3", "scrapping")}},
    {"disposes of an asset that is being handed over, or disposed of",
     {OPEN("CZ1", "Z1", "scrapping"), OPEN("CZ2", "Z1", "scrapping")}},
    {"disposes of an asset that is being handed over, or disposed of",
     {LISTED("Z1"), OPEN("CZ1", "Z1", "scrapping")}},
    {"hands over an asset that is on a list already, or being disposed of",
     {OPEN("CZ1", "Z1", "scrapping"), LISTED("Z1")}},
    {NULL, {OPEN("CZ1", "Z1", "scrapping"), DROP, OPEN("CZ2", "Z1", "scrapping")}},
    {"goes on with a disposal that is finished or dropped",
     {OPEN("CZ1", "Z1", "scrapping"), DROP, STEP("sector_opinion")}},
    {"its \"disposal\" is CZ1, which a row before it has",
     {OPEN("CZ1", "Z1", "scrapping"), OPEN("CZ1", "Z2", "scrapping")}},
    /* The end. */
    {"has a valuation or proceeds that its method or its steps rule out",
     {OPEN("CZ1", "Z1", "suspension"), COUNTY_STEPS, STEP("announcement"), FINISH("1", "0", "")}},
    {"has a valuation or proceeds that its method or its steps rule out",
     {OPEN("CZ1", "Z1", "auction"), COUNTY_STEPS, STEP("valuation"), STEP("open_market"),
      STEP("announcement"), FINISH("1", "0", "")}},
    {"names a receipt without proceeds",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("valuation"), STEP("announcement"),
      FINISH("1", "0", "2021-000001")}},
    {"tells of an asset after the day on which it was disposed of",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("valuation"), STEP("announcement"),
      FINISH("0", "0", ""), STATE("Z1", "2021-03-05", "in_use")}},
    {"is of 2021-03-04, before what it follows, of 2021-03-05",
     {OPEN("CZ1", "Z1", "scrapping"), COUNTY_STEPS, STEP("valuation"), STEP("announcement"),
      STATE("Z1", "2021-03-05", "idle"), FINISH("0", "0", "")}},
    {"brings a scrapped asset back by a disposal",
     {OPEN("CZ1", "Z1", "suspension"), COUNTY_STEPS, STEP("announcement"),
      STATE("Z1", "2021-03-03", "scrapped"), FINISH("0", "0", "")}},
    /* Stock-taking. */
    {NULL,
     {ROUND("PD1"), COUNT("Z1", "found", FIXTURE_VILLAGE, "in_use"),
      COUNT("Z2", "elsewhere", FIXTURE_OTHER_VILLAGE, "idle"),
      COUNT("Z3", "missing", FIXTURE_VILLAGE, "none"), CLOSE("1", "1")}},
    {"closes with more found than were counted so",
     {ROUND("PD1"), COUNT("Z1", "found", FIXTURE_VILLAGE, "in_use"), CLOSE("2", "0")}},
    {"closes with more found than were counted so",
     {ROUND("PD1"), COUNT("Z1", "found", FIXTURE_VILLAGE, "in_use"),
      COUNT("Z1", "missing", FIXTURE_VILLAGE, "none"), CLOSE("1", "0")}},
    {"closes with more found than were counted so",
     {ROUND("PD1"), COUNT("Z1", "found", FIXTURE_VILLAGE, "in_use"), CLOSE("0", "1")}},
    {"was seen where or in a state that \"found\" rules out",
     {ROUND("PD1"), COUNT("Z1", "found", FIXTURE_OTHER_VILLAGE, "in_use")}},
    {"was seen where or in a state that \"found\" rules out",
     {ROUND("PD1"), COUNT("Z1", "elsewhere", FIXTURE_VILLAGE, "in_use")}},
    {"was seen where or in a state that \"found\" rules out",
     {ROUND("PD1"), COUNT("Z1", "missing", FIXTURE_VILLAGE, "in_use")}},
    {"is of 2021-03-01, before",
     {ROUND("PD1"), COUNT_ON("2021-03-01", "Z1", "found", FIXTURE_VILLAGE, "in_use")}},
    {"goes on with a round that is closed",
     {ROUND("PD1"), CLOSE("0", "0"), COUNT("Z1", "found", FIXTURE_VILLAGE, "in_use")}},
    {"goes on with a round that is closed", {ROUND("PD1"), CLOSE("0", "0"), CLOSE("0", "0")}},
    {"its \"round\" is PD1, which a row before it has", {ROUND("PD1"), ROUND("PD1")}},
    {"its \"asset\" is Z9, of which no row before it tells",
     {ROUND("PD1"), COUNT("Z9", "found", FIXTURE_VILLAGE, "in_use")}},
};

START_TEST(each_row_is_held_to_those_before_it)
{
    expect_rows(before, &cases[_i]);
}
END_TEST

#define SOLD(day, proceeds, voucher)                                                               \
    {                                                                                              \
        "disposal.finish", "{'date':'" day "','disposal':'CZ1','proceeds':" proceeds               \
                           ",'text':'','valuation':1,'voucher':'2021-00000" voucher "'}"           \
    }
#define INCOME                                                                                     \
    {                                                                                              \
        "income.receive",                                                                          \
            "{'amount':600,'asset':'','date':'2021-05-04','division':'" FIXTURE_COUNTY             \
            "','due':'','kind':'other','lease':'','text':'t','voucher':"                           \
            "'2021-000006'}"                                                                       \
    }
#define AUCTION                                                                                    \
    OPEN("CZ1", "Z1", "auction"), COUNTY_STEPS, STEP("valuation"), STEP("open_market"),            \
        STEP("announcement")

/* Voucher 6 brought 10.00 yuan on 4 May. */
static const struct row_case proceeds[] = {
    {NULL, {AUCTION, SOLD("2021-05-04", "1000", "6")}},
    {NULL, {INCOME, AUCTION, SOLD("2021-05-04", "400", "6")}},
    {"has 10.01 yuan of voucher 2021-000006 told as income and proceeds",
     {AUCTION, SOLD("2021-05-04", "1001", "6")}},
    {"has 10.01 yuan of voucher 2021-000006 told as income and proceeds",
     {INCOME, AUCTION, SOLD("2021-05-04", "401", "6")}},
    {"is of 2021-05-03, before what it follows, of 2021-05-04",
     {AUCTION, SOLD("2021-05-03", "1000", "6")}},
    {"names voucher 2021-000003, which is no receipt", {AUCTION, SOLD("2021-05-04", "1", "3")}},
};

START_TEST(proceeds_are_no_more_than_a_receipt_brought)
{
    receive();
    expect_rows(before, &proceeds[_i]);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_those_before_it, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, proceeds_are_no_more_than_a_receipt_brought, 0,
                        ARRAY_COUNT(proceeds));
}

int main(void)
{
    return run_suite("verify_custody_rows", add);
}
