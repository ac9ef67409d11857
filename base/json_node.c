/*
 * json_node.c - looking at a parsed JSON text.
 *
 * Which nodes there are depends on input, what type they have too: only what json.h asks of the
 * caller (a node of this document; a string where a string's bytes are wanted) is asserted.
 */
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_document.h"
#include "base/language.h"

struct json_document *json_document_new(struct error *err)
{
    struct json_document *document = calloc(1, sizeof *document);

    if (document == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a JSON document; close other programs");
    }
    return document;
}

void json_document_free(struct json_document *document)
{
    if (document == NULL) return;
    free(document->nodes);
    free(document->pool);
    free(document->names);
    free(document);
}

void json_document_swap(struct json_document *a, struct json_document *b)
{
    struct json_document kept = *a;

    *a = *b;
    *b = kept;
}

static const struct json_node *node_at(const struct json_document *document, uint32_t node)
{
    assert(node < document->node_count);
    return &document->nodes[node];
}

enum json_type json_type(const struct json_document *document, uint32_t node)
{
    return node_at(document, node)->type;
}

uint32_t json_member(const struct json_document *document, uint32_t object, const char *name)
{
    size_t size = strlen(name);

    if (json_type(document, object) != JSON_OBJECT) return JSON_NONE;
    for (uint32_t child = json_first(document, object); child != JSON_NONE;
         child = document->nodes[child].next) {
        const struct json_node *member = &document->nodes[child];

        if (member->name_size == size && memcmp(member->name, name, size) == 0) return child;
    }
    return JSON_NONE;
}

uint32_t json_count(const struct json_document *document, uint32_t node)
{
    return node_at(document, node)->count;
}

uint32_t json_first(const struct json_document *document, uint32_t node)
{
    return node_at(document, node)->count == 0 ? JSON_NONE : node + 1;
}

uint32_t json_next(const struct json_document *document, uint32_t node)
{
    return node_at(document, node)->next;
}

const uint8_t *json_string_value(const struct json_document *document, uint32_t node, size_t *size)
{
    const struct json_node *string = node_at(document, node);

    assert(string->type == JSON_STRING);
    *size = string->text_size;
    return string->text;
}

const uint8_t *json_name_of(const struct json_document *document, uint32_t node, size_t *size)
{
    const struct json_node *member = node_at(document, node);

    *size = member->name_size;
    return member->name;
}

int64_t json_integer_value(const struct json_document *document, uint32_t node)
{
    assert(json_type(document, node) == JSON_INTEGER);
    return document->nodes[node].integer;
}

bool json_string_equals(const struct json_document *document, uint32_t node, const char *text)
{
    const struct json_node *string = node_at(document, node);

    return string->type == JSON_STRING && string->text_size == strlen(text) &&
           memcmp(string->text, text, string->text_size) == 0;
}

const uint8_t *json_source(const struct json_document *document, uint32_t node, size_t *size)
{
    const struct json_node *value = node_at(document, node);

    *size = value->source_size;
    return value->source;
}

bool json_get_node(const struct json_document *document, uint32_t object, const char *name,
                   enum json_type type, uint32_t *out, struct error *err)
{
    static const char *const type_names[] = {
        [JSON_NULL] = "null",
        [JSON_FALSE] = "false",
        [JSON_TRUE] = "true",
        [JSON_INTEGER] = N_("an integer"),
        [JSON_STRING] = N_("a string"),
        [JSON_ARRAY] = N_("an array"),
        [JSON_OBJECT] = N_("an object"),
    };
    uint32_t node = json_member(document, object, name);

    if (node == JSON_NONE) {
        return error_set(err, ERROR_INPUT, "member \"%s\" is missing; it should be %s", name,
                         translate(type_names[type]));
    }
    if (json_type(document, node) != type) {
        return error_set(err, ERROR_INPUT, "member \"%s\" is %s; it should be %s", name,
                         translate(type_names[json_type(document, node)]),
                         translate(type_names[type]));
    }
    *out = node;
    return true;
}

bool json_get_string(const struct json_document *document, uint32_t object, const char *name,
                     char *text, size_t text_size_max, struct error *err)
{
    const uint8_t *value;
    uint32_t node;
    size_t size;

    assert(text_size_max > 0);
    if (!json_get_node(document, object, name, JSON_STRING, &node, err)) return false;
    value = json_string_value(document, node, &size);
    if (size >= text_size_max) {
        return error_set(err, ERROR_LIMIT, "member \"%s\" has %zu bytes; at most %zu are allowed",
                         name, size, text_size_max - 1);
    }
    memcpy(text, value, size);
    text[size] = '\0';
    return true;
}

bool json_get_integer(const struct json_document *document, uint32_t object, const char *name,
                      int64_t *out, struct error *err)
{
    uint32_t node;

    if (!json_get_node(document, object, name, JSON_INTEGER, &node, err)) return false;
    *out = json_integer_value(document, node);
    return true;
}
