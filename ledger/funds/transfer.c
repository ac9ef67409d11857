/*
 * transfer.c - what divisions passed down and gave back, read from the legs of posted vouchers.
 */
#include <string.h>

#include "ledger/funds/internal.h"

/* Said by what it isn't, so that vouchers are found by movement and month, not by state. */
#define IN_SPAN                                                                                    \
    "v.state NOT IN ('pending', 'rejected', 'withdrawn') AND v.booking_month >= $1 AND "           \
    "v.booking_month <= $2"
#define FROM_VOUCHERS "FROM voucher v JOIN leg l ON l.voucher = v.number "
#define FROM_REVERSALS                                                                             \
    "FROM voucher v JOIN voucher o ON o.number = v.reverses JOIN leg l ON l.voucher = v.number "

/*
 * A reversal's legs run the other way round, so its giver is the taker of what it reverses. A
 * succession is a recovery by the division between the two, and an allocation by it, unless it
 * takes the money itself.
 */
static const char transfers_sql[] =
    "SELECT effect, giver, taker, fund, book, SUM(amount) FROM ("
    "SELECT v.movement AS effect, l.from_division AS giver, l.to_division AS taker, l.from_fund AS "
    "fund, l.from_book AS book, l.amount AS amount " FROM_VOUCHERS
    "WHERE v.movement IN ('allocation', 'recovery') AND " IN_SPAN " UNION ALL "
    "SELECT o.movement, l.to_division, l.from_division, l.from_fund, l.from_book, "
    "-l.amount " FROM_REVERSALS
    "WHERE v.movement = 'reversal' AND o.movement IN ('allocation', 'recovery') AND " IN_SPAN
    " UNION ALL "
    "SELECT 'recovery', l.from_division, l.via, l.from_fund, l.from_book, l.amount " FROM_VOUCHERS
    "WHERE v.movement = 'succession' AND " IN_SPAN " UNION ALL "
    "SELECT 'allocation', l.via, l.to_division, l.from_fund, l.from_book, l.amount " FROM_VOUCHERS
    "WHERE v.movement = 'succession' AND l.via <> l.to_division AND " IN_SPAN " UNION ALL "
    "SELECT 'recovery', l.to_division, l.via, l.from_fund, l.from_book, -l.amount " FROM_REVERSALS
    "WHERE v.movement = 'reversal' AND o.movement = 'succession' AND " IN_SPAN " UNION ALL "
    "SELECT 'allocation', l.via, l.from_division, l.from_fund, l.from_book, "
    "-l.amount " FROM_REVERSALS
    "WHERE v.movement = 'reversal' AND o.movement = 'succession' AND l.via <> l.from_division "
    "AND " IN_SPAN ") AS t "
    "GROUP BY effect, giver, taker, fund, book ORDER BY effect, giver, taker, fund, book";

static bool read_transfer(const struct statement *statement, struct transfer *out,
                          struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 1, out->giver, sizeof out->giver);
    sql_text(statement, 2, out->taker, sizeof out->taker);
    sql_text(statement, 3, out->fund, sizeof out->fund);
    return movement_parse(statement_text(statement, 0), &out->movement, err) &&
           book_parse(statement_text(statement, 4), &out->book, err) &&
           money_from_fen(statement_integer(statement, 5), &out->amount, err);
}

bool transfer_each(struct journal *journal, int32_t first_month, int32_t last_month,
                   bool (*visit)(void *context, const struct transfer *transfer, struct error *err),
                   void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct transfer transfer;
    bool has_row, ok = false;

    if (!sql_prepare(journal, transfers_sql,
                     SQL_VALUES(SQL_INTEGER(first_month), SQL_INTEGER(last_month)), &statement,
                     err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_transfer(statement, &transfer, err) || !visit(context, &transfer, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
