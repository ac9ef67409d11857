/*
 * plan.c - what must hold of a plan and its shares.
 *
 * 1. Those who share, then the shares, then the plan: each is held to what came before it, so that
 * a plan that doesn't add up is never one. Nothing is added to a plan that stands.
 * 2. A share is about three people at least, with two parts for each or more, or names none. Where
 * somebody who shares can't be read any more, in a replay, what hangs on that was judged when it
 * came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/income/internal.h"

#define YEAR_FIRST   1949
#define PERCENT_TENK 1000000 /* 100 % in 1/10,000 of a percent */

static bool require_no_plan(struct journal *journal, const char *plan, struct error *err)
{
    int64_t count;

    if (!record_count(journal, &income_plan, SPLIT_PLAN, plan, &count, err)) return false;
    return count == 0 || error_set(err, ERROR_CONFLICT,
                                   "plan %s stands already; its shares come before it, and others "
                                   "need another plan",
                                   plan);
}

/* ---- Who shares ------------------------------------------------------------------------------ */

/* Of one plan, division and use. */
struct holders {
    int64_t rows, people, parts, gone;
};

static bool find_holders(struct journal *journal, const char *plan, const char *division,
                         const char *use, struct holders *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal_store(journal),
            "SELECT COUNT(*), COUNT(DISTINCT id_number), COALESCE(SUM(parts), 0), "
            "(SELECT COUNT(*) FROM income_holder WHERE plan = $1 AND is_gone = 1) FROM "
            "income_holder WHERE plan = $1 AND division = $2 AND use = $3 AND is_gone "
            "= 0",
            &select, err))
        return false;
    statement_bind_text(select, 1, plan);
    statement_bind_text(select, 2, division);
    statement_bind_text(select, 3, use);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    *out = (struct holders){statement_integer(select, 0), statement_integer(select, 1),
                            statement_integer(select, 2), statement_integer(select, 3)};
    statement_reset(select);
    return true;
}

static bool require_no_share(struct journal *journal, const char *plan, const char *division,
                             const char *use, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal_store(journal),
            "SELECT 1 FROM income_share WHERE plan = $1 AND division = $2 AND use = $3 "
            "LIMIT 1",
            &select, err))
        return false;
    statement_bind_text(select, 1, plan);
    statement_bind_text(select, 2, division);
    statement_bind_text(select, 3, use);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) return true;
    statement_reset(select);
    return error_set(err, ERROR_CONFLICT,
                     "plan %s has a share for %s in %s already; those who share it come before it",
                     plan, translate(use), division);
}

RECORD_CHECK(check_holder)
{
    (void)division_out;
    if (!require_no_plan(journal, TEXT(HOLDER_PLAN), err)) return false;
    if (record_is_gone(&income_holder, record)) return true;
    if (!record_require_text(record, HOLDER_NAME, "holder", err) ||
        !record_require_text(record, HOLDER_BASIS, "basis", err))
        return false;
    if (NUMBER(HOLDER_PARTS) < 1 || NUMBER(HOLDER_PARTS) > SHARE_WHOLE_MAX)
        return error_set(err, ERROR_INPUT, "%lld parts are none; write 1 to %d",
                         (long long)NUMBER(HOLDER_PARTS), SHARE_WHOLE_MAX);
    if (strlen(TEXT(HOLDER_ID_NUMBER)) != ID_CARD_SIZE - 1 ||
        strchr(TEXT(HOLDER_ID_NUMBER), 'x') != NULL || !id_card_has_form(TEXT(HOLDER_ID_NUMBER)))
        return error_set(err, ERROR_INPUT,
                         "the ID number isn't one in its 18-character form; those who share are "
                         "told apart by it");
    return require_no_share(journal, TEXT(HOLDER_PLAN), TEXT(HOLDER_DIVISION), TEXT(HOLDER_USE),
                            err);
}

/* ---- Shares ---------------------------------------------------------------------------------- */

