/*
 * r32_returned.c - R32 失败款长期挂账: what the bank returned is not paid again.
 *
 * open = lines that a return brought back and that no approved voucher paid again or remitted by
 * the day judged; days = day judged - day of the return. Raised for each return with open > 0 and
 * days >= limit. Cites the return; says nothing of a payee.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_DAYS };

struct bank_return {
    char voucher[VOUCHER_NUMBER_SIZE], reference[CODE_SIZE];
    date_t day;
    uint64_t seq;
    int64_t line_count; /* of the voucher */
};

static bool take_division(void *context, const struct balance *total, struct error *err)
{
    (void)err;
    if (total->account.role == ACCOUNT_IN_TRANSIT) audit_about(context, total->account.division);
    return true;
}

/* A line is paid again by a voucher that was posted by the day; until then its mark doesn't count.
 */
#define OPEN                                                                                       \
    "m.state IN ('returned', 'repaid', 'void') AND NOT EXISTS (SELECT 1 FROM voucher w WHERE "     \
    "w.number = m.settled_by AND w.state IN ('posted', 'reversed') AND w.event_date <= $1)"

/* Of lines that the return named: how many there are, and how many are open. */
static bool count_named(struct audit *audit, const struct bank_return *back, int64_t *named,
                        int64_t *open, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT COUNT(*), COALESCE(SUM(CASE WHEN " OPEN " THEN 1 ELSE 0 END), 0) "
                         "FROM line_mark m WHERE m.seq = $2",
                         &select, err))
        return false;
    statement_bind_text(select, 1, audit->day);
    statement_bind_integer(select, 2, (int64_t)back->seq);
    if (!statement_step(select, &has_row, err)) return false;
    *named = statement_integer(select, 0);
    *open = statement_integer(select, 1);
    statement_reset(select);
    return true;
}

/* One that named none brought back all that no other had answered for: lines without a mark, and
   those whose mark came when they were paid again. There is at most one of a voucher. */
static bool count_rest(struct audit *audit, const struct bank_return *back, int64_t *open,
                       struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT COUNT(*), COALESCE(SUM(CASE WHEN m.seq = 0 AND " OPEN
                         " THEN 1 ELSE 0 END), 0) FROM line_mark m WHERE m.voucher = $2",
                         &select, err))
        return false;
    statement_bind_text(select, 1, audit->day);
    statement_bind_text(select, 2, back->voucher);
    if (!statement_step(select, &has_row, err)) return false;
    *open = back->line_count - statement_integer(select, 0) + statement_integer(select, 1);
    statement_reset(select);
    return true;
}

static bool raise_return(struct audit *audit, const struct bank_return *back, int64_t open,
                         struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_DAYS];
    const int32_t days = audit->as_of.days - back->day.days;
    char subject[AUDIT_SUBJECT_SIZE], day[DATE_TEXT_SIZE];
    const struct audit_head head = {"unpaid", 2, back->day, subject};

    (void)snprintf(subject, sizeof subject, "%s %s", back->voucher, back->reference);
    audit_number(audit, "lines", AUDIT_COUNT, open);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return voucher_total_each(audit->journal, back->voucher, take_division, audit, err) &&
           audit_cite(audit, back->seq, err) &&
           audit_raise(audit, &head, err,
                       _("The bank returned payments of voucher %s on %s; %d days later %lld of "
                         "them are neither paid again nor remitted (limit %lld days)."),
                       back->voucher, date_format(back->day, day), days, (long long)open,
                       (long long)limit);
}

/* voucher, reference, day, entry, lines of the voucher. */
static bool see_return(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    struct bank_return back = {.seq = (uint64_t)statement_integer(row, 3),
                               .line_count = statement_integer(row, 4)};
    int64_t named, open;

    audit_text(row, 0, back.voucher, sizeof back.voucher);
    audit_text(row, 1, back.reference, sizeof back.reference);
    if (!audit_date(row, 2, &back.day, err)) return false;
    if (audit->as_of.days - back.day.days < audit->values[PARAMETER_DAYS]) return true;
    if (!count_named(audit, &back, &named, &open, err) ||
        (named == 0 && !count_rest(audit, &back, &open, err)))
        return false;
    return open <= 0 || raise_return(audit, &back, open, err);
}

static bool walk(struct audit *audit, struct error *err)
{
    return audit_query(audit,
                       "SELECT b.voucher, b.reference, b.event_date, b.seq, v.line_count FROM "
                       "bank_entry b JOIN voucher v ON v.number = b.voucher WHERE b.kind = "
                       "'return' AND b.event_date <= $1 ORDER BY b.voucher, b.event_date, b.seq",
                       see_return, audit, err);
}

const struct audit_rule audit_r32 = {
    .id = "R32",
    .version = 1,
    .level = 2,
    .title = N_("what the bank returned is not paid again"),
    .basis = "财办〔2020〕37号（惠民惠农财政补贴资金“一卡通”管理）；审计实务",
    .parameters = {{"audit_r32_days", 30, AUDIT_DAYS,
                    N_("days after which what was returned is told")}},
    .walk = walk,
};
