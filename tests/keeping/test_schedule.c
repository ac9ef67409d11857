/* test_schedule.c - on which days something comes again: pure. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger/keeping/keeping.h"
#include "tests/chosen.h"

static date_t day(const char *text)
{
    struct error err = ERROR_INIT;
    date_t out;

    ck_assert_msg(date_parse(text, &out, &err), "%s", err.message);
    return out;
}

/* Monday to Friday, but for 1 to 7 October, and 8 October 2022, a Saturday, is worked. */
static bool works(void *context, date_t at, bool *out, struct error *err)
{
    int year, month, in_month;

    (void)context;
    (void)err;
    date_to_civil(at, &year, &month, &in_month);
    *out = ((at.days + 3) % 7 + 7) % 7 < 5;
    if (month == 10 && in_month <= 7) *out = false;
    if (at.days == day("2022-10-08").days) *out = true;
    return true;
}
static const struct working_days october = {works, NULL};

static struct schedule_rule rule(const char *first, int64_t every, enum schedule_interval interval)
{
    return (struct schedule_rule){
        .first = day(first), .every = every, .interval = interval, .shift = SHIFT_NONE};
}

/* ---- Days ------------------------------------------------------------------------------------ */

static const struct {
    const char *first;
    int64_t every;
    enum schedule_interval interval;
    const char *days[6]; /* the first occurrences */
} known[] = {
    /* month ends are counted from the first, so February takes nothing away */
    {"2022-01-31",
     1,
     SCHEDULE_MONTH,
     {"2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30", "2022-05-31", "2022-06-30"}},
    {"2024-01-31", 1, SCHEDULE_MONTH, {"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"}},
    {"2023-11-30", 3, SCHEDULE_MONTH, {"2023-11-30", "2024-02-29", "2024-05-30", "2024-08-30"}},
    {"2021-10-31", 13, SCHEDULE_MONTH, {"2021-10-31", "2022-11-30", "2023-12-31", "2025-01-31"}},
    /* leap days */
    {"2024-02-29",
     1,
     SCHEDULE_YEAR,
     {"2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"}},
    {"2096-02-29", 4, SCHEDULE_YEAR, {"2096-02-29", "2100-02-28", "2104-02-29"}},
    {"2024-02-28", 1, SCHEDULE_DAY, {"2024-02-28", "2024-02-29", "2024-03-01"}},
    {"2023-02-28", 1, SCHEDULE_DAY, {"2023-02-28", "2023-03-01"}},
    /* year ends */
    {"2022-12-30", 1, SCHEDULE_DAY, {"2022-12-30", "2022-12-31", "2023-01-01"}},
    {"2022-12-29", 1, SCHEDULE_WEEK, {"2022-12-29", "2023-01-05"}},
    {"2022-12-31", 1, SCHEDULE_MONTH, {"2022-12-31", "2023-01-31", "2023-02-28"}},
    {"2022-03-26", 2, SCHEDULE_WEEK, {"2022-03-26", "2022-04-09", "2022-04-23"}},
};

static void check_known(void)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct schedule_rule at = rule(known[i].first, known[i].every, known[i].interval);
        for (int64_t n = 0; n < 6 && known[i].days[n] != NULL; n++) {
            char text[DATE_TEXT_SIZE];
            date_t found;

            ck_assert(schedule_day(&at, n, &found));
            ck_assert_str_eq(date_format(found, text), known[i].days[n]);
            ck_assert_int_eq(schedule_index(&at, found), n);
            ck_assert_int_eq(schedule_index(&at, (date_t){found.days + 1}), n + 1);
        }
    }
}

START_TEST(days_are_counted_from_the_first)
{
    check_known();
}
END_TEST

START_TEST(a_zone_with_daylight_saving_changes_nothing)
{
    static const char *const zones[] = {"America/New_York", "Europe/Berlin", "Asia/Shanghai",
                                        "CET-1CEST,M3.5.0,M10.5.0/3", "Pacific/Apia"};

    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        ck_assert_int_eq(setenv("TZ", zones[i], 1), 0);
        tzset();
        check_known();
    }
}
END_TEST

