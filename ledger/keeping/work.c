/*
 * work.c - work orders and the money for upkeep: what must hold of their rows.
 *
 * 1. What is told of a voucher's payments for works is never more than the voucher paid from funds
 *    for upkeep, and what was paid for a work never more than it cost. A voucher that was reversed
 *    paid nothing.
 * 2. A fund's sources never come to more than what the fund received. A fund for upkeep is one of
 *    which sources are declared.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

/* An integer that one statement with one text tells. */
static bool ask(struct journal *journal, const char *sql, const char *text, money_t *out,
                struct error *err)
{
    struct statement *select;
    bool has_row;
    int64_t fen;

    if (!store_statement(journal_store(journal), sql, &select, err)) return false;
    statement_bind_text(select, 1, text);
    if (!statement_step(select, &has_row, err)) return false;
    fen = has_row ? statement_integer(select, 0) : 0;
    statement_reset(select);
    return money_from_fen(fen, out, err);
}

static bool sum_paid(struct journal *journal, const char *work, money_t *out, struct error *err)
{
    return ask(journal,
               "SELECT COALESCE(SUM(p.amount), 0) FROM keeping_paid AS p CROSS JOIN voucher AS "
               "v WHERE p.work = $1 AND v.number = p.voucher AND v.state = 'posted'",
               work, out, err);
}

/* ---- Work orders ----------------------------------------------------------------------------- */

RECORD_CHECK(check_work)
{
    if (!record_require_text(record, WORK_FAULT, "fault", err)) return false;
    if (strcmp(TEXT(WORK_DUE), TEXT(WORK_DATE)) < 0)
        return error_set(err, ERROR_INPUT, "the work is due on %s, before its order of %s",
                         TEXT(WORK_DUE), TEXT(WORK_DATE));
    return asset_require_use(journal, TEXT(WORK_ASSET), TEXT(WORK_DATE),
                             N_("a work order is opened"), division_out, err);
}

static bool find_work_division(struct journal *journal, const struct record *work,
                               char division_out[DIVISION_CODE_SIZE], struct error *err)
{
    struct asset_stand stand;

    if (!asset_find_stand(journal, work->values[WORK_ASSET].text, &stand, err)) return false;
    memcpy(division_out, stand.division, DIVISION_CODE_SIZE);
    return true;
}

RECORD_CHECK(check_done)
{
    struct record *work = NULL;
    char paid_text[MONEY_TEXT_SIZE], cost_text[MONEY_TEXT_SIZE];
    money_t paid, cost;
    bool ok = false;

    if (!record_require_text(record, DONE_BY, "by", err) ||
        !record_require_text(record, DONE_RESULT, "result", err) ||
        !money_from_fen(NUMBER(DONE_COST), &cost, err) ||
        !record_fetch(journal, &keeping_work, TEXT(DONE_WORK), &work, err))
        return false;
    if (!find_work_division(journal, work, division_out, err) ||
        !sum_paid(journal, TEXT(DONE_WORK), &paid, err))
        goto out;
    if (strcmp(TEXT(DONE_DATE), work->values[WORK_DATE].text) < 0)
        (void)error_set(err, ERROR_INPUT, "work %s is done on %s, before its order of %s",
                        TEXT(DONE_WORK), TEXT(DONE_DATE), work->values[WORK_DATE].text);
    else if (paid.fen > cost.fen)
        (void)error_set(err, ERROR_UNBALANCED, "work %s cost %s yuan, and %s yuan were paid for it",
                        TEXT(DONE_WORK), money_format(cost, cost_text),
                        money_format(paid, paid_text));
    else
        ok = true;
out:
    free(work);
    return ok;
}

/* ---- What vouchers paid ---------------------------------------------------------------------- */

struct upkeep_paid {
    struct journal *journal;
    money_t amount;
};

