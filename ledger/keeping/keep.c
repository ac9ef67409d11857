/*
 * keep.c - what is kept of schedules, duties and posts so that lists cost what they list: for each
 * schedule the first occurrence that nothing answers, for each asset who answers for it.
 *
 * 1. All of it follows from entries alone, in the order of the log.
 * 2. An occurrence has one answer: of several that with the earliest date, of one date the first
 *    entered. What answers it is settled when it is entered, by the calendar as it stands then.
 */
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

// clang-format off
static const struct store_column next_columns[] = {
    {"seq",         STORE_INTEGER, NULL, "its schedule.set"},
    {"schedule",    STORE_TEXT,    NULL, "code of the schedule"},
    {"asset",       STORE_TEXT,    NULL, "code of the asset"},
    {"division",    STORE_TEXT,    NULL, "where the asset is"},
    {"end_day",     STORE_TEXT,    NULL, "no occurrence after that day; empty: it goes on"},
    {"next_n",      STORE_INTEGER, "next_n >= 0", "the first occurrence that nothing answers"},
    {"answered_n",  STORE_INTEGER, NULL, "the last occurrence that is answered; -1: none"},
    {"look_day",    STORE_TEXT,    NULL, "before that day nothing of it is due; empty: nothing is"},
    {"answered_on", STORE_TEXT,    NULL, "latest date of an answer; empty: none"},
};
static const char *const next_indexes[] = {"schedule", "asset", "division, look_day, answered_on", NULL};
const struct store_table next_table = {
    .name = "keeping_next", .kind = STORE_DERIVED, .meaning = "schedules as they stand",
    .columns = next_columns, .column_count = ARRAY_COUNT(next_columns), .primary_key = "seq",
    .indexes = next_indexes};

static const struct store_column answer_columns[] = {
    {"schedule_seq", STORE_INTEGER, NULL, "schedule.set of the schedule"},
    {"n",            STORE_INTEGER, NULL, "which occurrence, from 0"},
    {"seq",          STORE_INTEGER, NULL, "inspection.record or inspection.excuse that answers it"},
    {"date",         STORE_TEXT,    NULL, "its date"},
    {"is_excuse",    STORE_INTEGER, NULL, "1 when it is excused"},
};
const struct store_table answer_table = {
    .name = "keeping_answer", .kind = STORE_DERIVED, .meaning = "occurrences that were answered",
    .columns = answer_columns, .column_count = ARRAY_COUNT(answer_columns),
    .primary_key = "schedule_seq, n"};

static const struct store_column asset_columns[] = {
    {"asset",        STORE_TEXT,    NULL, "code of the asset"},
    {"division",     STORE_TEXT,    NULL, "where it is"},
    {"acquired",     STORE_TEXT,    NULL, "since when it is there"},
    {"name",         STORE_TEXT,    NULL, "its name"},
    {"duty_seq",     STORE_INTEGER, NULL, "asset.duty that counts; 0: none"},
    {"duty_on",      STORE_TEXT,    NULL, "its date; empty: none"},
    {"has_unit",     STORE_INTEGER, NULL, "1 when it names a unit that answers"},
    {"keeper",       STORE_TEXT,    NULL, "the appointment that it names; empty: none"},
};
static const char *const asset_indexes[] = {"has_unit, division", "keeper", "division, asset", NULL};
const struct store_table asset_table = {
    .name = "keeping_asset", .kind = STORE_DERIVED, .meaning = "how assets are kept as they stand",
    .columns = asset_columns, .column_count = ARRAY_COUNT(asset_columns), .primary_key = "asset",
    .indexes = asset_indexes};

static const struct store_column post_columns[] = {
    {"keeper",   STORE_TEXT,    NULL, "code of the appointment"},
    {"division", STORE_TEXT,    NULL, "where"},
    {"post",     STORE_TEXT,    NULL, "which post"},
    {"seq",      STORE_INTEGER, NULL, "keeper.appoint, or keeper.end"},
    {"last_day", STORE_TEXT,    NULL, "last day in office; empty: none is known"},
};
static const char *const post_indexes[] = {"division, last_day", NULL};
const struct store_table post_table = {
    .name = "keeping_post", .kind = STORE_DERIVED, .meaning = "appointments as they stand",
    .columns = post_columns, .column_count = ARRAY_COUNT(post_columns), .primary_key = "keeper",
    .indexes = post_indexes};

