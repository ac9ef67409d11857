/*
 * stocktake.c - rounds of stock-taking: opened, counted, closed.
 *
 * 1. A count is an entry; nothing follows from it before the round is closed.
 * 2. At the close, what was seen in another state than the register had, or not at all, is told as
 *    asset.state rows of the same import: of the day of the count, or of the last day when nobody
 *    counted it. The close says how many, and is refused while anything else differs. A place that
 *    differs stays told by its count alone: where an asset belongs, people decide.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/custody/internal.h"

#define SEQ_ALL INT64_MAX

// clang-format off
static const struct store_column now_columns[] = {
    {"code",      STORE_TEXT,    NULL, "code of the round"},
    {"division",  STORE_TEXT,    NULL, "whose assets are counted"},
    {"opened_on", STORE_TEXT,    NULL, "first day"},
    {"closed_on", STORE_TEXT,    NULL, "last day; empty: still open"},
    {"counted_on", STORE_TEXT,   NULL, "day of the latest count; empty: none"},
    {"first_seq", STORE_INTEGER, NULL, "first of the rows that closed it; 0: still open"},
};
static const char *const now_indexes[] = {"division", NULL};
const struct store_table stocktake_now_table = {
    .name = "stocktake_now", .kind = STORE_DERIVED, .meaning = "rounds of stock-taking as they stand",
    .columns = now_columns, .column_count = ARRAY_COUNT(now_columns), .primary_key = "code",
    .indexes = now_indexes};
// clang-format on

#define SELECT_ROUND                                                                               \
    "SELECT n.code, n.division, n.opened_on, n.closed_on, n.first_seq, COALESCE(c.found, 0), "     \
    "COALESCE(c.missing, 0), COALESCE(c.elsewhere, 0), COALESCE(c.changed, 0) FROM stocktake_now " \
    "AS n LEFT JOIN stocktake_close AS c ON c.round = n.code WHERE "

static void read_round(const struct statement *row, struct stocktake *out)
{
    memset(out, 0, sizeof *out);
    custody_copy(row, 0, out->code, sizeof out->code);
    custody_copy(row, 1, out->division, sizeof out->division);
    custody_copy(row, 2, out->opened_on, sizeof out->opened_on);
    custody_copy(row, 3, out->closed_on, sizeof out->closed_on);
    out->first_seq = (uint64_t)statement_integer(row, 4);
    out->found = statement_integer(row, 5);
    out->missing = statement_integer(row, 6);
    out->elsewhere = statement_integer(row, 7);
    out->changed = statement_integer(row, 8);
}

bool stocktake_find(struct journal *journal, const char *round, struct stocktake *out,
                    struct error *err)
{
    const char *const texts[] = {round, NULL};
    struct statement *row;
    bool has_row;

    if (!custody_ask(journal, SELECT_ROUND "n.code = $1", texts, &row, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                         translate(N_("round of stock-taking")), round);
    read_round(row, out);
    statement_reset(row);
    return true;
}

bool stocktake_each(struct journal *journal, const char *scope,
                    bool (*visit)(void *context, const struct stocktake *round, struct error *err),
                    void *context, struct error *err)
{
    struct statement *rows = NULL;
    struct custody_scope codes;
    struct stocktake round;
    bool has_row, ok = false;

    if (!custody_list(journal, SELECT_ROUND "n.division BETWEEN $1 AND $2 ORDER BY n.code", scope,
                      &codes, &rows, err))
        return false;
    for (;;) {
        if (!statement_step(rows, &has_row, err)) goto out;
        if (!has_row) break;
        read_round(rows, &round);
        if (!visit(context, &round, err)) goto out;
    }
    ok = true;
out:
    statement_free(rows);
    return ok;
}

bool stocktake_line_each(struct journal *journal, const char *round, date_t day,
                         stocktake_visit *visit, void *context, struct error *err)
{
    struct stocktake found;
    char text[DATE_TEXT_SIZE];
    struct count_span span = {.round = round, .day = date_format(day, text), .seq_end = SEQ_ALL};

    if (!stocktake_find(journal, round, &found, err)) return false;
    span.division = found.division;
    if (found.closed_on[0] != '\0') {
        span.day = found.closed_on;
        span.seq_end = found.first_seq;
    }
    return count_each(journal, &span, visit, context, err);
}

/* ---- Opening and counting -------------------------------------------------------------------- */

