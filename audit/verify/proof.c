/*
 * proof.c - a C2SP tlog-proof that carries its entry: one payment, proved to be in the sealed book.
 *
 * A proof can't vouch for the key of its own checkpoint: the key is pinned or remembered.
 */
#include "audit/verify/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"

#define PROOF_BYTES_MAX 262144

static bool read_file(const char *path, struct buffer *out, struct error *err)
{
    FILE *file = fopen(path, "rbe");
    uint8_t block[4096];
    size_t got;
    bool ok = false;

    if (file == NULL) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        if (!buffer_append(out, block, got, err)) goto out;
    }
    ok = ferror(file) == 0 || error_set(err, ERROR_IO, "can't read %s", path);
out:
    fclose(file);
    return ok;
}

/* The key that the checkpoint must be signed by. */
static bool choose_key(struct check *check, const struct memory *memory, const char *origin,
                       struct note_vkey *out, struct error *err)
{
    const struct note_vkey *pinned = pin_key(&check->pin, origin);

    if (pinned != NULL) {
        *out = *pinned;
        return true;
    }
    if (check->pin.is_set) {
        return error_set(err, ERROR_VERIFY, "the log is %s, for which no key is pinned", origin);
    }
    if (memory->is_known) {
        *out = memory->key;
        return true;
    }
    return error_set(err, ERROR_USAGE,
                     "a proof doesn't hold the key of its log, %s; give it with --key", origin);
}

/* A checkpoint as large as one that was seen must be that one. */
static bool compare_memory(const struct memory *memory, const struct checkpoint *checkpoint,
                           struct error *err)
{
    for (int i = 0; i < MEMORY_PLACES; i++) {
        if (memory->points[i].size != checkpoint->size) continue;
        if (hash_equal(&memory->points[i].root, &checkpoint->root)) continue;
        return error_set(err, ERROR_VERIFY,
                         "its log of %llu entries is another than the one that was seen before "
                         "(remembered in %s)",
                         (unsigned long long)checkpoint->size, memory->file);
    }
    return true;
}

/* The entry that the proof carries, and that it is where the proof says. */
static bool check_entry(struct check *check, const struct buffer *file,
                        const struct proof_file *proof, const struct checkpoint *checkpoint,
                        struct error *err)
{
    struct buffer entry = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok = false;
    hash_t leaf;

    if (proof->extra_size == 0) {
        (void)error_set(err, ERROR_VERIFY, "the proof doesn't carry its entry");
        goto out;
    }
    if (!base64_decode((const char *)file->data + proof->extra_at, proof->extra_size, &entry, err))
        goto out;
    leaf = hash_leaf(entry.data, entry.size);
    if (!tree_verify_inclusion(&leaf, proof->index, checkpoint->size, &checkpoint->root,
                               proof->proof.hashes, proof->proof.count, err))
        goto out;
    ok = entry_check_alone((struct slice){entry.data, entry.size}, proof->index,
                           check->verdict->kind, sizeof check->verdict->kind, err);
out:
    buffer_done(&entry);
    return ok || error_at(err, "entry %llu", (unsigned long long)proof->index);
}

bool check_proof(struct check *check, const char *path, struct error *err)
{
    struct buffer file = BUFFER_INIT(PROOF_BYTES_MAX);
    struct checkpoint checkpoint;
    struct proof_file proof;
    struct note_vkey key;
    struct memory memory;
    const uint8_t *note;
    bool ok = false;

    if (!read_file(path, &file, err)) goto out;
    if (!proof_file_parse(file.data, file.size, &proof, err)) goto out;
    note = file.data + proof.note_at;
    if (!checkpoint_parse(note, proof.note_size, &checkpoint, err)) goto out;
    if (!memory_load(check->options->memory_directory, checkpoint.origin, &memory, err)) goto out;
    if (!choose_key(check, &memory, checkpoint.origin, &key, err)) goto out;
    if (!checkpoint_open(note, proof.note_size, &key, &checkpoint, err)) goto out;
    if (!check_key(check, &memory, checkpoint.origin, &key, err)) goto out;
    if (!pin_check_witnesses(&check->pin, note, proof.note_size, err)) goto out;
    if (!compare_memory(&memory, &checkpoint, err)) goto out;
    if (!check_entry(check, &file, &proof, &checkpoint, err)) goto out;
    check->verdict->size = checkpoint.size;
    check->verdict->root = checkpoint.root;
    check->verdict->is_proof = true;
    check->verdict->entry = proof.index;
    ok = true;
out:
    buffer_done(&file);
    return ok;
}
