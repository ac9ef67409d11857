/*
 * proof.c - a proof of one entry, for somebody to take away.
 */
#include <assert.h>
#include <string.h>

#include "base/note.h"
#include "exporters/exporters.h"

bool proof_export(struct ledger *ledger, uint64_t seq, const uint8_t *checkpoint_note,
                  size_t note_size, struct buffer *out, struct error *err)
{
    struct journal *journal = ledger_journal(ledger);
    struct buffer entry = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct checkpoint checkpoint;
    struct note_vkey log_key;
    struct tree_proof proof;
    hash_t leaf;
    bool ok = false;

    if (!journal_log_key(journal, &log_key, err)) goto out;
    if (!checkpoint_open(checkpoint_note, note_size, &log_key, &checkpoint, err)) goto out;
    if (seq >= checkpoint.size) {
        (void)error_set(err, ERROR_NOT_FOUND,
                        "entry %llu isn't under this checkpoint, which has %llu; publish a newer "
                        "one first",
                        (unsigned long long)seq, (unsigned long long)checkpoint.size);
        goto out;
    }
    if (!journal_read(journal, seq, &entry, err)) goto out;
    if (!journal_prove_inclusion(journal, seq, checkpoint.size, &proof, err)) goto out;
    leaf = hash_leaf(entry.data, entry.size);
    /* What is handed out is checked first: a proof that fails at the inspector's desk is an alarm.
     */
    if (!tree_verify_inclusion(&leaf, seq, checkpoint.size, &checkpoint.root, proof.hashes,
                               proof.count, err))
        goto out;
    ok = proof_file_format(entry.data, entry.size, seq, &proof, checkpoint_note, note_size, out,
                           err);
out:
    buffer_done(&entry);
    return ok;
}
