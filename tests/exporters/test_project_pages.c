/*
 * test_project_pages.c - in which period the page of a project stands, and that every link finds
 * it: while nothing happens, when periods are left out, corrected or longer, when places end.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world.h"

static struct world world;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_fill(&world); /* P1 was paid in June */
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

static bool publish_to(const char *repository, const char *period)
{
    struct publish_options options = {
        .repository = repository, .period = period, .by = world_person("yi")};
    struct publish_result result;
    struct error err = ERROR_INIT;

    options.signer = world.signer;
    ck_good(publish(world.ledger, &options, &result, &err), &err);
    return result.changed;
}

static void publish_period(const char *period)
{
    ck_assert_msg(publish_to(fixture_path("publication"), period), "%s", period);
}

/* The periods that have a page of the project, in both languages. */
static void expect_pages(const char *project, const char *wanted)
{
    char command[512];
    const char *const list[] = {"sh", "-c", command, NULL};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    for (int english = 0; english < 2; english++) {
        (void)snprintf(command, sizeof command,
                       "cd publication/snapshots && ls */projects/%s%s.html | cut -d/ -f1 | "
                       "LC_ALL=C sort | tr '\\n' ' '",
                       project, english ? ".en" : "");
        buffer_reset(&out);
        ck_assert_int_eq(fixture_run(list, &out), 0);
        ck_assert_str_eq(buffer_text(&out), wanted);
    }
    buffer_done(&out);
}

/* Where a page of the publication links to the page of P1: the whole address, once. */
static void expect_link(const char *page, const char *wanted)
{
    char command[512];
    const char *const grep[] = {"sh", "-c", command, NULL};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    (void)snprintf(command, sizeof command,
                   "grep -o 'href=\"[^\"]*P1[^\"]*\"' publication/snapshots/%s | sort -u", page);
    ck_assert_int_eq(fixture_run(grep, &out), 0);
    ck_assert_str_eq(buffer_text(&out), wanted);
    buffer_done(&out);
}

/* All that is published can be made again, by the ledger and without it. */
static void expect_all_made_again(void)
{
    struct publication_recheck alone, with_ledger;
    struct error err = ERROR_INIT;

    ck_good(publication_recheck(fixture_path("publication"), NULL, &alone, &err), &err);
    ck_good(publication_recheck(fixture_path("publication"), "镇安县", &with_ledger, &err), &err);
    ck_assert_uint_gt(alone.pages, 0);
    ck_assert_uint_eq(alone.other_pages + alone.other_files, 0);
    ck_assert_uint_eq(alone.pages + alone.lists, with_ledger.pages + with_ledger.lists);
    ck_good(publication_rederive(world.ledger, fixture_path("publication"), &err), &err);
}

/* Every relative link of every page leads to a file of the publication. */
static void expect_no_broken_link(void)
{
    static const char *const check[] = {
        "sh", "-c",
        "cd publication && find . -name '*.html' | while read -r page; do "
        "grep -o 'href=\"[^\"#:]*[#\"]' \"$page\" | sed 's/href=\"//; s/[#\"]$//' | sort -u | "
        "while read -r to; do [ -z \"$to\" ] || [ -e \"${page%/*}/$to\" ] || echo \"$page $to\"; "
        "done; done",
        NULL};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    ck_assert_int_eq(fixture_run(check, &out), 0);
    ck_assert_str_eq(buffer_text(&out), "");
    buffer_done(&out);
    expect_all_made_again();
}

START_TEST(project_that_nothing_happens_to_keeps_its_page_where_it_stands_last)
{
    publish_period("2021-06");
    publish_period("2021-07");
    publish_period("2021-08");
    expect_pages("P1", "2021-06 ");
    expect_link("2021-07/" VILLAGE_11 ".html", "href=\"../2021-06/projects/P1.html\"\n");
    expect_link("2021-08/" VILLAGE_11 ".en.html", "href=\"../2021-06/projects/P1.en.html\"\n");
    expect_link("2021-08/names.html", "href=\"../2021-06/projects/P1.html\"\n");
    expect_link("2021-08/funds/F1.html", "href=\"../../2021-06/projects/P1.html\"\n");
    expect_link("2021-06/" VILLAGE_11 ".html", "href=\"projects/P1.html\"\n");
    expect_no_broken_link();
    ck_assert(!publish_to(fixture_path("publication"), "2021-08"));
}
END_TEST

