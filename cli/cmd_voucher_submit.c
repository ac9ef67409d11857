/*
 * cmd_voucher_submit.c - the maker's desk: a voucher of one line, and the reversal of one.
 */
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/attach.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/submit.h"
#include "cli/voucher_view.h"

#define POLICY_CONFIRM_YUAN  "confirm_yuan"
#define CONFIRM_YUAN_DEFAULT 100000
#define FEN_PER_YUAN         100

#define REVERSALS_MAX 99 /* of one voucher that take their reference from it */

/* ---- submit --------------------------------------------------------------------------------- */

static bool read_header(const struct arguments *arguments, struct voucher_header *out,
                        struct error *err)
{
    const char *text = NULL;

    *out = (struct voucher_header){.late = option_given(arguments, OPTION_LATE)};
    if (arguments->count == 0) {
        return error_set(err, ERROR_USAGE, "the movement is missing, as in payment or refund");
    }
    if (!movement_parse(arguments->at[0], &out->movement, err)) return false;
    if (out->movement == MOVEMENT_REVERSAL) {
        return error_set(err, ERROR_USAGE, "a reversal is made by `mingzhang voucher reverse`");
    }
    if (!option_require(arguments, OPTION_REFERENCE, "--reference", &text, err) ||
        !argument_text(text, "--reference", out->reference, sizeof out->reference, err) ||
        !option_require(arguments, OPTION_DATE, "--date", &text, err) ||
        !date_parse_lenient(text, &out->event_date, err)) {
        return false;
    }
    return argument_text(option_text(arguments, OPTION_DOCUMENT), "--document", out->document,
                         sizeof out->document, err) &&
           argument_text(option_text(arguments, OPTION_TEXT), "--text", out->text, sizeof out->text,
                         err);
}

static bool read_payee(const struct arguments *arguments, date_t today, struct payee *out,
                       struct error *err)
{
    const char *id_number = option_get(arguments, OPTION_ID_NUMBER);
    const char *uscc = option_get(arguments, OPTION_USCC);

    if (!argument_text(option_text(arguments, OPTION_PAYEE), "--payee", out->name, sizeof out->name,
                       err)) {
        return false;
    }
    if (id_number != NULL) {
        out->is_person = true;
        if (!id_card_normalize(id_number, today, out->id_number, err)) {
            return error_at(err, "--id-number");
        }
    }
    if (uscc == NULL) return true;
    if (!uscc_check(uscc, err)) return error_at(err, "--uscc");
    memcpy(out->uscc, uscc, USCC_SIZE);
    return true;
}

/* Where money of one account arrives that needs no other to be named. */
static bool movement_arrives_at(enum movement movement, enum account_role *out)
{
    if (movement == MOVEMENT_LOAN) *out = ACCOUNT_RECEIVABLE;
    if (movement == MOVEMENT_REPAYMENT) *out = ACCOUNT_AVAILABLE;
    return movement == MOVEMENT_PAYMENT || movement == MOVEMENT_LOAN ||
           movement == MOVEMENT_REPAYMENT;
}

static bool read_accounts(struct journal *journal, const struct arguments *arguments,
                          enum movement movement, struct voucher_line *out, struct error *err)
{
    enum account_role role = ACCOUNT_IN_TRANSIT;
    const char *text = NULL;

    if (!option_require(arguments, OPTION_FROM, "--from", &text, err)) return false;
    if (!argument_account(journal, text, "--from", &out->from, err)) return false;
    text = option_get(arguments, OPTION_TO);
    if (text != NULL) return argument_account(journal, text, "--to", &out->to, err);
    if (!movement_arrives_at(movement, &role)) {
        return error_set(err, ERROR_USAGE,
                         "--to is missing; only a payment, a loan or a repayment goes without it");
    }
    out->to = out->from;
    out->to.role = role;
    return true;
}

static bool read_line(struct journal *journal, const struct arguments *arguments,
                      enum movement movement, struct voucher_line *out, struct error *err)
{
    const char *text = NULL;
    int64_t number = 0;

