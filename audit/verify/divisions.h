/*
 * divisions.h - which divisions end, when, and what comes after them.
 *
 * 1. From the act on, a voucher dated after a division's last day only takes from it what winds it
 *    up, or is a reversal. A closed division takes no part in anything.
 * 2. A succession takes from divisions that end and gives to their successors; but what is owed
 *    stays, and is paid again or remitted from there.
 * 3. Which divisions there are, and what they are called, isn't known here.
 */
#ifndef AUDIT_VERIFY_DIVISIONS_H
#define AUDIT_VERIFY_DIVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/balances.h"
#include "audit/verify/map.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/identity.h"

struct state;
struct view;

#define DIVISION_SUCCESSORS_MAX 50

struct ending {
    char division[DIVISION_CODE_SIZE];
    bool has_end; /* false again after division.continue */
    bool is_closed;
    date_t last_day;
    char (*successors)[DIVISION_CODE_SIZE];
    size_t successor_count;
};

/** All zeros: every division goes on. */
struct divisions {
    struct ending *endings;
    size_t count, capacity;
    struct map by_code;
};

void divisions_done(struct divisions *divisions);

/** What of a voucher matters here. */
struct division_event {
    date_t day;
    const char *movement;
    const struct postings *postings;
};
/** May a voucher with these totals be submitted? */
bool divisions_check_voucher(const struct state *state, const struct division_event *event,
                             struct error *err) MUST_CHECK;
/** May the bank's answer touch these accounts? */
bool divisions_check_bank(const struct state *state, const struct postings *postings,
                          struct error *err) MUST_CHECK;

/** Has the division an end before that day? */
bool divisions_ended_before(const struct divisions *divisions, const char *division, date_t day);
/** Does `later` come after it, or after what does? */
bool divisions_come_after(const struct divisions *divisions, const char *division,
                          const char *later, bool *out, struct error *err) MUST_CHECK;

/** The effects of division.succeed, division.continue and division.rename. */
bool divisions_succeed(struct state *state, const struct json_document *document, uint64_t seq,
                       struct error *err) MUST_CHECK;
bool divisions_continue(struct state *state, const struct json_document *document, uint64_t seq,
                        struct error *err) MUST_CHECK;
bool divisions_rename(struct state *state, const struct json_document *document, uint64_t seq,
                      struct error *err) MUST_CHECK;
/** division.close */
bool divisions_close(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
