/*
 * cmd_disclosures.c - what must be disclosed by when, and what became of it: a listing, a calendar
 * file, and what was corrected from what to what.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/paths.h"
#include "exporters/exporters.h"

#define CALENDAR_SIZE_BYTES_MAX (256u * 1024 * 1024)

struct duty_rows {
    struct table *table;
    struct division_name name;
    const char *state; /* NULL: all */
    bool by_weekdays;  /* of some: told once */
    enum table_kind format;
};

static void put_day(struct table *table, bool has, date_t date)
{
    char text[DATE_TEXT_SIZE];

    table_text(table, has ? date_format(date, text) : "");
}

/* People read a name, since codes such as "allocation" and "projects" mean other things elsewhere.
 */
static void put_matter(const struct duty_rows *rows, enum matter matter)
{
    static const char *const names[MATTER_COUNT] = {
        [MATTER_ALLOCATION] = "fund allocation",
        [MATTER_LOANS] = "loans and entrusted",
        [MATTER_SECTOR] = "sector and paired",
        [MATTER_CONSOLIDATION] = "integration scheme",
        [MATTER_BANK] = "project bank",
        [MATTER_ANNUAL_PLAN] = "annual plan",
        [MATTER_COMPLETION] = "completion",
        [MATTER_PROJECTS] = "project work",
        [MATTER_COMPLAINTS] = "complaints and answers",
        [MATTER_VILLAGE_FINANCE] = "village finance",
    };
    const bool is_for_people = rows->format == TABLE_ALIGNED || rows->format == TABLE_XLSX;

    table_word(rows->table, is_for_people ? names[matter] : matter_info(matter)->code);
}

static bool add_duty(void *context, const struct duty *duty, struct error *err)
{
    struct duty_rows *rows = context;
    const bool is_disclosed = duty->by[0] != '\0';

    rows->by_weekdays = rows->by_weekdays || duty->by_weekdays;
    if (rows->state != NULL && strcmp(rows->state, duty_state_name(duty->state)) != 0) return true;
    put_day(rows->table, true, duty->due);
    table_word(rows->table, duty_state_name(duty->state));
    put_matter(rows, duty->matter);
    if (!table_division(rows->table, &rows->name, duty->division, err)) return false;
    table_text(rows->table, duty->subject);
    put_day(rows->table, true, duty->event);
    put_day(rows->table, is_disclosed, duty->disclosed_on);
    table_boolean(rows->table, duty->is_late);
    table_boolean(rows->table, duty->is_changed);
    table_text(rows->table, duty->by);
    put_day(rows->table, duty->has_until, duty->until);
    put_day(rows->table, duty->has_ended, duty->ended_on);
    return table_row(rows->table, err);
}

static bool read_state(const struct arguments *arguments, const char **out, struct error *err)
{
    const char *state = option_get(arguments, OPTION_STATE);

    for (int i = 0; state != NULL && i < DUTY_STATE_COUNT; i++) {
        if (strcmp(state, duty_state_name((enum duty_state)i)) == 0) break;
        if (i == DUTY_STATE_COUNT - 1)
            return error_set(err, ERROR_USAGE,
                             "\"%s\" is no state of a disclosure; use awaited, overdue, standing, "
                             "stood, early, withheld or replaced",
                             state);
    }
    *out = state;
    return true;
}

static bool write_calendar(struct session *session, const char *path, const char *scope,
                           date_t as_of, struct error *err)
{
    struct buffer file = BUFFER_INIT(CALENDAR_SIZE_BYTES_MAX);
    bool ok = duties_calendar(session->ledger, scope, as_of, &file, err) &&
              file_write_whole(path, file.data, file.size, err);

    buffer_done(&file);
    return ok;
}

static bool list_duties(struct session *session, const char *state, const char *scope, date_t as_of,
                        struct error *err)
{
    static const struct table_column columns[] = {{"due", "due", COLUMN_TEXT},
                                                  {"state", "state", COLUMN_TEXT},
                                                  {"matter", "matter", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "name", COLUMN_TEXT},
                                                  {"subject", "subject", COLUMN_TEXT},
                                                  {"event_date", "event", COLUMN_TEXT},
                                                  {"disclosed_on", "disclosed", COLUMN_TEXT},
                                                  {"late", "told late", COLUMN_BOOLEAN},
                                                  {"changed", "corrected", COLUMN_BOOLEAN},
                                                  {"notice", "told by", COLUMN_TEXT},
                                                  {"until", "until", COLUMN_TEXT},
                                                  {"ended_on", "taken down", COLUMN_TEXT}};
    struct duty_rows rows = {
        NULL, {.journal = session->journal}, state, false, session->format.kind};
    bool ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
              duty_each(session->journal, scope, as_of, add_duty, &rows, err) &&
              table_end(rows.table, "nothing is to be disclosed", err);

    table_free(rows.table);
    if (ok && rows.by_weekdays)
        remark("for some years the ledger has no calendar; Monday to Friday were counted: "
               "`mingzhang import calendar`");
    return ok;
}

