/*
 * duty.c - what must be disclosed by when, and what became of it, from the journal alone.
 *
 * 1. One pass gathers what happened (duties without evidence), a second judges each against the
 *    notices and publications of its division. Neither asks a clock.
 * 2. Each duty is told once: the same event under the same entry for the same division.
 * 3. What an event concerns are the division that it happened in and those above it up to the root,
 *    each as far as the level matrix and its policies say.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/duty_evidence.h"

#define DUTIES_MAX 4000000

static const char *const state_names[] = {
    [DUTY_PENDING] = "awaited", [DUTY_OVERDUE] = "overdue", [DUTY_STANDING] = "standing",
    [DUTY_STOOD] = "stood",     [DUTY_EARLY] = "early",
};

const char *duty_state_name(enum duty_state state)
{
    return state_names[state];
}

struct gathering {
    struct journal *journal;
    const char *scope;
    date_t as_of;
    struct calendar *calendar;
    struct duty *duties;
    size_t count;
    struct project *project;   /* scratch */
    struct record *plan;       /* scratch */
    enum disclosure_kind kind; /* of the rows being read */
};

/* What happened, before it is known whom it concerns. */
struct event {
    enum matter matter;
    const char *subject;
    date_t date;
    uint64_t seq;
    bool is_before; /* it must be disclosed before that day */
};

/* ---- Gathering ------------------------------------------------------------------------------- */

static bool is_told_already(const struct gathering *at, const struct duty *duty)
{
    /* The same entry's duties were added just before. */
    for (size_t i = at->count; i > 0 && at->duties[i - 1].seq == duty->seq; i--) {
        const struct duty *other = &at->duties[i - 1];

        if (other->matter == duty->matter && other->event.days == duty->event.days &&
            strcmp(other->division, duty->division) == 0 &&
            strcmp(other->subject, duty->subject) == 0)
            return true;
    }
    return false;
}

static bool has_calendar(const struct calendar *calendar, date_t day)
{
    int year, month, in_month;

    date_to_civil(day, &year, &month, &in_month);
    return calendar_has_year(calendar, year);
}

static bool set_due(const struct gathering *at, const struct event *event, int64_t working_days,
                    struct duty *duty, struct error *err)
{
    if (event->is_before) return date_from_days(event->date.days - 1, &duty->due, err);
    if (!calendar_add(at->calendar, event->date, working_days, &duty->due, err)) return false;
    duty->by_weekdays =
        !has_calendar(at->calendar, event->date) || !has_calendar(at->calendar, duty->due);
    return true;
}

static bool add_duty(struct gathering *at, const struct event *event, const char *division,
                     struct error *err)
{
    struct duty duty = {.matter = event->matter, .event = event->date, .seq = event->seq};
    struct matter_terms terms;
    void *grown;

