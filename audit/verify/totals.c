/*
 * totals.c - an account is known by the SHA-256 of its canonical JSON.
 */
#include "audit/verify/totals.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "base/compiler.h"

static bool is_same(struct slice a, struct slice b)
{
    return a.size == b.size && a.size > 0 && memcmp(a.data, b.data, a.size) == 0;
}

/* The sum of an account, which is made when there is none. `side` 0 is from, 1 is to. */
static bool find_sum(struct totals *totals, struct slice account, int side, uint32_t *out,
                     struct error *err)
{
    hash_t hash;

    if (is_same(totals->last[side], account)) {
        *out = totals->last_index[side];
        return true;
    }
    hash = hash_sha256(account.data, account.size);
    if (!map_find(&totals->by_account, &hash, out)) {
        if (!array_reserve(&totals->sums, sizeof *totals->sums, totals->count, &totals->capacity,
                           TOTALS_ACCOUNTS_MAX, err))
            return false;
        if (!map_add(&totals->by_account, &hash, (uint32_t)totals->count, err)) return false;
        *out = (uint32_t)totals->count++;
    }
    totals->last[side] = account;
    totals->last_index[side] = *out;
    return true;
}

bool totals_move(struct totals *totals, struct slice from, struct slice to, int64_t fen,
                 struct error *err)
{
    uint32_t from_index, to_index;
    money_t amount, lessened, raised;

    if (!money_from_fen(fen, &amount, err)) return false;
    if (!find_sum(totals, from, 0, &from_index, err)) return false;
    if (!find_sum(totals, to, 1, &to_index, err)) return false;
    if (!money_subtract(totals->sums[from_index].amount, amount, &lessened, err)) return false;
    totals->sums[from_index].amount = lessened;
    if (!money_add(totals->sums[to_index].amount, amount, &raised, err)) return false;
    totals->sums[to_index].amount = raised;
    return true;
}

void crowd_add(struct crowd *crowd, struct slice id_number)
{
    hash_t hash;

    if (crowd->count == PEOPLE_FOR_CLEAR) return;
    hash = hash_sha256(id_number.data, id_number.size);
    for (unsigned i = 0; i < crowd->count; i++) {
        if (hash_equal(&crowd->people[i], &hash)) return;
    }
    crowd->people[crowd->count++] = hash;
}

void totals_note_person(struct totals *totals, struct slice id_number)
{
    crowd_add(&totals->sums[totals->last_index[0]].paid, id_number);
}

bool totals_single_out(const struct totals *totals)
{
    for (size_t i = 0; i < totals->count; i++) {
        unsigned count = totals->sums[i].paid.count;

        if (count > 0 && count < PEOPLE_FOR_CLEAR) return true;
    }
    return false;
}

void totals_forget(struct totals *totals)
{
    totals->last[0] = totals->last[1] = (struct slice){NULL, 0};
}

void totals_reset(struct totals *totals)
{
    totals_forget(totals);
    if (totals->by_account.count > 0) map_done(&totals->by_account);
    totals->count = 0;
}

void totals_done(struct totals *totals)
{
    totals_reset(totals);
    free(totals->sums);
    *totals = (struct totals){0};
}

/* ---- The stated array ----------------------------------------------------------------------- */

/* Compare a member of two elements by bytes. */
static int compare_member(const struct json_document *document, uint32_t a, uint32_t b,
                          const char *member)
{
    size_t a_size, b_size;
    const uint8_t *a_text = json_string_value(document, json_member(document, a, member), &a_size);
    const uint8_t *b_text = json_string_value(document, json_member(document, b, member), &b_size);
    int order = memcmp(a_text, b_text, a_size < b_size ? a_size : b_size);

    if (order != 0) return order;
    return a_size < b_size ? -1 : a_size > b_size;
}

static bool is_sorted(const struct json_document *document, uint32_t before, uint32_t node)
{
    static const char *const members[] = {"division", "book", "fund", "role"};

    for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
        int order = compare_member(document, before, node, members[i]);

        if (order != 0) return order < 0;
    }
    return false;
}

bool totals_check(const struct json_document *document, uint32_t array, struct error *err)
{
    uint32_t before = JSON_NONE;
    money_t sum = MONEY_ZERO, amount;

    for (uint32_t at = json_first(document, array); at != JSON_NONE; at = json_next(document, at)) {
        int64_t fen = json_integer_value(document, json_member(document, at, "amount"));

        if (fen == 0) return error_set(err, ERROR_VERIFY, "its totals state a zero");
        if (before != JSON_NONE && !is_sorted(document, before, at)) {
            return error_set(err, ERROR_VERIFY, "its totals are not sorted by account");
        }
        if (!money_from_fen(fen, &amount, err)) return false;
        if (!money_add(sum, amount, &sum, err)) return false;
        before = at;
    }
    if (money_is_zero(sum)) return true;
    return error_set(err, ERROR_VERIFY,
                     "its totals sum to %lld fen and not to zero: money appears or is lost",
                     (long long)sum.fen);
}

/* {"amount":…,"book":… less the amount. */
bool totals_name_account(const struct json_document *document, uint32_t element, struct buffer *out,
                         struct error *err)
{
    static const char book[] = "\"book\":";
    size_t size, value_size, skipped;
    const uint8_t *source = json_source(document, element, &size);
    const uint8_t *value =
        json_source(document, json_member(document, element, "book"), &value_size);

    skipped = (size_t)(value - source) - (sizeof book - 1);
    return buffer_append_byte(out, '{', err) &&
           buffer_append(out, source + skipped, size - skipped, err);
}

static bool find_stated(const struct totals *totals, const struct json_document *document,
                        uint32_t element, uint32_t *index_out)
{
    struct buffer account = BUFFER_INIT(TOTALS_ACCOUNT_SIZE_MAX);
    struct error ignored = ERROR_INIT;
    bool found = false;
    hash_t hash;

    if (totals_name_account(document, element, &account, &ignored)) {
        hash = hash_sha256(account.data, account.size);
        found = map_find(&totals->by_account, &hash, index_out);
    }
    buffer_done(&account);
    return found;
}

bool totals_compare(const struct totals *totals, const struct json_document *document,
                    uint32_t array, struct error *err)
{
    size_t nonzero = 0;

    for (uint32_t at = json_first(document, array); at != JSON_NONE; at = json_next(document, at)) {
        int64_t fen = json_integer_value(document, json_member(document, at, "amount"));
        uint32_t index;

        if (!find_stated(totals, document, at, &index)) {
            return error_set(err, ERROR_VERIFY, "its totals name an account that no line touches");
        }
        if (totals->sums[index].amount.fen != fen) {
            return error_set(err, ERROR_VERIFY,
                             "its totals state %lld fen for an account whose lines come to %lld",
                             (long long)fen, (long long)totals->sums[index].amount.fen);
        }
    }
    for (size_t i = 0; i < totals->count; i++)
        nonzero += !money_is_zero(totals->sums[i].amount);
    if (nonzero == json_count(document, array)) return true;
    return error_set(err, ERROR_VERIFY, "its totals leave out an account that its lines change");
}
