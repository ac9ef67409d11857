/* sql.c - statements with their values beside them. */
#include "ledger/funds/sql.h"

#include <assert.h>
#include <string.h>

void sql_bind(struct statement *statement, const struct sql_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int parameter = (int)i + 1;

        switch (values[i].type) {
        case STORE_INTEGER:
            statement_bind_integer(statement, parameter, values[i].integer);
            break;
        case STORE_TEXT:
            statement_bind_text(statement, parameter, values[i].text);
            break;
        case STORE_BLOB:
            statement_bind_blob(statement, parameter, values[i].data, values[i].size);
            break;
        }
    }
}

bool sql_statement(struct journal *journal, const char *sql, const struct sql_value *values,
                   size_t count, struct statement **out, struct error *err)
{
    struct statement *statement;

    if (!store_statement(journal_store(journal), sql, &statement, err)) return false;
    sql_bind(statement, values, count);
    *out = statement;
    return true;
}

bool sql_run(struct journal *journal, const char *sql, const struct sql_value *values, size_t count,
             struct error *err)
{
    struct statement *statement;

    return sql_statement(journal, sql, values, count, &statement, err) &&
           statement_run(statement, err);
}

bool sql_row(struct journal *journal, const char *sql, const struct sql_value *values, size_t count,
             struct statement **out, bool *has_row, struct error *err)
{
    struct statement *statement;

    if (!sql_statement(journal, sql, values, count, &statement, err)) return false;
    if (!statement_step(statement, has_row, err)) {
        statement_reset(statement);
        return false;
    }
    *out = statement;
    return true;
}

bool sql_integer(struct journal *journal, const char *sql, const struct sql_value *values,
                 size_t count, int64_t *out, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!sql_row(journal, sql, values, count, &statement, &has_row, err)) return false;
    *out = has_row ? statement_integer(statement, 0) : 0;
    if (has_row) statement_reset(statement);
    return true;
}

bool sql_prepare(struct journal *journal, const char *sql, const struct sql_value *values,
                 size_t count, struct statement **out, struct error *err)
{
    struct statement *statement;

    if (!store_prepare(journal_store(journal), sql, &statement, err)) return false;
    sql_bind(statement, values, count);
    *out = statement;
    return true;
}

void text_fill(char *out, size_t size, const char *text)
{
    size_t text_size = strlen(text);

    assert(size > 0);
    if (text_size > size - 1) text_size = size - 1;
    memcpy(out, text, text_size);
    memset(out + text_size, 0, size - text_size);
}

void sql_text(const struct statement *statement, int column, char *out, size_t size)
{
    text_fill(out, size, statement_text(statement, column));
}

hash_t sql_hash(const struct statement *statement, int column)
{
    hash_t hash = HASH_ZERO;
    size_t size;
    const uint8_t *data = statement_blob(statement, column, &size);

    if (size == HASH_SIZE) memcpy(hash.bytes, data, HASH_SIZE);
    return hash;
}

bool sql_date(const struct statement *statement, int column, bool *has, date_t *out,
              struct error *err)
{
    const char *text = statement_text(statement, column);

    if (has != NULL) *has = text[0] != '\0';
    if (text[0] == '\0') return true;
    return date_parse(text, out, err);
}
