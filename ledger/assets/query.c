/*
 * query.c - the register of a day: assets with their title, state and value as they were then.
 *
 * 1. One pass over assets and one over their costs, both by division and code: a register of
 *    100,000 costs no look-ups of one's own for each.
 * 2. Where a division ended, its assets are told there up to its last day.
 * 3. What was scrapped or disposed of is depreciated to the end of the month of that.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/assets/internal.h"

#define LATEST(table)                                                                              \
    "(SELECT x.seq FROM " table " AS x WHERE x.asset = a.code AND x.date <= $1 ORDER BY x.date "   \
    "DESC, x.seq DESC LIMIT 1)"
/* Assets where they are now; and where they were on $1, when one of them was elsewhere then. */
#define NOW "asset_now AS a "
#define THEN                                                                                       \
    "(SELECT n.code, n.register_seq, n.acquired, n.division FROM asset_now AS n WHERE NOT EXISTS " \
    "(SELECT 1 FROM asset_place AS x WHERE x.asset = n.code AND x.until >= $1) UNION ALL SELECT "  \
    "n.code, n.register_seq, n.acquired, p.division FROM asset_place AS p JOIN asset_now AS n ON " \
    "n.code = p.asset WHERE p.until >= $1 AND NOT EXISTS (SELECT 1 FROM asset_place AS x WHERE "   \
    "x.asset = p.asset AND x.until >= $1 AND x.seq < p.seq)) AS a "
#define SELECT_ASSETS(assets)                                                                      \
    "SELECT r.seq, r.asset, r.class, r.form, r.origin, COALESCE(s.state, 'in_use'), r.category, "  \
    "r.name, r.place, r.specification, r.unit, r.document, r.note, a.division, "                   \
    "r.latitude_microdegrees, "                                                                    \
    "r.longitude_microdegrees, r.quantity_thousandths, r.acquired, r.life_months, r.residual_bp, " \
    "s.date, s.reason, t.date, t.division, t.owner, t.operator, t.uscc, t.certificate, t.income, " \
    "t.distribution, t.disposal, t.supervision FROM " assets                                       \
    "JOIN asset_register AS r ON r.seq = a.register_seq LEFT JOIN asset_title AS t ON t.seq "      \
    "= " LATEST("asset_title") " LEFT JOIN asset_state AS s ON s.seq = " LATEST(                   \
        "asset_state") " WHERE a.acquired <= $1 AND "
#define SELECT_COSTS(assets)                                                                       \
    "SELECT c.asset, a.division, c.amount, c.date FROM " assets "JOIN asset_cost AS c ON "         \
    "c.asset = a.code WHERE c.date <= $1 AND "
#define IN_ORDER " ORDER BY a.division, a.code"
#define ONE      "a.code = $2"
#define RANGE    "a.division BETWEEN $2 AND $3"

static const char *const delay_policy = "asset_depreciation_from";

struct register_reader {
    struct statement *assets, *costs;
    bool has_cost; /* the costs stand on a row that belongs to no asset read so far */
    date_t day;
    int64_t delay_months;
};

static void copy(const struct statement *statement, int column, char *out, size_t size)
{
    const char *text = statement_text(statement, column);
    size_t length = strlen(text);

    assert(length < size); /* the kinds' tables held it to that */
    memcpy(out, text, length + 1);
}

/* ---- A row ----------------------------------------------------------------------------------- */

