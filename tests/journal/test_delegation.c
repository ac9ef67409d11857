/*
 * test_delegation.c - standing in for somebody on leave: for some days, by two, and no further.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "ledger/journal/internal.h"

#define DAY      86400
#define MIDNIGHT (FIXTURE_START + 16 * 3600) /* in China: 2021-03-02 begins */
#define TOWN     "611025100000"

#define MAKER_OF(division) "[{\"division\":\"" division "\",\"role\":\"maker\"}]"

static struct journal *journal;

static void setup(void)
{
    fixture_setup();
    journal = fixture_journal(NULL);
    fixture_add_user(journal, "li", "maker");
    fixture_add_user(journal, "wang", "checker");
    fixture_add_user(journal, "chen", "publisher");
}

static void teardown(void)
{
    journal_close(journal);
    fixture_teardown();
}

static void body_of(char body[512], const char *user, const char *delegate, const char *first_day,
                    const char *last_day, const char *roles)
{
    (void)snprintf(
        body, 512,
        "{\"delegate\":\"%s\",\"first_day\":\"%s\",\"last_day\":\"%s\",\"reason\":\"leave\","
        "\"roles\":%s,\"user\":\"%s\"}",
        delegate, first_day, last_day, roles, user);
}

/* Chen stands in for li on 2 and 3 March. */
static void delegate(void)
{
    char body[512];

    body_of(body, "li", "chen", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION));
    fixture_agree(journal, "user.delegate", body);
}

static bool holds_at(int64_t seconds, const char *user, enum role role, const char *division)
{
    struct error err = ERROR_INIT;
    bool holds;

    fixture_set_clock(seconds);
    fixture_begin(journal);
    holds = journal_require_role(journal, user, role, division, &err);
    journal_rollback(journal);
    return holds;
}

static bool try_end(const char *by, const char *user, const char *delegate, struct error *err)
{
    char body[256];
    bool ok;

    (void)snprintf(body, sizeof body, "{\"delegate\":\"%s\",\"reason\":\"back\",\"user\":\"%s\"}",
                   delegate, user);
    fixture_begin(journal);
    ok = fixture_try_act(journal, by, "user.undelegate", body, err) && journal_commit(journal, err);
    if (!ok) journal_rollback(journal);
    return ok;
}

START_TEST(a_stand_in_holds_the_role_on_its_days_as_china_counts_them)
{
    delegate();
    ck_assert(!holds_at(MIDNIGHT - 1, "chen", ROLE_MAKER, FIXTURE_DIVISION));
    ck_assert(holds_at(MIDNIGHT, "chen", ROLE_MAKER, FIXTURE_DIVISION));
    ck_assert(holds_at(MIDNIGHT, "chen", ROLE_MAKER, TOWN));
    ck_assert_msg(holds_at(MIDNIGHT, "chen", ROLE_PUBLISHER, TOWN), "besides the own");
    ck_assert_msg(holds_at(MIDNIGHT, "li", ROLE_MAKER, TOWN), "who is away may still act");
    ck_assert(!holds_at(MIDNIGHT, "chen", ROLE_CHECKER, TOWN));
    ck_assert(holds_at(MIDNIGHT + 2 * DAY - 1, "chen", ROLE_MAKER, FIXTURE_DIVISION));
    ck_assert_msg(!holds_at(MIDNIGHT + 2 * DAY, "chen", ROLE_MAKER, FIXTURE_DIVISION), "over");
}
END_TEST

/* A role is remembered within a transaction, and with the one who holds it. */
START_TEST(a_role_found_once_is_nobody_elses_and_no_other)
{
    static const struct {
        const char *user;
        enum role role;
        const char *division;
        bool holds;
    } cases[] = {{"li", ROLE_MAKER, TOWN, true},
                 {"li", ROLE_CHECKER, TOWN, false},
                 {"chen", ROLE_MAKER, TOWN, false},
                 {"li", ROLE_MAKER, "610100000000", false},
                 {"li", ROLE_MAKER, TOWN, true}};

    fixture_begin(journal);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert(journal_require_role(journal, cases[i].user, cases[i].role, cases[i].division,
                                       &err) == cases[i].holds);
    }
    journal_rollback(journal);
}
END_TEST

/* What was given by a transaction that came to nothing is held by nobody. */
START_TEST(a_role_that_was_rolled_back_never_was)
{
    struct error err = ERROR_INIT;

    fixture_begin(journal);
    ck_assert_ok(user_add_role(journal, "chen", "maker", FIXTURE_DIVISION, 1, &err), err);
    ck_assert_ok(journal_require_role(journal, "chen", ROLE_MAKER, TOWN, &err), err);
    journal_rollback(journal);
    ck_assert(!holds_at(MIDNIGHT, "chen", ROLE_MAKER, TOWN));
}
END_TEST

