/*
 * json_write.c - canonical JSON, written: RFC 8785 section 3.2.
 *
 * 1. Nothing leaves here that json_parse(JSON_CANONICAL) would refuse.
 * 2. After the first failure nothing more is written, but the structure is still followed, so
 *    that an unbalanced one asserts whether or not the buffer was full.
 */
#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* ---- Strings --------------------------------------------------------------------------------- */

/* How RFC 8785 section 3.2.2.2 writes a control character, quote or backslash: the letter after
 * the backslash, 'u' for \u00xx, 0 for bytes that stand as they are. */
static const char escapes[256] = {
    [0x00] = 'u', [0x01] = 'u', [0x02] = 'u', [0x03] = 'u',  [0x04] = 'u', [0x05] = 'u',
    [0x06] = 'u', [0x07] = 'u', [0x08] = 'b', [0x09] = 't',  [0x0a] = 'n', [0x0b] = 'u',
    [0x0c] = 'f', [0x0d] = 'r', [0x0e] = 'u', [0x0f] = 'u',  [0x10] = 'u', [0x11] = 'u',
    [0x12] = 'u', [0x13] = 'u', [0x14] = 'u', [0x15] = 'u',  [0x16] = 'u', [0x17] = 'u',
    [0x18] = 'u', [0x19] = 'u', [0x1a] = 'u', [0x1b] = 'u',  [0x1c] = 'u', [0x1d] = 'u',
    [0x1e] = 'u', [0x1f] = 'u', ['"'] = '"',  ['\\'] = '\\',
};

static bool append_escape(struct buffer *out, uint8_t byte, struct error *err)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t text[6] = {'\\', (uint8_t)escapes[byte],     '0',
                       '0',  (uint8_t)digits[byte >> 4], (uint8_t)digits[byte & 0x0f]};

    return buffer_append(out, text, text[1] == 'u' ? sizeof text : 2, err);
}

/* Append a string with its quotes. */
static bool append_string(struct buffer *out, const uint8_t *data, size_t size, struct error *err)
{
    size_t run_at = 0;

    if (!text_is_nfc(data, size)) {
        return error_set(err, ERROR_ENCODING,
                         "text that is not UTF-8 in normalization form C; "
                         "convert it before it is recorded");
    }
    if (size > 0 && memchr(data, 0, size) != NULL) {
        return error_set(err, ERROR_ENCODING, "text that holds U+0000; take it out");
    }
    if (!buffer_append_byte(out, '"', err)) return false;
    for (size_t at = 0; at < size; at++) {
        if (escapes[data[at]] == 0) continue;
        if (!buffer_append(out, data + run_at, at - run_at, err)) return false;
        if (!append_escape(out, data[at], err)) return false;
        run_at = at + 1;
    }
    if (run_at < size && !buffer_append(out, data + run_at, size - run_at, err)) return false;
    return buffer_append_byte(out, '"', err);
}

/* ---- The writer ------------------------------------------------------------------------------ */

void json_writer_init(struct json_writer *writer, struct buffer *out)
{
    *writer = (struct json_writer){.out = out, .start_at = out->size, .failure = ERROR_INIT};
}

static bool has_failed(const struct json_writer *writer)
{
    return writer->failure.code != ERROR_NONE;
}

/* Append bytes; a failure is kept in the writer. */
static void put(struct json_writer *writer, const char *text, size_t size)
{
    if (has_failed(writer)) return;
    if (!buffer_append(writer->out, (const uint8_t *)text, size, &writer->failure)) {
        assert(has_failed(writer));
    }
}

