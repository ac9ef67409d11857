/*
 * marked.h - faults by cell, and a copy of the sheet in which they are coloured.
 */
#ifndef IMPORTERS_MARKED_H
#define IMPORTERS_MARKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "importers/sheet.h"

#define MARKED_HEADING  "错误"
#define MARKS_BYTES_MAX (16u * 1024 * 1024)
#define MARKED_ROWS_MAX 1048576 /* of an XLSX sheet */

struct mark {
    uint64_t row;
    size_t cell; /* SHEET_NO_COLUMN: the row as a whole */
    size_t text; /* its offset in `texts` */
};

/** All zero but for the limit of `texts`: none. */
struct marks {
    size_t count;
    size_t capacity;
    struct mark *list;
    struct buffer texts;
};

bool marks_add(struct marks *marks, uint64_t row, size_t cell, const char *heading,
               const char *message, struct error *err) MUST_CHECK;
/** Put them in the order of rows and cells; the number of rows that have any. */
uint64_t marks_sort(struct marks *marks);
/** Accepts marks that are all zero. */
void marks_done(struct marks *marks);

/** Make an empty file of this name, so that no other is ever written over. ERROR_CONFLICT,
 * ERROR_IO.
 */
bool new_file_reserve(const char *path, struct error *err) MUST_CHECK;

/**
 * Write the sheet as XLSX with the marked cells coloured and a last column, MARKED_HEADING, that
 * says what is wrong. Cells are copied as they are shown, formulas as their results; the file's
 * rows keep their numbers, so that it can be corrected and imported instead.
 *
 * @param path         doesn't exist yet; ERROR_CONFLICT when it does
 * @param heading_row  where MARKED_HEADING stands; 0: in row 1
 */
bool marked_write(const char *path, struct sheet_file *file, size_t sheet, uint64_t heading_row,
                  struct marks *marks, struct error *err) MUST_CHECK;

#endif