static bool is_upkeep_fund(struct journal *journal, const char *fund, bool *out, struct error *err)
{
    int64_t count;

    if (!record_count(journal, &keeping_source, SOURCE_FUND, fund, &count, err)) return false;
    *out = count != 0;
    return true;
}

static bool add_total(void *context, const struct balance *total, struct error *err)
{
    struct upkeep_paid *paid = context;
    bool is_upkeep;

    if (total->account.role != ACCOUNT_IN_TRANSIT) return true;
    if (!is_upkeep_fund(paid->journal, total->account.fund, &is_upkeep, err)) return false;
    return !is_upkeep || money_add(paid->amount, total->amount, &paid->amount, err);
}

static bool check_voucher(struct journal *journal, const struct record *record, struct error *err)
{
    struct upkeep_paid paid = {journal, MONEY_ZERO};
    char paid_text[MONEY_TEXT_SIZE], all_text[MONEY_TEXT_SIZE];
    struct voucher *voucher = malloc(sizeof *voucher);
    money_t told, all;
    bool ok = false;

    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    if (!voucher_find(journal, TEXT(PAID_VOUCHER), voucher, err)) goto out;
    if (strcmp(voucher->number, TEXT(PAID_VOUCHER)) != 0) {
        (void)error_set(err, ERROR_INPUT, "write the voucher by its number, %s", voucher->number);
        goto out;
    }
    if (voucher->state == VOUCHER_REVERSED || voucher->reversed_by[0] != '\0') {
        (void)error_set(err, ERROR_INPUT,
                        "voucher %s is reversed by %s, so it paid nothing; name the one that paid",
                        voucher->number, voucher->reversed_by);
        goto out;
    }
    if (voucher->state != VOUCHER_POSTED || voucher->movement != MOVEMENT_PAYMENT ||
        voucher->people) {
        (void)error_set(err, ERROR_INPUT,
                        "voucher %s is no approved payment to organisations; a work order is paid "
                        "by one",
                        voucher->number);
        goto out;
    }
    if (!voucher_total_each(journal, voucher->number, add_total, &paid, err) ||
        !ask(journal, "SELECT COALESCE(SUM(amount), 0) FROM keeping_paid WHERE voucher = $1",
             voucher->number, &told, err) ||
        !money_add(told, (money_t){NUMBER(PAID_AMOUNT)}, &all, err))
        goto out;
    ok = all.fen <= paid.amount.fen ||
         error_set(err, ERROR_UNBALANCED,
                   "voucher %s paid %s yuan from funds for upkeep whose sources are declared, and "
                   "%s yuan are told of it",
                   voucher->number, money_format(paid.amount, paid_text),
                   money_format(all, all_text));
out:
    free(voucher);
    return ok;
}

RECORD_CHECK(check_paid)
{
    struct record *work = NULL;
    char cost_text[MONEY_TEXT_SIZE], all_text[MONEY_TEXT_SIZE];
    int64_t closed;
    money_t paid, cost, all;
    bool ok = false;

    if (!record_fetch(journal, &keeping_work, TEXT(PAID_WORK), &work, err)) return false;
    if (!find_work_division(journal, work, division_out, err) ||
        !check_voucher(journal, record, err) ||
        !record_count(journal, &keeping_done, DONE_WORK, TEXT(PAID_WORK), &closed, err) ||
        !ask(journal, "SELECT cost FROM keeping_done WHERE work = $1", TEXT(PAID_WORK), &cost,
             err) ||
        !sum_paid(journal, TEXT(PAID_WORK), &paid, err) ||
        !money_add(paid, (money_t){NUMBER(PAID_AMOUNT)}, &all, err))
        goto out;
    ok = closed == 0 || all.fen <= cost.fen ||
         error_set(err, ERROR_UNBALANCED, "work %s cost %s yuan, and %s yuan were paid for it",
                   TEXT(PAID_WORK), money_format(cost, cost_text), money_format(all, all_text));
out:
    free(work);
    return ok;
}

/* ---- Where the money came from --------------------------------------------------------------- */

