/* earning.c - see earning.h. */
#include "bench/earning.h"

#include <stdio.h>
#include <stdlib.h>

#include "audit/inspect/rules/rules.h"
#include "bench/measure.h"
#include "bench/rows.h"

#define RENTS        10
#define RENT_FEN     100000
#define LEFT_OUT     20
#define MILLISECONDS 1000.0
#define DAY          "2020-11-10" /* on which is asked */
#define YEAR_END     "2020-12-31"

static char vouchers[ROWS_VILLAGES][VOUCHER_NUMBER_SIZE];

/* ---- Entering -------------------------------------------------------------------------------- */

static bool fill_lease(struct record *row, uint64_t asset, int round)
{
    char village[DIVISION_CODE_SIZE];

    (void)round;
    if (asset % ROWS_LEASED != 0) return false;
    rows_set_code(row, LEASE_ASSET, 'Z', asset);
    rows_set(row, LEASE_DATE, "2020-01-05");
    rows_set(row, LEASE_DIVISION, rows_village(asset, village));
    rows_set(row, LEASE_FIRST_DAY, "2020-01-31");
    rows_set(row, LEASE_FIRST_DUE, "2020-01-31");
    rows_set(row, LEASE_KIND, "lease");
    rows_set(row, LEASE_LAST_DAY, "2025-12-31");
    rows_set_code(row, LEASE_CODE, 'L', asset);
    rows_set(row, LEASE_PARTY, "县农发公司");
    rows_set(row, LEASE_USCC, "91350100M000100Y43");
    row->values[LEASE_MONTHS].number = 1;
    row->values[LEASE_RENT].number = RENT_FEN;
    return true;
}

static bool fill_receipt(struct record *row, uint64_t asset, int round)
{
    const uint64_t lease = asset / ROWS_LEASED;
    char village[DIVISION_CODE_SIZE];

    if (asset % ROWS_LEASED != 0 || (round + 1 == RENTS && lease % LEFT_OUT == 0)) return false;
    row->values[RECEIPT_AMOUNT].number = RENT_FEN;
    (void)snprintf(row->values[RECEIPT_DATE].text, sizeof row->values[RECEIPT_DATE].text,
                   "2020-%02d-05", round + 2);
    rows_set(row, RECEIPT_DIVISION, rows_village(asset, village));
    rows_set(row, RECEIPT_KIND, "lease");
    rows_set_code(row, RECEIPT_LEASE, 'L', asset);
    rows_set(row, RECEIPT_VOUCHER, vouchers[lease % ROWS_VILLAGES]);
    return true;
}

/* One voucher a village brings all its rents. */
static bool receive(struct world *world, unsigned village, uint64_t assets, struct error *err)
{
    char division[DIVISION_CODE_SIZE], reference[32];
    struct account source, unassigned;
    struct voucher *voucher;
    bool ok;

    (void)world_village(village, division);
    (void)snprintf(reference, sizeof reference, "bench-rents-%u", village);
    source = world_account(division, BOOK_NONE, ACCOUNT_SOURCE);
    unassigned = world_account(division, BOOK_NONE, ACCOUNT_UNASSIGNED);
    if (!world_move(world, MOVEMENT_RECEIPT, reference, &source, &unassigned,
                    (money_t){(int64_t)assets * RENTS * RENT_FEN}, err))
        return false;
    voucher = malloc(sizeof *voucher);
    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    ok = voucher_find(world->journal, reference, voucher, err);
    if (ok) (void)snprintf(vouchers[village], sizeof vouchers[village], "%s", voucher->number);
    free(voucher);
    return ok;
}

/* ---- Asking ---------------------------------------------------------------------------------- */

struct question {
    struct world *world;
    const char *scope;
    date_t day;
    const struct audit_rule *rule;
    uint64_t lines;
};

static void tell(const char *what, const char *more, double started, double used, uint64_t lines)
{
    char text[64];

    (void)snprintf(text, sizeof text, "%s%s", what, more);
    printf("  %-52s %12.1f ms    (%.1f of a processor; %llu lines)\n", text,
           (measure_now() - started) * MILLISECONDS, (rows_processor_now() - used) * MILLISECONDS,
           (unsigned long long)lines);
}

static bool see_due(void *context, const struct due_item *item, struct error *err)
{
    (void)item;
    (void)err;
    ++((struct question *)context)->lines;
    return true;
}

static bool ask_rents(struct question *question, struct error *err)
{
    const struct due_filter filter = {.scope = question->scope, .as_of = question->day};

    return due_rent_each(question->world->journal, &filter, see_due, question, err) &&
           due_lease_each(question->world->journal, &filter, see_due, question, err);
}

static bool see_village(void *context, const struct village_year *village, struct error *err)
{
    (void)village;
    (void)err;
    ++((struct question *)context)->lines;
    return true;
}

static bool ask_villages(struct question *question, struct error *err)
{
    return village_year_each(question->world->journal, question->scope, question->day, see_village,
                             question, err);
}

static bool see_asset(void *context, const struct asset *asset, struct error *err)
{
    (void)asset;
    (void)err;
    ++((struct question *)context)->lines;
    return true;
}

static bool ask_assets(struct question *question, struct error *err)
{
    const struct asset_filter filter = {.scope = question->scope};

    return asset_each(question->world->journal, &filter, question->day, see_asset, question, err);
}

static bool ask_audit(struct question *question, struct error *err)
{
    const struct audit_filter filter = {
        .rules = &question->rule, .rule_count = 1, .as_of = question->day};
    struct audit_findings *findings = NULL;

    if (!audit_run(question->world->journal, &filter, &findings, err)) return false;
    question->lines = audit_findings_count(findings);
    audit_findings_free(findings);
    return true;
}

static bool ask(struct world *world, const char *what, const char *scope, const char *day,
                bool (*answer)(struct question *question, struct error *err), struct error *err)
{
    struct question question = {.world = world, .scope = scope};
    const double started = measure_now(), used = rows_processor_now();

    if (!date_parse(day, &question.day, err) || !answer(&question, err)) return false;
    tell(what, "", started, used, question.lines);
    return true;
}

static bool audit(struct world *world, struct error *err)
{
    struct question question = {.world = world};

    if (!date_parse(YEAR_END, &question.day, err)) return false;
    for (size_t i = 0; audit_rules[i] != NULL; i++) {
        const double started = measure_now(), used = rows_processor_now();

        question.rule = audit_rules[i];
        if (!ask_audit(&question, err)) return false;
        tell("audit ", question.rule->id, started, used, question.lines);
    }
    return true;
}

bool earning_bench(struct world *world, uint64_t assets, struct error *err)
{
    char village[DIVISION_CODE_SIZE];
    double rate;

    if (!journal_begin(world->journal, err)) return false;
    for (unsigned i = 0; i < ROWS_VILLAGES; i++)
        if (!receive(world, i, assets, err)) return false;
    (void)world_village(0, village);
    return journal_commit(world->journal, err) &&
           rows_add(world, &income_lease, fill_lease, 1, assets, &rate, err) &&
           rows_add(world, &income_receipt, fill_receipt, RENTS, assets, &rate, err) &&
           ask(world, "rents due and leases that end in the county", NULL, DAY, ask_rents, err) &&
           ask(world, "the same in a village", village, DAY, ask_rents, err) &&
           ask(world, "income of the year, all villages", NULL, DAY, ask_villages, err) &&
           ask(world, "the same, one village", village, DAY, ask_villages, err) &&
           ask(world, "the register of the county", NULL, DAY, ask_assets, err) &&
           ask(world, "the register of a village", village, DAY, ask_assets, err) &&
           audit(world, err);
}
