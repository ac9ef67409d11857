/*
 * encode.c - hexadecimal and base64, both ways, one spelling each.
 */
#include "base/encode.h"

#include <assert.h>
#include <string.h>

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void hex_encode(const uint8_t *data, size_t size, char *text)
{
    size_t i;

    for (i = 0; i < size; i++) {
        text[2 * i] = hex_digits[data[i] >> 4];
        text[2 * i + 1] = hex_digits[data[i] & 15];
    }
    text[2 * size] = '\0';
}

/* 0 to 15, or -1. */
static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

bool hex_decode(const char *text, size_t text_size, uint8_t *data, size_t size, struct error *err)
{
    size_t i;

    assert(size <= SIZE_MAX / 2);
    if (text_size != 2 * size) {
        return error_set(err, ERROR_INPUT,
                         "%zu characters where %zu hex digits belong; copy the whole value",
                         text_size, 2 * size);
    }
    for (i = 0; i < text_size; i++) {
        if (hex_value(text[i]) < 0) {
            return error_set(err, ERROR_INPUT,
                             "character %zu is not a lowercase hex digit; use 0-9 and a-f only",
                             i + 1);
        }
    }
    for (i = 0; i < size; i++) {
        data[i] = (uint8_t)(hex_value(text[2 * i]) * 16 + hex_value(text[2 * i + 1]));
    }
    return true;
}

bool base64_encode(const uint8_t *data, size_t size, struct buffer *out, struct error *err)
{
    size_t groups = size / 3 + (size % 3 != 0);
    size_t i;

    if (groups > SIZE_MAX / 4) return error_set(err, ERROR_LIMIT, "too long for base64; split it");
    if (!buffer_reserve(out, groups * 4, err)) return false;
    for (i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t bits = (uint32_t)data[i] << 16 | (left > 1 ? (uint32_t)data[i + 1] << 8 : 0) |
                        (left > 2 ? (uint32_t)data[i + 2] : 0);
        uint8_t *quad = out->data + out->size;

        quad[0] = (uint8_t)base64_digits[bits >> 18];
        quad[1] = (uint8_t)base64_digits[bits >> 12 & 63];
        quad[2] = left > 1 ? (uint8_t)base64_digits[bits >> 6 & 63] : '=';
        quad[3] = left > 2 ? (uint8_t)base64_digits[bits & 63] : '=';
        out->size += 4;
    }
    out->data[out->size] = '\0';
    return true;
}

/* 0 to 63, or -1. */
static int base64_value(char digit)
{
    if (digit >= 'A' && digit <= 'Z') return digit - 'A';
    if (digit >= 'a' && digit <= 'z') return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9') return digit - '0' + 52;
    if (digit == '+') return 62;
    return digit == '/' ? 63 : -1;
}

/* How many '=' close the text: 0, 1 or 2. More would leave no digit for a byte. */
static size_t padding_count(const char *text, size_t text_size)
{
    if (text_size == 0 || text[text_size - 1] != '=') return 0;
    return text[text_size - 2] == '=' ? 2 : 1;
}

static bool base64_check(const char *text, size_t text_size, struct error *err)
{
    size_t digits;
    size_t padding;
    size_t i;

    if (text_size % 4 != 0) {
        return error_set(err, ERROR_INPUT,
                         "base64 of %zu characters, not a multiple of 4; copy it whole, with its "
                         "'=' and without spaces or line breaks",
                         text_size);
    }
    padding = padding_count(text, text_size);
    digits = text_size - padding;
    for (i = 0; i < digits; i++) {
        if (base64_value(text[i]) < 0) {
            return error_set(err, ERROR_INPUT,
                             "character %zu is not base64; use A-Z a-z 0-9 + / and '=' at the end",
                             i + 1);
        }
    }
    if (padding > 0 && base64_value(text[digits - 1]) % (padding == 2 ? 16 : 4) != 0) {
        return error_set(err, ERROR_INPUT,
                         "the last base64 digit holds bits that belong to no byte; "
                         "copy the value again");
    }
    return true;
}

bool base64_decode(const char *text, size_t text_size, struct buffer *out, struct error *err)
{
    size_t padding;
    size_t i;

    if (!base64_check(text, text_size, err)) return false;
    padding = padding_count(text, text_size);
    if (!buffer_reserve(out, text_size / 4 * 3 - padding, err)) return false;
    for (i = 0; i < text_size; i += 4) {
        size_t bytes = i + 4 < text_size ? 3 : 3 - padding;
        uint32_t bits = 0;
        size_t j;

        for (j = 0; j < 4; j++) {
            bits = bits << 6 | (text[i + j] == '=' ? 0 : (uint32_t)base64_value(text[i + j]));
        }
        for (j = 0; j < bytes; j++) {
            out->data[out->size++] = (uint8_t)(bits >> (16 - 8 * j));
        }
    }
    out->data[out->size] = '\0';
    return true;
}
