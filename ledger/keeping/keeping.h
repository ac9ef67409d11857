/*
 * keeping.h - who keeps the assets, by what standard and with what money (管护): bodies, posts and
 * their holders, duties, schedules of inspections and services, work orders, and where the money
 * for upkeep came from; and what of all that is due.
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h). Who holds a post is a natural
 *    person and sealed; the post, its unit and the telephone of its office stand in clear.
 * 2. An occurrence of a schedule is done, excused, overdue (its day and the days of grace are over)
 *    or awaited: nothing falls between. Which an inspection without a day of its own answers is
 *    settled when it is entered, by its date alone: schedule_answered().
 * 3. Days are counted in the calendar, never by a clock or a zone.
 * 4. What is listed is found by indexes: look_day of each schedule moves with every answer.
 */
#ifndef LEDGER_KEEPING_KEEPING_H
#define LEDGER_KEEPING_KEEPING_H

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
#include "ledger/records/records.h"

#define SCHEDULE_EVERY_MAX 1000 /* intervals between two occurrences */
#define SCHEDULE_GRACE_MAX 366  /* days */
#define SCHEDULE_SHIFT_MAX 31   /* days in which a working day is looked for */
#define KEEPING_CLEAR_MAX  5    /* 五清晰 */

extern const struct journal_module keeping_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* body.declare: who looks after assets in a division: the county's group (领导小组), a town's office
   (管理所), a village's station (管理站). A later one of the same division takes its place. */
#define KEEPING_BODY_FIELDS(X, D, S)                                                               \
    X(BODY_DATE,     date,         DATE,     NULL, "from when on")                                 \
    X(BODY_DIVISION, division,     DIVISION_DATED, NULL, "of which county, township or village")   \
    X(BODY_DOCUMENT, document,     TEXT,     NULL, "number of the document, or empty")             \
    X(BODY_NAME,     name,         TEXT,     NULL, "its name")                                     \
    X(BODY_PHONE,    office_phone, PHONE,    NULL, "its telephone")

/* keeper.appoint: somebody holds a post (十员五岗 and the like). */
#define KEEPING_KEEPER_FIELDS(X, D, S)                                                             \
    D(KEEPER_IS_GONE,  keeping_keeper)                                                             \
    X(KEEPER_DIVISION, division,     DIVISION, NULL, "where")                                      \
    X(KEEPER_FIRST,    first_day,    DATE,     NULL, "first day of the appointment")               \
    X(KEEPER_CODE,     keeper,       CODE,     NULL, "code of the appointment: random")            \
    X(KEEPER_LAST,     last_day,     DATE_OR_EMPTY, NULL, "last day, or empty")                    \
    X(KEEPER_PHONE,    office_phone, PHONE,    NULL, "telephone of the unit")                      \
    X(KEEPER_POST,     post,         TEXT,     NULL, "which post: an open list")                   \
    X(KEEPER_UNIT,     unit,         TEXT,     NULL, "unit that the post belongs to")              \
    S(KEEPER_ID_NUMBER, id_number,   TEXT,     NULL, "ID number of the holder, or empty")          \
    S(KEEPER_NAME,     name,         TEXT,     NULL, "name of the holder")                         \
    S(KEEPER_PAY,      pay,          INTEGER,  NULL, "pay a month, fen; 0: none")

/* keeper.end: the holder leaves before the last day, or there was none. */
#define KEEPING_LEFT_FIELDS(X, D, S)                                                               \
    X(LEFT_DATE,   date,   DATE, NULL, "last day in office")                                       \
    X(LEFT_KEEPER, keeper, CODE, NULL, "code of the appointment")                                  \
    X(LEFT_REASON, reason, TEXT, NULL, "why")

