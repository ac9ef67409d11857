/*
 * test_policy.c - C2SP tlog-policy: the specification's example with keys of ours, every subset of
 * its witnesses, and a table of policies that are refused.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/encode.h"
#include "base/note.h"
#include "tests/base/note_fixture.h"

#define POLICY_TEXT_SIZE (2 * NOTE_POLICY_SIZE_BYTES_MAX)
#define WITNESSES        6

/* X1, X2, X3, Y1, Y2, Y3 */
static struct party fixture_nth_witness(int number)
{
    char name[32];

    snprintf(name, sizeof name, "witness.example/w%d", number);
    return fixture_party(name, NOTE_KEY_COSIGNATURE, (uint8_t)(10 + number));
}

static void append_key(struct buffer *out, const struct note_vkey *vkey)
{
    struct error err = ERROR_INIT;
    char text[NOTE_VKEY_TEXT_SIZE];

    ck_assert(buffer_append_text(out, note_vkey_format(vkey, text), &err));
}

/* Replace in a template @L by the log's key and @0 to @9 by the witnesses'. */
static void policy_write(const char *template, struct buffer *out)
{
    struct party log = fixture_log();
    struct error err = ERROR_INIT;

    buffer_reset(out);
    for (const char *at = template; *at != '\0'; at++) {
        if (*at != '@') {
            ck_assert(buffer_append_byte(out, (uint8_t)*at, &err));
        } else if (*++at == 'L') {
            append_key(out, &log.vkey);
        } else {
            struct party witness = fixture_nth_witness(*at - '0');

            append_key(out, &witness.vkey);
            sign_key_free(witness.key);
        }
    }
    sign_key_free(log.key);
}

static bool policy_read(const char *template, struct note_policy **out, struct error *err)
{
    struct buffer text = BUFFER_INIT(POLICY_TEXT_SIZE);
    bool ok;

    policy_write(template, &text);
    ok = note_policy_parse(bytes(buffer_text(&text)), text.size, out, err);
    buffer_done(&text);
    return ok;
}

/* The fixture's checkpoint, signed by the log and those witnesses whose bits are set. */
static void note_write(unsigned witnesses, struct buffer *out)
{
    struct checkpoint checkpoint = fixture_checkpoint();
    struct party log = fixture_log();
    struct buffer lines = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;

    buffer_reset(out);
    ck_assert(checkpoint_format(&checkpoint, out, &err));
    ck_assert(note_sign(&log.vkey, log.key, buffer_text(out), &lines, &err));
    for (int i = 0; i < WITNESSES; i++) {
        struct party witness = fixture_nth_witness(i);

        ck_assert((witnesses >> i & 1) == 0 ||
                  note_cosign(&witness.vkey, witness.key, (instant_t){1632988800}, buffer_text(out),
                              &lines, &err));
        sign_key_free(witness.key);
    }
    ck_assert(buffer_append_format(out, &err, "\n%s", buffer_text(&lines)));
    buffer_done(&lines);
    sign_key_free(log.key);
}

static bool has(unsigned witnesses, int number)
{
    return (witnesses >> number & 1) != 0;
}

static int count(unsigned witnesses, int first, int last)
{
    int found = 0;

    for (int i = first; i <= last; i++)
        found += has(witnesses, i);
    return found;
}

/* tlog-policy, "Example policy" */
static const char c2sp_policy[] = "log @L\n"
                                  "\n"
                                  "witness X1 @0\n"
                                  "witness X2 @1\n"
                                  "witness X3 @2\n"
                                  "group X-witnesses 2 X1 X2 X3\n"
                                  "\n"
                                  "witness Y1 @3\n"
                                  "witness Y2 @4\n"
                                  "witness Y3 @5\n"
                                  "group Y-witnesses any Y1 Y2 Y3\n"
                                  "\n"
                                  "group X-and-Y all X-witnesses Y-witnesses\n"
                                  "quorum X-and-Y\n";

