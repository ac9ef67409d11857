/*
 * months.c - the order in which months close.
 */
#include "audit/verify/months.h"

#include <assert.h>
#include <stdlib.h>

#include "audit/verify/array.h"
#include "audit/verify/state.h"

#define MONTHS_MAX 120000 /* of all years that a date can name */

void months_done(struct months *months)
{
    free(months->pending);
    *months = (struct months){0};
}

/* ---- Events --------------------------------------------------------------------------------- */

bool months_place(const struct months *months, date_t event, date_t today, bool may_be_late,
                  int32_t *out, struct error *err)
{
    int32_t month = date_month(event);
    char text[DATE_TEXT_SIZE];

    if (date_is_before(today, event)) {
        return error_set(err, ERROR_VERIFY, "its event of %s lies after the day of its record",
                         date_format(event, text));
    }
    if (!months->any_closed || month > months->last) {
        *out = month;
        return true;
    }
    if (!may_be_late) {
        return error_set(err, ERROR_VERIFY,
                         "its event of %s lies in a closed month, and it isn't marked late",
                         date_format(event, text));
    }
    *out = months->last + 1;
    return true;
}

bool months_add_pending(struct months *months, int32_t month, struct error *err)
{
    size_t i = 0;

    while (i < months->pending_count && months->pending[i].month != month)
        i++;
    if (i == months->pending_count) {
        if (!array_reserve(&months->pending, sizeof *months->pending, months->pending_count,
                           &months->pending_capacity, MONTHS_MAX, err))
            return false;
        months->pending[months->pending_count++] = (struct month_pending){month, 0};
    }
    months->pending[i].vouchers++;
    return true;
}

void months_drop_pending(struct months *months, int32_t month)
{
    size_t i = 0;

    while (months->pending[i].month != month) {
        i++;
        assert(i < months->pending_count);
    }
    assert(months->pending[i].vouchers > 0);
    months->pending[i].vouchers--;
}

/* ---- Closing -------------------------------------------------------------------------------- */

/* A checker or an administrator of the whole. */
static bool check_closer(const struct state *state, const struct view *view,
                         const struct person **signer_out, struct error *err)
{
    if (!state_signer(state, view, signer_out, err)) return false;
    return people_has_role(&state->people, *signer_out, USER_ADMIN, state->people.root) ||
           state_require_role(state, *signer_out, USER_CHECKER, state->people.root, err);
}

static bool close_month(struct months *months, int32_t month, struct error *err)
{
    char text[MONTH_TEXT_SIZE], other[MONTH_TEXT_SIZE];

    (void)month_format(month, text);
    if (months->any_closed && month <= months->last) {
        return error_set(err, ERROR_VERIFY, "month %s is closed already", text);
    }
    if (months->any_closed && month != months->last + 1) {
        return error_set(err, ERROR_VERIFY, "closes %s, but %s comes next", text,
                         month_format(months->last + 1, other));
    }
    for (size_t i = 0; i < months->pending_count; i++) {
        const struct month_pending *pending = &months->pending[i];

        if (pending->vouchers == 0 || pending->month > month) continue;
        return error_set(err, ERROR_VERIFY,
                         "closes %s while %u vouchers that count in %s wait for a decision", text,
                         pending->vouchers, month_format(pending->month, other));
    }
    if (!months->any_closed) months->first = month;
    months->any_closed = true;
    months->last = month;
    return true;
}

bool months_close(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    if (!check_closer(state, view, &signer, err)) return false;
    view_text(view, "month", text, sizeof text);
    return month_parse(text, &month, err) && close_month(&state->months, month, err) &&
           state_check_act(state, view, signer, err);
}

bool months_carry_over(struct state *state, const struct view *view, struct error *err)
{
    const struct months *months = &state->months;
    const struct person *signer = NULL;
    int64_t year = 0;

    if (!check_closer(state, view, &signer, err)) return false;
    if (!json_get_integer(view->document, view->body, "year", &year, err)) return false;
    if (months->any_closed && year * 12 + 11 <= months->last) {
        return error_set(err, ERROR_VERIFY,
                         "carries over from %lld, whose December is closed already",
                         (long long)year);
    }
    return state_check_act(state, view, signer, err);
}

bool months_reopen(struct months *months, int32_t month, struct error *err)
{
    char text[MONTH_TEXT_SIZE];

    if (!months->any_closed || month > months->last) {
        return error_set(err, ERROR_VERIFY, "opens %s again, which isn't closed",
                         month_format(month, text));
    }
    months->any_closed = month > months->first;
    months->last = month - 1;
    return true;
}
