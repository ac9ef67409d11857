/*
 * inspect.h - the deep look at a ledger: replay, compare, derive every document.
 *
 * audit/verify comes first: it shows that the journal is whole and signed, and every seal here and
 * the one that was entered. This shows that everything else is what the journal says: it runs the
 * ledger's own code again, from the first entry, and compares.
 *
 * 1. Nothing of the ledger is changed; the replay goes to a temporary file.
 * 2. The first difference ends it with ERROR_VERIFY, naming table, row and column.
 */
#ifndef AUDIT_INSPECT_INSPECT_H
#define AUDIT_INSPECT_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "exporters/exporters.h"
#include "ledger/ledger.h"

struct inspect_options {
    const char *publication;       /* whose documents are derived again, or NULL */
    const char *scratch_directory; /* for the replay */
    void (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL */
    void *context;
};

struct inspect_report {
    uint64_t entries;                     /* replayed */
    size_t tables;                        /* derived tables compared */
    struct publication_recheck published; /* pages and tables of the publication */
};

/** `ledger_options` are for the replay's own ledger. */
bool inspect_ledger(struct ledger *ledger, const struct ledger_options *ledger_options,
                    const struct inspect_options *options, struct inspect_report *out,
                    struct error *err) MUST_CHECK;

#endif