START_TEST(policy_of_the_specification_accepts_just_the_subsets_it_describes)
{
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct note_policy *policy = NULL;
    struct error err = ERROR_INIT;

    ck_assert_msg(policy_read(c2sp_policy, &policy, &err), "%s: %s", err.place, err.message);
    for (unsigned witnesses = 0; witnesses < 1U << WITNESSES; witnesses++) {
        bool expected = count(witnesses, 0, 2) >= 2 && count(witnesses, 3, 5) >= 1;
        struct checkpoint checkpoint = {.size = 7};

        note_write(witnesses, &note);
        error_clear(&err);
        ck_assert_msg(note_policy_check_quorum(policy, note.data, note.size, &err) == expected,
                      "witnesses %x", witnesses);
        error_clear(&err);
        ck_assert(note_policy_open(policy, note.data, note.size, &checkpoint, &err) == expected);
        ck_assert_uint_eq(checkpoint.size, expected ? 17 : 7);
        if (expected) continue;
        ck_assert_int_eq(err.code, ERROR_VERIFY);
        ck_assert_str_eq(err.message, "the checkpoint lacks the cosignatures that the policy asks "
                                      "for (quorum \"X-and-Y\"); get one that more witnesses have "
                                      "signed");
    }
    note_policy_free(policy);
    buffer_done(&note);
}
END_TEST

START_TEST(quorums_of_every_form_count_as_they_say)
{
    static const struct {
        const char *policy;
        unsigned witnesses;
        bool is_met;
    } cases[] = {
        {"log @L\nquorum none\n", 0, true},
        {"log @L\nwitness a @0\nquorum none\n", 0, true},
        {"log @L\nwitness a @0\nquorum a\n", 0x1, true},
        {"log @L\nwitness a @0\nquorum a\n", 0x2, false},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g all a b\nquorum g\n", 0x3, true},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g all a b\nquorum g\n", 0x1, false},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g any a b\nquorum g\n", 0x2, true},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g any a b\nquorum g\n", 0x4, false},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g 2 a b\nquorum g\n", 0x2, false},
        {"log @L\nwitness a @0\nwitness b @1\ngroup g 2 a b\nquorum a\n", 0x1, true},
        {"  # 纪委\n\t log\t@L \thttps://log.example/ \nwitness\tK @0 https://w.example\n \t\n"
         "witness \xe2\x84\xaa @1\nquorum \xe2\x84\xaa\n",
         0x2, true}, /* K and the Kelvin sign are two names */
        {"log @L\nwitness a @0\nquorum a\nwitness b @1\n# after it\n", 0x1, true},
        {"log @L\nwitness log @0\nwitness all @1\ngroup any all log all\nquorum any\n", 0x3, true},
    };
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct note_policy *policy = NULL;
        struct checkpoint checkpoint;
        struct error err = ERROR_INIT;

        ck_assert_msg(policy_read(cases[i].policy, &policy, &err), "%s:%s: %s", cases[i].policy,
                      err.place, err.message);
        note_write(cases[i].witnesses, &note);
        ck_assert_msg(note_policy_open(policy, note.data, note.size, &checkpoint, &err) ==
                          cases[i].is_met,
                      "%s%s", cases[i].policy, err.message);
        note_policy_free(policy);
    }
    buffer_done(&note);
}
END_TEST

