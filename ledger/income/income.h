/*
 * income.h - what assets earn and what becomes of it: leases and their dues, receipts, plans by
 * which income is shared, and what villages take in, owe and have reached.
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h).
 * 2. Dues follow from a lease by its terms and are never entered, but those that vary.
 * 3. What was received names a posted voucher, and all rows together never more than it. A row of a
 *    voucher that was reversed counts no more.
 * 4. Shares come before their plan, which counts only when they add up to its whole. What each gets
 *    follows from plan and shares: nothing is rounded by hand, and no fen is lost.
 * 5. People stand sealed. A sum about fewer than three of them isn't told.
 */
#ifndef LEDGER_INCOME_INCOME_H
#define LEDGER_INCOME_INCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/identity.h"
#include "base/money.h"
#include "ledger/funds/funds.h"
#include "ledger/journal/journal.h"
#include "ledger/keeping/keeping.h"
#include "ledger/records/records.h"

#define LEASE_MONTHS_MAX   1200 /* of a term, and terms of a lease */
#define SHARE_PEOPLE_MIN   3    /* a share of fewer is nobody's business */
#define SHARE_WHOLE_MAX    1000000000
#define SHARES_MAX         1000000 /* of one plan, people counted too */
#define EQUAL_HOUSEHOLDS   5       /* from so many on a simple equal split is refused */
#define INCOME_WORD_SIZE   16      /* bytes, NUL included, of a kind, a use, a class */

extern const struct journal_module income_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* lease.sign: an asset is let, entrusted, or earns by shares or by the sun. */
#define INCOME_LEASE_FIELDS(X, D, S)                                                               \
    X(LEASE_ASSET,      asset,         CODE,     NULL, "code of the asset")                        \
    X(LEASE_DATE,       date,          DATE,     NULL, "day on which it was signed")               \
    D(LEASE_IS_GONE,    income_lease)                                                              \
    X(LEASE_DIVISION,   division,      DIVISION_DATED, NULL, "who has the income")                 \
    X(LEASE_DOCUMENT,   document,      TEXT,     NULL, "number of the contract, or empty")         \
    X(LEASE_FIRST_DAY,  first_day,     DATE,     NULL, "first day of the first term")              \
    X(LEASE_FIRST_DUE,  first_due,     DATE_OR_EMPTY, NULL, "when the first rent is due; empty: dues vary") \
    X(LEASE_GUARANTEED, guaranteed_bp, INTEGER,  NULL, "guaranteed return a year, 1/10,000 of the value; 0: none") \
    X(LEASE_KIND,       kind,          WORD,     income_lease_words, "entrusted, equity, lease or photovoltaic") \
    X(LEASE_LAST_DAY,   last_day,      DATE,     NULL, "last day")                                 \
    X(LEASE_CODE,       lease,         CODE,     NULL, "its code")                                 \
    X(LEASE_MONTHS,     months,        INTEGER,  NULL, "months of a term; 0: dues vary")           \
    X(LEASE_PARTY,      party,         TEXT,     NULL, "the other party, an organisation; empty: a person, sealed") \
    X(LEASE_RENT,       rent,          INTEGER,  NULL, "fen a term; 0: dues vary")                 \
    X(LEASE_RISK,       risk,          TEXT,     NULL, "who bears which risk")                     \
    X(LEASE_USCC,       uscc,          USCC,     NULL, "credit code of the party; empty for a person") \
    S(LEASE_ID_NUMBER,  id_number,     TEXT,     NULL, "ID number of a person, or empty")          \
    S(LEASE_NAME,       name,          TEXT,     NULL, "name of a person, or empty")

/* lease.end: it ends before its last day. */
#define INCOME_LEASE_END_FIELDS(X, D, S)                                                           \
    X(LEASE_END_DATE,     date,     DATE, NULL, "its last day")                                    \
    X(LEASE_END_DOCUMENT, document, TEXT, NULL, "number of the document, or empty")                \
    X(LEASE_END_LEASE,    lease,    CODE, NULL, "code of the lease")                               \
    X(LEASE_END_REASON,   reason,   TEXT, NULL, "why")

