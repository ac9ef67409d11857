/* world.h - money that comes in, assets that earn it and rows about both, for tests of income. */
#ifndef TESTS_INCOME_WORLD_H
#define TESTS_INCOME_WORLD_H

#include "tests/assets/rows.h"

/** Register an operational asset in VILLAGE_1, there since 2021-01-01. */
void asset_that_earns(struct fixture *fixture, const char *code);
/** Post a receipt of so many yuan by a division; returns its voucher's number. */
struct voucher_receipt money_came_in(struct fixture *fixture, const char *division,
                                     const char *date, const char *yuan);
/** One row by li under an import of its own; the record is freed. */
bool try_row(struct fixture *fixture, const struct record_kind *kind, struct record *row,
             struct error *err);
/** The same, which must be good. */
void add_row(struct fixture *fixture, const struct record_kind *kind, struct record *row);

/** L1: Z1 let to 县农发公司 from 2022-01-31 to 2022-12-31 for 1,000.00 a month, the first due on
 * 2022-01-31. */
struct record *lease_row(const char *code);
/** income.receive of kind lease. */
struct record *receipt_row(const char *lease, const char *due, const char *date, int64_t fen,
                           const char *voucher);

#endif
