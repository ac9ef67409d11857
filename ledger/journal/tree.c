/*
 * tree.c - the Merkle tree of all entries, kept in tiles, and the reading back before a commit.
 *
 * 1. A tile of level t holds up to 256 hashes of nodes at tree level 8t (C2SP tlog-tiles). Level 0
 *    is stored when it is full, its tail being in `entry`; a tile above grows by one hash whenever
 *    a tile below it is full. So an append writes no tile but every 256th time.
 * 2. A node at tree level 8t + r is folded from 2^r neighbouring hashes of one tile.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/encode.h"
#include "ledger/journal/internal.h"

#define TILE_HEIGHT     8
#define TILE_SIZE_BYTES ((size_t)TILE_WIDTH * HASH_SIZE)

static_assert(1 << TILE_HEIGHT == TILE_WIDTH, "a tile is a full subtree");
static_assert(TILE_LEVELS * TILE_HEIGHT == TREE_LEVELS_MAX, "tiles cover every level");

/* ---- Reading nodes --------------------------------------------------------------------------- */

static bool tell_missing(int level, uint64_t tile, struct error *err)
{
    return error_set(err, ERROR_STORE,
                     "the tree's tile %d/%" PRIu64 " is missing or short; the ledger's tables were "
                     "changed: replay it",
                     level, tile);
}

/* `count` hashes from `first` on of a stored tile. */
static bool read_stored(struct journal *journal, unsigned level, uint64_t first, size_t count,
                        hash_t *out, struct error *err)
{
    struct statement *select;
    const uint8_t *data;
    size_t size = 0, at = (size_t)(first % TILE_WIDTH) * HASH_SIZE;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT hashes FROM tile WHERE level = $1 AND tile_index = $2", &select,
                         err))
        return false;
    statement_bind_integer(select, 1, level);
    statement_bind_integer(select, 2, (int64_t)(first / TILE_WIDTH));
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) {
        data = statement_blob(select, 0, &size);
        if (size >= at + count * HASH_SIZE) memcpy(out, data + at, count * HASH_SIZE);
        statement_reset(select);
    }
    if (size < at + count * HASH_SIZE) return tell_missing((int)level, first / TILE_WIDTH, err);
    return true;
}

/* `count` leaf hashes from `first` on, out of the entries themselves. */
static bool read_leaves(struct journal *journal, uint64_t first, size_t count, hash_t *out,
                        struct error *err)
{
    struct statement *select;
    bool has_row;
    size_t done = 0;

    if (!store_statement(journal->store,
                         "SELECT hash FROM entry WHERE seq >= $1 AND seq < $2 ORDER BY seq",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)first);
    statement_bind_integer(select, 2, (int64_t)(first + count));
    for (;;) {
        const uint8_t *data;
        size_t size;

        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) break;
        data = statement_blob(select, 0, &size);
        if (size != HASH_SIZE || done == count) {
            statement_reset(select);
            return tell_missing(0, first / TILE_WIDTH, err);
        }
        memcpy(out[done++].bytes, data, HASH_SIZE);
    }
    if (done != count) return tell_missing(0, first / TILE_WIDTH, err);
    return true;
}

static bool read_hashes(struct journal *journal, unsigned level, uint64_t first, size_t count,
                        hash_t *out, struct error *err)
{
    bool is_full = (first / TILE_WIDTH + 1) * TILE_WIDTH <= journal->head.size;

    assert(first % TILE_WIDTH + count <= TILE_WIDTH);
    if (level == 0 && !is_full) return read_leaves(journal, first, count, out, err);
    return read_stored(journal, level, first, count, out, err);
}

static bool read_node(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err)
{
    struct journal *journal = context;
    unsigned height = level % TILE_HEIGHT;
    hash_t hashes[TILE_WIDTH / 2];
    size_t count = (size_t)1 << height;

    static_assert((1 << (TILE_HEIGHT - 1)) == TILE_WIDTH / 2, "at most half a tile is folded");
    if (!read_hashes(journal, level / TILE_HEIGHT, index << height, count, hashes, err))
        return false;
    for (; count > 1; count /= 2)
        for (size_t i = 0; i < count / 2; i++)
            hashes[i] = hash_node(&hashes[2 * i], &hashes[2 * i + 1]);
    *out = hashes[0];
    return true;
}

