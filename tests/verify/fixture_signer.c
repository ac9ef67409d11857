/* fixture_signer.c - xmlsec's templates, as the writer of a publication might use them. */
#include "tests/verify/fixture_signer.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <xmlsec/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include "base/encode.h"

#define XML_BYTES_MAX 1048576

static void append(struct buffer *out, const void *data, size_t size)
{
    struct error failure = ERROR_INIT;

    ck_assert(buffer_append(out, data, size, &failure));
}

static X509 *make_certificate(EVP_PKEY *key, const char *origin)
{
    X509 *certificate = X509_new();
    X509_NAME *name = X509_get_subject_name(certificate);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_set_version(certificate, 2);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20210101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "99991231235959Z");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)origin, -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    ck_assert_int_gt(X509_sign(certificate, key, EVP_sha256()), 0);
    return certificate;
}

struct fixture_signer *fixture_signer_new(const char *origin)
{
    struct fixture_signer *signer = calloc(1, sizeof *signer);
    struct error failure = ERROR_INIT;
    unsigned char *der = NULL;
    BIO *pem = BIO_new(BIO_s_mem());
    char *text;
    long text_size;
    int size;

    signer->der = signer->base64 = signer->pem = (struct buffer)BUFFER_INIT(65536);
    signer->key = EVP_EC_gen("P-256");
    ck_assert_ptr_nonnull(signer->key);
    signer->certificate = make_certificate(signer->key, origin);
    size = i2d_X509(signer->certificate, &der);
    append(&signer->der, der, (size_t)size);
    OPENSSL_free(der);
    ck_assert(base64_encode(signer->der.data, signer->der.size, &signer->base64, &failure));
    PEM_write_bio_X509(pem, signer->certificate);
    text_size = BIO_get_mem_data(pem, &text);
    append(&signer->pem, text, (size_t)text_size);
    BIO_free(pem);
    return signer;
}

void fixture_signer_free(struct fixture_signer *signer)
{
    if (signer == NULL) return;
    EVP_PKEY_free(signer->key);
    X509_free(signer->certificate);
    buffer_done(&signer->der);
    buffer_done(&signer->base64);
    buffer_done(&signer->pem);
    free(signer);
}

hash_t fixture_digest(const char *xml)
{
    xmlDocPtr document = xmlReadMemory(xml, (int)strlen(xml), "d.xml", NULL, 0);
    xmlChar *canonical = NULL;
    int size;
    hash_t hash;

    ck_assert_ptr_nonnull(document);
    size = xmlC14NDocDumpMemory(document, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &canonical);
    ck_assert_int_gt(size, 0);
    hash = hash_sha256(canonical, (size_t)size);
    xmlFree(canonical);
    xmlFreeDoc(document);
    return hash;
}

static void start(void)
{
    if (xmlSecPtrListIsValid(xmlSecTransformIdsGet())) return;
    xmlInitParser();
    ck_assert_int_eq(xmlSecInit(), 0);
    ck_assert_int_eq(xmlSecCryptoAppInit(NULL), 0);
    ck_assert_int_eq(xmlSecCryptoInit(), 0);
}

static xmlNodePtr make_template(xmlDocPtr document, enum fixture_bend bend)
{
    xmlNodePtr signature = xmlSecTmplSignatureCreateNsPref(
        document, xmlSecTransformExclC14NId, xmlSecTransformEcdsaSha256Id,
        bend == BEND_ID ? (const xmlChar *)"s" : NULL, (const xmlChar *)"ds");
    xmlNodePtr reference = xmlSecTmplSignatureAddReference(
        signature, bend == BEND_SHA1 ? xmlSecTransformSha1Id : xmlSecTransformSha256Id, NULL,
        (const xmlChar *)"", NULL);
    xmlNodePtr info;

    xmlAddChild(xmlDocGetRootElement(document), signature);
    if (bend != BEND_NO_ENVELOPED) {
        xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId);
    }
    xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NId);
    info = xmlSecTmplSignatureEnsureKeyInfo(signature, NULL);
    xmlSecTmplX509DataAddCertificate(xmlSecTmplKeyInfoAddX509Data(info));
    return signature;
}

void fixture_sign_xml(const struct fixture_signer *signer, const char *xml, enum fixture_bend bend,
                      struct buffer *out)
{
    xmlDocPtr document = xmlReadMemory(xml, (int)strlen(xml), "d.xml", NULL, 0);
    xmlSecDSigCtxPtr context;
    xmlNodePtr signature;
    xmlChar *text = NULL;
    BIO *pem = BIO_new(BIO_s_mem());
    char *key;
    long key_size;
    int size;

    start();
    ck_assert_ptr_nonnull(document);
    signature = make_template(document, bend);
    PEM_write_bio_PrivateKey(pem, signer->key, NULL, NULL, 0, NULL, NULL);
    key_size = BIO_get_mem_data(pem, &key);
    context = xmlSecDSigCtxCreate(NULL);
    context->signKey = xmlSecCryptoAppKeyLoadMemory((const xmlSecByte *)key, (xmlSecSize)key_size,
                                                    xmlSecKeyDataFormatPem, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(context->signKey);
    ck_assert_int_eq(xmlSecCryptoAppKeyCertLoadMemory(context->signKey, signer->der.data,
                                                      (xmlSecSize)signer->der.size,
                                                      xmlSecKeyDataFormatDer),
                     0);
    ck_assert_int_eq(xmlSecDSigCtxSign(context, signature), 0);
    xmlDocDumpMemory(document, &text, &size);
    buffer_reset(out);
    append(out, text, (size_t)size);
    xmlFree(text);
    BIO_free(pem);
    xmlSecDSigCtxDestroy(context);
    xmlFreeDoc(document);
}
