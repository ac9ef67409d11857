/*
 * erased_files.h - attached files that go with what two people erase of them.
 *
 * Mark before the commit of the act, remove after it: a run that breaks off in between leaves a
 * mark, and the next one that holds the ledger's write lock here finishes the work.
 */
#ifndef CLI_ERASED_FILES_H
#define CLI_ERASED_FILES_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/session.h"

/** Mark the files that a proposed act erases; `body` is its body's JSON. Nothing for other acts. */
bool erased_files_mark(struct session *session, const char *act, const char *body,
                       struct error *err) MUST_CHECK;
/** Remove what is marked and named by no entry any more. The session has begun. */
bool erased_files_remove(struct session *session, struct error *err) MUST_CHECK;

#endif
