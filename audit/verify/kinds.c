/*
 * kinds.c - the tables of docs/format.md section 5, row for row.
 *
 * Members stand in canonical order, because that is the order in which an entry gives them.
 */
#include "audit/verify/kinds.h"

#include <string.h>

#include "audit/verify/divisions.h"
#include "base/compiler.h"

// clang-format off
/* One row of a table. What has more to it than these is written out. */
#define M(called, is)       {(called), .type = SHAPE_##is}
#define OPT(called, is)     {(called), .type = SHAPE_##is, .is_optional = true}
#define WORD(called, of)    {(called), .type = SHAPE_WORD, .words = (of)}
#define OBJECT(called, of)  {(called), .type = SHAPE_OBJECT, .members = (of)}
#define OBJECTS(called, of) {(called), .type = SHAPE_OBJECTS, .members = (of)}
#define END                 {.name = NULL}

/* Rows that stand together in many tables. */
#define NONCE   M("nonce", NONCE)
#define SIGNED  M("signature", SIGNATURE), M("signer", USER)
#define ACCOUNT WORD("book", words_books), M("division", DIVISION), M("fund", CODE_OR_EMPTY), \
                WORD("role", words_account_roles)

static const char *const words_books[] = {"construction", "livelihood", "none", "subsidy", NULL};
static const char *const words_books_of_funds[] = {
    "construction", "livelihood", "subsidy", NULL};
/* `held` is where a submitted voucher's money stands; no line and no total names it. */
static const char *const words_account_roles[] = {
    "available", "committed", "in_transit", "owed", "receivable", "retention", "source",
    "spent", "unassigned", NULL};
static const char *const words_user_roles[] = {
    "admin", "checker", "inspector", "maker", "publisher", NULL};
static const char *const words_passed_on[] = {"checker", "maker", NULL};
static const char *const words_levels[] = {
    "central", "county", "other", "prefecture", "province", NULL};
static const char *const words_movements[] = {
    "allocation", "appropriation", "assignment", "commitment", "loan", "payment", "reallocation",
    "receipt", "recovery", "refund", "release", "remittance", "repayment", "reversal", "settlement",
    "succession", NULL};

/* Sealed values that the books can do without. */
static const char *const words_purposes[] = {
    "aid.agree/detail", "aid.guarantee/detail", "attachment.add/file", "attachment.add/title",
    "bank.confirm/lines", "bank.return/lines", "distribution.holder/detail",
    "household_asset.change/detail", "household_asset.register/detail", "import.file/content",
    "keeper.appoint/detail", "lease.sign/detail", "village.debt/detail", "voucher.line/detail",
    "voucher.submit/content", NULL};
/* Of those, what is about people; and why it may be erased. */
static const char *const words_erasable[] = {
    "aid.agree/detail", "aid.guarantee/detail", "attachment.add/file", "attachment.add/title",
    "distribution.holder/detail", "household_asset.change/detail",
    "household_asset.register/detail", "import.file/content", "keeper.appoint/detail",
    "lease.sign/detail", "village.debt/detail", "voucher.line/detail", "voucher.submit/content",
    NULL};
static const char *const words_grounds[] = {
    "consent_withdrawn", "ordered", "purpose_achieved", "retention_over", "unlawful", NULL};

/* ---- Shared parts --------------------------------------------------------------------------- */

static const struct shape account[] = {ACCOUNT, END};

static const struct shape organisation[] = {M("name", SOME_TEXT), M("uscc", USCC_OR_EMPTY), END};

static const struct shape natural_person[] = {
    M("account", STRING), M("id_number", ID_NUMBER), M("name", STRING), END};

static const struct shape returned[] = {M("line", POSITIVE), M("voucher", VOUCHER), END};

#define DETAIL(payee_members, payee_is_optional, text_type)                                        \
    OPT("agreement", CODE), M("amount", POSITIVE), OPT("contract", CODE), OBJECT("from", account), \
    {"payee", .type = SHAPE_OBJECT, .members = (payee_members), .is_optional = (payee_is_optional)}, \
    OPT("plan_line", POSITIVE), OPT("policy", text_type), OPT("project", CODE),                    \
    {"returned", .type = SHAPE_OBJECT, .members = returned, .is_optional = true},                  \
    OPT("text", text_type), OBJECT("to", account), END

static const struct shape line_detail[] = {DETAIL(organisation, true, TEXT)};
const struct shape shape_person_detail[] = {DETAIL(natural_person, false, STRING)};

static const struct shape totals[] = {M("amount", INTEGER), ACCOUNT, END};

static const struct shape user_roles[] = {
    M("division", DIVISION), WORD("role", words_user_roles), END};

/* ---- 5.1 Journal ---------------------------------------------------------------------------- */

static const struct shape key_of_user[] = {M("key", KEY), M("user", USER), END};

static const struct shape signature_of_user[] = {SIGNED, END};

static const struct shape ledger_genesis[] = {
    OBJECTS("administrators", key_of_user), M("division", DIVISION),
    OBJECT("inspector", key_of_user), M("log_key", NOTE_KEY), M("name", TEXT), M("origin", STRING),
    OBJECTS("signatures", signature_of_user), M("xml_certificate", BASE64), END};

static const struct shape act_propose[] = {
    M("act", STRING), M("body", ANY_OBJECT), NONCE, SIGNED, END};

static const struct shape act_second[] = {M("proposal", HASH), SIGNED, END};

