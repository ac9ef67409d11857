/*
 * paper_due.c - the morning list on paper: what a village's accountant goes through today, in the
 * order in which it is gone through, with a box to tick.
 *
 * 1. Its lines are those of due_list_each(), each in one part of the sheet.
 * 2. Of rent it tells what is open by that day.
 */
#include "exporters/paper.h"

#include <stdlib.h>
#include <string.h>

/* As paper_assets.xsl lays it out on A4 upright. */
#define ROWS_FIRST    46
#define ROWS_MORE     52
#define ROWS_PART     2
#define NAME_COLUMNS  44
#define PLACE_COLUMNS 20

enum { FIRST_OVERDUE, FIRST_COMING, FIRST_ANY };

/* A part of the sheet: lines of these sorts, late or to come. */
static const struct part {
    const char *name;
    unsigned whats;
    int when;
} parts[] = {
    {"overdue", 1u << DUE_INSPECTION | 1u << DUE_SERVICE | 1u << DUE_WORK, FIRST_OVERDUE},
    {"coming", 1u << DUE_INSPECTION | 1u << DUE_SERVICE | 1u << DUE_WORK, FIRST_COMING},
    {"rent", 1u << DUE_RENT, FIRST_ANY},
    {"contracts", 1u << DUE_LEASE, FIRST_ANY},
    {"posts", 1u << DUE_POST, FIRST_ANY},
    {"nobody", 1u << DUE_HOLDER, FIRST_ANY},
};

struct due_paper {
    const struct due_filter *filter;
    struct paper *paper;
    const struct part *part;
    bool has_part;
    struct lease *lease; /* scratch */
};

static bool write_rent(struct due_paper *at, const struct due_item *item, struct error *err)
{
    struct journal *journal = at->paper->journal;
    struct lease_stand stand;
    money_t open;

    if (!lease_find(journal, item->subject, at->filter->as_of, at->lease, err) ||
        !lease_stand_find(journal, at->lease, at->filter->as_of, &stand, err))
        return false;
    open = stand.arrears;
    if (!stand.has_oldest && stand.has_next &&
        !money_subtract(stand.next.amount, stand.next.received, &open, err))
        return false;
    xml_attribute_amount(&at->paper->xml, open);
    return true;
}

static bool write_item(void *context, const struct due_item *item, struct error *err)
{
    struct due_paper *at = context;
    struct xml_writer *xml = &at->paper->xml;
    const struct part *part = at->part;
    char day[DATE_TEXT_SIZE];
    struct division division;
    int rows, place_rows;

    if ((part->whats & 1u << item->what) == 0 ||
        (part->when != FIRST_ANY && item->is_overdue != (part->when == FIRST_OVERDUE)))
        return true;
    if (!division_find_on(at->paper->journal, item->division, at->filter->as_of, &division, err))
        return false;
    rows = paper_rows(item->text, NAME_COLUMNS);
    place_rows = paper_rows(division.name, PLACE_COLUMNS);
    if (place_rows > rows) rows = place_rows;
    if (!paper_sheets_make_room(at->paper, at->has_part ? rows : rows + ROWS_PART, err))
        return false;
    at->has_part = true;
    xml_element_begin(xml, "line");
    xml_attribute(xml, "part", part->name);
    xml_attribute(xml, "what", due_what_name(item->what));
    xml_attribute_boolean(xml, "overdue", item->is_overdue);
    xml_attribute(xml, "due", date_format(item->due, day));
    xml_attribute_integer(xml, "days", (int64_t)at->filter->as_of.days - item->due.days);
    xml_attribute_integer(xml, "count", item->count);
    xml_attribute(xml, "division_name", division.name);
    xml_attribute_if_any(xml, "asset", item->asset);
    xml_attribute_if_any(xml, "subject", item->subject);
    xml_attribute_if_any(xml, "text", item->text);
    if (item->what == DUE_RENT && !write_rent(at, item, err)) return false;
    xml_element_end(xml);
    return true;
}

/* A part's lines stand together, each with its name: paper_assets.xsl heads the first of each. */
static bool write_parts(struct ledger *ledger, struct due_paper *at, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        at->part = &parts[i];
        at->has_part = false;
        if (!due_list_each(ledger, at->filter, write_item, at, err)) return false;
    }
    return true;
}

struct due_context {
    struct ledger *ledger;
    struct due_paper at;
};

static bool write_body(void *context, const struct upkeep_body *body, struct error *err)
{
    struct xml_writer *xml = context;

    (void)err;
    xml_element_begin(xml, "body");
    xml_attribute(xml, "name", body->name);
    xml_attribute(xml, "office_phone", body->office_phone);
    xml_element_end(xml);
    return true;
}

static bool write_due(void *context, struct paper *paper, struct error *err)
{
    struct due_context *due = context;
    struct due_paper *at = &due->at;
    const char *scope = at->filter->scope;
    char day[DATE_TEXT_SIZE];
    struct division division;

    at->paper = paper;
    paper->day = at->filter->as_of;
    if (scope == NULL || scope[0] == '\0') scope = journal_root_division(paper->journal);
    if (!division_find_on(paper->journal, scope, paper->day, &division, err)) return false;
    xml_element_begin(&paper->xml, "paper");
    xml_attribute(&paper->xml, "division", division.code);
    xml_attribute(&paper->xml, "division_name", division.name);
    xml_attribute(&paper->xml, "day", date_format(at->filter->as_of, day));
    xml_attribute_integer(&paper->xml, "ahead", at->filter->days_ahead);
    if (!upkeep_body_above(paper->journal, division.code, paper->day, write_body, &paper->xml, err))
        return false;
    paper_sheets_begin(paper, ROWS_FIRST, ROWS_MORE, false);
    if (!write_parts(due->ledger, at, err)) return false;
    paper_sheets_end(paper);
    xml_element_end(&paper->xml);
    return true;
}

bool paper_print_due(struct ledger *ledger, const struct due_filter *filter,
                     struct buffer *html_out, struct error *err)
{
    struct due_context due = {ledger, {.filter = filter, .lease = NULL}};
    bool ok;

    due.at.lease = malloc(sizeof *due.at.lease);
    if (due.at.lease == NULL) return error_set(err, ERROR_MEMORY, "no memory for a lease");
    ok = paper_make(ledger, "due", write_due, &due, html_out, err);
    free(due.at.lease);
    return ok;
}
