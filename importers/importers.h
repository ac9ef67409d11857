/*
 * importers.h - files in: sheets of divisions, funds, projects, contracts, allocations and
 * payments, as CSV, XLSX or XLS.
 *
 * 1. All rows or none. Every bad cell is named (file, row, column, what is wrong, what to do): the
 *    first IMPORT_FAULTS_MAX are told, IMPORT_MARKS_MAX are coloured in a copy of the sheet.
 * 2. Memory does not grow with the number of rows; one voucher's lines are the most that is held.
 * 3. The same file again changes nothing and says so.
 * 4. How the sheet is read is told before the first row is. What is entered depends on the rows
 *    alone, not on where in a sheet they stood.
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
#define IMPORT_MARKS_MAX      10000 /* after so many the rest isn't looked at */
#define IMPORT_NOTES_MAX      40    /* told while rows are read */
#define IMPORT_CELL_BYTES_MAX 32768
#define IMPORT_ROWS_MAX       20000000

struct import_options {
    const char *what; /* "divisions", "funds", "projects", "contracts", "allocations", "payments" */
    const char *path;
    const char *reference; /* NULL: a random one; the same file is known by its bytes */
    struct signatory by;
    bool late; /* mark vouchers for closed months as late entries */

    const char *sheet;            /* of a book, by name or number from 1; NULL: the one that fits */
    uint64_t heading_row;         /* 0: found by itself */
    const char *synonyms;         /* a file of (kind, heading, column); NULL for none */
    const char *layouts;          /* the folder of remembered mappings; NULL for none */
    const char *const *maps;      /* "HEADING=COLUMN"; NULL-terminated, or NULL */
    const char *const *constants; /* "COLUMN=VALUE" for all rows; NULL-terminated, or NULL */
    const char *marked;           /* a new file for the marked copy; NULL for none */

    void (*fault)(void *context, const struct error *fault); /* bad cells, in order */
    void (*note)(void *context, const char *line); /* how the sheet is read, what is left out */
    /* every so many rows; false stops the import with ERROR_STATE */
    bool (*progress)(void *context, uint64_t rows, uint64_t bytes_done, uint64_t bytes_total);
    void *context;
};

struct import_report {
    uint64_t rows;
    uint64_t rows_refused;
    uint64_t rows_warned;   /* read otherwise than they stand: a note was said of each */
    uint64_t rows_left_out; /* totals, remarks, headings again */
    uint64_t vouchers;      /* submitted; repeated ones are counted apart */
    uint64_t vouchers_repeated;
    money_t amount; /* of those submitted, together */
    uint64_t faults;
    bool repeated;  /* the whole file was imported before */
    bool is_marked; /* the marked copy was written */
};

/**
 * Read the file and append its rows inside the caller's transaction (journal_begin() done). The
 * caller commits, or rolls back for a dry run after showing the balances. On false nothing may be
 * committed.
 */
bool import_file(struct ledger *ledger, const struct import_options *options,
                 struct import_report *report, struct error *err) MUST_CHECK;

/**
 * Remember `maps` for the headings of this file, so that the next file with the same ones needs
 * none. For after the import's commit.
 */
bool import_remember(const struct import_options *options, struct error *err) MUST_CHECK;

/** The headings and one example row of a kind, as CSV in UTF-8 with BOM (opens in a spreadsheet).
 */
bool import_template(const char *what, struct buffer *out, struct error *err) MUST_CHECK;
/**
 * The same as an XLSX file that doesn't exist yet, with drop-down lists and a page of instructions.
 * ERROR_CONFLICT when it exists.
 */
bool import_template_book(const char *what, const char *path, struct error *err) MUST_CHECK;
/** A list of scanned labels for a round of stock-taking: text, one code or address a line. */
struct scan_options {
    const char *round;
    date_t date;
    struct signatory by;
    const struct buffer *list; /* lent; at most SCAN_BYTES_MAX */
};
struct scan_report {
    bool repeated;
    uint64_t count; /* codes, each once */
};
#define SCAN_BYTES_MAX (8u << 20)
/** Count its assets: ERROR_INPUT, ERROR_NOT_FOUND, ... The place is a line, of the codes in order
 * where the ledger refuses one. */
bool import_scanned_list(struct ledger *ledger, const struct scan_options *options,
                         struct scan_report *report, struct error *err) MUST_CHECK;
/** The kinds, NULL-terminated, static. */
const char *const *import_kinds(void);

#endif
