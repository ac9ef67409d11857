/*
 * r08_idle_money.c - R08 滞留、闲置: money that came to a tier and stands there.
 *
 * First in, first out, as `attention` has it: what stands in unassigned and available of a division
 * and fund is what came in last. Of the money of one voucher, left = what stands there - what came
 * in by later vouchers, at least 0 and at most its own amount. Raised once it has stood the days of
 * the policy `stuck_days`; a case of its own after one year and after two, so that a lead cleared
 * in spring is raised again when the money still stands there years later.
 */
#include <stdlib.h>
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define ACCOUNTS_MAX 10000000

enum { PARAMETER_STUCK, PARAMETER_IDLE, PARAMETER_LONG_IDLE };

/* What stands of a fund in a division's unassigned and available. */
struct idle {
    char division[DIVISION_CODE_SIZE], fund[CODE_SIZE];
    money_t amount;
};

struct reader {
    struct audit *audit;
    struct idle *list;
    size_t count, capacity;
    size_t at;         /* the account that rows are compared with */
    money_t explained; /* what of it came by the rows so far */
};

static int compare_idle(const void *a, const void *b)
{
    const struct idle *left = a, *right = b;
    int order = strcmp(left->division, right->division);

    return order != 0 ? order : strcmp(left->fund, right->fund);
}

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct reader *reader = context;
    const struct account *account = &balance->account;
    struct idle *idle;

    if (account->role != ACCOUNT_UNASSIGNED && account->role != ACCOUNT_AVAILABLE) return true;
    if (reader->count == reader->capacity) {
        size_t more = reader->capacity == 0 ? 64 : reader->capacity * 2;
        struct idle *grown =
            more > ACCOUNTS_MAX ? NULL : realloc(reader->list, more * sizeof *grown);

        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for accounts");
        reader->list = grown;
        reader->capacity = more;
    }
    idle = &reader->list[reader->count++];
    memcpy(idle->division, account->division, sizeof idle->division);
    memcpy(idle->fund, account->fund, sizeof idle->fund);
    idle->amount = balance->amount;
    return true;
}

/* One line for each division and fund, whatever the book. */
static bool join_books(struct reader *reader, struct error *err)
{
    size_t kept = 0;

    if (reader->count == 0) return true;
    qsort(reader->list, reader->count, sizeof *reader->list, compare_idle);
    for (size_t i = 1; i < reader->count; i++) {
        struct idle *last = &reader->list[kept];

        if (compare_idle(last, &reader->list[i]) != 0)
            reader->list[++kept] = reader->list[i];
        else if (!money_add(last->amount, reader->list[i].amount, &last->amount, err))
            return false;
    }
    reader->count = kept + 1;
    return true;
}

struct arrival {
    char voucher[VOUCHER_NUMBER_SIZE];
    date_t day;
    money_t amount, left, later;
    int32_t days; /* that it has stood */
    uint64_t seq;
};

static bool raise_arrival(struct audit *audit, const struct idle *idle,
                          const struct arrival *arrival, struct error *err)
{
    static const char *const cases[] = {"stuck", "idle", "long_idle"};
    const int level = arrival->days >= audit->values[PARAMETER_LONG_IDLE] ? 3
                      : arrival->days >= audit->values[PARAMETER_IDLE]    ? 2
                                                                          : 1;
    char subject[AUDIT_SUBJECT_SIZE], day[DATE_TEXT_SIZE];
    char stands[MONEY_TEXT_SIZE], later[MONEY_TEXT_SIZE], left[MONEY_TEXT_SIZE],
        amount[MONEY_TEXT_SIZE];
    struct audit_head head = {cases[level - 1], level, arrival->day, subject};

    (void)snprintf(subject, sizeof subject, "%s %s", idle->fund, arrival->voucher);
    audit_about(audit, idle->division);
    audit_number(audit, "amount", AUDIT_AMOUNT, arrival->amount.fen);
    audit_number(audit, "stands", AUDIT_AMOUNT, idle->amount.fen);
    audit_number(audit, "later", AUDIT_AMOUNT, arrival->later.fen);
    audit_number(audit, "left", AUDIT_AMOUNT, arrival->left.fen);
    audit_number(audit, "days", AUDIT_DAYS, arrival->days);
    audit_number(audit, "limit", AUDIT_DAYS, audit->values[level - 1]);
    return audit_cite(audit, arrival->seq, err) &&
           audit_raise(audit, &head, err,
                       _("Voucher %s brought %s yuan of fund %s on %s; %d days later %s yuan stand "
                         "there unused, of which %s came in afterwards, so that %s of it are left "
                         "(limit %lld days)."),
                       arrival->voucher, audit_yuan(arrival->amount, amount), idle->fund,
                       date_format(arrival->day, day), arrival->days,
                       audit_yuan(idle->amount, stands), audit_yuan(arrival->later, later),
                       audit_yuan(arrival->left, left), (long long)audit->values[level - 1]);
}

