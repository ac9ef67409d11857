/*
 * kinds.c - the tables of docs/format.md section 5, row for row.
 *
 * Members stand in canonical order, because that is the order in which an entry gives them.
 */
#include "audit/verify/kinds.h"

#include <string.h>

#include "base/compiler.h"

// clang-format off
#define SIGNED_ACT {"nonce", .type = SHAPE_NONCE}
#define SIGNED     {"signature", .type = SHAPE_SIGNATURE}, {"signer", .type = SHAPE_USER}
#define END        {.name = NULL}

static const char *const words_books[] = {"construction", "livelihood", "none", "subsidy", NULL};
static const char *const words_account_roles[] = {
    "available", "committed", "held", "in_transit", "owed", "receivable", "retention", "source",
    "spent", "unassigned", NULL};
static const char *const words_user_roles[] = {
    "admin", "checker", "inspector", "maker", "publisher", NULL};
static const char *const words_levels[] = {
    "central", "county", "other", "prefecture", "province", NULL};
static const char *const words_movements[] = {
    "allocation", "appropriation", "assignment", "commitment", "payment", "reallocation", "receipt",
    "recovery", "refund", "release", "remittance", "reversal", "settlement", NULL};

/* ---- Shared parts --------------------------------------------------------------------------- */

static const struct shape account[] = {
    {"book", .type = SHAPE_WORD, .words = words_books},
    {"division", .type = SHAPE_DIVISION},
    {"fund", .type = SHAPE_CODE_OR_EMPTY},
    {"role", .type = SHAPE_WORD, .words = words_account_roles},
    END};

static const struct shape organisation[] = {
    {"name", .type = SHAPE_SOME_TEXT},
    {"uscc", .type = SHAPE_USCC_OR_EMPTY},
    END};

static const struct shape natural_person[] = {
    {"account", .type = SHAPE_STRING},
    {"id_number", .type = SHAPE_STRING},
    {"name", .type = SHAPE_STRING},
    END};

static const struct shape returned[] = {
    {"line", .type = SHAPE_POSITIVE},
    {"voucher", .type = SHAPE_VOUCHER},
    END};

#define DETAIL(payee_members, payee_is_optional, text_type)                        \
    {"amount", .type = SHAPE_POSITIVE},                                            \
    {"contract", .type = SHAPE_CODE, .is_optional = true},                         \
    {"from", .type = SHAPE_OBJECT, .members = account},                            \
    {"payee", .type = SHAPE_OBJECT, .members = (payee_members), .is_optional = (payee_is_optional)}, \
    {"plan_line", .type = SHAPE_POSITIVE, .is_optional = true},                    \
    {"policy", .type = (text_type), .is_optional = true},                          \
    {"project", .type = SHAPE_CODE, .is_optional = true},                          \
    {"returned", .type = SHAPE_OBJECT, .members = returned, .is_optional = true},  \
    {"text", .type = (text_type), .is_optional = true},                            \
    {"to", .type = SHAPE_OBJECT, .members = account},                              \
    END

static const struct shape line_detail[] = {DETAIL(organisation, true, SHAPE_TEXT)};
const struct shape shape_person_detail[] = {DETAIL(natural_person, false, SHAPE_STRING)};

static const struct shape totals[] = {
    {"amount", .type = SHAPE_INTEGER},
    {"book", .type = SHAPE_WORD, .words = words_books},
    {"division", .type = SHAPE_DIVISION},
    {"fund", .type = SHAPE_CODE_OR_EMPTY},
    {"role", .type = SHAPE_WORD, .words = words_account_roles},
    END};

static const struct shape user_roles[] = {
    {"division", .type = SHAPE_DIVISION},
    {"role", .type = SHAPE_WORD, .words = words_user_roles},
    END};

/* ---- 5.1 Journal ---------------------------------------------------------------------------- */

static const struct shape key_of_user[] = {
    {"key", .type = SHAPE_KEY},
    {"user", .type = SHAPE_USER},
    END};

static const struct shape signature_of_user[] = {SIGNED, END};

static const struct shape ledger_genesis[] = {
    {"administrators", .type = SHAPE_OBJECTS, .members = key_of_user},
    {"division", .type = SHAPE_DIVISION},
    {"inspector", .type = SHAPE_OBJECT, .members = key_of_user},
    {"log_key", .type = SHAPE_NOTE_KEY},
    {"name", .type = SHAPE_TEXT},
    {"origin", .type = SHAPE_STRING},
    {"signatures", .type = SHAPE_OBJECTS, .members = signature_of_user},
    {"xml_certificate", .type = SHAPE_BASE64},
    END};

