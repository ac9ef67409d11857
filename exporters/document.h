/*
 * document.h - reading a disclosure or manifest as XML: its digest, and what its signature claims.
 *
 * 1. XML is parsed without network, entities or DTD; a document that has a DTD is refused.
 * 2. The digest is what every part of this folder compares and signs: SHA-256 over the exclusive
 *    canonical form without comments (http://www.w3.org/2001/10/xml-exc-c14n#) of the document
 *    without its Signature element.
 */
#ifndef EXPORTERS_DOCUMENT_H
#define EXPORTERS_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define DOCUMENT_SIZE_BYTES_MAX (64u * 1024 * 1024)
#define DIGEST_TEXT_SIZE        45 /* 44 characters of base64 and NUL */

/** Parse; `name` stands for the document in errors. Ends with xmlFreeDoc(). */
bool document_parse(const uint8_t *data, size_t size, const char *name, xmlDocPtr *out,
                    struct error *err) MUST_CHECK;

/** The digest of a document, signed or not. */
bool document_digest(const uint8_t *data, size_t size, const char *name, hash_t *out,
                     struct error *err) MUST_CHECK;

/** What a published document says of itself. */
struct document_facts {
    hash_t digest;                   /* computed; equal to its DigestValue, or reading fails */
    char replaces[DIGEST_TEXT_SIZE]; /* the digest it corrects, or "" */
};

/**
 * Read a signed document. Its signature isn't checked here.
 *
 * @return false with ERROR_VERIFY when it has no Signature or its DigestValue isn't its digest:
 *         somebody changed the file after it was signed
 */
bool document_read(const uint8_t *data, size_t size, const char *name, struct document_facts *out,
                   struct error *err) MUST_CHECK;

/** A digest as XML-DSig writes it. */
char *digest_format(const hash_t *digest, char text[DIGEST_TEXT_SIZE]);

#endif
