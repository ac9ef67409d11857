/*
 * r30_mutual_aid.c - R30 互助资金: what is lent from mutual-aid pools beside or behind its
 * agreements.
 *
 *     unentrusted  lent - repaid of the pool > 0, and no entrustment holds on the day judged
 *     overdue      lent - repaid of an agreement > 0; day judged - its due day > limit
 *     ring         a joint-guarantee group of two and more: each member owes, under an agreement
 *                  that the group guarantees, behind its due day. Nobody is left who could answer
 *     share        lent - repaid of one borrower > limit of all that stands in the pool
 *
 * The journal lends nothing without the three agreements; the first of them can still run out. Who
 * borrows, how much and until when is sealed: a finding cites the entries that seal it and tells of
 * them no more than that they are behind the limit. What was erased or lost isn't judged.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define WHOLE_BP 10000
#define RING_MIN 2 /* members: one alone is no group */

enum { PARAMETER_DAYS, PARAMETER_SHARE };

static bool add_owed(struct audit *audit, const char *agreement, money_t *sum, struct error *err)
{
    struct loan_sums sums;

    return loan_sum_agreement(audit->journal, agreement, &audit->as_of, &sums, err) &&
           money_add(*sum, sums.lent, sum, err) && money_subtract(*sum, sums.repaid, sum, err);
}

/* ---- The pool without its bank --------------------------------------------------------------- */

static bool raise_unentrusted(struct audit *audit, const struct statement *row, money_t owed,
                              struct error *err)
{
    char pool[AUDIT_SUBJECT_SIZE], yuan[MONEY_TEXT_SIZE];
    const struct audit_head head = {"unentrusted", 3, audit->as_of, pool};

    audit_text(row, 0, pool, sizeof pool);
    audit_about(audit, statement_text(row, 1));
    audit_number(audit, "owed", AUDIT_AMOUNT, owed.fen);
    return audit_cite(audit, (uint64_t)statement_integer(row, 4), err) &&
           audit_raise(audit, &head, err,
                       _("%s yuan lent from pool %s are not repaid, and on %s no entrustment "
                         "agreement (委托管理协议) with its bank holds."),
                       audit_yuan(owed, yuan), pool, audit->day);
}

/* pool, division, book, fund, its entry: those that nobody is entrusted with. */
static bool see_unentrusted(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    struct account account = {.role = ACCOUNT_AVAILABLE};
    struct loan_sums sums;
    money_t owed;

    audit_text(row, 1, account.division, sizeof account.division);
    audit_text(row, 3, account.fund, sizeof account.fund);
    if (!book_parse(statement_text(row, 2), &account.book, err) ||
        !loan_sum_account(audit->journal, &account, &audit->as_of, &sums, err) ||
        !money_subtract(sums.lent, sums.repaid, &owed, err))
        return false;
    return owed.fen <= 0 || raise_unentrusted(audit, row, owed, err);
}

/* ---- Agreements and borrowers ---------------------------------------------------------------- */

struct borrower {
    struct audit *audit;
    char pool[CODE_SIZE], id_number[TEXT_SIZE];
    char first[CODE_SIZE]; /* the first agreement under which something is owed */
    money_t owed;
    struct account account; /* of the pool */
    money_t stands;         /* all that stands in it */
};

static bool raise_overdue(struct audit *audit, const struct statement *row, struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_DAYS];
    char subject[AUDIT_SUBJECT_SIZE];
    const struct audit_head head = {"overdue", 2, audit->as_of, subject};

    (void)snprintf(subject, sizeof subject, "%s %s", statement_text(row, 0),
                   statement_text(row, 2));
    audit_about(audit, statement_text(row, 5));
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_cite(audit, (uint64_t)statement_integer(row, 4), err) &&
           audit_raise(audit, &head, err,
                       _("Under loan agreement %s of pool %s something is still owed on %s, more "
                         "than %lld days after the day by which it was to be repaid."),
                       statement_text(row, 2), statement_text(row, 0), audit->day,
                       (long long)limit);
}

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct borrower *at = context;

    if (balance->account.book != at->account.book || balance->account.role == ACCOUNT_SPENT)
        return true;
    return money_add(at->stands, balance->amount, &at->stands, err);
}

