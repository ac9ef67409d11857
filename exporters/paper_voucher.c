/*
 * paper_voucher.c - vouchers (记账凭证): what each account gives and gets, line by line.
 *
 * 1. The lines printed sum to the voucher's amount, or nothing is printed.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* As paper.xsl lays it out on A4 across; columns count 2 for a Chinese character. */
#define ROWS_FIRST      22
#define HEAD_COLUMNS    148
#define ROWS_MORE       22
#define SUMMARY_COLUMNS 46
#define ACCOUNT_COLUMNS 78
#define LABEL_COLUMNS   8  /* 收款人, 项目 … and what parts them */
#define PAYEE_COLUMNS   36 /* the tails of numbers, or a credit code */
#define REPAYS_COLUMNS  24
#define STATE_COLUMNS   10
#define ACCOUNT_WORDS   56 /* division code, book and role, in both languages */

#define ID_TAIL            2 /* digits of an ID number that may be printed (DOMAIN 2.7) */
#define BANK_TAIL          4
#define BANK_ACCOUNT_LEAST 8 /* of a shorter one the tail would be half of it or more */

struct voucher_paper {
    const char *const *wanted; /* numbers or references */
    size_t count;
    struct paper *paper;
    struct voucher voucher;
    struct project *project; /* the last one looked up; too large for a stack */
};

/* ---- A line ---------------------------------------------------------------------------------- */

static const char *tail(const char *text, size_t size)
{
    size_t length = strlen(text);

    return length > size ? text + length - size : "";
}

static void write_payee(struct xml_writer *xml, const struct payee *payee)
{
    if (payee->name[0] == '\0') return;
    xml_element_begin(xml, "payee");
    xml_attribute(xml, "name", payee->name);
    if (payee->is_person) {
        xml_attribute_if_any(xml, "id_tail", tail(payee->id_number, ID_TAIL));
        if (strlen(payee->bank_account) >= BANK_ACCOUNT_LEAST)
            xml_attribute(xml, "bank_tail", tail(payee->bank_account, BANK_TAIL));
    } else {
        xml_attribute_if_any(xml, "uscc", payee->uscc);
    }
    xml_element_end(xml);
}

static bool write_purpose(struct voucher_paper *at, const struct voucher_line *line,
                          struct error *err)
{
    struct xml_writer *xml = &at->paper->xml;
    bool changes = false;

    if (line->project[0] != '\0') {
        xml_element_begin(xml, "project");
        xml_attribute(xml, "code", line->project);
        xml_attribute(xml, "name", at->project->name);
        if (line->plan_line != 0) xml_attribute_integer(xml, "plan_line", line->plan_line);
        xml_element_end(xml);
    }
    if (line->contract[0] != '\0') xml_element_text(xml, "contract", line->contract);
    if (line->agreement[0] != '\0') xml_element_text(xml, "agreement", line->agreement);
    if (line->policy[0] != '\0') xml_element_text(xml, "policy", line->policy);
    if (line->returned_voucher[0] != '\0') {
        if (!voucher_line_changes_account(at->paper->journal, line, &changes, err)) return false;
        xml_element_begin(xml, "repays");
        xml_attribute(xml, "voucher", line->returned_voucher);
        xml_attribute_integer(xml, "line", line->returned_line);
        xml_attribute_boolean(xml, "account_changes", changes);
        xml_element_end(xml);
    }
    return true;
}

static int label_columns(const char *text)
{
    return text[0] == '\0' ? 0 : (int)text_width(text) + LABEL_COLUMNS;
}

static bool account_rows(struct voucher_paper *at, const struct account *account, int *rows,
                         struct error *err)
{
    struct division division;

    if (!division_find_on(at->paper->journal, account->division, at->paper->day, &division, err))
        return false;
    *rows += ((int)(text_width(division.name) + text_width(account->fund)) + ACCOUNT_WORDS +
              ACCOUNT_COLUMNS - 1) /
             ACCOUNT_COLUMNS;
    return true;
}

