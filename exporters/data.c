/*
 * data.c - rows out of documents: CSV by RFC 4180, UTF-8, CRLF, a heading first.
 *
 * Where a row or a cell stands in a document is a path of data_tables.c:
 *
 *     rows    names of elements from the root down, `*` for any; "" is the root itself. An element
 *             may ask for its attribute `what`: withheld/item=line
 *     cells   from the row's element, or with a leading slash from the root: `..` the element
 * around it, `name` the first child so called; last `@name` an attribute, `.` its text, `<>` the
 *             element's own name. Bars part paths, of which the first that is there counts. With
 *             `name:` before it a path is for rows of that element alone.
 *     #document, #digest    the document's file name and its DigestValue
 *     #withheld             why the row's project doesn't tell what it was paid
 *
 * A cell is quoted when it holds a comma, a quote, a line break or a space at its ends. Text stands
 * as the document has it: a program that takes a cell beginning with `=` for a formula has to be
 * told not to, since changing the cell would falsify it.
 */
#include "exporters/data.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/money.h"
#include "exporters/array.h"
#include "exporters/document.h"

#define STEP_SIZE     64
#define ROW_BYTES_MAX (1024u * 1024)
#define LINE_END      "\r\n"

struct data {
    struct buffer tables[DATA_TABLES_MAX];
    char **rows[DATA_TABLES_MAX]; /* of registers; owned */
    size_t row_counts[DATA_TABLES_MAX];
};

/* The document at hand. */
struct reading {
    struct data *data;
    size_t table;
    xmlNodePtr root;
    const char *name; /* of its file */
    char digest[DIGEST_TEXT_SIZE];
    struct buffer cell, row;
};

/* ---- Paths -------------------------------------------------------------------------------------
 */

static bool is_named(const xmlNode *node, const char *name, size_t size)
{
    const char *own = (const char *)node->name;

    return node->type == XML_ELEMENT_NODE &&
           ((size == 1 && *name == '*') || (strncmp(own, name, size) == 0 && own[size] == '\0'));
}

static xmlNodePtr find_child(xmlNodePtr node, const char *name, size_t size)
{
    for (xmlNodePtr child = node->children; child != NULL; child = child->next)
        if (is_named(child, name, size)) return child;
    return NULL;
}

/* Append what a libxml2 string says, and free it; *found is left when there is none. */
static bool take_text(xmlChar *text, struct buffer *out, bool *found, struct error *err)
{
    bool ok = true;

    if (text == NULL) return true;
    *found = true;
    ok = buffer_append_text(out, (const char *)text, err);
    xmlFree(text);
    return ok;
}

/* The end of a path: an attribute, the text or the name of an element. */
static bool read_end(xmlNodePtr node, const char *end, size_t size, struct buffer *out, bool *found,
                     struct error *err)
{
    char name[STEP_SIZE];

    if (size == 1 && *end == '.') return take_text(xmlNodeGetContent(node), out, found, err);
    if (*end == '<') {
        *found = true;
        return buffer_append_text(
            out, is_named(node, "item", 4) ? "withheld" : (const char *)node->name, err);
    }
    assert(*end == '@' && size < sizeof name);
    memcpy(name, end + 1, size - 1);
    name[size - 1] = '\0';
    return take_text(xmlGetNoNsProp(node, (const xmlChar *)name), out, found, err);
}

/* One path from an element; *found tells whether there is anything. */
static bool read_path(const struct reading *at, xmlNodePtr node, const char *path, size_t size,
                      struct buffer *out, bool *found, struct error *err)
{
    const char *end = path + size;
    size_t asked = strcspn(path, ":/|");

    if (path[asked] == ':') {
        if (!is_named(node, path, asked)) return true;
        path += asked + 1;
    }
    if (*path == '/') {
        node = at->root;
        path++;
    }
    while (node != NULL && path < end) {
        size_t step = strcspn(path, "/|");

        if (path + step == end) return read_end(node, path, step, out, found, err);
        node = step == 2 && path[0] == '.' ? node->parent : find_child(node, path, step);
        if (node == (xmlNodePtr)at->root->doc) node = NULL;
        path += step + 1;
    }
    return true;
}

/* ---- Cells -------------------------------------------------------------------------------------
 */

