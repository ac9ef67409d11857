/*
 * ledger.c - the check of a ledger, by itself or against a publication.
 */
#include "audit/verify/check.h"

#include <string.h>

#include "audit/verify/ledger_source.h"
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

bool check_ledger(struct check *check, const char *path, struct error *err)
{
    struct log_wanted wanted[MEMORY_PLACES];
    struct ledger_source *source = NULL;
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
    if (!ledger_source_open(path, &source, err)) goto out;
    if (!read_origin(source, origin, err)) goto out;
    if (!memory_load(check->options->memory_directory, origin, &memory, err)) goto out;
    pass.wanted_count = check_want_memory(&memory, wanted);
    check_sort_wanted(wanted, pass.wanted_count);
    if (!ledger_source_log(source, &entries, err)) goto out;
    if (!log_run(&pass, &size, &root, err)) goto out;
    if (!check_key(check, &memory, state.origin, &state.log_key, err)) goto out;
    if (!check_memory(&memory, MEMORY_LEDGER, size, wanted, pass.wanted_count, err)) goto out;
    check_take_state(check, &state, size, &root);
    check_remember(check, &memory, MEMORY_LEDGER, &state.log_key);
    ok = true;
out:
    ledger_source_close(source);
    state_done(&state);
    return ok;
}
