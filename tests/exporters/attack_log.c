/* attack_log.c - see attack_log.h. */
#include "attack_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define KNOWN_MAX 6000 /* totals in clear */

/* A total in clear, of a voucher or a bank entry. */
struct known {
    char of[CODE_SIZE]; /* voucher number, or reference of a bank entry */
    size_t line;
    enum account_role role;
    int64_t fen;
};

struct reader {
    struct log *log;
    struct json_document *document;
    int64_t seq;
    int32_t closed_month; /* the last closed; -1 for none */
    struct known known[KNOWN_MAX];
    size_t known_count;
    int32_t answer_months[LOG_MOVES_MAX]; /* by seq, for bank entries */
};

/* ---- Entries --------------------------------------------------------------------------------- */

static void text_member(const struct reader *reader, uint32_t body, const char *name, char *out,
                        size_t size)
{
    struct error err = ERROR_INIT;

    ck_good(json_get_string(reader->document, body, name, out, size, &err), &err);
}

static bool is_true(const struct reader *reader, uint32_t body, const char *name)
{
    return json_type(reader->document, json_member(reader->document, body, name)) == JSON_TRUE;
}

size_t log_find_line(const struct log *log, const char *division, enum book book, const char *fund)
{
    for (size_t i = 0; i < log->line_count; i++)
        if (log->lines[i].book == book && strcmp(log->lines[i].fund, fund) == 0 &&
            strcmp(log->lines[i].division, division) == 0)
            return i;
    return SIZE_MAX;
}

static size_t need_line(struct log *log, const char *division, const char *book_text,
                        const char *fund)
{
    struct error err = ERROR_INIT;
    struct log_line *line;
    enum book book;
    size_t found;

    ck_good(book_parse(book_text, &book, &err), &err);
    found = log_find_line(log, division, book, fund);
    if (found != SIZE_MAX) return found;
    ck_assert_uint_lt(log->line_count, LOG_LINES_MAX);
    line = &log->lines[log->line_count];
    line->book = book;
    (void)snprintf(line->division, sizeof line->division, "%s", division);
    (void)snprintf(line->fund, sizeof line->fund, "%s", fund);
    return log->line_count++;
}

static struct log_voucher *find_voucher(struct log *log, const char *name)
{
    for (size_t i = 0; i < log->voucher_count; i++)
        if (strcmp(log->vouchers[i].number, name) == 0 ||
            strcmp(log->vouchers[i].reference, name) == 0)
            return &log->vouchers[i];
    ck_abort_msg("no voucher %s", name);
    return NULL;
}

/* Totals in clear are kept; false when they are sealed. */
static bool read_totals(struct reader *reader, uint32_t body, const char *of)
{
    const struct json_document *document = reader->document;
    uint32_t totals = json_member(document, body, "totals");
    struct error err = ERROR_INIT;

    if (json_type(document, totals) != JSON_ARRAY) return false;
    for (uint32_t node = json_first(document, totals); node != JSON_NONE;
         node = json_next(document, node)) {
        struct known *known = &reader->known[reader->known_count++];
        char division[DIVISION_CODE_SIZE], book[16], fund[CODE_SIZE], role[16];

        ck_assert_uint_lt(reader->known_count, KNOWN_MAX);
        text_member(reader, node, "division", division, sizeof division);
        text_member(reader, node, "book", book, sizeof book);
        text_member(reader, node, "fund", fund, sizeof fund);
        text_member(reader, node, "role", role, sizeof role);
        (void)snprintf(known->of, sizeof known->of, "%s", of);
        known->line = need_line(reader->log, division, book, fund);
        ck_good(account_role_parse(role, &known->role, &err), &err);
        ck_good(json_get_integer(document, node, "amount", &known->fen, &err), &err);
    }
    return true;
}

/* docs/format.md section 5.5 */
static int32_t counting_month(const struct reader *reader, uint32_t body)
{
    struct error err = ERROR_INIT;
    char text[DATE_TEXT_SIZE];
    int32_t month;
    date_t date;

    text_member(reader, body, "event_date", text, sizeof text);
    ck_good(date_parse(text, &date, &err), &err);
    month = date_month(date);
    return month <= reader->closed_month ? reader->closed_month + 1 : month;
}

