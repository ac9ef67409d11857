/*
 * xml_writer.h - XML written straight into a buffer, in the order of the calls.
 *
 * 1. Two spaces for each level, LF, UTF-8, empty elements closed at once: the same calls give the
 *    same bytes. The bytes are free to be parsed; their meaning under exclusive C14N is what
 * counts.
 * 2. Escaping happens here and nowhere else. A character that XML 1.0 can't hold becomes U+FFFD, so
 *    that no name in the ledger can stop a publication.
 * 3. The first failure is kept and told by xml_writer_finish(); what follows it is ignored.
 */
#ifndef EXPORTERS_XML_WRITER_H
#define EXPORTERS_XML_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/money.h"

#define XML_WRITER_DEPTH_MAX 16

struct xml_writer {
    struct buffer *out; /* lent */
    struct error failure;
    int depth;
    const char *names[XML_WRITER_DEPTH_MAX]; /* open elements; lent until closed */
    bool start_tag_open;                     /* '>' of the innermost one isn't written yet */
};

/** Begin a document: the XML declaration. */
void xml_writer_init(struct xml_writer *writer, struct buffer *out);
/** Open an element; `name` is a literal. */
void xml_element_begin(struct xml_writer *writer, const char *name);
void xml_element_end(struct xml_writer *writer);
/** An attribute of the element just opened. */
void xml_attribute(struct xml_writer *writer, const char *name, const char *text);
/** The same, left out when the text is empty. */
void xml_attribute_if_any(struct xml_writer *writer, const char *name, const char *text);
void xml_attribute_integer(struct xml_writer *writer, const char *name, int64_t value);
void xml_attribute_boolean(struct xml_writer *writer, const char *name, bool value);
/** An amount: fen as an integer, and yuan as people read it, so that no reader has to compute. */
void xml_attribute_amount(struct xml_writer *writer, money_t amount);
/** An element that holds nothing but text. */
void xml_element_text(struct xml_writer *writer, const char *name, const char *text);
/** An element that holds nothing but an amount. */
void xml_element_amount(struct xml_writer *writer, const char *name, money_t amount);
/** What the writer, or an HTML page, made of a text, plain again; `out` has room for size + 1. */
void xml_unescape(const char *text, size_t size, char *out);
/** True when all was written and every element is closed; otherwise the first failure. */
bool xml_writer_finish(struct xml_writer *writer, struct error *err) MUST_CHECK;

#endif
