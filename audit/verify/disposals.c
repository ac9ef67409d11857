/*
 * disposals.c - how an asset is disposed of: docs/format.md section 5.14.
 *
 * 1. Steps are taken in their order, none that the method and the owner's level need is passed
 *    over, none is taken that they don't know, and no day is before the one before it.
 * 2. An asset is in one disposal at a time, and on no list of a handover that is open.
 * 3. What is sold was valued and brought something; what stays brings nothing.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/rows.h"
#include "base/compiler.h"
#include "base/language.h"

enum { AUCTION, CONVERSION, LOSS, SCRAPPING, SUSPENSION, TRANSFER, METHOD_COUNT };

static const struct {
    const char *name;
    enum asset_condition after;
    bool is_sold;
} methods[METHOD_COUNT] = {
    [AUCTION] = {"auction", ASSET_DISPOSED, true},
    [CONVERSION] = {"conversion", ASSET_IN_USE, false},
    [LOSS] = {"loss", ASSET_SCRAPPED, false},
    [SCRAPPING] = {"scrapping", ASSET_SCRAPPED, false},
    [SUSPENSION] = {"suspension", ASSET_IDLE, false},
    [TRANSFER] = {"transfer", ASSET_DISPOSED, true},
};

/* Levels of the owner's division, and methods, by bits. */
#define VILLAGE  (1U << DIVISION_VILLAGE)
#define TOWNSHIP (1U << DIVISION_TOWNSHIP)
#define ANY      (~0U)
#define SOLD     (1U << AUCTION | 1U << TRANSFER)
#define WRITTEN  (1U << LOSS | 1U << SCRAPPING)

static const struct {
    const char *name;
    unsigned owners;
    unsigned must, may; /* of which methods; of others it is no step */
} steps[] = {
    {"branch_proposal", VILLAGE, ANY, 0},
    {"committees", VILLAGE, ANY, 0},
    {"party_review", VILLAGE, ANY, 0},
    {"decision", VILLAGE, ANY, 0},
    {"decision_notice", VILLAGE, ANY, 0},
    {"result_notice", VILLAGE, ANY, 0},
    {"township_check", VILLAGE | TOWNSHIP, ANY, 0},
    {"sector_opinion", ANY, ANY, 0},
    {"county_approval", ANY, ANY, 0},
    {"valuation", ANY, SOLD | WRITTEN, 1U << CONVERSION},
    {"open_market", ANY, SOLD, WRITTEN},
    {"announcement", ANY, ANY, 0},
};

/* ---- Opening --------------------------------------------------------------------------------- */

bool disposals_open(struct state *state, const struct view *row, struct error *err)
{
    struct custody *custody = &state->custody;
    struct disposal *disposal;
    struct asset *asset;
    uint8_t method = 0;

    while (!row_is(row, "method", methods[method].name))
        method++;
    assert(method < METHOD_COUNT);
    if (!assets_require(state, row, "date", &asset, err)) return false;
    if (asset->owner[0] == '\0') return row_refuse(N_("disposes of an asset without a title"), err);
    if (asset->is_listed || asset->is_leaving)
        return row_refuse(
            N_("disposes of an asset that is being handed over, or disposed of already"), err);
    if (!array_reserve(&custody->disposals, sizeof *custody->disposals, custody->disposal_count,
                       &custody->disposal_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "disposal", custody->disposal_count, err))
        return false;
    disposal = &custody->disposals[custody->disposal_count++];
    disposal->asset = (uint32_t)(asset - state->assets.at);
    disposal->method = method;
    disposal->opened_on = disposal->day = row_date(row, "date");
    memcpy(disposal->owner, asset->owner, sizeof disposal->owner);
    asset->is_leaving = true;
    return true;
}

/* ---- Steps ----------------------------------------------------------------------------------- */

/* The disposal that a row goes on with, on a day that isn't before the last. */
static bool go_on(struct state *state, const struct view *row, struct disposal **out,
                  struct error *err)
{
    uint32_t index = 0;

    if (!row_require(state, row, "disposal", &index, err)) return false;
    *out = &state->custody.disposals[index];
    if ((*out)->is_over)
        return row_refuse(N_("goes on with a disposal that is finished or dropped"), err);
    if (!row_require_order((*out)->day, row_date(row, "date"), err)) return false;
    (*out)->day = row_date(row, "date");
    return true;
}

static bool has_step(const struct disposal *disposal, size_t step, bool may)
{
    const unsigned wanted = steps[step].must | (may ? steps[step].may : 0);

    return (steps[step].owners & 1U << division_code_level(disposal->owner)) != 0 &&
           (wanted & 1U << disposal->method) != 0;
}

