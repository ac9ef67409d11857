/*
 * words.c - the names of books, roles, movements, flow terms and states, in one place.
 *
 * 1. The English name is what stands in entries and in SQL; the Chinese one is what people write.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/funds.h"

struct word {
    const char *name;
    const char *name_zh;
};

static const struct word books[BOOK_COUNT] = {
    [BOOK_NONE] = {"none", "未归类"},
    [BOOK_CONSTRUCTION] = {"construction", "项目建设"},
    [BOOK_LIVELIHOOD] = {"livelihood", "民生保障"},
    [BOOK_SUBSIDY] = {"subsidy", "政策补助"},
};

static const struct word roles[ACCOUNT_ROLE_COUNT] = {
    [ACCOUNT_SOURCE] = {"source", "来源"},
    [ACCOUNT_UNASSIGNED] = {"unassigned", "未归类"},
    [ACCOUNT_AVAILABLE] = {"available", "可用"},
    [ACCOUNT_COMMITTED] = {"committed", "合同占用"},
    [ACCOUNT_HELD] = {"held", "待审核占用"},
    [ACCOUNT_IN_TRANSIT] = {"in_transit", "在途"},
    [ACCOUNT_OWED] = {"owed", "退回待付"},
    [ACCOUNT_RETENTION] = {"retention", "质保金"},
    [ACCOUNT_RECEIVABLE] = {"receivable", "应收借款"},
    [ACCOUNT_SPENT] = {"spent", "已支出"},
};

static const struct word movements[MOVEMENT_COUNT] = {
    [MOVEMENT_APPROPRIATION] = {"appropriation", "资金下达"},
    [MOVEMENT_RECEIPT] = {"receipt", "其他收入"},
    [MOVEMENT_ALLOCATION] = {"allocation", "分配下达"},
    [MOVEMENT_RECOVERY] = {"recovery", "收回"},
    [MOVEMENT_COMMITMENT] = {"commitment", "合同占用"},
    [MOVEMENT_RELEASE] = {"release", "释放"},
    [MOVEMENT_PAYMENT] = {"payment", "支付"},
    [MOVEMENT_SETTLEMENT] = {"settlement", "结算"},
    [MOVEMENT_REFUND] = {"refund", "退款"},
    [MOVEMENT_REMITTANCE] = {"remittance", "上缴"},
    [MOVEMENT_ASSIGNMENT] = {"assignment", "归类"},
    [MOVEMENT_REALLOCATION] = {"reallocation", "调剂"},
    [MOVEMENT_LOAN] = {"loan", "借出"},
    [MOVEMENT_REPAYMENT] = {"repayment", "归还借款"},
    [MOVEMENT_SUCCESSION] = {"succession", "承接"},
    [MOVEMENT_REVERSAL] = {"reversal", "冲销"},
};

static const char *const flow_terms[FLOW_TERM_COUNT] = {
    [FLOW_APPROPRIATED] = "appropriated",
    [FLOW_RECEIVED_FROM_ABOVE] = "received_from_above",
    [FLOW_RECOVERED_FROM_BELOW] = "recovered_from_below",
    [FLOW_OTHER_RECEIPTS] = "other_receipts",
    [FLOW_ASSIGNED_IN] = "assigned_in",
    [FLOW_REALLOCATED_IN] = "reallocated_in",
    [FLOW_SPENT] = "spent",
    [FLOW_PASSED_DOWN] = "passed_down",
    [FLOW_RETURNED_UP] = "returned_up",
    [FLOW_REMITTED] = "remitted",
    [FLOW_ASSIGNED_OUT] = "assigned_out",
    [FLOW_REALLOCATED_OUT] = "reallocated_out",
};

static const char *const voucher_states[VOUCHER_STATE_COUNT] = {
    [VOUCHER_PENDING] = "pending",   [VOUCHER_POSTED] = "posted",
    [VOUCHER_REJECTED] = "rejected", [VOUCHER_WITHDRAWN] = "withdrawn",
    [VOUCHER_REVERSED] = "reversed",
};

static const char *const line_states[LINE_STATE_COUNT] = {
    [LINE_PENDING] = "pending",     [LINE_POSTED] = "posted",     [LINE_IN_TRANSIT] = "in_transit",
    [LINE_CONFIRMED] = "confirmed", [LINE_RETURNED] = "returned", [LINE_REPAID] = "repaid",
    [LINE_VOID] = "void",
};

static bool find(const struct word *words, int count, const char *text, int *out)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(text, words[i].name) == 0 || strcmp(text, words[i].name_zh) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

const char *book_name(enum book book)
{
    assert(book < BOOK_COUNT);
    return books[book].name;
}

bool book_parse(const char *text, enum book *out, struct error *err)
{
    int found;

    if (!find(books, BOOK_COUNT, text, &found))
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is not a book; write construction, livelihood, subsidy or none",
                         text);
    *out = (enum book)found;
    return true;
}

const char *account_role_name(enum account_role role)
{
    assert(role < ACCOUNT_ROLE_COUNT);
    return roles[role].name;
}

bool account_role_parse(const char *text, enum account_role *out, struct error *err)
{
    int found;

    if (!find(roles, ACCOUNT_ROLE_COUNT, text, &found))
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is not a role of an account; write available, committed, owed …",
                         text);
    *out = (enum account_role)found;
    return true;
}

const char *movement_name(enum movement movement)
{
    assert(movement < MOVEMENT_COUNT);
    return movements[movement].name;
}

bool movement_parse(const char *text, enum movement *out, struct error *err)
{
    int found;

    if (!find(movements, MOVEMENT_COUNT, text, &found))
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is not a movement; write payment, allocation, commitment …", text);
    *out = (enum movement)found;
    return true;
}

const char *flow_term_name(enum flow_term term)
{
    assert(term < FLOW_TERM_COUNT);
    return flow_terms[term];
}

const char *voucher_state_name(enum voucher_state state)
{
    assert(state < VOUCHER_STATE_COUNT);
    return voucher_states[state];
}

const char *line_state_name(enum line_state state)
{
    assert(state < LINE_STATE_COUNT);
    return line_states[state];
}