static void read_submission(struct reader *reader, uint32_t body)
{
    struct log *log = reader->log;
    struct log_voucher *voucher = &log->vouchers[log->voucher_count++];
    struct error err = ERROR_INIT;
    char movement[32], reverses[CODE_SIZE];

    ck_assert_uint_lt(log->voucher_count, LOG_VOUCHERS_MAX);
    text_member(reader, body, "voucher", voucher->number, sizeof voucher->number);
    text_member(reader, body, "reference", voucher->reference, sizeof voucher->reference);
    text_member(reader, body, "movement", movement, sizeof movement);
    text_member(reader, body, "reverses", reverses, sizeof reverses);
    ck_good(movement_parse(movement, &voucher->movement, &err), &err);
    voucher->effect = voucher->movement;
    voucher->month = counting_month(reader, body);
    voucher->submitted = reader->seq;
    voucher->decided = LOG_NOW;
    voucher->people = is_true(reader, body, "people");
    voucher->is_sealed = !read_totals(reader, body, voucher->number);
    voucher->reverses = voucher->returned_group = voucher->settling_group = LOG_NONE;
    if (reverses[0] == '\0') return;
    voucher->reverses = (size_t)(find_voucher(log, reverses) - log->vouchers);
    voucher->effect = find_voucher(log, reverses)->movement;
    if (voucher->month < find_voucher(log, reverses)->month)
        voucher->month = find_voucher(log, reverses)->month;
}

static struct log_carried *add_carried(struct reader *reader, int64_t year)
{
    struct log_carried *carried = &reader->log->carried[reader->log->carried_count++];

    ck_assert_uint_lt(reader->log->carried_count, LOG_CARRIED_MAX);
    *carried = (struct log_carried){.seq = reader->seq, .december = (int32_t)year * 12 + 11};
    return carried;
}

static void read_carry_over(struct reader *reader, uint32_t body)
{
    const struct json_document *document = reader->document;
    uint32_t funds = json_member(document, body, "funds");
    struct error err = ERROR_INIT;
    int64_t year;

    ck_good(json_get_integer(document, body, "year", &year, &err), &err);
    (void)add_carried(reader, year);
    for (uint32_t node = json_first(document, funds); node != JSON_NONE;
         node = json_next(document, node)) {
        size_t size;
        const uint8_t *text = json_string_value(document, node, &size);

        (void)snprintf(add_carried(reader, year)->fund, CODE_SIZE, "%.*s", (int)size,
                       (const char *)text);
    }
}

static bool read_entry(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                       struct error *err)
{
    struct reader *reader = context;
    char kind[64], name[CODE_SIZE];
    uint32_t body;

    reader->seq = (int64_t)seq;
    if (!json_parse(reader->document, bytes, size, JSON_CANONICAL, err)) return false;
    text_member(reader, 0, "kind", kind, sizeof kind);
    body = json_member(reader->document, 0, "body");
    if (strcmp(kind, "voucher.submit") == 0) read_submission(reader, body);
    if (strcmp(kind, "voucher.approve") == 0 || strcmp(kind, "voucher.reject") == 0 ||
        strcmp(kind, "voucher.withdraw") == 0) {
        struct log_voucher *voucher;

        text_member(reader, body, "voucher", name, sizeof name);
        voucher = find_voucher(reader->log, name);
        voucher->decided = (int64_t)seq;
        voucher->is_posted = strcmp(kind, "voucher.approve") == 0;
    }
    if (strncmp(kind, "bank.", 5) == 0) {
        text_member(reader, body, "reference", name, sizeof name);
        (void)read_totals(reader, body, name);
        ck_assert_uint_lt(seq, ARRAY_COUNT(reader->answer_months));
        reader->answer_months[seq] = counting_month(reader, body);
    }
    if (strcmp(kind, "period.carry_over") == 0) read_carry_over(reader, body);
    if (strcmp(kind, "period.close") == 0) {
        text_member(reader, body, "month", name, sizeof name);
        ck_assert(month_parse(name, &reader->closed_month, err));
    }
    return true;
}

/* ---- What moved: told without its amounts ---------------------------------------------------- */

static struct log_amount unknown_amount(struct log *log, int64_t truth)
{
    struct log_amount amount = {.is_unknown = true, .unknown = log->unknown_count};

