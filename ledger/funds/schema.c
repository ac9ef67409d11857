/*
 * schema.c - the derived tables of the funds module, every column explained.
 *
 * 1. All of them are projections: replaying the journal into an empty store gives the same rows.
 * 2. Codes, dates and names of books, roles, movements and states stand as text, as in entries;
 *    amounts are fen; a month is year × 12 + (month - 1); a flag is 0 or 1.
 * 3. Rows about people are private to the ledger: nothing publishes these tables.
 */
#include "ledger/funds/schema.h"

#include "ledger/store/store.h"

#define TABLE(table, key, table_columns, table_indexes, table_meaning)                             \
    static const struct store_table table##_table = {.name = #table,                               \
                                                     .kind = STORE_DERIVED,                        \
                                                     .meaning = table_meaning,                     \
                                                     .columns = table_columns,                     \
                                                     .column_count = ARRAY_COUNT(table_columns),   \
                                                     .primary_key = key,                           \
                                                     .indexes = table_indexes}

// clang-format off
#define BOOKS_CHECK(column) column " IN ('none', 'construction', 'livelihood', 'subsidy')"
#define ROLES_CHECK(column) column " IN ('source', 'unassigned', 'available', 'committed', 'held', " \
    "'in_transit', 'owed', 'retention', 'receivable', 'spent')"

/* ---- The register ---------------------------------------------------------------------------- */

static const struct store_column division_columns[] = {
    {"code",        STORE_TEXT,    NULL, "12 digits"},
    {"name",        STORE_TEXT,    NULL, "name"},
    {"parent",      STORE_TEXT,    NULL, "code of the division above; empty for the root"},
    {"provisional", STORE_INTEGER, NULL, "1 when the code is the ledger's own, not an official one"},
    {"valid_from",  STORE_TEXT,    NULL, "first day on which the code is valid"},
    {"last_day",    STORE_TEXT,    NULL, "last day on which it is; empty: none agreed on"},
    {"ended_by",    STORE_TEXT,    NULL, "number of the document that ends it; empty: none"},
    {"closed",      STORE_INTEGER, NULL, "1 when nothing is recorded of it any more"},
};
TABLE(division, "code", division_columns, NULL, "administrative divisions");

static const struct store_column division_name_columns[] = {
    {"code",     STORE_TEXT, NULL, "the division"},
    {"from_day", STORE_TEXT, NULL, "first day of this name; empty for the first one"},
    {"name",     STORE_TEXT, NULL, "name"},
    {"document", STORE_TEXT, NULL, "number of the document that gave it; empty for the first one"},
};
static const char *const division_name_indexes[] = {"name", NULL};
TABLE(division_name, "code, from_day", division_name_columns, division_name_indexes,
      "what divisions are and were called");

static const struct store_column successor_columns[] = {
    {"division",  STORE_TEXT,    NULL, "a division with a last day"},
    {"place",     STORE_INTEGER, NULL, "from 1; the first also takes over its projects"},
    {"successor", STORE_TEXT,    NULL, "the division that comes after it"},
};
static const char *const successor_indexes[] = {"successor", NULL};
TABLE(successor, "division, place", successor_columns, successor_indexes, "which division comes after which");

static const struct store_column fund_columns[] = {
    {"code",     STORE_TEXT,    NULL, "code of the fund"},
    {"document", STORE_TEXT,    NULL, "number of the document that granted it"},
    {"name",     STORE_TEXT,    NULL, "name"},
    {"level",    STORE_TEXT,    NULL, "central, province, prefecture, county or other"},
    {"year",     STORE_INTEGER, NULL, "budget year, kept for ever"},
    {"amount",   STORE_INTEGER, "amount >= 0", "the most that may be appropriated, fen; 0: no ceiling"},
    {"books",    STORE_TEXT,    NULL, "allowed books, joined by commas"},
    {"expiry",   STORE_TEXT,    NULL, "last day on which it may be spent; empty: none"},
};
TABLE(fund, "code", fund_columns, NULL, "funds, each with its document number");

