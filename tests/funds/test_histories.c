/*
 * test_histories.c - random histories of everything that can happen, against a model of ten lines.
 *
 * 1. The model keeps one sum for each account and knows nothing of vouchers' insides: what the
 * ledger says and what the model says must be the same after every step.
 * 2. A step that the ledger refuses must be one that the model says can't be done.
 * 3. The law is checked here by other code than the ledger's, for every book and fund. At the end a
 *    replay must give the same derived tables, row for row.
 *
 * MINGZHANG_SEED=n repeats one history; MINGZHANG_LONG=1 runs 10,000 of them.
 */
#include "tests/funds/fixture.h"
#include "tests/funds/compare.h"
#include "tests/funds/model.h"

#include <stdio.h>
#include <stdlib.h>

#define HISTORIES      200
#define HISTORIES_LONG 10000
#define OPENING_STEPS  24 /* submitted and decided in turn: from the source into the books */
#define STEPS          64
#define POOL           "JK%zu.%d.%zu" /* of a division, book and fund */

/* ---- Chance ---------------------------------------------------------------------------------- */

struct history {
    struct fixture world;
    struct model model;
    uint64_t random;
    int done, refused;
};

static size_t below(struct history *history, size_t limit)
{
    return chance_below(&history->random, limit);
}

/* ---- Making up what might happen ------------------------------------------------------------- */

/* A day that moves on as the history does, sometimes a little back. */
static int32_t pick_day(struct history *history, int step)
{
    return day("2021-04-01").days + step * 7 + (int32_t)below(history, 40) - 20;
}

static int32_t book_month(const struct history *history, int32_t days)
{
    int32_t event = date_month((date_t){days});

    return event <= history->model.closed ? history->model.closed + 1 : event;
}

static size_t parent_of(size_t division)
{
    static const size_t parents[MODEL_DIVISIONS] = {0, 0, 1, 1, 0, 4};

    return parents[division];
}

static void pick_vertical(struct history *history, bool down, struct model_line *line)
{
    size_t lower = 1 + below(history, MODEL_DIVISIONS - 1);
    size_t upper = parent_of(lower);

    if (below(history, 4) == 0) upper = 0; /* past a tier */
    line->from.division = down ? upper : lower;
    line->to.division = down ? lower : upper;
    if (below(history, 3) == 0) {
        line->from.book = line->to.book = BOOK_LIVELIHOOD;
        line->from.role = line->to.role = ACCOUNT_AVAILABLE;
    } else {
        line->from.role = line->to.role = ACCOUNT_UNASSIGNED;
    }
}

/* Roles and books of a movement within one division. */
static void pick_level(struct history *history, enum movement movement, struct model_line *line)
{
    enum book book = below(history, 2) == 0 ? BOOK_LIVELIHOOD : BOOK_SUBSIDY;

    switch (movement) {
    case MOVEMENT_APPROPRIATION:
    case MOVEMENT_RECEIPT:
        line->from.role = ACCOUNT_SOURCE;
        line->to.role = ACCOUNT_UNASSIGNED;
        break;
    case MOVEMENT_ASSIGNMENT:
        line->from.role = ACCOUNT_UNASSIGNED;
        line->to.role = ACCOUNT_AVAILABLE;
        line->to.book = book;
        break;
    case MOVEMENT_REALLOCATION:
        line->from.role = line->to.role = ACCOUNT_AVAILABLE;
        line->from.book = book;
        line->to.book = book == BOOK_SUBSIDY ? BOOK_LIVELIHOOD : BOOK_SUBSIDY;
        break;
    case MOVEMENT_PAYMENT:
        line->from.role = ACCOUNT_AVAILABLE;
        line->to.role = ACCOUNT_IN_TRANSIT;
        line->from.book = line->to.book = book;
        line->payee = 1 + (unsigned)below(history, 5);
        break;
    case MOVEMENT_REFUND:
        line->from.role = ACCOUNT_SPENT;
        line->to.role = ACCOUNT_AVAILABLE;
        line->from.book = line->to.book = book;
        line->payee = 1 + (unsigned)below(history, 5);
        break;
    case MOVEMENT_LOAN:
    case MOVEMENT_REPAYMENT:
        line->from.role = movement == MOVEMENT_LOAN ? ACCOUNT_AVAILABLE : ACCOUNT_RECEIVABLE;
        line->to.role = movement == MOVEMENT_LOAN ? ACCOUNT_RECEIVABLE : ACCOUNT_AVAILABLE;
        line->from.book = line->to.book = book;
        line->payee = below(history, 2) == 0 ? 2 : 4; /* people */
        line->is_lent = true;
        break;
    case MOVEMENT_REMITTANCE:
        line->from.role = below(history, 2) == 0 ? ACCOUNT_UNASSIGNED : ACCOUNT_AVAILABLE;
        line->from.book = line->from.role == ACCOUNT_AVAILABLE ? book : BOOK_NONE;
        line->to.role = ACCOUNT_SOURCE;
        break;
    case MOVEMENT_ALLOCATION:
    case MOVEMENT_RECOVERY:
    case MOVEMENT_COMMITMENT:
    case MOVEMENT_RELEASE:
    case MOVEMENT_SETTLEMENT:
    case MOVEMENT_SUCCESSION:
    case MOVEMENT_REVERSAL:
    case MOVEMENT_COUNT:
        ck_abort_msg("not a movement within one division");
    }
}

