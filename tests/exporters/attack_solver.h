/*
 * attack_solver.h - what can be concluded about amounts of which only sums and limits are known.
 *
 * 1. Unknowns are whole amounts of one fen or more. Told is that a sum of multiples of them and of
 *    a constant is zero, or that it isn't below zero.
 * 2. The least and the greatest value that another sum can have are found by the simplex method in
 *    whole numbers, so nothing is lost by rounding: what it calls possible is possible.
 * 3. Unknowns that nothing told connects are solved apart.
 */
#ifndef TESTS_EXPORTERS_ATTACK_SOLVER_H
#define TESTS_EXPORTERS_ATTACK_SOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATTACK_UNKNOWNS_MAX 2000

/** constant + the sum of factors[i] × unknown i. */
struct attack_sum {
    int64_t constant;
    int64_t factors[ATTACK_UNKNOWNS_MAX];
};

struct attack_range {
    bool has_least, has_greatest;
    int64_t least, greatest; /* rounded inwards: amounts are whole */
};

struct attack;

struct attack *attack_new(size_t unknowns);
void attack_free(struct attack *attack);

/** It is zero. A sum without unknowns must be. */
void attack_is_zero(struct attack *attack, const struct attack_sum *sum);
/** It isn't below zero. */
void attack_is_not_negative(struct attack *attack, const struct attack_sum *sum);
/** What the sum can be, by all that was told. Nothing more is told after the first question. */
struct attack_range attack_bound(struct attack *attack, const struct attack_sum *sum);

#endif
