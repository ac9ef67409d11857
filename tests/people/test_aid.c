/*
 * test_aid.c - mutual aid: the rows of its agreements, no loan without them or beyond them, what is
 * in arrears on a day, and what becomes of it all when values are erased or lost.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger/journal/internal.h"

static struct fixture world;

#define AVAILABLE  VILLAGE_1 " subsidy F2 available"
#define RECEIVABLE VILLAGE_1 " subsidy F2 receivable"
#define BANK_USCC  "91350100M000100Y43"

/* ---- Rows ------------------------------------------------------------------------------------ */

struct value {
    size_t field;
    const char *text; /* digits where the field is a number */
};

static bool is_number(const struct record_kind *kind, size_t field)
{
    return kind->table->columns[field + 1].type == STORE_INTEGER;
}

static void put(const struct record_kind *kind, struct record *row, const struct value *value)
{
    if (is_number(kind, value->field))
        row->values[value->field].number = strtoll(value->text, NULL, 10);
    else
        (void)snprintf(row->values[value->field].text, sizeof row->values[value->field].text, "%s",
                       value->text);
}

/* A good row of the kind, with some values instead, by li. */
static bool try_row_as(const char *user, const struct record_kind *kind, const struct value *good,
                       size_t good_count, const struct value *own, size_t own_count,
                       struct error *err)
{
    struct record *row = malloc(sizeof *row);
    struct signatory by = fixture_as(user);
    struct register_batch *batch = NULL;
    char what[32];
    hash_t content;
    bool repeated, ok;

    ck_assert_ptr_nonnull(row);
    record_clear(kind, row);
    for (size_t i = 0; i < good_count; i++)
        put(kind, row, &good[i]);
    for (size_t i = 0; i < own_count; i++)
        put(kind, row, &own[i]);
    (void)snprintf(what, sizeof what, "rows-%u", fixture_number());
    content = hash_sha256((const uint8_t *)what, strlen(what));
    fixture_begin(&world);
    ok = register_begin(world.journal, &by, "rows", what, &content, &batch, &repeated, err) &&
         record_add(world.journal, batch, kind, row, err) && register_finish(batch, 1, err);
    if (!ok) register_free(batch);
    free(row);
    return fixture_end(&world, ok, err);
}

// clang-format off
static const struct value good_pool[] = {
    {POOL_BANK, "镇安农村商业银行"}, {POOL_BOOK, "subsidy"}, {POOL_DATE, "2021-02-08"},
    {POOL_DIVISION, VILLAGE_1}, {POOL_DOCUMENT, "镇互助〔2021〕1号"}, {POOL_FUND, "F2"},
    {POOL_LIMIT, "5000"}, {POOL_CODE, "HZ"}, {POOL_USCC, BANK_USCC}};
static const struct value good_entrustment[] = {
    {ENTRUSTMENT_DATE, "2021-02-08"}, {ENTRUSTMENT_DOCUMENT, "委托2021-01"},
    {ENTRUSTMENT_FIRST, "2021-02-10"}, {ENTRUSTMENT_LAST, "2021-12-31"}, {ENTRUSTMENT_POOL, "HZ"}};
static const struct value good_guarantee[] = {
    {GUARANTEE_CODE, "LB"}, {GUARANTEE_MEMBER, "1"}, {GUARANTEE_POOL, "HZ"},
    {GUARANTEE_DATE, "2021-03-01"}, {GUARANTEE_DOCUMENT, "联保1"}, {GUARANTEE_NAME, "村民甲"}};
static const struct value good_agreement[] = {
    {AGREEMENT_CODE, "JK-1"}, {AGREEMENT_POOL, "HZ"}, {AGREEMENT_DATE, "2021-03-08"},
    {AGREEMENT_DOCUMENT, "借1"}, {AGREEMENT_DUE, "2021-06-30"}, {AGREEMENT_FIRST, "2021-03-10"},
    {AGREEMENT_GUARANTEE, "LB"}, {AGREEMENT_NAME, "村民甲"}, {AGREEMENT_PRINCIPAL, "300000"},
    {AGREEMENT_RATE, "435"}};
