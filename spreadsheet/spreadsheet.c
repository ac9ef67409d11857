/*
 * spreadsheet.c - an XLSX book by libxlsxwriter, and a look at what it wrote.
 *
 * 1. The library gathers pages in temporary files and doesn't look whether they could be written:
 *    a book that lost its end is a good book to it. So each page is read back and its cells are
 *    counted before the book gets its name.
 * 2. It writes the book when it is closed, under a name beside the book's own.
 * 3. The format has no numbers but floating point. A number of up to 15 digits is made of two whole
 *    numbers by one division, so that its digits come out again; longer ones are a mistake here.
 */
#include "spreadsheet/spreadsheet.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "base/buffer.h"

#define PATH_SIZE_MAX   8192
#define CELL_SIZE_MAX   ((size_t)SPREADSHEET_TEXT_MAX * 4 + 1)
#define CHUNK_SIZE      65536
#define CHOICES_MAX     63
#define CHOICE_CHARS    255       /* of all words of a list together, by the format */
#define CREATED         315532800 /* 1980-01-01, as in the ZIP: no clock goes into the file */
#define PAPER_A4        9
#define HEADING_FILL    0xF4B183
#define OPTIONAL_FILL   0xFCE4D6
#define BAD_FILL        0xFFC7CE
#define EXAMPLE_COLOR   0x808080
#define WIDTH_REMAINDER 0.71 /* what spreadsheets put beside the characters of a column */

struct spreadsheet {
    struct buffer path, part; /* the book's name, and the one it has until it is whole */
    struct buffer cell;       /* scratch, for text that must be escaped */
    lxw_workbook *workbook;
    lxw_worksheet *page; /* the last one */
    lxw_format *formats[STYLE_COUNT];
    size_t page_count;
    uint64_t cells[SPREADSHEET_PAGES_MAX];
    bool has_failed;
    struct error failure; /* the first */
};

static bool refuse(const struct spreadsheet *book, const char *why, struct error *err)
{
    (void)error_set(err, ERROR_IO, "can't be written: %s; make room or choose another place", why);
    return error_at(err, "%s", buffer_text(&book->path));
}

static void keep(struct spreadsheet *book, lxw_error code)
{
    if (code == LXW_NO_ERROR || book->has_failed) return;
    (void)refuse(book, lxw_strerror(code), &book->failure);
    book->has_failed = true;
}

/* ---- The file -------------------------------------------------------------------------------- */

/* Make it, empty, so that a bad name is told at once; with the mode of what it takes the place of,
 * which may be readable by its owner alone. */
