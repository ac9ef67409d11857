/*
 * test_ledger.c - a good ledger passes; whatever is changed in its file is found and named.
 */
#include <stdio.h>

#include "audit/verify/verify.h"
#include "tests/verify/suite.h"

START_TEST(a_good_ledger_passes_and_says_that_its_key_is_new)
{
    expect("PASS, keys trusted on first use: ");
    expect_in(fixture_verify(folder, NULL), "; mingzhang/611025000000 629 entries, root ");
}
END_TEST

START_TEST(the_verdict_carries_what_was_checked)
{
    struct verify_options options = {.threads = 1};
    struct verify_verdict verdict;
    struct error err = ERROR_INIT;
    hash_t root = fixture_root(world, world->count);

    fixture_write_ledger(world, folder);
    ck_assert(verify_path(folder, &options, &verdict, &err));
    ck_assert_int_eq(verdict.outcome, VERIFY_PASS_FIRST_USE);
    ck_assert_uint_eq(verdict.size, world->count);
    ck_assert(hash_equal(&verdict.root, &root));
    ck_assert_str_eq(verdict.origin, FIXTURE_ORIGIN);
    ck_assert_uint_eq(verdict.sealed, world->seal_count);
    ck_assert_uint_eq(verdict.sealed_absent, 0);
}
END_TEST

START_TEST(a_log_of_any_length_passes)
{
    /* Ends of blocks and of the log in every position; a run of rows must be whole. */
    static const size_t sizes[] = {1, 3, 7, 10, 22, 25, 627, 628};

    for (size_t i = 0; i <= ARRAY_COUNT(sizes); i++) {
        bool is_cut = i == ARRAY_COUNT(sizes);
        size_t all = world->count, all_seals = world->seal_count;

        world->count = is_cut ? 26 : sizes[i];
        while (world->seal_count > 0 && world->seals[world->seal_count - 1].seq >= world->count)
            world->seal_count--;
        expect(is_cut ? "the log ends before the rows from entry 25 on are signed" : "PASS");
        world->count = all;
        world->seal_count = all_seals;
    }
}
END_TEST

START_TEST(every_changed_byte_is_found_in_its_entry)
{
    fixture_write_ledger(world, folder);
    for (size_t seq = 0; seq < world->count; seq += seq < 30 ? 1 : 37) {
        char sql[512], wanted[64];

        snprintf(sql, sizeof sql,
                 "CREATE TEMP TABLE kept AS SELECT bytes FROM entry WHERE seq = %zu;"
                 "UPDATE entry SET bytes = CAST(substr(bytes, 1, 100) || x'20' || "
                 "substr(bytes, 102) AS BLOB) WHERE seq = %zu",
                 seq, seq);
        fixture_sql(folder, sql);
        snprintf(wanted, sizeof wanted, "FAIL entry %zu: its bytes don't", seq);
        expect_in(fixture_verify(folder, NULL), wanted);
        fixture_write_ledger(world, folder);
    }
}
END_TEST

