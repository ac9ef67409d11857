/*
 * test_story.c - the figures behind words and pictures: what changed, the years, the flow.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "exporters/document.h"
#include "world.h"

static struct world world;
static xmlDocPtr tree;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_fill(&world);
    tree = NULL;
}

static void teardown(void)
{
    xmlFreeDoc(tree);
    world_done(&world);
    fixture_teardown();
}

static void take(const char *period, const char *division)
{
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;

    world_render(&world, period, division, &xml);
    xmlFreeDoc(tree);
    ck_good(document_parse(xml.data, xml.size, division, &tree, &err), &err);
    buffer_done(&xml);
}

/* An XPath number or count over the document taken last. */
static int64_t figure(const char *expression)
{
    xmlXPathContextPtr context = xmlXPathNewContext(tree);
    xmlXPathObjectPtr result;
    int64_t value;

    ck_assert_int_eq(
        xmlXPathRegisterNs(context, BAD_CAST "d", BAD_CAST "urn:mingzhang:disclosure:1"), 0);
    result = xmlXPathEvalExpression(BAD_CAST expression, context);
    ck_assert_msg(result != NULL, "%s", expression);
    value = (int64_t)xmlXPathCastToNumber(result);
    xmlXPathFreeObject(result);
    xmlXPathFreeContext(context);
    return value;
}

static int64_t change(const char *what, const char *side)
{
    char expression[160];

    (void)snprintf(expression, sizeof expression, "//d:change[@figure='%s']/d:%s/@fen", what, side);
    return figure(expression);
}

START_TEST(changes_set_a_period_beside_the_one_before)
{
    take("2021-04", TOWNSHIP_1);
    ck_assert_int_eq(figure("count(//d:changes[@since='2021-03'])"), 1);
    ck_assert_int_eq(change("received", "before"), 60000000);
    ck_assert_int_eq(change("received", "now"), 0);
    ck_assert_int_eq(change("received", "difference"), -60000000);
    ck_assert_int_eq(change("passed_on", "now"), 25000000);
    ck_assert_int_eq(change("closing", "before"), 60000000);
    ck_assert_int_eq(change("closing", "now"), 35000000);
    take("2021-Q2", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:changes[@since='2021-Q1'])"), 1);
    ck_assert_int_eq(change("spent", "difference"), 12345678);
    take("2022", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:changes[@since='2021'])"), 1);
    ck_assert_int_eq(change("spent", "before"), 12345678);
    take("2021-01", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:changes[@since='2020-12'])"), 1);
}
END_TEST

START_TEST(years_end_with_the_period_and_begin_with_the_first_money)
{
    take("2022", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:year)"), 2);
    ck_assert_int_eq(figure("//d:year[1]/@name"), 2021);
    ck_assert_int_eq(figure("//d:year[1]/d:spent/@fen"), 12345678);
    ck_assert_int_eq(figure("//d:year[2]/d:received/@fen"), 0);
    take("2021-05", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:year)"), 1);
    ck_assert_int_eq(figure("//d:year/d:spent/@fen"), 0);
    take("2029", VILLAGE_11);
    ck_assert_int_eq(figure("count(//d:year)"), 5);
    ck_assert_int_eq(figure("//d:year[1]/@name"), 2025);
    take("2021", VILLAGE_22);
    ck_assert_int_eq(figure("count(//d:year)"), 0);
}
END_TEST

START_TEST(project_tells_what_it_was_paid_in_the_period)
{
    take("2021", VILLAGE_11);
    ck_assert_int_eq(figure("//d:project/d:paid_in_period/@fen"), 12345678);
    take("2021-06", VILLAGE_11);
    ck_assert_int_eq(figure("//d:project/d:paid_in_period/@fen"), 12345678);
    take("2021-07", VILLAGE_11);
    ck_assert_int_eq(figure("//d:project/d:paid/@fen"), 12345678);
    ck_assert_int_eq(figure("//d:project/d:paid_in_period/@fen"), 0);
}
END_TEST

/* From the day a line is withheld it is in no sum of what was before, though it was told then. */
START_TEST(line_withheld_now_has_no_part_in_the_past)
{
    take("2021-06", TOWNSHIP_1);
    ck_assert_int_eq(figure("//d:year/d:received/@fen"), 60000000);
    world_pay_people(&world, "s1", "2021-06-03", TOWNSHIP_1, 1, 60000);
    take("2021-05", TOWNSHIP_1);
    ck_assert_int_eq(figure("//d:year/d:received/@fen"), 60000000);
    take("2021-06", TOWNSHIP_1);
    ck_assert_int_eq(figure("//d:year/d:received/@fen"), 50000000);
    ck_assert_int_eq(change("closing", "before"), 25000000);
    ck_assert_int_eq(figure("count(//d:supplied[@book='subsidy'])"), 0);
    /* Also when the line is zero now. */
    world_allocate(&world, "v1", "2021-06-04", COUNTY, VILLAGE_21, "F2", BOOK_SUBSIDY, 400000);
    world_pay_people(&world, "v2", "2021-06-05", VILLAGE_21, 1, 400000);
    world_confirm(&world, "v2-bank", "v2", "2021-06-06");
    take("2021-07", VILLAGE_21);
    ck_assert_int_eq(change("received", "before"), 0);
    ck_assert_int_eq(figure("sum(//d:year/*/@fen)"), 0);
}
END_TEST

