/*
 * describe.c - an entry in plain words, by its kind's own description.
 */
#include <inttypes.h>

#include "ledger/journal/internal.h"

bool journal_describe(struct journal *journal, uint64_t seq, struct buffer *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct entry_view entry = {0};
    const struct kind_slot *slot;
    char prev[HASH_HEX_SIZE];
    bool ok = false;

    if (!journal_read(journal, seq, &bytes, err)) goto out;
    if (!entry_parse(journal->act_document, bytes.data, bytes.size, &entry, prev, err)) goto out;
    slot = journal_find_kind(journal, entry.kind);
    if (slot == NULL) {
        (void)error_set(err, ERROR_INPUT,
                        "this program knows no entries of kind %s (entry %" PRIu64 ")", entry.kind,
                        seq);
        goto out;
    }
    if (!buffer_append_format(out, err, "%s ", entry.actor)) goto out;
    ok = slot->kind->describe(&entry, out, err);
out:
    buffer_done(&bytes);
    return ok;
}
