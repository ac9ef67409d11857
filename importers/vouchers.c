/*
 * vouchers.c - rows of allocations and payments: consecutive rows with one reference are one
 * voucher.
 */
#include <assert.h>
#include <string.h>

#include "importers/import.h"

/* How a movement's accounts follow from a row that names only what a clerk would name. */
enum book_rule {
    BOOK_OF_ROW, /* the book column; empty means none */
    BOOK_OF_TO,  /* the to-book column, or the book column when that is empty */
    BOOK_ALWAYS_NONE
};
enum role_rule {
    ROLE_FIXED,
    ROLE_BY_BOOK /* unassigned in book none, available in the others */
};
struct shape_side {
    enum book_rule book;
    enum role_rule rule;
    enum account_role role;
};
struct shape {
    bool known;
    bool between; /* from one division to another */
    struct shape_side from, to;
};

// clang-format off
static const struct shape shapes[MOVEMENT_COUNT] = {
    [MOVEMENT_APPROPRIATION] = {true, false, {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_SOURCE},
                                             {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_UNASSIGNED}},
    [MOVEMENT_RECEIPT]       = {true, false, {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_SOURCE},
                                             {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_UNASSIGNED}},
    [MOVEMENT_ALLOCATION]    = {true, true,  {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE}},
    [MOVEMENT_RECOVERY]      = {true, true,  {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE}},
    [MOVEMENT_SUCCESSION]    = {true, true,  {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE}},
    [MOVEMENT_COMMITMENT]    = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_COMMITTED}},
    [MOVEMENT_RELEASE]       = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_COMMITTED},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE}},
    [MOVEMENT_SETTLEMENT]    = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_COMMITTED},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE}},
    [MOVEMENT_REFUND]        = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_SPENT},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE}},
    [MOVEMENT_REMITTANCE]    = {true, false, {BOOK_OF_ROW, ROLE_BY_BOOK, ACCOUNT_AVAILABLE},
                                             {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_SOURCE}},
    [MOVEMENT_LOAN]          = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_RECEIVABLE}},
    [MOVEMENT_REPAYMENT]     = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_RECEIVABLE},
                                             {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE}},
    [MOVEMENT_ASSIGNMENT]    = {true, false, {BOOK_ALWAYS_NONE, ROLE_FIXED, ACCOUNT_UNASSIGNED},
                                             {BOOK_OF_TO, ROLE_FIXED, ACCOUNT_AVAILABLE}},
    [MOVEMENT_REALLOCATION]  = {true, false, {BOOK_OF_ROW, ROLE_FIXED, ACCOUNT_AVAILABLE},
                                             {BOOK_OF_TO, ROLE_FIXED, ACCOUNT_AVAILABLE}},
};
// clang-format on

/* ---- Vouchers ------------------------------------------------------------------------------- */

/* The same rows in another sheet, under another reference: nothing forbids it, somebody must look.
 */
static void tell_like(struct import *import, const char *voucher)
{
    struct row *row = &import->row;
    char like[VOUCHER_NUMBER_SIZE] = "";

    if (!voucher_find_like(row->journal, voucher, like, &row->fatal) || like[0] == '\0') return;
    row_note(row,
             "voucher %s has the accounts, sums and number of lines of %s in the same month; is it "
             "the same money twice?",
             import->header.reference, like);
}

/* A voucher more: what somebody at a terminal is asked about. */
static void count_voucher(struct row *row, const char *number)
{
    struct import_report *report = row->report;
    struct voucher voucher;

    if (voucher_find(row->journal, number, &voucher, &row->fatal) &&
        money_add(report->amount, voucher.amount, &report->amount, &row->fatal))
        report->vouchers++;
}

/* Said once, however many they are. */
static void tell_excess(struct import *import)
{
    struct error fault = ERROR_INIT;

    if (import->excess_first == 0) return;
    error_set(&fault, ERROR_LIMIT,
              "rows %llu to %llu are past the %d lines that a voucher can have; give them another "
              "reference",
              (unsigned long long)import->excess_first, (unsigned long long)import->excess_last,
              VOUCHER_LINES_MAX);
    row_fault_at(&import->row, import->excess_first, COLUMNS_MAX, &fault);
    import->row.report->rows_refused += import->excess_count - 1; /* it marks the first */
    import->excess_first = import->excess_count = 0;
}

