/*
 * test_program.c - mingzhang-verify as people and scripts meet it: exit status, one line, memory.
 */
#include <stdio.h>

#include "base/encode.h"
#include "tests/verify/fixture_site.h"
#include "tests/verify/suite.h"

/* Run the program in the folder; its exit status. Both outputs go to files. */
static int run(const char *environment, const char *arguments)
{
    char text[16];

    ck_assert(
        tool_run(folder,
                 "env -u XDG_STATE_HOME -u MINGZHANG_VERIFY_STATE HOME=%s/home %s " VERIFY_PROGRAM
                 " %s >out 2>err; echo $? >status",
                 folder, environment, arguments));
    scratch_read(folder, "status", text, sizeof text);
    return (int)strtol(text, NULL, 10);
}

static void expect_output(const char *file, const char *wanted)
{
    char text[8192];

    scratch_read(folder, file, text, sizeof text);
    expect_in(text, wanted);
}

START_TEST(a_good_ledger_ends_with_0_and_one_line)
{
    fixture_write_ledger(world, folder);
    ck_assert_int_eq(run("", "--no-memory ."), 0);
    expect_output("out", "PASS, keys trusted on first use: ");
    ck_assert(tool_run(folder, "test $(wc -l <out) = 1 && test ! -s err && test ! -e home"));
}
END_TEST

START_TEST(a_changed_ledger_ends_with_1)
{
    fixture_write_ledger(world, folder);
    fixture_sql(folder, "UPDATE entry SET hash = zeroblob(32) WHERE seq = 17");
    ck_assert_int_eq(run("", "--threads 1 ."), 1);
    expect_output("out", "FAIL entry 17: its bytes don't give the hash");
    ck_assert(tool_run(folder, "test ! -s err && test ! -e home"));
}
END_TEST

START_TEST(a_wrong_key_ends_with_1)
{
    struct fixture *other = fixture_new_with_log_key("another log");
    char vkey[NOTE_VKEY_TEXT_SIZE], arguments[NOTE_VKEY_TEXT_SIZE + 32];

    fixture_write_ledger(world, folder);
    snprintf(arguments, sizeof arguments, "--key '%s' .", fixture_vkey(other, vkey));
    ck_assert_int_eq(run("", arguments), 1);
    expect_output("out", "FAIL key: ");
    fixture_free(other);
}
END_TEST

START_TEST(the_memory_is_where_the_environment_says)
{
    fixture_write_ledger(world, folder);
    ck_assert_int_eq(run("MINGZHANG_VERIFY_STATE=own", "."), 0);
    ck_assert(tool_run(folder, "test -d own && test ! -e home"));
    ck_assert_int_eq(run("MINGZHANG_VERIFY_STATE=own", "."), 0);
    expect_output("out", "PASS mingzhang/");
    ck_assert(tool_run(folder, "test $(ls own | wc -l) = 1"));
    ck_assert_int_eq(run("XDG_STATE_HOME=$PWD/xdg", "."), 0);
    ck_assert(tool_run(folder, "test -d xdg/mingzhang-verify && test ! -e home"));
    ck_assert_int_eq(run("", "."), 0);
    ck_assert(tool_run(folder, "test -d home/.local/state/mingzhang-verify"));
}
END_TEST

START_TEST(a_memory_that_cannot_be_written_is_told_and_still_0)
{
    fixture_write_ledger(world, folder);
    ck_assert_int_eq(run("MINGZHANG_VERIFY_STATE=/dev/null/x", "."), 0);
    expect_output("err", "mingzhang-verify: not remembered");
}
END_TEST

static const struct {
    const char *arguments;
    int status;
    const char *file;
    const char *wanted;
} usages[] = {
    {"", 2, "err", "PATH is missing"},
    {"a b", 2, "err", "one PATH at a time"},
    {"--threads 0 .", 2, "err", "--threads takes a number from 1 to 64"},
    {"--nonsense .", 2, "err", "unrecognized option"},
    {".", 2, "err", "is no ledger, publication or proof"},
    {"--key rubbish .", 2, "err", "neither a verifier key nor a file"},
    {"--against . .", 2, "err", "only a ledger can be compared"},
    {"missing", 4, "err", "can't read missing"},
    {"--help", 0, "out", "mingzhang-verify --key"},
};

