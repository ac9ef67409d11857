/*
 * row.c - typed cells and their faults.
 */
#include "importers/row.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"

#define NOTE_SIZE 512
#define JOINER    "，" /* between texts of several cells */

/* ---- Faults and notes ----------------------------------------------------------------------- */

/* "C " in a book, before the heading. */
static const char *cell_letters(const struct row *row, size_t cell, char out[16])
{
    char letters[SHEET_COLUMN_TEXT_SIZE];

    out[0] = 0;
    if (cell == SHEET_NO_COLUMN || sheet_file_format(row->file) == SHEET_CSV) return out;
    (void)snprintf(out, 16, "%s ", sheet_column_text(cell, letters));
    return out;
}

void row_fault_at(struct row *row, uint64_t number, size_t column, const struct error *fault)
{
    struct error told = *fault;
    struct error failed = ERROR_INIT;
    const char *heading = column < COLUMNS_MAX ? row->binding.heading[column] : "";
    size_t cell = column < COLUMNS_MAX ? row->binding.cell_of[column] : row->heading_cell;
    char letters[16];

    assert(fault->code != ERROR_NONE);
    if (row->fatal.code != ERROR_NONE) return;
    if (column < COLUMNS_MAX) {
        error_at(&told, " %s%s", cell_letters(row, cell, letters), heading);
    } else if (cell_letters(row, cell, letters)[0] != 0) {
        error_at(&told, " %.*s", (int)strlen(letters) - 1, letters);
    }
    sheet_error_at(row->file, row->sheet, number, SHEET_NO_COLUMN, &told);
    error_at(&told, "%s", row->options->path);
    if (error_exit_status(fault->code) != 3) {
        row->fatal = told;
        return;
    }
    row->checking_only = true;
    row->report->faults++;
    if (!marks_add(&row->marks, number, cell, heading, fault->message, &failed)) {
        row->fatal = failed;
        return;
    }
    if (row->report->faults > IMPORT_FAULTS_MAX || row->options->fault == NULL) return;
    row->options->fault(row->options->context, &told);
}

void row_note(struct row *row, const char *format, ...)
{
    char line[NOTE_SIZE];
    va_list arguments;

    if (row->options->note == NULL || ++row->note_count > IMPORT_NOTES_MAX) return;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, translate(format), arguments);
    va_end(arguments);
    row->options->note(row->options->context, line);
    if (row->note_count < IMPORT_NOTES_MAX) return;
    row->options->note(row->options->context, _("more such rows are only counted"));
}

void row_warn(struct row *row, size_t column, const char *format, ...)
{
    char line[NOTE_SIZE];
    va_list arguments;

    if (!row->warned) row->report->rows_warned++;
    row->warned = true;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, translate(format), arguments);
    va_end(arguments);
    row_note(row, "row %llu, %s: %s", (unsigned long long)row->number, row->binding.heading[column],
             line);
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
        } else if (strncmp(cell, "\u00a0", 2) == 0) {
            cell += 2;
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
        } else if (size >= 2 && memcmp(cell + size - 2, "\u00a0", 2) == 0) {
            size -= 2;
        } else {
            break;
        }
    }
    cell[size] = 0;
    return cell;
}

/* A second text of a column that takes several. */
static void join_cell(struct row *row, size_t column, const char *cell)
{
    struct error fault = ERROR_INIT;

    if (row->cells[column] != (char *)row->joined.data) {
        buffer_reset(&row->joined);
        if (!buffer_append_text(&row->joined, row->cells[column], &fault)) goto out;
    }
    if (!buffer_append_text(&row->joined, JOINER, &fault) ||
        !buffer_append_text(&row->joined, cell, &fault)) {
        goto out;
    }
    row->cells[column] = (char *)row->joined.data;
out:
    if (fault.code != ERROR_NONE) row_fault(row, column, &fault);
}

/* What a formula gone wrong leaves in a CSV file, and a column too narrow in some programs. */
static bool is_error_word(const char *text)
{
    static const char *const words[] = {"#REF!",  "#N/A",  "#VALUE!", "#DIV/0!",
                                        "#NAME?", "#NUM!", "#NULL!"};
    size_t i;

    if (text[0] != '#') return false;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strcmp(text, words[i]) == 0) return true;
    }
    return text[1] == '#' && strspn(text, "#") == strlen(text);
}

