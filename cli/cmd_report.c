/*
 * cmd_report.c - payment progress, the trial balance, the three-tier three books.
 *
 * 1. Every report is of the end of a day; docs/reports.md tells what counts on which.
 * 2. A listing's rows say in their first column what they are: one thing, or a sum of those above.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/documents.h"

/* ---- What all of them ask ------------------------------------------------------------------- */

struct question {
    date_t as_of;
    const char *scope; /* "" for all */
    struct division division;
    struct document_funds funds; /* none: all */
};

static bool read_question(struct session *session, const struct arguments *arguments,
                          struct question *out, struct error *err)
{
    const char *division = option_get(arguments, OPTION_DIVISION);
    const char *fund = option_get(arguments, OPTION_FUND);
    date_t today;

    memset(out, 0, sizeof *out);
    out->scope = "";
    if (!session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &out->as_of, err) ||
        !session_open(session, true, err)) {
        return false;
    }
    if (division != NULL) {
        if (!division_resolve_on(session->journal, division, "", out->as_of, &out->division, err))
            return false;
        out->scope = out->division.code;
    }
    return fund == NULL || document_require(session->journal, fund, &out->funds, err);
}

static void say_day(const struct session *session, const struct question *question)
{
    char date[DATE_TEXT_SIZE];

    if (!table_is_aligned(session->format)) return;
    say("at the end of %s%s%s", date_format(question->as_of, date),
        question->scope[0] != 0 ? ", " : "",
        question->scope[0] != 0 ? question->division.name : "");
}

/* ---- Payment progress ------------------------------------------------------------------------ */

enum progress_amount {
    PROGRESS_ARRIVED,
    PROGRESS_ASSIGNED,
    PROGRESS_COMMITTED,
    PROGRESS_WAITING,
    PROGRESS_IN_TRANSIT,
    PROGRESS_SPENT,
    PROGRESS_LEFT,
    PROGRESS_AMOUNTS
};

struct progress_rows {
    struct table *table;
    date_t as_of;
    char level[16]; /* of the rows being summed; "" before the first */
    money_t of_level[PROGRESS_AMOUNTS], of_all[PROGRESS_AMOUNTS];
};

static bool read_amounts(const struct fund_progress *progress, money_t out[PROGRESS_AMOUNTS],
                         struct error *err)
{
    const money_t *role = progress->by_role;
    money_t waiting[] = {role[ACCOUNT_HELD], role[ACCOUNT_OWED], role[ACCOUNT_RETENTION],
                         role[ACCOUNT_RECEIVABLE]};

    out[PROGRESS_ARRIVED] = progress->arrived;
    out[PROGRESS_ASSIGNED] = progress->assigned;
    out[PROGRESS_COMMITTED] = role[ACCOUNT_COMMITTED];
    out[PROGRESS_IN_TRANSIT] = role[ACCOUNT_IN_TRANSIT];
    out[PROGRESS_SPENT] = role[ACCOUNT_SPENT];
    return money_sum(waiting, ARRAY_COUNT(waiting), &out[PROGRESS_WAITING], err) &&
           money_add(role[ACCOUNT_UNASSIGNED], role[ACCOUNT_AVAILABLE], &out[PROGRESS_LEFT], err);
}

static bool add_amounts(money_t sums[PROGRESS_AMOUNTS], const money_t amounts[PROGRESS_AMOUNTS],
                        struct error *err)
{
    int i;

    for (i = 0; i < PROGRESS_AMOUNTS; i++) {
        if (!money_add(sums[i], amounts[i], &sums[i], err)) return false;
    }
    return true;
}

static bool put_amounts(struct table *table, const money_t amounts[PROGRESS_AMOUNTS],
                        struct error *err)
{
    money_t share;
    int i;

    for (i = 0; i < PROGRESS_AMOUNTS; i++)
        table_amount(table, amounts[i]);
    if (amounts[PROGRESS_ARRIVED].fen <= 0) {
        table_empty(table);
        return true;
    }
    if (!money_multiply_ratio(amounts[PROGRESS_SPENT], 10000, amounts[PROGRESS_ARRIVED].fen, &share,
                              err)) {
        return false;
    }
    table_share(table, share.fen);
    return true;
}

