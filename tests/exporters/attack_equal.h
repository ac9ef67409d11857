/*
 * attack_equal.h - which unknown amounts are equal by rule, and what is left of a sum that is
 * secret.
 *
 * 1. The attacker is told all of it, more than any outsider knows: that the bank answered for all
 * of a voucher, that all that came back was paid again or remitted, what a reversal undoes, that
 * the parts of a sum are all of it.
 * 2. Public is what a total in clear is the sum of, and that amounts nobody knows are equal: a sum
 *    is no secret as far as it follows from these, and which of several equal ways it is written is
 *    of no matter. That a total in clear tells what some of another's people got is told to the
 *    attacker too, but it isn't public: it is what must not happen.
 */
#ifndef TESTS_EXPORTERS_ATTACK_EQUAL_H
#define TESTS_EXPORTERS_ATTACK_EQUAL_H

#include "attack_log.h"

struct equal_sum {
    struct attack_sum sum; /* is zero */
    bool is_public;
};

struct equal_sums {
    struct equal_sum *sums;
    size_t count, capacity;
};

/** All of a log. Owned by the caller. */
struct equal_sums *equal_find(const struct log *log);
void equal_free(struct equal_sums *equal);

/** Tell them all. */
void equal_tell(const struct equal_sums *equal, struct attack *attack);

/**
 * How to write sums without what follows: from the amounts that are marked in `own`, which
 * somebody knows, and from what is equal. Owned by the caller, equal_free().
 */
struct equal_sums *equal_without(const struct equal_sums *equal, const struct log *log,
                                 const struct attack_sum *own);
/** Take out of a sum what is no secret, the constant too. False when nothing is left. */
bool equal_keep_secrets(const struct equal_sums *without, const struct log *log,
                        struct attack_sum *sum);

#endif
