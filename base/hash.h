/*
 * hash.h - SHA-256, HMAC-SHA-256 and the two domain-separated hashes of RFC 6962 section 2.1.
 *
 * Hashing cannot fail: apart from hash_stream_new() nothing here allocates.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define HASH_SIZE     32
#define HASH_HEX_SIZE 65 /* 64 digits and NUL */

typedef struct {
    uint8_t bytes[HASH_SIZE];
} hash_t;

static_assert(sizeof(hash_t) == HASH_SIZE, "a hash_t is written to disk as it stands");

#define HASH_ZERO ((hash_t){{0}})

/** SHA-256 (FIPS 180-4). `data` may be NULL when `size` is 0. */
hash_t hash_sha256(const uint8_t *data, size_t size);

/** SHA-256(0x00 ‖ entry): a leaf of the tree and a link of the chain. RFC 6962 section 2.1. */
hash_t hash_leaf(const uint8_t *entry, size_t size);

/** SHA-256(0x01 ‖ left ‖ right): a node of the tree. RFC 6962 section 2.1. */
hash_t hash_node(const hash_t *left, const hash_t *right);

/** HMAC-SHA-256 (RFC 2104, RFC 4231). Copies of the key are wiped. */
hash_t hash_hmac_sha256(const uint8_t *key, size_t key_size, const uint8_t *message, size_t size);

/** SHA-256 of a stream, for files. */
struct hash_stream;

/** A stream to which nothing was added yet; NULL on ERROR_MEMORY. */
struct hash_stream *hash_stream_new(struct error *err) MUST_CHECK;
void hash_stream_add(struct hash_stream *stream, const uint8_t *data, size_t size);
/** The hash of all that was added; the stream starts again. */
hash_t hash_stream_finish(struct hash_stream *stream);
/** Accepts NULL. */
void hash_stream_free(struct hash_stream *stream);

bool hash_equal(const hash_t *a, const hash_t *b);
/** Write 64 lowercase hex digits and a NUL to `text`, and return it. */
char *hash_to_hex(const hash_t *hash, char text[HASH_HEX_SIZE]);
/** Exactly 64 lowercase hex digits; otherwise false, and `out` as it was. */
bool hash_from_hex(const char *text, hash_t *out, struct error *err) MUST_CHECK;

#endif
