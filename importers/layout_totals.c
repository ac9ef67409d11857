/*
 * layout_totals.c - sums that a sheet prints, held against the rows they are the sums of.
 *
 * A total may stand below its rows or above them, and parts may lie within parts. `boundaries` are
 * the sums of rows at each total passed; what lies between two of them is what a total may be of:
 *
 *     row 20, row 30, 小计 50, row 40, 小计 40, 合计 90      boundaries 0, 50, 90
 *
 * A total without rows of its own above it is a claim on those below, settled when they add up.
 */
#include <assert.h>
#include <stdlib.h>

#include "importers/layout.h"

void layout_totals_init(struct layout_totals *totals)
{
    *totals = (struct layout_totals){.boundary_count = 1};
}

bool layout_totals_add(struct layout_totals *totals, money_t amount, struct error *err)
{
    money_t sum = {totals->sum};

    if (!money_add(sum, amount, &sum, err)) return false;
    totals->sum = sum.fen;
    totals->rows_since++;
    return true;
}

static void pass_boundary(struct layout_totals *totals)
{
    assert(totals->boundary_count < LAYOUT_TOTALS_MAX);
    totals->boundaries[totals->boundary_count++] = totals->sum;
    totals->rows_since = 0;
}

void layout_totals_begin_table(struct layout_totals *totals)
{
    if (totals->boundary_count + 1 >= LAYOUT_TOTALS_MAX) return;
    totals->table_start = totals->boundary_count;
    pass_boundary(totals);
}

static void settle_claims(struct layout_totals *totals)
{
    size_t i;

    for (i = 0; i < totals->claim_count; i++) {
        struct total_claim *claim = &totals->claims[i];

        if (claim->is_settled || totals->sum - claim->before != claim->amount.fen) continue;
        if (totals->sum == claim->before && !claim->fits_above) continue;
        claim->is_settled = true;
        if (totals->sum != claim->before) totals->stand_above = true;
    }
    while (totals->claim_count > 0 && totals->claims[totals->claim_count - 1].is_settled)
        totals->claim_count--;
}

/* Is it the sum of the rows back to some total, or for a grand one to a table's start? */
static bool fits_above(const struct layout_totals *totals, money_t amount, bool is_grand)
{
    size_t i;

    for (i = totals->boundary_count; i > 0; i--) {
        if (is_grand && i - 1 != 0 && i - 1 != totals->table_start) continue;
        if (totals->sum - totals->boundaries[i - 1] == amount.fen) return true;
    }
    return false;
}

static bool refuse_total(money_t amount, int64_t rows_fen, struct error *err)
{
    char total[MONEY_TEXT_SIZE], rows[MONEY_TEXT_SIZE];

    return error_set(err, ERROR_INPUT,
                     "the total is %s yuan, but its rows add up to %s yuan; correct the one that "
                     "is wrong, or take the total's row out",
                     money_format_grouped(amount, total),
                     money_format_grouped((money_t){rows_fen}, rows));
}

bool layout_totals_check(struct layout_totals *totals, uint64_t row, money_t amount, bool is_grand,
                         bool *pending, struct error *err)
{
    bool fits, is_claim;
    size_t last = totals->boundary_count - 1;

    *pending = false;
    if (totals->boundary_count == LAYOUT_TOTALS_MAX || totals->claim_count == LAYOUT_TOTALS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d rows are totals; split the sheet",
                         LAYOUT_TOTALS_MAX);
    }
    settle_claims(totals);
    fits = fits_above(totals, amount, is_grand);
    is_claim = totals->stand_above || (!fits && totals->rows_since == 0);
    if (!fits && !is_claim) {
        int64_t from =
            is_grand ? totals->boundaries[totals->table_start] : totals->boundaries[last];

        if (!totals->is_unsure) (void)refuse_total(amount, totals->sum - from, err);
        pass_boundary(totals);
        return totals->is_unsure;
    }
    if (is_claim) {
        totals->claims[totals->claim_count++] =
            (struct total_claim){row, amount, totals->sum, totals->boundary_count, fits, false};
        *pending = !fits;
    }
    pass_boundary(totals);
    return true;
}

bool layout_totals_is_left_open(const struct layout_totals *totals)
{
    for (size_t i = 0; totals->is_unsure && i < totals->claim_count; i++)
        if (!totals->claims[i].is_settled && !totals->claims[i].fits_above) return true;
    return false;
}

bool layout_totals_next_wrong(struct layout_totals *totals, uint64_t *row, struct error *fault)
{
    size_t i;

    if (totals->is_unsure) return false;
    settle_claims(totals);
    for (i = 0; i < totals->claim_count; i++) {
        struct total_claim *claim = &totals->claims[i];
        int64_t until = totals->sum;

        if (claim->is_settled || claim->fits_above) continue;
        claim->is_settled = true;
        if (claim->boundary + 1 < totals->boundary_count) {
            until = totals->boundaries[claim->boundary + 1];
        }
        until -= until == claim->before ? 0 : claim->before;
        *row = claim->row;
        (void)refuse_total(claim->amount, until, fault);
        return true;
    }
    return false;
}
