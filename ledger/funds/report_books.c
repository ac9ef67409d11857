/*
 * report_books.c - the trial balance (试算平衡), and the three-tier three books (三级三账).
 *
 * 1. Both are sums of the same changes as every balance by day (report.h), so they agree with them.
 * 2. The trial balance tells what went through each account: vouchers as they stand now, with what
 *    is held only for those that wait.
 */
#include <string.h>

#include "ledger/funds/report.h"

#define TIER_BOOKS_MAX 1000000 /* tier, book, fund and role */

/* ---- The trial balance ----------------------------------------------------------------------- */

static bool read_trial(const struct statement *statement, struct trial_line *out, struct error *err)
{
    enum account_role role;
    enum book book;

    memset(out, 0, sizeof *out);
    if (!book_parse(statement_text(statement, 1), &book, err) ||
        !account_role_parse(statement_text(statement, 3), &role, err) ||
        !money_from_fen(statement_integer(statement, 4), &out->opening, err) ||
        !money_from_fen(statement_integer(statement, 5), &out->in, err) ||
        !money_from_fen(statement_integer(statement, 6), &out->out, err) ||
        !money_from_fen(statement_integer(statement, 7), &out->closing, err))
        return false;
    account_set(&out->account, statement_text(statement, 0), book, statement_text(statement, 2),
                role);
    return true;
}

static bool prepare_trial(struct journal *journal, const char *fund, const struct report_span *span,
                          struct statement **out, struct error *err)
{
#define TRIAL_SUMS                                                                                 \
    "SELECT division, book, fund, role, SUM(CASE WHEN is_event = 0 THEN amount ELSE 0 END), "      \
    "SUM(CASE WHEN is_event = 1 AND amount > 0 THEN amount ELSE 0 END), SUM(CASE WHEN is_event = " \
    "1 AND amount < 0 THEN -amount ELSE 0 END), SUM(amount) FROM " REPORT_CHANGES
#define TRIAL_ORDER " GROUP BY division, book, fund, role ORDER BY division, book, fund, role"
    if (fund == NULL)
        return sql_prepare(journal, TRIAL_SUMS TRIAL_ORDER, SQL_VALUES(SQL_SPAN(*span)), out, err);
    return sql_prepare(journal, TRIAL_SUMS " WHERE fund = $4" TRIAL_ORDER,
                       SQL_VALUES(SQL_SPAN(*span), SQL_TEXT(fund)), out, err);
}

bool trial_line_each(struct journal *journal, const char *fund, int32_t first_month, date_t as_of,
                     bool (*visit)(void *context, const struct trial_line *line, struct error *err),
                     void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct report_span span;
    struct trial_line line;
    bool has_row, ok = false;

    if (first_month > date_month(as_of))
        return error_set(err, ERROR_INPUT, "the span ends before its first month");
    report_between(first_month, as_of, &span);
    if (!prepare_trial(journal, fund, &span, &statement, err)) goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_trial(statement, &line, err)) goto out;
        if (money_is_zero(line.opening) && money_is_zero(line.in) && money_is_zero(line.out))
            continue;
        if (!visit(context, &line, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- The three-tier three books -------------------------------------------------------------- */

/* A tally key: no stray bytes. */
struct tier_key {
    char fund[CODE_SIZE];
    uint8_t tier, book, role;
};

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct tier_key key;

    memset(&key, 0, sizeof key);
    text_fill(key.fund, sizeof key.fund, balance->account.fund);
    key.tier = (uint8_t)division_code_level(balance->account.division);
    key.book = (uint8_t)balance->account.book;
    key.role = (uint8_t)balance->account.role;
    return tally_add(context, &key, balance->amount, NULL, err);
}

static int compare_books(const struct tier_key *a, const struct tier_key *b)
{
    if (a->tier != b->tier) return a->tier - b->tier;
    if (a->book != b->book) return a->book - b->book;
    return strcmp(a->fund, b->fund);
}

static int compare_keys(const void *a, const void *b)
{
    const struct tier_key *left = a, *right = b;
    int order = compare_books(left, right);

    return order != 0 ? order : left->role - right->role;
}

/* Add one sum to the book that is put together. */
static bool add_role(struct tier_book *book, enum account_role role, money_t amount,
                     struct error *err)
{
    book->by_role[role] = amount;
    if (role == ACCOUNT_SOURCE || role == ACCOUNT_SPENT) return true;
    return money_add(book->closing, amount, &book->closing, err);
}

static bool show_books(const struct tally *sums,
                       bool (*visit)(void *context, const struct tier_book *book,
                                     struct error *err),
                       void *context, struct error *err)
{
    size_t i = 0;

    while (i < sums->count) {
        const struct tier_key *first = tally_key(sums, i);
        struct tier_book book;

        memset(&book, 0, sizeof book);
        book.tier = (enum division_level)first->tier;
        book.book = (enum book)first->book;
        text_fill(book.fund, sizeof book.fund, first->fund);
        for (; i < sums->count; i++) {
            const struct tier_key *key = tally_key(sums, i);

            if (compare_books(first, key) != 0) break;
            if (!add_role(&book, (enum account_role)key->role, sums->sums[i], err)) return false;
        }
        if (!visit(context, &book, err)) return false;
    }
    return true;
}

bool tier_book_each(struct journal *journal, const char *scope, date_t as_of,
                    bool (*visit)(void *context, const struct tier_book *book, struct error *err),
                    void *context, struct error *err)
{
    struct balance_filter filter = {.scope = scope, .by_day = true, .day = as_of};
    struct tally sums;
    bool ok;

    tally_init(&sums, sizeof(struct tier_key), TIER_BOOKS_MAX);
    ok = balance_each(journal, &filter, add_balance, &sums, err) &&
         tally_sort(&sums, compare_keys, err) && show_books(&sums, visit, context, err);
    tally_done(&sums);
    return ok;
}
