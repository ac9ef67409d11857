/*
 * project.c - the project bank (项目库): projects, their financing plans, and what becomes of them.
 *
 * 1. A project without a performance target doesn't enter the bank.
 * 2. A plan line is either of a fund of the register or of a named outside source. Outside money
 *    doesn't pass through our accounts.
 * 3. Progress never falls back; acceptance comes once.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define PROJECT_COLUMNS                                                                            \
    "code, name, category, nature, unit, task, target, participation, mechanism, office_phone, "   \
    "division, book, starts_on, ends_on, beneficiaries, percent, accepted_on, result"

static const struct entry_member plan_members[] = {
    {.name = "amount", .type = MEMBER_AMOUNT, .mark = MEMBER_PUBLIC},
    {.name = "fund", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "line", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "source", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

// clang-format off
static const struct entry_member project_members[] = {
    {.name = "beneficiaries", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "book", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = books_with_accounts_words},
    {.name = "category", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "end", .type = MEMBER_DATE_OR_EMPTY, .mark = MEMBER_PUBLIC},
    {.name = "mechanism", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "nature", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "office_phone", .type = MEMBER_PHONE, .mark = MEMBER_PUBLIC},
    {.name = "participation", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "plan", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = plan_members},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "start", .type = MEMBER_DATE_OR_EMPTY, .mark = MEMBER_PUBLIC},
    {.name = "target", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "task", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "unit", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
// clang-format on

/* ---- project.add ----------------------------------------------------------------------------- */

struct text_field {
    const char *name;
    size_t at, size;
};

#define TEXT_FIELD(member, field)                                                                  \
    {                                                                                              \
        member, offsetof(struct project, field), sizeof(((struct project *)NULL)->field)           \
    }

static const struct text_field text_fields[] = {
    TEXT_FIELD("project", code),        TEXT_FIELD("name", name),
    TEXT_FIELD("category", category),   TEXT_FIELD("nature", nature),
    TEXT_FIELD("unit", unit),           TEXT_FIELD("task", task),
    TEXT_FIELD("target", target),       TEXT_FIELD("participation", participation),
    TEXT_FIELD("mechanism", mechanism), TEXT_FIELD("office_phone", office_phone),
    TEXT_FIELD("division", division),
};

static bool read_plan_line(const struct json_document *document, uint32_t node, struct project *out,
                           struct error *err)
{
    struct plan_line *line = &out->plan[out->plan_count];
    int64_t fen;

    if (!json_get_small(document, node, "line", &line->line, err) ||
        !json_get_string(document, node, "fund", line->fund, sizeof line->fund, err) ||
        !json_get_string(document, node, "source", line->source, sizeof line->source, err) ||
        !json_get_integer(document, node, "amount", &fen, err) ||
        !money_from_fen(fen, &line->amount, err))
        return false;
    if (line->line != (int32_t)out->plan_count + 1)
        return error_set(err, ERROR_INPUT,
                         "the plan's lines are numbered from 1 on; %d stands at %zu", line->line,
                         out->plan_count + 1);
    if ((line->fund[0] == '\0') == (line->source[0] == '\0'))
        return error_set(err, ERROR_INPUT,
                         "plan line %d names a fund or an outside source, exactly one of the two",
                         line->line);
    out->plan_count++;
    return true;
}

static bool read_plan(const struct entry_view *entry, struct project *out, struct error *err)
{
    uint32_t plan;

    if (!json_get_node(entry->document, entry->body, "plan", JSON_ARRAY, &plan, err)) return false;
    if (json_count(entry->document, plan) == 0 ||
        json_count(entry->document, plan) > PLAN_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a financing plan has 1 to %d lines, not %u",
                         PLAN_LINES_MAX, json_count(entry->document, plan));
    out->plan_count = 0;
    for (uint32_t node = json_first(entry->document, plan); node != JSON_NONE;
         node = json_next(entry->document, node))
        if (!read_plan_line(entry->document, node, out, err)) return false;
    return true;
}

static bool read_project(const struct entry_view *entry, struct project *out, struct error *err)
{
    const struct json_document *document = entry->document;
    char book[16];

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < ARRAY_COUNT(text_fields); i++)
        if (!json_get_string(document, entry->body, text_fields[i].name,
                             (char *)out + text_fields[i].at, text_fields[i].size, err))
            return false;
    return json_get_string(document, entry->body, "book", book, sizeof book, err) &&
           book_parse(book, &out->book, err) &&
           json_get_integer(document, entry->body, "beneficiaries", &out->beneficiaries, err) &&
           json_get_optional_date(document, entry->body, "start", &out->has_start, &out->start,
                                  err) &&
           json_get_optional_date(document, entry->body, "end", &out->has_end, &out->end, err) &&
           read_plan(entry, out, err);
}

