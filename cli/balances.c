/*
 * balances.c - two readings of the balances, merged in their common order.
 */
#include "cli/balances.h"

#include <stdlib.h>
#include <string.h>

#include "cli/listing.h"

struct balances {
    size_t count, capacity;
    struct balance *at;
};

void balances_free(struct balances *balances)
{
    if (balances == NULL) return;
    free(balances->at);
    free(balances);
}

static bool add(void *context, const struct balance *balance, struct error *err)
{
    struct balances *balances = context;

    if (balances->count == balances->capacity) {
        size_t capacity = balances->capacity == 0 ? 256 : balances->capacity * 2;
        struct balance *at = NULL;

        if (capacity > BALANCES_MAX) {
            return error_set(err, ERROR_LIMIT, "there are more than %d accounts to show",
                             BALANCES_MAX);
        }
        at = realloc(balances->at, capacity * sizeof *at);
        if (at == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        balances->at = at;
        balances->capacity = capacity;
    }
    balances->at[balances->count++] = *balance;
    return true;
}

bool balances_read(struct journal *journal, struct balances **out, struct error *err)
{
    struct balance_filter filter = {0};
    struct balances *balances = calloc(1, sizeof *balances);

    if (balances == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    if (!balance_each(journal, &filter, add, balances, err)) {
        balances_free(balances);
        return false;
    }
    *out = balances;
    return true;
}

/* The order of docs/format.md section 4: division, book, fund, role by their names' bytes. */
static int compare(const struct account *a, const struct account *b)
{
    int order = strcmp(a->division, b->division);

    if (order == 0) order = strcmp(book_name(a->book), book_name(b->book));
    if (order == 0) order = strcmp(a->fund, b->fund);
    if (order == 0) order = strcmp(account_role_name(a->role), account_role_name(b->role));
    return order;
}

static int compare_balances(const void *a, const void *b)
{
    return compare(&((const struct balance *)a)->account, &((const struct balance *)b)->account);
}

static bool show_row(struct table *table, struct division_name *name, const struct account *account,
                     money_t before, money_t after, struct error *err)
{
    if (money_compare(before, after) == 0) return true;
    if (!table_division(table, name, account->division, err)) return false;
    table_word(table, book_name(account->book));
    table_text(table, account->fund);
    table_word(table, account_role_name(account->role));
    table_amount(table, before);
    table_amount(table, after);
    return table_row(table, err);
}

static bool show_merged(struct table *table, struct division_name *name,
                        const struct balances *before, const struct balances *after,
                        struct error *err)
{
    size_t i = 0;
    size_t j = 0;

    while (i < before->count || j < after->count) {
        int order = i == before->count  ? 1
                    : j == after->count ? -1
                                        : compare_balances(&before->at[i], &after->at[j]);
        const struct account *account = order <= 0 ? &before->at[i].account : &after->at[j].account;
        money_t old = order <= 0 ? before->at[i].amount : MONEY_ZERO;
        money_t new = order >= 0 ? after->at[j].amount : MONEY_ZERO;

        if (!show_row(table, name, account, old, new, err)) return false;
        if (order <= 0) i++;
        if (order >= 0) j++;
    }
    return true;
}

bool balances_show_change(struct journal *journal, const struct balances *before,
                          struct table_format format, struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT}, {"division_name", "name", COLUMN_TEXT},
        {"book", "book", COLUMN_TEXT},         {"fund", "fund", COLUMN_TEXT},
        {"role", "role", COLUMN_TEXT},         {"before", "before", COLUMN_AMOUNT},
        {"after", "after", COLUMN_AMOUNT}};
    struct balances *after = NULL;
    struct balances sorted = *before;
    struct division_name name = {.journal = journal};
    struct table *table = NULL;
    bool ok = false;

    if (!balances_read(journal, &after, err)) goto out;
    /* The order that balance_each() promises may be another one than ours. */
    if (sorted.count > 1) qsort(sorted.at, sorted.count, sizeof *sorted.at, compare_balances);
    if (after->count > 1) qsort(after->at, after->count, sizeof *after->at, compare_balances);
    if (!table_begin(format, columns, ARRAY_COUNT(columns), &table, err)) goto out;
    if (!show_merged(table, &name, &sorted, after, err)) goto out;
    ok = table_end(table, "no balance changes", err);
out:
    table_free(table);
    balances_free(after);
    return ok;
}