static bool check_people(const struct record *record, const struct holders *holders,
                         struct error *err)
{
    if (NUMBER(SHARE_PEOPLE) != 0 && NUMBER(SHARE_PEOPLE) < SHARE_PEOPLE_MIN)
        return error_set(err, ERROR_INPUT,
                         "a share of %lld people tells what one of them gets; put those of several "
                         "places into one",
                         (long long)NUMBER(SHARE_PEOPLE));
    if (NUMBER(SHARE_PARTS) / 2 < NUMBER(SHARE_PEOPLE))
        return error_set(err, ERROR_INPUT,
                         "%lld parts among %lld people tell how many each has; count in smaller "
                         "parts, at least two for each",
                         (long long)NUMBER(SHARE_PARTS), (long long)NUMBER(SHARE_PEOPLE));
    if (holders->gone != 0) return true;
    if (holders->rows != holders->people)
        return error_set(err, ERROR_CONFLICT, "somebody is named twice for this share");
    if (holders->people != NUMBER(SHARE_PEOPLE) ||
        (holders->people != 0 && holders->parts != NUMBER(SHARE_PARTS)))
        return error_set(err, ERROR_UNBALANCED,
                         "those who share before it are %lld with %lld parts; the share says %lld "
                         "with %lld",
                         (long long)holders->people, (long long)holders->parts,
                         (long long)NUMBER(SHARE_PEOPLE), (long long)NUMBER(SHARE_PARTS));
    return true;
}

RECORD_CHECK(check_share)
{
    const bool is_household = IS(SHARE_USE, "households");
    struct holders holders;

    (void)division_out;
    if (!require_no_plan(journal, TEXT(SHARE_PLAN), err)) return false;
    if (NUMBER(SHARE_PARTS) < 1 || NUMBER(SHARE_PARTS) > SHARE_WHOLE_MAX)
        return error_set(err, ERROR_INPUT, "%lld parts are none; write 1 to %d",
                         (long long)NUMBER(SHARE_PARTS), SHARE_WHOLE_MAX);
    if (!is_household && !IS(SHARE_USE, "post_wages"))
        return NUMBER(SHARE_PEOPLE) == 0 ||
               error_set(err, ERROR_INPUT,
                         "only households and holders of posts are counted; leave people out");
    if (is_household && NUMBER(SHARE_PEOPLE) == 0)
        return error_set(err, ERROR_INPUT,
                         "which households, with how many parts each and why? import them first");
    return require_no_share(journal, TEXT(SHARE_PLAN), TEXT(SHARE_DIVISION), TEXT(SHARE_USE),
                            err) &&
           find_holders(journal, TEXT(SHARE_PLAN), TEXT(SHARE_DIVISION), TEXT(SHARE_USE), &holders,
                        err) &&
           check_people(record, &holders, err);
}

/* ---- The plan -------------------------------------------------------------------------------- */

/* "90.625" of 906250 in 1000000, rounded down at the fourth decimal. */
static void format_percent(int64_t parts, int64_t whole, char out[32])
{
    const int64_t tenk = parts / whole * PERCENT_TENK + parts % whole * PERCENT_TENK / whole;
    size_t size;

    (void)snprintf(out, 32, "%lld.%04lld", (long long)(tenk / 10000), (long long)(tenk % 10000));
    for (size = strlen(out); out[size - 1] == '0'; size--)
        out[size - 1] = '\0';
    if (out[size - 1] == '.') out[size - 1] = '\0';
}

static bool check_whole(struct journal *journal, const struct record *record, struct error *err)
{
    enum { ROWS, PARTS, PEOPLE, HOLDERS, COUNT };
    int64_t sums[COUNT];
    char percent[32];

    if (!numbers_of(
            journal,
            "SELECT COUNT(*), COALESCE(SUM(parts), 0), COALESCE(SUM(people), 0), (SELECT "
            "COUNT(*) FROM income_holder WHERE plan = $1) FROM income_share WHERE plan = $1",
            TEXT(SPLIT_PLAN), sums, COUNT, err))
        return false;
    if (sums[PARTS] != NUMBER(SPLIT_WHOLE)) {
        format_percent(sums[PARTS], NUMBER(SPLIT_WHOLE), percent);
        return error_set(
            err, ERROR_UNBALANCED,
            "the %lld shares of plan %s come to %lld of %lld parts, %s %%; shares must "
            "add up to 100 %%",
            (long long)sums[ROWS], TEXT(SPLIT_PLAN), (long long)sums[PARTS],
            (long long)NUMBER(SPLIT_WHOLE), percent);
    }
    if (sums[HOLDERS] != sums[PEOPLE])
        return error_set(err, ERROR_UNBALANCED,
                         "%lld people were named for plan %s, and its shares are for %lld",
                         (long long)sums[HOLDERS], TEXT(SPLIT_PLAN), (long long)sums[PEOPLE]);
    return sums[ROWS] + sums[HOLDERS] <= SHARES_MAX ||
           error_set(err, ERROR_LIMIT, "a plan has at most %d shares and people", SHARES_MAX);
}

