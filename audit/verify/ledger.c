/*
 * ledger.c - the check of a ledger, by itself or against a publication.
 */
#include "audit/verify/check.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/ledger_source.h"
#include "audit/verify/publication.h"
#include "audit/verify/tiles.h"
#include "base/buffer.h"

/* The origin that the ledger claims, to know what to remember it by. */
static bool read_origin(struct ledger_source *source, char origin[NOTE_NAME_SIZE_MAX],
                        struct error *err)
{
    struct buffer entry = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct json_document *document = json_document_new(err);
    bool ok = false;

    if (document == NULL) goto out;
    if (!ledger_source_genesis(source, &entry, err)) goto out;
    ok = json_parse(document, entry.data, entry.size, JSON_CANONICAL, err) &&
         json_get_string(document, json_member(document, 0, "body"), "origin", origin,
                         NOTE_NAME_SIZE_MAX, err);
    if (!ok) (void)error_at(err, "entry 0");
out:
    json_document_free(document);
    buffer_done(&entry);
    return ok;
}

/* ---- Against a publication ------------------------------------------------------------------ */

/* Check the publication that the ledger must extend, and learn its checkpoint. */
static bool check_against(const struct check *check, struct verify_verdict *published,
                          struct error *err)
{
    struct verify_options options = *check->options;
    struct check other = *check;

    memset(published, 0, sizeof *published);
    options.file = NULL; /* which is looked for in the ledger */
    other.options = &options;
    other.verdict = published;
    if (check_publication(&other, check->options->against, err)) return true;
    if (err->code != ERROR_NOT_FOUND) return error_at(err, "%s", check->options->against);
    error_clear(err);
    return error_set(err, ERROR_USAGE, "%s is no publication", check->options->against);
}

/* Find the first entry of two blocks that differs; false when none does. */
static bool find_difference(const struct block *a, const struct block *b, uint64_t *seq_out)
{
    unsigned count = a->count < b->count ? a->count : b->count;

    for (unsigned i = 0; i < count; i++) {
        struct slice one = block_entry(a, i), other = block_entry(b, i);

        if (one.size == other.size && memcmp(one.data, other.data, one.size) == 0) continue;
        *seq_out = a->first + i;
        return true;
    }
    return false;
}

/* Walk ledger and publication side by side; both were checked, but they are not the same. */
static bool name_difference(struct log_source *ledger, struct log_source *published,
                            struct error *err)
{
    struct block *blocks = calloc(2, sizeof *blocks);
    uint64_t first = 0, seq;
    bool is_ready;

    if (blocks == NULL) return error_set(err, ERROR_MEMORY, "no memory for a comparison");
    is_ready = block_init(&blocks[0], err) && block_init(&blocks[1], err);
    while (is_ready) {
        block_reset(&blocks[0], first);
        block_reset(&blocks[1], first);
        if (!ledger->read(ledger->context, &blocks[0], err)) break;
        if (!published->read(published->context, &blocks[1], err)) break;
        if (find_difference(&blocks[0], &blocks[1], &seq)) {
            (void)error_set(err, ERROR_VERIFY,
                            "it is not the entry that is published: the ledger was rewritten from "
                            "here on");
            (void)error_at(err, "entry %llu", (unsigned long long)seq);
            break;
        }
        if (blocks[0].count < BLOCK_ENTRIES || blocks[1].count < BLOCK_ENTRIES) {
            (void)error_set(err, ERROR_VERIFY, "the roots differ, but no entry does");
            break;
        }
        first += BLOCK_ENTRIES;
    }
    block_done(&blocks[0]);
    block_done(&blocks[1]);
    free(blocks);
    return false;
}

/* Name the first entry that the publication has otherwise. */
static bool compare_entries(const struct check *check, struct ledger_source *source,
                            struct error *err)
{
    struct publication_copy copy;
    struct log_source ledger, published;
    struct tiles *tiles = NULL;

