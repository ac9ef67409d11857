/*
 * stylesheet.h - a page made from a document by a stylesheet of the program's own.
 *
 * 1. A stylesheet reads and writes nothing but the document it is given and the page it makes. What
 * it includes by name is given with it, as bytes of the program.
 */
#ifndef EXPORTERS_STYLESHEET_H
#define EXPORTERS_STYLESHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

struct stylesheet;

/** A file of a stylesheet. */
struct stylesheet_part {
    const char *name;
    const uint8_t *data;
    const size_t *size;
};
/**
 * Compile it. The first part is the stylesheet; the others are what it includes, which are put in
 * its place: their templates, variables and parameters become its own.
 *
 * @param parts  lent until stylesheet_close(); the name of the first stands for it in errors
 */
bool stylesheet_open(const struct stylesheet_part *parts, size_t count, struct stylesheet **out,
                     struct error *err) MUST_CHECK;
/** NULL allowed. */
void stylesheet_close(struct stylesheet *stylesheet);

/** A string for a parameter of the stylesheet. */
struct stylesheet_parameter {
    const char *name;
    const char *value; /* NULL: the stylesheet's own */
};
/** The same from a document that is parsed already; blanks between its elements are lost. */
bool stylesheet_apply_tree(const struct stylesheet *stylesheet, xmlDocPtr tree, const char *name,
                           const struct stylesheet_parameter *parameters, struct buffer *out,
                           struct error *err) MUST_CHECK;
/**
 * Append the page made from `document` to `out`.
 *
 * @param name        stands for the document in errors
 * @param parameters  the last has no name; NULL for none
 */
bool stylesheet_apply(const struct stylesheet *stylesheet, const struct buffer *document,
                      const char *name, const struct stylesheet_parameter *parameters,
                      struct buffer *out, struct error *err) MUST_CHECK;

#endif
