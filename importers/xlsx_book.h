/*
 * xlsx_book.h - what a book's sheets share, and the parsers of its parts, for xlsx.c, xlsx_sheet.c
 * and the fuzz target.
 */
#ifndef IMPORTERS_XLSX_BOOK_H
#define IMPORTERS_XLSX_BOOK_H

#include "importers/sheet_shared.h"
#include "importers/xlsx.h"
#include "importers/xlsx_part.h"

/**
 * In place: "_x000D_" for a character that XML can't hold (ECMA-376 part 1, 22.9.2.19), made that
 * character; but for U+0000 and halves of surrogate pairs, which stay as they are.
 */
void xlsx_unescape(char *text);

/** Does this element say that a font, or a part of a text, is struck out? */
bool xlsx_strikes(const char *name, const struct xml_attributes *attributes);

/** From where a part's bytes come: the archive, or memory. */
struct part_source {
    struct xlsx_archive *archive;
    const uint8_t *data;
    size_t size;
};

bool part_source_parse(const struct part_source *source, const char *part,
                       const struct xml_handler *handler, unsigned *done,
                       struct error *err) MUST_CHECK;

bool xlsx_parse_texts(const struct part_source *source, const char *part,
                      struct shared_texts *texts, struct error *err) MUST_CHECK;
bool xlsx_parse_styles(const struct part_source *source, const char *part,
                       struct cell_styles *styles, struct error *err) MUST_CHECK;

/** What a sheet's cells mean. */
struct sheet_meaning {
    const struct shared_texts *texts;
    const struct cell_styles *styles;
    bool is_1904;
};

/** Show a sheet's rows: once through for its merged ranges, once for its cells. */
bool xlsx_parse_sheet(const struct part_source *source, const char *part,
                      const struct sheet_meaning *meaning, struct book_reading *reading,
                      struct error *err) MUST_CHECK;

#endif