static int64_t pick_path(struct history *history, enum movement movement, struct model_line *line)
{
    memset(line, 0, sizeof *line);
    line->from.fund = line->to.fund = below(history, MODEL_FUNDS);
    if (movement == MOVEMENT_ALLOCATION || movement == MOVEMENT_RECOVERY) {
        pick_vertical(history, movement == MOVEMENT_ALLOCATION, line);
    } else {
        size_t tier = movement == MOVEMENT_APPROPRIATION ? 2 : MODEL_DIVISIONS;

        line->from.division = line->to.division = below(history, tier);
        pick_level(history, movement, line);
    }
    return line->from.role == ACCOUNT_SOURCE ? 100000 : model_balance(&history->model, &line->from);
}

/* What the bank has paid someone, or somebody still owes, to come back; false when there is none.
 */
static bool pick_back(struct history *history, enum movement movement, struct model_line *line)
{
    bool is_lent = movement == MOVEMENT_REPAYMENT;

    for (int i = 0; i < history->model.count; i++) {
        const struct model_voucher *voucher = &history->model.vouchers[i];
        const struct model_line *first = &voucher->lines[0];
        bool is_out = is_lent ? voucher->movement == MOVEMENT_LOAN && first->state == LINE_POSTED &&
                                    model_owing(&history->model, first) > 0
                              : first->state == LINE_CONFIRMED && first->payee != 0;

        if (!is_out || below(history, 3) == 0) continue;
        *line = *first;
        line->from.role = is_lent ? ACCOUNT_RECEIVABLE : ACCOUNT_SPENT;
        line->to.role = ACCOUNT_AVAILABLE;
        if (is_lent) line->fen = model_owing(&history->model, first);
        return true;
    }
    return false;
}

static void pick_line(struct history *history, enum movement movement, struct model_line *line)
{
    int64_t there = 0;

    for (int attempt = 0; attempt < 24 && there == 0; attempt++)
        there = pick_path(history, movement, line);
    if ((movement == MOVEMENT_REFUND || movement == MOVEMENT_REPAYMENT) &&
        pick_back(history, movement, line))
        there = line->fen;
    /* Mostly what is there allows; now and then a fen too much. */
    line->fen = there > 0 ? 1 + (int64_t)below(history, (size_t)(there + 1) / 2) : 1;
    if (below(history, 12) == 0) line->fen = there + 1 > 0 ? there + 1 : 1;
}

/* ---- Doing it -------------------------------------------------------------------------------- */

static struct account real_account(const struct model_account *account)
{
    struct account out;

    memset(&out, 0, sizeof out);
    (void)snprintf(out.division, sizeof out.division, "%s", model_divisions[account->division]);
    (void)snprintf(out.fund, sizeof out.fund, "%s", model_funds[account->fund]);
    out.book = account->book;
    out.role = account->role;
    return out;
}

static struct voucher_line real_line(const struct model_line *line)
{
    struct voucher_line out;

    memset(&out, 0, sizeof out);
    out.amount = (money_t){line->fen};
    out.from = real_account(&line->from);
    out.to = real_account(&line->to);
    if (line->payee == 0) return out;
    out.payee.is_person = line->payee % 2 == 0;
    (void)snprintf(out.payee.name, sizeof out.payee.name, "payee %u", line->payee);
    if (line->is_lent)
        (void)snprintf(out.agreement, sizeof out.agreement, POOL "-%u", line->from.division,
                       (int)line->from.book, line->from.fund, line->payee);
    else
        (void)snprintf(out.policy, sizeof out.policy, "%s", "临时救助");
    if (out.payee.is_person)
        (void)snprintf(out.payee.id_number, sizeof out.payee.id_number, "%s",
                       fixture_id_number(line->payee));
    return out;
}

