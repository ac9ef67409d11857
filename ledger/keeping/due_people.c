/*
 * due_people.c - assets for which nobody answers, posts that end, work orders that wait.
 *
 * No row is of a day after its entry's. So from the day of the last entry on they are as they stand
 * now, by indexes; of a day before they are as the rows of days up to it say, which takes all rows
 * of the place.
 */
#include <string.h>

#include "ledger/keeping/internal.h"

#define ENDING_DAYS 30

static const char ending_policy[] = "keeper_ending_days";

/* Queries of one kind of line: columns division, asset, subject, text, seq, day. */
struct lines {
    const char *now, *then; /* $1 to $2 divisions, $3 a day, $4 the day judged */
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

    division_code_range(filter->scope, first, last);
    if (!store_prepare(journal_store(journal),
                       date_is_before(filter->as_of, instant_to_date_in(journal_last_time(journal),
                                                                        ZONE_CHINA_SECONDS))
                           ? lines->then
                           : lines->now,
                       &select, err))
        return false;
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

/* What is asked, in the order in which parameters are numbered; assets with the duty that counts on
 * its day, and the last day in office that was known then. */
#define ASKED "WITH p(first, last, until, day) AS (SELECT $1, $2, $3, $4) "
#define ASSETS_THEN                                                                                \
    "p CROSS JOIN keeping_asset k JOIN asset_now a ON a.code = k.asset LEFT JOIN keeping_duty d "  \
    "ON d.seq = "                                                                                  \
    "(SELECT e.seq FROM keeping_duty e WHERE e.asset = k.asset AND e.date <= p.day ORDER BY "      \
    "e.date "                                                                                      \
    "DESC, e.seq DESC LIMIT 1)"
#define LAST_DAY_THEN                                                                              \
    "COALESCE((SELECT e.date FROM keeping_left e WHERE e.keeper = h.keeper AND e.date <= p.day), " \
    "h.last_day)"

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
    static const char nobody_then[] = ASKED
        "SELECT k.division, k.asset, '', k.name, COALESCE(d.seq, 0), COALESCE(d.date, k.acquired) "
        "FROM " ASSETS_THEN
        " WHERE k.division >= p.first AND k.division <= p.last AND k.acquired <= p.until "
        "AND COALESCE(d.unit, '') = '' AND (" GONE_ON " = '' OR " GONE_ON
        " > p.day) ORDER BY k.division, k.asset";
    static const char left_then[] =
        ASKED "SELECT l.* FROM p AS q CROSS JOIN (SELECT k.division, k.asset, h.keeper, k.name, "
              "h.seq, " LAST_DAY_THEN " AS last FROM " ASSETS_THEN
              " JOIN keeping_keeper h ON h.keeper = d.keeper WHERE "
              "k.division >= p.first AND k.division <= p.last AND d.unit > '' AND (" GONE_ON
              " = '' OR " GONE_ON
              " > p.day)) AS l WHERE l.last > '' AND l.last < q.until ORDER BY l.division, l.asset";
    const struct lines without = {nobody, nobody_then, DUE_HOLDER, filter->as_of};
    const struct lines gone = {left, left_then, DUE_HOLDER, filter->as_of};

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
    static const char ending_then[] =
        ASKED "SELECT l.* FROM p AS q CROSS JOIN (SELECT h.division, '', h.keeper, h.post, "
              "h.seq, " LAST_DAY_THEN
              " AS last FROM p CROSS JOIN keeping_keeper h WHERE h.division >= p.first AND "
              "h.division <= p.last AND "
              "h.first_day <= p.day) AS l WHERE l.last <= q.until AND l.last >= q.day ORDER BY "
              "l.division, l.last, "
              "l.keeper";
    struct lines lines = {ending, ending_then, DUE_POST, filter->as_of};
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
    static const char waiting_then[] = ASKED
        "SELECT k.division, w.asset, w.work, k.name, w.seq, w.due FROM p CROSS JOIN keeping_work w "
        "JOIN "
        "keeping_asset k ON k.asset = w.asset JOIN asset_now a ON a.code = w.asset WHERE "
        "k.division >= p.first AND k.division <= p.last AND w.due <= p.until AND w.date <= p.day "
        "AND NOT EXISTS "
        "(SELECT 1 FROM keeping_done e WHERE e.work = w.work AND e.date <= p.day) AND (" GONE_ON
        " = '' OR " GONE_ON " > p.day) ORDER BY k.division, w.due, w.work";
    struct lines lines = {waiting, waiting_then, DUE_WORK, filter->as_of};

    return date_from_days(filter->as_of.days + (filter->days_ahead < 0 ? -1 : filter->days_ahead),
                          &lines.until, err) &&
           each(journal, filter, &lines, visit, context, err);
}
