/*
 * xls_compound.c - header, sector tables, directory (the section numbers are those of [MS-CFB]).
 */
#include "importers/xls_compound.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"

#define HEADER_SIZE       512
#define HEADER_TABLES     109 /* sectors of the table that the header itself names (2.2) */
#define ENTRY_SIZE        128 /* of the directory (2.6.1) */
#define ENTRY_NAME_SIZE   64
#define ENTRIES_MAX       4096
#define MINI_CUTOFF       4096 /* smaller streams lie in the mini stream (2.2) */
#define MINI_SECTOR_SIZE  64
#define SECTOR_LAST_VALID 0xfffffffau /* above: free, end of chain, table (2.1) */
#define NO_ENTRY          0xffffffffu

enum entry_kind { ENTRY_STORAGE = 1, ENTRY_STREAM = 2, ENTRY_ROOT = 5 };

/* Sector numbers, each telling the next of its chain. */
struct table {
    uint32_t *next;
    size_t count;
};

struct entry {
    char name[ENTRY_NAME_SIZE / 2]; /* "" when it isn't ASCII */
    bool is_stream;
    uint32_t start;
    uint64_t size;
};

struct compound {
    const struct byte_source *source;
    uint32_t sector_size;
    size_t sector_count; /* that the file has room for */
    struct table sectors, mini_sectors;
    struct compound_stream mini; /* the root's own stream, which holds the small ones */
    struct entry entries[ENTRIES_MAX];
    size_t entry_count;
};

bool compound_fail(struct error *err, const char *what)
{
    return error_set(
        err, ERROR_INPUT,
        "the file is damaged (%s); copy it again, or open it in a spreadsheet and save "
        "it as XLSX",
        translate(what));
}

/* ---- Bytes ---------------------------------------------------------------------------------- */

