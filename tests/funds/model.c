/* model.c - see model.h. */
#include "tests/funds/model.h"

#include <assert.h>

int64_t model_balance(const struct model *model, const struct model_account *account)
{
    return model->balances[account->division][account->book][account->fund][account->role];
}

void model_add(struct model *model, const struct model_account *account, int64_t fen, int32_t month)
{
    int32_t at = month - MODEL_FIRST_MONTH;

    assert(at >= 0 && at < MODEL_MONTHS);
    model->balances[account->division][account->book][account->fund][account->role] += fen;
    model->months[account->division][account->book][account->fund][account->role][at] += fen;
}

static struct model_account held_of(struct model_account account)
{
    account.role = ACCOUNT_HELD;
    return account;
}

static bool is_direct(enum account_role role)
{
    return role == ACCOUNT_SOURCE || role == ACCOUNT_SPENT;
}

void model_submit(struct model *model, const struct model_voucher *voucher)
{
    for (size_t i = 0; i < voucher->line_count; i++) {
        const struct model_line *line = &voucher->lines[i];
        struct model_account held = held_of(line->from);

        if (is_direct(line->from.role)) continue;
        model_add(model, &line->from, -line->fen, voucher->month);
        model_add(model, &held, line->fen, voucher->month);
    }
}

void model_decide(struct model *model, const struct model_voucher *voucher, bool approved)
{
    for (size_t i = 0; i < voucher->line_count; i++) {
        const struct model_line *line = &voucher->lines[i];
        bool direct = is_direct(line->from.role);
        struct model_account from = direct ? line->from : held_of(line->from);

        if (direct && !approved) continue;
        model_add(model, &from, -line->fen, voucher->month);
        model_add(model, approved ? &line->to : &line->from, line->fen, voucher->month);
    }
}

/* Does the sum of the months never fall below zero? */
static bool months_are_possible(const int64_t months[MODEL_MONTHS])
{
    int64_t fen = 0;

    for (size_t i = 0; i < MODEL_MONTHS; i++) {
        fen += months[i];
        if (fen < 0) return false;
    }
    return true;
}

bool model_is_possible(const struct model *model)
{
    for (size_t d = 0; d < MODEL_DIVISIONS; d++)
        for (size_t b = 0; b < BOOK_COUNT; b++)
            for (size_t f = 0; f < MODEL_FUNDS; f++)
                for (size_t r = 0; r < ACCOUNT_ROLE_COUNT; r++) {
                    bool ok = r == ACCOUNT_SOURCE ? model->balances[d][b][f][r] <= 0
                                                  : months_are_possible(model->months[d][b][f][r]);

                    if (!ok) return false;
                }
    return true;
}

static bool is_same_dealing(const struct model_line *a, const struct model_line *b)
{
    return a->payee == b->payee && a->from.division == b->from.division &&
           a->from.book == b->from.book && a->from.fund == b->from.fund;
}

int64_t model_owing(const struct model *model, const struct model_line *line)
{
    int64_t fen = 0;

    for (int i = 0; i < model->count; i++) {
        const struct model_voucher *voucher = &model->vouchers[i];
        bool is_lent = voucher->movement == MOVEMENT_LOAN && voucher->state == VOUCHER_POSTED &&
                       voucher->reversed_by < 0;
        bool is_repaid = voucher->movement == MOVEMENT_REPAYMENT &&
                         (voucher->state == VOUCHER_POSTED || voucher->state == VOUCHER_PENDING);

        for (size_t j = 0; j < voucher->line_count; j++)
            if ((is_lent || is_repaid) && is_same_dealing(&voucher->lines[j], line))
                fen += is_lent ? voucher->lines[j].fen : -voucher->lines[j].fen;
    }
    return fen;
}

/* What this payee was paid from this account and the bank confirmed, less refunds not rejected. */
int64_t model_refundable(const struct model *model, const struct model_line *line)
{
    int64_t fen = 0;

    for (int i = 0; i < model->count; i++) {
        const struct model_voucher *voucher = &model->vouchers[i];
        bool counts = voucher->state == VOUCHER_POSTED ||
                      (voucher->state == VOUCHER_PENDING && voucher->movement == MOVEMENT_REFUND);

        for (size_t j = 0; counts && j < voucher->line_count; j++) {
            const struct model_line *other = &voucher->lines[j];

            if (!is_same_dealing(other, line)) continue;
            if (voucher->movement == MOVEMENT_PAYMENT && other->state == LINE_CONFIRMED)
                fen += other->fen;
            if (voucher->movement == MOVEMENT_REFUND) fen -= other->fen;
        }
    }
    return fen;
}
