/*
 * sign.h - Ed25519 (RFC 8032) and the SSH signature format that git uses, on raw keys.
 */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define SIGN_PUBLIC_SIZE    32
#define SIGN_SIGNATURE_SIZE 64

struct sign_public {
    uint8_t bytes[SIGN_PUBLIC_SIZE];
};

/** A private key. */
struct sign_key;

/** A fresh key from OpenSSL's generator. */
bool sign_key_generate(struct sign_key **out, struct error *err) MUST_CHECK;
/** From a 32-byte seed (RFC 8032 section 5.1.5), for tests and fixtures. */
bool sign_key_from_seed(const uint8_t seed[32], struct sign_key **out,
                        struct error *err) MUST_CHECK;
/** Wipe and release; accepts NULL. */
void sign_key_free(struct sign_key *key);
/** The public half. */
void sign_key_public(const struct sign_key *key, struct sign_public *out);

/**
 * Write the key as PKCS#8 PEM, encrypted by AES-256-CBC under scrypt (N=16384, r=8, p=1) of the
 * passphrase; an empty passphrase writes it in clear, for the keys of a machine.
 */
bool sign_key_to_pem(const struct sign_key *key, const char *passphrase, struct buffer *out,
                     struct error *err) MUST_CHECK;
/**
 * Read a PKCS#8 PEM file, encrypted or, with an empty passphrase, in clear.
 *
 * @return false with ERROR_KEY when the passphrase is wrong or missing or it is no Ed25519 key
 */
bool sign_key_from_pem(const uint8_t *data, size_t size, const char *passphrase,
                       struct sign_key **out, struct error *err) MUST_CHECK;

/** Sign bytes as they are (Ed25519, not Ed25519ph). The same bytes give the same signature. */
bool sign_message(const struct sign_key *key, const uint8_t *data, size_t size,
                  uint8_t signature[SIGN_SIGNATURE_SIZE], struct error *err) MUST_CHECK;
/** ERROR_VERIFY when the signature is not by this key over these bytes. */
bool sign_verify(const struct sign_public *key, const uint8_t *data, size_t size,
                 const uint8_t signature[SIGN_SIGNATURE_SIZE], struct error *err) MUST_CHECK;

/** A public key as people copy it: base64 of its 32 bytes (44 characters). */
bool sign_public_parse(const char *text, struct sign_public *out, struct error *err) MUST_CHECK;
#define SIGN_PUBLIC_TEXT_SIZE 45
char *sign_public_format(const struct sign_public *key, char text[SIGN_PUBLIC_TEXT_SIZE]);
bool sign_public_equal(const struct sign_public *a, const struct sign_public *b);

/** SHA-256 over the raw key as people compare it aloud: 16 groups of 4 hex digits. */
#define SIGN_FINGERPRINT_SIZE 80
char *sign_public_fingerprint(const struct sign_public *key, char text[SIGN_FINGERPRINT_SIZE]);

/* ---- SSH (openssh PROTOCOL.sshsig, namespace "git") ------------------------------------------ */

/** "ssh-ed25519 AAAA…", as in an allowed_signers line. */
bool sign_public_format_ssh(const struct sign_public *key, struct buffer *out,
                            struct error *err) MUST_CHECK;
/** Append an armoured SSHSIG (SHA-512) over data, without a newline at its end. */
bool sign_ssh(const struct sign_key *key, const char *ssh_namespace, const uint8_t *data,
              size_t size, struct buffer *out, struct error *err) MUST_CHECK;
/**
 * Check an armoured SSHSIG and give the key that made it; the caller decides whether to trust it.
 *
 * @param ssh_namespace  what the signature must be for: "git" for commits
 * @return false with ERROR_VERIFY when it doesn't hold or is for another namespace, ERROR_KEY when
 *         it is not by an Ed25519 key, ERROR_INPUT when it is no SSH signature
 */
bool sign_ssh_verify(const char *armour, size_t armour_size, const char *ssh_namespace,
                     const uint8_t *data, size_t size, struct sign_public *signer_out,
                     struct error *err) MUST_CHECK;

#endif
