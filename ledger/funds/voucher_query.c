/*
 * voucher_query.c - vouchers, their lines and totals, as the ledger itself knows them.
 *
 * 1. Listings have a statement of their own, so that a visitor may ask anything, itself a listing.
 * 2. Lines are read from their entries; seals are opened by what lies beside them. What was lost or
 *    erased is a line of which nothing is known (is_gone).
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#define VOUCHER_COLUMNS                                                                            \
    "number, reference, movement, state, lines_state, event_date, booking_month, late, people, "   \
    "totals_sealed, bank_partial, line_count, amount, maker, checker, document, summary, "         \
    "reverses, reversed_by, submit_seq, submit_hash, totals_sha256, lines_root"

static bool parse_voucher_state(const char *text, enum voucher_state *out, struct error *err)
{
    for (int i = 0; i < VOUCHER_STATE_COUNT; i++) {
        if (strcmp(text, voucher_state_name((enum voucher_state)i)) != 0) continue;
        *out = (enum voucher_state)i;
        return true;
    }
    return error_set(err, ERROR_STORE, "the ledger's table voucher holds an unknown state \"%s\"",
                     text);
}

static bool parse_line_state(const char *text, enum line_state *out, struct error *err)
{
    for (int i = 0; i < LINE_STATE_COUNT; i++) {
        if (strcmp(text, line_state_name((enum line_state)i)) != 0) continue;
        *out = (enum line_state)i;
        return true;
    }
    return error_set(err, ERROR_STORE,
                     "the ledger's tables hold an unknown state of a line: \"%s\"", text);
}

static bool read_row(const struct statement *statement, struct voucher_row *out, struct error *err)
{
    struct voucher *voucher = &out->voucher;

    memset(out, 0, sizeof *out);
    sql_text(statement, 0, voucher->number, sizeof voucher->number);
    sql_text(statement, 1, voucher->reference, sizeof voucher->reference);
    if (!movement_parse(statement_text(statement, 2), &voucher->movement, err) ||
        !parse_voucher_state(statement_text(statement, 3), &voucher->state, err) ||
        !parse_line_state(statement_text(statement, 4), &out->lines_state, err) ||
        !sql_date(statement, 5, NULL, &voucher->event_date, err))
        return false;
    voucher->booking_month = (int32_t)statement_integer(statement, 6);
    voucher->late = statement_integer(statement, 7) != 0;
    voucher->people = statement_integer(statement, 8) != 0;
    voucher->totals_sealed = statement_integer(statement, 9) != 0;
    out->bank_partial = statement_integer(statement, 10) != 0;
    voucher->line_count = statement_integer(statement, 11);
    voucher->amount = (money_t){statement_integer(statement, 12)};
    sql_text(statement, 13, voucher->maker, sizeof voucher->maker);
    sql_text(statement, 14, voucher->checker, sizeof voucher->checker);
    sql_text(statement, 15, voucher->document, sizeof voucher->document);
    sql_text(statement, 16, voucher->text, sizeof voucher->text);
    sql_text(statement, 17, voucher->reverses, sizeof voucher->reverses);
    sql_text(statement, 18, voucher->reversed_by, sizeof voucher->reversed_by);
    voucher->submit_seq = (uint64_t)statement_integer(statement, 19);
    voucher->submit_hash = sql_hash(statement, 20);
    out->totals_sha256 = sql_hash(statement, 21);
    out->lines_root = sql_hash(statement, 22);
    return true;
}

static bool find_row(struct journal *journal, const char *sql, const char *key,
                     struct voucher_row *out, bool *found, struct error *err)
{
    struct statement *statement = NULL;
    bool ok = false;

    *found = false;
    if (!sql_prepare(journal, sql, SQL_VALUES(SQL_TEXT(key)), &statement, err) ||
        !statement_step(statement, found, err))
        goto out;
    ok = !*found || read_row(statement, out, err);
out:
    statement_free(statement);
    return ok;
}

/* The movement whose effects a reversal undoes. */
static bool read_effect(struct journal *journal, struct voucher_row *row, struct error *err)
{
    struct voucher_row original;
    bool found;

    row->effect = row->voucher.movement;
    if (row->voucher.movement != MOVEMENT_REVERSAL) return true;
    if (!find_row(journal, "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE number = $1",
                  row->voucher.reverses, &original, &found, err))
        return false;
    assert(found); /* reversal_check() found it when the reversal was submitted */
    row->effect = original.voucher.movement;
    return true;
}

bool voucher_row_find(struct journal *journal, const char *number, struct voucher_row *out,
                      struct error *err)
{
    struct voucher_row row;
    bool found;

