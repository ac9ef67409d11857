/*
 * test_years.c - three years of duties against a naive model: every occurrence is done, excused,
 * overdue on a list, or awaited; nothing falls between.
 *
 * MINGZHANG_SEED=n takes another chance. The model knows nothing of the ledger: it keeps all days
 * of all schedules in arrays and goes through all of them for each question.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/assets/rows.h"

#define SCHEDULES   16
#define DAYS_MAX    1600
#define EVENTS_MAX  4000
#define BATCH_MAX   100
#define QUESTIONS   25
#define ENDS_AT_ALL 4 /* one schedule of so many is ended */

static struct fixture world;

/* Three years, in which schedules begin at a month's end, on a leap day or on any other. */
struct years {
    const char *first, *last, *month_end, *leap_day;
};
static const struct years after_leap = {"2021-01-01", "2023-12-31", "2021-01-31", "2020-02-29"};
static const struct years with_leap = {"2019-01-01", "2021-12-31", "2019-01-31", "2020-02-29"};
static const struct years *years;

/* ---- The model ------------------------------------------------------------------------------- */

struct model_day {
    date_t day, limit;
    bool is_before_first; /* only bounds the time of the first */
};

struct model_event {
    date_t on;
    date_t names; /* the occurrence that it names; meaningful when it names one */
    bool has_name, is_excuse;
};

struct model {
    char code[8], asset[8];
    const char *interval, *shift;
    int every, grace;
    date_t first;
    bool has_end;
    date_t end;
    struct model_day days[DAYS_MAX]; /* [0] is the one before the first */
    size_t day_count;
    struct model_event events[EVENTS_MAX];
    size_t event_count;
};
static struct model models[SCHEDULES];

/* Spring and autumn holidays of five years, and a weekend day that is worked beside each. */
static const struct {
    const char *first, *last, *worked;
} holidays[] = {
    {"2019-02-04", "2019-02-10", "2019-02-02"}, {"2019-10-01", "2019-10-07", "2019-09-29"},
    {"2020-01-24", "2020-02-02", "2020-01-19"}, {"2020-10-01", "2020-10-08", "2020-09-27"},
    {"2021-02-11", "2021-02-17", "2021-02-20"}, {"2021-10-01", "2021-10-07", "2021-10-09"},
    {"2022-01-31", "2022-02-06", "2022-01-30"}, {"2022-10-01", "2022-10-07", "2022-10-08"},
    {"2023-01-21", "2023-01-27", "2023-01-28"}, {"2023-09-29", "2023-10-06", "2023-10-07"}};

static bool model_works(date_t at)
{
    for (size_t i = 0; i < ARRAY_COUNT(holidays); i++) {
        if (at.days >= day(holidays[i].first).days && at.days <= day(holidays[i].last).days)
            return false;
        if (at.days == day(holidays[i].worked).days) return true;
    }
    return (at.days + 3) % 7 < 5;
}

static int days_in(int year, int in_month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return in_month == 2 && is_leap ? 29 : lengths[in_month - 1];
}

/* The day so many steps after the first, by counting months on fingers. */
static date_t model_step(const struct model *model, int steps)
{
    struct error err = ERROR_INIT;
    int year, in_year, in_month;
    date_t out = model->first;

    if (model->interval[0] == 'd' || model->interval[0] == 'w') {
        out.days += steps * model->every * (model->interval[0] == 'w' ? 7 : 1);
        return out;
    }
    date_to_civil(model->first, &year, &in_year, &in_month);
    for (int i = 0; i < abs(steps * model->every); i++) {
        if (model->interval[0] == 'y') {
            year += steps > 0 ? 1 : -1;
        } else if (steps > 0) {
            in_year = in_year == 12 ? (year++, 1) : in_year + 1;
        } else {
            in_year = in_year == 1 ? (year--, 12) : in_year - 1;
        }
    }
    if (in_month > days_in(year, in_year)) in_month = days_in(year, in_year);
    ck_assert_ok(date_from_civil(year, in_year, in_month, &out, &err), err);
    return out;
}

