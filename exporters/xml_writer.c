/*
 * xml_writer.c - elements, attributes, text; the one place where text is escaped for XML.
 */
#include "exporters/xml_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

static void append(struct xml_writer *writer, const char *text)
{
    if (writer->failure.code != ERROR_NONE) return;
    if (!buffer_append_text(writer->out, text, &writer->failure)) return;
}

static void append_bytes(struct xml_writer *writer, const char *data, size_t size)
{
    if (writer->failure.code != ERROR_NONE || size == 0) return;
    if (!buffer_append(writer->out, (const uint8_t *)data, size, &writer->failure)) return;
}

static void append_line(struct xml_writer *writer, int depth)
{
    append(writer, "\n");
    for (int i = 0; i < depth; i++)
        append(writer, "  ");
}

/* U+FFFE and U+FFFF are UTF-8 but no characters of XML 1.0 (section 2.2); both begin EF BF. */
static bool is_xml_sequence(const uint8_t *at, size_t size)
{
    return size != 3 || at[0] != 0xEF || at[1] != 0xBF || (at[2] != 0xBE && at[2] != 0xBF);
}

/*
 * What a byte is written as, or NULL when it stands for itself. A carriage return would be read
 * back as a line feed; within an attribute every kind of white space would be read back as a space
 * (XML 1.0 sections 2.11, 3.3.3).
 */
static const char *escape_of(uint8_t byte, bool in_attribute)
{
    if (byte == '&') return "&amp;";
    if (byte == '<') return "&lt;";
    if (byte == '>') return "&gt;";
    if (byte == '\r') return "&#xD;";
    if (byte == '"') return in_attribute ? "&quot;" : NULL;
    if (byte == '\n') return in_attribute ? "&#xA;" : NULL;
    if (byte == '\t') return in_attribute ? "&#x9;" : NULL;
    return byte < 0x20 ? REPLACEMENT : NULL;
}

static void append_escaped(struct xml_writer *writer, const char *text, bool in_attribute)
{
    const uint8_t *data = (const uint8_t *)text;
    size_t left = strlen(text);

    while (left > 0) {
        size_t size = text_sequence_size(data, left);
        const char *escape = size == 1 ? escape_of(*data, in_attribute) : NULL;

        if (size == 0) {
            size = 1;
            escape = REPLACEMENT;
        } else if (!is_xml_sequence(data, size)) {
            escape = REPLACEMENT;
        }
        if (escape != NULL)
            append(writer, escape);
        else
            append_bytes(writer, (const char *)data, size);
        data += size;
        left -= size;
    }
}

void xml_writer_init(struct xml_writer *writer, struct buffer *out)
{
    *writer = (struct xml_writer){.out = out, .failure = ERROR_INIT};
    append(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void xml_element_begin(struct xml_writer *writer, const char *name)
{
    assert(writer->depth < XML_WRITER_DEPTH_MAX);
    if (writer->start_tag_open) append(writer, ">");
    append_line(writer, writer->depth);
    append(writer, "<");
    append(writer, name);
    writer->names[writer->depth++] = name;
    writer->start_tag_open = true;
}

void xml_element_end(struct xml_writer *writer)
{
    assert(writer->depth > 0);
    writer->depth--;
    if (writer->start_tag_open) {
        append(writer, "/>");
    } else {
        append_line(writer, writer->depth);
        append(writer, "</");
        append(writer, writer->names[writer->depth]);
        append(writer, ">");
    }
    writer->start_tag_open = false;
    if (writer->depth == 0) append(writer, "\n");
}

void xml_attribute(struct xml_writer *writer, const char *name, const char *text)
{
    assert(writer->start_tag_open);
    append(writer, " ");
    append(writer, name);
    append(writer, "=\"");
    append_escaped(writer, text, true);
    append(writer, "\"");
}

void xml_attribute_if_any(struct xml_writer *writer, const char *name, const char *text)
{
    if (text[0] != '\0') xml_attribute(writer, name, text);
}

void xml_attribute_integer(struct xml_writer *writer, const char *name, int64_t value)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%" PRId64, value);
    xml_attribute(writer, name, text);
}

void xml_attribute_boolean(struct xml_writer *writer, const char *name, bool value)
{
    xml_attribute(writer, name, value ? "true" : "false");
}

void xml_attribute_amount(struct xml_writer *writer, money_t amount)
{
    char text[MONEY_TEXT_SIZE];

    xml_attribute_integer(writer, "fen", amount.fen);
    xml_attribute(writer, "yuan", money_format_grouped(amount, text));
}

void xml_element_text(struct xml_writer *writer, const char *name, const char *text)
{
    xml_element_begin(writer, name);
    if (text[0] != '\0') {
        append(writer, ">");
        append_escaped(writer, text, false);
        append(writer, "</");
        append(writer, name);
        append(writer, ">");
        writer->start_tag_open = false;
        writer->depth--;
        if (writer->depth == 0) append(writer, "\n");
        return;
    }
    xml_element_end(writer);
}

void xml_element_amount(struct xml_writer *writer, const char *name, money_t amount)
{
    xml_element_begin(writer, name);
    xml_attribute_amount(writer, amount);
    xml_element_end(writer);
}

void xml_unescape(const char *text, size_t size, char *out)
{
    static const struct {
        const char *escaped;
        char plain;
    } escapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    const char *end = text + size;

    while (text < end) {
        size_t i = 0, skipped = 1;

        while (i < ARRAY_COUNT(escapes) &&
               strncmp(text, escapes[i].escaped, strlen(escapes[i].escaped)) != 0)
            i++;
        if (i < ARRAY_COUNT(escapes)) skipped = strlen(escapes[i].escaped);
        *out++ = i < ARRAY_COUNT(escapes) ? escapes[i].plain : *text;
        text += skipped;
    }
    *out = '\0';
}

bool xml_writer_finish(struct xml_writer *writer, struct error *err)
{
    assert(writer->depth == 0);
    if (writer->failure.code != ERROR_NONE) {
        *err = writer->failure;
        return false;
    }
    return true;
}