static bool begin_pool(struct borrower *at, const struct statement *row, struct error *err)
{
    struct balance_filter filter = {.by_day = true, .day = at->audit->as_of};

    audit_text(row, 0, at->pool, sizeof at->pool);
    audit_text(row, 5, at->account.division, sizeof at->account.division);
    audit_text(row, 7, at->account.fund, sizeof at->account.fund);
    at->stands = MONEY_ZERO;
    filter.division = at->account.division;
    filter.fund = at->account.fund;
    return book_parse(statement_text(row, 6), &at->account.book, err) &&
           balance_each(at->audit->journal, &filter, add_balance, at, err);
}

/* What was gathered is cited already: every agreement under which the borrower owes. */
static bool end_borrower(struct borrower *at, struct error *err)
{
    struct audit *audit = at->audit;
    const int64_t limit = audit->values[PARAMETER_SHARE];
    char subject[AUDIT_SUBJECT_SIZE], all[MONEY_TEXT_SIZE], most[MONEY_TEXT_SIZE];
    const struct audit_head head = {"share", 1, audit->as_of, subject};
    money_t allowed;

    if (!money_multiply_ratio(at->stands, limit, WHOLE_BP, &allowed, err)) return false;
    if (money_compare(at->owed, allowed) <= 0) {
        audit_drop(audit);
        return true;
    }
    (void)snprintf(subject, sizeof subject, "%s %s", at->pool, at->first);
    audit_about(audit, at->account.division);
    audit_number(audit, "pool", AUDIT_AMOUNT, at->stands.fen);
    audit_number(audit, "allowed", AUDIT_AMOUNT, allowed.fen);
    audit_number(audit, "limit", AUDIT_SHARE, limit);
    return audit_raise(audit, &head, err,
                       _("One borrower of pool %s owes more than %lld.%02lld %% of it: more than "
                         "%s of %s yuan."),
                       at->pool, (long long)limit / 100, (long long)limit % 100,
                       audit_yuan(allowed, most), audit_yuan(at->stands, all));
}

/* What is overdue of a borrower is raised after the share, which gathers. */
struct agreements {
    struct borrower borrower;
    bool is_overdue; /* which of the two this pass raises */
};

static bool see_overdue(struct agreements *all, const struct statement *row, money_t owed,
                        struct error *err)
{
    struct audit *audit = all->borrower.audit;
    date_t due;

    if (owed.fen <= 0) return true;
    if (!audit_date(row, 3, &due, err)) return false;
    return audit->as_of.days - due.days <= audit->values[PARAMETER_DAYS] ||
           raise_overdue(audit, row, err);
}

static bool see_share(struct borrower *at, const struct statement *row, money_t owed,
                      struct error *err)
{
    const bool is_same_pool = strcmp(at->pool, statement_text(row, 0)) == 0;

    if (!is_same_pool || strcmp(at->id_number, statement_text(row, 1)) != 0) {
        if (!end_borrower(at, err) || (!is_same_pool && !begin_pool(at, row, err))) return false;
        audit_text(row, 1, at->id_number, sizeof at->id_number);
        at->owed = MONEY_ZERO;
    }
    if (owed.fen <= 0) return true;
    if (at->owed.fen == 0) audit_text(row, 2, at->first, sizeof at->first);
    return money_add(at->owed, owed, &at->owed, err) &&
           audit_cite(at->audit, (uint64_t)statement_integer(row, 4), err);
}

/* pool, ID number, agreement, due day, entry, the pool's division, book and fund: by pool and
   borrower. */
static bool see_agreement(void *context, const struct statement *row, struct error *err)
{
    struct agreements *all = context;
    money_t owed = MONEY_ZERO;

    if (!add_owed(all->borrower.audit, statement_text(row, 2), &owed, err)) return false;
    return all->is_overdue ? see_overdue(all, row, owed, err)
                           : see_share(&all->borrower, row, owed, err);
}

static bool walk_agreements(struct audit *audit, bool is_overdue, struct error *err)
{
    struct agreements all = {.borrower = {.audit = audit, .owed = MONEY_ZERO},
                             .is_overdue = is_overdue};

    return audit_query(audit,
                       "SELECT a.pool, a.id_number, a.agreement, a.due_day, a.seq, p.division, "
                       "p.book, p.fund FROM aid_agreement a JOIN aid_pool p ON p.pool = a.pool "
                       "WHERE a.is_gone = 0 AND a.date <= $1 ORDER BY a.pool, a.id_number, a.seq",
                       see_agreement, &all, err) &&
           (is_overdue || end_borrower(&all.borrower, err));
}