    ck_assert_uint_lt(log->unknown_count, ATTACK_UNKNOWNS_MAX);
    log->truth[log->unknown_count++] = truth;
    return amount;
}

/* What a total in clear says of an account; the worlds have no voucher in which it says less than
   what one move takes or gives. */
static bool find_known(const struct reader *reader, const char *of, size_t line,
                       enum account_role role, int64_t *out)
{
    for (size_t i = 0; i < reader->known_count; i++) {
        const struct known *known = &reader->known[i];

        if (known->line != line || known->role != role || strcmp(known->of, of) != 0) continue;
        *out = llabs(known->fen);
        return true;
    }
    return false;
}

static void settle_amount(struct reader *reader, struct log_move *move, const char *of,
                          int64_t truth)
{
    int64_t from, to;

    if (!find_known(reader, of, move->from, move->from_role, &from)) {
        move->amount = unknown_amount(reader->log, truth);
        return;
    }
    ck_assert(find_known(reader, of, move->to, move->to_role, &to));
    move->amount.known = from < to ? from : to;
    ck_assert_int_eq(move->amount.known, truth);
}

static struct log_move *add_move(struct log *log)
{
    ck_assert_uint_lt(log->move_count, LOG_MOVES_MAX);
    memset(&log->moves[log->move_count], 0, sizeof log->moves[0]);
    return &log->moves[log->move_count++];
}

static bool next_row(struct statement *statement)
{
    struct error err = ERROR_INIT;
    bool has_row;

    ck_good(statement_step(statement, &has_row, &err), &err);
    return has_row;
}

static struct statement *ask(const struct world *world, const char *sql)
{
    struct statement *statement = NULL;
    struct error err = ERROR_INIT;

    ck_good(store_prepare(journal_store(world->journal), sql, &statement, &err), &err);
    return statement;
}

static enum account_role role_at(const struct statement *statement, int column)
{
    struct error err = ERROR_INIT;
    enum account_role role;

    ck_good(account_role_parse(statement_text(statement, column), &role, &err), &err);
    return role;
}

static void read_moves(struct reader *reader, const struct world *world)
{
    struct statement *rows =
        ask(world, "SELECT voucher, from_division, from_book, from_fund, from_role, to_division, "
                   "to_book, to_fund, to_role, SUM(amount) FROM leg GROUP BY voucher, "
                   "from_division, from_book, from_fund, from_role, to_division, to_book, "
                   "to_fund, to_role ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9");
    struct log *log = reader->log;

    while (next_row(rows)) {
        struct log_move *move = add_move(log);
        const char *number = statement_text(rows, 0);

        move->voucher = (size_t)(find_voucher(log, number) - log->vouchers);
        move->from = need_line(log, statement_text(rows, 1), statement_text(rows, 2),
                               statement_text(rows, 3));
        move->from_role = role_at(rows, 4);
        move->to = need_line(log, statement_text(rows, 5), statement_text(rows, 6),
                             statement_text(rows, 7));
        move->to_role = role_at(rows, 8);
        settle_amount(reader, move, number, statement_integer(rows, 9));
    }
    statement_free(rows);
}

static void read_answers(struct reader *reader, const struct world *world)
{
    struct statement *rows =
        ask(world, "SELECT e.seq, e.reference, e.voucher, p.division, p.book, p.fund, p.role, "
                   "p.amount FROM bank_entry e JOIN bank_posting p ON p.reference = e.reference "
                   "WHERE p.amount > 0 ORDER BY 1, 4, 5, 6, 7");
    struct log *log = reader->log;

    while (next_row(rows)) {
        struct log_move *move = add_move(log);

        move->is_answer = true;
        move->seq = statement_integer(rows, 0);
        move->month = reader->answer_months[move->seq];
        move->voucher = (size_t)(find_voucher(log, statement_text(rows, 2)) - log->vouchers);
        move->from = move->to = need_line(log, statement_text(rows, 3), statement_text(rows, 4),
                                          statement_text(rows, 5));
        move->from_role = ACCOUNT_IN_TRANSIT;
        move->to_role = role_at(rows, 6);
        settle_amount(reader, move, statement_text(rows, 1), statement_integer(rows, 7));
    }
    statement_free(rows);
}

