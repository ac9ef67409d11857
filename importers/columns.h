/*
 * columns.h - the columns of each kind of file: their names, what they hold, an example.
 *
 * 1. A heading is matched by its Chinese or English name or by a mapping; spaces, case and
 *    full-width forms don't matter. A unit in parentheses, 元 or 万元, says in what an amount
 *    column is written.
 * 2. A heading that is no column of its kind is refused, so that nothing is dropped unseen; only
 *    row numbers (序号) and what a marked copy adds (错误) may stand beside, and what a mapping
 *    leaves out by name.
 * 3. A shared column tells of the whole group (a project, a voucher): rows after the group's first
 *    leave it empty or repeat it.
 */
#ifndef IMPORTERS_COLUMNS_H
#define IMPORTERS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/money.h"
#include "importers/sheet.h"

#define COLUMNS_MAX  40
#define HEADING_SIZE 96 /* bytes, NUL included, of a heading kept for messages */

#define COLUMN_REQUIRED 1u  /* the heading must be there and each row must fill it */
#define COLUMN_MONEY    2u  /* may carry a unit */
#define COLUMN_SHARED   4u  /* of the group, not of the row */
#define COLUMN_JOINED   8u  /* free text: several headings may be mapped to it */
#define COLUMN_IDENTITY 16u /* a row that fills it is of one person and never a total */

#define COLUMN_NAMELESS (COLUMNS_MAX + 1) /* cells without a heading */

struct column {
    const char *names; /* "行政区划代码|区划代码|code": the first is the template's heading */
    unsigned flags;
    const char *example; /* a cell of the template's row */
};

struct column_set {
    const char *kind; /* "divisions" */
    const struct column *columns;
    size_t count;
    size_t key; /* a column that starts with a digit in every row of data */
};

enum division_column {
    DIVISIONS_CODE,
    DIVISIONS_NAME,
    DIVISIONS_PARENT,
    DIVISIONS_PROVISIONAL,
    DIVISIONS_VALID_FROM,
    DIVISIONS_COUNT
};
enum fund_column {
    FUNDS_CODE,
    FUNDS_DOCUMENT,
    FUNDS_NAME,
    FUNDS_LEVEL,
    FUNDS_YEAR,
    FUNDS_AMOUNT,
    FUNDS_BOOKS,
    FUNDS_EXPIRY,
    FUNDS_COUNT
};
enum project_column {
    PROJECTS_CODE,
    PROJECTS_NAME,
    PROJECTS_CATEGORY,
    PROJECTS_NATURE,
    PROJECTS_DIVISION,
    PROJECTS_BOOK,
    PROJECTS_START,
    PROJECTS_END,
    PROJECTS_UNIT,
    PROJECTS_PHONE,
    PROJECTS_TASK,
    PROJECTS_TARGET,
    PROJECTS_BENEFICIARIES,
    PROJECTS_PARTICIPATION,
    PROJECTS_MECHANISM,
    PROJECTS_PLAN_LINE,
    PROJECTS_PLAN_FUND,
    PROJECTS_PLAN_SOURCE,
    PROJECTS_PLAN_AMOUNT,
    PROJECTS_COUNT
};
enum contract_column {
    CONTRACTS_CODE,
    CONTRACTS_PROJECT,
    CONTRACTS_CONTRACTOR,
    CONTRACTS_USCC,
    CONTRACTS_PRICE,
    CONTRACTS_RETENTION,
    CONTRACTS_SIGNED_ON,
    CONTRACTS_START,
    CONTRACTS_END,
    CONTRACTS_COUNT
};
enum allocation_column {
    ALLOCATIONS_REFERENCE,
    ALLOCATIONS_DATE,
    ALLOCATIONS_MOVEMENT,
    ALLOCATIONS_DOCUMENT,
    ALLOCATIONS_TEXT,
    ALLOCATIONS_FUND,
    ALLOCATIONS_FROM_DIVISION,
    ALLOCATIONS_TOWNSHIP,
    ALLOCATIONS_TO_DIVISION,
    ALLOCATIONS_BOOK,
    ALLOCATIONS_TO_BOOK,
    ALLOCATIONS_ROLE,
    ALLOCATIONS_TO_ROLE,
    ALLOCATIONS_AMOUNT,
    ALLOCATIONS_PROJECT,
    ALLOCATIONS_PLAN_LINE,
    ALLOCATIONS_CONTRACT,
    ALLOCATIONS_PAYEE,
    ALLOCATIONS_PAYEE_USCC,
    ALLOCATIONS_PAYEE_ID,
    ALLOCATIONS_AGREEMENT,
    ALLOCATIONS_LINE_TEXT,
    ALLOCATIONS_COUNT
};
enum payment_column {
    PAYMENTS_REFERENCE,
    PAYMENTS_DATE,
    PAYMENTS_DOCUMENT,
    PAYMENTS_TEXT,
    PAYMENTS_FUND,
    PAYMENTS_TOWNSHIP,
    PAYMENTS_DIVISION,
    PAYMENTS_BOOK,
    PAYMENTS_ROLE,
    PAYMENTS_AMOUNT,
    PAYMENTS_PROJECT,
    PAYMENTS_PLAN_LINE,
    PAYMENTS_CONTRACT,
    PAYMENTS_POLICY,
    PAYMENTS_PAYEE,
    PAYMENTS_PAYEE_USCC,
    PAYMENTS_PAYEE_ID,
    PAYMENTS_ACCOUNT,
    PAYMENTS_REPAYS,
    PAYMENTS_LINE_TEXT,
    PAYMENTS_COUNT
};

