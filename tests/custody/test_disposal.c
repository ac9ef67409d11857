/* test_disposal.c - step by step, with nothing left out, until the asset is gone. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct fixture world;

/* Z1 belongs to its village, as most do. */
static void make_owned(void)
{
    struct error err = ERROR_INIT;

    make_assets(&world);
    add_asset_row(&world, &handover_asset, LIST_BODY("YJ0", "Z1", "2022-05-01", VILLAGE_1, "证1"));
    ck_assert_ok(try_give(&world, "li", "YJ0", "2022-05-01", &err), err);
    ck_assert_ok(try_take(&world, "wang", "YJ0", "2022-05-01", &err), err);
}

static bool try_step(const char *disposal, const char *step, const char *on, int votes,
                     struct error *err)
{
    char body[1024];

    (void)snprintf(body, sizeof body, STEP_BODY("%s", "%s", "%s", "%d", "0"), on, disposal, step,
                   votes);
    return try_asset_row(&world, &disposal_step, err, body);
}

/* All steps that are needed, on one day each from 2023-07-01 on, up to (not with) one; NULL: all.
 */
static void take_steps(const char *method, enum division_level owner, const char *until)
{
    const char *const *steps = disposal_step_list();

    for (int i = 0; steps[i] != NULL; i++) {
        struct error err = ERROR_INIT;
        char on[24];

        if (until != NULL && strcmp(steps[i], until) == 0) return;
        if (disposal_needs(method, owner, steps[i]) != DISPOSAL_MUST) continue;
        (void)snprintf(on, sizeof on, "2023-07-%02d", i + 1);
        ck_assert_ok(
            try_step("CZ1", steps[i], on, strcmp(steps[i], "decision") == 0 ? 30 : 0, &err), err);
    }
}

static void receive(const char *amount)
{
    struct voucher_line got =
        line(amount, VILLAGE_1 " none F2 source", VILLAGE_1 " none F2 unassigned");

    (void)fixture_post(&world, MOVEMENT_RECEIPT, "2023-07-20", &got);
}

/* The number of the last voucher. */
static bool note_number(void *context, const struct voucher *voucher, struct error *err)
{
    (void)err;
    memcpy(context, voucher->number, sizeof voucher->number);
    return true;
}

static void last_voucher(char out[VOUCHER_NUMBER_SIZE])
{
    const struct voucher_filter all = {.fund = NULL};
    struct error err = ERROR_INIT;

    ck_assert_ok(voucher_each(world.journal, &all, note_number, out, &err), err);
}

static bool try_finish(const char *on, const char *valuation, const char *proceeds,
                       const char *voucher, const char *text, struct error *err)
{
    char body[1024];

    (void)snprintf(body, sizeof body, FINISH_BODY("CZ1", "%s", "%s", "%s", "%s", "%s"), on,
                   proceeds, text, valuation, voucher);
    return try_asset_row(&world, &disposal_finish, err, body);
}

START_TEST(a_scrapped_asset_is_gone_after_all_steps)
{
    struct error err = ERROR_INIT;
    struct disposal disposal;
    static const struct bad_row later[] = {
        {&asset_state, STATE_BODY("Z1", "2023-08-01", "in_use", ""), ERROR_STATE,
         "was disposed of on 2023-07-31"},
        {&asset_title, TITLE_BODY("Z1", "证1", "2023-08-01", VILLAGE_1), ERROR_STATE,
         "was disposed of"},
        {&asset_cost, COST_BODY("Z1", "1", "2023-08-01", "gift", "", "0", "某人"), ERROR_STATE,
         "was disposed of"},
        {&handover_asset, LIST_BODY("YJ1", "Z1", "2023-08-01", TOWN_1, ""), ERROR_STATE,
         "was disposed of"},
        {&disposal_open, OPEN_BODY("CZ2", "Z1", "2023-08-01", "other", "scrapping"), ERROR_STATE,
         "was disposed of"},
        {&disposal_step, STEP_BODY("CZ1", "announcement", "2023-08-01", "0", "0"), ERROR_STATE,
         "CZ1 is finished"},
        {&disposal_drop, KEEP_BODY("CZ1", "2023-08-01", "不办了"), ERROR_STATE, "CZ1 is finished"},
    };

    make_owned();
    add_asset_row(&world, &disposal_open,
                  OPEN_BODY("CZ1", "Z1", "2023-06-30", "disaster", "scrapping"));
    take_steps("scrapping", DIVISION_VILLAGE, NULL);
    ck_assert_ok(try_finish("2023-07-31", "0", "0", "", "", &err), err);
    ck_assert_str_eq(stand_of(&world, "Z1").state, "scrapped");
    ck_assert_ok(disposal_find(world.journal, "CZ1", &disposal, &err), err);
    ck_assert_str_eq(disposal.state, "finished");
    assert_refused(&world, later, ARRAY_COUNT(later));
    /* what happened before may be told late */
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证1", "2022-06-01", VILLAGE_1));
    assert_replay_is_identical(&world);
}
END_TEST

