/* audit_world.c - see audit_world.h. */
#include "audit_world.h"

#include <stdio.h>
#include <stdlib.h>

void add_project(struct fixture *world, const char *code, const char *division)
{
    struct project *project = malloc(sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    fixture_project(project, code);
    (void)snprintf(project->division, sizeof project->division, "%s", division);
    ck_assert_ok(fixture_try_project(world, project, &err), err);
    free(project);
}

void commit_contract(struct fixture *world, const char *code, const char *project)
{
    struct voucher_line bound = line("400000.00", AVAILABLE, COMMITTED);

    under(&bound, project, code, 1);
    fixture_post(world, MOVEMENT_COMMITMENT, "2021-04-10", &bound);
}

void add_contract(struct fixture *world, const char *code, const char *project)
{
    struct contract contract = fixture_contract(code, project);
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_contract(world, &contract, &err), err);
    commit_contract(world, code, project);
}

struct event {
    const char *project, *date, *unit;
    int percent;
};

static bool record(struct journal *journal, const struct signatory *by, void *context,
                   struct error *err)
{
    const struct event *event = context;

    if (event->unit != NULL)
        return project_record_acceptance(journal, by, event->project, day(event->date), event->unit,
                                         "合格", err);
    return project_record_progress(journal, by, event->project, day(event->date), event->percent,
                                   "现场查看", err);
}

static void do_event(struct fixture *world, struct event event)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_act(world, "li", record, &event, &err), err);
}

void record_progress(struct fixture *world, const char *project, const char *date, int percent)
{
    do_event(world, (struct event){project, date, NULL, percent});
}

void accept_project(struct fixture *world, const char *project, const char *date, const char *unit)
{
    do_event(world, (struct event){project, date, unit, 0});
}

struct voucher_receipt pay_project(struct fixture *world, const char *project, const char *contract,
                                   const char *date, const char *amount)
{
    struct voucher_line paid =
        contract[0] != '\0' ? line(amount, COMMITTED, "") : pay(amount, AVAILABLE, "供销社");

    if (contract[0] != '\0') to_contractor(&paid);
    under(&paid, project, contract, 1);
    return fixture_post(world, MOVEMENT_PAYMENT, date, &paid);
}

void set_policy(struct fixture *world, const char *name, const char *date, int value)
{
    char body[256];

    (void)snprintf(body, sizeof body, "{\"name\":\"%s\",\"valid_from\":\"%s\",\"value\":%d}", name,
                   date, value);
    fixture_agree(world, "policy.set", body);
}

struct audit_findings *findings_of(struct journal *journal, const char *rule, const char *as_of)
{
    const struct audit_rule *wanted = NULL;
    struct audit_filter filter = {.rules = &wanted, .as_of = day(as_of)};
    struct audit_findings *findings = NULL;
    struct error err = ERROR_INIT;

    if (rule[0] != '\0') {
        ck_assert_ok(audit_rule_find(rule, &wanted, &err), err);
        filter.rule_count = 1;
    }
    ck_assert_ok(audit_run(journal, &filter, &findings, &err), err);
    return findings;
}

size_t raised(struct fixture *world, const char *rule, const char *as_of)
{
    struct audit_findings *findings = findings_of(world->journal, rule, as_of);
    size_t count = audit_findings_count(findings);

    audit_findings_free(findings);
    return count;
}

const struct audit_finding *the_finding(struct fixture *world, const char *rule, const char *as_of)
{
    static struct audit_findings *kept;

    audit_findings_free(kept);
    kept = findings_of(world->journal, rule, as_of);
    ck_assert_uint_eq(audit_findings_count(kept), 1);
    return audit_findings_at(kept, 0);
}

int64_t number_of(const struct audit_finding *finding, const char *name)
{
    for (size_t i = 0; i < finding->number_count; i++)
        if (strcmp(finding->numbers[i].name, name) == 0) return finding->numbers[i].value;
    ck_abort_msg("no number %s in: %s", name, finding->sentence);
    return 0;
}
