/*
 * test_kinds.c - the tables of kinds themselves, and the journal's own: publications, files,
 * policies, references, certificates.
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

/* ---- Tables of kinds ------------------------------------------------------------------------- */

START_TEST(every_member_of_every_kind_is_marked)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_check_modules(fixture_modules, &err), err);
}
END_TEST

static bool apply_nothing(struct journal *unused, const struct entry_view *entry, struct error *err)
{
    (void)unused;
    (void)entry;
    (void)err;
    return true;
}

static bool describe_nothing(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    (void)entry;
    (void)out;
    (void)err;
    return true;
}

// clang-format off
static const struct entry_member unmarked[] = {
    {.name = "a", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "b", .type = MEMBER_TEXT},
    {.name = NULL},
};
static const struct entry_member disordered[] = {
    {.name = "b", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "a", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
static const struct entry_member inner[] = {
    {.name = "a", .type = MEMBER_TEXT, .mark = MEMBER_SEALED},
    {.name = NULL},
};
static const struct entry_member nested[] = {
    {.name = "a", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .members = inner},
    {.name = NULL},
};
static const struct entry_member plain[] = {
    {.name = "a", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
static const struct entry_member wordless[] = {
    {.name = "a", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
// clang-format on

START_TEST(tables_of_kinds_that_are_wrong_are_refused)
{
    static const struct {
        const char *name;
        const struct entry_member *members;
        const char *covered_by;
        const char *words;
    } cases[] = {
        {"bad.kind", unmarked, "import.file", "member b is marked neither public nor sealed"},
        {"bad.kind", disordered, "import.file", "member a is out of order"},
        {"bad.kind", nested, "import.file", "sealed within another"},
        {"bad.kind", wordless, "import.file", "names no words"},
        {"bad.kind", plain, NULL, "neither signed nor covered"},
        {"bad.kind", plain, "clock.confirm", "which has no lines_root"},
        {"bad.kind", plain, "no.kind", "which has no lines_root"},
        {"bad.kind_with_a_name_of_many_letters", plain, "import.file", "name is too long"},
        {"import.file", plain, "import.file", "is there twice"},
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        const struct entry_kind kind = {.name = cases[i].name,
                                        .members = cases[i].members,
                                        .apply = apply_nothing,
                                        .describe = describe_nothing,
                                        .covered_by = cases[i].covered_by};
        const struct entry_kind *const kinds[] = {&kind, NULL};
        const struct journal_module module = {.kinds = kinds};
        const struct journal_module *const modules[] = {&journal_module, &module, NULL};

        ck_assert_msg(!journal_check_modules(modules, &err), "%s", cases[i].words);
        ck_assert_error(err, ERROR_STATE, cases[i].words);
        error_clear(&err);
    }
}
END_TEST

/* ---- Publications ---------------------------------------------------------------------------- */

#define ROOT                                                                                       \
    "\"documents_root\":\"00000000000000000000000000000000000000000000000000000000000000aa\""

static bool try_publish(const char *corrects, const char *period, struct error *err)
{
    char body[512];
    bool ok;

    (void)snprintf(body, sizeof body, "{\"corrects\":[%s]," ROOT ",\"period\":\"%s\"}", corrects,
                   period);
    fixture_begin(journal);
    ok = fixture_try_act(journal, "wu", "publication.make", body, err) &&
         journal_commit(journal, err);
    if (!ok) journal_rollback(journal);
    return ok;
}

START_TEST(a_publication_names_its_period_and_what_it_corrects)
{
    static const struct {
        const char *corrects, *period;
        enum error_code code;
        const char *words; /* NULL: goes through */
    } cases[] = {
        {"", "2021", ERROR_NONE, NULL},
        {"", "2021-Q1", ERROR_NONE, NULL},
        {"", "2021-03", ERROR_NONE, NULL},
        {"", "2021-13", ERROR_INPUT, "is no period"},
        {"", "2021-Q5", ERROR_INPUT, "is no period"},
        {"", "202", ERROR_INPUT, "is no period"},
        {"", "2021-03-01", ERROR_INPUT, "at most 7 characters"},
        {"", "2021", ERROR_STATE, "2021 was published before; name it"},
        {"\"2021\"", "2021", ERROR_NONE, NULL},
        {"\"2020\"", "2021-04", ERROR_STATE, "2020 was never published"},
        {"\"2021-03\",\"2021\"", "2021-04", ERROR_INPUT, "not in order"},
        {"\"2021\",\"2021-03\"", "2021-04", ERROR_NONE, NULL},
    };
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "wu", "publisher");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        bool ok = try_publish(cases[i].corrects, cases[i].period, &err);

        ck_assert_msg(ok == (cases[i].words == NULL), "%s: %s", cases[i].period, err.message);
        if (!ok) ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
    }
}
END_TEST

START_TEST(only_a_publisher_publishes)
{
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "wu", "maker");
    ck_assert(!try_publish("", "2021", &err));
    ck_assert_error(err, ERROR_PERMISSION, "wu is not publisher");
}
END_TEST

/* ---- Files ----------------------------------------------------------------------------------- */

static bool try_import(const char *reference, const char *content, const char *subject,
                       struct error *err)
{
    struct signatory by = {"li", fixture_key("li")};
    struct buffer value = BUFFER_INIT(256), plain_text = BUFFER_INIT(1024),
                  member = BUFFER_INIT(256), body = BUFFER_INIT(1024);
    hash_t hash = hash_sha256((const uint8_t *)content, strlen(content)),
           none = hash_sha256(NULL, 0);
    char hex[HASH_HEX_SIZE], root[HASH_HEX_SIZE];
    struct sealed_value sealed;
    struct appended appended;
    bool ok;

    ck_assert(buffer_append_format(&value, err, "\"%s\"", hash_to_hex(&hash, hex)));
    ck_assert(journal_seal(journal, "import.file/content", subject, &value, &plain_text, &member,
                           &sealed, err));
    ck_assert(buffer_append_format(&body, err,
                                   "{\"content\":%s,\"lines_root\":\"%s\",\"reference\":\"%s\","
                                   "\"rows\":3,\"what\":\"payments\"}",
                                   buffer_text(&member), hash_to_hex(&none, root), reference));
    fixture_begin(journal);
    ok = journal_append_act(journal, &by, "import.file", &body, &sealed, 1, &appended, err) &&
         journal_commit(journal, err);
    if (!ok) journal_rollback(journal);
    buffer_done(&value);
    buffer_done(&plain_text);
    buffer_done(&member);
    buffer_done(&body);
    return ok;
}

START_TEST(a_file_is_taken_in_once)
{
    struct reference reference = {"sheet-1", "file", hash_sha256((const uint8_t *)"content", 7)};
    struct error err = ERROR_INIT;
    bool is_repeat = true;
    uint64_t seq = 99;

    fixture_add_user(journal, "li", "maker");
    ck_assert_ok(journal_reference_check(journal, &reference, &is_repeat, &seq, &err), err);
    ck_assert(!is_repeat);
    ck_assert_msg(!try_import("sheet-1", "content", "sheet-2", &err), "sealed for another");
    ck_assert_error(err, ERROR_VERIFY, "sealed for another than sheet-1");
    error_clear(&err);
    ck_assert_ok(try_import("sheet-1", "content", "sheet-1", &err), err);
    ck_assert_ok(journal_reference_check(journal, &reference, &is_repeat, &seq, &err), err);
    ck_assert(is_repeat);
    ck_assert_uint_eq(seq, 3);
    ck_assert(!try_import("sheet-1", "content", "sheet-1", &err));
    ck_assert_error(err, ERROR_CONFLICT, "the file sheet-1 is in the ledger already (entry 3)");
    error_clear(&err);
    ck_assert(!try_import("sheet-1", "other", "sheet-1", &err));
    ck_assert_error(err, ERROR_CONFLICT, "belongs to a file of other content (entry 3)");
    error_clear(&err);
    reference.what = "voucher";
    ck_assert(!journal_reference_check(journal, &reference, &is_repeat, &seq, &err));
    ck_assert_error(err, ERROR_CONFLICT, "sheet-1 belongs to a file");
}
END_TEST

START_TEST(only_a_maker_imports)
{
    struct error err = ERROR_INIT;

    fixture_add_user(journal, "li", "checker");
    ck_assert(!try_import("sheet-1", "content", "sheet-1", &err));
    ck_assert_error(err, ERROR_PERMISSION, "li is not maker anywhere");
}
END_TEST

/* ---- Policies -------------------------------------------------------------------------------- */

START_TEST(a_policy_holds_from_its_day_on)
{
    static const struct {
        const char *day;
        int64_t value;
    } cases[] = {
        {"2020-12-31", -7}, {"2021-01-01", 10}, {"2021-06-30", 10},
        {"2021-07-01", 30}, {"2099-01-01", 30},
    };
    struct error err = ERROR_INIT;
    int64_t value;
    date_t day;

    fixture_agree(journal, "policy.set",
                  "{\"name\":\"late_days\",\"valid_from\":\"2021-01-01\",\"value\":10}");
    fixture_agree(journal, "policy.set",
                  "{\"name\":\"late_days\",\"valid_from\":\"2021-07-01\",\"value\":20}");
    fixture_agree(journal, "policy.set",
                  "{\"name\":\"late_days\",\"valid_from\":\"2021-07-01\",\"value\":30}");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_ok(date_parse(cases[i].day, &day, &err), err);
        ck_assert_ok(journal_policy(journal, "late_days", day, -7, &value, &err), err);
        ck_assert_msg(value == cases[i].value, "%s", cases[i].day);
    }
    ck_assert_ok(journal_policy(journal, "another", day, 5, &value, &err), err);
    ck_assert_int_eq(value, 5);
}
END_TEST

/* ---- Certificates ---------------------------------------------------------------------------- */

struct seen {
    int count, revoked;
};

static bool see(void *context, const uint8_t *der, size_t size, bool is_revoked, struct error *err)
{
    struct seen *seen = context;

    seen->count++;
    if (is_revoked) seen->revoked++;
    return certificate_check_der(der, size, FIXTURE_ORIGIN, err);
}

static bool try_agree(const char *act, const char *body, struct error *err)
{
    struct appended proposal;
    bool ok;

    fixture_begin(journal);
    ok = fixture_try_propose(journal, "zhao", act, body, &proposal, err);
    journal_rollback(journal);
    return ok;
}

START_TEST(certificates_are_pinned_and_revoked_by_two)
{
    const struct buffer *der = fixture_certificate();
    hash_t hash = hash_sha256(der->data, der->size);
    struct buffer base64 = BUFFER_INIT(8192);
    char add[4096], revoke[256], hex[HASH_HEX_SIZE];
    struct error err = ERROR_INIT;
    struct seen seen = {0, 0};

    ck_assert_ok(base64_encode(der->data, der->size, &base64, &err), err);
    (void)snprintf(add, sizeof add, "{\"certificate\":\"%s\"}", buffer_text(&base64));
    (void)snprintf(revoke, sizeof revoke, "{\"certificate_sha256\":\"%s\"}",
                   hash_to_hex(&hash, hex));
    ck_assert(!try_agree("certificate.revoke", revoke, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no certificate of that SHA-256");
    error_clear(&err);
    fixture_agree(journal, "certificate.add", add);
    ck_assert(!try_agree("certificate.add", add, &err));
    ck_assert_error(err, ERROR_CONFLICT, "is or was in the ledger already");
    error_clear(&err);
    fixture_agree(journal, "certificate.revoke", revoke);
    ck_assert(!try_agree("certificate.revoke", revoke, &err));
    ck_assert_error(err, ERROR_STATE, "revoked already");
    error_clear(&err);
    ck_assert_ok(journal_walk_certificates(journal, see, &seen, &err), err);
    ck_assert_int_eq(seen.count, 2);
    ck_assert_int_eq(seen.revoked, 1);
    buffer_done(&base64);
}
END_TEST

START_TEST(a_certificate_is_of_its_ledger_and_for_ever)
{
    const struct buffer *der = fixture_certificate();
    struct buffer changed = BUFFER_INIT(8192);
    struct error err = ERROR_INIT;
    uint8_t *end;

    ck_assert_ok(certificate_check_der(der->data, der->size, FIXTURE_ORIGIN, &err), err);
    ck_assert(!certificate_check_der(der->data, der->size, "mingzhang/1", &err));
    ck_assert_error(err, ERROR_INPUT, "is not mingzhang/1");
    error_clear(&err);
    ck_assert(buffer_append(&changed, der->data, der->size, &err));
    changed.data[changed.size - 1] ^= 1;
    ck_assert(!certificate_check_der(changed.data, changed.size, FIXTURE_ORIGIN, &err));
    error_clear(&err);
    changed.data[changed.size - 1] ^= 1;
    for (end = changed.data; memcmp(end, "99991231235959Z", 15) != 0; end++)
        ck_assert(end < changed.data + changed.size - 15);
    *end = '2';
    ck_assert(!certificate_check_der(changed.data, changed.size, FIXTURE_ORIGIN, &err));
    ck_assert_int_ne(err.code, ERROR_NONE);
    error_clear(&err);
    ck_assert(buffer_append_byte(&changed, 0, &err));
    ck_assert(!certificate_check_der(changed.data, changed.size, FIXTURE_ORIGIN, &err));
    ck_assert_error(err, ERROR_INPUT, "not one X.509 certificate");
    buffer_done(&changed);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("kinds");
    TCase *tests = tcase_create("kinds");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, every_member_of_every_kind_is_marked);
    tcase_add_test(tests, tables_of_kinds_that_are_wrong_are_refused);
    tcase_add_test(tests, a_publication_names_its_period_and_what_it_corrects);
    tcase_add_test(tests, only_a_publisher_publishes);
    tcase_add_test(tests, a_file_is_taken_in_once);
    tcase_add_test(tests, only_a_maker_imports);
    tcase_add_test(tests, a_policy_holds_from_its_day_on);
    tcase_add_test(tests, certificates_are_pinned_and_revoked_by_two);
    tcase_add_test(tests, a_certificate_is_of_its_ledger_and_for_ever);
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
