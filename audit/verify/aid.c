/*
 * aid.c - mutual aid: docs/format.md section 5.11.
 *
 * A loan comes out of a pool, on a day on which a bank is entrusted with it. The two agreements
 * that name the borrower stand sealed, and are the ledger's to judge.
 */
#include "audit/verify/aid.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define CODE_SIZE 65

void aid_done(struct aid *aid)
{
    free(aid->pools);
    free(aid->entrustments);
    *aid = (struct aid){.pools = NULL};
}

/* ---- Rows ------------------------------------------------------------------------------------ */

static const char *source_of(const struct view *row, const char *member, int *size)
{
    size_t bytes;
    const uint8_t *source =
        json_source(row->document, json_member(row->document, row->body, member), &bytes);

    *size = (int)bytes;
    return (const char *)source;
}

/* The name of an account as totals have it, up to its role. */
static hash_t account_key(const struct view *row)
{
    int book_size, division_size, fund_size;
    const char *book = source_of(row, "book", &book_size);
    const char *division = source_of(row, "division", &division_size);
    const char *fund = source_of(row, "fund", &fund_size);

    return key_of("pool_of/{\"book\":%.*s,\"division\":%.*s,\"fund\":%.*s", book_size, book,
                  division_size, division, fund_size, fund);
}

bool pools_open(struct state *state, const struct view *row, struct error *err)
{
    struct aid *aid = &state->aid;
    const hash_t key = account_key(row);

    if (map_find(&state->things, &key, NULL))
        return row_refuse(N_("opens a second pool of one division, book and fund"), err);
    if (!array_reserve(&aid->pools, sizeof *aid->pools, aid->pool_count, &aid->pool_capacity,
                       THINGS_MAX, err) ||
        !row_enter(state, row, "pool", aid->pool_count, err) ||
        !map_add(&state->things, &key, (uint32_t)aid->pool_count, err))
        return false;
    aid->pool_count++;
    return true;
}

bool pools_entrust(struct state *state, const struct view *row, struct error *err)
{
    struct aid *aid = &state->aid;
    struct entrustment *new;
    uint32_t pool = 0;

    if (!row_require(state, row, "pool", &pool, err) ||
        !row_require_order(row_date(row, "first_day"), row_date(row, "last_day"), err) ||
        !array_reserve(&aid->entrustments, sizeof *aid->entrustments, aid->entrustment_count,
                       &aid->entrustment_capacity, THINGS_MAX, err))
        return false;
    new = &aid->entrustments[aid->entrustment_count++];
    new->next = aid->pools[pool];
    new->first_day = row_date(row, "first_day");
    new->last_day = row_date(row, "last_day");
    aid->pools[pool] = (uint32_t)aid->entrustment_count;
    return true;
}

bool pools_provide(struct state *state, const struct view *row, struct error *err)
{
    uint32_t ignored;

    return row_require(state, row, "pool", &ignored, err);
}

bool pools_agree(struct state *state, const struct view *row, struct error *err)
{
    return pools_provide(state, row, err) && row_enter(state, row, "agreement", 0, err);
}

/* A group is of one pool, and nobody's place in it is another's. */
bool pools_guarantee(struct state *state, const struct view *row, struct error *err)
{
    char group[CODE_SIZE], member[CODE_SIZE];
    uint32_t pool = 0, of = 0;
    hash_t key;

    if (!row_require(state, row, "pool", &pool, err)) return false;
    if (!row_find(state, row, "guarantee", &of)) {
        if (!row_enter(state, row, "guarantee", pool, err)) return false;
    } else if (of != pool) {
        return row_refuse(N_("names a group of another pool"), err);
    }
    view_text(row, "guarantee", group, sizeof group);
    view_text(row, "member", member, sizeof member);
    key = key_of("member/%s/%s", group, member);
    return map_find(&state->things, &key, NULL)
               ? row_refuse(N_("names a place in a group that a row before it names"), err)
               : map_add(&state->things, &key, 0, err);
}

/* ---- Loans ----------------------------------------------------------------------------------- */

static bool is_entrusted(const struct aid *aid, uint32_t pool, date_t day)
{
    for (uint32_t at = aid->pools[pool]; at != 0; at = aid->entrustments[at - 1].next) {
        const struct entrustment *entrustment = &aid->entrustments[at - 1];

        if (!date_is_before(day, entrustment->first_day) &&
            !date_is_before(entrustment->last_day, day))
            return true;
    }
    return false;
}

bool aid_check_loan(const struct state *state, const struct postings *postings, date_t day,
                    struct error *err)
{
    for (size_t i = 0; i < postings->count; i++) {
        const char *name = state->balances.accounts[postings->items[i].account].name;
        const hash_t key = key_of("pool_of/%.*s", (int)(strstr(name, ",\"role\":") - name), name);
        uint32_t pool = 0;

        if (!map_find(&state->things, &key, &pool))
            return error_set(err, ERROR_VERIFY, "lends from %s, which is no pool", name);
        if (!is_entrusted(&state->aid, pool, day))
            return error_set(err, ERROR_VERIFY,
                             "lends from %s on a day on which nobody is entrusted with the pool",
                             name);
    }
    return true;
}
