/*
 * posts.c - who keeps assets, and when they are looked after: docs/format.md section 5.12.
 *
 * 1. Whoever is said to keep or to have inspected an asset is in office on that day.
 * 2. What a `due` names is an occurrence of its schedule. Whether another row answers it already
 *    isn't judged: that would take a memory of every inspection.
 */
#include "audit/verify/posts.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define EVERY_MAX      1000
#define GRACE_DAYS_MAX 366
#define WEEK_DAYS      7
#define YEAR_MONTHS    12

void posts_done(struct keeping *keeping)
{
    free(keeping->posts);
    free(keeping->schedules);
    free(keeping->works);
    *keeping = (struct keeping){.posts = NULL};
}

/* ---- Bodies and posts ------------------------------------------------------------------------ */

bool posts_declare(struct state *state, const struct view *row, struct error *err)
{
    char division[DIVISION_CODE_SIZE];

    (void)state;
    view_text(row, "division", division, sizeof division);
    return division_code_level(division) >= DIVISION_COUNTY ||
           row_refuse(N_("declares a body above a county"), err);
}

bool posts_appoint(struct state *state, const struct view *row, struct error *err)
{
    struct keeping *keeping = &state->keeping;
    struct post *post;

    if (!array_reserve(&keeping->posts, sizeof *keeping->posts, keeping->post_count,
                       &keeping->post_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "keeper", keeping->post_count, err))
        return false;
    post = &keeping->posts[keeping->post_count++];
    post->first_day = row_date(row, "first_day");
    post->has_last_day = row_has(row, "last_day");
    post->last_day = row_date(row, "last_day");
    return !post->has_last_day || row_require_order(post->first_day, post->last_day, err);
}

bool posts_end(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    uint32_t index = 0;
    struct post *post;

    if (!row_require(state, row, "keeper", &index, err)) return false;
    post = &state->keeping.posts[index];
    if (post->has_ended) return row_refuse(N_("ends an appointment that was ended"), err);
    if (!row_require_order(post->first_day, day, err) ||
        (post->has_last_day && !row_require_order(day, post->last_day, err)))
        return false;
    post->has_last_day = post->has_ended = true;
    post->last_day = day;
    return true;
}

static bool check_keeper(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    const struct post *post;
    uint32_t index = 0;

    if (!row_has(row, "keeper")) return true;
    if (!row_require(state, row, "keeper", &index, err)) return false;
    post = &state->keeping.posts[index];
    return (!date_is_before(day, post->first_day) &&
            (!post->has_last_day || !date_is_before(post->last_day, day))) ||
           row_refuse(N_("names a holder who isn't in office on that day"), err);
}

/* ---- Duties ---------------------------------------------------------------------------------- */

bool posts_duty(struct state *state, const struct view *row, struct error *err)
{
    struct asset *asset;

    if (!assets_require_use(state, row, "date", &asset, err)) return false;
    if ((row_number(row, "money") != 0 && !row_has(row, "money_source")) ||
        (row_has(row, "keeper") && !row_has(row, "unit")))
        return row_refuse(N_("has money without its source, or a holder without a unit"), err);
    return check_keeper(state, row, err);
}

/* ---- Schedules ------------------------------------------------------------------------------- */

bool schedules_set(struct state *state, const struct view *row, struct error *err)
{
    const int64_t every = row_number(row, "every");
    struct keeping *keeping = &state->keeping;
    struct schedule *schedule;
    struct asset *asset;

    if (!assets_require_use(state, row, "first", &asset, err)) return false;
    if (every > EVERY_MAX || row_number(row, "grace_days") > GRACE_DAYS_MAX)
        return row_refuse(N_("has more intervals or days of grace than a schedule has"), err);
    if (!array_reserve(&keeping->schedules, sizeof *keeping->schedules, keeping->schedule_count,
                       &keeping->schedule_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "schedule", keeping->schedule_count, err))
        return false;
    schedule = &keeping->schedules[keeping->schedule_count++];
    schedule->asset = (uint32_t)(asset - state->assets.at);
    schedule->is_by_months = row_is(row, "interval", "month") || row_is(row, "interval", "year");
    schedule->step = (int32_t)every * (row_is(row, "interval", "week")   ? WEEK_DAYS
                                       : row_is(row, "interval", "year") ? YEAR_MONTHS
                                                                         : 1);
    schedule->first = row_date(row, "first");
    schedule->end = row_date(row, "last");
    schedule->has_end = row_has(row, "last");
    return !schedule->has_end || row_require_order(schedule->first, schedule->end, err);
}

