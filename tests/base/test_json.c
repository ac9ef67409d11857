/*
 * test_json.c - canonical JSON: RFC 8785's own examples, its authors' test data, tables of what is
 * refused and why. test_json_random.c has the random values.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/json.h"
#include "tests/base/vectors.h"

#define TEXT_SIZE_BYTES_MAX 1048576

static const uint8_t *bytes(const char *text)
{
    return (const uint8_t *)text;
}

static struct json_document *document_make(void)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);

    ck_assert_ptr_nonnull(document);
    return document;
}

/* ---- Writing --------------------------------------------------------------------------------- */

START_TEST(writer_writes_every_kind_of_value)
{
    struct buffer out = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct json_writer writer;
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(&out, "before ", &err));
    json_writer_init(&writer, &out);
    json_object_begin(&writer);
    json_name(&writer, "array");
    json_array_begin(&writer);
    json_integer(&writer, 0);
    json_integer(&writer, JSON_INTEGER_MAX);
    json_integer(&writer, -JSON_INTEGER_MAX);
    json_boolean(&writer, false);
    json_object_begin(&writer);
    json_object_end(&writer);
    json_array_begin(&writer);
    json_array_end(&writer);
    json_array_end(&writer);
    json_member_boolean(&writer, "boolean", true);
    json_member_integer(&writer, "integer", -60000);
    json_name(&writer, "raw");
    json_raw(&writer, bytes("{\"a\":1,\"b\":null}"), 16);
    json_member_string(&writer, "text", "扶贫\"\\/\b\t\n\f\r\x01\x1f\x7f");
    json_object_end(&writer);
    ck_assert(json_writer_finish(&writer, &err));
    ck_assert_str_eq(buffer_text(&out),
                     "before {\"array\":[0,9007199254740991,-9007199254740991,false,{},[]],"
                     "\"boolean\":true,\"integer\":-60000,\"raw\":{\"a\":1,\"b\":null},"
                     "\"text\":\"扶贫\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\"}");
    buffer_done(&out);
}
END_TEST

