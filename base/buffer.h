/*
 * buffer.h - bytes that grow up to a limit named where the buffer is created.
 *
 * 1. size <= capacity <= limit; data[size] is a NUL byte whenever data is not NULL, so text in a
 *    buffer can be read as a string.
 * 2. A failed append leaves the contents as they were.
 *
 * Every append fails with ERROR_LIMIT when size would pass the limit and with ERROR_MEMORY when
 * memory runs out. What is appended must not lie inside the buffer itself, which may move.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

struct buffer {
    uint8_t *data; /* owned; NULL until something is reserved or appended */
    size_t size;
    size_t capacity;
    size_t limit; /* the most bytes that size may reach */
};

#define BUFFER_INIT(limit_bytes)                                                                   \
    {                                                                                              \
        NULL, 0, 0, (limit_bytes)                                                                  \
    }

/**
 * Make room, so that appending `more_bytes` cannot fail and does not move the data. Reserve the
 * whole size before appending a secret: growing may leave a copy behind that buffer_wipe() misses.
 */
bool buffer_reserve(struct buffer *buffer, size_t more_bytes, struct error *err) MUST_CHECK;

/** Append `size` bytes; `data` may be NULL when `size` is 0. */
bool buffer_append(struct buffer *buffer, const uint8_t *data, size_t size,
                   struct error *err) MUST_CHECK;

bool buffer_append_byte(struct buffer *buffer, uint8_t byte, struct error *err) MUST_CHECK;

/** Append a string without its NUL. */
bool buffer_append_text(struct buffer *buffer, const char *text, struct error *err) MUST_CHECK;

/** Append an integer in decimal, as PRId64 would. */
bool buffer_append_integer(struct buffer *buffer, int64_t value, struct error *err) MUST_CHECK;

/** Append what printf would print. */
bool buffer_append_format(struct buffer *buffer, struct error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_CHECK;

/** The contents as a string, "" when empty; lent until the next change. */
const char *buffer_text(const struct buffer *buffer);

/** Forget the contents, keep the memory. */
void buffer_reset(struct buffer *buffer);

/** Overwrite all the memory with zeros that the compiler may not leave out, then forget it. */
void buffer_wipe(struct buffer *buffer);

/** Release the memory. The buffer may be used again. Accepts NULL. */
void buffer_done(struct buffer *buffer);

#endif
