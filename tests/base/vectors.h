/*
 * vectors.h - for tests: finding the vectors that others wrote, which are not part of this tree.
 *
 * They lie in $MINGZHANG_SHARED, or ../shared beside the source root, in which CTest runs the
 * tests. Absent, a test that needs them is skipped and says so; with CI=true that is a failure.
 */
#ifndef TESTS_BASE_VECTORS_H
#define TESTS_BASE_VECTORS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "base/buffer.h"

#define VECTOR_PATH_SIZE      1024
#define VECTOR_SIZE_BYTES_MAX 1048576

/* The path of a file or folder under vectors/. False, said on stderr, when it is not there. */
static inline bool vector_find(const char *name, char path[VECTOR_PATH_SIZE])
{
    const char *shared = getenv("MINGZHANG_SHARED"), *ci = getenv("CI");

    snprintf(path, VECTOR_PATH_SIZE, "%s/vectors/%s", shared != NULL ? shared : "../shared", name);
    if (access(path, R_OK) == 0) return true;
    ck_assert_msg(ci == NULL || strcmp(ci, "true") != 0, "%s is missing, and CI=true", path);
    fprintf(stderr, "skipped: %s is not here\n", path);
    return false;
}

/* Append a file to `out`. */
static inline void vector_read(const char *path, struct buffer *out)
{
    struct error err = ERROR_INIT;
    uint8_t block[4096];
    size_t size;
    FILE *file = fopen(path, "rb");

    ck_assert_msg(file != NULL, "cannot open %s", path);
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        ck_assert_msg(buffer_append(out, block, size, &err), "%s: %s", path, err.message);
    }
    fclose(file);
}

#endif