static const struct shape user_revoke[] = {NONCE, M("reason", TEXT), SIGNED, M("user", USER), END};

static const struct shape user_undelegate[] = {
    M("delegate", USER), NONCE, M("reason", TEXT), SIGNED, M("user", USER), END};

static const struct shape clock_confirm[] = {NONCE, M("reason", TEXT), SIGNED, END};

static const struct shape publication_make[] = {
    {"corrects", .type = SHAPE_LIST, .element = SHAPE_PERIOD, .is_sorted = true},
    M("documents_root", HASH), NONCE, M("period", PERIOD), SIGNED, END};

static const struct shape import_file[] = {
    {"content", .type = SHAPE_HASH, .seal = SEAL_ALWAYS}, M("lines_root", HASH), NONCE,
    M("reference", CODE), M("rows", COUNT), SIGNED, M("what", CODE), END};

/* Acts of two. */

static const struct shape user_add[] = {
    M("key", KEY), OBJECTS("roles", user_roles), M("user", USER), END};

static const struct shape user_widen[] = {OBJECTS("roles", user_roles), M("user", USER), END};

static const struct shape passed_on[] = {
    M("division", DIVISION), WORD("role", words_passed_on), END};

static const struct shape user_delegate[] = {
    M("delegate", USER), M("first_day", DATE), M("last_day", DATE), M("reason", TEXT),
    OBJECTS("roles", passed_on), M("user", USER), END};

static const struct shape certificate_add[] = {M("certificate", BASE64), END};

static const struct shape certificate_revoke[] = {M("certificate_sha256", HASH), END};

static const struct shape exception_grant[] = {
    M("code", CODE), M("reason", TEXT), M("reference", CODE), END};

static const struct shape period_reopen[] = {M("month", MONTH), M("reason", TEXT), END};

static const struct shape policy_set[] = {
    M("name", CODE), M("valid_from", DATE), M("value", INTEGER), END};

static const struct shape seal_range[] = {
    M("first", COUNT), M("last", COUNT), WORD("purpose", words_purposes), END};

static const struct shape erasable_range[] = {
    M("first", COUNT), M("last", COUNT), WORD("purpose", words_erasable), END};

static const struct shape seal_erase[] = {
    WORD("ground", words_grounds), M("reason", SOME_TEXT), OBJECTS("seals", erasable_range), END};

static const struct shape seal_lost[] = {
    M("reason", SOME_TEXT), OBJECTS("seals", seal_range), END};

static const struct shape entry_range[] = {M("first", COUNT), M("last", COUNT), END};

static const struct shape attachment_lost[] = {
    OBJECTS("entries", entry_range), M("reason", SOME_TEXT), END};

static const struct shape signer_recover[] = {M("root", HASH), M("size", COUNT), END};

/* ---- 5.2 Funds ------------------------------------------------------------------------------ */

static const struct shape division_add[] = {
    M("code", DIVISION), M("name", SOME_TEXT), M("parent", DIVISION_OR_EMPTY),
    M("provisional", BOOLEAN), M("valid_from", DATE), END};

static const struct shape division_close[] = {M("division", DIVISION), NONCE, SIGNED, END};

/* Acts of two. */

static const struct shape division_change[] = {
    M("division", DIVISION),
    {"successors", .type = SHAPE_LIST, .element = SHAPE_DIVISION,
        .count_max = DIVISION_SUCCESSORS_MAX},
    END};

static const struct shape division_succeed[] = {
    {"changes", .type = SHAPE_OBJECTS, .members = division_change, .count_max = 500},
    M("document", SOME_TEXT), M("last_day", DATE), END};

static const struct shape division_continue[] = {
    M("division", DIVISION), M("reason", SOME_TEXT), END};

static const struct shape division_rename[] = {
    M("division", DIVISION), M("document", SOME_TEXT), M("name", SOME_TEXT),
    M("valid_from", DATE), END};

static const struct shape fund_add[] = {
    M("amount", COUNT),
    {"books", .type = SHAPE_LIST, .element = SHAPE_WORD, .words = words_books_of_funds,
        .is_sorted = true},
    M("document", TEXT), M("expiry", DATE_OR_EMPTY), M("fund", CODE), WORD("level", words_levels),
    M("name", TEXT), M("year", COUNT), END};

static const struct shape plan_line[] = {
    M("amount", COUNT), M("fund", CODE_OR_EMPTY), M("line", POSITIVE), M("source", TEXT), END};

static const struct shape project_add[] = {
    M("beneficiaries", COUNT), WORD("book", words_books_of_funds), M("category", TEXT), M("division", DIVISION),
    M("end", DATE_OR_EMPTY), M("mechanism", TEXT), M("name", TEXT), M("nature", TEXT),
    M("office_phone", PHONE_OR_EMPTY), M("participation", TEXT), OBJECTS("plan", plan_line),
    M("project", CODE), M("start", DATE_OR_EMPTY), M("target", SOME_TEXT), M("task", TEXT),
    M("unit", TEXT), END};

static const struct shape contract_add[] = {
    M("contract", CODE), OBJECT("contractor", organisation), M("end", DATE_OR_EMPTY),
    M("price", COUNT), M("project", CODE), M("retention_bp", COUNT), M("signed_on", DATE),
    M("start", DATE_OR_EMPTY), END};

static const struct shape project_progress[] = {
    M("date", DATE), NONCE, M("percent", COUNT), M("project", CODE), SIGNED, M("text", TEXT), END};

