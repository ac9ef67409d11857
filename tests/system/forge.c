/*
 * forge.c - the attacker of attacks.sh, who knows the format as well as its authors.
 *
 * After an entry was changed, removed or inserted by SQL, it makes the log look whole again with
 * base/ alone. It forges everything that needs no key, and what needs one with the key it is given.
 *
 *   system_forge hash LEDGER SEQ                  the stored hash of one entry
 *   system_forge chain LEDGER                     numbers, links, hashes, line roots, mentions
 *   system_forge root LEDGER SIZE                 print the root over the first SIZE entries
 *   system_forge log LEDGER LOG_KEY DIRECTORY     write checkpoint, tiles and entry bundles
 *   system_forge act LEDGER USER KEY PASSPHRASE_FILE KIND BODY       append an act of one
 *   system_forge propose LEDGER USER KEY PASSPHRASE_FILE ACT BODY    the first of two
 *   system_forge second LEDGER USER KEY PASSPHRASE_FILE              the second, of the last entry
 *   system_forge -Y sign -n git -f KEY FILE       as git's gpg.ssh.program, by a stolen PEM key
 *                                                 whose passphrase is in $FORGE_PASSPHRASE_FILE
 *
 * Prints nothing but what it is asked for; ends with 1 and a reason when it can't.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "base/encode.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/note.h"
#include "base/sign.h"
#include "base/sources.h"
#include "base/tree.h"

#define ENTRIES_MAX 4096
#define ENTRY_SIZE  65536
#define FILE_SIZE   1048576
#define PATH_LENGTH 1024
#define NONCE_SIZE  16
#define ORIGIN_SIZE 256
#define USER_SIZE   33
#define TIME_SIZE   32

struct entry {
    char *text;                 /* owned */
    char before[HASH_HEX_SIZE]; /* the leaf hash that was stored */
    hash_t leaf;
};

struct log {
    sqlite3 *database;
    struct entry entries[ENTRIES_MAX];
    size_t count;
    struct json_document *document;
};

static struct error failure; /* of the only thread there is */

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "system_forge: %s: %s\n", what, why);
    exit(1);
}

static void must(bool ok, const char *what)
{
    if (!ok) stop(what, failure.message);
}

static void must_sql(const struct log *log, bool ok)
{
    if (!ok) stop("sqlite", sqlite3_errmsg(log->database));
}

static void *must_have(void *memory)
{
    if (memory == NULL) stop("memory", "ran out");
    return memory;
}

/* ---- Files -------------------------------------------------------------------------------------
 */

static void read_file(const char *path, struct buffer *out)
{
    uint8_t chunk[4096];
    FILE *file = fopen(path, "rb");
    size_t size;

    if (file == NULL) stop(path, strerror(errno));
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        must(buffer_append(out, chunk, size, &failure), path);
    fclose(file);
}

static void write_file(const char *path, const struct buffer *bytes)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL) stop(path, strerror(errno));
    if (fwrite(bytes->data, 1, bytes->size, file) != bytes->size || fclose(file) != 0)
        stop(path, strerror(errno));
}

static struct sign_key *open_key(const char *path, const char *passphrase_path)
{
    struct buffer pem = BUFFER_INIT(FILE_SIZE);
    struct buffer passphrase = BUFFER_INIT(FILE_SIZE);
    struct sign_key *key = NULL;

    read_file(path, &pem);
    if (passphrase_path != NULL) read_file(passphrase_path, &passphrase);
    if (passphrase.size > 0 && passphrase.data[passphrase.size - 1] == '\n') {
        passphrase.data[--passphrase.size] = 0;
    }
    must(sign_key_from_pem(pem.data, pem.size, buffer_text(&passphrase), &key, &failure), path);
    buffer_done(&passphrase);
    buffer_done(&pem);
    return key;
}

/* ---- The log in memory -------------------------------------------------------------------------
 */

static void log_parse(struct log *log, size_t i)
{
    const char *text = log->entries[i].text;

    must(json_parse(log->document, (const uint8_t *)text, strlen(text), JSON_CANONICAL, &failure),
         "an entry");
}

static struct log *log_open(const char *directory)
{
    struct log *log = must_have(calloc(1, sizeof *log));
    sqlite3_stmt *row = NULL;
    char path[PATH_LENGTH];

