/*
 * sqlite.h - what the three files of the SQLite engine share. Private to ledger/store.
 */
#ifndef LEDGER_STORE_SQLITE_H
#define LEDGER_STORE_SQLITE_H

#include <sqlite3.h>

#include "ledger/store/engine.h"

#define SQLITE_APPLICATION_ID  0x6d7a6c67 /* "mzlg", in the header of every ledger's file */
#define SQLITE_PATH_SIZE_MAX   4096
#define SQLITE_GUARDED_MAX     64
#define SQLITE_READ_TIMEOUT_MS 10000

struct sqlite {
    sqlite3 *db;
    enum store_mode mode;
    bool is_on_disk;         /* not a store in memory, nor a temporary one */
    bool is_provisional;     /* made by this connection, its tables not yet there */
    bool has_made_directory; /* goes with a provisional store that is given up */
    char directory[SQLITE_PATH_SIZE_MAX];
    char path[SQLITE_PATH_SIZE_MAX];
    const char *guarded[SQLITE_GUARDED_MAX]; /* names of tables that refuse UPDATE and DELETE */
    size_t guarded_count;
    const char *erasable; /* the one of them that may lose rows while may_erase; NULL: none */
    bool may_erase;
    bool has_erased; /* in this transaction */
};

/** Say in words what SQLite's last call on this connection failed of. False, always. */
bool sqlite_fail(struct sqlite *sqlite, const char *doing, struct error *err);
bool sqlite_run(void *connection, const char *sql, struct error *err) MUST_CHECK;
/** The one integer that a query gives. */
bool sqlite_query_integer(struct sqlite *sqlite, const char *sql, int64_t *out,
                          struct error *err) MUST_CHECK;

void sqlite_close(void *connection);
bool sqlite_backup(void *connection, const char *location, struct error *err) MUST_CHECK;

/** Refuse what would change or remove a guarded table, at prepare time. */
bool sqlite_set_authorizer(struct sqlite *sqlite, struct error *err) MUST_CHECK;
bool sqlite_create_table(void *connection, const struct store_table *table,
                         struct error *err) MUST_CHECK;
bool sqlite_use_table(void *connection, const struct store_table *table,
                      struct error *err) MUST_CHECK;

#endif