START_TEST(project_has_a_page_in_each_period_that_paid_for_it)
{
    publish_period("2021-06");
    world_pay_organisation(&world, "e2", "2021-08-02", VILLAGE_11, 100);
    publish_period("2021-07");
    publish_period("2021-08");
    publish_period("2021-09");
    expect_pages("P1", "2021-06 2021-08 ");
    expect_link("2021-09/" VILLAGE_11 ".html", "href=\"../2021-08/projects/P1.html\"\n");
    /* A year tells what the year paid, though nothing is new since its last month. */
    publish_period("2021");
    expect_pages("P1", "2021 2021-06 2021-08 ");
    expect_no_broken_link();
}
END_TEST

START_TEST(period_that_was_not_published_leaves_its_news_to_the_next)
{
    publish_period("2021-05");
    publish_period("2021-07"); /* June isn't there */
    publish_period("2021-08");
    expect_pages("P1", "2021-05 2021-07 ");
    publish_period("2021-06"); /* afterwards: nothing moves */
    expect_pages("P1", "2021-05 2021-06 2021-07 ");
    expect_link("2021-08/" VILLAGE_11 ".html", "href=\"../2021-07/projects/P1.html\"\n");
    expect_no_broken_link();
}
END_TEST

START_TEST(correction_of_an_old_period_makes_the_page_that_it_lacked)
{
    publish_period("2021-06");
    publish_period("2021-07");
    publish_period("2021-08");
    world_pay_organisation(&world, "late", "2021-07-20", VILLAGE_11, 100);
    publish_period("2021-07");
    expect_pages("P1", "2021-06 2021-07 ");
    expect_link("2021-07/" VILLAGE_11 ".html", "href=\"projects/P1.html\"\n");
    expect_link("2021-08/" VILLAGE_11 ".html", "href=\"../2021-06/projects/P1.html\"\n");
    publish_period("2021-08"); /* it tells of the late payment too */
    expect_pages("P1", "2021-06 2021-07 ");
    expect_link("2021-08/" VILLAGE_11 ".html", "href=\"../2021-07/projects/P1.html\"\n");
    expect_no_broken_link();
}
END_TEST

START_TEST(page_that_stands_stays_when_its_period_is_corrected)
{
    publish_period("2021-07");
    publish_period("2021-08");
    publish_period("2021-06");
    expect_pages("P1", "2021-06 2021-07 ");
    world_allocate(&world, "late", "2021-07-20", TOWNSHIP_1, VILLAGE_11, "F1", BOOK_CONSTRUCTION,
                   700);
    publish_period("2021-07"); /* now June's page would do */
    expect_pages("P1", "2021-06 2021-07 ");
    expect_no_broken_link();
}
END_TEST

START_TEST(project_of_a_place_that_ended_has_a_page_with_its_heir)
{
    publish_period("2021-07");
    world_add_division(&world, "611025101204", "新云镇村", TOWNSHIP_1, "2021-08-11");
    world_agree(&world, "division.succeed",
                "{\"changes\":[{\"division\":\"" VILLAGE_11
                "\",\"successors\":[\"611025101204\"]}],\"document\":\"文\",\"last_day\":"
                "\"2021-08-10\"}");
    publish_period("2021-08");
    publish_period("2021-09");
    expect_pages("P1", "2021-07 2021-08 ");
    expect_link("2021-09/611025101204.html", "href=\"../2021-08/projects/P1.html\"\n");
    expect_no_broken_link();
}
END_TEST

START_TEST(publication_begun_anew_has_the_same_pages)
{
    publish_period("2021-06");
    ck_assert(publish_to(fixture_path("other"), "2021-07"));
    ck_assert_int_eq(access(fixture_path("other/snapshots/2021-06/projects/P1.html"), F_OK), 0);
    ck_assert_int_ne(access(fixture_path("other/snapshots/2021-07/projects/P1.html"), F_OK), 0);
}
END_TEST

static bool document_tells(const char *period, const char *text)
{
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    bool found;

    world_render(&world, period, VILLAGE_11, &xml);
    found = strstr(buffer_text(&xml), text) != NULL;
    buffer_done(&xml);
    return found;
}

/* The SHA-256 that a page of the village's only project would carry, as docs/disclosure.md says. */
static void hash_told(const char *period, char hex[HASH_HEX_SIZE])
{
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX), told = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    const char *begin, *paid, *rest, *end;
    hash_t hash;

    world_render(&world, period, VILLAGE_11, &xml);
    begin = strstr(buffer_text(&xml), "\n    <project ");
    paid = strstr(begin, "\n      <paid_in_period ");
    rest = strchr(paid + 1, '\n');
    end = strstr(begin, "\n    </project>");
    ck_good(buffer_append_format(&told, &err, VILLAGE_11 " 云镇村%.*s%.*s", (int)(paid - begin),
                                 begin, (int)(end - rest), rest),
            &err);
    hash = hash_sha256(told.data, told.size);
    (void)hash_to_hex(&hash, hex);
    buffer_done(&told);
    buffer_done(&xml);
}

