/*
 * render.c - one division's document, from a survey: the elements of docs/disclosure.md in order.
 *
 * 1. Nothing depends on the clock, the locale or the order in which memory was given out.
 * 2. A withheld line enters no figure of the document; it is declared in `withheld`.
 * 3. Everything is told as at the period's end, but a project's progress and result, of which the
 *    ledger keeps the last only.
 * 4. Terms of the law that are zero are left out; opening and closing always stand.
 */
#include "exporters/survey.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "exporters/array.h"
#include "exporters/document.h"
#include "exporters/correction.h"
#include "exporters/matters.h"
#include "exporters/render_assets.h"
#include "exporters/xml_writer.h"

#define FUND_CODES_MAX 400000 /* of one document, before those named twice are dropped */
#define NAMESPACE      "urn:mingzhang:disclosure:1"

struct rendering {
    const struct survey *survey;
    const struct survey_place *place;
    size_t place_index;
    struct xml_writer xml;
    bool *paid_is_withheld;  /* by project of this place */
    struct fund_code *funds; /* of which the document speaks; sorted, none twice */
    size_t fund_count;
    struct project_at *project;  /* the one being written; too large for a stack */
    bool contracts_are_withheld; /* of that one, those that people were paid under */
};

/* ---- Gathering what belongs to this division ---------------------------------------------------
 */

static bool add_fund_code(struct rendering *at, const char *code, struct error *err)
{
    void *array = at->funds;

    if (!array_grow(&array, at->fund_count, sizeof *at->funds, FUND_CODES_MAX, "funds", err))
        return false;
    at->funds = array;
    memcpy(at->funds[at->fund_count++].text, code, strlen(code) + 1);
    return true;
}

/*
 * Is some line of the fund withheld here? What is stuck is told for a fund over its books, first in
 * first out, so even the part in a printed book says something of the withheld one.
 */
static bool some_line_is_withheld(const struct rendering *at, const char *fund)
{
    for (size_t i = 0; i < at->place->line_count; i++) {
        const struct survey_line *line = &at->survey->lines[at->place->first_line + i];

        if (line->is_withheld && strcmp(line->fund, fund) == 0) return true;
    }
    return false;
}

static int order_fund_codes(const void *a, const void *b)
{
    return strcmp(((const struct fund_code *)a)->text, ((const struct fund_code *)b)->text);
}

static void sort_funds(struct rendering *at)
{
    size_t kept = 0;

    if (at->fund_count == 0) return;
    qsort(at->funds, at->fund_count, sizeof *at->funds, order_fund_codes);
    for (size_t i = 1; i < at->fund_count; i++)
        if (strcmp(at->funds[kept].text, at->funds[i].text) != 0) at->funds[++kept] = at->funds[i];
    at->fund_count = kept + 1;
}

static const struct survey_project *project_at(const struct rendering *at, size_t i)
{
    return &at->survey->projects[at->place->first_project + i];
}

static bool gather_project(struct rendering *at, size_t i, struct error *err)
{
    const struct survey_project *project = project_at(at, i);

    for (size_t j = 0; j < project->fund_count; j++)
        if (!add_fund_code(at, at->survey->plan_funds[project->first_fund + j].text, err))
            return false;
    return true;
}

static bool gather(struct rendering *at, struct error *err)
{
    for (size_t i = 0; i < at->place->project_count; i++)
        if (!gather_project(at, i, err)) return false;
    for (size_t i = 0; i < at->place->line_count; i++)
        if (!add_fund_code(at, at->survey->lines[at->place->first_line + i].fund, err))
            return false;
    sort_funds(at);
    return true;
}

/* ---- The law ------------------------------------------------------------------------------------
 */

static void write_flow(struct xml_writer *xml, enum flow_term term, money_t amount)
{
    if (money_is_zero(amount)) return;
    xml_element_begin(xml, flow_term_is_in(term) ? "in" : "out");
    xml_attribute(xml, "term", flow_term_name(term));
    xml_attribute_amount(xml, amount);
    xml_element_end(xml);
}