    snprintf(path, sizeof path, "%s/ledger.sqlite", directory);
    must_sql(log, sqlite3_open_v2(path, &log->database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
    must_sql(log, sqlite3_prepare_v2(log->database, "SELECT hash, bytes FROM entry ORDER BY seq",
                                     -1, &row, NULL) == SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct entry *entry = &log->entries[log->count++];

        if (log->count == ENTRIES_MAX) stop(path, "more entries than this forger takes");
        hash_t hash;
        memcpy(hash.bytes, sqlite3_column_blob(row, 0), HASH_SIZE);
        hash_to_hex(&hash, entry->before);
        entry->text = must_have(strndup((const char *)sqlite3_column_blob(row, 1),
                                        (size_t)sqlite3_column_bytes(row, 1)));
        entry->leaf = hash_leaf((const uint8_t *)entry->text, strlen(entry->text));
    }
    sqlite3_finalize(row);
    log->document = must_have(json_document_new(&failure));
    return log;
}

static void log_close(struct log *log)
{
    for (size_t i = 0; i < log->count; i++)
        free(log->entries[i].text);
    json_document_free(log->document);
    sqlite3_close(log->database);
    free(log);
}

static void log_store(struct log *log, size_t i)
{
    const struct entry *entry = &log->entries[i];
    sqlite3_stmt *statement = NULL;

    must_sql(log, sqlite3_prepare_v2(log->database,
                                     "INSERT INTO entry (seq, hash, bytes) VALUES (?1, ?2, ?3) "
                                     "ON CONFLICT (seq) DO UPDATE SET hash = ?2, bytes = ?3",
                                     -1, &statement, NULL) == SQLITE_OK);
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)i);
    sqlite3_bind_blob(statement, 2, entry->leaf.bytes, HASH_SIZE, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 3, entry->text, (int)strlen(entry->text), SQLITE_STATIC);
    must_sql(log, sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_finalize(statement);
}

static hash_t log_root(const struct log *log, size_t size)
{
    struct tree_frontier tree = TREE_FRONTIER_INIT;

    for (size_t i = 0; i < size; i++)
        tree_frontier_add(&tree, &log->entries[i].leaf);
    return tree_frontier_root(&tree);
}

static void log_origin(struct log *log, char origin[ORIGIN_SIZE])
{
    log_parse(log, 0);
    must(json_get_string(log->document, json_member(log->document, 0, "body"), "origin", origin,
                         ORIGIN_SIZE, &failure),
         "the genesis");
}

static void hash_one(const char *directory, const char *seq)
{
    struct log *log = log_open(directory);
    size_t i = (size_t)strtoul(seq, NULL, 10);

    if (i >= log->count) stop(directory, "has fewer entries");
    log_store(log, i); /* its hash was made when it was read */
    log_close(log);
}

/* ---- chain -------------------------------------------------------------------------------------
 */

/* The value of a member becomes another text, wherever in the entry it stands. */
static void replace_value(struct log *log, size_t i, uint32_t object, const char *member,
                          const char *value)
{
    struct entry *entry = &log->entries[i];
    struct buffer text = BUFFER_INIT(2 * ENTRY_SIZE);
    size_t size, at;
    const uint8_t *source =
        json_source(log->document, json_member(log->document, object, member), &size);

    at = (size_t)(source - (const uint8_t *)entry->text);
    must(buffer_append(&text, (const uint8_t *)entry->text, at, &failure) &&
             buffer_append_text(&text, value, &failure) &&
             buffer_append_text(&text, entry->text + at + size, &failure),
         "an entry");
    free(entry->text);
    entry->text = must_have(strdup(buffer_text(&text)));
    buffer_done(&text);
    log_parse(log, i);
}

/* Where an entry names another by its leaf hash, it names what that one has become. */
static void follow_mentions(struct log *log, size_t i)
{
    char now[HASH_HEX_SIZE];

    for (size_t other = 0; other < i; other++) {
        char *at = strstr(log->entries[i].text, log->entries[other].before);

        hash_to_hex(&log->entries[other].leaf, now);
        for (; at != NULL; at = strstr(at + 1, log->entries[other].before))
            memcpy(at, now, HASH_HEX_SIZE - 1);
    }
}

static bool is_kind(const struct log *log, const char *kind)
{
    return json_string_equals(log->document, json_member(log->document, 0, "kind"), kind);
}

static bool is_row(const struct log *log)
{
    return is_kind(log, "voucher.line") || is_kind(log, "division.add") ||
           is_kind(log, "fund.add") || is_kind(log, "project.add") || is_kind(log, "contract.add");
}

static void chain(const char *directory)
{
    struct log *log = log_open(directory);
    struct tree_frontier rows = TREE_FRONTIER_INIT;
    char value[HASH_HEX_SIZE + 2];
    hash_t previous = HASH_ZERO, root, leaf;

    for (size_t i = 0; i < log->count; i++) {
        struct entry *entry = &log->entries[i];
        uint32_t body;
        size_t size;
        const uint8_t *source;

        follow_mentions(log, i);
        log_parse(log, i);
        snprintf(value, sizeof value, "%zu", i);
        replace_value(log, i, 0, "seq", value);
        value[0] = '"';
        hash_to_hex(&previous, value + 1);
        memcpy(value + HASH_HEX_SIZE, "\"", 2);
        replace_value(log, i, 0, "prev", value);
        body = json_member(log->document, 0, "body");
        if (is_row(log)) {
            source = json_source(log->document, body, &size);
            leaf = hash_leaf(source, size);
            tree_frontier_add(&rows, &leaf);
        } else if (json_member(log->document, body, "lines_root") != JSON_NONE) {
            root = tree_frontier_root(&rows);
            rows = (struct tree_frontier)TREE_FRONTIER_INIT;
            hash_to_hex(&root, value + 1);
            memcpy(value + HASH_HEX_SIZE, "\"", 2);
            replace_value(log, i, body, "lines_root", value);
        }
        entry->leaf = hash_leaf((const uint8_t *)entry->text, strlen(entry->text));
        previous = entry->leaf;
        log_store(log, i);
    }
    log_close(log);
}

/* ---- log ---------------------------------------------------------------------------------------
 */

static void make_directories(const char *path)
{
    char part[PATH_LENGTH];
    size_t size = strlen(path);

    memcpy(part, path, size + 1);
    for (size_t i = 1; i < size; i++) {
        if (path[i] != '/') continue;
        part[i] = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST) stop(part, strerror(errno));
        part[i] = '/';
    }
}

