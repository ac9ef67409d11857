/*
 * publication.h - what commands read from a publication: its checkpoint, and its entries.
 *
 * Nothing here is checked but its form: audit/verify says whether a publication is to be believed.
 */
#ifndef CLI_PUBLICATION_H
#define CLI_PUBLICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/**
 * The checkpoint note of the last commit, appended. *published is false, and nothing appended, when
 * there is no repository there or nothing was committed yet.
 */
bool publication_checkpoint(const char *repository, struct buffer *out, bool *published,
                            struct error *err) MUST_CHECK;

/** The entries of the last commit, as it was when this was opened. */
struct published_entries;

/** ERROR_NOT_FOUND when there is no repository or nothing was committed yet. */
bool published_open(const char *repository, struct published_entries **out,
                    struct error *err) MUST_CHECK;
/** NULL allowed. */
void published_close(struct published_entries *publication);
/** How many entries its checkpoint tells of. */
uint64_t published_size(const struct published_entries *publication);
/**
 * Append the bytes of an entry. Those of one bundle are at hand together: read in order.
 *
 * @param context  the publication, as `read` of a published_log gets it
 * @return false with ERROR_VERIFY when the bundle is missing or is none
 */
bool published_read(void *context, uint64_t seq, struct buffer *out, struct error *err) MUST_CHECK;

#endif
