/*
 * test_decisions.c - what an inspector decided of a finding stands as long as its facts do; who may
 * decide; a replay finds the same findings, word for word.
 */
#include "audit_world.h"

#include <stdio.h>

static struct fixture world;

static void make_lead(void)
{
    struct voucher_line come =
        line("100000.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &come);
}

static bool decide(struct journal *journal, const struct signatory *by, void *context,
                   struct error *err)
{
    return finding_decide(journal, by, context, err);
}

static struct finding_decision decision_on(const char *as_of, enum finding_state state)
{
    const struct audit_finding *finding = the_finding(&world, "R08", as_of);
    struct finding_decision decision = {.finding = finding->identity,
                                        .version = finding->rule->version,
                                        .state = state,
                                        .date = day("2022-01-10")};

    (void)snprintf(decision.rule, sizeof decision.rule, "%s", finding->rule->id);
    memcpy(decision.division, finding->division, sizeof decision.division);
    (void)snprintf(decision.reason, sizeof decision.reason, "%s", "等待冬闲施工，已核实");
    return decision;
}

static void decide_well(const char *as_of, enum finding_state state)
{
    struct finding_decision decision = decision_on(as_of, state);
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_act(&world, "sun", decide, &decision, &err), err);
}

START_TEST(a_cleared_finding_stays_cleared_while_its_facts_stand)
{
    const struct audit_finding *finding;

    make_lead();
    ck_assert_int_eq(the_finding(&world, "R08", "2021-06-01")->state, FINDING_OPEN);
    decide_well("2021-06-01", FINDING_CLEARED);
    finding = the_finding(&world, "R08", "2021-12-31"); /* other days, other numbers */
    ck_assert_int_eq(finding->state, FINDING_CLEARED);
    ck_assert_str_eq(finding->reason, "等待冬闲施工，已核实");
    set_policy(&world, "stuck_days", "2021-01-01", 20); /* another limit, the same facts */
    ck_assert_int_eq(the_finding(&world, "R08", "2021-12-31")->state, FINDING_CLEARED);
    /* A year later it is another case. */
    ck_assert_int_eq(the_finding(&world, "R08", "2022-04-02")->state, FINDING_OPEN);
}
END_TEST

START_TEST(a_later_decision_takes_the_place_of_the_earlier)
{
    make_lead();
    decide_well("2021-06-01", FINDING_CLEARED);
    decide_well("2021-06-01", FINDING_CONFIRMED);
    ck_assert_int_eq(the_finding(&world, "R08", "2021-06-01")->state, FINDING_CONFIRMED);
}
END_TEST

START_TEST(more_of_the_same_is_another_finding)
{
    hash_t before;
    char code[8];

    for (int i = 0; i < 6; i++) {
        (void)snprintf(code, sizeof code, "A%d", i);
        add_project(&world, code, VILLAGE_1);
        accept_project(&world, code, "2021-11-20", "农业农村局");
        if (i == 4) before = the_finding(&world, "R18", "2021-12-31")->identity;
    }
    ck_assert(!hash_equal(&the_finding(&world, "R18", "2021-12-31")->identity, &before));
}
END_TEST

static void refuse(const char *user, struct finding_decision decision, enum error_code code,
                   const char *words)
{
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_act(&world, user, decide, &decision, &err));
    ck_assert_error(err, code, words);
}

START_TEST(only_an_inspector_decides_with_a_reason_on_a_day_that_has_come)
{
    struct finding_decision good, bad;

    make_lead();
    good = decision_on("2021-06-01", FINDING_CLEARED);
    refuse("li", good, ERROR_PERMISSION, "inspector");
    bad = good;
    bad.reason[0] = '\0';
    refuse("sun", bad, ERROR_INPUT, "give a reason");
    bad = good;
    bad.date = day("2024-01-02");
    refuse("sun", bad, ERROR_INPUT, "has not come yet");
    bad = good;
    (void)snprintf(bad.reason, sizeof bad.reason, "已问过%s", fixture_id_number(7));
    refuse("sun", bad, ERROR_INPUT, "holds an ID number");
    bad = good;
    bad.version = 0;
    refuse("sun", bad, ERROR_INPUT, "no version 0");
    ck_assert_int_eq(the_finding(&world, "R08", "2021-06-01")->state, FINDING_OPEN);
}
END_TEST

START_TEST(an_inspector_of_a_town_decides_there_alone)
{
    struct finding_decision decision;
    struct error err = ERROR_INIT;

    fixture_add_user(&world, "tang", "inspector", TOWN_1);
    make_lead();
    decision = decision_on("2021-06-01", FINDING_CLEARED);
    refuse("tang", decision, ERROR_PERMISSION, "inspector");
    (void)snprintf(decision.division, sizeof decision.division, "%s", VILLAGE_1);
    ck_assert_ok(fixture_try_act(&world, "tang", decide, &decision, &err), err);
}
END_TEST

/* ---- Replay ---------------------------------------------------------------------------------- */

static void assert_same(const struct audit_findings *left, const struct audit_findings *right)
{
    ck_assert_uint_eq(audit_findings_count(left), audit_findings_count(right));
    for (size_t i = 0; i < audit_findings_count(left); i++) {
        const struct audit_finding *a = audit_findings_at(left, i);
        const struct audit_finding *b = audit_findings_at(right, i);

        ck_assert(hash_equal(&a->identity, &b->identity));
        ck_assert_str_eq(a->sentence, b->sentence);
        ck_assert_int_eq(a->state, b->state);
    }
}

