/*
 * sqlite_open.c - opening, closing and copying a ledger's SQLite file.
 *
 * 1. Every connection is set up by configure() alone. A commit is durable when it returns: WAL with
 *    synchronous=FULL. What is deleted is overwritten (secure_delete).
 * 2. A store being created is provisional until its tables are committed; given up before, it
 * leaves no file and no directory behind.
 * 3. A reader writes nothing. On read-only media the file is opened as immutable, but only when no
 *    entries are left in a WAL beside it, since an immutable file is read without its WAL.
 */
#include "ledger/store/sqlite.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/language.h"

#define FILE_NAME      "ledger.sqlite"
#define FILE_MODE      0600 /* it holds sealed values: personal data */
#define DIRECTORY_MODE 0700
#define URI_SIZE_MAX   (3 * SQLITE_PATH_SIZE_MAX + 64)

/* ---- Files ----------------------------------------------------------------------------------- */

static bool make_path(const char *directory, const char *suffix, char out[SQLITE_PATH_SIZE_MAX],
                      struct error *err)
{
    int size = snprintf(out, SQLITE_PATH_SIZE_MAX, "%s/" FILE_NAME "%s", directory, suffix);

    if (size < 0 || size >= SQLITE_PATH_SIZE_MAX)
        return error_set(err, ERROR_LIMIT, "the ledger's path is too long: %.200s…", directory);
    return true;
}

static bool sync_directory(const char *directory, struct error *err)
{
    int file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;

    if (!ok) (void)error_set(err, ERROR_IO, "cannot sync %s: %s", directory, strerror(errno));
    if (file >= 0) (void)close(file);
    return ok;
}

/* Make the directory if need be and an empty file in it that was not there. */
static bool make_file(struct sqlite *sqlite, struct error *err)
{
    int file;

    if (mkdir(sqlite->directory, DIRECTORY_MODE) == 0)
        sqlite->has_made_directory = true;
    else if (errno != EEXIST)
        return error_set(err, ERROR_IO, "cannot make the directory %s: %s", sqlite->directory,
                         strerror(errno));
    file = open(sqlite->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    if (file < 0 && errno == EEXIST)
        return error_set(err, ERROR_CONFLICT,
                         "there is a ledger in %s already; choose another directory",
                         sqlite->directory);
    if (file < 0)
        return error_set(err, ERROR_IO, "cannot make %s: %s", sqlite->path, strerror(errno));
    (void)close(file);
    sqlite->is_provisional = true;
    return true;
}

static void remove_provisional(const struct sqlite *sqlite)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char path[SQLITE_PATH_SIZE_MAX + 16];

    for (size_t i = 0; sqlite->is_provisional && i < ARRAY_COUNT(suffixes); i++) {
        (void)snprintf(path, sizeof path, "%s%s", sqlite->path, suffixes[i]);
        (void)unlink(path);
    }
    if (sqlite->has_made_directory) (void)rmdir(sqlite->directory);
}

/* "file:" and the path with what a URI reserves escaped (RFC 3986 section 2). */
static void format_uri(const char *path, const char *query, char out[URI_SIZE_MAX])
{
    static const char digits[] = "0123456789abcdef";
    size_t size = 0;

    memcpy(out, "file:", 5);
    size = 5;
    for (const char *at = path; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;

        if (byte == '%' || byte == '?' || byte == '#' || byte < 0x21 || byte > 0x7e) {
            out[size++] = '%';
            out[size++] = digits[byte >> 4];
            out[size++] = digits[byte & 15];
        } else {
            out[size++] = *at;
        }
    }
    (void)snprintf(out + size, URI_SIZE_MAX - size, "?%s", query);
}

/* ---- Connections ----------------------------------------------------------------------------- */

static struct sqlite *sqlite_new(enum store_mode mode, struct error *err)
{
    struct sqlite *sqlite = calloc(1, sizeof *sqlite);

    if (sqlite == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to open a ledger; close other programs");
        return NULL;
    }
    sqlite->mode = mode;
    return sqlite;
}

/* Before the first connection SQLite is told not to count its memory: nobody asks, and each of the
   hundred allocations behind a row would take a lock for it. Later it refuses, which is as well. */
static bool connect(struct sqlite *sqlite, const char *name, int flags, struct error *err)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(name, &sqlite->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        if (sqlite->db == NULL) return error_set(err, ERROR_MEMORY, "no memory to open a ledger");
        return sqlite_fail(sqlite, N_("opening the ledger"), err);
    }
    (void)sqlite3_extended_result_codes(sqlite->db, 1);
    (void)sqlite3_busy_timeout(sqlite->db, SQLITE_READ_TIMEOUT_MS);
    return true;
}

/* What every connection has. recursive_triggers makes the guards see the deletions that a REPLACE
   implies; trusted_schema and DEFENSIVE keep a prepared file from running things of its own. */
