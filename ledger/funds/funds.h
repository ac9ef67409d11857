/*
 * funds.h - divisions, funds, accounts, vouchers, movements, projects: the money model of DESIGN section 6.
 *
 * 1. An account is (division, book, fund, role). None goes below zero except `source`, which never
 *    goes above it. Held amounts count at once.
 * 2. Money moves only by a voucher that one person submits and another approves.
 * 3. The law holds per division, book and fund at every commit:
 *      what came in (flow terms up to FLOW_REALLOCATED_IN) = what went out + closing,
 *      closing = unassigned + available + committed + held + in_transit + owed + retention + receivable;
 *    and per fund over all divisions, passed down = received from above, recovered = returned up.
 * 4. Balances derive from voucher totals alone; lines about people stay sealed.
 * 5. A voucher's effects are booked in the month of its event, or in the first open month when
 *    that one is closed and the voucher is marked late or is a reversal.
 *
 * All functions take the journal, inside journal_begin() … journal_commit() where they write.
 */
#ifndef LEDGER_FUNDS_FUNDS_H
#define LEDGER_FUNDS_FUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/money.h"
#include "ledger/journal/journal.h"

#define CODE_SIZE                65   /* bytes, NUL included, of a fund, project, contract or reference */
#define TEXT_SIZE                2001 /* bytes, NUL included: 500 characters of UTF-8 */
#define VOUCHER_NUMBER_SIZE      12   /* "2021-000001" */
#define VOUCHER_LINES_MAX        100000
#define PLAN_LINES_MAX           32
#define BANK_LINES_MAX           1000 /* lines that one bank entry may name */

extern const struct journal_module funds_module;

/* ---- Words ------------------------------------------------------------------------------------ */

enum book { BOOK_NONE, BOOK_CONSTRUCTION, BOOK_LIVELIHOOD, BOOK_SUBSIDY, BOOK_COUNT };
enum account_role {
    ACCOUNT_SOURCE,
    ACCOUNT_UNASSIGNED,
    ACCOUNT_AVAILABLE,
    ACCOUNT_COMMITTED,
    ACCOUNT_HELD,
    ACCOUNT_IN_TRANSIT,
    ACCOUNT_OWED,
    ACCOUNT_RETENTION,
    ACCOUNT_RECEIVABLE,
    ACCOUNT_SPENT,
    ACCOUNT_ROLE_COUNT
};
enum movement {
    MOVEMENT_APPROPRIATION, /* 资金下达: source -> unassigned */
    MOVEMENT_RECEIPT,       /* interest, donation, self-raised: source -> unassigned; payer in text, document named */
    MOVEMENT_ALLOCATION,    /* down: unassigned or available -> the same role of a division below */
    MOVEMENT_RECOVERY,      /* up: the same the other way */
    MOVEMENT_COMMITMENT,    /* available -> committed, with a contract */
    MOVEMENT_RELEASE,       /* committed -> available, with a contract */
    MOVEMENT_PAYMENT,       /* available, committed, retention or owed -> in_transit, to a payee */
    MOVEMENT_SETTLEMENT,    /* committed -> available (what is left) and committed -> retention */
    MOVEMENT_REFUND,        /* from a payee: spent -> available of the same fund */
    MOVEMENT_REMITTANCE,    /* unassigned, available or owed -> source */
    MOVEMENT_ASSIGNMENT,    /* unassigned of book none -> available of a book that the fund allows */
    MOVEMENT_REALLOCATION,  /* available of a book -> available of another; an authorising document */
    MOVEMENT_LOAN,          /* 借出: available -> receivable, to a natural person under a loan agreement */
    MOVEMENT_REPAYMENT,     /* 归还: receivable -> available, of the principal, by who borrowed */
    MOVEMENT_SUCCESSION,    /* 承接: what a division that ends has -> the same role of its successor */
    MOVEMENT_REVERSAL,      /* 冲销: a posted voucher's lines the other way round */
    MOVEMENT_COUNT
};
enum flow_term {
    FLOW_APPROPRIATED,
    FLOW_RECEIVED_FROM_ABOVE,
    FLOW_RECOVERED_FROM_BELOW,
    FLOW_OTHER_RECEIPTS,
    FLOW_ASSIGNED_IN,
    FLOW_REALLOCATED_IN,
    FLOW_SPENT, /* net of refunds */
    FLOW_PASSED_DOWN,
    FLOW_RETURNED_UP,
    FLOW_REMITTED,
    FLOW_ASSIGNED_OUT,
    FLOW_REALLOCATED_OUT,
    FLOW_TERM_COUNT
};
enum voucher_state { VOUCHER_PENDING, VOUCHER_POSTED, VOUCHER_REJECTED, VOUCHER_WITHDRAWN, VOUCHER_REVERSED, VOUCHER_STATE_COUNT };
enum line_state { LINE_PENDING, LINE_POSTED, LINE_IN_TRANSIT, LINE_CONFIRMED, LINE_RETURNED, LINE_REPAID, LINE_VOID, LINE_STATE_COUNT };

