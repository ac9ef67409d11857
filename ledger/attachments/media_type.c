/*
 * media_type.c - what a file is, by its bytes, never by its name.
 *
 * 1. What an office scans, photographs or is sent: PDF, OFD (GB/T 33190), pictures, sheets and
 *    texts. Anything else has no type and is refused by whoever asks.
 * 2. Office files and OFD are ZIP archives; which one is told by the parts that the central
 *    directory at their end lists (APPNOTE.TXT sections 4.3.12 and 4.3.16). Nothing is unpacked.
 */
#include "ledger/attachments/media_type.h"

#include <stdbool.h>
#include <string.h>

#include "base/compiler.h"

#define ZIP_PARTS_MAX   20000 /* that are looked at */
#define ZIP_END_SIZE    22
#define ZIP_PART_SIZE   46
#define ZIP_COMMENT_MAX 65535
#define PDF_HEADER      "%PDF-"
#define PDF_HEADER_SPAN 1024 /* ISO 32000-1 annex H: readers look for it so far */

/* Bytes at a fixed place. */
static const struct {
    const char *type;
    size_t at, size;
    const char *bytes;
} marks[] = {
    {"jpeg", 0, 3, "\xff\xd8\xff"},
    {"png", 0, 8, "\x89PNG\r\n\x1a\n"},
    {"tiff", 0, 4, "II*\0"},
    {"tiff", 0, 4, "MM\0*"},
    {"webp", 8, 7, "WEBPVP8"},
    {"heic", 4, 8, "ftypheic"},
    {"heic", 4, 8, "ftypheix"},
    {"heic", 4, 8, "ftypmif1"},
    {"ole", 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
};

/* Parts that only one sort of archive has. */
static const struct {
    const char *type, *part;
} parts[] = {
    {"ofd", "OFD.xml"},
    {"xlsx", "xl/workbook.xml"},
    {"docx", "word/document.xml"},
};

static bool has_mark(const struct media_ends *ends, size_t at, const char *bytes, size_t size)
{
    return at + size <= ends->head_size && memcmp(ends->head + at, bytes, size) == 0;
}

static bool is_pdf(const struct media_ends *ends)
{
    size_t size = sizeof PDF_HEADER - 1;

    for (size_t at = 0; at + size <= ends->head_size && at < PDF_HEADER_SPAN; at++)
        if (has_mark(ends, at, PDF_HEADER, size)) return true;
    return false;
}

static uint32_t read_16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t read_32(const uint8_t *at)
{
    return read_16(at) | read_16(at + 2) << 16;
}

/* The end record of an archive, or NULL: it stands last, but for a comment. */
static const uint8_t *find_end(const struct media_ends *ends)
{
    size_t back = ZIP_END_SIZE;

    for (; back <= ends->tail_size && back <= ZIP_END_SIZE + ZIP_COMMENT_MAX; back++) {
        const uint8_t *at = ends->tail + ends->tail_size - back;

        if (memcmp(at, "PK\5\6", 4) == 0 && read_16(at + 20) == back - ZIP_END_SIZE) return at;
    }
    return NULL;
}

static const char *type_of_part(const uint8_t *name, size_t size)
{
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
        if (strlen(parts[i].part) == size && memcmp(parts[i].part, name, size) == 0)
            return parts[i].type;
    return NULL;
}

static const char *type_of_archive(const struct media_ends *ends)
{
    const uint8_t *end = find_end(ends), *at;
    uint64_t first, tail_at = ends->size - ends->tail_size;
    const char *type = NULL;

    if (end == NULL) return NULL;
    first = read_32(end + 16); /* of the directory, from the start of the file */
    if (first < tail_at || first > ends->size) return NULL;
    at = ends->tail + (first - tail_at);
    for (int i = 0; i < ZIP_PARTS_MAX && type == NULL; i++) {
        size_t name_size;

        if (end - at < ZIP_PART_SIZE || memcmp(at, "PK\1\2", 4) != 0) return NULL;
        name_size = read_16(at + 28);
        if ((size_t)(end - at) < ZIP_PART_SIZE + name_size) return NULL;
        type = type_of_part(at + ZIP_PART_SIZE, name_size);
        name_size += read_16(at + 30) + read_16(at + 32);
        if ((size_t)(end - at) < ZIP_PART_SIZE + name_size) return type;
        at += ZIP_PART_SIZE + name_size;
    }
    return type;
}

const char *media_type_find(const struct media_ends *ends)
{
    for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
        if (has_mark(ends, marks[i].at, marks[i].bytes, marks[i].size)) return marks[i].type;
    if (has_mark(ends, 0, "PK\3\4", 4)) return type_of_archive(ends);
    return is_pdf(ends) ? "pdf" : NULL;
}
