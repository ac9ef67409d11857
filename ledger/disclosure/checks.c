/*
 * checks.c - what must hold of a row beyond the types of its fields.
 *
 * 1. What a row names is there: plans, projects, complaints, notices.
 * 2. Nothing about natural persons: a borrower or a party has a credit code, which no person has;
 *    loans to people stand only as a sum over three at least.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "ledger/disclosure/internal.h"

#define YEAR_FIRST 1949
#define YEAR_LAST  2999

#define TEXT(field)   (record->values[field].text)
#define NUMBER(field) (record->values[field].number)

/* ---- Plans ----------------------------------------------------------------------------------- */

RECORD_CHECK(check_plan)
{
    struct record *old = NULL;
    int64_t count;
    bool ok;

    (void)division_out;
    if (!record_require_text(record, PLAN_NAME, "name", err)) return false;
    if (NUMBER(PLAN_YEAR) < YEAR_FIRST || NUMBER(PLAN_YEAR) > YEAR_LAST)
        return error_set(err, ERROR_INPUT, "year %lld is none of a plan",
                         (long long)NUMBER(PLAN_YEAR));
    if (TEXT(PLAN_REPLACES)[0] == '\0') return true;
    if (!record_fetch(journal, &disclosed_plan, TEXT(PLAN_REPLACES), &old, err)) return false;
    ok = strcmp(old->values[PLAN_DIVISION].text, TEXT(PLAN_DIVISION)) == 0 &&
         strcmp(old->values[PLAN_WHAT].text, TEXT(PLAN_WHAT)) == 0 &&
         old->values[PLAN_YEAR].number == NUMBER(PLAN_YEAR);
    free(old);
    if (!ok)
        return error_set(err, ERROR_INPUT,
                         "plan %s is of another division, year or kind; it can't be replaced by "
                         "this one",
                         TEXT(PLAN_REPLACES));
    if (!record_count(journal, &disclosed_plan, PLAN_REPLACES, TEXT(PLAN_REPLACES), &count, err))
        return false;
    return count == 0 || error_set(err, ERROR_CONFLICT,
                                   "plan %s is replaced already; name the one "
                                   "that stands",
                                   TEXT(PLAN_REPLACES));
}

struct membership {
    const char *project;
    bool is_in;
};

static bool see_change(void *context, const struct record *record, struct error *err)
{
    struct membership *membership = context;

    (void)err;
    if (strcmp(TEXT(CHANGE_PROJECT), membership->project) == 0)
        membership->is_in = strcmp(TEXT(CHANGE_ACTION), "add") == 0;
    return true;
}

static bool check_membership(struct journal *journal, const struct record *record,
                             struct error *err)
{
    struct membership membership = {TEXT(CHANGE_PROJECT), false};
    const bool is_added = strcmp(TEXT(CHANGE_ACTION), "add") == 0;

    if (!record_each(journal, &disclosed_change, CHANGE_PLAN, TEXT(CHANGE_PLAN), see_change,
                     &membership, err))
        return false;
    if (membership.is_in != is_added) return true;
    return error_set(err, ERROR_CONFLICT,
                     is_added ? N_("project %s is in plan %s already")
                              : N_("project %s isn't in plan %s; it can't be taken out"),
                     TEXT(CHANGE_PROJECT), TEXT(CHANGE_PLAN));
}

static bool find_project_division(struct journal *journal, const char *code,
                                  char out[DIVISION_CODE_SIZE], struct error *err)
{
    struct project *project = malloc(sizeof *project);
    bool ok;

    if (project == NULL) return error_set(err, ERROR_MEMORY, "no memory for a project");
    ok = project_find(journal, code, project, err);
    if (ok) memcpy(out, project->division, DIVISION_CODE_SIZE);
    free(project);
    return ok;
}

