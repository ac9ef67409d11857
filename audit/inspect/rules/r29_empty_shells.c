/*
 * r29_empty_shells.c - R29 空壳村/合作社: villages that take in nothing of their own, cooperatives
 * in which nothing moves.
 *
 *     no_income          a village's income of the last year that is over is 0 or less
 *     only_photovoltaic  it is more, and all of it from photovoltaics
 *     cooperative        a cooperative (credit code 93…) has an asset by a lease that holds on the
 *                        day judged; days = day judged - the last that was received of any lease of
 *                        it or paid to it, or else the signing of the first that holds; > limit
 *
 * As far as the ledger knows: where nobody's income was entered in that year no village is judged.
 * A village without income is told by what is there: the first income entered of that year, and its
 * own operational assets.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_DAYS };

/* ---- Villages -------------------------------------------------------------------------------- */

struct villages {
    struct audit *audit;
    date_t last; /* of the year */
    char first_day[DATE_TEXT_SIZE], last_day[DATE_TEXT_SIZE];
    uint64_t first_income;            /* the first entered of the year, by anybody; 0: none */
    char village[DIVISION_CODE_SIZE]; /* whose receipts pass */
    money_t income, photovoltaic;     /* of it, so far */
};

/* What a village has that could earn. */
static bool cite_assets(struct villages *at, const char *division, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal_store(at->audit->journal),
            "SELECT (SELECT MIN(f.seq) FROM asset_register f WHERE f.asset = a.code) "
            "FROM asset_now a WHERE a.division = $1 AND a.acquired <= $2 AND a.class = "
            "'operational' ORDER BY a.code",
            &select, err))
        return false;
    statement_bind_text(select, 1, division);
    statement_bind_text(select, 2, at->last_day);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (!audit_cite(at->audit, (uint64_t)statement_integer(select, 0), err)) {
            statement_reset(select);
            return false;
        }
    }
}

static bool see_village(void *context, const struct village_year *village, struct error *err)
{
    struct villages *at = context;
    struct audit *audit = at->audit;
    char subject[AUDIT_SUBJECT_SIZE];
    const struct audit_head head = {"no_income", 2, at->last, subject};

    if (village->income.fen > 0) return true;
    (void)snprintf(subject, sizeof subject, "%s %.4s", village->division, at->last_day);
    audit_about(audit, village->division);
    audit_number(audit, "income", AUDIT_AMOUNT, village->income.fen);
    return audit_cite(audit, at->first_income, err) && cite_assets(at, village->division, err) &&
           audit_raise(audit, &head, err,
                       _("Of village %s no income is entered from %s to %s, as it is of others."),
                       village->division, at->first_day, at->last_day);
}

/* ---- Villages that live by the sun ----------------------------------------------------------- */

static bool end_village(struct villages *at, struct error *err)
{
    struct audit *audit = at->audit;
    char subject[AUDIT_SUBJECT_SIZE], yuan[MONEY_TEXT_SIZE];
    const struct audit_head head = {"only_photovoltaic", 1, at->last, subject};

    if (at->income.fen <= 0 || money_compare(at->photovoltaic, at->income) < 0 ||
        division_code_level(at->village) != DIVISION_VILLAGE) {
        audit_drop(audit);
        return true;
    }
    (void)snprintf(subject, sizeof subject, "%s %.4s", at->village, at->last_day);
    audit_about(audit, at->village);
    audit_number(audit, "photovoltaic", AUDIT_AMOUNT, at->photovoltaic.fen);
    return audit_raise(audit, &head, err,
                       _("All income of village %s from %s to %s, %s yuan, is from photovoltaics."),
                       at->village, at->first_day, at->last_day, audit_yuan(at->income, yuan));
}

/* division, entry, amount, of photovoltaics. */
static bool add_receipt(struct villages *at, const struct statement *row, struct error *err)
{
    money_t amount;

    if (strcmp(at->village, statement_text(row, 0)) != 0) {
        if (!end_village(at, err)) return false;
        audit_text(row, 0, at->village, sizeof at->village);
        at->income = at->photovoltaic = MONEY_ZERO;
    }
    return money_from_fen(statement_integer(row, 2), &amount, err) &&
           money_add(at->income, amount, &at->income, err) &&
           (statement_integer(row, 3) == 0 ||
            money_add(at->photovoltaic, amount, &at->photovoltaic, err)) &&
           audit_cite(at->audit, (uint64_t)statement_integer(row, 1), err);
}

static bool walk_receipts(struct villages *at, struct error *err)
{
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (!store_prepare(
            journal_store(at->audit->journal),
            "SELECT r.division, r.seq, r.amount, r.kind = 'photovoltaic' FROM "
            "income_receipt r CROSS JOIN voucher v WHERE " AUDIT_IN_FORCE
            " AND v.number = r.voucher AND r.date BETWEEN $2 AND $1 ORDER BY r.division, r.seq",
            &select, err))
        goto out;
    statement_bind_text(select, 1, at->last_day);
    statement_bind_text(select, 2, at->first_day);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_receipt(at, select, err)) goto out;
    }
    ok = end_village(at, err);