static bool put_total(struct progress_rows *rows, const char *what, const char *level,
                      const money_t amounts[PROGRESS_AMOUNTS], struct error *err)
{
    table_word(rows->table, what);
    table_word(rows->table, level);
    table_empty(rows->table);
    table_text(rows->table, "");
    table_text(rows->table, "");
    if (!put_amounts(rows->table, amounts, err)) return false;
    table_empty(rows->table);
    table_empty(rows->table);
    table_empty(rows->table);
    return table_row(rows->table, err);
}

static bool end_level(struct progress_rows *rows, struct error *err)
{
    if (rows->level[0] == 0) return true;
    if (!put_total(rows, N_("level"), rows->level, rows->of_level, err)) return false;
    memset(rows->of_level, 0, sizeof rows->of_level);
    return true;
}

static void put_days(const struct progress_rows *rows, const struct fund_progress *progress)
{
    if (progress->has_days) {
        table_integer(rows->table, rows->as_of.days - progress->arrived_on.days);
        table_integer(rows->table, rows->as_of.days - progress->moved_on.days);
    } else {
        table_empty(rows->table);
        table_empty(rows->table);
    }
    if (progress->fund.has_expiry) {
        table_integer(rows->table, progress->fund.expiry.days - rows->as_of.days);
    } else {
        table_empty(rows->table);
    }
}

static bool add_progress(void *context, const struct fund_progress *progress, struct error *err)
{
    struct progress_rows *rows = context;
    money_t amounts[PROGRESS_AMOUNTS];

    if (strcmp(rows->level, progress->fund.level) != 0) {
        if (!end_level(rows, err)) return false;
        memcpy(rows->level, progress->fund.level, sizeof rows->level);
    }
    if (!read_amounts(progress, amounts, err) || !add_amounts(rows->of_level, amounts, err) ||
        !add_amounts(rows->of_all, amounts, err)) {
        return false;
    }
    table_word(rows->table, N_("fund"));
    table_word(rows->table, progress->fund.level);
    table_integer(rows->table, progress->fund.year);
    table_text(rows->table, progress->fund.document);
    table_text(rows->table, progress->fund.code);
    if (!put_amounts(rows->table, amounts, err)) return false;
    put_days(rows, progress);
    return table_row(rows->table, err);
}

static bool each_progress(struct session *session, const struct question *question,
                          struct progress_rows *rows, struct error *err)
{
    size_t i;

    if (question->funds.count == 0) {
        return fund_progress_each(session->journal, question->scope, NULL, question->as_of,
                                  add_progress, rows, err);
    }
    for (i = 0; i < question->funds.count; i++) {
        if (!fund_progress_each(session->journal, question->scope, question->funds.at[i],
                                question->as_of, add_progress, rows, err)) {
            return false;
        }
    }
    return true;
}

static bool run_progress(struct session *session, const struct arguments *arguments,
                         struct error *err)
{
    static const struct table_column columns[] = {{"row", "", COLUMN_TEXT},
                                                  {"level", "level", COLUMN_TEXT},
                                                  {"year", "year", COLUMN_INTEGER},
                                                  {"document", "document", COLUMN_TEXT},
                                                  {"fund", "fund", COLUMN_TEXT},
                                                  {"arrived", "arrived", COLUMN_AMOUNT},
                                                  {"assigned", "assigned", COLUMN_AMOUNT},
                                                  {"committed", "committed", COLUMN_AMOUNT},
                                                  {"waiting", "waiting", COLUMN_AMOUNT},
                                                  {"in_transit", "in transit", COLUMN_AMOUNT},
                                                  {"spent", "paid", COLUMN_AMOUNT},
                                                  {"left", "left", COLUMN_AMOUNT},
                                                  {"progress", "progress", COLUMN_SHARE},
                                                  {"arrived_days", "days", COLUMN_INTEGER},
                                                  {"idle_days", "idle", COLUMN_INTEGER},
                                                  {"expires_days", "expires", COLUMN_INTEGER}};
    struct progress_rows rows = {.table = NULL};
    struct question question;
    bool ok = false;

    if (!read_question(session, arguments, &question, err)) goto out;
    rows.as_of = question.as_of;
    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) ||
        !each_progress(session, &question, &rows, err) || !end_level(&rows, err)) {
        goto out;
    }
    if (rows.level[0] != 0 && !put_total(&rows, N_("total"), "", rows.of_all, err)) goto out;
    say_day(session, &question);
    ok = table_end(rows.table, "no money had come", err);
