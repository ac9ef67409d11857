/*
 * accounts.c - balances, the terms of the law, and the law itself.
 *
 * 1. Every change of a balance goes through account_move(), which keeps the change by month beside
 *    it: the sum of an account's role_month rows is its balance.
 * 2. No account but `source` goes below zero, and `source` never above.
 * 3. Whatever changes here is remembered, and the law is checked for it before the commit.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define DESCRIPTION_SIZE_MAX 4096
#define LATER_VOUCHERS_MAX   5 /* vouchers named when a reversal can't be covered */

void account_set(struct account *out, const char *division, enum book book, const char *fund,
                 enum account_role role)
{
    memset(out, 0, sizeof *out);
    text_fill(out->division, sizeof out->division, division);
    out->book = book;
    text_fill(out->fund, sizeof out->fund, fund);
    out->role = role;
}

int account_compare(const void *a, const void *b)
{
    const struct account *left = a, *right = b;
    int order = strcmp(left->division, right->division);

    if (order == 0) order = strcmp(book_name(left->book), book_name(right->book));
    if (order == 0) order = strcmp(left->fund, right->fund);
    if (order == 0) order = strcmp(account_role_name(left->role), account_role_name(right->role));
    return order;
}

/* "division 611025100000 永乐街道, book construction, fund F1". */
static bool describe(struct journal *journal, const struct account *account, struct buffer *out,
                     struct error *err)
{
    struct error unknown = ERROR_INIT;
    struct division division;
    bool is_registered = division_find(journal, account->division, &division, &unknown);

    return buffer_append_format(out, err, _("division %s %s, book %s, fund %s"), account->division,
                                is_registered ? division.name : _("(not registered)"),
                                translate(book_name(account->book)), account->fund);
}

/* ---- Balances -------------------------------------------------------------------------------- */

/* While a reversal is applied: which later vouchers took the money that is missing now. */
static bool append_later_vouchers(struct journal *journal, const struct account *account,
                                  struct buffer *out, struct error *err)
{
    uint64_t after = funds_state(journal)->reversing_seq;
    struct statement *statement = NULL;
    bool has_row = false;
    int named = 0;

    if (after == 0) return true;
    if (!sql_row(journal,
                 "SELECT DISTINCT v.number, v.submit_seq FROM leg l JOIN voucher v ON v.number = "
                 "l.voucher WHERE l.from_division = $1 AND l.from_fund = $2 AND l.from_book = $3 "
                 "AND l.from_role = $4 AND v.submit_seq > $5 AND v.state IN ('pending', 'posted') "
                 "AND v.movement <> 'reversal' ORDER BY v.submit_seq DESC LIMIT 5",
                 SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(account->fund),
                            SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account_role_name(account->role)), SQL_INTEGER(after)),
                 &statement, &has_row, err))
        return false;
    while (has_row && named < LATER_VOUCHERS_MAX) {
        if (!buffer_append_format(out, err, "%s%s", named == 0 ? _("; reverse first: ") : ", ",
                                  statement_text(statement, 0)) ||
            !statement_step(statement, &has_row, err)) {
            statement_reset(statement);
            return false;
        }
        named++;
    }
    if (has_row) statement_reset(statement);
    return true;
}

static bool refuse_insufficient(struct journal *journal, const struct account *account,
                                money_t there, money_t asked, struct error *err)
{
    struct buffer text = BUFFER_INIT(DESCRIPTION_SIZE_MAX);
    char there_text[MONEY_TEXT_SIZE], asked_text[MONEY_TEXT_SIZE], missing_text[MONEY_TEXT_SIZE];
    money_t missing;

    if (!describe(journal, account, &text, err) || !money_subtract(asked, there, &missing, err))
        goto out;
    (void)money_format_grouped(there, there_text);
    (void)money_format_grouped(asked, asked_text);
    (void)money_format_grouped(missing, missing_text);
    if (account->role == ACCOUNT_SOURCE) {
        (void)error_set(err, ERROR_INSUFFICIENT,
                        "%s: no more can go back to the source than came from it, %s yuan, and %s "
                        "yuan were asked for; recover the money up to the division that received "
                        "it first",
                        buffer_text(&text), there_text, asked_text);
        goto out;
    }
    if (!buffer_append_format(&text, err, _(": %s %s yuan, %s asked; %s yuan are missing"),
                              translate(account_role_name(account->role)), there_text, asked_text,
                              missing_text) ||
        !append_later_vouchers(journal, account, &text, err))
        goto out;
    (void)error_set(err, ERROR_INSUFFICIENT, "%s", buffer_text(&text));
out:
    buffer_done(&text);
    return false;
}

