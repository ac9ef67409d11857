/*
 * test_tree.c - Merkle trees: the proofs, right and wrong, that transparency-dev wrote
 * (vectors/merkle), and every tree of up to 300 leaves against the recursive definition.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <check.h>

#include "base/encode.h"
#include "base/json.h"
#include "base/tree.h"
#include "tests/base/vectors.h"

#define LEAVES_MAX         300
#define PROOF_COUNT_MAX    64
#define FOLDER_DEPTH_MAX   4
#define VECTOR_COUNT_LEAST 196 /* as they are today; more may come */

/* ---- The definition, word for word ----------------------------------------------------------- */

static hash_t leaves[LEAVES_MAX];

static void leaves_make(void)
{
    for (uint64_t i = 0; i < LEAVES_MAX; i++) {
        char entry[32];

        snprintf(entry, sizeof entry, "entry %" PRIu64, i);
        leaves[i] = hash_leaf((const uint8_t *)entry, strlen(entry));
    }
}

/* The largest power of two smaller than n: k of RFC 6962 section 2.1. */
static uint64_t split(uint64_t n)
{
    uint64_t k = 1;

    while (k * 2 < n)
        k *= 2;
    return k;
}

/* MTH(D[begin:end]) */
static hash_t root_of(uint64_t begin, uint64_t end)
{
    hash_t left, right;

    if (begin == end) return hash_sha256(NULL, 0);
    if (end - begin == 1) return leaves[begin];
    left = root_of(begin, begin + split(end - begin));
    right = root_of(begin + split(end - begin), end);
    return hash_node(&left, &right);
}

/* PATH(m, D[begin:end]) */
static void path_of(uint64_t m, uint64_t begin, uint64_t end, struct tree_proof *out)
{
    uint64_t k;

    if (end - begin == 1) return;
    k = split(end - begin);
    if (m < k) {
        path_of(m, begin, begin + k, out);
        out->hashes[out->count++] = root_of(begin + k, end);
    } else {
        path_of(m - k, begin + k, end, out);
        out->hashes[out->count++] = root_of(begin, begin + k);
    }
}

/* SUBPROOF(m, D[begin:end], is_whole) */
static void subproof_of(uint64_t m, uint64_t begin, uint64_t end, bool is_whole,
                        struct tree_proof *out)
{
    uint64_t k;

    if (m == end - begin) {
        if (!is_whole) out->hashes[out->count++] = root_of(begin, end);
        return;
    }
    k = split(end - begin);
    if (m <= k) {
        subproof_of(m, begin, begin + k, is_whole, out);
        out->hashes[out->count++] = root_of(begin + k, end);
    } else {
        subproof_of(m - k, begin + k, end, false, out);
        out->hashes[out->count++] = root_of(begin, begin + k);
    }
}

/* A reader of full nodes of the tree whose size is *context; asking for others is our mistake. */
static bool read_full(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err)
{
    const uint64_t *size = context;

    (void)err;
    ck_assert_uint_le((index + 1) << level, *size);
    *out = root_of(index << level, (index + 1) << level);
    return true;
}

static bool read_nothing(void *context, unsigned level, uint64_t index, hash_t *out,
                         struct error *err)
{
    (void)context;
    (void)out;
    return error_set(err, ERROR_IO, "no node %u, %" PRIu64, level, index);
}

static void ck_assert_proof(const struct tree_proof *actual, const struct tree_proof *expected)
{
    ck_assert_uint_eq(actual->count, expected->count);
    ck_assert_mem_eq(actual->hashes, expected->hashes, expected->count * sizeof(hash_t));
}