RECORD_CHECK(check_change)
{
    char division[DIVISION_CODE_SIZE];
    struct record *plan = NULL;
    bool ok = false;

    if (!record_fetch(journal, &disclosed_plan, TEXT(CHANGE_PLAN), &plan, err)) return false;
    memcpy(division_out, plan->values[PLAN_DIVISION].text, DIVISION_CODE_SIZE);
    if (!record_require_order(plan->values[PLAN_DATE].text, TEXT(CHANGE_DATE),
                              N_("the plan changes"), err))
        goto out;
    if (!find_project_division(journal, TEXT(CHANGE_PROJECT), division, err)) goto out;
    if (!division_code_is_within(division, division_out)) {
        (void)error_set(err, ERROR_INPUT, "project %s isn't within %s, whose plan %s is",
                        TEXT(CHANGE_PROJECT), division_out, TEXT(CHANGE_PLAN));
        goto out;
    }
    ok = check_membership(journal, record, err);
out:
    free(plan);
    return ok;
}

RECORD_CHECK(check_finance)
{
    struct record *plan = NULL;

    if (!record_require_text(record, FINANCE_SOURCE, "source", err)) return false;
    if (!record_fetch(journal, &disclosed_plan, TEXT(FINANCE_PLAN), &plan, err)) return false;
    memcpy(division_out, plan->values[PLAN_DIVISION].text, DIVISION_CODE_SIZE);
    free(plan);
    return true;
}

/* ---- The project bank ------------------------------------------------------------------------ */

/* The last row of a kind about this project: its day and entry, "" and 0 when there is none. */
struct last_row {
    size_t date;
    uint64_t seq;
    char day[DATE_TEXT_SIZE];
};

static bool see_last(void *context, const struct record *record, struct error *err)
{
    struct last_row *last = context;

    (void)err;
    last->seq = record->seq;
    memcpy(last->day, TEXT(last->date), sizeof last->day);
    return true;
}

static bool find_last(struct journal *journal, const char *project, struct last_row *in,
                      struct last_row *gone, struct error *err)
{
    *in = (struct last_row){.date = ENTER_DATE};
    *gone = (struct last_row){.date = LEAVE_DATE};
    return record_each(journal, &disclosed_enter, ENTER_PROJECT, project, see_last, in, err) &&
           record_each(journal, &disclosed_leave, LEAVE_PROJECT, project, see_last, gone, err);
}

RECORD_CHECK(check_enter)
{
    struct last_row in, gone;

    if (!find_project_division(journal, TEXT(ENTER_PROJECT), division_out, err) ||
        !find_last(journal, TEXT(ENTER_PROJECT), &in, &gone, err))
        return false;
    if (in.seq > gone.seq)
        return error_set(err, ERROR_CONFLICT, "project %s is in the project bank already, since %s",
                         TEXT(ENTER_PROJECT), in.day);
    return gone.seq == 0 ||
           record_require_order(gone.day, TEXT(ENTER_DATE), N_("the project enters"), err);
}

RECORD_CHECK(check_leave)
{
    struct last_row in, gone;

    if (!record_require_text(record, LEAVE_REASON, "reason", err) ||
        !find_project_division(journal, TEXT(LEAVE_PROJECT), division_out, err) ||
        !find_last(journal, TEXT(LEAVE_PROJECT), &in, &gone, err))
        return false;
    if (in.seq <= gone.seq)
        return error_set(err, ERROR_CONFLICT, "project %s isn't in the project bank",
                         TEXT(LEAVE_PROJECT));
    return record_require_order(in.day, TEXT(LEAVE_DATE), N_("the project leaves"), err);
}

RECORD_CHECK(check_achieve)
{
    return record_require_text(record, ACHIEVE_TARGET, "target", err) &&
           find_project_division(journal, TEXT(ACHIEVE_PROJECT), division_out, err);
}

/* ---- Principles of allocations --------------------------------------------------------------- */

RECORD_CHECK(check_principle)
{
    (void)journal;
    (void)division_out;
    return record_require_text(record, PRINCIPLE_DOCUMENT, "document", err) &&
           record_require_text(record, PRINCIPLE_TEXT, "principle", err);
}

/* ---- Loans, entrusted things ----------------------------------------------------------------- */

static bool require_uscc(const struct record *record, size_t field, struct error *err)
{
    return TEXT(field)[0] != '\0' ||
           error_set(err, ERROR_INPUT,
                     "no credit code; only organisations are named, people are summed up in "
                     "loan.count");
}

