/*
 * test_divisions.c - divisions that are renamed, merged, split and recoded: who is called what on
 * which day, what may still be recorded of them, and where their money goes.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define MERGED    "611025100210" /* 新中合村 */
#define SECOND    "611025100211" /* 新木王村 */
#define TOWN_NEW  "611025109000"
#define HISTORIES 12
#define STEPS     60

static struct fixture world;

static void add_division(const char *code, const char *name, const char *parent, const char *from)
{
    struct division division = {.valid_from = day(from)};
    struct error err = ERROR_INIT;

    (void)snprintf(division.code, sizeof division.code, "%s", code);
    (void)snprintf(division.name, sizeof division.name, "%s", name);
    (void)snprintf(division.parent, sizeof division.parent, "%s", parent);
    ck_assert_ok(fixture_try_division(&world, &division, &err), err);
}

static void add_successors(void)
{
    add_division(MERGED, "新中合村", TOWN_1, "2021-06-01");
    add_division(SECOND, "新木王村", TOWN_1, "2021-06-01");
}

#define CHANGE(division, successors)                                                               \
    "{\"division\":\"" division "\",\"successors\":[" successors "]}"
#define SUCCEED(changes, last_day)                                                                 \
    "{\"changes\":[" changes "],\"document\":\"镇政发〔2021〕8号\",\"last_day\":\"" last_day "\"}"

static void end_village_1(void)
{
    fixture_agree(&world, "division.succeed",
                  SUCCEED(CHANGE(VILLAGE_1, "\"" MERGED "\""), "2021-06-30"));
}

static bool close_given(struct journal *journal, const struct signatory *by, void *context,
                        struct error *err)
{
    return division_close(journal, by, context, err);
}

static bool try_close_division(const char *user, const char *code, struct error *err)
{
    char copy[DIVISION_CODE_SIZE];

    (void)snprintf(copy, sizeof copy, "%s", code);
    return fixture_try_act(&world, user, close_given, copy, err);
}

/* What a division has goes to its successor, by li and wang. */
static struct handed_over hand_over(const char *from, const char *to, const char *date)
{
    struct voucher_header head = header(MOVEMENT_SUCCESSION, date);
    struct signatory li = fixture_as("li");
    struct handed_over handed;
    struct error err = ERROR_INIT;
    bool ok;

    head.document[0] = '\0';
    fixture_begin(&world);
    ok = division_hand_over(world.journal, &li, from, to, &head, &handed, &err);
    ck_assert_ok(fixture_end(&world, ok, &err), err);
    ck_assert(!handed.is_more);
    fixture_approve(&world, handed.receipt.voucher);
    return handed;
}

/* ---- Names ----------------------------------------------------------------------------------- */

static const char *name_on(const char *code, const char *date)
{
    static struct division division;
    struct error err = ERROR_INIT;

    ck_assert_ok(division_find_on(world.journal, code, day(date), &division, &err), err);
    return division.name;
}

