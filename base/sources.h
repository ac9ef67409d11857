/*
 * sources.h - the clock and the randomness, handed in so that a test can choose them.
 */
#ifndef BASE_SOURCES_H
#define BASE_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"

/* now() tells the moment. It fails with ERROR_CLOCK when the clock can't be read. */
struct clock_source {
    bool (*now)(void *context, instant_t *out, struct error *err);
    void *context; /* lent */
};

/* fill() writes `size` unguessable bytes, all of them or none. It fails with ERROR_IO. */
struct random_source {
    bool (*fill)(void *context, uint8_t *data, size_t size, struct error *err);
    void *context; /* lent */
};

/** The system's real-time clock. */
struct clock_source clock_source_system(void);
/** The operating system's generator, by OpenSSL's RAND_bytes. */
struct random_source random_source_system(void);

#endif