static void model_make(struct model *model)
{
    model->day_count = 0;
    for (int n = -1; n < DAYS_MAX - 1; n++) {
        struct model_day *at = &model->days[model->day_count];

        at->day = at->limit = model_step(model, n);
        at->is_before_first = n < 0;
        if (at->day.days > day(years->last).days + 60) break;
        while (model->shift[0] != 'n' && !model_works(at->limit))
            at->limit.days--;
        while (strcmp(model->shift, "next") == 0 && !model_works(at->limit))
            at->limit.days++;
        at->limit.days += model->grace;
        model->day_count++;
    }
}

static bool model_exists(const struct model *model, size_t i)
{
    return !model->days[i].is_before_first &&
           (!model->has_end || model->days[i].day.days <= model->end.days);
}

/* Does this event answer that occurrence? */
static bool model_answers(const struct model *model, const struct model_event *event, size_t i)
{
    int32_t before = INT32_MIN;

    if (event->has_name) return event->names.days == model->days[i].day.days;
    for (size_t k = 0; k < model->day_count; k++)
        if (model->days[k].limit.days < model->days[i].limit.days &&
            model->days[k].limit.days > before)
            before = model->days[k].limit.days;
    return event->on.days <= model->days[i].limit.days && event->on.days > before &&
           before != INT32_MIN;
}

static enum occurrence_state model_state(const struct model *model, size_t i, date_t as_of)
{
    const struct model_event *by = NULL;

    for (size_t k = 0; k < model->event_count; k++) {
        const struct model_event *event = &model->events[k];

        if (event->on.days <= as_of.days && model_answers(model, event, i) &&
            (by == NULL || event->on.days < by->on.days))
            by = event;
    }
    if (by != NULL) return by->is_excuse ? OCCURRENCE_EXCUSED : OCCURRENCE_DONE;
    return model->days[i].limit.days < as_of.days ? OCCURRENCE_OVERDUE : OCCURRENCE_AWAITED;
}

/* ---- The ledger ------------------------------------------------------------------------------ */

static struct {
    const struct record_kind *kinds[BATCH_MAX];
    struct record *rows[BATCH_MAX];
    size_t count;
} batch;

static void flush(void)
{
    struct error err = ERROR_INIT;

    if (batch.count == 0) return;
    ck_assert_ok(try_records(&world, "li", batch.kinds, batch.rows, batch.count, &err), err);
    batch.count = 0;
}

static struct record *add(const struct record_kind *kind)
{
    if (batch.count == BATCH_MAX) flush();
    batch.kinds[batch.count] = kind;
    batch.rows[batch.count] = new_row(kind);
    return batch.rows[batch.count++];
}

static void set_day(struct record *row, size_t field, date_t at)
{
    char text[DATE_TEXT_SIZE];

    set_text(row, field, date_format(at, text));
}

static void add_calendar_day(date_t at, bool works)
{
    struct record *row = add(&disclosed_calendar);

    set_day(row, CALENDAR_DATE, at);
    set_text(row, CALENDAR_DOCUMENT, "国办发明电");
    row->values[CALENDAR_WORKS].number = works;
}

static void add_calendar(void)
{
    for (size_t i = 0; i < ARRAY_COUNT(holidays); i++) {
        for (date_t at = day(holidays[i].first); at.days <= day(holidays[i].last).days; at.days++)
            add_calendar_day(at, false);
        add_calendar_day(day(holidays[i].worked), true);
    }
    flush();
}

