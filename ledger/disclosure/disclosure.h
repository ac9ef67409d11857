/*
 * disclosure.h - what must be told to everybody: plans, the project bank, loans, entrusted money,
 * sector money, complaints, notices on boards, working days; and what of it is due by when.
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h), all of them public: nothing
 *    about a natural person has a place in them.
 * 2. What is due is judged from the journal alone, for a day that the caller names.
 */
#ifndef LEDGER_DISCLOSURE_DISCLOSURE_H
#define LEDGER_DISCLOSURE_DISCLOSURE_H

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

#define DISCLOSURE_DAYS_MAX    1000 /* working days of a time limit */
#define DISCLOSURE_PERSONS_MIN 3    /* fewer borrowers than these are nobody's business */

extern const struct journal_module disclosure_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* plan.approve: an annual plan (年度计划) or a scheme of consolidated money (统筹整合方案). */
#define DISCLOSURE_PLAN_FIELDS(X, D, S)                                                            \
    X(PLAN_AMOUNT,   amount,   INTEGER,  NULL, "sum of the plan, fen; 0 when it names none")       \
    X(PLAN_DATE,     date,     DATE,     NULL, "day of the approval")                              \
    X(PLAN_DIVISION, division, DIVISION, NULL, "whose plan")                                       \
    X(PLAN_DOCUMENT, document, TEXT,     NULL, "number of the document")                           \
    X(PLAN_NAME,     name,     TEXT,     NULL, "name")                                             \
    X(PLAN_CODE,     plan,     CODE,     NULL, "code of the plan")                                 \
    X(PLAN_REPLACES, replaces, TEXT,     NULL, "plan whose place it takes, or empty")              \
    X(PLAN_TEXT,     text,     TEXT,     NULL, "by what principles")                               \
    X(PLAN_WHAT,     what,     WORD,     disclosure_plan_words, "annual or consolidation")         \
    X(PLAN_YEAR,     year,     INTEGER,  NULL, "for which year")

/* plan.change: a project comes into a plan or goes out of it. */
#define DISCLOSURE_CHANGE_FIELDS(X, D, S)                                                          \
    X(CHANGE_ACTION,      action,      WORD, disclosure_action_words, "add or remove")             \
    X(CHANGE_DATE,        date,        DATE, NULL, "day of the decision")                          \
    X(CHANGE_DOCUMENT,    document,    TEXT, NULL, "number of the document")                       \
    X(CHANGE_PLAN,        plan,        CODE, NULL, "code of the plan")                             \
    X(CHANGE_PROJECT,     project,     CODE, NULL, "code of the project")                          \
    X(CHANGE_RESPONSIBLE, responsible, TEXT, NULL, "post that answers for it, never a name")       \
    X(CHANGE_STANDARD,    standard,    TEXT, NULL, "rate of the subsidy")

/* plan.finance: where a plan's money comes from. */
#define DISCLOSURE_FINANCE_FIELDS(X, D, S)                                                         \
    X(FINANCE_AMOUNT, amount, AMOUNT, NULL, "fen")                                                 \
    X(FINANCE_LEVEL,  level,  WORD,   disclosure_level_words, "who gives it")                      \
    X(FINANCE_PLAN,   plan,   CODE,   NULL, "code of the plan")                                    \
    X(FINANCE_SOURCE, source, TEXT,   NULL, "name of the money")                                   \
    X(FINANCE_USE,    use,    TEXT,   NULL, "what it is for")

/* allocation.explain: by what principle (分配原则) the money of a document was allocated. A later
   one of the same document and division takes its place. */
#define DISCLOSURE_PRINCIPLE_FIELDS(X, D, S)                                                       \
    X(PRINCIPLE_DATE,     date,      DATE,     NULL, "day of the document")                        \
    X(PRINCIPLE_DIVISION, division,  DIVISION, NULL, "who allocates")                              \
    X(PRINCIPLE_DOCUMENT, document,  TEXT,     NULL, "number of the document that allocates")      \
    X(PRINCIPLE_TEXT,     principle, TEXT,     NULL, "by what principle")

