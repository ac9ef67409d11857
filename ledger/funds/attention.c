/*
 * attention.c - money that wants to be looked at: unspent, stuck at a tier (滞留), past its expiry
 * or near it.
 *
 * 1. Judged at the end of the day `as_of` (report.h), never by the clock, so that a document
 * rendered again is the same.
 * 2. First in, first out: what stands in unassigned and available of a division and fund is what
 * came in last. The part that can't have come in within the last `stuck_days` is stuck.
 */
#include <string.h>

#include "ledger/funds/report.h"

#define STUCK_DAYS_DEFAULT    30 /* DOMAIN 2.6, R08 */
#define POLICY_STUCK_DAYS     "stuck_days"
#define EXPIRING_DAYS_DEFAULT 90
#define POLICY_EXPIRING_DAYS  "expiring_days"

/* Accounts of one division and fund whose money waits, at most one for each book and role. */
struct waiting {
    struct balance balances[BOOK_COUNT * ACCOUNT_ROLE_COUNT];
    size_t count;
};

struct attention_reader {
    struct journal *journal;
    date_t as_of;
    struct report_span until;
    int64_t stuck_days, expiring_days;
    /* What is shown of one division's money of one fund. */
    bool (*show_waiting)(struct attention_reader *reader, struct error *err);
    bool (*visit)(void *context, const struct attention_item *item, struct error *err);
    void *context;
    struct waiting waiting;
};

static bool is_idle(enum account_role role)
{
    return role == ACCOUNT_UNASSIGNED || role == ACCOUNT_AVAILABLE;
}

static bool is_waiting(enum account_role role)
{
    return is_idle(role) || role == ACCOUNT_COMMITTED || role == ACCOUNT_RETENTION ||
           role == ACCOUNT_OWED;
}

static bool show(struct attention_reader *reader, enum attention what,
                 const struct account *account, money_t amount, int32_t days, struct error *err)
{
    struct attention_item item = {
        .what = what, .account = *account, .amount = amount, .days = days};

    return reader->visit(reader->context, &item, err);
}

static bool show_unspent(struct attention_reader *reader, struct error *err)
{
    for (size_t i = 0; i < reader->waiting.count; i++) {
        const struct balance *balance = &reader->waiting.balances[i];

        if (!show(reader, ATTENTION_UNSPENT, &balance->account, balance->amount, 0, err))
            return false;
    }
    return true;
}

/* What came into the division's hands from outside it within the last days. */
static bool read_recent(struct attention_reader *reader, const struct account *account,
                        money_t *out, struct error *err)
{
    date_t limit = {reader->as_of.days - (int32_t)reader->stuck_days};
    char after[DATE_TEXT_SIZE];
    int64_t fen;

    if (!sql_integer(reader->journal,
                     "SELECT SUM(l.amount) FROM leg l JOIN voucher v ON v.number = l.voucher WHERE "
                     "l.to_division = $1 AND l.to_fund = $2 AND l.to_role IN ('unassigned', "
                     "'available') AND v.state = 'posted' AND v.booking_month <= $3 AND "
                     "v.event_date <= $4 AND v.event_date > $5 AND v.movement IN "
                     "('appropriation', 'receipt', 'allocation', 'recovery', 'refund')",
                     SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(account->fund),
                                SQL_INTEGER(date_month(reader->as_of)),
                                SQL_TEXT(reader->until.until), SQL_TEXT(date_format(limit, after))),
                     &fen, err))
        return false;
    return money_from_fen(fen, out, err);
}

static bool show_stuck(struct attention_reader *reader, struct error *err)
{
    struct waiting *waiting = &reader->waiting;
    money_t idle = MONEY_ZERO, recent, stuck;

    for (size_t i = 0; i < waiting->count; i++)
        if (is_idle(waiting->balances[i].account.role) &&
            !money_add(idle, waiting->balances[i].amount, &idle, err))
            return false;
    if (money_is_zero(idle)) return true;
    if (!read_recent(reader, &waiting->balances[0].account, &recent, err) ||
        !money_subtract(idle, recent, &stuck, err))
        return false;
    /* The oldest money was assigned to books first, so what is stuck is looked for there first. */
    for (size_t i = 0; i < waiting->count && stuck.fen > 0; i++) {
        const struct balance *balance = &waiting->balances[i];
        money_t part = money_compare(balance->amount, stuck) < 0 ? balance->amount : stuck;

        if (!is_idle(balance->account.role)) continue;
        if (!show(reader, ATTENTION_STUCK, &balance->account, part, (int32_t)reader->stuck_days,
                  err) ||
            !money_subtract(stuck, part, &stuck, err))
            return false;
    }
    return true;
}

