/*
 * test_disclosure.c - what a document tells besides sums: which divisions have one, one of which
 * there is nothing to tell, how long money has stood, what the commit says and what the fingerprint
 * is of.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "exporters/page.h"
#include "exporters/press.h"
#include "world.h"

#define VILLAGE_NEW "611025101204"
#define NOON        INT64_C(1641816000) /* 2022-01-10T12:00:00Z */
#define NOTHING     "Nothing came to and nothing left this "
#define LINK        "<division code=\"" VILLAGE_NEW "\""

static struct world world;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_fill(&world);
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

/* Of a division (NULL: of each); static memory. */
static const char *document(const char *period, const char *division)
{
    static struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);

    buffer_reset(&xml);
    world_render(&world, period, division, &xml);
    return buffer_text(&xml);
}

/* Both languages, one after the other; static memory. */
static const char *page(const char *period, const char *division)
{
    static const struct page_choice choices[] = {{"zh", NULL, NULL, NULL, NULL},
                                                 {"en", NULL, NULL, NULL, NULL}};
    static struct buffer html = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct page_maker *maker = NULL;
    struct press *press = NULL;
    struct press_key key;
    struct error err = ERROR_INIT;

    buffer_reset(&html);
    fixture_press_key(&key);
    ck_good(press_open(&key, &press, &err), &err);
    ck_good(page_maker_open(&maker, &err), &err);
    world_render(&world, period, division, &xml);
    ck_good(press_check(press, &xml, division, &err), &err);
    for (size_t i = 0; i < ARRAY_COUNT(choices); i++)
        ck_good(page_make(maker, &xml, division, &choices[i], &html, &err), &err);
    page_maker_close(maker);
    press_close(press);
    fixture_press_key_done(&key);
    buffer_done(&xml);
    return buffer_text(&html);
}

static void expect(const char *text, const char *wanted, bool there)
{
    ck_assert_msg((strstr(text, wanted) != NULL) == there, "%s \"%s\":\n%.3000s",
                  there ? "lacks" : "has", wanted, text);
}

static size_t count(const char *text, const char *wanted)
{
    size_t found = 0;

    for (text = strstr(text, wanted); text != NULL; text = strstr(text + 1, wanted))
        found++;
    return found;
}

/* ---- Which divisions ------------------------------------------------------------------------- */

START_TEST(every_division_has_a_document_and_is_linked_to)
{
    static const char *const periods[] = {"2020", "2021", "2021-Q3", "2022-01"};

    for (size_t i = 0; i < ARRAY_COUNT(periods); i++) {
        ck_assert_uint_eq(count(document(periods[i], NULL), "<disclosure "), DIVISIONS);
        ck_assert_uint_eq(count(document(periods[i], NULL), "    <division code=\""),
                          DIVISIONS - 1);
        expect(document(periods[i], COUNTY), "<below divisions=\"7\">", true);
    }
}
END_TEST

START_TEST(division_has_a_document_from_the_period_in_which_it_becomes_valid)
{
    world_add_division(&world, VILLAGE_NEW, "新村", TOWNSHIP_1, "2021-09-30");
    ck_assert_str_eq(document("2021-08", VILLAGE_NEW), "");
    expect(document("2021-08", TOWNSHIP_1), LINK, false);
    expect(document("2021-08", TOWNSHIP_1), "<below divisions=\"3\">", true);
    expect(document("2021-09", VILLAGE_NEW), "<disclosure ", true);
    expect(document("2021-09", TOWNSHIP_1), LINK, true);
    expect(document("2021-09", TOWNSHIP_1), "<below divisions=\"4\">", true);
    expect(document("2021-09", COUNTY), "<below divisions=\"8\">", true);
    /* Money that came before is told all the same, and so is what the village lies in. */
    world_add_division(&world, "611025103000", "新镇", COUNTY, "2022-01-01");
    world_add_division(&world, "611025103201", "新镇新村", "611025103000", "2022-01-01");
    ck_assert_str_eq(document("2021-08", "611025103000"), "");
    world_allocate(&world, "g1", "2021-08-01", COUNTY, "611025103201", "F1", BOOK_CONSTRUCTION,
                   700);
    expect(document("2021-08", "611025103201"), "<line fund=\"F1\">", true);
    expect(document("2021-08", "611025103000"), "<division code=\"611025103201\"", true);
    expect(document("2021-08", COUNTY), "<division code=\"611025103000\"", true);
}
END_TEST

