/*
 * xlsx_fuzz.c - any bytes at all as the XML inside an XLSX book: no crash, and rows as sheet.h
 * promises them. The first byte says what part it is: 't' texts, 's' styles, else a worksheet.
 */
#include <assert.h>
#include <stdlib.h>

#include "importers/sheet_fuzz.h"
#include "importers/xlsx_book.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool parse_sheet(const struct part_source *source, struct error *err)
{
    struct shared_texts texts = {0};
    struct cell_styles *styles = calloc(1, sizeof *styles);
    const struct sheet_meaning meaning = {&texts, styles, false};
    uint64_t last = 0;
    struct book_reading reading = {check_row, &last, source->size, SHEET_NO_ROW, SHEET_NO_COLUMN};
    char column[SHEET_COLUMN_TEXT_SIZE];
    bool ok;

    assert(styles != NULL);
    ok = shared_texts_begin(&texts, err) && shared_texts_append(&texts, "text", 4, err) &&
         shared_texts_end(&texts, err) && cell_styles_add(styles, 0, err) &&
         cell_styles_add(styles, 14, err) && cell_styles_add(styles, 10, err) &&
         xlsx_parse_sheet(source, "sheet.xml", &meaning, &reading, err);
    if (reading.column != SHEET_NO_COLUMN) sheet_column_text(reading.column, column);
    shared_texts_done(&texts);
    free(styles);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct part_source source = {NULL, NULL, 0};
    struct shared_texts texts = {0};
    struct cell_styles *styles = calloc(1, sizeof *styles);
    struct error err = ERROR_INIT;
    uint64_t i;
    bool ok;

    assert(styles != NULL);
    if (size > 0) {
        source.data = data + 1;
        source.size = size - 1;
    }
    if (size > 0 && data[0] == 't')
        ok = xlsx_parse_texts(&source, "texts.xml", &texts, &err);
    else if (size > 0 && data[0] == 's')
        ok = xlsx_parse_styles(&source, "s.xml", styles, &err);
    else
        ok = parse_sheet(&source, &err);
    assert(ok == (err.code == ERROR_NONE));
    for (i = 0; ok && i < texts.count; i++)
        assert(shared_texts_get(&texts, i) != NULL);
    shared_texts_done(&texts);
    free(styles);
    return 0;
}
