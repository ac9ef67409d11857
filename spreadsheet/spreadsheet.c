/*
 * spreadsheet.c - the parts of an XLSX book (ECMA-376 part 1, SpreadsheetML), zipped by libzip.
 *
 * 1. Texts stand in their cells (inlineStr), so that memory is flat in the number of rows.
 * 2. The widths of a page stand before its cells, but are known behind them: room is left for them,
 *    white space where there are none.
 */
#include "spreadsheet/spreadsheet.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zip.h>

#include "base/buffer.h"

#define PATH_SIZE_MAX     8192
#define PART_SIZE_MAX     16384
#define CHOICES_SIZE_MAX  16384
#define WIDTH_SIZE_MAX    96   /* bytes of one column's width */
#define DOS_DATE          0x21 /* 1980-01-01, the first that a ZIP knows */
#define COLUMN_NAME_SIZE  16
#define ESCAPE_DIGITS     4                                   /* of _x000D_ */
#define PAGE_NAME_SIZE    (6 * SPREADSHEET_PAGE_NAME_MAX + 1) /* all of it quotes, escaped */
#define WIDTHS_ROOM_BYTES (SPREADSHEET_WIDTHS_MAX * WIDTH_SIZE_MAX)

#define XML      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE  "http://schemas.openxmlformats.org/package/2006/"
#define MIME     "application/vnd.openxmlformats-"
#define MIME_XML MIME "officedocument.spreadsheetml."

struct width {
    size_t column, characters;
    enum spreadsheet_style style;
};

struct page {
    char name[PAGE_NAME_SIZE]; /* as in XML */
    enum spreadsheet_page kind;
    FILE *file; /* without a name; owned until libzip takes it */
};

struct spreadsheet {
    struct buffer path;
    int failure; /* errno of the first; 0: none */
    struct page pages[SPREADSHEET_PAGES_MAX];
    size_t page_count;
    /* Of the page that is being written. */
    FILE *file;
    long room; /* where the widths go */
    size_t row;
    bool in_row;
    struct width widths[SPREADSHEET_WIDTHS_MAX];
    size_t width_count;
    struct buffer choices;
    size_t choice_count;
};

static bool refuse(const struct spreadsheet *book, const char *why, struct error *err)
{
    (void)error_set(err, ERROR_IO, "can't be written: %s; make room or choose another place", why);
    return error_at(err, "%s", buffer_text(&book->path));
}

static void keep_failure(struct spreadsheet *book, int code)
{
    if (book->failure == 0) book->failure = code != 0 ? code : EIO;
}

/* What stdio met since the last call. */
static void keep_failure_of_file(struct spreadsheet *book)
{
    if (ferror(book->file) != 0) keep_failure(book, errno);
}

/* A file without a name beside the book. */
static FILE *open_nameless(const struct spreadsheet *book)
{
    char path[PATH_SIZE_MAX + sizeof ".XXXXXX"];
    int descriptor;
    FILE *file;

    (void)snprintf(path, sizeof path, "%s.XXXXXX", buffer_text(&book->path));
    descriptor = mkstemp(path);
    if (descriptor < 0) return NULL;
    (void)unlink(path);
    file = fdopen(descriptor, "w+b");
    if (file == NULL) (void)close(descriptor);
    return file;
}

