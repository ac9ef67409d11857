/*
 * findings.h - decisions on findings: docs/format.md section 5.10.
 */
#ifndef AUDIT_VERIFY_FINDINGS_H
#define AUDIT_VERIFY_FINDINGS_H

#include "audit/verify/state.h"

/** finding.decide: by an inspector of its division, on a day that had come. */
bool findings_decide(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
