/*
 * obligation.c - what vouchers do to the plan lines of projects and to contracts.
 *
 * Money under a project is in one of five stages, told by the role of the account it stands in:
 *
 *     free ------> pending ------> committed ----> pending ------> paid
 *     available    asked for       by contract     asked for       in_transit, spent, owed
 *                        \-------> retention ----> pending ----/
 *
 * 1. pending + committed + retention + paid never passes the plan line's amount, nor the contract's
 *    price (its final price once it is settled). Only leaving `free` can, and only that is checked.
 * 2. What a voucher takes from free, committed or retention is pending while nobody has decided.
 *    Money that comes back from paid (a refund, a reversal) leaves paid only when it is posted.
 * 3. Committed and retention are kept by contract, plan line and account, so that one contract's
 *    money can't be spent under another.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

enum stage { STAGE_FREE, STAGE_COMMITTED, STAGE_RETENTION, STAGE_PAID };

static enum stage stage_of(enum account_role role)
{
    switch (role) {
    case ACCOUNT_COMMITTED:
        return STAGE_COMMITTED;
    case ACCOUNT_RETENTION:
        return STAGE_RETENTION;
    case ACCOUNT_IN_TRANSIT:
    case ACCOUNT_OWED:
    case ACCOUNT_SPENT:
        return STAGE_PAID;
    case ACCOUNT_SOURCE:
    case ACCOUNT_UNASSIGNED:
    case ACCOUNT_AVAILABLE:
    case ACCOUNT_HELD:
    case ACCOUNT_RECEIVABLE:
    case ACCOUNT_ROLE_COUNT:
        return STAGE_FREE;
    }
    return STAGE_FREE;
}

/* What a step adds to each stage, fen. */
struct change {
    int64_t pending, committed, retention, paid;
};

static void add_to_stage(struct change *change, enum stage stage, int64_t fen)
{
    switch (stage) {
    case STAGE_FREE:
        break;
    case STAGE_COMMITTED:
        change->committed += fen;
        break;
    case STAGE_RETENTION:
        change->retention += fen;
        break;
    case STAGE_PAID:
        change->paid += fen;
        break;
    }
}

static struct change change_of(const struct leg_key *key, int64_t fen, enum obligation_step step)
{
    struct change change = {0, 0, 0, 0};
    enum stage from = stage_of(key->from.role);
    bool is_pending = from != STAGE_PAID;

    switch (step) {
    case OBLIGATION_SUBMIT:
        if (!is_pending) break;
        add_to_stage(&change, from, -fen);
        change.pending += fen;
        break;
    case OBLIGATION_POST:
        if (is_pending)
            change.pending -= fen;
        else
            add_to_stage(&change, from, -fen);
        add_to_stage(&change, stage_of(key->to.role), fen);
        break;
    case OBLIGATION_UNDO:
        if (!is_pending) break;
        change.pending -= fen;
        add_to_stage(&change, from, fen);
        break;
    }
    return change;
}

/* ---- Committed and retention by account ------------------------------------------------------ */