static size_t find_move(const struct reader *reader, const struct statement *row)
{
    struct log *log = reader->log;
    size_t voucher = (size_t)(find_voucher(log, statement_text(row, 0)) - log->vouchers);
    size_t from =
        need_line(log, statement_text(row, 1), statement_text(row, 2), statement_text(row, 3));

    for (size_t i = 0; i < log->move_count; i++)
        if (log->moves[i].voucher == voucher && !log->moves[i].is_answer &&
            log->moves[i].from == from && log->moves[i].from_role == role_at(row, 4) &&
            log->moves[i].to_role == role_at(row, 5))
            return i;
    ck_abort_msg("a leg without its move");
    return SIZE_MAX;
}

/* A move that is all under one plan line has no unknown part: the part is the whole. */
static void read_parts(struct reader *reader, const struct world *world)
{
    struct statement *rows =
        ask(world, "SELECT l.voucher, l.from_division, l.from_book, l.from_fund, l.from_role, "
                   "l.to_role, l.project, l.plan_line, l.amount, (SELECT COUNT(*) FROM leg o WHERE "
                   "o.voucher = l.voucher AND o.from_division = l.from_division AND o.from_book = "
                   "l.from_book AND o.from_fund = l.from_fund AND o.from_role = l.from_role AND "
                   "o.to_role = l.to_role) FROM leg l ORDER BY l.voucher, l.leg");
    struct log *log = reader->log;

    while (next_row(rows)) {
        struct log_part *part = &log->parts[log->part_count++];

        ck_assert_uint_lt(log->part_count, LOG_MOVES_MAX);
        part->move = find_move(reader, rows);
        (void)snprintf(part->project, sizeof part->project, "%s", statement_text(rows, 6));
        part->plan_line = (int32_t)statement_integer(rows, 7);
        part->amount = statement_integer(rows, 9) == 1
                           ? log->moves[part->move].amount
                           : unknown_amount(log, statement_integer(rows, 8));
    }
    statement_free(rows);
}

static void join_families(struct log *log, const char *number, const char *other)
{
    size_t kept = find_voucher(log, number)->family, joined = find_voucher(log, other)->family;

    for (size_t i = 0; i < log->voucher_count; i++)
        if (log->vouchers[i].family == joined) log->vouchers[i].family = kept;
}

static void read_families(struct log *log, const struct world *world)
{
    struct statement *rows =
        ask(world, "SELECT DISTINCT voucher, settled_by FROM line_mark WHERE settled_by <> '' "
                   "UNION SELECT reverses, number FROM voucher WHERE reverses <> '' UNION SELECT "
                   "a.voucher, b.voucher FROM payee_line a JOIN voucher r ON r.number = a.voucher "
                   "AND r.movement = 'refund' JOIN payee_line b ON b.payee = a.payee JOIN voucher "
                   "s ON s.number = b.voucher AND s.totals_sealed = 1 ORDER BY 1, 2");

    for (size_t i = 0; i < log->voucher_count; i++)
        log->vouchers[i].family = i;
    while (next_row(rows))
        join_families(log, statement_text(rows, 0), statement_text(rows, 1));
    statement_free(rows);
    rows = ask(world, "SELECT voucher FROM transit GROUP BY voucher HAVING SUM(amount) = 0 AND "
                      "EXISTS (SELECT 1 FROM bank_entry e WHERE e.voucher = transit.voucher)");
    while (next_row(rows))
        find_voucher(log, statement_text(rows, 0))->is_answered = true;
    statement_free(rows);
}

/* Whose total stands for three people or more: a reversal's is that of what it undoes. */
static void read_crowds(struct log *log, const struct world *world)
{
    struct statement *rows =
        ask(world, "WITH crowd AS (SELECT voucher FROM payee_line GROUP BY voucher HAVING "
                   "COUNT(DISTINCT payee) >= 3) SELECT voucher FROM crowd UNION SELECT number FROM "
                   "voucher WHERE reverses IN (SELECT voucher FROM crowd)");

    while (next_row(rows))
        find_voucher(log, statement_text(rows, 0))->is_of_many = true;
    statement_free(rows);
}

