/*
 * publication.h - what publication.c, documents.c and worktree.c share about one clone.
 */
#ifndef AUDIT_VERIFY_PUBLICATION_H
#define AUDIT_VERIFY_PUBLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/check.h"
#include "audit/verify/clone.h"
#include "audit/verify/log.h"
#include "audit/verify/state.h"
#include "audit/verify/dsig.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/note.h"

#define PERIODS_MAX 100000

/** A checkpoint of an earlier commit. */
struct published {
    uint64_t size;
    hash_t root;
};

/** A folder under snapshots/. */
struct period {
    char name[PERIOD_SIZE];
    struct checkpoint checkpoint; /* of its manifest */
};

struct publication_copy {
    struct clone *clone;
    struct history history;
    struct published *published; /* one for each commit of the history */
    struct file_list files;      /* of the newest commit */
    struct note_vkey vkey;
    struct checkpoint checkpoint;
    struct period *periods;
    size_t period_count, period_capacity;
    hash_t *certificates; /* SHA-256 of those in keys/, once the keys were checked */
    size_t certificate_count, certificate_capacity;
    struct dsig *dsig;
    struct buffer bytes; /* of the file at hand */
};

/** Open a clone and read its checkpoints, which must be signed by the key in keys/log.vkey. */
bool publication_open(const char *path, struct publication_copy *out, struct error *err) MUST_CHECK;
void publication_close(struct publication_copy *copy);

/** Has every file of the newest commit a place in the layout? Collects the periods. */
bool layout_check(struct publication_copy *copy, struct error *err) MUST_CHECK;

/** Read the checkpoints of the manifests. */
bool documents_read_checkpoints(struct publication_copy *copy, struct error *err) MUST_CHECK;
/** Check all that is signed under snapshots/, after the log holds. */
bool documents_check(struct publication_copy *copy, const struct state *state,
                     struct error *err) MUST_CHECK;

/** Does a work tree beside the repository show what the newest commit holds? */
bool worktree_check(const char *path, struct publication_copy *copy, struct error *err) MUST_CHECK;

#endif
