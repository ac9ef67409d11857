/*
 * decision.c - when something that happens in the money model became known to the ledger: the entry
 * that approved a voucher, or that accepted a project. A publication before it can't have told it.
 * And which entries changed what is told of a project: what it was paid, how far it is.
 */
#include <stdlib.h>
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

static const struct store_column touch_columns[] = {
    {"project", STORE_TEXT, NULL, "code of the project"},
    {"seq", STORE_INTEGER, NULL, "entry by which what became of it changed"},
    {"month", STORE_INTEGER, NULL, "month in which that counts"},
};
const struct store_table touch_table = {
    .name = "disclosed_touch",
    .kind = STORE_DERIVED,
    .meaning = "payments and steps of projects",
    .columns = touch_columns,
    .column_count = ARRAY_COUNT(touch_columns),
    .primary_key = "project, seq",
};

static bool insert_decision(struct journal *journal, const char *code, uint64_t seq,
                            struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal_store(journal),
                         "INSERT INTO disclosed_decision (code, seq) VALUES ($1, $2)", &insert,
                         err))
        return false;
    statement_bind_text(insert, 1, code);
    statement_bind_integer(insert, 2, (int64_t)seq);
    return statement_run(insert, err);
}

/* ---- What became of projects ----------------------------------------------------------------- */

struct touching {
    struct journal *journal;
    uint64_t seq;
    int32_t month;
};

static bool touch(void *context, const char *project, struct error *err)
{
    const struct touching *touching = context;
    struct statement *insert;

    if (!store_statement(journal_store(touching->journal),
                         "INSERT INTO disclosed_touch (project, seq, month) VALUES ($1, $2, $3)",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, project);
    statement_bind_integer(insert, 2, (int64_t)touching->seq);
    statement_bind_integer(insert, 3, touching->month);
    return statement_run(insert, err);
}

static bool keep_voucher(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct touching touching = {.journal = journal, .seq = entry->seq};
    struct voucher *voucher = malloc(sizeof *voucher);
    char number[CODE_SIZE];
    bool ok;

    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    ok = json_get_string(entry->document, entry->body, "voucher", number, sizeof number, err) &&
         insert_decision(journal, number, entry->seq, err) &&
         voucher_find(journal, number, voucher, err);
    if (ok) touching.month = voucher->booking_month;
    free(voucher);
    return ok && voucher_project_each(journal, number, touch, &touching, err);
}

static bool keep_step(struct journal *journal, const struct entry_view *entry, bool is_accepted,
                      struct error *err)
{
    struct touching touching = {.journal = journal, .seq = entry->seq};
    char code[CODE_SIZE + 1] = "P", day[DATE_TEXT_SIZE];
    date_t date;

    if (!json_get_string(entry->document, entry->body, "project", code + 1, CODE_SIZE, err) ||
        !json_get_string(entry->document, entry->body, "date", day, sizeof day, err) ||
        !date_parse(day, &date, err))
        return false;
    touching.month = date_month(date);
    return touch(&touching, code + 1, err) &&
           (!is_accepted || insert_decision(journal, code, entry->seq, err));
}

bool decision_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    if (strcmp(entry->kind, "voucher.approve") == 0) return keep_voucher(journal, entry, err);
    if (strcmp(entry->kind, "project.accept") == 0) return keep_step(journal, entry, true, err);
    if (strcmp(entry->kind, "project.progress") == 0 || strcmp(entry->kind, "project.result") == 0)
        return keep_step(journal, entry, false, err);
    return true;
}

bool decision_touched(struct journal *journal, const char *project, uint64_t after, uint64_t before,
                      int32_t last_month, bool *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT 1 FROM disclosed_touch WHERE project = $1 AND seq > $2 AND seq < "
                         "$3 AND month <= $4 LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, project);
    statement_bind_integer(select, 2, (int64_t)after);
    statement_bind_integer(select, 3, (int64_t)before);
    statement_bind_integer(select, 4, last_month);
    if (!statement_step(select, &has_row, err)) return false;
    *out = has_row;
    statement_reset(select);
    return true;
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
