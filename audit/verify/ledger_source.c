/*
 * ledger_source.c - two cursors, over entries and over sealed values, merged by seq.
 *
 * The file comes from a stranger: its schema is not trusted to run anything, its triggers and views
 * are not used, damage is a finding and not an accident.
 */
#include "audit/verify/ledger_source.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/language.h"

#define PATH_SIZE_MAX   4096
#define BUSY_TIMEOUT_MS 10000
#define VALUE_BYTES_MAX 16777216 /* of any value in the file */

struct ledger_source {
    char file[PATH_SIZE_MAX];
    struct stat status; /* of the file when it was opened */
    bool is_immutable;  /* opened without locks */
    sqlite3 *database;
    sqlite3_stmt *entries;
    sqlite3_stmt *seals;
    bool has_seal; /* `seals` stands on a row that no block has taken */
    bool seals_ended;
    uint64_t next; /* seq of the next entry */
};

/* ---- Opening -------------------------------------------------------------------------------- */

/* A damaged file is a finding; anything else keeps us from looking. */
static bool fail_sqlite(struct ledger_source *source, struct error *err)
{
    int code = sqlite3_errcode(source->database) & 0xff;
    const char *message = sqlite3_errmsg(source->database);

    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_TOOBIG) {
        return error_set(err, ERROR_VERIFY, "the database file is damaged: %s", message);
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        return error_set(err, ERROR_BUSY, "the ledger is locked: %s; try again", message);
    }
    if (code == SQLITE_NOMEM) return error_set(err, ERROR_MEMORY, "sqlite: %s", message);
    return error_set(err, ERROR_STORE, "sqlite: %s", message);
}

/* Can nothing be written where the ledger is? Then SQLite can't make its -shm file either. */
static bool is_read_only(const char *directory, const char *file)
{
    struct statvfs media;

    if (statvfs(directory, &media) == 0 && (media.f_flag & ST_RDONLY) != 0) return true;
    return access(directory, W_OK) != 0 || access(file, W_OK) != 0;
}

/* "file:" URI of a path: every byte that a URI could misread is escaped. */
static bool format_uri(const char *path, bool is_immutable, char *uri, size_t uri_size)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";
    size_t at = (size_t)snprintf(uri, uri_size, "file:%s", path[0] == '/' ? "//" : "");
    const char *query = is_immutable ? "?mode=ro&immutable=1" : "?mode=ro";

    for (; *path != '\0'; path++) {
        if (at + 4 + strlen(query) >= uri_size) return false;
        if (strchr(plain, *path) != NULL) {
            uri[at++] = *path;
        } else {
            at += (size_t)snprintf(uri + at, uri_size - at, "%%%02X", (uint8_t)*path);
        }
    }
    (void)snprintf(uri + at, uri_size - at, "%s", query);
    return true;
}

/* Read-only media: immutable=1 is right only when no WAL holds newer entries. */
static bool choose_uri(struct ledger_source *source, const char *directory, char *uri,
                       size_t uri_size, struct error *err)
{
    char *file = source->file, wal[PATH_SIZE_MAX + sizeof "-wal"];
    struct stat status;
    int size = snprintf(file, sizeof source->file, "%s/%s", directory, LEDGER_FILE);

    if (size < 0 || (size_t)size >= sizeof source->file) {
        return error_set(err, ERROR_IO, "the path %s is too long", directory);
    }
    (void)snprintf(wal, sizeof wal, "%s-wal", file);
    if (stat(file, &source->status) != 0) {
        return error_set(err, ERROR_IO, "can't read %s: %s", file, strerror(errno));
    }
    source->is_immutable = is_read_only(directory, file);
    if (source->is_immutable) {
        if (stat(wal, &status) == 0 && status.st_size > 0) {
            return error_set(err, ERROR_STORE,
                             "%s holds entries that were not written back, and nothing can be "
                             "written here; copy the whole directory and verify the copy",
                             wal);
        }
    }
    if (!format_uri(file, source->is_immutable, uri, uri_size)) {
        return error_set(err, ERROR_IO, "the path %s is too long", directory);
    }
    return true;
}

static bool run_pragma(struct ledger_source *source, const char *sql, struct error *err)
{
    if (sqlite3_exec(source->database, sql, NULL, NULL, NULL) == SQLITE_OK) return true;
    return fail_sqlite(source, err);
}

