/*
 * cmd_bank.c - what the bank did with payments that were sent.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"

/* "3", "2-5": the named lines, appended. */
static bool add_lines(const char *text, int32_t lines[BANK_LINES_MAX], size_t *count,
                      struct error *err)
{
    int64_t first, last;

    if (!argument_lines(text, "--line", &first, &last, err)) return false;
    for (; first <= last; first++) {
        if (*count == BANK_LINES_MAX) {
            return error_set(err, ERROR_LIMIT, "one bank entry names at most %d lines",
                             BANK_LINES_MAX);
        }
        lines[(*count)++] = (int32_t)first;
    }
    return true;
}

static bool read_entry(const struct arguments *arguments, bool is_return,
                       int32_t lines[BANK_LINES_MAX], struct bank_entry *out, struct error *err)
{
    const char *text = NULL;
    size_t at = 0;
    size_t count = 0;

    *out = (struct bank_entry){
        .is_return = is_return, .late = option_given(arguments, OPTION_LATE), .lines = lines};
    if (!argument_text(arguments->at[0], "VOUCHER", out->voucher, sizeof out->voucher, err) ||
        !option_require(arguments, OPTION_REFERENCE, "--reference", &text, err) ||
        !argument_text(text, "--reference", out->reference, sizeof out->reference, err) ||
        !option_require(arguments, OPTION_DATE, "--date", &text, err) ||
        !date_parse_lenient(text, &out->event_date, err)) {
        return false;
    }
    if (is_return && !option_require(arguments, OPTION_REASON, "--reason", &text, err))
        return false;
    if (!argument_text(option_text(arguments, OPTION_REASON), "--reason", out->reason,
                       sizeof out->reason, err)) {
        return false;
    }
    while ((text = option_next(arguments, OPTION_LINE, &at)) != NULL) {
        if (!add_lines(text, lines, &count, err)) return false;
    }
    out->line_count = count;
    return true;
}

static bool record(struct session *session, const struct arguments *arguments, bool is_return,
                   struct error *err)
{
    struct bank_entry entry;
    int32_t lines[BANK_LINES_MAX];

    if (!read_entry(arguments, is_return, lines, &entry, err)) return false;
    if (!session_begin(session, err)) return false;
    if (!bank_record(session->journal, &session->by, &entry, err)) return false;
    if (!session_commit(session, err)) return false;
    say("%s: %s", entry.voucher,
        is_return ? _("returned; the money is owed to the payee until it is paid again or remitted")
                  : _("confirmed; the money is spent"));
    return true;
}

static bool run_bank_confirm(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    return record(session, arguments, false, err);
}

static bool run_bank_return(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    return record(session, arguments, true, err);
}

static const struct argp_option bank_options[] = {
    {"reference", OPTION_REFERENCE, "CODE", 0, "The bank's own number for it", 0},
    {"date", OPTION_DATE, "DATE", 0, "The day, as the bank says", 0},
    {"line", OPTION_LINE, "N|N-M", 0, "Only these lines; may be repeated (all in transit)", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why the bank returned it", 0},
    {"late", OPTION_LATE, NULL, 0, "A late entry for a closed month", 0},
    {0}};

const struct command command_bank_confirm = {
    "bank",
    "confirm",
    "VOUCHER",
    1,
    1,
    bank_options,
    "record that the bank paid a voucher",
    "  $ mingzhang -u li bank confirm 2021-000007 --reference B-0601 --date 2021-06-02\n",
    run_bank_confirm};

const struct command command_bank_return = {
    "bank",
    "return",
    "VOUCHER",
    1,
    1,
    bank_options,
    "record that the bank returned payments",
    "The money is then owed: it can only be paid again or remitted.\n\n"
    "  $ mingzhang -u li bank return 2021-000007 --line 3 --reference B-0602 \\\n"
    "      --date 2021-06-03 --reason 'account closed'\n",
    run_bank_return};
