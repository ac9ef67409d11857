/*
 * cmd_balance.c - where the money stands, how much of a document is left, what wants attention.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/documents.h"
#include "cli/listing.h"

/* ---- By account ----------------------------------------------------------------------------- */

struct balance_rows {
    struct table *table;
    struct division_name name;
    money_t left; /* unassigned and available */
};

static bool is_left(enum account_role role)
{
    return role == ACCOUNT_UNASSIGNED || role == ACCOUNT_AVAILABLE;
}

static bool add_balance(void *context, const struct balance *balance, struct error *err)
{
    struct balance_rows *rows = context;

    if (!table_division(rows->table, &rows->name, balance->account.division, err)) return false;
    table_word(rows->table, book_name(balance->account.book));
    table_text(rows->table, balance->account.fund);
    table_word(rows->table, account_role_name(balance->account.role));
    table_amount(rows->table, balance->amount);
    if (is_left(balance->account.role) &&
        !money_add(rows->left, balance->amount, &rows->left, err)) {
        return false;
    }
    return table_row(rows->table, err);
}

static bool show_accounts(struct session *session, const struct balance_filter *filter,
                          struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "name", COLUMN_TEXT},
        {"book", "book", COLUMN_TEXT},         {"fund", "fund", COLUMN_TEXT},
        {"role", "role", COLUMN_TEXT},         {"amount", "amount", COLUMN_AMOUNT}};
    struct balance_rows rows = {
        NULL, {.journal = session->journal, .day = filter->day}, MONEY_ZERO};
    char text[MONEY_TEXT_SIZE];
    bool ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
              balance_each(session->journal, filter, add_balance, &rows, err) &&
              table_end(rows.table, "no money stands here", err);

    if (ok && table_is_aligned(session->format)) {
        say("left to use (unassigned and available): %s", money_format_grouped(rows.left, text));
    }
    table_free(rows.table);
    return ok;
}

/* ---- By place: a document's money ------------------------------------------------------------ */

struct place_rows {
    struct table *table;
    struct division_name name;
    struct account account; /* of the row being put together; no division before the first */
    money_t by_role[ACCOUNT_ROLE_COUNT];
    money_t arrived, paid, left; /* of all rows */
};

static bool sum_roles(const money_t *by_role, enum account_role first, enum account_role second,
                      money_t *out, struct error *err)
{
    return money_add(by_role[first], by_role[second], out, err);
}

/* What is neither left nor committed, sent or paid: somebody has to do something about it. */
static bool sum_waiting(const money_t *by_role, money_t *out, struct error *err)
{
    money_t amounts[] = {by_role[ACCOUNT_HELD], by_role[ACCOUNT_OWED], by_role[ACCOUNT_RETENTION],
                         by_role[ACCOUNT_RECEIVABLE]};

    return money_sum(amounts, ARRAY_COUNT(amounts), out, err);
}

static bool has_money(const money_t *by_role)
{
    int role;

    for (role = 0; role < ACCOUNT_ROLE_COUNT; role++) {
        if (role != ACCOUNT_SOURCE && !money_is_zero(by_role[role])) return true;
    }
    return false;
}

/* One line for a place, once all of its accounts were seen. */
static bool end_place(struct place_rows *rows, struct error *err)
{
    const money_t *by_role = rows->by_role;
    money_t left, waiting, arrived;

    if (!has_money(by_role)) return true;
    if (!sum_roles(by_role, ACCOUNT_UNASSIGNED, ACCOUNT_AVAILABLE, &left, err) ||
        !sum_waiting(by_role, &waiting, err) ||
        !money_sum(by_role + ACCOUNT_UNASSIGNED, ACCOUNT_ROLE_COUNT - ACCOUNT_UNASSIGNED, &arrived,
                   err) ||
        !money_add(rows->left, left, &rows->left, err) ||
        !money_add(rows->arrived, arrived, &rows->arrived, err) ||
        !money_add(rows->paid, by_role[ACCOUNT_SPENT], &rows->paid, err) ||
        !table_division(rows->table, &rows->name, rows->account.division, err)) {
        return false;
    }
    table_text(rows->table, rows->account.fund);
    table_amount(rows->table, by_role[ACCOUNT_UNASSIGNED]);
    table_amount(rows->table, by_role[ACCOUNT_AVAILABLE]);
    table_amount(rows->table, by_role[ACCOUNT_COMMITTED]);
    table_amount(rows->table, waiting);
    table_amount(rows->table, by_role[ACCOUNT_IN_TRANSIT]);
    table_amount(rows->table, by_role[ACCOUNT_SPENT]);
    table_amount(rows->table, left);
    return table_row(rows->table, err);
}

