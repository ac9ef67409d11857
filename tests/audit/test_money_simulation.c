/*
 * test_money_simulation.c - money that comes, goes and stands, payments that come back, contracts
 * of three contractors, all by chance: the rules on them find what a naive model finds, with the
 * same numbers, on any day.
 *
 * The model keeps everything in plain arrays and begins anew for every question; money leaves its
 * queue from the front, where the rule reckons from the back.
 */
#include "audit_world.h"

#include <stdio.h>
#include <stdlib.h>

#define MOVES     40
#define RETURNS   6 /* vouchers of three payments each, some of which come back */
#define CONTRACTS 18
#define PROJECTS  9
#define FOUND_MAX 256
#define KEY_SIZE  160

static struct fixture world;
static uint64_t chance_state;

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

static char *day_text(int number, char text[DATE_TEXT_SIZE])
{
    return date_format((date_t){day("2021-01-01").days + number}, text);
}

struct found {
    char keys[FOUND_MAX][KEY_SIZE];
    size_t count;
};

static int compare_keys(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void assert_same(struct found *found, struct found *expected)
{
    qsort(found->keys, found->count, sizeof *found->keys, compare_keys);
    qsort(expected->keys, expected->count, sizeof *expected->keys, compare_keys);
    for (size_t i = 0; i < expected->count && i < found->count; i++)
        ck_assert_str_eq(found->keys[i], expected->keys[i]);
    ck_assert_uint_eq(found->count, expected->count);
}

/* Subject (of R32 the voucher alone), division, case and one number of each finding. */
static void ask(const char *rule, const char *as_of, const char *number, struct found *out)
{
    const bool is_short = strcmp(rule, "R32") == 0;
    struct audit_findings *findings = findings_of(world.journal, rule, as_of);

    out->count = 0;
    for (size_t i = 0; i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);

        ck_assert_uint_lt(out->count, FOUND_MAX);
        (void)snprintf(out->keys[out->count++], KEY_SIZE, "%.*s %s %s %lld",
                       is_short ? (int)strcspn(finding->subject, " ") : 80, finding->subject,
                       finding->division, finding->what, (long long)number_of(finding, number));
    }
    audit_findings_free(findings);
}

/* ---- R08 ------------------------------------------------------------------------------------- */

struct move {
    int day;
    bool is_down;
    int64_t fen;
    char voucher[VOUCHER_NUMBER_SIZE];
};

static struct move moves[MOVES];

static int compare_moves(const void *a, const void *b)
{
    const struct move *left = a, *right = b;

    return left->day - right->day;
}

