/*
 * array.c - growing by doubling.
 */
#include "exporters/array.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#define CAPACITY_FIRST 64 /* a power of two */

bool array_grow(void **array, size_t count, size_t element_size, size_t limit, const char *what,
                struct error *err)
{
    size_t capacity;
    void *larger;

    assert((*array == NULL) == (count == 0));
    if (count >= limit)
        return error_set(err, ERROR_LIMIT,
                         "more than %zu %s in one publication; publish shorter periods", limit,
                         what);
    /* Used up at 0 and at every power of two from the first capacity on. */
    if (count != 0 && (count < CAPACITY_FIRST || (count & (count - 1)) != 0)) return true;
    capacity = count == 0 ? CAPACITY_FIRST : 2 * count;
    if (capacity > SIZE_MAX / element_size)
        return error_set(err, ERROR_MEMORY, "out of memory for %zu %s", capacity, what);
    larger = realloc(*array, capacity * element_size);
    if (larger == NULL)
        return error_set(err, ERROR_MEMORY, "out of memory for %zu %s", capacity, what);
    *array = larger;
    return true;
}
