/*
 * households.c - assets of households, which are sealed, and what is told of them together:
 * docs/format.md section 5.9.
 *
 * 1. A total is about the rows before it of the same import, of one division and category: one
 *    total of each. Where every value of the import can be read, it is their sum.
 * 2. Where some can't, as in a clone, the totals of an import are about no more assets than it has
 *    rows of them, and each about no more households than assets.
 */
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/assets.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define ROW_TEXT_SIZE TEXT_SIZE_MAX

bool households_know(const struct state *state, const char *code)
{
    hash_t key = key_of("household/%s", code);

    return map_find(&state->things, &key, NULL);
}

void assets_end_run(struct assets *assets)
{
    if (assets->run_assets == 0 && assets->group_count == 0) return;
    map_done(&assets->by_group);
    assets->group_count = 0;
    assets->run_assets = assets->run_told = 0;
    assets->is_run_partial = false;
}

/* The sum of a division and category in this import; made when it is new. */
static bool find_group(struct assets *assets, const char *division, const char *category,
                       struct household_sum **out, struct error *err)
{
    hash_t key = key_of("%s/%s", division, category);
    uint32_t index = 0;

    if (!map_find(&assets->by_group, &key, &index)) {
        if (!array_reserve(&assets->groups, sizeof *assets->groups, assets->group_count,
                           &assets->group_capacity, THINGS_MAX, err) ||
            !map_add(&assets->by_group, &key, (uint32_t)assets->group_count, err))
            return false;
        index = (uint32_t)assets->group_count++;
    }
    *out = &assets->groups[index];
    return true;
}

static bool add_row(struct assets *assets, const struct view *value, struct error *err)
{
    char division[DIVISION_CODE_SIZE], category[ROW_TEXT_SIZE], id_number[ID_CARD_SIZE];
    const date_t acquired = row_date(value, "acquired");
    struct household_sum *group;
    hash_t key;

    view_text(value, "division", division, sizeof division);
    view_text(value, "category", category, sizeof category);
    view_text(value, "id_number", id_number, sizeof id_number);
    if (!find_group(assets, division, category, &group, err) ||
        !money_add(group->amount, (money_t){row_number(value, "amount")}, &group->amount, err))
        return false;
    group->assets++;
    if (date_is_before(group->last, acquired)) group->last = acquired;
    key = key_of("%s/%s/%s", division, id_number, category);
    if (map_find(&assets->by_group, &key, NULL)) return true;
    group->households++;
    return map_add(&assets->by_group, &key, 0, err);
}

bool households_register(struct state *state, const struct view *row, struct error *err)
{
    struct view value = *row;
    char code[65];
    hash_t key;

    view_text(row, "asset", code, sizeof code);
    key = key_of("household/%s", code);
    if (map_find(&state->things, &key, NULL) || row_find(state, row, "asset", NULL))
        return row_refuse(N_("registers an asset of a household under a code that is another's"),
                          err);
    if (!map_add(&state->things, &key, 0, err)) return false;
    state->assets.run_assets++;
    if (row_open(row, "detail", &value)) return add_row(&state->assets, &value, err);
    state->assets.is_run_partial = true;
    return true;
}

bool households_change(struct state *state, const struct view *row, struct error *err)
{
    char code[65];

    view_text(row, "asset", code, sizeof code);
    return households_know(state, code) ||
           row_refuse(N_("tells of an asset of a household that no row before it registers"), err);
}

bool households_total(struct state *state, const struct view *row, struct error *err)
{
    struct assets *assets = &state->assets;
    char division[DIVISION_CODE_SIZE], category[ROW_TEXT_SIZE];
    const int64_t told = row_number(row, "assets"), households = row_number(row, "households");
    struct household_sum *group;

    view_text(row, "division", division, sizeof division);
    view_text(row, "category", category, sizeof category);
    if (!find_group(assets, division, category, &group, err)) return false;
    if (group->is_told) return row_refuse(N_("sums up again what a total before it sums up"), err);
    group->is_told = true;
    if (told > assets->run_assets - assets->run_told || households > told)
        return row_refuse(N_("sums up more assets of households than stand before it"), err);
    assets->run_told += told;
    if (assets->is_run_partial) return true;
    if (told != group->assets || households != group->households ||
        row_number(row, "amount") != group->amount.fen)
        return error_set(err, ERROR_VERIFY,
                         "says %lld assets of %lld households and %lld fen; the rows before it "
                         "are %lld, %lld and %lld",
                         (long long)told, (long long)households,
                         (long long)row_number(row, "amount"), (long long)group->assets,
                         (long long)group->households, (long long)group->amount.fen);
    return row_require_order(group->last, row_date(row, "date"), err);
}