/* Names as in entries and SQL ("in_transit"); parse also takes the Chinese name. Static storage. */
const char *book_name(enum book book);
bool book_parse(const char *text, enum book *out, struct error *err) MUST_CHECK;
const char *account_role_name(enum account_role role);
bool account_role_parse(const char *text, enum account_role *out, struct error *err) MUST_CHECK;
const char *movement_name(enum movement movement);
bool movement_parse(const char *text, enum movement *out, struct error *err) MUST_CHECK;
const char *flow_term_name(enum flow_term term);
const char *voucher_state_name(enum voucher_state state);
const char *line_state_name(enum line_state state);

/* ---- The register: divisions, funds, projects, contracts --------------------------------------- */

struct division {
    char code[DIVISION_CODE_SIZE];
    char name[TEXT_SIZE];
    char parent[DIVISION_CODE_SIZE]; /* "" for the ledger's root */
    bool provisional;
    date_t valid_from;
    /* What two administrators agreed on (division.succeed); nothing for a new one. */
    bool has_end;
    date_t last_day; /* nothing dated later is recorded but what winds it up */
    bool is_closed;  /* its money was handed over; nothing is recorded any more */
};

struct fund {
    char code[CODE_SIZE];
    char document[TEXT_SIZE]; /* 指标文号 */
    char name[TEXT_SIZE];
    char level[16]; /* central, province, prefecture, county, other */
    int32_t year;
    money_t amount; /* the most that may be appropriated; zero: no ceiling */
    bool books[BOOK_COUNT];
    bool has_expiry;
    date_t expiry; /* last day on which it may be spent */
};

struct plan_line {
    int32_t line;
    char fund[CODE_SIZE]; /* "" for outside money, a memo */
    char source[TEXT_SIZE];
    money_t amount;
    money_t paid; /* derived: approved payments, returned ones included, less refunds */
};

struct project {
    char code[CODE_SIZE];
    char name[TEXT_SIZE], category[TEXT_SIZE], nature[TEXT_SIZE], unit[TEXT_SIZE], task[TEXT_SIZE];
    char target[TEXT_SIZE]; /* the performance target; never "": no target, no entry (DOMAIN 2.1) */
    char participation[TEXT_SIZE], mechanism[TEXT_SIZE];
    char office_phone[32];
    char division[DIVISION_CODE_SIZE];
    enum book book;
    bool has_start, has_end;
    date_t start, end;
    int64_t beneficiaries; /* households */
    size_t plan_count;
    struct plan_line plan[PLAN_LINES_MAX];
    int32_t percent; /* derived: progress last recorded */
    bool accepted;   /* derived */
    date_t accepted_on; /* derived: meaningful when accepted */
    char result[TEXT_SIZE]; /* derived: with what effect; "" until recorded */
};

struct contract {
    char code[CODE_SIZE];
    char project[CODE_SIZE];
    char contractor[TEXT_SIZE];
    char uscc[USCC_SIZE]; /* "" when the document gives none */
    money_t price;
    int32_t retention_bp; /* 1/10,000 of the price */
    date_t signed_on;
    bool has_start, has_end;
    date_t start, end;
    money_t committed, paid, retention; /* derived: standing in committed, approved payments, standing in retention */
    bool settled;                       /* derived */
    money_t final_price;                /* derived: paid + retention at the settlement */
};

/**
 * A file's rows for the register, or a file of vouchers: begin, add rows in order, finish by the
 * signed import.file entry. The same reference with the same content is a repeat: *repeated is set
 * and nothing may be added. Without a `reference` (NULL) the same content is a repeat, and other
 * content gets a random one.
 */
struct register_batch;
bool register_begin(struct journal *journal, const struct signatory *by, const char *what,
                    const char *reference, const hash_t *content, struct register_batch **out,
                    bool *repeated, struct error *err) MUST_CHECK;
bool register_add_division(struct register_batch *batch, const struct division *division,
                           struct error *err) MUST_CHECK;
