/*
 * lease.c - what is due of a lease, what was received of it, and what is owed on a day.
 *
 * 1. Due n of a lease is first_due + n × months, counted from the first, as long as the term that
 *    it belongs to, which starts at first_day + n × months, has begun by the lease's last day. The
 *    rent is that of the term, however short the last one is; another amount is told by a
 *    lease.due of that day.
 * 2. What was received counts for the due that it names; what names none, and what is more than
 *    its due, for the oldest.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/income/internal.h"

#define DUES_FIRST 16
#define DUES_MAX   8192 /* of one lease, those that vary included */

struct dues {
    struct lease_due *list;
    size_t count, room;
};

/* ---- Leases ---------------------------------------------------------------------------------- */

#define LEASE_COLUMNS                                                                              \
    "SELECT l.seq, l.lease, l.asset, l.division, l.kind, l.party, l.document, l.risk, "            \
    "l.first_day, "                                                                                \
    "l.last_day, l.first_due, l.months, l.rent, l.guaranteed_bp, COALESCE(e.date, '') FROM "       \
    "income_lease AS l LEFT JOIN income_lease_end AS e ON e.lease = l.lease WHERE "

static bool read_day(const struct statement *row, int column, date_t *out, struct error *err)
{
    return date_parse(statement_text(row, column), out, err);
}

static bool read_lease(const struct statement *row, date_t day, struct lease *out,
                       struct error *err)
{
    date_t ended;

    memset(out, 0, sizeof *out);
    out->seq = (uint64_t)statement_integer(row, 0);
    copy_column(row, 1, out->code, sizeof out->code);
    copy_column(row, 2, out->asset, sizeof out->asset);
    copy_column(row, 3, out->division, sizeof out->division);
    copy_column(row, 4, out->kind, sizeof out->kind);
    copy_column(row, 5, out->party, sizeof out->party);
    copy_column(row, 6, out->document, sizeof out->document);
    copy_column(row, 7, out->risk, sizeof out->risk);
    out->has_dues = statement_text(row, 10)[0] != '\0';
    out->months = statement_integer(row, 11);
    out->rent = statement_integer(row, 12);
    out->guaranteed_bp = statement_integer(row, 13);
    if (!read_day(row, 8, &out->first_day, err) || !read_day(row, 9, &out->last_day, err) ||
        (out->has_dues && !read_day(row, 10, &out->first_due, err)))
        return false;
    if (statement_text(row, 14)[0] == '\0') return true;
    if (!read_day(row, 14, &ended, err)) return false;
    out->ended_early = !date_is_before(day, ended);
    if (out->ended_early) out->last_day = ended;
    return true;
}

bool lease_find(struct journal *journal, const char *code, date_t day, struct lease *out,
                struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!record_require(journal, &income_lease, code, err) ||
        !store_statement(journal_store(journal), LEASE_COLUMNS "l.lease = $1", &select, err))
        return false;
    statement_bind_text(select, 1, code);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    ok = read_lease(select, day, out, err);
    statement_reset(select);
    return ok;
}

/* Divisions that ended before $3 whose first successor by then lies in the scope $1 to $2: it has
 * their leases, as it has their projects. */
#define HEIR_OF                                                                                    \
    "(WITH RECURSIVE heir(division, at) AS (SELECT code, code FROM division WHERE last_day <> '' " \
    "AND last_day < $3 UNION ALL SELECT h.division, s.successor FROM heir AS h JOIN division AS "  \
    "d ON d.code = h.at JOIN successor AS s ON s.division = h.at AND s.place = 1 WHERE "           \
    "d.last_day <> '' AND d.last_day < $3) SELECT division FROM heir WHERE at BETWEEN $1 AND $2)"

