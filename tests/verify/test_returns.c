/*
 * test_returns.c - what came back from the bank to people is paid again, remitted or reversed under
 * seal, however many they are: what a payment was, less what of it is paid again, is what the
 * others got (docs/format.md 5.3).
 */
#include <stdio.h>

#include "tests/verify/acts.h"

#define OWED                                                                                       \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"owed\"}"
#define SOURCE                                                                                     \
    "{\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"source\"}"
#define PAID_AGAIN "[" TOTAL("300", "in_transit") "," TOTAL("-300", "owed") "]"

/* Six lines to three people in clear; three lines to all of them came back, under seal. */
static void three_of_six_lines_return(void)
{
    char lines[96], totals[96];

    submit_people("012012", false);
    fixture_decide(world, "wang", "approve", 6, "");
    fixture_seal(world, "bank.return/lines", "B-8", "[1,2,3]", lines);
    fixture_seal(world, "bank.return/totals", "B-8",
                 "[" TOTAL("-300", "in_transit") "," TOTAL("300", "owed") "]", totals);
    fixture_act(world, "li", "bank.return",
                "\"event_date\":\"2021-05-06\",\"late\":false,\"lines\":%s,\"reason\":\"closed\","
                "\"reference\":\"B-8\",\"totals\":%s,\"voucher\":\"2021-000006\"",
                lines, totals);
}

/* A voucher of the three, as number 7 or what undoes it, as number 8. */
static void settle(unsigned number, const char *movement, const char *from, const char *to,
                   const char *totals, bool seal_totals)
{
    char detail[1024];

    for (unsigned i = 0; i < 3; i++) {
        (void)snprintf(detail, sizeof detail,
                       "{\"amount\":100,\"from\":%s,\"payee\":{\"account\":\"\",\"id_number\":"
                       "\"%s\",\"name\":\"N\"},\"returned\":{\"line\":%u,\"voucher\":"
                       "\"2021-000006\"},\"to\":%s}",
                       from, fixture_id_numbers[i], i + 1, to);
        fixture_line(world, "li", number, i + 1, true, detail);
    }
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = number,
                                                    .totals = totals,
                                                    .event_date = "2021-05-06",
                                                    .movement = movement,
                                                    .reverses = number == 8 ? "2021-000007" : NULL,
                                                    .people = true,
                                                    .seal_totals = seal_totals});
}

static void good_paid_again_under_seal(void)
{
    three_of_six_lines_return();
    settle(7, "payment", OWED, IN_TRANSIT, PAID_AGAIN, true);
    fixture_decide(world, "wang", "approve", 7, "");
}

static void good_reversed_under_seal(void)
{
    good_paid_again_under_seal();
    settle(8, "reversal", IN_TRANSIT, OWED,
           "[" TOTAL("-300", "in_transit") "," TOTAL("300", "owed") "]", true);
}

static void paid_again_in_clear(void)
{
    three_of_six_lines_return();
    settle(7, "payment", OWED, IN_TRANSIT, PAID_AGAIN, false);
}

static void remitted_in_clear(void)
{
    three_of_six_lines_return();
    settle(7, "remittance", OWED, SOURCE,
           "[{\"amount\":300,\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
           "\",\"fund\":\"F1\",\"role\":\"source\"}," TOTAL("-300", "owed") "]",
           false);
}

static void reversed_in_clear(void)
{
    good_paid_again_under_seal();
    settle(8, "reversal", IN_TRANSIT, OWED,
           "[" TOTAL("-300", "in_transit") "," TOTAL("300", "owed") "]", false);
}

static void other_money_beside_it(void)
{
    char detail[1024];

    three_of_six_lines_return();
    for (unsigned i = 0; i < 2; i++) {
        (void)snprintf(detail, sizeof detail,
                       "{\"amount\":100,\"from\":%s,\"payee\":{\"account\":\"\",\"id_number\":"
                       "\"%s\",\"name\":\"N\"},\"to\":" IN_TRANSIT "}",
                       i == 0 ? OWED : AVAILABLE, fixture_id_numbers[i]);
        fixture_line(world, "li", 7, i + 1, true, detail);
    }
    fixture_submit(world,
                   &(struct fixture_voucher){.user = "li",
                                             .number = 7,
                                             .totals = "[" TOTAL("-100", "available") "," TOTAL(
                                                 "200", "in_transit") "," TOTAL("-100", "owed") "]",
                                             .event_date = "2021-05-06",
                                             .movement = "payment",
                                             .people = true,
                                             .seal_totals = true});
}

#define IN_CLEAR "(voucher.submit): shows in clear how much of what the bank returned it takes"

static const struct act_case cases[] = {
    {good_paid_again_under_seal, "PASS"},
    {good_reversed_under_seal, "PASS"},
    {paid_again_in_clear, IN_CLEAR},
    {remitted_in_clear, IN_CLEAR},
    {reversed_in_clear, IN_CLEAR},
    {other_money_beside_it,
     "(voucher.submit): hides other money beside what the bank returned to people"},
};

START_TEST(what_came_back_is_settled_under_seal_or_refused)
{
    cases[_i].write();
    expect(cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, what_came_back_is_settled_under_seal_or_refused, 0,
                        ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_returns", add);
}
