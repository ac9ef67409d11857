/* test_register.c - the register of assets: what enters, what is refused, and what it tells. */
#include <stdio.h>
#include <stdlib.h>

#include "rows.h"

static struct fixture world;

#define Z1 ASSET_BODY("Z1", VILLAGE_1, "2022-03-15", "public_welfare", "120", "")
#define Z2 ASSET_BODY("Z2", VILLAGE_2, "2022-05-31", "operational", "60", "")
#define Z3 ASSET_BODY("Z3", TOWN_2, "2023-01-01", "public_welfare", "240", "")

static const struct {
    const struct record_kind *kind;
    const char *body;
} good[] = {
    {&asset_register, Z1},
    {&asset_register, Z2},
    {&asset_register, Z3},
    {&asset_cost, COST_BODY("Z1", "30000000", "2022-03-15", "project", "P1", "1", "")},
    {&asset_cost, COST_BODY("Z1", "5000000", "2022-03-20", "outside", "P1", "3", "")},
    {&asset_cost, COST_BODY("Z2", "10000000", "2022-05-31", "project", "P1", "1", "")},
    {&asset_cost, COST_BODY("Z2", "100001", "2022-06-10", "gift", "", "0", "某企业捐赠")},
    {&asset_cost, "{'amount':1200000,'asset':'Z3','date':'2023-01-01','document':'陕财〔2019〕1号',"
                  "'funding':'inherited','level':'province','line':0,'project':'','text':'',"
                  "'year':2019}"},
    {&asset_title, TITLE_BODY("Z1", "不动产第1号", "2022-04-01", VILLAGE_1)},
    {&asset_title, TITLE_BODY("Z2", "不动产第2号", "2022-06-01", TOWN_1)},
    {&asset_state, STATE_BODY("Z1", "2023-02-01", "idle", "无人使用")},
    {&asset_state, STATE_BODY("Z1", "2023-06-01", "in_use", "")},
};

static void add_good(void)
{
    pay_under_p1(&world, "400000.00");
    for (size_t i = 0; i < ARRAY_COUNT(good); i++)
        add_asset_row(&world, good[i].kind, good[i].body);
}