void import_voucher_end(struct import *import)
{
    struct row *row = &import->row;
    struct voucher_receipt receipt;
    struct error fault = ERROR_INIT;
    size_t bad_line = 0;
    uint64_t number = import->group.first_row;

    tell_excess(import);
    if (import->draft != NULL && !row->checking_only && row->fatal.code == ERROR_NONE) {
        if (voucher_draft_submit(import->draft, &row->options->by, &receipt, &bad_line, &fault)) {
            if (receipt.repeated) {
                row->report->vouchers_repeated++;
            } else {
                count_voucher(row, receipt.voucher);
                tell_like(import, receipt.voucher);
            }
        } else {
            if (bad_line > 0) number = import->line_rows[bad_line - 1];
            row_fault_at(row, number, COLUMNS_MAX, &fault);
        }
    }
    voucher_draft_free(import->draft);
    import->draft = NULL;
    import->line_count = 0;
    import->group.open = false;
}

/* `columns`: reference, date, document, text. */
static void begin_voucher(struct import *import, enum movement movement, const size_t columns[4])
{
    struct row *row = &import->row;
    struct voucher_header *header = &import->header;
    struct error fault = ERROR_INIT;

    header->movement = movement;
    header->late = row->options->late;
    cell_code(row, columns[0], header->reference);
    cell_date(row, columns[1], &header->event_date);
    if (row->divisions_changed) row->day = header->event_date;
    cell_text(row, columns[2], header->document, sizeof header->document);
    cell_text(row, columns[3], header->text, sizeof header->text);
    if (!row_may_write(row)) return;
    if (!voucher_draft_new(row->journal, header, &import->draft, &fault)) {
        row_fault(row, COLUMNS_MAX, &fault);
    }
}

static void add_line(struct import *import)
{
    struct row *row = &import->row;
    struct error fault = ERROR_INIT;

    if (import->line_count == VOUCHER_LINES_MAX) {
        if (import->excess_first == 0) import->excess_first = row->number;
        import->excess_last = row->number;
        import->excess_count++;
        return;
    }
    import->line_rows[import->line_count++] = row->number;
    if (!row_may_write(row)) return;
    assert(import->draft != NULL);
    if (!voucher_draft_add(import->draft, &import->line, &fault)) {
        row_fault(row, COLUMNS_MAX, &fault);
    }
}

static void clear_line(struct voucher_line *line)
{
    line->project[0] = line->contract[0] = line->policy[0] = line->text[0] = 0;
    line->agreement[0] = 0;
    line->plan_line = 0;
    line->payee.is_person = false;
    line->payee.name[0] = line->payee.uscc[0] = 0;
    line->payee.id_number[0] = line->payee.bank_account[0] = 0;
    line->returned_voucher[0] = 0;
    line->returned_line = 0;
}

static void read_plan_line(struct row *row, size_t column, int32_t *out)
{
    int64_t number = 0;

    *out = 0;
    if (cell_is_empty(row, column)) return;
    cell_integer(row, column, 1, PLAN_LINES_MAX, &number);
    *out = (int32_t)number;
}

/* ---- Allocations ---------------------------------------------------------------------------- */

/* What clerks write for a movement beside its own names. */
static const struct {
    const char *word;
    enum movement movement;
} movement_words[] = {
    {"下达", MOVEMENT_APPROPRIATION}, {"分配", MOVEMENT_ALLOCATION},
    {"拨付", MOVEMENT_ALLOCATION},    {"交回", MOVEMENT_RECOVERY},
    {"收入", MOVEMENT_RECEIPT},       {"上交", MOVEMENT_REMITTANCE},
    {"占用", MOVEMENT_COMMITMENT},    {"退回", MOVEMENT_REFUND},
    {"调整", MOVEMENT_REALLOCATION},  {"借款", MOVEMENT_LOAN},
    {"放款", MOVEMENT_LOAN},          {"还款", MOVEMENT_REPAYMENT},
};

static bool movement_word_parse(const char *text, enum movement *out, struct error *err)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(movement_words); i++) {
        if (strcmp(text, movement_words[i].word) != 0) continue;
        *out = movement_words[i].movement;
        return true;
    }
    return movement_parse(text, out, err);
}

static void read_movement(struct row *row, enum movement *out)
{
    struct error fault = ERROR_INIT;

    if (!movement_word_parse(row->cells[ALLOCATIONS_MOVEMENT], out, &fault)) {
        row_fault(row, ALLOCATIONS_MOVEMENT, &fault);
        return;
    }
    if (shapes[*out].known) return;
    error_set(&fault, ERROR_INPUT, "a %s isn't imported as an allocation; use `mingzhang %s`",
              movement_name(*out),
              *out == MOVEMENT_PAYMENT ? "import payments" : "voucher reverse");
    row_fault(row, ALLOCATIONS_MOVEMENT, &fault);
}

static void set_side(struct row *row, const struct shape_side *side, size_t role_column,
                     struct account *out)
{
    enum book book = BOOK_NONE;
    bool use_to = side->book == BOOK_OF_TO && !cell_is_empty(row, ALLOCATIONS_TO_BOOK);

