/* internal.h - what the files of the income module share. Private to ledger/income. */
#ifndef LEDGER_INCOME_INTERNAL_H
#define LEDGER_INCOME_INTERNAL_H

#include "ledger/assets/assets.h"
#include "ledger/income/income.h"

#define TEXT(field)     (record->values[field].text)
#define NUMBER(field)   (record->values[field].number)
#define IS(field, word) (strcmp(TEXT(field), word) == 0)
#define HAS(field)      (TEXT(field)[0] != '\0')
#define BASIS_WHOLE     10000 /* 1/10,000 */

/** Who isn't an organisation with a credit code is a person, and stands under the seal alone. */
bool income_require_party(const struct record *record, size_t party, size_t uscc, size_t name,
                          struct error *err) MUST_CHECK;
/** A voucher by its number, posted, not reversed and of that movement. */
bool income_require_voucher(struct journal *journal, const char *number, enum movement movement,
                            struct voucher *out, struct error *err) MUST_CHECK;

/** The amounts of rows whose voucher `v` was posted and not reversed by the end of a day. */
#define IN_FORCE_ON(day)                                                                           \
    "(v.state = 'posted' OR (v.state = 'reversed' AND EXISTS (SELECT 1 FROM voucher AS x WHERE "   \
    "x.number = v.reversed_by AND x.event_date > " day ")))"

/** Keep after an entry what receipts brought. */
bool income_keep(struct journal *journal, const struct entry_view *entry,
                 struct error *err) MUST_CHECK;

/** The codes of a division and of all within it. */
struct codes {
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
};
/** A statement of the caller's own with a scope's first and last code as $1 and $2, which stand in
 * `codes` until it is freed. */
bool scope_prepare(struct journal *journal, const char *sql, const char *scope, struct codes *codes,
                   struct statement **out, struct error *err) MUST_CHECK;
/** The one row of a kept statement over one text: whole numbers, `count` of them. */
bool numbers_of(struct journal *journal, const char *sql, const char *text, int64_t *out,
                size_t count, struct error *err) MUST_CHECK;
void copy_column(const struct statement *row, int column, char *out, size_t size);

/** What the shares of a plan get that are for a use; all of them without one. */
bool plan_use_sum(struct journal *journal, const char *plan, const char *use, money_t *out,
                  struct error *err) MUST_CHECK;

/* one for each kind */
RECORD_CHECK(check_lease) MUST_CHECK;
RECORD_CHECK(check_lease_end) MUST_CHECK;
RECORD_CHECK(check_lease_due) MUST_CHECK;
RECORD_CHECK(check_receipt) MUST_CHECK;
RECORD_CHECK(check_holder) MUST_CHECK;
RECORD_CHECK(check_share) MUST_CHECK;
RECORD_CHECK(check_split) MUST_CHECK;
RECORD_CHECK(check_split_pay) MUST_CHECK;
RECORD_CHECK(check_township) MUST_CHECK;
RECORD_CHECK(check_debt) MUST_CHECK;
RECORD_CHECK(check_clear) MUST_CHECK;
RECORD_CHECK(check_standard) MUST_CHECK;

#endif
