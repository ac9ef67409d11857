/*
 * hint.h - after a refusal: the word or code that was perhaps meant.
 */
#ifndef CLI_HINT_H
#define CLI_HINT_H

#include "base/error.h"
#include "cli/arguments.h"
#include "cli/session.h"

/**
 * When the error quotes a value of the command line that is near a word of ours (a movement, book,
 * role, state, kind of file) or a code or name in the ledger, say so on stderr. Says nothing else;
 * the ledger, when open, has no transaction.
 */
void hint_after(struct session *session, const struct arguments *arguments,
                const struct error *err);

#endif
