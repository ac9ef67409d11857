/*
 * row.c - typed cells and their faults.
 */
#include "importers/row.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* ---- Faults --------------------------------------------------------------------------------- */

void row_fault_at(struct row *row, uint64_t number, size_t column, const struct error *fault)
{
    struct error told = *fault;

    assert(fault->code != ERROR_NONE);
    if (row->fatal.code != ERROR_NONE) return;
    if (column < COLUMNS_MAX) error_at(&told, " %s", row->binding.heading[column]);
    error_at(&told, "%s:%llu", row->options->path, (unsigned long long)number);
    if (error_exit_status(fault->code) != 3) {
        row->fatal = told;
        return;
    }
    row->checking_only = true;
    row->report->faults++;
    if (row->options->fault != NULL) row->options->fault(row->options->context, &told);
}

void row_fault(struct row *row, size_t column, const struct error *fault)
{
    row->faulty = true;
    row_fault_at(row, row->number, column, fault);
}

bool row_is_good(const struct row *row)
{
    return !row->faulty && row->fatal.code == ERROR_NONE;
}

bool row_may_write(const struct row *row)
{
    return row_is_good(row) && !row->checking_only;
}

/* One fault of a cell from its parts. */
#define CELL_FAULT(row, column, code, ...)                                                         \
    do {                                                                                           \
        struct error cell_fault = ERROR_INIT;                                                      \
        error_set(&cell_fault, (code), __VA_ARGS__);                                               \
        row_fault((row), (column), &cell_fault);                                                   \
    } while (0)

/* ---- Placing a row -------------------------------------------------------------------------- */

static char empty_cell[1];

/* Leave out white space at both ends, the ideographic space U+3000 too. */
static char *cell_trim(char *cell)
{
    size_t size;

    for (;;) {
        if (*cell == ' ' || *cell == '\t' || *cell == '\n' || *cell == '\r') {
            cell++;
        } else if (strncmp(cell, "\u3000", 3) == 0) {
            cell += 3;
        } else {
            break;
        }
    }
    size = strlen(cell);
    for (;;) {
        if (size > 0 && strchr(" \t\r\n", cell[size - 1]) != NULL) {
            size--;
        } else if (size >= 3 && memcmp(cell + size - 3, "\u3000", 3) == 0) {
            size -= 3;
        } else {
            break;
        }
    }
    cell[size] = 0;
    return cell;
}

void row_set(struct row *row, const struct csv_row *csv)
{
    size_t i;

    row->number = csv->number;
    row->faulty = false;
    for (i = 0; i < COLUMNS_MAX; i++)
        row->cells[i] = empty_cell;
    for (i = 0; i < csv->count; i++) {
        char *cell = cell_trim(csv->cells[i]);

        if (i < row->binding.cell_count) {
            if (row->binding.column_of[i] < COLUMNS_MAX)
                row->cells[row->binding.column_of[i]] = cell;
        } else if (*cell != 0) {
            CELL_FAULT(row, COLUMNS_MAX, ERROR_INPUT,
                       "the row has more cells than the heading row; is a comma not in quotes?");
            return;
        }
    }
}

bool row_is_blank(const struct row *row)
{
    size_t i;

    for (i = 0; i < COLUMNS_MAX; i++) {
        if (*row->cells[i] != 0) return false;
    }
    return !row->faulty;
}

bool cell_is_empty(const struct row *row, size_t column)
{
    return *row->cells[column] == 0;
}

/* An empty cell is a fault where the column is required. True when there is nothing to read. */
static bool cell_is_missing(struct row *row, size_t column)
{
    if (!cell_is_empty(row, column)) return false;
    if (row->binding.set->columns[column].flags & COLUMN_REQUIRED) {
        CELL_FAULT(row, column, ERROR_INPUT, "the cell is empty; fill it in");
    }
    return true;
}

/* ---- Text ----------------------------------------------------------------------------------- */

/* U+FFFD stands where some earlier program lost a character. */
static bool text_has_loss(const char *text)
{
    return strstr(text, "\uFFFD") != NULL;
}

static bool cell_normalize(struct row *row, size_t column, const char **out)
{
    const char *cell = row->cells[column];
    size_t size = strlen(cell);
    struct error fault = ERROR_INIT;

    if (text_has_loss(cell)) {
        CELL_FAULT(row, column, ERROR_ENCODING,
                   "the cell holds U+FFFD, so a character was lost before; type it again");
        return false;
    }
    if (text_is_nfc((const uint8_t *)cell, size)) {
        *out = cell;
        return true;
    }
    buffer_reset(&row->normal);
    if (!text_to_nfc((const uint8_t *)cell, size, &row->normal, &fault)) {
        row_fault(row, column, &fault);
        return false;
    }
    *out = buffer_text(&row->normal);
    return true;
}