START_TEST(division_of_which_there_is_nothing_to_tell_says_so)
{
    world_allocate(&world, "wrong", "2021-05-01", TOWNSHIP_1, VILLAGE_13, "F1", BOOK_CONSTRUCTION,
                   700);
    world_reverse(&world, "undo", "wrong", "2021-05-20");
    expect(document("2021-05", VILLAGE_13), "<line ", false);
    expect(page("2021-05", VILLAGE_13), NOTHING "village in the period", true);
    expect(page("2021-05", VILLAGE_22), "没有收到钱", true);
    expect(page("2021-01", TOWNSHIP_2), NOTHING "township in the period", true);
    /* What stands there and doesn't move isn't moved. */
    expect(page("2021-05", TOWNSHIP_2), "100,000 元", true);
    expect(page("2021-05", TOWNSHIP_2), NOTHING, true);
    expect(page("2021-06", VILLAGE_11), NOTHING, false);
    /* What is withheld may have moved. */
    world_allocate(&world, "x1", "2021-03-02", COUNTY, TOWNSHIP_2, "F2", BOOK_SUBSIDY, 60000);
    world_pay_people(&world, "s1", "2021-04-03", TOWNSHIP_2, 1, 60000);
    expect(page("2021-05", TOWNSHIP_2), NOTHING, false);
}
END_TEST

START_TEST(line_through_which_all_money_went_before_the_period_is_not_printed)
{
    const char *later = document("2021-05", COUNTY);

    expect(later, "<book name=\"none\">\n      <total lines=\"0\"", true);
    expect(later, "<book name=\"construction\">\n      <line fund=\"F1\"", true);
    expect(document("2021-02", COUNTY), "<book name=\"none\">\n      <line fund=\"F1\"", true);
    world_recover(&world, "r1", "2021-05-01", VILLAGE_11, TOWNSHIP_1, "F1", BOOK_CONSTRUCTION,
                  20000000 - 12345678);
    expect(document("2021-07", VILLAGE_11), "<line ", false); /* the rest was spent in June */
}
END_TEST

START_TEST(page_says_of_a_total_below_that_all_of_it_is_left_out)
{
    world_pay_people(&world, "s1", "2021-06-03", TOWNSHIP_1, 1, 60000);
    expect(page("2021", COUNTY), "不含未公开的 1 项", true);
    ck_assert_uint_eq(count(page("2021", COUNTY), "下面 7 处加起来"), 2);
}
END_TEST

/* ---- How long money has stood ---------------------------------------------------------------- */

static void expect_stuck(const char *period, int days, int limit)
{
    char wanted[160];

    (void)snprintf(wanted, sizeof wanted,
                   "<item book=\"construction\" fund=\"F1\" role=\"available\" days=\"%d\" "
                   "limit=\"%d\" fen=\"10000000\"",
                   days, limit);
    expect(document(period, TOWNSHIP_2), wanted, true);
}

START_TEST(stuck_money_tells_the_days_that_it_has_stood_and_the_limit_apart)
{
    expect(document("2021-03", TOWNSHIP_2), "<stuck/>", true); /* 29 days since 2021-03-02 */
    expect_stuck("2021-04", 59, 30);
    expect_stuck("2021", 304, 30);
    expect_stuck("2022", 669, 30);
    world_agree(&world, "policy.set",
                "{\"name\":\"stuck_days\",\"valid_from\":\"2022-01-01\",\"value\":5}");
    expect_stuck("2021", 304, 30);
    expect_stuck("2022", 669, 5);
    expect(page("2022", TOWNSHIP_2), "已经放了 669 天，满 5 天就算滞留", true);
}
END_TEST

