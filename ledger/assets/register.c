/*
 * register.c - the register as it stands now: what each asset is by its last rows, and what each
 * line of a plan gave to assets, kept so that an import of 100,000 rows never sums up others.
 *
 * 1. All of it follows from entries alone, and each of them changes the rows of one asset.
 * 2. Of a kind the row with the latest date counts; of one date the later entry.
 */
#include <string.h>

#include "base/language.h"
#include "ledger/assets/internal.h"

// clang-format off
static const struct store_column now_columns[] = {
    {"code",           STORE_TEXT,    NULL, "code of the asset"},
    {"register_seq",   STORE_INTEGER, NULL, "its last asset.register"},
    {"acquired",       STORE_TEXT,    NULL, "day on which it was built, bought, ..."},
    {"class",          STORE_TEXT,    NULL, "operational or public_welfare"},
    {"division",       STORE_TEXT,    NULL, "where it is"},
    {"first_day",      STORE_TEXT,    NULL, "first day of its costs, titles and states; empty: none"},
    {"titled_on",      STORE_TEXT,    NULL, "day of the title that counts; empty: none"},
    {"owner_division", STORE_TEXT,    NULL, "the owner's; empty: none"},
    {"certificate",    STORE_TEXT,    NULL, "number of its certificate; empty: none"},
    {"state_on",       STORE_TEXT,    NULL, "day of the state that counts; empty: none was told"},
    {"state",          STORE_TEXT,    NULL, "in what state it is"},
    {"ended_on",       STORE_TEXT,    NULL, "day on which it was disposed of; empty: it wasn't"},
};
static const char *const now_indexes[] = {"division, code", "certificate", "owner_division", NULL};
const struct store_table asset_now_table = {
    .name = "asset_now", .kind = STORE_DERIVED, .meaning = "assets as they stand",
    .columns = now_columns, .column_count = ARRAY_COUNT(now_columns), .primary_key = "code",
    .indexes = now_indexes};

static const struct store_column line_columns[] = {
    {"project", STORE_TEXT,    NULL, "code of the project"},
    {"line",    STORE_INTEGER, NULL, "line of its financing plan"},
    {"amount",  STORE_INTEGER, "amount >= 0", "what it gave to all assets, fen"},
};
const struct store_table asset_line_table = {
    .name = "asset_line", .kind = STORE_DERIVED, .meaning = "what lines of plans gave to assets",
    .columns = line_columns, .column_count = ARRAY_COUNT(line_columns),
    .primary_key = "project, line"};

static const struct store_column use_columns[] = {
    {"project", STORE_TEXT,    NULL, "code of the project"},
    {"line",    STORE_INTEGER, NULL, "line of its financing plan"},
    {"asset",   STORE_TEXT,    NULL, "code of the asset"},
    {"amount",  STORE_INTEGER, NULL, "what it gave to that asset, fen"},
};
const struct store_table asset_use_table = {
    .name = "asset_use", .kind = STORE_DERIVED, .meaning = "what became of the money of projects",
    .columns = use_columns, .column_count = ARRAY_COUNT(use_columns),
    .primary_key = "project, line, asset"};

static const struct store_column place_columns[] = {
    {"asset",    STORE_TEXT, NULL, "code of the asset"},
    {"division", STORE_TEXT, NULL, "where it was"},
    {"until",    STORE_TEXT, NULL, "last day of that division"},
    {"seq",      STORE_INTEGER, NULL, "asset.register that told where it is since"},
};
static const char *const place_indexes[] = {"division", "until", NULL};
const struct store_table asset_place_table = {
    .name = "asset_place", .kind = STORE_DERIVED, .meaning = "where assets were before",
    .columns = place_columns, .column_count = ARRAY_COUNT(place_columns),
    .primary_key = "asset, division", .indexes = place_indexes};

static const struct store_column receipt_columns[] = {
    {"voucher",  STORE_TEXT,    NULL, "number of a receipt"},
    {"division", STORE_TEXT,    NULL, "where it brought something"},
    {"amount",   STORE_INTEGER, NULL, "what is told of it, as income or proceeds, fen"},
};
const struct store_table asset_receipt_table = {
    .name = "asset_receipt", .kind = STORE_DERIVED, .meaning = "what assets brought, by receipt",
    .columns = receipt_columns, .column_count = ARRAY_COUNT(receipt_columns),
    .primary_key = "voucher, division"};
// clang-format on

/* ---- Keeping --------------------------------------------------------------------------------- */

/* Bind the members of an entry's body, texts and integers, in order, and run it; "seq" is the
   entry's number. */
