/*
 * leases.c - leases and what came in: docs/format.md section 5.13.
 *
 * What is told of a receipt as income and as proceeds of disposals is never more, in a division,
 * than it brought there to `unassigned`.
 */
#include "audit/verify/leases.h"

#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define BASIS_WHOLE 10000
#define MONTHS_MAX  1200 /* of a term */
#define CODE_SIZE   65

void leases_done(struct income *income)
{
    free(income->leases);
    free(income->plans);
    free(income->debts);
    *income = (struct income){.leases = NULL};
}

/* ---- Leases ---------------------------------------------------------------------------------- */

static bool check_terms(const struct view *row, const struct lease *lease, struct error *err)
{
    if (lease->has_dues != (row_number(row, "rent") > 0) ||
        lease->has_dues != (row_number(row, "months") > 0) ||
        row_number(row, "months") > MONTHS_MAX || row_number(row, "guaranteed_bp") > BASIS_WHOLE)
        return row_refuse(N_("has rent, months and first due that don't go together"), err);
    if (row_has(row, "party") != row_has(row, "uscc"))
        return row_refuse(N_("names a party without a credit code, or a code without a party"),
                          err);
    return row_require_order(lease->first_day, lease->last_day, err) &&
           (!lease->has_dues || row_require_order(row_date(row, "date"), lease->first_due, err));
}

bool leases_sign(struct state *state, const struct view *row, struct error *err)
{
    struct income *income = &state->income;
    const struct asset *asset;
    struct lease *lease;
    uint32_t index = 0;

    if (!row_require(state, row, "asset", &index, err)) return false;
    asset = &state->assets.at[index];
    if (!asset->is_operational) return row_refuse(N_("lets an asset that isn't operational"), err);
    if (assets_is_gone(asset) && date_is_before(asset->state_on, row_date(row, "date")))
        return row_refuse(N_("uses an asset after the day on which it was scrapped or disposed of"),
                          err);
    if (!array_reserve(&income->leases, sizeof *income->leases, income->lease_count,
                       &income->lease_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "lease", income->lease_count, err))
        return false;
    lease = &income->leases[income->lease_count++];
    lease->asset = index;
    view_text(row, "kind", lease->kind, sizeof lease->kind);
    view_text(row, "division", lease->division, sizeof lease->division);
    lease->has_dues = row_has(row, "first_due");
    lease->months = (int32_t)(row_number(row, "months") % (MONTHS_MAX + 1));
    lease->first_day = row_date(row, "first_day");
    lease->last_day = row_date(row, "last_day");
    lease->first_due = row_date(row, "first_due");
    return check_terms(row, lease, err);
}

static bool find_lease(struct state *state, const struct view *row, struct lease **out,
                       struct error *err)
{
    uint32_t index = 0;

    if (!row_require(state, row, "lease", &index, err)) return false;
    *out = &state->income.leases[index];
    return true;
}

bool leases_end(struct state *state, const struct view *row, struct error *err)
{
    const date_t day = row_date(row, "date");
    struct lease *lease;

    if (!find_lease(state, row, &lease, err)) return false;
    if (lease->has_ended) return row_refuse(N_("ends a lease that was ended"), err);
    lease->has_ended = true;
    return row_require_order(lease->first_day, day, err) &&
           (date_is_before(day, lease->last_day) ||
            row_refuse(N_("ends a lease that is over by then"), err));
}

static hash_t due_key(const struct state *state, const struct lease *lease, date_t due)
{
    char day[DATE_TEXT_SIZE];

    return key_of("due/%u/%s", (unsigned)(lease - state->income.leases), date_format(due, day));
}

bool leases_due(struct state *state, const struct view *row, struct error *err)
{
    const date_t due = row_date(row, "due");
    struct lease *lease;
    hash_t key;

    if (!find_lease(state, row, &lease, err) || !row_require_order(lease->first_day, due, err))
        return false;
    if (row_number(row, "amount") == 0 && !row_has(row, "text"))
        return row_refuse(N_("doesn't say why nothing is due"), err);
    key = due_key(state, lease, due);
    return map_find(&state->things, &key, NULL) || map_add(&state->things, &key, 0, err);
}

/* The day of term n, whose start is in the same month after first_day as its due after first_due,
 * is one while the term starts by the last day. An early end isn't looked at. */