static void write_tile(const struct log *log, int level, const char *directory)
{
    struct buffer bytes = BUFFER_INIT(TILE_WIDTH * (size_t)ENTRY_SIZE);
    char name[TILE_PATH_SIZE], path[PATH_LENGTH];

    for (size_t i = 0; i < log->count; i++) {
        const struct entry *entry = &log->entries[i];
        size_t size = strlen(entry->text);
        uint8_t prefix[2] = {(uint8_t)(size >> 8), (uint8_t)size};

        if (level >= 0) {
            must(buffer_append(&bytes, entry->leaf.bytes, HASH_SIZE, &failure), "a tile");
            continue;
        }
        must(buffer_append(&bytes, prefix, sizeof prefix, &failure) &&
                 buffer_append_text(&bytes, entry->text, &failure),
             "a bundle");
    }
    tile_path(level, 0, (unsigned)log->count, name);
    snprintf(path, sizeof path, "%s/%s", directory, name);
    make_directories(path);
    write_file(path, &bytes);
    buffer_done(&bytes);
}

static void write_log(const char *ledger, const char *key_path, const char *directory)
{
    struct log *log = log_open(ledger);
    struct sign_key *key = open_key(key_path, NULL);
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX), line = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct checkpoint checkpoint = {.size = log->count, .root = log_root(log, log->count)};
    struct sign_public public;
    struct note_vkey vkey;
    char path[PATH_LENGTH];

    if (log->count > TILE_WIDTH) stop(ledger, "more entries than one tile holds");
    log_origin(log, checkpoint.origin);
    sign_key_public(key, &public);
    must(note_vkey_make(checkpoint.origin, NOTE_KEY_ED25519, &public, &vkey, &failure) &&
             checkpoint_format(&checkpoint, &note, &failure) &&
             note_sign(&vkey, key, buffer_text(&note), &line, &failure) &&
             buffer_append_text(&note, "\n", &failure) &&
             buffer_append(&note, line.data, line.size, &failure),
         "the checkpoint");
    snprintf(path, sizeof path, "%s/checkpoint", directory);
    write_file(path, &note);
    write_tile(log, 0, directory);
    write_tile(log, -1, directory);
    buffer_done(&note);
    buffer_done(&line);
    sign_key_free(key);
    log_close(log);
}