static const struct bad_row bad_rows[] = {
    {&disposal_open, OPEN_BODY("CZ2", "Z9", "2023-06-30", "other", "loss"), ERROR_NOT_FOUND,
     "no asset Z9"},
    {&disposal_open, OPEN_BODY("CZ2", "Z5", "2023-06-30", "other", "loss"), ERROR_STATE,
     "has no title yet"},
    {&disposal_open, OPEN_BODY("CZ2", "Z1", "2023-06-30", "other", "loss"), ERROR_STATE,
     "being disposed of by CZ1"},
    {&disposal_open, OPEN_BODY("CZ1", "Z2", "2023-06-30", "other", "loss"), ERROR_CONFLICT,
     "CZ1 is in the ledger already"},
    {&disposal_open, OPEN_BODY("CZ2", "Z2", "2022-03-14", "other", "loss"), ERROR_INPUT,
     "since 2022-03-15"},
    {&disposal_open, OPEN_BODY("CZ2", "Z2", "2023-06-30", "other", "gift"), ERROR_INPUT,
     "not one of its words"},
    {&handover_asset, LIST_BODY("YJ1", "Z1", "2023-07-01", TOWN_1, ""), ERROR_STATE,
     "being disposed of by CZ1"},
    {&disposal_step, STEP_BODY("CZ9", "committees", "2023-07-01", "0", "0"), ERROR_NOT_FOUND,
     "no disposal CZ9"},
    {&disposal_step, STEP_BODY("CZ1", "committees", "2023-07-01", "0", "0"), ERROR_STATE,
     "needs step branch_proposal before committees"},
    {&disposal_step, STEP_BODY("CZ1", "branch_proposal", "2023-06-29", "0", "0"), ERROR_INPUT,
     "before 2023-06-30"},
    {&disposal_step, STEP_BODY("CZ1", "branch_proposal", "2023-07-01", "3", "0"), ERROR_INPUT,
     "votes are counted at the villagers' decision alone"},
    {&disposal_step, STEP_BODY("CZ3", "branch_proposal", "2023-07-01", "0", "0"), ERROR_INPUT,
     "has no step branch_proposal"},
    {&disposal_step, STEP_BODY("CZ3", "township_check", "2023-07-01", "0", "0"), ERROR_INPUT,
     "has no step township_check"},
    {&disposal_finish, FINISH_BODY("CZ3", "2023-07-01", "0", "0", "", ""), ERROR_STATE,
     "needs step sector_opinion before it is finished"},
    {&disposal_drop, KEEP_BODY("CZ3", "2023-07-01", ""), ERROR_INPUT, "reason is empty"},
};

START_TEST(rows_that_break_a_rule_are_refused_with_the_reason)
{
    make_owned();
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "auction"));
    add_asset_row(&world, &disposal_open,
                  OPEN_BODY("CZ3", "Z3", "2023-06-30", "other", "suspension"));
    assert_refused(&world, bad_rows, ARRAY_COUNT(bad_rows));
}
END_TEST

START_TEST(a_decision_has_more_than_half_of_those_who_came)
{
    static const struct bad_row minority[] = {
        {&disposal_step, STEP_BODY("CZ1", "decision", "2023-07-10", "15", "15"), ERROR_INPUT,
         "15 for, 15 against, 0 abstained is no majority"},
        {&disposal_step, STEP_BODY("CZ1", "decision", "2023-07-10", "0", "0"), ERROR_INPUT,
         "is no majority"},
    };

    make_owned();
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "auction"));
    take_steps("auction", DIVISION_VILLAGE, "decision");
    assert_refused(&world, minority, ARRAY_COUNT(minority));
    add_asset_row(&world, &disposal_step, STEP_BODY("CZ1", "decision", "2023-07-10", "16", "15"));
}
END_TEST

