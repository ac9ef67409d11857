/*
 * balance_query.c - balances and the lines of the books, now and as at the end of any day.
 */
#include <string.h>

#include "ledger/funds/report.h"

/* ---- Balances -------------------------------------------------------------------------------- */

static bool read_codes(const struct balance_filter *filter, struct report_codes *out,
                       struct error *err)
{
    if (filter->division == NULL)
        return report_scope(filter->scope == NULL ? "" : filter->scope, out, err);
    text_fill(out->first, sizeof out->first, filter->division);
    text_fill(out->last, sizeof out->last, filter->division);
    return true;
}

static bool visit_balances(struct statement *statement, bool with_zero,
                           bool (*visit)(void *context, const struct balance *balance,
                                         struct error *err),
                           void *context, struct error *err)
{
    struct balance balance;
    enum account_role role;
    enum book book;
    bool has_row;

    for (;;) {
        if (!statement_step(statement, &has_row, err)) return false;
        if (!has_row) return true;
        if (!book_parse(statement_text(statement, 1), &book, err) ||
            !account_role_parse(statement_text(statement, 3), &role, err) ||
            !money_from_fen(statement_integer(statement, 4), &balance.amount, err))
            return false;
        if (!with_zero && money_is_zero(balance.amount)) continue;
        account_set(&balance.account, statement_text(statement, 0), book,
                    statement_text(statement, 2), role);
        if (!visit(context, &balance, err)) return false;
    }
}

#define BALANCE_NOW                                                                                \
    "SELECT division, book, fund, role, amount FROM balance WHERE division >= $1 AND division "    \
    "<= $2"
#define BALANCE_BY_DAY                                                                             \
    "SELECT division, book, fund, role, SUM(amount) FROM " REPORT_CHANGES                          \
    " WHERE division >= $4 AND division <= $5"
#define BALANCE_GROUP " GROUP BY division, book, fund, role"
#define BALANCE_ORDER " ORDER BY division, book, fund, role"

/* A fund is found by its own index, so it has statements of its own. */
static bool prepare_balances(struct journal *journal, const struct balance_filter *filter,
                             const struct report_codes *codes, const struct report_span *span,
                             struct statement **out, struct error *err)
{
    if (!filter->by_day && filter->fund == NULL)
        return sql_prepare(journal, BALANCE_NOW BALANCE_ORDER,
                           SQL_VALUES(SQL_TEXT(codes->first), SQL_TEXT(codes->last)), out, err);
    if (!filter->by_day)
        return sql_prepare(
            journal, BALANCE_NOW " AND fund = $3" BALANCE_ORDER,
            SQL_VALUES(SQL_TEXT(codes->first), SQL_TEXT(codes->last), SQL_TEXT(filter->fund)), out,
            err);
    if (filter->fund == NULL)
        return sql_prepare(
            journal, BALANCE_BY_DAY BALANCE_GROUP BALANCE_ORDER,
            SQL_VALUES(SQL_SPAN(*span), SQL_TEXT(codes->first), SQL_TEXT(codes->last)), out, err);
    return sql_prepare(journal, BALANCE_BY_DAY " AND fund = $6" BALANCE_GROUP BALANCE_ORDER,
                       SQL_VALUES(SQL_SPAN(*span), SQL_TEXT(codes->first), SQL_TEXT(codes->last),
                                  SQL_TEXT(filter->fund)),
                       out, err);
}

bool balance_each(struct journal *journal, const struct balance_filter *filter,
                  bool (*visit)(void *context, const struct balance *balance, struct error *err),
                  void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct report_codes codes; /* lent to the statement, as the span is */
    struct report_span span = {0, 0, ""};
    bool ok;

    if (!read_codes(filter, &codes, err)) return false;
    if (filter->by_day) report_until(filter->day, &span);
    ok = prepare_balances(journal, filter, &codes, &span, &statement, err) &&
         visit_balances(statement, filter->with_zero, visit, context, err);
    statement_free(statement);
    return ok;
}

/* ---- Lines of the books ---------------------------------------------------------------------- */

struct book_reader {
    struct journal *journal;
    int32_t first_month, last_month;
    bool (*visit)(void *context, const struct book_line *line, struct error *err);
    void *context;
    struct book_line line;
    bool has_line;
};

