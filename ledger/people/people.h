/*
 * people.h - mutual-aid pools (互助资金): who keeps a village's, the three agreements without which
 * nothing is lent from it, what is lent, repaid and overdue.
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h). A pool, its entrustment and its
 *    provision are public; who guarantees and who borrows stands under the seal `detail`.
 * 2. A pool is the money of one division, book and fund. Money itself moves by vouchers
 *    (ledger/funds): loan and repayment.
 * 3. A loan is refused unless the pool's entrustment (委托管理协议), the borrower's joint-guarantee
 *    group (联保小组联保协议) and the loan agreement (借款协议) are on file, and within that.
 */
#ifndef LEDGER_PEOPLE_PEOPLE_H
#define LEDGER_PEOPLE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/money.h"
#include "ledger/funds/funds.h"
#include "ledger/journal/journal.h"
#include "ledger/records/records.h"

extern const struct journal_module people_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* aid.open: a village's mutual-aid pool, kept by a bank. */
#define PEOPLE_POOL_FIELDS(X, D, S)                                                                \
    X(POOL_BANK,     bank,     TEXT,     NULL, "the bank that is entrusted with it")               \
    X(POOL_BOOK,     book,     WORD,     people_book_words, "book of its account")                 \
    X(POOL_DATE,     date,     DATE,     NULL, "day on which it was set up")                       \
    X(POOL_DIVISION, division, DIVISION_DATED, NULL, "whose it is")                                \
    X(POOL_DOCUMENT, document, TEXT,     NULL, "number of the document")                           \
    X(POOL_FUND,     fund,     CODE,     NULL, "code of the fund")                                 \
    X(POOL_LIMIT,    limit_bp, INTEGER,  NULL, "the most for one borrower, 1/10,000 of the pool")  \
    X(POOL_CODE,     pool,     CODE,     NULL, "its code")                                         \
    X(POOL_USCC,     uscc,     USCC,     NULL, "the bank's credit code; never empty")

/* aid.entrust: the agreement by which the bank keeps it (委托管理协议). */
#define PEOPLE_ENTRUSTMENT_FIELDS(X, D, S)                                                         \
    X(ENTRUSTMENT_DATE,     date,      DATE, NULL, "day of signature")                             \
    X(ENTRUSTMENT_DOCUMENT, document,  TEXT, NULL, "number of the agreement")                      \
    X(ENTRUSTMENT_FIRST,    first_day, DATE, NULL, "first day on which it holds")                  \
    X(ENTRUSTMENT_LAST,     last_day,  DATE, NULL, "last day on which it holds")                   \
    X(ENTRUSTMENT_POOL,     pool,      CODE, NULL, "code of the pool")

/* aid.guarantee: a member of a joint-guarantee group (联保小组联保协议). */
#define PEOPLE_GUARANTEE_FIELDS(X, D, S)                                                           \
    D(GUARANTEE_IS_GONE,  aid_guarantee)                                                           \
    X(GUARANTEE_CODE,     guarantee, CODE, NULL, "code of the group")                              \
    X(GUARANTEE_MEMBER,   member,    CODE, NULL, "the member's number in it")                      \
    X(GUARANTEE_POOL,     pool,      CODE, NULL, "code of the pool")                               \
    S(GUARANTEE_DATE,     date,      DATE, NULL, "day of signature")                               \
    S(GUARANTEE_DOCUMENT, document,  TEXT, NULL, "number of the agreement")                        \
    S(GUARANTEE_ID,       id_number, TEXT, NULL, "the member's ID number")                         \
    S(GUARANTEE_NAME,     name,      TEXT, NULL, "the member's name")

/* aid.agree: a loan agreement (借款协议). */
#define PEOPLE_AGREEMENT_FIELDS(X, D, S)                                                           \
    X(AGREEMENT_CODE,      agreement, CODE,    NULL, "its code, random: it stands for a person")   \
    D(AGREEMENT_IS_GONE,   aid_agreement)                                                          \
    X(AGREEMENT_POOL,      pool,      CODE,    NULL, "code of the pool")                           \
    S(AGREEMENT_DATE,      date,      DATE,    NULL, "day of signature")                           \
    S(AGREEMENT_DOCUMENT,  document,  TEXT,    NULL, "number of the agreement")                    \
    S(AGREEMENT_DUE,       due_day,   DATE,    NULL, "day by which it is repaid")                  \
    S(AGREEMENT_FIRST,     first_day, DATE,    NULL, "first day on which it is lent")              \
    S(AGREEMENT_GUARANTEE, guarantee, CODE,    NULL, "code of the group that guarantees it")       \
    S(AGREEMENT_ID,        id_number, TEXT,    NULL, "the borrower's ID number")                   \
    S(AGREEMENT_NAME,      name,      TEXT,    NULL, "the borrower's name")                        \
    S(AGREEMENT_PRINCIPAL, principal, AMOUNT,  NULL, "the most that is lent under it, fen")        \
    S(AGREEMENT_RATE,      rate_bp,   INTEGER, NULL, "interest a year in 1/10,000")

/* aid.provide: the risk provision (风险准备金) of a pool. A later one takes its place. */
#define PEOPLE_PROVISION_FIELDS(X, D, S)                                                           \
    X(PROVISION_AMOUNT,   amount,   INTEGER, NULL, "what is provided from that day on, fen")       \
    X(PROVISION_DATE,     date,     DATE,    NULL, "from when on")                                 \
    X(PROVISION_DOCUMENT, document, TEXT,    NULL, "number of the document")                       \
    X(PROVISION_POOL,     pool,     CODE,    NULL, "code of the pool")                             \
    X(PROVISION_TEXT,     text,     TEXT,    NULL, "where it comes from")

#define PEOPLE_KINDS(K)                                                                            \
    K(PEOPLE, POOL,        "aid.open",      aid_pool,        "mutual-aid pools")                   \
    K(PEOPLE, ENTRUSTMENT, "aid.entrust",   aid_entrustment, "agreements with the banks that keep pools") \
    K(PEOPLE, GUARANTEE,   "aid.guarantee", aid_guarantee,   "members of joint-guarantee groups")  \
    K(PEOPLE, AGREEMENT,   "aid.agree",     aid_agreement,   "loan agreements")                    \
    K(PEOPLE, PROVISION,   "aid.provide",   aid_provision,   "risk provisions of pools")
RECORD_DECLARE(PEOPLE, people)
// clang-format on

/* ---- What is lent ---------------------------------------------------------------------------- */

/** A pool as it stands at the end of a day, by the days of events. */
struct aid_standing {
    const struct record *pool;
    money_t lent, repaid; /* ever */
    money_t in_arrears;   /* owed under agreements whose day is over */
    int32_t agreements_in_arrears;
    int32_t days; /* since the earliest of those days */
    bool has_provision;
    money_t provision;
};
/** Pools within `scope` ("" for all) that were set up by that day, in the order of the log. */
bool aid_standing_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct aid_standing *standing,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;

/** A loan agreement as it stands at the end of a day. */
struct aid_loan {
    const struct record *agreement;
    money_t lent, repaid;
    bool is_in_arrears;
    int32_t days; /* overdue; 0 when it isn't */
};
/** The agreements of a pool in the order of the log. */
bool aid_loan_each(struct journal *journal, const char *pool, date_t day,
                   bool (*visit)(void *context, const struct aid_loan *loan, struct error *err),
                   void *context, struct error *err) MUST_CHECK;

#endif