void cell_text(struct row *row, size_t column, char *out, size_t size)
{
    const char *text = NULL;
    char *byte;

    assert(size > 0);
    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    if (!cell_normalize(row, column, &text)) return;
    if (strlen(text) >= size) {
        CELL_FAULT(row, column, ERROR_LIMIT, "the text is longer than %zu bytes; shorten it",
                   size - 1);
        return;
    }
    memcpy(out, text, strlen(text) + 1);
    for (byte = out; *byte != 0; byte++) {
        if (*byte == '\n' || *byte == '\r' || *byte == '\t') *byte = ' ';
    }
}

void cell_code(struct row *row, size_t column, char out[CODE_SIZE])
{
    const char *text = NULL;
    struct error fault = ERROR_INIT;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    if (!cell_normalize(row, column, &text)) return;
    if (!text_check_code(text, row->binding.heading[column], &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, text, strlen(text) + 1);
}

/* ---- Numbers, dates, words ------------------------------------------------------------------ */

void cell_money(struct row *row, size_t column, money_t *out)
{
    struct error fault = ERROR_INIT;

    *out = MONEY_ZERO;
    if (cell_is_missing(row, column)) return;
    if (!money_parse(row->cells[column], row->binding.unit[column], out, &fault)) {
        row_fault(row, column, &fault);
    } else if (money_is_negative(*out)) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "%s is negative; amounts are positive, the kind of movement gives the direction",
                   row->cells[column]);
    }
}

void cell_date(struct row *row, size_t column, date_t *out)
{
    struct error fault = ERROR_INIT;

    *out = (date_t){0};
    if (cell_is_missing(row, column)) return;
    if (!date_parse_lenient(row->cells[column], out, &fault)) row_fault(row, column, &fault);
}

void cell_date_optional(struct row *row, size_t column, bool *has, date_t *out)
{
    *has = !cell_is_empty(row, column);
    cell_date(row, column, out);
}

void cell_integer(struct row *row, size_t column, int64_t low, int64_t high, int64_t *out)
{
    const char *at = row->cells[column];
    int64_t value = 0;

    *out = low;
    if (cell_is_missing(row, column)) return;
    for (; *at >= '0' && *at <= '9' && value <= high; at++)
        value = value * 10 + (*at - '0');
    if (*at != 0 || value < low || value > high) {
        CELL_FAULT(row, column, ERROR_INPUT, "\"%s\" isn't a whole number from %lld to %lld",
                   row->cells[column], (long long)low, (long long)high);
        return;
    }
    *out = value;
}

void cell_boolean(struct row *row, size_t column, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"是", true},  {"yes", true}, {"true", true},   {"1", true},
                 {"否", false}, {"no", false}, {"false", false}, {"0", false}};
    size_t i;

    *out = false;
    if (cell_is_missing(row, column)) return;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strcmp(row->cells[column], words[i].word) != 0) continue;
        *out = words[i].value;
        return;
    }
    CELL_FAULT(row, column, ERROR_INPUT, "\"%s\" is neither yes nor no; write 是 or 否",
               row->cells[column]);
}

void cell_book(struct row *row, size_t column, enum book *out)
{
    struct error fault = ERROR_INIT;

    *out = BOOK_NONE;
    if (cell_is_missing(row, column)) return;
    if (!book_parse(row->cells[column], out, &fault)) row_fault(row, column, &fault);
}

void cell_role(struct row *row, size_t column, enum account_role *out)
{
    struct error fault = ERROR_INIT;

    if (cell_is_missing(row, column)) return;
    if (!account_role_parse(row->cells[column], out, &fault)) row_fault(row, column, &fault);
}

/* ---- Names looked up ------------------------------------------------------------------------ */

static struct name_cache_slot *name_slot(struct row *row, char kind, const char *text, bool *found)
{
    uint32_t sum = (uint8_t)kind;
    const char *at;
    struct name_cache_slot *slot;

    for (at = text; *at != 0; at++)
        sum = sum * 16777619u ^ (uint8_t)*at; /* FNV-1 */
    slot = &row->names[sum % NAME_CACHE_SLOTS];
    *found = slot->kind == kind && strcmp(slot->text, text) == 0;
    return slot;
}