static const struct shape project_accept[] = {
    M("by", TEXT), M("date", DATE), NONCE, M("project", CODE), SIGNED, M("text", TEXT), END};

static const struct shape project_result[] = {
    M("date", DATE), NONCE, M("project", CODE), SIGNED, M("text", TEXT), END};

static const struct shape voucher_line[] = {
    {"detail", .type = SHAPE_OBJECT, .members = line_detail, .seal = SEAL_MAY}, M("line", POSITIVE),
    M("voucher", VOUCHER), END};

static const struct shape voucher_submit[] = {
    {"content", .type = SHAPE_HASH, .seal = SEAL_ALWAYS}, M("document", TEXT),
    M("event_date", DATE), M("late", BOOLEAN), M("line_count", POSITIVE), M("lines_root", HASH),
    WORD("movement", words_movements), M("people", BOOLEAN), M("reference", CODE),
    M("reverses", VOUCHER_OR_EMPTY), SIGNED, M("text", TEXT),
    {"totals", .type = SHAPE_OBJECTS, .members = totals, .seal = SEAL_MAY}, M("voucher", VOUCHER),
    END};

static const struct shape voucher_decide[] = {
    M("reason", TEXT), SIGNED, M("submit", HASH), M("voucher", VOUCHER), END};

static const struct shape bank_entry[] = {
    M("event_date", DATE), M("late", BOOLEAN),
    {"lines", .type = SHAPE_LIST, .element = SHAPE_POSITIVE, .seal = SEAL_MAY, .is_sorted = true,
        .count_max = 1000},
    NONCE,
    M("reason", TEXT), M("reference", CODE), SIGNED,
    {"totals", .type = SHAPE_OBJECTS, .members = totals, .seal = SEAL_MAY}, M("voucher", VOUCHER),
    END};

static const struct shape period_close[] = {M("month", MONTH), NONCE, SIGNED, END};

static const struct shape period_carry_over[] = {
    {"funds", .type = SHAPE_LIST, .element = SHAPE_CODE, .is_sorted = true, .count_max = 500},
    NONCE, SIGNED, M("year", COUNT), END};

/* ---- 5.6 Disclosures ------------------------------------------------------------------------ */

static const char *const words_plans[] = {"annual", "consolidation", NULL};
static const char *const words_actions[] = {"add", "remove", NULL};
static const char *const words_channels[] = {"east_west", "sector", NULL};
static const char *const words_entrusted[] = {"asset", "fund", NULL};
static const char *const words_categories[] = {
    "asset", "conduct", "fund", "other", "project", "subsidy", NULL};
static const char *const words_outcomes[] = {"partly", "transferred", "unfounded", "upheld", NULL};
static const char *const words_matters[] = {
    "allocation", "annual_plan", "bank", "complaints", "completion", "consolidation", "loans",
    "projects", "sector", "village_finance", NULL};
static const char *const words_met[] = {"fully", "no", "partly", NULL};

static const struct shape allocation_explain[] = {
    M("date", DATE), M("division", DIVISION), M("document", SOME_TEXT), M("principle", SOME_TEXT),
    END};

static const struct shape project_achieve[] = {
    M("date", DATE), M("mechanism", TEXT), WORD("mechanism_met", words_met), M("project", CODE),
    M("target", SOME_TEXT), WORD("target_met", words_met), END};

static const struct shape plan_approve[] = {
    M("amount", COUNT), M("date", DATE), M("division", DIVISION), M("document", TEXT),
    M("name", SOME_TEXT), M("plan", CODE), M("replaces", CODE_OR_EMPTY), M("text", TEXT),
    WORD("what", words_plans), M("year", COUNT), END};

static const struct shape plan_change[] = {
    WORD("action", words_actions), M("date", DATE), M("document", TEXT), M("plan", CODE),
    M("project", CODE), M("responsible", TEXT), M("standard", TEXT), END};

static const struct shape plan_finance[] = {
    M("amount", POSITIVE), WORD("level", words_levels), M("plan", CODE), M("source", SOME_TEXT),
    M("use", TEXT), END};

static const struct shape project_enter[] = {
    M("date", DATE), M("document", TEXT), M("project", CODE), END};

static const struct shape project_leave[] = {
    M("date", DATE), M("document", TEXT), M("project", CODE), M("reason", SOME_TEXT), END};

static const struct shape sector_declare[] = {
    M("amount", POSITIVE), WORD("channel", words_channels), M("code", CODE), M("date", DATE),
    M("division", DIVISION), M("mechanism", TEXT), M("name", TEXT), M("place", TEXT),
    M("target", TEXT), M("unit", TEXT), END};

static const struct shape loan_declare[] = {
    M("amount", POSITIVE), M("borrower", SOME_TEXT), M("date", DATE), M("division", DIVISION),
    M("loan", CODE), M("mechanism", TEXT), M("months", COUNT), M("rate_bp", COUNT),
    M("subsidy", COUNT), M("uscc", USCC), M("use", TEXT), END};

static const struct shape loan_count[] = {
    M("amount", POSITIVE), M("date", DATE), M("division", DIVISION), M("loan", CODE),
    M("persons", PERSONS), M("subsidy", COUNT), M("use", TEXT), END};