RECORD_CHECK(check_stocktake_open)
{
    const char *const texts[] = {TEXT(ROUND_DIVISION), NULL};
    char code[CODE_SIZE];
    struct statement *row;
    bool has_row;

    (void)division_out;
    if (!custody_ask(journal,
                     "SELECT code FROM stocktake_now WHERE division = $1 AND closed_on = ''", texts,
                     &row, &has_row, err))
        return false;
    if (!has_row) return true;
    custody_copy(row, 0, code, sizeof code);
    statement_reset(row);
    return error_set(err, ERROR_STATE,
                     "round %s of %s is still open; close it before the next one begins", code,
                     TEXT(ROUND_DIVISION));
}

static bool find_open(struct journal *journal, const char *code, const char *date, const char *what,
                      struct stocktake *out, struct error *err)
{
    if (!stocktake_find(journal, code, out, err)) return false;
    if (out->closed_on[0] != '\0')
        return error_set(err, ERROR_STATE, "round %s was closed on %s; count in a new one", code,
                         out->closed_on);
    return record_require_order(out->opened_on, date, what, err);
}

/* Where it was seen must go with whether it was found. */
static bool check_seen(struct journal *journal, const struct record *record, const char *place,
                       struct error *err)
{
    const bool is_missing = IS(TALLY_FOUND, "missing");
    const bool is_here = strcmp(TEXT(TALLY_DIVISION), place) == 0;
    struct division ignored;

    if (is_missing != IS(TALLY_STATE, "none"))
        return error_set(err, ERROR_INPUT,
                         is_missing ? N_("what is missing was seen in no state; write none")
                                    : N_("in what state was it seen? write it"));
    if (is_here == IS(TALLY_FOUND, "elsewhere"))
        return error_set(err, ERROR_INPUT,
                         is_here ? N_("asset %s belongs to %s, where it was seen; write found")
                                 : N_("asset %s belongs to %s and was seen in another place; write "
                                      "elsewhere, or where it belongs"),
                         TEXT(TALLY_ASSET), place);
    return division_find(journal, TEXT(TALLY_DIVISION), &ignored, err);
}

RECORD_CHECK(check_stocktake_count)
{
    struct stocktake round;
    char place[DIVISION_CODE_SIZE];

    if (!find_open(journal, TEXT(TALLY_ROUND), TEXT(TALLY_DATE), N_("the asset is counted"), &round,
                   err) ||
        !asset_require_on(journal, TEXT(TALLY_ASSET), TEXT(TALLY_DATE), N_("the asset is counted"),
                          place, err) ||
        !asset_require_alive(journal, TEXT(TALLY_ASSET), TEXT(TALLY_DATE), err))
        return false;
    if (!division_code_is_within(place, round.division))
        return error_set(err, ERROR_INPUT,
                         "asset %s belongs to %s, and round %s counts those of %s; leave it out",
                         TEXT(TALLY_ASSET), place, round.code, round.division);
    memcpy(division_out, round.division, DIVISION_CODE_SIZE);
    return check_seen(journal, record, place, err);
}

/* ---- Closing --------------------------------------------------------------------------------- */

/* The first of the rows that an import has written so far, `seq` being the last. */
static uint64_t first_row(const struct journal *journal, uint64_t seq)
{
    struct covered_rows rows;

    journal_covered_rows(journal, &rows);
    return rows.count == 0 || rows.first_seq > seq ? seq : rows.first_seq;
}

static bool add_line(void *context, const struct stocktake_line *line, struct error *err)
{
    (void)err;
    stocktake_add_line(context, line);
    return true;
}

static bool refuse_difference(void *context, const struct stocktake_line *line, struct error *err)
{
    const struct stocktake *round = context;

    return !line->is_changed ||
           error_set(err, ERROR_STATE,
                     "asset %s was seen %s, and the register says %s; round %s is closed with that "
                     "told: use `mingzhang stocktake close`",
                     line->asset, translate(line->seen_state), translate(line->state), round->code);
}

static bool check_counted(struct journal *journal, const char *round, const char *date,
                          struct error *err)
{
    const char *const texts[] = {round, NULL};
    char last[DATE_TEXT_SIZE];
    struct statement *row;
    bool has_row;

