/* test_date.c - the calendar against known days, every month's end, and every impossible date. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/date.h"
#include "base/sources.h"

static date_t day(const char *text)
{
    struct error err = ERROR_INIT;
    date_t date;

    ck_assert_msg(date_parse(text, &date, &err), "%s: %s", text, err.message);
    return date;
}

START_TEST(known_days_have_their_known_numbers)
{
    static const struct {
        const char *text;
        int32_t days;
    } cases[] = {
        {"1970-01-01", 0},      {"1969-12-31", -1},      {"1900-01-01", -25567},
        {"1900-02-28", -25509}, {"1900-03-01", -25508}, /* 1900 was no leap year */
        {"2000-02-29", 11016},  {"2000-03-01", 11017},   {"2021-09-30", 18900},
        {"2024-02-29", 19782},  {"9999-12-31", 2932896},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char text[DATE_TEXT_SIZE];

        ck_assert_int_eq(day(cases[i].text).days, cases[i].days);
        ck_assert_str_eq(date_format((date_t){cases[i].days}, text), cases[i].text);
    }
}
END_TEST

/* Count the calendar up day by day, by the schoolbook's rules, and compare every one of them. */
START_TEST(every_day_of_eight_thousand_years_follows_the_one_before)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1900, month = 1, of_month = 1;

    for (int32_t days = -25567; days <= 2932896; days++) {
        struct error err = ERROR_INIT;
        int y, m, d, length;
        date_t date;

        date_to_civil((date_t){days}, &y, &m, &d);
        if (y != year || m != month || d != of_month) ck_abort_msg("%d-%d-%d", y, m, d);
        if (!date_from_civil(y, m, d, &date, &err) || date.days != days) ck_abort_msg("%d", days);
        length = lengths[month - 1];
        if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) length = 29;
        if (++of_month > length) {
            of_month = 1;
            month++;
        }
        if (month > 12) {
            month = 1;
            year++;
        }
    }
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
    static const char *const cases[] = {
        "2021-02-29", "1900-02-29", "2100-02-29", "2021-02-30", "2021-04-31",
        "2021-06-31", "2021-09-31", "2021-11-31", "2021-00-10", "2021-13-01",
        "2021-01-00", "2021-01-32", "1899-12-31", "0000-01-01",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        date_t date = {42};

        ck_assert_msg(!date_parse(cases[i], &date, &err), "%s", cases[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, cases[i]));
        ck_assert_ptr_nonnull(
            strstr(err.message, "is not a day of the calendar from 1900 to 9999"));
        ck_assert_int_eq(date.days, 42);
    }
}
END_TEST

START_TEST(strict_dates_have_one_spelling)
{
    static const char *const cases[] = {
        "",           "2021",        "2021-9-30",   "2021-09-3",   "20210930",
        "2021/09/30", "2021-09-30 ", " 2021-09-30", "21-09-30",    "2021-09-300",
        "2O21-09-30", "２021-09-30", "-021-09-30",  "2021-09-30T", "2021–09–30",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        date_t date = {42};

        ck_assert_msg(!date_parse(cases[i], &date, &err), "%s", cases[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, "is not a date; write it as YYYY-MM-DD"));
        ck_assert_int_eq(date.days, 42);
    }
}
END_TEST

START_TEST(lenient_dates_are_read_as_clerks_write_them)
{
    static const char *const cases[] = {
        "2021-09-03", "2021-9-3", "2021/9/3",     "2021/09/03",     "2021.9.3",
        "2021.09.03", "20210903", "2021年9月3日", "2021年09月03日",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        date_t date;

        ck_assert_msg(date_parse_lenient(cases[i], &date, &err), "%s: %s", cases[i], err.message);
        ck_assert_int_eq(date.days, day("2021-09-03").days);
    }
}
END_TEST

