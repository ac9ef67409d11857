/*
 * kill_after.c - run a command and kill it by SIGKILL after so many microseconds.
 *
 *   system_kill_after MICROSECONDS COMMAND [ARGUMENT…]
 *
 * Ends with 137 when the command was killed, else as it ended. 0 microseconds: never kill, and
 * print on stderr how many it took.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MICROSECONDS_MAX 60000000L
#define KILLED           137
#define FAILED           125

static long now_microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000000L + now.tv_nsec / 1000L;
}

static void sleep_microseconds(long microseconds)
{
    struct timespec left = {microseconds / 1000000L, microseconds % 1000000L * 1000L};

    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

int main(int argc, char **argv)
{
    long microseconds = argc > 2 ? strtol(argv[1], NULL, 10) : -1;
    long start = now_microseconds();
    int status = 0;
    pid_t child;

    if (microseconds < 0 || microseconds > MICROSECONDS_MAX) {
        fputs("usage: system_kill_after MICROSECONDS COMMAND …\n", stderr);
        return FAILED;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "system_kill_after: %s: %s\n", argv[2], strerror(errno));
        _exit(FAILED);
    }
    if (child < 0) return FAILED;
    if (microseconds > 0) {
        sleep_microseconds(microseconds);
        kill(child, SIGKILL);
    }
    if (waitpid(child, &status, 0) != child) return FAILED;
    if (microseconds == 0) fprintf(stderr, "%ld\n", now_microseconds() - start);
    return WIFSIGNALED(status) ? KILLED : WEXITSTATUS(status);
}