static bool show_expired(struct attention_reader *reader, struct error *err)
{
    struct fund fund;

    if (!fund_find(reader->journal, reader->waiting.balances[0].account.fund, &fund, err))
        return false;
    if (!fund.has_expiry || !date_is_before(fund.expiry, reader->as_of)) return true;
    for (size_t i = 0; i < reader->waiting.count; i++) {
        const struct balance *balance = &reader->waiting.balances[i];

        if (!show(reader, ATTENTION_EXPIRED, &balance->account, balance->amount,
                  reader->as_of.days - fund.expiry.days, err))
            return false;
    }
    return true;
}

static bool show_attention(struct attention_reader *reader, struct error *err)
{
    return show_unspent(reader, err) && show_stuck(reader, err) && show_expired(reader, err);
}

static bool show_expiring(struct attention_reader *reader, struct error *err)
{
    struct fund fund;
    int32_t days;

    if (!fund_find(reader->journal, reader->waiting.balances[0].account.fund, &fund, err))
        return false;
    days = fund.expiry.days - reader->as_of.days;
    if (!fund.has_expiry || days < 0 || days > reader->expiring_days) return true;
    for (size_t i = 0; i < reader->waiting.count; i++) {
        const struct balance *balance = &reader->waiting.balances[i];

        if (!show(reader, ATTENTION_EXPIRING, &balance->account, balance->amount, days, err))
            return false;
    }
    return true;
}

static bool show_all(struct attention_reader *reader, struct error *err)
{
    bool ok = reader->waiting.count == 0 || reader->show_waiting(reader, err);

    reader->waiting.count = 0;
    return ok;
}

/* Rows come by division, fund, book and role, book none last. */
static bool add_row(struct attention_reader *reader, const struct statement *statement,
                    struct error *err)
{
    struct waiting *waiting = &reader->waiting;
    struct account account;
    enum account_role role;
    enum book book;
    money_t amount;

    if (!book_parse(statement_text(statement, 2), &book, err) ||
        !account_role_parse(statement_text(statement, 3), &role, err) ||
        !money_from_fen(statement_integer(statement, 4), &amount, err))
        return false;
    if (!is_waiting(role) || amount.fen <= 0) return true;
    account_set(&account, statement_text(statement, 0), book, statement_text(statement, 1), role);
    if (waiting->count > 0 &&
        (strcmp(waiting->balances[0].account.division, account.division) != 0 ||
         strcmp(waiting->balances[0].account.fund, account.fund) != 0) &&
        !show_all(reader, err))
        return false;
    waiting->balances[waiting->count++] = (struct balance){account, amount};
    return true;
}

/* By the index of the division's accounts, or all. */
static bool prepare(struct attention_reader *reader, const char *division, struct statement **out,
                    struct error *err)
{
    bool is_all = division[0] == '\0';

    return sql_prepare(reader->journal,
                       "SELECT division, fund, book, role, SUM(amount) FROM " REPORT_CHANGES
                       " WHERE division >= $4 AND division <= $5 GROUP BY division, fund, book, "
                       "role ORDER BY division, fund, CASE WHEN book = 'none' THEN 1 ELSE 0 END, "
                       "book, role",
                       SQL_VALUES(SQL_SPAN(reader->until), SQL_TEXT(division),
                                  SQL_TEXT(is_all ? "999999999999" : division)),
                       out, err);
}

static bool read_all(struct attention_reader *reader, const char *division, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    report_until(reader->as_of, &reader->until);
    if (!journal_policy(reader->journal, POLICY_STUCK_DAYS, reader->as_of, STUCK_DAYS_DEFAULT,
                        &reader->stuck_days, err) ||
        !journal_policy(reader->journal, POLICY_EXPIRING_DAYS, reader->as_of, EXPIRING_DAYS_DEFAULT,
                        &reader->expiring_days, err) ||
        !prepare(reader, division, &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_row(reader, statement, err)) goto out;
    }
    ok = show_all(reader, err);
out:
    statement_free(statement);
    return ok;
}

bool attention_each(struct journal *journal, const char *division, date_t as_of,
                    bool (*visit)(void *context, const struct attention_item *item,
                                  struct error *err),
                    void *context, struct error *err)
{
    struct attention_reader reader = {.journal = journal,
                                      .as_of = as_of,
                                      .show_waiting = show_attention,
                                      .visit = visit,
                                      .context = context};

    return read_all(&reader, division, err);
}

bool attention_expiring_each(struct journal *journal, const char *division, date_t as_of,
                             bool (*visit)(void *context, const struct attention_item *item,
                                           struct error *err),
                             void *context, struct error *err)
{
    struct attention_reader reader = {.journal = journal,
                                      .as_of = as_of,
                                      .show_waiting = show_expiring,
                                      .visit = visit,
                                      .context = context};

    return read_all(&reader, division, err);
}
