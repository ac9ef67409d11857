/*
 * signatures.c - batches of checks in a ring; the oldest is waited for when the ring is full.
 */
#include "audit/verify/signatures.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/people.h"
#include "base/encode.h"

#define BATCH_CHECKS       64
#define BATCHES            16
#define MESSAGES_BYTES_MAX (BATCH_CHECKS * 70000U) /* a message is at most an entry and a bit */

struct check {
    uint64_t seq;
    char user[USER_SIZE];
    struct sign_public key;
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    size_t message_at;
    size_t message_size;
};

struct batch {
    struct task task; /* first: the pool hands it back */
    bool is_submitted;
    unsigned count;
    unsigned good; /* checks before the first bad one; count when all are good */
    struct check checks[BATCH_CHECKS];
    struct buffer messages;
};

struct signatures {
    struct pool *pool; /* lent */
    unsigned oldest;   /* batch that is waited for next */
    unsigned open;     /* batch that is being filled */
    struct batch batches[BATCHES];
};

bool signatures_new(struct pool *pool, struct signatures **out, struct error *err)
{
    struct signatures *signatures = calloc(1, sizeof *signatures);

    if (signatures == NULL) return error_set(err, ERROR_MEMORY, "no memory for signatures");
    signatures->pool = pool;
    for (unsigned i = 0; i < BATCHES; i++)
        signatures->batches[i].messages = (struct buffer)BUFFER_INIT(MESSAGES_BYTES_MAX);
    *out = signatures;
    return true;
}

void signatures_free(struct signatures *signatures)
{
    if (signatures == NULL) return;
    for (unsigned i = 0; i < BATCHES; i++) {
        struct batch *batch = &signatures->batches[i];

        if (batch->is_submitted) pool_wait(signatures->pool, &batch->task);
        buffer_done(&batch->messages);
    }
    free(signatures);
}

static void run_batch(struct task *task, void *context)
{
    struct batch *batch = (struct batch *)(void *)task;

    (void)context;
    for (batch->good = 0; batch->good < batch->count; batch->good++) {
        const struct check *check = &batch->checks[batch->good];
        struct error ignored = ERROR_INIT;

        if (!sign_verify(&check->key, batch->messages.data + check->message_at, check->message_size,
                         check->signature, &ignored))
            return;
    }
}

/* Wait for a batch and empty it. Fails with its first bad check before `seq_end`. */
static bool retire(struct signatures *signatures, struct batch *batch, uint64_t seq_end,
                   struct error *err)
{
    const struct check *bad;
    bool is_good;

    if (!batch->is_submitted) return true;
    pool_wait(signatures->pool, &batch->task);
    batch->is_submitted = false;
    is_good = batch->good == batch->count || batch->checks[batch->good].seq >= seq_end;
    bad = &batch->checks[batch->good];
    batch->count = 0;
    buffer_reset(&batch->messages);
    if (is_good) return true;
    (void)error_set(err, ERROR_VERIFY,
                    "the signature of %s doesn't belong to it: one of the two was changed",
                    bad->user);
    return error_at(err, "entry %llu", (unsigned long long)bad->seq);
}

/* Hand the open batch to the pool and make room for the next. */
static bool submit(struct signatures *signatures, struct error *err)
{
    struct batch *batch = &signatures->batches[signatures->open];

    batch->is_submitted = true;
    batch->task.run = run_batch;
    pool_submit(signatures->pool, &batch->task);
    signatures->open = (signatures->open + 1) % BATCHES;
    if (signatures->open != signatures->oldest) return true;
    signatures->oldest = (signatures->oldest + 1) % BATCHES;
    return retire(signatures, &signatures->batches[signatures->open], SEQ_NEVER, err);
}

bool signatures_add(struct signatures *signatures, const struct signature_check *check,
                    const struct buffer *message, struct error *err)
{
    struct batch *batch = &signatures->batches[signatures->open];
    struct buffer signature = BUFFER_INIT(SIGN_SIGNATURE_SIZE);
    struct check *added = &batch->checks[batch->count];
    bool ok = false;

    assert(batch->count < BATCH_CHECKS && !batch->is_submitted);
    if (!base64_decode(check->signature, strlen(check->signature), &signature, err)) goto out;
    if (signature.size != SIGN_SIGNATURE_SIZE) {
        (void)error_set(err, ERROR_VERIFY, "a signature has %d bytes", SIGN_SIGNATURE_SIZE);
        goto out;
    }
    added->seq = check->seq;
    assert(strlen(check->user) < sizeof added->user);
    memcpy(added->user, check->user, strlen(check->user) + 1);
    added->key = *check->key;
    memcpy(added->signature, signature.data, SIGN_SIGNATURE_SIZE);
    added->message_at = batch->messages.size;
    added->message_size = message->size;
    if (!buffer_append(&batch->messages, message->data, message->size, err)) goto out;
    batch->count++;
    ok = batch->count < BATCH_CHECKS || submit(signatures, err);
out:
    buffer_done(&signature);
    return ok;
}

bool signatures_finish(struct signatures *signatures, uint64_t seq_end, struct error *err)
{
    struct error ignored = ERROR_INIT;
    bool ok = true;

    if (signatures->batches[signatures->open].count > 0) ok = submit(signatures, err);
    while (signatures->oldest != signatures->open) {
        struct batch *batch = &signatures->batches[signatures->oldest];

        /* After the first failure the others are only waited for. */
        error_clear(&ignored);
        if (!retire(signatures, batch, seq_end, ok ? err : &ignored)) ok = false;
        signatures->oldest = (signatures->oldest + 1) % BATCHES;
    }
    return ok;
}
