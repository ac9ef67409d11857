/*
 * guard.c - no loan without its three agreements (三项协议), nor beyond them; and nothing is erased
 * of who still owes.
 *
 * 1. Judged when the voucher is submitted, for each of its lines, by the day of the event: the loan
 *    agreement is on file and with that borrower, its pool is the account's, the pool is entrusted
 *    on that day, the borrower is in the joint-guarantee group.
 * 2. All that is lent under an agreement, undecided vouchers too, is at most its principal. What
 * one borrower owes a pool is at most the pool's limit of all that stands in its account.
 * 3. In a replay, what was erased or lost isn't judged: it was when it came. Nor is an erasure
 * while lines of vouchers are lost: a loan or a repayment may be among them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/people/internal.h"

#define TEXT(record, field) ((record)->values[field].text)

struct guarding {
    struct journal *journal;
    char day[DATE_TEXT_SIZE]; /* of the event */
    const struct voucher_line *line;
    struct record *agreement, *pool;
    bool is_found; /* scratch of the searches below */
    bool is_blind; /* some of what was searched is gone */
};

/* ---- The three agreements -------------------------------------------------------------------- */

static bool find_agreement(struct guarding *at, struct error *err)
{
    const char *code = at->line->agreement;
    bool found;

    if (!record_find(at->journal, &aid_agreement, AGREEMENT_CODE, code, at->agreement, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_STATE,
                         "loan agreement %s (借款协议) is not on file, and nothing is lent without "
                         "the three agreements (rule R30); import aid-agreements first",
                         code);
    return record_find(at->journal, &aid_pool, POOL_CODE, TEXT(at->agreement, AGREEMENT_POOL),
                       at->pool, &found, err);
}

static bool see_entrustment(void *context, const struct record *record, struct error *err)
{
    struct guarding *at = context;

    (void)err;
    at->is_found = at->is_found || (strcmp(TEXT(record, ENTRUSTMENT_FIRST), at->day) <= 0 &&
                                    strcmp(at->day, TEXT(record, ENTRUSTMENT_LAST)) <= 0);
    return true;
}

static bool require_entrustment(struct guarding *at, struct error *err)
{
    const char *pool = TEXT(at->pool, POOL_CODE);

    at->is_found = false;
    if (!record_each(at->journal, &aid_entrustment, ENTRUSTMENT_POOL, pool, see_entrustment, at,
                     err))
        return false;
    return at->is_found ||
           error_set(err, ERROR_STATE,
                     "no entrustment agreement (委托管理协议) of pool %s holds on %s, and nothing "
                     "is lent without the three agreements (rule R30); import aid-entrustments "
                     "first",
                     pool, at->day);
}

static bool see_member(void *context, const struct record *record, struct error *err)
{
    struct guarding *at = context;

    (void)err;
    if (record_is_gone(&aid_guarantee, record)) {
        at->is_blind = true;
        return true;
    }
    at->is_found =
        at->is_found ||
        (strcmp(TEXT(record, GUARANTEE_ID), at->line->payee.id_number) == 0 &&
         strcmp(TEXT(record, GUARANTEE_POOL), TEXT(at->agreement, AGREEMENT_POOL)) == 0 &&
         strcmp(TEXT(record, GUARANTEE_DATE), at->day) <= 0);
    return true;
}

static bool require_guarantee(struct guarding *at, struct error *err)
{
    const char *code = TEXT(at->agreement, AGREEMENT_GUARANTEE);

    at->is_found = at->is_blind = false;
    if (!record_each(at->journal, &aid_guarantee, GUARANTEE_CODE, code, see_member, at, err))
        return false;
    return at->is_found || (at->is_blind && journal_is_replaying(at->journal)) ||
           error_set(
               err, ERROR_STATE,
               "the joint-guarantee agreement (联保小组协议) of group %s, with the borrower of "
               "%s in it, is not on file by %s, and nothing is lent without the three "
               "agreements (rule R30); import aid-guarantees first",
               code, at->line->agreement, at->day);
}

/* ---- Within them ------------------------------------------------------------------------------
 */

static bool check_account(const struct guarding *at, struct error *err)
{
    const struct account *from = &at->line->from;

    if (strcmp(from->division, TEXT(at->pool, POOL_DIVISION)) == 0 &&
        strcmp(book_name(from->book), TEXT(at->pool, POOL_BOOK)) == 0 &&
        strcmp(from->fund, TEXT(at->pool, POOL_FUND)) == 0)
        return true;
    return error_set(err, ERROR_EARMARK,
                     "loan agreement %s is of pool %s, whose money stands in division %s, book %s, "
                     "fund %s; lend it from there",
                     at->line->agreement, TEXT(at->pool, POOL_CODE), TEXT(at->pool, POOL_DIVISION),
                     TEXT(at->pool, POOL_BOOK), TEXT(at->pool, POOL_FUND));
}

static bool check_borrower(const struct guarding *at, struct error *err)
{
    const struct record *agreement = at->agreement;

    if (strcmp(TEXT(agreement, AGREEMENT_ID), at->line->payee.id_number) != 0)
        return error_set(err, ERROR_INPUT,
                         "loan agreement %s is with another person; name its borrower",
                         at->line->agreement);
    if (strcmp(TEXT(agreement, AGREEMENT_FIRST), at->day) <= 0 &&
        strcmp(at->day, TEXT(agreement, AGREEMENT_DUE)) <= 0)
        return true;
    return error_set(err, ERROR_STATE,
                     "under loan agreement %s money is lent from %s to %s, not on %s",
                     at->line->agreement, TEXT(agreement, AGREEMENT_FIRST),
                     TEXT(agreement, AGREEMENT_DUE), at->day);
}

static bool check_principal(const struct guarding *at, struct error *err)
{
    money_t principal = {at->agreement->values[AGREEMENT_PRINCIPAL].number};
    char most[MONEY_TEXT_SIZE], asked[MONEY_TEXT_SIZE];
    struct loan_sums sums;
    money_t all;

    if (!loan_sum_agreement(at->journal, at->line->agreement, NULL, &sums, err) ||
        !money_add(sums.lent, sums.waiting, &all, err))
        return false;
    return money_compare(all, principal) <= 0 ||
           error_set(err, ERROR_INSUFFICIENT,
                     "under loan agreement %s at most %s yuan are lent; with this it would be %s",
                     at->line->agreement, money_format_grouped(principal, most),
                     money_format_grouped(all, asked));
}

/* ---- One borrower's share of the pool ---------------------------------------------------------
 */

static bool add_agreement(struct journal *journal, const char *agreement, money_t *sum,
                          struct error *err)
{
    struct loan_sums sums;

    return loan_sum_agreement(journal, agreement, NULL, &sums, err) &&
           money_add(*sum, sums.lent, sum, err) && money_add(*sum, sums.waiting, sum, err) &&
           money_subtract(*sum, sums.repaid, sum, err);
}

/* What the line's borrower owes the pool, undecided loans too. */
static bool sum_borrower(const struct guarding *at, money_t *out, struct error *err)
{
    struct statement *statement = NULL;
    money_t sum = MONEY_ZERO;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(at->journal),
                       "SELECT agreement FROM aid_agreement WHERE pool = $1 AND id_number = $2 "
                       "ORDER BY seq",
                       &statement, err))
        goto out;
    statement_bind_text(statement, 1, TEXT(at->pool, POOL_CODE));
    statement_bind_text(statement, 2, at->line->payee.id_number);
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_agreement(at->journal, statement_text(statement, 0), &sum, err)) goto out;
    }
    *out = sum;
    ok = true;