static bool configure(struct sqlite *sqlite, struct error *err)
{
    if (!sqlite_run(sqlite,
                    "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
                    "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
                    "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;",
                    err))
        return false;
    if (sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK)
        return sqlite_fail(sqlite, N_("opening the ledger"), err);
    return sqlite_set_authorizer(sqlite, err);
}

static bool configure_writer(struct sqlite *sqlite, struct error *err)
{
    return sqlite_run(sqlite,
                      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA wal_autocheckpoint = 4000;",
                      err);
}

static bool check_header(struct sqlite *sqlite, struct error *err)
{
    int64_t application, version;

    if (!sqlite_query_integer(sqlite, "PRAGMA application_id", &application, err)) return false;
    if (application != SQLITE_APPLICATION_ID)
        return error_set(err, ERROR_STORE, "%s is not a ledger of this program", sqlite->path);
    if (!sqlite_query_integer(sqlite, "PRAGMA user_version", &version, err)) return false;
    if (version == 0)
        return error_set(err, ERROR_STORE,
                         "making the ledger in %s was broken off; remove that directory and make "
                         "the ledger again",
                         sqlite->directory);
    if (version > STORE_SCHEMA_VERSION)
        return error_set(err, ERROR_STORE,
                         "the ledger in %s was written by a newer version of this program (schema "
                         "%lld, here %d); use that version",
                         sqlite->directory, (long long)version, STORE_SCHEMA_VERSION);
    return true;
}

/* ---- The three modes ------------------------------------------------------------------------- */

static bool create(struct sqlite *sqlite, struct error *err)
{
    char sql[128];

    if (!make_file(sqlite, err)) return false;
    if (!connect(sqlite, sqlite->path, SQLITE_OPEN_READWRITE, err)) return false;
    (void)snprintf(sql, sizeof sql, "PRAGMA page_size = 8192; PRAGMA application_id = %d;",
                   SQLITE_APPLICATION_ID);
    if (!sqlite_run(sqlite, sql, err)) return false;
    if (!configure_writer(sqlite, err) || !configure(sqlite, err)) return false;
    return sync_directory(sqlite->directory, err);
}

static bool open_writer(struct sqlite *sqlite, struct error *err)
{
    /* SQLite would only say that it can't open a file, namely the WAL that it can't make. */
    if (access(sqlite->path, W_OK) != 0 || access(sqlite->directory, W_OK) != 0)
        return error_set(err, ERROR_IO,
                         "the ledger in %s can only be read here, not written: %s; work where its "
                         "disk and your rights allow writing",
                         sqlite->directory, strerror(errno));
    if (!connect(sqlite, sqlite->path, SQLITE_OPEN_READWRITE, err)) return false;
    if (!check_header(sqlite, err)) return false;
    return configure_writer(sqlite, err) && configure(sqlite, err);
}

/* A WAL file needs a shared-memory file beside it even to be read; media that refuse one are read
   as immutable, which is right only if everything is in the main file. */
static bool open_immutable(struct sqlite *sqlite, struct error *err)
{
    char wal[SQLITE_PATH_SIZE_MAX], uri[URI_SIZE_MAX];
    struct stat status;

    if (!make_path(sqlite->directory, "-wal", wal, err)) return false;
    if (stat(wal, &status) == 0 && status.st_size > 0)
        return error_set(err, ERROR_STORE,
                         "%s holds entries that were not yet moved into the ledger's file, and "
                         "this medium cannot be written; copy the directory to a disk and open it "
                         "there",
                         wal);
    format_uri(sqlite->path, "immutable=1", uri);
    if (!connect(sqlite, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err)) return false;
    return check_header(sqlite, err);
}

static bool open_reader(struct sqlite *sqlite, struct error *err)
{
    char uri[URI_SIZE_MAX];
    bool is_closed_medium;
    int code;

    format_uri(sqlite->path, "mode=ro", uri);
    if (!connect(sqlite, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err)) return false;
    if (!check_header(sqlite, err)) {
        code = sqlite3_errcode(sqlite->db) & 0xff;
        is_closed_medium = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
        if (!is_closed_medium) return false;
        (void)sqlite3_close(sqlite->db);
        sqlite->db = NULL;
        error_clear(err);
        if (!open_immutable(sqlite, err)) return false;
    }
    return configure(sqlite, err);
}

