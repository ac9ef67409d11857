/*
 * test_seal.c - sealed values: what fits its entry, its ledger and its place, and nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static struct journal *journal;
static struct buffer plain = BUFFER_INIT(PLAIN_SIZE_BYTES_MAX);
static struct buffer member = BUFFER_INIT(256);

static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(NULL);
}

static void teardown(void)
{
    journal_close(journal);
    buffer_done(&plain);
    buffer_done(&member);
    fixture_teardown();
}

/* Seal the JSON string `value` into plain and member. */
static struct sealed_value seal(const char *purpose, const char *subject, const char *value)
{
    struct buffer text = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    struct sealed_value sealed;

    buffer_reset(&member);
    ck_assert(buffer_append_format(&text, &err, "\"%s\"", value));
    ck_assert_ok(journal_seal(journal, purpose, subject, &text, &plain, &member, &sealed, &err),
                 err);
    buffer_done(&text);
    return sealed;
}

/* A note whose `name` is the sealed member. */
static bool try_sealed(const char *name, const struct sealed_value *sealed, size_t count,
                       struct error *err)
{
    struct signatory by = {"zhao", fixture_key("zhao")};
    struct buffer body = BUFFER_INIT(1024);
    struct appended appended;
    bool ok;

    ck_assert(buffer_append_format(&body, err, "{\"%s\":%s,\"text\":\"public\"}", name,
                                   buffer_text(&member)));
    fixture_begin(journal);
    ok = journal_append_act(journal, &by, "test.note", &body, sealed, count, &appended, err) &&
         journal_commit(journal, err);
    if (!ok) journal_rollback(journal);
    buffer_done(&body);
    return ok;
}

START_TEST(a_sealed_value_is_the_hmac_of_its_plain_object)
{
    struct sealed_value sealed = seal("test.note/secret", "2021-000001/1", "王某某");
    hash_t mac = hash_hmac_sha256(sealed.key, SEALED_KEY_SIZE, plain.data, plain.size);
    char hex[HASH_HEX_SIZE], expected[128];
    struct sealed_value again;

    ck_assert_str_eq(buffer_text(&plain),
                     "{\"origin\":\"" FIXTURE_ORIGIN "\",\"purpose\":\"test.note/secret\","
                     "\"subject\":\"2021-000001/1\",\"value\":\"王某某\"}");
    (void)snprintf(expected, sizeof expected, "{\"sealed\":\"%s\"}", hash_to_hex(&mac, hex));
    ck_assert_str_eq(buffer_text(&member), expected);
    again = seal("test.note/secret", "2021-000001/1", "王某某");
    ck_assert_msg(memcmp(again.key, sealed.key, SEALED_KEY_SIZE) != 0, "a key is used once");
}
END_TEST

START_TEST(a_sealed_value_lies_beside_its_entry_and_not_in_it)
{
    struct sealed_value sealed = seal("test.note/secret", "a", "13912345678");
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct statement *select = NULL;
    bool has_row = false;

    ck_assert_ok(try_sealed("secret", &sealed, 1, &err), err);
    ck_assert_ok(journal_read(journal, 1, &bytes, &err), err);
    ck_assert_ptr_null(strstr(buffer_text(&bytes), "13912345678"));
    ck_assert_ok(
        store_statement(journal_store(journal), "SELECT member, plain FROM sealed", &select, &err),
        err);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    ck_assert(has_row);
    ck_assert_str_eq(statement_text(select, 0), "secret");
    statement_reset(select);
    sealed = seal("test.note/maybe", "a", "13912345678");
    ck_assert_ok(try_sealed("maybe", &sealed, 1, &err), err);
    buffer_done(&bytes);
}
END_TEST

START_TEST(a_seal_that_does_not_fit_its_place_is_refused)
{
    struct sealed_value sealed = seal("test.note/secret", "a", "b"), other;
    struct error err = ERROR_INIT;

    ck_assert_msg(!try_sealed("secret", NULL, 0, &err), "no value beside it");
    ck_assert_error(err, ERROR_NOT_FOUND, "the sealed value of test.note/secret is missing");
    error_clear(&err);
    other = sealed;
    other.key[0] ^= 1;
    ck_assert_msg(!try_sealed("secret", &other, 1, &err), "another key");
    ck_assert_error(err, ERROR_VERIFY, "not what the entry seals");
    error_clear(&err);
    other = sealed;
    other.plain_size--;
    ck_assert_msg(!try_sealed("secret", &other, 1, &err), "another plain object");
    ck_assert_error(err, ERROR_VERIFY, "not what the entry seals");
    error_clear(&err);
    ck_assert_msg(!try_sealed("maybe", &sealed, 1, &err), "another member");
    ck_assert_error(err, ERROR_NOT_FOUND, "the sealed value of test.note/maybe is missing");
    error_clear(&err);
    ck_assert_msg(!try_sealed("secret", (struct sealed_value[2]){sealed, sealed}, 2, &err),
                  "a second value");
    ck_assert_error(err, ERROR_INPUT, "2 sealed values stand beside it");
    error_clear(&err);
    sealed = seal("test.other/secret", "a", "b");
    ck_assert_msg(!try_sealed("secret", &sealed, 1, &err), "sealed for another kind");
    ck_assert_error(err, ERROR_VERIFY, "sealed for another place than test.note/secret");
    error_clear(&err);
    memcpy(journal->origin, "mingzhang/1", 12);
    sealed = seal("test.note/secret", "a", "b");
    memcpy(journal->origin, FIXTURE_ORIGIN, sizeof FIXTURE_ORIGIN);
    ck_assert_msg(!try_sealed("secret", &sealed, 1, &err), "sealed for another ledger");
    ck_assert_error(err, ERROR_VERIFY, "sealed for another place");
    ck_assert_uint_eq(journal_size(journal), 1);
}
END_TEST