static const struct store_column project_columns[] = {
    {"code",          STORE_TEXT,    NULL, "code of the project"},
    {"name",          STORE_TEXT,    NULL, "name"},
    {"category",      STORE_TEXT,    NULL, "category"},
    {"nature",        STORE_TEXT,    NULL, "new, extension, ..."},
    {"unit",          STORE_TEXT,    NULL, "responsible unit"},
    {"task",          STORE_TEXT,    NULL, "what is to be built or done"},
    {"target",        STORE_TEXT,    "target <> ''", "performance target"},
    {"participation", STORE_TEXT,    NULL, "how the people take part"},
    {"mechanism",     STORE_TEXT,    NULL, "how it helps poor households"},
    {"office_phone",  STORE_TEXT,    NULL, "the one public telephone, or empty"},
    {"division",      STORE_TEXT,    NULL, "where it is"},
    {"book",          STORE_TEXT,    BOOKS_CHECK("book"), "the book that pays for it"},
    {"starts_on",     STORE_TEXT,    NULL, "planned start, or empty"},
    {"ends_on",       STORE_TEXT,    NULL, "planned end, or empty"},
    {"beneficiaries", STORE_INTEGER, NULL, "households that benefit"},
    {"percent",       STORE_INTEGER, NULL, "progress last recorded"},
    {"accepted_on",   STORE_TEXT,    NULL, "day of the acceptance, or empty"},
    {"result",        STORE_TEXT,    NULL, "with what effect; empty until recorded"},
};
static const char *const project_indexes[] = {"division", NULL};
TABLE(project, "code", project_columns, project_indexes, "the project bank");

static const struct store_column plan_line_columns[] = {
    {"project",   STORE_TEXT,    NULL, "code of the project"},
    {"line",      STORE_INTEGER, NULL, "number of the line, from 1"},
    {"fund",      STORE_TEXT,    NULL, "code of the fund; empty for outside money"},
    {"source",    STORE_TEXT,    NULL, "who gives the outside money; empty for a fund"},
    {"amount",    STORE_INTEGER, "amount > 0", "planned, fen"},
    {"pending",   STORE_INTEGER, "pending >= 0", "asked for by vouchers not yet decided, fen"},
    {"committed", STORE_INTEGER, "committed >= 0", "bound by contracts, fen"},
    {"retention", STORE_INTEGER, "retention >= 0", "set aside at settlements, fen"},
    {"paid",      STORE_INTEGER, "paid >= 0", "approved payments less refunds, fen"},
};
TABLE(plan_line, "project, line", plan_line_columns, NULL, "financing plans of projects");

static const struct store_column project_event_columns[] = {
    {"seq",     STORE_INTEGER, NULL, "its entry"},
    {"project", STORE_TEXT,    NULL, "code of the project"},
    {"date",    STORE_TEXT,    NULL, "its day"},
    {"percent", STORE_INTEGER, NULL, "progress told; -1: none"},
    {"unit",    STORE_TEXT,    NULL, "who accepted it; empty for all but an acceptance"},
    {"result",  STORE_INTEGER, "result IN (0, 1)", "1 when the text tells the result"},
    {"text",    STORE_TEXT,    NULL, "in words"},
};
static const char *const project_event_indexes[] = {"project", NULL};
TABLE(project_event, "seq", project_event_columns, project_event_indexes,
      "progress, acceptance and results of projects, each with its day");

