/*
 * date.c - the Gregorian calendar by arithmetic, without the C library's zones and locales.
 *
 * 1. Text is read as digits in fixed places; a day must exist in the calendar.
 * 2. Days are counted in years that begin on 1 March, so that the leap day ends the year.
 */
#include "base/date.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define YEAR_MIN           1900
#define YEAR_MAX           9999
#define MONTH_MIN          (YEAR_MIN * 12)
#define MONTH_MAX          (YEAR_MAX * 12 + 11)
#define DAY_MIN            (-25567) /* 1900-01-01 */
#define DAY_MAX            2932896  /* 9999-12-31 */
#define DAYS_PER_YEAR      365
#define DAYS_PER_4_YEARS   1461
#define DAYS_PER_100_YEARS 36524
#define DAYS_PER_400_YEARS 146097
#define DAYS_BEFORE_1970   719468 /* from 0000-03-01 */
#define SECONDS_PER_DAY    INT64_C(86400)

struct civil {
    int year, month, day;
};

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/* Days from 1970-01-01 to a day that exists, years 1 and later. */
static int32_t days_from_civil(struct civil civil)
{
    int year = civil.month > 2 ? civil.year : civil.year - 1; /* of the year from March */
    int month = (civil.month + 9) % 12;                       /* 0 is March */
    int days = year * DAYS_PER_YEAR + year / 4 - year / 100 + year / 400;

    /* 153 days in five months from March: 31, 30, 31, 30, 31. */
    return days + (153 * month + 2) / 5 + civil.day - 1 - DAYS_BEFORE_1970;
}

static struct civil civil_from_days(int32_t days)
{
    int all = days + DAYS_BEFORE_1970;
    int era = all / DAYS_PER_400_YEARS;
    int day = all % DAYS_PER_400_YEARS; /* of the 400 years */
    int year = (day - day / (DAYS_PER_4_YEARS - 1) + day / DAYS_PER_100_YEARS -
                day / (DAYS_PER_400_YEARS - 1)) /
               DAYS_PER_YEAR;
    int month;
    struct civil civil;

    day -= year * DAYS_PER_YEAR + year / 4 - year / 100; /* of the year from March */
    month = (5 * day + 2) / 153;
    civil.day = day - (153 * month + 2) / 5 + 1;
    civil.month = month < 10 ? month + 3 : month - 9;
    civil.year = era * 400 + year + (civil.month <= 2 ? 1 : 0);
    return civil;
}

static bool is_in_range(date_t date)
{
    return date.days >= DAY_MIN && date.days <= DAY_MAX;
}

bool date_from_civil(int year, int month, int day, date_t *out, struct error *err)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month)) {
        return error_set(err, ERROR_INPUT,
                         "%04d-%02d-%02d is not a day of the calendar from %d to %d; "
                         "look at the document again",
                         year, month, day, YEAR_MIN, YEAR_MAX);
    }
    out->days = days_from_civil((struct civil){year, month, day});
    assert(is_in_range(*out));
    return true;
}

bool date_from_days(int64_t days, date_t *out, struct error *err)
{
    if (days < DAY_MIN || days > DAY_MAX) {
        return error_set(err, ERROR_INPUT,
                         "day number %lld lies outside the years %d to %d; "
                         "the record that holds it is damaged",
                         (long long)days, YEAR_MIN, YEAR_MAX);
    }
    out->days = (int32_t)days;
    return true;
}

void date_to_civil(date_t date, int *year, int *month, int *day)
{
    struct civil civil;

    assert(is_in_range(date));
    civil = civil_from_days(date.days);
    *year = civil.year;
    *month = civil.month;
    *day = civil.day;
}

/* ---- Reading ------------------------------------------------------------------------------- */

/*
 * Does `text` follow `pattern` to the end, a digit wherever the pattern has 'd' and otherwise the
 * same byte?
 */