bool register_add_fund(struct register_batch *batch, const struct fund *fund,
                       struct error *err) MUST_CHECK;
bool register_add_project(struct register_batch *batch, const struct project *project,
                          struct error *err) MUST_CHECK;
bool register_add_contract(struct register_batch *batch, const struct contract *contract,
                           struct error *err) MUST_CHECK;
/** A row of any kind that import.file covers, of whatever module; `body` is canonical JSON. */
bool register_add_row(struct register_batch *batch, const char *kind, const struct buffer *body,
                      struct error *err) MUST_CHECK;
/** The same with sealed values beside it. */
bool register_add_sealed_row(struct register_batch *batch, const char *kind,
                             const struct buffer *body, const struct sealed_value *sealed,
                             size_t sealed_count, struct error *err) MUST_CHECK;
/** `rows` data rows of the file; frees the batch on success. */
bool register_finish(struct register_batch *batch, uint64_t rows, struct error *err) MUST_CHECK;
void register_free(struct register_batch *batch);

/* What becomes of a project: progress, acceptance, result. Texts as docs/format.md section 5.2. */
bool project_record_progress(struct journal *journal, const struct signatory *by, const char *project,
                             date_t date, int32_t percent, const char *text, struct error *err) MUST_CHECK;
bool project_record_acceptance(struct journal *journal, const struct signatory *by, const char *project,
                               date_t date, const char *accepted_by, const char *text,
                               struct error *err) MUST_CHECK;
bool project_record_result(struct journal *journal, const struct signatory *by, const char *project,
                           date_t date, const char *text, struct error *err) MUST_CHECK;

/* ---- Vouchers ----------------------------------------------------------------------------------- */

struct account {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
    enum account_role role;
};

struct payee {
    bool is_person;
    char name[TEXT_SIZE]; /* "" when the line has no payee */
    char uscc[USCC_SIZE];           /* organisation, or "" */
    char id_number[ID_CARD_SIZE];   /* person: normalized */
    char bank_account[64];          /* person, or "" */
};

struct voucher_line {
    money_t amount;
    struct account from, to;
    char project[CODE_SIZE];  /* "" when not about one */
    char contract[CODE_SIZE];
    int32_t plan_line;        /* 0: none named */
    char agreement[CODE_SIZE]; /* the loan agreement (借款协议) that a loan or repayment is under, or "" */
    char policy[TEXT_SIZE];   /* the policy that pays a person, or "" */
    struct payee payee;
    char returned_voucher[VOUCHER_NUMBER_SIZE]; /* "" unless a returned payment is paid again */
    int32_t returned_line;
    char text[TEXT_SIZE];
    bool is_gone; /* lost or erased: nothing of the above is known. Only ever of lines read back */
};

struct voucher_header {
    enum movement movement;
    char reference[CODE_SIZE];
    date_t event_date;
    bool late;
    char document[TEXT_SIZE];
    char text[TEXT_SIZE];
};

struct voucher_receipt {
    char voucher[VOUCHER_NUMBER_SIZE];
    bool repeated; /* the same reference with the same content was submitted before */
    uint64_t seq;  /* of the voucher.submit entry */
    hash_t hash;
};

/** A voucher being put together: lines are kept as bytes (about 300 each) until it is submitted. */
struct voucher_draft;
bool voucher_draft_new(struct journal *journal, const struct voucher_header *header,
                       struct voucher_draft **out, struct error *err) MUST_CHECK;
/** `to` of a payment is filled in; a fault of the line alone is told here. */
bool voucher_draft_add(struct voucher_draft *draft, const struct voucher_line *line,
                       struct error *err) MUST_CHECK;
/**
 * Append the lines (those about people in random order) and the signed voucher.submit; hold the money.
 * On a fault of one line `err` tells it and *bad_line (may be NULL) its position as added, from 1; 0 when none is to blame.
 */
bool voucher_draft_submit(struct voucher_draft *draft, const struct signatory *by,
                          struct voucher_receipt *out, size_t *bad_line, struct error *err) MUST_CHECK;
void voucher_draft_free(struct voucher_draft *draft);

enum voucher_act { VOUCHER_APPROVE, VOUCHER_REJECT, VOUCHER_WITHDRAW };
/** `voucher` is a voucher number or a reference. */
bool voucher_decide(struct journal *journal, const struct signatory *by, const char *voucher,
                    enum voucher_act act, const char *reason, struct error *err) MUST_CHECK;