/* project.achieve: what of its performance targets and of its mechanism was achieved. A later one
   of the same project takes its place. */
#define DISCLOSURE_ACHIEVE_FIELDS(X, D, S)                                                         \
    X(ACHIEVE_DATE,          date,          DATE, NULL, "day of the finding")                      \
    X(ACHIEVE_MECHANISM,     mechanism,     TEXT, NULL, "how it helped poor households")           \
    X(ACHIEVE_MECHANISM_MET, mechanism_met, WORD, disclosure_met_words, "fully, partly or not")    \
    X(ACHIEVE_PROJECT,       project,       CODE, NULL, "code of the project")                     \
    X(ACHIEVE_TARGET,        target,        TEXT, NULL, "what of the target was reached")          \
    X(ACHIEVE_TARGET_MET,    target_met,    WORD, disclosure_met_words, "fully, partly or not")

/* project.enter, project.leave: into the project bank (项目库) and out of it. */
#define DISCLOSURE_ENTER_FIELDS(X, D, S)                                                           \
    X(ENTER_DATE,     date,     DATE, NULL, "day of the decision")                                 \
    X(ENTER_DOCUMENT, document, TEXT, NULL, "number of the document")                              \
    X(ENTER_PROJECT,  project,  CODE, NULL, "code of the project")
#define DISCLOSURE_LEAVE_FIELDS(X, D, S)                                                           \
    X(LEAVE_DATE,     date,     DATE, NULL, "day of the decision")                                 \
    X(LEAVE_DOCUMENT, document, TEXT, NULL, "number of the document")                              \
    X(LEAVE_PROJECT,  project,  CODE, NULL, "code of the project")                                 \
    X(LEAVE_REASON,   reason,   TEXT, NULL, "why")

/* sector.declare: a project of sector or east-west money, which is in no account of ours. */
#define DISCLOSURE_SECTOR_FIELDS(X, D, S)                                                          \
    X(SECTOR_AMOUNT,    amount,    AMOUNT,   NULL, "fen")                                          \
    X(SECTOR_CHANNEL,   channel,   WORD,     disclosure_channel_words, "sector or east_west")      \
    X(SECTOR_CODE,      code,      CODE,     NULL, "its code")                                     \
    X(SECTOR_DATE,      date,      DATE,     NULL, "day on which it was settled")                  \
    X(SECTOR_DIVISION,  division,  DIVISION, NULL, "where it is")                                  \
    X(SECTOR_MECHANISM, mechanism, TEXT,     NULL, "how it helps poor households")                 \
    X(SECTOR_NAME,      name,      TEXT,     NULL, "name of the project")                          \
    X(SECTOR_PLACE,     place,     TEXT,     NULL, "where, in words")                              \
    X(SECTOR_TARGET,    target,    TEXT,     NULL, "performance target")                           \
    X(SECTOR_UNIT,      unit,      TEXT,     NULL, "unit that carries it out")

/* loan.declare: a loan with a subsidy to an enterprise, which is public. */
#define DISCLOSURE_LOAN_FIELDS(X, D, S)                                                            \
    X(LOAN_AMOUNT,    amount,    AMOUNT,   NULL, "what is lent, fen")                              \
    X(LOAN_BORROWER,  borrower,  TEXT,     NULL, "name of the enterprise")                         \
    X(LOAN_DATE,      date,      DATE,     NULL, "day of the loan")                                \
    X(LOAN_DIVISION,  division,  DIVISION, NULL, "where it is used")                               \
    X(LOAN_CODE,      loan,      CODE,     NULL, "its code")                                       \
    X(LOAN_MECHANISM, mechanism, TEXT,     NULL, "how it helps poor households")                   \
    X(LOAN_MONTHS,    months,    INTEGER,  NULL, "term in months")                                 \
    X(LOAN_RATE,      rate_bp,   INTEGER,  NULL, "interest a year in 1/10,000")                    \
    X(LOAN_SUBSIDY,   subsidy,   INTEGER,  NULL, "subsidy to its interest, fen; 0: none")          \
    X(LOAN_USCC,      uscc,      USCC,     NULL, "credit code of the enterprise; never empty")     \
    X(LOAN_USE,       use,       TEXT,     NULL, "what it is for")

