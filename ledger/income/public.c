/*
 * public.c - what disclosures tell of income: receipts one by one, and what was paid of a plan.
 *
 * 1. Rows of receipts stand in clear. A payment's amount counts only where its totals do.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/income/internal.h"

static bool read_receipt(const struct statement *row, struct income_receipt_row *out,
                         struct error *err)
{
    memset(out, 0, sizeof *out);
    out->seq = (uint64_t)statement_integer(row, 0);
    copy_column(row, 1, out->date, sizeof out->date);
    copy_column(row, 2, out->due, sizeof out->due);
    copy_column(row, 3, out->division, sizeof out->division);
    copy_column(row, 4, out->kind, sizeof out->kind);
    copy_column(row, 5, out->asset, sizeof out->asset);
    copy_column(row, 6, out->lease, sizeof out->lease);
    copy_column(row, 7, out->voucher, sizeof out->voucher);
    return money_from_fen(statement_integer(row, 8), &out->amount, err);
}

bool income_receipt_each(struct journal *journal, const char *scope, date_t first, date_t last,
                         bool (*visit)(void *context, const struct income_receipt_row *receipt,
                                       struct error *err),
                         void *context, struct error *err)
{
    char first_text[DATE_TEXT_SIZE], last_text[DATE_TEXT_SIZE];
    struct income_receipt_row receipt;
    struct statement *select = NULL;
    struct codes codes;
    bool has_row, ok = false;

    if (!scope_prepare(
            journal,
            "SELECT r.seq, r.date, r.due, r.division, r.kind, CASE WHEN r.asset = '' THEN "
            "COALESCE(l.asset, '') ELSE r.asset END, r.lease, r.voucher, r.amount FROM "
            "income_receipt AS r CROSS JOIN voucher AS v LEFT JOIN income_lease AS l ON l.lease = "
            "r.lease WHERE r.division BETWEEN $1 AND $2 AND r.date BETWEEN $3 AND $4 AND v.number "
            "= r.voucher AND " IN_FORCE_ON("$4") " ORDER BY r.division, r.date, r.seq",
            scope, &codes, &select, err))
        return false;
    statement_bind_text(select, 3, date_format(first, first_text));
    statement_bind_text(select, 4, date_format(last, last_text));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_receipt(select, &receipt, err) || !visit(context, &receipt, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

bool income_plan_paid(struct journal *journal, const char *plan, int32_t month, money_t *out,
                      bool *told_out, struct error *err)
{
    struct statement *select;
    money_t paid = MONEY_ZERO;
    bool has_row, is_told, ok = true;

    if (!store_statement(
            journal_store(journal),
            "SELECT COALESCE(SUM(v.amount), 0), COALESCE(MAX(v.totals_sealed), 0) FROM income_pay "
            "AS p CROSS JOIN voucher AS v WHERE v.number = p.voucher AND v.booking_month <= $1 AND "
            "v.state IN ('posted', 'reversed') AND NOT EXISTS (SELECT 1 FROM voucher AS r WHERE "
            "r.number = v.reversed_by AND r.state = 'posted' AND r.booking_month <= $1) AND p.plan "
            "= $2",
            &select, err))
        return false;
    statement_bind_integer(select, 1, month);
    statement_bind_text(select, 2, plan);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    is_told = statement_integer(select, 1) == 0;
    if (is_told) ok = money_from_fen(statement_integer(select, 0), &paid, err);
    statement_reset(select);
    if (!ok) return false;
    *out = paid;
    *told_out = is_told;
    return true;
}