/* asset.duty: who answers for an asset. A later date takes the place of an earlier one. */
#define KEEPING_DUTY_FIELDS(X, D, S)                                                               \
    X(DUTY_ASSET,    asset,        CODE,    NULL, "code of the asset")                             \
    X(DUTY_DATE,     date,         DATE,    NULL, "from when on")                                  \
    X(DUTY_DOCUMENT, document,     TEXT,    NULL, "number of the document, or empty")              \
    X(DUTY_KEEPER,   keeper,       TEXT,    NULL, "code of an appointment, or empty")              \
    X(DUTY_MONEY,    money,        INTEGER, NULL, "for upkeep a year, fen; 0: not clear yet")      \
    X(DUTY_MONEY_SOURCE, money_source, TEXT, NULL, "where that comes from; empty: not clear yet")  \
    X(DUTY_PHONE,    office_phone, PHONE,   NULL, "telephone of the unit")                         \
    X(DUTY_ROUTE,    route,        WORD,    keeping_route_words, "market, self or specialist")     \
    X(DUTY_SCOPE,    scope,        TEXT,    NULL, "what has to be kept; empty: not clear yet")     \
    X(DUTY_STANDARD, standard,     TEXT,    NULL, "by what standard; empty: not clear yet")        \
    X(DUTY_UNIT,     unit,         TEXT,    NULL, "unit that answers; empty: not clear yet")

/* schedule.set: an asset is inspected or serviced every so often. */
#define KEEPING_SCHEDULE_FIELDS(X, D, S)                                                           \
    X(SCHEDULE_ASSET,    asset,      CODE,    NULL, "code of the asset")                           \
    X(SCHEDULE_EVERY,    every,      INTEGER, NULL, "so many intervals apart")                     \
    X(SCHEDULE_FIRST,    first,      DATE,    NULL, "day of the first occurrence")                 \
    X(SCHEDULE_GRACE,    grace_days, INTEGER, NULL, "days after its day before it is overdue")     \
    X(SCHEDULE_INTERVAL, interval,   WORD,    keeping_interval_words, "day, month, week or year")  \
    X(SCHEDULE_LAST,     last,       DATE_OR_EMPTY, NULL, "no occurrence after that day, or empty") \
    X(SCHEDULE_CODE,     schedule,   CODE,    NULL, "code of the schedule")                        \
    X(SCHEDULE_SHIFT,    shift,      WORD,    keeping_shift_words, "to which working day: next, none or previous") \
    X(SCHEDULE_STANDARD, standard,   TEXT,    NULL, "what has to be looked at or done")            \
    X(SCHEDULE_WHAT,     what,       WORD,    keeping_what_words, "inspection or service")

/* schedule.end: no occurrence after that day. */
#define KEEPING_STOP_FIELDS(X, D, S)                                                               \
    X(STOP_DATE,     date,     DATE, NULL, "last day that counts")                                 \
    X(STOP_REASON,   reason,   TEXT, NULL, "why")                                                  \
    X(STOP_SCHEDULE, schedule, CODE, NULL, "code of the schedule")

/* inspection.record: somebody was there. */
#define KEEPING_INSPECTION_FIELDS(X, D, S)                                                         \
    X(INSPECTION_ASSET,    asset,    CODE,          NULL, "code of the asset")                     \
    X(INSPECTION_DATE,     date,     DATE,          NULL, "when")                                  \
    X(INSPECTION_DUE,      due,      DATE_OR_EMPTY, NULL, "day of the occurrence that it answers, or empty") \
    X(INSPECTION_FINDINGS, findings, TEXT,          NULL, "what was found or done")                \
    X(INSPECTION_KEEPER,   keeper,   TEXT,          NULL, "code of the appointment, or empty")     \
    X(INSPECTION_SCHEDULE, schedule, TEXT,          NULL, "code of the schedule, or empty")        \
    X(INSPECTION_STATE,    state,    WORD,          keeping_state_words, "as it was found: damaged, idle, in_use, missing or scrapped")

/* inspection.excuse: an occurrence needn't be done. */
#define KEEPING_EXCUSE_FIELDS(X, D, S)                                                             \
    X(EXCUSE_DATE,     date,     DATE, NULL, "day of the decision")                                \
    X(EXCUSE_DOCUMENT, document, TEXT, NULL, "number of the document, or empty")                   \
    X(EXCUSE_DUE,      due,      DATE, NULL, "day of the occurrence")                              \
    X(EXCUSE_REASON,   reason,   TEXT, NULL, "why")                                                \
    X(EXCUSE_SCHEDULE, schedule, CODE, NULL, "code of the schedule")

