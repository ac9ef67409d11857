/*
 * cmd_period.c - months closed and reopened; exceptions and policies, which take two.
 */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/act.h"
#include "cli/command.h"
#include "cli/confirm.h"

#define QUESTION_SIZE 256

static bool run_period_close(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    char question[QUESTION_SIZE];
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    if (!month_parse(arguments->at[0], &month, err)) return false;
    if (!option_given(arguments, OPTION_YES) && confirm_is_possible()) {
        snprintf(question, sizeof question,
                 _("Close every open month through %s? Reopening takes two administrators."),
                 month_format(month, text));
        if (!confirm(question, err)) return false;
    }
    if (!session_begin(session, err)) return false;
    if (!period_close(session->journal, &session->by, month, err)) return false;
    if (!session_commit(session, err)) return false;
    say("closed through %s", month_format(month, text));
    return true;
}

static const struct argp_option close_options[] = {{"yes", OPTION_YES, NULL, 0, "Don't ask", 0},
                                                   {0}};

const struct command command_period_close = {
    "period",
    "close",
    "MONTH",
    1,
    1,
    close_options,
    "close every open month up to and including MONTH",
    "No voucher may be pending. A December also carries the balances over to the next year. On a "
    "terminal you are asked first.\n\n"
    "  $ mingzhang -u zhao period close 2021-12\n"
    "  closed through 2021-12\n",
    run_period_close};

static const struct argp_option reason_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0}, {0}};

static bool run_period_reopen(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    char text[MONTH_TEXT_SIZE];
    int32_t month;
    bool ok = false;

    if (!month_parse(arguments->at[0], &month, err)) goto out;
    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    ok = act_body(&body, err, "month", month_format(month, text), "reason", reason,
                  (const char *)NULL) &&
         session_begin(session, err) && act_propose(session, "period.reopen", &body, err);
out:
    buffer_done(&body);
    return ok;
}

const struct command command_period_reopen = {
    "period",
    "reopen",
    "MONTH",
    1,
    1,
    reason_options,
    "propose to reopen MONTH and all after it",
    "  $ mingzhang -u zhao period reopen 2021-12 --reason '审计要求更正'\n",
    run_period_reopen};

static bool run_exception_grant(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *code = NULL;
    const char *reason = NULL;
    const char *reference = NULL;
    bool ok = option_require(arguments, OPTION_CODE, "--code", &code, err) &&
              option_require(arguments, OPTION_REFERENCE, "--reference", &reference, err) &&
              option_require(arguments, OPTION_REASON, "--reason", &reason, err) &&
              act_body(&body, err, "code", code, "reason", reason, "reference", reference,
                       (const char *)NULL) &&
              session_begin(session, err) && act_propose(session, "exception.grant", &body, err);

    buffer_done(&body);
    return ok;
}

static const struct argp_option exception_options[] = {
    {"code", OPTION_CODE, "NEGnn", 0, "The rule of the negative list", 0},
    {"reference", OPTION_REFERENCE, "CODE", 0, "Of the one voucher that may pass", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0},
    {0}};

const struct command command_exception_grant = {
    "exception",
    "grant",
    NULL,
    0,
    0,
    exception_options,
    "propose that one voucher may pass the negative list",
    "  $ mingzhang -u zhao exception grant --code NEG01 --reference ZF-12 \\\n"
    "      --reason '文件准许，见区财农〔2021〕9号'\n",
    run_exception_grant};

static bool run_policy_set(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct json_writer writer;
    char date_text[DATE_TEXT_SIZE];
    int64_t value = 0;
    date_t today, from;
    bool ok = false;

    if (!session_today(&today, err)) goto out;
    if (!option_date(arguments, OPTION_FROM, "--from", today, &from, err)) goto out;
    if (!argument_integer(arguments->at[1], "VALUE", 0, JSON_INTEGER_MAX, &value, err)) goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "name", arguments->at[0]);
    json_member_string(&writer, "valid_from", date_format(from, date_text));
    json_member_integer(&writer, "value", value);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && session_begin(session, err) &&
         act_propose(session, "policy.set", &body, err);
out:
    buffer_done(&body);
    return ok;
}

static const struct argp_option policy_options[] = {
    {"from", OPTION_FROM, "DATE", 0, "The day from which it holds (today)", 0}, {0}};

const struct command command_policy_set = {
    "policy",
    "set",
    "NAME VALUE",
    2,
    2,
    policy_options,
    "propose a parameter, such as stuck_days",
    "  $ mingzhang -u zhao policy set stuck_days 20 --from 2022-01-01\n",
    run_policy_set};
