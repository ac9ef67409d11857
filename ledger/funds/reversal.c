/*
 * reversal.c - 冲销: undoing a posted voucher by another that takes its lines the other way round.
 *
 * 1. Only a posted voucher is reversed, once, and never a reversal.
 * 2. What the bank has confirmed or returned is not reversed: it is undone by a refund.
 * 3. The reversal's legs are the original's with `from` and `to` exchanged, to the fen.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

static bool check_reversible(struct journal *journal, const struct voucher_row *original,
                             const struct submission *submission, struct error *err)
{
    const struct voucher *voucher = &original->voucher;
    int64_t marks;

    if (voucher->movement == MOVEMENT_REVERSAL)
        return error_set(err, ERROR_STATE,
                         "voucher %s is a reversal itself; submit the first voucher anew instead",
                         voucher->number);
    if (voucher->reversed_by[0] != '\0')
        return error_set(err, ERROR_STATE, "voucher %s is reversed already, by %s", voucher->number,
                         voucher->reversed_by);
    if (voucher->state != VOUCHER_POSTED)
        return error_set(err, ERROR_STATE,
                         "voucher %s is %s; only a posted voucher can be reversed", voucher->number,
                         translate(voucher_state_name(voucher->state)));
    if (date_is_before(submission->header.event_date, voucher->event_date))
        return error_set(err, ERROR_INPUT, "voucher %s can't be reversed before its own day",
                         voucher->number);
    if (voucher->movement != MOVEMENT_PAYMENT) return true;
    if (!sql_integer(journal, "SELECT COUNT(*) FROM bank_entry WHERE voucher = $1",
                     SQL_VALUES(SQL_TEXT(voucher->number)), &marks, err))
        return false;
    if (marks != 0)
        return error_set(err, ERROR_STATE,
                         "the bank has answered for voucher %s; what it has paid is undone by a "
                         "refund only",
                         voucher->number);
    return true;
}

/* ---- The same legs, the other way round ------------------------------------------------------ */

struct comparison {
    struct tally *expected; /* of struct leg_key, exchanged; or of struct account */
};

static bool expect_leg(void *context, const struct leg_key *key, money_t amount, struct error *err)
{
    struct comparison *comparison = context;
    struct leg_key exchanged = *key;

    exchanged.from = key->to;
    exchanged.to = key->from;
    return tally_add(comparison->expected, &exchanged, amount, NULL, err);
}

static bool expect_total(void *context, const struct balance *total, struct error *err)
{
    const struct comparison *comparison = context;

    return tally_add(comparison->expected, &total->account, total->amount, NULL, err);
}

/* Which line was whose nobody knows: the totals are still those of the original, undone. */
static bool check_totals(struct journal *journal, const struct submission *submission,
                         struct error *err)
{
    const struct tally *own = &funds_state(journal)->pass.totals;
    struct tally sum;
    struct comparison comparison = {&sum};
    bool ok = false;

    tally_init(&sum, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    if (!voucher_total_each(journal, submission->reverses, expect_total, &comparison, err))
        goto out;
    for (size_t i = 0; i < own->count; i++)
        if (!tally_add(&sum, tally_key(own, i), own->sums[i], NULL, err)) goto out;
    ok = true;
    for (size_t i = 0; i < sum.count && ok; i++)
        ok = money_is_zero(sum.sums[i]) ||
             error_set(err, ERROR_STATE,
                       "the totals are not those of voucher %s the other way round",
                       submission->reverses);
out:
    tally_done(&sum);
    return ok;
}

static bool check_legs(struct journal *journal, const struct submission *submission,
                       const struct voucher_row *original, struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    struct tally difference;
    struct comparison comparison = {&difference};
    bool ok = false, has_gone;

    if (!voucher_has_gone(journal, &original->voucher, &has_gone, err)) return false;
    if (has_gone || pass->gone_count > 0) {
        if (journal_is_replaying(journal)) return check_totals(journal, submission, err);
        return error_set(err, ERROR_STATE,
                         "lines of voucher %s are lost or erased, so they can't be taken the other "
                         "way round; enter what is to be undone by vouchers of its own",
                         submission->reverses);
    }
    tally_init(&difference, sizeof(struct leg_key), 2 * VOUCHER_LEGS_MAX);
    if (!leg_each(journal, submission->reverses, expect_leg, &comparison, err)) goto out;
    for (size_t i = 0; i < pass->leg_sums.count; i++)
        if (!tally_add(&difference, tally_key(&pass->leg_sums, i),
                       money_negate(pass->leg_sums.sums[i]), NULL, err))
            goto out;
    ok = pass->line_count == original->voucher.line_count &&
         submission->people == original->voucher.people;
    for (size_t i = 0; i < difference.count && ok; i++)
        ok = money_is_zero(difference.sums[i]);
    if (!ok)
        (void)error_set(err, ERROR_INPUT,
                        "the lines are not those of voucher %s the other way round; a reversal "
                        "undoes the whole of a voucher",
                        submission->reverses);
out:
    tally_done(&difference);
    return ok;
}

bool reversal_check(struct journal *journal, struct submission *submission, struct error *err)
{
    struct voucher_row original;

    if (!voucher_row_find(journal, submission->reverses, &original, err) ||
        !check_reversible(journal, &original, submission, err) ||
        !check_legs(journal, submission, &original, err))
        return false;
    submission->effect = original.voucher.movement;
    if (submission->booking_month < original.voucher.booking_month)
        submission->booking_month = original.voucher.booking_month;
    funds_state(journal)->reversing_seq = original.voucher.submit_seq;
    return sql_run(journal, "UPDATE voucher SET reversed_by = $1 WHERE number = $2",
                   SQL_VALUES(SQL_TEXT(submission->voucher), SQL_TEXT(submission->reverses)), err);
}