/* lease.due: what is due on a day, where dues vary or one is changed. The later of a day counts. */
#define INCOME_LEASE_DUE_FIELDS(X, D, S)                                                           \
    X(LEASE_DUE_AMOUNT, amount, INTEGER, NULL, "fen; 0: nothing")                                  \
    X(LEASE_DUE_DUE,    due,    DATE,    NULL, "when it is due")                                   \
    X(LEASE_DUE_LEASE,  lease,  CODE,    NULL, "code of the lease")                                \
    X(LEASE_DUE_TEXT,   text,   TEXT,    NULL, "month of the power, why it changes, ...")

/* income.receive: what came in, by a posted voucher of a receipt. */
#define INCOME_RECEIPT_FIELDS(X, D, S)                                                             \
    X(RECEIPT_AMOUNT,   amount,   SIGNED_AMOUNT, NULL, "fen; below 0 takes back, with a text")     \
    X(RECEIPT_ASSET,    asset,    CODE_OR_EMPTY, NULL, "code of the asset; empty: that of the lease, or none") \
    X(RECEIPT_DATE,     date,     DATE,          NULL, "when it came in")                          \
    X(RECEIPT_DIVISION, division, DIVISION_DATED,      NULL, "whose income it is")                 \
    X(RECEIPT_DUE,      due,      DATE_OR_EMPTY, NULL, "the due that it pays; empty: the oldest")  \
    X(RECEIPT_KIND,     kind,     WORD,          income_kind_words, "entrusted, equity, lease, other or photovoltaic") \
    X(RECEIPT_LEASE,    lease,    CODE_OR_EMPTY, NULL, "code of the lease, or empty")              \
    X(RECEIPT_TEXT,     text,     TEXT,          NULL, "remark")                                   \
    X(RECEIPT_VOUCHER,  voucher,  CODE,          NULL, "number of the voucher")

/* distribution.holder: a household or a post that has a part of a share. */
#define INCOME_HOLDER_FIELDS(X, D, S)                                                              \
    D(HOLDER_IS_GONE,   income_holder)                                                             \
    X(HOLDER_PLAN,      plan,      CODE,     NULL, "code of the plan, which comes later")          \
    S(HOLDER_BASIS,     basis,     TEXT,     NULL, "why so many parts: post, days, people, ...")   \
    S(HOLDER_DIVISION,  division,  DIVISION, NULL, "where the household lives or the post is")     \
    S(HOLDER_NAME,      holder,    TEXT,     NULL, "name of the householder or the post's holder") \
    S(HOLDER_ID_NUMBER, id_number, TEXT,     NULL, "ID number: one household or holder, one number") \
    S(HOLDER_PARTS,     parts,     INTEGER,  NULL, "parts of the plan's whole")                    \
    S(HOLDER_USE,       use,       WORD,     income_personal_words, "households or post_wages")

/* distribution.share: what a use in a division has of a plan. */
#define INCOME_SHARE_FIELDS(X, D, S)                                                               \
    X(SHARE_DIVISION, division, DIVISION, NULL, "where")                                           \
    X(SHARE_PARTS,    parts,    INTEGER,  NULL, "parts of the plan's whole")                       \
    X(SHARE_PEOPLE,   people,   INTEGER,  NULL, "how many households or holders of posts share it; 0: not by person") \
    X(SHARE_PLAN,     plan,     CODE,     NULL, "code of the plan, which comes later")             \
    X(SHARE_TEXT,     text,     TEXT,     NULL, "what for")                                        \
    X(SHARE_USE,      use,      WORD,     income_use_words, "households, post_wages, public_works, relief, reserve or village")

