/* kinds.c - the module's kinds, made from the fields of assets.h. */
#include "base/language.h"
#include "ledger/assets/internal.h"

// clang-format off
static const char *const asset_class_words[] = {"operational", "public_welfare", NULL};
static const char *const asset_form_words[] = {"biological", "equity", "fixed", NULL};
static const char *const asset_method_words[] = {"none", "straight_line", NULL};
static const char *const asset_origin_words[] = {
    "bought", "built", "gift", "handover", "inventory", NULL};
static const char *const asset_funding_words[] = {
    "gift", "inherited", "labour", "outside", "project", NULL};
static const char *const asset_level_words[] = {
    "central", "county", "none", "other", "prefecture", "province", NULL};
static const char *const asset_state_words[] = {
    "damaged", "idle", "in_use", "missing", "scrapped", NULL};
static const char *const asset_states[ASSET_STATE_COUNT + 1] = {
    "damaged", N_("disposed"), "idle", "in_use", "missing", "scrapped", NULL};
static const char *const asset_household_state_words[] = {
    "gone", "in_use", "sold", "transferred", "worn_out", NULL};

ASSET_KINDS(RECORD_TABLES)

const struct record_kind asset_register = {
    RECORD_KIND(ASSET, REGISTER, asset_register, RECORD_NONE, REGISTER_DIVISION, REGISTER_ACQUIRED),
    .phrase = "registers asset", .named = REGISTER_ASSET, .check = check_register};
const struct record_kind asset_cost = {
    RECORD_KIND(ASSET, COST, asset_cost, RECORD_NONE, RECORD_NONE, COST_DATE),
    .phrase = "says what was spent on asset", .named = COST_ASSET, .check = check_cost};
const struct record_kind asset_title = {
    RECORD_KIND(ASSET, TITLE, asset_title, RECORD_NONE, RECORD_NONE, TITLE_DATE),
    .phrase = "says whose is asset", .named = TITLE_ASSET, .check = check_title_row};
const struct record_kind asset_state = {
    RECORD_KIND(ASSET, STATE, asset_state, RECORD_NONE, RECORD_NONE, STATE_DATE),
    .phrase = "tells the state of asset", .named = STATE_ASSET, .check = check_state};
const struct record_kind household_asset = {
    RECORD_KIND(ASSET, HOUSEHOLD, household_asset, HOUSEHOLD_ASSET, HOUSEHOLD_DIVISION, HOUSEHOLD_ACQUIRED),
    .noun = N_("household asset"), .phrase = "registers household asset", .named = HOUSEHOLD_ASSET,
    .check = check_household, .settled = settle_household};
const struct record_kind household_change = {
    RECORD_KIND(ASSET, HOUSEHOLD_CHANGE, household_change, RECORD_NONE, HOUSEHOLD_CHANGE_DIVISION, HOUSEHOLD_CHANGE_DATE),
    .phrase = "tells what became of household asset", .named = HOUSEHOLD_CHANGE_ASSET,
    .check = check_household_change, .settled = settle_household_change, .subject_count = 1, .subject = {HOUSEHOLD_CHANGE_ASSET}};
const struct record_kind household_total = {
    RECORD_KIND(ASSET, HOUSEHOLD_TOTAL, household_total, RECORD_NONE, HOUSEHOLD_TOTAL_DIVISION, HOUSEHOLD_TOTAL_DATE),
    .phrase = "sums up household assets of", .named = HOUSEHOLD_TOTAL_DIVISION,
    .check = check_household_total};

const struct record_kind *const asset_kinds[] = {ASSET_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {ASSET_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const store_tables[] = {
    ASSET_KINDS(RECORD_TABLE_POINTER) & asset_now_table, &asset_line_table, &asset_use_table,
    &asset_place_table, &asset_receipt_table, NULL};
// clang-format on

const char *const *asset_class_list(void)
{
    return asset_class_words;
}

const char *const *asset_state_list(void)
{
    return asset_states;
}

const struct journal_module assets_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = register_keep,
    .find_thing = register_find_thing,
};
