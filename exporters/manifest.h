/*
 * manifest.h - the signed list of a period's files, as DESIGN section 4 wants it.
 */
#ifndef EXPORTERS_MANIFEST_H
#define EXPORTERS_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "exporters/repository.h"

#define MANIFEST_FILES_MAX 100000

struct manifest_file {
    char path[REPOSITORY_PATH_SIZE];
    hash_t hash;
    size_t size;
};

struct manifest {
    struct manifest_file *files;
    size_t count;
};

/** Add a file; each path once. */
bool manifest_add(struct manifest *manifest, const char *path, const uint8_t *data, size_t size,
                  struct error *err) MUST_CHECK;
/** The same for a file that was hashed already. */
bool manifest_add_hash(struct manifest *manifest, const char *path, const hash_t *hash, size_t size,
                       struct error *err) MUST_CHECK;
/** Sort the files by path. */
void manifest_sort(struct manifest *manifest);
/** Is a file listed? Only after manifest_sort(), with nothing added since. */
bool manifest_has(const struct manifest *manifest, const char *path);
/** Append the unsigned manifest, its files sorted by path; `note` is the checkpoint's text. */
bool manifest_format(struct manifest *manifest, const char *origin, const char *period,
                     const char *note, struct buffer *out, struct error *err) MUST_CHECK;
void manifest_done(struct manifest *manifest);

#endif
