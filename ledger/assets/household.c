/*
 * household.c - assets of households, sealed, and the sums that are told of them.
 *
 * 1. A total stands behind the rows that it sums up, in the same import, and is held to them; where
 *    some of them can't be read any more, in a replay, it was held to them when it came.
 * 2. A total is about three households at least and each row is in one total at most, so that no
 *    two of them give a household away.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/assets/internal.h"

/* Of one code there is one asset: one that all may see or a household's. */
static bool require_own_code(struct journal *journal, const char *code, struct error *err)
{
    int64_t count;

    if (!record_count(journal, &asset_register, REGISTER_ASSET, code, &count, err)) return false;
    return count == 0 ||
           error_set(err, ERROR_CONFLICT,
                     "code %s is that of an asset that all may see; give this one another", code);
}

RECORD_CHECK(check_household)
{
    (void)division_out;
    if (!require_own_code(journal, TEXT(HOUSEHOLD_ASSET), err)) return false;
    if (record_is_gone(&household_asset, record)) return true;
    if (!record_require_text(record, HOUSEHOLD_NAME, "name", err) ||
        !record_require_text(record, HOUSEHOLD_CATEGORY, "category", err) ||
        !record_require_text(record, HOUSEHOLD_HOLDER, "holder", err))
        return false;
    return (strlen(TEXT(HOUSEHOLD_ID_NUMBER)) == ID_CARD_SIZE - 1 &&
            strchr(TEXT(HOUSEHOLD_ID_NUMBER), 'x') == NULL &&
            id_card_has_form(TEXT(HOUSEHOLD_ID_NUMBER))) ||
           error_set(err, ERROR_INPUT,
                     "the ID number of the householder isn't one in its 18-character form; "
                     "households are told apart by it");
}

/* The division where it was, or what came after that. */
static bool is_same_place(struct journal *journal, const char *registered, const char *now,
                          bool *out, struct error *err)
{
    *out = strcmp(registered, now) == 0;
    return *out || division_comes_after(journal, registered, now, out, err);
}

/* Of a row that is gone nothing is known: a replay takes its change as it was. */
RECORD_CHECK(check_household_change)
{
    struct record *asset = NULL;
    bool is_same, ok = false;

    (void)division_out;
    if (!record_fetch(journal, &household_asset, TEXT(HOUSEHOLD_CHANGE_ASSET), &asset, err))
        return false;
    if (record_is_gone(&household_change, record) || record_is_gone(&household_asset, asset))
        ok = journal_is_replaying(journal) ||
             error_set(err, ERROR_STATE,
                       "what household asset %s was is erased or lost, so nothing more is told of "
                       "it; register it anew under another code",
                       TEXT(HOUSEHOLD_CHANGE_ASSET));
    else if (!is_same_place(journal, asset->values[HOUSEHOLD_DIVISION].text,
                            TEXT(HOUSEHOLD_CHANGE_DIVISION), &is_same, err))
        goto out;
    else if (!is_same)
        (void)error_set(err, ERROR_INPUT, "household asset %s is in another division",
                        TEXT(HOUSEHOLD_CHANGE_ASSET));
    else if (strcmp(asset->values[HOUSEHOLD_ACQUIRED].text, TEXT(HOUSEHOLD_CHANGE_DATE)) > 0)
        (void)error_set(err, ERROR_INPUT,
                        "%s is before the household got it; correct one of the two",
                        TEXT(HOUSEHOLD_CHANGE_DATE));
    else
        ok = true;
out:
    free(asset);
    return ok;
}

/* ---- Totals ---------------------------------------------------------------------------------- */

struct rows_sum {
    int64_t assets, households, amount, gone, totals;
    char last[DATE_TEXT_SIZE];
};

/* What the rows of the import that isn't covered yet come to. */
static bool sum_rows(struct journal *journal, const struct record *record, struct rows_sum *out,
                     struct error *err)
{
    struct covered_rows rows;
    struct statement *select;
    bool has_row;

