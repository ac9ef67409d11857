/*
 * publication.c - a clone: history, checkpoints, log, keys.
 *
 * The order: what the newest checkpoint promises, by the pinned key; the entries against it; then,
 * by the people and certificates that the entries give, commits and documents.
 */
#include "audit/verify/publication.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/tiles.h"

#define SIGNERS_LINE_MAX 1024

/* ---- Opening -------------------------------------------------------------------------------- */

static const struct commit *newest_commit(const struct publication_copy *copy)
{
    return &copy->history.commits[copy->history.count - 1];
}

/* Read a file that the newest commit must have. */
static bool read_required(struct publication_copy *copy, const char *path, struct error *err)
{
    const struct clone_file *file = file_list_find(&copy->files, path);

    if (file == NULL) return error_set(err, ERROR_VERIFY, "%s is missing", path);
    return clone_read(copy->clone, file, &copy->bytes, err);
}

/* keys/log.vkey: the key and a newline. */
static bool read_vkey(struct publication_copy *copy, struct error *err)
{
    char line[NOTE_VKEY_TEXT_SIZE];
    size_t size;

    if (!read_required(copy, "keys/log.vkey", err)) return false;
    size = copy->bytes.size;
    if (size == 0 || size > sizeof line || copy->bytes.data[size - 1] != '\n') {
        return error_set(err, ERROR_VERIFY, "keys/log.vkey is not a verifier key and a newline");
    }
    memcpy(line, copy->bytes.data, size - 1);
    line[size - 1] = '\0';
    if (note_vkey_parse(line, &copy->vkey, err) && copy->vkey.type == NOTE_KEY_ED25519) return true;
    if (err->code == ERROR_NONE) {
        (void)error_set(err, ERROR_VERIFY, "it is no Ed25519 verifier key");
    }
    return error_at(err, "keys/log.vkey");
}

/* The checkpoint of each commit, signed by the log and never smaller than the one before. */
static bool read_published(struct publication_copy *copy, struct error *err)
{
    copy->published = calloc(copy->history.count, sizeof *copy->published);
    if (copy->published == NULL) return error_set(err, ERROR_MEMORY, "no memory for a history");
    for (size_t i = 0; i < copy->history.count; i++) {
        const struct commit *commit = &copy->history.commits[i];
        bool is_there;

        if (!clone_read_path(copy->clone, commit, "checkpoint", &copy->bytes, &is_there, err))
            return commit_fail(commit, err);
        if (!is_there) {
            (void)error_set(err, ERROR_VERIFY, "it has no checkpoint");
            return commit_fail(commit, err);
        }
        if (!checkpoint_open(copy->bytes.data, copy->bytes.size, &copy->vkey, &copy->checkpoint,
                             err))
            return commit_fail(commit, err);
        copy->published[i] = (struct published){copy->checkpoint.size, copy->checkpoint.root};
        if (i > 0 && copy->published[i].size < copy->published[i - 1].size) {
            (void)error_set(err, ERROR_VERIFY, "its checkpoint is smaller than the one before");
            return commit_fail(commit, err);
        }
    }
    /* `bytes` and `checkpoint` are those of the newest commit. */
    return true;
}

bool publication_open(const char *path, struct publication_copy *out, struct error *err)
{
    struct publication_copy *copy = out;
    bool ok = false;

    memset(copy, 0, sizeof *copy);
    copy->bytes = (struct buffer)BUFFER_INIT(CLONE_FILE_BYTES_MAX);
    if (!clone_open(path, &copy->clone, err)) goto out;
    if (!clone_history(copy->clone, &copy->history, err)) goto out;
    if (!clone_list(copy->clone, newest_commit(copy), NULL, &copy->files, err)) goto out;
    if (!read_vkey(copy, err)) goto out;
    ok = read_published(copy, err);
out:
    if (!ok) publication_close(copy);
    return ok;
}

void publication_close(struct publication_copy *copy)
{
    history_done(&copy->history);
    file_list_done(&copy->files);
    free(copy->published);
    free(copy->periods);
    free(copy->certificates);
    dsig_close(copy->dsig);
    buffer_done(&copy->bytes);
    clone_close(copy->clone);
    memset(copy, 0, sizeof *copy);
}

/* ---- The log -------------------------------------------------------------------------------- */

/* Everything at whose size a root is asked for. */
static bool collect_wanted(const struct publication_copy *copy, const struct memory *memory,
                           struct log_wanted **out, size_t *count_out, struct error *err)
{
    size_t most = copy->history.count + copy->period_count + MEMORY_PLACES, count;
    struct log_wanted *wanted = calloc(most, sizeof *wanted);

