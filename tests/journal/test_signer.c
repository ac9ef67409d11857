/*
 * test_signer.c - the signer signs what extends and nothing else; keys of people in files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encode.h"
#include "fixture.h"

static char directory[FIXTURE_PATH_SIZE], ledger[FIXTURE_PATH_SIZE];
static struct signer *signer;
static struct journal *journal;
static struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);

/* A ledger whose log key and certificate are a new signer's. */
static void setup(void)
{
    struct random_source random = fixture_random();
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct genesis genesis;
    struct error err = ERROR_INIT;
    struct appended appended;

    fixture_setup();
    ck_assert_ok(signer_create(fixture_path("state/mingzhang/1", directory), FIXTURE_ORIGIN,
                               &random, &signer, &err),
                 err);
    genesis = fixture_genesis();
    genesis.log_key = *signer_log_key(signer);
    genesis.certificate = signer_certificate_der(signer, &genesis.certificate_size);
    fixture_sign_genesis(&genesis, signatures);
    journal = fixture_empty(fixture_path("ledger", ledger));
    fixture_begin(journal);
    ck_assert_ok(journal_append_genesis(journal, &genesis, (const uint8_t(*)[64])signatures,
                                        &appended, &err),
                 err);
    fixture_commit(journal);
}

static void teardown(void)
{
    signer_close(signer);
    journal_close(journal);
    buffer_done(&note);
    fixture_teardown();
}

static void add_note(const char *text)
{
    fixture_begin(journal);
    fixture_note(journal, text);
    fixture_commit(journal);
}

static bool try_sign(const struct buffer *published, struct error *err)
{
    buffer_reset(&note);
    return signer_sign_checkpoint(signer, journal, published == NULL ? NULL : published->data,
                                  published == NULL ? 0 : published->size, &note, err);
}

static void state_path(char path[FIXTURE_PATH_SIZE + 16])
{
    (void)snprintf(path, FIXTURE_PATH_SIZE + 16, "%s/state", directory);
}

static void write_state(const char *text)
{
    char path[FIXTURE_PATH_SIZE + 16];
    FILE *file;

    state_path(path);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void reopen_signer(void)
{
    struct error err = ERROR_INIT;

    signer_close(signer);
    signer = NULL;
    ck_assert_ok(signer_open(directory, FIXTURE_ORIGIN, &signer, &err), err);
}

/* ---- Certificates ---------------------------------------------------------------------------- */

static hash_t taken(void)
{
    size_t size;
    const uint8_t *der = signer_certificate_der(signer, &size);

    return hash_sha256(der, size);
}

static void agree_on_taken(const char *act)
{
    struct buffer base64 = BUFFER_INIT(8192);
    struct error err = ERROR_INIT;
    char body[8192 + 64], hex[HASH_HEX_SIZE];
    hash_t sha256 = taken();
    size_t size;
    const uint8_t *der = signer_certificate_der(signer, &size);

    ck_assert_ok(base64_encode(der, size, &base64, &err), err);
    if (strcmp(act, "certificate.add") == 0)
        (void)snprintf(body, sizeof body, "{\"certificate\":\"%s\"}", buffer_text(&base64));
    else
        (void)snprintf(body, sizeof body, "{\"certificate_sha256\":\"%s\"}",
                       hash_to_hex(&sha256, hex));
    fixture_agree(journal, act, body);
    buffer_done(&base64);
}

START_TEST(the_newest_certificate_that_is_entered_and_holds_is_taken)
{
    struct error err = ERROR_INIT;
    hash_t first, second, found;

    ck_assert_ok(signer_choose_certificate(signer, journal, &err), err);
    first = taken();
    ck_assert_ok(signer_new_certificate(signer, journal, &err), err);
    second = taken();
    ck_assert(!hash_equal(&first, &second));
    ck_assert_ok(signer_choose_certificate(signer, journal, &err), err);
    found = taken();
    ck_assert(hash_equal(&first, &found)); /* nobody entered the other */
    ck_assert_ok(signer_new_certificate(signer, journal, &err), err);
    found = taken();
    ck_assert(hash_equal(&second, &found)); /* no third one while it waits */
    agree_on_taken("certificate.add");
    reopen_signer();
    ck_assert_ok(signer_choose_certificate(signer, journal, &err), err);
    found = taken();
    ck_assert(hash_equal(&second, &found));
    agree_on_taken("certificate.revoke");
    ck_assert_ok(signer_choose_certificate(signer, journal, &err), err);
    found = taken();
    ck_assert(hash_equal(&first, &found));
    agree_on_taken("certificate.revoke");
    ck_assert(!signer_choose_certificate(signer, journal, &err));
    ck_assert_error(err, ERROR_KEY, "two administrators enter a new one");
    error_clear(&err);
    ck_assert_ok(signer_new_certificate(signer, journal, &err), err);
    found = taken();
    ck_assert(!hash_equal(&first, &found) && !hash_equal(&second, &found));
}
END_TEST

START_TEST(a_key_without_its_certificate_is_made_anew)
{
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE + 16];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/xml-02.pem", directory);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_ok(signer_new_certificate(signer, journal, &err), err);
    reopen_signer();
}
END_TEST

