/*
 * test_people.c - genesis, users and acts: nobody is trusted alone (DESIGN sections 2.4 and 2.5).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "fixture.h"

static struct journal *journal;

static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(NULL);
}

static void teardown(void)
{
    journal_close(journal);
    fixture_teardown();
}

/* ---- Genesis --------------------------------------------------------------------------------- */

static bool try_genesis(const struct genesis *genesis,
                        const uint8_t signatures[3][SIGN_SIGNATURE_SIZE], struct error *err)
{
    struct journal *empty = fixture_empty(NULL);
    struct appended appended;
    bool ok;

    fixture_begin(empty);
    ok = journal_append_genesis(empty, genesis, signatures, &appended, err) &&
         journal_commit(empty, err);
    if (!ok) journal_rollback(empty);
    ck_assert_uint_eq(journal_size(empty), ok ? 1 : 0);
    ck_assert_str_eq(journal_origin(empty), ok ? FIXTURE_ORIGIN : "");
    journal_close(empty);
    return ok;
}

START_TEST(genesis_makes_the_ledger_what_it_is)
{
    struct sign_public log = fixture_public("log");
    struct error err = ERROR_INIT;
    struct note_vkey vkey;

    ck_assert_str_eq(journal_origin(journal), FIXTURE_ORIGIN);
    ck_assert_str_eq(journal_root_division(journal), FIXTURE_DIVISION);
    ck_assert_ok(journal_log_key(journal, &vkey, &err), err);
    ck_assert(sign_public_equal(&vkey.key, &log));
    ck_assert_ok(journal_require_role(journal, "zhao", ROLE_ADMIN, "611025100000", &err), err);
    ck_assert_ok(journal_require_role(journal, "sun", ROLE_INSPECTOR, FIXTURE_DIVISION, &err), err);
    ck_assert(!journal_require_role(journal, "sun", ROLE_ADMIN, FIXTURE_DIVISION, &err));
    ck_assert_error(err, ERROR_PERMISSION, "sun is not admin for 611025000000");
}
END_TEST

static void same_user(struct genesis *genesis)
{
    memcpy(genesis->inspector.user, "zhao", 5);
}

static void same_key(struct genesis *genesis)
{
    genesis->administrators[1].key = genesis->administrators[0].key;
}

static void inspector_with_key_of_administrator(struct genesis *genesis)
{
    genesis->inspector.key = genesis->administrators[1].key;
}

static void township(struct genesis *genesis)
{
    memcpy(genesis->division, "611025100000", 13);
}

static void bad_origin(struct genesis *genesis)
{
    memcpy(genesis->origin, "Mingzhang", 10);
}

static void other_origin(struct genesis *genesis)
{
    memcpy(genesis->origin, "mingzhang/1", 12);
}

static void bad_certificate(struct genesis *genesis)
{
    genesis->certificate_size--;
}

static void no_name(struct genesis *genesis)
{
    genesis->name[0] = '\0';
}

