/*
 * incomes.h - sheets of what assets earn and what becomes of it: leases, dues, receipts, plans by
 * which income is shared, and what villages owe and have reached. Each row is one row of
 * ledger/income.
 */
#ifndef IMPORTERS_INCOMES_H
#define IMPORTERS_INCOMES_H

#include "importers/records.h"
#include "ledger/income/income.h"

// clang-format off
#define INCOME_SHEETS(S)                                                                           \
    S("leases", leases, 4, income_lease)                                                           \
    S("leases-ended", leases_ended, 1, income_lease_end)                                           \
    S("lease-dues", lease_dues, 1, income_lease_due)                                               \
    S("income", receipts, 1, income_receipt)                                                       \
    S("distribution-people", sharers, 5, income_holder)                                            \
    S("distribution-shares", shares, 3, income_share)                                              \
    S("distributions", distributions, 1, income_plan)                                              \
    S("distribution-payments", distribution_payments, 1, income_pay)                               \
    S("township-classes", township_classes, 2, income_township)                                    \
    S("village-debts", village_debts, 2, income_debt)                                              \
    S("debts-cleared", debts_cleared, 1, income_clear)                                             \
    S("village-standards", village_standards, 1, income_standard)
// clang-format on
INCOME_SHEETS(RECORD_SHEET_DECLARE)

#endif
