/*
 * test_gone.c - sealed values that are not in a ledger, and the acts that account for them.
 *
 * Entry 9 imports a file; 629 and 630 are the act.
 */
#include "tests/verify/acts.h"

#define DROP(seq, member) "DELETE FROM sealed WHERE seq = " #seq " AND member = '" member "';"
#define RANGE(first, last, purpose)                                                                \
    "{\"first\":" #first ",\"last\":" #last ",\"purpose\":\"" purpose "\"}"
#define LOST(seals) "{\"reason\":\"机房失火\",\"seals\":[" seals "]}"
#define FILE_9      RANGE(9, 9, "import.file/content")

#define ERASED(ground, seals)                                                                      \
    "{\"ground\":\"" ground "\",\"reason\":\"法院通知\",\"seals\":[" seals "]}"
#define LINE_17    RANGE(17, 17, "voucher.line/detail") "," CONTENT_19
#define CONTENT_19 RANGE(19, 19, "voucher.submit/content")

struct gone_case {
    const char *bodies[2]; /* of acts, in turn */
    const char *sql;
    const char *wanted;
};

static const struct gone_case cases[] = {
    {{LOST(FILE_9)}, DROP(9, "content"), "; declared lost: 1 import.file/content"},
    {{NULL}, DROP(9, "content"), "\"content\" is missing, and no act of two people accounts for"},
    {{LOST(FILE_9)},
     "",
     "FAIL entry 9: entry 630 declares its sealed value import.file/content lost, but there is"},
    {{LOST(RANGE(9, 10, "import.file/content"))},
     DROP(9, "content"),
     "FAIL entry 630 (act.second): names import.file/content of entry 10, which seals none"},
    {{LOST(RANGE(8, 9, "import.file/content"))},
     DROP(9, "content"),
     "FAIL entry 630 (act.second): names import.file/content of entry 8, which seals none"},
    {{LOST(FILE_9)},
     DROP(9, "content") DROP(23, "content"),
     "FAIL entry 23 (voucher.submit): the sealed value of \"content\" is missing"},
    {{LOST(FILE_9), LOST(FILE_9)},
     DROP(9, "content"),
     "FAIL entry 632 (act.second): accounts for a sealed value (import.file/content of entry 9) "
     "that entry 630"},
    {{LOST(FILE_9), LOST(RANGE(23, 23, "voucher.submit/content"))},
     DROP(9, "content") DROP(23, "content"),
     "; declared lost: 1 import.file/content, 1 voucher.submit/content"},
    {{LOST(RANGE(23, 23, "voucher.submit/content") "," FILE_9)},
     DROP(9, "content") DROP(23, "content"),
     "FAIL entry 630 (act.second): names sealed values out of order"},
    {{LOST(FILE_9 "," FILE_9)},
     DROP(9, "content"),
     "FAIL entry 630 (act.second): names sealed values out of order"},
    {{LOST("")}, "", "FAIL entry 630 (act.second): names no sealed value"},
    {{LOST(RANGE(630, 630, "import.file/content"))},
     "",
     "FAIL entry 630 (act.second): names no range of entries before it"},
    {{LOST(RANGE(10, 9, "import.file/content"))},
     "",
     "FAIL entry 630 (act.second): names no range of entries before it"},
    /* Balances hang on it: nobody declares it away. */
    {{LOST(RANGE(23, 23, "voucher.submit/totals"))},
     DROP(23, "totals"),
     "FAIL entry 629 (act.propose): member \"purpose\" is none of the words"},
    {{"{\"reason\":\"\",\"seals\":[" FILE_9 "]}"},
     DROP(9, "content"),
     "FAIL entry 629 (act.propose): member \"reason\" is empty"},
};

START_TEST(what_is_not_here_is_accounted_for_by_two_people_or_found)
{
    const struct gone_case *at = &cases[_i];

    for (size_t i = 0; i < 2 && at->bodies[i] != NULL; i++)
        fixture_two(world, "zhao", "qian", "seal.lost", "%s", at->bodies[i]);
    fixture_write_ledger(world, folder);
    if (at->sql[0] != '\0') fixture_sql(folder, at->sql);
    expect_in(fixture_verify(folder, NULL), at->wanted);
}
END_TEST