START_TEST(genesis_refuses_what_is_not_three_people_and_a_county)
{
    static const struct {
        void (*spoil)(struct genesis *genesis);
        const char *words;
    } cases[] = {
        {same_user, "zhao is named twice"},
        {same_key, "zhao and qian have the same key"},
        {inspector_with_key_of_administrator, "qian and sun have the same key"},
        {township, "a county or above"},
        {bad_origin, "the origin \"Mingzhang\""},
        {other_origin, "the log key is an Ed25519 key of the name mingzhang/1"},
        {bad_certificate, "not one X.509 certificate"},
        {no_name, "needs a name"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct genesis genesis = fixture_genesis();
        uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
        struct error err = ERROR_INIT;

        cases[i].spoil(&genesis);
        fixture_sign_genesis(&genesis, signatures);
        ck_assert_msg(!try_genesis(&genesis, (const uint8_t(*)[64])signatures, &err), "%s",
                      cases[i].words);
        ck_assert_error(err, ERROR_INPUT, cases[i].words);
    }
}
END_TEST

START_TEST(genesis_needs_each_of_its_three_signatures)
{
    static const char *const names[] = {"zhao", "qian", "sun"};

    for (size_t i = 0; i < 3; i++) {
        struct genesis genesis = fixture_genesis();
        uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
        struct error err = ERROR_INIT;
        char words[64];

        fixture_sign_genesis(&genesis, signatures);
        memcpy(signatures[i], signatures[(i + 1) % 3], SIGN_SIGNATURE_SIZE);
        ck_assert(!try_genesis(&genesis, (const uint8_t(*)[64])signatures, &err));
        (void)snprintf(words, sizeof words, "the genesis signature of %s is not by", names[i]);
        ck_assert_error(err, ERROR_VERIFY, words);
    }
}
END_TEST

/* ---- Users ----------------------------------------------------------------------------------- */

static bool try_agree(const char *first, const char *second, const char *act, const char *body,
                      struct error *err)
{
    struct appended proposal;
    bool ok;

    fixture_begin(journal);
    ok = fixture_try_propose(journal, first, act, body, &proposal, err) &&
         fixture_try_second(journal, second, &proposal, err) && journal_commit(journal, err);
    if (!ok) journal_rollback(journal);
    return ok;
}

static void user_body(char body[512], const char *user, const char *key_of, const char *division,
                      const char *role)
{
    struct sign_public key = fixture_public(key_of);
    char text[SIGN_PUBLIC_TEXT_SIZE];

    (void)snprintf(body, 512,
                   "{\"key\":\"%s\",\"roles\":[{\"division\":\"%s\",\"role\":\"%s\"}],"
                   "\"user\":\"%s\"}",
                   sign_public_format(&key, text), division, role, user);
}

START_TEST(two_administrators_add_a_user_at_the_second)
{
    struct error err = ERROR_INIT;
    struct appended proposal;
    char body[512];

    user_body(body, "li", "li", "611025100000", "maker");
    fixture_begin(journal);
    ck_assert_ok(fixture_try_propose(journal, "zhao", "user.add", body, &proposal, &err), err);
    fixture_commit(journal);
    ck_assert(!journal_require_role(journal, "li", ROLE_MAKER, "611025100000", &err));
    ck_assert_error(err, ERROR_PERMISSION, "li is no user");
    error_clear(&err);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_second(journal, "qian", &proposal, &err), err);
    fixture_commit(journal);
    ck_assert_ok(journal_require_role(journal, "li", ROLE_MAKER, "611025100200", &err), err);
    ck_assert(!journal_require_role(journal, "li", ROLE_MAKER, FIXTURE_DIVISION, &err));
    ck_assert_error(err, ERROR_PERMISSION, "li is not maker for 611025000000");
    error_clear(&err);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_note(journal, "li", "a maker writes", &err), err);
    fixture_commit(journal);
}
END_TEST

START_TEST(one_person_cannot_do_what_takes_two)
{
    struct error err = ERROR_INIT;
    struct appended proposal;
    char body[512];

    user_body(body, "li", "li", FIXTURE_DIVISION, "admin");
    ck_assert_msg(!try_agree("zhao", "zhao", "user.add", body, &err), "self-second");
    ck_assert_error(err, ERROR_PERMISSION, "another administrator must second it");
    error_clear(&err);
    ck_assert_msg(!try_agree("zhao", "sun", "user.add", body, &err), "an inspector seconds");
    ck_assert_error(err, ERROR_PERMISSION, "sun is not admin");
    error_clear(&err);
    ck_assert_msg(!try_agree("sun", "qian", "user.add", body, &err), "an inspector proposes");
    ck_assert_error(err, ERROR_PERMISSION, "sun is not admin");
    error_clear(&err);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_propose(journal, "zhao", "user.add", body, &proposal, &err), err);
    ck_assert_ok(fixture_try_second(journal, "qian", &proposal, &err), err);
    ck_assert_msg(!fixture_try_second(journal, "qian", &proposal, &err), "seconded twice");
    ck_assert_error(err, ERROR_STATE, "seconded already");
    journal_rollback(journal);
}
END_TEST

