/*
 * custody.h - disposals of assets and rounds of stock-taking, as the log tells of them.
 */
#ifndef AUDIT_VERIFY_CUSTODY_H
#define AUDIT_VERIFY_CUSTODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/identity.h"

struct disposal {
    uint32_t asset;
    uint8_t method; /* a row of disposals.c's methods */
    uint8_t taken;  /* steps that can't be taken any more: all up to the last that was */
    bool is_over, was_valued;
    char owner[DIVISION_CODE_SIZE]; /* when it was applied for */
    date_t opened_on, day;          /* day: of the last thing that happened to it */
};

struct stocktake {
    char division[DIVISION_CODE_SIZE];
    bool is_closed;
    date_t day; /* of its opening, or the latest count */
    date_t opened_on;
    int64_t found, elsewhere; /* of the latest count of each asset */
};

struct custody {
    struct disposal *disposals;
    size_t disposal_count, disposal_capacity;
    struct stocktake *rounds;
    size_t round_count, round_capacity;
};

void custody_done(struct custody *custody);

#endif
