/*
 * log_files.c - the log as C2SP tlog-tiles: only what is new since the published checkpoint.
 *
 * 1. A full tile or bundle never changes, so it is staged once.
 * 2. The partial ones of the new size are staged; those of the published size are taken away when
 *    they are no longer the last of their level (docs/format.md section 6).
 */
#include <assert.h>

#include "exporters/publication.h"

#define TILE_BYTES_MAX   (TILE_WIDTH * HASH_SIZE)
#define BUNDLE_BYTES_MAX (TILE_WIDTH * (ENTRY_SIZE_BYTES_MAX + 2))
#define TILE_HEIGHT      8
#define BUNDLE_LEVEL     (-1)

/* Hashes that a level has in a log of `size` entries. Bundles hold what level 0 hashes. */
static uint64_t level_count(int level, uint64_t size)
{
    int shift = level < 0 ? 0 : level * TILE_HEIGHT;

    return shift < 64 ? size >> shift : 0;
}

static bool stage_one(struct publication *publication, int level, uint64_t index, unsigned width,
                      struct buffer *bytes, struct error *err)
{
    char path[TILE_PATH_SIZE];

    buffer_reset(bytes);
    if (level < 0 ? !journal_read_bundle(publication->journal, index, width, bytes, err)
                  : !journal_read_tile(publication->journal, level, index, width, bytes, err))
        return false;
    return repository_stage(publication->repository, tile_path(level, index, width, path),
                            bytes->data, bytes->size, err);
}

static bool stage_level(struct publication *publication, int level, uint64_t size,
                        struct buffer *bytes, struct error *err)
{
    uint64_t before = level_count(level, publication->published_size);
    uint64_t now = level_count(level, size);
    unsigned before_width = (unsigned)(before % TILE_WIDTH);
    uint64_t first = before / TILE_WIDTH, last = now / TILE_WIDTH;
    char path[TILE_PATH_SIZE];

    if (now == before) return true;
    for (uint64_t index = first; index < last; index++) {
        if (!stage_one(publication, level, index, TILE_WIDTH, bytes, err)) return false;
        (void)publication_tell(publication, "log", index - first + 1, last - first);
    }
    if (now % TILE_WIDTH != 0 &&
        !stage_one(publication, level, last, (unsigned)(now % TILE_WIDTH), bytes, err))
        return false;
    return before_width == 0 || repository_remove(publication->repository,
                                                  tile_path(level, first, before_width, path), err);
}

bool log_files_stage(struct publication *publication, const struct buffer *note, uint64_t *size_out,
                     struct error *err)
{
    struct buffer bytes = BUFFER_INIT(BUNDLE_BYTES_MAX);
    struct checkpoint checkpoint;
    bool ok = false;

    static_assert(BUNDLE_BYTES_MAX >= TILE_BYTES_MAX, "one buffer serves both");
    if (!checkpoint_open(note->data, note->size, &publication->log_key, &checkpoint, err)) goto out;
    assert(checkpoint.size >= publication->published_size);
    for (int level = BUNDLE_LEVEL; level < 0 || level_count(level, checkpoint.size) > 0; level++)
        if (!stage_level(publication, level, checkpoint.size, &bytes, err)) goto out;
    if (!repository_stage(publication->repository, "checkpoint", note->data, note->size, err))
        goto out;
    *size_out = checkpoint.size;
    ok = true;
out:
    buffer_done(&bytes);
    return ok;
}
