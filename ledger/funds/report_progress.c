/*
 * report_progress.c - payment progress (支付进度) by fund: arrived, assigned, paid, and for how
 * long it stands.
 *
 * 1. All amounts are sums of one set of balances, so they tie: arrived = all roles but source.
 * 2. Days are looked for in the months alone in which some fund may first have come or last moved,
 *    found from role_month; each month is read once, for all funds.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/report.h"

#define REPORT_FUNDS_MAX 100000 /* about 450 MB; a county has hundreds */

struct progress_row {
    struct fund_progress progress;
    int32_t first_month, last_month; /* in which something may have happened */
    bool has_arrival, has_move;
};

struct progress_report {
    struct journal *journal;
    date_t as_of;
    struct report_span until;
    struct report_codes codes;
    const char *fund;          /* NULL: all */
    struct progress_row *rows; /* by code, until they are shown */
    size_t count, capacity;
};

/* ---- Amounts --------------------------------------------------------------------------------- */

static bool add_fund(struct progress_report *report, const char *code, struct error *err)
{
    struct progress_row *row;

    if (report->count == report->capacity) {
        size_t capacity = report->capacity == 0 ? 64 : report->capacity * 2;
        struct progress_row *rows;

        if (capacity > REPORT_FUNDS_MAX)
            return error_set(err, ERROR_LIMIT, "more than %d funds to report on; name a fund",
                             REPORT_FUNDS_MAX);
        rows = realloc(report->rows, capacity * sizeof *rows);
        if (rows == NULL) return error_set(err, ERROR_MEMORY, "no memory for a report on funds");
        report->rows = rows;
        report->capacity = capacity;
    }
    row = &report->rows[report->count];
    memset(row, 0, sizeof *row);
    if (!fund_find(report->journal, code, &row->progress.fund, err)) return false;
    report->count++;
    return true;
}

/* One sum of a fund in a role: rows come by fund. */
static bool add_sum(struct progress_report *report, const struct statement *statement,
                    struct error *err)
{
    const char *code = statement_text(statement, 0);
    struct fund_progress *progress;
    enum account_role role;

    if ((report->count == 0 ||
         strcmp(report->rows[report->count - 1].progress.fund.code, code) != 0) &&
        !add_fund(report, code, err))
        return false;
    progress = &report->rows[report->count - 1].progress;
    if (!account_role_parse(statement_text(statement, 1), &role, err) ||
        !money_from_fen(statement_integer(statement, 2), &progress->by_role[role], err))
        return false;
    if (role == ACCOUNT_SOURCE) return true;
    return money_add(progress->arrived, progress->by_role[role], &progress->arrived, err) &&
           (role == ACCOUNT_UNASSIGNED ||
            money_add(progress->assigned, progress->by_role[role], &progress->assigned, err));
}

static bool prepare_sums(const struct progress_report *report, struct statement **out,
                         struct error *err)
{
#define PROGRESS_SUMS                                                                              \
    "SELECT fund, role, SUM(amount) FROM " REPORT_CHANGES " WHERE division >= $4 AND division <= " \
    "$5"
    if (report->fund == NULL)
        return sql_prepare(report->journal,
                           PROGRESS_SUMS " GROUP BY fund, role ORDER BY fund, role",
                           SQL_VALUES(SQL_SPAN(report->until), SQL_TEXT(report->codes.first),
                                      SQL_TEXT(report->codes.last)),
                           out, err);
    return sql_prepare(report->journal,
                       PROGRESS_SUMS " AND fund = $6 GROUP BY fund, role ORDER BY fund, role",
                       SQL_VALUES(SQL_SPAN(report->until), SQL_TEXT(report->codes.first),
                                  SQL_TEXT(report->codes.last), SQL_TEXT(report->fund)),
                       out, err);
}

