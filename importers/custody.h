/*
 * custody.h - sheets of what becomes of assets: handovers, disposals, rounds of stock-taking. Each
 * row is one row of ledger/custody.
 */
#ifndef IMPORTERS_CUSTODY_H
#define IMPORTERS_CUSTODY_H

#include "importers/records.h"
#include "ledger/custody/custody.h"

// clang-format off
#define CUSTODY_SHEETS(S)                                                                          \
    S("handovers", handovers, 2, handover_asset)                                                   \
    S("handover-drops", handover_drops, 1, handover_drop)                                          \
    S("disposals", disposals, 2, disposal_open)                                                    \
    S("disposal-steps", disposal_steps, 2, disposal_step)                                          \
    S("disposals-finished", disposals_finished, 1, disposal_finish)                                \
    S("disposals-dropped", disposals_dropped, 1, disposal_drop)                                    \
    S("stocktakes", stocktakes, 2, stocktake_open)                                                 \
    S("counts", counts, 2, stocktake_count)
// clang-format on
CUSTODY_SHEETS(RECORD_SHEET_DECLARE)

#endif
