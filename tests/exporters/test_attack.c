/*
 * test_attack.c - worlds made at random, published month by month and attacked by all that their
 * documents and entries tell together: is anything recovered that was withheld?
 *
 * 1. The attacker (attack_*.h) knows more than any outsider: which accounts, projects and plan
 *    lines every sealed entry touches. Only the amounts are unknown, and every published figure of
 *    every version, every total in clear and that no account is ever below zero bounds them.
 * 2. Recovered is what the attacker bounds within ten per cent of the truth, on both sides: what
 *    sealed entries gave to a withheld figure, and each sealed amount. Once as an outsider, once as
 *    somebody who knows one payment in every line, their own.
 * 3. The attack is worth something: rules that withhold too little are broken by it.
 *
 * The seed is printed with what fails. MINGZHANG_SEED=n repeats one world; MINGZHANG_LONG=1 attacks
 * more than 10,000 villages and periods.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack_documents.h"
#include "attack_equal.h"
#include "attack_world.h"

#define PERIODS_MAX   40
#define VERSIONS_MAX  400
#define WORLDS        2
#define WORLDS_LONG   34
#define SEED_FIRST    20210101
#define NEAR_PER_CENT 10
#define CELLS_MAX     4000

static struct world world;

/* ---- One world, published -------------------------------------------------------------------- */

struct history {
    uint64_t seed;
    struct published *versions[VERSIONS_MAX];
    size_t version_count;
    size_t last_count; /* of them, those that stand at the end */
    struct log *log;
};

/* The months, quarters and years that have begun by a month. */
static size_t name_periods(int months, char out[PERIODS_MAX][16])
{
    size_t count = 0;

    for (int i = 0; i < months; i++) {
        int year = (ATTACK_FIRST_MONTH + i) / 12, month = (ATTACK_FIRST_MONTH + i) % 12;

        (void)snprintf(out[count++], 16, "%04d-%02d", year, month + 1);
        if (month % 3 == 0) (void)snprintf(out[count++], 16, "%04d-Q%d", year, month / 3 + 1);
        if (month == 0) (void)snprintf(out[count++], 16, "%04d", year);
    }
    return count;
}

static void publish_all(struct history *history, int months, const struct attack_spoiler *spoiler)
{
    char periods[PERIODS_MAX][16];
    size_t count = name_periods(months, periods);

    history->last_count = count;
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_lt(history->version_count, VERSIONS_MAX);
        history->versions[history->version_count++] = published_take(&world, periods[i], spoiler);
    }
}

/* Everything is published at the end; and some of it before, at times that chance gives. */
static void live(struct history *history, const struct attack_plan *plan,
                 void (*spoil)(struct survey *survey, const struct log *log))
{
    struct attack_spoiler spoiler = {spoil, NULL};
    uint64_t chance = plan->seed;

    *history = (struct history){.seed = plan->seed};
    fixture_setup();
    world_make(&world);
    attack_world_begin(&world, plan, &chance);
    for (int month = 0; month < plan->months; month++) {
        attack_world_live(&world, plan, &chance, month);
        if (spoil == NULL && chance_below(&chance, 8) == 0) publish_all(history, month + 1, NULL);
    }
    history->log = log_read(&world);
    spoiler.log = history->log;
    publish_all(history, plan->months, spoil == NULL ? NULL : &spoiler);
    world_done(&world);
    fixture_teardown();
}

static void forget(struct history *history)
{
    for (size_t i = 0; i < history->version_count; i++)
        published_free(history->versions[i]);
    free(history->log);
}

/* ---- The attack ------------------------------------------------------------------------------ */

struct finding {
    struct history *history;
    struct attack *attack;
    struct equal_sums *without; /* what is no secret to the attacker */
    size_t cells;               /* withheld figures in which there is a sealed amount */
    size_t recovered;
    char first[256];
};

static bool is_near(int64_t bound, int64_t truth)
{
    return llabs(bound - truth) * 100 <= llabs(truth) * NEAR_PER_CENT;
}