static void add_schedule(struct model *model, size_t number, uint64_t *state)
{
    static const char *const intervals[] = {"day", "week", "month", "month", "year"};
    static const char *const shifts[] = {"next", "none", "previous"};
    struct record *row;

    memset(model, 0, sizeof *model);
    (void)snprintf(model->code, sizeof model->code, "S%zu", number);
    (void)snprintf(model->asset, sizeof model->asset, "Z%zu", number % 3);
    model->interval = intervals[chance_below(state, ARRAY_COUNT(intervals))];
    model->shift = shifts[chance_below(state, ARRAY_COUNT(shifts))];
    model->every = 1 + (int)chance_below(state, model->interval[0] == 'd' ? 20 : 3);
    model->grace = chance_below(state, 2) == 0 ? 0 : (int)chance_below(state, 15);
    /* month ends and leap days as often as any other day */
    model->first = number % 3 == 0   ? day(years->month_end)
                   : number % 3 == 1 ? day(years->leap_day)
                                     : day(years->first);
    if (number % 3 == 2) model->first.days += (int32_t)chance_below(state, 200);
    model_make(model);
    row = add(&keeping_schedule);
    set_text(row, SCHEDULE_ASSET, model->asset);
    set_text(row, SCHEDULE_CODE, model->code);
    set_text(row, SCHEDULE_INTERVAL, model->interval);
    set_text(row, SCHEDULE_SHIFT, model->shift);
    set_text(row, SCHEDULE_STANDARD, "巡查");
    set_text(row, SCHEDULE_WHAT, number % 2 == 0 ? "inspection" : "service");
    set_day(row, SCHEDULE_FIRST, model->first);
    row->values[SCHEDULE_EVERY].number = model->every;
    row->values[SCHEDULE_GRACE].number = model->grace;
    flush();
}

static struct model_event *new_event(struct model *model, date_t on)
{
    struct model_event *event = &model->events[model->event_count++];

    ck_assert_uint_le(model->event_count, EVENTS_MAX);
    *event = (struct model_event){.on = on};
    return event;
}

/* The event that was just told to the model, as a row. */
static void add_event(const struct model *model, const struct model_event *event)
{
    struct record *row = add(event->is_excuse ? &keeping_excuse : &keeping_inspection);

    if (event->is_excuse) {
        set_day(row, EXCUSE_DATE, event->on);
        set_day(row, EXCUSE_DUE, event->names);
        set_text(row, EXCUSE_REASON, "大雪封路");
        set_text(row, EXCUSE_SCHEDULE, model->code);
        return;
    }
    set_text(row, INSPECTION_ASSET, model->asset);
    set_day(row, INSPECTION_DATE, event->on);
    if (event->has_name) set_day(row, INSPECTION_DUE, event->names);
    set_text(row, INSPECTION_SCHEDULE, model->code);
    set_text(row, INSPECTION_STATE, "in_use");
}

/* Is it answered by anything that was told, whenever? */
static bool is_answered(const struct model *model, size_t i)
{
    const enum occurrence_state state = model_state(model, i, day("2100-01-01"));

    return state == OCCURRENCE_DONE || state == OCCURRENCE_EXCUSED;
}

/* One occurrence: mostly looked after near its day, at times late, named, excused or forgotten. */
static void live(struct model *model, size_t i, uint64_t *state)
{
    const size_t what = chance_below(state, 10);
    date_t on = model->days[i].day;
    struct model_event event = {.names = on};

    if (!model_exists(model, i) || what == 0 || on.days > day(years->last).days) return;
    on.days += (int32_t)chance_below(state, 14) - 7;
    event.on = on;
    event.is_excuse = what == 1;
    event.has_name = event.is_excuse || what < 4;
    if (what == 4) event.on.days += 40;
    if (event.on.days > day(years->last).days) event.on = day(years->last);
    if (event.on.days < day("2020-01-01").days) event.on = day("2020-01-01");
    if (event.is_excuse && is_answered(model, i)) return; /* it would be refused */
    *new_event(model, event.on) = event;
    add_event(model, &event);
}

static void end_schedule(struct model *model, uint64_t *state)
{
    struct record *row = add(&keeping_stop);

    model->has_end = true;
    model->end = day("2023-01-01");
    model->end.days += (int32_t)chance_below(state, 300);
    set_day(row, STOP_DATE, model->end);
    set_text(row, STOP_SCHEDULE, model->code);
    set_text(row, STOP_REASON, "改由公司管护");
    flush();
}

/* ---- Questions ------------------------------------------------------------------------------- */

struct answers {
    const struct model *model;
    date_t as_of;
    size_t next; /* in model->days */
    int64_t overdue;
    date_t first_overdue;
};

