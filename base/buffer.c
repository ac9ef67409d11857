/*
 * buffer.c - growing by doubling, never past the limit that the creator named.
 */
#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#define CAPACITY_FIRST_BYTES 64

/* The next capacity that holds `needed` bytes: doubled, so that appending stays linear. */
static size_t capacity_for(const struct buffer *buffer, size_t needed)
{
    size_t capacity = buffer->capacity < CAPACITY_FIRST_BYTES ? CAPACITY_FIRST_BYTES
                      : buffer->capacity > buffer->limit / 2  ? buffer->limit
                                                              : buffer->capacity * 2;

    if (capacity < needed) capacity = needed;
    return capacity < buffer->limit ? capacity : buffer->limit;
}

static bool has_room(const struct buffer *buffer, size_t more_bytes)
{
    assert(buffer->size <= buffer->capacity);
    assert(buffer->capacity <= buffer->limit);
    return buffer->data != NULL && more_bytes <= buffer->capacity - buffer->size;
}

bool buffer_reserve(struct buffer *buffer, size_t more_bytes, struct error *err)
{
    size_t capacity;
    uint8_t *data;

    if (has_room(buffer, more_bytes)) return true;
    if (more_bytes > buffer->limit - buffer->size) {
        return error_set(err, ERROR_LIMIT,
                         "this needs more than the %zu bytes allowed for it; "
                         "make it shorter or split it",
                         buffer->limit);
    }
    capacity = capacity_for(buffer, buffer->size + more_bytes);
    data = capacity < SIZE_MAX ? realloc(buffer->data, capacity + 1) : NULL;
    if (data == NULL) {
        return error_set(err, ERROR_MEMORY,
                         "no memory for %zu bytes; close other programs or split the input",
                         capacity);
    }
    data[buffer->size] = '\0';
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool buffer_append(struct buffer *buffer, const uint8_t *data, size_t size, struct error *err)
{
    if (!buffer_reserve(buffer, size, err)) return false;
    if (size > 0) memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
    return true;
}

bool buffer_append_byte(struct buffer *buffer, uint8_t byte, struct error *err)
{
    if (!buffer_reserve(buffer, 1, err)) return false;
    buffer->data[buffer->size++] = byte;
    buffer->data[buffer->size] = '\0';
    return true;
}

bool buffer_append_text(struct buffer *buffer, const char *text, struct error *err)
{
    return buffer_append(buffer, (const uint8_t *)text, strlen(text), err);
}

bool buffer_append_integer(struct buffer *buffer, int64_t value, struct error *err)
{
    uint8_t text[sizeof "-9223372036854775808"];
    size_t at = sizeof text;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        text[--at] = (uint8_t)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) text[--at] = '-';
    return buffer_append(buffer, text + at, sizeof text - at, err);
}

bool buffer_append_format(struct buffer *buffer, struct error *err, const char *format, ...)
{
    va_list arguments;
    int needed;
    int written;

    va_start(arguments, format);
    needed = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (needed < 0) return error_set(err, ERROR_LIMIT, "formatted text exceeds 2 GiB; split it");
    if (!buffer_reserve(buffer, (size_t)needed, err)) return false;
    va_start(arguments, format);
    written = vsnprintf((char *)buffer->data + buffer->size, (size_t)needed + 1, format, arguments);
    va_end(arguments);
    assert(written == needed);
    buffer->size += (size_t)needed;
    return true;
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data == NULL ? "" : (const char *)buffer->data;
}

void buffer_reset(struct buffer *buffer)
{
    buffer->size = 0;
    if (buffer->data != NULL) buffer->data[0] = '\0';
}

void buffer_wipe(struct buffer *buffer)
{
    if (buffer->data != NULL) OPENSSL_cleanse(buffer->data, buffer->capacity + 1);
    buffer_reset(buffer);
}

void buffer_done(struct buffer *buffer)
{
    if (buffer == NULL) return;
    free(buffer->data);
    buffer->data = NULL;
    buffer->size = 0;
    buffer->capacity = 0;
}
