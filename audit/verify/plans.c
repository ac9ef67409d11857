/*
 * plans.c - who shares what was earned: docs/format.md section 5.13.
 *
 * 1. Those who share come first, then the shares, then the plan; its shares make its whole, and
 *    they are about as many people as rows tell of. Where all of those rows can be read, each share
 *    is held to its own.
 * 2. Vouchers tied to a use of a plan pay no more than its shares get, but for the fen that
 *    rounding may leave to each share.
 */
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/rows.h"
#include "base/language.h"

#define WHOLE_MAX        1000000000
#define PEOPLE_MIN       3
#define EQUAL_HOUSEHOLDS 5
#define CODE_SIZE        65
#define WORD_SIZE        16

/* The plan that a row is of, which doesn't stand yet; begun when it is new. */
static bool find_plan(struct state *state, const struct view *row, struct plan **out,
                      uint32_t *index_out, struct error *err)
{
    struct income *income = &state->income;

    if (!row_find(state, row, "plan", index_out)) {
        if (!array_reserve(&income->plans, sizeof *income->plans, income->plan_count,
                           &income->plan_capacity, THINGS_MAX, err) ||
            !row_enter(state, row, "plan", income->plan_count, err))
            return false;
        *index_out = (uint32_t)income->plan_count++;
    }
    *out = &income->plans[*index_out];
    return !(*out)->stands || row_refuse(N_("adds to a plan that stands"), err);
}

/* Of a plan: "share", "holders" or "parts" of a division (or "") and use. */
static hash_t part_key(const char *what, uint32_t plan, const char *division, const char *use)
{
    return key_of("%s/%u/%s/%s", what, (unsigned)plan, division, use);
}

/* ---- Who shares ------------------------------------------------------------------------------ */

/* A group's `told` are parts, its `most` people. */
static bool read_holder(struct state *state, const struct view *value, struct plan *plan,
                        uint32_t index, struct error *err)
{
    char division[DIVISION_CODE_SIZE], use[WORD_SIZE], id_number[ID_CARD_SIZE];
    const int64_t parts = row_number(value, "parts");
    struct row_sum *group;
    hash_t key, person;

    view_text(value, "division", division, sizeof division);
    view_text(value, "use", use, sizeof use);
    view_text(value, "id_number", id_number, sizeof id_number);
    key = part_key("share", index, division, use);
    if (map_find(&state->things, &key, NULL))
        return row_refuse(N_("names somebody for a share that is told already"), err);
    key = part_key("holders", index, division, use);
    person = key_of("holder/%u/%s/%s/%s", (unsigned)index, division, use, id_number);
    if (map_find(&state->things, &person, NULL))
        return row_refuse(N_("names somebody twice for a share"), err);
    if (!map_add(&state->things, &person, 0, err) || !row_find_sum(state, &key, &group, err) ||
        !money_add(group->told, (money_t){parts}, &group->told, err))
        return false;
    group->most.fen++;
    if (strcmp(use, "households") != 0) return true;
    if (plan->households == 0 || parts < plan->least) plan->least = parts;
    if (plan->households == 0 || parts > plan->most) plan->most = parts;
    plan->households++;
    return true;
}

bool plans_holder(struct state *state, const struct view *row, struct error *err)
{
    struct view value;
    struct plan *plan;
    uint32_t index = 0;

    if (!find_plan(state, row, &plan, &index, err)) return false;
    plan->holders++;
    if (row_open(row, "detail", &value)) return read_holder(state, &value, plan, index, err);
    plan->is_partial = true;
    return true;
}

/* ---- Shares ---------------------------------------------------------------------------------- */

static bool check_people(const struct view *row, struct error *err)
{
    const int64_t people = row_number(row, "people");
    const bool are_households = row_is(row, "use", "households");

    if ((people != 0 && people < PEOPLE_MIN) || (are_households && people == 0) ||
        (people != 0 && !are_households && !row_is(row, "use", "post_wages")))
        return row_refuse(N_("is a share of fewer than three people, or of whom nobody counts"),
                          err);
    /* With fewer, each has one part, or all but one of them do. */
    if (row_number(row, "parts") / 2 < people)
        return row_refuse(N_("has fewer than two parts for each of its people"), err);
    return true;
}

static bool check_holders(struct state *state, const struct view *row, const hash_t *key,
                          struct error *err)
{
    const int64_t people = row_number(row, "people"), parts = row_number(row, "parts");
    struct row_sum *group;

    if (!row_find_sum(state, key, &group, err)) return false;
    return (group->most.fen == people && (people == 0 || group->told.fen == parts)) ||
           error_set(err, ERROR_VERIFY,
                     "says %lld people with %lld parts; the rows before it are %lld with %lld",
                     (long long)people, (long long)parts, (long long)group->most.fen,
                     (long long)group->told.fen);
}

