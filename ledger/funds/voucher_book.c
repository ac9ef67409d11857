/*
 * voucher_book.c - a voucher in the books: held when submitted, posted or given back when decided.
 *
 *     submitted: from -> held            (source and spent are not held: nobody else can take them)
 *     approved:  held (or source, spent) -> to, and the terms of the law are counted
 *     rejected, withdrawn: held -> from
 *
 * 1. What a decision needs is read from the voucher's legs, not from its lines.
 * 2. All of it counts in the voucher's booking month, so that a month in which nothing is pending
 *    has nothing held.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

bool account_is_held_from(enum account_role role)
{
    return role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT;
}

static void held_of(const struct account *account, struct account *out)
{
    account_set(out, account->division, account->book, account->fund, ACCOUNT_HELD);
}

/* Move each account of a tally, those that lose first in the order of the accounts. */
static bool move_all(struct journal *journal, struct tally *tally, int32_t month, struct error *err)
{
    if (!tally_sort(tally, account_compare, err)) return false;
    for (size_t i = 0; i < tally->count; i++)
        if (!account_move(journal, tally_key(tally, i), tally->sums[i], month, err)) return false;
    return true;
}

/* ---- Submitted ------------------------------------------------------------------------------- */

static bool insert_voucher(struct journal *journal, const struct submission *submission,
                           struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    char date[DATE_TEXT_SIZE];

    return sql_run(
        journal,
        "INSERT INTO voucher (number, reference, movement, state, lines_state, event_date, "
        "booking_month, late, people, totals_sealed, bank_partial, line_count, amount, maker, "
        "checker, document, summary, reverses, reversed_by, submit_seq, submit_hash, "
        "totals_sha256, lines_root) VALUES ($1, $2, $3, 'pending', 'pending', $4, $5, $6, $7, $8, "
        "0, $9, $10, $11, '', $12, $13, $14, '', $15, $16, $17, $18)",
        SQL_VALUES(SQL_TEXT(submission->voucher), SQL_TEXT(submission->header.reference),
                   SQL_TEXT(movement_name(submission->header.movement)),
                   SQL_TEXT(date_format(submission->header.event_date, date)),
                   SQL_INTEGER(submission->booking_month), SQL_INTEGER(submission->header.late),
                   SQL_INTEGER(submission->people), SQL_INTEGER(submission->totals_sealed),
                   SQL_INTEGER(submission->line_count), SQL_INTEGER(pass->amount.fen),
                   SQL_TEXT(submission->maker), SQL_TEXT(submission->header.document),
                   SQL_TEXT(submission->header.text), SQL_TEXT(submission->reverses),
                   SQL_INTEGER(submission->seq), SQL_HASH(submission->hash),
                   SQL_HASH(submission->totals_sha256), SQL_HASH(submission->lines_root)),
        err);
}

/* Who gives and who takes by a leg of a succession, before it was turned round. */
static bool passes_through(struct journal *journal, const struct leg_key *key, bool is_reversal,
                           char out[DIVISION_CODE_SIZE], struct error *err)
{
    const char *from = is_reversal ? key->to.division : key->from.division;
    const char *to = is_reversal ? key->from.division : key->to.division;

    return division_between(journal, from, to, out, err);
}

static bool insert_leg(struct journal *journal, const struct submission *submission, size_t row,
                       struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    const struct leg_key *key = tally_key(&pass->leg_sums, row);
    bool is_reversal = submission->header.movement == MOVEMENT_REVERSAL;
    char via[DIVISION_CODE_SIZE] = "";

    if (submission->effect == MOVEMENT_SUCCESSION &&
        !passes_through(journal, key, is_reversal, via, err))
        return false;
    return sql_run(
        journal,
        "INSERT INTO leg (voucher, leg, from_division, from_book, from_fund, from_role, "
        "to_division, to_book, to_fund, to_role, project, contract, plan_line, agreement, via, "
        "amount, line_count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15, $16, $17)",
        SQL_VALUES(SQL_TEXT(submission->voucher), SQL_INTEGER(row + 1),
                   SQL_TEXT(key->from.division), SQL_TEXT(book_name(key->from.book)),
                   SQL_TEXT(key->from.fund), SQL_TEXT(account_role_name(key->from.role)),
                   SQL_TEXT(key->to.division), SQL_TEXT(book_name(key->to.book)),
                   SQL_TEXT(key->to.fund), SQL_TEXT(account_role_name(key->to.role)),
                   SQL_TEXT(key->project), SQL_TEXT(key->contract), SQL_INTEGER(key->plan_line),
                   SQL_TEXT(key->agreement), SQL_TEXT(via),
                   SQL_INTEGER(pass->leg_sums.sums[row].fen),
                   SQL_INTEGER(pass->legs[row].line_count)),
        err);
}

static bool insert_postings(struct journal *journal, const struct submission *submission,
                            struct error *err)
{
    const struct tally *totals = &funds_state(journal)->pass.totals;

