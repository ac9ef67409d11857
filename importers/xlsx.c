/*
 * xlsx.c - from the package's first relation to its sheets, texts and styles.
 *
 * Parts are found by their relations alone (ECMA-376 part 2, 9.3), never by the names that Excel
 * gives them; relations to outside files are left alone.
 */
#include "importers/xlsx.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "importers/xlsx_book.h"

#define ID_SIZE 128

enum relation_kind {
    RELATION_OTHER,
    RELATION_BOOK,
    RELATION_SHEET,
    RELATION_TEXTS,
    RELATION_STYLES,
    RELATION_MACROS
};

struct relation {
    enum relation_kind kind;
    char id[ID_SIZE];
    char part[XLSX_NAME_SIZE];
};

struct relations {
    const char *part; /* whose they are; "" for the package's */
    struct relation *items;
    size_t count;
};

struct xlsx_book {
    struct xlsx_archive *archive;
    char parts[BOOK_SHEETS_MAX][XLSX_NAME_SIZE]; /* of the sheets, in their order */
    bool is_1904;
    char texts_part[XLSX_NAME_SIZE]; /* "": none */
    bool has_texts;                  /* they were read */
    struct shared_texts texts;
    struct cell_styles styles;
};

bool part_source_parse(const struct part_source *source, const char *part,
                       const struct xml_handler *handler, unsigned *done, struct error *err)
{
    if (source->archive != NULL) return xlsx_part_parse(source->archive, part, handler, done, err);
    return xml_bytes_parse(source->data, source->size, part, handler, err);
}

/* ---- Relations ------------------------------------------------------------------------------ */

/* A type is a URI that ends alike in transitional, strict and Microsoft's own vocabularies. */
static enum relation_kind relation_kind(const char *type)
{
    static const struct {
        const char *name;
        enum relation_kind kind;
    } kinds[] = {
        {"officeDocument", RELATION_BOOK}, {"worksheet", RELATION_SHEET},
        {"sharedStrings", RELATION_TEXTS}, {"styles", RELATION_STYLES},
        {"vbaProject", RELATION_MACROS},
    };
    const char *name = strrchr(type, '/');
    size_t i;

    for (i = 0; name != NULL && i < ARRAY_COUNT(kinds); i++) {
        if (strcmp(name + 1, kinds[i].name) == 0) return kinds[i].kind;
    }
    return RELATION_OTHER;
}

/* "../a/./b.xml" as seen from `part`, without dots; false when it doesn't fit. */
static bool resolve(const char *part, const char *target, char out[XLSX_NAME_SIZE])
{
    const char *slash = strrchr(part, '/');
    size_t size = 0;

    if (*target != '/' && slash != NULL) {
        size = (size_t)(slash - part);
        memcpy(out, part, size);
    }
    while (*target != 0) {
        size_t step = strcspn(target, "/");

        if (step == 2 && memcmp(target, "..", 2) == 0) {
            while (size > 0 && out[size - 1] != '/')
                size--;
            if (size > 0) size--;
        } else if (step > 0 && !(step == 1 && *target == '.')) {
            if (size + 1 + step >= XLSX_NAME_SIZE) return false;
            if (size > 0) out[size++] = '/';
            memcpy(out + size, target, step);
            size += step;
        }
        target += step;
        while (*target == '/')
            target++;
    }
    out[size] = 0;
    return size > 0;
}

static bool relation_start(void *context, const char *name, const struct xml_attributes *attributes,
                           struct error *err)
{
    struct relations *relations = context;
    struct relation *relation = &relations->items[relations->count];
    char type[XLSX_NAME_SIZE];
    char target[XLSX_NAME_SIZE];
    char mode[16];

    if (strcmp(name, "Relationship") != 0) return true;
    if (xml_attributes_copy(attributes, "TargetMode", mode, sizeof mode) &&
        strcmp(mode, "External") == 0) {
        return true;
    }
    if (relations->count == XLSX_RELATIONS_MAX) {
        return error_set(err, ERROR_LIMIT, "the book has more than %d relations; split it",
                         XLSX_RELATIONS_MAX);
    }
    if (!xml_attributes_copy(attributes, "Type", type, sizeof type) ||
        !xml_attributes_copy(attributes, "Id", relation->id, sizeof relation->id) ||
        !xml_attributes_copy(attributes, "Target", target, sizeof target) ||
        !resolve(relations->part, target, relation->part)) {
        return true; /* names nothing that could be asked for */
    }
    relation->kind = relation_kind(type);
    relations->count++;
    return true;
}

