/* internal.h - what the files of the records module share. Private to ledger/records. */
#ifndef LEDGER_RECORDS_INTERNAL_H
#define LEDGER_RECORDS_INTERNAL_H

#include "ledger/records/records.h"

#define SQL_SIZE_BYTES_MAX 4096 /* of a statement made from a table's columns */
#define SUBJECT_SIZE_MAX   (RECORD_SUBJECT_MAX * TEXT_SIZE)

bool record_is_number(const struct record_kind *kind, size_t field);
/** The index of `is_gone`, of a kind that seals something. */
size_t record_detail(const struct record_kind *kind);
/** What the seal of a row's detail names: its code, or the fields that the kind names. */
bool record_subject(const struct record_kind *kind, const struct record *record, struct buffer *out,
                    struct error *err) MUST_CHECK;

/** The record that an entry's body holds, what it seals opened; `out` is large. */
bool record_read_body(struct journal *journal, const struct record_kind *kind,
                      const struct entry_view *entry, struct record *out,
                      struct error *err) MUST_CHECK;

#endif
