/* internal.h - what the files of the people module share. Private to ledger/people. */
#ifndef LEDGER_PEOPLE_INTERNAL_H
#define LEDGER_PEOPLE_INTERNAL_H

#include "ledger/people/people.h"

/** No loan without its three agreements, nor beyond them: guard.c. */
bool loan_guard(struct journal *journal, const struct entry_view *entry,
                struct error *err) MUST_CHECK;
/** What was erased by an act.second was of nobody who still owes: guard.c. */
bool erasure_guard(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;

/** Of agreements and guarantees: erasure_guard() asks, on every ground. */
bool settle_aid(struct journal *journal, const struct record *record,
                const struct json_document *document, uint32_t act_body,
                struct error *err) MUST_CHECK;

/* checks.c, one for each kind */
RECORD_CHECK(check_pool) MUST_CHECK;
RECORD_CHECK(check_entrustment) MUST_CHECK;
RECORD_CHECK(check_guarantee) MUST_CHECK;
RECORD_CHECK(check_agreement) MUST_CHECK;
RECORD_CHECK(check_provision) MUST_CHECK;

#endif
