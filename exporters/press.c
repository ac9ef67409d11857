/*
 * press.c - xmlsec signs, libxml2 validates.
 */
#include "exporters/press.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <xmlsec/app.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include "exporters/document.h"
#include "exporters/embedded.h"

struct press {
    bool xmlsec_ready, crypto_application_ready, crypto_ready;
    const struct press_key *key;
    xmlSchemaPtr schema;
};

/* ---- Opening ----------------------------------------------------------------------------------
 */

static bool open_xmlsec(struct press *press, struct error *err)
{
    if (xmlSecInit() < 0) return error_set(err, ERROR_STATE, "xmlsec doesn't start");
    press->xmlsec_ready = true;
    /* Its own messages would go to stderr; ours say what matters. */
    xmlSecErrorsDefaultCallbackEnableOutput(0);
    if (xmlSecCheckVersion() != 1)
        return error_set(err, ERROR_STATE,
                         "the xmlsec library is another version than its headers");
    if (xmlSecCryptoAppInit(NULL) < 0) return error_set(err, ERROR_STATE, "xmlsec has no OpenSSL");
    press->crypto_application_ready = true;
    if (xmlSecCryptoInit() < 0) return error_set(err, ERROR_STATE, "xmlsec has no OpenSSL");
    press->crypto_ready = true;
    return true;
}

/* What libxml2 has to say while the schema compiles would go to stderr. */
static void ignore_message(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static bool open_schema(struct press *press, struct error *err)
{
    xmlSchemaParserCtxtPtr parser =
        xmlSchemaNewMemParserCtxt((const char *)embedded_xsd, (int)embedded_xsd_size);

    if (parser != NULL) {
        xmlSchemaSetParserErrors(parser, ignore_message, ignore_message, NULL);
        press->schema = xmlSchemaParse(parser);
    }
    xmlSchemaFreeParserCtxt(parser);
    if (press->schema == NULL) return error_set(err, ERROR_STATE, "disclosure.xsd doesn't compile");
    return true;
}

bool press_open(const struct press_key *key, struct press **out, struct error *err)
{
    struct press *press = calloc(1, sizeof *press);
    bool ok = false;

    if (press == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    press->key = key;
    xmlInitParser();
    if (!open_xmlsec(press, err)) goto out;
    if (!open_schema(press, err)) goto out;
    *out = press;
    press = NULL;
    ok = true;
out:
    press_close(press);
    return ok;
}

void press_close(struct press *press)
{
    if (press == NULL) return;
    xmlSchemaFree(press->schema);
    if (press->crypto_ready) (void)xmlSecCryptoShutdown();
    if (press->crypto_application_ready) (void)xmlSecCryptoAppShutdown();
    if (press->xmlsec_ready) (void)xmlSecShutdown();
    free(press);
}

/* ---- Signing ----------------------------------------------------------------------------------
 */

/* The empty Signature of DESIGN section 4, added as the root's last child. */
static xmlNodePtr add_template(xmlDocPtr document)
{
    xmlNodePtr signature, reference, key_info, x509;

    signature = xmlSecTmplSignatureCreate(document, xmlSecTransformExclC14NId,
                                          xmlSecTransformEcdsaSha256Id, NULL);
    if (signature == NULL) return NULL;
    if (xmlAddChild(xmlDocGetRootElement(document), signature) == NULL) {
        xmlFreeNode(signature);
        return NULL;
    }
    reference = xmlSecTmplSignatureAddReference(signature, xmlSecTransformSha256Id, NULL,
                                                (const xmlChar *)"", NULL);
    if (reference == NULL) return NULL;
    if (xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId) == NULL) return NULL;
    if (xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NId) == NULL) return NULL;
    key_info = xmlSecTmplSignatureEnsureKeyInfo(signature, NULL);
    if (key_info == NULL) return NULL;
    x509 = xmlSecTmplKeyInfoAddX509Data(key_info);
    if (x509 == NULL || xmlSecTmplX509DataAddCertificate(x509) == NULL) return NULL;
    return signature;
}

static bool sign_tree(const struct press *press, xmlNodePtr signature, const char *name,
                      struct error *err)
{
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    bool ok = false;

    if (context == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory while signing %s", name);
        goto out;
    }
    context->signKey =
        xmlSecCryptoAppKeyLoadMemory(press->key->key_pem, (xmlSecSize)press->key->key_size,
                                     xmlSecKeyDataFormatPem, NULL, NULL, NULL);
    if (context->signKey == NULL ||
        xmlSecCryptoAppKeyCertLoadMemory(context->signKey, press->key->certificate_pem,
                                         (xmlSecSize)press->key->certificate_size,
                                         xmlSecKeyDataFormatPem) < 0) {
        (void)error_set(err, ERROR_KEY, "the signer's XML key or certificate can't be read");
        goto out;
    }
    if (xmlSecDSigCtxSign(context, signature) < 0) {
        (void)error_set(err, ERROR_KEY, "cannot sign %s with the signer's XML key", name);
        goto out;
    }
    ok = true;
out:
    if (context != NULL) xmlSecDSigCtxDestroy(context);
    return ok;
}

