/*
 * voucher_payee.c - what depends on who is paid: payee rows, refunds, returned payments.
 *
 * 1. The rows of a large voucher are inserted sorted and under its own run, at the end of the
 * table: posting a payroll costs the same in a book of ten million rows as in an empty one. Small
 *    vouchers share run 0. Looking a payee up asks each run once.
 * 2. A refund never exceeds what the bank has paid that payee for the same thing.
 * 3. A returned payment is paid again, or remitted, once.
 * 4. Under a contract nobody is paid and nobody pays back but its contractor.
 * 5. Totals in clear tell of no account what fewer than three people got.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

static const char *payee_of(const struct voucher_pass *pass, const struct pass_line *line)
{
    return (const char *)pass->payees.data + line->payee_at;
}

bool voucher_insert_payees(struct journal *journal, const struct submission *submission,
                           struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    uint64_t run = pass->line_count >= LARGE_VOUCHER_LINES ? submission->seq : 0;
    bool has_rows = false;

    for (uint32_t i = 0; i < pass->line_count; i++) {
        const struct pass_line *line = &pass->lines[i];

        if (!line->has_payee) continue;
        has_rows = true;
        if (!sql_run(journal,
                     "INSERT INTO payee_line (run, payee, voucher, line, leg, amount) VALUES ($1, "
                     "$2, $3, $4, $5, $6)",
                     SQL_VALUES(SQL_INTEGER(run), SQL_TEXT(payee_of(pass, line)),
                                SQL_TEXT(submission->voucher), SQL_INTEGER(line->line),
                                SQL_INTEGER(line->leg + 1), SQL_INTEGER(line->amount.fen)),
                     err))
            return false;
    }
    return !has_rows ||
           sql_run(journal, "INSERT INTO payee_run (run) VALUES ($1) ON CONFLICT (run) DO NOTHING",
                   SQL_VALUES(SQL_INTEGER(run)), err);
}

/* ---- Totals in clear --------------------------------------------------------------------------
 */

/* How many people are paid from one account; the pass shows its lines sorted by payee. */
struct payers {
    const char *last_person;
    size_t count;
    uint32_t line; /* of the last one, to blame */
};

static void count_person(struct payers *payers, const char *person, uint32_t line)
{
    if (payers->count > 0 && strcmp(payers->last_person, person) == 0) return;
    payers->last_person = person;
    payers->count++;
    payers->line = line;
}

static bool check_payers(struct funds_state *state, const struct tally *accounts,
                         const struct payers *payers, struct error *err)
{
    for (size_t row = 0; row < accounts->count; row++) {
        const struct account *account = tally_key(accounts, row);

        if (payers[row].count == 0 || payers[row].count >= PERSONS_IN_CLEAR_MIN) continue;
        state->bad_line = payers[row].line;
        return error_set(err, ERROR_INPUT,
                         "fewer than %d persons are paid from %s of fund %s, book %s, division "
                         "%s, and the voucher's totals would show what they get; put them into a "
                         "voucher of their own, whose totals are sealed",
                         PERSONS_IN_CLEAR_MIN, translate(account_role_name(account->role)),
                         account->fund, translate(book_name(account->book)), account->division);
    }
    return true;
}

bool voucher_check_clear_totals(struct journal *journal, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;
    struct payers *payers = NULL;
    size_t *account_of_leg = NULL;
    struct tally accounts;
    bool ok = false;

    /* Who was paid by a line that is gone nobody knows; it was checked when it came. */
    if (pass->person_count == 0 || pass->gone_count > 0 || pass_must_seal(pass)) return true;
    tally_init(&accounts, sizeof(struct account), VOUCHER_ACCOUNTS_MAX);
    payers = calloc(pass->leg_sums.count, sizeof *payers);
    account_of_leg = calloc(pass->leg_sums.count, sizeof *account_of_leg);
    if (payers == NULL || account_of_leg == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to count who is paid from where");
        goto out;
    }
    for (size_t leg = 0; leg < pass->leg_sums.count; leg++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, leg);

        if (!tally_add(&accounts, &key->from, MONEY_ZERO, &account_of_leg[leg], err)) goto out;
    }
    for (uint32_t i = 0; i < pass->line_count; i++) {
        const struct pass_line *line = &pass->lines[i];

        if (line->is_person)
            count_person(&payers[account_of_leg[line->leg]], payee_of(pass, line), line->line);
    }
    ok = check_payers(state, &accounts, payers, err);