static void put_text(struct json_writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

/* A value stands here: check that it may, and write the comma before it. */
static void begin_value(struct json_writer *writer)
{
    if (writer->depth == 0) {
        assert(!writer->is_complete);
        writer->is_complete = true;
        return;
    }
    if (writer->is_object[writer->depth - 1]) {
        assert(writer->expects_value);
        writer->expects_value = false;
        return;
    }
    if (writer->needs_comma[writer->depth - 1]) put_text(writer, ",");
    writer->needs_comma[writer->depth - 1] = true;
}

static void begin_container(struct json_writer *writer, bool is_object)
{
    assert(writer->depth < JSON_DEPTH_MAX);
    begin_value(writer);
    put_text(writer, is_object ? "{" : "[");
    writer->is_object[writer->depth] = is_object;
    writer->needs_comma[writer->depth] = false;
    writer->last_name_size[writer->depth] = 0;
    writer->depth++;
}

static void end_container(struct json_writer *writer, bool is_object)
{
    assert(writer->depth > 0);
    assert(writer->is_object[writer->depth - 1] == is_object);
    assert(!writer->expects_value);
    put_text(writer, is_object ? "}" : "]");
    writer->depth--;
}

void json_object_begin(struct json_writer *writer)
{
    begin_container(writer, true);
}

void json_object_end(struct json_writer *writer)
{
    end_container(writer, true);
}

void json_array_begin(struct json_writer *writer)
{
    begin_container(writer, false);
}

void json_array_end(struct json_writer *writer)
{
    end_container(writer, false);
}

/* Small letters, digits and underscores, at least one of them? */
static bool is_name(const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!((name[i] >= 'a' && name[i] <= 'z') || (name[i] >= 'A' && name[i] <= 'Z') ||
              (name[i] >= '0' && name[i] <= '9') || name[i] == '_'))
            return false;
    return size > 0;
}

void json_name(struct json_writer *writer, const char *name)
{
    size_t size = strlen(name);
    int level = writer->depth - 1;

    assert(level >= 0 && writer->is_object[level]);
    assert(!writer->expects_value);
    assert(is_name(name, size));
    writer->expects_value = true;
    put_text(writer, writer->needs_comma[level] ? ",\"" : "\"");
    writer->needs_comma[level] = true;
    if (has_failed(writer)) return;
    if (writer->last_name_size[level] > 0) {
        assert(json_name_compare(writer->out->data + writer->last_name_at[level],
                                 writer->last_name_size[level], (const uint8_t *)name, size) < 0);
    }
    writer->last_name_at[level] = writer->out->size;
    writer->last_name_size[level] = size;
    put(writer, name, size);
    put_text(writer, "\":");
}

void json_string(struct json_writer *writer, const char *text)
{
    json_string_bytes(writer, (const uint8_t *)text, strlen(text));
}

void json_string_bytes(struct json_writer *writer, const uint8_t *data, size_t size)
{
    assert(data != NULL || size == 0);
    begin_value(writer);
    if (has_failed(writer)) return;
    if (!append_string(writer->out, data, size, &writer->failure)) assert(has_failed(writer));
}

static bool append_integer(struct buffer *out, int64_t value, struct error *err)
{
    if (value > JSON_INTEGER_MAX || value < -JSON_INTEGER_MAX) {
        return error_set(err, ERROR_OVERFLOW,
                         "%" PRId64 " is beyond ±(2^53−1), the largest integer "
                         "that an entry may hold",
                         value);
    }
    return buffer_append_integer(out, value, err);
}

void json_integer(struct json_writer *writer, int64_t value)
{
    begin_value(writer);
    if (has_failed(writer)) return;
    if (!append_integer(writer->out, value, &writer->failure)) assert(has_failed(writer));
}

void json_boolean(struct json_writer *writer, bool value)
{
    begin_value(writer);
    put_text(writer, value ? "true" : "false");
}

void json_raw(struct json_writer *writer, const uint8_t *data, size_t size)
{
    assert(data != NULL && size > 0);
    begin_value(writer);
    put(writer, (const char *)data, size);
}

void json_member_string(struct json_writer *writer, const char *name, const char *text)
{
    json_name(writer, name);
    json_string(writer, text);
}

void json_member_integer(struct json_writer *writer, const char *name, int64_t value)
{
    json_name(writer, name);
    json_integer(writer, value);
}