static const struct shape entrust_declare[] = {
    M("amount", POSITIVE), M("code", CODE), M("date", DATE), M("division", DIVISION),
    M("document", TEXT), M("ends", DATE_OR_EMPTY), M("mechanism", TEXT), M("name", TEXT),
    M("party", SOME_TEXT), M("return_bp", COUNT), M("uscc", USCC), WORD("what", words_entrusted),
    END};

static const struct shape channel_open[] = {
    M("address", TEXT), M("channel", CODE), M("date", DATE), M("division", DIVISION),
    M("hours", TEXT), M("name", SOME_TEXT), M("office_phone", PHONE), END};

static const struct shape complaint_receive[] = {
    WORD("category", words_categories), M("complaint", CODE), M("division", DIVISION),
    M("due", DATE), M("received", DATE), END};

static const struct shape complaint_answer[] = {
    M("answer", SOME_TEXT), M("complaint", CODE), M("date", DATE), WORD("outcome", words_outcomes),
    END};

static const struct shape notice_post[] = {
    M("corrects", CODE_OR_EMPTY), M("division", DIVISION), M("first_day", DATE),
    M("last_day", DATE_OR_EMPTY), WORD("matter", words_matters), M("notice", CODE),
    M("period", PERIOD), M("place", SOME_TEXT), M("subject", CODE_OR_EMPTY), END};

static const struct shape notice_remove[] = {
    M("date", DATE), M("notice", CODE), M("reason", SOME_TEXT), END};

static const struct shape calendar_set[] = {
    M("date", DATE), M("document", SOME_TEXT), M("name", TEXT), M("works", BOOLEAN), END};

/* ---- 5.7 Attachments ------------------------------------------------------------------------ */

static const char *const words_attached_to[] = {
    "asset", "contract", "fund", "inspection", "project", "voucher", NULL};
static const char *const words_attached_about[] = {
    "contract", "invoice", "notice", "other", "photograph", NULL};
static const char *const words_file_types[] = {
    "docx", "heic", "jpeg", "ofd", "ole", "pdf", "png", "tiff", "webp", "xlsx", NULL};

static const struct shape attached_file[] = {
    M("sha256", HASH), M("size", POSITIVE), WORD("type", words_file_types), END};

static const struct shape attachment_add[] = {
    WORD("about", words_attached_about), M("code", CODE),
    {"file", .type = SHAPE_OBJECT, .members = attached_file, .seal = SEAL_MAY}, NONCE, SIGNED,
    {"title", .type = SHAPE_SOME_TEXT, .seal = SEAL_ALWAYS}, WORD("what", words_attached_to), END};

/* ---- 5.9 Assets ----------------------------------------------------------------------------- */

static const char *const words_classes[] = {"operational", "public_welfare", NULL};
static const char *const words_forms[] = {"biological", "equity", "fixed", NULL};
static const char *const words_methods[] = {"none", "straight_line", NULL};
static const char *const words_origins[] = {
    "bought", "built", "gift", "handover", "inventory", NULL};
static const char *const words_fundings[] = {
    "gift", "inherited", "labour", "outside", "project", NULL};
static const char *const words_levels_or_none[] = {
    "central", "county", "none", "other", "prefecture", "province", NULL};
static const char *const words_states[] = {
    "damaged", "idle", "in_use", "missing", "scrapped", NULL};
static const char *const words_household_states[] = {
    "gone", "in_use", "sold", "transferred", "worn_out", NULL};

static const struct shape asset_register[] = {
    M("acquired", DATE), M("asset", CODE), M("category", SOME_TEXT), WORD("class", words_classes),
    M("division", DIVISION), M("document", TEXT), WORD("form", words_forms),
    M("latitude_microdegrees", COUNT), M("life_months", COUNT), M("longitude_microdegrees", COUNT),
    WORD("method", words_methods), M("name", SOME_TEXT), M("note", TEXT),
    WORD("origin", words_origins), M("place", SOME_TEXT), M("quantity_thousandths", POSITIVE),
    M("reason", TEXT), M("residual_bp", COUNT), M("specification", TEXT), M("unit", SOME_TEXT),
    END};

static const struct shape asset_cost[] = {
    M("amount", INTEGER), M("asset", CODE), M("date", DATE), M("document", TEXT),
    WORD("funding", words_fundings), WORD("level", words_levels_or_none), M("line", COUNT),
    M("project", CODE_OR_EMPTY), M("text", TEXT), M("year", COUNT), END};

static const struct shape asset_title[] = {
    M("asset", CODE), M("certificate", TEXT), M("date", DATE), M("disposal", TEXT),
    M("distribution", TEXT), M("division", DIVISION), M("document", TEXT), M("income", TEXT),
    M("operator", TEXT), M("owner", SOME_TEXT), M("supervision", TEXT), M("uscc", USCC_OR_EMPTY),
    END};

static const struct shape asset_state[] = {
    M("asset", CODE), M("date", DATE), M("reason", TEXT), WORD("state", words_states), END};

static const struct shape household_detail[] = {
    M("acquired", DATE), M("amount", POSITIVE), M("category", STRING), M("division", DIVISION),
    M("document", STRING), WORD("funding", words_fundings), M("holder", STRING),
    M("id_number", ID_NUMBER), M("name", STRING), M("note", STRING), M("number", STRING),
    M("project", STRING), M("quantity_thousandths", COUNT), M("unit", STRING), END};

static const struct shape household_register[] = {
    M("asset", CODE),
    {"detail", .type = SHAPE_OBJECT, .members = household_detail, .seal = SEAL_ALWAYS,
     .subject = "asset"}, END};

