/* internal.h - what the files of the disclosure module share. Private to ledger/disclosure. */
#ifndef LEDGER_DISCLOSURE_INTERNAL_H
#define LEDGER_DISCLOSURE_INTERNAL_H

#include "base/buffer.h"
#include "ledger/disclosure/disclosure.h"

#define SQL_SIZE_BYTES_MAX 4096 /* of a statement made from a table's columns */
#define FIELD_NONE         SIZE_MAX

/** A kind as a table: its entries, its rows, and where the fields stand that all kinds ask for. */
struct disclosure_table {
    const struct entry_kind *kind;
    const struct store_table *table; /* seq, then the fields */
    size_t field_count;
    size_t code;     /* its own code, that of no other row of the kind; FIELD_NONE */
    size_t division; /* FIELD_NONE: that of what it belongs to */
    size_t date;     /* a day that must have come; FIELD_NONE */
    /** What the fields alone don't say. `division_out` is set to whose row it is when it has no
     * such field itself. NULL: nothing. */
    bool (*check)(struct journal *journal, const struct disclosure_record *record,
                  char division_out[DIVISION_CODE_SIZE], struct error *err);
};

const struct disclosure_table *disclosure_table(enum disclosure_kind kind);

/** The record that an entry's body holds; `out` is large. */
bool record_read_body(const struct disclosure_table *table, const struct entry_view *entry,
                      struct disclosure_record *out, struct error *err) MUST_CHECK;
bool record_insert(struct journal *journal, const struct disclosure_table *table,
                   const struct disclosure_record *record, struct error *err) MUST_CHECK;
/** How many rows of a kind have that text in that field. */
bool record_count(struct journal *journal, enum disclosure_kind kind, size_t field,
                  const char *text, int64_t *out, struct error *err) MUST_CHECK;

/** Money for a project that isn't in the bank is refused where the policy says so: bank.c. */
bool bank_guard(struct journal *journal, const struct entry_view *entry,
                struct error *err) MUST_CHECK;

/** Keep the entries by which money was passed on and projects accepted: decision.c. */
bool decision_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
/** The entry that approved a voucher or accepted a project; 0 when none did. */
bool decision_find(struct journal *journal, const char *code, uint64_t *out,
                   struct error *err) MUST_CHECK;
extern const struct store_table decision_table;

/* checks.c, one for each kind that needs one */
#define DISCLOSURE_CHECK(name)                                                                     \
    bool name(struct journal *journal, const struct disclosure_record *record,                     \
              char division_out[DIVISION_CODE_SIZE], struct error *err)
DISCLOSURE_CHECK(check_plan) MUST_CHECK;
DISCLOSURE_CHECK(check_change) MUST_CHECK;
DISCLOSURE_CHECK(check_finance) MUST_CHECK;
DISCLOSURE_CHECK(check_principle) MUST_CHECK;
DISCLOSURE_CHECK(check_achieve) MUST_CHECK;
DISCLOSURE_CHECK(check_enter) MUST_CHECK;
DISCLOSURE_CHECK(check_leave) MUST_CHECK;
DISCLOSURE_CHECK(check_loan) MUST_CHECK;
DISCLOSURE_CHECK(check_count) MUST_CHECK;
DISCLOSURE_CHECK(check_entrust) MUST_CHECK;
DISCLOSURE_CHECK(check_channel) MUST_CHECK;
DISCLOSURE_CHECK(check_complaint) MUST_CHECK;
DISCLOSURE_CHECK(check_answer) MUST_CHECK;
DISCLOSURE_CHECK(check_notice) MUST_CHECK;
DISCLOSURE_CHECK(check_remove) MUST_CHECK;
DISCLOSURE_CHECK(check_calendar) MUST_CHECK;

#endif
