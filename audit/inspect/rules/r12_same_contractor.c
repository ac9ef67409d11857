/*
 * r12_same_contractor.c - R12 围标: one contractor gets project after project.
 *
 * For each contract by which a contractor gets a project that it had not before: projects = the
 * different projects whose contracts it signed within so many days up to that one, its own among
 * them; raised when projects >= N. Judged on the day of signature, so that the lead stays the same.
 * Contractors are the same by credit code, or by name where there is none. Of a contractor's
 * projects the last PROJECTS_MAX are remembered.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define PROJECTS_MIN 2
#define PROJECTS_MAX 16 /* remembered; a limit beyond these is taken for them */

enum { PARAMETER_PROJECTS, PARAMETER_DAYS };

struct signing {
    char project[CODE_SIZE], division[DIVISION_CODE_SIZE];
    date_t day;
    uint64_t seq;
};

/* The last different projects of one contractor, the latest first. */
struct contractor {
    struct audit *audit;
    char key[TEXT_SIZE];
    size_t limit, count;
    struct signing last[PROJECTS_MAX];
};

/* Put a project first; false when it was among them. */
static bool put_first(struct contractor *contractor, const struct signing *signing)
{
    size_t at = 0;
    bool is_new;

    while (at < contractor->count && strcmp(contractor->last[at].project, signing->project) != 0)
        at++;
    is_new = at == contractor->count;
    if (is_new && contractor->count < PROJECTS_MAX) contractor->count++;
    if (at == PROJECTS_MAX) at--; /* the oldest is forgotten */
    memmove(&contractor->last[1], &contractor->last[0], at * sizeof contractor->last[0]);
    contractor->last[0] = *signing;
    return is_new;
}

static bool raise_contract(struct contractor *contractor, const char *code, const char *name,
                           struct error *err)
{
    struct audit *audit = contractor->audit;
    const struct signing *first = &contractor->last[contractor->limit - 1];
    const struct audit_head head = {"again", 1, contractor->last[0].day, code};
    const int32_t days = head.day.days - first->day.days;
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

    for (size_t i = 0; i < contractor->limit; i++) {
        audit_about(audit, contractor->last[i].division);
        if (!audit_cite(audit, contractor->last[i].seq, err)) return false;
    }
    audit_number(audit, "projects", AUDIT_COUNT, (int64_t)contractor->limit);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, audit->values[PARAMETER_DAYS]);
    return audit_raise(audit, &head, err,
                       _("Contract %s gives %s another project: %zu of them from %s to %s, within "
                         "%d days (limit %lld days)."),
                       code, name, contractor->limit, date_format(first->day, from),
                       date_format(head.day, to), days, (long long)audit->values[PARAMETER_DAYS]);
}

/* contractor's key and name, contract, project, division, day, entry: by key and day. */
static bool add_contract(void *context, const struct statement *row, struct error *err)
{
    struct contractor *contractor = context;
    const int64_t days = contractor->audit->values[PARAMETER_DAYS];
    struct signing signing;

    if (strcmp(contractor->key, statement_text(row, 0)) != 0) {
        audit_text(row, 0, contractor->key, sizeof contractor->key);
        contractor->count = 0;
    }
    audit_text(row, 3, signing.project, sizeof signing.project);
    audit_text(row, 4, signing.division, sizeof signing.division);
    signing.seq = (uint64_t)statement_integer(row, 6);
    if (!audit_date(row, 5, &signing.day, err)) return false;
    if (!put_first(contractor, &signing) || contractor->count < contractor->limit ||
        signing.day.days - contractor->last[contractor->limit - 1].day.days >= days)
        return true;
    return raise_contract(contractor, statement_text(row, 2), statement_text(row, 1), err);
}

static bool walk(struct audit *audit, struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_PROJECTS];
    struct contractor contractor = {.audit = audit,
                                    .limit = (size_t)(limit < PROJECTS_MIN   ? PROJECTS_MIN
                                                      : limit > PROJECTS_MAX ? PROJECTS_MAX
                                                                             : limit)};

    return audit_query(audit,
                       "SELECT CASE WHEN c.uscc <> '' THEN c.uscc ELSE c.contractor END AS who, "
                       "c.contractor, c.code, c.project, p.division, c.signed_on, c.seq FROM "
                       "contract c JOIN project p ON p.code = c.project WHERE c.signed_on <= $1 "
                       "ORDER BY who, c.signed_on, c.seq",
                       add_contract, &contractor, err);
}

const struct audit_rule audit_r12 = {
    .id = "R12",
    .version = 1,
    .level = 1,
    .title = N_("one contractor gets project after project"),
    .basis = "审计实务（围标、串标）",
    .parameters = {{"audit_r12_projects", 3, AUDIT_COUNT,
                    N_("projects of one contractor from which on it is told")},
                   {"audit_r12_days", 1095, AUDIT_DAYS, N_("days within which they are counted")}},
    .walk = walk,
};