/* distribution.plan: the shares that came before it, added up. */
#define INCOME_SPLIT_FIELDS(X, D, S)                                                                \
    X(SPLIT_AMOUNT,   amount,   AMOUNT,   NULL, "what is shared, fen")                             \
    X(SPLIT_BASIS,    basis,    TEXT,     NULL, "by what: days worked, people, need, ...")         \
    X(SPLIT_DATE,     date,     DATE,     NULL, "when it was resolved")                            \
    X(SPLIT_DIVISION, division, DIVISION_DATED, NULL, "whose income it is")                        \
    X(SPLIT_DOCUMENT, document, TEXT,     NULL, "number of the resolution")                        \
    X(SPLIT_INCOME,   income,   WORD,     income_source_words, "other or photovoltaic")            \
    X(SPLIT_PLAN,     plan,     CODE,     NULL, "its code")                                        \
    X(SPLIT_RULE,     rule,     TEXT,     NULL, "the rule in words")                               \
    X(SPLIT_WHOLE,    whole,    INTEGER,  NULL, "how many parts there are: 10000 for percent with two decimals") \
    X(SPLIT_YEAR,     year,     INTEGER,  NULL, "of which year's income")

/* distribution.pay: a posted payment carries a plan out. */
#define INCOME_SPLIT_PAY_FIELDS(X, D, S)                                                                 \
    X(SPLIT_PAY_DATE,    date,    DATE, NULL, "when it was tied to the plan")                      \
    X(SPLIT_PAY_PLAN,    plan,    CODE, NULL, "code of the plan")                                  \
    X(SPLIT_PAY_USE,     use,     WORD, income_use_words, "for which use")                         \
    X(SPLIT_PAY_VOUCHER, voucher, CODE, NULL, "number of the voucher")

/* township.class: which of three classes a township is of, until another is told. */
#define INCOME_TOWNSHIP_FIELDS(X, D, S)                                                            \
    X(TOWNSHIP_CLASS,    class,    WORD,     income_class_words, "intensive, regular or leading")  \
    X(TOWNSHIP_DATE,     date,     DATE,     NULL, "from when on")                                 \
    X(TOWNSHIP_DIVISION, division, DIVISION, NULL, "the township")                                 \
    X(TOWNSHIP_DOCUMENT, document, TEXT,     NULL, "number of the document")

/* village.debt: what a village owes. */
#define INCOME_DEBT_FIELDS(X, D, S)                                                                \
    X(DEBT_AMOUNT,   amount,   AMOUNT,   NULL, "fen")                                              \
    X(DEBT_CREDITOR, creditor, TEXT,     NULL, "to whom: an organisation; empty: a person, sealed") \
    X(DEBT_DATE,     date,     DATE,     NULL, "since when")                                       \
    X(DEBT_CODE,     debt,     CODE,     NULL, "its code")                                         \
    D(DEBT_IS_GONE,  income_debt)                                                                  \
    X(DEBT_DIVISION, division, DIVISION_DATED, NULL, "the village")                                \
    X(DEBT_DOCUMENT, document, TEXT,     NULL, "number of the document, or empty")                 \
    X(DEBT_REASON,   reason,   TEXT,     NULL, "what for")                                         \
    X(DEBT_USCC,     uscc,     USCC,     NULL, "credit code of the creditor; empty for a person")  \
    S(DEBT_NAME,     name,     TEXT,     NULL, "name of a person, or empty")

/* debt.clear: a part of it or all is paid or forgiven. */
#define INCOME_CLEAR_FIELDS(X, D, S)                                                               \
    X(CLEAR_AMOUNT,   amount,   AMOUNT, NULL, "fen")                                               \
    X(CLEAR_DATE,     date,     DATE,   NULL, "when")                                              \
    X(CLEAR_DEBT,     debt,     CODE,   NULL, "code of the debt")                                  \
    X(CLEAR_DOCUMENT, document, TEXT,   NULL, "number of the document")                            \
    X(CLEAR_VOUCHER,  voucher,  CODE_OR_EMPTY, NULL, "number of the payment's voucher, or empty")

