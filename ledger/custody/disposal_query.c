/*
 * disposal_query.c - disposals as they stand, and what became of the money that they brought.
 *
 * 1. A voucher spends a fund of a division, not the coins of a receipt. That proceeds were spent is
 *    said only where nothing else ever came into that fund there.
 */
#include <string.h>

#include "base/language.h"
#include "ledger/custody/internal.h"

#define REUSE_FUNDS_MAX 16 /* of one receipt */

/* Disposals first, whatever the planner thinks: what is asked for is asked of them. */
// clang-format off
#define SELECT_DISPOSAL                                                                            \
    "SELECT n.code, n.asset, o.cause, o.method, n.owner_division, o.date, o.text, n.state, "       \
    "n.last_step, n.last_date, n.voucher, n.proceeds, COALESCE((SELECT f.valuation FROM "          \
    "disposal_finish AS f WHERE f.disposal = n.code), 0) FROM disposal_now AS n CROSS JOIN "       \
    "disposal_open AS o WHERE o.disposal = n.code AND "
// clang-format on

static bool read_disposal(const struct statement *row, struct disposal *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    custody_copy(row, 0, out->code, sizeof out->code);
    custody_copy(row, 1, out->asset, sizeof out->asset);
    custody_copy(row, 2, out->cause, sizeof out->cause);
    custody_copy(row, 3, out->method, sizeof out->method);
    custody_copy(row, 4, out->owner_division, sizeof out->owner_division);
    custody_copy(row, 5, out->opened_on, sizeof out->opened_on);
    custody_copy(row, 6, out->text, sizeof out->text);
    custody_copy(row, 7, out->state, sizeof out->state);
    custody_copy(row, 8, out->last_step, sizeof out->last_step);
    custody_copy(row, 9, out->last_date, sizeof out->last_date);
    custody_copy(row, 10, out->voucher, sizeof out->voucher);
    disposal_set_next(out);
    return money_from_fen(statement_integer(row, 11), &out->proceeds, err) &&
           money_from_fen(statement_integer(row, 12), &out->valuation, err);
}

bool disposal_find(struct journal *journal, const char *code, struct disposal *out,
                   struct error *err)
{
    const char *const texts[] = {code, NULL};
    struct statement *row;
    bool has_row, ok;

    if (!custody_ask(journal, SELECT_DISPOSAL "n.code = $1", texts, &row, &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND, "no %s %s in the ledger; import it first",
                         translate(N_("disposal")), code);
    ok = read_disposal(row, out, err);
    statement_reset(row);
    return ok;
}

bool disposal_each(struct journal *journal, const char *scope, disposal_visit *visit, void *context,
                   struct error *err)
{
    struct statement *rows = NULL;
    struct custody_scope codes;
    struct disposal disposal;
    bool has_row, ok = false;

