/*
 * columns.h - the columns of each kind of file: their names, what they hold, an example.
 *
 * 1. A heading is matched by its Chinese or English name; spaces, case and full-width forms don't
 *    matter. A unit in parentheses, 元 or 万元, says in what an amount column is written.
 * 2. A heading that is no column of its kind is refused, so that nothing is dropped unseen; only
 *    row numbers (序号) may stand beside.
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
#include "importers/csv.h"

#define COLUMNS_MAX  32
#define HEADING_SIZE 96 /* bytes, NUL included, of a heading kept for messages */

#define COLUMN_REQUIRED 1u /* the heading must be there and each row must fill it */
#define COLUMN_MONEY    2u /* may carry a unit */
#define COLUMN_SHARED   4u /* of the group, not of the row */

struct column {
    const char *names; /* "行政区划代码|区划代码|code": the first is the template's heading */
    unsigned flags;
    const char *example; /* a cell of the template's row */
};

struct column_set {
    const char *kind; /* "divisions" */
    const struct column *columns;
    size_t count;
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
    ALLOCATIONS_LINE_TEXT,
    ALLOCATIONS_COUNT
};
enum payment_column {
    PAYMENTS_REFERENCE,
    PAYMENTS_DATE,
    PAYMENTS_DOCUMENT,
    PAYMENTS_TEXT,
    PAYMENTS_FUND,
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

/** Where each column of a set stands in a file. */
struct column_binding {
    const struct column_set *set;
    size_t cell_count;               /* cells of the heading row */
    size_t column_of[CSV_CELLS_MAX]; /* COLUMNS_MAX: ignored */
    bool present[COLUMNS_MAX];
    size_t shared_count;
    size_t shared[COLUMNS_MAX]; /* the present columns that tell of the whole group */
    enum money_unit unit[COLUMNS_MAX];
    char heading[COLUMNS_MAX][HEADING_SIZE]; /* as the file has it; the template's when absent */
};

/** Told each heading that can't be used, with the heading as place. */
typedef void column_fault(void *context, const struct error *fault);

/** Bind a heading row. False when some heading was reported. */
bool column_bind(const struct column_set *set, const struct csv_row *row, column_fault *report,
                 void *context, struct column_binding *out) MUST_CHECK;

/** The template: byte order mark, headings, one example row. */
bool column_template(const struct column_set *set, struct buffer *out,
                     struct error *err) MUST_CHECK;

#endif
