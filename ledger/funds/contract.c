/*
 * contract.c - contracts with those who build: the kind contract.add and the questions about them.
 *
 * 1. A contract belongs to one project of the register. What it costs is bounded by its price,
 * after the settlement by the final price (obligation.c).
 */
#include <string.h>

#include "ledger/funds/internal.h"

#define RETENTION_BP_MAX 10000
#define CONTRACT_COLUMNS                                                                           \
    "code, project, contractor, uscc, price, retention_bp, signed_on, starts_on, ends_on, "        \
    "committed, paid, retention, settled, final_price"

static const struct entry_member contractor_members[] = {
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "uscc", .type = MEMBER_USCC, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member contract_members[] = {
    {.name = "contract", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "contractor",
     .type = MEMBER_OBJECT,
     .mark = MEMBER_PUBLIC,
     .members = contractor_members},
    {.name = "end", .type = MEMBER_DATE_OR_EMPTY, .mark = MEMBER_PUBLIC},
    {.name = "price", .type = MEMBER_AMOUNT, .mark = MEMBER_PUBLIC},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "retention_bp", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "signed_on", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "start", .type = MEMBER_DATE_OR_EMPTY, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- The kind -------------------------------------------------------------------------------- */

static bool read_body(const struct entry_view *entry, struct contract *out, struct error *err)
{
    const struct json_document *document = entry->document;
    uint32_t contractor;
    int64_t fen;

    memset(out, 0, sizeof *out);
    return json_get_string(document, entry->body, "contract", out->code, sizeof out->code, err) &&
           json_get_string(document, entry->body, "project", out->project, sizeof out->project,
                           err) &&
           json_get_node(document, entry->body, "contractor", JSON_OBJECT, &contractor, err) &&
           json_get_string(document, contractor, "name", out->contractor, sizeof out->contractor,
                           err) &&
           json_get_string(document, contractor, "uscc", out->uscc, sizeof out->uscc, err) &&
           json_get_integer(document, entry->body, "price", &fen, err) &&
           money_from_fen(fen, &out->price, err) &&
           json_get_small(document, entry->body, "retention_bp", &out->retention_bp, err) &&
           json_get_date(document, entry->body, "signed_on", &out->signed_on, err) &&
           json_get_optional_date(document, entry->body, "start", &out->has_start, &out->start,
                                  err) &&
           json_get_optional_date(document, entry->body, "end", &out->has_end, &out->end, err);
}

static bool check_contract(struct journal *journal, const struct contract *contract,
                           struct error *err)
{
    int64_t count;

    if (contract->contractor[0] == '\0')
        return error_set(err, ERROR_INPUT, "contract %s has no contractor; name it",
                         contract->code);
    if (contract->retention_bp > RETENTION_BP_MAX)
        return error_set(err, ERROR_INPUT,
                         "contract %s: a retention of %d/10,000 is more than the price",
                         contract->code, contract->retention_bp);
    if (contract->has_start && contract->has_end && date_is_before(contract->end, contract->start))
        return error_set(err, ERROR_INPUT, "contract %s ends before it starts", contract->code);
    if (!sql_integer(journal, "SELECT COUNT(*) FROM contract WHERE code = $1",
                     SQL_VALUES(SQL_TEXT(contract->code)), &count, err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "contract %s is registered already", contract->code);
    return true;
}

/* The maker must be one for the project's division. */
static bool check_project(struct journal *journal, const struct contract *contract,
                          const char *actor, struct error *err)
{
    struct statement *statement;
    char division[DIVISION_CODE_SIZE];
    bool has_row;

    if (!sql_row(journal, "SELECT division FROM project WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(contract->project)), &statement, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND,
                         "project %s of contract %s is not in the project bank; register it first",
                         contract->project, contract->code);
    sql_text(statement, 0, division, sizeof division);
    statement_reset(statement);
    return journal_require_role(journal, actor, ROLE_MAKER, division, err);
}

static bool contract_apply(struct journal *journal, const struct entry_view *entry,
                           struct error *err)
{
    struct contract contract;
    char signed_on[DATE_TEXT_SIZE], start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];

    if (!read_body(entry, &contract, err) || !check_contract(journal, &contract, err) ||
        !check_project(journal, &contract, entry->actor, err))
        return false;
    return sql_run(
        journal,
        "INSERT INTO contract (code, project, contractor, uscc, price, retention_bp, signed_on, "
        "starts_on, ends_on, pending, committed, retention, paid, settled, final_price, seq) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, 0, 0, $10)",
        SQL_VALUES(SQL_TEXT(contract.code), SQL_TEXT(contract.project),
                   SQL_TEXT(contract.contractor), SQL_TEXT(contract.uscc),
                   SQL_INTEGER(contract.price.fen), SQL_INTEGER(contract.retention_bp),
                   SQL_TEXT(date_format(contract.signed_on, signed_on)),
                   SQL_TEXT(contract.has_start ? date_format(contract.start, start) : ""),
                   SQL_TEXT(contract.has_end ? date_format(contract.end, end) : ""),
                   SQL_INTEGER(entry->seq)),
        err);
}

static bool contract_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct contract contract;

    return read_body(entry, &contract, err) &&
           buffer_append_format(out, err, "registers contract %s of project %s with %s",
                                contract.code, contract.project, contract.contractor);
}

const struct entry_kind contract_add_kind = {
    .name = "contract.add",
    .members = contract_members,
    .apply = contract_apply,
    .describe = contract_describe,
    .covered_by = "import.file",
};

/* ---- Questions ------------------------------------------------------------------------------- */

static bool read_row(const struct statement *statement, struct contract *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->code, sizeof out->code);
    sql_text(statement, 1, out->project, sizeof out->project);
    sql_text(statement, 2, out->contractor, sizeof out->contractor);
    sql_text(statement, 3, out->uscc, sizeof out->uscc);
    out->price = (money_t){statement_integer(statement, 4)};
    out->retention_bp = (int32_t)statement_integer(statement, 5);
    out->committed = (money_t){statement_integer(statement, 9)};
    out->paid = (money_t){statement_integer(statement, 10)};
    out->retention = (money_t){statement_integer(statement, 11)};
    out->settled = statement_integer(statement, 12) != 0;
    out->final_price = (money_t){statement_integer(statement, 13)};
    return sql_date(statement, 6, NULL, &out->signed_on, err) &&
           sql_date(statement, 7, &out->has_start, &out->start, err) &&
           sql_date(statement, 8, &out->has_end, &out->end, err);
}

bool contract_find(struct journal *journal, const char *code, struct contract *out,
                   struct error *err)
{
    struct statement *statement;
    struct contract contract;
    bool has_row, ok;

    if (!sql_row(journal, "SELECT " CONTRACT_COLUMNS " FROM contract WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(code)), &statement, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "contract %s is not registered; register it first",
                         code);
    ok = read_row(statement, &contract, err);
    statement_reset(statement);
    if (ok) *out = contract;
    return ok;
}

bool contract_each(struct journal *journal, const char *project,
                   bool (*visit)(void *context, const struct contract *contract, struct error *err),
                   void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct contract contract;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT " CONTRACT_COLUMNS " FROM contract WHERE ($1 = '' OR project = $1) "
                     "ORDER BY code",
                     SQL_VALUES(SQL_TEXT(project)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(statement, &contract, err) || !visit(context, &contract, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
