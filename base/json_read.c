/*
 * json_read.c - a strict reader of JSON in one pass, fast enough to verify a book with.
 *
 * 1. The invariants of json_document.h hold whenever json_parse() returned true.
 * 2. In JSON_CANONICAL each byte is checked against the only one that RFC 8785 allows there, so
 *    that a text is accepted exactly when it is its own canonical form.
 */
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_document.h"
#include "base/language.h"
#include "base/text.h"

#define NODES_AT_FIRST       64
#define NAME_SHOWN_BYTES_MAX 64 /* of a member's name in a message */

struct parser {
    struct json_document *document;
    const uint8_t *start;
    const uint8_t *at;
    const uint8_t *end;
    bool is_canonical;
    int depth;
    struct error *err;
};

/* ---- Errors ---------------------------------------------------------------------------------- */

/* Refuse the text for what stands at `at`. */
static bool fail(const struct parser *parser, const uint8_t *at, enum error_code code,
                 const char *what)
{
    return error_set(parser->err, code, "JSON, byte %zu: %s", (size_t)(at - parser->start),
                     translate(what));
}

/* The same for a member's name, which is shown. */
static bool fail_name(const struct parser *parser, const uint8_t *at,
                      const struct json_string *name, const char *what)
{
    int size = name->size < NAME_SHOWN_BYTES_MAX ? (int)name->size : NAME_SHOWN_BYTES_MAX;

    while (size > 0 && (uint32_t)size < name->size && (name->data[size] & 0xc0) == 0x80)
        size--;
    return error_set(parser->err, ERROR_INPUT, "JSON, byte %zu: member \"%.*s\" %s",
                     (size_t)(at - parser->start), size, (const char *)name->data, translate(what));
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Refuse the byte at hand, where `wanted` should be. */
static bool fail_unexpected(const struct parser *parser, const char *wanted)
{
    size_t offset = (size_t)(parser->at - parser->start);

    if (parser->at == parser->end) {
        return error_set(parser->err, ERROR_INPUT,
                         "JSON, byte %zu: the text ends where %s should be", offset,
                         translate(wanted));
    }
    if (parser->is_canonical && is_space(*parser->at)) {
        return error_set(parser->err, ERROR_INPUT,
                         "JSON, byte %zu: white space, which the canonical form has not", offset);
    }
    return error_set(parser->err, ERROR_INPUT, "JSON, byte %zu: 0x%02x where %s should be", offset,
                     (unsigned)*parser->at, translate(wanted));
}

/* ---- Memory ---------------------------------------------------------------------------------- */

static bool fail_memory(const struct parser *parser)
{
    return fail(parser, parser->at, ERROR_MEMORY, N_("no memory for more; close other programs"));
}

/* Begin a node at the byte at hand. */
static bool node_begin(struct parser *parser, enum json_type type, uint32_t *out)
{
    struct json_document *document = parser->document;

    if (document->node_count == document->node_capacity) {
        uint32_t capacity =
            document->node_capacity == 0 ? NODES_AT_FIRST : document->node_capacity * 2;
        struct json_node *nodes = realloc(document->nodes, capacity * sizeof *nodes);

        if (nodes == NULL) return fail_memory(parser);
        document->nodes = nodes;
        document->node_capacity = capacity;
    }
    document->nodes[document->node_count] =
        (struct json_node){.type = type, .source = parser->at, .next = JSON_NONE};
    *out = document->node_count++;
    return true;
}

/* The value of a node ends before the byte at hand. */
static void node_end(struct parser *parser, uint32_t node)
{
    struct json_node *ended = &parser->document->nodes[node];

    ended->source_size = (uint32_t)(parser->at - ended->source);
}

/* Make the pool large enough for all strings of this text: unescaping never lengthens one. */
static bool pool_prepare(struct parser *parser)
{
    struct json_document *document = parser->document;
    size_t size = (size_t)(parser->end - parser->start);
    uint8_t *pool;

    if (document->pool_capacity >= size) return true;
    assert(document->pool_size == 0);
    pool = realloc(document->pool, size);
    if (pool == NULL) return fail_memory(parser);
    document->pool = pool;
    document->pool_capacity = size;
    return true;
}

static void pool_add(struct parser *parser, const uint8_t *data, size_t size)
{
    struct json_document *document = parser->document;

    assert(size <= document->pool_capacity - document->pool_size);
    memcpy(document->pool + document->pool_size, data, size);
    document->pool_size += size;
}

/* ---- Strings --------------------------------------------------------------------------------- */

/* Bytes at which a run of plain characters ends: controls, quote and backslash. */
static const bool ends_run[256] = {
    [0x00] = true, [0x01] = true, [0x02] = true, [0x03] = true, [0x04] = true, [0x05] = true,
    [0x06] = true, [0x07] = true, [0x08] = true, [0x09] = true, [0x0a] = true, [0x0b] = true,
    [0x0c] = true, [0x0d] = true, [0x0e] = true, [0x0f] = true, [0x10] = true, [0x11] = true,
    [0x12] = true, [0x13] = true, [0x14] = true, [0x15] = true, [0x16] = true, [0x17] = true,
    [0x18] = true, [0x19] = true, [0x1a] = true, [0x1b] = true, [0x1c] = true, [0x1d] = true,
    [0x1e] = true, [0x1f] = true, ['"'] = true,  ['\\'] = true,
};

/* Pass a run of plain characters. True when all of them are ASCII. */
static bool pass_run(struct parser *parser)
{
    const uint8_t *at = parser->at, *end = parser->end;
    uint8_t seen = 0;

    while (at < end && !ends_run[*at])
        seen |= *at++;
    parser->at = at;
    return seen < 0x80;
}

/* The four hex digits at `at`, or -1. */
static int32_t read_hex4(const struct parser *parser, const uint8_t *at)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    int32_t value = 0;

    if (parser->end - at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        const char *found = at[i] == 0 ? NULL : strchr(digits, at[i]);
        int32_t digit;

        if (found == NULL) return -1;
        digit = (int32_t)(found - digits);
        value = value * 16 + (digit < 16 ? digit : digit - 6);
    }
    return value;
}

