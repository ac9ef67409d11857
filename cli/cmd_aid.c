/*
 * cmd_aid.c - mutual-aid pools: what is lent, repaid, overdue, and the loans of one of them.
 */
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/listing.h"

struct aid_rows {
    struct table *table;
    struct division_name name;
    bool overdue_only;
};

static bool add_owed(const struct aid_rows *rows, money_t lent, money_t repaid, struct error *err)
{
    money_t owed;

    if (!money_subtract(lent, repaid, &owed, err)) return false;
    /* Of a loan whose line was lost only what came back is known. */
    table_amount(rows->table, money_is_negative(owed) ? MONEY_ZERO : owed);
    return true;
}

/* ---- Pools ----------------------------------------------------------------------------------- */

static bool add_pool(void *context, const struct aid_standing *standing, struct error *err)
{
    struct aid_rows *rows = context;
    const struct record *pool = standing->pool;

    if (rows->overdue_only && standing->agreements_in_arrears == 0) return true;
    table_text(rows->table, pool->values[POOL_CODE].text);
    if (!table_division(rows->table, &rows->name, pool->values[POOL_DIVISION].text, err))
        return false;
    table_text(rows->table, pool->values[POOL_FUND].text);
    table_text(rows->table, pool->values[POOL_BANK].text);
    table_amount(rows->table, standing->lent);
    table_amount(rows->table, standing->repaid);
    if (!add_owed(rows, standing->lent, standing->repaid, err)) return false;
    table_amount(rows->table, standing->in_arrears);
    table_integer(rows->table, standing->agreements_in_arrears);
    table_integer(rows->table, standing->days);
    if (standing->has_provision)
        table_amount(rows->table, standing->provision);
    else
        table_empty(rows->table);
    return table_row(rows->table, err);
}

static bool list_pools(struct session *session, const char *scope, date_t day, bool overdue_only,
                       struct error *err)
{
    static const struct table_column columns[] = {{"pool", "pool", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "name", COLUMN_TEXT},
                                                  {"fund", "fund", COLUMN_TEXT},
                                                  {"bank", "bank", COLUMN_TEXT},
                                                  {"lent", "lent", COLUMN_AMOUNT},
                                                  {"repaid", "paid back", COLUMN_AMOUNT},
                                                  {"receivable", "receivable", COLUMN_AMOUNT},
                                                  {"in_arrears", "in arrears", COLUMN_AMOUNT},
                                                  {"overdue", "overdue loans", COLUMN_INTEGER},
                                                  {"days", "days", COLUMN_INTEGER},
                                                  {"provision", "provision", COLUMN_AMOUNT}};
    struct aid_rows rows = {NULL, {.journal = session->journal}, overdue_only};
    bool ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
              aid_standing_each(session->journal, scope, day, add_pool, &rows, err) &&
              table_end(rows.table, "no mutual-aid pool", err);

    table_free(rows.table);
    return ok;
}

/* ---- Loans of one -----------------------------------------------------------------------------
 */

static bool add_loan(void *context, const struct aid_loan *loan, struct error *err)
{
    struct aid_rows *rows = context;
    const struct record *agreement = loan->agreement;
    bool is_gone = record_is_gone(&aid_agreement, agreement);

    if (rows->overdue_only && !loan->is_in_arrears) return true;
    table_text(rows->table, agreement->values[AGREEMENT_CODE].text);
    table_text(rows->table, agreement->values[AGREEMENT_NAME].text);
    table_text(rows->table, agreement->values[AGREEMENT_GUARANTEE].text);
    if (is_gone)
        table_empty(rows->table);
    else
        table_amount(rows->table, (money_t){agreement->values[AGREEMENT_PRINCIPAL].number});
    table_amount(rows->table, loan->lent);
    table_amount(rows->table, loan->repaid);
    if (!add_owed(rows, loan->lent, loan->repaid, err)) return false;
    table_text(rows->table, agreement->values[AGREEMENT_DUE].text);
    table_integer(rows->table, loan->days);
    return table_row(rows->table, err);
}

static bool list_loans(struct session *session, const char *pool, date_t day, bool overdue_only,
                       struct error *err)
{
    static const struct table_column columns[] = {{"agreement", "agreement", COLUMN_TEXT},
                                                  {"borrower", "borrower", COLUMN_TEXT},
                                                  {"guarantee", "group", COLUMN_TEXT},
                                                  {"principal", "principal", COLUMN_AMOUNT},
                                                  {"lent", "lent", COLUMN_AMOUNT},
                                                  {"repaid", "paid back", COLUMN_AMOUNT},
                                                  {"receivable", "receivable", COLUMN_AMOUNT},
                                                  {"due_day", "due", COLUMN_TEXT},
                                                  {"days", "days", COLUMN_INTEGER}};
    struct aid_rows rows = {NULL, {.journal = session->journal}, overdue_only};
    bool ok = record_require(session->journal, &aid_pool, pool, err) &&
              table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
              aid_loan_each(session->journal, pool, day, add_loan, &rows, err) &&
              table_end(rows.table, "no loan agreement", err);

    table_free(rows.table);
    return ok;
}

/* ---- The command ------------------------------------------------------------------------------
 */

static bool run_aid(struct session *session, const struct arguments *arguments, struct error *err)
{
    const char *pool = option_get(arguments, OPTION_POOL);
    bool overdue_only = option_given(arguments, OPTION_OVERDUE);
    struct division division;
    date_t today, day;

    memset(&division, 0, sizeof division);
    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &day, err) ||
        !session_open(session, true, err))
        return false;
    if (arguments->count > 0 &&
        !division_resolve(session->journal, arguments->at[0], "", &division, err))
        return false;
    if (pool != NULL) return list_loans(session, pool, day, overdue_only, err);
    return list_pools(session, division.code, day, overdue_only, err);
}

static const struct argp_option aid_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"pool", OPTION_POOL, "POOL", 0, "The loans of one pool instead, with their borrowers", 0},
    {"overdue", OPTION_OVERDUE, NULL, 0, "Only what is in arrears", 0},
    {0}};

const struct command command_aid = {
    "aid",
    NULL,
    "[DIVISION]",
    0,
    1,
    aid_options,
    "mutual-aid pools (互助资金): lent, repaid, in arrears, provided for",
    "What is lent stands in receivable until it is repaid. In arrears is what is owed under "
    "agreements whose last day is over. Pools, entrustments, joint-guarantee groups, loan "
    "agreements and provisions come by `mingzhang import aid-pools` and the like; money is lent "
    "and repaid by vouchers.\n\n"
    "  $ mingzhang aid --as-of 2022-03\n"
    "  $ mingzhang aid --pool HZ-01 --overdue\n",
    run_aid};
