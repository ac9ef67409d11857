/*
 * test_simulation.c - a made-up county year in which projects are accepted and paid by chance, with
 * seeded faults among it: the rules find each of them and invent none.
 *
 * The model keeps what happened in plain arrays and looks through all of them for every question.
 */
#include "audit_world.h"

#include <stdio.h>
#include <stdlib.h>

#define PROJECTS   12
#define PAYMENTS   10 /* of a project */
#define UNITS      3
#define DAYS       4 /* on which acceptances happen */
#define FOUND_MAX  512
#define KEY_SIZE   160
#define PRICE      40000000 /* fen */
#define PIECE_MOST 5000000

static struct fixture world;

static const char *const units[UNITS] = {"农业农村局", "水利局", "交通局"};
static const char *const villages[] = {VILLAGE_1, VILLAGE_2, VILLAGE_3};

struct payment {
    int day; /* of the year, from 0 */
    int64_t fen;
    char voucher[VOUCHER_NUMBER_SIZE];
};

struct made {
    char project[8], contract[8];
    struct payment payments[PAYMENTS];
    int progress_day, percent; /* recorded once */
    int accepted_day, unit;    /* -1: not accepted */
};

static struct made made[PROJECTS];
static uint64_t chance_state;

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

static char *day_text(int number, char text[DATE_TEXT_SIZE])
{
    return date_format((date_t){day("2022-01-01").days + number}, text);
}

static int compare_days(const void *a, const void *b)
{
    const struct payment *left = a, *right = b;

    return left->day - right->day;
}

/* ---- Making it ------------------------------------------------------------------------------- */

/* A third of the projects are paid mostly in December; some are paid ahead. */
static void choose(struct made *out, int number)
{
    const bool is_late = chance(3) == 0;

    (void)snprintf(out->project, sizeof out->project, "S%d", number);
    (void)snprintf(out->contract, sizeof out->contract, "K%d", number);
    for (int i = 0; i < PAYMENTS; i++) {
        out->payments[i].day = is_late && chance(2) == 0 ? 334 + chance(31) : chance(334);
        out->payments[i].fen = 1 + chance(PIECE_MOST * PAYMENTS / 14);
    }
    qsort(out->payments, PAYMENTS, sizeof *out->payments, compare_days);
    out->progress_day = chance(365);
    out->percent = 10 * (1 + chance(10));
    out->accepted_day = chance(4) == 0 ? -1 : 90 * chance(DAYS) + 30;
    out->unit = chance(2) == 0 ? 0 : chance(UNITS);
}

static void play(struct made *one)
{
    char text[DATE_TEXT_SIZE], amount[MONEY_TEXT_SIZE];

    add_project(&world, one->project, villages[chance(3)]);
    add_contract(&world, one->contract, one->project);
    record_progress(&world, one->project, day_text(one->progress_day, text), one->percent);
    if (one->accepted_day >= 0)
        accept_project(&world, one->project, day_text(one->accepted_day, text), units[one->unit]);
    for (int i = 0; i < PAYMENTS; i++) {
        struct payment *payment = &one->payments[i];
        struct voucher_receipt receipt =
            pay_project(&world, one->project, one->contract, day_text(payment->day, text),
                        money_format((money_t){payment->fen}, amount));

        memcpy(payment->voucher, receipt.voucher, sizeof payment->voucher);
    }
}

/* ---- What the model says --------------------------------------------------------------------- */

struct found {
    char keys[FOUND_MAX][KEY_SIZE];
    size_t count;
};

static void put(struct found *found, const char *rule, const char *subject)
{
    ck_assert_uint_lt(found->count, FOUND_MAX);
    (void)snprintf(found->keys[found->count++], KEY_SIZE, "%s %.140s", rule, subject);
}

static void expect_december(struct found *found, const struct made *one)
{
    int64_t december = 0, all = 0;
    char subject[32];

    for (int i = 0; i < PAYMENTS; i++) {
        all += one->payments[i].fen;
        if (one->payments[i].day >= 334) december += one->payments[i].fen;
    }
    (void)snprintf(subject, sizeof subject, "%s 2022", one->project);
    if (10 * december > 4 * all) put(found, "R13", subject);
}

static void expect_ahead(struct found *found, const struct made *one)
{
    int64_t paid = 0;
    char subject[40];

    for (int i = 0; i < PAYMENTS; i++) {
        const struct payment *payment = &one->payments[i];
        int percent = one->progress_day <= payment->day ? one->percent : 0;

        if (percent < 30) percent = 30;
        if (one->accepted_day >= 0 && one->accepted_day <= payment->day) percent = 100;
        paid += payment->fen;
        (void)snprintf(subject, sizeof subject, "%s %s", one->contract, payment->voucher);
        if (100 * paid > (int64_t)PRICE * percent) put(found, "R15", subject);
    }
}

static void expect_together(struct found *found)
{
    char text[DATE_TEXT_SIZE], subject[64];

    for (int unit = 0; unit < UNITS; unit++)
        for (int number = 0; number < 365; number++) {
            int count = 0;

            for (int i = 0; i < PROJECTS; i++)
                count += made[i].accepted_day == number && made[i].unit == unit;
            (void)snprintf(subject, sizeof subject, "%s %s", day_text(number, text), units[unit]);
            if (count >= 3) put(found, "R18", subject);
        }
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void sort(struct found *found)
{
    qsort(found->keys, found->count, sizeof *found->keys, compare_keys);
}

static void ask(struct found *found)
{
    static const char *const rules[] = {"R13", "R15", "R18"};

    for (size_t r = 0; r < ARRAY_COUNT(rules); r++) {
        struct audit_findings *findings = findings_of(world.journal, rules[r], "2022-12-31");

        for (size_t i = 0; i < audit_findings_count(findings); i++)
            put(found, rules[r], audit_findings_at(findings, i)->subject);
        audit_findings_free(findings);
    }
}

static void assert_all_found(void)
{
    static struct found expected, found;

    expected.count = found.count = 0;
    for (int i = 0; i < PROJECTS; i++) {
        expect_december(&expected, &made[i]);
        expect_ahead(&expected, &made[i]);
    }
    expect_together(&expected);
    ask(&found);
    sort(&expected);
    sort(&found);
    for (size_t i = 0; i < expected.count && i < found.count; i++)
        ck_assert_str_eq(found.keys[i], expected.keys[i]);
    ck_assert_uint_eq(found.count, expected.count);
    ck_assert_uint_gt(found.count, 2); /* there was something to find */
}

static void play_year(uint64_t seed)
{
    chance_state = seed;
    fixture_fund_county(&world, "F1", "construction", "9000000.00");
    set_policy(&world, "audit_r18_projects", "2021-01-01", 3);
    for (int i = 0; i < PROJECTS; i++) {
        choose(&made[i], i);
        play(&made[i]);
    }
    assert_all_found();
}

START_TEST(each_seeded_fault_is_found_and_none_is_invented)
{
    play_year(20260718);
}
END_TEST

START_TEST(nor_in_another_year)
{
    play_year(611025);
}
END_TEST

START_TEST(nor_in_a_third)
{
    play_year(12317);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {each_seeded_fault_is_found_and_none_is_invented,
                                  nor_in_another_year, nor_in_a_third};

    return fixture_run("audit simulation", tests, ARRAY_COUNT(tests), &world);
}