    if (!division_code_is_within(division, at->scope)) return true;
    if (!matter_terms(at->journal, event->matter, division, event->date, &terms, err)) return false;
    if (!terms.duty) return true;
    memcpy(duty.division, division, sizeof duty.division);
    assert(strlen(event->subject) < sizeof duty.subject);
    memcpy(duty.subject, event->subject, strlen(event->subject) + 1);
    if (is_told_already(at, &duty)) return true;
    if (!set_due(at, event, terms.working_days, &duty, err)) return false;
    duty.has_until = terms.standing_days > 0;
    duty.until.days = (int32_t)terms.standing_days; /* until it is judged */
    if (at->count == DUTIES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d things to disclose", DUTIES_MAX);
    if ((at->count & (at->count - 1)) == 0) {
        grown = realloc(at->duties, (at->count == 0 ? 1 : 2 * at->count) * sizeof *at->duties);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for what is due");
        at->duties = grown;
    }
    at->duties[at->count++] = duty;
    return true;
}

/* The division and those above it up to `top`, or only below it. */
static bool add_chain(struct gathering *at, const struct event *event, const char *division,
                      const char *top, bool with_top, struct error *err)
{
    char place[DIVISION_CODE_SIZE], above[DIVISION_CODE_SIZE];
    struct division found;

    memcpy(place, division, sizeof place);
    for (;;) {
        const bool is_top = strcmp(place, top) == 0;

        if ((with_top || !is_top) && !add_duty(at, event, place, err)) return false;
        if (is_top) return true;
        if (!division_find(at->journal, place, &found, err)) return false;
        memcpy(above, found.parent, sizeof above);
        if (above[0] == '\0') return true;
        memcpy(place, above, sizeof place);
    }
}

static bool add_here_and_above(struct gathering *at, const struct event *event,
                               const char *division, struct error *err)
{
    return add_chain(at, event, division, journal_root_division(at->journal), true, err);
}

/* ---- 1 Allocation ---------------------------------------------------------------------------- */

/* Who allocates discloses, and where it is allocated to it is disclosed. */
static bool see_allotment(void *context, const struct allotment *allotment, struct error *err)
{
    struct gathering *at = context;
    struct event event = {MATTER_ALLOCATION, allotment->voucher, allotment->date, 0, false};

    if (date_is_before(at->as_of, allotment->date)) return true;
    if (!decision_find(at->journal, allotment->voucher, &event.seq, err)) return false;
    return add_duty(at, &event, allotment->from, err) && add_duty(at, &event, allotment->to, err);
}

/* ---- 2 to 5 and 9: rows that are events themselves ------------------------------------------- */

static const struct {
    enum disclosure_kind kind;
    enum matter matter;
    size_t date, division, subject; /* fields; no division: that of the project */
} direct[] = {
    {DISCLOSURE_LOAN, MATTER_LOANS, LOAN_DATE, LOAN_DIVISION, LOAN_CODE},
    {DISCLOSURE_COUNT, MATTER_LOANS, COUNT_DATE, COUNT_DIVISION, COUNT_CODE},
    {DISCLOSURE_ENTRUST, MATTER_LOANS, ENTRUST_DATE, ENTRUST_DIVISION, ENTRUST_CODE},
    {DISCLOSURE_SECTOR, MATTER_SECTOR, SECTOR_DATE, SECTOR_DIVISION, SECTOR_CODE},
    {DISCLOSURE_ENTER, MATTER_BANK, ENTER_DATE, RECORD_NONE, ENTER_PROJECT},
    {DISCLOSURE_LEAVE, MATTER_BANK, LEAVE_DATE, RECORD_NONE, LEAVE_PROJECT},
};

static bool see_direct(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    size_t i = 0;
    struct event event;

    while (direct[i].kind != at->kind)
        i++;
    event = (struct event){
        direct[i].matter, record->values[direct[i].subject].text, {0}, record->seq, false};
    if (!record_date(record, direct[i].date, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    if (direct[i].division != RECORD_NONE)
        return add_here_and_above(at, &event, record->values[direct[i].division].text, err);
    return project_find(at->journal, event.subject, at->project, err) &&
           add_here_and_above(at, &event, at->project->division, err);
}

static bool see_channel(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    struct event event = {
        MATTER_COMPLAINTS, record->values[CHANNEL_CODE].text, {0}, record->seq, false};

    if (!record_date(record, CHANNEL_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    return add_duty(at, &event, record->values[CHANNEL_DIVISION].text, err);
}

static bool see_answer(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    struct event event = {
        MATTER_COMPLAINTS, record->values[ANSWER_COMPLAINT].text, {0}, record->seq, false};
    bool found;

    if (!record_date(record, ANSWER_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    return record_find(at->journal, &disclosed_complaint, COMPLAINT_CODE, event.subject, at->plan,
                       &found, err) &&
           add_here_and_above(at, &event, at->plan->values[COMPLAINT_DIVISION].text, err);
}

/* ---- 4 and 6 Plans, 7 completion, 8 projects ------------------------------------------------- */

static bool see_plan(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    const bool is_annual = strcmp(record->values[PLAN_WHAT].text, "annual") == 0;
    struct event event = {is_annual ? MATTER_ANNUAL_PLAN : MATTER_CONSOLIDATION,
                          record->values[PLAN_CODE].text,
                          {0},
                          record->seq,
                          false};

    if (!record_date(record, PLAN_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    if (!add_here_and_above(at, &event, record->values[PLAN_DIVISION].text, err)) return false;
    if (!is_annual) return true;
    event.matter = MATTER_COMPLETION;
    if (!date_from_civil((int)record->values[PLAN_YEAR].number, 12, 31, &event.date, err))
        return false;
    return date_is_before(at->as_of, event.date) ||
           add_here_and_above(at, &event, record->values[PLAN_DIVISION].text, err);
}

static bool see_project(struct gathering *at, const struct record *record, bool is_added,
                        struct error *err)
{
    const struct project *project = at->project;
    struct event event = {MATTER_PROJECTS, project->code, project->start, record->seq, true};
    char code[CODE_SIZE + 1] = "P";

    if (!is_added) return true;
    if (project->has_start && !add_duty(at, &event, project->division, err)) return false;
    if (!project->accepted || date_is_before(at->as_of, project->accepted_on)) return true;
    memcpy(code + 1, project->code, strlen(project->code) + 1);
    event.date = project->accepted_on;
    event.is_before = false;
    return decision_find(at->journal, code, &event.seq, err) &&
           add_duty(at, &event, project->division, err);
}

/* Once the year is over, where the project is; unless it was taken out of the plan again. */
static bool add_completion(struct gathering *at, const struct record *record, struct error *err)
{
    struct event event = {MATTER_COMPLETION, at->project->code, {0}, record->seq, false};
    struct record *last = malloc(sizeof *last);
    bool found, is_out, ok = false;

    if (last == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!date_from_civil((int)at->plan->values[PLAN_YEAR].number, 12, 31, &event.date, err) ||
        !record_find(at->journal, &disclosed_change, CHANGE_PROJECT, at->project->code, last,
                     &found, err))
        goto out;
    is_out = last->seq != record->seq; /* taken out, or in again by that later row */
    ok = is_out || date_is_before(at->as_of, event.date) ||
         strcmp(record->values[CHANGE_ACTION].text, "add") != 0 ||
         add_chain(at, &event, at->project->division, at->plan->values[PLAN_DIVISION].text, false,
                   err);
out:
    free(last);
    return ok;
}

static bool see_change(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    const bool is_added = strcmp(record->values[CHANGE_ACTION].text, "add") == 0;
    struct event event = {
        MATTER_ANNUAL_PLAN, record->values[CHANGE_PROJECT].text, {0}, record->seq, false};
    bool found;

    if (!record_date(record, CHANGE_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    if (!project_find(at->journal, event.subject, at->project, err) ||
        !record_find(at->journal, &disclosed_plan, PLAN_CODE, record->values[CHANGE_PLAN].text,
                     at->plan, &found, err))
        return false;
    if (strcmp(at->plan->values[PLAN_WHAT].text, "annual") != 0) return true;
    /* What came with the plan is told with it; a later change is told there too. */
    return add_chain(at, &event, at->project->division, at->plan->values[PLAN_DIVISION].text,
                     strcmp(at->plan->values[PLAN_DATE].text, record->values[CHANGE_DATE].text) !=
                         0,
                     err) &&
           add_completion(at, record, err) && see_project(at, record, is_added, err);
}

static bool gather(struct gathering *at, struct error *err)
{
    static const struct {
        enum disclosure_kind kind;
        record_visit *visit;
    } others[] = {{DISCLOSURE_CHANNEL, see_channel},
                  {DISCLOSURE_ANSWER, see_answer},
                  {DISCLOSURE_PLAN, see_plan},
                  {DISCLOSURE_CHANGE, see_change}};

    if (!allotment_each(at->journal, "", 0, INT32_MAX, see_allotment, at, err)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(direct); i++) {
        at->kind = direct[i].kind;
        if (!record_each(at->journal, disclosure_kinds[at->kind], 0, NULL, see_direct, at, err))
            return false;
    }
    for (size_t i = 0; i < ARRAY_COUNT(others); i++)
        if (!record_each(at->journal, disclosure_kinds[others[i].kind], 0, NULL, others[i].visit,
                         at, err))
            return false;
    return true;
}

/* ---- Judging --------------------------------------------------------------------------------- */

static bool span_holds(const struct disclosure_span *span, date_t day)
{
    return !date_is_before(day, span->first) && !date_is_before(span->last, day);
}

/* A project's start lies ahead of what is told before it. */
static bool is_before_event(const struct duty *duty)
{
    return date_is_before(duty->due, duty->event);
}

static void judge_by_publication(const struct evidence *evidence, struct duty *duty)
{
    bool found = false;

    for (size_t i = 0; i < evidence->publication_count; i++) {
        const struct published *published = &evidence->publications[i];

        if (published->seq < duty->seq || !span_holds(&published->about, duty->event)) continue;
        if (date_is_before(published->on, duty->event) && !is_before_event(duty)) continue;
        if (!found) {
            duty->disclosed_on = published->on;
            memcpy(duty->by, published->period, sizeof published->period);
        }
        if (!found || strcmp(duty->by, published->period) == 0) duty->stands_from = published->on;
        duty->is_changed = date_is_before(duty->disclosed_on, duty->stands_from);
        found = true;
    }
    duty->has_until = false;
    if (found) duty->state = DUTY_STANDING;
}

static bool notice_tells(const struct notice *notice, const struct duty *duty)
{
    if (notice->seq < duty->seq) return false;
    if (date_is_before(notice->first, duty->event) && !is_before_event(duty)) return false;
    if (notice->subject[0] != '\0') return strcmp(notice->subject, duty->subject) == 0;
    return span_holds(&notice->about, duty->event);
}

/* The one that stands in its place after all corrections. */
static const struct notice *last_correction(const struct evidence *evidence,
                                            const struct notice *notice)
{
    while (notice->correction != EVIDENCE_NONE)
        notice = &evidence->notices[notice->correction];
    return notice;
}

static bool judge_by_notice(const struct evidence *evidence, struct duty *duty, struct error *err)
{
    const int64_t days = duty->until.days;
    const struct notice *stands;
    size_t i = evidence_first_notice(evidence, duty->division, duty->matter);

    for (; i < evidence->notice_count; i++) {
        const struct notice *notice = &evidence->notices[i];

        if (notice->matter != duty->matter || strcmp(notice->division, duty->division) != 0)
            return true;
        if (notice_tells(notice, duty)) break;
    }
    if (i == evidence->notice_count) return true;
    stands = last_correction(evidence, &evidence->notices[i]);
    duty->disclosed_on = evidence->notices[i].first;
    duty->stands_from = stands->first;
    duty->is_changed = stands != &evidence->notices[i];
    memcpy(duty->by, stands->code, sizeof duty->by);
    duty->has_ended = stands->has_ended;
    duty->ended_on = stands->ended_on;
    if (duty->has_until && !date_from_days(stands->first.days + days - 1, &duty->until, err))
        return false;
    if (stands->has_ended && (!duty->has_until || date_is_before(stands->ended_on, duty->until)))
        duty->state = DUTY_EARLY;
    else if (duty->has_until && date_is_before(duty->until, evidence->as_of))
        duty->state = DUTY_STOOD;
    else
        duty->state = DUTY_STANDING;
    return true;
}

static bool judge(const struct evidence *evidence, struct duty *duty, struct error *err)
{
    duty->state = date_is_before(duty->due, evidence->as_of) ? DUTY_OVERDUE : DUTY_PENDING;
    if (division_code_level(duty->division) <= DIVISION_COUNTY)
        judge_by_publication(evidence, duty);
    else if (!judge_by_notice(evidence, duty, err))
        return false;
    if (duty->state == DUTY_OVERDUE || duty->state == DUTY_PENDING)
        duty->has_until = false;
    else
        duty->is_late = date_is_before(duty->due, duty->disclosed_on);
    return true;
}

static int order_duties(const void *a, const void *b)
{
    const struct duty *first = a, *second = b;
    int order;

    if (first->due.days != second->due.days) return first->due.days < second->due.days ? -1 : 1;
    if (first->matter != second->matter) return first->matter < second->matter ? -1 : 1;
    order = strcmp(first->division, second->division);
    if (order == 0) order = strcmp(first->subject, second->subject);
    if (order != 0) return order;
    if (first->event.days != second->event.days)
        return first->event.days < second->event.days ? -1 : 1;
    return (first->seq > second->seq) - (first->seq < second->seq);
}

static bool judge_all(struct gathering *at,
                      bool (*visit)(void *context, const struct duty *duty, struct error *err),
                      void *context, struct error *err)
{
    struct evidence evidence;
    bool ok = false;

    if (!evidence_read(at->journal, at->as_of, &evidence, err)) goto out;
    for (size_t i = 0; i < at->count; i++)
        if (!judge(&evidence, &at->duties[i], err)) goto out;
    if (at->count > 0) qsort(at->duties, at->count, sizeof *at->duties, order_duties);
    for (size_t i = 0; i < at->count; i++)
        if (!visit(context, &at->duties[i], err)) goto out;
    ok = true;
out:
    evidence_done(&evidence);
    return ok;
}

bool duty_each(struct journal *journal, const char *scope, date_t as_of,
               bool (*visit)(void *context, const struct duty *duty, struct error *err),
               void *context, struct error *err)
{
    struct gathering at = {.journal = journal,
                           .scope = scope[0] == '\0' ? journal_root_division(journal) : scope,
                           .as_of = as_of};
    bool ok = false;

    at.project = malloc(sizeof *at.project);
    at.plan = malloc(sizeof *at.plan);
    if (at.project == NULL || at.plan == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for what is due");
        goto out;
    }
    if (!calendar_load(journal, &at.calendar, err)) goto out;
    if (!gather(&at, err)) goto out;
    ok = judge_all(&at, visit, context, err);
out:
    calendar_free(at.calendar);
    free(at.project);
    free(at.plan);
    free(at.duties);
    return ok;
}