    if (!custody_ask(journal, "SELECT counted_on FROM stocktake_now WHERE code = $1", texts, &row,
                     &has_row, err))
        return false;
    assert(has_row);
    custody_copy(row, 0, last, sizeof last);
    statement_reset(row);
    return record_require_order(last, date, N_("the round is closed"), err);
}

RECORD_CHECK(check_stocktake_close)
{
    struct stocktake round;
    struct count_span span = {.round = TEXT(CLOSE_ROUND), .day = TEXT(CLOSE_DATE)};

    if (!find_open(journal, TEXT(CLOSE_ROUND), TEXT(CLOSE_DATE), N_("the round is closed"), &round,
                   err) ||
        !check_counted(journal, TEXT(CLOSE_ROUND), TEXT(CLOSE_DATE), err))
        return false;
    memcpy(division_out, round.division, DIVISION_CODE_SIZE);
    span.division = round.division;
    span.seq_end = first_row(journal, record->seq);
    if (!count_each(journal, &span, add_line, &round, err)) return false;
    if (round.found != NUMBER(CLOSE_FOUND) || round.missing != NUMBER(CLOSE_MISSING) ||
        round.elsewhere != NUMBER(CLOSE_ELSEWHERE) || round.changed != NUMBER(CLOSE_CHANGED))
        return error_set(err, ERROR_CONFLICT,
                         "round %s comes to %lld found, %lld elsewhere, %lld missing, %lld in "
                         "another state; use `mingzhang stocktake close`",
                         round.code, (long long)round.found, (long long)round.elsewhere,
                         (long long)round.missing, (long long)round.changed);
    span.seq_end = SEQ_ALL;
    return count_each(journal, &span, refuse_difference, &round, err);
}

/* ---- Keeping --------------------------------------------------------------------------------- */

static bool keep_close(struct journal *journal, const struct entry_view *entry, const char *round,
                       const char *date, struct error *err)
{
    struct statement *update;

    if (!store_statement(journal_store(journal),
                         "UPDATE stocktake_now SET closed_on = $1, first_seq = $2 WHERE code = $3",
                         &update, err))
        return false;
    statement_bind_text(update, 1, date);
    statement_bind_integer(update, 2, (int64_t)first_row(journal, entry->seq));
    statement_bind_text(update, 3, round);
    return statement_run(update, err);
}

bool stocktake_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char round[CODE_SIZE], date[DATE_TEXT_SIZE], division[DIVISION_CODE_SIZE];

    if (strncmp(entry->kind, "stocktake.", strlen("stocktake.")) != 0) return true;
    if (!json_get_string(entry->document, entry->body, "round", round, sizeof round, err) ||
        !json_get_string(entry->document, entry->body, "date", date, sizeof date, err))
        return false;
    if (strcmp(entry->kind, "stocktake.close") == 0)
        return keep_close(journal, entry, round, date, err);
    if (strcmp(entry->kind, "stocktake.count") == 0)
        return custody_run(journal,
                           "UPDATE stocktake_now SET counted_on = $1 WHERE code = $2 AND "
                           "counted_on < $1",
                           (const char *const[]){date, round, NULL}, err);
    return json_get_string(entry->document, entry->body, "division", division, sizeof division,
                           err) &&
           custody_run(journal,
                       "INSERT INTO stocktake_now (code, division, opened_on, closed_on, "
                       "counted_on, first_seq) VALUES ($1, $2, $3, '', '', 0)",
                       (const char *const[]){round, division, date, NULL}, err);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* A state that the register gets by the close. */
struct difference {
    char asset[CODE_SIZE], date[DATE_TEXT_SIZE], state[ASSET_WORD_SIZE];
};

struct differences {
    struct stocktake *round;
    struct difference *at;
    size_t count, capacity;
};

static bool add_difference(void *context, const struct stocktake_line *line, struct error *err)
{
    struct differences *differences = context;
    struct difference *new;

    stocktake_add_line(differences->round, line);
    if (!line->is_changed) return true;
    if (differences->count == differences->capacity) {
        size_t capacity = differences->capacity == 0 ? 64 : 2 * differences->capacity;

        new = realloc(differences->at, capacity * sizeof *new);
        if (new == NULL) return error_set(err, ERROR_MEMORY, "no memory for differences");
        differences->at = new;
        differences->capacity = capacity;
    }
    new = &differences->at[differences->count++];
    memcpy(new->asset, line->asset, sizeof new->asset);
    memcpy(new->date, line->date, sizeof new->date);
    memcpy(new->state, line->seen_state, sizeof new->state);
    return true;
}