/* Every account that somebody may borrow from. */
static void open_pools(struct history *history)
{
    struct model_account at = {.role = ACCOUNT_AVAILABLE};
    char code[CODE_SIZE];

    for (at.division = 0; at.division < MODEL_DIVISIONS; at.division++)
        for (at.fund = 0; at.fund < MODEL_FUNDS; at.fund++)
            for (int book = BOOK_LIVELIHOOD; book <= BOOK_SUBSIDY; book++) {
                struct account account;

                at.book = (enum book)book;
                account = real_account(&at);
                (void)snprintf(code, sizeof code, POOL, at.division, book, at.fund);
                fixture_agree_loans(&history->world, &account, code, 4);
            }
}

/* The ledger and the model agree on whether the last step could be done. */
static void agree(struct history *history, bool done, bool possible, const struct model *before,
                  const struct error *err)
{
    ck_assert_msg(done == possible, "the ledger %s what the model says is %s: %s",
                  done ? "does" : "refuses", possible ? "possible" : "impossible", err->message);
    if (!done) history->model = *before;
    history->done += done;
    history->refused += !done;
}

struct line_order {
    struct model_voucher *voucher;
    struct model_line lines[MODEL_LINES_MAX];
};

/* Lines about people were written in random order: the model takes the ledger's. */
static bool take_order(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    struct line_order *order = context;

    (void)seq;
    (void)err;
    for (size_t i = 0; i < order->voucher->line_count; i++) {
        struct model_line *own = &order->voucher->lines[i];
        struct voucher_line real = real_line(own);

        if (own->fen == 0 || real.amount.fen != line->amount.fen ||
            strcmp(real.payee.name, line->payee.name) != 0 ||
            strcmp(real.from.division, line->from.division) != 0 ||
            strcmp(real.to.division, line->to.division) != 0 || real.from.book != line->from.book ||
            real.to.book != line->to.book || strcmp(real.from.fund, line->from.fund) != 0 ||
            real.from.role != line->from.role)
            continue;
        order->lines[number - 1] = *own;
        order->lines[number - 1].state = state;
        own->fen = 0; /* taken */
        return true;
    }
    ck_abort_msg("line %d is none of those submitted", number);
    return false;
}

static void read_order(struct history *history, struct model_voucher *voucher)
{
    struct line_order order = {.voucher = voucher};
    struct error err = ERROR_INIT;

    ck_assert_ok(
        voucher_line_each(history->world.journal, voucher->number, take_order, &order, &err), err);
    memcpy(voucher->lines, order.lines, sizeof voucher->lines);
}

static enum movement pick_movement(struct history *history, int step)
{
    static const enum movement opening[] = {MOVEMENT_APPROPRIATION, MOVEMENT_ASSIGNMENT,
                                            MOVEMENT_ALLOCATION, MOVEMENT_PAYMENT};
    static const enum movement movements[] = {
        MOVEMENT_APPROPRIATION, MOVEMENT_RECEIPT,    MOVEMENT_ALLOCATION, MOVEMENT_ALLOCATION,
        MOVEMENT_RECOVERY,      MOVEMENT_ASSIGNMENT, MOVEMENT_ASSIGNMENT, MOVEMENT_REALLOCATION,
        MOVEMENT_PAYMENT,       MOVEMENT_PAYMENT,    MOVEMENT_PAYMENT,    MOVEMENT_PAYMENT,
        MOVEMENT_PAYMENT,       MOVEMENT_PAYMENT,    MOVEMENT_PAYMENT,    MOVEMENT_PAYMENT,
        MOVEMENT_REFUND,        MOVEMENT_REFUND,     MOVEMENT_REMITTANCE, MOVEMENT_LOAN,
        MOVEMENT_LOAN,          MOVEMENT_REPAYMENT,  MOVEMENT_REPAYMENT};
    enum movement movement = MOVEMENT_APPROPRIATION;

