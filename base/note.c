/*
 * note.c - C2SP signed-note and the Ed25519 half of tlog-cosignature.
 *
 *     text\n
 *     \n
 *     — key name base64(key id, 4 bytes big-endian ‖ signature)\n      (one or more)
 *
 * A cosignature's signature is a time (8 bytes, big-endian) and 64 bytes over "cosignature/v1\n",
 * "time N\n" and the text.
 *
 * 1. A note is checked as a whole: a line that is no signature line refuses it, whoever's it is.
 * 2. A line that bears a known key's name and id must verify; otherwise the whole note is refused.
 */
#include "base/note.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/encode.h"
#include "base/note_text.h"

#define ID_SIZE        4
#define TIME_SIZE      8
#define VKEY_DATA_SIZE (1 + SIGN_PUBLIC_SIZE) /* type and key */
#define DASH           "\xe2\x80\x94 "        /* U+2014 and a space */
#define COSIGNED_HEAD  "cosignature/v1\ntime %" PRId64 "\n"

#define COSIGNED_SIZE_BYTES_MAX (NOTE_SIZE_BYTES_MAX + 64)

/* ---- Verifier keys --------------------------------------------------------------------------- */

static struct slice slice_of(const char *text)
{
    return (struct slice){(const uint8_t *)text, strlen(text)};
}

static uint32_t read_id(const uint8_t bytes[ID_SIZE])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* SHA-256(name ‖ 0x0A ‖ type ‖ public key)[0..3] */
static uint32_t make_id(const char *name, enum note_key_type type, const struct sign_public *key)
{
    uint8_t bytes[NOTE_NAME_SIZE_MAX + 1 + VKEY_DATA_SIZE];
    size_t size = strlen(name);
    hash_t hash;

    assert(size < NOTE_NAME_SIZE_MAX);
    memcpy(bytes, name, size);
    bytes[size++] = '\n';
    bytes[size++] = (uint8_t)type;
    memcpy(bytes + size, key->bytes, SIGN_PUBLIC_SIZE);
    hash = hash_sha256(bytes, size + SIGN_PUBLIC_SIZE);
    return read_id(hash.bytes);
}

bool note_vkey_make(const char *name, enum note_key_type type, const struct sign_public *key,
                    struct note_vkey *out, struct error *err)
{
    struct slice slice = slice_of(name);
    struct note_vkey vkey = {.type = type, .key = *key};

    if (!note_check_name(&slice, err)) return false;
    memcpy(vkey.name, name, slice.size + 1);
    vkey.id = make_id(name, type, key);
    *out = vkey;
    return true;
}

static bool fail_vkey(struct error *err)
{
    return error_set(err, ERROR_KEY,
                     "not a verifier key of the form NAME+8 HEX DIGITS+BASE64; "
                     "copy it whole");
}

/* Read the part after the second '+': type and public key. */
static bool read_vkey_data(const char *text, struct note_vkey *vkey, struct error *err)
{
    struct buffer data = BUFFER_INIT(NOTE_VKEY_TEXT_SIZE);
    struct error ignored = ERROR_INIT;
    bool ok = false;

    if (!base64_decode(text, strlen(text), &data, &ignored) || data.size == 0) {
        (void)fail_vkey(err);
        goto out;
    }
    if (data.data[0] != NOTE_KEY_ED25519 && data.data[0] != NOTE_KEY_COSIGNATURE) {
        (void)error_set(err, ERROR_KEY,
                        "a verifier key of type 0x%02x; only 0x01 (Ed25519) and "
                        "0x04 (its cosignatures) are known here",
                        (unsigned)data.data[0]);
        goto out;
    }
    if (data.size != VKEY_DATA_SIZE) {
        (void)fail_vkey(err);
        goto out;
    }
    vkey->type = (enum note_key_type)data.data[0];
    memcpy(vkey->key.bytes, data.data + 1, SIGN_PUBLIC_SIZE);
    ok = true;
out:
    buffer_done(&data);
    return ok;
}

bool note_vkey_parse(const char *text, struct note_vkey *out, struct error *err)
{
    const char *first = strchr(text, '+');
    const char *second = first == NULL ? NULL : strchr(first + 1, '+');
    struct slice name = {(const uint8_t *)text, 0};
    struct note_vkey vkey = {.id = 0};
    uint8_t id[ID_SIZE];
    struct error ignored = ERROR_INIT;

    if (second == NULL || strlen(text) >= NOTE_VKEY_TEXT_SIZE) return fail_vkey(err);
    name.size = (size_t)(first - text);
    if (!note_check_name(&name, err)) return false;
    if (!hex_decode(first + 1, (size_t)(second - first - 1), id, ID_SIZE, &ignored)) {
        return fail_vkey(err);
    }
    if (!read_vkey_data(second + 1, &vkey, err)) return false;
    memcpy(vkey.name, text, name.size);
    vkey.id = make_id(vkey.name, vkey.type, &vkey.key);
    if (vkey.id != read_id(id)) {
        return error_set(err, ERROR_KEY,
                         "the verifier key of \"%s\" has the id %08" PRIx32
                         " and its parts make %08" PRIx32 "; copy it whole",
                         vkey.name, read_id(id), vkey.id);
    }
    *out = vkey;
    return true;
}

