/*
 * sheet.c - one face for CSV, XLSX and XLS: what a file is, and its hash.
 *
 * CSV hashes itself while it is read. A book is hashed whole before and after each reading, because
 * its reader jumps about in it.
 */
#include "importers/sheet.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/language.h"
#include "base/text.h"
#include "importers/sheet_book.h"
#include "importers/xls.h"
#include "importers/xlsx.h"

#define HEAD_SIZE           512
#define CHUNK_SIZE          65536
#define DESCRIPTION_SIZE    64
#define BOOK_FILE_BYTES_MAX (512ull * 1024 * 1024)
#define COLUMN_LETTERS      26
#define COLUMNS_OF_A_SHEET  16384

struct sheet_file {
    enum sheet_format format;
    char description[DESCRIPTION_SIZE];
    struct book_list list;
    struct csv_file *csv;

    int descriptor; /* of a book */
    struct xlsx_book *xlsx;
    struct byte_source xls_source;
    struct xls_book *xls;
    hash_t hash;
    uint64_t size;
};

/* ---- What the readers find ------------------------------------------------------------------ */

bool book_list_add(struct book_list *list, const char *name, bool is_hidden, struct error *err)
{
    size_t size = strlen(name);
    char *copy;

    if (list->sheet_count == BOOK_SHEETS_MAX) {
        return error_set(err, ERROR_LIMIT, "the book has more than %d sheets; split it",
                         BOOK_SHEETS_MAX);
    }
    if (size > BOOK_NAME_BYTES_MAX || !text_is_utf8((const uint8_t *)name, size)) {
        return error_set(err, ERROR_INPUT,
                         "the name of sheet %zu can't be read; open the file in a spreadsheet and "
                         "save it again as XLSX",
                         list->sheet_count + 1);
    }
    copy = strdup(name);
    if (copy == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    list->sheets[list->sheet_count++] = (struct book_sheet){copy, is_hidden};
    return true;
}

void book_list_note(struct book_list *list, const char *note)
{
    size_t i;

    for (i = 0; i < list->note_count; i++) {
        if (strcmp(list->notes[i], note) == 0) return;
    }
    assert(list->note_count < BOOK_NOTES_MAX);
    list->notes[list->note_count++] = note;
}

void book_list_done(struct book_list *list)
{
    size_t i;

    for (i = 0; i < list->sheet_count; i++)
        free(list->sheets[i].name);
    list->sheet_count = 0;
}

/* ---- What a file is ------------------------------------------------------------------------- */

enum head_kind { HEAD_ZIP, HEAD_COMPOUND, HEAD_REFUSED };

/*
 * What a file begins with, letter case aside. Programs of banks and offices save web pages and
 * XML under the name .xls, which a spreadsheet opens all the same; here they would be garbage.
 */
static const struct {
    const char *bytes;
    size_t size;
    enum head_kind kind;
    const char *refusal;
} heads[] = {
#define WEB_PAGE                                                                                   \
    N_("is a web page under the name of a sheet; open it in a spreadsheet and save it as XLSX")
#define OLD_XLS N_("is XLS of Excel 4 or older; open it in a spreadsheet and save it as XLSX")
    {"PK\3\4", 4, HEAD_ZIP, NULL},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, HEAD_COMPOUND, NULL},
    {"PK\5\6", 4, HEAD_REFUSED,
     N_("is an empty ZIP archive and no sheet; save the sheet again as XLSX")},
    {"\x09\x08\x10\0\0\6\5", 7, HEAD_REFUSED,
     N_("is XLS without its container; open it in a spreadsheet and save it as XLSX")},
    {"\x09\0\4\0", 4, HEAD_REFUSED, OLD_XLS},
    {"\x09\2\6\0", 4, HEAD_REFUSED, OLD_XLS},
    {"\x09\4\6\0", 4, HEAD_REFUSED, OLD_XLS},
    {"%PDF", 4, HEAD_REFUSED, N_("is PDF; ask for the sheet itself, as XLSX or CSV")},
    {"Rar!", 4, HEAD_REFUSED, N_("is a RAR archive; unpack it and give the sheet inside")},
    {"7z\xbc\xaf", 4, HEAD_REFUSED, N_("is a 7z archive; unpack it and give the sheet inside")},
    {"<?xml", 5, HEAD_REFUSED, N_("is an XML file; open it in a spreadsheet and save it as XLSX")},
    {"<!doctype", 9, HEAD_REFUSED, WEB_PAGE},
    {"<html", 5, HEAD_REFUSED, WEB_PAGE},
    {"<head", 5, HEAD_REFUSED, WEB_PAGE},
    {"<meta", 5, HEAD_REFUSED, WEB_PAGE},
    {"<table", 6, HEAD_REFUSED, WEB_PAGE},
};

/* A mark and white space may stand before markup. */
static size_t head_skip(const uint8_t *head, size_t size)
{
    size_t at = size >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t start = at;

    while (at < size && strchr(" \t\r\n", head[at]) != NULL && head[at] != 0)
        at++;
    return at < size && head[at] == '<' ? at : start;
}

