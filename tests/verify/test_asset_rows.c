/*
 * test_asset_rows.c - rows of docs/format.md section 5.9 in the order of a log: what they name
 * stands before them, sums hold, a certificate is one asset's. Each bad one beside its reason.
 */
#include "tests/verify/rows.h"

#define COST(amount, funding, project, line, text)                                                 \
    {                                                                                              \
        "asset.cost", "{'amount':" amount ",'asset':'Z1','date':'2021-03-01','document':'',"       \
                      "'funding':'" funding "','level':'none','line':" line ",'project':'" project \
                      "','text':'" text "','year':0}"                                              \
    }
#define REGISTER(asset, division, acquired, reason)                                                \
    {                                                                                              \
        "asset.register", REGISTER_BODY(asset, division, acquired, "operational", reason)          \
    }

static const struct row before[] = {PROJECT, ASSET("Z1"), ASSET("Z2"), NO_ROWS};

static const struct row_case cases[] = {
    /* The register. */
    {NULL, {REGISTER("Z3", FIXTURE_VILLAGE, "2021-02-01", "")}},
    {"puts an asset right that no row before it registers",
     {REGISTER("Z3", FIXTURE_VILLAGE, "2021-02-01", "更正")}},
    {NULL, {REGISTER("Z1", FIXTURE_VILLAGE, "2021-02-02", "更正")}},
    {"registers an asset again without a reason",
     {REGISTER("Z1", FIXTURE_VILLAGE, "2021-02-01", "")}},
    {"moves an asset to a division that doesn't come after its own",
     {REGISTER("Z1", FIXTURE_OTHER_VILLAGE, "2021-02-01", "更正")}},
    /* What it cost. */
    {NULL, {COST("100000", "project", "P1", "1", ""), COST("50000", "outside", "P1", "2", "")}},
    {"makes assets of 1000.01 yuan of a plan's line of 1000.00 yuan",
     {COST("100000", "project", "P1", "1", ""), COST("1", "project", "P1", "1", "")}},
    {"makes assets of 500.01 yuan of a plan's line of 500.00 yuan",
     {COST("50001", "outside", "P1", "2", "")}},
    {"takes for outside money what a fund gives", {COST("1", "outside", "P1", "1", "")}},
    {"takes for a fund's money what comes from outside", {COST("1", "project", "P1", "2", "")}},
    {"names a line of a plan that no row before it has", {COST("1", "project", "P1", "3", "")}},
    {"names a line of a plan that no row before it has", {COST("1", "project", "P2", "1", "")}},
    {"names a line of a plan just where", {COST("1", "gift", "P1", "1", "某公司")}},
    {"names a line of a plan just where", {COST("1", "project", "", "0", "")}},
    {"names level and year just where", {COST("1", "inherited", "", "0", "")}},
    {"doesn't say who gave it", {COST("1", "gift", "", "0", "")}},
    {"is a part of nothing", {COST("0", "gift", "", "0", "某公司")}},
    {NULL, {COST("5", "gift", "", "0", "某公司"), COST("-5", "gift", "", "0", "更正")}},
    {"takes back more of a source than the asset cost of it",
     {COST("5", "gift", "", "0", "某公司"), COST("-6", "gift", "", "0", "更正")}},
    {"takes back more of a source than the asset cost of it",
     {COST("5", "gift", "", "0", "某公司"), COST("-5", "labour", "", "0", "更正")}},
    {"is of 2021-03-01, before what it follows, of 2021-03-02",
     {REGISTER("Z1", FIXTURE_VILLAGE, "2021-03-02", "更正"), COST("1", "gift", "", "0", "某公司")}},
    /* Whose it is. */
    {NULL, {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1")}},
    {NULL, {TITLE("Z1", "2021-03-01", FIXTURE_COUNTY, "证1")}},
    {"has an owner elsewhere", {TITLE("Z1", "2021-03-01", FIXTURE_OTHER_VILLAGE, "证1")}},
    {"gives " FIXTURE_COUNTY " what belongs to " FIXTURE_VILLAGE,
     {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1"),
      TITLE("Z1", "2021-03-02", FIXTURE_COUNTY, "证1")}},
    {"gives " FIXTURE_COUNTY " what belongs to " FIXTURE_VILLAGE,
     {TITLE("Z1", "2021-03-02", FIXTURE_VILLAGE, "证1"),
      TITLE("Z1", "2021-03-01", FIXTURE_COUNTY, "证1")}},
    {"its \"asset\" is Z9, of which no row before it tells",
     {TITLE("Z9", "2021-03-01", FIXTURE_VILLAGE, "证1")}},
    {"is of 2021-01-31, before", {TITLE("Z1", "2021-01-31", FIXTURE_VILLAGE, "证1")}},
    {"has the certificate of another asset",
     {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1"),
      TITLE("Z2", "2021-03-01", FIXTURE_VILLAGE, "证1")}},
    {NULL,
     {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1"),
      TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证2"),
      TITLE("Z2", "2021-03-01", FIXTURE_VILLAGE, "证1")}},
    {NULL,
     {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1"), STATE("Z1", "2021-03-02", "scrapped"),
      TITLE("Z2", "2021-03-03", FIXTURE_VILLAGE, "证1")}},
    /* One that is scrapped comes back, and its certificate is another's. */
    {"has the certificate of another asset",
     {TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证1"), STATE("Z1", "2021-03-02", "scrapped"),
      TITLE("Z2", "2021-03-03", FIXTURE_VILLAGE, "证1"), STATE("Z1", "2021-03-04", "idle")}},
    /* Told late of an earlier day, it changes nothing of the latest. */
    {"has the certificate of another asset",
     {TITLE("Z1", "2021-03-05", FIXTURE_VILLAGE, "证1"),
      TITLE("Z1", "2021-03-01", FIXTURE_VILLAGE, "证2"),
      TITLE("Z2", "2021-03-05", FIXTURE_VILLAGE, "证1")}},
};

START_TEST(each_row_is_held_to_those_before_it)
{
    expect_rows(before, &cases[_i]);
}
END_TEST

/* ---- Households ------------------------------------------------------------------------------ */

#define TOTAL(amount, assets, households, date)                                                    \
    "{'amount':" amount ",'assets':" assets ",'category':'牲畜','date':'" date                     \
    "','division':'" FIXTURE_VILLAGE "','households':" households "}"
#define GOOD TOTAL("1100", "4", "3", "2021-03-04")

/* Four animals of three households, got from 1 to 4 March: 100, 200, 300 and 500 fen. */
static void give_animals(bool are_readable)
{
    static const unsigned holders[] = {0, 1, 2, 0}, fen[] = {100, 200, 300, 500};

    for (unsigned i = 0; i < 4; i++) {
        char value[1024], code[8], sealed[96];

        (void)snprintf(code, sizeof code, "H%u", i);
        (void)snprintf(value, sizeof value,
                       "{'acquired':'2021-03-0%u','amount':%u,'category':'牲畜','division':"
                       "'" FIXTURE_VILLAGE "','document':'','funding':'project','holder':'某',"
                       "'id_number':'%s','name':'牛','note':'','number':'','project':'',"
                       "'quantity_thousandths':1000,'unit':'头'}",
                       i + 1, fen[i], fixture_id_numbers[holders[i]]);
        fixture_seal(world, "household_asset.register/detail", code, quoted(value), sealed);
        if (!are_readable) {
            free(world->seals[--world->seal_count].plain);
            world->seals[world->seal_count].plain = NULL;
        }
        fixture_row(world, "li", "household_asset.register", "{\"asset\":\"%s\",\"detail\":%s}",
                    code, sealed);
    }
}

static const struct {
    const char *totals[2]; /* the last is judged */
    bool are_covered;      /* before the totals */
    const char *wanted;    /* NULL: it is good */
    const char *wanted_unread;
} totals[] = {
    {{GOOD}, false, NULL, NULL},
    {{GOOD, GOOD}, false, "sums up again", "sums up again"},
    {{GOOD},
     true,
     "sums up more assets of households than stand before it",
     "sums up more assets of households than stand before it"},
    {{TOTAL("1101", "4", "3", "2021-03-04")}, false, "the rows before it are 4, 3 and 1100", NULL},
    {{TOTAL("1100", "3", "3", "2021-03-04")}, false, "the rows before it are 4, 3 and 1100", NULL},
    {{TOTAL("1100", "4", "4", "2021-03-04")}, false, "the rows before it are 4, 3 and 1100", NULL},
    {{TOTAL("1100", "5", "3", "2021-03-04")},
     false,
     "sums up more assets of households than stand before it",
     "sums up more assets of households than stand before it"},
    {{TOTAL("1100", "4", "5", "2021-03-04")},
     false,
     "sums up more assets of households than stand before it",
     "sums up more assets of households than stand before it"},
    {{TOTAL("1100", "4", "3", "2021-03-03")}, false, "is of 2021-03-03, before", NULL},
};

/* The first missing seal is told only when all else is good: then it is what a clone passes. */
static void check_totals(int i, bool are_readable)
{
    const char *wanted = are_readable ? totals[i].wanted : totals[i].wanted_unread;

    give_animals(are_readable);
    if (totals[i].are_covered) cover();
    for (size_t at = 0; at < 2 && totals[i].totals[at] != NULL; at++)
        (void)add_row(&(struct row){"household_asset.total", totals[i].totals[at]});
    cover();
    if (wanted == NULL) wanted = are_readable ? "PASS" : "is missing, and no act of two people";
    expect(wanted);
}

START_TEST(a_total_is_the_sum_of_the_rows_of_its_import)
{
    check_totals(_i, true);
}
END_TEST

START_TEST(a_total_without_its_sealed_rows_is_held_to_their_number)
{
    check_totals(_i, false);
}
END_TEST

START_TEST(a_household_is_registered_once_and_before_it_changes)
{
    char sealed[96];

    give_animals(true);
    fixture_seal(
        world, "household_asset.change/detail", _i == 0 ? "H1" : "H9",
        quoted("{'date':'2021-03-05','division':'" FIXTURE_VILLAGE "','reason':'','state':'gone'}"),
        sealed);
    fixture_row(world, "li", "household_asset.change", "{\"asset\":\"%s\",\"detail\":%s}",
                _i == 0 ? "H1" : "H9", sealed);
    cover();
    expect(_i == 0 ? "PASS" : "tells of an asset of a household that no row before it registers");
    if (_i != 0) return;
    give_animals(true);
    cover();
    expect("registers an asset of a household under a code that is another's");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_those_before_it, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, a_total_is_the_sum_of_the_rows_of_its_import, 0,
                        ARRAY_COUNT(totals));
    tcase_add_loop_test(tests, a_total_without_its_sealed_rows_is_held_to_their_number, 0,
                        ARRAY_COUNT(totals));
    tcase_add_loop_test(tests, a_household_is_registered_once_and_before_it_changes, 0, 2);
}

int main(void)
{
    return run_suite("verify_asset_rows", add);
}
