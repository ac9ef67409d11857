/*
 * funds.c - the funds module: its kinds, acts and tables, and what it remembers of a transaction.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"
#include "ledger/funds/schema.h"

static const struct entry_kind *const kinds[] = {
    &division_add_kind,
    &fund_add_kind,
    &project_add_kind,
    &contract_add_kind,
    &project_progress_kind,
    &project_accept_kind,
    &project_result_kind,
    &voucher_line_kind,
    &voucher_submit_kind,
    &voucher_approve_kind,
    &voucher_reject_kind,
    &voucher_withdraw_kind,
    &bank_confirm_kind,
    &bank_return_kind,
    &period_close_kind,
    &period_carry_over_kind,
    &attachment_add_kind,
    &division_close_kind,
    NULL,
};

static const struct act_kind *const acts[] = {
    &exception_grant_act,   &period_reopen_act, &division_rename_act, &division_succeed_act,
    &division_continue_act, &seal_erase_act,    &attachment_lost_act, NULL};

static void forget(struct funds_state *state)
{
    pass_reset(&state->pass);
    tally_reset(&state->touched);
    state->reversing_seq = 0;
    state->has_line = false;
}

static void close_state(void *context)
{
    struct funds_state *state = context;

    if (state == NULL) return;
    pass_close(&state->pass);
    tally_done(&state->touched);
    json_document_free(state->detail);
    free(state);
}

static bool open_state(struct journal *journal, void **state_out, struct error *err)
{
    struct funds_state *state = calloc(1, sizeof *state);

    (void)journal;
    if (state == NULL) return error_set(err, ERROR_MEMORY, "no memory to open the ledger");
    pass_open(&state->pass);
    tally_init(&state->touched, sizeof(struct touched_book), TOUCHED_MAX);
    state->detail = json_document_new(err);
    if (state->detail == NULL) {
        close_state(state);
        return false;
    }
    *state_out = state;
    return true;
}

static void after_end(struct journal *journal, bool committed)
{
    (void)committed;
    forget(funds_state(journal));
}

struct funds_state *funds_state(struct journal *journal)
{
    return journal_module_state(journal, &funds_module);
}

const struct journal_module funds_module = {
    .kinds = kinds,
    .acts = acts,
    .tables = funds_tables,
    .table_count = FUNDS_TABLE_COUNT,
    .open = open_state,
    .close = close_state,
    .before_commit = law_check,
    .after_end = after_end,
};
