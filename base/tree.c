/*
 * tree.c - the Merkle tree of RFC 6962 section 2.1, grown, proved and verified.
 *
 * Bits tell the shape. A tree of n leaves is the full subtrees that the set bits of n name, the
 * largest at the left; the last full node of level l has index (n >> l) − 1. The verifiers follow
 * RFC 9162 sections 2.1.3.2 and 2.1.4.2, which spell out the same proofs, and share no code with
 * the provers, so that a mistake in one does not hide one in the other.
 */
#include "base/tree.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

/* ---- Growing --------------------------------------------------------------------------------- */

void tree_frontier_add(struct tree_frontier *frontier, const hash_t *leaf)
{
    hash_t node = *leaf;
    unsigned level = 0;

    assert(frontier->size < UINT64_MAX);
    for (; (frontier->size >> level & 1) != 0; level++) {
        node = hash_node(&frontier->roots[level], &node);
    }
    frontier->roots[level] = node;
    frontier->size++;
}

hash_t tree_frontier_root(const struct tree_frontier *frontier)
{
    hash_t root = HASH_ZERO;
    bool has_right = false;

    if (frontier->size == 0) return hash_sha256(NULL, 0);
    for (unsigned level = 0; level < TREE_LEVELS_MAX; level++) {
        if ((frontier->size >> level & 1) == 0) continue;
        root = has_right ? hash_node(&frontier->roots[level], &root) : frontier->roots[level];
        has_right = true;
    }
    return root;
}

bool tree_frontier_load(struct tree_frontier *frontier, uint64_t size,
                        const struct tree_reader *reader, struct error *err)
{
    struct tree_frontier loaded = TREE_FRONTIER_INIT;

    loaded.size = size;
    for (unsigned level = 0; level < TREE_LEVELS_MAX; level++) {
        if ((size >> level & 1) == 0) continue;
        if (!reader->read(reader->context, level, (size >> level) - 1, &loaded.roots[level], err)) {
            return false;
        }
    }
    *frontier = loaded;
    return true;
}

/* ---- Proving --------------------------------------------------------------------------------- */

static void proof_add(struct tree_proof *proof, const hash_t *hash)
{
    assert(proof->count < ARRAY_COUNT(proof->hashes));
    proof->hashes[proof->count++] = *hash;
}

/* The hash of node (level, index) of a tree of `size` leaves: of a full one, or of the ragged one
 * at the right edge, which is made of the full subtrees that the low bits of `size` name. */
static bool read_node(unsigned level, uint64_t index, uint64_t size,
                      const struct tree_reader *reader, hash_t *out, struct error *err)
{
    hash_t node, left;
    bool has_right = false;

    if (index < size >> level) return reader->read(reader->context, level, index, out, err);
    assert(index == size >> level);
    for (unsigned below = 0; below < level; below++) {
        if ((size >> below & 1) == 0) continue;
        if (!reader->read(reader->context, below, (size >> below) - 1, &left, err)) return false;
        node = has_right ? hash_node(&left, &node) : left;
        has_right = true;
    }
    assert(has_right); /* else the node would cover no leaf */
    *out = node;
    return true;
}

/* Add the siblings on the way from node (level, leaf >> level) up to the root. */
static bool prove_path(unsigned level, uint64_t leaf, uint64_t size,
                       const struct tree_reader *reader, struct tree_proof *proof,
                       struct error *err)
{
    uint64_t last = size - 1;
    hash_t sibling;

    assert(leaf < size);
    for (; level < TREE_LEVELS_MAX && last >> level != 0; level++) {
        uint64_t index = leaf >> level;

        /* At the right edge a node without a sibling is its own parent. */
        if (index == last >> level && (index & 1) == 0) continue;
        if (!read_node(level, index ^ 1, size, reader, &sibling, err)) return false;
        proof_add(proof, &sibling);
    }
    return true;
}

bool tree_prove_inclusion(uint64_t index, uint64_t size, const struct tree_reader *reader,
                          struct tree_proof *out, struct error *err)
{
    struct tree_proof proof = {0};

    assert(index < size);
    if (!prove_path(0, index, size, reader, &proof, err)) return false;
    *out = proof;
    return true;
}

bool tree_prove_consistency(uint64_t old_size, uint64_t size, const struct tree_reader *reader,
                            struct tree_proof *out, struct error *err)
{
    struct tree_proof proof = {0};
    unsigned level = 0;
    hash_t node;

    assert(0 < old_size && old_size <= size);
    if (old_size < size) {
        /* The last full subtree of the old tree is a node of both. It stands first in the proof,
         * unless it is the whole old tree, whose root the verifier has. */
        while ((old_size >> level & 1) == 0)
            level++;
        if (old_size >> level != 1) {
            if (!reader->read(reader->context, level, (old_size >> level) - 1, &node, err)) {
                return false;
            }
            proof_add(&proof, &node);
        }
        if (!prove_path(level, old_size - 1, size, reader, &proof, err)) return false;
    }
    *out = proof;
    return true;
}

/* ---- Verifying ------------------------------------------------------------------------------- */

