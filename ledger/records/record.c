/* record.c - rows of any kind between the derived tables and those who ask. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/records/internal.h"

/* What a statement over a kind is found again by: places in its tables, of which no two are one. */
#define KEY_INSERT(kind)       ((const void *)(kind))
#define KEY_READ(kind)         ((const void *)&(kind)->table)
#define KEY_LAST(kind, field)  ((const void *)&(kind)->table->columns[(field) + 1].type)
#define KEY_COUNT(kind, field) ((const void *)&(kind)->table->columns[(field) + 1].meaning)

bool record_is_number(const struct record_kind *kind, size_t field)
{
    return kind->table->columns[field + 1].type == STORE_INTEGER;
}

/* ---- In -------------------------------------------------------------------------------------- */

void record_clear(const struct record_kind *kind, struct record *out)
{
    out->seq = 0;
    for (size_t i = 0; i < kind->field_count; i++) {
        out->values[i].number = 0;
        out->values[i].text[0] = '\0';
    }
}

static bool append_columns(const struct record_kind *kind, struct buffer *sql, struct error *err)
{
    for (size_t i = 0; i <= kind->field_count; i++)
        if (!buffer_append_format(sql, err, "%s%s", i == 0 ? "" : ", ",
                                  kind->table->columns[i].name))
            return false;
    return true;
}

static bool write_insert(const struct record_kind *kind, struct buffer *sql, struct error *err)
{
    if (!buffer_append_format(sql, err, "INSERT INTO %s (", kind->table->name) ||
        !append_columns(kind, sql, err) || !buffer_append_text(sql, ") VALUES ($1", err))
        return false;
    for (size_t i = 0; i < kind->field_count; i++)
        if (!buffer_append_format(sql, err, ", $%zu", i + 2)) return false;
    return buffer_append_text(sql, ")", err);
}

bool record_insert(struct journal *journal, const struct record_kind *kind,
                   const struct record *record, struct error *err)
{
    struct store *store = journal_store(journal);
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    struct statement *insert;
    bool ok = false;

    if (!store_statement_known(store, KEY_INSERT(kind), &insert) &&
        (!write_insert(kind, &sql, err) ||
         !store_statement_keep(store, KEY_INSERT(kind), buffer_text(&sql), &insert, err)))
        goto out;
    statement_bind_integer(insert, 1, (int64_t)record->seq);
    for (size_t i = 0; i < kind->field_count; i++) {
        if (record_is_number(kind, i))
            statement_bind_integer(insert, (int)i + 2, record->values[i].number);
        else
            statement_bind_text(insert, (int)i + 2, record->values[i].text);
    }
    ok = statement_run(insert, err);
out:
    buffer_done(&sql);
    return ok;
}

bool record_forget(struct journal *journal, const struct record_kind *kind,
                   const struct seal_range *range, struct error *err)
{
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    struct statement *update = NULL;
    bool ok = false;

    assert(kind->sealed_count > 0); /* the range names a member that its table seals */
    if (!buffer_append_format(&sql, err, "UPDATE %s SET is_gone = 1", kind->table->name)) goto out;
    for (size_t i = kind->field_count - kind->sealed_count; i < kind->field_count; i++)
        if (!buffer_append_format(&sql, err, ", %s = %s", kind->table->columns[i + 1].name,
                                  record_is_number(kind, i) ? "0" : "''"))
            goto out;
    if (!buffer_append_text(&sql, " WHERE seq >= $1 AND seq <= $2", err) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), &update, err))
        goto out;
    statement_bind_integer(update, 1, (int64_t)range->first);
    statement_bind_integer(update, 2, (int64_t)range->last);
    ok = statement_run(update, err);
out:
    statement_free(update);
    buffer_done(&sql);
    return ok;
}

bool record_settled(struct journal *journal, const struct record_kind *kind,
                    const struct seal_range *range, const struct json_document *document,
                    uint32_t act_body, struct error *err)
{
    struct record *record = malloc(sizeof *record);
    bool ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (kind->settled == NULL) {
        (void)error_set(err, ERROR_STATE,
                        "nothing tells that the purpose of a %s is over; give the ground that law "
                        "gives for erasing it",
                        kind->entry->name);
        goto out;
    }
    for (uint64_t seq = range->first; seq <= range->last; seq++)
        if (!record_read(journal, kind, seq, record, err) ||
            !kind->settled(journal, record, document, act_body, err))
            goto out;
    ok = true;
out:
    free(record);
    return ok;
}

/* ---- Out ------------------------------------------------------------------------------------- */

static bool write_select(const struct record_kind *kind, struct buffer *sql, struct error *err)
{
    return buffer_append_text(sql, "SELECT ", err) && append_columns(kind, sql, err) &&
           buffer_append_format(sql, err, " FROM %s", kind->table->name);
}

static bool write_where(const struct record_kind *kind, size_t field, struct buffer *sql,
                        struct error *err)
{
    return buffer_append_format(sql, err, " WHERE %s = $1", kind->table->columns[field + 1].name);
}

static void read_row(const struct record_kind *kind, const struct statement *statement,
                     struct record *out)
{
    record_clear(kind, out);
    out->seq = (uint64_t)statement_integer(statement, 0);
    for (size_t i = 0; i < kind->field_count; i++) {
        const char *text;

        if (record_is_number(kind, i)) {
            out->values[i].number = statement_integer(statement, (int)i + 1);
            continue;
        }
        text = statement_text(statement, (int)i + 1);
        assert(strlen(text) < sizeof out->values[i].text); /* the kind's table held it to that */
        memcpy(out->values[i].text, text, strlen(text) + 1);
    }
}

