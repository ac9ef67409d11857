/*
 * balances.c - accounts and pots, each known by the SHA-256 of its canonical JSON.
 */
#include "audit/verify/balances.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/totals.h"
#include "base/buffer.h"

#define ACCOUNTS_MAX 10000000 /* of one log */

void balances_done(struct balances *balances)
{
    for (size_t i = 0; i < balances->count; i++)
        free(balances->accounts[i].name);
    free(balances->accounts);
    free(balances->pots);
    map_done(&balances->by_account);
    map_done(&balances->by_pot);
    *balances = (struct balances){0};
}

void postings_done(struct postings *postings)
{
    free(postings->items);
    *postings = (struct postings){0};
}

/* ---- Accounts ------------------------------------------------------------------------------- */

/* The role stands last in an account's JSON: what stands before it names the pot. */
static size_t pot_size(const struct buffer *name)
{
    const char *role = strstr(buffer_text(name), ",\"role\":");

    assert(role != NULL);
    return (size_t)(role - buffer_text(name));
}

static bool find_pot(struct balances *balances, const struct buffer *name, uint32_t *out,
                     struct error *err)
{
    hash_t hash = hash_sha256(name->data, pot_size(name));

    if (map_find(&balances->by_pot, &hash, out)) return true;
    if (!array_reserve(&balances->pots, sizeof *balances->pots, balances->pot_count,
                       &balances->pot_capacity, ACCOUNTS_MAX, err))
        return false;
    if (!map_add(&balances->by_pot, &hash, (uint32_t)balances->pot_count, err)) return false;
    balances->pots[balances->pot_count].account = (uint32_t)balances->count;
    *out = (uint32_t)balances->pot_count++;
    return true;
}

static bool add_account(struct balances *balances, const struct json_document *document,
                        uint32_t element, const struct buffer *name, struct error *err)
{
    uint32_t role = json_member(document, element, "role");
    struct balance *account;

    if (!array_reserve(&balances->accounts, sizeof *balances->accounts, balances->count,
                       &balances->capacity, ACCOUNTS_MAX, err))
        return false;
    account = &balances->accounts[balances->count];
    if (!find_pot(balances, name, &account->pot, err)) return false;
    if (!json_get_string(document, element, "division", account->division, sizeof account->division,
                         err))
        return false;
    account->is_source = json_string_equals(document, role, "source");
    account->is_owed = json_string_equals(document, role, "owed");
    account->is_receivable = json_string_equals(document, role, "receivable");
    account->is_taken_late = account->is_source || json_string_equals(document, role, "spent");
    account->is_in_transit = json_string_equals(document, role, "in_transit");
    account->name = malloc(name->size + 1);
    if (account->name == NULL) return error_set(err, ERROR_MEMORY, "no memory for an account");
    memcpy(account->name, buffer_text(name), name->size + 1);
    balances->count++;
    return true;
}

static bool find_account(struct balances *balances, const struct json_document *document,
                         uint32_t element, uint32_t *out, struct error *err)
{
    struct buffer name = BUFFER_INIT(TOTALS_ACCOUNT_SIZE_MAX);
    bool ok = false;
    hash_t hash;

    if (!totals_name_account(document, element, &name, err)) goto out;
    hash = hash_sha256(name.data, name.size);
    if (!map_find(&balances->by_account, &hash, out)) {
        *out = (uint32_t)balances->count;
        if (!add_account(balances, document, element, &name, err)) goto out;
        if (!map_add(&balances->by_account, &hash, *out, err)) goto out;
    }
    ok = true;
out:
    buffer_done(&name);
    return ok;
}