static bool fail_root(struct error *err, const char *what)
{
    return error_set(err, ERROR_VERIFY,
                     "the %s proof does not lead to the root; get proof and checkpoint again from "
                     "one source, then ask the publisher",
                     what);
}

static bool fail_count(struct error *err, const char *what, size_t count)
{
    return error_set(err, ERROR_VERIFY,
                     "an %s proof of %zu hashes is too long or too short for these sizes; get it "
                     "again",
                     what, count);
}

bool tree_verify_inclusion(const hash_t *leaf, uint64_t index, uint64_t size, const hash_t *root,
                           const hash_t *proof, size_t proof_count, struct error *err)
{
    uint64_t node = index, last = size - 1; /* fn and sn of RFC 9162 section 2.1.3.2 */
    hash_t hash = *leaf;

    if (index >= size) {
        return error_set(err, ERROR_VERIFY,
                         "entry %" PRIu64 " is not in a tree of %" PRIu64
                         " entries; get a later checkpoint",
                         index, size);
    }
    for (size_t i = 0; i < proof_count; i++) {
        if (last == 0) return fail_count(err, "inclusion", proof_count);
        if ((node & 1) == 1 || node == last) {
            hash = hash_node(&proof[i], &hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = hash_node(&hash, &proof[i]);
        }
        node >>= 1;
        last >>= 1;
    }
    if (last != 0) return fail_count(err, "inclusion", proof_count);
    if (!hash_equal(&hash, root)) return fail_root(err, "inclusion");
    return true;
}

/* Steps 3 to 7 of RFC 9162 section 2.1.4.2 for 0 < old_size < size. `hashes` begins after the node
 * that both trees share, which is `shared`. */
static bool follow_consistency(uint64_t old_size, uint64_t size, const hash_t *shared,
                               const hash_t *hashes, size_t count, hash_t *old_root, hash_t *root)
{
    uint64_t node = old_size - 1, last = size - 1;

    while ((node & 1) == 1) {
        node >>= 1;
        last >>= 1;
    }
    *old_root = *shared;
    *root = *shared;
    for (size_t i = 0; i < count; i++) {
        if (last == 0) return false;
        if ((node & 1) == 1 || node == last) {
            *old_root = hash_node(&hashes[i], old_root);
            *root = hash_node(&hashes[i], root);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            *root = hash_node(root, &hashes[i]);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0;
}

bool tree_verify_consistency(uint64_t old_size, const hash_t *old_root, uint64_t size,
                             const hash_t *root, const hash_t *proof, size_t proof_count,
                             struct error *err)
{
    bool is_power_of_2 = (old_size & (old_size - 1)) == 0;
    hash_t old_made, made;

    if (old_size == 0 || old_size > size) {
        return error_set(err, ERROR_VERIFY,
                         "a tree of %" PRIu64 " entries can't be proved to "
                         "continue one of %" PRIu64 "; compare with an earlier, non-empty one",
                         size, old_size);
    }
    if (old_size == size) {
        if (proof_count != 0) return fail_count(err, "equality", proof_count);
        if (!hash_equal(old_root, root)) {
            return error_set(err, ERROR_VERIFY,
                             "two trees of %" PRIu64 " entries have different "
                             "roots: one of them was rewritten; keep both and report it",
                             size);
        }
        return true;
    }
    if (proof_count == 0) return fail_count(err, "extension", proof_count);
    if (!follow_consistency(old_size, size, is_power_of_2 ? old_root : &proof[0],
                            is_power_of_2 ? proof : proof + 1,
                            is_power_of_2 ? proof_count : proof_count - 1, &old_made, &made)) {
        return fail_count(err, "extension", proof_count);
    }
    if (!hash_equal(&old_made, old_root) || !hash_equal(&made, root)) {
        return fail_root(err, "consistency");
    }
    return true;
}

/* ---- Tiles ----------------------------------------------------------------------------------- */

char *tile_path(int level, uint64_t index, unsigned width, char text[TILE_PATH_SIZE])
{
    enum { DIGITS = 3, ELEMENT_MAX = 1000, ELEMENTS_MAX = 7 }; /* 2^64 has 20 digits */
    unsigned elements[ELEMENTS_MAX];
    int count = 0;
    size_t size;

    assert(level < TREE_LEVELS_MAX);
    assert(width >= 1 && width <= TILE_WIDTH);
    do {
        elements[count++] = (unsigned)(index % ELEMENT_MAX);
        index /= ELEMENT_MAX;
    } while (index > 0);
    if (level < 0) {
        size = (size_t)snprintf(text, TILE_PATH_SIZE, "tile/entries");
    } else {
        size = (size_t)snprintf(text, TILE_PATH_SIZE, "tile/%d", level);
    }
    while (count-- > 0) {
        size += (size_t)snprintf(text + size, TILE_PATH_SIZE - size, count > 0 ? "/x%0*u" : "/%0*u",
                                 (int)DIGITS, elements[count]);
    }
    if (width < TILE_WIDTH) {
        size += (size_t)snprintf(text + size, TILE_PATH_SIZE - size, ".p/%u", width);
    }
    assert(size < TILE_PATH_SIZE);
    return text;
}
