/*
 * r19_equal_split.c - R19 平均分配: the households of a place get the same of what assets earned.
 *
 * raised for each share of a plan for the households of a division when they are limit and more and
 * all have equally many parts. The journal refuses a plan that gives all its households the same;
 * this sees one that does so place by place. Parts are sealed: the finding cites those rows and
 * names no household. Where some of them were erased or lost it isn't judged.
 */
#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_HOUSEHOLDS };

static bool cite_holders(struct audit *audit, const char *plan, const char *division,
                         struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(audit->journal),
                         "SELECT seq FROM income_holder WHERE plan = $1 AND division = $2 AND use "
                         "= 'households' ORDER BY seq",
                         &select, err))
        return false;
    statement_bind_text(select, 1, plan);
    statement_bind_text(select, 2, division);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!audit_cite(audit, (uint64_t)statement_integer(select, 0), err)) {
            statement_reset(select);
            return false;
        }
    }
}

/* plan, division, day, the plan's entry, the share's, households. */
static bool see_share(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    const int64_t least = audit->values[PARAMETER_HOUSEHOLDS], count = statement_integer(row, 5);
    char subject[AUDIT_SUBJECT_SIZE];
    struct audit_head head = {.what = "equal", .level = 2, .subject = subject};

    if (count < least) return true;
    (void)snprintf(subject, sizeof subject, "%s %s", statement_text(row, 0),
                   statement_text(row, 1));
    audit_about(audit, statement_text(row, 1));
    audit_number(audit, "households", AUDIT_COUNT, count);
    audit_number(audit, "limit", AUDIT_COUNT, least);
    return audit_date(row, 2, &head.day, err) &&
           audit_cite(audit, (uint64_t)statement_integer(row, 3), err) &&
           audit_cite(audit, (uint64_t)statement_integer(row, 4), err) &&
           cite_holders(audit, statement_text(row, 0), statement_text(row, 1), err) &&
           audit_raise(audit, &head, err,
                       _("Plan %s of %s gives %lld households of %s equally many parts; a simple "
                         "equal split among %lld and more is forbidden."),
                       statement_text(row, 0), statement_text(row, 2), (long long)count,
                       statement_text(row, 1), (long long)least);
}

static bool walk(struct audit *audit, struct error *err)
{
    return audit_query(audit,
                       "SELECT p.plan, s.division, p.date, p.seq, s.seq, COUNT(*) FROM income_plan "
                       "p JOIN income_share s ON s.plan = p.plan AND s.use = 'households' JOIN "
                       "income_holder h ON h.plan = p.plan AND h.division = s.division AND h.use = "
                       "'households' AND h.is_gone = 0 WHERE p.date <= $1 GROUP BY p.plan, "
                       "s.division, p.date, p.seq, s.seq, s.people HAVING COUNT(*) = s.people AND "
                       "MIN(h.parts) = MAX(h.parts) ORDER BY p.seq, s.seq",
                       see_share, audit, err);
}

const struct audit_rule audit_r19 = {
    .id = "R19",
    .version = 1,
    .level = 2,
    .title = N_("income of assets split equally among households"),
    .basis = "杜绝简单平均分配（扶贫项目资产收益分配）；审计实务",
    .parameters = {{"audit_r19_households", 5, AUDIT_COUNT,
                    N_("households with equal parts from which on it is told")}},
    .walk = walk,
};