bool sqlite_open(const char *directory, enum store_mode mode, void **out, struct error *err)
{
    struct sqlite *sqlite = sqlite_new(mode, err);
    bool ok = false;

    if (sqlite == NULL) return false;
    if (!make_path(directory, "", sqlite->path, err)) goto out;
    memcpy(sqlite->directory, directory, strlen(directory) + 1);
    if (mode != STORE_CREATE && access(sqlite->path, F_OK) != 0) {
        (void)error_set(err, ERROR_NOT_FOUND, "there is no ledger in %s; name its directory",
                        directory);
        goto out;
    }
    sqlite->is_on_disk = true;
    if (mode == STORE_CREATE && !create(sqlite, err)) goto out;
    if (mode == STORE_WRITE && !open_writer(sqlite, err)) goto out;
    if (mode == STORE_READ && !open_reader(sqlite, err)) goto out;
    *out = sqlite;
    sqlite = NULL;
    ok = true;
out:
    sqlite_close(sqlite);
    return ok;
}

/* ---- Stores that nobody keeps ---------------------------------------------------------------- */

static bool open_passing(const char *name, void **out, struct error *err)
{
    struct sqlite *sqlite = sqlite_new(STORE_CREATE, err);
    bool ok = false;

    if (sqlite == NULL) return false;
    if (!connect(sqlite, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err)) goto out;
    /* Gone with the program in any case, so nothing is synced; a rollback is still whole. */
    if (!sqlite_run(sqlite,
                    "PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE;"
                    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;",
                    err))
        goto out;
    if (!configure(sqlite, err)) goto out;
    *out = sqlite;
    sqlite = NULL;
    ok = true;
out:
    sqlite_close(sqlite);
    return ok;
}

bool sqlite_open_memory(void **out, struct error *err)
{
    return open_passing(":memory:", out, err);
}

bool sqlite_open_temporary(const char *directory, void **out, struct error *err)
{
    char path[SQLITE_PATH_SIZE_MAX];
    int size = snprintf(path, sizeof path, "%s/mingzhang-XXXXXX", directory);
    int file;
    bool ok;

    if (size < 0 || (size_t)size >= sizeof path)
        return error_set(err, ERROR_LIMIT, "the path is too long: %.200s…", directory);
    file = mkstemp(path);
    if (file < 0)
        return error_set(err, ERROR_IO, "cannot make a temporary file in %s: %s", directory,
                         strerror(errno));
    (void)close(file);
    ok = open_passing(path, out, err);
    /* The connection keeps the file; without a name it goes even when the program is killed. */
    (void)unlink(path);
    return ok;
}

/* ---- The end --------------------------------------------------------------------------------- */

void sqlite_close(void *connection)
{
    struct sqlite *sqlite = connection;
    int64_t version = 0;
    struct error ignored = ERROR_INIT;

    if (sqlite == NULL) return;
    if (sqlite->db != NULL) {
        if (sqlite->is_provisional && sqlite->is_on_disk &&
            sqlite_query_integer(sqlite, "PRAGMA user_version", &version, &ignored) &&
            version > 0) {
            sqlite->is_provisional = false;
            sqlite->has_made_directory = false;
        }
        if (sqlite->is_on_disk && sqlite->mode != STORE_READ)
            (void)sqlite3_wal_checkpoint_v2(sqlite->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                            NULL);
        (void)sqlite3_close(sqlite->db);
    }
    remove_provisional(sqlite);
    free(sqlite);
}

/* ---- Backup ---------------------------------------------------------------------------------- */

static bool copy_pages(struct sqlite *from, struct sqlite *to, struct error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    int result;

    if (backup == NULL) return sqlite_fail(to, N_("copying the ledger"), err);
    /* All in one step: one view of the source, whoever else writes meanwhile. */
    result = sqlite3_backup_step(backup, -1);
    (void)sqlite3_backup_finish(backup);
    if (result != SQLITE_DONE) return sqlite_fail(to, N_("copying the ledger"), err);
    return true;
}

bool sqlite_backup(void *connection, const char *location, struct error *err)
{
    struct sqlite *from = connection;
    struct sqlite *to = sqlite_new(STORE_CREATE, err);
    int file = -1;
    bool ok = false;

    if (to == NULL) return false;
    if (!make_path(location, "", to->path, err)) goto out;
    memcpy(to->directory, location, strlen(location) + 1);
    if (!make_file(to, err)) goto out;
    if (!connect(to, to->path, SQLITE_OPEN_READWRITE, err)) goto out;
    if (!sqlite_run(to, "PRAGMA synchronous = FULL;", err)) goto out;
    if (!copy_pages(from, to, err)) goto out;
    if (sqlite3_close(to->db) != SQLITE_OK) {
        (void)sqlite_fail(to, N_("closing the copy"), err);
        goto out;
    }
    to->db = NULL;
    file = open(to->path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fsync(file) != 0) {
        (void)error_set(err, ERROR_IO, "cannot sync %s: %s", to->path, strerror(errno));
        goto out;
    }
    if (!sync_directory(location, err)) goto out;
    to->is_provisional = false;
    to->has_made_directory = false;
    ok = true;
out:
    if (file >= 0) (void)close(file);
    sqlite_close(to);
    return ok;
}
