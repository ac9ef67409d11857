/*
 * test_json_random.c - what holds for every JSON value: random ones, the same in every run, are
 * written, read, written as badly as JSON allows, disturbed byte by byte, and written again.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/json.h"

#define TEXT_SIZE_BYTES_MAX 1048576

static struct json_document *document_make(void)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);

    ck_assert_ptr_nonnull(document);
    return document;
}

/* xorshift64*: the same values in every run. */
static uint64_t draw(uint64_t *state, uint64_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (*state * UINT64_C(2685821657736338717) >> 16) % below;
}

static void draw_string(uint64_t *state, struct buffer *out)
{
    static const char *const pieces[] = {"a",  "Z",  "0",    " ",    "/",    "\"",
                                         "\\", "\n", "\x01", "\x1f", "\x7f", "款",
                                         "é",  "😂",  "ﬆ",    "\t",   "1.5",  "\xee\x80\x80"};
    struct error err = ERROR_INIT;

    buffer_reset(out);
    for (uint64_t left = draw(state, 9); left > 0; left--) {
        ck_assert(buffer_append_text(out, pieces[draw(state, ARRAY_COUNT(pieces))], &err));
    }
}

static void draw_value(uint64_t *state, struct json_writer *writer, int depth)
{
    static const char *const names[] = {"0", "1", "10", "_", "a", "aa", "ab", "b", "z"};
    struct buffer text = BUFFER_INIT(256);

    switch (draw(state, depth == 0 ? 4 : 6)) {
    case 0:
        json_integer(writer,
                     (int64_t)draw(state, (uint64_t)JSON_INTEGER_MAX) - JSON_INTEGER_MAX / 2);
        break;
    case 1:
        json_integer(writer, (int64_t)draw(state, 21) - 10);
        break;
    case 2:
        json_boolean(writer, draw(state, 2) == 0);
        break;
    case 3:
        draw_string(state, &text);
        json_string(writer, buffer_text(&text));
        break;
    case 4:
        json_array_begin(writer);
        for (uint64_t left = draw(state, 5); left > 0; left--)
            draw_value(state, writer, depth - 1);
        json_array_end(writer);
        break;
    default:
        json_object_begin(writer);
        for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
            if (draw(state, 2) == 0) continue;
            json_name(writer, names[i]);
            draw_value(state, writer, depth - 1);
        }
        json_object_end(writer);
        break;
    }
    buffer_done(&text);
}

static void draw_text(uint64_t *state, struct buffer *out)
{
    struct json_writer writer;
    struct error err = ERROR_INIT;

    buffer_reset(out);
    json_writer_init(&writer, out);
    draw_value(state, &writer, 5);
    ck_assert_msg(json_writer_finish(&writer, &err), "%s", err.message);
}

static void put_space(uint64_t *state, struct buffer *out)
{
    static const char *const spaces[] = {"", "", " ", "\n\t", "\r\n  "};
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(out, spaces[draw(state, ARRAY_COUNT(spaces))], &err));
}

/* Write a string with more escapes than it needs; only ASCII is touched. */
static void write_string_badly(uint64_t *state, const uint8_t *data, size_t size,
                               struct buffer *out)
{
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_byte(out, '"', &err));
    for (size_t i = 0; i < size; i++) {
        bool must_escape = data[i] < 0x20 || data[i] == '"' || data[i] == '\\';

        if (must_escape || (data[i] < 0x80 && draw(state, 3) == 0)) {
            ck_assert(buffer_append_format(out, &err, "\\u%04X", (unsigned)data[i]));
        } else {
            ck_assert(buffer_append_byte(out, data[i], &err));
        }
    }
    ck_assert(buffer_append_byte(out, '"', &err));
}

/* Write a value as JSON that is as far from canonical as can be: members backwards, white space. */
static void write_badly(uint64_t *state, const struct json_document *document, uint32_t node,
                        struct buffer *out)
{
    bool is_object = json_type(document, node) == JSON_OBJECT;
    struct error err = ERROR_INIT;
    uint32_t children[16], count = 0;
    const uint8_t *data;
    size_t size;

