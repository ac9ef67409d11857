/*
 * duty_judge.h - what became of a duty by a day. Private to ledger/disclosure.
 */
#ifndef LEDGER_DISCLOSURE_DUTY_JUDGE_H
#define LEDGER_DISCLOSURE_DUTY_JUDGE_H

#include "ledger/disclosure/duty_evidence.h"
#include "ledger/disclosure/duty_told.h"

/** A duty with what it takes to judge it. */
struct duty_case {
    struct duty duty;
    struct told_when when;
    int64_t standing_days; /* 0: for ever */
};

/** Fill in all of the duty that depends on notices and publications. */
bool duty_judge(struct journal *journal, const struct duty_index *index,
                const struct evidence *evidence, struct duty_case *of,
                struct error *err) MUST_CHECK;

#endif
