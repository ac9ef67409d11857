/*
 * memory.c - four lines of text, replaced as a whole.
 *
 *   mingzhang-verify memory 1
 *   mingzhang/611025000000+1a2b3c4d+AQ…            the log's key, whose name is the origin
 *   ledger 1200 <root in hex>
 *   publication 1180 <root in hex>
 */
#include "audit/verify/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

#define FIRST_LINE     "mingzhang-verify memory 1"
#define FILE_BYTES_MAX 4096

static const char *const place_names[] = {
    [MEMORY_LEDGER] = "ledger", [MEMORY_PUBLICATION] = "publication"};

/* ---- Reading -------------------------------------------------------------------------------- */

/* Read a whole small file; `*is_there` tells whether there is one. */
static bool read_file(const char *path, char text[FILE_BYTES_MAX], bool *is_there,
                      struct error *err)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    ssize_t got = 0;

    *is_there = descriptor >= 0;
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return true;
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    while (size < FILE_BYTES_MAX - 1 &&
           (got = read(descriptor, text + size, FILE_BYTES_MAX - 1 - size)) > 0)
        size += (size_t)got;
    close(descriptor);
    if (got < 0) return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    text[size] = '\0';
    return true;
}

/* Cut the next line off; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');

    if (end == NULL) return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static bool parse_point(const char *line, const char *name, struct memory_point *out)
{
    struct error ignored = ERROR_INIT;
    size_t name_size = strlen(name);
    char *end;

    if (line == NULL || strncmp(line, name, name_size) != 0 || line[name_size] != ' ') return false;
    line += name_size + 1;
    if (*line < '0' || *line > '9') return false;
    out->size = strtoull(line, &end, 10);
    return *end == ' ' && hash_from_hex(end + 1, &out->root, &ignored);
}

static bool parse(char *text, const char *origin, struct memory *memory)
{
    struct error ignored = ERROR_INIT;
    const char *line = next_line(&text);

    if (line == NULL || strcmp(line, FIRST_LINE) != 0) return false;
    line = next_line(&text);
    if (line == NULL || !note_vkey_parse(line, &memory->key, &ignored)) return false;
    for (int i = 0; i < MEMORY_PLACES; i++) {
        if (!parse_point(next_line(&text), place_names[i], &memory->points[i])) return false;
    }
    return strcmp(memory->key.name, origin) == 0 && *text == '\0';
}

bool memory_load(const char *directory, const char *origin, struct memory *out, struct error *err)
{
    hash_t hash = hash_sha256((const uint8_t *)origin, strlen(origin));
    char hex[HASH_HEX_SIZE], text[FILE_BYTES_MAX];
    struct memory memory;
    int size;

    memset(&memory, 0, sizeof memory);
    if (directory == NULL) {
        *out = memory;
        return true;
    }
    size = snprintf(memory.file, sizeof memory.file, "%s/%s", directory, hash_to_hex(&hash, hex));
    if (size < 0 || (size_t)size >= sizeof memory.file) {
        return error_set(err, ERROR_IO, "the path %s is too long", directory);
    }
    if (!read_file(memory.file, text, &memory.is_known, err)) return false;
    if (memory.is_known && !parse(text, origin, &memory)) {
        return error_set(err, ERROR_IO,
                         "%s, where this log is remembered, is damaged; compare its fingerprint by "
                         "other means, then remove the file",
                         memory.file);
    }
    *out = memory;
    return true;
}

/* ---- Writing -------------------------------------------------------------------------------- */

static bool make_directories(const char *directory, struct error *err)
{
    char path[MEMORY_PATH_SIZE];
    size_t size = strlen(directory);

    if (size >= sizeof path) return error_set(err, ERROR_IO, "the path %s is too long", directory);
    memcpy(path, directory, size + 1);
    for (size_t i = 1; i <= size; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        path[i] = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return error_set(err, ERROR_IO, "can't make %s: %s", path, strerror(errno));
        }
        path[i] = directory[i];
    }
    return true;
}

static bool write_all(int descriptor, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, text, size);

        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text += written;
        size -= (size_t)written;
    }
    return fsync(descriptor) == 0;
}

static bool replace_file(const char *path, const struct buffer *text, struct error *err)
{
    char temporary[MEMORY_PATH_SIZE + 16];
    int descriptor, failure;
    bool is_written;

    (void)snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    descriptor = mkstemp(temporary);
    if (descriptor < 0) {
        return error_set(err, ERROR_IO, "can't write %s: %s", temporary, strerror(errno));
    }
    is_written = write_all(descriptor, buffer_text(text), text->size);
    failure = errno;
    if (close(descriptor) != 0 && is_written) {
        is_written = false;
        failure = errno;
    }
    if (is_written) {
        if (rename(temporary, path) == 0) return true;
        failure = errno;
    }
    unlink(temporary);
    return error_set(err, ERROR_IO, "can't write %s: %s", path, strerror(failure));
}

bool memory_store(const char *directory, const struct memory *memory, struct error *err)
{
    struct buffer text = BUFFER_INIT(FILE_BYTES_MAX);
    char vkey[NOTE_VKEY_TEXT_SIZE], hex[HASH_HEX_SIZE];
    bool ok = false;

    assert(memory->file[0] != '\0');
    if (!buffer_append_format(&text, err, FIRST_LINE "\n%s\n",
                              note_vkey_format(&memory->key, vkey)))
        goto out;
    for (int i = 0; i < MEMORY_PLACES; i++) {
        const struct memory_point *point = &memory->points[i];

        if (!buffer_append_format(&text, err, "%s %llu %s\n", place_names[i],
                                  (unsigned long long)point->size, hash_to_hex(&point->root, hex)))
            goto out;
    }
    if (!make_directories(directory, err)) goto out;
    ok = replace_file(memory->file, &text, err);
out:
    buffer_done(&text);
    return ok;
}
