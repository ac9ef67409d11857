/* chosen.c - see chosen.h. */
#include "tests/chosen.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define OPEN_DIRECTORIES_MAX 16

static bool read_clock(void *context, instant_t *out, struct error *err)
{
    const int64_t *seconds = context;

    (void)err;
    out->seconds = *seconds;
    return true;
}

struct clock_source clock_source_chosen(int64_t *seconds)
{
    return (struct clock_source){read_clock, seconds};
}

static bool fill_random(void *context, uint8_t *data, size_t size, struct error *err)
{
    uint64_t *counter = context;

    (void)err;
    while (size > 0) {
        hash_t hash = hash_sha256((const uint8_t *)counter, sizeof *counter);
        size_t part = size < HASH_SIZE ? size : HASH_SIZE;

        memcpy(data, hash.bytes, part);
        data += part;
        size -= part;
        ++*counter;
    }
    return true;
}

struct random_source random_source_chosen(uint64_t *counter)
{
    return (struct random_source){fill_random, counter};
}

uint64_t chance_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

size_t chance_below(uint64_t *state, size_t limit)
{
    return (size_t)(chance_next(state) % limit);
}

void scratch_make(const char *parent, char path[SCRATCH_PATH_SIZE])
{
    (void)snprintf(path, SCRATCH_PATH_SIZE, "%s/mingzhang-test-XXXXXX", parent);
    if (mkdtemp(path) == NULL) abort();
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    (void)remove(path);
    return 0;
}

void scratch_remove(const char *path)
{
    (void)nftw(path, remove_one, OPEN_DIRECTORIES_MAX, FTW_DEPTH | FTW_PHYS);
}
