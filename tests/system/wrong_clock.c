/*
 * wrong_clock.c - a real-time clock that is wrong by $WRONG_CLOCK_SECONDS, for one program at a
 * time.
 *
 * Loaded before the C library (LD_PRELOAD), so that no test has to touch the machine's own clock.
 */
/* syscall() is beyond POSIX. */
#define _DEFAULT_SOURCE 1

#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *out)
{
    const char *wrong_by = getenv("WRONG_CLOCK_SECONDS");
    long status = syscall(SYS_clock_gettime, clock, out);

    if (status == 0 && clock == CLOCK_REALTIME && wrong_by != NULL) {
        out->tv_sec += (time_t)strtol(wrong_by, NULL, 10);
    }
    return (int)status;
}