static bool touch(struct journal *journal, const struct account *account, struct error *err)
{
    struct touched_book key;

    memset(&key, 0, sizeof key);
    text_fill(key.division, sizeof key.division, account->division);
    key.book = account->book;
    text_fill(key.fund, sizeof key.fund, account->fund);
    if (!tally_add(&funds_state(journal)->touched, &key, MONEY_ZERO, NULL, err)) return false;
    /* A key without a division stands for the fund over all divisions. */
    text_fill(key.division, sizeof key.division, "");
    key.book = BOOK_NONE;
    return tally_add(&funds_state(journal)->touched, &key, MONEY_ZERO, NULL, err);
}

/* Add to a balance and give what stands there then. */
static bool add_balance(struct journal *journal, const struct account *account, money_t delta,
                        money_t *out, struct error *err)
{
    struct statement *statement;
    bool has_row;
    int64_t fen;

    if (!sql_row(journal,
                 "INSERT INTO balance (division, book, fund, role, amount) VALUES ($1, $2, $3, $4, "
                 "$5) ON CONFLICT (division, book, fund, role) DO UPDATE SET amount = "
                 "balance.amount + excluded.amount RETURNING amount",
                 SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account->fund), SQL_TEXT(account_role_name(account->role)),
                            SQL_INTEGER(delta.fen)),
                 &statement, &has_row, err))
        return false;
    assert(has_row);
    fen = statement_integer(statement, 0);
    statement_reset(statement);
    return money_from_fen(fen, out, err);
}

/* Money isn't spent before it came: dated back, a movement may leave less than nothing at the end
   of a month between, though by now more has come. */
static bool check_months(struct journal *journal, const struct account *account, int32_t month,
                         struct error *err)
{
    struct buffer text = BUFFER_INIT(DESCRIPTION_SIZE_MAX);
    struct statement *statement;
    char month_text[MONTH_TEXT_SIZE], missing[MONEY_TEXT_SIZE];
    bool has_row, ok = false;

    if (!sql_row(journal,
                 "SELECT month, total FROM (SELECT month, SUM(amount) OVER (ORDER BY month) AS "
                 "total FROM role_month WHERE division = $1 AND book = $2 AND fund = $3 AND role = "
                 "$4) AS run WHERE month >= $5 AND total < 0 ORDER BY month LIMIT 1",
                 SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account->fund), SQL_TEXT(account_role_name(account->role)),
                            SQL_INTEGER(month)),
                 &statement, &has_row, err))
        goto out;
    ok = !has_row;
    if (ok) goto out;
    month_format((int32_t)statement_integer(statement, 0), month_text);
    (void)money_format_grouped((money_t){-statement_integer(statement, 1)}, missing);
    statement_reset(statement);
    if (describe(journal, account, &text, err))
        (void)error_set(err, ERROR_INSUFFICIENT,
                        "%s: %s yuan would be missing in %s at the end of %s, because the money "
                        "came later; date it when the money was there",
                        buffer_text(&text), missing, translate(account_role_name(account->role)),
                        month_text);
out:
    buffer_done(&text);
    return ok;
}

bool account_move(struct journal *journal, const struct account *account, money_t delta,
                  int32_t month, struct error *err)
{
    money_t balance, before;
    bool is_source = account->role == ACCOUNT_SOURCE;

    if (money_is_zero(delta)) return true;
    if (!add_balance(journal, account, delta, &balance, err)) return false;
    if (!is_source && money_is_negative(balance)) {
        if (!money_subtract(balance, delta, &before, err)) return false;
        return refuse_insufficient(journal, account, before, money_negate(delta), err);
    }
    if (is_source && balance.fen > 0) {
        if (!money_subtract(delta, balance, &before, err)) return false;
        return refuse_insufficient(journal, account, before, delta, err);
    }
    if (!sql_run(journal,
                 "INSERT INTO role_month (division, book, fund, role, month, amount) VALUES ($1, "
                 "$2, $3, $4, $5, $6) ON CONFLICT (division, book, fund, role, month) DO UPDATE "
                 "SET amount = role_month.amount + excluded.amount",
                 SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account->fund), SQL_TEXT(account_role_name(account->role)),
                            SQL_INTEGER(month), SQL_INTEGER(delta.fen)),
                 err))
        return false;
    if (!is_source && money_is_negative(delta) && !check_months(journal, account, month, err))
        return false;
    return touch(journal, account, err);
}

