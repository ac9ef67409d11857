/*
 * sheet_shared.c - texts in one block of memory, styles in one table.
 */
#include "importers/sheet_shared.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/language.h"
#include "importers/sheet_number.h"

#define STRUCK 0x80000000u /* beside an offset */

static_assert(BOOK_TEXT_BYTES_MAX < STRUCK, "an offset leaves room for the mark");

/* ---- Texts ---------------------------------------------------------------------------------- */

bool shared_texts_begin(struct shared_texts *texts, struct error *err)
{
    uint32_t *more;
    size_t capacity;

    if (texts->count == BOOK_TEXTS_MAX) {
        return error_set(err, ERROR_LIMIT, "the book holds more than %d texts; split it",
                         BOOK_TEXTS_MAX);
    }
    if (texts->count == texts->capacity) {
        capacity = texts->capacity == 0 ? 1024 : 2 * texts->capacity;
        more = realloc(texts->at, capacity * sizeof *more);
        if (more == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        texts->at = more;
        texts->capacity = capacity;
    }
    texts->bytes.limit = BOOK_TEXT_BYTES_MAX;
    texts->at[texts->count++] = (uint32_t)texts->bytes.size;
    return true;
}

bool shared_texts_append(struct shared_texts *texts, const char *text, size_t size,
                         struct error *err)
{
    if (size <= texts->bytes.limit - texts->bytes.size) {
        return buffer_append(&texts->bytes, (const uint8_t *)text, size, err);
    }
    return error_set(err, ERROR_LIMIT, "the book holds more than %u MB of text; split it",
                     BOOK_TEXT_BYTES_MAX / (1024 * 1024));
}

bool shared_texts_end(struct shared_texts *texts, struct error *err)
{
    return shared_texts_append(texts, "", 1, err);
}

char *shared_texts_get(const struct shared_texts *texts, uint64_t index)
{
    uint32_t at;

    if (index >= texts->count) return NULL;
    at = texts->at[index] & ~STRUCK;
    return at < texts->bytes.size ? (char *)texts->bytes.data + at : NULL;
}

void shared_texts_strike(struct shared_texts *texts)
{
    assert(texts->count > 0);
    texts->at[texts->count - 1] |= STRUCK;
}

bool shared_texts_is_struck(const struct shared_texts *texts, uint64_t index)
{
    return index < texts->count && (texts->at[index] & STRUCK) != 0;
}

void shared_texts_done(struct shared_texts *texts)
{
    buffer_done(&texts->bytes);
    free(texts->at);
    *texts = (struct shared_texts){0};
}

void sheet_struck_text(char out[SHEET_STRUCK_SIZE])
{
    (void)snprintf(out, SHEET_STRUCK_SIZE, "%s",
                   N_("what is struck out; delete it, or let it stand unstruck"));
}

/* ---- Styles --------------------------------------------------------------------------------- */

bool cell_styles_add_format(struct cell_styles *styles, uint32_t id, const char *code,
                            struct error *err)
{
    if (styles->format_count == BOOK_FORMATS_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the book defines more than %d number formats; copy its sheets into a new "
                         "book",
                         BOOK_FORMATS_MAX);
    }
    styles->formats[styles->format_count].id = id;
    styles->formats[styles->format_count].meaning = sheet_format_meaning(code);
    styles->format_count++;
    return true;
}

/* A book may define a built-in number anew. */
static unsigned format_meaning(const struct cell_styles *styles, uint32_t id)
{
    size_t i;

    for (i = styles->format_count; i > 0; i--) {
        if (styles->formats[i - 1].id == id) return styles->formats[i - 1].meaning;
    }
    return sheet_format_id_meaning(id);
}

bool cell_styles_add_font(struct cell_styles *styles, bool is_struck, struct error *err)
{
    if (styles->font_count == BOOK_STYLES_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the book has more than %d styles; copy its sheets into a new book",
                         BOOK_STYLES_MAX);
    }
    styles->fonts[styles->font_count++] = is_struck;
    return true;
}

bool cell_styles_font_is_struck(const struct cell_styles *styles, uint64_t font)
{
    return font < styles->font_count && styles->fonts[font];
}

bool cell_styles_is_struck(const struct cell_styles *styles, uint64_t style)
{
    return style < styles->count && styles->is_struck[style];
}

bool cell_styles_add(struct cell_styles *styles, uint32_t format_id, uint64_t font,
                     struct error *err)
{
    if (styles->count == BOOK_STYLES_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the book has more than %d styles; copy its sheets into a new book",
                         BOOK_STYLES_MAX);
    }
    styles->is_struck[styles->count] = cell_styles_font_is_struck(styles, font);
    styles->meanings[styles->count++] = (uint8_t)format_meaning(styles, format_id);
    return true;
}

unsigned cell_styles_meaning(const struct cell_styles *styles, uint64_t style)
{
    if (style >= styles->count) return NUMBER_PLAIN;
    return styles->meanings[style];
}