/* The relations of `part` stand in "_rels/NAME.rels" beside it. */
static bool relations_parse(struct xlsx_archive *archive, struct relations *relations,
                            struct error *err)
{
    const struct xml_handler handler = {relation_start, NULL, NULL, relations};
    const char *slash = strrchr(relations->part, '/');
    size_t folder = slash != NULL ? (size_t)(slash - relations->part) + 1 : 0;
    char part[2 * XLSX_NAME_SIZE];

    snprintf(part, sizeof part, "%.*s_rels/%s.rels", (int)folder, relations->part,
             relations->part + folder);
    relations->count = 0;
    return xlsx_part_parse(archive, part, &handler, NULL, err);
}

static const struct relation *relations_find(const struct relations *relations,
                                             enum relation_kind kind, const char *id)
{
    size_t i;

    for (i = 0; i < relations->count; i++) {
        if (relations->items[i].kind != kind) continue;
        if (id == NULL || strcmp(relations->items[i].id, id) == 0) return &relations->items[i];
    }
    return NULL;
}

/* ---- The workbook --------------------------------------------------------------------------- */

struct workbook {
    struct xlsx_book *book;
    struct book_list *list;
    const struct relations *relations;
};

static bool workbook_start(void *context, const char *name, const struct xml_attributes *attributes,
                           struct error *err)
{
    struct workbook *workbook = context;
    const struct relation *relation;
    char text[BOOK_NAME_BYTES_MAX + 2];
    char id[ID_SIZE];
    bool is_hidden;

    if (strcmp(name, "workbookPr") == 0) {
        if (xml_attributes_copy(attributes, "date1904", text, sizeof text)) {
            workbook->book->is_1904 = strcmp(text, "1") == 0 || strcmp(text, "true") == 0;
        }
        return true;
    }
    if (strcmp(name, "sheet") != 0) return true;
    if (!xml_attributes_copy(attributes, "id", id, sizeof id)) return true;
    relation = relations_find(workbook->relations, RELATION_SHEET, id);
    if (relation == NULL) return true; /* a chart, or a sheet of macros */
    is_hidden =
        xml_attributes_copy(attributes, "state", text, sizeof text) && strcmp(text, "visible") != 0;
    if (!xml_attributes_copy(attributes, "name", text, sizeof text)) text[0] = 0;
    if (!book_list_add(workbook->list, text, is_hidden, err)) return false;
    memcpy(workbook->book->parts[workbook->list->sheet_count - 1], relation->part, XLSX_NAME_SIZE);
    return true;
}

static bool workbook_parse(struct xlsx_book *book, const char *part,
                           const struct relations *relations, struct book_list *list,
                           struct error *err)
{
    struct workbook workbook = {book, list, relations};
    const struct xml_handler handler = {workbook_start, NULL, NULL, &workbook};

    if (!xlsx_part_parse(book->archive, part, &handler, NULL, err)) return false;
    if (list->sheet_count > 0) return true;
    return error_set(err, ERROR_INPUT, "the book has no sheet with cells; open it and look");
}

/* ---- Styles --------------------------------------------------------------------------------- */

struct styles_parse {
    struct cell_styles *styles;
    bool in_fonts;       /* "fonts", not those of "dxfs" */
    bool in_cell_styles; /* "cellXfs", whose "xf" cells refer to */
};

static bool add_format(struct styles_parse *parse, const struct xml_attributes *attributes,
                       struct error *err)
{
    char code[1024]; /* Excel allows 255 characters */
    uint64_t id = 0;

    if (!xml_attributes_number(attributes, "numFmtId", &id) || id > UINT32_MAX) return true;
    if (!xml_attributes_copy(attributes, "formatCode", code, sizeof code)) return true;
    return cell_styles_add_format(parse->styles, (uint32_t)id, code, err);
}

static bool add_style(struct styles_parse *parse, const struct xml_attributes *attributes,
                      struct error *err)
{
    uint64_t id = 0;
    uint64_t font = 0;

