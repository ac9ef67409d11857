/*
 * days.c - working days as the ledger has them at the entry that is being applied.
 *
 * 1. What was looked up is kept until the calendar changes or the transaction ends: a sheet of
 *    inspections asks for the same few days again and again.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/keeping/internal.h"

#define DAYS_KEPT 1024 /* a power of two */
#define WEEK      7

// clang-format off
static const struct store_column day_columns[] = {
    {"day",   STORE_TEXT,    NULL, "a day that the calendar names"},
    {"works", STORE_INTEGER, NULL, "1 when it is worked"},
};
const struct store_table day_table = {
    .name = "keeping_day", .kind = STORE_DERIVED, .meaning = "the calendar, by day",
    .columns = day_columns, .column_count = ARRAY_COUNT(day_columns), .primary_key = "day"};
// clang-format on

struct keeping_state {
    struct kept_day {
        int32_t day;
        bool is_kept, works;
    } days[DAYS_KEPT]; /* each in the place of its last bits */
};

bool days_open(struct journal *journal, void **state_out, struct error *err)
{
    (void)journal;
    *state_out = calloc(1, sizeof(struct keeping_state));
    return *state_out != NULL || error_set(err, ERROR_MEMORY, "no memory to open the ledger");
}

void days_close(void *state)
{
    free(state);
}

void days_forget(struct journal *journal)
{
    struct keeping_state *state = journal_module_state(journal, &keeping_module);

    memset(state->days, 0, sizeof state->days);
}

static bool look_up(struct journal *journal, date_t day, bool *out, struct error *err)
{
    struct statement *select;
    char text[DATE_TEXT_SIZE];
    bool has_row;

    if (!store_statement(journal_store(journal), "SELECT works FROM keeping_day WHERE day = $1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, date_format(day, text));
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) {
        *out = statement_integer(select, 0) != 0;
        statement_reset(select);
        return true;
    }
    *out = ((day.days + 3) % WEEK + WEEK) % WEEK < 5; /* 1970-01-01 was a Thursday */
    return true;
}

static bool ask_ledger(void *context, date_t day, bool *out, struct error *err)
{
    struct journal *journal = context;
    struct keeping_state *state = journal_module_state(journal, &keeping_module);
    struct kept_day *kept = &state->days[(uint32_t)day.days % DAYS_KEPT];

    if (!kept->is_kept || kept->day != day.days) {
        if (!look_up(journal, day, &kept->works, err)) return false;
        kept->day = day.days;
        kept->is_kept = true;
    }
    *out = kept->works;
    return true;
}

struct working_days ledger_days(struct journal *journal)
{
    return (struct working_days){ask_ledger, journal};
}