START_TEST(writer_tells_its_first_failure_and_takes_back_what_it_wrote)
{
    static const struct {
        const char *text; /* NULL: the integer instead */
        size_t size;
        int64_t integer;
        enum error_code code;
        const char *why;
    } cases[] = {
        {"A\xcc\x8a", 3, 0, ERROR_ENCODING, "not in NFC"},
        {"\xff", 1, 0, ERROR_ENCODING, "not UTF-8"},
        {"\xed\xa0\xbd", 3, 0, ERROR_ENCODING, "a lone surrogate in UTF-8"},
        {"a\0b", 3, 0, ERROR_ENCODING, "U+0000"},
        {NULL, 0, JSON_INTEGER_MAX + 1, ERROR_OVERFLOW, "2^53"},
        {NULL, 0, -JSON_INTEGER_MAX - 1, ERROR_OVERFLOW, "-2^53"},
        {NULL, 0, INT64_MIN, ERROR_OVERFLOW, "the least"},
        {"a string longer than the buffer may grow", 40, 0, ERROR_LIMIT, "too long"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer out = BUFFER_INIT(30);
        struct json_writer writer;
        struct error err = ERROR_INIT;

        ck_assert(buffer_append_text(&out, "kept", &err));
        json_writer_init(&writer, &out);
        json_object_begin(&writer);
        json_name(&writer, "bad");
        if (cases[i].text == NULL) {
            json_integer(&writer, cases[i].integer);
        } else {
            json_string_bytes(&writer, bytes(cases[i].text), cases[i].size);
        }
        json_member_string(&writer, "later", "\xfe is another failure, which is not told");
        json_object_end(&writer);
        ck_assert_msg(!json_writer_finish(&writer, &err), "written: %s", cases[i].why);
        ck_assert_int_eq(err.code, cases[i].code);
        ck_assert_str_eq(buffer_text(&out), "kept");
        buffer_done(&out);
    }
}
END_TEST

/* What a caller may not do to a writer. */
static void misuse(int how, struct json_writer *writer)
{
    struct error err = ERROR_INIT;
    bool finished;

    json_object_begin(writer);
    switch (how) {
    case 0: /* a name before the one before it */
        json_member_integer(writer, "b", 1);
        json_member_integer(writer, "a", 1);
        break;
    case 1: /* a name twice */
        json_member_integer(writer, "a", 1);
        json_member_integer(writer, "a", 1);
        break;
    case 2: /* a value without a name */
        json_integer(writer, 1);
        break;
    case 3: /* a name without a value */
        json_name(writer, "a");
        json_object_end(writer);
        break;
    case 4: /* closed as an array */
        json_array_end(writer);
        break;
    case 5: /* left open */
        finished = json_writer_finish(writer, &err);
        ck_assert(!finished);
        break;
    case 6: /* two values */
        json_object_end(writer);
        json_boolean(writer, true);
        break;
    case 7: /* a name that is not [A-Za-z0-9_] */
        json_name(writer, "an-amount");
        break;
    default: /* too deep */
        for (int depth = 1; depth <= JSON_DEPTH_MAX; depth++) {
            json_name(writer, "a");
            json_object_begin(writer);
        }
        break;
    }
}

START_TEST(writer_stops_the_program_on_misuse)
{
    struct buffer out = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct json_writer writer;

    json_writer_init(&writer, &out);
    misuse(_i, &writer);
}
END_TEST

/* ---- Reading: others' data ------------------------------------------------------------------- */

START_TEST(reader_agrees_with_the_authors_of_jcs_or_refuses_what_no_entry_holds)
{
    static const struct {
        const char *file;
        const char *message; /* NULL: canonicalized to the authors' bytes */
    } cases[] = {
        {"arrays.json", NULL},
        {"french.json", NULL},
        /* 56.0, which JCS writes as 56 */
        {"structures.json", "JSON, byte 43: a fraction; amounts are integer fen"},
        /* A with a combining ring; JCS leaves it, DESIGN section 3.1 asks for NFC */
        {"unicode.json", "JSON, byte 27: a string that is not in Unicode normalization form C"},
        {"values.json", "JSON, byte 25: a fraction; amounts are integer fen"},
        /* U+FB33, which NFC always writes as two characters */
        {"weird.json", "JSON, byte 201: a string that is not in Unicode normalization form C"},
    };
    struct json_document *document = document_make();

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer input = BUFFER_INIT(VECTOR_SIZE_BYTES_MAX);
        struct buffer output = BUFFER_INIT(VECTOR_SIZE_BYTES_MAX);
        struct buffer ours = BUFFER_INIT(VECTOR_SIZE_BYTES_MAX);
        char name[64], path[VECTOR_PATH_SIZE];
        struct error err = ERROR_INIT;

        snprintf(name, sizeof name, "jcs/input/%s", cases[i].file);
        if (!vector_find(name, path)) break;
        vector_read(path, &input);
        if (cases[i].message != NULL) {
            ck_assert_msg(!json_parse(document, input.data, input.size, JSON_ANY, &err), "%s",
                          cases[i].file);
            ck_assert_str_eq(err.message, cases[i].message);
        } else {
            ck_assert_msg(json_parse(document, input.data, input.size, JSON_ANY, &err), "%s: %s",
                          cases[i].file, err.message);
            ck_assert(json_canonicalize(document, 0, &ours, &err));
            snprintf(name, sizeof name, "jcs/output/%s", cases[i].file);
            ck_assert(vector_find(name, path));
            vector_read(path, &output);
            ck_assert_str_eq(buffer_text(&ours), buffer_text(&output));
            ck_assert_uint_eq(ours.size, output.size);
            ck_assert(json_parse(document, output.data, output.size, JSON_CANONICAL, &err));
        }
        buffer_done(&input);
        buffer_done(&output);
        buffer_done(&ours);
    }
    json_document_free(document);
}
END_TEST

/* RFC 8785 section 3.2.3's example of sorting, but for its last name, which is not in NFC: U+FB06
 * stands for U+FB33, and both come after the surrogates of U+1F600. */
START_TEST(members_are_sorted_by_utf16_code_units)
{
    static const char *const sorted = "{\"\\r\":\"Carriage Return\",\"1\":\"One\","
                                      "\"\xc2\x80\":\"Control\","
                                      "\"ö\":\"Latin Small Letter O With Diaeresis\","
                                      "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
                                      "\"ﬆ\":\"Latin Small Ligature St\"}";
    static const char *const input = "{ \"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
                                     "\"\\ufb06\": \"Latin Small Ligature St\", \"1\": \"One\","
                                     "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\","
                                     "\"\\u0080\": \"Control\","
                                     "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\" }";
    struct json_document *document = document_make();
    struct buffer out = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_msg(json_parse(document, bytes(input), strlen(input), JSON_ANY, &err), "%s",
                  err.message);
    ck_assert(json_canonicalize(document, 0, &out, &err));
    ck_assert_str_eq(buffer_text(&out), sorted);
    ck_assert_msg(json_parse(document, bytes(sorted), strlen(sorted), JSON_CANONICAL, &err), "%s",
                  err.message);
    buffer_done(&out);
    json_document_free(document);
}
END_TEST

