/*
 * test_documents.c - writing XML, its digest, signing, the schema, the page, the manifest; checked
 * with xmlsec1 and xmllint where they are installed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "exporters/correction.h"
#include "exporters/document.h"
#include "exporters/embedded.h"
#include "exporters/exporters.h"
#include "exporters/manifest.h"
#include "exporters/page.h"
#include "exporters/press.h"
#include "exporters/xml_writer.h"
#include "fixture.h"

#define TOWNSHIP "tests/exporters/documents/township.xml"

static struct press_key key;
static struct press *press;

static void setup(void)
{
    struct error err = ERROR_INIT;

    fixture_setup();
    fixture_press_key(&key);
    ck_good(press_open(&key, &press, &err), &err);
}

static void teardown(void)
{
    press_close(press);
    fixture_press_key_done(&key);
    fixture_teardown();
}

/* ---- Periods --------------------------------------------------------------------------------- */

/* Differences between two documents, and whether they are true of both. */
START_TEST(correction_names_no_amount_that_is_not_told_any_more)
{
#define SUMMARY(fen)                                                                               \
    "<disclosure xmlns=\"urn:mingzhang:disclosure:1\"><summary><spent fen=\"" fen                  \
    "\"/></summary><books><book name=\"construction\">"
    static const char *const texts[] = {
        SUMMARY("5") "<line fund=\"F1\"><opening fen=\"7\"/></line></book></books></disclosure>",
        SUMMARY("6") "</book></books></disclosure>"};
    struct buffer before = BUFFER_INIT(4096), now = BUFFER_INIT(4096), out = BUFFER_INIT(4096);
    const struct corrected_figure *wrong;
    struct correction correction;
    struct xml_writer xml;
    struct error err = ERROR_INIT;

    ck_good(buffer_append_text(&before, texts[0], &err), &err);
    ck_good(buffer_append_text(&now, texts[1], &err), &err);
    ck_good(correction_find(&before, &now, "x", &correction, &err), &err);
    ck_assert_uint_eq(correction.count, 2);
    ck_good(correction_check(&correction, &now, CORRECTION_NOW, "x", &wrong, &err), &err);
    ck_assert_ptr_null(wrong);
    ck_good(correction_check(&correction, &before, CORRECTION_NOW, "x", &wrong, &err), &err);
    ck_assert_str_eq(wrong->figure, "spent");
    ck_good(correction_check(&correction, &before, CORRECTION_WAS, "x", &wrong, &err), &err);
    ck_assert_ptr_null(wrong);
    ck_good(correction_check(&correction, &now, CORRECTION_WAS, "x", &wrong, &err), &err);
    ck_assert_str_eq(wrong->figure, "spent");
    xml_writer_init(&xml, &out);
    correction_write(&correction, &xml);
    ck_good(xml_writer_finish(&xml, &err), &err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&out), "<was fen=\"5\""));
    ck_assert_ptr_nonnull(strstr(buffer_text(&out), "figure=\"opening\"/>"));
    ck_assert_ptr_null(strstr(buffer_text(&out), "fen=\"7\""));
    correction_done(&correction);
    buffer_done(&before);
    buffer_done(&now);
    buffer_done(&out);
}
END_TEST

START_TEST(period_is_a_year_a_quarter_or_a_month)
{
    static const struct {
        const char *text;
        int32_t first, last; /* months from January 2021; -1: refused */
    } cases[] = {
        {"2021", 0, 11},      {"2021-Q1", 0, 2},  {"2021-Q4", 9, 11},
        {"2021-09", 8, 8},    {"2021-Q0", -1, 0}, /* no such quarter */
        {"2021-Q5", -1, 0},                       /* no such quarter */
        {"2021-13", -1, 0},                       /* no such month */
        {"2021-9", -1, 0},                        /* two digits */
        {"2021-q3", -1, 0},                       /* capital Q */
        {"21", -1, 0},                            /* four digits */
        {"", -1, 0},                              /* nothing */
        {"2021-Q3x", -1, 0},                      /* more after it */
        {"2021-09-01", -1, 0}                     /* a day */
    };
    struct error err = ERROR_INIT;
    struct period period;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        if (cases[i].first < 0) {
            ck_fails(period_parse(cases[i].text, &period, &err), &err, ERROR_USAGE, "is no period");
            continue;
        }
        ck_good(period_parse(cases[i].text, &period, &err), &err);
        ck_assert_str_eq(period.name, cases[i].text);
        ck_assert_int_eq(period.first_month, 2021 * 12 + cases[i].first);
        ck_assert_int_eq(period.last_month, 2021 * 12 + cases[i].last);
    }
}
END_TEST