/* loan.count: loans to natural persons, three at least together. */
#define DISCLOSURE_COUNT_FIELDS(X, D, S)                                                           \
    X(COUNT_AMOUNT,   amount,   AMOUNT,   NULL, "what is lent to all of them, fen")                \
    X(COUNT_DATE,     date,     DATE,     NULL, "last day of what is summed up")                   \
    X(COUNT_DIVISION, division, DIVISION, NULL, "where they live")                                 \
    X(COUNT_CODE,     loan,     CODE,     NULL, "its code")                                        \
    X(COUNT_PERSONS,  persons,  INTEGER,  NULL, "how many people, three at least")                 \
    X(COUNT_SUBSIDY,  subsidy,  INTEGER,  NULL, "subsidy to their interest, fen; 0: none")         \
    X(COUNT_USE,      use,      TEXT,     NULL, "what it is for")

/* entrust.declare: money or an asset entrusted to a bank or an enterprise (委托管理, 委托经营). */
#define DISCLOSURE_ENTRUST_FIELDS(X, D, S)                                                         \
    X(ENTRUST_AMOUNT,    amount,    AMOUNT,        NULL, "its worth, fen")                         \
    X(ENTRUST_CODE,      code,      CODE,          NULL, "its code")                               \
    X(ENTRUST_DATE,      date,      DATE,          NULL, "day of the agreement")                   \
    X(ENTRUST_DIVISION,  division,  DIVISION,      NULL, "who entrusts")                           \
    X(ENTRUST_DOCUMENT,  document,  TEXT,          NULL, "number of the agreement")                \
    X(ENTRUST_ENDS,      ends,      DATE_OR_EMPTY, NULL, "last day, or empty")                     \
    X(ENTRUST_MECHANISM, mechanism, TEXT,          NULL, "how it helps poor households")           \
    X(ENTRUST_NAME,      name,      TEXT,          NULL, "what is entrusted")                      \
    X(ENTRUST_PARTY,     party,     TEXT,          NULL, "to whom")                                \
    X(ENTRUST_RETURN,    return_bp, INTEGER,       NULL, "promised return a year in 1/10,000")     \
    X(ENTRUST_USCC,      uscc,      USCC,          NULL, "that party's credit code; never empty")  \
    X(ENTRUST_WHAT,      what,      WORD,          disclosure_entrusted_words, "asset or fund")

/* channel.open: where to complain. A later one of the same code takes its place. */
#define DISCLOSURE_CHANNEL_FIELDS(X, D, S)                                                         \
    X(CHANNEL_ADDRESS,  address,      TEXT,     NULL, "address")                                   \
    X(CHANNEL_CODE,     channel,      CODE,     NULL, "its code")                                  \
    X(CHANNEL_DATE,     date,         DATE,     NULL, "from when on")                              \
    X(CHANNEL_DIVISION, division,     DIVISION, NULL, "for whom")                                  \
    X(CHANNEL_HOURS,    hours,        TEXT,     NULL, "when somebody is there")                    \
    X(CHANNEL_NAME,     name,         TEXT,     NULL, "the office")                                \
    X(CHANNEL_PHONE,    office_phone, PHONE,    NULL, "its telephone")

/* complaint.receive, complaint.answer: a complaint and what became of it; nothing about who made it. */
#define DISCLOSURE_COMPLAINT_FIELDS(X, D, S)                                                       \
    X(COMPLAINT_CATEGORY, category,  WORD,     disclosure_category_words, "about what")            \
    X(COMPLAINT_CODE,     complaint, CODE,     NULL, "its number")                                 \
    X(COMPLAINT_DIVISION, division,  DIVISION, NULL, "about where")                                \
    X(COMPLAINT_DUE,      due,       DATE,     NULL, "day by which it must be answered")           \
    X(COMPLAINT_RECEIVED, received,  DATE,     NULL, "day on which it came")
