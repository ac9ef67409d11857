/*
 * test_disclosures.c - rows of docs/format.md section 5.6 made by hand: one good one of each kind,
 * and what breaks a sentence of that section.
 */
#include "tests/verify/suite.h"

#define PLACE "\"division\":\"" FIXTURE_COUNTY "\""
#define USCC  "91350100M000100Y43"

struct row_case {
    const char *kind, *body;
    const char *wanted; /* NULL: it is good */
};

static const struct row_case cases[] = {
    {"plan.approve",
     "{\"amount\":0,\"date\":\"2021-03-01\"," PLACE ",\"document\":\"\",\"name\":\"n\","
     "\"plan\":\"J\",\"replaces\":\"\",\"text\":\"\",\"what\":\"annual\",\"year\":2021}",
     NULL},
    {"plan.approve",
     "{\"amount\":0,\"date\":\"2021-03-01\"," PLACE ",\"document\":\"\",\"name\":\"n\","
     "\"plan\":\"J\",\"replaces\":\"\",\"text\":\"\",\"what\":\"monthly\",\"year\":2021}",
     "\"what\" is none of the words allowed"},
    {"plan.change",
     "{\"action\":\"add\",\"date\":\"2021-03-01\",\"document\":\"\",\"plan\":\"J\","
     "\"project\":\"P\",\"responsible\":\"\",\"standard\":\"\"}",
     NULL},
    {"plan.finance",
     "{\"amount\":1,\"level\":\"central\",\"plan\":\"J\",\"source\":\"s\",\"use\":\"\"}", NULL},
    {"plan.finance",
     "{\"amount\":0,\"level\":\"central\",\"plan\":\"J\",\"source\":\"s\",\"use\":\"\"}",
     "\"amount\" is not above 0"},
    {"allocation.explain",
     "{\"date\":\"2021-03-01\"," PLACE ",\"document\":\"d\",\"principle\":\"p\"}", NULL},
    {"allocation.explain",
     "{\"date\":\"2021-03-01\"," PLACE ",\"document\":\"d\",\"principle\":\"\"}",
     "\"principle\" is empty"},
    {"project.achieve",
     "{\"date\":\"2021-03-01\",\"mechanism\":\"\",\"mechanism_met\":\"no\",\"project\":\"P\","
     "\"target\":\"t\",\"target_met\":\"fully\"}",
     NULL},
    {"project.achieve",
     "{\"date\":\"2021-03-01\",\"mechanism\":\"\",\"mechanism_met\":\"no\",\"project\":\"P\","
     "\"target\":\"t\",\"target_met\":\"yes\"}",
     "\"target_met\" is none of the words allowed"},
    {"project.enter", "{\"date\":\"2021-03-01\",\"document\":\"\",\"project\":\"P\"}", NULL},
    {"project.leave",
     "{\"date\":\"2021-03-01\",\"document\":\"\",\"project\":\"P\",\"reason\":\"r\"}", NULL},
    {"project.leave",
     "{\"date\":\"2021-03-01\",\"document\":\"\",\"project\":\"P\",\"reason\":\"\"}",
     "\"reason\" is empty"},
    {"sector.declare",
     "{\"amount\":1,\"channel\":\"sector\",\"code\":\"S\",\"date\":\"2021-03-01\"," PLACE
     ",\"mechanism\":\"\",\"name\":\"\",\"place\":\"\",\"target\":\"\",\"unit\":\"\"}",
     NULL},
    {"loan.declare",
     "{\"amount\":1,\"borrower\":\"b\",\"date\":\"2021-03-01\"," PLACE
     ",\"loan\":\"L\",\"mechanism\":\"\",\"months\":1,\"rate_bp\":1,\"subsidy\":0,"
     "\"uscc\":\"" USCC "\",\"use\":\"\"}",
     NULL},
    {"loan.declare",
     "{\"amount\":1,\"borrower\":\"b\",\"date\":\"2021-03-01\"," PLACE
     ",\"loan\":\"L\",\"mechanism\":\"\",\"months\":1,\"rate_bp\":1,\"subsidy\":0,"
     "\"uscc\":\"\",\"use\":\"\"}",
     "\"uscc\" is no unified social credit code"},
    {"loan.count",
     "{\"amount\":1,\"date\":\"2021-03-01\"," PLACE
     ",\"loan\":\"L\",\"persons\":3,\"subsidy\":0,\"use\":\"\"}",
     NULL},
    {"loan.count",
     "{\"amount\":1,\"date\":\"2021-03-01\"," PLACE
     ",\"loan\":\"L\",\"persons\":2,\"subsidy\":0,\"use\":\"\"}",
     "\"persons\" tells of fewer than three people"},
    {"entrust.declare",
     "{\"amount\":1,\"code\":\"E\",\"date\":\"2021-03-01\"," PLACE
     ",\"document\":\"\",\"ends\":\"\",\"mechanism\":\"\",\"name\":\"\",\"party\":\"p\","
     "\"return_bp\":0,\"uscc\":\"" USCC "\",\"what\":\"fund\"}",
     NULL},
    {"channel.open",
     "{\"address\":\"\",\"channel\":\"c\",\"date\":\"2021-03-01\"," PLACE
     ",\"hours\":\"\",\"name\":\"n\",\"office_phone\":\"12317\"}",
     NULL},
    {"channel.open",
     "{\"address\":\"\",\"channel\":\"c\",\"date\":\"2021-03-01\"," PLACE
     ",\"hours\":\"\",\"name\":\"n\",\"office_phone\":\"\"}",
     "\"office_phone\" is empty"},
    {"channel.open",
     "{\"address\":\"\",\"channel\":\"c\",\"date\":\"2021-03-01\"," PLACE
     ",\"hours\":\"\",\"name\":\"n\",\"office_phone\":\"13812345678\"}",
     "\"office_phone\" shows"},
    {"complaint.receive",
     "{\"category\":\"fund\",\"complaint\":\"T\"," PLACE
     ",\"due\":\"2021-04-01\",\"received\":\"2021-03-01\"}",
     NULL},
    {"complaint.answer",
     "{\"answer\":\"a\",\"complaint\":\"T\",\"date\":\"2021-03-01\",\"outcome\":\"upheld\"}", NULL},
    {"complaint.answer",
     "{\"answer\":\"13812345678\",\"complaint\":\"T\",\"date\":\"2021-03-01\","
     "\"outcome\":\"upheld\"}",
     "\"answer\" shows"},
    {"notice.post",
     "{\"corrects\":\"\"," PLACE ",\"first_day\":\"2021-03-01\",\"last_day\":\"\","
     "\"matter\":\"bank\",\"notice\":\"N\",\"period\":\"2021-Q1\",\"place\":\"p\","
     "\"subject\":\"\"}",
     NULL},
    {"notice.post",
     "{\"corrects\":\"\"," PLACE ",\"first_day\":\"2021-03-01\",\"last_day\":\"\","
     "\"matter\":\"bank\",\"notice\":\"N\",\"period\":\"2021-Q5\",\"place\":\"p\","
     "\"subject\":\"\"}",
     "\"period\" is no period"},
    {"notice.remove", "{\"date\":\"2021-03-01\",\"notice\":\"N\",\"reason\":\"r\"}", NULL},
    {"calendar.set", "{\"date\":\"2021-03-01\",\"document\":\"d\",\"name\":\"\",\"works\":true}",
     NULL},
    {"calendar.set", "{\"date\":\"2021-03-01\",\"document\":\"d\",\"name\":\"\",\"works\":1}",
     "\"works\""},
    {"calendar.set", "{\"date\":\"2021-02-29\",\"document\":\"d\",\"name\":\"\",\"works\":true}",
     "\"date\" is no date"},
};

START_TEST(each_row_is_held_to_its_shape)
{
    char wanted[256];

    fixture_row(world, "li", cases[_i].kind, "%s", cases[_i].body);
    fixture_import(world, "li", "file-2");
    (void)snprintf(wanted, sizeof wanted, "FAIL entry 629 (%s): member %s", cases[_i].kind,
                   cases[_i].wanted == NULL ? "" : cases[_i].wanted);
    expect(cases[_i].wanted == NULL ? "PASS" : wanted);
}
END_TEST

START_TEST(a_row_that_nothing_covers_is_refused)
{
    fixture_row(world, "li", "project.enter",
                "{\"date\":\"2021-03-01\",\"document\":\"\",\"project\":\"P\"}");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    expect("FAIL entry 630 (period.close): stands between rows and the entry that signs them");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_its_shape, 0, ARRAY_COUNT(cases));
    tcase_add_test(tests, a_row_that_nothing_covers_is_refused);
}

int main(void)
{
    return run_suite("verify_disclosures", add);
}