    for (size_t i = 0; i < totals->count; i++) {
        const struct account *account = tally_key(totals, i);

        if (money_is_zero(totals->sums[i])) continue;
        if (!sql_run(journal,
                     "INSERT INTO posting (voucher, division, book, fund, role, amount) VALUES "
                     "($1, $2, $3, $4, $5, $6)",
                     SQL_VALUES(SQL_TEXT(submission->voucher), SQL_TEXT(account->division),
                                SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund),
                                SQL_TEXT(account_role_name(account->role)),
                                SQL_INTEGER(totals->sums[i].fen)),
                     err))
            return false;
    }
    return true;
}

static bool hold_legs(struct journal *journal, const struct submission *submission,
                      struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    struct tally takes, holds;
    struct account held;
    bool ok = false;

    tally_init(&takes, sizeof(struct account), VOUCHER_ACCOUNTS_MAX);
    tally_init(&holds, sizeof(struct account), VOUCHER_ACCOUNTS_MAX);
    for (size_t i = 0; i < pass->leg_sums.count; i++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, i);

        if (!account_is_held_from(key->from.role)) continue;
        held_of(&key->from, &held);
        if (!tally_add(&takes, &key->from, money_negate(pass->leg_sums.sums[i]), NULL, err) ||
            !tally_add(&holds, &held, pass->leg_sums.sums[i], NULL, err))
            goto out;
    }
    ok = move_all(journal, &takes, submission->booking_month, err) &&
         move_all(journal, &holds, submission->booking_month, err);
out:
    tally_done(&takes);
    tally_done(&holds);
    return ok;
}

bool voucher_insert_legs(struct journal *journal, const struct submission *submission,
                         struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;

    for (size_t i = 0; i < pass->leg_sums.count; i++)
        if (!insert_leg(journal, submission, i, err)) return false;
    return true;
}

bool voucher_hold(struct journal *journal, const struct submission *submission, struct error *err)
{
    if (!insert_voucher(journal, submission, err) || !insert_postings(journal, submission, err))
        return false;
    return voucher_insert_legs(journal, submission, err) && hold_legs(journal, submission, err);
}

/* ---- Decided --------------------------------------------------------------------------------- */

struct decision {
    struct journal *journal;
    const struct voucher_row *row;
    struct tally changes; /* of struct account */
    enum obligation_step step;
};

/* A succession passes through the division above both, which recovers it from the one and passes
   it down to the other: so the law holds for all three in the terms that there are. */
static bool count_succession(const struct decision *decision, const struct leg_key *key,
                             money_t amount, struct error *err)
{
    bool is_reversal = decision->row->voucher.movement == MOVEMENT_REVERSAL;
    const struct account *giver = is_reversal ? &key->to : &key->from;
    const struct account *taker = is_reversal ? &key->from : &key->to;
    int32_t month = decision->row->voucher.booking_month;
    struct account between = *giver;

    if (is_reversal) amount = money_negate(amount);
    if (!passes_through(decision->journal, key, is_reversal, between.division, err) ||
        !flow_add(decision->journal, giver, FLOW_RETURNED_UP, month, amount, err) ||
        !flow_add(decision->journal, &between, FLOW_RECOVERED_FROM_BELOW, month, amount, err))
        return false;
    return strcmp(between.division, taker->division) == 0 ||
           (flow_add(decision->journal, &between, FLOW_PASSED_DOWN, month, amount, err) &&
            flow_add(decision->journal, taker, FLOW_RECEIVED_FROM_ABOVE, month, amount, err));
}

/* The terms in which a posted leg counts: a reversal's as its original's, lessened. */
static bool count_flows(const struct decision *decision, const struct leg_key *key, money_t amount,
                        struct error *err)
{
    bool is_reversal = decision->row->voucher.movement == MOVEMENT_REVERSAL;
    const struct account *from = is_reversal ? &key->to : &key->from;
    const struct account *to = is_reversal ? &key->from : &key->to;
    int32_t month = decision->row->voucher.booking_month;
    money_t signed_amount = is_reversal ? money_negate(amount) : amount;
    enum flow_term from_term, to_term;

    if (decision->row->effect == MOVEMENT_SUCCESSION)
        return count_succession(decision, key, amount, err);
    leg_flows(decision->row->effect, &from_term, &to_term);
    if (from_term != FLOW_TERM_COUNT &&
        !flow_add(decision->journal, from, from_term, month, signed_amount, err))
        return false;
    if (to_term == FLOW_TERM_COUNT) return true;
    if (decision->row->effect == MOVEMENT_REFUND) signed_amount = money_negate(signed_amount);
    return flow_add(decision->journal, to, to_term, month, signed_amount, err);
}