static const struct store_column contract_columns[] = {
    {"code",         STORE_TEXT,    NULL, "code of the contract"},
    {"project",      STORE_TEXT,    NULL, "code of its project"},
    {"contractor",   STORE_TEXT,    NULL, "name of the contractor"},
    {"uscc",         STORE_TEXT,    NULL, "the contractor's credit code, or empty"},
    {"price",        STORE_INTEGER, "price > 0", "agreed price, fen"},
    {"retention_bp", STORE_INTEGER, NULL, "retention in 1/10,000 of the price"},
    {"signed_on",    STORE_TEXT,    NULL, "day of signature"},
    {"starts_on",    STORE_TEXT,    NULL, "agreed start, or empty"},
    {"ends_on",      STORE_TEXT,    NULL, "agreed end, or empty"},
    {"pending",      STORE_INTEGER, "pending >= 0", "asked for by vouchers not yet decided, fen"},
    {"committed",    STORE_INTEGER, "committed >= 0", "standing in committed, fen"},
    {"retention",    STORE_INTEGER, "retention >= 0", "standing in retention, fen"},
    {"paid",         STORE_INTEGER, "paid >= 0", "approved payments less refunds, fen"},
    {"settled",      STORE_INTEGER, NULL, "1 once the final price is fixed"},
    {"final_price",  STORE_INTEGER, NULL, "paid + retention at the settlement, fen; 0 before"},
    {"seq",          STORE_INTEGER, NULL, "its contract.add"},
};
static const char *const contract_indexes[] = {"project", NULL};
TABLE(contract, "code", contract_columns, contract_indexes, "contracts");

static const struct store_column obligation_columns[] = {
    {"contract",  STORE_TEXT,    NULL, "code of the contract"},
    {"plan_line", STORE_INTEGER, NULL, "plan line of its project"},
    {"division",  STORE_TEXT,    NULL, "whose account"},
    {"book",      STORE_TEXT,    BOOKS_CHECK("book"), "book of the account"},
    {"fund",      STORE_TEXT,    NULL, "fund of the account"},
    {"role",      STORE_TEXT,    "role IN ('committed', 'retention')", "role of the account"},
    {"amount",    STORE_INTEGER, "amount >= 0", "what stands there for this contract, fen"},
};
TABLE(obligation, "contract, plan_line, division, book, fund, role", obligation_columns, NULL,
      "which account's money is bound for which contract");

/* ---- Vouchers -------------------------------------------------------------------------------- */

static const struct store_column voucher_columns[] = {
    {"number",        STORE_TEXT,    NULL, "year of the event, hyphen, six digits"},
    {"reference",     STORE_TEXT,    NULL, "the maker's reference"},
    {"movement",      STORE_TEXT,    NULL, "what it does"},
    {"state",         STORE_TEXT,    "state IN ('pending', 'posted', 'rejected', 'withdrawn', 'reversed')", "state"},
    {"lines_state",   STORE_TEXT,    NULL, "state of every line that has no row in line_mark"},
    {"event_date",    STORE_TEXT,    NULL, "day that the document says"},
    {"booking_month", STORE_INTEGER, NULL, "month in which its effects count"},
    {"late",          STORE_INTEGER, NULL, "1 when marked as a late entry"},
    {"people",        STORE_INTEGER, NULL, "1 when some payee is a natural person"},
    {"totals_sealed", STORE_INTEGER, NULL, "1 when its totals are sealed"},
    {"bank_partial",  STORE_INTEGER, NULL, "1 once a bank entry covered some of its lines"},
    {"line_count",    STORE_INTEGER, "line_count > 0", "number of lines"},
    {"amount",        STORE_INTEGER, NULL, "sum of its lines, fen"},
    {"maker",         STORE_TEXT,    NULL, "user who submitted it"},
    {"checker",       STORE_TEXT,    NULL, "user who decided it; empty while pending"},
    {"document",      STORE_TEXT,    NULL, "authorising document, or empty"},
    {"summary",       STORE_TEXT,    NULL, "text of the voucher"},
    {"reverses",      STORE_TEXT,    NULL, "voucher that it reverses, or empty"},
    {"reversed_by",   STORE_TEXT,    NULL, "voucher that reverses it, pending or posted; or empty"},
    {"submit_seq",    STORE_INTEGER, NULL, "entry of its submission; its lines stand just before"},
    {"submit_hash",   STORE_BLOB,    NULL, "leaf hash of that entry"},
    {"totals_sha256", STORE_BLOB,    NULL, "hash that the signatures cover"},
    {"lines_root",    STORE_BLOB,    NULL, "root that the signatures cover"},
};
static const char *const voucher_indexes[] = {"reference", "state", "booking_month, event_date",
                                              "totals_sha256, booking_month",
                                              "movement, booking_month", NULL};
TABLE(voucher, "number", voucher_columns, voucher_indexes, "vouchers");

