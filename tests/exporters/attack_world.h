/*
 * attack_world.h - two years of a made-up county at random: payrolls, single payments, loans, returns,
 * repayments, refunds, reversals, late vouchers, recoveries to the last fen.
 *
 * The ledger decides what it takes: an act that it refuses just didn't happen.
 */
#ifndef TESTS_EXPORTERS_ATTACK_WORLD_H
#define TESTS_EXPORTERS_ATTACK_WORLD_H

#include "world.h"

#define ATTACK_FIRST_MONTH (2020 * 12)
#define ATTACK_MONTHS      24
#define ATTACK_FUNDS       3

/** How busy it is. */
struct attack_plan {
    uint64_t seed;
    int months; /* at most ATTACK_MONTHS */
    int acts_per_month;
};

/** Register divisions, funds and projects beside those of world_make(), and hand out money. */
void attack_world_begin(struct world *world, const struct attack_plan *plan, uint64_t *chance);
/** What happens in the month ATTACK_FIRST_MONTH + `month`. */
void attack_world_live(struct world *world, const struct attack_plan *plan, uint64_t *chance,
                       int month);

#endif