bool schedules_end(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    struct schedule *schedule;
    uint32_t index = 0;

    if (!row_require(state, row, "schedule", &index, err)) return false;
    schedule = &state->keeping.schedules[index];
    if (schedule->was_stopped) return row_refuse(N_("ends a schedule that was ended"), err);
    schedule->was_stopped = true;
    if (!schedule->has_end || date_is_before(day, schedule->end)) schedule->end = day;
    schedule->has_end = true;
    return true;
}

/* Always counted from the first; where a month has no such day, its last. */
bool schedules_count(date_t first, bool is_by_months, int32_t step, date_t day)
{
    struct error ignored = ERROR_INIT;
    const int32_t months = date_month(day) - date_month(first);
    int year, month, first_day, last_day;
    date_t nominal;

    if (date_is_before(day, first)) return false;
    if (!is_by_months) return (day.days - first.days) % step == 0;
    if (months % step != 0) return false;
    date_to_civil(first, &year, &month, &first_day);
    date_to_civil(month_last_day(date_month(day)), &year, &month, &last_day);
    return date_from_civil(year, month, first_day < last_day ? first_day : last_day, &nominal,
                           &ignored) &&
           nominal.days == day.days;
}

static bool check_occurrence(const struct schedule *schedule, date_t due, struct error *err)
{
    char text[DATE_TEXT_SIZE];

    return (schedules_count(schedule->first, schedule->is_by_months, schedule->step, due) &&
            (!schedule->has_end || !date_is_before(schedule->end, due))) ||
           error_set(err, ERROR_VERIFY, "names %s, which is no day of its schedule",
                     date_format(due, text));
}

/* ---- Inspections ----------------------------------------------------------------------------- */

bool schedules_inspect(struct state *state, const struct view *row, struct error *err)
{
    const struct schedule *schedule;
    struct asset *asset;
    uint32_t index = 0;

    if (!assets_require_use(state, row, "date", &asset, err)) return false;
    if (!row_is(row, "state", "in_use") && !row_has(row, "findings"))
        return row_refuse(N_("tells a state without saying what was found"), err);
    if (!check_keeper(state, row, err)) return false;
    if (!row_has(row, "schedule"))
        return !row_has(row, "due") || row_refuse(N_("names a day of no schedule"), err);
    if (!row_require(state, row, "schedule", &index, err)) return false;
    schedule = &state->keeping.schedules[index];
    if (schedule->asset != (uint32_t)(asset - state->assets.at))
        return row_refuse(N_("names a schedule of another asset"), err);
    return !row_has(row, "due") || check_occurrence(schedule, row_date(row, "due"), err);
}

bool schedules_excuse(struct state *state, const struct view *row, struct error *err)
{
    uint32_t index = 0;
    char due[DATE_TEXT_SIZE];
    hash_t key;

    if (!row_require(state, row, "schedule", &index, err) ||
        !check_occurrence(&state->keeping.schedules[index], row_date(row, "due"), err))
        return false;
    key = key_of("excuse/%u/%s", (unsigned)index, date_format(row_date(row, "due"), due));
    if (map_find(&state->things, &key, NULL))
        return row_refuse(N_("excuses again what a row before it excuses"), err);
    return map_add(&state->things, &key, 0, err);
}