void json_member_boolean(struct json_writer *writer, const char *name, bool value)
{
    json_name(writer, name);
    json_boolean(writer, value);
}

/* Take back all that was appended since out had `size` bytes. */
static void cut_back(struct buffer *out, size_t size)
{
    assert(size <= out->size);
    out->size = size;
    if (out->capacity > 0) out->data[size] = 0;
}

bool json_writer_finish(struct json_writer *writer, struct error *err)
{
    assert(writer->depth == 0);
    assert(writer->is_complete);
    if (!has_failed(writer)) return true;
    cut_back(writer->out, writer->start_at);
    assert(err->code == ERROR_NONE);
    *err = writer->failure;
    return false;
}

/* ---- The canonical form of what was read ----------------------------------------------------- */

/* A member of an object, for sorting. */
struct member {
    const uint8_t *name;
    size_t name_size;
    uint32_t value;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *left = a, *right = b;

    return json_name_compare(left->name, left->name_size, right->name, right->name_size);
}

static bool append_value(const struct json_document *document, uint32_t node, struct buffer *out,
                         struct error *err);

static bool append_array(const struct json_document *document, uint32_t node, struct buffer *out,
                         struct error *err)
{
    const char *before = "[";

    if (json_count(document, node) == 0) return buffer_append_text(out, "[]", err);
    for (uint32_t child = json_first(document, node); child != JSON_NONE;
         child = json_next(document, child)) {
        if (!buffer_append_text(out, before, err)) return false;
        if (!append_value(document, child, out, err)) return false;
        before = ",";
    }
    return buffer_append_byte(out, ']', err);
}

static bool append_object(const struct json_document *document, uint32_t node, struct buffer *out,
                          struct error *err)
{
    uint32_t count = json_count(document, node), i = 0;
    struct member *members = NULL;
    bool ok = false;

    if (count == 0) return buffer_append_text(out, "{}", err);
    members = calloc(count, sizeof *members);
    if (members == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for %u members; close other programs", count);
        goto out;
    }
    for (uint32_t child = json_first(document, node); child != JSON_NONE;
         child = json_next(document, child)) {
        members[i].name = json_name_of(document, child, &members[i].name_size);
        members[i++].value = child;
    }
    assert(i == count);
    qsort(members, count, sizeof *members, compare_members);
    for (i = 0; i < count; i++) {
        if (!buffer_append_byte(out, i == 0 ? '{' : ',', err)) goto out;
        if (!append_string(out, members[i].name, members[i].name_size, err)) goto out;
        if (!buffer_append_byte(out, ':', err)) goto out;
        if (!append_value(document, members[i].value, out, err)) goto out;
    }
    if (!buffer_append_byte(out, '}', err)) goto out;
    ok = true;
out:
    free(members);
    return ok;
}

/* Calls itself at most JSON_DEPTH_MAX deep, which json_parse() saw to. */
static bool append_value(const struct json_document *document, uint32_t node, struct buffer *out,
                         struct error *err)
{
    const uint8_t *text;
    size_t size;

    switch (json_type(document, node)) {
    case JSON_NULL:
        return buffer_append_text(out, "null", err);
    case JSON_FALSE:
        return buffer_append_text(out, "false", err);
    case JSON_TRUE:
        return buffer_append_text(out, "true", err);
    case JSON_INTEGER:
        return append_integer(out, json_integer_value(document, node), err);
    case JSON_STRING:
        text = json_string_value(document, node, &size);
        return append_string(out, text, size, err);
    case JSON_ARRAY:
        return append_array(document, node, out, err);
    case JSON_OBJECT:
        return append_object(document, node, out, err);
    }
    abort(); /* json_type() gives no other */
}

bool json_canonicalize(const struct json_document *document, uint32_t node, struct buffer *out,
                       struct error *err)
{
    size_t start_at = out->size;

    if (append_value(document, node, out, err)) return true;
    cut_back(out, start_at);
    return false;
}
