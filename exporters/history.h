/*
 * history.h - what a publication said before, in the history of git. Private to the folder.
 */
#ifndef EXPORTERS_HISTORY_H
#define EXPORTERS_HISTORY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define HISTORY_COMMITS_MAX 1000000

/**
 * Append the version of a document that has a digest, the newest such one.
 *
 * @param repository  its path
 * @param path        of the document in it
 * @param digest      as digest_format() writes it
 */
bool history_find_document(const char *repository, const char *path, const char *digest,
                           struct buffer *out, bool *found, struct error *err) MUST_CHECK;

#endif