    if (step < OPENING_STEPS)
        return opening[(size_t)(step / 2) * ARRAY_COUNT(opening) * 2 / OPENING_STEPS];
    /* Prefer one for which some account has money. */
    for (int attempt = 0; attempt < 6; attempt++) {
        struct model_line line;

        movement = movements[below(history, ARRAY_COUNT(movements))];
        if (pick_path(history, movement, &line) > 0) break;
    }
    return movement;
}

static void submit_step(struct history *history, int step)
{
    struct model before = history->model;
    struct model_voucher *voucher = &history->model.vouchers[history->model.count];
    struct voucher_line lines[MODEL_LINES_MAX];
    struct voucher_header head;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    bool possible, done;

    memset(voucher, 0, sizeof *voucher);
    voucher->movement = voucher->effect = pick_movement(history, step);
    voucher->line_count = below(history, 2) == 0 ? 1 : 1 + below(history, MODEL_LINES_MAX);
    voucher->reverses = voucher->reversed_by = -1;
    voucher->day = pick_day(history, step);
    voucher->month = book_month(history, voucher->day);
    head = header(voucher->movement, "2021-04-01");
    head.event_date = (date_t){voucher->day};
    head.late = below(history, 2) == 0;
    for (size_t i = 0; i < voucher->line_count; i++) {
        pick_line(history, voucher->movement, &voucher->lines[i]);
        lines[i] = real_line(&voucher->lines[i]);
    }
    history->model.count++;
    model_submit(&history->model, voucher);
    possible = model_is_possible(&history->model) &&
               (head.late || date_month(head.event_date) > history->model.closed);
    for (size_t i = 0; i < voucher->line_count && voucher->movement == MOVEMENT_REFUND; i++)
        possible = possible && model_refundable(&history->model, &voucher->lines[i]) >= 0;
    for (size_t i = 0; i < voucher->line_count && voucher->movement == MOVEMENT_REPAYMENT; i++)
        possible = possible && model_owing(&history->model, &voucher->lines[i]) >= 0;
    done = fixture_try_submit(&history->world, "li", &head, lines, voucher->line_count, &receipt,
                              &err);
    agree(history, done, possible, &before, &err);
    if (!done) return;
    (void)snprintf(voucher->number, sizeof voucher->number, "%s", receipt.voucher);
    read_order(history, voucher);
}

static int pick_voucher(struct history *history, enum voucher_state state)
{
    int start = history->model.count == 0 ? 0 : (int)below(history, (size_t)history->model.count);

    for (int i = 0; i < history->model.count; i++) {
        int at = (start + i) % history->model.count;

        if (history->model.vouchers[at].state == state) return at;
    }
    return -1;
}

/* Mostly a payment whose first line the bank has still to answer for. */
static int pick_sent(struct history *history)
{
    int at = pick_voucher(history, VOUCHER_POSTED);

    for (int i = 0; i < history->model.count && below(history, 8) != 0; i++) {
        const struct model_voucher *voucher = &history->model.vouchers[i];

        if (voucher->state == VOUCHER_POSTED && voucher->lines[0].state == LINE_IN_TRANSIT)
            return i;
    }
    return at;
}

static void set_lines(struct model_voucher *voucher, enum line_state state)
{
    for (size_t i = 0; i < voucher->line_count; i++)
        voucher->lines[i].state = state;
}

static void mark_decided(struct model *model, struct model_voucher *voucher, enum voucher_act act)
{
    bool approved = act == VOUCHER_APPROVE;

    voucher->state = approved                ? VOUCHER_POSTED
                     : act == VOUCHER_REJECT ? VOUCHER_REJECTED
                                             : VOUCHER_WITHDRAWN;
    set_lines(voucher, !approved                               ? LINE_VOID
                       : voucher->movement == MOVEMENT_PAYMENT ? LINE_IN_TRANSIT
                                                               : LINE_POSTED);
    if (voucher->reverses < 0) return;
    if (approved) {
        model->vouchers[voucher->reverses].state = VOUCHER_REVERSED;
        set_lines(&model->vouchers[voucher->reverses], LINE_VOID);
    } else {
        model->vouchers[voucher->reverses].reversed_by = -1;
    }
}

