/*
 * cmd_voucher.c - the checker's desk and everyone's window: list, show, approve, reject, withdraw.
 */
#include <assert.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

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
    "  $ mingzhang voucher list --state pending\n"
    "  voucher      state    movement  date        lines      amount  maker\n"
    "  2021-000007  pending  payment   2021-06-01      3  579,100.00  li\n",
    run_voucher_list};

/* ---- show ----------------------------------------------------------------------------------- */

static const char *what_is_public(const struct voucher *voucher)
{
    if (!voucher->people) return "everything above.";
    return voucher->totals_sealed ? "neither lines nor totals; it is about fewer than three people."
                                  : "totals by account; lines about people stay sealed.";
}

static bool run_voucher_show(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct voucher voucher;

    if (!session_open(session, true, err)) return false;
    if (!voucher_find(session->journal, arguments->at[0], &voucher, err)) return false;
    if (session->format == TABLE_ALIGNED) {
        show_voucher(&voucher);
        say("\nlines");
    }
    if (!list_lines(session->journal, voucher.number, session->format, err)) return false;
    if (session->format != TABLE_ALIGNED) return true;
    say("\neffect on balances%s", voucher.state == VOUCHER_PENDING ? " once approved" : "");
    if (!list_totals(session->journal, &voucher, session->format, err)) return false;
    say("\nPublic: %s", what_is_public(&voucher));
    return true;
}

const struct command command_voucher_show = {
    "voucher",
    "show",
    "VOUCHER",
    1,
    1,
    NULL,
    "show a voucher, its lines and its effect on balances",
    "VOUCHER is a number or a reference. With --format csv or json the lines alone are listed.\n\n"
    "  $ mingzhang voucher show 2021-000007\n",
    run_voucher_show};

/* ---- approve, reject, withdraw -------------------------------------------------------------- */

static bool decide(struct session *session, const struct arguments *arguments, enum voucher_act act,
                   const char *done, struct error *err)
{
    const char *reason = option_text(arguments, OPTION_REASON);
    size_t i;

    if (act == VOUCHER_REJECT && reason[0] == 0) {
        return error_set(err, ERROR_USAGE, "--reason is missing; the maker must know why");
    }
    if (!session_begin(session, err)) return false;
    for (i = 0; i < arguments->count; i++) {
        if (!voucher_decide(session->journal, &session->by, arguments->at[i], act, reason, err)) {
            return error_at(err, "%s", arguments->at[i]);
        }
    }
    if (!session_commit(session, err)) return false;
    for (i = 0; i < arguments->count; i++)
        say("%s %s", arguments->at[i], done);
    return true;
}

static const struct argp_option reason_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0}, {0}};

static bool run_voucher_approve(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    return decide(session, arguments, VOUCHER_APPROVE, "approved and posted", err);
}

const struct command command_voucher_approve = {
    "voucher",
    "approve",
    "VOUCHER …",
    1,
    ARGUMENTS_MAX,
    reason_options,
    "approve vouchers that another person submitted",
    "Look at it first with `mingzhang voucher show`. Several are approved together or not at "
    "all.\n\n"
    "  $ mingzhang -u wang voucher approve 2021-000007\n"
    "  2021-000007 approved and posted\n",
    run_voucher_approve};

static bool run_voucher_reject(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    return decide(session, arguments, VOUCHER_REJECT, "rejected; its money is free again", err);
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
    return decide(session, arguments, VOUCHER_WITHDRAW, "withdrawn; its money is free again", err);
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
