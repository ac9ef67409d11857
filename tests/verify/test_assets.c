/*
 * test_assets.c - rows of docs/format.md section 5.9 made by hand: one good one of each kind, and
 * what breaks a sentence of that section. Quotes are written ' in the bodies.
 */
#include "tests/verify/rows.h"

#define USCC "91350100M000100Y43"
#define REGISTER(class, quantity, place)                                                           \
    "{'acquired':'2021-03-01','asset':'Z1','category':'道路','class':'" class                      \
        "','division':'" FIXTURE_COUNTY                                                            \
        "','document':'','form':'fixed','latitude_microdegrees':0,"                                \
        "'life_months':120,'longitude_microdegrees':0,'method':'straight_line','name':'路',"      \
        "'note':'','origin':'built','place':'" place "','quantity_thousandths':" quantity          \
        ",'reason':'','residual_bp':500,'specification':'','unit':'公里'}"
#define COST(amount, funding, project)                                                             \
    "{'amount':" amount ",'asset':'Z1','date':'2021-03-01','document':'','funding':'" funding      \
    "','level':'none','line':1,'project':'" project "','text':'','year':0}"
#define OWNED_BY(owner, uscc)                                                                      \
    "{'asset':'Z1','certificate':'','date':'2021-03-01','disposal':'','distribution':'',"          \
    "'division':'" FIXTURE_COUNTY "','document':'','income':'','operator':'','owner':'" owner      \
    "','supervision':'','uscc':'" uscc "'}"
#define TOTAL(households)                                                                          \
    "{'amount':1,'assets':3,'category':'牲畜','date':'2021-03-01','division':'" FIXTURE_COUNTY     \
    "','households':" households "}"

static const struct {
    const char *kind, *body;
    const char *wanted; /* NULL: its shape is good */
} cases[] = {
    {"asset.register", REGISTER("operational", "1000", "三组"), NULL},
    {"asset.register", REGISTER("household", "1000", "三组"),
     "\"class\" is none of the words allowed"},
    {"asset.register", REGISTER("operational", "0", "三组"),
     "\"quantity_thousandths\" is not above 0"},
    {"asset.register", REGISTER("operational", "1000", ""), "\"place\" is empty"},
    {"asset.register", REGISTER("operational", "1000", "13800138000"), "\"place\" shows"},
    {"asset.cost", COST("1", "project", "P1"), NULL},
    {"asset.cost", COST("-1", "gift", ""), NULL},
    {"asset.cost", COST("1", "loan", ""), "\"funding\" is none of the words allowed"},
    {"asset.title", OWNED_BY("村委会", USCC), NULL},
    {"asset.title", OWNED_BY("", ""), "\"owner\" is empty"},
    {"asset.title", OWNED_BY("村委会", "1"), "\"uscc\" is no unified social credit code"},
    {"asset.state", "{'asset':'Z1','date':'2021-03-01','reason':'','state':'in_use'}", NULL},
    {"asset.state", "{'asset':'Z1','date':'2021-03-01','reason':'','state':'lost'}",
     "\"state\" is none of the words allowed"},
    {"household_asset.total", TOTAL("3"), NULL},
    {"household_asset.total", TOTAL("2"), "\"households\""},
    {"household_asset.register", "{'asset':'H7KQ','detail':{}}", "\"detail\" is not sealed"},
    {"household_asset.change", "{'asset':'H7KQ','detail':{}}", "\"detail\" is not sealed"},
};

START_TEST(each_row_is_held_to_its_shape)
{
    expect_shape(cases[_i].kind, cases[_i].body, cases[_i].wanted);
}
END_TEST

/* ---- Households ------------------------------------------------------------------------------ */

#define HOUSEHOLD(id_number, amount)                                                               \
    "{'acquired':'2021-03-01','amount':" amount ",'category':'牲畜','division':'" FIXTURE_COUNTY   \
    "','document':'','funding':'project','holder':'张某','id_number':'" id_number                  \
    "','name':'牛','note':'','number':'','project':'','quantity_thousandths':1000,'unit':'头'}"
