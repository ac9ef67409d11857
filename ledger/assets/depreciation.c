/*
 * depreciation.c - straight-line depreciation by month, in whole fen.
 *
 * 1. The shares of all months make the depreciable value to the fen: the last month takes the rest.
 * 2. What is taken back is depreciated as what was put is, with the sign turned: both together are
 *    nothing on every day when they are of one date.
 */
#include <assert.h>

#include "ledger/assets/internal.h"

#define RESIDUAL_WHOLE 10000

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The last month that is over at the end of that day. */
static int32_t last_whole_month(date_t day)
{
    int32_t month = date_month(day);

    return date_is_before(day, month_last_day(month)) ? month - 1 : month;
}

bool asset_depreciate(const struct depreciation_terms *terms, money_t amount, date_t from,
                      date_t day, money_t *out, struct error *err)
{
    const int64_t end = date_month(terms->acquired) + terms->delay_months + terms->life_months;
    const int64_t start = date_month(from) + terms->delay_months;
    const int64_t months = end > start ? end - start : 1;
    const int64_t elapsed = least(last_whole_month(day) - start + 1, months);
    money_t whole;

    assert(terms->residual_bp >= 0 && terms->residual_bp <= RESIDUAL_WHOLE);
    if (terms->life_months == 0 || elapsed <= 0) {
        *out = MONEY_ZERO;
        return true;
    }
    if (!money_multiply_ratio(amount, RESIDUAL_WHOLE - terms->residual_bp, RESIDUAL_WHOLE, &whole,
                              err))
        return false;
    if (elapsed < months) whole.fen = whole.fen / months * elapsed;
    *out = whole;
    return true;
}
