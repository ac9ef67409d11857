/*
 * transfers.c - the lines of allocations and recoveries, seen from both ends.
 *
 * 1. An allocation's line is `passed_down` for its giver and `received_from_above` for its taker; a
 *    recovery's is `returned_up` and `recovered_from_below`. A reversal lessens the term it
 * reverses.
 * 2. Vouchers count in the month in which they were booked, as in the books.
 */
#include "exporters/transfers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

struct chosen_voucher {
    char number[VOUCHER_NUMBER_SIZE];
    char reverses[VOUCHER_NUMBER_SIZE];
    enum movement movement; /* what it does, or what the voucher that it reverses did */
    bool is_reversal;
};

struct transfer_reader {
    struct survey *survey;
    struct chosen_voucher *chosen;
    size_t chosen_count;
    const struct chosen_voucher *current;
};

/* ---- Choosing vouchers ----------------------------------------------------------------------- */

static bool choose_voucher(void *context, const struct voucher *voucher, struct error *err)
{
    struct transfer_reader *reader = context;
    const struct period *period = &reader->survey->period;
    struct chosen_voucher *added;
    void *array = reader->chosen;

    if (voucher->movement != MOVEMENT_ALLOCATION && voucher->movement != MOVEMENT_RECOVERY &&
        voucher->movement != MOVEMENT_REVERSAL)
        return true;
    if (voucher->state != VOUCHER_POSTED && voucher->state != VOUCHER_REVERSED) return true;
    if (voucher->booking_month < period->first_month || voucher->booking_month > period->last_month)
        return true;
    if (!array_grow(&array, reader->chosen_count, sizeof *reader->chosen, SURVEY_TRANSFERS_MAX,
                    "allocations", err))
        return false;
    reader->chosen = array;
    added = &reader->chosen[reader->chosen_count++];
    memcpy(added->number, voucher->number, sizeof added->number);
    memcpy(added->reverses, voucher->reverses, sizeof added->reverses);
    added->movement = voucher->movement;
    added->is_reversal = voucher->movement == MOVEMENT_REVERSAL;
    return true;
}

/* ---- Their lines, from both ends ------------------------------------------------------------- */

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

static bool add_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                     const struct voucher_line *line, struct error *err)
{
    struct transfer_reader *reader = context;
    const struct chosen_voucher *voucher = reader->current;
    const struct account *giver = voucher->is_reversal ? &line->to : &line->from;
    const struct account *taker = voucher->is_reversal ? &line->from : &line->to;
    bool down = voucher->movement == MOVEMENT_ALLOCATION;
    struct survey_transfer transfer = {.book = giver->book,
                                       .amount = voucher->is_reversal ? money_negate(line->amount)
                                                                      : line->amount};

    (void)number;
    (void)state;
    (void)seq;
    memcpy(transfer.fund, giver->fund, sizeof transfer.fund);
    memcpy(transfer.division, giver->division, sizeof transfer.division);
    memcpy(transfer.counterpart, taker->division, sizeof transfer.counterpart);
    transfer.term = down ? FLOW_PASSED_DOWN : FLOW_RETURNED_UP;
    if (!add_transfer(reader->survey, &transfer, err)) return false;
    memcpy(transfer.division, taker->division, sizeof transfer.division);
    memcpy(transfer.counterpart, giver->division, sizeof transfer.counterpart);
    transfer.term = down ? FLOW_RECEIVED_FROM_ABOVE : FLOW_RECOVERED_FROM_BELOW;
    return add_transfer(reader->survey, &transfer, err);
}

static bool read_chosen(struct transfer_reader *reader, struct chosen_voucher *chosen,
                        struct error *err)
{
    struct journal *journal = reader->survey->journal;
    struct voucher reversed;

    if (chosen->is_reversal) {
        if (!voucher_find(journal, chosen->reverses, &reversed, err)) return false;
        chosen->movement = reversed.movement;
        if (chosen->movement != MOVEMENT_ALLOCATION && chosen->movement != MOVEMENT_RECOVERY)
            return true;
    }
    reader->current = chosen;
    return voucher_line_each(journal, chosen->number, add_line, reader, err);
}

/* ---- Sorting and summing --------------------------------------------------------------------- */

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

static bool sum_equal(struct survey *survey, struct error *err)
{
    struct survey_transfer *all = survey->transfers;
    size_t kept = 0;

    if (survey->transfer_count == 0) return true;
    qsort(all, survey->transfer_count, sizeof *all, order_transfers);
    for (size_t i = 1; i < survey->transfer_count; i++) {
        if (order_transfers(&all[kept], &all[i]) != 0)
            all[++kept] = all[i];
        else if (!money_add(all[kept].amount, all[i].amount, &all[kept].amount, err))
            return false;
    }
    survey->transfer_count = kept + 1;
    return true;
}

bool transfers_read(struct survey *survey, struct error *err)
{
    struct transfer_reader reader = {survey, NULL, 0, NULL};
    struct voucher_filter all = {0};
    bool ok = false;

    if (!voucher_each(survey->journal, &all, choose_voucher, &reader, err)) goto out;
    for (size_t i = 0; i < reader.chosen_count; i++)
        if (!read_chosen(&reader, &reader.chosen[i], err)) goto out;
    ok = sum_equal(survey, err);
out:
    free(reader.chosen);
    return ok;
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