    if (wanted == NULL) return error_set(err, ERROR_MEMORY, "no memory for a history");
    count = check_want_memory(memory, wanted);
    for (size_t i = 0; i < copy->history.count; i++)
        wanted[count++].size = copy->published[i].size;
    for (size_t i = 0; i < copy->period_count; i++)
        wanted[count++].size = copy->periods[i].checkpoint.size;
    check_sort_wanted(wanted, count);
    *out = wanted;
    *count_out = count;
    return true;
}

/* Is this the root of the first `size` entries? */
static bool check_root(const struct log_wanted *wanted, size_t count, uint64_t size,
                       const hash_t *root, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (wanted[i].size != size) continue;
        if (wanted[i].is_found && hash_equal(&wanted[i].root, root)) return true;
        break;
    }
    return error_set(err, ERROR_VERIFY,
                     "its checkpoint of %llu entries is not of the log that is published now",
                     (unsigned long long)size);
}

static bool check_roots(const struct publication_copy *copy, const struct log_wanted *wanted,
                        size_t count, struct error *err)
{
    for (size_t i = 0; i < copy->history.count; i++) {
        const struct published *published = &copy->published[i];

        if (!check_root(wanted, count, published->size, &published->root, err)) {
            return commit_fail(&copy->history.commits[i], err);
        }
    }
    for (size_t i = 0; i < copy->period_count; i++) {
        const struct period *period = &copy->periods[i];

        if (!check_root(wanted, count, period->checkpoint.size, &period->checkpoint.root, err)) {
            return error_at(err, "snapshots/%s/manifest.xml", period->name);
        }
    }
    return true;
}

/* The log's own key, as the people of the genesis entered it, is the one that signed. */
static bool check_identity(const struct publication_copy *copy, const struct state *state,
                           struct error *err)
{
    if (strcmp(state->origin, copy->checkpoint.origin) == 0 &&
        sign_public_equal(&state->log_key.key, &copy->vkey.key))
        return true;
    (void)error_set(err, ERROR_VERIFY, "keys/log.vkey is not the key that the genesis entry names");
    return error_at(err, "key");
}

static bool check_log(struct check *check, struct publication_copy *copy, struct state *state,
                      struct memory *memory, struct error *err)
{
    struct log_wanted *wanted = NULL;
    struct log_source source;
    struct tiles *tiles = malloc(sizeof *tiles);
    struct log_pass pass = {
        .source = &source,
        .state = state,
        .on_block = tiles_check_block,
        .threads = check->options->threads,
        .progress = check->options->progress,
        .progress_context = check->options->progress_context,
    };
    uint64_t size;
    hash_t root;
    bool ok = false;

    if (tiles == NULL) return error_set(err, ERROR_MEMORY, "no memory for tiles");
    tiles_init(tiles, copy->clone, &copy->files, copy->checkpoint.size);
    source = tiles_log(tiles);
    pass.on_block_context = tiles;
    if (!collect_wanted(copy, memory, &wanted, &pass.wanted_count, err)) goto out;
    pass.wanted = wanted;
    if (!log_run(&pass, &size, &root, err)) goto out;
    if (!tiles_finish(tiles, err)) goto out;
    if (!check_identity(copy, state, err)) goto out;
    if (!check_roots(copy, wanted, pass.wanted_count, err)) goto out;
    if (!check_memory(memory, MEMORY_PUBLICATION, size, wanted, pass.wanted_count, err)) goto out;
    check->verdict->is_publication = true;
    check_take_state(check, state, size, &root);
    ok = true;
out:
    tiles_done(tiles);
    free(tiles);
    free(wanted);
    return ok;
}

/* ---- Keys ----------------------------------------------------------------------------------- */

/* The line of keys/allowed_signers that gives a key. */
static bool format_signer(const struct state *state, const struct person *person,
                          const struct sign_public *key, struct buffer *out, struct error *err)
{
    buffer_reset(out);
    return buffer_append_format(out, err, "%s@%s namespaces=\"git\" ", person->user,
                                state->origin) &&
           sign_public_format_ssh(key, out, err);
}

/* Does a line of keys/allowed_signers give a key that is or was a publisher's? */
static bool check_signers_line(const struct state *state, const char *line, size_t size,
                               struct error *err)
{
    struct buffer wanted = BUFFER_INIT(SIGNERS_LINE_MAX);
    bool is_known = false;

    for (size_t i = 0; i < state->people.term_count && !is_known; i++) {
        const struct key_term *term = &state->people.terms[i];
        const struct person *person = people_ever_publisher(&state->people, &term->key);

        if (person == NULL) continue;
        if (!format_signer(state, person, &term->key, &wanted, err)) break;
        is_known = wanted.size == size && memcmp(wanted.data, line, size) == 0;
    }
    buffer_done(&wanted);
    if (is_known || err->code != ERROR_NONE) return is_known;
    return error_set(err, ERROR_VERIFY,
                     "keys/allowed_signers names a key that the log gives no publisher: %.*s",
                     size < 80 ? (int)size : 80, line);
}