#define DISCLOSURE_ANSWER_FIELDS(X, D, S)                                                          \
    X(ANSWER_TEXT,      answer,    TEXT, NULL, "what was found and done")                          \
    X(ANSWER_COMPLAINT, complaint, CODE, NULL, "number of the complaint")                          \
    X(ANSWER_DATE,      date,      DATE, NULL, "day of the answer")                                \
    X(ANSWER_OUTCOME,   outcome,   WORD, disclosure_outcome_words, "upheld, partly, ...")

/* notice.post, notice.remove: a notice on a board, and the day it was taken down. */
#define DISCLOSURE_NOTICE_FIELDS(X, D, S)                                                          \
    X(NOTICE_CORRECTS, corrects,  TEXT,          NULL, "notice whose place it takes, or empty")    \
    X(NOTICE_DIVISION, division,  DIVISION,      NULL, "whose notice")                             \
    X(NOTICE_FIRST,    first_day, DATE,          NULL, "first day on the board")                   \
    X(NOTICE_LAST,     last_day,  DATE_OR_EMPTY, NULL, "last day meant; empty: it stays")          \
    X(NOTICE_MATTER,   matter,    WORD,          disclosure_matter_words, "which of the nine")     \
    X(NOTICE_CODE,     notice,    CODE,          NULL, "its code")                                 \
    X(NOTICE_PERIOD,   period,    CODE,          NULL, "year, quarter or month that it tells of")  \
    X(NOTICE_PLACE,    place,     TEXT,          NULL, "which board")                              \
    X(NOTICE_SUBJECT,  subject,   TEXT,          NULL, "code of the one thing told; empty: all")
#define DISCLOSURE_REMOVE_FIELDS(X, D, S)                                                          \
    X(REMOVE_DATE,   date,   DATE, NULL, "last day on the board")                                  \
    X(REMOVE_NOTICE, notice, CODE, NULL, "code of the notice")                                     \
    X(REMOVE_REASON, reason, TEXT, NULL, "why")

/* calendar.set: a day that isn't as its weekday says, by the State Council's notice. */
#define DISCLOSURE_CALENDAR_FIELDS(X, D, S)                                                        \
    X(CALENDAR_DATE,     date,     DATE,    NULL, "the day")                                       \
    X(CALENDAR_DOCUMENT, document, TEXT,    NULL, "number of the notice")                          \
    X(CALENDAR_NAME,     name,     TEXT,    NULL, "which holiday it belongs to")                   \
    X(CALENDAR_WORKS,    works,    BOOLEAN, NULL, "1 when it is worked, 0 when it is free")

#define DISCLOSURE_KINDS(K)                                                                        \
    K(DISCLOSURE, PLAN,      "plan.approve",      disclosed_plan,      "plans and schemes")                    \
    K(DISCLOSURE, CHANGE,    "plan.change",       disclosed_change,    "projects of plans")                    \
    K(DISCLOSURE, FINANCE,   "plan.finance",      disclosed_finance,   "money of plans")                       \
    K(DISCLOSURE, PRINCIPLE, "allocation.explain", disclosed_principle, "principles of allocations")           \
    K(DISCLOSURE, ACHIEVE,   "project.achieve",   disclosed_achieve,   "what projects achieved")               \
    K(DISCLOSURE, ENTER,     "project.enter",     disclosed_enter,     "projects into the bank")               \
    K(DISCLOSURE, LEAVE,     "project.leave",     disclosed_leave,     "projects out of the bank")             \
    K(DISCLOSURE, SECTOR,    "sector.declare",    disclosed_sector,    "sector and east-west projects")        \
    K(DISCLOSURE, LOAN,      "loan.declare",      disclosed_loan,      "loans to enterprises")                 \
    K(DISCLOSURE, COUNT,     "loan.count",        disclosed_count,     "loans to people, summed up")           \
    K(DISCLOSURE, ENTRUST,   "entrust.declare",   disclosed_entrust,   "entrusted money and assets")           \
    K(DISCLOSURE, CHANNEL,   "channel.open",      disclosed_channel,   "where to complain")                    \
    K(DISCLOSURE, COMPLAINT, "complaint.receive", disclosed_complaint, "complaints")                           \
    K(DISCLOSURE, ANSWER,    "complaint.answer",  disclosed_answer,    "answers to complaints")                \
    K(DISCLOSURE, NOTICE,    "notice.post",       disclosed_notice,    "notices on boards")                    \
    K(DISCLOSURE, REMOVE,    "notice.remove",     disclosed_remove,    "notices taken down")                   \
    K(DISCLOSURE, CALENDAR,  "calendar.set",      disclosed_calendar,  "days unlike their weekday")
