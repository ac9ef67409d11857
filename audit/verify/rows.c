/*
 * rows.c - which rows are held to what, and what all of them are held to.
 */
#include "audit/verify/rows.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit/verify/array.h"
#include "base/compiler.h"
#include "base/language.h"

#define KEY_SIZE (TEXT_SIZE_MAX + 256)

static row_check *const checks[KIND_COUNT - KIND_ROW] = {
    [KIND_AID_AGREE - KIND_ROW] = pools_agree,
    [KIND_AID_ENTRUST - KIND_ROW] = pools_entrust,
    [KIND_AID_GUARANTEE - KIND_ROW] = pools_guarantee,
    [KIND_AID_OPEN - KIND_ROW] = pools_open,
    [KIND_AID_PROVIDE - KIND_ROW] = pools_provide,
    [KIND_ASSET_COST - KIND_ROW] = assets_cost,
    [KIND_ASSET_DUTY - KIND_ROW] = posts_duty,
    [KIND_ASSET_REGISTER - KIND_ROW] = assets_register,
    [KIND_ASSET_STATE - KIND_ROW] = assets_state,
    [KIND_ASSET_TITLE - KIND_ROW] = assets_title,
    [KIND_BODY_DECLARE - KIND_ROW] = posts_declare,
    [KIND_DEBT_CLEAR - KIND_ROW] = villages_clear,
    [KIND_DISPOSAL_DROP - KIND_ROW] = disposals_drop,
    [KIND_DISPOSAL_FINISH - KIND_ROW] = disposals_finish,
    [KIND_DISPOSAL_OPEN - KIND_ROW] = disposals_open,
    [KIND_DISPOSAL_STEP - KIND_ROW] = disposals_step,
    [KIND_DISTRIBUTION_HOLDER - KIND_ROW] = plans_holder,
    [KIND_DISTRIBUTION_PAY - KIND_ROW] = plans_pay,
    [KIND_DISTRIBUTION_PLAN - KIND_ROW] = plans_plan,
    [KIND_DISTRIBUTION_SHARE - KIND_ROW] = plans_share,
    [KIND_HANDOVER_ASSET - KIND_ROW] = handovers_asset,
    [KIND_HANDOVER_DROP - KIND_ROW] = handovers_drop,
    [KIND_HOUSEHOLD_CHANGE - KIND_ROW] = households_change,
    [KIND_HOUSEHOLD_REGISTER - KIND_ROW] = households_register,
    [KIND_HOUSEHOLD_TOTAL - KIND_ROW] = households_total,
    [KIND_INCOME_RECEIVE - KIND_ROW] = leases_receive,
    [KIND_INSPECTION_EXCUSE - KIND_ROW] = schedules_excuse,
    [KIND_INSPECTION_RECORD - KIND_ROW] = schedules_inspect,
    [KIND_KEEPER_APPOINT - KIND_ROW] = posts_appoint,
    [KIND_KEEPER_END - KIND_ROW] = posts_end,
    [KIND_LEASE_DUE - KIND_ROW] = leases_due,
    [KIND_LEASE_END - KIND_ROW] = leases_end,
    [KIND_LEASE_SIGN - KIND_ROW] = leases_sign,
    [KIND_MAINTENANCE_SOURCE - KIND_ROW] = works_source,
    [KIND_PROJECT_ADD - KIND_ROW] = assets_project,
    [KIND_SCHEDULE_END - KIND_ROW] = schedules_end,
    [KIND_SCHEDULE_SET - KIND_ROW] = schedules_set,
    [KIND_STOCKTAKE_CLOSE - KIND_ROW] = stocktakes_close,
    [KIND_STOCKTAKE_COUNT - KIND_ROW] = stocktakes_count,
    [KIND_STOCKTAKE_OPEN - KIND_ROW] = stocktakes_open,
    [KIND_TOWNSHIP_CLASS - KIND_ROW] = villages_class,
    [KIND_VILLAGE_DEBT - KIND_ROW] = villages_debt,
    [KIND_VILLAGE_DECLARE - KIND_ROW] = villages_declare,
    [KIND_WORK_CLOSE - KIND_ROW] = works_close,
    [KIND_WORK_OPEN - KIND_ROW] = works_open,
    [KIND_WORK_PAY - KIND_ROW] = works_pay,
};