static const struct value good_provision[] = {
    {PROVISION_AMOUNT, "10000"}, {PROVISION_DATE, "2021-06-30"}, {PROVISION_DOCUMENT, ""},
    {PROVISION_POOL, "HZ"}, {PROVISION_TEXT, "占用费提取"}};
// clang-format on

#define TRY_AS(user, kind, good, err, ...)                                                         \
    try_row_as(user, &kind, good, ARRAY_COUNT(good), (const struct value[]){__VA_ARGS__},          \
               sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), err)
#define TRY(kind, good, err, ...) TRY_AS("li", kind, good, err, __VA_ARGS__)

static void add_pool(void)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(TRY(aid_pool, good_pool, &err, {POOL_CODE, "HZ"}), err);
}

static void add_entrustment(void)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(TRY(aid_entrustment, good_entrustment, &err, {ENTRUSTMENT_POOL, "HZ"}), err);
}

static void add_member(const char *number, unsigned person)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(TRY(aid_guarantee, good_guarantee, &err, {GUARANTEE_MEMBER, number},
                     {GUARANTEE_ID, fixture_id_number(person)}),
                 err);
}

static void add_agreement(const char *code, unsigned person)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(TRY(aid_agreement, good_agreement, &err, {AGREEMENT_CODE, code},
                     {AGREEMENT_ID, fixture_id_number(person)}),
                 err);
}

static void add_provision(void)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(TRY(aid_provision, good_provision, &err, {PROVISION_POOL, "HZ"}), err);
}

