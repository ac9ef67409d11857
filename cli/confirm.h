/*
 * confirm.h - asking a person before something that can't be taken back.
 */
#ifndef CLI_CONFIRM_H
#define CLI_CONFIRM_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"

/** Is there a person to ask: does one type at standard input, and see standard output or error? */
bool confirm_is_possible(void);
/** Ask, in words translated already; true for y, yes or 是. ERROR_INPUT, "nothing was written", for
 * anything else. */
bool confirm(const char *question, struct error *err) MUST_CHECK;

#endif
