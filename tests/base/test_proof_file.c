/*
 * test_proof_file.c - C2SP tlog-proof files: the specification's example (with signatures of ours,
 * since it prints its own only in part), a table of what is refused, and one proof from entry to
 * witness.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/encode.h"
#include "base/note.h"
#include "tests/base/note_fixture.h"

#define FILE_SIZE_BYTES_MAX (2 * PROOF_FILE_SIZE_BYTES_MAX)

/* tlog-proof, its example, up to the checkpoint's signatures. */
#define C2SP_HEAD "c2sp.org/tlog-proof@v1\n"
#define C2SP_BODY                                                                                  \
    "index 73894\n"                                                                                \
    "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"                                               \
    "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n"                                               \
    "EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\n"                                               \
    "RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=\n"                                               \
    "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n"
#define C2SP_NOTE                                                                                  \
    "\n"                                                                                           \
    "example.com/fancylog\n"                                                                       \
    "109482\n"                                                                                     \
    "sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n"                                               \
    "\n"                                                                                           \
    "— example.com/fancylog hI2DJwAAAAA=\n"

START_TEST(proof_file_of_the_specification_is_read)
{
    static const char text[] = C2SP_HEAD
        "extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ\n" C2SP_BODY C2SP_NOTE;
    struct proof_file file;
    struct checkpoint checkpoint;
    struct error err = ERROR_INIT;
    char hex[HASH_HEX_SIZE];

    ck_assert_msg(proof_file_parse(bytes(text), strlen(text), &file, &err), "%s", err.message);
    ck_assert_uint_eq(file.index, 73894);
    ck_assert_uint_eq(file.proof.count, 5);
    ck_assert_str_eq(hash_to_hex(&file.proof.hashes[4], hex),
                     "0070a2a17f672e3b2bb1ee988634519a4d565048ab54e2cb468390eaf7cee6f9");
    ck_assert_int_eq(strncmp(text + file.extra_at,
                             "YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ",
                             file.extra_size),
                     0);
    ck_assert_uint_eq(file.extra_size, 52);
    ck_assert_uint_eq(file.note_at + file.note_size, strlen(text));
    ck_assert(checkpoint_parse(bytes(text) + file.note_at, file.note_size, &checkpoint, &err));
    ck_assert_str_eq(checkpoint.origin, "example.com/fancylog");
    ck_assert_uint_eq(checkpoint.size, 109482);
}
END_TEST

