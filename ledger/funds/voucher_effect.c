/*
 * voucher_effect.c - what a voucher does to each account, before and after: the checker's question.
 *
 * 1. The changes are the voucher's totals, which are signed and published (or sealed) with it.
 * 2. A pending voucher's money is gone from the account it comes from already, into `held`. So
 *    "before" gives it back first, and `held` shows no change: what passes through it is as if it
 *    had never been there.
 */
#include <string.h>

#include "ledger/funds/internal.h"

static bool read_effect(const struct statement *statement, bool is_pending,
                        struct voucher_effect *out, struct error *err)
{
    enum book book;
    enum account_role role;
    money_t now, taken;

    memset(out, 0, sizeof *out);
    if (!book_parse(statement_text(statement, 1), &book, err) ||
        !account_role_parse(statement_text(statement, 3), &role, err) ||
        !money_from_fen(statement_integer(statement, 4), &out->change, err) ||
        !money_from_fen(statement_integer(statement, 5), &now, err) ||
        !money_from_fen(statement_integer(statement, 6), &taken, err))
        return false;
    account_set(&out->account, statement_text(statement, 0), book, statement_text(statement, 2),
                role);
    out->before = out->after = now;
    if (!is_pending) return true;
    return (!account_is_held_from(role) || money_add(now, taken, &out->before, err)) &&
           money_add(out->before, out->change, &out->after, err);
}

bool voucher_effect_each(struct journal *journal, const struct voucher *voucher,
                         bool (*visit)(void *context, const struct voucher_effect *effect,
                                       struct error *err),
                         void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct voucher_effect effect;
    bool has_row, ok = false;

    if (!sql_prepare(
            journal,
            "SELECT p.division, p.book, p.fund, p.role, p.amount, COALESCE(b.amount, 0), "
            "COALESCE(t.amount, 0) FROM posting p LEFT JOIN balance b ON b.division = p.division "
            "AND b.book = p.book AND b.fund = p.fund AND b.role = p.role LEFT JOIN (SELECT "
            "from_division, from_book, from_fund, from_role, SUM(amount) AS amount FROM leg WHERE "
            "voucher = $1 GROUP BY from_division, from_book, from_fund, from_role) t ON "
            "t.from_division = p.division AND t.from_book = p.book AND t.from_fund = p.fund AND "
            "t.from_role = p.role WHERE p.voucher = $1 ORDER BY p.division, p.book, p.fund, "
            "p.role",
            SQL_VALUES(SQL_TEXT(voucher->number)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_effect(statement, voucher->state == VOUCHER_PENDING, &effect, err) ||
            !visit(context, &effect, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
