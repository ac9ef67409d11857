/*
 * transfers.c - allocations and recoveries, seen from both ends.
 *
 * 1. An allocation is `passed_down` for its giver and `received_from_above` for its taker; a
 *    recovery is `returned_up` and `recovered_from_below`.
 */
#include "exporters/transfers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

static bool add_transfer(struct survey *survey, const struct survey_transfer *transfer,
                         struct error *err)
{
    void *array = survey->transfers;

    if (!array_grow(&array, survey->transfer_count, sizeof *survey->transfers, SURVEY_TRANSFERS_MAX,
                    "transfers", err))
        return false;
    survey->transfers = array;
    survey->transfers[survey->transfer_count++] = *transfer;
    return true;
}

static bool add_both_ends(void *context, const struct transfer *transfer, struct error *err)
{
    struct survey *survey = context;
    bool down = transfer->movement == MOVEMENT_ALLOCATION;
    struct survey_transfer end = {.book = transfer->book, .amount = transfer->amount};

    memcpy(end.fund, transfer->fund, sizeof end.fund);
    memcpy(end.division, transfer->giver, sizeof end.division);
    memcpy(end.counterpart, transfer->taker, sizeof end.counterpart);
    end.term = down ? FLOW_PASSED_DOWN : FLOW_RETURNED_UP;
    if (!add_transfer(survey, &end, err)) return false;
    memcpy(end.division, transfer->taker, sizeof end.division);
    memcpy(end.counterpart, transfer->giver, sizeof end.counterpart);
    end.term = down ? FLOW_RECEIVED_FROM_ABOVE : FLOW_RECOVERED_FROM_BELOW;
    return add_transfer(survey, &end, err);
}

static int order_transfers(const void *left, const void *right)
{
    const struct survey_transfer *a = left, *b = right;
    int order = strcmp(a->division, b->division);

    if (order == 0) order = strcmp(a->fund, b->fund);
    if (order == 0) order = (int)a->term - (int)b->term;
    if (order == 0) order = strcmp(a->counterpart, b->counterpart);
    if (order == 0) order = (int)a->book - (int)b->book;
    return order;
}

bool transfers_read(struct survey *survey, struct error *err)
{
    if (!transfer_each(survey->journal, survey->period.first_month, survey->period.last_month,
                       add_both_ends, survey, err))
        return false;
    if (survey->transfer_count > 0)
        qsort(survey->transfers, survey->transfer_count, sizeof *survey->transfers,
              order_transfers);
    return true;
}

size_t survey_first_transfer(const struct survey *survey, const char *division)
{
    size_t low = 0, high = survey->transfer_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(survey->transfers[middle].division, division) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