START_TEST(names_compare_as_utf16_code_units_do)
{
    /* Each before the next: "", then by first unit. */
    static const char *const names[] = {"",
                                        "\x01",
                                        "0",
                                        "A",
                                        "a",
                                        "aa",
                                        "ab",
                                        "b",
                                        "\x7f",
                                        "é",
                                        "ü",
                                        "\xed\x9f\xbf",
                                        "𐀀",
                                        "𐀁",
                                        "\xf4\x8f\xbf\xbf",
                                        "\xee\x80\x80",
                                        "ﬀ",
                                        "\xef\xbf\xbd"};

    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        for (size_t j = 0; j < ARRAY_COUNT(names); j++) {
            int order = json_name_compare(bytes(names[i]), strlen(names[i]), bytes(names[j]),
                                          strlen(names[j]));

            ck_assert_msg((order < 0) == (i < j) && (order > 0) == (i > j), "%zu and %zu", i, j);
        }
    }
}
END_TEST

/* ---- Reading: what is refused -------------------------------------------------------------------
 */

static const struct {
    const char *text;
    enum error_code code;
    const char *message; /* after "JSON, " */
} not_json[] = {
    {"", ERROR_INPUT, "byte 0: the text ends where a value should be"},
    {"{", ERROR_INPUT, "byte 1: the text ends where a member's name should be"},
    {"[", ERROR_INPUT, "byte 1: the text ends where a value should be"},
    {"[1", ERROR_INPUT, "byte 2: the text ends where ',' or ']' should be"},
    {"[1,]", ERROR_INPUT, "byte 3: 0x5d where a value should be"},
    {"{\"a\":1,}", ERROR_INPUT, "byte 7: 0x7d where a member's name should be"},
    {"{\"a\":1", ERROR_INPUT, "byte 6: the text ends where ',' or '}' should be"},
    {"{\"a\"1}", ERROR_INPUT, "byte 4: 0x31 where ':' should be"},
    {"{a:1}", ERROR_INPUT, "byte 1: 0x61 where a member's name should be"},
    {"[1}", ERROR_INPUT, "byte 2: 0x7d where ',' or ']' should be"},
    {"1 2", ERROR_INPUT, NULL},
    {"nul", ERROR_INPUT, "byte 0: 0x6e where a value should be"},
    {"True", ERROR_INPUT, "byte 0: 0x54 where a value should be"},
    {"NaN", ERROR_INPUT, "byte 0: 0x4e where a value should be"},
    {"'a'", ERROR_INPUT, "byte 0: 0x27 where a value should be"},
    {"\xef\xbb\xbf{}", ERROR_INPUT, "byte 0: 0xef where a value should be"},
    {"{}x", ERROR_INPUT, "byte 2: 0x78 where the end of the text should be"},
    /* numbers */
    {"-", ERROR_INPUT, "byte 1: the text ends where a digit should be"},
    {"+1", ERROR_INPUT, "byte 0: 0x2b where a value should be"},
    {".5", ERROR_INPUT, "byte 0: 0x2e where a value should be"},
    {"-a", ERROR_INPUT, "byte 1: 0x61 where a digit should be"},
    {"01", ERROR_INPUT, "byte 0: a number that begins with a zero"},
    {"-01", ERROR_INPUT, "byte 1: a number that begins with a zero"},
    {"-0", ERROR_INPUT, "byte 0: -0; write 0"},
    {"1.5", ERROR_INPUT, "byte 1: a fraction; amounts are integer fen"},
    {"56.0", ERROR_INPUT, "byte 2: a fraction; amounts are integer fen"},
    {"-0.0", ERROR_INPUT, "byte 2: a fraction; amounts are integer fen"},
    {"1E30", ERROR_INPUT, "byte 1: an exponent; amounts are integer fen in digits"},
    {"2e-3", ERROR_INPUT, "byte 1: an exponent; amounts are integer fen in digits"},
    {"9007199254740992", ERROR_INPUT, "byte 0: an integer beyond ±(2^53−1)"},
    {"-9007199254740992", ERROR_INPUT, "byte 0: an integer beyond ±(2^53−1)"},
    {"18446744073709551617", ERROR_INPUT, "byte 0: an integer beyond ±(2^53−1)"},
    {"[100000000000000000000000000000000000001]", ERROR_INPUT,
     "byte 1: an integer beyond ±(2^53−1)"},
    /* strings */
    {"\"a", ERROR_INPUT, "byte 2: the text ends within a string"},
    {"\"a\\", ERROR_INPUT, "byte 2: the text ends within a string"},
    {"\"a\\n", ERROR_INPUT, "byte 4: the text ends within a string"},
    {"\"a\nb\"", ERROR_INPUT, "byte 2: a control character within a string"},
    {"\"\\n\x1f\"", ERROR_INPUT, "byte 3: a control character within a string"},
    {"\"\\x41\"", ERROR_INPUT, "byte 1: an escape that JSON has not"},
    {"\"\\u12\"", ERROR_INPUT, "byte 1: \\u without four hex digits"},
    {"\"\\u12g4\"", ERROR_INPUT, "byte 1: \\u without four hex digits"},
    {"\"\\u0000\"", ERROR_INPUT, "byte 1: U+0000, which no text of ours may hold"},
    {"\"\xff\"", ERROR_ENCODING, "byte 0: a string that is not UTF-8"},
    {"\"\xc0\x80\"", ERROR_ENCODING, "byte 0: a string that is not UTF-8"},
    {"\"\xed\xa0\xbd\xed\xb8\x82\"", ERROR_ENCODING, "byte 0: a string that is not UTF-8"},
    {"[\"A\xcc\x8a\"]", ERROR_ENCODING,
     "byte 1: a string that is not in Unicode normalization form C"},
    {"{\"A\xcc\x8a\":1}", ERROR_ENCODING,
     "byte 1: a string that is not in Unicode normalization form C"},
    /* objects */
    {"{\"a\":1,\"a\":2}", ERROR_INPUT, "byte 7: member \"a\" stands twice in this object"},
};

