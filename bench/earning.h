/*
 * earning.h - what assets earn: how fast leases and receipts enter, and how fast it is told what is
 * owed, what villages have, and what an audit of all of it finds.
 */
#ifndef BENCH_EARNING_H
#define BENCH_EARNING_H

#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "bench/world.h"

/** Of a world whose assets stand: let one of ROWS_LEASED, receive ten rents of each, but that a
 * twentieth of the last is left out, and ask. */
bool earning_bench(struct world *world, uint64_t assets, struct error *err) MUST_CHECK;

#endif