static bool head_is(const uint8_t *head, size_t size, const char *bytes, size_t bytes_size)
{
    size_t i;

    if (size < bytes_size) return false;
    for (i = 0; i < bytes_size; i++) {
        uint8_t byte = head[i];

        if (byte >= 'A' && byte <= 'Z' && bytes[0] == '<') byte = (uint8_t)(byte + 'a' - 'A');
        if (byte != (uint8_t)bytes[i]) return false;
    }
    return true;
}

static bool find_format(const uint8_t *head, size_t size, enum sheet_format *out, struct error *err)
{
    size_t skip = head_skip(head, size);
    size_t i;

    *out = SHEET_CSV;
    for (i = 0; i < ARRAY_COUNT(heads); i++) {
        if (!head_is(head + skip, size - skip, heads[i].bytes, heads[i].size)) continue;
        switch (heads[i].kind) {
        case HEAD_ZIP:
            *out = SHEET_XLSX;
            return true;
        case HEAD_COMPOUND:
            *out = SHEET_XLS;
            return true;
        case HEAD_REFUSED:
            return error_set(err, ERROR_INPUT, "%s", translate(heads[i].refusal));
        }
    }
    return true;
}

/* ---- Files ---------------------------------------------------------------------------------- */

static bool read_at(int descriptor, uint8_t *data, size_t size, uint64_t offset, size_t *got,
                    struct error *err)
{
    ssize_t count;

