/*
 * test_false_pages.c - who holds every key of the publisher's and puts something else beside the
 * signed documents: each way of it is found and named, by the documents alone or by the ledger.
 */
#include <stdlib.h>
#include <string.h>

#include "exporters/page_scan.h"
#include "world.h"

#define VILLAGE "snapshots/2021-06/" VILLAGE_11 ".html"
#define SED(script, file)                                                                          \
    "sed -i '" script "' " file " && ! git diff --quiet" /* so that a script that misses fails */

struct attack {
    const char *command, *wanted; /* what is done; what is said of it */
};

static struct world world;
static char publication[FIXTURE_PATH_SIZE];

static void publish_period(const char *period)
{
    struct publish_options options = {
        .repository = publication, .period = period, .by = world_person("yi")};
    struct publish_result result;
    struct error err = ERROR_INIT;

    options.signer = world.signer;
    ck_good(publish(world.ledger, &options, &result, &err), &err);
}

/* Once for all tests: June, in which P1 is paid, and July, which links to its page there. */
static void setup(void)
{
    fixture_setup();
    (void)snprintf(publication, sizeof publication, "%s", fixture_path("publication"));
    world_make(&world);
    world_fill(&world);
    publish_period("2021-06");
    publish_period("2021-07");
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

static void run(const char *command)
{
    char script[2048];
    const char *const words[] = {"sh", "-c", script, NULL};

    (void)snprintf(script, sizeof script, "cd publication && %s", command);
    ck_assert_msg(fixture_run(words, NULL) == 0, "%s", script);
}

#define COMMIT "git add -A && git -c user.name=x -c user.email=x commit -qm forged"

static void attack(const char *command)
{
    run(command);
    run(COMMIT);
}

static void recheck(struct publication_recheck *out)
{
    struct error err = ERROR_INIT;

    ck_good(publication_recheck(publication, NULL, out, &err), &err);
}

static const struct attack document_attacks[] = {
    /* A figure, whole or in one language; a word. */
    {SED("s/123,456\\.78/99,456.78/g", VILLAGE), "it isn't the page that"},
    {SED("s/123,456\\.78/99,456.78/", "snapshots/2021-06/" VILLAGE_11 ".en.html"),
     "it isn't the page that"},
    {SED("s/<\\/h1>/ （没有问题）<\\/h1>/", "snapshots/2021-06/projects/P1.html"),
     "it isn't the page that"},
    /* Another source told in a page's head. */
    {SED("s/source\" content=\"..../source\" content=\"0000/",
         "snapshots/2021-06/projects/P1.en.html"),
     "it isn't the page that"},
    /* Hidden by style. */
    {SED("s/<\\/style>/.sums{display:none}<\\/style>/", VILLAGE), "it isn't the page that"},
    /* Links. */
    {SED("s/href=\"projects\\/P1.html\"/href=\"..\\/2021-07\\/index.html\"/", VILLAGE),
     "it isn't the page that"},
    {SED("s/href=\"" TOWNSHIP_1 "/href=\"" TOWNSHIP_2 "/", VILLAGE), "it isn't the page that"},
    {SED("s/href=\"index.html\"/href=\"https:\\/\\/x.example\\/\"/", VILLAGE),
     "leads nowhere in a publication"},
    {SED("s/href=\"index.html\"/href=\"..\\/..\\/..\\/index.html\"/", VILLAGE),
     "leads out of the publication"},
    {SED("s/href=\"index.html\"/href=\"none.html\"/", VILLAGE), "leads to no file"},
    /* A later page of the project, or none, for the one that tells what was paid. */
    {SED("s/..\\/2021-06\\/projects\\/P1/projects\\/P1/", "snapshots/2021-07/" VILLAGE_11 ".html"),
     "leads to no file"},
    {"mkdir snapshots/2021-07/projects && cp snapshots/2021-06/projects/P1*.html "
     "snapshots/2021-07/projects/",
     "it isn't the page that"},
    {"rm snapshots/2021-06/projects/P1.html", "leads to no file"},
    /* Gone. */
    {"rm " VILLAGE, "leads to no file"},
    {"rm snapshots/2021-06/" VILLAGE_13 ".en.html", "leads to no file"},
    {"rm snapshots/2021-06/disclosures.html", "leads to no file"},
    {"rm snapshots/2021-06/data/lines.csv", "leads to no file"},
    {"rm snapshots/2021-06/data/funds.csv", "data/funds.csv is missing"},
    /* Nothing makes it. */
    {"cp " VILLAGE " snapshots/2021-06/611025109201.html", "has no place among"},
    {"cp snapshots/2021-06/projects/P1.html snapshots/2021-06/projects/P9.html",
     "has no place among"},
    {"echo a,b >snapshots/2021-06/data/rumours.csv", "rumours.csv has no place among"},
    {"mkdir snapshots/2021-08x && echo x >snapshots/2021-08x/index.html", "is no period"},
    /* Script, and what loads or sends, whoever says to have made the page. */
    {SED("s/<\\/main>/<script>alert(1)<\\/script>&/", VILLAGE), "holds what no page has"},
    {SED("s/<h1>/<h1 onclick=\"x()\">/", VILLAGE), "holds what no page has"},
    {SED("s/edition\" content=\"..../edition\" content=\"0000/;s/<h1>/<h1><img "
         "src=\"http:\\/\\/x\\/\">/",
         VILLAGE),
     "holds what no page has"},
    {SED("s/edition\" content=\"..../edition\" content=\"0000/;s/{box-sizing/{background:url("
         "http:\\/\\/x);box-sizing/",
         VILLAGE),
     "holds what no page has"},
    {SED("s/<h1>/<!-- --><h1>/", "index.html"), "holds what no page has"},
    /* Tables, the front, the schema. */
    {SED("s/12345678/12345679/", "snapshots/2021-06/data/lines.csv"),
     "lines.csv isn't what the documents of its period say"},
    {SED("s/other-pd/CC-BY-4.0/", "snapshots/2021-06/datapackage.json"),
     "datapackage.json isn't what the documents"},
    {SED("s/2021-06/2021-07/", "index.html"), "index.html isn't what the publication makes"},
    {SED("s/--enabled-key-data x509//", "README.md"), "README.md isn't what"},
    {SED("s/xs:decimal/xs:string/;s/xs:integer/xs:string/", "schema/disclosure.xsd"),
     "schema/disclosure.xsd isn't the program's"},
};

/* What the documents alone give away. */
START_TEST(clone_gives_away_what_was_put_beside_its_documents)
{
    struct publication_recheck report;
    struct error err = ERROR_INIT;

    recheck(&report);
    ck_assert_uint_eq(report.other_pages + report.other_files, 0);
    for (size_t i = 0; i < ARRAY_COUNT(document_attacks); i++) {
        attack(document_attacks[i].command);
        ck_assert_msg(!publication_recheck(publication, NULL, &report, &err), "%s",
                      document_attacks[i].command);
        ck_assert_msg(err.code == ERROR_VERIFY &&
                          strstr(err.message, document_attacks[i].wanted) != NULL,
                      "%s: %s: %s", document_attacks[i].command, err.place, err.message);
        error_clear(&err);
        run("git reset -q --hard HEAD~1");
    }
    recheck(&report);
}
END_TEST

static const struct attack list_attacks[] = {
    {SED("s/<strong>[0-9]* 件/<strong>0 件/", "snapshots/2021-06/disclosures.html"),
     "disclosures.html isn't the page that the ledger makes"},
    {SED("s/<td class=\"n\">[0-9]/<td class=\"n\">9/", "snapshots/2021-06/funds/F1.html"),
     "F1.html isn't the page that the ledger makes"},
    {SED("s/P1<\\/a>/P9<\\/a>/;s/<h1>/<h1>x/", "snapshots/2021-07/names.html"),
     "names.html isn't the page that the ledger makes"},
    {SED("s/<h1>/<h1>x/", "snapshots/2021-07/index.en.html"),
     "index.en.html isn't the page that the ledger makes"},
    {"cp snapshots/2021-06/funds/F1.html snapshots/2021-06/funds/F9.html && "
     "cp snapshots/2021-06/funds/F1.en.html snapshots/2021-06/funds/F9.en.html",
     "F9.en.html: the ledger makes no such page"},
    {"cp snapshots/2021-06/names.html snapshots/2021-06/names-2.html && "
     "cp snapshots/2021-06/names.en.html snapshots/2021-06/names-2.en.html",
     "names-2.en.html: the ledger makes no such page"},
    {SED("s/<updated>2/<updated>1/", "feed.xml"), "feed.xml says more than"},
    {SED("s/公开 · published/更正 · corrected/", "feed.xml"), "otherwise than the log"},
    {SED("s/entry\\/[0-9]*/entry\\/3/", "feed.xml"), "feed.xml tells of a publication that"},
    {SED("0,/<entry>/{/<entry>/,/<\\/entry>/d}", "feed.xml"), "feed.xml"},
    {SED("s/<\\/feed>/<link href=\"http:\\/\\/x\\/\"\\/>&/", "feed.xml"), "feed.xml says more"},
    {"rm feed.xml", "leads to no file"},
};

/* What only the ledger knows. */
START_TEST(ledger_gives_away_false_lists_and_feeds)
{
    struct publication_recheck report;
    struct error err = ERROR_INIT;

    ck_good(publication_rederive(world.ledger, publication, &err), &err);
    for (size_t i = 0; i < ARRAY_COUNT(list_attacks); i++) {
        attack(list_attacks[i].command);
        ck_assert_msg(!publication_rederive(world.ledger, publication, &err) ||
                          !publication_recheck(publication, "x", &report, &err),
                      "%s", list_attacks[i].command);
        ck_assert_msg(err.code == ERROR_VERIFY &&
                          (strstr(err.message, list_attacks[i].wanted) != NULL ||
                           strstr(err.message, "feed.xml is missing")),
                      "%s: %s", list_attacks[i].command, err.message);
        error_clear(&err);
        run("git reset -q --hard HEAD~1");
    }
}
END_TEST

START_TEST(pages_and_tables_of_another_version_are_counted)
{
    struct publication_recheck before, report;

    recheck(&before);
    attack(SED("s/edition\" content=\"..../edition\" content=\"0000/;s/<h1>/<h1>x/", VILLAGE));
    recheck(&report);
    ck_assert_uint_eq(report.pages, before.pages - 1);
    ck_assert_uint_eq(report.other_pages, 1);
    attack(SED("s/edition\":\"sha256:..../edition\":\"sha256:0000/",
               "snapshots/2021-06/datapackage.json"));
    attack(SED("1s/fen/cent/", "snapshots/2021-06/data/lines.csv"));
    recheck(&report);
    ck_assert_uint_eq(report.other_files, 2);
    ck_assert_uint_eq(report.tables, before.tables - 2);
}
END_TEST

START_TEST(root_division_may_not_be_called_what_it_never_was)
{
    struct publication_recheck before, report;
    struct error err = ERROR_INIT;

    recheck(&before);
    attack(SED("s/镇安县/安镇县/g", "index.html"));
    recheck(&report); /* the clone can't know: it may have been renamed */
    ck_assert_uint_eq(report.lists, before.lists + 1);
    ck_fails(publication_recheck(publication, "镇安县", &report, &err), &err, ERROR_VERIFY,
             "which it never was");
}
END_TEST

START_TEST(correction_may_not_say_that_a_figure_was_another)
{
    struct publication_recheck report;
    struct error err = ERROR_INIT;

    world_pay_organisation(&world, "e3", "2021-06-20", VILLAGE_11, 100);
    publish_period("2021-06");
    recheck(&report);
    /* Signed again, as who has the key can: its digest is told anew, which xmlsec1 would sign. */
    run(SED("/<was /s/fen=\"[0-9]*/&1/", "snapshots/2021-06/" VILLAGE_11 ".xml"));
    run("digest=$(tr '\\n' '\\001' <snapshots/2021-06/" VILLAGE_11
        ".xml | sed 's/<Signature .*<\\/Signature>//' | tr '\\001' '\\n' | xmllint --exc-c14n - | "
        "openssl dgst -sha256 -binary | base64) && sed -i "
        "\"s|<DigestValue>.*</DigestValue>|<DigestValue>$digest</DigestValue>|\" "
        "snapshots/2021-06/" VILLAGE_11 ".xml");
    run(COMMIT);
    ck_fails(publication_recheck(publication, NULL, &report, &err), &err, ERROR_VERIFY,
             "was another figure before than it was");
}
END_TEST

/* ---- The reader of pages ------------------------------------------------------------------------
 */

static bool scan(const char *text, struct error *err)
{
    struct buffer page = BUFFER_INIT(4096);
    bool ok;

    ck_good(buffer_append_text(&page, text, err), err);
    ok = page_scan(&page, NULL, NULL, err);
    buffer_done(&page);
    return ok;
}

START_TEST(reader_of_pages_refuses_all_that_runs_loads_or_reads_in_two_ways)
{
#define PAGE "<!DOCTYPE html>\n<html><body>"
    static const char *const good[] = {PAGE "</body></html>\n",
                                       PAGE "<a href=\"x.html#y\">a &lt;b&gt;</a>",
                                       PAGE "<a class=\"call\" href=\"tel:12317\">12317</a>",
                                       PAGE "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\" "
                                            "fill=\"url(#subsidy)\"></path></svg>",
                                       PAGE "<style>@media print{a{color:#000}}</style>"};
    static const char *const bad[] = {
        "<html></html>",                          /* no page of ours */
        PAGE "<script>",                          /* runs */
        PAGE "<SCRIPT>",                          /* the same */
        PAGE "<p onload=\"x()\">",                /* runs */
        PAGE "<p ONLOAD=\"x()\">",                /* runs */
        PAGE "<iframe srcdoc=\"x\">",             /* loads */
        PAGE "<img alt=\"x\">",                   /* no picture is a file */
        PAGE "<p style=\"background:url(x)\">",   /* loads */
        PAGE "<style>@import \"x\"</style>",      /* loads */
        PAGE "<style>a{b:\\75rl(x)}</style>",     /* loads, in an escape */
        PAGE "<style>a</p></style>",              /* ends where? */
        PAGE "<a href=\"tel:1;javascript:x()\">", /* no number */
        PAGE "<g href=\"x\">",                    /* links by a picture */
        PAGE "<p a=b>",                           /* read in two ways */
        PAGE "<p a='b'>",                         /* not as we write */
        PAGE "<p/onload=\"x()\">",                /* read in two ways */
        PAGE "<p a=\"b\"onload=\"x()\">",         /* read in two ways */
        PAGE "<!-- -->",                          /* read in two ways */
        PAGE "<?php ?>",                          /* none of ours */
        PAGE "a < b",                             /* not escaped */
        PAGE "<p a=\"",                           /* no end */
        PAGE "<meta http-equiv=\"refresh\" content=\"0\">" /* leads away */};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(good); i++)
        ck_assert_msg(scan(good[i], &err), "%s: %s", good[i], err.message);
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        ck_assert_msg(!scan(bad[i], &err), "%s", bad[i]);
        ck_assert_int_eq(err.code, ERROR_VERIFY);
        error_clear(&err);
    }
}
END_TEST

