/*
 * county.c - see county.h.
 *
 * A year: in January a fund comes and is allocated to every village, and one village in five gets a
 * project. A month: each village pays ten cooperatives by one voucher, which the bank confirms, and
 * each project of the year gets a progress payment in three months. On the first of the next month
 * the month is published.
 */
#include "bench/county.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/measure.h"
#include "bench/world.h"
#include "exporters/exporters.h"

#define VILLAGES        200
#define PROJECT_STRIDE  5
#define PAYMENTS        10 /* of a village in a month */
#define FIRST_YEAR      2022
#define YEAR_FEN        INT64_C(100000000)
#define FUND_NAME       "财政衔接推进乡村振兴补助资金"
#define REFERENCE_WORDS 32

struct county {
    struct world world;
    char directory[MEASURE_PATH_SIZE], repository[MEASURE_PATH_SIZE];
    int year, month;
    double publishing; /* seconds, of this year's publications */
};

/* ---- Days and accounts ------------------------------------------------------------------------
 */

static char *fund_code(int year, char code[CODE_SIZE])
{
    (void)snprintf(code, CODE_SIZE, "F%d", year);
    return code;
}

static struct account account_of(const struct county *county, const char *division, enum book book,
                                 enum account_role role)
{
    struct account account = world_account(division, book, role);

    (void)fund_code(county->year, account.fund);
    return account;
}

/* The world's clock goes on to eight in the morning of a day. */
static bool go_to(struct county *county, int year, int month, int day, struct error *err)
{
    date_t date;

    if (!date_from_civil(year, month, day, &date, err)) return false;
    county->world.now.seconds = (int64_t)date.days * 86400;
    return true;
}

/* ---- Vouchers ---------------------------------------------------------------------------------
 */

/* Submit and approve; `count` lines are the same but for what `fill` sets in each. */
struct posting {
    enum movement movement;
    int day;
    int count;
    struct voucher_line line;
    void (*fill)(const struct county *county, struct voucher_line *line, int index);
};

static bool post(struct county *county, const char *reference, struct posting *posting,
                 struct error *err)
{
    struct voucher_header header = {.movement = posting->movement, .document = "陕财农〔2021〕1号"};
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    bool ok = false;

    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    if (!date_from_civil(county->year, county->month, posting->day, &header.event_date, err) ||
        !voucher_draft_new(county->world.journal, &header, &draft, err))
        goto out;
    for (int i = 0; i < posting->count; i++) {
        if (posting->fill != NULL) posting->fill(county, &posting->line, i);
        if (!voucher_draft_add(draft, &posting->line, err)) goto out;
    }
    ok = voucher_draft_submit(draft, &county->world.maker, &receipt, NULL, err) &&
         voucher_decide(county->world.journal, &county->world.checker, reference, VOUCHER_APPROVE,
                        "", err);
out:
    voucher_draft_free(draft);
    return ok;
}

static void fill_allocation(const struct county *county, struct voucher_line *line, int index)
{
    char code[DIVISION_CODE_SIZE];

    line->to =
        account_of(county, world_village((unsigned)index, code), BOOK_SUBSIDY, ACCOUNT_AVAILABLE);
}

static void fill_project_allocation(const struct county *county, struct voucher_line *line,
                                    int index)
{
    char code[DIVISION_CODE_SIZE];

    line->to = account_of(county, world_village((unsigned)index * PROJECT_STRIDE, code),
                          BOOK_CONSTRUCTION, ACCOUNT_AVAILABLE);
}

static void fill_payment(const struct county *county, struct voucher_line *line, int index)
{
    line->amount.fen = 5000 + (county->month * 7 + index * 131) % 900;
    (void)snprintf(line->payee.name, sizeof line->payee.name, "第%d专业合作社", index + 1);
}

static bool confirm(struct county *county, const char *voucher, struct error *err)
{
    struct bank_entry entry = {.line_count = 0};

    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", voucher);
    (void)snprintf(entry.reference, sizeof entry.reference, "%s-bank", voucher);
    return date_from_civil(county->year, county->month, 20, &entry.event_date, err) &&
           bank_record(county->world.journal, &county->world.maker, &entry, err);
}