/* What the bank has to answer for. A reversal of a payment leaves nothing of it. */
static bool send(const struct decision *decision, const struct leg_key *key, money_t amount,
                 struct error *err)
{
    if (decision->row->effect != MOVEMENT_PAYMENT) return true;
    if (decision->row->voucher.movement == MOVEMENT_REVERSAL)
        return sql_run(decision->journal, "UPDATE transit SET amount = 0 WHERE voucher = $1",
                       SQL_VALUES(SQL_TEXT(decision->row->voucher.reverses)), err);
    return sql_run(decision->journal,
                   "INSERT INTO transit (voucher, division, book, fund, amount) VALUES ($1, $2, "
                   "$3, $4, $5) ON CONFLICT (voucher, division, book, fund) DO UPDATE SET amount = "
                   "transit.amount + excluded.amount",
                   SQL_VALUES(SQL_TEXT(decision->row->voucher.number), SQL_TEXT(key->to.division),
                              SQL_TEXT(book_name(key->to.book)), SQL_TEXT(key->to.fund),
                              SQL_INTEGER(amount.fen)),
                   err);
}

static bool decide_leg(void *context, const struct leg_key *key, money_t amount, struct error *err)
{
    struct decision *decision = context;
    struct account from = key->from;

    if (!obligation_move(decision->journal, key, amount, decision->step, err)) return false;
    if (account_is_held_from(key->from.role)) held_of(&key->from, &from);
    switch (decision->step) {
    case OBLIGATION_POST:
        return tally_add(&decision->changes, &from, money_negate(amount), NULL, err) &&
               tally_add(&decision->changes, &key->to, amount, NULL, err) &&
               count_flows(decision, key, amount, err) && send(decision, key, amount, err);
    case OBLIGATION_UNDO:
        if (!account_is_held_from(key->from.role)) return true;
        return tally_add(&decision->changes, &from, money_negate(amount), NULL, err) &&
               tally_add(&decision->changes, &key->from, amount, NULL, err);
    case OBLIGATION_SUBMIT:
        break;
    }
    assert(false); /* a decision posts or undoes */
    return false;
}

static bool decide_legs(struct journal *journal, const struct voucher_row *row,
                        enum obligation_step step, struct error *err)
{
    struct decision decision = {.journal = journal, .row = row, .step = step};
    bool ok;

    /* Each account may come with its held one beside it. */
    tally_init(&decision.changes, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    ok = leg_each(journal, row->voucher.number, decide_leg, &decision, err) &&
         move_all(journal, &decision.changes, row->voucher.booking_month, err);
    tally_done(&decision.changes);
    return ok;
}

/* The final price: what is paid and what is retained. A reversal opens the contract again. */
static bool settle(struct journal *journal, const struct voucher_row *row, struct error *err)
{
    bool is_reversal = row->voucher.movement == MOVEMENT_REVERSAL;

    if (row->effect != MOVEMENT_SETTLEMENT) return true;
    if (!is_reversal && !voucher_check_settled(journal, row->voucher.number, err)) return false;
    return sql_run(journal,
                   "UPDATE contract SET settled = $1, final_price = CASE WHEN $2 = 1 THEN paid + "
                   "retention ELSE 0 END WHERE code IN (SELECT contract FROM leg WHERE voucher = "
                   "$3)",
                   SQL_VALUES(SQL_INTEGER(!is_reversal), SQL_INTEGER(!is_reversal),
                              SQL_TEXT(row->voucher.number)),
                   err);
}

/* Returned payments that the voucher paid again are returned payments once more. */
static bool free_returned(struct journal *journal, const char *voucher, struct error *err)
{
    return sql_run(journal,
                   "UPDATE line_mark SET state = 'returned', settled_by = '' WHERE settled_by = $1",
                   SQL_VALUES(SQL_TEXT(voucher)), err);
}

static bool set_state(struct journal *journal, const char *voucher, enum voucher_state state,
                      enum line_state lines_state, struct error *err)
{
    return sql_run(journal, "UPDATE voucher SET state = $1, lines_state = $2 WHERE number = $3",
                   SQL_VALUES(SQL_TEXT(voucher_state_name(state)),
                              SQL_TEXT(line_state_name(lines_state)), SQL_TEXT(voucher)),
                   err);
}

bool voucher_post(struct journal *journal, const struct voucher_row *row, struct error *err)
{
    const struct voucher *voucher = &row->voucher;
    bool is_payment = voucher->movement == MOVEMENT_PAYMENT;

    if (voucher->movement == MOVEMENT_APPROPRIATION &&
        !voucher_check_ceiling(journal, voucher->number, err))
        return false;
    if (!decide_legs(journal, row, OBLIGATION_POST, err) || !settle(journal, row, err) ||
        !set_state(journal, voucher->number, VOUCHER_POSTED,
                   is_payment ? LINE_IN_TRANSIT : LINE_POSTED, err))
        return false;
    if (voucher->movement != MOVEMENT_REVERSAL) return true;
    return set_state(journal, voucher->reverses, VOUCHER_REVERSED, LINE_VOID, err) &&
           free_returned(journal, voucher->reverses, err);
}

bool voucher_undo(struct journal *journal, const struct voucher_row *row, struct error *err)
{
    const struct voucher *voucher = &row->voucher;

    if (!decide_legs(journal, row, OBLIGATION_UNDO, err) ||
        !free_returned(journal, voucher->number, err))
        return false;
    return sql_run(journal, "UPDATE voucher SET reversed_by = '' WHERE number = $1",
                   SQL_VALUES(SQL_TEXT(voucher->reverses)), err);
}
