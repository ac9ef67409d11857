/* internal.h - what the files of the disclosure module share. Private to ledger/disclosure. */
#ifndef LEDGER_DISCLOSURE_INTERNAL_H
#define LEDGER_DISCLOSURE_INTERNAL_H

#include "base/buffer.h"
#include "ledger/disclosure/disclosure.h"

/** Money for a project that isn't in the bank is refused where the policy says so: bank.c. */
bool bank_guard(struct journal *journal, const struct entry_view *entry,
                struct error *err) MUST_CHECK;

/** Keep the entries by which money was passed on or spent and projects went on: decision.c. */
bool decision_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
/** The entry that approved a voucher or accepted a project; 0 when none did. */
bool decision_find(struct journal *journal, const char *code, uint64_t *out,
                   struct error *err) MUST_CHECK;
/** Did an entry between the two change what became of a project, by a month's end? */
bool decision_touched(struct journal *journal, const char *project, uint64_t after, uint64_t before,
                      int32_t last_month, bool *out, struct error *err) MUST_CHECK;
extern const struct store_table decision_table, touch_table;

/** Keep what a publication or a notice leaves out: left_out.c. */
bool left_out_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
extern const struct store_table left_out_table;

/* checks.c, one for each kind that needs one */
RECORD_CHECK(check_plan) MUST_CHECK;
RECORD_CHECK(check_change) MUST_CHECK;
RECORD_CHECK(check_finance) MUST_CHECK;
RECORD_CHECK(check_principle) MUST_CHECK;
RECORD_CHECK(check_achieve) MUST_CHECK;
RECORD_CHECK(check_enter) MUST_CHECK;
RECORD_CHECK(check_leave) MUST_CHECK;
RECORD_CHECK(check_loan) MUST_CHECK;
RECORD_CHECK(check_count) MUST_CHECK;
RECORD_CHECK(check_entrust) MUST_CHECK;
RECORD_CHECK(check_channel) MUST_CHECK;
RECORD_CHECK(check_complaint) MUST_CHECK;
RECORD_CHECK(check_answer) MUST_CHECK;
RECORD_CHECK(check_notice) MUST_CHECK;
RECORD_CHECK(check_remove) MUST_CHECK;
RECORD_CHECK(check_calendar) MUST_CHECK;

#endif
