/*
 * months.h - which months are closed, and in which of them vouchers still wait for a decision.
 *
 * 1. The first period.close closes its month and all before it; each later one closes the next.
 * 2. A month closes when no voucher that counts in it, or in one before, is undecided.
 * 3. Reopening a month opens it and all later ones; when it was the first that was closed, or lies
 *    before that, no month is closed any more.
 */
#ifndef AUDIT_VERIFY_MONTHS_H
#define AUDIT_VERIFY_MONTHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"

struct state;
struct view;

/* Vouchers that wait and would count in a month. */
struct month_pending {
    int32_t month;
    uint32_t vouchers;
};

/** All zeros is a log in which nothing was closed. */
struct months {
    bool any_closed;
    int32_t first; /* named by the first close */
    int32_t last;  /* that one and all before are closed */
    struct month_pending *pending;
    size_t pending_count, pending_capacity;
};

void months_done(struct months *months);

/** In which month does an event of that day count, entered on `today`? Fails when it may not be. */
bool months_place(const struct months *months, date_t event, date_t today, bool may_be_late,
                  int32_t *out, struct error *err) MUST_CHECK;
/** A voucher that counts in the month waits from now on. */
bool months_add_pending(struct months *months, int32_t month, struct error *err) MUST_CHECK;
/** It is decided. */
void months_drop_pending(struct months *months, int32_t month);

/** period.close */
bool months_close(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** period.carry_over */
bool months_carry_over(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** The effect of a period.reopen. */
bool months_reopen(struct months *months, int32_t month, struct error *err) MUST_CHECK;

#endif
