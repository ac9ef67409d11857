/* test_files.c - files attached to assets: by whom, sealed of a household's, replayed and erased.
 */
#include <stdio.h>

#include "rows.h"

static struct fixture world;

static bool try_attach(const char *user, const char *to, const char *title, struct error *err)
{
    struct attachment photograph = {.about = "photograph", .type = "jpeg", .size_bytes = 10};
    struct signatory by = fixture_as(user);
    bool repeated, ok;
    uint64_t seq;

    (void)snprintf(photograph.title, sizeof photograph.title, "%s", title);
    photograph.sha256 = hash_sha256((const uint8_t *)title, strlen(title));
    fixture_begin(&world);
    ok = attachment_resolve(world.journal, to, &photograph, err) &&
         attachment_add(world.journal, &by, &photograph, &repeated, &seq, err);
    return fixture_end(&world, ok, err);
}

static void attach(const char *user, const char *to, const char *title)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_attach(user, to, title, &err), err);
}

struct found {
    size_t count, sealed;
};

static bool note(void *context, const struct attachment *attachment, struct error *err)
{
    struct found *found = context;

    (void)err;
    found->count++;
    found->sealed += attachment->is_sealed;
    return true;
}

static struct found look(const char *code)
{
    struct found found = {0};
    struct error err = ERROR_INIT;

    ck_assert_ok(attachment_each(world.journal, "asset", code, note, &found, &err), err);
    return found;
}

static void add_bridge(const char *code)
{
    char body[2048];
    static const char form[] = ASSET_BODY("%s", VILLAGE_1, "2022-03-15", "operational", "60", "");
    const char *at = strstr(form, "%s");

    (void)snprintf(body, sizeof body, "%.*s%s%s", (int)(at - form), form, code, at + 2);
    add_asset_row(&world, &asset_register, body);
}

/* A cow in VILLAGE_1; its row is the entry before the last. */
static void add_household(void)
{
    const struct record_kind *const kinds[] = {&household_asset};
    struct record *row = new_row(&household_asset);
    struct error err = ERROR_INIT;

    set_text(row, HOUSEHOLD_ASSET, "H7KQ");
    set_text(row, HOUSEHOLD_ACQUIRED, "2022-05-10");
    row->values[HOUSEHOLD_AMOUNT].number = 600000;
    set_text(row, HOUSEHOLD_CATEGORY, "牲畜");
    set_text(row, HOUSEHOLD_DIVISION, VILLAGE_1);
    set_text(row, HOUSEHOLD_FUNDING, "project");
    set_text(row, HOUSEHOLD_HOLDER, "张某");
    set_text(row, HOUSEHOLD_ID_NUMBER, fixture_id_number(1));
    set_text(row, HOUSEHOLD_NAME, "母牛");
    row->values[HOUSEHOLD_QUANTITY].number = 1000;
    set_text(row, HOUSEHOLD_UNIT, "头");
    ck_assert_ok(try_records(&world, "li", kinds, &row, 1, &err), err);
}

START_TEST(photographs_belong_to_assets)
{
    add_bridge("Z1");
    add_bridge("Z2");
    attach("li", "Z1", "from the north");
    attach("li", "asset/Z1", "from the south");
    ck_assert_uint_eq(look("Z1").count, 2);
    ck_assert_uint_eq(look("Z1").sealed, 0);
    ck_assert_uint_eq(look("Z2").count, 0);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_file_of_a_households_asset_is_sealed)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    add_household();
    attach("li", "H7KQ", "cow");
    ck_assert_uint_eq(look("H7KQ").sealed, 1);
    ck_assert_ok(journal_read(world.journal, journal_size(world.journal) - 1, &bytes, &err), err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&bytes), "\"file\":{\"sealed\":"));
    ck_assert_ptr_null(strstr(buffer_text(&bytes), "jpeg"));
    buffer_done(&bytes);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(files_stay_when_what_is_known_of_the_household_goes)
{
    const int row = (int)journal_size(world.journal);
    struct error err = ERROR_INIT;
    char body[256];

    add_household();
    fixture_add_user(&world, "village-1", "maker", VILLAGE_1);
    attach("village-1", "H7KQ", "cow");
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"ordered\",\"reason\":\"法院判决\",\"seals\":[{\"first\":%d,"
                   "\"last\":%d,\"purpose\":\"household_asset.register/detail\"}]}",
                   row, row);
    fixture_agree(&world, "seal.erase", body);
    assert_replay_is_identical(&world);
    attach("village-1", "H7KQ", "still sealed"); /* nobody knows where it is any more */
    ck_assert_uint_eq(look("H7KQ").sealed, 2);
    ck_assert(!try_attach("wang", "H7KQ", "x", &err));
    ck_assert_error(err, ERROR_PERMISSION, "wang is not maker anywhere");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(only_a_maker_of_the_place_attaches_to_an_asset)
{
    static const char *const assets[] = {"Z1", "H7KQ"};

    add_bridge("Z1");
    add_household();
    fixture_add_user(&world, "village-1", "maker", VILLAGE_1);
    fixture_add_user(&world, "village-2", "maker", VILLAGE_2);
    for (size_t i = 0; i < ARRAY_COUNT(assets); i++) {
        struct error err = ERROR_INIT;

        attach("village-1", assets[i], "x");
        ck_assert(!try_attach("village-2", assets[i], "y", &err));
        ck_assert_error(err, ERROR_PERMISSION, "village-2 is not maker for " VILLAGE_1);
        error_clear(&err);
        ck_assert(!try_attach("wang", assets[i], "y", &err));
        ck_assert_error(err, ERROR_PERMISSION, "wang is not maker");
    }
}
END_TEST

