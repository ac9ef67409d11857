/*
 * test_findings.c - decisions on findings, docs/format.md section 5.10, made by hand: a good one,
 * and what breaks a sentence of that section.
 */
#include "tests/verify/suite.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define BODY(date, division, finding, reason, rule, state, version)                                \
    "\"date\":\"" date "\",\"division\":\"" division "\",\"finding\":\"" finding                   \
    "\",\"reason\":\"" reason "\",\"rule\":\"" rule "\",\"state\":\"" state                        \
    "\",\"version\":" version

struct decision_case {
    const char *user, *body;
    const char *wanted; /* NULL: it is good */
};

static const struct decision_case cases[] = {
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "cleared", "1"), NULL},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "confirmed", "2"), NULL},
    {"li", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "cleared", "1"),
     "user li is not an inspector"},
    {"zhao", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "cleared", "1"),
     "user zhao is not an inspector"},
    {"sun", BODY("2999-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "cleared", "1"),
     "decides a finding on 2999-03-01, which had not come"},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "", "R18", "cleared", "1"),
     "member \"reason\" is empty"},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "13812345678", "R18", "cleared", "1"),
     "member \"reason\" shows"},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "open", "1"),
     "member \"state\" is none of the words allowed"},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "R18", "cleared", "0"),
     "member \"version\" is not above 0"},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, "ab", "r", "R18", "cleared", "1"),
     "member \"finding\""},
    {"sun", BODY("2021-03-01", FIXTURE_COUNTY, HASH, "r", "", "cleared", "1"), "member \"rule\""},
};

START_TEST(each_decision_is_held_to_its_shape_and_its_inspector)
{
    char wanted[256];

    fixture_act(world, cases[_i].user, "finding.decide", "%s", cases[_i].body);
    (void)snprintf(wanted, sizeof wanted, "FAIL entry 629 (finding.decide): %s",
                   cases[_i].wanted == NULL ? "" : cases[_i].wanted);
    expect(cases[_i].wanted == NULL ? "PASS" : wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_decision_is_held_to_its_shape_and_its_inspector, 0,
                        ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_findings", add);
}