/* work.open, work.close, work.pay: a repair as a work order, and which vouchers paid it. */
#define KEEPING_WORK_FIELDS(X, D, S)                                                               \
    X(WORK_ASSET,    asset,    CODE,    NULL, "code of the asset")                                 \
    X(WORK_DATE,     date,     DATE,    NULL, "day of the order")                                  \
    X(WORK_DUE,      due,      DATE,    NULL, "day by which it must be done")                      \
    X(WORK_ESTIMATE, estimate, INTEGER, NULL, "estimated cost, fen; 0: none")                      \
    X(WORK_FAULT,    fault,    TEXT,    NULL, "what is broken")                                    \
    X(WORK_CODE,     work,     CODE,    NULL, "code of the work order")
#define KEEPING_DONE_FIELDS(X, D, S)                                                               \
    X(DONE_BY,     by,     TEXT,    NULL, "unit that did it")                                      \
    X(DONE_COST,   cost,   INTEGER, NULL, "what it cost, fen; 0: nothing")                         \
    X(DONE_DATE,   date,   DATE,    NULL, "when")                                                  \
    X(DONE_RESULT, result, TEXT,    NULL, "what was done")                                         \
    X(DONE_WORK,   work,   CODE,    NULL, "code of the work order")
#define KEEPING_PAID_FIELDS(X, D, S)                                                               \
    X(PAID_AMOUNT,  amount,  AMOUNT, NULL, "of the voucher's money, fen")                          \
    X(PAID_VOUCHER, voucher, CODE,   NULL, "number of the voucher")                                \
    X(PAID_WORK,    work,    CODE,   NULL, "code of the work order")

/* maintenance.source: where the money of a fund for upkeep came from (八个一点). */
#define KEEPING_SOURCE_FIELDS(X, D, S)                                                             \
    X(SOURCE_AMOUNT,   amount,   SIGNED_AMOUNT, NULL, "fen; below 0 takes back, with a text")      \
    X(SOURCE_DATE,     date,     DATE,     NULL, "when")                                           \
    X(SOURCE_DIVISION, division, DIVISION_DATED, NULL, "who raised it")                            \
    X(SOURCE_DOCUMENT, document, TEXT,     NULL, "number of the document, or empty")               \
    X(SOURCE_FUND,     fund,     CODE,     NULL, "code of the fund")                               \
    X(SOURCE_SOURCE,   source,   TEXT,     NULL, "which source: an open list")                     \
    X(SOURCE_TEXT,     text,     TEXT,     NULL, "remark")

#define KEEPING_KINDS(K)                                                                           \
    K(KEEPING, INSPECTION, "inspection.record",  keeping_inspection, "inspections and services")   \
    K(KEEPING, BODY,       "body.declare",       keeping_body,       "bodies that look after assets") \
    K(KEEPING, KEEPER,     "keeper.appoint",     keeping_keeper,     "holders of posts")           \
    K(KEEPING, LEFT,       "keeper.end",         keeping_left,       "holders who left")           \
    K(KEEPING, DUTY,       "asset.duty",         keeping_duty,       "who answers for assets")     \
    K(KEEPING, SCHEDULE,   "schedule.set",       keeping_schedule,   "schedules")                  \
    K(KEEPING, STOP,       "schedule.end",       keeping_stop,       "schedules that ended")       \
    K(KEEPING, EXCUSE,     "inspection.excuse",  keeping_excuse,     "occurrences excused")        \
    K(KEEPING, WORK,       "work.open",          keeping_work,       "work orders")                \
    K(KEEPING, DONE,       "work.close",         keeping_done,       "work orders done")           \
    K(KEEPING, PAID,       "work.pay",           keeping_paid,       "what vouchers paid for work orders") \
    K(KEEPING, SOURCE,     "maintenance.source", keeping_source,     "sources of funds for upkeep")
// clang-format on

RECORD_DECLARE(KEEPING, keeping)

/* ---- Schedules: pure ------------------------------------------------------------------------- */

enum schedule_interval { SCHEDULE_DAY, SCHEDULE_MONTH, SCHEDULE_WEEK, SCHEDULE_YEAR };
enum schedule_shift { SHIFT_NEXT, SHIFT_NONE, SHIFT_PREVIOUS };

