/*
 * division_change.c - divisions whose name or code changes: 撤乡设镇, 合村并居, a township moved
 * under another county (docs/decisions/0014-a-division-ends-by-handing-over.md).
 *
 *     goes on --division.succeed--> ends on its last day --division.close--> closed
 *             <-division.continue--
 *
 * 1. History keeps the code and the name that it was recorded under: a new name has a first day
 *    (division.rename), a new code is a new division that comes after the old one.
 * 2. Renaming, ending and going on are acts of two, because they say whose money it is. The money
 *    itself is moved by vouchers (the movement succession), to a successor and nowhere else.
 * 3. From the act on, nothing dated after a division's last day is recorded but what winds it up.
 * 4. A closed division has nothing left, nothing undecided, and takes nothing more, whatever its
 *    date.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define CHANGES_MAX        500
#define SUCCESSORS_MAX     50
#define LEFT_NAMED_MAX     5 /* accounts named when a division can't be closed */
#define NAMES_SIZE_MAX     8192
#define SUCCESSORS_AT_ONCE 3 /* named in a refusal */

/* ---- What a refusal names -------------------------------------------------------------------- */

struct names {
    struct buffer *out;
    size_t count;
};

static bool add_name(void *context, const struct division *division, struct error *err)
{
    struct names *names = context;

    names->count++;
    if (names->count > SUCCESSORS_AT_ONCE) return true;
    return buffer_append_format(names->out, err, "%s%s %s", names->count == 1 ? "" : ", ",
                                division->code, division->name);
}

/* "611025100210 新塘村, …", or that there is none in this ledger. */
static bool append_successors(struct journal *journal, const char *code, struct buffer *out,
                              struct error *err)
{
    struct names names = {out, 0};
    struct division division;

    if (!division_find(journal, code, &division, err) ||
        !division_successor_each(journal, code, division.last_day, add_name, &names, err))
        return false;
    if (names.count > SUCCESSORS_AT_ONCE) return buffer_append_text(out, " …", err);
    return names.count > 0 || buffer_append_text(out, _("none in this ledger"), err);
}

static bool refuse_ended(struct journal *journal, const struct division *division,
                         struct error *err)
{
    struct buffer successors = BUFFER_INIT(NAMES_SIZE_MAX);
    char date[DATE_TEXT_SIZE];

    if (!append_successors(journal, division->code, &successors, err)) goto out;
    if (division->is_closed) {
        (void)error_set(err, ERROR_STATE,
                        "division %s %s ended on %s and is closed; what comes after it: %s: name "
                        "that",
                        division->code, division->name, date_format(division->last_day, date),
                        buffer_text(&successors));
    } else {
        (void)error_set(err, ERROR_STATE,
                        "division %s %s ended on %s; what comes after it: %s: name that, or "
                        "correct the date if it happened before",
                        division->code, division->name, date_format(division->last_day, date),
                        buffer_text(&successors));
    }
out:
    buffer_done(&successors);
    return false;
}

/* ---- What may still happen to a division ----------------------------------------------------- */

bool division_require_lasting(struct journal *journal, const char *code, date_t day,
                              struct error *err)
{
    struct division division;
    struct statement *select;
    char text[DATE_TEXT_SIZE];
    bool lasts;

    if (!sql_row(journal,
                 "SELECT 1 FROM division WHERE code = $1 AND (last_day = '' OR (closed = 0 AND "
                 "last_day >= $2))",
                 SQL_VALUES(SQL_TEXT(code), SQL_TEXT(date_format(day, text))), &select, &lasts,
                 err))
        return false;
    if (lasts) statement_reset(select);
    return lasts ||
           (division_find(journal, code, &division, err) && refuse_ended(journal, &division, err));
}

/* Movements that take what is left out of a division, or bring it where it can be taken. What the
 * bank returned is paid again there, and what was lent is repaid there: handed over in clear, it
 * would tell what one person is due or owes. */
