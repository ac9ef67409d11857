/* kinds.c - the module's kinds, made from the fields of keeping.h. */
#include "base/language.h"
#include "ledger/keeping/internal.h"

// clang-format off
static const char *const keeping_route_words[] = {"market", "self", "specialist", NULL};
static const char *const keeping_interval_words[] = {"day", "month", "week", "year", NULL};
static const char *const keeping_shift_words[] = {"next", "none", "previous", NULL};
static const char *const keeping_what_words[] = {"inspection", "service", NULL};
static const char *const keeping_state_words[] = {"damaged", "idle", "in_use", "missing", "scrapped", NULL};

KEEPING_KINDS(RECORD_TABLES)

const struct record_kind keeping_body = {
    RECORD_KIND(KEEPING, BODY, keeping_body, RECORD_NONE, BODY_DIVISION, BODY_DATE),
    .phrase = "declares who looks after assets:", .named = BODY_NAME, .check = check_body};
const struct record_kind keeping_keeper = {
    RECORD_KIND(KEEPING, KEEPER, keeping_keeper, KEEPER_CODE, KEEPER_DIVISION, RECORD_NONE),
    .noun = N_("appointment"), .phrase = "appoints holder", .named = KEEPER_CODE, .check = check_keeper,
    .settled = settle_keeper};
const struct record_kind keeping_left = {
    RECORD_KIND(KEEPING, LEFT, keeping_left, LEFT_KEEPER, RECORD_NONE, LEFT_DATE),
    .phrase = "ends the appointment of", .named = LEFT_KEEPER, .check = check_left};
const struct record_kind keeping_duty = {
    RECORD_KIND(KEEPING, DUTY, keeping_duty, RECORD_NONE, RECORD_NONE, DUTY_DATE),
    .phrase = "says who answers for asset", .named = DUTY_ASSET, .check = check_duty};
const struct record_kind keeping_schedule = {
    RECORD_KIND(KEEPING, SCHEDULE, keeping_schedule, SCHEDULE_CODE, RECORD_NONE, RECORD_NONE),
    .noun = N_("schedule"), .phrase = "sets schedule", .named = SCHEDULE_CODE, .check = check_schedule};
const struct record_kind keeping_stop = {
    RECORD_KIND(KEEPING, STOP, keeping_stop, STOP_SCHEDULE, RECORD_NONE, STOP_DATE),
    .phrase = "ends schedule", .named = STOP_SCHEDULE, .check = check_stop};
const struct record_kind keeping_inspection = {
    RECORD_KIND(KEEPING, INSPECTION, keeping_inspection, RECORD_NONE, RECORD_NONE, INSPECTION_DATE),
    .phrase = "records an inspection of asset", .named = INSPECTION_ASSET, .check = check_inspection};
const struct record_kind keeping_excuse = {
    RECORD_KIND(KEEPING, EXCUSE, keeping_excuse, RECORD_NONE, RECORD_NONE, EXCUSE_DATE),
    .phrase = "excuses an occurrence of schedule", .named = EXCUSE_SCHEDULE, .check = check_excuse};
const struct record_kind keeping_work = {
    RECORD_KIND(KEEPING, WORK, keeping_work, WORK_CODE, RECORD_NONE, WORK_DATE),
    .noun = N_("work order"), .phrase = "opens work order", .named = WORK_CODE, .check = check_work};
const struct record_kind keeping_done = {
    RECORD_KIND(KEEPING, DONE, keeping_done, DONE_WORK, RECORD_NONE, DONE_DATE),
    .phrase = "closes work order", .named = DONE_WORK, .check = check_done};
const struct record_kind keeping_paid = {
    RECORD_KIND(KEEPING, PAID, keeping_paid, RECORD_NONE, RECORD_NONE, RECORD_NONE),
    .phrase = "says what was paid for work order", .named = PAID_WORK, .check = check_paid};
const struct record_kind keeping_source = {
    RECORD_KIND(KEEPING, SOURCE, keeping_source, RECORD_NONE, SOURCE_DIVISION, SOURCE_DATE),
    .phrase = "says where the money came from of fund", .named = SOURCE_FUND, .check = check_source};

const struct record_kind *const keeping_kinds[] = {KEEPING_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {KEEPING_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const store_tables[] = {
    KEEPING_KINDS(RECORD_TABLE_POINTER) & next_table, &answer_table, &asset_table, &post_table,
    &open_work_table, &day_table, NULL};
// clang-format on

static void after_end(struct journal *journal, bool committed)
{
    (void)committed;
    days_forget(journal);
}

const struct journal_module keeping_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .open = days_open,
    .close = days_close,
    .after_entry = keeping_keep,
    .after_end = after_end,
    .find_thing = keeping_find_thing,
};
