/*
 * records.h - sheets whose rows are rows of ledger/records: for each kind a table of columns and
 * one of the fields that they fill.
 *
 * A module lists its sheets once (importers/disclosures.h is the model):
 *
 *     header: #define ASSET_SHEETS(S) S("post-holders", post, 1, asset_post)
 *             ASSET_SHEETS(RECORD_SHEET_DECLARE)
 *     source: static const struct column post_list[] = {{"编号|code", COLUMN_REQUIRED, "G1"}, …};
 *             static const size_t post_fields[] = {POST_CODE, …};     by column
 *             static const struct record_word words[] = {{"维修", "repair"}, …, {NULL, NULL}};
 *             ASSET_SHEETS(RECORD_SHEET_DEFINE)
 *
 * and import.c names the list twice (AS_KIND, AS_NAME), tests/importers/test_columns.c once.
 * S(name, list, key, kind): `key` is the column that starts with a digit in every row of data.
 *
 * 1. Every field of the kind has its column, sealed ones too; what a cell holds follows from the
 *    field's type. An INTEGER in a column of COLUMN_MONEY is fen; one called …_bp is a percentage,
 *    one called …_microdegrees a latitude or longitude in degrees, one called …_thousandths a
 *    quantity. An empty cell of words is `none` where that is one of them.
 * 2. Words are read in Chinese and as entries have them.
 * 3. Rows that seal something about people are written at the end of the sheet, in random order.
 */
#ifndef IMPORTERS_RECORDS_H
#define IMPORTERS_RECORDS_H

#include "importers/columns.h"
#include "ledger/records/records.h"

#define RECORD_PERSONAL_ROWS_MAX 100000 /* of one sheet, kept until its end */

/** A word of an entry as sheets have it. */
struct record_word {
    const char *chinese, *word;
};

struct record_sheet {
    struct column_set set;
    const struct record_kind *kind;
    const size_t *fields;            /* by column */
    const struct record_word *words; /* ends with NULL */
};

#define RECORD_SHEET_DECLARE(name, list, key, record_kind)                                         \
    extern const struct record_sheet list##_sheet;
#define RECORD_SHEET_DEFINE(name, list, key, record_kind)                                          \
    static_assert(ARRAY_COUNT(list##_list) == ARRAY_COUNT(list##_fields),                          \
                  "each column fills one");                                                        \
    const struct record_sheet list##_sheet = {                                                     \
        {name, list##_list, ARRAY_COUNT(list##_list), key}, &record_kind, list##_fields, words};

/**
 * What a column may hold, as the importer reads it, where that is a list: the first Chinese for
 * each word, in the order in which the sheet's words are told; 0 for any other column.
 */
size_t record_sheet_choices(const struct record_sheet *sheet, size_t column, const char **out,
                            size_t max);

struct row;
/** Read a row's cells into the fields that have a column; what has none stays empty. Faults go to
 * the row. */
void record_sheet_read(const struct record_sheet *sheet, struct row *row, struct record *out);

/**
 * Where a fault is shown that only the ledger found in a row: the column whose value the message
 * names first; COLUMNS_MAX when it names none.
 */
size_t record_sheet_column_of(const struct record_sheet *sheet, const struct record *record,
                              const char *message);

/** Rows about people, in the order of the sheet, until its end. */
struct record_rows {
    struct buffer values; /* number and text of each field, row after row */
    size_t *at;           /* RECORD_PERSONAL_ROWS_MAX */
    uint64_t *numbers;    /* of rows in the sheet; as many */
    size_t count;
};

struct record_rows *record_rows_new(struct error *err) MUST_CHECK;
/** Accepts NULL. */
void record_rows_free(struct record_rows *rows);

#endif
