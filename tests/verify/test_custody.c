/*
 * test_custody.c - handovers, disposals and stock-takings of docs/format.md section 5.14 made by
 * hand: a good one of each, the vector of that page, and what breaks a sentence of it. Quotes are
 * written ' in the bodies.
 */
#include "tests/verify/rows.h"

#define LIST(handover, asset, taker)                                                               \
    "{'asset':'" asset "','certificate':'','date':'2021-03-01','disposal':'','distribution':'',"   \
    "'division':'" taker "','document':'','handover':'" handover                                   \
    "','income':'','operator':'','owner':'村股份经济合作社','supervision':'','uscc':''}"
#define DROP(handover) "{'date':'2021-03-01','handover':'" handover "','reason':'不交了'}"
#define SIGN(handover, division, day, rows, sum)                                                   \
    "'date':'" day "','division':'" division "','handover':'" handover "','rows':" rows            \
    ",'rows_sha256':'" sum "','text':''"
/* Of LIST("YJ1", "Z1", TOWN) and LIST("YJ1", "Z2", TOWN): docs/format.md. */
#define SUM  "1a072128f610e1e9807e739dab22363f76361d9551f3d39396f7ed42cc2abbfa"
#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"
#define GIVE SIGN("YJ1", FIXTURE_COUNTY, "2021-03-01", "2", SUM)
#define TAKE SIGN("YJ1", FIXTURE_TOWN, "2021-03-01", "2", SUM)

/* ---- Rows ------------------------------------------------------------------------------------ */

static const struct {
    const char *kind, *body;
    const char *wanted; /* NULL: its shape is good */
} rows[] = {
    {"handover.asset", LIST("YJ9", "Z1", FIXTURE_TOWN), NULL},
    {"handover.asset", LIST("", "Z1", FIXTURE_TOWN), "\"handover\""},
    {"disposal.open",
     "{'asset':'Z1','cause':'disaster','date':'2021-03-01','disposal':'CZ1','method':'loss',"
     "'text':'冲毁'}",
     NULL},
    {"disposal.open",
     "{'asset':'Z1','cause':'theft','date':'2021-03-01','disposal':'CZ1','method':'loss',"
     "'text':'冲毁'}",
     "\"cause\" is none of the words allowed"},
    {"disposal.step",
     "{'date':'2021-03-01','disposal':'CZ1','document':'纪要','step':'decision','text':'',"
     "'votes_abstained':1,'votes_against':2,'votes_for':30}",
     NULL},
    {"disposal.step",
     "{'date':'2021-03-01','disposal':'CZ1','document':'','step':'decision','text':'',"
     "'votes_abstained':1,'votes_against':2,'votes_for':30}",
     "\"document\" is empty"},
    {"disposal.finish",
     "{'date':'2021-03-01','disposal':'CZ1','proceeds':0,'text':'','valuation':0,'voucher':''}",
     NULL},
    {"disposal.finish",
     "{'date':'2021-03-01','disposal':'CZ1','proceeds':-1,'text':'','valuation':0,'voucher':''}",
     "\"proceeds\""},
    {"disposal.drop", "{'date':'2021-03-01','disposal':'CZ1','reason':'不办'}", NULL},
    {"stocktake.open",
     "{'date':'2021-03-01','division':'" FIXTURE_TOWN "','round':'PD1','text':''}", NULL},
    {"stocktake.count",
     "{'asset':'Z1','date':'2021-03-01','division':'" FIXTURE_TOWN
     "','found':'found','round':'PD1','state':'idle','text':''}",
     NULL},
    {"stocktake.count",
     "{'asset':'Z1','date':'2021-03-01','division':'" FIXTURE_TOWN
     "','found':'found','round':'PD1','state':'missing','text':''}",
     "\"state\" is none of the words allowed"},
    {"stocktake.close",
     "{'changed':0,'date':'2021-03-01','elsewhere':0,'found':1,'missing':0,'round':'PD1'}", NULL},
};

START_TEST(each_row_is_held_to_its_shape)
{
    expect_shape(rows[_i].kind, rows[_i].body, rows[_i].wanted);
}
END_TEST

/* ---- The two --------------------------------------------------------------------------------- */

#define OWNED(asset)                                                                               \
    {"asset.register", REGISTER_BODY(asset, FIXTURE_VILLAGE, "2021-02-01", "public_welfare", "")}, \
        TITLE(asset, "2021-02-01", FIXTURE_COUNTY, "")

static const struct row county[] = {OWNED("Z1"), OWNED("Z2"), OWNED("Z3")};