static bool winds_up(const struct division_use *use)
{
    return use->movement == MOVEMENT_SUCCESSION || use->movement == MOVEMENT_RECOVERY ||
           use->movement == MOVEMENT_REMITTANCE || use->movement == MOVEMENT_RELEASE ||
           use->movement == MOVEMENT_REPAYMENT ||
           (use->movement == MOVEMENT_PAYMENT && use->from == ACCOUNT_OWED);
}

bool division_require_open(struct journal *journal, const char *code,
                           const struct division_use *use, struct error *err)
{
    struct division division;
    int64_t goes_on;

    /* Asked for every leg: nearly all go on. */
    if (!sql_integer(journal, "SELECT COUNT(*) FROM division WHERE code = $1 AND last_day = ''",
                     SQL_VALUES(SQL_TEXT(code)), &goes_on, err))
        return false;
    if (goes_on != 0) return true;
    if (!division_find(journal, code, &division, err)) return false;
    if (!division.is_closed &&
        (!date_is_before(division.last_day, use->day) || use->movement == MOVEMENT_REVERSAL ||
         (winds_up(use) && !use->is_given_from_elsewhere)))
        return true;
    return refuse_ended(journal, &division, err);
}

bool division_require_successor(struct journal *journal, const char *from, const char *to,
                                struct error *err)
{
    struct buffer successors = BUFFER_INIT(NAMES_SIZE_MAX);
    struct division division;
    int64_t count;
    bool ok = false;

    if (!division_find(journal, from, &division, err) ||
        !sql_integer(journal,
                     "SELECT COUNT(*) FROM successor WHERE division = $1 AND successor = $2",
                     SQL_VALUES(SQL_TEXT(from), SQL_TEXT(to)), &count, err))
        goto out;
    if (!division.has_end) {
        (void)error_set(err, ERROR_STATE,
                        "division %s %s goes on; only what one has that ends passes to its "
                        "successor: propose its end first (mingzhang division succeed)",
                        from, division.name);
        goto out;
    }
    ok = count != 0;
    if (!ok && append_successors(journal, from, &successors, err))
        (void)error_set(err, ERROR_STATE, "%s doesn't come after division %s %s; what does: %s", to,
                        from, division.name, buffer_text(&successors));
out:
    buffer_done(&successors);
    return ok;
}

/* ---- What came after ------------------------------------------------------------------------- */

bool division_leads_into(struct journal *journal, const char *code, const char *scope, bool *out,
                         struct error *err)
{
    char last[DIVISION_CODE_SIZE];
    int64_t count;

    if (division_code_is_within(code, scope)) {
        *out = true;
        return true;
    }
    division_last_code(scope, last);
    if (!sql_integer(journal,
                     "WITH RECURSIVE line(code) AS (SELECT $1 UNION SELECT s.successor FROM "
                     "successor s JOIN line ON s.division = line.code) SELECT COUNT(*) FROM line "
                     "WHERE code >= $2 AND code <= $3",
                     SQL_VALUES(SQL_TEXT(code), SQL_TEXT(scope), SQL_TEXT(last)), &count, err))
        return false;
    *out = count != 0;
    return true;
}

bool division_comes_after(struct journal *journal, const char *code, const char *later, bool *out,
                          struct error *err)
{
    int64_t count;

    if (!sql_integer(journal,
                     "WITH RECURSIVE line(code) AS (SELECT successor FROM successor WHERE division "
                     "= $1 UNION SELECT s.successor FROM successor s JOIN line ON s.division = "
                     "line.code) SELECT COUNT(*) FROM line WHERE code = $2",
                     SQL_VALUES(SQL_TEXT(code), SQL_TEXT(later)), &count, err))
        return false;
    *out = count != 0;
    return true;
}

bool divisions_have_changed(struct journal *journal, bool *out, struct error *err)
{
    int64_t renamed, ended;

    if (!sql_integer(journal, "SELECT COUNT(*) FROM division_name WHERE from_day <> ''", NULL, 0,
                     &renamed, err) ||
        !sql_integer(journal, "SELECT COUNT(*) FROM division WHERE last_day <> ''", NULL, 0, &ended,
                     err))
        return false;
    *out = renamed + ended > 0;
    return true;
}