static bool has_due(const struct state *state, const struct lease *lease, date_t due)
{
    const hash_t key = due_key(state, lease, due);
    const int32_t months = date_month(due) - date_month(lease->first_due);

    if (map_find(&state->things, &key, NULL)) return true;
    return lease->has_dues && schedules_count(lease->first_due, true, lease->months, due) &&
           date_month(lease->first_day) + months <= date_month(lease->last_day);
}

/* ---- What came in ---------------------------------------------------------------------------- */

static bool check_lease(struct state *state, const struct view *row, struct error *err)
{
    char division[DIVISION_CODE_SIZE], asset[CODE_SIZE];
    bool comes_after = false;
    struct lease *lease;
    uint32_t index = 0;

    if (!find_lease(state, row, &lease, err)) return false;
    view_text(row, "division", division, sizeof division);
    view_text(row, "asset", asset, sizeof asset);
    if (strcmp(division, lease->division) != 0 &&
        !divisions_come_after(&state->divisions, lease->division, division, &comes_after, err))
        return false;
    if ((strcmp(division, lease->division) != 0 && !comes_after) ||
        !row_is(row, "kind", lease->kind) ||
        (asset[0] != '\0' && (!row_find(state, row, "asset", &index) || index != lease->asset)))
        return row_refuse(N_("is of another kind, division or asset than its lease"), err);
    return !row_has(row, "due") || has_due(state, lease, row_date(row, "due")) ||
           row_refuse(N_("pays a due that its lease doesn't have"), err);
}

static bool check_earner(struct state *state, const struct view *row, struct error *err)
{
    struct asset *ignored;

    if (row_has(row, "lease")) return check_lease(state, row, err);
    if (row_has(row, "due")) return row_refuse(N_("pays a due without its lease"), err);
    if (row_has(row, "asset")) return assets_require_use(state, row, "date", &ignored, err);
    return row_has(row, "text") || row_refuse(N_("doesn't say what earned it"), err);
}

/* What was told of a voucher, lease and due is what can be taken back. */
static bool check_taken_back(struct state *state, const struct view *row, const char *number,
                             const char *division, struct error *err)
{
    char lease[CODE_SIZE], due[DATE_TEXT_SIZE];
    const int64_t fen = row_number(row, "amount");
    struct row_sum *sum;
    hash_t key;

    view_text(row, "lease", lease, sizeof lease);
    view_text(row, "due", due, sizeof due);
    key = key_of("received/%s/%s/%s/%s", number, division, lease, due);
    if (fen == 0 || (fen < 0 && !row_has(row, "text")))
        return row_refuse(N_("is income of nothing, or taken back without saying why"), err);
    return row_find_sum(state, &key, &sum, err) &&
           row_add(sum, fen, N_("takes back more than was told"), err);
}

bool leases_claim(struct state *state, const struct view *row, const char *role,
                  const char *division, int64_t fen, struct error *err)
{
    const struct moved_filter filter = {.role = role, .division = division};
    const struct voucher *voucher = NULL;
    char number[16], told[MONEY_TEXT_SIZE], has[MONEY_TEXT_SIZE];
    struct row_sum *sum;
    money_t most;
    hash_t key;

    if (!moved_find(state, row, true, &voucher, err)) return false;
    view_text(row, "voucher", number, sizeof number);
    key = key_of("brought/%s/%s", number, division);
    if (!row_find_sum(state, &key, &sum, err) ||
        !money_add(sum->told, (money_t){fen}, &sum->told, err) ||
        !moved_sum(state, voucher, &filter, &most, err))
        return false;
    return money_compare(sum->told, most) <= 0 ||
           error_set(err, ERROR_VERIFY,
                     "has %s yuan of voucher %s told as income and proceeds of %s, and it brought "
                     "%s yuan there",
                     money_format(sum->told, told), number, division, money_format(most, has));
}

bool leases_receive(struct state *state, const struct view *row, struct error *err)
{
    char number[16], division[DIVISION_CODE_SIZE];

    view_text(row, "voucher", number, sizeof number);
    view_text(row, "division", division, sizeof division);
    return check_earner(state, row, err) && check_taken_back(state, row, number, division, err) &&
           leases_claim(state, row, "unassigned", division, row_number(row, "amount"), err);
}