static void name_slot_fill(struct name_cache_slot *slot, char kind, const char *text,
                           const char *code)
{
    if (strlen(text) >= sizeof slot->text) return;
    slot->kind = kind;
    memcpy(slot->text, text, strlen(text) + 1);
    memcpy(slot->code, code, strlen(code) + 1);
}

void cell_division_code(struct row *row, size_t column, char out[DIVISION_CODE_SIZE])
{
    struct error fault = ERROR_INIT;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    if (!division_code_check(row->cells[column], &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, row->cells[column], DIVISION_CODE_SIZE);
}

void cell_division(struct row *row, size_t column, char out[DIVISION_CODE_SIZE])
{
    const char *text = NULL;
    struct name_cache_slot *slot;
    struct division division;
    struct error fault = ERROR_INIT;
    bool found;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    slot = name_slot(row, 'd', row->cells[column], &found);
    if (!found) {
        if (!cell_normalize(row, column, &text)) return;
        if (!division_resolve(row->journal, text, "", &division, &fault)) {
            row_fault(row, column, &fault);
            return;
        }
        memcpy(out, division.code, DIVISION_CODE_SIZE);
        name_slot_fill(slot, 'd', row->cells[column], division.code);
        return;
    }
    memcpy(out, slot->code, DIVISION_CODE_SIZE);
}

struct fund_search {
    const char *document;
    char code[CODE_SIZE];
    size_t count;
};

static bool fund_search_visit(void *context, const struct fund *fund, struct error *err)
{
    struct fund_search *search = context;

    (void)err;
    if (strcmp(fund->document, search->document) != 0) return true;
    memcpy(search->code, fund->code, sizeof search->code);
    search->count++;
    return true;
}

static bool fund_resolve(struct journal *journal, const char *text, char out[CODE_SIZE],
                         struct error *err)
{
    struct fund_search search = {text, "", 0};
    struct error missing = ERROR_INIT;
    struct fund fund;

    if (fund_find(journal, text, &fund, &missing)) {
        memcpy(out, fund.code, CODE_SIZE);
        return true;
    }
    if (missing.code != ERROR_NOT_FOUND) {
        *err = missing;
        return false;
    }
    if (!fund_each(journal, fund_search_visit, &search, err)) return false;
    if (search.count == 0) {
        *err = missing;
        return false;
    }
    if (search.count > 1) {
        return error_set(err, ERROR_INPUT,
                         "%zu funds carry the document %s; give the fund's own code", search.count,
                         text);
    }
    memcpy(out, search.code, CODE_SIZE);
    return true;
}

void cell_fund(struct row *row, size_t column, char out[CODE_SIZE])
{
    const char *text = NULL;
    struct name_cache_slot *slot;
    struct error fault = ERROR_INIT;
    bool found;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    slot = name_slot(row, 'f', row->cells[column], &found);
    if (found) {
        memcpy(out, slot->code, CODE_SIZE);
        return;
    }
    if (!cell_normalize(row, column, &text)) return;
    if (!fund_resolve(row->journal, text, out, &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    name_slot_fill(slot, 'f', row->cells[column], out);
}

/* ---- Payees --------------------------------------------------------------------------------- */

void cells_payee(struct row *row, const size_t columns[4], struct payee *out)
{
    struct error fault = ERROR_INIT;

    out->is_person = false;
    out->uscc[0] = out->id_number[0] = out->bank_account[0] = 0;
    cell_text(row, columns[0], out->name, sizeof out->name);
    if (!cell_is_empty(row, columns[2])) {
        out->is_person = true;
        if (!id_card_normalize(row->cells[columns[2]], row->today, out->id_number, &fault)) {
            row_fault(row, columns[2], &fault);
        }
        if (!cell_is_empty(row, columns[1])) {
            CELL_FAULT(row, columns[1], ERROR_INPUT,
                       "a payee with an ID number is a person and has no credit code; empty one");
        }
    } else if (!cell_is_empty(row, columns[1])) {
        if (uscc_check(row->cells[columns[1]], &fault)) {
            memcpy(out->uscc, row->cells[columns[1]], USCC_SIZE);
        } else {
            row_fault(row, columns[1], &fault);
        }
    }
    if (columns[3] == COLUMNS_MAX || cell_is_empty(row, columns[3])) return;
    if (out->is_person) {
        cell_text(row, columns[3], out->bank_account, sizeof out->bank_account);
    } else {
        CELL_FAULT(row, columns[3], ERROR_INPUT,
                   "only a person's account number is kept; empty the cell or give the ID number");
    }
}
