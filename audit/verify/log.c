/*
 * log.c - blocks in a ring: read, checked by threads, then taken in order.
 */
#include "audit/verify/log.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/verify/pool.h"
#include "audit/verify/signatures.h"
#include "base/tree.h"

#define BLOCK_LEVEL     8  /* 2^8 = BLOCK_ENTRIES leaves under a block's root */
#define PROGRESS_BLOCKS 64 /* between two tellings */

static_assert(BLOCK_ENTRIES == 1 << BLOCK_LEVEL, "a block is a full subtree");

struct slot {
    struct task task; /* first: the pool hands it back */
    struct block block;
};

struct run_state {
    struct log_pass *pass;
    struct pool *pool;
    struct reader *thread_readers;
    int threads;
    struct reader reader; /* of the ordered checks */
    struct slot *slots;
    unsigned slot_count;
    unsigned oldest, in_flight;
    uint64_t next; /* seq of the next block to read */
    bool has_ended;
    struct error read_failure;
    struct tree_frontier tree;
    size_t wanted_at;
    /* What entry 0 says, for the threads: the state's own is written when that entry is taken. */
    char origin[NOTE_NAME_SIZE_MAX];
};

static void check_block(struct task *task, void *context)
{
    struct slot *slot = (struct slot *)(void *)task;

    entries_check(context, &slot->block);
}

/* ---- Setting up ----------------------------------------------------------------------------- */

static int choose_threads(int wanted)
{
    long processors;

    if (wanted <= 0) {
        processors = sysconf(_SC_NPROCESSORS_ONLN);
        wanted = processors < 1                  ? 1
                 : processors > POOL_THREADS_MAX ? POOL_THREADS_MAX
                                                 : (int)processors;
    }
    return wanted > POOL_THREADS_MAX ? POOL_THREADS_MAX : wanted;
}

static bool start(struct run_state *run, struct log_pass *pass, struct error *err)
{
    void *contexts[POOL_THREADS_MAX];

    memset(run, 0, sizeof *run);
    run->pass = pass;
    run->threads = choose_threads(pass->threads);
    run->slot_count = (unsigned)run->threads * 2 + 2;
    run->thread_readers = calloc((size_t)run->threads, sizeof *run->thread_readers);
    run->slots = calloc(run->slot_count, sizeof *run->slots);
    if (run->thread_readers == NULL || run->slots == NULL) {
        return error_set(err, ERROR_MEMORY, "no memory for blocks of entries");
    }
    for (int i = 0; i < run->threads; i++) {
        if (!reader_init(&run->thread_readers[i], err)) return false;
        contexts[i] = &run->thread_readers[i];
    }
    for (unsigned i = 0; i < run->slot_count; i++) {
        if (!block_init(&run->slots[i].block, err)) return false;
    }
    if (!reader_init(&run->reader, err)) return false;
    if (!pool_new(run->threads, contexts, &run->pool, err)) return false;
    return signatures_new(run->pool, &pass->state->signatures, err);
}

static void stop(struct run_state *run)
{
    signatures_free(run->pass->state->signatures);
    run->pass->state->signatures = NULL;
    pool_free(run->pool);
    for (int i = 0; run->thread_readers != NULL && i < run->threads; i++)
        reader_done(&run->thread_readers[i]);
    for (unsigned i = 0; run->slots != NULL && i < run->slot_count; i++)
        block_done(&run->slots[i].block);
    reader_done(&run->reader);
    free(run->thread_readers);
    free(run->slots);
}

/* ---- Reading -------------------------------------------------------------------------------- */

/* The origin that seals must name, before the genesis entry is checked. */
static void peek_origin(struct run_state *run, const struct block *block)
{
    struct slice entry = block_entry(block, 0);
    struct error ignored = ERROR_INIT;

    if (!json_parse(run->reader.entry, entry.data, entry.size, JSON_CANONICAL, &ignored)) return;
    if (!json_get_string(run->reader.entry, json_member(run->reader.entry, 0, "body"), "origin",
                         run->origin, sizeof run->origin, &ignored))
        run->origin[0] = '\0';
}