START_TEST(a_division_is_called_what_it_was_called_on_the_day)
{
    struct division division;
    struct error err = ERROR_INIT;

    fixture_agree(&world, "division.rename",
                  "{\"division\":\"" TOWN_1 "\",\"document\":\"陕民发〔2021〕3号\",\"name\":\"永"
                  "乐镇\",\"valid_from\":\"2021-07-01\"}");
    fixture_agree(&world, "division.rename",
                  "{\"division\":\"" TOWN_1 "\",\"document\":\"陕民发〔2022〕9号\",\"name\":\"永"
                  "安镇\",\"valid_from\":\"2022-07-01\"}");
    ck_assert_str_eq(name_on(TOWN_1, "1999-01-01"), "永乐街道");
    ck_assert_str_eq(name_on(TOWN_1, "2021-06-30"), "永乐街道");
    ck_assert_str_eq(name_on(TOWN_1, "2021-07-01"), "永乐镇");
    ck_assert_str_eq(name_on(TOWN_1, "2022-12-31"), "永安镇");
    ck_assert_ok(division_find(world.journal, TOWN_1, &division, &err), err);
    ck_assert_str_eq(division.name, "永安镇");
    /* Whoever still writes a former name is understood. */
    ck_assert_ok(division_resolve(world.journal, "永乐镇", "", &division, &err), err);
    ck_assert_str_eq(division.code, TOWN_1);
    ck_assert_str_eq(division.name, "永安镇");
    /* A slip is mended by another name from the same day. */
    fixture_agree(&world, "division.rename",
                  "{\"division\":\"" TOWN_1 "\",\"document\":\"陕民发〔2022〕9号\",\"name\":\"永"
                  "宁镇\",\"valid_from\":\"2022-07-01\"}");
    ck_assert_str_eq(name_on(TOWN_1, "2022-12-31"), "永宁镇");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(of_two_divisions_of_one_name_the_one_of_the_day_is_meant)
{
    struct division division;
    struct error err = ERROR_INIT;

    add_division(MERGED, "木王村", TOWN_1, "2021-07-01");
    ck_assert(!division_resolve(world.journal, "木王村", "", &division, &err));
    ck_assert_error(err, ERROR_INPUT, "2 divisions are called");
    error_clear(&err);
    fixture_agree(&world, "division.succeed",
                  SUCCEED(CHANGE(VILLAGE_2, "\"" MERGED "\""), "2021-06-30"));
    ck_assert_ok(division_resolve(world.journal, "木王村", "", &division, &err), err);
    ck_assert_str_eq(division.code, MERGED);
    ck_assert_ok(
        division_resolve_on(world.journal, "木王村", "", day("2021-06-30"), &division, &err), err);
    ck_assert_str_eq(division.code, VILLAGE_2);
    ck_assert_ok(
        division_resolve_on(world.journal, "木王村", "", day("2021-07-01"), &division, &err), err);
    ck_assert_str_eq(division.code, MERGED);
}
END_TEST

/* ---- What is refused ------------------------------------------------------------------------- */

static const struct {
    const char *act, *body;
    enum error_code code;
    const char *words;
} refused[] = {
    {"division.rename",
     "{\"division\":\"611025109000\",\"document\":\"文\",\"name\":\"甲\",\"valid_from\":"
     "\"2021-07-01\"}",
     ERROR_NOT_FOUND, "is not registered"},
    {"division.rename",
     "{\"division\":\"" TOWN_1 "\",\"document\":\"\",\"name\":\"甲\",\"valid_from\":\"2021-07-"
     "01\"}",
     ERROR_INPUT, "number of the document"},
    {"division.rename",
     "{\"division\":\"" TOWN_1 "\",\"document\":\"文\",\"name\":\"永乐街道\",\"valid_from\":"
     "\"2021-07-01\"}",
     ERROR_CONFLICT, "is called 永乐街道 already"},
    {"division.rename",
     "{\"division\":\"" TOWN_1 "\",\"document\":\"文\",\"name\":\"甲\",\"valid_from\":\"2001-"
     "07-01\"}",
     ERROR_INPUT, "can't have been renamed before"},
    {"division.rename",
     "{\"division\":\"" TOWN_1 "\",\"document\":\"文\",\"name\":\"甲\",\"valid_from\":\"2031-"
     "07-01\"}",
     ERROR_INPUT, "has not come yet"},
    {"division.rename",
     "{\"division\":\"" TOWN_1 "\",\"document\":\"文\",\"name\":\"回龙镇\",\"valid_from\":\"2021-"
     "07-01\"}",
     ERROR_CONFLICT, "another division of 611025000000 is called 回龙镇"},
    {"division.succeed", SUCCEED("", "2021-06-30"), ERROR_INPUT, "ends 1 to 500 divisions"},
    {"division.succeed",
     "{\"changes\":[" CHANGE(VILLAGE_1, "") "],\"document\":\"\",\"last_day\":\"2021-06-30\"}",
     ERROR_INPUT, "ends by a document"},
    {"division.succeed", SUCCEED(CHANGE(COUNTY, ""), "2021-06-30"), ERROR_INPUT,
     "is this ledger's root"},
    {"division.succeed", SUCCEED(CHANGE(TOWN_1, "\"" TOWN_2 "\""), "2021-06-30"), ERROR_STATE,
     "lies below 611025100000 and would go on"},
    {"division.succeed", SUCCEED(CHANGE(VILLAGE_1, "\"" VILLAGE_1 "\""), "2021-06-30"), ERROR_INPUT,
     "ends in the same act"},
    {"division.succeed", SUCCEED(CHANGE(VILLAGE_1, "\"611025100299\""), "2021-06-30"),
     ERROR_NOT_FOUND, "is not registered"},
    {"division.succeed", SUCCEED(CHANGE(VILLAGE_1, "\"" MERGED "\",\"" MERGED "\""), "2021-06-30"),
     ERROR_INPUT, "named twice"},
    {"division.succeed", SUCCEED(CHANGE(VILLAGE_1, "\"" MERGED "\""), "2021-05-30"), ERROR_INPUT,
     "between the two nobody would be there"},
    {"division.succeed", SUCCEED(CHANGE(VILLAGE_1, "\"" MERGED "\""), "1999-06-30"), ERROR_INPUT,
     "it can't end before"},
    {"division.succeed",
     SUCCEED(CHANGE(VILLAGE_2, "\"" MERGED "\"") "," CHANGE(VILLAGE_1, "\"" MERGED "\""),
             "2021-06-30"),
     ERROR_INPUT, "in the order of their codes"},
    {"division.continue", "{\"division\":\"" VILLAGE_1 "\",\"reason\":\"误\"}", ERROR_STATE,
     "goes on already"},
    {"division.continue", "{\"division\":\"" VILLAGE_1 "\",\"reason\":\"\"}", ERROR_INPUT,
     "needs a reason"},
};

START_TEST(an_act_about_divisions_is_refused_with_its_reason)
{
    add_successors();
    for (size_t i = 0; i < ARRAY_COUNT(refused); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!fixture_try_agree(&world, refused[i].act, refused[i].body, &err), "case %zu",
                      i);
        ck_assert_error(err, refused[i].code, refused[i].words);
    }
}
END_TEST