static bool require_size(const struct journal *journal, uint64_t size, struct error *err)
{
    if (size <= journal->head.size) return true;
    return error_set(err, ERROR_NOT_FOUND,
                     "the ledger has %" PRIu64 " entries; there is no tree of %" PRIu64,
                     journal->head.size, size);
}

bool journal_root(struct journal *journal, uint64_t size, hash_t *out, struct error *err)
{
    struct tree_reader reader = {read_node, journal};
    struct tree_frontier frontier;

    if (!require_size(journal, size, err)) return false;
    if (!tree_frontier_load(&frontier, size, &reader, err)) return false;
    *out = tree_frontier_root(&frontier);
    return true;
}

bool journal_prove_inclusion(struct journal *journal, uint64_t seq, uint64_t size,
                             struct tree_proof *out, struct error *err)
{
    struct tree_reader reader = {read_node, journal};

    if (!require_size(journal, size, err)) return false;
    if (seq >= size)
        return error_set(err, ERROR_NOT_FOUND,
                         "entry %" PRIu64 " is not among the first %" PRIu64 " entries", seq, size);
    return tree_prove_inclusion(seq, size, &reader, out, err);
}

bool journal_prove_consistency(struct journal *journal, uint64_t old_size, uint64_t size,
                               struct tree_proof *out, struct error *err)
{
    struct tree_reader reader = {read_node, journal};

    if (!require_size(journal, size, err)) return false;
    if (old_size == 0 || old_size > size)
        return error_set(err, ERROR_NOT_FOUND,
                         "a tree of %" PRIu64 " entries doesn't extend one of %" PRIu64, size,
                         old_size);
    return tree_prove_consistency(old_size, size, &reader, out, err);
}

bool journal_read_tile(struct journal *journal, int level, uint64_t index, unsigned width,
                       struct buffer *out, struct error *err)
{
    hash_t hashes[TILE_WIDTH];
    uint64_t count;

    assert(level >= 0 && level < TILE_LEVELS && width > 0 && width <= TILE_WIDTH);
    count = journal->head.size >> (TILE_HEIGHT * level);
    if (index > count / TILE_WIDTH || index * TILE_WIDTH + width > count)
        return error_set(err, ERROR_NOT_FOUND, "the ledger has no tile %d/%" PRIu64 " of %u hashes",
                         level, index, width);
    if (!read_hashes(journal, (unsigned)level, index * TILE_WIDTH, width, hashes, err))
        return false;
    return buffer_append(out, hashes[0].bytes, (size_t)width * HASH_SIZE, err);
}

/* ---- Growing --------------------------------------------------------------------------------- */

bool journal_tree_load(struct journal *journal, struct error *err)
{
    struct journal_tree *tree = &journal->tree;
    struct tree_reader reader = {read_node, journal};

    if (tree->is_loaded) return true;
    if (!tree_frontier_load(&tree->frontier, journal->head.size, &reader, err)) return false;
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        uint64_t count = journal->head.size >> (TILE_HEIGHT * level);
        size_t width = (size_t)(count % TILE_WIDTH);

        if (width > 0 &&
            !read_hashes(journal, level, count - width, width, tree->tiles[level], err))
            return false;
    }
    tree->is_loaded = true;
    return true;
}

static bool write_tile(struct journal *journal, unsigned level, uint64_t position,
                       struct error *err)
{
    struct statement *insert;
    size_t width = (size_t)(position % TILE_WIDTH) + 1;

