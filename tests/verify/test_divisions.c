/*
 * test_divisions.c - divisions that are renamed and end, by docs/format.md alone: what may be
 * recorded of them, and where their money may go.
 */
#include <stdio.h>

#include "tests/verify/acts.h"

#define OLD    "611025100201"
#define NEW    "611025100210"
#define OTHER  "611025100211"
#define BEFORE "2021-05-04" /* the last day */
#define AFTER  "2021-05-06"

static unsigned next_number;

struct move {
    const char *movement, *from, *to, *from_role, *to_role, *date, *reverses;
};

/* 100 fen from one account to another, submitted by li; returns the voucher's number. */
static unsigned move(const struct move *move)
{
    const char *from_role = move->from_role == NULL ? "available" : move->from_role;
    const char *to_role = move->to_role == NULL ? from_role : move->to_role;
    char from[128], to[128], detail[400], totals[400];
    bool is_first = strcmp(move->from, move->to) < 0 ||
                    (strcmp(move->from, move->to) == 0 && strcmp(from_role, to_role) < 0);

    (void)snprintf(from, sizeof from,
                   "\"book\":\"subsidy\",\"division\":\"%s\",\"fund\":\"F1\",\"role\":\"%s\"",
                   move->from, from_role);
    (void)snprintf(to, sizeof to,
                   "\"book\":\"subsidy\",\"division\":\"%s\",\"fund\":\"F1\",\"role\":\"%s\"",
                   move->to, to_role);
    (void)snprintf(detail, sizeof detail, "{\"amount\":100,\"from\":{%s},\"to\":{%s}}", from, to);
    (void)snprintf(totals, sizeof totals, "[{\"amount\":%s100,%s},{\"amount\":%s100,%s}]",
                   is_first ? "-" : "", is_first ? from : to, is_first ? "" : "-",
                   is_first ? to : from);
    fixture_line(world, "li", next_number, 1, false, detail);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = next_number,
                                                    .movement = move->movement,
                                                    .event_date = move->date,
                                                    .reverses = move->reverses,
                                                    .totals = totals});
    return next_number++;
}

static unsigned post(const struct move *moved)
{
    unsigned number = move(moved);

    fixture_decide(world, "wang", "approve", number, "");
    return number;
}

#define MOVE(...) move(&(struct move){__VA_ARGS__})
#define POST(...) post(&(struct move){__VA_ARGS__})

static void succeed(const char *division, const char *successors)
{
    fixture_two(world, "zhao", "qian", "division.succeed",
                "{\"changes\":[{\"division\":\"%s\",\"successors\":[%s]}],\"document\":\"文\","
                "\"last_day\":\"" BEFORE "\"}",
                division, successors);
}

static void close_division(const char *user, const char *division)
{
    fixture_act(world, user, "division.close", "\"division\":\"%s\"", division);
}

/* 100 fen stand in the old village; some days later it has ended. */
static void begin(void)
{
    next_number = 6;
    (void)POST("allocation", FIXTURE_COUNTY, OLD, .date = BEFORE);
    world->time_seconds += 5 * 86400;
    succeed(OLD, "\"" NEW "\"");
}

/* ---- Good ones ------------------------------------------------------------------------------- */

static void good_merger(void)
{
    begin();
    (void)POST("succession", OLD, NEW, .date = AFTER);
    close_division("wang", OLD);
}

static void good_late_event(void)
{
    begin();
    (void)POST("allocation", FIXTURE_COUNTY, OLD, .date = BEFORE);
    (void)POST("recovery", OLD, FIXTURE_TOWN, .date = AFTER);
    (void)POST("recovery", OLD, FIXTURE_TOWN, .date = AFTER);
    close_division("qian", OLD);
}

static void good_reversal(void)
{
    char reverses[16];

    begin();
    (void)snprintf(reverses, sizeof reverses, "2021-%06u",
                   POST("succession", OLD, NEW, .date = AFTER));
    (void)POST("reversal", NEW, OLD, .date = AFTER, .reverses = reverses);
}

static void good_second_thought(void)
{
    begin();
    succeed(OLD, "\"" OTHER "\",\"" NEW "\"");
    (void)POST("succession", OLD, OTHER, .date = AFTER);
}

