/*
 * sheet_shared.c - texts in one block of memory, styles in one table.
 */
#include "importers/sheet_shared.h"

#include <stdlib.h>

#include "importers/sheet_number.h"

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
    if (index >= texts->count || texts->at[index] >= texts->bytes.size) return NULL;
    return (char *)texts->bytes.data + texts->at[index];
}

void shared_texts_done(struct shared_texts *texts)
{
    buffer_done(&texts->bytes);
    free(texts->at);
    *texts = (struct shared_texts){0};
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
static enum number_meaning format_meaning(const struct cell_styles *styles, uint32_t id)
{
    size_t i;

    for (i = styles->format_count; i > 0; i--) {
        if (styles->formats[i - 1].id == id) return styles->formats[i - 1].meaning;
    }
    return sheet_format_id_meaning(id);
}

bool cell_styles_add(struct cell_styles *styles, uint32_t format_id, struct error *err)
{
    if (styles->count == BOOK_STYLES_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the book has more than %d styles; copy its sheets into a new book",
                         BOOK_STYLES_MAX);
    }
    styles->meanings[styles->count++] = (uint8_t)format_meaning(styles, format_id);
    return true;
}

enum number_meaning cell_styles_meaning(const struct cell_styles *styles, uint64_t style)
{
    if (style >= styles->count) return NUMBER_PLAIN;
    return (enum number_meaning)styles->meanings[style];
}
