/*
 * signer.c - the machine's keys and its memory of what it signed last (DESIGN section 2.5).
 *
 *     <directory>/          0700
 *       log.pem             Ed25519, signs checkpoints
 *       xml-01.pem, .crt    ECDSA P-256, signs documents; in use is the highest number that the
 *                           journal has entered and not revoked
 *       state               size and root of the last checkpoint signed
 *
 * 1. No checkpoint is signed that doesn't extend both the last one signed and the one published.
 * 2. The new state is on the disk before the signature leaves this file. A crash between the two
 *    leaves a state that the next checkpoint extends all the same.
 * 3. Without a readable state nothing is signed. Only signer_recover(), after an act of two people,
 *    makes one again; each such act serves once.
 * 4. The keys are in clear: docs/decisions/0001-signer-keys.md says why.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "base/encode.h"
#include "ledger/journal/internal.h"

#define PATH_SIZE_MAX    4096
#define FILE_SIZE_MAX    65536
#define STATE_SIZE_MAX   1024
#define DIRECTORY_MODE   0700
#define CERTIFICATES_MAX 99
#define SEED_SIZE        32

#define STATE_FORMAT                                                                               \
    "mingzhang signer state\norigin %s\nsize %" PRIu64 "\nroot %s\nrecovered %" PRIu64 "\n"

struct signer {
    char directory[PATH_SIZE_MAX];
    char origin[ORIGIN_SIZE_MAX];
    struct sign_key *log_key;
    struct note_vkey vkey;
    struct buffer xml_key_pem;
    struct buffer certificate_pem;
    struct buffer certificate_der;
};

struct signer_state {
    uint64_t size;      /* of the last checkpoint signed; 0 before the first */
    hash_t root;        /* its root; of the empty tree before the first */
    uint64_t recovered; /* the last signer.recover that was used, 0 for none */
};

/* ---- Files ----------------------------------------------------------------------------------- */

static bool make_path(const struct signer *signer, const char *name, char out[PATH_SIZE_MAX],
                      struct error *err)
{
    int size = snprintf(out, PATH_SIZE_MAX, "%s/%s", signer->directory, name);

    return (size >= 0 && size < PATH_SIZE_MAX) ||
           error_set(err, ERROR_LIMIT, "the signer's path is too long: %.200s…", signer->directory);
}

static bool read_file(const struct signer *signer, const char *name, struct buffer *out,
                      struct error *err)
{
    char path[PATH_SIZE_MAX];

    return make_path(signer, name, path, err) && secret_file_read(path, out, err);
}

static bool create_file(const struct signer *signer, const char *name, const struct buffer *data,
                        struct error *err)
{
    char path[PATH_SIZE_MAX];

    return make_path(signer, name, path, err) &&
           secret_file_create(path, data->data, data->size, err);
}

static void remove_files(const struct signer *signer)
{
    static const char *const names[] = {"log.pem", "xml-01.pem", "xml-01.crt", "state"};
    struct error ignored = ERROR_INIT;
    char path[PATH_SIZE_MAX];

    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        if (make_path(signer, names[i], path, &ignored)) (void)unlink(path);
    (void)rmdir(signer->directory);
}

/* The directory must be new; those above it are made as needed. */
static bool make_directory(const char *path, struct error *err)
{
    char part[PATH_SIZE_MAX];
    size_t size = strlen(path);

    memcpy(part, path, size + 1);
    for (size_t i = 1; i < size; i++) {
        if (path[i] != '/') continue;
        part[i] = '\0';
        if (mkdir(part, DIRECTORY_MODE) != 0 && errno != EEXIST)
            return error_set(err, ERROR_IO, "cannot make %s: %s", part, strerror(errno));
        part[i] = '/';
    }
    if (mkdir(path, DIRECTORY_MODE) == 0) return true;
    if (errno == EEXIST)
        return error_set(err, ERROR_CONFLICT,
                         "there is a signer in %s already; its keys and state are never "
                         "overwritten",
                         path);
    return error_set(err, ERROR_IO, "cannot make %s: %s", path, strerror(errno));
}