START_TEST(reader_refuses_what_is_not_json_or_no_entry_may_hold)
{
    struct json_document *document = document_make();

    for (size_t i = 0; i < ARRAY_COUNT(not_json); i++) {
        for (int form = JSON_CANONICAL; form <= JSON_ANY; form++) {
            struct error err = ERROR_INIT;

            ck_assert_msg(!json_parse(document, bytes(not_json[i].text), strlen(not_json[i].text),
                                      (enum json_form)form, &err),
                          "accepted: %s", not_json[i].text);
            ck_assert_msg(err.code == not_json[i].code, "%s: %s", not_json[i].text, err.message);
            if (not_json[i].message == NULL) continue;
            ck_assert_int_eq(strncmp(err.message, "JSON, ", 6), 0);
            ck_assert_str_eq(err.message + 6, not_json[i].message);
        }
    }
    json_document_free(document);
}
END_TEST

START_TEST(canonical_reader_refuses_what_jcs_would_write_otherwise)
{
    static const struct {
        const char *text;
        const char *canonical;
        const char *message; /* after "JSON, byte " */
    } cases[] = {
        {" {}", "{}", "0: white space, which the canonical form has not"},
        {"{}\n", "{}", "2: white space, which the canonical form has not"},
        {"{ }", "{}", "1: white space, which the canonical form has not"},
        {"[1, 2]", "[1,2]", "3: white space, which the canonical form has not"},
        {"[1\t,2]", "[1,2]", "2: white space, which the canonical form has not"},
        {"{\"a\" :1}", "{\"a\":1}", "4: white space, which the canonical form has not"},
        {"{\"a\":\r1}", "{\"a\":1}", "5: white space, which the canonical form has not"},
        {"{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}",
         "7: member \"a\" comes after one that the canonical form has behind it"},
        {"{\"ﬆ\":1,\"😂\":2}", "{\"😂\":2,\"ﬆ\":1}",
         "9: member \"😂\" comes after one that the canonical form has behind it"},
        {"\"\\/\"", "\"/\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u000a\"", "\"\\n\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u0008\"", "\"\\b\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u000C\"", "\"\\f\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u000B\"", "\"\\u000b\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u001F\"", "\"\\u001f\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u0022\"", "\"\\\"\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u005c\"", "\"\\\\\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u0041\"", "\"A\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u007f\"", "\"\x7f\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\u20ac\"", "\"€\"", "1: an escape that the canonical form writes otherwise"},
        {"\"\\ud83d\\ude02\"", "\"😂\"", "1: an escape that the canonical form writes otherwise"},
    };
    struct json_document *document = document_make();

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer out = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
        struct error err = ERROR_INIT;
        const uint8_t *text = bytes(cases[i].text);

        ck_assert_msg(!json_parse(document, text, strlen(cases[i].text), JSON_CANONICAL, &err),
                      "accepted: %s", cases[i].text);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_str_eq(err.message + strlen("JSON, byte "), cases[i].message);
        error_clear(&err);
        ck_assert_msg(json_parse(document, text, strlen(cases[i].text), JSON_ANY, &err), "%s: %s",
                      cases[i].text, err.message);
        ck_assert(json_canonicalize(document, 0, &out, &err));
        ck_assert_str_eq(buffer_text(&out), cases[i].canonical);
        ck_assert(json_parse(document, out.data, out.size, JSON_CANONICAL, &err));
        buffer_done(&out);
    }
    json_document_free(document);
}
END_TEST

