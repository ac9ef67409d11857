/*
 * xls_fuzz.c - any bytes at all as an XLS book: no crash, and rows as sheet.h promises them.
 */
#include "importers/xls.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "importers/importers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct byte_source source = {-1, data, size};
    struct book_list list = {.sheet_count = 0};
    struct xls_book *book = NULL;
    struct error err = ERROR_INIT;
    char column[SHEET_COLUMN_TEXT_SIZE];
    size_t i;

    if (size == 0) return 0; /* a source of no bytes has no data */
    if (!xls_book_open(&source, &list, &book, &err)) assert(err.message[0] != 0);
    for (i = 0; book != NULL && i < list.sheet_count; i++) {
        uint64_t last = 0;
        struct book_reading reading = {check_row, &last, size, SHEET_NO_ROW, SHEET_NO_COLUMN};

        error_clear(&err);
        if (!xls_book_read(book, i, &reading, &err)) assert(err.message[0] != 0);
        if (reading.column != SHEET_NO_COLUMN) sheet_column_text(reading.column, column);
    }
    xls_book_close(book);
    book_list_done(&list);
    return 0;
}
