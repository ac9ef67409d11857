/*
 * listing.c - vouchers and their lines as tables.
 */
#include "cli/listing.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "cli/session.h"

/* "619901100201/construction/2021-中央-01/available", as a listing of this format writes it. */
static char *account_write(const struct account *account, struct table_format format,
                           char text[ACCOUNT_TEXT_SIZE])
{
    snprintf(text, ACCOUNT_TEXT_SIZE, "%s/%s/%s/%s", account->division,
             table_word_of(format, book_name(account->book)), account->fund,
             table_word_of(format, account_role_name(account->role)));
    return text;
}

char *account_show(const struct account *account, char text[ACCOUNT_TEXT_SIZE])
{
    return account_write(account, (struct table_format){.kind = TABLE_ALIGNED}, text);
}

bool division_name_find(struct division_name *kept, const char *code, struct error *err)
{
    struct division division;

    if (strcmp(kept->code, code) == 0) return true;
    if (kept->day.days == 0 ? !division_find(kept->journal, code, &division, err)
                            : !division_find_on(kept->journal, code, kept->day, &division, err))
        return false;
    memcpy(kept->code, division.code, sizeof kept->code);
    memcpy(kept->name, division.name, sizeof kept->name);
    return true;
}

bool table_division(struct table *table, struct division_name *kept, const char *code,
                    struct error *err)
{
    if (!division_name_find(kept, code, err)) return false;
    table_text(table, code);
    table_text(table, kept->name);
    return true;
}

/* ---- Vouchers ------------------------------------------------------------------------------- */

static bool add_voucher(void *context, const struct voucher *voucher, struct error *err)
{
    struct table *table = context;
    char date[DATE_TEXT_SIZE];

    table_text(table, voucher->number);
    table_word(table, voucher_state_name(voucher->state));
    table_word(table, movement_name(voucher->movement));
    table_text(table, date_format(voucher->event_date, date));
    table_text(table, voucher->reference);
    table_integer(table, voucher->line_count);
    table_amount(table, voucher->amount);
    table_text(table, voucher->maker);
    table_text(table, voucher->checker);
    table_text(table, voucher->reverses);
    table_text(table, voucher->reversed_by);
    table_text(table, voucher->text);
    return table_row(table, err);
}

bool list_vouchers(struct journal *journal, const struct voucher_filter *filter,
                   struct table_format format, struct error *err)
{
    static const struct table_column columns[] = {
        {"voucher", "voucher", COLUMN_TEXT},         {"state", "state", COLUMN_TEXT},
        {"movement", "movement", COLUMN_TEXT},       {"event_date", "date", COLUMN_TEXT},
        {"reference", "reference", COLUMN_TEXT},     {"line_count", "lines", COLUMN_INTEGER},
        {"amount", "amount", COLUMN_AMOUNT},         {"maker", "maker", COLUMN_TEXT},
        {"checker", "checker", COLUMN_TEXT},         {"reverses", "reverses", COLUMN_TEXT},
        {"reversed_by", "reversed by", COLUMN_TEXT}, {"text", "text", COLUMN_TEXT}};
    struct table *table = NULL;
    bool ok = table_begin(format, columns, ARRAY_COUNT(columns), &table, err) &&
              voucher_each(journal, filter, add_voucher, table, err) &&
              table_end(table, "no voucher", err);

    table_free(table);
    return ok;
}

/* ---- Lines ---------------------------------------------------------------------------------- */

struct lines {
    struct journal *journal;
    struct table *table;
    struct table_format format;
};

/* What a checker should look at before signing. */
static bool add_note(const struct lines *lines, const struct voucher_line *line, struct error *err)
{
    char text[VOUCHER_NUMBER_SIZE + 64] = "";
    bool changes;

    if (!voucher_line_changes_account(lines->journal, line, &changes, err)) return false;
    if (changes)
        snprintf(text, sizeof text,
                 table_word_of(lines->format, N_("bank account differs from that of %s/%d")),
                 line->returned_voucher, (int)line->returned_line);
    table_text(lines->table, text);
    return true;
}

/* The rest of a line that nobody can read any more. */
static bool add_gone(struct table *table, uint64_t seq, struct error *err)
{
    static const int empty_cells = 8; /* from the amount to the text */

    for (int i = 0; i < empty_cells; i++)
        table_empty(table);
    table_integer(table, (int64_t)seq);
    table_text(table, _("lost or erased"));
    return table_row(table, err);
}

static bool add_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                     const struct voucher_line *line, struct error *err)
{
    const struct lines *lines = context;
    struct table *table = lines->table;
    char text[ACCOUNT_TEXT_SIZE];

    table_integer(table, number);
    table_word(table, line_state_name(state));
    if (line->is_gone) return add_gone(table, seq, err);
    table_amount(table, line->amount);
    table_text(table, account_write(&line->from, lines->format, text));
    table_text(table, account_write(&line->to, lines->format, text));
    table_text(table, line->payee.name);
    table_text(table, line->project);
    table_text(table, line->contract);
    table_text(table, line->policy);
    table_text(table, line->text);
    table_integer(table, (int64_t)seq);
    return add_note(lines, line, err) && table_row(table, err);
}

bool list_lines(struct journal *journal, const char *number, struct table_format format,
                struct error *err)
{
    static const struct table_column columns[] = {
        {"line", "line", COLUMN_INTEGER},    {"state", "state", COLUMN_TEXT},
        {"amount", "amount", COLUMN_AMOUNT}, {"from", "from", COLUMN_TEXT},
        {"to", "to", COLUMN_TEXT},           {"payee", "payee", COLUMN_TEXT},
        {"project", "project", COLUMN_TEXT}, {"contract", "contract", COLUMN_TEXT},
        {"policy", "policy", COLUMN_TEXT},   {"text", "text", COLUMN_TEXT},
        {"seq", "entry", COLUMN_INTEGER},    {"note", "note", COLUMN_TEXT}};
    struct lines lines = {journal, NULL, format};
    bool ok = table_begin(format, columns, ARRAY_COUNT(columns), &lines.table, err) &&
              voucher_line_each(journal, number, add_line, &lines, err) &&
              table_end(lines.table, "no line", err);

    table_free(lines.table);
    return ok;
}