/* village.declare: an item of the standard list of villages (十有) is met or not. */
#define INCOME_STANDARD_FIELDS(X, D, S)                                                            \
    X(STANDARD_DATE,     date,     DATE,     NULL, "as of when")                                   \
    X(STANDARD_DIVISION, division, DIVISION_DATED, NULL, "the village")                            \
    X(STANDARD_EVIDENCE, evidence, TEXT,     NULL, "what shows it: document, minutes, photograph")  \
    X(STANDARD_ITEM,     item,     TEXT,     NULL, "item of the list: an open list")               \
    X(STANDARD_MET,      met,      BOOLEAN,  NULL, "is it met?")

#define INCOME_KINDS(K)                                                                            \
    K(INCOME, LEASE,     "lease.sign",          income_lease,     "leases and what is like them")  \
    K(INCOME, LEASE_END, "lease.end",           income_lease_end, "leases that ended early")       \
    K(INCOME, LEASE_DUE, "lease.due",           income_lease_due, "dues that vary or were changed") \
    K(INCOME, RECEIPT,   "income.receive",      income_receipt,   "what assets earned")            \
    K(INCOME, HOLDER,    "distribution.holder", income_holder,    "households and posts that share income") \
    K(INCOME, SHARE,     "distribution.share",  income_share,     "shares of income")              \
    K(INCOME, SPLIT,     "distribution.plan",   income_plan,      "plans by which income is shared") \
    K(INCOME, SPLIT_PAY, "distribution.pay",    income_pay,       "vouchers that carry plans out") \
    K(INCOME, TOWNSHIP,  "township.class",      income_township,  "classes of townships")          \
    K(INCOME, DEBT,      "village.debt",        income_debt,      "debts of villages")             \
    K(INCOME, CLEAR,     "debt.clear",          income_clear,     "how they were cleared")         \
    K(INCOME, STANDARD,  "village.declare",     income_standard,  "standards that villages met")
// clang-format on

RECORD_DECLARE(INCOME, income)

/* ---- Splitting ------------------------------------------------------------------------------- */

/**
 * Split an amount by parts: each gets its part rounded down, and the fen that are left go one by
 * one to those with the largest remainders; of equal remainders the earlier comes first. The sum of
 * `out` is the amount, and none gets less than its part rounded down or more than that rounded up.
 *
 * @param parts  above 0, `count` of them; ERROR_UNBALANCED unless their sum is `whole`
 * @param whole  at most SHARE_WHOLE_MAX
 * @param out    room for `count`
 */
bool split_largest_remainder(money_t amount, const int64_t *parts, size_t count, int64_t whole,
                             money_t *out, struct error *err) MUST_CHECK;

/* ---- Plans ----------------------------------------------------------------------------------- */

struct income_plan_row {
    uint64_t seq;
    char plan[CODE_SIZE], division[DIVISION_CODE_SIZE], income[INCOME_WORD_SIZE];
    char date[DATE_TEXT_SIZE];
    char basis[TEXT_SIZE], rule[TEXT_SIZE], document[TEXT_SIZE];
    money_t amount, paid; /* paid: by that day, by vouchers tied to it */
    int64_t whole, year;
};
/** Plans of a division and all within it that were resolved by a day, in the order of the log. */
bool income_plan_each(struct journal *journal, const char *scope, date_t day,
                      bool (*visit)(void *context, const struct income_plan_row *plan,
                                    struct error *err),
                      void *context, struct error *err) MUST_CHECK;

/**
 * What vouchers that are tied to a plan paid by a month's end. *told_out is false when the totals
 * of one of them are sealed: then nothing is told, and `out` is 0.
 */
bool income_plan_paid(struct journal *journal, const char *plan, int32_t month, money_t *out,
                      bool *told_out, struct error *err) MUST_CHECK;