START_TEST(lone_surrogates_are_refused_in_every_disguise)
{
    static const char *const bad[] = {
        "\"\\ud83d\"",         "\"\\ude02\"",        "\"\\ud83d\\ud83d\"", "\"\\ud83dx\"",
        "\"\\ud83d\\n\"",      "\"\\ud83d\\u0041\"", "\"\\ud83d\\u\"",     "\"\\uDEAD\"",
        "\"\\ud83d\\\\ude0\"", "\"\\ude02\\ud83d\"", "\"\\ud83d",
    };
    struct json_document *document = document_make();

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!json_parse(document, bytes(bad[i]), strlen(bad[i]), JSON_ANY, &err),
                      "accepted: %s", bad[i]);
        ck_assert_msg(err.code == ERROR_ENCODING, "%s: %s", bad[i], err.message);
        ck_assert_str_eq(err.message, "JSON, byte 1: a lone surrogate, which is no character");
    }
    json_document_free(document);
}
END_TEST

START_TEST(duplicates_are_refused_wherever_they_stand)
{
    static const char *const bad[] = {
        "{\"b\":1,\"a\":2,\"b\":3}",
        "{\"b\":1,\"a\":2,\"c\":3,\"a\":4}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"b\":1,\"a\":{\"y\":1,\"x\":2,\"y\":3}}",
        "[{\"c\":1,\"b\":1,\"a\":1,\"\\u0063\":1}]",
        "{\"\":1,\"\":2}",
        "{\"b\":1,\"\":1,\"\":2}",
    };
    struct json_document *document = document_make();

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!json_parse(document, bytes(bad[i]), strlen(bad[i]), JSON_ANY, &err),
                      "accepted: %s", bad[i]);
        ck_assert_msg(strstr(err.message, "stands twice in this object") != NULL, "%s: %s", bad[i],
                      err.message);
    }
    json_document_free(document);
}
END_TEST

START_TEST(depth_and_size_have_limits)
{
    struct json_document *document = document_make();
    struct buffer text = BUFFER_INIT(JSON_SIZE_BYTES_MAX + 1);
    struct error err = ERROR_INIT;

    for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
        buffer_reset(&text);
        for (int i = 0; i < depth; i++)
            ck_assert(buffer_append_byte(&text, '[', &err));
        for (int i = 0; i < depth; i++)
            ck_assert(buffer_append_byte(&text, ']', &err));
        ck_assert(json_parse(document, text.data, text.size, JSON_CANONICAL, &err) ==
                  (depth <= JSON_DEPTH_MAX));
    }
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.message, "JSON, byte 32: more than 32 objects and arrays deep");
    error_clear(&err);
    buffer_reset(&text);
    ck_assert(buffer_reserve(&text, JSON_SIZE_BYTES_MAX + 1, &err));
    memset(text.data, ' ', JSON_SIZE_BYTES_MAX + 1);
    ck_assert(!json_parse(document, text.data, JSON_SIZE_BYTES_MAX + 1, JSON_ANY, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&text);
    json_document_free(document);
}
END_TEST

/* ---- Looking --------------------------------------------------------------------------------- */

