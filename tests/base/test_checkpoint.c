/*
 * test_checkpoint.c - checkpoints: the one that C2SP's specifications print, and a table of lines
 * that are none.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/note.h"
#include "tests/base/note_fixture.h"

/* C2SP tlog-cosignature, its example: a checkpoint, a log's signature, a witness's cosignature. */
static const char c2sp_cosigned[] =
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gG"
    "zGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1"
    "nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

START_TEST(checkpoint_is_three_lines)
{
    struct checkpoint checkpoint = {.origin = "mingzhang/611025000000", .size = 0}, read;
    struct buffer text = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;

    checkpoint.root = hash_sha256(NULL, 0);
    ck_assert(checkpoint_format(&checkpoint, &text, &err));
    ck_assert_str_eq(buffer_text(&text), "mingzhang/611025000000\n0\n"
                                         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    ck_assert(checkpoint_parse(text.data, text.size, &read, &err));
    ck_assert_str_eq(read.origin, checkpoint.origin);
    ck_assert_uint_eq(read.size, 0);
    ck_assert(hash_equal(&read.root, &checkpoint.root));
    buffer_done(&text);
}
END_TEST

START_TEST(checkpoint_of_the_specification_is_read_with_its_signatures)
{
    struct checkpoint checkpoint;
    struct error err = ERROR_INIT;
    char hex[HASH_HEX_SIZE];

    ck_assert_msg(checkpoint_parse(bytes(c2sp_cosigned), strlen(c2sp_cosigned), &checkpoint, &err),
                  "%s", err.message);
    ck_assert_str_eq(checkpoint.origin, "example.com/behind-the-sofa");
    ck_assert_uint_eq(checkpoint.size, 20852163);
    ck_assert_str_eq(hash_to_hex(&checkpoint.root, hex),
                     "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
}
END_TEST

#define ROOT "SBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A0="

START_TEST(checkpoint_lines_are_read_strictly)
{
    static const struct {
        const char *text;
        const char *message; /* NULL: accepted */
    } cases[] = {
        {"log\n17\n" ROOT "\n", NULL},
        {"a log+with any origin\n17\n" ROOT "\n", NULL},
        {"log\n17\n" ROOT "\nextension\n", NULL},
        {"log\n18446744073709551615\n" ROOT "\n", NULL},
        {"\n17\n" ROOT "\n", "line 1 of the checkpoint is not an origin; get the checkpoint again"},
        {"log\n\n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n017\n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n+17\n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n-1\n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n17 \n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n18446744073709551616\n" ROOT "\n",
         "line 2 of the checkpoint is not a tree size; get the checkpoint again"},
        {"log\n0\n" ROOT "\n",
         "line 3 of the checkpoint is not the root of an empty tree; get the checkpoint again"},
        {"log\n17\n", "line 3 of the checkpoint is not a root hash; get the checkpoint again"},
        {"log\n17\nSBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A==\n",
         "line 3 of the checkpoint is not a root hash; get the checkpoint again"},
        {"log\n17\nSBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A1=\n",
         "line 3 of the checkpoint is not a root hash; get the checkpoint again"},
        {"log\n17\n" ROOT, "a note's text does not end with a newline; get it again"},
        {"log\n17\n" ROOT "\n\n",
         "an empty line among a checkpoint's extension lines; get the checkpoint again"},
        {"log\n17\n" ROOT "\n\nmore\n\n— a AAAAAAA=\n",
         "an empty line among a checkpoint's extension lines; get the checkpoint again"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct checkpoint checkpoint = {.size = 7};
        struct error err = ERROR_INIT;
        bool ok = checkpoint_parse(bytes(cases[i].text), strlen(cases[i].text), &checkpoint, &err);

        ck_assert_msg(ok == (cases[i].message == NULL), "%s", cases[i].text);
        if (ok) continue;
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_uint_eq(checkpoint.size, 7);
    }
}
END_TEST

START_TEST(checkpoint_opens_by_the_key_of_its_own_log_only)
{
    struct party log = fixture_log(), witness = fixture_witness();
    struct party other = fixture_party("mingzhang/611026000000", NOTE_KEY_ED25519, 1);
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE), lines = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct checkpoint checkpoint = {.size = 7}, made = fixture_checkpoint();
    struct error err = ERROR_INIT;

    fixture_note(&note, &log, &witness);
    ck_assert(!checkpoint_open(note.data, note.size, &other.vkey, &checkpoint, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    error_clear(&err);
    buffer_reset(&note);
    ck_assert(checkpoint_format(&made, &note, &err));
    ck_assert(note_sign(&other.vkey, other.key, buffer_text(&note), &lines, &err));
    ck_assert(buffer_append_format(&note, &err, "\n%s", buffer_text(&lines)));
    ck_assert(!checkpoint_open(note.data, note.size, &other.vkey, &checkpoint, &err));
    ck_assert_str_eq(err.message,
                     "the checkpoint is of the log \"mingzhang/611025000000\", signed by "
                     "the key of \"mingzhang/611026000000\"; a log signs with a key of "
                     "its own name");
    ck_assert_uint_eq(checkpoint.size, 7);
    error_clear(&err);
    buffer_reset(&note);
    fixture_note(&note, &log, &witness);
    ck_assert(checkpoint_open(note.data, note.size, &log.vkey, &checkpoint, &err));
    ck_assert_uint_eq(checkpoint.size, 17);
    buffer_done(&lines);
    buffer_done(&note);
    sign_key_free(log.key);
    sign_key_free(witness.key);
    sign_key_free(other.key);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("checkpoint");
    TCase *tests = tcase_create("checkpoint");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, checkpoint_is_three_lines);
    tcase_add_test(tests, checkpoint_of_the_specification_is_read_with_its_signatures);
    tcase_add_test(tests, checkpoint_lines_are_read_strictly);
    tcase_add_test(tests, checkpoint_opens_by_the_key_of_its_own_log_only);
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