static bool add_to_place(void *context, const struct balance *balance, struct error *err)
{
    struct place_rows *rows = context;
    money_t *role = &rows->by_role[balance->account.role];

    if (strcmp(rows->account.division, balance->account.division) != 0 ||
        strcmp(rows->account.fund, balance->account.fund) != 0) {
        if (!end_place(rows, err)) return false;
        rows->account = balance->account;
        memset(rows->by_role, 0, sizeof rows->by_role);
        role = &rows->by_role[balance->account.role];
    }
    return money_add(*role, balance->amount, role, err);
}

static bool show_document(struct session *session, struct balance_filter *filter,
                          const struct document_funds *funds, struct error *err)
{
    static const struct table_column columns[] = {{"division", "division", COLUMN_TEXT},
                                                  {"division_name", "name", COLUMN_TEXT},
                                                  {"fund", "fund", COLUMN_TEXT},
                                                  {"unassigned", "unassigned", COLUMN_AMOUNT},
                                                  {"available", "available", COLUMN_AMOUNT},
                                                  {"committed", "committed", COLUMN_AMOUNT},
                                                  {"waiting", "waiting", COLUMN_AMOUNT},
                                                  {"in_transit", "in transit", COLUMN_AMOUNT},
                                                  {"spent", "paid", COLUMN_AMOUNT},
                                                  {"left", "left", COLUMN_AMOUNT}};
    struct place_rows rows = {.name = {.journal = session->journal, .day = filter->day}};
    char left[MONEY_TEXT_SIZE], paid[MONEY_TEXT_SIZE], arrived[MONEY_TEXT_SIZE];
    bool ok = false;
    size_t i;

    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err)) goto out;
    for (i = 0; i < funds->count; i++) {
        filter->fund = funds->at[i];
        if (!balance_each(session->journal, filter, add_to_place, &rows, err)) goto out;
    }
    if (!end_place(&rows, err) || !table_end(rows.table, "no money of it stands here", err)) {
        goto out;
    }
    if (table_is_aligned(session->format)) {
        say("left to use: %s of %s that arrived; %s paid", money_format_grouped(rows.left, left),
            money_format_grouped(rows.arrived, arrived), money_format_grouped(rows.paid, paid));
    }
    ok = true;
out:
    table_free(rows.table);
    return ok;
}

/* ---- balance -------------------------------------------------------------------------------- */

/* What is asked about: --document, or an argument that is a document, a fund or a place. */
static bool read_question(struct session *session, const struct arguments *arguments,
                          struct document_funds *funds, struct division *division,
                          struct error *err)
{
    const char *document = option_get(arguments, OPTION_DOCUMENT);
    struct error unknown = ERROR_INIT;

    if (document != NULL && arguments->count > 0) {
        return error_set(err, ERROR_USAGE, "give either --document or an argument");
    }
    if (document != NULL) return document_require(session->journal, document, funds, err);
    if (arguments->count == 0) return true;
    if (!document_find(session->journal, arguments->at[0], funds, err)) return false;
    if (funds->count > 0 ||
        division_resolve(session->journal, arguments->at[0], "", division, &unknown)) {
        return true;
    }
    if (unknown.code == ERROR_NOT_FOUND) {
        return document_refuse(session->journal, arguments->at[0], N_("fund, document or division"),
                               err);
    }
    *err = unknown; /* several places of this name, say */
    return false;
}