static void join_groups(struct log *log, struct log_voucher *returned, struct log_voucher *settling)
{
    size_t old = settling->settling_group;

    if (returned->returned_group == LOG_NONE) returned->returned_group = log->group_count++;
    settling->settling_group = returned->returned_group;
    for (size_t i = 0; i < log->voucher_count && old != LOG_NONE; i++) {
        struct log_voucher *voucher = &log->vouchers[i];

        if (voucher->returned_group == old) voucher->returned_group = returned->returned_group;
        if (voucher->settling_group == old) voucher->settling_group = returned->returned_group;
    }
}

static void read_returns(struct log *log, const struct world *world)
{
    struct statement *rows =
        ask(world, "SELECT DISTINCT voucher, settled_by FROM line_mark WHERE settled_by <> ''");

    while (next_row(rows))
        join_groups(log, find_voucher(log, statement_text(rows, 0)),
                    find_voucher(log, statement_text(rows, 1)));
    statement_free(rows);
}

struct log *log_read(const struct world *world)
{
    struct reader *reader = calloc(1, sizeof *reader);
    struct log *log = calloc(1, sizeof *log);
    struct error err = ERROR_INIT;

    ck_assert(reader != NULL && log != NULL);
    reader->log = log;
    reader->closed_month = -1;
    reader->document = json_document_new(&err);
    ck_assert_ptr_nonnull(reader->document);
    ck_good(journal_walk(world->journal, 0, journal_size(world->journal), read_entry, reader, &err),
            &err);
    read_moves(reader, world);
    read_answers(reader, world);
    read_parts(reader, world);
    read_families(log, world);
    read_crowds(log, world);
    read_returns(log, world);
    json_document_free(reader->document);
    free(reader);
    return log;
}

/* ---- Sums ------------------------------------------------------------------------------------ */

void log_add_amount(const struct log_amount *amount, int64_t factor, struct attack_sum *sum)
{
    if (amount->is_unknown)
        sum->factors[amount->unknown] += factor;
    else
        sum->constant += factor * amount->known;
}

enum stage { NOT_YET, HELD, POSTED, UNDONE };

static enum stage stage_of(const struct log *log, const struct log_move *move, int32_t month,
                           int64_t head)
{
    const struct log_voucher *voucher = &log->vouchers[move->voucher];

    if (move->is_answer) return move->seq < head && move->month <= month ? POSTED : NOT_YET;
    if (voucher->submitted >= head || voucher->month > month) return NOT_YET;
    if (voucher->decided >= head) return HELD;
    return voucher->is_posted ? POSTED : UNDONE;
}

static bool is_held_from(enum account_role role)
{
    return role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT;
}

void log_add_balance(const struct log *log, size_t line, enum account_role role, int32_t month,
                     int64_t head, int64_t factor, struct attack_sum *sum)
{
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        enum stage stage;

        if (move->from != line && move->to != line) continue;
        stage = stage_of(log, move, month, head);
        if (stage == HELD && is_held_from(move->from_role) && move->from == line) {
            if (move->from_role == role) log_add_amount(&move->amount, -factor, sum);
            if (role == ACCOUNT_HELD) log_add_amount(&move->amount, factor, sum);
        }
        if (stage != POSTED) continue;
        if (move->from == line && move->from_role == role)
            log_add_amount(&move->amount, -factor, sum);
        if (move->to == line && move->to_role == role) log_add_amount(&move->amount, factor, sum);
    }
}

struct effect {
    enum movement movement;
    enum flow_term giver, taker; /* FLOW_TERM_COUNT: none */
};

/* The movements that are terms of the law; what is paid becomes one when the bank confirms. */
static const struct effect effects[] = {
    {MOVEMENT_APPROPRIATION, FLOW_TERM_COUNT, FLOW_APPROPRIATED},
    {MOVEMENT_RECEIPT, FLOW_TERM_COUNT, FLOW_OTHER_RECEIPTS},
    {MOVEMENT_ALLOCATION, FLOW_PASSED_DOWN, FLOW_RECEIVED_FROM_ABOVE},
    {MOVEMENT_RECOVERY, FLOW_RETURNED_UP, FLOW_RECOVERED_FROM_BELOW},
    {MOVEMENT_REMITTANCE, FLOW_REMITTED, FLOW_TERM_COUNT},
    {MOVEMENT_ASSIGNMENT, FLOW_ASSIGNED_OUT, FLOW_ASSIGNED_IN},
    {MOVEMENT_REALLOCATION, FLOW_REALLOCATED_OUT, FLOW_REALLOCATED_IN},
};