static void play_moves(void)
{
    int64_t stands = 0;
    char text[DATE_TEXT_SIZE], amount[MONEY_TEXT_SIZE];

    for (int i = 0; i < MOVES; i++)
        moves[i].day = chance(725); /* F1 expires later */
    qsort(moves, MOVES, sizeof *moves, compare_moves);
    for (int i = 0; i < MOVES; i++) {
        struct move *move = &moves[i];
        struct voucher_line shift;
        struct voucher_receipt receipt;

        move->is_down = stands > 0 && chance(2) == 0;
        move->fen = 1 + chance(move->is_down ? (int)stands : 20000000);
        stands += move->is_down ? -move->fen : move->fen;
        (void)money_format((money_t){move->fen}, amount);
        shift = move->is_down
                    ? line(amount, COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned")
                    : line(amount, COUNTY " none F1 source", COUNTY " none F1 unassigned");
        receipt = fixture_post(&world, move->is_down ? MOVEMENT_ALLOCATION : MOVEMENT_APPROPRIATION,
                               day_text(move->day, text), &shift);
        memcpy(move->voucher, receipt.voucher, sizeof move->voucher);
    }
}

static void put_lot(struct found *out, const struct move *move, const char *division, int64_t left,
                    int days)
{
    const char *what = days >= 730 ? "long_idle" : days >= 365 ? "idle" : "stuck";

    if (left > 0 && days >= 30)
        (void)snprintf(out->keys[out->count++], KEY_SIZE, "F1 %s %s %s %lld", move->voucher,
                       division, what, (long long)left);
}

static void expect_lots(int as_of, struct found *out)
{
    int64_t gone = 0;

    out->count = 0;
    for (int i = 0; i < MOVES && moves[i].day <= as_of; i++)
        if (moves[i].is_down) gone += moves[i].fen;
    for (int i = 0; i < MOVES && moves[i].day <= as_of; i++) {
        int64_t taken = moves[i].fen < gone ? moves[i].fen : gone;

        if (moves[i].is_down) {
            put_lot(out, &moves[i], TOWN_1, moves[i].fen, as_of - moves[i].day);
            continue;
        }
        gone -= taken;
        put_lot(out, &moves[i], COUNTY, moves[i].fen - taken, as_of - moves[i].day);
    }
}

START_TEST(what_stands_is_what_a_queue_holds)
{
    static struct found found, expected;
    char text[DATE_TEXT_SIZE];
    size_t all = 0;

    chance_state = 8;
    play_moves();
    for (int as_of = 20; as_of < 1600; as_of += 97) {
        expect_lots(as_of, &expected);
        ask("R08", day_text(as_of, text), "left", &found);
        assert_same(&found, &expected);
        all += found.count;
    }
    ck_assert_uint_gt(all, 50);
}
END_TEST

/* ---- R32 ------------------------------------------------------------------------------------- */

struct returned {
    char voucher[VOUCHER_NUMBER_SIZE];
    bool is_whole;                  /* one entry of the bank answers for what the others left */
    int returned_on[3], paid_on[3]; /* by line; -1: never */
};

static struct returned returns[RETURNS];

struct look {
    int32_t wanted;
    struct voucher_line line;
};

static bool take_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct look *look = context;

    (void)state, (void)seq, (void)err;
    if (number == look->wanted) look->line = *line;
    return true;
}

static void pay_again(const char *voucher, int32_t number, int on)
{
    struct look look = {.wanted = number};
    struct error err = ERROR_INIT;
    char text[DATE_TEXT_SIZE];

    ck_assert_ok(voucher_line_each(world.journal, voucher, take_line, &look, &err), err);
    look.line.from.role = ACCOUNT_OWED;
    (void)snprintf(look.line.returned_voucher, sizeof look.line.returned_voucher, "%s", voucher);
    look.line.returned_line = number;
    fixture_post(&world, MOVEMENT_PAYMENT, day_text(on, text), &look.line);
}

static void play_returned(struct returned *one)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-05-01");
    struct voucher_line lines[3];
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    char text[DATE_TEXT_SIZE];

    for (unsigned i = 0; i < 3; i++)
        lines[i] = pay_person("600.00", COUNTY " subsidy F2 available", i + 1);
    receipt = fixture_submit(&world, &head, lines, 3);
    fixture_approve(&world, receipt.voucher);
    memcpy(one->voucher, receipt.voucher, sizeof one->voucher);
    one->is_whole = chance(2) == 0;
    for (int32_t i = 0; i < 3; i++) {
        const int32_t number = i + 1;
        const bool is_rest = one->is_whole && i > 0, is_returned = is_rest || chance(3) != 0;
        const int on = i == 2 && is_rest ? one->returned_on[1] : 130 + chance(100);

        one->returned_on[i] = is_returned ? on : -1;
        one->paid_on[i] = is_returned && chance(2) == 0 ? on + chance(80) : -1;
        if (i == 2 && is_rest) continue; /* came with the one before */
        ck_assert_ok(fixture_try_bank(&world, receipt.voucher, is_returned, day_text(on, text),
                                      is_rest ? NULL : &number, is_rest ? 0 : 1, &err),
                     err);
    }
    for (int32_t i = 0; i < 3; i++)
        if (one->paid_on[i] >= 0) pay_again(receipt.voucher, i + 1, one->paid_on[i]);
}

/* Is the line back and not paid again, and was it back long ago? */
static int is_open(const struct returned *one, int line, int as_of)
{
    return one->returned_on[line] >= 0 && as_of - one->returned_on[line] >= 30 &&
           (one->paid_on[line] < 0 || one->paid_on[line] > as_of);
}

static void put_open(const char *voucher, int open, struct found *out)
{
    if (open > 0)
        (void)snprintf(out->keys[out->count++], KEY_SIZE, "%.12s " COUNTY " unpaid %d", voucher,
                       open);
}

