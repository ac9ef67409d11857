/*
 * works.c - repairs, and the money for upkeep: docs/format.md section 5.12.
 *
 * No work is paid beyond what it cost, no voucher pays more for works than it paid from funds of
 * which sources are told, and no fund has sources beyond what it received from outside. What a
 * voucher paid counts until it is reversed.
 */
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define CODE_SIZE 65

bool works_open(struct state *state, const struct view *row, struct error *err)
{
    struct keeping *keeping = &state->keeping;
    struct asset *asset;
    struct work *work;

    if (!assets_require_use(state, row, "date", &asset, err) ||
        !row_require_order(row_date(row, "date"), row_date(row, "due"), err) ||
        !array_reserve(&keeping->works, sizeof *keeping->works, keeping->work_count,
                       &keeping->work_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "work", keeping->work_count, err))
        return false;
    work = &keeping->works[keeping->work_count++];
    work->day = row_date(row, "date");
    return true;
}

static hash_t paid_key(uint32_t work)
{
    return key_of("work_paid/%u", (unsigned)work);
}

static bool check_paid(const struct work *work, money_t paid, struct error *err)
{
    char paid_text[MONEY_TEXT_SIZE], cost_text[MONEY_TEXT_SIZE];

    return !work->is_done || money_compare(paid, work->cost) <= 0 ||
           error_set(err, ERROR_VERIFY, "has %s yuan paid for a work that cost %s yuan",
                     money_format(paid, paid_text), money_format(work->cost, cost_text));
}

bool works_close(struct state *state, const struct view *row, struct error *err)
{
    struct row_sum *paid;
    struct work *work;
    uint32_t index = 0;
    hash_t key;

    if (!row_require(state, row, "work", &index, err)) return false;
    key = paid_key(index);
    work = &state->keeping.works[index];
    if (work->is_done) return row_refuse(N_("closes a work that was closed"), err);
    work->is_done = true;
    work->cost.fen = row_number(row, "cost");
    return row_require_order(work->day, row_date(row, "date"), err) &&
           row_find_sum(state, &key, &paid, err) && check_paid(work, paid->told, err);
}

/* ---- What vouchers paid ---------------------------------------------------------------------- */

static hash_t fund_key(const char *fund)
{
    return key_of("upkeep/%s", fund);
}

static bool is_upkeep(const struct state *state, const char *fund)
{
    const hash_t key = fund_key(fund);

    return map_find(&state->things, &key, NULL);
}

bool works_pay(struct state *state, const struct view *row, struct error *err)
{
    static const struct moved_filter filter = {.role = "in_transit", .is_fund = is_upkeep};
    const money_t amount = {row_number(row, "amount")};
    const struct voucher *voucher = NULL;
    char number[16], told[MONEY_TEXT_SIZE], has[MONEY_TEXT_SIZE];
    hash_t by_voucher, by_work;
    money_t sum, paid, most;
    uint32_t index = 0;

    if (!row_require(state, row, "work", &index, err) ||
        !moved_find(state, row, false, &voucher, err))
        return false;
    if (voucher->is_about_people)
        return row_refuse(N_("pays a work by a voucher about people"), err);
    view_text(row, "voucher", number, sizeof number);
    by_voucher = key_of("paid/%s", number);
    by_work = paid_key(index);
    if (!moved_claim(state, row, &by_voucher, amount, &sum, err) ||
        !moved_claim(state, row, &by_work, amount, &paid, err) ||
        !moved_sum(state, voucher, &filter, &most, err))
        return false;
    if (money_compare(sum, most) > 0)
        return error_set(err, ERROR_VERIFY,
                         "has %s yuan of voucher %s paid for works, and it paid %s yuan from funds "
                         "for upkeep",
                         money_format(sum, told), number, money_format(most, has));
    return check_paid(&state->keeping.works[index], paid, err);
}

bool works_source(struct state *state, const struct view *row, struct error *err)
{
    char fund[CODE_SIZE], told[MONEY_TEXT_SIZE], has[MONEY_TEXT_SIZE];
    const int64_t fen = row_number(row, "amount");
    struct row_sum *sum;
    money_t received;
    hash_t key;

    view_text(row, "fund", fund, sizeof fund);
    key = fund_key(fund);
    if (fen == 0 || (fen < 0 && !row_has(row, "text")))
        return row_refuse(N_("is a source of nothing, or taken back without saying why"), err);
    if (!row_find_sum(state, &key, &sum, err) ||
        !row_add(sum, fen, N_("takes back more than the sources of the fund come to"), err) ||
        !moved_received(state, fund, &received, err))
        return false;
    return fen < 0 || money_compare(sum->told, received) <= 0 ||
           error_set(err, ERROR_VERIFY,
                     "has sources of %s yuan told of fund %s, which received %s yuan",
                     money_format(sum->told, told), fund, money_format(received, has));
}