static void decide_step(struct history *history)
{
    static const enum voucher_act acts[] = {VOUCHER_APPROVE, VOUCHER_APPROVE, VOUCHER_APPROVE,
                                            VOUCHER_APPROVE, VOUCHER_APPROVE, VOUCHER_APPROVE,
                                            VOUCHER_REJECT,  VOUCHER_WITHDRAW};
    struct model before = history->model;
    int at = pick_voucher(history, VOUCHER_PENDING);
    enum voucher_act act = acts[below(history, ARRAY_COUNT(acts))];
    struct error err = ERROR_INIT;
    bool possible, done;

    if (at < 0) return;
    model_decide(&history->model, &history->model.vouchers[at], act == VOUCHER_APPROVE);
    mark_decided(&history->model, &history->model.vouchers[at], act);
    possible = model_is_possible(&history->model);
    done = fixture_try_decide(&history->world, act == VOUCHER_WITHDRAW ? "li" : "wang",
                              history->model.vouchers[at].number, act, &err);
    agree(history, done, possible, &before, &err);
}

static void reverse_step(struct history *history, int step)
{
    struct model before = history->model;
    int at = pick_voucher(history, VOUCHER_POSTED);
    struct model_voucher *voucher = &history->model.vouchers[history->model.count];
    struct model_voucher *original;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    char date[DATE_TEXT_SIZE];
    bool possible, done;

    if (at < 0) return;
    original = &history->model.vouchers[at];
    *voucher = *original;
    voucher->movement = MOVEMENT_REVERSAL;
    voucher->state = VOUCHER_PENDING;
    voucher->reverses = at;
    voucher->reversed_by = -1;
    voucher->day = pick_day(history, step);
    voucher->month = book_month(history, voucher->day);
    if (voucher->month < original->month) voucher->month = original->month;
    for (size_t i = 0; i < voucher->line_count; i++) {
        voucher->lines[i].from = original->lines[i].to;
        voucher->lines[i].to = original->lines[i].from;
    }
    history->model.count++;
    possible = original->movement != MOVEMENT_REVERSAL && original->reversed_by < 0 &&
               !original->is_erased && !original->answered && voucher->day >= original->day;
    original->reversed_by = history->model.count - 1;
    model_submit(&history->model, voucher);
    possible = possible && model_is_possible(&history->model);
    for (size_t i = 0; i < voucher->line_count && original->movement == MOVEMENT_LOAN; i++)
        possible = possible && model_owing(&history->model, &original->lines[i]) >= 0;
    done = fixture_try_reverse(&history->world, original->number,
                               date_format((date_t){voucher->day}, date), &receipt, &err);
    agree(history, done, possible, &before, &err);
    if (!done) return;
    (void)snprintf(voucher->number, sizeof voucher->number, "%s", receipt.voucher);
    read_order(history, voucher);
}

static void bank_step(struct history *history, int step)
{
    struct model before = history->model;
    int at = pick_sent(history);
    bool is_return = below(history, 3) == 0, done;
    int32_t named[MODEL_LINES_MAX], days = pick_day(history, step);
    size_t named_count = 0, moved = 0;
    struct model_voucher *voucher;
    struct error err = ERROR_INIT;
    char date[DATE_TEXT_SIZE];
    int32_t booked;
    bool possible;

    if (at < 0) return;
    voucher = &history->model.vouchers[at];
    booked = book_month(history, days);
    if (booked < voucher->month) booked = voucher->month;
    possible = voucher->movement == MOVEMENT_PAYMENT && voucher->reversed_by < 0 &&
               days >= voucher->day && date_month((date_t){days}) > history->model.closed;
    if (below(history, 2) == 0) /* one line by its number */
        named[named_count++] = 1 + (int32_t)below(history, voucher->line_count);
    for (size_t i = 0; i < voucher->line_count; i++) {
        struct model_line *line = &voucher->lines[i];
        struct model_account to = line->to;

        if (named_count > 0 && named[0] != (int32_t)i + 1) continue;
        if (line->state != LINE_IN_TRANSIT) continue;
        moved++;
        to.role = is_return ? ACCOUNT_OWED : ACCOUNT_SPENT;
        model_add(&history->model, &line->to, -line->fen, booked);
        model_add(&history->model, &to, line->fen, booked);
        line->state = is_return ? LINE_RETURNED : LINE_CONFIRMED;
    }
    voucher->answered = true;
    done = fixture_try_bank(&history->world, voucher->number, is_return,
                            date_format((date_t){days}, date), named, named_count, &err);
    agree(history, done, possible && moved > 0, &before, &err);
}

