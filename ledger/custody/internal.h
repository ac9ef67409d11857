/* internal.h - what the files of the custody module share. Private to ledger/custody. */
#ifndef LEDGER_CUSTODY_INTERNAL_H
#define LEDGER_CUSTODY_INTERNAL_H

#include "ledger/custody/custody.h"

#define TEXT(field)   (record->values[field].text)
#define NUMBER(field) (record->values[field].number)
#define IS(field, w)  (strcmp(record->values[field].text, w) == 0)

/* Derived tables: how handovers, disposals and rounds stand. */
extern const struct store_table handover_now_table, disposal_now_table, stocktake_now_table;
extern const struct entry_kind handover_give_kind, handover_take_kind;

/* ---- SQL: kinds.c. Texts are bound in order and lent; NULL ends them ------------------------- */

/** Go to the first row of a kept statement. When *has_row, the caller resets it. */
bool custody_ask(struct journal *journal, const char *sql, const char *const *texts,
                 struct statement **out, bool *has_row, struct error *err) MUST_CHECK;
bool custody_run(struct journal *journal, const char *sql, const char *const *texts,
                 struct error *err) MUST_CHECK;
/** A statement of the caller's own whose $1 and $2 are the codes that a scope begins and ends with;
 * they stand in `codes` until it is freed. */
struct custody_scope {
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
};
bool custody_list(struct journal *journal, const char *sql, const char *scope,
                  struct custody_scope *codes, struct statement **out,
                  struct error *err) MUST_CHECK;
/** The column fits: the kind's table held it to that. */
void custody_copy(const struct statement *row, int column, char *out, size_t size);

/* ---- One asset is in one thing at a time ------------------------------------------------------
 */

/** It is on no handover that is listed or given. */
bool handover_require_none(struct journal *journal, const char *asset,
                           struct error *err) MUST_CHECK;
/** It is in no disposal that is open. */
bool disposal_require_none(struct journal *journal, const char *asset,
                           struct error *err) MUST_CHECK;

/** The title that a row of a list describes, from a day on, as a record of asset_title. */
void handover_title(const struct record *record, const char *date, struct record *out);

/** Find the step that must come next. */
void disposal_set_next(struct disposal *disposal);

/** After an entry: keep the tables above. */
bool handover_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
bool disposal_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
bool stocktake_keep(struct journal *journal, const struct entry_view *entry,
                    struct error *err) MUST_CHECK;

/** Lines of a round by division and code; states of the register as entries before `seq_end` told
 * them, of assets not counted on `day`. */
struct count_span {
    const char *round, *division, *day;
    uint64_t seq_end;
};
bool count_each(struct journal *journal, const struct count_span *span, stocktake_visit *visit,
                void *context, struct error *err) MUST_CHECK;
RECORD_CHECK(check_handover_asset) MUST_CHECK;
RECORD_CHECK(check_handover_drop) MUST_CHECK;
RECORD_CHECK(check_disposal_open) MUST_CHECK;
RECORD_CHECK(check_disposal_step) MUST_CHECK;
RECORD_CHECK(check_disposal_finish) MUST_CHECK;
RECORD_CHECK(check_disposal_drop) MUST_CHECK;
RECORD_CHECK(check_stocktake_open) MUST_CHECK;
RECORD_CHECK(check_stocktake_count) MUST_CHECK;
RECORD_CHECK(check_stocktake_close) MUST_CHECK;

#endif
