/*
 * limits.c - the physical limits beside which bench.c sets our own figures.
 *
 * Nothing of ledger/ is used: SQLite is called as any program would call it. Writing:
 * limit_write.c.
 */
#include "bench/limits.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <csv.h>
#include <libxml/xmlreader.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <zip.h>

#include "base/tree.h"

#define ED25519_SIGNATURE_BYTES 64
#define MESSAGE_BYTES_MAX       4096
#define SCAN_THREADS_MAX        64
#define CHUNK_SIZE              65536
#define SUBTREE_LEVEL           12 /* a scanning thread takes 2^12 leaves at a time */
#define SUBTREE_LEAVES          (UINT64_C(1) << SUBTREE_LEVEL)

static double now_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool open_database(const char *path, int flags, sqlite3 **out, struct error *err)
{
    if (sqlite3_open_v2(path, out, flags, NULL) != SQLITE_OK)
        return error_set(err, ERROR_STORE, "%s can't be opened: %s", path, sqlite3_errmsg(*out));
    return true;
}

static bool prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err)
{
    if (sqlite3_prepare_v2(db, sql, -1, out, NULL) != SQLITE_OK)
        return error_set(err, ERROR_STORE, "%s: %s", sql, sqlite3_errmsg(db));
    return true;
}

/* ---- Signing ------------------------------------------------------------------------------------
 */

static bool sign_once(EVP_PKEY *key, EVP_MD_CTX *context, const uint8_t *message, size_t size)
{
    uint8_t signature[ED25519_SIGNATURE_BYTES];
    size_t signature_size = sizeof signature;

    EVP_MD_CTX_reset(context);
    if (EVP_DigestSignInit(context, NULL, NULL, NULL, key) != 1 ||
        EVP_DigestSign(context, signature, &signature_size, message, size) != 1)
        return false;
    EVP_MD_CTX_reset(context);
    return EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
           EVP_DigestVerify(context, signature, signature_size, message, size) == 1;
}

bool limit_sign(uint64_t count, size_t message_size, struct limit_result *out, struct error *err)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t message[MESSAGE_BYTES_MAX] = {0};
    double started = now_seconds();
    bool ok = key != NULL && context != NULL;

    assert(message_size <= sizeof message);
    for (uint64_t i = 0; ok && i < count; i++) {
        memcpy(message, &i, sizeof i);
        ok = sign_once(key, context, message, message_size);
    }
    if (ok)
        *out = (struct limit_result){count, count, now_seconds() - started, HASH_ZERO};
    else
        error_set(err, ERROR_IO, "no signature could be made");
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return ok;
}

/* ---- Scanning -----------------------------------------------------------------------------------
 */

struct scan {
    const char *path;
    uint64_t size;
    uint64_t subtree_count;
    hash_t *subtree_roots; /* of full subtrees and of the last, partial one */
    hash_t *first_prevs;   /* `prev` of each subtree's first entry */
    hash_t *last_leaves;
    pthread_mutex_t lock;
    uint64_t next_subtree;
    bool failed;
};

/* The `prev` of an entry: the only member whose value is 64 hex digits before "seq". */
static bool read_prev(const uint8_t *bytes, size_t size, hash_t *out)
{
    static const char name[] = "\"prev\":\"";
    struct error ignored = ERROR_INIT;
    char hex[HASH_HEX_SIZE];
    size_t at = size;

    while (at > 0) {
        at--;
        if (bytes[at] != '"' || size - at < sizeof name - 1 + HASH_HEX_SIZE) continue;
        if (memcmp(bytes + at, name, sizeof name - 1) != 0) continue;
        memcpy(hex, bytes + at + sizeof name - 1, HASH_HEX_SIZE - 1);
        hex[HASH_HEX_SIZE - 1] = '\0';
        return hash_from_hex(hex, out, &ignored);
    }
    return false;
}

