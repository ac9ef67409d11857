/*
 * disclosures.h - sheets of what must be disclosed: plans, the project bank, loans, complaints,
 * notices, the calendar. Each row is one row of ledger/disclosure.
 */
#ifndef IMPORTERS_DISCLOSURES_H
#define IMPORTERS_DISCLOSURES_H

#include "importers/records.h"
#include "ledger/disclosure/disclosure.h"

// clang-format off
#define DISCLOSURE_SHEETS(S)                                                                       \
    S("plans", plan, 2, disclosed_plan)                                                            \
    S("plan-projects", change, 3, disclosed_change)                                                \
    S("plan-funds", finance, 3, disclosed_finance)                                                 \
    S("bank-in", enter, 1, disclosed_enter)                                                        \
    S("bank-out", leave, 1, disclosed_leave)                                                       \
    S("sector-projects", sector, 5, disclosed_sector)                                              \
    S("loans", loan, 4, disclosed_loan)                                                            \
    S("loans-to-people", count, 2, disclosed_count)                                                \
    S("entrusted", entrust, 7, disclosed_entrust)                                                  \
    S("complaint-channels", channel, 6, disclosed_channel)                                         \
    S("complaints", complaint, 3, disclosed_complaint)                                             \
    S("answers", answer, 1, disclosed_answer)                                                      \
    S("notices", notice, 6, disclosed_notice)                                                      \
    S("notices-removed", remove, 1, disclosed_remove)                                              \
    S("principles", principle, 1, disclosed_principle)                                             \
    S("achievements", achieve, 1, disclosed_achieve)                                               \
    S("calendar", calendar, 0, disclosed_calendar)
// clang-format on
DISCLOSURE_SHEETS(RECORD_SHEET_DECLARE)

#endif