/* ---- State ----------------------------------------------------------------------------------- */

static int format_state(const struct signer *signer, const struct signer_state *state,
                        char out[STATE_SIZE_MAX])
{
    char root[HASH_HEX_SIZE];
    int size = snprintf(out, STATE_SIZE_MAX, STATE_FORMAT, signer->origin, state->size,
                        hash_to_hex(&state->root, root), state->recovered);

    assert(size > 0 && size < STATE_SIZE_MAX);
    return size;
}

static bool write_state(const struct signer *signer, const struct signer_state *state,
                        struct error *err)
{
    char path[PATH_SIZE_MAX], text[STATE_SIZE_MAX];
    int size = format_state(signer, state, text);

    return make_path(signer, "state", path, err) &&
           secret_file_replace(path, (const uint8_t *)text, (size_t)size, err);
}

/* Copy the word behind `name` at the start of a line; moves to the next line. */
static bool take_word(const char **at, const char *name, char *out, size_t out_size)
{
    size_t name_size = strlen(name), size;

    if (strncmp(*at, name, name_size) != 0) return false;
    *at += name_size;
    size = strcspn(*at, "\n");
    if (size >= out_size || (*at)[size] != '\n') return false;
    memcpy(out, *at, size);
    out[size] = '\0';
    *at += size + 1;
    return true;
}

static bool take_number(const char **at, const char *name, uint64_t *out)
{
    char digits[24];
    uint64_t value = 0;

    if (!take_word(at, name, digits, sizeof digits)) return false;
    for (const char *digit = digits; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9' || value > UINT64_MAX / 10 - 1) return false;
        value = value * 10 + (uint64_t)(*digit - '0');
    }
    *out = value;
    return true;
}

/* What reads as a state counts only if writing it gives the same bytes. */
static bool parse_state(const struct signer *signer, const char *text, struct signer_state *out)
{
    char title[32], origin[ORIGIN_SIZE_MAX], root[HASH_HEX_SIZE], again[STATE_SIZE_MAX];
    struct error ignored = ERROR_INIT;
    struct signer_state state;
    const char *at = text;

    if (!take_word(&at, "mingzhang ", title, sizeof title) ||
        !take_word(&at, "origin ", origin, sizeof origin) ||
        !take_number(&at, "size ", &state.size) || !take_word(&at, "root ", root, sizeof root) ||
        !take_number(&at, "recovered ", &state.recovered) ||
        !hash_from_hex(root, &state.root, &ignored))
        return false;
    (void)format_state(signer, &state, again);
    if (strcmp(again, text) != 0) return false;
    *out = state;
    return true;
}

static bool read_state(const struct signer *signer, struct signer_state *out, struct error *err)
{
    struct buffer text = BUFFER_INIT(STATE_SIZE_MAX);
    struct error reason = ERROR_INIT;
    bool ok = read_file(signer, "state", &text, &reason);

    if (!ok)
        (void)error_set(err, ERROR_VERIFY,
                        "the signer doesn't know what it signed last and signs nothing: %s; start "
                        "it again from what was published (signer recover)",
                        reason.message);
    else if (!parse_state(signer, buffer_text(&text), out))
        ok = error_set(err, ERROR_VERIFY,
                       "the signer's state in %s is damaged or of another ledger, and it signs "
                       "nothing; start it again from what was published (signer recover)",
                       signer->directory);
    buffer_done(&text);
    return ok;
}

/* ---- Making and opening ---------------------------------------------------------------------- */

static struct signer *signer_new(const char *directory, const char *origin, struct error *err)
{
    struct signer *signer;

