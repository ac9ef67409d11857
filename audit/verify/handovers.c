/*
 * handovers.c - a list, given by one and taken by another: docs/format.md section 5.14.
 *
 * 1. All assets of a list are of one division when they come on it, and of that division still when
 *    they are given and taken: nothing was told of their titles between.
 * 2. An asset is on one list at a time, and on none while it is being disposed of.
 */
#include "audit/verify/handovers.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

void handovers_done(struct handovers *handovers)
{
    free(handovers->at);
    free(handovers->items);
    *handovers = (struct handovers){.at = NULL};
}

/* The handover that a body names; NULL when none is listed. */
static struct handover *find(struct state *state, const struct view *view)
{
    uint32_t index;

    return row_find(state, view, "handover", &index) ? &state->handovers.at[index] : NULL;
}

static bool refuse(const struct handover *handover, const char *what, struct error *err)
{
    static const char *const states[] = {N_("listed"), N_("given"), N_("taken"), N_("dropped")};

    return error_set(err, ERROR_VERIFY, "%s a handover that is %s", translate(what),
                     handover == NULL ? translate(N_("not there"))
                                      : translate(states[handover->state]));
}

/* ---- The list -------------------------------------------------------------------------------- */

static bool find_or_add(struct state *state, const struct view *row, const struct asset *asset,
                        struct handover **out, struct error *err)
{
    struct handovers *handovers = &state->handovers;

    *out = find(state, row);
    if (*out != NULL) return true;
    if (!array_reserve(&handovers->at, sizeof *handovers->at, handovers->count,
                       &handovers->capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "handover", handovers->count, err))
        return false;
    *out = &handovers->at[handovers->count++];
    view_text(row, "division", (*out)->taker, sizeof(*out)->taker);
    memcpy((*out)->owner, asset->owner, sizeof(*out)->owner);
    return true;
}

static bool check_listed(const struct view *row, const struct handover *handover,
                         const struct asset *asset, struct error *err)
{
    char taker[DIVISION_CODE_SIZE];

    view_text(row, "division", taker, sizeof taker);
    if (handover->state != HANDOVER_LISTED) return refuse(handover, N_("adds to"), err);
    if (strcmp(handover->taker, taker) != 0)
        return error_set(err, ERROR_VERIFY, "lists for %s, and the handover is to %s", taker,
                         handover->taker);
    return strcmp(handover->owner, asset->owner) == 0 ||
           error_set(err, ERROR_VERIFY, "lists what belongs to %s, and the handover is from %s",
                     asset->owner, handover->owner);
}

bool handovers_asset(struct state *state, const struct view *row, struct error *err)
{
    struct handovers *handovers = &state->handovers;
    struct handover_item *item;
    struct handover *handover;
    struct asset *asset;

    if (!assets_require(state, row, "date", &asset, err)) return false;
    if (asset->owner[0] == '\0' || row_is(row, "division", asset->owner))
        return row_refuse(N_("hands over an asset without a title, or to whom it belongs"), err);
    if (asset->is_listed || asset->is_leaving)
        return row_refuse(N_("hands over an asset that is on a list already, or being disposed of"),
                          err);
    if (!find_or_add(state, row, asset, &handover, err) ||
        !check_listed(row, handover, asset, err) ||
        !array_reserve(&handovers->items, sizeof *handovers->items, handovers->item_count,
                       &handovers->item_capacity, THINGS_MAX, err))
        return false;
    item = &handovers->items[handovers->item_count];
    if (!assets_read_title(state, row, asset, &item->title, err)) return false;
    item->next = handover->first;
    item->asset = (uint32_t)(asset - state->assets.at);
    item->seq = row->seq;
    handover->first = (uint32_t)++handovers->item_count;
    handover->rows++;
    handover->sum = hash_node(&handover->sum, &row->facts->body_leaf);
    if (date_is_before(handover->day, row_date(row, "date"))) handover->day = row_date(row, "date");
    asset->is_listed = true;
    return true;
}

static void release(struct state *state, const struct handover *handover)
{
    for (uint32_t at = handover->first; at != 0; at = state->handovers.items[at - 1].next)
        state->assets.at[state->handovers.items[at - 1].asset].is_listed = false;
}

