/* attack_loans.h - mutual-aid pools of the worlds that are attacked: what is lent is somebody's,
 * too. */
#ifndef TESTS_EXPORTERS_ATTACK_LOANS_H
#define TESTS_EXPORTERS_ATTACK_LOANS_H

#include "world.h"

#define ATTACK_BORROWERS 5 /* the first so many people */

/** A pool in book subsidy for each division, lending to each of those people. */
void attack_register_pools(struct world *world, struct register_batch *batch,
                           const char *const *divisions, size_t count, const char *fund);
/** Make a line from an account of a pool a loan to a person, or a repayment. */
void attack_fill_loan(struct voucher_line *line, bool is_repaid, int person);

#endif
