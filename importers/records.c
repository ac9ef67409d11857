/*
 * records.c - a row of a sheet as a row of ledger/records: see records.h.
 *
 * What is about people waits in memory until the sheet is read, so that its entries tell nothing by
 * their order; a fault that only the ledger finds in such a row is found then.
 */
#include "importers/records.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "importers/import.h"

#define VALUES_SIZE_MAX    (256u << 20)
#define MICRODEGREE_DIGITS 6
#define MICRODEGREES_MAX   INT64_C(180000000)
#define THOUSANDTH_DIGITS  3
#define THOUSANDTHS_MAX    INT64_C(1000000000000)

/* ---- Cells ----------------------------------------------------------------------------------- */

/* What is read of a cell: either is set, by the field's type. */
struct cell_value {
    const struct entry_member *member;
    const struct record_word *words;
    int64_t number;
    char *text; /* TEXT_SIZE, "" */
};

static bool is_word(const struct entry_member *member, const char *word)
{
    for (const char *const *at = member->words; *at != NULL; at++)
        if (strcmp(*at, word) == 0) return true;
    return false;
}

/* Is it one of the member's words, as it stands or in Chinese? */
static const char *find_word(const struct cell_value *value, const char *cell)
{
    for (const char *const *word = value->member->words; *word != NULL; word++) {
        if (strcmp(*word, cell) == 0) return *word;
        for (const struct record_word *pair = value->words; pair->chinese != NULL; pair++)
            if (strcmp(pair->word, *word) == 0 && strcmp(pair->chinese, cell) == 0) return *word;
    }
    return NULL;
}

static const char *first_chinese(const struct record_word *pair, const char *word)
{
    for (; pair->chinese != NULL; pair++)
        if (strcmp(pair->word, word) == 0) return pair->chinese;
    return word;
}

static void put(struct cell_value *value, const char *text)
{
    size_t size = strlen(text);

    assert(size < TEXT_SIZE);
    memcpy(value->text, text, size + 1);
}

static void read_word(struct row *row, size_t column, struct cell_value *value)
{
    const char *const *words = value->member->words;
    const char *word;

    if (cell_is_missing(row, column)) {
        if (is_word(value->member, "none")) put(value, "none");
        return;
    }
    word = find_word(value, row->cells[column]);
    if (word == NULL)
        CELL_FAULT(row, column, ERROR_INPUT, "\"%s\" is none of its words; write %s, %s, ...",
                   row->cells[column], first_chinese(value->words, words[0]),
                   first_chinese(value->words, words[1]));
    else
        put(value, word);
}

static void read_date(struct row *row, size_t column, struct cell_value *value)
{
    char text[DATE_TEXT_SIZE];
    date_t date = {0};
    bool has = true;

    if (value->member->type == MEMBER_DATE_OR_EMPTY)
        cell_date_optional(row, column, &has, &date);
    else
        cell_date(row, column, &date);
    if (has) put(value, date_format(date, text));
}

/* "2021-03", "2021年3月", or a day, as spreadsheets make of such a cell: its month. */
static void read_month(struct row *row, size_t column, struct cell_value *value)
{
    struct error fault = ERROR_INIT;
    char text[CELL_FORM_SIZE];
    date_t date = {0};
    int32_t month;
    bool is_serial;

    if (cell_is_missing(row, column)) return;
    if (cell_narrow(row->cells[column], text) && month_parse(text, &month, &fault)) {
        put(value, text);
        return;
    }
    error_clear(&fault);
    (void)snprintf(text, sizeof text, "%.*s1日", CELL_FORM_SIZE - 8, row->cells[column]);
    if (!day_read(text, &date, &is_serial, &fault)) {
        error_clear(&fault);
        cell_date(row, column, &date);
    }
    put(value, date_format(date, text));
    value->text[MONTH_TEXT_SIZE - 1] = '\0';
}

/* "31.123456" as a count of millionths, or of 1/10 as often as there are digits; floating point
 * would round. */
