/*
 * duty_told.c - see duty_told.h.
 */
#include "ledger/disclosure/duty_told.h"

#include <string.h>

static bool holds(const struct disclosure_span *span, date_t day)
{
    return !date_is_before(day, span->first) && !date_is_before(span->last, day);
}

/* Was the row there for whoever looked at that entry for that last day? */
static bool is_there(const struct turn *turn, date_t last, uint64_t seq)
{
    return turn->seq < seq && !date_is_before(last, turn->date);
}

static bool any_is_there(const struct duty_index *index, struct turns turns, date_t last,
                         uint64_t seq)
{
    for (size_t i = turns.first; i < turns.end; i++)
        if (is_there(&index->turns[i], last, seq)) return true;
    return false;
}

/* Is the project in some plan? Its rows stand plan by plan; the last of each counts. */
static bool is_planned(const struct duty_index *index, struct turns turns, date_t last,
                       uint64_t seq)
{
    const struct turn *latest = NULL;

    for (size_t i = turns.first; i < turns.end; i++) {
        const struct turn *turn = &index->turns[i];

        if (!is_there(turn, last, seq)) continue;
        if (latest != NULL && latest->adds && strcmp(latest->group, turn->group) != 0) return true;
        latest = turn;
    }
    return latest != NULL && latest->adds;
}

static int year_of(date_t date)
{
    int year, month, day;

    date_to_civil(date, &year, &month, &day);
    return year;
}

bool duty_is_told(const struct duty_index *index, const struct told_when *when, uint64_t seq,
                  struct told_by by)
{
    const date_t last = by.about->last;

    if (by.seq <= seq || date_is_before(last, when->day)) return false;
    if (when->rule == TOLD_AHEAD)
        return !date_is_before(when->other, by.about->first) &&
               is_planned(index, when->ends[0], last, by.seq);
    for (size_t i = 0; i < ARRAY_COUNT(when->ends); i++)
        if (any_is_there(index, when->ends[i], last, by.seq)) return false;
    switch (when->rule) {
    case TOLD_IN_PERIOD:
        return holds(by.about, when->day);
    case TOLD_WHILE:
        return true;
    case TOLD_IN_YEAR:
        return holds(by.about, when->other) || year_of(last) == when->year;
    case TOLD_AT_YEAR_END:
        return last.days == when->other.days;
    case TOLD_EITHER_DAY:
        return holds(by.about, when->day) || holds(by.about, when->other);
    case TOLD_AHEAD:
        break;
    }
    return false;
}

bool duty_is_over(const struct duty_index *index, const struct told_when *when, date_t by,
                  date_t *on)
{
    bool is_over = false;

    if (when->rule == TOLD_AHEAD && is_planned(index, when->ends[0], by, UINT64_MAX)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(when->ends); i++)
        for (size_t j = when->ends[i].first; j < when->ends[i].end; j++) {
            const struct turn *turn = &index->turns[j];

            if (date_is_before(by, turn->date) || (when->rule == TOLD_AHEAD && turn->adds))
                continue;
            /* Out of the last plan; or what came first. */
            if (!is_over || date_is_before(turn->date, *on) == (when->rule != TOLD_AHEAD))
                *on = turn->date;
            is_over = true;
        }
    return is_over;
}

bool duty_rows_came(const struct duty_index *index, struct turns turns, struct told_by by)
{
    return any_is_there(index, turns, by.about->last, by.seq);
}
