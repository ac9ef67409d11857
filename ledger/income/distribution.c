/*
 * distribution.c - plans as they are told: what each share gets, and who shares it.
 *
 * 1. Amounts follow from rows by split_largest_remainder(), in the order of the log, and are kept
 *    nowhere. A share's amount is split among those who share it by the same rule.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/income/internal.h"

/* ---- Plans ----------------------------------------------------------------------------------- */

/* What is asked, in the order in which parameters are numbered; what plans paid by then. */
#define SELECT_PLANS                                                                               \
    "WITH p(first, last, day) AS (SELECT $1, $2, $3) SELECT i.seq, i.plan, i.division, i.income, " \
    "i.date, i.basis, i.rule, i.document, i.amount, i.whole, i.year, (SELECT "                     \
    "COALESCE(SUM(v.amount), 0) FROM income_pay AS y CROSS JOIN voucher AS v WHERE v.number = "    \
    "y.voucher AND y.plan = i.plan AND v.event_date <= p.day AND " IN_FORCE_ON(                    \
        "p.day") ") FROM p CROSS JOIN income_plan AS i WHERE i.division BETWEEN p.first AND "      \
                 "p.last AND i.date <= p.day ORDER BY i.seq"

static bool read_plan(const struct statement *row, struct income_plan_row *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    out->seq = (uint64_t)statement_integer(row, 0);
    copy_column(row, 1, out->plan, sizeof out->plan);
    copy_column(row, 2, out->division, sizeof out->division);
    copy_column(row, 3, out->income, sizeof out->income);
    copy_column(row, 4, out->date, sizeof out->date);
    copy_column(row, 5, out->basis, sizeof out->basis);
    copy_column(row, 6, out->rule, sizeof out->rule);
    copy_column(row, 7, out->document, sizeof out->document);
    out->whole = statement_integer(row, 9);
    out->year = statement_integer(row, 10);
    return money_from_fen(statement_integer(row, 8), &out->amount, err) &&
           money_from_fen(statement_integer(row, 11), &out->paid, err);
}