out:
    statement_free(statement);
    return ok;
}

struct pool_sum {
    const struct account *account;
    money_t sum;
};

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct pool_sum *pool = context;

    if (balance->account.book != pool->account->book || balance->account.role == ACCOUNT_SPENT)
        return true;
    return money_add(pool->sum, balance->amount, &pool->sum, err);
}

static bool check_limit(const struct guarding *at, struct error *err)
{
    const struct account *from = &at->line->from;
    struct pool_sum pool = {from, MONEY_ZERO};
    struct balance_filter filter = {.division = from->division, .fund = from->fund};
    char most[MONEY_TEXT_SIZE], asked[MONEY_TEXT_SIZE];
    money_t owed, limit;

    if (!sum_borrower(at, &owed, err) ||
        !balance_each(at->journal, &filter, add_balance, &pool, err) ||
        !money_multiply_ratio(pool.sum, at->pool->values[POOL_LIMIT].number, 10000, &limit, err))
        return false;
    return money_compare(owed, limit) <= 0 ||
           error_set(err, ERROR_INSUFFICIENT,
                     "one borrower owes pool %s at most %s yuan, by its limit for one borrower; "
                     "with this it would be %s",
                     TEXT(at->pool, POOL_CODE), money_format_grouped(limit, most),
                     money_format_grouped(owed, asked));
}

