/*
 * rules.h - red flags: rules that walk a ledger as of a day and raise findings.
 *
 * 1. A rule is one file: its id and version, what it rests on, its dated parameters, and a function
 *    that raises. rules.c lists them all; docs/audit.md explains each.
 * 2. A finding is a lead, no verdict. It says in one sentence what is odd, with the numbers of the
 *    sum, so that it can be done again by hand, and cites the entries by number and leaf hash.
 * 3. A finding's identity is the hash of its rule, case, division, subject and cited entries: the
 *    same whenever the same facts stand, so that what an inspector cleared stays cleared. The day
 *    judged, the parameters and the words have no part in it.
 * 4. Findings are judged for a day, never by the clock, from the journal's derived tables alone.
 *    What is about a person cites the entry and says nothing of the person.
 */
#ifndef AUDIT_INSPECT_RULES_RULES_H
#define AUDIT_INSPECT_RULES_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "ledger/ledger.h"

#define AUDIT_PARAMETERS_MAX 4
#define AUDIT_NUMBERS_MAX    8
#define AUDIT_SUBJECT_SIZE   2100 /* bytes, NUL included */
#define AUDIT_FINDINGS_MAX   1000000
#define AUDIT_ID_PREFIX_MIN  8 /* hex digits that name a finding, at least */

/* ---- Rules ----------------------------------------------------------------------------------- */

enum audit_unit { AUDIT_COUNT, AUDIT_DAYS, AUDIT_PERCENT, AUDIT_SHARE, AUDIT_AMOUNT };
/** "count", "days", "percent", "share" (1/10,000), "fen"; static storage. */
const char *audit_unit_name(enum audit_unit unit);

/** A threshold: the policy that sets it from a day on, and what counts until one does. */
struct audit_parameter {
    const char *policy; /* "audit_r18_projects"; NULL ends a list */
    int64_t fallback;
    enum audit_unit unit;
    const char *meaning; /* in English, to be translated */
};

struct audit;

struct audit_rule {
    const char *id;    /* "R18" */
    int32_t version;   /* 1 and up: another one whenever it raises something else */
    int32_t level;     /* 1 to 3, 3 the gravest: of its gravest finding */
    const char *title; /* in English, to be translated */
    const char *basis; /* what law or practice it rests on; Chinese, as published */
    struct audit_parameter parameters[AUDIT_PARAMETERS_MAX + 1];
    bool (*walk)(struct audit *audit, struct error *err);
};

/** All rules by id; NULL-terminated, static. */
extern const struct audit_rule *const audit_rules[];
/** ERROR_NOT_FOUND names those that there are. */
bool audit_rule_find(const char *id, const struct audit_rule **out, struct error *err) MUST_CHECK;
/** A parameter as it stands on a day. */
bool audit_parameter_read(struct journal *journal, const struct audit_parameter *parameter,
                          date_t day, int64_t *out, struct error *err) MUST_CHECK;

/* ---- Findings -------------------------------------------------------------------------------- */

struct audit_number {
    const char *name; /* "paid"; static */
    enum audit_unit unit;
    int64_t value;
};

struct audit_citation {
    uint64_t seq;
    hash_t hash;
};

struct audit_finding {
    hash_t identity;
    const struct audit_rule *rule;
    const char *what;                  /* which case of the rule: "idle"; static */
    int32_t level;                     /* 1 to 3 */
    date_t day;                        /* on which it happened */
    char division[DIVISION_CODE_SIZE]; /* the lowest that holds all that it is about */
    char *subject, *sentence;          /* in the reader's language, the sentence */
    size_t number_count;
    struct audit_number numbers[AUDIT_NUMBERS_MAX];
    size_t citation_count;
    struct audit_citation *citations; /* by number, each once */
    enum finding_state state;
    char *reason; /* of the decision; "" while it is open */
};

struct audit_filter {
    const struct audit_rule *const *rules; /* lent; NULL when there are none */
    size_t rule_count;                     /* 0: all */
    const char *scope;                     /* a division's code; NULL or "": all */
    date_t as_of;
};

/** Findings by level (the gravest first), rule, division, subject, day, case and identity. */
struct audit_findings;
bool audit_run(struct journal *journal, const struct audit_filter *filter,
               struct audit_findings **out, struct error *err) MUST_CHECK;
size_t audit_findings_count(const struct audit_findings *findings);
/** Lent until audit_findings_free(). */
const struct audit_finding *audit_findings_at(const struct audit_findings *findings, size_t index);
/** The only one whose identity begins with these hex digits. ERROR_NOT_FOUND, ERROR_INPUT. */
bool audit_findings_find(const struct audit_findings *findings, const char *prefix,
                         const struct audit_finding **out, struct error *err) MUST_CHECK;
/** NULL allowed. */
void audit_findings_free(struct audit_findings *findings);

/** How good a rule is: of the findings raised on the day, and those decided that are not any more.
 */
struct audit_precision {
    const struct audit_rule *rule;
    uint64_t raised, open, cleared, confirmed; /* raised is the sum of the others */
};
/** One for each rule that ran, by id. */
bool audit_precision_each(struct journal *journal, const struct audit_findings *findings,
                          bool (*visit)(void *context, const struct audit_precision *precision,
                                        struct error *err),
                          void *context, struct error *err) MUST_CHECK;

#endif
