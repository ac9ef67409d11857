/*
 * bench.c - each of our figures beside the physical limit, measured in the same run.
 *
 *     bench [DIRECTORY] [ROWS]         (default: a directory under /tmp, 1,000,000 payments)
 *     bench --county YEARS [DIRECTORY]  (only a county that publishes every month for so long)
 *     bench --upkeep ASSETS [DIRECTORY] (only the keeping of so many assets)
 *
 * Every figure is durable: commits are synced. Limits come from limits.c, which uses nothing of
 * ours but hashes. The budgets that the figures are held to are in docs/performance.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/book.h"
#include "bench/county.h"
#include "bench/limits.h"
#include "bench/measure.h"
#include "bench/upkeep.h"
#include "bench/world.h"
#include "exporters/exporters.h"
#include "importers/sheet.h"

#define BATCH          UINT64_C(10000)
#define SINGLES        2000
#define ACT_BYTES      256 /* about what a person signs: an act, an origin, a hash, a nonce */
#define LEDGER_PROGRAM "/usr/bin/ledger"
#define PROOFS         2000
#define VILLAGES       200
#define ROWS_DEFAULT   UINT64_C(1000000)
#define SHEET_ROWS     UINT64_C(200000) /* of a book: a county's subsidy list */
#define CSV_ROWS       UINT64_C(1000000)
#define SHEET_CELLS    10
#define COUNTY_YEARS   2               /* more with --county */
#define UPKEEP_ASSETS  UINT64_C(10000) /* more with --upkeep */

static void print_rate(const char *what, uint64_t count, double seconds)
{
    printf("  %-52s %12.0f /s  (%llu in %.2f s)\n", what, (double)count / seconds,
           (unsigned long long)count, seconds);
}

static void print_ratio(const char *what, double ours, double limit, double aim)
{
    printf("  %-52s %12.2f     (aim: %.2f)\n", what, ours / limit, aim);
}

/* A fresh world in a folder of its own. */
static bool begin_world(const char *directory, const char *name, unsigned villages,
                        struct world *out, struct error *err)
{
    char path[MEASURE_PATH_SIZE];

    if (!measure_path(directory, name, path, err)) return false;
    if (mkdir(path, S_IRWXU) != 0)
        return error_set(err, ERROR_IO, "%s can't be made; choose an empty directory", path);
    return world_make(path, villages, out, err);
}

/* ---- Posting ------------------------------------------------------------------------------------
 */

/* One payroll: a voucher of BATCH payments to organisations out of the county's subsidy book. */
static bool post_payroll(struct world *world, uint64_t number, struct error *err)
{
    struct voucher_header header = {.movement = MOVEMENT_PAYMENT, .text = "产业奖补"};
    struct voucher_line line = {.policy = "产业奖补"};
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    bool ok = false;

    line.from = world_account(WORLD_COUNTY, BOOK_SUBSIDY, ACCOUNT_AVAILABLE);
    line.to = world_account(WORLD_COUNTY, BOOK_SUBSIDY, ACCOUNT_IN_TRANSIT);
    snprintf(header.reference, sizeof header.reference, "payroll-%llu", (unsigned long long)number);
    if (!date_from_civil(2021, 4, 1, &header.event_date, err) ||
        !journal_begin(world->journal, err) ||
        !voucher_draft_new(world->journal, &header, &draft, err))
        goto out;
    for (uint64_t i = 0; i < BATCH; i++) {
        uint64_t payee = (number * BATCH + i) * UINT64_C(2654435761) % 1000000;

        line.amount.fen = (int64_t)(10000 + payee % 90000);
        snprintf(line.payee.name, sizeof line.payee.name, "第%llu专业合作社",
                 (unsigned long long)payee);
        if (!voucher_draft_add(draft, &line, err)) goto out;
    }
    if (!voucher_draft_submit(draft, &world->maker, &receipt, NULL, err) ||
        !journal_commit(world->journal, err))
        goto out;
    ok = true;
out:
    voucher_draft_free(draft);
    return ok;
}

