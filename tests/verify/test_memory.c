/*
 * test_memory.c - keys that are pinned, and what was seen before: a ledger that was cut, rewritten
 * or given another key does not pass twice.
 */
#include <stdio.h>

#include "audit/verify/verify.h"
#include "tests/verify/suite.h"

static char state[SCRATCH_PATH_SIZE + 8];

/* Write the world and verify it with a memory. */
static const char *visit(void)
{
    struct verify_options options = {.memory_directory = state};

    snprintf(state, sizeof state, "%s/state", folder);
    fixture_write_ledger(world, folder);
    return fixture_verify(folder, &options);
}

static const char *verify_with_key(const char *key)
{
    struct verify_options options = {.key = key};

    fixture_write_ledger(world, folder);
    return fixture_verify(folder, &options);
}

/* Drop the entries from `count` on. */
static void cut(size_t count)
{
    world->count = count;
    while (world->seal_count > 0 && world->seals[world->seal_count - 1].seq >= count)
        world->seal_count--;
}

START_TEST(a_key_is_remembered_from_the_first_visit)
{
    expect_in(visit(), "PASS, keys trusted on first use: ");
    expect_in(visit(), "PASS " FIXTURE_ORIGIN " 629 entries, root ");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    expect_in(visit(), "PASS " FIXTURE_ORIGIN " 630 entries, root ");
    expect_in(visit(), "PASS " FIXTURE_ORIGIN " 630 entries, root ");
}
END_TEST

START_TEST(a_tail_that_was_cut_off_is_noticed)
{
    expect_in(visit(), "PASS");
    cut(628);
    expect_in(visit(), "FAIL the log ends at entry 627, but 629 entries were seen before (ledger)");
}
END_TEST

START_TEST(a_log_that_was_rewritten_by_all_its_signers_is_noticed)
{
    expect_in(visit(), "PASS");
    cut(627);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-06\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-07\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-08\"");
    expect_in(visit(), "FAIL the first 629 entries are not those that were seen before (ledger)");
}
END_TEST

START_TEST(another_key_for_the_same_origin_is_noticed)
{
    expect_in(visit(), "PASS");
    fixture_free(world);
    world = fixture_new_with_log_key("another log");
    expect_in(visit(), "FAIL key: the log's key was ");
}
END_TEST

START_TEST(a_damaged_memory_is_told_and_not_overwritten)
{
    expect_in(visit(), "PASS");
    ck_assert(tool_run(folder, "for f in state/*; do echo x >> $f; done"));
    expect_in(visit(), "ERROR io ");
    ck_assert(tool_run(folder, "grep -q x state/*"));
}
END_TEST

START_TEST(a_memory_that_cannot_be_written_warns_and_passes)
{
    struct verify_options options = {.memory_directory = "/dev/null/state"};
    struct verify_verdict verdict;
    struct error err = ERROR_INIT;

    fixture_write_ledger(world, folder);
    ck_assert(verify_path(folder, &options, &verdict, &err));
    ck_assert_int_eq(verdict.outcome, VERIFY_PASS_FIRST_USE);
    expect_in(verdict.warning, "not remembered");
}
END_TEST

START_TEST(the_pinned_key_passes_as_text_and_as_a_file)
{
    char vkey[NOTE_VKEY_TEXT_SIZE], line[NOTE_VKEY_TEXT_SIZE + 1], path[SCRATCH_PATH_SIZE + 16];

    expect_in(verify_with_key(fixture_vkey(world, vkey)), "PASS " FIXTURE_ORIGIN);
    snprintf(line, sizeof line, "%s\n", vkey);
    scratch_write(folder, "log.vkey", line, strlen(line));
    snprintf(path, sizeof path, "%s/log.vkey", folder);
    expect_in(verify_with_key(path), "PASS " FIXTURE_ORIGIN);
}
END_TEST

START_TEST(a_policy_pins_the_key)
{
    char vkey[NOTE_VKEY_TEXT_SIZE], text[NOTE_VKEY_TEXT_SIZE + 64], path[SCRATCH_PATH_SIZE + 16];

    snprintf(text, sizeof text, "log %s\nquorum none\n", fixture_vkey(world, vkey));
    scratch_write(folder, "policy", text, strlen(text));
    snprintf(path, sizeof path, "%s/policy", folder);
    expect_in(verify_with_key(path), "PASS " FIXTURE_ORIGIN);
}
END_TEST

START_TEST(a_wrong_key_fails_and_a_key_that_is_none_is_refused)
{
    struct fixture *other = fixture_new_with_log_key("another log");
    char vkey[NOTE_VKEY_TEXT_SIZE], path[SCRATCH_PATH_SIZE + 16];

    expect_in(verify_with_key(fixture_vkey(other, vkey)), "FAIL key: the log's key is ");
    expect_in(verify_with_key("rubbish"), "ERROR usage \"rubbish\" is neither a verifier key");
    scratch_write(folder, "rubbish", "rubbish\n", 8);
    snprintf(path, sizeof path, "%s/rubbish", folder);
    expect_in(verify_with_key(path), "ERROR usage");
    fixture_free(other);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, a_key_is_remembered_from_the_first_visit);
    tcase_add_test(tests, a_tail_that_was_cut_off_is_noticed);
    tcase_add_test(tests, a_log_that_was_rewritten_by_all_its_signers_is_noticed);
    tcase_add_test(tests, another_key_for_the_same_origin_is_noticed);
    tcase_add_test(tests, a_damaged_memory_is_told_and_not_overwritten);
    tcase_add_test(tests, a_memory_that_cannot_be_written_warns_and_passes);
    tcase_add_test(tests, the_pinned_key_passes_as_text_and_as_a_file);
    tcase_add_test(tests, a_policy_pins_the_key);
    tcase_add_test(tests, a_wrong_key_fails_and_a_key_that_is_none_is_refused);
}

int main(void)
{
    return run_suite("verify_memory", add);
}
