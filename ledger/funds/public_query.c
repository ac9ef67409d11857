/*
 * public_query.c - what the entries hide of the books, and projects as they stood at a month's end.
 *
 * 1. An entry hides amounts when its totals are sealed: a voucher about fewer than three persons,
 *    and every bank entry of a voucher about people once one was about some of its lines
 *    (docs/format.md section 5.3). Everything else of a book line follows from published entries.
 * 2. No seal is opened here, so that an erased one changes no answer.
 * 3. What was spent under projects is summed from totals in clear alone.
 * 4. A voucher that was rejected or withdrawn gave back in its own booking month what it held: no
 *    figure at a month's end holds anything of it.
 */
#include <string.h>

#include "ledger/funds/internal.h"

/* ---- People's money -------------------------------------------------------------------------- */

/*
 * $1 is the month. A voucher about people hides amounts when its totals are sealed, or when the
 * bank has answered for some of its lines. What is undone, with what undoes it, hides nothing any
 * more. What pays returned payments again (from `owed`), and what was answered for in parts, hides
 * only how much of a sum in clear is where: nothing once all of it has arrived.
 */
#define HIDING                                                                                     \
    "WITH hiding AS (SELECT v.number AS number, CASE WHEN v.totals_sealed = 1 AND EXISTS (SELECT " \
    "1 FROM leg o WHERE o.voucher = v.number AND NOT (o.from_role = 'owed' AND o.to_role = "       \
    "'in_transit')) THEN 1 ELSE 0 END AS for_good FROM voucher v WHERE v.people = 1 AND "          \
    "v.booking_month <= $1 AND v.state NOT IN ('rejected', 'withdrawn') AND (v.totals_sealed = 1 " \
    "OR (v.bank_partial = 1 AND EXISTS (SELECT 1 FROM bank_entry b WHERE b.voucher = v.number "    \
    "AND b.booking_month <= $1))) AND NOT (v.state = 'posted' AND v.reverses <> '') AND NOT "      \
    "EXISTS (SELECT 1 FROM voucher r WHERE r.number = v.reversed_by AND r.state = 'posted' AND "   \
    "r.booking_month <= $1)) "

static const char unsettled_lines_sql[] =
    HIDING "SELECT t.division, t.book, t.fund FROM (SELECT l.from_division AS division, "
           "l.from_book AS book, l.from_fund AS fund, h.for_good AS for_good FROM hiding h JOIN "
           "leg l ON l.voucher = h.number UNION ALL SELECT l.to_division, l.to_book, l.to_fund, "
           "h.for_good FROM hiding h JOIN leg l ON l.voucher = h.number WHERE l.to_role <> "
           "'source') t GROUP BY t.division, t.book, t.fund HAVING MAX(t.for_good) = 1 OR EXISTS "
           "(SELECT 1 FROM role_month m WHERE m.division = t.division AND m.book = t.book AND "
           "m.fund = t.fund AND m.role IN ('held', 'in_transit', 'owed') AND m.month <= $1 GROUP "
           "BY m.role HAVING SUM(m.amount) <> 0) ORDER BY t.division, t.book, t.fund";

