/* kinds.c - the module's kinds, made from the fields of disclosure.h. */
#include "base/language.h"
#include "ledger/disclosure/internal.h"

// clang-format off
static const char *const disclosure_plan_words[] = {"annual", "consolidation", NULL};
static const char *const disclosure_action_words[] = {"add", "remove", NULL};
static const char *const disclosure_level_words[] = {
    "central", "county", "other", "prefecture", "province", NULL};
static const char *const disclosure_channel_words[] = {"east_west", "sector", NULL};
static const char *const disclosure_entrusted_words[] = {"asset", "fund", NULL};
static const char *const disclosure_category_words[] = {
    "asset", "conduct", "fund", "other", "project", "subsidy", NULL};
static const char *const disclosure_outcome_words[] = {
    "partly", "transferred", "unfounded", "upheld", NULL};
static const char *const disclosure_met_words[] = {"fully", "no", "partly", NULL};
static const char *const disclosure_matter_words[] = {
    "allocation", "annual_plan", "bank", "complaints", "completion", "consolidation", "loans",
    "projects", "sector", "village_finance", NULL};

DISCLOSURE_KINDS(RECORD_TABLES)

const struct record_kind disclosed_plan = {
    RECORD_KIND(DISCLOSURE, PLAN, disclosed_plan, PLAN_CODE, PLAN_DIVISION, PLAN_DATE),
    .noun = N_("plan"), .phrase = "approves plan", .named = PLAN_CODE, .check = check_plan};
const struct record_kind disclosed_change = {
    RECORD_KIND(DISCLOSURE, CHANGE, disclosed_change, RECORD_NONE, RECORD_NONE, CHANGE_DATE),
    .phrase = "changes plan", .named = CHANGE_PLAN, .check = check_change};
const struct record_kind disclosed_finance = {
    RECORD_KIND(DISCLOSURE, FINANCE, disclosed_finance, RECORD_NONE, RECORD_NONE, RECORD_NONE),
    .phrase = "says what money is in plan", .named = FINANCE_PLAN, .check = check_finance};
const struct record_kind disclosed_principle = {
    RECORD_KIND(DISCLOSURE, PRINCIPLE, disclosed_principle, RECORD_NONE, PRINCIPLE_DIVISION, PRINCIPLE_DATE),
    .phrase = "explains the allocation by", .named = PRINCIPLE_DOCUMENT, .check = check_principle};
const struct record_kind disclosed_achieve = {
    RECORD_KIND(DISCLOSURE, ACHIEVE, disclosed_achieve, RECORD_NONE, RECORD_NONE, ACHIEVE_DATE),
    .phrase = "says what was achieved by project", .named = ACHIEVE_PROJECT, .check = check_achieve};
const struct record_kind disclosed_enter = {
    RECORD_KIND(DISCLOSURE, ENTER, disclosed_enter, RECORD_NONE, RECORD_NONE, ENTER_DATE),
    .phrase = "takes into the project bank project", .named = ENTER_PROJECT, .check = check_enter};
const struct record_kind disclosed_leave = {
    RECORD_KIND(DISCLOSURE, LEAVE, disclosed_leave, RECORD_NONE, RECORD_NONE, LEAVE_DATE),
    .phrase = "takes out of the project bank project", .named = LEAVE_PROJECT, .check = check_leave};
const struct record_kind disclosed_sector = {
    RECORD_KIND(DISCLOSURE, SECTOR, disclosed_sector, SECTOR_CODE, SECTOR_DIVISION, SECTOR_DATE),
    .phrase = "declares sector project", .named = SECTOR_CODE};
const struct record_kind disclosed_loan = {
    RECORD_KIND(DISCLOSURE, LOAN, disclosed_loan, LOAN_CODE, LOAN_DIVISION, LOAN_DATE),
    .phrase = "declares loan", .named = LOAN_CODE, .check = check_loan};
const struct record_kind disclosed_count = {
    RECORD_KIND(DISCLOSURE, COUNT, disclosed_count, COUNT_CODE, COUNT_DIVISION, COUNT_DATE),
    .phrase = "declares loans to people", .named = COUNT_CODE, .check = check_count};
const struct record_kind disclosed_entrust = {
    RECORD_KIND(DISCLOSURE, ENTRUST, disclosed_entrust, ENTRUST_CODE, ENTRUST_DIVISION, ENTRUST_DATE),
    .phrase = "declares what is entrusted under", .named = ENTRUST_CODE, .check = check_entrust};
const struct record_kind disclosed_channel = {
    RECORD_KIND(DISCLOSURE, CHANNEL, disclosed_channel, RECORD_NONE, CHANNEL_DIVISION, CHANNEL_DATE),
    .phrase = "opens for complaints", .named = CHANNEL_CODE, .check = check_channel};
const struct record_kind disclosed_complaint = {
    RECORD_KIND(DISCLOSURE, COMPLAINT, disclosed_complaint, COMPLAINT_CODE, COMPLAINT_DIVISION, COMPLAINT_RECEIVED),
    .noun = N_("complaint"), .phrase = "receives complaint", .named = COMPLAINT_CODE, .check = check_complaint};
const struct record_kind disclosed_answer = {
    RECORD_KIND(DISCLOSURE, ANSWER, disclosed_answer, ANSWER_COMPLAINT, RECORD_NONE, ANSWER_DATE),
    .phrase = "answers complaint", .named = ANSWER_COMPLAINT, .check = check_answer};
const struct record_kind disclosed_notice = {
    RECORD_KIND(DISCLOSURE, NOTICE, disclosed_notice, NOTICE_CODE, NOTICE_DIVISION, NOTICE_FIRST),
    .noun = N_("board notice"), .phrase = "posts notice", .named = NOTICE_CODE, .check = check_notice};
const struct record_kind disclosed_remove = {
    RECORD_KIND(DISCLOSURE, REMOVE, disclosed_remove, REMOVE_NOTICE, RECORD_NONE, REMOVE_DATE),
    .phrase = "takes down notice", .named = REMOVE_NOTICE, .check = check_remove};
const struct record_kind disclosed_calendar = {
    RECORD_KIND(DISCLOSURE, CALENDAR, disclosed_calendar, RECORD_NONE, RECORD_NONE, RECORD_NONE),
    .phrase = "sets in the calendar", .named = CALENDAR_DATE, .check = check_calendar};

const struct record_kind *const disclosure_kinds[] = {DISCLOSURE_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {DISCLOSURE_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const store_tables[] = {DISCLOSURE_KINDS(RECORD_TABLE_POINTER) & decision_table, &touch_table, &left_out_table, NULL};
// clang-format on

static bool after_entry(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return bank_guard(journal, entry, err) && decision_keep(journal, entry, err) &&
           left_out_keep(journal, entry, err);
}

const struct journal_module disclosure_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = after_entry,
};
