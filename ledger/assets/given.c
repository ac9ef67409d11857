/*
 * given.c - what other entries than rows of assets say of one: a title by a handover, a state by a
 * disposal. It stands in the same tables, so that nobody who asks has to look elsewhere.
 */
#include <string.h>

#include "ledger/assets/internal.h"

bool asset_check_title(struct journal *journal, const struct record *title,
                       char division_out[DIVISION_CODE_SIZE], struct error *err)
{
    return check_title(journal, title, division_out, err);
}

bool asset_give_title(struct journal *journal, const struct record *title, struct error *err)
{
    const struct record *record = title;
    struct statement *update;

    if (!record_insert(journal, &asset_title, title, err) ||
        !store_statement(journal_store(journal),
                         "UPDATE asset_now SET titled_on = $1, owner_division = $2, certificate = "
                         "$3 WHERE code = $4 AND titled_on <= $1",
                         &update, err))
        return false;
    statement_bind_text(update, 1, TEXT(TITLE_DATE));
    statement_bind_text(update, 2, TEXT(TITLE_DIVISION));
    statement_bind_text(update, 3, TEXT(TITLE_CERTIFICATE));
    statement_bind_text(update, 4, TEXT(TITLE_ASSET));
    return statement_run(update, err);
}

bool asset_give_state(struct journal *journal, const struct record *state, bool is_end,
                      struct error *err)
{
    const struct record *record = state;
    struct statement *update;

    if (!record_insert(journal, &asset_state, state, err) ||
        !store_statement(journal_store(journal),
                         "UPDATE asset_now SET state_on = $1, state = $2, ended_on = $3 WHERE code "
                         "= $4 AND state_on <= $1",
                         &update, err))
        return false;
    statement_bind_text(update, 1, TEXT(STATE_DATE));
    statement_bind_text(update, 2, TEXT(STATE_STATE));
    statement_bind_text(update, 3, is_end ? TEXT(STATE_DATE) : "");
    statement_bind_text(update, 4, TEXT(STATE_ASSET));
    return statement_run(update, err);
}