static const struct store_column leg_columns[] = {
    {"voucher",       STORE_TEXT,    NULL, "number of the voucher"},
    {"leg",           STORE_INTEGER, NULL, "from 1, in the order of their first lines"},
    {"from_division", STORE_TEXT,    NULL, "account that gives"},
    {"from_book",     STORE_TEXT,    BOOKS_CHECK("from_book"), "its book"},
    {"from_fund",     STORE_TEXT,    NULL, "its fund"},
    {"from_role",     STORE_TEXT,    ROLES_CHECK("from_role"), "its role"},
    {"to_division",   STORE_TEXT,    NULL, "account that receives"},
    {"to_book",       STORE_TEXT,    BOOKS_CHECK("to_book"), "its book"},
    {"to_fund",       STORE_TEXT,    NULL, "its fund"},
    {"to_role",       STORE_TEXT,    ROLES_CHECK("to_role"), "its role"},
    {"project",       STORE_TEXT,    NULL, "code of the project, or empty"},
    {"contract",      STORE_TEXT,    NULL, "code of the contract, or empty"},
    {"plan_line",     STORE_INTEGER, NULL, "plan line of the project; 0: none"},
    {"agreement",     STORE_TEXT,    NULL, "of a loan or repayment the loan agreement, else empty"},
    {"via",           STORE_TEXT,    NULL, "of a succession the division above both, else empty"},
    {"amount",        STORE_INTEGER, "amount > 0", "sum of its lines, fen"},
    {"line_count",    STORE_INTEGER, "line_count >= 0", "number of its lines that can be read"},
};
static const char *const leg_indexes[] = {"agreement", "project", "from_division, from_fund", "to_division, to_fund", NULL};
TABLE(leg, "voucher, leg", leg_columns, leg_indexes,
      "lines of a voucher with the same accounts, project, contract and plan line, summed");

static const struct store_column posting_columns[] = {
    {"voucher",  STORE_TEXT,    NULL, "number of the voucher"},
    {"division", STORE_TEXT,    NULL, "account"},
    {"book",     STORE_TEXT,    BOOKS_CHECK("book"), "its book"},
    {"fund",     STORE_TEXT,    NULL, "its fund"},
    {"role",     STORE_TEXT,    ROLES_CHECK("role"), "its role"},
    {"amount",   STORE_INTEGER, "amount <> 0", "what the account gains once the voucher is posted, fen"},
};
TABLE(posting, "voucher, division, book, fund, role", posting_columns, NULL, "totals of vouchers");

static const struct store_column transit_columns[] = {
    {"voucher",  STORE_TEXT,    NULL, "number of the payment's voucher"},
    {"division", STORE_TEXT,    NULL, "account paid from"},
    {"book",     STORE_TEXT,    BOOKS_CHECK("book"), "its book"},
    {"fund",     STORE_TEXT,    NULL, "its fund"},
    {"amount",   STORE_INTEGER, "amount >= 0", "sent and neither confirmed nor returned, fen"},
};
TABLE(transit, "voucher, division, book, fund", transit_columns, NULL,
      "what of a payment the bank has still to answer for");

static const struct store_column line_mark_columns[] = {
    {"voucher",    STORE_TEXT,    NULL, "number of the voucher"},
    {"line",       STORE_INTEGER, NULL, "number of the line"},
    {"state",      STORE_TEXT,    "state IN ('confirmed', 'returned', 'repaid', 'void')", "its own state"},
    {"settled_by", STORE_TEXT,    NULL, "voucher that pays the returned line again or remits it; or empty"},
    {"seq",        STORE_INTEGER, NULL, "bank entry that named it; 0 when one answered for all in transit"},
};
static const char *const line_mark_indexes[] = {"settled_by", "seq", NULL};
TABLE(line_mark, "voucher, line", line_mark_columns, line_mark_indexes,
      "lines whose state differs from the rest of their voucher");

