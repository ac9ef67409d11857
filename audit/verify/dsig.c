/*
 * dsig.c - libxml2 reads and validates, xmlsec checks; what a signature may look like is decided
 * here.
 *
 * xmlsec is given the key of the pinned certificate and never looks for one in the document, so
 * that a forger's KeyValue, or a certificate of their own, has no part in it (FINDINGS: XML).
 */
#include "audit/verify/dsig.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include "base/encode.h"
#include "base/language.h"

#define SIGNATURE_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"
#define EXCLUSIVE_C14N      "http://www.w3.org/2001/10/xml-exc-c14n#"
#define BASE64_BYTES_MAX    65536

struct dsig {
    xmlExternalEntityLoader loader; /* as it was */
    xmlSchemaPtr schema;
    char complaint[256]; /* the first, of the schema's parser or validator */
};

/* ---- Opening -------------------------------------------------------------------------------- */

static xmlParserInputPtr refuse_to_load(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

/* xmlsec is started once in a process, perhaps by somebody else, and never stopped. */
static bool start_xmlsec(struct error *err)
{
    if (!xmlSecPtrListIsValid(xmlSecTransformIdsGet())) {
        if (xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 || xmlSecCryptoInit() < 0) {
            return error_set(err, ERROR_STORE, "xmlsec can't be started");
        }
    }
    xmlSecErrorsDefaultCallbackEnableOutput(0);
    return true;
}

bool dsig_open(struct dsig **out, struct error *err)
{
    struct dsig *dsig = calloc(1, sizeof *dsig);

    if (dsig == NULL) return error_set(err, ERROR_MEMORY, "no memory for XML");
    xmlInitParser();
    dsig->loader = xmlGetExternalEntityLoader();
    if (!start_xmlsec(err)) {
        free(dsig);
        return false;
    }
    xmlSetExternalEntityLoader(refuse_to_load);
    *out = dsig;
    return true;
}

void dsig_close(struct dsig *dsig)
{
    if (dsig == NULL) return;
    xmlSchemaFree(dsig->schema);
    xmlSetExternalEntityLoader(dsig->loader);
    xmlSecErrorsDefaultCallbackEnableOutput(1);
    free(dsig);
}

/* ---- Parsing -------------------------------------------------------------------------------- */

static bool contains(const struct buffer *bytes, const char *text)
{
    size_t size = strlen(text);

    for (size_t at = 0; at + size <= bytes->size; at++) {
        if (memcmp(bytes->data + at, text, size) == 0) return true;
    }
    return false;
}

bool dsig_parse(struct dsig *dsig, const struct buffer *bytes, xmlDocPtr *out, struct error *err)
{
    xmlParserCtxtPtr context;
    xmlDocPtr document;
    bool ok = false;

    (void)dsig;
    if (bytes->size > XML_BYTES_MAX) {
        return error_set(err, ERROR_VERIFY, "has %zu bytes; a document has at most %u", bytes->size,
                         XML_BYTES_MAX);
    }
    /* Refused before a parser sees it. Zero bytes would be another encoding. */
    if (contains(bytes, "<!DOCTYPE") || contains(bytes, "<!ENTITY")) {
        return error_set(err, ERROR_VERIFY, "has a DOCTYPE, which a document must not have");
    }
    if (memchr(buffer_text(bytes), 0, bytes->size) != NULL) {
        return error_set(err, ERROR_VERIFY, "is not UTF-8 text");
    }
    context = xmlNewParserCtxt();
    if (context == NULL) return error_set(err, ERROR_MEMORY, "no memory for XML");
    document = xmlCtxtReadMemory(context, buffer_text(bytes), (int)bytes->size, "document.xml",
                                 NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (document == NULL) {
        const xmlError *last = xmlCtxtGetLastError(context);

        (void)error_set(
            err, ERROR_VERIFY, "is no well-formed XML: line %d: %s", last == NULL ? 0 : last->line,
            last == NULL || last->message == NULL ? _("no reason given") : last->message);
        goto out;
    }
    if (document->intSubset != NULL || document->extSubset != NULL ||
        (document->encoding != NULL &&
         xmlStrcasecmp(document->encoding, (const xmlChar *)"UTF-8") != 0)) {
        (void)error_set(err, ERROR_VERIFY, "has a DOCTYPE or is not UTF-8");
        goto out;
    }
    *out = document;
    document = NULL;
    ok = true;
out:
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
    return ok;
}

/* ---- Schema --------------------------------------------------------------------------------- */

static void note_complaint(void *context, xmlErrorPtr complaint)
{
    struct dsig *dsig = context;

    if (dsig->complaint[0] != '\0' || complaint->message == NULL) return;
    (void)snprintf(dsig->complaint, sizeof dsig->complaint, "line %d: %s", complaint->line,
                   complaint->message);
    dsig->complaint[strcspn(dsig->complaint, "\n")] = '\0';
}

bool dsig_set_schema(struct dsig *dsig, const struct buffer *schema, struct error *err)
{
    xmlSchemaParserCtxtPtr context = NULL;
    xmlDocPtr document = NULL;
    bool ok = false;

    if (!dsig_parse(dsig, schema, &document, err)) goto out;
    context = xmlSchemaNewDocParserCtxt(document);
    if (context == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a schema");
        goto out;
    }
    dsig->complaint[0] = '\0';
    xmlSchemaSetParserStructuredErrors(context, note_complaint, dsig);
    xmlSchemaFree(dsig->schema);
    dsig->schema = xmlSchemaParse(context);
    if (dsig->schema == NULL) {
        (void)error_set(err, ERROR_VERIFY, "is no schema: %s", dsig->complaint);
        goto out;
    }
    ok = true;
out:
    xmlSchemaFreeParserCtxt(context);
    xmlFreeDoc(document);
    return ok;
}

bool dsig_validate(struct dsig *dsig, xmlDocPtr document, struct error *err)
{
    xmlSchemaValidCtxtPtr context;
    int result;

    assert(dsig->schema != NULL);
    context = xmlSchemaNewValidCtxt(dsig->schema);
    if (context == NULL) return error_set(err, ERROR_MEMORY, "no memory for a schema");
    dsig->complaint[0] = '\0';
    xmlSchemaSetValidStructuredErrors(context, note_complaint, dsig);
    result = xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    if (result == 0) return true;
    return error_set(err, ERROR_VERIFY, "does not fit the schema: %s", dsig->complaint);
}

/* ---- The form of a signature ---------------------------------------------------------------- */

/* An element of a signature: its one attribute, if any, and all its child elements in order. */
struct form {
    const char *name; /* NULL ends a list */
    const char *attribute;
    const char *value;
    const struct form *children; /* NULL: text only */
};

#define FORM_END                                                                                   \
    {                                                                                              \
        NULL, NULL, NULL, NULL                                                                     \
    }

static const struct form form_transforms[] = {
    {"Transform", "Algorithm", SIGNATURE_NAMESPACE "enveloped-signature", NULL},
    {"Transform", "Algorithm", EXCLUSIVE_C14N, NULL},
    FORM_END};
static const struct form form_reference[] = {
    {"Transforms", NULL, NULL, form_transforms},
    {"DigestMethod", "Algorithm", "http://www.w3.org/2001/04/xmlenc#sha256", NULL},
    {"DigestValue", NULL, NULL, NULL},
    FORM_END};
static const struct form form_signed_info[] = {
    {"CanonicalizationMethod", "Algorithm", EXCLUSIVE_C14N, NULL},
    {"SignatureMethod", "Algorithm", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", NULL},
    {"Reference", "URI", "", form_reference},
    FORM_END};
static const struct form form_x509_data[] = {{"X509Certificate", NULL, NULL, NULL}, FORM_END};
static const struct form form_key_info[] = {{"X509Data", NULL, NULL, form_x509_data}, FORM_END};
static const struct form form_signature[] = {{"SignedInfo", NULL, NULL, form_signed_info},
                                             {"SignatureValue", NULL, NULL, NULL},
                                             {"KeyInfo", NULL, NULL, form_key_info},
                                             FORM_END};
static const struct form form_root = {"Signature", NULL, NULL, form_signature};

static bool is_signature_element(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, SIGNATURE_NAMESPACE) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static bool has_form_attributes(xmlNodePtr node, const struct form *form)
{
    char value[128];

    if (form->attribute == NULL) return node->properties == NULL;
    return node->properties != NULL && node->properties->next == NULL &&
           dsig_attribute(node, form->attribute, value, sizeof value) &&
           strcmp(value, form->value) == 0;
}

static bool is_space(const xmlChar *text)
{
    return text == NULL || strspn((const char *)text, " \t\r\n") == strlen((const char *)text);
}

/* Nothing but what the form says, and white space between elements. */
static bool has_form(xmlNodePtr node, const struct form *form)
{
    const struct form *child = form->children;

    if (!is_signature_element(node, form->name) || !has_form_attributes(node, form)) return false;
    for (xmlNodePtr at = node->children; at != NULL; at = at->next) {
        if (at->type == XML_TEXT_NODE && (form->children == NULL || is_space(at->content)))
            continue;
        /* The depth is that of the form, five. */
        if (child == NULL || child->name == NULL || !has_form(at, child)) return false;
        child++;
    }
    return child == NULL || child->name == NULL;
}

/* Walk all nodes of a document in order. */
static xmlNodePtr next_node(xmlNodePtr node)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL) return node->children;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node == NULL || node->type == XML_DOCUMENT_NODE ? NULL : node->next;
}

/* The only element of xmldsig's that isn't inside another: it must be a child of the root. */
static bool find_signature(xmlDocPtr document, xmlNodePtr *out, struct error *err)
{
    xmlNodePtr root = xmlDocGetRootElement(document), signature = NULL;
    size_t count = 0;

    for (xmlNodePtr at = root; at != NULL; at = next_node(at)) {
        if (++count > XML_ELEMENTS_MAX)
            return error_set(err, ERROR_VERIFY, "has too many elements");
        if (!is_signature_element(at, form_root.name)) continue;
        if (signature != NULL) return error_set(err, ERROR_VERIFY, "has two signatures");
        signature = at;
    }
    if (signature == NULL || signature->parent != root) {
        return error_set(err, ERROR_VERIFY, "has no signature in its root element");
    }
    *out = signature;
    return true;
}

/* The element at the end of a path of names below a node that has the form. */
static xmlNodePtr descend(xmlNodePtr node, const char *const *names)
{
    for (; *names != NULL; names++) {
        for (node = node->children; node != NULL; node = node->next) {
            if (is_signature_element(node, *names)) break;
        }
        assert(node != NULL);
    }
    return node;
}

/* Base64 as XML holds it, with white space between. */
static bool read_base64(xmlNodePtr node, struct buffer *out, struct error *err)
{
    struct buffer text = BUFFER_INIT(BASE64_BYTES_MAX);
    xmlChar *content = xmlNodeGetContent(node);
    bool ok = false;

    for (const xmlChar *at = content; at != NULL && *at != '\0'; at++) {
        if (strchr(" \t\r\n", *at) != NULL) continue;
        if (!buffer_append_byte(&text, *at, err)) goto out;
    }
    ok = base64_decode(buffer_text(&text), text.size, out, err);
out:
    xmlFree(content);
    buffer_done(&text);
    return ok;
}

bool dsig_signature_form(xmlDocPtr document, struct buffer *der_out, struct error *err)
{
    static const char *const certificate[] = {"KeyInfo", "X509Data", "X509Certificate", NULL};
    xmlNodePtr signature;

    if (!find_signature(document, &signature, err)) return false;
    if (!has_form(signature, &form_root)) {
        return error_set(err, ERROR_VERIFY,
                         "its signature is not of the one form allowed (DESIGN section 4)");
    }
    buffer_reset(der_out);
    return read_base64(descend(signature, certificate), der_out, err);
}

/* ---- Checking a signature ------------------------------------------------------------------- */

/* Allow only what the form has, should xmlsec see more in it than we do. */
static bool restrict_context(xmlSecDSigCtxPtr context)
{
    context->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
    return xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformEnvelopedId) == 0 &&
           xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformExclC14NId) == 0 &&
           xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformSha256Id) == 0 &&
           xmlSecDSigCtxEnableSignatureTransform(context, xmlSecTransformExclC14NId) == 0 &&
           xmlSecDSigCtxEnableSignatureTransform(context, xmlSecTransformEcdsaSha256Id) == 0 &&
           xmlSecPtrListAdd(&context->keyInfoReadCtx.enabledKeyData,
                            (xmlSecPtr)(uintptr_t)xmlSecKeyDataX509Id) == 0;
}