START_TEST(a_division_takes_nothing_dated_after_its_end)
{
    struct voucher_line down =
        line("1.00", COUNTY " none F1 unassigned", VILLAGE_1 " none F1 unassigned");
    struct voucher_line up =
        line("1.00", VILLAGE_1 " construction F1 available", TOWN_1 " construction F1 available");
    struct voucher_line wrong =
        line("1.00", VILLAGE_1 " construction F1 available", SECOND " construction F1 available");
    struct voucher_line going_on =
        line("1.00", COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    struct project project;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    fixture_fund_county(&world, "F2", "subsidy", "10.00");
    add_successors();
    fixture_refuse(&world, MOVEMENT_SUCCESSION, "2021-07-05", &wrong, ERROR_STATE, "goes on; only");
    end_village_1();
    fixture_refuse(&world, MOVEMENT_ALLOCATION, "2021-07-01", &down, ERROR_STATE,
                   "division 611025100201 中合村 ended on 2021-06-30; what comes after it: "
                   "611025100210 新中合村: name that, or correct the date");
    fixture_refuse(&world, MOVEMENT_SUCCESSION, "2021-07-05", &wrong, ERROR_STATE,
                   "611025100211 doesn't come after division 611025100201");
    fixture_refuse(&world, MOVEMENT_SUCCESSION, "2021-07-05", &going_on, ERROR_STATE,
                   "goes on; only");
    (void)fixture_post(&world, MOVEMENT_RECOVERY, "2021-07-01", &up);
    fixture_project(&project, "P2");
    ck_assert(!fixture_try_project(&world, &project, &err));
    ck_assert_error(err, ERROR_STATE, "ended on 2021-06-30");
}
END_TEST

START_TEST(a_division_is_not_closed_before_it_is_empty)
{
    struct voucher_line down =
        line("7.00", TOWN_1 " construction F1 available", VILLAGE_1 " construction F1 available");
    struct voucher_header head = header(MOVEMENT_ALLOCATION, "2021-06-30");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    add_successors();
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE, "goes on; two administrators");
    error_clear(&err);
    end_village_1();
    ck_assert(!try_close_division("li", VILLAGE_1, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE,
                    "still has: available 1,000.00 yuan (book construction, fund F1)");
    error_clear(&err);
    (void)fixture_post(
        &world, MOVEMENT_RECOVERY, "2021-06-20",
        &(struct voucher_line){.amount = yuan("7.00"),
                               .from = account(VILLAGE_1 " construction F1 available"),
                               .to = account(TOWN_1 " construction F1 available")});
    (void)hand_over(VILLAGE_1, NULL, "2021-07-02");
    receipt = fixture_submit(&world, &head, &down, 1); /* late, but of its time */
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE, "nobody has decided voucher 2021-0000");
    error_clear(&err);
    ck_assert_ok(fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_REJECT, &err), err);
    ck_assert_ok(try_close_division("wang", VILLAGE_1, &err), err);
    /* Whatever the date. */
    fixture_refuse(&world, MOVEMENT_ALLOCATION, "2021-06-30", &down, ERROR_STATE,
                   "ended on 2021-06-30 and is closed");
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE, "is closed already");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_was_ended_by_mistake_goes_on)
{
    struct voucher_line down =
        line("1.00", TOWN_1 " construction F1 available", VILLAGE_1 " construction F1 available");

    fixture_fund_village_1(&world, "1000.00");
    add_successors();
    end_village_1();
    fixture_agree(&world, "division.continue",
                  "{\"division\":\"" VILLAGE_1 "\",\"reason\":\"批文撤回\"}");
    (void)fixture_post(
        &world, MOVEMENT_RECOVERY, "2021-07-01",
        &(struct voucher_line){.amount = yuan("1.00"),
                               .from = account(VILLAGE_1 " construction F1 available"),
                               .to = account(TOWN_1 " construction F1 available")});
    (void)fixture_post(&world, MOVEMENT_ALLOCATION, "2021-07-01", &down);
    assert_balance(&world, VILLAGE_1 " construction F1 available", "1000.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_successor_that_ends_itself_has_successors_of_its_own)
{
    struct error err = ERROR_INIT;
    char heir[DIVISION_CODE_SIZE];

    add_successors();
    end_village_1();
    ck_assert(!fixture_try_agree(&world, "division.succeed",
                                 SUCCEED(CHANGE(MERGED, "\"" VILLAGE_1 "\""), "2021-12-31"), &err));
    ck_assert_error(err, ERROR_STATE, "ended on 2021-06-30");
    error_clear(&err);
    fixture_agree(&world, "division.succeed",
                  SUCCEED(CHANGE(MERGED, "\"" SECOND "\""), "2021-12-31"));
    ck_assert_ok(division_heir(world.journal, VILLAGE_1, day("2021-06-30"), heir, &err), err);
    ck_assert_str_eq(heir, VILLAGE_1);
    ck_assert_ok(division_heir(world.journal, VILLAGE_1, day("2021-12-31"), heir, &err), err);
    ck_assert_str_eq(heir, MERGED);
    ck_assert_ok(division_heir(world.journal, VILLAGE_1, day("2022-01-01"), heir, &err), err);
    ck_assert_str_eq(heir, SECOND);
}
END_TEST

/* ---- Where the money goes -------------------------------------------------------------------- */

static money_t flow(const char *division, enum book book, enum flow_term term)
{
    struct statement *select = NULL;
    struct error err = ERROR_INIT;
    bool has_row;
    money_t sum;

    ck_assert_ok(store_prepare(journal_store(world.journal),
                               "SELECT COALESCE(SUM(amount), 0) FROM flow WHERE division = $1 AND "
                               "book = $2 AND term = $3",
                               &select, &err),
                 err);
    statement_bind_text(select, 1, division);
    statement_bind_text(select, 2, book_name(book));
    statement_bind_text(select, 3, flow_term_name(term));
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    sum = (money_t){statement_integer(select, 0)};
    statement_free(select);
    return sum;
}

/* 1,000 in VILLAGE_1: 300 committed, 40 owed to a shop, the rest available. */
static struct voucher_receipt encumber(void)
{
    struct voucher_line bound = line("300.00", VILLAGE_1 " construction F1 available",
                                     VILLAGE_1 " construction F1 committed");
    struct voucher_line paid = pay("40.00", VILLAGE_1 " construction F1 available", "供销社");
    struct voucher_receipt receipt;

    fixture_fund_village_1(&world, "1000.00");
    under(&bound, "P1", "C1", 1);
    (void)fixture_post(&world, MOVEMENT_COMMITMENT, "2021-05-02", &bound);
    under(&paid, "P1", "", 1);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-05-03", &paid);
    return receipt;
}

START_TEST(a_merged_villages_money_and_contracts_pass_to_the_new_one)
{
    struct voucher_receipt paid = encumber(), back;
    struct handed_over given;
    struct voucher_line again = pay("40.00", VILLAGE_1 " construction F1 owed", "供销社");
    struct voucher_line works = pay("250.00", MERGED " construction F1 committed", "x");
    struct error err = ERROR_INIT;

    add_successors();
    end_village_1();
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE, "in_transit 40.00 yuan (book construction, fund F1)");
    error_clear(&err);
    fixture_return(&world, paid.voucher, "2021-07-03"); /* the bank answers after the end */
    given = hand_over(VILLAGE_1, NULL, "2021-07-05");
    assert_balance(&world, VILLAGE_1 " construction F1 available", "0.00");
    assert_balance(&world, MERGED " construction F1 available", "660.00");
    assert_balance(&world, MERGED " construction F1 committed", "300.00");
    /* The law's terms pass through the township. */
    ck_assert_int_eq(flow(VILLAGE_1, BOOK_CONSTRUCTION, FLOW_RETURNED_UP).fen, 96000);
    ck_assert_int_eq(flow(TOWN_1, BOOK_CONSTRUCTION, FLOW_RECOVERED_FROM_BELOW).fen, 96000);
    ck_assert_int_eq(flow(TOWN_1, BOOK_CONSTRUCTION, FLOW_PASSED_DOWN).fen,
                     flow(TOWN_1, BOOK_CONSTRUCTION, FLOW_RECEIVED_FROM_ABOVE).fen + 96000);
    ck_assert_int_eq(flow(MERGED, BOOK_CONSTRUCTION, FLOW_RECEIVED_FROM_ABOVE).fen, 96000);
    /* What the bank returned stays, and is paid again from where it was paid. */
    ck_assert_int_eq(given.owed.fen, 4000);
    ck_assert(!try_close_division("wang", VILLAGE_1, &err));
    ck_assert_error(err, ERROR_STATE, "owed 40.00 yuan (book construction, fund F1); first pay");
    error_clear(&err);
    under(&again, "P1", "", 1);
    (void)snprintf(again.returned_voucher, sizeof again.returned_voucher, "%s", paid.voucher);
    again.returned_line = 1;
    back = fixture_post(&world, MOVEMENT_PAYMENT, "2021-07-06", &again);
    fixture_confirm(&world, back.voucher, "2021-07-06");
    ck_assert_ok(try_close_division("wang", VILLAGE_1, &err), err);
    /* The contract goes on, from the new village. */
    to_contractor(&works);
    under(&works, "P1", "C1", 1);
    (void)fixture_post(&world, MOVEMENT_PAYMENT, "2021-07-07", &works);
    assert_balance(&world, MERGED " construction F1 committed", "50.00");
    ck_assert(!fixture_try_reverse(&world, given.receipt.voucher, "2021-07-08", &back, &err));
    ck_assert_error(err, ERROR_STATE, "is closed");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_owed_is_not_handed_over)
{
    struct voucher_receipt paid = encumber(), receipt;
    struct voucher_line owed =
        line("40.00", VILLAGE_1 " construction F1 owed", MERGED " construction F1 owed");
    struct voucher_header head = header(MOVEMENT_SUCCESSION, "2021-07-05");
    struct voucher_line fresh = pay("1.00", VILLAGE_1 " construction F1 available", "供销社");
    struct signatory li = fixture_as("li");
    struct handed_over handed;
    struct error err = ERROR_INIT;

    add_successors();
    end_village_1();
    fixture_return(&world, paid.voucher, "2021-07-03");
    ck_assert(!fixture_try_submit(&world, "li", &head, &owed, 1, &receipt, &err));
    ck_assert_error(err, ERROR_INPUT, "succession can't take money from owed to owed");
    error_clear(&err);
    /* Only a payment again is made after the last day. */
    under(&fresh, "P1", "", 1);
    head = header(MOVEMENT_PAYMENT, "2021-07-05");
    ck_assert(!fixture_try_submit(&world, "li", &head, &fresh, 1, &receipt, &err));
    ck_assert_error(err, ERROR_STATE, "ended on 2021-06-30");
    error_clear(&err);
    (void)hand_over(VILLAGE_1, NULL, "2021-07-05");
    head = header(MOVEMENT_SUCCESSION, "2021-07-05");
    fixture_begin(&world);
    ck_assert(!division_hand_over(world.journal, &li, VILLAGE_1, NULL, &head, &handed, &err));
    ck_assert_error(err, ERROR_STATE, "first pay again or remit what is owed");
    fixture_roll_back(&world);
}
END_TEST

START_TEST(a_handing_over_is_reversed_while_the_division_is_not_closed)
{
    struct handed_over given;
    struct voucher_receipt back;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    add_successors();
    end_village_1();
    given = hand_over(VILLAGE_1, MERGED, "2021-07-05");
    ck_assert_ok(fixture_try_reverse(&world, given.receipt.voucher, "2021-07-06", &back, &err),
                 err);
    fixture_approve(&world, back.voucher);
    assert_balance(&world, VILLAGE_1 " construction F1 available", "1000.00");
    assert_balance(&world, MERGED " construction F1 available", "0.00");
    ck_assert_int_eq(flow(VILLAGE_1, BOOK_CONSTRUCTION, FLOW_RETURNED_UP).fen, 0);
    ck_assert_int_eq(flow(TOWN_1, BOOK_CONSTRUCTION, FLOW_RECOVERED_FROM_BELOW).fen, 0);
    assert_replay_is_identical(&world);
}
END_TEST

struct listed {
    const char *division;
    int64_t fen; /* what it got, less what it gave */
    bool has_reversal;
};

static bool add_allotment(void *context, const struct allotment *allotment, struct error *err)
{
    struct listed *listed = context;

    (void)err;
    if (allotment->movement == MOVEMENT_REVERSAL) {
        ck_assert_int_eq(allotment->effect, MOVEMENT_SUCCESSION);
        listed->has_reversal = true;
    }
    if (strcmp(allotment->to, listed->division) == 0) listed->fen += allotment->amount.fen;
    if (strcmp(allotment->from, listed->division) == 0) listed->fen -= allotment->amount.fen;
    return true;
}

/* By the list of who gave how much to whom. */
static struct listed list_allotments(const char *division)
{
    struct listed listed = {.division = division};
    struct error err = ERROR_INIT;

    ck_assert_ok(
        allotment_each(world.journal, division, 0, INT32_MAX, add_allotment, &listed, &err), err);
    return listed;
}

START_TEST(what_is_handed_over_is_listed_with_what_is_allocated)
{
    struct handed_over given;
    struct voucher_receipt back;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    add_successors();
    end_village_1();
    given = hand_over(VILLAGE_1, MERGED, "2021-07-05");
    ck_assert_int_eq(list_allotments(VILLAGE_1).fen, 0); /* it has nothing left */
    ck_assert_int_eq(list_allotments(MERGED).fen, 100000);
    ck_assert_ok(fixture_try_reverse(&world, given.receipt.voucher, "2021-07-06", &back, &err),
                 err);
    fixture_approve(&world, back.voucher);
    ck_assert_int_eq(list_allotments(VILLAGE_1).fen, 100000);
    ck_assert_int_eq(list_allotments(MERGED).fen, 0);
    ck_assert(list_allotments(MERGED).has_reversal);
}
END_TEST

START_TEST(a_split_gives_each_part_what_the_document_says)
{
    struct voucher_line parts[] = {
        line("600.00", VILLAGE_1 " construction F1 available", MERGED " construction F1 available"),
        line("400.00", VILLAGE_1 " construction F1 available",
             SECOND " construction F1 available")};
    struct voucher_header head = header(MOVEMENT_SUCCESSION, "2021-07-05");
    struct signatory li = fixture_as("li");
    struct voucher_receipt receipt;
    struct handed_over handed;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    add_successors();
    fixture_agree(&world, "division.succeed",
                  SUCCEED(CHANGE(VILLAGE_1, "\"" SECOND "\",\"" MERGED "\""), "2021-06-30"));
    fixture_begin(&world);
    ck_assert(!division_hand_over(world.journal, &li, VILLAGE_1, NULL, &head, &handed, &err));
    ck_assert_error(err, ERROR_INPUT, "2 divisions come after");
    error_clear(&err);
    fixture_roll_back(&world);
    (void)snprintf(head.document, sizeof head.document, "镇政发〔2021〕8号");
    receipt = fixture_submit(&world, &head, parts, 2);
    fixture_approve(&world, receipt.voucher);
    assert_balance(&world, MERGED " construction F1 available", "600.00");
    assert_balance(&world, SECOND " construction F1 available", "400.00");
    ck_assert_ok(try_close_division("zhao", VILLAGE_1, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_township_with_its_villages_gets_another_code_in_one_act)
{
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    add_division(TOWN_NEW, "永乐镇", COUNTY, "2021-07-01");
    add_division("611025109201", "中合村", TOWN_NEW, "2021-07-01");
    add_division("611025109202", "木王村", TOWN_NEW, "2021-07-01");
    fixture_agree(
        &world, "division.succeed",
        SUCCEED(CHANGE(TOWN_1, "\"" TOWN_NEW "\"") "," CHANGE(
                    VILLAGE_1, "\"611025109201\"") "," CHANGE(VILLAGE_2, "\"611025109202\""),
                "2021-06-30"));
    (void)hand_over(VILLAGE_1, NULL, "2021-07-01");
    assert_balance(&world, "611025109201 construction F1 available", "1000.00");
    /* From village to village across townships: the county is the one above both. */
    ck_assert_int_eq(flow(COUNTY, BOOK_CONSTRUCTION, FLOW_RECOVERED_FROM_BELOW).fen, 100000);
    ck_assert_ok(try_close_division("wang", VILLAGE_1, &err), err);
    ck_assert_ok(try_close_division("wang", VILLAGE_2, &err), err);
    ck_assert_ok(try_close_division("wang", TOWN_1, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- Random histories ------------------------------------------------------------------------ */

#define PLACES 12

struct wandering {
    uint64_t chance;
    char codes[PLACES][DIVISION_CODE_SIZE];
    size_t count;
    int32_t day;
};

static const char *pick(struct wandering *at)
{
    return at->codes[chance_below(&at->chance, at->count)];
}

static void step_act(struct wandering *at, const char *date)
{
    struct error err = ERROR_INIT;
    char body[512];
    const char *act = "division.succeed";
    const char *one = pick(at), *other = pick(at);

    switch (chance_below(&at->chance, 4)) {
    case 0:
        act = "division.rename";
        (void)snprintf(body, sizeof body,
                       "{\"division\":\"%s\",\"document\":\"文\",\"name\":\"村%zu\","
                       "\"valid_from\":\"%s\"}",
                       one, chance_below(&at->chance, 9), date);
        break;
    case 1:
        act = "division.continue";
        (void)snprintf(body, sizeof body, "{\"division\":\"%s\",\"reason\":\"误\"}", one);
        break;
    default:
        (void)snprintf(body, sizeof body,
                       "{\"changes\":[{\"division\":\"%s\",\"successors\":[\"%s\"]}],\"document\":"
                       "\"文\",\"last_day\":\"%s\"}",
                       one, other, date);
    }
    (void)fixture_try_agree(&world, act, body, &err);
}

static void step_money(struct wandering *at, const char *date)
{
    static const enum movement movements[] = {MOVEMENT_ALLOCATION, MOVEMENT_RECOVERY,
                                              MOVEMENT_SUCCESSION, MOVEMENT_SUCCESSION};
    enum movement movement = movements[chance_below(&at->chance, ARRAY_COUNT(movements))];
    struct voucher_header head = header(movement, date);
    const char *below = pick(at), *to = pick(at);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    char from_text[64], to_text[64];
    struct voucher_line moved;

    (void)snprintf(from_text, sizeof from_text, "%s none F1 unassigned",
                   movement == MOVEMENT_ALLOCATION ? TOWN_1 : below);
    (void)snprintf(to_text, sizeof to_text, "%s none F1 unassigned",
                   movement == MOVEMENT_ALLOCATION ? below
                   : movement == MOVEMENT_RECOVERY ? TOWN_1
                                                   : to);
    moved = line("10.00", from_text, to_text);
    (void)snprintf(head.document, sizeof head.document, "文");
    if (!fixture_try_submit(&world, "li", &head, &moved, 1, &receipt, &err)) return;
    ck_assert_ok(fixture_try_decide(
                     &world, "wang", receipt.voucher,
                     chance_below(&at->chance, 4) == 0 ? VOUCHER_REJECT : VOUCHER_APPROVE, &err),
                 err);
    if (chance_below(&at->chance, 5) != 0) return;
    if (fixture_try_reverse(&world, receipt.voucher, date, &receipt, &err))
        (void)fixture_try_decide(&world, "wang", receipt.voucher, VOUCHER_APPROVE, &err);
}

/* Nothing is lost on the way, and nothing is left in what is closed. */
static void check_sums(const struct wandering *at)
{
    int64_t sum = balance(&world, TOWN_1 " none F1 unassigned").fen;
    struct error err = ERROR_INIT;
    char text[64];

    for (size_t i = 0; i < at->count; i++) {
        struct division division;
        int64_t there;

        (void)snprintf(text, sizeof text, "%s none F1 unassigned", at->codes[i]);
        there = balance(&world, text).fen;
        ck_assert_ok(division_find(world.journal, at->codes[i], &division, &err), err);
        ck_assert(!division.is_closed || there == 0);
        sum += there;
    }
    ck_assert_int_eq(sum, 100000);
}

static size_t wander(uint64_t seed)
{
    struct wandering at = {.chance = seed, .count = PLACES};
    struct voucher_line first =
        line("1000.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_line down =
        line("1000.00", COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    size_t closed = 0;

    (void)fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &first);
    (void)fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-03", &down);
    for (size_t i = 0; i < PLACES; i++) {
        (void)snprintf(at.codes[i], sizeof at.codes[i], "6110251002%02zu", 20 + i);
        add_division(at.codes[i], "村", TOWN_1, "2021-01-01");
    }
    at.day = day("2021-05-01").days;
    for (int step = 0; step < STEPS; step++) {
        struct error err = ERROR_INIT;
        char date[DATE_TEXT_SIZE];

        at.day += (int32_t)chance_below(&at.chance, 5);
        (void)date_format((date_t){at.day - (int32_t)chance_below(&at.chance, 3)}, date);
        switch (chance_below(&at.chance, 6)) {
        case 0:
            step_act(&at, date);
            break;
        case 1:
            closed += try_close_division("wang", pick(&at), &err);
            break;
        default:
            step_money(&at, date);
        }
    }
    check_sums(&at);
    assert_replay_is_identical(&world);
    return closed;
}

START_TEST(random_merges_and_renames_keep_the_law_and_replay)
{
    size_t closed = wander(1);

    for (uint64_t seed = 2; seed <= HISTORIES; seed++) {
        fixture_done(&world);
        fixture_county(&world);
        closed += wander(seed);
    }
    ck_assert_uint_gt(closed, 0);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_division_is_called_what_it_was_called_on_the_day,
        of_two_divisions_of_one_name_the_one_of_the_day_is_meant,
        an_act_about_divisions_is_refused_with_its_reason,
        a_division_takes_nothing_dated_after_its_end,
        a_division_is_not_closed_before_it_is_empty,
        what_was_ended_by_mistake_goes_on,
        a_successor_that_ends_itself_has_successors_of_its_own,
        a_merged_villages_money_and_contracts_pass_to_the_new_one,
        what_is_owed_is_not_handed_over,
        a_handing_over_is_reversed_while_the_division_is_not_closed,
        what_is_handed_over_is_listed_with_what_is_allocated,
        a_split_gives_each_part_what_the_document_says,
        a_township_with_its_villages_gets_another_code_in_one_act,
        random_merges_and_renames_keep_the_law_and_replay,
    };

    return fixture_run("divisions", tests, ARRAY_COUNT(tests), &world);
}