/* ---- A voucher's lines ------------------------------------------------------------------------
 */

static bool guard_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    struct guarding *at = context;

    (void)number;
    (void)state;
    (void)seq;
    if (line->is_gone) return true;
    at->line = line;
    if (!find_agreement(at, err) || !check_account(at, err) || !require_entrustment(at, err))
        return false;
    if (record_is_gone(&aid_agreement, at->agreement))
        return journal_is_replaying(at->journal) ||
               error_set(err, ERROR_STATE,
                         "what loan agreement %s says was erased or lost; nothing more is lent "
                         "under it",
                         line->agreement);
    return check_borrower(at, err) && require_guarantee(at, err) && check_principal(at, err) &&
           check_limit(at, err);
}

bool loan_guard(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct guarding at = {.journal = journal};
    char movement[16], voucher[VOUCHER_NUMBER_SIZE];
    bool ok = false;

    if (strcmp(entry->kind, "voucher.submit") != 0) return true;
    if (!json_get_string(entry->document, entry->body, "movement", movement, sizeof movement, err))
        return false;
    if (strcmp(movement, movement_name(MOVEMENT_LOAN)) != 0) return true;
    if (!json_get_string(entry->document, entry->body, "event_date", at.day, sizeof at.day, err) ||
        !json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err))
        return false;
    at.agreement = malloc(sizeof *at.agreement);
    at.pool = malloc(sizeof *at.pool);
    if (at.agreement == NULL || at.pool == NULL)
        (void)error_set(err, ERROR_MEMORY, "no memory for a row");
    else
        ok = voucher_line_each(journal, voucher, guard_line, &at, err);
    free(at.agreement);
    free(at.pool);
    return ok;
}

/* ---- Erasing ----------------------------------------------------------------------------------
 */

static bool require_repaid(struct journal *journal, const char *agreement, struct error *err)
{
    char text[MONEY_TEXT_SIZE];
    money_t owed = MONEY_ZERO;

    if (!add_agreement(journal, agreement, &owed, err)) return false;
    return owed.fen <= 0 ||
           error_set(err, ERROR_STATE,
                     "under loan agreement %s %s yuan are owed; what it says, and who guarantees "
                     "it, is erased when it is repaid",
                     agreement, money_format_grouped(owed, text));
}

/* Some of who borrowed and repaid isn't known, or won't be: what is owed can't be told. */
static bool is_blind(struct journal *journal, bool *out, struct error *err)
{
    struct statement *statement;

    *out = false;
    if (!journal_is_replaying(journal)) return true;
    if (!store_statement(journal_store(journal),
                         "SELECT 1 FROM gone_seal WHERE kind = 'voucher.line' AND state <> "
                         "'erased' LIMIT 1",
                         &statement, err) ||
        !statement_step(statement, out, err))
        return false;
    statement_reset(statement);
    return true;
}

bool settle_aid(struct journal *journal, const struct record *record,
                const struct json_document *document, uint32_t act_body, struct error *err)
{
    (void)journal;
    (void)record;
    (void)document;
    (void)act_body;
    (void)err;
    return true;
}

bool erasure_guard(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, is_unknown, ok = false;

    if (strcmp(entry->kind, "act.second") != 0) return true;
    if (!is_blind(journal, &is_unknown, err)) return false;
    if (is_unknown) return true;
    if (!store_prepare(journal_store(journal),
                       "SELECT a.agreement FROM gone_seal g JOIN aid_agreement a ON a.seq = g.seq "
                       "WHERE g.act_seq = $1 AND g.state = 'erased' UNION SELECT a.agreement FROM "
                       "gone_seal g JOIN aid_guarantee m ON m.seq = g.seq JOIN aid_agreement a ON "
                       "a.guarantee = m.guarantee WHERE g.act_seq = $1 AND g.state = 'erased' "
                       "ORDER BY 1",
                       &statement, err))
        goto out;
    statement_bind_integer(statement, 1, (int64_t)entry->seq);
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!require_repaid(journal, statement_text(statement, 0), err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