/* Why nothing is told of what a project was paid, if so. */
static bool read_reason(const struct reading *at, xmlNodePtr project, struct buffer *out,
                        struct error *err)
{
    xmlNodePtr withheld = find_child(at->root, "withheld", 8);
    xmlChar *code = xmlGetNoNsProp(project, (const xmlChar *)"code");
    bool found = false;
    bool ok = true;

    for (xmlNodePtr item = withheld != NULL ? withheld->children : NULL; item != NULL && !found;
         item = item->next) {
        xmlChar *own =
            is_named(item, "item", 4) ? xmlGetNoNsProp(item, (const xmlChar *)"project") : NULL;

        if (own != NULL && xmlStrEqual(own, code))
            ok = read_end(item, "@reason", 7, out, &found, err);
        xmlFree(own);
        if (!ok) break;
    }
    xmlFree(code);
    return ok;
}

/* What stands in the cell, in at->cell. */
static bool read_cell(struct reading *at, xmlNodePtr row, const char *from, struct error *err)
{
    bool found = false;

    buffer_reset(&at->cell);
    if (strcmp(from, "#document") == 0) return buffer_append_text(&at->cell, at->name, err);
    if (strcmp(from, "#digest") == 0) return buffer_append_text(&at->cell, at->digest, err);
    if (strcmp(from, "#withheld") == 0) return read_reason(at, row, &at->cell, err);
    while (!found && *from != '\0') {
        size_t size = strcspn(from, "|");

        if (!read_path(at, row, from, size, &at->cell, &found, err)) return false;
        from += from[size] == '|' ? size + 1 : size;
    }
    return true;
}

/* Fen to yuan, without thousands marks. */
static bool put_yuan(struct reading *at, const char *fen, struct error *err)
{
    char text[MONEY_TEXT_SIZE], *end;
    money_t amount;
    long long value;

    if (*fen == '\0') return true;
    errno = 0;
    value = strtoll(fen, &end, 10);
    if (*end != '\0' || errno != 0)
        return error_set(err, ERROR_VERIFY, "%s has an amount \"%s\"", at->name, fen);
    return money_from_fen(value, &amount, err) &&
           buffer_append_text(&at->row, money_format(amount, text), err);
}

static bool put_text(struct reading *at, const char *text, struct error *err)
{
    size_t size = strlen(text);

    if (size == 0 || (strpbrk(text, ",\"\r\n") == NULL && text[0] != ' ' && text[size - 1] != ' '))
        return buffer_append_text(&at->row, text, err);
    if (!buffer_append_byte(&at->row, '"', err)) return false;
    for (; *text != '\0'; text++)
        if ((*text == '"' && !buffer_append_byte(&at->row, '"', err)) ||
            !buffer_append_byte(&at->row, (uint8_t)*text, err))
            return false;
    return buffer_append_byte(&at->row, '"', err);
}

/* ---- Rows --------------------------------------------------------------------------------------
 */

