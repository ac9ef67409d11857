/*
 * village.c - what villages take in a year and in which band that is, what they owe, and which
 * items of the standard list they meet.
 *
 * 1. A list goes once through each table by division, in step with the villages, and never asks
 *    village by village.
 * 2. What the ledger knows by itself nobody declares.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/income/internal.h"

#define INCOME_LOW_DEFAULT  5000000  /* fen: 50,000 yuan */
#define INCOME_HIGH_DEFAULT 10000000 /* 100,000 yuan */

/* ---- Rows ------------------------------------------------------------------------------------ */

static bool require_level(const char *division, enum division_level level, struct error *err)
{
    return division_code_level(division) == level ||
           error_set(err, ERROR_INPUT,
                     level == DIVISION_VILLAGE ? N_("%s is no village; write its code or name")
                                               : N_("%s is no township; write its code or name"),
                     division);
}

RECORD_CHECK(check_township)
{
    (void)journal;
    (void)division_out;
    return require_level(TEXT(TOWNSHIP_DIVISION), DIVISION_TOWNSHIP, err) &&
           record_require_text(record, TOWNSHIP_DOCUMENT, "document", err);
}

RECORD_CHECK(check_debt)
{
    (void)journal;
    (void)division_out;
    if (!require_level(TEXT(DEBT_DIVISION), DIVISION_VILLAGE, err) ||
        !record_require_text(record, DEBT_REASON, "what for", err))
        return false;
    if (record_is_gone(&income_debt, record)) return true;
    if (!income_require_party(record, DEBT_CREDITOR, DEBT_USCC, DEBT_NAME, err)) return false;
    return HAS(DEBT_CREDITOR) || HAS(DEBT_NAME) ||
           error_set(err, ERROR_INPUT, "owed to whom? write an organisation or a person");
}

RECORD_CHECK(check_clear)
{
    char sum_text[MONEY_TEXT_SIZE], most_text[MONEY_TEXT_SIZE];
    struct record *debt = NULL;
    struct voucher *voucher = malloc(sizeof *voucher);
    int64_t cleared;
    bool ok = false;

    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    if (!record_require_text(record, CLEAR_DOCUMENT, "document", err) ||
        !record_fetch(journal, &income_debt, TEXT(CLEAR_DEBT), &debt, err) ||
        !record_refuse_name(&income_clear, record, debt->values[DEBT_NAME].text, err))
        goto out;
    memcpy(division_out, debt->values[DEBT_DIVISION].text, DIVISION_CODE_SIZE);
    if (strcmp(TEXT(CLEAR_DATE), debt->values[DEBT_DATE].text) < 0) {
        (void)error_set(err, ERROR_INPUT, "debt %s is from %s, after %s", TEXT(CLEAR_DEBT),
                        debt->values[DEBT_DATE].text, TEXT(CLEAR_DATE));
        goto out;
    }
    if (HAS(CLEAR_VOUCHER) &&
        !income_require_voucher(journal, TEXT(CLEAR_VOUCHER), MOVEMENT_PAYMENT, voucher, err))
        goto out;
    if (!numbers_of(journal, "SELECT COALESCE(SUM(amount), 0) FROM income_clear WHERE debt = $1",
                    TEXT(CLEAR_DEBT), &cleared, 1, err))
        goto out;
    cleared += NUMBER(CLEAR_AMOUNT);
    ok = cleared <= debt->values[DEBT_AMOUNT].number ||
         error_set(err, ERROR_INSUFFICIENT, "debt %s is %s yuan; %s would be cleared",
                   TEXT(CLEAR_DEBT),
                   money_format((money_t){debt->values[DEBT_AMOUNT].number}, most_text),
                   money_format((money_t){cleared}, sum_text));
out:
    free(debt);
    free(voucher);
    return ok;
}

RECORD_CHECK(check_standard)
{
    (void)journal;
    (void)division_out;
    if (!require_level(TEXT(STANDARD_DIVISION), DIVISION_VILLAGE, err) ||
        !record_require_text(record, STANDARD_ITEM, "item", err) ||
        !record_require_text(record, STANDARD_EVIDENCE, "evidence", err))
        return false;
    return (!IS(STANDARD_ITEM, STANDARD_INCOME) && !IS(STANDARD_ITEM, STANDARD_DEBT)) ||
           error_set(err, ERROR_INPUT, "%s is computed from the ledger; nobody declares it",
                     TEXT(STANDARD_ITEM));
}

