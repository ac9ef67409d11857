/*
 * test_income_simulation.c - leases, rents and income by chance: R20, R23 and R29 find each place
 * whose posts get too little, each lease that is unpaid, ending, too long or cheap, each village
 * and cooperative in which nothing moves, on any day, and invent none.
 *
 * The model keeps what happened in plain arrays and looks through all of them for every question.
 */
#include "audit_world.h"
#include "tests/income/world.h"

#include <stdio.h>
#include <stdlib.h>

#define LEASES      10
#define RECEIPTS    4  /* of a lease, at most */
#define EARNED      12 /* by villages and townships */
#define PLANS       4
#define DAYS        1000 /* in which it happens, from 2021-02-01 on */
#define NEVER       100000
#define FOUND_MAX   128
#define KEY_SIZE    64
#define NAMED_DAYS  4
#define COOPERATIVE "93611025MA6X1Y2A0N"
#define SIGNED      (-27) /* 2021-01-05 */

static struct fixture world;
static uint64_t chance_state;

static const char *const villages[] = {VILLAGE_1, VILLAGE_2, VILLAGE_3};
static const char *const places[] = {VILLAGE_1, VILLAGE_2, VILLAGE_3, TOWN_1};

struct paid {
    int day;
    int64_t fen;
};
static struct {
    int first, last, ended, months; /* `ended`: its last day, told early */
    int64_t rent;
    bool is_cooperative;
    struct paid paid[RECEIPTS];
    int count;
} leases[LEASES];
static struct {
    size_t place;
    bool is_sun;
    struct paid paid;
} earned[EARNED];
static struct {
    size_t place;
    int day;
    int64_t fen, parts; /* of 1,000 for posts */
} plans[PLANS];

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

static date_t date_of(int number)
{
    return (date_t){day("2021-02-01").days + number};
}

static const char *day_text(int number)
{
    static char texts[NAMED_DAYS][DATE_TEXT_SIZE];
    static unsigned next;

    return date_format(date_of(number), texts[next++ % NAMED_DAYS]);
}

static int year_of(int number)
{
    int year, month, in_month;

    date_to_civil(date_of(number), &year, &month, &in_month);
    return year;
}

/* ---- Making it ------------------------------------------------------------------------------- */

static void receive(const char *place, const char *kind, const char *lease, struct paid paid)
{
    char amount[MONEY_TEXT_SIZE];
    struct voucher_receipt voucher =
        money_came_in(&world, place, day_text(paid.day), money_format((money_t){paid.fen}, amount));
    struct record *row = receipt_row(lease, "", day_text(paid.day), paid.fen, voucher.voucher);

    set_text(row, RECEIPT_DIVISION, place);
    set_text(row, RECEIPT_KIND, kind);
    set_text(row, RECEIPT_TEXT, "集体收入");
    add_row(&world, &income_receipt, row);
}

/* Days of a month that every month has, so that a due is the first day moved by months. */
static int early_day(int below)
{
    int year, month, in_month, number = chance(below);

    date_to_civil(date_of(number), &year, &month, &in_month);
    return in_month > 28 ? number - 3 : number;
}

