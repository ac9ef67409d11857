/*
 * schedule.c - on which days something is to be done that comes again and again: pure, of days
 * alone.
 *
 * 1. Every occurrence is counted from the first, never from the one before: what a short month
 *    takes away, the next gives back.
 * 2. A shift keeps the order of days, so limits never go back and the spans between two limits have
 *    no gap: each day answers occurrences of one limit at most.
 */
#include <assert.h>

#include "ledger/keeping/keeping.h"

#define WEEK_DAYS   7
#define YEAR_MONTHS 12
/* More intervals than the calendar of base/date.h has days. */
#define OCCURRENCE_MAX INT64_C(3000000)

/* ---- Days ------------------------------------------------------------------------------------ */

static bool day_by_months(date_t first, int64_t months, date_t *out)
{
    struct error ignored = ERROR_INIT;
    const int64_t month = date_month(first) + months;
    int year, in_year, day, last;
    date_t last_day;

    if (month < YEAR_MONTHS * 1900 || month >= YEAR_MONTHS * 10000) return false;
    date_to_civil(first, &year, &in_year, &day);
    last_day = month_last_day((int32_t)month);
    date_to_civil(last_day, &year, &in_year, &last);
    return date_from_civil(year, in_year, day < last ? day : last, out, &ignored);
}

/* Without regard to the schedule's end. */
static bool nominal_day(const struct schedule_rule *rule, int64_t n, date_t *out)
{
    struct error ignored = ERROR_INIT;
    const int64_t steps = n * rule->every;

    assert(n >= -1 && n <= OCCURRENCE_MAX);
    assert(rule->every >= 1 && rule->every <= SCHEDULE_EVERY_MAX);
    switch (rule->interval) {
    case SCHEDULE_DAY:
        return date_from_days(rule->first.days + steps, out, &ignored);
    case SCHEDULE_WEEK:
        return date_from_days(rule->first.days + WEEK_DAYS * steps, out, &ignored);
    case SCHEDULE_MONTH:
        return day_by_months(rule->first, steps, out);
    case SCHEDULE_YEAR:
        return day_by_months(rule->first, YEAR_MONTHS * steps, out);
    }
    return false;
}

bool schedule_day(const struct schedule_rule *rule, int64_t n, date_t *out)
{
    date_t day;

    if (!nominal_day(rule, n, &day)) return false;
    if (n >= 0 && rule->has_end && date_is_before(rule->end, day)) return false;
    *out = day;
    return true;
}

int64_t schedule_index(const struct schedule_rule *rule, date_t day)
{
    int64_t n = 0;
    date_t found;

    if (!date_is_before(rule->first, day)) return 0;
    switch (rule->interval) {
    case SCHEDULE_DAY:
        n = (day.days - rule->first.days) / rule->every;
        break;
    case SCHEDULE_WEEK:
        n = (day.days - rule->first.days) / (WEEK_DAYS * rule->every);
        break;
    case SCHEDULE_MONTH:
        n = (date_month(day) - date_month(rule->first)) / rule->every;
        break;
    case SCHEDULE_YEAR:
        n = (date_month(day) - date_month(rule->first)) / (YEAR_MONTHS * rule->every);
        break;
    }
    while (nominal_day(rule, n, &found) && date_is_before(found, day)) /* twice at most */
        n++;
    return n;
}

/* ---- Limits ---------------------------------------------------------------------------------- */

bool schedule_due(const struct schedule_rule *rule, const struct working_days *days, date_t day,
                  date_t *out, struct error *err)
{
    const int32_t step = rule->shift == SHIFT_NEXT ? 1 : -1;
    date_t at = day;
    bool works;

    if (rule->shift != SHIFT_NONE) {
        for (int i = 0; i <= SCHEDULE_SHIFT_MAX; i++) {
            if (!days->is_working(days->context, at, &works, err)) return false;
            if (works) break;
            if (!date_from_days(at.days + step, &at, err)) return false;
            if (i == SCHEDULE_SHIFT_MAX)
                return error_set(err, ERROR_INPUT,
                                 "the calendar leaves no working days; correct it by calendar.set");
        }
    }
    *out = at;
    return true;
}

/* The last day on which the n-th occurrence isn't overdue. *is_there tells whether the calendar has
   it, be it behind the schedule's end. */
static bool limit_of(const struct schedule_rule *rule, const struct working_days *days, int64_t n,
                     bool *is_there, int64_t *out, struct error *err)
{
    date_t day;

    *is_there = nominal_day(rule, n, &day);
    if (!*is_there) return true;
    if (!schedule_due(rule, days, day, &day, err)) return false;
    *out = day.days + rule->grace_days;
    return true;
}

bool schedule_limit_index(const struct schedule_rule *rule, const struct working_days *days,
                          date_t day, int64_t *out, struct error *err)
{
    const int64_t early = rule->shift == SHIFT_NEXT ? SCHEDULE_SHIFT_MAX : 0;
    struct error ignored = ERROR_INIT;
    bool is_there;
    int64_t n, limit = 0;
    date_t from;

    if (!date_from_days(day.days - rule->grace_days - early, &from, &ignored)) from = rule->first;
    for (n = schedule_index(rule, from);; n++) {
        if (!limit_of(rule, days, n, &is_there, &limit, err)) return false;
        if (!is_there || limit >= day.days) break;
    }
    *out = n;
    return true;
}

bool schedule_answered(const struct schedule_rule *rule, const struct working_days *days,
                       date_t day, int64_t *first, int64_t *count, struct error *err)
{
    int64_t n, before, limit, next;
    bool is_there;
    date_t ignored;

    *count = 0;
    if (!schedule_limit_index(rule, days, day, &n, err) ||
        !limit_of(rule, days, n, &is_there, &limit, err))
        return false;
    if (!is_there) return true;
    if (n == 0) {
        if (!limit_of(rule, days, -1, &is_there, &before, err)) return false;
        if (is_there && day.days <= before) return true;
    }
    *first = n;
    while (schedule_day(rule, n, &ignored)) {
        ++*count;
        if (!limit_of(rule, days, ++n, &is_there, &next, err)) return false;
        if (!is_there || next != limit) break;
    }
    return true;
}
