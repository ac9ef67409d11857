/*
 * mapping.c - entries of a mapping, and the files that hold them.
 */
#include "importers/mapping.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"

#define MAPPING_PATH_SIZE      4096
#define MAPPING_BYTES_MAX      (1024u * 1024) /* of a remembered layout */
#define MAPPING_CELLS          3              /* kind, heading, column */
#define REMEMBERED_FOLDER_MODE 0700
#define REMEMBERED_FILE_MODE   0600

void mapping_done(struct mapping *mapping)
{
    free(mapping->entries);
    mapping->entries = NULL;
    mapping->count = 0;
}

static bool add_entry(struct mapping *mapping, const char *heading, size_t column,
                      struct error *err)
{
    struct mapping_entry *entry;

    if (mapping->count == MAPPING_ENTRIES_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d headings are mapped; remove some",
                         MAPPING_ENTRIES_MAX);
    }
    if (mapping->entries == NULL) {
        mapping->entries = calloc(MAPPING_ENTRIES_MAX, sizeof *mapping->entries);
        if (mapping->entries == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    entry = &mapping->entries[mapping->count];
    heading_fold(heading, entry->heading);
    if (entry->heading[0] == 0) {
        return error_set(err, ERROR_INPUT, "a mapping names no heading; write HEADING=COLUMN");
    }
    entry->column = column;
    mapping->count++;
    return true;
}

bool mapping_add(struct mapping *mapping, const char *heading, const char *column,
                 struct error *err)
{
    size_t found = COLUMNS_MAX;

    if (column[0] != 0) {
        found = column_find(mapping->set, column);
        if (found == COLUMNS_MAX) {
            return error_set(err, ERROR_INPUT,
                             "\"%s\" is no column of %s; docs/importing.md lists them, and so does "
                             "`mingzhang import %s --template`",
                             column, mapping->set->kind, mapping->set->kind);
        }
    }
    return add_entry(mapping, heading, found, err);
}

bool mapping_add_pair(struct mapping *mapping, const char *pair, struct error *err)
{
    const char *equals = strrchr(pair, '=');
    char heading[2 * HEADING_SIZE];

    if (equals == NULL || equals == pair || (size_t)(equals - pair) >= sizeof heading ||
        !text_is_utf8((const uint8_t *)pair, strlen(pair))) {
        return error_set(err, ERROR_USAGE,
                         "--map \"%.80s\" isn't HEADING=COLUMN, as in --map '资金规模=金额'", pair);
    }
    memcpy(heading, pair, (size_t)(equals - pair));
    heading[equals - pair] = 0;
    return mapping_add(mapping, heading, equals + 1, err);
}

const struct mapping_entry *mapping_find(const struct mapping *mapping, const char *folded)
{
    size_t i;

    for (i = mapping->count; i > 0; i--) {
        if (strcmp(mapping->entries[i - 1].heading, folded) == 0) return &mapping->entries[i - 1];
    }
    return NULL;
}

/* ---- Files ---------------------------------------------------------------------------------- */

struct mapping_reading {
    struct mapping *mapping;
    bool has_heading;
};

static bool take_mapping_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct mapping_reading *reading = context;
    const char *cells[MAPPING_CELLS] = {"", "", ""};
    static const char *const names[MAPPING_CELLS] = {"kind", "heading", "column"};
    bool is_every;
    size_t i;

    for (i = 0; i < row->count && i < MAPPING_CELLS; i++)
        cells[i] = row->cells[i].text;
    if (!reading->has_heading) {
        for (i = 0; i < MAPPING_CELLS; i++) {
            if (strcmp(cells[i], names[i]) == 0) continue;
            return error_set(err, ERROR_INPUT, "the headings must be kind, heading and column");
        }
        reading->has_heading = true;
        return true;
    }
    is_every = strcmp(cells[0], "*") == 0;
    if (!is_every && strcmp(cells[0], reading->mapping->set->kind) != 0) return true;
    if (is_every && column_find(reading->mapping->set, cells[2]) == COLUMNS_MAX) return true;
    if (mapping_add(reading->mapping, cells[1], cells[2], err)) return true;
    return error_at(err, "%llu", (unsigned long long)row->number);
}

bool mapping_add_file(struct mapping *mapping, const char *path, struct error *err)
{
    struct mapping_reading reading = {mapping, false};
    struct sheet_file *file = NULL;
    bool ok = sheet_file_open(path, &file, err) &&
              sheet_file_read(file, 0, take_mapping_row, &reading, err);

    if (!ok) error_at(err, "%s", path);
    sheet_file_close(file);
    return ok;
}

/* ---- What is remembered --------------------------------------------------------------------- */