static void record_result(const char *day, const char *text)
{
    struct signatory maker = world_person("li");
    struct error err = ERROR_INIT;
    date_t date;

    ck_good(date_parse(day, &date, &err), &err);
    ck_good(journal_begin(ledger_journal(world.ledger), &err), &err);
    ck_good(project_record_result(ledger_journal(world.ledger), &maker, "P1", date, text, &err),
            &err);
    ck_good(journal_commit(ledger_journal(world.ledger), &err), &err);
}

START_TEST(result_of_a_later_day_stays_when_an_earlier_one_is_recorded_after_it)
{
    record_result("2021-08-10", "渠道没有通水");
    record_result("2021-07-10", "渠道通水");
    ck_assert(document_tells("2021-07", "<result>渠道通水</result>"));
    ck_assert(document_tells("2021-08", "<result>渠道没有通水</result>"));
    record_result("2021-08-10", "渠道漏水"); /* the same day's, corrected */
    ck_assert(document_tells("2021-08", "<result>渠道漏水</result>"));
}
END_TEST

START_TEST(page_that_an_earlier_correction_made_tell_otherwise_is_told_again)
{
    record_result("2021-07-05", "渠道没有通水");
    publish_period("2021-07");
    publish_period("2021-08");
    expect_pages("P1", "2021-07 ");
    record_result("2021-07-20", "渠道通水");
    record_result("2021-08-10", "渠道没有通水");
    publish_period("2021-07");
    publish_period("2021-08"); /* no document of it changed */
    expect_pages("P1", "2021-07 2021-08 ");
    expect_link("2021-08/" VILLAGE_11 ".html", "href=\"projects/P1.html\"\n");
    expect_no_broken_link();
    ck_assert(!publish_to(fixture_path("publication"), "2021-08"));
}
END_TEST

START_TEST(text_that_says_what_a_page_is_made_from_keeps_no_page_away)
{
    char hex[HASH_HEX_SIZE];

    record_result("2021-08-10", "渠道没有通水");
    hash_told("2021-08", hex);
    record_result("2021-07-10", hex); /* a text that names what August will tell */
    publish_period("2021-07");
    publish_period("2021-08");
    expect_pages("P1", "2021-07 2021-08 ");
    expect_link("2021-08/" VILLAGE_11 ".html", "href=\"projects/P1.html\"\n");
}
END_TEST

START_TEST(code_with_barred_marks_is_found_again)
{
    world_add_project(&world, "XM.1|~2e");
    publish_period("2021-06");
    publish_period("2021-07");
    expect_pages("XM~2e1~7c~7e2e", "2021-06 ");
    expect_no_broken_link();
}
END_TEST

START_TEST(two_copies_publish_the_same_pages)
{
    static const char *const copy[] = {"cp", "-a", "publication", "copy", NULL};
    static const char *const compare[] = {
        "sh", "-c",
        "for at in publication copy; do (cd $at && find snapshots/2021-07 -name '*.html' | sort | "
        "xargs sha256sum > ../$at.sums); done; cmp publication.sums copy.sums",
        NULL};

    publish_period("2021-06");
    ck_assert_int_eq(fixture_run(copy, NULL), 0);
    publish_period("2021-07");
    ck_assert(publish_to(fixture_path("copy"), "2021-07"));
    ck_assert_int_eq(fixture_run(compare, NULL), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/project_pages");
    TCase *all = tcase_create("project_pages");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, project_that_nothing_happens_to_keeps_its_page_where_it_stands_last);
    tcase_add_test(all, project_has_a_page_in_each_period_that_paid_for_it);
    tcase_add_test(all, period_that_was_not_published_leaves_its_news_to_the_next);
    tcase_add_test(all, correction_of_an_old_period_makes_the_page_that_it_lacked);
    tcase_add_test(all, page_that_stands_stays_when_its_period_is_corrected);
    tcase_add_test(all, project_of_a_place_that_ended_has_a_page_with_its_heir);
    tcase_add_test(all, publication_begun_anew_has_the_same_pages);
    tcase_add_test(all, result_of_a_later_day_stays_when_an_earlier_one_is_recorded_after_it);
    tcase_add_test(all, page_that_an_earlier_correction_made_tell_otherwise_is_told_again);
    tcase_add_test(all, text_that_says_what_a_page_is_made_from_keeps_no_page_away);
    tcase_add_test(all, code_with_barred_marks_is_found_again);
    tcase_add_test(all, two_copies_publish_the_same_pages);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
