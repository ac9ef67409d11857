/* test_households.c - assets of households: sealed, their sums in clear, replayed and erased. */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/journal/internal.h"
#include "rows.h"

static struct fixture world;

static struct record *household(const char *code, unsigned person, int64_t fen)
{
    struct record *row = new_row(&household_asset);

    set_text(row, HOUSEHOLD_ASSET, code);
    set_text(row, HOUSEHOLD_ACQUIRED, "2022-05-10");
    row->values[HOUSEHOLD_AMOUNT].number = fen;
    set_text(row, HOUSEHOLD_CATEGORY, "牲畜");
    set_text(row, HOUSEHOLD_DIVISION, VILLAGE_1);
    set_text(row, HOUSEHOLD_FUNDING, "project");
    set_text(row, HOUSEHOLD_HOLDER, "张某");
    set_text(row, HOUSEHOLD_ID_NUMBER, fixture_id_number(person));
    set_text(row, HOUSEHOLD_NAME, "母牛");
    row->values[HOUSEHOLD_QUANTITY].number = 1000;
    set_text(row, HOUSEHOLD_UNIT, "头");
    return row;
}

static struct record *total(int64_t assets, int64_t households, int64_t fen)
{
    struct record *row = new_row(&household_total);

    row->values[HOUSEHOLD_TOTAL_AMOUNT].number = fen;
    row->values[HOUSEHOLD_TOTAL_ASSETS].number = assets;
    set_text(row, HOUSEHOLD_TOTAL_CATEGORY, "牲畜");
    set_text(row, HOUSEHOLD_TOTAL_DATE, "2022-05-31");
    set_text(row, HOUSEHOLD_TOTAL_DIVISION, VILLAGE_1);
    row->values[HOUSEHOLD_TOTAL_HOUSEHOLDS].number = households;
    return row;
}

static const struct record_kind *const four_and_totals[] = {&household_asset, &household_asset,
                                                            &household_asset, &household_asset,
                                                            &household_total, &household_total};

/* Four assets of three households, their total when it isn't NULL, and another when there is. */
static bool try_four(struct record *first, struct record *second, struct error *err)
{
    struct record *rows[] = {household("H7KQ", 1, 600000),
                             household("B2MX", 2, 500000),
                             household("V9TD", 3, 400001),
                             household("C4WN", 3, 100000),
                             first,
                             second};

    return try_records(&world, "li", four_and_totals, rows, 4u + (first != NULL) + (second != NULL),
                       err);
}

static void assert_sum(int64_t assets, int64_t fen)
{
    struct household_sum sum;
    struct error err = ERROR_INIT;

    ck_assert_ok(household_sum(world.journal, COUNTY, NULL, day("2023-12-31"), &sum, &err), err);
    ck_assert_int_eq(sum.assets, assets);
    ck_assert_int_eq(sum.amount.fen, fen);
}

START_TEST(only_totals_about_three_households_are_told)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_four(NULL, NULL, &err), err);
    assert_sum(0, 0);
}
END_TEST

START_TEST(a_total_is_that_of_the_rows_before_it)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_four(total(4, 3, 1600001), NULL, &err), err);
    assert_sum(4, 1600001);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_wrong_total_is_refused)
{
    const struct {
        int64_t assets, households, fen;
        const char *words;
    } wrong[] = {
        {4, 3, 1600000, "4 assets of 3 households and 1600001 fen"},
        {3, 3, 1600001, "4 assets of 3 households"},
        {4, 4, 1600001, "the total says 4, 4"},
        {2, 2, 1100000, "tells what one of them has"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct error err = ERROR_INIT;

        ck_assert(!try_four(total(wrong[i].assets, wrong[i].households, wrong[i].fen), NULL, &err));
        ck_assert_msg(strstr(err.message, wrong[i].words) != NULL, "%s", err.message);
    }
}
END_TEST

START_TEST(a_total_comes_once_and_in_the_import_of_its_rows)
{
    const struct record_kind *const kind[] = {&household_total};
    struct record *rows[] = {total(4, 3, 1600001)};
    struct error err = ERROR_INIT;

    ck_assert(!try_four(total(4, 3, 1600001), total(4, 3, 1600001), &err));
    ck_assert_error(err, ERROR_CONFLICT, "summed up already");
    error_clear(&err);
    ck_assert_ok(try_four(NULL, NULL, &err), err);
    ck_assert(!try_records(&world, "li", kind, rows, 1, &err));
    ck_assert_error(err, ERROR_UNBALANCED, "the rows before it are 0 assets");
}
END_TEST

START_TEST(nothing_of_a_household_stands_in_an_entry)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_ok(try_four(total(4, 3, 1600001), NULL, &err), err);
    for (uint64_t back = 3; back <= 6; back++) {
        buffer_reset(&bytes);
        ck_assert_ok(journal_read(world.journal, journal_size(world.journal) - back, &bytes, &err),
                     err);
        ck_assert_ptr_nonnull(strstr(buffer_text(&bytes), "household_asset.register"));
        ck_assert_ptr_nonnull(strstr(buffer_text(&bytes), "\"detail\":{\"sealed\":"));
        ck_assert_ptr_null(strstr(buffer_text(&bytes), VILLAGE_1));
        ck_assert_ptr_null(strstr(buffer_text(&bytes), "张某"));
        ck_assert_ptr_null(strstr(buffer_text(&bytes), "600000"));
    }
    buffer_done(&bytes);
}
END_TEST