/* UTF-8 of a code point that is no surrogate. Returns its size. */
static size_t encode_utf8(uint32_t point, uint8_t bytes[4])
{
    if (point < 0x80) {
        bytes[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        bytes[0] = (uint8_t)(0xc0 | point >> 6);
        bytes[1] = (uint8_t)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        bytes[0] = (uint8_t)(0xe0 | point >> 12);
        bytes[1] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
        bytes[2] = (uint8_t)(0x80 | (point & 0x3f));
        return 3;
    }
    bytes[0] = (uint8_t)(0xf0 | point >> 18);
    bytes[1] = (uint8_t)(0x80 | (point >> 12 & 0x3f));
    bytes[2] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
    bytes[3] = (uint8_t)(0x80 | (point & 0x3f));
    return 4;
}

/* Is "\uhhhh" at `at` how the canonical form writes this character? Only controls without a letter
 * of their own are written so, in lower case (RFC 8785 section 3.2.2.2). */
static bool is_canonical_u(const uint8_t *at, uint32_t point)
{
    if (point >= 0x20 || memchr("\b\t\n\f\r", (int)point, 5) != NULL) return false;
    return at[5] < 'A' || at[5] > 'F';
}

/* Read "\uhhhh" or a pair of them that is one character, at the byte at hand. */
static bool read_escape_u(struct parser *parser, uint32_t *out)
{
    const uint8_t *at = parser->at;
    int32_t unit = read_hex4(parser, at + 2), low = -1;

    if (unit < 0) return fail(parser, at, ERROR_INPUT, N_("\\u without four hex digits"));
    if (unit == 0)
        return fail(parser, at, ERROR_INPUT, N_("U+0000, which no text of ours may hold"));
    if (parser->is_canonical && !is_canonical_u(at, (uint32_t)unit)) {
        return fail(parser, at, ERROR_INPUT,
                    N_("an escape that the canonical form writes otherwise"));
    }
    if (unit < 0xd800 || unit > 0xdfff) {
        parser->at = at + 6;
        *out = (uint32_t)unit;
        return true;
    }
    if (unit <= 0xdbff && parser->end - at >= 12 && at[6] == '\\' && at[7] == 'u') {
        low = read_hex4(parser, at + 8);
    }
    if (low < 0xdc00 || low > 0xdfff) {
        return fail(parser, at, ERROR_ENCODING, N_("a lone surrogate, which is no character"));
    }
    parser->at = at + 12;
    *out = 0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
    return true;
}

/* Add to the pool the character whose escape is at hand. */
static bool read_escape(struct parser *parser, bool *is_ascii)
{
    static const char letters[] = "\"\\bfnrt/", values[] = "\"\\\b\f\n\r\t/";
    uint8_t letter, bytes[4];
    uint32_t point = 0;
    const char *found;

    if (parser->end - parser->at < 2) {
        return fail(parser, parser->at, ERROR_INPUT, N_("the text ends within a string"));
    }
    letter = parser->at[1];
    if (letter == 'u') {
        if (!read_escape_u(parser, &point)) return false;
        if (point >= 0x80) *is_ascii = false;
        pool_add(parser, bytes, encode_utf8(point, bytes));
        return true;
    }
    found = letter == 0 ? NULL : strchr(letters, letter);
    if (found == NULL)
        return fail(parser, parser->at, ERROR_INPUT, N_("an escape that JSON has not"));
    if (letter == '/' && parser->is_canonical) {
        return fail(parser, parser->at, ERROR_INPUT,
                    N_("an escape that the canonical form writes otherwise"));
    }
    bytes[0] = (uint8_t)values[found - letters];
    pool_add(parser, bytes, 1);
    parser->at += 2;
    return true;
}

/* The rest of a string that has escapes, the first of them at hand; its beginning is at `start`. */
static bool read_escaped(struct parser *parser, const uint8_t *start, bool *is_ascii,
                         struct json_string *out)
{
    struct json_document *document = parser->document;
    const uint8_t *run;
    size_t pool_at;

    if (!pool_prepare(parser)) return false;
    pool_at = document->pool_size;
    pool_add(parser, start, (size_t)(parser->at - start));
    while (parser->at < parser->end && *parser->at == '\\') {
        if (!read_escape(parser, is_ascii)) return false;
        run = parser->at;
        if (!pass_run(parser)) *is_ascii = false;
        pool_add(parser, run, (size_t)(parser->at - run));
    }
    *out =
        (struct json_string){document->pool + pool_at, (uint32_t)(document->pool_size - pool_at)};
    return true;
}

/* Read the string whose quote is at hand. */
static bool read_string(struct parser *parser, struct json_string *out)
{
    const uint8_t *quote = parser->at++, *start = parser->at;
    bool is_ascii = pass_run(parser);

    if (parser->at < parser->end && *parser->at == '\\') {
        if (!read_escaped(parser, start, &is_ascii, out)) return false;
    } else {
        *out = (struct json_string){start, (uint32_t)(parser->at - start)};
    }
    if (parser->at == parser->end) {
        return fail(parser, parser->at, ERROR_INPUT, N_("the text ends within a string"));
    }
    if (*parser->at != '"') {
        return fail(parser, parser->at, ERROR_INPUT, N_("a control character within a string"));
    }
    parser->at++;
    if (is_ascii || text_is_nfc(out->data, out->size)) return true;
    if (!text_is_utf8(out->data, out->size)) {
        return fail(parser, quote, ERROR_ENCODING, N_("a string that is not UTF-8"));
    }
    return fail(parser, quote, ERROR_ENCODING,
                N_("a string that is not in Unicode normalization form C"));
}

/* ---- Numbers and literals -------------------------------------------------------------------- */

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* Read the integer whose first byte, '-' or a digit, is at hand. */
static bool read_integer(struct parser *parser, int64_t *out)
{
    const uint8_t *start = parser->at, *at = start, *digits;
    bool is_negative = *at == '-', is_too_large = false;
    int64_t value = 0;

    if (is_negative) at++;
    for (digits = at; at < parser->end && is_digit(*at); at++) {
        value = value * 10 + (*at - '0');
        if (value > JSON_INTEGER_MAX) {
            is_too_large = true;
            value = 0;
        }
    }
    parser->at = at;
    if (at == digits) return fail_unexpected(parser, "a digit");
    if (*digits == '0' && at - digits > 1) {
        return fail(parser, digits, ERROR_INPUT, N_("a number that begins with a zero"));
    }
    if (at < parser->end && *at == '.') {
        return fail(parser, at, ERROR_INPUT, N_("a fraction; amounts are integer fen"));
    }
    if (at < parser->end && (*at == 'e' || *at == 'E')) {
        return fail(parser, at, ERROR_INPUT, N_("an exponent; amounts are integer fen in digits"));
    }
    if (is_too_large) return fail(parser, start, ERROR_INPUT, N_("an integer beyond ±(2^53−1)"));
    if (is_negative && *digits == '0') return fail(parser, start, ERROR_INPUT, "-0; write 0");
    *out = is_negative ? -value : value;
    return true;
}

/* Read the literal that begins at hand. */
static bool read_literal(struct parser *parser, enum json_type *out)
{
    static const struct {
        const char *text;
        size_t size;
        enum json_type type;
    } literals[] = {{"true", 4, JSON_TRUE}, {"false", 5, JSON_FALSE}, {"null", 4, JSON_NULL}};

    for (size_t i = 0; i < ARRAY_COUNT(literals); i++) {
        if ((size_t)(parser->end - parser->at) < literals[i].size) continue;
        if (memcmp(parser->at, literals[i].text, literals[i].size) != 0) continue;
        parser->at += literals[i].size;
        *out = literals[i].type;
        return true;
    }
    return fail_unexpected(parser, "a value");
}

/* ---- Structure ------------------------------------------------------------------------------- */

int json_name_compare(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    size_t size = a_size < b_size ? a_size : b_size, at = 0;

    while (at < size && a[at] == b[at])
        at++;
    if (at == size) return (a_size > b_size) - (a_size < b_size);
    /* UTF-8 sorts as code points do, and so does UTF-16 but for this: U+10000 and above (first
     * byte F0 to F4), being surrogates D800 to DFFF there, come before U+E000 to U+FFFF (EE, EF).
     */
    if (a[at] >= 0xf0 && (b[at] == 0xee || b[at] == 0xef)) return -1;
    if (b[at] >= 0xf0 && (a[at] == 0xee || a[at] == 0xef)) return 1;
    return a[at] < b[at] ? -1 : 1;
}

static int compare_names(const void *a, const void *b)
{
    const struct json_string *left = a, *right = b;

    return json_name_compare(left->data, left->size, right->data, right->size);
}

static void skip_space(struct parser *parser)
{
    if (parser->is_canonical) return; /* fail_unexpected() will find it */
    while (parser->at < parser->end && is_space(*parser->at))
        parser->at++;
}

/* Pass one byte if it is this one. */
static bool take(struct parser *parser, uint8_t byte)
{
    if (parser->at == parser->end || *parser->at != byte) return false;
    parser->at++;
    return true;
}

/* Refuse an object, whose members are not sorted, for having one twice. */
static bool check_duplicates(struct parser *parser, uint32_t object)
{
    struct json_document *document = parser->document;
    uint32_t count = document->nodes[object].count, i = 0;

    if (document->name_capacity < count) {
        struct json_string *names = realloc(document->names, count * sizeof *names);

        if (names == NULL) return fail_memory(parser);
        document->names = names;
        document->name_capacity = count;
    }
    for (uint32_t child = object + 1; child != JSON_NONE; child = document->nodes[child].next) {
        document->names[i++] =
            (struct json_string){document->nodes[child].name, document->nodes[child].name_size};
    }
    assert(i == count);
    qsort(document->names, count, sizeof *document->names, compare_names);
    for (i = 1; i < count; i++) {
        if (compare_names(&document->names[i - 1], &document->names[i]) == 0) {
            return fail_name(parser, document->nodes[object].source, &document->names[i],
                             N_("stands twice in this object"));
        }
    }
    return true;
}

static bool read_value(struct parser *parser, uint32_t *out);

/* Read a member's name and colon. `is_sorted` becomes false when it doesn't come after `previous`;
 * the canonical form doesn't allow that. */
static bool read_name(struct parser *parser, const struct json_string *previous, bool *is_sorted,
                      struct json_string *out)
{
    const uint8_t *quote = parser->at;

    if (parser->at == parser->end || *parser->at != '"') {
        return fail_unexpected(parser, "a member's name");
    }
    if (!read_string(parser, out)) return false;
    if (previous->data != NULL && compare_names(previous, out) >= 0) {
        if (compare_names(previous, out) == 0) {
            return fail_name(parser, quote, out, N_("stands twice in this object"));
        }
        if (parser->is_canonical) {
            return fail_name(parser, quote, out,
                             N_("comes after one that the canonical form has "
                                "behind it"));
        }
        *is_sorted = false;
    }
    skip_space(parser);
    if (!take(parser, ':')) return fail_unexpected(parser, "':'");
    skip_space(parser);
    return true;
}

/* Put a child behind its elder sibling `last`, if it has one. */
static void link_child(struct parser *parser, uint32_t parent, uint32_t last, uint32_t child)
{
    struct json_node *nodes = parser->document->nodes;

    assert(last != JSON_NONE || child == parent + 1);
    if (last != JSON_NONE) nodes[last].next = child;
    nodes[parent].count++;
}

/* Read an object or array, whose bracket was passed. */
static bool read_children(struct parser *parser, uint32_t node, bool is_object)
{
    const uint8_t close = is_object ? '}' : ']';
    struct json_string name = {NULL, 0}, previous = {NULL, 0};
    uint32_t child, last = JSON_NONE;
    bool is_sorted = true;

    skip_space(parser);
    if (take(parser, close)) return true;
    for (;;) {
        if (is_object && !read_name(parser, &previous, &is_sorted, &name)) return false;
        if (!read_value(parser, &child)) return false;
        parser->document->nodes[child].name = name.data;
        parser->document->nodes[child].name_size = name.size;
        link_child(parser, node, last, child);
        last = child;
        previous = name;
        skip_space(parser);
        if (take(parser, close)) break;
        if (!take(parser, ','))
            return fail_unexpected(parser, is_object ? "',' or '}'" : "',' or ']'");
        skip_space(parser);
    }
    return is_sorted || check_duplicates(parser, node);
}

static bool read_container(struct parser *parser, bool is_object, uint32_t *out)
{
    uint32_t node;

    if (parser->depth == JSON_DEPTH_MAX) {
        return fail(parser, parser->at, ERROR_LIMIT, N_("more than 32 objects and arrays deep"));
    }
    if (!node_begin(parser, is_object ? JSON_OBJECT : JSON_ARRAY, &node)) return false;
    parser->at++;
    parser->depth++;
    if (!read_children(parser, node, is_object)) return false;
    parser->depth--;
    node_end(parser, node);
    *out = node;
    return true;
}

/* Read the value at hand. Calls itself, by way of read_container(), JSON_DEPTH_MAX deep at most. */
static bool read_value(struct parser *parser, uint32_t *out)
{
    enum json_type type = JSON_NULL;
    struct json_string text = {NULL, 0};
    int64_t integer = 0;
    const uint8_t first = parser->at < parser->end ? *parser->at : 0;
    uint32_t node;

    if (first == '{' || first == '[') return read_container(parser, first == '{', out);
    if (!node_begin(parser, JSON_NULL, &node)) return false;
    if (first == '"') {
        type = JSON_STRING;
        if (!read_string(parser, &text)) return false;
    } else if (first == '-' || is_digit(first)) {
        type = JSON_INTEGER;
        if (!read_integer(parser, &integer)) return false;
    } else if (!read_literal(parser, &type)) {
        return false;
    }
    parser->document->nodes[node].type = type;
    parser->document->nodes[node].text = text.data;
    parser->document->nodes[node].text_size = text.size;
    parser->document->nodes[node].integer = integer;
    node_end(parser, node);
    *out = node;
    return true;
}

bool json_parse(struct json_document *document, const uint8_t *data, size_t size,
                enum json_form form, struct error *err)
{
    struct parser parser = {.document = document,
                            .start = data,
                            .at = data,
                            .end = data + size,
                            .is_canonical = form == JSON_CANONICAL,
                            .err = err};
    uint32_t root;
    bool ok = false;

    document->node_count = 0;
    document->pool_size = 0;
    if (size > JSON_SIZE_BYTES_MAX) {
        (void)error_set(err, ERROR_LIMIT, "JSON of %zu bytes, more than %u; split it", size,
                        JSON_SIZE_BYTES_MAX);
        goto out;
    }
    skip_space(&parser);
    if (!read_value(&parser, &root)) goto out;
    skip_space(&parser);
    if (parser.at != parser.end) {
        (void)fail_unexpected(&parser, N_("the end of the text"));
        goto out;
    }
    assert(root == 0 && parser.depth == 0);
    ok = true;
out:
    if (!ok) document->node_count = 0;
    return ok;
}
