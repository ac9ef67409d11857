/* upkeep.c - see upkeep.h. */
#include "bench/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "bench/limits.h"
#include "bench/earning.h"
#include "bench/measure.h"
#include "bench/rows.h"
#include "exporters/exporters.h"

#define LEFT_OUT     20 /* one asset of so many misses the last round */
#define TODAY        "2021-04-10"
#define ASKED        20 /* times each list is asked for; the median is told */
#define GRACE_DAYS   5
#define LIST_AIM_MS  200.0
#define RATE_AIM     1.5
#define MILLISECONDS 1000.0

static bool fill_register(struct record *row, uint64_t asset, int round)
{
    const bool is_leased = asset % ROWS_LEASED == 0;
    char village[DIVISION_CODE_SIZE];

    (void)round;
    rows_set_code(row, REGISTER_ASSET, 'Z', asset);
    rows_set(row, REGISTER_ACQUIRED, "2019-12-01");
    rows_set(row, REGISTER_CATEGORY, is_leased ? "厂房" : "道路");
    rows_set(row, REGISTER_CLASS, is_leased ? "operational" : "public_welfare");
    rows_set(row, REGISTER_DIVISION, rows_village(asset, village));
    rows_set(row, REGISTER_FORM, "fixed");
    rows_set(row, REGISTER_METHOD, "none");
    rows_set(row, REGISTER_NAME, "产业道路");
    rows_set(row, REGISTER_ORIGIN, "built");
    rows_set(row, REGISTER_PLACE, "三组");
    rows_set(row, REGISTER_UNIT, "公里");
    row->values[REGISTER_QUANTITY].number = 1000;
    return true;
}

static bool fill_duty(struct record *row, uint64_t asset, int round)
{
    (void)round;
    rows_set_code(row, DUTY_ASSET, 'Z', asset);
    rows_set(row, DUTY_DATE, "2019-12-01");
    rows_set(row, DUTY_ROUTE, "self");
    rows_set(row, DUTY_UNIT, asset % 100 == 0 ? "" : "村管理站");
    rows_set(row, DUTY_PHONE, "0914-5322101");
    return true;
}

static bool fill_schedule(struct record *row, uint64_t asset, int round)
{
    (void)round;
    rows_set_code(row, SCHEDULE_ASSET, 'Z', asset);
    rows_set_code(row, SCHEDULE_CODE, 'S', asset);
    rows_set(row, SCHEDULE_FIRST, "2020-06-30");
    rows_set(row, SCHEDULE_INTERVAL, "month");
    rows_set(row, SCHEDULE_SHIFT, "next");
    rows_set(row, SCHEDULE_STANDARD, "路面无坑槽");
    rows_set(row, SCHEDULE_WHAT, "inspection");
    row->values[SCHEDULE_EVERY].number = 1;
    row->values[SCHEDULE_GRACE].number = GRACE_DAYS;
    return true;
}

static bool fill_inspection(struct record *row, uint64_t asset, int round)
{
    if (round + 1 == UPKEEP_INSPECTIONS && asset % LEFT_OUT == 0) return false;
    rows_set_code(row, INSPECTION_ASSET, 'Z', asset);
    rows_set_code(row, INSPECTION_SCHEDULE, 'S', asset);
    (void)snprintf(row->values[INSPECTION_DATE].text, sizeof row->values[INSPECTION_DATE].text,
                   "%04d-%02d-%02u", 2020 + (round + 5) / 12, (round + 5) % 12 + 1,
                   (unsigned)(10 + asset % 15));
    rows_set(row, INSPECTION_STATE, "in_use");
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
    const double used = rows_processor_now();
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
           seconds[ASKED / 2] * MILLISECONDS, (rows_processor_now() - used) * MILLISECONDS / ASKED,
           (unsigned long long)count, LIST_AIM_MS);
    return true;
}

/* `rate`: inspections a second as we enter them. */
static bool compare_with_bare(const char *directory, const struct limit_work *work,
                              const char *what, double rate, struct error *err)
{
    char ledger_path[MEASURE_PATH_SIZE], bare_path[MEASURE_PATH_SIZE];
    struct limit_result limit;
    double bare;

    if (!measure_path(directory, "upkeep/ledger/ledger.sqlite", ledger_path, err) ||
        !measure_path(directory, "bare-upkeep.sqlite", bare_path, err) ||
        !limit_write(work, ledger_path, bare_path, ROWS_BATCH, &limit, err))
        return false;
    bare = (double)limit.entries / limit.seconds;
    printf("  %-52s %12.0f /s\n", what, bare);
    printf("  %-52s %12.2f    (aim: %.1f)\n", "inspections, ours / bare", rate / bare, RATE_AIM);
    (void)remove(bare_path);
    return true;
}

bool upkeep_bench(const char *directory, uint64_t assets, struct error *err)
{
    char path[MEASURE_PATH_SIZE], village[DIVISION_CODE_SIZE];
    struct world world;
    instant_t now;
    double rate = 0.0;
    date_t day;

    printf("Keeping %llu assets, %d inspections each\n", (unsigned long long)assets,
           UPKEEP_INSPECTIONS);
    if (!measure_path(directory, "upkeep", path, err)) return false;
    if (mkdir(path, S_IRWXU) != 0)
        return error_set(err, ERROR_IO, "%s can't be made; choose an empty directory", path);
    /* The list of a morning: nothing is entered after its day. */
    if (!date_parse(TODAY, &day, err)) return false;
    now.seconds = (int64_t)day.days * 86400;
    if (!world_make_at(path, ROWS_VILLAGES, now, &world, err) ||
        !rows_add(&world, &asset_register, fill_register, 1, assets, &rate, err) ||
        !rows_add(&world, &keeping_duty, fill_duty, 1, assets, &rate, err) ||
        !rows_add(&world, &keeping_schedule, fill_schedule, 1, assets, &rate, err) ||
        !rows_add(&world, &keeping_inspection, fill_inspection, UPKEEP_INSPECTIONS, assets, &rate,
                  err) ||
        !ask(&world, "what is overdue in the county", NULL, TODAY, err) ||
        !ask(&world, "what is overdue in a village", world_village(0, village), TODAY, err) ||
        !ask(&world, "the county as it was half a year before", NULL, "2020-10-10", err))
        return false;
    if (!earning_bench(&world, assets, err)) return false;
    world_close(&world);
    return compare_with_bare(directory, &limit_inspections,
                             "bare SQLite, inspections, the same rows and indexes", rate, err) &&
           compare_with_bare(directory, &limit_inspections_cached,
                             "the same with a cache as large as ours", rate, err);
}
