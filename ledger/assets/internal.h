/* internal.h - what the files of the assets module share. Private to ledger/assets. */
#ifndef LEDGER_ASSETS_INTERNAL_H
#define LEDGER_ASSETS_INTERNAL_H

#include "ledger/assets/assets.h"

#define TEXT(field)   (record->values[field].text)
#define NUMBER(field) (record->values[field].number)

/* Derived tables of the register as it stands: register.c. */
extern const struct store_table asset_now_table, asset_line_table, asset_use_table,
    asset_place_table, asset_receipt_table;
/** Keep them after an entry of one of the kinds about an asset. */
bool register_keep(struct journal *journal, const struct entry_view *entry,
                   struct error *err) MUST_CHECK;
/** Is any asset, on that day, elsewhere than it is now? */
bool register_has_moved(struct journal *journal, const char *day, bool *out,
                        struct error *err) MUST_CHECK;
/** An asset, or a household's, as what files belong to: journal_module.find_thing(). */
bool register_find_thing(struct journal *journal, const char *what, const char *code,
                         struct journal_thing *out, bool *found, struct error *err) MUST_CHECK;
/** What assets were said to have cost of a project's plan line; zero when none were. */
bool register_line_sum(struct journal *journal, const char *project, int64_t line, money_t *out,
                       struct error *err) MUST_CHECK;
/** Another asset with this certificate, not scrapped; "" when there is none. */
bool register_find_certificate(struct journal *journal, const char *certificate,
                               const char *but_asset, char out[CODE_SIZE],
                               struct error *err) MUST_CHECK;
/** The certificate that counts of an asset, "", and the first day that anything was said of. */
bool register_read(struct journal *journal, const char *asset, char certificate[TEXT_SIZE],
                   char first_day[DATE_TEXT_SIZE], struct error *err) MUST_CHECK;

/** Whose division has the title on a day; before the first, whose that is; "" without any. */
bool register_owner_on(struct journal *journal, const char *asset, const char *day,
                       char out[DIVISION_CODE_SIZE], struct error *err) MUST_CHECK;

/* checks.c and household.c, one for each kind */
RECORD_CHECK(check_register) MUST_CHECK;
RECORD_CHECK(check_cost) MUST_CHECK;
/* a title by whatever entry, and by a row */
RECORD_CHECK(check_title) MUST_CHECK;
RECORD_CHECK(check_title_row) MUST_CHECK;
RECORD_CHECK(check_state) MUST_CHECK;
RECORD_CHECK(check_household) MUST_CHECK;
RECORD_CHECK(check_household_change) MUST_CHECK;
RECORD_CHECK(check_household_total) MUST_CHECK;

/* household_end.c: is the purpose of what a household's row seals over? */
bool settle_household(struct journal *journal, const struct record *record,
                      const struct json_document *document, uint32_t act_body,
                      struct error *err) MUST_CHECK;
bool settle_household_change(struct journal *journal, const struct record *record,
                             const struct json_document *document, uint32_t act_body,
                             struct error *err) MUST_CHECK;

#endif