/* By a statement of its own, since what visits rows may ask for others of the kind. */
static bool prepare_each(struct journal *journal, const struct record_kind *kind, size_t field,
                         const char *text, struct statement **out, struct error *err)
{
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    bool ok = false;

    if (!write_select(kind, &sql, err) || (text != NULL && !write_where(kind, field, &sql, err)) ||
        !buffer_append_text(&sql, " ORDER BY seq", err) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), out, err))
        goto out;
    if (text != NULL) statement_bind_text(*out, 1, text);
    ok = true;
out:
    buffer_done(&sql);
    return ok;
}

bool record_each(struct journal *journal, const struct record_kind *kind, size_t field,
                 const char *text, record_visit *visit, void *context, struct error *err)
{
    struct record *record = malloc(sizeof *record);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    assert(text == NULL || field < kind->field_count);
    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!prepare_each(journal, kind, field, text, &statement, err)) goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        read_row(kind, statement, record);
        if (!visit(context, record, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    free(record);
    return ok;
}

/* A kept statement that ends with `tail`, found again by `key`. */
static bool keep_select(struct journal *journal, const struct record_kind *kind, size_t field,
                        const char *tail, const void *key, struct statement **out,
                        struct error *err)
{
    struct store *store = journal_store(journal);
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    bool ok;

    if (store_statement_known(store, key, out)) return true;
    ok = write_select(kind, &sql, err) &&
         (field == RECORD_NONE || write_where(kind, field, &sql, err)) &&
         buffer_append_text(&sql, tail, err) &&
         store_statement_keep(store, key, buffer_text(&sql), out, err);
    buffer_done(&sql);
    return ok;
}

bool record_find(struct journal *journal, const struct record_kind *kind, size_t field,
                 const char *text, struct record *out, bool *found, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!keep_select(journal, kind, field, " ORDER BY seq DESC LIMIT 1", KEY_LAST(kind, field),
                     &statement, err))
        return false;
    statement_bind_text(statement, 1, text);
    if (!statement_step(statement, &has_row, err)) return false;
    if (has_row) {
        read_row(kind, statement, out);
        statement_reset(statement);
    }
    *found = has_row;
    return true;
}

bool record_read(struct journal *journal, const struct record_kind *kind, uint64_t seq,
                 struct record *out, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!keep_select(journal, kind, RECORD_NONE, " WHERE seq = $1", KEY_READ(kind), &statement,
                     err))
        return false;
    statement_bind_integer(statement, 1, (int64_t)seq);
    if (!statement_step(statement, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "entry %llu is no %s", (unsigned long long)seq,
                         kind->entry->name);
    read_row(kind, statement, out);
    statement_reset(statement);
    return true;
}

static bool keep_count(struct journal *journal, const struct record_kind *kind, size_t field,
                       struct statement **out, struct error *err)
{
    struct store *store = journal_store(journal);
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    bool ok;

    if (store_statement_known(store, KEY_COUNT(kind, field), out)) return true;
    ok = buffer_append_format(&sql, err, "SELECT COUNT(*) FROM %s", kind->table->name) &&
         write_where(kind, field, &sql, err) &&
         store_statement_keep(store, KEY_COUNT(kind, field), buffer_text(&sql), out, err);
    buffer_done(&sql);
    return ok;
}

bool record_count(struct journal *journal, const struct record_kind *kind, size_t field,
                  const char *text, int64_t *out, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!keep_count(journal, kind, field, &statement, err)) return false;
    statement_bind_text(statement, 1, text);
    if (!statement_step(statement, &has_row, err)) return false;
    *out = statement_integer(statement, 0);
    statement_reset(statement);
    return true;
}

bool record_require_text(const struct record *record, size_t field, const char *what,
                         struct error *err)
{
    return record->values[field].text[0] != '\0' ||
           error_set(err, ERROR_INPUT, "%s is empty; write it", what);
}

bool record_require_order(const char *first, const char *second, const char *what,
                          struct error *err)
{
    return strcmp(first, second) <= 0 ||
           error_set(err, ERROR_INPUT, "%s on %s, before %s; correct one of the two",
                     translate(what), second, first);
}

bool record_date(const struct record *record, size_t field, date_t *out, struct error *err)
{
    return date_parse(record->values[field].text, out, err);
}

static bool refuse_missing(const struct record_kind *kind, const char *code, struct error *err)
{
    return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                     translate(kind->noun), code);
}

bool record_require(struct journal *journal, const struct record_kind *kind, const char *code,
                    struct error *err)
{
    int64_t count;

    assert(kind->code != RECORD_NONE && kind->noun != NULL);
    if (!record_count(journal, kind, kind->code, code, &count, err)) return false;
    return count != 0 || refuse_missing(kind, code, err);
}

bool record_fetch(struct journal *journal, const struct record_kind *kind, const char *code,
                  struct record **out, struct error *err)
{
    struct record *record = malloc(sizeof *record);
    bool found, ok = false;

    assert(kind->code != RECORD_NONE && kind->noun != NULL);
    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!record_find(journal, kind, kind->code, code, record, &found, err)) goto out;
    if (!found) {
        (void)refuse_missing(kind, code, err);
        goto out;
    }
    *out = record;
    record = NULL;
    ok = true;
out:
    free(record);
    return ok;
}

bool record_is_gone(const struct record_kind *kind, const struct record *record)
{
    return kind->sealed_count > 0 && record->values[record_detail(kind)].number != 0;
}