static bool read_sums(struct progress_report *report, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!prepare_sums(report, &statement, err)) goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_sum(report, statement, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* The last digits are cut off: what is 100.00 % is paid to the last fen. */
static bool divide(struct fund_progress *progress, struct error *err)
{
    money_t share;

    if (progress->arrived.fen <= 0) return true;
    if (!money_multiply_ratio(progress->by_role[ACCOUNT_SPENT], 10000, progress->arrived.fen,
                              &share, err))
        return false;
    /* Within a month it may pass 100 %, when money is paid before the day on which it came. */
    progress->progress_bp = share.fen > INT32_MAX ? INT32_MAX : (int32_t)share.fen;
    return true;
}

/* ---- Days ------------------------------------------------------------------------------------ */

static struct progress_row *find_row(const struct progress_report *report, const char *code)
{
    size_t low = 0, high = report->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(report->rows[middle].progress.fund.code, code);

        if (order == 0) return &report->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The months in which something may have happened to the funds, each fund's first and last. */
static bool read_months(struct progress_report *report, struct error *err)
{
    struct statement *statement = NULL;
    struct progress_row *row;
    bool has_row, ok = false;

    if (!sql_prepare(report->journal,
                     "SELECT fund, MIN(month), MAX(month) FROM role_month WHERE division >= $1 AND "
                     "division <= $2 AND month <= $3 GROUP BY fund ORDER BY fund",
                     SQL_VALUES(SQL_TEXT(report->codes.first), SQL_TEXT(report->codes.last),
                                SQL_INTEGER(report->until.last_month)),
                     &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        row = find_row(report, statement_text(statement, 0));
        if (row == NULL) continue;
        row->first_month = (int32_t)statement_integer(statement, 1);
        row->last_month = (int32_t)statement_integer(statement, 2);
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* Of the events of one month, $1 to $3, those of a scope, $4 and $5. What a reversal undid by the
   day reported on, $6 and $7, did not arrive. */
// clang-format off
static const char arrivals_sql[] =
    "SELECT l.to_fund, MIN(v.event_date) FROM " REPORT_LEGS " AND " REPORT_EVENTS("v") " AND "
    REPORT_POSTED " AND v.movement <> 'reversal' AND l.to_division >= $4 AND l.to_division <= $5 "
    "AND (l.from_role = 'source' OR l.from_division < $4 OR l.from_division > $5) AND NOT EXISTS "
    "(SELECT 1 FROM voucher r WHERE r.number = v.reversed_by AND r.state = 'posted' AND "
    "(r.booking_month < $6 OR (r.booking_month = $6 AND r.event_date <= $7))) GROUP BY l.to_fund "
    "ORDER BY l.to_fund";

static const char moves_sql[] =
    "SELECT fund, MAX(event_date) FROM ("
    "SELECT l.from_fund AS fund, l.from_division AS division, v.event_date AS event_date FROM "
    REPORT_LEGS " AND " REPORT_EVENTS("v") " AND " REPORT_POSTED " UNION ALL "
    "SELECT l.to_fund, l.to_division, v.event_date FROM "
    REPORT_LEGS " AND " REPORT_EVENTS("v") " AND " REPORT_POSTED " UNION ALL "
    "SELECT p.fund, p.division, e.event_date FROM bank_entry e JOIN bank_posting p ON p.reference "
    "= e.reference WHERE " REPORT_EVENTS("e") ") AS move WHERE division >= $4 AND division <= $5 "
    "GROUP BY fund ORDER BY fund";
// clang-format on

/* What is late counts on the first day of its booking month. */
static date_t counted_on(date_t event, int32_t month)
{
    date_t first = month_first_day(month);

    return date_is_before(event, first) ? first : event;
}

static void note_day(struct progress_row *row, bool is_arrival, date_t day)
{
    if (is_arrival && !row->has_arrival) {
        row->progress.arrived_on = day;
        row->has_arrival = true;
    }
    if (!is_arrival && !row->has_move) {
        row->progress.moved_on = day;
        row->has_move = true;
    }
}

static bool prepare_month(const struct progress_report *report, const struct report_span *span,
                          bool is_arrival, struct statement **out, struct error *err)
{
    if (!is_arrival)
        return sql_prepare(report->journal, moves_sql,
                           SQL_VALUES(SQL_SPAN(*span), SQL_TEXT(report->codes.first),
                                      SQL_TEXT(report->codes.last)),
                           out, err);
    return sql_prepare(
        report->journal, arrivals_sql,
        SQL_VALUES(SQL_SPAN(*span), SQL_TEXT(report->codes.first), SQL_TEXT(report->codes.last),
                   SQL_INTEGER(report->until.last_month), SQL_TEXT(report->until.until)),
        out, err);
}

/* Read one month; funds whose day is known keep it. */
static bool read_month(struct progress_report *report, int32_t month, bool is_arrival,
                       struct error *err)
{
    struct statement *statement = NULL;
    struct progress_row *row;
    struct report_span span;
    date_t event, day = month_last_day(month);
    bool has_row, ok = false;

    if (date_is_before(report->as_of, day)) day = report->as_of;
    report_between(month, day, &span);
    if (!prepare_month(report, &span, is_arrival, &statement, err)) goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        row = find_row(report, statement_text(statement, 0));
        if (row == NULL) continue;
        if (!sql_date(statement, 1, NULL, &event, err)) goto out;
        note_day(row, is_arrival, counted_on(event, month));
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* Does some fund of which money came still lack the day, and may this month hold it? */
static bool month_is_wanted(const struct progress_report *report, int32_t month, bool is_arrival)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct progress_row *row = &report->rows[i];
        bool lacks = is_arrival ? !row->has_arrival : !row->has_move;

        if (lacks && row->progress.arrived.fen > 0 && row->first_month <= month &&
            month <= row->last_month)
            return true;
    }
    return false;
}

static bool read_days(struct progress_report *report, struct error *err)
{
    int32_t first = INT32_MAX, last = INT32_MIN;

    if (!read_months(report, err)) return false;
    for (size_t i = 0; i < report->count; i++) {
        if (report->rows[i].first_month < first) first = report->rows[i].first_month;
        if (report->rows[i].last_month > last) last = report->rows[i].last_month;
    }
    for (int32_t month = first; month <= last; month++)
        if (month_is_wanted(report, month, true) && !read_month(report, month, true, err))
            return false;
    for (int32_t month = last; month >= first; month--)
        if (month_is_wanted(report, month, false) && !read_month(report, month, false, err))
            return false;
    return true;
}

/* ---- Showing --------------------------------------------------------------------------------- */

static int rank(const struct fund *fund)
{
    static const char *const levels[] = {"central", "province", "prefecture", "county"};

    for (int i = 0; i < (int)ARRAY_COUNT(levels); i++)
        if (strcmp(fund->level, levels[i]) == 0) return i;
    return (int)ARRAY_COUNT(levels);
}

static int compare_rows(const void *a, const void *b)
{
    const struct fund *left = &((const struct progress_row *)a)->progress.fund;
    const struct fund *right = &((const struct progress_row *)b)->progress.fund;

    if (rank(left) != rank(right)) return rank(left) - rank(right);
    if (left->year != right->year) return left->year < right->year ? -1 : 1;
    return strcmp(left->code, right->code);
}

/* A fund whose only vouchers were refused had nothing to do with the scope. */
static bool is_empty(const struct fund_progress *progress)
{
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        if (!money_is_zero(progress->by_role[i])) return false;
    return true;
}

bool fund_progress_each(struct journal *journal, const char *scope, const char *fund, date_t as_of,
                        bool (*visit)(void *context, const struct fund_progress *progress,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct progress_report report = {.journal = journal, .as_of = as_of, .fund = fund};
    bool ok = false;

    report_until(as_of, &report.until);
    if (!report_scope(scope, &report.codes, err) || !read_sums(&report, err) ||
        (report.count > 0 && !read_days(&report, err)))
        goto out;
    if (report.count > 1) qsort(report.rows, report.count, sizeof *report.rows, compare_rows);
    for (size_t i = 0; i < report.count; i++) {
        struct progress_row *row = &report.rows[i];

        row->progress.has_days = row->has_arrival && row->has_move;
        if (is_empty(&row->progress)) continue;
        if (!divide(&row->progress, err) || !visit(context, &row->progress, err)) goto out;
    }
    ok = true;
out:
    free(report.rows);
    return ok;
}
