/* test_inspect.c - whatever is changed behind the journal's back is found and named by its place.
 */
#include <sqlite3.h>

#include "audit/inspect/inspect.h"
#include "tests/funds/fixture.h"

#define PATH_SIZE (2 * FIXTURE_PATH_SIZE)

static struct fixture world;

/* The county with money that moved, one payment of it to a person, closed. */
static void make_world(void)
{
    struct voucher_line payment;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_receipt receipt;

    fixture_county_on_disk(&world);
    fixture_fund_county(&world, "F2", "subsidy", "1000.00");
    payment = pay_person("600.00", COUNTY " subsidy F2 available", 1);
    receipt = fixture_submit(&world, &head, &payment, 1);
    fixture_approve(&world, receipt.voucher);
    ledger_close(world.ledger);
    world.ledger = NULL;
    world.journal = NULL;
}

static void remove_world(void)
{
    fixture_done(&world);
}

static bool inspect(struct inspect_report *report, struct error *err)
{
    struct ledger_options ledger_options = fixture_options();
    struct inspect_options options = {.scratch_directory = world.directory};
    char path[PATH_SIZE];
    bool ok;

    (void)snprintf(path, sizeof path, "%s/ledger", world.directory);
    ok = ledger_open(path, &ledger_options, true, &world.ledger, err) &&
         inspect_ledger(world.ledger, &ledger_options, &options, report, err);
    ledger_close(world.ledger);
    world.ledger = NULL;
    return ok;
}

/* ---- Changing what nobody may -----------------------------------------------------------------
 */

struct triggers {
    size_t count;
    char name[16][64];
    char sql[16][1024];
};

static int take_trigger(void *context, int count, char **values, char **names)
{
    struct triggers *triggers = context;

    (void)names;
    ck_assert_int_eq(count, 2);
    ck_assert_uint_lt(triggers->count, 16);
    (void)snprintf(triggers->name[triggers->count], 64, "%s", values[0]);
    (void)snprintf(triggers->sql[triggers->count], 1024, "%s", values[1]);
    triggers->count++;
    return 0;
}

static void run(sqlite3 *database, const char *sql)
{
    char *message = NULL;

    ck_assert_msg(sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK, "%s: %s", sql,
                  message);
}

/* Run SQL on the closed ledger with its triggers away, and put them back as they were. */
static void tamper(const char *sql)
{
    static struct triggers triggers;
    sqlite3 *database = NULL;
    char text[2048];
    size_t i;

    (void)snprintf(text, sizeof text, "%s/ledger/ledger.sqlite", world.directory);
    ck_assert_int_eq(sqlite3_open_v2(text, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    triggers.count = 0;
    ck_assert_int_eq(sqlite3_exec(database,
                                  "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
                                  take_trigger, &triggers, NULL),
                     SQLITE_OK);
    for (i = 0; i < triggers.count; i++) {
        (void)snprintf(text, sizeof text, "DROP TRIGGER %s", triggers.name[i]);
        run(database, text);
    }
    run(database, sql);
    ck_assert_int_gt(sqlite3_changes(database), 0);
    for (i = 0; i < triggers.count; i++)
        run(database, triggers.sql[i]);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

START_TEST(a_ledger_that_nobody_touched_is_good)
{
    struct inspect_report report;
    struct error err = ERROR_INIT;

    ck_assert_ok(inspect(&report, &err), err);
    ck_assert_uint_gt(report.entries, 20);
    ck_assert_uint_gt(report.tables, 20);
}
END_TEST

static const struct {
    const char *sql;
    const char *words[3];
} changes[] = {
    {"UPDATE balance SET amount = amount + 1 WHERE fund = 'F2' AND role = 'available'",
     {"table balance", "F2", "column amount"}},
    {"UPDATE division SET name = 'another' WHERE code = '" VILLAGE_1 "'",
     {"table division", VILLAGE_1, "column name"}},
    {"UPDATE voucher SET state = 'reversed' WHERE movement = 'payment'",
     {"table voucher", "column state", "reversed"}},
    {"DELETE FROM user_role WHERE user_code = 'wang'", {"table user_role", "wang", "(no row)"}},
    {"INSERT INTO policy (name, valid_from, value, seq) VALUES ('stuck_days', '2021-01-01', 1, 0)",
     {"table policy", "stuck_days", "(no row)"}},
    {"DELETE FROM sealed WHERE member = 'detail'",
     {"table gone_seal", "member=detail", "(no row)"}},
};

START_TEST(a_change_is_found_and_named)
{
    struct inspect_report report;
    struct error err = ERROR_INIT;
    size_t i;

    tamper(changes[_i].sql);
    ck_assert_msg(!inspect(&report, &err), "%s", changes[_i].sql);
    for (i = 0; i < ARRAY_COUNT(changes[_i].words); i++) {
        ck_assert_msg(strstr(err.message, changes[_i].words[i]) != NULL, "%s: no '%s' in: %s",
                      changes[_i].sql, changes[_i].words[i], err.message);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("inspect");
    TCase *tcase = tcase_create("inspect");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, make_world, remove_world);
    tcase_add_test(tcase, a_ledger_that_nobody_touched_is_good);
    tcase_add_loop_test(tcase, a_change_is_found_and_named, 0, ARRAY_COUNT(changes));
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
