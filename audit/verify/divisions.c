/*
 * divisions.c - the acts by which divisions end, and what may still be recorded of those that have.
 */
#include "audit/verify/divisions.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/state.h"
#include "base/compiler.h"

#define ENDINGS_MAX 1000000 /* of one log */

void divisions_done(struct divisions *divisions)
{
    for (size_t i = 0; i < divisions->count; i++)
        free(divisions->endings[i].successors);
    free(divisions->endings);
    map_done(&divisions->by_code);
    *divisions = (struct divisions){0};
}

static hash_t hash_code(const char *division)
{
    return hash_sha256((const uint8_t *)division, strlen(division));
}

/* NULL for one that was never ended. */
static struct ending *find(const struct divisions *divisions, const char *division)
{
    hash_t hash = hash_code(division);
    uint32_t index;

    return map_find(&divisions->by_code, &hash, &index) ? &divisions->endings[index] : NULL;
}

static bool find_or_add(struct divisions *divisions, const char *division, struct ending **out,
                        struct error *err)
{
    hash_t hash = hash_code(division);

    *out = find(divisions, division);
    if (*out != NULL) return true;
    if (!array_reserve(&divisions->endings, sizeof *divisions->endings, divisions->count,
                       &divisions->capacity, ENDINGS_MAX, err))
        return false;
    if (!map_add(&divisions->by_code, &hash, (uint32_t)divisions->count, err)) return false;
    *out = &divisions->endings[divisions->count++];
    **out = (struct ending){.has_end = false};
    memcpy((*out)->division, division, DIVISION_CODE_SIZE);
    return true;
}

bool divisions_ended_before(const struct divisions *divisions, const char *division, date_t day)
{
    const struct ending *ending = find(divisions, division);

    return ending != NULL && ending->has_end && date_is_before(ending->last_day, day);
}

/* Endings to be looked at, each once. */
struct walk {
    const struct ending **at;
    size_t count, capacity;
    struct map seen;
};

static bool add_to_walk(struct walk *walk, const struct divisions *divisions, const char *division,
                        struct error *err)
{
    const struct ending *ending = find(divisions, division);
    hash_t key = hash_code(division);

    if (ending == NULL || !ending->has_end || map_find(&walk->seen, &key, NULL)) return true;
    if (!map_add(&walk->seen, &key, 0, err) ||
        !array_reserve(&walk->at, sizeof *walk->at, walk->count, &walk->capacity, ENDINGS_MAX, err))
        return false;
    walk->at[walk->count++] = ending;
    return true;
}

bool divisions_come_after(const struct divisions *divisions, const char *division,
                          const char *later, bool *out, struct error *err)
{
    struct walk walk = {.at = NULL};
    bool found = false, ok = add_to_walk(&walk, divisions, division, err);

    for (size_t i = 0; ok && !found && i < walk.count; i++) {
        for (size_t j = 0; ok && !found && j < walk.at[i]->successor_count; j++) {
            found = strcmp(walk.at[i]->successors[j], later) == 0;
            ok = add_to_walk(&walk, divisions, walk.at[i]->successors[j], err);
        }
    }
    free(walk.at);
    map_done(&walk.seen);
    if (ok) *out = found;
    return ok;
}

static bool refuse_closed(const char *division, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "is about division %s, which was closed before", division);
}

/* ---- Vouchers -------------------------------------------------------------------------------- */

/* What such a movement gives stays in the division that it takes from, or leaves it. A payment
 * is one again, of what the bank returned. */
static const struct {
    const char *movement;
    bool stays;
    bool takes_owed; /* and nothing else */
} winding_up[] = {{"payment", true, true},    {"recovery", false, false},
                  {"release", true, false},   {"remittance", true, false},
                  {"repayment", true, false}, {"succession", false, false}};

static bool winds_up(const char *movement, const struct balance *account, bool is_given)
{
    for (size_t i = 0; i < ARRAY_COUNT(winding_up); i++) {
        if (strcmp(winding_up[i].movement, movement) != 0) continue;
        if (is_given) return winding_up[i].stays;
        return account->is_owed || !winding_up[i].takes_owed;
    }
    return false;
}

static bool check_posting(const struct ending *ending, const struct division_event *event,
                          const struct posting *posting, const struct balance *account,
                          struct error *err)
{
    bool is_given = !money_is_negative(posting->amount);
    char date[DATE_TEXT_SIZE];

    if (ending == NULL || !ending->has_end) return true;
    if (ending->is_closed) return refuse_closed(ending->division, err);
    if (!date_is_before(ending->last_day, event->day) || strcmp(event->movement, "reversal") == 0 ||
        winds_up(event->movement, account, is_given))
        return true;
    return error_set(err, ERROR_VERIFY, "is dated after the last day of division %s, %s",
                     ending->division, date_format(ending->last_day, date));
}