static bool bench_batches(const char *directory, uint64_t rows, struct error *err)
{
    struct world world;
    struct limit_result limit;
    char ledger_path[MEASURE_PATH_SIZE], bare_path[MEASURE_PATH_SIZE];
    double started, seconds, first_tenth = 0.0, last_tenth;
    uint64_t payrolls = rows / BATCH, size;

    printf("Posting payments, %llu to a voucher and a commit\n", (unsigned long long)BATCH);
    if (!begin_world(directory, "batches", 0, &world, err) ||
        !measure_path(directory, "batches/ledger/ledger.sqlite", ledger_path, err) ||
        !measure_path(directory, "bare-batches.sqlite", bare_path, err))
        return false;
    started = measure_now();
    last_tenth = started;
    for (uint64_t i = 0; i < payrolls; i++) {
        if (i == payrolls - payrolls / 10) last_tenth = measure_now();
        if (!post_payroll(&world, i, err)) return false;
        if (i + 1 == payrolls / 10) first_tenth = measure_now() - started;
    }
    seconds = measure_now() - started;
    last_tenth = measure_now() - last_tenth;
    size = journal_size(world.journal);
    world_close(&world);
    if (!limit_write(&limit_payments, ledger_path, bare_path, BATCH, &limit, err)) return false;
    print_rate("ours, entries", size, seconds);
    print_rate("bare SQLite, the same rows and indexes", limit.entries, limit.seconds);
    print_ratio("ours / bare", (double)size / seconds, (double)limit.entries / limit.seconds, 1.5);
    print_ratio("first tenth of the time / last tenth", first_tenth, last_tenth, 1.0);
    return true;
}

static bool bench_singles(const char *directory, struct error *err)
{
    struct world world;
    struct limit_result limit, signing;
    char ledger_path[MEASURE_PATH_SIZE], bare_path[MEASURE_PATH_SIZE];
    date_t day;
    double started, seconds;

    printf("One entry a commit\n");
    if (!begin_world(directory, "singles", 0, &world, err) ||
        !measure_path(directory, "singles/ledger/ledger.sqlite", ledger_path, err) ||
        !measure_path(directory, "bare-singles.sqlite", bare_path, err) ||
        !date_from_civil(2021, 4, 1, &day, err))
        return false;
    started = measure_now();
    for (int i = 0; i < SINGLES; i++)
        if (!journal_begin(world.journal, err) ||
            !project_record_progress(world.journal, &world.maker, WORLD_PROJECT, day,
                                     i * 100 / SINGLES, "道路硬化进度", err) ||
            !journal_commit(world.journal, err))
            return false;
    seconds = measure_now() - started;
    world_close(&world);
    if (!limit_write(&limit_payments, ledger_path, bare_path, 1, &limit, err) ||
        !limit_sign(limit.entries, ACT_BYTES, &signing, err))
        return false;
    print_rate("ours, entries, each signed and checked", SINGLES, seconds);
    print_rate("bare SQLite, the same rows and index, unsigned", limit.entries, limit.seconds);
    print_ratio("ours / bare", SINGLES / seconds, (double)limit.entries / limit.seconds, 0.8);
    print_rate("bare SQLite and bare signing, the one after the other", limit.entries,
               limit.seconds + signing.seconds);
    print_ratio("ours / both", SINGLES / seconds,
                (double)limit.entries / (limit.seconds + signing.seconds), 0.8);
    return true;
}

/* ---- Verifying, importing
 * ------------------------------------------------------------------------ */

static bool bench_verify(const char *directory, struct error *err)
{
    struct limit_result scan;
    char ledger_path[MEASURE_PATH_SIZE], file_path[MEASURE_PATH_SIZE];
    char program[] = "build/mingzhang-verify";
    char alone[] = "--no-memory";
    char *arguments[] = {program, alone, ledger_path, NULL};
    double seconds;
    long memory_kib;

    printf("Verifying that ledger, on all processors\n");
    if (!measure_path(directory, "batches/ledger", ledger_path, err) ||
        !measure_path(directory, "batches/ledger/ledger.sqlite", file_path, err) ||
        !limit_scan(file_path, (unsigned)sysconf(_SC_NPROCESSORS_ONLN), &scan, err) ||
        !measure_program(arguments, &seconds, &memory_kib, err))
        return false;
    print_rate("mingzhang-verify, everything", scan.entries, seconds);
    print_rate("bare scan: leaves, chain, tree", scan.entries, scan.seconds);
    print_ratio("ours / bare", (double)scan.entries / seconds, (double)scan.entries / scan.seconds,
                0.8);
    printf("  %-52s %12ld MB\n", "memory", memory_kib / 1024);
    return true;
}