static void write_law(struct xml_writer *xml, const struct law *law)
{
    xml_element_amount(xml, "opening", law->opening);
    for (int i = 0; i < FLOW_TERM_COUNT; i++)
        write_flow(xml, (enum flow_term)i, law->flows[i]);
    xml_element_amount(xml, "closing", law->closing);
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++) {
        if (i == ACCOUNT_SOURCE || i == ACCOUNT_SPENT || money_is_zero(law->standing[i])) continue;
        xml_element_begin(xml, "standing");
        xml_attribute(xml, "role", account_role_name((enum account_role)i));
        xml_attribute_amount(xml, law->standing[i]);
        xml_element_end(xml);
    }
}

/* The sum of the printed lines of one book, or of all books (BOOK_COUNT). */
static bool sum_printed(const struct rendering *at, enum book book, struct law *out, size_t *lines,
                        struct error *err)
{
    struct law sum = {0};
    size_t count = 0;

    for (size_t i = 0; i < at->place->line_count; i++) {
        const struct survey_line *line = &at->survey->lines[at->place->first_line + i];

        if (line->is_withheld || (book != BOOK_COUNT && line->book != book)) continue;
        if (!law_add(&sum, &line->law, err)) return false;
        count++;
    }
    *out = sum;
    *lines = count;
    return true;
}

static int64_t count_withheld(const struct rendering *at)
{
    size_t count = 0;

    for (int book = 0; book < BOOK_COUNT; book++)
        count += at->place->books[book].withheld_lines;
    return (int64_t)count;
}

/* ---- Head ------------------------------------------------------------------------------------ */

/* The period as long as the document's that holds a day. */
static void write_period_of(struct rendering *at, date_t day)
{
    const struct period *own = &at->survey->period;
    int32_t month = date_month(day), length = own->last_month - own->first_month + 1;
    char text[MONTH_TEXT_SIZE], period[2 * MONTH_TEXT_SIZE];

    month_format(month, text);
    if (length == 1) (void)snprintf(period, sizeof period, "%s", text);
    if (length == 3)
        (void)snprintf(period, sizeof period, "%.4s-Q%c", text, (char)('1' + month % 12 / 3));
    if (length == 12) (void)snprintf(period, sizeof period, "%.4s", text);
    xml_attribute(&at->xml, "period", period);
}

/* What it was called before, or what was there before it, until a day. */
static void write_formerly(struct rendering *at, const char *code, const char *name, date_t until)
{
    char day[DATE_TEXT_SIZE];

    xml_element_begin(&at->xml, "formerly");
    if (code != NULL) xml_attribute(&at->xml, "code", code);
    xml_attribute(&at->xml, "name", name);
    xml_attribute(&at->xml, "until", date_format(until, day));
    if (code != NULL) write_period_of(at, until);
    xml_element_end(&at->xml);
}

/* Before the period was over: what happens on its last day is told in the next one. */
static bool is_told(const struct rendering *at, const struct division *ended)
{
    return ended->has_end &&
           date_is_before(ended->last_day, month_last_day(at->survey->period.last_month));
}

struct naming_reader {
    struct rendering *at;
    struct division_naming before; /* its name "" when there is none */
};

static bool write_naming(void *context, const struct division_naming *naming, struct error *err)
{
    struct naming_reader *reader = context;

    (void)err;
    if (naming->has_first_day &&
        date_is_before(month_last_day(reader->at->survey->period.last_month), naming->first_day))
        return true;
    if (reader->before.name[0] != '\0')
        write_formerly(reader->at, NULL, reader->before.name, (date_t){naming->first_day.days - 1});
    reader->before = *naming;
    return true;
}

static bool write_predecessor(void *context, const struct division *division, struct error *err)
{
    struct rendering *at = context;

    (void)err;
    if (is_told(at, division))
        write_formerly(at, division->code, division->name, division->last_day);
    return true;
}