    if (!custody_list(journal, SELECT_DISPOSAL "n.owner_division BETWEEN $1 AND $2 ORDER BY n.code",
                      scope, &codes, &rows, err))
        return false;
    for (;;) {
        if (!statement_step(rows, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_disposal(rows, &disposal, err)) goto out;
        if (!visit(context, &disposal, err)) goto out;
    }
    ok = true;
out:
    statement_free(rows);
    return ok;
}

/* ---- What became of the money ---------------------------------------------------------------- */

struct reuses {
    const char *division;
    struct disposal_reuse at[REUSE_FUNDS_MAX];
    size_t count;
};

static bool add_receipt(void *context, const struct balance *total, struct error *err)
{
    struct reuses *reuses = context;
    struct disposal_reuse *reuse;
    size_t i = 0;

    if (total->amount.fen < 0 || strcmp(total->account.division, reuses->division) != 0)
        return true;
    while (i < reuses->count && strcmp(reuses->at[i].fund, total->account.fund) != 0)
        i++;
    if (i == REUSE_FUNDS_MAX)
        return error_set(err, ERROR_LIMIT, "a receipt of more than %d funds", REUSE_FUNDS_MAX);
    reuse = &reuses->at[i];
    if (i == reuses->count) {
        memset(reuse, 0, sizeof *reuse);
        memcpy(reuse->fund, total->account.fund, sizeof reuse->fund);
        memcpy(reuse->division, reuses->division, sizeof reuse->division);
        reuses->count++;
    }
    return money_add(reuse->received, total->amount, &reuse->received, err);
}

/* What a book line of one of those funds adds to its figures. */
static bool add_book(void *context, const struct book_line *line, struct error *err)
{
    static const enum flow_term in[] = {FLOW_APPROPRIATED, FLOW_RECEIVED_FROM_ABOVE,
                                        FLOW_RECOVERED_FROM_BELOW, FLOW_OTHER_RECEIPTS};
    struct reuses *reuses = context;
    struct disposal_reuse *reuse = NULL;

    for (size_t i = 0; i < reuses->count; i++)
        if (strcmp(reuses->at[i].fund, line->fund) == 0) reuse = &reuses->at[i];
    if (reuse == NULL) return true;
    for (size_t i = 0; i < ARRAY_COUNT(in); i++)
        if (!money_add(reuse->arrived, line->flows[in[i]], &reuse->arrived, err)) return false;
    return money_add(reuse->spent, line->flows[FLOW_SPENT], &reuse->spent, err) &&
           money_add(reuse->left, line->closing, &reuse->left, err);
}

bool disposal_reuse_each(struct journal *journal, const struct disposal *disposal,
                         bool (*visit)(void *context, const struct disposal_reuse *reuse,
                                       struct error *err),
                         void *context, struct error *err)
{
    struct reuses reuses = {.division = disposal->owner_division, .count = 0};
    struct book_span span;
    struct voucher voucher;

    if (disposal->voucher[0] == '\0') return true;
    if (!month_parse("1949-10", &span.first_month, err) ||
        !month_parse("9999-12", &span.last_month, err) ||
        !voucher_find(journal, disposal->voucher, &voucher, err) ||
        !voucher_total_each(journal, voucher.number, add_receipt, &reuses, err))
        return false;
    if (!book_line_each(journal, disposal->owner_division, &span, 1, add_book, &reuses, err))
        return false;
    for (size_t i = 0; i < reuses.count; i++) {
        struct disposal_reuse *reuse = &reuses.at[i];

        reuse->is_certain = money_compare(reuse->arrived, reuse->received) == 0 &&
                            money_compare(reuse->received, disposal->proceeds) == 0;
        if (!visit(context, reuse, err)) return false;
    }
    return true;
}

struct payments {
    struct journal *journal;
    const struct disposal_reuse *reuse;
    bool (*visit)(void *context, const struct voucher *voucher, struct error *err);
    void *context;
    bool is_from; /* the voucher looked at takes from that fund there */
};

static bool look_at_total(void *context, const struct balance *total, struct error *err)
{
    struct payments *payments = context;

    (void)err;
    if (total->amount.fen < 0 && strcmp(total->account.fund, payments->reuse->fund) == 0 &&
        strcmp(total->account.division, payments->reuse->division) == 0)
        payments->is_from = true;
    return true;
}

static bool see_voucher(void *context, const struct voucher *voucher, struct error *err)
{
    struct payments *payments = context;

    if (voucher->movement != MOVEMENT_PAYMENT) return true;
    payments->is_from = false;
    if (!voucher_total_each(payments->journal, voucher->number, look_at_total, payments, err))
        return false;
    return !payments->is_from || payments->visit(payments->context, voucher, err);
}

bool disposal_payment_each(struct journal *journal, const struct disposal_reuse *reuse,
                           bool (*visit)(void *context, const struct voucher *voucher,
                                         struct error *err),
                           void *context, struct error *err)
{
    struct payments payments = {journal, reuse, visit, context, false};
    const struct voucher_filter filter = {
        .by_state = true, .state = VOUCHER_POSTED, .fund = reuse->fund};

    return voucher_each(journal, &filter, see_voucher, &payments, err);
}