/** Submit the reversal of a posted voucher; it takes effect when another approves it. */
bool voucher_reverse(struct journal *journal, const struct signatory *by, const char *voucher,
                     const char *reference, date_t event_date, const char *reason,
                     struct voucher_receipt *out, struct error *err) MUST_CHECK;

struct bank_entry {
    bool is_return;
    char voucher[CODE_SIZE]; /* number or reference */
    char reference[CODE_SIZE];
    date_t event_date;
    bool late;
    char reason[TEXT_SIZE];
    size_t line_count; /* 0: all lines still in transit */
    const int32_t *lines;
};
bool bank_record(struct journal *journal, const struct signatory *by, const struct bank_entry *entry,
                 struct error *err) MUST_CHECK;

struct handed_over {
    struct voucher_receipt receipt;
    bool is_more; /* accounts are left for another voucher */
    money_t owed; /* what the bank returned, and stays */
    money_t lent; /* what borrowers still owe, and stays */
};
/**
 * Submit what a division with an end still has as one voucher (a succession) to `successor`, NULL for the only one.
 * Money that a voucher holds or the bank has to answer for stays, and so does what is owed, which is paid again or
 * remitted from where it stands, and what borrowers owe, who repay it there.
 */
bool division_hand_over(struct journal *journal, const struct signatory *by, const char *division,
                        const char *successor, const struct voucher_header *header,
                        struct handed_over *out, struct error *err) MUST_CHECK;
/** Close a division that has ended and has nothing left: division.close. */
bool division_close(struct journal *journal, const struct signatory *by, const char *division,
                    struct error *err) MUST_CHECK;

/** Close every open month up to and including `month`; a December also carries over. */
bool period_close(struct journal *journal, const struct signatory *by, int32_t month,
                  struct error *err) MUST_CHECK;
/** The last closed month; false in *any when none is. */
bool period_closed_through(struct journal *journal, bool *any, int32_t *month, struct error *err) MUST_CHECK;

/* ---- Attachments (附件): the files themselves are kept by ledger/attachments ---------------------- */

#define TITLE_CHARACTERS_MAX 200

struct attachment {
    char what[16];        /* asset, contract, fund, project or voucher: what it belongs to */
    char code[CODE_SIZE]; /* of that; a voucher's number */
    char about[16];       /* contract, invoice, notice, other or photograph */
    char type[8];         /* pdf, jpeg …: found by content */
    char title[TEXT_SIZE]; /* "" when it is not known any more */
    hash_t sha256;         /* zeros when it is not known any more */
    int64_t size_bytes;
    bool is_sealed; /* the public sees neither hash nor size */
    bool is_late;   /* derived, as those below: its voucher was decided before */
    bool is_lost;   /* two declared its file lost; a copy may be there again */
    uint64_t seq;   /* of its entry */
    char by[USER_CODE_SIZE];
    date_t added_on;
};
/** The words for `about`; NULL-terminated, static. */
const char *const *attachment_about_words(void);
/**
 * Set `what` and `code` of a thing named as people do: a voucher's number or reference, the code of a
 * fund, project, contract or asset, `fund/CODE` where one code stands for two things, or
 * `inspection/ENTRY`, which is never meant by a number alone.
 */
bool attachment_resolve(struct journal *journal, const char *text, struct attachment *out,
                        struct error *err) MUST_CHECK;
/**
 * Record that a file belongs to something; sealed when that is a voucher about people or an asset of
 * a household, or as given.
 * Already attached there, it isn't again: *repeated, and *seq_out is the first entry. Keep the file
 * itself before the commit (attachment_file_keep()).
 */
bool attachment_add(struct journal *journal, const struct signatory *by,
                    const struct attachment *attachment, bool *repeated, uint64_t *seq_out,
                    struct error *err) MUST_CHECK;
/** In the order of the log: those of one thing, or all when `what` is NULL. */
bool attachment_each(struct journal *journal, const char *what, const char *code,
                     bool (*visit)(void *context, const struct attachment *attachment,
                                   struct error *err),
                     void *context, struct error *err) MUST_CHECK;

/* ---- Questions: every listing in a fixed order ---------------------------------------------------- */

/** ERROR_NOT_FOUND unless the division is registered. */
bool division_require(struct journal *journal, const char *code, struct error *err) MUST_CHECK;
bool division_find(struct journal *journal, const char *code, struct division *out, struct error *err) MUST_CHECK;
/** The same as it was called on a day. */
bool division_find_on(struct journal *journal, const char *code, date_t day, struct division *out, struct error *err) MUST_CHECK;
/** By code, or by name within `parent` ("" for anywhere; ambiguous names are refused with the candidates). A former
    name serves too; of several divisions one that goes on and is called so now goes before. */
