/*
 * handover.c - the list of a handover: what may stand on it, and how it stands.
 *
 * 1. One handover is from one division, which has the title of all its assets, to another.
 * 2. An asset is on one list at a time, and on none while it is being disposed of.
 * 3. What both sign is one hash over all rows of the list, in the order of the log: h(0) is 32 zero
 *    bytes, h(n) the node hash (RFC 6962) of h(n-1) and the leaf hash of the n-th body.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/tree.h"
#include "ledger/custody/internal.h"

// clang-format off
static const struct store_column now_columns[] = {
    {"code",        STORE_TEXT,    NULL, "code of the handover"},
    {"state",       STORE_TEXT,    NULL, "listed, given, taken or dropped"},
    {"giver",       STORE_TEXT,    NULL, "division that has the titles"},
    {"taker",       STORE_TEXT,    NULL, "division that gets them"},
    {"assets",      STORE_INTEGER, NULL, "how many are on its list"},
    {"listed_on",   STORE_TEXT,    NULL, "last day on which one was listed"},
    {"rows_sha256", STORE_TEXT,    NULL, "over its list, as both sign it"},
    {"given_on",    STORE_TEXT,    NULL, "empty: not yet"},
    {"given_by",    STORE_TEXT,    NULL, "who signed that"},
    {"give_seq",    STORE_INTEGER, NULL, "the handover.give; -1: not yet"},
    {"taken_on",    STORE_TEXT,    NULL, "empty: not yet"},
    {"taken_by",    STORE_TEXT,    NULL, "who signed that"},
    {"take_seq",    STORE_INTEGER, NULL, "the handover.take; -1: not yet"},
};
static const char *const now_indexes[] = {"giver", "taker", NULL};
const struct store_table handover_now_table = {
    .name = "handover_now", .kind = STORE_DERIVED, .meaning = "handovers as they stand",
    .columns = now_columns, .column_count = ARRAY_COUNT(now_columns), .primary_key = "code",
    .indexes = now_indexes};
// clang-format on

#define SELECT_HANDOVER                                                                            \
    "SELECT code, state, giver, taker, assets, given_on, given_by, give_seq, taken_on, taken_by, " \
    "take_seq, rows_sha256, listed_on FROM handover_now WHERE "

static void read_handover(const struct statement *row, struct handover *out)
{
    memset(out, 0, sizeof *out);
    custody_copy(row, 0, out->code, sizeof out->code);
    custody_copy(row, 1, out->state, sizeof out->state);
    custody_copy(row, 2, out->giver, sizeof out->giver);
    custody_copy(row, 3, out->taker, sizeof out->taker);
    out->assets = statement_integer(row, 4);
    custody_copy(row, 5, out->given_on, sizeof out->given_on);
    custody_copy(row, 6, out->given_by, sizeof out->given_by);
    out->give_seq = statement_integer(row, 7);
    custody_copy(row, 8, out->taken_on, sizeof out->taken_on);
    custody_copy(row, 9, out->taken_by, sizeof out->taken_by);
    out->take_seq = statement_integer(row, 10);
    custody_copy(row, 11, out->rows_sha256, sizeof out->rows_sha256);
    custody_copy(row, 12, out->listed_on, sizeof out->listed_on);
}

static bool find(struct journal *journal, const char *code, struct handover *out, bool *found,
                 struct error *err)
{
    const char *const texts[] = {code, NULL};
    struct statement *row;

    if (!custody_ask(journal, SELECT_HANDOVER "code = $1", texts, &row, found, err)) return false;
    if (!*found) return true;
    read_handover(row, out);
    statement_reset(row);
    return true;
}

bool handover_find(struct journal *journal, const char *code, struct handover *out,
                   struct error *err)
{
    bool found;

    if (!find(journal, code, out, &found, err)) return false;
    return found || error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                              translate(N_("handover")), code);
}

bool handover_each(struct journal *journal, const char *scope, handover_visit *visit, void *context,
                   struct error *err)
{
    struct statement *rows = NULL;
    struct custody_scope codes;
    struct handover handover;
    bool has_row, ok = false;

    if (!custody_list(journal,
                      SELECT_HANDOVER
                      "giver BETWEEN $1 AND $2 OR taker BETWEEN $1 AND $2 ORDER BY code",
                      scope, &codes, &rows, err))
        return false;
    for (;;) {
        if (!statement_step(rows, &has_row, err)) goto out;
        if (!has_row) break;
        read_handover(rows, &handover);
        if (!visit(context, &handover, err)) goto out;
    }
    ok = true;
out:
    statement_free(rows);
    return ok;
}

/* ---- The list -------------------------------------------------------------------------------- */