static void add_terms(const struct log *log, const struct log_move *move, size_t line,
                      enum flow_term term, int64_t factor, struct attack_sum *sum)
{
    const struct log_voucher *voucher = &log->vouchers[move->voucher];
    bool is_undoing = !move->is_answer && voucher->movement == MOVEMENT_REVERSAL;
    size_t giver = is_undoing ? move->to : move->from, taker = is_undoing ? move->from : move->to;

    if (term == FLOW_SPENT && move->to == line && move->to_role == ACCOUNT_SPENT)
        log_add_amount(&move->amount, factor, sum);
    if (term == FLOW_SPENT && move->from == line && move->from_role == ACCOUNT_SPENT)
        log_add_amount(&move->amount, -factor, sum);
    if (is_undoing) factor = -factor;
    for (size_t i = 0; i < ARRAY_COUNT(effects) && !move->is_answer; i++) {
        if (effects[i].movement != voucher->effect) continue;
        if (effects[i].giver == term && giver == line) log_add_amount(&move->amount, factor, sum);
        if (effects[i].taker == term && taker == line) log_add_amount(&move->amount, factor, sum);
    }
}

void log_add_flow(const struct log *log, size_t line, enum flow_term term, int32_t month,
                  int64_t head, int64_t factor, struct attack_sum *sum)
{
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];

        if ((move->from == line || move->to == line) && stage_of(log, move, month, head) == POSTED)
            add_terms(log, move, line, term, factor, sum);
    }
}

static bool is_paid(enum account_role role)
{
    return role == ACCOUNT_IN_TRANSIT || role == ACCOUNT_OWED || role == ACCOUNT_SPENT;
}

void log_add_paid(const struct log *log, const char *project, int32_t plan_line, int32_t month,
                  int64_t head, int64_t factor, struct attack_sum *sum)
{
    for (size_t i = 0; i < log->part_count; i++) {
        const struct log_part *part = &log->parts[i];
        const struct log_move *move = &log->moves[part->move];

        if (part->plan_line != plan_line || strcmp(part->project, project) != 0) continue;
        if (stage_of(log, move, month, head) != POSTED) continue;
        if (is_paid(move->to_role)) log_add_amount(&part->amount, factor, sum);
        if (is_paid(move->from_role)) log_add_amount(&part->amount, -factor, sum);
    }
}

static bool is_within(const struct log *log, const struct log_move *move, const struct period *span,
                      int64_t head)
{
    return stage_of(log, move, span->last_month, head) == POSTED &&
           stage_of(log, move, span->first_month - 1, head) != POSTED;
}

/* All that the voucher sends from the line is under the project. */
static bool is_all_of(const struct log *log, const struct log_move *answer, const char *project)
{
    bool any = false;

    for (size_t i = 0; i < log->part_count; i++) {
        const struct log_move *move = &log->moves[log->parts[i].move];

        if (move->voucher != answer->voucher || move->to != answer->from ||
            move->to_role != ACCOUNT_IN_TRANSIT)
            continue;
        if (strcmp(log->parts[i].project, project) != 0) return false;
        any = true;
    }
    return any;
}

static bool is_under_way(const struct log *log, size_t line, int32_t month, int64_t head)
{
    static const enum account_role roles[] = {ACCOUNT_IN_TRANSIT, ACCOUNT_OWED};

    for (size_t i = 0; i < ARRAY_COUNT(roles); i++) {
        static struct attack_sum sum;

        memset(&sum, 0, sizeof sum);
        log_add_balance(log, line, roles[i], month, head, 1, &sum);
        if (log_true_value(log, &sum) != 0) return true;
    }
    return false;
}

