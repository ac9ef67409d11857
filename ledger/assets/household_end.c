/*
 * household_end.c - when what an asset of a household seals has served its purpose.
 *
 * 1. The household's asset: when a change tells that it isn't in use any more. Which change, is
 *    sealed; that there is one, everybody sees, and a replay without the changes asks no more.
 * 2. A change: when what it changed goes too or is gone. Without it the asset would be in use
 * again.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/assets/internal.h"

/* The state that counts of a household's asset. */
struct last_change {
    bool is_any, is_in_use, is_unknown;
};

static bool find_last_change(struct journal *journal, const char *asset, struct last_change *out,
                             struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT state, (SELECT MAX(is_gone) FROM household_change WHERE asset = "
                         "$1) FROM household_change WHERE asset = $1 ORDER BY date DESC, seq DESC "
                         "LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, asset);
    if (!statement_step(select, &has_row, err)) return false;
    *out = (struct last_change){.is_any = has_row};
    if (!has_row) return true;
    out->is_in_use = strcmp(statement_text(select, 0), "in_use") == 0;
    out->is_unknown = statement_integer(select, 1) != 0 && journal_is_replaying(journal);
    statement_reset(select);
    return true;
}

bool settle_household(struct journal *journal, const struct record *record,
                      const struct json_document *document, uint32_t act_body, struct error *err)
{
    struct last_change last;

    (void)document;
    (void)act_body;
    if (!find_last_change(journal, TEXT(HOUSEHOLD_ASSET), &last, err)) return false;
    return (last.is_any && (!last.is_in_use || last.is_unknown)) ||
           error_set(err, ERROR_STATE,
                     "household asset %s is in use, so its purpose isn't over; enter what became "
                     "of it first, or give the ground that law gives for erasing it now",
                     TEXT(HOUSEHOLD_ASSET));
}

bool settle_household_change(struct journal *journal, const struct record *record,
                             const struct json_document *document, uint32_t act_body,
                             struct error *err)
{
    struct sealed_place place = {.kind = "household_asset.register", .member = "detail"};
    struct record *asset = NULL;
    bool goes, ok = false;

    if (!record_fetch(journal, &household_asset, TEXT(HOUSEHOLD_CHANGE_ASSET), &asset, err))
        return false;
    place.seq = asset->seq;
    if (!journal_is_going(journal, document, act_body, &place, &goes, err)) goto out;
    ok = goes || error_set(err, ERROR_STATE,
                           "without its change household asset %s would be in use again; erase "
                           "both, the asset of entry %llu too",
                           TEXT(HOUSEHOLD_CHANGE_ASSET), (unsigned long long)asset->seq);
out:
    free(asset);
    return ok;
}
