/*
 * assets.c - rows about public assets: docs/format.md section 5.9.
 *
 * 1. What happens to an asset happens from the day on which it was acquired, and not after the day
 *    on which it was disposed of.
 * 2. A certificate is that of one asset that lives; of rows of one sort the latest day counts.
 * 3. What the parts of a source come to is never below zero. A line of a plan gives assets no more
 *    than is planned under it: what was paid under it, which is less, takes lines that may be
 *    sealed.
 */
#include "audit/verify/assets.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define RESIDUAL_BP_MAX 10000
#define CODE_SIZE       65
#define WORD_SIZE       16

static const char *const conditions[] = {
    [ASSET_IN_USE] = "in_use",   [ASSET_IDLE] = "idle",         [ASSET_DAMAGED] = "damaged",
    [ASSET_MISSING] = "missing", [ASSET_SCRAPPED] = "scrapped",
};

void assets_done(struct assets *assets)
{
    free(assets->at);
    free(assets->certificates);
    free(assets->owners);
    free(assets->groups);
    map_done(&assets->by_group);
    *assets = (struct assets){.at = NULL};
}

bool assets_is_gone(const struct asset *asset)
{
    return asset->condition == ASSET_SCRAPPED || asset->condition == ASSET_DISPOSED;
}

/* ---- The register ---------------------------------------------------------------------------- */

bool assets_require_known(struct state *state, const struct view *row, const char *member,
                          struct asset **out, struct error *err)
{
    uint32_t index = 0;

    if (!row_require(state, row, "asset", &index, err)) return false;
    *out = &state->assets.at[index];
    if (!row_require_order((*out)->acquired, row_date(row, member), err)) return false;
    return !divisions_ended_before(&state->divisions, (*out)->division, row_date(row, member)) ||
           row_refuse(N_("tells of an asset after the last day of the division where it is"), err);
}

bool assets_require(struct state *state, const struct view *row, const char *member,
                    struct asset **out, struct error *err)
{
    if (!assets_require_known(state, row, member, out, err)) return false;
    return !(*out)->has_ended || !date_is_before((*out)->ended_on, row_date(row, member)) ||
           row_refuse(N_("tells of an asset after the day on which it was disposed of"), err);
}

bool assets_require_use(struct state *state, const struct view *row, const char *member,
                        struct asset **out, struct error *err)
{
    if (!assets_require_known(state, row, member, out, err)) return false;
    return !assets_is_gone(*out) || !date_is_before((*out)->state_on, row_date(row, member)) ||
           row_refuse(N_("uses an asset after the day on which it was scrapped or disposed of"),
                      err);
}

/* Columns that rule one another out. */
static bool check_columns(const struct view *row, struct error *err)
{
    const bool is_straight = row_is(row, "method", "straight_line");
    const bool is_equity = row_is(row, "form", "equity");

    if (is_straight != (row_number(row, "life_months") > 0) ||
        row_number(row, "residual_bp") > RESIDUAL_BP_MAX || (is_equity && is_straight))
        return row_refuse(N_("has a life, a method and a residual value that rule one another out"),
                          err);
    if (is_equity && !row_is(row, "class", "operational"))
        return row_refuse(N_("is equity that is not operational"), err);
    return (row_number(row, "latitude_microdegrees") == 0) ==
               (row_number(row, "longitude_microdegrees") == 0) ||
           row_refuse(N_("has half of its coordinates"), err);
}

static bool add_asset(struct state *state, const struct view *row, struct error *err)
{
    struct assets *assets = &state->assets;

    char code[CODE_SIZE];

    view_text(row, "asset", code, sizeof code);
    if (row_has(row, "reason") || households_know(state, code))
        return row_refuse(N_("puts an asset right that no row before it registers, or has the code "
                             "of a household's"),
                          err);
    if (!array_reserve(&assets->at, sizeof *assets->at, assets->count, &assets->capacity,
                       THINGS_MAX, err) ||
        !row_enter(state, row, "asset", assets->count, err))
        return false;
    view_text(row, "division", assets->at[assets->count].division, DIVISION_CODE_SIZE);
    assets->count++;
    return true;
}

