/* test_handover.c - from one division to another: two people, one list, the title moves at the
 * take. */
#include <stdlib.h>

#include "world.h"

static struct fixture world;

static void list_two(void)
{
    make_assets(&world);
    add_asset_row(&world, &handover_asset,
                  LIST_BODY("YJ1", "Z1", "2023-05-01", VILLAGE_1, "证1甲"));
    add_asset_row(&world, &handover_asset, LIST_BODY("YJ1", "Z2", "2023-05-02", VILLAGE_1, ""));
}

static void give_and_take(void)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_give(&world, "li", "YJ1", "2023-05-03", &err), err);
    ck_assert_ok(try_take(&world, "hua", "YJ1", "2023-05-04", &err), err);
}

START_TEST(the_title_moves_at_the_take)
{
    struct error err = ERROR_INIT;
    struct handover handover;
    struct asset *asset = malloc(sizeof *asset);

    list_two();
    ck_assert_ok(try_give(&world, "li", "YJ1", "2023-05-03", &err), err);
    ck_assert_str_eq(stand_of(&world, "Z1").owner_division, COUNTY);
    ck_assert_ok(try_take(&world, "hua", "YJ1", "2023-05-04", &err), err);
    ck_assert_str_eq(stand_of(&world, "Z1").owner_division, VILLAGE_1);
    ck_assert_str_eq(stand_of(&world, "Z2").owner_division, VILLAGE_1);
    ck_assert_ok(asset_find(world.journal, "Z1", day("2023-05-03"), asset, &err), err);
    ck_assert_str_eq(asset->owner_division, COUNTY);
    ck_assert_ok(asset_find(world.journal, "Z1", day("2023-05-04"), asset, &err), err);
    ck_assert_str_eq(asset->owner_division, VILLAGE_1);
    ck_assert_str_eq(asset->certificate, "证1甲");
    ck_assert_str_eq(asset->titled_on, "2023-05-04");
    ck_assert_ok(handover_find(world.journal, "YJ1", &handover, &err), err);
    ck_assert_str_eq(handover.state, "taken");
    ck_assert_str_eq(handover.given_by, "li");
    ck_assert_str_eq(handover.taken_by, "hua");
    ck_assert_int_eq(handover.assets, 2);
    free(asset);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_was_handed_over_can_be_handed_on)
{
    struct error err = ERROR_INIT;

    list_two();
    give_and_take();
    add_asset_row(&world, &handover_asset, LIST_BODY("YJ2", "Z1", "2023-06-01", TOWN_1, "证1甲"));
    ck_assert_ok(try_give(&world, "jin", "YJ2", "2023-06-01", &err), err);
    ck_assert_ok(try_take(&world, "ma", "YJ2", "2023-06-01", &err), err);
    ck_assert_str_eq(stand_of(&world, "Z1").owner_division, TOWN_1);
    ck_assert_str_eq(stand_of(&world, "Z2").owner_division, VILLAGE_1);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(rows_that_break_a_rule_are_refused_with_the_reason)
{
    static const struct bad_row listed[] = {
        {&handover_asset, LIST_BODY("YJ1", "Z9", "2023-05-01", VILLAGE_1, ""), ERROR_NOT_FOUND,
         "no asset Z9"},
        {&handover_asset, LIST_BODY("YJ1", "Z5", "2023-05-01", VILLAGE_1, ""), ERROR_STATE,
         "has no title yet"},
        {&handover_asset, LIST_BODY("YJ2", "Z4", "2023-05-01", TOWN_2, ""), ERROR_STATE,
         "belongs to " TOWN_2 " already"},
        {&handover_asset, LIST_BODY("YJ2", "Z1", "2023-05-01", VILLAGE_1, ""), ERROR_STATE,
         "is on handover YJ1"},
        {&handover_asset, LIST_BODY("YJ1", "Z3", "2023-05-01", VILLAGE_2, ""), ERROR_INPUT,
         "YJ1 is to " VILLAGE_1},
        {&handover_asset, LIST_BODY("YJ1", "Z4", "2023-05-01", VILLAGE_1, ""), ERROR_INPUT,
         "YJ1 is from " COUNTY},
        {&handover_asset, LIST_BODY("YJ2", "Z3", "2023-05-01", VILLAGE_2, "证4"), ERROR_CONFLICT,
         "that of asset Z4"},
        {&handover_asset, LIST_BODY("YJ2", "Z3", "2023-05-01", VILLAGE_3, ""), ERROR_INPUT,
         "nothing to do with"},
        {&handover_drop, DROP_BODY("YJ9", "2023-05-09", "不交了"), ERROR_NOT_FOUND, "no handover"},
        {&handover_drop, DROP_BODY("YJ1", "2023-05-09", ""), ERROR_INPUT, "reason is empty"},
    };
    static const struct bad_row taken[] = {
        {&handover_asset, LIST_BODY("YJ1", "Z3", "2023-05-01", VILLAGE_1, ""), ERROR_STATE,
         "YJ1 is taken"},
        {&handover_asset, LIST_BODY("YJ3", "Z1", "2023-05-05", VILLAGE_1, ""), ERROR_STATE,
         "belongs to " VILLAGE_1 " already"},
        {&handover_drop, DROP_BODY("YJ1", "2023-05-09", "不交了"), ERROR_STATE, "nothing to drop"},
    };

    list_two();
    assert_refused(&world, listed, ARRAY_COUNT(listed));
    give_and_take();
    assert_refused(&world, taken, ARRAY_COUNT(taken));
}
END_TEST

/* Tried one after the other; the good ones move the handover on. */
static const struct {
    bool is_take;
    const char *user, *on;
    enum error_code code; /* ERROR_NONE: good */
    const char *words;
} acts[] = {
    {true, "hua", "2023-05-04", ERROR_STATE, "YJ1 is listed; it is taken when it was given"},
    {false, "hua", "2023-05-03", ERROR_PERMISSION, COUNTY},
    {false, "ma", "2023-05-03", ERROR_PERMISSION, COUNTY},
    {false, "zhou", "2023-05-03", ERROR_PERMISSION, "maker"},
    {false, "li", "2023-05-01", ERROR_INPUT, "before 2023-05-02"},
    {false, "li", "2031-05-01", ERROR_INPUT, "has not come yet"},
    {false, "li", "2023-05-03", ERROR_NONE, ""},
    {false, "li", "2023-05-03", ERROR_STATE, "it is given once"},
    {true, "li", "2023-05-04", ERROR_PERMISSION, "takes two people"},
    {true, "lan", "2023-05-04", ERROR_PERMISSION, VILLAGE_1},
    {true, "hua", "2023-05-02", ERROR_INPUT, "before 2023-05-03"},
    {true, "jin", "2023-05-04", ERROR_NONE, ""},
    {true, "hua", "2023-05-04", ERROR_STATE, "and once"},
};

START_TEST(two_people_of_the_two_divisions_sign_in_their_order)
{
    list_two();
    for (size_t i = 0; i < ARRAY_COUNT(acts); i++) {
        struct error err = ERROR_INIT;
        bool ok =
            (acts[i].is_take ? try_take : try_give)(&world, acts[i].user, "YJ1", acts[i].on, &err);

        ck_assert_msg(ok == (acts[i].code == ERROR_NONE), "act %zu: %s", i, err.message);
        if (!ok) ck_assert_error(err, acts[i].code, acts[i].words);
    }
}
END_TEST

START_TEST(a_title_told_anew_stops_a_handover)
{
    struct error err = ERROR_INIT;

    list_two();
    ck_assert_ok(try_give(&world, "li", "YJ1", "2023-05-03", &err), err);
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证8", "2022-05-01", COUNTY));
    ck_assert(!try_take(&world, "hua", "YJ1", "2023-05-04", &err));
    ck_assert_error(err, ERROR_STATE, "told anew");
    ck_assert_str_eq(stand_of(&world, "Z2").owner_division, COUNTY);
    error_clear(&err);
    add_asset_row(&world, &handover_drop, DROP_BODY("YJ1", "2023-05-09", "产权有误"));
    add_asset_row(&world, &handover_asset, LIST_BODY("YJ2", "Z2", "2023-05-09", VILLAGE_1, ""));
    ck_assert(!try_give(&world, "li", "YJ1", "2023-05-10", &err));
    ck_assert_error(err, ERROR_STATE, "is dropped");
    error_clear(&err);
    ck_assert_ok(try_give(&world, "li", "YJ2", "2023-05-10", &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_signature_is_over_the_list_as_it_stands)
{
    struct error err = ERROR_INIT;
    struct buffer body = BUFFER_INIT(4096);
    struct signatory by = fixture_as("li");
    struct handover handover;
    struct appended appended;
    bool ok;

    list_two();
    ck_assert_ok(handover_find(world.journal, "YJ1", &handover, &err), err);
    handover.rows_sha256[0] ^= 1;
    ck_assert_ok(buffer_append_format(&body, &err,
                                      "{\"date\":\"2023-05-03\",\"division\":\"" COUNTY
                                      "\",\"handover\":\"YJ1\",\"rows\":2,\"rows_sha256\":\"%s\","
                                      "\"text\":\"\"}",
                                      handover.rows_sha256),
                 err);
    fixture_begin(&world);
    ok = journal_append_act(world.journal, &by, "handover.give", &body, NULL, 0, &appended, &err);
    ck_assert(!fixture_end(&world, ok, &err));
    ck_assert_error(err, ERROR_CONFLICT, "isn't the list of handover YJ1");
    buffer_done(&body);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        the_title_moves_at_the_take,
        what_was_handed_over_can_be_handed_on,
        rows_that_break_a_rule_are_refused_with_the_reason,
        two_people_of_the_two_divisions_sign_in_their_order,
        a_title_told_anew_stops_a_handover,
        a_signature_is_over_the_list_as_it_stands,
    };

    return fixture_run("custody_handover", tests, ARRAY_COUNT(tests), &world);
}
