/* upkeep.c - see upkeep.h. */
#include "bench/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "bench/limits.h"
#include "bench/measure.h"
#include "bench/world.h"
#include "exporters/exporters.h"

#define BATCH        UINT64_C(10000)
#define VILLAGES     200
#define LEFT_OUT     20 /* one asset of so many misses the last round */
#define ASKED        20 /* times each list is asked for; the median is told */
#define GRACE_DAYS   5
#define LIST_AIM_MS  200.0
#define RATE_AIM     1.5
#define MILLISECONDS 1000.0

typedef void row_filler(struct record *row, uint64_t asset, int round);

/* Rows of one kind about all assets, BATCH to an import and a commit. */
struct rows {
    struct world *world;
    const struct record_kind *kind;
    row_filler *fill;
    int round;
};

static void set_text(struct record *row, size_t field, const char *text)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%s", text);
}

static void set_asset(struct record *row, size_t field, uint64_t asset)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "Z%llu",
                   (unsigned long long)asset);
}

static void fill_register(struct record *row, uint64_t asset, int round)
{
    char village[DIVISION_CODE_SIZE];

    (void)round;
    set_asset(row, REGISTER_ASSET, asset);
    set_text(row, REGISTER_ACQUIRED, "2019-12-01");
    set_text(row, REGISTER_CATEGORY, "道路");
    set_text(row, REGISTER_CLASS, "public_welfare");
    set_text(row, REGISTER_DIVISION, world_village((unsigned)(asset % VILLAGES), village));
    set_text(row, REGISTER_FORM, "fixed");
    set_text(row, REGISTER_METHOD, "none");
    set_text(row, REGISTER_NAME, "产业道路");
    set_text(row, REGISTER_ORIGIN, "built");
    set_text(row, REGISTER_PLACE, "三组");
    set_text(row, REGISTER_UNIT, "公里");
    row->values[REGISTER_QUANTITY].number = 1000;
}

static void fill_duty(struct record *row, uint64_t asset, int round)
{
    (void)round;
    set_asset(row, DUTY_ASSET, asset);
    set_text(row, DUTY_DATE, "2019-12-01");
    set_text(row, DUTY_ROUTE, "self");
    set_text(row, DUTY_UNIT, asset % 100 == 0 ? "" : "村管理站");
    set_text(row, DUTY_PHONE, "0914-5322101");
}

static void set_schedule(struct record *row, size_t field, uint64_t asset)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "S%llu",
                   (unsigned long long)asset);
}

static void fill_schedule(struct record *row, uint64_t asset, int round)
{
    (void)round;
    set_asset(row, SCHEDULE_ASSET, asset);
    set_schedule(row, SCHEDULE_CODE, asset);
    set_text(row, SCHEDULE_FIRST, "2020-01-31");
    set_text(row, SCHEDULE_INTERVAL, "month");
    set_text(row, SCHEDULE_SHIFT, "next");
    set_text(row, SCHEDULE_STANDARD, "路面无坑槽");
    set_text(row, SCHEDULE_WHAT, "inspection");
    row->values[SCHEDULE_EVERY].number = 1;
    row->values[SCHEDULE_GRACE].number = GRACE_DAYS;
}

static void fill_inspection(struct record *row, uint64_t asset, int round)
{
    set_asset(row, INSPECTION_ASSET, asset);
    set_schedule(row, INSPECTION_SCHEDULE, asset);
    (void)snprintf(row->values[INSPECTION_DATE].text, sizeof row->values[INSPECTION_DATE].text,
                   "2020-%02d-%02u", round + 1, (unsigned)(10 + asset % 15));
    set_text(row, INSPECTION_STATE, "in_use");
}

