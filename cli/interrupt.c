/*
 * interrupt.c - the one piece of state that a signal handler can reach.
 */
#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "base/language.h"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

/* A handler has no context to be given: this is the only mutable state of the program. */
static volatile sig_atomic_t noted; /* the signal; 0: none */
static bool is_held;
static const char *words; /* looked up before, because a handler mustn't */

static void act_as_ever(void)
{
    struct sigaction action;
    size_t i;

    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (i = 0; i < ARRAY_COUNT(signals); i++)
        (void)sigaction(signals[i], &action, NULL);
}

static void note(int signal_number)
{
    if (noted != 0) {
        act_as_ever();
        (void)raise(signal_number);
        return;
    }
    noted = signal_number;
    if (write(STDERR_FILENO, words, strlen(words)) < 0) return; /* nobody listens */
}

void interrupt_hold(void)
{
    struct sigaction action, before;
    size_t i;

    if (is_held) return;
    words = _("\nstopping; Ctrl-C again stops at once\n");
    is_held = true;
    memset(&action, 0, sizeof action);
    action.sa_handler = note; /* without SA_RESTART: a question that waits for an answer ends */
    for (i = 0; i < ARRAY_COUNT(signals); i++) {
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(signals[i], &action, NULL);
    }
}

bool interrupt_asked(void)
{
    return noted != 0;
}

/* Between looking at `noted` and waiting no signal is let in; pselect() opens the door as it waits.
 */
void interrupt_wait(int descriptor)
{
    sigset_t held, before;
    fd_set input;
    size_t i;

    if (descriptor >= FD_SETSIZE) return; /* then its read() waits */
    sigemptyset(&held);
    for (i = 0; i < ARRAY_COUNT(signals); i++)
        sigaddset(&held, signals[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    do {
        FD_ZERO(&input);
        FD_SET(descriptor, &input);
    } while (noted == 0 && pselect(descriptor + 1, &input, NULL, NULL, NULL, &before) < 0 &&
             errno == EINTR);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

bool interrupt_check(struct error *err)
{
    return noted == 0 || error_set(err, ERROR_STATE, "interrupted; nothing was written");
}

void interrupt_release(void)
{
    if (!is_held) return;
    is_held = false;
    act_as_ever();
    if (noted != 0) (void)raise((int)noted);
}
