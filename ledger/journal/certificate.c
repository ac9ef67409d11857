/*
 * certificate.c - the X.509 certificates whose keys sign published documents (DESIGN section 4).
 *
 * A certificate here is a public key in the form that XML tools want: self-signed, ECDSA P-256, its
 * common name the origin, valid until 99991231235959Z (RFC 5280 section 4.1.2.5: no well-defined
 * end). It is believed because the journal pins it; its dates say nothing. Its subject has the
 * serial number besides: tools that are given several of one origin tell them apart by subject
 * alone.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/encode.h"
#include "ledger/journal/internal.h"

#define CURVE           "prime256v1"
#define NOT_BEFORE      "20000101000000Z" /* a fixed day: no clock is asked */
#define NOT_AFTER       "99991231235959Z"
#define SERIAL_SIZE     16
#define BASE64_SIZE_MAX 16384

/* ---- Checking -------------------------------------------------------------------------------- */

static bool check_name(X509 *certificate, const char *origin, struct error *err)
{
    char name[256];
    X509_NAME *subject = X509_get_subject_name(certificate);
    int size = X509_NAME_get_text_by_NID(subject, NID_commonName, name, sizeof name);

    if (size < 0 || strlen(origin) != (size_t)size || memcmp(name, origin, (size_t)size) != 0 ||
        X509_NAME_cmp(subject, X509_get_issuer_name(certificate)) != 0)
        return error_set(err, ERROR_INPUT,
                         "the certificate's common name, of subject and issuer, is not %s", origin);
    return true;
}

static bool check_key(X509 *certificate, struct error *err)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    char curve[32];
    size_t size;

    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
        EVP_PKEY_get_group_name(key, curve, sizeof curve, &size) != 1 || strcmp(curve, CURVE) != 0)
        return error_set(err, ERROR_INPUT, "the certificate's key is not an ECDSA key on P-256");
    if (X509_verify(certificate, key) != 1)
        return error_set(err, ERROR_VERIFY, "the certificate is not signed by its own key");
    return true;
}

static bool check_end(X509 *certificate, struct error *err)
{
    const ASN1_TIME *end = X509_get0_notAfter(certificate);

    if (ASN1_STRING_length(end) != (int)strlen(NOT_AFTER) ||
        memcmp(ASN1_STRING_get0_data(end), NOT_AFTER, strlen(NOT_AFTER)) != 0)
        return error_set(err, ERROR_INPUT,
                         "the certificate ends before %s; documents must verify for ever",
                         NOT_AFTER);
    return true;
}

bool certificate_check_der(const uint8_t *der, size_t size, const char *origin, struct error *err)
{
    const uint8_t *at = der;
    X509 *certificate = size <= LONG_MAX ? d2i_X509(NULL, &at, (long)size) : NULL;
    bool ok = false;

    if (certificate == NULL || at != der + size) {
        (void)error_set(err, ERROR_INPUT, "this is not one X.509 certificate in DER");
        goto out;
    }
    ok = check_name(certificate, origin, err) && check_key(certificate, err) &&
         check_end(certificate, err);
out:
    X509_free(certificate);
    return ok;
}

bool certificate_has_subject_of(const uint8_t *der, size_t size, const uint8_t *other_der,
                                size_t other_size)
{
    const uint8_t *at = der, *other_at = other_der;
    X509 *certificate = size <= LONG_MAX ? d2i_X509(NULL, &at, (long)size) : NULL;
    X509 *other = other_size <= LONG_MAX ? d2i_X509(NULL, &other_at, (long)other_size) : NULL;
    bool same =
        certificate != NULL && other != NULL &&
        X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_subject_name(other)) == 0;

    X509_free(certificate);
    X509_free(other);
    return same;
}

bool certificate_get(const struct json_document *document, uint32_t body, const char *member,
                     const char *origin, struct buffer *der_out, struct error *err)
{
    const uint8_t *text;
    uint32_t node;
    size_t size;

    if (!json_get_node(document, body, member, JSON_STRING, &node, err)) return false;
    text = json_string_value(document, node, &size);
    buffer_reset(der_out);
    return base64_decode((const char *)text, size, der_out, err) &&
           certificate_check_der(der_out->data, der_out->size, origin, err);
}

/* ---- Making ---------------------------------------------------------------------------------- */