struct income_share_row {
    uint64_t seq;
    char division[DIVISION_CODE_SIZE], use[INCOME_WORD_SIZE];
    char text[TEXT_SIZE];
    int64_t parts, people;
    money_t amount;
};
/** The shares of a plan with what each gets, in the order of the log. */
bool income_share_each(struct journal *journal, const char *plan,
                       bool (*visit)(void *context, const struct income_share_row *share,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;

/** What is sealed: for those who may see people. */
struct income_holder_row {
    uint64_t seq;
    char division[DIVISION_CODE_SIZE], use[INCOME_WORD_SIZE];
    char holder[TEXT_SIZE], id_number[TEXT_SIZE], basis[TEXT_SIZE];
    int64_t parts;
    money_t amount;
};
/**
 * Those who share in a plan with what each gets of their share, which is split among them by parts
 * in the order of the log. ERROR_NOT_FOUND when some of them were erased: nobody can tell any more.
 */
bool income_holder_each(struct journal *journal, const char *plan,
                        bool (*visit)(void *context, const struct income_holder_row *holder,
                                      struct error *err),
                        void *context, struct error *err) MUST_CHECK;

/* ---- Photovoltaic income and posts ----------------------------------------------------------- */

/** What the law of a day asks: policies photovoltaic_posts_… . */
struct photovoltaic_rule {
    int64_t share_bp;   /* …_share_bp, 8000 */
    int64_t comparator; /* …_comparator: 0 at least that much (unless set), 1 exactly, 2 more */
    int64_t basis;      /* …_basis: 0 of what was received (unless set), 1 of what was distributed */
    int64_t months;     /* …_months: of a period, by which a year divides; 12 unless set */
    int64_t counts;     /* …_counts: 0 wages alone (unless set), 1 public works and relief too */
    int64_t is_required; /* …_required: 1 refuses plans that give posts less; 0 unless set */
};
bool photovoltaic_rule_find(struct journal *journal, date_t day, struct photovoltaic_rule *out,
                            struct error *err) MUST_CHECK;
/** Is a part of a whole what the rule asks for? */
bool photovoltaic_is_enough(const struct photovoltaic_rule *rule, int64_t part, int64_t whole);

struct photovoltaic_row {
    char division[DIVISION_CODE_SIZE];
    date_t first, last; /* of the period */
    money_t received, distributed, posts;
    int64_t share_bp; /* of the basis; rounded down. 0 without one */
    bool is_enough;   /* a place without such income has enough */
};
/** The period that holds the day, for each division within the scope that had such income. */
bool photovoltaic_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct photovoltaic_row *row,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;

/* ---- Leases ---------------------------------------------------------------------------------- */

struct lease {
    uint64_t seq;
    char code[CODE_SIZE], asset[CODE_SIZE], division[DIVISION_CODE_SIZE];
    char kind[INCOME_WORD_SIZE];
    char party[TEXT_SIZE]; /* "" when it is a person */
    char document[TEXT_SIZE], risk[TEXT_SIZE];
    date_t first_day, last_day; /* the day on which it ended early, when it did by that day */
    bool has_dues;              /* computed; else they vary */
    date_t first_due;
    int64_t months, rent, guaranteed_bp;
    bool ended_early;
};
struct lease_due {
    date_t due;
    money_t amount, received; /* received of this due, by the day asked for */
    bool is_changed;          /* told by a lease.due */
};
/** How a lease stands on a day. */
struct lease_stand {
    money_t due, received; /* up to that day */
    money_t arrears;       /* what of those dues isn't received */
    money_t ahead;         /* received beyond what is due */
    int64_t open; /* dues by that day that aren't paid */
    bool has_oldest, has_next;
    struct lease_due oldest, next; /* the oldest that isn't paid; the next after that day */
};
bool lease_find(struct journal *journal, const char *code, date_t day, struct lease *out,
                struct error *err) MUST_CHECK;
/** Leases of a division and all within it, signed by the day, by division and code. */
bool lease_each(struct journal *journal, const char *scope, date_t day,
                bool (*visit)(void *context, const struct lease *lease, struct error *err),
                void *context, struct error *err) MUST_CHECK;
/** Its dues up to a day, by day; what was received by then counts for the due it names, the rest
 * for the oldest first. */
bool lease_due_each(struct journal *journal, const struct lease *lease, date_t day,
                    bool (*visit)(void *context, const struct lease_due *due, struct error *err),
                    void *context, struct error *err) MUST_CHECK;
bool lease_stand_find(struct journal *journal, const struct lease *lease, date_t day,
                      struct lease_stand *out, struct error *err) MUST_CHECK;

/* Sources of the morning list (ledger/keeping/keeping.h). */
/** Of each lease the rent that is overdue from its oldest day on; else what comes due next. */
bool due_rent_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err) MUST_CHECK;
/** Leases that end within the policy `lease_ending_days` (90). */
bool due_lease_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                    void *context, struct error *err) MUST_CHECK;