bool handovers_drop(struct state *state, const struct view *row, struct error *err)
{
    struct handover *handover = find(state, row);

    if (handover == NULL || handover->state > HANDOVER_GIVEN)
        return refuse(handover, N_("drops"), err);
    if (handover->state == HANDOVER_GIVEN &&
        !row_require_order(handover->day, row_date(row, "date"), err))
        return false;
    handover->state = HANDOVER_DROPPED;
    release(state, handover);
    return true;
}

/* ---- The two --------------------------------------------------------------------------------- */

/* What is signed is the list, as long as it was and as it was. */
static bool check_list(const struct handover *handover, const struct view *view, struct error *err)
{
    char text[HASH_HEX_SIZE];
    int64_t rows;
    hash_t sum;

    view_text(view, "rows_sha256", text, sizeof text);
    if (!hash_from_hex(text, &sum, err) ||
        !json_get_integer(view->document, view->body, "rows", &rows, err))
        return false;
    return ((uint64_t)rows == handover->rows && hash_equal(&sum, &handover->sum)) ||
           error_set(err, ERROR_VERIFY,
                     "signs another list than the %llu assets that are listed before it",
                     (unsigned long long)handover->rows);
}

/* In its turn, on a day that had come and isn't before the other's. */
static bool check_turn(const struct state *state, const struct handover *handover,
                       const struct view *view, bool is_take, struct error *err)
{
    const char *wanted;
    char text[DATE_TEXT_SIZE], division[DIVISION_CODE_SIZE];

    if (handover == NULL || handover->state != (is_take ? HANDOVER_GIVEN : HANDOVER_LISTED))
        return refuse(handover, is_take ? N_("takes") : N_("gives"), err);
    wanted = is_take ? handover->taker : handover->owner;
    view_text(view, "date", text, sizeof text);
    view_text(view, "division", division, sizeof division);
    if (date_is_before(state->people.today, row_date(view, "date")))
        return error_set(err, ERROR_VERIFY, "hands over on %s, which had not come", text);
    return row_require_order(handover->day, row_date(view, "date"), err) &&
           (strcmp(division, wanted) == 0 ||
            error_set(err, ERROR_VERIFY, "is signed for %s, and the handover is from %s to %s",
                      division, handover->owner, handover->taker));
}

/* Nothing was told of the titles since, nor of a later day; at the take they move. */
static bool move_titles(struct state *state, const struct handover *handover, date_t day,
                        uint64_t seq, bool is_take, struct error *err)
{
    for (uint32_t at = handover->first; at != 0; at = state->handovers.items[at - 1].next) {
        const struct handover_item *item = &state->handovers.items[at - 1];
        struct asset *asset = &state->assets.at[item->asset];

        if (asset->titled_by > item->seq)
            return row_refuse(N_("hands over an asset whose title was told anew since it was "
                                 "listed"),
                              err);
        if (!row_require_order(asset->titled_on, day, err) ||
            (is_take && !assets_give_title(state, asset, &item->title, day, seq, err)))
            return false;
    }
    return true;
}

bool handovers_sign(struct state *state, const struct view *view, struct error *err)
{
    const bool is_take = view->facts->kind == KIND_HANDOVER_TAKE;
    const date_t day = row_date(view, "date");
    const struct person *signer = NULL;
    char division[DIVISION_CODE_SIZE];
    struct handover *handover = find(state, view);

    if (!check_turn(state, handover, view, is_take, err) || !check_list(handover, view, err) ||
        !state_signer(state, view, &signer, err))
        return false;
    if (is_take && strcmp(signer->user, handover->giver) == 0)
        return error_set(err, ERROR_VERIFY, "%s takes what the same gave; that takes two",
                         signer->user);
    view_text(view, "division", division, sizeof division);
    if (!people_has_role(&state->people, signer, USER_CHECKER, division) &&
        !state_require_role(state, signer, USER_MAKER, division, err))
        return false;
    if (!move_titles(state, handover, day, view->seq, is_take, err)) return false;
    handover->state = is_take ? HANDOVER_TAKEN : HANDOVER_GIVEN;
    handover->day = day;
    memcpy(handover->giver, signer->user, sizeof handover->giver);
    if (is_take) release(state, handover);
    return state_check_act(state, view, signer, err);
}
