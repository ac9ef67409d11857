/*
 * world.h - a county with two townships and five villages, its people, its money, a signer.
 *
 *     611025000000 county   611025101000 township: villages …101201, …101202, …101203
 *                           611025102000 township: villages …102201, …102202
 *     F1  construction      F2  subsidy
 *     P1  a road in …101201, paid by F1      P2, P3  two trades in …101000, paid by F2
 *
 * zhao and qian administer, li makes, wang checks, yi publishes. It is the clock's 2022-01-10.
 */
#ifndef TESTS_EXPORTERS_WORLD_H
#define TESTS_EXPORTERS_WORLD_H

#include "exporters/exporters.h"
#include "fixture.h"
#include "ledger/ledger.h"

#define DIVISIONS  8
#define COUNTY     "611025000000"
#define TOWNSHIP_1 "611025101000"
#define TOWNSHIP_2 "611025102000"
#define VILLAGE_11 "611025101201"
#define VILLAGE_12 "611025101202"
#define VILLAGE_13 "611025101203"
#define VILLAGE_21 "611025102201"
#define VILLAGE_22 "611025102202"

struct world {
    struct ledger *ledger;
    struct journal *journal;
    struct signer *signer;
    int depth; /* of transactions */
};

/** Make it in the scratch folder, its register filled, no money yet. */
void world_make(struct world *world);
void world_done(struct world *world);
/** Open again what world_done() closed, or what another process left. */
void world_open(struct world *world);
/** Seconds since 1970 that the world's clock shows. */
void world_set_clock(int64_t seconds);
struct signatory world_person(const char *name);
struct ledger_options world_options(void);

/** An act of two by zhao and qian; `body` is canonical JSON. */
void world_agree(struct world *world, const char *act, const char *body);

/** One more than the eight. */
void world_add_division(struct world *world, const char *code, const char *name, const char *parent,
                        const char *valid_from);

/** Submit by li, approve by wang; `reference` names the voucher. */
void world_appropriate(struct world *world, const char *reference, const char *date,
                       const char *fund, int64_t fen);
void world_assign(struct world *world, const char *reference, const char *date,
                  const char *division, const char *fund, enum book book, int64_t fen);
void world_allocate(struct world *world, const char *reference, const char *date, const char *from,
                    const char *to, const char *fund, enum book book, int64_t fen);
void world_recover(struct world *world, const char *reference, const char *date, const char *from,
                   const char *to, const char *fund, enum book book, int64_t fen);
/** Pay an organisation under project P1, plan line 1, without a contract. */
void world_pay_organisation(struct world *world, const char *reference, const char *date,
                            const char *division, int64_t fen);
/** Pay `count` people of F2's subsidy book the same amount each. */
void world_pay_people(struct world *world, const char *reference, const char *date,
                      const char *division, int count, int64_t fen_each);
/** A project of TOWNSHIP_1 that F2 pays from its subsidy book. */
void world_add_project(struct world *world, const char *code);
/** A made-up person with a number of their own, 0 to 999. */
void world_name_payee(struct payee *payee, int person);
struct world_payment {
    int64_t fen;
    const char *project; /* "" for none */
};
/** The same with an amount, under a project, for each. */
void world_pay_each(struct world *world, const char *reference, const char *date,
                    const char *division, const struct world_payment *payments, int count);
/** Submitted only. */
void world_ask_each(struct world *world, const char *reference, const char *date,
                    const char *division, const struct world_payment *payments, int count);
/** Approved or rejected by wang. */
void world_decide(struct world *world, const char *reference, enum voucher_act act);
void world_confirm(struct world *world, const char *reference, const char *voucher,
                   const char *date);
/** The bank gives back one line. */
void world_return(struct world *world, const char *reference, const char *voucher, const char *date,
                  int32_t line);
/** What the bank gave back of a voucher is paid again. */
void world_pay_again(struct world *world, const char *reference, const char *date,
                     const char *voucher);
/** Back to where it came from. */
void world_remit(struct world *world, const char *reference, const char *date, const char *division,
                 const char *fund, enum book book, int64_t fen);
/** To another book of the division. */
void world_reallocate(struct world *world, const char *reference, const char *date,
                      const char *division, const char *fund, enum book from, enum book to,
                      int64_t fen);
/** What a division with an end has goes to its successor, by the document that ends it. */
void world_hand_over(struct world *world, const char *reference, const char *date,
                     const char *division);
/** The first person of world_pay_each() pays back. */
void world_refund(struct world *world, const char *reference, const char *date,
                  const char *division, int64_t fen);
void world_reverse(struct world *world, const char *reference, const char *voucher,
                   const char *date);

/** Other money comes to a division: a `receipt`. */
void world_receive(struct world *world, const char *reference, const char *date,
                   const char *division, const char *fund, int64_t fen);
struct world_loan {
    const char *division, *agreement;
    int person; /* of world_name_payee() */
    int64_t fen;
};
/** A loan, or a repayment, of F2's subsidy book. */
void world_lend(struct world *world, enum movement movement, const char *reference,
                const char *date, const struct world_loan *loans, int count);

/** Append the document of a division (NULL: of each) for a period, as it would be signed; nothing
 * for one that has none. */
void world_render(const struct world *world, const char *period, const char *division,
                  struct buffer *out);

/** The year's money: appropriated, assigned and allocated as test_publish.c tells. */
void world_fill(struct world *world);

#endif
