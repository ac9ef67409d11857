/*
 * test_data.c - the tables and the feed of a publication: what stands in them, what doesn't, and
 * that the same ledger makes the same bytes. tests/data reads them with others' programs.
 */
#include <stdlib.h>
#include <string.h>

#include "exporters/data.h"
#include "world.h"

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

static void publish_into(const char *repository, const char *period)
{
    char path[FIXTURE_PATH_SIZE];
    struct publish_options options = {
        .repository = path, .period = period, .by = world_person("yi"), .signer = world.signer};
    struct publish_result result;
    struct error err = ERROR_INIT;

    (void)snprintf(path, sizeof path, "%s", fixture_path(repository));
    ck_good(publish(world.ledger, &options, &result, &err), &err);
}

static void read_published(const char *repository, const char *file, struct buffer *out)
{
    char name[2 * FIXTURE_PATH_SIZE];

    (void)snprintf(name, sizeof name, "%s/%s", repository, file);
    buffer_reset(out);
    fixture_read(fixture_path(name), out);
}

/* A file of the publication has a text, or lacks it. */
static void expect(const char *file, const char *wanted, bool there)
{
    struct buffer bytes = BUFFER_INIT(FIXTURE_FILE_MAX);

    read_published("publication", file, &bytes);
    ck_assert_msg((strstr(buffer_text(&bytes), wanted) != NULL) == there, "%s %s \"%s\":\n%.4000s",
                  file, there ? "lacks" : "has", wanted, buffer_text(&bytes));
    buffer_done(&bytes);
}

/* ---- Tables ------------------------------------------------------------------------------------
 */

START_TEST(tables_tell_what_the_documents_tell)
{
    publish_into("publication", "2021");
    expect("snapshots/2021/data/lines.csv",
           "division,division_name,level,book,fund,side,term,fen,yuan,withheld\r\n", true);
    expect("snapshots/2021/data/lines.csv",
           VILLAGE_11 ",云镇村,village,construction,F1,out,spent,12345678,123456.78,\r\n", true);
    expect("snapshots/2021/data/lines.csv",
           TOWNSHIP_1 ",云盖寺镇,township,construction,F1,out,passed_down,25000000,250000.00,\r\n",
           true);
    expect("snapshots/2021/data/transfers.csv",
           TOWNSHIP_1 ",云盖寺镇,township,F1,in,recovered_from_below," VILLAGE_12
                      ",西洞村,1000000,10000.00\r\n",
           true);
    expect("snapshots/2021/data/below.csv",
           TOWNSHIP_1 ",云盖寺镇,township,construction,out,spent,12345678,123456.78,2,0,\r\n",
           true);
    expect("snapshots/2021/data/plans.csv", "P1,2,,村民自筹,", true);
    expect("snapshots/2021/data/funds.csv", "\r\nF1,", true);
    expect("snapshots/2021/manifest.xml", "snapshots/2021/data/lines.csv", true);
    expect("snapshots/2021/manifest.xml", "snapshots/2021/datapackage.json", true);
    expect("snapshots/2021/manifest.xml", "\"feed.xml\"", true);
    expect("snapshots/2021/" VILLAGE_11 ".html", "href=\"data/lines.csv\"", true);
    expect("index.html", "href=\"feed.xml\"", true);
}
END_TEST

START_TEST(withheld_line_has_a_reason_and_no_figure)
{
    world_pay_people(&world, "h1", "2021-06-01", TOWNSHIP_1, 5, 60000);
    world_pay_people(&world, "h2", "2021-06-01", TOWNSHIP_1, 1, 60000);
    publish_into("publication", "2021");
    expect("snapshots/2021/data/lines.csv",
           TOWNSHIP_1 ",云盖寺镇,township,subsidy,F2,withheld,,,,sealed_totals\r\n", true);
    expect("snapshots/2021/data/lines.csv", TOWNSHIP_1 ",云盖寺镇,township,subsidy,F2,opening",
           false);
    expect("snapshots/2021/data/below.csv",
           COUNTY ",镇安县,county,subsidy,withheld,,,,,1,secondary\r\n", true);
    expect("snapshots/2021/data/projects.csv", "\r\nP1,", true);
    expect("snapshots/2021/data/lines.csv", "360000", false);
    expect("snapshots/2021/data/divisions.csv", "360000", false);
}
END_TEST

START_TEST(same_ledger_makes_the_same_tables_and_feed)
{
    static const char *const others[] = {"feed.xml", "snapshots/2021/datapackage.json"};
    struct buffer first = BUFFER_INIT(FIXTURE_FILE_MAX), second = BUFFER_INIT(FIXTURE_FILE_MAX);

    publish_into("publication", "2021");
    publish_into("again", "2021"); /* the same entry brings it out */
    for (size_t i = 0; i < data_table_count + ARRAY_COUNT(others); i++) {
        char path[FIXTURE_PATH_SIZE], table[DATA_PATH_SIZE];

        if (i < data_table_count)
            (void)snprintf(path, sizeof path, "snapshots/2021/%s", data_table_path(i, table));
        else
            (void)snprintf(path, sizeof path, "%s", others[i - data_table_count]);
        read_published("publication", path, &first);
        read_published("again", path, &second);
        ck_assert_msg(first.size > 0, "%s is empty", path);
        ck_assert_msg(strcmp(buffer_text(&first), buffer_text(&second)) == 0, "%s differs", path);
    }
    buffer_done(&first);
    buffer_done(&second);
}
END_TEST