/* Read blocks until the ring is full. What can't be read counts after the entries before it. */
static void fill(struct run_state *run)
{
    const struct log_source *source = run->pass->source;

    while (!run->has_ended && run->in_flight < run->slot_count) {
        struct slot *slot = &run->slots[(run->oldest + run->in_flight) % run->slot_count];
        struct block *block = &slot->block;

        block_reset(block, run->next);
        block->is_cut = !source->read(source->context, block, &run->read_failure);
        if (block->is_cut || block->count < BLOCK_ENTRIES) run->has_ended = true;
        if (block->count == 0) return;
        if (block->first == 0) peek_origin(run, block);
        block->origin = run->origin;
        run->next += block->count;
        slot->task.run = check_block;
        pool_submit(run->pool, &slot->task);
        run->in_flight++;
    }
}

/* ---- In order ------------------------------------------------------------------------------- */

static bool fail_at(const struct block *block, unsigned i, struct error *err)
{
    const char *kind = block->facts[i].kind_name;
    unsigned long long seq = block->first + i;

    /* An earlier entry's signature, found only now. */
    if (strncmp(err->place, "entry ", 6) == 0) return false;
    if (kind == NULL) return error_at(err, "entry %llu", seq);
    return error_at(err, "entry %llu (%s)", seq, kind);
}

static void note_wanted(struct run_state *run)
{
    struct log_pass *pass = run->pass;

    while (run->wanted_at < pass->wanted_count &&
           pass->wanted[run->wanted_at].size == run->tree.size) {
        pass->wanted[run->wanted_at].root = tree_frontier_root(&run->tree);
        pass->wanted[run->wanted_at].is_found = true;
        run->wanted_at++;
    }
}

/* Add a full block by its root: RFC 6962 section 2.1, the subtree is complete. */
static void add_root(struct tree_frontier *tree, const hash_t *root)
{
    unsigned level = BLOCK_LEVEL;
    hash_t node = *root;

    assert(tree->size % BLOCK_ENTRIES == 0);
    for (; (tree->size >> level & 1) != 0; level++)
        node = hash_node(&tree->roots[level], &node);
    tree->roots[level] = node;
    tree->size += BLOCK_ENTRIES;
}

static void grow_tree(struct run_state *run, const struct block *block)
{
    const struct log_pass *pass = run->pass;
    uint64_t end = block->first + block->count;
    bool is_asked = run->wanted_at < pass->wanted_count && pass->wanted[run->wanted_at].size < end;

    if (block->count == BLOCK_ENTRIES && !is_asked) {
        add_root(&run->tree, &block->root);
        note_wanted(run);
        return;
    }
    for (unsigned i = 0; i < block->count; i++) {
        tree_frontier_add(&run->tree, &block->leaves[i]);
        note_wanted(run);
    }
}

static bool take_block(struct run_state *run, const struct block *block, struct error *err)
{
    struct log_pass *pass = run->pass;

    for (unsigned i = 0; i < block->checked; i++) {
        if (!state_apply(pass->state, block, i, &run->reader, err)) return fail_at(block, i, err);
    }
    if (block->checked < block->count) {
        *err = block->failure;
        return fail_at(block, block->checked, err);
    }
    totals_forget(&pass->state->run.totals);
    if (block->is_cut) return true; /* what cut it is told when it was the last */
    grow_tree(run, block);
    if (pass->progress != NULL && block->first / BLOCK_ENTRIES % PROGRESS_BLOCKS == 0) {
        pass->progress(pass->progress_context, block->first + block->count, pass->source->total);
    }
    return pass->on_block == NULL || pass->on_block(pass->on_block_context, block, err);
}

/* Take blocks until there are none; the threads work on the next ones meanwhile. */
static bool take_all(struct run_state *run, struct error *err)
{
    for (;;) {
        struct slot *slot = &run->slots[run->oldest];

        fill(run);
        if (run->in_flight == 0) break;
        pool_wait(run->pool, &slot->task);
        run->oldest = (run->oldest + 1) % run->slot_count;
        run->in_flight--;
        if (!take_block(run, &slot->block, err)) return false;
    }
    if (run->read_failure.code != ERROR_NONE) {
        *err = run->read_failure;
        return false;
    }
    if (run->tree.size == 0) return error_set(err, ERROR_VERIFY, "the log is empty");
    return state_finish(run->pass->state, err);
}

