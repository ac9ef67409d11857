/*
 * county.h - a county of 200 villages in 17 townships that publishes every month, for years.
 */
#ifndef BENCH_COUNTY_H
#define BENCH_COUNTY_H

#include "base/compiler.h"
#include "base/error.h"

#define COUNTY_YEARS_MAX 20

/**
 * Keep books for `years`, publish after each month, and print a line at the end of each year: what
 * the repository, a clone, its work tree, a publication, a correction and verifying the clone take.
 *
 * @param directory  empty; the ledger, the publication and clones come to lie in it
 */
bool county_bench(const char *directory, int years, struct error *err) MUST_CHECK;

#endif