char *note_vkey_format(const struct note_vkey *vkey, char text[NOTE_VKEY_TEXT_SIZE])
{
    uint8_t data[VKEY_DATA_SIZE] = {(uint8_t)vkey->type};
    int size = snprintf(text, NOTE_VKEY_TEXT_SIZE, "%s+%08" PRIx32 "+", vkey->name, vkey->id);

    static_assert(NOTE_NAME_SIZE_MAX + 10 + (VKEY_DATA_SIZE + 2) / 3 * 4 <= NOTE_VKEY_TEXT_SIZE,
                  "the longest verifier key fits");
    memcpy(data + 1, vkey->key.bytes, SIGN_PUBLIC_SIZE);
    (void)EVP_EncodeBlock((unsigned char *)text + size, data, VKEY_DATA_SIZE);
    return text;
}

/* ---- Signing --------------------------------------------------------------------------------- */

/* Append a signature line whose signature, after the key id, is `data`. */
static bool append_line(struct buffer *out, const struct note_vkey *vkey, const uint8_t *data,
                        size_t size, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ID_SIZE + TIME_SIZE + SIGN_SIGNATURE_SIZE);
    struct buffer line = BUFFER_INIT(NOTE_NAME_SIZE_MAX + 256);
    const uint8_t id[ID_SIZE] = {(uint8_t)(vkey->id >> 24), (uint8_t)(vkey->id >> 16),
                                 (uint8_t)(vkey->id >> 8), (uint8_t)vkey->id};
    bool ok = false;

    if (!buffer_append(&bytes, id, ID_SIZE, err)) goto out;
    if (!buffer_append(&bytes, data, size, err)) goto out;
    if (!buffer_append_format(&line, err, DASH "%s ", vkey->name)) goto out;
    if (!base64_encode(bytes.data, bytes.size, &line, err)) goto out;
    if (!buffer_append_byte(&line, '\n', err)) goto out;
    if (!buffer_append(out, line.data, line.size, err)) goto out;
    ok = true;
out:
    buffer_done(&line);
    buffer_done(&bytes);
    return ok;
}

/* Is `key` the private half of `vkey`, and vkey of the type that this signature needs? */
static bool check_key(const struct note_vkey *vkey, enum note_key_type type,
                      const struct sign_key *key, struct error *err)
{
    struct sign_public public_key;

    sign_key_public(key, &public_key);
    if (vkey->type == type && sign_public_equal(&public_key, &vkey->key)) return true;
    return error_set(err, ERROR_KEY, "the key in hand is not that of \"%s\"; open the right one",
                     vkey->name);
}

bool note_sign(const struct note_vkey *vkey, const struct sign_key *key, const char *text,
               struct buffer *line_out, struct error *err)
{
    struct slice slice = slice_of(text);
    uint8_t signature[SIGN_SIGNATURE_SIZE];

    if (!check_key(vkey, NOTE_KEY_ED25519, key, err)) return false;
    if (!note_check_text(&slice, err)) return false;
    if (!sign_message(key, slice.data, slice.size, signature, err)) return false;
    return append_line(line_out, vkey, signature, sizeof signature, err);
}

/* What a witness signs: tlog-cosignature, "Ed25519 signed message". Only a checkpoint can be
 * cosigned. */
static bool append_cosigned(struct buffer *out, int64_t seconds, const struct slice *text,
                            struct error *err)
{
    struct checkpoint checkpoint;

    if (!checkpoint_read_text(text, &checkpoint, err)) return false;
    return buffer_append_format(out, err, COSIGNED_HEAD, seconds) &&
           buffer_append(out, text->data, text->size, err);
}

bool note_cosign(const struct note_vkey *vkey, const struct sign_key *key, instant_t time,
                 const char *text, struct buffer *line_out, struct error *err)
{
    struct buffer message = BUFFER_INIT(COSIGNED_SIZE_BYTES_MAX);
    struct slice slice = slice_of(text);
    uint8_t signature[TIME_SIZE + SIGN_SIGNATURE_SIZE];
    bool ok = false;

    if (!check_key(vkey, NOTE_KEY_COSIGNATURE, key, err)) goto out;
    if (!note_check_text(&slice, err)) goto out;
    if (time.seconds < 0) {
        (void)error_set(err, ERROR_CLOCK, "a cosignature can't be made before 1970; set the clock");
        goto out;
    }
    if (!append_cosigned(&message, time.seconds, &slice, err)) goto out;
    for (int i = 0; i < TIME_SIZE; i++) {
        signature[i] = (uint8_t)((uint64_t)time.seconds >> (8 * (TIME_SIZE - 1 - i)));
    }
    if (!sign_message(key, message.data, message.size, signature + TIME_SIZE, err)) goto out;
    if (!append_line(line_out, vkey, signature, sizeof signature, err)) goto out;
    ok = true;
out:
    buffer_done(&message);
    return ok;
}