static bool check_project(struct journal *journal, const struct project *project, struct error *err)
{
    int64_t count;

    if (project->target[0] == '\0')
        return error_set(err, ERROR_INPUT,
                         "project %s has no performance target; without one it can't enter the "
                         "project bank",
                         project->code);
    if (project->name[0] == '\0')
        return error_set(err, ERROR_INPUT, "project %s has no name; give it one", project->code);
    if (project->has_start && project->has_end && date_is_before(project->end, project->start))
        return error_set(err, ERROR_INPUT, "project %s ends before it starts", project->code);
    if (!sql_integer(journal, "SELECT COUNT(*) FROM project WHERE code = $1",
                     SQL_VALUES(SQL_TEXT(project->code)), &count, err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "project %s is registered already", project->code);
    return division_require_lasting(journal, project->division, period_today(journal), err);
}

static bool insert_plan(struct journal *journal, const struct project *project, struct error *err)
{
    struct fund fund;

    for (size_t i = 0; i < project->plan_count; i++) {
        const struct plan_line *line = &project->plan[i];

        if (line->fund[0] != '\0') {
            if (!fund_find(journal, line->fund, &fund, err)) return false;
            if (!fund.books[project->book])
                return error_set(err, ERROR_EARMARK,
                                 "plan line %d: fund %s may not be used in book %s", line->line,
                                 fund.code, translate(book_name(project->book)));
        }
        if (!sql_run(journal,
                     "INSERT INTO plan_line (project, line, fund, source, amount, pending, "
                     "committed, retention, paid) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0)",
                     SQL_VALUES(SQL_TEXT(project->code), SQL_INTEGER(line->line),
                                SQL_TEXT(line->fund), SQL_TEXT(line->source),
                                SQL_INTEGER(line->amount.fen)),
                     err))
            return false;
    }
    return true;
}

static bool insert_project(struct journal *journal, const struct project *project,
                           struct error *err)
{
    char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];

    return sql_run(
               journal,
               "INSERT INTO project (code, name, category, nature, unit, task, target, "
               "participation, mechanism, office_phone, division, book, starts_on, ends_on, "
               "beneficiaries, percent, accepted_on, result) VALUES ($1, $2, $3, $4, $5, $6, $7, "
               "$8, $9, $10, $11, $12, $13, $14, $15, 0, '', '')",
               SQL_VALUES(SQL_TEXT(project->code), SQL_TEXT(project->name),
                          SQL_TEXT(project->category), SQL_TEXT(project->nature),
                          SQL_TEXT(project->unit), SQL_TEXT(project->task),
                          SQL_TEXT(project->target), SQL_TEXT(project->participation),
                          SQL_TEXT(project->mechanism), SQL_TEXT(project->office_phone),
                          SQL_TEXT(project->division), SQL_TEXT(book_name(project->book)),
                          SQL_TEXT(project->has_start ? date_format(project->start, start) : ""),
                          SQL_TEXT(project->has_end ? date_format(project->end, end) : ""),
                          SQL_INTEGER(project->beneficiaries)),
               err) &&
           insert_plan(journal, project, err);
}

static bool project_apply(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    struct project *project = malloc(sizeof *project); /* too large for a stack */
    bool ok;

    if (project == NULL) return error_set(err, ERROR_MEMORY, "no memory for a project");
    ok = read_project(entry, project, err) && check_project(journal, project, err) &&
         journal_require_role(journal, entry->actor, ROLE_MAKER, project->division, err) &&
         insert_project(journal, project, err);
    free(project);
    return ok;
}

static bool project_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char code[CODE_SIZE], name[TEXT_SIZE];

    return json_get_string(entry->document, entry->body, "project", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "name", name, sizeof name, err) &&
           buffer_append_format(out, err, "registers project %s %s", code, name);
}

const struct entry_kind project_add_kind = {
    .name = "project.add",
    .members = project_members,
    .apply = project_apply,
    .describe = project_describe,
    .covered_by = "import.file",
};

/* ---- Questions ------------------------------------------------------------------------------- */

static bool read_plan_rows(struct journal *journal, struct project *out, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_statement(journal,
                       "SELECT line, fund, source, amount, paid FROM plan_line WHERE project = $1 "
                       "ORDER BY line",
                       SQL_VALUES(SQL_TEXT(out->code)), &statement, err))
        goto out;
    for (out->plan_count = 0; out->plan_count < PLAN_LINES_MAX; out->plan_count++) {
        struct plan_line *line = &out->plan[out->plan_count];

        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        line->line = (int32_t)statement_integer(statement, 0);
        sql_text(statement, 1, line->fund, sizeof line->fund);
        sql_text(statement, 2, line->source, sizeof line->source);
        line->amount = (money_t){statement_integer(statement, 3)};
        line->paid = (money_t){statement_integer(statement, 4)};
    }
    ok = true;
