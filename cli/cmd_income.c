/*
 * cmd_income.c - what assets earn and what becomes of it: leases and what is owed of them, plans by
 * which income is shared, what villages take in and owe, and which standards they meet.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/listing.h"

/* What the rows of a listing share. */
struct income_rows {
    struct journal *journal;
    struct table *table;
    struct division_name name;
    date_t day;
    bool overdue_only;
};

static bool begin(struct session *session, const struct arguments *arguments, bool is_place,
                  struct division *division, struct income_rows *rows, struct error *err)
{
    date_t today;

    memset(rows, 0, sizeof *rows);
    memset(division, 0, sizeof *division);
    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &rows->day, err) ||
        !session_open(session, true, err))
        return false;
    rows->journal = rows->name.journal = session->journal;
    return !is_place || arguments->count == 0 ||
           division_resolve(session->journal, arguments->at[0], "", division, err);
}

static void put_day(struct table *table, bool has, date_t date)
{
    char text[DATE_TEXT_SIZE];

    table_text(table, has ? date_format(date, text) : "");
}

// clang-format off
static const struct argp_option day_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {0}};
static const struct argp_option lease_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"overdue", OPTION_OVERDUE, NULL, 0, "Only leases of which something is owed", 0},
    {0}};
static const struct argp_option share_options[] = {
    {"people", OPTION_PEOPLE, NULL, 0, "Those who share, by name: only for the ledger's keepers", 0},
    {0}};
// clang-format on

/* ---- Leases ---------------------------------------------------------------------------------- */

static bool add_lease(void *context, const struct lease *lease, struct error *err)
{
    struct income_rows *rows = context;
    struct lease_stand stand;

    if (!lease_stand_find(rows->journal, lease, rows->day, &stand, err)) return false;
    if (rows->overdue_only && money_is_zero(stand.arrears)) return true;
    table_text(rows->table, lease->code);
    table_text(rows->table, lease->asset);
    table_word(rows->table, lease->kind);
    if (!table_division(rows->table, &rows->name, lease->division, err)) return false;
    table_text(rows->table, lease->party);
    put_day(rows->table, true, lease->first_day);
    put_day(rows->table, true, lease->last_day);
    table_amount(rows->table, stand.due);
    table_amount(rows->table, stand.received);
    table_amount(rows->table, stand.arrears);
    put_day(rows->table, stand.has_oldest, stand.oldest.due);
    put_day(rows->table, stand.has_next, stand.next.due);
    if (stand.has_next)
        table_amount(rows->table, stand.next.amount);
    else
        table_empty(rows->table);
    return table_row(rows->table, err);
}

