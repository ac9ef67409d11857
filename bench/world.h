/*
 * world.h - the ledgers that the benchmark measures: a county made by the library itself, with keys
 * from fixed seeds, so that each run does the same work.
 */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

struct world {
    struct ledger *ledger;
    struct journal *journal;
    struct sign_key *admins[2], *inspector, *clerks[3];
    struct signatory admin, second_admin, maker, checker, publisher;
    struct signer *signer;
    instant_t now;       /* what the clock of world_make_at() shows */
    char directory[256]; /* holds ledger/, signer/, keys/ */
};

#define WORLD_COUNTY     "611025000000"
#define WORLD_TOWNSHIP   "611025100000"
#define WORLD_FUND       "F1"
#define WORLD_PROJECT    "P1"
#define WORLD_PASSPHRASE "benchmark"

/**
 * Make a county with `villages` villages (at most 200), twelve to a township, one fund with money
 * in the subsidy book of the county, and the project P1. The clerks' key files lie in
 * `directory`/keys.
 */
bool world_make(const char *directory, unsigned villages, struct world *out,
                struct error *err) MUST_CHECK;
/** The same, but that the ledger's clock shows world->now, from `now` on; the world may not move.
 */
bool world_make_at(const char *directory, unsigned villages, instant_t now, struct world *out,
                   struct error *err) MUST_CHECK;
/** Register a fund of a year for subsidies and construction. */
bool world_add_fund(struct world *world, const char *code, const char *name, int year,
                    struct error *err) MUST_CHECK;
bool world_add_project(struct world *world, const struct project *project,
                       struct error *err) MUST_CHECK;
/** The code of a village, counted from 0. */
char *world_village(unsigned index, char out[DIVISION_CODE_SIZE]);
/** Post a voucher of one line between accounts of the world's fund. */
bool world_move(struct world *world, enum movement movement, const char *reference,
                const struct account *from, const struct account *to, money_t amount,
                struct error *err) MUST_CHECK;
struct account world_account(const char *division, enum book book, enum account_role role);
void world_close(struct world *world);

#endif