static void play_lease(int i)
{
    static const int lengths[] = {1, 3, 12};
    struct record *row;
    char asset[8], code[8];

    (void)snprintf(asset, sizeof asset, "Z%d", i);
    (void)snprintf(code, sizeof code, "L%d", i);
    asset_that_earns(&world, asset);
    leases[i].first = early_day(400);
    leases[i].last = leases[i].first + (chance(5) == 0 ? 20 * 365 + chance(12) : 100 + chance(900));
    leases[i].months = lengths[chance(3)];
    leases[i].rent = INT64_C(400) * leases[i].months * (1 + chance(40));
    leases[i].is_cooperative = chance(3) == 0;
    leases[i].ended = chance(4) == 0 ? leases[i].first + chance(90) : NEVER;
    row = lease_row(code);
    set_text(row, LEASE_ASSET, asset);
    set_text(row, LEASE_DATE, day_text(SIGNED));
    set_text(row, LEASE_FIRST_DAY, day_text(leases[i].first));
    set_text(row, LEASE_FIRST_DUE, day_text(leases[i].first));
    set_text(row, LEASE_LAST_DAY, day_text(leases[i].last));
    if (leases[i].is_cooperative) set_text(row, LEASE_USCC, COOPERATIVE);
    row->values[LEASE_RENT].number = leases[i].rent;
    row->values[LEASE_MONTHS].number = leases[i].months;
    add_row(&world, &income_lease, row);
    leases[i].count = chance(RECEIPTS + 1);
    for (int k = 0; k < leases[i].count; k++) {
        leases[i].paid[k] = (struct paid){chance(DAYS), leases[i].rent * (1 + chance(4))};
        receive(VILLAGE_1, "lease", code, leases[i].paid[k]);
    }
    if (leases[i].ended == NEVER) return;
    row = new_row(&income_lease_end);
    set_text(row, LEASE_END_DATE, day_text(leases[i].ended));
    set_text(row, LEASE_END_LEASE, code);
    set_text(row, LEASE_END_REASON, "解约");
    add_row(&world, &income_lease_end, row);
}

static struct record *share_row(const char *plan, const char *use, int64_t parts)
{
    struct record *row = new_row(&income_share);

    set_text(row, SHARE_DIVISION, TOWN_1);
    set_text(row, SHARE_PLAN, plan);
    set_text(row, SHARE_USE, use);
    row->values[SHARE_PARTS].number = parts;
    return row;
}

static void play_plan(int i)
{
    const struct record_kind *kinds[] = {&income_share, &income_share, &income_plan};
    struct record *rows[3], *plan = new_row(&income_plan);
    struct error err = ERROR_INIT;
    char code[8];

    (void)snprintf(code, sizeof code, "D%d", i);
    plans[i].place = 3;
    plans[i].day = chance(DAYS);
    plans[i].fen = INT64_C(1000) * (1 + chance(1000));
    plans[i].parts = 1 + chance(999);
    rows[0] = share_row(code, "post_wages", plans[i].parts);
    rows[1] = share_row(code, "public_works", 1000 - plans[i].parts);
    rows[2] = plan;
    plan->values[SPLIT_AMOUNT].number = plans[i].fen;
    set_text(plan, SPLIT_BASIS, "出工天数");
    set_text(plan, SPLIT_DATE, day_text(plans[i].day));
    set_text(plan, SPLIT_DIVISION, places[plans[i].place]);
    set_text(plan, SPLIT_DOCUMENT, "村决〔2022〕5号");
    set_text(plan, SPLIT_INCOME, "photovoltaic");
    set_text(plan, SPLIT_PLAN, code);
    set_text(plan, SPLIT_RULE, "按出工天数");
    plan->values[SPLIT_WHOLE].number = 1000;
    plan->values[SPLIT_YEAR].number = year_of(plans[i].day);
    ck_assert_ok(try_records(&world, "li", kinds, rows, 3, &err), err);
}

static void play(void)
{
    for (int i = 0; i < LEASES; i++)
        play_lease(i);
    for (int i = 0; i < EARNED; i++) {
        earned[i].place = (size_t)chance(4);
        earned[i].is_sun = chance(2) == 0;
        earned[i].paid = (struct paid){chance(DAYS), INT64_C(1000) * (1 + chance(1000))};
        receive(places[earned[i].place], earned[i].is_sun ? "photovoltaic" : "other", "",
                earned[i].paid);
    }
    for (int i = 0; i < PLANS; i++)
        play_plan(i);
}

/* ---- What the model says --------------------------------------------------------------------- */

struct found {
    char keys[FOUND_MAX][KEY_SIZE];
    size_t count;
};

