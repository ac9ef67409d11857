/*
 * sign.c - Ed25519 keys and signatures by OpenSSL 3.
 *
 * 1. A private key lives in an EVP_PKEY alone; every other copy of its bytes is wiped.
 * 2. OpenSSL never asks for a passphrase on the terminal: it is handed in, or there is none.
 * 3. OpenSSL's error queue is left empty.
 */
#include "base/sign.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "base/encode.h"
#include "base/hash.h"
#include "base/language.h"

#define SEED_SIZE           32
#define SCRYPT_N            16384 /* RFC 7914 section 2: cost, block size, parallelization */
#define SCRYPT_R            8
#define SCRYPT_P            1
#define PASSPHRASE_SIZE_MAX 1024
#define PEM_SIZE_BYTES_MAX  16384

struct sign_key {
    EVP_PKEY *pkey;
    struct sign_public public_key;
};

/* Did OpenSSL fail for want of memory? Then nothing is said about a key or a signature. */
static bool is_out_of_memory(void)
{
    return ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
}

/* Say what failed in OpenSSL's words, and empty its queue. */
static bool fail_openssl(struct error *err, const char *what)
{
    enum error_code code = is_out_of_memory() ? ERROR_MEMORY : ERROR_KEY;
    char reason[256];

    ERR_error_string_n(ERR_peek_last_error(), reason, sizeof reason);
    ERR_clear_error();
    return error_set(err, code, "%s failed: %s; check the OpenSSL installation", translate(what),
                     reason);
}

/* Wrap an Ed25519 private key. Takes `pkey`, also on failure. */
static bool key_take(EVP_PKEY *pkey, struct sign_key **out, struct error *err)
{
    struct sign_key *key = NULL;
    size_t size = SIGN_PUBLIC_SIZE;
    bool ok = false;

    key = calloc(1, sizeof *key);
    if (key == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a key; close other programs");
        goto out;
    }
    if (EVP_PKEY_get_raw_public_key(pkey, key->public_key.bytes, &size) != 1 ||
        size != SIGN_PUBLIC_SIZE) {
        (void)fail_openssl(err, N_("reading the public half of a key"));
        goto out;
    }
    key->pkey = pkey;
    pkey = NULL;
    *out = key;
    key = NULL;
    ok = true;
out:
    EVP_PKEY_free(pkey);
    free(key);
    return ok;
}

bool sign_key_generate(struct sign_key **out, struct error *err)
{
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

    if (pkey == NULL) return fail_openssl(err, N_("making a key"));
    return key_take(pkey, out, err);
}

bool sign_key_from_seed(const uint8_t seed[32], struct sign_key **out, struct error *err)
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, SEED_SIZE);

    if (pkey == NULL) return fail_openssl(err, N_("making a key from a seed"));
    return key_take(pkey, out, err);
}

void sign_key_free(struct sign_key *key)
{
    if (key == NULL) return;
    EVP_PKEY_free(key->pkey); /* wipes the private half */
    free(key);
}

void sign_key_public(const struct sign_key *key, struct sign_public *out)
{
    *out = key->public_key;
}

/* ---- PKCS#8 files ---------------------------------------------------------------------------- */

/* Write `pkcs8` to `bio`, encrypted as RFC 8018 section 6.2 (PBES2) with scrypt (RFC 7914). */
static bool write_encrypted(BIO *bio, PKCS8_PRIV_KEY_INFO *pkcs8, const char *passphrase,
                            struct error *err)
{
    X509_ALGOR *algorithm = NULL;
    X509_SIG *encrypted = NULL;
    bool ok = false;

    /* No salt and no IV given: OpenSSL draws both at random. */
    algorithm =
        PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), NULL, 0, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
    if (algorithm == NULL) {
        (void)fail_openssl(err, N_("preparing the encryption of a key"));
        goto out;
    }
    encrypted = PKCS8_set0_pbe(passphrase, (int)strlen(passphrase), pkcs8, algorithm);
    if (encrypted == NULL) {
        (void)fail_openssl(err, N_("encrypting a key"));
        goto out;
    }
    algorithm = NULL; /* now part of `encrypted` */
    if (PEM_write_bio_PKCS8(bio, encrypted) != 1) {
        (void)fail_openssl(err, N_("writing a key"));
        goto out;
    }
    ok = true;
out:
    X509_ALGOR_free(algorithm);
    X509_SIG_free(encrypted);
    return ok;
}

