/*
 * test_asset_simulation.c - assets to which things happen by chance: R21 and R22 find each that
 * nobody keeps, sees or mends, on any day, and invent none.
 *
 * The model keeps what happened in plain arrays and looks through all of them for every question.
 */
#include "audit_world.h"
#include "tests/assets/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ASSETS     16
#define EVENTS     6   /* of an asset */
#define DAYS       700 /* in which they happen */
#define NEVER      100000
#define FOUND_MAX  256
#define KEY_SIZE   64
#define REPAIRED   3
#define NAMED_DAYS 4

static struct fixture world;
static uint64_t chance_state;

static const char *const states[] = {"in_use", "idle", "damaged"};

struct event {
    int day, state; /* of states[], or REPAIRED */
    int begun;      /* of a repair: the day of its order */
    bool is_seen;   /* found by an inspection */
};
struct made {
    int acquired, titled, duty, scheduled;
    bool has_unit, has_money;
    struct event events[EVENTS];
};
static struct made made[ASSETS];

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

static const char *day_text(int number)
{
    static char texts[NAMED_DAYS][DATE_TEXT_SIZE];
    static unsigned next;

    return date_format((date_t){day("2021-01-01").days + number}, texts[next++ % NAMED_DAYS]);
}

static void add(const struct record_kind *kind, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add(const struct record_kind *kind, const char *format, ...)
{
    char body[2048];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(body, sizeof body, format, arguments);
    va_end(arguments);
    add_asset_row(&world, kind, body);
}

/* ---- Making it ------------------------------------------------------------------------------- */

static int compare_events(const void *a, const void *b)
{
    const struct event *left = a, *right = b;

    return left->day - right->day;
}

static void choose(struct made *out)
{
    out->acquired = chance(100);
    out->titled = chance(3) == 0 ? NEVER : out->acquired + chance(300);
    out->duty = chance(3) == 0 ? NEVER : out->acquired + chance(300);
    out->has_unit = chance(4) != 0;
    out->has_money = chance(4) != 0;
    out->scheduled = chance(2) == 0 ? NEVER : out->acquired + chance(200);
    for (int i = 0; i < EVENTS; i++)
        out->events[i].day = out->acquired + chance(DAYS);
    qsort(out->events, EVENTS, sizeof *out->events, compare_events);
    for (int i = 0; i < EVENTS; i++) {
        out->events[i].state = chance(4);
        out->events[i].begun = out->events[i].day - chance(out->events[i].day - out->acquired + 1);
        out->events[i].is_seen = chance(2) == 0;
    }
}

static void play_event(int number, int i)
{
    const struct event *event = &made[number].events[i];

    if (event->state == REPAIRED) {
        add(&keeping_work,
            "{'asset':'Z%d','date':'%s','due':'2023-12-31','estimate':0,'fault':'塌方','work':"
            "'W%d-%d'}",
            number, day_text(event->begun), number, i);
        add(&keeping_done,
            "{'by':'镇养护站','cost':0,'date':'%s','result':'清理完毕','work':'W%d-%d'}",
            day_text(event->day), number, i);
    } else if (event->is_seen) {
        add(&keeping_inspection,
            "{'asset':'Z%d','date':'%s','due':'','findings':'查看','keeper':'','schedule':'',"
            "'state':'%s'}",
            number, day_text(event->day), states[event->state]);
    } else {
        add(&asset_state, "{'asset':'Z%d','date':'%s','reason':'村报','state':'%s'}", number,
            day_text(event->day), states[event->state]);
    }
}

static void play(int number)
{
    const struct made *one = &made[number];

    add(&asset_register,
        "{'acquired':'%s','asset':'Z%d','category':'道路','class':'public_welfare','division':"
        "'" VILLAGE_1 "','document':'','form':'fixed','latitude_microdegrees':0,'life_months':0,"
        "'longitude_microdegrees':0,'method':'none','name':'路','note':'','origin':'built',"
        "'place':'三组','quantity_thousandths':1000,'reason':'','residual_bp':0,'specification':"
        "'','unit':'条'}",
        day_text(one->acquired), number);
    if (one->titled != NEVER)
        add(&asset_title,
            "{'asset':'Z%d','certificate':'','date':'%s','disposal':'','distribution':'',"
            "'division':'" VILLAGE_1 "','document':'','income':'','operator':'','owner':"
            "'村股份经济合作社','supervision':'','uscc':''}",
            number, day_text(one->titled));
    if (one->duty != NEVER)
        add(&keeping_duty,
            "{'asset':'Z%d','date':'%s','document':'','keeper':'','money':%d,'money_source':'%s',"
            "'office_phone':'0914-5322101','route':'self','scope':'全路段','standard':'月','unit':"
            "'%s'}",
            number, day_text(one->duty), one->has_money ? 100 : 0,
            one->has_money ? "村集体收入" : "", one->has_unit ? "管护站" : "");
    if (one->scheduled != NEVER)
        add(&keeping_schedule,
            "{'asset':'Z%d','every':1,'first':'%s','grace_days':0,'interval':'month','last':'',"
            "'schedule':'S%d','shift':'none','standard':'路面','what':'inspection'}",
            number, day_text(one->scheduled), number);
    for (int i = 0; i < EVENTS; i++)
        play_event(number, i);
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

static void expect_lacks(struct found *found, int number, int on)
{
    const struct made *one = &made[number];
    char subject[16];

    (void)snprintf(subject, sizeof subject, "Z%d", number);
    if (on - one->acquired <= 90) return;
    if (one->titled > on) put(found, "no_owner", subject);
    if (one->duty > on || !one->has_unit) put(found, "no_holder", subject);
    if (one->duty > on || !one->has_money) put(found, "no_money", subject);
}

static void expect_unused(struct found *found, int number, int on)
{
    const struct event *since = NULL;
    char subject[16];

    for (int i = 0; i < EVENTS; i++) {
        const struct event *event = &made[number].events[i];

        if (event->state == REPAIRED && event->begun <= on && event->day > on) return;
        if (event->day > on) continue;
        if (event->state == 0 || event->state == REPAIRED)
            since = NULL;
        else if (since == NULL)
            since = event;
    }
    if (since == NULL || on - since->day <= 30) return;
    (void)snprintf(subject, sizeof subject, "Z%d", number);
    put(found, states[since->state], subject);
}

static void expect_unseen(struct found *found, int number, int on)
{
    const struct made *one = &made[number];
    int since = one->scheduled;
    char subject[32];

    if (since == NEVER) return;
    for (int i = 0; i < EVENTS; i++) {
        const struct event *event = &one->events[i];

        if (event->is_seen && event->state != REPAIRED && event->day <= on && event->day > since)
            since = event->day;
    }
    (void)snprintf(subject, sizeof subject, "Z%d S%d", number, number);
    if (on - since > 365) put(found, "unseen", subject);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ask(struct found *found, int on)
{
    static const char *const rules[] = {"R21", "R22"};

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
    for (int i = 0; i < ASSETS; i++) {
        expect_lacks(&expected, i, on);
        expect_unused(&expected, i, on);
        expect_unseen(&expected, i, on);
    }
    ask(&found, on);
    qsort(expected.keys, expected.count, KEY_SIZE, compare_keys);
    qsort(found.keys, found.count, KEY_SIZE, compare_keys);
    for (size_t i = 0; i < expected.count && i < found.count; i++)
        ck_assert_str_eq(found.keys[i], expected.keys[i]);
    ck_assert_uint_eq(found.count, expected.count);
    return found.count;
}

static void play_world(uint64_t seed)
{
    size_t all = 0;

    chance_state = seed;
    for (int i = 0; i < ASSETS; i++) {
        choose(&made[i]);
        play(i);
    }
    for (int on = 0; on < 1000; on += 7)
        all += assert_all_found(on);
    ck_assert_uint_gt(all, 100); /* there was something to find */
}

START_TEST(each_asset_that_nobody_keeps_is_found_and_none_is_invented)
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
    const TTest *const tests[] = {each_asset_that_nobody_keeps_is_found_and_none_is_invented,
                                  nor_in_another_world, nor_in_a_third};

    return fixture_run("audit simulation of assets", tests, ARRAY_COUNT(tests), &world);
}