static void put(struct record *record, size_t field, const char *text)
{
    memcpy(record->values[field].text, text, strlen(text) + 1);
}

static bool add_state(struct journal *journal, struct register_batch *batch, struct record *record,
                      const struct difference *difference, const char *round, struct error *err)
{
    record_clear(&asset_state, record);
    put(record, STATE_ASSET, difference->asset);
    put(record, STATE_DATE, difference->date);
    put(record, STATE_REASON, round);
    put(record, STATE_STATE, difference->state);
    return record_add(journal, batch, &asset_state, record, err);
}

static bool add_close(struct journal *journal, struct register_batch *batch, struct record *record,
                      const struct stocktake *round, const char *date, struct error *err)
{
    record_clear(&stocktake_close, record);
    put(record, CLOSE_ROUND, round->code);
    put(record, CLOSE_DATE, date);
    record->values[CLOSE_FOUND].number = round->found;
    record->values[CLOSE_MISSING].number = round->missing;
    record->values[CLOSE_ELSEWHERE].number = round->elsewhere;
    record->values[CLOSE_CHANGED].number = round->changed;
    return record_add(journal, batch, &stocktake_close, record, err);
}

bool stocktake_end(struct journal *journal, const struct signatory *by, const char *round,
                   date_t date, struct stocktake *out, struct error *err)
{
    struct stocktake found;
    struct differences differences = {.round = &found};
    struct register_batch *batch = NULL;
    struct record *record = malloc(sizeof *record);
    char day[DATE_TEXT_SIZE];
    struct count_span span = {.round = round, .day = date_format(date, day), .seq_end = SEQ_ALL};
    hash_t content;
    bool repeated, ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!find_open(journal, round, day, N_("the round is closed"), &found, err)) goto out;
    span.division = found.division;
    if (!count_each(journal, &span, add_difference, &differences, err)) goto out;
    content = hash_leaf((const uint8_t *)round, strlen(round));
    if (!register_begin(journal, by, "stocktake", NULL, &content, &batch, &repeated, err)) goto out;
    assert(!repeated); /* the round would be closed */
    for (size_t i = 0; i < differences.count; i++)
        if (!add_state(journal, batch, record, &differences.at[i], round, err)) goto out;
    if (!add_close(journal, batch, record, &found, day, err) ||
        !register_finish(batch, differences.count + 1, err))
        goto out;
    batch = NULL;
    *out = found;
    ok = true;
out:
    register_free(batch);
    free(differences.at);
    free(record);
    return ok;
}

/* One asset of a scanned list. */
static bool add_scanned(struct journal *journal, struct register_batch *batch,
                        const struct stocktake_scan *scan, size_t i, struct record *record,
                        struct error *err)
{
    char date[DATE_TEXT_SIZE];
    struct asset_stand stand;

    if (!asset_find_stand(journal, scan->codes[i].code, &stand, err)) return false;
    record_clear(&stocktake_count, record);
    put(record, TALLY_ASSET, stand.code);
    put(record, TALLY_DATE, date_format(scan->date, date));
    put(record, TALLY_DIVISION, stand.division);
    put(record, TALLY_FOUND, "found");
    put(record, TALLY_ROUND, scan->round);
    put(record, TALLY_STATE, strcmp(stand.state, "missing") == 0 ? "in_use" : stand.state);
    return record_add(journal, batch, &stocktake_count, record, err);
}

bool stocktake_add_scan(struct journal *journal, const struct signatory *by,
                        const struct stocktake_scan *scan, bool *repeated_out, struct error *err)
{
    struct record *record = malloc(sizeof *record);
    struct register_batch *batch = NULL;
    bool repeated, ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!register_begin(journal, by, "stocktake", NULL, &scan->content, &batch, &repeated, err))
        goto out;
    for (size_t i = 0; !repeated && i < scan->count; i++)
        if (!add_scanned(journal, batch, scan, i, record, err)) {
            (void)error_at(err, "%zu", scan->codes[i].line);
            goto out;
        }
    if (!repeated) {
        if (!register_finish(batch, scan->count, err)) goto out;
        batch = NULL;
    }
    *repeated_out = repeated;
    ok = true;
out:
    register_free(batch);
    free(record);
    return ok;
}
