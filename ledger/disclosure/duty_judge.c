/*
 * duty_judge.c - judging a duty against what was published and what hung on boards.
 *
 * 1. A county's documents of one period are a chain: each takes the place of the one before. A
 * thing stands while the last of some chain tells it, and stands anew from the one that tells it
 *    otherwise than the one before.
 * 2. Of a board the first notice that tells the thing counts, and what takes its place.
 *
 *      awaited -> overdue              nothing tells it
 *      awaited, overdue -> replaced    nothing told it, and it is over
 *      standing -> stood | early       taken down; early: before its days were over, though it
 * wasn't any -> withheld                 what should tell it left it out and said so
 */
#include "ledger/disclosure/duty_judge.h"

#include <assert.h>
#include <string.h>

static const char *const state_names[] = {
    [DUTY_PENDING] = "awaited",   [DUTY_OVERDUE] = "overdue", [DUTY_STANDING] = "standing",
    [DUTY_STOOD] = "stood",       [DUTY_EARLY] = "early",     [DUTY_WITHHELD] = "withheld",
    [DUTY_REPLACED] = "replaced",
};
static_assert(ARRAY_COUNT(state_names) == DUTY_STATE_COUNT, "each state has a name");

const char *duty_state_name(enum duty_state state)
{
    return state_names[state];
}

struct judging {
    struct journal *journal;
    const struct duty_index *index;
    const struct evidence *evidence;
    struct duty_case *of;
};

static bool is_left_out(const struct judging *at, uint64_t seq)
{
    const struct duty *duty = &at->of->duty;

    return duty->matter == MATTER_ALLOCATION &&
           evidence_is_left_out(at->evidence, seq, duty->division, duty->subject);
}

/* Is it over? Then nothing that was taken down since was taken down too early. */
static bool is_over(const struct judging *at, date_t by)
{
    date_t on;

    return duty_is_over(at->index, &at->of->when, by, &on);
}

/* ---- Publications ---------------------------------------------------------------------------- */

/* What the documents of one period did to a thing. */
struct chain {
    const struct published *first; /* that told it; NULL: none did */
    date_t from;                   /* told just so since then */
    bool stands, is_changed;
    date_t dropped_on; /* told before, and not by the one of this day */
    bool is_withheld;  /* the last one leaves it out */
};

static bool published_tells(const struct judging *at, const struct published *published)
{
    const struct told_by by = {&published->about, published->seq};

    if (at->of->when.rule != TOLD_AHEAD && date_is_before(published->on, at->of->duty.event))
        return false;
    return duty_is_told(at->index, &at->of->when, at->of->duty.seq, by);
}

/* Did something become of the project between the two documents? */
static bool project_changed(const struct judging *at, const char *project, uint64_t after,
                            const struct published *published, bool *out, struct error *err)
{
    const struct told_by by = {&published->about, published->seq};

    *out = duty_rows_came(at->index,
                          duty_index_find(at->index, DISCLOSURE_ACHIEVE, project, NULL, after), by);
    return *out || decision_touched(at->journal, project, after, published->seq,
                                    date_month(published->about.last), out, err);
}

static bool plan_changed(const struct judging *at, uint64_t after,
                         const struct published *published, bool *out, struct error *err)
{
    for (size_t i = 0; i < at->index->count && !*out; i++) {
        const struct turn *turn = &at->index->turns[i];

        if (turn->kind == DISCLOSURE_CHANGE && turn->adds &&
            strcmp(turn->group, at->of->duty.subject) == 0 &&
            !project_changed(at, turn->code, after, published, out, err))
            return false;
    }
    return true;
}

/* Does this document tell it otherwise than the one before, which entry `after` made? */
static bool is_changed(const struct judging *at, uint64_t after, const struct published *published,
                       bool *out, struct error *err)
{
    const struct told_by by = {&published->about, published->seq};
    struct turns content = at->of->when.content;

    while (content.first < content.end && at->index->turns[content.first].seq <= after)
        content.first++;
    *out = duty_rows_came(at->index, content, by);
    if (*out) return true;
    switch (at->of->when.outcome) {
    case OUTCOME_NONE:
        break;
    case OUTCOME_PROJECT:
        return project_changed(at, at->of->duty.subject, after, published, out, err);
    case OUTCOME_PLAN:
        return plan_changed(at, after, published, out, err);
    }
    return true;
}

static bool follow_chain(const struct judging *at, const struct published *published,
                         struct chain *chain, struct error *err)
{
    const struct evidence *evidence = at->evidence;
    uint64_t before = 0;

    for (; published != NULL;
         before = published->seq, published = published->next == EVIDENCE_NONE
                                                  ? NULL
                                                  : &evidence->publications[published->next]) {
        bool tells = published_tells(at, published), is_anew = !chain->stands;

        chain->is_withheld = tells && is_left_out(at, published->seq);
        tells = tells && !chain->is_withheld;
        if (chain->stands && !tells) chain->dropped_on = published->on;
        if (chain->stands && tells && !is_changed(at, before, published, &is_anew, err))
            return false;
        if (tells && is_anew) {
            chain->is_changed = chain->first != NULL;
            chain->from = published->on;
        }
        if (tells && chain->first == NULL) chain->first = published;
        chain->stands = tells;
    }
    return true;
}

/* The period that told it first counts, unless it doesn't tell it any more and another does. */
static void take_chain(struct duty *duty, const struct chain *chain, struct chain *best)
{
    if (chain->first == NULL) return;
    if (best->first == NULL || chain->first->seq < best->first->seq)
        duty->disclosed_on = chain->first->on;
    if (best->first == NULL || (chain->stands && !best->stands) ||
        (chain->stands == best->stands && chain->first->seq < best->first->seq))
        *best = *chain;
}

