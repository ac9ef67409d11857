/*
 * cmd_trace.c - where money came from and where it went: a fund, a project, a voucher.
 */
#include <string.h>

#include "base/language.h"
#include "cli/attach.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/voucher_view.h"

/* ---- fund ----------------------------------------------------------------------------------- */

static bool say_balance(void *context, const struct balance *balance, struct error *err)
{
    char account[ACCOUNT_TEXT_SIZE], amount[MONEY_TEXT_SIZE];

    (void)context;
    (void)err;
    say("  %20s  %s", money_format_grouped(balance->amount, amount),
        account_show(&balance->account, account));
    return true;
}

/* What a line of a project's plan gave to assets. */
struct line_uses {
    int32_t line;
    int64_t count;
    money_t sum;
};

static bool add_line_use(void *context, const struct asset_use *use, struct error *err)
{
    struct line_uses *uses = context;

    if (use->line != uses->line) return true;
    uses->count++;
    return money_add(uses->sum, use->amount, &uses->sum, err);
}

struct fund_uses {
    struct journal *journal;
    const char *fund;
    date_t day;
    bool is_told; /* a heading stands above */
};

/* The assets that the fund's money became, by project and line. */
static bool say_became(void *context, const struct project *project, struct error *err)
{
    struct fund_uses *fund = context;
    char amount[MONEY_TEXT_SIZE];

    for (size_t i = 0; i < project->plan_count; i++) {
        struct line_uses uses = {.line = project->plan[i].line};

        if (strcmp(project->plan[i].fund, fund->fund) != 0) continue;
        if (!asset_use_each(fund->journal, project->code, fund->day, add_line_use, &uses, err))
            return false;
        if (uses.count == 0) continue;
        if (!fund->is_told) say("\nwhat it became; `mingzhang trace project` names the assets");
        fund->is_told = true;
        say("  %20s  project %s, plan line %d: assets %lld", money_format_grouped(uses.sum, amount),
            project->code, (int)uses.line, (long long)uses.count);
    }
    return true;
}

static bool run_trace_fund(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct fund fund;
    struct voucher_filter vouchers = {.fund = fund.code};
    struct balance_filter balances = {.fund = fund.code};
    struct fund_uses became = {.fund = fund.code};
    char amount[MONEY_TEXT_SIZE], date[DATE_TEXT_SIZE];

    if (!session_open(session, true, err) || !session_today(&became.day, err)) return false;
    became.journal = session->journal;
    if (!fund_find(session->journal, arguments->at[0], &fund, err)) return false;
    if (table_is_aligned(session->format)) {
        say("%s  %s", fund.code, fund.name);
        say("document %s, %s, %d, at most %s, to be spent by %s", fund.document,
            translate(fund.level), (int)fund.year,
            money_is_zero(fund.amount) ? _("any amount")
                                       : money_format_grouped(fund.amount, amount),
            fund.has_expiry ? date_format(fund.expiry, date) : _("no fixed day"));
        say("\nhow it moved");
    }
    if (!list_vouchers(session->journal, &vouchers, session->format, err)) return false;
    if (!table_is_aligned(session->format)) return true;
    if (!attach_show(session->journal, "fund", fund.code, N_("\nattachments"), err)) return false;
    say("\nwhere it stands");
    return balance_each(session->journal, &balances, say_balance, NULL, err) &&
           project_each(session->journal, "", say_became, &became, err);
}

const struct command command_trace_fund = {
    "trace",
    "fund",
    "FUND",
    1,
    1,
    NULL,
    "every voucher of a fund, where it stands now, and what it became",
    "  $ mingzhang trace fund 2021-ZY-01\n",
    run_trace_fund};

/* ---- project -------------------------------------------------------------------------------- */

static void say_plan(const struct project *project)
{
    char amount[MONEY_TEXT_SIZE], paid[MONEY_TEXT_SIZE];
    size_t i;

    say("\nfinancing plan");
    for (i = 0; i < project->plan_count; i++) {
        const struct plan_line *line = &project->plan[i];
        bool is_fund = line->fund[0] != 0;

        say("  %d  %20s  %s %s%s%s", (int)line->line, money_format_grouped(line->amount, amount),
            is_fund ? _("fund") : _("outside money:"), is_fund ? line->fund : line->source,
            is_fund ? _(", paid ") : "", is_fund ? money_format_grouped(line->paid, paid) : "");
    }
}

