/*
 * handovers.c - a list, given by one and taken by another: docs/format.md section 5.14.
 *
 * Whose the assets were isn't judged: titles aren't kept here.
 */
#include "audit/verify/handovers.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/state.h"
#include "base/language.h"

#define HANDOVERS_MAX 1000000

void handovers_done(struct handovers *handovers)
{
    free(handovers->at);
    map_done(&handovers->by_code);
    *handovers = (struct handovers){.at = NULL};
}

/* The handover that a body names; NULL when none is listed. */
static struct handover *find(struct handovers *handovers, const struct view *view, hash_t *key)
{
    char code[TEXT_SIZE_MAX];
    uint32_t index;

    view_text(view, "handover", code, sizeof code);
    *key = hash_sha256((const uint8_t *)code, strlen(code));
    return map_find(&handovers->by_code, key, &index) ? &handovers->at[index] : NULL;
}

static bool refuse(const struct handover *handover, const char *what, struct error *err)
{
    static const char *const states[] = {N_("listed"), N_("given"), N_("taken"), N_("dropped")};

    return error_set(err, ERROR_VERIFY, "%s a handover that is %s", translate(what),
                     handover == NULL ? translate(N_("not there"))
                                      : translate(states[handover->state]));
}

/* ---- The list -------------------------------------------------------------------------------- */

static bool add_asset(struct handovers *handovers, const struct view *view, struct error *err)
{
    char taker[DIVISION_CODE_SIZE];
    hash_t key;
    struct handover *handover = find(handovers, view, &key);

    view_text(view, "division", taker, sizeof taker);
    if (handover == NULL) {
        if (!array_reserve(&handovers->at, sizeof *handovers->at, handovers->count,
                           &handovers->capacity, HANDOVERS_MAX, err) ||
            !map_add(&handovers->by_code, &key, (uint32_t)handovers->count, err))
            return false;
        handover = &handovers->at[handovers->count++];
        memset(handover, 0, sizeof *handover);
        memcpy(handover->taker, taker, sizeof taker);
    }
    if (handover->state != HANDOVER_LISTED) return refuse(handover, N_("adds to"), err);
    if (strcmp(handover->taker, taker) != 0)
        return error_set(err, ERROR_VERIFY, "lists for %s, and the handover is to %s", taker,
                         handover->taker);
    handover->rows++;
    handover->sum = hash_node(&handover->sum, &view->facts->body_leaf);
    return true;
}

static bool drop(struct handovers *handovers, const struct view *view, struct error *err)
{
    hash_t key;
    struct handover *handover = find(handovers, view, &key);

    if (handover == NULL || handover->state > HANDOVER_GIVEN)
        return refuse(handover, N_("drops"), err);
    handover->state = HANDOVER_DROPPED;
    return true;
}

bool handovers_add_row(struct state *state, const struct view *view, struct error *err)
{
    struct view row = *view;

    if (!state_add_row(state, view, err) ||
        !json_parse(view->reader->entry, view->facts->body.data, view->facts->body.size,
                    JSON_CANONICAL, err))
        return false;
    row.body = 0;
    return strcmp(view->facts->kind_name, "handover.asset") == 0
               ? add_asset(&state->handovers, &row, err)
               : drop(&state->handovers, &row, err);
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
    char text[DATE_TEXT_SIZE], division[DIVISION_CODE_SIZE];
    date_t date;

    if (handover == NULL || handover->state != (is_take ? HANDOVER_GIVEN : HANDOVER_LISTED))
        return refuse(handover, is_take ? N_("takes") : N_("gives"), err);
    view_text(view, "date", text, sizeof text);
    view_text(view, "division", division, sizeof division);
    if (!date_parse(text, &date, err)) return false;
    if (date_is_before(state->people.today, date))
        return error_set(err, ERROR_VERIFY, "hands over on %s, which had not come", text);
    if (is_take && strcmp(text, handover->given_on) < 0)
        return error_set(err, ERROR_VERIFY, "is taken on %s, before it was given on %s", text,
                         handover->given_on);
    return !is_take || strcmp(division, handover->taker) == 0 ||
           error_set(err, ERROR_VERIFY, "is taken by %s, and the handover is to %s", division,
                     handover->taker);
}

bool handovers_sign(struct state *state, const struct view *view, struct error *err)
{
    const bool is_take = view->facts->kind == KIND_HANDOVER_TAKE;
    const struct person *signer = NULL;
    char division[DIVISION_CODE_SIZE];
    hash_t key;
    struct handover *handover = find(&state->handovers, view, &key);

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
    handover->state = is_take ? HANDOVER_TAKEN : HANDOVER_GIVEN;
    if (!is_take) {
        memcpy(handover->giver, signer->user, sizeof handover->giver);
        view_text(view, "date", handover->given_on, sizeof handover->given_on);
    }
    return state_check_act(state, view, signer, err);
}
