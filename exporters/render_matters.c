/*
 * render_matters.c - the element `matters`: the nine things that must be disclosed, each with its
 * row of the catalogue and what there is to tell, or `nothing`.
 *
 * 1. A division tells what is about it and about what lies within it; a village also the plan that
 * its projects are in and where to complain above it.
 * 2. What was paid for a project follows the rules of docs/disclosure.md in whatever document it
 *    stands: withheld in one, it is withheld in all, and says so.
 * 3. A day by which something must be disclosed is counted from the journal's calendar; whether it
 * was is not told here, since publishing it would change the document.
 */
#include "exporters/render_matters.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIME_LIMIT_SIZE 128
#define LEVELS_SIZE     64

/* ---- Parts ----------------------------------------------------------------------------------- */

bool telling_read(struct telling *at, const struct matter_row *row, struct error *err)
{
    return record_read(at->survey->journal, disclosure_kinds[row->kind], row->seq, at->record, err);
}

bool telling_is_here(const struct telling *at, const struct matter_row *row)
{
    return division_code_is_within(row->division, at->place->division.code);
}

bool telling_is_in_period(const struct telling *at, const struct matter_row *row)
{
    return matters_row_is_in_period(at->matters, row);
}

static const char *place_name(const struct telling *at, const char *code)
{
    size_t place = survey_find_place(at->survey, code);

    return place == SURVEY_NONE ? code : at->survey->places[place].division.name;
}

void telling_begin(struct telling *at, const char *element)
{
    xml_element_begin(at->xml, element);
    at->told++;
}

void telling_day(struct telling *at, const char *name, date_t date)
{
    char day[DATE_TEXT_SIZE];

    xml_attribute(at->xml, name, date_format(date, day));
}

bool telling_days(struct telling *at, date_t date, struct error *err)
{
    date_t due;

    if (!calendar_add(at->matters->calendar, date, at->terms.working_days, &due, err)) return false;
    telling_day(at, "date", date);
    telling_day(at, "due", due);
    return true;
}

/* ---- The catalogue --------------------------------------------------------------------------- */

static bool write_levels(struct telling *at, enum matter matter, struct error *err)
{
    static const struct {
        enum division_level level;
        const char *name;
    } names[] = {{DIVISION_PROVINCE, "省"},
                 {DIVISION_PREFECTURE, "市"},
                 {DIVISION_COUNTY, "县"},
                 {DIVISION_TOWNSHIP, "乡镇"},
                 {DIVISION_VILLAGE, "村"}};
    const struct matter_info *info = matter_info(matter);
    char levels[LEVELS_SIZE] = "";

    (void)err;
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        size_t size = strlen(levels);

        if (info->duty[names[i].level])
            (void)snprintf(levels + size, sizeof levels - size, "%s%s", size > 0 ? "、" : "",
                           names[i].name);
    }
    xml_attribute(at->xml, "levels", levels);
    return true;
}

static bool write_catalogue(struct telling *at, enum matter matter, struct error *err)
{
    const struct matter_info *info = matter_info(matter);
    char limit[TIME_LIMIT_SIZE];

    (void)snprintf(limit, sizeof limit, "%s%lld个工作日内", info->after,
                   (long long)at->terms.working_days);
    xml_element_begin(at->xml, "catalogue");
    xml_attribute(at->xml, "item", info->item);
    xml_attribute(at->xml, "content", info->content);
    xml_attribute(at->xml, "basis", info->basis);
    xml_attribute(at->xml, "time_limit", limit);
    xml_attribute(at->xml, "publisher", info->publisher);
    xml_attribute(at->xml, "channel", matter_channel(at->place->level));
    xml_attribute(at->xml, "audience", info->audience);
    xml_attribute(at->xml, "way", info->way);
    if (!write_levels(at, matter, err)) return false;
    xml_attribute_integer(at->xml, "working_days", at->terms.working_days);
    xml_attribute_integer(at->xml, "standing_days", at->terms.standing_days);
    xml_attribute_boolean(at->xml, "duty", at->terms.duty);
    xml_element_end(at->xml);
    return true;
}

/* A notice that stood on this division's own board within the period. */
static bool write_notice(struct telling *at, const struct matter_row *row, const char *matter,
                         struct error *err)
{
    const struct matter_row *gone =
        row->ended_by == MATTER_NO_ROW ? NULL : &at->matters->rows[row->ended_by];

