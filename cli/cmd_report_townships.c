/*
 * cmd_report_townships.c - townships side by side, by class (三类乡镇): what came to them, what of
 * it was paid, what it became, what their villages earn and owe.
 *
 * 1. A township's row is about the township and all within it; every sum is one of such rows.
 * 2. Classes of unlike size are compared by progress and by the mean of a village.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"

struct township_sums {
    int64_t townships, villages, shells, assets;
    money_t arrived, spent, left, original, income, debt;
};

struct township {
    char code[DIVISION_CODE_SIZE], name[TEXT_SIZE], class[INCOME_WORD_SIZE];
    struct township_sums sums;
};

struct townships {
    struct journal *journal;
    date_t day;
    struct township *list;
    size_t count, capacity;
};

/* ---- One township ---------------------------------------------------------------------------- */

static bool add_fund(void *context, const struct fund_progress *progress, struct error *err)
{
    struct township_sums *sums = context;
    const money_t *role = progress->by_role;

    return money_add(sums->arrived, progress->arrived, &sums->arrived, err) &&
           money_add(sums->spent, role[ACCOUNT_SPENT], &sums->spent, err) &&
           money_add(sums->left, role[ACCOUNT_UNASSIGNED], &sums->left, err) &&
           money_add(sums->left, role[ACCOUNT_AVAILABLE], &sums->left, err);
}

static bool add_village(void *context, const struct village_year *village, struct error *err)
{
    struct township_sums *sums = context;

    sums->villages++;
    sums->shells += village->band == INCOME_NONE;
    return money_add(sums->income, village->income, &sums->income, err) &&
           money_add(sums->debt, village->debt, &sums->debt, err);
}

static bool sum_up(const struct townships *townships, struct township *township, struct error *err)
{
    struct asset_summary assets;
    struct township_sums *sums = &township->sums;

    sums->townships = 1;
    if (!township_class_find(townships->journal, township->code, townships->day, township->class,
                             err) ||
        !fund_progress_each(townships->journal, township->code, NULL, townships->day, add_fund,
                            sums, err) ||
        !village_year_each(townships->journal, township->code, townships->day, add_village, sums,
                           err) ||
        !asset_summarize(townships->journal, township->code, townships->day, &assets, err))
        return false;
    sums->assets = assets.all.count;
    sums->original = assets.all.original;
    return true;
}

static bool add_division(void *context, const struct division *division, struct error *err)
{
    struct townships *townships = context;
    struct township *township;

    if (division_code_level(division->code) != DIVISION_TOWNSHIP) return true;
    if (townships->count == townships->capacity) {
        size_t capacity = townships->capacity * 2 + 32;
        struct township *list = realloc(townships->list, capacity * sizeof *list);

        if (list == NULL) return error_set(err, ERROR_MEMORY, "no memory for a list of townships");
        townships->list = list;
        townships->capacity = capacity;
    }
    township = &townships->list[townships->count];
    memset(township, 0, sizeof *township);
    memcpy(township->code, division->code, sizeof township->code);
    memcpy(township->name, division->name, sizeof township->name);
    if (!sum_up(townships, township, err)) return false;
    townships->count++;
    return true;
}

/* ---- The listing ----------------------------------------------------------------------------- */

static bool add_sums(struct township_sums *sums, const struct township_sums *other,
                     struct error *err)
{
    sums->townships += other->townships;
    sums->villages += other->villages;
    sums->shells += other->shells;
    sums->assets += other->assets;
    return money_add(sums->arrived, other->arrived, &sums->arrived, err) &&
           money_add(sums->spent, other->spent, &sums->spent, err) &&
           money_add(sums->left, other->left, &sums->left, err) &&
           money_add(sums->original, other->original, &sums->original, err) &&
           money_add(sums->income, other->income, &sums->income, err) &&
           money_add(sums->debt, other->debt, &sums->debt, err);
}

static bool put_share(struct table *table, money_t part, money_t whole, struct error *err)
{
    money_t share;

    if (whole.fen <= 0) {
        table_empty(table);
        return true;
    }
    if (!money_multiply_ratio(part, 10000, whole.fen, &share, err)) return false;
    table_share(table, share.fen);
    return true;
}

static bool put_mean(struct table *table, money_t sum, int64_t count, struct error *err)
{
    money_t mean;

    if (count == 0) {
        table_empty(table);
        return true;
    }
    if (!money_multiply_ratio(sum, 1, count, &mean, err)) return false;
    table_amount(table, mean);
    return true;
}

static bool put_row(struct table *table, const char *what, const struct township *township,
                    const struct township_sums *sums, struct error *err)
{
    table_word(table, what);
    if (township->class[0] != '\0')
        table_word(table, township->class);
    else
        table_text(table, "");
    table_text(table, township->code);
    table_text(table, township->name);
    table_integer(table, sums->townships);
    table_integer(table, sums->villages);
    table_amount(table, sums->arrived);
    table_amount(table, sums->spent);
    if (!put_share(table, sums->spent, sums->arrived, err)) return false;
    table_amount(table, sums->left);
    table_integer(table, sums->assets);
    table_amount(table, sums->original);
    table_amount(table, sums->income);
    if (!put_mean(table, sums->income, sums->villages, err)) return false;
    table_integer(table, sums->shells);
    table_amount(table, sums->debt);
    return table_row(table, err);
}