extern const struct column_set divisions_columns, funds_columns, projects_columns,
    contracts_columns, allocations_columns, payments_columns;

/** What a heading means: a column, or nothing that is read. */
enum heading_meaning { HEADING_UNKNOWN, HEADING_LEFT_OUT, HEADING_COLUMN };

struct mapping; /* mapping.h */

/**
 * A heading of one or more rows: what stands above in a merged or grouped cell, "" for none, and
 * what stands last.
 */
struct heading {
    const char *upper;
    const char *lower;
    bool is_hidden; /* its column, in the spreadsheet */
};

struct heading_match {
    enum heading_meaning meaning;
    size_t column;
    bool has_unit; /* the heading tells a unit itself */
    enum money_unit unit;
};

/** Where each column of a set stands in a sheet. */
struct column_binding {
    const struct column_set *set;
    size_t cell_count;                 /* cells of the heading row */
    size_t width;                      /* the same in a CSV file, empty ones at its end too */
    size_t column_of[SHEET_CELLS_MAX]; /* COLUMNS_MAX: left out; COLUMN_NAMELESS */
    size_t cell_of[COLUMNS_MAX];       /* the first cell of each column; SHEET_NO_COLUMN */
    size_t number_cell;                /* of row numbers; SHEET_NO_COLUMN */
    bool present[COLUMNS_MAX];
    size_t shared_count;
    size_t shared[COLUMNS_MAX]; /* the present columns that tell of the whole group */
    size_t joined_count;        /* cells beyond the first that are joined to another's */
    enum money_unit unit[COLUMNS_MAX];
    bool has_unit[COLUMNS_MAX];              /* told by the heading itself */
    char *constant[COLUMNS_MAX];             /* the value of an absent column, lent; or NULL */
    char heading[COLUMNS_MAX][HEADING_SIZE]; /* as the file has it; the template's when absent */
};

/** Told each heading that can't be used, with the heading as place, and its cell. */
typedef void column_fault(void *context, size_t cell, const struct error *fault);

/** What a heading means, by the mapping (NULL: none) first and then by the set's own names. */
struct heading_match column_match(const struct column_set *set, const struct mapping *mapping,
                                  const struct heading *heading);

/**
 * Bind a heading row. Amounts whose heading tells no unit are in `unit`. False when some heading
 * was reported.
 */
bool column_bind(const struct column_set *set, const struct mapping *mapping,
                 const struct heading *headings, size_t count, enum money_unit unit,
                 column_fault *report, void *context, struct column_binding *out) MUST_CHECK;

/** The column of amounts, which totals are of; COLUMNS_MAX: the set has none. */
size_t column_of_money(const struct column_set *set);
/** The column that a name of any language means; COLUMNS_MAX when it means none. */
size_t column_find(const struct column_set *set, const char *name);
/** The first of a column's names: the template's heading. */
void column_heading(const struct column *column, char out[HEADING_SIZE]);
/** A heading as it is shown: "UPPER/LOWER" or one of them, line breaks made spaces, cut to size. */
void heading_show(const struct heading *heading, char out[HEADING_SIZE]);

/**
 * A heading as it is compared: white space, '_' and the byte order mark gone, full-width ASCII made
 * narrow, letters in lower case. Cut at HEADING_SIZE, longer than any name.
 */
void heading_fold(const char *text, char folded[HEADING_SIZE]);
/** The same, cut at a size of one's own. */
void heading_fold_long(const char *text, char *folded, size_t folded_size);
/** A unit by its folded name: "万元". False when it is none. */
bool heading_unit(const char *folded, size_t size, enum money_unit *out) MUST_CHECK;

/** The template as CSV: byte order mark, headings, one example row. */
bool column_template(const struct column_set *set, struct buffer *out,
                     struct error *err) MUST_CHECK;

#endif