static void answer(const char *kind, const char *role, unsigned number)
{
    fixture_act(world, "li", kind,
                "\"event_date\":\"" AFTER "\",\"late\":false,\"lines\":[],\"reason\":\"\","
                "\"reference\":\"%s\",\"totals\":[{\"amount\":-100,\"book\":\"subsidy\","
                "\"division\":\"" OLD "\",\"fund\":\"F1\",\"role\":\"in_transit\"},"
                "{\"amount\":100,\"book\":\"subsidy\",\"division\":\"" OLD
                "\",\"fund\":\"F1\",\"role\":\"%s\"}],\"voucher\":\"2021-%06u\"",
                kind, role, number);
}

/* What the old village paid out comes back after its last day. */
static void begin_with_a_return(void)
{
    unsigned paid;

    next_number = 6;
    (void)POST("allocation", FIXTURE_COUNTY, OLD, .date = BEFORE);
    paid = POST("payment", OLD, OLD, .to_role = "in_transit", .date = BEFORE);
    world->time_seconds += 5 * 86400;
    succeed(OLD, "\"" NEW "\"");
    answer("bank.return", "owed", paid);
}

static void good_payment_again(void)
{
    begin_with_a_return();
    answer("bank.confirm", "spent",
           POST("payment", OLD, OLD, .from_role = "owed", .to_role = "in_transit", .date = AFTER));
    close_division("wang", OLD);
}

static void good_going_on(void)
{
    begin();
    fixture_two(world, "qian", "zhao", "division.continue",
                "{\"division\":\"" OLD "\",\"reason\":\"误\"}");
    (void)POST("allocation", FIXTURE_COUNTY, OLD, .date = AFTER);
}

static void rename_to(const char *division, const char *from)
{
    fixture_two(world, "zhao", "qian", "division.rename",
                "{\"division\":\"%s\",\"document\":\"文\",\"name\":\"新村\",\"valid_from\":\"%s\"}",
                division, from);
}

static void good_name(void)
{
    rename_to(OLD, "2021-05-01");
}

/* ---- Bad ones -------------------------------------------------------------------------------- */

static void event_after_the_end(void)
{
    begin();
    (void)MOVE("allocation", FIXTURE_COUNTY, OLD, .date = AFTER);
}

static void payment_after_the_end(void)
{
    begin();
    (void)MOVE("payment", OLD, OLD, .to_role = "in_transit", .date = AFTER);
}

static void owed_handed_over(void)
{
    begin_with_a_return();
    (void)MOVE("succession", OLD, NEW, .from_role = "owed", .date = AFTER);
}

static void lent_handed_over(void)
{
    begin();
    (void)MOVE("succession", OLD, NEW, .from_role = "receivable", .date = AFTER);
}

static void owed_paid_after_closing(void)
{
    good_payment_again();
    (void)MOVE("payment", OLD, OLD, .from_role = "owed", .to_role = "in_transit", .date = AFTER);
}

static void closed_with_owed(void)
{
    begin_with_a_return();
    close_division("wang", OLD);
}

static void recovery_to_what_ended(void)
{
    begin();
    succeed(FIXTURE_TOWN, "");
    (void)MOVE("recovery", OLD, FIXTURE_TOWN, .date = AFTER);
}

static void passed_to_another(void)
{
    begin();
    (void)MOVE("succession", OLD, OTHER, .date = AFTER);
}

static void passed_on_by_what_goes_on(void)
{
    begin();
    (void)MOVE("succession", FIXTURE_COUNTY, NEW, .date = AFTER);
}

static void closed_with_money(void)
{
    begin();
    close_division("wang", OLD);
}

static void closed_undecided(void)
{
    begin();
    (void)MOVE("succession", OLD, NEW, .date = AFTER);
    close_division("wang", OLD);
}

static void closed_without_end(void)
{
    begin();
    close_division("wang", OTHER);
}

static void closed_on_its_last_day(void)
{
    next_number = 6;
    world->time_seconds += 5 * 86400;
    fixture_two(world, "zhao", "qian", "division.succeed",
                "{\"changes\":[{\"division\":\"" OLD "\",\"successors\":[]}],\"document\":\"文\","
                "\"last_day\":\"2021-12-31\"}");
    close_division("wang", OLD);
}

static void closed_by_a_maker(void)
{
    begin();
    (void)POST("succession", OLD, NEW, .date = AFTER);
    close_division("li", OLD);
}

static void event_of_what_is_closed(void)
{
    good_merger();
    (void)MOVE("allocation", FIXTURE_COUNTY, OLD, .date = BEFORE);
}