bool division_resolve(struct journal *journal, const char *text, const char *parent,
                      struct division *out, struct error *err) MUST_CHECK;
/** The same, where of several one that was there on `day` and was called so then goes before. */
bool division_resolve_on(struct journal *journal, const char *text, const char *parent, date_t day,
                         struct division *out, struct error *err) MUST_CHECK;
/** Divisions within `scope`, itself included, by code. A visitor returns false to stop with its error. */
bool division_each(struct journal *journal, const char *scope,
                   bool (*visit)(void *context, const struct division *division, struct error *err),
                   void *context, struct error *err) MUST_CHECK;
/** The same as they were called on a day. */
bool division_each_on(struct journal *journal, const char *scope, date_t day,
                      bool (*visit)(void *context, const struct division *division, struct error *err),
                      void *context, struct error *err) MUST_CHECK;
/** The same by each name that they ever had, the earliest first. */
bool division_called_each(struct journal *journal, const char *scope,
                          bool (*visit)(void *context, const struct division *division, struct error *err),
                          void *context, struct error *err) MUST_CHECK;
/** What comes after a division, as agreed on, the one that takes over its projects first. */
bool division_successor_each(struct journal *journal, const char *code, date_t day,
                             bool (*visit)(void *context, const struct division *division, struct error *err),
                             void *context, struct error *err) MUST_CHECK;
/** What it comes after, by code. */
bool division_predecessor_each(struct journal *journal, const char *code, date_t day,
                               bool (*visit)(void *context, const struct division *division, struct error *err),
                               void *context, struct error *err) MUST_CHECK;
struct division_naming {
    bool has_first_day; /* not the name that it was registered under */
    date_t first_day;
    char name[TEXT_SIZE], document[TEXT_SIZE];
};
/** What a division is and was called, the earliest first. */
bool division_naming_each(struct journal *journal, const char *code,
                        bool (*visit)(void *context, const struct division_naming *name, struct error *err),
                        void *context, struct error *err) MUST_CHECK;
/** Registered, not closed, and without an end that comes before `day`. ERROR_STATE names what comes after it. */
bool division_require_lasting(struct journal *journal, const char *code, date_t day, struct error *err) MUST_CHECK;
/** Was any division ever renamed, or does any end? */
bool divisions_have_changed(struct journal *journal, bool *out, struct error *err) MUST_CHECK;
/** Who has a division's projects on a day: itself, or the first that came after it. */
bool division_heir(struct journal *journal, const char *code, date_t day, char out[DIVISION_CODE_SIZE],
                   struct error *err) MUST_CHECK;
/** Does `later` come after `code` by any number of ends that were agreed on? Not after itself. */
bool division_comes_after(struct journal *journal, const char *code, const char *later, bool *out,
                          struct error *err) MUST_CHECK;
bool fund_find(struct journal *journal, const char *code, struct fund *out, struct error *err) MUST_CHECK;
bool fund_each(struct journal *journal,
               bool (*visit)(void *context, const struct fund *fund, struct error *err), void *context,
               struct error *err) MUST_CHECK;
bool project_find(struct journal *journal, const char *code, struct project *out, struct error *err) MUST_CHECK;
/** Projects located in exactly `division` ("" for all), by code. */
bool project_each(struct journal *journal, const char *division,
                  bool (*visit)(void *context, const struct project *project, struct error *err),
                  void *context, struct error *err) MUST_CHECK;
/** What became of a line of a financing plan. */
struct plan_line_use {
    char fund[CODE_SIZE]; /* "" for outside money, of which nothing is paid by us */
    money_t amount;          /* planned */
    money_t paid, retention; /* approved payments less refunds; what stands in retention */
    bool is_certain; /* false in a replay without some line of a voucher, which may be one of these */
};
/** ERROR_NOT_FOUND names the project or the line that isn't there. One look-up. */
bool plan_line_find(struct journal *journal, const char *project, int64_t line,
                    struct plan_line_use *out, struct error *err) MUST_CHECK;
bool contract_find(struct journal *journal, const char *code, struct contract *out, struct error *err) MUST_CHECK;
bool contract_each(struct journal *journal, const char *project,
                   bool (*visit)(void *context, const struct contract *contract, struct error *err),
                   void *context, struct error *err) MUST_CHECK;

