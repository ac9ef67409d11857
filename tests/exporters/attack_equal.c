/* attack_equal.c - see attack_equal.h. */
#include "attack_equal.h"

#include <stdlib.h>
#include <string.h>

/* ---- Collecting ------------------------------------------------------------------------------ */

static struct equal_sums *equal_new(void)
{
    struct equal_sums *equal = calloc(1, sizeof *equal);

    ck_assert_ptr_nonnull(equal);
    return equal;
}

void equal_free(struct equal_sums *equal)
{
    free(equal->sums);
    free(equal);
}

static bool has_unknowns(const struct log *log, const struct attack_sum *sum)
{
    for (size_t i = 0; i < log->unknown_count; i++)
        if (sum->factors[i] != 0) return true;
    return false;
}

static void add(struct equal_sums *equal, const struct log *log, const struct attack_sum *sum,
                bool is_public)
{
    ck_assert_int_eq(log_true_value(log, sum), 0);
    if (!has_unknowns(log, sum)) return;
    if (equal->count == equal->capacity) {
        equal->capacity = equal->capacity * 2 + 16;
        equal->sums = realloc(equal->sums, equal->capacity * sizeof *equal->sums);
        ck_assert_ptr_nonnull(equal->sums);
    }
    equal->sums[equal->count++] = (struct equal_sum){*sum, is_public};
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* What was sent is what the bank answered for, once it answered for all. */
static void find_answers(const struct log *log, struct equal_sums *equal)
{
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        static struct attack_sum sum;

        if (move->is_answer || move->to_role != ACCOUNT_IN_TRANSIT ||
            !log->vouchers[move->voucher].is_answered)
            continue;
        memset(&sum, 0, sizeof sum);
        log_add_amount(&move->amount, 1, &sum);
        for (size_t j = 0; j < log->move_count; j++)
            if (log->moves[j].is_answer && log->moves[j].voucher == move->voucher &&
                log->moves[j].from == move->to)
                log_add_amount(&log->moves[j].amount, -1, &sum);
        add(equal, log, &sum, true);
    }
}

static void find_parts(const struct log *log, struct equal_sums *equal)
{
    for (size_t i = 0; i < log->move_count; i++) {
        static struct attack_sum sum;

        if (log->moves[i].is_answer) continue;
        memset(&sum, 0, sizeof sum);
        log_add_amount(&log->moves[i].amount, 1, &sum);
        for (size_t j = 0; j < log->part_count; j++)
            if (log->parts[j].move == i) log_add_amount(&log->parts[j].amount, -1, &sum);
        add(equal, log, &sum, true);
    }
}

static bool is_undoing(const struct log_move *move, const struct log_move *undone)
{
    return !undone->is_answer && move->from == undone->to && move->to == undone->from &&
           move->from_role == undone->to_role && move->to_role == undone->from_role;
}

static void find_reversals(const struct log *log, struct equal_sums *equal)
{
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        const struct log_voucher *voucher = &log->vouchers[move->voucher];
        static struct attack_sum sum;

        if (move->is_answer || voucher->reverses == LOG_NONE) continue;
        memset(&sum, 0, sizeof sum);
        log_add_amount(&move->amount, 1, &sum);
        for (size_t j = 0; j < log->move_count; j++)
            if (log->moves[j].voucher == voucher->reverses && is_undoing(move, &log->moves[j]))
                log_add_amount(&log->moves[j].amount, -1, &sum);
        add(equal, log, &sum, sum.constant == 0);
    }
}

static bool is_part_undoing(const struct log *log, const struct log_part *part,
                            const struct log_part *undone)
{
    const struct log_move *move = &log->moves[part->move];

    return log->moves[undone->move].voucher == log->vouchers[move->voucher].reverses &&
           is_undoing(move, &log->moves[undone->move]) && part->plan_line == undone->plan_line &&
           strcmp(part->project, undone->project) == 0;
}

static void find_reversed_parts(const struct log *log, struct equal_sums *equal)
{
    for (size_t i = 0; i < log->part_count; i++) {
        const struct log_part *part = &log->parts[i];
        static struct attack_sum sum;

        if (log->vouchers[log->moves[part->move].voucher].reverses == LOG_NONE) continue;
        memset(&sum, 0, sizeof sum);
        log_add_amount(&part->amount, 1, &sum);
        for (size_t j = 0; j < log->part_count; j++)
            if (is_part_undoing(log, part, &log->parts[j]))
                log_add_amount(&log->parts[j].amount, -1, &sum);
        add(equal, log, &sum, sum.constant == 0);
    }
}

