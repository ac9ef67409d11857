/*
 * body.c - who looks after assets in a county, its townships and villages; whose an inspection is.
 *
 * Of the rows about one division the one with the latest date counts on a day; of one date, the
 * later in the log.
 */
#include <string.h>

#include "ledger/keeping/internal.h"

#define SELECT_BODIES                                                                              \
    "SELECT seq, division, date, name, office_phone, document FROM keeping_body WHERE division "   \
    "BETWEEN $1 AND $2 AND date <= $3 ORDER BY division, date, seq"

static void read_body(const struct statement *row, struct upkeep_body *out)
{
    out->seq = (uint64_t)statement_integer(row, 0);
    copy_text(row, 1, out->division, sizeof out->division);
    copy_text(row, 2, out->date, sizeof out->date);
    copy_text(row, 3, out->name, sizeof out->name);
    copy_text(row, 4, out->office_phone, sizeof out->office_phone);
    copy_text(row, 5, out->document, sizeof out->document);
}

static bool each_between(struct journal *journal, const char *first, const char *last, date_t day,
                         upkeep_body_visit *visit, void *context, struct error *err)
{
    struct upkeep_body body = {.seq = 0};
    struct statement *select = NULL;
    char text[DATE_TEXT_SIZE];
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal), SELECT_BODIES, &select, err)) return false;
    statement_bind_text(select, 1, first);
    statement_bind_text(select, 2, last);
    statement_bind_text(select, 3, date_format(day, text));
    do {
        if (!statement_step(select, &has_row, err)) goto out;
        if (body.division[0] != '\0' &&
            (!has_row || strcmp(body.division, statement_text(select, 1)) != 0) &&
            !visit(context, &body, err))
            goto out;
        if (has_row) read_body(select, &body);
    } while (has_row);
    ok = true;
out:
    statement_free(select);
    return ok;
}

bool upkeep_body_each(struct journal *journal, const char *scope, date_t day,
                      upkeep_body_visit *visit, void *context, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];

    division_code_range(scope, first, last);
    return each_between(journal, first, last, day, visit, context, err);
}

bool upkeep_body_above(struct journal *journal, const char *division, date_t day,
                       upkeep_body_visit *visit, void *context, struct error *err)
{
    struct division at;

    if (!division_find(journal, division, &at, err)) return false;
    for (;;) {
        if (!each_between(journal, at.code, at.code, day, visit, context, err)) return false;
        if (at.parent[0] == '\0') return true;
        if (!division_find(journal, at.parent, &at, err)) return false;
    }
}

/* ---- What files belong to -------------------------------------------------------------------- */

bool keeping_find_thing(struct journal *journal, const char *what, const char *code,
                        struct journal_thing *out, bool *found, struct error *err)
{
    struct statement *select;

    *found = false;
    if (strcmp(what, "inspection") != 0) return true;
    if (!store_statement(journal_store(journal),
                         "SELECT k.division FROM keeping_inspection i JOIN keeping_asset k ON "
                         "k.asset = i.asset WHERE CAST(i.seq AS TEXT) = $1 AND i.seq = CAST($1 AS "
                         "INTEGER)",
                         &select, err))
        return false;
    statement_bind_text(select, 1, code);
    if (!statement_step(select, found, err)) return false;
    if (!*found) return true;
    copy_text(select, 0, out->division, sizeof out->division);
    out->is_personal = false;
    statement_reset(select);
    return true;
}
