/* array.c - growing by doubling. */
#include "audit/verify/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS_AT_FIRST 16

bool array_reserve(void *items, size_t item_size, size_t count, size_t *capacity, size_t limit,
                   struct error *err)
{
    void *old, *grown;

    assert(count <= *capacity);
    memcpy(&old, items, sizeof old);
    if (count == *capacity) {
        size_t wanted = *capacity == 0 ? ITEMS_AT_FIRST : *capacity * 2;

        if (count >= limit) return error_set(err, ERROR_LIMIT, "more than %zu of a kind", limit);
        grown = realloc(old, wanted * item_size);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for %zu items", wanted);
        memcpy(items, &grown, sizeof grown);
        *capacity = wanted;
        old = grown;
    }
    memset((unsigned char *)old + count * item_size, 0, item_size);
    return true;
}
