/*
 * tiles.h - the log of a publication: C2SP tlog-tiles with entry bundles, height 8.
 */
#ifndef AUDIT_VERIFY_TILES_H
#define AUDIT_VERIFY_TILES_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/verify/clone.h"
#include "audit/verify/log.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define TILE_LEVELS_MAX 8 /* 2^64 entries */

struct tiles {
    struct clone *clone;           /* lent */
    const struct file_list *files; /* lent; used ones are marked */
    uint64_t size;                 /* entries that the checkpoint says there are */
    struct buffer bundle, tile;
    hash_t rows[TILE_LEVELS_MAX][TILE_WIDTH]; /* of the tile that is open at each level */
    unsigned widths[TILE_LEVELS_MAX];
    uint64_t indexes[TILE_LEVELS_MAX];
};

void tiles_init(struct tiles *tiles, struct clone *clone, const struct file_list *files,
                uint64_t size);
void tiles_done(struct tiles *tiles);

/** The bundles as the source of a pass. */
struct log_source tiles_log(struct tiles *tiles);
/** To be told of each block (log_pass.on_block, with the tiles as context): compares hash tiles. */
bool tiles_check_block(void *context, const struct block *block, struct error *err) MUST_CHECK;
/** After the pass: the partial tiles, and no file under tile/ that isn't one of them. */
bool tiles_finish(struct tiles *tiles, struct error *err) MUST_CHECK;

#endif