out:
    table_free(rows.table);
    return ok;
}

static const struct argp_option progress_options[] = {
    {"fund", OPTION_FUND, "FUND", 0, "Only this fund, by its code or document", 0},
    {"division", OPTION_DIVISION, "DIVISION", 0, "Within this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month (today)", 0},
    {0}};

const struct command command_report_progress = {
    "report",
    "progress",
    NULL,
    0,
    0,
    progress_options,
    "payment progress (支付进度) by fund, with idle days",
    "Progress is what was paid of what arrived, rounded down. Arrived is what came in from "
    "outside, "
    "less what went back; assigned, what of it is in a book. Arrived = committed + waiting (held, "
    "owed, retention) + in transit + paid + left. Days are those since money first arrived and "
    "last "
    "moved, and those until the fund expires (below zero: since). JSON gives progress in "
    "1/10,000.\n\n"
    "  $ mingzhang report progress --as-of 2021-06-30\n"
    "         fund             arrived  …        paid  progress  days  idle\n"
    "  fund   2021-ZY-01  1,000,000.00  …  615,300.00    61.53%    89    12\n"
    "  level              1,000,000.00  …  615,300.00    61.53%\n\n"
    "  $ mingzhang report progress --division 东河镇 --output progress.xlsx\n",
    run_progress};

/* ---- The trial balance ----------------------------------------------------------------------- */

struct trial_rows {
    struct table *table;
    char code[DIVISION_CODE_SIZE]; /* of the name kept; "" before the first */
    char name[TEXT_SIZE];
    struct journal *journal;
    date_t day;                        /* as divisions were called then */
    money_t opening, in, out, closing; /* of all rows */
};

static bool put_division(struct trial_rows *rows, const char *code, struct error *err)
{
    struct division division;

    if (strcmp(rows->code, code) != 0) {
        if (!division_find_on(rows->journal, code, rows->day, &division, err)) return false;
        memcpy(rows->code, division.code, sizeof rows->code);
        memcpy(rows->name, division.name, sizeof rows->name);
    }
    table_text(rows->table, code);
    table_text(rows->table, rows->name);
    return true;
}

static bool add_trial(void *context, const struct trial_line *line, struct error *err)
{
    struct trial_rows *rows = context;

    if (!money_add(rows->opening, line->opening, &rows->opening, err) ||
        !money_add(rows->in, line->in, &rows->in, err) ||
        !money_add(rows->out, line->out, &rows->out, err) ||
        !money_add(rows->closing, line->closing, &rows->closing, err)) {
        return false;
    }
    table_word(rows->table, N_("account"));
    if (!put_division(rows, line->account.division, err)) return false;
    table_word(rows->table, book_name(line->account.book));
    table_text(rows->table, line->account.fund);
    table_word(rows->table, account_role_name(line->account.role));
    table_amount(rows->table, line->opening);
    table_amount(rows->table, line->in);
    table_amount(rows->table, line->out);
    table_amount(rows->table, line->closing);
    return table_row(rows->table, err);
}

static bool put_trial_total(struct trial_rows *rows, struct error *err)
{
    int i;

    table_word(rows->table, N_("total"));
    for (i = 0; i < 5; i++)
        table_text(rows->table, "");
    table_amount(rows->table, rows->opening);
    table_amount(rows->table, rows->in);
    table_amount(rows->table, rows->out);
    table_amount(rows->table, rows->closing);
    return table_row(rows->table, err);
}

/* The one thing that a trial balance is for. */
static bool check_trial(const struct trial_rows *rows, struct error *err)
{
    if (money_is_zero(rows->opening) && money_is_zero(rows->closing) &&
        money_compare(rows->in, rows->out) == 0) {
        return true;
    }
    return error_set(err, ERROR_VERIFY,
                     "the books do not balance: opening %lld, in %lld, out %lld, closing %lld fen; "
                     "somebody changed derived tables by hand: `verify --deep` tells which",
                     (long long)rows->opening.fen, (long long)rows->in.fen,
                     (long long)rows->out.fen, (long long)rows->closing.fen);
}

static bool each_trial(struct session *session, const struct question *question, int32_t first,
                       struct trial_rows *rows, struct error *err)
{
    size_t i;