bool unsettled_line_each(struct journal *journal, int32_t month,
                         bool (*visit)(void *context, const struct unsettled_line *line,
                                       struct error *err),
                         void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct unsettled_line line;
    bool has_row, ok = false;

    if (!sql_prepare(journal, unsettled_lines_sql, SQL_VALUES(SQL_INTEGER(month)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        memset(&line, 0, sizeof line);
        sql_text(statement, 0, line.division, sizeof line.division);
        sql_text(statement, 2, line.fund, sizeof line.fund);
        if (!book_parse(statement_text(statement, 1), &line.book, err) ||
            !visit(context, &line, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- Projects and contracts at a month's end ------------------------------------------------- */

/* Totals name no project: only a voucher with a single leg tells what it paid under one. Paying a
   returned payment again leaves what was paid as it is. Of a leg l of a voucher v. */
#define PAID_IN_SECRET                                                                             \
    "v.people = 1 AND v.state NOT IN ('rejected', 'withdrawn') AND NOT (l.from_role = 'owed' AND " \
    "l.to_role = 'in_transit') AND (v.totals_sealed = 1 OR EXISTS (SELECT 1 FROM leg o WHERE "     \
    "o.voucher = v.number AND o.leg > 1))"

static bool read_people_paid(struct journal *journal, int32_t month, struct project_at *out,
                             struct error *err)
{
    int64_t count;

    if (!sql_integer(journal,
                     "SELECT COUNT(*) FROM leg l JOIN voucher v ON v.number = l.voucher WHERE "
                     "l.project = $1 AND v.booking_month <= $2 AND " PAID_IN_SECRET,
                     SQL_VALUES(SQL_TEXT(out->project.code), SQL_INTEGER(month)), &count, err))
        return false;
    out->is_hidden = count != 0;
    return true;
}

/* As obligation.c counts it: whatever enters in_transit, owed or spent is paid. */
static bool read_paid(struct journal *journal, int32_t month, struct project *project,
                      struct error *err)
{
    for (size_t i = 0; i < project->plan_count; i++) {
        struct plan_line *line = &project->plan[i];
        int64_t fen;

        if (line->fund[0] == '\0') continue;
        if (!sql_integer(
                journal,
                "SELECT SUM((CASE WHEN l.to_role IN ('in_transit', 'owed', 'spent') THEN "
                "l.amount ELSE 0 END) - (CASE WHEN l.from_role IN ('in_transit', 'owed', "
                "'spent') THEN l.amount ELSE 0 END)) FROM leg l JOIN voucher v ON "
                "v.number = l.voucher WHERE l.project = $1 AND l.plan_line = $2 AND "
                "v.booking_month <= $3 AND v.state IN ('posted', 'reversed')",
                SQL_VALUES(SQL_TEXT(project->code), SQL_INTEGER(line->line), SQL_INTEGER(month)),
                &fen, err) ||
            !money_from_fen(fen, &line->paid, err))
            return false;
    }
    return true;
}

/* How far it was: progress never falls back, so the most of it. */
static bool read_progress(struct journal *journal, const char *last_day, struct project *project,
                          struct error *err)
{
    int64_t percent;

    if (!sql_integer(journal,
                     "SELECT MAX(percent) FROM project_event WHERE project = $1 AND date <= $2 AND "
                     "percent >= 0",
                     SQL_VALUES(SQL_TEXT(project->code), SQL_TEXT(last_day)), &percent, err))
        return false;
    project->percent = (int32_t)percent;
    return true;
}

/* The latest result by then; of one day the one recorded last. */
static bool read_result(struct journal *journal, const char *last_day, struct project *project,
                        struct error *err)
{
    struct statement *statement;
    bool has_row;

    project->result[0] = '\0';
    if (!sql_row(journal,
                 "SELECT text FROM project_event WHERE project = $1 AND date <= $2 AND result = 1 "
                 "ORDER BY date DESC, seq DESC LIMIT 1",
                 SQL_VALUES(SQL_TEXT(project->code), SQL_TEXT(last_day)), &statement, &has_row,
                 err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, project->result, sizeof project->result);
    statement_reset(statement);
    return true;
}

static bool read_acceptance(struct journal *journal, const char *last_day, struct project_at *out,
                            struct error *err)
{
    struct statement *statement;

    out->accepted_by[0] = out->acceptance[0] = '\0';
    if (!sql_row(journal,
                 "SELECT unit, text FROM project_event WHERE project = $1 AND date <= $2 AND unit "
                 "<> ''",
                 SQL_VALUES(SQL_TEXT(out->project.code), SQL_TEXT(last_day)), &statement,
                 &out->project.accepted, err))
        return false;
    if (!out->project.accepted) return true;
    sql_text(statement, 0, out->accepted_by, sizeof out->accepted_by);
    sql_text(statement, 1, out->acceptance, sizeof out->acceptance);
    statement_reset(statement);
    return true;
}

bool project_find_at(struct journal *journal, const char *code, int32_t month,
                     struct project_at *out, struct error *err)
{
    char last_day[DATE_TEXT_SIZE];

    date_format(month_last_day(month), last_day);
    return project_find(journal, code, &out->project, err) &&
           read_people_paid(journal, month, out, err) &&
           read_paid(journal, month, &out->project, err) &&
           read_progress(journal, last_day, &out->project, err) &&
           read_result(journal, last_day, &out->project, err) &&
           read_acceptance(journal, last_day, out, err);
}

struct contract_reader {
    struct journal *journal;
    int32_t month;
    bool (*visit)(void *context, const struct contract_at *contract, struct error *err);
    void *context;
};

/* What a pending voucher takes from committed or retention has left them already. */
static bool read_stages(const struct contract_reader *reader, struct contract_at *at,
                        struct error *err)
{
    struct contract *contract = &at->contract;
    struct statement *statement;
    bool has_row, ok;

    if (!sql_row(reader->journal,
                 "SELECT SUM((CASE WHEN l.to_role = 'committed' AND v.state <> 'pending' THEN "
                 "l.amount ELSE 0 END) - (CASE WHEN l.from_role = 'committed' THEN l.amount ELSE 0 "
                 "END)), SUM((CASE WHEN l.to_role = 'retention' AND v.state <> 'pending' THEN "
                 "l.amount ELSE 0 END) - (CASE WHEN l.from_role = 'retention' THEN l.amount ELSE 0 "
                 "END)), SUM(CASE WHEN v.state = 'pending' THEN 0 ELSE (CASE WHEN l.to_role IN "
                 "('in_transit', 'owed', 'spent') THEN l.amount ELSE 0 END) - (CASE WHEN "
                 "l.from_role IN ('in_transit', 'owed', 'spent') THEN l.amount ELSE 0 END) END), "
                 "SUM(v.people) FROM leg l JOIN voucher v ON v.number = l.voucher WHERE l.project "
                 "= $1 AND l.contract = $2 AND v.booking_month <= $3 AND v.state IN ('pending', "
                 "'posted', 'reversed')",
                 SQL_VALUES(SQL_TEXT(contract->project), SQL_TEXT(contract->code),
                            SQL_INTEGER(reader->month)),
                 &statement, &has_row, err))
        return false;
    if (!has_row) return error_set(err, ERROR_STORE, "a sum gave no row");
    ok = money_from_fen(statement_integer(statement, 0), &contract->committed, err) &&
         money_from_fen(statement_integer(statement, 1), &contract->retention, err) &&
         money_from_fen(statement_integer(statement, 2), &contract->paid, err);
    at->from_people = statement_integer(statement, 3) != 0;
    statement_reset(statement);
    return ok;
}

/* A settlement that was reversed later was in force until then; its price is what it fixed. */
static bool read_settlement(const struct contract_reader *reader, struct contract *contract,
                            struct error *err)
{
    bool is_settled_now = contract->settled;
    int64_t count;

    if (!sql_integer(reader->journal,
                     "SELECT COUNT(*) FROM leg l JOIN voucher v ON v.number = l.voucher WHERE "
                     "l.project = $1 AND l.contract = $2 AND v.movement = 'settlement' AND v.state "
                     "IN ('posted', 'reversed') AND v.booking_month <= $3 AND NOT EXISTS (SELECT 1 "
                     "FROM voucher r WHERE r.number = v.reversed_by AND r.state = 'posted' AND "
                     "r.booking_month <= $3)",
                     SQL_VALUES(SQL_TEXT(contract->project), SQL_TEXT(contract->code),
                                SQL_INTEGER(reader->month)),
                     &count, err))
        return false;
    contract->settled = count != 0;
    if (!contract->settled) contract->final_price = MONEY_ZERO;
    return !contract->settled || is_settled_now ||
           money_add(contract->paid, contract->retention, &contract->final_price, err);
}

static bool show_contract(void *context, const struct contract *now, struct error *err)
{
    const struct contract_reader *reader = context;
    struct contract_at at = {.contract = *now};

    if (date_month(now->signed_on) > reader->month) return true;
    return read_stages(reader, &at, err) && read_settlement(reader, &at.contract, err) &&
           reader->visit(reader->context, &at, err);
}

bool contract_each_at(struct journal *journal, const char *project, int32_t month,
                      bool (*visit)(void *context, const struct contract_at *contract,
                                    struct error *err),
                      void *context, struct error *err)
{
    struct contract_reader reader = {journal, month, visit, context};

    return contract_each(journal, project, show_contract, &reader, err);
}

/* ---- What was spent under projects ----------------------------------------------------------- */

/*
 * What entered or left three roles in the period: paid. What entered or left `spent`: arrived. A
 * bank's answer is about an account; it is a project's when all that the voucher sent from there
 * is, and it is in clear. Where nothing is under way at both ends, what was paid has arrived,
 * however the bank answered: then it is known of all.
 */
#define COUNTS                                                                                     \
    "v.state NOT IN ('pending', 'rejected', 'withdrawn') AND v.booking_month >= $1 AND "           \
    "v.booking_month <= $2"
#define UNDER_WAY(month)                                                                           \
    "EXISTS (SELECT 1 FROM role_month m WHERE m.division = t.division AND m.book = t.book AND "    \
    "m.fund = t.fund AND m.role IN ('in_transit', 'owed') AND m.month " month                      \
    " GROUP BY m.role HAVING SUM(m.amount) <> 0)"

static const char spending_sql[] =
    "SELECT s.division, s.book, s.fund, s.project, s.amount FROM (SELECT t.division, t.book, "
    "t.fund, t.project, CASE WHEN " UNDER_WAY("< $1") " OR " UNDER_WAY(
        "<= $2") " THEN SUM(t.arrived) ELSE SUM(t.paid) END AS amount FROM ("
                 "SELECT l.to_division AS division, l.to_book AS book, l.to_fund AS fund, "
                 "l.project AS project, "
                 "l.amount AS paid, CASE WHEN l.to_role = 'spent' THEN l.amount ELSE 0 END AS "
                 "arrived FROM "
                 "voucher v JOIN leg l ON l.voucher = v.number WHERE l.project <> '' AND l.to_role "
                 "IN "
                 "('in_transit', 'owed', 'spent') AND " COUNTS " UNION ALL "
                 "SELECT l.from_division, l.from_book, l.from_fund, l.project, -l.amount, CASE "
                 "WHEN l.from_role "
                 "= 'spent' THEN -l.amount ELSE 0 END FROM voucher v JOIN leg l ON l.voucher = "
                 "v.number WHERE "
                 "l.project <> '' AND l.from_role IN ('in_transit', 'owed', 'spent') AND " COUNTS
                 " UNION ALL "
                 "SELECT p.division, p.book, p.fund, l.project, 0, p.amount FROM bank_entry b JOIN "
                 "voucher v ON "
                 "v.number = b.voucher JOIN bank_posting p ON p.reference = b.reference JOIN leg l "
                 "ON l.voucher "
                 "= v.number AND l.to_division = p.division AND l.to_book = p.book AND l.to_fund = "
                 "p.fund WHERE "
                 "b.booking_month >= $1 AND b.booking_month <= $2 AND p.role = 'spent' AND "
                 "l.project <> '' AND "
                 "l.to_role = 'in_transit' AND NOT (v.people = 1 AND (v.totals_sealed = 1 OR "
                 "v.bank_partial = "
                 "1)) AND NOT EXISTS (SELECT 1 FROM leg o WHERE o.voucher = v.number AND o.to_role "
                 "= "
                 "'in_transit' AND o.to_division = l.to_division AND o.to_book = l.to_book AND "
                 "o.to_fund = "
                 "l.to_fund AND (o.project <> l.project OR o.leg < l.leg))"
                 ") t GROUP BY t.division, t.book, t.fund, t.project) s WHERE s.amount <> 0 AND "
                 "NOT EXISTS "
                 "(SELECT 1 FROM leg l JOIN voucher v ON v.number = l.voucher WHERE l.project = "
                 "s.project AND "
                 "v.booking_month <= $2 AND " PAID_IN_SECRET
                 ") ORDER BY s.division, s.book, s.fund, s.project";

bool project_spending_each(struct journal *journal, int32_t first_month, int32_t last_month,
                           bool (*visit)(void *context, const struct project_spending *spending,
                                         struct error *err),
                           void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct project_spending spending;
    bool has_row, ok = false;

    if (!sql_prepare(journal, spending_sql,
                     SQL_VALUES(SQL_INTEGER(first_month), SQL_INTEGER(last_month)), &statement,
                     err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        memset(&spending, 0, sizeof spending);
        sql_text(statement, 0, spending.division, sizeof spending.division);
        sql_text(statement, 2, spending.fund, sizeof spending.fund);
        sql_text(statement, 3, spending.project, sizeof spending.project);
        if (!book_parse(statement_text(statement, 1), &spending.book, err) ||
            !money_from_fen(statement_integer(statement, 4), &spending.amount, err) ||
            !visit(context, &spending, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}