bool spreadsheet_open(const char *path, struct spreadsheet **out, struct error *err)
{
    struct spreadsheet *book = calloc(1, sizeof *book);

    if (book == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    book->path = (struct buffer)BUFFER_INIT(PATH_SIZE_MAX);
    book->choices = (struct buffer)BUFFER_INIT(CHOICES_SIZE_MAX);
    if (!buffer_append_text(&book->path, path, err)) goto out;
    book->pages[0].file = open_nameless(book); /* so that a bad name is told at once */
    if (book->pages[0].file == NULL) {
        (void)refuse(book, strerror(errno), err);
        goto out;
    }
    *out = book;
    return true;
out:
    spreadsheet_discard(book);
    return false;
}

void spreadsheet_discard(struct spreadsheet *book)
{
    if (book == NULL) return;
    for (size_t i = 0; i < SPREADSHEET_PAGES_MAX; i++)
        if (book->pages[i].file != NULL) (void)fclose(book->pages[i].file);
    buffer_done(&book->path);
    buffer_done(&book->choices);
    free(book);
}

/* ---- Text ------------------------------------------------------------------------------------ */

/* "_x", four hexadecimal digits and "_" stand for a character; so text that looks so is escaped. */
static bool looks_escaped(const char *text)
{
    return text[0] == '_' && text[1] == 'x' &&
           strspn(text + 2, "0123456789ABCDEFabcdef") >= ESCAPE_DIGITS &&
           text[2 + ESCAPE_DIGITS] == '_';
}

/* The size of a character at `text` that XML 1.0 can't hold: U+FFFE and U+FFFF; 0: another. */
static size_t no_character_size(const char *text)
{
    return memcmp(text, "\xef\xbf", 2) == 0 && (text[2] == '\xbe' || text[2] == '\xbf') ? 3 : 0;
}

static void put_escaped(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '&') {
            (void)fputs("&amp;", file);
        } else if (*text == '<') {
            (void)fputs("&lt;", file);
        } else if (*text == '>') {
            (void)fputs("&gt;", file);
        } else if (*text == '"') {
            (void)fputs("&quot;", file);
        } else if ((unsigned char)*text < ' ' && *text != '\t' && *text != '\n') {
            (void)fprintf(file, "_x%04X_", (unsigned)(unsigned char)*text);
        } else if (looks_escaped(text)) {
            (void)fputs("_x005F_", file);
        } else if (*text == '\xef' && text[1] != '\0' && no_character_size(text) > 0) {
            (void)fputs("\xef\xbf\xbd", file);
            text += 2;
        } else {
            (void)putc(*text, file);
        }
    }
}

/* "A" for 0, "Z" for 25, "AA" for 26. */
static char *column_name(size_t column, char name[COLUMN_NAME_SIZE])
{
    size_t at = COLUMN_NAME_SIZE - 1;

    name[at] = '\0';
    for (column++; column > 0; column = (column - 1) / 26)
        name[--at] = (char)('A' + (column - 1) % 26);
    return name + at;
}

/* ---- Pages ----------------------------------------------------------------------------------- */

static void put_widths(struct spreadsheet *book)
{
    if (book->width_count == 0 || fseek(book->file, book->room, SEEK_SET) != 0) return;
    (void)fputs("<cols>", book->file);
    for (size_t i = 0; i < book->width_count; i++) {
        const struct width *width = &book->widths[i];

        (void)fprintf(book->file,
                      "<col min=\"%zu\" max=\"%zu\" width=\"%zu.71\" style=\"%d\" "
                      "customWidth=\"1\"/>",
                      width->column + 1, width->column + 1, width->characters, (int)width->style);
    }
    (void)fputs("</cols>", book->file);
    assert(ftell(book->file) <= book->room + WIDTHS_ROOM_BYTES);
}

static void end_page(struct spreadsheet *book)
{
    if (book->file == NULL) return;
    (void)fputs(book->in_row ? "</row></sheetData>" : "</sheetData>", book->file);
    if (book->choice_count > 0)
        (void)fprintf(book->file, "<dataValidations count=\"%zu\">%s</dataValidations>",
                      book->choice_count, buffer_text(&book->choices));
    if (book->pages[book->page_count - 1].kind == PAGE_PRINTED)
        (void)fputs("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>",
                    book->file);
    (void)fputs("</worksheet>", book->file);
    put_widths(book);
    if (fflush(book->file) != 0) keep_failure(book, errno);
    keep_failure_of_file(book);
    book->file = NULL;
    book->in_row = false;
    book->width_count = 0;
    book->choice_count = 0;
    buffer_reset(&book->choices);
}