static bool read_asset(const struct statement *row, struct asset *out, struct error *err)
{
    const struct {
        char *text;
        size_t size;
    } texts[] = {[1] = {out->code, sizeof out->code},
                 [2] = {out->class, sizeof out->class},
                 [3] = {out->form, sizeof out->form},
                 [4] = {out->origin, sizeof out->origin},
                 [5] = {out->state, sizeof out->state},
                 [6] = {out->category, sizeof out->category},
                 [7] = {out->name, sizeof out->name},
                 [8] = {out->place, sizeof out->place},
                 [9] = {out->specification, sizeof out->specification},
                 [10] = {out->unit, sizeof out->unit},
                 [11] = {out->document, sizeof out->document},
                 [12] = {out->note, sizeof out->note},
                 [13] = {out->division, sizeof out->division},
                 [20] = {out->state_since, sizeof out->state_since},
                 [21] = {out->state_reason, sizeof out->state_reason},
                 [22] = {out->titled_on, sizeof out->titled_on},
                 [23] = {out->owner_division, sizeof out->owner_division},
                 [24] = {out->owner, sizeof out->owner},
                 [25] =
                     {
                         out->operator,
                         sizeof out->operator},
                         [26] = {out->uscc, sizeof out->uscc},
                         [27] = {out->certificate, sizeof out->certificate},
                         [28] = {out->income, sizeof out->income},
                         [29] = {out->distribution, sizeof out->distribution},
                         [30] = {out->disposal, sizeof out->disposal},
                         [31] = {out->supervision, sizeof out->supervision},
                 };

    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        if (texts[i].text != NULL) copy(row, (int)i, texts[i].text, texts[i].size);
    out->seq = (uint64_t)statement_integer(row, 0);
    out->latitude = statement_integer(row, 14);
    out->longitude = statement_integer(row, 15);
    out->quantity = statement_integer(row, 16);
    out->life_months = statement_integer(row, 18);
    out->residual_bp = statement_integer(row, 19);
    out->has_title = out->titled_on[0] != '\0';
    out->is_owner_unusual = out->has_title && strcmp(out->class, "operational") == 0 &&
                            division_code_level(out->division) == DIVISION_VILLAGE &&
                            strcmp(out->division, out->owner_division) != 0;
    out->original = out->depreciation = out->net = MONEY_ZERO;
    return date_parse(statement_text(row, 17), &out->acquired, err);
}

/* ---- Its value ------------------------------------------------------------------------------- */

static bool last_day_of_use(const struct asset *asset, date_t day, date_t *out, struct error *err)
{
    date_t scrapped;

    *out = day;
    if (!asset_state_is_gone(asset->state)) return true;
    if (!date_parse(asset->state_since, &scrapped, err)) return false;
    scrapped = month_last_day(date_month(scrapped));
    if (date_is_before(scrapped, day)) *out = scrapped;
    return true;
}

static bool add_cost(const struct register_reader *reader, struct asset *asset, struct error *err)
{
    const struct depreciation_terms terms = {asset->acquired, asset->life_months,
                                             asset->residual_bp, reader->delay_months};
    money_t amount, share;
    date_t from, day;

    return money_from_fen(statement_integer(reader->costs, 2), &amount, err) &&
           date_parse(statement_text(reader->costs, 3), &from, err) &&
           last_day_of_use(asset, reader->day, &day, err) &&
           asset_depreciate(&terms, amount, from, day, &share, err) &&
           money_add(asset->original, amount, &asset->original, err) &&
           money_add(asset->depreciation, share, &asset->depreciation, err) &&
           money_subtract(asset->original, asset->depreciation, &asset->net, err);
}

/* Costs of assets that were left out come first, those of this asset then. */
static bool add_costs(struct register_reader *reader, struct asset *asset, struct error *err)
{
    while (reader->has_cost) {
        int order = strcmp(statement_text(reader->costs, 1), asset->division);

        if (order == 0) order = strcmp(statement_text(reader->costs, 0), asset->code);
        if (order > 0) break;
        if (order == 0 && !add_cost(reader, asset, err)) return false;
        if (!statement_step(reader->costs, &reader->has_cost, err)) return false;
    }
    return true;
}

/* ---- The pass -------------------------------------------------------------------------------- */

/* The two statements of a pass: of a day like today, and of one on which an asset was elsewhere. */
struct pass {
    const char *assets[2], *costs[2];
};
static const struct pass in_range = {
    {SELECT_ASSETS(NOW) RANGE IN_ORDER, SELECT_ASSETS(THEN) RANGE IN_ORDER},
    {SELECT_COSTS(NOW) RANGE IN_ORDER ", c.date, c.seq",
     SELECT_COSTS(THEN) RANGE IN_ORDER ", c.date, c.seq"}};