/* No step that is needed is left out up to `end`. */
static bool check_passed(const struct disposal *disposal, size_t end, struct error *err)
{
    for (size_t i = disposal->taken; i < end; i++) {
        if (has_step(disposal, i, false))
            return error_set(err, ERROR_VERIFY, "passes over the step %s", steps[i].name);
    }
    return true;
}

static bool check_votes(const struct view *row, struct error *err)
{
    const int64_t votes = row_number(row, "votes_for");
    const int64_t others = row_number(row, "votes_against") + row_number(row, "votes_abstained");

    if (row_is(row, "step", "decision"))
        return votes > others ||
               row_refuse(N_("decides without a majority of those who came"), err);
    return votes + others == 0 || row_refuse(N_("counts votes where nobody votes"), err);
}

bool disposals_step(struct state *state, const struct view *row, struct error *err)
{
    struct disposal *disposal;
    uint8_t step = 0;

    while (!row_is(row, "step", steps[step].name))
        step++;
    assert(step < ARRAY_COUNT(steps));
    if (!go_on(state, row, &disposal, err)) return false;
    if (step < disposal->taken || !has_step(disposal, step, true))
        return row_refuse(N_("takes a step that this disposal doesn't have, or is past"), err);
    if (!check_passed(disposal, step, err) || !check_votes(row, err)) return false;
    disposal->taken = (uint8_t)(step + 1);
    if (row_is(row, "step", "valuation")) disposal->was_valued = true;
    return true;
}

/* ---- The end --------------------------------------------------------------------------------- */

static bool check_sums(const struct view *row, const struct disposal *disposal, struct error *err)
{
    const int64_t valuation = row_number(row, "valuation"), proceeds = row_number(row, "proceeds");
    const bool is_sold = methods[disposal->method].is_sold;
    const bool stays = methods[disposal->method].after <= ASSET_IDLE;

    if ((valuation != 0 && !disposal->was_valued) || (stays && proceeds != 0) ||
        (is_sold && (valuation == 0 || proceeds == 0)))
        return row_refuse(N_("has a valuation or proceeds that its method or its steps rule out"),
                          err);
    if (is_sold && proceeds < valuation && !row_has(row, "text"))
        return row_refuse(N_("doesn't say why it brought less than it was worth"), err);
    return (proceeds == 0) != row_has(row, "voucher") ||
           row_refuse(N_("names a receipt without proceeds, or proceeds without one"), err);
}

/* Nothing is told of the asset from a later day, and what is scrapped doesn't stay. */
static bool check_asset(const struct disposal *disposal, const struct asset *asset,
                        struct error *err)
{
    if (asset->condition == ASSET_SCRAPPED && methods[disposal->method].after <= ASSET_IDLE)
        return row_refuse(N_("brings a scrapped asset back by a disposal"), err);
    return row_require_order(asset->state_on, disposal->day, err) &&
           row_require_order(asset->titled_on, disposal->day, err) &&
           row_require_order(asset->counted_on, disposal->day, err);
}

/* It brought them between application and end, to accounts of the owner's division. */
static bool check_receipt(struct state *state, const struct view *row,
                          const struct disposal *disposal, struct error *err)
{
    const struct voucher *voucher = NULL;

    if (!row_has(row, "voucher")) return true;
    return moved_find(state, row, true, &voucher, err) &&
           row_require_order(disposal->opened_on, voucher->event, err) &&
           row_require_order(voucher->event, disposal->day, err) &&
           leases_claim(state, row, NULL, disposal->owner, row_number(row, "proceeds"), err);
}

bool disposals_finish(struct state *state, const struct view *row, struct error *err)
{
    struct disposal *disposal;
    struct asset *asset;

    if (!go_on(state, row, &disposal, err) || !check_passed(disposal, ARRAY_COUNT(steps), err) ||
        !check_sums(row, disposal, err))
        return false;
    asset = &state->assets.at[disposal->asset];
    if (!check_asset(disposal, asset, err) || !check_receipt(state, row, disposal, err))
        return false;
    disposal->is_over = true;
    asset->is_leaving = false;
    asset->has_ended = methods[disposal->method].after >= ASSET_SCRAPPED;
    asset->ended_on = disposal->day;
    assets_set_condition(state, asset, disposal->day, methods[disposal->method].after);
    return true;
}

bool disposals_drop(struct state *state, const struct view *row, struct error *err)
{
    struct disposal *disposal;

    if (!go_on(state, row, &disposal, err)) return false;
    disposal->is_over = true;
    state->assets.at[disposal->asset].is_leaving = false;
    return true;
}
