/*
 * note_fuzz.c - any bytes at all as a signed note, a checkpoint, a proof file, a policy and a
 * verifier key. What can be written back is, and must be the same bytes.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/note.h"

#define COPY_SIZE_BYTES_MAX ((size_t)1 << 22)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The keys that the corpus was signed with. */
static struct note_vkey key_of(const char *name, enum note_key_type type, int seed_byte)
{
    struct error err = ERROR_INIT;
    struct sign_key *key = NULL;
    struct sign_public public_key;
    struct note_vkey vkey;
    uint8_t seed[32];
    bool ok;

    memset(seed, seed_byte, sizeof seed);
    ok = sign_key_from_seed(seed, &key, &err);
    assert(ok);
    sign_key_public(key, &public_key);
    sign_key_free(key);
    ok = note_vkey_make(name, type, &public_key, &vkey, &err);
    assert(ok);
    return vkey;
}

static void try_note(const uint8_t *data, size_t size)
{
    const struct note_vkey log = key_of("mingzhang/611025000000", NOTE_KEY_ED25519, 1);
    const struct note_vkey witness = key_of("witness.example/w", NOTE_KEY_COSIGNATURE, 2);
    struct error err = ERROR_INIT;
    struct checkpoint checkpoint;
    instant_t time = {0};
    bool is_open, found;

    is_open = checkpoint_open(data, size, &log, &checkpoint, &err);
    error_clear(&err);
    if (note_find_signature(data, size, &witness, &found, &time, &err)) {
        assert(found || time.seconds == 0);
    }
    error_clear(&err);
    if (checkpoint_parse(data, size, &checkpoint, &err)) {
        assert(memcmp(data, checkpoint.origin, strlen(checkpoint.origin)) == 0);
    } else {
        assert(!is_open);
    }
}

static void try_proof_file(const uint8_t *data, size_t size)
{
    struct buffer extra = BUFFER_INIT(COPY_SIZE_BYTES_MAX);
    struct buffer copy = BUFFER_INIT(COPY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct proof_file file;
    bool ok;

    if (!proof_file_parse(data, size, &file, &err)) goto out;
    ok = file.extra_size == 0 ||
         base64_decode((const char *)data + file.extra_at, file.extra_size, &extra, &err);
    assert(ok);
    ok = proof_file_format(extra.data, extra.size, file.index, &file.proof, data + file.note_at,
                           file.note_size, &copy, &err);
    assert(ok);
    assert(copy.size == size && memcmp(copy.data, data, size) == 0);
out:
    buffer_done(&copy);
    buffer_done(&extra);
}

static void try_policy(const uint8_t *data, size_t size)
{
    static const char note[] = "mingzhang/611025000000\n0\n"
                               "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n";
    struct error err = ERROR_INIT;
    struct note_policy *policy = NULL;
    struct checkpoint checkpoint;
    bool ok;

    if (!note_policy_parse(data, size, &policy, &err)) {
        assert(policy == NULL);
        return;
    }
    /* No policy of anybody's accepts a checkpoint that nobody known has signed. */
    ok = note_policy_open(policy, (const uint8_t *)note, strlen(note), &checkpoint, &err);
    assert(!ok);
    note_policy_free(policy);
}

static void try_vkey(const char *text)
{
    struct error err = ERROR_INIT;
    char copy[NOTE_VKEY_TEXT_SIZE];
    struct note_vkey vkey;

    if (note_vkey_parse(text, &vkey, &err)) {
        assert(strcmp(note_vkey_format(&vkey, copy), text) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    assert(text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    try_note(data, size);
    try_proof_file(data, size);
    try_policy(data, size);
    try_vkey(text);
    free(text);
    return 0;
}