bool handover_require_none(struct journal *journal, const char *asset, struct error *err)
{
    const char *const texts[] = {asset, NULL};
    char code[CODE_SIZE];
    struct statement *row;
    bool has_row;

    if (!custody_ask(journal,
                     "SELECT h.code FROM handover_asset AS a JOIN handover_now AS h ON h.code = "
                     "a.handover WHERE a.asset = $1 AND h.state IN ('listed', 'given')",
                     texts, &row, &has_row, err))
        return false;
    if (!has_row) return true;
    custody_copy(row, 0, code, sizeof code);
    statement_reset(row);
    return error_set(err, ERROR_STATE,
                     "asset %s is on handover %s, which is neither taken nor dropped; finish that "
                     "first",
                     asset, code);
}

/* A further row of a list goes the way of the first. */
static bool check_list(const struct record *record, const struct handover *handover,
                       const char *giver, struct error *err)
{
    if (strcmp(handover->state, "listed") != 0)
        return error_set(err, ERROR_STATE,
                         "handover %s is %s; nothing is added to its list, make a new one",
                         handover->code, translate(handover->state));
    if (strcmp(handover->taker, TEXT(HANDOVER_DIVISION)) != 0)
        return error_set(err, ERROR_INPUT,
                         "handover %s is to %s; what goes to %s is a handover of its own",
                         handover->code, handover->taker, TEXT(HANDOVER_DIVISION));
    return strcmp(handover->giver, giver) == 0 ||
           error_set(err, ERROR_INPUT,
                     "handover %s is from %s, and asset %s belongs to %s; list it apart",
                     handover->code, handover->giver, TEXT(HANDOVER_ASSET), giver);
}

