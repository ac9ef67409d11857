/*
 * book.c - the least that makes a book (ECMA-376 part 1, 12.3.23 and 18): its large parts go
 * through files beside it, because libzip reads what it packs when it closes.
 */
#include "bench/book.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <zip.h>

#include "base/compiler.h"

#define PATH_SIZE       512
#define VILLAGE_TEXTS   200
#define PLAIN_TEXTS     (VILLAGE_TEXTS + 2) /* the villages, a policy, a remark */
#define PACKAGE         "http://schemas.openxmlformats.org/package/2006/"
#define DOCUMENT        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS_BEGIN "<Relationships xmlns=\"" PACKAGE "relationships\">"
#define SHEET_TYPE      "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct {
    const char *name;
    const char *text;
} small_parts[] = {
    {"[Content_Types].xml",
     "<Types xmlns=\"" PACKAGE "content-types\">"
     "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
     "<Default Extension=\"rels\" "
     "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
     "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEET_TYPE "sheet.main+xml\"/>"
     "<Override PartName=\"/" BOOK_SHEET_PART "\" ContentType=\"" SHEET_TYPE "worksheet+xml\"/>"
     "<Override PartName=\"/" BOOK_TEXTS_PART "\" ContentType=\"" SHEET_TYPE "sharedStrings+xml\"/>"
     "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEET_TYPE "styles+xml\"/></Types>"},
    {"_rels/.rels",
     RELATIONS_BEGIN "<Relationship Id=\"a\" Type=\"" DOCUMENT
                     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOCUMENT
                        "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"a\"/></sheets>"
                        "</workbook>"},
    {"xl/_rels/workbook.xml.rels", RELATIONS_BEGIN
     "<Relationship Id=\"a\" Type=\"" DOCUMENT "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
     "<Relationship Id=\"b\" Type=\"" DOCUMENT "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
     "<Relationship Id=\"c\" Type=\"" DOCUMENT "/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"xl/styles.xml",
     "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"1\"><font/></fonts>"
     "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders "
     "count=\"1\"><border/></borders>"
     "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
};

/* One number for a row that looks like chance, so that the archive isn't packed too well. */
static uint64_t scatter(uint64_t row)
{
    return row * UINT64_C(2654435761) % 1000000007;
}

static void print_texts(FILE *file, uint64_t rows)
{
    int i;
    uint64_t row;

    fprintf(file, "<sst xmlns=\"%s\" uniqueCount=\"%" PRIu64 "\">", MAIN, PLAIN_TEXTS + 2 * rows);
    for (i = 0; i < VILLAGE_TEXTS; i++)
        fprintf(file, "<si><t>苗儿乡第%d村</t></si>", i);
    fprintf(file, "<si><t>耕地地力保护补贴</t></si><si><t>一次发放</t></si>");
    for (row = 0; row < rows; row++) {
        fprintf(file, "<si><t>王%" PRIu64 "</t></si><si><t>6217%015" PRIu64 "</t></si>",
                scatter(row), scatter(row + rows));
    }
    fprintf(file, "</sst>");
}

static void print_rows(FILE *file, uint64_t rows)
{
    uint64_t i;

    fprintf(file, "<worksheet xmlns=\"" MAIN "\"><sheetData>");
    for (i = 0; i < rows; i++) {
        uint64_t row = i + 1, chance = scatter(i), own = PLAIN_TEXTS + 2 * i;

        fprintf(file,
                "<row r=\"%" PRIu64 "\"><c r=\"A%" PRIu64 "\"><v>%" PRIu64 "</v></c>"
                "<c r=\"B%" PRIu64 "\" t=\"s\"><v>%" PRIu64 "</v></c>"
                "<c r=\"C%" PRIu64 "\" t=\"s\"><v>%" PRIu64 "</v></c>"
                "<c r=\"D%" PRIu64 "\" t=\"s\"><v>%" PRIu64 "</v></c>"
                "<c r=\"E%" PRIu64 "\" t=\"s\"><v>%d</v></c>",
                row, row, row, row, chance % VILLAGE_TEXTS, row, own, row, own + 1, row,
                VILLAGE_TEXTS);
        fprintf(file,
                "<c r=\"F%" PRIu64 "\"><v>%" PRIu64 ".%02u</v></c>"
                "<c r=\"G%" PRIu64 "\"><v>69.409999999999997</v></c>"
                "<c r=\"H%" PRIu64 "\"><v>%" PRIu64 ".%02u</v></c>"
                "<c r=\"I%" PRIu64 "\" s=\"1\"><v>44469</v></c>"
                "<c r=\"J%" PRIu64 "\" t=\"s\"><v>%d</v></c></row>",
                row, chance % 30, (unsigned)(chance % 97), row, row, chance % 2000,
                (unsigned)(chance % 89), row, row, VILLAGE_TEXTS + 1);
    }
    fprintf(file, "</sheetData></worksheet>");
}

/* Put a part into the archive by way of a file beside it. */
static bool add_large(zip_t *zip, const char *path, const char *part,
                      void (*print)(FILE *, uint64_t), uint64_t rows, struct error *err)
{
    zip_source_t *source;
    FILE *file = fopen(path, "wb");

    if (file == NULL) return error_set(err, ERROR_IO, "%s can't be written", path);
    print(file, rows);
    if (fclose(file) != 0) return error_set(err, ERROR_IO, "%s can't be written", path);
    source = zip_source_file(zip, path, 0, -1);
    if (source != NULL && zip_file_add(zip, part, source, ZIP_FL_ENC_UTF_8) >= 0) return true;
    zip_source_free(source);
    return error_set(err, ERROR_IO, "%s can't be added: %s", part, zip_strerror(zip));
}

bool book_write(const char *path, uint64_t rows, struct error *err)
{
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, NULL);
    char sheet_path[PATH_SIZE], texts_path[PATH_SIZE];
    size_t i;
    bool ok = false;

    if (zip == NULL) return error_set(err, ERROR_IO, "%s can't be made", path);
    snprintf(sheet_path, sizeof sheet_path, "%s.sheet.xml", path);
    snprintf(texts_path, sizeof texts_path, "%s.texts.xml", path);
    for (i = 0; i < ARRAY_COUNT(small_parts); i++) {
        const char *text = small_parts[i].text;
        zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);

        if (source == NULL || zip_file_add(zip, small_parts[i].name, source, 0) < 0) {
            zip_source_free(source);
            error_set(err, ERROR_IO, "%s can't be added", small_parts[i].name);
            goto out;
        }
    }
    ok = add_large(zip, sheet_path, BOOK_SHEET_PART, print_rows, rows, err) &&
         add_large(zip, texts_path, BOOK_TEXTS_PART, print_texts, rows, err);
    if (ok && zip_close(zip) == 0) return true;
    if (ok) error_set(err, ERROR_IO, "%s can't be written: %s", path, zip_strerror(zip));
out:
    zip_discard(zip);
    return false;
}
