/*
 * stocktakes.c - rounds of stock-taking: docs/format.md section 5.14.
 *
 * 1. A round counts assets of its division, from the day on which it was opened to the day on which
 *    it is closed; of two counts of one asset the later counts.
 * 2. It closes with no more found, here or elsewhere, than were counted so. What is missing and
 *    what changed takes the whole register as it stood then.
 */
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define CODE_SIZE 65

void custody_done(struct custody *custody)
{
    free(custody->disposals);
    free(custody->rounds);
    *custody = (struct custody){.disposals = NULL};
}

bool stocktakes_open(struct state *state, const struct view *row, struct error *err)
{
    struct custody *custody = &state->custody;
    struct stocktake *round;

    if (!array_reserve(&custody->rounds, sizeof *custody->rounds, custody->round_count,
                       &custody->round_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "round", custody->round_count, err))
        return false;
    round = &custody->rounds[custody->round_count++];
    view_text(row, "division", round->division, sizeof round->division);
    round->opened_on = round->day = row_date(row, "date");
    return true;
}

static bool find_open(struct state *state, const struct view *row, struct stocktake **out,
                      struct error *err)
{
    uint32_t index = 0;

    if (!row_require(state, row, "round", &index, err)) return false;
    *out = &state->custody.rounds[index];
    return !(*out)->is_closed || row_refuse(N_("goes on with a round that is closed"), err);
}

/* Where it was seen goes with whether it was found. */
static bool check_seen(const struct view *row, const struct asset *asset, struct error *err)
{
    return (row_is(row, "found", "missing") == row_is(row, "state", "none") &&
            row_is(row, "found", "elsewhere") != row_is(row, "division", asset->division)) ||
           row_refuse(N_("was seen where or in a state that \"found\" rules out"), err);
}

static void tally(struct stocktake *round, int64_t found, int64_t by)
{
    if (found == 1) round->found += by;
    if (found == 2) round->elsewhere += by;
}

/* The count that it takes the place of counts no more. */
static bool count_once(struct state *state, const struct view *row, struct stocktake *round,
                       struct error *err)
{
    const int64_t found = row_is(row, "found", "found") ? 1 : row_is(row, "found", "elsewhere") * 2;
    char code[CODE_SIZE], asset[CODE_SIZE];
    struct row_sum *last;
    hash_t key;

    view_text(row, "round", code, sizeof code);
    view_text(row, "asset", asset, sizeof asset);
    key = key_of("count/%s/%s", code, asset);
    if (!row_find_sum(state, &key, &last, err)) return false;
    tally(round, last->told.fen, -1);
    tally(round, found, 1);
    last->told.fen = found;
    return true;
}

bool stocktakes_count(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    struct stocktake *round;
    struct asset *asset;

    if (!find_open(state, row, &round, err) || !row_require_order(round->opened_on, day, err) ||
        !assets_require(state, row, "date", &asset, err))
        return false;
    if (!division_code_is_within(asset->division, round->division))
        return row_refuse(N_("counts an asset of another division than the round's"), err);
    if (!check_seen(row, asset, err)) return false;
    if (date_is_before(asset->counted_on, day)) asset->counted_on = day;
    if (date_is_before(round->day, day)) round->day = day;
    return count_once(state, row, round, err);
}

bool stocktakes_close(struct state *state, const struct view *row, struct error *err)
{
    struct stocktake *round;

    if (!find_open(state, row, &round, err) ||
        !row_require_order(round->day, row_date(row, "date"), err))
        return false;
    round->is_closed = true;
    return (row_number(row, "found") <= round->found &&
            row_number(row, "elsewhere") <= round->elsewhere) ||
           row_refuse(N_("closes with more found than were counted so"), err);
}
