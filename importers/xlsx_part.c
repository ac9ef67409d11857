/*
 * xlsx_part.c - libzip unpacks, libxml2 tells (SAX2), both in pieces.
 *
 * SAX and not the reader: no node is built, so that a sheet of a million rows costs one pass over
 * its bytes, and a second one for the merged ranges behind its rows is cheap.
 */
#include "importers/xlsx_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <zip.h>

/* ---- Attributes ----------------------------------------------------------------------------- */

/* As startElementNsSAX2Func gives them: five pointers each, name, prefix, URI, value, its end. */
struct xml_attributes {
    const xmlChar **fields;
    size_t count;
};

#define FIELDS_PER_ATTRIBUTE 5

const char *xml_attributes_get(const struct xml_attributes *attributes, const char *name,
                               size_t *size_out)
{
    const xmlChar **fields = attributes->fields;
    size_t i;

    for (i = 0; i < attributes->count; i++, fields += FIELDS_PER_ATTRIBUTE) {
        if (strcmp((const char *)fields[0], name) != 0) continue;
        *size_out = (size_t)(fields[4] - fields[3]);
        return (const char *)fields[3];
    }
    return NULL;
}

bool xml_attributes_copy(const struct xml_attributes *attributes, const char *name, char *out,
                         size_t size)
{
    size_t value_size = 0;
    const char *value = xml_attributes_get(attributes, name, &value_size);

    if (value == NULL || value_size >= size) return false;
    memcpy(out, value, value_size);
    out[value_size] = 0;
    return true;
}

bool xml_attributes_number(const struct xml_attributes *attributes, const char *name, uint64_t *out)
{
    size_t size = 0;
    const char *value = xml_attributes_get(attributes, name, &size);
    uint64_t number = 0;
    size_t i;

    if (value == NULL || size == 0 || size > 18) return false; /* 18 digits can't overflow */
    for (i = 0; i < size; i++) {
        if (value[i] < '0' || value[i] > '9') return false;
        number = number * 10 + (uint64_t)(value[i] - '0');
    }
    *out = number;
    return true;
}

/* ---- XML ------------------------------------------------------------------------------------ */

/* One parse; libxml2 calls back with it. */
struct parse {
    const struct xml_handler *handler;
    xmlParserCtxtPtr parser;
    const char *part;
    bool is_wide;         /* its bytes are UTF-16 */
    const xmlChar *known; /* the vocabulary's name seen last, which libxml2 keeps only once */
    bool known_is_ours;
    bool failed; /* `err` says why */
    struct error *err;

    zip_file_t *packed; /* or */
    const uint8_t *data;
    size_t size; /* left of `data` */
    uint64_t read, size_packed, size_unpacked;
    unsigned *done;
};

static bool vocabulary_is_ours(struct parse *parse, const xmlChar *uri)
{
    static const char *const ours[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    };
    size_t i;

    if (uri == parse->known && uri != NULL) return parse->known_is_ours;
    parse->known = uri;
    parse->known_is_ours = false;
    for (i = 0; uri != NULL && i < ARRAY_COUNT(ours); i++) {
        if (strcmp((const char *)uri, ours[i]) == 0) parse->known_is_ours = true;
    }
    return parse->known_is_ours;
}

static void parse_fail(struct parse *parse)
{
    parse->failed = true;
    xmlStopParser(parse->parser);
}

/*
 * A part is in UTF-8, or in UTF-16 with its mark (ECMA-376 part 2, 9.1.4), and declares what it is
 * in. Programs differ about which counts where both contradict each other.
 */
