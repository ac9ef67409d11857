/*
 * exception.c - exception.grant: an act of two that lets one voucher pass the negative list.
 *
 * 1. It names one item and one reference, and holds for that voucher alone.
 */
#include "ledger/funds/internal.h"

static const struct entry_member grant_members[] = {
    {.name = "code", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "reference", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

struct grant {
    char code[CODE_SIZE];
    char reason[TEXT_SIZE];
    char reference[CODE_SIZE];
};

static bool read_grant(const struct json_document *document, uint32_t body, struct grant *out,
                       struct error *err)
{
    return json_get_string(document, body, "code", out->code, sizeof out->code, err) &&
           json_get_string(document, body, "reason", out->reason, sizeof out->reason, err) &&
           json_get_string(document, body, "reference", out->reference, sizeof out->reference, err);
}

static bool grant_check(struct journal *journal, const struct json_document *document,
                        uint32_t body, struct error *err)
{
    struct grant grant;
    int64_t count;

    if (!read_grant(document, body, &grant, err)) return false;
    if (!negative_list_has_code(grant.code))
        return error_set(err, ERROR_NOT_FOUND, "\"%s\" is not an item of the negative list",
                         grant.code);
    if (grant.reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "an exception needs a reason; give one");
    if (!sql_integer(journal, "SELECT COUNT(*) FROM exception WHERE code = $1 AND reference = $2",
                     SQL_VALUES(SQL_TEXT(grant.code), SQL_TEXT(grant.reference)), &count, err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "reference %s has the exception to %s already",
                         grant.reference, grant.code);
    return true;
}

static bool grant_take_effect(struct journal *journal, const struct entry_view *second,
                              const struct json_document *document, uint32_t body,
                              struct error *err)
{
    struct grant grant;

    return read_grant(document, body, &grant, err) &&
           sql_run(journal,
                   "INSERT INTO exception (code, reference, reason, seq) VALUES ($1, $2, $3, $4)",
                   SQL_VALUES(SQL_TEXT(grant.code), SQL_TEXT(grant.reference),
                              SQL_TEXT(grant.reason), SQL_INTEGER(second->seq)),
                   err);
}

const struct act_kind exception_grant_act = {
    .name = "exception.grant",
    .members = grant_members,
    .check = grant_check,
    .take_effect = grant_take_effect,
};