/* ---- Writing --------------------------------------------------------------------------------- */

START_TEST(writer_escapes_what_xml_would_misread)
{
    static const struct {
        const char *text, *in_text, *in_attribute;
    } cases[] = {
        {"a&b<c>\"d\"", "a&amp;b&lt;c&gt;\"d\"", "a&amp;b&lt;c&gt;&quot;d&quot;"},
        {"one\ntwo\tthree", "one\ntwo\tthree", "one&#xA;two&#x9;three"},
        {"cr\r", "cr&#xD;", "cr&#xD;"},
        {"bell\x07", "bell\xEF\xBF\xBD", "bell\xEF\xBF\xBD"}, /* no character of XML 1.0 */
        {"\xEF\xBF\xBE", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},     /* U+FFFE */
        {"bad\xFF", "bad\xEF\xBF\xBD", "bad\xEF\xBF\xBD"},    /* no UTF-8 */
        {"\xE6\x98\x8E\xE8\xB4\xA6", "\xE6\x98\x8E\xE8\xB4\xA6", "\xE6\x98\x8E\xE8\xB4\xA6"},
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);
        struct buffer wanted = BUFFER_INIT(FIXTURE_FILE_MAX);
        struct xml_writer xml;
        xmlDocPtr tree = NULL;

        xml_writer_init(&xml, &out);
        xml_element_begin(&xml, "a");
        xml_attribute(&xml, "b", cases[i].text);
        xml_element_text(&xml, "c", cases[i].text);
        xml_element_end(&xml);
        ck_good(xml_writer_finish(&xml, &err), &err);
        ck_good(buffer_append_format(&wanted, &err,
                                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                     "<a b=\"%s\">\n  <c>%s</c>\n</a>\n",
                                     cases[i].in_attribute, cases[i].in_text),
                &err);
        ck_assert_str_eq(buffer_text(&out), buffer_text(&wanted));
        ck_good(document_parse(out.data, out.size, "out", &tree, &err), &err);
        xmlFreeDoc(tree);
        buffer_done(&wanted);
        buffer_done(&out);
    }
}
END_TEST

START_TEST(writer_gives_amounts_in_fen_and_in_yuan)
{
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    struct xml_writer xml;

    xml_writer_init(&xml, &out);
    xml_element_amount(&xml, "amount", (money_t){-123456789});
    ck_good(xml_writer_finish(&xml, &err), &err);
    ck_assert_ptr_nonnull(
        strstr(buffer_text(&out), "<amount fen=\"-123456789\" yuan=\"-1,234,567.89\"/>"));
    buffer_done(&out);
}
END_TEST

START_TEST(writer_tells_that_its_buffer_was_too_small)
{
    struct buffer out = BUFFER_INIT(60);
    struct error err = ERROR_INIT;
    struct xml_writer xml;

    xml_writer_init(&xml, &out);
    xml_element_text(&xml, "element", "longer than what is left of sixty bytes");
    ck_fails(xml_writer_finish(&xml, &err), &err, ERROR_LIMIT, "");
    buffer_done(&out);
}
END_TEST

/* ---- Digests --------------------------------------------------------------------------------- */

static hash_t digest_of(const char *text)
{
    struct error err = ERROR_INIT;
    hash_t digest;

    ck_good(document_digest((const uint8_t *)text, strlen(text), "test", &digest, &err), &err);
    return digest;
}

START_TEST(digest_is_over_the_exclusive_canonical_form)
{
    /* The canonical form of the first document, put down by hand. */
    static const char canonical[] = "<a xmlns=\"urn:x\" b=\"1\" c=\"2\"><d></d>\n</a>";
    hash_t wanted = hash_sha256((const uint8_t *)canonical, sizeof canonical - 1);
    hash_t digest;

    digest = digest_of("<?xml version='1.0'?>\n<a c='2'   b=\"1\" xmlns='urn:x'><d/>\r\n</a>\n\n");
    ck_assert(hash_equal(&digest, &wanted));
    digest = digest_of("<a xmlns='urn:x' b='1' c='2'><!-- not counted --><d/>\n</a>");
    ck_assert(hash_equal(&digest, &wanted));
    digest = digest_of("<a xmlns='urn:x' b='1' c='2'><d/>\n"
                       "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'>x</Signature></a>");
    ck_assert(hash_equal(&digest, &wanted));
    digest = digest_of("<a xmlns='urn:x' b='1' c='3'><d/>\n</a>");
    ck_assert(!hash_equal(&digest, &wanted));
}
END_TEST

