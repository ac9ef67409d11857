/*
 * attention.c - money that wants to be looked at: unspent, stuck at a tier (滞留), past its expiry
 * or near it.
 *
 * 1. Judged at the end of the day `as_of` (report.h), never by the clock, so that a document
 * rendered again is the same.
 * 2. First in, first out: what stands in unassigned and available of a division and fund is what
 * came in last. The part that can't have come in within the last `stuck_days` is stuck. The oldest
 * was assigned to books first, so books hold it in the order in which they are listed.
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

/* When the oldest of the waiting money came in, by balance, and how much of all came in lately. */
struct arrivals {
    date_t days[BOOK_COUNT * ACCOUNT_ROLE_COUNT];
    money_t recent;
};

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

/*
 * What came into the division's hands from outside it, by day, the last first. What was reversed
 * later still stood there.
 */
static bool prepare_arrivals(struct attention_reader *reader, struct statement **out,
                             struct error *err)
{
    const struct account *account = &reader->waiting.balances[0].account;

    return sql_statement(
        reader->journal,
        "SELECT v.event_date, SUM(l.amount) FROM leg l JOIN voucher v ON v.number = l.voucher "
        "WHERE l.to_division = $1 AND l.to_fund = $2 AND l.to_role IN ('unassigned', 'available') "
        "AND v.state IN ('posted', 'reversed') AND v.booking_month <= $3 AND v.event_date <= $4 "
        "AND v.movement IN ('appropriation', 'receipt', 'allocation', 'recovery', 'refund', "
        "'succession') AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.number = v.reversed_by AND "
        "r.state = 'posted' "
        "AND r.booking_month <= $3 AND r.event_date <= $4) "
        "GROUP BY v.event_date ORDER BY v.event_date DESC",
        SQL_VALUES(SQL_TEXT(account->division), SQL_TEXT(account->fund),
                   SQL_INTEGER(date_month(reader->as_of)), SQL_TEXT(reader->until.until)),
        out, err);
}

/* Once `all` has come in, the oldest of a balance is what came in before all but those listed
   before it. */
static bool note_arrival(const struct waiting *waiting, money_t all, money_t idle, date_t day,
                         struct arrivals *arrivals, struct error *err)
{
    for (size_t i = 0; i < waiting->count; i++) {
        if (!is_idle(waiting->balances[i].account.role)) continue;
        if (money_compare(idle, all) > 0) arrivals->days[i] = day;
        if (!money_subtract(idle, waiting->balances[i].amount, &idle, err)) return false;
    }
    return true;
}

static bool read_arrivals(struct attention_reader *reader, money_t idle, struct arrivals *out,
                          struct error *err)
{
    const date_t limit = {reader->as_of.days - (int32_t)reader->stuck_days};
    struct statement *statement = NULL;
    money_t all = MONEY_ZERO, amount;
    bool has_row = true, ok = false;
    date_t day;

    *out = (struct arrivals){.recent = MONEY_ZERO};
    if (!note_arrival(&reader->waiting, all, idle, limit, out, err)) goto out;
    if (!prepare_arrivals(reader, &statement, err)) goto out;
    while (money_compare(all, idle) < 0) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!date_parse(statement_text(statement, 0), &day, err) ||
            !money_from_fen(statement_integer(statement, 1), &amount, err) ||
            !note_arrival(&reader->waiting, all, idle, day, out, err) ||
            !money_add(all, amount, &all, err))
            goto out;
        if (date_is_before(limit, day)) out->recent = all;
    }
    ok = true;
out:
    if (statement != NULL) statement_reset(statement);
    return ok;
}

static bool show_stuck(struct attention_reader *reader, struct error *err)
{
    struct waiting *waiting = &reader->waiting;
    money_t idle = MONEY_ZERO, stuck;
    struct arrivals arrivals;

    for (size_t i = 0; i < waiting->count; i++)
        if (is_idle(waiting->balances[i].account.role) &&
            !money_add(idle, waiting->balances[i].amount, &idle, err))
            return false;
    if (money_is_zero(idle)) return true;
    if (!read_arrivals(reader, idle, &arrivals, err) ||
        !money_subtract(idle, arrivals.recent, &stuck, err))
        return false;
    for (size_t i = 0; i < waiting->count && stuck.fen > 0; i++) {
        const struct balance *balance = &waiting->balances[i];
        struct attention_item item = {.what = ATTENTION_STUCK,
                                      .account = balance->account,
                                      .amount = balance->amount,
                                      .days = (int32_t)reader->stuck_days,
                                      .stood_days = reader->as_of.days - arrivals.days[i].days};

        if (!is_idle(balance->account.role)) continue;
        if (money_compare(stuck, item.amount) < 0) item.amount = stuck;
        if (!reader->visit(reader->context, &item, err) ||
            !money_subtract(stuck, item.amount, &stuck, err))
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

#define WAITING(from)                                                                              \
    "SELECT division, fund, book, role, SUM(amount) FROM " from " AND role IN ('unassigned', "     \
    "'available', 'committed', 'retention', 'owed') GROUP BY division, fund, book, role ORDER BY " \
    "division, fund, CASE WHEN book = 'none' THEN 1 ELSE 0 END, book, role"

/* By the index of the division's accounts, or all. At the end of a month its sums say everything,
   and are read from one table from one end to the other. */
static bool prepare(struct attention_reader *reader, const char *division, struct statement **out,
                    struct error *err)
{
    const char *last = division[0] == '\0' ? "999999999999" : division;

    if (reader->until.first_month > reader->until.last_month)
        return sql_prepare(
            reader->journal,
            WAITING("role_month WHERE month < $1 AND division >= $2 AND division <= $3"),
            SQL_VALUES(SQL_INTEGER(reader->until.first_month), SQL_TEXT(division), SQL_TEXT(last)),
            out, err);
    return sql_prepare(
        reader->journal, WAITING(REPORT_CHANGES " WHERE division >= $4 AND division <= $5"),
        SQL_VALUES(SQL_SPAN(reader->until), SQL_TEXT(division), SQL_TEXT(last)), out, err);
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