static void set_cell(struct row *row, size_t column, char *text, const struct sheet_cell *cell)
{
    if (cell->kind == CELL_ERROR || is_error_word(text)) {
        CELL_FAULT(row, column, ERROR_INPUT, "the cell shows %s; mend it in the spreadsheet",
                   translate(text));
        row->kinds[column] = CELL_ERROR;
        return;
    }
    if (*text == 0 && cell->is_formula &&
        (row->binding.set->columns[column].flags & COLUMN_MONEY)) {
        CELL_FAULT(
            row, column, ERROR_INPUT,
            "the formula shows nothing; let the spreadsheet compute it, or write the amount");
        row->kinds[column] = CELL_ERROR;
        return;
    }
    if (*row->cells[column] != 0 && *text != 0 && row->binding.joined_count > 0) {
        join_cell(row, column, text);
        return;
    }
    if (*row->cells[column] != 0) return;
    row->cells[column] = text;
    row->kinds[column] = cell->kind;
}

static void refuse_nameless(struct row *row, size_t cell)
{
    struct error fault = ERROR_INIT;

    error_set(&fault, ERROR_INPUT,
              "the cell is filled, but its column has no heading; give it one, or empty the cell");
    row->heading_cell = cell;
    row_fault(row, COLUMNS_MAX, &fault);
    row->heading_cell = SHEET_NO_COLUMN;
}

/*
 * Did a comma that wasn't put in quotes split an amount, 1,234.50 into 1 and 234.50? The row then
 * has a cell too many, or its last one, empty and left out, takes the second half for a text.
 */
static bool amount_is_split(const struct row *row, const struct sheet_row *source)
{
    const struct column_binding *binding = &row->binding;
    size_t column = column_of_money(binding->set);
    size_t cell = column < COLUMNS_MAX ? binding->cell_of[column] : SHEET_NO_COLUMN;
    const char *amount = column < COLUMNS_MAX ? row->cells[column] : "";
    size_t digits = strlen(amount);
    size_t behind;
    const char *next;

    if (cell >= source->count || cell + 1 >= source->count) return false;
    while (digits > 0 && isdigit((unsigned char)amount[digits - 1]))
        digits--;
    digits = strlen(amount) - digits;
    if (digits == 0 || digits > 3 || strpbrk(amount, ".,") != NULL) return false;
    next = source->cells[cell + 1].text;
    if (strspn(next, "0123456789") != 3 || (next[3] != 0 && next[3] != '.')) return false;
    if (source->width > binding->width || cell + 1 >= binding->cell_count) return true;
    behind = binding->column_of[cell + 1];
    return behind < COLUMNS_MAX && (binding->set->columns[behind].flags & COLUMN_JOINED);
}

bool row_set(struct row *row, const struct sheet_row *source)
{
    const struct column_binding *binding = &row->binding;
    bool is_filled = false;
    size_t i;

    row->number = source->number;
    row->faulty = false;
    row->warned = false;
    row->amount_note[0] = 0;
    for (i = 0; i < COLUMNS_MAX; i++) {
        row->cells[i] = empty_cell;
        row->kinds[i] = CELL_EMPTY;
    }
    for (i = 0; i < source->count; i++) {
        char *cell = cell_trim(source->cells[i].text);

        if (i < binding->cell_count) {
            if (binding->column_of[i] == COLUMNS_MAX) continue;
            if (binding->column_of[i] == COLUMN_NAMELESS) {
                if (*cell != 0 && !source->cells[i].is_merged) refuse_nameless(row, i);
                continue;
            }
            is_filled = is_filled || *cell != 0;
            set_cell(row, binding->column_of[i], cell, &source->cells[i]);
        } else if (*cell != 0 && !source->cells[i].is_merged) {
            CELL_FAULT(row, COLUMNS_MAX, ERROR_INPUT,
                       "the row has more cells than the heading row%s",
                       sheet_file_format(row->file) == SHEET_CSV
                           ? _("; is a comma not in quotes?")
                           : _("; give the column a heading, or empty the cell"));
            return true;
        }
    }
    if (sheet_file_format(row->file) == SHEET_CSV && amount_is_split(row, source)) {
        CELL_FAULT(row, column_of_money(binding->set), ERROR_INPUT,
                   "a comma may have split this amount into two cells; put it in quotes, or write "
                   "it without commas");
    }
    for (i = 0; i < binding->set->count; i++) {
        if (binding->constant[i] != NULL) row->cells[i] = binding->constant[i];
    }
    return is_filled || row->faulty;
}

bool cell_is_empty(const struct row *row, size_t column)
{
    return *row->cells[column] == 0;
}