START_TEST(parser_refuses_hostile_documents)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "not XML"},
        {"<a>", "not XML"},
        {"<a/><b/>", "not XML"},
        {"<!DOCTYPE a><a/>", "document type"},
        {"<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", "document type"},
        {"<a>\xFF</a>", "not XML"},
    };
    struct error err = ERROR_INIT;
    xmlDocPtr tree = NULL;

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        ck_fails(document_parse((const uint8_t *)cases[i].text, strlen(cases[i].text), "test",
                                &tree, &err),
                 &err, ERROR_VERIFY, cases[i].words);
}
END_TEST

/* ---- Signing --------------------------------------------------------------------------------- */

static void sign_file(const char *path, struct buffer *unsigned_xml, struct buffer *out)
{
    struct error err = ERROR_INIT;
    hash_t digest;

    fixture_read(path, unsigned_xml);
    ck_good(document_digest(unsigned_xml->data, unsigned_xml->size, path, &digest, &err), &err);
    ck_good(press_check(press, unsigned_xml, path, &err), &err);
    ck_good(press_sign(press, unsigned_xml, &digest, path, out, &err), &err);
}

START_TEST(signed_document_is_the_unsigned_one_and_a_signature)
{
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX), out = BUFFER_INIT(FIXTURE_FILE_MAX);
    const size_t end_tag = strlen("</disclosure>\n");
    struct document_facts facts;
    struct error err = ERROR_INIT;
    hash_t digest;

    sign_file(TOWNSHIP, &plain, &out);
    ck_assert_mem_eq(out.data, plain.data, plain.size - end_tag);
    ck_assert_mem_eq(out.data + out.size - end_tag, plain.data + plain.size - end_tag, end_tag);
    ck_good(document_read(out.data, out.size, TOWNSHIP, &facts, &err), &err);
    ck_good(document_digest(plain.data, plain.size, TOWNSHIP, &digest, &err), &err);
    ck_assert(hash_equal(&facts.digest, &digest));
    ck_assert_str_eq(facts.replaces, "");
    buffer_done(&out);
    buffer_done(&plain);
}
END_TEST

START_TEST(reading_names_a_document_that_was_changed_after_signing)
{
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX), out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct document_facts facts;
    struct error err = ERROR_INIT;
    char *amount;

    sign_file(TOWNSHIP, &plain, &out);
    amount = strstr((char *)out.data, "fen=\"50000000\"");
    ck_assert_ptr_nonnull(amount);
    amount[strlen("fen=\"")] = '6';
    ck_fails(document_read(out.data, out.size, TOWNSHIP, &facts, &err), &err, ERROR_VERIFY,
             "was changed after it was signed");
    ck_fails(document_read(plain.data, plain.size, TOWNSHIP, &facts, &err), &err, ERROR_VERIFY,
             "its signature says nothing");
    buffer_done(&out);
    buffer_done(&plain);
}
END_TEST

START_TEST(press_refuses_a_document_that_breaks_the_schema)
{
    static const struct {
        const char *from, *to, *words;
    } cases[] = {
        {"fund=\"F1\">\n        <opening", "fund=\"F9\">\n        <opening",
         "F9"}, /* no such fund */
        {"yuan=\"500,000.00\"", "yuan=\"500000.0\"", "yuan"},
        {"<book name=\"subsidy\">", "<book name=\"livelihood\">", "book"}, /* a book twice */
        {"term=\"spent\"", "term=\"stolen\"", "term"},
        {"period=\"2021\"", "period=\"2021-Q5\"", "period"},
        {"<expired/>", "", "expired"},
    };
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;

    fixture_read(TOWNSHIP, &plain);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        const char *at = strstr(buffer_text(&plain), cases[i].from);
        struct buffer broken = BUFFER_INIT(FIXTURE_FILE_MAX);

        ck_assert_msg(at != NULL, "%s", cases[i].from);
        ck_good(buffer_append(&broken, plain.data, (size_t)(at - buffer_text(&plain)), &err), &err);
        ck_good(buffer_append_text(&broken, cases[i].to, &err), &err);
        ck_good(buffer_append_text(&broken, at + strlen(cases[i].from), &err), &err);
        ck_fails(press_check(press, &broken, "broken.xml", &err), &err, ERROR_STATE,
                 "breaks disclosure.xsd");
        buffer_done(&broken);
    }
    buffer_done(&plain);
}
END_TEST