/* Go to the account of a row; false in *found when nothing stands there. */
static void find_idle(struct reader *reader, const struct idle *key, bool *found)
{
    while (reader->at < reader->count && compare_idle(&reader->list[reader->at], key) < 0) {
        reader->at++;
        reader->explained = MONEY_ZERO;
    }
    *found = reader->at < reader->count && compare_idle(&reader->list[reader->at], key) == 0;
}

/* division, fund, day, voucher, entry, amount: by division and fund, the last day first. */
static bool add_arrival(void *context, const struct statement *row, struct error *err)
{
    struct reader *reader = context;
    struct audit *audit = reader->audit;
    struct arrival arrival;
    const struct idle *idle;
    struct idle key;
    bool found;

    memset(&key, 0, sizeof key);
    audit_text(row, 0, key.division, sizeof key.division);
    audit_text(row, 1, key.fund, sizeof key.fund);
    find_idle(reader, &key, &found);
    if (!found) return true;
    idle = &reader->list[reader->at];
    arrival.later = reader->explained;
    arrival.seq = (uint64_t)statement_integer(row, 4);
    audit_text(row, 3, arrival.voucher, sizeof arrival.voucher);
    if (!audit_date(row, 2, &arrival.day, err) ||
        !money_from_fen(statement_integer(row, 5), &arrival.amount, err) ||
        !money_subtract(idle->amount, arrival.later, &arrival.left, err) ||
        !money_add(reader->explained, arrival.amount, &reader->explained, err))
        return false;
    if (money_compare(arrival.amount, arrival.left) < 0) arrival.left = arrival.amount;
    arrival.days = audit->as_of.days - arrival.day.days;
    if (arrival.left.fen <= 0 || arrival.days < audit->values[PARAMETER_STUCK]) return true;
    return raise_arrival(audit, idle, &arrival, err);
}

static bool walk(struct audit *audit, struct error *err)
{
    struct balance_filter filter = {.by_day = true, .day = audit->as_of};
    struct reader reader = {.audit = audit, .explained = MONEY_ZERO};
    bool ok =
        balance_each(audit->journal, &filter, add_balance, &reader, err) &&
        join_books(&reader, err) &&
        audit_query(audit,
                    "SELECT l.to_division, l.to_fund, v.event_date, v.number, v.submit_seq, "
                    "SUM(l.amount) FROM voucher v JOIN leg l ON l.voucher = v.number WHERE "
                    "l.to_role IN ('unassigned', 'available') AND v.movement IN ('appropriation', "
                    "'receipt', 'allocation', 'recovery', 'refund', 'succession') "
                    "AND " AUDIT_IN_FORCE " GROUP BY l.to_division, l.to_fund, v.number ORDER BY "
                    "l.to_division, l.to_fund, v.event_date DESC, v.submit_seq DESC",
                    add_arrival, &reader, err);

    free(reader.list);
    return ok;
}

const struct audit_rule audit_r08 = {
    .id = "R08",
    .version = 1,
    .level = 3,
    .title = N_("money that came to a tier and stands there"),
    .basis = "《预算法》第五十二条（三十日内下达）；审计实务（滞留、闲置一年和两年以上）",
    .parameters = {{"stuck_days", 30, AUDIT_DAYS, N_("days after which money is stuck")},
                   {"audit_r08_idle_days", 365, AUDIT_DAYS, N_("days after which it is idle")},
                   {"audit_r08_long_idle_days", 730, AUDIT_DAYS,
                    N_("days after which it has long been idle")}},
    .walk = walk,
};
