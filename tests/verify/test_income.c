/*
 * test_income.c - rows of docs/format.md section 5.13 made by hand: one good one of each kind, and
 * what breaks a sentence of that section. Quotes are written ' in the bodies.
 */
#include "tests/verify/rows.h"

#define USCC    "91350100M000100Y43"
#define VOUCHER "2021-000001"
#define SHARE(people, use)                                                                         \
    "{'division':'" FIXTURE_COUNTY "','parts':1,'people':" people                                  \
    ",'plan':'D1','text':'','use':'" use "'}"
#define PLAN(whole, rule)                                                                          \
    "{'amount':1,'basis':'b','date':'2021-03-01','division':'" FIXTURE_COUNTY                      \
    "','document':'d','income':'other','plan':'D1','rule':'" rule "','whole':" whole               \
    ",'year':2020}"
#define RECEIVE(amount, kind, voucher)                                                             \
    "{'amount':" amount ",'asset':'','date':'2021-03-01','division':'" FIXTURE_COUNTY              \
    "','due':'','kind':'" kind "','lease':'','text':'t','voucher':'" voucher "'}"
#define DUE(amount) "{'amount':" amount ",'due':'2021-03-01','lease':'L1','text':''}"
#define CLASS(class)                                                                               \
    "{'class':'" class "','date':'2021-03-01','division':'" FIXTURE_COUNTY "','document':'d'}"
#define CLEAR(voucher)                                                                             \
    "{'amount':1,'date':'2021-03-01','debt':'Q1','document':'d','voucher':'" voucher "'}"
#define DECLARE(evidence)                                                                          \
    "{'date':'2021-03-01','division':'" FIXTURE_COUNTY "','evidence':'" evidence                   \
    "','item':'i','met':true}"

static const struct {
    const char *kind, *body;
    const char *wanted; /* NULL: its shape is good */
} cases[] = {
    {"distribution.share", SHARE("0", "village"), NULL},
    {"distribution.share", SHARE("0", "bonus"), "\"use\" is none of the words allowed"},
    {"distribution.plan", PLAN("10", "r"), NULL},
    {"distribution.plan", PLAN("0", "r"), "\"whole\" is not above 0"},
    {"distribution.plan", PLAN("10", ""), "\"rule\" is empty"},
    {"distribution.plan", PLAN("10", "13800138000"), "\"rule\" shows"},
    {"distribution.pay", "{'date':'2021-03-01','plan':'D1','use':'relief','voucher':'" VOUCHER "'}",
     NULL},
    {"distribution.pay", "{'date':'2021-03-01','plan':'D1','use':'relief','voucher':'V1'}",
     "\"voucher\""},
    {"distribution.holder", "{'detail':{},'plan':'D1'}", "\"detail\" is not sealed"},
    {"income.receive", RECEIVE("-1", "other", VOUCHER), NULL},
    {"income.receive", RECEIVE("1", "interest", VOUCHER), "\"kind\" is none of the words allowed"},
    {"income.receive", RECEIVE("1", "other", ""), "\"voucher\""},
    {"lease.due", DUE("0"), NULL},
    {"lease.due", DUE("-1"), "\"amount\" is below 0"},
    {"lease.end", "{'date':'2021-03-01','document':'','lease':'L1','reason':'r'}", NULL},
    {"lease.end", "{'date':'2021-03-01','document':'','lease':'L1','reason':''}",
     "\"reason\" is empty"},
    {"lease.sign", "{'asset':'Z1','date':'2021-03-01','detail':{}}", "\"detail\" is not sealed"},
    {"township.class", CLASS("leading"), NULL},
    {"township.class", CLASS("best"), "\"class\" is none of the words allowed"},
    {"debt.clear", CLEAR(""), NULL},
    {"debt.clear", CLEAR("1"), "\"voucher\""},
    {"village.declare", DECLARE("e"), NULL},
    {"village.declare", DECLARE(""), "\"evidence\" is empty"},
};