bool lease_each(struct journal *journal, const char *scope, date_t day,
                bool (*visit)(void *context, const struct lease *lease, struct error *err),
                void *context, struct error *err)
{
    struct lease *lease = malloc(sizeof *lease);
    struct statement *select = NULL;
    char text[DATE_TEXT_SIZE];
    struct codes codes;
    bool has_row, ok = false;

    if (lease == NULL) return error_set(err, ERROR_MEMORY, "no memory for a lease");
    if (!scope_prepare(journal,
                       LEASE_COLUMNS "(l.division BETWEEN $1 AND $2 OR l.division IN " HEIR_OF
                                     ") AND l.date <= $3 ORDER BY l.division, l.lease",
                       scope, &codes, &select, err))
        goto out;
    statement_bind_text(select, 3, date_format(day, text));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_lease(select, day, lease, err) || !visit(context, lease, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(lease);
    return ok;
}

/* ---- Dues ------------------------------------------------------------------------------------ */

static int by_day(const void *a, const void *b)
{
    const struct lease_due *first = a, *second = b;

    return date_is_before(second->due, first->due) - date_is_before(first->due, second->due);
}

static bool dues_add(struct dues *dues, date_t due, money_t amount, bool is_changed,
                     struct error *err)
{
    const size_t room = dues->room == 0 ? DUES_FIRST : 2 * dues->room;
    struct lease_due *list;

    if (dues->count == DUES_MAX)
        return error_set(err, ERROR_LIMIT, "a lease has more than %d dues", DUES_MAX);
    if (dues->count == dues->room) {
        list = realloc(dues->list, room * sizeof *list);
        if (list == NULL) return error_set(err, ERROR_MEMORY, "no memory for dues");
        dues->list = list;
        dues->room = room;
    }
    dues->list[dues->count++] =
        (struct lease_due){.due = due, .amount = amount, .is_changed = is_changed};
    return true;
}

/* The due of that day, or a new one. */
static bool dues_put(struct dues *dues, date_t due, money_t amount, struct error *err)
{
    for (size_t i = 0; i < dues->count; i++) {
        if (dues->list[i].due.days != due.days) continue;
        dues->list[i] = (struct lease_due){.due = due, .amount = amount, .is_changed = true};
        return true;
    }
    return dues_add(dues, due, amount, true, err);
}

static bool compute_dues(const struct lease *lease, struct dues *dues, struct error *err)
{
    const struct schedule_rule starts = {
        .first = lease->first_day, .every = lease->months, .interval = SCHEDULE_MONTH};
    const struct schedule_rule falls = {
        .first = lease->first_due, .every = lease->months, .interval = SCHEDULE_MONTH};
    date_t start, due;

    if (!lease->has_dues) return true;
    for (int64_t n = 0; schedule_day(&starts, n, &start) && !date_is_before(lease->last_day, start);
         n++) {
        if (!schedule_day(&falls, n, &due))
            return error_set(err, ERROR_INPUT, "a due of the lease is outside the calendar");
        if (!dues_add(dues, due, (money_t){lease->rent}, false, err)) return false;
    }
    return true;
}

/* What a lease.due says takes the place of what follows from the terms. */
static bool add_told(struct journal *journal, const struct lease *lease, struct dues *dues,
                     struct error *err)
{
    struct statement *select;
    bool has_row;
    money_t amount;
    date_t due;

    if (!store_statement(journal_store(journal),
                         "SELECT due, amount FROM income_lease_due WHERE lease = $1 ORDER BY seq",
                         &select, err))
        return false;
    statement_bind_text(select, 1, lease->code);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!read_day(select, 0, &due, err) ||
            !money_from_fen(statement_integer(select, 1), &amount, err) ||
            !dues_put(dues, due, amount, err))
            break;
    }
    statement_reset(select);
    return false;
}

/* Let what was received count: for the due that it names; what is left, into `pool`. */
static bool count_receipt(struct dues *dues, const struct statement *row, money_t *pool,
                          struct error *err)
{
    const char *named = statement_text(row, 0);
    money_t amount;
    date_t due;

    if (!money_from_fen(statement_integer(row, 1), &amount, err)) return false;
    if (named[0] == '\0') return money_add(*pool, amount, pool, err);
    if (!date_parse(named, &due, err)) return false;
    for (size_t i = 0; i < dues->count; i++) {
        struct lease_due *found = &dues->list[i];

        if (found->due.days != due.days) continue;
        found->received = money_compare(amount, found->amount) < 0 ? amount : found->amount;
        return money_subtract(amount, found->received, &amount, err) &&
               money_add(*pool, amount, pool, err);
    }
    return money_add(*pool, amount, pool, err);
}

