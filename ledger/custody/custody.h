/*
 * custody.h - who has charge of assets and what becomes of them: handed over (易权到村), disposed
 * of (处置), counted (盘点).
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h) but handover.give and
 *    handover.take, which carry signatures of two different people.
 * 2. A handover is listed, given, taken, in this order; its list doesn't change once it is given,
 * and at the take each asset has the title that its row describes.
 *
 *        listed ──give──> given ──take──> taken
 *           └──────drop──────┴─> dropped
 *
 * 3. A disposal goes through its steps in their order, on days that never go back. Which of them it
 *    needs follows from its method and from whose asset it is: disposal_needs().
 * 4. Nothing happens to an asset after the day on which it was disposed of (asset_require_alive()).
 * 5. A stock-taking that is closed agrees with the register: what differed stands in it as a state.
 */
#ifndef LEDGER_CUSTODY_CUSTODY_H
#define LEDGER_CUSTODY_CUSTODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/identity.h"
#include "base/money.h"
#include "ledger/assets/assets.h"
#include "ledger/funds/funds.h"
#include "ledger/journal/journal.h"
#include "ledger/records/records.h"

#define CUSTODY_WORD_SIZE 24 /* bytes, NUL included, of a cause, method, step, ... */

extern const struct journal_module custody_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* handover.asset: an asset of a handover, and the title that it will have. */
#define CUSTODY_HANDOVER_FIELDS(X, D, S)                                                           \
    X(HANDOVER_ASSET,        asset,        CODE,     NULL, "code of the asset")                    \
    X(HANDOVER_CERTIFICATE,  certificate,  TEXT,     NULL, "number of the new certificate, or empty") \
    X(HANDOVER_DATE,         date,         DATE,     NULL, "day on which it was listed")           \
    X(HANDOVER_DISPOSAL,     disposal,     TEXT,     NULL, "who may dispose of it then")           \
    X(HANDOVER_DISTRIBUTION, distribution, TEXT,     NULL, "who decides then what becomes of its income") \
    X(HANDOVER_DIVISION,     division,     DIVISION, NULL, "who takes it")                         \
    X(HANDOVER_DOCUMENT,     document,     TEXT,     NULL, "number of the document, or empty")     \
    X(HANDOVER_CODE,         handover,     CODE,     NULL, "code of the handover")                 \
    X(HANDOVER_INCOME,       income,       TEXT,     NULL, "who has its income then")              \
    X(HANDOVER_OPERATOR,     operator,     TEXT,     NULL, "who operates it then: an organisation, or empty") \
    X(HANDOVER_OWNER,        owner,        TEXT,     NULL, "who owns it then: an organisation")    \
    X(HANDOVER_SUPERVISION,  supervision,  TEXT,     NULL, "who supervises it then")               \
    X(HANDOVER_USCC,         uscc,         USCC,     NULL, "credit code of the operator; empty only when that is the owner")

/* handover.drop: a handover that nobody takes any more. */
#define CUSTODY_DROP_FIELDS(X, D, S)                                                               \
    X(DROP_DATE,     date,     DATE, NULL, "from when on")                                         \
    X(DROP_HANDOVER, handover, CODE, NULL, "code of the handover")                                 \
    X(DROP_REASON,   reason,   TEXT, NULL, "why; never empty")

/* disposal.open: the owner applies to dispose of an asset. */
#define CUSTODY_DISPOSAL_FIELDS(X, D, S)                                                           \
    X(DISPOSAL_ASSET,  asset,    CODE, NULL, "code of the asset")                                  \
    X(DISPOSAL_CAUSE,  cause,    WORD, disposal_cause_words, "agreement_ended, covered, demolished, disaster, idle, other or worn_out") \
    X(DISPOSAL_DATE,   date,     DATE, NULL, "day of the application")                             \
    X(DISPOSAL_CODE,   disposal, CODE, NULL, "code of the disposal")                               \
    X(DISPOSAL_METHOD, method,   WORD, disposal_method_words, "auction, conversion, loss, scrapping, suspension or transfer") \
    X(DISPOSAL_TEXT,   text,     TEXT, NULL, "what happened to the asset; never empty")