static bool parse_decimal(const char *text, int digits, int64_t most, int64_t *out)
{
    int64_t number = 0;
    int decimals = -1; /* digits behind the point; -1 before it */

    if (*text < '0' || *text > '9') return false;
    for (; *text != '\0'; text++) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || decimals == digits) return false;
        number = number * 10 + (*text - '0');
        if (number > most) return false;
        if (decimals >= 0) decimals++;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < digits; i++)
        number *= 10;
    *out = number;
    return number <= most;
}

static void read_degrees(struct row *row, size_t column, struct cell_value *value)
{
    char text[CELL_FORM_SIZE];

    if (cell_is_missing(row, column)) return;
    if (!cell_narrow(row->cells[column], text) ||
        !parse_decimal(text, MICRODEGREE_DIGITS, MICRODEGREES_MAX, &value->number))
        CELL_FAULT(row, column, ERROR_INPUT,
                   "\"%s\" isn't a latitude or longitude in degrees, as in 31.123456",
                   row->cells[column]);
}

static void read_thousandths(struct row *row, size_t column, struct cell_value *value)
{
    char text[CELL_FORM_SIZE];

    if (cell_is_missing(row, column)) return;
    if (!cell_narrow(row->cells[column], text) ||
        !parse_decimal(text, THOUSANDTH_DIGITS, THOUSANDTHS_MAX, &value->number))
        CELL_FAULT(row, column, ERROR_INPUT,
                   "\"%s\" isn't a quantity with at most three decimals, as in 2.1",
                   row->cells[column]);
}

/* What is taken back stands with a minus. */
static void read_signed_amount(struct row *row, size_t column, struct cell_value *value)
{
    const bool is_negative = row->cells[column][0] == '-';
    money_t amount = MONEY_ZERO;

    if (is_negative) row->cells[column]++;
    cell_money(row, column, &amount);
    value->number = is_negative ? -amount.fen : amount.fen;
}

static void read_number(struct row *row, size_t column, struct cell_value *value)
{
    money_t amount = MONEY_ZERO;
    int32_t hundredths = 0;

    if (row->binding.set->columns[column].flags & COLUMN_MONEY) {
        if (!cell_is_missing(row, column)) cell_money(row, column, &amount);
        value->number = amount.fen;
    } else if (strstr(value->member->name, "_bp") != NULL) {
        cell_percent_bp(row, column, &hundredths);
        value->number = hundredths;
    } else if (strstr(value->member->name, "_microdegrees") != NULL) {
        read_degrees(row, column, value);
    } else if (strstr(value->member->name, "_thousandths") != NULL) {
        read_thousandths(row, column, value);
    } else {
        cell_integer(row, column, 0, INT32_MAX, &value->number);
    }
}

static void read_cell(struct row *row, size_t column, struct cell_value *value)
{
    bool flag = false;

    if (value->member->type == MEMBER_WORD) {
        read_word(row, column, value);
    } else if (value->member->type == MEMBER_DATE || value->member->type == MEMBER_DATE_OR_EMPTY) {
        read_date(row, column, value);
    } else if (value->member->type == MEMBER_MONTH) {
        read_month(row, column, value);
    } else if (value->member->type == MEMBER_AMOUNT || value->member->type == MEMBER_INTEGER) {
        read_number(row, column, value);
    } else if (value->member->type == MEMBER_SIGNED_AMOUNT) {
        read_signed_amount(row, column, value);
    } else if (value->member->type == MEMBER_DIVISION) {
        cell_division(row, column, value->text);
    } else if (value->member->type == MEMBER_USCC) {
        cell_uscc(row, column, value->text);
    } else if (value->member->type == MEMBER_BOOLEAN) {
        cell_boolean(row, column, &flag);
        value->number = flag;
    } else if (value->member->type == MEMBER_CODE ||
               (value->member->type == MEMBER_CODE_OR_EMPTY && row->cells[column][0] != '\0')) {
        cell_code(row, column, value->text);
    } else {
        cell_text(row, column, value->text, TEXT_SIZE);
    }
}

/* ---- Columns ----------------------------------------------------------------------------------
 */

/* NULL for `is_gone`, which no column fills. */
static const struct entry_member *member_of(const struct record_kind *kind, size_t field)
{
    const size_t sealed_from = kind->field_count - kind->sealed_count;

    if (field >= sealed_from) return &kind->sealed[field - sealed_from];
    return kind->entry->members[field].mark == MEMBER_PUBLIC ? &kind->entry->members[field] : NULL;
}