/* ---- A year, a month --------------------------------------------------------------------------
 */

static bool add_projects(struct county *county, struct error *err)
{
    for (unsigned i = 0; i < VILLAGES; i += PROJECT_STRIDE) {
        struct project project = {.name = "道路硬化",
                                  .book = BOOK_CONSTRUCTION,
                                  .category = "基础设施",
                                  .nature = "新建",
                                  .unit = "县交通运输局",
                                  .task = "硬化村组道路1.2公里",
                                  .target = "56户出行便利",
                                  .has_start = true,
                                  .plan_count = 1};

        (void)snprintf(project.code, sizeof project.code, "P%d-%u", county->year, i);
        (void)world_village(i, project.division);
        project.plan[0].line = 1;
        (void)fund_code(county->year, project.plan[0].fund);
        project.plan[0].amount.fen = YEAR_FEN;
        if (!date_from_civil(county->year, 2, 1, &project.start, err) ||
            !world_add_project(&county->world, &project, err))
            return false;
    }
    return true;
}

static bool begin_year(struct county *county, struct error *err)
{
    static const enum book books[] = {BOOK_SUBSIDY, BOOK_CONSTRUCTION};
    struct posting in = {.movement = MOVEMENT_APPROPRIATION, .day = 4, .count = 1};
    char code[CODE_SIZE], reference[CODE_SIZE];

    if (!world_add_fund(&county->world, fund_code(county->year, code), FUND_NAME, county->year,
                        err))
        return false;
    in.line.amount.fen = 4 * VILLAGES * YEAR_FEN;
    in.line.from = account_of(county, WORLD_COUNTY, BOOK_NONE, ACCOUNT_SOURCE);
    in.line.to = account_of(county, WORLD_COUNTY, BOOK_NONE, ACCOUNT_UNASSIGNED);
    (void)snprintf(reference, sizeof reference, "in-%d", county->year);
    if (!post(county, reference, &in, err)) return false;
    for (size_t i = 0; i < ARRAY_COUNT(books); i++) {
        struct posting assign = {.movement = MOVEMENT_ASSIGNMENT, .day = 5, .count = 1};
        struct posting down = {.movement = MOVEMENT_ALLOCATION, .day = 6};

        assign.line.amount.fen = VILLAGES * YEAR_FEN;
        assign.line.from = account_of(county, WORLD_COUNTY, BOOK_NONE, ACCOUNT_UNASSIGNED);
        assign.line.to = account_of(county, WORLD_COUNTY, books[i], ACCOUNT_AVAILABLE);
        (void)snprintf(reference, sizeof reference, "assign-%d-%zu", county->year, i);
        if (!post(county, reference, &assign, err)) return false;
        down.line.amount.fen = YEAR_FEN / 2;
        down.line.from = assign.line.to;
        down.count = i == 0 ? VILLAGES : VILLAGES / PROJECT_STRIDE;
        down.fill = i == 0 ? fill_allocation : fill_project_allocation;
        (void)snprintf(reference, sizeof reference, "down-%d-%zu", county->year, i);
        if (!post(county, reference, &down, err)) return false;
    }
    return add_projects(county, err);
}

static bool pay_village(struct county *county, unsigned village, const char *name,
                        struct error *err)
{
    struct posting pay = {
        .movement = MOVEMENT_PAYMENT, .day = 12, .count = PAYMENTS, .fill = fill_payment};
    char code[DIVISION_CODE_SIZE], reference[CODE_SIZE];

    (void)snprintf(pay.line.text, sizeof pay.line.text, "产业奖补");
    (void)snprintf(pay.line.policy, sizeof pay.line.policy, "产业奖补");
    pay.line.from =
        account_of(county, world_village(village, code), BOOK_SUBSIDY, ACCOUNT_AVAILABLE);
    pay.line.to = account_of(county, code, BOOK_SUBSIDY, ACCOUNT_IN_TRANSIT);
    (void)snprintf(reference, sizeof reference, "%s-%d-%02d-%u", name, county->year, county->month,
                   village);
    return post(county, reference, &pay, err) && confirm(county, reference, err);
}