RECORD_CHECK(check_handover_asset)
{
    struct asset_stand stand;
    struct handover handover;
    char place[DIVISION_CODE_SIZE];
    struct record *title;
    bool found, ok;

    if (!asset_find_stand(journal, TEXT(HANDOVER_ASSET), &stand, err)) return false;
    if (stand.owner_division[0] == '\0')
        return error_set(err, ERROR_STATE,
                         "asset %s has no title yet; nobody can hand it over before that",
                         stand.code);
    if (strcmp(stand.owner_division, TEXT(HANDOVER_DIVISION)) == 0)
        return error_set(err, ERROR_STATE, "asset %s belongs to %s already", stand.code,
                         stand.owner_division);
    if (!find(journal, TEXT(HANDOVER_CODE), &handover, &found, err) ||
        (found && !check_list(record, &handover, stand.owner_division, err)) ||
        !handover_require_none(journal, stand.code, err) ||
        !disposal_require_none(journal, stand.code, err))
        return false;
    title = malloc(sizeof *title);
    if (title == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    handover_title(record, TEXT(HANDOVER_DATE), title);
    ok = asset_check_title(journal, title, place, err);
    free(title);
    if (ok) memcpy(division_out, stand.owner_division, DIVISION_CODE_SIZE);
    return ok;
}

RECORD_CHECK(check_handover_drop)
{
    struct handover handover;

    if (!handover_find(journal, TEXT(DROP_HANDOVER), &handover, err) ||
        !record_require_text(record, DROP_REASON, "reason", err))
        return false;
    if (strcmp(handover.state, "taken") == 0 || strcmp(handover.state, "dropped") == 0)
        return error_set(err, ERROR_STATE, "handover %s is %s; there is nothing to drop",
                         handover.code, translate(handover.state));
    memcpy(division_out, handover.giver, DIVISION_CODE_SIZE);
    return record_require_order(handover.given_on, TEXT(DROP_DATE), N_("the handover is dropped"),
                                err);
}

/* ---- Keeping --------------------------------------------------------------------------------- */

/* The hash over a list with one more row. */
static bool join(const char *so_far, const struct entry_view *entry, char out[HASH_HEX_SIZE],
                 struct error *err)
{
    hash_t sum = {{0}}, leaf;
    size_t size;
    const uint8_t *body = json_source(entry->document, entry->body, &size);

    if (so_far[0] != '\0' && !hash_from_hex(so_far, &sum, err)) return false;
    leaf = hash_leaf(body, size);
    sum = hash_node(&sum, &leaf);
    (void)hash_to_hex(&sum, out);
    return true;
}

static bool keep_asset(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE], asset[CODE_SIZE], taker[DIVISION_CODE_SIZE], date[DATE_TEXT_SIZE];
    char sum[HASH_HEX_SIZE];
    struct asset_stand stand;
    struct handover handover;
    bool found;

    if (!json_get_string(entry->document, entry->body, "handover", code, sizeof code, err) ||
        !json_get_string(entry->document, entry->body, "asset", asset, sizeof asset, err) ||
        !json_get_string(entry->document, entry->body, "division", taker, sizeof taker, err) ||
        !json_get_string(entry->document, entry->body, "date", date, sizeof date, err) ||
        !asset_find_stand(journal, asset, &stand, err) ||
        !find(journal, code, &handover, &found, err) ||
        !join(found ? handover.rows_sha256 : "", entry, sum, err))
        return false;
    return custody_run(
        journal,
        "INSERT INTO handover_now (code, state, giver, taker, assets, listed_on, rows_sha256, "
        "given_on, given_by, give_seq, taken_on, taken_by, take_seq) VALUES ($1, 'listed', $2, $3, "
        "1, $4, $5, '', '', -1, '', '', -1) ON CONFLICT (code) DO UPDATE SET assets = "
        "handover_now.assets + 1, rows_sha256 = excluded.rows_sha256, listed_on = CASE WHEN "
        "handover_now.listed_on < excluded.listed_on THEN excluded.listed_on ELSE "
        "handover_now.listed_on END",
        (const char *const[]){code, stand.owner_division, taker, date, sum, NULL}, err);
}

bool handover_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE];

    if (strcmp(entry->kind, "handover.asset") == 0) return keep_asset(journal, entry, err);
    if (strcmp(entry->kind, "handover.drop") != 0) return true;
    return json_get_string(entry->document, entry->body, "handover", code, sizeof code, err) &&
           custody_run(journal, "UPDATE handover_now SET state = 'dropped' WHERE code = $1",
                       (const char *const[]){code, NULL}, err);
}

void handover_title(const struct record *record, const char *date, struct record *out)
{
    static const struct {
        size_t from, to;
    } fields[] = {{HANDOVER_ASSET, TITLE_ASSET},       {HANDOVER_CERTIFICATE, TITLE_CERTIFICATE},
                  {HANDOVER_DISPOSAL, TITLE_DISPOSAL}, {HANDOVER_DISTRIBUTION, TITLE_DISTRIBUTION},
                  {HANDOVER_DIVISION, TITLE_DIVISION}, {HANDOVER_DOCUMENT, TITLE_DOCUMENT},
                  {HANDOVER_INCOME, TITLE_INCOME},     {HANDOVER_OPERATOR, TITLE_OPERATOR},
                  {HANDOVER_OWNER, TITLE_OWNER},       {HANDOVER_SUPERVISION, TITLE_SUPERVISION},
                  {HANDOVER_USCC, TITLE_USCC}};

    record_clear(&asset_title, out);
    out->seq = record->seq;
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        memcpy(out->values[fields[i].to].text, TEXT(fields[i].from),
               strlen(TEXT(fields[i].from)) + 1);
    memcpy(out->values[TITLE_DATE].text, date, strlen(date) + 1);
}