START_TEST(lenient_dates_do_not_guess)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "is not a date"},
        {"2021-9/3", "is not a date"},       /* two kinds of marks */
        {"9/3/2021", "is not a date"},       /* March or September? */
        {"21-9-3", "is not a date"},         /* which century? */
        {"2021年9月", "is not a date"},      /* a month */
        {"2021年9月3", "is not a date"},     /* cut off */
        {"2021-9-3 00:00", "is not a date"}, /* a moment */
        {"2021-9-", "is not a date"},
        {"2021-009-3", "is not a date"},
        {"2021-9-031", "is not a date"},
        {"202193", "is not a date"},
        {"44469", "is not a date"}, /* a spreadsheet's day number */
        {"2021-2-29", "2021-02-29 is not a day of the calendar"},
        {"20210931", "2021-09-31 is not a day of the calendar"},
        {"2021年13月1日", "2021-13-01 is not a day of the calendar"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        date_t date = {42};

        ck_assert_msg(!date_parse_lenient(cases[i].text, &date, &err), "%s", cases[i].text);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s: %s", cases[i].text,
                      err.message);
        ck_assert_int_eq(date.days, 42);
    }
}
END_TEST

START_TEST(months_are_counted_and_know_their_first_and_last_day)
{
    static const struct {
        const char *month, *first, *last, *next;
    } cases[] = {
        {"2021-09", "2021-09-01", "2021-09-30", "2021-10"},
        {"2021-12", "2021-12-01", "2021-12-31", "2022-01"},
        {"2021-02", "2021-02-01", "2021-02-28", "2021-03"},
        {"2024-02", "2024-02-01", "2024-02-29", "2024-03"},
        {"1900-02", "1900-02-01", "1900-02-28", "1900-03"},
        {"2000-02", "2000-02-01", "2000-02-29", "2000-03"},
        {"1900-01", "1900-01-01", "1900-01-31", "1900-02"},
        {"9999-11", "9999-11-01", "9999-11-30", "9999-12"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        char text[MONTH_TEXT_SIZE];
        int32_t month;

        ck_assert(month_parse(cases[i].month, &month, &err));
        ck_assert_str_eq(month_format(month, text), cases[i].month);
        ck_assert_str_eq(month_format(month + 1, text), cases[i].next);
        ck_assert_int_eq(month_first_day(month).days, day(cases[i].first).days);
        ck_assert_int_eq(month_last_day(month).days, day(cases[i].last).days);
        ck_assert_int_eq(date_month(day(cases[i].first)), month);
        ck_assert_int_eq(date_month(day(cases[i].last)), month);
    }
}
END_TEST

START_TEST(what_is_no_month_is_refused)
{
    static const char *const cases[] = {"",        "2021",    "2021-9",   "2021-13", "2021-00",
                                        "1899-12", "2021/09", "2021-09 ", "2021-Q3"};

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        int32_t month = 42;

        ck_assert_msg(!month_parse(cases[i], &month, &err), "%s", cases[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, "month"));
        ck_assert_int_eq(month, 42);
    }
}
END_TEST

START_TEST(days_have_an_order_and_numbers_from_a_store_are_checked)
{
    struct error err = ERROR_INIT;
    date_t date = {42};

    ck_assert(date_is_before(day("2021-09-29"), day("2021-09-30")));
    ck_assert(!date_is_before(day("2021-09-30"), day("2021-09-30")));
    ck_assert(date_from_days(18900, &date, &err));
    ck_assert_int_eq(date.days, 18900);
    ck_assert(!date_from_days(2932897, &date, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "day number 2932897 lies outside"));
    error_clear(&err);
    ck_assert(!date_from_days(INT64_MIN, &date, &err));
    ck_assert_int_eq(date.days, 18900);
}
END_TEST

START_TEST(instants_read_back_as_they_were_written)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"2021-09-30T08:00:00Z", 1632988800},
        {"2038-01-19T03:14:08Z", INT64_C(2147483648)},
        {"1900-01-01T00:00:00Z", INT64_C(-2208988800)},
        {"9999-12-31T23:59:59Z", INT64_C(253402300799)},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        char text[INSTANT_TEXT_SIZE];
        instant_t instant;

        ck_assert(instant_parse(cases[i].text, &instant, &err));
        ck_assert_int_eq(instant.seconds, cases[i].seconds);
        ck_assert_str_eq(instant_format(instant, text), cases[i].text);
        ck_assert(instant_from_seconds(cases[i].seconds, &instant, &err));
    }
}
END_TEST

