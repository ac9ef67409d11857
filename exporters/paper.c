/*
 * paper.c - one view, one page; sheets; the elements that more than one paper has.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <string.h>

#include "base/money_words.h"
#include "base/text.h"
#include "exporters/embedded.h"
#include "exporters/paper_qr.h"
#include "exporters/stylesheet.h"

#define FUND_COLUMNS 44 /* of a fund in the head: label, level, year, and what parts them */

/* ---- One view, one page ---------------------------------------------------------------------- */

static bool write_root(struct paper *paper, const char *kind, struct error *err)
{
    char fingerprint[SIGN_FINGERPRINT_SIZE];
    struct note_vkey key;

    if (!journal_log_key(paper->journal, &key, err)) return false;
    xml_writer_init(&paper->xml, &paper->bytes);
    xml_element_begin(&paper->xml, "papers");
    xml_attribute(&paper->xml, "kind", kind);
    xml_attribute(&paper->xml, "origin", journal_origin(paper->journal));
    xml_attribute(&paper->xml, "log_key", sign_public_fingerprint(&key.key, fingerprint));
    xml_attribute_integer(&paper->xml, "entries", (int64_t)journal_size(paper->journal));
    return true;
}

bool paper_make(struct ledger *ledger, const char *kind,
                bool (*write)(void *context, struct paper *paper, struct error *err), void *context,
                struct buffer *html_out, struct error *err)
{
    struct paper paper = {.journal = ledger_journal(ledger),
                          .bytes = BUFFER_INIT(PAPER_XML_BYTES_MAX)};
    struct store *store = journal_store(paper.journal);
    const struct stylesheet_part parts[] = {
        {"paper.xsl", embedded_paper_xsl, &embedded_paper_xsl_size},
        {"paper_assets.xsl", embedded_paper_assets_xsl, &embedded_paper_assets_xsl_size}};
    struct stylesheet *stylesheet = NULL;
    bool ok = false;

    if (!store_begin_read(store, err)) return false;
    if (!journal_refresh(paper.journal, err)) goto out;
    if (!write_root(&paper, kind, err)) goto out;
    if (!write(context, &paper, err)) goto out;
    xml_element_end(&paper.xml);
    if (!xml_writer_finish(&paper.xml, err)) goto out;
    if (!stylesheet_open(parts, ARRAY_COUNT(parts), &stylesheet, err)) goto out;
    ok = stylesheet_apply(stylesheet, &paper.bytes, kind, NULL, html_out, err);
out:
    store_rollback(store);
    stylesheet_close(stylesheet);
    buffer_done(&paper.bytes);
    return ok;
}

/* ---- Sheets ---------------------------------------------------------------------------------- */

int paper_rows(const char *text, int columns)
{
    size_t width = text_width(text);

    assert(columns > 0);
    return width == 0 ? 1 : (int)((width + (size_t)columns - 1) / (size_t)columns);
}

void paper_sheets_begin(struct paper *paper, int rows_first, int rows_more, bool carries)
{
    assert(!paper->has_sheet);
    paper->rows_first = rows_first;
    paper->rows_more = rows_more;
    paper->rows_left = rows_first;
    paper->carries = carries;
    paper->sum = MONEY_ZERO;
}

bool paper_sheets_make_room(struct paper *paper, int rows, struct error *err)
{
    if (++paper->line_count > PAPER_LINES_MAX)
        return error_set(err, ERROR_LIMIT,
                         "more than %d lines to print; print less at a time, or list them with "
                         "--format csv",
                         PAPER_LINES_MAX);
    if (!paper->has_sheet) xml_element_begin(&paper->xml, "sheet");
    paper->has_sheet = true;
    if (rows > paper->rows_left && paper->rows_left < paper->rows_more) {
        if (paper->carries) paper_write_amount(paper, "carried", paper->sum);
        xml_element_end(&paper->xml);
        xml_element_begin(&paper->xml, "sheet");
        if (paper->carries) paper_write_amount(paper, "brought", paper->sum);
        paper->rows_left = paper->rows_more;
    }
    paper->rows_left -= rows;
    return true;
}

bool paper_sheets_add(struct paper *paper, money_t amount, struct error *err)
{
    return money_add(paper->sum, amount, &paper->sum, err);
}

void paper_sheets_end(struct paper *paper)
{
    if (!paper->has_sheet) xml_element_begin(&paper->xml, "sheet");
    xml_element_end(&paper->xml);
    paper->has_sheet = false;
}

/* ---- Elements -------------------------------------------------------------------------------- */

void paper_write_amount(struct paper *paper, const char *name, money_t amount)
{
    char words[MONEY_WORDS_SIZE];

    xml_element_begin(&paper->xml, name);
    xml_attribute_amount(&paper->xml, amount);
    xml_attribute(&paper->xml, "words", money_words(amount, words));
    xml_element_end(&paper->xml);
}

bool paper_write_division(struct paper *paper, const char *code, struct error *err)
{
    struct division division;

    if (!division_find_on(paper->journal, code, paper->day, &division, err)) return false;
    xml_attribute(&paper->xml, "division", code);
    xml_attribute(&paper->xml, "division_name", division.name);
    return true;
}

bool paper_write_account(struct paper *paper, const char *name, const struct account *account,
                         struct error *err)
{
    xml_element_begin(&paper->xml, name);
    if (!paper_write_division(paper, account->division, err)) return false;
    xml_attribute(&paper->xml, "book", book_name(account->book));
    xml_attribute(&paper->xml, "fund", account->fund);
    xml_attribute(&paper->xml, "role", account_role_name(account->role));
    xml_element_end(&paper->xml);
    return true;
}

bool paper_write_fund(struct paper *paper, const char *code, int *rows_out, struct error *err)
{
    struct fund fund;
    size_t columns;
    char day[DATE_TEXT_SIZE];

    if (!fund_find(paper->journal, code, &fund, err)) return false;
    xml_element_begin(&paper->xml, "fund");
    xml_attribute(&paper->xml, "code", fund.code);
    xml_attribute(&paper->xml, "document", fund.document);
    xml_attribute(&paper->xml, "name", fund.name);
    xml_attribute(&paper->xml, "level", fund.level);
    xml_attribute_integer(&paper->xml, "year", fund.year);
    if (fund.has_expiry) xml_attribute(&paper->xml, "expiry", date_format(fund.expiry, day));
    if (!money_is_zero(fund.amount)) xml_attribute_amount(&paper->xml, fund.amount);
    for (int book = 0; book < BOOK_COUNT; book++) {
        if (!fund.books[book]) continue;
        xml_element_begin(&paper->xml, "allowed");
        xml_attribute(&paper->xml, "book", book_name((enum book)book));
        xml_element_end(&paper->xml);
    }
    xml_element_end(&paper->xml);
    columns = text_width(fund.code) + text_width(fund.document) + text_width(fund.name);
    *rows_out = (int)(columns + FUND_COLUMNS) / paper->head_columns + 1;
    return true;
}

bool paper_write_qr(struct paper *paper, const char *text, struct error *err)
{
    struct buffer path = BUFFER_INIT(PAPER_XML_BYTES_MAX);
    int width = 0;
    bool ok = false;

    if (!paper_qr_path(text, &path, &width, err)) goto out;
    xml_element_begin(&paper->xml, "qr");
    xml_attribute_integer(&paper->xml, "width", width);
    xml_attribute(&paper->xml, "path", buffer_text(&path));
    xml_element_end(&paper->xml);
    ok = true;
out:
    buffer_done(&path);
    return ok;
}
