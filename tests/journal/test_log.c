/*
 * test_log.c - the log and its tree against a naive model: every root, proof, tile and bundle.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

#define MODEL_MAX 70000

/* The model: every leaf hash in one array, and RFC 6962 section 2.1 written down as it stands. */
static hash_t leaves[MODEL_MAX];

static hash_t model_root(size_t first, size_t count)
{
    size_t left = 1;
    hash_t a, b;

    if (count == 0) return hash_sha256(NULL, 0);
    if (count == 1) return leaves[first];
    while (left * 2 < count)
        left *= 2;
    a = model_root(first, left);
    b = model_root(first + left, count - left);
    return hash_node(&a, &b);
}

static bool remember_leaf(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                          struct error *err)
{
    (void)context;
    (void)err;
    leaves[seq] = hash_leaf(bytes, size);
    return true;
}

static void load_model(struct journal *journal)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_walk(journal, 0, journal_size(journal), remember_leaf, NULL, &err), err);
}

static void check_root(struct journal *journal, uint64_t size)
{
    struct error err = ERROR_INIT;
    hash_t root, expected = model_root(0, size);

    ck_assert_ok(journal_root(journal, size, &root, &err), err);
    ck_assert_msg(hash_equal(&root, &expected), "root of %llu", (unsigned long long)size);
}

static void check_inclusion(struct journal *journal, uint64_t seq, uint64_t size)
{
    struct error err = ERROR_INIT;
    struct tree_proof proof;
    hash_t root = model_root(0, size);

    ck_assert_ok(journal_prove_inclusion(journal, seq, size, &proof, &err), err);
    ck_assert_ok(
        tree_verify_inclusion(&leaves[seq], seq, size, &root, proof.hashes, proof.count, &err),
        err);
}

static void check_consistency(struct journal *journal, uint64_t old_size, uint64_t size)
{
    struct error err = ERROR_INIT;
    struct tree_proof proof;
    hash_t old_root = model_root(0, old_size), root = model_root(0, size);

    ck_assert_ok(journal_prove_consistency(journal, old_size, size, &proof, &err), err);
    ck_assert_ok(
        tree_verify_consistency(old_size, &old_root, size, &root, proof.hashes, proof.count, &err),
        err);
}

/* Append rows and a cover until the journal has `size` entries. */
static void grow(struct journal *journal, uint64_t size)
{
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    while (journal_size(journal) + 1 < size)
        ck_assert_ok(fixture_try_row(journal, "zhao", (int64_t)journal_size(journal), &err), err);
    if (journal_size(journal) < size)
        ck_assert_ok(fixture_try_cover(journal, "zhao", NULL, &err), err);
    fixture_commit(journal);
    ck_assert_uint_eq(journal_size(journal), size);
}

START_TEST(roots_and_proofs_agree_with_the_model_around_every_border)
{
    static const uint64_t sizes[] = {1,   2,   3,   7,   8,   254, 255, 256,
                                     257, 258, 511, 512, 513, 768, 1000};
    char path[FIXTURE_PATH_SIZE];
    struct journal *journal = fixture_journal(fixture_path("ledger", path));

    for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
        grow(journal, sizes[i]);
        /* Half of the time by another process, which has the tree to load. */
        if (i % 2 == 1) {
            journal_close(journal);
            journal = fixture_reopen(path, STORE_WRITE);
        }
        ck_assert_uint_eq(journal_size(journal), sizes[i]);
        load_model(journal);
        for (size_t j = 0; j <= i; j++) {
            check_root(journal, sizes[j]);
            check_inclusion(journal, 0, sizes[j]);
            check_inclusion(journal, sizes[j] - 1, sizes[i]);
            check_consistency(journal, sizes[j], sizes[i]);
        }
    }
    for (uint64_t seq = 0; seq < 1000; seq += 13)
        check_inclusion(journal, seq, 1000);
    journal_close(journal);
}
END_TEST

/* A small generator, so that a failure can be repeated. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

START_TEST(any_history_of_commits_rollbacks_and_reopenings_agrees_with_the_model)
{
    char path[FIXTURE_PATH_SIZE];
    struct journal *journal = fixture_journal(fixture_path("ledger", path));
    struct error err = ERROR_INIT;
    uint32_t state = 20210301;

    for (int round = 0; round < 60; round++) {
        uint64_t before = journal_size(journal), rows = next_random(&state) % 60;

        fixture_begin(journal);
        for (uint64_t i = 0; i < rows; i++)
            ck_assert_ok(fixture_try_row(journal, "qian", (int64_t)i, &err), err);
        ck_assert_ok(fixture_try_cover(journal, "qian", NULL, &err), err);
        if (next_random(&state) % 4 == 0) {
            journal_rollback(journal);
            ck_assert_uint_eq(journal_size(journal), before);
        } else {
            fixture_commit(journal);
            ck_assert_uint_eq(journal_size(journal), before + rows + 1);
        }
        if (next_random(&state) % 5 == 0) {
            journal_close(journal);
            journal = fixture_reopen(path, STORE_WRITE);
        }
        load_model(journal);
        check_root(journal, journal_size(journal));
        check_consistency(journal, 1 + next_random(&state) % journal_size(journal),
                          journal_size(journal));
        check_inclusion(journal, next_random(&state) % journal_size(journal),
                        journal_size(journal));
    }
    journal_close(journal);
}
END_TEST

/* Tiles above level 1 without 65,536 entries: leaves straight into the tree, no tail to read. */
START_TEST(the_tree_passes_the_border_of_its_second_level_of_tiles)
{
    static const size_t sizes[] = {65024, 65280, 65536, 65792, 66048, 69888};
    struct journal *journal = fixture_empty(NULL);
    struct error err = ERROR_INIT;
    size_t done = 0;

    fixture_begin(journal);
    for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
        for (; done < sizes[i]; done++) {
            leaves[done] = hash_sha256((const uint8_t *)&done, sizeof done);
            ck_assert_ok(journal_tree_add(journal, &leaves[done], &err), err);
        }
        journal->head.size = done;
        for (size_t j = 0; j <= i; j++) {
            check_root(journal, sizes[j]);
            check_consistency(journal, sizes[j], done);
            check_inclusion(journal, sizes[j] - 1, done);
            check_inclusion(journal, sizes[j] - 256, done);
        }
        /* As another process would load it. */
        journal->tree.is_loaded = false;
        ck_assert_ok(journal_tree_load(journal, &err), err);
    }
    journal_rollback(journal);
    journal_close(journal);
}
END_TEST

