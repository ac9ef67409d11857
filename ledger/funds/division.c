/*
 * division.c - administrative divisions: the kind division.add and the questions about them.
 *
 * 1. A division lies below its parent by its code, and the parent is registered before it. The
 *    ledger's root has no parent.
 * 2. A division is called what it was called on the day that is asked for. How names change and
 *    divisions end is told in division_change.c.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define CANDIDATES_MAX      5 /* divisions named when a name is ambiguous */
#define CANDIDATES_SIZE_MAX 8192
#define DAY_LAST            "9999-12-31" /* as everything is called now */
/* Of a day: $1. */
#define DIVISION_COLUMNS                                                                           \
    "code, (SELECT n.name FROM division_name n WHERE n.code = division.code AND n.from_day <= $1 " \
    "ORDER BY n.from_day DESC LIMIT 1), parent, provisional, valid_from, last_day, closed"

static const struct entry_member division_members[] = {
    {.name = "code", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "parent", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "provisional", .type = MEMBER_BOOLEAN, .mark = MEMBER_PUBLIC},
    {.name = "valid_from", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- The kind -------------------------------------------------------------------------------- */

static bool read_body(const struct entry_view *entry, struct division *out, struct error *err)
{
    const struct json_document *document = entry->document;

    return json_get_string(document, entry->body, "code", out->code, sizeof out->code, err) &&
           json_get_string(document, entry->body, "name", out->name, sizeof out->name, err) &&
           json_get_string(document, entry->body, "parent", out->parent, sizeof out->parent, err) &&
           json_get_boolean(document, entry->body, "provisional", &out->provisional, err) &&
           json_get_date(document, entry->body, "valid_from", &out->valid_from, err);
}

static bool check_place(struct journal *journal, const struct division *division, struct error *err)
{
    bool is_root = strcmp(division->code, journal_root_division(journal)) == 0;
    bool lies_below;

    if (division->name[0] == '\0')
        return error_set(err, ERROR_INPUT, "division %s has no name; give it one", division->code);
    if (is_root && division->parent[0] != '\0')
        return error_set(err, ERROR_INPUT,
                         "division %s is this ledger's root and has no parent; leave it empty",
                         division->code);
    if (is_root) return true;
    if (division->parent[0] == '\0')
        return error_set(err, ERROR_INPUT,
                         "division %s has no parent; name the division above it, or the ledger's "
                         "root %s",
                         division->code, journal_root_division(journal));
    if (!division_code_check(division->parent, err) ||
        !division_require_lasting(journal, division->parent, division->valid_from, err))
        return false;
    lies_below = strcmp(division->code, division->parent) != 0 &&
                 division_code_is_within(division->code, division->parent);
    if (!lies_below)
        return error_set(err, ERROR_INPUT, "division %s doesn't lie below %s by its code",
                         division->code, division->parent);
    return true;
}

static bool division_apply(struct journal *journal, const struct entry_view *entry,
                           struct error *err)
{
    struct division division;
    char date[DATE_TEXT_SIZE];
    int64_t count;

    if (!read_body(entry, &division, err) || !check_place(journal, &division, err) ||
        !journal_require_role(journal, entry->actor, ROLE_MAKER,
                              division.parent[0] == '\0' ? division.code : division.parent, err) ||
        !sql_integer(journal, "SELECT COUNT(*) FROM division WHERE code = $1",
                     SQL_VALUES(SQL_TEXT(division.code)), &count, err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "division %s is registered already", division.code);
    return sql_run(journal,
                   "INSERT INTO division (code, name, parent, provisional, valid_from, last_day, "
                   "ended_by, closed) VALUES ($1, $2, $3, $4, $5, '', '', 0)",
                   SQL_VALUES(SQL_TEXT(division.code), SQL_TEXT(division.name),
                              SQL_TEXT(division.parent), SQL_INTEGER(division.provisional),
                              SQL_TEXT(date_format(division.valid_from, date))),
                   err) &&
           sql_run(journal,
                   "INSERT INTO division_name (code, from_day, name, document) VALUES ($1, '', $2, "
                   "'')",
                   SQL_VALUES(SQL_TEXT(division.code), SQL_TEXT(division.name)), err);
}

static bool division_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct division division;

    return read_body(entry, &division, err) &&
           buffer_append_format(out, err, "registers division %s %s", division.code, division.name);
}

const struct entry_kind division_add_kind = {
    .name = "division.add",
    .members = division_members,
    .apply = division_apply,
    .describe = division_describe,
    .covered_by = "import.file",
};

/* ---- Questions ------------------------------------------------------------------------------- */

static bool read_row(const struct statement *statement, struct division *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->code, sizeof out->code);
    sql_text(statement, 1, out->name, sizeof out->name);
    sql_text(statement, 2, out->parent, sizeof out->parent);
    out->provisional = statement_integer(statement, 3) != 0;
    out->is_closed = statement_integer(statement, 6) != 0;
    return sql_date(statement, 4, NULL, &out->valid_from, err) &&
           sql_date(statement, 5, &out->has_end, &out->last_day, err);
}

static bool refuse_unknown(const char *code, struct error *err)
{
    return error_set(err, ERROR_NOT_FOUND, "division %s is not registered; register it first",
                     code);
}

static bool find(struct journal *journal, const char *code, const char *day, struct division *out,
                 struct error *err)
{
    struct statement *statement;
    struct division division;
    bool has_row, ok;

    if (!sql_row(journal, "SELECT " DIVISION_COLUMNS " FROM division WHERE code = $2",
                 SQL_VALUES(SQL_TEXT(day), SQL_TEXT(code)), &statement, &has_row, err))
        return false;
    if (!has_row) return refuse_unknown(code, err);
    ok = read_row(statement, &division, err);
    statement_reset(statement);
    if (ok) *out = division;
    return ok;
}

bool division_require(struct journal *journal, const char *code, struct error *err)
{
    struct statement *select;
    bool is_known;

    if (!sql_row(journal, "SELECT 1 FROM division WHERE code = $1", SQL_VALUES(SQL_TEXT(code)),
                 &select, &is_known, err))
        return false;
    if (is_known) statement_reset(select);
    return is_known || refuse_unknown(code, err);
}

bool division_find(struct journal *journal, const char *code, struct division *out,
                   struct error *err)
{
    return find(journal, code, DAY_LAST, out, err);
}

bool division_find_on(struct journal *journal, const char *code, date_t day, struct division *out,
                      struct error *err)
{
    char text[DATE_TEXT_SIZE];

    return find(journal, code, date_format(day, text), out, err);
}

static bool visit_rows(struct statement *statement,
                       bool (*visit)(void *context, const struct division *division,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct division division;
    bool has_row;

    for (;;) {
        if (!statement_step(statement, &has_row, err)) return false;
        if (!has_row) return true;
        if (!read_row(statement, &division, err) || !visit(context, &division, err)) return false;
    }
}

void division_last_code(const char *scope, char out[DIVISION_CODE_SIZE])
{
    static const size_t sizes[] = {[DIVISION_PROVINCE] = 2,
                                   [DIVISION_PREFECTURE] = 4,
                                   [DIVISION_COUNTY] = 6,
                                   [DIVISION_TOWNSHIP] = 9,
                                   [DIVISION_VILLAGE] = 12};
    size_t kept = sizes[division_code_level(scope)];

    text_fill(out, DIVISION_CODE_SIZE, scope);
    memset(out + kept, '9', DIVISION_CODE_SIZE - 1 - kept);
}

static bool each(struct journal *journal, const char *scope, const char *day,
                 bool (*visit)(void *context, const struct division *division, struct error *err),
                 void *context, struct error *err)
{
    struct statement *statement = NULL;
    char last[DIVISION_CODE_SIZE];
    bool ok = false;

    if (!division_code_check(scope, err)) return false;
    division_last_code(scope, last);
    ok = sql_prepare(journal,
                     "SELECT " DIVISION_COLUMNS " FROM division WHERE code >= $2 AND code <= $3 "
                     "ORDER BY code",
                     SQL_VALUES(SQL_TEXT(day), SQL_TEXT(scope), SQL_TEXT(last)), &statement, err) &&
         visit_rows(statement, visit, context, err);
    statement_free(statement);
    return ok;
}

bool division_each(struct journal *journal, const char *scope,
                   bool (*visit)(void *context, const struct division *division, struct error *err),
                   void *context, struct error *err)
{
    return each(journal, scope, DAY_LAST, visit, context, err);
}

bool division_each_on(struct journal *journal, const char *scope, date_t day,
                      bool (*visit)(void *context, const struct division *division,
                                    struct error *err),
                      void *context, struct error *err)
{
    char text[DATE_TEXT_SIZE];

    return each(journal, scope, date_format(day, text), visit, context, err);
}

bool division_called_each(struct journal *journal, const char *scope,
                          bool (*visit)(void *context, const struct division *division,
                                        struct error *err),
                          void *context, struct error *err)
{
    struct statement *statement = NULL;
    char last[DIVISION_CODE_SIZE];
    bool ok = false;

    if (!division_code_check(scope, err)) return false;
    division_last_code(scope, last);
    ok = sql_prepare(journal,
                     "SELECT d.code, n.name, d.parent, d.provisional, d.valid_from, d.last_day, "
                     "d.closed FROM division d JOIN division_name n ON n.code = d.code WHERE "
                     "d.code >= $1 AND d.code <= $2 ORDER BY d.code, n.from_day",
                     SQL_VALUES(SQL_TEXT(scope), SQL_TEXT(last)), &statement, err) &&
         visit_rows(statement, visit, context, err);
    statement_free(statement);
    return ok;
}

/* Divisions of one query, which has the day as $1 and a code as $2. */
static bool each_beside(struct journal *journal, const char *sql, const char *code, date_t day,
                        bool (*visit)(void *context, const struct division *division,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct statement *statement = NULL;
    char text[DATE_TEXT_SIZE];
    bool ok =
        sql_prepare(journal, sql, SQL_VALUES(SQL_TEXT(date_format(day, text)), SQL_TEXT(code)),
                    &statement, err) &&
        visit_rows(statement, visit, context, err);

    statement_free(statement);
    return ok;
}

bool division_successor_each(struct journal *journal, const char *code, date_t day,
                             bool (*visit)(void *context, const struct division *division,
                                           struct error *err),
                             void *context, struct error *err)
{
    return each_beside(journal,
                       "SELECT " DIVISION_COLUMNS " FROM division JOIN successor s ON s.successor "
                       "= division.code WHERE s.division = $2 ORDER BY s.place",
                       code, day, visit, context, err);
}

bool division_predecessor_each(struct journal *journal, const char *code, date_t day,
                               bool (*visit)(void *context, const struct division *division,
                                             struct error *err),
                               void *context, struct error *err)
{
    return each_beside(journal,
                       "SELECT " DIVISION_COLUMNS " FROM division JOIN successor s ON s.division = "
                       "division.code WHERE s.successor = $2 ORDER BY code",
                       code, day, visit, context, err);
}

bool division_naming_each(struct journal *journal, const char *code,
                          bool (*visit)(void *context, const struct division_naming *name,
                                        struct error *err),
                          void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct division_naming name;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT from_day, name, document FROM division_name WHERE code = $1 ORDER BY "
                     "from_day",
                     SQL_VALUES(SQL_TEXT(code)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        memset(&name, 0, sizeof name);
        if (!sql_date(statement, 0, &name.has_first_day, &name.first_day, err)) goto out;
        sql_text(statement, 1, name.name, sizeof name.name);
        sql_text(statement, 2, name.document, sizeof name.document);
        if (!visit(context, &name, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- By name --------------------------------------------------------------------------------- */

/* How well a division answers to a name on a day: it is there then, and is called so then. */
enum { RANK_NONE, RANK_NAMED = 1, RANK_THERE = 2 };

struct candidates {
    const char *text, *parent;
    date_t day;
    size_t count; /* of the best rank */
    int rank;
    struct division first;
    struct buffer names;
};

static int rank_of(const struct candidates *candidates, const struct division *division)
{
    bool is_there = !date_is_before(candidates->day, division->valid_from) &&
                    !(division->has_end && date_is_before(division->last_day, candidates->day));

    return (is_there ? RANK_THERE : RANK_NONE) +
           (strcmp(division->name, candidates->text) == 0 ? RANK_NAMED : RANK_NONE);
}

static bool add_candidate(void *context, const struct division *division, struct error *err)
{
    struct candidates *candidates = context;
    int rank = rank_of(candidates, division);

    if (candidates->parent[0] != '\0' &&
        !division_code_is_within(division->code, candidates->parent))
        return true;
    if (candidates->count > 0 && rank < candidates->rank) return true;
    if (candidates->count > 0 && rank > candidates->rank) {
        candidates->count = 0;
        buffer_reset(&candidates->names);
    }
    candidates->rank = rank;
    if (candidates->count == 0) candidates->first = *division;
    candidates->count++;
    if (candidates->count > CANDIDATES_MAX) return true;
    return buffer_append_format(&candidates->names, err, "%s%s (below %s)",
                                candidates->count == 1 ? "" : ", ", division->code,
                                division->parent[0] == '\0' ? "nothing" : division->parent);
}

static bool is_code(const char *text)
{
    return strlen(text) == DIVISION_CODE_SIZE - 1 && strspn(text, "0123456789") == strlen(text);
}

bool division_resolve_on(struct journal *journal, const char *text, const char *parent, date_t day,
                         struct division *out, struct error *err)
{
    struct candidates candidates = {
        .text = text, .parent = parent, .day = day, .names = BUFFER_INIT(CANDIDATES_SIZE_MAX)};
    bool ok = false;

    if (is_code(text)) return division_find_on(journal, text, day, out, err);
    if (!each_beside(journal,
                     "SELECT " DIVISION_COLUMNS " FROM division WHERE code IN (SELECT code FROM "
                     "division_name WHERE name = $2) ORDER BY code",
                     text, day, add_candidate, &candidates, err))
        goto out;
    if (candidates.count == 0) {
        (void)error_set(err, ERROR_NOT_FOUND,
                        "no division%s%s has the name or code \"%s\"; register it, or correct the "
                        "name",
                        parent[0] == '\0' ? "" : _(" within "), parent, text);
        goto out;
    }
    if (candidates.count > 1) {
        (void)error_set(err, ERROR_INPUT, "%zu divisions are called \"%s\": %s%s; write the code",
                        candidates.count, text, buffer_text(&candidates.names),
                        candidates.count > CANDIDATES_MAX ? " …" : "");
        goto out;
    }
    *out = candidates.first;
    ok = true;
out:
    buffer_done(&candidates.names);
    return ok;
}

bool division_resolve(struct journal *journal, const char *text, const char *parent,
                      struct division *out, struct error *err)
{
    date_t last;

    return date_parse(DAY_LAST, &last, err) &&
           division_resolve_on(journal, text, parent, last, out, err);
}
