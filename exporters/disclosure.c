/*
 * disclosure.c - one document, or the list of them, without a publication; and single proofs.
 */
#include <assert.h>
#include <string.h>

#include "base/note.h"
#include "exporters/exporters.h"
#include "exporters/survey.h"

bool disclosure_render(struct ledger *ledger, const struct period *period, const char *division,
                       struct buffer *xml_out, struct error *err)
{
    struct store *store = journal_store(ledger_journal(ledger));
    struct survey *survey = NULL;
    size_t place;
    bool ok = false;

    if (!store_begin_read(store, err)) return false;
    if (!survey_take(ledger, period, &survey, err)) goto out;
    place = survey_find_place(survey, division);
    if (place == SURVEY_NONE) {
        (void)error_set(err, ERROR_NOT_FOUND, "division %s isn't in this ledger", division);
        goto out;
    }
    ok = survey_render(survey, place, "", xml_out, err);
out:
    survey_free(survey);
    store_rollback(store);
    return ok;
}

bool disclosure_division_each(struct ledger *ledger, const struct period *period,
                              bool (*visit)(void *context, const char *division, struct error *err),
                              void *context, struct error *err)
{
    struct store *store = journal_store(ledger_journal(ledger));
    struct survey *survey = NULL;
    bool ok = false;

    if (!store_begin_read(store, err)) return false;
    ok = survey_take(ledger, period, &survey, err);
    store_rollback(store);
    for (size_t i = 0; ok && i < survey->place_count; i++)
        if (survey->places[i].has_document)
            ok = visit(context, survey->places[i].division.code, err);
    survey_free(survey);
    return ok;
}

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