    if (!find_row(journal, "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE number = $1", number,
                  &row, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_NOT_FOUND, "there is no voucher %s; list the vouchers", number);
    if (!read_effect(journal, &row, err)) return false;
    *out = row;
    return true;
}

bool voucher_find(struct journal *journal, const char *number_or_reference, struct voucher *out,
                  struct error *err)
{
    struct voucher_row row;
    bool found;

    if (!find_row(journal, "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE number = $1",
                  number_or_reference, &row, &found, err) ||
        (!found &&
         !find_row(journal, "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE reference = $1",
                   number_or_reference, &row, &found, err)))
        return false;
    if (!found)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no voucher with number or reference %s; list the vouchers",
                         number_or_reference);
    *out = row.voucher;
    return true;
}

bool voucher_find_like(struct journal *journal, const char *number, char out[VOUCHER_NUMBER_SIZE],
                       struct error *err)
{
    struct voucher_row row;
    struct statement *statement = NULL;
    bool found, ok = false;

    if (!voucher_row_find(journal, number, &row, err)) goto out;
    if (!sql_prepare(journal,
                     "SELECT number FROM voucher WHERE booking_month = $1 AND line_count = $2 AND "
                     "totals_sha256 = $3 AND number <> $4 AND state IN ('pending', 'posted') "
                     "ORDER BY number LIMIT 1",
                     SQL_VALUES(SQL_INTEGER(row.voucher.booking_month),
                                SQL_INTEGER(row.voucher.line_count), SQL_HASH(row.totals_sha256),
                                SQL_TEXT(number)),
                     &statement, err) ||
        !statement_step(statement, &found, err))
        goto out;
    out[0] = '\0';
    if (found) sql_text(statement, 0, out, VOUCHER_NUMBER_SIZE);
    ok = true;
out:
    statement_free(statement);
    return ok;
}

#define VOUCHER_FILTER                                                                             \
    "($1 = '' OR state = $1) AND ($2 = '' OR reference = $2) AND ($3 = '' OR EXISTS (SELECT 1 "    \
    "FROM leg WHERE leg.voucher = voucher.number AND leg.from_fund = $3)) AND "