static bool write_successor(void *context, const struct division *division, struct error *err)
{
    struct rendering *at = context;

    (void)err;
    xml_element_begin(&at->xml, "successor");
    xml_attribute(&at->xml, "code", division->code);
    xml_attribute(&at->xml, "name", division->name);
    xml_element_end(&at->xml);
    return true;
}

static bool write_changes(struct rendering *at, struct error *err)
{
    struct journal *journal = at->survey->journal;
    const struct division *division = &at->place->division;
    const date_t day = month_last_day(at->survey->period.last_month);
    struct naming_reader reader = {.at = at};

    return division_naming_each(journal, division->code, write_naming, &reader, err) &&
           division_predecessor_each(journal, division->code, day, write_predecessor, at, err) &&
           (!is_told(at, division) ||
            division_successor_each(journal, division->code, day, write_successor, at, err));
}

static bool write_head(struct rendering *at, struct error *err)
{
    const struct survey_place *place = at->place;
    char day[DATE_TEXT_SIZE];

    xml_element_begin(&at->xml, "division");
    xml_attribute(&at->xml, "code", place->division.code);
    xml_attribute(&at->xml, "name", place->division.name);
    xml_attribute(&at->xml, "level", division_level_name(place->level));
    if (place->parent != SURVEY_NONE) {
        const struct division *parent = &at->survey->places[place->parent].division;

        xml_attribute(&at->xml, "parent", parent->code);
        xml_attribute(&at->xml, "parent_name", parent->name);
    }
    if (place->division.provisional) xml_attribute_boolean(&at->xml, "provisional", true);
    if (is_told(at, &place->division))
        xml_attribute(&at->xml, "ended", date_format(place->division.last_day, day));
    if (!write_changes(at, err)) return false;
    xml_element_end(&at->xml);
    xml_element_begin(&at->xml, "span");
    xml_attribute(&at->xml, "first",
                  date_format(month_first_day(at->survey->period.first_month), day));
    xml_attribute(&at->xml, "last",
                  date_format(month_last_day(at->survey->period.last_month), day));
    xml_element_end(&at->xml);
    return true;
}

static bool write_summary(struct rendering *at, struct error *err)
{
    static const enum flow_term received_terms[] = {FLOW_APPROPRIATED, FLOW_RECEIVED_FROM_ABOVE,
                                                    FLOW_RECOVERED_FROM_BELOW, FLOW_OTHER_RECEIPTS};
    static const enum flow_term passed_terms[] = {FLOW_PASSED_DOWN, FLOW_RETURNED_UP,
                                                  FLOW_REMITTED};
    money_t received = MONEY_ZERO, passed = MONEY_ZERO;
    struct law sum;
    size_t lines;

    if (!sum_printed(at, BOOK_COUNT, &sum, &lines, err)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(received_terms); i++)
        if (!money_add(received, sum.flows[received_terms[i]], &received, err)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(passed_terms); i++)
        if (!money_add(passed, sum.flows[passed_terms[i]], &passed, err)) return false;
    xml_element_begin(&at->xml, "summary");
    xml_attribute_integer(&at->xml, "withheld_lines", count_withheld(at));
    xml_element_amount(&at->xml, "opening", sum.opening);
    xml_element_amount(&at->xml, "received", received);
    xml_element_amount(&at->xml, "spent", sum.flows[FLOW_SPENT]);
    xml_element_amount(&at->xml, "passed_on", passed);
    xml_element_amount(&at->xml, "closing", sum.closing);
    xml_element_end(&at->xml);
    return true;
}

/* ---- Funds: where from, where to ------------------------------------------------------------- */

static bool line_is_printed(const struct rendering *at, enum book book, const char *fund)
{
    const struct survey_line *line = survey_find_line(at->survey, at->place_index, book, fund);

    return line == NULL || !line->is_withheld;
}

