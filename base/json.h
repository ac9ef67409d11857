/*
 * json.h - canonical JSON (RFC 8785, JCS), written and read strictly.
 *
 * What an entry allows (DESIGN section 3.1): objects, arrays, strings in NFC, integers within
 * ±(2^53−1), true, false, null. Fractions, exponents, −0, lone surrogates, duplicate members,
 * text not in NFC and, for JSON_CANONICAL, any byte that the canonical form would not have, are
 * refused with the offset of the first such byte or of the value in which it stands.
 *
 * U+0000 is refused in strings and names, however it is written: our strings are C strings.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define JSON_DEPTH_MAX 32 /* objects and arrays within one another */
#define JSON_SIZE_BYTES_MAX                                                                        \
    16777216U /* of one text; nodes take up to 36 bytes for each byte of it */
#define JSON_INTEGER_MAX INT64_C(9007199254740991)

/**
 * Compare two member names by UTF-16 code units (RFC 8785 section 3.2.3): < 0, 0 or > 0. Both are
 * well-formed UTF-8.
 */
int json_name_compare(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size);

/* jansson, which may be linked into the same program, has functions of these names; the linker must
 * not take one for the other. In our source they are called by their plain names. */
#define json_string        json_string_of_ours
#define json_integer       json_integer_of_ours
#define json_string_value  json_string_value_of_ours
#define json_integer_value json_integer_value_of_ours

/* ---- Writing --------------------------------------------------------------------------------- */

/**
 * Writes canonical JSON straight onto the end of a buffer. Members must be given in canonical order
 * (UTF-16 code units ascending; for ASCII names that is strcmp order); a wrong order or an
 * unbalanced structure is a programming error and asserts. The first failure (limit, text that is
 * not UTF-8 in NFC or holds U+0000, integer out of range) is kept and told by
 * json_writer_finish(); what is written after it is dropped.
 */
struct json_writer {
    struct buffer *out; /* lent */
    size_t start_at;    /* size of out when writing began */
    struct error failure;
    int depth;          /* objects and arrays that are open */
    bool is_complete;   /* the outermost value was begun; there is no second */
    bool expects_value; /* a name was written, its value not yet */
    bool needs_comma[JSON_DEPTH_MAX];
    bool is_object[JSON_DEPTH_MAX];
    size_t last_name_at[JSON_DEPTH_MAX]; /* offset in out of the latest member name of each level */
    size_t last_name_size[JSON_DEPTH_MAX]; /* its size in bytes, 0 when none yet */
};

void json_writer_init(struct json_writer *writer, struct buffer *out);
void json_object_begin(struct json_writer *writer);
void json_object_end(struct json_writer *writer);
void json_array_begin(struct json_writer *writer);
void json_array_end(struct json_writer *writer);
/** A member's name (ASCII, [A-Za-z0-9_]); a value must follow. */
void json_name(struct json_writer *writer, const char *name);
void json_string(struct json_writer *writer, const char *text);
void json_string_bytes(struct json_writer *writer, const uint8_t *data, size_t size);
void json_integer(struct json_writer *writer, int64_t value);
void json_boolean(struct json_writer *writer, bool value);
/** Text that is canonical JSON already (one value), placed as it stands. */
void json_raw(struct json_writer *writer, const uint8_t *data, size_t size);
/* The pairs that most members are. */
void json_member_string(struct json_writer *writer, const char *name, const char *text);
void json_member_integer(struct json_writer *writer, const char *name, int64_t value);
void json_member_boolean(struct json_writer *writer, const char *name, bool value);
/**
 * True when all was written and the structure is closed. Otherwise false, with the first failure,
 * and the buffer as long as it was at json_writer_init().
 */
bool json_writer_finish(struct json_writer *writer, struct error *err) MUST_CHECK;

/* ---- Reading --------------------------------------------------------------------------------- */

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_INTEGER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

enum json_form {
    JSON_CANONICAL, /* exactly the bytes that JCS would write */
    JSON_ANY        /* any RFC 8259 text whose values an entry may hold */
};

/* A node is an index into its document; 0 is the root. JSON_NONE is "no such node". */
#define JSON_NONE UINT32_MAX

/** A parsed text. Reuse one for many texts: memory is kept between calls. */
struct json_document;

/** A document without a text; NULL on ERROR_MEMORY. */
struct json_document *json_document_new(struct error *err) MUST_CHECK;
/** Accepts NULL. */
void json_document_free(struct json_document *document);
/** Exchange what two documents hold; their nodes keep their numbers. They may be the same. */
void json_document_swap(struct json_document *a, struct json_document *b);

/**
 * Parse one text. `data` is lent until the next parse; strings without escapes point into it.
 *
 * @param document  receives the nodes; after a failure it holds none
 * @param form      JSON_CANONICAL accepts exactly the texts that are their own canonical form
 * @return false with ERROR_INPUT (not JSON, or a value that no entry may hold), ERROR_ENCODING
 *         (not UTF-8 in NFC), ERROR_LIMIT (JSON_SIZE_BYTES_MAX, JSON_DEPTH_MAX) or ERROR_MEMORY;
 *         the message names the offset of the first wrong byte
 */
bool json_parse(struct json_document *document, const uint8_t *data, size_t size,
                enum json_form form, struct error *err) MUST_CHECK;

/* What follows takes nodes of the latest successful parse. */

enum json_type json_type(const struct json_document *document, uint32_t node);
/** The value of a member, or JSON_NONE, also when `object` is something else than an object. */
uint32_t json_member(const struct json_document *document, uint32_t object, const char *name);
/** Members of an object or elements of an array; 0 for anything else. */
uint32_t json_count(const struct json_document *document, uint32_t node);
/** First child value of an array or object, or JSON_NONE; then json_next() until JSON_NONE. */
uint32_t json_first(const struct json_document *document, uint32_t node);
uint32_t json_next(const struct json_document *document, uint32_t node);
/** A string's bytes, unescaped, without a NUL at their end; lent until the next parse. */
const uint8_t *json_string_value(const struct json_document *document, uint32_t node, size_t *size);
/** The name of the member whose value `node` is, NULL for the root and elements; lent. */
const uint8_t *json_name_of(const struct json_document *document, uint32_t node, size_t *size);
/** The value of a JSON_INTEGER. */
int64_t json_integer_value(const struct json_document *document, uint32_t node);
/** Is it a string, and this one? */
bool json_string_equals(const struct json_document *document, uint32_t node, const char *text);
/** The bytes of the input that a value stands on (canonical when the document is). */
const uint8_t *json_source(const struct json_document *document, uint32_t node, size_t *size);

/** Append the canonical form of a value, its members sorted. On failure `out` is as it was. */
bool json_canonicalize(const struct json_document *document, uint32_t node, struct buffer *out,
                       struct error *err) MUST_CHECK;

/* Required members with their types, for reading bodies. ERROR_INPUT, naming the member, when it
 * is missing or of another type or when `object` is no object. */

/** A string of at most text_size_max − 1 bytes, copied with a NUL; ERROR_LIMIT when longer. */
bool json_get_string(const struct json_document *document, uint32_t object, const char *name,
                     char *text, size_t text_size_max, struct error *err) MUST_CHECK;
bool json_get_integer(const struct json_document *document, uint32_t object, const char *name,
                      int64_t *out, struct error *err) MUST_CHECK;
bool json_get_node(const struct json_document *document, uint32_t object, const char *name,
                   enum json_type type, uint32_t *out, struct error *err) MUST_CHECK;

#endif
