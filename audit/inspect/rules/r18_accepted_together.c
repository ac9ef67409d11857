/*
 * r18_accepted_together.c - R18 集中验收: many projects accepted on one day by the same unit.
 *
 * accepted = acceptances of one unit dated on one day; raised when accepted >= N. Whoever accepts
 * ten building sites in a day has seen few of them.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_PROJECTS };

struct group {
    struct audit *audit;
    char unit[TEXT_SIZE], day[DATE_TEXT_SIZE];
    int64_t count;
};

static bool raise_group(struct group *group, struct error *err)
{
    struct audit *audit = group->audit;
    const int64_t least = audit->values[PARAMETER_PROJECTS];
    struct audit_head head = {.what = "together", .level = 2};
    char subject[AUDIT_SUBJECT_SIZE];

    if (group->count == 0 || group->count < least) {
        audit_drop(audit);
        return true;
    }
    (void)snprintf(subject, sizeof subject, "%s %s", group->day, group->unit);
    head.subject = subject;
    if (!date_parse(group->day, &head.day, err)) return false;
    audit_number(audit, "accepted", AUDIT_COUNT, group->count);
    audit_number(audit, "limit", AUDIT_COUNT, least);
    return audit_raise(audit, &head, err,
                       _("On %s %s accepted %lld projects on one day; from %lld on it is asked "
                         "whether each was looked at."),
                       group->day, group->unit, (long long)group->count, (long long)least);
}

/* day, unit, entry, division: by day and unit. */
static bool add_acceptance(void *context, const struct statement *row, struct error *err)
{
    struct group *group = context;

    if (strcmp(group->day, statement_text(row, 0)) != 0 ||
        strcmp(group->unit, statement_text(row, 1)) != 0) {
        if (!raise_group(group, err)) return false;
        audit_text(row, 0, group->day, sizeof group->day);
        audit_text(row, 1, group->unit, sizeof group->unit);
        group->count = 0;
    }
    group->count++;
    audit_about(group->audit, statement_text(row, 3));
    return audit_cite(group->audit, (uint64_t)statement_integer(row, 2), err);
}

static bool walk(struct audit *audit, struct error *err)
{
    struct group group = {.audit = audit};

    return audit_query(audit,
                       "SELECT e.date, e.unit, e.seq, p.division FROM project_event e JOIN project "
                       "p ON p.code = e.project WHERE e.unit <> '' AND e.date <= $1 ORDER BY "
                       "e.date, e.unit, e.seq",
                       add_acceptance, &group, err) &&
           raise_group(&group, err);
}

const struct audit_rule audit_r18 = {
    .id = "R18",
    .version = 1,
    .level = 2,
    .title = N_("many projects accepted on one day by one unit"),
    .basis = "审计实务（集中验收）",
    .parameters = {{"audit_r18_projects", 5, AUDIT_COUNT,
                    N_("projects on one day from which on it is told")}},
    .walk = walk,
};
