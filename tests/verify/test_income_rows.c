/*
 * test_income_rows.c - rows of docs/format.md section 5.13 in the order of a log. Each bad one
 * beside its reason.
 */
#include "tests/verify/moves.h"

#define RECEIVE(amount, due, lease, voucher)                                                       \
    {                                                                                              \
        "income.receive",                                                                          \
            "{'amount':" amount ",'asset':'','date':'2021-03-01','division':'" FIXTURE_COUNTY      \
            "','due':'" due "','kind':'lease','lease':'" lease                                     \
            "','text':'t','voucher':'2021-00000" voucher "'}"                                      \
    }
#define END(day)                                                                                   \
    {                                                                                              \
        "lease.end", "{'date':'" day "','document':'','lease':'L1','reason':'r'}"                  \
    }
#define DUE(day)                                                                                   \
    {                                                                                              \
        "lease.due", "{'amount':1,'due':'" day "','lease':'L1','text':''}"                         \
    }
#define SHARE(division, parts, people, use)                                                        \
    {                                                                                              \
        "distribution.share", "{'division':'" division "','parts':" parts ",'people':" people      \
                              ",'plan':'D1','text':'','use':'" use "'}"                            \
    }
#define VILLAGE_SHARE(parts) SHARE(FIXTURE_VILLAGE, parts, "0", "reserve")
#define PLAN_OF(division, amount, whole)                                                           \
    {                                                                                              \
        "distribution.plan",                                                                       \
            "{'amount':" amount ",'basis':'b','date':'2021-03-01','division':'" division           \
            "','document':'d','income':'other','plan':'D1','rule':'r',"                            \
            "'whole':" whole ",'year':2020}"                                                       \
    }
#define PLAN(amount, whole) PLAN_OF(FIXTURE_COUNTY, amount, whole)
#define PAY(use, voucher)                                                                          \
    {                                                                                              \
        "distribution.pay",                                                                        \
            "{'date':'2021-03-01','plan':'D1','use':'" use "','voucher':'2021-00000" voucher "'}"  \
    }
#define CLEAR(amount, voucher)                                                                     \
    {                                                                                              \
        "debt.clear", "{'amount':" amount ",'date':'2021-03-01','debt':'Q1','document':'d',"       \
                      "'voucher':'" voucher "'}"                                                   \
    }
#define CLASS(division)                                                                            \
    {                                                                                              \
        "township.class",                                                                          \
            "{'class':'leading','date':'2021-03-01','division':'" division "','document':'d'}"     \
    }
#define DECLARE(item, division)                                                                    \
    {                                                                                              \
        "village.declare", "{'date':'2021-03-01','division':'" division                            \
                           "','evidence':'e','item':'" item "','met':true}"                        \
    }