/* ---- Verifying ------------------------------------------------------------------------------- */

/* Take a signature line apart: its key name, and into `bytes` the key id and signature. */
static bool parse_line(const struct slice *line, struct slice *name_out, struct buffer *bytes)
{
    struct slice rest = *line, name;
    struct error ignored = ERROR_INIT;
    const uint8_t *space = NULL;

    if (slice_take_text(&rest, DASH) && rest.size > 0) space = memchr(rest.data, ' ', rest.size);
    if (space == NULL) return false;
    name = (struct slice){rest.data, (size_t)(space - rest.data)};
    rest.data += name.size + 1;
    rest.size -= name.size + 1;
    buffer_reset(bytes);
    if (!note_check_name(&name, &ignored)) return false;
    if (!base64_decode((const char *)rest.data, rest.size, bytes, &ignored)) return false;
    *name_out = name;
    return bytes->size > ID_SIZE;
}

/* Check the signature in `bytes`, which follows the key id, over `text`. */
static bool check_signature(const struct note_vkey *vkey, const struct slice *text,
                            const struct buffer *bytes, instant_t *time_out, struct error *err)
{
    struct buffer message = BUFFER_INIT(COSIGNED_SIZE_BYTES_MAX);
    const uint8_t *signature = bytes->data + ID_SIZE;
    size_t time_size = vkey->type == NOTE_KEY_COSIGNATURE ? TIME_SIZE : 0;
    uint64_t seconds = 0;
    bool ok = false;

    if (bytes->size != ID_SIZE + time_size + SIGN_SIGNATURE_SIZE) {
        (void)error_set(err, ERROR_VERIFY,
                        "it has %zu bytes, which no signature of this key has; "
                        "keep the note and report it",
                        bytes->size - ID_SIZE);
        goto out;
    }
    for (size_t i = 0; i < time_size; i++)
        seconds = seconds << 8 | *signature++;
    if (seconds > INT64_MAX) {
        (void)error_set(err, ERROR_VERIFY,
                        "its time is beyond 2^63−1 seconds; keep the note and "
                        "report it");
        goto out;
    }
    if (vkey->type == NOTE_KEY_COSIGNATURE) {
        if (!append_cosigned(&message, (int64_t)seconds, text, err)) goto out;
    } else if (!buffer_append(&message, text->data, text->size, err)) {
        goto out;
    }
    if (!sign_verify(&vkey->key, message.data, message.size, signature, err)) goto out;
    time_out->seconds = (int64_t)seconds;
    ok = true;
out:
    if (!ok) (void)error_at(err, "signature of %s", vkey->name);
    buffer_done(&message);
    return ok;
}

bool note_find_signature(const uint8_t *note, size_t size, const struct note_vkey *vkey,
                         bool *found_out, instant_t *time_out, struct error *err)
{
    const struct slice whole = {note, size};
    struct buffer bytes = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct slice text, rest, line, name;
    instant_t time = {0}, latest = {0};
    bool found = false, ok = false;
    int count = 0;

    if (!note_split(&whole, &text, &rest, err)) goto out;
    /* All that a line may need, so that parse_line() fails for the line's own faults alone. */
    if (!buffer_reserve(&bytes, rest.size, err)) goto out;
    while (slice_take_line(&rest, &line)) {
        if (++count > NOTE_SIGNATURES_MAX) {
            (void)error_set(err, ERROR_LIMIT, "a note of more than %d signatures; get it again",
                            NOTE_SIGNATURES_MAX);
            goto out;
        }
        if (!parse_line(&line, &name, &bytes)) {
            (void)error_set(err, ERROR_INPUT,
                            "a line after the note's text is not \"— NAME "
                            "BASE64\"; get the note again");
            goto out;
        }
        if (!slice_equals(&name, vkey->name) || read_id(bytes.data) != vkey->id) continue;
        if (!check_signature(vkey, &text, &bytes, &time, err)) goto out;
        if (time.seconds > latest.seconds) latest = time;
        found = true;
    }
    *found_out = found;
    if (time_out != NULL) *time_out = latest;
    ok = true;
out:
    buffer_done(&bytes);
    return ok;
}

bool note_verify(const uint8_t *note, size_t size, const struct note_vkey *vkey,
                 instant_t *time_out, struct error *err)
{
    instant_t time = {0};
    bool found;

    if (!note_find_signature(note, size, vkey, &found, &time, err)) return false;
    if (!found) {
        return error_set(err, ERROR_VERIFY,
                         "the note is not signed by \"%s\" (key %08" PRIx32 "); "
                         "get it from its publisher",
                         vkey->name, vkey->id);
    }
    if (time_out != NULL) *time_out = time;
    return true;
}