    if (strlen(directory) >= PATH_SIZE_MAX || strlen(origin) >= ORIGIN_SIZE_MAX) {
        (void)error_set(err, ERROR_LIMIT, "the signer's path or origin is too long: %.200s…",
                        directory);
        return NULL;
    }
    signer = calloc(1, sizeof *signer);
    if (signer == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for the signer; close other programs");
        return NULL;
    }
    memcpy(signer->directory, directory, strlen(directory) + 1);
    memcpy(signer->origin, origin, strlen(origin) + 1);
    signer->xml_key_pem = (struct buffer)BUFFER_INIT(FILE_SIZE_MAX);
    signer->certificate_pem = (struct buffer)BUFFER_INIT(FILE_SIZE_MAX);
    signer->certificate_der = (struct buffer)BUFFER_INIT(FILE_SIZE_MAX);
    return signer;
}

void signer_close(struct signer *signer)
{
    if (signer == NULL) return;
    sign_key_free(signer->log_key);
    buffer_wipe(&signer->xml_key_pem);
    buffer_done(&signer->xml_key_pem);
    buffer_done(&signer->certificate_pem);
    buffer_done(&signer->certificate_der);
    free(signer);
}

static bool make_vkey(struct signer *signer, struct error *err)
{
    struct sign_public key;

    sign_key_public(signer->log_key, &key);
    return note_vkey_make(signer->origin, NOTE_KEY_ED25519, &key, &signer->vkey, err);
}

static bool create_keys(struct signer *signer, const struct random_source *random,
                        struct error *err)
{
    struct buffer log_pem = BUFFER_INIT(FILE_SIZE_MAX);
    uint8_t seed[SEED_SIZE];
    bool ok = false;

    if (!random->fill(random->context, seed, sizeof seed, err)) goto out;
    if (!sign_key_from_seed(seed, &signer->log_key, err)) goto out;
    if (!make_vkey(signer, err)) goto out;
    if (!sign_key_to_pem(signer->log_key, "", &log_pem, err)) goto out;
    if (!certificate_make(signer->origin, random, &signer->xml_key_pem, &signer->certificate_pem,
                          &signer->certificate_der, err))
        goto out;
    ok = create_file(signer, "log.pem", &log_pem, err) &&
         create_file(signer, "xml-01.pem", &signer->xml_key_pem, err) &&
         create_file(signer, "xml-01.crt", &signer->certificate_pem, err);
out:
    OPENSSL_cleanse(seed, sizeof seed);
    buffer_wipe(&log_pem);
    buffer_done(&log_pem);
    return ok;
}

bool signer_create(const char *directory, const char *origin, const struct random_source *random,
                   struct signer **out, struct error *err)
{
    struct signer *signer = signer_new(directory, origin, err);
    struct signer_state state = {.size = 0, .root = hash_sha256(NULL, 0)};
    bool has_directory = false;
    bool ok = false;

    if (signer == NULL) goto out;
    if (!make_directory(directory, err)) goto out;
    has_directory = true;
    if (!create_keys(signer, random, err)) goto out;
    /* The state comes last: a signer broken off before has none, and signs nothing. */
    if (!write_state(signer, &state, err)) goto out;
    *out = signer;
    signer = NULL;
    ok = true;
out:
    if (!ok && has_directory) remove_files(signer);
    signer_close(signer);
    return ok;
}

static bool open_log_key(struct signer *signer, struct error *err)
{
    struct buffer pem = BUFFER_INIT(FILE_SIZE_MAX);
    bool ok = read_file(signer, "log.pem", &pem, err) &&
              sign_key_from_pem(pem.data, pem.size, "", &signer->log_key, err) &&
              make_vkey(signer, err);

    buffer_wipe(&pem);
    buffer_done(&pem);
    return ok;
}

/* Hold the signer for this program; *lock_out is to be closed. */
static bool take_lock(const struct signer *signer, int *lock_out, struct error *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char path[PATH_SIZE_MAX];
    int file;

    if (!make_path(signer, "log.pem", path, err)) return false;
    file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return error_set(err, ERROR_IO, "cannot open %s: %s", path, strerror(errno));
    if (fcntl(file, F_SETLK, &lock) != 0) {
        (void)close(file);
        return error_set(err, ERROR_BUSY,
                         "another program is signing with %s; repeat when it is "
                         "done",
                         signer->directory);
    }
    *lock_out = file;
    return true;
}