START_TEST(a_user_is_added_only_as_the_rules_allow)
{
    static const struct {
        const char *user, *key_of, *division, *role;
        enum error_code code;
        const char *words;
    } cases[] = {
        {"qian", "li", FIXTURE_DIVISION, "maker", ERROR_CONFLICT, "there is or was a user qian"},
        {"li", "qian", FIXTURE_DIVISION, "maker", ERROR_CONFLICT, "is or was the key of qian"},
        {"li", "li", "611026000000", "maker", ERROR_INPUT, "does not lie in this ledger"},
        {"li", "li", "611025100000", "admin", ERROR_INPUT, "one of the whole ledger"},
        {"li", "li", FIXTURE_DIVISION, "emperor", ERROR_INPUT, "not one of its words"},
        {"Li", "li", FIXTURE_DIVISION, "maker", ERROR_INPUT, ""},
    };
    struct error err = ERROR_INIT;
    char body[512];

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        user_body(body, cases[i].user, cases[i].key_of, cases[i].division, cases[i].role);
        ck_assert_msg(!try_agree("zhao", "qian", "user.add", body, &err), "%s", body);
        ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
    }
    ck_assert(!try_agree("zhao", "qian", "user.adopt", "{}", &err));
    ck_assert_error(err, ERROR_INPUT, "no act user.adopt");
    ck_assert_uint_eq(journal_size(journal), 1);
}
END_TEST

START_TEST(a_key_signs_only_while_it_is_its_users_key)
{
    struct sign_public fresh = fixture_public("fresh"), old = fixture_public("zhao");
    char body[256], text[SIGN_PUBLIC_TEXT_SIZE];
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "li", "maker");
    (void)snprintf(body, sizeof body, "{\"key\":\"%s\",\"user\":\"zhao\"}",
                   sign_public_format(&old, text));
    ck_assert_msg(!try_agree("qian", "zhao", "user.rekey", body, &err), "the same key again");
    ck_assert_error(err, ERROR_CONFLICT, "is or was the key of zhao");
    error_clear(&err);
    (void)snprintf(body, sizeof body, "{\"key\":\"%s\",\"user\":\"li\"}",
                   sign_public_format(&fresh, text));
    fixture_agree(journal, "user.rekey", body);
    fixture_begin(journal);
    ck_assert(!fixture_try_note(journal, "li", "by the old key", &err));
    ck_assert_error(err, ERROR_KEY, "not the key that the ledger has for li");
    error_clear(&err);
    journal_rollback(journal);
    ck_assert_ok(journal_require_key(journal, "li", &fresh, &err), err);
}
END_TEST

START_TEST(a_proposal_falls_with_its_proposers_key)
{
    struct sign_public fresh = fixture_public("fresh");
    char body[512], rekey[256], text[SIGN_PUBLIC_TEXT_SIZE];
    struct error err = ERROR_INIT;
    struct appended proposal;

    fixture_add_user(journal, "li", "admin");
    user_body(body, "thief", "thief", FIXTURE_DIVISION, "admin");
    fixture_begin(journal);
    ck_assert_ok(fixture_try_propose(journal, "li", "user.add", body, &proposal, &err), err);
    fixture_commit(journal);
    (void)snprintf(rekey, sizeof rekey, "{\"key\":\"%s\",\"user\":\"li\"}",
                   sign_public_format(&fresh, text));
    fixture_agree(journal, "user.rekey", rekey);
    fixture_begin(journal);
    ck_assert(!fixture_try_second(journal, "qian", &proposal, &err));
    ck_assert_error(err, ERROR_STATE, "revoked or replaced since");
    journal_rollback(journal);
}
END_TEST