// clang-format on

RECORD_DECLARE(DISCLOSURE, disclosure)

/** Is the project in the bank at the end of a day? *since is the entry that brought it in. */
bool disclosure_in_bank(struct journal *journal, const char *project, date_t day, bool *out,
                        struct record *since, struct error *err) MUST_CHECK;

/* ---- Working days and spans ------------------------------------------------------------------ */

/** The days of a year, quarter or month: `2021`, `2021-Q3`, `2021-09`. */
struct disclosure_span {
    date_t first, last;
};
bool disclosure_span_parse(const char *text, struct disclosure_span *out,
                           struct error *err) MUST_CHECK;

/** Working days, as the journal's calendar has them; Monday to Friday where it says nothing. */
struct calendar;
bool calendar_load(struct journal *journal, struct calendar **out, struct error *err) MUST_CHECK;
void calendar_free(struct calendar *calendar);
/** Does the ledger hold the State Council's notice for this year? */
bool calendar_has_year(const struct calendar *calendar, int year);
bool calendar_is_working(const struct calendar *calendar, date_t day);
/** The last day of a time limit of so many working days that begins the day after `from`. */
bool calendar_add(const struct calendar *calendar, date_t from, int64_t working_days, date_t *out,
                  struct error *err) MUST_CHECK;

/* ---- The nine matters ------------------------------------------------------------------------ */

enum matter {
    MATTER_ALLOCATION,      /* 资金分配结果 */
    MATTER_LOANS,           /* 小额信贷、贴息贷款与委托资金 */
    MATTER_SECTOR,          /* 行业与东西部协作资金 */
    MATTER_CONSOLIDATION,   /* 统筹整合方案 */
    MATTER_BANK,            /* 项目库 */
    MATTER_ANNUAL_PLAN,     /* 年度计划 */
    MATTER_COMPLETION,      /* 年度计划完成情况 */
    MATTER_PROJECTS,        /* 项目实施前后 */
    MATTER_COMPLAINTS,      /* 监督举报与办理结果 */
    MATTER_VILLAGE_FINANCE, /* 村级财务收支: not one of the nine, and of villages alone */
    MATTER_COUNT
};

/** A row of the catalogue (公开目录): what is the same for every division. Static storage. */
struct matter_info {
    const char *code;      /* "allocation", as notice.post has it */
    const char *item;      /* 公开事项 */
    const char *content;   /* 公开内容(要素) */
    const char *basis;     /* 公开依据 */
    const char *after;     /* 公开时限: after what; a number of working days follows it */
    const char *publisher; /* 公开主体 */
    const char *audience;  /* 公开对象 */
    const char *way;       /* 公开方式 */
    int64_t working_days;  /* unless a policy says otherwise */
    bool duty[DIVISION_VILLAGE + 1]; /* 公开层级, by level, unless a policy says otherwise */
};
const struct matter_info *matter_info(enum matter matter);
bool matter_parse(const char *code, enum matter *out, struct error *err) MUST_CHECK;
/** 公开渠道和载体 at a level. */
const char *matter_channel(enum division_level level);