    if (!store_statement(journal->store,
                         "INSERT INTO tile (level, tile_index, hashes) VALUES ($1, $2, $3) "
                         "ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, level);
    statement_bind_integer(insert, 2, (int64_t)(position / TILE_WIDTH));
    statement_bind_blob(insert, 3, journal->tree.tiles[level][0].bytes, width * HASH_SIZE);
    return statement_run(insert, err);
}

bool journal_tree_add(struct journal *journal, const hash_t *leaf, struct error *err)
{
    struct journal_tree *tree = &journal->tree;
    uint64_t index = tree->frontier.size;
    hash_t node = *leaf;

    assert(tree->is_loaded);
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        uint64_t position = index >> (TILE_HEIGHT * level);
        bool is_full = position % TILE_WIDTH == TILE_WIDTH - 1;

        tree->tiles[level][position % TILE_WIDTH] = node;
        if ((level > 0 || is_full) && !write_tile(journal, level, position, err)) return false;
        if (!is_full) break;
        /* Full: every bit of this level's part of the index is set, so are the frontier's roots. */
        for (unsigned i = 0; i < TILE_HEIGHT; i++)
            node = hash_node(&tree->frontier.roots[TILE_HEIGHT * level + i], &node);
    }
    tree_frontier_add(&tree->frontier, leaf);
    return true;
}

/* ---- Reading back ---------------------------------------------------------------------------- */

/* What the entries of this transaction give when they are read again. */
struct read_back {
    uint64_t next_seq;
    struct tree_frontier frontier;
    hash_t tile[TILE_WIDTH];
};

static bool check_tile(struct journal *journal, const struct read_back *back, struct error *err)
{
    hash_t stored[TILE_WIDTH];
    uint64_t first = back->next_seq - TILE_WIDTH;

    /* A tile begun before this transaction is covered by the root. */
    if (first < journal->begin_head.size) return true;
    if (!read_stored(journal, 0, first, TILE_WIDTH, stored, err)) return false;
    if (memcmp(stored, back->tile, TILE_SIZE_BYTES) == 0) return true;
    return error_set(err, ERROR_STORE,
                     "the tile of entries %" PRIu64 " to %" PRIu64 " was not stored as it was "
                     "written; check the disk and memory of this machine",
                     first, back->next_seq - 1);
}

static bool check_row(struct journal *journal, const struct statement *row, struct read_back *back,
                      struct error *err)
{
    size_t bytes_size, hash_size;
    const uint8_t *stored = statement_blob(row, 1, &hash_size);
    const uint8_t *bytes = statement_blob(row, 2, &bytes_size);
    hash_t hash = hash_leaf(bytes, bytes_size);

    if (statement_integer(row, 0) != (int64_t)back->next_seq || hash_size != HASH_SIZE ||
        memcmp(stored, hash.bytes, HASH_SIZE) != 0)
        return error_set(err, ERROR_STORE,
                         "entry %" PRIu64 " was not stored as it was written; check the disk and "
                         "memory of this machine",
                         back->next_seq);
    back->tile[back->next_seq % TILE_WIDTH] = hash;
    tree_frontier_add(&back->frontier, &hash);
    back->next_seq++;
    return back->next_seq % TILE_WIDTH != 0 || check_tile(journal, back, err);
}

static bool check_rows(struct journal *journal, struct read_back *back, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT seq, hash, bytes FROM entry WHERE seq >= $1 ORDER BY seq", &select,
                         err))
        return false;
    statement_bind_integer(select, 1, (int64_t)back->next_seq);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!check_row(journal, select, back, err)) {
            statement_reset(select);
            return false;
        }
    }
}

/* Has this transaction written a tile? */
static bool has_new_tile(const struct journal *journal)
{
    return journal->begin_head.size / TILE_WIDTH != journal->head.size / TILE_WIDTH;
}

bool journal_read_back(struct journal *journal, struct error *err)
{
    struct read_back back = {.next_seq = journal->begin_head.size,
                             .frontier = journal->begin_frontier};
    hash_t read, built, stored;

    if (!check_rows(journal, &back, err)) return false;
    read = stored = tree_frontier_root(&back.frontier);
    built = tree_frontier_root(&journal->tree.frontier);
    if (has_new_tile(journal) && !journal_root(journal, journal->head.size, &stored, err))
        return false;
    if (back.next_seq == journal->head.size && hash_equal(&read, &built) &&
        hash_equal(&read, &stored))
        return true;
    return error_set(err, ERROR_STORE,
                     "the entries read back before the commit don't give the tree that was built; "
                     "nothing was kept: check the disk and memory of this machine");
}