static const struct shape household_change_detail[] = {
    M("date", DATE), M("division", DIVISION), M("reason", STRING),
    WORD("state", words_household_states), END};

static const struct shape household_change[] = {
    M("asset", CODE),
    {"detail", .type = SHAPE_OBJECT, .members = household_change_detail,
     .seal = SEAL_ALWAYS, .subject = "asset"}, END};

static const struct shape household_total[] = {
    M("amount", POSITIVE), M("assets", POSITIVE), M("category", SOME_TEXT), M("date", DATE),
    M("division", DIVISION), M("households", PERSONS), END};

/* ---- 5.13 Income ---------------------------------------------------------------------------- */

static const char *const words_leases[] = {
    "entrusted", "equity", "lease", "photovoltaic", NULL};
static const char *const words_incomes[] = {
    "entrusted", "equity", "lease", "other", "photovoltaic", NULL};
static const char *const words_personal_uses[] = {"households", "post_wages", NULL};
static const char *const words_uses[] = {
    "households", "post_wages", "public_works", "relief", "reserve", "village", NULL};
static const char *const words_shared[] = {"other", "photovoltaic", NULL};
static const char *const words_township_classes[] = {"intensive", "leading", "regular", NULL};

static const struct shape lease_detail[] = {M("id_number", STRING), M("name", STRING), END};

static const struct shape lease_sign[] = {
    M("asset", CODE), M("date", DATE),
    {"detail", .type = SHAPE_OBJECT, .members = lease_detail, .seal = SEAL_ALWAYS,
     .subject = "lease"},
    M("division", DIVISION), M("document", TEXT), M("first_day", DATE),
    M("first_due", DATE_OR_EMPTY), M("guaranteed_bp", COUNT), WORD("kind", words_leases),
    M("last_day", DATE), M("lease", CODE), M("months", COUNT), M("party", TEXT), M("rent", COUNT),
    M("risk", TEXT), M("uscc", USCC_OR_EMPTY), END};

static const struct shape lease_end[] = {
    M("date", DATE), M("document", TEXT), M("lease", CODE), M("reason", SOME_TEXT), END};

static const struct shape lease_due[] = {
    M("amount", COUNT), M("due", DATE), M("lease", CODE), M("text", TEXT), END};

static const struct shape leases_receive[] = {
    M("amount", INTEGER), M("asset", CODE_OR_EMPTY), M("date", DATE), M("division", DIVISION),
    M("due", DATE_OR_EMPTY), WORD("kind", words_incomes), M("lease", CODE_OR_EMPTY),
    M("text", TEXT), M("voucher", VOUCHER), END};

static const struct shape distribution_detail[] = {
    M("basis", STRING), M("division", DIVISION), M("holder", STRING), M("id_number", ID_NUMBER),
    M("parts", POSITIVE), WORD("use", words_personal_uses), END};

static const struct shape distribution_holder[] = {
    {"detail", .type = SHAPE_OBJECT, .members = distribution_detail, .seal = SEAL_ALWAYS,
     .subject = "plan"},
    M("plan", CODE), END};

static const struct shape distribution_share[] = {
    M("division", DIVISION), M("parts", POSITIVE), M("people", COUNT), M("plan", CODE),
    M("text", TEXT), WORD("use", words_uses), END};

static const struct shape distribution_plan[] = {
    M("amount", POSITIVE), M("basis", SOME_TEXT), M("date", DATE), M("division", DIVISION),
    M("document", SOME_TEXT), WORD("income", words_shared), M("plan", CODE), M("rule", SOME_TEXT),
    M("whole", POSITIVE), M("year", COUNT), END};

static const struct shape distribution_pay[] = {
    M("date", DATE), M("plan", CODE), WORD("use", words_uses), M("voucher", VOUCHER), END};

static const struct shape township_class[] = {
    WORD("class", words_township_classes), M("date", DATE), M("division", DIVISION),
    M("document", SOME_TEXT), END};

static const struct shape debt_detail[] = {M("name", STRING), END};

static const struct shape village_debt[] = {
    M("amount", POSITIVE), M("creditor", TEXT), M("date", DATE), M("debt", CODE),
    {"detail", .type = SHAPE_OBJECT, .members = debt_detail, .seal = SEAL_ALWAYS,
     .subject = "debt"},
    M("division", DIVISION), M("document", TEXT), M("reason", SOME_TEXT),
    M("uscc", USCC_OR_EMPTY), END};

static const struct shape debt_clear[] = {
    M("amount", POSITIVE), M("date", DATE), M("debt", CODE), M("document", SOME_TEXT),
    M("voucher", VOUCHER_OR_EMPTY), END};

static const struct shape village_declare[] = {
    M("date", DATE), M("division", DIVISION), M("evidence", SOME_TEXT), M("item", SOME_TEXT),
    M("met", BOOLEAN), END};

/* ---- 5.10 Findings -------------------------------------------------------------------------- */

static const char *const words_decisions[] = {"cleared", "confirmed", NULL};

static const struct shape finding_decide[] = {
    M("date", DATE), M("division", DIVISION), M("finding", HASH), NONCE, M("reason", SOME_TEXT),
    M("rule", CODE), SIGNED, WORD("state", words_decisions), M("version", POSITIVE), END};

/* ---- 5.11 Mutual aid ------------------------------------------------------------------------ */

