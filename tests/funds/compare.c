/* compare.c - see compare.h. */
#include "tests/funds/compare.h"

#include <stdlib.h>

const char *const model_divisions[MODEL_DIVISIONS] = {COUNTY,    TOWN_1, VILLAGE_1,
                                                      VILLAGE_2, TOWN_2, VILLAGE_3};
const char *const model_funds[MODEL_FUNDS] = {"F1", "F2"};

static size_t index_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0) return i;
    ck_abort_msg("unknown: %s", text);
    return 0;
}

static bool compare_balance(void *context, const struct balance *balance, struct error *err)
{
    struct model *left = context;
    const struct account *account = &balance->account;
    size_t division = index_of(account->division, model_divisions, MODEL_DIVISIONS);
    size_t fund = index_of(account->fund, model_funds, MODEL_FUNDS);
    int64_t *expected = &left->balances[division][account->book][fund][account->role];

    (void)err;
    ck_assert_msg(*expected == balance->amount.fen, "%s %s %s %s: %lld, the model says %lld",
                  account->division, book_name(account->book), account->fund,
                  account_role_name(account->role), (long long)balance->amount.fen,
                  (long long)*expected);
    *expected = 0; /* seen */
    return true;
}

void compare_balances(struct journal *journal, const struct model *model)
{
    static const struct model empty;
    struct model *left = malloc(sizeof *left);
    struct balance_filter filter = {0};
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(left);
    *left = *model;
    ck_assert_ok(balance_each(journal, &filter, compare_balance, left, &err), err);
    ck_assert_mem_eq(left->balances, empty.balances, sizeof empty.balances);
    free(left);
}

/* The law, by the book lines that everybody sees, and once more from their parts. */
static bool check_book(void *context, const struct book_line *line, struct error *err)
{
    int64_t(*vertical)[2] = context;
    int64_t in = line->opening.fen, out = line->closing.fen, roles = 0;

    (void)err;
    for (int i = FLOW_APPROPRIATED; i <= FLOW_REALLOCATED_IN; i++)
        in += line->flows[i].fen;
    for (int i = FLOW_SPENT; i <= FLOW_REALLOCATED_OUT; i++)
        out += line->flows[i].fen;
    for (int i = ACCOUNT_UNASSIGNED; i <= ACCOUNT_RECEIVABLE; i++)
        roles += line->closing_by_role[i].fen;
    ck_assert_int_eq(in, out);
    ck_assert_int_eq(roles, line->closing.fen);
    (*vertical)[0] += line->flows[FLOW_PASSED_DOWN].fen - line->flows[FLOW_RECEIVED_FROM_ABOVE].fen;
    (*vertical)[1] +=
        line->flows[FLOW_RETURNED_UP].fen - line->flows[FLOW_RECOVERED_FROM_BELOW].fen;
    return true;
}

void check_law(struct journal *journal)
{
    int32_t first = month("2021-01"), last = month("2023-12");
    struct error err = ERROR_INIT;

    for (int32_t at = first; at <= last; at += 6) {
        const struct book_span span = {at, last};
        int64_t vertical[2] = {0, 0};

        ck_assert_ok(book_line_each(journal, "", &span, 1, check_book, &vertical, &err), err);
        ck_assert_int_eq(vertical[0], 0);
        ck_assert_int_eq(vertical[1], 0);
    }
}