static bool check_places(struct journal *journal, const struct record *record, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT division FROM income_share WHERE plan = $1 AND division NOT "
                         "BETWEEN $2 AND $3 ORDER BY seq LIMIT 1",
                         &select, err))
        return false;
    division_code_range(TEXT(SPLIT_DIVISION), first, last);
    statement_bind_text(select, 1, TEXT(SPLIT_PLAN));
    statement_bind_text(select, 2, first);
    statement_bind_text(select, 3, last);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) return true;
    (void)error_set(err, ERROR_INPUT, "a share of plan %s is for %s, which isn't within %s",
                    TEXT(SPLIT_PLAN), statement_text(select, 0), TEXT(SPLIT_DIVISION));
    statement_reset(select);
    return false;
}

static bool check_equal(struct journal *journal, const struct record *record, struct error *err)
{
    enum { HOUSEHOLDS, LEAST, MOST, GONE, COUNT };
    int64_t found[COUNT];

    if (!numbers_of(journal,
                    "SELECT COUNT(*), COALESCE(MIN(parts), 0), COALESCE(MAX(parts), 0), (SELECT "
                    "COUNT(*) FROM income_holder WHERE plan = $1 AND is_gone = 1) FROM "
                    "income_holder WHERE plan = $1 AND use = 'households' AND is_gone = 0",
                    TEXT(SPLIT_PLAN), found, COUNT, err))
        return false;
    return found[GONE] != 0 || found[HOUSEHOLDS] < EQUAL_HOUSEHOLDS ||
           found[LEAST] != found[MOST] ||
           error_set(
               err, ERROR_INPUT,
               "plan %s gives %lld households the same; a simple equal split among %d or more "
               "is forbidden: share by need, work or contribution",
               TEXT(SPLIT_PLAN), (long long)found[HOUSEHOLDS], EQUAL_HOUSEHOLDS);
}

static bool check_posts(struct journal *journal, const struct record *record, struct error *err)
{
    struct photovoltaic_rule rule;
    int64_t parts[2];
    char percent[32];
    date_t date;

    if (!IS(SPLIT_INCOME, "photovoltaic")) return true;
    if (!record_date(record, SPLIT_DATE, &date, err) ||
        !photovoltaic_rule_find(journal, date, &rule, err))
        return false;
    if (rule.is_required == 0) return true;
    if (!numbers_of(journal,
                    "SELECT COALESCE(SUM(CASE WHEN use = 'post_wages' THEN parts ELSE 0 END), 0), "
                    "COALESCE(SUM(CASE WHEN use IN ('public_works', 'relief') THEN parts ELSE 0 "
                    "END), 0) FROM income_share WHERE plan = $1",
                    TEXT(SPLIT_PLAN), parts, 2, err))
        return false;
    if (rule.counts != 0) parts[0] += parts[1];
    if (photovoltaic_is_enough(&rule, parts[0], NUMBER(SPLIT_WHOLE))) return true;
    format_percent(parts[0], NUMBER(SPLIT_WHOLE), percent);
    return error_set(err, ERROR_INPUT,
                     "plan %s gives posts %s %% of photovoltaic income; the rule of %s asks for "
                     "%lld.%02lld %% (policy photovoltaic_posts_share_bp)",
                     TEXT(SPLIT_PLAN), percent, TEXT(SPLIT_DATE), (long long)(rule.share_bp / 100),
                     (long long)(rule.share_bp % 100));
}