START_TEST(frontier_has_the_root_of_the_definition_at_every_size)
{
    struct tree_frontier grown = TREE_FRONTIER_INIT;

    leaves_make();
    for (uint64_t size = 0; size <= LEAVES_MAX; size++) {
        struct tree_frontier loaded = TREE_FRONTIER_INIT;
        const struct tree_reader reader = {read_full, &size};
        hash_t expected = root_of(0, size), actual = tree_frontier_root(&grown);
        struct error err = ERROR_INIT;

        ck_assert_msg(hash_equal(&actual, &expected), "size %" PRIu64, size);
        ck_assert(tree_frontier_load(&loaded, size, &reader, &err));
        actual = tree_frontier_root(&loaded);
        ck_assert_msg(hash_equal(&actual, &expected), "loaded at size %" PRIu64, size);
        ck_assert_uint_eq(grown.size, size);
        if (size < LEAVES_MAX) tree_frontier_add(&grown, &leaves[size]);
    }
}
END_TEST

START_TEST(inclusion_proofs_are_those_of_the_definition_and_hold)
{
    leaves_make();
    for (uint64_t size = 1; size <= LEAVES_MAX; size += size < 70 ? 1 : 23) {
        const struct tree_reader reader = {read_full, &size};
        hash_t root = root_of(0, size);

        for (uint64_t index = 0; index < size; index++) {
            struct tree_proof expected = {0}, actual = {0};
            struct error err = ERROR_INIT;

            path_of(index, 0, size, &expected);
            ck_assert(tree_prove_inclusion(index, size, &reader, &actual, &err));
            ck_assert_proof(&actual, &expected);
            ck_assert(tree_verify_inclusion(&leaves[index], index, size, &root, actual.hashes,
                                            actual.count, &err));
        }
    }
}
END_TEST

START_TEST(consistency_proofs_are_those_of_the_definition_and_hold)
{
    leaves_make();
    for (uint64_t size = 1; size <= LEAVES_MAX; size += size < 70 ? 1 : 23) {
        const struct tree_reader reader = {read_full, &size};
        hash_t root = root_of(0, size);

        for (uint64_t old_size = 1; old_size <= size; old_size++) {
            hash_t old_root = root_of(0, old_size);
            struct tree_proof expected = {0}, actual = {0};
            struct error err = ERROR_INIT;

            subproof_of(old_size, 0, size, true, &expected);
            ck_assert(tree_prove_consistency(old_size, size, &reader, &actual, &err));
            ck_assert_proof(&actual, &expected);
            ck_assert(tree_verify_consistency(old_size, &old_root, size, &root, actual.hashes,
                                              actual.count, &err));
        }
    }
}
END_TEST

START_TEST(inclusion_verifier_refuses_every_other_place_size_and_length)
{
    leaves_make();
    for (uint64_t size = 1; size <= 20; size++) {
        const struct tree_reader reader = {read_full, &size};
        hash_t root = root_of(0, size);

        for (uint64_t index = 0; index < size; index++) {
            struct tree_proof proof = {0};
            struct error err = ERROR_INIT;

            ck_assert(tree_prove_inclusion(index, size, &reader, &proof, &err));
            for (uint64_t other = 0; other < 24; other++) {
                error_clear(&err);
                ck_assert(other == index ||
                          !tree_verify_inclusion(&leaves[index], other, size, &root, proof.hashes,
                                                 proof.count, &err));
                error_clear(&err);
                ck_assert(other == index ||
                          !tree_verify_inclusion(&leaves[other], index, size, &root, proof.hashes,
                                                 proof.count, &err));
                error_clear(&err);
                ck_assert(other == proof.count ||
                          !tree_verify_inclusion(&leaves[index], index, size, &root, proof.hashes,
                                                 (size_t)other, &err));
            }
        }
    }
}
END_TEST

