/*
 * loan.c - what is lent: what somebody still owes, and the sums of loans and repayments.
 *
 * 1. What is owed is known by person, agreement and account. A loan counts once it is posted and
 *    while nobody reverses it, a repayment from its submission on; so the rest never falls below
 *    zero, whatever is decided in whatever order.
 * 2. A sum up to a day goes by the days of events, and a voucher that was reversed counts until the
 *    day of its reversal.
 * 3. Of a line that is lost neither borrower nor agreement is known; what was lent from its account
 *    still is.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define DAY_LAST "9999-12-31"

/* ---- Nobody repays more than is owed ----------------------------------------------------------
 */

static bool read_owing(struct journal *journal, const char *payee, const struct leg_key *key,
                       money_t *out, struct error *err)
{
    int64_t fen;

    if (!sql_integer(
            journal,
            "SELECT SUM(CASE WHEN v.movement = 'loan' THEN p.amount ELSE -p.amount END) FROM "
            "payee_run r JOIN payee_line p ON p.run = r.run AND p.payee = $1 JOIN leg l ON "
            "l.voucher = p.voucher AND l.leg = p.leg JOIN voucher v ON v.number = p.voucher WHERE "
            "l.from_division = $2 AND l.from_book = $3 AND l.from_fund = $4 AND l.agreement = $5 "
            "AND ((v.movement = 'loan' AND v.state = 'posted' AND v.reversed_by = '') OR "
            "(v.movement = 'repayment' AND v.state IN ('pending', 'posted')))",
            SQL_VALUES(SQL_TEXT(payee), SQL_TEXT(key->from.division),
                       SQL_TEXT(book_name(key->from.book)), SQL_TEXT(key->from.fund),
                       SQL_TEXT(key->agreement)),
            &fen, err))
        return false;
    return money_from_fen(fen, out, err);
}

/* As with refunds: where a line of the loan is gone, a replay can't judge, and nobody is let repay
 * what nobody can look up. */
static bool refuse_repayment(struct journal *journal, const struct leg_key *key, money_t excess,
                             struct error *err)
{
    bool is_reversal = funds_state(journal)->reversing_seq != 0;
    char text[MONEY_TEXT_SIZE];
    int64_t gone;

    if (!sql_integer(journal, "SELECT COUNT(*) FROM gone_seal WHERE kind = 'voucher.line'", NULL, 0,
                     &gone, err))
        return false;
    if (gone != 0 && journal_is_replaying(journal)) return true;
    (void)money_format_grouped(excess, text);
    if (is_reversal)
        return error_set(err, ERROR_INSUFFICIENT,
                         "of the loan under agreement %s the borrower has repaid %s yuan already; "
                         "reverse the repayment first",
                         key->agreement, text);
    return error_set(err, ERROR_INSUFFICIENT,
                     "the repayment is %s yuan more than this borrower owes under agreement %s; "
                     "interest and fees are entered as a receipt, apart from the principal",
                     text, key->agreement);
}

bool voucher_check_borrowers(struct journal *journal, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;

    for (uint32_t i = 0; i < pass->line_count; i++) {
        const struct pass_line *line = &pass->lines[i];
        const struct leg_key *key = tally_key(&pass->leg_sums, line->leg);
        money_t left;

        if (line->is_gone || key->from.role != ACCOUNT_RECEIVABLE) continue;
        state->bad_line = line->line;
        if (!read_owing(journal, (const char *)pass->payees.data + line->payee_at, key, &left, err))
            return false;
        if (money_is_negative(left) && !refuse_repayment(journal, key, money_negate(left), err))
            return false;
    }
    state->bad_line = 0;
    return true;
}

/* ---- Sums ------------------------------------------------------------------------------------ */

/* Of legs l and vouchers v, where $1 is the day. */
#define STANDS                                                                                     \
    "v.state IN ('posted', 'reversed') AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.number = "  \
    "v.reversed_by AND r.state = 'posted' AND r.event_date <= $1)"
#define SUMS                                                                                       \
    "SELECT SUM(CASE WHEN v.movement = 'loan' AND " STANDS " THEN l.amount ELSE 0 END), SUM(CASE " \
    "WHEN v.movement = 'repayment' AND " STANDS " THEN l.amount ELSE 0 END), SUM(CASE WHEN "       \
    "v.movement = 'loan' AND v.state = 'pending' THEN l.amount ELSE 0 END) FROM leg l JOIN "       \
    "voucher v ON v.number = l.voucher WHERE v.movement IN ('loan', 'repayment') AND "             \
    "v.event_date <= $1 AND "

static bool read_sums(struct journal *journal, const char *sql, const struct sql_value *values,
                      size_t count, struct loan_sums *out, struct error *err)
{
    struct statement *statement;
    bool has_row, ok;

    if (!sql_row(journal, sql, values, count, &statement, &has_row, err)) return false;
    if (!has_row) return error_set(err, ERROR_STORE, "a sum gave no row");
    ok = money_from_fen(statement_integer(statement, 0), &out->lent, err) &&
         money_from_fen(statement_integer(statement, 1), &out->repaid, err) &&
         money_from_fen(statement_integer(statement, 2), &out->waiting, err);
    statement_reset(statement);
    return ok;
}

bool loan_sum_agreement(struct journal *journal, const char *agreement, const date_t *day,
                        struct loan_sums *out, struct error *err)
{
    char date[DATE_TEXT_SIZE] = DAY_LAST;

    if (day != NULL) date_format(*day, date);
    return read_sums(journal, SUMS "l.agreement = $2",
                     SQL_VALUES(SQL_TEXT(date), SQL_TEXT(agreement)), out, err);
}

bool loan_sum_account(struct journal *journal, const struct account *account, const date_t *day,
                      struct loan_sums *out, struct error *err)
{
    char date[DATE_TEXT_SIZE] = DAY_LAST;

    if (day != NULL) date_format(*day, date);
    return read_sums(journal, SUMS "l.from_division = $2 AND l.from_book = $3 AND l.from_fund = $4",
                     SQL_VALUES(SQL_TEXT(date), SQL_TEXT(account->division),
                                SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund)),
                     out, err);
}

bool loan_sum_public(struct journal *journal, const struct account *account, int32_t month,
                     struct loan_sums *out, struct error *err)
{
    return read_sums(
        journal,
        "SELECT SUM(CASE WHEN v.movement = 'loan' THEN p.amount ELSE 0 END), SUM(CASE WHEN "
        "v.movement = 'repayment' THEN -p.amount ELSE 0 END), 0 FROM voucher v JOIN posting p ON "
        "p.voucher = v.number WHERE v.movement IN ('loan', 'repayment') AND v.booking_month <= $1 "
        "AND v.totals_sealed = 0 AND v.state IN ('posted', 'reversed') AND NOT EXISTS (SELECT 1 "
        "FROM voucher r WHERE r.number = v.reversed_by AND r.state = 'posted' AND r.booking_month "
        "<= $1) AND p.division = $2 AND p.book = $3 AND p.fund = $4 AND p.role = 'receivable'",
        SQL_VALUES(SQL_INTEGER(month), SQL_TEXT(account->division),
                   SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund)),
        out, err);
}