static bool say_contract(void *context, const struct contract *contract, struct error *err)
{
    struct journal *journal = context;
    char price[MONEY_TEXT_SIZE], paid[MONEY_TEXT_SIZE], rest[MONEY_TEXT_SIZE];

    say("  %s  %s  price %s, paid %s, committed %s", contract->code, contract->contractor,
        money_format_grouped(contract->price, price), money_format_grouped(contract->paid, paid),
        money_format_grouped(contract->committed, rest));
    if (contract->settled) {
        say("    settled at %s, retention held %s",
            money_format_grouped(contract->final_price, price),
            money_format_grouped(contract->retention, rest));
    }
    return attach_show(journal, "contract", contract->code, N_("    attachments"), err);
}

static bool say_use(void *context, const struct asset_use *use, struct error *err)
{
    char amount[MONEY_TEXT_SIZE];

    (void)context;
    (void)err;
    say("  %d  %20s  %s", (int)use->line, money_format_grouped(use->amount, amount), use->asset);
    return true;
}

static bool run_trace_project(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static struct project project; /* 90 KiB, too much for a stack frame */
    struct voucher_filter vouchers = {.project = arguments->at[0]};
    date_t today;

    if (!session_open(session, true, err) || !session_today(&today, err)) return false;
    if (!project_find(session->journal, arguments->at[0], &project, err)) return false;
    if (table_is_aligned(session->format)) {
        say("%s  %s", project.code, project.name);
        say("where    %s, book %s", project.division, translate(book_name(project.book)));
        say("how      %s; %s", project.task, project.unit);
        say("target   %s", project.target);
        say("effect   %s", project.result[0] != 0 ? project.result : _("not recorded yet"));
        say("progress %d %%, %s", (int)project.percent,
            project.accepted ? _("accepted") : _("not accepted yet"));
        say_plan(&project);
        say("\ncontracts");
        if (!contract_each(session->journal, project.code, say_contract, session->journal, err) ||
            !attach_show(session->journal, "project", project.code, N_("\nattachments"), err)) {
            return false;
        }
        say("\nassets, by plan line");
        if (!asset_use_each(session->journal, project.code, today, say_use, NULL, err))
            return false;
        say("\nvouchers");
    }
    return list_vouchers(session->journal, &vouchers, session->format, err);
}

const struct command command_trace_project = {
    "trace",
    "project",
    "PROJECT",
    1,
    1,
    NULL,
    "a project's plan, contracts, vouchers, assets and effect",
    "  $ mingzhang trace project XM2021-001\n",
    run_trace_project};

/* ---- voucher --------------------------------------------------------------------------------- */

struct origin {
    struct journal *journal;
    char fund[CODE_SIZE]; /* the last one told: totals come sorted, but by division first */
};

/* Where the money of each fund in the voucher comes from. */
static bool say_origin(void *context, const struct balance *total, struct error *err)
{
    struct origin *origin = context;
    struct fund fund;

    if (strcmp(origin->fund, total->account.fund) == 0) return true;
    memcpy(origin->fund, total->account.fund, sizeof origin->fund);
    if (!fund_find(origin->journal, total->account.fund, &fund, err)) return false;
    say("  %s  %s, %s, %s %d", fund.code, fund.document, fund.name, translate(fund.level),
        (int)fund.year);
    return true;
}

static bool run_trace_voucher(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    struct voucher voucher;
    struct origin origin;

    if (!session_open(session, true, err)) return false;
    if (!voucher_find(session->journal, arguments->at[0], &voucher, err)) return false;
    if (table_is_aligned(session->format)) {
        origin = (struct origin){.journal = session->journal};
        if (!voucher_view_head(session->journal, &voucher, err) ||
            !attach_show(session->journal, "voucher", voucher.number, N_("\nattachments"), err)) {
            return false;
        }
        say("\nwhose money");
        if (!voucher_total_each(session->journal, voucher.number, say_origin, &origin, err)) {
            return false;
        }
        say("\nwhere it went");
    }
    return list_lines(session->journal, voucher.number, session->format, err);
}

const struct command command_trace_voucher = {
    "trace",
    "voucher",
    "VOUCHER",
    1,
    1,
    NULL,
    "whose money it moved, where to, which entries prove it",
    "Each line names its entry; `mingzhang prove` makes a proof of it that stands alone.\n\n"
    "  $ mingzhang trace voucher 2021-000007\n",
    run_trace_voucher};
