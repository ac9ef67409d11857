/* test_stocktake.c - counted against the register, and closed with what differs told. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct fixture world;

static void open_round(void)
{
    make_assets(&world);
    add_asset_row(&world, &asset_state, STATE_BODY("Z2", "2022-06-01", "idle", "无人使用"));
    add_asset_row(&world, &stocktake_open, ROUND_BODY("PD1", "2023-10-01", TOWN_1));
}

/* "Z1 found in_use>damaged" for each line that isn't found as it stands. */
static bool tell_line(void *context, const struct stocktake_line *line, struct error *err)
{
    if (strcmp(line->found, "found") == 0 && !line->is_changed) return true;
    return buffer_append_format(context, err, "%s %s %s>%s\n", line->asset, line->found,
                                line->state, line->seen_state);
}

static void assert_lines(const char *round, const char *wanted)
{
    struct buffer told = BUFFER_INIT(4096);
    struct error err = ERROR_INIT;

    ck_assert_ok(
        stocktake_line_each(world.journal, round, day("2023-10-31"), tell_line, &told, &err), err);
    ck_assert_str_eq(buffer_text(&told), wanted);
    buffer_done(&told);
}

static bool try_end(const char *user, const char *round, const char *on, struct stocktake *out,
                    struct error *err)
{
    struct signatory by = fixture_as(user);
    bool ok;

    fixture_begin(&world);
    ok = stocktake_end(world.journal, &by, round, day(on), out, err);
    return fixture_end(&world, ok, err);
}

static void count_some(void)
{
    add_asset_row(&world, &stocktake_count,
                  TALLY_BODY("PD1", "Z1", "2023-10-02", "missing", VILLAGE_1, "none"));
    add_asset_row(&world, &stocktake_count,
                  TALLY_BODY("PD1", "Z1", "2023-10-03", "found", VILLAGE_1, "damaged"));
    add_asset_row(&world, &stocktake_count,
                  TALLY_BODY("PD1", "Z2", "2023-10-03", "found", VILLAGE_1, "idle"));
    add_asset_row(&world, &stocktake_count,
                  TALLY_BODY("PD1", "Z3", "2023-10-04", "elsewhere", VILLAGE_1, "in_use"));
}

START_TEST(a_round_that_is_closed_agrees_with_the_register)
{
    static const char differences[] = "Z1 found in_use>damaged\nZ5 missing in_use>missing\n"
                                      "Z3 elsewhere in_use>in_use\n";
    struct error err = ERROR_INIT;
    struct stocktake round;
    struct asset *asset = malloc(sizeof *asset);

    open_round();
    count_some();
    assert_lines("PD1", differences);
    ck_assert(!try_end("li", "PD1", "2023-10-03", &round, &err));
    ck_assert_error(err, ERROR_INPUT, "before 2023-10-04");
    error_clear(&err);
    ck_assert_ok(try_end("li", "PD1", "2023-10-31", &round, &err), err);
    ck_assert(round.found == 2 && round.missing == 1 && round.elsewhere == 1 && round.changed == 1);
    ck_assert_str_eq(stand_of(&world, "Z1").state, "damaged");
    ck_assert_str_eq(stand_of(&world, "Z5").state, "missing");
    ck_assert_str_eq(stand_of(&world, "Z3").state, "in_use");
    ck_assert_str_eq(stand_of(&world, "Z4").state, "in_use"); /* of another town */
    ck_assert_ok(asset_find(world.journal, "Z1", day("2023-10-02"), asset, &err), err);
    ck_assert_str_eq(asset->state, "in_use");
    ck_assert_ok(asset_find(world.journal, "Z1", day("2023-10-03"), asset, &err), err);
    ck_assert_str_eq(asset->state, "damaged");
    ck_assert_str_eq(asset->state_reason, "PD1");
    free(asset);
    /* what is entered later doesn't change what the round tells */
    add_asset_row(&world, &asset_state, STATE_BODY("Z5", "2023-10-05", "in_use", ""));
    add_asset_row(&world, &asset_register,
                  ASSET_BODY("Z6", VILLAGE_1, "2022-03-15", "public_welfare", "120", ""));
    assert_lines("PD1", differences);
    ck_assert_ok(stocktake_find(world.journal, "PD1", &round, &err), err);
    ck_assert(round.missing == 1 && strcmp(round.closed_on, "2023-10-31") == 0);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(rows_that_break_a_rule_are_refused_with_the_reason)
{
    static const struct bad_row open[] = {
        {&stocktake_open, ROUND_BODY("PD2", "2023-10-02", TOWN_1), ERROR_STATE,
         "PD1 of " TOWN_1 " is still open"},
        {&stocktake_open, ROUND_BODY("PD1", "2023-10-02", TOWN_2), ERROR_CONFLICT,
         "in the ledger already"},
        {&stocktake_count, TALLY_BODY("PD9", "Z1", "2023-10-02", "found", VILLAGE_1, "in_use"),
         ERROR_NOT_FOUND, "no round of stock-taking PD9"},
        {&stocktake_count, TALLY_BODY("PD1", "Z9", "2023-10-02", "found", VILLAGE_1, "in_use"),
         ERROR_NOT_FOUND, "no asset Z9"},
        {&stocktake_count, TALLY_BODY("PD1", "Z4", "2023-10-02", "found", TOWN_2, "in_use"),
         ERROR_INPUT, "counts those of " TOWN_1},
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-09-30", "found", VILLAGE_1, "in_use"),
         ERROR_INPUT, "before 2023-10-01"},
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-10-02", "found", VILLAGE_2, "in_use"),
         ERROR_INPUT, "write elsewhere"},
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-10-02", "elsewhere", VILLAGE_1, "in_use"),
         ERROR_INPUT, "write found"},
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-10-02", "missing", VILLAGE_1, "in_use"),
         ERROR_INPUT, "seen in no state"},
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-10-02", "found", VILLAGE_1, "none"),
         ERROR_INPUT, "in what state"},
        {&stocktake_close,
         "{'changed':0,'date':'2023-10-31','elsewhere':1,'found':2,'missing':1,'round':'PD1'}",
         ERROR_CONFLICT, "comes to 2 found, 1 elsewhere, 1 missing, 1 in another state"},
        {&stocktake_close,
         "{'changed':1,'date':'2023-10-31','elsewhere':1,'found':2,'missing':1,'round':'PD1'}",
         ERROR_STATE, "Z1 was seen damaged, and the register says in_use"},
    };
    static const struct bad_row closed[] = {
        {&stocktake_count, TALLY_BODY("PD1", "Z1", "2023-10-02", "found", VILLAGE_1, "in_use"),
         ERROR_STATE, "was closed on 2023-10-31"},
        {&stocktake_close,
         "{'changed':1,'date':'2023-10-31','elsewhere':1,'found':2,'missing':1,'round':'PD1'}",
         ERROR_STATE, "was closed on 2023-10-31"},
    };
    struct error err = ERROR_INIT;
    struct stocktake round;

    open_round();
    count_some();
    assert_refused(&world, open, ARRAY_COUNT(open));
    ck_assert_ok(try_end("li", "PD1", "2023-10-31", &round, &err), err);
    assert_refused(&world, closed, ARRAY_COUNT(closed));
    add_asset_row(&world, &stocktake_open, ROUND_BODY("PD2", "2023-11-01", TOWN_1));
}
END_TEST

