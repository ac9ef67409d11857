/*
 * aid.h - sheets of mutual aid: pools, the three agreements, provisions. Each row is one row of
 * ledger/people.
 */
#ifndef IMPORTERS_AID_H
#define IMPORTERS_AID_H

#include "importers/records.h"
#include "ledger/people/people.h"

// clang-format off
#define AID_SHEETS(S)                                                                              \
    S("aid-pools", pool, 7, aid_pool)                                                              \
    S("aid-entrustments", entrustment, 2, aid_entrustment)                                         \
    S("aid-guarantees", guarantee, 5, aid_guarantee)                                               \
    S("aid-agreements", agreement, 8, aid_agreement)                                               \
    S("aid-provisions", provision, 1, aid_provision)
// clang-format on
AID_SHEETS(RECORD_SHEET_DECLARE)

#endif
