/*
 * privacy.h - which totals of a voucher about people stand under a seal, and which mustn't
 * (docs/format.md section 5.3).
 *
 * 1. Totals in clear are about three people at the least, of each account, and never name what the
 *    bank returned: what is paid again, taken from what was paid, is what the others got.
 * 2. Nothing is hidden that could stand in clear.
 */
#ifndef MINGZHANG_AUDIT_VERIFY_PRIVACY_H
#define MINGZHANG_AUDIT_VERIFY_PRIVACY_H

#include "audit/verify/state.h"

/** A submission as far as it tells of people. */
struct privacy {
    bool is_about_people; /* as it says itself */
    bool is_reversal;
    bool are_sealed;                 /* its totals */
    bool are_totals_known;           /* they can be read */
    const struct postings *postings; /* what they say then, else none */
};

/** Hold a submission to the rules. People are counted where every line can be read; elsewhere fewer
 * than three lines are about fewer than three. */
bool privacy_check(const struct state *state, const struct run *run, const struct privacy *privacy,
                   struct error *err) MUST_CHECK;

#endif