static bool is_successor(const struct ending *ending, const char *division)
{
    for (size_t i = 0; i < ending->successor_count; i++)
        if (strcmp(ending->successors[i], division) == 0) return true;
    return false;
}

/* Does `division` come after one that the voucher takes from? */
static bool is_heir(const struct state *state, const struct postings *postings,
                    const char *division)
{
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        const struct ending *ending;

        if (!money_is_negative(posting->amount)) continue;
        ending = find(&state->divisions, state->balances.accounts[posting->account].division);
        if (ending != NULL && ending->has_end && is_successor(ending, division)) return true;
    }
    return false;
}

static bool check_succession(const struct state *state, const struct postings *postings, size_t i,
                             struct error *err)
{
    const struct balance *account = &state->balances.accounts[postings->items[i].account];
    const char *division = account->division;
    const struct ending *ending = find(&state->divisions, division);

    if (account->is_owed) {
        return error_set(err, ERROR_VERIFY,
                         "hands over what the bank returned, which stays due to its payee: %s",
                         account->name);
    }
    if (money_is_negative(postings->items[i].amount)) {
        return (ending != NULL && ending->has_end) ||
               error_set(err, ERROR_VERIFY, "passes on what division %s has, which goes on",
                         division);
    }
    return is_heir(state, postings, division) ||
           error_set(err, ERROR_VERIFY, "gives division %s what it doesn't come after", division);
}

bool divisions_check_voucher(const struct state *state, const struct division_event *event,
                             struct error *err)
{
    const struct postings *postings = event->postings;
    bool is_succession = strcmp(event->movement, "succession") == 0;

    if (state->divisions.count == 0 && !is_succession) return true;
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        const struct balance *account = &state->balances.accounts[posting->account];

        if (!check_posting(find(&state->divisions, account->division), event, posting, account,
                           err))
            return false;
        if (is_succession && !check_succession(state, postings, i, err)) return false;
    }
    return true;
}

bool divisions_check_bank(const struct state *state, const struct postings *postings,
                          struct error *err)
{
    if (state->divisions.count == 0) return true;
    for (size_t i = 0; i < postings->count; i++) {
        const struct ending *ending =
            find(&state->divisions, state->balances.accounts[postings->items[i].account].division);

        if (ending != NULL && ending->is_closed) return refuse_closed(ending->division, err);
    }
    return true;
}

/* ---- Acts of two ----------------------------------------------------------------------------- */

static bool read_successors(const struct json_document *document, uint32_t array,
                            struct ending *ending, struct error *err)
{
    size_t count = json_count(document, array), i = 0;

    free(ending->successors);
    ending->successor_count = 0;
    ending->successors = calloc(count + 1, sizeof *ending->successors);
    if (ending->successors == NULL) return error_set(err, ERROR_MEMORY, "no memory for divisions");
    for (uint32_t at = json_first(document, array); at != JSON_NONE; at = json_next(document, at)) {
        size_t size;
        const uint8_t *text = json_string_value(document, at, &size);

        memcpy(ending->successors[i++], text, DIVISION_CODE_SIZE - 1); /* checked by its shape */
        if (is_successor(ending, ending->successors[i - 1])) {
            return error_set(err, ERROR_VERIFY, "names a successor of division %s twice",
                             ending->division);
        }
        ending->successor_count = i;
    }
    return true;
}

static bool end_division(struct state *state, const struct json_document *document, uint32_t change,
                         date_t last_day, struct error *err)
{
    char division[DIVISION_CODE_SIZE];
    struct ending *ending = NULL;

    if (!json_get_string(document, change, "division", division, sizeof division, err) ||
        !find_or_add(&state->divisions, division, &ending, err))
        return false;
    if (strcmp(division, state->people.root) == 0) {
        return error_set(err, ERROR_VERIFY, "ends the ledger's root, %s", division);
    }
    if (ending->is_closed) return refuse_closed(division, err);
    ending->has_end = true;
    ending->last_day = last_day;
    return read_successors(document, json_member(document, change, "successors"), ending, err);
}

/* None of the successors ends, in this act or before, nor lies below what it comes after. */
static bool check_successors(const struct state *state, const char *division, struct error *err)
{
    const struct ending *ending = find(&state->divisions, division);

    for (size_t i = 0; i < ending->successor_count; i++) {
        const char *successor = ending->successors[i];
        const struct ending *other = find(&state->divisions, successor);

        if (other != NULL && other->has_end) {
            return error_set(err, ERROR_VERIFY, "lets %s come after %s, which ends itself",
                             successor, division);
        }
        if (division_code_is_within(successor, division)) {
            return error_set(err, ERROR_VERIFY, "lets %s come after %s, in which it lies",
                             successor, division);
        }
    }
    return true;
}