static bool run_with_members(struct journal *journal, const struct entry_view *entry,
                             const char *sql, const char *const *members, struct error *err)
{
    char texts[4][TEXT_SIZE];
    struct statement *statement;
    size_t text_count = 0;

    if (!store_statement(journal_store(journal), sql, &statement, err)) return false;
    for (int i = 0; members[i] != NULL; i++) {
        uint32_t node = json_member(entry->document, entry->body, members[i]);

        if (strcmp(members[i], "seq") == 0) {
            statement_bind_integer(statement, i + 1, (int64_t)entry->seq);
            continue;
        }
        if (json_type(entry->document, node) == JSON_INTEGER) {
            statement_bind_integer(statement, i + 1, json_integer_value(entry->document, node));
            continue;
        }
        if (!json_get_string(entry->document, entry->body, members[i], texts[text_count], TEXT_SIZE,
                             err)) {
            statement_reset(statement);
            return false;
        }
        statement_bind_text(statement, i + 1, texts[text_count++]);
    }
    return statement_run(statement, err);
}

static bool keep_register(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    static const char *const members[] = {"asset", "acquired", "class", "division", "seq", NULL};
    static const char *const moved[] = {"seq", "division", "asset", NULL};
    char reason[TEXT_SIZE];

    if (!json_get_string(entry->document, entry->body, "reason", reason, sizeof reason, err) ||
        (reason[0] != '\0' &&
         !run_with_members(
             journal, entry,
             "INSERT INTO asset_place (asset, division, until, seq) SELECT a.code, "
             "a.division, d.last_day, $1 FROM asset_now a JOIN division d ON d.code = "
             "a.division WHERE a.division <> $2 AND a.code = $3",
             moved, err)))
        return false;
    return run_with_members(journal, entry,
                            "INSERT INTO asset_now (code, acquired, class, division, "
                            "register_seq, first_day, titled_on, owner_division, certificate, "
                            "state_on, state, ended_on) VALUES ($1, $2, $3, $4, $5, '', '', '', "
                            "'', '', 'in_use', '') ON CONFLICT (code) DO UPDATE SET acquired = "
                            "excluded.acquired, class = excluded.class, division = "
                            "excluded.division, register_seq = excluded.register_seq",
                            members, err);
}

static bool keep_first_day(struct journal *journal, const struct entry_view *entry,
                           struct error *err)
{
    static const char *const members[] = {"date", "asset", NULL};

    return run_with_members(journal, entry,
                            "UPDATE asset_now SET first_day = CASE WHEN first_day = '' OR "
                            "first_day > $1 THEN $1 ELSE first_day END WHERE code = $2",
                            members, err);
}

static bool keep_cost(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const line[] = {"project", "line", NULL};
    static const char *const line_sum[] = {"amount", "project", "line", NULL};
    static const char *const use[] = {"project", "line", "asset", "amount", NULL};
    char project[TEXT_SIZE];

    if (!keep_first_day(journal, entry, err) ||
        !json_get_string(entry->document, entry->body, "project", project, sizeof project, err))
        return false;
    if (project[0] == '\0') return true;
    return run_with_members(journal, entry,
                            "INSERT INTO asset_line (project, line, amount) VALUES ($1, $2, 0) ON "
                            "CONFLICT (project, line) DO NOTHING",
                            line, err) &&
           run_with_members(journal, entry,
                            "UPDATE asset_line SET amount = amount + $1 WHERE project = $2 AND "
                            "line = $3",
                            line_sum, err) &&
           run_with_members(journal, entry,
                            "INSERT INTO asset_use (project, line, asset, amount) VALUES ($1, $2, "
                            "$3, $4) ON CONFLICT (project, line, asset) DO UPDATE SET amount = "
                            "asset_use.amount + excluded.amount",
                            use, err);
}

static bool keep_title(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"date", "division", "certificate", "asset", NULL};

    return keep_first_day(journal, entry, err) &&
           run_with_members(journal, entry,
                            "UPDATE asset_now SET titled_on = $1, owner_division = $2, certificate "
                            "= $3 WHERE code = $4 AND titled_on <= $1",
                            members, err);
}

static bool keep_state(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const char *const members[] = {"date", "state", "asset", NULL};

    return keep_first_day(journal, entry, err) &&
           run_with_members(journal, entry,
                            "UPDATE asset_now SET state_on = $1, state = $2 WHERE code = $3 AND "
                            "state_on <= $1",
                            members, err);
}