    if (strcmp(row->division, at->place->division.code) != 0) return true;
    if (gone != NULL && date_is_before(gone->date, at->matters->first)) return true;
    if (!telling_read(at, row, err)) return false;
    if (strcmp(TEXT(NOTICE_MATTER), matter) != 0) return true;
    xml_element_begin(at->xml, "posted");
    xml_attribute(at->xml, "code", row->code);
    xml_attribute(at->xml, "place", TEXT(NOTICE_PLACE));
    xml_attribute(at->xml, "about", TEXT(NOTICE_PERIOD));
    xml_attribute_if_any(at->xml, "subject", TEXT(NOTICE_SUBJECT));
    xml_attribute(at->xml, "first", TEXT(NOTICE_FIRST));
    xml_attribute_if_any(at->xml, "last", TEXT(NOTICE_LAST));
    if (gone != NULL) telling_day(at, "taken_down", gone->date);
    xml_attribute_if_any(at->xml, "corrects", TEXT(NOTICE_CORRECTS));
    xml_element_end(at->xml);
    return true;
}

static bool write_notices(struct telling *at, enum matter matter, struct error *err)
{
    if (at->matters->count == 0) return true;
    for (EACH_ROW(row, DISCLOSURE_NOTICE))
        if (!write_notice(at, row, matter_info(matter)->code, err)) return false;
    return true;
}

/* ---- 1 Allocation ---------------------------------------------------------------------------- */

/* A line that is withheld takes along what came to it and went from it: the giver tells it. */
static bool line_is_withheld(const struct telling *at, const struct matter_allotment *allotment)
{
    const struct survey_line *line =
        survey_find_line(at->survey, at->place_index, allotment->book, allotment->fund);

    return line != NULL && line->is_withheld;
}

/* By what principle whoever gave it allocated by that document; as said last. */
static bool write_principle(struct telling *at, const struct matter_allotment *allotment,
                            struct error *err)
{
    char code[CODE_SIZE];
    size_t row;

    matters_document_code(allotment->document, code);
    row = matters_find(at->matters, DISCLOSURE_PRINCIPLE, code, allotment->from);
    if (row == MATTER_NO_ROW) return true;
    if (!telling_read(at, &at->matters->rows[row], err)) return false;
    xml_element_text(at->xml, "principle", TEXT(PRINCIPLE_TEXT));
    return true;
}

static bool write_allotment(struct telling *at, const struct matter_allotment *allotment,
                            struct error *err)
{
    const struct fund *fund = survey_find_fund(at->survey, allotment->fund);

    assert(fund != NULL); /* the register never loses one */
    if (line_is_withheld(at, allotment)) {
        at->withheld++;
        return true;
    }
    telling_begin(at, "allocated");
    xml_attribute(at->xml, "voucher", allotment->voucher);
    if (!telling_days(at, allotment->date, err)) return false;
    xml_attribute(at->xml, "document", allotment->document);
    xml_attribute(at->xml, "movement", movement_name(allotment->movement));
    xml_attribute_if_any(at->xml, "reverses", allotment->reverses);
    xml_attribute(at->xml, "fund", fund->code);
    xml_attribute(at->xml, "fund_name", fund->name);
    xml_attribute(at->xml, "fund_document", fund->document);
    xml_attribute(at->xml, "level", fund->level);
    xml_attribute(at->xml, "book", book_name(allotment->book));
    xml_attribute(at->xml, "from", allotment->from);
    xml_attribute(at->xml, "from_name", place_name(at, allotment->from));
    xml_attribute(at->xml, "to", allotment->to);
    xml_attribute(at->xml, "to_name", place_name(at, allotment->to));
    xml_attribute_amount(at->xml, allotment->amount);
    if (!write_principle(at, allotment, err)) return false;
    xml_element_end(at->xml);
    return true;
}

static bool tell_allocation(struct telling *at, struct error *err)
{
    const struct matters *matters = at->matters;
    const char *division = at->place->division.code;

    for (size_t i = matters_first_part(matters, division);
         i < matters->part_count && strcmp(matters->parts[i].division, division) == 0; i++)
        if (!write_allotment(at, &matters->allotments[matters->parts[i].allotment], err))
            return false;
    return true;
}

/* ---- Projects as matters tell of them -------------------------------------------------------- */

/* How much of a project a matter tells. */
enum project_depth { PROJECT_NAMED, PROJECT_PLANNED, PROJECT_DONE };

