/*
 * handovers.h - what assets are handed over: the list, and the two who sign it.
 */
#ifndef AUDIT_VERIFY_HANDOVERS_H
#define AUDIT_VERIFY_HANDOVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/assets.h"
#include "audit/verify/people.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"

struct state;
struct view;

/* An asset on a list, and the title that it will have. */
struct handover_item {
    uint32_t next; /* on the same list, from 1; 0: none */
    uint32_t asset;
    uint64_t seq; /* of its row */
    struct asset_title title;
};

struct handover {
    enum { HANDOVER_LISTED, HANDOVER_GIVEN, HANDOVER_TAKEN, HANDOVER_DROPPED } state;
    uint64_t rows;
    hash_t sum; /* over them */
    char owner[DIVISION_CODE_SIZE], taker[DIVISION_CODE_SIZE];
    char giver[USER_SIZE]; /* who signed that it is given */
    date_t day;            /* of the last thing that happened to it */
    uint32_t first;        /* of its items, from 1 */
};

struct handovers {
    struct handover *at;
    size_t count, capacity;
    struct handover_item *items;
    size_t item_count, item_capacity;
};

void handovers_done(struct handovers *handovers);

/** handover.give and handover.take. */
bool handovers_sign(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
