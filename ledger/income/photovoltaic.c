/*
 * photovoltaic.c - how much of the income from photovoltaics goes to posts for the public good
 * (光伏收益80%): of what, at least or exactly, in which period, and what counts are policies, since
 * the texts leave them open.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/income/internal.h"

#define SHARE_DEFAULT  8000 /* 80 % */
#define MONTHS_DEFAULT 12

bool photovoltaic_rule_find(struct journal *journal, date_t day, struct photovoltaic_rule *out,
                            struct error *err)
{
    struct photovoltaic_rule rule;

    if (!journal_policy(journal, "photovoltaic_posts_share_bp", day, SHARE_DEFAULT, &rule.share_bp,
                        err) ||
        !journal_policy(journal, "photovoltaic_posts_comparator", day, 0, &rule.comparator, err) ||
        !journal_policy(journal, "photovoltaic_posts_basis", day, 0, &rule.basis, err) ||
        !journal_policy(journal, "photovoltaic_posts_months", day, MONTHS_DEFAULT, &rule.months,
                        err) ||
        !journal_policy(journal, "photovoltaic_posts_counts", day, 0, &rule.counts, err) ||
        !journal_policy(journal, "photovoltaic_posts_required", day, 0, &rule.is_required, err))
        return false;
    /* A policy is any number: one that makes no sense counts as unset. */
    if (rule.share_bp < 0 || rule.share_bp > BASIS_WHOLE) rule.share_bp = SHARE_DEFAULT;
    if (rule.months < 1 || MONTHS_DEFAULT % rule.months != 0) rule.months = MONTHS_DEFAULT;
    *out = rule;
    return true;
}

bool photovoltaic_is_enough(const struct photovoltaic_rule *rule, int64_t part, int64_t whole)
{
    /* part / whole against share_bp / 10,000, each side taken apart so that it fits. */
    const int64_t quotient = whole / BASIS_WHOLE * rule->share_bp;
    const int64_t rest = whole % BASIS_WHOLE * rule->share_bp;
    const int64_t wanted = quotient + rest / BASIS_WHOLE;
    const bool has_fraction = rest % BASIS_WHOLE != 0;

    if (rule->comparator == 1) return part == wanted || (has_fraction && part == wanted + 1);
    if (rule->comparator == 2) return part > wanted;
    return has_fraction ? part > wanted : part >= wanted;
}

struct period {
    struct journal *journal;
    const struct photovoltaic_rule *rule;
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
    struct photovoltaic_row row;
};

static bool sum_one(struct period *period, const char *sql, money_t *out, struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(period->journal), sql, &select, err)) return false;
    statement_bind_text(select, 1, period->row.division);
    statement_bind_text(select, 2, period->first);
    statement_bind_text(select, 3, period->last);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    ok = money_from_fen(statement_integer(select, 0), out, err);
    statement_reset(select);
    return ok;
}

static bool add_posts(struct period *period, const char *plan, struct error *err)
{
    static const char *const uses[] = {"post_wages", "public_works", "relief"};
    const size_t count = period->rule->counts == 0 ? 1 : 3;
    money_t sum;

    for (size_t i = 0; i < count; i++)
        if (!plan_use_sum(period->journal, plan, uses[i], &sum, err) ||
            !money_add(period->row.posts, sum, &period->row.posts, err))
            return false;
    return true;
}

static bool add_plans(struct period *period, struct error *err)
{
    struct statement *select = NULL;
    char plan[CODE_SIZE];
    bool has_row, ok = false;

    if (!store_prepare(journal_store(period->journal),
                       "SELECT plan FROM income_plan WHERE division = $1 AND income = "
                       "'photovoltaic' AND date BETWEEN $2 AND $3 ORDER BY seq",
                       &select, err))
        return false;
    statement_bind_text(select, 1, period->row.division);
    statement_bind_text(select, 2, period->first);
    statement_bind_text(select, 3, period->last);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        copy_column(select, 0, plan, sizeof plan);
        if (!add_posts(period, plan, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

static bool fill_row(struct period *period, struct error *err)
{
    struct photovoltaic_row *row = &period->row;
    money_t basis, share = MONEY_ZERO;

    row->posts = MONEY_ZERO;
    if (!sum_one(period,
                 "SELECT COALESCE(SUM(r.amount), 0) FROM income_receipt AS r CROSS JOIN voucher AS "
                 "v WHERE r.division = $1 AND r.date BETWEEN $2 AND $3 AND r.kind = "
                 "'photovoltaic' AND v.number = r.voucher AND " IN_FORCE_ON("$3"),
                 &row->received, err) ||
        !sum_one(period,
                 "SELECT COALESCE(SUM(amount), 0) FROM income_plan WHERE division = $1 AND date "
                 "BETWEEN $2 AND $3 AND income = 'photovoltaic'",
                 &row->distributed, err) ||
        !add_plans(period, err))
        return false;
    basis = period->rule->basis == 0 ? row->received : row->distributed;
    if (basis.fen > 0 && !money_multiply_ratio(row->posts, BASIS_WHOLE, basis.fen, &share, err))
        return false;
    row->share_bp = share.fen;
    row->is_enough =
        basis.fen <= 0 || photovoltaic_is_enough(period->rule, row->posts.fen, basis.fen);
    return true;
}

bool photovoltaic_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct photovoltaic_row *row,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct photovoltaic_rule rule;
    struct period period = {.journal = journal, .rule = &rule};
    struct statement *places = NULL;
    struct codes codes;
    int32_t month;
    bool has_row, ok = false;

    if (!photovoltaic_rule_find(journal, day, &rule, err)) return false;
    month = date_month(day) / (int32_t)rule.months * (int32_t)rule.months;
    period.row.first = month_first_day(month);
    period.row.last = month_last_day(month + (int32_t)rule.months - 1);
    (void)date_format(period.row.first, period.first);
    (void)date_format(date_is_before(day, period.row.last) ? day : period.row.last, period.last);
    if (!scope_prepare(
            journal,
            "SELECT d.code FROM division AS d WHERE d.code BETWEEN $1 AND $2 AND (EXISTS (SELECT 1 "
            "FROM income_receipt AS r WHERE r.division = d.code AND r.date BETWEEN $3 AND $4 AND "
            "r.kind = 'photovoltaic') OR EXISTS (SELECT 1 FROM income_plan AS p WHERE p.division = "
            "d.code AND p.date BETWEEN $3 AND $4 AND p.income = 'photovoltaic')) ORDER BY d.code",
            scope, &codes, &places, err))
        return false;
    statement_bind_text(places, 3, period.first);
    statement_bind_text(places, 4, period.last);
    for (;;) {
        if (!statement_step(places, &has_row, err)) goto out;
        if (!has_row) break;
        copy_column(places, 0, period.row.division, sizeof period.row.division);
        if (!fill_row(&period, err)) goto out;
        if ((period.row.received.fen != 0 || period.row.distributed.fen != 0) &&
            !visit(context, &period.row, err))
            goto out;
    }
    ok = true;
out:
    statement_free(places);
    return ok;
}