START_TEST(a_signer_that_lost_its_certificates_gets_another)
{
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE + 16];

    (void)snprintf(path, sizeof path, "%s/xml-01.pem", directory);
    ck_assert_int_eq(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/xml-01.crt", directory);
    ck_assert_int_eq(unlink(path), 0);
    reopen_signer();
    ck_assert(!signer_choose_certificate(signer, journal, &err));
    ck_assert_error(err, ERROR_KEY, "the ledger knows no certificate of this signer");
    error_clear(&err);
    ck_assert_ok(signer_new_certificate(signer, journal, &err), err);
    agree_on_taken("certificate.add");
    ck_assert_ok(signer_choose_certificate(signer, journal, &err), err);
}
END_TEST

/* ---- Checkpoints ----------------------------------------------------------------------------- */

START_TEST(a_checkpoint_is_a_note_of_size_and_root)
{
    struct error err = ERROR_INIT;
    struct checkpoint checkpoint;
    hash_t root;

    add_note("one");
    ck_assert_ok(try_sign(NULL, &err), err);
    ck_assert_ok(checkpoint_open(note.data, note.size, signer_log_key(signer), &checkpoint, &err),
                 err);
    ck_assert_str_eq(checkpoint.origin, FIXTURE_ORIGIN);
    ck_assert_uint_eq(checkpoint.size, 2);
    ck_assert_ok(journal_root(journal, 2, &root, &err), err);
    ck_assert(hash_equal(&checkpoint.root, &root));
}
END_TEST

START_TEST(the_signer_remembers_across_programs)
{
    struct buffer first = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_ok(try_sign(NULL, &err), err);
    ck_assert(buffer_append(&first, note.data, note.size, &err));
    reopen_signer();
    add_note("one");
    ck_assert_ok(try_sign(&first, &err), err);
    ck_assert_ok(try_sign(&first, &err), err); /* nothing new: the same again */
    buffer_done(&first);
}
END_TEST

START_TEST(files_of_the_signer_are_its_owners_alone)
{
    static const char *const names[] = {"", "/log.pem", "/xml-01.pem", "/xml-01.crt", "/state"};
    struct random_source random = fixture_random();
    struct error err = ERROR_INIT;
    struct signer *second = NULL;

    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        char path[FIXTURE_PATH_SIZE + 16];
        struct stat status;

        (void)snprintf(path, sizeof path, "%s%s", directory, names[i]);
        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_uint_eq(status.st_mode & 0777, i == 0 ? 0700 : 0600);
    }
    ck_assert(!signer_create(directory, FIXTURE_ORIGIN, &random, &second, &err));
    ck_assert_error(err, ERROR_CONFLICT, "there is a signer in");
    error_clear(&err);
    reopen_signer(); /* the refusal harmed nothing */
    ck_assert_ok(try_sign(NULL, &err), err);
}
END_TEST