static bool source_read(const struct byte_source *source, uint64_t offset, uint8_t *out,
                        size_t size, struct error *err)
{
    size_t done = 0;
    ssize_t got;

    if (offset > source->size || size > source->size - offset) {
        return compound_fail(err, N_("it breaks off"));
    }
    if (source->data != NULL) {
        if (size > 0) memcpy(out, source->data + offset, size);
        return true;
    }
    while (done < size) {
        got = pread(source->descriptor, out + done, size - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return error_set(err, ERROR_IO, "reading failed: %s", strerror(errno));
        if (got == 0) return compound_fail(err, N_("it breaks off"));
        done += (size_t)got;
    }
    return true;
}

static uint64_t sector_offset(const struct compound *compound, uint32_t sector)
{
    return ((uint64_t)sector + 1) * compound->sector_size; /* the header fills the first */
}

bool compound_stream_read(const struct compound_stream *stream, uint64_t offset, uint8_t *out,
                          size_t size, struct error *err)
{
    if (offset > stream->size || size > stream->size - offset) {
        return compound_fail(err, N_("it breaks off"));
    }
    while (size > 0) {
        size_t within = (size_t)(offset % stream->unit_size);
        size_t step = stream->unit_size - within;
        uint64_t at = stream->offsets[offset / stream->unit_size] + within;

        if (step > size) step = size;
        if (!source_read(stream->source, at, out, step, err)) return false;
        out += step;
        offset += step;
        size -= step;
    }
    return true;
}

void compound_stream_done(struct compound_stream *stream)
{
    free(stream->offsets);
    *stream = (struct compound_stream){0};
}

/* ---- Chains --------------------------------------------------------------------------------- */

/* The sectors of a chain, at most `limit`, as a new array. A chain that comes back to itself is
 * longer than the table. */
static bool chain_follow(const struct table *table, uint32_t start, size_t limit,
                         uint32_t **chain_out, size_t *count_out, struct error *err)
{
    uint32_t *chain;
    uint32_t sector = start;
    size_t count = 0;

    while (sector <= SECTOR_LAST_VALID && count < limit) {
        if (sector >= table->count || count >= table->count) {
            return compound_fail(err, N_("its table of sectors"));
        }
        sector = table->next[sector];
        count++;
    }
    chain = malloc((count > 0 ? count : 1) * sizeof *chain);
    if (chain == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    *count_out = count;
    for (sector = start, count = 0; count < *count_out; sector = table->next[sector])
        chain[count++] = sector;
    *chain_out = chain;
    return true;
}

/* The stream of `size` bytes that begins at `start`; UINT64_MAX: as long as its chain. */
static bool stream_open(const struct compound *compound, bool is_mini, uint32_t start,
                        uint64_t size, struct compound_stream *out, struct error *err)
{
    const struct table *table = is_mini ? &compound->mini_sectors : &compound->sectors;
    uint32_t unit_size = is_mini ? MINI_SECTOR_SIZE : compound->sector_size;
    uint64_t need = size == UINT64_MAX ? table->count : size / unit_size + (size % unit_size > 0);
    struct compound_stream stream = {compound->source, NULL, 0, unit_size, size};
    uint32_t *chain = NULL;
    size_t i;
    bool ok = false;

    if (need > table->count) return compound_fail(err, N_("it breaks off"));
    if (!chain_follow(table, start, (size_t)need, &chain, &stream.unit_count, err)) return false;
    if (size == UINT64_MAX)
        stream.size = (uint64_t)stream.unit_count * unit_size;
    else if (stream.unit_count < need) {
        compound_fail(err, N_("it breaks off"));
        goto out;
    }
    stream.offsets = malloc((stream.unit_count + 1) * sizeof *stream.offsets);
    if (stream.offsets == NULL) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        goto out;
    }
    for (i = 0; i < stream.unit_count; i++) {
        uint64_t at = (uint64_t)chain[i] * MINI_SECTOR_SIZE;

        if (!is_mini) {
            stream.offsets[i] = sector_offset(compound, chain[i]);
        } else if (at < compound->mini.size) {
            stream.offsets[i] =
                compound->mini.offsets[at / compound->sector_size] + at % compound->sector_size;
        } else {
            compound_fail(err, N_("its small streams"));
            goto out;
        }
    }
    *out = stream;
    stream.offsets = NULL;
    ok = true;
out:
    free(stream.offsets);
    free(chain);
    return ok;
}

/* ---- Opening -------------------------------------------------------------------------------- */

/* One sector of the table of sectors. */
static bool add_table_sector(struct compound *compound, uint32_t sector, struct error *err)
{
    struct table *table = &compound->sectors;
    uint8_t bytes[4096];
    size_t entries = compound->sector_size / 4;
    size_t i;

    if (sector > SECTOR_LAST_VALID) return true;
    /* No more entries than sectors are of use; the array has room for that many and one sector. */
    if (table->count >= compound->sector_count) return true;
    assert(compound->sector_size <= sizeof bytes);
    if (!source_read(compound->source, sector_offset(compound, sector), bytes,
                     compound->sector_size, err)) {
        return false;
    }
    for (i = 0; i < entries; i++)
        table->next[table->count++] = little32(bytes + 4 * i);
    return true;
}

/* The table's own sectors: 109 in the header, more in a chain of sectors that end in the next
 * (2.5). */
static bool read_table(struct compound *compound, const uint8_t *header, struct error *err)
{
    size_t entries = compound->sector_size / 4;
    uint32_t sector = little32(header + 68);
    uint8_t bytes[4096];
    size_t steps;
    size_t i;

    compound->sectors.next = malloc((compound->sector_count + entries) * sizeof(uint32_t));
    if (compound->sectors.next == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    for (i = 0; i < HEADER_TABLES; i++) {
        if (!add_table_sector(compound, little32(header + 76 + 4 * i), err)) return false;
    }
    for (steps = 0; sector <= SECTOR_LAST_VALID; steps++) {
        if (steps > compound->sector_count / entries) {
            return compound_fail(err, N_("its table of sectors"));
        }
        if (!source_read(compound->source, sector_offset(compound, sector), bytes,
                         compound->sector_size, err)) {
            return false;
        }
        for (i = 0; i + 1 < entries; i++) {
            if (!add_table_sector(compound, little32(bytes + 4 * i), err)) return false;
        }
        sector = little32(bytes + 4 * (entries - 1));
    }
    if (compound->sectors.count > compound->sector_count) {
        compound->sectors.count = compound->sector_count;
    }
    return true;
}

static bool read_mini_table(struct compound *compound, uint32_t start, struct error *err)
{
    struct compound_stream stream = {0};
    uint8_t bytes[4];
    uint64_t at;
    bool ok = false;

    if (!stream_open(compound, false, start, UINT64_MAX, &stream, err)) goto out;
    compound->mini_sectors.next = malloc((size_t)stream.size + 4);
    if (compound->mini_sectors.next == NULL) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        goto out;
    }
    for (at = 0; at + 4 <= stream.size; at += 4) {
        if (!compound_stream_read(&stream, at, bytes, 4, err)) goto out;
        compound->mini_sectors.next[compound->mini_sectors.count++] = little32(bytes);
    }
    ok = true;
out:
    compound_stream_done(&stream);
    return ok;
}

static void take_entry(struct compound *compound, const uint8_t *bytes)
{
    struct entry *entry = &compound->entries[compound->entry_count++];
    size_t units = little16(bytes + 64) / 2; /* NUL too */
    size_t i;

    *entry = (struct entry){.is_stream = bytes[66] == ENTRY_STREAM,
                            .start = little32(bytes + 116),
                            .size = little64(bytes + 120)};
    /* Files of small sectors may leave garbage in the upper half (2.6.1). */
    if (compound->sector_size == 512) entry->size &= UINT32_MAX;
    for (i = 0; i + 1 < units && i + 1 < sizeof entry->name; i++) {
        uint16_t unit = little16(bytes + 2 * i);

        if (unit == 0 || unit > 0x7e) {
            entry->name[0] = 0;
            return;
        }
        entry->name[i] = (char)unit;
    }
}

/* The root's children: a tree in the directory, each entry of which is seen at most once (2.6.4).
 */
static bool read_children(struct compound *compound, const struct compound_stream *directory,
                          uint32_t top, struct error *err)
{
    uint32_t open[ENTRIES_MAX + 2];
    size_t open_count = 0;
    uint8_t bytes[ENTRY_SIZE];

    open[open_count++] = top;
    while (open_count > 0) {
        uint32_t id = open[--open_count];

        if (id == NO_ENTRY) continue;
        if (compound->entry_count == ENTRIES_MAX - 1)
            return compound_fail(err, N_("its directory"));
        if (!compound_stream_read(directory, (uint64_t)id * ENTRY_SIZE, bytes, sizeof bytes, err)) {
            return false;
        }
        take_entry(compound, bytes);
        open[open_count++] = little32(bytes + 68);
        open[open_count++] = little32(bytes + 72);
    }
    return true;
}

static bool read_directory(struct compound *compound, uint32_t start, struct error *err)
{
    struct compound_stream directory = {0};
    uint8_t root[ENTRY_SIZE];
    uint64_t mini_size;
    bool ok = false;

    if (!stream_open(compound, false, start, UINT64_MAX, &directory, err)) return false;
    if (!compound_stream_read(&directory, 0, root, sizeof root, err)) goto out;
    if (root[66] != ENTRY_ROOT) {
        compound_fail(err, N_("its directory"));
        goto out;
    }
    mini_size = little64(root + 120);
    if (compound->sector_size == 512) mini_size &= UINT32_MAX;
    if (mini_size > 0 &&
        !stream_open(compound, false, little32(root + 116), mini_size, &compound->mini, err)) {
        goto out;
    }
    ok = read_children(compound, &directory, little32(root + 76), err);
out:
    compound_stream_done(&directory);
    return ok;
}

bool compound_open(const struct byte_source *source, struct compound **out, struct error *err)
{
    struct compound *compound = NULL;
    uint8_t header[HEADER_SIZE];
    uint16_t shift;

    if (!source_read(source, 0, header, sizeof header, err)) return false;
    shift = little16(header + 30);
    if (memcmp(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) != 0 || (shift != 9 && shift != 12)) {
        return compound_fail(err, N_("its header"));
    }
    compound = calloc(1, sizeof *compound);
    if (compound == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    compound->source = source;
    compound->sector_size = 1u << shift;
    compound->sector_count =
        (size_t)((source->size + compound->sector_size - 1) / compound->sector_size);
    if (!read_table(compound, header, err) ||
        !read_mini_table(compound, little32(header + 60), err) ||
        !read_directory(compound, little32(header + 48), err)) {
        compound_close(compound);
        return false;
    }
    *out = compound;
    return true;
}

void compound_close(struct compound *compound)
{
    if (compound == NULL) return;
    free(compound->sectors.next);
    free(compound->mini_sectors.next);
    compound_stream_done(&compound->mini);
    free(compound);
}

/* ---- Streams -------------------------------------------------------------------------------- */

static const struct entry *find_entry(const struct compound *compound, const char *name)
{
    size_t i;

    for (i = 0; i < compound->entry_count; i++) {
        if (strcmp(compound->entries[i].name, name) == 0) return &compound->entries[i];
    }
    return NULL;
}

bool compound_has(const struct compound *compound, const char *name)
{
    return find_entry(compound, name) != NULL;
}

bool compound_stream_open(const struct compound *compound, const char *name,
                          struct compound_stream *out, struct error *err)
{
    const struct entry *entry = find_entry(compound, name);

    if (entry == NULL || !entry->is_stream) return compound_fail(err, N_("its directory"));
    return stream_open(compound, entry->size < MINI_CUTOFF, entry->start, entry->size, out, err);
}
