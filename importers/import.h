/*
 * import.h - the state of one import and the functions that take one row of each kind.
 */
#ifndef IMPORTERS_IMPORT_H
#define IMPORTERS_IMPORT_H

#include "importers/layout.h"
#include "importers/records.h"
#include "importers/row.h"

/** Payments seen lately, by a fingerprint of what makes them the same. */
#define SEEN_SLOTS (1u << 18)
struct seen_payment {
    uint64_t fingerprint; /* 0: free */
    uint64_t row;
};

/** The first row of a project or voucher, against which the rows after it are held. */
struct group {
    bool open;
    uint64_t first_row;
    size_t at[COLUMNS_MAX]; /* offsets in `bytes` of its cells */
    bool told[COLUMNS_MAX]; /* that a later row differs: once is enough for a whole group */
    struct buffer bytes;
};

struct import {
    struct row row;
    struct register_batch *batch;
    struct group group;

    struct project project; /* being put together from rows */

    const struct record_sheet *sheet; /* NULL: of another kind */
    struct record *record;            /* the row's; made with the first */
    struct record_rows *record_rows;  /* about people; made with the first */

    struct voucher_header header;
    struct voucher_draft *draft; /* NULL while nothing may be written */
    struct voucher_line line;
    uint64_t *line_rows; /* VOUCHER_LINES_MAX: the row of each line of the draft */
    size_t line_count;
    uint64_t excess_first, excess_last; /* rows of this voucher past its last line; 0: none */
    uint64_t excess_count;
    struct seen_payment *seen; /* SEEN_SLOTS */
};

/**
 * Does this row go on with the open group, as its column `key` says? Its shared cells must be empty
 * or the same, and read as the first row's from here on.
 */
bool group_continues(struct import *import, size_t key);
/** Begin a group with this row. */
void group_begin(struct import *import);

/** import_file() for a sheet that no list names: of a module that a test makes up. */
bool import_record_file(struct journal *journal, const struct record_sheet *sheet,
                        const struct import_options *options, struct import_report *report,
                        struct error *err) MUST_CHECK;

/* One row each; faults go to the row. */
void import_division_row(struct import *import);
void import_fund_row(struct import *import);
void import_contract_row(struct import *import);
void import_project_row(struct import *import);
void import_allocation_row(struct import *import);
void import_payment_row(struct import *import);
void import_record_row(struct import *import); /* of any record_sheet */
void import_asset_row(struct import *import);
void import_household_row(struct import *import);

/** "3", "3%" or "2.5": per cent with two decimals, in 1/10,000. */
void cell_percent_bp(struct row *row, size_t column, int32_t *out);

/** The import's record; NULL when memory ran out, which the row tells. */
struct record *import_record(struct import *import);
/** Add it, or keep it until the sheet's end when it is about people. */
bool import_record_take(struct import *import, struct error *err) MUST_CHECK;

/* The last group of the file is whole. */
void import_project_end(struct import *import);
void import_voucher_end(struct import *import);
/* All rows of the sheet are read. */
void import_record_end(struct import *import);
void import_household_end(struct import *import);

#endif