static bool run_balance(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct balance_filter filter = {.by_day = option_given(arguments, OPTION_AS_OF)};
    struct document_funds funds = {.count = 0};
    struct division division, scope;
    const char *text = option_get(arguments, OPTION_SCOPE);

    memset(&division, 0, sizeof division);
    if (!option_day(arguments, OPTION_AS_OF, "--as-of", filter.day, &filter.day, err) ||
        !session_open(session, true, err) ||
        !read_question(session, arguments, &funds, &division, err)) {
        return false;
    }
    if (division.code[0] != 0) filter.division = division.code;
    if (text != NULL) {
        if (!division_resolve(session->journal, text, "", &scope, err)) return false;
        filter.scope = scope.code;
    }
    return funds.count > 0 ? show_document(session, &filter, &funds, err)
                           : show_accounts(session, &filter, err);
}

static const struct argp_option balance_options[] = {
    {"document", OPTION_DOCUMENT, "DOCUMENT", 0, "The money of this document or fund", 0},
    {"scope", OPTION_SCOPE, "DIVISION", 0, "Only this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month, instead of now", 0},
    {0}};

const struct command command_balance = {
    "balance",
    NULL,
    "[DOCUMENT|FUND|DIVISION]",
    0,
    1,
    balance_options,
    "how much is left, and where it stands",
    "Of a document (with any brackets) or a fund: one line for each place, and what is left to use "
    "in "
    "all. Of a division, by code or name, or of the whole ledger: each account. docs/reports.md "
    "tells "
    "what counts on which day.\n\n"
    "  $ mingzhang balance '陕财办农[2021]1号'\n"
    "  division      name    fund        …        paid        left\n"
    "  611025000000  镇安县  2021-ZY-01  …        0.00  100,000.00\n"
    "  611025101201  苗儿村  2021-ZY-01  …  300,000.00  200,000.00\n"
    "  left to use: 300,000.00 of 600,000.00 that arrived; 300,000.00 paid\n\n"
    "  $ mingzhang balance 苗儿村 --as-of 2021-06-15\n"
    "  $ mingzhang balance --document '陕财办农〔2021〕1号' --output left.xlsx\n",
    run_balance};

/* ---- attention ------------------------------------------------------------------------------ */

static const char *attention_name(enum attention what)
{
    switch (what) {
    case ATTENTION_UNSPENT:
        return N_("unspent");
    case ATTENTION_STUCK:
        return N_("stuck");
    case ATTENTION_EXPIRED:
        return N_("expired");
    case ATTENTION_EXPIRING:
        return N_("expiring");
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

    table_word(table, attention_name(item->what));
    table_integer(table, item->what == ATTENTION_STUCK ? item->stood_days : item->days);
    if (!table_division(table, &rows->name, item->account.division, err)) return false;
    table_word(table, book_name(item->account.book));
    table_text(table, item->account.fund);
    table_word(table, account_role_name(item->account.role));
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
    if (!option_day(arguments, OPTION_AS_OF, "--as-of", today, &as_of, err)) return false;
    if (!session_open(session, true, err)) return false;
    if (arguments->count > 0 &&
        !division_resolve(session->journal, arguments->at[0], "", &division, err)) {
        return false;
    }
    rows.name.journal = session->journal;
    rows.name.day = as_of;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         attention_each(session->journal, division.code, as_of, add_attention, &rows, err) &&
         attention_expiring_each(session->journal, division.code, as_of, add_attention, &rows,
                                 err) &&
         table_end(rows.table, "nothing wants attention", err);
    table_free(rows.table);
    return ok;
}

static const struct argp_option attention_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0}, {0}};

const struct command command_attention = {
    "attention",
    NULL,
    "[DIVISION]",
    0,
    1,
    attention_options,
    "money unspent, stuck too long, or past its expiry or near it",
    "Stuck is what came in longer ago than the policy stuck_days says (30), expiring what has to "
    "be spent within expiring_days (90). `days` are those that the oldest of stuck money has "
    "stood, "
    "those since the expiry, or those left.\n\n"
    "  $ mingzhang attention --as-of 2021-12-31\n"
    "  what      days  division      name    book          fund        role           amount\n"
    "  stuck       47  611025101201  苗儿村  construction  2021-ZY-01  available  200,000.00\n"
    "  expiring    12  611025101201  苗儿村  construction  2020-ZY-03  available    9,000.00\n",
    run_attention};