START_TEST(tiles_and_bundles_hold_hashes_and_entries)
{
    struct journal *journal = fixture_journal(NULL);
    struct buffer tile = BUFFER_INIT(TILE_WIDTH * HASH_SIZE), bundle = BUFFER_INIT(1 << 20);
    struct error err = ERROR_INIT;
    hash_t top;
    size_t at = 0;

    grow(journal, 600);
    load_model(journal);
    ck_assert_ok(journal_read_tile(journal, 0, 1, TILE_WIDTH, &tile, &err), err);
    ck_assert_mem_eq(tile.data, leaves[256].bytes, TILE_WIDTH * HASH_SIZE);
    buffer_reset(&tile);
    ck_assert_ok(journal_read_tile(journal, 0, 2, 88, &tile, &err), err);
    ck_assert_uint_eq(tile.size, 88 * HASH_SIZE);
    ck_assert_mem_eq(tile.data, leaves[512].bytes, tile.size);
    buffer_reset(&tile);
    ck_assert_ok(journal_read_tile(journal, 1, 0, 2, &tile, &err), err);
    top = model_root(256, 256);
    ck_assert_mem_eq(tile.data + HASH_SIZE, top.bytes, HASH_SIZE);
    ck_assert(!journal_read_tile(journal, 1, 0, 3, &tile, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no tile 1/0 of 3 hashes");
    error_clear(&err);

    ck_assert_ok(journal_read_bundle(journal, 2, 88, &bundle, &err), err);
    for (size_t seq = 512; seq < 600; seq++) {
        size_t size = (size_t)bundle.data[at] << 8 | bundle.data[at + 1];
        hash_t leaf = hash_leaf(bundle.data + at + 2, size);

        ck_assert(hash_equal(&leaf, &leaves[seq]));
        at += 2 + size;
    }
    ck_assert_uint_eq(at, bundle.size);
    ck_assert(!journal_read_bundle(journal, 2, 89, &bundle, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "there is no entry 600");
    buffer_done(&tile);
    buffer_done(&bundle);
    journal_close(journal);
}
END_TEST

START_TEST(what_is_not_in_the_log_cannot_be_proved)
{
    struct journal *journal = fixture_journal(NULL);
    struct error err = ERROR_INIT;
    struct tree_proof proof;
    hash_t root;

    ck_assert(!journal_root(journal, 2, &root, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "there is no tree of 2");
    error_clear(&err);
    ck_assert(!journal_prove_inclusion(journal, 1, 1, &proof, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "entry 1 is not among the first 1");
    error_clear(&err);
    ck_assert(!journal_prove_consistency(journal, 0, 1, &proof, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "doesn't extend one of 0");
    journal_close(journal);
}
END_TEST

static bool stop_at_two(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                        struct error *err)
{
    uint64_t *seen = context;

    (void)bytes;
    (void)size;
    *seen = seq;
    return seq < 2 || error_set(err, ERROR_INPUT, "enough");
}

START_TEST(a_walk_ends_where_its_visitor_ends_it)
{
    struct journal *journal = fixture_journal(NULL);
    struct error err = ERROR_INIT;
    uint64_t seen = 99;

    grow(journal, 5);
    ck_assert(!journal_walk(journal, 1, 5, stop_at_two, &seen, &err));
    ck_assert_error(err, ERROR_INPUT, "enough");
    ck_assert_uint_eq(seen, 2);
    error_clear(&err);
    ck_assert_ok(journal_walk(journal, 5, 5, stop_at_two, &seen, &err), err);
    ck_assert_uint_eq(seen, 2);
    journal_close(journal);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("log");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, roots_and_proofs_agree_with_the_model_around_every_border);
    tcase_add_test(tests, any_history_of_commits_rollbacks_and_reopenings_agrees_with_the_model);
    tcase_add_test(tests, the_tree_passes_the_border_of_its_second_level_of_tiles);
    tcase_add_test(tests, tiles_and_bundles_hold_hashes_and_entries);
    tcase_add_test(tests, what_is_not_in_the_log_cannot_be_proved);
    tcase_add_test(tests, a_walk_ends_where_its_visitor_ends_it);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite_make());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
