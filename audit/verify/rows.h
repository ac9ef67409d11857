/*
 * rows.h - rows that an import.file covers, held to the rows before them: docs/format.md sections
 * 5.9 and 5.11 to 5.14.
 *
 * 1. What a row names stands before it; what is told once is told once; nothing is dated before
 *    what it follows.
 * 2. Sums are judged by what a log shows in clear. What takes sealed values isn't judged here but
 *    where a file says so.
 * 3. Memory grows with the things that rows tell of (assets, posts, plans ...), not with what is
 *    told of them: an inspection leaves nothing behind.
 */
#ifndef AUDIT_VERIFY_ROWS_H
#define AUDIT_VERIFY_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/verify/state.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"

#define THINGS_MAX 100000000 /* of one sort in a log */

/** Judges a row whose body is the root of its view's document. */
typedef bool row_check(struct state *state, const struct view *row, struct error *err);

/** A covered row other than a voucher's line. */
bool rows_apply(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

/* ---- Reading --------------------------------------------------------------------------------- */

bool row_is(const struct view *row, const char *member, const char *text);
static inline bool row_has(const struct view *row, const char *member)
{
    return !row_is(row, member, "");
}
int64_t row_number(const struct view *row, const char *member);
/** A day that its shape found right; `""` is day 0. */
date_t row_date(const struct view *row, const char *member);
/** What stands under the seal of a member, as a row; false when its value isn't here. It lasts
 * until the next is opened. */
bool row_open(const struct view *row, const char *member, struct view *out);
/** "MEMBER/VALUE", hashed: what things are found by. */
hash_t row_key(const struct view *row, const char *member);
/** A key of several codes, in which no '/' stands. */
hash_t key_of(const char *format, ...) PRINTF_LIKE(1, 2);

/* ---- What rows are held to ------------------------------------------------------------------- */

/** `what` is what the rows before make wrong of it; N_(). */
bool row_refuse(const char *what, struct error *err) MUST_CHECK;
/** Is there such a thing, and which? */
bool row_find(const struct state *state, const struct view *row, const char *member,
              uint32_t *index_out);
/** The thing that the member names; refused when no row before tells of it. */
bool row_require(const struct state *state, const struct view *row, const char *member,
                 uint32_t *index_out, struct error *err) MUST_CHECK;
/** Enter it as number `index` of its sort; refused when a row before tells of it. */
bool row_enter(struct state *state, const struct view *row, const char *member, size_t index,
               struct error *err) MUST_CHECK;
/** The first day isn't after the second. */
bool row_require_order(date_t first, date_t second, struct error *err) MUST_CHECK;

/** The sum of that key; made when it is new. It lasts until the next is made. */
bool row_find_sum(struct state *state, const hash_t *key, struct row_sum **out,
                  struct error *err) MUST_CHECK;
/** Add to it; refused where it would fall below 0. */
bool row_add(struct row_sum *sum, int64_t fen, const char *too_low, struct error *err) MUST_CHECK;

/** Is the day first, or so many steps of months or days after it? Section 5.12. */
bool schedules_count(date_t first, bool is_by_months, int32_t step, date_t day);

/** No more is told of the row's receipt than it gave to a division's accounts of that role; NULL:
 * of any. */
bool leases_claim(struct state *state, const struct view *row, const char *role,
                  const char *division, int64_t fen, struct error *err) MUST_CHECK;

/* ---- By area --------------------------------------------------------------------------------- */

row_check assets_project, assets_register, assets_cost, assets_title, assets_state;
row_check handovers_asset, handovers_drop;
row_check disposals_open, disposals_step, disposals_finish, disposals_drop;
row_check stocktakes_open, stocktakes_count, stocktakes_close;
row_check posts_declare, posts_appoint, posts_end, posts_duty;
row_check schedules_set, schedules_end, schedules_inspect, schedules_excuse;
row_check works_open, works_close, works_pay, works_source;
row_check leases_sign, leases_end, leases_due, leases_receive;
row_check plans_holder, plans_share, plans_plan, plans_pay;
row_check villages_class, villages_debt, villages_clear, villages_declare;
row_check pools_agree, pools_entrust, pools_guarantee, pools_open, pools_provide;
row_check households_register, households_change, households_total;

#endif