/* ---- Receipts -------------------------------------------------------------------------------- */

struct income_receipt_row {
    uint64_t seq;
    char date[DATE_TEXT_SIZE], due[DATE_TEXT_SIZE]; /* due: the one that it names, or "" */
    char division[DIVISION_CODE_SIZE], kind[INCOME_WORD_SIZE];
    char asset[CODE_SIZE], lease[CODE_SIZE]; /* "": none; asset: also that of the lease */
    char voucher[VOUCHER_NUMBER_SIZE];
    money_t amount;
};
/** What a division and all within it received in a span of days, by division and day: rows of
 * vouchers that weren't reversed by its last day. */
bool income_receipt_each(struct journal *journal, const char *scope, date_t first, date_t last,
                         bool (*visit)(void *context, const struct income_receipt_row *receipt,
                                       struct error *err),
                         void *context, struct error *err) MUST_CHECK;

/* ---- Villages -------------------------------------------------------------------------------- */

enum income_band { INCOME_NONE, INCOME_LOW, INCOME_MIDDLE, INCOME_HIGH, INCOME_BAND_COUNT };
/** "none", "below_low", "low_and_more", "high_and_more"; static storage. */
const char *income_band_name(enum income_band band);
struct income_bounds {
    money_t low, high; /* policies village_income_low and …_high, fen; 50,000 and 100,000 yuan */
};
bool income_bounds_find(struct journal *journal, date_t day, struct income_bounds *out,
                        struct error *err) MUST_CHECK;
enum income_band income_band_of(const struct income_bounds *bounds, money_t income);

/** "leading", "regular", "intensive" (先行示范, 正常推进, 持续攻坚), NULL-terminated; static storage. */
const char *const *township_class_list(void);
/** The class of a township that was told last by the day; "" when none was. */
bool township_class_find(struct journal *journal, const char *township, date_t day,
                         char out[INCOME_WORD_SIZE], struct error *err) MUST_CHECK;

struct village_year {
    char division[DIVISION_CODE_SIZE];
    char township_class[INCOME_WORD_SIZE]; /* "" when none was told by the day */
    money_t income, photovoltaic;
    enum income_band band, band_without; /* without: of what isn't from photovoltaics */
    money_t debt;                        /* not cleared by the day */
};
/** Every village within the scope, by code: the day's year up to the day. */
bool village_year_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct village_year *village,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;

struct village_debt {
    char code[CODE_SIZE], division[DIVISION_CODE_SIZE];
    char creditor[TEXT_SIZE]; /* "" when it is a person */
    char reason[TEXT_SIZE], date[DATE_TEXT_SIZE];
    char cleared_on[DATE_TEXT_SIZE]; /* "" while something is owed */
    money_t amount, cleared;
};
/** Debts within the scope that were there on a day, by division and code. */
bool village_debt_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct village_debt *debt,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;

struct village_standard {
    char division[DIVISION_CODE_SIZE];
    char item[TEXT_SIZE], evidence[TEXT_SIZE], date[DATE_TEXT_SIZE];
    bool is_met, is_computed;
};
/** The names of the items that the ledger knows by itself and nobody declares. */
#define STANDARD_INCOME "集体经济收入"
#define STANDARD_DEBT   "村级无债务"
/** Of each village within the scope: first what is computed, then what was declared by the day, the
 * last of each item, by item. */
bool village_standard_each(struct journal *journal, const char *scope, date_t day,
                           bool (*visit)(void *context, const struct village_standard *standard,
                                         struct error *err),
                           void *context, struct error *err) MUST_CHECK;

#endif