    if (question->funds.count == 0) {
        return trial_line_each(session->journal, NULL, first, question->as_of, add_trial, rows,
                               err);
    }
    for (i = 0; i < question->funds.count; i++) {
        if (!trial_line_each(session->journal, question->funds.at[i], first, question->as_of,
                             add_trial, rows, err)) {
            return false;
        }
    }
    return true;
}

static bool run_trial_balance(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {{"row", "", COLUMN_TEXT},
                                                  {"division", "division", COLUMN_TEXT},
                                                  {"division_name", "name", COLUMN_TEXT},
                                                  {"book", "book", COLUMN_TEXT},
                                                  {"fund", "fund", COLUMN_TEXT},
                                                  {"role", "role", COLUMN_TEXT},
                                                  {"opening", "opening", COLUMN_AMOUNT},
                                                  {"in", "in (debit)", COLUMN_AMOUNT},
                                                  {"out", "out (credit)", COLUMN_AMOUNT},
                                                  {"closing", "closing", COLUMN_AMOUNT}};
    const char *from = option_get(arguments, OPTION_FROM);
    struct trial_rows rows = {.table = NULL};
    struct question question;
    int32_t first;
    bool ok = false;

    if (!read_question(session, arguments, &question, err)) goto out;
    rows.journal = session->journal;
    rows.day = question.as_of;
    first = date_month(question.as_of) / 12 * 12;
    if (from != NULL && !month_parse(from, &first, err)) {
        (void)error_at(err, "--from");
        goto out;
    }
    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) ||
        !each_trial(session, &question, first, &rows, err) || !check_trial(&rows, err) ||
        (rows.code[0] != 0 && !put_trial_total(&rows, err))) {
        goto out;
    }
    say_day(session, &question);
    if (!table_end(rows.table, "nothing was booked", err)) goto out;
    if (table_is_aligned(session->format)) say("debits = credits");
    ok = true;
out:
    table_free(rows.table);
    return ok;
}

static const struct argp_option trial_options[] = {
    {"fund", OPTION_FUND, "FUND", 0, "Only this fund, by its code or document", 0},
    {"from", OPTION_FROM, "MONTH", 0, "The first month (January of the day's year)", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month (today)", 0},
    {0}};

const struct command command_report_trial_balance = {
    "report",
    "trial-balance",
    NULL,
    0,
    0,
    trial_options,
    "opening, in, out and closing by account (试算平衡)",
    "What came into an account is its debit, what left it its credit; a source stands below zero. "
    "Over "
    "all accounts, opening and closing are zero and debits = credits, or the command ends with "
    "1.\n\n"
    "  $ mingzhang report trial-balance --from 2021-04 --as-of 2021-04-30\n"
    "           division      role        opening  in (debit)  …      closing\n"
    "  account  611025000000  source         0.00        0.00  …  -100,000.00\n"
    "  account  611025000000  unassigned     0.00  100,000.00  …   100,000.00\n"
    "  total                                 0.00  100,000.00  …         0.00\n"
    "  debits = credits\n",
    run_trial_balance};

/* ---- The three-tier three books -------------------------------------------------------------- */

static const enum account_role book_roles[] = {
    ACCOUNT_UNASSIGNED, ACCOUNT_AVAILABLE, ACCOUNT_COMMITTED, ACCOUNT_HELD,
    ACCOUNT_IN_TRANSIT, ACCOUNT_OWED,      ACCOUNT_RETENTION, ACCOUNT_RECEIVABLE};

struct book_sums {
    money_t by_role[ACCOUNT_ROLE_COUNT];
    money_t closing;
};

struct book_rows {
    struct table *table;
    bool has_row;
    enum division_level tier; /* of the rows being summed */
    enum book book;
    struct book_sums of_book, of_all;
};

static bool put_book(struct table *table, const money_t *by_role, money_t closing,
                     struct error *err)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(book_roles); i++)
        table_amount(table, by_role[book_roles[i]]);
    table_amount(table, closing);
    table_amount(table, by_role[ACCOUNT_SPENT]);
    return table_row(table, err);
}

static bool add_sums(struct book_sums *sums, const struct tier_book *book, struct error *err)
{
    int role;

    for (role = 0; role < ACCOUNT_ROLE_COUNT; role++) {
        if (!money_add(sums->by_role[role], book->by_role[role], &sums->by_role[role], err)) {
            return false;
        }
    }
    return money_add(sums->closing, book->closing, &sums->closing, err);
}