static const struct store_column open_work_columns[] = {
    {"work",     STORE_TEXT,    NULL, "code of the work order"},
    {"asset",    STORE_TEXT,    NULL, "code of the asset"},
    {"division", STORE_TEXT,    NULL, "where it is"},
    {"due",      STORE_TEXT,    NULL, "day by which it must be done"},
    {"seq",      STORE_INTEGER, NULL, "its work.open"},
};
static const char *const open_work_indexes[] = {"division, due", NULL};
const struct store_table open_work_table = {
    .name = "keeping_open_work", .kind = STORE_DERIVED, .meaning = "work orders that aren't closed",
    .columns = open_work_columns, .column_count = ARRAY_COUNT(open_work_columns),
    .primary_key = "work", .indexes = open_work_indexes};
// clang-format on

/* ---- Members and statements ------------------------------------------------------------------ */

#define MEMBERS_MAX 7

/* Run a statement with the members of an entry's body, in order; "seq" is the entry's number. */
static bool run(struct journal *journal, const struct entry_view *entry, const char *sql,
                const char *const *members, struct error *err)
{
    char texts[MEMBERS_MAX][TEXT_SIZE];
    struct statement *statement;

    if (!store_statement(journal_store(journal), sql, &statement, err)) return false;
    for (int i = 0; members[i] != NULL; i++) {
        const uint32_t node = json_member(entry->document, entry->body, members[i]);

        assert(i < MEMBERS_MAX);
        if (strcmp(members[i], "seq") == 0) {
            statement_bind_integer(statement, i + 1, (int64_t)entry->seq);
        } else if (json_type(entry->document, node) == JSON_STRING) {
            if (!json_get_string(entry->document, entry->body, members[i], texts[i], TEXT_SIZE,
                                 err)) {
                statement_reset(statement);
                return false;
            }
            statement_bind_text(statement, i + 1, texts[i]);
        } else {
            statement_bind_integer(statement, i + 1, json_type(entry->document, node) == JSON_TRUE);
        }
    }
    return statement_run(statement, err);
}

static bool read_text(const struct entry_view *entry, const char *name, char out[TEXT_SIZE],
                      struct error *err)
{
    return json_get_string(entry->document, entry->body, name, out, TEXT_SIZE, err);
}

void copy_text(const struct statement *row, int column, char *out, size_t size)
{
    const char *text = statement_text(row, column);
    const size_t length = strlen(text);

    assert(length < size); /* the kind's table held it to that */
    memcpy(out, text, length + 1);
}

/* ---- Schedules ------------------------------------------------------------------------------- */

/* The words of schedule.set in the order of the enums. */
static enum schedule_interval interval_of(const char *word)
{
    return word[0] == 'd'   ? SCHEDULE_DAY
           : word[0] == 'm' ? SCHEDULE_MONTH
           : word[0] == 'w' ? SCHEDULE_WEEK
                            : SCHEDULE_YEAR;
}

static enum schedule_shift shift_of(const char *word)
{
    return strcmp(word, "next") == 0 ? SHIFT_NEXT : word[0] == 'n' ? SHIFT_NONE : SHIFT_PREVIOUS;
}

bool schedule_read(const struct statement *row, int column, struct schedule *out, struct error *err)
{
    const char *end = statement_text(row, column + 5);

    memset(out, 0, sizeof *out);
    out->seq = (uint64_t)statement_integer(row, column);
    copy_text(row, column + 1, out->code, sizeof out->code);
    copy_text(row, column + 2, out->asset, sizeof out->asset);
    copy_text(row, column + 3, out->division, sizeof out->division);
    out->next_n = statement_integer(row, column + 4);
    out->is_service = strcmp(statement_text(row, column + 6), "service") == 0;
    out->rule.every = statement_integer(row, column + 7);
    out->rule.interval = interval_of(statement_text(row, column + 8));
    out->rule.shift = shift_of(statement_text(row, column + 10));
    out->rule.grace_days = statement_integer(row, column + 11);
    out->answered_n = statement_integer(row, column + 12);
    out->rule.has_end = end[0] != '\0';
    return date_parse(statement_text(row, column + 9), &out->rule.first, err) &&
           (!out->rule.has_end || date_parse(end, &out->rule.end, err));
}

