/*
 * paper_notice.c - the notice of a fund (资金下达通知): who gets how much of which document.
 *
 * 1. Of a voucher: all it appropriates or allocates, in whatever state, marked when not posted.
 * 2. Of a fund: one notice for each posted voucher that appropriates or allocates it, with the
 *    lines of this fund alone. What was reversed is no longer told.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"

/* As paper.xsl lays it out on A4 upright. */
#define ROWS_FIRST      34
#define HEAD_COLUMNS    98
#define ROWS_MORE       38
#define PLACE_COLUMNS   26
#define BOOK_COLUMNS    20
#define ROWS_PER_AMOUNT 2 /* in digits, in words */

struct notice {
    const char *wanted; /* a fund, a voucher's number or its reference */
    const char *fund;   /* NULL: those of a voucher */
    struct paper *paper;
    bool any;
};

static int place_rows(const struct account *account, const char *name)
{
    int rows = paper_rows(name, PLACE_COLUMNS) + 1;
    int book_rows = paper_rows(account->fund, BOOK_COLUMNS) + 1;

    return rows > book_rows ? rows : book_rows;
}

static bool line_rows(const struct notice *at, const struct voucher_line *line, int *rows,
                      struct error *err)
{
    struct division giver, taker;
    int more;

    if (!division_find_on(at->paper->journal, line->from.division, at->paper->day, &giver, err) ||
        !division_find_on(at->paper->journal, line->to.division, at->paper->day, &taker, err))
        return false;
    *rows = place_rows(&line->from, giver.name);
    more = place_rows(&line->to, taker.name);
    if (more > *rows) *rows = more;
    if (*rows < ROWS_PER_AMOUNT) *rows = ROWS_PER_AMOUNT;
    return true;
}

static bool write_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    struct notice *at = context;
    struct paper *paper = at->paper;
    int rows;

    (void)state;
    if (at->fund != NULL && strcmp(line->to.fund, at->fund) != 0) return true;
    if (!line_rows(at, line, &rows, err) || !paper_sheets_make_room(paper, rows, err)) return false;
    xml_element_begin(&paper->xml, "line");
    xml_attribute_integer(&paper->xml, "number", number);
    xml_attribute_integer(&paper->xml, "seq", (int64_t)seq);
    if (!paper_write_account(paper, "from", &line->from, err)) return false;
    if (!paper_write_account(paper, "to", &line->to, err)) return false;
    paper_write_amount(paper, "amount", line->amount);
    xml_element_end(&paper->xml);
    return paper_sheets_add(paper, line->amount, err);
}

static bool write_notice(struct notice *at, const struct voucher *voucher, struct error *err)
{
    struct paper *paper = at->paper;
    int rows = 0;

    xml_element_begin(&paper->xml, "paper");
    if (!paper_write_voucher_head(paper, voucher, at->fund, &rows, err)) return false;
    paper_sheets_begin(paper, ROWS_FIRST - rows, ROWS_MORE, true);
    if (!voucher_line_each(paper->journal, voucher->number, write_line, at, err)) return false;
    paper_sheets_end(paper);
    if (at->fund == NULL && money_compare(paper->sum, voucher->amount) != 0)
        return error_set(err, ERROR_VERIFY,
                         "the lines of voucher %s don't sum to its amount; run `mingzhang verify "
                         "--deep`",
                         voucher->number);
    paper_write_amount(paper, "total", paper->sum);
    xml_element_end(&paper->xml);
    at->any = true;
    return true;
}

static bool is_notice(const struct voucher *voucher)
{
    return voucher->movement == MOVEMENT_APPROPRIATION || voucher->movement == MOVEMENT_ALLOCATION;
}

static bool visit_voucher(void *context, const struct voucher *voucher, struct error *err)
{
    if (!is_notice(voucher)) return true;
    return write_notice(context, voucher, err);
}

static bool write_of_fund(struct notice *at, const struct fund *fund, struct error *err)
{
    struct voucher_filter filter = {.by_state = true, .state = VOUCHER_POSTED, .fund = fund->code};

    at->fund = fund->code;
    if (!voucher_each(at->paper->journal, &filter, visit_voucher, at, err)) return false;
    if (!at->any)
        return error_set(err, ERROR_NOT_FOUND,
                         "nothing of fund %s was appropriated or allocated yet; a pending voucher "
                         "is printed by its number",
                         fund->code);
    return true;
}

static bool write_notices(void *context, struct paper *paper, struct error *err)
{
    struct notice *at = context;
    struct error missing = ERROR_INIT;
    struct voucher voucher;
    struct fund fund;

    at->paper = paper;
    paper->head_columns = HEAD_COLUMNS;
    if (fund_find(paper->journal, at->wanted, &fund, &missing))
        return write_of_fund(at, &fund, err);
    if (missing.code != ERROR_NOT_FOUND) {
        *err = missing;
        return false;
    }
    error_clear(&missing);
    if (!voucher_find(paper->journal, at->wanted, &voucher, &missing)) {
        if (missing.code == ERROR_NOT_FOUND)
            return error_set(err, ERROR_NOT_FOUND,
                             "\"%s\" is neither a fund nor a voucher; `mingzhang voucher list` "
                             "shows the vouchers",
                             at->wanted);
        *err = missing;
        return false;
    }
    if (!is_notice(&voucher))
        return error_set(err, ERROR_STATE,
                         "voucher %s is a %s; a notice is made of an appropriation or an "
                         "allocation",
                         voucher.number, translate(movement_name(voucher.movement)));
    return write_notice(at, &voucher, err);
}

bool paper_print_notice(struct ledger *ledger, const char *fund_or_voucher, struct buffer *html_out,
                        struct error *err)
{
    struct notice at = {.wanted = fund_or_voucher};

    return paper_make(ledger, "notice", write_notices, &at, html_out, err);
}