/* The townships of one class, and their sum. */
static bool put_class(const struct townships *townships, const char *class, struct table *table,
                      struct township_sums *total, struct error *err)
{
    struct township of_class = {.code = ""};

    (void)snprintf(of_class.class, sizeof of_class.class, "%s", class);
    for (size_t i = 0; i < townships->count; i++) {
        const struct township *township = &townships->list[i];

        if (strcmp(township->class, class) != 0) continue;
        if (!put_row(table, N_("township"), township, &township->sums, err) ||
            !add_sums(&of_class.sums, &township->sums, err))
            return false;
    }
    return of_class.sums.townships == 0 ||
           (put_row(table, N_("class"), &of_class, &of_class.sums, err) &&
            add_sums(total, &of_class.sums, err));
}

static bool put_all(const struct townships *townships, const char *only, struct table *table,
                    struct error *err)
{
    static const char *const untold[] = {"", NULL};
    const char *const *lists[] = {township_class_list(), untold};
    struct township none = {.code = ""};

    for (size_t list = 0; list < ARRAY_COUNT(lists); list++)
        for (const char *const *class = lists[list]; *class != NULL; class ++) {
            if (only != NULL && strcmp(only, *class) != 0) continue;
            if (!put_class(townships, *class, table, &none.sums, err)) return false;
        }
    return none.sums.townships == 0 || put_row(table, N_("total"), &none, &none.sums, err);
}

/* ---- The command ----------------------------------------------------------------------------- */

static bool take(struct session *session, const struct arguments *arguments,
                 struct townships *townships, struct error *err)
{
    const char *place = option_get(arguments, OPTION_DIVISION);
    struct division division = {.code = ""};
    date_t today;

    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &townships->day, err) ||
        !session_open(session, true, err) ||
        (place != NULL &&
         !division_resolve_on(session->journal, place, "", townships->day, &division, err)))
        return false;
    townships->journal = session->journal;
    return division_each_on(session->journal,
                            place != NULL ? division.code : journal_root_division(session->journal),
                            townships->day, add_division, townships, err);
}

static bool run_townships(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    static const struct table_column columns[] = {{"row", "", COLUMN_TEXT},
                                                  {"township_class", "class", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "name", COLUMN_TEXT},
                                                  {"townships", "townships", COLUMN_INTEGER},
                                                  {"villages", "villages", COLUMN_INTEGER},
                                                  {"arrived", "arrived", COLUMN_AMOUNT},
                                                  {"spent", "paid", COLUMN_AMOUNT},
                                                  {"progress", "progress", COLUMN_SHARE},
                                                  {"left", "left", COLUMN_AMOUNT},
                                                  {"assets", "assets", COLUMN_INTEGER},
                                                  {"original", "original", COLUMN_AMOUNT},
                                                  {"income", "took in", COLUMN_AMOUNT},
                                                  {"income_mean", "a village", COLUMN_AMOUNT},
                                                  {"shells", "without income", COLUMN_INTEGER},
                                                  {"debt", "debt", COLUMN_AMOUNT}};
    const char *only;
    struct townships townships = {.list = NULL};
    struct table *table = NULL;
    char date[DATE_TEXT_SIZE];
    bool ok = false;

    if (!option_word(arguments, OPTION_CLASS, "--class", township_class_list(), &only, err) ||
        !take(session, arguments, &townships, err) ||
        !table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) ||
        !put_all(&townships, only, table, err))
        goto out;
    if (table_is_aligned(session->format))
        say("at the end of %s", date_format(townships.day, date));
    ok = table_end(table, "no townships", err);
out:
    table_free(table);
    free(townships.list);
    return ok;
}

static const struct argp_option townships_options[] = {
    {"class", OPTION_CLASS, "CLASS", 0, "Only townships of this class: leading, regular, intensive",
     0},
    {"division", OPTION_DIVISION, "DIVISION", 0, "Within this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month (today)", 0},
    {0}};

const struct command command_report_townships = {
    "report",
    "townships",
    NULL,
    0,
    0,
    townships_options,
    "townships by class (三类乡镇): money, assets, income of villages",
    "A row for each township with all within it, a sum for each class (leading 先行示范, regular "
    "正常推进, intensive 持续攻坚, and those of no class), and one of all. Arrived, paid and left "
    "are "
    "as in `report progress`; assets are the public ones there, by original value; what villages "
    "took in, and how many took in nothing, is of the day's year. Classes come by `mingzhang "
    "import township-classes`.\n\n"
    "  $ mingzhang report townships --as-of 2022-12-31 --output townships.xlsx\n",
    run_townships};
