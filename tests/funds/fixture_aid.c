/* fixture_aid.c - a mutual-aid pool with its agreements: see fixture.h. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static void set(struct record *row, size_t field, const char *text)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%s", text);
}

struct sheet {
    struct fixture *fixture;
    struct register_batch *batch;
    struct record *row;
    uint64_t count;
};

static void add(struct sheet *sheet, const struct record_kind *kind)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(record_add(sheet->fixture->journal, sheet->batch, kind, sheet->row, &err), err);
    record_clear(kind, sheet->row);
    sheet->count++;
}

static void add_pool(struct sheet *sheet, const struct account *account, const char *code)
{
    struct record *row = sheet->row;

    record_clear(&aid_pool, row);
    set(row, POOL_BANK, "镇安农村商业银行");
    set(row, POOL_BOOK, book_name(account->book));
    set(row, POOL_DATE, "2021-02-08");
    set(row, POOL_DIVISION, account->division);
    set(row, POOL_FUND, account->fund);
    row->values[POOL_LIMIT].number = 10000;
    set(row, POOL_CODE, code);
    set(row, POOL_USCC, "91350100M000100Y43");
    add(sheet, &aid_pool);
    record_clear(&aid_entrustment, row);
    set(row, ENTRUSTMENT_DATE, "2021-02-08");
    set(row, ENTRUSTMENT_DOCUMENT, "委托2021-01");
    set(row, ENTRUSTMENT_FIRST, "2021-02-08");
    set(row, ENTRUSTMENT_LAST, "2030-12-31");
    set(row, ENTRUSTMENT_POOL, code);
    add(sheet, &aid_entrustment);
}

static void add_borrower(struct sheet *sheet, const char *code, unsigned borrower)
{
    struct record *row = sheet->row;
    char text[CODE_SIZE];

    record_clear(&aid_guarantee, row);
    set(row, GUARANTEE_CODE, code);
    (void)snprintf(text, sizeof text, "%u", borrower);
    set(row, GUARANTEE_MEMBER, text);
    set(row, GUARANTEE_POOL, code);
    set(row, GUARANTEE_DATE, "2021-02-10");
    set(row, GUARANTEE_ID, fixture_id_number(borrower));
    set(row, GUARANTEE_NAME, "村民");
    add(sheet, &aid_guarantee);
    record_clear(&aid_agreement, row);
    (void)snprintf(text, sizeof text, "%s-%u", code, borrower);
    set(row, AGREEMENT_CODE, text);
    set(row, AGREEMENT_POOL, code);
    set(row, AGREEMENT_DATE, "2021-02-10");
    set(row, AGREEMENT_DUE, "2026-12-31");
    set(row, AGREEMENT_FIRST, "2021-02-10");
    set(row, AGREEMENT_GUARANTEE, code);
    set(row, AGREEMENT_ID, fixture_id_number(borrower));
    set(row, AGREEMENT_NAME, "村民");
    row->values[AGREEMENT_PRINCIPAL].number = INT64_C(100000000000);
    row->values[AGREEMENT_RATE].number = 435;
    add(sheet, &aid_agreement);
}

void fixture_agree_loans(struct fixture *fixture, const struct account *account, const char *code,
                         unsigned borrowers)
{
    struct sheet sheet = {.fixture = fixture, .row = malloc(sizeof *sheet.row)};
    struct signatory by = fixture_as("li");
    struct error err = ERROR_INIT;
    hash_t content;
    bool repeated;
    char what[CODE_SIZE];

    ck_assert_ptr_nonnull(sheet.row);
    (void)snprintf(what, sizeof what, "aid-%u", fixture_number());
    content = hash_sha256((const uint8_t *)what, strlen(what));
    fixture_begin(fixture);
    ck_assert_ok(register_begin(fixture->journal, &by, "rows", what, &content, &sheet.batch,
                                &repeated, &err),
                 err);
    add_pool(&sheet, account, code);
    for (unsigned i = 1; i <= borrowers; i++)
        add_borrower(&sheet, code, i);
    ck_assert_ok(register_finish(sheet.batch, sheet.count, &err), err);
    fixture_commit(fixture);
    free(sheet.row);
}
