/*
 * cmd_voucher.c - the checker's desk and everyone's window: list, show, approve, reject, withdraw.
 */
#include <assert.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/listing.h"
#include "cli/voucher_view.h"

#define APPROVE_LINES_SHOWN 20 /* of one voucher; `voucher show` has them all */

/* ---- list ----------------------------------------------------------------------------------- */

static bool parse_state(const char *text, struct voucher_filter *filter, struct error *err)
{
    int state;

    for (state = 0; state < VOUCHER_STATE_COUNT; state++) {
        if (strcmp(voucher_state_name((enum voucher_state)state), text) != 0) continue;
        filter->by_state = true;
        filter->state = (enum voucher_state)state;
        return true;
    }
    return error_set(err, ERROR_USAGE,
                     "\"%s\" is no state; use pending, posted, rejected, withdrawn or reversed",
                     text);
}

static bool run_voucher_list(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct voucher_filter filter = {.fund = option_get(arguments, OPTION_FUND),
                                    .project = option_get(arguments, OPTION_PROJECT),
                                    .reference = option_get(arguments, OPTION_REFERENCE)};
    const char *state = option_get(arguments, OPTION_STATE);

    if (state != NULL && !parse_state(state, &filter, err)) return false;
    if (!session_open(session, true, err)) return false;
    return list_vouchers(session->journal, &filter, session->format, err);
}

static const struct argp_option list_options[] = {
    {"state", OPTION_STATE, "STATE", 0, "pending, posted, rejected, withdrawn or reversed", 0},
    {"fund", OPTION_FUND, "FUND", 0, "Only those that touch this fund", 0},
    {"project", OPTION_PROJECT, "PROJECT", 0, "Only those about this project", 0},
    {"reference", OPTION_REFERENCE, "REFERENCE", 0, "Only the one with this reference", 0},
    {0}};

const struct command command_voucher_list = {
    "voucher",
    "list",
    NULL,
    0,
    0,
    list_options,
    "list vouchers",
    "A reversal 冲销 names the voucher that it undoes, and that one names its reversal.\n\n"
    "  $ mingzhang voucher list --state pending\n"
    "  voucher      state    movement  date        lines      amount  maker\n"
    "  2021-000007  pending  payment   2021-06-01      3  579,100.00  li\n",
    run_voucher_list};

/* ---- show ----------------------------------------------------------------------------------- */

static bool run_voucher_show(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct voucher voucher;

    if (!session_open(session, true, err)) return false;
    if (!voucher_find(session->journal, arguments->at[0], &voucher, err)) return false;
    return table_is_aligned(session->format)
               ? voucher_view_show(session->journal, &voucher, VIEW_LINES_ALL, err)
               : list_lines(session->journal, voucher.number, session->format, err);
}

const struct command command_voucher_show = {
    "voucher",
    "show",
    "VOUCHER",
    1,
    1,
    NULL,
    "show a voucher, every balance before and after, and what becomes public",
    "VOUCHER is a number or a reference. With --format csv or json the lines alone are listed.\n\n"
    "  $ mingzhang voucher show 2021-000007\n",
    run_voucher_show};

/* ---- approve, reject, withdraw -------------------------------------------------------------- */

/* Decide them all in the transaction that is open, each shown first when `is_shown`. */
static bool decide_all(struct session *session, const struct arguments *arguments,
                       enum voucher_act act, bool is_shown, struct error *err)
{
    struct voucher voucher;
    size_t i;

    for (i = 0; i < arguments->count; i++) {
        if (is_shown) {
            if (i > 0) say("\n");
            if (!voucher_find(session->journal, arguments->at[i], &voucher, err) ||
                !voucher_view_show(session->journal, &voucher, APPROVE_LINES_SHOWN, err)) {
                return error_at(err, "%s", arguments->at[i]);
            }
        }
        if (!voucher_decide(session->journal, &session->by, arguments->at[i], act,
                            option_text(arguments, OPTION_REASON), err)) {
            return error_at(err, "%s", arguments->at[i]);
        }
    }
    return true;
}

