/*
 * upkeep.c - how each asset is kept: who answers, what of the five is clear, when it was inspected
 * and when it is due again.
 *
 * All of it is told of a day: what came later, or is dated later, has no part in it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

// clang-format off
#define SELECT_UPKEEP                                                                              \
    "SELECT k.asset, k.division, COALESCE(d.seq, 0), d.date, d.unit, d.office_phone, d.keeper, "   \
    "d.route, d.scope, d.standard, d.money_source, COALESCE(d.money, 0), EXISTS (SELECT 1 FROM "   \
    "asset_title t WHERE t.asset = k.asset AND t.date <= $1), i.date, i.state, " GONE_ON ", "      \
    "(d.keeper > '' AND NOT EXISTS (SELECT 1 FROM keeping_keeper h JOIN keeping_post p ON "        \
    "p.keeper = h.keeper WHERE h.keeper = d.keeper AND h.first_day <= $1 AND (p.last_day = '' OR " \
    "p.last_day >= $1))) FROM keeping_asset k JOIN asset_now a ON a.code = k.asset LEFT JOIN "     \
    "keeping_duty d ON d.seq = (SELECT e.seq FROM keeping_duty e WHERE e.asset = k.asset AND "     \
    "e.date <= $1 ORDER BY e.date DESC, e.seq DESC LIMIT 1) LEFT JOIN keeping_inspection i ON "    \
    "i.seq = (SELECT j.seq FROM keeping_inspection j WHERE j.asset = k.asset AND j.date <= $1 "    \
    "ORDER BY j.date DESC, j.seq DESC LIMIT 1) WHERE "
// clang-format on
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
    out->is_vacant = statement_integer(row, 16) != 0;
    if (!money_from_fen(statement_integer(row, 11), &out->money, err)) return false;
    count_clear(out, statement_integer(row, 12) != 0);
    return true;
}

/* ---- What is due next ------------------------------------------------------------------------ */

static bool see_schedule(struct journal *journal, struct schedule *schedule, bool is_past,
                         date_t day, struct upkeep *out, struct error *err)
{
    struct gaps gaps = {.start = is_past ? 0 : schedule->next_n};
    char text[DATE_TEXT_SIZE];
    date_t next;

    if (!schedule_find_gaps(journal, schedule, day, &gaps, err)) return false;
    if (!schedule_day(&schedule->rule, gaps.first_open, &next)) return true;
    (void)date_format(next, text);
    if (out->next[0] == '\0' || strcmp(text, out->next) < 0) memcpy(out->next, text, sizeof text);
    return true;
}

/* The earliest day that was open at the end of a day, of all schedules of the asset. */
static bool find_next(struct journal *journal, const char *gone_on, date_t day, struct upkeep *out,
                      struct error *err)
{
    struct statement *select;
    struct schedule schedule;
    char text[DATE_TEXT_SIZE];
    bool has_row;

    out->next[0] = '\0';
    if (!store_statement(journal_store(journal),
                         "SELECT " SCHEDULE_COLUMNS ", n.answered_on FROM keeping_next n JOIN "
                         "keeping_schedule s ON s.seq = n.seq WHERE n.asset = $1 ORDER BY n.seq",
                         &select, err))
        return false;
    statement_bind_text(select, 1, out->asset);
    (void)date_format(day, text);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!schedule_read(select, 0, &schedule, err) ||
            !schedule_end_with_asset(&schedule.rule, gone_on, err) ||
            !see_schedule(journal, &schedule,
                          strcmp(statement_text(select, SCHEDULE_COLUMN_COUNT), text) > 0, day, out,
                          err)) {
            statement_reset(select);
            return false;
        }
    }
}

/* A row of SELECT_UPKEEP and what is due next. */
static bool tell(struct journal *journal, const struct statement *row, date_t day,
                 struct upkeep *out, struct error *err)
{
    return read_upkeep(row, out, err) && find_next(journal, statement_text(row, 15), day, out, err);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

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
    ok = tell(journal, select, day, out, err);
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
    division_code_range(scope, first, last);
    if (!store_prepare(journal_store(journal), SELECT_UPKEEP RANGE, &select, err)) goto out;
    statement_bind_text(select, 1, date_format(day, text));
    statement_bind_text(select, 2, first);
    statement_bind_text(select, 3, last);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!tell(journal, select, day, upkeep, err) || !visit(context, upkeep, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(upkeep);
    return ok;
}