/* Pay a returned line again, as it was. */
static void repay_step(struct history *history, int step)
{
    struct model before = history->model;
    struct model_voucher *voucher = &history->model.vouchers[history->model.count];
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-01");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    bool possible, done;

    for (int i = 0; i < history->model.count; i++) {
        struct model_voucher *first = &history->model.vouchers[i];

        for (size_t j = 0; j < first->line_count; j++) {
            struct voucher_line line;

            if (first->lines[j].state != LINE_RETURNED) continue;
            memset(voucher, 0, sizeof *voucher);
            voucher->movement = voucher->effect = MOVEMENT_PAYMENT;
            voucher->lines[0] = first->lines[j];
            voucher->lines[0].from.role = ACCOUNT_OWED;
            voucher->line_count = 1;
            voucher->reverses = voucher->reversed_by = -1;
            voucher->answered = true; /* left alone from here on: see below */
            voucher->day = pick_day(history, step);
            voucher->month = book_month(history, voucher->day);
            head.event_date = (date_t){voucher->day};
            head.late = true;
            line = real_line(&voucher->lines[0]);
            (void)snprintf(line.returned_voucher, sizeof line.returned_voucher, "%s",
                           first->number);
            line.returned_line = (int32_t)j + 1;
            history->model.count++;
            model_submit(&history->model, voucher);
            first->lines[j].state = LINE_REPAID;
            possible = model_is_possible(&history->model);
            done = fixture_try_submit(&history->world, "li", &head, &line, 1, &receipt, &err);
            agree(history, done, possible, &before, &err);
            if (!done) return;
            (void)snprintf(voucher->number, sizeof voucher->number, "%s", receipt.voucher);
            /* Approved at once, so that the model needs no way back for the first line. */
            model_decide(&history->model, voucher, true);
            mark_decided(&history->model, voucher, VOUCHER_APPROVE);
            ck_assert_ok(
                fixture_try_decide(&history->world, "wang", voucher->number, VOUCHER_APPROVE, &err),
                err);
            voucher->answered = false;
            voucher->reversed_by = -1;
            return;
        }
    }
}

static void close_step(struct history *history, int step)
{
    int32_t through = date_month((date_t){day("2021-04-01").days + step * 7 - 40});
    char text[MONTH_TEXT_SIZE];
    bool possible = through > history->model.closed, done;
    struct model before = history->model;
    struct error err = ERROR_INIT;

    for (int i = 0; i < history->model.count; i++)
        possible = possible && (history->model.vouchers[i].state != VOUCHER_PENDING ||
                                history->model.vouchers[i].month > through);
    history->model.closed = through;
    done = fixture_try_close(&history->world, month_format(through, text), &err);
    agree(history, done, possible, &before, &err);
}

static void reopen_step(struct history *history)
{
    char body[128], text[MONTH_TEXT_SIZE];
    int32_t from;

    if (history->model.closed == 0) return;
    from = history->model.closed - (int32_t)below(history, 2);
    (void)snprintf(body, sizeof body, "{\"month\":\"%s\",\"reason\":\"补记\"}",
                   month_format(from, text));
    fixture_agree(&history->world, "period.reopen", body);
    {
        struct error err = ERROR_INIT;
        bool any;
        int32_t closed = 0;

        ck_assert_ok(period_closed_through(history->world.journal, &any, &closed, &err), err);
        history->model.closed = any ? closed : 0;
        ck_assert(!any || closed == from - 1);
    }
    history->done++;
}

/* ---- Erasing --------------------------------------------------------------------------------- */

/* What chance says of a voucher's lines about people, if the ledger lets it go. The model only
 * knows what must not go; from then on nobody is known to have been paid by such a line. */