static void try_secret(struct finding *finding, const struct published *published, const char *what,
                       const struct attack_sum *secret)
{
    int64_t truth = log_true_value(finding->history->log, secret);
    struct attack_range range;

    if (truth == 0) return;
    finding->cells++;
    range = attack_bound(finding->attack, secret);
    ck_assert(!range.has_least || range.least <= truth);
    ck_assert(!range.has_greatest || range.greatest >= truth);
    if (!range.has_least || !range.has_greatest || !is_near(range.least, truth) ||
        !is_near(range.greatest, truth))
        return;
    if (finding->recovered++ == 0)
        (void)snprintf(finding->first, sizeof finding->first, "%s %s: %lld to %lld, truly %lld",
                       published == NULL ? "" : published->period.name, what,
                       (long long)range.least, (long long)range.greatest, (long long)truth);
}

/* Only what sealed entries gave to the figure is a secret; the rest follows from what is in clear
   and what the attacker knows. */
static void try_cell(void *context, const struct published *published, const char *what,
                     const struct attack_sum *sum)
{
    struct finding *finding = context;
    static struct attack_sum secret;

    secret = *sum;
    if (equal_keep_secrets(finding->without, finding->history->log, &secret))
        try_secret(finding, published, what, &secret);
}

static void try_amounts(struct finding *finding)
{
    static struct attack_sum sum;

    for (size_t i = 0; i < finding->history->log->unknown_count; i++) {
        char what[32];

        memset(&sum, 0, sizeof sum);
        sum.factors[i] = 1;
        if (!equal_keep_secrets(finding->without, finding->history->log, &sum)) continue;
        memset(&sum, 0, sizeof sum);
        sum.factors[i] = 1;
        (void)snprintf(what, sizeof what, "amount %zu", i);
        try_secret(finding, NULL, what, &sum);
    }
}

static void attack(struct history *history, const struct attack_sum *own, struct finding *finding)
{
    struct equal_sums *equal = equal_find(history->log);

    *finding = (struct finding){.history = history,
                                .attack = attack_new(history->log->unknown_count),
                                .without = equal_without(equal, history->log, own)};
    log_tell(history->log, finding->attack);
    equal_tell(equal, finding->attack);
    for (size_t i = 0; i < history->version_count; i++)
        published_tell(history->versions[i], history->log, finding->attack);
    for (size_t i = 0; i < history->log->unknown_count; i++) {
        static struct attack_sum known;

        if (own->factors[i] == 0) continue;
        memset(&known, 0, sizeof known);
        known.factors[i] = 1;
        known.constant = -history->log->truth[i];
        attack_is_zero(finding->attack, &known);
    }
    try_amounts(finding);
    for (size_t i = history->version_count - history->last_count; i < history->version_count; i++)
        published_each_withheld(history->versions[i], history->log, try_cell, finding);
    attack_free(finding->attack);
    equal_free(finding->without);
    equal_free(equal);
}

/* ---- Nothing is recovered -------------------------------------------------------------------- */

static const struct attack_sum nobody;

/* Worlds in which something was recovered once. */
static const uint64_t kept_seeds[] = {20210107, 20210108};

static size_t count_villages(const struct history *history)
{
    size_t count = 0;

    for (size_t i = history->version_count - history->last_count; i < history->version_count; i++)
        for (size_t j = 0; j < history->versions[i]->count; j++)
            count += strcmp(history->versions[i]->divisions[j] + 9, "000") != 0;
    return count;
}

static bool is_of_few(const struct log *log, const struct log_move *move)
{
    const struct log_voucher *voucher = &log->vouchers[move->voucher];

    return move->amount.is_unknown && voucher->is_sealed && voucher->is_posted &&
           !voucher->is_of_many;
}

/* What is known with it: the same money paid again or undone, what the same person paid back. */
static void own_family(const struct log *log, const struct log_move *own, struct attack_sum *out)
{
    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_voucher *voucher = &log->vouchers[log->moves[i].voucher];

        if (is_of_few(log, &log->moves[i]) && voucher->family == log->vouchers[own->voucher].family)
            out->factors[log->moves[i].amount.unknown] = 1;
    }
}

/* Of each line what one or two people got, by chance. */
static void choose_own(const struct history *history, uint64_t *chance, struct attack_sum *own)
{
    const struct log *log = history->log;

    memset(own, 0, sizeof *own);
    for (size_t line = 0; line < log->line_count; line++) {
        const struct log_move *chosen = NULL;
        size_t seen = 0;

        for (size_t i = 0; i < log->move_count; i++)
            if (log->moves[i].from == line && is_of_few(log, &log->moves[i]) &&
                chance_below(chance, ++seen) == 0)
                chosen = &log->moves[i];
        if (chosen != NULL) own_family(log, chosen, own);
    }
}