START_TEST(a_stand_in_holds_no_more_than_was_passed_on)
{
    char body[512];

    body_of(body, "li", "chen", "2021-03-02", "2021-03-03", MAKER_OF(TOWN));
    fixture_agree(journal, "user.delegate", body);
    ck_assert(holds_at(MIDNIGHT, "chen", ROLE_MAKER, "611025100201"));
    ck_assert(!holds_at(MIDNIGHT, "chen", ROLE_MAKER, "611025101000"));
    ck_assert(!holds_at(MIDNIGHT, "chen", ROLE_MAKER, FIXTURE_DIVISION));
}
END_TEST

START_TEST(only_a_role_of_ones_own_is_passed_on_and_only_for_a_while)
{
    static const struct {
        const char *user, *delegate, *first_day, *last_day, *roles, *words;
    } cases[] = {
        {"li", "li", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION), "for oneself"},
        {"li", "nobody", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION), "no user nobody"},
        {"nobody", "li", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION), "no user nobody"},
        {"wang", "chen", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION),
         "wang is not maker for 611025000000"},
        {"li", "chen", "2021-03-02", "2021-03-03", MAKER_OF("611026000000"),
         "li is not maker for 611026000000"},
        {"li", "chen", "2021-03-02", "2021-03-03", "[]", "no role is named"},
        {"zhao", "chen", "2021-03-02", "2021-03-03",
         "[{\"division\":\"611025000000\",\"role\":\"admin\"}]", "admin"},
        {"sun", "chen", "2021-03-02", "2021-03-03",
         "[{\"division\":\"611025000000\",\"role\":\"inspector\"}]", "inspector"},
        {"chen", "li", "2021-03-02", "2021-03-03",
         "[{\"division\":\"611025000000\",\"role\":\"publisher\"}]", "publisher"},
        {"li", "chen", "2021-03-03", "2021-03-02", MAKER_OF(FIXTURE_DIVISION), "are not 1 to 92"},
        {"li", "chen", "2021-03-02", "2021-06-02", MAKER_OF(FIXTURE_DIVISION), "are not 1 to 92"},
        {"li", "chen", "2021-02-01", "2021-02-28", MAKER_OF(FIXTURE_DIVISION),
         "2021-02-28 is past"},
    };
    char body[512];

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct appended proposal;
        struct error err = ERROR_INIT;

        body_of(body, cases[i].user, cases[i].delegate, cases[i].first_day, cases[i].last_day,
                cases[i].roles);
        fixture_begin(journal);
        ck_assert_msg(!fixture_try_propose(journal, "zhao", "user.delegate", body, &proposal, &err),
                      "%s", cases[i].words);
        ck_assert_msg(strstr(err.message, cases[i].words) != NULL, "no '%s' in: %s", cases[i].words,
                      err.message);
        journal_rollback(journal);
    }
    body_of(body, "li", "chen", "2021-03-01", "2021-05-31", MAKER_OF(FIXTURE_DIVISION)); /* 92 */
    fixture_agree(journal, "user.delegate", body);
}
END_TEST

START_TEST(what_one_holds_as_a_stand_in_is_not_passed_on)
{
    struct appended proposal;
    struct error err = ERROR_INIT;
    char body[512];

    delegate();
    fixture_set_clock(MIDNIGHT);
    body_of(body, "chen", "wang", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION));
    fixture_begin(journal);
    ck_assert(!fixture_try_propose(journal, "zhao", "user.delegate", body, &proposal, &err));
    ck_assert_error(err, ERROR_INPUT, "chen is not maker for 611025000000 and can't pass that on");
    journal_rollback(journal);
}
END_TEST

START_TEST(nobody_agrees_to_standing_in_oneself)
{
    static const char *const pairs[][2] = {{"zhao", "qian"}, {"qian", "zhao"}};
    char body[512];

    fixture_add_user(journal, "deng", "admin");
    body_of(body, "li", "qian", "2021-03-02", "2021-03-03", MAKER_OF(FIXTURE_DIVISION));
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        struct appended proposal;
        struct error err = ERROR_INIT;

        fixture_begin(journal);
        ck_assert_ok(
            fixture_try_propose(journal, pairs[i][0], "user.delegate", body, &proposal, &err), err);
        ck_assert(!fixture_try_second(journal, pairs[i][1], &proposal, &err));
        ck_assert_error(err, ERROR_PERMISSION, "qian gets these roles and can't be one of the two");
        journal_rollback(journal);
    }
    fixture_begin(journal);
    {
        struct appended proposal;
        struct error err = ERROR_INIT;

        ck_assert_ok(fixture_try_propose(journal, "zhao", "user.delegate", body, &proposal, &err),
                     err);
        ck_assert_ok(fixture_try_second(journal, "deng", &proposal, &err), err);
    }
    fixture_commit(journal);
}
END_TEST