static bool is_page_name(const char *name)
{
    size_t characters = 0, size = strlen(name);

    for (const char *at = name; *at != '\0'; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    return characters > 0 && characters <= SPREADSHEET_PAGE_NAME_MAX &&
           strpbrk(name, "[]:*?/\\") == NULL && name[0] != '\'' && name[size - 1] != '\'';
}

static void name_page(struct page *page, const char *name, size_t number)
{
    size_t size = 0;

    if (!is_page_name(name)) {
        (void)snprintf(page->name, sizeof page->name, "Sheet%zu", number);
        return;
    }
    for (; *name != '\0'; name++) {
        const char *escaped = *name == '&'   ? "&amp;"
                              : *name == '<' ? "&lt;"
                              : *name == '"' ? "&quot;"
                                             : NULL;

        if (escaped == NULL)
            page->name[size++] = *name;
        else
            size += (size_t)snprintf(page->name + size, sizeof page->name - size, "%s", escaped);
    }
    page->name[size] = '\0';
}

void spreadsheet_page(struct spreadsheet *book, const char *name, enum spreadsheet_page kind)
{
    struct page *page = &book->pages[book->page_count];

    assert(book->page_count < SPREADSHEET_PAGES_MAX);
    assert(kind != PAGE_PRINTED || (book->page_count == 0 && name[0] == '\0'));
    end_page(book);
    book->page_count++;
    name_page(page, name, book->page_count);
    page->kind = kind;
    if (page->file == NULL) page->file = open_nameless(book);
    book->file = page->file;
    if (book->file == NULL) {
        keep_failure(book, errno);
        return;
    }
    (void)fputs(XML "<worksheet xmlns=\"" MAIN "\">", book->file);
    if (kind == PAGE_PRINTED)
        (void)fputs("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>", book->file);
    if (kind != PAGE_PLAIN)
        (void)fputs("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" "
                    "topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                    "<selection pane=\"bottomLeft\"/></sheetView></sheetViews>",
                    book->file);
    book->room = ftell(book->file);
    (void)fprintf(book->file, "%*s<sheetData>", (int)WIDTHS_ROOM_BYTES, "");
}

void spreadsheet_width(struct spreadsheet *book, size_t column, size_t characters,
                       enum spreadsheet_style style)
{
    assert(book->width_count < SPREADSHEET_WIDTHS_MAX);
    assert(book->width_count == 0 || book->widths[book->width_count - 1].column < column);
    book->widths[book->width_count++] = (struct width){column, characters, style};
}

void spreadsheet_choices(struct spreadsheet *book, size_t column, size_t first_row, size_t last_row,
                         const char *const *words, size_t count)
{
    char name[COLUMN_NAME_SIZE];
    const char *letters = column_name(column, name);
    struct error err = ERROR_INIT;
    bool ok = buffer_append_format(&book->choices, &err,
                                   "<dataValidation type=\"list\" errorStyle=\"warning\" "
                                   "allowBlank=\"1\" showErrorMessage=\"1\" "
                                   "sqref=\"%s%zu:%s%zu\"><formula1>\"",
                                   letters, first_row + 1, letters, last_row + 1);

    for (size_t i = 0; i < count && ok; i++)
        ok = buffer_append_format(&book->choices, &err, "%s%s", i > 0 ? "," : "", words[i]);
    ok = ok && buffer_append_text(&book->choices, "\"</formula1></dataValidation>", &err);
    if (!ok) keep_failure(book, ENOMEM);
    book->choice_count++;
}

/* ---- Cells ----------------------------------------------------------------------------------- */

static void begin_cell(struct spreadsheet *book, size_t row, size_t column,
                       enum spreadsheet_style style)
{
    char name[COLUMN_NAME_SIZE];

    assert(row < SPREADSHEET_ROWS_MAX);
    assert(!book->in_row || row >= book->row);
    if (!book->in_row || row != book->row)
        (void)fprintf(book->file, "%s<row r=\"%zu\">", book->in_row ? "</row>" : "", row + 1);
    book->in_row = true;
    book->row = row;
    (void)fprintf(book->file, "<c r=\"%s%zu\" s=\"%d\"", column_name(column, name), row + 1,
                  (int)style);
}

void spreadsheet_text(struct spreadsheet *book, size_t row, size_t column, const char *text,
                      enum spreadsheet_style style)
{
    size_t size = strlen(text);
    bool keeps_space = size > 0 && (strchr(" \t\n", text[0]) || strchr(" \t\n", text[size - 1]));

    if (book->failure != 0) return;
    begin_cell(book, row, column, style);
    (void)fprintf(book->file, " t=\"inlineStr\"><is><t%s>",
                  keeps_space ? " xml:space=\"preserve\"" : "");
    put_escaped(book->file, text);
    (void)fputs("</t></is></c>", book->file);
    keep_failure_of_file(book);
}

void spreadsheet_number(struct spreadsheet *book, size_t row, size_t column, const char *digits,
                        enum spreadsheet_style style)
{
    if (book->failure != 0) return;
    begin_cell(book, row, column, style);
    (void)fprintf(book->file, "><v>%s</v></c>", digits);
    keep_failure_of_file(book);
}

void spreadsheet_blank(struct spreadsheet *book, size_t row, size_t column,
                       enum spreadsheet_style style)
{
    if (book->failure != 0) return;
    begin_cell(book, row, column, style);
    (void)fputs("/>", book->file);
    keep_failure_of_file(book);
}

/* ---- The other parts -------------------------------------------------------------------------
 */

#define FILL(color)                                                                                \
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF" color                             \
    "\"/><bgColor indexed=\"64\"/></patternFill></fill>"
#define FONT(how, color)                                                                           \
    "<font>" how "<sz val=\"11\"/><color rgb=\"FF" color "\"/><name val=\"Calibri\"/></font>"
#define LOOK(number, font, fill)                                                                   \
    "<xf numFmtId=\"" number "\" fontId=\"" font "\" fillId=\"" fill                               \
    "\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\""
#define WRAP " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"

/* Number formats that every program knows by number: 1 "0", 4 "#,##0.00", 10 "0.00%", 49 text. */
static const char *const looks[STYLE_COUNT] = {
    [STYLE_PLAIN] = LOOK("0", "0", "0") "/>",    [STYLE_TEXT] = LOOK("49", "0", "0") "/>",
    [STYLE_AMOUNT] = LOOK("4", "0", "0") "/>",   [STYLE_INTEGER] = LOOK("1", "0", "0") "/>",
    [STYLE_SHARE] = LOOK("10", "0", "0") "/>",   [STYLE_HEADING] = LOOK("0", "1", "0") "/>",
    [STYLE_REQUIRED] = LOOK("0", "1", "2") "/>", [STYLE_OPTIONAL] = LOOK("0", "0", "3") "/>",
    [STYLE_EXAMPLE] = LOOK("49", "2", "0") "/>", [STYLE_WRAPPED] = LOOK("0", "0", "0") WRAP,
    [STYLE_BAD] = LOOK("0", "0", "4") "/>",      [STYLE_FAULT] = LOOK("0", "3", "0") WRAP,
};

static bool write_styles(struct buffer *out, struct error *err)
{
    bool ok = buffer_append_format(
        out, err, "%s",
        XML
        "<styleSheet xmlns=\"" MAIN
        "\"><fonts count=\"4\">" FONT("", "000000") FONT("<b/>", "000000") FONT("<i/>", "808080")
            FONT("", "FF0000") "</fonts>"
                               "<fills count=\"5\"><fill><patternFill patternType=\"none\"/></fill>"
                               "<fill><patternFill patternType=\"gray125\"/></fill>" FILL("F4B183")
                                   FILL("FCE4D6")
                                       FILL("FFC7CE") "</fills>"
                                                      "<borders "
                                                      "count=\"1\"><border><left/><right/><top/"
                                                      "><bottom/><diagonal/></border>"
                                                      "</borders><cellStyleXfs count=\"1\"><xf "
                                                      "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
                                                      "borderId=\"0\"/></cellStyleXfs>");

    ok = ok && buffer_append_format(out, err, "<cellXfs count=\"%d\">", (int)STYLE_COUNT);
    for (size_t i = 0; i < STYLE_COUNT && ok; i++)
        ok = buffer_append_text(out, looks[i], err);
    return ok && buffer_append_text(out,
                                    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" "
                                    "xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
                                    err);
}

static bool write_types(const struct spreadsheet *book, struct buffer *out, struct error *err)
{
    bool ok = buffer_append_text(
        out,
        XML "<Types xmlns=\"" PACKAGE
            "content-types\"><Default Extension=\"rels\" ContentType=\"" MIME
            "package.relationships+xml\"/><Default Extension=\"xml\" "
            "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
            "ContentType=\"" MIME_XML "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" "
            "ContentType=\"" MIME_XML "styles+xml\"/>",
        err);

    for (size_t i = 0; i < book->page_count && ok; i++)
        ok = buffer_append_format(out, err,
                                  "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
                                  "ContentType=\"" MIME_XML "worksheet+xml\"/>",
                                  i + 1);
    return ok && buffer_append_text(out, "</Types>", err);
}

static bool write_book(const struct spreadsheet *book, struct buffer *out, struct error *err)
{
    bool ok = buffer_append_text(out,
                                 XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                                     "\"><bookViews><workbookView/></bookViews><sheets>",
                                 err);

    for (size_t i = 0; i < book->page_count && ok; i++)
        ok = buffer_append_format(out, err, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"rId%zu\"/>",
                                  book->pages[i].name, i + 1, i + 1);
    ok = ok && buffer_append_text(out, "</sheets>", err);
    if (ok && book->pages[0].kind == PAGE_PRINTED) /* then it has no name of its own */
        ok = buffer_append_format(out, err,
                                  "<definedNames><definedName name=\"_xlnm.Print_Titles\" "
                                  "localSheetId=\"0\">'%s'!$1:$1</definedName></definedNames>",
                                  book->pages[0].name);
    return ok && buffer_append_text(out, "</workbook>", err);
}

static bool write_relations(const struct spreadsheet *book, struct buffer *out, struct error *err)
{
    bool ok =
        buffer_append_text(out, XML "<Relationships xmlns=\"" PACKAGE "relationships\">", err);
    size_t i;

    for (i = 1; i <= book->page_count && ok; i++)
        ok = buffer_append_format(out, err,
                                  "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
                                  "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                                  i, i);
    return ok && buffer_append_format(out, err,
                                      "<Relationship Id=\"rId%zu\" Type=\"" OFFICE
                                      "/styles\" Target=\"styles.xml\"/></Relationships>",
                                      i);
}

static const char root_relations[] =
    XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
        "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/* ---- The file -------------------------------------------------------------------------------- */

/* Put a source into the archive, which owns it from here on, whatever happens. */
static bool add_source(zip_t *zip, const char *name, zip_source_t *source)
{
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);

    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(zip, (zip_uint64_t)index, 0, DOS_DATE, 0) == 0;
}

static bool add_text(zip_t *zip, const char *name, const char *text)
{
    zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);

    return source != NULL && add_source(zip, name, source);
}