/* Bytes changed by somebody who also makes hashes, and where told the chain, fit again. */
static const struct {
    unsigned seq;
    const char *from, *to;
    bool rechain;
    const char *wanted;
} changes[] = {
    {10, "90000000", "90000001", false, "FAIL entry 11 (voucher.submit): its prev is not"},
    {10, "90000000", "90000001", true,
     "FAIL entry 11 (voucher.submit): its totals state -90000000 fen for an account whose lines "
     "come to -90000001"},
    {16, "\"line\":1", "\"line\":2", true,
     "FAIL entry 16 (voucher.line): its sealed value names another subject"},
    {300, "\"line\":276", "\"line\":277", true,
     "FAIL entry 300 (voucher.line): is line 277 of voucher 2021-000005, but line 276"},
    {300, "合作社", "公司", true, "FAIL entry 625 (voucher.submit): its lines_root isn't the root"},
    {7, "回龙镇", "回虎镇", true, "FAIL entry 9 (import.file): its lines_root isn't the root"},
    {11, "\"text\":\"\"", "\"text\":\"a\"", true,
     "FAIL entry 12 (voucher.approve): names another submission"},
    {12, "按文件", "按文書", true, "FAIL entry 12: the signature of wang"},
    {12, "2021-000001", "2021-000002", true,
     "FAIL entry 12 (voucher.approve): voucher 2021-000002 was never submitted"},
    {0, "镇安县", "镇平县", true, "FAIL entry 0: the signature of zhao"},
    {0, "\"origin\":\"ming", "\"origin\":\"Ming", true,
     "FAIL entry 0 (ledger.genesis): the origin is not 1 to 64 of a-z"},
    {0, "\"division\":\"611025000000\"", "\"division\":\"611025100000\"", true,
     "FAIL entry 0 (ledger.genesis): the root division 611025100000 is below a county"},
    {1, "maker", "admin", true, "FAIL entry 1: the signature of zhao"},
    {2, "\"signer\":\"qian\"", "\"signer\":\"zhao\"", true,
     "FAIL entry 2 (act.second): zhao signs an entry of qian"},
    {21, "\"late\":false", "\"late\":true", true, "FAIL entry 21: the signature of li"},
    {627, "2021-04\"", "2021-05\"", true, "FAIL entry 627: the signature of wang"},
    {628, "\"period\":\"2021\"", "\"period\":\"2022\"", true,
     "FAIL entry 628: the signature of zhou"},
    {628, "\"v\":1", "\"v\":2", true, "FAIL entry 628: member \"v\" is not 1"},
    {628, "\"seq\":628", "\"seq\":629", true, "FAIL entry 628: says that it is entry 629"},
    {628, "publication.make", "publication.fake", true,
     "FAIL entry 628: kind \"publication.fake\" is unknown"},
    {628, "\"corrects\":[]", "\"corrects\":[ ]", true, "FAIL entry 628: JSON, byte"},
    {628, "\"corrects\":[],", "", true,
     "FAIL entry 628 (publication.make): member \"corrects\" is missing"},
    {628, "\"corrects\":[],", "\"corrects\":[],\"d\":1,", true,
     "FAIL entry 628 (publication.make): member \"d\" doesn't belong there"},
    {628, "\"period\":\"2021\"", "\"period\":\"2021-Q5\"", true,
     "FAIL entry 628 (publication.make): member \"period\" is no period"},
    {628, "\"v\":1", "\"v\":1,\"w\":1", true, "FAIL entry 628: member \"w\" doesn't belong there"},
    {626, "T10:", "T08:", true, "FAIL entry 626 (voucher.reject): its time is before"},
};

START_TEST(every_change_that_keeps_the_hashes_fitting_is_found_and_named)
{
    fixture_replace(world, changes[_i].seq, changes[_i].from, changes[_i].to);
    if (changes[_i].rechain) fixture_rechain(world, changes[_i].seq + 1);
    expect(changes[_i].wanted);
}
END_TEST

