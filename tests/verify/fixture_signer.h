/* fixture_signer.h - the publisher's XML key: a certificate and enveloped signatures, by xmlsec. */
#ifndef TESTS_VERIFY_FIXTURE_SIGNER_H
#define TESTS_VERIFY_FIXTURE_SIGNER_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/buffer.h"
#include "base/hash.h"

struct fixture_signer {
    EVP_PKEY *key;
    X509 *certificate;
    struct buffer der;
    struct buffer base64;
    struct buffer pem;
};

struct fixture_signer *fixture_signer_new(const char *origin);
void fixture_signer_free(struct fixture_signer *signer);

/** SHA-256 over the exclusive canonical form of XML without a signature. */
hash_t fixture_digest(const char *xml);

enum fixture_bend {
    BEND_NOTHING,
    BEND_SHA1,         /* another digest method */
    BEND_NO_ENVELOPED, /* a transform left out: the signature can't hold, its form tells first */
    BEND_ID            /* an Id on the Signature */
};

/** Put the signature in and write the document to `out`. */
void fixture_sign_xml(const struct fixture_signer *signer, const char *xml, enum fixture_bend bend,
                      struct buffer *out);

#endif