static void write_transfer(struct rendering *at, const struct survey_transfer *transfer,
                           money_t amount)
{
    size_t counterpart = survey_find_place(at->survey, transfer->counterpart);

    if (money_is_zero(amount)) return;
    xml_element_begin(&at->xml, flow_term_is_in(transfer->term) ? "in" : "out");
    xml_attribute(&at->xml, "term", flow_term_name(transfer->term));
    xml_attribute(&at->xml, "division", transfer->counterpart);
    if (counterpart != SURVEY_NONE)
        xml_attribute(&at->xml, "division_name", at->survey->places[counterpart].division.name);
    xml_attribute_amount(&at->xml, amount);
    xml_element_end(&at->xml);
}

/*
 * A term that has a division at its other end: one element for each such division, books added up.
 * Their sum must be what the books say, or one of the two was derived wrongly.
 */
static bool write_transfers(struct rendering *at, const char *fund, enum flow_term term,
                            money_t expected, struct error *err)
{
    const struct survey *survey = at->survey;
    const char *division = at->place->division.code;
    const struct survey_transfer *last = NULL;
    money_t amount = MONEY_ZERO, total = MONEY_ZERO;

    for (size_t i = survey_first_transfer(survey, division); i < survey->transfer_count; i++) {
        const struct survey_transfer *transfer = &survey->transfers[i];

        if (strcmp(transfer->division, division) != 0) break;
        if (strcmp(transfer->fund, fund) != 0 || transfer->term != term) continue;
        if (!line_is_printed(at, transfer->book, fund)) continue;
        if (last != NULL && strcmp(last->counterpart, transfer->counterpart) != 0) {
            write_transfer(at, last, amount);
            amount = MONEY_ZERO;
        }
        if (!money_add(amount, transfer->amount, &amount, err)) return false;
        if (!money_add(total, transfer->amount, &total, err)) return false;
        last = transfer;
    }
    if (last != NULL) write_transfer(at, last, amount);
    if (money_compare(total, expected) != 0)
        return error_set(err, ERROR_UNBALANCED,
                         "%s, fund %s, %s: the vouchers say %lld fen, the books %lld; run "
                         "`mingzhang verify --deep` before publishing",
                         division, fund, translate(flow_term_name(term)), (long long)total.fen,
                         (long long)expected.fen);
    return true;
}

static bool write_fund_flows(struct rendering *at, const char *fund, struct error *err)
{
    static const enum flow_term terms[] = {
        FLOW_APPROPRIATED,   FLOW_RECEIVED_FROM_ABOVE, FLOW_RECOVERED_FROM_BELOW,
        FLOW_OTHER_RECEIPTS, FLOW_PASSED_DOWN,         FLOW_RETURNED_UP,
        FLOW_REMITTED};
    struct law sum = {0};

    for (size_t i = 0; i < at->place->line_count; i++) {
        const struct survey_line *line = &at->survey->lines[at->place->first_line + i];

        if (line->is_withheld || strcmp(line->fund, fund) != 0) continue;
        if (!law_add(&sum, &line->law, err)) return false;
    }
    for (size_t i = 0; i < ARRAY_COUNT(terms); i++) {
        enum flow_term term = terms[i];

        if (term == FLOW_APPROPRIATED || term == FLOW_OTHER_RECEIPTS || term == FLOW_REMITTED)
            write_flow(&at->xml, term, sum.flows[term]);
        else if (!write_transfers(at, fund, term, sum.flows[term], err))
            return false;
    }
    return true;
}

void survey_write_fund(const struct fund *fund, struct xml_writer *xml)
{
    char books[64] = "", year[16], day[DATE_TEXT_SIZE];
    size_t size = 0;

    for (int book = 0; book < BOOK_COUNT; book++) {
        const char *name = book_name((enum book)book);
        int written;

        if (!fund->books[book]) continue;
        written = snprintf(books + size, sizeof books - size, "%s%s", size > 0 ? " " : "", name);
        assert(written > 0 && (size_t)written < sizeof books - size);
        size += (size_t)written;
    }
    (void)snprintf(year, sizeof year, "%04d", (int)fund->year);
    xml_attribute(xml, "code", fund->code);
    xml_attribute(xml, "document", fund->document);
    xml_attribute(xml, "name", fund->name);
    xml_attribute(xml, "level", fund->level);
    xml_attribute(xml, "year", year);
    xml_attribute(xml, "books", books);
    if (fund->has_expiry) xml_attribute(xml, "expiry", date_format(fund->expiry, day));
}

