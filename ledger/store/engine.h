/*
 * engine.h - what a database engine must be able to do for store.c. Private to ledger/store.
 *
 * 1. store.c keeps the rules that hold for every engine (one writer, one statement per loop); an
 *    engine only carries them out.
 * 2. A connection and a statement are opaque here: each engine knows its own.
 */
#ifndef LEDGER_STORE_ENGINE_H
#define LEDGER_STORE_ENGINE_H

#include "ledger/store/store.h"

struct store_engine {
    /** Truncate the write-ahead log if this connection writes, and release all. */
    void (*close)(void *connection);

    bool (*begin)(void *connection, bool is_writing, struct error *err);
    bool (*commit)(void *connection, struct error *err);
    /** Does nothing when the engine has rolled back by itself. */
    void (*rollback)(void *connection);

    /** Statements prepared from now on may delete from sealed tables; the next commit leaves none
     * of it in a log of changes. */
    void (*permit_erasure)(void *connection, bool is_permitted);

    bool (*create_table)(void *connection, const struct store_table *table, struct error *err);
    /** Is the table there with its columns and guards? From now on this connection guards it too.
     */
    bool (*use_table)(void *connection, const struct store_table *table, struct error *err);
    bool (*get_version)(void *connection, int64_t *out, struct error *err);
    bool (*set_version)(void *connection, int64_t version, struct error *err);
    bool (*backup)(void *connection, const char *location, struct error *err);

    bool (*prepare)(void *connection, const char *sql, void **out, struct error *err);
    /** The text that a statement was prepared from. */
    const char *(*sql)(void *statement);
    void (*finalize)(void *statement);
    void (*reset)(void *statement);
    /** Reset and forget the bound values. */
    void (*clear)(void *statement);
    /* Binding tells whether it could. */
    bool (*bind_integer)(void *statement, int parameter, int64_t value);
    bool (*bind_text)(void *statement, int parameter, const char *text);
    bool (*bind_blob)(void *statement, int parameter, const uint8_t *data, size_t size);
    bool (*bind_null)(void *statement, int parameter);
    bool (*step)(void *connection, void *statement, bool *has_row, struct error *err);
    int64_t (*changed_rows)(void *connection);
    int64_t (*integer)(void *statement, int column);
    const char *(*text)(void *statement, int column);
    const uint8_t *(*blob)(void *statement, int column, size_t *size);
    bool (*is_null)(void *statement, int column);
    int (*column_count)(void *statement);
};

extern const struct store_engine sqlite_engine;

bool sqlite_open(const char *directory, enum store_mode mode, void **out,
                 struct error *err) MUST_CHECK;
bool sqlite_open_memory(void **out, struct error *err) MUST_CHECK;
bool sqlite_open_temporary(const char *directory, void **out, struct error *err) MUST_CHECK;

#endif