START_TEST(each_row_is_held_to_its_shape)
{
    expect_shape(cases[_i].kind, cases[_i].body, cases[_i].wanted);
}
END_TEST

#define HOLDER(id_number, parts, use)                                                              \
    "{'basis':'b','division':'" FIXTURE_COUNTY "','holder':'张某','id_number':'" id_number         \
    "','parts':" parts ",'use':'" use "'}"
#define ID_NUMBER "11010519491231002X"
#define LEASE                                                                                      \
    "{\"asset\":\"Z1\",\"date\":\"2021-03-01\",\"detail\":%s,\"division\":\"" FIXTURE_COUNTY       \
    "\",\"document\":\"\",\"first_day\":\"2021-03-01\",\"first_due\":\"\",\"guaranteed_bp\":0,"    \
    "\"kind\":\"photovoltaic\",\"last_day\":\"2021-12-31\",\"lease\":\"L1\",\"months\":0,"         \
    "\"party\":\"\",\"rent\":0,\"risk\":\"\",\"uscc\":\"\"}"
#define DEBT                                                                                       \
    "{\"amount\":1,\"creditor\":\"\",\"date\":\"2021-03-01\",\"debt\":\"Q1\",\"detail\":%s,"       \
    "\"division\":\"" FIXTURE_VILLAGE "\",\"document\":\"\",\"reason\":\"r\",\"uscc\":\"\"}"

static const struct {
    const char *kind, *body, *subject, *value;
    const char *wanted; /* NULL: it is good */
} sealed_cases[] = {
    {"distribution.holder", "{\"detail\":%s,\"plan\":\"D1\"}", "D1",
     HOLDER(ID_NUMBER, "1", "households"), NULL},
    {"distribution.holder", "{\"detail\":%s,\"plan\":\"D1\"}", "D2",
     HOLDER(ID_NUMBER, "1", "households"), "names another subject than \"D1\""},
    {"distribution.holder", "{\"detail\":%s,\"plan\":\"D1\"}", "D1",
     HOLDER(ID_NUMBER, "0", "households"), "\"parts\" is not above 0"},
    {"distribution.holder", "{\"detail\":%s,\"plan\":\"D1\"}", "D1",
     HOLDER(ID_NUMBER, "1", "reserve"), "\"use\" is none of the words allowed"},
    {"distribution.holder", "{\"detail\":%s,\"plan\":\"D1\"}", "D1",
     HOLDER("110105491231002", "1", "households"),
     "\"id_number\" is no ID number in its 18-character form"},
    {"lease.sign", LEASE, "L1", "{'id_number':'','name':'张某'}", NULL},
    {"lease.sign", LEASE, "L1", "{'name':'张某'}", "under seal"},
    {"village.debt", DEBT, "Q1", "{'name':'王某'}", NULL},
    {"village.debt", DEBT, "Q1", "{'name':1}", "under seal"},
};

static const struct row asset = ASSET("Z1");

START_TEST(what_is_sealed_is_held_to_its_shape)
{
    char sealed[96], purpose[64], body[1024];

    (void)add_row(&asset);
    (void)snprintf(purpose, sizeof purpose, "%s/detail", sealed_cases[_i].kind);
    fixture_seal(world, purpose, sealed_cases[_i].subject, quoted(sealed_cases[_i].value), sealed);
    ck_assert_ptr_nonnull(strstr(sealed_cases[_i].body, "%s"));
    (void)snprintf(body, sizeof body, "%.*s%s%s",
                   (int)(strstr(sealed_cases[_i].body, "%s") - sealed_cases[_i].body),
                   sealed_cases[_i].body, sealed, strstr(sealed_cases[_i].body, "%s") + 2);
    fixture_row(world, "li", sealed_cases[_i].kind, "%s", body);
    fixture_import(world, "li", "file-2");
    expect(sealed_cases[_i].wanted == NULL ? "PASS" : sealed_cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_its_shape, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, what_is_sealed_is_held_to_its_shape, 0, ARRAY_COUNT(sealed_cases));
}

int main(void)
{
    return run_suite("verify_income", add);
}
