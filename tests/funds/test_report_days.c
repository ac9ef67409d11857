/*
 * test_report_days.c - what a report says of a day is what a ledger that stopped on that day says.
 *
 * Random histories move on day by day. At the end of each day the ledger is asked for its balances
 * as they stand and for its progress; later, when it has gone on, both are asked again as of that
 * day. Late entries are made on the first day of a month, on which they count.
 *
 * MINGZHANG_SEED=n repeats one history.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define HISTORIES    4
#define DAYS         45
#define BALANCES_MAX 160
#define FUNDS_MAX    3
#define VOUCHERS_MAX 200

static struct fixture world;

struct snapshot {
    date_t day;
    struct balance balances[BALANCES_MAX];
    size_t count;
    struct fund_progress progress[FUNDS_MAX];
    size_t funds;
};

struct sent {
    char number[VOUCHER_NUMBER_SIZE];
    bool is_payment, is_done; /* done: answered by the bank, or reversed */
};

struct history {
    uint64_t random;
    date_t today;
    struct snapshot days[DAYS];
    struct sent vouchers[VOUCHERS_MAX];
    size_t count;
};

static size_t below(struct history *history, size_t limit)
{
    return chance_below(&history->random, limit);
}

/* ---- What happens ---------------------------------------------------------------------------- */

static struct voucher_line pick_line(struct history *history, enum movement *movement)
{
    static const char *const below_county[] = {TOWN_1, VILLAGE_1, VILLAGE_2, TOWN_2, VILLAGE_3};
    static const char *const funds[] = {"F1", "F2"};
    const char *place = below_county[below(history, ARRAY_COUNT(below_county))];
    const char *fund = funds[below(history, ARRAY_COUNT(funds))];
    char county[96], there[96], book[96], amount[16], source[96];
    struct voucher_line out;

    (void)snprintf(source, sizeof source, COUNTY " none %s source", fund);
    (void)snprintf(county, sizeof county, COUNTY " none %s unassigned", fund);
    (void)snprintf(there, sizeof there, "%s none %s unassigned", place, fund);
    (void)snprintf(book, sizeof book, "%s subsidy %s available", place, fund);
    (void)snprintf(amount, sizeof amount, "%zu.%02zu", 1 + below(history, 40), below(history, 100));
    switch (below(history, 8)) {
    case 0:
        *movement = MOVEMENT_APPROPRIATION;
        return line(amount, source, county);
    case 1:
    case 2:
        *movement = MOVEMENT_ALLOCATION;
        return line(amount, county, there);
    case 3:
        *movement = MOVEMENT_RECOVERY;
        return line("1.00", there, county);
    case 4:
    case 5:
        *movement = MOVEMENT_ASSIGNMENT;
        return line(amount, there, book);
    default:
        *movement = MOVEMENT_PAYMENT;
        out = pay(amount, book, "供销社");
        return out;
    }
}

static void submit(struct history *history, date_t day, bool is_late)
{
    enum movement movement;
    struct voucher_line moved = pick_line(history, &movement);
    struct voucher_header head = header(movement, "2021-01-01");
    struct sent *sent = &history->vouchers[history->count];
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    size_t outcome = below(history, 12);

    head.event_date = day;
    head.late = is_late;
    if (history->count == VOUCHERS_MAX ||
        !fixture_try_submit(&world, "li", &head, &moved, 1, &receipt, &err))
        return;                           /* nothing was there to move */
    if (outcome == 0 && !is_late) return; /* waits for ever */
    if (!fixture_try_decide(&world, "wang", receipt.voucher,
                            outcome == 1 ? VOUCHER_REJECT : VOUCHER_APPROVE, &err) ||
        outcome == 1)
        return;
    (void)snprintf(sent->number, sizeof sent->number, "%s", receipt.voucher);
    sent->is_payment = movement == MOVEMENT_PAYMENT;
    history->count++;
}

