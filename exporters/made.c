/*
 * made.c - finding publication.make entries without parsing the others.
 */
#include <assert.h>
#include <string.h>

#include "exporters/publication.h"

/*
 * In canonical order an entry ends with "kind", "prev", "seq", "time" and "v", so the kind of every
 * entry stands within its last bytes: 2 x 64 for kind and prev, 16 for seq, 20 for time, and names.
 */
#define TAIL_SIZE 240
static const char kind_mark[] = ",\"kind\":\"publication.make\",\"prev\":\"";

struct made_reader {
    struct json_document *document;
    bool (*visit)(void *context, const struct made *made, struct error *err);
    void *context;
};

static bool has_kind_mark(const uint8_t *bytes, size_t size)
{
    const size_t mark_size = sizeof kind_mark - 1;
    size_t at = size > TAIL_SIZE ? size - TAIL_SIZE : 0;

    for (; at + mark_size <= size; at++)
        if (bytes[at] == ',' && memcmp(bytes + at, kind_mark, mark_size) == 0) return true;
    return false;
}

static bool parse_time(const struct json_document *document, instant_t *out, struct error *err)
{
    char text[INSTANT_TEXT_SIZE];

    return json_get_string(document, 0, "time", text, sizeof text, err) &&
           instant_parse(text, out, err);
}

static bool read_made(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                      struct error *err)
{
    struct made_reader *reader = context;
    struct made made = {.seq = seq};
    char root[HASH_HEX_SIZE];
    uint32_t body;

    if (!has_kind_mark(bytes, size)) return true;
    if (!json_parse(reader->document, bytes, size, JSON_CANONICAL, err)) return false;
    if (!json_string_equals(reader->document, json_member(reader->document, 0, "kind"),
                            "publication.make"))
        return true;
    if (!json_get_node(reader->document, 0, "body", JSON_OBJECT, &body, err) ||
        !json_get_string(reader->document, body, "period", made.period, sizeof made.period, err) ||
        !json_get_string(reader->document, body, "documents_root", root, sizeof root, err) ||
        !hash_from_hex(root, &made.documents_root, err) ||
        !parse_time(reader->document, &made.time, err))
        return false;
    return reader->visit(reader->context, &made, err);
}

bool made_each(struct journal *journal, uint64_t first, uint64_t end,
               bool (*visit)(void *context, const struct made *made, struct error *err),
               void *context, struct error *err)
{
    struct made_reader reader = {json_document_new(err), visit, context};
    bool ok = false;

    assert(first <= end);
    if (reader.document == NULL) goto out;
    ok = journal_walk(journal, first, end, read_made, &reader, err);
out:
    json_document_free(reader.document);
    return ok;
}

bool entry_read_time(struct journal *journal, uint64_t seq, instant_t *out, struct error *err)
{
    struct json_document *document = json_document_new(err);
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok = false;

    if (document == NULL) goto out;
    if (!journal_read(journal, seq, &bytes, err)) goto out;
    if (!json_parse(document, bytes.data, bytes.size, JSON_CANONICAL, err)) goto out;
    ok = parse_time(document, out, err);
out:
    buffer_done(&bytes);
    json_document_free(document);
    return ok;
}