static bool move_account(struct journal *journal, const struct leg_key *key,
                         const struct account *account, int64_t fen, struct error *err)
{
    struct statement *statement;
    bool has_row;
    int64_t there;
    char there_text[MONEY_TEXT_SIZE], asked_text[MONEY_TEXT_SIZE];

    if (fen == 0) return true;
    if (!sql_row(journal,
                 "INSERT INTO obligation (contract, plan_line, division, book, fund, role, amount) "
                 "VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (contract, plan_line, division, "
                 "book, fund, role) DO UPDATE SET amount = obligation.amount RETURNING amount",
                 SQL_VALUES(SQL_TEXT(key->contract), SQL_INTEGER(key->plan_line),
                            SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                            SQL_TEXT(account->fund), SQL_TEXT(account_role_name(account->role))),
                 &statement, &has_row, err))
        return false;
    assert(has_row);
    there = statement_integer(statement, 0);
    statement_reset(statement);
    if (there + fen < 0)
        return error_set(err, ERROR_CONTRACT,
                         "contract %s, plan line %d: only %s yuan stand in %s of division %s, book "
                         "%s, fund %s for it, %s yuan were asked for; commit more first",
                         key->contract, key->plan_line,
                         money_format_grouped((money_t){there}, there_text),
                         translate(account_role_name(account->role)), account->division,
                         translate(book_name(account->book)), account->fund,
                         money_format_grouped((money_t){-fen}, asked_text));
    return sql_run(journal,
                   "UPDATE obligation SET amount = amount + $1 WHERE contract = $2 AND plan_line = "
                   "$3 AND division = $4 AND book = $5 AND fund = $6 AND role = $7",
                   SQL_VALUES(SQL_INTEGER(fen), SQL_TEXT(key->contract),
                              SQL_INTEGER(key->plan_line), SQL_TEXT(account->division),
                              SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund),
                              SQL_TEXT(account_role_name(account->role))),
                   err);
}

static bool move_accounts(struct journal *journal, const struct leg_key *key, int64_t fen,
                          enum obligation_step step, struct error *err)
{
    bool takes = key->from.role == ACCOUNT_COMMITTED || key->from.role == ACCOUNT_RETENTION;
    bool gives = key->to.role == ACCOUNT_COMMITTED || key->to.role == ACCOUNT_RETENTION;

    switch (step) {
    case OBLIGATION_SUBMIT:
        return !takes || move_account(journal, key, &key->from, -fen, err);
    case OBLIGATION_POST:
        return !gives || move_account(journal, key, &key->to, fen, err);
    case OBLIGATION_UNDO:
        return !takes || move_account(journal, key, &key->from, fen, err);
    }
    return true;
}

/* ---- Plan lines and contracts ---------------------------------------------------------------- */

static bool refuse_beyond(const char *what, int64_t limit, int64_t used, int64_t fen,
                          struct error *err)
{
    char limit_text[MONEY_TEXT_SIZE], used_text[MONEY_TEXT_SIZE], asked_text[MONEY_TEXT_SIZE];

    return error_set(err, ERROR_CONTRACT,
                     "%s: %s yuan of %s are used already, %s more were asked for; change the plan "
                     "or pay less",
                     what, money_format_grouped((money_t){used}, used_text),
                     money_format_grouped((money_t){limit}, limit_text),
                     money_format_grouped((money_t){fen}, asked_text));
}

static bool refuse_unpaid(const char *what, int64_t paid, int64_t fen, struct error *err)
{
    char paid_text[MONEY_TEXT_SIZE], asked_text[MONEY_TEXT_SIZE];

    return error_set(err, ERROR_CONTRACT,
                     "%s: only %s yuan were paid for it, %s can't come back; name what it was paid "
                     "for",
                     what, money_format_grouped((money_t){paid}, paid_text),
                     money_format_grouped((money_t){fen}, asked_text));
}

/* The present stages of a row: pending, committed, retention, paid, and its limit. */
struct usage {
    struct change now;
    int64_t limit;
};

static bool check_usage(const struct usage *usage, const struct change *change, const char *what,
                        struct error *err)
{
    const struct change *now = &usage->now;
    int64_t used = now->pending + now->committed + now->retention + now->paid;
    int64_t more = change->pending + change->committed + change->retention + change->paid;

    if (more > 0 && used + more > usage->limit)
        return refuse_beyond(what, usage->limit, used, more, err);
    if (now->paid + change->paid < 0) return refuse_unpaid(what, now->paid, -change->paid, err);
    return true;
}