START_TEST(link_leads_to_a_path_inside_the_publication_or_is_refused)
{
    static const struct {
        const char *from, *address, *wanted; /* NULL: refused */
    } links[] = {
        {"snapshots/2021/a.html", "b.html", "snapshots/2021/b.html"},
        {"snapshots/2021/funds/a.html", "../../2020/b.html", "snapshots/2020/b.html"},
        {"index.html", "feed.xml", "feed.xml"},
        {"snapshots/2021/a.html", "funds/%E4%B8%AD.html", "snapshots/2021/funds/中.html"},
        {"snapshots/2021/a.html", "../../../b.html", NULL},
        {"index.html", "../b.html", NULL},
        {"index.html", "/b.html", NULL},
        {"index.html", "//x.example/", NULL},
        {"index.html", "javascript:x()", NULL},
        {"index.html", "java%73cript%3ax()", NULL},
        {"index.html", "a/../../b.html", NULL},
        {"index.html", "a/./b.html", NULL},
        {"index.html", "a%2", NULL},
        {"index.html", "a%00b", NULL},
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(links); i++) {
        char path[PAGE_LINK_SIZE] = "";
        bool ok = page_link_path(links[i].from, links[i].address, path, &err);

        ck_assert_msg(ok == (links[i].wanted != NULL), "%s: %s", links[i].address, path);
        if (ok) ck_assert_str_eq(path, links[i].wanted);
        error_clear(&err);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/false_pages");
    TCase *published = tcase_create("published"), *plain = tcase_create("plain");
    SRunner *runner;
    int failed;

    tcase_set_timeout(published, 60);
    tcase_add_checked_fixture(published, setup, teardown);
    tcase_add_test(published, clone_gives_away_what_was_put_beside_its_documents);
    tcase_add_test(published, ledger_gives_away_false_lists_and_feeds);
    tcase_add_test(published, pages_and_tables_of_another_version_are_counted);
    tcase_add_test(published, root_division_may_not_be_called_what_it_never_was);
    tcase_add_test(published, correction_may_not_say_that_a_figure_was_another);
    suite_add_tcase(suite, published);
    tcase_add_test(plain, reader_of_pages_refuses_all_that_runs_loads_or_reads_in_two_ways);
    tcase_add_test(plain, link_leads_to_a_path_inside_the_publication_or_is_refused);
    suite_add_tcase(suite, plain);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