/* What came back to a line of the vouchers of a group, less what was paid again or remitted. False
   when a total in clear tells some of the latter. */
static bool sum_group(const struct log *log, size_t group, size_t line, struct attack_sum *sum)
{
    bool is_public = true;

    memset(sum, 0, sizeof *sum);
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        const struct log_voucher *voucher = &log->vouchers[move->voucher];

        if (move->is_answer && move->to_role == ACCOUNT_OWED && move->to == line &&
            voucher->returned_group == group)
            log_add_amount(&move->amount, 1, sum);
        if (move->is_answer || move->from_role != ACCOUNT_OWED || move->from != line ||
            voucher->settling_group != group)
            continue;
        log_add_amount(&move->amount, -1, sum);
        is_public = is_public && move->amount.is_unknown;
    }
    return is_public;
}

/* That all of it was is told by the lines that are named, not by amounts. */
static void find_repaid(const struct log *log, struct equal_sums *equal)
{
    for (size_t group = 0; group < log->group_count; group++)
        for (size_t line = 0; line < log->line_count; line++) {
            static struct attack_sum sum;
            bool is_public = sum_group(log, group, line, &sum);

            if (has_unknowns(log, &sum) && log_true_value(log, &sum) == 0)
                add(equal, log, &sum, is_public);
        }
}

struct equal_sums *equal_find(const struct log *log)
{
    struct equal_sums *equal = equal_new();

    find_answers(log, equal);
    find_parts(log, equal);
    find_reversals(log, equal);
    find_reversed_parts(log, equal);
    find_repaid(log, equal);
    return equal;
}

void equal_tell(const struct equal_sums *equal, struct attack *attack)
{
    for (size_t i = 0; i < equal->count; i++)
        attack_is_zero(attack, &equal->sums[i].sum);
}

/* ---- Elimination ----------------------------------------------------------------------------- */

/* The unknown that a sum puts in the others' terms: the last that it has once. */
static size_t pivot_of(const struct log *log, const struct attack_sum *sum)
{
    for (size_t i = log->unknown_count; i-- > 0;)
        if (sum->factors[i] == 1 || sum->factors[i] == -1) return i;
    ck_abort_msg("a sum that has no unknown once");
    return 0;
}

static void eliminate(const struct log *log, const struct attack_sum *row, struct attack_sum *sum)
{
    size_t pivot = pivot_of(log, row);
    int64_t factor = sum->factors[pivot] * row->factors[pivot];

    if (factor == 0) return;
    sum->constant -= factor * row->constant;
    for (size_t i = 0; i < log->unknown_count; i++)
        sum->factors[i] -= factor * row->factors[i];
}

/* No row has the pivot of one before it, so that going through them once is enough. */
static void add_row(struct equal_sums *without, const struct log *log, const struct attack_sum *sum)
{
    static struct attack_sum row;

    row = *sum;
    for (size_t i = 0; i < without->count; i++)
        eliminate(log, &without->sums[i].sum, &row);
    add(without, log, &row, true);
}

struct equal_sums *equal_without(const struct equal_sums *equal, const struct log *log,
                                 const struct attack_sum *own)
{
    struct equal_sums *without = equal_new();

    for (size_t i = 0; i < log->unknown_count; i++) {
        static struct attack_sum known;

        if (own->factors[i] == 0) continue;
        memset(&known, 0, sizeof known);
        known.factors[i] = 1;
        known.constant = -log->truth[i];
        add_row(without, log, &known);
    }
    for (size_t i = 0; i < equal->count; i++)
        if (equal->sums[i].is_public) add_row(without, log, &equal->sums[i].sum);
    return without;
}

bool equal_keep_secrets(const struct equal_sums *without, const struct log *log,
                        struct attack_sum *sum)
{
    for (size_t i = 0; i < without->count; i++)
        eliminate(log, &without->sums[i].sum, sum);
    sum->constant = 0;
    return has_unknowns(log, sum);
}