RECORD_CHECK(check_loan)
{
    (void)journal;
    (void)division_out;
    return require_uscc(record, LOAN_USCC, err) &&
           record_require_text(record, LOAN_BORROWER, "borrower", err);
}

/* Sums for one use in one place that a new one could be subtracted from, or from it. */
struct sums {
    const struct record *new;
    char near[TEXT_CODE_SIZE_MAX + 1]; /* the first of them; "" when there is none */
};

static bool see_sum(void *context, const struct record *record, struct error *err)
{
    struct sums *sums = context;
    int64_t more = sums->new->values[COUNT_PERSONS].number - NUMBER(COUNT_PERSONS);

    (void)err;
    if (more < 0) more = -more;
    if (more == 0 || more >= DISCLOSURE_PERSONS_MIN || sums->near[0] != '\0' ||
        strcmp(sums->new->values[COUNT_USE].text, TEXT(COUNT_USE)) != 0)
        return true;
    (void)snprintf(sums->near, sizeof sums->near, "%.*s", TEXT_CODE_SIZE_MAX, TEXT(COUNT_CODE));
    return true;
}

RECORD_CHECK(check_count)
{
    struct sums sums = {.new = record};

    (void)division_out;
    if (NUMBER(COUNT_PERSONS) < DISCLOSURE_PERSONS_MIN)
        return error_set(err, ERROR_INPUT,
                         "a sum over %lld people tells what one of them got; sum up %d at least",
                         (long long)NUMBER(COUNT_PERSONS), DISCLOSURE_PERSONS_MIN);
    if (!record_each(journal, &disclosed_count, COUNT_DIVISION, TEXT(COUNT_DIVISION), see_sum,
                     &sums, err))
        return false;
    return sums.near[0] == '\0' ||
           error_set(err, ERROR_INPUT,
                     "%lld people are fewer than %d more or less than in %s: the difference of the "
                     "two sums tells what one or two got; sum up again when more have changed",
                     (long long)NUMBER(COUNT_PERSONS), DISCLOSURE_PERSONS_MIN, sums.near);
}

RECORD_CHECK(check_entrust)
{
    (void)journal;
    (void)division_out;
    return require_uscc(record, ENTRUST_USCC, err) &&
           record_require_text(record, ENTRUST_PARTY, "party", err) &&
           (TEXT(ENTRUST_ENDS)[0] == '\0' ||
            record_require_order(TEXT(ENTRUST_DATE), TEXT(ENTRUST_ENDS),
                                 N_("what is entrusted ends"), err));
}

/* ---- Complaints ------------------------------------------------------------------------------ */

RECORD_CHECK(check_channel)
{
    (void)journal;
    (void)division_out;
    return record_require_text(record, CHANNEL_NAME, "name", err) &&
           record_require_text(record, CHANNEL_PHONE, "office_phone", err);
}

RECORD_CHECK(check_complaint)
{
    (void)journal;
    (void)division_out;
    return record_require_order(TEXT(COMPLAINT_RECEIVED), TEXT(COMPLAINT_DUE),
                                N_("the answer is due"), err);
}

RECORD_CHECK(check_answer)
{
    struct record *complaint = NULL;
    bool ok;

    if (!record_require_text(record, ANSWER_TEXT, "answer", err) ||
        !record_fetch(journal, &disclosed_complaint, TEXT(ANSWER_COMPLAINT), &complaint, err))
        return false;
    memcpy(division_out, complaint->values[COMPLAINT_DIVISION].text, DIVISION_CODE_SIZE);
    ok = record_require_order(complaint->values[COMPLAINT_RECEIVED].text, TEXT(ANSWER_DATE),
                              N_("the complaint is answered"), err);
    free(complaint);
    return ok;
}

/* ---- Notices --------------------------------------------------------------------------------- */

static bool check_period(const char *text, struct error *err)
{
    struct disclosure_span ignored;

    return disclosure_span_parse(text, &ignored, err);
}