struct told_project {
    const char *element;
    enum project_depth depth;
    const struct matter_row *event;  /* the row that it is told for, or NULL */
    const struct matter_row *change; /* by which it is in a plan, or NULL */
    const char *document;            /* of the event, or "" */
    const char *reason;              /* of leaving the bank, or "" */
    bool has_due;
};

static const char *paid_is_withheld(const struct project_at *told)
{
    return told->is_hidden ? "sealed_totals" : NULL;
}

static bool write_project_days(struct telling *at, const struct told_project *what,
                               struct error *err)
{
    const struct project *project = &at->project->project;

    if (project->has_start) telling_day(at, "start", project->start);
    if (project->has_end) telling_day(at, "end", project->end);
    if (what->event == NULL) return true;
    if (!what->has_due) {
        telling_day(at, "date", what->event->date);
        return true;
    }
    return telling_days(at, what->event->date, err);
}

static bool write_project_attributes(struct telling *at, const struct told_project *what,
                                     struct error *err)
{
    const struct project *project = &at->project->project;

    xml_attribute(at->xml, "code", project->code);
    xml_attribute(at->xml, "name", project->name);
    xml_attribute(at->xml, "division", project->division);
    xml_attribute(at->xml, "division_name", place_name(at, project->division));
    xml_attribute(at->xml, "category", project->category);
    xml_attribute(at->xml, "nature", project->nature);
    xml_attribute(at->xml, "unit", project->unit);
    xml_attribute_if_any(at->xml, "office_phone", project->office_phone);
    if (what->change != NULL) {
        if (!record_read(at->survey->journal, &disclosed_change, what->change->seq, at->second,
                         err))
            return false;
        xml_attribute_if_any(at->xml, "responsible", at->second->values[CHANGE_RESPONSIBLE].text);
        xml_attribute_if_any(at->xml, "standard", at->second->values[CHANGE_STANDARD].text);
        xml_attribute(at->xml, "plan", what->change->group);
    }
    xml_attribute_integer(at->xml, "beneficiaries", project->beneficiaries);
    xml_attribute_if_any(at->xml, "document", what->document);
    if (!write_project_days(at, what, err)) return false;
    if (what->depth == PROJECT_DONE) {
        xml_attribute_boolean(at->xml, "done", project->accepted);
        xml_attribute_integer(at->xml, "percent", project->percent);
        if (project->accepted) {
            telling_day(at, "accepted_on", project->accepted_on);
            xml_attribute(at->xml, "accepted_by", at->project->accepted_by);
        }
        if (paid_is_withheld(at->project) != NULL)
            xml_attribute(at->xml, "withheld", paid_is_withheld(at->project));
    }
    return true;
}

static bool write_project_money(struct telling *at, const struct told_project *what,
                                struct error *err)
{
    const struct project *project = &at->project->project;
    money_t planned = MONEY_ZERO, paid = MONEY_ZERO;

    for (size_t i = 0; i < project->plan_count; i++) {
        const struct plan_line *line = &project->plan[i];

        if (!money_add(planned, line->amount, &planned, err)) return false;
        if (line->fund[0] != '\0' && !money_add(paid, line->paid, &paid, err)) return false;
        if (what->depth == PROJECT_NAMED) continue;
        xml_element_begin(at->xml, "money");
        xml_attribute_if_any(at->xml, "fund", line->fund);
        xml_attribute_if_any(at->xml, "source", line->source);
        xml_attribute_amount(at->xml, line->amount);
        xml_element_end(at->xml);
    }
    xml_element_amount(at->xml, "planned", planned);
    if (what->depth == PROJECT_DONE && paid_is_withheld(at->project) == NULL)
        xml_element_amount(at->xml, "paid", paid);
    return true;
}

/* What became of it: the result in words, the acceptance, what of its target and of its mechanism
   was achieved. */
static bool write_outcome(struct telling *at, struct error *err)
{
    const struct project *project = &at->project->project;
    size_t row = matters_find(at->matters, DISCLOSURE_ACHIEVE, project->code, "");

    if (project->result[0] != '\0') xml_element_text(at->xml, "result", project->result);
    if (at->project->acceptance[0] != '\0')
        xml_element_text(at->xml, "acceptance", at->project->acceptance);
    if (row == MATTER_NO_ROW) return true;
    if (!record_read(at->survey->journal, &disclosed_achieve, at->matters->rows[row].seq,
                     at->second, err))
        return false;
    xml_element_begin(at->xml, "target_achieved");
    xml_attribute(at->xml, "met", at->second->values[ACHIEVE_TARGET_MET].text);
    xml_attribute(at->xml, "what", at->second->values[ACHIEVE_TARGET].text);
    xml_element_end(at->xml);
    xml_element_begin(at->xml, "mechanism_achieved");
    xml_attribute(at->xml, "met", at->second->values[ACHIEVE_MECHANISM_MET].text);
    xml_attribute(at->xml, "what", at->second->values[ACHIEVE_MECHANISM].text);
    xml_element_end(at->xml);
    return true;
}