START_TEST(press_refuses_a_key_that_is_not_its_certificates)
{
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX), out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct press *wrong_press = NULL;
    struct press_key other, wrong;
    struct error err = ERROR_INIT;
    hash_t digest;

    press_close(press);
    press = NULL;
    fixture_press_key(&other);
    wrong = (struct press_key){other.key_pem, other.key_size, key.certificate_pem,
                               key.certificate_size};
    fixture_read(TOWNSHIP, &plain);
    ck_good(document_digest(plain.data, plain.size, TOWNSHIP, &digest, &err), &err);
    ck_good(press_open(&wrong, &wrong_press, &err), &err);
    ck_assert(!press_sign(wrong_press, &plain, &digest, TOWNSHIP, &out, &err));
    ck_assert(err.code == ERROR_KEY || err.code == ERROR_VERIFY);
    ck_assert_uint_eq(out.size, 0);
    press_close(wrong_press);
    fixture_press_key_done(&other);
    buffer_done(&out);
    buffer_done(&plain);
}
END_TEST

START_TEST(stock_tools_accept_ours_and_refuse_a_forgers_key)
{
    static const char *const verify[] = {
        "xmlsec1",       "--verify",   "--enabled-key-data", "x509",
        "--trusted-pem", "pinned.crt", "signed.xml",         NULL};
    static const char *const validate[] = {"xmllint",        "--noout",    "--nonet", "--schema",
                                           "disclosure.xsd", "signed.xml", NULL};
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX), out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct press_key pinned;

    if (!fixture_has("xmlsec1") || !fixture_has("xmllint")) {
        (void)fputs("xmlsec1 or xmllint isn't installed: not checked\n", stderr);
        ck_assert_ptr_null(getenv("CI"));
        return;
    }
    fixture_press_key(&pinned);
    sign_file(TOWNSHIP, &plain, &out);
    fixture_write(fixture_path("signed.xml"), (const char *)out.data, out.size);
    fixture_write(fixture_path("disclosure.xsd"), (const char *)embedded_xsd, embedded_xsd_size);
    fixture_write(fixture_path("pinned.crt"), (const char *)key.certificate_pem,
                  key.certificate_size);
    ck_assert_int_eq(fixture_run(verify, NULL), 0);
    ck_assert_int_eq(fixture_run(validate, NULL), 0);
    /* Another certificate is pinned: whoever signed this is nobody. */
    fixture_write(fixture_path("pinned.crt"), (const char *)pinned.certificate_pem,
                  pinned.certificate_size);
    ck_assert_int_ne(fixture_run(verify, NULL), 0);
    fixture_press_key_done(&pinned);
    buffer_done(&out);
    buffer_done(&plain);
}
END_TEST

/* ---- Pages ----------------------------------------------------------------------------------- */

START_TEST(page_needs_nothing_from_anywhere_and_says_where_it_comes_from)
{
    static const char *const wanted[] = {"lang=\"zh-CN\"",    "width=device-width",
                                         "500,000 元",        "0123 4567 89ab cdef",
                                         "财农〔2021〕19号",  "0914-5322001",
                                         "&lt;含排水&gt;",    "--enabled-key-data x509",
                                         "611025101200.html", "12317"};
    static const struct page_choice chinese = {"zh", NULL, NULL, NULL, NULL};
    struct page_maker *maker = NULL;
    static const char *const unwanted[] = {"<script", "http:", "https:", "src=", "@import"};
    struct buffer plain = BUFFER_INIT(FIXTURE_FILE_MAX), page = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct buffer again = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;

    ck_good(page_maker_open(&maker, &err), &err);
    fixture_read(TOWNSHIP, &plain);
    ck_good(page_make(maker, &plain, TOWNSHIP, &chinese, &page, &err), &err);
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
        ck_assert_msg(strstr(buffer_text(&page), wanted[i]) != NULL, "%s", wanted[i]);
    for (size_t i = 0; i < ARRAY_COUNT(unwanted); i++)
        ck_assert_msg(strstr(buffer_text(&page), unwanted[i]) == NULL, "%s", unwanted[i]);
    for (const char *at = buffer_text(&page); (at = strstr(at, "url(")) != NULL; at += 4)
        ck_assert_msg(at[4] == '#', "%.40s", at); /* a pattern of the page's own */
    ck_good(page_make(maker, &plain, TOWNSHIP, &chinese, &again, &err), &err);
    ck_assert_str_eq(buffer_text(&page), buffer_text(&again));
    page_maker_close(maker);
    buffer_done(&again);
    buffer_done(&page);
    buffer_done(&plain);
}
END_TEST

