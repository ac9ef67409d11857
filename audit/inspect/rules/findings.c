/*
 * findings.c - the findings of one run: kept, sorted, found by their identity, counted by rule.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/inspect/rules/frame.h"

#define RULES_MAX 64

struct audit_findings {
    struct audit_finding *list;
    size_t count, capacity;
    const struct audit_rule *rules[RULES_MAX]; /* that ran, by id */
    size_t rule_count;
};

struct audit_findings *findings_new(struct error *err)
{
    struct audit_findings *findings = calloc(1, sizeof *findings);

    if (findings == NULL) (void)error_set(err, ERROR_MEMORY, "no memory for findings");
    return findings;
}

void finding_done(struct audit_finding *finding)
{
    free(finding->subject);
    free(finding->sentence);
    free(finding->citations);
    free(finding->reason);
    *finding = (struct audit_finding){.rule = NULL};
}

void audit_findings_free(struct audit_findings *findings)
{
    if (findings == NULL) return;
    for (size_t i = 0; i < findings->count; i++)
        finding_done(&findings->list[i]);
    free(findings->list);
    free(findings);
}

bool findings_take(struct audit_findings *findings, struct audit_finding *finding,
                   struct error *err)
{
    if (findings->count == findings->capacity) {
        size_t more = findings->capacity == 0 ? 64 : findings->capacity * 2;
        struct audit_finding *grown =
            more > AUDIT_FINDINGS_MAX ? NULL : realloc(findings->list, more * sizeof *grown);

        if (grown == NULL) {
            finding_done(finding);
            return error_set(err, ERROR_LIMIT,
                             "more findings than memory holds; ask for one rule or division");
        }
        findings->list = grown;
        findings->capacity = more;
    }
    findings->list[findings->count++] = *finding;
    return true;
}

void findings_note_rule(struct audit_findings *findings, const struct audit_rule *rule)
{
    assert(findings->rule_count < RULES_MAX);
    findings->rules[findings->rule_count++] = rule;
}

static int compare_findings(const void *a, const void *b)
{
    const struct audit_finding *left = a, *right = b;
    int order;

    if (left->level != right->level) return left->level > right->level ? -1 : 1;
    order = strcmp(left->rule->id, right->rule->id);
    if (order == 0) order = strcmp(left->division, right->division);
    if (order == 0) order = strcmp(left->subject, right->subject);
    if (order == 0) order = (left->day.days > right->day.days) - (left->day.days < right->day.days);
    if (order == 0) order = strcmp(left->what, right->what);
    return order != 0 ? order : memcmp(&left->identity, &right->identity, sizeof left->identity);
}

void findings_sort(struct audit_findings *findings)
{
    if (findings->count > 0)
        qsort(findings->list, findings->count, sizeof *findings->list, compare_findings);
}

void findings_keep_within(struct audit_findings *findings, const char *scope)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->count; i++) {
        if (division_code_is_within(findings->list[i].division, scope))
            findings->list[kept++] = findings->list[i];
        else
            finding_done(&findings->list[i]);
    }
    findings->count = kept;
}

size_t audit_findings_count(const struct audit_findings *findings)
{
    return findings->count;
}

const struct audit_finding *audit_findings_at(const struct audit_findings *findings, size_t index)
{
    assert(index < findings->count);
    return &findings->list[index];
}

bool audit_findings_find(const struct audit_findings *findings, const char *prefix,
                         const struct audit_finding **out, struct error *err)
{
    const size_t size = strlen(prefix);
    const struct audit_finding *found = NULL;
    char hex[HASH_HEX_SIZE];

    if (size < AUDIT_ID_PREFIX_MIN)
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is too short for a finding; give %d hexadecimal digits at least",
                         prefix, AUDIT_ID_PREFIX_MIN);
    for (size_t i = 0; i < findings->count; i++) {
        if (strncmp(hash_to_hex(&findings->list[i].identity, hex), prefix, size) != 0) continue;
        if (found != NULL)
            return error_set(err, ERROR_INPUT, "several findings begin with %s; give more digits",
                             prefix);
        found = &findings->list[i];
    }
    if (found == NULL)
        return error_set(err, ERROR_NOT_FOUND,
                         "no finding of that day begins with %s; `audit --all` lists them", prefix);
    *out = found;
    return true;
}

/* ---- Precision ------------------------------------------------------------------------------- */

struct tally {
    const struct audit_findings *findings;
    hash_t *raised; /* their identities, sorted */
    struct audit_precision rules[RULES_MAX];
};

static int compare_hashes(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(hash_t));
}

static void count_finding(struct audit_precision *precision, enum finding_state state)
{
    precision->raised++;
    switch (state) {
    case FINDING_OPEN:
        precision->open++;
        break;
    case FINDING_CLEARED:
        precision->cleared++;
        break;
    case FINDING_CONFIRMED:
        precision->confirmed++;
        break;
    case FINDING_STATE_COUNT:
        break;
    }
}

static struct audit_precision *find_rule(struct tally *tally, const char *id)
{
    for (size_t i = 0; i < tally->findings->rule_count; i++)
        if (strcmp(tally->rules[i].rule->id, id) == 0) return &tally->rules[i];
    return NULL;
}

/* What was decided and isn't raised any more counts all the same: it was a lead once. */
static bool count_decision(void *context, const struct finding_decision *decision,
                           struct error *err)
{
    struct tally *tally = context;
    struct audit_precision *precision = find_rule(tally, decision->rule);

    (void)err;
    if (precision != NULL && bsearch(&decision->finding, tally->raised, tally->findings->count,
                                     sizeof *tally->raised, compare_hashes) == NULL)
        count_finding(precision, decision->state);
    return true;
}

bool audit_precision_each(struct journal *journal, const struct audit_findings *findings,
                          bool (*visit)(void *context, const struct audit_precision *precision,
                                        struct error *err),
                          void *context, struct error *err)
{
    struct tally tally = {.findings = findings};
    bool ok = false;

    tally.raised = malloc((findings->count + 1) * sizeof *tally.raised);
    if (tally.raised == NULL) return error_set(err, ERROR_MEMORY, "no memory for findings");
    for (size_t i = 0; i < findings->rule_count; i++)
        tally.rules[i].rule = findings->rules[i];
    for (size_t i = 0; i < findings->count; i++) {
        struct audit_precision *precision = find_rule(&tally, findings->list[i].rule->id);

        assert(precision != NULL);
        tally.raised[i] = findings->list[i].identity;
        count_finding(precision, findings->list[i].state);
    }
    qsort(tally.raised, findings->count, sizeof *tally.raised, compare_hashes);
    if (!finding_decision_each(journal, count_decision, &tally, err)) goto out;
    for (size_t i = 0; i < findings->rule_count; i++)
        if (!visit(context, &tally.rules[i], err)) goto out;
    ok = true;
out:
    free(tally.raised);
    return ok;
}