START_TEST(what_is_scrapped_is_not_looked_for)
{
    struct error err = ERROR_INIT;
    struct stocktake round;

    open_round();
    add_asset_row(&world, &asset_state, STATE_BODY("Z5", "2023-09-01", "scrapped", "倒塌"));
    count_some();
    ck_assert_ok(try_end("li", "PD1", "2023-10-31", &round, &err), err);
    ck_assert_int_eq(round.missing, 0);
    ck_assert_str_eq(stand_of(&world, "Z5").state, "scrapped");
}
END_TEST

START_TEST(a_scanned_list_counts_what_is_where_it_should_be)
{
    static const struct scanned_code codes[] = {{"Z1", 1}, {"Z2", 2}, {"Z5", 3}};
    static const struct scanned_code wrong[] = {{"Z1", 9}, {"Z8", 4}};
    struct signatory by = fixture_as("li");
    struct stocktake_scan scan = {
        .round = "PD1", .date = day("2023-10-05"), .codes = codes, .count = ARRAY_COUNT(codes)};
    struct error err = ERROR_INIT;
    bool repeated, ok;

    open_round();
    scan.content = hash_sha256((const uint8_t *)"a", 1);
    for (int i = 0; i < 2; i++) {
        fixture_begin(&world);
        ok = stocktake_add_scan(world.journal, &by, &scan, &repeated, &err);
        ck_assert_ok(fixture_end(&world, ok, &err), err);
        ck_assert(repeated == (i == 1));
    }
    assert_lines("PD1", "Z3 missing in_use>missing\n");
    scan.content = hash_sha256((const uint8_t *)"b", 1);
    scan.codes = wrong;
    scan.count = ARRAY_COUNT(wrong);
    fixture_begin(&world);
    ok = stocktake_add_scan(world.journal, &by, &scan, &repeated, &err);
    ck_assert(!fixture_end(&world, ok, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no asset Z8");
    ck_assert_str_eq(err.place, "4");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_round_that_is_closed_agrees_with_the_register,
        rows_that_break_a_rule_are_refused_with_the_reason,
        what_is_scrapped_is_not_looked_for,
        a_scanned_list_counts_what_is_where_it_should_be,
    };

    return fixture_run("custody_stocktake", tests, ARRAY_COUNT(tests), &world);
}