/* ---- Bands ----------------------------------------------------------------------------------- */

const char *income_band_name(enum income_band band)
{
    static const char *const names[INCOME_BAND_COUNT] = {
        [INCOME_NONE] = N_("no income"),
        [INCOME_LOW] = N_("below the lower bound"),
        [INCOME_MIDDLE] = N_("lower bound and more"),
        [INCOME_HIGH] = N_("upper bound and more")};

    assert(band >= INCOME_NONE && band < INCOME_BAND_COUNT);
    return names[band];
}

bool income_bounds_find(struct journal *journal, date_t day, struct income_bounds *out,
                        struct error *err)
{
    int64_t low, high;

    if (!journal_policy(journal, "village_income_low", day, INCOME_LOW_DEFAULT, &low, err) ||
        !journal_policy(journal, "village_income_high", day, INCOME_HIGH_DEFAULT, &high, err))
        return false;
    return money_from_fen(low, &out->low, err) && money_from_fen(high, &out->high, err);
}

enum income_band income_band_of(const struct income_bounds *bounds, money_t income)
{
    if (income.fen <= 0) return INCOME_NONE;
    if (money_compare(income, bounds->low) < 0) return INCOME_LOW;
    return money_compare(income, bounds->high) < 0 ? INCOME_MIDDLE : INCOME_HIGH;
}

/* ---- In step with the villages --------------------------------------------------------------- */

/* Rows by division, of which those of one village at a time are wanted. */
struct column {
    struct statement *rows;
    struct codes codes;
    bool has_row;
};

/* `last`: the day behind which nothing counts, $3. */
static bool column_open(struct journal *journal, const char *sql, const char *scope,
                        const char *last, struct column *out, struct error *err)
{
    if (!scope_prepare(journal, sql, scope, &out->codes, &out->rows, err)) return false;
    statement_bind_text(out->rows, 3, last);
    return statement_step(out->rows, &out->has_row, err);
}

/* Is the row at hand the village's? Rows of others before it are left behind. */
static bool column_is_at(struct column *column, const char *division, bool *out, struct error *err)
{
    while (column->has_row && strcmp(statement_text(column->rows, 0), division) < 0)
        if (!statement_step(column->rows, &column->has_row, err)) return false;
    *out = column->has_row && strcmp(statement_text(column->rows, 0), division) == 0;
    return true;
}

const char *const *township_class_list(void)
{
    static const char *const classes[] = {"leading", "regular", "intensive", NULL};

    return classes;
}

bool township_class_find(struct journal *journal, const char *township, date_t day,
                         char out[INCOME_WORD_SIZE], struct error *err)
{
    struct statement *rows = NULL;
    char date[DATE_TEXT_SIZE];
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal),
                       "SELECT class FROM income_township WHERE division = $1 AND date <= $2 ORDER "
                       "BY date DESC, seq DESC LIMIT 1",
                       &rows, err))
        goto out;
    statement_bind_text(rows, 1, township);
    statement_bind_text(rows, 2, date_format(day, date));
    if (!statement_step(rows, &has_row, err)) goto out;
    out[0] = '\0';
    if (has_row) copy_column(rows, 0, out, INCOME_WORD_SIZE);
    ok = true;
out:
    statement_free(rows);
    return ok;
}

struct village_walk {
    struct journal *journal;
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE]; /* days of the year that count */
    struct column debts, classes;
    struct income_bounds bounds;
    char township[DIVISION_CODE_SIZE], class[INCOME_WORD_SIZE];
    bool (*visit)(void *context, const struct village_year *village, struct error *err);
    void *context;
};

static bool find_class(struct village_walk *walk, const char *village, struct error *err)
{
    char township[DIVISION_CODE_SIZE];
    bool is_at;

    division_code_parent(village, township);
    if (strcmp(township, walk->township) == 0) return true;
    memcpy(walk->township, township, sizeof township);
    walk->class[0] = '\0';
    for (;;) {
        if (!column_is_at(&walk->classes, township, &is_at, err)) return false;
        if (!is_at) return true;
        copy_column(walk->classes.rows, 1, walk->class, sizeof walk->class);
        if (!statement_step(walk->classes.rows, &walk->classes.has_row, err)) return false;
    }
}