static bool parse_flow_term(const char *text, enum flow_term *out, struct error *err)
{
    for (int i = 0; i < FLOW_TERM_COUNT; i++) {
        if (strcmp(text, flow_term_name((enum flow_term)i)) != 0) continue;
        *out = (enum flow_term)i;
        return true;
    }
    return error_set(err, ERROR_STORE, "the ledger's table flow holds an unknown term \"%s\"",
                     text);
}

static bool read_flows(struct book_reader *reader, struct error *err)
{
    struct book_line *line = &reader->line;
    struct statement *statement = NULL;
    enum flow_term term = FLOW_TERM_COUNT;
    bool has_row, ok = false;

    if (!sql_prepare(reader->journal,
                     "SELECT term, SUM(amount) FROM flow WHERE division = $1 AND book = $2 AND "
                     "fund = $3 AND month >= $4 AND month <= $5 GROUP BY term",
                     SQL_VALUES(SQL_TEXT(line->division), SQL_TEXT(book_name(line->book)),
                                SQL_TEXT(line->fund), SQL_INTEGER(reader->first_month),
                                SQL_INTEGER(reader->last_month)),
                     &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!parse_flow_term(statement_text(statement, 0), &term, err) ||
            !money_from_fen(statement_integer(statement, 1), &line->flows[term], err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

static bool is_zero_throughout(const struct book_line *line)
{
    bool is_zero = money_is_zero(line->opening) && money_is_zero(line->closing);

    for (int i = 0; i < FLOW_TERM_COUNT; i++)
        is_zero = is_zero && money_is_zero(line->flows[i]);
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        is_zero = is_zero && money_is_zero(line->closing_by_role[i]);
    return is_zero;
}

/* The line's roles are read: add flows, and show it. */
static bool show_line(struct book_reader *reader, struct error *err)
{
    struct book_line *line = &reader->line;

    if (!reader->has_line) return true;
    reader->has_line = false;
    if (!read_flows(reader, err)) return false;
    return is_zero_throughout(line) || reader->visit(reader->context, line, err);
}

static bool add_role(struct book_reader *reader, enum account_role role, money_t opening,
                     money_t closing, struct error *err)
{
    struct book_line *line = &reader->line;

    line->closing_by_role[role] = closing;
    if (role == ACCOUNT_SOURCE || role == ACCOUNT_SPENT) return true; /* outside the closing */
    return money_add(line->opening, opening, &line->opening, err) &&
           money_add(line->closing, closing, &line->closing, err);
}

/* One row of role sums: of the line being put together, or the first of the next. */
static bool read_role(struct book_reader *reader, const struct statement *statement,
                      const char *division, struct error *err)
{
    struct book_line *line = &reader->line;
    enum account_role role;
    enum book book;
    money_t opening, closing;

    if (!book_parse(statement_text(statement, 0), &book, err) ||
        !account_role_parse(statement_text(statement, 2), &role, err) ||
        !money_from_fen(statement_integer(statement, 3), &opening, err) ||
        !money_from_fen(statement_integer(statement, 4), &closing, err))
        return false;
    if (reader->has_line &&
        (book != line->book || strcmp(statement_text(statement, 1), line->fund) != 0) &&
        !show_line(reader, err))
        return false;
    if (!reader->has_line) {
        memset(line, 0, sizeof *line);
        text_fill(line->division, sizeof line->division, division);
        line->book = book;
        sql_text(statement, 1, line->fund, sizeof line->fund);
        reader->has_line = true;
    }
    return add_role(reader, role, opening, closing, err);
}

bool book_line_each(struct journal *journal, const char *division, int32_t first_month,
                    int32_t last_month,
                    bool (*visit)(void *context, const struct book_line *line, struct error *err),
                    void *context, struct error *err)
{
    struct book_reader reader = {.journal = journal,
                                 .first_month = first_month,
                                 .last_month = last_month,
                                 .visit = visit,
                                 .context = context};
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_prepare(
            journal,
            "SELECT book, fund, role, SUM(CASE WHEN month < $1 THEN amount ELSE 0 END), "
            "SUM(amount) FROM role_month WHERE division = $2 AND month <= $3 GROUP BY "
            "book, fund, role ORDER BY book, fund, role",
            SQL_VALUES(SQL_INTEGER(first_month), SQL_TEXT(division), SQL_INTEGER(last_month)),
            &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_role(&reader, statement, division, err)) goto out;
    }
    ok = show_line(&reader, err);
out:
    statement_free(statement);
    return ok;
}