static bool scan_subtree(struct scan *scan, sqlite3_stmt *rows, uint64_t subtree)
{
    struct tree_frontier frontier = TREE_FRONTIER_INIT;
    uint64_t first = subtree * SUBTREE_LEAVES;
    hash_t leaf = HASH_ZERO, prev;

    sqlite3_bind_int64(rows, 1, (sqlite3_int64)first);
    sqlite3_bind_int64(rows, 2, (sqlite3_int64)(first + SUBTREE_LEAVES));
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const uint8_t *bytes = sqlite3_column_blob(rows, 0);
        size_t size = (size_t)sqlite3_column_bytes(rows, 0);

        if (!read_prev(bytes, size, &prev)) return false;
        if (frontier.size == 0)
            scan->first_prevs[subtree] = prev;
        else if (!hash_equal(&prev, &leaf))
            return false;
        leaf = hash_leaf(bytes, size);
        tree_frontier_add(&frontier, &leaf);
    }
    sqlite3_reset(rows);
    scan->last_leaves[subtree] = leaf;
    scan->subtree_roots[subtree] = tree_frontier_root(&frontier);
    return frontier.size > 0;
}

static void *scan_worker(void *context)
{
    struct scan *scan = context;
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    bool ok =
        open_database(scan->path, SQLITE_OPEN_READONLY, &db, &err) &&
        prepare(db, "SELECT bytes FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq", &rows, &err);

    while (ok) {
        uint64_t subtree;

        pthread_mutex_lock(&scan->lock);
        subtree = scan->next_subtree++;
        pthread_mutex_unlock(&scan->lock);
        if (subtree >= scan->subtree_count) break;
        ok = scan_subtree(scan, rows, subtree);
    }
    if (!ok) {
        pthread_mutex_lock(&scan->lock);
        scan->failed = true;
        pthread_mutex_unlock(&scan->lock);
    }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return NULL;
}

static bool count_entries(const char *path, uint64_t *out, struct error *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *count = NULL;
    bool ok = open_database(path, SQLITE_OPEN_READONLY, &db, err) &&
              prepare(db, "SELECT coalesce(max(seq) + 1, 0) FROM entry", &count, err);

    if (ok && sqlite3_step(count) == SQLITE_ROW) *out = (uint64_t)sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    sqlite3_close(db);
    return ok;
}

/* The root over subtree roots: full subtrees are all of one height, the last stands to the right.
 */
static hash_t join_subtrees(const hash_t *roots, uint64_t count)
{
    uint64_t left = 1;
    hash_t a, b;

    if (count == 1) return roots[0];
    while (left * 2 < count)
        left *= 2;
    a = join_subtrees(roots, left);
    b = join_subtrees(roots + left, count - left);
    return hash_node(&a, &b);
}

static bool scan_run(struct scan *scan, unsigned threads, struct error *err)
{
    pthread_t workers[SCAN_THREADS_MAX];
    unsigned started = 0;

    while (started < threads && started < SCAN_THREADS_MAX &&
           pthread_create(&workers[started], NULL, scan_worker, scan) == 0)
        started++;
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    if (started == 0) return error_set(err, ERROR_MEMORY, "no thread could be started");
    for (uint64_t i = 1; i < scan->subtree_count; i++)
        if (!hash_equal(&scan->first_prevs[i], &scan->last_leaves[i - 1])) scan->failed = true;
    if (scan->failed) return error_set(err, ERROR_VERIFY, "the scan found a broken chain");
    return true;
}