static bool write_project(struct telling *at, const char *code, const struct told_project *what,
                          struct error *err)
{
    const struct project *project = &at->project->project;

    if (!project_find_at(at->survey->journal, code, at->survey->period.last_month, at->project,
                         err))
        return false;
    telling_begin(at, what->element);
    if (!write_project_attributes(at, what, err)) return false;
    if (what->depth != PROJECT_NAMED) {
        xml_element_text(at->xml, "task", project->task);
        xml_element_text(at->xml, "target", project->target);
        xml_element_text(at->xml, "participation", project->participation);
        xml_element_text(at->xml, "mechanism", project->mechanism);
    }
    if (what->depth == PROJECT_DONE && !write_outcome(at, err)) return false;
    if (what->reason[0] != '\0') xml_element_text(at->xml, "reason", what->reason);
    if (!write_project_money(at, what, err)) return false;
    xml_element_end(at->xml);
    return true;
}

/* ---- 5 The project bank ---------------------------------------------------------------------- */

/* Where a project is, all that the bank must hold of it; above, that it is in it. */
static bool tell_in_bank(struct telling *at, const struct matter_row *row, struct error *err)
{
    struct told_project what = {"in_bank", PROJECT_PLANNED, row, NULL, "", "", true};

    if (!telling_is_here(at, row) || row->ended_by != MATTER_NO_ROW) return true;
    if (strcmp(row->division, at->place->division.code) != 0) what.depth = PROJECT_NAMED;
    if (!telling_read(at, row, err)) return false;
    what.document = TEXT(ENTER_DOCUMENT);
    return write_project(at, row->code, &what, err);
}

static bool tell_left_bank(struct telling *at, const struct matter_row *row, struct error *err)
{
    struct told_project what = {"left_bank", PROJECT_NAMED, row, NULL, "", "", true};

    if (!telling_is_here(at, row) || !telling_is_in_period(at, row)) return true;
    if (!telling_read(at, row, err)) return false;
    what.document = TEXT(LEAVE_DOCUMENT);
    what.reason = TEXT(LEAVE_REASON);
    return write_project(at, row->code, &what, err);
}

static bool tell_bank(struct telling *at, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_ENTER))
        if (!tell_in_bank(at, row, err)) return false;
    for (EACH_ROW(row, DISCLOSURE_LEAVE))
        if (!tell_left_bank(at, row, err)) return false;
    return true;
}

/* ---- 4 Consolidation, 6 the annual plan, 7 its completion ------------------------------------ */

static int period_year(date_t date)
{
    int year, month, day;

    date_to_civil(date, &year, &month, &day);
    return year;
}

/* Of this period's year, or approved in it; and not replaced. */
static bool plan_is_told(const struct telling *at, const struct matter_row *plan)
{
    if (plan->ended_by != MATTER_NO_ROW) return false;
    return plan->number == period_year(at->matters->last) || telling_is_in_period(at, plan);
}

/* Is the project that this row brings into a plan still in it, and here? */
static bool is_planned_here(const struct telling *at, const struct matter_row *change,
                            const struct matter_row *plan)
{
    return change->number != 0 && change->ended_by == MATTER_NO_ROW &&
           strcmp(change->group, plan->code) == 0 && telling_is_here(at, change);
}

static bool has_project_here(const struct telling *at, const struct matter_row *plan)
{
    for (EACH_ROW(row, DISCLOSURE_CHANGE))
        if (is_planned_here(at, row, plan)) return true;
    return false;
}

static bool write_sources(struct telling *at, const struct matter_row *plan, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_FINANCE)) {
        if (strcmp(row->code, plan->code) != 0) continue;
        if (!telling_read(at, row, err)) return false;
        xml_element_begin(at->xml, "source");
        xml_attribute(at->xml, "level", TEXT(FINANCE_LEVEL));
        xml_attribute(at->xml, "name", TEXT(FINANCE_SOURCE));
        xml_attribute(at->xml, "use", TEXT(FINANCE_USE));
        xml_attribute_amount(at->xml, (money_t){NUMBER(FINANCE_AMOUNT)});
        xml_element_end(at->xml);
    }
    return true;
}