static const struct shape act_propose[] = {
    {"act", .type = SHAPE_STRING},
    {"body", .type = SHAPE_ANY_OBJECT},
    SIGNED_ACT, SIGNED, END};

static const struct shape act_second[] = {
    {"proposal", .type = SHAPE_HASH},
    SIGNED, END};

static const struct shape user_revoke[] = {
    SIGNED_ACT,
    {"reason", .type = SHAPE_TEXT},
    SIGNED,
    {"user", .type = SHAPE_USER},
    END};

static const struct shape clock_confirm[] = {
    SIGNED_ACT,
    {"reason", .type = SHAPE_TEXT},
    SIGNED, END};

static const struct shape publication_make[] = {
    {"corrects", .type = SHAPE_LIST, .element = SHAPE_PERIOD, .is_sorted = true},
    {"documents_root", .type = SHAPE_HASH},
    SIGNED_ACT,
    {"period", .type = SHAPE_PERIOD},
    SIGNED, END};

static const struct shape import_file[] = {
    {"content", .type = SHAPE_HASH, .seal = SEAL_ALWAYS},
    {"lines_root", .type = SHAPE_HASH},
    SIGNED_ACT,
    {"reference", .type = SHAPE_CODE},
    {"rows", .type = SHAPE_COUNT},
    SIGNED,
    {"what", .type = SHAPE_CODE},
    END};

/* Acts of two. */

static const struct shape user_add[] = {
    {"key", .type = SHAPE_KEY},
    {"roles", .type = SHAPE_OBJECTS, .members = user_roles},
    {"user", .type = SHAPE_USER},
    END};

static const struct shape user_widen[] = {
    {"roles", .type = SHAPE_OBJECTS, .members = user_roles},
    {"user", .type = SHAPE_USER},
    END};

static const struct shape certificate_add[] = {{"certificate", .type = SHAPE_BASE64}, END};

static const struct shape certificate_revoke[] = {{"certificate_sha256", .type = SHAPE_HASH}, END};

static const struct shape exception_grant[] = {
    {"code", .type = SHAPE_CODE},
    {"reason", .type = SHAPE_TEXT},
    {"reference", .type = SHAPE_CODE},
    END};

static const struct shape period_reopen[] = {
    {"month", .type = SHAPE_MONTH},
    {"reason", .type = SHAPE_TEXT},
    END};

static const struct shape policy_set[] = {
    {"name", .type = SHAPE_CODE},
    {"valid_from", .type = SHAPE_DATE},
    {"value", .type = SHAPE_INTEGER},
    END};

static const struct shape signer_recover[] = {
    {"root", .type = SHAPE_HASH},
    {"size", .type = SHAPE_COUNT},
    END};

/* ---- 5.2 Funds ------------------------------------------------------------------------------ */

static const struct shape division_add[] = {
    {"code", .type = SHAPE_DIVISION},
    {"name", .type = SHAPE_SOME_TEXT},
    {"parent", .type = SHAPE_DIVISION_OR_EMPTY},
    {"provisional", .type = SHAPE_BOOLEAN},
    {"valid_from", .type = SHAPE_DATE},
    END};

static const struct shape fund_add[] = {
    {"amount", .type = SHAPE_COUNT},
    {"books", .type = SHAPE_LIST, .element = SHAPE_WORD, .words = words_books,
        .is_sorted = true},
    {"document", .type = SHAPE_TEXT},
    {"expiry", .type = SHAPE_DATE_OR_EMPTY},
    {"fund", .type = SHAPE_CODE},
    {"level", .type = SHAPE_WORD, .words = words_levels},
    {"name", .type = SHAPE_TEXT},
    {"year", .type = SHAPE_COUNT},
    END};

static const struct shape plan_line[] = {
    {"amount", .type = SHAPE_COUNT},
    {"fund", .type = SHAPE_CODE_OR_EMPTY},
    {"line", .type = SHAPE_POSITIVE},
    {"source", .type = SHAPE_TEXT},
    END};

static const struct shape project_add[] = {
    {"beneficiaries", .type = SHAPE_COUNT},
    {"book", .type = SHAPE_WORD, .words = words_books},
    {"category", .type = SHAPE_TEXT},
    {"division", .type = SHAPE_DIVISION},
    {"end", .type = SHAPE_DATE_OR_EMPTY},
    {"mechanism", .type = SHAPE_TEXT},
    {"name", .type = SHAPE_TEXT},
    {"nature", .type = SHAPE_TEXT},
    {"office_phone", .type = SHAPE_PHONE_OR_EMPTY},
    {"participation", .type = SHAPE_TEXT},
    {"plan", .type = SHAPE_OBJECTS, .members = plan_line},
    {"project", .type = SHAPE_CODE},
    {"start", .type = SHAPE_DATE_OR_EMPTY},
    {"target", .type = SHAPE_SOME_TEXT},
    {"task", .type = SHAPE_TEXT},
    {"unit", .type = SHAPE_TEXT},
    END};

