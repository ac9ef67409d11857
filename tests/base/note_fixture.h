/*
 * note_fixture.h - for tests: a log, a witness and a checkpoint that both have signed, the same in
 * every run.
 */
#ifndef TESTS_BASE_NOTE_FIXTURE_H
#define TESTS_BASE_NOTE_FIXTURE_H

#include <string.h>

#include <check.h>

#include "base/note.h"

#define NOTE_TEXT_SIZE 4096

static inline const uint8_t *bytes(const char *text)
{
    return (const uint8_t *)text;
}

struct party {
    struct sign_key *key;
    struct note_vkey vkey;
};

static inline struct party fixture_party(const char *name, enum note_key_type type, uint8_t number)
{
    struct party party = {.key = NULL};
    struct error err = ERROR_INIT;
    struct sign_public public_key;
    uint8_t seed[32];

    memset(seed, number, sizeof seed);
    ck_assert(sign_key_from_seed(seed, &party.key, &err));
    sign_key_public(party.key, &public_key);
    ck_assert_msg(note_vkey_make(name, type, &public_key, &party.vkey, &err), "%s", err.message);
    return party;
}

static inline struct party fixture_log(void)
{
    return fixture_party("mingzhang/611025000000", NOTE_KEY_ED25519, 1);
}

static inline struct party fixture_witness(void)
{
    return fixture_party("witness.example/纪委", NOTE_KEY_COSIGNATURE, 2);
}

static inline struct checkpoint fixture_checkpoint(void)
{
    struct checkpoint checkpoint = {.origin = "mingzhang/611025000000", .size = 17};

    checkpoint.root = hash_sha256((const uint8_t *)"root", 4);
    return checkpoint;
}

/* The checkpoint signed by its log and, at 2021-09-30T08:00:00Z, by a witness. */
static inline void fixture_note(struct buffer *out, const struct party *log,
                                const struct party *witness)
{
    struct checkpoint checkpoint = fixture_checkpoint();
    struct buffer lines = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;

    ck_assert(checkpoint_format(&checkpoint, out, &err));
    ck_assert(note_sign(&log->vkey, log->key, buffer_text(out), &lines, &err));
    ck_assert(note_cosign(&witness->vkey, witness->key, (instant_t){1632988800}, buffer_text(out),
                          &lines, &err));
    ck_assert(buffer_append_byte(out, '\n', &err));
    ck_assert(buffer_append(out, lines.data, lines.size, &err));
    buffer_done(&lines);
}

#endif
