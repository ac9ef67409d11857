/*
 * sheet_shared.h - what the cells of a book share: texts, and styles that tell what numbers
 * mean. They are all that a book holds in memory, within the limits here.
 */
#ifndef IMPORTERS_SHEET_SHARED_H
#define IMPORTERS_SHEET_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "importers/sheet_number.h"

#define BOOK_TEXTS_MAX      8000000
#define BOOK_TEXT_BYTES_MAX (256u * 1024 * 1024) /* of all of them */
#define BOOK_STYLES_MAX     65536
#define BOOK_FORMATS_MAX    4096 /* that the book defines */

#define SHEET_STRUCK_SIZE 128

/** What stands in place of a text or number that is struck out, wholly or in part. */
void sheet_struck_text(char out[SHEET_STRUCK_SIZE]);

/** Texts that cells refer to by number, each terminated. All zero is empty. */
struct shared_texts {
    struct buffer bytes;
    uint32_t *at; /* offsets in `bytes`, and whether it is struck out */
    size_t count, capacity;
};

/** Begin the next text, append to it, end it with its NUL. ERROR_LIMIT. */
bool shared_texts_begin(struct shared_texts *texts, struct error *err) MUST_CHECK;
bool shared_texts_append(struct shared_texts *texts, const char *text, size_t size,
                         struct error *err) MUST_CHECK;
bool shared_texts_end(struct shared_texts *texts, struct error *err) MUST_CHECK;
/** The text, lent until the next is begun; NULL when there is none of that number. */
char *shared_texts_get(const struct shared_texts *texts, uint64_t index);
/** Some of the text begun last is struck out. */
void shared_texts_strike(struct shared_texts *texts);
bool shared_texts_is_struck(const struct shared_texts *texts, uint64_t index);
void shared_texts_done(struct shared_texts *texts);

/**
 * Of each style, by number, what it makes of a number, and whether it strikes out. All zero is
 * empty.
 */
struct cell_styles {
    struct {
        uint32_t id;
        unsigned meaning; /* enum number_meaning */
    } formats[BOOK_FORMATS_MAX];
    size_t format_count;
    bool fonts[BOOK_STYLES_MAX]; /* struck out? */
    size_t font_count;
    uint8_t meanings[BOOK_STYLES_MAX]; /* enum number_meaning */
    bool is_struck[BOOK_STYLES_MAX];
    size_t count;
};

/** Add a format that the book defines, before the styles that use it. ERROR_LIMIT. */
bool cell_styles_add_format(struct cell_styles *styles, uint32_t id, const char *code,
                            struct error *err) MUST_CHECK;
/** Add the next font, before the styles that use it. ERROR_LIMIT. */
bool cell_styles_add_font(struct cell_styles *styles, bool is_struck, struct error *err) MUST_CHECK;
/** False for a font that isn't there. */
bool cell_styles_font_is_struck(const struct cell_styles *styles, uint64_t font);
/** Add the next style by its format's number and its font's. ERROR_LIMIT. */
bool cell_styles_add(struct cell_styles *styles, uint32_t format_id, uint64_t font,
                     struct error *err) MUST_CHECK;
/** False for a style that isn't there. */
bool cell_styles_is_struck(const struct cell_styles *styles, uint64_t style);
/** NUMBER_PLAIN for a style that isn't there. */
unsigned cell_styles_meaning(const struct cell_styles *styles, uint64_t style);

#endif