START_TEST(document_shows_values_names_and_their_source)
{
    static const char text[] = "{\"a\":[1,-2,\"x\\ny\",null],\"b\":{\"c\":true},\"d\":\"款\"}";
    struct json_document *document = document_make();
    struct error err = ERROR_INIT;
    uint32_t a, b, node;
    const uint8_t *data;
    size_t size;

    ck_assert(json_parse(document, bytes(text), strlen(text), JSON_CANONICAL, &err));
    ck_assert_int_eq(json_type(document, 0), JSON_OBJECT);
    ck_assert_uint_eq(json_count(document, 0), 3);
    ck_assert_uint_eq(json_next(document, 0), JSON_NONE);
    ck_assert_ptr_null(json_name_of(document, 0, &size));
    a = json_member(document, 0, "a");
    ck_assert_uint_eq(a, json_first(document, 0));
    ck_assert_int_eq(json_type(document, a), JSON_ARRAY);
    node = json_first(document, a);
    ck_assert_int_eq(json_integer_value(document, node), 1);
    node = json_next(document, node);
    ck_assert_int_eq(json_integer_value(document, node), -2);
    ck_assert(!json_string_equals(document, node, "-2"));
    node = json_next(document, node);
    data = json_string_value(document, node, &size);
    ck_assert_mem_eq(data, "x\ny", size);
    ck_assert(json_string_equals(document, node, "x\ny"));
    ck_assert(!json_string_equals(document, node, "x\ny "));
    data = json_source(document, node, &size);
    ck_assert_uint_eq(size, 6);
    ck_assert_mem_eq(data, "\"x\\ny\"", size);
    node = json_next(document, node);
    ck_assert_int_eq(json_type(document, node), JSON_NULL);
    ck_assert_uint_eq(json_next(document, node), JSON_NONE);
    b = json_next(document, a);
    data = json_source(document, b, &size);
    ck_assert_uint_eq(size, 10);
    ck_assert_mem_eq(data, "{\"c\":true}", size);
    data = json_name_of(document, b, &size);
    ck_assert_uint_eq(size, 1);
    ck_assert_mem_eq(data, "b", size);
    ck_assert_uint_eq(json_member(document, 0, "c"), JSON_NONE);
    ck_assert_uint_eq(json_member(document, a, "c"), JSON_NONE);
    ck_assert_int_eq(json_type(document, json_member(document, b, "c")), JSON_TRUE);
    json_document_free(document);
}
END_TEST

START_TEST(getters_name_the_member_that_is_wrong)
{
    static const char text[] = "{\"amount\":600,\"payee\":\"农户\"}";
    struct json_document *document = document_make();
    struct error err = ERROR_INIT;
    char payee[7], short_payee[6] = "kept";
    int64_t amount = 0;
    uint32_t node = 7;

    ck_assert(json_parse(document, bytes(text), strlen(text), JSON_CANONICAL, &err));
    ck_assert(json_get_string(document, 0, "payee", payee, sizeof payee, &err));
    ck_assert_str_eq(payee, "农户");
    ck_assert(json_get_integer(document, 0, "amount", &amount, &err));
    ck_assert_int_eq(amount, 600);
    ck_assert(!json_get_integer(document, 0, "payee", &amount, &err));
    ck_assert_str_eq(err.message, "member \"payee\" is a string; it should be an integer");
    error_clear(&err);
    ck_assert(!json_get_node(document, 0, "lines", JSON_ARRAY, &node, &err));
    ck_assert_str_eq(err.message, "member \"lines\" is missing; it should be an array");
    ck_assert_uint_eq(node, 7);
    error_clear(&err);
    ck_assert(!json_get_string(document, 0, "payee", short_payee, sizeof short_payee, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.message, "member \"payee\" has 6 bytes; at most 5 are allowed");
    ck_assert_str_eq(short_payee, "kept");
    json_document_free(document);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, writer_writes_every_kind_of_value);
    tcase_add_test(tests, writer_tells_its_first_failure_and_takes_back_what_it_wrote);
    tcase_add_loop_test_raise_signal(tests, writer_stops_the_program_on_misuse, SIGABRT, 0, 9);
    tcase_add_test(tests, reader_agrees_with_the_authors_of_jcs_or_refuses_what_no_entry_holds);
    tcase_add_test(tests, members_are_sorted_by_utf16_code_units);
    tcase_add_test(tests, names_compare_as_utf16_code_units_do);
    tcase_add_test(tests, reader_refuses_what_is_not_json_or_no_entry_may_hold);
    tcase_add_test(tests, canonical_reader_refuses_what_jcs_would_write_otherwise);
    tcase_add_test(tests, lone_surrogates_are_refused_in_every_disguise);
    tcase_add_test(tests, duplicates_are_refused_wherever_they_stand);
    tcase_add_test(tests, depth_and_size_have_limits);
    tcase_add_test(tests, document_shows_values_names_and_their_source);
    tcase_add_test(tests, getters_name_the_member_that_is_wrong);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite_make());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