START_TEST(nothing_comes_behind_the_end_or_the_calendar)
{
    struct schedule_rule at = rule("2022-01-31", 1, SCHEDULE_MONTH);
    date_t found;

    at.has_end = true;
    at.end = day("2022-03-31");
    ck_assert(schedule_day(&at, 2, &found));
    ck_assert(!schedule_day(&at, 3, &found));
    at = rule("9999-11-30", 1, SCHEDULE_MONTH);
    ck_assert(schedule_day(&at, 1, &found));
    ck_assert(!schedule_day(&at, 2, &found));
    ck_assert_int_eq(schedule_index(&at, day("9999-12-31")), 2);
    at = rule("1900-01-01", 1000, SCHEDULE_YEAR);
    ck_assert(!schedule_day(&at, -1, &found));
}
END_TEST

/* ---- Working days ---------------------------------------------------------------------------- */

static const struct {
    const char *day, *next, *previous;
} shifted[] = {
    {"2022-09-30", "2022-09-30", "2022-09-30"}, {"2022-10-01", "2022-10-08", "2022-09-30"},
    {"2022-10-07", "2022-10-08", "2022-09-30"}, {"2022-10-09", "2022-10-10", "2022-10-08"},
    {"2022-10-15", "2022-10-17", "2022-10-14"}, {"2023-10-01", "2023-10-09", "2023-09-29"},
};

START_TEST(holidays_shift_to_the_working_day_before_or_after)
{
    for (size_t i = 0; i < sizeof shifted / sizeof *shifted; i++) {
        struct schedule_rule at = rule("2022-01-01", 1, SCHEDULE_DAY);
        struct error err = ERROR_INIT;
        char text[DATE_TEXT_SIZE];
        date_t due;

        ck_assert(schedule_due(&at, &october, day(shifted[i].day), &due, &err));
        ck_assert_str_eq(date_format(due, text), shifted[i].day);
        at.shift = SHIFT_NEXT;
        ck_assert(schedule_due(&at, &october, day(shifted[i].day), &due, &err));
        ck_assert_str_eq(date_format(due, text), shifted[i].next);
        at.shift = SHIFT_PREVIOUS;
        ck_assert(schedule_due(&at, &october, day(shifted[i].day), &due, &err));
        ck_assert_str_eq(date_format(due, text), shifted[i].previous);
    }
}
END_TEST

static bool never(void *context, date_t at, bool *out, struct error *err)
{
    (void)context;
    (void)at;
    (void)err;
    *out = false;
    return true;
}

START_TEST(a_calendar_without_working_days_is_told)
{
    const struct working_days none = {never, NULL};
    struct schedule_rule at = rule("2022-01-01", 1, SCHEDULE_DAY);
    struct error err = ERROR_INIT;
    date_t due;

    at.shift = SHIFT_NEXT;
    ck_assert(!schedule_due(&at, &none, at.first, &due, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "calendar.set"));
}
END_TEST

/* ---- What an inspection answers -------------------------------------------------------------- */

static const struct {
    const char *first;
    int64_t every;
    enum schedule_interval interval;
    enum schedule_shift shift;
    int64_t grace;
    const char *on;
    int64_t n, count; /* count 0: it answers nothing */
} answers[] = {
    /* by the month's end: any day of the month, and the days of grace after it */
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 0, "2021-12-31", 0, 0},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 0, "2022-01-01", 0, 1},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 0, "2022-01-31", 0, 1},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 0, "2022-02-01", 1, 1},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 5, "2022-02-05", 0, 1},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 5, "2022-02-06", 1, 1},
    {"2022-01-31", 1, SCHEDULE_MONTH, SHIFT_NONE, 5, "2022-03-05", 1, 1},
    /* the limit moves with the working day */
    {"2022-07-01", 1, SCHEDULE_MONTH, SHIFT_NEXT, 0, "2022-10-08", 3, 1},
    {"2022-07-01", 1, SCHEDULE_MONTH, SHIFT_NEXT, 0, "2022-10-09", 4, 1},
    {"2022-07-02", 1, SCHEDULE_MONTH, SHIFT_PREVIOUS, 0, "2022-09-30", 3, 1},
    {"2022-07-02", 1, SCHEDULE_MONTH, SHIFT_PREVIOUS, 0, "2022-10-01", 4, 1},
    /* what a shift brings together is answered together */
    {"2022-09-29", 1, SCHEDULE_DAY, SHIFT_NEXT, 0, "2022-09-30", 1, 1},
    {"2022-09-29", 1, SCHEDULE_DAY, SHIFT_NEXT, 0, "2022-10-03", 2, 8},
    {"2022-09-29", 1, SCHEDULE_DAY, SHIFT_NEXT, 0, "2022-10-08", 2, 8},
    {"2022-09-29", 1, SCHEDULE_DAY, SHIFT_PREVIOUS, 0, "2022-09-30", 1, 8},
    {"2022-09-29", 1, SCHEDULE_DAY, SHIFT_PREVIOUS, 0, "2022-10-01", 9, 2},
};