/* ---- Certificates ---------------------------------------------------------------------------- */

static bool has_certificate(const struct signer *signer, int number)
{
    struct error ignored = ERROR_INIT;
    char name[32], path[PATH_SIZE_MAX];

    (void)snprintf(name, sizeof name, "xml-%02d.crt", number);
    return make_path(signer, name, path, &ignored) && access(path, F_OK) == 0;
}

/* The highest number that has a certificate; 0 when none has. */
static int newest_certificate(const struct signer *signer)
{
    int number = CERTIFICATES_MAX;

    while (number > 0 && !has_certificate(signer, number))
        number--;
    return number;
}

static bool load_certificate(struct signer *signer, int number, struct error *err)
{
    char name[32];

    buffer_reset(&signer->certificate_pem);
    buffer_reset(&signer->certificate_der);
    buffer_wipe(&signer->xml_key_pem);
    buffer_reset(&signer->xml_key_pem);
    (void)snprintf(name, sizeof name, "xml-%02d.crt", number);
    if (!read_file(signer, name, &signer->certificate_pem, err)) return false;
    (void)snprintf(name, sizeof name, "xml-%02d.pem", number);
    return read_file(signer, name, &signer->xml_key_pem, err) &&
           certificate_pem_to_der(signer->certificate_pem.data, signer->certificate_pem.size,
                                  &signer->certificate_der, err);
}

struct certificate_search {
    const struct buffer *der;
    bool is_entered, is_revoked;
};

static bool find_certificate(void *context, const uint8_t *der, size_t size, bool is_revoked,
                             struct error *err)
{
    struct certificate_search *search = context;

    (void)err;
    if (size != search->der->size || memcmp(der, search->der->data, size) != 0) return true;
    search->is_entered = true;
    search->is_revoked = is_revoked;
    return true;
}

/* What the journal says of the certificate that is loaded. */
static bool ask_journal(const struct signer *signer, struct journal *journal,
                        struct certificate_search *out, struct error *err)
{
    *out = (struct certificate_search){.der = &signer->certificate_der};
    return journal_walk_certificates(journal, find_certificate, out, err);
}

bool signer_choose_certificate(struct signer *signer, struct journal *journal, struct error *err)
{
    struct certificate_search search;

    for (int number = newest_certificate(signer); number > 0; number--) {
        if (!has_certificate(signer, number)) continue;
        if (!load_certificate(signer, number, err) || !ask_journal(signer, journal, &search, err))
            return false;
        if (search.is_entered && !search.is_revoked) return true;
    }
    return error_set(err, ERROR_KEY,
                     "the ledger knows no certificate of this signer, or they were revoked; two "
                     "administrators enter a new one: mingzhang certificate new");
}

static bool make_certificate(struct signer *signer, const struct random_source *random, int number,
                             struct error *err)
{
    char name[32], path[PATH_SIZE_MAX];

    buffer_reset(&signer->certificate_pem);
    buffer_reset(&signer->certificate_der);
    buffer_wipe(&signer->xml_key_pem);
    buffer_reset(&signer->xml_key_pem);
    if (!certificate_make(signer->origin, random, &signer->xml_key_pem, &signer->certificate_pem,
                          &signer->certificate_der, err))
        return false;
    /* A key without a certificate is of a run that was broken off, and nobody ever saw it. */
    (void)snprintf(name, sizeof name, "xml-%02d.pem", number);
    if (!make_path(signer, name, path, err)) return false;
    if (unlink(path) != 0 && errno != ENOENT)
        return error_set(err, ERROR_IO, "cannot remove %s: %s", path, strerror(errno));
    if (!create_file(signer, name, &signer->xml_key_pem, err)) return false;
    (void)snprintf(name, sizeof name, "xml-%02d.crt", number);
    return create_file(signer, name, &signer->certificate_pem, err);
}