struct balance {
    struct account account;
    money_t amount;
};
struct balance_filter {
    const char *division; /* exactly this one; NULL: all */
    const char *scope;    /* within; NULL: all */
    const char *fund;     /* NULL: all */
    bool by_day;          /* as at the end of `day` instead of now; see docs/reports.md */
    date_t day;
    bool with_zero;
};
/** By division, book, fund, role. Zero balances are left out unless asked for. */
bool balance_each(struct journal *journal, const struct balance_filter *filter,
                  bool (*visit)(void *context, const struct balance *balance, struct error *err),
                  void *context, struct error *err) MUST_CHECK;

/**
 * A fund's money within a scope at the end of a day. What came into the scope from outside, less what
 * went back there, is `arrived`; it is the sum of all roles but source. `assigned` is what of it stands
 * in a book or was paid from one.
 */
struct fund_progress {
    struct fund fund;
    money_t arrived, assigned;
    money_t by_role[ACCOUNT_ROLE_COUNT];
    int32_t progress_bp; /* spent / arrived in 1/10,000, rounded down; 0 when nothing arrived */
    bool has_days;       /* something is there or was paid: the two days below are set */
    date_t arrived_on;   /* when the first of it came that was not undone since */
    date_t moved_on;     /* when any of it last moved, by a voucher or by the bank */
};
/** By source level, year and code; within `scope` ("" for all); `fund` NULL: all. A fund that left no
    money there and took none is left out. */
bool fund_progress_each(struct journal *journal, const char *scope, const char *fund, date_t as_of,
                        bool (*visit)(void *context, const struct fund_progress *progress,
                                      struct error *err),
                        void *context, struct error *err) MUST_CHECK;

/** An account over a span of days: opening + in - out = closing. Summed over all accounts of a fund,
    opening and closing are zero and in = out. */
struct trial_line {
    struct account account;
    money_t opening, in, out, closing;
};
/** By division, book, fund, role; from the first day of a month to `as_of`; `fund` NULL: all. */
bool trial_line_each(struct journal *journal, const char *fund, int32_t first_month, date_t as_of,
                     bool (*visit)(void *context, const struct trial_line *line, struct error *err),
                     void *context, struct error *err) MUST_CHECK;

/** The three-tier three books (三级三账): all divisions of a tier together. */
struct tier_book {
    enum division_level tier;
    enum book book;
    char fund[CODE_SIZE];
    money_t by_role[ACCOUNT_ROLE_COUNT];
    money_t closing; /* all but source and spent */
};
/** By tier from the top, book, fund; within `scope` ("" for all), itself included, at the end of a day. */
bool tier_book_each(struct journal *journal, const char *scope, date_t as_of,
                    bool (*visit)(void *context, const struct tier_book *book, struct error *err),
                    void *context, struct error *err) MUST_CHECK;

/** One line of a book: a division's money of one fund in one book over a span of months. */
struct book_line {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
    money_t opening;
    money_t flows[FLOW_TERM_COUNT];
    money_t closing;
    money_t closing_by_role[ACCOUNT_ROLE_COUNT];
};
/** Nothing stood there at either end, and nothing came or went. */
bool book_line_is_zero(const struct book_line *line);

#define BOOK_SPANS_MAX 8
struct book_span {
    int32_t first_month, last_month;
};
/**
 * By division, book and fund, for exactly one division or ("") for all: each line over several spans,
 * lines[i] over spans[i]. All of it is read in one pass through the books. Lines that are zero
 * throughout all spans are left out.
 */
bool book_line_each(struct journal *journal, const char *division, const struct book_span *spans, size_t count,
                    bool (*visit)(void *context, const struct book_line *lines, struct error *err), void *context,
                    struct error *err) MUST_CHECK;

/** A book line of which some figure at a month's end doesn't follow from published entries. */
struct unsettled_line {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
};
/**
 * Those that a voucher with sealed totals about people touched by the end of `month`, undone ones aside;
 * and those where money is held, under way or owed after the bank answered for a part of such a voucher.
 * By division, book, fund; zero throughout or not. No seal is opened.
 */
bool unsettled_line_each(struct journal *journal, int32_t month,
                         bool (*visit)(void *context, const struct unsettled_line *line, struct error *err),
                         void *context, struct error *err) MUST_CHECK;

/** What of the `spent` of a book line was spent under one project. */
struct project_spending {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
    char project[CODE_SIZE];
    money_t amount; /* never zero; negative when more was refunded */
};
/**
 * In a span of months, by division, book, fund, project; from totals in clear alone. Of lines that are
 * settled at both its ends (unsettled_line_each) and projects that aren't hidden (project_find_at) it
 * tells no more than these totals. Projects that are hidden are left out; so is what the bank confirmed
 * of a voucher that pays for several projects, or in parts to people, while money of the line is under
 * way at an end of the span.
 */
