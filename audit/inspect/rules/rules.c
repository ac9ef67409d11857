/*
 * rules.c - the list of rules, and their parameters on a day. A new rule is a file and a line here.
 */
#include "audit/inspect/rules/rules.h"

#include <assert.h>
#include <string.h>

#include "audit/inspect/rules/frame.h"

const struct audit_rule *const audit_rules[] = {
    &audit_r08, &audit_r12, &audit_r13, &audit_r15, &audit_r17, &audit_r18, &audit_r19, &audit_r20,
    &audit_r21, &audit_r22, &audit_r23, &audit_r29, &audit_r30, &audit_r32, NULL,
};

static const char *const unit_names[] = {
    [AUDIT_COUNT] = "count", [AUDIT_DAYS] = "days",  [AUDIT_PERCENT] = "percent",
    [AUDIT_SHARE] = "share", [AUDIT_AMOUNT] = "fen",
};

const char *audit_unit_name(enum audit_unit unit)
{
    assert(unit < ARRAY_COUNT(unit_names));
    return unit_names[unit];
}

bool audit_rule_find(const char *id, const struct audit_rule **out, struct error *err)
{
    size_t last = 0;

    for (size_t i = 0; audit_rules[i] != NULL; i++) {
        last = i;
        if (strcmp(audit_rules[i]->id, id) != 0) continue;
        *out = audit_rules[i];
        return true;
    }
    return error_set(err, ERROR_NOT_FOUND,
                     "there is no rule \"%s\"; `audit rules` lists them, %s to %s", id,
                     audit_rules[0]->id, audit_rules[last]->id);
}

bool audit_parameter_read(struct journal *journal, const struct audit_parameter *parameter,
                          date_t day, int64_t *out, struct error *err)
{
    return journal_policy(journal, parameter->policy, day, parameter->fallback, out, err);
}
