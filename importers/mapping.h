/*
 * mapping.h - what headings mean beside the built-in names: synonyms from a file, what the clerk
 * says, and what was said once of the same headings and is remembered.
 *
 * 1. A mapping tells where a value is found, never what it is: rows read through it are checked and
 *    signed as any others.
 * 2. The entry that was added last wins.
 * 3. A layout is known by the SHA-256 of its kind and folded headings; what is remembered of it is
 *    a CSV file (kind, heading, column) that people can read, change and delete.
 */
#ifndef IMPORTERS_MAPPING_H
#define IMPORTERS_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/error.h"
#include "importers/columns.h"

#define MAPPING_ENTRIES_MAX 2048
#define LAYOUT_KEY_SIZE     17 /* 16 hex digits and NUL */

struct mapping_entry {
    char heading[HEADING_SIZE]; /* folded */
    size_t column;              /* COLUMNS_MAX: left out */
};

struct mapping {
    const struct column_set *set;
    size_t count;
    struct mapping_entry *entries; /* MAPPING_ENTRIES_MAX of them once there is one */
};

/** Accepts a mapping that is all zero. */
void mapping_done(struct mapping *mapping);

/** Let a heading mean a column, by any of its names; "" leaves it out. ERROR_INPUT, ERROR_LIMIT. */
bool mapping_add(struct mapping *mapping, const char *heading, const char *column,
                 struct error *err) MUST_CHECK;
/** The same from "HEADING=COLUMN", split at the last '='. */
bool mapping_add_pair(struct mapping *mapping, const char *pair, struct error *err) MUST_CHECK;
/**
 * Add the synonyms of a sheet (any that sheet.h reads) with the headings kind, heading and column.
 * Rows of other kinds are passed over, `*` stands for every kind that has the column.
 */
bool mapping_add_file(struct mapping *mapping, const char *path, struct error *err) MUST_CHECK;
/** The entry of a heading; NULL when there is none. */
const struct mapping_entry *mapping_find(const struct mapping *mapping, const char *folded);

/** By what a layout is known. */
bool layout_key(const struct column_set *set, const struct heading *headings, size_t count,
                char out[LAYOUT_KEY_SIZE], struct error *err) MUST_CHECK;

/** Is this layout remembered in the folder? */
bool layout_is_known(const char *folder, const char key[LAYOUT_KEY_SIZE]);
/** Add what is remembered of a layout. */
bool layout_recall(const char *folder, const char key[LAYOUT_KEY_SIZE], struct mapping *mapping,
                   struct error *err) MUST_CHECK;
/** Remember the mapping's entries for a layout, in place of what was remembered; makes the folder.
 */
bool layout_remember(const char *folder, const char key[LAYOUT_KEY_SIZE],
                     const struct mapping *mapping, struct error *err) MUST_CHECK;

#endif
