/*
 * r32_returned.c - R32 失败款长期挂账: what the bank returned is not paid again.
 *
 * open = lines of a payment that the bank returned and that no approved voucher paid again or
 * remitted by the day judged; days = day judged - day of the payment's last return. Raised when
 * open > 0 and days >= limit. By the last return, because which line came back with which return is
 * sealed for people: nothing is raised too early. Cites the returns; says nothing of a payee.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_DAYS };

struct returned_payment {
    struct audit *audit;
    char voucher[VOUCHER_NUMBER_SIZE];
    date_t last;
};

static bool take_division(void *context, const struct balance *total, struct error *err)
{
    (void)err;
    if (total->account.role == ACCOUNT_IN_TRANSIT) audit_about(context, total->account.division);
    return true;
}

/* A line is paid again by a voucher that was posted by the day; until then its mark doesn't count.
 */
static bool count_open(struct audit *audit, const char *voucher, int64_t *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal_store(audit->journal),
            "SELECT (CASE WHEN v.lines_state = 'returned' THEN v.line_count - (SELECT COUNT(*) "
            "FROM line_mark m WHERE m.voucher = v.number) ELSE 0 END) + (SELECT COUNT(*) FROM "
            "line_mark m WHERE m.voucher = v.number AND m.state IN ('returned', 'repaid', 'void') "
            "AND NOT EXISTS (SELECT 1 FROM voucher w WHERE w.number = m.settled_by AND w.state IN "
            "('posted', 'reversed') AND w.event_date <= $1)) FROM voucher v WHERE v.number = $2",
            &select, err))
        return false;
    statement_bind_text(select, 1, audit->day);
    statement_bind_text(select, 2, voucher);
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) *out = statement_integer(select, 0);
    statement_reset(select);
    return has_row || error_set(err, ERROR_STORE, "voucher %s of a bank entry is gone", voucher);
}

static bool raise_payment(struct returned_payment *payment, struct error *err)
{
    struct audit *audit = payment->audit;
    const int64_t limit = audit->values[PARAMETER_DAYS];
    const int32_t days = audit->as_of.days - payment->last.days;
    const struct audit_head head = {"unpaid", 2, payment->last, payment->voucher};
    char last[DATE_TEXT_SIZE];
    int64_t open = 0;

    if (payment->voucher[0] != '\0' && days >= limit &&
        !count_open(audit, payment->voucher, &open, err))
        return false;
    if (open <= 0) {
        audit_drop(audit);
        return true;
    }
    audit_number(audit, "lines", AUDIT_COUNT, open);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return voucher_total_each(audit->journal, payment->voucher, take_division, audit, err) &&
           audit_raise(audit, &head, err,
                       _("The bank returned payments of voucher %s, the last on %s; %d days later "
                         "%lld of them are neither paid again nor remitted (limit %lld days)."),
                       payment->voucher, date_format(payment->last, last), days, (long long)open,
                       (long long)limit);
}

/* voucher, day, entry: by voucher and day. */
static bool add_return(void *context, const struct statement *row, struct error *err)
{
    struct returned_payment *payment = context;

    if (strcmp(payment->voucher, statement_text(row, 0)) != 0) {
        if (!raise_payment(payment, err)) return false;
        audit_text(row, 0, payment->voucher, sizeof payment->voucher);
    }
    return audit_date(row, 1, &payment->last, err) &&
           audit_cite(payment->audit, (uint64_t)statement_integer(row, 2), err);
}

static bool walk(struct audit *audit, struct error *err)
{
    struct returned_payment payment = {.audit = audit};

    return audit_query(audit,
                       "SELECT b.voucher, b.event_date, b.seq FROM bank_entry b WHERE b.kind = "
                       "'return' AND b.event_date <= $1 ORDER BY b.voucher, b.event_date, b.seq",
                       add_return, &payment, err) &&
           raise_payment(&payment, err);
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