bool cell_is_missing(struct row *row, size_t column)
{
    if (!cell_is_empty(row, column)) return false;
    if (row->kinds[column] == CELL_ERROR) return true; /* told already */
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

bool cell_normalize(struct row *row, size_t column, const char **out)
{
    const char *cell = row->cells[column];
    size_t size = strlen(cell);
    struct error fault = ERROR_INIT;

    if (row->kinds[column] == CELL_NUMBER && digits_are_lost(cell, true)) {
        CELL_FAULT(
            row, column, ERROR_INPUT,
            "the spreadsheet kept this as a number and lost its last digits; make the column "
            "text and enter it again");
        return false;
    }
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

/* A remark that is no more than this may make the row's amount another one: a part of the row
 * above, or so many 万. Whoever means nothing by it says what it means. */
static bool remark_is_doubtful(const char *text)
{
    static const char *const doubtful[] = {
        "其中",   "其中:",  "其中：",   "亿元",     "万元",      "万",         "千元",
        "百万元", "(万元)", "（万元）", "（千元）", "单位:万元", "单位：万元", "单位：千元"};

    for (size_t i = 0; i < ARRAY_COUNT(doubtful); i++) {
        if (strcmp(text, doubtful[i]) == 0) return true;
    }
    return false;
}

/* The note behind the amount goes to the end of the remark. */
static void add_amount_note(struct row *row, size_t column, char *out, size_t size)
{
    size_t used = strlen(out);

    if (used + strlen("；") + strlen(row->amount_note) < size) {
        (void)snprintf(out + used, size - used, "%s%s", used > 0 ? "；" : "", row->amount_note);
        return;
    }
    CELL_FAULT(row, column, ERROR_LIMIT,
               "the note behind the amount doesn't fit; shorten the text");
}

void cell_text(struct row *row, size_t column, char *out, size_t size)
{
    const char *text = NULL;
    char *byte;

    assert(size > 0);
    out[0] = 0;
    if (!cell_is_missing(row, column)) {
        if (!cell_normalize(row, column, &text)) return;
        if (strlen(text) >= size) {
            CELL_FAULT(row, column, ERROR_LIMIT, "the text is longer than %zu bytes; shorten it",
                       size - 1);
            return;
        }
        memcpy(out, text, strlen(text) + 1);
    }
    for (byte = out; *byte != 0; byte++) {
        if (*byte == '\n' || *byte == '\r' || *byte == '\t') *byte = ' ';
    }
    if (!(row->binding.set->columns[column].flags & COLUMN_JOINED)) return;
    if (remark_is_doubtful(out)) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "\"%s\" alone may mean that the amount is another one; write the amount in full "
                   "and take the remark out, or say what it means",
                   out);
        return;
    }
    if (row->amount_note[0] != 0) add_amount_note(row, column, out, size);
}

void cell_code(struct row *row, size_t column, char out[CODE_SIZE])
{
    const char *text = NULL;
    struct error fault = ERROR_INIT;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    if (!cell_normalize(row, column, &text)) return;
    if (strpbrk(text, "Ee") != NULL && digits_are_lost(text, false)) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "\"%s\" is a long number that a spreadsheet cut; enter the code again as text",
                   text);
        return;
    }
    if (!text_check_code(text, row->binding.heading[column], &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, text, strlen(text) + 1);
}

/* ---- Numbers, dates, words ------------------------------------------------------------------ */

static bool set_has_remark(const struct column_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++) {
        if (set->columns[i].flags & COLUMN_JOINED) return true;
    }
    return false;
}

void cell_money(struct row *row, size_t column, money_t *out)
{
    struct error fault = ERROR_INIT;

    *out = MONEY_ZERO;
    if (cell_is_missing(row, column)) return;
    if (!amount_read(row->cells[column], row->binding.unit[column], out, row->amount_note,
                     &fault)) {
        row_fault(row, column, &fault);
    } else if (money_is_negative(*out)) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "%s is negative; amounts are positive, the kind of movement gives the direction",
                   row->cells[column]);
    } else if (money_is_zero(*out) && row->binding.set->columns[column].flags & COLUMN_REQUIRED) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "the amount is 0; write what is moved, or take the row out");
    } else if (row->amount_note[0] != 0) {
        if (set_has_remark(row->binding.set)) {
            row_warn(row, column, "\"%s\" is kept as a remark", row->amount_note);
            return;
        }
        CELL_FAULT(row, column, ERROR_INPUT,
                   "\"%s\" has a note, and %s have no remark to keep it; write the amount alone",
                   row->cells[column], row->binding.set->kind);
    }
}