static bool write_funds(struct rendering *at, struct error *err)
{
    xml_element_begin(&at->xml, "funds");
    for (size_t i = 0; i < at->fund_count; i++) {
        const struct fund *fund = survey_find_fund(at->survey, at->funds[i].text);

        if (fund == NULL)
            return error_set(err, ERROR_STORE, "fund %s isn't in the register", at->funds[i].text);
        xml_element_begin(&at->xml, "fund");
        survey_write_fund(fund, &at->xml);
        if (!money_is_zero(fund->amount)) xml_element_amount(&at->xml, "ceiling", fund->amount);
        if (!write_fund_flows(at, fund->code, err)) return false;
        xml_element_end(&at->xml);
    }
    xml_element_end(&at->xml);
    return true;
}

/* ---- Books ----------------------------------------------------------------------------------- */

/* The three books, then what is in none yet. */
static const enum book book_order[] = {BOOK_CONSTRUCTION, BOOK_LIVELIHOOD, BOOK_SUBSIDY, BOOK_NONE};

static bool write_book(struct rendering *at, enum book book, struct error *err)
{
    struct law sum;
    size_t count;

    if (!sum_printed(at, book, &sum, &count, err)) return false;
    xml_element_begin(&at->xml, "book");
    xml_attribute(&at->xml, "name", book_name(book));
    for (size_t i = 0; i < at->place->line_count; i++) {
        const struct survey_line *line = &at->survey->lines[at->place->first_line + i];

        if (line->is_withheld || line->book != book) continue;
        xml_element_begin(&at->xml, "line");
        xml_attribute(&at->xml, "fund", line->fund);
        write_law(&at->xml, &line->law);
        xml_element_end(&at->xml);
    }
    xml_element_begin(&at->xml, "total");
    xml_attribute_integer(&at->xml, "lines", (int64_t)count);
    xml_attribute_integer(&at->xml, "withheld_lines",
                          (int64_t)at->place->books[book].withheld_lines);
    write_law(&at->xml, &sum);
    xml_element_end(&at->xml);
    xml_element_end(&at->xml);
    return true;
}

static bool write_books(struct rendering *at, struct error *err)
{
    xml_element_begin(&at->xml, "books");
    for (size_t i = 0; i < ARRAY_COUNT(book_order); i++)
        if (!write_book(at, book_order[i], err)) return false;
    xml_element_end(&at->xml);
    return true;
}

static void write_below(struct rendering *at)
{
    if (at->place->level == DIVISION_VILLAGE) return;
    xml_element_begin(&at->xml, "below");
    xml_attribute_integer(&at->xml, "divisions", (int64_t)at->place->below_count);
    for (size_t i = 0; i < ARRAY_COUNT(book_order); i++) {
        const struct survey_book *book = &at->place->books[book_order[i]];

        xml_element_begin(&at->xml, "book");
        xml_attribute(&at->xml, "name", book_name(book_order[i]));
        xml_attribute_integer(&at->xml, "lines", (int64_t)book->below.lines);
        xml_attribute_integer(&at->xml, "withheld_lines", (int64_t)book->withheld_below);
        write_law(&at->xml, &book->below.law);
        xml_element_end(&at->xml);
    }
    for (size_t i = 0; i < at->survey->place_count; i++) {
        const struct survey_place *child = &at->survey->places[i];

        if (child->parent != at->place_index || !child->has_document) continue;
        xml_element_begin(&at->xml, "division");
        xml_attribute(&at->xml, "code", child->division.code);
        xml_attribute(&at->xml, "name", child->division.name);
        xml_attribute(&at->xml, "level", division_level_name(child->level));
        xml_element_end(&at->xml);
    }
    xml_element_end(&at->xml);
}

/* ---- Projects -------------------------------------------------------------------------------- */

static void write_date_if_any(struct xml_writer *xml, const char *name, bool has, date_t date)
{
    char day[DATE_TEXT_SIZE];

    if (has) xml_attribute(xml, name, date_format(date, day));
}