/* ID numbers that check: GB 11643 by the library itself would only measure the library. */
static char check_digit(const char digits[18])
{
    int p = 0;

    for (int i = 0; i < 17; i++)
        p = (p + digits[i] - '0') * 2 % 11;
    return "0123456789X"[(12 - p) % 11];
}

/* Who gets payment `i`: a million people in no order. */
static uint64_t person_of(uint64_t i)
{
    return i * UINT64_C(2654435761) % 1000000;
}

/* 补贴, 耕地地力保护补贴 and 王 in the encoding of a file. */
struct payment_words {
    const char *text, *policy, *surname;
};

static const struct payment_words words_utf8 = {"补贴", "耕地地力保护补贴", "王"};
static const struct payment_words words_gb18030 = {
    "\xb2\xb9\xcc\xf9", "\xb8\xfb\xb5\xd8\xb5\xd8\xc1\xa6\xb1\xa3\xbb\xa4\xb2\xb9\xcc\xf9",
    "\xcd\xf5"};

static bool write_payments(const char *path, const struct payment_words *words, uint64_t rows,
                           struct error *err)
{
    FILE *file = fopen(path, "wb");
    char id[32];

    if (file == NULL) return error_set(err, ERROR_IO, "%s can't be written", path);
    fprintf(file, "reference,date,fund,division,book,amount,text,policy,payee,id_number\n");
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t person = person_of(i);

        snprintf(id, sizeof id, "61102519%02u%02u%02u%03u", (unsigned)(40 + person / 28 % 60),
                 (unsigned)(1 + person / 1680 % 12), (unsigned)(1 + person % 28),
                 (unsigned)(person / 20160 % 1000));
        id[17] = check_digit(id);
        id[18] = '\0';
        fprintf(file, "subsidy-%llu,2021-04-01,%s,%s,subsidy,%llu.%02llu,%s,%s,%s%llu,%s\n",
                (unsigned long long)(i / BATCH), WORLD_FUND, WORLD_COUNTY,
                (unsigned long long)(100 + person % 900), (unsigned long long)(person % 100),
                words->text, words->policy, words->surname, (unsigned long long)person, id);
    }
    if (fclose(file) != 0) return error_set(err, ERROR_IO, "%s can't be written", path);
    return true;
}

/* What a plain-text accounting program takes to sum as many payments, without keeping anything. */
static bool bench_ledger(const char *directory, uint64_t rows, struct error *err)
{
    char path[MEASURE_PATH_SIZE], program[] = LEDGER_PROGRAM, f[] = "-f", balance[] = "balance";
    char *arguments[] = {program, f, path, balance, NULL};
    double seconds;
    long memory_kib;
    FILE *file;

    if (access(program, X_OK) != 0) {
        printf("  %-52s %12s\n", "`ledger` summing as many", "not installed");
        return true;
    }
    if (!measure_path(directory, "payments.ledger", path, err)) return false;
    file = fopen(path, "wb");
    if (file == NULL) return error_set(err, ERROR_IO, "%s can't be written", path);
    for (uint64_t i = 0; i < rows; i++)
        fprintf(file, "2021-04-01 subsidy-%llu\n    Subsidy:%llu  %llu.%02llu CNY\n    County\n\n",
                (unsigned long long)(i / BATCH), (unsigned long long)(i % 1000),
                (unsigned long long)(100 + i % 900), (unsigned long long)(i % 100));
    if (fclose(file) != 0) return error_set(err, ERROR_IO, "%s can't be written", path);
    if (!measure_program(arguments, &seconds, &memory_kib, err)) return false;
    print_rate("`ledger` only summing as many", rows, seconds);
    printf("  %-52s %12ld MB\n", "its memory", memory_kib / 1024);
    return true;
}