/* ---- Manifests ------------------------------------------------------------------------------- */

START_TEST(manifest_sorts_its_files_and_keeps_the_note_exactly)
{
    static const char note[] = "mingzhang/611025000000\n3\nAAAA\n\n\xE2\x80\x94 x y<&>\n";
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX), out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct manifest manifest = {NULL, 0};
    struct error err = ERROR_INIT;
    xmlDocPtr tree = NULL;
    xmlChar *content;
    xmlNodePtr at;
    hash_t digest;

    ck_good(manifest_add(&manifest, "snapshots/2021/b.xml", (const uint8_t *)"b", 1, &err), &err);
    ck_good(manifest_add(&manifest, "index.html", (const uint8_t *)"", 0, &err), &err);
    ck_good(manifest_format(&manifest, "mingzhang/611025000000", "2021", note, &xml, &err), &err);
    ck_assert(strstr(buffer_text(&xml), "index.html") < strstr(buffer_text(&xml), "b.xml"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&xml),
                                 "sha256=\"e3b0c44298fc1c149afbf4c8996fb924"
                                 "27ae41e4649b934ca495991b7852b855\" size=\"0\""));
    ck_good(document_digest(xml.data, xml.size, "manifest.xml", &digest, &err), &err);
    ck_good(press_sign(press, &xml, &digest, "manifest.xml", &out, &err), &err);
    ck_good(document_parse(out.data, out.size, "manifest.xml", &tree, &err), &err);
    at = xmlDocGetRootElement(tree)->children;
    while (at != NULL && (at->name == NULL || strcmp((const char *)at->name, "checkpoint") != 0))
        at = at->next;
    content = xmlNodeGetContent(at);
    ck_assert_str_eq((const char *)content, note);
    xmlFree(content);
    xmlFreeDoc(tree);
    manifest_done(&manifest);
    buffer_done(&out);
    buffer_done(&xml);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/documents");
    TCase *plain = tcase_create("plain"), *pressed = tcase_create("press");
    SRunner *runner;
    int failed;

    tcase_add_test(plain, correction_names_no_amount_that_is_not_told_any_more);
    tcase_add_test(plain, period_is_a_year_a_quarter_or_a_month);
    tcase_add_test(plain, writer_escapes_what_xml_would_misread);
    tcase_add_test(plain, writer_gives_amounts_in_fen_and_in_yuan);
    tcase_add_test(plain, writer_tells_that_its_buffer_was_too_small);
    tcase_add_test(plain, digest_is_over_the_exclusive_canonical_form);
    tcase_add_test(plain, parser_refuses_hostile_documents);
    suite_add_tcase(suite, plain);
    tcase_add_checked_fixture(pressed, setup, teardown);
    tcase_add_test(pressed, signed_document_is_the_unsigned_one_and_a_signature);
    tcase_add_test(pressed, reading_names_a_document_that_was_changed_after_signing);
    tcase_add_test(pressed, press_refuses_a_document_that_breaks_the_schema);
    tcase_add_test(pressed, press_refuses_a_key_that_is_not_its_certificates);
    tcase_add_test(pressed, stock_tools_accept_ours_and_refuse_a_forgers_key);
    tcase_add_test(pressed, page_needs_nothing_from_anywhere_and_says_where_it_comes_from);
    tcase_add_test(pressed, manifest_sorts_its_files_and_keeps_the_note_exactly);
    suite_add_tcase(suite, pressed);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
