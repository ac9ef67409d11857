/*
 * aid.h - pools of mutual aid, and on which days a bank is entrusted with them.
 */
#ifndef AUDIT_VERIFY_AID_H
#define AUDIT_VERIFY_AID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/balances.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"

struct state;

struct entrustment {
    uint32_t next; /* of the same pool, from 1; 0: none */
    date_t first_day, last_day;
};

struct aid {
    uint32_t *pools; /* the last entrustment of each, from 1; 0: none */
    size_t pool_count, pool_capacity;
    struct entrustment *entrustments;
    size_t entrustment_count, entrustment_capacity;
};

void aid_done(struct aid *aid);

/** A loan takes from pools that are entrusted on its day, as far as its totals can be read. */
bool aid_check_loan(const struct state *state, const struct postings *postings, date_t day,
                    struct error *err) MUST_CHECK;

#endif