    journal_covered_rows(journal, &rows);
    if (!store_statement(
            journal_store(journal),
            "SELECT COUNT(*), COUNT(DISTINCT id_number), COALESCE(SUM(amount), 0), "
            "COALESCE(MAX(acquired), ''), (SELECT COUNT(*) FROM household_asset WHERE seq >= $1 "
            "AND is_gone = 1), (SELECT COUNT(*) FROM household_total WHERE seq >= $1 AND division "
            "= $2 AND category = $3) FROM household_asset WHERE seq >= $1 AND division = $2 AND "
            "category = $3 AND is_gone = 0",
            &select, err))
        return false;
    statement_bind_integer(select, 1, rows.count == 0 ? INT64_MAX : (int64_t)rows.first_seq);
    statement_bind_text(select, 2, TEXT(HOUSEHOLD_TOTAL_DIVISION));
    statement_bind_text(select, 3, TEXT(HOUSEHOLD_TOTAL_CATEGORY));
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    out->assets = statement_integer(select, 0);
    out->households = statement_integer(select, 1);
    out->amount = statement_integer(select, 2);
    memcpy(out->last, statement_text(select, 3), strlen(statement_text(select, 3)) + 1);
    out->gone = statement_integer(select, 4);
    out->totals = statement_integer(select, 5);
    statement_reset(select);
    return true;
}

RECORD_CHECK(check_household_total)
{
    struct rows_sum sum;

    (void)division_out;
    if (NUMBER(HOUSEHOLD_TOTAL_HOUSEHOLDS) < ASSET_HOUSEHOLDS_MIN)
        return error_set(err, ERROR_INPUT,
                         "a sum over %lld households tells what one of them has; sum up %d at "
                         "least, or tell nothing",
                         (long long)NUMBER(HOUSEHOLD_TOTAL_HOUSEHOLDS), ASSET_HOUSEHOLDS_MIN);
    if (!sum_rows(journal, record, &sum, err)) return false;
    if (sum.totals != 0)
        return error_set(err, ERROR_CONFLICT, "%s in %s is summed up already",
                         TEXT(HOUSEHOLD_TOTAL_CATEGORY), TEXT(HOUSEHOLD_TOTAL_DIVISION));
    if (sum.gone != 0) return true;
    if (sum.assets != NUMBER(HOUSEHOLD_TOTAL_ASSETS) ||
        sum.households != NUMBER(HOUSEHOLD_TOTAL_HOUSEHOLDS) ||
        sum.amount != NUMBER(HOUSEHOLD_TOTAL_AMOUNT))
        return error_set(err, ERROR_UNBALANCED,
                         "the rows before it are %lld assets of %lld households and %lld fen in "
                         "%s; the total says %lld, %lld and %lld",
                         (long long)sum.assets, (long long)sum.households, (long long)sum.amount,
                         TEXT(HOUSEHOLD_TOTAL_DIVISION), (long long)NUMBER(HOUSEHOLD_TOTAL_ASSETS),
                         (long long)NUMBER(HOUSEHOLD_TOTAL_HOUSEHOLDS),
                         (long long)NUMBER(HOUSEHOLD_TOTAL_AMOUNT));
    return strcmp(sum.last, TEXT(HOUSEHOLD_TOTAL_DATE)) <= 0 ||
           error_set(err, ERROR_INPUT, "a household got something after %s; date the total later",
                     TEXT(HOUSEHOLD_TOTAL_DATE));
}

bool household_group_each(struct journal *journal,
                          bool (*visit)(void *context, const struct household_group *group,
                                        struct error *err),
                          void *context, struct error *err)
{
    struct household_group *group = calloc(1, sizeof *group);
    struct statement *select = NULL;
    struct covered_rows rows;
    bool has_row, ok = false;

    if (group == NULL) return error_set(err, ERROR_MEMORY, "no memory for households");
    journal_covered_rows(journal, &rows);
    if (!store_prepare(journal_store(journal),
                       "SELECT division, category, COUNT(*), COUNT(DISTINCT id_number), "
                       "SUM(amount), MAX(acquired) FROM household_asset WHERE seq >= $1 GROUP BY "
                       "division, category HAVING COUNT(DISTINCT id_number) >= $2 ORDER BY "
                       "division, category",
                       &select, err))
        goto out;
    statement_bind_integer(select, 1, rows.count == 0 ? INT64_MAX : (int64_t)rows.first_seq);
    statement_bind_integer(select, 2, ASSET_HOUSEHOLDS_MIN);
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        memset(group, 0, sizeof *group);
        memcpy(group->division, statement_text(select, 0), strlen(statement_text(select, 0)));
        memcpy(group->category, statement_text(select, 1), strlen(statement_text(select, 1)));
        group->assets = statement_integer(select, 2);
        group->households = statement_integer(select, 3);
        if (!money_from_fen(statement_integer(select, 4), &group->amount, err) ||
            !date_parse(statement_text(select, 5), &group->last, err) ||
            !visit(context, group, err))
            goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(group);
    return ok;
}