static bool read_usage(struct journal *journal, const char *sql, const struct sql_value *values,
                       size_t count, struct usage *out, bool *found, struct error *err)
{
    struct statement *statement;

    if (!sql_row(journal, sql, values, count, &statement, found, err)) return false;
    if (!*found) return true;
    out->now.pending = statement_integer(statement, 0);
    out->now.committed = statement_integer(statement, 1);
    out->now.retention = statement_integer(statement, 2);
    out->now.paid = statement_integer(statement, 3);
    out->limit = statement_integer(statement, 4);
    statement_reset(statement);
    return true;
}

static bool move_plan_line(struct journal *journal, const struct leg_key *key,
                           const struct change *change, struct error *err)
{
    struct buffer what = BUFFER_INIT(1024);
    struct usage usage;
    bool found, ok = false;

    if (!buffer_append_format(&what, err, "project %s, plan line %d", key->project,
                              key->plan_line) ||
        !read_usage(journal,
                    "SELECT pending, committed, retention, paid, amount FROM plan_line WHERE "
                    "project = $1 AND line = $2",
                    SQL_VALUES(SQL_TEXT(key->project), SQL_INTEGER(key->plan_line)), &usage, &found,
                    err))
        goto out;
    if (!found) {
        (void)error_set(err, ERROR_NOT_FOUND, "%s does not exist; name a line of the plan",
                        buffer_text(&what));
        goto out;
    }
    if (!check_usage(&usage, change, buffer_text(&what), err)) goto out;
    ok = sql_run(journal,
                 "UPDATE plan_line SET pending = pending + $1, committed = committed + $2, "
                 "retention = retention + $3, paid = paid + $4 WHERE project = $5 AND line = $6",
                 SQL_VALUES(SQL_INTEGER(change->pending), SQL_INTEGER(change->committed),
                            SQL_INTEGER(change->retention), SQL_INTEGER(change->paid),
                            SQL_TEXT(key->project), SQL_INTEGER(key->plan_line)),
                 err);
out:
    buffer_done(&what);
    return ok;
}

/* What goes back to committed on a settled contract reverses the settlement: the price bounds it.
 */
static bool move_contract(struct journal *journal, const struct leg_key *key,
                          const struct change *change, struct error *err)
{
    struct buffer what = BUFFER_INIT(1024);
    struct usage usage;
    bool found, ok = false;

    if (!buffer_append_format(&what, err, "contract %s", key->contract) ||
        !read_usage(journal,
                    "SELECT pending, committed, retention, paid, CASE WHEN settled = 1 AND $1 <> "
                    "'committed' THEN final_price ELSE price END FROM contract WHERE code = $2",
                    SQL_VALUES(SQL_TEXT(account_role_name(key->to.role)), SQL_TEXT(key->contract)),
                    &usage, &found, err))
        goto out;
    if (!found) {
        (void)error_set(err, ERROR_NOT_FOUND, "%s is not registered; register it first",
                        buffer_text(&what));
        goto out;
    }
    if (!check_usage(&usage, change, buffer_text(&what), err)) goto out;
    ok = sql_run(journal,
                 "UPDATE contract SET pending = pending + $1, committed = committed + $2, "
                 "retention = retention + $3, paid = paid + $4 WHERE code = $5",
                 SQL_VALUES(SQL_INTEGER(change->pending), SQL_INTEGER(change->committed),
                            SQL_INTEGER(change->retention), SQL_INTEGER(change->paid),
                            SQL_TEXT(key->contract)),
                 err);
out:
    buffer_done(&what);
    return ok;
}

bool obligation_move(struct journal *journal, const struct leg_key *key, money_t amount,
                     enum obligation_step step, struct error *err)
{
    struct change change = change_of(key, amount.fen, step);

    if (key->project[0] == '\0') return true;
    /* The account first: it tells who asks for more than is bound there, before a sum of it would
       go below zero. */
    if (key->contract[0] != '\0' && !move_accounts(journal, key, amount.fen, step, err))
        return false;
    if (!move_plan_line(journal, key, &change, err)) return false;
    return key->contract[0] == '\0' || move_contract(journal, key, &change, err);
}