START_TEST(nothing_is_signed_without_a_good_state)
{
    static const char *const states[] = {
        "",
        "garbage",
        "mingzhang signer state\norigin mingzhang/1\nsize 0\nroot "
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nrecovered 0\n",
        "mingzhang signer state\norigin " FIXTURE_ORIGIN "\nsize 00\nroot "
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nrecovered 0\n",
        "mingzhang signer state\norigin " FIXTURE_ORIGIN "\nsize 0\nroot "
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nrecovered 0\nmore\n",
    };
    char path[FIXTURE_PATH_SIZE + 16];
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
        write_state(states[i]);
        ck_assert_msg(!try_sign(NULL, &err), "%s", states[i]);
        ck_assert_error(err, ERROR_VERIFY, "damaged or of another ledger");
        ck_assert_uint_eq(note.size, 0);
        error_clear(&err);
    }
    state_path(path);
    ck_assert_int_eq(unlink(path), 0);
    reopen_signer();
    ck_assert(!try_sign(NULL, &err));
    ck_assert_error(err, ERROR_VERIFY, "signer recover");
    error_clear(&err);
    write_state("mingzhang signer state\norigin " FIXTURE_ORIGIN "\nsize 0\nroot "
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nrecovered 0\n");
    ck_assert_int_eq(chmod(path, 0600), 0);
    ck_assert_ok(try_sign(NULL, &err), err);
}
END_TEST