bool divisions_succeed(struct state *state, const struct json_document *document, uint64_t seq,
                       struct error *err)
{
    uint32_t changes = json_member(document, 0, "changes");
    char text[DATE_TEXT_SIZE], division[DIVISION_CODE_SIZE], before[DIVISION_CODE_SIZE] = "";
    date_t last_day;

    (void)seq;
    if (!json_get_string(document, 0, "last_day", text, sizeof text, err) ||
        !date_parse(text, &last_day, err))
        return false;
    if (json_count(document, changes) == 0) return error_set(err, ERROR_VERIFY, "ends nothing");
    for (uint32_t at = json_first(document, changes); at != JSON_NONE;
         at = json_next(document, at)) {
        if (!json_get_string(document, at, "division", division, sizeof division, err))
            return false;
        if (strcmp(division, before) <= 0) {
            return error_set(err, ERROR_VERIFY, "names division %s out of order or twice",
                             division);
        }
        memcpy(before, division, sizeof before);
        if (!end_division(state, document, at, last_day, err)) return false;
    }
    for (uint32_t at = json_first(document, changes); at != JSON_NONE;
         at = json_next(document, at)) {
        if (!json_get_string(document, at, "division", division, sizeof division, err) ||
            !check_successors(state, division, err))
            return false;
    }
    return true;
}

bool divisions_continue(struct state *state, const struct json_document *document, uint64_t seq,
                        struct error *err)
{
    char division[DIVISION_CODE_SIZE];
    struct ending *ending;

    (void)seq;
    if (!json_get_string(document, 0, "division", division, sizeof division, err)) return false;
    ending = find(&state->divisions, division);
    if (ending == NULL || !ending->has_end) {
        return error_set(err, ERROR_VERIFY, "lets division %s go on, which didn't end", division);
    }
    if (ending->is_closed) return refuse_closed(division, err);
    ending->has_end = false;
    ending->successor_count = 0;
    return true;
}

bool divisions_rename(struct state *state, const struct json_document *document, uint64_t seq,
                      struct error *err)
{
    char division[DIVISION_CODE_SIZE], text[DATE_TEXT_SIZE];
    const struct ending *ending;
    date_t from;

    (void)seq;
    if (!json_get_string(document, 0, "division", division, sizeof division, err) ||
        !json_get_string(document, 0, "valid_from", text, sizeof text, err) ||
        !date_parse(text, &from, err))
        return false;
    ending = find(&state->divisions, division);
    if (ending != NULL && ending->is_closed) return refuse_closed(division, err);
    return !date_is_before(state->people.today, from) ||
           error_set(err, ERROR_VERIFY, "renames division %s from a day that hasn't come, %s",
                     division, text);
}

/* ---- division.close -------------------------------------------------------------------------- */

static bool check_account(const struct balances *balances, const struct balance *account,
                          struct error *err)
{
    if (account->pending != 0) {
        return error_set(err, ERROR_VERIFY, "closes division %s while a voucher moves %s",
                         account->division, account->name);
    }
    if (balances->is_partial || account->is_taken_late || money_is_zero(account->amount))
        return true;
    return error_set(err, ERROR_VERIFY, "closes division %s with %lld fen in %s", account->division,
                     (long long)account->amount.fen, account->name);
}

static bool check_empty(const struct balances *balances, const char *division, struct error *err)
{
    for (size_t i = 0; i < balances->count; i++) {
        const struct balance *account = &balances->accounts[i];

        if (strcmp(account->division, division) == 0 && !check_account(balances, account, err))
            return false;
    }
    return true;
}

bool divisions_close(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;
    char division[DIVISION_CODE_SIZE];
    struct ending *ending;

    if (!state_signer(state, view, &signer, err)) return false;
    if (!people_has_role(&state->people, signer, USER_CHECKER, state->people.root) &&
        !state_require_role(state, signer, USER_ADMIN, state->people.root, err))
        return false;
    view_text(view, "division", division, sizeof division);
    ending = find(&state->divisions, division);
    if (ending == NULL || !ending->has_end) {
        return error_set(err, ERROR_VERIFY, "closes division %s, which goes on", division);
    }
    if (ending->is_closed) return refuse_closed(division, err);
    if (!date_is_before(ending->last_day, state->people.today)) {
        return error_set(err, ERROR_VERIFY, "closes division %s before its last day is over",
                         division);
    }
    if (!check_empty(&state->balances, division, err)) return false;
    ending->is_closed = true;
    return state_check_act(state, view, signer, err);
}
