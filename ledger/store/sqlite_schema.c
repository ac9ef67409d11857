/*
 * sqlite_schema.c - SQLite's tables made from column lists, and the guards on those that endure.
 *
 * 1. Tables are STRICT. Those that only grow and those with a single integer key are kept by rowid,
 *    which appends fastest; every other is WITHOUT ROWID, so that each row is stored once.
 * 2. A guarded table refuses UPDATE and DELETE twice: by triggers, which hold for any program that
 *    opens the file, and by this connection's authorizer, which also refuses to drop them. What
 *    another program does by REPLACE no trigger sees unless that program asks for it, and one that
 *    looked for the row at each INSERT would double the time of an append; the chain tells of it.
 * 3. A row of a table with `erased_when` may go where that holds, and only by a statement prepared
 *    while erasing is permitted.
 */
#include "ledger/store/sqlite.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "base/language.h"

#define DEFINITION_SIZE_MAX 16384
#define COLUMNS_MAX         64

static const char *const type_names[] = {
    [STORE_INTEGER] = "INTEGER",
    [STORE_TEXT] = "TEXT",
    [STORE_BLOB] = "BLOB",
};

static bool is_guarded_kind(enum store_table_kind kind)
{
    return kind == STORE_ENDURING || kind == STORE_SEALED;
}

static bool is_guarded(const struct sqlite *sqlite, const char *table)
{
    for (size_t i = 0; table != NULL && i < sqlite->guarded_count; i++)
        if (strcmp(sqlite->guarded[i], table) == 0) return true;
    return false;
}

static void guard(struct sqlite *sqlite, const struct store_table *table)
{
    if (!is_guarded_kind(table->kind) || is_guarded(sqlite, table->name)) return;
    assert(sqlite->guarded_count < SQLITE_GUARDED_MAX);
    sqlite->guarded[sqlite->guarded_count++] = table->name;
    if (table->erased_when != NULL) sqlite->erasable = table->name;
}

/* Asked by SQLite for each thing that a statement being prepared would do. The parameters are
   SQLite's: for these actions `first` or `second` is the table. */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    const struct sqlite *sqlite = context;
    const char *table = NULL;

    (void)database;
    (void)trigger;
    if (action == SQLITE_DELETE && sqlite->may_erase && sqlite->erasable != NULL &&
        strcmp(first, sqlite->erasable) == 0)
        return SQLITE_OK;
    if (action == SQLITE_UPDATE || action == SQLITE_DELETE || action == SQLITE_DROP_TABLE)
        table = first;
    else if (action == SQLITE_DROP_TRIGGER)
        table = second;
    return is_guarded(sqlite, table) ? SQLITE_DENY : SQLITE_OK;
}

bool sqlite_set_authorizer(struct sqlite *sqlite, struct error *err)
{
    if (sqlite3_set_authorizer(sqlite->db, authorize, sqlite) != SQLITE_OK)
        return sqlite_fail(sqlite, "opening the ledger", err);
    return true;
}

static bool is_rowid_table(const struct store_table *table)
{
    if (is_guarded_kind(table->kind)) return true;
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, table->primary_key) == 0)
            return table->columns[i].type == STORE_INTEGER;
    return false;
}

/* Is `name` one of the words of a list like "voucher, line"? */
static bool is_in_list(const char *list, const char *name)
{
    size_t size = strlen(name);

    for (const char *at = strstr(list, name); at != NULL; at = strstr(at + 1, name)) {
        bool starts = at == list || at[-1] == ' ' || at[-1] == ',';
        bool ends = at[size] == '\0' || at[size] == ',' || at[size] == ' ';

        if (starts && ends) return true;
    }
    return false;
}

static bool format_columns(const struct store_table *table, struct buffer *sql, struct error *err)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct store_column *column = &table->columns[i];
        const char *required = is_in_list(table->primary_key, column->name) ? " NOT NULL" : "";

        if (!buffer_append_format(sql, err, "  %s %s%s", column->name, type_names[column->type],
                                  required))
            return false;
        if (column->check != NULL && !buffer_append_format(sql, err, " CHECK (%s)", column->check))
            return false;
        if (!buffer_append_format(sql, err, ", -- %s\n", column->meaning)) return false;
    }
    return true;
}