/* 10,000.00 in the pool, and all that a loan of 3,000.00 to persons 1 and 2 takes. */
static void fund_village(void)
{
    struct voucher_line from_source =
        line("10000.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_line down =
        line("10000.00", COUNTY " none F2 unassigned", VILLAGE_1 " none F2 unassigned");
    struct voucher_line book = line("10000.00", VILLAGE_1 " none F2 unassigned", AVAILABLE);

    (void)fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-02-02", &from_source);
    (void)fixture_post(&world, MOVEMENT_ALLOCATION, "2021-02-03", &down);
    (void)fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-02-04", &book);
}

static void open_everything(void)
{
    fund_village();
    add_pool();
    add_entrustment();
    add_member("1", 1);
    add_member("2", 2);
    add_agreement("JK-1", 1);
    add_agreement("JK-2", 2);
}

START_TEST(every_kind_is_entered_told_and_replayed)
{
    struct error err = ERROR_INIT;

    open_everything();
    add_provision();
    for (uint64_t seq = 1; seq < journal_size(world.journal); seq++) {
        struct buffer told = BUFFER_INIT(4096);

        ck_assert_ok(journal_describe(world.journal, seq, &told, &err), err);
        ck_assert_ptr_null(strstr(buffer_text(&told), "村民"));
        buffer_done(&told);
    }
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(of_a_borrower_nothing_stands_in_clear)
{
    struct buffer entry = BUFFER_INIT(65536);
    struct error err = ERROR_INIT;

    open_everything();
    for (uint64_t seq = 1; seq < journal_size(world.journal); seq++) {
        buffer_reset(&entry);
        ck_assert_ok(journal_read(world.journal, seq, &entry, &err), err);
        ck_assert_ptr_null(strstr(buffer_text(&entry), fixture_id_number(1)));
        ck_assert_ptr_null(strstr(buffer_text(&entry), "村民甲"));
        ck_assert_ptr_null(strstr(buffer_text(&entry), "借1"));
    }
    buffer_done(&entry);
}
END_TEST

// clang-format off
static const struct {
    const struct record_kind *kind;
    const struct value *good;
    size_t count;
    struct value own;
    enum error_code code;
    const char *words;
} bad[] = {
#define BAD(kind, good, field, text, code, words) \
    {&kind, good, ARRAY_COUNT(good), {field, text}, code, words}
    BAD(aid_pool, good_pool, POOL_CODE, "HZ", ERROR_CONFLICT, "in the ledger already"),
    BAD(aid_pool, good_pool, POOL_CODE, "HZ-2", ERROR_CONFLICT, "pool HZ is of the same division"),
    BAD(aid_pool, good_pool, POOL_BANK, "", ERROR_INPUT, "bank is empty"),
    BAD(aid_pool, good_pool, POOL_USCC, "", ERROR_INPUT, "the bank has no credit code"),
    BAD(aid_pool, good_pool, POOL_LIMIT, "0", ERROR_INPUT, "above 0 and at most 100 %"),
    BAD(aid_pool, good_pool, POOL_LIMIT, "10001", ERROR_INPUT, "above 0 and at most 100 %"),
    BAD(aid_pool, good_pool, POOL_BOOK, "construction", ERROR_EARMARK, "may not be used in book"),
    BAD(aid_pool, good_pool, POOL_BOOK, "none", ERROR_INPUT, "not one of its words"),
    BAD(aid_pool, good_pool, POOL_FUND, "F9", ERROR_NOT_FOUND, "F9"),
    BAD(aid_pool, good_pool, POOL_DATE, "2024-05-01", ERROR_INPUT, "has not come yet"),
    BAD(aid_entrustment, good_entrustment, ENTRUSTMENT_POOL, "HZ-9", ERROR_NOT_FOUND, "no mutual-aid pool HZ-9"),
    BAD(aid_entrustment, good_entrustment, ENTRUSTMENT_DOCUMENT, "", ERROR_INPUT, "document is empty"),
    BAD(aid_entrustment, good_entrustment, ENTRUSTMENT_LAST, "2021-02-09", ERROR_INPUT, "the entrustment ends on 2021-02-09, before 2021-02-10"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_ID, "11010519491231002x", ERROR_INPUT, "18 characters"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_ID, "110105194912310021", ERROR_INPUT, "ID number"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_NAME, "", ERROR_INPUT, "name is empty"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_MEMBER, "1", ERROR_CONFLICT, "has a member 1 already"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_MEMBER, "3", ERROR_CONFLICT, "member 1 of joint-guarantee group LB is the same person"),
    BAD(aid_guarantee, good_guarantee, GUARANTEE_POOL, "HZ-9", ERROR_NOT_FOUND, "no mutual-aid pool HZ-9"),
    BAD(aid_agreement, good_agreement, AGREEMENT_CODE, "JK-1", ERROR_CONFLICT, "in the ledger already"),
    BAD(aid_agreement, good_agreement, AGREEMENT_POOL, "HZ-9", ERROR_NOT_FOUND, "no mutual-aid pool HZ-9"),
    BAD(aid_agreement, good_agreement, AGREEMENT_ID, "", ERROR_INPUT, "ID number"),
    BAD(aid_agreement, good_agreement, AGREEMENT_PRINCIPAL, "0", ERROR_INPUT, "is 0; it is at least 1"),
    BAD(aid_agreement, good_agreement, AGREEMENT_RATE, "10001", ERROR_INPUT, "above 100 % a year"),
    BAD(aid_agreement, good_agreement, AGREEMENT_DUE, "2021-03-09", ERROR_INPUT, "the loan is due on 2021-03-09, before 2021-03-10"),
    BAD(aid_agreement, good_agreement, AGREEMENT_FIRST, "2021-03-07", ERROR_INPUT, "the loan begins on 2021-03-07, before 2021-03-08"),
    BAD(aid_provision, good_provision, PROVISION_POOL, "HZ-9", ERROR_NOT_FOUND, "no mutual-aid pool HZ-9"),
    BAD(aid_provision, good_provision, PROVISION_DATE, "2024-05-01", ERROR_INPUT, "has not come yet"),
};
// clang-format on

START_TEST(a_row_that_is_wrong_is_refused_with_its_reason)
{
    uint64_t before;

    open_everything();
    before = journal_size(world.journal);
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        bool is_pool = bad[i].kind == &aid_pool, is_agreement = bad[i].kind == &aid_agreement;
        bool is_member = bad[i].kind == &aid_guarantee;
        /* A code that is free and a person, where the kind has them; then what is wrong. */
        struct value own[] = {
            is_pool ? (struct value){POOL_CODE, "HZ-2"} : bad[i].own,
            is_agreement ? (struct value){AGREEMENT_CODE, "JK-9"} : bad[i].own,
            is_agreement ? (struct value){AGREEMENT_ID, fixture_id_number(1)} : bad[i].own,
            is_member ? (struct value){GUARANTEE_ID, fixture_id_number(1)} : bad[i].own,
            bad[i].own};
        struct error err = ERROR_INIT;

        ck_assert_msg(
            !try_row_as("li", bad[i].kind, bad[i].good, bad[i].count, own, ARRAY_COUNT(own), &err),
            "not refused: %s", bad[i].words);
        ck_assert_error(err, bad[i].code, bad[i].words);
    }
    ck_assert_uint_eq(journal_size(world.journal), before);
}
END_TEST

START_TEST(a_maker_of_another_place_files_nothing)
{
    struct error err = ERROR_INIT;

    open_everything();
    fixture_add_user(&world, "deng", "maker", TOWN_2);
    ck_assert(!TRY_AS("deng", aid_provision, good_provision, &err, {PROVISION_POOL, "HZ"}));
    ck_assert_error(err, ERROR_PERMISSION, "maker");
}
END_TEST

/* ---- No loan without the three agreements ------------------------------------------------------
 */

static struct voucher_line lend(const char *amount, unsigned borrower)
{
    return fixture_loan(amount, AVAILABLE, RECEIVABLE, borrower);
}

static void refuse_loan(const char *date, const struct voucher_line *loan, enum error_code code,
                        const char *words)
{
    fixture_refuse(&world, MOVEMENT_LOAN, date, loan, code, words);
}

START_TEST(a_loan_without_its_three_agreements_is_refused_and_the_rule_named)
{
    struct voucher_line loan = lend("100.00", 1);

    fund_village();
    refuse_loan("2021-04-01", &loan, ERROR_STATE,
                "loan agreement JK-1 (借款协议) is not on file, and nothing is lent without the "
                "three agreements (rule R30)");
    add_pool();
    add_agreement("JK-1", 1);
    refuse_loan(
        "2021-04-01", &loan, ERROR_STATE,
        "no entrustment agreement (委托管理协议) of pool HZ holds on 2021-04-01, and nothing "
        "is lent without the three agreements (rule R30)");
    add_entrustment();
    refuse_loan(
        "2021-04-01", &loan, ERROR_STATE,
        "the joint-guarantee agreement (联保小组协议) of group LB, with the borrower of JK-1 "
        "in it, is not on file by 2021-04-01, and nothing is lent without the three "
        "agreements (rule R30)");
    add_member("2", 2);
    refuse_loan("2021-04-01", &loan, ERROR_STATE, "with the borrower of JK-1 in it");
    add_member("1", 1);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_loan_stays_within_its_agreement)
{
    struct voucher_header head = header(MOVEMENT_LOAN, "2021-04-01");
    struct voucher_line loan = lend("100.00", 1);
    struct voucher_receipt waiting;
    struct error err = ERROR_INIT;

    open_everything();
    refuse_loan("2021-03-09", &loan, ERROR_STATE,
                "under loan agreement JK-1 money is lent from 2021-03-10 to 2021-06-30, not on "
                "2021-03-09");
    refuse_loan("2021-07-01", &loan, ERROR_STATE, "not on 2021-07-01");
    loan = lend("100.00", 2);
    (void)snprintf(loan.agreement, sizeof loan.agreement, "JK-1");
    refuse_loan("2021-04-01", &loan, ERROR_INPUT, "is with another person");
    loan = lend("3000.01", 1);
    refuse_loan("2021-04-01", &loan, ERROR_INSUFFICIENT,
                "at most 3,000.00 yuan are lent; with this it would be 3,000.01");
    /* What waits for its checker counts. */
    loan = lend("2000.00", 1);
    waiting = fixture_submit(&world, &head, &loan, 1);
    loan = lend("1000.01", 1);
    refuse_loan("2021-04-01", &loan, ERROR_INSUFFICIENT, "with this it would be 3,000.01");
    ck_assert_ok(fixture_try_decide(&world, "li", waiting.voucher, VOUCHER_WITHDRAW, &err), err);
    loan = lend("3000.00", 1);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    /* Repaid, it isn't lent again: the agreement was for once. */
    loan = fixture_loan("3000.00", RECEIVABLE, AVAILABLE, 1);
    (void)fixture_post(&world, MOVEMENT_REPAYMENT, "2021-04-02", &loan);
    loan = lend("1.00", 1);
    refuse_loan("2021-04-03", &loan, ERROR_INSUFFICIENT, "with this it would be 3,001.00");
}
END_TEST

START_TEST(a_pool_lends_its_own_money)
{
    struct account other = account(VILLAGE_1 " livelihood F2 available");
    struct voucher_line book = line("50.00", AVAILABLE, VILLAGE_1 " livelihood F2 available");
    struct voucher_header head = header(MOVEMENT_REALLOCATION, "2021-02-06");
    struct voucher_line loan = lend("10.00", 1);
    struct voucher_receipt receipt;

    open_everything();
    (void)snprintf(head.document, sizeof head.document, "调整1号");
    receipt = fixture_submit(&world, &head, &book, 1);
    fixture_approve(&world, receipt.voucher);
    fixture_agree_loans(&world, &other, "LV", 1);
    loan.from = account(VILLAGE_1 " livelihood F2 available");
    loan.to = account(VILLAGE_1 " livelihood F2 receivable");
    refuse_loan("2021-04-01", &loan, ERROR_EARMARK,
                "loan agreement JK-1 is of pool HZ, whose money stands in division " VILLAGE_1
                ", book subsidy, fund F2");
    (void)snprintf(loan.agreement, sizeof loan.agreement, "LV-1");
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
}
END_TEST

/* The limit is half the pool: 5,000.00 of 10,000.00, however much of it is lent already. */
START_TEST(one_borrower_never_owes_more_than_the_pools_limit)
{
    struct voucher_line loan = lend("3000.00", 1);

    open_everything();
    add_agreement("JK-3", 1);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    loan = lend("2000.01", 1);
    (void)snprintf(loan.agreement, sizeof loan.agreement, "JK-3");
    refuse_loan("2021-04-01", &loan, ERROR_INSUFFICIENT,
                "one borrower owes pool HZ at most 5,000.00 yuan, by its limit for one borrower; "
                "with this it would be 5,000.01");
    loan.amount = yuan("2000.00");
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    loan = lend("3000.00", 2);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- As of a day -------------------------------------------------------------------------------
 */

static bool take_standing(void *context, const struct aid_standing *standing, struct error *err)
{
    struct aid_standing *out = context;

    (void)err;
    *out = *standing;
    out->pool = NULL; /* lent for the call alone */
    return true;
}

static struct aid_standing standing_on(const char *date)
{
    struct aid_standing out = {.days = -1};
    struct error err = ERROR_INIT;

    ck_assert_ok(aid_standing_each(world.journal, TOWN_1, day(date), take_standing, &out, &err),
                 err);
    return out;
}

#define assert_standing(date, lent_, repaid_, arrears, loans, days_)                               \
    do {                                                                                           \
        struct aid_standing at = standing_on(date);                                                \
                                                                                                   \
        ck_assert_int_eq(at.lent.fen, yuan(lent_).fen);                                            \
        ck_assert_int_eq(at.repaid.fen, yuan(repaid_).fen);                                        \
        ck_assert_int_eq(at.in_arrears.fen, yuan(arrears).fen);                                    \
        ck_assert_int_eq(at.agreements_in_arrears, loans);                                         \
        ck_assert_int_eq(at.days, days_);                                                          \
    } while (0)

START_TEST(what_is_in_arrears_is_told_for_any_day)
{
    struct voucher_line loan = lend("3000.00", 1);
    struct voucher_receipt back, reversal;
    struct error err = ERROR_INIT;

    open_everything();
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    loan = lend("1000.00", 2);
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-05", &loan);
    loan = fixture_loan("400.00", RECEIVABLE, AVAILABLE, 2);
    (void)fixture_post(&world, MOVEMENT_REPAYMENT, "2021-06-30", &loan);
    loan = fixture_loan("3000.00", RECEIVABLE, AVAILABLE, 1);
    back = fixture_post(&world, MOVEMENT_REPAYMENT, "2021-07-02", &loan);
    add_provision();

    ck_assert_int_eq(standing_on("2021-02-07").days, -1); /* the pool wasn't there */
    assert_standing("2021-03-31", "0", "0", "0", 0, 0);
    assert_standing("2021-04-01", "3000.00", "0", "0", 0, 0);
    assert_standing("2021-06-30", "4000.00", "400.00", "0", 0, 0); /* the last day itself */
    assert_standing("2021-07-01", "4000.00", "400.00", "3600.00", 2, 1);
    assert_standing("2021-07-02", "4000.00", "3400.00", "600.00", 1, 2);
    assert_standing("2021-07-31", "4000.00", "3400.00", "600.00", 1, 31);
    ck_assert(!standing_on("2021-06-29").has_provision);
    ck_assert_int_eq(standing_on("2021-06-30").provision.fen, 10000);
    /* A repayment that was reversed counts until then. */
    ck_assert_ok(fixture_try_reverse(&world, back.voucher, "2021-07-10", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    assert_standing("2021-07-09", "4000.00", "3400.00", "600.00", 1, 9);
    assert_standing("2021-07-10", "4000.00", "400.00", "3600.00", 2, 10);
}
END_TEST

START_TEST(a_later_provision_takes_the_place_of_an_earlier_one)
{
    struct error err = ERROR_INIT;

    open_everything();
    add_provision();
    ck_assert_ok(TRY(aid_provision, good_provision, &err, {PROVISION_DATE, "2021-03-31"},
                     {PROVISION_AMOUNT, "7"}),
                 err);
    ck_assert_ok(TRY(aid_provision, good_provision, &err, {PROVISION_AMOUNT, "20000"}), err);
    ck_assert_int_eq(standing_on("2021-03-31").provision.fen, 7);
    ck_assert_int_eq(standing_on("2021-06-30").provision.fen, 20000);
}
END_TEST

/* ---- Erased and lost ----------------------------------------------------------------------------
 */

static bool try_erase(const struct record_kind *kind, size_t field, const char *code,
                      struct error *err)
{
    struct record *row = malloc(sizeof *row);
    char body[256];
    bool found;

    ck_assert_ptr_nonnull(row);
    ck_assert_ok(record_find(world.journal, kind, field, code, row, &found, err), *err);
    ck_assert(found);
    (void)snprintf(
        body, sizeof body,
        "{\"ground\":\"retention_over\",\"reason\":\"保存期满\",\"seals\":[{\"first\":%d,"
        "\"last\":%d,\"purpose\":\"%s/detail\"}]}",
        (int)row->seq, (int)row->seq, kind->entry->name);
    free(row);
    return fixture_try_agree(&world, "seal.erase", body, err);
}

START_TEST(who_still_owes_is_not_erased_nor_who_guarantees_it)
{
    struct voucher_line loan = lend("1000.00", 1);
    struct voucher_line back = fixture_loan("1000.00", RECEIVABLE, AVAILABLE, 1);
    struct error err = ERROR_INIT;

    open_everything();
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    ck_assert(!try_erase(&aid_agreement, AGREEMENT_CODE, "JK-1", &err));
    ck_assert_error(err, ERROR_STATE, "under loan agreement JK-1 1,000.00 yuan are owed");
    error_clear(&err);
    ck_assert(!try_erase(&aid_guarantee, GUARANTEE_CODE, "LB", &err));
    ck_assert_error(err, ERROR_STATE, "under loan agreement JK-1 1,000.00 yuan are owed");
    error_clear(&err);
    ck_assert_ok(try_erase(&aid_agreement, AGREEMENT_CODE, "JK-2", &err), err);
    assert_replay_is_identical(&world);
    (void)fixture_post(&world, MOVEMENT_REPAYMENT, "2021-07-20", &back);
    ck_assert_ok(try_erase(&aid_agreement, AGREEMENT_CODE, "JK-1", &err), err);
    ck_assert_ok(try_erase(&aid_guarantee, GUARANTEE_CODE, "LB", &err), err);
    assert_standing("2021-08-01", "1000.00", "1000.00", "0", 0, 0);
    loan = lend("1.00", 2);
    refuse_loan("2021-04-02", &loan, ERROR_STATE,
                "what loan agreement JK-2 says was erased or lost");
    assert_replay_is_identical(&world);
}
END_TEST

/* As a replay meets a log in which what this agreement says is gone. */
static bool try_replay(const char *code, struct error *err)
{
    struct statement *insert = NULL;
    struct record *row = malloc(sizeof *row);
    bool found, ok;

    ck_assert_ptr_nonnull(row);
    ck_assert_ok(record_find(world.journal, &aid_agreement, AGREEMENT_CODE, code, row, &found, err),
                 *err);
    fixture_begin(&world);
    ck_assert_ok(store_prepare(journal_store(world.journal),
                               "INSERT INTO gone_seal (seq, member, kind, state, act_seq) VALUES "
                               "($1, 'detail', 'aid.agree', 'missing', -1) ON CONFLICT DO NOTHING",
                               &insert, err),
                 *err);
    statement_bind_integer(insert, 1, (int64_t)row->seq);
    ck_assert_ok(statement_run(insert, err), *err);
    statement_free(insert);
    free(row);
    fixture_commit(&world);
    world.journal->is_replaying = true;
    ok = try_erase(&aid_agreement, AGREEMENT_CODE, code, err);
    world.journal->is_replaying = false;
    return ok;
}

START_TEST(a_replay_asks_again_whether_who_was_erased_still_owed)
{
    struct voucher_line loan = lend("1000.00", 1);
    struct voucher_line back = fixture_loan("1000.00", RECEIVABLE, AVAILABLE, 1);
    struct error err = ERROR_INIT;

    open_everything();
    (void)fixture_post(&world, MOVEMENT_LOAN, "2021-04-01", &loan);
    world.is_false = true; /* the value is there */
    ck_assert(!try_replay("JK-1", &err));
    ck_assert_error(err, ERROR_STATE, "under loan agreement JK-1 1,000.00 yuan are owed");
    error_clear(&err);
    (void)fixture_post(&world, MOVEMENT_REPAYMENT, "2021-07-20", &back);
    ck_assert_ok(try_replay("JK-1", &err), err);
}
END_TEST

static bool read_published(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

START_TEST(a_log_without_its_sealed_values_goes_on)
{
    struct published_log log = {.read = read_published};
    struct voucher_line loans[] = {lend("100.00", 1), lend("200.00", 2), lend("300.00", 3)};
    struct voucher_header head = header(MOVEMENT_LOAN, "2021-04-01");
    struct voucher_receipt receipt;
    struct fixture kept = world;
    struct error err = ERROR_INIT;
    uint64_t before;

    fund_village();
    add_pool();
    add_entrustment();
    before = journal_size(world.journal);
    for (unsigned i = 1; i <= 3; i++) {
        char code[8], number[2] = {(char)('0' + i), '\0'};

        (void)snprintf(code, sizeof code, "JK-%u", i);
        add_member(number, i);
        add_agreement(code, i);
    }
    receipt = fixture_submit(&world, &head, loans, 3);
    fixture_approve(&world, receipt.voucher);
    log = (struct published_log){journal_size(world.journal), read_published, world.journal};

    kept = world;
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &world.ledger, &err), err);
    world.journal = ledger_journal(world.ledger);
    ck_assert_ok(journal_replay_until(kept.journal, world.journal, before, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(world.journal, &log, &err), err);
    assert_balance(&world, RECEIVABLE, "600.00");
    assert_replay_is_identical(&world);
    /* What is lent is known by the account, who is late by nobody. */
    assert_standing("2021-12-31", "600.00", "0", "0", 0, 0);
    refuse_loan("2021-04-02", &loans[0], ERROR_STATE, "was erased or lost");
    ledger_close(world.ledger);
    world = kept;
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_kind_is_entered_told_and_replayed,
        of_a_borrower_nothing_stands_in_clear,
        a_row_that_is_wrong_is_refused_with_its_reason,
        a_maker_of_another_place_files_nothing,
        a_loan_without_its_three_agreements_is_refused_and_the_rule_named,
        a_loan_stays_within_its_agreement,
        a_pool_lends_its_own_money,
        one_borrower_never_owes_more_than_the_pools_limit,
        what_is_in_arrears_is_told_for_any_day,
        a_later_provision_takes_the_place_of_an_earlier_one,
        who_still_owes_is_not_erased_nor_who_guarantees_it,
        a_replay_asks_again_whether_who_was_erased_still_owed,
        a_log_without_its_sealed_values_goes_on,
    };

    return fixture_run("aid", tests, ARRAY_COUNT(tests), &world);
}
