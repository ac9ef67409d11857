/*
 * pool.h - threads that run tasks, so that hashing, parsing and signature checks use all cores.
 *
 * 1. A task belongs to the pool from pool_submit() until pool_wait() has returned for it.
 * 2. Each thread has one context of its own, handed to every task that it runs.
 */
#ifndef AUDIT_VERIFY_POOL_H
#define AUDIT_VERIFY_POOL_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"

#define POOL_THREADS_MAX 64

struct task {
    void (*run)(struct task *task, void *context);
    struct task *next; /* the pool's */
    bool is_done;      /* the pool's */
};

struct pool;

/** Start `threads` (1 to POOL_THREADS_MAX) threads; contexts[i], lent, is the i-th one's. */
bool pool_new(int threads, void *const *contexts, struct pool **out, struct error *err) MUST_CHECK;
void pool_submit(struct pool *pool, struct task *task);
/** Wait until the task has run. */
void pool_wait(struct pool *pool, struct task *task);
/** Run what is left, then end the threads. Accepts NULL. */
void pool_free(struct pool *pool);

#endif
