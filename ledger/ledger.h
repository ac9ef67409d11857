/*
 * ledger.h - open, submit, query: the one door through which entries are written.
 *
 * A ledger is a place (a directory with a SQLite file) that holds one journal with all domain
 * modules. What can be written and asked is declared by the modules' own headers, included here so
 * that everything above needs this one include.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/sources.h"
#include "ledger/attachments/attachments.h"
#include "ledger/assets/assets.h"
#include "ledger/custody/custody.h"
#include "ledger/disclosure/disclosure.h"
#include "ledger/findings/findings.h"
#include "ledger/funds/funds.h"
#include "ledger/income/income.h"
#include "ledger/journal/journal.h"
#include "ledger/keeping/keeping.h"
#include "ledger/people/people.h"

struct ledger;

struct ledger_options {
    struct clock_source clock;
    struct random_source random;
};

/** Make a ledger at `location` with its genesis entry, committed. A failure leaves nothing behind.
 */
bool ledger_create(const char *location, const struct ledger_options *options,
                   const struct genesis *genesis, const uint8_t signatures[3][SIGN_SIGNATURE_SIZE],
                   struct ledger **out, struct error *err) MUST_CHECK;
/** Open an existing one for writing, or only for reading (read-only media allowed). */
bool ledger_open(const char *location, const struct ledger_options *options, bool read_only,
                 struct ledger **out, struct error *err) MUST_CHECK;
/** An empty ledger in a temporary file beside nothing else, for replay: its journal has no genesis
 * yet. */
bool ledger_open_scratch(const char *directory, const struct ledger_options *options,
                         struct ledger **out, struct error *err) MUST_CHECK;
/** A ledger at `location` without any entry, to replay another one's into. */
bool ledger_create_empty(const char *location, const struct ledger_options *options,
                         struct ledger **out, struct error *err) MUST_CHECK;
/**
 * Only the entries and sealed values of a ledger, to replay or walk them: its derived tables may be
 * of an older version, damaged or gone.
 */
bool ledger_open_source(const char *location, const struct ledger_options *options,
                        struct ledger **out, struct error *err) MUST_CHECK;
/** NULL allowed; an open transaction is rolled back. */
void ledger_close(struct ledger *ledger);

/** The journal, for every function of the modules; lent until ledger_close(). */
struct journal *ledger_journal(struct ledger *ledger);

/** Every derived table of every module, for comparing a replay; NULL-terminated, static. */
const struct store_table *const *ledger_derived_tables(void);

/** Copy a ledger in use, sealed values and all, to a new directory. */
bool ledger_backup(struct ledger *ledger, const char *location, struct error *err) MUST_CHECK;

#endif