START_TEST(standing_in_is_ended_early_by_one_who_is_back_or_an_administrator)
{
    static const char *const who[] = {"li", "zhao"};
    struct error err = ERROR_INIT;

    ck_assert(!try_end("zhao", "li", "chen", &err));
    ck_assert_error(err, ERROR_STATE, "chen doesn't stand in for li");
    error_clear(&err);
    for (size_t i = 0; i < ARRAY_COUNT(who); i++) {
        fixture_set_clock(FIXTURE_START);
        delegate();
        ck_assert(!try_end("chen", "li", "chen", &err));
        ck_assert_error(err, ERROR_PERMISSION, "chen is not admin");
        error_clear(&err);
        ck_assert(!try_end("zhao", "chen", "li", &err));
        ck_assert_error(err, ERROR_STATE, "li doesn't stand in for chen");
        error_clear(&err);
        ck_assert_ok(try_end(who[i], "li", "chen", &err), err);
        ck_assert(!holds_at(MIDNIGHT, "chen", ROLE_MAKER, FIXTURE_DIVISION));
    }
    fixture_set_clock(FIXTURE_START);
    delegate();
    fixture_set_clock(MIDNIGHT + 2 * DAY);
    ck_assert_msg(!try_end("li", "li", "chen", &err), "it is over by itself");
    ck_assert_error(err, ERROR_STATE, "now or later");
}
END_TEST

START_TEST(standing_in_ends_with_the_key_of_either)
{
    static const char *const who[] = {"li", "chen"};

    for (size_t i = 0; i < ARRAY_COUNT(who); i++) {
        struct sign_public fresh;
        char body[256], name[16], text[SIGN_PUBLIC_TEXT_SIZE];
        struct error err = ERROR_INIT;

        fixture_set_clock(FIXTURE_START);
        delegate();
        (void)snprintf(body, sizeof body, "{\"reason\":\"lost\",\"user\":\"%s\"}", who[i]);
        fixture_begin(journal);
        ck_assert_ok(fixture_try_act(journal, "zhao", "user.revoke", body, &err), err);
        fixture_commit(journal);
        (void)snprintf(name, sizeof name, "fresh%zu", i);
        fresh = fixture_public(name);
        (void)snprintf(body, sizeof body, "{\"key\":\"%s\",\"user\":\"%s\"}",
                       sign_public_format(&fresh, text), who[i]);
        fixture_agree(journal, "user.rekey", body);
        ck_assert_msg(!holds_at(MIDNIGHT, "chen", ROLE_MAKER, FIXTURE_DIVISION), "%s", who[i]);
        fixture_set_clock(FIXTURE_START);
    }
}
END_TEST

static bool see_role(void *context, const struct held_role *held, struct error *err)
{
    char *text = context;
    size_t size = strlen(text);

    (void)err;
    (void)snprintf(text + size, 1024 - size, "%s %s %s %s %s%s\n", held->user, held->role,
                   held->in_place_of, held->first_day, held->last_day,
                   held->has_ended ? " ended" : "");
    return true;
}

START_TEST(roles_are_listed_with_who_stands_in_for_whom)
{
    char text[1024] = "";
    struct error err = ERROR_INIT;

    delegate();
    ck_assert_ok(try_end("li", "li", "chen", &err), err);
    delegate();
    ck_assert_ok(journal_walk_roles(journal, see_role, text, &err), err);
    ck_assert_str_eq(text, "chen publisher   \n"
                           "chen maker li 2021-03-02 2021-03-03\n"
                           "chen maker li 2021-03-02 2021-03-03 ended\n"
                           "li maker   \n"
                           "qian admin   \n"
                           "sun inspector   \n"
                           "wang checker   \n"
                           "zhao admin   \n");
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("delegation");
    TCase *tests = tcase_create("delegation");

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_stand_in_holds_the_role_on_its_days_as_china_counts_them);
    tcase_add_test(tests, a_stand_in_holds_no_more_than_was_passed_on);
    tcase_add_test(tests, a_role_found_once_is_nobody_elses_and_no_other);
    tcase_add_test(tests, a_role_that_was_rolled_back_never_was);
    tcase_add_test(tests, only_a_role_of_ones_own_is_passed_on_and_only_for_a_while);
    tcase_add_test(tests, what_one_holds_as_a_stand_in_is_not_passed_on);
    tcase_add_test(tests, nobody_agrees_to_standing_in_oneself);
    tcase_add_test(tests, standing_in_is_ended_early_by_one_who_is_back_or_an_administrator);
    tcase_add_test(tests, standing_in_ends_with_the_key_of_either);
    tcase_add_test(tests, roles_are_listed_with_who_stands_in_for_whom);
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