/* After the good rows. */
static const struct {
    const struct record_kind *kind;
    const char *body;
    enum error_code code;
    const char *words;
} bad[] = {
    {&asset_register, Z1, ERROR_CONFLICT, "registered already"},
    {&asset_register, ASSET_BODY("Z9", VILLAGE_1, "2022-03-15", "", "1", ""), ERROR_INPUT,
     "not one of its words"},
    {&asset_register, ASSET_BODY("Z9", "", "2022-03-15", "operational", "1", ""), ERROR_INPUT,
     "division"},
    {&asset_register, ASSET_BODY("Z9", "611025109209", "2022-03-15", "operational", "1", ""),
     ERROR_NOT_FOUND, "611025109209"},
    {&asset_register, ASSET_BODY("Z9", VILLAGE_1, "2031-03-15", "operational", "1", ""),
     ERROR_INPUT, "has not come yet"},
    {&asset_register, ASSET_BODY("Z9", VILLAGE_1, "2022-03-15", "operational", "0", ""),
     ERROR_INPUT, "needs the expected life"},
    {&asset_register, ASSET_BODY("Z9", VILLAGE_1, "2022-03-15", "operational", "1201", ""),
     ERROR_LIMIT, "longer than 1200"},
    {&asset_register, ASSET_BODY("Z9", VILLAGE_1, "2022-03-15", "operational", "1", "改错"),
     ERROR_INPUT, "isn't registered yet"},
    {&asset_register, ASSET_BODY("Z1", VILLAGE_2, "2022-03-15", "public_welfare", "9", "改村"),
     ERROR_INPUT, "is another asset"},
    {&asset_register, ASSET_BODY("Z1", VILLAGE_1, "2022-03-16", "public_welfare", "9", "改日期"),
     ERROR_INPUT, "can't be acquired later"},
    {&asset_cost, COST_BODY("Z9", "1", "2022-03-15", "project", "P1", "1", ""), ERROR_NOT_FOUND,
     "no asset Z9"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-14", "gift", "", "0", "某人"), ERROR_INPUT,
     "Z1 is there since 2022-03-15"},
    {&asset_cost, COST_BODY("Z1", "0", "2022-03-15", "gift", "", "0", "某人"), ERROR_INPUT,
     "0 yuan"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "project", "P1", "1", ""), ERROR_CONTRACT,
     "400000.00 yuan were paid"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "outside", "P1", "3", ""), ERROR_CONTRACT,
     "50000.00 yuan are planned"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "outside", "P1", "1", ""), ERROR_INPUT,
     "write project"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "project", "P1", "3", ""), ERROR_INPUT,
     "write outside"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "project", "P1", "4", ""), ERROR_NOT_FOUND,
     "no line 4"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "project", "", "1", ""), ERROR_INPUT,
     "project is empty"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "labour", "P1", "1", "村民"), ERROR_INPUT,
     "names project and line"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "gift", "", "0", ""), ERROR_INPUT,
     "who gave it"},
    {&asset_cost, COST_BODY("Z1", "1", "2022-03-15", "inherited", "", "0", ""), ERROR_INPUT,
     "who gave the inherited money"},
    {&asset_cost, COST_BODY("Z2", "-1", "2022-06-15", "gift", "", "0", ""), ERROR_INPUT,
     "why it is taken back"},
    {&asset_cost, COST_BODY("Z2", "-100002", "2022-06-15", "gift", "", "0", "多计"), ERROR_INPUT,
     "cost 1000.01 yuan"},
    {&asset_title, TITLE_BODY("Z3", "不动产第1号", "2023-02-01", TOWN_2), ERROR_CONFLICT,
     "that of asset Z1"},
    {&asset_title, TITLE_BODY("Z1", "", "2022-03-01", VILLAGE_1), ERROR_INPUT, "since 2022-03-15"},
    {&asset_title, TITLE_BODY("Z1", "", "2022-04-01", VILLAGE_2), ERROR_INPUT,
     "nothing to do with"},
    {&asset_title,
     "{'asset':'Z1','certificate':'','date':'2022-04-01','disposal':'','distribution':'',"
     "'division':'" VILLAGE_1 "','document':'','income':'','operator':'张某','owner':'村委会',"
     "'supervision':'','uscc':''}",
     ERROR_INPUT, "no credit code"},
    {&asset_title,
     "{'asset':'Z2','certificate':'','date':'2022-06-01','disposal':'','distribution':'',"
     "'division':'" VILLAGE_2 "','document':'','income':'','operator':'','owner':'村委会',"
     "'supervision':'','uscc':''}",
     ERROR_INPUT, "who has the income"},
    {&asset_state, STATE_BODY("Z1", "2023-07-01", "damaged", ""), ERROR_INPUT, "reason is empty"},
    {&asset_state, STATE_BODY("Z1", "2022-03-14", "in_use", ""), ERROR_INPUT, "since 2022-03-15"},
};

START_TEST(rows_that_break_a_rule_are_refused_with_the_reason)
{
    add_good();
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_asset_row(&world, bad[i].kind, &err, bad[i].body), "taken: %s",
                      bad[i].body);
        ck_assert_error(err, bad[i].code, bad[i].words);
    }
}
END_TEST

START_TEST(good_rows_are_told_and_replayed)
{
    struct error err = ERROR_INIT;

    add_good();
    for (uint64_t seq = 1; seq < journal_size(world.journal); seq++) {
        struct buffer line = BUFFER_INIT(4096);

        ck_assert_ok(journal_describe(world.journal, seq, &line, &err), err);
        buffer_done(&line);
    }
    assert_replay_is_identical(&world);
}
END_TEST

static struct asset *find(const char *code, const char *on)
{
    struct asset *asset = malloc(sizeof *asset);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(asset);
    ck_assert_ok(asset_find(world.journal, code, day(on), asset, &err), err);
    return asset;
}

static void assert_value(const char *code, const char *on, int64_t original, int64_t depreciation)
{
    struct asset *asset = find(code, on);

    ck_assert_msg(asset->original.fen == original && asset->depreciation.fen == depreciation &&
                      asset->net.fen == original - depreciation,
                  "%s on %s: %lld less %lld", code, on, (long long)asset->original.fen,
                  (long long)asset->depreciation.fen);
    free(asset);
}

/* Z1: 350,000.00, 5 % left, 120 months from April 2022 on: 277,083 fen a month, by parts
   237,500 and 39,583. */
