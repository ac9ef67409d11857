/*
 * internal.h - what the files of the funds module share. Private to ledger/funds.
 */
#ifndef LEDGER_FUNDS_INTERNAL_H
#define LEDGER_FUNDS_INTERNAL_H

#include "base/buffer.h"
#include "ledger/funds/funds.h"
#include "ledger/funds/negative_list.h"
#include "ledger/funds/sql.h"
#include "ledger/funds/tally.h"

#define VOUCHER_ACCOUNTS_MAX  400 /* that one voucher may touch: its entry must hold them */
#define VOUCHER_LEGS_MAX      VOUCHER_LINES_MAX
#define DETAIL_SIZE_BYTES_MAX 16384 /* canonical JSON of one line */
#define BODY_SIZE_BYTES_MAX   ENTRY_SIZE_BYTES_MAX
#define LARGE_VOUCHER_LINES                                                                        \
    1000 /* from here on its payee rows stand together in a run of their own */
#define TOUCHED_MAX          1000000 /* books that one transaction may touch */
#define PERSONS_IN_CLEAR_MIN 3       /* distinct persons from which on totals stand in clear */
#define REFERENCE_VOUCHER    "voucher"
#define REFERENCE_BANK       "bank entry"
#define REFERENCE_FILE       "file"

/* ---- One line, and what lines have in common ------------------------------------------------- */

/** What the lines of a leg share. A tally key: set it by leg_key_set(), which leaves no stray byte.
 */
struct leg_key {
    struct account from, to;
    char project[CODE_SIZE];
    char contract[CODE_SIZE];
    int32_t plan_line;
    char agreement[CODE_SIZE];
};

/** Things that some line of a leg has; each keeps the first such line. */
enum leg_fact {
    FACT_NO_PAYEE,
    FACT_PERSON,
    FACT_ORGANISATION,
    FACT_PERSON_WITHOUT_POLICY,
    FACT_ORGANISATION_WITHOUT_PURPOSE, /* neither policy nor text */
    FACT_RETURNED,                     /* names a returned payment */
    FACT_NOT_RETURNED,
    FACT_WITHOUT_TEXT,
    FACT_COUNT
};

struct leg {
    uint32_t line_count;
    uint32_t first_line;
    uint32_t first_line_with[FACT_COUNT]; /* 0: no line */
};

struct pass_line {
    size_t payee_at; /* in pass->payees; meaningful when has_payee */
    money_t amount;
    uint32_t line;
    uint32_t leg; /* row of pass->legs */
    bool has_payee, is_person;
    bool is_gone; /* nothing of the above is known but the line's number */
};

struct pass_returned {
    char voucher[VOUCHER_NUMBER_SIZE]; /* the returned payment */
    int32_t line;
    struct pass_line by; /* the line that pays it again or remits it */
};

/** The lines of a voucher whose submit has not come yet. */
struct voucher_pass {
    char voucher[VOUCHER_NUMBER_SIZE];
    uint64_t first_seq;
    uint32_t line_count;
    money_t amount;
    struct tally leg_sums; /* of struct leg_key */
    struct leg *legs;      /* beside its rows */
    size_t leg_capacity;
    struct tally totals; /* of struct account: what each gains; zero sums stay */
    struct pass_line *lines;
    size_t line_capacity;
    struct buffer payees; /* keys of payees, NUL-terminated */
    struct pass_returned *returned;
    size_t returned_count, returned_capacity;
    uint32_t forbidden[NEGATIVE_LIST_MAX];             /* first line that hits each item; 0: none */
    char last_text[TEXT_SIZE], last_policy[TEXT_SIZE]; /* looked at already */
    bool is_finished;    /* sorted and counted; nothing more may be added */
    size_t person_count; /* distinct persons; known after pass_finish() */
    uint32_t gone_count; /* lines that are lost or erased; each was about a person */
};

/** Whose books the law must be checked for; without a division, a fund's over all. A tally key. */
struct touched_book {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
};

