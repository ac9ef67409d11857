/*
 * chosen.h - a clock and a randomness that a test chooses, and a directory that it leaves nothing
 * of.
 */
#ifndef TESTS_CHOSEN_H
#define TESTS_CHOSEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/sources.h"

#define SCRATCH_PATH_SIZE 64

/** A clock that stands at *seconds since 1970; lent. */
struct clock_source clock_source_chosen(int64_t *seconds);
/** SHA-256 of a counter, counted on: never twice the same, and the same in each run; lent. */
struct random_source random_source_chosen(uint64_t *counter);

/** The next of a sequence that *state fixes, and a number below `limit` by it (SplitMix64). */
uint64_t chance_next(uint64_t *state);
size_t chance_below(uint64_t *state, size_t limit);

/** Make a directory of the test's own below `parent`; ends the program when it can't. */
void scratch_make(const char *parent, char path[SCRATCH_PATH_SIZE]);
/** Remove it with all that lies in it. */
void scratch_remove(const char *path);

#endif
