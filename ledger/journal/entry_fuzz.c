/*
 * entry_fuzz.c - any bytes at all as an entry: parsed, held to its kind's table, described. What is
 * taken for an entry must be canonical: written again it is the same bytes.
 */
#include <assert.h>
#include <string.h>

#include "ledger/journal/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One journal for all inputs: nothing is ever written to it. */
static struct journal *open_journal(void)
{
    static const struct journal_module *const modules[] = {&journal_module, NULL};
    static struct journal *journal;
    const struct journal_options options = {modules, clock_source_system(), random_source_system()};
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    bool ok;

    if (journal != NULL) return journal;
    ok = store_open_memory(&store, &err) && journal_create(store, &options, &journal, &err);
    assert(ok);
    return journal;
}

static void check_canonical(const struct entry_view *entry, const uint8_t *data, size_t size)
{
    struct buffer again = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    bool ok = json_canonicalize(entry->document, 0, &again, &err);

    assert(ok);
    assert(again.size == size && memcmp(again.data, data, size) == 0);
    buffer_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct journal *journal = open_journal();
    struct buffer words = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct entry_view entry = {0};
    const struct kind_slot *slot;
    char prev[HASH_HEX_SIZE];
    size_t sealed = 0;

    if (!entry_parse(journal->document, data, size, &entry, prev, &err)) goto out;
    check_canonical(&entry, data, size);
    slot = journal_find_kind(journal, entry.kind);
    if (slot == NULL) goto out;
    if (!members_check(journal, slot->kind->members, entry.document, entry.body, &sealed, &err))
        goto out;
    if (slot->kind->validate != NULL && !slot->kind->validate(&entry, &err)) goto out;
    if (slot->kind->describe(&entry, &words, &err)) assert(words.size > 0);
out:
    buffer_done(&words);
    return 0;
}