static bool end_book(struct book_rows *rows, struct error *err)
{
    if (!rows->has_row) return true;
    table_word(rows->table, N_("book"));
    table_word(rows->table, division_level_name(rows->tier));
    table_word(rows->table, book_name(rows->book));
    table_text(rows->table, "");
    if (!put_book(rows->table, rows->of_book.by_role, rows->of_book.closing, err)) return false;
    memset(&rows->of_book, 0, sizeof rows->of_book);
    return true;
}

/* Money that only passed through leaves nothing to show. */
static bool is_empty(const struct tier_book *book)
{
    int role;

    for (role = 0; role < ACCOUNT_ROLE_COUNT; role++) {
        if (role != ACCOUNT_SOURCE && !money_is_zero(book->by_role[role])) return false;
    }
    return true;
}

static bool add_book(void *context, const struct tier_book *book, struct error *err)
{
    struct book_rows *rows = context;

    if (is_empty(book)) return true;
    if (rows->tier != book->tier || rows->book != book->book) {
        if (!end_book(rows, err)) return false;
        rows->tier = book->tier;
        rows->book = book->book;
    }
    rows->has_row = true;
    if (!add_sums(&rows->of_book, book, err) || !add_sums(&rows->of_all, book, err)) return false;
    table_word(rows->table, N_("fund"));
    table_word(rows->table, division_level_name(book->tier));
    table_word(rows->table, book_name(book->book));
    table_text(rows->table, book->fund);
    return put_book(rows->table, book->by_role, book->closing, err);
}

static bool put_books_total(struct book_rows *rows, struct error *err)
{
    table_word(rows->table, N_("total"));
    table_text(rows->table, "");
    table_text(rows->table, "");
    table_text(rows->table, "");
    return put_book(rows->table, rows->of_all.by_role, rows->of_all.closing, err);
}

static bool run_books(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {{"row", "", COLUMN_TEXT},
                                                  {"tier", "tier", COLUMN_TEXT},
                                                  {"book", "book", COLUMN_TEXT},
                                                  {"fund", "fund", COLUMN_TEXT},
                                                  {"unassigned", "unassigned", COLUMN_AMOUNT},
                                                  {"available", "available", COLUMN_AMOUNT},
                                                  {"committed", "committed", COLUMN_AMOUNT},
                                                  {"held", "held", COLUMN_AMOUNT},
                                                  {"in_transit", "in transit", COLUMN_AMOUNT},
                                                  {"owed", "owed", COLUMN_AMOUNT},
                                                  {"retention", "retention", COLUMN_AMOUNT},
                                                  {"receivable", "receivable", COLUMN_AMOUNT},
                                                  {"closing", "closing", COLUMN_AMOUNT},
                                                  {"spent", "paid", COLUMN_AMOUNT}};
    struct book_rows rows = {.table = NULL};
    struct question question;
    bool ok = false;

    if (!read_question(session, arguments, &question, err)) goto out;
    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) ||
        !tier_book_each(session->journal, question.scope, question.as_of, add_book, &rows, err) ||
        !end_book(&rows, err) || (rows.has_row && !put_books_total(&rows, err))) {
        goto out;
    }
    say_day(session, &question);
    ok = table_end(rows.table, "the books are empty", err);
out:
    table_free(rows.table);
    return ok;
}

static const struct argp_option books_options[] = {
    {"division", OPTION_DIVISION, "DIVISION", 0, "Within this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "At the end of a day, or of a month (today)", 0},
    {0}};

const struct command command_report_books = {
    "report",
    "books",
    NULL,
    0,
    0,
    books_options,
    "the three-tier three books (三级三账): tier, book, fund, by role",
    "Closing is all that stands there, unassigned to receivable; what was paid stands apart.\n\n"
    "  $ mingzhang report books --as-of 2021-12\n"
    "         tier     book          fund        …     closing        paid\n"
    "  fund   village  construction  2021-ZY-01  …  200,000.00  300,000.00\n"
    "  book   village  construction              …  200,000.00  300,000.00\n"
    "  total                                     …  200,000.00  300,000.00\n\n"
    "  $ mingzhang report books --division 东河镇 --output books.xlsx\n",
    run_books};