START_TEST(an_asset_is_told_as_of_any_day)
{
    struct error err = ERROR_INIT;
    struct asset *asset;

    add_good();
    assert_value("Z1", "2022-03-15", 30000000, 0);
    assert_value("Z1", "2022-03-31", 35000000, 0);
    assert_value("Z1", "2022-04-29", 35000000, 0);
    assert_value("Z1", "2022-04-30", 35000000, 277083);
    assert_value("Z1", "2032-02-29", 35000000, 119 * 277083);
    assert_value("Z1", "2032-03-31", 35000000, 33250000);
    assert_value("Z1", "2040-01-01", 35000000, 33250000);
    asset = find("Z1", "2023-02-01");
    ck_assert_str_eq(asset->state, "idle");
    ck_assert_str_eq(asset->certificate, "不动产第1号");
    ck_assert(!asset->is_owner_unusual);
    free(asset);
    asset = find("Z1", "2022-03-31");
    ck_assert_str_eq(asset->state, "in_use");
    ck_assert(!asset->has_title);
    ck_assert(!asset_find(world.journal, "Z1", day("2022-03-14"), asset, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no asset Z1 in the ledger on 2022-03-14");
    free(asset);
    asset = find("Z2", "2023-01-01");
    ck_assert(asset->is_owner_unusual); /* a village's workshop that the town owns */
    free(asset);
}
END_TEST

START_TEST(what_is_put_right_counts_from_the_first_day_on)
{
    struct asset *asset;

    add_good();
    add_asset_row(
        &world, &asset_register,
        ASSET_BODY("Z1", VILLAGE_1, "2022-03-10", "public_welfare", "95", "年限登记有误"));
    add_asset_row(&world, &asset_cost,
                  COST_BODY("Z2", "-100001", "2022-06-10", "gift", "", "0", "未实际收到"));
    add_asset_row(&world, &asset_title, TITLE_BODY("Z2", "不动产第8号", "2022-06-01", TOWN_1));
    assert_value("Z1", "2022-04-30", 35000000, 300000 + 50000);
    assert_value("Z2", "2022-06-30", 10000000, 158333);
    asset = find("Z2", "2022-06-30");
    ck_assert_str_eq(asset->certificate, "不动产第8号");
    free(asset);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_scrapped_asset_frees_its_certificate_and_is_depreciated_no_more)
{
    struct error err = ERROR_INIT;

    add_good();
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2023-07-10", "scrapped", "水毁"));
    add_asset_row(&world, &asset_title, TITLE_BODY("Z3", "不动产第1号", "2023-08-01", TOWN_2));
    assert_value("Z1", "2023-12-31", 35000000, 16 * 277083);
    ck_assert(!try_asset_row(&world, &asset_state, &err,
                             STATE_BODY("Z1", "2023-09-01", "in_use", "误报")));
    ck_assert_error(err, ERROR_CONFLICT, "that of asset Z3");
}
END_TEST

static bool see_code(void *context, const struct asset *asset, struct error *err)
{
    struct buffer *codes = context;

    return buffer_append_format(codes, err, "%s ", asset->code);
}

static void assert_listed(const struct asset_filter *filter, const char *on, const char *codes)
{
    struct buffer listed = BUFFER_INIT(256);
    struct error err = ERROR_INIT;

    ck_assert_ok(asset_each(world.journal, filter, day(on), see_code, &listed, &err), err);
    ck_assert_str_eq(buffer_text(&listed), codes);
    buffer_done(&listed);
}

START_TEST(the_register_is_listed_by_place_class_state_and_owner)
{
    add_good();
    assert_listed(&(struct asset_filter){.scope = NULL}, "2023-12-31", "Z1 Z2 Z3 ");
    assert_listed(&(struct asset_filter){.scope = NULL}, "2022-12-31", "Z1 Z2 ");
    assert_listed(&(struct asset_filter){.scope = TOWN_1}, "2023-12-31", "Z1 Z2 ");
    assert_listed(&(struct asset_filter){.scope = VILLAGE_2}, "2023-12-31", "Z2 ");
    assert_listed(&(struct asset_filter){.class = "operational"}, "2023-12-31", "Z2 ");
    assert_listed(&(struct asset_filter){.state = "idle"}, "2023-03-01", "Z1 ");
    assert_listed(&(struct asset_filter){.owner = TOWN_1}, "2023-03-01", "Z2 ");
}
END_TEST

static money_t sum_of(const char *scope, struct asset_summary *out)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(asset_summarize(world.journal, scope, day("2023-12-31"), out, &err), err);
    return out->all.net;
}

START_TEST(three_tiers_see_one_register)
{
    struct asset_summary county, town_1, town_2, village_1, village_2;

    add_good();
    sum_of(COUNTY, &county);
    ck_assert_int_eq(sum_of(TOWN_1, &town_1).fen + sum_of(TOWN_2, &town_2).fen, county.all.net.fen);
    ck_assert_int_eq(sum_of(VILLAGE_1, &village_1).fen + sum_of(VILLAGE_2, &village_2).fen,
                     town_1.all.net.fen);
    ck_assert_int_eq(county.all.count, 3);
    ck_assert_int_eq(county.all.original.fen, 35000000 + 10100001 + 1200000);
    ck_assert_int_eq(county.operational.original.fen, 10100001);
    ck_assert_int_eq(county.public_welfare.original.fen, 36200000);
    ck_assert_int_eq(county.by_holder[ASSET_HELD_BY_VILLAGE].count, 1);
    ck_assert_int_eq(county.by_holder[ASSET_HELD_BY_TOWNSHIP].original.fen, 10100001);
    ck_assert_int_eq(county.by_holder[ASSET_HELD_BY_NOBODY].original.fen, 1200000);
}
END_TEST

static bool add_use(void *context, const struct asset_use *use, struct error *err)
{
    struct buffer *uses = context;

    return buffer_append_format(uses, err, "%d %s %lld, ", use->line, use->asset,
                                (long long)use->amount.fen);
}

static bool add_part(void *context, const struct asset_part *part, struct error *err)
{
    struct buffer *parts = context;

    return buffer_append_format(parts, err, "%s %s%d %lld, ", part->funding, part->project,
                                part->line, (long long)part->amount.fen);
}

START_TEST(what_a_project_paid_is_followed_to_its_assets_and_back)
{
    struct buffer told = BUFFER_INIT(512);
    struct error err = ERROR_INIT;

    add_good();
    ck_assert_ok(asset_use_each(world.journal, "P1", day("2023-12-31"), add_use, &told, &err), err);
    ck_assert_str_eq(buffer_text(&told), "1 Z1 30000000, 1 Z2 10000000, 3 Z1 5000000, ");
    buffer_reset(&told);
    ck_assert_ok(asset_use_each(world.journal, "P1", day("2000-12-31"), add_use, &told, &err), err);
    ck_assert_str_eq(buffer_text(&told), ""); /* nothing had been built by then */
    buffer_reset(&told);
    ck_assert_ok(asset_part_each(world.journal, "Z1", day("2023-12-31"), add_part, &told, &err),
                 err);
    ck_assert_str_eq(buffer_text(&told), "project P11 30000000, outside P13 5000000, ");
    buffer_done(&told);
}
END_TEST

static const struct {
    const char *from;
    int64_t amount, months, residual_bp, delay;
    const char *on;
    int64_t wanted;
} depreciations[] = {
    {"2022-01-31", 100000, 3, 0, 1, "2022-02-27", 0},
    {"2022-01-31", 100000, 3, 0, 1, "2022-02-28", 33333},
    {"2022-01-31", 100000, 3, 0, 1, "2022-03-31", 66666},
    {"2022-01-31", 100000, 3, 0, 1, "2022-04-30", 100000}, /* the rest of a fen */
    {"2022-01-31", 100000, 3, 0, 0, "2022-01-31", 33333},  /* from the month itself */
    {"2022-01-31", 100000, 3, 10000, 1, "2023-01-31", 0},  /* nothing to depreciate */
    {"2022-01-31", 100000, 0, 0, 1, "2023-01-31", 0},      /* land */
    {"2022-03-31", 100000, 3, 0, 1, "2022-04-30", 100000}, /* added when one month is left */
    {"2024-01-31", 100000, 3, 0, 1, "2024-02-29", 100000}, /* added when none is */
    {"2022-01-31", -100000, 3, 0, 1, "2022-02-28", -33333},
};

START_TEST(a_code_is_of_one_asset_whether_all_may_see_it_or_not)
{
    const struct record_kind *kind = &household_asset;
    struct error err = ERROR_INIT;
    struct record *row;

    add_good();
    for (int again = 0; again < 2; again++) {
        row = new_row(kind);
        set_text(row, HOUSEHOLD_ACQUIRED, "2022-05-10");
        set_text(row, HOUSEHOLD_ASSET, again ? "H7KQ" : "Z1");
        row->values[HOUSEHOLD_AMOUNT].number = 600000;
        set_text(row, HOUSEHOLD_CATEGORY, "牲畜");
        set_text(row, HOUSEHOLD_DIVISION, VILLAGE_1);
        set_text(row, HOUSEHOLD_FUNDING, "gift");
        set_text(row, HOUSEHOLD_HOLDER, "张某");
        set_text(row, HOUSEHOLD_ID_NUMBER, "11010519491231002X");
        set_text(row, HOUSEHOLD_NAME, "母牛");
        row->values[HOUSEHOLD_QUANTITY].number = 1000;
        set_text(row, HOUSEHOLD_UNIT, "头");
        ck_assert(try_records(&world, "li", &kind, &row, 1, &err) == (again == 1));
        if (again == 0) ck_assert_error(err, ERROR_CONFLICT, "code Z1 is that of an asset");
        error_clear(&err);
    }
    ck_assert(!try_asset_row(&world, &asset_register, &err,
                             ASSET_BODY("H7KQ", VILLAGE_1, "2022-03-15", "operational", "1", "")));
    ck_assert_error(err, ERROR_CONFLICT, "H7KQ is that of a household's asset");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_title_passes_to_another_division_by_a_handover_alone)
{
    static const char *const passes[] = {TITLE_BODY("Z1", "", "2022-03-20", VILLAGE_1),
                                         TITLE_BODY("Z1", "", "2022-04-01", VILLAGE_1),
                                         TITLE_BODY("Z1", "", "2023-04-01", VILLAGE_1)};
    struct error err = ERROR_INIT;

    add_asset_row(&world, &asset_register,
                  ASSET_BODY("Z1", VILLAGE_1, "2022-03-15", "public_welfare", "1", ""));
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "", "2022-04-01", COUNTY));
    for (size_t i = 0; i < ARRAY_COUNT(passes); i++) {
        ck_assert_msg(!try_asset_row(&world, &asset_title, &err, passes[i]), "taken: %s",
                      passes[i]);
        ck_assert_error(err, ERROR_INPUT, "by a handover alone");
        error_clear(&err);
    }
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证1", "2022-03-20", COUNTY));
    add_asset_row(&world, &asset_title, TITLE_BODY("Z1", "证1", "2023-04-01", COUNTY));
}
END_TEST