/* disposal.step: a step of it. */
#define CUSTODY_STEP_FIELDS(X, D, S)                                                               \
    X(STEP_DATE,      date,            DATE,    NULL, "day of the step; of a notice the first on the board") \
    X(STEP_DISPOSAL,  disposal,        CODE,    NULL, "code of the disposal")                      \
    X(STEP_DOCUMENT,  document,        TEXT,    NULL, "number of the document or minutes; never empty") \
    X(STEP_STEP,      step,            WORD,    disposal_step_words, "which one")                  \
    X(STEP_TEXT,      text,            TEXT,    NULL, "what was said or found, or empty")          \
    X(STEP_ABSTAINED, votes_abstained, INTEGER, NULL, "of the decision")                           \
    X(STEP_AGAINST,   votes_against,   INTEGER, NULL, "of the decision")                           \
    X(STEP_FOR,       votes_for,       INTEGER, NULL, "of the decision: more than half of all")

/* disposal.finish: it is entered into the books. */
#define CUSTODY_FINISH_FIELDS(X, D, S)                                                             \
    X(FINISH_DATE,      date,      DATE,    NULL, "from then on the asset is gone, or in its new use") \
    X(FINISH_DISPOSAL,  disposal,  CODE,    NULL, "code of the disposal")                          \
    X(FINISH_PROCEEDS,  proceeds,  INTEGER, NULL, "what it brought, fen")                          \
    X(FINISH_TEXT,      text,      TEXT,    NULL, "why it brought less than it was worth, or empty") \
    X(FINISH_VALUATION, valuation, INTEGER, NULL, "what it was worth, fen; 0 without a valuation") \
    X(FINISH_VOUCHER,   voucher,   TEXT,    NULL, "number of the voucher that received the proceeds; empty without any")

/* disposal.drop: it isn't disposed of after all. */
#define CUSTODY_KEEP_FIELDS(X, D, S)                                                               \
    X(KEEP_DATE,     date,     DATE, NULL, "from when on")                                         \
    X(KEEP_DISPOSAL, disposal, CODE, NULL, "code of the disposal")                                 \
    X(KEEP_REASON,   reason,   TEXT, NULL, "why; never empty")

/* stocktake.open: a round of counting. */
#define CUSTODY_ROUND_FIELDS(X, D, S)                                                              \
    X(ROUND_DATE,     date,     DATE,     NULL, "first day")                                       \
    X(ROUND_DIVISION, division, DIVISION, NULL, "whose assets are counted, with all within it")    \
    X(ROUND_CODE,     round,    CODE,     NULL, "code of the round")                               \
    X(ROUND_TEXT,     text,     TEXT,     NULL, "who counts, or empty")

/* stocktake.count: what was seen of an asset. A later one of the same asset takes its place. */
#define CUSTODY_TALLY_FIELDS(X, D, S)                                                              \
    X(TALLY_ASSET,    asset,    CODE,     NULL, "code of the asset")                               \
    X(TALLY_DATE,     date,     DATE,     NULL, "day on which it was looked for")                  \
    X(TALLY_DIVISION, division, DIVISION, NULL, "where it was seen; when missing, where it should be") \
    X(TALLY_FOUND,    found,    WORD,     count_found_words, "elsewhere, found or missing")        \
    X(TALLY_ROUND,    round,    CODE,     NULL, "code of the round")                               \
    X(TALLY_STATE,    state,    WORD,     count_state_words, "in what state it was seen; none when missing") \
    X(TALLY_TEXT,     text,     TEXT,     NULL, "remark")

/* stocktake.close: the end of a round, with what came of it. */
#define CUSTODY_CLOSE_FIELDS(X, D, S)                                                              \
    X(CLOSE_CHANGED,   changed,   INTEGER, NULL, "how many were seen in another state than the register had") \
    X(CLOSE_DATE,      date,      DATE,    NULL, "last day")                                       \
    X(CLOSE_ELSEWHERE, elsewhere, INTEGER, NULL, "how many were seen in another place")            \
    X(CLOSE_FOUND,     found,     INTEGER, NULL, "how many were seen where they should be")        \
    X(CLOSE_MISSING,   missing,   INTEGER, NULL, "how many were not seen")                         \
    X(CLOSE_ROUND,     round,     CODE,    NULL, "code of the round")