/* After a list of two; `row`: another row between. The last step is the one that is judged. */
static const struct {
    const char *row_kind, *row; /* NULL: none; after `give` when there is one */
    const char *giver, *give;   /* NULL: not given */
    const char *taker, *take;   /* NULL: not taken */
    const char *wanted;         /* NULL: it is good */
} acts[] = {
    {NULL, NULL, "li", GIVE, NULL, NULL, NULL},
    {NULL, NULL, "li", GIVE, "wang", TAKE, NULL},
    {NULL, NULL, "li", GIVE, "li", TAKE, "li takes what the same gave; that takes two"},
    {NULL, NULL, NULL, NULL, "wang", TAKE, "takes a handover that is listed"},
    {NULL, NULL, "sun", GIVE, NULL, NULL, "user sun is not a maker"},
    {NULL, NULL, "li", GIVE, "sun", TAKE, "user sun is not a maker"},
    {NULL, NULL, "li", SIGN("YJ1", FIXTURE_TOWN, "2021-03-01", "2", SUM), NULL, NULL,
     "is signed for " FIXTURE_TOWN},
    {NULL, NULL, "li", SIGN("YJ1", FIXTURE_COUNTY, "2021-03-01", "1", SUM), NULL, NULL,
     "signs another list than the 2 assets"},
    {NULL, NULL, "li", SIGN("YJ1", FIXTURE_COUNTY, "2021-03-01", "2", ZERO), NULL, NULL,
     "signs another list than the 2 assets"},
    {NULL, NULL, "li", SIGN("YJ2", FIXTURE_COUNTY, "2021-03-01", "2", SUM), NULL, NULL,
     "gives a handover that is not there"},
    {NULL, NULL, "li", SIGN("YJ1", FIXTURE_COUNTY, "2999-03-01", "2", SUM), NULL, NULL,
     "hands over on 2999-03-01, which had not come"},
    {NULL, NULL, "li", GIVE, "wang", SIGN("YJ1", FIXTURE_TOWN, "2021-02-28", "2", SUM),
     "is of 2021-02-28, before what it follows, of 2021-03-01"},
    {NULL, NULL, "li", GIVE, "wang", SIGN("YJ1", FIXTURE_COUNTY, "2021-03-01", "2", SUM),
     "is signed for " FIXTURE_COUNTY},
    {"handover.asset", LIST("YJ1", "Z3", FIXTURE_TOWN), "li", GIVE, NULL, NULL,
     "adds to a handover that is given"},
    {"handover.asset", LIST("YJ1", "Z3", FIXTURE_VILLAGE), NULL, NULL, NULL, NULL,
     "lists for " FIXTURE_VILLAGE},
    {"handover.asset", LIST("YJ2", "Z3", FIXTURE_COUNTY), NULL, NULL, NULL, NULL,
     "hands over an asset without a title, or to whom it belongs"},
    {"handover.asset", LIST("YJ2", "Z2", FIXTURE_TOWN), NULL, NULL, NULL, NULL,
     "hands over an asset that is on a list already"},
    {"asset.title", TITLE_BODY("Z1", "2021-02-02", FIXTURE_COUNTY, ""), "li", GIVE, "wang", TAKE,
     "hands over an asset whose title was told anew"},
    {"handover.drop", DROP("YJ1"), "li", GIVE, "wang", TAKE, "takes a handover that is dropped"},
    {"handover.drop", DROP("YJ2"), NULL, NULL, NULL, NULL, "drops a handover that is not there"},
};

START_TEST(two_people_sign_one_list)
{
    uint64_t last;
    char wanted[256];

    for (size_t i = 0; i < ARRAY_COUNT(county); i++)
        (void)add_row(&county[i]);
    cover();
    fixture_row(world, "li", "handover.asset", "%s", quoted(LIST("YJ1", "Z1", FIXTURE_TOWN)));
    fixture_row(world, "li", "handover.asset", "%s", quoted(LIST("YJ1", "Z2", FIXTURE_TOWN)));
    last = fixture_import(world, "li", "file-2");
    if (acts[_i].give != NULL)
        last = fixture_act(world, acts[_i].giver, "handover.give", "%s", quoted(acts[_i].give));
    if (acts[_i].row != NULL) {
        last = fixture_row(world, "li", acts[_i].row_kind, "%s", quoted(acts[_i].row));
        fixture_import(world, "li", "file-3");
    }
    if (acts[_i].take != NULL)
        last = fixture_act(world, acts[_i].taker, "handover.take", "%s", quoted(acts[_i].take));
    (void)snprintf(wanted, sizeof wanted, "FAIL entry %llu (%s): %s", (unsigned long long)last,
                   acts[_i].take != NULL  ? "handover.take"
                   : acts[_i].row != NULL ? acts[_i].row_kind
                                          : "handover.give",
                   acts[_i].wanted == NULL ? "" : acts[_i].wanted);
    expect(acts[_i].wanted == NULL ? "PASS" : wanted);
}
END_TEST

/* After a handover on 1 March, what is told late of a day before it is of whoever had it then, and
   moves nothing: the last one is judged. */
static const struct row_case titles[] = {
    {NULL,
     {TITLE("Z1", "2021-02-15", FIXTURE_COUNTY, ""), TITLE("Z1", "2021-03-02", FIXTURE_TOWN, "")}},
    {"gives " FIXTURE_COUNTY " what belongs to " FIXTURE_TOWN " on that day",
     {TITLE("Z1", "2021-02-15", FIXTURE_COUNTY, ""),
      TITLE("Z1", "2021-03-02", FIXTURE_COUNTY, "")}},
    {"gives " FIXTURE_TOWN " what belongs to " FIXTURE_COUNTY " on that day",
     {TITLE("Z1", "2021-03-02", FIXTURE_TOWN, ""), TITLE("Z1", "2021-02-16", FIXTURE_TOWN, "")}},
};

START_TEST(a_title_told_late_is_of_whoever_had_it_then)
{
    for (size_t i = 0; i < ARRAY_COUNT(county); i++)
        (void)add_row(&county[i]);
    cover();
    fixture_row(world, "li", "handover.asset", "%s", quoted(LIST("YJ1", "Z1", FIXTURE_TOWN)));
    fixture_row(world, "li", "handover.asset", "%s", quoted(LIST("YJ1", "Z2", FIXTURE_TOWN)));
    fixture_import(world, "li", "file-2");
    fixture_act(world, "li", "handover.give", "%s", quoted(GIVE));
    fixture_act(world, "wang", "handover.take", "%s", quoted(TAKE));
    expect_rows(NULL, &titles[_i]);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_its_shape, 0, ARRAY_COUNT(rows));
    tcase_add_loop_test(tests, two_people_sign_one_list, 0, ARRAY_COUNT(acts));
    tcase_add_loop_test(tests, a_title_told_late_is_of_whoever_had_it_then, 0, ARRAY_COUNT(titles));
}

int main(void)
{
    return run_suite("verify_custody", add);
}