START_TEST(consistency_verifier_refuses_every_other_size_and_length)
{
    leaves_make();
    for (uint64_t size = 1; size <= 20; size++) {
        const struct tree_reader reader = {read_full, &size};
        hash_t root = root_of(0, size), old_root;

        for (uint64_t old_size = 1; old_size < size; old_size++) {
            struct tree_proof proof = {0};
            struct error err = ERROR_INIT;

            old_root = root_of(0, old_size);
            ck_assert(tree_prove_consistency(old_size, size, &reader, &proof, &err));
            for (uint64_t other = 0; other < 24; other++) {
                error_clear(&err);
                ck_assert(other == old_size ||
                          !tree_verify_consistency(other, &old_root, size, &root, proof.hashes,
                                                   proof.count, &err));
                error_clear(&err);
                ck_assert(other == proof.count ||
                          !tree_verify_consistency(old_size, &old_root, size, &root, proof.hashes,
                                                   (size_t)other, &err));
            }
            for (size_t i = 0; i < proof.count; i++) {
                proof.hashes[i].bytes[7] ^= 1;
                error_clear(&err);
                ck_assert(!tree_verify_consistency(old_size, &old_root, size, &root, proof.hashes,
                                                   proof.count, &err));
                proof.hashes[i].bytes[7] ^= 1;
            }
        }
    }
}
END_TEST