/* The bank answers, or a voucher is reversed. */
static void follow_up(struct history *history)
{
    struct sent *sent = &history->vouchers[below(history, history->count + 1)];
    struct voucher_receipt reversal;
    struct error err = ERROR_INIT;
    char date[DATE_TEXT_SIZE];

    if (sent == &history->vouchers[history->count] || sent->is_done) return;
    (void)date_format(history->today, date);
    if (sent->is_payment && below(history, 4) != 0) {
        sent->is_done =
            fixture_try_bank(&world, sent->number, below(history, 4) == 0, date, NULL, 0, &err);
    } else if (fixture_try_reverse(&world, sent->number, date, &reversal, &err)) {
        fixture_approve(&world, reversal.voucher);
        sent->is_done = true;
    }
}

/* On the first of a month, when the month before can be closed: what came late. */
static void begin_month(struct history *history)
{
    struct error err = ERROR_INIT;
    char text[MONTH_TEXT_SIZE];

    if (!fixture_try_close(&world, month_format(date_month(history->today) - 1, text), &err))
        return;
    for (int i = 0; i < 3; i++)
        submit(history, (date_t){history->today.days - 1 - (int32_t)below(history, 20)}, true);
}

static void live_a_day(struct history *history, int at)
{
    date_t next = {history->today.days + 1 + (int32_t)below(history, 9)};

    if (date_month(next) != date_month(history->today) && below(history, 2) == 0)
        next = month_first_day(date_month(next));
    history->today = next;
    if (month_first_day(date_month(next)).days == next.days) begin_month(history);
    for (size_t i = 0, acts = 2 + below(history, 6) + (at < 6 ? 8 : 0); i < acts; i++) {
        if (at > 2 && below(history, 3) == 0)
            follow_up(history);
        else
            submit(history, history->today, false);
    }
}

/* ---- What is said of it ---------------------------------------------------------------------- */

static bool keep_balance(void *context, const struct balance *balance, struct error *err)
{
    struct snapshot *snapshot = context;

    (void)err;
    ck_assert_uint_lt(snapshot->count, BALANCES_MAX);
    snapshot->balances[snapshot->count++] = *balance;
    return true;
}

static bool keep_progress(void *context, const struct fund_progress *progress, struct error *err)
{
    struct snapshot *snapshot = context;

    (void)err;
    ck_assert_uint_lt(snapshot->funds, FUNDS_MAX);
    snapshot->progress[snapshot->funds++] = *progress;
    return true;
}

static void take(struct snapshot *out, date_t day, bool by_day)
{
    struct balance_filter filter = {.by_day = by_day, .day = day};
    struct error err = ERROR_INIT;

    memset(out, 0, sizeof *out);
    out->day = day;
    ck_assert_ok(balance_each(world.journal, &filter, keep_balance, out, &err), err);
    ck_assert_ok(fund_progress_each(world.journal, "", NULL, day, keep_progress, out, &err), err);
}

static void assert_same(const struct snapshot *then, const struct snapshot *now)
{
    char date[DATE_TEXT_SIZE];

    (void)date_format(then->day, date);
    ck_assert_msg(then->count == now->count, "%s: %zu balances, then %zu", date, now->count,
                  then->count);
    for (size_t i = 0; i < then->count; i++) {
        const struct balance *a = &then->balances[i], *b = &now->balances[i];

        ck_assert_mem_eq(&a->account, &b->account, sizeof a->account);
        ck_assert_msg(a->amount.fen == b->amount.fen, "%s: %s %s %s: %lld, then %lld", date,
                      a->account.division, a->account.fund, account_role_name(a->account.role),
                      (long long)b->amount.fen, (long long)a->amount.fen);
    }
    ck_assert_uint_eq(then->funds, now->funds);
    for (size_t i = 0; i < then->funds; i++) {
        const struct fund_progress *a = &then->progress[i], *b = &now->progress[i];

        ck_assert_str_eq(a->fund.code, b->fund.code);
        ck_assert_int_eq(a->arrived.fen, b->arrived.fen);
        ck_assert_int_eq(a->progress_bp, b->progress_bp);
        ck_assert_msg(a->has_days == b->has_days && a->arrived_on.days == b->arrived_on.days &&
                          a->moved_on.days == b->moved_on.days,
                      "%s %s: came or moved on another day than then", date, a->fund.code);
    }
}