static const struct row_case cases[] = {
    /* What came in. */
    {NULL, {RECEIVE("400", "", "L1", "6"), RECEIVE("600", "", "", "6")}},
    {"has 10.01 yuan of voucher 2021-000006 told as income and proceeds",
     {RECEIVE("400", "", "L1", "6"), RECEIVE("601", "", "", "6")}},
    {NULL, {RECEIVE("1000", "", "", "6"), RECEIVE("-1", "", "", "6"), RECEIVE("1", "", "", "6")}},
    {"takes back more than was told", {RECEIVE("1", "", "L1", "6"), RECEIVE("-1", "", "", "6")}},
    {"names voucher 2021-000007, which is no receipt", {RECEIVE("1", "", "", "7")}},
    {"voucher 2021-000009 was never submitted", {RECEIVE("1", "", "", "9")}},
    {"its \"lease\" is L9, of which no row before it tells", {RECEIVE("1", "", "L9", "6")}},
    /* L1 runs from 1 March to 31 December, rent is due each three months from 31 March on. */
    {NULL, {RECEIVE("1", "2021-06-30", "L1", "6")}},
    {"pays a due that its lease doesn't have", {RECEIVE("1", "2021-05-31", "L1", "6")}},
    {"pays a due that its lease doesn't have", {RECEIVE("1", "2022-03-31", "L1", "6")}},
    {NULL, {DUE("2021-05-31"), RECEIVE("1", "2021-05-31", "L1", "6")}},
    {"pays a due without its lease", {RECEIVE("1", "2021-06-30", "", "6")}},
    {"is of 2021-02-28, before", {DUE("2021-02-28")}},
    {NULL, {END("2021-04-01")}},
    {"ends a lease that was ended", {END("2021-04-01"), END("2021-04-02")}},
    {"ends a lease that is over by then", {END("2021-12-31")}},
    /* Plans. */
    {NULL, {VILLAGE_SHARE("1"), VILLAGE_SHARE("2"), PLAN("100", "3")}},
    {"has a whole of 4 parts, and its shares have 3",
     {VILLAGE_SHARE("1"), VILLAGE_SHARE("2"), PLAN("100", "4")}},
    {"has a whole of 1 parts, and its shares have 0", {PLAN("100", "1")}},
    {"adds to a plan that stands", {VILLAGE_SHARE("1"), PLAN("100", "1"), VILLAGE_SHARE("1")}},
    {"adds to a plan that stands", {VILLAGE_SHARE("1"), PLAN("100", "1"), PLAN("100", "1")}},
    {"has a share outside its division",
     {VILLAGE_SHARE("1"), PLAN_OF(FIXTURE_OTHER_VILLAGE, "100", "1")}},
    {"is a share of fewer than three people", {SHARE(FIXTURE_VILLAGE, "1", "2", "households")}},
    {"is a share of fewer than three people", {SHARE(FIXTURE_VILLAGE, "1", "0", "households")}},
    {"is a share of fewer than three people", {SHARE(FIXTURE_VILLAGE, "1", "3", "reserve")}},
    {"has fewer than two parts for each", {SHARE(FIXTURE_VILLAGE, "5", "3", "households")}},
    {"says 3 people with 6 parts; the rows before it are 0 with 0",
     {SHARE(FIXTURE_VILLAGE, "6", "3", "households")}},
    {"has the division and use of a share before it",
     {SHARE(FIXTURE_VILLAGE, "1", "0", "post_wages"),
      SHARE(FIXTURE_VILLAGE, "1", "0", "post_wages")}},
    {NULL, {VILLAGE_SHARE("1"), PLAN("100", "1"), PAY("reserve", "7")}},
    {"has 1.00 yuan paid for a use of a plan that gets 0.51 yuan",
     {VILLAGE_SHARE("1"), SHARE(FIXTURE_VILLAGE, "1", "0", "relief"), PLAN("100", "2"),
      PAY("reserve", "7")}},
    {"has 1.00 yuan paid for a use of a plan that gets 0.00 yuan",
     {VILLAGE_SHARE("1"), PLAN("100", "1"), PAY("relief", "7")}},
    {"ties a voucher that is tied",
     {VILLAGE_SHARE("1"), PLAN("200", "1"), PAY("reserve", "7"), PAY("reserve", "7")}},
    {"names voucher 2021-000006, which is no payment",
     {VILLAGE_SHARE("1"), PLAN("100", "1"), PAY("reserve", "6")}},
    {"carries out a plan that doesn't stand", {VILLAGE_SHARE("1"), PAY("reserve", "7")}},
    /* Villages. */
    {NULL, {CLEAR("60", "2021-000007"), CLEAR("40", "")}},
    {"clears 1.01 yuan of a debt of 1.00 yuan", {CLEAR("60", ""), CLEAR("41", "")}},
    {"names voucher 2021-000006, which is no payment", {CLEAR("1", "2021-000006")}},
    {NULL, {CLASS(FIXTURE_TOWN)}},
    {"is of a division at another level", {CLASS(FIXTURE_VILLAGE)}},
    {NULL, {DECLARE("村级活动场所", FIXTURE_VILLAGE)}},
    {"declares what is computed", {DECLARE("村级无债务", FIXTURE_VILLAGE)}},
    {"is of a division at another level", {DECLARE("村级活动场所", FIXTURE_TOWN)}},
};

#define LEASE_OF(lease, asset, party, uscc)                                                        \
    "{\"asset\":\"" asset                                                                          \
    "\",\"date\":\"2021-03-01\",\"detail\":%s,\"division\":\"" FIXTURE_COUNTY                      \
    "\",\"document\":\"\",\"first_day\":\"2021-03-01\",\"first_due\":\"2021-03-31\","              \
    "\"guaranteed_bp\":0,\"kind\":\"lease\",\"last_day\":\"2021-12-31\",\"lease\":\"" lease        \
    "\",\"months\":3,\"party\":\"" party "\",\"rent\":100,\"risk\":\"\",\"uscc\":\"" uscc "\"}"

static uint64_t seal_row(const char *kind, const char *subject, const char *value,
                         const char *before, const char *after)
{
    char sealed[96], purpose[64];

    (void)snprintf(purpose, sizeof purpose, "%s/detail", kind);
    fixture_seal(world, purpose, subject, quoted(value), sealed);
    return fixture_row(world, "li", kind, "%s%s%s", before, sealed, after);
}

/* A row whose detail stands where `%s` does. */
static void add_sealed(const char *kind, const char *subject, const char *value, const char *body)
{
    char before[1024];
    const char *at = strstr(body, "%s");

    (void)snprintf(before, sizeof before, "%.*s", (int)(at - body), body);
    (void)seal_row(kind, subject, value, before, at + 2);
}

#define A_PERSON "{'id_number':'','name':'张某'}"