static void print_root(const char *ledger, const char *size_text)
{
    struct log *log = log_open(ledger);
    size_t size = (size_t)strtoul(size_text, NULL, 10);
    char hex[HASH_HEX_SIZE];
    hash_t root;

    if (size > log->count) stop(ledger, "has fewer entries");
    root = log_root(log, size);
    printf("%s\n", hash_to_hex(&root, hex));
    log_close(log);
}

/* ---- Acts --------------------------------------------------------------------------------------
 */

/* One thing is appended to the log by one person. */
struct act {
    struct log *log;
    const char *user;
    struct sign_key *key;
    char origin[ORIGIN_SIZE];
};

static void act_open(struct act *act, char **arguments)
{
    act->log = log_open(arguments[0]);
    act->user = arguments[1];
    act->key = open_key(arguments[2], arguments[3]);
    log_origin(act->log, act->origin);
}

static void act_close(struct act *act)
{
    sign_key_free(act->key);
    log_close(act->log);
}

static void canonical(struct act *act, struct buffer *text)
{
    struct buffer out = BUFFER_INIT(ENTRY_SIZE);

    must(json_parse(act->log->document, text->data, text->size, JSON_ANY, &failure) &&
             json_canonicalize(act->log->document, 0, &out, &failure),
         buffer_text(text));
    buffer_reset(text);
    must(buffer_append(text, out.data, out.size, &failure), "a body");
    buffer_done(&out);
}

static void draw_nonce(char nonce[2 * NONCE_SIZE + 1])
{
    struct random_source random = random_source_system();
    uint8_t bytes[NONCE_SIZE];

    must(random.fill(random.context, bytes, sizeof bytes, &failure), "chance");
    hex_encode(bytes, sizeof bytes, nonce);
}

/* The signature over {act, body_sha256, nonce, origin}, in base64. */
static void sign_act(struct act *act, const char *kind, const struct buffer *body,
                     const char *nonce, struct buffer *signature)
{
    struct buffer message = BUFFER_INIT(ENTRY_SIZE);
    hash_t hash = hash_sha256(body->data, body->size);
    uint8_t bytes[SIGN_SIGNATURE_SIZE];
    char hex[HASH_HEX_SIZE];

    must(buffer_append_format(
             &message, &failure,
             "{\"act\":\"%s\",\"body_sha256\":\"%s\",\"nonce\":\"%s\",\"origin\":\"%s\"}", kind,
             hash_to_hex(&hash, hex), nonce, act->origin) &&
             sign_message(act->key, message.data, message.size, bytes, &failure) &&
             base64_encode(bytes, sizeof bytes, signature, &failure),
         "a signature");
    buffer_done(&message);
}

static void append(struct act *act, const char *kind, const struct buffer *body)
{
    struct log *log = act->log;
    struct entry *last = &log->entries[log->count - 1], *entry = &log->entries[log->count];
    struct buffer text = BUFFER_INIT(ENTRY_SIZE);
    char time[TIME_SIZE], hex[HASH_HEX_SIZE];

    log_parse(log, log->count - 1);
    must(json_get_string(log->document, 0, "time", time, sizeof time, &failure), "the last entry");
    must(buffer_append_format(&text, &failure,
                              "{\"actor\":\"%s\",\"body\":%s,\"kind\":\"%s\",\"prev\":\"%s\","
                              "\"seq\":%zu,\"time\":\"%s\",\"v\":1}",
                              act->user, buffer_text(body), kind, hash_to_hex(&last->leaf, hex),
                              log->count, time),
         "an entry");
    entry->text = must_have(strdup(buffer_text(&text)));
    entry->leaf = hash_leaf(text.data, text.size);
    log->count++;
    log_store(log, log->count - 1);
    buffer_done(&text);
}

/* `given` is a JSON object; nonce, signature and signer are added to it. */
static void act_of_one(char **arguments, const char *kind, const char *given)
{
    struct buffer body = BUFFER_INIT(ENTRY_SIZE), signature = BUFFER_INIT(ENTRY_SIZE);
    char nonce[2 * NONCE_SIZE + 1];
    struct act act;

    act_open(&act, arguments);
    must(buffer_append_text(&body, given, &failure), given);
    canonical(&act, &body);
    draw_nonce(nonce);
    sign_act(&act, kind, &body, nonce, &signature);
    body.size--; /* the brace; there is always a member before it */
    must(buffer_append_format(&body, &failure,
                              ",\"nonce\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\"}", nonce,
                              buffer_text(&signature), act.user),
         given);
    canonical(&act, &body);
    append(&act, kind, &body);
    buffer_done(&body);
    buffer_done(&signature);
    act_close(&act);
}