static bool try_income(const char *fen, const char *voucher, struct error *err)
{
    char body[1024];

    (void)snprintf(body, sizeof body,
                   "{'amount':%s,'asset':'','date':'2023-07-20','division':'" VILLAGE_1
                   "','due':'','kind':'other','lease':'','text':'利息','voucher':'%s'}",
                   fen, voucher);
    return try_asset_row(&world, &income_receipt, err, body);
}

START_TEST(what_is_sold_was_valued_and_its_proceeds_came_in)
{
    struct error err = ERROR_INIT;
    char voucher[VOUCHER_NUMBER_SIZE], other[VOUCHER_NUMBER_SIZE], gone[VOUCHER_NUMBER_SIZE];
    struct voucher_receipt reversal;
    static const struct {
        const char *on, *valuation, *proceeds;
        int voucher; /* 0: none, 1: the receipt, 2: an appropriation, 3: there is none, 4: reversed
                      */
        const char *text;
        enum error_code code;
        const char *words;
    } bad[] = {
        {"2023-07-31", "0", "800000", 1, "", ERROR_INPUT, "write both sums"},
        {"2023-07-31", "800000", "0", 0, "", ERROR_INPUT, "write both sums"},
        {"2023-07-31", "800000", "800000", 0, "", ERROR_INPUT, "which voucher"},
        {"2023-07-31", "800000", "800000", 3, "", ERROR_NOT_FOUND, "2023-999999"},
        {"2023-07-31", "800000", "800000", 2, "", ERROR_STATE, "proceeds come by a receipt"},
        {"2023-07-31", "800000", "800000", 4, "", ERROR_STATE, "not reversed"},
        {"2023-07-31", "800000", "800001", 1, "", ERROR_CONFLICT, "it brought 8000.00 yuan"},
        {"2023-07-31", "800001", "800000", 1, "", ERROR_INPUT, "why it brought less"},
        {"2023-07-19", "800000", "800000", 1, "", ERROR_INPUT, "before 2023-07-20"},
        {"2023-07-11", "800000", "800000", 1, "", ERROR_INPUT, "before 2023-07-12"},
    };

    make_owned();
    fixture_fund_village_1(&world, "10.00");
    last_voucher(other);
    receive("8000.00");
    last_voucher(voucher);
    receive("8000.00");
    last_voucher(gone);
    ck_assert_ok(fixture_try_reverse(&world, gone, "2023-07-21", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "auction"));
    take_steps("auction", DIVISION_VILLAGE, NULL);
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        const char *const vouchers[] = {"", voucher, other, "2023-999999", gone};

        error_clear(&err);
        ck_assert(!try_finish(bad[i].on, bad[i].valuation, bad[i].proceeds,
                              vouchers[bad[i].voucher], bad[i].text, &err));
        ck_assert_error(err, bad[i].code, bad[i].words);
    }
    error_clear(&err);
    ck_assert_ok(try_finish("2023-07-31", "900000", "799999", voucher, "流拍一次后降价", &err),
                 err);
    ck_assert_str_eq(stand_of(&world, "Z1").state, "disposed");
    /* what is left of the receipt can be told as income, and no fen more */
    ck_assert(!try_income("2", voucher, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "would be 8000.01 yuan of it");
    error_clear(&err);
    ck_assert_ok(try_income("1", voucher, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

static bool note_reuse(void *context, const struct disposal_reuse *reuse, struct error *err)
{
    (void)err;
    memcpy(context, reuse, sizeof *reuse);
    return true;
}

static bool count_payment(void *context, const struct voucher *voucher, struct error *err)
{
    (void)voucher;
    (void)err;
    (*(int *)context)++;
    return true;
}

START_TEST(what_was_earned_is_not_told_again_as_proceeds)
{
    struct error err = ERROR_INIT;
    char voucher[VOUCHER_NUMBER_SIZE];

    make_owned();
    receive("8000.00");
    last_voucher(voucher);
    ck_assert_ok(try_income("300000", voucher, &err), err);
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "auction"));
    take_steps("auction", DIVISION_VILLAGE, NULL);
    ck_assert(!try_finish("2023-07-31", "500000", "500001", voucher, "", &err));
    ck_assert_error(err, ERROR_CONFLICT, "8000.01 yuan as proceeds and income");
    error_clear(&err);
    ck_assert_ok(try_finish("2023-07-31", "500000", "500000", voucher, "", &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(it_is_said_what_proceeds_were_spent_on_where_nothing_else_came_in)
{
    struct error err = ERROR_INIT;
    char voucher[VOUCHER_NUMBER_SIZE];
    struct voucher_line assigned =
        line("5000.00", VILLAGE_1 " none F2 unassigned", VILLAGE_1 " livelihood F2 available");
    struct voucher_line paid = pay("3000.00", VILLAGE_1 " livelihood F2 available", "某商店");
    struct disposal_reuse reuse;
    struct disposal disposal;
    int payments = 0;

    make_owned();
    receive("8000.00");
    last_voucher(voucher);
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "transfer"));
    take_steps("transfer", DIVISION_VILLAGE, NULL);
    ck_assert_ok(try_finish("2023-07-31", "800000", "800000", voucher, "", &err), err);
    (void)fixture_post(&world, MOVEMENT_ASSIGNMENT, "2023-08-01", &assigned);
    (void)fixture_post(&world, MOVEMENT_PAYMENT, "2023-08-02", &paid);
    last_voucher(voucher);
    fixture_confirm(&world, voucher, "2023-08-03");
    ck_assert_ok(disposal_find(world.journal, "CZ1", &disposal, &err), err);
    ck_assert_ok(disposal_reuse_each(world.journal, &disposal, note_reuse, &reuse, &err), err);
    ck_assert(reuse.is_certain);
    ck_assert_str_eq(reuse.fund, "F2");
    ck_assert_int_eq(reuse.spent.fen, 300000);
    ck_assert_int_eq(reuse.left.fen, 500000);
    ck_assert_ok(disposal_payment_each(world.journal, &reuse, count_payment, &payments, &err), err);
    ck_assert_int_eq(payments, 1);
    receive("1.00");
    ck_assert_ok(disposal_reuse_each(world.journal, &disposal, note_reuse, &reuse, &err), err);
    ck_assert(!reuse.is_certain);
    ck_assert_int_eq(reuse.arrived.fen, 800100);
}
END_TEST

START_TEST(what_changes_its_use_stays_and_what_is_dropped_starts_anew)
{
    struct error err = ERROR_INIT;

    make_owned();
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ0", "Z1", "2023-06-01", "idle", "auction"));
    add_asset_row(&world, &disposal_drop, KEEP_BODY("CZ0", "2023-06-02", "改为转产"));
    add_asset_row(&world, &disposal_open,
                  OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "conversion"));
    take_steps("conversion", DIVISION_VILLAGE, NULL);
    ck_assert(!try_finish("2023-07-31", "100", "0", "", "", &err));
    ck_assert_error(err, ERROR_INPUT, "there was no valuation");
    error_clear(&err);
    ck_assert(!try_finish("2023-07-31", "0", "100", "2023-000001", "", &err));
    ck_assert_error(err, ERROR_INPUT, "brings no proceeds");
    error_clear(&err);
    ck_assert_ok(try_finish("2023-07-31", "0", "0", "", "", &err), err);
    ck_assert_str_eq(stand_of(&world, "Z1").state, "in_use");
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2023-08-01", "idle", "停工"));
    add_asset_row(&world, &disposal_open,
                  OPEN_BODY("CZ2", "Z1", "2023-08-02", "idle", "suspension"));
    assert_replay_is_identical(&world);
}
END_TEST

/* Its certificate may be another's by then. */
START_TEST(what_is_scrapped_does_not_come_back_by_a_disposal)
{
    struct error err = ERROR_INIT;

    make_owned();
    add_asset_row(&world, &disposal_open,
                  OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "suspension"));
    take_steps("suspension", DIVISION_VILLAGE, NULL);
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2023-07-20", "scrapped", "拆除"));
    ck_assert(!try_finish("2023-07-31", "0", "0", "", "", &err));
    ck_assert_error(err, ERROR_STATE, "asset Z1 is scrapped since 2023-07-20");
    error_clear(&err);
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2023-07-21", "in_use", ""));
    ck_assert_ok(try_finish("2023-07-31", "0", "0", "", "", &err), err);
}
END_TEST

