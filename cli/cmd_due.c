/*
 * cmd_due.c - the morning list: what is due of assets, as a listing and a calendar file; how assets
 * are kept, the occurrences of a schedule, where the money for upkeep came from.
 */
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/paths.h"
#include "exporters/exporters.h"

#define CALENDAR_SIZE_BYTES_MAX (256u * 1024 * 1024)
#define AHEAD_DAYS              7
#define AHEAD_DAYS_MAX          3660

struct rows {
    struct table *table;
    struct division_name name;
    date_t as_of;
    bool unclear_only;
    const char *fund;
};

static void put_day(struct table *table, date_t date)
{
    char text[DATE_TEXT_SIZE];

    table_text(table, date_format(date, text));
}

/* ---- What is due ----------------------------------------------------------------------------- */

static bool add_item(void *context, const struct due_item *item, struct error *err)
{
    struct rows *rows = context;

    put_day(rows->table, item->due);
    table_word(rows->table, item->is_overdue ? N_("past_due") : N_("upcoming"));
    table_word(rows->table, due_what_name(item->what));
    if (!table_division(rows->table, &rows->name, item->division, err)) return false;
    table_text(rows->table, item->asset);
    table_text(rows->table, item->text);
    table_text(rows->table, item->subject);
    put_day(rows->table, item->day);
    table_integer(rows->table, item->count);
    table_integer(rows->table, (int64_t)rows->as_of.days - item->due.days);
    return table_row(rows->table, err);
}

static bool list_due(struct session *session, const struct due_filter *filter, struct error *err)
{
    static const struct table_column columns[] = {{"due_by", "due", COLUMN_TEXT},
                                                  {"state", "state", COLUMN_TEXT},
                                                  {"what", "what", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "place", COLUMN_TEXT},
                                                  {"asset", "asset", COLUMN_TEXT},
                                                  {"name", "name", COLUMN_TEXT},
                                                  {"subject", "subject", COLUMN_TEXT},
                                                  {"occurrence", "occurrence", COLUMN_TEXT},
                                                  {"open_count", "times open", COLUMN_INTEGER},
                                                  {"days", "days", COLUMN_INTEGER}};
    struct rows rows = {NULL, {.journal = session->journal}, filter->as_of, false, NULL};
    bool ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
              due_list_each(session->ledger, filter, add_item, &rows, err) &&
              table_end(rows.table, "nothing is due", err);

    table_free(rows.table);
    return ok;
}

static bool write_calendar(struct session *session, const char *path,
                           const struct due_filter *filter, struct error *err)
{
    struct buffer file = BUFFER_INIT(CALENDAR_SIZE_BYTES_MAX);
    bool ok = due_calendar(session->ledger, filter, &file, err) &&
              file_write_whole(path, file.data, file.size, err);

    buffer_done(&file);
    return ok;
}

static bool write_paper(struct session *session, const char *path, const struct due_filter *filter,
                        struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    bool ok =
        paper_print_due(session->ledger, filter, &html, err) && paper_deliver(path, &html, err);

    buffer_done(&html);
    return ok;
}

static bool read_ahead(const struct arguments *arguments, int64_t *out, struct error *err)
{
    const char *text = option_get(arguments, OPTION_AHEAD);

    *out = AHEAD_DAYS;
    return text == NULL || argument_integer(text, "--ahead", 0, AHEAD_DAYS_MAX, out, err);
}

/* The place and the day that the arguments name. */
static bool begin(struct session *session, const struct arguments *arguments, size_t place,
                  struct division *division, date_t *as_of, struct error *err)
{
    date_t today;

    memset(division, 0, sizeof *division);
    return session_today(&today, err) &&
           option_day(arguments, OPTION_AS_OF, "--as-of", today, as_of, err) &&
           session_open(session, true, err) &&
           (arguments->count <= place ||
            division_resolve(session->journal, arguments->at[place], "", division, err));
}

static bool run_due(struct session *session, const struct arguments *arguments, struct error *err)
{
    const char *calendar = option_get(arguments, OPTION_CALENDAR);
    const char *paper = option_get(arguments, OPTION_PRINT);
    struct due_filter filter = {.scope = NULL};
    struct division division;

    if (!read_ahead(arguments, &filter.days_ahead, err) ||
        !begin(session, arguments, 0, &division, &filter.as_of, err))
        return false;
    filter.scope = division.code;
    if (option_given(arguments, OPTION_OVERDUE)) filter.days_ahead = -1;
    if (calendar != NULL && !write_calendar(session, calendar, &filter, err)) return false;
    if (paper != NULL && !write_paper(session, paper, &filter, err)) return false;
    if (calendar != NULL || paper != NULL) return true;
    return list_due(session, &filter, err);
}

static const struct argp_option due_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"ahead", OPTION_AHEAD, "DAYS", 0, "Also what comes due within so many days (7)", 0},
    {"overdue", OPTION_OVERDUE, NULL, 0, "Only what is overdue", 0},
    {"calendar", OPTION_CALENDAR, "FILE.ics", 0, "Write a calendar file instead", 0},
    {"print", OPTION_PRINT, "FILE", 0, "Write a sheet of A4 to tick off instead, .html or .pdf", 0},
    {0}};