bool project_spending_each(struct journal *journal, int32_t first_month, int32_t last_month,
                           bool (*visit)(void *context, const struct project_spending *spending, struct error *err),
                           void *context, struct error *err) MUST_CHECK;

/** A project at a month's end, by the days of what happened: what its plan lines were paid, how far it was, its acceptance, its result. */
struct project_at {
    struct project project;
    char accepted_by[TEXT_SIZE], acceptance[TEXT_SIZE]; /* which unit and with what words; "" unless accepted */
    bool is_hidden; /* what was paid doesn't follow from the totals of published entries */
};
bool project_find_at(struct journal *journal, const char *code, int32_t month, struct project_at *out,
                     struct error *err) MUST_CHECK;
/** A contract at a month's end. */
struct contract_at {
    struct contract contract;
    bool from_people; /* a voucher about natural persons touched it */
};
/** A project's contracts signed by a month's end, by code. */
bool contract_each_at(struct journal *journal, const char *project, int32_t month,
                      bool (*visit)(void *context, const struct contract_at *contract, struct error *err),
                      void *context, struct error *err) MUST_CHECK;

struct voucher {
    char number[VOUCHER_NUMBER_SIZE];
    char reference[CODE_SIZE];
    enum movement movement;
    enum voucher_state state;
    date_t event_date;
    int32_t booking_month;
    bool late, people;
    bool totals_sealed; /* about fewer than three people: not even its totals are published */
    int64_t line_count;
    char maker[USER_CODE_SIZE], checker[USER_CODE_SIZE]; /* checker: who decided; "" while pending */
    char document[TEXT_SIZE], text[TEXT_SIZE];
    char reverses[VOUCHER_NUMBER_SIZE], reversed_by[VOUCHER_NUMBER_SIZE];
    uint64_t submit_seq;
    hash_t submit_hash;
    money_t amount; /* sum of its lines */
};
struct voucher_filter {
    bool by_state;
    enum voucher_state state;
    const char *fund;      /* touches it; NULL: all */
    const char *project;   /* NULL: all */
    const char *reference; /* NULL: all */
};
bool voucher_find(struct journal *journal, const char *number_or_reference, struct voucher *out,
                  struct error *err) MUST_CHECK;
/**
 * Another voucher of the same booking month, pending or posted, with the same totals by account and
 * as many lines: perhaps the same money twice. Allowed, and told. `out`: the first one's number, or
 * "".
 */
bool voucher_find_like(struct journal *journal, const char *number, char out[VOUCHER_NUMBER_SIZE],
                       struct error *err) MUST_CHECK;
bool voucher_each(struct journal *journal, const struct voucher_filter *filter,
                  bool (*visit)(void *context, const struct voucher *voucher, struct error *err),
                  void *context, struct error *err) MUST_CHECK;
/** Lines with what the ledger itself knows of them, seals opened, in line order. */
bool voucher_line_each(struct journal *journal, const char *number,
                       bool (*visit)(void *context, int32_t number, enum line_state state,
                                     uint64_t seq, const struct voucher_line *line, struct error *err),
                       void *context, struct error *err) MUST_CHECK;
/**
 * Does the line pay a returned payment again, to another bank account than the bank returned it from?
 * That may be right, so it is allowed, and the checker is told.
 */
bool voucher_line_changes_account(struct journal *journal, const struct voucher_line *line, bool *out,
                                  struct error *err) MUST_CHECK;
/** The projects that a voucher's lines name, by code, each once. */
bool voucher_project_each(struct journal *journal, const char *number,
                          bool (*visit)(void *context, const char *project, struct error *err),
                          void *context, struct error *err) MUST_CHECK;
struct loan_sums {
    money_t lent, repaid; /* posted, and not undone by that day */
    money_t waiting;      /* loans that nobody has decided */
};
/** What was lent and repaid under an agreement, by events up to a day; NULL: all. */
bool loan_sum_agreement(struct journal *journal, const char *agreement, const date_t *day,
                        struct loan_sums *out, struct error *err) MUST_CHECK;
/** The same from an account's division, book and fund, lines that are lost among it. */
bool loan_sum_account(struct journal *journal, const struct account *account, const date_t *day,
                      struct loan_sums *out, struct error *err) MUST_CHECK;