bool layout_key(const struct column_set *set, const struct heading *headings, size_t count,
                char out[LAYOUT_KEY_SIZE], struct error *err)
{
    struct buffer text = BUFFER_INIT((SHEET_CELLS_MAX + 1) * HEADING_SIZE);
    char shown[HEADING_SIZE], folded[HEADING_SIZE], hex[HASH_HEX_SIZE];
    hash_t hash;
    bool ok = false;
    size_t i;

    if (!buffer_append_text(&text, set->kind, err)) goto out;
    for (i = 0; i < count; i++) {
        heading_show(&headings[i], shown);
        heading_fold(shown, folded);
        if (!buffer_append_byte(&text, '\n', err) || !buffer_append_text(&text, folded, err)) {
            goto out;
        }
    }
    hash = hash_sha256(text.data, text.size);
    hash_to_hex(&hash, hex);
    memcpy(out, hex, LAYOUT_KEY_SIZE - 1);
    out[LAYOUT_KEY_SIZE - 1] = 0;
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

static bool layout_path(const char *folder, const char *key, const char *suffix,
                        char path[MAPPING_PATH_SIZE], struct error *err)
{
    int size = snprintf(path, MAPPING_PATH_SIZE, "%s/%s%s", folder, key, suffix);

    if (size > 0 && size < MAPPING_PATH_SIZE) return true;
    return error_set(err, ERROR_LIMIT, "the path %.80s… is too long", folder);
}

bool layout_is_known(const char *folder, const char key[LAYOUT_KEY_SIZE])
{
    struct error ignored = ERROR_INIT;
    char path[MAPPING_PATH_SIZE];

    return layout_path(folder, key, ".csv", path, &ignored) && access(path, R_OK) == 0;
}

bool layout_recall(const char *folder, const char key[LAYOUT_KEY_SIZE], struct mapping *mapping,
                   struct error *err)
{
    char path[MAPPING_PATH_SIZE];

    return layout_path(folder, key, ".csv", path, err) && mapping_add_file(mapping, path, err);
}

/* A CSV cell in quotes. */
static bool append_cell(struct buffer *out, const char *text, struct error *err)
{
    if (!buffer_append_byte(out, '"', err)) return false;
    for (; *text != 0; text++) {
        if (*text == '"' && !buffer_append_byte(out, '"', err)) return false;
        if (!buffer_append_byte(out, (uint8_t)*text, err)) return false;
    }
    return buffer_append_byte(out, '"', err);
}

static bool mapping_text(const struct mapping *mapping, struct buffer *out, struct error *err)
{
    char name[HEADING_SIZE];
    size_t i;

    if (!buffer_append_text(out, "kind,heading,column\n", err)) return false;
    for (i = 0; i < mapping->count; i++) {
        const struct mapping_entry *entry = &mapping->entries[i];

        if (mapping_find(mapping, entry->heading) != entry) continue; /* a later one holds */
        name[0] = 0;
        if (entry->column < COLUMNS_MAX) {
            column_heading(&mapping->set->columns[entry->column], name);
        }
        if (!buffer_append_text(out, mapping->set->kind, err) ||
            !buffer_append_byte(out, ',', err) || !append_cell(out, entry->heading, err) ||
            !buffer_append_byte(out, ',', err) || !append_cell(out, name, err) ||
            !buffer_append_byte(out, '\n', err)) {
            return false;
        }
    }
    return true;
}

static bool write_file(const char *path, const struct buffer *text, struct error *err)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, REMEMBERED_FILE_MODE);
    size_t done = 0;

    while (descriptor >= 0 && done < text->size) {
        ssize_t put = write(descriptor, text->data + done, text->size - done);

        if (put <= 0) break;
        done += (size_t)put;
    }
    if (descriptor >= 0 && close(descriptor) == 0 && done == text->size) return true;
    return error_set(err, ERROR_IO, "%s can't be written: %s", path, strerror(errno));
}

bool layout_remember(const char *folder, const char key[LAYOUT_KEY_SIZE],
                     const struct mapping *mapping, struct error *err)
{
    struct buffer text = BUFFER_INIT(MAPPING_BYTES_MAX);
    char path[MAPPING_PATH_SIZE], draft[MAPPING_PATH_SIZE];
    bool ok = false;

    assert(mapping->count > 0);
    if (!layout_path(folder, key, ".csv", path, err) ||
        !layout_path(folder, key, ".new", draft, err) || !mapping_text(mapping, &text, err)) {
        goto out;
    }
    if (mkdir(folder, REMEMBERED_FOLDER_MODE) != 0 && errno != EEXIST) {
        error_set(err, ERROR_IO, "%s can't be made: %s", folder, strerror(errno));
        goto out;
    }
    if (!write_file(draft, &text, err)) goto out;
    if (rename(draft, path) != 0) {
        error_set(err, ERROR_IO, "%s can't be written: %s", path, strerror(errno));
        goto out;
    }
    ok = true;
out:
    buffer_done(&text);
    return ok;
}