START_TEST(depreciation_is_by_whole_months_and_loses_no_fen)
{
    for (size_t i = 0; i < ARRAY_COUNT(depreciations); i++) {
        struct depreciation_terms terms = {day("2022-01-10"), depreciations[i].months,
                                           depreciations[i].residual_bp, depreciations[i].delay};
        struct error err = ERROR_INIT;
        money_t got;

        ck_assert_ok(asset_depreciate(&terms, (money_t){depreciations[i].amount},
                                      day(depreciations[i].from), day(depreciations[i].on), &got,
                                      &err),
                     err);
        ck_assert_msg(got.fen == depreciations[i].wanted, "row %zu: %lld", i, (long long)got.fen);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        rows_that_break_a_rule_are_refused_with_the_reason,
        good_rows_are_told_and_replayed,
        an_asset_is_told_as_of_any_day,
        what_is_put_right_counts_from_the_first_day_on,
        a_scrapped_asset_frees_its_certificate_and_is_depreciated_no_more,
        the_register_is_listed_by_place_class_state_and_owner,
        three_tiers_see_one_register,
        what_a_project_paid_is_followed_to_its_assets_and_back,
        a_code_is_of_one_asset_whether_all_may_see_it_or_not,
        a_title_passes_to_another_division_by_a_handover_alone,
        depreciation_is_by_whole_months_and_loses_no_fen,
    };

    return fixture_run("assets_register", tests, ARRAY_COUNT(tests), &world);
}
