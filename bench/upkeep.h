/*
 * upkeep.h - a register of assets that are inspected every month: how fast inspections enter, and
 * how fast it is told what is overdue.
 */
#ifndef BENCH_UPKEEP_H
#define BENCH_UPKEEP_H

#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define UPKEEP_ASSETS_MAX  UINT64_C(1000000)
#define UPKEEP_INSPECTIONS 10 /* of each asset */

/** Make so many assets, each with a monthly schedule, and inspect them ten times; a twentieth of
 * the last round is left out. */
bool upkeep_bench(const char *directory, uint64_t assets, struct error *err) MUST_CHECK;

#endif