/* It goes to what comes after its division, once that has ended. */
static bool move_asset(const struct state *state, const struct view *row, struct asset *asset,
                       struct error *err)
{
    char division[DIVISION_CODE_SIZE];
    bool comes_after = false;

    view_text(row, "division", division, sizeof division);
    if (divisions_ended_before(&state->divisions, asset->division, state->people.today) &&
        !divisions_come_after(&state->divisions, asset->division, division, &comes_after, err))
        return false;
    if (!comes_after)
        return row_refuse(N_("moves an asset to a division that doesn't come after its own"), err);
    memcpy(asset->division, division, sizeof division);
    return true;
}

bool assets_register(struct state *state, const struct view *row, struct error *err)
{
    const bool is_again = row_find(state, row, "asset", NULL);
    struct asset *asset;
    uint32_t index = 0;

    if (!check_columns(row, err) || (!is_again && !add_asset(state, row, err)) ||
        !row_require(state, row, "asset", &index, err))
        return false;
    asset = &state->assets.at[index];
    if (is_again && !row_has(row, "reason"))
        return row_refuse(N_("registers an asset again without a reason"), err);
    if (!row_is(row, "division", asset->division) && !move_asset(state, row, asset, err))
        return false;
    asset->acquired = row_date(row, "acquired");
    asset->is_operational = row_is(row, "class", "operational");
    return true;
}

/* ---- What it cost ---------------------------------------------------------------------------- */

static hash_t line_key(const char *project, int64_t line)
{
    return key_of("plan_line/%s/%lld", project, (long long)line);
}

bool assets_project(struct state *state, const struct view *row, struct error *err)
{
    const struct json_document *document = row->document;
    char project[CODE_SIZE];

    view_text(row, "project", project, sizeof project);
    for (uint32_t at = json_first(document, json_member(document, row->body, "plan"));
         at != JSON_NONE; at = json_next(document, at)) {
        hash_t key =
            line_key(project, json_integer_value(document, json_member(document, at, "line")));
        struct row_sum *sum;

        if (map_find(&state->things, &key, NULL))
            return row_refuse(N_("numbers two lines of a project's plan alike"), err);
        if (!row_find_sum(state, &key, &sum, err)) return false;
        sum->most.fen = json_integer_value(document, json_member(document, at, "amount"));
        sum->is_outside = json_string_equals(document, json_member(document, at, "fund"), "");
    }
    return true;
}

/* What belongs to another source is empty. */
static bool check_strangers(const struct view *row, bool is_planned, struct error *err)
{
    const bool is_inherited = row_is(row, "funding", "inherited");
    const bool has_who = row_number(row, "amount") < 0 || row_is(row, "funding", "gift") ||
                         row_is(row, "funding", "labour");

    if (row_number(row, "amount") == 0) return row_refuse(N_("is a part of nothing"), err);
    if (is_planned != row_has(row, "project") || is_planned != (row_number(row, "line") > 0))
        return row_refuse(N_("names a line of a plan just where its money is of none, or none"),
                          err);
    if (is_inherited == row_is(row, "level", "none") ||
        is_inherited != (row_number(row, "year") > 0))
        return row_refuse(N_("names level and year just where its money isn't inherited, or none"),
                          err);
    return !has_who || row_has(row, "text") ||
           row_refuse(N_("doesn't say who gave it, or why it is taken back"), err);
}

static bool check_line(struct state *state, const struct view *row, const char *project,
                       struct error *err)
{
    const bool is_outside = row_is(row, "funding", "outside");
    const hash_t key = line_key(project, row_number(row, "line"));
    char given[MONEY_TEXT_SIZE], planned[MONEY_TEXT_SIZE];
    struct row_sum *sum;