    if (!read_accounts(journal, arguments, movement, out, err)) return false;
    if (!option_require(arguments, OPTION_AMOUNT, "--amount", &text, err)) return false;
    if (!money_parse(text, MONEY_YUAN, &out->amount, err)) return error_at(err, "--amount");
    text = option_get(arguments, OPTION_PLAN_LINE);
    if (text != NULL) {
        if (!argument_integer(text, "--plan-line", 1, PLAN_LINES_MAX, &number, err)) return false;
        out->plan_line = (int32_t)number;
    }
    text = option_get(arguments, OPTION_REPAYS);
    if (text != NULL &&
        !argument_voucher_line(text, out->returned_voucher, &out->returned_line, err)) {
        return error_at(err, "--repays");
    }
    return argument_text(option_text(arguments, OPTION_PROJECT), "--project", out->project,
                         sizeof out->project, err) &&
           argument_text(option_text(arguments, OPTION_CONTRACT), "--contract", out->contract,
                         sizeof out->contract, err) &&
           argument_text(option_text(arguments, OPTION_AGREEMENT), "--agreement", out->agreement,
                         sizeof out->agreement, err) &&
           argument_text(option_text(arguments, OPTION_POLICY), "--policy", out->policy,
                         sizeof out->policy, err);
}

void submit_tell(const struct voucher_receipt *receipt)
{
    if (receipt->repeated) {
        say("%s was submitted before with the same content; nothing changed", receipt->voucher);
    } else {
        say("%s submitted in entry %llu; it waits for a checker", receipt->voucher,
            (unsigned long long)receipt->seq);
        say_next("a checker looks at it and decides: mingzhang -u CHECKER voucher approve %s",
                 receipt->voucher);
    }
}

bool submit_voucher(struct session *session, const struct arguments *arguments,
                    struct voucher_receipt *out, struct error *err)
{
    struct voucher_header header;
    struct voucher_line line;
    struct voucher_draft *draft = NULL;
    date_t today = instant_to_date_in(journal_time(session->journal), ZONE_CHINA_SECONDS);
    bool ok = false;

    memset(&line, 0, sizeof line);
    if (!read_header(arguments, &header, err)) goto out;
    if (!read_line(session->journal, arguments, header.movement, &line, err)) goto out;
    if (!read_payee(arguments, today, &line.payee, err)) goto out;
    if (!voucher_draft_new(session->journal, &header, &draft, err)) goto out;
    if (!voucher_draft_add(draft, &line, err)) goto out;
    ok = voucher_draft_submit(draft, &session->by, out, NULL, err);
out:
    voucher_draft_free(draft);
    return ok;
}

bool submit_is_large(struct journal *journal, money_t amount, bool *out, struct error *err)
{
    date_t today = instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
    int64_t limit = 0;

    if (!journal_policy(journal, POLICY_CONFIRM_YUAN, today, CONFIRM_YUAN_DEFAULT, &limit, err))
        return false;
    *out = amount.fen / FEN_PER_YUAN >= limit;
    return true;
}

bool submit_ask(struct session *session, const struct arguments *arguments,
                const struct voucher_receipt *receipt, bool *again, struct error *err)
{
    struct voucher voucher;
    bool is_asked = false;

    *again = false;
    if (receipt->repeated || option_given(arguments, OPTION_YES) || !confirm_is_possible())
        return true;
    if (!voucher_find(session->journal, receipt->voucher, &voucher, err) ||
        !submit_is_large(session->journal, voucher.amount, &is_asked, err))
        return false;
    if (!is_asked) return true;
    if (!voucher_view_show(session->journal, &voucher, VIEW_LINES_ALL, err)) return false;
    journal_rollback(session->journal);
    if (!confirm(_("\nIt is large. Submit it?"), err)) return false;
    *again = true;
    return journal_begin(session->journal, err);
}

bool submit_asked(struct session *session, const struct arguments *form,
                  const struct arguments *arguments, struct voucher_receipt *out,
                  struct attach_batch **attached, struct error *err)
{
    bool again;

    return submit_voucher(session, form, out, err) &&
           submit_ask(session, arguments, out, &again, err) &&
           (!again || submit_voucher(session, form, out, err)) &&
           attach_all(session, form, out->voucher, attached, err) && session_commit(session, err);
}

static bool run_voucher_submit(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    struct voucher_header header;
    struct voucher_receipt receipt;
    struct attach_batch *attached = NULL;
    bool ok = false;

    /* A slip of the keyboard is told before a passphrase is asked for. */
    if (!read_header(arguments, &header, err)) return false;
    if (!session_begin(session, err) ||
        !submit_asked(session, arguments, arguments, &receipt, &attached, err)) {
        goto out;
    }
    submit_tell(&receipt);
    ok = attach_tell(session, attached, err);
out:
    attach_free(attached);
    return ok;
}

