/*
 * interrupt.h - Ctrl-C without harm.
 *
 * 1. While nothing is held, SIGINT, SIGTERM and SIGHUP end the program at once, as ever.
 * 2. While held, the first one is noted and asks for an end in order: what was begun is rolled
 *    back, keys are wiped, the WAL is truncated. The second ends the program at once, which harms
 *    no ledger either: the next opening rolls back.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"

/** From here on an interruption is noted. Held twice is held once. */
void interrupt_hold(void);
/** Was one noted? */
bool interrupt_asked(void);
/** ERROR_STATE, "interrupted; nothing was written", when one was. */
bool interrupt_check(struct error *err) MUST_CHECK;
/** Let signals work as ever. One that was noted ends the program now, by that signal. */
void interrupt_release(void);

/** Wait until there is something to read, or a signal asked for the end: none comes too early. */
void interrupt_wait(int descriptor);

#endif
