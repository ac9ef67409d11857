/*
 * upkeep.c - how each asset is kept: who answers, what of the five is clear, when it was inspected
 * and when it is due again.
 *
 * Duties, titles and inspections are told of a day; what is due next, as it stands now.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

#define SELECT_UPKEEP                                                                              \
    "SELECT k.asset, k.division, COALESCE(d.seq, 0), d.date, d.unit, d.office_phone, d.keeper, "   \
    "d.route, d.scope, d.standard, d.money_source, COALESCE(d.money, 0), EXISTS (SELECT 1 FROM "   \
    "asset_title t WHERE t.asset = k.asset AND t.date <= $1), i.date, i.state, (SELECT "           \
    "MIN(n.next_day) FROM keeping_next n WHERE n.asset = k.asset AND n.next_day > ''), "           \
    "(d.keeper > '' AND NOT EXISTS (SELECT 1 FROM keeping_keeper a JOIN keeping_post p ON "        \
    "p.keeper = a.keeper WHERE a.keeper = d.keeper AND a.first_day <= $1 AND (p.last_day = '' OR " \
    "p.last_day >= $1))) FROM keeping_asset k LEFT JOIN keeping_duty d ON d.seq = (SELECT e.seq "  \
    "FROM keeping_duty e WHERE e.asset = k.asset AND e.date <= $1 ORDER BY e.date DESC, e.seq "    \
    "DESC LIMIT 1) LEFT JOIN keeping_inspection i ON i.seq = (SELECT j.seq FROM "                  \
    "keeping_inspection j WHERE j.asset = k.asset AND j.date <= $1 ORDER BY j.date DESC, j.seq "   \
    "DESC LIMIT 1) WHERE "
#define ONE "k.asset = $2"
#define RANGE                                                                                      \
    "k.acquired <= $1 AND k.division >= $2 AND k.division <= $3 ORDER BY k.division, k.asset"

const char *clarity_name(enum clarity clarity)
{
    static const char *const names[KEEPING_CLEAR_MAX] = {
        [CLEAR_SCOPE] = N_("scope"),
        [CLEAR_TITLE] = N_("title"),
        [CLEAR_STANDARD] = N_("standard"),
        [CLEAR_MONEY] = N_("money"),
        [CLEAR_RESPONSIBILITY] = N_("responsibility"),
    };

    assert(clarity < KEEPING_CLEAR_MAX);
    return names[clarity];
}

static void count_clear(struct upkeep *upkeep, bool has_title)
{
    upkeep->is_clear[CLEAR_SCOPE] = upkeep->scope[0] != '\0';
    upkeep->is_clear[CLEAR_TITLE] = has_title;
    upkeep->is_clear[CLEAR_STANDARD] = upkeep->standard[0] != '\0';
    upkeep->is_clear[CLEAR_MONEY] = upkeep->money.fen > 0 && upkeep->money_source[0] != '\0';
    upkeep->is_clear[CLEAR_RESPONSIBILITY] =
        upkeep->unit[0] != '\0' && upkeep->office_phone[0] != '\0' && !upkeep->is_vacant;
    upkeep->score = 0;
    for (size_t i = 0; i < KEEPING_CLEAR_MAX; i++)
        upkeep->score += upkeep->is_clear[i] ? 1 : 0;
}

static bool read_upkeep(const struct statement *row, struct upkeep *out, struct error *err)
{
    copy_text(row, 0, out->asset, sizeof out->asset);
    copy_text(row, 1, out->division, sizeof out->division);
    out->has_duty = statement_integer(row, 2) != 0;
    copy_text(row, 3, out->since, sizeof out->since);
    copy_text(row, 4, out->unit, sizeof out->unit);
    copy_text(row, 5, out->office_phone, sizeof out->office_phone);
    copy_text(row, 6, out->keeper, sizeof out->keeper);
    copy_text(row, 7, out->route, sizeof out->route);
    copy_text(row, 8, out->scope, sizeof out->scope);
    copy_text(row, 9, out->standard, sizeof out->standard);
    copy_text(row, 10, out->money_source, sizeof out->money_source);
    copy_text(row, 13, out->inspected, sizeof out->inspected);
    copy_text(row, 14, out->found, sizeof out->found);
    copy_text(row, 15, out->next, sizeof out->next);
    out->is_vacant = statement_integer(row, 16) != 0;
    if (!money_from_fen(statement_integer(row, 11), &out->money, err)) return false;
    count_clear(out, statement_integer(row, 12) != 0);
    return true;
}

bool upkeep_find(struct journal *journal, const char *asset, date_t day, struct upkeep *out,
                 struct error *err)
{
    struct statement *select;
    char text[DATE_TEXT_SIZE];
    bool has_row, ok;

    if (!store_statement(journal_store(journal), SELECT_UPKEEP ONE, &select, err)) return false;
    statement_bind_text(select, 1, date_format(day, text));
    statement_bind_text(select, 2, asset);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                         translate(N_("asset")), asset);
    ok = read_upkeep(select, out, err);
    statement_reset(select);
    return ok;
}

bool upkeep_each(struct journal *journal, const char *scope, date_t day,
                 bool (*visit)(void *context, const struct upkeep *upkeep, struct error *err),
                 void *context, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE], text[DATE_TEXT_SIZE];
    struct upkeep *upkeep = calloc(1, sizeof *upkeep);
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (upkeep == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    scope_bounds(scope, first, last);
    if (!store_prepare(journal_store(journal), SELECT_UPKEEP RANGE, &select, err)) goto out;
    statement_bind_text(select, 1, date_format(day, text));
    statement_bind_text(select, 2, first);
    statement_bind_text(select, 3, last);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_upkeep(select, upkeep, err) || !visit(context, upkeep, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(upkeep);
    return ok;
}