/* C2SP tlog-cosignature recommends ML-DSA-44, type 0x06, whose keys have 1312 bytes. */
START_TEST(keys_of_types_unknown_here_count_as_witnesses_that_never_sign)
{
    static const struct {
        const char *lines;
        unsigned witnesses;
        bool is_met;
    } cases[] = {
        {"group g all a new\nquorum g\n", 0x1, false},
        {"group g any a new\nquorum g\n", 0x1, true},
        {"group g any a new\nquorum g\n", 0x0, false},
        {"group g 2 a b new\nquorum g\n", 0x1, false},
        {"group g 2 a b new\nquorum g\n", 0x3, true},
        {"quorum new\n", 0x3, false},
        {"quorum a\n", 0x1, true},
    };
    struct buffer key = BUFFER_INIT(POLICY_TEXT_SIZE), text = BUFFER_INIT(POLICY_TEXT_SIZE);
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;
    uint8_t data[1313] = {0x06};

    ck_assert(base64_encode(data, sizeof data, &key, &err));
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct note_policy *policy = NULL;
        struct checkpoint checkpoint;

        buffer_reset(&text);
        ck_assert(buffer_append_format(&text, &err,
                                       "log mingzhang/611025000000+0a0b0c0d+%s\nlog @L\n"
                                       "witness new w.example+01020304+%s https://w.example/\n"
                                       "witness a @0\nwitness b @1\n%s",
                                       buffer_text(&key), buffer_text(&key), cases[i].lines));
        ck_assert_msg(policy_read(buffer_text(&text), &policy, &err), "%s:%s: %s", cases[i].lines,
                      err.place, err.message);
        ck_assert_int_eq(note_policy_log(policy, "mingzhang/611025000000")->type, NOTE_KEY_ED25519);
        note_write(cases[i].witnesses, &note);
        ck_assert_msg(note_policy_open(policy, note.data, note.size, &checkpoint, &err) ==
                          cases[i].is_met,
                      "%s%s", cases[i].lines, err.message);
        error_clear(&err);
        note_policy_free(policy);
    }
    buffer_done(&note);
    buffer_done(&text);
    buffer_done(&key);
}
END_TEST

START_TEST(wrong_cosignature_of_a_known_witness_refuses_the_note)
{
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct note_policy *policy = NULL;
    struct error err = ERROR_INIT;

    ck_assert(policy_read(c2sp_policy, &policy, &err));
    note_write(0x3f, &note);
    note.data[note.size - 10] ^= 1; /* in the last line, Y3's, which the quorum can do without */
    ck_assert(!note_policy_check_quorum(policy, note.data, note.size, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    ck_assert_str_eq(err.place, "signature of witness.example/w5");
    note_policy_free(policy);
    buffer_done(&note);
}
END_TEST

START_TEST(checkpoint_of_a_log_that_is_not_listed_is_refused)
{
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct note_policy *policy = NULL;
    struct party log = fixture_log();
    struct checkpoint checkpoint;
    struct error err = ERROR_INIT;

    ck_assert(policy_read("witness a @0\nquorum a\n", &policy, &err));
    ck_assert_ptr_null(note_policy_log(policy, log.vkey.name));
    note_write(0x1, &note);
    ck_assert(note_policy_check_quorum(policy, note.data, note.size, &err));
    ck_assert(!note_policy_open(policy, note.data, note.size, &checkpoint, &err));
    ck_assert_str_eq(err.message,
                     "the checkpoint of \"mingzhang/611025000000\" is signed by no log "
                     "of the policy; get the policy or the checkpoint again");
    note_policy_free(policy);
    error_clear(&err);
    ck_assert(policy_read("log @L\nquorum none\n", &policy, &err));
    ck_assert_ptr_nonnull(note_policy_log(policy, log.vkey.name));
    ck_assert_uint_eq(note_policy_log(policy, log.vkey.name)->id, log.vkey.id);
    note_policy_free(policy);
    note_policy_free(NULL);
    sign_key_free(log.key);
    buffer_done(&note);
}
END_TEST

START_TEST(one_origin_may_have_two_keys)
{
    struct party old_key = fixture_party("mingzhang/611025000000", NOTE_KEY_ED25519, 99);
    struct buffer text = BUFFER_INIT(NOTE_TEXT_SIZE), note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct buffer rest = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct note_policy *policy = NULL;
    struct checkpoint checkpoint;
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&text, "log ", &err));
    append_key(&text, &old_key.vkey);
    policy_write("\nlog @L\nquorum none\n", &rest);
    ck_assert(buffer_append(&text, rest.data, rest.size, &err));
    ck_assert(note_policy_parse(text.data, text.size, &policy, &err));
    note_write(0, &note);
    ck_assert_msg(note_policy_open(policy, note.data, note.size, &checkpoint, &err), "%s",
                  err.message);
    note_policy_free(policy);
    buffer_done(&rest);
    buffer_done(&note);
    buffer_done(&text);
    sign_key_free(old_key.key);
}
END_TEST