START_TEST(an_end_is_not_before_what_is_known_of_a_later_day)
{
    struct error err = ERROR_INIT;

    make_owned();
    add_asset_row(&world, &disposal_open, OPEN_BODY("CZ1", "Z1", "2023-06-30", "idle", "loss"));
    take_steps("loss", DIVISION_VILLAGE, NULL);
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2023-09-01", "idle", "停用"));
    ck_assert(!try_finish("2023-08-31", "0", "0", "", "", &err));
    ck_assert_error(err, ERROR_INPUT, "before 2023-09-01");
    error_clear(&err);
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证1", "2023-09-02", VILLAGE_1));
    ck_assert(!try_finish("2023-09-01", "0", "0", "", "", &err));
    ck_assert_error(err, ERROR_INPUT, "before 2023-09-02");
}
END_TEST

/* A small model of the order: the index of the last step, and the next that may not be passed. */
static bool model_takes(const char *method, int last, int step)
{
    const char *const *steps = disposal_step_list();

    if (step <= last || disposal_needs(method, DIVISION_VILLAGE, steps[step]) == DISPOSAL_NEVER)
        return false;
    for (int i = last + 1; i < step; i++)
        if (disposal_needs(method, DIVISION_VILLAGE, steps[i]) == DISPOSAL_MUST) return false;
    return true;
}

