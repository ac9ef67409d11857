/*
 * xlsx_fuzz.c - any bytes at all as the XML inside an XLSX book: no crash, and rows as sheet.h
 * promises them. The first byte says what it is: 't' texts, 's' styles, 'z' parts of a whole book
 * with a NUL between each two, 'a' the archive itself, else a worksheet.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zip.h>

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
         shared_texts_end(&texts, err) && cell_styles_add(styles, 0, 0, err) &&
         cell_styles_add(styles, 14, 0, err) && cell_styles_add(styles, 10, 0, err) &&
         xlsx_parse_sheet(source, "sheet.xml", &meaning, &reading, err);
    if (reading.column != SHEET_NO_COLUMN) sheet_column_text(reading.column, column);
    shared_texts_done(&texts);
    free(styles);
    return ok;
}

/* ---- Whole books ----------------------------------------------------------------------------- */

/* In the order in which an input holds them; those behind its last NUL are lacking. */
static const char *const part_names[] = {
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
};

/* An archive of the parts, made by libzip so that its checksums are right; the caller frees. */
static zip_source_t *pack_parts(const uint8_t *data, size_t size)
{
    zip_error_t reason;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &reason);
    size_t i;

    assert(zip != NULL);
    zip_source_keep(target);
    for (i = 0; i < ARRAY_COUNT(part_names); i++) {
        const uint8_t *end = memchr(data, 0, size);
        size_t part_size = end != NULL ? (size_t)(end - data) : size;
        zip_source_t *part = zip_source_buffer(zip, data, part_size, 0);
        zip_int64_t index = zip_file_add(zip, part_names[i], part, 0);

        if (index < 0 || zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) != 0)
            abort();
        if (end == NULL) break;
        data += part_size + 1;
        size -= part_size + 1;
    }
    if (zip_close(zip) != 0) abort();
    return target;
}

static void write_parts(FILE *file, const uint8_t *data, size_t size)
{
    zip_source_t *packed = pack_parts(data, size);
    uint8_t chunk[4096];
    zip_int64_t got;

    if (zip_source_open(packed) != 0) abort();
    while ((got = zip_source_read(packed, chunk, sizeof chunk)) > 0) {
        if (fwrite(chunk, 1, (size_t)got, file) != (size_t)got) abort();
    }
    zip_source_close(packed);
    zip_source_free(packed);
}

static bool read_book(FILE *file, uint64_t file_size, struct error *err)
{
    struct book_list list = {.sheet_count = 0};
    struct xlsx_book *book = NULL;
    bool ok = xlsx_book_open(fileno(file), &list, &book, err);
    size_t i;

    assert(!ok || list.sheet_count > 0);
    for (i = 0; ok && i < list.sheet_count; i++) {
        uint64_t last = 0;
        struct book_reading reading = {check_row, &last, file_size, SHEET_NO_ROW, SHEET_NO_COLUMN};

        ok = xlsx_book_read(book, i, &reading, err);
    }
    xlsx_book_close(book);
    book_list_done(&list);
    return ok;
}

static bool parse_book(const uint8_t *data, size_t size, bool is_packed, struct error *err)
{
    FILE *file = tmpfile();
    bool ok;

    assert(file != NULL);
    if (!is_packed)
        write_parts(file, data, size);
    else if (fwrite(data, 1, size, file) != size)
        abort();
    if (fflush(file) != 0) abort();
    ok = read_book(file, size, err);
    fclose(file);
    return ok;
}

/* ---- Single parts ---------------------------------------------------------------------------- */

static bool parse_part(char kind, const struct part_source *source, struct error *err)
{
    struct shared_texts texts = {0};
    struct cell_styles *styles = calloc(1, sizeof *styles);
    uint64_t i;
    bool ok;

    assert(styles != NULL);
    ok = kind == 't'   ? xlsx_parse_texts(source, "texts.xml", &texts, err)
         : kind == 's' ? xlsx_parse_styles(source, "s.xml", styles, err)
                       : parse_sheet(source, err);
    for (i = 0; ok && i < texts.count; i++)
        assert(shared_texts_get(&texts, i) != NULL);
    shared_texts_done(&texts);
    free(styles);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct part_source source = {NULL, NULL, 0};
    struct error err = ERROR_INIT;
    char kind = size > 0 ? (char)data[0] : 0;
    bool ok;

    if (size > 0) {
        source.data = data + 1;
        source.size = size - 1;
    }
    if (kind == 'z' || kind == 'a')
        ok = parse_book(source.data, source.size, kind == 'a', &err);
    else
        ok = parse_part(kind, &source, &err);
    assert(ok == (err.code == ERROR_NONE));
    return 0;
}
