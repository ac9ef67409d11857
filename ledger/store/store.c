/*
 * store.c - the front of every engine: one writer, statements kept by their text, tables.
 *
 * 1. A statement is prepared once for each SQL literal and found again by the literal's address,
 *    its text compared to be sure; one of a text made at run time by an address that its maker
 *    chose for it.
 * 2. A commit that fails is rolled back before store_commit() returns.
 */
#include "ledger/store/store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/store/engine.h"

#define CACHE_SLOTS                                                                                \
    1024 /* a power of two, well above the number of SQL literals in the program                   \
          */
#define CACHE_MAX (CACHE_SLOTS / 2)

struct statement {
    struct store *store; /* lent; its engine knows what native is */
    const void *key;     /* by which it is found again; NULL: it isn't kept */
    void *native;
    bool is_stepping;
    bool has_bind_failure;
};

enum store_state { STORE_IDLE, STORE_READING, STORE_WRITING };

struct store {
    const struct store_engine *engine;
    void *connection;
    enum store_mode mode;
    enum store_state state;
    size_t cache_count;
    struct statement *cache[CACHE_SLOTS]; /* open addressing by their keys */
};

/* ---- Opening --------------------------------------------------------------------------------- */

static struct store *store_new(enum store_mode mode, struct error *err)
{
    struct store *store = calloc(1, sizeof *store);

    if (store == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to open a ledger; close other programs");
        return NULL;
    }
    store->engine = &sqlite_engine;
    store->mode = mode;
    return store;
}

bool store_open(const char *location, enum store_mode mode, struct store **out, struct error *err)
{
    struct store *store;

    if (strncmp(location, "postgresql://", 13) == 0)
        return error_set(err, ERROR_USAGE,
                         "this program keeps ledgers in directories, not on a PostgreSQL server; "
                         "name a directory");
    store = store_new(mode, err);
    if (store == NULL) return false;
    if (!sqlite_open(location, mode, &store->connection, err)) {
        free(store);
        return false;
    }
    *out = store;
    return true;
}

bool store_open_memory(struct store **out, struct error *err)
{
    struct store *store = store_new(STORE_CREATE, err);

    if (store == NULL) return false;
    if (!sqlite_open_memory(&store->connection, err)) {
        free(store);
        return false;
    }
    *out = store;
    return true;
}

bool store_open_temporary(const char *directory, struct store **out, struct error *err)
{
    struct store *store = store_new(STORE_CREATE, err);

    if (store == NULL) return false;
    if (!sqlite_open_temporary(directory, &store->connection, err)) {
        free(store);
        return false;
    }
    *out = store;
    return true;
}

void store_close(struct store *store)
{
    if (store == NULL) return;
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        statement_free(store->cache[i]);
    store_rollback(store);
    store->engine->close(store->connection);
    free(store);
}

/* ---- Tables ---------------------------------------------------------------------------------- */

bool store_create_tables(struct store *store, const struct store_table *const *tables, size_t count,
                         struct error *err)
{
    bool ok = false;

    assert(store->mode == STORE_CREATE);
    if (!store_begin(store, err)) return false;
    for (size_t i = 0; i < count; i++)
        if (!store->engine->create_table(store->connection, tables[i], err)) goto out;
    if (!store->engine->set_version(store->connection, STORE_SCHEMA_VERSION, err)) goto out;
    ok = store_commit(store, err);
out:
    if (!ok) store_rollback(store);
    return ok;
}

bool store_use_tables(struct store *store, const struct store_table *const *tables, size_t count,
                      struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!store->engine->use_table(store->connection, tables[i], err)) return false;
    return true;
}

bool store_schema_version(struct store *store, int64_t *out, struct error *err)
{
    return store->engine->get_version(store->connection, out, err);
}

/* ---- Transactions ---------------------------------------------------------------------------- */

bool store_begin(struct store *store, struct error *err)
{
    assert(store->state == STORE_IDLE);
    if (store->mode == STORE_READ)
        return error_set(err, ERROR_STATE, "the ledger is open for reading only");
    if (!store->engine->begin(store->connection, true, err)) return false;
    store->state = STORE_WRITING;
    return true;
}

bool store_begin_read(struct store *store, struct error *err)
{
    assert(store->state == STORE_IDLE);
    if (!store->engine->begin(store->connection, false, err)) return false;
    store->state = STORE_READING;
    return true;
}

bool store_commit(struct store *store, struct error *err)
{
    assert(store->state == STORE_WRITING);
    if (!store->engine->commit(store->connection, err)) {
        store_rollback(store);
        return false;
    }
    store->state = STORE_IDLE;
    return true;
}

void store_rollback(struct store *store)
{
    if (store->state != STORE_IDLE) store->engine->rollback(store->connection);
    store->state = STORE_IDLE;
}

bool store_is_writing(const struct store *store)
{
    return store->state == STORE_WRITING;
}

void store_permit_erasure(struct store *store, bool is_permitted)
{
    assert(!is_permitted || store->state == STORE_WRITING);
    store->engine->permit_erasure(store->connection, is_permitted);
}