/* From above: as many rows as its summary could take. */
static int summary_rows(const struct voucher_paper *at, const struct voucher_line *line)
{
    int columns = label_columns(line->text) + label_columns(line->payee.name) +
                  label_columns(line->project) + label_columns(line->contract) +
                  label_columns(line->policy) + label_columns(line->returned_voucher);

    if (line->payee.name[0] != '\0') columns += PAYEE_COLUMNS;
    if (line->project[0] != '\0') columns += label_columns(at->project->name);
    if (line->returned_voucher[0] != '\0') columns += REPAYS_COLUMNS;
    return (columns + STATE_COLUMNS + SUMMARY_COLUMNS - 1) / SUMMARY_COLUMNS;
}

static bool write_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    struct voucher_paper *at = context;
    struct xml_writer *xml = &at->paper->xml;
    int rows = 0;

    if (line->is_gone)
        return error_set(err, ERROR_STATE,
                         "line %d of voucher %s is lost or erased, so its paper can't be printed "
                         "any more; `mingzhang voucher show` tells what is known",
                         number, at->voucher.number);
    if (line->project[0] != '\0' && strcmp(at->project->code, line->project) != 0 &&
        !project_find(at->paper->journal, line->project, at->project, err))
        return false;
    if (!account_rows(at, &line->from, &rows, err) || !account_rows(at, &line->to, &rows, err))
        return false;
    if (summary_rows(at, line) > rows) rows = summary_rows(at, line);
    if (!paper_sheets_make_room(at->paper, rows, err)) return false;
    xml_element_begin(xml, "line");
    xml_attribute_integer(xml, "number", number);
    xml_attribute(xml, "state", line_state_name(state));
    xml_attribute_integer(xml, "seq", (int64_t)seq);
    xml_attribute_amount(xml, line->amount);
    xml_attribute_if_any(xml, "text", line->text);
    if (!paper_write_account(at->paper, "to", &line->to, err)) return false;
    if (!paper_write_account(at->paper, "from", &line->from, err)) return false;
    write_payee(xml, &line->payee);
    if (!write_purpose(at, line, err)) return false;
    xml_element_end(xml);
    return paper_sheets_add(at->paper, line->amount, err);
}

/* ---- The voucher ----------------------------------------------------------------------------- */

static bool write_voucher(struct voucher_paper *at, const char *wanted, struct error *err)
{
    struct paper *paper = at->paper;
    int rows = 0;

    if (!voucher_find(paper->journal, wanted, &at->voucher, err)) return false;
    xml_element_begin(&paper->xml, "paper");
    if (!paper_write_voucher_head(paper, &at->voucher, NULL, &rows, err)) return false;
    paper_write_amount(paper, "total", at->voucher.amount);
    paper_sheets_begin(paper, ROWS_FIRST - rows, ROWS_MORE, true);
    if (!voucher_line_each(paper->journal, at->voucher.number, write_line, at, err)) return false;
    paper_sheets_end(paper);
    xml_element_end(&paper->xml);
    if (money_compare(paper->sum, at->voucher.amount) != 0)
        return error_set(err, ERROR_VERIFY,
                         "the lines of voucher %s don't sum to its amount; run `mingzhang verify "
                         "--deep`",
                         at->voucher.number);
    return true;
}

static bool write_vouchers(void *context, struct paper *paper, struct error *err)
{
    struct voucher_paper *at = context;

    at->paper = paper;
    paper->head_columns = HEAD_COLUMNS;
    for (size_t i = 0; i < at->count; i++)
        if (!write_voucher(at, at->wanted[i], err)) return error_at(err, "%s", at->wanted[i]);
    return true;
}

bool paper_print_vouchers(struct ledger *ledger, const char *const *vouchers, size_t count,
                          struct buffer *html_out, struct error *err)
{
    struct voucher_paper at = {
        .wanted = vouchers, .count = count, .project = calloc(1, sizeof *at.project)};
    bool ok;

    if (at.project == NULL) return error_set(err, ERROR_MEMORY, "out of memory for the paper");
    ok = paper_make(ledger, "voucher", write_vouchers, &at, html_out, err);
    free(at.project);
    return ok;
}