/* A use's `told` are parts, its `most` shares. */
static bool add_share(struct state *state, struct plan *plan, const char *division,
                      const hash_t *use_key, int64_t parts, struct error *err)
{
    struct row_sum *use;

    if (!row_find_sum(state, use_key, &use, err) ||
        !money_add(use->told, (money_t){parts}, &use->told, err))
        return false;
    use->most.fen++;
    if (plan->first[0] == '\0' || strcmp(division, plan->first) < 0)
        memcpy(plan->first, division, sizeof plan->first);
    if (strcmp(division, plan->last) > 0) memcpy(plan->last, division, sizeof plan->last);
    return true;
}

bool plans_share(struct state *state, const struct view *row, struct error *err)
{
    const int64_t parts = row_number(row, "parts");
    char division[DIVISION_CODE_SIZE], use[WORD_SIZE];
    struct plan *plan;
    uint32_t index = 0;
    hash_t key, holders, uses;

    if (!find_plan(state, row, &plan, &index, err) || !check_people(row, err)) return false;
    view_text(row, "division", division, sizeof division);
    view_text(row, "use", use, sizeof use);
    key = part_key("share", index, division, use);
    holders = part_key("holders", index, division, use);
    uses = part_key("parts", index, "", use);
    if (map_find(&state->things, &key, NULL)) {
        if (row_is(row, "use", "households") || row_is(row, "use", "post_wages"))
            return row_refuse(N_("has the division and use of a share before it"), err);
    } else if (!map_add(&state->things, &key, 0, err)) {
        return false;
    }
    if (!plan->is_partial && !check_holders(state, row, &holders, err)) return false;
    if (parts > WHOLE_MAX || plan->parts > WHOLE_MAX)
        return row_refuse(N_("has more parts than a whole has"), err);
    plan->parts += parts;
    plan->people += row_number(row, "people") % (WHOLE_MAX + 1);
    return add_share(state, plan, division, &uses, parts, err);
}

/* ---- The plan -------------------------------------------------------------------------------- */

bool plans_plan(struct state *state, const struct view *row, struct error *err)
{
    const int64_t whole = row_number(row, "whole");
    struct plan *plan;
    uint32_t index = 0;

    if (!find_plan(state, row, &plan, &index, err)) return false;
    if (plan->parts != whole || whole > WHOLE_MAX)
        return error_set(err, ERROR_VERIFY, "has a whole of %lld parts, and its shares have %lld",
                         (long long)whole, (long long)plan->parts);
    if (plan->people != plan->holders)
        return error_set(err, ERROR_VERIFY,
                         "has shares of %lld people, and rows tell of %lld who share",
                         (long long)plan->people, (long long)plan->holders);
    if (!plan->is_partial && plan->households >= EQUAL_HOUSEHOLDS && plan->least == plan->most)
        return row_refuse(N_("gives five households or more the same"), err);
    view_text(row, "division", plan->division, sizeof plan->division);
    if (!division_code_is_within(plan->first, plan->division) ||
        !division_code_is_within(plan->last, plan->division))
        return row_refuse(N_("has a share outside its division"), err);
    plan->stands = true;
    plan->day = row_date(row, "date");
    plan->amount.fen = row_number(row, "amount");
    plan->whole = whole;
    return true;
}

/* ---- Carrying it out ------------------------------------------------------------------------- */

static bool check_use(struct state *state, const struct view *row, const struct plan *plan,
                      uint32_t index, const struct voucher *voucher, struct error *err)
{
    static const struct moved_filter filter = {.role = "in_transit"};
    char use[WORD_SIZE], paid_text[MONEY_TEXT_SIZE], most_text[MONEY_TEXT_SIZE];
    struct row_sum *parts;
    money_t amount, paid, most;
    hash_t uses, sums;

    view_text(row, "use", use, sizeof use);
    uses = part_key("parts", index, "", use);
    sums = part_key("paid", index, "", use);
    if (!moved_sum(state, voucher, &filter, &amount, err) ||
        !row_find_sum(state, &uses, &parts, err) ||
        !money_multiply_ratio(plan->amount, parts->told.fen, plan->whole, &most, err) ||
        !money_add(most, parts->most, &most, err) ||
        !moved_claim(state, row, &sums, amount, &paid, err))
        return false;
    return money_compare(paid, most) <= 0 ||
           error_set(err, ERROR_VERIFY,
                     "has %s yuan paid for a use of a plan that gets %s yuan at most",
                     money_format(paid, paid_text), money_format(most, most_text));
}

bool plans_pay(struct state *state, const struct view *row, struct error *err)
{
    const struct voucher *voucher = NULL;
    const struct plan *plan;
    char number[16];
    uint32_t index = 0;
    hash_t key;

    if (!row_require(state, row, "plan", &index, err)) return false;
    plan = &state->income.plans[index];
    if (!plan->stands) return row_refuse(N_("carries out a plan that doesn't stand"), err);
    view_text(row, "voucher", number, sizeof number);
    key = key_of("tied/%s", number);
    if (map_find(&state->things, &key, NULL))
        return row_refuse(N_("ties a voucher that is tied to a plan"), err);
    return map_add(&state->things, &key, 0, err) &&
           row_require_order(plan->day, row_date(row, "date"), err) &&
           moved_find(state, row, false, &voucher, err) &&
           check_use(state, row, plan, index, voucher, err);
}