bool sign_key_to_pem(const struct sign_key *key, const char *passphrase, struct buffer *out,
                     struct error *err)
{
    BIO *bio = NULL;
    PKCS8_PRIV_KEY_INFO *pkcs8 = NULL;
    char *text = NULL;
    long text_size = 0;
    bool ok = false;

    if (strlen(passphrase) > PASSPHRASE_SIZE_MAX) {
        return error_set(err, ERROR_LIMIT, "the passphrase is longer than %d bytes; choose another",
                         PASSPHRASE_SIZE_MAX);
    }
    bio = BIO_new(BIO_s_mem());
    pkcs8 = EVP_PKEY2PKCS8(key->pkey);
    if (bio == NULL || pkcs8 == NULL) {
        (void)fail_openssl(err, N_("preparing a key for writing"));
        goto out;
    }
    if (passphrase[0] != '\0') {
        if (!write_encrypted(bio, pkcs8, passphrase, err)) goto out;
    } else if (PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio, pkcs8) != 1) {
        (void)fail_openssl(err, N_("writing a key"));
        goto out;
    }
    text_size = BIO_get_mem_data(bio, &text);
    assert(text_size > 0 && text_size <= PEM_SIZE_BYTES_MAX);
    if (!buffer_append(out, (const uint8_t *)text, (size_t)text_size, err)) goto out;
    ok = true;
out:
    if (text != NULL) OPENSSL_cleanse(text, (size_t)text_size);
    PKCS8_PRIV_KEY_INFO_free(pkcs8);
    BIO_free(bio);
    return ok;
}

/* OpenSSL asks here for the passphrase; -1 tells it that there is none. */
static int give_passphrase(char *text, int text_size_max, int is_writing, void *context)
{
    const char *passphrase = context;
    size_t size = strlen(passphrase);

    (void)is_writing;
    if (size == 0 || size > (size_t)text_size_max) return -1;
    memcpy(text, passphrase, size);
    return (int)size;
}

/* Is this marker among the bytes? Says why a key could not be read. */
static bool contains(const uint8_t *data, size_t size, const char *marker)
{
    size_t marker_size = strlen(marker);

    for (size_t at = 0; at + marker_size <= size; at++) {
        if (memcmp(data + at, marker, marker_size) == 0) return true;
    }
    return false;
}

static bool fail_reading(const uint8_t *data, size_t size, const char *passphrase,
                         struct error *err)
{
    if (is_out_of_memory()) return fail_openssl(err, N_("reading a key"));
    ERR_clear_error();
    if (!contains(data, size, "-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
        return error_set(err, ERROR_KEY,
                         "no private key in PKCS#8 PEM form; give the file that `key new` wrote");
    }
    if (passphrase[0] == '\0') {
        return error_set(err, ERROR_KEY, "the key is encrypted; give its passphrase");
    }
    return error_set(err, ERROR_KEY, "the passphrase does not open the key; type it again");
}

bool sign_key_from_pem(const uint8_t *data, size_t size, const char *passphrase,
                       struct sign_key **out, struct error *err)
{
    char secret[PASSPHRASE_SIZE_MAX + 1];
    BIO *bio = NULL;
    EVP_PKEY *pkey = NULL;
    bool ok = false;

    if (size == 0 || size > PEM_SIZE_BYTES_MAX) {
        return error_set(err, ERROR_KEY,
                         "a key file has 1 to %d bytes, not %zu; give the file that "
                         "`key new` wrote",
                         PEM_SIZE_BYTES_MAX, size);
    }
    if (strlen(passphrase) > PASSPHRASE_SIZE_MAX) {
        return error_set(err, ERROR_LIMIT, "the passphrase is longer than %d bytes; type it again",
                         PASSPHRASE_SIZE_MAX);
    }
    memcpy(secret, passphrase, strlen(passphrase) + 1);
    bio = BIO_new_mem_buf(data, (int)size);
    if (bio == NULL) {
        (void)fail_openssl(err, N_("reading a key"));
        goto out;
    }
    pkey = PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, secret);
    if (pkey == NULL) {
        (void)fail_reading(data, size, passphrase, err);
        goto out;
    }
    if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_ED25519) {
        (void)error_set(err, ERROR_KEY, "the key is not Ed25519; make one with `key new`");
        goto out;
    }
    ok = key_take(pkey, out, err);
    pkey = NULL;
