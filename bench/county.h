/*
 * county.h - a county of 200 villages in 17 townships that publishes every month, for years.
 */
#ifndef BENCH_COUNTY_H
#define BENCH_COUNTY_H

#include "base/compiler.h"
#include "base/error.h"

#define COUNTY_YEARS_MAX 20

/**
 * Keep books for `years`, publish after each month, and print at the end of the first, second,
 * fifth, tenth and last year what a publication, a correction, the repository, a clone and its
 * verification take.
 *
 * @param directory  empty; the ledger, the publication and clones come to lie in it
 */
bool county_bench(const char *directory, int years, struct error *err) MUST_CHECK;

#endif
