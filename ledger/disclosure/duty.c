/*
 * duty.c - what must be disclosed by when, from the journal alone.
 *
 * 1. One pass gathers what happened (duties without evidence); duty_judge.c judges each against the
 *    notices and publications of its division. Neither asks a clock.
 * 2. Each duty is told once: the same event under the same entry for the same division.
 * 3. What an event concerns are the division that it happened in and those above it up to the root,
 *    each as far as the level matrix and its policies say.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/duty_judge.h"

#define DUTIES_MAX 4000000

struct gathering {
    struct journal *journal;
    const char *scope;
    date_t as_of;
    struct calendar *calendar;
    struct duty_index index;
    struct duty_case *cases;
    struct matter_policies *policies;
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
    struct told_when when;
};

static bool is_before(const struct event *event)
{
    return event->when.rule == TOLD_AHEAD;
}

/* ---- Gathering ------------------------------------------------------------------------------- */

static bool has_calendar(const struct calendar *calendar, date_t day)
{
    int year, month, in_month;

    date_to_civil(day, &year, &month, &in_month);
    return calendar_has_year(calendar, year);
}

static bool set_due(const struct gathering *at, const struct event *event, int64_t working_days,
                    struct duty *duty, struct error *err)
{
    if (is_before(event)) return date_from_days(event->date.days - 1, &duty->due, err);
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
    matter_terms_by(at->policies, event->matter, division, event->date, &terms);
    if (!terms.duty) return true;
    memcpy(duty.division, division, sizeof duty.division);
    assert(strlen(event->subject) < sizeof duty.subject);
    memcpy(duty.subject, event->subject, strlen(event->subject) + 1);
    if (!set_due(at, event, terms.working_days, &duty, err)) return false;
    if (at->count == DUTIES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d things to disclose", DUTIES_MAX);
    if ((at->count & (at->count - 1)) == 0) {
        grown = realloc(at->cases, (at->count == 0 ? 1 : 2 * at->count) * sizeof *at->cases);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for what is due");
        at->cases = grown;
    }
    at->cases[at->count++] = (struct duty_case){duty, event->when, terms.standing_days};
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

/* Who allocates discloses, and where it is allocated to it is disclosed. A late one is told in the
   month in which it counts. */
static bool see_allotment(void *context, const struct allotment *allotment, struct error *err)
{
    struct gathering *at = context;
    struct event event = {
        .matter = MATTER_ALLOCATION,
        .subject = allotment->voucher,
        .date = allotment->date,
        .when = {.rule = TOLD_IN_PERIOD, .day = month_first_day(allotment->booking_month)}};
    char document[CODE_SIZE];

    if (date_is_before(at->as_of, allotment->date)) return true;
    /* Nobody allocates where a successor takes over what was allocated: it is told, but not due. */
    if (allotment->effect == MOVEMENT_SUCCESSION) return true;
    if (!decision_find(at->journal, allotment->voucher, &event.seq, err)) return false;
    duty_index_document(allotment->document, document);
    event.when.content =
        duty_index_find(&at->index, DISCLOSURE_PRINCIPLE, document, allotment->from, 0);
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
    struct event event = {.seq = record->seq};
    size_t i = 0;

    while (direct[i].kind != at->kind)
        i++;
    event.matter = direct[i].matter;
    event.subject = record->values[direct[i].subject].text;
    if (!record_date(record, direct[i].date, &event.date, err)) return false;
    event.when.day = event.date;
    if (date_is_before(at->as_of, event.date)) return true;
    if (direct[i].division != RECORD_NONE)
        return add_here_and_above(at, &event, record->values[direct[i].division].text, err);
    if (at->kind == DISCLOSURE_ENTER) {
        event.when.rule = TOLD_WHILE;
        event.when.ends[0] =
            duty_index_find(&at->index, DISCLOSURE_LEAVE, event.subject, NULL, record->seq);
    }
    return project_find(at->journal, event.subject, at->project, err) &&
           add_here_and_above(at, &event, at->project->division, err);
}

static bool see_channel(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    const char *division = record->values[CHANNEL_DIVISION].text;
    struct event event = {.matter = MATTER_COMPLAINTS,
                          .subject = record->values[CHANNEL_CODE].text,
                          .seq = record->seq,
                          .when = {.rule = TOLD_WHILE}};

    if (!record_date(record, CHANNEL_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    event.when.day = event.date;
    event.when.ends[0] =
        duty_index_find(&at->index, DISCLOSURE_CHANNEL, event.subject, division, record->seq);
    return add_duty(at, &event, division, err);
}

static bool see_answer(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    struct event event = {.matter = MATTER_COMPLAINTS,
                          .subject = record->values[ANSWER_COMPLAINT].text,
                          .seq = record->seq,
                          .when = {.rule = TOLD_EITHER_DAY}};
    bool found;

    if (!record_date(record, ANSWER_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    event.when.day = event.date;
    return record_find(at->journal, &disclosed_complaint, COMPLAINT_CODE, event.subject, at->plan,
                       &found, err) &&
           record_date(at->plan, COMPLAINT_RECEIVED, &event.when.other, err) &&
           add_here_and_above(at, &event, at->plan->values[COMPLAINT_DIVISION].text, err);
}

/* ---- 4 and 6 Plans, 7 completion, 8 projects ------------------------------------------------- */

/* The plan's day and year, and what replaces it. */
static bool set_plan(const struct gathering *at, const struct record *plan, struct told_when *when,
                     struct error *err)
{
    when->rule = TOLD_IN_YEAR;
    when->year = (int)plan->values[PLAN_YEAR].number;
    when->ends[1] =
        duty_index_find(&at->index, DISCLOSURE_PLAN, plan->values[PLAN_CODE].text, NULL, 0);
    return record_date(plan, PLAN_DATE, &when->other, err);
}

/* Once the year is over, unless the plan was replaced or the project taken out of it by then. */
static bool add_completion(struct gathering *at, const struct event *of, const char *division,
                           bool with_top, struct error *err)
{
    struct event event = *of;
    date_t over;

    event.matter = MATTER_COMPLETION;
    event.when.rule = TOLD_AT_YEAR_END;
    event.when.content = (struct turns){0};
    event.when.outcome = with_top ? OUTCOME_PLAN : OUTCOME_PROJECT;
    if (!date_from_civil(event.when.year, 12, 31, &event.date, err)) return false;
    event.when.other = event.date;
    if (date_is_before(at->as_of, event.date) ||
        duty_is_over(&at->index, &event.when, event.date, &over))
        return true;
    return add_chain(at, &event, division,
                     with_top ? journal_root_division(at->journal)
                              : at->plan->values[PLAN_DIVISION].text,
                     with_top, err);
}

static bool see_plan(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    const bool is_annual = strcmp(record->values[PLAN_WHAT].text, "annual") == 0;
    const char *division = record->values[PLAN_DIVISION].text;
    struct event event = {.matter = is_annual ? MATTER_ANNUAL_PLAN : MATTER_CONSOLIDATION,
                          .subject = record->values[PLAN_CODE].text,
                          .seq = record->seq};

    if (!record_date(record, PLAN_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    event.when.day = event.date;
    if (!set_plan(at, record, &event.when, err)) return false;
    event.when.content = duty_index_find(&at->index, DISCLOSURE_FINANCE, event.subject, NULL, 0);
    if (!add_here_and_above(at, &event, division, err)) return false;
    return !is_annual || add_completion(at, &event, division, true, err);
}

/* Before it begins and once it is accepted, where it is; for whatever plan had it first. */
static bool see_project(struct gathering *at, const struct event *change, struct error *err)
{
    const struct project *project = at->project;
    struct event event = *change;
    char code[CODE_SIZE + 1] = "P";

    event.matter = MATTER_PROJECTS;
    event.date = event.when.other = project->start;
    event.when.rule = TOLD_AHEAD;
    event.when.ends[0] = duty_index_find(&at->index, DISCLOSURE_CHANGE, project->code, NULL, 0);
    event.when.ends[1] = (struct turns){0};
    for (size_t i = event.when.ends[0].first; i < event.when.ends[0].end; i++)
        if (at->index.turns[i].seq < change->seq) return true;
    if (project->has_start && !add_duty(at, &event, project->division, err)) return false;
    if (!project->accepted || date_is_before(at->as_of, project->accepted_on)) return true;
    memcpy(code + 1, project->code, strlen(project->code) + 1);
    event.date = project->accepted_on;
    event.when = (struct told_when){
        .rule = TOLD_IN_PERIOD, .day = project->accepted_on, .outcome = OUTCOME_PROJECT};
    return decision_find(at->journal, code, &event.seq, err) &&
           add_duty(at, &event, project->division, err);
}

static bool see_change(void *context, const struct record *record, struct error *err)
{
    struct gathering *at = context;
    const char *plan = record->values[CHANGE_PLAN].text;
    struct event event = {.matter = MATTER_ANNUAL_PLAN,
                          .subject = record->values[CHANGE_PROJECT].text,
                          .seq = record->seq};
    bool found;

    if (!record_date(record, CHANGE_DATE, &event.date, err)) return false;
    if (date_is_before(at->as_of, event.date)) return true;
    event.when.day = event.date;
    if (!project_find(at->journal, event.subject, at->project, err) ||
        !record_find(at->journal, &disclosed_plan, PLAN_CODE, plan, at->plan, &found, err) ||
        !set_plan(at, at->plan, &event.when, err))
        return false;
    if (strcmp(at->plan->values[PLAN_WHAT].text, "annual") != 0) return true;
    event.when.ends[0] =
        duty_index_find(&at->index, DISCLOSURE_CHANGE, event.subject, plan, record->seq);
    /* What came with the plan is told with it; a later change is told there too. */
    return add_chain(at, &event, at->project->division, at->plan->values[PLAN_DIVISION].text,
                     event.when.other.days != event.date.days, err) &&
           (strcmp(record->values[CHANGE_ACTION].text, "add") != 0 ||
            (add_completion(at, &event, at->project->division, false, err) &&
             see_project(at, &event, err)));
}

/* ---- 10 Village finance ---------------------------------------------------------------------- */

/* Each quarter from the one in which money first came, as long as the village is there. */
static bool see_village(void *context, const char *division, int32_t first_month, struct error *err)
{
    struct gathering *at = context;
    struct division found;
    char period[MONTH_TEXT_SIZE];

    if (division_code_level(division) != DIVISION_VILLAGE ||
        !division_code_is_within(division, at->scope))
        return true;
    if (!division_find(at->journal, division, &found, err)) return false;
    for (int32_t month = first_month;; month++) {
        struct event event = {
            .matter = MATTER_VILLAGE_FINANCE, .subject = period, .date = month_last_day(month)};
        int32_t months;

        if (date_is_before(at->as_of, event.date)) return true;
        if (found.has_end && date_is_before(found.last_day, event.date)) return true;
        months = matter_finance_months(at->policies, division, event.date);
        if ((month + 1) % months != 0) continue;
        matter_finance_period(month, months, period);
        event.when = (struct told_when){.rule = TOLD_IN_PERIOD, .day = event.date};
        if (!add_duty(at, &event, division, err)) return false;
    }
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
    return division_first_month_each(at->journal, see_village, at, err);
}

/* ---- All of it ------------------------------------------------------------------------------- */

static int order_cases(const void *a, const void *b)
{
    const struct duty *first = &((const struct duty_case *)a)->duty;
    const struct duty *second = &((const struct duty_case *)b)->duty;
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
    if (at->count > 0) qsort(at->cases, at->count, sizeof *at->cases, order_cases);
    for (size_t i = 0; i < at->count; i++) {
        /* A voucher gives and takes in several lines; each made it due. */
        if (i > 0 && order_cases(&at->cases[i - 1], &at->cases[i]) == 0) continue;
        if (!duty_judge(at->journal, &at->index, &evidence, &at->cases[i], err) ||
            !visit(context, &at->cases[i].duty, err))
            goto out;
    }
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
    if (!duty_index_read(journal, &at.index, err)) goto out;
    if (!matter_policies_load(journal, &at.policies, err)) goto out;
    if (!gather(&at, err)) goto out;
    ok = judge_all(&at, visit, context, err);
out:
    calendar_free(at.calendar);
    matter_policies_free(at.policies);
    free(at.project);
    free(at.plan);
    duty_index_done(&at.index);
    free(at.cases);
    return ok;
}