static bool add_page(zip_t *zip, struct page *page, size_t number)
{
    char name[64];
    zip_source_t *source;

    rewind(page->file); /* libzip reads on from where it stands */
    source = zip_source_filep(zip, page->file, 0, -1);
    if (source == NULL) return false;
    page->file = NULL; /* the source closes it */
    (void)snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", number);
    return add_source(zip, name, source);
}

/* libzip writes beside the book and gives it its name when all is written. */
static bool zip_book(struct spreadsheet *book, const char *types, const char *workbook,
                     const char *relations, const char *styles, struct error *err)
{
    zip_error_t why;
    int code = 0;
    zip_t *zip = zip_open(buffer_text(&book->path), ZIP_CREATE | ZIP_TRUNCATE, &code);
    bool ok;

    if (zip == NULL) {
        zip_error_init_with_code(&why, code);
        (void)refuse(book, zip_error_strerror(&why), err);
        zip_error_fini(&why);
        return false;
    }
    ok = add_text(zip, "[Content_Types].xml", types) &&
         add_text(zip, "_rels/.rels", root_relations) &&
         add_text(zip, "xl/workbook.xml", workbook) &&
         add_text(zip, "xl/_rels/workbook.xml.rels", relations) &&
         add_text(zip, "xl/styles.xml", styles);
    for (size_t i = 0; i < book->page_count && ok; i++)
        ok = add_page(zip, &book->pages[i], i + 1);
    if (ok && zip_close(zip) == 0) return true;
    (void)refuse(book, zip_strerror(zip), err);
    zip_discard(zip);
    return false;
}

bool spreadsheet_close(struct spreadsheet *book, struct error *err)
{
    struct buffer types = BUFFER_INIT(PART_SIZE_MAX), workbook = BUFFER_INIT(PART_SIZE_MAX);
    struct buffer relations = BUFFER_INIT(PART_SIZE_MAX), styles = BUFFER_INIT(PART_SIZE_MAX);
    bool ok = false;

    assert(book->page_count > 0);
    end_page(book);
    if (book->failure != 0) {
        (void)refuse(book, strerror(book->failure), err);
        goto out;
    }
    ok = write_types(book, &types, err) && write_book(book, &workbook, err) &&
         write_relations(book, &relations, err) && write_styles(&styles, err) &&
         zip_book(book, buffer_text(&types), buffer_text(&workbook), buffer_text(&relations),
                  buffer_text(&styles), err);
out:
    buffer_done(&types);
    buffer_done(&workbook);
    buffer_done(&relations);
    buffer_done(&styles);
    spreadsheet_discard(book);
    return ok;
}
