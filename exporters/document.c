/*
 * document.c - parse, canonicalize, digest.
 */
#include "exporters/document.h"

#include <assert.h>
#include <string.h>

#include <libxml/c14n.h>
#include <libxml/parser.h>

#include "base/buffer.h"
#include "base/encode.h"
#include "base/language.h"

#define SIGNATURE_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"

char *digest_format(const hash_t *digest, char text[DIGEST_TEXT_SIZE])
{
    struct buffer encoded = BUFFER_INIT(DIGEST_TEXT_SIZE);
    struct error ignored = ERROR_INIT;

    /* 32 bytes always make 44 characters; only memory could run out, and then the text is empty. */
    text[0] = '\0';
    if (base64_encode(digest->bytes, HASH_SIZE, &encoded, &ignored)) {
        assert(encoded.size == DIGEST_TEXT_SIZE - 1);
        memcpy(text, encoded.data, DIGEST_TEXT_SIZE);
    }
    buffer_done(&encoded);
    return text;
}

bool document_parse(const uint8_t *data, size_t size, const char *name, xmlDocPtr *out,
                    struct error *err)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlParserCtxtPtr parser = NULL;
    const xmlError *fault = NULL;
    xmlDocPtr document = NULL;
    bool ok = false;

    if (size > DOCUMENT_SIZE_BYTES_MAX) {
        (void)error_set(err, ERROR_LIMIT, "%s is larger than %u bytes; publish smaller periods",
                        name, DOCUMENT_SIZE_BYTES_MAX);
        goto out;
    }
    parser = xmlNewParserCtxt();
    if (parser == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory while reading %s", name);
        goto out;
    }
    document = xmlCtxtReadMemory(parser, (const char *)data, (int)size, NULL, NULL, options);
    if (document == NULL) {
        fault = xmlCtxtGetLastError(parser);
        (void)error_set(err, ERROR_VERIFY, "%s is not XML: %s, line %d; fetch it again", name,
                        fault != NULL && fault->message != NULL ? fault->message : _("unreadable"),
                        fault != NULL ? fault->line : 0);
        goto out;
    }
    if (document->intSubset != NULL || xmlDocGetRootElement(document) == NULL) {
        (void)error_set(err, ERROR_VERIFY,
                        "%s has a document type declaration, which no document of ours has", name);
        goto out;
    }
    *out = document;
    document = NULL;
    ok = true;
out:
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    return ok;
}

static xmlNodePtr find_child(xmlNodePtr parent, const char *name)
{
    for (xmlNodePtr at = parent != NULL ? parent->children : NULL; at != NULL; at = at->next) {
        if (at->type != XML_ELEMENT_NODE || at->ns == NULL) continue;
        if (strcmp((const char *)at->ns->href, SIGNATURE_NAMESPACE) != 0) continue;
        if (strcmp((const char *)at->name, name) == 0) return at;
    }
    return NULL;
}

/* The digest of a parsed document; its Signature, if any, is taken out of the tree. */
static bool digest_tree(xmlDocPtr document, const char *name, hash_t *out, struct error *err)
{
    xmlNodePtr signature = find_child(xmlDocGetRootElement(document), "Signature");
    xmlChar *canonical = NULL;
    int size;

    if (signature != NULL) {
        xmlUnlinkNode(signature);
        xmlFreeNode(signature);
    }
    size = xmlC14NDocDumpMemory(document, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &canonical);
    if (size < 0) return error_set(err, ERROR_MEMORY, "cannot canonicalize %s", name);
    *out = hash_sha256(canonical, (size_t)size);
    xmlFree(canonical);
    return true;
}

bool document_digest(const uint8_t *data, size_t size, const char *name, hash_t *out,
                     struct error *err)
{
    xmlDocPtr document = NULL;
    bool ok = false;

    if (!document_parse(data, size, name, &document, err)) goto out;
    ok = digest_tree(document, name, out, err);
out:
    xmlFreeDoc(document);
    return ok;
}

/* Copy an XML string that must fit; what doesn't fit is no digest and counts as none. */
static void copy_digest(xmlChar *text, char out[DIGEST_TEXT_SIZE])
{
    size_t size = text != NULL ? strlen((const char *)text) : 0;

    out[0] = '\0';
    if (size < DIGEST_TEXT_SIZE && size > 0) memcpy(out, text, size + 1);
    xmlFree(text);
}

bool document_read(const uint8_t *data, size_t size, const char *name, struct document_facts *out,
                   struct error *err)
{
    char claimed[DIGEST_TEXT_SIZE], computed[DIGEST_TEXT_SIZE];
    struct document_facts facts;
    xmlDocPtr document = NULL;
    xmlNodePtr at;
    bool ok = false;

    if (!document_parse(data, size, name, &document, err)) goto out;
    copy_digest(xmlGetNoNsProp(xmlDocGetRootElement(document), (const xmlChar *)"replaces"),
                facts.replaces);
    at = find_child(xmlDocGetRootElement(document), "Signature");
    at = find_child(find_child(at, "SignedInfo"), "Reference");
    at = find_child(at, "DigestValue");
    copy_digest(at != NULL ? xmlNodeGetContent(at) : NULL, claimed);
    if (!digest_tree(document, name, &facts.digest, err)) goto out;
    if (strcmp(claimed, digest_format(&facts.digest, computed)) != 0) {
        (void)error_set(err, ERROR_VERIFY,
                        "%s was changed after it was signed: its digest is %s, its signature says "
                        "%s; restore it from another clone",
                        name, computed, claimed[0] != '\0' ? claimed : _("nothing"));
        goto out;
    }
    *out = facts;
    ok = true;
out:
    xmlFreeDoc(document);
    return ok;
}