static bool format_table(const struct store_table *table, struct buffer *sql, struct error *err)
{
    if (!buffer_append_format(sql, err, "CREATE TABLE %s ( -- %s\n", table->name, table->meaning))
        return false;
    if (!format_columns(table, sql, err)) return false;
    if (!buffer_append_format(sql, err, "  PRIMARY KEY (%s)\n) STRICT%s;\n", table->primary_key,
                              is_rowid_table(table) ? "" : ", WITHOUT ROWID"))
        return false;
    for (size_t i = 0; table->indexes != NULL && table->indexes[i] != NULL; i++)
        if (!buffer_append_format(sql, err, "CREATE INDEX %s_index_%zu ON %s (%s);\n", table->name,
                                  i + 1, table->name, table->indexes[i]))
            return false;
    return true;
}

static bool format_guards(const struct store_table *table, struct buffer *sql, struct error *err)
{
    static const char *const acts[] = {"update", "delete"};

    for (size_t i = 0; i < ARRAY_COUNT(acts); i++) {
        bool is_conditional = i == 1 && table->erased_when != NULL;

        if (!buffer_append_format(
                sql, err,
                "CREATE TRIGGER %s_refuses_%s BEFORE %s ON %s%s%s%s "
                "BEGIN\n"
                "  SELECT RAISE(ABORT, '%s is never changed or removed; "
                "correct it by a new entry');\nEND;\n",
                table->name, acts[i], acts[i], table->name, is_conditional ? " WHEN NOT (" : "",
                is_conditional ? table->erased_when : "", is_conditional ? ")" : "", table->name))
            return false;
    }
    return true;
}

bool sqlite_create_table(void *connection, const struct store_table *table, struct error *err)
{
    struct sqlite *sqlite = connection;
    struct buffer sql = BUFFER_INIT(DEFINITION_SIZE_MAX);
    bool ok = false;

    assert(table->column_count > 0 && table->column_count <= COLUMNS_MAX);
    if (!format_table(table, &sql, err)) goto out;
    if (is_guarded_kind(table->kind) && !format_guards(table, &sql, err)) goto out;
    if (!sqlite_run(sqlite, buffer_text(&sql), err)) goto out;
    guard(sqlite, table);
    ok = true;
out:
    buffer_done(&sql);
    return ok;
}

/* ---- An existing table ----------------------------------------------------------------------- */

static bool check_columns(struct sqlite *sqlite, const struct store_table *table, struct error *err)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *type = NULL;
        const struct store_column *column = &table->columns[i];

        if (sqlite3_table_column_metadata(sqlite->db, "main", table->name, column->name, &type,
                                          NULL, NULL, NULL, NULL) != SQLITE_OK ||
            type == NULL || strcmp(type, type_names[column->type]) != 0)
            return error_set(
                err, ERROR_STORE,
                "the ledger's table %s has no %s column %s; it is damaged, or was made by another "
                "version of this program: %s",
                table->name, type_names[column->type], column->name,
                table->kind == STORE_DERIVED ? _("move it away and make it again from its own "
                                                 "entries (mingzhang restore)")
                                             : _("restore from a backup"));
    }
    return true;
}

static bool check_guards(struct sqlite *sqlite, const struct store_table *table, struct error *err)
{
    static const char sql[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND "
                              "tbl_name = ?1 AND name IN (?1 || '_refuses_update', "
                              "?1 || '_refuses_delete')";
    sqlite3_stmt *statement = NULL;
    bool ok = false;

    if (sqlite3_prepare_v2(sqlite->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        (void)sqlite_fail(sqlite, "looking for a table's guards", err);
        goto out;
    }
    if (sqlite3_column_int(statement, 0) != 2) {
        (void)error_set(err, ERROR_STORE,
                        "the ledger's table %s has lost the guards that refuse changes; somebody "
                        "removed them: verify the ledger against what was published",
                        table->name);
        goto out;
    }
    ok = true;
out:
    sqlite3_finalize(statement);
    return ok;
}

bool sqlite_use_table(void *connection, const struct store_table *table, struct error *err)
{
    struct sqlite *sqlite = connection;

    if (!check_columns(sqlite, table, err)) return false;
    if (is_guarded_kind(table->kind) && !check_guards(sqlite, table, err)) return false;
    guard(sqlite, table);
    return true;
}