bool signer_new_certificate(struct signer *signer, struct journal *journal, struct error *err)
{
    struct certificate_search search = {.is_entered = true};
    int number, lock = -1;
    bool ok = false;

    if (!take_lock(signer, &lock, err)) goto out;
    number = newest_certificate(signer);
    if (number > 0 &&
        (!load_certificate(signer, number, err) || !ask_journal(signer, journal, &search, err)))
        goto out;
    if (search.is_entered && number == CERTIFICATES_MAX) {
        (void)error_set(err, ERROR_LIMIT, "a signer has at most %d certificates", CERTIFICATES_MAX);
        goto out;
    }
    ok = !search.is_entered || make_certificate(signer, &journal->random, number + 1, err);
out:
    if (lock >= 0) (void)close(lock);
    return ok;
}

bool signer_open(const char *directory, const char *origin, struct signer **out, struct error *err)
{
    struct signer *signer = signer_new(directory, origin, err);
    int newest;
    bool ok = false;

    if (signer == NULL) goto out;
    if (!open_log_key(signer, err)) goto out;
    newest = newest_certificate(signer);
    /* Without any it signs checkpoints all the same, and can make one. */
    if (newest > 0 && !load_certificate(signer, newest, err)) goto out;
    *out = signer;
    signer = NULL;
    ok = true;
out:
    signer_close(signer);
    return ok;
}

const struct note_vkey *signer_log_key(const struct signer *signer)
{
    return &signer->vkey;
}

static const uint8_t *lend(const struct buffer *buffer, size_t *size)
{
    *size = buffer->size;
    return buffer->data;
}

const uint8_t *signer_certificate_der(const struct signer *signer, size_t *size)
{
    return lend(&signer->certificate_der, size);
}

const uint8_t *signer_certificate_pem(const struct signer *signer, size_t *size)
{
    return lend(&signer->certificate_pem, size);
}

const uint8_t *signer_xml_key_pem(const struct signer *signer, size_t *size)
{
    return lend(&signer->xml_key_pem, size);
}

/* ---- One signature at a time ----------------------------------------------------------------- */

static bool check_journal(const struct signer *signer, struct journal *journal, struct error *err)
{
    struct note_vkey vkey;

    if (!journal_refresh(journal, err) || !journal_log_key(journal, &vkey, err)) return false;
    return (strcmp(vkey.name, signer->vkey.name) == 0 &&
            sign_public_equal(&vkey.key, &signer->vkey.key)) ||
           error_set(err, ERROR_KEY,
                     "the signer in %s is not the one of this ledger: its log key is another",
                     signer->directory);
}

/* Does the journal extend a tree of this size and root? */
static bool check_extends(struct journal *journal, uint64_t size, const hash_t *root,
                          const char *what, struct error *err)
{
    hash_t found;

    if (size > journal_size(journal))
        return error_set(err, ERROR_VERIFY,
                         "%s has %" PRIu64 " entries, this ledger only %" PRIu64 "; it was cut or "
                         "is an old copy: nothing is signed",
                         what, size, journal_size(journal));
    if (!journal_root(journal, size, &found, err)) return false;
    return hash_equal(&found, root) ||
           error_set(err, ERROR_VERIFY,
                     "the first %" PRIu64 " entries of this ledger are not those of %s; they were "
                     "changed: nothing is signed",
                     size, what);
}

static bool check_published(const struct signer *signer, struct journal *journal,
                            const uint8_t *note, size_t size, struct error *err)
{
    struct checkpoint published;

    if (note == NULL) return true;
    return checkpoint_open(note, size, &signer->vkey, &published, err) &&
           check_extends(journal, published.size, &published.root, "the published checkpoint", err);
}

static bool write_note(const struct signer *signer, const struct signer_state *state,
                       struct buffer *note, struct error *err)
{
    struct checkpoint checkpoint = {.size = state->size, .root = state->root};
    struct buffer line = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    bool ok = false;