static const struct shape aid_open[] = {
    M("bank", SOME_TEXT), WORD("book", words_books_of_funds), M("date", DATE),
    M("division", DIVISION), M("document", TEXT), M("fund", CODE), M("limit_bp", POSITIVE),
    M("pool", CODE), M("uscc", USCC), END};

static const struct shape aid_entrust[] = {
    M("date", DATE), M("document", SOME_TEXT), M("first_day", DATE), M("last_day", DATE),
    M("pool", CODE), END};

static const struct shape guarantee_detail[] = {
    M("date", DATE), M("document", STRING), M("id_number", ID_NUMBER), M("name", STRING), END};

static const struct shape aid_guarantee[] = {
    {"detail", .type = SHAPE_OBJECT, .members = guarantee_detail, .seal = SEAL_ALWAYS,
        .subject = "guarantee", .subject_next = "member"},
    M("guarantee", CODE), M("member", CODE), M("pool", CODE), END};

static const struct shape agreement_detail[] = {
    M("date", DATE), M("document", STRING), M("due_day", DATE), M("first_day", DATE),
    M("guarantee", CODE), M("id_number", ID_NUMBER), M("name", STRING), M("principal", POSITIVE),
    M("rate_bp", COUNT), END};

static const struct shape aid_agree[] = {
    M("agreement", CODE),
    {"detail", .type = SHAPE_OBJECT, .members = agreement_detail, .seal = SEAL_ALWAYS,
        .subject = "agreement"},
    M("pool", CODE), END};

static const struct shape aid_provide[] = {
    M("amount", COUNT), M("date", DATE), M("document", TEXT), M("pool", CODE), M("text", TEXT),
    END};

/* ---- 5.12 How assets are kept --------------------------------------------------------------- */

static const char *const words_routes[] = {"market", "self", "specialist", NULL};
static const char *const words_intervals[] = {"day", "month", "week", "year", NULL};
static const char *const words_shifts[] = {"next", "none", "previous", NULL};
static const char *const words_schedules[] = {"inspection", "service", NULL};

static const struct shape body_declare[] = {
    M("date", DATE), M("division", DIVISION), M("document", TEXT), M("name", SOME_TEXT),
    M("office_phone", PHONE), END};

static const struct shape keeper_detail[] = {
    M("id_number", STRING), M("name", STRING), M("pay", COUNT), END};

static const struct shape keeper_appoint[] = {
    {"detail", .type = SHAPE_OBJECT, .members = keeper_detail, .seal = SEAL_ALWAYS,
     .subject = "keeper"},
    M("division", DIVISION), M("first_day", DATE), M("keeper", CODE), M("last_day", DATE_OR_EMPTY),
    M("office_phone", PHONE), M("post", SOME_TEXT), M("unit", SOME_TEXT), END};

static const struct shape keeper_end[] = {
    M("date", DATE), M("keeper", CODE), M("reason", SOME_TEXT), END};

static const struct shape asset_duty[] = {
    M("asset", CODE), M("date", DATE), M("document", TEXT), M("keeper", CODE_OR_EMPTY),
    M("money", COUNT), M("money_source", TEXT), M("office_phone", PHONE_OR_EMPTY),
    WORD("route", words_routes), M("scope", TEXT), M("standard", TEXT), M("unit", TEXT), END};

static const struct shape schedule_set[] = {
    M("asset", CODE), M("every", POSITIVE), M("first", DATE), M("grace_days", COUNT),
    WORD("interval", words_intervals), M("last", DATE_OR_EMPTY), M("schedule", CODE),
    WORD("shift", words_shifts), M("standard", SOME_TEXT), WORD("what", words_schedules), END};

static const struct shape schedule_end[] = {
    M("date", DATE), M("reason", SOME_TEXT), M("schedule", CODE), END};

static const struct shape inspection_record[] = {
    M("asset", CODE), M("date", DATE), M("due", DATE_OR_EMPTY), M("findings", TEXT),
    M("keeper", CODE_OR_EMPTY), M("schedule", CODE_OR_EMPTY), WORD("state", words_states), END};

static const struct shape inspection_excuse[] = {
    M("date", DATE), M("document", TEXT), M("due", DATE), M("reason", SOME_TEXT),
    M("schedule", CODE), END};

static const struct shape work_open[] = {
    M("asset", CODE), M("date", DATE), M("due", DATE), M("estimate", COUNT),
    M("fault", SOME_TEXT), M("work", CODE), END};

static const struct shape work_close[] = {
    M("by", SOME_TEXT), M("cost", COUNT), M("date", DATE), M("result", SOME_TEXT), M("work", CODE),
    END};

static const struct shape work_pay[] = {
    M("amount", POSITIVE), M("voucher", VOUCHER), M("work", CODE), END};

static const struct shape maintenance_source[] = {
    M("amount", INTEGER), M("date", DATE), M("division", DIVISION), M("document", TEXT),
    M("fund", CODE), M("source", SOME_TEXT), M("text", TEXT), END};

/* ---- 5.14 Handover, disposal, stock-taking -------------------------------------------------- */

static const char *const words_causes[] = {
    "agreement_ended", "covered", "demolished", "disaster", "idle", "other", "worn_out", NULL};
static const char *const words_disposals[] = {
    "auction", "conversion", "loss", "scrapping", "suspension", "transfer", NULL};
