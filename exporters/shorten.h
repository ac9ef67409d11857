/*
 * shorten.h - a document whose texts are too long for a page, with their beginnings only.
 */
#ifndef EXPORTERS_SHORTEN_H
#define EXPORTERS_SHORTEN_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/**
 * Append `document` to `out`, with no name and no text of more than `most` characters: what was cut
 * ends with "…". Codes, dates and amounts stay whole.
 *
 * @param name  stands for the document in errors
 */
bool shorten_texts(const struct buffer *document, const char *name, int most, struct buffer *out,
                   struct error *err) MUST_CHECK;

#endif