static void on_document(void *context)
{
    struct parse *parse = context;
    const xmlChar *declared = parse->parser->encoding;

    if (declared == NULL) declared = parse->parser->input->encoding;
    if (parse->failed || declared == NULL) return;
    if (strcasecmp((const char *)declared, parse->is_wide ? "UTF-16" : "UTF-8") == 0) return;
    error_set(parse->err, ERROR_INPUT,
              "the file is damaged: its part %s says that it is in %s where it must be in %s; open "
              "it in a spreadsheet and save it again as XLSX",
              parse->part, (const char *)declared, parse->is_wide ? "UTF-16" : "UTF-8");
    parse_fail(parse);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    struct parse *parse = context;
    struct xml_attributes given = {attributes, (size_t)attribute_count};

    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    if (parse->failed || parse->handler->start == NULL) return;
    if (!parse->handler->start(parse->handler->context,
                               vocabulary_is_ours(parse, uri) ? (const char *)name : "", &given,
                               parse->err)) {
        parse_fail(parse);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct parse *parse = context;

    (void)prefix;
    if (parse->failed || parse->handler->end == NULL) return;
    if (!parse->handler->end(parse->handler->context,
                             vocabulary_is_ours(parse, uri) ? (const char *)name : "",
                             parse->err)) {
        parse_fail(parse);
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct parse *parse = context;

    if (parse->failed || parse->handler->text == NULL) return;
    if (!parse->handler->text(parse->handler->context, (const char *)text, (size_t)size,
                              parse->err)) {
        parse_fail(parse);
    }
}

static void on_dtd(void *context, const xmlChar *name, const xmlChar *external_id,
                   const xmlChar *system_id)
{
    struct parse *parse = context;

    (void)name, (void)external_id, (void)system_id;
    if (parse->failed) return;
    error_set(parse->err, ERROR_INPUT,
              "the file contains a DTD, as no spreadsheet writes; don't trust it");
    parse_fail(parse);
}

/* What is wrong is asked from the parser at the end; nothing is printed. */
static void on_error(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

/* What an archive claims is held to the limits, and what comes out of it. */
static bool size_is_allowed(uint64_t unpacked, uint64_t packed, struct error *err)
{
    if (unpacked <= XLSX_PART_BYTES_MAX &&
        (unpacked <= XLSX_RATIO_BYTES_MIN || unpacked / XLSX_RATIO_MAX <= packed)) {
        return true;
    }
    return error_set(err, ERROR_LIMIT,
                     "the file unpacks to more than %d times its size or %llu MB, as no sheet "
                     "does; don't trust it",
                     XLSX_RATIO_MAX, XLSX_PART_BYTES_MAX / (1024 * 1024));
}

static int read_packed(struct parse *parse, char *out, int size)
{
    zip_int64_t got = zip_fread(parse->packed, out, (zip_uint64_t)size);

    if (got < 0) {
        error_set(
            parse->err, ERROR_INPUT,
            "the file is damaged (%s); copy it again, or open it in a spreadsheet and save it "
            "again as XLSX",
            zip_file_strerror(parse->packed));
        return -1;
    }
    parse->read += (uint64_t)got;
    return size_is_allowed(parse->read, parse->size_packed, parse->err) ? (int)got : -1;
}

static int read_bytes(struct parse *parse, char *out, int size)
{
    size_t got = (size_t)size < parse->size ? (size_t)size : parse->size;

    if (got == 0) return 0; /* of no bytes at all there is no pointer either */
    memcpy(out, parse->data, got);
    parse->data += got;
    parse->size -= got;
    parse->read += got;
    return (int)got;
}

static int on_read(void *context, char *out, int size)
{
    struct parse *parse = context;
    bool is_first = parse->read == 0;
    int count;

    if (parse->failed || size < 0) return -1;
    count = parse->packed != NULL ? read_packed(parse, out, size) : read_bytes(parse, out, size);
    parse->failed = count < 0;
    if (is_first && count >= 2) {
        parse->is_wide = out[0] == 0 || out[1] == 0 || (uint8_t)out[0] >= 0xfe;
    }
    if (parse->done != NULL && parse->size_unpacked > 0) {
        uint64_t share = parse->read * 1000 / parse->size_unpacked;
        *parse->done = share < 1000 ? (unsigned)share : 1000;
    }
    return count;
}

static bool parse_run(struct parse *parse)
{
    xmlStructuredErrorFunc shown = xmlStructuredError;
    void *shown_context = xmlStructuredErrorContext;
    xmlSAXHandler sax = {0};
    bool is_well_formed;

    sax.initialized = XML_SAX2_MAGIC;
    sax.startDocument = on_document;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.cdataBlock = on_text;
    sax.ignorableWhitespace = on_text;
    sax.internalSubset = on_dtd;
    sax.serror = on_error;
    parse->parser =
        xmlCreateIOParserCtxt(&sax, parse, on_read, NULL, parse, XML_CHAR_ENCODING_NONE);
    if (parse->parser == NULL) {
        if (parse->failed) return false;
        return error_set(parse->err, ERROR_MEMORY, "memory ran out");
    }
    /* NOENT lets "&amp;" in an attribute come as "&"; no entity can be declared without a DTD. */
    xmlCtxtUseOptions(parse->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    xmlSetStructuredErrorFunc(NULL, on_error); /* what converts encodings knows no other */
    is_well_formed = xmlParseDocument(parse->parser) == 0 && parse->parser->wellFormed == 1;
    xmlSetStructuredErrorFunc(shown_context, shown);
    if (!parse->failed && !is_well_formed) {
        const xmlError *error = xmlCtxtGetLastError(parse->parser);

        parse->failed = true;
        error_set(parse->err, ERROR_INPUT,
                  "the file is damaged: its part %s breaks off or is no XML at line %d; open it in "
                  "a spreadsheet and save it again as XLSX",
                  parse->part, error != NULL ? error->line : 0);
    }
    xmlFreeParserCtxt(parse->parser);
    return !parse->failed;
}

bool xml_bytes_parse(const uint8_t *data, size_t size, const char *part,
                     const struct xml_handler *handler, struct error *err)
{
    struct parse parse = {.handler = handler, .err = err, .part = part, .data = data, .size = size};

    return parse_run(&parse);
}

/* ---- Archives ------------------------------------------------------------------------------- */

struct xlsx_archive {
    zip_t *zip;
};

#define END_RECORD_SIZE 22 /* APPNOTE 4.3.16, without its comment */
#define END_TAIL_SIZE   (END_RECORD_SIZE + 65535)

static uint32_t little32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/*
 * libzip reads the whole table of contents into memory before it can be asked how large it is. So
 * every end record that it may take is held to the limit first; one of ZIP64 names a size beyond.
 */
static bool directory_is_small(int descriptor, struct error *err)
{
    struct stat status;
    uint8_t *tail = malloc(END_TAIL_SIZE);
    off_t start;
    ssize_t size = -1;
    ssize_t at;
    bool is_small = true;

    if (tail == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    if (fstat(descriptor, &status) == 0) {
        start = status.st_size > END_TAIL_SIZE ? status.st_size - END_TAIL_SIZE : 0;
        size = pread(descriptor, tail, END_TAIL_SIZE, start);
    }
    for (at = 0; at + END_RECORD_SIZE <= size; at++) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0) continue;
        if (little32(tail + at + 12) > XLSX_DIRECTORY_BYTES_MAX) is_small = false;
    }
    free(tail);
    if (size < 0) return error_set(err, ERROR_IO, "reading failed");
    if (is_small) return true;
    return error_set(
        err, ERROR_LIMIT,
        "the file's table of contents is larger than %u bytes, as no spreadsheet's is; "
        "don't trust it",
        XLSX_DIRECTORY_BYTES_MAX);
}

/* Programs may differ about which of two parts of one name counts: then nobody knows what a
 * reviewer saw. */
static bool archive_check(zip_t *zip, struct error *err)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    zip_int64_t i;

    if (count > XLSX_ENTRIES_MAX) {
        return error_set(err, ERROR_LIMIT, "the file has more than %d parts; split the book",
                         XLSX_ENTRIES_MAX);
    }
    for (i = 0; i < count; i++) {
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);

        if (name != NULL && zip_name_locate(zip, name, ZIP_FL_NOCASE) == i) continue;
        return error_set(err, ERROR_INPUT,
                         "the file holds two parts of one name, as no spreadsheet writes; don't "
                         "trust it");
    }
    return true;
}

bool xlsx_archive_open(int descriptor, struct xlsx_archive **out, struct error *err)
{
    struct xlsx_archive *archive = NULL;
    int copy = -1;
    int reason = 0;
    bool ok = false;

    if (!directory_is_small(descriptor, err)) return false;
    archive = calloc(1, sizeof *archive);
    copy = dup(descriptor);
    if (archive == NULL || copy < 0) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        goto out;
    }
    archive->zip = zip_fdopen(copy, 0, &reason);
    if (archive->zip == NULL) {
        error_set(err, ERROR_INPUT,
                  "the file is damaged: it breaks off or is no ZIP archive; copy it again, or open "
                  "it in a spreadsheet and save it again as XLSX");
        goto out;
    }
    copy = -1; /* libzip's now */
    if (!archive_check(archive->zip, err)) goto out;
    *out = archive;
    archive = NULL;
    ok = true;
out:
    if (copy >= 0) close(copy);
    xlsx_archive_close(archive);
    return ok;
}