static bool keep_row(struct reading *at, struct error *err)
{
    struct data *data = at->data;
    size_t *count = &data->row_counts[at->table];
    void *array = data->rows[at->table];
    char *copy;

    if (!array_grow(&array, *count, sizeof *data->rows[0], DATA_REGISTER_ROWS_MAX, "rows", err))
        return false;
    data->rows[at->table] = array;
    copy = malloc(at->row.size + 1);
    if (copy == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    memcpy(copy, buffer_text(&at->row), at->row.size + 1);
    data->rows[at->table][(*count)++] = copy;
    return true;
}

static bool add_row(struct reading *at, xmlNodePtr row, struct error *err)
{
    const struct data_table *table = data_tables[at->table];

    buffer_reset(&at->row);
    for (size_t i = 0; i < table->field_count; i++) {
        const struct data_field *field = &table->fields[i];

        if (i > 0 && !buffer_append_byte(&at->row, ',', err)) return false;
        if (!read_cell(at, row, field->from, err)) return false;
        if (!(field->type == DATA_YUAN ? put_yuan(at, buffer_text(&at->cell), err)
                                       : put_text(at, buffer_text(&at->cell), err)))
            return false;
    }
    if (!buffer_append_text(&at->row, LINE_END, err)) return false;
    if (table->is_register) return keep_row(at, err);
    return buffer_append(&at->data->tables[at->table], at->row.data, at->row.size, err);
}

static bool is_skipped(const struct data_table *table, const xmlNode *node)
{
    char name[STEP_SIZE];

    if (table->skip == NULL) return false;
    (void)snprintf(name, sizeof name, "|%.60s|", (const char *)node->name);
    return strstr(table->skip, name) != NULL;
}

/* Does the element say `what` the path asks for? */
static bool is_asked_for(xmlNodePtr node, const char *what)
{
    xmlChar *own = xmlGetNoNsProp(node, (const xmlChar *)"what");
    bool same = own != NULL && strcmp((const char *)own, what) == 0;

    xmlFree(own);
    return same;
}

/* The rows that a path leads to from an element; as deep as the path is long. */
static bool add_rows(struct reading *at, xmlNodePtr node, const char *path, struct error *err)
{
    size_t step = strcspn(path, "/=");

    if (*path == '\0') return is_skipped(data_tables[at->table], node) || add_row(at, node, err);
    for (xmlNodePtr child = node->children; child != NULL; child = child->next) {
        const char *rest = path + step;

        if (!is_named(child, path, step)) continue;
        if (*rest == '=') {
            if (!is_asked_for(child, rest + 1)) continue;
            rest = "";
        } else if (*rest == '/') {
            rest++;
        }
        if (!add_rows(at, child, rest, err)) return false;
    }
    return true;
}

static bool put_heading(struct buffer *out, const struct data_table *table, struct error *err)
{
    for (size_t i = 0; i < table->field_count; i++)
        if ((i > 0 && !buffer_append_byte(out, ',', err)) ||
            !buffer_append_text(out, table->fields[i].name, err))
            return false;
    return buffer_append_text(out, LINE_END, err);
}

/* ---- The tables --------------------------------------------------------------------------------
 */

struct data *data_new(struct error *err)
{
    struct data *data = calloc(1, sizeof *data);

    if (data == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < data_table_count; i++) {
        data->tables[i] = (struct buffer)BUFFER_INIT(DATA_TABLE_BYTES_MAX);
        if (!put_heading(&data->tables[i], data_tables[i], err)) {
            data_free(data);
            return NULL;
        }
    }
    return data;
}

void data_free(struct data *data)
{
    if (data == NULL) return;
    for (size_t i = 0; i < data_table_count; i++) {
        for (size_t j = 0; j < data->row_counts[i]; j++)
            free(data->rows[i][j]);
        free(data->rows[i]);
        buffer_done(&data->tables[i]);
    }
    free(data);
}

bool data_add(struct data *data, const struct buffer *xml, const char *path, const hash_t *digest,
              struct error *err)
{
    struct reading at = {
        .data = data, .cell = BUFFER_INIT(ROW_BYTES_MAX), .row = BUFFER_INIT(2 * ROW_BYTES_MAX)};
    const char *slash = strrchr(path, '/');
    xmlDocPtr document = NULL;
    bool ok = false;

    at.name = slash != NULL ? slash + 1 : path;
    (void)digest_format(digest, at.digest);
    if (!document_parse(xml->data, xml->size, path, &document, err)) goto out;
    at.root = xmlDocGetRootElement(document);
    for (at.table = 0; at.table < data_table_count; at.table++)
        for (size_t i = 0; i < DATA_ROW_PATHS_MAX; i++)
            if (data_tables[at.table]->rows[i] != NULL &&
                !add_rows(&at, at.root, data_tables[at.table]->rows[i], err))
                goto out;
    ok = true;
out:
    buffer_done(&at.row);
    buffer_done(&at.cell);
    xmlFreeDoc(document);
    return ok;
}

static int order_rows(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

bool data_finish(struct data *data, struct error *err)
{
    for (size_t i = 0; i < data_table_count; i++) {
        char **rows = data->rows[i];

        if (data->row_counts[i] > 0) qsort(rows, data->row_counts[i], sizeof *rows, order_rows);
        for (size_t j = 0; j < data->row_counts[i]; j++)
            if ((j == 0 || strcmp(rows[j - 1], rows[j]) != 0) &&
                !buffer_append_text(&data->tables[i], rows[j], err))
                return false;
    }
    return true;
}

const struct buffer *data_bytes(const struct data *data, size_t table)
{
    assert(table < data_table_count);
    return &data->tables[table];
}
