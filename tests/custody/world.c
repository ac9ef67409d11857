/* world.c - see world.h. */
#include "world.h"

void assert_refused(struct fixture *fixture, const struct bad_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_asset_row(fixture, rows[i].kind, &err, rows[i].body), "taken: %s",
                      rows[i].body);
        ck_assert_error(err, rows[i].code, rows[i].words);
    }
}

void make_assets(struct fixture *fixture)
{
    static const struct {
        const struct record_kind *kind;
        const char *body;
    } rows[] = {
        {&asset_register, ASSET_BODY("Z1", VILLAGE_1, "2022-03-15", "public_welfare", "120", "")},
        {&asset_register, ASSET_BODY("Z2", VILLAGE_1, "2022-03-15", "operational", "120", "")},
        {&asset_register, ASSET_BODY("Z3", VILLAGE_2, "2022-03-15", "public_welfare", "120", "")},
        {&asset_register, ASSET_BODY("Z4", TOWN_2, "2022-03-15", "public_welfare", "120", "")},
        {&asset_register, ASSET_BODY("Z5", VILLAGE_1, "2022-03-15", "public_welfare", "120", "")},
        {&asset_title, TITLE_BODY("Z1", "证1", "2022-04-01", COUNTY)},
        {&asset_title, TITLE_BODY("Z2", "证2", "2022-04-01", COUNTY)},
        {&asset_title, TITLE_BODY("Z3", "证3", "2022-04-01", COUNTY)},
        {&asset_title, TITLE_BODY("Z4", "证4", "2022-04-01", TOWN_2)},
    };

    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        add_asset_row(fixture, rows[i].kind, rows[i].body);
    fixture_add_user(fixture, "hua", "maker", VILLAGE_1);
    fixture_add_user(fixture, "jin", "checker", VILLAGE_1);
    fixture_add_user(fixture, "lan", "maker", TOWN_2);
}

static bool try_sign(struct fixture *fixture, bool is_take, const char *user, const char *handover,
                     const char *on, struct error *err)
{
    struct signatory by = fixture_as(user);
    bool ok;

    fixture_begin(fixture);
    ok = is_take ? handover_take(fixture->journal, &by, handover, day(on), "", err)
                 : handover_give(fixture->journal, &by, handover, day(on), "", err);
    return fixture_end(fixture, ok, err);
}

bool try_give(struct fixture *fixture, const char *user, const char *handover, const char *on,
              struct error *err)
{
    return try_sign(fixture, false, user, handover, on, err);
}

bool try_take(struct fixture *fixture, const char *user, const char *handover, const char *on,
              struct error *err)
{
    return try_sign(fixture, true, user, handover, on, err);
}

struct asset_stand stand_of(struct fixture *fixture, const char *asset)
{
    struct error err = ERROR_INIT;
    struct asset_stand stand;

    ck_assert_ok(asset_find_stand(fixture->journal, asset, &stand, &err), err);
    return stand;
}