static const char *const words_steps[] = {
    "announcement", "branch_proposal", "committees", "county_approval", "decision",
    "decision_notice", "open_market", "party_review", "result_notice", "sector_opinion",
    "township_check", "valuation", NULL};
static const char *const words_found[] = {"elsewhere", "found", "missing", NULL};
static const char *const words_seen[] = {"damaged", "idle", "in_use", "none", "scrapped", NULL};

static const struct shape handover_asset[] = {
    M("asset", CODE), M("certificate", TEXT), M("date", DATE), M("disposal", TEXT),
    M("distribution", TEXT), M("division", DIVISION), M("document", TEXT), M("handover", CODE),
    M("income", TEXT), M("operator", TEXT), M("owner", SOME_TEXT), M("supervision", TEXT),
    M("uscc", USCC_OR_EMPTY), END};

static const struct shape handover_drop[] = {
    M("date", DATE), M("handover", CODE), M("reason", SOME_TEXT), END};

static const struct shape handover_sign[] = {
    M("date", DATE), M("division", DIVISION), M("handover", CODE), NONCE, M("rows", POSITIVE),
    M("rows_sha256", HASH), SIGNED, M("text", TEXT), END};

static const struct shape disposal_open[] = {
    M("asset", CODE), WORD("cause", words_causes), M("date", DATE), M("disposal", CODE),
    WORD("method", words_disposals), M("text", SOME_TEXT), END};

static const struct shape disposal_step[] = {
    M("date", DATE), M("disposal", CODE), M("document", SOME_TEXT), WORD("step", words_steps),
    M("text", TEXT), M("votes_abstained", COUNT), M("votes_against", COUNT), M("votes_for", COUNT),
    END};

static const struct shape disposal_finish[] = {
    M("date", DATE), M("disposal", CODE), M("proceeds", COUNT), M("text", TEXT),
    M("valuation", COUNT), M("voucher", VOUCHER_OR_EMPTY), END};

static const struct shape disposal_drop[] = {
    M("date", DATE), M("disposal", CODE), M("reason", SOME_TEXT), END};

static const struct shape stocktake_open[] = {
    M("date", DATE), M("division", DIVISION), M("round", CODE), M("text", TEXT), END};

static const struct shape stocktake_count[] = {
    M("asset", CODE), M("date", DATE), M("division", DIVISION), WORD("found", words_found),
    M("round", CODE), WORD("state", words_seen), M("text", TEXT), END};

static const struct shape stocktake_close[] = {
    M("changed", COUNT), M("date", DATE), M("elsewhere", COUNT), M("found", COUNT),
    M("missing", COUNT), M("round", CODE), END};

/* ---- The kinds ------------------------------------------------------------------------------ */