static bool matches(const char *text, const char *pattern)
{
    size_t i;

    for (i = 0; pattern[i] != '\0'; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        if (pattern[i] == 'd' ? !is_digit : text[i] != pattern[i]) return false;
    }
    return text[i] == '\0';
}

/* The value of `count` digits, at most 4, already known to be digits. */
static int number_at(const char *text, int count)
{
    int value = 0;
    int i;

    for (i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

bool date_parse(const char *text, date_t *out, struct error *err)
{
    if (!matches(text, "dddd-dd-dd")) {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a date; write it as YYYY-MM-DD, for example 2021-09-30",
                         text);
    }
    return date_from_civil(number_at(text, 4), number_at(text + 5, 2), number_at(text + 8, 2), out,
                           err);
}

/* One or two digits at *text followed by `end`; moves *text past both. */
static bool read_part(const char **text, const char *end, int *value)
{
    size_t digits = strspn(*text, "0123456789");

    if (digits < 1 || digits > 2) return false;
    if (strncmp(*text + digits, end, strlen(end)) != 0) return false;
    *value = number_at(*text, (int)digits);
    *text += digits + strlen(end);
    return true;
}

/* Year, month and day, each followed by its own mark; the marks must be of one kind. */
static bool read_marked(const char *text, struct civil *civil)
{
    static const struct {
        const char *after_year, *after_month, *after_day;
    } marks[] = {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    size_t i;

    if (strspn(text, "0123456789") != 4) return false;
    for (i = 0; i < ARRAY_COUNT(marks); i++) {
        const char *rest = text + 4;
        size_t mark_size = strlen(marks[i].after_year);

        if (strncmp(rest, marks[i].after_year, mark_size) != 0) continue;
        rest += mark_size;
        civil->year = number_at(text, 4);
        return read_part(&rest, marks[i].after_month, &civil->month) &&
               read_part(&rest, marks[i].after_day, &civil->day) && rest[0] == '\0';
    }
    return false;
}

bool date_parse_lenient(const char *text, date_t *out, struct error *err)
{
    struct civil civil;

    if (matches(text, "dddddddd")) {
        civil = (struct civil){number_at(text, 4), number_at(text + 4, 2), number_at(text + 6, 2)};
    } else if (!read_marked(text, &civil)) {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a date; write 2021-09-30, 2021/9/30, 2021.9.30, "
                         "20210930 or 2021年9月30日",
                         text);
    }
    return date_from_civil(civil.year, civil.month, civil.day, out, err);
}

bool month_parse(const char *text, int32_t *out_month, struct error *err)
{
    int year;
    int month;

    if (!matches(text, "dddd-dd")) {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a month; write it as YYYY-MM, for example 2021-09",
                         text);
    }
    year = number_at(text, 4);
    month = number_at(text + 5, 2);
    if (year < YEAR_MIN || month < 1 || month > 12) {
        return error_set(
            err, ERROR_INPUT,
            "\"%s\" is no month; write a year from %d to %d and a month from 01 to 12, as "
            "in 2021-09",
            text, YEAR_MIN, YEAR_MAX);
    }
    *out_month = year * 12 + month - 1;
    return true;
}

bool instant_parse(const char *text, instant_t *out, struct error *err)
{
    date_t date;
    int hour;
    int minute;
    int second;

    if (!matches(text, "dddd-dd-ddTdd:dd:ddZ")) {
        return error_set(err, ERROR_INPUT,
                         "\"%.40s\" is not a time; write it in UTC as YYYY-MM-DDThh:mm:ssZ", text);
    }
    if (!date_from_civil(number_at(text, 4), number_at(text + 5, 2), number_at(text + 8, 2), &date,
                         err)) {
        return false;
    }
    hour = number_at(text + 11, 2);
    minute = number_at(text + 14, 2);
    second = number_at(text + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
        return error_set(err, ERROR_INPUT,
                         "%s is not a time of day; hours end at 23, minutes and seconds at 59",
                         text);
    }
    out->seconds = date.days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    return true;
}

