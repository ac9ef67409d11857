/*
 * sums.c - sums of the register, the parts of an asset's value, and what a project's money became.
 *
 * 1. A summary adds up what asset_each() tells and nothing else, so that it can't differ from it.
 */
#include <string.h>

#include "ledger/assets/internal.h"

/* ---- Parts and uses -------------------------------------------------------------------------- */

struct part_visit {
    asset_part_visit *visit;
    void *context;
    const char *day;
};

static bool see_part(void *context, const struct record *record, struct error *err)
{
    const struct part_visit *visit = context;
    struct asset_part part = {.seq = record->seq,
                              .amount = {NUMBER(COST_AMOUNT)},
                              .line = (int32_t)NUMBER(COST_LINE),
                              .year = (int32_t)NUMBER(COST_YEAR)};

    if (strcmp(TEXT(COST_DATE), visit->day) > 0) return true;
    memcpy(part.asset, TEXT(COST_ASSET), sizeof part.asset);
    memcpy(part.date, TEXT(COST_DATE), sizeof part.date);
    memcpy(part.funding, TEXT(COST_FUNDING), sizeof part.funding);
    memcpy(part.level, TEXT(COST_LEVEL), sizeof part.level);
    memcpy(part.project, TEXT(COST_PROJECT), sizeof part.project);
    memcpy(part.document, TEXT(COST_DOCUMENT), sizeof part.document);
    memcpy(part.text, TEXT(COST_TEXT), sizeof part.text);
    return visit->visit(visit->context, &part, err);
}

bool asset_part_each(struct journal *journal, const char *asset, date_t day,
                     asset_part_visit *visit, void *context, struct error *err)
{
    char text[DATE_TEXT_SIZE];
    struct part_visit parts = {visit, context, date_format(day, text)};

    return record_each(journal, &asset_cost, COST_ASSET, asset, see_part, &parts, err);
}

bool asset_use_each(struct journal *journal, const char *project, date_t day,
                    bool (*visit)(void *context, const struct asset_use *use, struct error *err),
                    void *context, struct error *err)
{
    struct statement *select = NULL;
    struct asset_use use;
    char text[DATE_TEXT_SIZE];
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal),
                       "SELECT u.project, u.line, u.asset, (SELECT COALESCE(SUM(c.amount), 0) FROM "
                       "asset_cost AS c WHERE c.date <= $1 AND c.asset = u.asset AND c.project = "
                       "u.project AND c.line = u.line) FROM asset_use AS u WHERE u.project = $2 "
                       "ORDER BY u.line, u.asset",
                       &select, err))
        return false;
    statement_bind_text(select, 1, date_format(day, text));
    statement_bind_text(select, 2, project);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (statement_integer(select, 3) == 0) continue;
        memset(&use, 0, sizeof use);
        memcpy(use.project, statement_text(select, 0), strlen(statement_text(select, 0)));
        use.line = (int32_t)statement_integer(select, 1);
        memcpy(use.asset, statement_text(select, 2), strlen(statement_text(select, 2)));
        if (!money_from_fen(statement_integer(select, 3), &use.amount, err) ||
            !visit(context, &use, err))
            goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

/* ---- Sums ------------------------------------------------------------------------------------ */

bool asset_sum_add(struct asset_sum *sum, const struct asset *asset, struct error *err)
{
    sum->count++;
    return money_add(sum->original, asset->original, &sum->original, err) &&
           money_add(sum->depreciation, asset->depreciation, &sum->depreciation, err) &&
           money_add(sum->net, asset->net, &sum->net, err);
}

bool household_sum(struct journal *journal, const char *scope, const char *category, date_t day,
                   struct household_sum *out, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE], text[DATE_TEXT_SIZE];
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(journal),
                         "SELECT COALESCE(SUM(assets), 0), COALESCE(SUM(households), 0), "
                         "COALESCE(SUM(amount), 0) FROM household_total WHERE division BETWEEN $1 "
                         "AND $2 AND date <= $3 AND ($4 = '' OR category = $4)",
                         &select, err))
        return false;
    division_code_range(scope, first, last);
    statement_bind_text(select, 1, first);
    statement_bind_text(select, 2, last);
    statement_bind_text(select, 3, date_format(day, text));
    statement_bind_text(select, 4, category == NULL ? "" : category);
    if (!statement_step(select, &has_row, err)) return false;
    out->assets = statement_integer(select, 0);
    out->households = statement_integer(select, 1);
    ok = money_from_fen(statement_integer(select, 2), &out->amount, err);
    statement_reset(select);
    return ok;
}

static enum asset_holder holder_of(const struct asset *asset)
{
    if (!asset->has_title) return ASSET_HELD_BY_NOBODY;
    switch (division_code_level(asset->owner_division)) {
    case DIVISION_VILLAGE:
        return ASSET_HELD_BY_VILLAGE;
    case DIVISION_TOWNSHIP:
        return ASSET_HELD_BY_TOWNSHIP;
    case DIVISION_COUNTY:
    case DIVISION_PREFECTURE:
    case DIVISION_PROVINCE:
        break;
    }
    return ASSET_HELD_BY_COUNTY;
}

static bool add_to_summary(void *context, const struct asset *asset, struct error *err)
{
    struct asset_summary *summary = context;
    const bool is_operational = strcmp(asset->class, "operational") == 0;
    size_t state = 0;

    while (strcmp(asset_state_list()[state], asset->state) != 0)
        state++;
    return asset_sum_add(&summary->all, asset, err) &&
           asset_sum_add(is_operational ? &summary->operational : &summary->public_welfare, asset,
                         err) &&
           asset_sum_add(&summary->by_holder[holder_of(asset)], asset, err) &&
           asset_sum_add(&summary->by_state[state], asset, err);
}

bool asset_summarize(struct journal *journal, const char *scope, date_t day,
                     struct asset_summary *out, struct error *err)
{
    const struct asset_filter filter = {.scope = scope};
    struct asset_summary summary;

    memset(&summary, 0, sizeof summary);
    if (!asset_each(journal, &filter, day, add_to_summary, &summary, err) ||
        !household_sum(journal, scope, NULL, day, &summary.households, err))
        return false;
    *out = summary;
    return true;
}