START_TEST(flow_comes_from_somewhere_and_goes_somewhere_to_the_fen)
{
    static const char *const periods[] = {"2021",    "2021-Q1", "2021-04",
                                          "2021-06", "2021-11", "2022"};
    static const char *const places[] = {COUNTY, TOWNSHIP_1, VILLAGE_11, VILLAGE_12, VILLAGE_22};

    for (size_t i = 0; i < ARRAY_COUNT(periods); i++)
        for (size_t j = 0; j < ARRAY_COUNT(places); j++) {
            int64_t all;

            take(periods[i], places[j]);
            all = figure("//d:summary/d:opening/@fen + //d:summary/d:received/@fen");
            ck_assert_int_eq(figure("sum(//d:flow/d:from/@fen)"), all);
            ck_assert_int_eq(figure("sum(//d:flow/d:book/@fen)"), all);
            ck_assert_int_eq(figure("sum(//d:flow/d:to/@fen)"), all);
            ck_assert_int_eq(figure("sum(//d:flow/d:supplied/@fen)"), all);
            ck_assert_int_eq(figure("sum(//d:flow/d:used/@fen)"), all);
        }
    take("2021", COUNTY);
    ck_assert_int_eq(figure("//d:to[@what='division' and @division='" TOWNSHIP_1 "']/@fen"),
                     60000000);
    ck_assert_int_eq(
        figure("//d:used[@book='subsidy' and @to=//d:to[@division='" TOWNSHIP_1 "']/@number]/@fen"),
        10000000);
    ck_assert_int_eq(figure("//d:to[@what='kept']/@fen"), 30000000);
}
END_TEST

START_TEST(flow_that_holds_something_negative_is_not_drawn)
{
    take("2021-07", COUNTY);
    ck_assert_int_gt(figure("count(//d:flow/*)"), 0);
    world_reverse(&world, "undo", "c3", "2021-07-01");
    take("2021-07", COUNTY);
    ck_assert_int_eq(figure("count(//d:flow)"), 1);
    ck_assert_int_eq(figure("count(//d:flow/*)"), 0);
}
END_TEST

START_TEST(flow_to_many_places_draws_the_largest_and_the_rest_as_one)
{
    char code[DIVISION_CODE_SIZE], reference[32];

    for (int i = 0; i < 7; i++) {
        (void)snprintf(code, sizeof code, "6110251042%02d", i);
        (void)snprintf(reference, sizeof reference, "m%d", i);
        if (i == 0) world_add_division(&world, "611025104000", "新镇", COUNTY, "2021-01-01");
        world_add_division(&world, code, "村", "611025104000", "2021-01-01");
        world_allocate(&world, reference, "2021-09-01", COUNTY, code, "F1", BOOK_CONSTRUCTION,
                       100 + i);
    }
    take("2021-09", COUNTY);
    ck_assert_int_eq(figure("count(//d:to[@what='division'])"), 5);
    ck_assert_int_eq(figure("//d:to[1]/@division"), INT64_C(611025104206));
    ck_assert_int_eq(figure("//d:to[@what='others']/@divisions"), 2);
    ck_assert_int_eq(figure("//d:to[@what='others']/@fen"), 201);
}
END_TEST

static int64_t got(const char *project)
{
    char expression[160];

    (void)snprintf(expression, sizeof expression, "sum(//d:flow/d:to[@project='%s']/@fen)",
                   project);
    return figure(expression);
}