const struct argp_option voucher_options[] = {VOUCHER_OPTIONS, {0}};
static const struct argp_option submit_options[] = {VOUCHER_OPTIONS, ASKING_OPTION, {0}};

const struct command command_voucher_submit = {
    "voucher",
    "submit",
    "MOVEMENT",
    1,
    1,
    submit_options,
    "submit a voucher of one line",
    "MOVEMENT is appropriation, receipt, allocation, recovery, commitment, release, payment, "
    "settlement, refund, remittance, assignment, reallocation, loan, repayment or succession. Many "
    "lines come by `mingzhang import`. On a terminal a large voucher is shown first and you are "
    "asked: 100,000 "
    "yuan or more, or what the policy confirm_yuan says.\n\n"
    "  $ mingzhang -u li voucher submit refund --reference TK-1 --date 2022-03-01 \\\n"
    "      --from 611025101201/construction/2021-ZY-01/spent \\\n"
    "      --to 611025101201/construction/2021-ZY-01/available \\\n"
    "      --amount 1200 --text '多付工程款退回'\n"
    "  2022-000003 submitted in entry 58; it waits for a checker\n",
    run_voucher_submit};

/* ---- reverse -------------------------------------------------------------------------------- */

/*
 * "reversal-of-2021-000007", whatever the voucher was called by, so that the same reversal again is
 * known for the same. One that was rejected or withdrawn keeps its reference for ever: then "…-2".
 */
static bool choose_reference(struct journal *journal, const struct voucher *reversed,
                             char out[CODE_SIZE], struct error *err)
{
    struct voucher earlier;
    int number;

    snprintf(out, CODE_SIZE, "reversal-of-%s", reversed->number);
    for (number = 2; number <= REVERSALS_MAX; number++) {
        if (!voucher_find(journal, out, &earlier, err)) {
            if (err->code != ERROR_NOT_FOUND) return false;
            error_clear(err);
            return true;
        }
        if (earlier.state != VOUCHER_REJECTED && earlier.state != VOUCHER_WITHDRAWN) return true;
        snprintf(out, CODE_SIZE, "reversal-of-%s-%d", reversed->number, number);
    }
    return error_set(err, ERROR_LIMIT, "%d reversals of %s were not approved; give --reference",
                     REVERSALS_MAX, reversed->number);
}

static bool run_voucher_reverse(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct voucher_receipt receipt;
    struct voucher reversed;
    char reference[CODE_SIZE];
    const char *text = option_get(arguments, OPTION_REFERENCE);
    const char *reason = NULL;
    date_t today, date;
    bool again;

    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) return false;
    if (!session_begin(session, err)) return false;
    today = instant_to_date_in(journal_time(session->journal), ZONE_CHINA_SECONDS);
    if (!option_date(arguments, OPTION_DATE, "--date", today, &date, err) ||
        !voucher_find(session->journal, arguments->at[0], &reversed, err)) {
        return false;
    }
    if (text != NULL ? !argument_text(text, "--reference", reference, sizeof reference, err)
                     : !choose_reference(session->journal, &reversed, reference, err)) {
        return false;
    }
    if (!voucher_reverse(session->journal, &session->by, reversed.number, reference, date, reason,
                         &receipt, err) ||
        !submit_ask(session, arguments, &receipt, &again, err)) {
        return false;
    }
    if (again && !voucher_reverse(session->journal, &session->by, reversed.number, reference, date,
                                  reason, &receipt, err)) {
        return false;
    }
    if (!session_commit(session, err)) return false;
    say("%s is the reversal 冲销 of %s", receipt.voucher, reversed.number);
    submit_tell(&receipt);
    return true;
}

static const struct argp_option reverse_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0},
    {"date", OPTION_DATE, "DATE", 0, "The day of the reversal (today)", 0},
    {"reference", OPTION_REFERENCE, "CODE", 0, "Its own reference (reversal-of-NUMBER)", 0},
    ASKING_OPTION,
    {0}};

const struct command command_voucher_reverse = {
    "voucher",
    "reverse",
    "VOUCHER",
    1,
    1,
    reverse_options,
    "undo a posted voucher by one that names it",
    "Nothing is ever deleted: the reversal is a voucher of its own, and another person approves "
    "it.\n\n"
    "  $ mingzhang -u li voucher reverse 2021-000007 --reason 'wrong village'\n"
    "  2021-000011 is the reversal 冲销 of 2021-000007\n"
    "  2021-000011 submitted in entry 61; it waits for a checker\n",
    run_voucher_reverse};