bool limit_scan(const char *source, unsigned threads, struct limit_result *out, struct error *err)
{
    struct scan scan = {.path = source, .lock = PTHREAD_MUTEX_INITIALIZER};
    double started = now_seconds();
    bool ok = false;

    if (!count_entries(source, &scan.size, err)) return false;
    assert(scan.size > 0);
    scan.subtree_count = (scan.size + SUBTREE_LEAVES - 1) / SUBTREE_LEAVES;
    scan.subtree_roots = calloc(scan.subtree_count, sizeof(hash_t));
    scan.first_prevs = calloc(scan.subtree_count, sizeof(hash_t));
    scan.last_leaves = calloc(scan.subtree_count, sizeof(hash_t));
    if (scan.subtree_roots == NULL || scan.first_prevs == NULL || scan.last_leaves == NULL) {
        error_set(err, ERROR_MEMORY, "no memory for the scan");
        goto out;
    }
    if (!scan_run(&scan, threads, err)) goto out;
    *out = (struct limit_result){scan.size, scan.size, now_seconds() - started,
                                 join_subtrees(scan.subtree_roots, scan.subtree_count)};
    ok = true;
out:
    free(scan.subtree_roots);
    free(scan.first_prevs);
    free(scan.last_leaves);
    return ok;
}

/* ---- Walking ------------------------------------------------------------------------------------
 */

static int walk_read(void *packed, char *out, int size)
{
    return (int)zip_fread(packed, out, (zip_uint64_t)size);
}

bool limit_walk(const char *path, const char *part, struct limit_result *out, struct error *err)
{
    struct limit_result result = {0, 0, 0.0, HASH_ZERO};
    double started = now_seconds();
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_file_t *packed = zip != NULL ? zip_fopen(zip, part, 0) : NULL;
    xmlTextReaderPtr reader =
        packed != NULL ? xmlReaderForIO(walk_read, NULL, packed, NULL, NULL, 0) : NULL;
    int state = -1;

    while (reader != NULL && (state = xmlTextReaderRead(reader)) == 1)
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT) result.rows++;
    result.seconds = now_seconds() - started;
    xmlFreeTextReader(reader);
    if (packed != NULL) zip_fclose(packed);
    if (zip != NULL) zip_discard(zip);
    if (state != 0) return error_set(err, ERROR_IO, "%s of %s can't be walked", part, path);
    *out = result;
    return true;
}

/* ---- Cells of a CSV file --------------------------------------------------------------------- */

static void count_cell(void *text, size_t size, void *context)
{
    struct limit_result *result = context;

    (void)text, (void)size;
    result->entries++;
}

static void count_line(int character, void *context)
{
    struct limit_result *result = context;

    (void)character;
    result->rows++;
}

/* Read, convert and part; what is left of a character at a piece's end begins the next piece. */
static bool part_cells(FILE *file, iconv_t converter, struct csv_parser *parser,
                       struct limit_result *result)
{
    char in[CHUNK_SIZE], out[2 * CHUNK_SIZE];
    size_t left = 0;
    size_t got;

    while ((got = fread(in + left, 1, sizeof in - left, file)) > 0) {
        char *from = in, *to = out;
        size_t room = sizeof out;

        left += got;
        if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 && errno != EINVAL) {
            return false;
        }
        memmove(in, from, left);
        if (csv_parse(parser, out, sizeof out - room, count_cell, count_line, result) !=
            sizeof out - room) {
            return false;
        }
    }
    return left == 0 && csv_fini(parser, count_cell, count_line, result) == 0;
}

bool limit_cells(const char *path, const char *encoding, struct limit_result *out,
                 struct error *err)
{
    struct limit_result result = {0, 0, 0.0, HASH_ZERO};
    double started = now_seconds();
    FILE *file = fopen(path, "rb");
    iconv_t converter = iconv_open("UTF-8", encoding);
    struct csv_parser parser;
    bool ok = false;

    if (csv_init(&parser, CSV_APPEND_NULL) != 0) return error_set(err, ERROR_MEMORY, "no memory");
    if (file != NULL && converter != (iconv_t)-1) {
        ok = part_cells(file, converter, &parser, &result);
    }
    result.seconds = now_seconds() - started;
    csv_free(&parser);
    if (converter != (iconv_t)-1) iconv_close(converter);
    if (file != NULL) fclose(file);
    if (!ok) return error_set(err, ERROR_IO, "%s can't be parted", path);
    *out = result;
    return true;
}