#define CUSTODY_KINDS(K)                                                                           \
    K(CUSTODY, HANDOVER, "handover.asset",  handover_asset,  "assets of handovers and their titles to come") \
    K(CUSTODY, DROP,     "handover.drop",   handover_drop,   "handovers that nobody takes any more") \
    K(CUSTODY, DISPOSAL, "disposal.open",   disposal_open,   "disposals")                          \
    K(CUSTODY, STEP,     "disposal.step",   disposal_step,   "steps of disposals")                 \
    K(CUSTODY, FINISH,   "disposal.finish", disposal_finish, "disposals that were entered into the books") \
    K(CUSTODY, KEEP,     "disposal.drop",   disposal_drop,   "disposals that were given up")       \
    K(CUSTODY, ROUND,    "stocktake.open",  stocktake_open,  "rounds of stock-taking")             \
    K(CUSTODY, TALLY,    "stocktake.count", stocktake_count, "what was seen of assets")            \
    K(CUSTODY, CLOSE,    "stocktake.close", stocktake_close, "ends of rounds")
// clang-format on

RECORD_DECLARE(CUSTODY, custody)

/* ---- Handovers ------------------------------------------------------------------------------- */

/** A handover as it stands. */
struct handover {
    char code[CODE_SIZE];
    char state[CUSTODY_WORD_SIZE]; /* listed, given, taken, dropped */
    char giver[DIVISION_CODE_SIZE], taker[DIVISION_CODE_SIZE];
    int64_t assets;
    char listed_on[DATE_TEXT_SIZE];                          /* the last of them */
    char given_on[DATE_TEXT_SIZE], taken_on[DATE_TEXT_SIZE]; /* "": not yet */
    char given_by[USER_CODE_SIZE], taken_by[USER_CODE_SIZE]; /* who signed */
    int64_t give_seq, take_seq;                              /* -1: not yet */
    char rows_sha256[HASH_HEX_SIZE]; /* what both sign: docs/format.md section 5.9 */
};
typedef bool handover_visit(void *context, const struct handover *handover, struct error *err);

/** ERROR_NOT_FOUND: "no handover YJ-1 in the ledger; import it first". */
bool handover_find(struct journal *journal, const char *code, struct handover *out,
                   struct error *err) MUST_CHECK;
/** By code. `scope` NULL: all; else given or taken by a division within it. */
bool handover_each(struct journal *journal, const char *scope, handover_visit *visit, void *context,
                   struct error *err) MUST_CHECK;

/** Give, or take, all assets of a handover, as its list stands now. */
bool handover_give(struct journal *journal, const struct signatory *by, const char *handover,
                   date_t date, const char *text, struct error *err) MUST_CHECK;
bool handover_take(struct journal *journal, const struct signatory *by, const char *handover,
                   date_t date, const char *text, struct error *err) MUST_CHECK;

/* ---- Disposals ------------------------------------------------------------------------------- */

/** The words in the order of a disposal, NULL-terminated; static storage. */
const char *const *disposal_step_list(void);
enum disposal_need { DISPOSAL_NEVER, DISPOSAL_MAY, DISPOSAL_MUST };
/** Does a disposal by that method, of an asset whose owner is at that level, go through a step? */
enum disposal_need disposal_needs(const char *method, enum division_level owner, const char *step);

struct disposal {
    char code[CODE_SIZE], asset[CODE_SIZE];
    char cause[CUSTODY_WORD_SIZE], method[CUSTODY_WORD_SIZE];
    char owner_division[DIVISION_CODE_SIZE]; /* when it was opened */
    char opened_on[DATE_TEXT_SIZE], text[TEXT_SIZE];
    char state[CUSTODY_WORD_SIZE];     /* open, finished, dropped */
    char last_step[CUSTODY_WORD_SIZE]; /* "": none yet */
    char last_date[DATE_TEXT_SIZE];    /* of the last step, or of the application */
    char next_step[CUSTODY_WORD_SIZE]; /* that it must go through; "" when it can be finished */
    money_t valuation, proceeds;       /* once finished */
    char voucher[VOUCHER_NUMBER_SIZE];
};
typedef bool disposal_visit(void *context, const struct disposal *disposal, struct error *err);

