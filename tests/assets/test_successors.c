/* test_successors.c - what becomes of assets whose village is merged: they go on in what comes
 * after it, and are told as they were before. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/assets/rows.h"

#define MERGED "611025100210"
#define LATER  "611025100211"

static struct fixture world;

static void add_division(const char *code, const char *name)
{
    struct division division = {.valid_from = day("2022-06-01")};
    struct error err = ERROR_INIT;

    (void)snprintf(division.code, sizeof division.code, "%s", code);
    (void)snprintf(division.name, sizeof division.name, "%s", name);
    (void)snprintf(division.parent, sizeof division.parent, "%s", TOWN_1);
    ck_assert_ok(fixture_try_division(&world, &division, &err), err);
}

static void end_division(const char *code, const char *successor, const char *last_day)
{
    char body[512];

    (void)snprintf(body, sizeof body,
                   "{\"changes\":[{\"division\":\"%s\",\"successors\":[\"%s\"]}],\"document\":"
                   "\"镇政发〔2022〕8号\",\"last_day\":\"%s\"}",
                   code, successor, last_day);
    fixture_agree(&world, "division.succeed", body);
}

#define HERE(place, reason) ASSET_BODY("Z1", place, "2022-03-15", "public_welfare", "120", reason)
#define SEEN(on)                                                                                   \
    "{'asset':'Z1','date':'" on "','due':'','findings':'','keeper':'','schedule':'','state':'in_"  \
    "use'}"
#define SCHEDULE                                                                                   \
    "{'asset':'Z1','every':1,'first':'2022-04-30','grace_days':5,'interval':'month','last':'',"    \
    "'schedule':'S1','shift':'none','standard':'路面无坑槽','what':'inspection'}"

static void make_asset(void)
{
    add_division(MERGED, "新中合村");
    add_division(LATER, "大中合村");
    add_asset_row(&world, &asset_register, HERE(VILLAGE_1, ""));
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z1", "100000", "2022-03-15", "gift", "", "0", "某公司"));
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证1", "2022-04-01", VILLAGE_1));
    add_asset_row(&world, &keeping_schedule, SCHEDULE);
    add_asset_row(
        &world, &keeping_work,
        "{'asset':'Z1','date':'2022-06-01','due':'2022-06-30','estimate':0,'fault':'塌方','work':"
        "'W1'}");
}

static bool see(void *context, const struct asset *asset, struct error *err)
{
    return buffer_append_format(context, err, "%s %s %lld ", asset->code, asset->division,
                                (long long)asset->original.fen);
}

static void assert_there(const char *scope, const char *on, const char *wanted)
{
    const struct asset_filter filter = {.scope = scope};
    struct buffer listed = BUFFER_INIT(256);
    struct error err = ERROR_INIT;

    ck_assert_ok(asset_each(world.journal, &filter, day(on), see, &listed, &err), err);
    ck_assert_str_eq(buffer_text(&listed), wanted);
    buffer_done(&listed);
}

static void refuse(const struct record_kind *kind, const char *body, enum error_code code,
                   const char *words)
{
    struct error err = ERROR_INIT;

    ck_assert_msg(!try_asset_row(&world, kind, &err, body), "taken: %s", body);
    ck_assert_error(err, code, words);
}

static bool count_due(void *context, const struct due_item *item, struct error *err)
{
    (void)item;
    (void)err;
    (*(int *)context)++;
    return true;
}

static int count_all_due(const char *scope)
{
    const struct due_filter filter = {.scope = scope, .as_of = day("2022-12-31")};
    struct error err = ERROR_INIT;
    int count = 0;

    ck_assert_ok(due_schedule_each(world.journal, &filter, count_due, &count, &err), err);
    ck_assert_ok(due_holder_each(world.journal, &filter, count_due, &count, &err), err);
    ck_assert_ok(due_work_each(world.journal, &filter, count_due, &count, &err), err);
    return count;
}

START_TEST(an_asset_goes_on_in_what_comes_after_its_village)
{
    struct asset *asset = malloc(sizeof *asset);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(asset);
    make_asset();
    refuse(&asset_register, HERE(MERGED, "合村"), ERROR_INPUT, "is another asset");
    end_division(VILLAGE_1, MERGED, "2022-08-31");
    refuse(&keeping_inspection, SEEN("2022-09-01"), ERROR_STATE,
           "in " VILLAGE_1 ", which ended on 2022-08-31");
    refuse(&asset_state, STATE_BODY("Z1", "2022-09-01", "damaged", "塌方"), ERROR_STATE,
           "register it first in what came after");
    add_asset_row(&world, &keeping_inspection, SEEN("2022-08-31"));
    refuse(&asset_register, HERE(VILLAGE_2, "合村"), ERROR_INPUT, "doesn't come after it");
    ck_assert_int_eq(count_all_due(MERGED), 0);
    add_asset_row(&world, &asset_register, HERE(MERGED, "合村"));
    add_asset_row(&world, &keeping_inspection, SEEN("2022-09-01"));
    ck_assert_int_eq(count_all_due(VILLAGE_1), 0);
    ck_assert_int_eq(count_all_due(MERGED), 3); /* the schedule, the work, nobody answers */

    assert_there(VILLAGE_1, "2022-08-31", "Z1 " VILLAGE_1 " 100000 ");
    assert_there(MERGED, "2022-08-31", "");
    assert_there(COUNTY, "2022-08-31", "Z1 " VILLAGE_1 " 100000 ");
    assert_there(VILLAGE_1, "2022-09-01", "");
    assert_there(MERGED, "2022-09-01", "Z1 " MERGED " 100000 ");
    assert_there(COUNTY, "2022-09-01", "Z1 " MERGED " 100000 ");
    ck_assert_ok(asset_find(world.journal, "Z1", day("2022-08-31"), asset, &err), err);
    ck_assert_str_eq(asset->division, VILLAGE_1);
    free(asset);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_successor_that_ends_hands_the_asset_on)
{
    make_asset();
    end_division(VILLAGE_1, MERGED, "2022-08-31");
    add_asset_row(&world, &asset_register, HERE(MERGED, "合村"));
    end_division(MERGED, LATER, "2022-10-31");
    add_asset_row(&world, &asset_register, HERE(LATER, "再次合村"));
    assert_there(TOWN_1, "2022-08-31", "Z1 " VILLAGE_1 " 100000 ");
    assert_there(TOWN_1, "2022-10-31", "Z1 " MERGED " 100000 ");
    assert_there(TOWN_1, "2022-11-01", "Z1 " LATER " 100000 ");
    assert_replay_is_identical(&world);
}
END_TEST