static bool run_xmlsec(xmlNodePtr signature, xmlSecKeyPtr key, struct error *err)
{
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    bool ok = false;

    if (context == NULL) {
        xmlSecKeyDestroy(key);
        return error_set(err, ERROR_MEMORY, "no memory for a signature");
    }
    context->signKey = key;
    if (!restrict_context(context)) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a signature");
        goto out;
    }
    ok = xmlSecDSigCtxVerify(context, signature) == 0 &&
         context->status == xmlSecDSigStatusSucceeded &&
         xmlSecPtrListGetSize(&context->signedInfoReferences) == 1;
    if (!ok) {
        (void)error_set(err, ERROR_VERIFY,
                        "its signature doesn't belong to it: one of the two was changed");
    }
out:
    xmlSecDSigCtxDestroy(context);
    return ok;
}

bool dsig_signature_check(struct dsig *dsig, xmlDocPtr document, const uint8_t *der, size_t size,
                          hash_t *digest_out, struct error *err)
{
    static const char *const value[] = {"SignedInfo", "Reference", "DigestValue", NULL};
    struct buffer digest = BUFFER_INIT(HASH_SIZE);
    xmlNodePtr signature;
    xmlSecKeyPtr key;
    bool ok = false;

    (void)dsig;
    if (!find_signature(document, &signature, err)) goto out;
    key = xmlSecCryptoAppKeyLoadMemory(der, (xmlSecSize)size, xmlSecKeyDataFormatCertDer, NULL,
                                       NULL, NULL);
    if (key == NULL) {
        (void)error_set(err, ERROR_VERIFY, "its certificate can't be read");
        goto out;
    }
    if (!run_xmlsec(signature, key, err)) goto out;
    if (!read_base64(descend(signature, value), &digest, err)) goto out;
    if (digest.size != HASH_SIZE) {
        (void)error_set(err, ERROR_VERIFY, "its digest is no SHA-256");
        goto out;
    }
    memcpy(digest_out->bytes, digest.data, HASH_SIZE);
    ok = true;
out:
    buffer_done(&digest);
    return ok;
}

