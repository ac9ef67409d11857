/*
 * test_contract_histories.c - random commitments, payments, settlements, refunds and reversals
 * under two contracts of one project, against sums over the list of vouchers.
 *
 * 1. The model keeps no totals: after each step it adds up all vouchers again. What the ledger
 * keeps of a contract and a plan line must be those sums.
 * 2. What the ledger refuses the model must call impossible, and the other way round.
 *
 * MINGZHANG_SEED=n repeats one history; MINGZHANG_LONG=1 runs 2,000 of them.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define HISTORIES      40
#define HISTORIES_LONG 2000
#define STEPS          100
#define VOUCHERS_MAX   (STEPS + 1)
#define CONTRACTS      2
#define GIVEN          500000 /* fen: what stands in available at first */
#define PLAN           300000
#define PRICE          200000
#define RETENTION_MAX  6000 /* 3 % of the price */
#define WHERE          COUNTY " construction F1 "

struct move {
    char number[VOUCHER_NUMBER_SIZE];
    enum movement movement;
    enum voucher_state state;
    enum line_state bank; /* of a payment: in transit, confirmed, returned, void (remitted) */
    size_t contract;
    enum account_role from, to;
    int64_t fen, retained;               /* a settlement's second line goes to retention */
    int reverses, reversed_by, returned; /* indexes, or -1 */
};

/* What stands where for one contract, or in one account. */
struct stand {
    int64_t roles[ACCOUNT_ROLE_COUNT];
    int64_t pending, paid, refundable;
};

struct history {
    struct fixture world;
    struct move moves[VOUCHERS_MAX];
    int count, done, refused;
    bool settled[CONTRACTS];
    int64_t final_price[CONTRACTS];
    uint64_t random;
};

static size_t below(struct history *history, size_t limit)
{
    return chance_below(&history->random, limit);
}

/* ---- Adding up
 * ----------------------------------------------------------------------------------- */

static bool is_paid_role(enum account_role role)
{
    return role == ACCOUNT_IN_TRANSIT || role == ACCOUNT_SPENT || role == ACCOUNT_OWED;
}

static void add_line(struct stand *stand, enum voucher_state state, enum account_role from,
                     enum account_role to, int64_t fen)
{
    bool is_posted = state == VOUCHER_POSTED || state == VOUCHER_REVERSED;
    bool is_open = is_posted || state == VOUCHER_PENDING;

    if (!is_open) return;
    if (is_posted || from != ACCOUNT_SPENT) stand->roles[from] -= fen;
    if (state == VOUCHER_PENDING && !is_paid_role(from)) stand->pending += fen;
    if (!is_posted) return;
    stand->roles[to] += fen;
    stand->paid += (is_paid_role(to) ? fen : 0) - (is_paid_role(from) ? fen : 0);
}

static void add_move(struct stand *stand, const struct move *move)
{
    bool is_reversed_settlement = move->movement == MOVEMENT_REVERSAL && move->retained > 0;
    enum account_role kept = ACCOUNT_RETENTION;

    add_line(stand, move->state, move->from, move->to, move->fen);
    if (move->retained > 0)
        add_line(stand, move->state, is_reversed_settlement ? kept : move->from,
                 is_reversed_settlement ? move->to : kept, move->retained);
    if (move->movement == MOVEMENT_PAYMENT && move->state == VOUCHER_POSTED) {
        enum account_role now = move->bank == LINE_CONFIRMED  ? ACCOUNT_SPENT
                                : move->bank == LINE_RETURNED ? ACCOUNT_OWED
                                : move->bank == LINE_VOID     ? ACCOUNT_OWED /* and on */
                                                              : ACCOUNT_IN_TRANSIT;

        stand->roles[ACCOUNT_IN_TRANSIT] -= move->fen;
        stand->roles[now] += move->fen;
        if (now == ACCOUNT_SPENT) stand->refundable += move->fen;
    }
    if (move->movement == MOVEMENT_REFUND &&
        (move->state == VOUCHER_POSTED || move->state == VOUCHER_PENDING))
        stand->refundable -= move->fen;
}

