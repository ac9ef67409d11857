/*
 * attack_log.h - the published log as an attacker reads it: what moved when, and how much of it is
 * unknown.
 *
 * 1. Amounts come from entries in clear alone. Those under a seal are unknowns.
 * 2. Of what is sealed the attacker is told all but the amounts: which accounts, projects and plan
 *    lines a voucher about people touches. No outsider knows that; whoever fails with it fails
 *    without it.
 * 3. The true amounts are kept beside the unknowns to judge an attack by, never to make one.
 */
#ifndef TESTS_EXPORTERS_ATTACK_LOG_H
#define TESTS_EXPORTERS_ATTACK_LOG_H

#include "attack_solver.h"
#include "world.h"

#define LOG_LINES_MAX    400
#define LOG_VOUCHERS_MAX 2000
#define LOG_MOVES_MAX    6000
#define LOG_CARRIED_MAX  200
#define LOG_NONE         SIZE_MAX
#define LOG_NOW          INT64_MAX /* as a head: after every entry */
#define LOG_ALWAYS       INT32_MAX /* as a month: whatever the month */

/** One fund in one book of one division. */
struct log_line {
    char division[DIVISION_CODE_SIZE];
    enum book book;
    char fund[CODE_SIZE];
};

struct log_amount {
    bool is_unknown;
    int64_t known;
    size_t unknown;
};

struct log_voucher {
    char number[VOUCHER_NUMBER_SIZE], reference[CODE_SIZE];
    enum movement movement, effect; /* effect: of a reversal, what it undoes */
    int32_t month;                  /* in which it counts */
    int64_t submitted, decided;     /* entries; decided: LOG_NOW while it is pending */
    bool is_posted;                 /* by `decided` */
    bool people, is_sealed;
    bool is_answered; /* the bank has answered for all of it */
    bool is_of_many;  /* three people or more */
    size_t reverses;  /* index of another, or LOG_NONE */
    size_t family;    /* the same for vouchers about the same money of the same person */
    /* The same for those of which lines came back and those that pay these again or remit them, or
     * LOG_NONE; a voucher can be of two groups. */
    size_t returned_group, settling_group;
};

/** What a voucher, or the bank's answer to one, takes from one account and gives to another. */
struct log_move {
    size_t voucher;
    bool is_answer;
    int64_t seq;   /* of an answer */
    int32_t month; /* of an answer */
    size_t from, to;
    enum account_role from_role, to_role;
    struct log_amount amount;
};

/** What of a move is under one plan line of a project. */
struct log_part {
    size_t move;
    char project[CODE_SIZE];
    int32_t plan_line;
    struct log_amount amount;
};

/** A fund that a carry-over names; with fund "", the carry-over itself. */
struct log_carried {
    int64_t seq;
    int32_t december;
    char fund[CODE_SIZE];
};

struct log {
    struct log_line lines[LOG_LINES_MAX];
    size_t line_count;
    struct log_voucher vouchers[LOG_VOUCHERS_MAX];
    size_t voucher_count;
    struct log_move moves[LOG_MOVES_MAX];
    size_t move_count;
    struct log_part parts[LOG_MOVES_MAX];
    size_t part_count;
    struct log_carried carried[LOG_CARRIED_MAX];
    size_t carried_count;
    int64_t truth[ATTACK_UNKNOWNS_MAX];
    size_t unknown_count;
    size_t group_count;
};

/** Read all of a world's entries. */
struct log *log_read(const struct world *world);

/** The line's index, or SIZE_MAX. */
size_t log_find_line(const struct log *log, const char *division, enum book book, const char *fund);

void log_add_amount(const struct log_amount *amount, int64_t factor, struct attack_sum *sum);
/** Add `factor` × what stands in an account at a month's end, as the first `head` entries tell. */
void log_add_balance(const struct log *log, size_t line, enum account_role role, int32_t month,
                     int64_t head, int64_t factor, struct attack_sum *sum);
/** The same for a term of the law from the beginning on. */
void log_add_flow(const struct log *log, size_t line, enum flow_term term, int32_t month,
                  int64_t head, int64_t factor, struct attack_sum *sum);
/** The same for what was paid under a plan line of a project. */
void log_add_paid(const struct log *log, const char *project, int32_t plan_line, int32_t month,
                  int64_t head, int64_t factor, struct attack_sum *sum);

/** Add what was spent of a line under a project in a span of months, as far as totals tell it. */
void log_add_spent(const struct log *log, size_t line, const char *project,
                   const struct period *span, int64_t head, struct attack_sum *sum);

/** What the entries alone tell of the unknowns: no account is ever below zero, and the bank answers
 * for no more than was sent. */
void log_tell(const struct log *log, struct attack *attack);
/** The value of a sum in truth. */
int64_t log_true_value(const struct log *log, const struct attack_sum *sum);

#endif
