/*
 * xml.h - signed XML from a stranger: parsed without network, DTD or entities, its signature of
 * exactly one form, by exactly one certificate.
 *
 * libxml2's entity loader and xmlsec's error output are global; they are changed between
 * xml_open() and xml_close() and put back. Not for two threads at once.
 */
#ifndef AUDIT_VERIFY_XML_H
#define AUDIT_VERIFY_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define XML_BYTES_MAX         (8U << 20) /* of one document */
#define XML_NAMESPACE         "urn:mingzhang:disclosure:1"
#define XML_ELEMENTS_MAX      1000000
#define CERTIFICATE_BYTES_MAX 32768

struct xml;

bool xml_open(struct xml **out, struct error *err) MUST_CHECK;
/** Accepts NULL. */
void xml_close(struct xml *xml);

/** The schema that documents must fit from now on. */
bool xml_set_schema(struct xml *xml, const struct buffer *schema, struct error *err) MUST_CHECK;

/** Parse; freed by xmlFreeDoc(). */
bool xml_parse(struct xml *xml, const struct buffer *bytes, xmlDocPtr *out,
               struct error *err) MUST_CHECK;
bool xml_validate(struct xml *xml, xmlDocPtr document, struct error *err) MUST_CHECK;

/** Check the form of the one signature and give the certificate (DER) that it names. */
bool xml_signature_form(xmlDocPtr document, struct buffer *der_out, struct error *err) MUST_CHECK;
/**
 * Check a signature of that form by the key of a certificate that is trusted, and give the digest
 * that was signed: SHA-256 of the exclusive canonical form without the signature.
 */
bool xml_signature_check(struct xml *xml, xmlDocPtr document, const uint8_t *der, size_t size,
                         hash_t *digest_out, struct error *err) MUST_CHECK;

/** The first child element of that name in our namespace, at or after a node; NULL if none. */
xmlNodePtr xml_element(xmlNodePtr node, const char *name);
/** An element's attribute without namespace, or the text in it; false when longer or not there. */
bool xml_attribute(xmlNodePtr node, const char *name, char *text, size_t text_size);
bool xml_text(xmlNodePtr node, struct buffer *out, struct error *err) MUST_CHECK;

/** The certificate (DER) in a PEM file that holds nothing else. */
bool xml_read_pem(const struct buffer *pem, struct buffer *der_out, struct error *err) MUST_CHECK;

#endif