static bool add_source_balance(void *context, const struct balance *balance, struct error *err)
{
    money_t *received = context;

    return balance->account.role != ACCOUNT_SOURCE ||
           money_subtract(*received, balance->amount, received, err);
}

/* What came into a fund from outside, less what went back there. */
static bool sum_received(struct journal *journal, const char *fund, money_t *out, struct error *err)
{
    const struct balance_filter filter = {.fund = fund};

    *out = MONEY_ZERO;
    return balance_each(journal, &filter, add_source_balance, out, err);
}

static bool sum_declared(struct journal *journal, const char *fund, money_t *out, struct error *err)
{
    return ask(journal, "SELECT COALESCE(SUM(amount), 0) FROM keeping_source WHERE fund = $1", fund,
               out, err);
}

RECORD_CHECK(check_source)
{
    char received_text[MONEY_TEXT_SIZE], all_text[MONEY_TEXT_SIZE];
    const money_t amount = {NUMBER(SOURCE_AMOUNT)};
    money_t received, declared, all;
    struct fund *fund = malloc(sizeof *fund);
    bool ok = false;

    (void)division_out;
    if (fund == NULL) return error_set(err, ERROR_MEMORY, "no memory for a fund");
    if (!record_require_text(record, SOURCE_SOURCE, "source", err) ||
        !fund_find(journal, TEXT(SOURCE_FUND), fund, err) ||
        !sum_received(journal, TEXT(SOURCE_FUND), &received, err) ||
        !sum_declared(journal, TEXT(SOURCE_FUND), &declared, err) ||
        !money_add(declared, amount, &all, err))
        goto out;
    if (amount.fen == 0)
        (void)error_set(err, ERROR_INPUT, "0 yuan are no source; leave the row out");
    else if (amount.fen < 0 && TEXT(SOURCE_TEXT)[0] == '\0')
        (void)error_set(err, ERROR_INPUT, "say in the text why money is taken back");
    else if (all.fen < 0)
        (void)error_set(err, ERROR_UNBALANCED,
                        "more is taken back than the sources of fund %s come to",
                        TEXT(SOURCE_FUND));
    else if (amount.fen > 0 && all.fen > received.fen)
        (void)error_set(err, ERROR_UNBALANCED,
                        "the sources of fund %s come to %s yuan, and it received only %s",
                        TEXT(SOURCE_FUND), money_format(all, all_text),
                        money_format(received, received_text));
    else
        ok = true;
out:
    free(fund);
    return ok;
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static bool tell_fund(struct journal *journal, struct upkeep_fund *fund, struct error *err)
{
    return sum_received(journal, fund->fund, &fund->received, err) &&
           sum_declared(journal, fund->fund, &fund->declared, err) &&
           money_subtract(fund->received, fund->declared, &fund->unexplained, err);
}

bool upkeep_fund_each(struct journal *journal,
                      bool (*visit)(void *context, const struct upkeep_fund *fund,
                                    struct error *err),
                      void *context, struct error *err)
{
    struct statement *select = NULL;
    struct upkeep_fund fund;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal),
                       "SELECT DISTINCT fund FROM keeping_source ORDER BY fund", &select, err))
        return false;
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        copy_text(select, 0, fund.fund, sizeof fund.fund);
        if (!tell_fund(journal, &fund, err) || !visit(context, &fund, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

bool upkeep_source_each(struct journal *journal, const char *fund,
                        bool (*visit)(void *context, const char *source, money_t amount,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct statement *select = NULL;
    money_t amount;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal),
                       "SELECT source, SUM(amount) FROM keeping_source WHERE fund = $1 GROUP BY "
                       "source HAVING SUM(amount) <> 0 ORDER BY source",
                       &select, err))
        return false;
    statement_bind_text(select, 1, fund);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!money_from_fen(statement_integer(select, 1), &amount, err) ||
            !visit(context, statement_text(select, 0), amount, err))
            goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}