/* ---- Writing and counting ------------------------------------------------------------------ */

/* Fixed width, so that the text always fits; snprintf can't be shown that the numbers are short. */
static char *put_number(char *to, int value, int digits)
{
    int i;

    for (i = digits - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
    assert(value == 0);
    return to + digits;
}

char *date_format(date_t date, char text[DATE_TEXT_SIZE])
{
    struct civil civil;
    char *to;

    assert(is_in_range(date));
    civil = civil_from_days(date.days);
    to = put_number(text, civil.year, 4);
    *to++ = '-';
    to = put_number(to, civil.month, 2);
    *to++ = '-';
    to = put_number(to, civil.day, 2);
    *to = '\0';
    return text;
}

bool date_is_before(date_t a, date_t b)
{
    return a.days < b.days;
}

int32_t date_month(date_t date)
{
    struct civil civil;

    assert(is_in_range(date));
    civil = civil_from_days(date.days);
    return civil.year * 12 + civil.month - 1;
}

char *month_format(int32_t month, char text[MONTH_TEXT_SIZE])
{
    char *to;

    assert(month >= MONTH_MIN && month <= MONTH_MAX);
    to = put_number(text, month / 12, 4);
    *to++ = '-';
    to = put_number(to, month % 12 + 1, 2);
    *to = '\0';
    return text;
}

date_t month_first_day(int32_t month)
{
    assert(month >= MONTH_MIN && month <= MONTH_MAX);
    return (date_t){days_from_civil((struct civil){month / 12, month % 12 + 1, 1})};
}

date_t month_last_day(int32_t month)
{
    date_t first = month_first_day(month);

    return (date_t){first.days + days_in_month(month / 12, month % 12 + 1) - 1};
}

/* The day's number before or at the moment: division towards minus infinity. */
static int64_t day_of(int64_t seconds)
{
    int64_t days = seconds / SECONDS_PER_DAY;

    return seconds % SECONDS_PER_DAY < 0 ? days - 1 : days;
}

bool instant_from_seconds(int64_t seconds, instant_t *out, struct error *err)
{
    if (day_of(seconds) < DAY_MIN || day_of(seconds) > DAY_MAX) {
        return error_set(err, ERROR_INPUT,
                         "second %lld since 1970 lies outside the years %d to %d; "
                         "check the clock or the record that holds it",
                         (long long)seconds, YEAR_MIN, YEAR_MAX);
    }
    out->seconds = seconds;
    return true;
}

char *instant_format(instant_t instant, char text[INSTANT_TEXT_SIZE])
{
    int64_t days = day_of(instant.seconds);
    int second = (int)(instant.seconds - days * SECONDS_PER_DAY);
    char *to = text + DATE_TEXT_SIZE - 1;

    assert(days >= DAY_MIN && days <= DAY_MAX);
    date_format((date_t){(int32_t)days}, text);
    *to++ = 'T';
    to = put_number(to, second / 3600, 2);
    *to++ = ':';
    to = put_number(to, second / 60 % 60, 2);
    *to++ = ':';
    to = put_number(to, second % 60, 2);
    *to++ = 'Z';
    *to = '\0';
    return text;
}

date_t instant_to_date_in(instant_t instant, int32_t zone_seconds)
{
    int64_t days;

    assert(zone_seconds > -SECONDS_PER_DAY && zone_seconds < SECONDS_PER_DAY);
    assert(instant.seconds >= DAY_MIN * SECONDS_PER_DAY);
    assert(instant.seconds < (DAY_MAX + 1) * SECONDS_PER_DAY);
    days = day_of(instant.seconds + zone_seconds);
    /* At either end of the calendar the zone may lead out of it by one day. */
    days = days < DAY_MIN ? DAY_MIN : days > DAY_MAX ? DAY_MAX : days;
    return (date_t){(int32_t)days};
}
