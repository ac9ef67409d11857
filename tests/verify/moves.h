/* moves.h - vouchers that rows of tests name: receipts and payments in May 2021, approved. */
#ifndef TESTS_VERIFY_MOVES_H
#define TESTS_VERIFY_MOVES_H

#include "tests/verify/acts.h"
#include "tests/verify/rows.h"

#define UNASSIGNED(amount, role)                                                                   \
    "{\"amount\":" amount ",\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY                      \
    "\",\"fund\":\"F1\",\"role\":\"" role "\"}"

/* Voucher 6: a receipt of 1,000 fen of the county. */
static inline void receive(void)
{
    fixture_line(world, "li", 6, 1, false,
                 "{\"amount\":1000,\"from\":{\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                 "\",\"fund\":\"F1\",\"role\":\"source\"},\"to\":{\"book\":\"none\",\"division\":"
                 "\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"unassigned\"}}");
    fixture_submit(
        world, &(struct fixture_voucher){.user = "li",
                                         .number = 6,
                                         .movement = "receipt",
                                         .totals = "[" UNASSIGNED("-1000", "source") "," UNASSIGNED(
                                             "1000", "unassigned") "]",
                                         MAY});
    fixture_decide(world, "wang", "approve", 6, "");
}

/* A payment of 100 fen to an organisation. */
static inline void pay(unsigned number)
{
    fixture_line(world, "li", number, 1, false, DETAIL);
    fixture_submit(
        world, &(struct fixture_voucher){
                   .user = "li", .number = number, .movement = "payment", .totals = TOTALS, MAY});
    fixture_decide(world, "wang", "approve", number, "");
}

/* Voucher `number` reverses a payment of 100 fen. */
static inline void undo(unsigned number, const char *reverses)
{
    reverse(number, "100", reverses);
    fixture_decide(world, "wang", "approve", number, "");
}

#endif