static bool make_file(const struct spreadsheet *book, struct error *err)
{
    struct stat old;
    mode_t mode = stat(buffer_text(&book->path), &old) == 0 ? old.st_mode & 0777 : 0666;
    int descriptor = open(buffer_text(&book->part), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

    return (descriptor >= 0 && close(descriptor) == 0) || refuse(book, strerror(errno), err);
}

static bool name_files(struct spreadsheet *book, const char *path, struct buffer *directory,
                       struct error *err)
{
    const char *slash = strrchr(path, '/');

    return buffer_append_text(&book->path, path, err) &&
           buffer_append_format(&book->part, err, "%s.part-%ld", path, (long)getpid()) &&
           (slash == NULL
                ? buffer_append_text(directory, ".", err)
                : buffer_append(directory, (const uint8_t *)path, (size_t)(slash - path) + 1, err));
}

static void look_like(lxw_format **formats)
{
    format_set_num_format(formats[STYLE_TEXT], "@");
    format_set_num_format(formats[STYLE_AMOUNT], "#,##0.00");
    format_set_num_format(formats[STYLE_INTEGER], "0");
    format_set_num_format(formats[STYLE_SHARE], "0.00%");
    format_set_bold(formats[STYLE_HEADING]);
    format_set_bold(formats[STYLE_REQUIRED]);
    format_set_bg_color(formats[STYLE_REQUIRED], HEADING_FILL);
    format_set_bg_color(formats[STYLE_OPTIONAL], OPTIONAL_FILL);
    format_set_num_format(formats[STYLE_EXAMPLE], "@");
    format_set_italic(formats[STYLE_EXAMPLE]);
    format_set_font_color(formats[STYLE_EXAMPLE], EXAMPLE_COLOR);
    format_set_text_wrap(formats[STYLE_WRAPPED]);
    format_set_align(formats[STYLE_WRAPPED], LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(formats[STYLE_BAD], BAD_FILL);
    format_set_font_color(formats[STYLE_FAULT], LXW_COLOR_RED);
    format_set_text_wrap(formats[STYLE_FAULT]);
    format_set_align(formats[STYLE_FAULT], LXW_ALIGN_VERTICAL_TOP);
}

/* Temporary files lie beside the book: only one disk can be too full. */
static bool open_workbook(struct spreadsheet *book, char *directory, struct error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = directory};
    lxw_doc_properties properties = {.created = CREATED};

    book->workbook = workbook_new_opt(buffer_text(&book->part), &options);
    if (book->workbook == NULL ||
        workbook_set_properties(book->workbook, &properties) != LXW_NO_ERROR)
        return error_set(err, ERROR_MEMORY, "memory ran out");
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        book->formats[i] = workbook_add_format(book->workbook);
        if (book->formats[i] == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    look_like(book->formats);
    return true;
}

bool spreadsheet_open(const char *path, struct spreadsheet **out, struct error *err)
{
    struct spreadsheet *book = calloc(1, sizeof *book);
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = false;

    if (book == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    book->path = (struct buffer)BUFFER_INIT(PATH_SIZE_MAX);
    book->part = (struct buffer)BUFFER_INIT(PATH_SIZE_MAX);
    book->cell = (struct buffer)BUFFER_INIT(CELL_SIZE_MAX);
    book->failure = (struct error)ERROR_INIT;
    if (!name_files(book, path, &directory, err) || !make_file(book, err) ||
        !open_workbook(book, (char *)directory.data, err))
        goto out;
    *out = book;
    ok = true;
out:
    if (!ok) spreadsheet_discard(book);
    buffer_done(&directory);
    return ok;
}

static void free_book(struct spreadsheet *book)
{
    buffer_done(&book->path);
    buffer_done(&book->part);
    buffer_done(&book->cell);
    free(book);
}

void spreadsheet_discard(struct spreadsheet *book)
{
    if (book == NULL) return;
    if (book->workbook != NULL) lxw_workbook_free(book->workbook);
    if (book->part.size > 0) (void)unlink(buffer_text(&book->part));
    free_book(book);
}

/* ---- Pages ----------------------------------------------------------------------------------- */

void spreadsheet_page(struct spreadsheet *book, const char *name, enum spreadsheet_page kind)
{
    bool has_name = workbook_validate_sheet_name(book->workbook, name) == LXW_NO_ERROR;

    assert(book->page_count < SPREADSHEET_PAGES_MAX);
    book->page = workbook_add_worksheet(book->workbook, has_name ? name : NULL);
    book->page_count++;
    if (book->page == NULL) {
        keep(book, LXW_ERROR_CREATING_TMPFILE);
        return;
    }
    if (kind != PAGE_PLAIN) worksheet_freeze_panes(book->page, 1, 0);
    if (kind != PAGE_PRINTED) return;
    worksheet_set_landscape(book->page);
    worksheet_set_paper(book->page, PAPER_A4);
    worksheet_fit_to_pages(book->page, 1, 0); /* one page wide, as long as it gets */
    keep(book, worksheet_repeat_rows(book->page, 0, 0));
}

void spreadsheet_width(struct spreadsheet *book, size_t column, size_t characters,
                       enum spreadsheet_style style)
{
    if (book->has_failed) return;
    keep(book, worksheet_set_column(book->page, (lxw_col_t)column, (lxw_col_t)column,
                                    (double)characters + WIDTH_REMAINDER,
                                    style == STYLE_PLAIN ? NULL : book->formats[style]));
}

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

void spreadsheet_choices(struct spreadsheet *book, size_t column, size_t first_row, size_t last_row,
                         const char *const *words, size_t count)
{
    char *list[CHOICES_MAX + 1] = {NULL};
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                      .value_list = list};
    struct error err = ERROR_INIT;
    size_t characters = count, at = 0;
    bool ok = true;

    assert(count <= CHOICES_MAX);
    buffer_reset(&book->cell);
    for (size_t i = 0; i < count && ok; i++) {
        characters += count_characters(words[i]);
        ok = buffer_append(&book->cell, (const uint8_t *)words[i], strlen(words[i]) + 1, &err);
    }
    if (!ok) keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (book->has_failed || characters > CHOICE_CHARS) return; /* then the cell takes any text */
    for (size_t i = 0; i < count; at += strlen(words[i]) + 1, i++)
        list[i] = (char *)book->cell.data + at;
    keep(book,
         worksheet_data_validation_range(book->page, (lxw_row_t)first_row, (lxw_col_t)column,
                                         (lxw_row_t)last_row, (lxw_col_t)column, &validation));
}

/* ---- Cells ----------------------------------------------------------------------------------- */

/* Characters that XML can't hold become U+FFFD; text that looks like the format's escape of a
 * character ("_x0041_") is escaped itself. The library does neither. */
static bool escape(struct buffer *out, const char *text, struct error *err)
{
    bool ok = true;

    buffer_reset(out);
    for (; *text != '\0' && ok; text++) {
        if (text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789ABCDEFabcdef") >= 4 &&
            text[6] == '_')
            ok = buffer_append_text(out, "_x005F_", err);
        else if (strncmp(text, "\xef\xbf\xbe", 3) == 0 || strncmp(text, "\xef\xbf\xbf", 3) == 0)
            ok = buffer_append_text(out, "\xef\xbf\xbd", err), text += 2;
        else
            ok = buffer_append_byte(out, (uint8_t)*text, err);
    }
    return ok;
}

static void count_cell(struct spreadsheet *book, lxw_error code)
{
    keep(book, code);
    book->cells[book->page_count - 1]++;
}

void spreadsheet_text(struct spreadsheet *book, size_t row, size_t column, const char *text,
                      enum spreadsheet_style style)
{
    struct error err = ERROR_INIT;

    if (book->has_failed) return;
    if (text[0] == '\0') {
        spreadsheet_blank(book, row, column, style);
        return;
    }
    if (strstr(text, "_x") != NULL || strstr(text, "\xef\xbf") != NULL) {
        if (!escape(&book->cell, text, &err)) keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        text = buffer_text(&book->cell);
    }
    count_cell(book, worksheet_write_string(book->page, (lxw_row_t)row, (lxw_col_t)column, text,
                                            book->formats[style]));
}

void spreadsheet_number(struct spreadsheet *book, size_t row, size_t column, const char *digits,
                        enum spreadsheet_style style)
{
    const char *at = digits + (digits[0] == '-');
    int64_t value = 0, scale = 1;
    bool in_fraction = false;

    if (book->has_failed) return;
    assert(strlen(at) <= SPREADSHEET_DIGITS_MAX + 1); /* and a point */
    for (; *at != '\0'; at++) {
        if (*at == '.') {
            in_fraction = true;
            continue;
        }
        value = value * 10 + (*at - '0');
        if (in_fraction) scale *= 10;
    }
    if (digits[0] == '-') value = -value;
    count_cell(book, worksheet_write_number(book->page, (lxw_row_t)row, (lxw_col_t)column,
                                            (double)value / (double)scale, book->formats[style]));
}

void spreadsheet_blank(struct spreadsheet *book, size_t row, size_t column,
                       enum spreadsheet_style style)
{
    if (book->has_failed) return;
    count_cell(book, worksheet_write_blank(book->page, (lxw_row_t)row, (lxw_col_t)column,
                                           book->formats[style]));
}

/* ---- Reading back ---------------------------------------------------------------------------- */

static void count_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    uint64_t *cells = context;

    (void)attributes;
    if (strcmp((const char *)name, "c") == 0) (*cells)++;
}

static void ignore_error(void *context, const char *message, ...)
{
    (void)context;
    (void)message; /* that the page isn't well-formed is asked of the parser */
}

/* Is the page well-formed, to its end, with as many cells as were put in? */
static bool page_is_whole(zip_file_t *file, uint64_t wanted)
{
    uint64_t cells = 0;
    xmlSAXHandler handler = {.startElement = count_element,
                             .warning = ignore_error,
                             .error = ignore_error,
                             .fatalError = ignore_error};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &cells, NULL, 0, NULL);
    static char chunk[CHUNK_SIZE];
    zip_int64_t size = 0;
    bool ok = parser != NULL;

    while (ok && (size = zip_fread(file, chunk, sizeof chunk)) > 0)
        ok = xmlParseChunk(parser, chunk, (int)size, 0) == XML_ERR_OK;
    ok = ok && size == 0 && xmlParseChunk(parser, chunk, 0, 1) == XML_ERR_OK &&
         parser->wellFormed && cells == wanted;
    if (parser != NULL) xmlFreeParserCtxt(parser);
    return ok;
}