void cell_date(struct row *row, size_t column, date_t *out)
{
    struct error fault = ERROR_INIT;
    bool is_serial = false;
    char text[DATE_TEXT_SIZE];

    *out = (date_t){0};
    if (cell_is_missing(row, column)) return;
    if (!day_read(row->cells[column], out, &is_serial, &fault)) {
        row_fault(row, column, &fault);
    } else if (is_serial) {
        row_warn(row, column, "%s is read as a spreadsheet's count of days, %s", row->cells[column],
                 date_format(*out, text));
    }
}

void cell_date_optional(struct row *row, size_t column, bool *has, date_t *out)
{
    *has = !cell_is_empty(row, column);
    cell_date(row, column, out);
}

void cell_integer(struct row *row, size_t column, int64_t low, int64_t high, int64_t *out)
{
    char narrow[CELL_FORM_SIZE];
    const char *at = narrow;
    int64_t value = 0;

    *out = low;
    if (cell_is_missing(row, column)) return;
    if (!cell_narrow(row->cells[column], narrow)) at = row->cells[column];
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
    } words[] = {{"是", true},  {"yes", true}, {"true", true},   {"1", true},      {"TRUE", true},
                 {"否", false}, {"no", false}, {"false", false}, {"FALSE", false}, {"0", false}};
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

/* ---- Payees --------------------------------------------------------------------------------- */

static void read_id_number(struct row *row, size_t column, struct payee *out)
{
    const char *cell = row->cells[column];
    char narrow[CELL_FORM_SIZE];
    struct error fault = ERROR_INIT;

    if (row->kinds[column] == CELL_NUMBER && digits_are_lost(cell, true)) goto lost;
    if (id_card_normalize(cell, row->today, out->id_number, &fault)) return;
    if (digits_are_lost(cell, false)) goto lost;
    if (cell_narrow(cell, narrow) && strcmp(narrow, cell) != 0) {
        struct error ignored = ERROR_INIT;

        if (id_card_normalize(narrow, row->today, out->id_number, &ignored)) return;
    }
    row_fault(row, column, &fault);
    return;
lost:
    CELL_FAULT(row, column, ERROR_INPUT,
               "the spreadsheet kept this ID number as a number and lost its last digits; make the "
               "column text and enter it again from the card");
}

static void read_account(struct row *row, size_t column, struct payee *out)
{
    const char *cell = row->cells[column];
    char narrow[CELL_FORM_SIZE];

    if (!out->is_person) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "only a person's account number is kept; empty the cell or give the ID number");
        return;
    }
    if (digits_are_lost(cell, row->kinds[column] == CELL_NUMBER) &&
        (row->kinds[column] == CELL_NUMBER || strpbrk(cell, "Ee") != NULL)) {
        CELL_FAULT(row, column, ERROR_INPUT,
                   "the spreadsheet kept this account number as a number and lost its last digits; "
                   "make the column text and enter it again");
        return;
    }
    cell_text(row, column, out->bank_account, sizeof out->bank_account);
    if (!cell_narrow(out->bank_account, narrow) || strspn(narrow, "0123456789") != strlen(narrow)) {
        return;
    }
    memcpy(out->bank_account, narrow, strlen(narrow) + 1);
}

void cell_uscc(struct row *row, size_t column, char out[USCC_SIZE])
{
    struct error fault = ERROR_INIT;
    const char *text = NULL;

    out[0] = 0;
    if (cell_is_missing(row, column) || !cell_normalize(row, column, &text)) return;
    if (!uscc_check(text, &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, text, USCC_SIZE);
}

void cells_payee(struct row *row, const size_t columns[4], struct payee *out)
{
    out->is_person = false;
    out->uscc[0] = out->id_number[0] = out->bank_account[0] = 0;
    cell_text(row, columns[0], out->name, sizeof out->name);
    if (!cell_is_empty(row, columns[2])) {
        out->is_person = true;
        read_id_number(row, columns[2], out);
        if (!cell_is_empty(row, columns[1])) {
            CELL_FAULT(row, columns[1], ERROR_INPUT,
                       "a payee with an ID number is a person and has no credit code; empty one");
        }
    } else if (!cell_is_empty(row, columns[1])) {
        cell_uscc(row, columns[1], out->uscc);
    }
    if (columns[3] == COLUMNS_MAX || cell_is_empty(row, columns[3])) return;
    read_account(row, columns[3], out);
}