bool voucher_each(struct journal *journal, const struct voucher_filter *filter,
                  bool (*visit)(void *context, const struct voucher *voucher, struct error *err),
                  void *context, struct error *err)
{
    struct statement *statement = NULL;
    const char *state = filter->by_state ? voucher_state_name(filter->state) : "";
    const char *fund = filter->fund == NULL ? "" : filter->fund;
    const char *project = filter->project == NULL ? "" : filter->project;
    const char *reference = filter->reference == NULL ? "" : filter->reference;
    struct voucher_row row;
    bool has_row, ok = false;

    /* A project is found by its index; asked for each row, it would cost a walk of all vouchers. */
    if (!sql_prepare(
            journal,
            project[0] != '\0' ? "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE " VOUCHER_FILTER
                                 "number IN (SELECT voucher FROM leg WHERE project = $4) "
                                 "ORDER BY number"
                               : "SELECT " VOUCHER_COLUMNS " FROM voucher WHERE " VOUCHER_FILTER
                                 "$4 = '' ORDER BY number",
            SQL_VALUES(SQL_TEXT(state), SQL_TEXT(reference), SQL_TEXT(fund), SQL_TEXT(project)),
            &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(statement, &row, err) || !visit(context, &row.voucher, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

bool voucher_require_role(struct journal *journal, const char *voucher, const char *user,
                          enum role role, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT DISTINCT from_division FROM leg WHERE voucher = $1 ORDER BY "
                     "from_division",
                     SQL_VALUES(SQL_TEXT(voucher)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!journal_require_role(journal, user, role, statement_text(statement, 0), err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- Legs and totals ------------------------------------------------------------------------- */

static bool read_account(const struct statement *statement, int column, struct account *out,
                         struct error *err)
{
    enum book book;
    enum account_role role;

    if (!book_parse(statement_text(statement, column + 1), &book, err) ||
        !account_role_parse(statement_text(statement, column + 3), &role, err))
        return false;
    account_set(out, statement_text(statement, column), book, statement_text(statement, column + 2),
                role);
    return true;
}

static bool read_leg(const struct statement *statement, struct leg_key *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    if (!read_account(statement, 0, &out->from, err) || !read_account(statement, 4, &out->to, err))
        return false;
    sql_text(statement, 8, out->project, sizeof out->project);
    sql_text(statement, 9, out->contract, sizeof out->contract);
    out->plan_line = (int32_t)statement_integer(statement, 10);
    sql_text(statement, 11, out->agreement, sizeof out->agreement);
    return true;
}

bool leg_each(struct journal *journal, const char *voucher,
              bool (*visit)(void *context, const struct leg_key *key, money_t amount,
                            struct error *err),
              void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct leg_key key;
    money_t amount;
    bool has_row, ok = false;

    if (!sql_prepare(
            journal,
            "SELECT from_division, from_book, from_fund, from_role, to_division, to_book, "
            "to_fund, to_role, project, contract, plan_line, agreement, amount FROM leg WHERE "
            "voucher = $1 ORDER BY leg",
            SQL_VALUES(SQL_TEXT(voucher)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_leg(statement, &key, err) ||
            !money_from_fen(statement_integer(statement, 12), &amount, err) ||
            !visit(context, &key, amount, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

bool voucher_total_each(struct journal *journal, const char *number,
                        bool (*visit)(void *context, const struct balance *total,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct balance total;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT division, book, fund, role, amount FROM posting WHERE voucher = $1 "
                     "ORDER BY division, book, fund, role",
                     SQL_VALUES(SQL_TEXT(number)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_account(statement, 0, &total.account, err) ||
            !money_from_fen(statement_integer(statement, 4), &total.amount, err) ||
            !visit(context, &total, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

/* Lines of one voucher being read back from their entries. */
struct line_reader {
    struct journal *journal;
    const struct voucher_row *row;
    struct json_document *entry;
    struct json_document *detail;
    struct voucher_line *line;
    bool has_marks;
    bool (*visit)(void *context, int32_t number, enum line_state state, uint64_t seq,
                  const struct voucher_line *line, struct error *err);
    void *context;
};

static bool reader_open(struct line_reader *reader, struct error *err)
{
    int64_t marks;

    reader->line = malloc(sizeof *reader->line);
    reader->entry = json_document_new(err);
    if (reader->entry == NULL) return false;
    reader->detail = json_document_new(err);
    if (reader->detail == NULL) return false;
    if (reader->line == NULL) return error_set(err, ERROR_MEMORY, "no memory to read lines");
    if (!sql_integer(reader->journal, "SELECT COUNT(*) FROM line_mark WHERE voucher = $1",
                     SQL_VALUES(SQL_TEXT(reader->row->voucher.number)), &marks, err))
        return false;
    reader->has_marks = marks != 0;
    return true;
}

static void reader_close(struct line_reader *reader)
{
    json_document_free(reader->entry);
    json_document_free(reader->detail);
    free(reader->line);
}

/* Read what lies beside a sealed detail; *found is false when it was erased. */
static bool read_sealed(struct line_reader *reader, uint64_t seq, int32_t number,
                        struct entry_view *view, bool *found, struct error *err)
{
    date_t today = instant_to_date_in(view->time, ZONE_CHINA_SECONDS);
    struct sealed_value sealed = {.member = "detail"};
    struct statement *statement = NULL;
    struct buffer subject = BUFFER_INIT(64);
    const uint8_t *key;
    size_t key_size;
    uint32_t node;
    bool ok = false;

    if (!sql_prepare(reader->journal,
                     "SELECT key, plain FROM sealed WHERE seq = $1 AND member = 'detail'",
                     SQL_VALUES(SQL_INTEGER(seq)), &statement, err) ||
        !statement_step(statement, found, err))
        goto out;
    if (!*found) {
        ok = true;
        goto out;
    }
    key = statement_blob(statement, 0, &key_size);
    memcpy(sealed.key, key, key_size < sizeof sealed.key ? key_size : sizeof sealed.key);
    sealed.plain = statement_blob(statement, 1, &sealed.plain_size);
    view->sealed = &sealed;
    view->sealed_count = 1;
    ok = line_subject(reader->row->voucher.number, (uint32_t)number, &subject, err) &&
         journal_open_member(reader->journal, view, "detail", buffer_text(&subject), reader->detail,
                             &node, err) &&
         detail_read(reader->detail, node, today, NULL, reader->line, err);
    view->sealed = NULL;
    view->sealed_count = 0;
out:
    buffer_done(&subject);
    statement_free(statement);
    return ok;
}

/* Read the line that an entry holds. */
static bool read_entry(struct line_reader *reader, uint64_t seq, int32_t number,
                       const uint8_t *bytes, size_t size, struct error *err)
{
    struct entry_view view;
    char time[INSTANT_TEXT_SIZE];
    bool found = true;
    uint32_t detail;

    memset(&view, 0, sizeof view);
    view.seq = seq;
    text_fill(view.kind, sizeof view.kind, "voucher.line");
    view.document = reader->entry;
    if (!json_parse(reader->entry, bytes, size, JSON_CANONICAL, err) ||
        !json_get_string(reader->entry, 0, "time", time, sizeof time, err) ||
        !instant_parse(time, &view.time, err) ||
        !json_get_node(reader->entry, 0, "body", JSON_OBJECT, &view.body, err) ||
        !json_get_node(reader->entry, view.body, "detail", JSON_OBJECT, &detail, err))
        return false;
    memset(reader->line, 0, sizeof *reader->line);
    if (json_member(reader->entry, detail, "sealed") == JSON_NONE)
        return detail_read(reader->entry, detail, instant_to_date_in(view.time, ZONE_CHINA_SECONDS),
                           NULL, reader->line, err);
    if (!read_sealed(reader, seq, number, &view, &found, err)) return false;
    reader->line->is_gone = !found;
    return true;
}

static bool read_state(struct line_reader *reader, int32_t number, enum line_state *out,
                       struct error *err)
{
    struct statement *statement;
    bool has_row, ok;

    *out = reader->row->lines_state;
    if (!reader->has_marks) return true;
    if (!sql_row(reader->journal, "SELECT state FROM line_mark WHERE voucher = $1 AND line = $2",
                 SQL_VALUES(SQL_TEXT(reader->row->voucher.number), SQL_INTEGER(number)), &statement,
                 &has_row, err))
        return false;
    if (!has_row) return true;
    ok = parse_line_state(statement_text(statement, 0), out, err);
    statement_reset(statement);
    return ok;
}

static bool visit_entry(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                        struct error *err)
{
    struct line_reader *reader = context;
    const struct voucher *voucher = &reader->row->voucher;
    uint64_t first = voucher->submit_seq - (uint64_t)voucher->line_count;
    int32_t number = (int32_t)(seq - first) + 1;
    enum line_state state;

    return read_entry(reader, seq, number, bytes, size, err) &&
           read_state(reader, number, &state, err) &&
           reader->visit(reader->context, number, state, seq, reader->line, err);
}

bool voucher_line_each(struct journal *journal, const char *number,
                       bool (*visit)(void *context, int32_t number, enum line_state state,
                                     uint64_t seq, const struct voucher_line *line,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct voucher_row row;
    struct line_reader reader = {
        .journal = journal, .row = &row, .visit = visit, .context = context};
    bool ok;

    if (!voucher_row_find(journal, number, &row, err)) return false;
    ok = reader_open(&reader, err) &&
         journal_walk(journal, row.voucher.submit_seq - (uint64_t)row.voucher.line_count,
                      row.voucher.submit_seq, visit_entry, &reader, err);
    reader_close(&reader);
    return ok;
}

bool voucher_line_find(struct journal *journal, const char *voucher, int32_t number,
                       struct voucher_line *out, enum line_state *state, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct voucher_row row;
    struct line_reader reader = {.journal = journal, .row = &row};
    uint64_t seq;
    bool ok = false;

    if (!voucher_row_find(journal, voucher, &row, err)) return false;
    if (number < 1 || number > row.voucher.line_count)
        return error_set(err, ERROR_NOT_FOUND, "voucher %s has no line %d; it has 1 to %lld",
                         voucher, number, (long long)row.voucher.line_count);
    seq = row.voucher.submit_seq - (uint64_t)row.voucher.line_count + (uint64_t)number - 1;
    if (!reader_open(&reader, err) || !journal_read(journal, seq, &bytes, err) ||
        !read_entry(&reader, seq, number, bytes.data, bytes.size, err) ||
        !read_state(&reader, number, state, err))
        goto out;
    *out = *reader.line;
    ok = true;
out:
    reader_close(&reader);
    buffer_done(&bytes);
    return ok;
}

bool voucher_line_changes_account(struct journal *journal, const struct voucher_line *line,
                                  bool *out, struct error *err)
{
    struct voucher_line *returned;
    enum line_state state;
    bool ok;

    *out = false;
    if (line->from.role != ACCOUNT_OWED || line->to.role != ACCOUNT_IN_TRANSIT) return true;
    returned = malloc(sizeof *returned);
    if (returned == NULL) return error_set(err, ERROR_MEMORY, "no memory for a line");
    ok = voucher_line_find(journal, line->returned_voucher, line->returned_line, returned, &state,
                           err);
    if (ok) *out = strcmp(returned->payee.bank_account, line->payee.bank_account) != 0;
    free(returned);
    return ok;
}

bool voucher_project_each(struct journal *journal, const char *number,
                          bool (*visit)(void *context, const char *project, struct error *err),
                          void *context, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT DISTINCT project FROM leg WHERE voucher = $1 AND project <> '' "
                     "ORDER BY project",
                     SQL_VALUES(SQL_TEXT(number)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!visit(context, statement_text(statement, 0), err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
