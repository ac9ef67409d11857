/*
 * cmd_assets.c - what the money became: the register of a day as a list, an asset, its sums, and an
 * asset followed to the vouchers that paid it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/attach.h"
#include "cli/command.h"
#include "cli/listing.h"

/* Scope and day, as the commands of this file take them. */
struct asking {
    struct division division; /* code "": everywhere */
    date_t day;
};

static bool begin(struct session *session, const struct arguments *arguments, struct asking *out,
                  struct error *err)
{
    date_t today;

    memset(out, 0, sizeof *out);
    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &out->day, err) ||
        !session_open(session, true, err))
        return false;
    return arguments->count == 0 ||
           division_resolve(session->journal, arguments->at[0], "", &out->division, err);
}

/* ---- assets list ----------------------------------------------------------------------------- */

struct asset_rows {
    struct table *table;
    struct division_name name;
};

static bool add_asset(void *context, const struct asset *asset, struct error *err)
{
    struct asset_rows *rows = context;
    char day[DATE_TEXT_SIZE];

    table_text(rows->table, asset->code);
    table_text(rows->table, asset->name);
    table_word(rows->table, asset->class);
    table_text(rows->table, asset->category);
    if (!table_division(rows->table, &rows->name, asset->division, err)) return false;
    table_text(rows->table, date_format(asset->acquired, day));
    table_word(rows->table, asset->state);
    table_amount(rows->table, asset->original);
    table_amount(rows->table, asset->depreciation);
    table_amount(rows->table, asset->net);
    table_text(rows->table, asset->owner);
    table_text(rows->table, asset->operator);
    table_text(rows->table, asset->certificate);
    return table_row(rows->table, err);
}

static bool run_assets_list(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    static const struct table_column columns[] = {
        {"asset", "asset", COLUMN_TEXT},         {"name", "name", COLUMN_TEXT},
        {"class", "class", COLUMN_TEXT},         {"category", "category", COLUMN_TEXT},
        {"division", "division", COLUMN_TEXT},   {"division_name", "where", COLUMN_TEXT},
        {"acquired", "acquired", COLUMN_TEXT},   {"state", "state", COLUMN_TEXT},
        {"original", "original", COLUMN_AMOUNT}, {"depreciation", "depreciation", COLUMN_AMOUNT},
        {"net", "net", COLUMN_AMOUNT},           {"owner", "owner", COLUMN_TEXT},
        {"operator", "operator", COLUMN_TEXT},   {"certificate", "certificate", COLUMN_TEXT}};
    struct asset_rows rows = {NULL, {.journal = session->journal}};
    struct asset_filter filter = {.scope = NULL};
    struct asking asking;
    bool ok;

    if (!option_word(arguments, OPTION_CLASS, "--class", asset_class_list(), &filter.class, err) ||
        !option_word(arguments, OPTION_STATE, "--state", asset_state_list(), &filter.state, err) ||
        !begin(session, arguments, &asking, err))
        return false;
    rows.name.journal = session->journal;
    filter.scope = asking.division.code;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         asset_each(session->journal, &filter, asking.day, add_asset, &rows, err) &&
         table_end(rows.table, "no assets are registered", err);
    table_free(rows.table);
    return ok;
}

// clang-format off
static const struct argp_option list_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The register of that day, or of a month's last (today)", 0},
    {"class", OPTION_CLASS, "CLASS", 0, "Only operational or public_welfare", 0},
    {"state", OPTION_STATE, "STATE", 0, "Only damaged, idle, in_use or scrapped", 0},
    {0}};
static const struct argp_option day_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The register of that day, or of a month's last (today)", 0},
    {0}};
// clang-format on

const struct command command_assets_list = {
    "assets",
    "list",
    "[DIVISION]",
    0,
    1,
    list_options,
    "the register of assets: what is there, its value, state and owner",
    "Of a division and all within it, as of any day. What belongs to households isn't listed.\n\n"
    "  $ mingzhang assets list 云镇村 --as-of 2021-12-31\n"
    "  $ mingzhang assets list --state idle --output idle.xlsx\n",
    run_assets_list};

/* ---- assets summary -------------------------------------------------------------------------- */

static bool add_sum(struct table *table, const char *group, const char *what,
                    const struct asset_sum *sum, struct error *err)
{
    table_word(table, group);
    table_word(table, what);
    table_integer(table, sum->count);
    table_amount(table, sum->original);
    table_amount(table, sum->depreciation);
    table_amount(table, sum->net);
    return table_row(table, err);
}

