/* occurrence.c - the occurrences of a schedule and what became of each. */
#include <assert.h>
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

const char *occurrence_state_name(enum occurrence_state state)
{
    static const char *const names[OCCURRENCE_STATE_COUNT] = {
        [OCCURRENCE_AWAITED] = N_("upcoming"),
        [OCCURRENCE_DONE] = N_("done"),
        [OCCURRENCE_EXCUSED] = N_("excused"),
        [OCCURRENCE_OVERDUE] = N_("past_due"),
    };

    assert(state < OCCURRENCE_STATE_COUNT);
    return names[state];
}

static bool ask_calendar(void *context, date_t day, bool *out, struct error *err)
{
    (void)err;
    *out = calendar_is_working(context, day);
    return true;
}

struct working_days calendar_days(struct calendar *calendar)
{
    return (struct working_days){ask_calendar, calendar};
}

bool schedule_end_with_asset(struct schedule_rule *rule, const char *gone_on, struct error *err)
{
    date_t day;

    if (gone_on[0] == '\0') return true;
    if (!date_parse(gone_on, &day, err)) return false;
    if (!rule->has_end || date_is_before(day, rule->end)) rule->end = day;
    rule->has_end = true;
    return true;
}

static bool end_by_state(struct journal *journal, struct schedule *schedule, struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(journal),
                         "SELECT " GONE_ON " FROM asset_now a WHERE a.code = $1", &select, err))
        return false;
    statement_bind_text(select, 1, schedule->asset);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row); /* its schedule.set required it */
    ok = schedule_end_with_asset(&schedule->rule, statement_text(select, 0), err);
    statement_reset(select);
    return ok;
}

/* What answers it by the end of a day; `by` 0 when nothing does. */
static bool find_answer(struct journal *journal, const struct schedule *schedule, date_t as_of,
                        struct occurrence *occurrence, struct error *err)
{
    struct statement *select;
    char day[DATE_TEXT_SIZE];
    bool has_row, ok = true;

    occurrence->by = 0;
    if (!store_statement(journal_store(journal),
                         "SELECT seq, is_excuse, date FROM keeping_answer WHERE schedule_seq = $1 "
                         "AND n = $2 AND date <= $3",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)schedule->seq);
    statement_bind_integer(select, 2, occurrence->n);
    statement_bind_text(select, 3, date_format(as_of, day));
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) {
        occurrence->by = (uint64_t)statement_integer(select, 0);
        occurrence->state =
            statement_integer(select, 1) != 0 ? OCCURRENCE_EXCUSED : OCCURRENCE_DONE;
        ok = date_parse(statement_text(select, 2), &occurrence->on, err);
    }
    statement_reset(select);
    return ok;
}

static bool judge(struct journal *journal, const struct schedule *schedule,
                  const struct working_days *days, date_t as_of, struct occurrence *occurrence,
                  struct error *err)
{
    if (!schedule_due(&schedule->rule, days, occurrence->day, &occurrence->due, err) ||
        !date_from_days(occurrence->due.days + schedule->rule.grace_days, &occurrence->limit,
                        err) ||
        !find_answer(journal, schedule, as_of, occurrence, err))
        return false;
    if (occurrence->by == 0)
        occurrence->state =
            date_is_before(occurrence->limit, as_of) ? OCCURRENCE_OVERDUE : OCCURRENCE_AWAITED;
    return true;
}

bool occurrence_each(struct journal *journal, const char *schedule_code, date_t as_of,
                     date_t through,
                     bool (*visit)(void *context, const struct occurrence *occurrence,
                                   struct error *err),
                     void *context, struct error *err)
{
    struct calendar *calendar = NULL;
    struct occurrence occurrence;
    struct working_days days;
    struct schedule schedule;
    bool ok = false;

    if (!schedule_find(journal, schedule_code, &schedule, err) ||
        !end_by_state(journal, &schedule, err) || !calendar_load(journal, &calendar, err))
        return false;
    days = calendar_days(calendar);
    memset(&occurrence, 0, sizeof occurrence);
    for (int64_t n = 0; schedule_day(&schedule.rule, n, &occurrence.day); n++) {
        occurrence.n = n;
        if (!judge(journal, &schedule, &days, as_of, &occurrence, err)) goto out;
        if (date_is_before(through, occurrence.due)) break;
        if (!visit(context, &occurrence, err)) goto out;
    }
    ok = true;
out:
    calendar_free(calendar);
    return ok;
}