START_TEST(a_revoked_user_does_nothing_until_two_give_a_new_key)
{
    static const char revoke[] = "{\"reason\":\"left the office\",\"user\":\"li\"}";
    struct sign_public fresh = fixture_public("fresh");
    char body[256], text[SIGN_PUBLIC_TEXT_SIZE];
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "li", "maker");
    fixture_begin(journal);
    ck_assert_msg(!fixture_try_act(journal, "sun", "user.revoke", revoke, &err), "no admin");
    ck_assert_error(err, ERROR_PERMISSION, "sun is not admin");
    error_clear(&err);
    journal_rollback(journal);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_act(journal, "zhao", "user.revoke", revoke, &err), err);
    fixture_commit(journal);
    fixture_begin(journal);
    ck_assert(!fixture_try_note(journal, "li", "after", &err));
    ck_assert_error(err, ERROR_KEY, "li was revoked");
    error_clear(&err);
    ck_assert_msg(!fixture_try_row(journal, "li", 1, &err), "not even a row");
    ck_assert_error(err, ERROR_KEY, "li was revoked");
    error_clear(&err);
    journal_rollback(journal);
    (void)snprintf(body, sizeof body, "{\"key\":\"%s\",\"user\":\"li\"}",
                   sign_public_format(&fresh, text));
    ck_assert(!try_agree("zhao", "qian", "user.widen",
                         "{\"roles\":[{\"division\":\"" FIXTURE_DIVISION
                         "\",\"role\":\"checker\"}],\"user\":\"li\"}",
                         &err));
    ck_assert_error(err, ERROR_STATE, "give a new key first");
    error_clear(&err);
    ck_assert_ok(try_agree("zhao", "qian", "user.rekey", body, &err), err);
    ck_assert_ok(journal_require_key(journal, "li", &fresh, &err), err);
    ck_assert_ok(journal_require_role(journal, "li", ROLE_MAKER, FIXTURE_DIVISION, &err), err);
}
END_TEST

START_TEST(two_administrators_always_remain)
{
    static const char revoke[] = "{\"reason\":\"a stolen key\",\"user\":\"qian\"}";
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    ck_assert(!fixture_try_act(journal, "zhao", "user.revoke", revoke, &err));
    ck_assert_error(err, ERROR_STATE, "add another administrator first");
    error_clear(&err);
    journal_rollback(journal);
    fixture_add_user(journal, "li", "admin");
    fixture_begin(journal);
    ck_assert_ok(fixture_try_act(journal, "zhao", "user.revoke", revoke, &err), err);
    fixture_commit(journal);
}
END_TEST

START_TEST(a_user_is_widened_by_two)
{
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "li", "maker");
    fixture_agree(journal, "user.widen",
                  "{\"roles\":[{\"division\":\"611025100000\",\"role\":\"publisher\"}],"
                  "\"user\":\"li\"}");
    ck_assert_ok(journal_require_role(journal, "li", ROLE_PUBLISHER, "611025100000", &err), err);
    ck_assert_ok(journal_require_role(journal, "li", ROLE_MAKER, FIXTURE_DIVISION, &err), err);
    ck_assert(!try_agree("zhao", "qian", "user.widen", "{\"roles\":[],\"user\":\"li\"}", &err));
    ck_assert_error(err, ERROR_INPUT, "no role is named");
}
END_TEST

/* ---- Signatures ------------------------------------------------------------------------------ */

/* An entry as someone might forge it: the body of a genuine one, signed otherwise. */
static bool try_body(const char *actor, const char *body, struct error *err)
{
    struct buffer text = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct appended appended;
    bool ok;

    ck_assert(buffer_append_text(&text, body, err));
    fixture_begin(journal);
    ok = journal_append(journal, actor, "test.note", &text, NULL, 0, &appended, err);
    journal_rollback(journal);
    buffer_done(&text);
    return ok;
}