static bool write_planned(struct telling *at, const struct matter_row *plan, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_CHANGE)) {
        struct told_project what = {"planned", PROJECT_PLANNED, row, row, "", "", true};

        if (!is_planned_here(at, row, plan)) continue;
        if (!telling_read(at, row, err)) return false;
        what.document = TEXT(CHANGE_DOCUMENT);
        if (!write_project(at, row->code, &what, err)) return false;
    }
    return true;
}

/* What was taken out of the plan again; a place that has it in another plan is told so there. */
static bool write_removed(struct telling *at, const struct matter_row *plan, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_CHANGE)) {
        struct told_project what = {"removed", PROJECT_NAMED, row, row, "", "", true};

        if (row->number != 0 || row->ended_by != MATTER_NO_ROW || !telling_is_here(at, row) ||
            strcmp(row->group, plan->code) != 0)
            continue;
        if (!telling_read(at, row, err)) return false;
        what.document = TEXT(CHANGE_DOCUMENT);
        if (!write_project(at, row->code, &what, err)) return false;
    }
    return true;
}

static bool write_plan(struct telling *at, const struct matter_row *plan, struct error *err)
{
    telling_begin(at, "plan");
    xml_attribute(at->xml, "code", plan->code);
    xml_attribute_integer(at->xml, "year", plan->number);
    if (!telling_days(at, plan->date, err)) return false;
    xml_attribute(at->xml, "document", TEXT(PLAN_DOCUMENT));
    xml_attribute(at->xml, "name", TEXT(PLAN_NAME));
    xml_attribute(at->xml, "division", plan->division);
    xml_attribute(at->xml, "division_name", place_name(at, plan->division));
    xml_attribute_if_any(at->xml, "replaces", TEXT(PLAN_REPLACES));
    if (TEXT(PLAN_TEXT)[0] != '\0') xml_element_text(at->xml, "text", TEXT(PLAN_TEXT));
    if (NUMBER(PLAN_AMOUNT) != 0)
        xml_element_amount(at->xml, "total", (money_t){NUMBER(PLAN_AMOUNT)});
    if (!write_sources(at, plan, err) || !write_planned(at, plan, err) ||
        !write_removed(at, plan, err))
        return false;
    xml_element_end(at->xml);
    return true;
}

static bool tell_plans(struct telling *at, const char *kind, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_PLAN)) {
        if (!plan_is_told(at, row)) continue;
        if (!telling_is_here(at, row) && !has_project_here(at, row)) continue;
        if (!telling_read(at, row, err)) return false;
        if (strcmp(TEXT(PLAN_WHAT), kind) != 0) continue;
        if (!write_plan(at, row, err)) return false;
    }
    return true;
}

static bool tell_consolidation(struct telling *at, struct error *err)
{
    return tell_plans(at, "consolidation", err);
}

static bool tell_annual_plan(struct telling *at, struct error *err)
{
    return tell_plans(at, "annual", err);
}

/* Once the year is over: what became of each project of its plans. */
static bool tell_completion(struct telling *at, struct error *err)
{
    if (at->survey->period.last_month % 12 != 11) return true;
    for (EACH_ROW(plan, DISCLOSURE_PLAN)) {
        if (plan->ended_by != MATTER_NO_ROW || plan->number != period_year(at->matters->last))
            continue;
        if (!telling_read(at, plan, err)) return false;
        if (strcmp(TEXT(PLAN_WHAT), "annual") != 0) continue;
        for (EACH_ROW(row, DISCLOSURE_CHANGE)) {
            struct told_project what = {"completed", PROJECT_DONE, NULL, row, "", "", false};

            if (is_planned_here(at, row, plan) && !write_project(at, row->code, &what, err))
                return false;
        }
    }
    return true;
}

/* ---- 8 Each project before and after --------------------------------------------------------- */

/* A plan that brings the project in; NULL when none does. */
static const struct matter_row *find_change(const struct telling *at, const char *project)
{
    for (EACH_ROW(row, DISCLOSURE_CHANGE))
        if (row->number != 0 && row->ended_by == MATTER_NO_ROW && strcmp(row->code, project) == 0)
            return row;
    return NULL;
}