/* Put the bytes of the Signature before the document's last end tag. */
static bool splice(const struct buffer *document, xmlDocPtr tree, xmlNodePtr signature,
                   struct buffer *out, struct error *err)
{
    size_t end = document->size;
    xmlBufferPtr text = xmlBufferCreate();
    bool ok = false;

    while (end > 0 && document->data[end - 1] != '<')
        end--;
    assert(end > 1 && document->data[end] == '/');
    end--;
    if (text == NULL || xmlNodeDump(text, tree, signature, 0, 0) < 0) {
        (void)error_set(err, ERROR_MEMORY, "out of memory while signing");
        goto out;
    }
    if (!buffer_append(out, document->data, end, err)) goto out;
    if (!buffer_append(out, xmlBufferContent(text), (size_t)xmlBufferLength(text), err)) goto out;
    if (!buffer_append(out, document->data + end, document->size - end, err)) goto out;
    ok = true;
out:
    xmlBufferFree(text);
    return ok;
}

/* ---- Checking what was signed ------------------------------------------------------------------
 */

/* By the certificate's own key, given: an xmlsec key manager would read and trust every authority
   that the machine knows besides. */
static bool verify_tree(const struct press *press, xmlDocPtr tree, const char *name,
                        struct error *err)
{
    const struct press_key *key = press->key;
    xmlNodePtr signature =
        xmlSecFindNode(xmlDocGetRootElement(tree), xmlSecNodeSignature, xmlSecDSigNs);
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    bool good = false;

    if (context != NULL && signature != NULL) {
        context->signKey =
            xmlSecCryptoAppKeyLoadMemory(key->certificate_pem, (xmlSecSize)key->certificate_size,
                                         xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
        good = context->signKey != NULL && xmlSecDSigCtxVerify(context, signature) == 0 &&
               context->status == xmlSecDSigStatusSucceeded;
    }
    if (context != NULL) xmlSecDSigCtxDestroy(context);
    if (!good)
        return error_set(err, ERROR_VERIFY,
                         "%s was signed but doesn't verify against the signer's certificate: key "
                         "and certificate don't belong together",
                         name);
    return true;
}

struct schema_fault {
    int line;
    char message[256];
};

static void keep_first_fault(void *context, xmlErrorPtr fault)
{
    struct schema_fault *first = context;
    size_t size;

    if (first->message[0] != '\0' || fault == NULL || fault->message == NULL) return;
    size = strlen(fault->message);
    if (size >= sizeof first->message) size = sizeof first->message - 1;
    memcpy(first->message, fault->message, size);
    first->message[size] = '\0';
    first->line = fault->line;
}

static bool validate_tree(const struct press *press, xmlDocPtr tree, const char *name,
                          struct error *err)
{
    struct schema_fault first = {0, ""};
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(press->schema);
    int result = -1;

    if (context != NULL) {
        xmlSchemaSetValidStructuredErrors(context, keep_first_fault, &first);
        result = xmlSchemaValidateDoc(context, tree);
    }
    xmlSchemaFreeValidCtxt(context);
    if (result != 0)
        return error_set(err, ERROR_STATE, "%s, line %d, breaks disclosure.xsd: %s", name,
                         first.line, first.message);
    return true;
}

static bool check_signed(const struct press *press, const struct buffer *document,
                         const hash_t *digest, const char *name, struct error *err)
{
    struct document_facts facts;
    xmlDocPtr tree = NULL;
    bool ok = false;

    if (!document_read(document->data, document->size, name, &facts, err)) goto out;
    if (!hash_equal(&facts.digest, digest)) {
        (void)error_set(err, ERROR_VERIFY, "%s changed while it was signed", name);
        goto out;
    }
    if (!document_parse(document->data, document->size, name, &tree, err)) goto out;
    if (!verify_tree(press, tree, name, err)) goto out;
    if (!validate_tree(press, tree, name, err)) goto out;
    ok = true;
out:
    xmlFreeDoc(tree);
    return ok;
}

bool press_check(struct press *press, const struct buffer *document, const char *name,
                 struct error *err)
{
    xmlDocPtr tree = NULL;
    bool ok = false;

    if (!document_parse(document->data, document->size, name, &tree, err)) goto out;
    if (add_template(tree) == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory while checking %s", name);
        goto out;
    }
    ok = validate_tree(press, tree, name, err);
out:
    xmlFreeDoc(tree);
    return ok;
}

bool press_sign(struct press *press, const struct buffer *document, const hash_t *digest,
                const char *name, struct buffer *out, struct error *err)
{
    struct buffer signed_document = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    xmlDocPtr tree = NULL;
    xmlNodePtr signature;
    bool ok = false;

    if (!document_parse(document->data, document->size, name, &tree, err)) goto out;
    signature = add_template(tree);
    if (signature == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory while signing %s", name);
        goto out;
    }
    if (!sign_tree(press, signature, name, err)) goto out;
    if (!splice(document, tree, signature, &signed_document, err)) goto out;
    if (!check_signed(press, &signed_document, digest, name, err)) goto out;
    ok = buffer_append(out, signed_document.data, signed_document.size, err);
out:
    xmlFreeDoc(tree);
    buffer_done(&signed_document);
    return ok;
}
