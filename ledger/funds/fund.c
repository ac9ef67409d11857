/*
 * fund.c - funds (资金指标): the kind fund.add and the questions about them.
 *
 * 1. A fund keeps its document, level, year and allowed books for ever.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#define FUND_COLUMNS    "code, document, name, level, year, amount, books, expiry"
#define BOOKS_TEXT_SIZE 64
#define YEAR_MIN        1949
#define YEAR_MAX        2200

static const char *const level_words[] = {"central", "province", "prefecture",
                                          "county",  "other",    NULL};

static const struct entry_member fund_members[] = {
    {.name = "amount", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "books", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .element = MEMBER_CODE},
    {.name = "document", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "expiry", .type = MEMBER_DATE_OR_EMPTY, .mark = MEMBER_PUBLIC},
    {.name = "fund", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "level", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = level_words},
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "year", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- The kind -------------------------------------------------------------------------------- */

/* The books, sorted and each once, also joined by commas as the table keeps them. */
static bool read_books(const struct entry_view *entry, struct fund *out,
                       char joined[BOOKS_TEXT_SIZE], struct error *err)
{
    struct buffer text = BUFFER_INIT(BOOKS_TEXT_SIZE - 1);
    uint32_t books, node;
    const char *before = "";
    bool ok = false;

    if (!json_get_node(entry->document, entry->body, "books", JSON_ARRAY, &books, err)) goto out;
    for (node = json_first(entry->document, books); node != JSON_NONE;
         node = json_next(entry->document, node)) {
        enum book book = BOOK_NONE;

        for (int i = BOOK_CONSTRUCTION; i < BOOK_COUNT; i++)
            if (json_string_equals(entry->document, node, book_name((enum book)i)))
                book = (enum book)i;
        if (book == BOOK_NONE || strcmp(before, book_name(book)) >= 0) {
            (void)error_set(err, ERROR_INPUT,
                            "the books of a fund are construction, livelihood and subsidy, in this "
                            "order and each once");
            goto out;
        }
        before = book_name(book);
        out->books[book] = true;
        if (!buffer_append_format(&text, err, "%s%s", text.size == 0 ? "" : ",", before)) goto out;
    }
    if (text.size == 0) {
        (void)error_set(err, ERROR_INPUT, "the fund allows no book; name at least one");
        goto out;
    }
    text_fill(joined, BOOKS_TEXT_SIZE, buffer_text(&text));
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

static bool read_body(const struct entry_view *entry, struct fund *out, struct error *err)
{
    const struct json_document *document = entry->document;
    int64_t fen;

    memset(out, 0, sizeof *out);
    return json_get_string(document, entry->body, "fund", out->code, sizeof out->code, err) &&
           json_get_string(document, entry->body, "document", out->document, sizeof out->document,
                           err) &&
           json_get_string(document, entry->body, "name", out->name, sizeof out->name, err) &&
           json_get_string(document, entry->body, "level", out->level, sizeof out->level, err) &&
           json_get_small(document, entry->body, "year", &out->year, err) &&
           json_get_integer(document, entry->body, "amount", &fen, err) &&
           money_from_fen(fen, &out->amount, err) &&
           json_get_optional_date(document, entry->body, "expiry", &out->has_expiry, &out->expiry,
                                  err);
}

static bool fund_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct fund fund;
    char books[BOOKS_TEXT_SIZE], date[DATE_TEXT_SIZE];
    int64_t count;

    if (!read_body(entry, &fund, err) || !read_books(entry, &fund, books, err) ||
        !journal_require_role(journal, entry->actor, ROLE_MAKER, journal_root_division(journal),
                              err) ||
        !sql_integer(journal, "SELECT COUNT(*) FROM fund WHERE code = $1",
                     SQL_VALUES(SQL_TEXT(fund.code)), &count, err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "fund %s is registered already", fund.code);
    if (fund.document[0] == '\0' || fund.name[0] == '\0')
        return error_set(err, ERROR_INPUT, "fund %s needs a name and the number of its document",
                         fund.code);
    if (fund.year < YEAR_MIN || fund.year > YEAR_MAX)
        return error_set(err, ERROR_INPUT, "fund %s: %d is not a budget year", fund.code,
                         fund.year);
    return sql_run(journal,
                   "INSERT INTO fund (code, document, name, level, year, amount, books, expiry) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   SQL_VALUES(SQL_TEXT(fund.code), SQL_TEXT(fund.document), SQL_TEXT(fund.name),
                              SQL_TEXT(fund.level), SQL_INTEGER(fund.year),
                              SQL_INTEGER(fund.amount.fen), SQL_TEXT(books),
                              SQL_TEXT(fund.has_expiry ? date_format(fund.expiry, date) : "")),
                   err);
}

static bool fund_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct fund fund;

    return read_body(entry, &fund, err) &&
           buffer_append_format(out, err, "registers fund %s %s (%s)", fund.code, fund.name,
                                fund.document);
}

const struct entry_kind fund_add_kind = {
    .name = "fund.add",
    .members = fund_members,
    .apply = fund_apply,
    .describe = fund_describe,
    .covered_by = "import.file",
};

/* ---- Questions ------------------------------------------------------------------------------- */

static void parse_books(const char *joined, struct fund *out)
{
    for (int i = BOOK_CONSTRUCTION; i < BOOK_COUNT; i++)
        out->books[i] = strstr(joined, book_name((enum book)i)) != NULL; /* none holds another */
}

static bool read_row(const struct statement *statement, struct fund *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->code, sizeof out->code);
    sql_text(statement, 1, out->document, sizeof out->document);
    sql_text(statement, 2, out->name, sizeof out->name);
    sql_text(statement, 3, out->level, sizeof out->level);
    out->year = (int32_t)statement_integer(statement, 4);
    parse_books(statement_text(statement, 6), out);
    return money_from_fen(statement_integer(statement, 5), &out->amount, err) &&
           sql_date(statement, 7, &out->has_expiry, &out->expiry, err);
}

bool fund_find(struct journal *journal, const char *code, struct fund *out, struct error *err)
{
    struct statement *statement;
    struct fund fund;
    bool has_row, ok;

    if (!sql_row(journal, "SELECT " FUND_COLUMNS " FROM fund WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(code)), &statement, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "fund %s is not registered; register it first",
                         code);
    ok = read_row(statement, &fund, err);
    statement_reset(statement);
    if (ok) *out = fund;
    return ok;
}

bool fund_each(struct journal *journal,
               bool (*visit)(void *context, const struct fund *fund, struct error *err),
               void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct fund fund;
    bool has_row, ok = false;

    if (!sql_prepare(journal, "SELECT " FUND_COLUMNS " FROM fund ORDER BY code", NULL, 0,
                     &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(statement, &fund, err) || !visit(context, &fund, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
