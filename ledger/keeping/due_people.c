/*
 * due_people.c - assets for which nobody answers, posts that end, work orders that wait: as they
 * stand now, judged on a day.
 */
#include <string.h>

#include "ledger/keeping/internal.h"

#define ENDING_DAYS 30

static const char ending_policy[] = "keeper_ending_days";

/* A query of one kind of line: columns division, asset, subject, text, seq, day. */
struct lines {
    const char *sql; /* $1 to $2 divisions, $3 a day */
    enum due_what what;
    date_t until; /* $3 */
};

static bool read_item(const struct statement *row, const struct lines *lines, date_t as_of,
                      struct due_item *out, struct error *err)
{
    out->what = lines->what;
    copy_text(row, 0, out->division, sizeof out->division);
    copy_text(row, 1, out->asset, sizeof out->asset);
    copy_text(row, 2, out->subject, sizeof out->subject);
    out->text = statement_text(row, 3);
    out->seq = (uint64_t)statement_integer(row, 4);
    out->count = 1;
    if (!date_parse(statement_text(row, 5), &out->due, err)) return false;
    out->day = out->due;
    out->is_overdue = out->what == DUE_HOLDER || date_is_before(out->due, as_of);
    return true;
}

static bool each(struct journal *journal, const struct due_filter *filter,
                 const struct lines *lines, due_visit *visit, void *context, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE], until[DATE_TEXT_SIZE];
    char as_of[DATE_TEXT_SIZE];
    struct statement *select = NULL;
    struct due_item item;
    bool has_row, ok = false;

    scope_bounds(filter->scope, first, last);
    if (!store_prepare(journal_store(journal), lines->sql, &select, err)) return false;
    statement_bind_text(select, 1, first);
    statement_bind_text(select, 2, last);
    statement_bind_text(select, 3, date_format(lines->until, until));
    statement_bind_text(select, 4, date_format(filter->as_of, as_of));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_item(select, lines, filter->as_of, &item, err) || !visit(context, &item, err))
            goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

bool due_holder_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                     void *context, struct error *err)
{
    static const char nobody[] =
        "SELECT k.division, k.asset, '', k.name, k.duty_seq, CASE WHEN k.duty_on = '' THEN "
        "k.acquired ELSE k.duty_on END FROM keeping_asset k CROSS JOIN asset_now a WHERE "
        "k.has_unit "
        "= 0 AND k.division >= $1 AND k.division <= $2 AND k.acquired <= $3 AND a.code = k.asset "
        "AND (" GONE_ON " = '' OR " GONE_ON " > $4) ORDER BY k.division, k.asset";
    static const char left[] =
        "SELECT k.division, k.asset, p.keeper, k.name, p.seq, p.last_day FROM keeping_post p CROSS "
        "JOIN keeping_asset k CROSS JOIN asset_now a WHERE k.keeper = p.keeper AND k.division >= "
        "$1 "
        "AND k.division <= $2 AND p.last_day > '' AND p.last_day < $3 AND k.has_unit = 1 AND "
        "a.code "
        "= k.asset AND (" GONE_ON " = '' OR " GONE_ON " > $4) ORDER BY k.division, k.asset";
    const struct lines without = {nobody, DUE_HOLDER, filter->as_of};
    const struct lines gone = {left, DUE_HOLDER, filter->as_of};

    return each(journal, filter, &without, visit, context, err) &&
           each(journal, filter, &gone, visit, context, err);
}

bool due_post_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err)
{
    static const char ending[] =
        "SELECT division, '', keeper, post, seq, last_day FROM keeping_post WHERE division >= $1 "
        "AND division <= $2 AND last_day <= $3 AND last_day >= $4 ORDER BY division, last_day, "
        "keeper";
    struct lines lines = {ending, DUE_POST, filter->as_of};
    int64_t days;

    if (filter->days_ahead < 0) return true;
    return journal_policy(journal, ending_policy, filter->as_of, ENDING_DAYS, &days, err) &&
           date_from_days(filter->as_of.days + days, &lines.until, err) &&
           each(journal, filter, &lines, visit, context, err);
}

bool due_work_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err)
{
    static const char waiting[] =
        "SELECT w.division, w.asset, w.work, k.name, w.seq, w.due FROM keeping_open_work w CROSS "
        "JOIN keeping_asset k CROSS JOIN asset_now a WHERE w.division >= $1 AND w.division <= $2 "
        "AND "
        "w.due <= $3 AND k.asset = w.asset AND a.code = w.asset AND (" GONE_ON " = '' OR " GONE_ON
        " > $4) ORDER BY w.division, w.due, w.work";
    struct lines lines = {waiting, DUE_WORK, filter->as_of};

    return date_from_days(filter->as_of.days + (filter->days_ahead < 0 ? -1 : filter->days_ahead),
                          &lines.until, err) &&
           each(journal, filter, &lines, visit, context, err);
}