START_TEST(a_replay_finds_the_same)
{
    struct audit_findings *here, *there;
    struct ledger *replayed = NULL;
    struct error err = ERROR_INIT;

    make_lead();
    decide_well("2021-05-03", FINDING_CLEARED);
    fixture_fund_village_1(&world, "5000.00");
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &replayed, &err), err);
    ck_assert_ok(journal_replay(world.journal, ledger_journal(replayed), NULL, NULL, &err), err);
    here = findings_of(world.journal, "", "2021-12-31");
    there = findings_of(ledger_journal(replayed), "", "2021-12-31");
    ck_assert_uint_gt(audit_findings_count(here), 3);
    assert_same(here, there);
    audit_findings_free(here);
    audit_findings_free(there);
    ledger_close(replayed);
    assert_replay_is_identical(&world);
}
END_TEST

/* ---- Order, scope, finding, precision -------------------------------------------------------- */

START_TEST(the_gravest_come_first_and_a_scope_only_chooses)
{
    struct audit_findings *all, *there;
    const struct audit_rule *none = NULL;
    struct audit_filter filter = {.rules = &none, .scope = TOWN_1, .as_of = day("2023-12-31")};
    struct error err = ERROR_INIT;
    size_t within = 0;

    make_lead();
    fixture_fund_village_1(&world, "5000.00");
    all = findings_of(world.journal, "", "2023-12-31");
    ck_assert_ok(audit_run(world.journal, &filter, &there, &err), err);
    ck_assert_uint_gt(audit_findings_count(all), audit_findings_count(there));
    for (size_t i = 0; i < audit_findings_count(all); i++) {
        const struct audit_finding *finding = audit_findings_at(all, i);

        if (i > 0) ck_assert_int_le(finding->level, audit_findings_at(all, i - 1)->level);
        if (!division_code_is_within(finding->division, TOWN_1)) continue;
        ck_assert(hash_equal(&finding->identity, &audit_findings_at(there, within++)->identity));
    }
    ck_assert_uint_eq(within, audit_findings_count(there));
    audit_findings_free(all);
    audit_findings_free(there);
}
END_TEST

START_TEST(a_finding_is_named_by_its_first_digits)
{
    const struct audit_finding *found = NULL;
    struct audit_findings *findings;
    struct error err = ERROR_INIT;
    char hex[HASH_HEX_SIZE];

    make_lead();
    findings = findings_of(world.journal, "R08", "2021-12-31");
    (void)hash_to_hex(&audit_findings_at(findings, 0)->identity, hex);
    hex[8] = '\0';
    ck_assert_ok(audit_findings_find(findings, hex, &found, &err), err);
    ck_assert_ptr_eq(found, audit_findings_at(findings, 0));
    hex[7] = '\0';
    ck_assert(!audit_findings_find(findings, hex, &found, &err));
    ck_assert_error(err, ERROR_INPUT, "too short");
    err = (struct error)ERROR_INIT;
    ck_assert(!audit_findings_find(findings, "0123456789", &found, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no finding of that day");
    audit_findings_free(findings);
}
END_TEST

static bool take_precision(void *context, const struct audit_precision *precision,
                           struct error *err)
{
    (void)err;
    *(struct audit_precision *)context = *precision;
    return true;
}

START_TEST(precision_counts_what_was_decided_for_good)
{
    struct voucher_line down =
        line("100000.00", COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    struct audit_precision precision;
    struct audit_findings *findings;
    struct error err = ERROR_INIT;

    make_lead();
    decide_well("2021-06-01", FINDING_CONFIRMED);
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-06-02", &down);
    /* On the 31st of July it stands in the town: one open, and one confirmed that is gone. */
    findings = findings_of(world.journal, "R08", "2021-07-31");
    ck_assert_ok(audit_precision_each(world.journal, findings, take_precision, &precision, &err),
                 err);
    ck_assert_uint_eq(precision.raised, 2);
    ck_assert_uint_eq(precision.open, 1);
    ck_assert_uint_eq(precision.confirmed, 1);
    ck_assert_uint_eq(precision.cleared, 0);
    audit_findings_free(findings);
}
END_TEST

START_TEST(every_rule_is_whole)
{
    const struct audit_rule *found = NULL;
    struct error err = ERROR_INIT;

    for (size_t i = 0; audit_rules[i] != NULL; i++) {
        const struct audit_rule *rule = audit_rules[i];

        if (i > 0) ck_assert_int_lt(strcmp(audit_rules[i - 1]->id, rule->id), 0);
        ck_assert_int_ge(rule->version, 1);
        ck_assert(rule->level >= 1 && rule->level <= 3);
        ck_assert(rule->title[0] != '\0' && rule->basis[0] != '\0');
        ck_assert_ok(audit_rule_find(rule->id, &found, &err), err);
        ck_assert_ptr_eq(found, rule);
    }
    ck_assert(!audit_rule_find("R99", &found, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no rule \"R99\"");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_cleared_finding_stays_cleared_while_its_facts_stand,
        a_later_decision_takes_the_place_of_the_earlier,
        more_of_the_same_is_another_finding,
        only_an_inspector_decides_with_a_reason_on_a_day_that_has_come,
        an_inspector_of_a_town_decides_there_alone,
        a_replay_finds_the_same,
        the_gravest_come_first_and_a_scope_only_chooses,
        a_finding_is_named_by_its_first_digits,
        precision_counts_what_was_decided_for_good,
        every_rule_is_whole,
    };

    return fixture_run("audit decisions", tests, ARRAY_COUNT(tests), &world);
}