bool division_heir(struct journal *journal, const char *code, date_t day,
                   char out[DIVISION_CODE_SIZE], struct error *err)
{
    struct statement *statement;
    char date[DATE_TEXT_SIZE], at[DIVISION_CODE_SIZE];
    bool has_row;

    /* A successor is older than the act that names it and has no end then: no way leads back. */
    text_fill(at, sizeof at, code);
    for (;;) {
        if (!sql_row(journal,
                     "SELECT s.successor FROM successor s JOIN division d ON d.code = s.division "
                     "WHERE s.division = $1 AND s.place = 1 AND d.last_day < $2",
                     SQL_VALUES(SQL_TEXT(at), SQL_TEXT(date_format(day, date))), &statement,
                     &has_row, err))
            return false;
        if (!has_row) break;
        sql_text(statement, 0, at, sizeof at);
        statement_reset(statement);
    }
    text_fill(out, DIVISION_CODE_SIZE, at);
    return true;
}

bool division_between(struct journal *journal, const char *from, const char *to,
                      char out[DIVISION_CODE_SIZE], struct error *err)
{
    struct division at;

    if (!division_find(journal, from, &at, err)) return false;
    while (at.parent[0] != '\0' && !division_code_is_within(to, at.parent))
        if (!division_find(journal, at.parent, &at, err)) return false;
    if (at.parent[0] == '\0')
        return error_set(err, ERROR_INPUT, "no division of this ledger lies above both %s and %s",
                         from, to);
    text_fill(out, DIVISION_CODE_SIZE, at.parent);
    return true;
}

/* ---- division.rename ------------------------------------------------------------------------- */

static const struct entry_member rename_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "document", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "valid_from", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

struct renaming {
    char division[DIVISION_CODE_SIZE];
    char document[TEXT_SIZE], name[TEXT_SIZE];
    date_t valid_from;
};

static bool read_renaming(const struct json_document *document, uint32_t body, struct renaming *out,
                          struct error *err)
{
    return json_get_string(document, body, "division", out->division, sizeof out->division, err) &&
           json_get_string(document, body, "document", out->document, sizeof out->document, err) &&
           json_get_string(document, body, "name", out->name, sizeof out->name, err) &&
           json_get_date(document, body, "valid_from", &out->valid_from, err);
}

static bool keep_latest(void *context, const struct division_naming *name, struct error *err)
{
    (void)err;
    *(struct division_naming *)context = *name;
    return true;
}

/* Two places side by side under one name are taken for one another, on every page and in every
 * sheet. What came after another may bear its name: that one has ended. */
static bool require_own_name(struct journal *journal, const struct division *division,
                             const char *name, struct error *err)
{
    int64_t count;

    if (!sql_integer(
            journal,
            "SELECT COUNT(*) FROM division WHERE parent = $1 AND name = $2 AND code <> $3 "
            "AND last_day = ''",
            SQL_VALUES(SQL_TEXT(division->parent), SQL_TEXT(name), SQL_TEXT(division->code)),
            &count, err))
        return false;
    return count == 0 ||
           error_set(err, ERROR_CONFLICT,
                     "another division of %s is called %s; name this one otherwise, or end the "
                     "other first (mingzhang division succeed)",
                     division->parent, name);
}

static bool check_new_name(struct journal *journal, const struct renaming *renaming,
                           struct error *err)
{
    struct division_naming latest;
    struct division division;
    char date[DATE_TEXT_SIZE];

    memset(&latest, 0, sizeof latest);
    if (!division_require_lasting(journal, renaming->division, renaming->valid_from, err) ||
        !division_find(journal, renaming->division, &division, err) ||
        !division_naming_each(journal, renaming->division, keep_latest, &latest, err) ||
        !period_require_come(journal, renaming->valid_from, err))
        return false;
    if (!latest.has_first_day) latest.first_day = division.valid_from;
    if (date_is_before(renaming->valid_from, latest.first_day))
        return error_set(err, ERROR_INPUT,
                         "division %s is called %s since %s; it can't have been renamed before",
                         division.code, division.name, date_format(latest.first_day, date));
    if (strcmp(renaming->name, division.name) == 0)
        return error_set(err, ERROR_CONFLICT, "division %s is called %s already", division.code,
                         division.name);
    return require_own_name(journal, &division, renaming->name, err);
}

