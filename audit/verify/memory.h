/*
 * memory.h - what this verifier saw of a log before, so that a log can't be taken back or forked
 * between two visits.
 *
 * One text file for each origin, named by the SHA-256 of the origin. The ledger and its publication
 * are remembered apart, because a publication may lag behind its ledger.
 */
#ifndef AUDIT_VERIFY_MEMORY_H
#define AUDIT_VERIFY_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/note.h"

#define MEMORY_PATH_SIZE 4096

enum memory_place { MEMORY_LEDGER, MEMORY_PUBLICATION, MEMORY_PLACES };

struct memory_point {
    uint64_t size; /* 0: never seen */
    hash_t root;
};

struct memory {
    char file[MEMORY_PATH_SIZE]; /* "" when nothing is remembered */
    bool is_known;               /* the log was seen before: key and points hold */
    struct note_vkey key;
    struct memory_point points[MEMORY_PLACES];
};

/** Read what is known of an origin. `directory` NULL: nothing, and nothing will be kept. */
bool memory_load(const char *directory, const char *origin, struct memory *out,
                 struct error *err) MUST_CHECK;

/** Keep it, atomically; makes the directory. ERROR_IO. */
bool memory_store(const char *directory, const struct memory *memory, struct error *err) MUST_CHECK;

#endif