/* ---- Rings ----------------------------------------------------------------------------------- */

struct ring {
    struct audit *audit;
    char group[CODE_SIZE], pool[CODE_SIZE], member[CODE_SIZE];
    int64_t members;
    bool is_late;   /* the member owes */
    bool is_broken; /* some member does not */
};

static bool end_group(struct ring *ring, struct error *err)
{
    struct audit *audit = ring->audit;
    char subject[AUDIT_SUBJECT_SIZE];
    const struct audit_head head = {"ring", 3, audit->as_of, subject};

    if (ring->members < RING_MIN || ring->is_broken || !ring->is_late) {
        audit_drop(audit);
        return true;
    }
    (void)snprintf(subject, sizeof subject, "%s %s", ring->pool, ring->group);
    audit_number(audit, "members", AUDIT_COUNT, ring->members);
    return audit_raise(audit, &head, err,
                       _("All %lld members of joint-guarantee group %s of pool %s, who guarantee "
                         "each other, are in arrears on %s."),
                       (long long)ring->members, ring->group, ring->pool, audit->day);
}

/* group, member, its entry, pool, division, agreement, its entry, due day: by group and member. */
static bool see_member(void *context, const struct statement *row, struct error *err)
{
    struct ring *ring = context;
    struct audit *audit = ring->audit;
    money_t owed = MONEY_ZERO;

    if (strcmp(ring->group, statement_text(row, 0)) != 0) {
        if (!end_group(ring, err)) return false;
        audit_text(row, 0, ring->group, sizeof ring->group);
        audit_text(row, 3, ring->pool, sizeof ring->pool);
        *ring->member = '\0';
        ring->members = 0;
        ring->is_broken = false;
        audit_about(audit, statement_text(row, 4));
    }
    if (strcmp(ring->member, statement_text(row, 1)) != 0) {
        ring->is_broken = ring->is_broken || (ring->members > 0 && !ring->is_late);
        audit_text(row, 1, ring->member, sizeof ring->member);
        ring->members++;
        ring->is_late = false;
        if (!audit_cite(audit, (uint64_t)statement_integer(row, 2), err)) return false;
    }
    if (statement_text(row, 5)[0] == '\0') return true; /* has no agreement behind its day */
    if (!add_owed(audit, statement_text(row, 5), &owed, err)) return false;
    if (owed.fen <= 0) return true;
    ring->is_late = true;
    return audit_cite(audit, (uint64_t)statement_integer(row, 6), err);
}

static bool walk(struct audit *audit, struct error *err)
{
    struct ring ring = {.audit = audit};

    return audit_query(audit,
                       "SELECT p.pool, p.division, p.book, p.fund, p.seq FROM aid_pool p WHERE "
                       "NOT EXISTS (SELECT 1 FROM aid_entrustment e WHERE e.pool = p.pool AND "
                       "e.first_day <= $1 AND e.last_day >= $1) ORDER BY p.seq",
                       see_unentrusted, audit, err) &&
           walk_agreements(audit, true, err) && walk_agreements(audit, false, err) &&
           audit_query(audit,
                       "SELECT m.guarantee, m.member, m.seq, m.pool, p.division, "
                       "COALESCE(a.agreement, ''), COALESCE(a.seq, 0) FROM aid_guarantee m JOIN "
                       "aid_pool p ON p.pool = m.pool LEFT JOIN aid_agreement a ON a.guarantee = "
                       "m.guarantee AND a.id_number = m.id_number AND m.is_gone = 0 AND a.is_gone "
                       "= 0 AND a.due_day < $1 WHERE m.is_gone = 1 OR m.date <= $1 ORDER BY "
                       "m.guarantee, m.member, a.seq",
                       see_member, &ring, err) &&
           end_group(&ring, err);
}

const struct audit_rule audit_r30 = {
    .id = "R30",
    .version = 1,
    .level = 3,
    .title = N_("mutual aid that is overdue, in few hands or without its agreements"),
    .basis = "双委制三项协议（委托管理协议、联保小组联保协议、借款协议）；审计实务（互助资金）",
    .parameters = {{"audit_r30_days", 30, AUDIT_DAYS,
                    N_("days after its due day after which a loan is told")},
                   {"audit_r30_share", 1000, AUDIT_SHARE,
                    N_("share of a pool that one borrower may owe")}},
    .walk = walk,
};
