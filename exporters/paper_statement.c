/*
 * paper_statement.c - a division's month (月报): each fund in each book, by the law.
 *
 * 1. On every row opening + what came in = what went out + closing, and so for the sum of each book
 *    and of all, or nothing is printed (docs/accounting.md).
 * 2. A month that isn't closed is marked so: its figures may still change.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "exporters/survey.h"

/* As paper.xsl lays it out on A4 across. */
#define ROWS_SHEET   24
#define ROWS_WORDS   2 /* the closing in words, below the sum */
#define NAME_COLUMNS 36

struct statement_paper {
    const char *division;
    int32_t month;
    struct paper *paper;
    bool has_book;
    enum book book;
    struct law of_book, of_all;
    struct fund fund; /* of the row being written */
};

/* ---- Rows ------------------------------------------------------------------------------------ */

static bool sum_flows(const struct law *law, bool in, money_t *out, struct error *err)
{
    money_t sum = MONEY_ZERO;

    for (int term = 0; term < FLOW_TERM_COUNT; term++)
        if (flow_term_is_in((enum flow_term)term) == in &&
            !money_add(sum, law->flows[term], &sum, err))
            return false;
    *out = sum;
    return true;
}

static int count_rows(const struct law *law)
{
    int in = 0, out = 0, standing = 0;

    for (int term = 0; term < FLOW_TERM_COUNT; term++) {
        if (money_is_zero(law->flows[term])) continue;
        if (flow_term_is_in((enum flow_term)term))
            in++;
        else
            out++;
    }
    for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++)
        if (role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT && !money_is_zero(law->standing[role]))
            standing++;
    in = in > out ? in : out;
    return 1 + (in > standing ? in : standing);
}

static void write_term(struct xml_writer *xml, const char *element, const char *attribute,
                       const char *name, money_t amount)
{
    if (money_is_zero(amount)) return;
    xml_element_begin(xml, element);
    xml_attribute(xml, attribute, name);
    xml_attribute_amount(xml, amount);
    xml_element_end(xml);
}

static bool write_law(struct xml_writer *xml, const struct law *law, struct error *err)
{
    money_t in, out, left;

    if (!sum_flows(law, true, &in, err) || !sum_flows(law, false, &out, err)) return false;
    if (!money_add(law->opening, in, &left, err) || !money_subtract(left, out, &left, err))
        return false;
    if (money_compare(left, law->closing) != 0)
        return error_set(err, ERROR_UNBALANCED,
                         "opening and what came in aren't what went out and closing; run "
                         "`mingzhang verify --deep`");
    xml_element_amount(xml, "opening", law->opening);
    xml_element_amount(xml, "in", in);
    xml_element_amount(xml, "out", out);
    xml_element_amount(xml, "closing", law->closing);
    for (int term = 0; term < FLOW_TERM_COUNT; term++)
        write_term(xml, flow_term_is_in((enum flow_term)term) ? "came" : "went", "term",
                   flow_term_name((enum flow_term)term), law->flows[term]);
    for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++)
        if (role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT)
            write_term(xml, "standing", "role", account_role_name((enum account_role)role),
                       law->standing[role]);
    return true;
}

/* The sum of the book that ends here. */
static bool end_book(struct statement_paper *at, struct error *err)
{
    struct xml_writer *xml = &at->paper->xml;

    if (!at->has_book) return true;
    if (!paper_sheets_make_room(at->paper, 1, err)) return false;
    xml_element_begin(xml, "book_sum");
    xml_attribute(xml, "book", book_name(at->book));
    if (!write_law(xml, &at->of_book, err)) return false;
    xml_element_end(xml);
    memset(&at->of_book, 0, sizeof at->of_book);
    at->has_book = false;
    return true;
}