out:
    tally_done(&accounts);
    free(payers);
    free(account_of_leg);
    return ok;
}

bool voucher_check_returned_apart(struct journal *journal, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;
    bool has_other = false;

    if (pass->person_count == 0 && pass->gone_count == 0) return true;
    for (size_t leg = 0; leg < pass->leg_sums.count; leg++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, leg);

        has_other = has_other || key->from.role != ACCOUNT_OWED;
    }
    for (uint32_t i = 0; i < pass->line_count && has_other; i++) {
        const struct pass_line *line = &pass->lines[i];
        const struct leg_key *key = tally_key(&pass->leg_sums, line->leg);

        if (key->from.role != ACCOUNT_OWED) continue;
        state->bad_line = line->line;
        return error_set(err, ERROR_INPUT,
                         "what the bank returned stands beside other money, and would hide its "
                         "sum; put what is paid again or remitted into a voucher of its own");
    }
    return true;
}

/* ---- Contractors ------------------------------------------------------------------------------
 */

bool voucher_check_contractor(struct journal *journal, const struct voucher_line *line,
                              struct error *err)
{
    const struct payee *payee = &line->payee;
    struct contract contract;
    bool has_code, is_same;

    if (line->contract[0] == '\0' || payee->name[0] == '\0') return true;
    if (!contract_find(journal, line->contract, &contract, err)) return false;
    has_code = contract.uscc[0] != '\0';
    is_same = has_code ? strcmp(contract.uscc, payee->uscc) == 0
                       : strcmp(contract.contractor, payee->name) == 0;
    if (is_same && !payee->is_person) return true;
    return error_set(err, ERROR_CONTRACT,
                     "contract %s is with %s%s%s; under it nobody else is paid or pays back: name "
                     "the contractor",
                     contract.code, contract.contractor, has_code ? ", " : "", contract.uscc);
}

/* ---- Refunds --------------------------------------------------------------------------------- */

/* What the bank has paid this payee for the same thing, less all refunds, this one included. */
static bool read_left(struct journal *journal, const char *payee, const struct leg_key *key,
                      money_t *out, struct error *err)
{
    int64_t fen;

    if (!sql_integer(
            journal,
            "SELECT SUM(CASE WHEN v.movement = 'payment' THEN p.amount ELSE -p.amount END) FROM "
            "payee_run r JOIN payee_line p ON p.run = r.run AND p.payee = $1 JOIN leg l ON "
            "l.voucher = p.voucher AND l.leg = p.leg JOIN voucher v ON v.number = p.voucher LEFT "
            "JOIN line_mark m ON m.voucher = p.voucher AND m.line = p.line WHERE l.from_division = "
            "$2 AND l.from_book = $3 AND l.from_fund = $4 AND l.project = $5 AND l.contract = $6 "
            "AND l.plan_line = $7 AND ((v.movement = 'payment' AND v.state = 'posted' AND "
            "COALESCE(m.state, v.lines_state) = 'confirmed') OR (v.movement = 'refund' AND v.state "
            "IN ('pending', 'posted')))",
            SQL_VALUES(SQL_TEXT(payee), SQL_TEXT(key->from.division),
                       SQL_TEXT(book_name(key->from.book)), SQL_TEXT(key->from.fund),
                       SQL_TEXT(key->project), SQL_TEXT(key->contract),
                       SQL_INTEGER(key->plan_line)),
            &fen, err))
        return false;
    return money_from_fen(fen, out, err);
}

/* More is paid back than is known to have been paid. Lines that are gone may have paid it: a replay
 * can't judge, and nobody is let pay back what nobody can look up. */
static bool refuse_refund(struct journal *journal, money_t excess, struct error *err)
{
    char text[MONEY_TEXT_SIZE];
    int64_t gone;

    if (!sql_integer(journal, "SELECT COUNT(*) FROM gone_seal WHERE kind = 'voucher.line'", NULL, 0,
                     &gone, err))
        return false;
    if (gone != 0 && journal_is_replaying(journal)) return true;
    (void)money_format_grouped(excess, text);
    if (gone != 0)
        return error_set(err, ERROR_INSUFFICIENT,
                         "the refund is %s yuan more than the ledger knows the bank to have paid "
                         "this payee for the same; where the payment's line was lost or erased, "
                         "enter the money as a receipt, which says who paid it back",
                         text);
    return error_set(err, ERROR_INSUFFICIENT,
                     "the refund is %s yuan more than the bank has paid this payee from "
                     "this account for the same project, contract and plan line; name what "
                     "it was paid for",
                     text);
}