static const struct gone_case erasures[] = {
    {{ERASED("ordered", LINE_17)},
     DROP(17, "detail") DROP(19, "content"),
     "; erased: 1 voucher.line/detail, 1 voucher.submit/content"},
    {{ERASED("ordered", RANGE(16, 17, "voucher.line/detail") "," CONTENT_19)},
     DROP(16, "detail") DROP(17, "detail") DROP(19, "content"),
     "; erased: 2 voucher.line/detail, 1 voucher.submit/content"},
    {{ERASED("ordered", LINE_17)},
     DROP(19, "content"),
     "FAIL entry 17: entry 630 erased its sealed value voucher.line/detail, but there is one"},
    {{ERASED("ordered", LINE_17)},
     DROP(16, "detail") DROP(17, "detail") DROP(19, "content"),
     "FAIL entry 16 (voucher.line): the sealed value of \"detail\" is missing"},
    {{ERASED("ordered", RANGE(16, 17, "voucher.line/detail") "," CONTENT_19)},
     DROP(17, "detail") DROP(19, "content"),
     "FAIL entry 16: entry 630 erased"},
    {{ERASED("whim", LINE_17)},
     DROP(17, "detail"),
     "FAIL entry 629 (act.propose): member \"ground\" is none of the words"},
    {{ERASED("ordered", RANGE(17, 17, "bank.confirm/lines"))},
     DROP(17, "detail"),
     "FAIL entry 629 (act.propose): member \"purpose\" is none of the words"},
};

START_TEST(what_two_people_erased_is_gone_and_nothing_else)
{
    fixture_two(world, "zhao", "qian", "seal.erase", "%s", erasures[_i].bodies[0]);
    fixture_write_ledger(world, folder);
    if (erasures[_i].sql[0] != '\0') fixture_sql(folder, erasures[_i].sql);
    expect_in(fixture_verify(folder, NULL), erasures[_i].wanted);
}
END_TEST

/* Three people's lines of voucher 6 are lost; its totals pay them from one fund and send another's.
 */
START_TEST(totals_that_leave_their_fund_are_found_though_the_lines_are_lost)
{
    static const char other[] =
        "{\"amount\":300,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
        "\",\"fund\":\"F2\",\"role\":\"in_transit\"}";
    char totals[512];

    (void)snprintf(totals, sizeof totals, "[%s,%s]", TOTAL("-300", "available"), other);
    for (unsigned i = 1; i <= 3; i++)
        fixture_line(world, "li", 6, i, true, PERSON);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 6,
                                                    .totals = totals,
                                                    MAY,
                                                    .movement = "payment",
                                                    .people = true});
    fixture_two(world, "zhao", "qian", "seal.lost", "%s",
                LOST(RANGE(629, 631, "voucher.line/detail")));
    fixture_write_ledger(world, folder);
    fixture_sql(folder, "DELETE FROM sealed WHERE seq BETWEEN 629 AND 631");
    expect_in(
        fixture_verify(folder, NULL),
        "FAIL entry 632 (voucher.submit): pays to another account than in_transit of the one");
}
END_TEST

START_TEST(one_person_accounts_for_nothing)
{
    fixture_propose(world, "zhao", "seal.lost", LOST(FILE_9));
    fixture_write_ledger(world, folder);
    fixture_sql(folder, DROP(9, "content"));
    expect_in(fixture_verify(folder, NULL), "FAIL entry 9 (import.file): the sealed value of");
}
END_TEST

START_TEST(one_person_erases_nothing)
{
    fixture_propose(world, "zhao", "seal.erase", ERASED("ordered", LINE_17));
    fixture_write_ledger(world, folder);
    fixture_sql(folder, DROP(17, "detail"));
    expect_in(fixture_verify(folder, NULL), "FAIL entry 17 (voucher.line): the sealed value of");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, what_is_not_here_is_accounted_for_by_two_people_or_found, 0,
                        ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, what_two_people_erased_is_gone_and_nothing_else, 0,
                        ARRAY_COUNT(erasures));
    tcase_add_test(tests, totals_that_leave_their_fund_are_found_though_the_lines_are_lost);
    tcase_add_test(tests, one_person_accounts_for_nothing);
    tcase_add_test(tests, one_person_erases_nothing);
}

int main(void)
{
    return run_suite("verify_gone", add);
}