bool register_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const struct {
        const char *kind;
        bool (*keep)(struct journal *journal, const struct entry_view *entry, struct error *err);
    } keepers[] = {{"asset.register", keep_register},
                   {"asset.cost", keep_cost},
                   {"asset.title", keep_title},
                   {"asset.state", keep_state}};

    if (strncmp(entry->kind, "asset.", strlen("asset.")) != 0) return true;
    for (size_t i = 0; i < ARRAY_COUNT(keepers); i++)
        if (strcmp(entry->kind, keepers[i].kind) == 0) return keepers[i].keep(journal, entry, err);
    return true;
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static void copy_column(const struct statement *statement, int column, char *out, size_t size)
{
    const char *text = statement_text(statement, column);
    size_t length = strlen(text);

    assert(length < size); /* the kind's table held it to that */
    memcpy(out, text, length + 1);
}

/* Go to the row of a kept statement with one text bound. */
static bool find_row(struct journal *journal, const char *sql, const char *text,
                     struct statement **out, bool *has_row, struct error *err)
{
    if (!store_statement(journal_store(journal), sql, out, err)) return false;
    statement_bind_text(*out, 1, text);
    return statement_step(*out, has_row, err);
}

bool asset_find_stand(struct journal *journal, const char *code, struct asset_stand *out,
                      struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!find_row(journal,
                  "SELECT a.class, a.state, a.division, a.owner_division, a.acquired, a.code, "
                  "a.state_on, d.last_day, d.closed FROM asset_now a JOIN division d ON d.code = "
                  "a.division WHERE a.code = $1",
                  code, &select, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                         translate(N_("asset")), code);
    memset(out, 0, sizeof *out);
    copy_column(select, 0, out->class, sizeof out->class);
    copy_column(select, 1, out->state, sizeof out->state);
    copy_column(select, 2, out->division, sizeof out->division);
    copy_column(select, 3, out->owner_division, sizeof out->owner_division);
    copy_column(select, 4, out->acquired, sizeof out->acquired);
    copy_column(select, 5, out->code, sizeof out->code);
    copy_column(select, 6, out->state_on, sizeof out->state_on);
    copy_column(select, 7, out->place_last_day, sizeof out->place_last_day);
    out->place_is_closed = statement_integer(select, 8) != 0;
    statement_reset(select);
    return true;
}

bool register_find_thing(struct journal *journal, const char *what, const char *code,
                         struct journal_thing *out, bool *found, struct error *err)
{
    struct statement *select;

    *found = false;
    if (strcmp(what, "asset") != 0) return true;
    if (!find_row(
            journal,
            "SELECT division, 1 AS is_personal FROM household_asset WHERE asset = $1 UNION ALL "
            "SELECT division, 0 FROM asset_now WHERE code = $1 ORDER BY is_personal DESC "
            "LIMIT 1",
            code, &select, found, err))
        return false;
    if (!*found) return true;
    copy_column(select, 0, out->division, sizeof out->division);
    out->is_personal = statement_integer(select, 1) != 0;
    statement_reset(select);
    return true;
}

bool asset_state_is_gone(const char *state)
{
    return strcmp(state, "scrapped") == 0 || strcmp(state, "disposed") == 0;
}

static bool require_on(const struct asset_stand *stand, const char *date, const char *what,
                       struct error *err)
{
    if (strcmp(date, stand->acquired) < 0)
        return error_set(err, ERROR_INPUT,
                         "%s on %s, and asset %s is there since %s; correct one of the two",
                         translate(what), date, stand->code, stand->acquired);
    if (stand->place_last_day[0] == '\0' ||
        (!stand->place_is_closed && strcmp(date, stand->place_last_day) <= 0))
        return true;
    return error_set(err, ERROR_STATE,
                     "%s on %s, and asset %s is in %s, which ended on %s; register it first in "
                     "what came after that, and give the merger or split as the reason",
                     translate(what), date, stand->code, stand->division, stand->place_last_day);
}

bool asset_require_on(struct journal *journal, const char *code, const char *date, const char *what,
                      char division_out[DIVISION_CODE_SIZE], struct error *err)
{
    struct asset_stand stand;

    if (!asset_find_stand(journal, code, &stand, err) || !require_on(&stand, date, what, err))
        return false;
    memcpy(division_out, stand.division, DIVISION_CODE_SIZE);
    return true;
}

bool asset_require_use(struct journal *journal, const char *code, const char *date,
                       const char *what, char division_out[DIVISION_CODE_SIZE], struct error *err)
{
    struct asset_stand stand;

    if (!asset_find_stand(journal, code, &stand, err) || !require_on(&stand, date, what, err))
        return false;
    if (asset_state_is_gone(stand.state) && strcmp(stand.state_on, date) < 0)
        return error_set(err, ERROR_STATE,
                         "%s on %s, and asset %s is %s since %s; correct the day or the state",
                         translate(what), date, code, translate(stand.state), stand.state_on);
    memcpy(division_out, stand.division, DIVISION_CODE_SIZE);
    return true;
}