/* A plain object of wrong shape, sealed honestly. */
START_TEST(a_plain_object_has_its_four_members_and_no_other)
{
    static const char *const plains[] = {
        "{\"origin\":\"" FIXTURE_ORIGIN "\",\"purpose\":\"test.note/secret\",\"subject\":\"a\"}",
        "{\"extra\":1,\"origin\":\"" FIXTURE_ORIGIN "\",\"purpose\":\"test.note/secret\","
        "\"subject\":\"a\",\"value\":1}",
        "{\"origin\":\"" FIXTURE_ORIGIN "\",\"purpose\":\"test.note/secret\",\"subject\":1,"
        "\"value\":1}",
        "{\"origin\": \"" FIXTURE_ORIGIN "\"}",
        "\"value\"",
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(plains); i++) {
        struct sealed_value sealed = {.member = "secret",
                                      .plain = (const uint8_t *)plains[i],
                                      .plain_size = strlen(plains[i])};
        hash_t mac = hash_hmac_sha256(sealed.key, SEALED_KEY_SIZE, sealed.plain, sealed.plain_size);
        char hex[HASH_HEX_SIZE];

        buffer_reset(&member);
        ck_assert(
            buffer_append_format(&member, &err, "{\"sealed\":\"%s\"}", hash_to_hex(&mac, hex)));
        ck_assert_msg(!try_sealed("secret", &sealed, 1, &err), "%s", plains[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        error_clear(&err);
    }
}
END_TEST

static struct entry_view view_of(struct json_document *document, const char *body,
                                 const struct sealed_value *sealed, size_t count)
{
    struct entry_view entry = {.kind = "test.note",
                               .document = document,
                               .body = 0,
                               .sealed = sealed,
                               .sealed_count = count};
    struct error err = ERROR_INIT;

    ck_assert_ok(json_parse(document, (const uint8_t *)body, strlen(body), JSON_CANONICAL, &err),
                 err);
    return entry;
}

START_TEST(a_member_opens_in_clear_and_sealed_alike)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err), *value = json_document_new(&err);
    struct sealed_value sealed = seal("test.note/maybe", "2021-000001/1", "六百");
    struct entry_view entry;
    char body[256];
    uint32_t node;

    entry = view_of(document, "{\"maybe\":\"六百\"}", NULL, 0);
    ck_assert_ok(journal_open_member(journal, &entry, "maybe", "any", value, &node, &err), err);
    ck_assert(json_string_equals(value, node, "六百"));
    (void)snprintf(body, sizeof body, "{\"maybe\":%s}", buffer_text(&member));
    entry = view_of(document, body, &sealed, 1);
    ck_assert_ok(journal_open_member(journal, &entry, "maybe", "2021-000001/1", value, &node, &err),
                 err);
    ck_assert(json_string_equals(value, node, "六百"));
    ck_assert(!journal_open_member(journal, &entry, "maybe", "2021-000001/2", value, &node, &err));
    ck_assert_error(err, ERROR_VERIFY, "sealed for another than 2021-000001/2");
    error_clear(&err);
    ck_assert(!journal_open_member(journal, &entry, "absent", "a", value, &node, &err));
    ck_assert_error(err, ERROR_INPUT, "no member absent");
    json_document_free(document);
    json_document_free(value);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("seal");
    TCase *tests = tcase_create("seal");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_sealed_value_is_the_hmac_of_its_plain_object);
    tcase_add_test(tests, a_sealed_value_lies_beside_its_entry_and_not_in_it);
    tcase_add_test(tests, a_seal_that_does_not_fit_its_place_is_refused);
    tcase_add_test(tests, a_plain_object_has_its_four_members_and_no_other);
    tcase_add_test(tests, a_member_opens_in_clear_and_sealed_alike);
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
