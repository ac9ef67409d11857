/*
 * encode.h - lowercase hexadecimal and standard base64 (RFC 4648 section 4, padded, canonical).
 *
 * 1. Both decoders accept exactly what their encoder writes, so that equal bytes always have equal
 *    text and a hash over the text can't be met in two ways.
 */
#ifndef BASE_ENCODE_H
#define BASE_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/** Write 2 × size lowercase hex digits and a NUL to `text`. */
void hex_encode(const uint8_t *data, size_t size, char *text);

/**
 * Read exactly 2 × size lowercase hex digits and nothing after them.
 *
 * @param text       text_size characters, no NUL needed
 * @param data       receives `size` bytes
 * @return false and `data` untouched on ERROR_INPUT: another length, or a character that is not
 *         0-9 or a-f; the message gives its position
 */
bool hex_decode(const char *text, size_t text_size, uint8_t *data, size_t size,
                struct error *err) MUST_CHECK;

/** Append the base64 text of `size` bytes to `out`. Fails as appending does. */
bool base64_encode(const uint8_t *data, size_t size, struct buffer *out,
                   struct error *err) MUST_CHECK;

/**
 * Append the bytes that `text` stands for to `out`.
 *
 * @return false and `out` as it was on ERROR_INPUT: white space, a character outside the alphabet,
 *         missing padding, non-zero trailing bits; ERROR_LIMIT, ERROR_MEMORY
 */
bool base64_decode(const char *text, size_t text_size, struct buffer *out,
                   struct error *err) MUST_CHECK;

#endif