START_TEST(what_is_no_instant_is_refused)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "is not a time"},
        {"2021-09-30", "is not a time"},
        {"2021-09-30T08:00:00", "is not a time"},       /* which zone? */
        {"2021-09-30T08:00:00+08:00", "is not a time"}, /* entries are in UTC */
        {"2021-09-30 08:00:00Z", "is not a time"},
        {"2021-09-30t08:00:00z", "is not a time"},
        {"2021-09-30T08:00Z", "is not a time"},
        {"2021-09-30T08:00:00.5Z", "is not a time"},
        {"2021-09-30T24:00:00Z", "is not a time of day"},
        {"2021-09-30T08:60:00Z", "is not a time of day"},
        {"2016-12-31T23:59:60Z", "is not a time of day"}, /* a leap second: our seconds have none */
        {"2021-02-29T08:00:00Z", "is not a day of the calendar"},
    };
    struct error err = ERROR_INIT;
    instant_t instant = {42};

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        error_clear(&err);
        ck_assert_msg(!instant_parse(cases[i].text, &instant, &err), "%s", cases[i].text);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s", err.message);
    }
    error_clear(&err);
    ck_assert(!instant_from_seconds(INT64_C(253402300800), &instant, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "lies outside the years 1900 to 9999"));
    error_clear(&err);
    ck_assert(!instant_from_seconds(INT64_MIN, &instant, &err));
    ck_assert_int_eq(instant.seconds, 42);
}
END_TEST

START_TEST(the_day_of_a_moment_depends_on_the_zone)
{
    static const struct {
        const char *moment;
        int32_t zone_seconds;
        const char *date;
    } cases[] = {
        {"2021-09-30T15:59:59Z", ZONE_CHINA_SECONDS, "2021-09-30"},
        {"2021-09-30T16:00:00Z", ZONE_CHINA_SECONDS, "2021-10-01"},
        {"2021-09-30T16:00:00Z", 0, "2021-09-30"},
        {"2021-09-30T00:00:00Z", -3600, "2021-09-29"},
        {"1969-12-31T23:59:59Z", 0, "1969-12-31"},
        {"9999-12-31T23:59:59Z", ZONE_CHINA_SECONDS, "9999-12-31"}, /* the calendar ends */
        {"1900-01-01T00:00:00Z", -3600, "1900-01-01"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        instant_t instant;

        ck_assert(instant_parse(cases[i].moment, &instant, &err));
        ck_assert_int_eq(instant_to_date_in(instant, cases[i].zone_seconds).days,
                         day(cases[i].date).days);
    }
}
END_TEST

START_TEST(the_system_gives_a_present_time_and_bytes_that_differ)
{
    struct clock_source clock = clock_source_system();
    struct random_source random = random_source_system();
    struct error err = ERROR_INIT;
    uint8_t a[32] = {0}, b[32] = {0};
    instant_t now;

    ck_assert(clock.now(clock.context, &now, &err));
    ck_assert_int_gt(now.seconds, 1577836800); /* 2020-01-01 */
    ck_assert(random.fill(random.context, a, sizeof a, &err));
    ck_assert(random.fill(random.context, b, sizeof b, &err));
    ck_assert_mem_ne(a, b, sizeof a);
    ck_assert(!random.fill(random.context, a, SIZE_MAX, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *tests = tcase_create("date");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, known_days_have_their_known_numbers);
    tcase_add_test(tests, every_day_of_eight_thousand_years_follows_the_one_before);
    tcase_add_test(tests, days_that_do_not_exist_are_refused);
    tcase_add_test(tests, strict_dates_have_one_spelling);
    tcase_add_test(tests, lenient_dates_are_read_as_clerks_write_them);
    tcase_add_test(tests, lenient_dates_do_not_guess);
    tcase_add_test(tests, months_are_counted_and_know_their_first_and_last_day);
    tcase_add_test(tests, what_is_no_month_is_refused);
    tcase_add_test(tests, days_have_an_order_and_numbers_from_a_store_are_checked);
    tcase_add_test(tests, instants_read_back_as_they_were_written);
    tcase_add_test(tests, what_is_no_instant_is_refused);
    tcase_add_test(tests, the_day_of_a_moment_depends_on_the_zone);
    tcase_add_test(tests, the_system_gives_a_present_time_and_bytes_that_differ);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