/* ---- What corrections changed ---------------------------------------------------------------- */

struct figure_rows {
    struct table *table;
    struct division_name name;
    const char *scope; /* a division's code, or "" */
    enum table_kind format;
};

static void put_figure(struct table *table, bool has, money_t amount)
{
    if (has)
        table_amount(table, amount);
    else
        table_empty(table);
}

/* What the figure is of; to people a line of a book isn't the line of a sheet. */
static void put_subject(const struct figure_rows *rows, const char *of)
{
    const bool is_for_people = rows->format == TABLE_ALIGNED || rows->format == TABLE_XLSX;

    if (is_for_people && strcmp(of, "summary") == 0)
        of = "sums";
    else if (is_for_people && strcmp(of, "line") == 0)
        of = "book line";
    table_word(rows->table, of);
}

static bool add_figure(void *context, const struct published_correction *figure, struct error *err)
{
    struct figure_rows *rows = context;

    if (rows->scope[0] != '\0' && strcmp(rows->scope, figure->division) != 0) return true;
    table_text(rows->table, figure->period);
    if (!table_division(rows->table, &rows->name, figure->division, err)) return false;
    put_subject(rows, figure->of);
    table_text(rows->table, figure->code);
    table_word(rows->table, figure->book);
    table_word(rows->table, figure->figure);
    put_figure(rows->table, figure->has_was, figure->was);
    put_figure(rows->table, figure->has_now, figure->now);
    return table_row(rows->table, err);
}

/* The figures, as the published documents tell them. */
static bool list_corrections(struct session *session, const char *repository, const char *scope,
                             struct error *err)
{
    static const struct table_column columns[] = {
        {"period", "period", COLUMN_TEXT},       {"division", "division", COLUMN_TEXT},
        {"division_name", "name", COLUMN_TEXT},  {"corrected_of", "corrected", COLUMN_TEXT},
        {"corrected_code", "code", COLUMN_TEXT}, {"book", "book", COLUMN_TEXT},
        {"figure", "figure", COLUMN_TEXT},       {"figure_was", "was", COLUMN_AMOUNT},
        {"figure_now", "is now", COLUMN_AMOUNT}};
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    struct figure_rows rows = {NULL, {.journal = session->journal}, scope, session->format.kind};
    uint64_t more = 0;
    bool ok = false;

    if (!(repository != NULL ? buffer_append_text(&path, repository, err)
                             : path_of_publication(session->location, &path, err)))
        goto out;
    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err)) goto out;
    if (!corrections_each(buffer_text(&path), add_figure, &rows, &more, err)) goto out;
    ok = table_end(rows.table, "no published figure was corrected", err);
    if (ok && more > 0)
        remark(
            "%llu more corrected figures aren't named in the documents; compare with the earlier "
            "documents in the history of git",
            (unsigned long long)more);
out:
    table_free(rows.table);
    buffer_done(&path);
    return ok;
}

static bool run_disclosures(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    const char *calendar = option_get(arguments, OPTION_CALENDAR);
    const char *state = NULL;
    struct division division;
    date_t today, as_of;

    memset(&division, 0, sizeof division);
    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &as_of, err) ||
        !read_state(arguments, &state, err) || !session_open(session, true, err))
        return false;
    if (arguments->count > 0 &&
        !division_resolve(session->journal, arguments->at[0], "", &division, err))
        return false;
    if (option_given(arguments, OPTION_CORRECTIONS))
        return list_corrections(session, option_get(arguments, OPTION_REPO), division.code, err);
    if (calendar != NULL) return write_calendar(session, calendar, division.code, as_of, err);
    return list_duties(session, state, division.code, as_of, err);
}

static const struct argp_option disclosures_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"state", OPTION_STATE, "STATE", 0,
     "Only awaited, overdue, standing, stood, early, withheld or replaced", 0},
    {"calendar", OPTION_CALENDAR, "FILE.ics", 0, "Write a calendar file instead", 0},
    {"corrections", OPTION_CORRECTIONS, NULL, 0,
     "List the figures that published documents corrected, old and new, instead", 0},
    {"repo", OPTION_REPO, "DIR", 0,
     "The git repository of --corrections (publication beside the ledger)", 0},
    {0}};

const struct command command_disclosures = {
    "disclosures",
    NULL,
    "[DIVISION]",
    0,
    1,
    disclosures_options,
    "what must be disclosed by when, and what became of it",
    "Each of the nine matters: awaited, overdue, standing, stood long enough, taken down too "
    "early, "
    "withheld from what should tell it, or replaced before anything told it; late, and changed "
    "while it stood (the days count again). Counties disclose by documents that tell it, townships "
    "and villages by notices on their boards (import notices). Days are working days of the "
    "ledger's calendar.\n\n"
    "  $ mingzhang disclosures 苗儿村 --as-of 2021-03-31 --state overdue\n"
    "  $ mingzhang disclosures --calendar due.ics\n"
    "  $ mingzhang disclosures 苗儿村 --corrections\n",
    run_disclosures};