static const struct shape contract_add[] = {
    {"contract", .type = SHAPE_CODE},
    {"contractor", .type = SHAPE_OBJECT, .members = organisation},
    {"end", .type = SHAPE_DATE_OR_EMPTY},
    {"price", .type = SHAPE_COUNT},
    {"project", .type = SHAPE_CODE},
    {"retention_bp", .type = SHAPE_COUNT},
    {"signed_on", .type = SHAPE_DATE},
    {"start", .type = SHAPE_DATE_OR_EMPTY},
    END};

static const struct shape project_progress[] = {
    {"date", .type = SHAPE_DATE},
    SIGNED_ACT,
    {"percent", .type = SHAPE_COUNT},
    {"project", .type = SHAPE_CODE},
    SIGNED,
    {"text", .type = SHAPE_TEXT},
    END};

static const struct shape project_accept[] = {
    {"by", .type = SHAPE_TEXT},
    {"date", .type = SHAPE_DATE},
    SIGNED_ACT,
    {"project", .type = SHAPE_CODE},
    SIGNED,
    {"text", .type = SHAPE_TEXT},
    END};

static const struct shape project_result[] = {
    {"date", .type = SHAPE_DATE},
    SIGNED_ACT,
    {"project", .type = SHAPE_CODE},
    SIGNED,
    {"text", .type = SHAPE_TEXT},
    END};

static const struct shape voucher_line[] = {
    {"detail", .type = SHAPE_OBJECT, .members = line_detail, .seal = SEAL_MAY},
    {"line", .type = SHAPE_POSITIVE},
    {"voucher", .type = SHAPE_VOUCHER},
    END};

static const struct shape voucher_submit[] = {
    {"content", .type = SHAPE_HASH, .seal = SEAL_ALWAYS},
    {"document", .type = SHAPE_TEXT},
    {"event_date", .type = SHAPE_DATE},
    {"late", .type = SHAPE_BOOLEAN},
    {"line_count", .type = SHAPE_POSITIVE},
    {"lines_root", .type = SHAPE_HASH},
    {"movement", .type = SHAPE_WORD, .words = words_movements},
    {"people", .type = SHAPE_BOOLEAN},
    {"reference", .type = SHAPE_CODE},
    {"reverses", .type = SHAPE_VOUCHER_OR_EMPTY},
    SIGNED,
    {"text", .type = SHAPE_TEXT},
    {"totals", .type = SHAPE_OBJECTS, .members = totals, .seal = SEAL_MAY},
    {"voucher", .type = SHAPE_VOUCHER},
    END};

static const struct shape voucher_decide[] = {
    {"reason", .type = SHAPE_TEXT},
    SIGNED,
    {"submit", .type = SHAPE_HASH},
    {"voucher", .type = SHAPE_VOUCHER},
    END};

static const struct shape bank_entry[] = {
    {"event_date", .type = SHAPE_DATE},
    {"late", .type = SHAPE_BOOLEAN},
    {"lines", .type = SHAPE_LIST, .element = SHAPE_POSITIVE, .seal = SEAL_MAY},
    SIGNED_ACT,
    {"reason", .type = SHAPE_TEXT},
    {"reference", .type = SHAPE_CODE},
    SIGNED,
    {"totals", .type = SHAPE_OBJECTS, .members = totals, .seal = SEAL_MAY},
    {"voucher", .type = SHAPE_VOUCHER},
    END};

static const struct shape period_close[] = {
    {"month", .type = SHAPE_MONTH},
    SIGNED_ACT, SIGNED, END};

static const struct shape period_carry_over[] = {
    {"funds", .type = SHAPE_LIST, .element = SHAPE_CODE, .is_sorted = true, .count_max = 500},
    SIGNED_ACT, SIGNED,
    {"year", .type = SHAPE_COUNT},
    END};

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
    {"clock.confirm", KIND_CLOCK_CONFIRM, clock_confirm},
    {"contract.add", KIND_CONTRACT_ADD, contract_add},
    {"division.add", KIND_DIVISION_ADD, division_add},
    {"fund.add", KIND_FUND_ADD, fund_add},
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
};

static const struct {
    const char *name;
    const struct shape *body;
} acts[] = {
    {"user.add", user_add},
    {"user.rekey", key_of_user},
    {"user.widen", user_widen},
    {"certificate.add", certificate_add},
    {"certificate.revoke", certificate_revoke},
    {"exception.grant", exception_grant},
    {"period.reopen", period_reopen},
    {"policy.set", policy_set},
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