static bool write_contract(void *context, const struct contract_at *told, struct error *err)
{
    struct rendering *at = context;
    const struct contract *contract = &told->contract;
    struct xml_writer *xml = &at->xml;

    (void)err;
    xml_element_begin(xml, "contract");
    xml_attribute(xml, "code", contract->code);
    xml_attribute(xml, "contractor", contract->contractor);
    xml_attribute_if_any(xml, "uscc", contract->uscc);
    write_date_if_any(xml, "signed_on", true, contract->signed_on);
    write_date_if_any(xml, "start", contract->has_start, contract->start);
    write_date_if_any(xml, "end", contract->has_end, contract->end);
    xml_attribute_integer(xml, "retention_bp", contract->retention_bp);
    xml_element_amount(xml, "price", contract->price);
    if (!told->from_people || !at->contracts_are_withheld) {
        xml_element_amount(xml, "committed", contract->committed);
        xml_element_amount(xml, "paid", contract->paid);
        xml_element_amount(xml, "retention", contract->retention);
        if (contract->settled) xml_element_amount(xml, "final_price", contract->final_price);
    }
    xml_element_end(xml);
    return true;
}

static void write_project_attributes(struct xml_writer *xml, const struct project *project)
{
    xml_attribute(xml, "code", project->code);
    xml_attribute(xml, "name", project->name);
    xml_attribute(xml, "book", book_name(project->book));
    xml_attribute(xml, "category", project->category);
    xml_attribute(xml, "nature", project->nature);
    xml_attribute(xml, "unit", project->unit);
    xml_attribute_if_any(xml, "office_phone", project->office_phone);
    write_date_if_any(xml, "start", project->has_start, project->start);
    write_date_if_any(xml, "end", project->has_end, project->end);
    xml_attribute_integer(xml, "beneficiaries", project->beneficiaries);
    xml_attribute_integer(xml, "percent", project->percent);
    xml_attribute_boolean(xml, "accepted", project->accepted);
}

/* Plan lines of our own money, or (outside) those that don't pass through our accounts. */
static void write_plan(struct xml_writer *xml, const struct project *project, bool outside,
                       bool paid_is_withheld)
{
    for (size_t i = 0; i < project->plan_count; i++) {
        const struct plan_line *line = &project->plan[i];

        if ((line->fund[0] == '\0') != outside) continue;
        xml_element_begin(xml, outside ? "outside" : "plan");
        xml_attribute_integer(xml, "line", line->line);
        xml_attribute(xml, outside ? "source" : "fund", outside ? line->source : line->fund);
        xml_element_amount(xml, "planned", line->amount);
        if (!outside && !paid_is_withheld) xml_element_amount(xml, "paid", line->paid);
        xml_element_end(xml);
    }
}

/* What a project was paid by a month's end, whether it may be told or not. */
static bool find_paid(struct rendering *at, const char *code, int32_t month, money_t *out,
                      struct error *err)
{
    const struct project *project = &at->project->project;
    money_t paid = MONEY_ZERO;

    if (!project_find_at(at->survey->journal, code, month, at->project, err)) return false;
    for (size_t i = 0; i < project->plan_count; i++)
        if (project->plan[i].fund[0] != '\0' && !money_add(paid, project->plan[i].paid, &paid, err))
            return false;
    *out = paid;
    return true;
}