    memcpy(checkpoint.origin, signer->origin, strlen(signer->origin) + 1);
    if (!checkpoint_format(&checkpoint, note, err)) goto out;
    if (!note_sign(&signer->vkey, signer->log_key, buffer_text(note), &line, err)) goto out;
    ok = buffer_append_byte(note, '\n', err) && buffer_append(note, line.data, line.size, err);
out:
    buffer_done(&line);
    return ok;
}

bool signer_sign_checkpoint(struct signer *signer, struct journal *journal,
                            const uint8_t *published_note, size_t published_size,
                            struct buffer *note_out, struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct signer_state state;
    int lock = -1;
    bool ok = false;

    if (!take_lock(signer, &lock, err)) goto out;
    if (!read_state(signer, &state, err)) goto out;
    if (!check_journal(signer, journal, err)) goto out;
    if (!check_extends(journal, state.size, &state.root, "the last checkpoint signed", err))
        goto out;
    if (!check_published(signer, journal, published_note, published_size, err)) goto out;
    state.size = journal_size(journal);
    if (!journal_root(journal, state.size, &state.root, err)) goto out;
    if (!write_note(signer, &state, &note, err)) goto out;
    if (!write_state(signer, &state, err)) goto out;
    ok = buffer_append(note_out, note.data, note.size, err);
out:
    if (lock >= 0) (void)close(lock);
    buffer_done(&note);
    return ok;
}

/* ---- Starting again -------------------------------------------------------------------------- */

/* The newest signer.recover that two people agreed on. */
static bool read_recovery(struct journal *journal, struct signer_state *out, struct error *err)
{
    struct statement *select;
    const uint8_t *root;
    size_t size;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT seq, size, root FROM signer_recovery ORDER BY seq DESC LIMIT 1",
                         &select, err))
        return false;
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(
            err, ERROR_PERMISSION,
            "two administrators must agree first: signer.recover proposed and seconded");
    out->recovered = (uint64_t)statement_integer(select, 0);
    out->size = (uint64_t)statement_integer(select, 1);
    root = statement_blob(select, 2, &size);
    if (size == HASH_SIZE) memcpy(out->root.bytes, root, HASH_SIZE);
    statement_reset(select);
    return size == HASH_SIZE || error_set(err, ERROR_STORE,
                                          "a recovery is damaged; replay the "
                                          "ledger");
}

static bool check_recovery(const struct signer *signer, const struct signer_state *recovery,
                           const uint8_t *note, size_t size, struct error *err)
{
    struct error ignored = ERROR_INIT;
    struct signer_state present;
    struct checkpoint published;

    if (read_state(signer, &present, &ignored) && present.recovered >= recovery->recovered)
        return error_set(err, ERROR_STATE,
                         "the signer.recover of entry %" PRIu64 " was used already; agree on a new "
                         "one",
                         recovery->recovered);
    if (!checkpoint_open(note, size, &signer->vkey, &published, err)) return false;
    return (published.size == recovery->size && hash_equal(&published.root, &recovery->root)) ||
           error_set(err, ERROR_VERIFY,
                     "the published checkpoint has %" PRIu64 " entries, the one agreed on %" PRIu64
                     ", or another root; agree on the one that is published",
                     published.size, recovery->size);
}

bool signer_recover(struct signer *signer, struct journal *journal, const uint8_t *published_note,
                    size_t published_size, struct error *err)
{
    struct signer_state recovery;
    int lock = -1;
    bool ok = false;

    if (!take_lock(signer, &lock, err)) goto out;
    if (!check_journal(signer, journal, err)) goto out;
    if (!read_recovery(journal, &recovery, err)) goto out;
    if (!check_recovery(signer, &recovery, published_note, published_size, err)) goto out;
    if (!check_extends(journal, recovery.size, &recovery.root, "the checkpoint agreed on", err))
        goto out;
    ok = write_state(signer, &recovery, err);
out:
    if (lock >= 0) (void)close(lock);
    return ok;
}
