/* json_fuzz.c - any bytes at all as JSON: what is accepted has one canonical form, and is looked
 * at. */
#include <assert.h>
#include <string.h>

#include "base/json.h"

#define CANONICAL_SIZE_BYTES_MAX ((size_t)1 << 24)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Touch every byte that a node shows. */
static void look_at(const struct json_document *document, uint32_t node)
{
    uint32_t children = 0;
    uint64_t seen = 0;
    size_t size;
    const uint8_t *bytes = json_name_of(document, node, &size);

    for (size_t i = 0; i < size; i++)
        seen += bytes[i];
    bytes = json_source(document, node, &size);
    assert(size > 0);
    for (size_t i = 0; i < size; i++)
        seen += bytes[i];
    if (json_type(document, node) == JSON_STRING) {
        bytes = json_string_value(document, node, &size);
        for (size_t i = 0; i < size; i++)
            seen += bytes[i];
    }
    assert(seen > 0);
    for (uint32_t child = json_first(document, node); child != JSON_NONE;
         child = json_next(document, child)) {
        look_at(document, child);
        children++;
    }
    assert(children == json_count(document, node));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);
    struct buffer canonical = BUFFER_INIT(CANONICAL_SIZE_BYTES_MAX);
    bool is_canonical, ok;

    assert(document != NULL);
    is_canonical = json_parse(document, data, size, JSON_CANONICAL, &err);
    error_clear(&err);
    if (!json_parse(document, data, size, JSON_ANY, &err)) {
        assert(!is_canonical);
        goto out;
    }
    look_at(document, 0);
    ok = json_canonicalize(document, 0, &canonical, &err);
    assert(ok);
    assert(is_canonical == (canonical.size == size && memcmp(canonical.data, data, size) == 0));
    ok = json_parse(document, canonical.data, canonical.size, JSON_CANONICAL, &err);
    assert(ok);
out:
    buffer_done(&canonical);
    json_document_free(document);
    return 0;
}