bool postings_read(struct balances *balances, const struct json_document *document, uint32_t array,
                   struct postings *out, struct error *err)
{
    for (uint32_t at = json_first(document, array); at != JSON_NONE; at = json_next(document, at)) {
        struct posting posting;
        int64_t fen = json_integer_value(document, json_member(document, at, "amount"));

        if (!money_from_fen(fen, &posting.amount, err)) return false;
        if (!find_account(balances, document, at, &posting.account, err)) return false;
        if (!array_reserve(&out->items, sizeof *out->items, out->count, &out->capacity,
                           TOTALS_ACCOUNTS_MAX, err))
            return false;
        out->items[out->count++] = posting;
    }
    return true;
}

bool postings_sum_given(const struct postings *postings, money_t *out, struct error *err)
{
    money_t sum = MONEY_ZERO;

    for (size_t i = 0; i < postings->count; i++) {
        money_t amount = postings->items[i].amount;

        if (!money_is_negative(amount) && !money_add(sum, amount, &sum, err)) return false;
    }
    *out = sum;
    return true;
}

bool postings_hash(const struct postings *postings, bool are_turned, hash_t *out, struct error *err)
{
    struct hash_stream *stream = hash_stream_new(err);

    if (stream == NULL) return false;
    for (size_t i = 0; i < postings->count; i++) {
        uint32_t account = postings->items[i].account;
        money_t amount = postings->items[i].amount;

        if (are_turned) amount = money_negate(amount);
        hash_stream_add(stream, (const uint8_t *)&account, sizeof account);
        hash_stream_add(stream, (const uint8_t *)&amount.fen, sizeof amount.fen);
    }
    *out = hash_stream_finish(stream);
    hash_stream_free(stream);
    return true;
}

static bool has_role(const struct balance *account, const char *role)
{
    static const char before[] = ",\"role\":\"";
    const char *at = strstr(account->name, before);

    assert(at != NULL);
    at += sizeof before - 1;
    return strncmp(at, role, strlen(role)) == 0 && strcmp(at + strlen(role), "\"}") == 0;
}

/* ---- Money ---------------------------------------------------------------------------------- */

static bool check_account(const struct balances *balances, const struct balance *account,
                          struct error *err)
{
    if (balances->is_partial) return true;
    if (account->is_source) {
        return account->amount.fen <= 0 ||
               error_set(err, ERROR_VERIFY, "gives %s %lld fen more than came from it",
                         account->name, (long long)account->amount.fen);
    }
    return !money_is_negative(account->amount) ||
           error_set(err, ERROR_VERIFY, "leaves %lld fen in %s: an account never goes below zero",
                     (long long)account->amount.fen, account->name);
}

static bool check_pot(const struct balances *balances, const struct pot *pot, struct error *err)
{
    const char *name = balances->accounts[pot->account].name;

    return !money_is_negative(pot->amount) ||
           error_set(err, ERROR_VERIFY,
                     "leaves %lld fen in all roles of %.*s}: more is taken than ever came there",
                     (long long)pot->amount.fen, (int)(strstr(name, ",\"role\":") - name), name);
}

bool balances_check_sealed(struct balances *balances, const struct postings *postings,
                           struct error *err)
{
    const struct balance *raised = NULL;

    for (size_t i = 0; i < postings->count; i++) {
        const struct balance *account = &balances->accounts[postings->items[i].account];
        struct pot *pot = &balances->pots[account->pot];

        if (account->is_source) continue;
        if (!money_add(pot->change, postings->items[i].amount, &pot->change, err)) return false;
    }
    for (size_t i = 0; i < postings->count; i++) {
        const struct balance *account = &balances->accounts[postings->items[i].account];
        struct pot *pot = &balances->pots[account->pot];

        if (pot->change.fen > 0) raised = account;
        pot->change = MONEY_ZERO;
    }
    return raised == NULL ||
           error_set(err, ERROR_VERIFY, "brings money under seal to %s from somewhere else",
                     raised->name);
}

bool balances_name_role(const struct balances *balances, const struct postings *postings,
                        const char *role)
{
    for (size_t i = 0; i < postings->count; i++)
        if (has_role(&balances->accounts[postings->items[i].account], role)) return true;
    return false;
}