static bool check_signers(const struct publication_copy *copy, const struct state *state,
                          struct error *err)
{
    const char *line = buffer_text(&copy->bytes);

    while (*line != '\0') {
        size_t size = strcspn(line, "\n");

        if (!check_signers_line(state, line, size, err)) return false;
        line += size + (line[size] == '\n');
    }
    return true;
}

/* Is a key among the lines of keys/allowed_signers? They hold by now. */
static bool has_signer(const struct publication_copy *copy, const struct sign_public *key,
                       struct buffer *text, struct error *err)
{
    buffer_reset(text);
    return sign_public_format_ssh(key, text, err) &&
           strstr(buffer_text(&copy->bytes), buffer_text(text)) != NULL;
}

/* Each commit by a key that was a publisher's in the log that the commit shows. */
static bool check_commits(struct publication_copy *copy, const struct state *state,
                          struct error *err)
{
    struct buffer text = BUFFER_INIT(SIGNERS_LINE_MAX);
    bool ok = false;

    if (!read_required(copy, "keys/allowed_signers", err)) goto out;
    if (!check_signers(copy, state, err)) goto out;
    for (size_t i = 0; i < copy->history.count; i++) {
        const struct commit *commit = &copy->history.commits[i];
        char fingerprint[SIGN_FINGERPRINT_SIZE];

        if (people_publisher(&state->people, &commit->signer, copy->published[i].size) == NULL) {
            (void)error_set(err, ERROR_VERIFY,
                            "it is signed by %s, which was no publisher's key in the log of then",
                            sign_public_fingerprint(&commit->signer, fingerprint));
            (void)commit_fail(commit, err);
            goto out;
        }
        if (!has_signer(copy, &commit->signer, &text, err)) {
            (void)error_set(err, ERROR_VERIFY, "its signer is missing in keys/allowed_signers");
            (void)commit_fail(commit, err);
            goto out;
        }
    }
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

/* keys/xml-*.crt: each is one that the log entered. */
static bool check_certificates(struct publication_copy *copy, const struct state *state,
                               struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_BYTES_MAX);
    bool ok = false;

    for (size_t i = 0; i < copy->files.count; i++) {
        const struct clone_file *file = &copy->files.files[i];

        if (strncmp(file->path, "keys/xml-", 9) != 0) continue;
        if (!clone_read(copy->clone, file, &copy->bytes, err)) goto out;
        if (!dsig_read_pem(&copy->bytes, &der, err)) {
            (void)error_at(err, "%s", file->path);
            goto out;
        }
        if (people_certificate(&state->people, der.data, der.size) == NULL) {
            (void)error_set(err, ERROR_VERIFY, "the log enters no such certificate");
            (void)error_at(err, "%s", file->path);
            goto out;
        }
        if (!array_reserve(&copy->certificates, sizeof *copy->certificates, copy->certificate_count,
                           &copy->certificate_capacity, PEOPLE_MAX, err))
            goto out;
        copy->certificates[copy->certificate_count++] = hash_sha256(der.data, der.size);
    }
    ok = true;
out:
    buffer_done(&der);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------ */

bool check_publication(struct check *check, const char *path, struct error *err)
{
    struct publication_copy copy;
    struct memory memory;
    struct state state;
    bool ok = false;

    state_init(&state);
    if (check->options->file != NULL) state.attachments.sought = &check->sought;
    if (!publication_open(path, &copy, err)) return false;
    if (!memory_load(check->options->memory_directory, copy.checkpoint.origin, &memory, err))
        goto out;
    if (!check_key(check, &memory, copy.checkpoint.origin, &copy.vkey, err)) goto out;
    if (!pin_check_witnesses(&check->pin, copy.bytes.data, copy.bytes.size, err)) {
        (void)error_at(err, "checkpoint");
        goto out;
    }
    if (!layout_check(&copy, err)) goto out;
    if (!dsig_open(&copy.dsig, err)) goto out;
    if (!documents_read_checkpoints(&copy, err)) goto out;
    if (!check_log(check, &copy, &state, &memory, err)) goto out;
    if (!check_commits(&copy, &state, err)) goto out;
    if (!check_certificates(&copy, &state, err)) goto out;
    if (!documents_check(&copy, &state, err)) goto out;
    if (!worktree_check(path, &copy, err)) goto out;
    check_remember(check, &memory, MEMORY_PUBLICATION, &copy.vkey);
    ok = check_sought(check, &state, err);
out:
    publication_close(&copy);
    state_done(&state);
    return ok;
}