    if (!map_find(&state->things, &key, NULL))
        return row_refuse(N_("names a line of a plan that no row before it has"), err);
    if (!row_find_sum(state, &key, &sum, err)) return false;
    if (sum->is_outside != is_outside)
        return row_refuse(is_outside ? N_("takes for outside money what a fund gives")
                                     : N_("takes for a fund's money what comes from outside"),
                          err);
    if (!row_add(sum, row_number(row, "amount"),
                 N_("takes back more of a plan's line than it gave"), err))
        return false;
    return row_number(row, "amount") < 0 || money_compare(sum->told, sum->most) <= 0 ||
           error_set(err, ERROR_VERIFY,
                     "makes assets of %s yuan of a plan's line of %s yuan; they can't cost more",
                     money_format(sum->told, given), money_format(sum->most, planned));
}

bool assets_cost(struct state *state, const struct view *row, struct error *err)
{
    const bool is_planned = row_is(row, "funding", "project") || row_is(row, "funding", "outside");
    char code[CODE_SIZE], project[CODE_SIZE], funding[WORD_SIZE];
    struct row_sum *sum;
    struct asset *asset;
    hash_t key;

    if (!assets_require(state, row, "date", &asset, err) || !check_strangers(row, is_planned, err))
        return false;
    view_text(row, "asset", code, sizeof code);
    view_text(row, "project", project, sizeof project);
    view_text(row, "funding", funding, sizeof funding);
    key = key_of("cost/%s/%s/%s/%lld", code, funding, project, (long long)row_number(row, "line"));
    return row_find_sum(state, &key, &sum, err) &&
           row_add(sum, row_number(row, "amount"),
                   N_("takes back more of a source than the asset cost of it"), err) &&
           (!is_planned || check_line(state, row, project, err));
}

/* ---- Whose it is ----------------------------------------------------------------------------- */

static uint32_t number_of(const struct assets *assets, const struct asset *asset)
{
    return (uint32_t)(asset - assets->at) + 1;
}

/* Is the certificate, from 1, another living asset's? */
static bool check_certificate(const struct assets *assets, const struct asset *asset,
                              uint32_t certificate, struct error *err)
{
    uint32_t holder = certificate == 0 ? 0 : assets->certificates[certificate - 1];

    return holder == 0 || holder == number_of(assets, asset) ||
           row_refuse(N_("has the certificate of another asset; two assets don't have one title"),
                      err);
}

/* The asset's certificate is its own while it lives. */
static void hold_certificate(struct assets *assets, const struct asset *asset)
{
    uint32_t *holder =
        asset->certificate == 0 ? NULL : &assets->certificates[asset->certificate - 1];

    if (holder == NULL) return;
    if (*holder == 0 && !assets_is_gone(asset))
        *holder = number_of(assets, asset);
    else if (*holder == number_of(assets, asset) && assets_is_gone(asset))
        *holder = 0;
}

static bool find_certificate(struct state *state, const struct view *row, uint32_t *out,
                             struct error *err)
{
    struct assets *assets = &state->assets;

    *out = 0;
    if (!row_has(row, "certificate")) return true;
    if (!row_find(state, row, "certificate", out)) {
        if (!array_reserve(&assets->certificates, sizeof *assets->certificates,
                           assets->certificate_count, &assets->certificate_capacity, THINGS_MAX,
                           err) ||
            !row_enter(state, row, "certificate", assets->certificate_count, err))
            return false;
        *out = (uint32_t)assets->certificate_count++;
    }
    ++*out;
    return true;
}

bool assets_read_title(struct state *state, const struct view *row, const struct asset *asset,
                       struct asset_title *out, struct error *err)
{
    char operator[TEXT_SIZE_MAX];

    view_text(row, "division", out->owner, sizeof out->owner);
    view_text(row, "operator", operator, sizeof operator);
    if (!division_code_is_within(asset->division, out->owner) &&
        !division_code_is_within(out->owner, asset->division))
        return row_refuse(N_("has an owner elsewhere than the asset"), err);
    if (operator[0] != '\0' && !row_has(row, "uscc") && !row_is(row, "owner", operator))
        return row_refuse(N_("names an operator without a credit code, as if it were a person"),
                          err);
    if (asset->is_operational && (!row_has(row, "income") || !row_has(row, "distribution")))
        return row_refuse(N_("doesn't say who has the income of an operational asset"), err);
    return find_certificate(state, row, &out->certificate, err) &&
           check_certificate(&state->assets, asset, out->certificate, err);
}