RECORD_CHECK(check_notice)
{
    struct record *old = NULL;
    int64_t count;
    bool ok;

    (void)division_out;
    if (!record_require_text(record, NOTICE_PLACE, "place", err) ||
        !check_period(TEXT(NOTICE_PERIOD), err))
        return false;
    if (TEXT(NOTICE_SUBJECT)[0] != '\0' && !text_check_code(TEXT(NOTICE_SUBJECT), "subject", err))
        return false;
    if (TEXT(NOTICE_LAST)[0] != '\0' &&
        !record_require_order(TEXT(NOTICE_FIRST), TEXT(NOTICE_LAST), N_("the notice ends"), err))
        return false;
    if (TEXT(NOTICE_CORRECTS)[0] == '\0') return true;
    if (!record_fetch(journal, &disclosed_notice, TEXT(NOTICE_CORRECTS), &old, err)) return false;
    ok = record_require_order(old->values[NOTICE_FIRST].text, TEXT(NOTICE_FIRST),
                              N_("the notice begins"), err);
    if (ok && (strcmp(old->values[NOTICE_DIVISION].text, TEXT(NOTICE_DIVISION)) != 0 ||
               strcmp(old->values[NOTICE_MATTER].text, TEXT(NOTICE_MATTER)) != 0))
        ok = error_set(err, ERROR_INPUT,
                       "notice %s is of another division or matter; this one doesn't correct it",
                       TEXT(NOTICE_CORRECTS));
    free(old);
    if (!ok || !record_count(journal, &disclosed_notice, NOTICE_CORRECTS, TEXT(NOTICE_CORRECTS),
                             &count, err))
        return false;
    return count == 0 || error_set(err, ERROR_CONFLICT,
                                   "notice %s is corrected already; name the one that stands",
                                   TEXT(NOTICE_CORRECTS));
}

RECORD_CHECK(check_remove)
{
    struct record *notice = NULL;
    bool ok;

    if (!record_require_text(record, REMOVE_REASON, "reason", err) ||
        !record_fetch(journal, &disclosed_notice, TEXT(REMOVE_NOTICE), &notice, err))
        return false;
    memcpy(division_out, notice->values[NOTICE_DIVISION].text, DIVISION_CODE_SIZE);
    ok = record_require_order(notice->values[NOTICE_FIRST].text, TEXT(REMOVE_DATE),
                              N_("the notice is taken down"), err);
    free(notice);
    return ok;
}

/* ---- The calendar ---------------------------------------------------------------------------- */

/* An entry before this import that names a day of that year; 0 when there is none. */
struct year_named {
    const char *date;
    uint64_t before, seq;
};

static bool see_year(void *context, const struct record *record, struct error *err)
{
    struct year_named *named = context;

    (void)err;
    if (named->seq == 0 && record->seq < named->before &&
        memcmp(TEXT(CALENDAR_DATE), named->date, 4) == 0)
        named->seq = record->seq;
    return true;
}

/* Whoever let a time limit pass doesn't get it moved: days that are over stay what they were, as
 * soon as the year was entered. */
static bool require_to_come(struct journal *journal, const struct record *record, struct error *err)
{
    struct year_named named = {.date = TEXT(CALENDAR_DATE), .before = UINT64_MAX};
    struct covered_rows rows;
    date_t day;

    if (!record_date(record, CALENDAR_DATE, &day, err)) return false;
    if (!date_is_before(day, instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS)))
        return true;
    journal_covered_rows(journal, &rows);
    if (rows.count > 0) named.before = rows.first_seq;
    if (!record_each(journal, &disclosed_calendar, 0, NULL, see_year, &named, err)) return false;
    return named.seq == 0 ||
           error_set(err, ERROR_STATE,
                     "%s is over, and the calendar of its year stands since entry %llu; time "
                     "limits that have passed are not moved",
                     TEXT(CALENDAR_DATE), (unsigned long long)named.seq);
}

/* It is the same for everybody, so it is the root's. */
RECORD_CHECK(check_calendar)
{
    memcpy(division_out, journal_root_division(journal), DIVISION_CODE_SIZE);
    return record_require_text(record, CALENDAR_DOCUMENT, "document", err) &&
           require_to_come(journal, record, err);
}
