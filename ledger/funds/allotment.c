/*
 * allotment.c - who gave how much to whom, voucher by voucher (资金分配结果).
 *
 * Totals of these movements always stand in clear in the log: none is about natural persons.
 */
#include <string.h>

#include "ledger/funds/internal.h"

static bool read_allotment(const struct statement *statement, struct allotment *out,
                           struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->voucher, sizeof out->voucher);
    sql_text(statement, 1, out->reverses, sizeof out->reverses);
    out->booking_month = (int32_t)statement_integer(statement, 4);
    out->submit_seq = (uint64_t)statement_integer(statement, 5);
    sql_text(statement, 6, out->document, sizeof out->document);
    sql_text(statement, 7, out->from, sizeof out->from);
    sql_text(statement, 8, out->to, sizeof out->to);
    sql_text(statement, 9, out->fund, sizeof out->fund);
    out->amount = (money_t){statement_integer(statement, 11)};
    return movement_parse(statement_text(statement, 2), &out->movement, err) &&
           movement_parse(statement_text(statement, 12), &out->effect, err) &&
           sql_date(statement, 3, NULL, &out->date, err) &&
           book_parse(statement_text(statement, 10), &out->book, err);
}

bool allotment_each(struct journal *journal, const char *division, int32_t first_month,
                    int32_t last_month,
                    bool (*visit)(void *context, const struct allotment *allotment,
                                  struct error *err),
                    void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct allotment allotment;
    bool has_row, ok = false;

    if (!sql_prepare(
            journal,
            "SELECT v.number, v.reverses, v.movement, v.event_date, v.booking_month, v.submit_seq, "
            "v.document, l.from_division, l.to_division, l.to_fund, l.to_book, SUM(l.amount), "
            "COALESCE(w.movement, v.movement) FROM leg l JOIN voucher v ON v.number = l.voucher "
            "LEFT JOIN voucher w ON w.number = v.reverses WHERE v.movement IN ('appropriation', "
            "'allocation', 'recovery', 'succession', 'reversal') AND v.booking_month >= $1 AND "
            "v.booking_month <= $2 AND v.state NOT IN ('pending', 'rejected', 'withdrawn') AND "
            "($3 = '' OR l.from_division = $3 OR l.to_division = $3) AND COALESCE(w.movement, "
            "v.movement) IN ('appropriation', 'allocation', 'recovery', 'succession') GROUP BY "
            "v.number, v.reverses, "
            "v.movement, w.movement, v.event_date, v.booking_month, v.submit_seq, v.document, "
            "l.from_division, l.to_division, l.to_fund, l.to_book ORDER BY v.event_date, v.number, "
            "l.from_division, l.to_division, l.to_fund, l.to_book",
            SQL_VALUES(SQL_INTEGER(first_month), SQL_INTEGER(last_month), SQL_TEXT(division)),
            &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_allotment(statement, &allotment, err) || !visit(context, &allotment, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

bool division_first_month_each(struct journal *journal,
                               bool (*visit)(void *context, const char *division, int32_t month,
                                             struct error *err),
                               void *context, struct error *err)
{
    struct statement *statement = NULL;
    char division[DIVISION_CODE_SIZE];
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT division, MIN(month) FROM role_month WHERE month > $1 GROUP BY "
                     "division ORDER BY "
                     "division",
                     SQL_VALUES(SQL_INTEGER(0)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        sql_text(statement, 0, division, sizeof division);
        if (!visit(context, division, (int32_t)statement_integer(statement, 1), err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