static const struct store_column payee_line_columns[] = {
    {"run",     STORE_INTEGER, NULL, "0, or the submit_seq of a large voucher, so that its rows stand together"},
    {"payee",   STORE_TEXT,    NULL, "P and ID number, U and credit code, or N and name"},
    {"voucher", STORE_TEXT,    NULL, "number of the voucher"},
    {"line",    STORE_INTEGER, NULL, "number of the line"},
    {"leg",     STORE_INTEGER, NULL, "its leg"},
    {"amount",  STORE_INTEGER, "amount > 0", "fen"},
};
TABLE(payee_line, "run, payee, voucher, line", payee_line_columns, NULL, "lines by payee");

static const struct store_column payee_run_columns[] = {
    {"run", STORE_INTEGER, NULL, "a value of payee_line.run"},
};
TABLE(payee_run, "run", payee_run_columns, NULL, "where to look for a payee's lines");

static const struct store_column voucher_counter_columns[] = {
    {"year", STORE_INTEGER, NULL, "year of the event"},
    {"last", STORE_INTEGER, "last > 0 AND last <= 999999", "number given last"},
};
TABLE(voucher_counter, "year", voucher_counter_columns, NULL, "numbering of vouchers");

static const struct store_column bank_entry_columns[] = {
    {"reference",     STORE_TEXT,    NULL, "reference of the bank entry"},
    {"voucher",       STORE_TEXT,    NULL, "payment that it is about"},
    {"kind",          STORE_TEXT,    "kind IN ('confirm', 'return')", "what the bank did"},
    {"event_date",    STORE_TEXT,    NULL, "day of the bank statement"},
    {"booking_month", STORE_INTEGER, NULL, "month in which it counts"},
    {"seq",           STORE_INTEGER, NULL, "its entry"},
};
static const char *const bank_entry_indexes[] = {"voucher", "booking_month, event_date", NULL};
TABLE(bank_entry, "reference", bank_entry_columns, bank_entry_indexes, "what the bank confirmed or returned");

static const struct store_column bank_posting_columns[] = {
    {"reference", STORE_TEXT,    NULL, "reference of the bank entry"},
    {"division",  STORE_TEXT,    NULL, "account"},
    {"book",      STORE_TEXT,    BOOKS_CHECK("book"), "its book"},
    {"fund",      STORE_TEXT,    NULL, "its fund"},
    {"role",      STORE_TEXT,    ROLES_CHECK("role"), "its role"},
    {"amount",    STORE_INTEGER, "amount <> 0", "what the account gains, fen"},
};
TABLE(bank_posting, "reference, division, book, fund, role", bank_posting_columns, NULL, "totals of bank entries");

/* ---- Balances -------------------------------------------------------------------------------- */

static const struct store_column balance_columns[] = {
    {"division", STORE_TEXT,    NULL, "account"},
    {"book",     STORE_TEXT,    BOOKS_CHECK("book"), "its book"},
    {"fund",     STORE_TEXT,    NULL, "its fund"},
    {"role",     STORE_TEXT,    ROLES_CHECK("role"), "its role"},
    {"amount",   STORE_INTEGER, NULL, "what stands there now, fen; below zero for source only"},
};
static const char *const balance_indexes[] = {"fund", NULL};
TABLE(balance, "division, book, fund, role", balance_columns, balance_indexes, "balances of accounts");

static const struct store_column role_month_columns[] = {
    {"division", STORE_TEXT,    NULL, "account"},
    {"book",     STORE_TEXT,    BOOKS_CHECK("book"), "its book"},
    {"fund",     STORE_TEXT,    NULL, "its fund"},
    {"role",     STORE_TEXT,    ROLES_CHECK("role"), "its role"},
    {"month",    STORE_INTEGER, NULL, "booking month"},
    {"amount",   STORE_INTEGER, NULL, "change of its balance in that month, fen"},
};
TABLE(role_month, "division, book, fund, role, month", role_month_columns, NULL,
      "changes of balances by month");

static const struct store_column flow_columns[] = {
    {"division", STORE_TEXT,    NULL, "whose money"},
    {"book",     STORE_TEXT,    BOOKS_CHECK("book"), "in which book"},
    {"fund",     STORE_TEXT,    NULL, "of which fund"},
    {"month",    STORE_INTEGER, NULL, "booking month"},
    {"term",     STORE_TEXT,    NULL, "term of the law"},
    {"amount",   STORE_INTEGER, NULL, "fen; a reversal lessens it, even below zero"},
};
TABLE(flow, "division, book, fund, month, term", flow_columns, NULL, "terms of the law by month");