/* Depreciation of what households have isn't computed: it would come from what is sealed. */
static bool add_households(struct table *table, const char *group, const struct household_sum *sum,
                           struct error *err)
{
    table_word(table, group);
    table_word(table, "household");
    table_integer(table, sum->assets);
    table_amount(table, sum->amount);
    table_empty(table);
    table_empty(table);
    return table_row(table, err);
}

static bool add_all(struct table *table, const struct asset_summary *summary, struct error *err)
{
    static const char *const holders[ASSET_HOLDER_COUNT] = {
        [ASSET_HELD_BY_COUNTY] = "county",
        [ASSET_HELD_BY_TOWNSHIP] = "township",
        [ASSET_HELD_BY_VILLAGE] = "village",
        [ASSET_HELD_BY_NOBODY] = "untitled",
    };

    if (!add_sum(table, "class", "operational", &summary->operational, err) ||
        !add_sum(table, "class", "public_welfare", &summary->public_welfare, err) ||
        !add_households(table, "class", &summary->households, err))
        return false;
    for (int i = 0; i < ASSET_HOLDER_COUNT; i++)
        if (!add_sum(table, "owner", holders[i], &summary->by_holder[i], err)) return false;
    if (!add_households(table, "owner", &summary->households, err)) return false;
    for (size_t i = 0; asset_state_list()[i] != NULL; i++)
        if (!add_sum(table, "state", asset_state_list()[i], &summary->by_state[i], err))
            return false;
    return true;
}

static bool run_assets_summary(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    static const struct table_column columns[] = {{"group", "by", COLUMN_TEXT},
                                                  {"what", "what", COLUMN_TEXT},
                                                  {"count", "assets", COLUMN_INTEGER},
                                                  {"original", "original", COLUMN_AMOUNT},
                                                  {"depreciation", "depreciation", COLUMN_AMOUNT},
                                                  {"net", "net", COLUMN_AMOUNT}};
    struct asset_summary summary;
    struct table *table = NULL;
    struct asking asking;
    bool ok;

    if (!begin(session, arguments, &asking, err) ||
        !asset_summarize(session->journal, asking.division.code, asking.day, &summary, err))
        return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         add_all(table, &summary, err) && table_end(table, "no assets are registered", err);
    table_free(table);
    return ok;
}

const struct command command_assets_summary = {
    "assets",
    "summary",
    "[DIVISION]",
    0,
    1,
    day_options,
    "the register in sums: by class, by whose it is, by state",
    "What belongs to households is told only in sums over three households at least, as they were "
    "entered; it is in no sum by state, and not depreciated.\n\n"
    "  $ mingzhang assets summary --as-of 2021-12-31\n",
    run_assets_summary};

/* ---- assets households ----------------------------------------------------------------------- */

struct household_rows {
    struct table *table;
    struct division_name name;
    struct journal *journal;
    const char *scope;     /* "": everywhere */
    struct record *change; /* scratch */
};

static bool add_household(void *context, const struct record *record, struct error *err)
{
    struct household_rows *rows = context;
    const char *division = record->values[HOUSEHOLD_DIVISION].text;
    bool is_changed;

    if (record_is_gone(&household_asset, record)) return true;
    if (rows->scope[0] != '\0' && !division_code_is_within(division, rows->scope)) return true;
    if (!record_find(rows->journal, &household_change, HOUSEHOLD_CHANGE_ASSET,
                     record->values[HOUSEHOLD_ASSET].text, rows->change, &is_changed, err))
        return false;
    table_text(rows->table, record->values[HOUSEHOLD_ASSET].text);
    table_text(rows->table, record->values[HOUSEHOLD_NUMBER].text);
    table_text(rows->table, record->values[HOUSEHOLD_HOLDER].text);
    table_text(rows->table, record->values[HOUSEHOLD_NAME].text);
    table_text(rows->table, record->values[HOUSEHOLD_CATEGORY].text);
    if (!table_division(rows->table, &rows->name, division, err)) return false;
    table_text(rows->table, record->values[HOUSEHOLD_ACQUIRED].text);
    table_word(rows->table,
               is_changed ? rows->change->values[HOUSEHOLD_CHANGE_STATE].text : "in_use");
    table_amount(rows->table, (money_t){record->values[HOUSEHOLD_AMOUNT].number});
    return table_row(rows->table, err);
}