const struct command command_due = {
    "due",
    NULL,
    "[DIVISION]",
    0,
    1,
    due_options,
    "the morning list: inspections, holders, posts, work orders",
    "Inspections and services of schedules, one line for each with its first open occurrence and "
    "how "
    "many are open; assets for which nobody answers; posts that end within the days of the policy "
    "keeper_ending_days (30); work orders; rent and what else is to be collected of leases, which "
    "end within the days of the policy lease_ending_days (90). All is judged as it was at the end "
    "of the "
    "day.\n\n"
    "  $ mingzhang due 苗儿村\n"
    "  $ mingzhang due --overdue --as-of 2022-06-30 --format csv\n"
    "  $ mingzhang due 苗儿村 --ahead 90 --calendar due.ics\n"
    "  $ mingzhang due 苗儿村 --print today.pdf\n",
    run_due};

/* ---- How assets are kept --------------------------------------------------------------------- */

static bool add_upkeep(void *context, const struct upkeep *upkeep, struct error *err)
{
    struct rows *rows = context;

    if (rows->unclear_only && upkeep->score == KEEPING_CLEAR_MAX) return true;
    table_text(rows->table, upkeep->asset);
    if (!table_division(rows->table, &rows->name, upkeep->division, err)) return false;
    table_integer(rows->table, upkeep->score);
    for (int i = 0; i < KEEPING_CLEAR_MAX; i++)
        table_boolean(rows->table, upkeep->is_clear[i]);
    if (upkeep->has_duty)
        table_word(rows->table, upkeep->route);
    else
        table_empty(rows->table);
    table_text(rows->table, upkeep->unit);
    table_text(rows->table, upkeep->office_phone);
    table_text(rows->table, upkeep->keeper);
    table_amount(rows->table, upkeep->money);
    table_text(rows->table, upkeep->inspected);
    table_text(rows->table, upkeep->next);
    return table_row(rows->table, err);
}

static bool run_upkeep_list(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    static const struct table_column columns[] = {{"asset", "asset", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "place", COLUMN_TEXT},
                                                  {"score", "score", COLUMN_INTEGER},
                                                  {"has_scope", "scope", COLUMN_BOOLEAN},
                                                  {"has_title", "title", COLUMN_BOOLEAN},
                                                  {"has_standard", "standard", COLUMN_BOOLEAN},
                                                  {"has_money", "money", COLUMN_BOOLEAN},
                                                  {"has_unit", "responsibility", COLUMN_BOOLEAN},
                                                  {"route", "route", COLUMN_TEXT},
                                                  {"unit", "unit", COLUMN_TEXT},
                                                  {"office_phone", "telephone", COLUMN_TEXT},
                                                  {"keeper", "keeper", COLUMN_TEXT},
                                                  {"money_a_year", "money a year", COLUMN_AMOUNT},
                                                  {"inspected", "inspected", COLUMN_TEXT},
                                                  {"next", "next", COLUMN_TEXT}};
    struct rows rows = {
        NULL, {.journal = NULL}, {0}, option_given(arguments, OPTION_UNCLEAR), NULL};
    struct division division;
    bool ok = false;

    if (!begin(session, arguments, 0, &division, &rows.as_of, err)) return false;
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         upkeep_each(session->journal, division.code, rows.as_of, add_upkeep, &rows, err) &&
         table_end(rows.table, "no assets", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option upkeep_list_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"unclear", OPTION_UNCLEAR, NULL, 0, "Only assets of which something isn't clear", 0},
    {0}};

const struct command command_upkeep_list = {
    "upkeep",
    "list",
    "[DIVISION]",
    0,
    1,
    upkeep_list_options,
    "who keeps each asset, and what of the five is clear",
    "The score is 0 to 5: scope, title, standard, money and responsibility (五清晰). "
    "Responsibility "
    "is clear when a unit with its telephone answers and a holder who is named is in office.\n\n"
    "  $ mingzhang upkeep list 苗儿村 --unclear\n",
    run_upkeep_list};

/* ---- Who looks after assets -------------------------------------------------------------------
 */

static bool add_body(void *context, const struct upkeep_body *body, struct error *err)
{
    struct rows *rows = context;

    if (!table_division(rows->table, &rows->name, body->division, err)) return false;
    table_text(rows->table, body->name);
    table_text(rows->table, body->office_phone);
    table_text(rows->table, body->date);
    table_text(rows->table, body->document);
    table_integer(rows->table, (int64_t)body->seq);
    return table_row(rows->table, err);
}