static bool rename_check(struct journal *journal, const struct json_document *document,
                         uint32_t body, struct error *err)
{
    struct renaming renaming;

    if (!read_renaming(document, body, &renaming, err)) return false;
    if (renaming.name[0] == '\0' || renaming.document[0] == '\0')
        return error_set(err, ERROR_INPUT,
                         "a new name needs a name and the number of the document that gives it");
    return check_new_name(journal, &renaming, err);
}

static bool rename_take_effect(struct journal *journal, const struct entry_view *second,
                               const struct json_document *document, uint32_t body,
                               struct error *err)
{
    struct renaming renaming;
    char date[DATE_TEXT_SIZE];

    (void)second;
    return read_renaming(document, body, &renaming, err) &&
           sql_run(journal,
                   "INSERT INTO division_name (code, from_day, name, document) VALUES ($1, $2, $3, "
                   "$4) ON CONFLICT (code, from_day) DO UPDATE SET name = excluded.name, document "
                   "= excluded.document",
                   SQL_VALUES(SQL_TEXT(renaming.division),
                              SQL_TEXT(date_format(renaming.valid_from, date)),
                              SQL_TEXT(renaming.name), SQL_TEXT(renaming.document)),
                   err) &&
           sql_run(journal, "UPDATE division SET name = $1 WHERE code = $2",
                   SQL_VALUES(SQL_TEXT(renaming.name), SQL_TEXT(renaming.division)), err);
}

const struct act_kind division_rename_act = {
    .name = "division.rename",
    .members = rename_members,
    .check = rename_check,
    .take_effect = rename_take_effect,
};

/* ---- division.succeed ------------------------------------------------------------------------ */

static const struct entry_member change_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "successors", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .element = MEMBER_DIVISION},
    {.name = NULL},
};