START_TEST(flow_goes_on_to_projects_when_the_money_has_arrived)
{
    static const struct world_payment each[] = {{100, "P2"}, {200, "P2"}, {300, "P2"}};
    static const struct world_payment mixed[] = {{10, "P2"}, {20, "P3"}, {30, ""}};

    take("2021", VILLAGE_11);
    ck_assert_int_eq(got("P1"), 12345678);
    ck_assert_int_eq(figure("count(//d:to[@what='spent'])"), 0);
    ck_assert_int_eq(figure("count(//d:to[@what='project' and @project_name='云镇村道路硬化'])"),
                     1);
    world_pay_each(&world, "e2", "2021-07-01", TOWNSHIP_1, each, 3);
    world_pay_people(&world, "e3", "2021-07-01", TOWNSHIP_1, 3, 7);
    take("2021-07", TOWNSHIP_1);
    ck_assert_int_eq(figure("count(//d:to[@what='project'])"), 0);
    world_confirm(&world, "e2-bank", "e2", "2021-08-02");
    take("2021-08", TOWNSHIP_1); /* e3 is under way at both ends */
    ck_assert_int_eq(got("P2"), 600);
    ck_assert_int_eq(figure("count(//d:to[@what='spent'])"), 0);
    world_confirm(&world, "e3-bank", "e3", "2021-09-02");
    take("2021-09", TOWNSHIP_1);
    ck_assert_int_eq(got("P2"), 0);
    ck_assert_int_eq(figure("//d:to[@what='spent']/@fen"), 21);
    take("2021-Q3", TOWNSHIP_1); /* nothing is under way at either end */
    ck_assert_int_eq(got("P2"), 600);
    ck_assert_int_eq(figure("//d:to[@what='spent']/@fen"), 21);
    /* What P2 was paid isn't told any more, so no part of it is. */
    world_pay_each(&world, "e4", "2021-10-01", TOWNSHIP_1, mixed, 3);
    world_confirm(&world, "e4-bank", "e4", "2021-10-02");
    take("2021", TOWNSHIP_1);
    ck_assert_int_eq(figure("count(//d:project[@code='P2']/d:paid)"), 0);
    ck_assert_int_eq(figure("count(//d:to[@what='project'])"), 0);
    ck_assert_int_eq(figure("//d:to[@what='spent']/@fen"), 681);
}
END_TEST

/* The bank's answers are sealed; what the voucher sent stands in clear and has all arrived. */
START_TEST(flow_names_a_project_again_once_what_was_returned_is_paid)
{
    static const struct world_payment each[] = {{100, "P2"}, {200, "P2"}, {300, "P2"}};

    world_pay_each(&world, "r1", "2021-07-01", TOWNSHIP_1, each, 3);
    world_return(&world, "r1-back", "r1", "2021-07-02", 2);
    world_confirm(&world, "r1-bank", "r1", "2021-07-03");
    take("2021-07", TOWNSHIP_1);
    ck_assert_int_eq(figure("count(//d:to[@what='project'])"), 0);
    world_pay_again(&world, "r2", "2021-08-01", "r1");
    world_confirm(&world, "r2-bank", "r2", "2021-09-01");
    take("2021-Q3", TOWNSHIP_1);
    ck_assert_int_eq(got("P2"), 600);
    ck_assert_int_eq(figure("count(//d:to[@what='spent'])"), 0);
}
END_TEST

START_TEST(flow_to_many_projects_draws_the_largest_and_the_rest_as_one)
{
    for (int i = 0; i < 5; i++) {
        struct world_payment each[3] = {{10 + i, ""}, {10 + i, ""}, {10 + i, ""}};
        char code[8], reference[8], answer[8];

        (void)snprintf(code, sizeof code, "M%d", i);
        (void)snprintf(reference, sizeof reference, "m%d", i);
        (void)snprintf(answer, sizeof answer, "m%d-b", i);
        world_add_project(&world, code);
        for (size_t j = 0; j < ARRAY_COUNT(each); j++)
            each[j].project = code;
        world_pay_each(&world, reference, "2021-09-01", TOWNSHIP_1, each, 3);
        world_confirm(&world, answer, reference, "2021-09-02");
    }
    take("2021-09", TOWNSHIP_1);
    ck_assert_int_eq(figure("count(//d:to[@what='project'])"), 3);
    ck_assert_int_eq(figure("count(//d:to[1][@project='M4'])"), 1);
    ck_assert_int_eq(figure("//d:to[@what='other_projects']/@projects"), 2);
    ck_assert_int_eq(figure("//d:to[@what='other_projects']/@fen"), 63);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/story");
    TCase *all = tcase_create("story");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, changes_set_a_period_beside_the_one_before);
    tcase_add_test(all, years_end_with_the_period_and_begin_with_the_first_money);
    tcase_add_test(all, project_tells_what_it_was_paid_in_the_period);
    tcase_add_test(all, line_withheld_now_has_no_part_in_the_past);
    tcase_add_test(all, flow_comes_from_somewhere_and_goes_somewhere_to_the_fen);
    tcase_add_test(all, flow_that_holds_something_negative_is_not_drawn);
    tcase_add_test(all, flow_to_many_places_draws_the_largest_and_the_rest_as_one);
    tcase_add_test(all, flow_goes_on_to_projects_when_the_money_has_arrived);
    tcase_add_test(all, flow_names_a_project_again_once_what_was_returned_is_paid);
    tcase_add_test(all, flow_to_many_projects_draws_the_largest_and_the_rest_as_one);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