bool schedule_find(struct journal *journal, const char *code, struct schedule *out,
                   struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(journal),
                         "SELECT " SCHEDULE_COLUMNS " FROM keeping_next n JOIN keeping_schedule s "
                         "ON s.seq = n.seq WHERE n.schedule = $1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, code);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                         translate(N_("schedule")), code);
    ok = schedule_read(select, 0, out, err);
    statement_reset(select);
    return ok;
}

bool schedule_require_day(const struct schedule *schedule, const char *day, int64_t *n_out,
                          struct error *err)
{
    char before_text[DATE_TEXT_SIZE] = "", after_text[DATE_TEXT_SIZE] = "";
    date_t wanted, found;
    int64_t n;

    if (!date_parse(day, &wanted, err)) return false;
    n = schedule_index(&schedule->rule, wanted);
    if (schedule_day(&schedule->rule, n, &found)) {
        if (found.days == wanted.days) {
            *n_out = n;
            return true;
        }
        (void)date_format(found, after_text);
    }
    if (n > 0 && schedule_day(&schedule->rule, n - 1, &found))
        (void)date_format(found, before_text);
    return error_set(err, ERROR_INPUT,
                     "schedule %s has nothing on %s; its days next to it are: %s%s%s",
                     schedule->code, day, before_text,
                     before_text[0] != '\0' && after_text[0] != '\0' ? ", " : "", after_text);
}

/* ---- Answers --------------------------------------------------------------------------------- */

bool schedule_is_answered(struct journal *journal, uint64_t schedule_seq, int64_t n, bool *out,
                          struct error *err)
{
    struct statement *select;

    if (!store_statement(journal_store(journal),
                         "SELECT 1 FROM keeping_answer WHERE schedule_seq = $1 AND n = $2", &select,
                         err))
        return false;
    statement_bind_integer(select, 1, (int64_t)schedule_seq);
    statement_bind_integer(select, 2, n);
    if (!statement_step(select, out, err)) return false;
    statement_reset(select);
    return true;
}

/* Go behind all that is answered; *has_next tells whether an occurrence is left. */
static bool find_next(struct journal *journal, struct schedule *schedule, bool *has_next,
                      date_t *day, struct error *err)
{
    bool is_answered;

    for (;; schedule->next_n++) {
        *has_next = schedule_day(&schedule->rule, schedule->next_n, day);
        if (!*has_next || schedule->next_n > schedule->answered_n) return true;
        if (!schedule_is_answered(journal, schedule->seq, schedule->next_n, &is_answered, err))
            return false;
        if (!is_answered) return true;
    }
}

static bool move_on(struct journal *journal, struct schedule *schedule, const char *date,
                    struct error *err)
{
    struct statement *update;
    char look[DATE_TEXT_SIZE] = "";
    bool has_next;
    date_t day;

    if (!find_next(journal, schedule, &has_next, &day, err) ||
        !store_statement(journal_store(journal),
                         "UPDATE keeping_next SET next_n = $1, answered_n = $2, look_day = $3, "
                         "answered_on = CASE WHEN answered_on < $4 THEN $4 ELSE answered_on END "
                         "WHERE seq = $5",
                         &update, err))
        return false;
    if (has_next) {
        if (schedule->rule.shift == SHIFT_PREVIOUS &&
            !date_from_days(day.days - SCHEDULE_SHIFT_MAX, &day, err))
            return false;
        (void)date_format(day, look);
    }
    statement_bind_integer(update, 1, schedule->next_n);
    statement_bind_integer(update, 2, schedule->answered_n);
    statement_bind_text(update, 3, look);
    statement_bind_text(update, 4, date);
    statement_bind_integer(update, 5, (int64_t)schedule->seq);
    return statement_run(update, err);
}