static void attack_one(uint64_t seed, size_t *villages, size_t *cells)
{
    const struct attack_plan plan = {seed, ATTACK_MONTHS, 16};
    static struct attack_sum own;
    struct finding outsider, insider;
    struct history history;

    live(&history, &plan, NULL);
    attack(&history, &nobody, &outsider);
    choose_own(&history, &seed, &own);
    attack(&history, &own, &insider);
    *villages += count_villages(&history);
    *cells += outsider.cells;
    ck_assert_msg(outsider.recovered == 0, "MINGZHANG_SEED=%llu: %zu of %zu recovered; %s",
                  (unsigned long long)history.seed, outsider.recovered, outsider.cells,
                  outsider.first);
    ck_assert_msg(insider.recovered == 0,
                  "MINGZHANG_SEED=%llu: who knows one payment recovers %zu of %zu; %s",
                  (unsigned long long)history.seed, insider.recovered, insider.cells,
                  insider.first);
    forget(&history);
}

START_TEST(no_withheld_figure_is_recovered)
{
    const char *one = getenv("MINGZHANG_SEED"), *is_long = getenv("MINGZHANG_LONG");
    uint64_t first = one != NULL ? strtoull(one, NULL, 10) : SEED_FIRST;
    int worlds = one != NULL ? 1 : is_long != NULL ? WORLDS_LONG : WORLDS;
    size_t villages = 0, cells = 0;

    for (int i = 0; i < worlds; i++)
        attack_one(first + (uint64_t)i, &villages, &cells);
    for (size_t i = 0; i < ARRAY_COUNT(kept_seeds) && one == NULL && is_long == NULL; i++)
        attack_one(kept_seeds[i], &villages, &cells);
    printf("seeds from %llu: %zu villages and periods, %zu withheld figures, none recovered\n",
           (unsigned long long)first, villages, cells);
    ck_assert_uint_gt(cells, 100);
}
END_TEST

/* ---- Rules that withhold too little ---------------------------------------------------------- */

/* A line is printed all the same, and in every sum. */
static void print_line(struct survey *survey, struct survey_line *line, bool in_document)
{
    struct error err = ERROR_INIT;
    size_t at = survey->places[line->place].parent;

    if (in_document) {
        line->is_withheld = false;
        survey->places[line->place].books[line->book].withheld_lines--;
    }
    for (; at != SURVEY_NONE; at = survey->places[at].parent) {
        struct survey_book *book = &survey->places[at].books[line->book];

        ck_good(law_add(&book->below.law, &line->law, &err), &err);
        book->below.lines++;
        book->withheld_below--;
    }
}

/* How many sealed amounts moved in a line from one month to another. */
static size_t count_sealed(const struct survey *survey, const struct survey_line *line,
                           const struct log *log, int32_t first, int32_t last)
{
    size_t found =
        log_find_line(log, survey->places[line->place].division.code, line->book, line->fund);
    size_t count = 0;

    for (size_t i = 0; i < log->move_count; i++) {
        const struct log_move *move = &log->moves[i];
        int32_t month = move->is_answer ? move->month : log->vouchers[move->voucher].month;

        count += move->amount.is_unknown && (move->from == found || move->to == found) &&
                 month >= first && month <= last;
    }
    return count;
}

/* "Cells are left out, totals are printed." */
static void leave_totals_whole(struct survey *survey, const struct log *log)
{
    (void)log;
    for (size_t i = 0; i < survey->line_count; i++)
        if (survey->lines[i].is_withheld) print_line(survey, &survey->lines[i], false);
}

/* "What happened in an earlier period is of no matter in this one." */
static void forget_earlier_periods(struct survey *survey, const struct log *log)
{
    for (size_t i = 0; i < survey->line_count; i++)
        if (survey->lines[i].is_withheld &&
            count_sealed(survey, &survey->lines[i], log, survey->period.first_month,
                         survey->period.last_month) == 0)
            print_line(survey, &survey->lines[i], true);
}

