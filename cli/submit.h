/*
 * submit.h - a voucher of one line from the options of the command line.
 */
#ifndef CLI_SUBMIT_H
#define CLI_SUBMIT_H

#include <stdbool.h>

#include <argp.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/arguments.h"
#include "cli/attach.h"
#include "cli/session.h"

// clang-format off
/** The options that describe a voucher, for a command's own list. */
#define VOUCHER_OPTIONS                                                                            \
    {"reference", OPTION_REFERENCE, "CODE", 0, "What makes it unique, for ever", 0},               \
    {"date", OPTION_DATE, "DATE", 0, "The day of the event, as the document says", 0},             \
    {"from", OPTION_FROM, "ACCOUNT", 0, "DIVISION/BOOK/FUND/ROLE that gives", 0},                  \
    {"to", OPTION_TO, "ACCOUNT", 0, "DIVISION/BOOK/FUND/ROLE that gets", 0},                       \
    {"amount", OPTION_AMOUNT, "AMOUNT", 0, "Yuan: 1234.56, 12万", 0},                              \
    {"text", OPTION_TEXT, "TEXT", 0, "What for", 0},                                               \
    {"document", OPTION_DOCUMENT, "TEXT", 0, "The authorising document", 0},                       \
    {"project", OPTION_PROJECT, "CODE", 0, "The project it is for", 0},                            \
    {"plan-line", OPTION_PLAN_LINE, "N", 0, "Of the project's financing plan", 0},                 \
    {"contract", OPTION_CONTRACT, "CODE", 0, "The contract that binds the money", 0},              \
    {"agreement", OPTION_AGREEMENT, "CODE", 0, "The loan agreement of a loan or repayment", 0},    \
    {"policy", OPTION_POLICY, "TEXT", 0, "The policy that pays a person", 0},                      \
    {"payee", OPTION_PAYEE, "NAME", 0, "Who is paid or pays back", 0},                             \
    {"uscc", OPTION_USCC, "CODE", 0, "The payee's credit code", 0},                                \
    {"id-number", OPTION_ID_NUMBER, "NUMBER", 0, "The payee is a person; everything is sealed", 0}, \
    {"repays", OPTION_REPAYS, "VOUCHER/LINE", 0, "The returned payment that is paid again", 0},    \
    {"late", OPTION_LATE, NULL, 0, "A late entry for a closed month", 0},                          \
    {"attach", OPTION_ATTACH, "FILE", 0, "Attach this scanned paper; may be repeated", 0}

/** For commands that submit_ask(). */
#define ASKING_OPTION                                                                              \
    {"yes", OPTION_YES, NULL, 0, "Don't ask, however large: it was looked at before", 0}
// clang-format on

/** The same as a list; it ends with a name of NULL. */
extern const struct argp_option voucher_options[];

/**
 * Submit the voucher that `arguments` describe, its movement the first argument, within the
 * transaction that is open.
 */
bool submit_voucher(struct session *session, const struct arguments *arguments,
                    struct voucher_receipt *out, struct error *err) MUST_CHECK;
/** Is it as much as the ledger's policy `confirm_yuan` of today says, or more? */
bool submit_is_large(struct journal *journal, money_t amount, bool *out,
                     struct error *err) MUST_CHECK;
/**
 * On a terminal, for a voucher submitted on trial whose amount reaches the ledger's policy
 * `confirm_yuan`: show it, roll back and ask, so that nobody waits for the ledger meanwhile.
 * `again` tells that the answer was yes, and a transaction is open in which to submit it for good.
 */
bool submit_ask(struct session *session, const struct arguments *arguments,
                const struct voucher_receipt *receipt, bool *again, struct error *err) MUST_CHECK;
/** submit_voucher(), submit_ask(), the files of --attach, which *attached receives, and the commit.
 */
bool submit_asked(struct session *session, const struct arguments *form,
                  const struct arguments *arguments, struct voucher_receipt *out,
                  struct attach_batch **attached, struct error *err) MUST_CHECK;
/** Say what became of it. */
void submit_tell(const struct voucher_receipt *receipt);

#endif
