/* kinds.c - the module's kinds, made from the fields of income.h. */
#include "base/language.h"
#include "ledger/income/internal.h"

// clang-format off
static const char *const income_lease_words[] = {
    "entrusted", "equity", "lease", "photovoltaic", NULL};
static const char *const income_kind_words[] = {
    "entrusted", "equity", "lease", "other", "photovoltaic", NULL};
static const char *const income_personal_words[] = {"households", "post_wages", NULL};
static const char *const income_use_words[] = {
    "households", "post_wages", "public_works", "relief", "reserve", "village", NULL};
static const char *const income_source_words[] = {"other", "photovoltaic", NULL};
static const char *const income_class_words[] = {"intensive", "leading", "regular", NULL};

INCOME_KINDS(RECORD_TABLES)

const struct record_kind income_lease = {
    RECORD_KIND(INCOME, LEASE, income_lease, LEASE_CODE, LEASE_DIVISION, LEASE_DATE),
    .noun = N_("lease contract"), .phrase = "signs lease", .named = LEASE_CODE, .check = check_lease};
const struct record_kind income_lease_end = {
    RECORD_KIND(INCOME, LEASE_END, income_lease_end, RECORD_NONE, RECORD_NONE, LEASE_END_DATE),
    .phrase = "ends lease", .named = LEASE_END_LEASE, .check = check_lease_end};
const struct record_kind income_lease_due = {
    RECORD_KIND(INCOME, LEASE_DUE, income_lease_due, RECORD_NONE, RECORD_NONE, RECORD_NONE),
    .phrase = "says what is due of lease", .named = LEASE_DUE_LEASE, .check = check_lease_due};
const struct record_kind income_receipt = {
    RECORD_KIND(INCOME, RECEIPT, income_receipt, RECORD_NONE, RECEIPT_DIVISION, RECEIPT_DATE),
    .phrase = "says what was earned by voucher", .named = RECEIPT_VOUCHER, .check = check_receipt};
const struct record_kind income_holder = {
    RECORD_KIND(INCOME, HOLDER, income_holder, RECORD_NONE, HOLDER_DIVISION, RECORD_NONE),
    .phrase = "gives somebody parts of plan", .named = HOLDER_PLAN, .check = check_holder,
    .subject_count = 1, .subject = {HOLDER_PLAN}};
const struct record_kind income_share = {
    RECORD_KIND(INCOME, SHARE, income_share, RECORD_NONE, SHARE_DIVISION, RECORD_NONE),
    .phrase = "shares in plan", .named = SHARE_PLAN, .check = check_share};
const struct record_kind income_plan = {
    RECORD_KIND(INCOME, SPLIT, income_plan, SPLIT_PLAN, SPLIT_DIVISION, SPLIT_DATE),
    .noun = N_("distribution plan"), .phrase = "shares income by plan", .named = SPLIT_PLAN,
    .check = check_split};
const struct record_kind income_pay = {
    RECORD_KIND(INCOME, SPLIT_PAY, income_pay, RECORD_NONE, RECORD_NONE, SPLIT_PAY_DATE),
    .phrase = "carries out plan", .named = SPLIT_PAY_PLAN, .check = check_split_pay};
const struct record_kind income_township = {
    RECORD_KIND(INCOME, TOWNSHIP, income_township, RECORD_NONE, TOWNSHIP_DIVISION, TOWNSHIP_DATE),
    .phrase = "classes township", .named = TOWNSHIP_DIVISION, .check = check_township};
const struct record_kind income_debt = {
    RECORD_KIND(INCOME, DEBT, income_debt, DEBT_CODE, DEBT_DIVISION, DEBT_DATE),
    .noun = N_("debt"), .phrase = "says that a village owes debt", .named = DEBT_CODE,
    .check = check_debt};
const struct record_kind income_clear = {
    RECORD_KIND(INCOME, CLEAR, income_clear, RECORD_NONE, RECORD_NONE, CLEAR_DATE),
    .phrase = "clears debt", .named = CLEAR_DEBT, .check = check_clear};
const struct record_kind income_standard = {
    RECORD_KIND(INCOME, STANDARD, income_standard, RECORD_NONE, STANDARD_DIVISION, STANDARD_DATE),
    .phrase = "declares of a village the item", .named = STANDARD_ITEM, .check = check_standard};

const struct record_kind *const income_kinds[] = {INCOME_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {INCOME_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const store_tables[] = {INCOME_KINDS(RECORD_TABLE_POINTER) NULL};
// clang-format on

const struct journal_module income_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = income_keep,
};