    put_space(state, out);
    if (json_type(document, node) == JSON_STRING) {
        data = json_string_value(document, node, &size);
        write_string_badly(state, data, size, out);
    } else if (!is_object && json_type(document, node) != JSON_ARRAY) {
        data = json_source(document, node, &size);
        ck_assert(buffer_append(out, data, size, &err));
    } else {
        for (uint32_t child = json_first(document, node); child != JSON_NONE;
             child = json_next(document, child)) {
            children[count++] = child;
        }
        ck_assert(buffer_append_byte(out, is_object ? '{' : '[', &err));
        put_space(state, out);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t child = children[is_object ? count - 1 - i : i];

            if (i > 0) ck_assert(buffer_append_byte(out, ',', &err));
            put_space(state, out);
            if (is_object) {
                data = json_name_of(document, child, &size);
                write_string_badly(state, data, size, out);
                put_space(state, out);
                ck_assert(buffer_append_byte(out, ':', &err));
            }
            write_badly(state, document, child, out);
        }
        ck_assert(buffer_append_byte(out, is_object ? '}' : ']', &err));
    }
    put_space(state, out);
}

START_TEST(random_values_come_back_as_they_were_written)
{
    struct json_document *document = document_make();
    struct buffer text = BUFFER_INIT(TEXT_SIZE_BYTES_MAX), again = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct buffer messy = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    uint64_t state = 20210930;

    for (int round = 0; round < 2000; round++) {
        struct error err = ERROR_INIT;

        draw_text(&state, &text);
        ck_assert_msg(json_parse(document, text.data, text.size, JSON_CANONICAL, &err), "%s: %s",
                      err.message, buffer_text(&text));
        buffer_reset(&again);
        ck_assert(json_canonicalize(document, 0, &again, &err));
        ck_assert_str_eq(buffer_text(&again), buffer_text(&text));
        buffer_reset(&messy);
        write_badly(&state, document, 0, &messy);
        ck_assert_msg(json_parse(document, messy.data, messy.size, JSON_ANY, &err), "%s: %s",
                      err.message, buffer_text(&messy));
        buffer_reset(&again);
        ck_assert(json_canonicalize(document, 0, &again, &err));
        ck_assert_str_eq(buffer_text(&again), buffer_text(&text));
    }
    buffer_done(&text);
    buffer_done(&again);
    buffer_done(&messy);
    json_document_free(document);
}
END_TEST

/* Change, take out, put in or swap a byte. */
static void mutate(uint64_t *state, struct buffer *text)
{
    static const char likely[] = " \n\"\\/{}[],:-0123456789.eEunbtrf\x7f\xc3\xcc\x8a\xa9";
    size_t at = (size_t)draw(state, text->size);
    uint8_t byte = draw(state, 2) == 0 ? (uint8_t)draw(state, 256)
                                       : (uint8_t)likely[draw(state, sizeof likely - 1)];
    struct error err = ERROR_INIT;

    switch (draw(state, 3)) {
    case 0:
        text->data[at] = byte;
        break;
    case 1:
        memmove(text->data + at, text->data + at + 1, text->size - at);
        text->size--;
        break;
    default:
        ck_assert(buffer_append_byte(text, 0, &err));
        memmove(text->data + at + 1, text->data + at, text->size - at - 1);
        text->data[at] = byte;
        break;
    }
}

START_TEST(canonical_reader_accepts_only_texts_that_are_their_own_canonical_form)
{
    struct json_document *document = document_make();
    struct buffer text = BUFFER_INIT(TEXT_SIZE_BYTES_MAX), again = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    uint64_t state = 611025;
    int accepted = 0;

    for (int round = 0; round < 30000; round++) {
        struct error err = ERROR_INIT;

        if (round % 10 == 0) draw_text(&state, &text);
        if (text.size == 0) continue;
        mutate(&state, &text);
        if (!json_parse(document, text.data, text.size, JSON_CANONICAL, &err)) continue;
        accepted++;
        buffer_reset(&again);
        ck_assert(json_canonicalize(document, 0, &again, &err));
        ck_assert_msg(again.size == text.size && memcmp(again.data, text.data, text.size) == 0,
                      "%s became %s", buffer_text(&text), buffer_text(&again));
    }
    ck_assert_int_gt(accepted, 100); /* else the test says nothing */
    buffer_done(&text);
    buffer_done(&again);
    json_document_free(document);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("json_random");
    TCase *tests = tcase_create("json_random");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, random_values_come_back_as_they_were_written);
    tcase_add_test(tests, canonical_reader_accepts_only_texts_that_are_their_own_canonical_form);
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
