/*
 * ledger_source.h - the entries and sealed values of a ledger's SQLite file, read by sqlite3
 * itself.
 *
 * 1. Nothing is written, not even a lock file beside it where the media forbid one.
 * 2. Only the tables `entry` and `sealed` are read; they must be tables.
 */
#ifndef AUDIT_VERIFY_LEDGER_SOURCE_H
#define AUDIT_VERIFY_LEDGER_SOURCE_H

#include <stdbool.h>

#include "audit/verify/log.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define LEDGER_FILE "ledger.sqlite"

struct ledger_source;

/** Open DIRECTORY/ledger.sqlite for reading. */
bool ledger_source_open(const char *directory, struct ledger_source **out,
                        struct error *err) MUST_CHECK;
/** Accepts NULL. */
void ledger_source_close(struct ledger_source *source);
/** The bytes of entry 0, unchecked, to know which log this says it is. */
bool ledger_source_genesis(struct ledger_source *source, struct buffer *out,
                           struct error *err) MUST_CHECK;
/** Where a pass reads it from the start; lent. One pass at a time. */
bool ledger_source_log(struct ledger_source *source, struct log_source *out,
                       struct error *err) MUST_CHECK;

#endif