static const struct store_column fund_flow_columns[] = {
    {"fund",   STORE_TEXT,    NULL, "fund"},
    {"term",   STORE_TEXT,    NULL, "term of the law"},
    {"amount", STORE_INTEGER, NULL, "sum over all divisions, books and months, fen"},
};
TABLE(fund_flow, "fund, term", fund_flow_columns, NULL, "terms of the law by fund");

/* ---- Periods and exceptions ------------------------------------------------------------------ */

static const struct store_column period_columns[] = {
    {"month", STORE_INTEGER, NULL, "a closed month; all before the first are closed with it"},
    {"seq",   STORE_INTEGER, NULL, "entry that closed it"},
};
TABLE(period, "month", period_columns, NULL, "closed months");

static const struct store_column carry_over_columns[] = {
    {"year", STORE_INTEGER, NULL, "year that ends"},
    {"fund", STORE_TEXT,    NULL, "fund that takes money into the next year"},
};
TABLE(carry_over, "year, fund", carry_over_columns, NULL, "carry-over of funds");

static const struct store_column exception_columns[] = {
    {"code",      STORE_TEXT,    NULL, "code of the negative list"},
    {"reference", STORE_TEXT,    NULL, "reference of the voucher that may pass"},
    {"reason",    STORE_TEXT,    NULL, "why"},
    {"seq",       STORE_INTEGER, NULL, "entry of the second signature"},
};
TABLE(exception, "code, reference", exception_columns, NULL, "exceptions to the negative list");

/* ---- Attachments ----------------------------------------------------------------------------- */

static const struct store_column attachment_columns[] = {
    {"what",      STORE_TEXT,    "what IN ('asset', 'contract', 'fund', 'inspection', 'project', 'voucher')", "what it belongs to"},
    {"code",      STORE_TEXT,    NULL, "of that; a voucher's number, that of an inspection's entry"},
    {"sha256",    STORE_BLOB,    "length(sha256) = 32", "of the file beside the store; zeros when not known any more"},
    {"size",      STORE_INTEGER, NULL, "bytes of the file; 0 when not known any more"},
    {"type",      STORE_TEXT,    NULL, "pdf, jpeg, ...: found by content; empty when not known any more"},
    {"about",     STORE_TEXT,    NULL, "contract, invoice, notice, other or photograph"},
    {"title",     STORE_TEXT,    NULL, "title; empty when not known any more"},
    {"is_sealed", STORE_INTEGER, NULL, "1 when the public sees neither hash nor size"},
    {"is_late",   STORE_INTEGER, NULL, "1 when it came after the decision on its voucher"},
    {"is_lost",   STORE_INTEGER, NULL, "1 when two declared its file lost; a copy may be there again"},
    {"seq",       STORE_INTEGER, NULL, "the attachment.add"},
    {"user_code", STORE_TEXT,    NULL, "who attached it"},
    {"added_on",  STORE_TEXT,    NULL, "when, as China counts days"},
};
static const char *const attachment_indexes[] = {"what, code", NULL};
TABLE(attachment, "seq", attachment_columns, attachment_indexes, "files attached to what");
// clang-format on

const struct store_table *const funds_tables[FUNDS_TABLE_COUNT + 1] = {
    &division_table,
    &division_name_table,
    &successor_table,
    &fund_table,
    &project_table,
    &plan_line_table,
    &project_event_table,
    &contract_table,
    &obligation_table,
    &voucher_table,
    &leg_table,
    &posting_table,
    &transit_table,
    &line_mark_table,
    &payee_line_table,
    &payee_run_table,
    &voucher_counter_table,
    &bank_entry_table,
    &bank_posting_table,
    &balance_table,
    &role_month_table,
    &flow_table,
    &fund_flow_table,
    &period_table,
    &carry_over_table,
    &exception_table,
    &attachment_table,
    NULL,
};