bool balances_take_only(const struct balances *balances, const struct postings *postings,
                        const char *role)
{
    for (size_t i = 0; i < postings->count; i++)
        if (money_is_negative(postings->items[i].amount) &&
            !has_role(&balances->accounts[postings->items[i].account], role))
            return false;
    return true;
}

bool balances_pass(struct balances *balances, const struct postings *postings, const char *from,
                   const char *to)
{
    struct error ignored = ERROR_INIT;
    bool ok = true;

    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        const struct balance *account = &balances->accounts[posting->account];
        struct pot *pot = &balances->pots[account->pot];
        bool is_right = money_is_negative(posting->amount)
                            ? (from == NULL ? !has_role(account, to) : has_role(account, from))
                            : has_role(account, to);

        if (!is_right || !money_add(pot->change, posting->amount, &pot->change, &ignored))
            ok = false;
    }
    for (size_t i = 0; i < postings->count; i++) {
        const struct balance *account = &balances->accounts[postings->items[i].account];
        struct pot *pot = &balances->pots[account->pot];

        if (!money_is_zero(pot->change)) ok = false;
        pot->change = MONEY_ZERO;
    }
    return ok;
}

/* Sorted by division, book, fund and role, in_transit stands just before owed or spent. */
bool balances_are_answered(const struct balances *balances, const struct postings *postings,
                           const char *role, money_t *out, struct error *err)
{
    money_t sum = MONEY_ZERO;

    for (size_t i = 0; i < postings->count; i += 2) {
        const struct posting *taken = &postings->items[i], *given = taken + 1;
        const struct balance *from = &balances->accounts[taken->account], *to;

        to = i + 1 < postings->count ? &balances->accounts[given->account] : from;
        if (!from->is_in_transit || !money_is_negative(taken->amount) || to->pot != from->pot ||
            !has_role(to, role) || money_compare(given->amount, money_negate(taken->amount)) != 0)
            return error_set(err, ERROR_VERIFY,
                             "moves %s otherwise than from in_transit to %s of the same division, "
                             "book and fund",
                             from->name, role);
        if (!money_add(sum, given->amount, &sum, err)) return false;
    }
    *out = sum;
    return true;
}

static bool is_held(const struct balance *account, const struct posting *posting)
{
    return money_is_negative(posting->amount) && !account->is_taken_late;
}

bool balances_hold(struct balances *balances, const struct postings *postings, struct error *err)
{
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        struct balance *account = &balances->accounts[posting->account];

        account->pending++;
        if (!is_held(account, posting)) continue;
        if (!money_add(account->amount, posting->amount, &account->amount, err)) return false;
        if (!check_account(balances, account, err)) return false;
    }
    return true;
}

bool balances_release(struct balances *balances, const struct postings *postings, struct error *err)
{
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        struct balance *account = &balances->accounts[posting->account];

        account->pending--;
        if (!is_held(account, posting)) continue;
        if (!money_subtract(account->amount, posting->amount, &account->amount, err)) return false;
    }
    return true;
}

bool balances_post(struct balances *balances, const struct postings *postings, struct error *err)
{
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        struct balance *account = &balances->accounts[posting->account];
        struct pot *pot = &balances->pots[account->pot];

        account->pending--;
        if (!is_held(account, posting)) {
            if (!money_add(account->amount, posting->amount, &account->amount, err)) return false;
            if (!check_account(balances, account, err)) return false;
        }
        if (account->is_source) continue;
        if (!money_add(pot->amount, posting->amount, &pot->amount, err)) return false;
    }
    /* Only when all is added: what leaves one role of a pot may come to another. */
    for (size_t i = 0; i < postings->count; i++) {
        const struct balance *account = &balances->accounts[postings->items[i].account];

        if (!check_pot(balances, &balances->pots[account->pot], err)) return false;
    }
    return true;
}