    if (!xml_attributes_number(attributes, "numFmtId", &id) || id > UINT32_MAX)
        id = 0; /* General */
    (void)xml_attributes_number(attributes, "fontId", &font);
    return cell_styles_add(parse->styles, (uint32_t)id, font, err);
}

static bool styles_start(void *context, const char *name, const struct xml_attributes *attributes,
                         struct error *err)
{
    struct styles_parse *parse = context;

    if (strcmp(name, "numFmt") == 0) return add_format(parse, attributes, err);
    if (strcmp(name, "fonts") == 0) parse->in_fonts = true;
    if (strcmp(name, "font") == 0 && parse->in_fonts)
        return cell_styles_add_font(parse->styles, false, err);
    if (xlsx_strikes(name, attributes) && parse->in_fonts && parse->styles->font_count > 0)
        parse->styles->fonts[parse->styles->font_count - 1] = true;
    if (strcmp(name, "cellXfs") == 0) parse->in_cell_styles = true;
    if (strcmp(name, "xf") == 0 && parse->in_cell_styles) return add_style(parse, attributes, err);
    return true;
}

static bool styles_end(void *context, const char *name, struct error *err)
{
    struct styles_parse *parse = context;

    (void)err;
    if (strcmp(name, "fonts") == 0) parse->in_fonts = false;
    if (strcmp(name, "cellXfs") == 0) parse->in_cell_styles = false;
    return true;
}

bool xlsx_parse_styles(const struct part_source *source, const char *part,
                       struct cell_styles *styles, struct error *err)
{
    struct styles_parse parse = {styles, false, false};
    const struct xml_handler handler = {styles_start, NULL, styles_end, &parse};

    return part_source_parse(source, part, &handler, NULL, err);
}

/* ---- Texts ---------------------------------------------------------------------------------- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* The character of "_xHHHH_" at `at`, or 0 when there is none that can stand in a text. */
static unsigned escaped_character(const char *at)
{
    unsigned character = 0;
    int i;

    if (at[0] != '_' || at[1] != 'x') return 0;
    for (i = 2; i < 6; i++) {
        if (hex_value(at[i]) < 0) return 0;
        character = character * 16 + (unsigned)hex_value(at[i]);
    }
    if (at[6] != '_' || (character >= 0xd800 && character <= 0xdfff)) return 0;
    return character;
}

void xlsx_unescape(char *text)
{
    char *from = strstr(text, "_x");
    char *to = from;

    while (from != NULL && *from != 0) {
        unsigned character = escaped_character(from);

        if (character == 0) {
            *to++ = *from++;
            continue;
        }
        if (character < 0x80) {
            *to++ = (char)character;
        } else if (character < 0x800) {
            *to++ = (char)(0xc0 | character >> 6);
            *to++ = (char)(0x80 | (character & 0x3f));
        } else {
            *to++ = (char)(0xe0 | character >> 12);
            *to++ = (char)(0x80 | (character >> 6 & 0x3f));
            *to++ = (char)(0x80 | (character & 0x3f));
        }
        from += 7;
    }
    if (to != NULL) *to = 0;
}

bool xlsx_strikes(const char *name, const struct xml_attributes *attributes)
{
    size_t size = 0;
    const char *value;

    if (strcmp(name, "strike") != 0) return false;
    value = xml_attributes_get(attributes, "val", &size);
    return value == NULL || size == 0 || (value[0] != '0' && value[0] != 'f');
}

struct texts_parse {
    struct shared_texts *texts;
    bool in_text; /* in "t" */
    int phonetic; /* depth of "rPh", how a text is read aloud: no part of it */
};

static bool texts_start(void *context, const char *name, const struct xml_attributes *attributes,
                        struct error *err)
{
    struct texts_parse *parse = context;

    if (strcmp(name, "si") == 0) return shared_texts_begin(parse->texts, err);
    if (xlsx_strikes(name, attributes) && parse->texts->count > 0)
        shared_texts_strike(parse->texts);
    if (strcmp(name, "rPh") == 0) parse->phonetic++;
    parse->in_text = parse->texts->count > 0 && parse->phonetic == 0 && strcmp(name, "t") == 0;
    return true;
}

static bool texts_text(void *context, const char *text, size_t size, struct error *err)
{
    struct texts_parse *parse = context;

    return !parse->in_text || shared_texts_append(parse->texts, text, size, err);
}