/* The note "text" signed by `key_of` for `origin`, with the nonce given. */
static void signed_body(char body[1024], const char *key_of, const char *signer, const char *origin,
                        const char *nonce)
{
    static const char unsigned_body[] = "{\"text\":\"text\"}";
    struct buffer message = BUFFER_INIT(1024), signature = BUFFER_INIT(128);
    hash_t hash = hash_sha256((const uint8_t *)unsigned_body, sizeof unsigned_body - 1);
    uint8_t raw[SIGN_SIGNATURE_SIZE];
    struct error err = ERROR_INIT;

    ck_assert_ok(act_format_message("test.note", &hash, nonce, origin, &message, &err), err);
    ck_assert_ok(sign_message(fixture_key(key_of), message.data, message.size, raw, &err), err);
    ck_assert_ok(base64_encode(raw, sizeof raw, &signature, &err), err);
    (void)snprintf(body, 1024,
                   "{\"nonce\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\",\"text\":\"text\"}",
                   nonce, buffer_text(&signature), signer);
    buffer_done(&message);
    buffer_done(&signature);
}

START_TEST(a_signature_counts_for_its_signer_origin_and_body_alone)
{
    static const char nonce[] = "000102030405060708090a0b0c0d0e0f";
    char body[1024];
    struct error err = ERROR_INIT;

    signed_body(body, "zhao", "zhao", FIXTURE_ORIGIN, nonce);
    ck_assert_ok(try_body("zhao", body, &err), err);
    ck_assert_msg(!try_body("qian", body, &err), "another actor");
    ck_assert_error(err, ERROR_INPUT, "signer zhao is not the entry's actor qian");
    error_clear(&err);
    signed_body(body, "qian", "zhao", FIXTURE_ORIGIN, nonce);
    ck_assert_msg(!try_body("zhao", body, &err), "another's key");
    ck_assert_error(err, ERROR_VERIFY, "not by the present key of zhao");
    error_clear(&err);
    signed_body(body, "zhao", "zhao", "mingzhang/610000000000", nonce);
    ck_assert_msg(!try_body("zhao", body, &err), "another ledger");
    ck_assert_error(err, ERROR_VERIFY, "not by the present key of zhao");
    error_clear(&err);
    signed_body(body, "zhao", "zhao", FIXTURE_ORIGIN, nonce);
    memcpy(strstr(body, "\"text\"}"), "\"test\"}", 7);
    ck_assert_msg(!try_body("zhao", body, &err), "another body");
    ck_assert_error(err, ERROR_VERIFY, "not by the present key of zhao");
}
END_TEST

START_TEST(a_nonce_is_taken_once)
{
    static const char nonce[] = "000102030405060708090a0b0c0d0e0f";
    struct buffer text = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    struct appended appended;
    char body[1024];

    signed_body(body, "zhao", "zhao", FIXTURE_ORIGIN, nonce);
    ck_assert(buffer_append_text(&text, body, &err));
    fixture_begin(journal);
    ck_assert_ok(journal_append(journal, "zhao", "test.note", &text, NULL, 0, &appended, &err),
                 err);
    fixture_commit(journal);
    ck_assert(!try_body("zhao", body, &err));
    ck_assert_error(err, ERROR_CONFLICT, "was used before");
    buffer_done(&text);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("people");
    TCase *tests = tcase_create("people");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, genesis_makes_the_ledger_what_it_is);
    tcase_add_test(tests, genesis_refuses_what_is_not_three_people_and_a_county);
    tcase_add_test(tests, genesis_needs_each_of_its_three_signatures);
    tcase_add_test(tests, two_administrators_add_a_user_at_the_second);
    tcase_add_test(tests, one_person_cannot_do_what_takes_two);
    tcase_add_test(tests, a_user_is_added_only_as_the_rules_allow);
    tcase_add_test(tests, a_key_signs_only_while_it_is_its_users_key);
    tcase_add_test(tests, a_proposal_falls_with_its_proposers_key);
    tcase_add_test(tests, a_revoked_user_does_nothing_until_two_give_a_new_key);
    tcase_add_test(tests, two_administrators_always_remain);
    tcase_add_test(tests, a_user_is_widened_by_two);
    tcase_add_test(tests, a_signature_counts_for_its_signer_origin_and_body_alone);
    tcase_add_test(tests, a_nonce_is_taken_once);
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