START_TEST(a_day_answers_the_limit_that_comes_next)
{
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct schedule_rule at = rule(answers[i].first, answers[i].every, answers[i].interval);
        struct error err = ERROR_INIT;
        int64_t n = -1, count;

        at.shift = answers[i].shift;
        at.grace_days = answers[i].grace;
        ck_assert(schedule_answered(&at, &october, day(answers[i].on), &n, &count, &err));
        ck_assert_msg(count == answers[i].count && (count == 0 || n == answers[i].n),
                      "%zu: %s answers %lld from %lld", i, answers[i].on, (long long)count,
                      (long long)n);
    }
}
END_TEST

START_TEST(nothing_behind_the_end_is_answered)
{
    struct schedule_rule at = rule("2022-01-31", 1, SCHEDULE_MONTH);
    struct error err = ERROR_INIT;
    int64_t n, count;

    at.has_end = true;
    at.end = day("2022-02-28");
    ck_assert(schedule_answered(&at, &october, day("2022-02-10"), &n, &count, &err));
    ck_assert_int_eq(count, 1);
    ck_assert(schedule_answered(&at, &october, day("2022-03-10"), &n, &count, &err));
    ck_assert_int_eq(count, 0);
}
END_TEST

/* Each day of five years answers what a walk through all occurrences says, whatever the rule. */
static void check_walk(const struct schedule_rule *at)
{
    struct error err = ERROR_INIT;

    for (int32_t d = at->first.days - 400; d < at->first.days + 1500; d += 3) {
        int64_t n = -1, count, wanted = -1, found = 0, before = INT64_MIN;
        date_t occurrence, due;

        for (int64_t i = -1; i < 3000; i++) {
            if (!schedule_day(at, i, &occurrence)) break;
            ck_assert(schedule_due(at, &october, occurrence, &due, &err));
            if (before < d && due.days + at->grace_days >= d && i >= 0 && wanted < 0 &&
                before != INT64_MIN) {
                wanted = i;
                found = due.days + at->grace_days;
            }
            if (wanted >= 0 && due.days + at->grace_days != found) {
                wanted = wanted | ((i - wanted) << 32);
                break;
            }
            before = due.days + at->grace_days;
        }
        ck_assert(schedule_answered(at, &october, (date_t){d}, &n, &count, &err));
        ck_assert_int_eq(wanted < 0 ? 0 : wanted >> 32, count);
        if (count > 0) ck_assert_int_eq(wanted & INT32_MAX, n);
    }
}

START_TEST(every_day_answers_what_a_walk_finds)
{
    static const struct {
        int64_t every;
        enum schedule_interval interval;
    } kinds[] = {{7, SCHEDULE_DAY}, {2, SCHEDULE_WEEK}, {1, SCHEDULE_MONTH}, {1, SCHEDULE_YEAR}};
    uint64_t state = 2022;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct schedule_rule at = rule("2022-01-31", kinds[i].every, kinds[i].interval);

        at.shift = (enum schedule_shift)chance_below(&state, 3);
        at.grace_days = (int64_t)chance_below(&state, 20);
        check_walk(&at);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keeping_schedule");
    TCase *tests = tcase_create("schedules");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, days_are_counted_from_the_first);
    tcase_add_test(tests, a_zone_with_daylight_saving_changes_nothing);
    tcase_add_test(tests, nothing_comes_behind_the_end_or_the_calendar);
    tcase_add_test(tests, holidays_shift_to_the_working_day_before_or_after);
    tcase_add_test(tests, a_calendar_without_working_days_is_told);
    tcase_add_test(tests, a_day_answers_the_limit_that_comes_next);
    tcase_add_test(tests, nothing_behind_the_end_is_answered);
    tcase_add_test(tests, every_day_answers_what_a_walk_finds);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