static bool texts_end(void *context, const char *name, struct error *err)
{
    struct texts_parse *parse = context;
    struct shared_texts *texts = parse->texts;

    parse->in_text = false;
    if (strcmp(name, "rPh") == 0) parse->phonetic--;
    if (strcmp(name, "si") != 0) return true;
    if (!shared_texts_end(texts, err)) return false;
    xlsx_unescape(shared_texts_get(texts, texts->count - 1));
    return true;
}

bool xlsx_parse_texts(const struct part_source *source, const char *part,
                      struct shared_texts *texts, struct error *err)
{
    struct texts_parse parse = {texts, false, 0};
    const struct xml_handler handler = {texts_start, texts_text, texts_end, &parse};

    return part_source_parse(source, part, &handler, NULL, err);
}

/* ---- Books ---------------------------------------------------------------------------------- */

/* Other things in a ZIP archive, told apart as far as it helps. */
static bool refuse_no_book(const struct xlsx_archive *archive, struct error *err)
{
    if (xlsx_archive_has(archive, "content.xml")) {
        return error_set(err, ERROR_INPUT, "is an OpenDocument file; save it as XLSX");
    }
    if (xlsx_archive_has(archive, "xl/workbook.bin")) {
        return error_set(err, ERROR_INPUT, "is a binary book (XLSB); save it as XLSX");
    }
    return error_set(err, ERROR_INPUT,
                     "is a ZIP archive and no sheet; unpack it and give the sheet inside");
}

static bool book_parse(struct xlsx_book *book, struct relations *relations, struct book_list *list,
                       struct error *err)
{
    const struct part_source source = {book->archive, NULL, 0};
    const struct relation *relation;
    char part[XLSX_NAME_SIZE];

    if (!xlsx_archive_has(book->archive, "_rels/.rels")) return refuse_no_book(book->archive, err);
    relations->part = "";
    if (!relations_parse(book->archive, relations, err)) return false;
    relation = relations_find(relations, RELATION_BOOK, NULL);
    if (relation == NULL || xlsx_archive_has(book->archive, "xl/workbook.bin")) {
        return refuse_no_book(book->archive, err);
    }
    memcpy(part, relation->part, sizeof part);
    relations->part = part;
    if (!relations_parse(book->archive, relations, err)) return false;
    if (!workbook_parse(book, part, relations, list, err)) return false;
    if (relations_find(relations, RELATION_MACROS, NULL) != NULL) {
        book_list_note(list, N_("the macros in it are ignored"));
    }
    relation = relations_find(relations, RELATION_TEXTS, NULL);
    if (relation != NULL) memcpy(book->texts_part, relation->part, sizeof book->texts_part);
    relation = relations_find(relations, RELATION_STYLES, NULL);
    return relation == NULL || xlsx_parse_styles(&source, relation->part, &book->styles, err);
}

bool xlsx_book_open(int descriptor, struct book_list *list, struct xlsx_book **out,
                    struct error *err)
{
    struct relations relations = {"", NULL, 0};
    struct xlsx_book *book = calloc(1, sizeof *book);
    bool ok = false;

    relations.items = calloc(XLSX_RELATIONS_MAX + 1, sizeof *relations.items);
    if (book == NULL || relations.items == NULL) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        goto out;
    }
    if (!xlsx_archive_open(descriptor, &book->archive, err)) goto out;
    if (!book_parse(book, &relations, list, err)) goto out;
    *out = book;
    book = NULL;
    ok = true;
out:
    free(relations.items);
    xlsx_book_close(book);
    return ok;
}

void xlsx_book_close(struct xlsx_book *book)
{
    if (book == NULL) return;
    xlsx_archive_close(book->archive);
    shared_texts_done(&book->texts);
    free(book);
}

bool xlsx_book_read(struct xlsx_book *book, size_t sheet, struct book_reading *reading,
                    struct error *err)
{
    const struct part_source source = {book->archive, NULL, 0};
    const struct sheet_meaning meaning = {&book->texts, &book->styles, book->is_1904};

    if (!book->has_texts && book->texts_part[0] != 0) {
        shared_texts_done(&book->texts);
        if (!xlsx_parse_texts(&source, book->texts_part, &book->texts, err)) return false;
        book->has_texts = true;
    }
    return xlsx_parse_sheet(&source, book->parts[sheet], &meaning, reading, err);
}
