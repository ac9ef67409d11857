/*
 * findings.h - what an inspector decided of a lead that `audit` raised: finding.decide.
 *
 * 1. A decision is an entry of its own, signed by an inspector of the division that it is about. It
 *    is public whole and says nothing about persons: a lead is named by a hash.
 * 2. Decisions are never changed. A later one of the same finding takes the place of the earlier.
 * 3. What a finding is, and whether there is one, is not this module's business: whoever computes
 *    it (audit/inspect/rules) asks here what was decided.
 */
#ifndef LEDGER_FINDINGS_FINDINGS_H
#define LEDGER_FINDINGS_FINDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "ledger/journal/journal.h"

#define FINDING_RULE_SIZE   65   /* bytes, NUL included: "R18" */
#define FINDING_REASON_SIZE 2001 /* the same: 500 characters of UTF-8 */

extern const struct journal_module findings_module;

enum finding_state { FINDING_OPEN, FINDING_CLEARED, FINDING_CONFIRMED, FINDING_STATE_COUNT };
/** "open", "cleared", "confirmed"; static storage. */
const char *finding_state_name(enum finding_state state);
/** A decision's: "cleared" or "confirmed". */
bool finding_state_parse(const char *text, enum finding_state *out, struct error *err) MUST_CHECK;

struct finding_decision {
    hash_t finding;
    char rule[FINDING_RULE_SIZE];
    int32_t version; /* of the rule that raised it, 1 and above */
    char division[DIVISION_CODE_SIZE];
    enum finding_state state; /* FINDING_CLEARED or FINDING_CONFIRMED */
    date_t date;
    char reason[FINDING_REASON_SIZE]; /* never "" */
    /* set of what is read back */
    uint64_t seq;
    char by[USER_CODE_SIZE];
};

/** Append the signed decision. ERROR_PERMISSION unless `by` is an inspector of its division. */
bool finding_decide(struct journal *journal, const struct signatory *by,
                    const struct finding_decision *decision, struct error *err) MUST_CHECK;
/** The decision that stands; *found tells whether there is one. */
bool finding_decision_find(struct journal *journal, const hash_t *finding,
                           struct finding_decision *out, bool *found, struct error *err) MUST_CHECK;
/** The one that stands of each finding ever decided, in the order of the log. */
bool finding_decision_each(struct journal *journal,
                           bool (*visit)(void *context, const struct finding_decision *decision,
                                         struct error *err),
                           void *context, struct error *err) MUST_CHECK;

#endif
