/* kinds.c - the module's kinds, made from the fields of custody.h, and its small change. */
#include <string.h>

#include "base/language.h"
#include "ledger/custody/internal.h"

// clang-format off
static const char *const disposal_cause_words[] = {
    N_("agreement_ended"), N_("covered"), N_("demolished"), N_("disaster"), N_("idle"), N_("other"), N_("worn_out"), NULL};
static const char *const disposal_method_words[] = {
    N_("auction"), N_("conversion"), N_("loss"), N_("scrapping"), N_("suspension"), N_("transfer"), NULL};
/* In the order in which a disposal goes through them. */
static const char *const disposal_step_words[] = {
    N_("branch_proposal"), N_("committees"), N_("party_review"), N_("decision"), N_("decision_notice"), N_("result_notice"),
    N_("township_check"), N_("sector_opinion"), N_("county_approval"), N_("valuation"), N_("open_market"), N_("announcement"), NULL};
static const char *const count_found_words[] = {N_("elsewhere"), N_("found"), N_("missing"), NULL};
static const char *const count_state_words[] = {
    N_("damaged"), N_("idle"), N_("in_use"), N_("none"), N_("scrapped"), NULL};

CUSTODY_KINDS(RECORD_TABLES)

const struct record_kind handover_asset = {
    RECORD_KIND(CUSTODY, HANDOVER, handover_asset, RECORD_NONE, RECORD_NONE, HANDOVER_DATE),
    .phrase = "lists for handover asset", .named = HANDOVER_ASSET, .check = check_handover_asset};
const struct record_kind handover_drop = {
    RECORD_KIND(CUSTODY, DROP, handover_drop, RECORD_NONE, RECORD_NONE, DROP_DATE),
    .phrase = "drops handover", .named = DROP_HANDOVER, .check = check_handover_drop};
const struct record_kind disposal_open = {
    RECORD_KIND(CUSTODY, DISPOSAL, disposal_open, DISPOSAL_CODE, RECORD_NONE, DISPOSAL_DATE),
    .noun = N_("disposal"), .phrase = "applies for disposal", .named = DISPOSAL_CODE,
    .check = check_disposal_open};
const struct record_kind disposal_step = {
    RECORD_KIND(CUSTODY, STEP, disposal_step, RECORD_NONE, RECORD_NONE, STEP_DATE),
    .phrase = "takes a step of disposal", .named = STEP_DISPOSAL, .check = check_disposal_step};
const struct record_kind disposal_finish = {
    RECORD_KIND(CUSTODY, FINISH, disposal_finish, RECORD_NONE, RECORD_NONE, FINISH_DATE),
    .phrase = "finishes disposal", .named = FINISH_DISPOSAL, .check = check_disposal_finish};
const struct record_kind disposal_drop = {
    RECORD_KIND(CUSTODY, KEEP, disposal_drop, RECORD_NONE, RECORD_NONE, KEEP_DATE),
    .phrase = "gives up disposal", .named = KEEP_DISPOSAL, .check = check_disposal_drop};
const struct record_kind stocktake_open = {
    RECORD_KIND(CUSTODY, ROUND, stocktake_open, ROUND_CODE, ROUND_DIVISION, ROUND_DATE),
    .noun = N_("round of stock-taking"), .phrase = "begins stock-taking", .named = ROUND_CODE,
    .check = check_stocktake_open};
const struct record_kind stocktake_count = {
    RECORD_KIND(CUSTODY, TALLY, stocktake_count, RECORD_NONE, RECORD_NONE, TALLY_DATE),
    .phrase = "counts asset", .named = TALLY_ASSET, .check = check_stocktake_count};
const struct record_kind stocktake_close = {
    RECORD_KIND(CUSTODY, CLOSE, stocktake_close, RECORD_NONE, RECORD_NONE, CLOSE_DATE),
    .phrase = "ends stock-taking", .named = CLOSE_ROUND, .check = check_stocktake_close};

const struct record_kind *const custody_kinds[] = {CUSTODY_KINDS(RECORD_KIND_POINTER)};

static const struct entry_kind *const entry_kinds[] = {
    CUSTODY_KINDS(RECORD_ENTRY_POINTER) &handover_give_kind, &handover_take_kind, NULL};
static const struct store_table *const store_tables[] = {
    CUSTODY_KINDS(RECORD_TABLE_POINTER) &handover_now_table, &disposal_now_table,
    &stocktake_now_table, NULL};
// clang-format on

const char *const *disposal_step_list(void)
{
    return disposal_step_words;
}

static bool after_entry(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return handover_keep(journal, entry, err) && disposal_keep(journal, entry, err) &&
           stocktake_keep(journal, entry, err);
}

const struct journal_module custody_module = {
    .kinds = entry_kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = after_entry,
};

/* ---- SQL ------------------------------------------------------------------------------------- */

bool custody_ask(struct journal *journal, const char *sql, const char *const *texts,
                 struct statement **out, bool *has_row, struct error *err)
{
    if (!store_statement(journal_store(journal), sql, out, err)) return false;
    for (int i = 0; texts[i] != NULL; i++)
        statement_bind_text(*out, i + 1, texts[i]);
    return statement_step(*out, has_row, err);
}

bool custody_run(struct journal *journal, const char *sql, const char *const *texts,
                 struct error *err)
{
    struct statement *statement;

    if (!store_statement(journal_store(journal), sql, &statement, err)) return false;
    for (int i = 0; texts[i] != NULL; i++)
        statement_bind_text(statement, i + 1, texts[i]);
    return statement_run(statement, err);
}

bool custody_list(struct journal *journal, const char *sql, const char *scope,
                  struct custody_scope *codes, struct statement **out, struct error *err)
{
    if (!store_prepare(journal_store(journal), sql, out, err)) return false;
    division_code_range(scope, codes->first, codes->last);
    statement_bind_text(*out, 1, codes->first);
    statement_bind_text(*out, 2, codes->last);
    return true;
}

void custody_copy(const struct statement *row, int column, char *out, size_t size)
{
    const char *text = statement_text(row, column);
    size_t length = strlen(text);

    assert(length < size);
    memcpy(out, text, length + 1);
}