#define ID_NUMBER "11010519491231002X"
#define GONE      "{'date':'2021-03-02','division':'" FIXTURE_COUNTY "','reason':'','state':'gone'}"

static const struct {
    const char *kind, *subject, *value;
    const char *wanted; /* NULL: it is good */
} sealed_cases[] = {
    {"household_asset.register", "H7KQ", HOUSEHOLD(ID_NUMBER, "600000"), NULL},
    {"household_asset.register", "H7KR", HOUSEHOLD(ID_NUMBER, "600000"),
     "names another subject than \"H7KQ\""},
    {"household_asset.register", "H7KQ", HOUSEHOLD(ID_NUMBER, "0"), "\"amount\" is not above 0"},
    {"household_asset.register", "H7KQ", HOUSEHOLD("110105491231002", "1"),
     "\"id_number\" is no ID number in its 18-character form"},
    {"household_asset.change", "H7KQ", GONE, NULL},
    {"household_asset.change", "H7KQ", HOUSEHOLD(ID_NUMBER, "1"), "under seal"},
};

START_TEST(what_is_sealed_of_a_household_is_held_to_its_shape)
{
    char sealed[96], purpose[64];

    if (strcmp(sealed_cases[_i].kind, "household_asset.change") == 0) {
        fixture_seal(world, "household_asset.register/detail", "H7KQ",
                     quoted(HOUSEHOLD(ID_NUMBER, "600000")), sealed);
        fixture_row(world, "li", "household_asset.register", "{\"asset\":\"H7KQ\",\"detail\":%s}",
                    sealed);
    }
    (void)snprintf(purpose, sizeof purpose, "%s/detail", sealed_cases[_i].kind);
    fixture_seal(world, purpose, sealed_cases[_i].subject, quoted(sealed_cases[_i].value), sealed);

    fixture_row(world, "li", sealed_cases[_i].kind, "{\"asset\":\"H7KQ\",\"detail\":%s}", sealed);
    fixture_import(world, "li", "file-2");
    expect(sealed_cases[_i].wanted == NULL ? "PASS" : sealed_cases[_i].wanted);
}
END_TEST

/* Take away what an entry sealed. */
static void forget(uint64_t seq)
{
    size_t kept = 0;

    for (size_t i = 0; i < world->seal_count; i++) {
        if (world->seals[i].seq == seq)
            free(world->seals[i].plain);
        else
            world->seals[kept++] = world->seals[i];
    }
    ck_assert_uint_eq(kept + 1, world->seal_count);
    world->seal_count = kept;
    world->seals[kept].plain = NULL; /* it moved down */
}

START_TEST(a_household_is_erased_by_two)
{
    char sealed[96];
    uint64_t row;

    fixture_seal(world, "household_asset.register/detail", "H7KQ",
                 quoted(HOUSEHOLD(ID_NUMBER, "600000")), sealed);
    row = fixture_row(world, "li", "household_asset.register", "{\"asset\":\"H7KQ\",\"detail\":%s}",
                      sealed);
    fixture_import(world, "li", "file-2");
    fixture_two(world, "zhao", "qian", "seal.erase",
                "{\"ground\":\"unlawful\",\"reason\":\"r\",\"seals\":[{\"first\":%llu,"
                "\"last\":%llu,\"purpose\":\"household_asset.register/detail\"}]}",
                (unsigned long long)row, (unsigned long long)row);
    forget(row);
    expect("PASS");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_held_to_its_shape, 0, ARRAY_COUNT(cases));
    tcase_add_loop_test(tests, what_is_sealed_of_a_household_is_held_to_its_shape, 0,
                        ARRAY_COUNT(sealed_cases));
    tcase_add_test(tests, a_household_is_erased_by_two);
}

int main(void)
{
    return run_suite("verify_assets", add);
}