/* Those that come by the thousand first: they are looked for in this order. */
static const struct entry_kind kinds[] = {
    {"voucher.line", KIND_VOUCHER_LINE, voucher_line},
    {"voucher.submit", KIND_VOUCHER_SUBMIT, voucher_submit},
    {"voucher.approve", KIND_VOUCHER_APPROVE, voucher_decide},
    {"bank.confirm", KIND_BANK_CONFIRM, bank_entry},
    {"bank.return", KIND_BANK_RETURN, bank_entry},
    {"voucher.reject", KIND_VOUCHER_REJECT, voucher_decide},
    {"voucher.withdraw", KIND_VOUCHER_WITHDRAW, voucher_decide},
    {"act.propose", KIND_ACT_PROPOSE, act_propose},
    {"act.second", KIND_ACT_SECOND, act_second},
    {"attachment.add", KIND_ATTACHMENT_ADD, attachment_add},
    {"clock.confirm", KIND_CLOCK_CONFIRM, clock_confirm},
    {"contract.add", KIND_ROW, contract_add},
    {"division.add", KIND_ROW, division_add},
    {"division.close", KIND_DIVISION_CLOSE, division_close},
    {"finding.decide", KIND_FINDING_DECIDE, finding_decide},
    {"fund.add", KIND_ROW, fund_add},
    {"handover.asset", KIND_HANDOVER_ASSET, handover_asset},
    {"handover.drop", KIND_HANDOVER_DROP, handover_drop},
    {"handover.give", KIND_HANDOVER_GIVE, handover_sign},
    {"handover.take", KIND_HANDOVER_TAKE, handover_sign},
    {"import.file", KIND_IMPORT_FILE, import_file},
    {"ledger.genesis", KIND_LEDGER_GENESIS, ledger_genesis},
    {"period.carry_over", KIND_PERIOD_CARRY_OVER, period_carry_over},
    {"period.close", KIND_PERIOD_CLOSE, period_close},
    {"project.accept", KIND_PROJECT_ACCEPT, project_accept},
    {"project.add", KIND_PROJECT_ADD, project_add},
    {"project.progress", KIND_PROJECT_PROGRESS, project_progress},
    {"project.result", KIND_PROJECT_RESULT, project_result},
    {"publication.make", KIND_PUBLICATION_MAKE, publication_make},
    {"user.revoke", KIND_USER_REVOKE, user_revoke},
    {"user.undelegate", KIND_USER_UNDELEGATE, user_undelegate},
    {"aid.agree", KIND_AID_AGREE, aid_agree},
    {"aid.entrust", KIND_AID_ENTRUST, aid_entrust},
    {"aid.guarantee", KIND_AID_GUARANTEE, aid_guarantee},
    {"aid.open", KIND_AID_OPEN, aid_open},
    {"aid.provide", KIND_AID_PROVIDE, aid_provide},
    {"allocation.explain", KIND_ROW, allocation_explain},
    {"calendar.set", KIND_ROW, calendar_set},
    {"channel.open", KIND_ROW, channel_open},
    {"complaint.answer", KIND_ROW, complaint_answer},
    {"complaint.receive", KIND_ROW, complaint_receive},
    {"disposal.drop", KIND_DISPOSAL_DROP, disposal_drop},
    {"disposal.finish", KIND_DISPOSAL_FINISH, disposal_finish},
    {"disposal.open", KIND_DISPOSAL_OPEN, disposal_open},
    {"disposal.step", KIND_DISPOSAL_STEP, disposal_step},
    {"entrust.declare", KIND_ROW, entrust_declare},
    {"loan.count", KIND_ROW, loan_count},
    {"loan.declare", KIND_ROW, loan_declare},
    {"notice.post", KIND_ROW, notice_post},
    {"notice.remove", KIND_ROW, notice_remove},
    {"plan.approve", KIND_ROW, plan_approve},
    {"plan.change", KIND_ROW, plan_change},
    {"plan.finance", KIND_ROW, plan_finance},
    {"project.achieve", KIND_ROW, project_achieve},
    {"project.enter", KIND_ROW, project_enter},
    {"project.leave", KIND_ROW, project_leave},
    {"sector.declare", KIND_ROW, sector_declare},
    {"stocktake.close", KIND_STOCKTAKE_CLOSE, stocktake_close},
    {"stocktake.count", KIND_STOCKTAKE_COUNT, stocktake_count},
    {"stocktake.open", KIND_STOCKTAKE_OPEN, stocktake_open},
    {"inspection.record", KIND_INSPECTION_RECORD, inspection_record},
    {"asset.cost", KIND_ASSET_COST, asset_cost},
    {"asset.duty", KIND_ASSET_DUTY, asset_duty},
    {"asset.register", KIND_ASSET_REGISTER, asset_register},
    {"asset.state", KIND_ASSET_STATE, asset_state},
    {"asset.title", KIND_ASSET_TITLE, asset_title},
    {"body.declare", KIND_BODY_DECLARE, body_declare},
    {"debt.clear", KIND_DEBT_CLEAR, debt_clear},
    {"distribution.holder", KIND_DISTRIBUTION_HOLDER, distribution_holder},
    {"distribution.pay", KIND_DISTRIBUTION_PAY, distribution_pay},
    {"distribution.plan", KIND_DISTRIBUTION_PLAN, distribution_plan},
    {"distribution.share", KIND_DISTRIBUTION_SHARE, distribution_share},
    {"income.receive", KIND_INCOME_RECEIVE, leases_receive},
    {"lease.due", KIND_LEASE_DUE, lease_due},
    {"lease.end", KIND_LEASE_END, lease_end},
    {"lease.sign", KIND_LEASE_SIGN, lease_sign},
    {"township.class", KIND_TOWNSHIP_CLASS, township_class},
    {"village.debt", KIND_VILLAGE_DEBT, village_debt},
    {"village.declare", KIND_VILLAGE_DECLARE, village_declare},
    {"household_asset.change", KIND_HOUSEHOLD_CHANGE, household_change},
    {"household_asset.register", KIND_HOUSEHOLD_REGISTER, household_register},
    {"household_asset.total", KIND_HOUSEHOLD_TOTAL, household_total},
    {"inspection.excuse", KIND_INSPECTION_EXCUSE, inspection_excuse},
    {"keeper.appoint", KIND_KEEPER_APPOINT, keeper_appoint},
    {"keeper.end", KIND_KEEPER_END, keeper_end},
    {"maintenance.source", KIND_MAINTENANCE_SOURCE, maintenance_source},
    {"schedule.end", KIND_SCHEDULE_END, schedule_end},
    {"schedule.set", KIND_SCHEDULE_SET, schedule_set},
    {"work.close", KIND_WORK_CLOSE, work_close},
    {"work.open", KIND_WORK_OPEN, work_open},
    {"work.pay", KIND_WORK_PAY, work_pay},
};

static const struct {
    const char *name;
    const struct shape *body;
} acts[] = {
    {"user.add", user_add},
    {"user.delegate", user_delegate},
    {"user.rekey", key_of_user},
    {"user.widen", user_widen},
    {"attachment.lost", attachment_lost},
    {"certificate.add", certificate_add},
    {"certificate.revoke", certificate_revoke},
    {"division.continue", division_continue},
    {"division.rename", division_rename},
    {"division.succeed", division_succeed},
    {"exception.grant", exception_grant},
    {"period.reopen", period_reopen},
    {"policy.set", policy_set},
    {"seal.erase", seal_erase},
    {"seal.lost", seal_lost},
    {"signer.recover", signer_recover},
};
// clang-format on

static bool is_name(const char *name, const uint8_t *text, size_t size)
{
    return strlen(name) == size && memcmp(name, text, size) == 0;
}

const struct entry_kind *kind_find(const uint8_t *name, size_t size)
{
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (is_name(kinds[i].name, name, size)) return &kinds[i];
    }
    return NULL;
}

const struct shape *kind_act_shape(const uint8_t *act, size_t size)
{
    for (size_t i = 0; i < ARRAY_COUNT(acts); i++) {
        if (is_name(acts[i].name, act, size)) return acts[i].body;
    }
    return NULL;
}