/* "A figure is printed when three people are behind it." */
static void count_to_three(struct survey *survey, const struct log *log)
{
    for (size_t i = 0; i < survey->line_count; i++)
        if (survey->lines[i].is_withheld &&
            count_sealed(survey, &survey->lines[i], log, 0, survey->period.last_month) >= 3)
            print_line(survey, &survey->lines[i], true);
}

START_TEST(rules_that_withhold_too_little_are_broken)
{
    static const struct {
        const char *name;
        void (*spoil)(struct survey *survey, const struct log *log);
    } rules[] = {{"whole totals", leave_totals_whole},
                 {"forgotten periods", forget_earlier_periods},
                 {"three people behind a figure", count_to_three}};
    const struct attack_plan plan = {SEED_FIRST, 8, 40};
    struct finding finding;
    struct history history;

    live(&history, &plan, rules[_i].spoil);
    attack(&history, &nobody, &finding);
    printf("%s: %zu of %zu recovered; %s\n", rules[_i].name, finding.recovered, finding.cells,
           finding.first);
    ck_assert_uint_gt(finding.recovered, 0);
    forget(&history);
}
END_TEST

/* ---- What entries tell without documents ------------------------------------------------------
 */

START_TEST(fund_of_which_nothing_is_left_tells_no_payment)
{
    struct signatory wang = world_person("wang");
    struct error err = ERROR_INIT;
    struct finding finding;
    struct history history = {.seed = 0};

    fixture_setup();
    world_make(&world);
    world_appropriate(&world, "a", "2021-02-01", "F2", 100000);
    world_assign(&world, "b", "2021-02-02", COUNTY, "F2", BOOK_SUBSIDY, 100000);
    world_pay_people(&world, "c", "2021-03-01", COUNTY, 1, 61234);
    world_confirm(&world, "d", "c", "2021-03-02");
    world_remit(&world, "e", "2021-11-01", COUNTY, "F2", BOOK_SUBSIDY, 100000 - 61234);
    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(period_close(world.journal, &wang, 2021 * 12 + 11, &err), &err);
    ck_good(journal_commit(world.journal, &err), &err);
    history.log = log_read(&world);
    attack(&history, &nobody, &finding);
    ck_assert_uint_gt(finding.cells, 0);
    ck_assert_msg(finding.recovered == 0, "%s", finding.first);
    forget(&history);
    world_done(&world);
    fixture_teardown();
}
END_TEST

/* ---- The solver ------------------------------------------------------------------------------ */

static struct attack_sum sum_of(int64_t constant, int64_t a, int64_t b, int64_t c)
{
    struct attack_sum sum = {.constant = constant, .factors = {a, b, c}};

    return sum;
}

START_TEST(solver_bounds_what_is_told_and_no_more)
{
    struct attack *solver = attack_new(4);
    struct attack_sum sum = sum_of(-100, 1, 1, 1); /* a + b + c = 100 */
    struct attack_range range;

    attack_is_zero(solver, &sum);
    sum = sum_of(-10, 2, -1, 0); /* 2a >= 10 + b */
    attack_is_not_negative(solver, &sum);
    sum = sum_of(60, 0, -1, -1); /* b + c <= 60 */
    attack_is_not_negative(solver, &sum);
    sum = sum_of(0, 1, 0, 0);
    range = attack_bound(solver, &sum);
    ck_assert(range.has_least && range.has_greatest);
    ck_assert_int_eq(range.least, 40);
    ck_assert_int_eq(range.greatest, 98);
    sum = sum_of(7, 0, 1, 1); /* 7 + b + c */
    range = attack_bound(solver, &sum);
    ck_assert_int_eq(range.least, 9);
    ck_assert_int_eq(range.greatest, 67);
    sum = (struct attack_sum){.factors = {[3] = 1}}; /* of which nothing is told */
    range = attack_bound(solver, &sum);
    ck_assert(range.has_least && !range.has_greatest);
    ck_assert_int_eq(range.least, 1);
    attack_free(solver);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/attack");
    TCase *tcase = tcase_create("attack");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tcase, 3000);
    tcase_add_test(tcase, solver_bounds_what_is_told_and_no_more);
    tcase_add_test(tcase, fund_of_which_nothing_is_left_tells_no_payment);
    tcase_add_test(tcase, no_withheld_figure_is_recovered);
    tcase_add_loop_test(tcase, rules_that_withhold_too_little_are_broken, 0, 3);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