static void begin(void)
{
    static const struct row assets[] = {
        ASSET("Z1"),
        {"asset.register",
         REGISTER_BODY("Z2", FIXTURE_VILLAGE, "2021-02-01", "public_welfare", "")}};

    receive();
    pay(7);
    for (size_t i = 0; i < ARRAY_COUNT(assets); i++)
        (void)add_row(&assets[i]);
    add_sealed("lease.sign", "L1", A_PERSON, LEASE_OF("L1", "Z1", "", ""));
    add_sealed("village.debt", "Q1", "{'name':'王某'}",
               "{\"amount\":100,\"creditor\":\"\",\"date\":\"2021-03-01\",\"debt\":\"Q1\","
               "\"detail\":%s,\"division\":\"" FIXTURE_VILLAGE
               "\",\"document\":\"\",\"reason\":\"r\",\"uscc\":\"\"}");
    cover();
}

START_TEST(each_row_is_held_to_those_before_it)
{
    begin();
    expect_rows(NULL, &cases[_i]);
}
END_TEST

static const struct {
    const char *body, *subject, *wanted;
} leases[] = {
    {LEASE_OF("L2", "Z1", "", ""), "L2", "PASS"},
    {LEASE_OF("L1", "Z1", "", ""), "L1", "its \"lease\" is L1, which a row before it has"},
    {LEASE_OF("L2", "Z9", "", ""), "L2", "its \"asset\" is Z9, of which no row before it tells"},
    {LEASE_OF("L2", "Z2", "", ""), "L2", "lets an asset that isn't operational"},
    {LEASE_OF("L2", "Z1", "某公司", ""), "L2", "names a party without a credit code"},
};

START_TEST(a_lease_is_of_an_operational_asset_and_its_own)
{
    begin();
    add_sealed("lease.sign", leases[_i].subject, A_PERSON, leases[_i].body);
    cover();
    expect(leases[_i].wanted);
}
END_TEST

/* ---- Who shares ------------------------------------------------------------------------------ */

static void add_holder(unsigned person, unsigned parts)
{
    char value[512];

    (void)snprintf(value, sizeof value,
                   "{'basis':'b','division':'" FIXTURE_VILLAGE
                   "','holder':'某','id_number':'%s','parts':%u,'use':'households'}",
                   fixture_id_numbers[person], parts);
    add_sealed("distribution.holder", "D1", value, "{\"detail\":%s,\"plan\":\"D1\"}");
}

static const struct {
    const char *people; /* indexes in fixture_id_numbers */
    const char *wanted; /* PASS, or what is said */
    const char *unread; /* the same where nobody can read who they are */
    struct row rows[3];
} holders[] = {
    {"012", NULL, NULL, {SHARE(FIXTURE_VILLAGE, "6", "3", "households"), PLAN("100", "6")}},
    {"01",
     "says 3 people with 6 parts; the rows before it are 2 with 3",
     "has shares of 3 people, and rows tell of 2 who share",
     {SHARE(FIXTURE_VILLAGE, "6", "3", "households"), PLAN("100", "6")}},
    {"012",
     "says 3 people with 7 parts; the rows before it are 3 with 6",
     NULL,
     {SHARE(FIXTURE_VILLAGE, "7", "3", "households"), PLAN("100", "7")}},
    {"0122",
     "names somebody twice for a share",
     "has shares of 3 people, and rows tell of 4 who share",
     {SHARE(FIXTURE_VILLAGE, "6", "3", "households"), PLAN("100", "6")}},
    {"012",
     "has shares of 0 people, and rows tell of 3 who share",
     "has shares of 0 people, and rows tell of 3 who share",
     {VILLAGE_SHARE("6"), PLAN("100", "6")}},
};

static void check_holders(int i, bool are_readable)
{
    const char *wanted = are_readable ? holders[i].wanted : holders[i].unread;

    for (const char *at = holders[i].people; *at != '\0'; at++) {
        add_holder((unsigned)(*at - '0'), (unsigned)(at - holders[i].people) + 1);
        if (are_readable) continue;
        free(world->seals[--world->seal_count].plain);
        world->seals[world->seal_count].plain = NULL;
    }
    for (const struct row *row = holders[i].rows; row->kind != NULL; row++)
        (void)add_row(row);
    cover();
    if (wanted == NULL) wanted = are_readable ? "PASS" : "is missing, and no act of two people";
    expect(wanted);
}

START_TEST(a_share_is_of_those_who_were_named_for_it)
{
    check_holders(_i, true);
}
END_TEST

START_TEST(a_plan_is_about_as_many_as_were_named_though_nobody_can_read_who)
{
    check_holders(_i, false);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_those_before_it, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, a_lease_is_of_an_operational_asset_and_its_own, 0,
                        ARRAY_COUNT(leases));
    tcase_add_loop_test(tests, a_share_is_of_those_who_were_named_for_it, 0, ARRAY_COUNT(holders));
    tcase_add_loop_test(tests, a_plan_is_about_as_many_as_were_named_though_nobody_can_read_who, 0,
                        ARRAY_COUNT(holders));
}

int main(void)
{
    return run_suite("verify_income_rows", add);
}