    do {
        count = pread(descriptor, data, size, (off_t)offset);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return error_set(err, ERROR_IO, "reading failed: %s", strerror(errno));
    *got = (size_t)count;
    return true;
}

static bool hash_file(int descriptor, hash_t *hash_out, uint64_t *size_out, struct error *err)
{
    struct hash_stream *stream = hash_stream_new(err);
    uint8_t chunk[CHUNK_SIZE];
    uint64_t done = 0;
    size_t got = 0;
    bool ok = false;

    if (stream == NULL) return false;
    do {
        if (!read_at(descriptor, chunk, sizeof chunk, done, &got, err)) goto out;
        hash_stream_add(stream, chunk, got);
        done += got;
        if (done > BOOK_FILE_BYTES_MAX) {
            error_set(err, ERROR_LIMIT, "the file is larger than %llu MB; split the book",
                      BOOK_FILE_BYTES_MAX / (1024 * 1024));
            goto out;
        }
    } while (got > 0);
    *hash_out = hash_stream_finish(stream);
    *size_out = done;
    ok = true;
out:
    hash_stream_free(stream);
    return ok;
}

static bool open_csv(const char *path, struct sheet_file *file, struct error *err)
{
    static const char *const names[] = {[CSV_UTF8] = "UTF-8",
                                        [CSV_GB18030] = "GB18030",
                                        [CSV_UTF16LE] = "UTF-16",
                                        [CSV_UTF16BE] = "UTF-16"};
    const char *delimiter;

    if (!csv_file_open(path, &file->csv, err)) return false;
    delimiter = csv_file_delimiter(file->csv) == '\t'  ? _("tabs")
                : csv_file_delimiter(file->csv) == ';' ? _("semicolons")
                                                       : _("commas");
    snprintf(file->description, sizeof file->description, _("%s, separated by %s"),
             names[csv_file_encoding(file->csv)], delimiter);
    file->hash = *csv_file_hash(file->csv);
    file->size = csv_file_size(file->csv);
    return book_list_add(&file->list, "", false, err);
}

static bool open_book(struct sheet_file *file, struct error *err)
{
    if (!hash_file(file->descriptor, &file->hash, &file->size, err)) return false;
    if (file->format == SHEET_XLSX) {
        snprintf(file->description, sizeof file->description, "XLSX");
        return xlsx_book_open(file->descriptor, &file->list, &file->xlsx, err);
    }
    snprintf(file->description, sizeof file->description, "XLS");
    file->xls_source = (struct byte_source){file->descriptor, NULL, file->size};
    return xls_book_open(&file->xls_source, &file->list, &file->xls, err);
}

static bool open_file(const char *path, struct sheet_file *file, struct error *err)
{
    struct stat status;
    uint8_t head[HEAD_SIZE];
    size_t size = 0;

    file->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->descriptor < 0) {
        return error_set(err, ERROR_IO, "can't be opened: %s", strerror(errno));
    }
    if (fstat(file->descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return error_set(err, ERROR_IO, "isn't a regular file; give the sheet itself");
    }
    if (!read_at(file->descriptor, head, sizeof head, 0, &size, err)) return false;
    if (!find_format(head, size, &file->format, err)) return false;
    return file->format == SHEET_CSV ? open_csv(path, file, err) : open_book(file, err);
}

bool sheet_file_open(const char *path, struct sheet_file **out, struct error *err)
{
    struct sheet_file *file;

    assert(path != NULL);
    file = calloc(1, sizeof *file);
    if (file == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    file->descriptor = -1;
    if (!open_file(path, file, err)) {
        sheet_file_close(file);
        return false;
    }
    assert(file->list.sheet_count > 0);
    *out = file;
    return true;
}

void sheet_file_close(struct sheet_file *file)
{
    if (file == NULL) return;
    csv_file_close(file->csv);
    xlsx_book_close(file->xlsx);
    xls_book_close(file->xls);
    if (file->descriptor >= 0) close(file->descriptor);
    book_list_done(&file->list);
    free(file);
}

enum sheet_format sheet_file_format(const struct sheet_file *file)
{
    return file->format;
}

const char *sheet_file_description(const struct sheet_file *file)
{
    return file->description;
}

const char *sheet_file_note(const struct sheet_file *file, size_t index)
{
    return index < file->list.note_count ? file->list.notes[index] : NULL;
}

const hash_t *sheet_file_hash(const struct sheet_file *file)
{
    return &file->hash;
}

uint64_t sheet_file_size(const struct sheet_file *file)
{
    return file->size;
}

size_t sheet_file_sheets(const struct sheet_file *file)
{
    return file->list.sheet_count;
}

const char *sheet_file_sheet_name(const struct sheet_file *file, size_t sheet)
{
    assert(sheet < file->list.sheet_count);
    return file->list.sheets[sheet].name;
}

bool sheet_file_sheet_is_hidden(const struct sheet_file *file, size_t sheet)
{
    assert(sheet < file->list.sheet_count);
    return file->list.sheets[sheet].is_hidden;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

struct csv_reading {
    sheet_visitor *visit;
    void *context;
    struct sheet_cell cells[SHEET_CELLS_MAX];
};

static bool take_csv_row(void *context, const struct csv_row *csv, struct error *err)
{
    struct csv_reading *reading = context;
    struct sheet_row row = {csv->number, false, 0, reading->cells, csv->bytes_done, csv->count};
    size_t i;

    for (i = 0; i < csv->count; i++) {
        bool is_empty = csv->cells[i][0] == 0;

        reading->cells[i] =
            (struct sheet_cell){.kind = is_empty ? CELL_EMPTY : CELL_TEXT, .text = csv->cells[i]};
        if (!is_empty) row.count = i + 1;
    }
    return reading->visit(reading->context, &row, err);
}

/* An error of the visitor is its own; one of the reader gets its place. */
struct visiting {
    sheet_visitor *visit;
    void *context;
    bool failed;
};

static bool take_book_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct visiting *visiting = context;

    visiting->failed = !visiting->visit(visiting->context, row, err);
    return !visiting->failed;
}

static bool check_unchanged(const struct sheet_file *file, struct error *err)
{
    hash_t hash;
    uint64_t size = 0;

    if (!hash_file(file->descriptor, &hash, &size, err)) return false;
    if (hash_equal(&hash, &file->hash)) return true;
    return error_set(err, ERROR_CONFLICT, "the file changed while it was read; import it again");
}

static bool read_book(struct sheet_file *file, size_t sheet, struct visiting *visiting,
                      struct error *err)
{
    struct book_reading reading = {take_book_row, visiting, file->size, SHEET_NO_ROW,
                                   SHEET_NO_COLUMN};
    bool ok;

    if (!check_unchanged(file, err)) return false;
    ok = file->format == SHEET_XLSX ? xlsx_book_read(file->xlsx, sheet, &reading, err)
                                    : xls_book_read(file->xls, sheet, &reading, err);
    if (ok) return check_unchanged(file, err);
    if (visiting->failed) return false;
    return sheet_error_at(file, sheet, reading.row, reading.column, err);
}

bool sheet_file_read(struct sheet_file *file, size_t sheet, sheet_visitor *visit, void *context,
                     struct error *err)
{
    struct csv_reading reading = {.visit = visit, .context = context};
    struct visiting visiting = {visit, context, false};

    assert(sheet < file->list.sheet_count);
    if (file->format != SHEET_CSV) return read_book(file, sheet, &visiting, err);
    return csv_file_read(file->csv, take_csv_row, &reading, err);
}

/* ---- Places --------------------------------------------------------------------------------- */

char *sheet_column_text(size_t column, char text[SHEET_COLUMN_TEXT_SIZE])
{
    char letters[SHEET_COLUMN_TEXT_SIZE];
    size_t count = 0;
    size_t i;

    assert(column < COLUMNS_OF_A_SHEET);
    for (column++; column > 0; column = (column - 1) / COLUMN_LETTERS)
        letters[count++] = (char)('A' + (column - 1) % COLUMN_LETTERS);
    for (i = 0; i < count; i++)
        text[i] = letters[count - 1 - i];
    text[count] = 0;
    return text;
}

bool sheet_error_at(const struct sheet_file *file, size_t sheet, uint64_t row, size_t column,
                    struct error *err)
{
    char text[SHEET_COLUMN_TEXT_SIZE];

    if (column != SHEET_NO_COLUMN) error_at(err, " %s", sheet_column_text(column, text));
    if (row != SHEET_NO_ROW) error_at(err, "%llu", (unsigned long long)row);
    if (file->format != SHEET_CSV) error_at(err, "%s", sheet_file_sheet_name(file, sheet));
    return false;
}