size_t record_sheet_choices(const struct record_sheet *sheet, size_t column, const char **out,
                            size_t max)
{
    const size_t field = sheet->fields[column];
    const struct entry_member *member = field == RECORD_NONE ? NULL : member_of(sheet->kind, field);
    size_t count = 0;

    assert(max >= 2);
    if (member == NULL) return 0;
    if (member->type == MEMBER_BOOLEAN) {
        out[0] = "是";
        out[1] = "否";
        return 2;
    }
    if (member->type != MEMBER_WORD) return 0;
    for (const struct record_word *pair = sheet->words; pair->chinese != NULL; pair++)
        if (count < max && is_word(member, pair->word) &&
            strcmp(first_chinese(sheet->words, pair->word), pair->chinese) == 0)
            out[count++] = pair->chinese;
    return count;
}

/* ---- Rows about people ----------------------------------------------------------------------- */

struct record_rows *record_rows_new(struct error *err)
{
    struct record_rows *rows = calloc(1, sizeof *rows);

    if (rows != NULL) {
        rows->values = (struct buffer)BUFFER_INIT(VALUES_SIZE_MAX);
        rows->at = calloc(RECORD_PERSONAL_ROWS_MAX, sizeof *rows->at);
        rows->numbers = calloc(RECORD_PERSONAL_ROWS_MAX, sizeof *rows->numbers);
        if (rows->at != NULL && rows->numbers != NULL) return rows;
    }
    record_rows_free(rows);
    (void)error_set(err, ERROR_MEMORY, "memory ran out");
    return NULL;
}

void record_rows_free(struct record_rows *rows)
{
    if (rows == NULL) return;
    buffer_wipe(&rows->values);
    buffer_done(&rows->values);
    free(rows->at);
    free(rows->numbers);
    free(rows);
}

static bool keep_row(struct record_rows *rows, const struct record_kind *kind,
                     const struct record *record, uint64_t number, struct error *err)
{
    if (rows->count == RECORD_PERSONAL_ROWS_MAX)
        return error_set(err, ERROR_LIMIT, "a sheet about people has at most %d rows; split it",
                         RECORD_PERSONAL_ROWS_MAX);
    rows->at[rows->count] = rows->values.size;
    rows->numbers[rows->count] = number;
    for (size_t i = 0; i < kind->field_count; i++) {
        const char *text = record->values[i].text;

        if (!buffer_append(&rows->values, (const uint8_t *)&record->values[i].number,
                           sizeof record->values[i].number, err) ||
            !buffer_append(&rows->values, (const uint8_t *)text, strlen(text) + 1, err))
            return false;
    }
    rows->count++;
    return true;
}

static void restore_row(const struct record_rows *rows, size_t index,
                        const struct record_kind *kind, struct record *out)
{
    const uint8_t *at = rows->values.data + rows->at[index];

    for (size_t i = 0; i < kind->field_count; i++) {
        size_t size;

        memcpy(&out->values[i].number, at, sizeof out->values[i].number);
        at += sizeof out->values[i].number;
        size = strlen((const char *)at) + 1;
        memcpy(out->values[i].text, at, size);
        at += size;
    }
}

/* Add what was kept, in random order; the row that the ledger refuses is named. */
static bool add_kept(struct import *import, uint32_t *order, uint64_t *number, size_t *column,
                     struct error *err)
{
    const struct record_kind *kind = import->sheet->kind;
    const struct record_rows *rows = import->record_rows;
    struct journal *journal = import->row.journal;

    *number = rows->numbers[0];
    *column = COLUMNS_MAX;
    if (!journal_random_order(journal, order, rows->count, err)) return false;
    for (size_t i = 0; i < rows->count; i++) {
        *number = rows->numbers[order[i]];
        restore_row(rows, order[i], kind, import->record);
        if (record_add(journal, import->batch, kind, import->record, err)) continue;
        *column = record_sheet_column_of(import->sheet, import->record, err->message);
        return false;
    }
    return true;
}

