/*
 * test_matters.c - the nine matters in documents: what is withheld elsewhere is withheld here, a
 * period tells nothing of what came later, and where there is nothing each matter says so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Rows of one kind under one import, each in a line; quotes are written '. */
static void add_row(enum disclosure_kind kind, const char *rows)
{
    struct signatory li = world_person("li");
    struct register_batch *batch = NULL;
    struct buffer body = BUFFER_INIT(FIXTURE_FILE_MAX);
    hash_t content = hash_sha256((const uint8_t *)rows, strlen(rows));
    struct error err = ERROR_INIT;
    unsigned count = 0;
    bool repeated;

    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(register_begin(world.journal, &li, "rows", NULL, &content, &batch, &repeated, &err),
            &err);
    for (const char *at = rows; *at != '\0'; count++) {
        size_t size = strcspn(at, "\n");

        buffer_reset(&body);
        ck_good(buffer_append(&body, (const uint8_t *)at, size, &err), &err);
        for (size_t i = 0; i < body.size; i++)
            if (body.data[i] == '\'') body.data[i] = '"';
        ck_good(register_add_row(batch, disclosure_kinds[kind]->entry->name, &body, &err), &err);
        at += size + (at[size] == '\n');
    }
    ck_good(register_finish(batch, count, &err), &err);
    ck_good(journal_commit(world.journal, &err), &err);
    buffer_done(&body);
}

/* What one matter tells in a division's document, its row of the catalogue left out; static. */
static const char *matter(const char *period, const char *division, const char *code)
{
    static struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    char opening[64];
    char *at, *end;

    buffer_reset(&xml);
    world_render(&world, period, division, &xml);
    (void)snprintf(opening, sizeof opening, "<matter code=\"%s\"", code);
    at = strstr((char *)xml.data, opening);
    ck_assert_msg(at != NULL, "%s has no %s", division, code);
    at = strchr(strstr(at, "<catalogue"), '>') + 1;
    end = strstr(at, "</matter>");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    return at;
}

#define PLAN                                                                                       \
    "{'amount':0,'date':'2021-02-01','division':'" COUNTY "','document':'d','name':'计划',"      \
    "'plan':'J','replaces':'','text':'','what':'annual','year':2021}"
#define PLANNED(project)                                                                           \
    "{'action':'add','date':'2021-02-01','document':'','plan':'J','project':'" project             \
    "','responsible':'','standard':''}"

START_TEST(where_there_is_nothing_each_matter_says_so)
{
    static struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    const char *at;
    int count = 0;

    world_render(&world, "2021-07", VILLAGE_22, &xml);
    at = buffer_text(&xml);
    while ((at = strstr(at, "<nothing/>")) != NULL) {
        at++;
        count++;
    }
    ck_assert_int_eq(count, 10); /* July ends no quarter of the village's finances */
    buffer_done(&xml);
}
END_TEST

START_TEST(what_was_paid_to_people_is_withheld_in_every_document)
{
    static const struct world_payment payments[] = {{10000, "P2"}, {20000, "P2"}};
    const char *told;

    add_row(DISCLOSURE_PLAN, PLAN);
    add_row(DISCLOSURE_CHANGE, PLANNED("P1"));
    add_row(DISCLOSURE_CHANGE, PLANNED("P2"));
    told = matter("2021", COUNTY, "completion");
    ck_assert_ptr_nonnull(strstr(told, "<completed code=\"P2\""));
    ck_assert_ptr_null(strstr(told, "withheld="));
    /* Two people: the totals of their voucher are sealed. */
    world_pay_each(&world, "two", "2021-11-02", TOWNSHIP_1, payments, 2);
    told = strstr(matter("2021", COUNTY, "completion"), "<completed code=\"P2\"");
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_nonnull(strstr(told, "withheld=\"sealed_totals\""));
    ck_assert_ptr_null(strstr(told, "<paid"));
    told = matter("2021", COUNTY, "completion");
    ck_assert_ptr_nonnull(strstr(told, "<paid"));
}
END_TEST