START_TEST(proof_files_of_another_form_are_refused)
{
    static const struct {
        const char *text;
        const char *message; /* NULL: accepted */
    } cases[] = {
        {C2SP_HEAD C2SP_BODY C2SP_NOTE, NULL},
        {C2SP_HEAD "index 0\n" C2SP_NOTE, NULL},
        {"", "the proof file has no first line \"c2sp.org/tlog-proof@v1\"; get the file again"},
        {"c2sp.org/tlog-proof@v2\n" C2SP_BODY C2SP_NOTE,
         "the proof file has no first line \"c2sp.org/tlog-proof@v1\"; get the file again"},
        {C2SP_HEAD, "the proof file has no index line; get the file again"},
        {C2SP_HEAD "index 01\n" C2SP_NOTE, "the proof file has no index line; get the file again"},
        {C2SP_HEAD "index -1\n" C2SP_NOTE, "the proof file has no index line; get the file again"},
        {C2SP_HEAD "index\n" C2SP_NOTE, "the proof file has no index line; get the file again"},
        {C2SP_HEAD "index 18446744073709551616\n" C2SP_NOTE,
         "the proof file has no index line; get the file again"},
        {C2SP_HEAD "extra YQ==\n" C2SP_NOTE,
         "the proof file has no index line; get the file again"},
        {C2SP_HEAD "extra \nindex 0\n" C2SP_NOTE,
         "the proof file has no base64 in its line \"extra\"; get the file again"},
        {C2SP_HEAD "extra YQ\nindex 0\n" C2SP_NOTE,
         "the proof file has no base64 in its line \"extra\"; get the file again"},
        {C2SP_HEAD "index 0\nextra YQ==\n" C2SP_NOTE,
         "the proof file has no base64 of a hash in one of its lines of hashes; get the file "
         "again"},
        {C2SP_HEAD "index 0\nAHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5g==\n" C2SP_NOTE,
         "the proof file has no base64 of a hash in one of its lines of hashes; get the file "
         "again"},
        {C2SP_HEAD C2SP_BODY,
         "the proof file has no empty line after its hashes; get the file again"},
        {C2SP_HEAD C2SP_BODY "\n", "a note's text does not end with a newline; get it again"},
        {C2SP_HEAD C2SP_BODY "\nlog\n1\nAHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n",
         "a note without signatures; get it again"},
        {C2SP_HEAD C2SP_BODY "\nlog\n1\n\n— log hI2DJwAAAAA=\n",
         "line 3 of the checkpoint is not a root hash; get the checkpoint again"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct proof_file file = {.index = 7};
        struct error err = ERROR_INIT;
        bool ok = proof_file_parse(bytes(cases[i].text), strlen(cases[i].text), &file, &err);

        ck_assert_msg(ok == (cases[i].message == NULL), "%s: %s", cases[i].text, err.message);
        if (ok) continue;
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_uint_eq(file.index, 7);
    }
}
END_TEST

START_TEST(proof_files_have_limits)
{
    struct buffer text = BUFFER_INIT(FILE_SIZE_BYTES_MAX);
    struct proof_file file;
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&text, C2SP_HEAD "index 0\n", &err));
    for (int i = 0; i < TREE_LEVELS_MAX + 1; i++) {
        ck_assert(
            buffer_append_text(&text, "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n", &err));
    }
    ck_assert(buffer_append_text(&text, C2SP_NOTE, &err));
    ck_assert(!proof_file_parse(text.data, text.size, &file, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    error_clear(&err);
    while (text.size <= PROOF_FILE_SIZE_BYTES_MAX) {
        ck_assert(buffer_append_text(&text, "more and more and more and more\n", &err));
    }
    ck_assert(!proof_file_parse(text.data, text.size, &file, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&text);
}
END_TEST

/* Seventeen leaves: hash_leaf of one byte each. */
static bool read_node(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err)
{
    struct tree_frontier frontier = TREE_FRONTIER_INIT;

    (void)context;
    (void)err;
    for (uint64_t i = index << level; i < (index + 1) << level; i++) {
        uint8_t entry = (uint8_t)i;
        hash_t leaf = hash_leaf(&entry, 1);

        tree_frontier_add(&frontier, &leaf);
    }
    *out = tree_frontier_root(&frontier);
    return true;
}

/* The steps of tlog-proof, "Verifying a tlog proof". */
static bool prove_entry(const struct buffer *text, uint8_t entry, const struct note_policy *policy,
                        struct error *err)
{
    hash_t leaf = hash_leaf(&entry, 1);
    struct checkpoint checkpoint;
    struct proof_file file;

    error_clear(err);
    return proof_file_parse(text->data, text->size, &file, err) &&
           note_policy_open(policy, text->data + file.note_at, file.note_size, &checkpoint, err) &&
           tree_verify_inclusion(&leaf, file.index, checkpoint.size, &checkpoint.root,
                                 file.proof.hashes, file.proof.count, err);
}

START_TEST(proof_file_proves_an_entry_from_leaf_to_witness)
{
    const struct tree_reader reader = {read_node, NULL};
    struct party log = fixture_log(), witness = fixture_witness();
    struct checkpoint checkpoint = fixture_checkpoint();
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE), lines = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct buffer file = BUFFER_INIT(FILE_SIZE_BYTES_MAX), rules = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct tree_frontier frontier = TREE_FRONTIER_INIT;
    struct note_policy *policy = NULL;
    struct tree_proof proof = {0};
    struct error err = ERROR_INIT;
    char log_key[NOTE_VKEY_TEXT_SIZE], witness_key[NOTE_VKEY_TEXT_SIZE];

    ck_assert(tree_frontier_load(&frontier, checkpoint.size, &reader, &err));
    checkpoint.root = tree_frontier_root(&frontier);
    ck_assert(checkpoint_format(&checkpoint, &note, &err));
    ck_assert(note_sign(&log.vkey, log.key, buffer_text(&note), &lines, &err));
    ck_assert(note_cosign(&witness.vkey, witness.key, (instant_t){1632988800}, buffer_text(&note),
                          &lines, &err));
    ck_assert(buffer_append_format(&note, &err, "\n%s", buffer_text(&lines)));
    ck_assert(tree_prove_inclusion(16, checkpoint.size, &reader, &proof, &err));
    ck_assert(proof_file_format((const uint8_t *)"payment", 7, 16, &proof, note.data, note.size,
                                &file, &err));
    ck_assert_ptr_nonnull(strstr(buffer_text(&file), "\nextra cGF5bWVudA==\nindex 16\n"));
    ck_assert(buffer_append_format(&rules, &err, "log %s\nwitness w %s\nquorum w\n",
                                   note_vkey_format(&log.vkey, log_key),
                                   note_vkey_format(&witness.vkey, witness_key)));
    ck_assert(note_policy_parse(rules.data, rules.size, &policy, &err));
    ck_assert_msg(prove_entry(&file, 16, policy, &err), "%s", err.message);
    ck_assert(!prove_entry(&file, 15, policy, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    note_policy_free(policy);
    buffer_done(&rules);
    buffer_done(&file);
    buffer_done(&lines);
    buffer_done(&note);
    sign_key_free(log.key);
    sign_key_free(witness.key);
}
END_TEST

START_TEST(proof_file_is_made_of_a_signed_checkpoint_only)
{
    static const char unsigned_note[] = "log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    struct buffer file = BUFFER_INIT(FILE_SIZE_BYTES_MAX);
    struct tree_proof proof = {0};
    struct error err = ERROR_INIT;

    ck_assert(!proof_file_format(NULL, 0, 0, &proof, bytes(unsigned_note), strlen(unsigned_note),
                                 &file, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_uint_eq(file.size, 0);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("proof_file");
    TCase *tests = tcase_create("proof_file");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, proof_file_of_the_specification_is_read);
    tcase_add_test(tests, proof_files_of_another_form_are_refused);
    tcase_add_test(tests, proof_files_have_limits);
    tcase_add_test(tests, proof_file_proves_an_entry_from_leaf_to_witness);
    tcase_add_test(tests, proof_file_is_made_of_a_signed_checkpoint_only);
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
