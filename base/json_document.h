/*
 * json_document.h - a parsed JSON text as json_read.c makes it and json_node.c shows it. Nothing
 * else includes this: others use base/json.h.
 *
 * 1. Nodes lie in one array in the order of the text, a container before its children, so that the
 *    first child of node n is n + 1.
 * 2. Strings without escapes point into the input; unescaped ones into the pool, which is never
 *    moved while a node points into it.
 * 3. All strings and names are UTF-8 in NFC without U+0000; names differ within an object.
 */
#ifndef BASE_JSON_DOCUMENT_H
#define BASE_JSON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

struct json_node {
    const uint8_t *name; /* NULL for the root and for elements */
    const uint8_t *source;
    const uint8_t *text; /* of a string */
    int64_t integer;     /* of an integer */
    uint32_t name_size;
    uint32_t source_size;
    uint32_t text_size;
    uint32_t count; /* children */
    uint32_t next;  /* sibling, or JSON_NONE */
    enum json_type type;
};

/* A run of bytes in the input or the pool. */
struct json_string {
    const uint8_t *data;
    uint32_t size;
};

struct json_document {
    struct json_node *nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    uint8_t *pool; /* unescaped strings, one after the other */
    size_t pool_size;
    size_t pool_capacity;
    struct json_string *names; /* of one object, for finding duplicates */
    size_t name_capacity;
};

#endif