void import_record_end(struct import *import)
{
    const struct record_rows *rows = import->record_rows;
    struct row *row = &import->row;
    struct error fault = ERROR_INIT;
    size_t column = COLUMNS_MAX;
    uint64_t number = row->number;
    uint32_t *order;

    if (rows == NULL || rows->count == 0 || row->checking_only || row->fatal.code != ERROR_NONE)
        return;
    order = calloc(rows->count, sizeof *order);
    if (order == NULL) (void)error_set(&fault, ERROR_MEMORY, "memory ran out");
    if (order == NULL || !add_kept(import, order, &number, &column, &fault))
        row_fault_at(row, number, column, &fault);
    free(order);
}

/* ---- A row ----------------------------------------------------------------------------------- */

static size_t column_of(const struct record_sheet *sheet, size_t field)
{
    size_t column = 0;

    while (column < sheet->set.count && sheet->fields[column] != field)
        column++;
    return column;
}

/* May a message name it, and is it told from others by that? */
static bool is_telling(const struct entry_member *member, const char *text)
{
    return member != NULL && strlen(text) > 1 &&
           (member->type == MEMBER_CODE || member->type == MEMBER_CODE_OR_EMPTY ||
            member->type == MEMBER_DATE || member->type == MEMBER_DATE_OR_EMPTY ||
            member->type == MEMBER_DIVISION || member->type == MEMBER_USCC ||
            member->type == MEMBER_TEXT);
}

static bool is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/* Where a text stands in a message, by itself: "ZC-1", not in "ZC-10". NULL: nowhere. */
static const char *find_named(const char *message, const char *text)
{
    const size_t length = strlen(text);

    for (const char *at = strstr(message, text); at != NULL; at = strstr(at + 1, text))
        if ((at == message || !is_of_word(at[-1]) || !is_of_word(text[0])) &&
            (!is_of_word(at[length]) || !is_of_word(text[length - 1])))
            return at;
    return NULL;
}

size_t record_sheet_column_of(const struct record_sheet *sheet, const struct record *record,
                              const char *message)
{
    size_t named = COLUMNS_MAX;
    const char *first = NULL;

    for (size_t column = 0; column < sheet->set.count; column++) {
        const size_t field = sheet->fields[column];
        const char *at = NULL;

        if (field == RECORD_NONE ||
            !is_telling(member_of(sheet->kind, field), record->values[field].text))
            continue;
        at = find_named(message, record->values[field].text);
        if (at == NULL || (first != NULL && at >= first)) continue;
        first = at;
        named = column;
    }
    return named;
}

void record_sheet_read(const struct record_sheet *sheet, struct row *row, struct record *out)
{
    const struct record_kind *kind = sheet->kind;

    record_clear(kind, out);
    for (size_t i = 0; i < kind->field_count; i++) {
        struct cell_value value = {member_of(kind, i), sheet->words, 0, out->values[i].text};
        size_t column = column_of(sheet, i);

        if (column == sheet->set.count) continue;
        read_cell(row, column, &value);
        out->values[i].number = value.number;
    }
}

bool import_record_take(struct import *import, struct error *err)
{
    const struct record_kind *kind = import->sheet->kind;

    if (kind->sealed_count == 0)
        return record_add(import->row.journal, import->batch, kind, import->record, err);
    if (import->record_rows == NULL) import->record_rows = record_rows_new(err);
    return import->record_rows != NULL &&
           keep_row(import->record_rows, kind, import->record, import->row.number, err);
}

struct record *import_record(struct import *import)
{
    struct error fault = ERROR_INIT;

    if (import->record == NULL) import->record = malloc(sizeof *import->record);
    if (import->record == NULL) {
        (void)error_set(&fault, ERROR_MEMORY, "memory ran out");
        row_fault(&import->row, COLUMNS_MAX, &fault);
    }
    return import->record;
}

void import_record_row(struct import *import)
{
    struct row *row = &import->row;
    struct error fault = ERROR_INIT;

    if (import_record(import) == NULL) return;
    record_sheet_read(import->sheet, row, import->record);
    if (row_may_write(row) && !import_record_take(import, &fault))
        row_fault(row, record_sheet_column_of(import->sheet, import->record, fault.message),
                  &fault);
}
