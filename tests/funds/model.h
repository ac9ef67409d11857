/*
 * model.h - what the ledger should say, by ten lines of arithmetic for each event.
 *
 * It keeps one sum for each account, what each month added to it, and the state of each line; of
 * seals, signatures, legs and SQL it knows nothing.
 */
#ifndef TESTS_FUNDS_MODEL_H
#define TESTS_FUNDS_MODEL_H

#include "ledger/ledger.h"

#define MODEL_VOUCHERS_MAX 128
#define MODEL_LINES_MAX    3
#define MODEL_DIVISIONS    6
#define MODEL_FUNDS        2
#define MODEL_MONTHS       36
#define MODEL_FIRST_MONTH  (2021 * 12)

struct model_account {
    size_t division;
    enum book book;
    size_t fund;
    enum account_role role;
};

struct model_line {
    struct model_account from, to;
    int64_t fen;
    enum line_state state;
    unsigned payee;
    bool is_lent; /* to the payee, or repaid by it */
};

struct model_voucher {
    char number[VOUCHER_NUMBER_SIZE];
    enum movement movement, effect;
    enum voucher_state state;
    struct model_line lines[MODEL_LINES_MAX];
    size_t line_count;
    int reverses;    /* index of a voucher, or -1 */
    int reversed_by; /* pending or posted, or -1 */
    bool is_erased;  /* some line of it was */
    bool answered;   /* by the bank, for some line */
    int32_t month;   /* booking month */
    int32_t day;     /* of the event */
};

struct model {
    int64_t balances[MODEL_DIVISIONS][BOOK_COUNT][MODEL_FUNDS][ACCOUNT_ROLE_COUNT];
    int64_t months[MODEL_DIVISIONS][BOOK_COUNT][MODEL_FUNDS][ACCOUNT_ROLE_COUNT][MODEL_MONTHS];
    struct model_voucher vouchers[MODEL_VOUCHERS_MAX];
    int count;
    int32_t closed; /* last closed month; 0: none */
};

/** What stands in an account. */
int64_t model_balance(const struct model *model, const struct model_account *account);
/** Add to an account in a booking month. */
void model_add(struct model *model, const struct model_account *account, int64_t fen,
               int32_t month);
/** The lines' money is held. */
void model_submit(struct model *model, const struct model_voucher *voucher);
/** The held money goes on, or back. */
void model_decide(struct model *model, const struct model_voucher *voucher, bool approved);
/** Is no account past zero, now or at the end of any month? */
bool model_is_possible(const struct model *model);
/** What a line's payee was paid from its account and the bank confirmed, less refunds not rejected.
 */
int64_t model_refundable(const struct model *model, const struct model_line *line);
/** What a line's payee still owes its account: lent and not being undone, less repayments not
 * rejected. */
int64_t model_owing(const struct model *model, const struct model_line *line);

#endif