bool disposal_find(struct journal *journal, const char *code, struct disposal *out,
                   struct error *err) MUST_CHECK;
/** By code. `scope` NULL: all; else of owners within that division. */
bool disposal_each(struct journal *journal, const char *scope, disposal_visit *visit, void *context,
                   struct error *err) MUST_CHECK;

/** What can be said of the money that a disposal brought, by fund of the voucher. */
struct disposal_reuse {
    char fund[CODE_SIZE], division[DIVISION_CODE_SIZE];
    money_t received; /* by the voucher */
    money_t arrived;  /* by all vouchers, ever */
    money_t spent;    /* paid from it, net of refunds */
    money_t left;     /* all that stands there now */
    bool is_certain;  /* nothing else came into that fund: what was spent is the proceeds */
};
bool disposal_reuse_each(struct journal *journal, const struct disposal *disposal,
                         bool (*visit)(void *context, const struct disposal_reuse *reuse,
                                       struct error *err),
                         void *context, struct error *err) MUST_CHECK;
/** The posted payments from that fund of that division, by number. */
bool disposal_payment_each(struct journal *journal, const struct disposal_reuse *reuse,
                           bool (*visit)(void *context, const struct voucher *voucher,
                                         struct error *err),
                           void *context, struct error *err) MUST_CHECK;

/* ---- Stock-taking ---------------------------------------------------------------------------- */

struct stocktake {
    char code[CODE_SIZE];
    char division[DIVISION_CODE_SIZE];
    char opened_on[DATE_TEXT_SIZE], closed_on[DATE_TEXT_SIZE]; /* "": still open */
    uint64_t first_seq;                         /* of the rows that closed it; 0 while it is open */
    int64_t found, missing, elsewhere, changed; /* assets not counted are missing; 0 while open */
};
/** Of one asset of a round: what the register had and what was seen. */
struct stocktake_line {
    char asset[CODE_SIZE];
    char name[TEXT_SIZE];
    char division[DIVISION_CODE_SIZE]; /* by the register */
    char state[ASSET_WORD_SIZE];       /* by the register, before the round was closed */
    bool is_counted;                   /* else it is taken as missing */
    char date[DATE_TEXT_SIZE];         /* of the count; while it isn't counted, the last day */
    char found[CUSTODY_WORD_SIZE];     /* found, elsewhere, missing */
    char seen_division[DIVISION_CODE_SIZE];
    char seen_state[ASSET_WORD_SIZE]; /* "missing" when it wasn't seen */
    char text[TEXT_SIZE];
    bool is_changed; /* the state that was seen isn't the register's */
};
typedef bool stocktake_visit(void *context, const struct stocktake_line *line, struct error *err);

bool stocktake_find(struct journal *journal, const char *round, struct stocktake *out,
                    struct error *err) MUST_CHECK;
/** Rounds by code; `scope` as above. */
bool stocktake_each(struct journal *journal, const char *scope,
                    bool (*visit)(void *context, const struct stocktake *round, struct error *err),
                    void *context, struct error *err) MUST_CHECK;
/** Every asset of a round, by division and code. Of an open one as it would be closed on `day`. */
bool stocktake_line_each(struct journal *journal, const char *round, date_t day,
                         stocktake_visit *visit, void *context, struct error *err) MUST_CHECK;
/** Add a line to a round's figures. */
void stocktake_add_line(struct stocktake *round, const struct stocktake_line *line);
/** Close a round: the states that differ, then the end, as rows of one import. */
bool stocktake_end(struct journal *journal, const struct signatory *by, const char *round,
                   date_t date, struct stocktake *out, struct error *err) MUST_CHECK;
/** A scanned list: each asset found where it should be, in the state in which the register has it.
 */
struct scanned_code {
    const char *code;
    size_t line; /* where it stands in the list */
};
struct stocktake_scan {
    const char *round;
    date_t date;
    hash_t content; /* of the list: the same again changes nothing */
    const struct scanned_code *codes;
    size_t count;
};
/** The place of an error is the line of the code that is refused. */
bool stocktake_add_scan(struct journal *journal, const struct signatory *by,
                        const struct stocktake_scan *scan, bool *repeated_out,
                        struct error *err) MUST_CHECK;

#endif