static bool bench_import(const char *directory, uint64_t rows, struct error *err)
{
    struct world world;
    char ledger_path[MEASURE_PATH_SIZE], keys_path[MEASURE_PATH_SIZE], csv_path[MEASURE_PATH_SIZE],
        pass_path[MEASURE_PATH_SIZE];
    char program[] = "build/mingzhang", l[] = "-L", u[] = "-u", user[] = "maker";
    char pass[] = "--passphrase-file", import[] = "import", what[] = "payments";
    char *arguments[] = {program,   l,      ledger_path, u,        user, pass,
                         pass_path, import, what,        csv_path, NULL};
    double seconds;
    long memory_kib;
    FILE *file;

    printf("Importing a CSV of payments to people, checked, sealed, hashed, durable\n");
    if (!begin_world(directory, "import", 0, &world, err) ||
        !measure_path(directory, "import/ledger", ledger_path, err) ||
        !measure_path(directory, "import/keys", keys_path, err) ||
        !measure_path(directory, "payments.csv", csv_path, err) ||
        !measure_path(directory, "passphrase", pass_path, err) ||
        !write_payments(csv_path, &words_utf8, rows, err))
        return false;
    world_close(&world);
    file = fopen(pass_path, "wb");
    if (file == NULL || fputs(WORLD_PASSPHRASE "\n", file) < 0 || fclose(file) != 0)
        return error_set(err, ERROR_IO, "%s can't be written", pass_path);
    setenv("MINGZHANG_KEYS", keys_path, 1);
    if (!measure_program(arguments, &seconds, &memory_kib, err)) return false;
    print_rate("mingzhang import payments, rows", rows, seconds);
    printf("  %-52s %12ld MB\n", "memory", memory_kib / 1024);
    return bench_ledger(directory, rows, err);
}

/* ---- Sheets -------------------------------------------------------------------------------------
 */

static bool count_row(void *context, const struct sheet_row *row, struct error *err)
{
    uint64_t *cells = context;

    (void)err;
    *cells += row->count;
    return true;
}

static bool read_sheet(const char *path, uint64_t rows, struct error *err)
{
    struct sheet_file *file = NULL;
    uint64_t cells = 0;
    bool ok = sheet_file_open(path, &file, err) && sheet_file_read(file, 0, count_row, &cells, err);

    sheet_file_close(file);
    return ok && cells == rows * SHEET_CELLS;
}

static bool walk_sheet(const char *path, uint64_t rows, struct error *err)
{
    struct limit_result texts, sheet;

    return limit_walk(path, BOOK_TEXTS_PART, &texts, err) &&
           limit_walk(path, BOOK_SHEET_PART, &sheet, err) &&
           sheet.rows == 2 + rows * (1 + 2 * SHEET_CELLS);
}

/* In a process of its own, so that its memory is its own. */
static bool run_apart(bool (*work)(const char *, uint64_t, struct error *), const char *path,
                      uint64_t rows, double *seconds, long *memory_kib, struct error *err)
{
    double started = measure_now();
    pid_t child = fork();

    if (child == 0) _exit(work(path, rows, err) ? 0 : 1);
    if (!measure_await(child, path, memory_kib, err)) return false;
    *seconds = measure_now() - started;
    return true;
}

static bool part_sheet(const char *path, uint64_t rows, struct error *err)
{
    struct limit_result cells;

    return limit_cells(path, "GB18030", &cells, err) && cells.rows == rows + 1 &&
           cells.entries == (rows + 1) * SHEET_CELLS;
}

static bool write_gb18030(const char *path, uint64_t rows, struct error *err)
{
    return write_payments(path, &words_gb18030, rows, err);
}

static bool read_cells(const char *path, uint64_t rows, struct error *err)
{
    return read_sheet(path, rows + 1, err);
}