/** What the policies of a day ask of a division: of its own, else of what it lies in, else of all.
 */
struct matter_terms {
    int64_t working_days;  /* from the event to the disclosure */
    int64_t standing_days; /* that it stands at least, calendar days; 0: permanently */
    bool duty;             /* must this division disclose it at all? */
};
/**
 * Policies, each of them also with `_` and a division's code behind it: `disclosure_days_MATTER`,
 * `disclosure_standing_LEVEL`, `disclosure_duty_MATTER_LEVEL` (0 or 1).
 */
bool matter_terms(struct journal *journal, enum matter matter, const char *division, date_t day,
                  struct matter_terms *out, struct error *err) MUST_CHECK;

/** The policies of which terms are made, read once, for whoever asks often. */
struct matter_policies;
bool matter_policies_load(struct journal *journal, struct matter_policies **out,
                          struct error *err) MUST_CHECK;
/** NULL allowed. */
void matter_policies_free(struct matter_policies *policies);
void matter_terms_by(const struct matter_policies *policies, enum matter matter,
                     const char *division, date_t day, struct matter_terms *out);

/**
 * How many months a village's finances are disclosed for at once: 3, or 1 or 12 by the policy
 * `disclosure_months_village_finance`, also with `_` and a division's code behind it.
 */
int32_t matter_finance_months(const struct matter_policies *policies, const char *division,
                              date_t day);
/** "2021-Q3", "2021-09" or "2021": so many months that end with this one. */
void matter_finance_period(int32_t last_month, int32_t months, char out[MONTH_TEXT_SIZE]);

/* ---- What is due by when --------------------------------------------------------------------- */

enum duty_state {
    DUTY_PENDING,  /* not disclosed, and the time isn't over */
    DUTY_OVERDUE,  /* not disclosed, and the time is over */
    DUTY_STANDING, /* disclosed, and must stand on */
    DUTY_STOOD,    /* disclosed, and stood as long as it must */
    DUTY_EARLY,    /* disclosed, and taken down too early */
    DUTY_WITHHELD, /* what was published left it out, and told so; it stands nowhere else */
    DUTY_REPLACED, /* never disclosed, and over: replaced, taken out or closed */
    DUTY_STATE_COUNT
};
const char *duty_state_name(enum duty_state state); /* "awaited"; static storage */

/**
 * Something that a division must disclose, as it stands at the end of a day.
 *
 * Down to the county it is disclosed by a publication whose document tells it, and stands as long
 * as the last document of that period does; in townships and villages by a notice on the board
 * about it, or about a period whose document, made that moment, would tell it. What was entered
 * after the publication, or the notice, was isn't told by it.
 */
struct duty {
    enum matter matter;
    char division[DIVISION_CODE_SIZE];
    char subject[CODE_SIZE]; /* voucher, plan, project, loan, complaint … */
    date_t event;
    date_t due;       /* the last day in time; of what precedes its event, the day before it */
    uint64_t seq;     /* the entry that made it due */
    bool by_weekdays; /* the ledger has no calendar for a year in between */
    enum duty_state state;
    bool is_late;        /* disclosed, or over, after its due day */
    bool is_changed;     /* told anew while it stood: the days count again from then */
    char by[CODE_SIZE];  /* the notice that stands, or the period published; "" */
    date_t disclosed_on; /* the first time */
    date_t stands_from;  /* the last correction, or the same */
    bool has_until;
    date_t until; /* the last day that it must stand; without: for ever */
    bool has_ended;
    date_t ended_on; /* the last day on which it stood */
};
/** Of the divisions within `scope` ("" for all), by due day, matter, division, subject, event and
 * entry. */
bool duty_each(struct journal *journal, const char *scope, date_t as_of,
               bool (*visit)(void *context, const struct duty *duty, struct error *err),
               void *context, struct error *err) MUST_CHECK;

#endif
