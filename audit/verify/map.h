/*
 * map.h - which of many things were seen: a map from the first 16 bytes of a SHA-256 to a number.
 *
 * 1. Keys are hashes, so no input can make many of them collide.
 * 2. Nothing is ever removed.
 */
#ifndef AUDIT_VERIFY_MAP_H
#define AUDIT_VERIFY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define MAP_ENTRIES_MAX 0x40000000U /* of one map */

struct map_slot {
    uint8_t key[16];
    uint32_t value_plus_one; /* 0: the slot is free */
};

struct map {
    struct map_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

#define MAP_INIT                                                                                   \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

/** Enter a key that is not there yet. ERROR_MEMORY, ERROR_LIMIT. */
bool map_add(struct map *map, const hash_t *key, uint32_t value, struct error *err) MUST_CHECK;

/** Is the key there? `value_out` may be NULL. */
bool map_find(const struct map *map, const hash_t *key, uint32_t *value_out);

void map_done(struct map *map);

#endif