bool store_backup(struct store *store, const char *location, struct error *err)
{
    assert(store->state == STORE_IDLE); /* a copy of half a transaction would be no ledger */
    return store->engine->backup(store->connection, location, err);
}

/* ---- Statements ------------------------------------------------------------------------------ */

bool store_prepare(struct store *store, const char *sql, struct statement **out, struct error *err)
{
    struct statement *statement = calloc(1, sizeof *statement);

    if (statement == NULL)
        return error_set(err, ERROR_MEMORY, "no memory for a statement; close other programs");
    statement->store = store;
    if (!store->engine->prepare(store->connection, sql, &statement->native, err)) {
        free(statement);
        return false;
    }
    *out = statement;
    return true;
}

/* Where in the cache to begin looking. */
static size_t first_slot(uint64_t key)
{
    static_assert(CACHE_SLOTS == 1 << 10, "the shift below leaves ten bits");
    return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 54);
}

static struct statement *lend(struct store *store, size_t slot)
{
    struct statement *statement = store->cache[slot];

    assert(!statement->is_stepping);
    store->engine->clear(statement->native);
    statement->has_bind_failure = false;
    return statement;
}

/* The slot of that key, or the free one where it belongs. */
static size_t find_slot(const struct store *store, const void *key)
{
    size_t slot = first_slot((uintptr_t)key);

    while (store->cache[slot] != NULL && store->cache[slot]->key != key)
        slot = (slot + 1) % CACHE_SLOTS;
    return slot;
}

bool store_statement_known(struct store *store, const void *key, struct statement **out)
{
    const size_t slot = find_slot(store, key);

    if (store->cache[slot] == NULL) return false;
    *out = lend(store, slot);
    return true;
}

bool store_statement_keep(struct store *store, const void *key, const char *sql,
                          struct statement **out, struct error *err)
{
    const size_t slot = find_slot(store, key);
    struct statement *statement;

    assert(store->cache[slot] == NULL);
    assert(store->cache_count < CACHE_MAX); /* the program's statements are counted */
    if (!store_prepare(store, sql, &statement, err)) return false;
    statement->key = key;
    store->cache[slot] = statement;
    store->cache_count++;
    *out = statement;
    return true;
}

bool store_statement(struct store *store, const char *sql, struct statement **out,
                     struct error *err)
{
    if (!store_statement_known(store, sql, out))
        return store_statement_keep(store, sql, sql, out, err);
    assert(strcmp(store->engine->sql((*out)->native), sql) == 0); /* as it was */
    return true;
}

void statement_free(struct statement *statement)
{
    if (statement == NULL) return;
    statement->store->engine->finalize(statement->native);
    free(statement);
}

void statement_bind_integer(struct statement *statement, int parameter, int64_t value)
{
    if (!statement->store->engine->bind_integer(statement->native, parameter, value))
        statement->has_bind_failure = true;
}

void statement_bind_text(struct statement *statement, int parameter, const char *text)
{
    if (!statement->store->engine->bind_text(statement->native, parameter, text))
        statement->has_bind_failure = true;
}

void statement_bind_blob(struct statement *statement, int parameter, const uint8_t *data,
                         size_t size)
{
    if (!statement->store->engine->bind_blob(statement->native, parameter, data, size))
        statement->has_bind_failure = true;
}

void statement_bind_null(struct statement *statement, int parameter)
{
    if (!statement->store->engine->bind_null(statement->native, parameter))
        statement->has_bind_failure = true;
}

bool statement_step(struct statement *statement, bool *has_row, struct error *err)
{
    struct store *store = statement->store;

    if (statement->has_bind_failure)
        return error_set(err, ERROR_STORE,
                         "a value could not be handed to the database; it is too large, or memory "
                         "ran out");
    if (!store->engine->step(store->connection, statement->native, has_row, err)) {
        statement_reset(statement);
        return false;
    }
    statement->is_stepping = *has_row;
    if (!*has_row) store->engine->reset(statement->native);
    return true;
}

bool statement_run(struct statement *statement, struct error *err)
{
    bool has_row;

    if (!statement_step(statement, &has_row, err)) return false;
    assert(!has_row); /* a statement with rows is walked by statement_step() */
    return true;
}

void statement_reset(struct statement *statement)
{
    statement->store->engine->reset(statement->native);
    statement->is_stepping = false;
}

int64_t store_changed_rows(const struct store *store)
{
    return store->engine->changed_rows(store->connection);
}

int64_t statement_integer(const struct statement *statement, int column)
{
    return statement->store->engine->integer(statement->native, column);
}

const char *statement_text(const struct statement *statement, int column)
{
    return statement->store->engine->text(statement->native, column);
}

const uint8_t *statement_blob(const struct statement *statement, int column, size_t *size)
{
    return statement->store->engine->blob(statement->native, column, size);
}

bool statement_is_null(const struct statement *statement, int column)
{
    return statement->store->engine->is_null(statement->native, column);
}

int statement_column_count(const struct statement *statement)
{
    return statement->store->engine->column_count(statement->native);
}