RECORD_CHECK(check_split)
{
    (void)division_out;
    if (!record_require_text(record, SPLIT_BASIS, "basis", err) ||
        !record_require_text(record, SPLIT_RULE, "rule", err) ||
        !record_require_text(record, SPLIT_DOCUMENT, "document", err))
        return false;
    if (NUMBER(SPLIT_WHOLE) < 1 || NUMBER(SPLIT_WHOLE) > SHARE_WHOLE_MAX)
        return error_set(err, ERROR_INPUT, "a whole of %lld parts is none; write 1 to %d",
                         (long long)NUMBER(SPLIT_WHOLE), SHARE_WHOLE_MAX);
    if (NUMBER(SPLIT_YEAR) < YEAR_FIRST || NUMBER(SPLIT_YEAR) > strtol(TEXT(SPLIT_DATE), NULL, 10))
        return error_set(err, ERROR_INPUT, "year %lld is none of income shared on %s",
                         (long long)NUMBER(SPLIT_YEAR), TEXT(SPLIT_DATE));
    return check_whole(journal, record, err) && check_places(journal, record, err) &&
           check_equal(journal, record, err) && check_posts(journal, record, err);
}

/* ---- Carrying it out ------------------------------------------------------------------------- */

static bool see_place(void *context, const struct balance *total, struct error *err)
{
    const char *division = context;

    return division_code_is_within(total->account.division, division) ||
           error_set(err, ERROR_INPUT,
                     "the voucher is of %s, which isn't within %s, whose plan it is",
                     total->account.division, division);
}

static bool check_use(struct journal *journal, const struct record *record, money_t amount,
                      struct error *err)
{
    char sum_text[MONEY_TEXT_SIZE], most_text[MONEY_TEXT_SIZE];
    struct statement *select;
    money_t most, sum;
    bool has_row, ok;

    if (!plan_use_sum(journal, TEXT(SPLIT_PAY_PLAN), TEXT(SPLIT_PAY_USE), &most, err)) return false;
    if (!store_statement(
            journal_store(journal),
            "SELECT COALESCE(SUM(v.amount), 0) FROM income_pay AS p CROSS JOIN "
            "voucher AS v WHERE p.plan = $1 AND p.use = $2 AND v.number = p.voucher AND v.state = "
            "'posted'",
            &select, err))
        return false;
    statement_bind_text(select, 1, TEXT(SPLIT_PAY_PLAN));
    statement_bind_text(select, 2, TEXT(SPLIT_PAY_USE));
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    ok = money_from_fen(statement_integer(select, 0), &sum, err);
    statement_reset(select);
    if (!ok || !money_add(sum, amount, &sum, err)) return false;
    return money_compare(sum, most) <= 0 ||
           error_set(err, ERROR_INSUFFICIENT, "plan %s has %s yuan for %s; %s yuan would be paid",
                     TEXT(SPLIT_PAY_PLAN), money_format(most, most_text),
                     translate(TEXT(SPLIT_PAY_USE)), money_format(sum, sum_text));
}

static bool check_tied(struct journal *journal, const struct record *record, const char *division,
                       struct voucher *voucher, struct error *err)
{
    int64_t count;

    if (!income_require_voucher(journal, TEXT(SPLIT_PAY_VOUCHER), MOVEMENT_PAYMENT, voucher, err) ||
        !record_count(journal, &income_pay, SPLIT_PAY_VOUCHER, TEXT(SPLIT_PAY_VOUCHER), &count,
                      err))
        return false;
    if (count != 0)
        return error_set(err, ERROR_CONFLICT, "voucher %s carries out a plan already",
                         TEXT(SPLIT_PAY_VOUCHER));
    /* Of totals that nobody can read any more this was judged when the row came. */
    if (voucher->totals_sealed && journal_is_replaying(journal)) return true;
    return voucher_total_each(journal, voucher->number, see_place, (void *)(uintptr_t)division,
                              err) &&
           check_use(journal, record, voucher->amount, err);
}

RECORD_CHECK(check_split_pay)
{
    struct record *plan = NULL;
    struct voucher *voucher = malloc(sizeof *voucher);
    bool ok = false;

    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    if (!record_fetch(journal, &income_plan, TEXT(SPLIT_PAY_PLAN), &plan, err)) goto out;
    memcpy(division_out, plan->values[SPLIT_DIVISION].text, DIVISION_CODE_SIZE);
    if (strcmp(TEXT(SPLIT_PAY_DATE), plan->values[SPLIT_DATE].text) < 0) {
        (void)error_set(err, ERROR_INPUT, "plan %s was resolved on %s, after %s",
                        TEXT(SPLIT_PAY_PLAN), plan->values[SPLIT_DATE].text, TEXT(SPLIT_PAY_DATE));
        goto out;
    }
    ok = check_tied(journal, record, division_out, voucher, err);
out:
    free(plan);
    free(voucher);
    return ok;
}