struct answer {
    uint64_t seq;
    const char *asset; /* whose schedule it must be; NULL: any */
    const char *date;
    bool is_excuse;
};

static bool put_answer(struct journal *journal, const struct schedule *schedule, int64_t n,
                       const struct answer *answer, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal_store(journal),
                         "INSERT INTO keeping_answer (schedule_seq, n, seq, date, is_excuse) "
                         "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (schedule_seq, n) DO UPDATE SET "
                         "seq = excluded.seq, date = excluded.date, is_excuse = excluded.is_excuse "
                         "WHERE excluded.date < keeping_answer.date",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)schedule->seq);
    statement_bind_integer(insert, 2, n);
    statement_bind_integer(insert, 3, (int64_t)answer->seq);
    statement_bind_text(insert, 4, answer->date);
    statement_bind_integer(insert, 5, answer->is_excuse ? 1 : 0);
    return statement_run(insert, err);
}

/* Give an answer to the occurrence of a day, or to those that its date answers. */
static bool answer(struct journal *journal, const char *code, const char *due,
                   const struct answer *answer, struct error *err)
{
    const struct working_days days = ledger_days(journal);
    struct schedule schedule;
    int64_t first = 0, count = 1;
    date_t day;

    if (!schedule_find(journal, code, &schedule, err)) return false;
    if (answer->asset != NULL && strcmp(schedule.asset, answer->asset) != 0)
        return error_set(err, ERROR_INPUT, "schedule %s is of asset %s, not %s", schedule.code,
                         schedule.asset, answer->asset);
    if (due[0] != '\0') {
        if (!schedule_require_day(&schedule, due, &first, err)) return false;
    } else if (!date_parse(answer->date, &day, err) ||
               !schedule_answered(&schedule.rule, &days, day, &first, &count, err)) {
        return false;
    }
    for (int64_t i = 0; i < count; i++)
        if (!put_answer(journal, &schedule, first + i, answer, err)) return false;
    if (first <= schedule.next_n && first + count > schedule.next_n)
        schedule.next_n = first + count;
    if (first + count > schedule.answered_n + 1) schedule.answered_n = first + count - 1;
    return count == 0 || move_on(journal, &schedule, answer->date, err);
}

static bool keep_inspection(struct journal *journal, const struct entry_view *entry,
                            struct error *err)
{
    char schedule[TEXT_SIZE], date[TEXT_SIZE], due[TEXT_SIZE], asset[TEXT_SIZE];
    const struct answer by = {entry->seq, asset, date, false};

    if (!read_text(entry, "schedule", schedule, err) || !read_text(entry, "date", date, err) ||
        !read_text(entry, "due", due, err) || !read_text(entry, "asset", asset, err))
        return false;
    return schedule[0] == '\0' || answer(journal, schedule, due, &by, err);
}

static bool keep_excuse(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char schedule[TEXT_SIZE], date[TEXT_SIZE], due[TEXT_SIZE];
    const struct answer by = {entry->seq, NULL, date, true};

    return read_text(entry, "schedule", schedule, err) && read_text(entry, "date", date, err) &&
           read_text(entry, "due", due, err) && answer(journal, schedule, due, &by, err);
}

/* ---- Schedules that begin and end ------------------------------------------------------------ */

static bool keep_schedule(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    static const char *const members[] = {"seq", "schedule", "last", "asset", NULL};
    char code[TEXT_SIZE];
    struct schedule schedule;

    return run(journal, entry,
               "INSERT INTO keeping_next (seq, schedule, end_day, asset, division, next_n, "
               "answered_n, look_day, answered_on) SELECT $1, $2, $3, asset, division, 0, -1, '', "
               "'' FROM keeping_asset WHERE asset = $4",
               members, err) &&
           read_text(entry, "schedule", code, err) &&
           schedule_find(journal, code, &schedule, err) && move_on(journal, &schedule, "", err);
}

