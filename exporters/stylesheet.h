/*
 * stylesheet.h - a page made from a document by a stylesheet of the program's own.
 *
 * 1. A stylesheet reads and writes nothing but the document it is given and the page it makes.
 */
#ifndef EXPORTERS_STYLESHEET_H
#define EXPORTERS_STYLESHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

struct stylesheet;

/** Compile it; `name` stands for it in errors, lent until stylesheet_close(). */
bool stylesheet_open(const uint8_t *data, size_t size, const char *name, struct stylesheet **out,
                     struct error *err) MUST_CHECK;
/** NULL allowed. */
void stylesheet_close(struct stylesheet *stylesheet);

/** Append the page made from `document` to `out`; `name` stands for the document in errors. */
bool stylesheet_apply(const struct stylesheet *stylesheet, const struct buffer *document,
                      const char *name, struct buffer *out, struct error *err) MUST_CHECK;

#endif
