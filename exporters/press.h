/*
 * press.h - from an unsigned document to what is published: signature, schema check.
 *
 * 1. A signature is enveloped XML-DSig: one Signature, one Reference with URI "", transforms
 *    enveloped and exclusive C14N, SHA-256, ECDSA P-256 with SHA-256, one X509Certificate.
 * 2. The signed document is the unsigned one with the Signature put in before its last end tag and
 *    not a byte changed, so that its DigestValue is the digest that was compared and logged.
 * 3. Nothing leaves the press unchecked: the signature is verified against the certificate and the
 *    document against the schema from the bytes that will be written.
 * 4. One press at a time in a process: xmlsec is started and stopped with it, and can't be twice.
 *
 * Spec: XML Signature Syntax and Processing 1.1; DESIGN section 4.
 */
#ifndef EXPORTERS_PRESS_H
#define EXPORTERS_PRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

struct press;

/** What the press signs with; lent until press_close(). */
struct press_key {
    const uint8_t *key_pem; /* the private key, PKCS#8 in clear */
    size_t key_size;
    const uint8_t *certificate_pem;
    size_t certificate_size;
};

/** Load key, certificate and schema once. ERROR_KEY when key or certificate is
 * unusable. */
bool press_open(const struct press_key *key, struct press **out, struct error *err) MUST_CHECK;
/** NULL allowed. */
void press_close(struct press *press);

/**
 * Would the document be valid once it is signed? Asked before it is entered in the ledger, because
 * what the ledger announces must come.
 */
bool press_check(struct press *press, const struct buffer *document, const char *name,
                 struct error *err) MUST_CHECK;

/**
 * Append the signed form of `document` to `out`.
 *
 * @param document  unsigned, ending with its root's end tag and a line feed
 * @param digest    its document_digest(); the signature must come to the same
 * @param name      its path, for errors
 */
bool press_sign(struct press *press, const struct buffer *document, const hash_t *digest,
                const char *name, struct buffer *out, struct error *err) MUST_CHECK;

#endif
