/*
 * dsig.h - signed XML from a stranger: parsed without network, DTD or entities, its signature of
 * exactly one form, by exactly one certificate.
 *
 * libxml2's entity loader and xmlsec's error output are global; they are changed between
 * dsig_open() and dsig_close() and put back. Not for two threads at once.
 */
#ifndef AUDIT_VERIFY_DSIG_H
#define AUDIT_VERIFY_DSIG_H

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

struct dsig;

bool dsig_open(struct dsig **out, struct error *err) MUST_CHECK;
/** Accepts NULL. */
void dsig_close(struct dsig *dsig);

/** The schema that documents must fit from now on. */
bool dsig_set_schema(struct dsig *dsig, const struct buffer *schema, struct error *err) MUST_CHECK;

/** Parse; freed by xmlFreeDoc(). */
bool dsig_parse(struct dsig *dsig, const struct buffer *bytes, xmlDocPtr *out,
                struct error *err) MUST_CHECK;
bool dsig_validate(struct dsig *dsig, xmlDocPtr document, struct error *err) MUST_CHECK;

/** Check the form of the one signature and give the certificate (DER) that it names. */
bool dsig_signature_form(xmlDocPtr document, struct buffer *der_out, struct error *err) MUST_CHECK;
/**
 * Check a signature of that form by the key of a certificate that is trusted, and give the digest
 * that was signed: SHA-256 of the exclusive canonical form without the signature.
 */
bool dsig_signature_check(struct dsig *dsig, xmlDocPtr document, const uint8_t *der, size_t size,
                          hash_t *digest_out, struct error *err) MUST_CHECK;

/** The first child element of that name in our namespace, at or after a node; NULL if none. */
xmlNodePtr dsig_element(xmlNodePtr node, const char *name);
/** An element's attribute without namespace, or the text in it; false when longer or not there. */
bool dsig_attribute(xmlNodePtr node, const char *name, char *text, size_t text_size);
bool dsig_text(xmlNodePtr node, struct buffer *out, struct error *err) MUST_CHECK;

/** The certificate (DER) in a PEM file that holds nothing else. */
bool dsig_read_pem(const struct buffer *pem, struct buffer *der_out, struct error *err) MUST_CHECK;

#endif
