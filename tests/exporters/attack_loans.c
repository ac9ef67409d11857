/* attack_loans.c - see attack_loans.h. */
#include "attack_loans.h"

#include <stdio.h>
#include <stdlib.h>

struct sheet {
    struct world *world;
    struct register_batch *batch;
    struct record *row;
};

static void set(struct record *row, size_t field, const char *text)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%s", text);
}

static void add(struct sheet *sheet, const struct record_kind *kind)
{
    struct error err = ERROR_INIT;

    ck_good(record_add(sheet->world->journal, sheet->batch, kind, sheet->row, &err), &err);
}

static void add_pool(struct sheet *sheet, const char *division, const char *fund)
{
    struct record *row = sheet->row;

    record_clear(&aid_pool, row);
    set(row, POOL_BANK, "农商行");
    set(row, POOL_BOOK, "subsidy");
    set(row, POOL_DATE, "2019-01-01");
    set(row, POOL_DIVISION, division);
    set(row, POOL_FUND, fund);
    row->values[POOL_LIMIT].number = 10000;
    set(row, POOL_CODE, division);
    set(row, POOL_USCC, "91350100M000100Y43");
    add(sheet, &aid_pool);
    record_clear(&aid_entrustment, row);
    set(row, ENTRUSTMENT_DATE, "2019-01-01");
    set(row, ENTRUSTMENT_DOCUMENT, "委托");
    set(row, ENTRUSTMENT_FIRST, "2019-01-01");
    set(row, ENTRUSTMENT_LAST, "2099-12-31");
    set(row, ENTRUSTMENT_POOL, division);
    add(sheet, &aid_entrustment);
}

static void add_borrower(struct sheet *sheet, const char *division, int person)
{
    struct record *row = sheet->row;
    struct payee payee = {.is_person = true};
    char number[16], code[CODE_SIZE];

    world_name_payee(&payee, person);
    (void)snprintf(number, sizeof number, "%d", person);
    record_clear(&aid_guarantee, row);
    set(row, GUARANTEE_CODE, division);
    set(row, GUARANTEE_MEMBER, number);
    set(row, GUARANTEE_POOL, division);
    set(row, GUARANTEE_DATE, "2019-01-01");
    set(row, GUARANTEE_ID, payee.id_number);
    set(row, GUARANTEE_NAME, payee.name);
    add(sheet, &aid_guarantee);
    record_clear(&aid_agreement, row);
    (void)snprintf(code, sizeof code, "%s-%d", division, person);
    set(row, AGREEMENT_CODE, code);
    set(row, AGREEMENT_POOL, division);
    set(row, AGREEMENT_DATE, "2019-01-01");
    set(row, AGREEMENT_DUE, "2099-12-31");
    set(row, AGREEMENT_FIRST, "2019-01-01");
    set(row, AGREEMENT_GUARANTEE, division);
    set(row, AGREEMENT_ID, payee.id_number);
    set(row, AGREEMENT_NAME, payee.name);
    row->values[AGREEMENT_PRINCIPAL].number = INT64_C(100000000000);
    add(sheet, &aid_agreement);
}

void attack_register_pools(struct world *world, struct register_batch *batch,
                           const char *const *divisions, size_t count, const char *fund)
{
    struct sheet sheet = {world, batch, malloc(sizeof *sheet.row)};

    ck_assert_ptr_nonnull(sheet.row);
    for (size_t i = 0; i < count; i++) {
        add_pool(&sheet, divisions[i], fund);
        for (int person = 0; person < ATTACK_BORROWERS; person++)
            add_borrower(&sheet, divisions[i], person);
    }
    free(sheet.row);
}

void attack_fill_loan(struct voucher_line *line, bool is_repaid, int person)
{
    line->from.role = is_repaid ? ACCOUNT_RECEIVABLE : ACCOUNT_AVAILABLE;
    line->to = line->from;
    line->to.role = is_repaid ? ACCOUNT_AVAILABLE : ACCOUNT_RECEIVABLE;
    (void)snprintf(line->agreement, sizeof line->agreement, "%s-%d", line->from.division, person);
    world_name_payee(&line->payee, person);
}
