/* array.h - make room for one more element of an array that grows up to a named limit. */
#ifndef AUDIT_VERIFY_ARRAY_H
#define AUDIT_VERIFY_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/error.h"

/**
 * See that items[count] exists, and that it is all zeros.
 *
 * @param items     the array's pointer, as a void **'s target would be; moved when it grows
 * @param capacity  elements that there is room for; changed when it grows
 * @param limit     the most elements; ERROR_LIMIT beyond it
 */
bool array_reserve(void *items, size_t item_size, size_t count, size_t *capacity, size_t limit,
                   struct error *err) MUST_CHECK;

#endif