static bool write_project(struct rendering *at, size_t i, struct error *err)
{
    const char *code = project_at(at, i)->code;
    const int32_t month = at->survey->period.last_month;
    const struct project *project = &at->project->project;
    struct xml_writer *xml = &at->xml;
    money_t planned = MONEY_ZERO, paid = MONEY_ZERO, paid_now;
    bool paid_is_withheld;

    if (!find_paid(at, code, at->survey->period.first_month - 1, &paid_now, err)) return false;
    if (!project_find_at(at->survey->journal, code, month, at->project, err)) return false;
    paid_is_withheld = at->project->is_hidden;
    at->paid_is_withheld[i] = at->contracts_are_withheld = paid_is_withheld;
    for (size_t j = 0; j < project->plan_count; j++) {
        if (project->plan[j].fund[0] == '\0') continue;
        if (!money_add(planned, project->plan[j].amount, &planned, err)) return false;
        if (!money_add(paid, project->plan[j].paid, &paid, err)) return false;
    }
    if (!money_subtract(paid, paid_now, &paid_now, err)) return false;
    xml_element_begin(xml, "project");
    write_project_attributes(xml, project);
    xml_element_text(xml, "task", project->task);
    xml_element_text(xml, "target", project->target);
    xml_element_text(xml, "participation", project->participation);
    xml_element_text(xml, "mechanism", project->mechanism);
    if (project->result[0] != '\0') xml_element_text(xml, "result", project->result);
    xml_element_amount(xml, "planned", planned);
    if (!paid_is_withheld) {
        xml_element_amount(xml, "paid", paid);
        xml_element_amount(xml, "paid_in_period", paid_now);
    }
    write_plan(xml, project, false, paid_is_withheld);
    write_plan(xml, project, true, paid_is_withheld);
    if (!contract_each_at(at->survey->journal, code, month, write_contract, at, err) ||
        !assets_write_uses(at->survey, code, xml, err))
        return false;
    xml_element_end(xml);
    return true;
}

static bool write_projects(struct rendering *at, struct error *err)
{
    xml_element_begin(&at->xml, "projects");
    for (size_t i = 0; i < at->place->project_count; i++)
        if (!write_project(at, i, err)) return false;
    xml_element_end(&at->xml);
    return true;
}

/* ---- What wants attention, what is withheld -------------------------------------------------- */

static void write_days(struct xml_writer *xml, const struct attention_item *item)
{
    if (item->what == ATTENTION_EXPIRED) xml_attribute_integer(xml, "days", item->days);
    if (item->what != ATTENTION_STUCK) return;
    xml_attribute_integer(xml, "days", item->stood_days);
    xml_attribute_integer(xml, "limit", item->days);
}

static bool item_is_told(const struct rendering *at, const struct attention_item *item)
{
    if (item->what == ATTENTION_STUCK) return !some_line_is_withheld(at, item->account.fund);
    return line_is_printed(at, item->account.book, item->account.fund);
}

static void write_attention(struct rendering *at)
{
    static const struct {
        enum attention what;
        const char *element;
    } lists[] = {
        {ATTENTION_UNSPENT, "unspent"}, {ATTENTION_STUCK, "stuck"}, {ATTENTION_EXPIRED, "expired"}};
    char day[DATE_TEXT_SIZE];

    xml_element_begin(&at->xml, "attention");
    xml_attribute(&at->xml, "as_of",
                  date_format(month_last_day(at->survey->period.last_month), day));
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        xml_element_begin(&at->xml, lists[i].element);
        for (size_t j = 0; j < at->place->item_count; j++) {
            const struct attention_item *item = &at->survey->items[at->place->first_item + j].item;

            if (item->what != lists[i].what || !item_is_told(at, item)) continue;
            xml_element_begin(&at->xml, "item");
            xml_attribute(&at->xml, "book", book_name(item->account.book));
            xml_attribute(&at->xml, "fund", item->account.fund);
            xml_attribute(&at->xml, "role", account_role_name(item->account.role));
            write_days(&at->xml, item);
            xml_attribute_amount(&at->xml, item->amount);
            xml_element_end(&at->xml);
        }
        xml_element_end(&at->xml);
    }
    xml_element_end(&at->xml);
}

/* A printed line of a fund of which another is withheld doesn't tell how long its money has stood.
 */
static void write_withheld_line(struct rendering *at, const struct survey_line *line)
{
    struct xml_writer *xml = &at->xml;

    if (!line->is_withheld && !some_line_is_withheld(at, line->fund)) return;
    xml_element_begin(xml, "item");
    xml_attribute(xml, "what", line->is_withheld ? "line" : "stuck");
    xml_attribute(xml, "book", book_name(line->book));
    xml_attribute(xml, "fund", line->fund);
    xml_attribute(xml, "reason", line->is_withheld ? "sealed_totals" : "secondary");
    xml_element_end(xml);
}