static bool bench_cells(const char *directory, struct error *err)
{
    char path[MEASURE_PATH_SIZE], tenth_path[MEASURE_PATH_SIZE];
    double parted, seconds, ignored;
    long memory_kib, tenth_kib, bare_kib;

    printf("Reading a CSV of %llu rows of %d cells in GB18030\n", (unsigned long long)CSV_ROWS,
           SHEET_CELLS);
    if (!measure_path(directory, "rows.csv", path, err) ||
        !measure_path(directory, "tenth.csv", tenth_path, err) ||
        !run_apart(write_gb18030, path, CSV_ROWS, &ignored, &bare_kib, err) ||
        !run_apart(write_gb18030, tenth_path, CSV_ROWS / 10, &ignored, &bare_kib, err) ||
        !run_apart(part_sheet, path, CSV_ROWS, &parted, &bare_kib, err) ||
        !run_apart(read_cells, path, CSV_ROWS, &seconds, &memory_kib, err) ||
        !run_apart(read_cells, tenth_path, CSV_ROWS / 10, &ignored, &tenth_kib, err))
        return false;
    print_rate("ours: encoding found, hashed, checked, every cell told", CSV_ROWS, seconds);
    print_rate("iconv and libcsv going once through the same bytes", CSV_ROWS, parted);
    printf("  %-52s %12.2f\n", "ours / bare", parted / seconds);
    printf("  %-52s %12ld MB     (a tenth of the rows: %ld MB)\n", "memory", memory_kib / 1024,
           tenth_kib / 1024);
    return true;
}

/* First of all, while this process is small: a child begins with its parent's memory. */
static bool bench_sheets(const char *directory, struct error *err)
{
    char path[MEASURE_PATH_SIZE], tenth_path[MEASURE_PATH_SIZE];
    double walked, seconds, ignored;
    long memory_kib, tenth_kib, walk_kib;

    printf("Reading an XLSX of %llu rows of %d cells\n", (unsigned long long)SHEET_ROWS,
           SHEET_CELLS);
    if (!measure_path(directory, "book.xlsx", path, err) ||
        !measure_path(directory, "tenth.xlsx", tenth_path, err) ||
        !run_apart(book_write, path, SHEET_ROWS, &ignored, &walk_kib, err) ||
        !run_apart(book_write, tenth_path, SHEET_ROWS / 10, &ignored, &walk_kib, err) ||
        !run_apart(walk_sheet, path, SHEET_ROWS, &walked, &walk_kib, err) ||
        !run_apart(read_sheet, path, SHEET_ROWS, &seconds, &memory_kib, err) ||
        !run_apart(read_sheet, tenth_path, SHEET_ROWS / 10, &ignored, &tenth_kib, err))
        return false;
    print_rate("ours: hashed, checked, every cell told", SHEET_ROWS, seconds);
    print_rate("libzip and xmlTextReader walking the same XML once", SHEET_ROWS, walked);
    print_ratio("ours / bare", walked, seconds, 0.8);
    printf("  %-52s %12ld MB     (a tenth of the rows and texts: %ld MB)\n", "memory",
           memory_kib / 1024, tenth_kib / 1024);
    return true;
}

/* ---- Proofs, publication
 * -------------------------------------------------------------------------- */

static bool bench_proofs(const char *directory, struct error *err)
{
    struct ledger_options options = {clock_source_system(), random_source_system()};
    struct ledger *ledger = NULL;
    struct buffer entry = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct tree_proof proof;
    char path[MEASURE_PATH_SIZE];
    uint64_t size, seq = 0;
    double started, seconds;
    bool ok = false;

    printf("Proving one entry\n");
    if (!measure_path(directory, "batches/ledger", path, err) ||
        !ledger_open(path, &options, true, &ledger, err))
        goto out;
    size = journal_size(ledger_journal(ledger));
    started = measure_now();
    for (int i = 0; i < PROOFS; i++) {
        seq = (seq + UINT64_C(2654435761)) % size;
        buffer_reset(&entry);
        if (!journal_read(ledger_journal(ledger), seq, &entry, err) ||
            !journal_prove_inclusion(ledger_journal(ledger), seq, size, &proof, err))
            goto out;
    }
    seconds = measure_now() - started;
    printf("  %-52s %12.3f ms    (aim: 1 at 10 million)\n", "a proof, of a random entry",
           seconds * 1000 / PROOFS);
    ok = true;
out:
    buffer_done(&entry);
    ledger_close(ledger);
    return ok;
}

static bool publish_once(struct world *world, const char *repository, const char *what,
                         struct error *err)
{
    struct publish_options options = {.repository = repository,
                                      .period = "2021",
                                      .by = world->publisher,
                                      .signer = world->signer};
    struct publish_result result;
    double started = measure_now();

    if (!publish(world->ledger, &options, &result, err)) return false;
    printf("  %-52s %12.3f s     (%llu documents)\n", what, measure_now() - started,
           (unsigned long long)result.documents);
    return true;
}