static bool commit(struct session *session, const struct arguments *arguments, const char *done,
                   struct error *err)
{
    size_t i;

    if (!session_commit(session, err)) return false;
    for (i = 0; i < arguments->count; i++)
        say("%s %s", arguments->at[i], translate(done));
    return true;
}

static bool decide(struct session *session, const struct arguments *arguments, enum voucher_act act,
                   const char *done, struct error *err)
{
    if (act == VOUCHER_REJECT && option_text(arguments, OPTION_REASON)[0] == 0) {
        return error_set(err, ERROR_USAGE, "--reason is missing; the maker must know why");
    }
    return session_begin(session, err) && decide_all(session, arguments, act, false, err) &&
           commit(session, arguments, done, err);
}

static const struct argp_option reason_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0}, {0}};

/*
 * Nobody writes while a person reads: the vouchers are approved on trial, shown as they go, and
 * rolled back. After the answer they are approved for good, if the ledger is still the one shown.
 */
static bool approve_after_asking(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    uint64_t size;

    for (;;) {
        size = journal_size(session->journal);
        if (!decide_all(session, arguments, VOUCHER_APPROVE, true, err)) return false;
        journal_rollback(session->journal);
        if (!confirm(arguments->count == 1 ? _("\nApprove it?") : _("\nApprove them all?"), err)) {
            return false;
        }
        if (!journal_begin(session->journal, err)) return false;
        if (journal_size(session->journal) == size) break;
        say("\nThe ledger went on while you read. So it is now:\n");
    }
    return decide_all(session, arguments, VOUCHER_APPROVE, false, err);
}

static bool run_voucher_approve(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    bool is_agreed = option_given(arguments, OPTION_YES);

    if (!session_begin(session, err)) return false;
    if (is_agreed || !confirm_is_possible()) {
        if (!decide_all(session, arguments, VOUCHER_APPROVE, !is_agreed, err)) return false;
    } else if (!approve_after_asking(session, arguments, err)) {
        return false;
    }
    if (!is_agreed) say("%s", "");
    if (!commit(session, arguments, N_("approved and posted"), err)) return false;
    say_next("paper for the binder: mingzhang voucher print %s --output %s.pdf", arguments->at[0],
             arguments->at[0]);
    return true;
}

static const struct argp_option approve_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "A remark; it is published", 0},
    {"yes", OPTION_YES, NULL, 0, "Neither show nor ask: it was looked at before", 0},
    {0}};

const struct command command_voucher_approve = {
    "voucher",
    "approve",
    "VOUCHER …",
    1,
    ARGUMENTS_MAX,
    approve_options,
    "approve vouchers that another person submitted",
    "Each is shown as `mingzhang voucher show` does; on a terminal you are asked. Several are "
    "approved together or not at all.\n\n"
    "  $ mingzhang -u wang voucher approve 2021-000007\n"
    "  …\n"
    "  2021-000007 approved and posted\n",
    run_voucher_approve};

static bool run_voucher_reject(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    return decide(session, arguments, VOUCHER_REJECT, N_("rejected; its money is free again"), err);
}

const struct command command_voucher_reject = {
    "voucher",
    "reject",
    "VOUCHER …",
    1,
    ARGUMENTS_MAX,
    reason_options,
    "reject vouchers",
    "Held money goes back to where it came from. The reference stays used.\n\n"
    "  $ mingzhang -u wang voucher reject 2021-000007 --reason 'invoice missing'\n",
    run_voucher_reject};

static bool run_voucher_withdraw(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    return decide(session, arguments, VOUCHER_WITHDRAW, N_("withdrawn; its money is free again"),
                  err);
}

const struct command command_voucher_withdraw = {
    "voucher",
    "withdraw",
    "VOUCHER …",
    1,
    ARGUMENTS_MAX,
    reason_options,
    "take back vouchers of one's own that are still pending",
    "  $ mingzhang -u li voucher withdraw 2021-000007 --reason 'wrong date'\n",
    run_voucher_withdraw};
