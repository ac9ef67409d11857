/*
 * r22_books_and_facts.c - R22 账实不符: what the books say of assets is not what is there.
 *
 *     unseen      an inspection or service is overdue; days = day judged - the later of the day of
 *                 the first occurrence that nothing answers and of the last inspection; > limit
 *     idle        an asset is told or found idle or damaged, first so since its last repair and
 *     damaged     last good state; days = day judged - that day > limit, and no work order is open
 *     above_paid  original value out of a line of a plan > paid and retained under that line
 *
 * Only what a schedule asks for can be unseen: without one nothing is due. Above what was paid no
 * part of a value is entered; what was paid can still come back. In a ledger that lost lines of
 * vouchers nobody knows what was paid under a line, and none of it is judged.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_UNSEEN, PARAMETER_UNUSED };

/* ---- Nobody was there ------------------------------------------------------------------------ */

/* The last inspection of an asset by the day judged; 0 when there was none. */
static bool find_inspection(struct audit *audit, const char *asset, uint64_t *seq, date_t *day,
                            struct error *err)
{
    struct statement *select;
    bool has_row, ok = true;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT seq, date FROM keeping_inspection WHERE asset = $1 AND date <= $2 "
                         "ORDER BY date DESC, seq DESC LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, asset);
    statement_bind_text(select, 2, audit->day);
    if (!statement_step(select, &has_row, err)) return false;
    *seq = 0;
    if (!has_row) return true;
    *seq = (uint64_t)statement_integer(select, 0);
    ok = audit_date(select, 1, day, err);
    statement_reset(select);
    return ok;
}

static bool see_overdue(void *context, const struct due_item *item, struct error *err)
{
    struct audit *audit = context;
    const int64_t limit = audit->values[PARAMETER_UNSEEN];
    char subject[AUDIT_SUBJECT_SIZE], day[DATE_TEXT_SIZE];
    struct audit_head head = {"unseen", 1, item->due, subject};
    date_t seen;
    uint64_t inspection;
    int32_t days;

    if (audit->as_of.days - item->due.days <= limit) return true;
    if (!find_inspection(audit, item->asset, &inspection, &seen, err)) return false;
    if (inspection != 0 && date_is_before(head.day, seen)) head.day = seen;
    days = audit->as_of.days - head.day.days;
    if (days <= limit) return true;
    (void)snprintf(subject, sizeof subject, "%s %s", item->asset, item->subject);
    audit_about(audit, item->division);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_cite(audit, item->seq, err) &&
           (inspection == 0 || audit_cite(audit, inspection, err)) &&
           audit_raise(audit, &head, err,
                       _("Asset %s (%s) is due to be looked at by schedule %s, and since %s nobody "
                         "was there: %d days (limit %lld days)."),
                       item->asset, item->text, item->subject, date_format(head.day, day), days,
                       (long long)limit);
}

/* ---- Idle or broken -------------------------------------------------------------------------- */

struct run {
    uint64_t seq; /* what told it first; 0: it is in use, or was repaired since */
    date_t day;
    bool is_damaged;
};

/* States as told and as found, and repairs, of one asset by the day, in their order. */
static bool find_run(struct audit *audit, const char *asset, struct run *out, struct error *err)
{
    struct run run = {.seq = 0};
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT date, seq, state FROM asset_state WHERE asset = $1 AND date <= $2 "
                         "UNION ALL SELECT date, seq, state FROM keeping_inspection WHERE asset = "
                         "$1 AND date <= $2 UNION ALL SELECT d.date, d.seq, 'repaired' FROM "
                         "keeping_work w JOIN keeping_done d ON d.work = w.work WHERE w.asset = $1 "
                         "AND d.date <= $2 ORDER BY 1, 2",
                         &select, err))
        return false;
    statement_bind_text(select, 1, asset);
    statement_bind_text(select, 2, audit->day);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) break;
        const char *state = statement_text(select, 2);
        const bool is_damaged = strcmp(state, "damaged") == 0;

        if (!is_damaged && strcmp(state, "idle") != 0) {
            run.seq = 0;
        } else if (run.seq == 0) {
            if (!audit_date(select, 0, &run.day, err)) {
                statement_reset(select);
                return false;
            }
            run.seq = (uint64_t)statement_integer(select, 1);
            run.is_damaged = is_damaged;
        }
    }
    *out = run;
    return true;
}

static bool is_in_work(struct audit *audit, const char *asset, bool *out, struct error *err)
{
    struct statement *select;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT 1 FROM keeping_work w WHERE w.asset = $1 AND w.date <= $2 AND NOT "
                         "EXISTS (SELECT 1 FROM keeping_done d WHERE d.work = w.work AND d.date <= "
                         "$2) LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, asset);
    statement_bind_text(select, 2, audit->day);
    if (!statement_step(select, out, err)) return false;
    if (*out) statement_reset(select);
    return true;
}

static bool raise_unused(struct audit *audit, const struct run *run, const char *asset,
                         const char *name, struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_UNUSED];
    const int32_t days = audit->as_of.days - run->day.days;
    const struct audit_head head = {run->is_damaged ? "damaged" : "idle", run->is_damaged ? 2 : 1,
                                    run->day, asset};
    char day[DATE_TEXT_SIZE];

    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    if (!audit_cite(audit, run->seq, err)) return false;
    (void)date_format(run->day, day);
    if (run->is_damaged)
        return audit_raise(audit, &head, err,
                           _("Asset %s (%s) is damaged since %s; %d days later no work order is "
                             "open (limit %lld days)."),
                           asset, name, day, days, (long long)limit);
    return audit_raise(audit, &head, err,
                       _("Asset %s (%s) stands idle since %s; %d days later nothing is done about "
                         "it (limit %lld days)."),
                       asset, name, day, days, (long long)limit);
}

