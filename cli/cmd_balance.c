/*
 * cmd_balance.c - where the money stands, and what wants attention.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

/* ---- Which fund or division is meant -------------------------------------------------------- */

struct fund_match {
    const char *text;
    size_t count;
    struct fund_code {
        char code[CODE_SIZE];
    } at[64];
};

static bool match_fund(void *context, const struct fund *fund, struct error *err)
{
    struct fund_match *match = context;

    if (strcmp(fund->code, match->text) != 0 && strcmp(fund->document, match->text) != 0) {
        return true;
    }
    if (match->count == ARRAY_COUNT(match->at)) {
        return error_set(err, ERROR_LIMIT, "more than %zu funds carry the document %s",
                         ARRAY_COUNT(match->at), match->text);
    }
    memcpy(match->at[match->count++].code, fund->code, CODE_SIZE);
    return true;
}

struct balance_rows {
    struct table *table;
    struct division_name name;
    money_t left; /* unassigned and available */
};

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct balance_rows *rows = context;

    if (!table_division(rows->table, &rows->name, balance->account.division, err)) return false;
    table_text(rows->table, book_name(balance->account.book));
    table_text(rows->table, balance->account.fund);
    table_text(rows->table, account_role_name(balance->account.role));
    table_amount(rows->table, balance->amount);
    if (balance->account.role == ACCOUNT_UNASSIGNED || balance->account.role == ACCOUNT_AVAILABLE) {
        if (!money_add(rows->left, balance->amount, &rows->left, err)) return false;
    }
    return table_row(rows->table, err);
}

static bool show_balances(struct session *session, struct balance_filter *filter,
                          const struct fund_match *funds, struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "name", COLUMN_TEXT},
        {"book", "book", COLUMN_TEXT},         {"fund", "fund", COLUMN_TEXT},
        {"role", "role", COLUMN_TEXT},         {"amount", "amount", COLUMN_AMOUNT}};
    struct balance_rows rows = {NULL, {.journal = session->journal}, MONEY_ZERO};
    char text[MONEY_TEXT_SIZE];
    size_t i = 0;
    bool ok = false;

    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err)) goto out;
    do {
        if (funds->count > 0) filter->fund = funds->at[i].code;
        if (!balance_each(session->journal, filter, add_balance, &rows, err)) goto out;
    } while (++i < funds->count);
    if (!table_end(rows.table, "no money stands here", err)) goto out;
    if (session->format == TABLE_ALIGNED) {
        say("left to use (unassigned and available): %s", money_format_grouped(rows.left, text));
    }
    ok = true;
out:
    table_free(rows.table);
    return ok;
}

static bool run_balance(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct balance_filter filter = {0};
    struct fund_match funds = {.text = "", .count = 0};
    struct division division, scope;
    struct error unknown = ERROR_INIT;
    const char *text = NULL;

    if (!session_open(session, true, err)) return false;
    if (arguments->count > 0) {
        funds.text = arguments->at[0];
        if (!fund_each(session->journal, match_fund, &funds, err)) return false;
        if (funds.count == 0) {
            if (!division_resolve(session->journal, arguments->at[0], "", &division, &unknown)) {
                return error_set(err, ERROR_NOT_FOUND,
                                 "\"%s\" is no fund, document or division of this ledger",
                                 arguments->at[0]);
            }
            filter.division = division.code;
        }
    }
    text = option_get(arguments, OPTION_SCOPE);
    if (text != NULL) {
        if (!division_resolve(session->journal, text, "", &scope, err)) return false;
        filter.scope = scope.code;
    }
    filter.by_day = option_given(arguments, OPTION_AS_OF);
    if (!option_day(arguments, OPTION_AS_OF, "--as-of", filter.day, &filter.day, err)) return false;
    return show_balances(session, &filter, &funds, err);
}

static const struct argp_option balance_options[] = {
    {"scope", OPTION_SCOPE, "DIVISION", 0, "Only this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month, instead of now", 0},
    {0}};

const struct command command_balance = {
    "balance",
    NULL,
    "[FUND|DOCUMENT|DIVISION]",
    0,
    1,
    balance_options,
    "how much is left, and where it stands",
    "Name a fund by its code or its document, or a division by its code or name.\n\n"
    "  $ mingzhang balance '陕财办农〔2021〕1号'\n"
    "  division      name    book          fund        role           amount\n"
    "  611025101201  苗儿村  construction  2021-ZY-01  available  200,000.00\n"
    "  left to use (unassigned and available): 200,000.00\n",
    run_balance};

/* ---- attention ------------------------------------------------------------------------------ */

static const char *attention_name(enum attention what)
{
    switch (what) {
    case ATTENTION_UNSPENT:
        return "unspent";
    case ATTENTION_STUCK:
        return "stuck";
    case ATTENTION_EXPIRED:
        return "expired";
    }
    return "";
}

struct attention_rows {
    struct table *table;
    struct division_name name;
};

static bool add_attention(void *context, const struct attention_item *item, struct error *err)
{
    struct attention_rows *rows = context;
    struct table *table = rows->table;

    table_text(table, attention_name(item->what));
    table_integer(table, item->days);
    if (!table_division(table, &rows->name, item->account.division, err)) return false;
    table_text(table, book_name(item->account.book));
    table_text(table, item->account.fund);
    table_text(table, account_role_name(item->account.role));
    table_amount(table, item->amount);
    return table_row(table, err);
}

static bool run_attention(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    static const struct table_column columns[] = {
        {"what", "what", COLUMN_TEXT},         {"days", "days", COLUMN_INTEGER},
        {"division", "division", COLUMN_TEXT}, {"division_name", "name", COLUMN_TEXT},
        {"book", "book", COLUMN_TEXT},         {"fund", "fund", COLUMN_TEXT},
        {"role", "role", COLUMN_TEXT},         {"amount", "amount", COLUMN_AMOUNT}};
    struct division division;
    struct attention_rows rows = {NULL, {.journal = NULL}};
    date_t today, as_of;
    bool ok = false;

    memset(&division, 0, sizeof division);
    if (!session_today(&today, err)) return false;
    if (!option_date(arguments, OPTION_AS_OF, "--as-of", today, &as_of, err)) return false;
    if (!session_open(session, true, err)) return false;
    if (arguments->count > 0 &&
        !division_resolve(session->journal, arguments->at[0], "", &division, err)) {
        return false;
    }
    rows.name.journal = session->journal;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         attention_each(session->journal, division.code, as_of, add_attention, &rows, err) &&
         table_end(rows.table, "nothing wants attention", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option attention_options[] = {
    {"as-of", OPTION_AS_OF, "DATE", 0, "The day to judge by (today)", 0}, {0}};

const struct command command_attention = {
    "attention",
    NULL,
    "[DIVISION]",
    0,
    1,
    attention_options,
    "money unspent, stuck too long, or past its expiry",
    "  $ mingzhang attention --as-of 2021-12-31\n"
    "  what   days  division      name    book          fund        role           amount\n"
    "  stuck    64  611025101201  苗儿村  construction  2021-ZY-01  available  200,000.00\n",
    run_attention};
