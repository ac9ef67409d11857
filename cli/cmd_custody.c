/*
 * cmd_custody.c - what becomes of assets: handovers and their two signatures, disposals, rounds of
 * stock-taking. Lists and steps come by `mingzhang import`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/paths.h"
#include "importers/importers.h"

struct rows {
    struct journal *journal;
    struct table *table;
    struct division_name name;
    bool all; /* lines that agree too */
};

static bool begin_list(struct session *session, const struct arguments *arguments,
                       struct division *division, struct error *err)
{
    const char *text = option_get(arguments, OPTION_DIVISION);

    memset(division, 0, sizeof *division);
    return session_open(session, true, err) &&
           (text == NULL || division_resolve(session->journal, text, "", division, err));
}

/* ---- handover -------------------------------------------------------------------------------- */

static bool add_handover(void *context, const struct handover *handover, struct error *err)
{
    struct table *table = context;

    table_text(table, handover->code);
    table_word(table, handover->state);
    table_text(table, handover->giver);
    table_text(table, handover->taker);
    table_integer(table, handover->assets);
    table_text(table, handover->given_on);
    table_text(table, handover->given_by);
    table_text(table, handover->taken_on);
    table_text(table, handover->taken_by);
    return table_row(table, err);
}

static bool run_handover_list(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {
        {"handover", "handover", COLUMN_TEXT}, {"state", "state", COLUMN_TEXT},
        {"giver", "from", COLUMN_TEXT},        {"taker", "to", COLUMN_TEXT},
        {"assets", "assets", COLUMN_INTEGER},  {"given_on", "given", COLUMN_TEXT},
        {"given_by", "by", COLUMN_TEXT},       {"taken_on", "taken", COLUMN_TEXT},
        {"taken_by", "by", COLUMN_TEXT}};
    struct table *table = NULL;
    struct division division;
    bool ok;

    if (!begin_list(session, arguments, &division, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         handover_each(session->journal, division.code, add_handover, table, err) &&
         table_end(table, "no handover", err);
    table_free(table);
    return ok;
}

static const struct argp_option list_options[] = {
    {"division", OPTION_DIVISION, "DIVISION", 0, "Only of those within it", 0}, {0}};

const struct command command_handover_list = {"handover",
                                              "list",
                                              NULL,
                                              0,
                                              0,
                                              list_options,
                                              "list what assets are handed over, and how far",
                                              "  $ mingzhang handover list --division 云镇\n",
                                              run_handover_list};

static bool add_handed(void *context, const struct record *record, struct error *err)
{
    struct rows *rows = context;

    table_text(rows->table, record->values[HANDOVER_ASSET].text);
    table_text(rows->table, record->values[HANDOVER_OWNER].text);
    table_text(rows->table, record->values[HANDOVER_CERTIFICATE].text);
    table_text(rows->table, record->values[HANDOVER_DOCUMENT].text);
    table_integer(rows->table, (int64_t)record->seq);
    return table_row(rows->table, err);
}

static bool run_handover_show(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {{"asset", "asset", COLUMN_TEXT},
                                                  {"owner", "owner then", COLUMN_TEXT},
                                                  {"certificate", "certificate", COLUMN_TEXT},
                                                  {"document", "document", COLUMN_TEXT},
                                                  {"seq", "entry", COLUMN_INTEGER}};
    struct rows rows = {.table = NULL};
    struct handover handover;
    bool ok;

    if (!session_open(session, true, err) ||
        !handover_find(session->journal, arguments->at[0], &handover, err))
        return false;
    if (table_is_aligned(session->format)) {
        say("%s  from %s to %s, %s", handover.code, handover.giver, handover.taker,
            translate(handover.state));
        say("list   %s", handover.rows_sha256);
        if (handover.give_seq >= 0)
            say("given  %s by %s, entry %lld", handover.given_on, handover.given_by,
                (long long)handover.give_seq);
        if (handover.take_seq >= 0)
            say("taken  %s by %s, entry %lld", handover.taken_on, handover.taken_by,
                (long long)handover.take_seq);
        say("\nassets");
    }
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         record_each(session->journal, &handover_asset, HANDOVER_CODE, handover.code, add_handed,
                     &rows, err) &&
         table_end(rows.table, "no assets", err);
    table_free(rows.table);
    return ok;
}

const struct command command_handover_show = {"handover",
                                              "show",
                                              "HANDOVER",
                                              1,
                                              1,
                                              NULL,
                                              "show a handover: its list, who gave, who took",
                                              "The list's hash is what both sign.\n\n"
                                              "  $ mingzhang handover show YJ-001\n",
                                              run_handover_show};

static bool sign(struct session *session, const struct arguments *arguments, bool is_take,
                 struct error *err)
{
    const char *code = arguments->at[0];
    struct handover handover;
    date_t today, date;
    bool ok;

    if (!session_today(&today, err) ||
        !option_date(arguments, OPTION_DATE, "--date", today, &date, err) ||
        !session_begin(session, err))
        return false;
    ok = (is_take ? handover_take : handover_give)(session->journal, &session->by, code, date,
                                                   option_text(arguments, OPTION_TEXT), err) &&
         handover_find(session->journal, code, &handover, err) && session_commit(session, err);
    if (!ok) return false;
    if (is_take)
        say("%lld assets of %s belong to %s now", (long long)handover.assets, code, handover.taker);
    else
        say("%lld assets of %s are given; somebody of %s takes them by\n"
            "  mingzhang handover take %s",
            (long long)handover.assets, code, handover.taker, code);
    return true;
}

static bool run_handover_give(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    return sign(session, arguments, false, err);
}

static bool run_handover_take(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    return sign(session, arguments, true, err);
}

static const struct argp_option sign_options[] = {
    {"date", OPTION_DATE, "DATE", 0, "The day of the handover (today)", 0},
    {"text", OPTION_TEXT, "TEXT", 0, "What was agreed", 0},
    {0}};

const struct command command_handover_give = {
    "handover",
    "give",
    "HANDOVER",
    1,
    1,
    sign_options,
    "sign that the assets of a list are given",
    "A maker or checker of the division that has the titles signs the list of `mingzhang import "
    "handovers` as it stands; nothing is added to it any more.\n\n"
    "  $ mingzhang -u li handover give YJ-001 --date 2023-05-03\n",
    run_handover_give};

const struct command command_handover_take = {
    "handover",
    "take",
    "HANDOVER",
    1,
    1,
    sign_options,
    "sign that the assets of a list are taken; their titles move",
    "A maker or checker of the division that gets them, another person than who gave.\n\n"
    "  $ mingzhang -u hua handover take YJ-001 --date 2023-05-04\n",
    run_handover_take};

/* ---- disposal -------------------------------------------------------------------------------- */

static bool add_disposal(void *context, const struct disposal *disposal, struct error *err)
{
    struct table *table = context;

    table_text(table, disposal->code);
    table_text(table, disposal->asset);
    table_text(table, disposal->owner_division);
    table_word(table, disposal->cause);
    table_word(table, disposal->method);
    table_word(table, disposal->state);
    table_text(table, disposal->opened_on);
    table_text(table, disposal->last_date);
    if (strcmp(disposal->state, "open") == 0 && disposal->next_step[0] != '\0')
        table_word(table, disposal->next_step);
    else
        table_empty(table);
    table_amount(table, disposal->valuation);
    table_amount(table, disposal->proceeds);
    table_text(table, disposal->voucher);
    return table_row(table, err);
}

static bool run_disposal_list(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {
        {"disposal", "disposal", COLUMN_TEXT},    {"asset", "asset", COLUMN_TEXT},
        {"owner_division", "owner", COLUMN_TEXT}, {"cause", "cause", COLUMN_TEXT},
        {"method", "method", COLUMN_TEXT},        {"state", "state", COLUMN_TEXT},
        {"opened_on", "applied", COLUMN_TEXT},    {"last_date", "last", COLUMN_TEXT},
        {"next_step", "next step", COLUMN_TEXT},  {"valuation", "worth", COLUMN_AMOUNT},
        {"proceeds", "proceeds", COLUMN_AMOUNT},  {"voucher", "voucher", COLUMN_TEXT}};
    struct table *table = NULL;
    struct division division;
    bool ok;

    if (!begin_list(session, arguments, &division, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         disposal_each(session->journal, division.code, add_disposal, table, err) &&
         table_end(table, "no disposal", err);
    table_free(table);
    return ok;
}

const struct command command_disposal_list = {
    "disposal",
    "list",
    NULL,
    0,
    0,
    list_options,
    "list what assets are disposed of, and the step that comes next",
    "  $ mingzhang disposal list\n",
    run_disposal_list};

static bool say_payment(void *context, const struct voucher *voucher, struct error *err)
{
    char amount[MONEY_TEXT_SIZE], date[DATE_TEXT_SIZE];

    (void)context;
    (void)err;
    say("    %s  %s  %s  %s", voucher->number, date_format(voucher->event_date, date),
        money_format_grouped(voucher->amount, amount), voucher->text);
    return true;
}

static bool say_reuse(void *context, const struct disposal_reuse *reuse, struct error *err)
{
    char arrived[MONEY_TEXT_SIZE], spent[MONEY_TEXT_SIZE], left[MONEY_TEXT_SIZE];

    say("  fund %s of %s: %s came in, %s were paid, %s stand there", reuse->fund, reuse->division,
        money_format_grouped(reuse->arrived, arrived), money_format_grouped(reuse->spent, spent),
        money_format_grouped(reuse->left, left));
    if (!reuse->is_certain) {
        say("    other money is in that fund, too: which payments spent the proceeds can't be "
            "said");
        return true;
    }
    say("    nothing else came in: these payments spent the proceeds");
    return disposal_payment_each(context, reuse, say_payment, NULL, err);
}

static bool add_step(void *context, const struct record *record, struct error *err)
{
    struct rows *rows = context;
    const bool has_votes = strcmp(record->values[STEP_STEP].text, "decision") == 0;
    static const size_t votes[] = {STEP_FOR, STEP_AGAINST, STEP_ABSTAINED};

    table_text(rows->table, record->values[STEP_DATE].text);
    table_word(rows->table, record->values[STEP_STEP].text);
    table_text(rows->table, record->values[STEP_DOCUMENT].text);
    for (size_t i = 0; i < ARRAY_COUNT(votes); i++) {
        if (has_votes)
            table_integer(rows->table, record->values[votes[i]].number);
        else
            table_empty(rows->table);
    }
    table_text(rows->table, record->values[STEP_TEXT].text);
    table_integer(rows->table, (int64_t)record->seq);
    return table_row(rows->table, err);
}

static void say_disposal(const struct disposal *disposal)
{
    char valuation[MONEY_TEXT_SIZE], proceeds[MONEY_TEXT_SIZE];

    say("%s  asset %s of %s: %s, %s", disposal->code, disposal->asset, disposal->owner_division,
        translate(disposal->cause), translate(disposal->method));
    say("applied %s: %s", disposal->opened_on, disposal->text);
    if (strcmp(disposal->state, "open") == 0)
        say("next: %s",
            disposal->next_step[0] != '\0' ? translate(disposal->next_step) : _("the book entry"));
    else
        say("%s on %s", translate(disposal->state), disposal->last_date);
    if (strcmp(disposal->state, "finished") == 0)
        say("worth %s, brought %s%s%s", money_format_grouped(disposal->valuation, valuation),
            money_format_grouped(disposal->proceeds, proceeds),
            disposal->voucher[0] != '\0' ? _(" by voucher ") : "", disposal->voucher);
    say("\nsteps");
}

static bool run_disposal_show(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {{"date", "date", COLUMN_TEXT},
                                                  {"step", "step", COLUMN_TEXT},
                                                  {"document", "document", COLUMN_TEXT},
                                                  {"votes_for", "for", COLUMN_INTEGER},
                                                  {"votes_against", "against", COLUMN_INTEGER},
                                                  {"votes_abstained", "abstained", COLUMN_INTEGER},
                                                  {"text", "text", COLUMN_TEXT},
                                                  {"seq", "entry", COLUMN_INTEGER}};
    struct rows rows = {.table = NULL};
    struct disposal disposal;
    bool ok;

    if (!session_open(session, true, err) ||
        !disposal_find(session->journal, arguments->at[0], &disposal, err))
        return false;
    if (table_is_aligned(session->format)) say_disposal(&disposal);
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         record_each(session->journal, &disposal_step, STEP_DISPOSAL, disposal.code, add_step,
                     &rows, err) &&
         table_end(rows.table, "no step", err);
    table_free(rows.table);
    if (!ok || !table_is_aligned(session->format) || disposal.voucher[0] == '\0') return ok;
    say("\nwhat became of the proceeds");
    return disposal_reuse_each(session->journal, &disposal, say_reuse, session->journal, err);
}

const struct command command_disposal_show = {
    "disposal",
    "show",
    "DISPOSAL",
    1,
    1,
    NULL,
    "show a disposal: its steps, votes, sums, and what became of the proceeds",
    "  $ mingzhang disposal show CZ-001\n",
    run_disposal_show};

/* ---- stocktake ------------------------------------------------------------------------------- */

static bool add_round(void *context, const struct stocktake *round, struct error *err)
{
    struct rows *rows = context;
    const int64_t figures[] = {round->found, round->elsewhere, round->missing, round->changed};

    table_text(rows->table, round->code);
    if (!table_division(rows->table, &rows->name, round->division, err)) return false;
    table_text(rows->table, round->opened_on);
    table_text(rows->table, round->closed_on);
    for (size_t i = 0; i < ARRAY_COUNT(figures); i++) {
        if (round->closed_on[0] != '\0')
            table_integer(rows->table, figures[i]);
        else
            table_empty(rows->table);
    }
    return table_row(rows->table, err);
}

static bool run_stocktake_list(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    static const struct table_column columns[] = {{"round", "round", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "place", COLUMN_TEXT},
                                                  {"opened_on", "begun", COLUMN_TEXT},
                                                  {"closed_on", "closed", COLUMN_TEXT},
                                                  {"found_count", "found", COLUMN_INTEGER},
                                                  {"elsewhere", "elsewhere", COLUMN_INTEGER},
                                                  {"missing", "missing", COLUMN_INTEGER},
                                                  {"changed_state", "changed", COLUMN_INTEGER}};
    struct rows rows = {.table = NULL};
    struct division division;
    bool ok;

    if (!begin_list(session, arguments, &division, err)) return false;
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         stocktake_each(session->journal, division.code, add_round, &rows, err) &&
         table_end(rows.table, "no stock-taking", err);
    table_free(rows.table);
    return ok;
}

const struct command command_stocktake_list = {"stocktake",
                                               "list",
                                               NULL,
                                               0,
                                               0,
                                               list_options,
                                               "list rounds of stock-taking",
                                               "  $ mingzhang stocktake list\n",
                                               run_stocktake_list};

static bool add_seen(void *context, const struct stocktake_line *line, struct error *err)
{
    struct rows *rows = context;

    if (!rows->all && strcmp(line->found, "found") == 0 && !line->is_changed) return true;
    table_text(rows->table, line->asset);
    table_text(rows->table, line->name);
    if (!table_division(rows->table, &rows->name, line->division, err)) return false;
    table_word(rows->table, line->found);
    table_boolean(rows->table, line->is_counted);
    table_text(rows->table, line->seen_division);
    table_word(rows->table, line->state);
    table_word(rows->table, line->seen_state);
    table_text(rows->table, line->date);
    table_text(rows->table, line->text);
    return table_row(rows->table, err);
}

static bool run_stocktake_show(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    static const struct table_column columns[] = {{"asset", "asset", COLUMN_TEXT},
                                                  {"name", "name", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "place", COLUMN_TEXT},
                                                  {"counted_as", "found", COLUMN_TEXT},
                                                  {"is_counted", "counted", COLUMN_BOOLEAN},
                                                  {"seen_division", "seen in", COLUMN_TEXT},
                                                  {"register_state", "register", COLUMN_TEXT},
                                                  {"seen_state", "seen", COLUMN_TEXT},
                                                  {"date", "date", COLUMN_TEXT},
                                                  {"text", "text", COLUMN_TEXT}};
    struct rows rows = {.all = option_given(arguments, OPTION_ALL)};
    date_t today;
    bool ok;

    if (!session_today(&today, err) || !session_open(session, true, err)) return false;
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         stocktake_line_each(session->journal, arguments->at[0], today, add_seen, &rows, err) &&
         table_end(rows.table, "nothing differs", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option show_options[] = {
    {"all", OPTION_ALL, NULL, 0, "Also what agrees with the register", 0}, {0}};

const struct command command_stocktake_show = {
    "stocktake",
    "show",
    "ROUND",
    1,
    1,
    show_options,
    "show what a stock-taking found otherwise than the register has it",
    "Missing, in another place, in another state; what nobody counted yet is missing. Of a closed "
    "round as it was then.\n\n"
    "  $ mingzhang stocktake show PD-2023\n"
    "  $ mingzhang stocktake show PD-2023 --all --output PD-2023.xlsx\n",
    run_stocktake_show};

static bool run_stocktake_close(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct stocktake round;
    date_t today, date;

    if (!session_today(&today, err) ||
        !option_date(arguments, OPTION_DATE, "--date", today, &date, err) ||
        !session_begin(session, err) ||
        !stocktake_end(session->journal, &session->by, arguments->at[0], date, &round, err) ||
        !session_commit(session, err))
        return false;
    say("%s is closed: %lld found, %lld elsewhere, %lld missing, %lld in another state", round.code,
        (long long)round.found, (long long)round.elsewhere, (long long)round.missing,
        (long long)round.changed);
    return true;
}

static const struct argp_option close_options[] = {
    {"date", OPTION_DATE, "DATE", 0, "The last day (today)", 0}, {0}};

const struct command command_stocktake_close = {
    "stocktake",
    "close",
    "ROUND",
    1,
    1,
    close_options,
    "close a stock-taking: what differs becomes the register's",
    "Look at `mingzhang stocktake show` first. What wasn't found or counted is missing from then "
    "on, what was seen in another state is in that. An asset seen in another place stays where it "
    "is registered.\n\n"
    "  $ mingzhang -u li stocktake close PD-2023 --date 2023-10-31\n",
    run_stocktake_close};

static bool run_stocktake_scan(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    struct buffer list = BUFFER_INIT(SCAN_BYTES_MAX);
    struct scan_options options = {.round = arguments->at[0], .list = &list};
    struct scan_report report;
    date_t today;
    bool ok = false;

    if (!session_today(&today, err) ||
        !option_date(arguments, OPTION_DATE, "--date", today, &options.date, err) ||
        !file_read_whole(arguments->at[1], &list, err) || !session_begin(session, err))
        goto out;
    options.by = session->by;
    if (!import_scanned_list(session->ledger, &options, &report, err)) {
        if (err->place[0] != '\0') (void)error_at(err, "%s", arguments->at[1]);
        goto out;
    }
    ok = session_commit(session, err);
    if (ok && report.repeated)
        say("%s was read before; nothing changes", arguments->at[1]);
    else if (ok)
        say("%llu assets of %s are counted", (unsigned long long)report.count, options.round);
out:
    buffer_done(&list);
    return ok;
}

static const struct argp_option scan_options_list[] = {
    {"date", OPTION_DATE, "DATE", 0, "The day of the scan (today)", 0}, {0}};

const struct command command_stocktake_scan = {
    "stocktake",
    "scan",
    "ROUND FILE",
    2,
    2,
    scan_options_list,
    "count a scanned list: one code, or one address of a label, a line",
    "Each asset is found where it should be, in the state in which the register has it. What is "
    "otherwise comes by `mingzhang import counts`.\n\n"
    "  $ mingzhang -u li stocktake scan PD-2023 scan.txt --date 2023-10-05\n",
    run_stocktake_scan};
