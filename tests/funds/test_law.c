/* test_law.c - the law at every commit; a ledger that was made, opened, copied, or is not one. */
#include "tests/funds/fixture.h"

#include <stdio.h>

#include "ledger/funds/sql.h"
#include "ledger/funds/tally.h"

static struct fixture world;

/* Spoil a derived row as someone with the file in hand would, then post an honest voucher. */
static void assert_unbalanced(const char *sql, const char *words)
{
    struct voucher_header head = header(MOVEMENT_APPROPRIATION, "2021-04-09");
    struct voucher_line given =
        line("1.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct signatory li = fixture_as("li"), wang = fixture_as("wang");
    struct voucher_draft *draft = NULL;
    struct statement *statement = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_begin(&world);
    ck_assert_ok(store_prepare(journal_store(world.journal), sql, &statement, &err), err);
    ck_assert_ok(statement_run(statement, &err), err);
    statement_free(statement);
    ck_assert_ok(voucher_draft_new(world.journal, &head, &draft, &err), err);
    ck_assert_ok(voucher_draft_add(draft, &given, &err), err);
    ck_assert_ok(voucher_draft_submit(draft, &li, &receipt, NULL, &err), err);
    voucher_draft_free(draft);
    ck_assert_ok(voucher_decide(world.journal, &wang, receipt.voucher, VOUCHER_APPROVE, "", &err),
                 err);
    ck_assert(!journal_commit(world.journal, &err));
    ck_assert_error(err, ERROR_UNBALANCED, words);
}

START_TEST(a_commit_that_breaks_the_law_is_refused)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {
        {"UPDATE balance SET amount = amount + 1 WHERE division = '" COUNTY "' AND role = "
         "'unassigned'",
         "the law does not hold for division 611025000000, book none, fund F1"},
        {"UPDATE flow SET amount = amount + 1 WHERE division = '" COUNTY "' AND term = "
         "'passed_down'",
         "the law does not hold for division 611025000000, book none, fund F1"},
        {"UPDATE role_month SET amount = amount + 1 WHERE division = '" COUNTY "' AND role = "
         "'unassigned'",
         "by month"},
        {"UPDATE fund_flow SET amount = amount + 1 WHERE term = 'passed_down'",
         "passed down and received from above differs by 1 fen"},
        {"UPDATE fund_flow SET amount = amount - 5 WHERE term = 'assigned_in'",
         "assigned out and in differs by 5 fen"},
    };

    fixture_fund_village_1(&world, "1000.00");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        assert_unbalanced(cases[i].sql, cases[i].words);
    assert_replay_is_identical(&world); /* nothing of it was kept */
}
END_TEST

START_TEST(replay_finds_a_derived_row_that_was_changed)
{
    struct ledger *replayed = NULL;
    struct store_table_difference difference;
    struct error err = ERROR_INIT;
    bool equal = true;

    fixture_fund_village_1(&world, "1000.00");
    fixture_begin(&world);
    ck_assert_ok(sql_run(world.journal, "UPDATE balance SET amount = $1 WHERE role = 'available'",
                         SQL_VALUES(SQL_INTEGER(7)), &err),
                 err);
    fixture_commit(&world);
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &replayed, &err), err);
    ck_assert_ok(journal_replay(world.journal, ledger_journal(replayed), NULL, NULL, &err), err);
    for (size_t i = 0; ledger_derived_tables()[i] != NULL && equal; i++)
        ck_assert_ok(store_compare_table(journal_store(world.journal),
                                         journal_store(ledger_journal(replayed)),
                                         ledger_derived_tables()[i], &equal, &difference, &err),
                     err);
    ck_assert(!equal);
    ck_assert_str_eq(difference.table, "balance");
    ck_assert_str_eq(difference.left, "7");
    ledger_close(replayed);
}
END_TEST

/* ---- The door -------------------------------------------------------------------------------- */

