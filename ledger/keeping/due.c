/*
 * due.c - inspections and services that are due, from the schedules as they are kept.
 *
 * 1. One line for each schedule: the first occurrence that is open, and how many are.
 * 2. Of a day before the last answer everything is judged as it was at the end of that day.
 */
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

const char *due_what_name(enum due_what what)
{
    static const char *const names[DUE_WHAT_COUNT] = {
        [DUE_INSPECTION] = N_("inspection"), [DUE_SERVICE] = N_("service"),
        [DUE_HOLDER] = N_("no_holder"),      [DUE_POST] = N_("post_ends"),
        [DUE_WORK] = N_("work_order"),       [DUE_RENT] = N_("rent_due"),
        [DUE_LEASE] = N_("lease_ends"),
    };

    assert(what < DUE_WHAT_COUNT);
    return names[what];
}

struct due_list {
    struct journal *journal;
    const struct due_filter *filter;
    struct working_days days;
    struct statement *schedules;
    due_visit *visit;
    void *context;
};

bool schedule_find_gaps(struct journal *journal, const struct schedule *schedule, date_t as_of,
                        struct gaps *gaps, struct error *err)
{
    struct statement *select;
    char day[DATE_TEXT_SIZE];
    bool has_row;

    gaps->first_open = gaps->start;
    gaps->answered = 0;
    if (!store_statement(journal_store(journal),
                         "SELECT n FROM keeping_answer WHERE schedule_seq = $1 AND n >= $2 AND "
                         "date <= $3 ORDER BY n",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)schedule->seq);
    statement_bind_integer(select, 2, gaps->start);
    statement_bind_text(select, 3, date_format(as_of, day));
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (statement_integer(select, 0) == gaps->first_open) gaps->first_open++;
        if (statement_integer(select, 0) < gaps->end) gaps->answered++;
    }
}

/* The number of occurrences whose limit is over. */
static bool count_over(const struct due_list *list, const struct schedule *schedule, int64_t *out,
                       struct error *err)
{
    int64_t over, all;
    date_t behind;

    if (!schedule_limit_index(&schedule->rule, &list->days, list->filter->as_of, &over, err))
        return false;
    if (schedule->rule.has_end) {
        if (!date_from_days(schedule->rule.end.days + 1, &behind, err)) return false;
        all = schedule_index(&schedule->rule, behind);
        if (over > all) over = all;
    }
    *out = over;
    return true;
}

static bool judge(const struct due_list *list, const struct schedule *schedule, bool is_past,
                  struct due_item *item, bool *is_due, struct error *err)
{
    struct gaps gaps = {.start = is_past ? 0 : schedule->next_n};

    *is_due = false;
    if (!count_over(list, schedule, &gaps.end, err) ||
        !schedule_find_gaps(list->journal, schedule, list->filter->as_of, &gaps, err))
        return false;
    if (!schedule_day(&schedule->rule, gaps.first_open, &item->day)) return true;
    if (!schedule_due(&schedule->rule, &list->days, item->day, &item->due, err)) return false;
    item->is_overdue = gaps.first_open < gaps.end;
    item->count = item->is_overdue ? gaps.end - gaps.start - gaps.answered : 1;
    *is_due =
        item->is_overdue || (list->filter->days_ahead >= 0 &&
                             item->due.days - list->filter->as_of.days <= list->filter->days_ahead);
    return true;
}

static bool see_schedule(const struct due_list *list, struct error *err)
{
    const struct statement *row = list->schedules;
    char as_of[DATE_TEXT_SIZE];
    struct due_item item;
    struct schedule schedule;
    bool is_due, is_past;

    is_past = strcmp(statement_text(row, SCHEDULE_COLUMN_COUNT),
                     date_format(list->filter->as_of, as_of)) > 0;
    if (!schedule_read(row, 0, &schedule, err) ||
        !schedule_end_with_asset(&schedule.rule, statement_text(row, SCHEDULE_COLUMN_COUNT + 1),
                                 err) ||
        !judge(list, &schedule, is_past, &item, &is_due, err))
        return false;
    if (!is_due) return true;
    item.what = schedule.is_service ? DUE_SERVICE : DUE_INSPECTION;
    memcpy(item.division, schedule.division, sizeof item.division);
    memcpy(item.asset, schedule.asset, sizeof item.asset);
    memcpy(item.subject, schedule.code, sizeof item.subject);
    item.text = statement_text(row, SCHEDULE_COLUMN_COUNT + 2);
    item.seq = schedule.seq;
    return list->visit(list->context, &item, err);
}

bool due_schedule_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                       void *context, struct error *err)
{
    struct due_list list = {journal, filter, {NULL, NULL}, NULL, visit, context};
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
    char until[DATE_TEXT_SIZE], as_of[DATE_TEXT_SIZE];
    struct calendar *calendar = NULL;
    bool has_row, ok = false;
    date_t day;

    division_code_range(filter->scope, first, last);
    if (!date_from_days(filter->as_of.days + (filter->days_ahead > 0 ? filter->days_ahead : 0),
                        &day, err) ||
        !calendar_load(journal, &calendar, err) ||
        !store_prepare(journal_store(journal),
                       "SELECT " SCHEDULE_COLUMNS ", n.answered_on, " GONE_ON ", k.name FROM "
                       "keeping_next n CROSS JOIN keeping_schedule s CROSS JOIN keeping_asset k "
                       "CROSS JOIN asset_now a WHERE n.division >= $1 AND n.division <= $2 AND "
                       "((n.look_day > '' AND n.look_day <= $3) OR n.answered_on > $4) AND s.seq = "
                       "n.seq AND k.asset = n.asset AND a.code = n.asset ORDER BY n.division, "
                       "n.look_day, n.answered_on, n.seq",
                       &list.schedules, err))
        goto out;
    statement_bind_text(list.schedules, 1, first);
    statement_bind_text(list.schedules, 2, last);
    statement_bind_text(list.schedules, 3, date_format(day, until));
    statement_bind_text(list.schedules, 4, date_format(filter->as_of, as_of));
    list.days = calendar_days(calendar);
    for (;;) {
        if (!statement_step(list.schedules, &has_row, err)) goto out;
        if (!has_row) break;
        if (!see_schedule(&list, err)) goto out;
    }
    ok = true;
out:
    statement_free(list.schedules);
    calendar_free(calendar);
    return ok;
}