/* The names that are read must be tables, not views that compute what we see. */
static bool check_tables(struct ledger_source *source, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok = false;
    int count = 0;

    if (sqlite3_prepare_v2(source->database,
                           "SELECT count(*) FROM sqlite_schema "
                           "WHERE type = 'table' AND name IN ('entry', 'sealed') "
                           "AND sql NOT LIKE 'CREATE VIRTUAL%'",
                           -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        (void)fail_sqlite(source, err);
        goto out;
    }
    count = sqlite3_column_int(statement, 0);
    if (count != 2) {
        (void)error_set(err, ERROR_VERIFY, "the tables entry and sealed are not both there");
        goto out;
    }
    ok = true;
out:
    sqlite3_finalize(statement);
    return ok;
}

bool ledger_source_open(const char *directory, struct ledger_source **out, struct error *err)
{
    struct ledger_source *source = calloc(1, sizeof *source);
    char uri[PATH_SIZE_MAX * 3];
    bool ok = false;

    if (source == NULL) return error_set(err, ERROR_MEMORY, "no memory for a ledger");
    if (!choose_uri(source, directory, uri, sizeof uri, err)) goto out;
    if (sqlite3_open_v2(uri, &source->database,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                            SQLITE_OPEN_PRIVATECACHE,
                        NULL) != SQLITE_OK) {
        (void)fail_sqlite(source, err);
        goto out;
    }
    sqlite3_busy_timeout(source->database, BUSY_TIMEOUT_MS);
    sqlite3_db_config(source->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(source->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(source->database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_limit(source->database, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    if (!run_pragma(source, "PRAGMA query_only = 1", err)) goto out;
    if (!run_pragma(source, "PRAGMA cell_size_check = 1", err)) goto out;
    /* One snapshot for all that is read. */
    if (!run_pragma(source, "BEGIN", err)) goto out;
    if (!check_tables(source, err)) goto out;
    *out = source;
    source = NULL;
    ok = true;
out:
    ledger_source_close(source);
    return ok;
}

void ledger_source_close(struct ledger_source *source)
{
    if (source == NULL) return;
    sqlite3_finalize(source->entries);
    sqlite3_finalize(source->seals);
    sqlite3_close(source->database);
    free(source);
}

/* ---- Reading -------------------------------------------------------------------------------- */

static bool fail_entry(const struct ledger_source *source, const char *what, struct error *err)
{
    (void)error_set(err, ERROR_VERIFY, "%s", translate(what));
    return error_at(err, "entry %llu", (unsigned long long)source->next);
}

static bool add_entry(struct ledger_source *source, struct block *block, struct error *err)
{
    sqlite3_stmt *row = source->entries;
    int hash_size = sqlite3_column_bytes(row, 1);

    if (sqlite3_column_type(row, 0) != SQLITE_INTEGER ||
        (uint64_t)sqlite3_column_int64(row, 0) != source->next) {
        return fail_entry(source, N_("is missing: another stands in its place"), err);
    }
    if (sqlite3_column_type(row, 1) != SQLITE_BLOB || hash_size != HASH_SIZE) {
        return fail_entry(source, N_("its stored hash is no hash"), err);
    }
    if (sqlite3_column_type(row, 2) != SQLITE_BLOB) {
        return fail_entry(source, N_("its stored bytes are no blob"), err);
    }
    memcpy(block->stored[block->count].bytes, sqlite3_column_blob(row, 1), HASH_SIZE);
    if (!block_add_entry(block, sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2),
                         err))
        return error_at(err, "entry %llu", (unsigned long long)source->next);
    source->next++;
    return true;
}

/* Stand on the next sealed value, if there is one. */
static bool step_seal(struct ledger_source *source, struct error *err)
{
    int code;

    if (source->has_seal || source->seals_ended) return true;
    code = sqlite3_step(source->seals);
    if (code == SQLITE_ROW) {
        source->has_seal = true;
    } else if (code == SQLITE_DONE) {
        source->seals_ended = true;
    } else {
        return fail_sqlite(source, err);
    }
    return true;
}

static bool fail_seal(struct ledger_source *source, const char *what, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "sealed value of entry %lld: %s",
                     (long long)sqlite3_column_int64(source->seals, 0), translate(what));
}

static bool add_seal(struct ledger_source *source, struct block *block, struct error *err)
{
    sqlite3_stmt *row = source->seals;
    const unsigned char *member = sqlite3_column_text(row, 1);
    int member_size = sqlite3_column_bytes(row, 1), key_size = sqlite3_column_bytes(row, 2);
    int64_t seq = sqlite3_column_int64(row, 0);
    struct seal seal = {.plain_size = (size_t)sqlite3_column_bytes(row, 3)};

    assert(seq >= 0 && (uint64_t)seq >= block->first);
    if (member == NULL || (size_t)member_size >= sizeof seal.member ||
        strlen((const char *)member) != (size_t)member_size) {
        return fail_seal(source, N_("its member has no name of ours"), err);
    }
    if (sqlite3_column_type(row, 2) != SQLITE_BLOB || key_size != SEALED_KEY_SIZE) {
        return fail_seal(source, N_("its key has not 32 bytes"), err);
    }
    if (sqlite3_column_type(row, 3) != SQLITE_BLOB || seal.plain_size == 0) {
        return fail_seal(source, N_("its plain object is no blob"), err);
    }
    seal.entry = (unsigned)((uint64_t)seq - block->first);
    memcpy(seal.member, member, (size_t)member_size);
    memcpy(seal.key, sqlite3_column_blob(row, 2), SEALED_KEY_SIZE);
    return block_add_seal(block, &seal, sqlite3_column_blob(row, 3), err);
}

/* The sealed values of the block's entries. */
static bool read_seals(struct ledger_source *source, struct block *block, struct error *err)
{
    uint64_t end = block->first + block->count;

    for (;;) {
        int64_t seq;

        if (!step_seal(source, err)) return false;
        if (source->seals_ended) return true;
        seq = sqlite3_column_int64(source->seals, 0);
        if (sqlite3_column_type(source->seals, 0) != SQLITE_INTEGER || seq < 0 ||
            (uint64_t)seq < block->first) {
            return fail_seal(source, N_("belongs to no entry"), err);
        }
        if ((uint64_t)seq >= end) {
            if (block->count == BLOCK_ENTRIES) return true;
            return fail_seal(source, N_("the log has no such entry"), err);
        }
        if (!add_seal(source, block, err)) return false;
        source->has_seal = false;
    }
}

/* Opened without locks, the file may have been written to meanwhile. */
static bool check_unchanged(const struct ledger_source *source, struct error *err)
{
    struct stat now;

    if (!source->is_immutable) return true;
    if (stat(source->file, &now) == 0 && now.st_size == source->status.st_size &&
        now.st_mtim.tv_sec == source->status.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == source->status.st_mtim.tv_nsec)
        return true;
    return error_set(err, ERROR_BUSY, "%s changed while it was read; verify it again",
                     source->file);
}

static void rewind_all(struct ledger_source *source)
{
    sqlite3_reset(source->entries);
    sqlite3_reset(source->seals);
    source->next = 0;
    source->has_seal = source->seals_ended = false;
}

static bool read_block(void *context, struct block *block, struct error *err)
{
    struct ledger_source *source = context;

    if (block->first == 0) rewind_all(source);
    assert(source->next == block->first);
    block->has_stored = true;
    while (block->count < BLOCK_ENTRIES) {
        int code = sqlite3_step(source->entries);

        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) return fail_sqlite(source, err);
        if (!add_entry(source, block, err)) return false;
    }
    if (block->count < BLOCK_ENTRIES && !check_unchanged(source, err)) return false;
    block->has_seals = read_seals(source, block, err);
    return block->has_seals;
}

static bool prepare(struct ledger_source *source, const char *sql, sqlite3_stmt **out,
                    struct error *err)
{
    sqlite3_finalize(*out);
    *out = NULL;
    if (sqlite3_prepare_v2(source->database, sql, -1, out, NULL) == SQLITE_OK) return true;
    /* A column is missing: the file is not a ledger's. */
    if ((sqlite3_errcode(source->database) & 0xff) == SQLITE_ERROR) {
        return error_set(err, ERROR_VERIFY,
                         "the tables of the ledger are not as they should be: %s",
                         sqlite3_errmsg(source->database));
    }
    return fail_sqlite(source, err);
}

bool ledger_source_genesis(struct ledger_source *source, struct buffer *out, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok = false;

    if (!prepare(source, "SELECT bytes FROM entry WHERE seq = 0", &statement, err)) goto out;
    if (sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_type(statement, 0) != SQLITE_BLOB) {
        (void)error_set(err, ERROR_VERIFY, "the ledger has no entry 0");
        goto out;
    }
    ok = buffer_append(out, sqlite3_column_blob(statement, 0),
                       (size_t)sqlite3_column_bytes(statement, 0), err);
out:
    sqlite3_finalize(statement);
    return ok;
}

/* The last seq tells how many to expect; nothing rests on it. */
static uint64_t expect_total(struct ledger_source *source)
{
    sqlite3_stmt *statement = NULL;
    uint64_t total = 0;

    if (sqlite3_prepare_v2(source->database, "SELECT max(seq) FROM entry", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        total = (uint64_t)sqlite3_column_int64(statement, 0) + 1;
    }
    sqlite3_finalize(statement);
    return total;
}

bool ledger_source_log(struct ledger_source *source, struct log_source *out, struct error *err)
{
    if (!prepare(source, "SELECT seq, hash, bytes FROM entry ORDER BY seq", &source->entries, err))
        return false;
    if (!prepare(source, "SELECT seq, member, key, plain FROM sealed ORDER BY seq, member",
                 &source->seals, err))
        return false;
    *out = (struct log_source){read_block, source, expect_total(source)};
    return true;
}