START_TEST(a_period_tells_nothing_of_what_came_later)
{
    add_row(DISCLOSURE_PLAN, PLAN);
    add_row(DISCLOSURE_CHANGE, PLANNED("P1"));
    add_row(DISCLOSURE_ENTER, "{'date':'2021-01-05','document':'','project':'P1'}");
    add_row(DISCLOSURE_LEAVE, "{'date':'2021-09-05','document':'','project':'P1','reason':'完'}");
    add_row(DISCLOSURE_COMPLAINT, "{'category':'fund','complaint':'T1','division':'" VILLAGE_11
                                  "','due':'2021-06-30','received':'2021-06-01'}");
    add_row(DISCLOSURE_ANSWER,
            "{'answer':'已纠正','complaint':'T1','date':'2021-08-01','outcome':'upheld'}");
    ck_assert_ptr_nonnull(strstr(matter("2021-01", VILLAGE_11, "bank"), "<in_bank"));
    ck_assert_ptr_nonnull(strstr(matter("2021-08", COUNTY, "bank"), "<in_bank"));
    ck_assert_ptr_nonnull(strstr(matter("2021-09", COUNTY, "bank"), "<left_bank"));
    ck_assert_ptr_nonnull(strstr(matter("2021-10", COUNTY, "bank"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2021-01", COUNTY, "annual_plan"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2021-05", VILLAGE_11, "annual_plan"), "<planned"));
    ck_assert_ptr_nonnull(strstr(matter("2021-05", VILLAGE_12, "annual_plan"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2022-01", COUNTY, "annual_plan"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2021-11", COUNTY, "completion"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2021-05", COUNTY, "complaints"), "<nothing/>"));
    ck_assert_ptr_nonnull(strstr(matter("2021-07", COUNTY, "complaints"), "overdue=\"1\""));
    ck_assert_ptr_nonnull(strstr(matter("2021-08", COUNTY, "complaints"), "已纠正"));
    ck_assert_ptr_nonnull(strstr(matter("2021-09", COUNTY, "complaints"), "<nothing/>"));
}
END_TEST

START_TEST(days_follow_the_calendar_and_the_policies_of_the_place)
{
    add_row(DISCLOSURE_SECTOR, "{'amount':7,'channel':'sector','code':'H1','date':'2021-04-30',"
                               "'division':'" VILLAGE_11 "','mechanism':'','name':'x','place':'y',"
                               "'target':'','unit':'z'}");
    /* 20 working days from Monday to Friday. */
    ck_assert_ptr_nonnull(strstr(matter("2021", VILLAGE_11, "sector"), "due=\"2021-05-28\""));
    add_row(DISCLOSURE_CALENDAR, "{'date':'2021-05-03','document':'d','name':'','works':false}\n"
                                 "{'date':'2021-05-04','document':'d','name':'','works':false}\n"
                                 "{'date':'2021-05-08','document':'d','name':'','works':true}");
    ck_assert_ptr_nonnull(strstr(matter("2021", VILLAGE_11, "sector"), "due=\"2021-05-31\""));
    world_agree(&world, "policy.set",
                "{\"name\":\"disclosure_days_sector_" TOWNSHIP_1
                "\",\"valid_from\":\"2021-01-01\",\"value\":1}");
    ck_assert_ptr_nonnull(strstr(matter("2021", VILLAGE_11, "sector"), "due=\"2021-05-05\""));
    ck_assert_ptr_nonnull(strstr(matter("2021", COUNTY, "sector"), "due=\"2021-05-31\""));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters matters");
    TCase *tcase = tcase_create("matters");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, where_there_is_nothing_each_matter_says_so);
    tcase_add_test(tcase, what_was_paid_to_people_is_withheld_in_every_document);
    tcase_add_test(tcase, a_period_tells_nothing_of_what_came_later);
    tcase_add_test(tcase, days_follow_the_calendar_and_the_policies_of_the_place);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
