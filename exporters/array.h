/*
 * array.h - one way to grow an array, with its limit named by the caller.
 */
#ifndef EXPORTERS_ARRAY_H
#define EXPORTERS_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/error.h"

/**
 * Make room for one more element after `count`. Capacity is doubled when it is used up, which the
 * count alone tells, so an array is its pointer and its count.
 *
 * @param array  NULL while the count is 0; may move
 * @param limit  the most elements; more is ERROR_LIMIT
 * @param what   names the elements in errors: "divisions"
 */
bool array_grow(void **array, size_t count, size_t element_size, size_t limit, const char *what,
                struct error *err) MUST_CHECK;

#endif