static void write_withheld_project(struct rendering *at, const struct survey_project *project)
{
    struct xml_writer *xml = &at->xml;

    xml_element_begin(xml, "item");
    xml_attribute(xml, "what", "project_paid");
    xml_attribute(xml, "book", book_name(project->book));
    xml_attribute(xml, "project", project->code);
    xml_attribute(xml, "reason", "sealed_totals");
    xml_element_end(xml);
}

/* What the total less the lines that are told would else tell. */
static void write_left_out(struct rendering *at, enum book book)
{
    size_t lines = at->place->books[book].withheld_below;
    struct xml_writer *xml = &at->xml;

    if (lines == 0) return;
    xml_element_begin(xml, "item");
    xml_attribute(xml, "what", "below_total");
    xml_attribute(xml, "book", book_name(book));
    xml_attribute_integer(xml, "lines", (int64_t)lines);
    xml_attribute(xml, "reason", "secondary");
    xml_element_end(xml);
}

static void write_withheld(struct rendering *at)
{
    xml_element_begin(&at->xml, "withheld");
    for (size_t i = 0; i < at->place->line_count; i++)
        write_withheld_line(at, &at->survey->lines[at->place->first_line + i]);
    for (size_t i = 0; i < at->place->project_count; i++)
        if (at->paid_is_withheld[i]) write_withheld_project(at, project_at(at, i));
    for (size_t i = 0; i < ARRAY_COUNT(book_order) && at->place->level != DIVISION_VILLAGE; i++)
        write_left_out(at, book_order[i]);
    xml_element_end(&at->xml);
}

/* ---- The whole ------------------------------------------------------------------------------- */

static bool write_document(struct rendering *at, const struct correction *correction,
                           struct error *err)
{
    struct xml_writer *xml = &at->xml;

    xml_element_begin(xml, "disclosure");
    xml_attribute(xml, "xmlns", NAMESPACE);
    xml_attribute(xml, "version", "1");
    xml_attribute(xml, "origin", journal_origin(at->survey->journal));
    xml_attribute(xml, "log_key", at->survey->log_key);
    xml_attribute(xml, "division", at->place->division.code);
    xml_attribute(xml, "period", at->survey->period.name);
    if (correction != NULL) xml_attribute_if_any(xml, "replaces", correction->replaces);
    if (!write_head(at, err)) return false;
    if (correction != NULL) correction_write(correction, xml);
    if (!write_summary(at, err)) return false;
    if (!story_write(at->survey, at->place_index, xml, err)) return false;
    if (!write_funds(at, err)) return false;
    if (!write_books(at, err)) return false;
    write_below(at);
    if (!write_projects(at, err)) return false;
    write_attention(at);
    write_withheld(at);
    if (!matters_write(at->survey, at->place_index, xml, err) ||
        !assets_write(at->survey, at->place_index, xml, err))
        return false;
    xml_element_end(xml);
    return xml_writer_finish(xml, err);
}

bool survey_render(const struct survey *survey, size_t place, const struct correction *correction,
                   struct buffer *xml_out, struct error *err)
{
    struct rendering at = {.survey = survey, .place = &survey->places[place], .place_index = place};
    struct buffer document = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok = false;

    assert(place < survey->place_count);
    at.project = malloc(sizeof *at.project);
    at.paid_is_withheld = calloc(at.place->project_count + 1, sizeof(bool));
    if (at.project == NULL || at.paid_is_withheld == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    if (!gather(&at, err)) goto out;
    xml_writer_init(&at.xml, &document);
    if (!write_document(&at, correction, err)) goto out;
    ok = buffer_append(xml_out, document.data, document.size, err);
out:
    buffer_done(&document);
    free(at.project);
    free(at.paid_is_withheld);
    free(at.funds);
    return ok;
}