static bool sign(const char *user, bool is_take, struct error *err)
{
    struct signatory by = fixture_as(user);
    bool ok;

    fixture_begin(&world);
    ok = is_take ? handover_take(world.journal, &by, "YJ1", day("2022-09-02"), "", err)
                 : handover_give(world.journal, &by, "YJ1", day("2022-09-02"), "", err);
    return fixture_end(&world, ok, err);
}

START_TEST(its_title_follows_by_a_handover)
{
    struct asset_stand stand;
    struct error err = ERROR_INIT;

    make_asset();
    end_division(VILLAGE_1, MERGED, "2022-08-31");
    refuse(&asset_title, TITLE_BODY("Z1", "证1", "2022-09-02", MERGED), ERROR_STATE,
           "which ended on 2022-08-31");
    add_asset_row(&world, &asset_register, HERE(MERGED, "合村"));
    refuse(&asset_title, TITLE_BODY("Z1", "证1", "2022-09-02", MERGED), ERROR_INPUT,
           "by a handover alone");
    add_asset_row(
        &world, &handover_asset,
        "{'asset':'Z1','certificate':'证1','date':'2022-09-01','disposal':'','distribution':'',"
        "'division':'" MERGED "','document':'镇政发〔2022〕8号','handover':'YJ1','income':'',"
        "'operator':'','owner':'村股份经济合作社','supervision':'','uscc':''}");
    ck_assert_ok(sign("li", false, &err), err);
    ck_assert_ok(sign("wang", true, &err), err);
    ck_assert_ok(asset_find_stand(world.journal, "Z1", &stand, &err), err);
    ck_assert_str_eq(stand.owner_division, MERGED);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        an_asset_goes_on_in_what_comes_after_its_village,
        a_successor_that_ends_hands_the_asset_on,
        its_title_follows_by_a_handover,
    };

    return fixture_run("assets_successors", tests, ARRAY_COUNT(tests), &world);
}