struct schedule_rule {
    date_t first;
    int64_t every;
    enum schedule_interval interval;
    enum schedule_shift shift;
    int64_t grace_days;
    bool has_end; /* the earlier of its last day and of the day on which it was ended */
    date_t end;   /* no occurrence after that day */
};

/** Tells working days: a calendar, or the ledger. */
struct working_days {
    bool (*is_working)(void *context, date_t day, bool *out, struct error *err);
    void *context;
};

/**
 * The day of the n-th occurrence, from 0, before any shift; -1 is the one before the first. Months
 * and years are counted from `first`, so that 31 January is followed by 28 February and 31 March.
 *
 * @return false when it is behind the schedule's end or outside the calendar
 */
bool schedule_day(const struct schedule_rule *rule, int64_t n, date_t *out);
/** The first occurrence on that day or after it; also one behind the schedule's end. */
int64_t schedule_index(const struct schedule_rule *rule, date_t day);
/** Where an occurrence falls that has that day: itself, or the working day before or after it. */
bool schedule_due(const struct schedule_rule *rule, const struct working_days *days, date_t day,
                  date_t *out, struct error *err) MUST_CHECK;
/**
 * Which occurrences something done on a day answers: those of the next limit (due day and days of
 * grace) that isn't over, when it is after the limit before that. Two occurrences that a shift
 * moves to one day are answered together. *count is 0 before the time of the first and behind the
 * last.
 */
bool schedule_answered(const struct schedule_rule *rule, const struct working_days *days,
                       date_t day, int64_t *first, int64_t *count, struct error *err) MUST_CHECK;

/** The first occurrence whose limit isn't before that day, be it behind the schedule's end. */
bool schedule_limit_index(const struct schedule_rule *rule, const struct working_days *days,
                          date_t day, int64_t *out, struct error *err) MUST_CHECK;

/* ---- What is due ----------------------------------------------------------------------------- */

enum occurrence_state {
    OCCURRENCE_AWAITED, /* "upcoming": its limit isn't over */
    OCCURRENCE_DONE,
    OCCURRENCE_EXCUSED,
    OCCURRENCE_OVERDUE, /* "past_due" */
    OCCURRENCE_STATE_COUNT
};
const char *occurrence_state_name(enum occurrence_state state); /* static storage */

/** An occurrence as it stands at the end of a day. */
struct occurrence {
    int64_t n;
    date_t day;   /* as the schedule has it: what inspections name */
    date_t due;   /* the working day that it falls on */
    date_t limit; /* the last day before it is overdue */
    enum occurrence_state state;
    uint64_t by; /* the entry that answers it; 0 */
    date_t on;   /* its date; meaningful when answered */
};
/** The occurrences of a schedule up to those due on `through`, judged at the end of `as_of`. */
bool occurrence_each(struct journal *journal, const char *schedule, date_t as_of, date_t through,
                     bool (*visit)(void *context, const struct occurrence *occurrence,
                                   struct error *err),
                     void *context, struct error *err) MUST_CHECK;

/** A line of the morning list. What it is about is told by `what`. */
enum due_what {
    DUE_INSPECTION, /* subject: schedule */
    DUE_SERVICE,    /* subject: schedule */
    DUE_HOLDER,     /* nobody answers for the asset; subject: the keeper who left, or "" */
    DUE_POST,       /* a holder's last day; subject: keeper */
    DUE_WORK,       /* subject: work order */
    DUE_RENT,       /* of ledger/income: what a lease owes; subject: lease, text: the other party */
    DUE_LEASE,      /* of ledger/income: a lease's last day; subject: lease */
    DUE_WHAT_COUNT
};
const char *due_what_name(enum due_what what); /* "inspection"; static storage */

struct due_item {
    enum due_what what;
    char division[DIVISION_CODE_SIZE];
    char asset[CODE_SIZE]; /* "" of a post */
    char subject[CODE_SIZE];
    const char *text; /* name of the asset, or the post; lent for the call */
    uint64_t seq;     /* the entry that made it due */
    date_t day;       /* as the schedule has it; of other lines the same as `due` */
    date_t due;       /* by when; of a missing holder since when */
    bool is_overdue;
    int64_t count; /* occurrences that are open and due by then, this one included */
};
typedef bool due_visit(void *context, const struct due_item *item, struct error *err);

