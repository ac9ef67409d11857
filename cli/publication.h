/*
 * publication.h - the one thing that commands read from a publication: its checkpoint.
 */
#ifndef CLI_PUBLICATION_H
#define CLI_PUBLICATION_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/**
 * The checkpoint note of the last commit, appended. *published is false, and nothing appended, when
 * there is no repository there or nothing was committed yet.
 */
bool publication_checkpoint(const char *repository, struct buffer *out, bool *published,
                            struct error *err) MUST_CHECK;

#endif
