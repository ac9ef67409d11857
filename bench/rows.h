/*
 * rows.h - rows of one kind about many assets, entered as sheets bring them.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "bench/world.h"

#define ROWS_BATCH    UINT64_C(10000) /* rows to an import and a commit */
#define ROWS_VILLAGES 200
#define ROWS_LEASED   10 /* one asset of so many is operational and let */

/** Fill a row about an asset in a round; false: there is none. */
typedef bool row_filler(struct record *row, uint64_t asset, int round);

void rows_set(struct record *row, size_t field, const char *text);
/** A letter and the asset's number: "Z17". */
void rows_set_code(struct record *row, size_t field, char letter, uint64_t asset);
/** Where the asset is. */
const char *rows_village(uint64_t asset, char out[DIVISION_CODE_SIZE]);

/** Enter `rounds` rows about each asset and print how many a second, which is *rate. */
bool rows_add(struct world *world, const struct record_kind *kind, row_filler *fill, int rounds,
              uint64_t assets, double *rate, struct error *err) MUST_CHECK;

/** Seconds that this process used of processors: what other programs do has no part in it. */
double rows_processor_now(void);

#endif
