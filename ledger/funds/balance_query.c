/*
 * balance_query.c - balances and the lines of the books, now and as at the end of any day.
 */
#include <assert.h>
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
    const struct book_span *spans;
    size_t count;
    bool (*visit)(void *context, const struct book_line *lines, struct error *err);
    void *context;
    struct book_line lines[BOOK_SPANS_MAX]; /* the same line over each span */
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

bool book_line_is_zero(const struct book_line *line)
{
    bool is_zero = money_is_zero(line->opening) && money_is_zero(line->closing);

    for (int i = 0; i < FLOW_TERM_COUNT; i++)
        is_zero = is_zero && money_is_zero(line->flows[i]);
    /* What came from a source and what was spent are sums since the beginning, and stand nowhere.
     */
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        is_zero = is_zero && (i == ACCOUNT_SOURCE || i == ACCOUNT_SPENT ||
                              money_is_zero(line->closing_by_role[i]));
    return is_zero;
}

static bool show_line(struct book_reader *reader, struct error *err)
{
    bool is_zero = true;

    if (!reader->has_line) return true;
    reader->has_line = false;
    for (size_t i = 0; i < reader->count; i++)
        is_zero = is_zero && book_line_is_zero(&reader->lines[i]);
    return is_zero || reader->visit(reader->context, reader->lines, err);
}

static bool is_of_line(const struct book_line *line, const struct statement *statement)
{
    return strcmp(line->division, statement_text(statement, 0)) == 0 &&
           strcmp(book_name(line->book), statement_text(statement, 1)) == 0 &&
           strcmp(line->fund, statement_text(statement, 2)) == 0;
}

static bool begin_line(struct book_reader *reader, const struct statement *statement,
                       struct error *err)
{
    struct book_line line = {.book = BOOK_NONE};

    sql_text(statement, 0, line.division, sizeof line.division);
    sql_text(statement, 2, line.fund, sizeof line.fund);
    if (!book_parse(statement_text(statement, 1), &line.book, err)) return false;
    for (size_t i = 0; i < reader->count; i++)
        reader->lines[i] = line;
    reader->has_line = true;
    return true;
}

/* What changed a role in a month stands there at the end of that month and of all later ones. */
static bool add_role(struct book_reader *reader, enum account_role role, int32_t month,
                     money_t amount, struct error *err)
{
    const bool counts = role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT; /* in the closing */

    for (size_t i = 0; i < reader->count; i++) {
        struct book_line *line = &reader->lines[i];

        if (month > reader->spans[i].last_month) continue;
        if (!money_add(line->closing_by_role[role], amount, &line->closing_by_role[role], err) ||
            (counts && !money_add(line->closing, amount, &line->closing, err)) ||
            (counts && month < reader->spans[i].first_month &&
             !money_add(line->opening, amount, &line->opening, err)))
            return false;
    }
    return true;
}

static bool add_flow(struct book_reader *reader, enum flow_term term, int32_t month, money_t amount,
                     struct error *err)
{
    for (size_t i = 0; i < reader->count; i++) {
        const struct book_span *span = &reader->spans[i];
        money_t *flow = &reader->lines[i].flows[term];

        if (month >= span->first_month && month <= span->last_month &&
            !money_add(*flow, amount, flow, err))
            return false;
    }
    return true;
}

/* One row: of the line being put together, or the first of the next. */
static bool read_change(struct book_reader *reader, const struct statement *statement,
                        struct error *err)
{
    const char *what = statement_text(statement, 4);
    const int32_t month = (int32_t)statement_integer(statement, 5);
    enum account_role role;
    enum flow_term term = FLOW_TERM_COUNT;
    money_t amount;

    if (reader->has_line && !is_of_line(&reader->lines[0], statement) && !show_line(reader, err))
        return false;
    if ((!reader->has_line && !begin_line(reader, statement, err)) ||
        !money_from_fen(statement_integer(statement, 6), &amount, err))
        return false;
    if (statement_integer(statement, 3) != 0)
        return parse_flow_term(what, &term, err) && add_flow(reader, term, month, amount, err);
    return account_role_parse(what, &role, err) && add_role(reader, role, month, amount, err);
}

/* In the order of both tables' keys, so that nothing is sorted. */
static const char changes_sql[] =
    "SELECT division, book, fund, 0 AS is_flow, role AS what, month, amount FROM role_month WHERE "
    "division >= $1 AND division <= $2 AND month <= $3 AND amount <> 0 UNION ALL SELECT division, "
    "book, fund, 1, term, month, amount FROM flow WHERE division >= $1 AND division <= $2 AND "
    "month <= $3 AND month >= $4 AND amount <> 0 ORDER BY division, book, fund";

bool book_line_each(struct journal *journal, const char *division, const struct book_span *spans,
                    size_t count,
                    bool (*visit)(void *context, const struct book_line *lines, struct error *err),
                    void *context, struct error *err)
{
    struct book_reader reader = {
        .spans = spans, .count = count, .visit = visit, .context = context};
    int32_t first_month = INT32_MAX, last_month = INT32_MIN;
    struct statement *statement = NULL;
    bool has_row, ok = false;

    assert(count > 0 && count <= BOOK_SPANS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (spans[i].first_month < first_month) first_month = spans[i].first_month;
        if (spans[i].last_month > last_month) last_month = spans[i].last_month;
    }
    if (!sql_prepare(journal, changes_sql,
                     SQL_VALUES(SQL_TEXT(division),
                                SQL_TEXT(division[0] == '\0' ? "999999999999" : division),
                                SQL_INTEGER(last_month), SQL_INTEGER(first_month)),
                     &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_change(&reader, statement, err)) goto out;
    }
    ok = show_line(&reader, err);
out:
    statement_free(statement);
    return ok;
}