    if (side->book != BOOK_ALWAYS_NONE) {
        cell_book(row, use_to ? ALLOCATIONS_TO_BOOK : ALLOCATIONS_BOOK, &book);
    }
    out->book = book;
    out->role = side->role;
    if (side->rule == ROLE_BY_BOOK && book == BOOK_NONE) out->role = ACCOUNT_UNASSIGNED;
    if (!cell_is_empty(row, role_column)) cell_role(row, role_column, &out->role);
}

static void read_accounts(struct row *row, const struct shape *shape, struct voucher_line *line)
{
    struct error fault = ERROR_INIT;

    cell_fund(row, ALLOCATIONS_FUND, line->from.fund);
    memcpy(line->to.fund, line->from.fund, sizeof line->to.fund);
    cells_place(row, ALLOCATIONS_TOWNSHIP, ALLOCATIONS_TO_DIVISION, line->to.division);
    memcpy(line->from.division, line->to.division, sizeof line->from.division);
    if (!cell_is_empty(row, ALLOCATIONS_FROM_DIVISION)) {
        cell_division(row, ALLOCATIONS_FROM_DIVISION, line->from.division);
    }
    if (shape->between && cell_is_empty(row, ALLOCATIONS_FROM_DIVISION)) {
        error_set(&fault, ERROR_INPUT, "the cell is empty; name the division that sends the money");
        row_fault(row, ALLOCATIONS_FROM_DIVISION, &fault);
    } else if (!shape->between && strcmp(line->from.division, line->to.division) != 0) {
        error_set(&fault, ERROR_INPUT,
                  "this movement stays within one division; leave the cell empty");
        row_fault(row, ALLOCATIONS_FROM_DIVISION, &fault);
    }
    set_side(row, &shape->from, ALLOCATIONS_ROLE, &line->from);
    set_side(row, &shape->to, ALLOCATIONS_TO_ROLE, &line->to);
}

void import_allocation_row(struct import *import)
{
    static const size_t header_columns[4] = {ALLOCATIONS_REFERENCE, ALLOCATIONS_DATE,
                                             ALLOCATIONS_DOCUMENT, ALLOCATIONS_TEXT};
    static const size_t payee_columns[4] = {ALLOCATIONS_PAYEE, ALLOCATIONS_PAYEE_USCC,
                                            ALLOCATIONS_PAYEE_ID, COLUMNS_MAX};
    struct row *row = &import->row;
    struct voucher_line *line = &import->line;
    enum movement movement = import->header.movement;

    clear_line(line);
    if (!group_continues(import, ALLOCATIONS_REFERENCE)) {
        import_voucher_end(import);
        group_begin(import);
        movement = MOVEMENT_APPROPRIATION;
        read_movement(row, &movement);
        begin_voucher(import, movement, header_columns);
    }
    if (shapes[movement].known) read_accounts(row, &shapes[movement], line);
    cell_money(row, ALLOCATIONS_AMOUNT, &line->amount);
    cell_code(row, ALLOCATIONS_PROJECT, line->project);
    read_plan_line(row, ALLOCATIONS_PLAN_LINE, &line->plan_line);
    cell_code(row, ALLOCATIONS_CONTRACT, line->contract);
    cell_code(row, ALLOCATIONS_AGREEMENT, line->agreement);
    cells_payee(row, payee_columns, &line->payee);
    cell_text(row, ALLOCATIONS_LINE_TEXT, line->text, sizeof line->text);
    add_line(import);
}

/* ---- Payments ------------------------------------------------------------------------------- */

/* "2021-000004/3": the returned line that is paid again. */
static void read_repays(struct row *row, struct voucher_line *line)
{
    char *cell = row->cells[PAYMENTS_REPAYS];
    char *slash = strchr(cell, '/');
    struct error fault = ERROR_INIT;
    int64_t number = 0;
    const char *at;

    if (*cell == 0) return;
    for (at = slash == NULL ? "" : slash + 1; *at >= '0' && *at <= '9'; at++) {
        number = number * 10 + (*at - '0');
        if (number > VOUCHER_LINES_MAX) break;
    }
    if (slash == NULL || *at != 0 || number < 1 || slash - cell != VOUCHER_NUMBER_SIZE - 1) {
        error_set(&fault, ERROR_INPUT,
                  "\"%s\" isn't VOUCHER/LINE of the returned payment, as in 2021-000004/3", cell);
        row_fault(row, PAYMENTS_REPAYS, &fault);
        return;
    }
    memcpy(line->returned_voucher, cell, VOUCHER_NUMBER_SIZE - 1);
    line->returned_voucher[VOUCHER_NUMBER_SIZE - 1] = 0;
    line->returned_line = (int32_t)number;
}

