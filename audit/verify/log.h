/*
 * log.h - one pass over all entries of a log, wherever they come from, on all cores.
 *
 *   source ── blocks ──> threads: hash, parse, shape, seals ──> in order: chain, state, tree
 *                        threads: signatures <────────────────┘
 *
 * Memory is flat in the number of entries, but for one small record for each voucher and act.
 */
#ifndef AUDIT_VERIFY_LOG_H
#define AUDIT_VERIFY_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/entries.h"
#include "audit/verify/state.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

/** Gives the entries in order. */
struct log_source {
    /** Fill an empty block from block->first on, which is 0 or where the last block ended; a block
     * that isn't full is the last, it may be empty. */
    bool (*read)(void *context, struct block *block, struct error *err);
    void *context;  /* lent */
    uint64_t total; /* entries expected, for progress only */
};

/** A size at which the tree's root is asked for. */
struct log_wanted {
    uint64_t size;
    bool is_found; /* false when the log is shorter */
    hash_t root;
};

struct log_pass {
    const struct log_source *source;
    struct state *state;       /* initialised; holds what was learned after the pass */
    struct log_wanted *wanted; /* sorted by size */
    size_t wanted_count;
    /** Sees each block once its entries hold. May be NULL. */
    bool (*on_block)(void *context, const struct block *block, struct error *err);
    void *on_block_context;                                         /* lent */
    int threads;                                                    /* 0: one for each processor */
    void (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL */
    void *progress_context;                                         /* lent */
};

/**
 * Check every entry. A failure is that of the first bad entry, with the place "entry N (kind)".
 */
bool log_run(struct log_pass *pass, uint64_t *size_out, hash_t *root_out,
             struct error *err) MUST_CHECK;

#endif