/** What was lent and repaid from an account's division, book and fund by a month's end, by booking
 * months and from totals in clear alone; `waiting` stays 0. No seal is opened. */
bool loan_sum_public(struct journal *journal, const struct account *account, int32_t month,
                     struct loan_sums *out, struct error *err) MUST_CHECK;
/** A voucher's totals by account, in the order of docs/format.md section 4. */
bool voucher_total_each(struct journal *journal, const char *number,
                        bool (*visit)(void *context, const struct balance *total, struct error *err),
                        void *context, struct error *err) MUST_CHECK;

/** What a voucher does to one account. */
struct voucher_effect {
    struct account account;
    money_t change; /* once posted; never zero */
    money_t before; /* while it is pending: what would stand there without it, all else as it is now */
    money_t after;  /* and with it posted. Once decided, both are what stands there now */
};
/** By division, book, fund, role: the accounts that a voucher changes once it is posted. */
bool voucher_effect_each(struct journal *journal, const struct voucher *voucher,
                         bool (*visit)(void *context, const struct voucher_effect *effect,
                                       struct error *err),
                         void *context, struct error *err) MUST_CHECK;

/**
 * What divisions passed to one another (allocation) or gave back (recovery) over a span of months,
 * as booked; a reversal counts against what it reverses, so an amount may be negative or zero.
 */
struct transfer {
    enum movement movement; /* MOVEMENT_ALLOCATION or MOVEMENT_RECOVERY */
    char giver[DIVISION_CODE_SIZE], taker[DIVISION_CODE_SIZE];
    char fund[CODE_SIZE];
    enum book book;
    money_t amount;
};
/** By movement, giver, taker, fund, book, each once. */
bool transfer_each(struct journal *journal, int32_t first_month, int32_t last_month,
                   bool (*visit)(void *context, const struct transfer *transfer, struct error *err),
                   void *context, struct error *err) MUST_CHECK;

/** Money that a posted voucher gave to a division, passed down, took back up or handed over to a successor, or the
 * reversal of such a one. */
struct allotment {
    char voucher[VOUCHER_NUMBER_SIZE];
    char reverses[VOUCHER_NUMBER_SIZE]; /* "" unless it is a reversal */
    enum movement movement;             /* MOVEMENT_APPROPRIATION, _ALLOCATION, _RECOVERY, _SUCCESSION or _REVERSAL */
    enum movement effect;               /* the same; of a reversal that of what it reverses */
    date_t date;                        /* of the event */
    int32_t booking_month;
    uint64_t submit_seq;
    char document[TEXT_SIZE];
    char from[DIVISION_CODE_SIZE], to[DIVISION_CODE_SIZE]; /* the same for an appropriation */
    char fund[CODE_SIZE];
    enum book book;
    money_t amount;
};
/** By date, voucher, from, to, fund and book, booked in a span of months; `division` gives or takes ("" for all). */
bool allotment_each(struct journal *journal, const char *division, int32_t first_month, int32_t last_month,
                    bool (*visit)(void *context, const struct allotment *allotment, struct error *err),
                    void *context, struct error *err) MUST_CHECK;

/** Each division to which money came, with the first month of it; by code. */
bool division_first_month_each(struct journal *journal,
                               bool (*visit)(void *context, const char *division, int32_t month, struct error *err),
                               void *context, struct error *err) MUST_CHECK;

enum attention { ATTENTION_UNSPENT, ATTENTION_STUCK, ATTENTION_EXPIRED, ATTENTION_EXPIRING };
struct attention_item {
    enum attention what;
    struct account account; /* role: available, unassigned … the money stands in */
    money_t amount;
    int32_t days; /* stuck: from how many on it is; expired: days since; expiring: days left */
    int32_t stood_days; /* stuck: days since the oldest of it came in */
};
/**
 * Unspent money, money stuck at a tier longer than its days (policy `stuck_days`, default 30; the part of
 * unassigned + available that came in that long ago, first in first out) and money past its fund's expiry,
 * judged at the end of the day `as_of`, never by the clock. For exactly one division, or "" for all.
 */
bool attention_each(struct journal *journal, const char *division, date_t as_of,
                    bool (*visit)(void *context, const struct attention_item *item, struct error *err),
                    void *context, struct error *err) MUST_CHECK;

/** Waiting money whose fund expires within so many days (policy `expiring_days`, default 90). */
bool attention_expiring_each(struct journal *journal, const char *division, date_t as_of,
                             bool (*visit)(void *context, const struct attention_item *item,
                                           struct error *err),
                             void *context, struct error *err) MUST_CHECK;

#endif
