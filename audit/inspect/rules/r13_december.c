/*
 * r13_december.c - R13 年底突击: too much of a project's year is paid in December.
 *
 * share = paid in December / paid in the year; raised when share > limit, once the year is over.
 * Paid: approved payments that stand, by the day of the event; what the bank returned and was paid
 * again counts once. A year is a case of its own.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define DECEMBER 12
#define WHOLE_BP 10000

enum { PARAMETER_SHARE };

struct project_year {
    struct audit *audit;
    char project[CODE_SIZE], division[DIVISION_CODE_SIZE];
    int year;
    money_t all, december;
};

/* Is the share of the parts above the limit? Not by dividing, which would round. */
static bool passes(money_t part, money_t whole, int64_t limit_bp, bool *out, struct error *err)
{
    money_t allowed;

    if (!money_multiply_ratio(whole, limit_bp, WHOLE_BP, &allowed, err)) return false;
    *out = money_compare(part, allowed) > 0;
    return true;
}

static bool raise_year(struct project_year *group, struct error *err)
{
    struct audit *audit = group->audit;
    const int64_t limit = audit->values[PARAMETER_SHARE];
    struct audit_head head = {.what = "december", .level = 1};
    char subject[AUDIT_SUBJECT_SIZE], december[MONEY_TEXT_SIZE], all[MONEY_TEXT_SIZE];
    money_t share;
    bool is_much = false;

    if (group->all.fen > 0 && !passes(group->december, group->all, limit, &is_much, err))
        return false;
    if (!is_much || !date_from_civil(group->year, DECEMBER, 31, &head.day, err) ||
        date_is_before(audit->as_of, head.day)) {
        audit_drop(audit);
        return true;
    }
    if (!money_multiply_ratio((money_t){WHOLE_BP}, group->december.fen, group->all.fen, &share,
                              err))
        return false;
    (void)snprintf(subject, sizeof subject, "%s %d", group->project, group->year);
    head.subject = subject;
    audit_about(audit, group->division);
    audit_number(audit, "december", AUDIT_AMOUNT, group->december.fen);
    audit_number(audit, "year", AUDIT_AMOUNT, group->all.fen);
    audit_number(audit, "share", AUDIT_SHARE, share.fen);
    audit_number(audit, "limit", AUDIT_SHARE, limit);
    return audit_raise(audit, &head, err,
                       _("Of %s yuan paid under project %s in %d, %s were paid in December: "
                         "%lld.%02lld %% (limit %lld.%02lld %%)."),
                       audit_yuan(group->all, all), group->project, group->year,
                       audit_yuan(group->december, december), (long long)share.fen / 100,
                       (long long)share.fen % 100, (long long)limit / 100, (long long)limit % 100);
}

/* project, division, day, entry, amount: by project and day. */
static bool add_payment(void *context, const struct statement *row, struct error *err)
{
    struct project_year *group = context;
    int year, month, day_of_month;
    money_t amount;
    date_t day;

    if (!audit_date(row, 2, &day, err) || !money_from_fen(statement_integer(row, 4), &amount, err))
        return false;
    date_to_civil(day, &year, &month, &day_of_month);
    if (strcmp(group->project, statement_text(row, 0)) != 0 || group->year != year) {
        if (!raise_year(group, err)) return false;
        audit_text(row, 0, group->project, sizeof group->project);
        audit_text(row, 1, group->division, sizeof group->division);
        group->year = year;
        group->all = group->december = MONEY_ZERO;
    }
    if (month == DECEMBER && !money_add(group->december, amount, &group->december, err))
        return false;
    return money_add(group->all, amount, &group->all, err) &&
           audit_cite(group->audit, (uint64_t)statement_integer(row, 3), err);
}

static bool walk(struct audit *audit, struct error *err)
{
    struct project_year group = {.audit = audit, .all = MONEY_ZERO, .december = MONEY_ZERO};

    return audit_query(audit,
                       "SELECT l.project, p.division, v.event_date, v.submit_seq, SUM(l.amount) "
                       "FROM leg l JOIN voucher v ON v.number = l.voucher JOIN project p ON p.code "
                       "= l.project WHERE v.movement = 'payment' AND l.from_role <> 'owed' "
                       "AND " AUDIT_IN_FORCE " GROUP BY l.project, v.number ORDER BY l.project, "
                       "v.event_date, v.submit_seq",
                       add_payment, &group, err) &&
           raise_year(&group, err);
}

const struct audit_rule audit_r13 = {
    .id = "R13",
    .version = 1,
    .level = 1,
    .title = N_("too much of a project's year paid in December"),
    .basis = "审计实务（年底突击花钱）",
    .parameters = {{"audit_r13_share", 4000, AUDIT_SHARE,
                    N_("share of a project's year that December may have")}},
    .walk = walk,
};