static bool count_receipts(struct journal *journal, const struct lease *lease, date_t day,
                           struct dues *dues, money_t *pool, struct error *err)
{
    struct statement *select;
    char text[DATE_TEXT_SIZE];
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT r.due, SUM(r.amount) FROM income_receipt AS r CROSS JOIN voucher "
                         "AS v WHERE r.lease = $1 AND r.date <= $2 AND v.number = r.voucher "
                         "AND " IN_FORCE_ON("$2") " GROUP BY r.due ORDER BY r.due",
                         &select, err))
        return false;
    statement_bind_text(select, 1, lease->code);
    statement_bind_text(select, 2, date_format(day, text));
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!count_receipt(dues, select, pool, err)) break;
    }
    statement_reset(select);
    return false;
}

/* All dues of a lease, by day, with what was received of them by a day; `ahead` is what is left. */
static bool dues_load(struct journal *journal, const struct lease *lease, date_t day,
                      struct dues *out, money_t *ahead, struct error *err)
{
    money_t pool = MONEY_ZERO, taken;

    if (!compute_dues(lease, out, err) || !add_told(journal, lease, out, err)) return false;
    if (out->count > 0) qsort(out->list, out->count, sizeof *out->list, by_day);
    if (!count_receipts(journal, lease, day, out, &pool, err)) return false;
    for (size_t i = 0; i < out->count && pool.fen > 0; i++) {
        struct lease_due *due = &out->list[i];

        if (!money_subtract(due->amount, due->received, &taken, err)) return false;
        if (money_compare(pool, taken) < 0) taken = pool;
        if (!money_add(due->received, taken, &due->received, err) ||
            !money_subtract(pool, taken, &pool, err))
            return false;
    }
    *ahead = pool;
    return true;
}

bool lease_due_each(struct journal *journal, const struct lease *lease, date_t day,
                    bool (*visit)(void *context, const struct lease_due *due, struct error *err),
                    void *context, struct error *err)
{
    struct dues dues = {.list = NULL};
    money_t ahead;
    bool ok = false;

    if (!dues_load(journal, lease, day, &dues, &ahead, err)) goto out;
    for (size_t i = 0; i < dues.count && !date_is_before(day, dues.list[i].due); i++)
        if (!visit(context, &dues.list[i], err)) goto out;
    ok = true;
out:
    free(dues.list);
    return ok;
}

static bool add_due(struct lease_stand *stand, const struct lease_due *due, date_t day,
                    struct error *err)
{
    money_t open;

    if (!money_add(stand->received, due->received, &stand->received, err)) return false;
    if (date_is_before(day, due->due)) {
        if (!stand->has_next) stand->next = *due;
        stand->has_next = true;
        return money_add(stand->ahead, due->received, &stand->ahead, err);
    }
    if (!money_subtract(due->amount, due->received, &open, err)) return false;
    if (!money_is_zero(open)) stand->open++;
    if (!stand->has_oldest && !money_is_zero(open)) {
        stand->has_oldest = true;
        stand->oldest = *due;
    }
    return money_add(stand->due, due->amount, &stand->due, err) &&
           money_add(stand->arrears, open, &stand->arrears, err);
}

bool lease_stand_find(struct journal *journal, const struct lease *lease, date_t day,
                      struct lease_stand *out, struct error *err)
{
    struct lease_stand stand;
    struct dues dues = {.list = NULL};
    money_t ahead;
    bool ok = false;

    memset(&stand, 0, sizeof stand);
    if (!dues_load(journal, lease, day, &dues, &ahead, err)) goto out;
    for (size_t i = 0; i < dues.count; i++)
        if (!add_due(&stand, &dues.list[i], day, err)) goto out;
    if (!money_add(stand.ahead, ahead, &stand.ahead, err) ||
        !money_add(stand.received, ahead, &stand.received, err))
        goto out;
    *out = stand;
    ok = true;
out:
    free(dues.list);
    return ok;
}