struct funds_state {
    struct voucher_pass pass;
    struct voucher_line line;     /* scratch for the line being applied */
    bool has_line;                /* `line` holds the one before, of the same voucher */
    struct json_document *detail; /* scratch for opened members */
    struct tally touched;         /* of struct touched_book */
    uint32_t bad_line;            /* line that the last failed submit is to blame on; 0: none */
    uint64_t reversing_seq;       /* while a reversal is applied: submit_seq of what it reverses */
};

struct funds_state *funds_state(struct journal *journal);

/* ---- accounts.c ------------------------------------------------------------------------------ */

/** Set all of an account, stray bytes included. */
void account_set(struct account *out, const char *division, enum book book, const char *fund,
                 enum account_role role);
/** By division, book, fund and role, each by the bytes of its name; for qsort. */
int account_compare(const void *a, const void *b);
/**
 * Change a balance, in a booking month. ERROR_INSUFFICIENT when it would pass zero, with the
 * account, what is there and what was asked.
 */
bool account_move(struct journal *journal, const struct account *account, money_t delta,
                  int32_t month, struct error *err) MUST_CHECK;
bool flow_add(struct journal *journal, const struct account *account, enum flow_term term,
              int32_t month, money_t amount, struct error *err) MUST_CHECK;
/** The law for every book touched in this transaction. */
bool law_check(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- detail.c -------------------------------------------------------------------------------- */

/** Append the canonical JSON of a line. */
bool detail_write(const struct voucher_line *line, struct buffer *out,
                  struct error *err) MUST_CHECK;
/**
 * The line that canonical JSON holds; its shape is checked member by member. `before` is a line
 * read before, whose accounts need no second look when they come again; NULL for none; may be
 * `out`.
 */
bool detail_read(const struct json_document *document, uint32_t node, date_t today,
                 const struct voucher_line *before, struct voucher_line *out,
                 struct error *err) MUST_CHECK;
/** One key for each payee: P and ID number, U and credit code, N and name. */
bool payee_key(const struct payee *payee, struct buffer *out, struct error *err) MUST_CHECK;

/* ---- movement.c ------------------------------------------------------------------------------ */

void leg_key_set(struct leg_key *out, const struct voucher_line *line);
/** Note what a line has in its leg. */
void leg_note(struct leg *leg, const struct voucher_line *line, uint32_t number);
/**
 * Is this leg one that the movement may have? No state: roles, books, divisions by their codes,
 * what must be named. Not for reversals. *bad_line receives the line to blame.
 */
bool leg_check(enum movement movement, const struct leg_key *key, const struct leg *leg,
               uint32_t *bad_line, struct error *err) MUST_CHECK;
/** Which terms of the law a leg counts in, when posted. FLOW_TERM_COUNT: none. */
void leg_flows(enum movement movement, enum flow_term *from_term, enum flow_term *to_term);
/** May money of an expired fund move so? */
bool movement_allowed_after_expiry(enum movement movement, enum account_role from,
                                   enum account_role to);

/* ---- obligation.c ---------------------------------------------------------------------------- */

enum obligation_step { OBLIGATION_SUBMIT, OBLIGATION_POST, OBLIGATION_UNDO };
/** What a leg under a project does to its plan line and contract, at each step of its voucher. */
bool obligation_move(struct journal *journal, const struct leg_key *key, money_t amount,
                     enum obligation_step step, struct error *err) MUST_CHECK;

/* ---- voucher_line.c -------------------------------------------------------------------------- */

extern const struct entry_kind voucher_line_kind;
void pass_open(struct voucher_pass *pass);
void pass_close(struct voucher_pass *pass);
void pass_reset(struct voucher_pass *pass);
/** Take one more line. */
bool pass_add(struct voucher_pass *pass, const struct voucher_line *line,
              struct error *err) MUST_CHECK;
/** The same for one that is lost or erased. */
bool pass_add_gone(struct voucher_pass *pass, struct error *err) MUST_CHECK;
/** Sum an amount into a leg, and its accounts; *leg_out, which may be NULL, receives its row. */
bool pass_add_to_leg(struct voucher_pass *pass, const struct leg_key *key, money_t amount,
                     size_t *leg_out, struct error *err) MUST_CHECK;
/** Sort payees, count persons. */
bool pass_finish(struct voucher_pass *pass, struct error *err) MUST_CHECK;
/** Would its totals tell what fewer than three people got? Those who are paid again what the bank
 * returned leave by subtraction what the others of that voucher got. After pass_finish(). */
bool pass_must_seal(const struct voucher_pass *pass);
/** The subject of a line's seal: "2021-000001/1". */
bool line_subject(const char *voucher, uint32_t line, struct buffer *out,
                  struct error *err) MUST_CHECK;

/* ---- voucher_gone.c -------------------------------------------------------------------------- */

/** Add up totals as an entry holds them. */
bool totals_read(const struct json_document *document, uint32_t array, struct tally *out,
                 struct error *err) MUST_CHECK;
/** Put what the lines that are gone moved into legs, from the voucher's totals, which are used up.
 */
bool pass_fill_gone(struct voucher_pass *pass, struct tally *totals, struct error *err) MUST_CHECK;
/** Is some line of the voucher lost or erased? */
bool voucher_has_gone(struct journal *journal, const struct voucher *voucher, bool *out,
                      struct error *err) MUST_CHECK;
/** Before lines of a decided voucher are erased: remove its rows by payee. */
bool voucher_remove_payees(struct journal *journal, const struct voucher *voucher,
                           struct error *err) MUST_CHECK;
/** After it: make legs and rows by payee of what is left. */
bool voucher_redraw(struct journal *journal, const struct voucher *voucher,
                    struct error *err) MUST_CHECK;

/* ---- voucher_check.c ------------------------------------------------------------------------- */

/** What a voucher.submit entry says of itself. */
struct submission {
    char voucher[VOUCHER_NUMBER_SIZE];
    char reverses[VOUCHER_NUMBER_SIZE];
    struct voucher_header header;
    int64_t line_count;
    bool people, totals_sealed;
    int32_t booking_month;
    enum movement effect; /* the movement; of a reversal that of the voucher it reverses */
    char maker[USER_CODE_SIZE];
    uint64_t seq;
    hash_t hash, content, lines_root, totals_sha256;
};

/** What a movement needs besides its lines: a document, a text, what it reverses. */
bool voucher_check_header(const struct voucher_header *header, const char *reverses,
                          struct error *err) MUST_CHECK;
/** Check the legs of the pass against the register, and take what they need of plans and contracts.
 */
bool voucher_check_legs(struct journal *journal, const struct submission *submission,
                        struct error *err) MUST_CHECK;
/** A settlement disposes of all that is committed and keeps no more retention than agreed. */
bool voucher_check_settlement(struct journal *journal, const struct submission *submission,
                              struct error *err) MUST_CHECK;
/** Posted, a settlement is the last word on its contracts: nothing else of them is undecided, and
 * nothing stays committed. */
bool voucher_check_settled(struct journal *journal, const char *voucher,
                           struct error *err) MUST_CHECK;
/** The negative list, on everything that says what the money is for. */
bool voucher_check_negative_list(struct journal *journal, const struct submission *submission,
                                 struct error *err) MUST_CHECK;
/** May more be appropriated by the funds of this voucher? */
bool voucher_check_ceiling(struct journal *journal, const char *voucher,
                           struct error *err) MUST_CHECK;

/* ---- voucher_payee.c ------------------------------------------------------------------------- */

/** The payee of a line under a contract is its contractor: by credit code when the contract has
 * one, else by name. */
bool voucher_check_contractor(struct journal *journal, const struct voucher_line *line,
                              struct error *err) MUST_CHECK;
/** Insert the rows that find a payee's lines. */
bool voucher_insert_payees(struct journal *journal, const struct submission *submission,
                           struct error *err) MUST_CHECK;
/** Totals that stand in clear tell of no account what fewer than three people got from it. */
bool voucher_check_clear_totals(struct journal *journal, struct error *err) MUST_CHECK;
/** A voucher about people that settles what the bank returned, under sealed totals, takes nothing
 * else: whatever is beside it would be hidden with it. Not for reversals. */
bool voucher_check_returned_apart(struct journal *journal, struct error *err) MUST_CHECK;
/** Returned payments that are paid again or remitted: same payee, same amount, not done before. */
bool voucher_take_returned(struct journal *journal, const struct submission *submission,
                           struct error *err) MUST_CHECK;
/** Refunds: no more than what was paid to that payee for the same thing. */
bool voucher_check_refunds(struct journal *journal, const struct submission *submission,
                           struct error *err) MUST_CHECK;

/* ---- loan.c ---------------------------------------------------------------------------------- */

/** What is taken from `receivable`: no more than that borrower owes under that agreement. */
bool voucher_check_borrowers(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- reversal.c ------------------------------------------------------------------------------ */

/** May the voucher be reversed, and are these its lines the other way round? Sets
 * submission->effect. */
bool reversal_check(struct journal *journal, struct submission *submission,
                    struct error *err) MUST_CHECK;

/* ---- voucher_book.c -------------------------------------------------------------------------- */

/** Does a pending voucher hold what it takes from such an account? Nobody else can take from
 * `source` and `spent`. */
bool account_is_held_from(enum account_role role);
/** Insert the rows of the pass's legs. */
bool voucher_insert_legs(struct journal *journal, const struct submission *submission,
                         struct error *err) MUST_CHECK;
/** Insert the voucher's rows and hold the money that it takes. */
bool voucher_hold(struct journal *journal, const struct submission *submission,
                  struct error *err) MUST_CHECK;

struct voucher_row;
/** Approved: take the held money where it goes. */
bool voucher_post(struct journal *journal, const struct voucher_row *row,
                  struct error *err) MUST_CHECK;
/** Rejected or withdrawn: give the held money back. */
bool voucher_undo(struct journal *journal, const struct voucher_row *row,
                  struct error *err) MUST_CHECK;

/* ---- voucher_submit.c, voucher_decide.c ------------------------------------------------------ */

extern const struct entry_kind voucher_submit_kind, voucher_approve_kind, voucher_reject_kind,
    voucher_withdraw_kind;

/** Totals as the canonical JSON array that is hashed and signed: zero sums left out, sorted. */
bool totals_write(const struct tally *totals, struct buffer *out, struct error *err) MUST_CHECK;

struct voucher_statement {
    const char *act; /* "submit" … */
    const char *voucher, *reference;
    date_t event_date;
    int64_t line_count;
    hash_t lines_root, totals_sha256;
    const hash_t *submit; /* NULL for the submission itself */
    const char *reason;
};
/** The bytes that maker and checker sign: docs/format.md section 4. */
bool voucher_statement_write(struct journal *journal, const struct voucher_statement *statement,
                             struct buffer *out, struct error *err) MUST_CHECK;

/** Visit the legs of a voucher in order. */
bool leg_each(struct journal *journal, const char *voucher,
              bool (*visit)(void *context, const struct leg_key *key, money_t amount,
                            struct error *err),
              void *context, struct error *err) MUST_CHECK;
/** `user` must hold `role` for every division from which the voucher takes money. */
bool voucher_require_role(struct journal *journal, const char *voucher, const char *user,
                          enum role role, struct error *err) MUST_CHECK;
/** A voucher's row as far as the rules need it, by its number. */
struct voucher_row {
    struct voucher voucher;
    enum movement effect; /* the movement; of a reversal that of the voucher it reverses */
    enum line_state lines_state;
    bool bank_partial;
    hash_t totals_sha256, lines_root;
};
bool voucher_row_find(struct journal *journal, const char *number, struct voucher_row *out,
                      struct error *err) MUST_CHECK;

/* ---- voucher_query.c ------------------------------------------------------------------------- */

/** One line of a voucher with its present state. */
bool voucher_line_find(struct journal *journal, const char *voucher, int32_t number,
                       struct voucher_line *out, enum line_state *state,
                       struct error *err) MUST_CHECK;

/* ---- Kinds and acts of the other files ------------------------------------------------------- */

extern const struct entry_kind division_add_kind, fund_add_kind, project_add_kind,
    contract_add_kind, project_progress_kind, project_accept_kind, project_result_kind,
    bank_confirm_kind, bank_return_kind, period_close_kind, period_carry_over_kind,
    attachment_add_kind, division_close_kind;
extern const struct act_kind exception_grant_act, seal_erase_act, period_reopen_act,
    division_rename_act, division_succeed_act, division_continue_act, attachment_lost_act;

/* ---- erase.c, attachment_gone.c -------------------------------------------------------------- */

/** Decided, not being reversed, and all months in which it counts closed. */
bool voucher_require_final(struct journal *journal, const struct voucher *voucher,
                           struct error *err) MUST_CHECK;
/** May the titles or files that these entries seal be erased? */
bool attachment_check_erasure(struct journal *journal, const struct seal_range *range,
                              struct error *err) MUST_CHECK;
/** Forget them in the derived rows. */
bool attachment_erase(struct journal *journal, const struct seal_range *range,
                      struct error *err) MUST_CHECK;

/* ---- period.c -------------------------------------------------------------------------------- */

/** The day of the record, as China counts days. */
date_t period_today(const struct journal *journal);
/** What is recorded has happened: no date lies after the day of the record, as China counts days.
 */
bool period_require_come(const struct journal *journal, date_t date, struct error *err) MUST_CHECK;
/** The month in which an event counts. ERROR_PERIOD_CLOSED when it may not. */
bool period_booking_month(struct journal *journal, date_t event_date, bool is_allowed_late,
                          int32_t *out, struct error *err) MUST_CHECK;

/* ---- division.c, fund.c, project.c, contract.c ----------------------------------------------- */

/** The last code that can lie within a scope: its zeros turned to nines. */
void division_last_code(const char *scope, char out[DIVISION_CODE_SIZE]);

/* ---- division_change.c ----------------------------------------------------------------------- */

/** What money does to a division: what kind of movement, from where, and whether it goes there. */
struct division_use {
    date_t day;             /* of the event */
    enum movement movement; /* of the voucher */
    enum account_role from;
    bool is_given_from_elsewhere;
};
/** May a voucher do so? ERROR_STATE, naming the successors, when the division is past it. */
bool division_require_open(struct journal *journal, const char *code,
                           const struct division_use *use, struct error *err) MUST_CHECK;
/** Is `to` a successor of `from`? */
bool division_require_successor(struct journal *journal, const char *from, const char *to,
                                struct error *err) MUST_CHECK;
/** Does a division, or one that came after it, lie within `scope`? */
bool division_leads_into(struct journal *journal, const char *code, const char *scope, bool *out,
                         struct error *err) MUST_CHECK;
/** The lowest division above `from` in which `to` lies, too: through it a succession passes. */
bool division_between(struct journal *journal, const char *from, const char *to,
                      char out[DIVISION_CODE_SIZE], struct error *err) MUST_CHECK;
extern const char *const book_words[], *const books_with_accounts_words[],
                                           *const account_role_words[];
/** The members of one total. */
extern const struct entry_member total_members[];
/** `user` must hold one of two roles for a division. */
bool require_either_role(struct journal *journal, const char *user, enum role first,
                         enum role second, const char *division, struct error *err) MUST_CHECK;

/** Read a member that holds a date. */
bool json_get_date(const struct json_document *document, uint32_t object, const char *name,
                   date_t *out, struct error *err) MUST_CHECK;
/** The same for one that may be "". */
bool json_get_optional_date(const struct json_document *document, uint32_t object, const char *name,
                            bool *has, date_t *out, struct error *err) MUST_CHECK;
bool json_get_boolean(const struct json_document *document, uint32_t object, const char *name,
                      bool *out, struct error *err) MUST_CHECK;
/** A count that fits 32 bits. */
bool json_get_small(const struct json_document *document, uint32_t object, const char *name,
                    int32_t *out, struct error *err) MUST_CHECK;
void json_member_date(struct json_writer *writer, const char *name, bool has, date_t date);

#endif