/* Move one yuan from the county's subsidy book to a village's. */
static bool change_village(struct world *world, unsigned index, struct error *err)
{
    char code[DIVISION_CODE_SIZE], reference[CODE_SIZE];
    struct account from = world_account(WORLD_COUNTY, BOOK_SUBSIDY, ACCOUNT_AVAILABLE);
    struct account to = world_account(world_village(index, code), BOOK_SUBSIDY, ACCOUNT_AVAILABLE);

    snprintf(reference, sizeof reference, "village-%u-%llu", index,
             (unsigned long long)journal_size(world->journal));
    return journal_begin(world->journal, err) &&
           world_move(world, MOVEMENT_ALLOCATION, reference, &from, &to, (money_t){100}, err) &&
           journal_commit(world->journal, err);
}

static bool bench_publication(const char *directory, struct error *err)
{
    struct world world;
    char repository[MEASURE_PATH_SIZE];

    printf("Publishing a county of %d villages\n", VILLAGES);
    if (!begin_world(directory, "villages", VILLAGES, &world, err) ||
        !measure_path(directory, "villages/publication", repository, err))
        return false;
    for (unsigned i = 0; i < VILLAGES; i++)
        if (!change_village(&world, i, err)) return false;
    if (!publish_once(&world, repository, "all for the first time", err) ||
        !change_village(&world, 7, err) ||
        !publish_once(&world, repository, "after one village changed (aim: below 1 s)", err) ||
        !publish_once(&world, repository, "after nothing changed", err))
        return false;
    world_close(&world);
    return true;
}

static int bench_all(const char *directory, uint64_t rows, struct error *err)
{
    if (rows < 10 * BATCH) {
        fprintf(stderr, "usage: bench [EMPTY-DIRECTORY [ROWS]], at least %llu rows\n",
                (unsigned long long)(10 * BATCH));
        return 2;
    }
    return bench_sheets(directory, err) && bench_cells(directory, err) &&
                   bench_batches(directory, rows, err) && bench_verify(directory, err) &&
                   bench_proofs(directory, err) && bench_singles(directory, err) &&
                   bench_import(directory, rows, err) && bench_publication(directory, err) &&
                   county_bench(directory, COUNTY_YEARS, err) &&
                   upkeep_bench(directory, UPKEEP_ASSETS, err)
               ? 0
               : 1;
}

static int bench_county(const char *directory, const char *years_text, struct error *err)
{
    long years = strtol(years_text, NULL, 10);

    if (years < 1 || years > COUNTY_YEARS_MAX) {
        fprintf(stderr, "usage: bench --county YEARS [EMPTY-DIRECTORY], 1 to %d years\n",
                COUNTY_YEARS_MAX);
        return 2;
    }
    return county_bench(directory, (int)years, err) ? 0 : 1;
}

static int bench_upkeep(const char *directory, const char *assets_text, struct error *err)
{
    uint64_t assets = strtoull(assets_text, NULL, 10);

    if (assets < 1 || assets > UPKEEP_ASSETS_MAX) {
        fprintf(stderr, "usage: bench --upkeep ASSETS [EMPTY-DIRECTORY], 1 to %llu assets\n",
                (unsigned long long)UPKEEP_ASSETS_MAX);
        return 2;
    }
    return upkeep_bench(directory, assets, err) ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    char made[] = "/tmp/mingzhang-bench-XXXXXX";
    bool county = argc > 2 && strcmp(argv[1], "--county") == 0;
    bool upkeep = argc > 2 && strcmp(argv[1], "--upkeep") == 0;
    int shift = county || upkeep ? 2 : 0, status;
    const char *directory = argc > 1 + shift ? argv[1 + shift] : mkdtemp(made);

    if (directory == NULL) return 2;
    status = county   ? bench_county(directory, argv[2], &err)
             : upkeep ? bench_upkeep(directory, argv[2], &err)
                      : bench_all(directory, argc > 2 ? strtoull(argv[2], NULL, 10) : ROWS_DEFAULT,
                                  &err);
    if (status != 1) return status;
    fprintf(stderr, "bench: %s%s%s\n", err.place, err.place[0] == '\0' ? "" : ": ", err.message);
    return error_exit_status(err.code);
}