static bool run_upkeep_bodies(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "place", COLUMN_TEXT},
        {"name", "name", COLUMN_TEXT},         {"office_phone", "telephone", COLUMN_TEXT},
        {"date", "since", COLUMN_TEXT},        {"document", "document", COLUMN_TEXT},
        {"seq", "entry", COLUMN_INTEGER}};
    struct rows rows = {NULL, {.journal = NULL}, {0}, false, NULL};
    struct division division;
    bool ok = false;

    if (!begin(session, arguments, 0, &division, &rows.as_of, err)) return false;
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         upkeep_body_each(session->journal, division.code, rows.as_of, add_body, &rows, err) &&
         table_end(rows.table, "nobody was declared", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option upkeep_bodies_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0}, {0}};

const struct command command_upkeep_bodies = {
    "upkeep",
    "bodies",
    "[DIVISION]",
    0,
    1,
    upkeep_bodies_options,
    "who looks after assets: the county's group, towns' offices, villages' stations",
    "As `import upkeep-bodies` declared them, in DIVISION and within it.\n\n"
    "  $ mingzhang upkeep bodies 云镇\n",
    run_upkeep_bodies};

/* ---- A schedule ------------------------------------------------------------------------------ */

static bool add_occurrence(void *context, const struct occurrence *occurrence, struct error *err)
{
    struct rows *rows = context;

    put_day(rows->table, occurrence->day);
    put_day(rows->table, occurrence->due);
    put_day(rows->table, occurrence->limit);
    table_word(rows->table, occurrence_state_name(occurrence->state));
    if (occurrence->by == 0) {
        table_text(rows->table, "");
        table_empty(rows->table);
    } else {
        put_day(rows->table, occurrence->on);
        table_integer(rows->table, (int64_t)occurrence->by);
    }
    return table_row(rows->table, err);
}

static bool run_upkeep_schedule(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    static const struct table_column columns[] = {
        {"occurrence", "occurrence", COLUMN_TEXT}, {"due_by", "due", COLUMN_TEXT},
        {"limit", "limit", COLUMN_TEXT},           {"state", "state", COLUMN_TEXT},
        {"done_on", "done on", COLUMN_TEXT},       {"seq", "entry", COLUMN_INTEGER}};
    struct rows rows = {NULL, {.journal = NULL}, {0}, false, NULL};
    int64_t ahead;
    struct division ignored;
    date_t through;
    bool ok = false;

    if (!read_ahead(arguments, &ahead, err) ||
        !begin(session, arguments, 1, &ignored, &rows.as_of, err) ||
        !date_from_days(rows.as_of.days + ahead, &through, err))
        return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         occurrence_each(session->journal, arguments->at[0], rows.as_of, through, add_occurrence,
                         &rows, err) &&
         table_end(rows.table, "nothing is due", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option upkeep_schedule_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"ahead", OPTION_AHEAD, "DAYS", 0, "Also what comes due within so many days (7)", 0},
    {0}};

const struct command command_upkeep_schedule = {
    "upkeep",
    "schedule",
    "SCHEDULE",
    1,
    1,
    upkeep_schedule_options,
    "the occurrences of a schedule: done, excused, overdue or awaited",
    "An inspection names an occurrence by its day, before any shift to a working day; one that "
    "names "
    "none answers the one whose limit comes next.\n\n"
    "  $ mingzhang upkeep schedule XC-001 --as-of 2022-12-31\n",
    run_upkeep_schedule};

/* ---- Money ----------------------------------------------------------------------------------- */

static bool add_source(void *context, const char *source, money_t amount, struct error *err)
{
    struct rows *rows = context;

    table_text(rows->table, rows->fund);
    table_text(rows->table, source);
    table_amount(rows->table, amount);
    return table_row(rows->table, err);
}

static bool add_fund(void *context, const struct upkeep_fund *fund, struct error *err)
{
    struct rows *rows = context;

    rows->fund = fund->fund;
    if (!upkeep_source_each(rows->name.journal, fund->fund, add_source, rows, err)) return false;
    table_text(rows->table, fund->fund);
    table_word(rows->table, N_("unexplained"));
    table_amount(rows->table, fund->unexplained);
    if (!table_row(rows->table, err)) return false;
    table_text(rows->table, fund->fund);
    table_word(rows->table, N_("received"));
    table_amount(rows->table, fund->received);
    return table_row(rows->table, err);
}

static bool run_upkeep_funds(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    static const struct table_column columns[] = {{"fund", "fund", COLUMN_TEXT},
                                                  {"source", "source", COLUMN_TEXT},
                                                  {"amount", "amount", COLUMN_AMOUNT}};
    struct rows rows = {NULL, {.journal = NULL}, {0}, false, NULL};
    bool ok;

    (void)arguments;
    if (!session_open(session, true, err)) return false;
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         upkeep_fund_each(session->journal, add_fund, &rows, err) &&
         table_end(rows.table, "no sources of a fund for upkeep", err);
    table_free(rows.table);
    return ok;
}

const struct command command_upkeep_funds = {
    "upkeep",
    "funds",
    "",
    0,
    0,
    NULL,
    "where the money for upkeep came from, and what isn't explained",
    "The sources of each fund (八个一点, an open list) add up to what it received from outside, "
    "less "
    "what went back there; the rest is unexplained.\n\n"
    "  $ mingzhang upkeep funds\n",
    run_upkeep_funds};
