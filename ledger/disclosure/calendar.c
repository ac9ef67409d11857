/*
 * calendar.c - working days, as the State Council's notices for each year have them, and spans of
 * days by name.
 *
 * 1. A day that the journal doesn't name is worked from Monday to Friday. Of two rows for one day
 *    the later counts: a holiday is prolonged by a notice of its own.
 * 2. A time limit begins the day after the event and ends with its last working day.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/internal.h"

#define CALENDAR_DAYS_MAX 100000
#define SEARCH_DAYS_MAX   (400 + 3 * DISCLOSURE_DAYS_MAX)

struct calendar_day {
    date_t day;
    uint64_t seq;
    bool works;
};

struct calendar {
    struct calendar_day *days; /* by day, each once */
    size_t count;
};

/* ---- Spans ----------------------------------------------------------------------------------- */

static bool parse_months(const char *text, int32_t *first, int32_t *last)
{
    struct error ignored = ERROR_INIT;
    const size_t size = strlen(text);
    char month[MONTH_TEXT_SIZE] = "0000-01";

    if (size == 7 && month_parse(text, first, &ignored)) {
        *last = *first;
        return true;
    }
    if (size < 4) return false;
    memcpy(month, text, 4);
    error_clear(&ignored);
    if (!month_parse(month, first, &ignored)) return false;
    *last = *first + 11;
    if (size == 4) return true;
    if (size != 7 || text[4] != '-' || text[5] != 'Q' || text[6] < '1' || text[6] > '4')
        return false;
    *first += 3 * (text[6] - '1');
    *last = *first + 2;
    return true;
}

bool disclosure_span_parse(const char *text, struct disclosure_span *out, struct error *err)
{
    int32_t first, last;

    if (!parse_months(text, &first, &last))
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is no period; write a year 2021, a quarter 2021-Q3 or a month "
                         "2021-09",
                         text);
    *out = (struct disclosure_span){month_first_day(first), month_last_day(last)};
    return true;
}

/* ---- The calendar ---------------------------------------------------------------------------- */

static int order_days(const void *a, const void *b)
{
    const struct calendar_day *first = a, *second = b;

    if (first->day.days != second->day.days) return first->day.days < second->day.days ? -1 : 1;
    return (first->seq > second->seq) - (first->seq < second->seq);
}

static bool add_day(void *context, const struct record *record, struct error *err)
{
    struct calendar *calendar = context;
    struct calendar_day *day;

    if (calendar->count % 64 == 0) {
        struct calendar_day *grown =
            realloc(calendar->days, (calendar->count + 64) * sizeof *calendar->days);

        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for a calendar");
        calendar->days = grown;
    }
    if (calendar->count == CALENDAR_DAYS_MAX)
        return error_set(err, ERROR_LIMIT, "the calendar has more than %d days", CALENDAR_DAYS_MAX);
    day = &calendar->days[calendar->count];
    day->seq = record->seq;
    day->works = record->values[CALENDAR_WORKS].number != 0;
    if (!record_date(record, CALENDAR_DATE, &day->day, err)) return false;
    calendar->count++;
    return true;
}

bool calendar_load(struct journal *journal, struct calendar **out, struct error *err)
{
    struct calendar *calendar = calloc(1, sizeof *calendar);
    size_t kept = 0;

    if (calendar == NULL) return error_set(err, ERROR_MEMORY, "no memory for a calendar");
    if (!record_each(journal, &disclosed_calendar, 0, NULL, add_day, calendar, err)) {
        calendar_free(calendar);
        return false;
    }
    if (calendar->count > 0)
        qsort(calendar->days, calendar->count, sizeof *calendar->days, order_days);
    for (size_t i = 0; i < calendar->count; i++) {
        bool is_last = i + 1 == calendar->count ||
                       calendar->days[i + 1].day.days != calendar->days[i].day.days;

        if (is_last) calendar->days[kept++] = calendar->days[i];
    }
    calendar->count = kept;
    *out = calendar;
    return true;
}

void calendar_free(struct calendar *calendar)
{
    if (calendar == NULL) return;
    free(calendar->days);
    free(calendar);
}

bool calendar_has_year(const struct calendar *calendar, int year)
{
    for (size_t i = 0; i < calendar->count; i++) {
        int named, month, day;

        date_to_civil(calendar->days[i].day, &named, &month, &day);
        if (named == year) return true;
    }
    return false;
}

static int compare_day(const void *key, const void *element)
{
    const int64_t wanted = ((const date_t *)key)->days;
    const int64_t found = ((const struct calendar_day *)element)->day.days;

    return (wanted > found) - (wanted < found);
}

bool calendar_is_working(const struct calendar *calendar, date_t day)
{
    const struct calendar_day *named =
        calendar->count == 0
            ? NULL
            : bsearch(&day, calendar->days, calendar->count, sizeof *calendar->days, compare_day);
    int64_t weekday = (day.days + 3) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */

    if (named != NULL) return named->works;
    if (weekday < 0) weekday += 7;
    return weekday < 5;
}

bool calendar_add(const struct calendar *calendar, date_t from, int64_t working_days, date_t *out,
                  struct error *err)
{
    date_t day = from;
    int64_t left = working_days;

    if (working_days < 0 || working_days > DISCLOSURE_DAYS_MAX)
        return error_set(err, ERROR_LIMIT, "a time limit has 0 to %d working days, not %lld",
                         DISCLOSURE_DAYS_MAX, (long long)working_days);
    for (int i = 0; left > 0; i++) {
        if (i == SEARCH_DAYS_MAX)
            return error_set(err, ERROR_INPUT,
                             "the calendar leaves no working days; correct it by calendar.set");
        if (!date_from_days(day.days + 1, &day, err)) return false;
        if (calendar_is_working(calendar, day)) left--;
    }
    *out = day;
    return true;
}
