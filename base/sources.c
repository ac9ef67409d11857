/*
 * sources.c - the two system sources; the only place that asks the system for time or chance.
 */
#include "base/sources.h"

#include <limits.h>
#include <time.h>

#include <openssl/rand.h>

static bool system_now(void *context, instant_t *out, struct error *err)
{
    struct timespec now;

    (void)context;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return error_set(err, ERROR_CLOCK,
                         "the system's clock can't be read; set it and try again");
    }
    return instant_from_seconds((int64_t)now.tv_sec, out, err);
}

static bool system_fill(void *context, uint8_t *data, size_t size, struct error *err)
{
    (void)context;
    if (size > INT_MAX || RAND_bytes(data, (int)size) != 1) {
        return error_set(err, ERROR_IO,
                         "the system gives no randomness; nothing was made, try again");
    }
    return true;
}

struct clock_source clock_source_system(void)
{
    return (struct clock_source){system_now, NULL};
}

struct random_source random_source_system(void)
{
    return (struct random_source){system_fill, NULL};
}