START_TEST(failing_reader_leaves_the_output_alone)
{
    const struct tree_reader reader = {read_nothing, NULL};
    struct tree_frontier frontier = TREE_FRONTIER_INIT;
    struct tree_proof proof = {.count = 7};
    struct error err = ERROR_INIT;

    ck_assert(!tree_frontier_load(&frontier, 3, &reader, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_uint_eq(frontier.size, 0);
    error_clear(&err);
    ck_assert(!tree_prove_inclusion(1, 3, &reader, &proof, &err));
    error_clear(&err);
    ck_assert(!tree_prove_consistency(1, 3, &reader, &proof, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_uint_eq(proof.count, 7);
}
END_TEST

START_TEST(two_trees_of_one_size_and_two_roots_are_told_apart)
{
    struct error err = ERROR_INIT;

    leaves_make();
    ck_assert(tree_verify_consistency(5, &leaves[0], 5, &leaves[0], NULL, 0, &err));
    ck_assert(!tree_verify_consistency(5, &leaves[0], 5, &leaves[1], NULL, 0, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    ck_assert_str_eq(err.message, "two trees of 5 entries have different roots: one of them was "
                                  "rewritten; keep both and report it");
}
END_TEST

/* A reader of a tree without end, each of whose nodes has its own hash. */
static bool read_any(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err)
{
    char name[48];

    (void)context;
    (void)err;
    snprintf(name, sizeof name, "%u, %" PRIu64, level, index);
    *out = hash_sha256((const uint8_t *)name, strlen(name));
    return true;
}

START_TEST(largest_trees_are_proved_within_their_limits)
{
    static const uint64_t sizes[] = {UINT64_C(1) << 63, (UINT64_C(1) << 63) + 1, UINT64_MAX - 1,
                                     UINT64_MAX};
    const struct tree_reader reader = {read_any, NULL};

    for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
        struct tree_frontier frontier = TREE_FRONTIER_INIT;
        struct tree_proof proof = {0};
        struct error err = ERROR_INIT;

        ck_assert(tree_frontier_load(&frontier, sizes[i], &reader, &err));
        ck_assert(tree_prove_inclusion(0, sizes[i], &reader, &proof, &err));
        ck_assert_uint_le(proof.count, 64);
        ck_assert(tree_prove_inclusion(sizes[i] - 1, sizes[i], &reader, &proof, &err));
        ck_assert(tree_prove_consistency(1, sizes[i], &reader, &proof, &err));
        ck_assert_uint_le(proof.count, 64);
        ck_assert(tree_prove_consistency(sizes[i] - 1, sizes[i], &reader, &proof, &err));
    }
}
END_TEST

/* ---- Others' vectors ------------------------------------------------------------------------- */

static const char *text_of(const struct json_document *document, uint32_t node, size_t *size)
{
    return (const char *)json_string_value(document, node, size);
}

/* A hash in base64. One that has not 32 bytes can't be given to us and is padded, so that equal
 * ones stay equal; false then. */
static bool hash_read(const struct json_document *document, uint32_t node, hash_t *out)
{
    struct buffer decoded = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    size_t size;
    const char *text = text_of(document, node, &size);
    bool is_hash;

    *out = HASH_ZERO;
    ck_assert_msg(base64_decode(text, size, &decoded, &err), "%s", err.message);
    is_hash = decoded.size == HASH_SIZE;
    if (decoded.size > 0) {
        memcpy(out->bytes, decoded.data, decoded.size < HASH_SIZE ? decoded.size : HASH_SIZE);
    }
    buffer_done(&decoded);
    return is_hash;
}

struct vector {
    bool is_inclusion;
    uint64_t index_or_old_size;
    uint64_t size;
    hash_t leaf_or_old_root;
    hash_t root;
    size_t count;
    hash_t proof[PROOF_COUNT_MAX];
    bool has_only_hashes; /* of 32 bytes */
    bool is_wrong;        /* wantErr */
};

static uint64_t integer_of(const struct json_document *document, const char *name)
{
    uint32_t node = json_member(document, 0, name);

    ck_assert_msg(node != JSON_NONE, "%s is missing", name);
    return (uint64_t)json_integer_value(document, node);
}

/* Our reader takes no integer beyond 2^53 − 1. One file has 2^64 − 1: make it −1, and a cast undoes
 * that. */
static void tame_largest(struct buffer *text)
{
    static const char largest[] = "18446744073709551615", tame[] = "                  -1";
    char *found = text->size == 0 ? NULL : strstr((char *)text->data, largest);

    if (found != NULL) memcpy(found, tame, strlen(largest));
}

/* Read a vector from a parsed file. */
static void vector_parse(const struct json_document *document, struct vector *out)
{
    bool is_inclusion = json_member(document, 0, "leafIdx") != JSON_NONE;
    uint32_t proof = json_member(document, 0, "proof");

    *out = (struct vector){.is_inclusion = is_inclusion, .has_only_hashes = true};
    out->index_or_old_size = integer_of(document, is_inclusion ? "leafIdx" : "size1");
    out->size = integer_of(document, is_inclusion ? "treeSize" : "size2");
    if (!hash_read(document, json_member(document, 0, is_inclusion ? "leafHash" : "root1"),
                   &out->leaf_or_old_root)) {
        out->has_only_hashes = false;
    }
    if (!hash_read(document, json_member(document, 0, is_inclusion ? "root" : "root2"),
                   &out->root)) {
        out->has_only_hashes = false;
    }
    if (json_type(document, proof) == JSON_ARRAY) {
        for (uint32_t hash = json_first(document, proof); hash != JSON_NONE;
             hash = json_next(document, hash)) {
            ck_assert_uint_lt(out->count, PROOF_COUNT_MAX);
            if (!hash_read(document, hash, &out->proof[out->count++])) out->has_only_hashes = false;
        }
    }
    out->is_wrong = json_type(document, json_member(document, 0, "wantErr")) == JSON_TRUE;
}

static void vector_check(const char *path, struct json_document *document, int counts[2])
{
    struct buffer text = BUFFER_INIT(VECTOR_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct vector vector;
    bool holds;

    vector_read(path, &text);
    tame_largest(&text);
    ck_assert_msg(json_parse(document, text.data, text.size, JSON_ANY, &err), "%s: %s", path,
                  err.message);
    vector_parse(document, &vector);
    counts[vector.is_wrong]++;
    if (vector.is_inclusion) {
        holds = tree_verify_inclusion(&vector.leaf_or_old_root, vector.index_or_old_size,
                                      vector.size, &vector.root, vector.proof, vector.count, &err);
    } else {
        holds =
            tree_verify_consistency(vector.index_or_old_size, &vector.leaf_or_old_root, vector.size,
                                    &vector.root, vector.proof, vector.count, &err);
    }
    /* Padding may make a leaf and a root of the wrong size equal, which no file could have. */
    if (vector.is_wrong && !vector.has_only_hashes) holds = false;
    ck_assert_msg(holds == !vector.is_wrong, "%s: %s", path, holds ? "accepted" : err.message);
    ck_assert(holds || !vector.has_only_hashes || err.code == ERROR_VERIFY);
    buffer_done(&text);
}

static void folder_check(const char *folder, int depth, struct json_document *document,
                         int counts[2])
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;

    ck_assert_int_lt(depth, FOLDER_DEPTH_MAX);
    ck_assert_ptr_nonnull(entries);
    while ((entry = readdir(entries)) != NULL) {
        char path[VECTOR_PATH_SIZE * 2];
        struct stat status;

        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ck_assert_int_eq(stat(path, &status), 0);
        if (S_ISDIR(status.st_mode)) {
            folder_check(path, depth + 1, document, counts);
        } else if (strstr(entry->d_name, ".json") != NULL) {
            vector_check(path, document, counts);
        }
    }
    closedir(entries);
}

START_TEST(verifiers_agree_with_the_vectors_of_transparency_dev)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);
    char path[VECTOR_PATH_SIZE];
    int counts[2] = {0, 0}; /* right ones, wrong ones */

    ck_assert_ptr_nonnull(document);
    if (vector_find("merkle", path)) {
        folder_check(path, 0, document, counts);
        ck_assert_int_ge(counts[0] + counts[1], VECTOR_COUNT_LEAST);
        ck_assert_int_gt(counts[0], 0);
    }
    json_document_free(document);
}
END_TEST

/* ---- Tiles ----------------------------------------------------------------------------------- */

START_TEST(tile_paths_are_those_of_tlog_tiles)
{
    static const struct {
        int level;
        uint64_t index;
        unsigned width;
        const char *path;
    } cases[] = {
        {0, 0, 256, "tile/0/000"},
        {0, 1234067, 256, "tile/0/x001/x234/067"}, /* the specification's own */
        {0, 1067, 256, "tile/0/x001/067"},
        {0, 999, 256, "tile/0/999"},
        {0, 1000, 256, "tile/0/x001/000"},
        {0, 273, 112, "tile/0/273.p/112"}, /* these three: a tree of 70,000 */
        {1, 1, 17, "tile/1/001.p/17"},
        {2, 0, 1, "tile/2/000.p/1"},
        {-1, 0, 256, "tile/entries/000"},
        {-1, 1234067, 255, "tile/entries/x001/x234/067.p/255"},
        {63, UINT64_MAX, 255, "tile/63/x018/x446/x744/x073/x709/x551/615.p/255"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char text[TILE_PATH_SIZE];

        ck_assert_str_eq(tile_path(cases[i].level, cases[i].index, cases[i].width, text),
                         cases[i].path);
    }
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("tree");
    TCase *tests = tcase_create("tree");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, frontier_has_the_root_of_the_definition_at_every_size);
    tcase_add_test(tests, inclusion_proofs_are_those_of_the_definition_and_hold);
    tcase_add_test(tests, consistency_proofs_are_those_of_the_definition_and_hold);
    tcase_add_test(tests, inclusion_verifier_refuses_every_other_place_size_and_length);
    tcase_add_test(tests, consistency_verifier_refuses_every_other_size_and_length);
    tcase_add_test(tests, failing_reader_leaves_the_output_alone);
    tcase_add_test(tests, two_trees_of_one_size_and_two_roots_are_told_apart);
    tcase_add_test(tests, largest_trees_are_proved_within_their_limits);
    tcase_add_test(tests, verifiers_agree_with_the_vectors_of_transparency_dev);
    tcase_add_test(tests, tile_paths_are_those_of_tlog_tiles);
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
