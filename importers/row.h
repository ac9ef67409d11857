/*
 * row.h - one row of a file as typed cells, its faults collected.
 *
 * 1. A cell_…() function that can't read its cell reports the fault with file, row and column,
 * gives a harmless value and goes on, so that every bad cell of a row is named at once. Whoever
 * writes asks row_is_good() first.
 * 2. What stops everything (the store, memory, a missing right) is no fault of a cell: it is kept
 * in `fatal` and ends the import.
 */
#ifndef IMPORTERS_ROW_H
#define IMPORTERS_ROW_H

#include "importers/cell_form.h"
#include "importers/columns.h"
#include "importers/importers.h"
#include "importers/marked.h"

#define NAME_CACHE_SLOTS     1024
#define NAME_CACHE_TEXT_SIZE 128

/** Names already looked up, so that a million rows ask the store for each once. */
struct name_cache_slot {
    char kind; /* 0: empty, 'd' division, 'f' fund */
    date_t day;
    char text[NAME_CACHE_TEXT_SIZE];
    char code[CODE_SIZE];
};

struct row {
    /* the import, for all rows */
    struct journal *journal;
    const struct import_options *options;
    struct import_report *report;
    const struct sheet_file *file;
    size_t sheet;
    date_t today;
    bool divisions_changed; /* some are called otherwise than they were, or have ended */
    struct column_binding binding;
    struct marks marks;
    struct name_cache_slot *names; /* NAME_CACHE_SLOTS */
    struct buffer normal;          /* scratch for NFC */
    struct buffer joined;          /* scratch for a text from several cells */
    size_t note_count;
    size_t heading_cell; /* while headings are bound: the one that a fault is of */
    bool checking_only;  /* after the first fault nothing is added any more */
    struct error fatal;

    /* this row */
    uint64_t number;
    date_t day;    /* of its event, by which places are known; 0: now */
    bool is_spent; /* what it says is spent where it says, which goes on then */
    bool faulty;
    bool warned;
    char *cells[COLUMNS_MAX]; /* trimmed; "" when absent */
    enum sheet_cell_kind kinds[COLUMNS_MAX];
    char amount_note[CELL_NOTE_SIZE]; /* behind the amount, for the remark */
};

/** Put a sheet's row in place: cells trimmed and bound to columns. False when they are all empty.
 */
bool row_set(struct row *row, const struct sheet_row *source);
/** Tell something of a row that is read otherwise than it stands. */
void row_warn(struct row *row, size_t column, const char *format, ...) PRINTF_LIKE(3, 4);
/** Tell something of the sheet; after IMPORT_NOTES_MAX nothing more. */
void row_note(struct row *row, const char *format, ...) PRINTF_LIKE(2, 3);
/** No fault in this row and none before: may be written. */
bool row_may_write(const struct row *row);
bool row_is_good(const struct row *row);

/** Report a fault of one cell; `column` COLUMNS_MAX for the row as a whole. Fatal codes are kept.
 */
void row_fault(struct row *row, size_t column, const struct error *fault);
/** The same for a row other than this one (a voucher's line found wrong when it is submitted). */
void row_fault_at(struct row *row, uint64_t number, size_t column, const struct error *fault);

/** One fault of a cell from its parts. */
#define CELL_FAULT(row, column, code, ...)                                                         \
    do {                                                                                           \
        struct error cell_fault = ERROR_INIT;                                                      \
        error_set(&cell_fault, (code), __VA_ARGS__);                                               \
        row_fault((row), (column), &cell_fault);                                                   \
    } while (0)

bool cell_is_empty(const struct row *row, size_t column);
/** An empty cell is a fault where the column is required. True when there is nothing to read. */
bool cell_is_missing(struct row *row, size_t column);
/** The cell in NFC. False when it holds U+FFFD. */
bool cell_normalize(struct row *row, size_t column, const char **out);
/** Free text in NFC, line breaks made spaces. `out` of `size` bytes. */
void cell_text(struct row *row, size_t column, char *out, size_t size);
/** A code of 1 to 64 bytes; "" when the cell is empty and the column isn't required. */
void cell_code(struct row *row, size_t column, char out[CODE_SIZE]);
void cell_money(struct row *row, size_t column, money_t *out);
void cell_date(struct row *row, size_t column, date_t *out);
void cell_date_optional(struct row *row, size_t column, bool *has, date_t *out);
void cell_integer(struct row *row, size_t column, int64_t low, int64_t high, int64_t *out);
/** 是/否, yes/no, true/false, 1/0; empty is no. */
void cell_boolean(struct row *row, size_t column, bool *out);
/** A division's 12 digits, not looked up. */
void cell_division_code(struct row *row, size_t column, char out[DIVISION_CODE_SIZE]);
/** A division by code or by name, looked up; near misses are named. */
void cell_division(struct row *row, size_t column, char out[DIVISION_CODE_SIZE]);
/** The same within the township of another column, unless that is empty; the township itself when
 * the place's own cell is. */
void cells_place(struct row *row, size_t township, size_t column, char out[DIVISION_CODE_SIZE]);
/** A fund by code, or by its document when only one fund has it. */
void cell_fund(struct row *row, size_t column, char out[CODE_SIZE]);
void cell_book(struct row *row, size_t column, enum book *out);
void cell_role(struct row *row, size_t column, enum account_role *out);
/** A unified social credit code; "" when the cell is empty. */
void cell_uscc(struct row *row, size_t column, char out[USCC_SIZE]);
/** Payee: `name`, and `uscc` for an organisation or `id` for a person, `account` (COLUMNS_MAX:
 * none). */
void cells_payee(struct row *row, const size_t columns[4], struct payee *out);

#endif
