/* audit_world.h - what happens to projects, contracts and money in a few words, and what rules say.
 */
#ifndef TESTS_AUDIT_AUDIT_WORLD_H
#define TESTS_AUDIT_AUDIT_WORLD_H

#include "audit/inspect/rules/rules.h"
#include "tests/funds/fixture.h"

#define AVAILABLE COUNTY " construction F1 available"
#define COMMITTED COUNTY " construction F1 committed"

/** A project like P1 in a division. */
void add_project(struct fixture *world, const char *code, const char *division);
/** A contract like C1 over 400,000.00, its money committed. */
void add_contract(struct fixture *world, const char *code, const char *project);
void commit_contract(struct fixture *world, const char *code, const char *project);
void record_progress(struct fixture *world, const char *project, const char *date, int percent);
void accept_project(struct fixture *world, const char *project, const char *date, const char *unit);
/** Paid under a project and, unless "", a contract of it; the voucher's number. */
struct voucher_receipt pay_project(struct fixture *world, const char *project, const char *contract,
                                   const char *date, const char *amount);
/** A policy from a day on. */
void set_policy(struct fixture *world, const char *name, const char *date, int value);

/** What a rule says as of a day; to be freed. "" for all rules. */
struct audit_findings *findings_of(struct journal *journal, const char *rule, const char *as_of);
/** How many it raises. */
size_t raised(struct fixture *world, const char *rule, const char *as_of);
/** It raises just one, which is copied: texts stay good until the next call. */
const struct audit_finding *the_finding(struct fixture *world, const char *rule, const char *as_of);
int64_t number_of(const struct audit_finding *finding, const char *name);

#endif