static void erase_step(struct history *history)
{
    struct model_voucher *voucher;
    char body[4096];
    struct voucher found;
    struct error err = ERROR_INIT;
    bool is_named[MODEL_LINES_MAX] = {false}, any = false;
    size_t size;

    if (history->model.count == 0) return;
    voucher = &history->model.vouchers[below(history, (size_t)history->model.count)];
    ck_assert_ok(voucher_find(history->world.journal, voucher->number, &found, &err), err);
    size = (size_t)snprintf(body, sizeof body,
                            "{\"ground\":\"ordered\",\"reason\":\"法院通知\",\"seals\":[");
    for (size_t i = 0; i < voucher->line_count; i++) {
        int seq = (int)(found.submit_seq - voucher->line_count + i);

        is_named[i] = voucher->lines[i].payee != 0 && voucher->lines[i].payee % 2 == 0 &&
                      below(history, 3) != 0;
        if (!is_named[i]) continue;
        any = true;
        size += (size_t)snprintf(body + size, sizeof body - size,
                                 "{\"first\":%d,\"last\":%d,\"purpose\":\"voucher.line/detail\"},",
                                 seq, seq);
    }
    if (voucher->is_erased)
        body[--size] = '\0'; /* its content went with the lines before */
    else
        size +=
            (size_t)snprintf(body + size, sizeof body - size,
                             "{\"first\":%d,\"last\":%d,\"purpose\":\"voucher.submit/content\"}",
                             (int)found.submit_seq, (int)found.submit_seq);
    (void)snprintf(body + size, sizeof body - size, "]}");
    if (!any || !fixture_try_agree(&history->world, "seal.erase", body, &err)) {
        history->refused += any;
        return;
    }
    ck_assert_int_ne(voucher->state, VOUCHER_PENDING);
    ck_assert_int_le(voucher->month, history->model.closed);
    for (size_t i = 0; i < voucher->line_count; i++) {
        if (!is_named[i]) continue;
        ck_assert_int_ne(voucher->lines[i].state, LINE_IN_TRANSIT);
        ck_assert_int_ne(voucher->lines[i].state, LINE_RETURNED);
        voucher->lines[i].payee = 0;
    }
    voucher->is_erased = true;
    history->done++;
}

static void take_step(struct history *history, int step)
{
    size_t what = step < OPENING_STEPS ? (size_t)(step % 2) * 50 : below(history, 100);

    if (what < 38)
        submit_step(history, step);
    else if (what < 66)
        decide_step(history);
    else if (what < 84)
        bank_step(history, step);
    else if (what < 91)
        reverse_step(history, step);
    else if (what < 95)
        repay_step(history, step);
    else if (what < 97)
        close_step(history, step);
    else if (what < 98)
        reopen_step(history);
    else
        erase_step(history);
    compare_balances(history->world.journal, &history->model);
}

/* Whatever waits is rejected, every month closed, and of what is settled much erased. */
static void end_history(struct history *history)
{
    struct error err = ERROR_INIT;
    int at;

    while ((at = pick_voucher(history, VOUCHER_PENDING)) >= 0) {
        struct model_voucher *voucher = &history->model.vouchers[at];

        model_decide(&history->model, voucher, false);
        mark_decided(&history->model, voucher, VOUCHER_REJECT);
        ck_assert_ok(
            fixture_try_decide(&history->world, "wang", voucher->number, VOUCHER_REJECT, &err),
            err);
    }
    ck_assert_ok(fixture_try_close(&history->world, "2023-12", &err), err);
    history->model.closed = month("2023-12");
    for (int i = 0; i < 16; i++)
        erase_step(history);
    compare_balances(history->world.journal, &history->model);
}

/* ---- Running --------------------------------------------------------------------------------- */

static int seed_from(const char *text)
{
    int seed = 0;

    for (; *text >= '0' && *text <= '9' && seed < 100000000; text++)
        seed = seed * 10 + (*text - '0');
    return seed;
}

/* The seed is the test's number in the loop, so that a failure names it. */
START_TEST(every_history_keeps_the_law_and_replays_row_for_row)
{
    struct history *history = calloc(1, sizeof *history);

    ck_assert_ptr_nonnull(history);
    history->random = (uint64_t)_i;
    fixture_county(&history->world);
    open_pools(history);
    for (int step = 0; step < STEPS && history->model.count < MODEL_VOUCHERS_MAX - 1; step++)
        take_step(history, step);
    check_law(history->world.journal);
    assert_replay_is_identical(&history->world);
    end_history(history);
    check_law(history->world.journal);
    assert_replay_is_identical(&history->world);
    ck_assert_int_gt(history->done, 0);
    fixture_done(&history->world);
    free(history);
}
END_TEST

int main(void)
{
    const char *one = getenv("MINGZHANG_SEED"), *is_long = getenv("MINGZHANG_LONG");
    int first = one == NULL ? 1 : seed_from(one);
    int last = one != NULL ? first : is_long != NULL ? HISTORIES_LONG : HISTORIES;
    Suite *suite = suite_create("histories");
    TCase *cases = tcase_create("histories");
    SRunner *runner;
    int failed;

    fixture_prepare();
    tcase_set_timeout(cases, 0);
    tcase_add_loop_test(cases, every_history_keeps_the_law_and_replays_row_for_row, first,
                        last + 1);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
