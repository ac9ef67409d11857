/*
 * suggest.h - what somebody who mistyped a word may have meant.
 */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#define SUGGEST_TEXT_SIZE 256 /* bytes; longer words get no suggestion */

/* The nearest word offered so far. */
struct suggestion {
    const char *typed; /* lent */
    size_t distance;   /* of `best`; meaningless while that is empty */
    bool is_right;     /* it was offered itself: whatever is wrong, it isn't mistyped */
    char best[SUGGEST_TEXT_SIZE];
};

/** Begin looking for words near `typed`, which is lent until the last offer. */
void suggest_begin(struct suggestion *suggestion, const char *typed);
/** Keep `candidate` when it is near enough, and nearer than what was offered before. */
void suggest_offer(struct suggestion *suggestion, const char *candidate);

/**
 * How many characters must be put in, left out, changed, or swapped with the next one to make one
 * text of the other. Capital ASCII letters equal small ones. A text of more than 64 characters is
 * 64 away from any other.
 */
size_t suggest_distance(const char *left, const char *right);

#endif