static bool book_is_whole(const struct spreadsheet *book)
{
    zip_t *zip = zip_open(buffer_text(&book->part), ZIP_RDONLY, NULL);
    bool ok = zip != NULL;

    for (size_t i = 0; i < book->page_count && ok; i++) {
        char name[64];
        zip_file_t *file;

        (void)snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        file = zip_fopen(zip, name, 0);
        ok = file != NULL && page_is_whole(file, book->cells[i]);
        if (file != NULL) (void)zip_fclose(file);
    }
    if (zip != NULL) zip_discard(zip);
    return ok;
}

/* The library tells of what it couldn't write on standard error, in words of its own. */
static lxw_error close_quietly(lxw_workbook *workbook)
{
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    lxw_error code;

    if (kept >= 0 && nowhere >= 0) (void)dup2(nowhere, STDERR_FILENO);
    code = workbook_close(workbook);
    if (kept >= 0) (void)dup2(kept, STDERR_FILENO);
    if (kept >= 0) (void)close(kept);
    if (nowhere >= 0) (void)close(nowhere);
    return code;
}

/* The book is on the disk before it takes the place of an older one. */
static bool take_name(const struct spreadsheet *book, struct error *err)
{
    int descriptor = open(buffer_text(&book->part), O_RDONLY | O_CLOEXEC);
    bool ok = descriptor >= 0 && fsync(descriptor) == 0 &&
              rename(buffer_text(&book->part), buffer_text(&book->path)) == 0;

    if (!ok) (void)refuse(book, strerror(errno), err);
    if (descriptor >= 0) (void)close(descriptor);
    return ok;
}

bool spreadsheet_close(struct spreadsheet *book, struct error *err)
{
    bool ok = false;

    assert(book->page_count > 0);
    if (book->has_failed) {
        *err = book->failure;
        spreadsheet_discard(book);
        return false;
    }
    keep(book, close_quietly(book->workbook));
    if (book->has_failed)
        *err = book->failure;
    else if (!book_is_whole(book))
        (void)refuse(book, "the disk is full", err);
    else
        ok = take_name(book, err);
    if (!ok) (void)unlink(buffer_text(&book->part));
    free_book(book);
    return ok;
}
