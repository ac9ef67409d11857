/*
 * map.c - open addressing with linear probing, at most two thirds full.
 */
#include "audit/verify/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_AT_FIRST 64

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *find_slot(struct map_slot *slots, size_t capacity, const uint8_t *key)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof at; i++)
        at = at << 8 | key[i];
    for (at &= capacity - 1;; at = (at + 1) & (capacity - 1)) {
        if (slots[at].value_plus_one == 0) return &slots[at];
        if (memcmp(slots[at].key, key, sizeof slots[at].key) == 0) return &slots[at];
    }
}

static bool grow(struct map *map, struct error *err)
{
    size_t capacity = map->capacity == 0 ? SLOTS_AT_FIRST : map->capacity * 2;
    struct map_slot *slots = calloc(capacity, sizeof *slots);

    if (slots == NULL) return error_set(err, ERROR_MEMORY, "no memory for %zu keys", capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].value_plus_one == 0) continue;
        *find_slot(slots, capacity, map->slots[i].key) = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

bool map_add(struct map *map, const hash_t *key, uint32_t value, struct error *err)
{
    struct map_slot *slot;

    assert(value != UINT32_MAX);
    if (map->count >= MAP_ENTRIES_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %u keys in one log", MAP_ENTRIES_MAX);
    }
    if (map->count * 3 >= map->capacity * 2 && !grow(map, err)) return false;
    slot = find_slot(map->slots, map->capacity, key->bytes);
    assert(slot->value_plus_one == 0);
    memcpy(slot->key, key->bytes, sizeof slot->key);
    slot->value_plus_one = value + 1;
    map->count++;
    return true;
}

bool map_find(const struct map *map, const hash_t *key, uint32_t *value_out)
{
    const struct map_slot *slot;

    if (map->capacity == 0) return false;
    slot = find_slot(map->slots, map->capacity, key->bytes);
    if (slot->value_plus_one == 0) return false;
    if (value_out != NULL) *value_out = slot->value_plus_one - 1;
    return true;
}

void map_done(struct map *map)
{
    free(map->slots);
    *map = (struct map)MAP_INIT;
}