static bool write_row(void *context, const struct book_line *line, struct error *err)
{
    struct statement_paper *at = context;
    struct xml_writer *xml = &at->paper->xml;
    struct law law = {.opening = line->opening, .closing = line->closing};
    int rows, name_rows;

    static_assert(sizeof law.flows == sizeof line->flows, "both are by flow term");
    static_assert(sizeof law.standing == sizeof line->closing_by_role, "both are by role");
    memcpy(law.flows, line->flows, sizeof law.flows);
    memcpy(law.standing, line->closing_by_role, sizeof law.standing);
    if (at->has_book && at->book != line->book && !end_book(at, err)) return false;
    at->has_book = true;
    at->book = line->book;
    if (!fund_find(at->paper->journal, line->fund, &at->fund, err)) return false;
    rows = count_rows(&law);
    name_rows =
        1 + paper_rows(at->fund.document, NAME_COLUMNS) + paper_rows(at->fund.name, NAME_COLUMNS);
    if (!paper_sheets_make_room(at->paper, rows > name_rows ? rows : name_rows, err)) return false;
    xml_element_begin(xml, "line");
    xml_attribute(xml, "book", book_name(line->book));
    xml_attribute(xml, "fund", at->fund.code);
    xml_attribute(xml, "document", at->fund.document);
    xml_attribute(xml, "name", at->fund.name);
    if (!write_law(xml, &law, err)) return error_at(err, "%s", at->fund.code);
    xml_element_end(xml);
    return law_add(&at->of_book, &law, err) && law_add(&at->of_all, &law, err);
}

/* ---- The statement --------------------------------------------------------------------------- */

/* What its figures were taken from: the ledger of this size and root. */
static bool write_evidence(struct paper *paper, const char *month, const char *division,
                           struct error *err)
{
    uint64_t size = journal_size(paper->journal);
    char hex[HASH_HEX_SIZE], text[PAPER_QR_BYTES_MAX];
    hash_t root;

    if (!journal_root(paper->journal, size, &root, err)) return false;
    xml_element_begin(&paper->xml, "tree");
    xml_attribute_integer(&paper->xml, "size", (int64_t)size);
    xml_attribute(&paper->xml, "root", hash_to_hex(&root, hex));
    xml_element_end(&paper->xml);
    (void)snprintf(text, sizeof text, "%s\nstatement %s %s\ntree %llu %s",
                   journal_origin(paper->journal), division, month, (unsigned long long)size, hex);
    return paper_write_qr(paper, text, err);
}

static bool write_statement(void *context, struct paper *paper, struct error *err)
{
    struct statement_paper *at = context;
    struct division division;
    char month[MONTH_TEXT_SIZE], day[DATE_TEXT_SIZE];
    int32_t closed = 0;
    bool any = false;

    at->paper = paper;
    paper->day = month_last_day(at->month);
    if (!division_resolve_on(paper->journal, at->division, "", paper->day, &division, err))
        return false;
    if (!period_closed_through(paper->journal, &any, &closed, err)) return false;
    month_format(at->month, month);
    xml_element_begin(&paper->xml, "paper");
    xml_attribute(&paper->xml, "division", division.code);
    xml_attribute(&paper->xml, "division_name", division.name);
    xml_attribute(&paper->xml, "month", month);
    xml_attribute(&paper->xml, "last_day", date_format(month_last_day(at->month), day));
    xml_attribute_boolean(&paper->xml, "closed", any && at->month <= closed);
    if (!write_evidence(paper, month, division.code, err)) return false;
    paper_sheets_begin(paper, ROWS_SHEET, ROWS_SHEET, false);
    if (!book_line_each(paper->journal, division.code, &(struct book_span){at->month, at->month}, 1,
                        write_row, at, err))
        return false;
    if (!end_book(at, err)) return false;
    if (!paper_sheets_make_room(paper, count_rows(&at->of_all) + ROWS_WORDS, err)) return false;
    paper_sheets_end(paper);
    xml_element_begin(&paper->xml, "sum");
    if (!write_law(&paper->xml, &at->of_all, err)) return false;
    xml_element_end(&paper->xml);
    paper_write_amount(paper, "total", at->of_all.closing);
    xml_element_end(&paper->xml);
    return true;
}

bool paper_print_statement(struct ledger *ledger, const char *division, int32_t month,
                           struct buffer *html_out, struct error *err)
{
    struct statement_paper at = {.division = division, .month = month};

    return paper_make(ledger, "statement", write_statement, &at, html_out, err);
}