bool rows_apply(struct state *state, const struct view *view, struct error *err)
{
    row_check *check = checks[view->facts->kind - KIND_ROW];
    struct view row = *view;

    if (!state_add_row(state, view, err)) return false;
    if (check == NULL) return true;
    if (!json_parse(view->reader->entry, view->facts->body.data, view->facts->body.size,
                    JSON_CANONICAL, err))
        return false;
    row.body = 0;
    return check(state, &row, err);
}

/* ---- Reading --------------------------------------------------------------------------------- */

bool row_is(const struct view *row, const char *member, const char *text)
{
    return json_string_equals(row->document, json_member(row->document, row->body, member), text);
}

int64_t row_number(const struct view *row, const char *member)
{
    return json_integer_value(row->document, json_member(row->document, row->body, member));
}

date_t row_date(const struct view *row, const char *member)
{
    struct error ignored = ERROR_INIT;
    char text[DATE_TEXT_SIZE];
    date_t date = {0};

    view_text(row, member, text, sizeof text);
    if (text[0] == '\0') return date;
    if (!date_parse(text, &date, &ignored)) assert(false); /* its shape says that it is one */
    return date;
}

bool row_open(const struct view *row, const char *member, struct view *out)
{
    uint32_t value;

    *out = *row;
    if (!entry_open_seal(row->block, row->i, row->reader, member, &value)) return false;
    out->document = row->reader->plain;
    out->body = value;
    return true;
}

hash_t key_of(const char *format, ...)
{
    char key[KEY_SIZE];
    va_list arguments;
    int size;

    va_start(arguments, format);
    size = vsnprintf(key, sizeof key, format, arguments);
    va_end(arguments);
    assert(size > 0 && (size_t)size < sizeof key);
    return hash_sha256((const uint8_t *)key, (size_t)size);
}

hash_t row_key(const struct view *row, const char *member)
{
    char value[TEXT_SIZE_MAX];

    view_text(row, member, value, sizeof value);
    return key_of("%s/%s", member, value);
}

/* ---- What rows are held to ------------------------------------------------------------------- */

bool row_refuse(const char *what, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "%s", translate(what));
}

bool row_find(const struct state *state, const struct view *row, const char *member,
              uint32_t *index_out)
{
    hash_t key = row_key(row, member);

    return map_find(&state->things, &key, index_out);
}

bool row_require(const struct state *state, const struct view *row, const char *member,
                 uint32_t *index_out, struct error *err)
{
    char code[TEXT_SIZE_MAX];

    if (row_find(state, row, member, index_out)) return true;
    view_text(row, member, code, sizeof code);
    return error_set(err, ERROR_VERIFY, "its \"%s\" is %s, of which no row before it tells", member,
                     code);
}

bool row_enter(struct state *state, const struct view *row, const char *member, size_t index,
               struct error *err)
{
    hash_t key = row_key(row, member);
    char code[TEXT_SIZE_MAX];

    if (!map_find(&state->things, &key, NULL))
        return map_add(&state->things, &key, (uint32_t)index, err);
    view_text(row, member, code, sizeof code);
    return error_set(err, ERROR_VERIFY, "its \"%s\" is %s, which a row before it has", member,
                     code);
}

bool row_require_order(date_t first, date_t second, struct error *err)
{
    char before[DATE_TEXT_SIZE], after[DATE_TEXT_SIZE];

    return !date_is_before(second, first) ||
           error_set(err, ERROR_VERIFY, "is of %s, before what it follows, of %s",
                     date_format(second, after), date_format(first, before));
}

bool row_find_sum(struct state *state, const hash_t *key, struct row_sum **out, struct error *err)
{
    uint32_t index = 0;

    if (!map_find(&state->things, key, &index)) {
        if (!array_reserve(&state->sums, sizeof *state->sums, state->sum_count,
                           &state->sum_capacity, THINGS_MAX, err) ||
            !map_add(&state->things, key, (uint32_t)state->sum_count, err))
            return false;
        index = (uint32_t)state->sum_count++;
    }
    *out = &state->sums[index];
    return true;
}

bool row_add(struct row_sum *sum, int64_t fen, const char *too_low, struct error *err)
{
    if (!money_add(sum->told, (money_t){fen}, &sum->told, err)) return false;
    return !money_is_negative(sum->told) || row_refuse(too_low, err);
}
