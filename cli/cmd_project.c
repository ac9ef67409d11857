/*
 * cmd_project.c - what becomes of a project: progress, acceptance, and with what effect.
 */
#include <string.h>

#include "cli/command.h"

/* ---- list ----------------------------------------------------------------------------------- */

static bool add_project(void *context, const struct project *project, struct error *err)
{
    struct table *table = context;
    money_t plan = MONEY_ZERO;
    money_t paid = MONEY_ZERO;
    money_t outside = MONEY_ZERO;
    size_t i;

    for (i = 0; i < project->plan_count; i++) {
        const struct plan_line *line = &project->plan[i];
        money_t *sum = line->fund[0] != 0 ? &plan : &outside;

        if (!money_add(*sum, line->amount, sum, err)) return false;
        if (!money_add(paid, line->paid, &paid, err)) return false;
    }
    table_text(table, project->code);
    table_text(table, project->name);
    table_text(table, project->division);
    table_word(table, book_name(project->book));
    table_amount(table, plan);
    table_amount(table, outside);
    table_amount(table, paid);
    table_integer(table, project->percent);
    table_boolean(table, project->accepted);
    table_text(table, project->result);
    return table_row(table, err);
}

static bool run_project_list(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    static const struct table_column columns[] = {
        {"project", "project", COLUMN_TEXT},      {"name", "name", COLUMN_TEXT},
        {"division", "division", COLUMN_TEXT},    {"book", "book", COLUMN_TEXT},
        {"plan", "from funds", COLUMN_AMOUNT},    {"outside", "from outside", COLUMN_AMOUNT},
        {"paid", "paid", COLUMN_AMOUNT},          {"percent", "%", COLUMN_INTEGER},
        {"accepted", "accepted", COLUMN_BOOLEAN}, {"result", "result", COLUMN_TEXT}};
    struct table *table = NULL;
    struct division division;
    const char *text = option_get(arguments, OPTION_DIVISION);
    bool ok = false;

    if (!session_open(session, true, err)) return false;
    memset(&division, 0, sizeof division);
    if (text != NULL && !division_resolve(session->journal, text, "", &division, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         project_each(session->journal, division.code, add_project, table, err) &&
         table_end(table, "no project", err);
    table_free(table);
    return ok;
}

static const struct argp_option list_options[] = {
    {"division", OPTION_DIVISION, "DIVISION", 0, "Only those located there", 0}, {0}};

const struct command command_project_list = {"project",
                                             "list",
                                             NULL,
                                             0,
                                             0,
                                             list_options,
                                             "list projects: what was planned, what was paid",
                                             "  $ mingzhang project list --division 苗儿村\n",
                                             run_project_list};

/* ---- progress, accept, result --------------------------------------------------------------- */

/* What the three have in common. */
static bool read_record(const struct arguments *arguments, date_t *date, const char **text,
                        struct error *err)
{
    const char *date_text = NULL;

    return option_require(arguments, OPTION_DATE, "--date", &date_text, err) &&
           date_parse_lenient(date_text, date, err) &&
           option_require(arguments, OPTION_TEXT, "--text", text, err);
}

static bool run_project_progress(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    const char *text = NULL;
    const char *percent_text = NULL;
    int64_t percent = 0;
    date_t date;

    if (!read_record(arguments, &date, &text, err)) return false;
    if (!option_require(arguments, OPTION_PERCENT, "--percent", &percent_text, err)) return false;
    if (!argument_integer(percent_text, "--percent", 0, 100, &percent, err)) return false;
    if (!session_begin(session, err)) return false;
    if (!project_record_progress(session->journal, &session->by, arguments->at[0], date,
                                 (int32_t)percent, text, err)) {
        return false;
    }
    if (!session_commit(session, err)) return false;
    say("%s stands at %lld %%", arguments->at[0], (long long)percent);
    return true;
}

static const struct argp_option progress_options[] = {
    {"date", OPTION_DATE, "DATE", 0, "The day it was seen", 0},
    {"percent", OPTION_PERCENT, "N", 0, "0 to 100", 0},
    {"text", OPTION_TEXT, "TEXT", 0, "What was seen", 0},
    {0}};

const struct command command_project_progress = {
    "project",
    "progress",
    "PROJECT",
    1,
    1,
    progress_options,
    "record how far a project is",
    "  $ mingzhang -u li project progress XM2021-001 --date 2021-06-30 --percent 60 \\\n"
    "      --text '渠道砌护4.5千米'\n",
    run_project_progress};

static bool run_project_accept(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    const char *text = NULL;
    const char *by = NULL;
    date_t date;

    if (!read_record(arguments, &date, &text, err)) return false;
    if (!option_require(arguments, OPTION_BY, "--by", &by, err)) return false;
    if (!session_begin(session, err)) return false;
    if (!project_record_acceptance(session->journal, &session->by, arguments->at[0], date, by, text,
                                   err)) {
        return false;
    }
    if (!session_commit(session, err)) return false;
    say("%s is accepted", arguments->at[0]);
    return true;
}

static const struct argp_option accept_options[] = {
    {"date", OPTION_DATE, "DATE", 0, "The day of acceptance", 0},
    {"by", OPTION_BY, "UNIT", 0, "The unit that accepted it", 0},
    {"text", OPTION_TEXT, "TEXT", 0, "What it found", 0},
    {0}};

const struct command command_project_accept = {
    "project",
    "accept",
    "PROJECT",
    1,
    1,
    accept_options,
    "record the acceptance of a finished project",
    "  $ mingzhang -u li project accept XM2021-001 --date 2021-11-20 --by 区农业农村局 \\\n"
    "      --text '验收合格'\n",
    run_project_accept};

static bool run_project_result(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    const char *text = NULL;
    date_t date;

    if (!read_record(arguments, &date, &text, err)) return false;
    if (!session_begin(session, err)) return false;
    if (!project_record_result(session->journal, &session->by, arguments->at[0], date, text, err)) {
        return false;
    }
    if (!session_commit(session, err)) return false;
    say("the result of %s is recorded", arguments->at[0]);
    return true;
}

static const struct argp_option result_options[] = {
    {"date", OPTION_DATE, "DATE", 0, "The day it was measured", 0},
    {"text", OPTION_TEXT, "TEXT", 0, "With what effect, against the target", 0},
    {0}};

const struct command command_project_result = {
    "project",
    "result",
    "PROJECT",
    1,
    1,
    result_options,
    "record with what effect the money was used",
    "  $ mingzhang -u li project result XM2021-001 --date 2022-06-30 \\\n"
    "      --text '灌溉面积增加820亩，目标800亩'\n",
    run_project_result};
