/*
 * project_event.c - what becomes of a project: progress, acceptance, result
 * (用到哪、怎么用、啥效果).
 *
 * 1. Progress never falls back: what was built stays built, and a false report is corrected in
 * words.
 * 2. A project is accepted once. Retention is paid only afterwards.
 * 3. A result is recorded anew as often as needed; the last one counts.
 * 4. `project` holds how it stands today, `project_event` each step with its day: a period that is
 *    over is told as it was.
 */
#include <string.h>

#include "ledger/funds/internal.h"

static const struct entry_member progress_members[] = {
    {.name = "date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "percent", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member accept_members[] = {
    {.name = "by", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member result_members[] = {
    {.name = "date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* What the three kinds share, and the project as it stands. */
struct event {
    char project[CODE_SIZE];
    date_t date;
    char text[TEXT_SIZE];
    int32_t percent; /* as it stands */
    bool is_accepted;
};

static bool read_event(struct journal *journal, const struct entry_view *entry, struct event *out,
                       struct error *err)
{
    struct statement *statement;
    bool has_row;
    char division[DIVISION_CODE_SIZE], heir[DIVISION_CODE_SIZE];

    if (!json_get_string(entry->document, entry->body, "project", out->project, CODE_SIZE, err) ||
        !json_get_date(entry->document, entry->body, "date", &out->date, err) ||
        !json_get_string(entry->document, entry->body, "text", out->text, TEXT_SIZE, err) ||
        !sql_row(journal, "SELECT division, percent, accepted_on FROM project WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(out->project)), &statement, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND,
                         "project %s is not in the project bank; register it first", out->project);
    sql_text(statement, 0, division, sizeof division);
    out->percent = (int32_t)statement_integer(statement, 1);
    out->is_accepted = statement_text(statement, 2)[0] != '\0';
    statement_reset(statement);
    return division_heir(journal, division, period_today(journal), heir, err) &&
           journal_require_role(journal, entry->actor, ROLE_MAKER, heir, err) &&
           period_require_come(journal, out->date, err);
}

/* A step with its day; `percent` below zero and `unit` "" where it tells none. */
static bool keep_event(struct journal *journal, const struct entry_view *entry,
                       const struct event *event, int32_t percent, const char *unit,
                       struct error *err)
{
    char date[DATE_TEXT_SIZE];
    const bool is_result = percent < 0 && unit[0] == '\0';

    return sql_run(journal,
                   "INSERT INTO project_event (seq, project, date, percent, unit, result, text) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   SQL_VALUES(SQL_INTEGER(entry->seq), SQL_TEXT(event->project),
                              SQL_TEXT(date_format(event->date, date)), SQL_INTEGER(percent),
                              SQL_TEXT(unit), SQL_INTEGER(is_result), SQL_TEXT(event->text)),
                   err);
}

static bool progress_apply(struct journal *journal, const struct entry_view *entry,
                           struct error *err)
{
    struct event event;
    int32_t percent;

    if (!read_event(journal, entry, &event, err) ||
        !json_get_small(entry->document, entry->body, "percent", &percent, err))
        return false;
    if (percent > 100)
        return error_set(err, ERROR_INPUT, "progress of %d %% is more than the whole", percent);
    if (percent < event.percent)
        return error_set(err, ERROR_STATE,
                         "project %s stands at %d %%; progress doesn't fall back to %d %%",
                         event.project, event.percent, percent);
    return keep_event(journal, entry, &event, percent, "", err) &&
           sql_run(journal, "UPDATE project SET percent = $1 WHERE code = $2",
                   SQL_VALUES(SQL_INTEGER(percent), SQL_TEXT(event.project)), err);
}

static bool accept_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct event event;
    char by[TEXT_SIZE], date[DATE_TEXT_SIZE];

    if (!read_event(journal, entry, &event, err) ||
        !json_get_string(entry->document, entry->body, "by", by, sizeof by, err))
        return false;
    if (event.is_accepted)
        return error_set(err, ERROR_STATE, "project %s is accepted already", event.project);
    if (by[0] == '\0')
        return error_set(err, ERROR_INPUT, "an acceptance says which unit accepts; name it");
    return keep_event(journal, entry, &event, -1, by, err) &&
           sql_run(journal, "UPDATE project SET accepted_on = $1 WHERE code = $2",
                   SQL_VALUES(SQL_TEXT(date_format(event.date, date)), SQL_TEXT(event.project)),
                   err);
}

static bool result_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct event event;

    if (!read_event(journal, entry, &event, err)) return false;
    if (event.text[0] == '\0')
        return error_set(err, ERROR_INPUT, "a result says with what effect; write it");
    return keep_event(journal, entry, &event, -1, "", err) &&
           sql_run(journal,
                   "UPDATE project SET result = (SELECT text FROM project_event WHERE project = $1 "
                   "AND result = 1 ORDER BY date DESC, seq DESC LIMIT 1) WHERE code = $2",
                   SQL_VALUES(SQL_TEXT(event.project), SQL_TEXT(event.project)), err);
}

static bool event_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char project[CODE_SIZE], date[DATE_TEXT_SIZE];
    const char *what = strcmp(entry->kind, "project.progress") == 0 ? "progress"
                       : strcmp(entry->kind, "project.accept") == 0 ? "acceptance"
                                                                    : "the result";

    return json_get_string(entry->document, entry->body, "project", project, sizeof project, err) &&
           json_get_string(entry->document, entry->body, "date", date, sizeof date, err) &&
           buffer_append_format(out, err, "records %s of project %s on %s", what, project, date);
}

const struct entry_kind project_progress_kind = {
    .name = "project.progress",
    .members = progress_members,
    .apply = progress_apply,
    .describe = event_describe,
};

const struct entry_kind project_accept_kind = {
    .name = "project.accept",
    .members = accept_members,
    .apply = accept_apply,
    .describe = event_describe,
};

const struct entry_kind project_result_kind = {
    .name = "project.result",
    .members = result_members,
    .apply = result_apply,
    .describe = event_describe,
};

/* ---- Writing --------------------------------------------------------------------------------- */

struct report {
    const char *kind, *project, *text;
    const char *by; /* NULL: none */
    date_t date;
    int32_t percent; /* below zero: none */
};

static bool append(struct journal *journal, const struct signatory *by, const struct report *report,
                   struct error *err)
{
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct json_writer writer;
    struct appended appended;
    bool ok;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    if (report->by != NULL) json_member_string(&writer, "by", report->by);
    json_member_date(&writer, "date", true, report->date);
    if (report->percent >= 0) json_member_integer(&writer, "percent", report->percent);
    json_member_string(&writer, "project", report->project);
    json_member_string(&writer, "text", report->text);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         journal_append_act(journal, by, report->kind, &body, NULL, 0, &appended, err);
    buffer_done(&body);
    return ok;
}

bool project_record_progress(struct journal *journal, const struct signatory *by,
                             const char *project, date_t date, int32_t percent, const char *text,
                             struct error *err)
{
    struct report report = {"project.progress", project, text, NULL, date, percent};

    return append(journal, by, &report, err);
}

bool project_record_acceptance(struct journal *journal, const struct signatory *by,
                               const char *project, date_t date, const char *accepted_by,
                               const char *text, struct error *err)
{
    struct report report = {"project.accept", project, text, accepted_by, date, -1};

    return append(journal, by, &report, err);
}

bool project_record_result(struct journal *journal, const struct signatory *by, const char *project,
                           date_t date, const char *text, struct error *err)
{
    struct report report = {"project.result", project, text, NULL, date, -1};

    return append(journal, by, &report, err);
}
