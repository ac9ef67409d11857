/*
 * xls_compound.h - streams in a compound file ([MS-CFB]), the container of XLS and of XLSX with a
 * password.
 *
 * 1. Only streams that lie in the root are seen; an embedded book isn't taken for the book itself.
 * 2. No chain of sectors is followed further than the file has sectors, no offset read past its
 * end.
 */
#ifndef IMPORTERS_XLS_COMPOUND_H
#define IMPORTERS_XLS_COMPOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

/** Where the bytes come from: a descriptor, or memory when `data` isn't NULL. */
struct byte_source {
    int descriptor;
    const uint8_t *data;
    uint64_t size;
};

struct compound_stream {
    const struct byte_source *source; /* lent */
    uint64_t *offsets;                /* owned: in the source, of each unit */
    size_t unit_count;
    uint32_t unit_size;
    uint64_t size;
};

struct compound;

/** Open a compound file; `source` must outlive it and its streams. ERROR_INPUT when it is damaged.
 */
bool compound_open(const struct byte_source *source, struct compound **out,
                   struct error *err) MUST_CHECK;
/** Accepts NULL. */
void compound_close(struct compound *compound);
/** Is there a stream or storage of this name (ASCII) in the root? */
bool compound_has(const struct compound *compound, const char *name);
/** Open a stream of the root; it needs the source and no more the compound. ERROR_INPUT. */
bool compound_stream_open(const struct compound *compound, const char *name,
                          struct compound_stream *out, struct error *err) MUST_CHECK;
/** Read exactly `size` bytes. ERROR_INPUT past the end, ERROR_IO. */
bool compound_stream_read(const struct compound_stream *stream, uint64_t offset, uint8_t *out,
                          size_t size, struct error *err) MUST_CHECK;
void compound_stream_done(struct compound_stream *stream);

/** "the file is damaged (WHAT); …". */
bool compound_fail(struct error *err, const char *what);

static inline uint16_t little16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t little32(const uint8_t *at)
{
    return little16(at) | (uint32_t)little16(at + 2) << 16;
}

static inline uint64_t little64(const uint8_t *at)
{
    return little32(at) | (uint64_t)little32(at + 4) << 32;
}

#endif