void log_add_spent(const struct log *log, size_t line, const char *project,
                   const struct period *span, int64_t head, struct attack_sum *sum)
{
    bool by_arrival = is_under_way(log, line, span->first_month - 1, head) ||
                      is_under_way(log, line, span->last_month, head);

    for (size_t i = 0; i < log->part_count; i++) {
        const struct log_part *part = &log->parts[i];
        const struct log_move *move = &log->moves[part->move];

        if (strcmp(part->project, project) != 0 || !is_within(log, move, span, head)) continue;
        if (move->to == line && is_paid(move->to_role) &&
            (!by_arrival || move->to_role == ACCOUNT_SPENT))
            log_add_amount(&part->amount, 1, sum);
        if (move->from == line && is_paid(move->from_role) &&
            (!by_arrival || move->from_role == ACCOUNT_SPENT))
            log_add_amount(&part->amount, -1, sum);
    }
    for (size_t i = 0; i < log->move_count && by_arrival; i++) {
        const struct log_move *move = &log->moves[i];

        if (move->is_answer && move->to == line && move->to_role == ACCOUNT_SPENT &&
            !move->amount.is_unknown && is_within(log, move, span, head) &&
            is_all_of(log, move, project))
            log_add_amount(&move->amount, 1, sum);
    }
}

int64_t log_true_value(const struct log *log, const struct attack_sum *sum)
{
    int64_t value = sum->constant;

    for (size_t i = 0; i < log->unknown_count; i++)
        value += sum->factors[i] * log->truth[i];
    return value;
}

/* ---- What the entries alone tell ------------------------------------------------------------- */

static void tell_line(const struct log *log, size_t line, int32_t month, int64_t head,
                      struct attack *attack)
{
    for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++) {
        static struct attack_sum sum;

        if (role == ACCOUNT_SOURCE) continue;
        memset(&sum, 0, sizeof sum);
        log_add_balance(log, line, (enum account_role)role, month, head, 1, &sum);
        ck_assert_int_ge(log_true_value(log, &sum), 0);
        attack_is_not_negative(attack, &sum);
    }
}

/* The bank answers for no more than was sent. */
static void tell_shares(const struct log *log, struct attack *attack)
{
    static struct attack_sum sum;

    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];

        if (move->is_answer || move->to_role != ACCOUNT_IN_TRANSIT) continue;
        memset(&sum, 0, sizeof sum);
        log_add_amount(&move->amount, 1, &sum);
        for (size_t j = 0; j < log->move_count; j++)
            if (log->moves[j].is_answer && log->moves[j].voucher == move->voucher &&
                log->moves[j].from == move->to)
                log_add_amount(&log->moves[j].amount, -1, &sum);
        attack_is_not_negative(attack, &sum);
    }
}

static bool is_carried(const struct log *log, int64_t seq, const char *fund)
{
    for (size_t i = 0; i < log->carried_count; i++)
        if (log->carried[i].seq == seq && strcmp(log->carried[i].fund, fund) == 0) return true;
    return false;
}

/* A fund that isn't named has nothing left at the year's end, in no division and book. */
static void tell_carry_over(const struct log *log, const struct log_carried *act,
                            struct attack *attack)
{
    for (size_t i = 0; i < log->line_count; i++) {
        const char *fund = log->lines[i].fund;
        static struct attack_sum sum;

        if (is_carried(log, act->seq, fund)) continue;
        memset(&sum, 0, sizeof sum);
        for (size_t j = 0; j < log->line_count; j++)
            for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++)
                if (strcmp(log->lines[j].fund, fund) == 0 && role != ACCOUNT_SOURCE &&
                    role != ACCOUNT_SPENT)
                    log_add_balance(log, j, (enum account_role)role, act->december, act->seq, 1,
                                    &sum);
        ck_assert_int_eq(log_true_value(log, &sum), 0);
        attack_is_zero(attack, &sum);
    }
}

void log_tell(const struct log *log, struct attack *attack)
{
    tell_shares(log, attack);
    for (size_t i = 0; i < log->carried_count; i++)
        if (log->carried[i].fund[0] == '\0') tell_carry_over(log, &log->carried[i], attack);
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        const struct log_voucher *voucher = &log->vouchers[move->voucher];
        int64_t heads[2] = {move->is_answer ? move->seq : voucher->submitted,
                            move->is_answer ? move->seq : voucher->decided};
        int32_t month = move->is_answer ? move->month : voucher->month;

        for (int j = 0; j < 2; j++) {
            int64_t head = heads[j] == LOG_NOW ? LOG_NOW : heads[j] + 1;

            tell_line(log, move->from, LOG_ALWAYS, head, attack);
            tell_line(log, move->to, LOG_ALWAYS, head, attack);
        }
        tell_line(log, move->from, month, LOG_NOW, attack);
        tell_line(log, move->to, month, LOG_NOW, attack);
    }
}