static void put(struct found *found, const char *what, const char *subject)
{
    ck_assert_uint_lt(found->count, FOUND_MAX);
    (void)snprintf(found->keys[found->count++], KEY_SIZE, "%s %.40s", what, subject);
}

/* Its last day as it is known on a day. */
static int last_of(int i, int on)
{
    return leases[i].ended <= on ? leases[i].ended : leases[i].last;
}

static int moved(int number, int months)
{
    struct error err = ERROR_INIT;
    int year, month, in_month;
    date_t out;

    date_to_civil(date_of(number), &year, &month, &in_month);
    month += months - 1;
    ck_assert_ok(date_from_civil(year + month / 12, month % 12 + 1, in_month, &out, &err), err);
    return out.days - date_of(0).days;
}

static void expect_unpaid(struct found *found, int i, int on)
{
    int64_t received = 0;
    char subject[KEY_SIZE];

    for (int k = 0; k < leases[i].count; k++)
        received += leases[i].paid[k].day <= on ? leases[i].paid[k].fen : 0;
    for (int n = 0;; n++) {
        int due = moved(leases[i].first, n * leases[i].months);

        if (due > on || due > last_of(i, on)) return;
        received -= leases[i].rent;
        if (received >= 0) continue;
        (void)snprintf(subject, sizeof subject, "L%d %s", i, day_text(due));
        if (on - due > 30) put(found, "unpaid", subject);
        return;
    }
}

static void expect_terms(struct found *found, int i, int on)
{
    const int left = leases[i].last - on;
    char code[8];

    (void)snprintf(code, sizeof code, "L%d", i);
    if (leases[i].ended <= on) return;
    if (left >= 0 && left <= 90) put(found, "ending", code);
    if (leases[i].last >= moved(leases[i].first, 240)) put(found, "too_long", code);
}

static bool runs_on(int i, int on)
{
    return leases[i].first <= on && leases[i].last >= on && leases[i].ended >= on;
}

static int64_t yearly(int i)
{
    return leases[i].rent * 12 / leases[i].months;
}

