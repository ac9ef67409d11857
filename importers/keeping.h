/*
 * keeping.h - sheets of how assets are kept: bodies, posts, duties, schedules, inspections, work
 * orders, the money for upkeep. Each row is one row of ledger/keeping.
 */
#ifndef IMPORTERS_KEEPING_H
#define IMPORTERS_KEEPING_H

#include "importers/records.h"
#include "ledger/keeping/keeping.h"

// clang-format off
#define KEEPING_SHEETS(S)                                                                          \
    S("upkeep-bodies", bodies, 3, keeping_body)                                                    \
    S("keepers", keepers, 6, keeping_keeper)                                                       \
    S("keepers-left", keepers_left, 1, keeping_left)                                               \
    S("duties", duties, 1, keeping_duty)                                                           \
    S("schedules", schedules, 3, keeping_schedule)                                                 \
    S("schedules-ended", schedules_ended, 1, keeping_stop)                                         \
    S("inspections", inspections, 1, keeping_inspection)                                           \
    S("excuses", excuses, 1, keeping_excuse)                                                       \
    S("works", works, 2, keeping_work)                                                             \
    S("works-done", works_done, 1, keeping_done)                                                   \
    S("works-paid", works_paid, 1, keeping_paid)                                                   \
    S("upkeep-sources", upkeep_sources, 1, keeping_source)
// clang-format on
KEEPING_SHEETS(RECORD_SHEET_DECLARE)

#endif