static bool add_extension(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    bool ok = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;

    X509_EXTENSION_free(extension);
    return ok;
}

static bool set_serial(X509 *certificate, const uint8_t serial[SERIAL_SIZE])
{
    BIGNUM *number = BN_bin2bn(serial, SERIAL_SIZE, NULL);
    bool ok =
        number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;

    BN_free(number);
    return ok;
}

static bool set_name(X509 *certificate, const char *origin, const uint8_t serial[SERIAL_SIZE])
{
    X509_NAME *name = X509_get_subject_name(certificate);
    char hex[2 * SERIAL_SIZE + 1];

    for (size_t i = 0; i < SERIAL_SIZE; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", serial[i]);
    return X509_NAME_add_entry_by_NID(name, NID_serialNumber, MBSTRING_ASC,
                                      (const unsigned char *)hex, -1, -1, 0) == 1 &&
           X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      (const unsigned char *)origin, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *origin,
                 const uint8_t serial[SERIAL_SIZE])
{
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate, serial) &&
           set_name(certificate, origin, serial) &&
           ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), NOT_BEFORE) == 1 &&
           ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), NOT_AFTER) == 1 &&
           X509_set_pubkey(certificate, key) == 1 &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

/* The whole of a memory BIO, appended. */
static bool take_bio(BIO *bio, struct buffer *out, struct error *err)
{
    char *data;
    long size = BIO_get_mem_data(bio, &data);

    return size > 0 ? buffer_append(out, (const uint8_t *)data, (size_t)size, err)
                    : error_set(err, ERROR_MEMORY, "no memory to write a certificate");
}

static bool write_pem(X509 *certificate, EVP_PKEY *key, struct buffer *key_pem_out,
                      struct buffer *pem_out, struct error *err)
{
    BIO *key_bio = BIO_new(BIO_s_mem()), *bio = BIO_new(BIO_s_mem());
    bool ok = false;

    if (key_bio == NULL || bio == NULL ||
        PEM_write_bio_PKCS8PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) != 1 ||
        PEM_write_bio_X509(bio, certificate) != 1) {
        (void)error_set(err, ERROR_MEMORY, "no memory to write a certificate");
        goto out;
    }
    ok = take_bio(key_bio, key_pem_out, err) && take_bio(bio, pem_out, err);
out:
    BIO_free(key_bio);
    BIO_free(bio);
    return ok;
}

static bool write_der(X509 *certificate, struct buffer *out, struct error *err)
{
    uint8_t *der = NULL;
    int size = i2d_X509(certificate, &der);
    bool ok = size > 0 ? buffer_append(out, der, (size_t)size, err)
                       : error_set(err, ERROR_MEMORY, "no memory to write a certificate");

    OPENSSL_free(der);
    return ok;
}

bool certificate_make(const char *origin, const struct random_source *random,
                      struct buffer *key_pem_out, struct buffer *pem_out, struct buffer *der_out,
                      struct error *err)
{
    EVP_PKEY *key = NULL;
    X509 *certificate = NULL;
    uint8_t serial[SERIAL_SIZE];
    bool ok = false;

    if (!random->fill(random->context, serial, sizeof serial, err)) goto out;
    serial[0] = (uint8_t)((serial[0] & 0x3f) | 0x40); /* positive, and always of one length */
    key = EVP_EC_gen(CURVE);
    certificate = X509_new();
    if (key == NULL || certificate == NULL || !fill(certificate, key, origin, serial)) {
        (void)error_set(err, ERROR_KEY, "a certificate for %s could not be made", origin);
        goto out;
    }
    ok = write_pem(certificate, key, key_pem_out, pem_out, err) &&
         write_der(certificate, der_out, err);
out:
    X509_free(certificate);
    EVP_PKEY_free(key);
    return ok;
}

bool certificate_pem_to_der(const uint8_t *pem, size_t size, struct buffer *der_out,
                            struct error *err)
{
    BIO *bio = size <= INT_MAX ? BIO_new_mem_buf(pem, (int)size) : NULL;
    X509 *certificate = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
    bool ok = certificate != NULL ? write_der(certificate, der_out, err)
                                  : error_set(err, ERROR_KEY, "this is no certificate in PEM");

    X509_free(certificate);
    BIO_free(bio);
    return ok;
}
