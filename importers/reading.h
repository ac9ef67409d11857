/*
 * reading.h - one sheet read through its layout: what was found is told, then each row is let
 * through or left out.
 */
#ifndef IMPORTERS_READING_H
#define IMPORTERS_READING_H

#include "importers/layout.h"
#include "importers/row.h"

#define READING_LONE_MAX 64 /* rows of one text, until it's known what they are */

#define READING_SIDES_MAX 16 /* columns beside the first of amounts whose totals are checked */

/** A column that may hold amounts with totals, beside the first. */
struct side_column {
    size_t cell;
    size_t column;                /* COLUMNS_MAX: left out */
    struct layout_totals *totals; /* owned; unsure once a cell is no amount */
};

struct reading {
    struct layout layout;
    struct mapping mapping;       /* synonyms, what is remembered, what was said */
    struct layout_totals *totals; /* owned */
    char *constants[COLUMNS_MAX]; /* owned */
    size_t side_count;
    struct side_column sides[READING_SIDES_MAX];
    bool is_over; /* the chosen table has ended */
    uint64_t over_row;
    size_t lone_count;
    uint64_t lone[READING_LONE_MAX];
};

/**
 * Find the layout by the row's options, bind its headings, tell both by row_note(). False when the
 * headings can't be used; each fault was reported.
 */
bool reading_begin(struct reading *reading, struct sheet_file *file, const struct column_set *set,
                   struct row *row, struct error *err) MUST_CHECK;
/** Accepts a reading that is all zero. */
void reading_done(struct reading *reading);

/** Is this a row of data? What isn't is left out, checked and told. */
bool reading_takes(struct reading *reading, struct row *row, const struct sheet_row *source);
/** Count a row of data, in place already, for the totals to come. */
void reading_count(struct reading *reading, struct row *row, const struct sheet_row *source);
/** There are no more rows. */
void reading_end(struct reading *reading, struct row *row);

/** Remember what the options say of this file's headings. */
bool reading_remember(struct sheet_file *file, const struct column_set *set,
                      const struct import_options *options, struct error *err) MUST_CHECK;

#endif
