/*
 * handovers.h - what assets are handed over: the list, and the two who sign it.
 */
#ifndef AUDIT_VERIFY_HANDOVERS_H
#define AUDIT_VERIFY_HANDOVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/divisions.h"
#include "audit/verify/map.h"
#include "audit/verify/people.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

struct state;
struct view;

struct handover {
    enum { HANDOVER_LISTED, HANDOVER_GIVEN, HANDOVER_TAKEN, HANDOVER_DROPPED } state;
    uint64_t rows;
    hash_t sum; /* over them */
    char taker[DIVISION_CODE_SIZE];
    char giver[USER_SIZE]; /* who signed that it is given */
    char given_on[11];
};

struct handovers {
    struct handover *at;
    size_t count, capacity;
    struct map by_code;
};

void handovers_done(struct handovers *handovers);

/** handover.asset and handover.drop, covered rows. */
bool handovers_add_row(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** handover.give and handover.take. */
bool handovers_sign(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