static bool is_left_out(const struct rows *rows, uint64_t asset)
{
    return rows->kind == &keeping_inspection && rows->round + 1 == UPKEEP_INSPECTIONS &&
           asset % LEFT_OUT == 0;
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
        if (is_left_out(rows, asset)) continue;
        record_clear(rows->kind, row);
        rows->fill(row, asset, rows->round);
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

/* Seconds that this process used of processors: what other programs do has no part in it. */
static double processor_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static bool add_rows(struct world *world, const struct record_kind *kind, row_filler *fill,
                     int rounds, uint64_t assets, double *rate, struct error *err)
{
    struct rows rows = {world, kind, fill, 0};
    uint64_t all = 0, count = 0;
    double started = measure_now(), seconds;
    const double used = processor_now();

    for (rows.round = 0; rows.round < rounds; rows.round++) {
        for (uint64_t first = 0; first < assets; first += BATCH) {
            uint64_t behind = first + BATCH < assets ? first + BATCH : assets;

            if (!add_batch(&rows, first, behind, &count, err)) return false;
            all += count;
        }
    }
    seconds = measure_now() - started;
    *rate = (double)all / seconds;
    printf("  %-52s %12.0f /s  (%llu in %.2f s, %.2f s of a processor)\n", kind->entry->name, *rate,
           (unsigned long long)all, seconds, processor_now() - used);
    return true;
}

static bool count_item(void *context, const struct due_item *item, struct error *err)
{
    uint64_t *count = context;

    (void)item;
    (void)err;
    ++*count;
    return true;
}

static int order(const void *a, const void *b)
{
    const double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

static bool ask(const struct world *world, const char *what, const char *scope, const char *day,
                struct error *err)
{
    struct due_filter filter = {.scope = scope, .days_ahead = -1};
    double seconds[ASKED];
    const double used = processor_now();
    uint64_t count = 0;

    if (!date_parse(day, &filter.as_of, err)) return false;
    for (int i = 0; i < ASKED; i++) {
        double started = measure_now();

        count = 0;
        if (!due_list_each(world->ledger, &filter, count_item, &count, err)) return false;
        seconds[i] = measure_now() - started;
    }
    qsort(seconds, ASKED, sizeof *seconds, order);
    printf("  %-52s %12.1f ms    (%.1f of a processor; %llu lines; aim: %.0f)\n", what,
           seconds[ASKED / 2] * MILLISECONDS, (processor_now() - used) * MILLISECONDS / ASKED,
           (unsigned long long)count, LIST_AIM_MS);
    return true;
}

/* `rate`: inspections a second as we enter them. */
static bool compare_with_bare(const char *directory, double rate, struct error *err)
{
    char ledger_path[MEASURE_PATH_SIZE], bare_path[MEASURE_PATH_SIZE];
    struct limit_result limit;
    double bare;

    if (!measure_path(directory, "upkeep/ledger/ledger.sqlite", ledger_path, err) ||
        !measure_path(directory, "bare-upkeep.sqlite", bare_path, err) ||
        !limit_write(&limit_inspections, ledger_path, bare_path, BATCH, &limit, err))
        return false;
    bare = (double)limit.entries / limit.seconds;
    printf("  %-52s %12.0f /s\n", "bare SQLite, the same rows and indexes", bare);
    printf("  %-52s %12.2f    (aim: %.1f)\n", "ours / bare", rate / bare, RATE_AIM);
    return true;
}

bool upkeep_bench(const char *directory, uint64_t assets, struct error *err)
{
    char path[MEASURE_PATH_SIZE], village[DIVISION_CODE_SIZE];
    struct world world;
    double rate = 0.0;

    printf("Keeping %llu assets, %d inspections each\n", (unsigned long long)assets,
           UPKEEP_INSPECTIONS);
    if (!measure_path(directory, "upkeep", path, err)) return false;
    if (mkdir(path, S_IRWXU) != 0)
        return error_set(err, ERROR_IO, "%s can't be made; choose an empty directory", path);
    if (!world_make(path, VILLAGES, &world, err) ||
        !add_rows(&world, &asset_register, fill_register, 1, assets, &rate, err) ||
        !add_rows(&world, &keeping_duty, fill_duty, 1, assets, &rate, err) ||
        !add_rows(&world, &keeping_schedule, fill_schedule, 1, assets, &rate, err) ||
        !add_rows(&world, &keeping_inspection, fill_inspection, UPKEEP_INSPECTIONS, assets, &rate,
                  err) ||
        !ask(&world, "what is overdue in the county", NULL, "2020-11-10", err) ||
        !ask(&world, "what is overdue in a village", world_village(0, village), "2020-11-10",
             err) ||
        !ask(&world, "the county as it was half a year before", NULL, "2020-05-10", err))
        return false;
    world_close(&world);
    return compare_with_bare(directory, rate, err);
}
