/*
 * xlsx_part.h - the parts of an XLSX package (ECMA-376 part 2): XML files in a ZIP archive.
 *
 * 1. Nothing is unpacked to disk; a part's name is only ever looked up in the archive.
 * 2. XML is read without DTD, so without entities of its own, and without network. A part that
 *    contains a DTD is refused before its first declaration is read.
 * 3. A part that declares another encoding than its own is refused: programs differ about which of
 *    both they take for the text.
 * 4. A part that claims to unpack beyond the limits below isn't unpacked; one that does so without
 * a claim is left where it passes them.
 */
#ifndef IMPORTERS_XLSX_PART_H
#define IMPORTERS_XLSX_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define XLSX_ENTRIES_MAX         4096
#define XLSX_DIRECTORY_BYTES_MAX (1024u * 1024) /* of the archive's table of contents */
#define XLSX_PART_BYTES_MAX      (2ull * 1024 * 1024 * 1024) /* unpacked */
#define XLSX_RATIO_MAX           400 /* unpacked to packed; sheets reach some tens */
#define XLSX_RATIO_BYTES_MIN     (16u * 1024 * 1024) /* small parts may unpack to more */
#define XLSX_NAME_SIZE           512

/** An element's attributes, lent while its start is told. */
struct xml_attributes;

/**
 * The value of an attribute by its name without prefix; NULL when it isn't there. Not terminated:
 * `size_out` receives its size. UTF-8, entities resolved.
 */
const char *xml_attributes_get(const struct xml_attributes *attributes, const char *name,
                               size_t *size_out);
/** The same copied and terminated. False when it isn't there or doesn't fit. */
bool xml_attributes_copy(const struct xml_attributes *attributes, const char *name, char *out,
                         size_t size);
/** The same as a decimal number. */
bool xml_attributes_number(const struct xml_attributes *attributes, const char *name,
                           uint64_t *out);

/**
 * What is told of a part. Names are without prefix, and "" for elements of other vocabularies than
 * spreadsheets and packages, transitional or strict. Each may be NULL; false stops with its error.
 */
struct xml_handler {
    bool (*start)(void *context, const char *name, const struct xml_attributes *attributes,
                  struct error *err);
    bool (*text)(void *context, const char *text, size_t size, struct error *err);
    bool (*end)(void *context, const char *name, struct error *err);
    void *context;
};

struct xlsx_archive;

/** Open the archive in `descriptor`, which stays the caller's and must outlive it. */
bool xlsx_archive_open(int descriptor, struct xlsx_archive **out, struct error *err) MUST_CHECK;
/** Accepts NULL. */
void xlsx_archive_close(struct xlsx_archive *archive);
bool xlsx_archive_has(const struct xlsx_archive *archive, const char *part);

/** Parse a part. `done`, unless NULL, follows the share that was read, in thousandths. */
bool xlsx_part_parse(struct xlsx_archive *archive, const char *part,
                     const struct xml_handler *handler, unsigned *done,
                     struct error *err) MUST_CHECK;

/** The same for bytes in memory (tests, fuzzing). */
bool xml_bytes_parse(const uint8_t *data, size_t size, const char *part,
                     const struct xml_handler *handler, struct error *err) MUST_CHECK;

#endif
