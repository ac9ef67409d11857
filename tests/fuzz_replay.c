/*
 * fuzz_replay.c - stands in for libFuzzer: gives every file of a corpus to the fuzz target once.
 *
 * 1. A corpus that is missing or empty is an error: a test that tries nothing must not pass.
 * 2. Files are given in the order of their names, so that a crash is the same crash each time.
 */
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_SIZE_BYTES_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The target gets memory of the exact size, so that a read past the end is seen. */
static bool replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *all = malloc(FILE_SIZE_BYTES_MAX + 1);
    uint8_t *data = NULL;
    size_t size;
    bool ok = false;

    if (file == NULL || all == NULL) goto out;
    size = fread(all, 1, FILE_SIZE_BYTES_MAX + 1, file);
    if (ferror(file) || size > FILE_SIZE_BYTES_MAX) goto out;
    data = malloc(size > 0 ? size : 1);
    if (data == NULL) goto out;
    memcpy(data, all, size);
    LLVMFuzzerTestOneInput(data, size);
    ok = true;
out:
    if (file != NULL) fclose(file);
    free(data);
    free(all);
    return ok;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    char path[PATH_MAX];
    int count;
    int failures = 0;
    int i;

    if (argc != 2) {
        fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    count = scandir(argv[1], &entries, is_visible, alphasort);
    if (count <= 0) {
        fprintf(stderr, "%s: no corpus there; put at least one input into it\n", argv[1]);
        return 1;
    }
    for (i = 0; i < count; i++) {
        int size = snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);

        if (size < 0 || (size_t)size >= sizeof path || !replay(path)) {
            fprintf(stderr, "%s/%s: cannot be read, or is over %zu bytes\n", argv[1],
                    entries[i]->d_name, FILE_SIZE_BYTES_MAX);
            failures++;
        }
        free(entries[i]);
    }
    free(entries);
    printf("%d inputs replayed, %d unreadable\n", count, failures);
    return failures == 0 ? 0 : 1;
}