out:
    statement_free(select);
    return ok;
}

static bool find_first_income(struct villages *at, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(at->audit->journal),
                         "SELECT COALESCE(MIN(seq), 0) FROM income_receipt WHERE date BETWEEN $1 "
                         "AND $2",
                         &select, err))
        return false;
    statement_bind_text(select, 1, at->first_day);
    statement_bind_text(select, 2, at->last_day);
    if (!statement_step(select, &has_row, err)) return false;
    at->first_income = (uint64_t)statement_integer(select, 0);
    statement_reset(select);
    return true;
}

/* The last year that is over by the end of the day judged. */
static bool walk_villages(struct audit *audit, struct error *err)
{
    struct villages at = {.audit = audit, .income = MONEY_ZERO, .photovoltaic = MONEY_ZERO};
    int32_t month = (date_month(audit->as_of) / 12 + 1) * 12; /* the January after it */

    at.last = month_last_day(month - 1);
    if (date_is_before(audit->as_of, at.last)) {
        month -= 12;
        at.last = month_last_day(month - 1);
    }
    (void)date_format(at.last, at.last_day);
    (void)date_format(month_first_day(month - 12), at.first_day);
    if (!find_first_income(&at, err)) return false;
    return at.first_income == 0 ||
           (village_year_each(audit->journal, journal_root_division(audit->journal), at.last,
                              see_village, &at, err) &&
            walk_receipts(&at, err));
}

/* ---- Cooperatives ---------------------------------------------------------------------------- */

struct cooperative {
    struct audit *audit;
    char uscc[TEXT_SIZE], name[TEXT_SIZE];
    char last[DATE_TEXT_SIZE]; /* day of the last movement, or of the first lease */
};

static bool end_cooperative(struct cooperative *at, struct error *err)
{
    struct audit *audit = at->audit;
    const int64_t limit = audit->values[PARAMETER_DAYS];
    struct audit_head head = {.what = "cooperative", .level = 1, .subject = at->uscc};
    int32_t days = 0;

    if (at->uscc[0] != '\0') {
        if (!date_parse(at->last, &head.day, err)) return false;
        days = audit->as_of.days - head.day.days;
    }
    if (days <= limit) {
        audit_drop(audit);
        return true;
    }
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_raise(audit, &head, err,
                       _("Cooperative %s (%s) has assets by lease, and since %s nothing was "
                         "received of it or paid to it: %d days (limit %lld days)."),
                       at->name, at->uscc, at->last, days, (long long)limit);
}

/* credit code, name, lease's entry, division, day signed, last receipt, last payment: by code. */
static bool see_cooperative(void *context, const struct statement *row, struct error *err)
{
    struct cooperative *at = context;

    if (strcmp(at->uscc, statement_text(row, 0)) != 0) {
        if (!end_cooperative(at, err)) return false;
        audit_text(row, 0, at->uscc, sizeof at->uscc);
        audit_text(row, 1, at->name, sizeof at->name);
        audit_text(row, 4, at->last, sizeof at->last);
    }
    for (int i = 5; i <= 6; i++)
        if (strcmp(statement_text(row, i), at->last) > 0)
            audit_text(row, i, at->last, sizeof at->last);
    audit_about(at->audit, statement_text(row, 3));
    return audit_cite(at->audit, (uint64_t)statement_integer(row, 2), err);
}

static bool walk_cooperatives(struct audit *audit, struct error *err)
{
    struct cooperative at = {.audit = audit};

    return audit_query(audit,
                       "SELECT l.uscc, l.party, l.seq, l.division, l.date, (SELECT "
                       "COALESCE(MAX(i.date), '') FROM income_receipt i JOIN voucher v ON v.number "
                       "= i.voucher WHERE i.lease = l.lease AND i.date <= $1 AND v.state = "
                       "'posted'), (SELECT COALESCE(MAX(v.event_date), '') FROM payee_run n JOIN "
                       "payee_line p ON p.run = n.run AND p.payee = 'U' || l.uscc JOIN voucher v "
                       "ON v.number = p.voucher WHERE " AUDIT_IN_FORCE ") FROM income_lease l "
                       "WHERE l.uscc LIKE '93%' AND l.date <= $1 AND l.first_day <= $1 AND "
                       "l.last_day >= $1 AND NOT EXISTS (SELECT 1 FROM income_lease_end e WHERE "
                       "e.lease = l.lease AND e.date < $1) ORDER BY l.uscc, l.date, l.seq",
                       see_cooperative, &at, err) &&
           end_cooperative(&at, err);
}

static bool walk(struct audit *audit, struct error *err)
{
    return walk_villages(audit, err) && walk_cooperatives(audit, err);
}

const struct audit_rule audit_r29 = {
    .id = "R29",
    .version = 1,
    .level = 2,
    .title = N_("villages without income of their own, cooperatives in which nothing moves"),
    .basis = "审计实务（空壳村、空壳合作社）",
    .parameters = {{"audit_r29_days", 365, AUDIT_DAYS,
                    N_("days without a movement after which a cooperative is told")}},
    .walk = walk,
};
