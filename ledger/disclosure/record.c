/* record.c - rows of any kind between an entry's body, the derived tables and those who ask. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/internal.h"

static bool is_number(const struct disclosure_table *table, size_t field)
{
    return table->table->columns[field + 1].type == STORE_INTEGER;
}

/* ---- In -------------------------------------------------------------------------------------- */

bool record_read_body(const struct disclosure_table *table, const struct entry_view *entry,
                      struct disclosure_record *out, struct error *err)
{
    const struct entry_member *members = table->kind->members;

    memset(out, 0, sizeof *out);
    out->seq = entry->seq;
    for (size_t i = 0; i < table->field_count; i++) {
        if (members[i].type == MEMBER_BOOLEAN) {
            uint32_t node = json_member(entry->document, entry->body, members[i].name);

            out->values[i].number = json_type(entry->document, node) == JSON_TRUE;
        } else if (is_number(table, i)) {
            if (!json_get_integer(entry->document, entry->body, members[i].name,
                                  &out->values[i].number, err))
                return false;
        } else if (!json_get_string(entry->document, entry->body, members[i].name,
                                    out->values[i].text, sizeof out->values[i].text, err)) {
            return false;
        }
    }
    return true;
}

static bool append_columns(const struct disclosure_table *table, struct buffer *sql,
                           struct error *err)
{
    for (size_t i = 0; i <= table->field_count; i++)
        if (!buffer_append_format(sql, err, "%s%s", i == 0 ? "" : ", ",
                                  table->table->columns[i].name))
            return false;
    return true;
}

bool record_insert(struct journal *journal, const struct disclosure_table *table,
                   const struct disclosure_record *record, struct error *err)
{
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    struct statement *insert = NULL;
    bool ok = false;

    if (!buffer_append_format(&sql, err, "INSERT INTO %s (", table->table->name) ||
        !append_columns(table, &sql, err) || !buffer_append_text(&sql, ") VALUES ($1", err))
        goto out;
    for (size_t i = 0; i < table->field_count; i++)
        if (!buffer_append_format(&sql, err, ", $%zu", i + 2)) goto out;
    if (!buffer_append_text(&sql, ")", err) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), &insert, err))
        goto out;
    statement_bind_integer(insert, 1, (int64_t)record->seq);
    for (size_t i = 0; i < table->field_count; i++) {
        if (is_number(table, i))
            statement_bind_integer(insert, (int)i + 2, record->values[i].number);
        else
            statement_bind_text(insert, (int)i + 2, record->values[i].text);
    }
    ok = statement_run(insert, err);
out:
    statement_free(insert);
    buffer_done(&sql);
    return ok;
}

/* ---- Out ------------------------------------------------------------------------------------- */

/* SELECT what FROM the kind's table, where the field is $1 when there is a text. */
static bool prepare(struct journal *journal, const struct disclosure_table *table, size_t field,
                    const char *text, const char *order, struct statement **out, struct error *err)
{
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    bool ok = false;

    if (!buffer_append_text(&sql, "SELECT ", err) || !append_columns(table, &sql, err) ||
        !buffer_append_format(&sql, err, " FROM %s", table->table->name))
        goto out;
    if (text != NULL &&
        !buffer_append_format(&sql, err, " WHERE %s = $1", table->table->columns[field + 1].name))
        goto out;
    if (!buffer_append_format(&sql, err, " ORDER BY seq%s", order) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), out, err))
        goto out;
    if (text != NULL) statement_bind_text(*out, 1, text);
    ok = true;
out:
    buffer_done(&sql);
    return ok;
}

static void read_row(const struct disclosure_table *table, const struct statement *statement,
                     struct disclosure_record *out)
{
    memset(out, 0, sizeof *out);
    out->seq = (uint64_t)statement_integer(statement, 0);
    for (size_t i = 0; i < table->field_count; i++) {
        const char *text;

        if (is_number(table, i)) {
            out->values[i].number = statement_integer(statement, (int)i + 1);
            continue;
        }
        text = statement_text(statement, (int)i + 1);
        assert(strlen(text) < sizeof out->values[i].text); /* the kind's table held it to that */
        memcpy(out->values[i].text, text, strlen(text) + 1);
    }
}

bool disclosure_each(struct journal *journal, enum disclosure_kind kind, size_t field,
                     const char *text, disclosure_visit *visit, void *context, struct error *err)
{
    const struct disclosure_table *table = disclosure_table(kind);
    struct disclosure_record *record = malloc(sizeof *record);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    assert(text == NULL || field < table->field_count);
    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!prepare(journal, table, field, text, "", &statement, err)) goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        read_row(table, statement, record);
        if (!visit(context, record, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    free(record);
    return ok;
}

bool disclosure_find(struct journal *journal, enum disclosure_kind kind, size_t field,
                     const char *text, struct disclosure_record *out, bool *found,
                     struct error *err)
{
    const struct disclosure_table *table = disclosure_table(kind);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!prepare(journal, table, field, text, " DESC LIMIT 1", &statement, err)) goto out;
    if (!statement_step(statement, &has_row, err)) goto out;
    if (has_row) read_row(table, statement, out);
    *found = has_row;
    ok = true;
out:
    statement_free(statement);
    return ok;
}

bool disclosure_read(struct journal *journal, enum disclosure_kind kind, uint64_t seq,
                     struct disclosure_record *out, struct error *err)
{
    const struct disclosure_table *table = disclosure_table(kind);
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!buffer_append_text(&sql, "SELECT ", err) || !append_columns(table, &sql, err) ||
        !buffer_append_format(&sql, err, " FROM %s WHERE seq = $1", table->table->name) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), &statement, err))
        goto out;
    statement_bind_integer(statement, 1, (int64_t)seq);
    if (!statement_step(statement, &has_row, err)) goto out;
    if (!has_row) {
        (void)error_set(err, ERROR_NOT_FOUND, "entry %llu is no %s", (unsigned long long)seq,
                        table->kind->name);
        goto out;
    }
    read_row(table, statement, out);
    ok = true;
out:
    statement_free(statement);
    buffer_done(&sql);
    return ok;
}

bool record_count(struct journal *journal, enum disclosure_kind kind, size_t field,
                  const char *text, int64_t *out, struct error *err)
{
    const struct disclosure_table *table = disclosure_table(kind);
    struct buffer sql = BUFFER_INIT(SQL_SIZE_BYTES_MAX);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!buffer_append_format(&sql, err, "SELECT COUNT(*) FROM %s WHERE %s = $1",
                              table->table->name, table->table->columns[field + 1].name) ||
        !store_prepare(journal_store(journal), buffer_text(&sql), &statement, err))
        goto out;
    statement_bind_text(statement, 1, text);
    if (!statement_step(statement, &has_row, err)) goto out;
    *out = statement_integer(statement, 0);
    ok = true;
out:
    statement_free(statement);
    buffer_done(&sql);
    return ok;
}

bool disclosure_date(const struct disclosure_record *record, size_t field, date_t *out,
                     struct error *err)
{
    return date_parse(record->values[field].text, out, err);
}