    if (!ledger_source_log(source, &ledger, err)) return false;
    if (!publication_open(check->options->against, &copy, err)) return false;
    tiles = malloc(sizeof *tiles);
    if (tiles == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a comparison");
    } else {
        tiles_init(tiles, copy.clone, &copy.files, copy.checkpoint.size);
        published = tiles_log(tiles);
        (void)name_difference(&ledger, &published, err);
        tiles_done(tiles);
    }
    free(tiles);
    publication_close(&copy);
    return false;
}

/* Is the published log the beginning of the ledger's? */
static bool compare_published(const struct check *check, const struct verify_verdict *published,
                              const struct log_pass *pass, struct ledger_source *source,
                              uint64_t size, struct error *err)
{
    const struct log_wanted *wanted = pass->wanted;

    if (strcmp(published->origin, pass->state->origin) != 0) {
        return error_set(err, ERROR_VERIFY, "the ledger is %s, the publication %s",
                         pass->state->origin, published->origin);
    }
    if (size < published->size) {
        return error_set(err, ERROR_VERIFY,
                         "the ledger ends at entry %llu, but %llu entries are published: the tail "
                         "was cut off or an older copy put back",
                         (unsigned long long)size - 1, (unsigned long long)published->size);
    }
    while (wanted->size != published->size)
        wanted++;
    if (hash_equal(&wanted->root, &published->root)) return true;
    return compare_entries(check, source, err);
}

/* Last of all: who restores a ledger without some sealed values needs to know that nothing else is
 * wrong with it. */
static bool check_missing(struct check *check, const struct gone *gone, struct error *err)
{
    const struct gone_range *first = &gone->first_missing;
    const char *member = strchr(first->purpose, '/');

    check->verdict->sealed_missing = gone->missing;
    if (gone->missing == 0) return true;
    (void)error_set(err, ERROR_VERIFY,
                    "the sealed value of \"%s\" is missing, and no act of two people accounts for "
                    "it; %llu are missing in all",
                    member + 1, (unsigned long long)gone->missing);
    return error_at(err, "entry %llu (%.*s)", (unsigned long long)first->first,
                    (int)(member - first->purpose), first->purpose);
}

/* ---- The whole ------------------------------------------------------------------------------ */

bool check_ledger(struct check *check, const char *path, struct error *err)
{
    struct log_wanted wanted[MEMORY_PLACES + 1];
    struct ledger_source *source = NULL;
    struct verify_verdict published;
    struct log_source entries;
    struct memory memory;
    struct state state;
    char origin[NOTE_NAME_SIZE_MAX];
    struct log_pass pass = {
        .source = &entries,
        .state = &state,
        .wanted = wanted,
        .threads = check->options->threads,
        .progress = check->options->progress,
        .progress_context = check->options->progress_context,
    };
    uint64_t size;
    hash_t root;
    bool ok = false;

    state_init(&state);
    if (check->options->file != NULL) state.attachments.sought = &check->sought;
    if (!ledger_source_open(path, &source, err)) goto out;
    if (!read_origin(source, origin, err)) goto out;
    if (!memory_load(check->options->memory_directory, origin, &memory, err)) goto out;
    pass.wanted_count = check_want_memory(&memory, wanted);
    if (check->options->against != NULL) {
        if (!check_against(check, &published, err)) goto out;
        wanted[pass.wanted_count++] = (struct log_wanted){.size = published.size};
    }
    check_sort_wanted(wanted, pass.wanted_count);
    if (!ledger_source_log(source, &entries, err)) goto out;
    if (!log_run(&pass, &size, &root, err)) goto out;
    if (!check_key(check, &memory, state.origin, &state.log_key, err)) goto out;
    if (check->options->against != NULL &&
        !compare_published(check, &published, &pass, source, size, err))
        goto out;
    if (!check_memory(&memory, MEMORY_LEDGER, size, wanted, pass.wanted_count, err)) goto out;
    check_take_state(check, &state, size, &root);
    if (!check_missing(check, &state.gone, err)) goto out;
    check_remember(check, &memory, MEMORY_LEDGER, &state.log_key);
    ok = (check->options->is_log_alone ||
          attachments_check(&state.attachments, path, check->verdict->stray,
                            sizeof check->verdict->stray, err)) &&
         check_sought(check, &state, err);
out:
    ledger_source_close(source);
    state_done(&state);
    return ok;
}
