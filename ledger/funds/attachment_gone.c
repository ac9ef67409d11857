/*
 * attachment_gone.c - attached files that two people declare lost, and what they erase of others.
 *
 * 1. The journal knows no files: whether one is there is for whoever proposes to see, and for both
 *    to answer for. attachment.lost names entries, not hashes, so that a sealed hash stays sealed.
 *    Nothing else changes by it: a copy that turns up is put back by attaching it again.
 * 2. By seal.erase a title goes, or a file that is sealed, in whatever order. The row is then what
 * a replay without the value makes. A hash that was public is known for ever and can't be erased.
 */
#include <inttypes.h>
#include <string.h>

#include "ledger/funds/internal.h"

/* ---- attachment.lost ------------------------------------------------------------------------- */

static const struct entry_member range_members[] = {
    {.name = "first", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "last", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member lost_members[] = {
    {.name = "entries", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = range_members},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* Every entry of the range attaches a file that nobody declared lost, and which it is is known. */
static bool require_attached(struct journal *journal, int64_t first, int64_t last,
                             struct error *err)
{
    int64_t found;

    if (!sql_integer(journal,
                     "SELECT COUNT(*) FROM attachment WHERE seq >= $1 AND seq <= $2 AND "
                     "is_lost = 0",
                     SQL_VALUES(SQL_INTEGER(first), SQL_INTEGER(last)), &found, err))
        return false;
    if (found != last - first + 1)
        return error_set(err, ERROR_STATE,
                         "of entries %" PRId64 " to %" PRId64 " %" PRId64
                         " attach files that aren't "
                         "declared lost, not %" PRId64 "; name those, and nothing else",
                         first, last, found, last - first + 1);
    if (!sql_integer(journal,
                     "SELECT COUNT(*) FROM gone_seal WHERE kind = 'attachment.add' AND member = "
                     "'file' AND state <> 'missing' AND seq >= $1 AND seq <= $2",
                     SQL_VALUES(SQL_INTEGER(first), SQL_INTEGER(last)), &found, err))
        return false;
    return found == 0 || error_set(err, ERROR_STATE,
                                   "of %" PRId64 " among entries %" PRId64 " to %" PRId64
                                   " it was erased or lost which file they attach; leave those out",
                                   found, first, last);
}

static bool read_range(struct journal *journal, const struct json_document *document, uint32_t node,
                       int64_t after, int64_t *first, int64_t *last, struct error *err)
{
    return json_get_integer(document, node, "first", first, err) &&
           json_get_integer(document, node, "last", last, err) &&
           ((after < *first && *first <= *last && (uint64_t)*last < journal_size(journal)) ||
            error_set(err, ERROR_INPUT,
                      "entries %" PRId64 " to %" PRId64 " are no range of entries before this one, "
                      "or out of order",
                      *first, *last));
}

static bool lost_check(struct journal *journal, const struct json_document *document, uint32_t body,
                       struct error *err)
{
    char reason[TEXT_SIZE];
    int64_t first, last = -1;
    uint32_t entries;

    if (!json_get_string(document, body, "reason", reason, sizeof reason, err) ||
        !json_get_node(document, body, "entries", JSON_ARRAY, &entries, err))
        return false;
    if (reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "say how the files were lost; give a reason");
    if (json_count(document, entries) == 0)
        return error_set(err, ERROR_INPUT, "no entry is named; name one that attaches a lost file");
    for (uint32_t at = json_first(document, entries); at != JSON_NONE; at = json_next(document, at))
        if (!read_range(journal, document, at, last, &first, &last, err) ||
            !require_attached(journal, first, last, err))
            return false;
    return true;
}

static bool lost_take_effect(struct journal *journal, const struct entry_view *second,
                             const struct json_document *document, uint32_t body, struct error *err)
{
    int64_t first, last = -1;
    uint32_t entries;

    (void)second;
    if (!json_get_node(document, body, "entries", JSON_ARRAY, &entries, err)) return false;
    for (uint32_t at = json_first(document, entries); at != JSON_NONE; at = json_next(document, at))
        if (!read_range(journal, document, at, last, &first, &last, err) ||
            !sql_run(journal, "UPDATE attachment SET is_lost = 1 WHERE seq >= $1 AND seq <= $2",
                     SQL_VALUES(SQL_INTEGER(first), SQL_INTEGER(last)), err))
            return false;
    return true;
}

const struct act_kind attachment_lost_act = {
    .name = "attachment.lost",
    .members = lost_members,
    .check = lost_check,
    .take_effect = lost_take_effect,
};

/* ---- seal.erase ------------------------------------------------------------------------------ */

bool attachment_check_erasure(struct journal *journal, const struct seal_range *range,
                              struct error *err)
{
    char number[VOUCHER_NUMBER_SIZE];
    struct statement *statement;
    struct voucher voucher;
    bool has_row;

    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        if (!sql_row(journal, "SELECT code FROM attachment WHERE seq = $1 AND what = 'voucher'",
                     SQL_VALUES(SQL_INTEGER(seq)), &statement, &has_row, err))
            return false;
        if (!has_row) continue;
        sql_text(statement, 0, number, sizeof number);
        statement_reset(statement);
        if (!voucher_find(journal, number, &voucher, err) ||
            !voucher_require_final(journal, &voucher, err))
            return false;
    }
    return true;
}

bool attachment_erase(struct journal *journal, const struct seal_range *range, struct error *err)
{
    if (strcmp(range->member, "title") == 0)
        return sql_run(journal, "UPDATE attachment SET title = '' WHERE seq >= $1 AND seq <= $2",
                       SQL_VALUES(SQL_INTEGER(range->first), SQL_INTEGER(range->last)), err);
    return sql_run(
        journal,
        "UPDATE attachment SET sha256 = $1, size = 0, type = '' WHERE seq >= $2 AND "
        "seq <= $3",
        SQL_VALUES(SQL_HASH(HASH_ZERO), SQL_INTEGER(range->first), SQL_INTEGER(range->last)), err);
}