bool voucher_check_refunds(struct journal *journal, const struct submission *submission,
                           struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;

    (void)submission;
    for (uint32_t i = 0; i < pass->line_count; i++) {
        const struct pass_line *line = &pass->lines[i];
        money_t left;

        if (line->is_gone) continue;
        state->bad_line = line->line;
        if (!read_left(journal, payee_of(pass, line), tally_key(&pass->leg_sums, line->leg), &left,
                       err))
            return false;
        if (money_is_negative(left) && !refuse_refund(journal, money_negate(left), err))
            return false;
    }
    state->bad_line = 0;
    return true;
}

/* ---- Returned payments ----------------------------------------------------------------------- */

static bool is_same_payee(const char *payee, const struct payee *other, bool *out,
                          struct error *err)
{
    struct buffer key = BUFFER_INIT(TEXT_SIZE + 2);
    bool ok = payee_key(other, &key, err);

    if (ok) *out = strcmp(payee, buffer_text(&key)) == 0;
    buffer_done(&key);
    return ok;
}

static bool is_same_money(const struct leg_key *key, const struct voucher_line *line)
{
    return strcmp(key->from.division, line->from.division) == 0 &&
           key->from.book == line->from.book && strcmp(key->from.fund, line->from.fund) == 0 &&
           strcmp(key->project, line->project) == 0 && strcmp(key->contract, line->contract) == 0 &&
           key->plan_line == line->plan_line;
}

static bool check_returned(struct journal *journal, const struct pass_returned *returned,
                           struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;
    struct voucher_line *line = &state->line; /* no line of this voucher is read any more */
    enum line_state line_state;
    bool same_payee;
    char text[MONEY_TEXT_SIZE];

    if (!voucher_line_find(journal, returned->voucher, returned->line, line, &line_state, err))
        return false;
    if (line_state != LINE_RETURNED)
        return error_set(err, ERROR_STATE,
                         "line %d of voucher %s is %s; only what the bank returned, and nobody has "
                         "paid again, can be paid again or remitted",
                         returned->line, returned->voucher, translate(line_state_name(line_state)));
    /* Whose it was and how much nobody knows; what is owed in the account is the bound. */
    if (line->is_gone) return true;
    if (!is_same_payee(payee_of(pass, &returned->by), &line->payee, &same_payee, err)) return false;
    if (!same_payee)
        return error_set(err, ERROR_INPUT,
                         "line %d of voucher %s was for another payee; owed money is due to the "
                         "payee from whom it was returned",
                         returned->line, returned->voucher);
    if (money_compare(line->amount, returned->by.amount) != 0)
        return error_set(
            err, ERROR_INPUT, "line %d of voucher %s was %s yuan; pay the same amount again",
            returned->line, returned->voucher, money_format_grouped(line->amount, text));
    if (!is_same_money(tally_key(&pass->leg_sums, returned->by.leg), line))
        return error_set(err, ERROR_EARMARK,
                         "line %d of voucher %s was paid from another account or for another "
                         "project, contract or plan line; name the same",
                         returned->line, returned->voucher);
    return true;
}

bool voucher_take_returned(struct journal *journal, const struct submission *submission,
                           struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_pass *pass = &state->pass;
    bool is_paid = submission->header.movement == MOVEMENT_PAYMENT;

    for (size_t i = 0; i < pass->returned_count; i++) {
        const struct pass_returned *returned = &pass->returned[i];

        state->bad_line = returned->by.line;
        state->has_line = false;
        if (!check_returned(journal, returned, err)) return false;
        if (!sql_run(journal,
                     "INSERT INTO line_mark (voucher, line, state, settled_by, seq) VALUES ($1, $2, "
                     "$3, $4, 0) ON CONFLICT (voucher, line) DO UPDATE SET state = excluded.state, "
                     "settled_by = excluded.settled_by",
                     SQL_VALUES(SQL_TEXT(returned->voucher), SQL_INTEGER(returned->line),
                                SQL_TEXT(line_state_name(is_paid ? LINE_REPAID : LINE_VOID)),
                                SQL_TEXT(submission->voucher)),
                     err))
            return false;
    }
    state->bad_line = 0;
    return true;
}