out:
    if (statement != NULL) statement_reset(statement);
    return ok;
}

static bool read_row(struct journal *journal, const struct statement *statement,
                     struct project *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->code, sizeof out->code);
    sql_text(statement, 1, out->name, sizeof out->name);
    sql_text(statement, 2, out->category, sizeof out->category);
    sql_text(statement, 3, out->nature, sizeof out->nature);
    sql_text(statement, 4, out->unit, sizeof out->unit);
    sql_text(statement, 5, out->task, sizeof out->task);
    sql_text(statement, 6, out->target, sizeof out->target);
    sql_text(statement, 7, out->participation, sizeof out->participation);
    sql_text(statement, 8, out->mechanism, sizeof out->mechanism);
    sql_text(statement, 9, out->office_phone, sizeof out->office_phone);
    sql_text(statement, 10, out->division, sizeof out->division);
    out->beneficiaries = statement_integer(statement, 14);
    out->percent = (int32_t)statement_integer(statement, 15);
    sql_text(statement, 17, out->result, sizeof out->result);
    return book_parse(statement_text(statement, 11), &out->book, err) &&
           sql_date(statement, 12, &out->has_start, &out->start, err) &&
           sql_date(statement, 13, &out->has_end, &out->end, err) &&
           sql_date(statement, 16, &out->accepted, &out->accepted_on, err) &&
           read_plan_rows(journal, out, err);
}

bool project_find(struct journal *journal, const char *code, struct project *out, struct error *err)
{
    struct statement *statement = NULL;
    struct project *project = malloc(sizeof *project);
    bool has_row, ok = false;

    if (project == NULL) return error_set(err, ERROR_MEMORY, "no memory for a project");
    if (!sql_statement(journal, "SELECT " PROJECT_COLUMNS " FROM project WHERE code = $1",
                       SQL_VALUES(SQL_TEXT(code)), &statement, err) ||
        !statement_step(statement, &has_row, err))
        goto out;
    if (!has_row) {
        (void)error_set(err, ERROR_NOT_FOUND,
                        "project %s is not in the project bank; register it first", code);
        goto out;
    }
    if (!read_row(journal, statement, project, err)) goto out;
    *out = *project;
    ok = true;
out:
    if (statement != NULL) statement_reset(statement);
    free(project);
    return ok;
}

bool project_each(struct journal *journal, const char *division,
                  bool (*visit)(void *context, const struct project *project, struct error *err),
                  void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct project *project = malloc(sizeof *project);
    bool has_row, ok = false;

    if (project == NULL) return error_set(err, ERROR_MEMORY, "no memory for a project");
    if (!sql_prepare(journal,
                     "SELECT " PROJECT_COLUMNS " FROM project WHERE ($1 = '' OR division = $1) "
                     "ORDER BY code",
                     SQL_VALUES(SQL_TEXT(division)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(journal, statement, project, err) || !visit(context, project, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    free(project);
    return ok;
}

/* Of lines that nobody can read any more a voucher's totals name no project. */
static bool is_line_gone(struct journal *journal, bool *out, struct error *err)
{
    int64_t found = 0;

    if (journal_is_replaying(journal) &&
        !sql_integer(journal, "SELECT 1 FROM gone_seal WHERE kind = 'voucher.line' LIMIT 1", NULL,
                     0, &found, err))
        return false;
    *out = found != 0;
    return true;
}

bool plan_line_find(struct journal *journal, const char *project, int64_t line,
                    struct plan_line_use *out, struct error *err)
{
    struct plan_line_use use = {.is_certain = true};
    struct statement *row;
    bool has_row, is_gone;

    if (!sql_row(journal,
                 "SELECT fund, amount, paid, retention FROM plan_line WHERE project = $1 AND line "
                 "= $2",
                 SQL_VALUES(SQL_TEXT(project), SQL_INTEGER(line)), &row, &has_row, err))
        return false;
    if (!has_row)
        return error_set(
            err, ERROR_NOT_FOUND,
            "there is no line %lld in the plan of project %s; look at the project bank",
            (long long)line, project);
    sql_text(row, 0, use.fund, sizeof use.fund);
    use.amount = (money_t){statement_integer(row, 1)};
    use.paid = (money_t){statement_integer(row, 2)};
    use.retention = (money_t){statement_integer(row, 3)};
    statement_reset(row);
    if (!is_line_gone(journal, &is_gone, err)) return false;
    use.is_certain = !is_gone;
    *out = use;
    return true;
}