static int compare_recoveries(const void *a, const void *b)
{
    uint64_t a_size = ((const struct recovery *)a)->size;
    uint64_t b_size = ((const struct recovery *)b)->size;

    return a_size < b_size ? -1 : a_size > b_size;
}

/* Take the recoveries that name the tree's size; remember the bad one that stands first. */
static void judge_recoveries(const struct state *state, const struct tree_frontier *tree,
                             size_t *at, const struct recovery **bad_out)
{
    for (; *at < state->recovery_count && state->recoveries[*at].size == tree->size; ++*at) {
        const struct recovery *recovery = &state->recoveries[*at];
        hash_t root = tree_frontier_root(tree);

        if (hash_equal(&root, &recovery->root)) continue;
        if (*bad_out == NULL || recovery->seq < (*bad_out)->seq) *bad_out = recovery;
    }
}

/* Hold the recoveries, sorted by size, against the tree that the entries make. */
static bool walk_recoveries(struct run_state *run, const struct recovery **bad_out,
                            struct error *err)
{
    const struct log_source *source = run->pass->source;
    const struct state *state = run->pass->state;
    struct tree_frontier tree = TREE_FRONTIER_INIT;
    struct block *block = &run->slots[0].block;
    size_t at = 0;

    judge_recoveries(state, &tree, &at, bad_out);
    while (at < state->recovery_count) {
        block_reset(block, tree.size);
        if (!source->read(source->context, block, err)) return false;
        assert(block->count > 0); /* they name what was read before */
        for (unsigned i = 0; i < block->count; i++) {
            struct slice entry = block_entry(block, i);
            hash_t leaf = hash_leaf(entry.data, entry.size);

            tree_frontier_add(&tree, &leaf);
            judge_recoveries(state, &tree, &at, bad_out);
        }
    }
    return true;
}

/* Are the roots that signer.recover names before `seq_end` those of this log? They lie behind the
 * entry that names them, so the entries are read once more; few logs hold such an act. */
static bool check_recoveries(struct run_state *run, uint64_t seq_end, struct error *err)
{
    const struct state *state = run->pass->state;
    const struct recovery *bad = NULL;

    if (state->recovery_count == 0) return true;
    qsort(state->recoveries, state->recovery_count, sizeof *state->recoveries, compare_recoveries);
    if (!walk_recoveries(run, &bad, err)) return false;
    if (bad == NULL || bad->seq >= seq_end) return true;
    (void)error_set(err, ERROR_VERIFY,
                    "starts the signer from a root that the first %llu entries don't give",
                    (unsigned long long)bad->size);
    return error_at(err, "entry %llu (act.second)", (unsigned long long)bad->seq);
}

/* The place of an error as the seq of its entry. */
static uint64_t failed_seq(const struct error *err)
{
    if (strncmp(err->place, "entry ", 6) != 0) return SEQ_NEVER;
    return strtoull(err->place + 6, NULL, 10);
}

bool log_run(struct log_pass *pass, uint64_t *size_out, hash_t *root_out, struct error *err)
{
    struct error earlier = ERROR_INIT;
    struct run_state run;
    bool ok = false;

    if (!start(&run, pass, err)) goto out;
    note_wanted(&run);
    ok = take_all(&run, err);
    /* Signatures of entries before the failure may still be under way, or bad. */
    if (!signatures_finish(pass->state->signatures, ok ? SEQ_NEVER : failed_seq(err), &earlier)) {
        *err = earlier;
        ok = false;
    }
    /* What is in flight must end before its memory goes. */
    while (run.in_flight > 0) {
        pool_wait(run.pool, &run.slots[run.oldest].task);
        run.oldest = (run.oldest + 1) % run.slot_count;
        run.in_flight--;
    }
    error_clear(&earlier);
    if (!check_recoveries(&run, ok ? SEQ_NEVER : failed_seq(err), &earlier)) {
        *err = earlier;
        ok = false;
    }
    if (ok) {
        *size_out = run.tree.size;
        *root_out = tree_frontier_root(&run.tree);
    }
out:
    stop(&run);
    return ok;
}