bool income_plan_each(struct journal *journal, const char *scope, date_t day,
                      bool (*visit)(void *context, const struct income_plan_row *plan,
                                    struct error *err),
                      void *context, struct error *err)
{
    struct income_plan_row *plan = malloc(sizeof *plan);
    struct statement *select = NULL;
    char text[DATE_TEXT_SIZE];
    struct codes codes;
    bool has_row, ok = false;

    if (plan == NULL) return error_set(err, ERROR_MEMORY, "no memory for a plan");
    if (!scope_prepare(journal, SELECT_PLANS, scope, &codes, &select, err)) goto out;
    statement_bind_text(select, 3, date_format(day, text));
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_plan(select, plan, err) || !visit(context, plan, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(plan);
    return ok;
}

/* ---- Splits ---------------------------------------------------------------------------------- */

struct split {
    int64_t *parts;
    money_t *amounts;
    size_t count;
};

static void split_done(struct split *split)
{
    free(split->parts);
    free(split->amounts);
}

/* Split by the parts that a statement gives in its first column; the statement starts anew then. */
static bool split_rows(struct statement *rows, money_t amount, int64_t whole, size_t count,
                       struct split *out, struct error *err)
{
    bool has_row;

    out->parts = calloc(count + 1, sizeof *out->parts);
    out->amounts = calloc(count + 1, sizeof *out->amounts);
    if (out->parts == NULL || out->amounts == NULL)
        return error_set(err, ERROR_MEMORY, "no memory for %zu shares", count);
    for (out->count = 0;; out->count++) {
        if (!statement_step(rows, &has_row, err)) return false;
        if (!has_row) break;
        assert(out->count < count); /* counted in the same transaction */
        out->parts[out->count] = statement_integer(rows, 0);
    }
    statement_reset(rows);
    return split_largest_remainder(amount, out->parts, out->count, whole, out->amounts, err);
}

bool income_share_each(struct journal *journal, const char *plan,
                       bool (*visit)(void *context, const struct income_share_row *share,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct record *found = NULL;
    struct income_share_row share;
    struct statement *select = NULL;
    struct split split = {.parts = NULL};
    money_t amount;
    int64_t count;
    bool has_row, ok = false;

    if (!record_fetch(journal, &income_plan, plan, &found, err) ||
        !money_from_fen(found->values[SPLIT_AMOUNT].number, &amount, err) ||
        !record_count(journal, &income_share, SHARE_PLAN, plan, &count, err) ||
        !store_prepare(
            journal_store(journal),
            "SELECT parts, seq, division, use, text, people FROM income_share WHERE plan "
            "= $1 ORDER BY seq",
            &select, err))
        goto out;
    statement_bind_text(select, 1, plan);
    if (!split_rows(select, amount, found->values[SPLIT_WHOLE].number, (size_t)count, &split, err))
        goto out;
    statement_bind_text(select, 1, plan);
    for (size_t i = 0; i < split.count; i++) {
        if (!statement_step(select, &has_row, err)) goto out;
        assert(has_row);
        memset(&share, 0, sizeof share);
        share.seq = (uint64_t)statement_integer(select, 1);
        copy_column(select, 2, share.division, sizeof share.division);
        copy_column(select, 3, share.use, sizeof share.use);
        copy_column(select, 4, share.text, sizeof share.text);
        share.parts = split.parts[i];
        share.people = statement_integer(select, 5);
        share.amount = split.amounts[i];
        if (!visit(context, &share, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    split_done(&split);
    free(found);
    return ok;
}

struct use_sum {
    const char *use;
    money_t sum;
};

static bool add_share(void *context, const struct income_share_row *share, struct error *err)
{
    struct use_sum *sum = context;

    if (sum->use != NULL && strcmp(share->use, sum->use) != 0) return true;
    return money_add(sum->sum, share->amount, &sum->sum, err);
}

bool plan_use_sum(struct journal *journal, const char *plan, const char *use, money_t *out,
                  struct error *err)
{
    struct use_sum sum = {use, MONEY_ZERO};

    if (!income_share_each(journal, plan, add_share, &sum, err)) return false;
    *out = sum.sum;
    return true;
}

/* ---- Who shares ------------------------------------------------------------------------------ */

struct holder_visit {
    struct journal *journal;
    const char *plan;
    bool (*visit)(void *context, const struct income_holder_row *holder, struct error *err);
    void *context;
};

static bool tell_holders(struct statement *select, const struct income_share_row *share,
                         const struct split *split, const struct holder_visit *visit,
                         struct error *err)
{
    struct income_holder_row holder;
    bool has_row;

    for (size_t i = 0; i < split->count; i++) {
        if (!statement_step(select, &has_row, err)) return false;
        assert(has_row);
        memset(&holder, 0, sizeof holder);
        holder.seq = (uint64_t)statement_integer(select, 1);
        copy_column(select, 2, holder.holder, sizeof holder.holder);
        copy_column(select, 3, holder.id_number, sizeof holder.id_number);
        copy_column(select, 4, holder.basis, sizeof holder.basis);
        memcpy(holder.division, share->division, sizeof holder.division);
        memcpy(holder.use, share->use, sizeof holder.use);
        holder.parts = split->parts[i];
        holder.amount = split->amounts[i];
        if (!visit->visit(visit->context, &holder, err)) return false;
    }
    return true;
}

static void bind_share(struct statement *select, const struct holder_visit *visit,
                       const struct income_share_row *share)
{
    statement_bind_text(select, 1, visit->plan);
    statement_bind_text(select, 2, share->division);
    statement_bind_text(select, 3, share->use);
}

static bool see_share(void *context, const struct income_share_row *share, struct error *err)
{
    const struct holder_visit *visit = context;
    struct split split = {.parts = NULL};
    struct statement *select = NULL;
    bool ok = false;

    if (share->people == 0) return true;
    if (!store_prepare(
            journal_store(visit->journal),
            "SELECT parts, seq, holder, id_number, basis FROM income_holder WHERE plan = "
            "$1 AND division = $2 AND use = $3 ORDER BY seq",
            &select, err))
        return false;
    bind_share(select, visit, share);
    if (!split_rows(select, share->amount, share->parts, (size_t)share->people, &split, err))
        goto out;
    bind_share(select, visit, share);
    ok = tell_holders(select, share, &split, visit, err);
out:
    statement_free(select);
    split_done(&split);
    return ok;
}

bool income_holder_each(struct journal *journal, const char *plan,
                        bool (*visit)(void *context, const struct income_holder_row *holder,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct holder_visit holders = {journal, plan, visit, context};
    int64_t gone;

    if (!numbers_of(journal, "SELECT COALESCE(SUM(is_gone), 0) FROM income_holder WHERE plan = $1",
                    plan, &gone, 1, err))
        return false;
    if (gone != 0)
        return error_set(
            err, ERROR_NOT_FOUND,
            "%lld of those who share in plan %s were erased; who gets what isn't known "
            "any more",
            (long long)gone, plan);
    return income_share_each(journal, plan, see_share, &holders, err);
}