/* Of one contract; CONTRACTS: of all, which is the plan line and the accounts. */
static struct stand add_up(const struct history *history, size_t contract)
{
    struct stand stand;

    memset(&stand, 0, sizeof stand);
    if (contract == CONTRACTS) stand.roles[ACCOUNT_AVAILABLE] = GIVEN;
    for (int i = 0; i < history->count; i++)
        if (contract == CONTRACTS || history->moves[i].contract == contract)
            add_move(&stand, &history->moves[i]);
    return stand;
}

static int64_t used(const struct stand *stand)
{
    return stand->pending + stand->roles[ACCOUNT_COMMITTED] + stand->roles[ACCOUNT_RETENTION] +
           stand->paid;
}

static const char *code_of(size_t contract)
{
    return contract == 0 ? "D1" : "D2";
}

static void compare(struct history *history)
{
    static const enum account_role roles[] = {ACCOUNT_AVAILABLE, ACCOUNT_COMMITTED,
                                              ACCOUNT_RETENTION, ACCOUNT_IN_TRANSIT,
                                              ACCOUNT_OWED,      ACCOUNT_SPENT};
    struct stand all = add_up(history, CONTRACTS);
    struct project *project = malloc(sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    for (size_t i = 0; i < CONTRACTS; i++) {
        struct stand stand = add_up(history, i);
        struct contract contract;

        ck_assert_ok(contract_find(history->world.journal, code_of(i), &contract, &err), err);
        ck_assert_int_eq(contract.committed.fen, stand.roles[ACCOUNT_COMMITTED]);
        ck_assert_int_eq(contract.retention.fen, stand.roles[ACCOUNT_RETENTION]);
        ck_assert_int_eq(contract.paid.fen, stand.paid);
        ck_assert_int_eq(contract.settled, history->settled[i]);
        ck_assert_int_eq(contract.final_price.fen, history->final_price[i]);
    }
    ck_assert_ok(project_find(history->world.journal, "P2", project, &err), err);
    ck_assert_int_eq(project->plan[0].paid.fen, all.paid);
    for (size_t i = 0; i < ARRAY_COUNT(roles); i++) {
        char name[64];

        (void)snprintf(name, sizeof name, WHERE "%s", account_role_name(roles[i]));
        ck_assert_int_eq(balance(&history->world, name).fen, all.roles[roles[i]]);
    }
    free(project);
}

/* ---- What may be done
 * ------------------------------------------------------------------------------ */

/* Before `move` joins the list. */
static bool is_possible(const struct history *history, const struct move *move)
{
    struct stand stand = add_up(history, move->contract), all = add_up(history, CONTRACTS);
    int64_t fen = move->fen + (move->movement == MOVEMENT_SETTLEMENT ? move->retained : 0);
    bool is_reversal = move->movement == MOVEMENT_REVERSAL;
    bool reopens = is_reversal && history->moves[move->reverses].movement == MOVEMENT_SETTLEMENT;
    bool settled = history->settled[move->contract];
    int64_t limit = settled && !reopens ? history->final_price[move->contract] : PRICE;

    if (all.roles[move->from] < fen && move->from != ACCOUNT_SPENT) return false;
    if ((move->from == ACCOUNT_COMMITTED || move->from == ACCOUNT_RETENTION) &&
        stand.roles[move->from] < fen)
        return false;
    if (reopens && stand.roles[ACCOUNT_RETENTION] < move->retained) return false;
    if (settled && !reopens && (move->from == ACCOUNT_COMMITTED || move->to == ACCOUNT_COMMITTED))
        return false;
    if (move->from == ACCOUNT_AVAILABLE && (used(&stand) + fen > limit || used(&all) + fen > PLAN))
        return false;
    if (move->movement == MOVEMENT_REFUND && stand.refundable < fen) return false;
    if (move->movement == MOVEMENT_SETTLEMENT &&
        (stand.roles[ACCOUNT_COMMITTED] != fen || stand.pending != 0 ||
         move->retained > RETENTION_MAX))
        return false;
    return true;
}

/* Join the list if the ledger took it; both must be of one mind. */
static void agree(struct history *history, const struct move *move, bool possible, bool done,
                  const struct error *err)
{
    ck_assert_msg(done == possible, "%s %s -> %s of %lld under %s: the ledger %s: %s",
                  movement_name(move->movement), account_role_name(move->from),
                  account_role_name(move->to), (long long)move->fen, code_of(move->contract),
                  done ? "does it" : "refuses", err->message);
    history->done += done;
    history->refused += !done;
    if (done) history->moves[history->count++] = *move;
}

static struct voucher_line real_line(const struct move *move, enum account_role to, int64_t fen)
{
    struct voucher_line out;
    bool has_payee = move->movement == MOVEMENT_PAYMENT || move->movement == MOVEMENT_REFUND ||
                     move->from == ACCOUNT_OWED;

    memset(&out, 0, sizeof out);
    out.amount = (money_t){fen};
    out.from = account(WHERE "available");
    out.to = to == ACCOUNT_SOURCE ? account(COUNTY " none F1 source") : out.from;
    out.from.role = move->from;
    out.to.role = to;
    under(&out, "P2", code_of(move->contract), 1);
    if (has_payee) to_contractor(&out);
    return out;
}

static void submit(struct history *history, struct move *move)
{
    struct voucher_header head = header(move->movement, "2021-04-20");
    bool two = move->movement == MOVEMENT_SETTLEMENT && move->retained > 0;
    struct voucher_line lines[2] = {real_line(move, move->to, move->fen)};
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    bool possible = is_possible(history, move), done;

    if (two) lines[1] = real_line(move, ACCOUNT_RETENTION, move->retained);
    if (move->returned >= 0) {
        (void)snprintf(lines[0].returned_voucher, sizeof lines[0].returned_voucher, "%s",
                       history->moves[move->returned].number);
        lines[0].returned_line = 1;
    }
    done = fixture_try_submit(&history->world, "li", &head, lines, two ? 2 : 1, &receipt, &err);
    if (done) (void)snprintf(move->number, sizeof move->number, "%s", receipt.voucher);
    agree(history, move, possible, done, &err);
}

/* ---- Steps
 * ------------------------------------------------------------------------------------------ */

static struct move new_move(struct history *history, enum movement movement, enum account_role from,
                            enum account_role to)
{
    struct move move;
    struct stand stand;
    int64_t there;

    memset(&move, 0, sizeof move);
    move.movement = movement;
    move.from = from;
    move.to = to;
    move.contract = below(history, CONTRACTS);
    move.reverses = move.reversed_by = move.returned = -1;
    move.bank = LINE_IN_TRANSIT;
    stand = add_up(history, move.contract);
    there = from == ACCOUNT_AVAILABLE ? PRICE - used(&stand) : stand.roles[from];
    move.fen = there <= 0 ? 1 : 1 + (int64_t)below(history, (size_t)there);
    if (there > 0 && below(history, 3) != 0) move.fen = 1 + move.fen / 4;
    if (there > 0 && below(history, 15) == 0) move.fen = there + (int64_t)below(history, 2);
    return move;
}

static void submit_step(struct history *history)
{
    static const struct {
        enum movement movement;
        enum account_role from, to;
    } kinds[] = {
        {MOVEMENT_COMMITMENT, ACCOUNT_AVAILABLE, ACCOUNT_COMMITTED},
        {MOVEMENT_COMMITMENT, ACCOUNT_AVAILABLE, ACCOUNT_COMMITTED},
        {MOVEMENT_COMMITMENT, ACCOUNT_AVAILABLE, ACCOUNT_COMMITTED},
        {MOVEMENT_PAYMENT, ACCOUNT_COMMITTED, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_PAYMENT, ACCOUNT_COMMITTED, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_PAYMENT, ACCOUNT_RETENTION, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_RELEASE, ACCOUNT_COMMITTED, ACCOUNT_AVAILABLE},
        {MOVEMENT_PAYMENT, ACCOUNT_COMMITTED, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_PAYMENT, ACCOUNT_COMMITTED, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_PAYMENT, ACCOUNT_AVAILABLE, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_PAYMENT, ACCOUNT_RETENTION, ACCOUNT_IN_TRANSIT},
        {MOVEMENT_REFUND, ACCOUNT_SPENT, ACCOUNT_AVAILABLE},
        {MOVEMENT_SETTLEMENT, ACCOUNT_COMMITTED, ACCOUNT_AVAILABLE},
    };
    size_t at = below(history, ARRAY_COUNT(kinds));
    struct move move = new_move(history, kinds[at].movement, kinds[at].from, kinds[at].to);

    if (move.movement == MOVEMENT_SETTLEMENT) {
        int64_t there = add_up(history, move.contract).roles[ACCOUNT_COMMITTED];

        if (there > 1) {
            move.retained = 1 + (int64_t)below(history, (size_t)(there < 9000 ? there - 1 : 8000));
            move.fen = there - move.retained;
        }
    }
    submit(history, &move);
}

static int pick(struct history *history, enum voucher_state state)
{
    int start = history->count == 0 ? 0 : (int)below(history, (size_t)history->count);

    for (int i = 0; i < history->count; i++) {
        int at = (start + i) % history->count;

        if (history->moves[at].state == state) return at;
    }
    return -1;
}

static void after_approval(struct history *history, struct move *move)
{
    struct move *original = move->reverses < 0 ? NULL : &history->moves[move->reverses];
    bool settles = move->movement == MOVEMENT_SETTLEMENT;
    bool reopens = original != NULL && original->movement == MOVEMENT_SETTLEMENT;

    move->state = VOUCHER_POSTED;
    if (original != NULL) original->state = VOUCHER_REVERSED;
    if (move->returned >= 0) history->moves[move->returned].bank = LINE_VOID;
    if (settles || reopens) {
        struct stand stand = add_up(history, move->contract);

        history->settled[move->contract] = settles;
        history->final_price[move->contract] =
            settles ? stand.paid + stand.roles[ACCOUNT_RETENTION] : 0;
    }
}

/* A settlement is the last word: nothing else of its contract is undecided or stays committed. */
static bool may_approve(const struct history *history, int at)
{
    const struct move *move = &history->moves[at];

    if (move->movement != MOVEMENT_SETTLEMENT) return true;
    for (int i = 0; i < history->count; i++)
        if (i != at && history->moves[i].contract == move->contract &&
            history->moves[i].state == VOUCHER_PENDING)
            return false;
    return add_up(history, move->contract).roles[ACCOUNT_COMMITTED] == 0;
}

static void decide_step(struct history *history)
{
    int at = pick(history, VOUCHER_PENDING);
    bool approves = below(history, 5) != 0, done;
    struct error err = ERROR_INIT;
    struct move *move;

    if (at < 0) return;
    move = &history->moves[at];
    done = fixture_try_decide(&history->world, "wang", move->number,
                              approves ? VOUCHER_APPROVE : VOUCHER_REJECT, &err);
    ck_assert_msg(done == (!approves || may_approve(history, at)), "approved: %d: %s", done,
                  err.message);
    if (!done) return;
    if (approves) {
        after_approval(history, move);
        return;
    }
    move->state = VOUCHER_REJECTED;
    if (move->reverses >= 0) history->moves[move->reverses].reversed_by = -1;
}

static void bank_step(struct history *history)
{
    bool is_return = below(history, 4) == 0;
    struct error err = ERROR_INIT;

    for (int i = 0; i < history->count; i++) {
        struct move *move = &history->moves[i];

        if (move->movement != MOVEMENT_PAYMENT || move->state != VOUCHER_POSTED ||
            move->bank != LINE_IN_TRANSIT || move->reversed_by >= 0)
            continue;
        ck_assert_ok(
            fixture_try_bank(&history->world, move->number, is_return, "2021-04-21", NULL, 0, &err),
            err);
        move->bank = is_return ? LINE_RETURNED : LINE_CONFIRMED;
        return;
    }
}

/* Owed money that goes back to its source; decided at once. */
static void remit_step(struct history *history)
{
    struct error err = ERROR_INIT;

    for (int i = 0; i < history->count; i++) {
        struct move move = new_move(history, MOVEMENT_REMITTANCE, ACCOUNT_OWED, ACCOUNT_SOURCE);

        if (history->moves[i].movement != MOVEMENT_PAYMENT ||
            history->moves[i].bank != LINE_RETURNED)
            continue;
        move.contract = history->moves[i].contract;
        move.fen = history->moves[i].fen;
        move.returned = i;
        submit(history, &move);
        ck_assert_ok(
            fixture_try_decide(&history->world, "wang", move.number, VOUCHER_APPROVE, &err), err);
        after_approval(history, &history->moves[history->count - 1]);
        return;
    }
}

static void reverse_step(struct history *history)
{
    int at = pick(history, VOUCHER_POSTED);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    struct move *original, move;
    bool possible, done;

    if (at < 0) return;
    original = &history->moves[at];
    if (original->returned >= 0) return; /* remitted: the model has no way back */
    move = *original;
    move.movement = MOVEMENT_REVERSAL;
    move.state = VOUCHER_PENDING;
    move.from = original->to;
    move.to = original->from;
    move.reverses = at;
    move.reversed_by = -1;
    possible = original->movement != MOVEMENT_REVERSAL && original->reversed_by < 0 &&
               (original->movement != MOVEMENT_PAYMENT || original->bank == LINE_IN_TRANSIT) &&
               is_possible(history, &move);
    done = fixture_try_reverse(&history->world, original->number, "2021-04-22", &receipt, &err);
    if (done) (void)snprintf(move.number, sizeof move.number, "%s", receipt.voucher);
    agree(history, &move, possible, done, &err);
    if (done) original->reversed_by = history->count - 1;
}

static void take_step(struct history *history)
{
    size_t what = below(history, 100);

    if (what < 42)
        submit_step(history);
    else if (what < 76)
        decide_step(history);
    else if (what < 88)
        bank_step(history);
    else if (what < 97)
        reverse_step(history);
    else
        remit_step(history);
    compare(history);
}

/* ---- Running
 * ----------------------------------------------------------------------------------------- */

static bool accept(struct journal *journal, const struct signatory *by, void *context,
                   struct error *err)
{
    (void)context;
    return project_record_acceptance(journal, by, "P2", day("2021-04-15"), "县验收组", "合格", err);
}

static void begin(struct history *history)
{
    struct project *project = malloc(sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    fixture_county(&history->world);
    fixture_project(project, "P2");
    project->plan[0].amount = (money_t){PLAN};
    ck_assert_ok(fixture_try_project(&history->world, project, &err), err);
    for (size_t i = 0; i < CONTRACTS; i++) {
        struct contract contract = fixture_contract(code_of(i), "P2");

        contract.price = (money_t){PRICE};
        ck_assert_ok(fixture_try_contract(&history->world, &contract, &err), err);
    }
    ck_assert_ok(fixture_try_act(&history->world, "li", accept, NULL, &err), err);
    fixture_fund_county(&history->world, "F1", "construction", "5000.00");
    free(project);
}

START_TEST(every_history_of_contracts_adds_up)
{
    struct history *history = calloc(1, sizeof *history);

    ck_assert_ptr_nonnull(history);
    history->random = (uint64_t)_i;
    begin(history);
    for (int step = 0; step < STEPS; step++)
        take_step(history);
    assert_replay_is_identical(&history->world);
    ck_assert_int_gt(history->done, 0);
    fixture_done(&history->world);
    free(history);
}
END_TEST

static int seed_from(const char *text)
{
    int seed = 0;

    for (; *text >= '0' && *text <= '9' && seed < 100000000; text++)
        seed = seed * 10 + (*text - '0');
    return seed;
}

int main(void)
{
    const char *one = getenv("MINGZHANG_SEED"), *is_long = getenv("MINGZHANG_LONG");
    int first = one == NULL ? 1 : seed_from(one);
    int last = one != NULL ? first : is_long != NULL ? HISTORIES_LONG : HISTORIES;
    Suite *suite = suite_create("contract_histories");
    TCase *cases = tcase_create("contract_histories");
    SRunner *runner;
    int failed;

    fixture_prepare();
    tcase_set_timeout(cases, 0);
    tcase_add_loop_test(cases, every_history_of_contracts_adds_up, first, last + 1);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
