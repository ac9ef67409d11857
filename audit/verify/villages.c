/*
 * villages.c - classes of townships, debts and standards of villages: docs/format.md section 5.13.
 */
#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/rows.h"
#include "base/language.h"

static bool require_level(const struct view *row, enum division_level level, struct error *err)
{
    char division[DIVISION_CODE_SIZE];

    view_text(row, "division", division, sizeof division);
    return division_code_level(division) == level ||
           row_refuse(N_("is of a division at another level than it tells of"), err);
}

bool villages_class(struct state *state, const struct view *row, struct error *err)
{
    (void)state;
    return require_level(row, DIVISION_TOWNSHIP, err);
}

bool villages_declare(struct state *state, const struct view *row, struct error *err)
{
    (void)state;
    if (row_is(row, "item", "集体经济收入") || row_is(row, "item", "村级无债务"))
        return row_refuse(N_("declares what is computed"), err);
    return require_level(row, DIVISION_VILLAGE, err);
}

bool villages_debt(struct state *state, const struct view *row, struct error *err)
{
    struct income *income = &state->income;
    struct debt *debt;

    if (!require_level(row, DIVISION_VILLAGE, err) ||
        !array_reserve(&income->debts, sizeof *income->debts, income->debt_count,
                       &income->debt_capacity, THINGS_MAX, err) ||
        !row_enter(state, row, "debt", income->debt_count, err))
        return false;
    debt = &income->debts[income->debt_count++];
    debt->amount.fen = row_number(row, "amount");
    debt->day = row_date(row, "date");
    return row_has(row, "creditor") == row_has(row, "uscc") ||
           row_refuse(N_("names a party without a credit code, or a code without a party"), err);
}

bool villages_clear(struct state *state, const struct view *row, struct error *err)
{
    const struct voucher *ignored;
    char cleared[MONEY_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    uint32_t index = 0;
    struct debt *debt;

    if (!row_require(state, row, "debt", &index, err)) return false;
    debt = &state->income.debts[index];
    if (!row_require_order(debt->day, row_date(row, "date"), err) ||
        (row_has(row, "voucher") && !moved_find(state, row, false, &ignored, err)) ||
        !money_add(debt->cleared, (money_t){row_number(row, "amount")}, &debt->cleared, err))
        return false;
    return money_compare(debt->cleared, debt->amount) <= 0 ||
           error_set(err, ERROR_VERIFY, "clears %s yuan of a debt of %s yuan",
                     money_format(debt->cleared, cleared), money_format(debt->amount, amount));
}
