/*
 * xls_fuzz.c - any bytes at all as an XLS book: no crash, and rows as sheet.h promises them.
 */
#include "importers/xls.h"

#include <assert.h>

#include "importers/sheet_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
