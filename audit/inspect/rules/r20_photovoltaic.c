/*
 * r20_photovoltaic.c - R20 光伏80%: posts get less of the income from photovoltaics than they must.
 *
 * raised for each place and period that is over by the day judged, when what plans gave to posts
 * isn't the asked share of its income. How much, of what, in which period and what counts are the
 * policies photovoltaic_posts_… of the period's last day (ledger/income). Cites the period's plans
 * and receipts.
 */
#include "audit/inspect/rules/frame.h"
#include "base/language.h"

struct period {
    struct audit *audit;
    struct photovoltaic_rule rule;
};

static bool cite_period(struct audit *audit, const struct photovoltaic_row *place,
                        struct error *err)
{
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(audit->journal),
                       "SELECT seq FROM income_receipt WHERE division = $1 AND date BETWEEN $2 AND "
                       "$3 AND kind = 'photovoltaic' UNION SELECT seq FROM income_plan WHERE "
                       "division = $1 AND date BETWEEN $2 AND $3 AND income = 'photovoltaic'",
                       &select, err))
        goto out;
    statement_bind_text(select, 1, place->division);
    statement_bind_text(select, 2, date_format(place->first, first));
    statement_bind_text(select, 3, date_format(place->last, last));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!audit_cite(audit, (uint64_t)statement_integer(select, 0), err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

static bool see_place(void *context, const struct photovoltaic_row *place, struct error *err)
{
    const struct period *period = context;
    struct audit *audit = period->audit;
    const money_t basis = period->rule.basis == 0 ? place->received : place->distributed;
    const long long share = place->share_bp, wanted = period->rule.share_bp;
    char subject[AUDIT_SUBJECT_SIZE], all[MONEY_TEXT_SIZE], posts[MONEY_TEXT_SIZE];
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
    const struct audit_head head = {"below", 2, place->last, subject};

    if (place->is_enough) return true;
    (void)snprintf(subject, sizeof subject, "%s %s", place->division,
                   date_format(place->last, last));
    audit_about(audit, place->division);
    audit_number(audit, "income", AUDIT_AMOUNT, basis.fen);
    audit_number(audit, "posts", AUDIT_AMOUNT, place->posts.fen);
    audit_number(audit, "share", AUDIT_SHARE, share);
    audit_number(audit, "limit", AUDIT_SHARE, wanted);
    return cite_period(audit, place, err) &&
           audit_raise(audit, &head, err,
                       _("Of %s yuan from photovoltaics of %s, %s to %s, plans gave %s to posts: "
                         "%lld.%02lld %% (asked for: %lld.%02lld %%)."),
                       audit_yuan(basis, all), place->division, date_format(place->first, first),
                       last, audit_yuan(place->posts, posts), share / 100, share % 100,
                       wanted / 100, wanted % 100);
}

/* The first day of any such income; "" when there is none. */
static bool take_first(void *context, const struct statement *row, struct error *err)
{
    (void)err;
    audit_text(row, 0, context, DATE_TEXT_SIZE);
    return true;
}

static bool walk(struct audit *audit, struct error *err)
{
    struct period period = {.audit = audit};
    char first[DATE_TEXT_SIZE] = "";
    date_t day, last;

    if (!audit_query(audit,
                     "SELECT COALESCE(MIN(date), '') FROM (SELECT date FROM income_receipt WHERE "
                     "kind = 'photovoltaic' AND date <= $1 UNION ALL SELECT date FROM income_plan "
                     "WHERE income = 'photovoltaic' AND date <= $1) d",
                     take_first, first, err))
        return false;
    if (first[0] == '\0') return true;
    if (!date_parse(first, &day, err)) return false;
    for (;;) {
        int32_t months;

        if (!photovoltaic_rule_find(audit->journal, day, &period.rule, err)) return false;
        months = (int32_t)period.rule.months;
        last = month_last_day(date_month(day) / months * months + months - 1);
        if (date_is_before(audit->as_of, last)) return true;
        if (!photovoltaic_rule_find(audit->journal, last, &period.rule, err) ||
            !photovoltaic_each(audit->journal, "", last, see_place, &period, err) ||
            !date_from_days(last.days + 1, &day, err))
            return false;
    }
}

const struct audit_rule audit_r20 = {
    .id = "R20",
    .version = 1,
    .level = 2,
    .title = N_("too little of the income from photovoltaics for posts"),
    .basis = "光伏收益80%用于公益岗位（各地办法，口径见政策参数）",
    .parameters = {{"photovoltaic_posts_share_bp", 8000, AUDIT_SHARE,
                    N_("share of the income from photovoltaics that posts must get")}},
    .walk = walk,
};
