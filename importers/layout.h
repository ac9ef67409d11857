/*
 * layout.h - where the rows of a sheet are: which sheet, which heading row, which unit; and what
 * each row after it is.
 *
 * 1. Only the first LAYOUT_LOOK_ROWS rows of each sheet are looked at before reading begins; all
 *    else is decided row by row, in constant memory.
 * 2. Nothing is left out unseen: what isn't a row of the table is told by its row, and what can't
 *    be placed is a fault. A total is never entered; it is held against the rows it is the sum of.
 * 3. A second table with other headings is refused by name until one of them is chosen.
 */
#ifndef IMPORTERS_LAYOUT_H
#define IMPORTERS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/money.h"
#include "importers/columns.h"
#include "importers/mapping.h"

#define LAYOUT_LOOK_ROWS        64
#define LAYOUT_SHEETS_MAX       64 /* looked at in a book; beyond, one must be named */
#define LAYOUT_HEADING_ROWS_MAX 2
#define LAYOUT_TOTALS_MAX       4096
#define LAYOUT_WORD_SIZE        HEADING_SIZE

struct layout_options {
    const struct column_set *set;
    const struct mapping *mapping;
    const char *folder;   /* of remembered layouts; NULL: none */
    const char *sheet;    /* by name or number from 1; NULL: find it */
    uint64_t heading_row; /* 0: find it */
};

struct layout {
    size_t sheet;
    uint64_t first_row, last_row; /* of the headings */
    uint64_t row_hashes[LAYOUT_HEADING_ROWS_MAX];
    size_t row_count;
    size_t title_count;       /* rows with text above the headings */
    enum money_unit unit;     /* of the unit line; yuan without one */
    uint64_t unit_row;        /* 0: there is none */
    uint64_t wan_row;         /* speaks of 万元 other than as of an amount; 0: none does */
    struct heading *headings; /* owned */
    size_t heading_count;
    size_t width; /* of the heading rows in a CSV file, as of a sheet_row */
    char *text;   /* owned: what the headings point to */
    char key[LAYOUT_KEY_SIZE];
    bool is_remembered;
    bool is_chosen; /* by --heading: the table ends where another one begins */
};

/**
 * Find the sheet and its headings. ERROR_INPUT when none or several fit: they are named, and how to
 * choose.
 */
bool layout_find(struct sheet_file *file, const struct layout_options *options, struct layout *out,
                 struct error *err) MUST_CHECK;
/** The sheet of this name, or of this number from 1. ERROR_INPUT names those that there are. */
bool layout_sheet(const struct sheet_file *file, const char *name, size_t *out,
                  struct error *err) MUST_CHECK;
/** Accepts a layout that is all zero. */
void layout_done(struct layout *layout);

/** Do these headings look like those of a table of the set? */
bool layout_fits(const struct column_set *set, const struct mapping *mapping,
                 const struct heading *headings, size_t count);
/** A row's text as one number, to know a heading row again. */
uint64_t layout_row_hash(const struct sheet_row *row);

/** "单位：万元": the unit that a line tells. ERROR_INPUT for units that aren't known, 千元. */
bool layout_unit_line(const char *text, bool *found, enum money_unit *out,
                      struct error *err) MUST_CHECK;

/** Does a text speak of 万元 without a number before it? */
bool layout_names_wan(const char *text);

/* ---- Rows ----------------------------------------------------------------------------------- */

enum layout_row {
    LAYOUT_DATA,
    LAYOUT_ABOVE,       /* of the headings, or up to them */
    LAYOUT_BLANK,       /* white space alone */
    LAYOUT_HEADING,     /* the same headings again: read on */
    LAYOUT_OTHER_TABLE, /* other headings */
    LAYOUT_TOTAL,
    LAYOUT_LONE,   /* one text alone: a title or remark, unless rows follow */
    LAYOUT_REMARK, /* by its words, or merged over the columns */
    LAYOUT_EXAMPLE /* the template's */
};

/** What a row is. */
enum layout_row layout_classify(const struct layout *layout, const struct column_binding *binding,
                                const struct mapping *mapping, const struct sheet_row *row);
/** Is it a word for a sum? `is_grand` for one of everything (总计, 合计), not a part (小计). */
bool layout_total_word(const char *text, bool *is_grand);
/** The first word for a sum in a row, cut to size; "" when there is none. */
void layout_total_find(const struct sheet_row *row, char out[LAYOUT_WORD_SIZE], bool *is_grand);

/* ---- Totals --------------------------------------------------------------------------------- */

/** A total whose rows stand below it, or that none was found for yet. */
struct total_claim {
    uint64_t row;
    money_t amount;
    int64_t before; /* fen of the rows above it */
    size_t boundary;
    bool fits_above; /* it is the sum of rows above as well */
    bool is_settled;
};

struct layout_totals {
    int64_t sum; /* fen of all rows so far */
    uint64_t rows_since;
    bool stand_above; /* totals stand above their rows in this sheet */
    bool is_unsure;   /* an amount couldn't be read: nothing can be compared any more */
    size_t table_start;
    size_t boundary_count;
    int64_t boundaries[LAYOUT_TOTALS_MAX]; /* fen of the rows above each total */
    size_t claim_count;
    struct total_claim claims[LAYOUT_TOTALS_MAX];
};

void layout_totals_init(struct layout_totals *totals);
/** Count a row. ERROR_OVERFLOW. */
bool layout_totals_add(struct layout_totals *totals, money_t amount, struct error *err) MUST_CHECK;
/** The same headings again: a total may be of this table alone. */
void layout_totals_begin_table(struct layout_totals *totals);
/**
 * Compare a total with its rows. `pending` when its rows stand below it. ERROR_INPUT names both
 * sums.
 */
bool layout_totals_check(struct layout_totals *totals, uint64_t row, money_t amount, bool is_grand,
                         bool *pending, struct error *err) MUST_CHECK;
/** All rows are read: is a total that stands above its rows left unchecked, being unsure? */
bool layout_totals_is_left_open(const struct layout_totals *totals);
/** All rows are read: the next pending total that doesn't agree. False when there is none. */
bool layout_totals_next_wrong(struct layout_totals *totals, uint64_t *row, struct error *fault);

#endif
