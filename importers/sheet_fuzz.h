/*
 * sheet_fuzz.h - what the fuzz targets of books hold every row to: what sheet.h promises of it.
 */
#ifndef IMPORTERS_SHEET_FUZZ_H
#define IMPORTERS_SHEET_FUZZ_H

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "importers/importers.h"
#include "importers/sheet.h"

/* A visitor; `context` is the number of the row before, a uint64_t. */
static bool check_row(void *context, const struct sheet_row *row, struct error *err)
{
    uint64_t *last = context;
    size_t i;

    (void)err;
    assert(row->number > *last && row->count > 0 && row->count <= SHEET_CELLS_MAX);
    *last = row->number;
    for (i = 0; i < row->count; i++) {
        const struct sheet_cell *cell = &row->cells[i];
        size_t text_size = strlen(cell->text);

        assert((cell->kind == CELL_EMPTY) == (text_size == 0));
        assert(text_size <= IMPORT_CELL_BYTES_MAX);
        assert(text_is_utf8((const uint8_t *)cell->text, text_size));
    }
    return true;
}

#endif