START_TEST(an_asset_that_isnt_there_is_refused)
{
    struct error err = ERROR_INIT;

    add_bridge("Z1");
    ck_assert(!try_attach("li", "Z9", "x", &err));
    ck_assert_error(err, ERROR_NOT_FOUND,
                    "no voucher, fund, project, contract or asset is called Z9; list them");
    error_clear(&err);
    ck_assert(!try_attach("li", "project/Z1", "x", &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "is called project/Z1; list them");
}
END_TEST

START_TEST(a_code_of_an_asset_and_a_project_is_asked_for)
{
    struct error err = ERROR_INIT;

    add_bridge("P1");
    ck_assert(!try_attach("li", "P1", "x", &err));
    ck_assert_error(err, ERROR_INPUT, "write asset/P1 or project/P1");
    attach("li", "asset/P1", "x");
    ck_assert_uint_eq(look("P1").count, 1);
}
END_TEST

/* ---- Forged entries: the ledger refuses what its own writer never makes -----------------------
 */

static void expect_forged(const char *code, enum error_code wanted, const char *words)
{
    struct buffer body = BUFFER_INIT(4096), plain = BUFFER_INIT(4096), member = BUFFER_INIT(256),
                  title = BUFFER_INIT(64);
    struct signatory by = fixture_as("li");
    struct error err = ERROR_INIT;
    struct sealed_value sealed;
    struct appended appended;
    char subject[64], hex[HASH_HEX_SIZE];

    fixture_begin(&world);
    (void)snprintf(subject, sizeof subject, "asset/%s", code);
    ck_assert_ok(buffer_append_text(&title, "\"x\"", &err), err);
    ck_assert_ok(journal_seal(world.journal, "attachment.add/title", subject, &title, &plain,
                              &member, &sealed, &err),
                 err);
    ck_assert_ok(buffer_append_format(&body, &err,
                                      "{\"about\":\"photograph\",\"code\":\"%s\",\"file\":{"
                                      "\"sha256\":\"%s\",\"size\":1,\"type\":\"jpeg\"},\"title\":"
                                      "%s,\"what\":\"asset\"}",
                                      code, hash_to_hex(&HASH_ZERO, hex), buffer_text(&member)),
                 err);
    ck_assert(!journal_append_act(world.journal, &by, "attachment.add", &body, &sealed, 1,
                                  &appended, &err));
    ck_assert_error(err, wanted, words);
    fixture_roll_back(&world);
    buffer_done(&body);
    buffer_done(&plain);
    buffer_done(&member);
    buffer_done(&title);
}

START_TEST(an_entry_that_shows_a_households_file_or_names_no_asset_is_refused)
{
    add_household();
    expect_forged("H7KQ", ERROR_STATE, "asset H7KQ is about people, so its files are sealed");
    expect_forged("Z9", ERROR_NOT_FOUND, "there is no asset Z9; register it first");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        photographs_belong_to_assets,
        a_file_of_a_households_asset_is_sealed,
        files_stay_when_what_is_known_of_the_household_goes,
        only_a_maker_of_the_place_attaches_to_an_asset,
        an_asset_that_isnt_there_is_refused,
        a_code_of_an_asset_and_a_project_is_asked_for,
        an_entry_that_shows_a_households_file_or_names_no_asset_is_refused,
    };

    return fixture_run("assets_files", tests, ARRAY_COUNT(tests), &world);
}