static const struct pass of_one = {{SELECT_ASSETS(NOW) ONE, SELECT_ASSETS(THEN) ONE},
                                   {SELECT_COSTS(NOW) ONE, SELECT_COSTS(THEN) ONE}};

static bool prepare(struct journal *journal, struct register_reader *reader, const char *day,
                    const struct pass *pass, struct error *err)
{
    bool has_moved;

    return register_has_moved(journal, day, &has_moved, err) &&
           store_prepare(journal_store(journal), pass->assets[has_moved], &reader->assets, err) &&
           store_prepare(journal_store(journal), pass->costs[has_moved], &reader->costs, err);
}

static bool begin(struct journal *journal, struct register_reader *reader, date_t day,
                  struct error *err)
{
    reader->day = day;
    return journal_policy(journal, delay_policy, day, 1, &reader->delay_months, err) &&
           statement_step(reader->costs, &reader->has_cost, err);
}

static bool is_wanted(const struct asset_filter *filter, const struct asset *asset)
{
    return (filter->class == NULL || strcmp(filter->class, asset->class) == 0) &&
           (filter->form == NULL || strcmp(filter->form, asset->form) == 0) &&
           (filter->state == NULL || strcmp(filter->state, asset->state) == 0) &&
           (filter->category == NULL || strcmp(filter->category, asset->category) == 0) &&
           (filter->owner == NULL || strcmp(filter->owner, asset->owner_division) == 0);
}

bool asset_each(struct journal *journal, const struct asset_filter *filter, date_t day,
                asset_visit *visit, void *context, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE], text[DATE_TEXT_SIZE];
    struct asset *asset = calloc(1, sizeof *asset);
    struct register_reader reader = {.assets = NULL};
    bool has_row, ok = false;

    if (asset == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    division_code_range(filter->scope, first, last);
    (void)date_format(day, text);
    if (!prepare(journal, &reader, text, &in_range, err)) goto out;
    for (size_t i = 0; i < 2; i++) {
        struct statement *statement = i == 0 ? reader.assets : reader.costs;

        statement_bind_text(statement, 1, text);
        statement_bind_text(statement, 2, first);
        statement_bind_text(statement, 3, last);
    }
    if (!begin(journal, &reader, day, err)) goto out;
    for (;;) {
        if (!statement_step(reader.assets, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_asset(reader.assets, asset, err) || !add_costs(&reader, asset, err)) goto out;
        if (is_wanted(filter, asset) && !visit(context, asset, err)) goto out;
    }
    ok = true;
out:
    statement_free(reader.assets);
    statement_free(reader.costs);
    free(asset);
    return ok;
}

bool asset_find(struct journal *journal, const char *code, date_t day, struct asset *out,
                struct error *err)
{
    struct register_reader reader = {.assets = NULL};
    struct asset *asset = calloc(1, sizeof *asset);
    char text[DATE_TEXT_SIZE];
    bool has_row, ok = false;

    if (asset == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    (void)date_format(day, text);
    if (!prepare(journal, &reader, text, &of_one, err)) goto out;
    statement_bind_text(reader.assets, 1, text);
    statement_bind_text(reader.assets, 2, code);
    statement_bind_text(reader.costs, 1, text);
    statement_bind_text(reader.costs, 2, code);
    if (!begin(journal, &reader, day, err) || !statement_step(reader.assets, &has_row, err))
        goto out;
    if (!has_row) {
        (void)error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger on %s; import it first",
                        translate(N_("asset")), code, text);
        goto out;
    }
    if (!read_asset(reader.assets, asset, err) || !add_costs(&reader, asset, err)) goto out;
    *out = *asset;
    ok = true;
out:
    statement_free(reader.assets);
    statement_free(reader.costs);
    free(asset);
    return ok;
}
