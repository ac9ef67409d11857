/*
 * arguments.h - a command line taken apart: arguments in order, options by key.
 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/money.h"
#include "ledger/ledger.h"

#define ARGUMENTS_MAX 64  /* that are not options */
#define OPTIONS_MAX   256 /* options given, repeated ones counted each */

/* Options have one meaning wherever they appear. */
enum option_key {
    OPTION_ABOUT = 0x100,
    OPTION_ADMIN,
    OPTION_AGAINST,
    OPTION_AHEAD,
    OPTION_ALL,
    OPTION_AMOUNT,
    OPTION_AS_OF,
    OPTION_ATTACH,
    OPTION_BY,
    OPTION_POOL,
    OPTION_OVERDUE,
    OPTION_CALENDAR,
    OPTION_PRINT,
    OPTION_CHECKPOINT,
    OPTION_CLASS,
    OPTION_CODE,
    OPTION_COLUMNS,
    OPTION_CONTRACT,
    OPTION_DATE,
    OPTION_CORRECTIONS,
    OPTION_DEEP,
    OPTION_DIVISION,
    OPTION_DOCUMENT,
    OPTION_DRILL,
    OPTION_DRY_RUN,
    OPTION_FILE,
    OPTION_FIRST_DAY,
    OPTION_FROM,
    OPTION_FUND,
    OPTION_GROUND,
    OPTION_HEADING,
    OPTION_ID_NUMBER,
    OPTION_INSPECTOR,
    OPTION_KEY,
    OPTION_KIND,
    OPTION_LAST_DAY,
    OPTION_LATE,
    OPTION_LINE,
    OPTION_LIST,
    OPTION_MAP,
    OPTION_MARKED,
    OPTION_MONTH,
    OPTION_NAME,
    OPTION_ORIGIN,
    OPTION_OUTPUT,
    OPTION_PAPER_FORMAT,
    OPTION_PAYEE,
    OPTION_PEOPLE,
    OPTION_PERCENT,
    OPTION_PERIOD,
    OPTION_PLACE,
    OPTION_PLAN_LINE,
    OPTION_POLICY,
    OPTION_AGREEMENT,
    OPTION_PROJECT,
    OPTION_PROPOSE,
    OPTION_REASON,
    OPTION_REFERENCE,
    OPTION_REPAYS,
    OPTION_REPO,
    OPTION_ROLE,
    OPTION_RULE,
    OPTION_SCOPE,
    OPTION_SET,
    OPTION_SHEET,
    OPTION_SITE,
    OPTION_SINCE,
    OPTION_STATE,
    OPTION_TEMPLATE,
    OPTION_TEXT,
    OPTION_TITLE,
    OPTION_TITLE_ONLY,
    OPTION_TO,
    OPTION_UNCLEAR,
    OPTION_UNMARKED,
    OPTION_USCC,
    OPTION_YES,
    /* those that every command takes */
    OPTION_FORMAT,
    OPTION_HELP,
    OPTION_LISTING_FILE,
    OPTION_PASSPHRASE_FILE,
    OPTION_VERSION,
    OPTION_LEDGER = 'L',
    OPTION_USER = 'u'
};

struct option_value {
    int key;
    const char *text; /* NULL for an option without value */
};

struct arguments {
    size_t count;
    const char *at[ARGUMENTS_MAX];
    size_t option_count;
    struct option_value options[OPTIONS_MAX];
};

/** The value of an option's last appearance, or NULL. */
const char *option_get(const struct arguments *arguments, enum option_key key);
/** The same, "" when absent. */
const char *option_text(const struct arguments *arguments, enum option_key key);
bool option_given(const struct arguments *arguments, enum option_key key);
/** The next value from position *at of a repeatable option; NULL after the last. */
const char *option_next(const struct arguments *arguments, enum option_key key, size_t *at);

/** ERROR_USAGE names the missing option ("--reference"). */
bool option_require(const struct arguments *arguments, enum option_key key, const char *name,
                    const char **out, struct error *err) MUST_CHECK;
/** One of a NULL-terminated list of words; NULL when the option is absent. ERROR_USAGE names them. */
bool option_word(const struct arguments *arguments, enum option_key key, const char *name,
                 const char *const *words, const char **out, struct error *err) MUST_CHECK;
/** A date; `today` when the option is absent. */
bool option_date(const struct arguments *arguments, enum option_key key, const char *name,
                 date_t today, date_t *out, struct error *err) MUST_CHECK;
/** The same; a month ("2021-09") stands for its last day. */
bool option_day(const struct arguments *arguments, enum option_key key, const char *name,
                date_t today, date_t *out, struct error *err) MUST_CHECK;

/** Whole number within bounds; `name` for the message. */
bool argument_integer(const char *text, const char *name, int64_t low, int64_t high, int64_t *out,
                      struct error *err) MUST_CHECK;
/** Lines of a voucher, "3" or "3-5". */
bool argument_lines(const char *text, const char *name, int64_t *first, int64_t *last,
                    struct error *err) MUST_CHECK;
/** Copy text into a fixed field; ERROR_LIMIT when it doesn't fit. NFC is made. */
bool argument_text(const char *text, const char *name, char *out, size_t size,
                   struct error *err) MUST_CHECK;
/** "DIVISION/BOOK/FUND/ROLE"; the division by code or name. */
bool argument_account(struct journal *journal, const char *text, const char *name,
                      struct account *out, struct error *err) MUST_CHECK;
/** "VOUCHER/LINE", as in 2021-000004/3. */
bool argument_voucher_line(const char *text, char voucher[VOUCHER_NUMBER_SIZE], int32_t *line,
                           struct error *err) MUST_CHECK;

#endif