/* asset, division, name: those that were ever told or found so. */
static bool see_unused(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    bool in_work = false;
    struct run run;

    if (!find_run(audit, statement_text(row, 0), &run, err)) return false;
    if (run.seq == 0 || audit->as_of.days - run.day.days <= audit->values[PARAMETER_UNUSED])
        return true;
    if (!is_in_work(audit, statement_text(row, 0), &in_work, err)) return false;
    if (in_work) return true;
    audit_about(audit, statement_text(row, 1));
    return raise_unused(audit, &run, statement_text(row, 0), statement_text(row, 2), err);
}

/* ---- Worth more than was paid ---------------------------------------------------------------- */

struct plan_part {
    char project[CODE_SIZE];
    int64_t line;
    money_t cost, paid;
    char day[DATE_TEXT_SIZE]; /* of the last part of the value */
};

static bool cite_parts(struct audit *audit, const struct plan_part *part, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT c.seq FROM asset_use u JOIN asset_cost c ON c.asset = u.asset AND "
                         "c.project = u.project AND c.line = u.line AND c.date <= $1 WHERE "
                         "u.project = $2 AND u.line = $3 ORDER BY c.seq",
                         &select, err))
        return false;
    statement_bind_text(select, 1, audit->day);
    statement_bind_text(select, 2, part->project);
    statement_bind_integer(select, 3, part->line);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!audit_cite(audit, (uint64_t)statement_integer(select, 0), err)) {
            statement_reset(select);
            return false;
        }
    }
}

static bool raise_above(struct audit *audit, const struct plan_part *part, struct error *err)
{
    char subject[AUDIT_SUBJECT_SIZE], cost[MONEY_TEXT_SIZE], paid[MONEY_TEXT_SIZE];
    struct audit_head head = {.what = "above_paid", .level = 3, .subject = subject};

    (void)snprintf(subject, sizeof subject, "%s %lld", part->project, (long long)part->line);
    audit_number(audit, "value", AUDIT_AMOUNT, part->cost.fen);
    audit_number(audit, "paid", AUDIT_AMOUNT, part->paid.fen);
    return date_parse(part->day, &head.day, err) && cite_parts(audit, part, err) &&
           audit_raise(audit, &head, err,
                       _("Assets of plan line %lld of project %s are registered at %s yuan, and by "
                         "%s %s yuan were paid and retained under it."),
                       (long long)part->line, part->project, audit_yuan(part->cost, cost),
                       audit->day, audit_yuan(part->paid, paid));
}

/* project, line, division, cost, paid and retained, day of the last part: what a fund gave. */
static bool see_line(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    struct plan_part part = {.line = statement_integer(row, 1)};

    if (!money_from_fen(statement_integer(row, 3), &part.cost, err) ||
        !money_from_fen(statement_integer(row, 4), &part.paid, err))
        return false;
    if (money_compare(part.cost, part.paid) <= 0) return true;
    audit_text(row, 0, part.project, sizeof part.project);
    audit_text(row, 5, part.day, sizeof part.day);
    audit_about(audit, statement_text(row, 2));
    return raise_above(audit, &part, err);
}

static bool walk(struct audit *audit, struct error *err)
{
    const struct due_filter overdue = {.as_of = audit->as_of, .days_ahead = -1};

    return due_schedule_each(audit->journal, &overdue, see_overdue, audit, err) &&
           audit_query(audit,
                       "SELECT a.code, a.division, r.name FROM (SELECT asset FROM asset_state "
                       "WHERE state IN ('damaged', 'idle') AND date <= $1 UNION SELECT asset FROM "
                       "keeping_inspection WHERE state IN ('damaged', 'idle') AND date <= $1) x "
                       "JOIN asset_now a ON a.code = x.asset JOIN asset_register r ON r.seq = "
                       "a.register_seq ORDER BY a.code",
                       see_unused, audit, err) &&
           audit_query(audit,
                       "SELECT u.project, u.line, p.division, SUM(c.amount), (SELECT "
                       "COALESCE(SUM(" AUDIT_PAID_RETAINED "), 0) FROM leg l JOIN voucher v ON "
                       "v.number = l.voucher WHERE l.project = u.project AND l.plan_line = u.line "
                       "AND " AUDIT_IN_FORCE "), MAX(c.date) FROM asset_use u JOIN project p ON "
                       "p.code = u.project JOIN asset_cost c ON c.asset = u.asset AND c.project = "
                       "u.project AND c.line = u.line AND c.funding = 'project' AND c.date <= $1 "
                       "WHERE NOT EXISTS (SELECT 1 FROM gone_seal g WHERE g.kind = 'voucher.line' "
                       "AND g.state <> 'erased') "
                       "GROUP BY u.project, u.line, p.division ORDER BY u.project, u.line",
                       see_line, audit, err);
}

const struct audit_rule audit_r22 = {
    .id = "R22",
    .version = 1,
    .level = 3,
    .title = N_("assets that are not as the books say"),
    .basis = "国办函〔2021〕51号（扶贫项目资产后续管理）；审计实务（账实不符）",
    .parameters = {{"audit_r22_unseen_days", 365, AUDIT_DAYS,
                    N_("days without an inspection that is due after which it is told")},
                   {"audit_r22_unused_days", 30, AUDIT_DAYS,
                    N_("days idle or damaged after which it is told")}},
    .walk = walk,
};
