/*
 * decision.c - when something that happens in the money model became known to the ledger: the entry
 * that approved a voucher, or that accepted a project. A publication before it can't have told it.
 */
#include <string.h>

#include "ledger/disclosure/internal.h"

static const struct store_column decision_columns[] = {
    {"code", STORE_TEXT, NULL, "number of the voucher, or P and the code of the project"},
    {"seq", STORE_INTEGER, NULL, "the entry that approved or accepted it"},
};
const struct store_table decision_table = {
    .name = "disclosed_decision",
    .kind = STORE_DERIVED,
    .meaning = "entries that made something due",
    .columns = decision_columns,
    .column_count = ARRAY_COUNT(decision_columns),
    .primary_key = "code",
};

bool decision_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    const bool is_voucher = strcmp(entry->kind, "voucher.approve") == 0;
    struct statement *insert;
    char code[CODE_SIZE + 1] = "P";

    if (!is_voucher && strcmp(entry->kind, "project.accept") != 0) return true;
    if (!json_get_string(entry->document, entry->body, is_voucher ? "voucher" : "project",
                         is_voucher ? code : code + 1, CODE_SIZE, err) ||
        !store_statement(journal_store(journal),
                         "INSERT INTO disclosed_decision (code, seq) VALUES ($1, $2)", &insert,
                         err))
        return false;
    statement_bind_text(insert, 1, code);
    statement_bind_integer(insert, 2, (int64_t)entry->seq);
    return statement_run(insert, err);
}

bool decision_find(struct journal *journal, const char *code, uint64_t *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT seq FROM disclosed_decision WHERE code = $1", &select, err))
        return false;
    statement_bind_text(select, 1, code);
    if (!statement_step(select, &has_row, err)) return false;
    *out = has_row ? (uint64_t)statement_integer(select, 0) : 0;
    statement_reset(select);
    return true;
}