START_TEST(a_ledger_that_was_cut_or_rewritten_is_not_signed)
{
    char copy[FIXTURE_PATH_SIZE];
    struct buffer published = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_ok(store_backup(journal_store(journal), fixture_path("old", copy), &err), err);
    add_note("one");
    ck_assert_ok(try_sign(NULL, &err), err);
    ck_assert(buffer_append(&published, note.data, note.size, &err));
    journal_close(journal);
    journal = fixture_reopen(copy, STORE_WRITE);
    ck_assert_msg(!try_sign(NULL, &err), "an old copy");
    ck_assert_error(err, ERROR_VERIFY, "has 2 entries, this ledger only 1");
    ck_assert_uint_eq(note.size, 0);
    error_clear(&err);
    fixture_set_random(1 << 20);
    add_note("another");
    ck_assert_msg(!try_sign(NULL, &err), "another history");
    ck_assert_error(err, ERROR_VERIFY, "are not those of the last checkpoint signed");
    error_clear(&err);
    /* The state put back as well doesn't help against what was published. */
    write_state("mingzhang signer state\norigin " FIXTURE_ORIGIN "\nsize 0\nroot "
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nrecovered 0\n");
    ck_assert(!try_sign(&published, &err));
    ck_assert_error(err, ERROR_VERIFY, "are not those of the published checkpoint");
    error_clear(&err);
    published.data[published.size - 3] ^= 1;
    ck_assert_msg(!try_sign(&published, &err), "a forged note");
    ck_assert_int_ne(err.code, ERROR_NONE);
    buffer_done(&published);
}
END_TEST

START_TEST(a_signer_of_another_ledger_signs_nothing)
{
    struct journal *other = fixture_journal(NULL);
    struct buffer out = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert(!signer_sign_checkpoint(signer, other, NULL, 0, &out, &err));
    ck_assert_error(err, ERROR_KEY, "its log key is another");
    journal_close(other);
}
END_TEST

/* ---- Recovery -------------------------------------------------------------------------------- */

static void agree_to_recover(uint64_t size)
{
    char body[256], hex[HASH_HEX_SIZE];
    struct error err = ERROR_INIT;
    hash_t root;

    ck_assert_ok(journal_root(journal, size, &root, &err), err);
    (void)snprintf(body, sizeof body, "{\"root\":\"%s\",\"size\":%d}", hash_to_hex(&root, hex),
                   (int)size);
    fixture_agree(journal, "signer.recover", body);
}

START_TEST(two_people_start_the_signer_again_from_what_was_published)
{
    struct buffer published = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    char path[FIXTURE_PATH_SIZE + 16];
    struct error err = ERROR_INIT;

    add_note("one");
    ck_assert_ok(try_sign(NULL, &err), err);
    ck_assert(buffer_append(&published, note.data, note.size, &err));
    state_path(path);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_msg(!signer_recover(signer, journal, published.data, published.size, &err),
                  "nobody agreed");
    ck_assert_error(err, ERROR_PERMISSION, "two administrators must agree first");
    error_clear(&err);
    agree_to_recover(1);
    ck_assert_msg(!signer_recover(signer, journal, published.data, published.size, &err),
                  "another checkpoint was agreed on");
    ck_assert_error(err, ERROR_VERIFY, "agree on the one that is published");
    error_clear(&err);
    agree_to_recover(2);
    ck_assert_ok(signer_recover(signer, journal, published.data, published.size, &err), err);
    ck_assert_ok(try_sign(&published, &err), err);
    ck_assert_msg(!signer_recover(signer, journal, published.data, published.size, &err),
                  "the same act again");
    ck_assert_error(err, ERROR_STATE, "was used already");
    error_clear(&err);
    ck_assert_ok(try_sign(NULL, &err), err);
    buffer_done(&published);
}
END_TEST

START_TEST(a_recovery_names_a_checkpoint_of_this_very_log)
{
    struct error err = ERROR_INIT;
    struct appended proposal;

    fixture_begin(journal);
    ck_assert(!fixture_try_propose(journal, "zhao", "signer.recover",
                                   "{\"root\":\"00000000000000000000000000000000000000000000000000"
                                   "000000000000aa\",\"size\":1}",
                                   &proposal, &err));
    ck_assert_error(err, ERROR_VERIFY, "don't give the root named");
    journal_rollback(journal);
}
END_TEST

/* ---- Keys of people -------------------------------------------------------------------------- */

START_TEST(a_key_file_opens_for_its_passphrase_and_owner_alone)
{
    char path[FIXTURE_PATH_SIZE];
    struct sign_public made, opened;
    struct sign_key *key = NULL;
    struct error err = ERROR_INIT;
    struct stat status;

    fixture_path("zhao.pem", path);
    ck_assert(!key_file_create(path, "", &made, &err));
    ck_assert_error(err, ERROR_INPUT, "needs a passphrase");
    error_clear(&err);
    ck_assert_ok(key_file_create(path, "正确的马", &made, &err), err);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    ck_assert(!key_file_create(path, "another", &opened, &err));
    ck_assert_error(err, ERROR_CONFLICT, "never overwritten");
    error_clear(&err);
    ck_assert(!key_file_open(path, "wrong", &key, &err));
    ck_assert_int_eq(err.code, ERROR_KEY);
    ck_assert_str_eq(err.place, path);
    error_clear(&err);
    ck_assert_ok(key_file_open(path, "正确的马", &key, &err), err);
    sign_key_public(key, &opened);
    ck_assert(sign_public_equal(&made, &opened));
    sign_key_free(key);
    key = NULL;
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert(!key_file_open(path, "正确的马", &key, &err));
    ck_assert_error(err, ERROR_PERMISSION, "others may read");
    error_clear(&err);
    ck_assert(!key_file_open(fixture_path("none.pem", path), "x", &key, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "cannot open");
    ck_assert_ptr_null(key);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("signer");
    TCase *tests = tcase_create("signer");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, the_newest_certificate_that_is_entered_and_holds_is_taken);
    tcase_add_test(tests, a_key_without_its_certificate_is_made_anew);
    tcase_add_test(tests, a_signer_that_lost_its_certificates_gets_another);
    tcase_add_test(tests, a_checkpoint_is_a_note_of_size_and_root);
    tcase_add_test(tests, the_signer_remembers_across_programs);
    tcase_add_test(tests, files_of_the_signer_are_its_owners_alone);
    tcase_add_test(tests, nothing_is_signed_without_a_good_state);
    tcase_add_test(tests, a_ledger_that_was_cut_or_rewritten_is_not_signed);
    tcase_add_test(tests, a_signer_of_another_ledger_signs_nothing);
    tcase_add_test(tests, two_people_start_the_signer_again_from_what_was_published);
    tcase_add_test(tests, a_recovery_names_a_checkpoint_of_this_very_log);
    tcase_add_test(tests, a_key_file_opens_for_its_passphrase_and_owner_alone);
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
