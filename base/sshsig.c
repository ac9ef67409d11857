/*
 * sshsig.c - SSH signatures as `ssh-keygen -Y` makes them and git keeps them in commits.
 *
 * The blob (OpenSSH's PROTOCOL.sshsig): "SSHSIG", uint32 version, and the strings public key,
 * namespace, reserved, hash algorithm, signature. What is signed: "SSHSIG" and the strings
 * namespace, reserved, hash algorithm, hash of the message. A string is a uint32 of its size, big
 * endian, and its bytes.
 *
 * 1. Only Ed25519 keys are read or written. We write SHA-512 and read SHA-256 too, as the format
 *    demands of a verifier.
 * 2. "reserved" is empty: it is signed, so other contents would mean something we don't know.
 */
#include "base/sign.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/encode.h"

#define MAGIC                   "SSHSIG"
#define MAGIC_SIZE              (sizeof MAGIC - 1)
#define VERSION                 1
#define KEY_TYPE                "ssh-ed25519"
#define ARMOUR_BEGIN            "-----BEGIN SSH SIGNATURE-----"
#define ARMOUR_END              "-----END SSH SIGNATURE-----"
#define ARMOUR_LINE_SIZE        70
#define BLOB_SIZE_BYTES_MAX     1024 /* an Ed25519 signature has some 200 */
#define ARMOUR_SIZE_BYTES_MAX   4096
#define NAMESPACE_SIZE_MAX      64
#define SIGNED_SIZE_BYTES_MAX   512
#define KEY_TEXT_SIZE_BYTES_MAX 128

/* A run of bytes within a blob; lent. */
struct slice {
    const uint8_t *data;
    size_t size;
};

/* ---- SSH's wire encoding (RFC 4251 section 5) ------------------------------------------------ */

static bool append_uint32(struct buffer *out, uint32_t value, struct error *err)
{
    uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value};

    return buffer_append(out, bytes, sizeof bytes, err);
}

static bool append_string(struct buffer *out, const uint8_t *data, size_t size, struct error *err)
{
    assert(size <= UINT32_MAX);
    if (!append_uint32(out, (uint32_t)size, err)) return false;
    return size == 0 || buffer_append(out, data, size, err);
}

static bool append_text(struct buffer *out, const char *text, struct error *err)
{
    return append_string(out, (const uint8_t *)text, strlen(text), err);
}

/* The public key as a blob: its type and its 32 bytes. */
static bool append_public(struct buffer *out, const struct sign_public *key, struct error *err)
{
    return append_text(out, KEY_TYPE, err) && append_string(out, key->bytes, SIGN_PUBLIC_SIZE, err);
}

/* Each of these moves `rest` past what it read; false when `rest` holds something else. */

static bool take_bytes(struct slice *rest, size_t size, struct slice *out)
{
    if (size > rest->size) return false;
    *out = (struct slice){rest->data, size};
    rest->data += size;
    rest->size -= size;
    return true;
}

static bool take_uint32(struct slice *rest, uint32_t *out)
{
    struct slice bytes;

    if (!take_bytes(rest, 4, &bytes)) return false;
    *out = (uint32_t)bytes.data[0] << 24 | (uint32_t)bytes.data[1] << 16 |
           (uint32_t)bytes.data[2] << 8 | bytes.data[3];
    return true;
}

static bool take_string(struct slice *rest, struct slice *out)
{
    uint32_t size;

    return take_uint32(rest, &size) && take_bytes(rest, size, out);
}

static bool slice_is(const struct slice *slice, const char *text)
{
    size_t size = strlen(text);

    return slice->size == size && memcmp(slice->data, text, size) == 0;
}

/* A string that holds two strings, "ssh-ed25519" and `size` bytes: a key or a signature. */
static bool take_ed25519(struct slice *rest, size_t size, struct slice *out)
{
    struct slice inner, type, value;

    if (!take_string(rest, &inner) || !take_string(&inner, &type)) return false;
    if (!slice_is(&type, KEY_TYPE) || !take_string(&inner, &value)) return false;
    if (inner.size != 0 || value.size != size) return false;
    *out = value;
    return true;
}

/* ---- What is signed -------------------------------------------------------------------------- */

static const struct hash_algorithm {
    const char *name;
    const EVP_MD *(*method)(void);
} hash_algorithms[] = {{"sha512", EVP_sha512}, {"sha256", EVP_sha256}};

/* Append the bytes that the key signs for a message. */
static bool append_signed(struct buffer *out, const char *ssh_namespace,
                          const struct hash_algorithm *algorithm, const struct slice *message,
                          struct error *err)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned digest_size = 0;

    if (EVP_Digest(message->data, message->size, digest, &digest_size, algorithm->method(), NULL) !=
        1) {
        return error_set(err, ERROR_KEY, "OpenSSL has no %s; check its installation",
                         algorithm->name);
    }
    return buffer_append_text(out, MAGIC, err) && append_text(out, ssh_namespace, err) &&
           append_text(out, "", err) && append_text(out, algorithm->name, err) &&
           append_string(out, digest, digest_size, err);
}