static bool judge_by_publication(const struct judging *at, struct error *err)
{
    struct duty *duty = &at->of->duty;
    struct chain best = {.first = NULL};
    bool is_withheld = false;

    for (size_t i = 0; i < at->evidence->publication_count; i++) {
        struct chain chain = {.first = NULL};

        if (!at->evidence->publications[i].is_first) continue;
        if (!follow_chain(at, &at->evidence->publications[i], &chain, err)) return false;
        is_withheld = is_withheld || chain.is_withheld;
        take_chain(duty, &chain, &best);
    }
    if (is_withheld) duty->state = DUTY_WITHHELD;
    if (best.first == NULL) return true;
    memcpy(duty->by, best.first->period, sizeof best.first->period);
    duty->stands_from = best.from;
    duty->is_changed = best.is_changed;
    duty->has_ended = !best.stands;
    if (best.stands)
        duty->state = DUTY_STANDING;
    else if (!is_withheld)
        duty->state = is_over(at, best.dropped_on) ? DUTY_STOOD : DUTY_EARLY;
    return best.stands || date_from_days(best.dropped_on.days - 1, &duty->ended_on, err);
}

/* ---- Notices --------------------------------------------------------------------------------- */

static bool notice_tells(const struct judging *at, const struct notice *notice)
{
    const struct duty *duty = &at->of->duty;
    const struct told_by by = {&notice->about, notice->seq};

    if (notice->seq < duty->seq) return false;
    if (at->of->when.rule != TOLD_AHEAD && date_is_before(notice->first, duty->event)) return false;
    if (notice->subject[0] != '\0') return strcmp(notice->subject, duty->subject) == 0;
    return duty_is_told(at->index, &at->of->when, duty->seq, by);
}

/* The first of the division's notices that tells it, or NULL; one that leaves it out says so. */
static const struct notice *find_notice(const struct judging *at)
{
    const struct evidence *evidence = at->evidence;
    struct duty *duty = &at->of->duty;

    for (size_t i = evidence_first_notice(evidence, duty->division, duty->matter);
         i < evidence->notice_count; i++) {
        const struct notice *notice = &evidence->notices[i];

        if (notice->matter != duty->matter || strcmp(notice->division, duty->division) != 0) break;
        if (!notice_tells(at, notice)) continue;
        if (!is_left_out(at, notice->seq)) return notice;
        duty->state = DUTY_WITHHELD;
    }
    return NULL;
}

/*
 * What stands in its place after all corrections. One about something else leaves it as it is; one
 * about all of a period that doesn't tell it takes it down: then *gone is its last day.
 */
static const struct notice *last_correction(const struct judging *at, const struct notice *notice,
                                            bool *is_gone, date_t *gone)
{
    const struct notice *stands = notice;

    *is_gone = false;
    while (notice->correction != EVIDENCE_NONE) {
        notice = &at->evidence->notices[notice->correction];
        if (notice->subject[0] != '\0' && strcmp(notice->subject, at->of->duty.subject) != 0)
            continue;
        if (notice_tells(at, notice) && !is_left_out(at, notice->seq)) {
            stands = notice;
            *is_gone = false;
        } else if (!*is_gone) {
            gone->days = notice->first.days - 1;
            *is_gone = true;
        }
    }
    return stands;
}

static bool judge_by_notice(const struct judging *at, struct error *err)
{
    struct duty *duty = &at->of->duty;
    const struct notice *first = find_notice(at), *stands;
    bool is_gone;
    date_t gone = {0};

    if (first == NULL) return true;
    stands = last_correction(at, first, &is_gone, &gone);
    duty->disclosed_on = first->first;
    duty->stands_from = stands->first;
    duty->is_changed = stands != first;
    memcpy(duty->by, stands->code, sizeof duty->by);
    duty->has_ended = stands->has_ended || is_gone;
    duty->ended_on = stands->has_ended && !(is_gone && date_is_before(gone, stands->ended_on))
                         ? stands->ended_on
                         : gone;
    duty->has_until = at->of->standing_days > 0;
    if (duty->has_until &&
        !date_from_days(stands->first.days + at->of->standing_days - 1, &duty->until, err))
        return false;
    if (duty->has_ended && (!duty->has_until || date_is_before(duty->ended_on, duty->until)))
        duty->state = is_over(at, duty->ended_on) ? DUTY_STOOD : DUTY_EARLY;
    else if (duty->has_until && date_is_before(duty->until, at->evidence->as_of))
        duty->state = DUTY_STOOD;
    else
        duty->state = DUTY_STANDING;
    return true;
}

/* ---- Both ------------------------------------------------------------------------------------ */

static bool is_disclosed(const struct duty *duty)
{
    return duty->by[0] != '\0';
}

bool duty_judge(struct journal *journal, const struct duty_index *index,
                const struct evidence *evidence, struct duty_case *of, struct error *err)
{
    const struct judging at = {journal, index, evidence, of};
    struct duty *duty = &of->duty;
    date_t over;

    duty->state = date_is_before(duty->due, evidence->as_of) ? DUTY_OVERDUE : DUTY_PENDING;
    if (division_code_level(duty->division) <= DIVISION_COUNTY) {
        if (!judge_by_publication(&at, err)) return false;
    } else if (!judge_by_notice(&at, err)) {
        return false;
    }
    if (is_disclosed(duty)) {
        duty->is_late = date_is_before(duty->due, duty->disclosed_on);
    } else if (duty->state != DUTY_WITHHELD &&
               duty_is_over(index, &of->when, evidence->as_of, &over)) {
        duty->state = DUTY_REPLACED;
        duty->is_late = date_is_before(duty->due, over);
    }
    return true;
}
