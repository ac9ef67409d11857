/* rows.c - see rows.h. */
#include "bench/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/measure.h"

/* Rows of one kind about all assets. */
struct rows {
    struct world *world;
    const struct record_kind *kind;
    row_filler *fill;
    int round;
};

void rows_set(struct record *row, size_t field, const char *text)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%s", text);
}

void rows_set_code(struct record *row, size_t field, char letter, uint64_t asset)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%c%llu", letter,
                   (unsigned long long)asset);
}

/* Neighbours among the assets that are let are neighbours on the map as well. */
const char *rows_village(uint64_t asset, char out[DIVISION_CODE_SIZE])
{
    return world_village((unsigned)(asset / ROWS_LEASED % ROWS_VILLAGES), out);
}

double rows_processor_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static bool add_batch(const struct rows *rows, uint64_t first, uint64_t behind, uint64_t *added,
                      struct error *err)
{
    struct record *row = malloc(sizeof *row);
    struct register_batch *batch = NULL;
    char reference[CODE_SIZE];
    bool repeated, ok = false;
    uint64_t count = 0;
    hash_t content;

    if (row == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    (void)snprintf(reference, sizeof reference, "%s-%d-%llu", rows->kind->table->name, rows->round,
                   (unsigned long long)first);
    content = hash_sha256((const uint8_t *)reference, strlen(reference));
    if (!journal_begin(rows->world->journal, err) ||
        !register_begin(rows->world->journal, &rows->world->maker, "bench", reference, &content,
                        &batch, &repeated, err))
        goto out;
    for (uint64_t asset = first; asset < behind; asset++) {
        record_clear(rows->kind, row);
        if (!rows->fill(row, asset, rows->round)) continue;
        if (!record_add(rows->world->journal, batch, rows->kind, row, err)) goto out;
        count++;
    }
    if (!register_finish(batch, count, err)) goto out;
    batch = NULL;
    *added = count;
    ok = journal_commit(rows->world->journal, err);
out:
    register_free(batch);
    free(row);
    return ok;
}

bool rows_add(struct world *world, const struct record_kind *kind, row_filler *fill, int rounds,
              uint64_t assets, double *rate, struct error *err)
{
    struct rows rows = {world, kind, fill, 0};
    uint64_t all = 0, count = 0;
    double started = measure_now(), seconds;
    const double used = rows_processor_now();

    for (rows.round = 0; rows.round < rounds; rows.round++) {
        for (uint64_t first = 0; first < assets; first += ROWS_BATCH) {
            uint64_t behind = first + ROWS_BATCH < assets ? first + ROWS_BATCH : assets;

            if (!add_batch(&rows, first, behind, &count, err)) return false;
            all += count;
        }
    }
    seconds = measure_now() - started;
    *rate = (double)all / seconds;
    printf("  %-52s %12.0f /s  (%llu in %.2f s, %.2f s of a processor)\n", kind->entry->name, *rate,
           (unsigned long long)all, seconds, rows_processor_now() - used);
    return true;
}