static bool check_namespace(const char *ssh_namespace, struct error *err)
{
    size_t size = strlen(ssh_namespace);

    if (size >= 1 && size <= NAMESPACE_SIZE_MAX) return true;
    return error_set(err, ERROR_INPUT,
                     "an SSH signature's namespace has 1 to %d bytes, not %zu; "
                     "git's is \"git\"",
                     NAMESPACE_SIZE_MAX, size);
}

/* ---- Writing --------------------------------------------------------------------------------- */

bool sign_public_format_ssh(const struct sign_public *key, struct buffer *out, struct error *err)
{
    struct buffer blob = BUFFER_INIT(BLOB_SIZE_BYTES_MAX);
    struct buffer text = BUFFER_INIT(KEY_TEXT_SIZE_BYTES_MAX);
    bool ok = false;

    if (!append_public(&blob, key, err)) goto out;
    if (!buffer_append_text(&text, KEY_TYPE " ", err)) goto out;
    if (!base64_encode(blob.data, blob.size, &text, err)) goto out;
    if (!buffer_append(out, text.data, text.size, err)) goto out;
    ok = true;
out:
    buffer_done(&text);
    buffer_done(&blob);
    return ok;
}

/* The blob of a signature by `public_key`. */
static bool append_blob(struct buffer *out, const struct sign_public *public_key,
                        const char *ssh_namespace, const uint8_t signature[SIGN_SIGNATURE_SIZE],
                        struct error *err)
{
    struct buffer inner = BUFFER_INIT(BLOB_SIZE_BYTES_MAX);
    bool ok = false;

    if (!buffer_append_text(out, MAGIC, err) || !append_uint32(out, VERSION, err)) goto out;
    if (!append_public(&inner, public_key, err)) goto out;
    if (!append_string(out, inner.data, inner.size, err)) goto out;
    if (!append_text(out, ssh_namespace, err) || !append_text(out, "", err)) goto out;
    if (!append_text(out, hash_algorithms[0].name, err)) goto out;
    buffer_reset(&inner);
    if (!append_text(&inner, KEY_TYPE, err)) goto out;
    if (!append_string(&inner, signature, SIGN_SIGNATURE_SIZE, err)) goto out;
    if (!append_string(out, inner.data, inner.size, err)) goto out;
    ok = true;
out:
    buffer_done(&inner);
    return ok;
}

static bool append_armour(struct buffer *out, const struct buffer *blob, struct error *err)
{
    struct buffer text = BUFFER_INIT(ARMOUR_SIZE_BYTES_MAX);
    struct buffer armour = BUFFER_INIT(ARMOUR_SIZE_BYTES_MAX);
    bool ok = false;

    if (!base64_encode(blob->data, blob->size, &text, err)) goto out;
    if (!buffer_append_text(&armour, ARMOUR_BEGIN "\n", err)) goto out;
    for (size_t at = 0; at < text.size; at += ARMOUR_LINE_SIZE) {
        size_t rest = text.size - at;
        size_t line_size = rest < ARMOUR_LINE_SIZE ? rest : ARMOUR_LINE_SIZE;

        if (!buffer_append(&armour, text.data + at, line_size, err)) goto out;
        if (!buffer_append_byte(&armour, '\n', err)) goto out;
    }
    if (!buffer_append_text(&armour, ARMOUR_END, err)) goto out;
    if (!buffer_append(out, armour.data, armour.size, err)) goto out;
    ok = true;
out:
    buffer_done(&armour);
    buffer_done(&text);
    return ok;
}