static bool pay_project(struct county *county, unsigned village, struct error *err)
{
    struct posting pay = {.movement = MOVEMENT_PAYMENT, .day = 13, .count = 1};
    char code[DIVISION_CODE_SIZE], reference[CODE_SIZE];

    pay.line.amount.fen = YEAR_FEN / 8;
    pay.line.plan_line = 1;
    (void)snprintf(pay.line.project, sizeof pay.line.project, "P%d-%u", county->year, village);
    (void)snprintf(pay.line.text, sizeof pay.line.text, "进度款");
    (void)snprintf(pay.line.payee.name, sizeof pay.line.payee.name, "示例建筑有限公司");
    pay.line.from =
        account_of(county, world_village(village, code), BOOK_CONSTRUCTION, ACCOUNT_AVAILABLE);
    pay.line.to = account_of(county, code, BOOK_CONSTRUCTION, ACCOUNT_IN_TRANSIT);
    (void)snprintf(reference, sizeof reference, "p-%d-%02d-%u", county->year, county->month,
                   village);
    return post(county, reference, &pay, err) && confirm(county, reference, err);
}

static bool play_month(struct county *county, struct error *err)
{
    const bool pays_projects = county->month % 4 == 0;
    int next_year = county->month == 12 ? county->year + 1 : county->year;

    if (!go_to(county, county->year, county->month, 20, err) ||
        !journal_begin(county->world.journal, err) ||
        (county->month == 1 && !begin_year(county, err)))
        return false;
    for (unsigned i = 0; i < VILLAGES; i++) {
        if (!pay_village(county, i, "m", err)) return false;
        if (pays_projects && i % PROJECT_STRIDE == 0 && !pay_project(county, i, err)) return false;
    }
    return journal_commit(county->world.journal, err) &&
           go_to(county, next_year, county->month % 12 + 1, 1, err);
}

/* ---- Publishing and measuring -----------------------------------------------------------------
 */

static bool publish_month(struct county *county, double *seconds, uint64_t *documents,
                          struct error *err)
{
    char period[64];
    struct publish_options options = {.repository = county->repository,
                                      .period = period,
                                      .by = county->world.publisher,
                                      .signer = county->world.signer};
    struct publish_result result;
    double started = measure_now();

    (void)snprintf(period, sizeof period, "%d-%02d", county->year, county->month);
    if (!publish(county->world.ledger, &options, &result, err)) return false;
    *seconds = measure_now() - started;
    *documents = result.documents;
    return true;
}

/* One village pays once more, late, in the month that was just published. */
static bool correct_village(struct county *county, double *seconds, uint64_t *documents,
                            struct error *err)
{
    return journal_begin(county->world.journal, err) && pay_village(county, 7, "late", err) &&
           journal_commit(county->world.journal, err) &&
           publish_month(county, seconds, documents, err);
}

/* What a line of the table tells. */
struct year_figures {
    uint64_t entries, git_bytes, clone_bytes, tree_bytes, tree_files;
    double month, changed, unchanged, verified; /* seconds */
    long verified_kib;
};

/* A clone has its objects in one pack. It is removed again: ten of them would fill a disk. */
static bool clone_and_verify(const struct county *county, struct year_figures *out,
                             struct error *err)
{
    char git[] = "/usr/bin/git", command[] = "clone", quiet[] = "-q";
    char far[] = "--no-local", source[MEASURE_PATH_SIZE];
    char clone[MEASURE_PATH_SIZE], inside[MEASURE_PATH_SIZE], name[32];
    char program[] = "build/mingzhang-verify", alone[] = "--no-memory";
    char remove[] = "/bin/rm", all[] = "-rf";
    char *cloning[] = {git, command, quiet, far, source, clone, NULL};
    char *verifying[] = {program, alone, clone, NULL};
    char *removing[] = {remove, all, clone, NULL};
    uint64_t files = 0, all_bytes = 0, all_files = 0;
    double seconds;
    long memory_kib;

