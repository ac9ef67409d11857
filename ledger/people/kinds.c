/* kinds.c - the module's kinds, made from the fields of people.h. */
#include "base/language.h"
#include "ledger/people/internal.h"

// clang-format off
static const char *const people_book_words[] = {"construction", "livelihood", "subsidy", NULL};

PEOPLE_KINDS(RECORD_TABLES)

const struct record_kind aid_pool = {
    RECORD_KIND(PEOPLE, POOL, aid_pool, POOL_CODE, POOL_DIVISION, POOL_DATE),
    .noun = N_("mutual-aid pool"), .phrase = "sets up mutual-aid pool", .named = POOL_CODE, .check = check_pool};
const struct record_kind aid_entrustment = {
    RECORD_KIND(PEOPLE, ENTRUSTMENT, aid_entrustment, RECORD_NONE, RECORD_NONE, ENTRUSTMENT_DATE),
    .phrase = "entrusts to its bank mutual-aid pool", .named = ENTRUSTMENT_POOL, .check = check_entrustment};
const struct record_kind aid_guarantee = {
    RECORD_KIND(PEOPLE, GUARANTEE, aid_guarantee, RECORD_NONE, RECORD_NONE, GUARANTEE_DATE),
    .phrase = "names a member of joint-guarantee group", .named = GUARANTEE_CODE, .check = check_guarantee,
    .settled = settle_aid, .subject_count = 2, .subject = {GUARANTEE_CODE, GUARANTEE_MEMBER}};
const struct record_kind aid_agreement = {
    RECORD_KIND(PEOPLE, AGREEMENT, aid_agreement, AGREEMENT_CODE, RECORD_NONE, AGREEMENT_DATE),
    .noun = N_("loan agreement"), .phrase = "files loan agreement", .named = AGREEMENT_CODE, .check = check_agreement,
    .settled = settle_aid};
const struct record_kind aid_provision = {
    RECORD_KIND(PEOPLE, PROVISION, aid_provision, RECORD_NONE, RECORD_NONE, PROVISION_DATE),
    .phrase = "sets the risk provision of mutual-aid pool", .named = PROVISION_POOL, .check = check_provision};

const struct record_kind *const people_kinds[] = {PEOPLE_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {PEOPLE_KINDS(RECORD_ENTRY_POINTER) NULL};
static const struct store_table *const store_tables[] = {PEOPLE_KINDS(RECORD_TABLE_POINTER) NULL};
// clang-format on

static bool after_entry(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return loan_guard(journal, entry, err) && erasure_guard(journal, entry, err);
}

const struct journal_module people_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = after_entry,
};
