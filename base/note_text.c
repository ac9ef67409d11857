/*
 * note_text.c - lines, numbers and hashes as the C2SP formats write them.
 */
#include "base/note_text.h"

#include <string.h>

#include "base/encode.h"
#include "base/note.h"
#include "base/text.h"

#define HASH_BASE64_SIZE 44

bool slice_take_line(struct slice *rest, struct slice *line_out)
{
    const uint8_t *end = rest->size == 0 ? NULL : memchr(rest->data, '\n', rest->size);
    size_t size;

    if (end == NULL) return false;
    size = (size_t)(end - rest->data);
    *line_out = (struct slice){rest->data, size};
    rest->data += size + 1;
    rest->size -= size + 1;
    return true;
}

bool slice_take_text(struct slice *rest, const char *text)
{
    size_t size = strlen(text);

    if (rest->size < size || memcmp(rest->data, text, size) != 0) return false;
    rest->data += size;
    rest->size -= size;
    return true;
}

bool slice_equals(const struct slice *slice, const char *text)
{
    size_t size = strlen(text);

    return slice->size == size && (size == 0 || memcmp(slice->data, text, size) == 0);
}

bool slice_read_decimal(const struct slice *slice, uint64_t *out)
{
    uint64_t value = 0;

    if (slice->size == 0) return false;
    if (slice->data[0] == '0' && slice->size > 1) return false;
    for (size_t i = 0; i < slice->size; i++) {
        uint64_t digit = (uint64_t)(slice->data[i] - '0');

        if (slice->data[i] < '0' || slice->data[i] > '9') return false;
        if (value > (UINT64_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

bool slice_read_hash(const struct slice *slice, hash_t *out)
{
    struct buffer bytes = BUFFER_INIT(HASH_SIZE + 1);
    struct error ignored = ERROR_INIT; /* the caller says in its own words what it is no hash of */
    bool ok = false;

    if (slice->size != HASH_BASE64_SIZE) goto out;
    if (!base64_decode((const char *)slice->data, slice->size, &bytes, &ignored)) goto out;
    if (bytes.size != HASH_SIZE) goto out;
    memcpy(out->bytes, bytes.data, HASH_SIZE);
    ok = true;
out:
    buffer_done(&bytes);
    return ok;
}

bool note_append_hash(struct buffer *out, const hash_t *hash, struct error *err)
{
    return base64_encode(hash->bytes, HASH_SIZE, out, err) && buffer_append_byte(out, '\n', err);
}

static bool has_control(const struct slice *slice, bool allow_newline)
{
    for (size_t i = 0; i < slice->size; i++) {
        if (slice->data[i] >= 0x20) continue;
        if (slice->data[i] != '\n' || !allow_newline) return true;
    }
    return false;
}

/* Does text, which is UTF-8, hold a character of the Unicode property White_Space? (The ASCII
 * controls among them are refused before.) */
static bool has_space(const struct slice *slice)
{
    static const char *const spaces[] = {
        " ",            /* U+0020 */
        "\xc2\x85",     /* U+0085 */
        "\xc2\xa0",     /* U+00A0 */
        "\xe1\x9a\x80", /* U+1680 */
        "\xe2\x80\xa8", /* U+2028 */
        "\xe2\x80\xa9", /* U+2029 */
        "\xe2\x80\xaf", /* U+202F */
        "\xe2\x81\x9f", /* U+205F */
        "\xe3\x80\x80", /* U+3000 */
    };

    for (struct slice rest = *slice; rest.size > 0; rest.data++, rest.size--) {
        struct slice here = rest;

        for (size_t i = 0; i < ARRAY_COUNT(spaces); i++) {
            if (slice_take_text(&here, spaces[i])) return true;
        }
        /* U+2000 to U+200A */
        if (slice_take_text(&here, "\xe2\x80") && here.data[0] <= 0x8a) return true;
    }
    return false;
}

bool note_check_name(const struct slice *name, struct error *err)
{
    if (name->size == 0 || name->size >= NOTE_NAME_SIZE_MAX) {
        return error_set(err, ERROR_INPUT,
                         "a key name or origin has 1 to %d bytes, not %zu; "
                         "choose another",
                         NOTE_NAME_SIZE_MAX - 1, name->size);
    }
    if (!text_is_utf8(name->data, name->size) || has_control(name, false)) {
        return error_set(err, ERROR_ENCODING,
                         "a key name or origin is not UTF-8 or has control "
                         "characters; choose another");
    }
    if (has_space(name) || memchr(name->data, '+', name->size) != NULL) {
        return error_set(err, ERROR_INPUT,
                         "a key name or origin has a space or '+': \"%.*s\"; "
                         "choose another",
                         (int)name->size, (const char *)name->data);
    }
    return true;
}

bool note_check_text(const struct slice *text, struct error *err)
{
    if (text->size == 0 || text->data[text->size - 1] != '\n') {
        return error_set(err, ERROR_INPUT,
                         "a note's text does not end with a newline; get it again");
    }
    if (text->size > NOTE_SIZE_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "a note of %zu bytes, more than %d; get it again",
                         text->size, NOTE_SIZE_BYTES_MAX);
    }
    if (!text_is_utf8(text->data, text->size) || has_control(text, true)) {
        return error_set(err, ERROR_ENCODING,
                         "a note that is not UTF-8 or has control characters; "
                         "get it again");
    }
    return true;
}

bool note_split(const struct slice *note, struct slice *text_out, struct slice *signatures_out,
                struct error *err)
{
    size_t at;

    if (!note_check_text(note, err)) return false;
    /* The text is separated from the signatures by the last empty line: find the last "\n\n". */
    for (at = note->size; at >= 2; at--) {
        if (note->data[at - 1] == '\n' && note->data[at - 2] == '\n') break;
    }
    if (at < 2 || at == note->size) {
        return error_set(err, ERROR_INPUT, "a note without signatures; get it again");
    }
    *text_out = (struct slice){note->data, at - 1};
    *signatures_out = (struct slice){note->data + at, note->size - at};
    return true;
}