bool sign_ssh(const struct sign_key *key, const char *ssh_namespace, const uint8_t *data,
              size_t size, struct buffer *out, struct error *err)
{
    struct buffer to_sign = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    struct buffer blob = BUFFER_INIT(BLOB_SIZE_BYTES_MAX);
    struct slice message = {data, size};
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    struct sign_public public_key;
    bool ok = false;

    if (!check_namespace(ssh_namespace, err)) goto out;
    if (!append_signed(&to_sign, ssh_namespace, &hash_algorithms[0], &message, err)) goto out;
    if (!sign_message(key, to_sign.data, to_sign.size, signature, err)) goto out;
    sign_key_public(key, &public_key);
    if (!append_blob(&blob, &public_key, ssh_namespace, signature, err)) goto out;
    if (!append_armour(out, &blob, err)) goto out;
    ok = true;
out:
    buffer_done(&blob);
    buffer_done(&to_sign);
    return ok;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool fail_armour(struct error *err)
{
    return error_set(err, ERROR_INPUT, "not an armoured SSH signature (%s … %s); give it whole",
                     ARMOUR_BEGIN, ARMOUR_END);
}

/* Append to `blob` what the armour holds. White space after the last line is allowed. */
static bool read_armour(const char *armour, size_t size, struct buffer *blob, struct error *err)
{
    const size_t begin_size = strlen(ARMOUR_BEGIN), end_size = strlen(ARMOUR_END);
    struct buffer text = BUFFER_INIT(ARMOUR_SIZE_BYTES_MAX);
    bool ok = false;

    while (size > 0 && (armour[size - 1] == '\n' || armour[size - 1] == '\r'))
        size--;
    if (size > ARMOUR_SIZE_BYTES_MAX || size < begin_size + end_size + 2 ||
        memcmp(armour, ARMOUR_BEGIN, begin_size) != 0 ||
        memcmp(armour + size - end_size, ARMOUR_END, end_size) != 0 ||
        armour[size - end_size - 1] != '\n') {
        (void)fail_armour(err);
        goto out;
    }
    for (size_t at = begin_size; at < size - end_size; at++) {
        if (armour[at] == '\n' || armour[at] == '\r') continue;
        if (!buffer_append_byte(&text, (uint8_t)armour[at], err)) goto out;
    }
    if (!base64_decode(buffer_text(&text), text.size, blob, err)) goto out;
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

/* What a blob says, before anything of it is believed. */
struct claims {
    struct slice public_key;
    struct slice ssh_namespace;
    const struct hash_algorithm *algorithm;
    struct slice signature;
};

static const struct hash_algorithm *find_algorithm(const struct slice *name)
{
    for (size_t i = 0; i < ARRAY_COUNT(hash_algorithms); i++) {
        if (slice_is(name, hash_algorithms[i].name)) return &hash_algorithms[i];
    }
    return NULL;
}

static bool read_blob(const struct buffer *blob, struct claims *out, struct error *err)
{
    struct slice rest = {blob->data, blob->size};
    struct slice magic, reserved, algorithm_name;
    uint32_t version;

    if (!take_bytes(&rest, MAGIC_SIZE, &magic) || !slice_is(&magic, MAGIC) ||
        !take_uint32(&rest, &version)) {
        return error_set(err, ERROR_INPUT, "not an SSH signature; give it whole");
    }
    if (version != VERSION) {
        return error_set(err, ERROR_INPUT,
                         "an SSH signature of version %u; only version 1 is known",
                         (unsigned)version);
    }
    if (!take_ed25519(&rest, SIGN_PUBLIC_SIZE, &out->public_key)) {
        return error_set(err, ERROR_KEY,
                         "the SSH signature is not by an Ed25519 key; sign with one");
    }
    if (!take_string(&rest, &out->ssh_namespace) || !take_string(&rest, &reserved) ||
        !take_string(&rest, &algorithm_name) ||
        !take_ed25519(&rest, SIGN_SIGNATURE_SIZE, &out->signature) || rest.size != 0) {
        return error_set(err, ERROR_INPUT,
                         "the SSH signature is cut or has bytes too many; "
                         "give it whole");
    }
    out->algorithm = find_algorithm(&algorithm_name);
    if (out->algorithm == NULL || reserved.size != 0) {
        return error_set(err, ERROR_INPUT,
                         "the SSH signature has a hash other than sha256 and "
                         "sha512, or a reserved part; make it with `ssh-keygen -Y sign`");
    }
    return true;
}

bool sign_ssh_verify(const char *armour, size_t armour_size, const char *ssh_namespace,
                     const uint8_t *data, size_t size, struct sign_public *signer_out,
                     struct error *err)
{
    struct buffer blob = BUFFER_INIT(ARMOUR_SIZE_BYTES_MAX);
    struct buffer to_check = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    struct slice message = {data, size};
    struct claims claims;
    struct sign_public signer;
    bool ok = false;

    if (!check_namespace(ssh_namespace, err)) goto out;
    if (!read_armour(armour, armour_size, &blob, err)) goto out;
    if (!read_blob(&blob, &claims, err)) goto out;
    if (!slice_is(&claims.ssh_namespace, ssh_namespace)) {
        (void)error_set(err, ERROR_VERIFY,
                        "the SSH signature is for another namespace than \"%s\"; "
                        "sign again with `-n %s`",
                        ssh_namespace, ssh_namespace);
        goto out;
    }
    memcpy(signer.bytes, claims.public_key.data, SIGN_PUBLIC_SIZE);
    if (!append_signed(&to_check, ssh_namespace, claims.algorithm, &message, err)) goto out;
    if (!sign_verify(&signer, to_check.data, to_check.size, claims.signature.data, err)) goto out;
    *signer_out = signer;
    ok = true;
out:
    buffer_done(&to_check);
    buffer_done(&blob);
    return ok;
}