static void propose(char **arguments, const char *name, const char *given)
{
    struct buffer body = BUFFER_INIT(ENTRY_SIZE), signature = BUFFER_INIT(ENTRY_SIZE);
    struct buffer whole = BUFFER_INIT(ENTRY_SIZE);
    char nonce[2 * NONCE_SIZE + 1];
    struct act act;

    act_open(&act, arguments);
    must(buffer_append_text(&body, given, &failure), given);
    canonical(&act, &body);
    draw_nonce(nonce);
    sign_act(&act, name, &body, nonce, &signature);
    must(buffer_append_format(&whole, &failure,
                              "{\"act\":\"%s\",\"body\":%s,\"nonce\":\"%s\",\"signature\":\"%s\","
                              "\"signer\":\"%s\"}",
                              name, buffer_text(&body), nonce, buffer_text(&signature), act.user),
         given);
    append(&act, "act.propose", &whole);
    buffer_done(&body);
    buffer_done(&signature);
    buffer_done(&whole);
    act_close(&act);
}

static void second(char **arguments)
{
    struct buffer inner = BUFFER_INIT(ENTRY_SIZE), signature = BUFFER_INIT(ENTRY_SIZE);
    struct buffer whole = BUFFER_INIT(ENTRY_SIZE);
    char name[64], nonce[2 * NONCE_SIZE + 1], hex[HASH_HEX_SIZE];
    const struct json_document *document;
    struct act act;
    uint32_t body;

    act_open(&act, arguments);
    document = act.log->document;
    log_parse(act.log, act.log->count - 1);
    body = json_member(document, 0, "body");
    must(json_get_string(document, body, "act", name, sizeof name, &failure) &&
             json_get_string(document, body, "nonce", nonce, sizeof nonce, &failure) &&
             json_canonicalize(document, json_member(document, body, "body"), &inner, &failure),
         "the last entry is no proposal");
    sign_act(&act, name, &inner, nonce, &signature);
    hash_to_hex(&act.log->entries[act.log->count - 1].leaf, hex);
    must(buffer_append_format(&whole, &failure,
                              "{\"proposal\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\"}", hex,
                              buffer_text(&signature), act.user),
         "a second");
    append(&act, "act.second", &whole);
    buffer_done(&inner);
    buffer_done(&signature);
    buffer_done(&whole);
    act_close(&act);
}

/* ---- As git's signing program ------------------------------------------------------------------
 */

static void sign_for_git(const char *key_path, const char *path)
{
    struct sign_key *key = open_key(key_path, getenv("FORGE_PASSPHRASE_FILE"));
    struct buffer data = BUFFER_INIT(FILE_SIZE), armour = BUFFER_INIT(FILE_SIZE);
    char out[PATH_LENGTH];

    read_file(path, &data);
    must(sign_ssh(key, "git", data.data, data.size, &armour, &failure) &&
             buffer_append_byte(&armour, '\n', &failure),
         path);
    snprintf(out, sizeof out, "%s.sig", path);
    write_file(out, &armour);
    buffer_done(&data);
    buffer_done(&armour);
    sign_key_free(key);
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

    if (argc == 3 && strcmp(command, "chain") == 0) {
        chain(argv[2]);
    } else if (argc == 4 && strcmp(command, "hash") == 0) {
        hash_one(argv[2], argv[3]);
    } else if (argc == 4 && strcmp(command, "root") == 0) {
        print_root(argv[2], argv[3]);
    } else if (argc == 5 && strcmp(command, "log") == 0) {
        write_log(argv[2], argv[3], argv[4]);
    } else if (argc == 8 && strcmp(command, "act") == 0) {
        act_of_one(argv + 2, argv[6], argv[7]);
    } else if (argc == 8 && strcmp(command, "propose") == 0) {
        propose(argv + 2, argv[6], argv[7]);
    } else if (argc == 6 && strcmp(command, "second") == 0) {
        second(argv + 2);
    } else if (argc >= 8 && strcmp(command, "-Y") == 0) {
        sign_for_git(argv[6], argv[argc - 1]);
    } else {
        stop("usage", "the first lines of tests/system/forge.c tell");
    }
    return 0;
}