static bool keep_stop(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"date", "schedule", NULL};
    char code[TEXT_SIZE];
    struct schedule schedule;

    return run(journal, entry,
               "UPDATE keeping_next SET end_day = CASE WHEN end_day = '' OR end_day > $1 THEN $1 "
               "ELSE end_day END WHERE schedule = $2",
               members, err) &&
           read_text(entry, "schedule", code, err) &&
           schedule_find(journal, code, &schedule, err) && move_on(journal, &schedule, "", err);
}

/* ---- Assets, duties, posts, work orders, the calendar ---------------------------------------- */

/* What is registered again may be elsewhere, because its division ended: it is kept there. */
static bool keep_move(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"division", "asset", NULL};
    char reason[TEXT_SIZE];

    if (!read_text(entry, "reason", reason, err)) return false;
    if (reason[0] == '\0') return true;
    return run(journal, entry, "UPDATE keeping_asset SET division = $1 WHERE asset = $2", members,
               err) &&
           run(journal, entry, "UPDATE keeping_next SET division = $1 WHERE asset = $2", members,
               err) &&
           run(journal, entry, "UPDATE keeping_open_work SET division = $1 WHERE asset = $2",
               members, err);
}

static bool keep_asset(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"asset", "division", "acquired", "name", NULL};

    return keep_move(journal, entry, err) &&
           run(journal, entry,
               "INSERT INTO keeping_asset (asset, division, acquired, name, "
               "duty_seq, duty_on, has_unit, keeper) VALUES "
               "($1, $2, $3, $4, 0, '', 0, '') ON CONFLICT (asset) DO UPDATE SET "
               "acquired = excluded.acquired, name = excluded.name",
               members, err);
}

static bool keep_duty(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"seq", "date", "unit", "keeper", "asset", NULL};

    return run(journal, entry,
               "UPDATE keeping_asset SET duty_seq = $1, duty_on = $2, has_unit = CASE WHEN $3 = "
               "'' THEN 0 ELSE 1 END, keeper = $4 WHERE asset = $5 AND duty_on <= $2",
               members, err);
}

static bool keep_keeper(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"keeper", "division", "post", "seq", "last_day", NULL};

    return run(journal, entry,
               "INSERT INTO keeping_post (keeper, division, post, seq, last_day) VALUES ($1, $2, "
               "$3, $4, $5)",
               members, err);
}

static bool keep_left(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"seq", "date", "keeper", NULL};

    return run(journal, entry, "UPDATE keeping_post SET seq = $1, last_day = $2 WHERE keeper = $3",
               members, err);
}

static bool keep_work(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"work", "due", "seq", "asset", NULL};

    return run(journal, entry,
               "INSERT INTO keeping_open_work (work, due, seq, asset, division) SELECT $1, $2, $3, "
               "asset, division FROM keeping_asset WHERE asset = $4",
               members, err);
}

static bool keep_done(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"work", NULL};

    return run(journal, entry, "DELETE FROM keeping_open_work WHERE work = $1", members, err);
}

static bool keep_day(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"date", "works", NULL};

    days_forget(journal);
    return run(journal, entry,
               "INSERT INTO keeping_day (day, works) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE "
               "SET works = excluded.works",
               members, err);
}

bool keeping_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const struct {
        const char *kind;
        bool (*keep)(struct journal *journal, const struct entry_view *entry, struct error *err);
    } keepers[] = {{"inspection.record", keep_inspection},
                   {"inspection.excuse", keep_excuse},
                   {"schedule.set", keep_schedule},
                   {"schedule.end", keep_stop},
                   {"asset.register", keep_asset},
                   {"asset.duty", keep_duty},
                   {"keeper.appoint", keep_keeper},
                   {"keeper.end", keep_left},
                   {"work.open", keep_work},
                   {"work.close", keep_done},
                   {"calendar.set", keep_day}};

    for (size_t i = 0; i < ARRAY_COUNT(keepers); i++)
        if (strcmp(entry->kind, keepers[i].kind) == 0) return keepers[i].keep(journal, entry, err);
    return true;
}