static void expect_returned(int as_of, struct found *out)
{
    out->count = 0;
    for (int i = 0; i < RETURNS; i++) {
        const struct returned *one = &returns[i];
        const int second = is_open(one, 1, as_of), third = is_open(one, 2, as_of);

        put_open(one->voucher, is_open(one, 0, as_of), out);
        put_open(one->voucher, one->is_whole ? second + third : second, out);
        if (!one->is_whole) put_open(one->voucher, third, out);
    }
}

START_TEST(what_came_back_is_open_until_it_is_paid_again)
{
    static struct found found, expected;
    char text[DATE_TEXT_SIZE];
    size_t all = 0;

    chance_state = 32;
    fixture_fund_county(&world, "F2", "subsidy", "100000.00");
    for (int i = 0; i < RETURNS; i++)
        play_returned(&returns[i]);
    for (int as_of = 120; as_of < 420; as_of += 7) {
        expect_returned(as_of, &expected);
        ask("R32", day_text(as_of, text), "lines", &found);
        assert_same(&found, &expected);
        all += found.count;
    }
    ck_assert_uint_gt(all, 20);
}
END_TEST

/* ---- R12 ------------------------------------------------------------------------------------- */

struct signing {
    int day, contractor, project;
    char code[8];
};

static struct signing signings[CONTRACTS];

static int compare_signings(const void *a, const void *b)
{
    const struct signing *left = a, *right = b;

    return left->day - right->day;
}

static void play_signings(void)
{
    char text[DATE_TEXT_SIZE], project[8];

    for (int i = 0; i < PROJECTS; i++) {
        (void)snprintf(project, sizeof project, "S%d", i);
        add_project(&world, project, VILLAGE_1);
    }
    for (int i = 0; i < CONTRACTS; i++)
        signings[i] = (struct signing){chance(1000), chance(3), chance(PROJECTS), ""};
    qsort(signings, CONTRACTS, sizeof *signings, compare_signings);
    for (int i = 0; i < CONTRACTS; i++) {
        struct contract contract;
        struct error err = ERROR_INIT;

        (void)snprintf(signings[i].code, sizeof signings[i].code, "K%02d", i);
        (void)snprintf(project, sizeof project, "S%d", signings[i].project);
        contract = fixture_contract(signings[i].code, project);
        (void)snprintf(contract.contractor, sizeof contract.contractor, "建筑公司%d",
                       signings[i].contractor);
        contract.uscc[0] = '\0';
        contract.price = yuan("1000.00");
        contract.signed_on = day(day_text(signings[i].day, text));
        ck_assert_ok(fixture_try_contract(&world, &contract, &err), err);
    }
}

static void expect_signings(int limit_days, struct found *out)
{
    out->count = 0;
    for (int i = 0; i < CONTRACTS; i++) {
        bool is_had[PROJECTS] = {false}, is_in[PROJECTS] = {false};
        int count = 0;

        for (int j = 0; j <= i; j++) {
            if (signings[j].contractor != signings[i].contractor) continue;
            if (j < i) is_had[signings[j].project] = true;
            if (signings[i].day - signings[j].day < limit_days) is_in[signings[j].project] = true;
        }
        for (int j = 0; j < PROJECTS; j++)
            count += is_in[j];
        if (!is_had[signings[i].project] && count >= 3)
            (void)snprintf(out->keys[out->count++], KEY_SIZE, "%s " VILLAGE_1 " again 3",
                           signings[i].code);
    }
}

START_TEST(a_contractor_is_told_with_each_new_project)
{
    static struct found found, expected;

    chance_state = 12;
    play_signings();
    set_policy(&world, "audit_r12_days", "2021-01-01", 300);
    expect_signings(300, &expected);
    ask("R12", "2023-12-31", "projects", &found);
    ck_assert_uint_gt(found.count, 1);
    ck_assert_uint_lt(found.count, CONTRACTS / 2);
    assert_same(&found, &expected);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {what_stands_is_what_a_queue_holds,
                                  what_came_back_is_open_until_it_is_paid_again,
                                  a_contractor_is_told_with_each_new_project};

    return fixture_run("audit money simulation", tests, ARRAY_COUNT(tests), &world);
}
