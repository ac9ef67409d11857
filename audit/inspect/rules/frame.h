/*
 * frame.h - what a rule's function works with. Private to audit/inspect/rules.
 *
 * A rule asks the derived tables in the order in which it groups (audit_query), cites the entries
 * of a group while it passes (audit_cite), adds the numbers of its sum (audit_number), and raises
 * or drops what it gathered. Rows come once: costs grow with what is looked at.
 */
#ifndef AUDIT_INSPECT_RULES_FRAME_H
#define AUDIT_INSPECT_RULES_FRAME_H

#include "audit/inspect/rules/rules.h"
#include "base/money.h"

#define AUDIT_CITATIONS_MAX 1000000 /* of one finding */

/** The finding that a rule is gathering. */
struct audit_gathering {
    size_t number_count;
    struct audit_number numbers[AUDIT_NUMBERS_MAX];
    size_t citation_count, citation_capacity;
    uint64_t *citations;
    char division[DIVISION_CODE_SIZE]; /* "" before the first audit_about() */
};

struct audit {
    struct journal *journal;
    const struct audit_rule *rule;
    date_t as_of;
    char day[DATE_TEXT_SIZE];             /* the same as text */
    int64_t values[AUDIT_PARAMETERS_MAX]; /* of the rule's parameters on that day */
    struct audit_gathering gathering;
    struct audit_findings *findings;
};

typedef bool audit_visit(void *context, const struct statement *row, struct error *err);

/** The rows of a query whose one parameter $1 is the day judged. `sql` is a string literal. */
bool audit_query(struct audit *audit, const char *sql, audit_visit *visit, void *context,
                 struct error *err) MUST_CHECK;

/** Forget what was gathered. */
void audit_drop(struct audit *audit);
/** Cite an entry. */
bool audit_cite(struct audit *audit, uint64_t seq, struct error *err) MUST_CHECK;
/** It is about this division, too: the finding is of the lowest one that holds all of them. */
void audit_about(struct audit *audit, const char *division);
void audit_number(struct audit *audit, const char *name, enum audit_unit unit, int64_t value);

/** What every finding has beside what was gathered. */
struct audit_head {
    const char *what; /* which case of the rule; static */
    int32_t level;
    date_t day;
    const char *subject;
};
/** Raise what was gathered, with a sentence in the reader's language, and begin anew. */
bool audit_raise(struct audit *audit, const struct audit_head *head, struct error *err,
                 const char *format, ...) PRINTF_LIKE(4, 5) MUST_CHECK;

/** Rows of vouchers v that took effect by $1 and were not undone by then. */
#define AUDIT_IN_FORCE                                                                             \
    "v.state IN ('posted', 'reversed') AND v.movement <> 'reversal' AND v.event_date <= $1 AND "   \
    "NOT EXISTS (SELECT 1 FROM voucher r WHERE r.number = v.reversed_by AND r.state = 'posted' "   \
    "AND r.event_date <= $1)"

/** What a leg l adds to what is paid, or takes from it; and the same with what is retained. */
#define AUDIT_PAID          AUDIT_ADDS("('in_transit', 'owed', 'spent')")
#define AUDIT_PAID_RETAINED AUDIT_ADDS("('in_transit', 'owed', 'retention', 'spent')")
#define AUDIT_ADDS(roles)                                                                          \
    "CASE WHEN l.to_role IN " roles " THEN l.amount ELSE 0 END - CASE WHEN l.from_role IN " roles  \
    " THEN l.amount ELSE 0 END"

/** Assets a that are not scrapped, disposed of or missing on the day $1. */
#define AUDIT_ASSET_IS_THERE                                                                       \
    "COALESCE((SELECT s.state FROM asset_state s WHERE s.asset = a.code AND s.date <= $1 ORDER "   \
    "BY s.date DESC, s.seq DESC LIMIT 1), 'in_use') NOT IN ('disposed', 'missing', 'scrapped')"

/** Copy a column's text, cut to fit. */
void audit_text(const struct statement *row, int column, char *out, size_t size);
bool audit_date(const struct statement *row, int column, date_t *out, struct error *err) MUST_CHECK;
/** Yuan of an amount that is in the ledger's range, grouped. Returns `text`. */
char *audit_yuan(money_t amount, char text[MONEY_TEXT_SIZE]);

/* findings.c */
struct audit_findings *findings_new(struct error *err) MUST_CHECK;
/** Take a finding whose heap is filled; freed on failure, too. */
bool findings_take(struct audit_findings *findings, struct audit_finding *finding,
                   struct error *err) MUST_CHECK;
void findings_note_rule(struct audit_findings *findings, const struct audit_rule *rule);
/** Drop those of divisions that don't lie within. */
void findings_keep_within(struct audit_findings *findings, const char *scope);
void findings_sort(struct audit_findings *findings);
void finding_done(struct audit_finding *finding);

/* One file each. */
extern const struct audit_rule audit_r08, audit_r12, audit_r13, audit_r15, audit_r17, audit_r18,
    audit_r19, audit_r20, audit_r21, audit_r22, audit_r23, audit_r29, audit_r30, audit_r32;

#endif
