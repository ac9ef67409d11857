/*
 * tiles.c - nothing in a tile is believed: each is made again from the entries and compared.
 */
#include "audit/verify/tiles.h"

#include <assert.h>
#include <string.h>

#include "base/tree.h"

#define BUNDLE_BYTES_MAX ((size_t)BLOCK_ENTRIES * (ENTRY_SIZE_BYTES_MAX + 2))
#define TILE_BYTES       (TILE_WIDTH * HASH_SIZE)

void tiles_init(struct tiles *tiles, struct clone *clone, const struct file_list *files,
                uint64_t size)
{
    memset(tiles, 0, sizeof *tiles);
    tiles->clone = clone;
    tiles->files = files;
    tiles->size = size;
    tiles->bundle = (struct buffer)BUFFER_INIT(BUNDLE_BYTES_MAX);
    tiles->tile = (struct buffer)BUFFER_INIT(TILE_BYTES);
}

void tiles_done(struct tiles *tiles)
{
    buffer_done(&tiles->bundle);
    buffer_done(&tiles->tile);
}

/* Read a tile (level < 0: a bundle) that must be there. */
static bool read_tile(struct tiles *tiles, int level, uint64_t index, unsigned width,
                      struct buffer *out, struct error *err)
{
    char path[TILE_PATH_SIZE];
    struct clone_file *file = file_list_find(tiles->files, tile_path(level, index, width, path));

    if (file == NULL) {
        return error_set(err, ERROR_VERIFY, "%s is missing, which a log of %llu entries has", path,
                         (unsigned long long)tiles->size);
    }
    file->is_used = true;
    return clone_read(tiles->clone, file, out, err);
}

/* ---- Bundles -------------------------------------------------------------------------------- */

/* Read the next bundle into an empty block. */
static bool read_block(void *context, struct block *block, struct error *err)
{
    struct tiles *tiles = context;
    uint64_t left = tiles->size - block->first;
    unsigned width = left < TILE_WIDTH ? (unsigned)left : TILE_WIDTH;
    char path[TILE_PATH_SIZE];
    size_t at = 0;

    if (width == 0) return true;
    (void)tile_path(-1, block->first / TILE_WIDTH, width, path);
    if (!read_tile(tiles, -1, block->first / TILE_WIDTH, width, &tiles->bundle, err)) return false;
    for (unsigned i = 0; i < width; i++) {
        const uint8_t *data = tiles->bundle.data + at;
        size_t size;

        if (tiles->bundle.size - at < 2) {
            return error_set(err, ERROR_VERIFY, "%s ends before its entry %u of %u", path, i,
                             width);
        }
        size = (size_t)data[0] << 8 | data[1];
        if (tiles->bundle.size - at - 2 < size) {
            return error_set(err, ERROR_VERIFY, "%s ends within its entry %u of %u", path, i,
                             width);
        }
        if (!block_add_entry(block, data + 2, size, err)) return error_at(err, "%s", path);
        at += 2 + size;
    }
    if (at != tiles->bundle.size) {
        return error_set(err, ERROR_VERIFY, "%s goes on after its %u entries", path, width);
    }
    return true;
}

struct log_source tiles_log(struct tiles *tiles)
{
    return (struct log_source){read_block, tiles, tiles->size};
}

/* ---- Hash tiles ----------------------------------------------------------------------------- */

static bool compare_tile(struct tiles *tiles, int level, uint64_t index, unsigned width,
                         const hash_t *hashes, struct error *err)
{
    char path[TILE_PATH_SIZE];

    if (!read_tile(tiles, level, index, width, &tiles->tile, err)) return false;
    if (tiles->tile.size == (size_t)width * HASH_SIZE &&
        memcmp(tiles->tile.data, hashes, tiles->tile.size) == 0)
        return true;
    return error_set(err, ERROR_VERIFY, "%s is not what the entries under it give",
                     tile_path(level, index, width, path));
}

/* Add a hash to the open tile of a level; a full tile gives one to the level above. */
static bool push(struct tiles *tiles, unsigned level, hash_t hash, struct error *err)
{
    for (; level < TILE_LEVELS_MAX; level++) {
        tiles->rows[level][tiles->widths[level]++] = hash;
        if (tiles->widths[level] < TILE_WIDTH) return true;
        if (!compare_tile(tiles, (int)level, tiles->indexes[level], TILE_WIDTH, tiles->rows[level],
                          err))
            return false;
        hash = block_root(tiles->rows[level]);
        tiles->widths[level] = 0;
        tiles->indexes[level]++;
    }
    return true;
}

bool tiles_check_block(void *context, const struct block *block, struct error *err)
{
    struct tiles *tiles = context;
    uint64_t index = block->first / TILE_WIDTH;

    if (block->count == 0) return true;
    if (!compare_tile(tiles, 0, index, block->count, block->leaves, err)) return false;
    return block->count < BLOCK_ENTRIES || push(tiles, 1, block->root, err);
}

bool tiles_finish(struct tiles *tiles, struct error *err)
{
    for (unsigned level = 1; level < TILE_LEVELS_MAX; level++) {
        if (tiles->widths[level] == 0) continue;
        if (!compare_tile(tiles, (int)level, tiles->indexes[level], tiles->widths[level],
                          tiles->rows[level], err))
            return false;
    }
    for (size_t i = 0; i < tiles->files->count; i++) {
        const struct clone_file *file = &tiles->files->files[i];

        if (strncmp(file->path, "tile/", 5) != 0 || file->is_used) continue;
        return error_set(err, ERROR_VERIFY, "%s is no tile of a log of %llu entries", file->path,
                         (unsigned long long)tiles->size);
    }
    return true;
}