START_TEST(a_ledger_stays_and_is_opened_again)
{
    struct fixture stays;
    struct ledger *ledger = NULL;
    struct error err = ERROR_INIT;
    struct fund fund;
    char path[FIXTURE_PATH_SIZE + 32];

    fixture_county_on_disk(&stays);
    fixture_fund_village_1(&stays, "1000.00");
    (void)snprintf(path, sizeof path, "%s/copy", stays.directory);
    ck_assert_ok(ledger_backup(stays.ledger, path, &err), err); /* in use */
    ck_assert_ok(ledger_open(path, &stays.options, true, &ledger, &err), err);
    ck_assert_ok(fund_find(ledger_journal(ledger), "F1", &fund, &err), err);
    ck_assert_uint_eq(journal_size(ledger_journal(ledger)), journal_size(stays.journal));
    ledger_close(ledger);
    ledger_close(stays.ledger);
    (void)snprintf(path, sizeof path, "%s/ledger", stays.directory);
    ck_assert_ok(ledger_open(path, &stays.options, false, &stays.ledger, &err), err);
    stays.journal = ledger_journal(stays.ledger);
    assert_balance(&stays, VILLAGE_1 " construction F1 available", "1000.00");
    assert_replay_is_identical(&stays);
    fixture_done(&stays);
}
END_TEST

START_TEST(where_no_ledger_is_none_is_opened)
{
    struct ledger *ledger = NULL;
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE + 32];

    (void)snprintf(path, sizeof path, "%s/nothing", world.directory);
    ck_assert(!ledger_open(path, &world.options, false, &ledger, &err));
    ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
    ck_assert_ptr_null(ledger);
    ledger_close(NULL);
}
END_TEST

START_TEST(a_refused_genesis_leaves_nothing_behind)
{
    struct signer *signer = NULL;
    struct ledger *ledger = NULL;
    struct genesis genesis;
    struct error err = ERROR_INIT;
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    char path[FIXTURE_PATH_SIZE + 32];

    memset(&genesis, 0, sizeof genesis);
    memset(signatures, 0, sizeof signatures);
    (void)snprintf(path, sizeof path, "%s/other-signer", world.directory);
    ck_assert_ok(
        signer_create(path, "mingzhang/611025000000", &world.options.random, &signer, &err), err);
    genesis.log_key = *signer_log_key(signer);
    genesis.certificate = signer_certificate_der(signer, &genesis.certificate_size);
    (void)snprintf(genesis.origin, sizeof genesis.origin, "%s", "mingzhang/611025000000");
    (void)snprintf(genesis.division, sizeof genesis.division, "%s", COUNTY);
    (void)snprintf(path, sizeof path, "%s/new", world.directory);
    ck_assert(!ledger_create(path, &world.options, &genesis,
                             (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures, &ledger, &err));
    error_clear(&err);
    ck_assert(!ledger_open(path, &world.options, false, &ledger, &err));
    ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
    signer_close(signer);
}
END_TEST

/* ---- Sums by key ----------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

START_TEST(a_tally_sums_by_key_and_sorts)
{
    struct tally tally;
    struct error err = ERROR_INIT;
    size_t row;

    tally_init(&tally, sizeof(uint64_t), 1000);
    for (uint64_t i = 0; i < 3000; i++) {
        uint64_t key = i * 7919 % 1000;

        ck_assert_ok(tally_add(&tally, &key, (money_t){(int64_t)key}, &row, &err), err);
        ck_assert_uint_eq(*(const uint64_t *)tally_key(&tally, row), key);
    }
    ck_assert_uint_eq(tally.count, 1000);
    ck_assert_ok(tally_sort(&tally, compare_numbers, &err), err);
    for (uint64_t i = 0; i < 1000; i++) {
        ck_assert_uint_eq(*(const uint64_t *)tally_key(&tally, i), i);
        ck_assert_int_eq(tally.sums[i].fen, (int64_t)(3 * i));
    }
    tally_reset(&tally);
    ck_assert_uint_eq(tally.count, 0);
    for (uint64_t i = 0; i < 1000; i++)
        ck_assert_ok(tally_add(&tally, &i, MONEY_ZERO, NULL, &err), err);
    {
        uint64_t one_more = 1000;

        ck_assert(!tally_add(&tally, &one_more, MONEY_ZERO, NULL, &err));
        ck_assert_error(err, ERROR_LIMIT, "split it");
    }
    tally_done(&tally);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_commit_that_breaks_the_law_is_refused, replay_finds_a_derived_row_that_was_changed,
        a_ledger_stays_and_is_opened_again,      where_no_ledger_is_none_is_opened,
        a_refused_genesis_leaves_nothing_behind, a_tally_sums_by_key_and_sorts,
    };

    return fixture_run("law", tests, ARRAY_COUNT(tests), &world);
}
