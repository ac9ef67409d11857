/*
 * assets.h - sheets of assets. `assets` is an inventory as offices keep it: one row tells of an
 * asset, what it cost, whose it is and in what state, and becomes a row of ledger/assets for each;
 * `household-assets` adds the sums that are told. The others are one row of ledger/assets each.
 */
#ifndef IMPORTERS_ASSETS_H
#define IMPORTERS_ASSETS_H

#include "importers/records.h"
#include "ledger/assets/assets.h"

// clang-format off
#define ASSET_SHEETS(S)                                                                            \
    S("asset-costs", asset_costs, 2, asset_cost)                                                   \
    S("asset-titles", asset_titles, 1, asset_title)                                                \
    S("asset-states", asset_states, 1, asset_state)                                                \
    S("household-asset-changes", household_changes, 1, household_change)
// clang-format on
ASSET_SHEETS(RECORD_SHEET_DECLARE)
extern const struct record_sheet assets_sheet, households_sheet;

#endif
