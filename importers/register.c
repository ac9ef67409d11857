/*
 * register.c - rows of divisions, funds, projects and contracts.
 */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "importers/import.h"

#define YEAR_FIRST 1949
#define YEAR_LAST  2999

/* What the register itself says of a row goes to the row as a whole. */
static void told_by_register(struct import *import, bool ok, const struct error *fault)
{
    if (!ok) row_fault(&import->row, COLUMNS_MAX, fault);
}

void import_division_row(struct import *import)
{
    struct row *row = &import->row;
    struct division division = {0};
    struct error fault = ERROR_INIT;

    cell_division_code(row, DIVISIONS_CODE, division.code);
    cell_text(row, DIVISIONS_NAME, division.name, sizeof division.name);
    cell_boolean(row, DIVISIONS_PROVISIONAL, &division.provisional);
    cell_date(row, DIVISIONS_VALID_FROM, &division.valid_from);
    if (cell_is_empty(row, DIVISIONS_PARENT)) {
        bool is_root = strcmp(division.code, journal_root_division(row->journal)) == 0;

        if (division.code[0] != 0 && !is_root) division_code_parent(division.code, division.parent);
    } else if (row->cells[DIVISIONS_PARENT][0] >= '0' && row->cells[DIVISIONS_PARENT][0] <= '9') {
        cell_division_code(row, DIVISIONS_PARENT, division.parent);
    } else if (row_may_write(row)) {
        /* By name it may stand earlier in this file, so only while rows are being added. */
        cell_division(row, DIVISIONS_PARENT, division.parent);
    }
    if (!row_may_write(row)) return;
    told_by_register(import, register_add_division(import->batch, &division, &fault), &fault);
}

/* ---- Funds ---------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    const char *level;
} levels[] = {
    {"中央", "central"},
    {"central", "central"},
    {"省级", "province"},
    {"省", "province"},
    {"自治区", "province"},
    {"province", "province"},
    {"市级", "prefecture"},
    {"市", "prefecture"},
    {"地市级", "prefecture"},
    {"州", "prefecture"},
    {"prefecture", "prefecture"},
    {"县级", "county"},
    {"县", "county"},
    {"区级", "county"},
    {"区", "county"},
    {"county", "county"},
    {"其他", "other"},
    {"other", "other"},
    {"中央级", "central"},
};

static void cell_level(struct row *row, size_t column, char out[16])
{
    struct error fault = ERROR_INIT;
    size_t i;

    if (cell_is_empty(row, column)) {
        char unused[CODE_SIZE];
        cell_code(row, column, unused); /* reports that it is empty */
        return;
    }
    for (i = 0; i < ARRAY_COUNT(levels); i++) {
        if (strcmp(row->cells[column], levels[i].word) != 0) continue;
        memcpy(out, levels[i].level, strlen(levels[i].level) + 1);
        return;
    }
    error_set(&fault, ERROR_INPUT, "\"%s\" is no level; write 中央, 省级, 市级, 县级 or 其他",
              row->cells[column]);
    row_fault(row, column, &fault);
}

/* Length of a separator at the start of `text`: ; ； 、 , ， / or space. 0 when there is none. */
static size_t separator_size(const char *text)
{
    static const char *const separators[] = {";", "；", "、", ",", "，", "/", " "};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(separators); i++) {
        if (strncmp(text, separators[i], strlen(separators[i])) == 0) return strlen(separators[i]);
    }
    return 0;
}

static void cell_books(struct row *row, size_t column, bool out[BOOK_COUNT])
{
    char word[CODE_SIZE];
    const char *at = row->cells[column];
    struct error fault = ERROR_INIT;
    enum book book;

    if (cell_is_empty(row, column)) {
        cell_code(row, column, word); /* reports that it is empty */
        return;
    }
    while (*at != 0) {
        size_t size = 0;

        if (separator_size(at) > 0) {
            at += separator_size(at);
            continue;
        }
        while (at[size] != 0 && separator_size(at + size) == 0 && size < sizeof word - 1)
            size++;
        memcpy(word, at, size);
        word[size] = 0;
        at += size;
        if (!book_parse(word, &book, &fault)) {
            row_fault(row, column, &fault);
            return;
        }
        out[book] = true;
    }
}

void import_fund_row(struct import *import)
{
    struct row *row = &import->row;
    struct fund fund = {0};
    struct error fault = ERROR_INIT;
    int64_t year = 0;

    cell_code(row, FUNDS_CODE, fund.code);
    cell_text(row, FUNDS_DOCUMENT, fund.document, sizeof fund.document);
    cell_text(row, FUNDS_NAME, fund.name, sizeof fund.name);
    cell_level(row, FUNDS_LEVEL, fund.level);
    cell_integer(row, FUNDS_YEAR, YEAR_FIRST, YEAR_LAST, &year);
    fund.year = (int32_t)year;
    cell_money(row, FUNDS_AMOUNT, &fund.amount);
    cell_books(row, FUNDS_BOOKS, fund.books);
    cell_date_optional(row, FUNDS_EXPIRY, &fund.has_expiry, &fund.expiry);
    if (!row_may_write(row)) return;
    told_by_register(import, register_add_fund(import->batch, &fund, &fault), &fault);
}

/* ---- Contracts ------------------------------------------------------------------------------ */

