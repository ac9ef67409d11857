/*
 * tree.h - the Merkle tree of RFC 6962 section 2.1: roots, inclusion and consistency proofs.
 *
 * A node is named by (level, index): level 0 are leaf hashes, node (l, i) covers leaves
 * i·2^l … (i+1)·2^l − 1, all of them present.
 */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define TREE_LEVELS_MAX 64

/** A tree grown leaf by leaf, kept as the roots of its full subtrees: O(log n) memory. */
struct tree_frontier {
    uint64_t size;                 /* leaves so far */
    hash_t roots[TREE_LEVELS_MAX]; /* roots[l] is valid when bit l of size is set */
};

/* Formatted, each brace would stand on a line of its own. */
// clang-format off
#define TREE_FRONTIER_INIT {0, {{{0}}}}
// clang-format on

/** Add a leaf hash, as hash_leaf() makes it, at the right. */
void tree_frontier_add(struct tree_frontier *frontier, const hash_t *leaf);
/** The tree's root; SHA-256 of nothing when empty. */
hash_t tree_frontier_root(const struct tree_frontier *frontier);

/** Gives the hash of a full node. */
struct tree_reader {
    bool (*read)(void *context, unsigned level, uint64_t index, hash_t *out, struct error *err);
    void *context; /* lent */
};

/** Set a frontier to the tree of the first `size` leaves, reading O(log n) nodes. */
bool tree_frontier_load(struct tree_frontier *frontier, uint64_t size,
                        const struct tree_reader *reader, struct error *err) MUST_CHECK;

struct tree_proof {
    size_t count;
    hash_t hashes[TREE_LEVELS_MAX * 2];
};

/**
 * PATH(index, D[size]), RFC 6962 section 2.1.1: the siblings from the leaf up. index < size.
 *
 * @return false with the reader's error
 */
bool tree_prove_inclusion(uint64_t index, uint64_t size, const struct tree_reader *reader,
                          struct tree_proof *out, struct error *err) MUST_CHECK;
/**
 * PROOF(old_size, D[size]), RFC 6962 section 2.1.2; empty when the sizes are equal.
 * 0 < old_size <= size.
 *
 * @return false with the reader's error
 */
bool tree_prove_consistency(uint64_t old_size, uint64_t size, const struct tree_reader *reader,
                            struct tree_proof *out, struct error *err) MUST_CHECK;

/**
 * Is `leaf` the hash of leaf `index` of the tree of `size` leaves whose root is `root`? Any sizes
 * and hashes may be given, as a file claims them.
 *
 * @return false with ERROR_VERIFY when this proof does not show it
 */
bool tree_verify_inclusion(const hash_t *leaf, uint64_t index, uint64_t size, const hash_t *root,
                           const hash_t *proof, size_t proof_count, struct error *err) MUST_CHECK;
/**
 * Do the first `old_size` leaves of the tree `root` make the tree `old_root`? An empty old tree
 * proves nothing and is refused; so is a proof with a hash too many or too few.
 *
 * @return false with ERROR_VERIFY when this proof does not show it
 */
bool tree_verify_consistency(uint64_t old_size, const hash_t *old_root, uint64_t size,
                             const hash_t *root, const hash_t *proof, size_t proof_count,
                             struct error *err) MUST_CHECK;

/* ---- Tiles: C2SP tlog-tiles, height 8 -------------------------------------------------------- */

#define TILE_WIDTH     256
#define TILE_PATH_SIZE 64

/**
 * The path of a tile: "tile/0/x001/067" or, when width < 256, "tile/0/000.p/7". `level` < 0 names
 * an entry bundle, "tile/entries/000". 1 <= width <= 256.
 */
char *tile_path(int level, uint64_t index, unsigned width, char text[TILE_PATH_SIZE]);

#endif
