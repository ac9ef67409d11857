/*
 * importers.h - files in: plain CSV to divisions, funds, projects, contracts, allocations,
 * payments.
 *
 * 1. All rows or none. Every bad cell is named (file, row, column, what is wrong, what to do), up
 * to IMPORT_FAULTS_MAX of them, before anything is written.
 * 2. Memory does not grow with the number of rows; one voucher's lines are the most that is held.
 * 3. The same file again changes nothing and says so.
 */
#ifndef IMPORTERS_IMPORTERS_H
#define IMPORTERS_IMPORTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

#define IMPORT_FAULTS_MAX     100
#define IMPORT_CELL_BYTES_MAX 32768
#define IMPORT_ROWS_MAX       20000000

struct import_options {
    const char *what; /* "divisions", "funds", "projects", "contracts", "allocations", "payments" */
    const char *path;
    const char *reference; /* NULL: the first 16 hex digits of the file's SHA-256 */
    struct signatory by;
    bool late; /* mark vouchers for closed months as late entries */
    void (*fault)(void *context, const struct error *fault); /* each bad cell, in order */
    /* every so many rows; false stops the import with ERROR_STATE */
    bool (*progress)(void *context, uint64_t rows, uint64_t bytes_done, uint64_t bytes_total);
    void *context;
};

struct import_report {
    uint64_t rows;
    uint64_t vouchers; /* submitted; repeated ones are counted apart */
    uint64_t vouchers_repeated;
    uint64_t faults;
    bool repeated; /* the whole file was imported before */
};

/**
 * Read the file and append its rows inside the caller's transaction (journal_begin() done). The
 * caller commits, or rolls back for a dry run after showing the balances. On false nothing may be
 * committed.
 */
bool import_file(struct ledger *ledger, const struct import_options *options,
                 struct import_report *report, struct error *err) MUST_CHECK;

/** The headings and one example row of a kind, as CSV in UTF-8 with BOM (opens in a spreadsheet).
 */
bool import_template(const char *what, struct buffer *out, struct error *err) MUST_CHECK;
/** The kinds, NULL-terminated, static. */
const char *const *import_kinds(void);

#endif