static bool see_occurrence(void *context, const struct occurrence *occurrence, struct error *err)
{
    struct answers *answers = context;
    const struct model *model = answers->model;
    const size_t i = answers->next++;

    (void)err;
    ck_assert_int_eq(occurrence->day.days, model->days[i].day.days);
    ck_assert_int_eq(occurrence->limit.days, model->days[i].limit.days);
    ck_assert_msg(occurrence->state == model_state(model, i, answers->as_of),
                  "%s occurrence %lld is %s", model->code, (long long)occurrence->n,
                  occurrence_state_name(occurrence->state));
    if (occurrence->state == OCCURRENCE_OVERDUE && answers->overdue++ == 0)
        answers->first_overdue = occurrence->day;
    return true;
}

struct listed {
    struct answers answers[SCHEDULES];
    size_t count;
};

/* What the list tells is what the occurrences said. */
static bool see_item(void *context, const struct due_item *item, struct error *err)
{
    struct listed *listed = context;

    (void)err;
    for (size_t i = 0; i < SCHEDULES; i++) {
        if (strcmp(models[i].code, item->subject) != 0) continue;
        ck_assert(item->is_overdue);
        ck_assert_int_eq(item->count, listed->answers[i].overdue);
        ck_assert_int_eq(item->day.days, listed->answers[i].first_overdue.days);
        listed->count++;
    }
    return true;
}

static void ask(date_t as_of)
{
    const struct due_filter filter = {NULL, as_of, -1};
    struct error err = ERROR_INIT;
    struct listed listed = {.count = 0};
    size_t with_overdue = 0;

    for (size_t i = 0; i < SCHEDULES; i++) {
        struct answers *answers = &listed.answers[i];

        *answers = (struct answers){.model = &models[i], .as_of = as_of, .next = 1};
        ck_assert_ok(occurrence_each(world.journal, models[i].code, as_of, day(years->last),
                                     see_occurrence, answers, &err),
                     err);
        /* nothing was left out before the last day */
        if (answers->next < models[i].day_count && model_exists(&models[i], answers->next))
            ck_assert_int_gt(models[i].days[answers->next].limit.days - models[i].grace,
                             day(years->last).days);
        with_overdue += answers->overdue > 0 ? 1 : 0;
    }
    ck_assert_ok(due_schedule_each(world.journal, &filter, see_item, &listed, &err), err);
    ck_assert_uint_eq(listed.count, with_overdue);
}

static void simulate(const struct years *of, uint64_t seed)
{
    const char *chosen = getenv("MINGZHANG_SEED");
    uint64_t state = chosen == NULL ? seed : strtoull(chosen, NULL, 10);

    years = of;
    add_calendar();
    add_asset_row(&world, &asset_register,
                  ASSET_BODY("Z0", VILLAGE_1, "2018-01-01", "operational", "60", ""));
    add_asset_row(&world, &asset_register,
                  ASSET_BODY("Z1", VILLAGE_2, "2018-01-01", "operational", "60", ""));
    add_asset_row(&world, &asset_register,
                  ASSET_BODY("Z2", TOWN_2, "2018-01-01", "operational", "60", ""));
    for (size_t i = 0; i < SCHEDULES; i++)
        add_schedule(&models[i], i, &state);
    for (size_t i = 0; i < SCHEDULES; i++) {
        for (size_t k = 1; k < models[i].day_count; k++)
            live(&models[i], k, &state);
        flush();
        if (i % ENDS_AT_ALL == 1) end_schedule(&models[i], &state);
    }
    for (int i = 0; i < QUESTIONS; i++) {
        date_t as_of = day(years->first);

        as_of.days += (int32_t)chance_below(&state, 3 * 365);
        ask(as_of);
    }
    ask(day(years->last));
}

START_TEST(in_three_years_nothing_falls_between)
{
    simulate(&after_leap, 5);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(in_three_other_years_nothing_falls_between)
{
    ck_assert_int_eq(setenv("TZ", "America/New_York", 1), 0); /* a zone changes nothing */
    simulate(&after_leap, 353);
}
END_TEST

START_TEST(in_three_years_with_a_leap_day_nothing_falls_between)
{
    ck_assert_int_eq(setenv("TZ", "Europe/Berlin", 1), 0);
    simulate(&with_leap, 17);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {in_three_years_nothing_falls_between,
                                  in_three_other_years_nothing_falls_between,
                                  in_three_years_with_a_leap_day_nothing_falls_between};

    return fixture_run("keeping_years", tests, ARRAY_COUNT(tests), &world);
}