/* Add a document to fresh tables; the bytes of one of them. */
static void make_table(const char *xml, const char *table, struct buffer *out)
{
    struct buffer document = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    struct data *data = data_new(&err);
    const hash_t digest = {{0}};
    size_t index = 0;

    ck_assert_ptr_nonnull(data);
    ck_good(buffer_append_text(&document, xml, &err), &err);
    ck_good(data_add(data, &document, "snapshots/2021/x.xml", &digest, &err), &err);
    ck_good(data_add(data, &document, "snapshots/2021/x.xml", &digest, &err), &err);
    ck_good(data_finish(data, &err), &err);
    while (strcmp(data_tables[index]->name, table) != 0)
        index++;
    buffer_reset(out);
    ck_good(buffer_append_text(out, buffer_text(data_bytes(data, index)), &err), &err);
    data_free(data);
    buffer_done(&document);
}

START_TEST(cells_are_quoted_as_rfc_4180_says)
{
    static const struct {
        const char *in_xml, *in_csv;
    } cases[] = {
        {"道路", "\r\nF1,道路,"},
        {"a,b", "\r\nF1,\"a,b\","},
        {"&quot;a&quot;", "\r\nF1,\"\"\"a\"\"\","},
        {"a&#10;b", "\r\nF1,\"a\nb\","},
        {"a&#13;b", "\r\nF1,\"a\rb\","},
        {" a", "\r\nF1,\" a\","},
        {"a ", "\r\nF1,\"a \","},
        {"a &lt;b&gt; &amp; c", "\r\nF1,a <b> & c,"},
        {"=1+1", "\r\nF1,=1+1,"}, /* as the document has it */
    };
    struct buffer csv = BUFFER_INIT(FIXTURE_FILE_MAX);

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char xml[1024];

        (void)snprintf(xml, sizeof xml,
                       "<disclosure xmlns=\"urn:mingzhang:disclosure:1\"><funds><fund code=\"F1\" "
                       "name=\"%s\"/></funds></disclosure>",
                       cases[i].in_xml);
        make_table(xml, "funds", &csv);
        ck_assert_msg(strstr(buffer_text(&csv), cases[i].in_csv) != NULL, "%s: %s", cases[i].in_xml,
                      buffer_text(&csv));
    }
    buffer_done(&csv);
}
END_TEST

START_TEST(fund_that_two_documents_tell_stands_once)
{
    struct buffer csv = BUFFER_INIT(FIXTURE_FILE_MAX);

    make_table("<disclosure xmlns=\"urn:mingzhang:disclosure:1\"><funds>"
               "<fund code=\"F2\" name=\"b\"/><fund code=\"F1\" name=\"a\"/></funds></disclosure>",
               "funds", &csv);
    ck_assert_ptr_nonnull(strstr(buffer_text(&csv), "\r\nF1,a,,,,,,,\r\nF2,b,,,,,,,\r\n"));
    ck_assert_ptr_eq(strstr(strstr(buffer_text(&csv), "\r\nF2,b") + 2, "F2,b"),
                     strstr(buffer_text(&csv), "F2,b"));
    buffer_done(&csv);
}
END_TEST

/* ---- The feed ----------------------------------------------------------------------------------
 */

START_TEST(feed_tells_corrections_and_keeps_what_it_told)
{
    struct buffer first = BUFFER_INIT(FIXTURE_FILE_MAX), second = BUFFER_INIT(FIXTURE_FILE_MAX);
    const char *entry;

    publish_into("publication", "2021");
    read_published("publication", "feed.xml", &first);
    ck_assert_ptr_nonnull(strstr(buffer_text(&first), "新公开 8 份，更正 0 份"));
    ck_assert_ptr_nonnull(
        strstr(buffer_text(&first), "<id>tag:mingzhang,2022-01-10:" COUNTY "</id>"));
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    publish_into("publication", "2021");
    read_published("publication", "feed.xml", &second);
    ck_assert_ptr_nonnull(strstr(buffer_text(&second), "2021 更正 · corrected"));
    ck_assert_ptr_nonnull(
        strstr(buffer_text(&second),
               "新公开 0 份，更正 3 份：镇安县（更正）、云盖寺镇（更正）、云镇村（更正）"));
    entry = strstr(buffer_text(&first), "  <entry>");
    ck_assert_str_eq(strstr(strstr(buffer_text(&second), "  <entry>") + 1, "  <entry>"), entry);
    /* A checkpoint alone is no publication of documents. */
    world_pay_organisation(&world, "e3", "2021-12-20", VILLAGE_11, 100);
    publish_into("publication", NULL);
    read_published("publication", "feed.xml", &first);
    ck_assert_str_eq(buffer_text(&first), buffer_text(&second));
    buffer_done(&first);
    buffer_done(&second);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("data");
    TCase *tables = tcase_create("tables"), *feed = tcase_create("feed");

    tcase_add_checked_fixture(tables, setup, teardown);
    tcase_set_timeout(tables, 60);
    tcase_add_test(tables, tables_tell_what_the_documents_tell);
    tcase_add_test(tables, withheld_line_has_a_reason_and_no_figure);
    tcase_add_test(tables, same_ledger_makes_the_same_tables_and_feed);
    tcase_add_test(tables, cells_are_quoted_as_rfc_4180_says);
    tcase_add_test(tables, fund_that_two_documents_tell_stands_once);
    suite_add_tcase(suite, tables);
    tcase_add_checked_fixture(feed, setup, teardown);
    tcase_set_timeout(feed, 60);
    tcase_add_test(feed, feed_tells_corrections_and_keeps_what_it_told);
    suite_add_tcase(suite, feed);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