struct trial {
    const struct snapshot *day;
    size_t at;
    int64_t opening, in, out, closing;
};

/* Each closing is the balance of the day; accounts that end with nothing have none there. */
static bool check_trial(void *context, const struct trial_line *line, struct error *err)
{
    struct trial *trial = context;

    (void)err;
    ck_assert_int_eq(line->opening.fen + line->in.fen - line->out.fen, line->closing.fen);
    trial->opening += line->opening.fen;
    trial->in += line->in.fen;
    trial->out += line->out.fen;
    trial->closing += line->closing.fen;
    if (money_is_zero(line->closing)) return true;
    ck_assert_uint_lt(trial->at, trial->day->count);
    ck_assert_mem_eq(&trial->day->balances[trial->at].account, &line->account,
                     sizeof line->account);
    ck_assert_int_eq(trial->day->balances[trial->at].amount.fen, line->closing.fen);
    trial->at++;
    return true;
}

static bool add_tier(void *context, const struct tier_book *book, struct error *err)
{
    int64_t *fen = context;

    (void)err;
    *fen +=
        book->closing.fen + book->by_role[ACCOUNT_SPENT].fen + book->by_role[ACCOUNT_SOURCE].fen;
    return true;
}

static void check_day(struct history *history, const struct snapshot *then)
{
    struct trial trial = {.day = then};
    int32_t first = date_month(then->day) - (int32_t)below(history, 4);
    static struct snapshot now;
    struct error err = ERROR_INIT;
    int64_t tiers = 0;

    take(&now, then->day, true);
    assert_same(then, &now);
    ck_assert_ok(trial_line_each(world.journal, NULL, first, then->day, check_trial, &trial, &err),
                 err);
    ck_assert_uint_eq(trial.at, then->count);
    ck_assert_int_eq(trial.opening, 0);
    ck_assert_int_eq(trial.in, trial.out);
    ck_assert_int_eq(trial.closing, 0);
    ck_assert_ok(tier_book_each(world.journal, "", then->day, add_tier, &tiers, &err), err);
    ck_assert_int_eq(tiers, 0);
}

START_TEST(a_day_is_told_as_by_a_ledger_that_stopped_there)
{
    struct history *history = calloc(1, sizeof *history);

    ck_assert_ptr_nonnull(history);
    history->random = (uint64_t)_i;
    history->today = day("2021-01-25");
    fixture_county(&world);
    for (int at = 0; at < DAYS; at++) {
        live_a_day(history, at);
        take(&history->days[at], history->today, false);
    }
    for (int at = 0; at < DAYS; at++) {
        check_day(history, &history->days[at]);
        /* Nothing happens until the next day on which something does. */
        if (at > 0) {
            history->days[at - 1].day = (date_t){history->days[at].day.days - 1};
            check_day(history, &history->days[at - 1]);
        }
    }
    ck_assert_uint_gt(history->count, DAYS / 2);
    assert_replay_is_identical(&world);
    fixture_done(&world);
    free(history);
}
END_TEST

int main(void)
{
    const char *seed = getenv("MINGZHANG_SEED");
    int first = seed == NULL ? 1 : (int)strtol(seed, NULL, 10);
    Suite *suite = suite_create("report_days");
    TCase *cases = tcase_create("report_days");
    SRunner *runner;
    int failed;

    fixture_prepare();
    tcase_set_timeout(cases, 0);
    tcase_add_loop_test(cases, a_day_is_told_as_by_a_ledger_that_stopped_there, first,
                        seed == NULL ? first + HISTORIES : first + 1);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