    (void)snprintf(source, sizeof source, "%s", county->repository);
    (void)snprintf(name, sizeof name, "clone-%d", county->year);
    if (!measure_path(county->directory, name, clone, err) ||
        !measure_path(clone, ".git", inside, err) ||
        !measure_program(cloning, &seconds, &memory_kib, err) ||
        !measure_folder(inside, &out->clone_bytes, &files, err) ||
        !measure_folder(clone, &all_bytes, &all_files, err) ||
        !measure_program(verifying, &out->verified, &out->verified_kib, err))
        return false;
    out->tree_bytes = all_bytes - out->clone_bytes;
    out->tree_files = all_files - files;
    return measure_program(removing, &seconds, &memory_kib, err);
}

static void print_heading(void)
{
    printf("  after   entries      .git     clone   work tree           a month   one village  "
           "nothing  clone verified\n"
           "   year                  MB        MB      MB    files          s   changed, s        "
           "s       s     MB\n");
}

static void print_year(int year, const struct year_figures *figures)
{
    printf("%7d %9llu %9.1f %9.1f %7.0f %8llu %10.2f %12.2f %8.2f %7.1f %6ld\n", year,
           (unsigned long long)figures->entries, (double)figures->git_bytes / 1e6,
           (double)figures->clone_bytes / 1e6, (double)figures->tree_bytes / 1e6,
           (unsigned long long)figures->tree_files, figures->month, figures->changed,
           figures->unchanged, figures->verified, figures->verified_kib / 1024);
    (void)fflush(stdout);
}

/* A month is the mean of the year's twelve; the village is changed after the last of them. */
static bool tell_year(struct county *county, struct error *err)
{
    struct year_figures figures = {.entries = journal_size(county->world.journal),
                                   .month = county->publishing / 12};
    char inside[MEASURE_PATH_SIZE];
    uint64_t documents, files = 0;

    if (!correct_village(county, &figures.changed, &documents, err) ||
        !publish_month(county, &figures.unchanged, &documents, err) ||
        !measure_path(county->repository, ".git", inside, err) ||
        !measure_folder(inside, &figures.git_bytes, &files, err) ||
        !clone_and_verify(county, &figures, err))
        return false;
    print_year(county->year - FIRST_YEAR + 1, &figures);
    return true;
}

static bool run_years(struct county *county, int years, struct error *err)
{
    print_heading();
    for (int year = 1; year <= years; year++) {
        county->year = FIRST_YEAR + year - 1;
        county->publishing = 0.0;
        for (county->month = 1; county->month <= 12; county->month++) {
            uint64_t documents;
            double seconds;

            if (!play_month(county, err) || !publish_month(county, &seconds, &documents, err))
                return false;
            county->publishing += seconds;
        }
        county->month = 12;
        if (!tell_year(county, err)) return false;
    }
    return true;
}

bool county_bench(const char *directory, int years, struct error *err)
{
    struct county *county = calloc(1, sizeof *county);
    bool ok = false;

    if (county == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    printf("%d villages that publish every month for %d years, %d payments each a month\n",
           VILLAGES, years, PAYMENTS);
    if (!measure_path(directory, "county", county->directory, err) ||
        !measure_path(county->directory, "publication", county->repository, err))
        goto out;
    if (mkdir(county->directory, S_IRWXU) != 0) {
        (void)error_set(err, ERROR_IO, "%s can't be made; choose an empty directory",
                        county->directory);
        goto out;
    }
    if (!go_to(county, FIRST_YEAR - 1, 12, 28, err)) goto out;
    if (!world_make_at(county->directory, VILLAGES, county->world.now, &county->world, err))
        goto out;
    ok = run_years(county, years, err);
    world_close(&county->world);
out:
    free(county);
    return ok;
}