static bool run_assets_households(struct session *session, const struct arguments *arguments,
                                  struct error *err)
{
    static const struct table_column columns[] = {
        {"asset", "asset", COLUMN_TEXT},         {"number", "number", COLUMN_TEXT},
        {"holder", "holder", COLUMN_TEXT},       {"name", "name", COLUMN_TEXT},
        {"category", "category", COLUMN_TEXT},   {"division", "division", COLUMN_TEXT},
        {"division_name", "where", COLUMN_TEXT}, {"acquired", "acquired", COLUMN_TEXT},
        {"state", "state", COLUMN_TEXT},         {"original", "original", COLUMN_AMOUNT}};
    struct household_rows rows = {.table = NULL};
    struct asking asking;
    bool ok;

    if (!begin(session, arguments, &asking, err)) return false;
    rows.journal = rows.name.journal = session->journal;
    rows.scope = asking.division.code;
    rows.change = calloc(1, sizeof *rows.change);
    if (rows.change == NULL) return error_set(err, ERROR_MEMORY, "no memory for households");
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         record_each(session->journal, &household_asset, 0, NULL, add_household, &rows, err) &&
         table_end(rows.table, "no assets are registered", err);
    table_free(rows.table);
    free(rows.change);
    return ok;
}

const struct command command_assets_households = {
    "assets",
    "households",
    "[DIVISION]",
    0,
    1,
    NULL,
    "what households got, with the codes that tell of its changes",
    "For the office alone: names and amounts come from sealed values. Rows whose sealed values "
    "were "
    "erased or lost are left out.\n\n"
    "  $ mingzhang assets households 云镇村\n",
    run_assets_households};

/* ---- assets show, trace asset ---------------------------------------------------------------- */

static void say_right(const char *what, const char *who)
{
    if (who[0] != '\0') say("  %-14s %s", translate(what), who);
}

static void say_title(const struct asset *asset)
{
    if (!asset->has_title) {
        say("\nno title yet");
        return;
    }
    say("\ntitle since %s", asset->titled_on);
    say_right(N_("owner"), asset->owner);
    say_right(N_("operator"), asset->operator);
    say_right(N_("income"), asset->income);
    say_right(N_("distribution"), asset->distribution);
    say_right(N_("disposal"), asset->disposal);
    say_right(N_("supervision"), asset->supervision);
    say_right(N_("certificate"), asset->certificate);
    if (asset->is_owner_unusual)
        say("  an operational asset in a village that isn't the village's: look at it");
}

static bool count_file(void *context, const struct attachment *attachment, struct error *err)
{
    (void)attachment;
    (void)err;
    (*(int *)context)++;
    return true;
}

/* What was attached to an inspection, if anything. */
static bool say_inspection(void *context, const struct record *record, struct error *err)
{
    struct journal *journal = context;
    char code[CODE_SIZE];
    int count = 0;

    (void)snprintf(code, sizeof code, "%llu", (unsigned long long)record->seq);
    if (!attachment_each(journal, "inspection", code, count_file, &count, err)) return false;
    if (count == 0) return true;
    say("\ninspection of %s, entry %s: %s", record->values[INSPECTION_DATE].text, code,
        translate(record->values[INSPECTION_STATE].text));
    return attach_show(journal, "inspection", code, N_("attachments"), err);
}

static bool say_body(void *context, const struct upkeep_body *body, struct error *err)
{
    (void)context;
    (void)err;
    say("  %s  %s  %s", body->division, body->name, body->office_phone);
    return true;
}