static bool find_income(struct village_walk *walk, struct village_year *year, struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(walk->journal),
                         "SELECT COALESCE(SUM(r.amount), 0), COALESCE(SUM(CASE WHEN r.kind = "
                         "'photovoltaic' THEN r.amount ELSE 0 END), 0) FROM income_receipt AS r "
                         "CROSS JOIN voucher AS v WHERE r.division = $1 AND r.date BETWEEN $2 AND "
                         "$3 AND v.number = r.voucher AND " IN_FORCE_ON("$3"),
                         &select, err))
        return false;
    statement_bind_text(select, 1, year->division);
    statement_bind_text(select, 2, walk->first);
    statement_bind_text(select, 3, walk->last);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row); /* sums have one */
    ok = money_from_fen(statement_integer(select, 0), &year->income, err) &&
         money_from_fen(statement_integer(select, 1), &year->photovoltaic, err);
    statement_reset(select);
    return ok;
}

static bool see_village(void *context, const struct division *division, struct error *err)
{
    struct village_walk *walk = context;
    struct village_year year;
    money_t without;
    bool is_at;

    if (division_code_level(division->code) != DIVISION_VILLAGE) return true;
    memset(&year, 0, sizeof year);
    memcpy(year.division, division->code, sizeof year.division);
    if (!find_class(walk, division->code, err) || !find_income(walk, &year, err)) return false;
    memcpy(year.township_class, walk->class, sizeof year.township_class);
    if (!column_is_at(&walk->debts, division->code, &is_at, err) ||
        (is_at && !money_from_fen(statement_integer(walk->debts.rows, 1), &year.debt, err)) ||
        !money_subtract(year.income, year.photovoltaic, &without, err))
        return false;
    year.band = income_band_of(&walk->bounds, year.income);
    year.band_without = income_band_of(&walk->bounds, without);
    return walk->visit(walk->context, &year, err);
}

bool village_year_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct village_year *village,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct village_walk walk = {.journal = journal, .visit = visit, .context = context};
    bool ok = false;

    (void)date_format(day, walk.last);
    (void)date_format(month_first_day(date_month(day) / 12 * 12), walk.first);
    if (!income_bounds_find(journal, day, &walk.bounds, err) ||
        !column_open(
            journal,
            "WITH d AS (SELECT debt, division, amount FROM income_debt WHERE division BETWEEN "
            "$1 AND $2 AND date <= $3) SELECT d.division, SUM(d.amount - (SELECT "
            "COALESCE(SUM(c.amount), 0) FROM income_clear AS c WHERE c.debt = d.debt AND "
            "c.date <= $3)) FROM d GROUP BY d.division ORDER BY d.division",
            scope, walk.last, &walk.debts, err) ||
        !column_open(journal,
                     "SELECT division, class FROM income_township WHERE (division BETWEEN $1 AND "
                     "$2 OR $1 > division) AND date <= $3 ORDER BY division, date, seq",
                     scope, walk.last, &walk.classes, err))
        goto out;
    if (scope == NULL || scope[0] == '\0') scope = journal_root_division(journal);
    ok = division_each(journal, scope, see_village, &walk, err);
out:
    statement_free(walk.debts.rows);
    statement_free(walk.classes.rows);
    return ok;
}

/* ---- Debts ----------------------------------------------------------------------------------- */

static bool read_debt(const struct statement *row, struct village_debt *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    copy_column(row, 0, out->code, sizeof out->code);
    copy_column(row, 1, out->division, sizeof out->division);
    copy_column(row, 2, out->creditor, sizeof out->creditor);
    copy_column(row, 3, out->reason, sizeof out->reason);
    copy_column(row, 4, out->date, sizeof out->date);
    if (!money_from_fen(statement_integer(row, 5), &out->amount, err) ||
        !money_from_fen(statement_integer(row, 6), &out->cleared, err))
        return false;
    if (money_compare(out->amount, out->cleared) == 0)
        copy_column(row, 7, out->cleared_on, sizeof out->cleared_on);
    return true;
}