struct due_filter {
    const char *scope; /* within this division; NULL or "": all */
    date_t as_of;
    int64_t days_ahead; /* also what comes due within so many days; -1: only what is overdue */
};
/* Sources of the morning list, each in the order of its index. */
bool due_schedule_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                       void *context, struct error *err) MUST_CHECK;
bool due_holder_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                     void *context, struct error *err) MUST_CHECK;
/** Posts that end within the policy `keeper_ending_days` (30). */
bool due_post_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err) MUST_CHECK;
bool due_work_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err) MUST_CHECK;

/* ---- How an asset is kept -------------------------------------------------------------------- */

/** 五清晰: what of it is clear. */
enum clarity { CLEAR_SCOPE, CLEAR_TITLE, CLEAR_STANDARD, CLEAR_MONEY, CLEAR_RESPONSIBILITY };
const char *clarity_name(enum clarity clarity); /* "scope"; static storage */

/** How an asset is kept on a day. Large: not for a stack. */
struct upkeep {
    char asset[CODE_SIZE];
    char division[DIVISION_CODE_SIZE];
    bool has_duty; /* else all texts of the duty are "" */
    char since[DATE_TEXT_SIZE];
    char unit[TEXT_SIZE], office_phone[TEXT_SIZE];
    char keeper[CODE_SIZE];
    bool is_vacant; /* a keeper is named who isn't in office on that day */
    char route[16];
    char scope[TEXT_SIZE], standard[TEXT_SIZE], money_source[TEXT_SIZE];
    money_t money; /* a year */
    bool is_clear[KEEPING_CLEAR_MAX];
    int score;                      /* how many of them */
    char inspected[DATE_TEXT_SIZE]; /* the last inspection or service, or "" */
    char found[16];                 /* in what state; "" */
    char next[DATE_TEXT_SIZE];      /* the earliest open occurrence, as schedules have it, or "" */
};
bool upkeep_find(struct journal *journal, const char *asset, date_t day, struct upkeep *out,
                 struct error *err) MUST_CHECK;
/** Of the assets within a scope ("" for all) that are there on a day, by division and code. */
bool upkeep_each(struct journal *journal, const char *scope, date_t day,
                 bool (*visit)(void *context, const struct upkeep *upkeep, struct error *err),
                 void *context, struct error *err) MUST_CHECK;

/** A fund for upkeep: what it got and where that came from. */
struct upkeep_fund {
    char fund[CODE_SIZE];
    money_t received;    /* from outside, less what went back there */
    money_t declared;    /* sum of its sources */
    money_t unexplained; /* received - declared */
};
/** Who looks after assets of a county, township or village: its group, office or station. */
struct upkeep_body {
    uint64_t seq; /* its body.declare */
    char division[DIVISION_CODE_SIZE], date[DATE_TEXT_SIZE];
    char name[TEXT_SIZE], office_phone[TEXT_SIZE], document[TEXT_SIZE];
};
typedef bool upkeep_body_visit(void *context, const struct upkeep_body *body, struct error *err);
/** The bodies of a division and of all within it as they were on a day, by division. */
bool upkeep_body_each(struct journal *journal, const char *scope, date_t day,
                      upkeep_body_visit *visit, void *context, struct error *err) MUST_CHECK;
/** Those that look after what lies in a division, on a day: its own first, then those above it. */
bool upkeep_body_above(struct journal *journal, const char *division, date_t day,
                       upkeep_body_visit *visit, void *context, struct error *err) MUST_CHECK;

/** Funds of which sources are declared, by code. */
bool upkeep_fund_each(struct journal *journal,
                      bool (*visit)(void *context, const struct upkeep_fund *fund,
                                    struct error *err),
                      void *context, struct error *err) MUST_CHECK;
/** Its sources summed up, by name. */
bool upkeep_source_each(struct journal *journal, const char *fund,
                        bool (*visit)(void *context, const char *source, money_t amount,
                                      struct error *err),
                        void *context, struct error *err) MUST_CHECK;

#endif