/* What is done to the file itself. */
static const struct {
    const char *sql;
    const char *wanted;
} statements[] = {
    {"DELETE FROM entry WHERE seq = 17", "FAIL entry 17: is missing"},
    {"UPDATE entry SET seq = -1 WHERE seq = 17", "FAIL entry 0: is missing"},
    {"UPDATE entry SET hash = zeroblob(32) WHERE seq = 17",
     "FAIL entry 17: its bytes don't give the hash"},
    {"UPDATE entry SET hash = 'x' WHERE seq = 17", "FAIL entry 17: its stored hash is no hash"},
    {"UPDATE entry SET bytes = CAST(bytes AS TEXT) WHERE seq = 17",
     "FAIL entry 17: its stored bytes are no blob"},
    {"UPDATE entry SET bytes = zeroblob(70000) WHERE seq = 300", "FAIL entry 300: has 70000 bytes"},
    {"DELETE FROM entry", "FAIL the ledger has no entry 0"},
    {"DROP TABLE sealed", "FAIL the tables entry and sealed are not both there"},
    {"ALTER TABLE entry RENAME TO e; CREATE VIEW entry AS SELECT * FROM e",
     "FAIL the tables entry and sealed are not both there"},
    {"ALTER TABLE sealed RENAME COLUMN plain TO p",
     "FAIL the tables of the ledger are not as they should be"},
    {"UPDATE sealed SET plain = CAST(replace(CAST(plain AS TEXT), '60000', '70000') AS BLOB) WHERE "
     "seq = 17",
     "FAIL entry 17 (voucher.line): the sealed value of \"detail\" is not the one"},
    {"UPDATE sealed SET key = randomblob(32) WHERE seq = 17",
     "FAIL entry 17 (voucher.line): the sealed value of \"detail\" is not the one"},
    {"UPDATE sealed SET key = x'00' WHERE seq = 17",
     "FAIL sealed value of entry 17: its key has not 32 bytes"},
    {"UPDATE sealed SET plain = 'x' WHERE seq = 17",
     "FAIL sealed value of entry 17: its plain object is no blob"},
    {"UPDATE sealed SET seq = 5 WHERE seq = 17",
     "FAIL entry 5 (act.propose): sealed values are kept for it"},
    {"INSERT INTO sealed SELECT 5000, member, key, plain FROM sealed WHERE seq = 17",
     "FAIL sealed value of entry 5000: the log has no such entry"},
    {"UPDATE sealed SET seq = -5 WHERE seq = 17",
     "FAIL sealed value of entry -5: belongs to no entry"},
    {"INSERT INTO sealed SELECT seq, 'line', key, plain FROM sealed WHERE seq = 17",
     "FAIL entry 17 (voucher.line): sealed values are kept for it"},
    {"UPDATE sealed SET member = 'a name that is far too long' WHERE seq = 17",
     "FAIL sealed value of entry 17: its member has no name of ours"},
    {"UPDATE sealed SET seq = 1033 - seq WHERE seq BETWEEN 16 AND 17; UPDATE sealed SET seq = seq "
     "- 1000 WHERE seq > 1000",
     "FAIL entry 16 (voucher.line): the sealed value"},
    {"DELETE FROM sealed WHERE seq = 17",
     "FAIL entry 17 (voucher.line): the sealed value of \"detail\" is missing"},
    {"DELETE FROM sealed WHERE seq = 23 AND member = 'totals'",
     "FAIL entry 23 (voucher.submit): the sealed value of \"totals\" is missing"},
    {"DELETE FROM sealed WHERE seq = 23 AND member = 'content'",
     "FAIL entry 23 (voucher.submit): the sealed value of \"content\" is missing"},
    {"DELETE FROM sealed",
     "FAIL entry 9 (import.file): the sealed value of \"content\" is missing"},
};

START_TEST(whatever_is_done_to_the_file_is_found_and_named)
{
    fixture_write_ledger(world, folder);
    fixture_sql(folder, statements[_i].sql);
    expect_in(fixture_verify(folder, NULL), statements[_i].wanted);
}
END_TEST

START_TEST(a_damaged_file_is_a_finding)
{
    scratch_write(folder, "ledger.sqlite", "not a database at all, whatever it is called", 40);
    expect_in(fixture_verify(folder, NULL), "FAIL the database file is damaged");
}
END_TEST

START_TEST(the_first_bad_place_is_named_even_when_a_signature_is_found_late)
{
    /* A bad signature at 12, and a broken form at 14, which is found much sooner. */
    fixture_replace(world, 12, "按文件", "按文書");
    fixture_replace(world, 14, "\"late\":false", "\"late\":maybe");
    fixture_rechain(world, 13);
    expect("FAIL entry 12: the signature of wang");
}
END_TEST

START_TEST(a_path_that_is_nothing_of_ours_is_told_from_a_finding)
{
    expect_in(fixture_verify(folder, NULL), "ERROR usage");
    expect_in(fixture_verify("/nonexistent", NULL), "ERROR io");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, a_good_ledger_passes_and_says_that_its_key_is_new);
    tcase_add_test(tests, the_verdict_carries_what_was_checked);
    tcase_add_test(tests, a_log_of_any_length_passes);
    tcase_add_test(tests, every_changed_byte_is_found_in_its_entry);
    tcase_add_loop_test(tests, every_change_that_keeps_the_hashes_fitting_is_found_and_named, 0,
                        ARRAY_COUNT(changes));
    tcase_add_loop_test(tests, whatever_is_done_to_the_file_is_found_and_named, 0,
                        ARRAY_COUNT(statements));
    tcase_add_test(tests, a_damaged_file_is_a_finding);
    tcase_add_test(tests, the_first_bad_place_is_named_even_when_a_signature_is_found_late);
    tcase_add_test(tests, a_path_that_is_nothing_of_ours_is_told_from_a_finding);
}

int main(void)
{
    return run_suite("verify_ledger", add);
}