/* ---- The commit ------------------------------------------------------------------------------ */

static struct publish_result publish_period(const char *period)
{
    const struct publish_options options = {.repository = fixture_path("publication"),
                                            .period = period,
                                            .by = world_person("yi"),
                                            .signer = world.signer};
    struct publish_result result;
    struct error err = ERROR_INIT;

    ck_good(publish(world.ledger, &options, &result, &err), &err);
    return result;
}

static void expect_commit(const char *wanted)
{
    static const char *const log[] = {"git",
                                      "-C",
                                      "publication",
                                      "log",
                                      "-1",
                                      "--date=iso",
                                      "--format=%an <%ae> %ad|%cn <%ce> %cd|%B",
                                      NULL};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    ck_assert_int_eq(fixture_run(log, &out), 0);
    ck_assert_str_eq(buffer_text(&out), wanted);
    buffer_done(&out);
}

#define YI(time)                                                                                   \
    "yi <yi@mingzhang/611025000000> 2022-01-10 " time                                              \
    " +0800|yi <yi@mingzhang/611025000000> 2022-01-10 " time " +0800|"

START_TEST(commit_says_who_when_and_what_by_the_ledger_alone)
{
    struct buffer entry = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    char wanted[512];
    const char *root;

    world_set_clock(NOON);
    (void)publish_period("2021");
    ck_good(journal_read(world.journal, journal_size(world.journal) - 1, &entry, &err), &err);
    root = strstr(buffer_text(&entry), "documents_root\":\"");
    ck_assert_ptr_nonnull(root);
    (void)snprintf(wanted, sizeof wanted,
                   YI("20:00:00") "publish 2021: 8 documents\n\n新公开 8 份，更正 0 "
                                  "份：镇安县、云盖寺镇、云镇村、西洞村、岩湾村、米粮镇、清泥村、东"
                                  "铺村。8 new, 0 "
                                  "corrected.\n\ndocuments_root %.64s\n\n",
                   root + strlen("documents_root\":\""));
    expect_commit(wanted);
    world_set_clock(NOON + 1);
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    world_set_clock(NOON + 3600); /* later than any entry */
    (void)snprintf(wanted, sizeof wanted, YI("20:00:01") "publish checkpoint %llu\n\n",
                   (unsigned long long)publish_period(NULL).size);
    expect_commit(wanted);
    buffer_done(&entry);
}
END_TEST

/* ---- The log's key --------------------------------------------------------------------------- */

START_TEST(fingerprint_is_the_sha256_of_the_keys_32_bytes)
{
    char hex[HASH_HEX_SIZE], wanted[160] = "log_key=\"";
    struct note_vkey key;
    struct error err = ERROR_INIT;
    hash_t hash;

    ck_good(journal_log_key(world.journal, &key, &err), &err);
    hash = hash_sha256(key.key.bytes, 32);
    hash_to_hex(&hash, hex);
    for (size_t i = 0; i < 64; i += 4)
        (void)snprintf(wanted + strlen(wanted), 6, "%.4s%s", hex + i, i < 60 ? " " : "\"");
    expect(document("2021", COUNTY), wanted, true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/disclosure");
    TCase *all = tcase_create("disclosure");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, every_division_has_a_document_and_is_linked_to);
    tcase_add_test(all, division_has_a_document_from_the_period_in_which_it_becomes_valid);
    tcase_add_test(all, division_of_which_there_is_nothing_to_tell_says_so);
    tcase_add_test(all, line_through_which_all_money_went_before_the_period_is_not_printed);
    tcase_add_test(all, page_says_of_a_total_below_that_all_of_it_is_left_out);
    tcase_add_test(all, stuck_money_tells_the_days_that_it_has_stood_and_the_limit_apart);
    tcase_add_test(all, commit_says_who_when_and_what_by_the_ledger_alone);
    tcase_add_test(all, fingerprint_is_the_sha256_of_the_keys_32_bytes);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