static const struct entry_member succeed_members[] = {
    {.name = "changes", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = change_members},
    {.name = "document", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "last_day", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* What one act ends: lent from its document. */
struct succession {
    const struct json_document *document;
    uint32_t changes; /* the array */
    char authority[TEXT_SIZE];
    date_t last_day;
};

static bool read_succession(const struct json_document *document, uint32_t body,
                            struct succession *out, struct error *err)
{
    out->document = document;
    return json_get_node(document, body, "changes", JSON_ARRAY, &out->changes, err) &&
           json_get_string(document, body, "document", out->authority, sizeof out->authority,
                           err) &&
           json_get_date(document, body, "last_day", &out->last_day, err);
}

static void copy_code(const struct json_document *document, uint32_t node,
                      char out[DIVISION_CODE_SIZE])
{
    size_t size;
    const uint8_t *text = json_string_value(document, node, &size);

    memcpy(out, text, DIVISION_CODE_SIZE - 1); /* its member was checked to be a code */
    out[DIVISION_CODE_SIZE - 1] = '\0';
}

/* Does the act end this division? */
static bool is_ended_by(const struct succession *succession, const char *code)
{
    for (uint32_t at = json_first(succession->document, succession->changes); at != JSON_NONE;
         at = json_next(succession->document, at))
        if (json_string_equals(succession->document,
                               json_member(succession->document, at, "division"), code))
            return true;
    return false;
}

struct below {
    const struct succession *succession;
    const char *code;
};

static bool check_below(void *context, const struct division *division, struct error *err)
{
    const struct below *below = context;

    if (strcmp(division->code, below->code) == 0 || division->has_end ||
        is_ended_by(below->succession, division->code))
        return true;
    return error_set(err, ERROR_STATE,
                     "division %s %s lies below %s and would go on without it; end it in the same "
                     "act",
                     division->code, division->name, below->code);
}

static bool check_ending(struct journal *journal, const struct succession *succession,
                         const char *code, struct error *err)
{
    struct below below = {succession, code};
    struct division division;
    char date[DATE_TEXT_SIZE];

    if (!division_find(journal, code, &division, err)) return false;
    if (strcmp(code, journal_root_division(journal)) == 0)
        return error_set(err, ERROR_INPUT,
                         "division %s is this ledger's root; another code is another ledger", code);
    if (division.is_closed) return refuse_ended(journal, &division, err);
    if (date_is_before(succession->last_day, division.valid_from))
        return error_set(err, ERROR_INPUT, "division %s begins on %s only; it can't end before",
                         code, date_format(division.valid_from, date));
    return division_each(journal, code, check_below, &below, err);
}

static bool check_successor(struct journal *journal, const struct succession *succession,
                            const char *code, const char *successor, struct error *err)
{
    struct division division;
    char date[DATE_TEXT_SIZE];

    if (!division_find(journal, successor, &division, err)) return false;
    if (is_ended_by(succession, successor))
        return error_set(err, ERROR_INPUT, "%s can't come after %s, it ends in the same act",
                         successor, code);
    if (division.has_end) return refuse_ended(journal, &division, err);
    if (division_code_is_within(successor, code))
        return error_set(err, ERROR_INPUT, "%s lies below %s and can't come after it", successor,
                         code);
    if (succession->last_day.days + 1 < division.valid_from.days)
        return error_set(err, ERROR_INPUT,
                         "division %s begins on %s only; between the two nobody would be there",
                         successor, date_format(division.valid_from, date));
    return true;
}

static bool check_successors(struct journal *journal, const struct succession *succession,
                             const char *code, uint32_t successors, struct error *err)
{
    const struct json_document *document = succession->document;
    char successor[DIVISION_CODE_SIZE], other[DIVISION_CODE_SIZE];

    if (json_count(document, successors) > SUCCESSORS_MAX)
        return error_set(err, ERROR_LIMIT, "division %s has more than %d successors", code,
                         SUCCESSORS_MAX);
    for (uint32_t at = json_first(document, successors); at != JSON_NONE;
         at = json_next(document, at)) {
        copy_code(document, at, successor);
        if (!check_successor(journal, succession, code, successor, err)) return false;
        for (uint32_t next = json_next(document, at); next != JSON_NONE;
             next = json_next(document, next)) {
            copy_code(document, next, other);
            if (strcmp(successor, other) == 0)
                return error_set(err, ERROR_INPUT, "%s is named twice as a successor of %s",
                                 successor, code);
        }
    }
    return true;
}

/* Each change, in the order of the codes, by a function of its own. */
static bool change_each(struct journal *journal, const struct succession *succession,
                        bool (*visit)(struct journal *journal, const struct succession *succession,
                                      const char *code, uint32_t successors, struct error *err),
                        struct error *err)
{
    const struct json_document *document = succession->document;
    char code[DIVISION_CODE_SIZE], before[DIVISION_CODE_SIZE] = "";
    uint32_t successors;

    for (uint32_t at = json_first(document, succession->changes); at != JSON_NONE;
         at = json_next(document, at)) {
        if (!json_get_string(document, at, "division", code, sizeof code, err) ||
            !json_get_node(document, at, "successors", JSON_ARRAY, &successors, err))
            return false;
        if (strcmp(code, before) <= 0)
            return error_set(err, ERROR_INPUT,
                             "divisions end in the order of their codes, each once; %s comes after "
                             "%s",
                             code, before);
        memcpy(before, code, sizeof before);
        if (!visit(journal, succession, code, successors, err)) return false;
    }
    return true;
}

static bool check_change(struct journal *journal, const struct succession *succession,
                         const char *code, uint32_t successors, struct error *err)
{
    return check_ending(journal, succession, code, err) &&
           check_successors(journal, succession, code, successors, err);
}

static bool succeed_check(struct journal *journal, const struct json_document *document,
                          uint32_t body, struct error *err)
{
    struct succession succession;
    size_t count;

    if (!read_succession(document, body, &succession, err)) return false;
    count = json_count(document, succession.changes);
    if (count == 0 || count > CHANGES_MAX)
        return error_set(err, ERROR_INPUT, "an act ends 1 to %d divisions", CHANGES_MAX);
    if (succession.authority[0] == '\0')
        return error_set(err, ERROR_INPUT, "a division ends by a document; name its number");
    return change_each(journal, &succession, check_change, err);
}

static bool end_division(struct journal *journal, const struct succession *succession,
                         const char *code, uint32_t successors, struct error *err)
{
    const struct json_document *document = succession->document;
    char date[DATE_TEXT_SIZE], successor[DIVISION_CODE_SIZE];
    int64_t place = 0;

    if (!sql_run(journal, "UPDATE division SET last_day = $1, ended_by = $2 WHERE code = $3",
                 SQL_VALUES(SQL_TEXT(date_format(succession->last_day, date)),
                            SQL_TEXT(succession->authority), SQL_TEXT(code)),
                 err) ||
        !sql_run(journal, "DELETE FROM successor WHERE division = $1", SQL_VALUES(SQL_TEXT(code)),
                 err))
        return false;
    for (uint32_t at = json_first(document, successors); at != JSON_NONE;
         at = json_next(document, at)) {
        copy_code(document, at, successor);
        if (!sql_run(journal,
                     "INSERT INTO successor (division, place, successor) VALUES ($1, $2, $3)",
                     SQL_VALUES(SQL_TEXT(code), SQL_INTEGER(++place), SQL_TEXT(successor)), err))
            return false;
    }
    return true;
}

static bool succeed_take_effect(struct journal *journal, const struct entry_view *second,
                                const struct json_document *document, uint32_t body,
                                struct error *err)
{
    struct succession succession;

    (void)second;
    return read_succession(document, body, &succession, err) &&
           change_each(journal, &succession, end_division, err);
}

const struct act_kind division_succeed_act = {
    .name = "division.succeed",
    .members = succeed_members,
    .check = succeed_check,
    .take_effect = succeed_take_effect,
};

/* ---- division.continue ----------------------------------------------------------------------- */

static const struct entry_member continue_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static bool continue_check(struct journal *journal, const struct json_document *document,
                           uint32_t body, struct error *err)
{
    char code[DIVISION_CODE_SIZE], reason[TEXT_SIZE];
    struct division division, parent;

    if (!json_get_string(document, body, "division", code, sizeof code, err) ||
        !json_get_string(document, body, "reason", reason, sizeof reason, err) ||
        !division_find(journal, code, &division, err))
        return false;
    if (reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "that a division goes on needs a reason; give one");
    if (!division.has_end)
        return error_set(err, ERROR_STATE, "division %s %s goes on already", code, division.name);
    if (division.is_closed) return refuse_ended(journal, &division, err);
    if (!division_find(journal, division.parent, &parent, err)) return false;
    return !parent.has_end ||
           error_set(err, ERROR_STATE, "division %s %s ends above it; let that go on first",
                     parent.code, parent.name);
}

static bool continue_take_effect(struct journal *journal, const struct entry_view *second,
                                 const struct json_document *document, uint32_t body,
                                 struct error *err)
{
    char code[DIVISION_CODE_SIZE];

    (void)second;
    return json_get_string(document, body, "division", code, sizeof code, err) &&
           sql_run(journal, "UPDATE division SET last_day = '', ended_by = '' WHERE code = $1",
                   SQL_VALUES(SQL_TEXT(code)), err) &&
           sql_run(journal, "DELETE FROM successor WHERE division = $1", SQL_VALUES(SQL_TEXT(code)),
                   err);
}

const struct act_kind division_continue_act = {
    .name = "division.continue",
    .members = continue_members,
    .check = continue_check,
    .take_effect = continue_take_effect,
};

/* ---- division.close -------------------------------------------------------------------------- */

static const struct entry_member close_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static bool check_decided(struct journal *journal, const struct division *division,
                          struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!sql_row(journal,
                 "SELECT v.number FROM voucher v JOIN posting p ON p.voucher = v.number WHERE "
                 "v.state = 'pending' AND p.division = $1 ORDER BY v.number LIMIT 1",
                 SQL_VALUES(SQL_TEXT(division->code)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    (void)error_set(err, ERROR_STATE,
                    "nobody has decided voucher %s, which moves money of division %s %s; approve "
                    "or reject it first",
                    statement_text(statement, 0), division->code, division->name);
    statement_reset(statement);
    return false;
}

static bool append_left(struct statement *statement, struct buffer *out, struct error *err)
{
    char amount[MONEY_TEXT_SIZE];
    bool has_row = true;

    for (size_t named = 0; has_row; named++) {
        enum account_role role;
        enum book book;

        if (named == LEFT_NAMED_MAX) return buffer_append_text(out, " …", err);
        (void)money_format_grouped((money_t){statement_integer(statement, 3)}, amount);
        if (!book_parse(statement_text(statement, 0), &book, err) ||
            !account_role_parse(statement_text(statement, 2), &role, err) ||
            !buffer_append_format(out, err, _("%s%s %s yuan (book %s, fund %s)"),
                                  named == 0 ? "" : ", ", translate(account_role_name(role)),
                                  amount, translate(book_name(book)),
                                  statement_text(statement, 1)) ||
            !statement_step(statement, &has_row, err))
            return false;
    }
    return true;
}

static bool check_empty(struct journal *journal, const struct division *division, struct error *err)
{
    struct buffer left = BUFFER_INIT(NAMES_SIZE_MAX);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT book, fund, role, amount FROM balance WHERE division = $1 AND amount "
                     "<> 0 AND role NOT IN ('source', 'spent') ORDER BY fund, book, role",
                     SQL_VALUES(SQL_TEXT(division->code)), &statement, err) ||
        !statement_step(statement, &has_row, err))
        goto out;
    ok = !has_row;
    if (ok || !append_left(statement, &left, err)) goto out;
    (void)error_set(err, ERROR_STATE,
                    "division %s %s still has: %s; first pay again or remit what is owed, let the "
                    "bank answer for what is in transit, and hand the rest over (mingzhang "
                    "division hand-over)",
                    division->code, division->name, buffer_text(&left));
out:
    statement_free(statement);
    buffer_done(&left);
    return ok;
}

static bool close_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[DIVISION_CODE_SIZE], date[DATE_TEXT_SIZE];
    struct division division;

    if (!json_get_string(entry->document, entry->body, "division", code, sizeof code, err) ||
        !require_either_role(journal, entry->actor, ROLE_CHECKER, ROLE_ADMIN,
                             journal_root_division(journal), err) ||
        !division_find(journal, code, &division, err))
        return false;
    if (!division.has_end)
        return error_set(err, ERROR_STATE,
                         "division %s %s goes on; two administrators say first when it ends and "
                         "what comes after it (mingzhang division succeed)",
                         code, division.name);
    if (division.is_closed)
        return error_set(err, ERROR_STATE, "division %s %s is closed already", code, division.name);
    if (!date_is_before(division.last_day, period_today(journal)))
        return error_set(err, ERROR_STATE, "division %s %s goes on through %s; close it afterwards",
                         code, division.name, date_format(division.last_day, date));
    return check_decided(journal, &division, err) && check_empty(journal, &division, err) &&
           sql_run(journal, "UPDATE division SET closed = 1 WHERE code = $1",
                   SQL_VALUES(SQL_TEXT(code)), err);
}

static bool close_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char code[DIVISION_CODE_SIZE];

    return json_get_string(entry->document, entry->body, "division", code, sizeof code, err) &&
           buffer_append_format(out, err, "closes division %s", code);
}

const struct entry_kind division_close_kind = {
    .name = "division.close",
    .members = close_members,
    .apply = close_apply,
    .describe = close_describe,
};

bool division_close(struct journal *journal, const struct signatory *by, const char *division,
                    struct error *err)
{
    struct buffer body = BUFFER_INIT(1024);
    struct json_writer writer;
    struct appended appended;
    bool ok;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "division", division);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         journal_append_act(journal, by, "division.close", &body, NULL, 0, &appended, err);
    buffer_done(&body);
    return ok;
}