/* ---- Elements ------------------------------------------------------------------------------- */

xmlNodePtr dsig_element(xmlNodePtr node, const char *name)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && node->ns != NULL &&
            strcmp((const char *)node->ns->href, XML_NAMESPACE) == 0 &&
            strcmp((const char *)node->name, name) == 0)
            return node;
    }
    return NULL;
}

bool dsig_attribute(xmlNodePtr node, const char *name, char *text, size_t text_size)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    bool fits = value != NULL && strlen((const char *)value) < text_size;

    if (fits) memcpy(text, value, strlen((const char *)value) + 1);
    xmlFree(value);
    return fits;
}

bool dsig_text(xmlNodePtr node, struct buffer *out, struct error *err)
{
    xmlChar *content = xmlNodeGetContent(node);
    bool ok;

    if (content == NULL) return error_set(err, ERROR_MEMORY, "no memory for XML");
    buffer_reset(out);
    ok = buffer_append_text(out, (const char *)content, err);
    xmlFree(content);
    return ok;
}

/* ---- Certificates --------------------------------------------------------------------------- */

bool dsig_read_pem(const struct buffer *pem, struct buffer *der_out, struct error *err)
{
    BIO *file = BIO_new_mem_buf(pem->data, (int)pem->size);
    X509 *certificate = NULL;
    unsigned char *der = NULL;
    int size;
    bool ok = false;

    if (file == NULL) return error_set(err, ERROR_MEMORY, "no memory for a certificate");
    certificate = PEM_read_bio_X509(file, NULL, NULL, NULL);
    if (certificate == NULL || BIO_pending(file) != 0) {
        (void)error_set(err, ERROR_VERIFY, "is not one certificate in PEM");
        goto out;
    }
    size = i2d_X509(certificate, &der);
    if (size <= 0) {
        (void)error_set(err, ERROR_VERIFY, "its certificate can't be read");
        goto out;
    }
    buffer_reset(der_out);
    ok = buffer_append(der_out, der, (size_t)size, err);
out:
    OPENSSL_free(der);
    X509_free(certificate);
    BIO_free(file);
    return ok;
}