bool village_debt_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct village_debt *debt,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct village_debt *debt = malloc(sizeof *debt);
    struct statement *select = NULL;
    char text[DATE_TEXT_SIZE];
    struct codes codes;
    bool has_row, ok = false;

    if (debt == NULL) return error_set(err, ERROR_MEMORY, "no memory for a debt");
    if (!scope_prepare(
            journal,
            "WITH d AS (SELECT debt, division, creditor, reason, date, amount FROM "
            "income_debt WHERE division BETWEEN $1 AND $2 AND date <= $3) SELECT d.debt, "
            "d.division, d.creditor, d.reason, d.date, d.amount, COALESCE(SUM(c.amount), "
            "0), COALESCE(MAX(c.date), '') FROM d LEFT JOIN income_clear AS c ON c.debt "
            "= d.debt AND c.date <= $3 GROUP BY d.debt, d.division, d.creditor, "
            "d.reason, d.date, d.amount ORDER BY d.division, d.debt",
            scope, &codes, &select, err))
        goto out;
    statement_bind_text(select, 3, date_format(day, text));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_debt(select, debt, err) || !visit(context, debt, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(debt);
    return ok;
}

/* ---- The standard list ----------------------------------------------------------------------- */

struct standard_walk {
    struct column declared;
    date_t day;
    bool (*visit)(void *context, const struct village_standard *standard, struct error *err);
    void *context;
    struct village_standard row;
};

static bool tell_computed(struct standard_walk *walk, const struct village_year *village,
                          const char *item, bool is_met, money_t amount, struct error *err)
{
    memset(&walk->row, 0, sizeof walk->row);
    memcpy(walk->row.division, village->division, sizeof walk->row.division);
    memcpy(walk->row.item, item, strlen(item));
    (void)money_format(amount, walk->row.evidence);
    (void)date_format(walk->day, walk->row.date);
    walk->row.is_met = is_met;
    walk->row.is_computed = true;
    return walk->visit(walk->context, &walk->row, err);
}

/* The last row of each item: one is told when another item, or another village, follows. */
static bool tell_declared(struct standard_walk *walk, const char *division, struct error *err)
{
    struct statement *rows = walk->declared.rows;
    bool is_at, has_item = false;

    for (;;) {
        if (!column_is_at(&walk->declared, division, &is_at, err)) return false;
        if (has_item && (!is_at || strcmp(statement_text(rows, 1), walk->row.item) != 0) &&
            !walk->visit(walk->context, &walk->row, err))
            return false;
        if (!is_at) return true;
        memset(&walk->row, 0, sizeof walk->row);
        memcpy(walk->row.division, division, sizeof walk->row.division);
        copy_column(rows, 1, walk->row.item, sizeof walk->row.item);
        copy_column(rows, 2, walk->row.evidence, sizeof walk->row.evidence);
        copy_column(rows, 3, walk->row.date, sizeof walk->row.date);
        walk->row.is_met = statement_integer(rows, 4) != 0;
        has_item = true;
        if (!statement_step(rows, &walk->declared.has_row, err)) return false;
    }
}

static bool see_standards(void *context, const struct village_year *village, struct error *err)
{
    struct standard_walk *walk = context;

    return tell_computed(walk, village, STANDARD_INCOME, village->band == INCOME_HIGH,
                         village->income, err) &&
           tell_computed(walk, village, STANDARD_DEBT, money_is_zero(village->debt), village->debt,
                         err) &&
           tell_declared(walk, village->division, err);
}

bool village_standard_each(struct journal *journal, const char *scope, date_t day,
                           bool (*visit)(void *context, const struct village_standard *standard,
                                         struct error *err),
                           void *context, struct error *err)
{
    struct standard_walk *walk = calloc(1, sizeof *walk);
    char text[DATE_TEXT_SIZE];
    bool ok = false;

    if (walk == NULL) return error_set(err, ERROR_MEMORY, "no memory for a list");
    walk->day = day;
    walk->visit = visit;
    walk->context = context;
    if (column_open(
            journal,
            "SELECT division, item, evidence, date, met FROM income_standard WHERE division "
            "BETWEEN $1 AND $2 AND date <= $3 ORDER BY division, item, date, seq",
            scope, date_format(day, text), &walk->declared, err))
        ok = village_year_each(journal, scope, day, see_standards, walk, err);
    statement_free(walk->declared.rows);
    free(walk);
    return ok;
}
