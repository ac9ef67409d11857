/* acts.h - what the tables of acts in test_acts.c and test_vouchers.c are made of: each case
 * appends entries to the good log, and says what the verifier then says. */
#ifndef TESTS_VERIFY_ACTS_H
#define TESTS_VERIFY_ACTS_H

#include <stdio.h>

#include "tests/verify/suite.h"

#define AVAILABLE                                                                                  \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                                         \
    "\",\"fund\":\"F1\",\"role\":\"available\"}"
#define IN_TRANSIT                                                                                 \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                                         \
    "\",\"fund\":\"F1\",\"role\":\"in_transit\"}"
#define TOTAL(amount, role)                                                                        \
    "{\"amount\":" amount ",\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                   \
    "\",\"fund\":\"F1\",\"role\":\"" role "\"}"
#define DETAIL "{\"amount\":100,\"from\":" AVAILABLE ",\"to\":" IN_TRANSIT "}"
#define PERSON                                                                                     \
    "{\"amount\":100,\"from\":" AVAILABLE                                                          \
    ",\"payee\":{\"account\":\"A\",\"id_number\":\"611025198001020010\","                          \
    "\"name\":\"N\"},\"to\":" IN_TRANSIT "}"
#define TOTALS      "[" TOTAL("-100", "available") "," TOTAL("100", "in_transit") "]"
#define ROLES(role) "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"" role "\"}]"
#define POLICY      "{\"name\":\"n\",\"valid_from\":\"2021-05-01\",\"value\":1}"
#define MAY         .event_date = "2021-05-04"

/* A submission of one line in clear as voucher 6. */
static inline void submit(const char *user, struct fixture_voucher voucher)
{
    fixture_line(world, user, 6, 1, false, DETAIL);
    voucher.user = user;
    voucher.number = 6;
    if (voucher.movement == NULL) voucher.movement = "payment";
    if (voucher.totals == NULL) voucher.totals = TOTALS;
    if (voucher.event_date == NULL) voucher.event_date = "2021-05-04";
    fixture_submit(world, &voucher);
}

#define SUBMIT(user, ...) submit(user, (struct fixture_voucher){__VA_ARGS__})

/* A reversal that gives so much of a payment back. */
static inline void reverse(unsigned number, const char *fen, const char *reverses)
{
    char detail[1024], totals[1024];

    (void)snprintf(detail, sizeof detail,
                   "{\"amount\":%s,\"from\":" IN_TRANSIT ",\"to\":" AVAILABLE "}", fen);
    (void)snprintf(totals, sizeof totals,
                   "[" TOTAL("%s", "available") "," TOTAL("-%s", "in_transit") "]", fen, fen);
    fixture_line(world, "li", number, 1, false, detail);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = number,
                                                    .totals = totals,
                                                    MAY,
                                                    .movement = "reversal",
                                                    .reverses = reverses});
}

/* A bank entry about voucher 1 or 3, with this for its lines and totals. */
static inline void bank(const char *lines, const char *totals, unsigned voucher)
{
    fixture_act(world, "li", "bank.confirm",
                "\"event_date\":\"2021-05-06\",\"late\":false,\"lines\":%s,\"reason\":\"\","
                "\"reference\":\"B-9\",\"totals\":%s,\"voucher\":\"2021-%06u\"",
                lines, totals, voucher);
}

/* Lines of 100 fen each to the people with these numbers in fixture_id_numbers, as voucher 6. */
static inline void submit_people(const char *who, bool seal_totals)
{
    char detail[1024], totals[1024];
    unsigned count = (unsigned)strlen(who);

    for (unsigned i = 0; i < count; i++) {
        (void)snprintf(detail, sizeof detail,
                       "{\"amount\":100,\"from\":" AVAILABLE ",\"payee\":{\"account\":\"A%u\","
                       "\"id_number\":\"%s\",\"name\":\"N\"},\"to\":" IN_TRANSIT "}",
                       i, fixture_id_numbers[who[i] - '0']);
        fixture_line(world, "li", 6, i + 1, true, detail);
    }
    (void)snprintf(totals, sizeof totals,
                   "[" TOTAL("-%u00", "available") "," TOTAL("%u00", "in_transit") "]", count,
                   count);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 6,
                                                    .totals = totals,
                                                    MAY,
                                                    .movement = "payment",
                                                    .people = true,
                                                    .seal_totals = seal_totals});
}

struct act_case {
    void (*write)(void);
    const char *wanted;
};

#endif
