/*
 * pool.c - one queue under one lock; tasks are large enough (a block of entries) for that.
 */
#include "audit/verify/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct thread {
    pthread_t id;
    struct pool *pool;
    void *context;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t has_work;
    pthread_cond_t has_result;
    struct task *first;
    struct task *last;
    bool is_ending;
    int count;
    struct thread threads[POOL_THREADS_MAX];
};

static void lock(struct pool *pool)
{
    int failure = pthread_mutex_lock(&pool->lock);

    assert(failure == 0);
}

static void unlock(struct pool *pool)
{
    int failure = pthread_mutex_unlock(&pool->lock);

    assert(failure == 0);
}

static void *work(void *argument)
{
    struct thread *thread = argument;
    struct pool *pool = thread->pool;

    lock(pool);
    for (;;) {
        struct task *task = pool->first;

        if (task == NULL) {
            if (pool->is_ending) break;
            pthread_cond_wait(&pool->has_work, &pool->lock);
            continue;
        }
        pool->first = task->next;
        if (pool->first == NULL) pool->last = NULL;
        unlock(pool);
        task->run(task, thread->context);
        lock(pool);
        task->is_done = true;
        pthread_cond_broadcast(&pool->has_result);
    }
    unlock(pool);
    return NULL;
}

bool pool_new(int threads, void *const *contexts, struct pool **out, struct error *err)
{
    struct pool *pool = calloc(1, sizeof *pool);

    assert(threads >= 1 && threads <= POOL_THREADS_MAX);
    if (pool == NULL) return error_set(err, ERROR_MEMORY, "no memory for threads");
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->has_work, NULL);
    pthread_cond_init(&pool->has_result, NULL);
    for (int i = 0; i < threads; i++) {
        struct thread *thread = &pool->threads[i];
        int failure;

        thread->pool = pool;
        thread->context = contexts[i];
        failure = pthread_create(&thread->id, NULL, work, thread);
        if (failure != 0) {
            pool_free(pool);
            return error_set(err, ERROR_MEMORY, "can't start a thread: %s", strerror(failure));
        }
        pool->count++;
    }
    *out = pool;
    return true;
}

void pool_submit(struct pool *pool, struct task *task)
{
    task->is_done = false;
    task->next = NULL;
    lock(pool);
    if (pool->last == NULL) {
        pool->first = task;
    } else {
        pool->last->next = task;
    }
    pool->last = task;
    pthread_cond_signal(&pool->has_work);
    unlock(pool);
}

void pool_wait(struct pool *pool, struct task *task)
{
    lock(pool);
    while (!task->is_done)
        pthread_cond_wait(&pool->has_result, &pool->lock);
    unlock(pool);
}

void pool_free(struct pool *pool)
{
    if (pool == NULL) return;
    lock(pool);
    pool->is_ending = true;
    pthread_cond_broadcast(&pool->has_work);
    unlock(pool);
    for (int i = 0; i < pool->count; i++)
        pthread_join(pool->threads[i].id, NULL);
    pthread_cond_destroy(&pool->has_result);
    pthread_cond_destroy(&pool->has_work);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