START_TEST(steps_in_random_order_are_taken_as_a_small_model_takes_them)
{
    static const char *const methods[] = {"auction", "conversion", "loss", "suspension"};
    unsigned seed = 20231101;

    make_owned();
    for (size_t m = 0; m < ARRAY_COUNT(methods); m++) {
        struct error err = ERROR_INIT;
        char body[1024], code[8], last_day[DATE_TEXT_SIZE] = "2023-06-30";
        int last = -1;

        (void)snprintf(code, sizeof code, "M%zu", m);
        (void)snprintf(body, sizeof body, OPEN_BODY("%s", "Z1", "2023-06-30", "idle", "%s"), code,
                       methods[m]);
        add_asset_row(&world, &disposal_open, body);
        for (int i = 0; i < 150; i++) {
            char on[24];
            int step, day_of;
            bool wanted, got;

            seed = seed * 1103515245u + 12345u;
            step = (int)(seed >> 16) % 3 == 0 ? (int)(seed >> 20) % 12
                                              : last + 1 + (int)(seed >> 24) % 2;
            if (step > 11) step = 11;
            day_of = 1 + last + (int)(seed >> 12) % 4;
            (void)snprintf(on, sizeof on, "2023-07-%02d", day_of < 1 ? 1 : day_of);
            wanted = model_takes(methods[m], last, step) && strcmp(on, last_day) >= 0;
            error_clear(&err);
            got = try_step(code, disposal_step_list()[step], on,
                           strcmp(disposal_step_list()[step], "decision") == 0 ? 9 : 0, &err);
            ck_assert_msg(got == wanted, "%s: step %d after %d on %s: %s", methods[m], step, last,
                          on, err.message);
            if (!got) continue;
            last = step;
            memcpy(last_day, on, sizeof last_day);
        }
        (void)snprintf(body, sizeof body, "{'date':'2023-12-31','disposal':'%s','reason':'演练'}",
                       code);
        add_asset_row(&world, &disposal_drop, body);
    }
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_scrapped_asset_is_gone_after_all_steps,
        rows_that_break_a_rule_are_refused_with_the_reason,
        a_decision_has_more_than_half_of_those_who_came,
        what_is_sold_was_valued_and_its_proceeds_came_in,
        what_was_earned_is_not_told_again_as_proceeds,
        it_is_said_what_proceeds_were_spent_on_where_nothing_else_came_in,
        what_changes_its_use_stays_and_what_is_dropped_starts_anew,
        an_end_is_not_before_what_is_known_of_a_later_day,
        what_is_scrapped_does_not_come_back_by_a_disposal,
        steps_in_random_order_are_taken_as_a_small_model_takes_them,
    };

    return fixture_run("custody_disposal", tests, ARRAY_COUNT(tests), &world);
}