static bool run_leases(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    static const struct table_column columns[] = {{"lease", "contract", COLUMN_TEXT},
                                                  {"asset", "asset", COLUMN_TEXT},
                                                  {"kind", "kind", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "where", COLUMN_TEXT},
                                                  {"party", "party", COLUMN_TEXT},
                                                  {"first_day", "from", COLUMN_TEXT},
                                                  {"last_day", "to", COLUMN_TEXT},
                                                  {"due_amount", "due", COLUMN_AMOUNT},
                                                  {"received", "received", COLUMN_AMOUNT},
                                                  {"arrears", "in arrears", COLUMN_AMOUNT},
                                                  {"arrears_since", "since", COLUMN_TEXT},
                                                  {"next_due", "next due", COLUMN_TEXT},
                                                  {"next_amount", "next amount", COLUMN_AMOUNT}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    rows.overdue_only = option_given(arguments, OPTION_OVERDUE);
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         lease_each(session->journal, division.code, rows.day, add_lease, &rows, err) &&
         table_end(rows.table, "no leases", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_leases = {
    "income",
    "leases",
    "[DIVISION]",
    0,
    1,
    lease_options,
    "leases: what is due of each, received, in arrears and next",
    "Leases, entrusted operation, equity and photovoltaic contracts signed by the day, and all "
    "that "
    "was due and received by then. A party that is a person stands sealed and isn't named.\n\n"
    "  $ mingzhang income leases 云镇村 --as-of 2022-06-30\n"
    "  $ mingzhang income leases --overdue --output rent.xlsx\n",
    run_leases};

static bool add_due(void *context, const struct lease_due *due, struct error *err)
{
    struct income_rows *rows = context;
    money_t open;

    if (!money_subtract(due->amount, due->received, &open, err)) return false;
    put_day(rows->table, true, due->due);
    table_amount(rows->table, due->amount);
    table_amount(rows->table, due->received);
    table_amount(rows->table, open);
    table_boolean(rows->table, due->is_changed);
    return table_row(rows->table, err);
}

static bool run_dues(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {{"due_date", "due", COLUMN_TEXT},
                                                  {"amount", "amount", COLUMN_AMOUNT},
                                                  {"received", "received", COLUMN_AMOUNT},
                                                  {"open_amount", "open", COLUMN_AMOUNT},
                                                  {"told", "told apart", COLUMN_BOOLEAN}};
    struct lease *lease = NULL;
    struct income_rows rows;
    struct division ignored;
    bool ok = false;

    if (!begin(session, arguments, false, &ignored, &rows, err)) return false;
    lease = malloc(sizeof *lease);
    if (lease == NULL) return error_set(err, ERROR_MEMORY, "no memory for a lease");
    ok = lease_find(session->journal, arguments->at[0], rows.day, lease, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         lease_due_each(session->journal, lease, rows.day, add_due, &rows, err) &&
         table_end(rows.table, "nothing is due", err);
    table_free(rows.table);
    free(lease);
    return ok;
}

const struct command command_income_dues = {
    "income",
    "dues",
    "LEASE",
    1,
    1,
    day_options,
    "each due of a lease up to a day, and what was received of it",
    "What was received counts for the due that it names, the rest for the oldest first.\n\n"
    "  $ mingzhang income dues HT-2022-01 --as-of 2022-12-31\n",
    run_dues};

/* ---- Plans ----------------------------------------------------------------------------------- */

static bool add_plan(void *context, const struct income_plan_row *plan, struct error *err)
{
    struct income_rows *rows = context;
    money_t left;

    if (!money_subtract(plan->amount, plan->paid, &left, err)) return false;
    table_text(rows->table, plan->plan);
    table_integer(rows->table, plan->year);
    if (!table_division(rows->table, &rows->name, plan->division, err)) return false;
    table_text(rows->table, plan->date);
    table_word(rows->table, plan->income);
    table_amount(rows->table, plan->amount);
    table_amount(rows->table, plan->paid);
    table_amount(rows->table, left);
    table_text(rows->table, plan->rule);
    table_text(rows->table, plan->document);
    return table_row(rows->table, err);
}

static bool run_plans(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {
        {"plan_code", "plan", COLUMN_TEXT},     {"year", "year", COLUMN_INTEGER},
        {"division", "division", COLUMN_TEXT},  {"division_name", "where", COLUMN_TEXT},
        {"date", "date", COLUMN_TEXT},          {"income_source", "from what", COLUMN_TEXT},
        {"amount", "amount", COLUMN_AMOUNT},    {"paid", "paid", COLUMN_AMOUNT},
        {"remaining", "left", COLUMN_AMOUNT},   {"split_rule", "rule", COLUMN_TEXT},
        {"resolution", "document", COLUMN_TEXT}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         income_plan_each(session->journal, division.code, rows.day, add_plan, &rows, err) &&
         table_end(rows.table, "no plans", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_plans = {
    "income",
    "plans",
    "[DIVISION]",
    0,
    1,
    day_options,
    "plans by which income is shared, and what of them was paid",
    "  $ mingzhang income plans 云镇村 --as-of 2022-12-31\n",
    run_plans};

static bool add_share(void *context, const struct income_share_row *share, struct error *err)
{
    struct income_rows *rows = context;

    if (!table_division(rows->table, &rows->name, share->division, err)) return false;
    table_word(rows->table, share->use);
    table_integer(rows->table, share->people);
    table_integer(rows->table, share->parts);
    table_amount(rows->table, share->amount);
    table_text(rows->table, share->text);
    return table_row(rows->table, err);
}

static bool add_holder(void *context, const struct income_holder_row *holder, struct error *err)
{
    struct income_rows *rows = context;

    if (!table_division(rows->table, &rows->name, holder->division, err)) return false;
    table_word(rows->table, holder->use);
    table_text(rows->table, holder->holder);
    table_integer(rows->table, holder->parts);
    table_amount(rows->table, holder->amount);
    table_text(rows->table, holder->basis);
    return table_row(rows->table, err);
}

static bool list_people(struct session *session, const char *plan, struct income_rows *rows,
                        struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "where", COLUMN_TEXT},
        {"use", "use", COLUMN_TEXT},           {"holder", "holder", COLUMN_TEXT},
        {"parts", "parts", COLUMN_INTEGER},    {"amount", "amount", COLUMN_AMOUNT},
        {"basis", "basis", COLUMN_TEXT}};

    return table_begin(session->format, columns, ARRAY_COUNT(columns), &rows->table, err) &&
           income_holder_each(session->journal, plan, add_holder, rows, err) &&
           table_end(rows->table, "nobody shares by name", err);
}

static bool list_shares(struct session *session, const char *plan, struct income_rows *rows,
                        struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "where", COLUMN_TEXT},
        {"use", "use", COLUMN_TEXT},           {"people", "people", COLUMN_INTEGER},
        {"parts", "parts", COLUMN_INTEGER},    {"amount", "amount", COLUMN_AMOUNT},
        {"text", "text", COLUMN_TEXT}};

    return table_begin(session->format, columns, ARRAY_COUNT(columns), &rows->table, err) &&
           income_share_each(session->journal, plan, add_share, rows, err) &&
           table_end(rows->table, "no shares", err);
}

static bool run_shares(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    struct income_rows rows;
    struct division ignored;
    bool ok;

    if (!begin(session, arguments, false, &ignored, &rows, err)) return false;
    ok = (option_given(arguments, OPTION_PEOPLE) ? list_people : list_shares)(
        session, arguments->at[0], &rows, err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_shares = {
    "income",
    "shares",
    "PLAN",
    1,
    1,
    share_options,
    "what each share of a plan gets, to the fen",
    "Amounts follow from the plan: parts of the whole rounded down, and the fen that are left to "
    "the largest remainders. Names stand sealed in the ledger; with --people it opens them.\n\n"
    "  $ mingzhang income shares FP2022-01\n",
    run_shares};

/* ---- Photovoltaics --------------------------------------------------------------------------- */

static bool add_photovoltaic(void *context, const struct photovoltaic_row *row, struct error *err)
{
    struct income_rows *rows = context;

    if (!table_division(rows->table, &rows->name, row->division, err)) return false;
    put_day(rows->table, true, row->first);
    put_day(rows->table, true, row->last);
    table_amount(rows->table, row->received);
    table_amount(rows->table, row->distributed);
    table_amount(rows->table, row->posts);
    table_share(rows->table, row->share_bp);
    table_boolean(rows->table, row->is_enough);
    return table_row(rows->table, err);
}

static bool run_photovoltaic(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT},   {"division_name", "where", COLUMN_TEXT},
        {"first_day", "from", COLUMN_TEXT},      {"last_day", "to", COLUMN_TEXT},
        {"received", "received", COLUMN_AMOUNT}, {"distributed", "distributed", COLUMN_AMOUNT},
        {"posts", "to posts", COLUMN_AMOUNT},    {"share_bp", "share", COLUMN_SHARE},
        {"is_enough", "enough", COLUMN_BOOLEAN}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         photovoltaic_each(session->journal, division.code, rows.day, add_photovoltaic, &rows,
                           err) &&
         table_end(rows.table, "no income from photovoltaics", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_photovoltaic = {
    "income",
    "photovoltaic",
    "[DIVISION]",
    0,
    1,
    day_options,
    "income from photovoltaics, and how much of it goes to posts",
    "Of the period that holds the day. The share, of what, how compared and in which period are "
    "the "
    "policies photovoltaic_posts_share_bp (8000), _basis, _comparator, _months and _counts.\n\n"
    "  $ mingzhang income photovoltaic --as-of 2022-12-31\n",
    run_photovoltaic};

/* ---- Villages -------------------------------------------------------------------------------- */

static bool add_village(void *context, const struct village_year *village, struct error *err)
{
    struct income_rows *rows = context;
    money_t share = MONEY_ZERO;

    if (village->income.fen > 0 &&
        !money_multiply_ratio(village->photovoltaic, 10000, village->income.fen, &share, err))
        return false;
    if (!table_division(rows->table, &rows->name, village->division, err)) return false;
    if (village->township_class[0] != '\0')
        table_word(rows->table, village->township_class);
    else
        table_text(rows->table, "");
    table_amount(rows->table, village->income);
    table_word(rows->table, income_band_name(village->band));
    table_amount(rows->table, village->photovoltaic);
    table_share(rows->table, share.fen);
    table_word(rows->table, income_band_name(village->band_without));
    table_amount(rows->table, village->debt);
    return table_row(rows->table, err);
}

static bool run_villages(struct session *session, const struct arguments *arguments,
                         struct error *err)
{
    static const struct table_column columns[] = {{"division", "division", COLUMN_TEXT},
                                                  {"division_name", "where", COLUMN_TEXT},
                                                  {"township_class", "class", COLUMN_TEXT},
                                                  {"income", "took in", COLUMN_AMOUNT},
                                                  {"band", "band", COLUMN_TEXT},
                                                  {"photovoltaic", "photovoltaic", COLUMN_AMOUNT},
                                                  {"photovoltaic_bp", "share", COLUMN_SHARE},
                                                  {"band_without", "band without it", COLUMN_TEXT},
                                                  {"debt", "debt", COLUMN_AMOUNT}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         village_year_each(session->journal, division.code, rows.day, add_village, &rows, err) &&
         table_end(rows.table, "no villages", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_villages = {
    "income",
    "villages",
    "[DIVISION]",
    0,
    1,
    day_options,
    "what each village took in this year, its band, and what it owes",
    "From the first of January to the day. Bands end at the policies village_income_low (50,000 "
    "yuan, in fen) and village_income_high (100,000 yuan).\n\n"
    "  $ mingzhang income villages --as-of 2022-12-31 --output villages.xlsx\n",
    run_villages};

static bool add_debt(void *context, const struct village_debt *debt, struct error *err)
{
    struct income_rows *rows = context;
    money_t left;

    if (!money_subtract(debt->amount, debt->cleared, &left, err)) return false;
    table_text(rows->table, debt->code);
    if (!table_division(rows->table, &rows->name, debt->division, err)) return false;
    table_text(rows->table, debt->date);
    table_text(rows->table, debt->reason);
    table_text(rows->table, debt->creditor);
    table_amount(rows->table, debt->amount);
    table_amount(rows->table, debt->cleared);
    table_amount(rows->table, left);
    table_text(rows->table, debt->cleared_on);
    return table_row(rows->table, err);
}

static bool run_debts(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {
        {"debt", "debt", COLUMN_TEXT},           {"division", "division", COLUMN_TEXT},
        {"division_name", "where", COLUMN_TEXT}, {"date", "since", COLUMN_TEXT},
        {"what_for", "what for", COLUMN_TEXT},   {"creditor", "creditor", COLUMN_TEXT},
        {"amount", "amount", COLUMN_AMOUNT},     {"cleared_amount", "cleared", COLUMN_AMOUNT},
        {"remaining", "left", COLUMN_AMOUNT},    {"cleared_on", "cleared on", COLUMN_TEXT}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         village_debt_each(session->journal, division.code, rows.day, add_debt, &rows, err) &&
         table_end(rows.table, "no debts", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_debts = {
    "income",
    "debts",
    "[DIVISION]",
    0,
    1,
    day_options,
    "debts of villages, and what of them was cleared",
    "A creditor who is a person stands sealed and isn't named.\n\n"
    "  $ mingzhang income debts --as-of 2021-12-31\n",
    run_debts};

static bool add_standard(void *context, const struct village_standard *standard, struct error *err)
{
    struct income_rows *rows = context;

    if (!table_division(rows->table, &rows->name, standard->division, err)) return false;
    table_text(rows->table, standard->item);
    table_boolean(rows->table, standard->is_met);
    table_boolean(rows->table, standard->is_computed);
    table_text(rows->table, standard->date);
    table_text(rows->table, standard->evidence);
    return table_row(rows->table, err);
}

static bool run_standards(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    static const struct table_column columns[] = {{"division", "division", COLUMN_TEXT},
                                                  {"division_name", "where", COLUMN_TEXT},
                                                  {"item", "item", COLUMN_TEXT},
                                                  {"met", "met", COLUMN_BOOLEAN},
                                                  {"computed", "computed", COLUMN_BOOLEAN},
                                                  {"date", "date", COLUMN_TEXT},
                                                  {"evidence", "evidence", COLUMN_TEXT}};
    struct income_rows rows;
    struct division division;
    bool ok;

    if (!begin(session, arguments, true, &division, &rows, err)) return false;
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         village_standard_each(session->journal, division.code, rows.day, add_standard, &rows,
                               err) &&
         table_end(rows.table, "no villages", err);
    table_free(rows.table);
    return ok;
}

const struct command command_income_standards = {
    "income",
    "standards",
    "[DIVISION]",
    0,
    1,
    day_options,
    "the standard list of villages: what is met, by what evidence",
    "Collective income (集体经济收入, the upper band) and no debt (村级无债务) are computed, with "
    "the "
    "amount as evidence; the others are declared by `mingzhang import village-standards`.\n\n"
    "  $ mingzhang income standards 云镇村 --as-of 2021-12-31\n",
    run_standards};