void xlsx_archive_close(struct xlsx_archive *archive)
{
    if (archive == NULL) return;
    if (archive->zip != NULL) zip_discard(archive->zip);
    free(archive);
}

bool xlsx_archive_has(const struct xlsx_archive *archive, const char *part)
{
    return zip_name_locate(archive->zip, part, ZIP_FL_NOCASE) >= 0;
}

bool xlsx_part_parse(struct xlsx_archive *archive, const char *part,
                     const struct xml_handler *handler, unsigned *done, struct error *err)
{
    struct parse parse = {.handler = handler, .err = err, .part = part, .done = done};
    zip_int64_t index = zip_name_locate(archive->zip, part, ZIP_FL_NOCASE);
    zip_stat_t status;
    bool ok;

    zip_stat_init(&status);
    if (index < 0 || zip_stat_index(archive->zip, (zip_uint64_t)index, 0, &status) != 0) {
        return error_set(
            err, ERROR_INPUT,
            "the file lacks its part %s; open it in a spreadsheet and save it again as "
            "XLSX",
            part);
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) && status.encryption_method != ZIP_EM_NONE) {
        return error_set(err, ERROR_INPUT,
                         "is locked by a password; open it, remove the password, save it again");
    }
    if (!size_is_allowed(status.size, status.comp_size, err)) return false;
    parse.size_packed = status.comp_size;
    parse.size_unpacked = status.size;
    parse.packed = zip_fopen_index(archive->zip, (zip_uint64_t)index, 0);
    if (parse.packed == NULL) {
        return error_set(err, ERROR_INPUT,
                         "the file is damaged (%s); copy it again, or open it in a spreadsheet and "
                         "save it again as XLSX",
                         zip_strerror(archive->zip));
    }
    ok = parse_run(&parse);
    zip_fclose(parse.packed);
    return ok;
}