START_TEST(what_cannot_be_looked_at_ends_with_2_or_4)
{
    ck_assert_int_eq(run("", usages[_i].arguments), usages[_i].status);
    expect_output(usages[_i].file, usages[_i].wanted);
}
END_TEST

/* ---- Proofs --------------------------------------------------------------------------------- */

static bool read_leaf(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err)
{
    const struct fixture *fixture = context;
    struct tree_frontier tree = TREE_FRONTIER_INIT;

    (void)err;
    for (uint64_t i = index << level; i < (index + 1) << level; i++)
        tree_frontier_add(&tree, &fixture->entries[i].leaf);
    *out = tree_frontier_root(&tree);
    return true;
}

/* Write proof.txt for an entry; `lie` changes the entry in it. */
static void write_proof(uint64_t seq, bool lie)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX), file = BUFFER_INIT(262144);
    const struct tree_reader reader = {read_leaf, world};
    struct tree_proof proof;

    if (lie) fixture_replace(world, seq, "\"v\":1", "\"v\":2");
    fixture_checkpoint(world, world->count, &note);
    must(tree_prove_inclusion(seq, world->count, &reader, &proof, &failure));
    if (lie) fixture_replace(world, seq, "\"v\":2", "\"v\":1");
    must(proof_file_format(world->entries[seq].bytes, world->entries[seq].size, seq, &proof,
                           note.data, note.size, &file, &failure));
    scratch_write(folder, "proof.txt", file.data, file.size);
    buffer_done(&note);
    buffer_done(&file);
}

static int run_proof(struct fixture *key_of)
{
    char vkey[NOTE_VKEY_TEXT_SIZE], arguments[NOTE_VKEY_TEXT_SIZE + 32];

    snprintf(arguments, sizeof arguments, "--key '%s' proof.txt", fixture_vkey(key_of, vkey));
    return run("", arguments);
}

START_TEST(a_proof_passes_by_the_pinned_key)
{
    write_proof(300, false);
    ck_assert_int_eq(run_proof(world), 0);
    expect_output("out", "PASS entry 300 (voucher.line) is in " FIXTURE_ORIGIN " of 629 entries");
}
END_TEST

START_TEST(a_proof_of_another_entry_fails)
{
    write_proof(300, true);
    ck_assert_int_eq(run_proof(world), 1);
    expect_output("out", "FAIL entry 300: ");
}
END_TEST

START_TEST(a_proof_needs_a_key_and_takes_the_remembered_one)
{
    struct fixture *other = fixture_new_with_log_key("another log");

    write_proof(300, false);
    ck_assert_int_eq(run("", "proof.txt"), 2);
    expect_output("err", "a proof doesn't hold the key of its log");
    ck_assert_int_eq(run_proof(other), 1);
    fixture_write_ledger(world, folder);
    ck_assert_int_eq(run("", "."), 0);
    ck_assert_int_eq(run("", "proof.txt"), 0);
    expect_output("out", "PASS entry 300 (voucher.line) is in ");
    fixture_free(other);
}
END_TEST

START_TEST(a_proof_of_a_fork_of_what_was_seen_fails)
{
    fixture_write_ledger(world, folder);
    ck_assert_int_eq(run("", "."), 0);
    world->count--;
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-06\"");
    write_proof(300, false);
    ck_assert_int_eq(run("", "proof.txt"), 1);
    expect_output("out",
                  "FAIL its log of 629 entries is another than the one that was seen before");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, a_good_ledger_ends_with_0_and_one_line);
    tcase_add_test(tests, a_changed_ledger_ends_with_1);
    tcase_add_test(tests, a_wrong_key_ends_with_1);
    tcase_add_test(tests, the_memory_is_where_the_environment_says);
    tcase_add_test(tests, a_memory_that_cannot_be_written_is_told_and_still_0);
    tcase_add_loop_test(tests, what_cannot_be_looked_at_ends_with_2_or_4, 0, ARRAY_COUNT(usages));
    tcase_add_test(tests, a_proof_passes_by_the_pinned_key);
    tcase_add_test(tests, a_proof_of_another_entry_fails);
    tcase_add_test(tests, a_proof_needs_a_key_and_takes_the_remembered_one);
    tcase_add_test(tests, a_proof_of_a_fork_of_what_was_seen_fails);
}

int main(void)
{
    return run_suite("verify_program", add);
}