static bool add_owner(struct assets *assets, struct asset *asset, const char *division, date_t day,
                      struct error *err)
{
    struct asset_owner *owner;

    if (strcmp(asset->owner, division) == 0) return true;
    if (!array_reserve(&assets->owners, sizeof *assets->owners, assets->owner_count,
                       &assets->owner_capacity, THINGS_MAX, err))
        return false;
    owner = &assets->owners[assets->owner_count++];
    owner->before = asset->owners;
    owner->day = day;
    memcpy(owner->division, division, sizeof owner->division);
    asset->owners = (uint32_t)assets->owner_count;
    return true;
}

/* One of an earlier day than that which stands is of whoever had it then: it moves nothing. */
bool assets_give_title(struct state *state, struct asset *asset, const struct asset_title *title,
                       date_t day, uint64_t seq, struct error *err)
{
    uint32_t *before;

    if (!check_certificate(&state->assets, asset, title->certificate, err)) return false;
    asset->titled_by = seq;
    if (asset->owner[0] != '\0' && date_is_before(day, asset->titled_on)) return true;
    if (!add_owner(&state->assets, asset, title->owner, day, err)) return false;
    before = asset->certificate == 0 ? NULL : &state->assets.certificates[asset->certificate - 1];
    if (before != NULL && *before == number_of(&state->assets, asset)) *before = 0;
    asset->titled_on = day;
    asset->certificate = title->certificate;
    memcpy(asset->owner, title->owner, sizeof asset->owner);
    hold_certificate(&state->assets, asset);
    return true;
}

/* Whose title counts on a day; before all of them, the first's. NULL without any. Days don't go
 * back from one owner to the next: a handover is of no earlier day than what was told before. */
static const char *owner_on(const struct assets *assets, const struct asset *asset, date_t day)
{
    const struct asset_owner *owner = NULL;

    for (uint32_t at = asset->owners; at != 0; at = owner->before) {
        owner = &assets->owners[at - 1];
        if (!date_is_before(day, owner->day)) break;
    }
    return owner == NULL ? NULL : owner->division;
}

bool assets_title(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    struct asset_title title;
    const char *owner;
    struct asset *asset;

    if (!assets_require(state, row, "date", &asset, err) ||
        !assets_read_title(state, row, asset, &title, err))
        return false;
    owner = owner_on(&state->assets, asset, day);
    if (owner != NULL && strcmp(owner, title.owner) != 0)
        return error_set(err, ERROR_VERIFY,
                         "gives %s what belongs to %s on that day; a title passes by a handover "
                         "alone",
                         title.owner, owner);
    return assets_give_title(state, asset, &title, day, row->seq, err);
}

/* ---- In what condition it is ----------------------------------------------------------------- */

void assets_set_condition(struct state *state, struct asset *asset, date_t day,
                          enum asset_condition condition)
{
    if (date_is_before(day, asset->state_on)) return;
    asset->state_on = day;
    asset->condition = (uint8_t)condition;
    hold_certificate(&state->assets, asset);
}

bool assets_state(struct state *state, const struct view *row, struct error *err)
{
    struct asset *asset;
    size_t condition = 0;

    while (!row_is(row, "state", conditions[condition]))
        condition++; /* it is one of the words allowed */
    if (!assets_require(state, row, "date", &asset, err)) return false;
    if (condition != ASSET_IN_USE && !row_has(row, "reason"))
        return row_refuse(N_("tells a state without a reason"), err);
    if (condition != ASSET_SCRAPPED &&
        !check_certificate(&state->assets, asset, asset->certificate, err))
        return false;
    assets_set_condition(state, asset, row_date(row, "date"), (enum asset_condition)condition);
    return true;
}