out:
    OPENSSL_cleanse(secret, sizeof secret);
    EVP_PKEY_free(pkey);
    BIO_free(bio);
    ERR_clear_error();
    return ok;
}

/* ---- Signatures ------------------------------------------------------------------------------ */

bool sign_message(const struct sign_key *key, const uint8_t *data, size_t size,
                  uint8_t signature[SIGN_SIGNATURE_SIZE], struct error *err)
{
    uint8_t made[SIGN_SIGNATURE_SIZE];
    size_t made_size = sizeof made;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = false;

    if (context == NULL || EVP_DigestSignInit(context, NULL, NULL, NULL, key->pkey) != 1 ||
        EVP_DigestSign(context, made, &made_size, data, size) != 1) {
        (void)fail_openssl(err, "signing");
        goto out;
    }
    assert(made_size == SIGN_SIGNATURE_SIZE);
    memcpy(signature, made, SIGN_SIGNATURE_SIZE);
    ok = true;
out:
    EVP_MD_CTX_free(context);
    return ok;
}

bool sign_verify(const struct sign_public *key, const uint8_t *data, size_t size,
                 const uint8_t signature[SIGN_SIGNATURE_SIZE], struct error *err)
{
    EVP_PKEY *pkey = NULL;
    EVP_MD_CTX *context = NULL;
    bool ok = false;

    pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->bytes, SIGN_PUBLIC_SIZE);
    context = EVP_MD_CTX_new();
    if (pkey == NULL || context == NULL ||
        EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) != 1) {
        (void)fail_openssl(err, N_("preparing to check a signature"));
        goto out;
    }
    if (EVP_DigestVerify(context, signature, SIGN_SIGNATURE_SIZE, data, size) != 1) {
        if (is_out_of_memory()) {
            (void)fail_openssl(err, N_("checking a signature"));
            goto out;
        }
        ERR_clear_error();
        (void)error_set(err, ERROR_VERIFY,
                        "the signature is not by this key over these bytes; ask the signer again");
        goto out;
    }
    ok = true;
out:
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return ok;
}

/* ---- Public keys as text --------------------------------------------------------------------- */

bool sign_public_parse(const char *text, struct sign_public *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(SIGN_PUBLIC_SIZE + 1);
    size_t size = strlen(text);
    bool ok = false;

    if (size != SIGN_PUBLIC_TEXT_SIZE - 1) {
        (void)error_set(err, ERROR_KEY, "a public key has %d characters, not %zu; copy it whole",
                        SIGN_PUBLIC_TEXT_SIZE - 1, size);
        goto out;
    }
    if (!base64_decode(text, size, &bytes, err)) goto out;
    if (bytes.size != SIGN_PUBLIC_SIZE) {
        (void)error_set(err, ERROR_KEY, "a public key has %d bytes, not %zu; copy it whole",
                        SIGN_PUBLIC_SIZE, bytes.size);
        goto out;
    }
    memcpy(out->bytes, bytes.data, SIGN_PUBLIC_SIZE);
    ok = true;
out:
    buffer_done(&bytes);
    return ok;
}

char *sign_public_format(const struct sign_public *key, char text[SIGN_PUBLIC_TEXT_SIZE])
{
    int size = EVP_EncodeBlock((unsigned char *)text, key->bytes, SIGN_PUBLIC_SIZE);

    assert(size == SIGN_PUBLIC_TEXT_SIZE - 1);
    return text;
}

bool sign_public_equal(const struct sign_public *a, const struct sign_public *b)
{
    return memcmp(a->bytes, b->bytes, SIGN_PUBLIC_SIZE) == 0;
}

char *sign_public_fingerprint(const struct sign_public *key, char text[SIGN_FINGERPRINT_SIZE])
{
    enum { GROUPS = 16, DIGITS = 4 };
    static_assert(GROUPS * (DIGITS + 1) == SIGN_FINGERPRINT_SIZE, "15 spaces and a NUL between");
    char hex[HASH_HEX_SIZE];
    hash_t hash = hash_sha256(key->bytes, SIGN_PUBLIC_SIZE);

    hash_to_hex(&hash, hex);
    for (size_t group = 0; group < GROUPS; group++) {
        memcpy(text + group * (DIGITS + 1), hex + group * DIGITS, DIGITS);
        text[group * (DIGITS + 1) + DIGITS] = group + 1 < GROUPS ? ' ' : '\0';
    }
    return text;
}