static void closed_goes_on(void)
{
    good_merger();
    fixture_two(world, "zhao", "qian", "division.continue",
                "{\"division\":\"" OLD "\",\"reason\":\"误\"}");
}

static void ended_again_after_closing(void)
{
    good_merger();
    succeed(OLD, "\"" OTHER "\"");
}

static void goes_on_already(void)
{
    fixture_two(world, "zhao", "qian", "division.continue",
                "{\"division\":\"" OLD "\",\"reason\":\"误\"}");
}

static void root_ends(void)
{
    succeed(FIXTURE_COUNTY, "");
}

static void succeeds_itself(void)
{
    succeed(OLD, "\"" OLD "\"");
}

static void succeeded_from_within(void)
{
    succeed(FIXTURE_TOWN, "\"" NEW "\"");
}

static void succeeded_by_what_ended(void)
{
    begin();
    succeed(NEW, "\"" OLD "\"");
}

static void successor_twice(void)
{
    succeed(OLD, "\"" NEW "\",\"" NEW "\"");
}

static void out_of_order(void)
{
    fixture_two(world, "zhao", "qian", "division.succeed",
                "{\"changes\":[{\"division\":\"" NEW "\",\"successors\":[]},{\"division\":\"" OLD
                "\",\"successors\":[]}],\"document\":\"文\",\"last_day\":\"" BEFORE "\"}");
}

static void ends_nothing(void)
{
    fixture_two(world, "zhao", "qian", "division.succeed",
                "{\"changes\":[],\"document\":\"文\",\"last_day\":\"" BEFORE "\"}");
}

static void ends_without_document(void)
{
    fixture_two(world, "zhao", "qian", "division.succeed",
                "{\"changes\":[{\"division\":\"" OLD "\",\"successors\":[]}],\"document\":\"\","
                "\"last_day\":\"" BEFORE "\"}");
}

static void renamed_tomorrow(void)
{
    rename_to(OLD, "2021-07-01");
}

static void renamed_after_closing(void)
{
    good_merger();
    rename_to(OLD, "2021-05-01");
}

static const struct act_case cases[] = {
    {good_merger, "PASS"},
    {good_late_event, "PASS"},
    {good_reversal, "PASS"},
    {good_second_thought, "PASS"},
    {good_payment_again, "PASS"},
    {good_going_on, "PASS"},
    {good_name, "PASS"},
    {event_after_the_end, "is dated after the last day of division 611025100201, 2021-05-04"},
    {payment_after_the_end, "is dated after the last day of division 611025100201"},
    {lent_handed_over, "is a succession and moves what was lent: {"},
    {owed_handed_over, "hands over what the bank returned, which stays due to its payee: "},
    {owed_paid_after_closing, "is about division 611025100201, which was closed before"},
    {closed_with_owed, "closes division 611025100201 with 100 fen in"},
    {recovery_to_what_ended, "is dated after the last day of division 611025100000"},
    {passed_to_another, "gives division 611025100211 what it doesn't come after"},
    {passed_on_by_what_goes_on, "passes on what division 611025000000 has, which goes on"},
    {closed_with_money, "closes division 611025100201 with 100 fen in"},
    {closed_undecided, "closes division 611025100201 while a voucher moves"},
    {closed_without_end, "closes division 611025100211, which goes on"},
    {closed_on_its_last_day, "before its last day is over"},
    {closed_by_a_maker, "user li is not an administrator"},
    {event_of_what_is_closed, "is about division 611025100201, which was closed before"},
    {closed_goes_on, "is about division 611025100201, which was closed before"},
    {ended_again_after_closing, "is about division 611025100201, which was closed before"},
    {goes_on_already, "lets division 611025100201 go on, which didn't end"},
    {root_ends, "ends the ledger's root"},
    {succeeds_itself, "which ends itself"},
    {succeeded_from_within, "in which it lies"},
    {succeeded_by_what_ended, "which ends itself"},
    {successor_twice, "names a successor of division 611025100201 twice"},
    {out_of_order, "names division 611025100201 out of order or twice"},
    {ends_nothing, "ends nothing"},
    {ends_without_document, "\"document\""},
    {renamed_tomorrow, "from a day that hasn't come"},
    {renamed_after_closing, "which was closed before"},
};

START_TEST(each_change_of_a_division_is_allowed_or_refused_by_its_rule)
{
    cases[_i].write();
    expect(cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_change_of_a_division_is_allowed_or_refused_by_its_rule, 0,
                        ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_divisions", add);
}