START_TEST(policies_that_break_a_rule_are_refused_at_their_line)
{
    static const struct {
        const char *policy;
        const char *place;
        const char *message; /* its beginning */
    } bad[] = {
        {"", "", "the policy has no quorum line"},
        {"log @L\n", "", "the policy has no quorum line"},
        {"quorum none", "", "the policy's last line has no newline"},
        {"quorum none\nquorum none\n", "2", "a second quorum"},
        {"quorum a\nwitness a @0\n", "1", "no witness or group \"a\" on the lines before"},
        {"quorum\n", "1", "the line ends where a name should be"},
        {"witness a @0\nwitness b @1\nquorum a b\n", "3", "\"b\" after the quorum's name"},
        {"Log @L\nquorum none\n", "1", "\"Log\" is not log, witness, group or quorum"},
        {"log\nquorum none\n", "1", "the line ends where a verifier key should be"},
        {"log @L url more\nquorum none\n", "1", "\"more\" after the URL"},
        {"log @L\nlog @L\nquorum none\n", "2", "the key of log \"mingzhang/611025000000\" is that"},
        {"log x+00000000\nquorum none\n", "1", "not a verifier key of the form NAME+8 HEX"},
        {"log x+00000000+Bg==\nquorum none\n", "1", "not a verifier key of the form NAME+8 HEX"},
        {"log x+0000000x+BgAA\nquorum none\n", "1", "not a verifier key of the form NAME+8 HEX"},
        {"log +00000000+BgAA\nquorum none\n", "1", ""},
        {"log x+00000000+AQAA\nquorum none\n", "1", "not a verifier key of the form NAME+8 HEX"},
        {"log x+00000000+BgAA\nlog y+00000001+AgAA\nquorum none\n", "2",
         "the key of log \"y\" is that of log \"x\" too"},
        {"witness a x+00000000+BgAA\nwitness b y+00000001+BgAA\nquorum none\n", "2",
         "the key of witness \"b\" is that of witness \"a\""},
        {"witness a\nquorum none\n", "1", "the line ends where a verifier key should be"},
        {"witness a @L\nquorum none\n", "1", "witness \"a\" has a key of type 0x01"},
        {"witness a @0\nwitness a @1\nquorum none\n", "2", "the name \"a\" is taken"},
        {"witness none @0\nquorum none\n", "1", "the name \"none\" is taken"},
        {"witness a @0\nwitness b @0\nquorum none\n", "2",
         "the key of witness \"b\" is that of witness \"a\""},
        {"witness a @0\ngroup a any a\nquorum none\n", "2", "the name \"a\" is taken"},
        {"group none any a\nquorum none\n", "1", "the name \"none\" is taken"},
        {"group g\nquorum none\n", "1", "the line ends where \"all\", \"any\" or a number"},
        {"group g any\nquorum none\n", "1", "group \"g\" wants 1 of 0 members"},
        {"group g all\nquorum none\n", "1", "group \"g\" wants 0 of 0 members"},
        {"witness a @0\ngroup g 0 a\nquorum none\n", "2", "group \"g\" wants 0 of 1 members"},
        {"witness a @0\ngroup g 2 a\nquorum none\n", "2", "group \"g\" wants 2 of 1 members"},
        {"witness a @0\ngroup g 01 a\nquorum none\n", "2", "\"01\" is not \"all\", \"any\" or a"},
        {"witness a @0\ngroup g some a\nquorum none\n", "2", "\"some\" is not \"all\", \"any\""},
        {"witness a @0\ngroup g any none\nquorum none\n", "2", "no witness or group \"none\""},
        {"group g any h\nwitness h @0\nquorum none\n", "1", "no witness or group \"h\""},
        {"group g any g\nquorum none\n", "1", "no witness or group \"g\""},
        {"witness a @0\ngroup g any a a\nquorum g\n", "2", "\"a\" is a member of a group already"},
        {"witness a @0\ngroup g any a\ngroup h any a\nquorum g\n", "3",
         "\"a\" is a member of a group already"},
        {"quorum none\r\n", "1", "the control character 0x0d"},
        {"# \x7f\nquorum none\n", "1", "the control character 0x7f"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct note_policy *policy = NULL;
        struct error err = ERROR_INIT;

        ck_assert_msg(!policy_read(bad[i].policy, &policy, &err), "accepted: %s", bad[i].policy);
        ck_assert_ptr_null(policy);
        ck_assert_msg(strncmp(err.message, bad[i].message, strlen(bad[i].message)) == 0, "%s%s",
                      bad[i].policy, err.message);
        ck_assert_str_eq(err.place, bad[i].place);
    }
}
END_TEST

/* A policy of `logs` logs, `witnesses` witnesses and a group for each. */
static bool policy_of(int logs, int witnesses, struct error *err)
{
    struct buffer text = BUFFER_INIT(POLICY_TEXT_SIZE);
    struct note_policy *policy = NULL;
    bool ok;

    for (int i = 0; i < logs + witnesses; i++) {
        struct party party =
            fixture_party("n", i < logs ? NOTE_KEY_ED25519 : NOTE_KEY_COSIGNATURE, (uint8_t)i);

        ck_assert(i < logs ? buffer_append_text(&text, "log ", err)
                           : buffer_append_format(&text, err, "witness w%d ", i));
        append_key(&text, &party.vkey);
        ck_assert(buffer_append_byte(&text, '\n', err));
        ck_assert(i < logs || buffer_append_format(&text, err, "group g%d all w%d\n", i, i));
        sign_key_free(party.key);
    }
    ck_assert(buffer_append_text(&text, "quorum none\n", err));
    ok = note_policy_parse(text.data, text.size, &policy, err);
    note_policy_free(policy);
    buffer_done(&text);
    return ok;
}

START_TEST(policies_have_limits_at_least_as_wide_as_the_specification_asks)
{
    struct error err = ERROR_INIT;
    struct buffer text = BUFFER_INIT(POLICY_TEXT_SIZE);
    struct note_policy *policy = NULL;

    ck_assert(policy_of(NOTE_POLICY_LOGS_MAX, NOTE_POLICY_MEMBERS_MAX / 2, &err));
    ck_assert(!policy_of(NOTE_POLICY_LOGS_MAX + 1, 0, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    error_clear(&err);
    ck_assert(!policy_of(0, NOTE_POLICY_MEMBERS_MAX / 2 + 1, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    error_clear(&err);
    while (text.size <= NOTE_POLICY_SIZE_BYTES_MAX) {
        ck_assert(buffer_append_text(&text, "# more\n", &err));
    }
    ck_assert(!note_policy_parse(text.data, text.size, &policy, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&text);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("policy");
    TCase *tests = tcase_create("policy");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, policy_of_the_specification_accepts_just_the_subsets_it_describes);
    tcase_add_test(tests, quorums_of_every_form_count_as_they_say);
    tcase_add_test(tests, keys_of_types_unknown_here_count_as_witnesses_that_never_sign);
    tcase_add_test(tests, wrong_cosignature_of_a_known_witness_refuses_the_note);
    tcase_add_test(tests, checkpoint_of_a_log_that_is_not_listed_is_refused);
    tcase_add_test(tests, one_origin_may_have_two_keys);
    tcase_add_test(tests, policies_that_break_a_rule_are_refused_at_their_line);
    tcase_add_test(tests, policies_have_limits_at_least_as_wide_as_the_specification_asks);
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