bool asset_require_alive(struct journal *journal, const char *code, const char *date,
                         struct error *err)
{
    struct statement *select;
    char ended_on[DATE_TEXT_SIZE];
    bool has_row;

    if (!find_row(journal, "SELECT ended_on FROM asset_now WHERE code = $1", code, &select,
                  &has_row, err))
        return false;
    if (!has_row) return true;
    copy_column(select, 0, ended_on, sizeof ended_on);
    statement_reset(select);
    return ended_on[0] == '\0' || strcmp(date, ended_on) <= 0 ||
           error_set(err, ERROR_STATE,
                     "asset %s was disposed of on %s; nothing happens to it on %s", code, ended_on,
                     date);
}

bool register_read(struct journal *journal, const char *asset, char certificate[TEXT_SIZE],
                   char first_day[DATE_TEXT_SIZE], struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!find_row(journal, "SELECT certificate, first_day FROM asset_now WHERE code = $1", asset,
                  &select, &has_row, err))
        return false;
    certificate[0] = first_day[0] = '\0';
    if (!has_row) return true;
    copy_column(select, 0, certificate, TEXT_SIZE);
    copy_column(select, 1, first_day, DATE_TEXT_SIZE);
    statement_reset(select);
    return true;
}

bool register_owner_on(struct journal *journal, const char *asset, const char *day,
                       char out[DIVISION_CODE_SIZE], struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal_store(journal),
            "SELECT COALESCE((SELECT division FROM asset_title WHERE asset = $1 AND date "
            "<= $2 ORDER BY date DESC, seq DESC LIMIT 1), (SELECT division FROM "
            "asset_title WHERE asset = $1 ORDER BY date, seq LIMIT 1), '')",
            &select, err))
        return false;
    statement_bind_text(select, 1, asset);
    statement_bind_text(select, 2, day);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    copy_column(select, 0, out, DIVISION_CODE_SIZE);
    statement_reset(select);
    return true;
}

bool register_find_certificate(struct journal *journal, const char *certificate,
                               const char *but_asset, char out[CODE_SIZE], struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT code FROM asset_now WHERE certificate = $1 AND code <> $2 AND "
                         "state NOT IN ('disposed', 'scrapped') ORDER BY code LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, certificate);
    statement_bind_text(select, 2, but_asset);
    if (!statement_step(select, &has_row, err)) return false;
    out[0] = '\0';
    if (!has_row) return true;
    copy_column(select, 0, out, CODE_SIZE);
    statement_reset(select);
    return true;
}

bool register_line_sum(struct journal *journal, const char *project, int64_t line, money_t *out,
                       struct error *err)
{
    struct statement *select;
    bool has_row;
    int64_t fen = 0;

    if (!store_statement(journal_store(journal),
                         "SELECT amount FROM asset_line WHERE project = $1 AND line = $2", &select,
                         err))
        return false;
    statement_bind_text(select, 1, project);
    statement_bind_integer(select, 2, line);
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) {
        fen = statement_integer(select, 0);
        statement_reset(select);
    }
    return money_from_fen(fen, out, err);
}

bool register_has_moved(struct journal *journal, const char *day, bool *out, struct error *err)
{
    struct statement *select;

    if (!find_row(journal, "SELECT 1 FROM asset_place WHERE until >= $1 LIMIT 1", day, &select, out,
                  err))
        return false;
    if (*out) statement_reset(select);
    return true;
}

/* ---- Receipts -------------------------------------------------------------------------------- */

bool asset_receipt_sum(struct journal *journal, const char *voucher, const char *division,
                       money_t *out, struct error *err)
{
    struct statement *select;
    bool has_row;
    int64_t fen = 0;

    if (!store_statement(journal_store(journal),
                         "SELECT amount FROM asset_receipt WHERE voucher = $1 AND division = $2",
                         &select, err))
        return false;
    statement_bind_text(select, 1, voucher);
    statement_bind_text(select, 2, division);
    if (!statement_step(select, &has_row, err)) return false;
    if (has_row) {
        fen = statement_integer(select, 0);
        statement_reset(select);
    }
    return money_from_fen(fen, out, err);
}

bool asset_receipt_add(struct journal *journal, const char *voucher, const char *division,
                       int64_t fen, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal_store(journal),
                         "INSERT INTO asset_receipt (voucher, division, amount) VALUES ($1, $2, "
                         "$3) ON CONFLICT (voucher, division) DO UPDATE SET amount = "
                         "asset_receipt.amount + excluded.amount",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, voucher);
    statement_bind_text(insert, 2, division);
    statement_bind_integer(insert, 3, fen);
    return statement_run(insert, err);
}