bool flow_add(struct journal *journal, const struct account *account, enum flow_term term,
              int32_t month, money_t amount, struct error *err)
{
    if (!sql_run(journal,
                 "INSERT INTO flow (division, book, fund, month, term, amount) VALUES ($1, $2, $3, "
                 "$4, $5, $6) ON CONFLICT (division, book, fund, month, term) DO UPDATE SET amount "
                 "= flow.amount + excluded.amount",
                 SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account->fund), SQL_INTEGER(month),
                            SQL_TEXT(flow_term_name(term)), SQL_INTEGER(amount.fen)),
                 err))
        return false;
    if (!sql_run(journal,
                 "INSERT INTO fund_flow (fund, term, amount) VALUES ($1, $2, $3) ON CONFLICT "
                 "(fund, term) DO UPDATE SET amount = fund_flow.amount + excluded.amount",
                 SQL_VALUES(SQL_TEXT(account->fund), SQL_TEXT(flow_term_name(term)),
                            SQL_INTEGER(amount.fen)),
                 err))
        return false;
    return touch(journal, account, err);
}

/* ---- The law --------------------------------------------------------------------------------- */

/* In SQL, so that it is checked by other arithmetic than what wrote the rows. */
#define SQL_IN_TERMS                                                                               \
    "('appropriated', 'received_from_above', 'recovered_from_below', 'other_receipts', "           \
    "'assigned_in', 'reallocated_in')"
#define SQL_OUTSIDE_ROLES "('source', 'spent')"

static bool book_check(struct journal *journal, const struct touched_book *book, struct error *err)
{
    int64_t in, out, closing, by_month;
    const char *name = book_name(book->book);

    if (!sql_integer(journal,
                     "SELECT SUM(amount) FROM flow WHERE division = $1 AND book = $2 AND fund = $3 "
                     "AND term IN " SQL_IN_TERMS,
                     SQL_VALUES(SQL_TEXT(book->division), SQL_TEXT(name), SQL_TEXT(book->fund)),
                     &in, err) ||
        !sql_integer(journal,
                     "SELECT SUM(amount) FROM flow WHERE division = $1 AND book = $2 AND fund = $3 "
                     "AND term NOT IN " SQL_IN_TERMS,
                     SQL_VALUES(SQL_TEXT(book->division), SQL_TEXT(name), SQL_TEXT(book->fund)),
                     &out, err) ||
        !sql_integer(journal,
                     "SELECT SUM(amount) FROM balance WHERE division = $1 AND book = $2 AND fund = "
                     "$3 AND role NOT IN " SQL_OUTSIDE_ROLES,
                     SQL_VALUES(SQL_TEXT(book->division), SQL_TEXT(name), SQL_TEXT(book->fund)),
                     &closing, err) ||
        !sql_integer(journal,
                     "SELECT SUM(amount) FROM role_month WHERE division = $1 AND book = $2 AND "
                     "fund = $3 AND role NOT IN " SQL_OUTSIDE_ROLES,
                     SQL_VALUES(SQL_TEXT(book->division), SQL_TEXT(name), SQL_TEXT(book->fund)),
                     &by_month, err))
        return false;
    if (in == out + closing && closing == by_month) return true;
    return error_set(err, ERROR_UNBALANCED,
                     "the law does not hold for division %s, book %s, fund %s: %lld fen came in, "
                     "%lld went out, %lld stand there (%lld by month); nothing was written: verify "
                     "the ledger, its derived tables were changed by hand",
                     book->division, name, book->fund, (long long)in, (long long)out,
                     (long long)closing, (long long)by_month);
}

static bool fund_check(struct journal *journal, const char *fund, struct error *err)
{
    static const struct {
        const char *down, *up, *what;
    } pairs[] = {
        {"passed_down", "received_from_above", N_("passed down and received from above")},
        {"returned_up", "recovered_from_below", N_("returned up and recovered from below")},
        {"assigned_out", "assigned_in", N_("assigned out and in")},
        {"reallocated_out", "reallocated_in", N_("reallocated out and in")},
    };

    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        int64_t difference;

        if (!sql_integer(journal,
                         "SELECT SUM(CASE WHEN term = $1 THEN amount ELSE -amount END) FROM "
                         "fund_flow WHERE fund = $2 AND term IN ($3, $4)",
                         SQL_VALUES(SQL_TEXT(pairs[i].down), SQL_TEXT(fund),
                                    SQL_TEXT(pairs[i].down), SQL_TEXT(pairs[i].up)),
                         &difference, err))
            return false;
        if (difference != 0)
            return error_set(err, ERROR_UNBALANCED,
                             "the law does not hold for fund %s: what was %s differs by %lld fen; "
                             "nothing was written: verify the ledger, its derived tables were "
                             "changed by hand",
                             fund, pairs[i].what, (long long)difference);
    }
    return true;
}

bool law_check(struct journal *journal, struct error *err)
{
    const struct tally *touched = &funds_state(journal)->touched;

    for (size_t i = 0; i < touched->count; i++) {
        const struct touched_book *book = tally_key(touched, i);
        bool is_fund = book->division[0] == '\0';

        if (is_fund && !fund_check(journal, book->fund, err)) return false;
        if (!is_fund && !book_check(journal, book, err)) return false;
    }
    return true;
}
