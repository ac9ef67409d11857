/*
 * xls_record.c - records through a window on the stream; texts that go on in the next record.
 */
#include "importers/xls_record.h"

#include <assert.h>
#include <string.h>

#include "base/language.h"

#define HEADER_SIZE 4

/* How a text is stored (2.5.293). */
enum { TEXT_IS_WIDE = 0x01, TEXT_HAS_PHONETIC = 0x04, TEXT_IS_RICH = 0x08 };

#define RUN_SIZE 4 /* of formatting */

void record_reader_init(struct record_reader *reader, const struct compound_stream *stream,
                        uint64_t offset)
{
    reader->stream = stream;
    reader->next = offset;
    reader->type = 0;
    reader->size = reader->at = 0;
    reader->window_offset = reader->window_size = 0;
    reader->text = (struct buffer)BUFFER_INIT(RECORD_TEXT_MAX);
}

void record_reader_done(struct record_reader *reader)
{
    buffer_done(&reader->text);
}

static bool window_read(struct record_reader *reader, uint64_t offset, uint8_t *out, size_t size,
                        struct error *err)
{
    uint64_t stream_size = reader->stream->size;

    if (offset > stream_size || size > stream_size - offset) {
        return compound_fail(err, N_("it breaks off"));
    }
    if (offset < reader->window_offset ||
        offset + size > reader->window_offset + reader->window_size) {
        uint64_t left = stream_size - offset;

        reader->window_offset = offset;
        reader->window_size = left < RECORD_WINDOW_SIZE ? (size_t)left : RECORD_WINDOW_SIZE;
        if (!compound_stream_read(reader->stream, offset, reader->window, reader->window_size,
                                  err)) {
            reader->window_size = 0;
            return false;
        }
    }
    memcpy(out, reader->window + (offset - reader->window_offset), size);
    return true;
}

bool record_next(struct record_reader *reader, struct error *err)
{
    uint8_t header[HEADER_SIZE];
    size_t size;

    if (!window_read(reader, reader->next, header, sizeof header, err)) return false;
    size = little16(header + 2);
    if (size > RECORD_BYTES_MAX) return compound_fail(err, "a record's size");
    if (!window_read(reader, reader->next + HEADER_SIZE, reader->data, size, err)) return false;
    reader->type = little16(header);
    reader->size = size;
    reader->at = 0;
    reader->next += HEADER_SIZE + size;
    return true;
}

bool record_has_more(const struct record_reader *reader)
{
    return reader->at < reader->size;
}

/* The record goes on in the next one. */
static bool record_continue(struct record_reader *reader, struct error *err)
{
    if (!record_next(reader, err)) return false;
    return reader->type == RECORD_CONTINUE || compound_fail(err, N_("a record breaks off"));
}

bool record_take(struct record_reader *reader, uint8_t *out, size_t size, struct error *err)
{
    while (size > 0) {
        size_t step = reader->size - reader->at;

        if (step == 0) {
            if (!record_continue(reader, err)) return false;
            continue;
        }
        if (step > size) step = size;
        if (out != NULL) {
            memcpy(out, reader->data + reader->at, step);
            out += step;
        }
        reader->at += step;
        size -= step;
    }
    return true;
}

/* ---- Texts ---------------------------------------------------------------------------------- */

static size_t utf8_write(uint32_t character, uint8_t out[4])
{
    if (character < 0x80) {
        out[0] = (uint8_t)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (uint8_t)(0xc0 | character >> 6);
        out[1] = (uint8_t)(0x80 | (character & 0x3f));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (uint8_t)(0xe0 | character >> 12);
        out[1] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (character & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | character >> 18);
    out[1] = (uint8_t)(0x80 | (character >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (character & 0x3f));
    return 4;
}

/* Add one UTF-16 unit; `high` is the half pair before it, or 0. */
static bool add_unit(struct buffer *text, uint16_t *high, uint16_t unit, struct error *err)
{
    bool is_low = unit >= 0xdc00 && unit <= 0xdfff;
    uint32_t character = unit;
    uint8_t bytes[4];

    if (is_low != (*high != 0)) return compound_fail(err, N_("half a character in a text"));
    if (unit == 0) return compound_fail(err, N_("a NUL in a text"));
    if (unit >= 0xd800 && unit <= 0xdbff) {
        *high = unit;
        return true;
    }
    if (is_low) character = 0x10000 + ((*high & 0x3ffu) << 10) + (unit & 0x3ffu);
    *high = 0;
    return buffer_append(text, bytes, utf8_write(character, bytes), err);
}

/* `count` units; each record that continues them says anew whether it holds bytes or pairs. */
static bool take_units(struct record_reader *reader, size_t count, bool is_wide, struct error *err)
{
    uint16_t high = 0;
    uint8_t flags;

    while (count > 0) {
        size_t width = is_wide ? 2 : 1;

        if (reader->at == reader->size) {
            if (!record_continue(reader, err) || !record_take(reader, &flags, 1, err)) return false;
            is_wide = flags & TEXT_IS_WIDE;
            continue;
        }
        if (reader->size - reader->at < width) return compound_fail(err, N_("a text breaks off"));
        if (!add_unit(&reader->text, &high,
                      is_wide ? little16(reader->data + reader->at) : reader->data[reader->at],
                      err)) {
            return false;
        }
        reader->at += width;
        count--;
    }
    return high == 0 || compound_fail(err, N_("half a character in a text"));
}

bool record_font_is_struck(const struct cell_styles *styles, uint16_t font)
{
    return styles != NULL && cell_styles_font_is_struck(styles, font > 4 ? font - 1u : font);
}

/* The fonts in which parts of a text are written: where each begins, and its number. */
static bool take_runs(struct record_reader *reader, size_t count, struct error *err)
{
    uint8_t run[RUN_SIZE];

    for (; count > 0; count--) {
        if (!record_take(reader, run, sizeof run, err)) return false;
        if (record_font_is_struck(reader->styles, little16(run + 2))) reader->is_struck = true;
    }
    return true;
}

bool record_take_text(struct record_reader *reader, size_t size_bytes, struct error *err)
{
    uint8_t bytes[4] = {0};
    uint8_t flags = 0;
    size_t count;
    size_t run_count = 0;
    size_t skip = 0;

    assert(size_bytes == 1 || size_bytes == 2);
    buffer_reset(&reader->text);
    reader->is_struck = false;
    if (!record_take(reader, bytes, size_bytes, err)) return false;
    count = little16(bytes);
    if (count == 0 && !record_has_more(reader)) return true; /* some leave out the flags then */
    if (!record_take(reader, &flags, 1, err)) return false;
    if (flags & TEXT_IS_RICH) {
        if (!record_take(reader, bytes, 2, err)) return false;
        run_count = little16(bytes);
    }
    if (flags & TEXT_HAS_PHONETIC) {
        if (!record_take(reader, bytes, 4, err)) return false;
        skip = little32(bytes);
    }
    if (!take_units(reader, count, flags & TEXT_IS_WIDE, err)) return false;
    return take_runs(reader, run_count, err) && record_take(reader, NULL, skip, err);
}
