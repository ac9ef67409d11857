/*
 * entry.c - the exact bytes of an entry (docs/format.md section 2), made by one routine and read by
 * one routine.
 *
 * What entry_format() writes goes through entry_parse() before it is used, so that an entry is
 * never anything but what a reader will find in it.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "ledger/journal/internal.h"

#define ENTRY_VERSION 1

static const char *const header_names[] = {"actor", "body", "kind", "prev", "seq", "time", "v"};

enum {
    HEADER_ACTOR,
    HEADER_BODY,
    HEADER_KIND,
    HEADER_PREV,
    HEADER_SEQ,
    HEADER_TIME,
    HEADER_V,
    HEADER_COUNT
};

static_assert(ARRAY_COUNT(header_names) == HEADER_COUNT, "a name for each member");

/* Actor and kind are of characters that JSON doesn't escape; the parse afterwards would tell. */
bool entry_format(struct journal *journal, const char *actor, const char *kind,
                  const struct buffer *body, struct error *err)
{
    struct buffer *out = &journal->bytes;

    assert(journal->head.size <= INT64_MAX);
    buffer_reset(out);
    return buffer_append_text(out, "{\"actor\":\"", err) && buffer_append_text(out, actor, err) &&
           buffer_append_text(out, "\",\"body\":", err) &&
           buffer_append(out, body->data, body->size, err) &&
           buffer_append_text(out, ",\"kind\":\"", err) && buffer_append_text(out, kind, err) &&
           buffer_append_text(out, "\",\"prev\":\"", err) &&
           buffer_append_text(out, journal->head.hex, err) &&
           buffer_append_text(out, "\",\"seq\":", err) &&
           buffer_append_integer(out, (int64_t)journal->head.size, err) &&
           buffer_append_text(out, ",\"time\":\"", err) &&
           buffer_append_text(out, journal->time_text, err) &&
           buffer_append_text(out, "\",\"v\":1}", err);
}

/* The seven members, in their order; nodes[] receives their values. */
static bool find_header(const struct json_document *document, uint32_t nodes[HEADER_COUNT],
                        struct error *err)
{
    uint32_t node;

    if (json_type(document, 0) != JSON_OBJECT || json_count(document, 0) != HEADER_COUNT)
        return error_set(err, ERROR_INPUT, "an entry is an object of seven members");
    node = json_first(document, 0);
    for (size_t i = 0; i < HEADER_COUNT; i++, node = json_next(document, node)) {
        size_t size;
        const uint8_t *name = json_name_of(document, node, &size);

        if (size != strlen(header_names[i]) || memcmp(name, header_names[i], size) != 0)
            return error_set(err, ERROR_INPUT, "an entry has no member \"%.*s\"",
                             (int)(size < 64 ? size : 64), (const char *)name);
        nodes[i] = node;
    }
    return true;
}

/* Copy a string of the header that fits `out` whole. */
static bool copy_string(const struct json_document *document, uint32_t node, char *out,
                        size_t out_size, const char *name, struct error *err)
{
    const uint8_t *text;
    size_t size;

    if (json_type(document, node) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "an entry's \"%s\" is a string", name);
    text = json_string_value(document, node, &size);
    if (size >= out_size) return error_set(err, ERROR_LIMIT, "an entry's \"%s\" is too long", name);
    memcpy(out, text, size);
    out[size] = '\0';
    return true;
}

static bool read_integer(const struct json_document *document, uint32_t node, int64_t *out,
                         const char *name, struct error *err)
{
    if (json_type(document, node) != JSON_INTEGER || json_integer_value(document, node) < 0)
        return error_set(err, ERROR_INPUT, "an entry's \"%s\" is a whole number", name);
    *out = json_integer_value(document, node);
    return true;
}

bool entry_parse(struct json_document *document, const uint8_t *bytes, size_t size,
                 struct entry_view *out, char prev_out[HASH_HEX_SIZE], struct error *err)
{
    uint32_t nodes[HEADER_COUNT];
    char time[INSTANT_TEXT_SIZE];
    int64_t seq, version;

    if (size > ENTRY_SIZE_BYTES_MAX)
        return error_set(err, ERROR_LIMIT, "an entry has at most %d bytes, this one %zu; divide it",
                         ENTRY_SIZE_BYTES_MAX, size);
    if (!json_parse(document, bytes, size, JSON_CANONICAL, err)) return false;
    if (!find_header(document, nodes, err)) return false;
    if (json_type(document, nodes[HEADER_BODY]) != JSON_OBJECT)
        return error_set(err, ERROR_INPUT, "an entry's \"body\" is an object");
    if (!copy_string(document, nodes[HEADER_ACTOR], out->actor, sizeof out->actor, "actor", err) ||
        !copy_string(document, nodes[HEADER_KIND], out->kind, sizeof out->kind, "kind", err) ||
        !copy_string(document, nodes[HEADER_PREV], prev_out, HASH_HEX_SIZE, "prev", err) ||
        !copy_string(document, nodes[HEADER_TIME], time, sizeof time, "time", err) ||
        !read_integer(document, nodes[HEADER_SEQ], &seq, "seq", err) ||
        !read_integer(document, nodes[HEADER_V], &version, "v", err))
        return false;
    if (version != ENTRY_VERSION)
        return error_set(err, ERROR_INPUT, "an entry of version %" PRId64 "; this program reads %d",
                         version, ENTRY_VERSION);
    if (!text_check_user(out->actor, err) || !instant_parse(time, &out->time, err)) return false;
    out->seq = (uint64_t)seq;
    out->hash = hash_leaf(bytes, size);
    out->document = document;
    out->body = nodes[HEADER_BODY];
    return true;
}