static struct record *change(const char *code, const char *division, const char *on)
{
    struct record *row = new_row(&household_change);

    set_text(row, HOUSEHOLD_CHANGE_ASSET, code);
    set_text(row, HOUSEHOLD_CHANGE_DATE, on);
    set_text(row, HOUSEHOLD_CHANGE_DIVISION, division);
    set_text(row, HOUSEHOLD_CHANGE_REASON, "出栏");
    set_text(row, HOUSEHOLD_CHANGE_STATE, "sold");
    return row;
}

static bool try_change(const char *code, const char *division, const char *on, struct error *err)
{
    const struct record_kind *const kind[] = {&household_change};
    struct record *rows[] = {change(code, division, on)};

    return try_records(&world, "li", kind, rows, 1, err);
}

START_TEST(what_became_of_it_is_held_to_what_it_was)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_four(NULL, NULL, &err), err);
    ck_assert_ok(try_change("H7KQ", VILLAGE_1, "2023-05-10", &err), err);
    ck_assert_ok(try_change("H7KQ", VILLAGE_1, "2023-05-10", &err), err);
    ck_assert(!try_change("H7KQ", VILLAGE_2, "2023-05-10", &err));
    ck_assert_error(err, ERROR_INPUT, "in another division");
    error_clear(&err);
    ck_assert(!try_change("H7KQ", VILLAGE_1, "2022-05-09", &err));
    ck_assert_error(err, ERROR_INPUT, "before the household got it");
    error_clear(&err);
    ck_assert(!try_change("ZZZZ", VILLAGE_1, "2022-05-09", &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no household asset ZZZZ");
    assert_replay_is_identical(&world);
}
END_TEST

/* Values of rows `first` to `last`, and of the change `change` unless it is 0. */
static bool try_erase(const char *ground, uint64_t first, uint64_t last, uint64_t change,
                      struct error *err)
{
    char seals[2][128] = {"", ""}, body[512];

    if (change != 0)
        (void)snprintf(seals[0], sizeof seals[0],
                       "{\"first\":%d,\"last\":%d,\"purpose\":\"household_asset.change/detail\"}",
                       (int)change, (int)change);
    if (first != 0)
        (void)snprintf(seals[1], sizeof seals[1],
                       "{\"first\":%d,\"last\":%d,\"purpose\":\"household_asset.register/detail\"}",
                       (int)first, (int)last);
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"%s\",\"reason\":\"保存期满\",\"seals\":[%s%s%s]}", ground,
                   seals[0], change != 0 && first != 0 ? "," : "", seals[1]);
    return fixture_try_agree(&world, "seal.erase", body, err);
}

START_TEST(erased_households_leave_their_totals)
{
    struct error err = ERROR_INIT;
    uint64_t first;

    ck_assert_ok(try_four(total(4, 3, 1600001), NULL, &err), err);
    first = journal_size(world.journal) - 6;
    ck_assert_ok(try_erase("ordered", first, first + 3, 0, &err), err);
    assert_sum(4, 1600001);
    ck_assert(!try_change("H7KQ", VILLAGE_1, "2023-05-10", &err));
    ck_assert_error(err, ERROR_STATE, "register it anew under another code");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_a_household_uses_still_serves_its_purpose)
{
    static const char *const over[] = {"purpose_achieved", "retention_over"};
    struct error err = ERROR_INIT;
    uint64_t first, change;

    ck_assert_ok(try_four(total(4, 3, 1600001), NULL, &err), err);
    first = journal_size(world.journal) - 6;
    for (size_t i = 0; i < ARRAY_COUNT(over); i++) {
        ck_assert(!try_erase(over[i], first, first, 0, &err));
        ck_assert_error(err, ERROR_STATE, "household asset H7KQ is in use, so its purpose isn't");
        error_clear(&err);
        world.journal->is_replaying = true;
        ck_assert(!try_erase(over[i], first, first, 0, &err));
        world.journal->is_replaying = false;
        ck_assert_error(err, ERROR_STATE, "household asset H7KQ is in use, so its purpose isn't");
        error_clear(&err);
    }
    ck_assert_ok(try_change("H7KQ", VILLAGE_1, "2023-05-10", &err), err);
    change = journal_size(world.journal) - 2;
    ck_assert(!try_erase("retention_over", 0, 0, change, &err));
    ck_assert_error(err, ERROR_STATE, "without its change household asset H7KQ would be in use");
    error_clear(&err);
    ck_assert(!try_erase("retention_over", first, first + 1, change, &err));
    ck_assert_error(err, ERROR_STATE, "is in use, so its purpose isn't over");
    error_clear(&err);
    ck_assert_ok(try_erase("retention_over", first, first, change, &err), err);
    assert_sum(4, 1600001);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        only_totals_about_three_households_are_told,
        a_total_is_that_of_the_rows_before_it,
        a_wrong_total_is_refused,
        a_total_comes_once_and_in_the_import_of_its_rows,
        nothing_of_a_household_stands_in_an_entry,
        what_became_of_it_is_held_to_what_it_was,
        erased_households_leave_their_totals,
        what_a_household_uses_still_serves_its_purpose,
    };

    return fixture_run("assets_households", tests, ARRAY_COUNT(tests), &world);
}