void cell_percent_bp(struct row *row, size_t column, int32_t *out)
{
    char *cell = row->cells[column];
    size_t size = strlen(cell);
    money_t hundredths = MONEY_ZERO;
    struct error fault = ERROR_INIT;

    *out = 0;
    if (size == 0) return;
    if (size > 1 && cell[size - 1] == '%') {
        cell[size - 1] = 0;
    } else if (size > 3 && strcmp(cell + size - 3, "％") == 0) {
        cell[size - 3] = 0;
    }
    if (!money_parse(cell, MONEY_YUAN, &hundredths, &fault) || hundredths.fen < 0 ||
        hundredths.fen > 10000) {
        error_clear(&fault);
        error_set(&fault, ERROR_INPUT,
                  "\"%s\" isn't a percentage from 0 to 100 with at most two decimals", cell);
        row_fault(row, column, &fault);
        return;
    }
    *out = (int32_t)hundredths.fen;
}

void import_contract_row(struct import *import)
{
    struct row *row = &import->row;
    struct contract contract = {0};
    struct error fault = ERROR_INIT;

    cell_code(row, CONTRACTS_CODE, contract.code);
    cell_code(row, CONTRACTS_PROJECT, contract.project);
    cell_text(row, CONTRACTS_CONTRACTOR, contract.contractor, sizeof contract.contractor);
    cell_uscc(row, CONTRACTS_USCC, contract.uscc);
    cell_money(row, CONTRACTS_PRICE, &contract.price);
    cell_percent_bp(row, CONTRACTS_RETENTION, &contract.retention_bp);
    cell_date(row, CONTRACTS_SIGNED_ON, &contract.signed_on);
    cell_date_optional(row, CONTRACTS_START, &contract.has_start, &contract.start);
    cell_date_optional(row, CONTRACTS_END, &contract.has_end, &contract.end);
    if (!row_may_write(row)) return;
    told_by_register(import, register_add_contract(import->batch, &contract, &fault), &fault);
}

/* ---- Projects: rows with one code add lines to the financing plan --------------------------- */

static void read_project(struct row *row, struct project *project)
{
    cell_code(row, PROJECTS_CODE, project->code);
    cell_text(row, PROJECTS_NAME, project->name, sizeof project->name);
    cell_text(row, PROJECTS_CATEGORY, project->category, sizeof project->category);
    cell_text(row, PROJECTS_NATURE, project->nature, sizeof project->nature);
    cell_division(row, PROJECTS_DIVISION, project->division);
    cell_book(row, PROJECTS_BOOK, &project->book);
    cell_date_optional(row, PROJECTS_START, &project->has_start, &project->start);
    cell_date_optional(row, PROJECTS_END, &project->has_end, &project->end);
    cell_text(row, PROJECTS_UNIT, project->unit, sizeof project->unit);
    cell_text(row, PROJECTS_PHONE, project->office_phone, sizeof project->office_phone);
    cell_text(row, PROJECTS_TASK, project->task, sizeof project->task);
    cell_text(row, PROJECTS_TARGET, project->target, sizeof project->target);
    cell_integer(row, PROJECTS_BENEFICIARIES, 0, INT32_MAX, &project->beneficiaries);
    cell_text(row, PROJECTS_PARTICIPATION, project->participation, sizeof project->participation);
    cell_text(row, PROJECTS_MECHANISM, project->mechanism, sizeof project->mechanism);
}

static void add_plan_line(struct row *row, struct project *project)
{
    struct plan_line *line = NULL;
    struct error fault = ERROR_INIT;
    int64_t number = (int64_t)project->plan_count + 1;

    if (project->plan_count == PLAN_LINES_MAX) {
        error_set(&fault, ERROR_LIMIT, "a project has at most %d plan lines; join some",
                  PLAN_LINES_MAX);
        row_fault(row, COLUMNS_MAX, &fault);
        return;
    }
    line = &project->plan[project->plan_count++];
    *line = (struct plan_line){0};
    if (!cell_is_empty(row, PROJECTS_PLAN_LINE)) {
        cell_integer(row, PROJECTS_PLAN_LINE, 1, PLAN_LINES_MAX, &number);
        if (number != (int64_t)project->plan_count) {
            error_set(&fault, ERROR_INPUT, "plan lines count from 1 in order; this one is %zu",
                      project->plan_count);
            row_fault(row, PROJECTS_PLAN_LINE, &fault);
        }
    }
    line->line = (int32_t)project->plan_count;
    cell_money(row, PROJECTS_PLAN_AMOUNT, &line->amount);
    if (!cell_is_empty(row, PROJECTS_PLAN_FUND)) cell_fund(row, PROJECTS_PLAN_FUND, line->fund);
    cell_text(row, PROJECTS_PLAN_SOURCE, line->source, sizeof line->source);
    if (cell_is_empty(row, PROJECTS_PLAN_FUND) == cell_is_empty(row, PROJECTS_PLAN_SOURCE)) {
        error_clear(&fault);
        error_set(&fault, ERROR_INPUT,
                  "a plan line is paid either from a fund or from a named outside source; fill one "
                  "of the two");
        row_fault(row, PROJECTS_PLAN_FUND, &fault);
    }
}

void import_project_end(struct import *import)
{
    struct error fault = ERROR_INIT;

    if (!import->group.open) return;
    import->group.open = false;
    if (import->row.checking_only || import->row.fatal.code != ERROR_NONE) return;
    if (register_add_project(import->batch, &import->project, &fault)) return;
    row_fault_at(&import->row, import->group.first_row, COLUMNS_MAX, &fault);
}

void import_project_row(struct import *import)
{
    struct row *row = &import->row;

    if (!group_continues(import, PROJECTS_CODE)) {
        import_project_end(import);
        group_begin(import);
        import->project = (struct project){0};
        read_project(row, &import->project);
    }
    add_plan_line(row, &import->project);
}