static void read_payer(struct row *row, struct voucher_line *line)
{
    /* What the bank returned to a place that has ended since is paid again from there. */
    row->is_spent = cell_is_empty(row, PAYMENTS_REPAYS);
    cell_fund(row, PAYMENTS_FUND, line->from.fund);
    cells_place(row, PAYMENTS_TOWNSHIP, PAYMENTS_DIVISION, line->from.division);
    cell_book(row, PAYMENTS_BOOK, &line->from.book);
    line->from.role = ACCOUNT_AVAILABLE;
    if (!cell_is_empty(row, PAYMENTS_CONTRACT)) line->from.role = ACCOUNT_COMMITTED;
    if (!cell_is_empty(row, PAYMENTS_REPAYS)) line->from.role = ACCOUNT_OWED;
    if (!cell_is_empty(row, PAYMENTS_ROLE)) cell_role(row, PAYMENTS_ROLE, &line->from.role);
    line->to = line->from;
    line->to.role = ACCOUNT_IN_TRANSIT;
}

static uint64_t mix_number(uint64_t sum, uint64_t number)
{
    sum = (sum ^ number) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 32;
}

/* Eight bytes at a time: this is done for every row. */
static uint64_t mix(uint64_t sum, const char *text)
{
    size_t size = strlen(text);
    uint64_t word;

    for (; size >= sizeof word; size -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        sum = mix_number(sum, word);
    }
    word = 0;
    memcpy(&word, text, size);
    return mix_number(sum, word ^ (uint64_t)size << 56);
}

/* What makes two payments the same: all that is entered of them but the account number. */
static uint64_t payment_fingerprint(const struct import *import)
{
    const struct voucher_line *line = &import->line;
    uint64_t sum = mix_number(UINT64_C(14695981039346656037), (uint64_t)line->amount.fen);

    sum = mix_number(sum, (uint64_t)import->header.event_date.days);
    sum = mix(sum, line->payee.is_person ? line->payee.id_number : line->payee.name);
    sum = mix(sum, line->payee.uscc);
    sum = mix(sum, import->header.reference);
    sum = mix(sum, line->from.fund);
    sum = mix(sum, line->from.division);
    sum = mix(sum, line->project);
    sum = mix(sum, line->contract);
    sum = mix(sum, line->policy);
    sum = mix(sum, line->returned_voucher);
    sum = mix(sum, line->text);
    return sum == 0 ? 1 : sum;
}

/*
 * Two rows of a voucher alike in all this are one payment entered twice, far more often than two
 * payments. Who means two says in the remark what tells them apart. Looked for among the last
 * SEEN_SLOTS rows or so, more than a voucher has; four slots for each fingerprint, some older given
 * up.
 */
static void refuse_twin(struct import *import)
{
    struct row *row = &import->row;
    uint64_t fingerprint = payment_fingerprint(import);
    struct seen_payment *slots = &import->seen[fingerprint % (SEEN_SLOTS / 4) * 4];
    struct seen_payment *place = &slots[row->number % 4];
    size_t i;

    for (i = 0; i < 4; i++) {
        if (slots[i].fingerprint == fingerprint) {
            CELL_FAULT(
                row, COLUMNS_MAX, ERROR_CONFLICT,
                "this is the payment of row %llu again: payee, amount, date, fund, place and "
                "purpose are the same; take one out, or say in 备注 what tells them apart",
                (unsigned long long)slots[i].row);
            return;
        }
        if (slots[i].fingerprint == 0) place = &slots[i];
    }
    *place = (struct seen_payment){fingerprint, row->number};
}

void import_payment_row(struct import *import)
{
    static const size_t header_columns[4] = {PAYMENTS_REFERENCE, PAYMENTS_DATE, PAYMENTS_DOCUMENT,
                                             PAYMENTS_TEXT};
    static const size_t payee_columns[4] = {PAYMENTS_PAYEE, PAYMENTS_PAYEE_USCC, PAYMENTS_PAYEE_ID,
                                            PAYMENTS_ACCOUNT};
    struct row *row = &import->row;
    struct voucher_line *line = &import->line;

    clear_line(line);
    if (!group_continues(import, PAYMENTS_REFERENCE)) {
        import_voucher_end(import);
        group_begin(import);
        begin_voucher(import, MOVEMENT_PAYMENT, header_columns);
    }
    read_payer(row, line);
    cell_money(row, PAYMENTS_AMOUNT, &line->amount);
    cell_code(row, PAYMENTS_PROJECT, line->project);
    read_plan_line(row, PAYMENTS_PLAN_LINE, &line->plan_line);
    cell_code(row, PAYMENTS_CONTRACT, line->contract);
    cell_text(row, PAYMENTS_POLICY, line->policy, sizeof line->policy);
    cells_payee(row, payee_columns, &line->payee);
    read_repays(row, line);
    cell_text(row, PAYMENTS_LINE_TEXT, line->text, sizeof line->text);
    if (row_is_good(row)) refuse_twin(import);
    add_line(import);
}