/* Located in just this division; planned and not begun before the period, or accepted in it. */
static bool tell_project(struct telling *at, const struct project *project, struct error *err)
{
    const struct matters *matters = at->matters;
    const struct matter_row *change = find_change(at, project->code);
    struct matter_row event = {.date = project->start};
    struct told_project before = {"before", PROJECT_PLANNED, NULL, change, "", "", false};
    struct told_project after = {"after", PROJECT_DONE, &event, change, "", "", true};

    if (change != NULL && project->has_start && !date_is_before(project->start, matters->first) &&
        !write_project(at, project->code, &before, err))
        return false;
    event.date = project->accepted_on;
    if (!project->accepted || date_is_before(project->accepted_on, matters->first) ||
        date_is_before(matters->last, project->accepted_on))
        return true;
    return write_project(at, project->code, &after, err);
}

static bool see_project(void *context, const struct project *project, struct error *err)
{
    return tell_project(context, project, err);
}

static bool tell_projects(struct telling *at, struct error *err)
{
    return project_each(at->survey->journal, at->place->division.code, see_project, at, err);
}

/* ---- 10 Village finance ---------------------------------------------------------------------- */

/* The quarters that end in the period; the books of the document tell what came and went. */
static bool tell_finance(struct telling *at, struct error *err)
{
    const char *division = at->place->division.code;
    char period[MONTH_TEXT_SIZE];
    int32_t months;

    for (int32_t month = at->survey->period.first_month; month <= at->survey->period.last_month;
         month++) {
        months = matter_finance_months(at->matters->policies, division, month_last_day(month));
        if ((month + 1) % months != 0) continue;
        matter_finance_period(month, months, period);
        telling_begin(at, "finance");
        xml_attribute(at->xml, "period", period);
        if (!telling_days(at, month_last_day(month), err)) return false;
        xml_element_end(at->xml);
    }
    return true;
}

/* ---- All of them --------------------------------------------------------------------------------
 */

static bool (*const tellers[MATTER_COUNT])(struct telling *at, struct error *err) = {
    [MATTER_ALLOCATION] = tell_allocation,
    [MATTER_LOANS] = tell_loans,
    [MATTER_SECTOR] = tell_sector,
    [MATTER_CONSOLIDATION] = tell_consolidation,
    [MATTER_BANK] = tell_bank,
    [MATTER_ANNUAL_PLAN] = tell_annual_plan,
    [MATTER_COMPLETION] = tell_completion,
    [MATTER_PROJECTS] = tell_projects,
    [MATTER_COMPLAINTS] = tell_complaints,
    [MATTER_VILLAGE_FINANCE] = tell_finance,
};

static bool write_matter(struct telling *at, enum matter matter, struct error *err)
{
    at->told = at->withheld = 0;
    matter_terms_by(at->matters->policies, matter, at->place->division.code, at->matters->last,
                    &at->terms);
    if (matter == MATTER_VILLAGE_FINANCE && at->place->level != DIVISION_VILLAGE) return true;
    xml_element_begin(at->xml, "matter");
    xml_attribute(at->xml, "code", matter_info(matter)->code);
    xml_attribute_integer(at->xml, "number", (int64_t)matter + 1);
    if (!write_catalogue(at, matter, err) || !write_notices(at, matter, err) ||
        !tellers[matter](at, err))
        return false;
    if (at->withheld > 0) {
        xml_element_begin(at->xml, "left_out");
        xml_attribute_integer(at->xml, "things", (int64_t)at->withheld);
        xml_element_end(at->xml);
    } else if (at->told == 0) {
        xml_element_begin(at->xml, "nothing");
        xml_element_end(at->xml);
    }
    xml_element_end(at->xml);
    return true;
}

bool matters_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                   struct error *err)
{
    struct telling at = {.survey = survey,
                         .place = &survey->places[place],
                         .place_index = place,
                         .matters = survey->matters,
                         .xml = xml};
    bool ok = false;

    at.record = malloc(sizeof *at.record);
    at.second = malloc(sizeof *at.second);
    at.project = malloc(sizeof *at.project);
    if (at.record == NULL || at.second == NULL || at.project == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    xml_element_begin(xml, "matters");
    telling_day(&at, "as_of", at.matters->last);
    for (int i = 0; i < MATTER_COUNT; i++)
        if (!write_matter(&at, (enum matter)i, err)) goto out;
    xml_element_end(xml);
    ok = true;
out:
    free(at.record);
    free(at.second);
    free(at.project);
    return ok;
}