/* The middle is found by counting how many are not above and not below. */
static int64_t median_on(int on, int *count)
{
    int64_t sorted[LEASES];

    *count = 0;
    for (int i = 0; i < LEASES; i++) {
        int at = *count;

        if (!runs_on(i, on)) continue;
        for (; at > 0 && sorted[at - 1] > yearly(i); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = yearly(i);
        ++*count;
    }
    if (*count == 0) return 0;
    return (sorted[(*count - 1) / 2] + sorted[*count / 2]) / 2;
}

static void expect_cheap(struct found *found, int on)
{
    int count;
    const int64_t median = median_on(on, &count);
    char code[8];

    for (int i = 0; count >= 4 && i < LEASES; i++) {
        (void)snprintf(code, sizeof code, "L%d", i);
        if (runs_on(i, on) && 2 * yearly(i) < median) put(found, "cheap", code);
    }
}

static int64_t income_of(size_t place, int year, bool only_sun)
{
    int64_t sum = 0;

    for (int i = 0; i < EARNED; i++)
        if (earned[i].place == place && year_of(earned[i].paid.day) == year &&
            (!only_sun || earned[i].is_sun))
            sum += earned[i].paid.fen;
    for (int i = 0; place == 0 && !only_sun && i < LEASES; i++)
        for (int k = 0; k < leases[i].count; k++)
            if (year_of(leases[i].paid[k].day) == year) sum += leases[i].paid[k].fen;
    return sum;
}

static void expect_posts(struct found *found, int on)
{
    char subject[KEY_SIZE];

    for (int year = 2021; year < year_of(on + 1); year++) {
        for (size_t place = 0; place < ARRAY_COUNT(places); place++) {
            int64_t posts = 0, sun = income_of(place, year, true);

            for (int i = 0; i < PLANS; i++)
                if (plans[i].place == place && year_of(plans[i].day) == year)
                    posts += plans[i].fen / 1000 * plans[i].parts;
            (void)snprintf(subject, sizeof subject, "%s %d-12-31", places[place], year);
            if (posts * 10 < sun * 8) put(found, "below", subject);
        }
    }
}

static void expect_shells(struct found *found, int on)
{
    const int year = year_of(on + 1) - 1; /* the last that is over */
    char subject[KEY_SIZE];
    int64_t all = 0;

    for (size_t place = 0; place < ARRAY_COUNT(places); place++)
        all += income_of(place, year, false);
    for (size_t i = 0; all > 0 && i < ARRAY_COUNT(villages); i++) {
        const int64_t income = income_of(i, year, false);

        (void)snprintf(subject, sizeof subject, "%s %d", villages[i], year);
        if (income == 0) put(found, "no_income", subject);
        if (income > 0 && income == income_of(i, year, true))
            put(found, "only_photovoltaic", subject);
    }
}

static void expect_cooperative(struct found *found, int on)
{
    int last = SIGNED;
    bool has_lease = false;

    for (int i = 0; i < LEASES; i++) {
        if (!leases[i].is_cooperative || !runs_on(i, on)) continue;
        has_lease = true;
        for (int k = 0; k < leases[i].count; k++)
            if (leases[i].paid[k].day <= on && leases[i].paid[k].day > last)
                last = leases[i].paid[k].day;
    }
    if (has_lease && on - last > 365) put(found, "cooperative", COOPERATIVE);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ask(struct found *found, int on)
{
    static const char *const rules[] = {"R20", "R23", "R29"};

    for (size_t r = 0; r < ARRAY_COUNT(rules); r++) {
        struct audit_findings *findings = findings_of(world.journal, rules[r], day_text(on));

        for (size_t i = 0; i < audit_findings_count(findings); i++)
            put(found, audit_findings_at(findings, i)->what,
                audit_findings_at(findings, i)->subject);
        audit_findings_free(findings);
    }
}

static size_t assert_all_found(int on)
{
    static struct found expected, found;

    expected.count = found.count = 0;
    for (int i = 0; i < LEASES; i++) {
        expect_unpaid(&expected, i, on);
        expect_terms(&expected, i, on);
    }
    expect_cheap(&expected, on);
    expect_posts(&expected, on);
    expect_shells(&expected, on);
    expect_cooperative(&expected, on);
    ask(&found, on);
    qsort(expected.keys, expected.count, KEY_SIZE, compare_keys);
    qsort(found.keys, found.count, KEY_SIZE, compare_keys);
    for (size_t i = 0; i < expected.count && i < found.count; i++)
        ck_assert_msg(strcmp(found.keys[i], expected.keys[i]) == 0, "%s: '%s', not '%s'",
                      day_text(on), found.keys[i], expected.keys[i]);
    ck_assert_uint_eq(found.count, expected.count);
    return found.count;
}

static void play_world(uint64_t seed)
{
    const char *chosen = getenv("MINGZHANG_SEED");
    size_t all = 0;

    chance_state = chosen == NULL ? seed : strtoull(chosen, NULL, 10);
    play();
    for (int on = 0; on < 1060; on += 13)
        all += assert_all_found(on);
    ck_assert_uint_gt(all, 100); /* there was something to find */
}

START_TEST(each_lease_and_village_that_is_odd_is_found_and_none_is_invented)
{
    play_world(20260718);
}
END_TEST

START_TEST(nor_in_another_world)
{
    play_world(611025);
}
END_TEST

START_TEST(nor_in_a_third)
{
    play_world(12317);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {each_lease_and_village_that_is_odd_is_found_and_none_is_invented,
                                  nor_in_another_world, nor_in_a_third};

    return fixture_run("audit simulation of income", tests, ARRAY_COUNT(tests), &world);
}
