/*
 * moved.c - see moved.h.
 *
 * Sealed totals bring nothing into a fund from outside (docs/format.md section 5.3), so that what
 * a fund received is never more than is told here.
 */
#include "audit/verify/moved.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define MOVED_MAX 1000000000
#define CODE_SIZE 65

void moved_done(struct moved *moved)
{
    free(moved->items);
    free(moved->sources);
    free(moved->claims);
    map_done(&moved->by_fund);
    map_done(&moved->by_voucher);
    *moved = (struct moved){.items = NULL};
}

bool moved_keep(struct state *state, struct voucher *voucher, const struct postings *postings,
                struct error *err)
{
    struct moved *moved = &state->moved;

    voucher->moved_at = (uint32_t)moved->count;
    if (!voucher->is_receipt && !voucher->is_payment) return true;
    for (size_t i = 0; i < postings->count; i++) {
        if (postings->items[i].amount.fen < 0) continue;
        if (!array_reserve(&moved->items, sizeof *moved->items, moved->count, &moved->capacity,
                           MOVED_MAX, err))
            return false;
        moved->items[moved->count++] = postings->items[i];
        voucher->moved_count++;
    }
    return true;
}

bool moved_find(struct state *state, const struct view *row, bool is_receipt,
                const struct voucher **out, struct error *err)
{
    char number[16];

    view_text(row, "voucher", number, sizeof number);
    if (!vouchers_find(&state->vouchers, number, out, err)) return false;
    if (is_receipt ? !(*out)->is_receipt : !(*out)->is_payment)
        return error_set(err, ERROR_VERIFY,
                         is_receipt ? N_("names voucher %s, which is no receipt")
                                    : N_("names voucher %s, which is no payment"),
                         number);
    return ((*out)->status == VOUCHER_POSTED && (*out)->reversals == 0) ||
           error_set(err, ERROR_VERIFY, "names voucher %s, which isn't posted, or is reversed",
                     number);
}

/* ---- Accounts by their names ----------------------------------------------------------------- */

/* A code of an account's canonical JSON, in which '"' and '\\' alone of what codes hold are
 * escaped. */
static void read_code(const struct balance *account, const char *member, char out[CODE_SIZE])
{
    const char *at = strstr(account->name, member);
    size_t size = 0;

    for (at += strlen(member); *at != '"' && size < CODE_SIZE - 1; at++) {
        if (*at == '\\') at++;
        out[size++] = *at;
    }
    out[size] = '\0';
}

static bool matches(const struct state *state, const struct balance *account,
                    const struct moved_filter *filter)
{
    char code[CODE_SIZE];

    if (filter->division != NULL && strcmp(account->division, filter->division) != 0) return false;
    read_code(account, "\"role\":\"", code);
    if (filter->role != NULL && strcmp(code, filter->role) != 0) return false;
    read_code(account, "\"fund\":\"", code);
    return filter->is_fund == NULL || filter->is_fund(state, code);
}

bool moved_sum(const struct state *state, const struct voucher *voucher,
               const struct moved_filter *filter, money_t *out, struct error *err)
{
    money_t sum = MONEY_ZERO;

    for (uint32_t i = 0; i < voucher->moved_count; i++) {
        const struct posting *posting = &state->moved.items[voucher->moved_at + i];

        if (matches(state, &state->balances.accounts[posting->account], filter) &&
            !money_add(sum, posting->amount, &sum, err))
            return false;
    }
    *out = sum;
    return true;
}

/* ---- What rows say of it --------------------------------------------------------------------- */

bool moved_claim(struct state *state, const struct view *row, const hash_t *key, money_t amount,
                 money_t *sum_out, struct error *err)
{
    struct moved *moved = &state->moved;
    const hash_t voucher = row_key(row, "voucher");
    struct moved_claim *claim;
    struct row_sum *sum;
    uint32_t first = 0;

    if (!row_find_sum(state, key, &sum, err) || !money_add(sum->told, amount, &sum->told, err) ||
        !array_reserve(&moved->claims, sizeof *moved->claims, moved->claim_count,
                       &moved->claim_capacity, THINGS_MAX, err))
        return false;
    claim = &moved->claims[moved->claim_count];
    claim->sum = (uint32_t)(sum - state->sums);
    claim->amount = amount;
    if (map_find(&moved->by_voucher, &voucher, &first)) {
        claim->next = moved->claims[first].next;
        moved->claims[first].next = (uint32_t)moved->claim_count + 1;
    } else if (!map_add(&moved->by_voucher, &voucher, (uint32_t)moved->claim_count, err)) {
        return false;
    }
    moved->claim_count++;
    *sum_out = sum->told;
    return true;
}

bool moved_undo(struct state *state, const char *number, struct error *err)
{
    const hash_t voucher = key_of("voucher/%s", number);
    uint32_t first = 0;

    if (!map_find(&state->moved.by_voucher, &voucher, &first)) return true;
    for (uint32_t at = first + 1; at != 0; at = state->moved.claims[at - 1].next) {
        const struct moved_claim *claim = &state->moved.claims[at - 1];
        money_t *told = &state->sums[claim->sum].told;

        if (!money_subtract(*told, claim->amount, told, err)) return false;
    }
    return true;
}

/* ---- What came from outside ------------------------------------------------------------------ */

/* Accounts that are new since the last time. */
static bool look_at_accounts(struct state *state, struct error *err)
{
    struct moved *moved = &state->moved;

    for (; moved->accounts < state->balances.count; moved->accounts++) {
        const struct balance *account = &state->balances.accounts[moved->accounts];
        char fund[CODE_SIZE];
        uint32_t head = 0;
        hash_t key;

        if (!account->is_source) continue;
        read_code(account, "\"fund\":\"", fund);
        key = key_of("fund/%s", fund);
        if (!array_reserve(&moved->sources, sizeof *moved->sources, moved->source_count,
                           &moved->source_capacity, THINGS_MAX, err))
            return false;
        moved->sources[moved->source_count].account = (uint32_t)moved->accounts;
        if (!map_find(&moved->by_fund, &key, &head)) {
            if (!map_add(&moved->by_fund, &key, (uint32_t)moved->source_count, err)) return false;
        } else {
            moved->sources[moved->source_count].next = moved->sources[head].next;
            moved->sources[head].next = (uint32_t)moved->source_count + 1;
        }
        moved->source_count++;
    }
    return true;
}

bool moved_received(struct state *state, const char *fund, money_t *out, struct error *err)
{
    const hash_t key = key_of("fund/%s", fund);
    money_t sum = MONEY_ZERO;
    uint32_t head = 0;

    if (!look_at_accounts(state, err)) return false;
    if (map_find(&state->moved.by_fund, &key, &head)) {
        for (uint32_t at = head + 1; at != 0; at = state->moved.sources[at - 1].next) {
            const uint32_t account = state->moved.sources[at - 1].account;

            if (!money_subtract(sum, state->balances.accounts[account].amount, &sum, err))
                return false;
        }
    }
    *out = sum;
    return true;
}