/* Who keeps it, how much of the five is clear, when it was and will be looked at. */
static bool say_upkeep(struct session *session, const char *code, date_t day, struct error *err)
{
    struct upkeep *upkeep = calloc(1, sizeof *upkeep);
    bool ok;

    if (upkeep == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    ok = upkeep_find(session->journal, code, day, upkeep, err);
    if (ok) {
        say("\nupkeep: %d of 5 clear", upkeep->score);
        say_right(N_("unit"), upkeep->unit);
        say_right(N_("telephone"), upkeep->office_phone);
        say_right(N_("keeper"), upkeep->keeper);
        if (upkeep->is_vacant) say("  the keeper isn't in office any more: name another");
        for (int i = 0; i < KEEPING_CLEAR_MAX; i++)
            if (!upkeep->is_clear[i])
                say("  %-14s not clear", translate(clarity_name((enum clarity)i)));
        say_right(N_("inspected"), upkeep->inspected);
        say_right(N_("next"), upkeep->next);
    }
    free(upkeep);
    return ok;
}

static bool say_part(void *context, const struct asset_part *part, struct error *err)
{
    char amount[MONEY_TEXT_SIZE];
    const bool is_planned = part->project[0] != '\0';

    (void)context;
    (void)err;
    if (is_planned)
        say("  %s %16s  %s, project %s, plan line %d", part->date,
            money_format_grouped(part->amount, amount), translate(part->funding), part->project,
            (int)part->line);
    else
        say("  %s %16s  %s  %s %s", part->date, money_format_grouped(part->amount, amount),
            translate(part->funding), part->document, part->text);
    return true;
}

static bool say_asset(struct session *session, const struct asset *asset, date_t day,
                      struct error *err)
{
    char original[MONEY_TEXT_SIZE], depreciation[MONEY_TEXT_SIZE], net[MONEY_TEXT_SIZE];
    char acquired[DATE_TEXT_SIZE], as_of[DATE_TEXT_SIZE];

    say("%s  %s", asset->code, asset->name);
    say("what     %s, %s", translate(table_word_of(session->format, asset->class)),
        asset->category);
    say("where    %s, %s", asset->division, asset->place);
    say("since    %s", date_format(asset->acquired, acquired));
    say("state    %s %s", translate(table_word_of(session->format, asset->state)),
        asset->state_reason);
    say("value    %s less depreciation %s is %s on %s",
        money_format_grouped(asset->original, original),
        money_format_grouped(asset->depreciation, depreciation),
        money_format_grouped(asset->net, net), date_format(day, as_of));
    say_title(asset);
    if (!say_upkeep(session, asset->code, day, err) ||
        !upkeep_body_above(session->journal, asset->division, day, say_body, NULL, err))
        return false;
    say("\nwhat it cost");
    return asset_part_each(session->journal, asset->code, day, say_part, NULL, err) &&
           attach_show(session->journal, "asset", asset->code, N_("\nattachments"), err) &&
           record_each(session->journal, &keeping_inspection, INSPECTION_ASSET, asset->code,
                       say_inspection, session->journal, err);
}

/* The vouchers of each project that paid for it, once each. */
struct paying {
    struct session *session;
    char project[CODE_SIZE];
};

static bool list_paying(void *context, const struct asset_part *part, struct error *err)
{
    struct paying *paying = context;
    const struct voucher_filter vouchers = {.project = part->project};

    if (part->project[0] == '\0' || strcmp(part->project, paying->project) == 0) return true;
    memcpy(paying->project, part->project, sizeof paying->project);
    if (table_is_aligned(paying->session->format)) say("\nvouchers of project %s", part->project);
    return list_vouchers(paying->session->journal, &vouchers, paying->session->format, err);
}

static bool show_asset(struct session *session, const struct arguments *arguments, bool is_traced,
                       struct error *err)
{
    struct paying paying = {.session = session};
    struct asset *asset = NULL;
    date_t today, day;
    bool ok = false;

    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &day, err) ||
        !session_open(session, true, err))
        return false;
    asset = calloc(1, sizeof *asset);
    if (asset == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    if (!asset_find(session->journal, arguments->at[0], day, asset, err)) goto out;
    if ((!is_traced || table_is_aligned(session->format)) && !say_asset(session, asset, day, err))
        goto out;
    ok = !is_traced ||
         asset_part_each(session->journal, asset->code, day, list_paying, &paying, err);
out:
    free(asset);
    return ok;
}

static bool run_assets_show(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    return show_asset(session, arguments, false, err);
}

const struct command command_assets_show = {
    "assets",
    "show",
    "ASSET",
    1,
    1,
    day_options,
    "an asset: what it is, whose, its value and what it was made of",
    "  $ mingzhang assets show ZC-0001 --as-of 2021-12-31\n",
    run_assets_show};

static bool run_trace_asset(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    return show_asset(session, arguments, true, err);
}

const struct command command_trace_asset = {
    "trace",
    "asset",
    "ASSET",
    1,
    1,
    day_options,
    "an asset back to the projects and vouchers that paid it",
    "  $ mingzhang trace asset ZC-0001\n",
    run_trace_asset};
