/* world.c - see world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#define USCC "91350100M000100Y43"

void asset_that_earns(struct fixture *fixture, const char *code)
{
    struct record *row = new_row(&asset_register);

    set_text(row, REGISTER_ACQUIRED, "2021-01-01");
    set_text(row, REGISTER_ASSET, code);
    set_text(row, REGISTER_CATEGORY, "光伏电站");
    set_text(row, REGISTER_CLASS, "operational");
    set_text(row, REGISTER_DIVISION, VILLAGE_1);
    set_text(row, REGISTER_FORM, "fixed");
    set_text(row, REGISTER_METHOD, "none");
    set_text(row, REGISTER_NAME, "村级光伏电站");
    set_text(row, REGISTER_ORIGIN, "built");
    set_text(row, REGISTER_PLACE, "三组");
    row->values[REGISTER_QUANTITY].number = 1000;
    set_text(row, REGISTER_UNIT, "座");
    add_row(fixture, &asset_register, row);
}

struct voucher_receipt money_came_in(struct fixture *fixture, const char *division,
                                     const char *date, const char *yuan)
{
    char from[64], to[64];
    struct voucher_line came;

    (void)snprintf(from, sizeof from, "%s none F2 source", division);
    (void)snprintf(to, sizeof to, "%s none F2 unassigned", division);
    came = line(yuan, from, to);
    return fixture_post(fixture, MOVEMENT_RECEIPT, date, &came);
}

bool try_row(struct fixture *fixture, const struct record_kind *kind, struct record *row,
             struct error *err)
{
    return try_records(fixture, "li", &kind, &row, 1, err);
}

void add_row(struct fixture *fixture, const struct record_kind *kind, struct record *row)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_row(fixture, kind, row, &err), err);
}

struct record *lease_row(const char *code)
{
    struct record *row = new_row(&income_lease);

    set_text(row, LEASE_ASSET, "Z1");
    set_text(row, LEASE_DATE, "2022-01-05");
    set_text(row, LEASE_DIVISION, VILLAGE_1);
    set_text(row, LEASE_FIRST_DAY, "2022-01-31");
    set_text(row, LEASE_FIRST_DUE, "2022-01-31");
    set_text(row, LEASE_KIND, "lease");
    set_text(row, LEASE_LAST_DAY, "2022-12-31");
    set_text(row, LEASE_CODE, code);
    row->values[LEASE_MONTHS].number = 1;
    set_text(row, LEASE_PARTY, "县农发公司");
    row->values[LEASE_RENT].number = 100000;
    set_text(row, LEASE_USCC, USCC);
    return row;
}

struct record *receipt_row(const char *lease, const char *due, const char *date, int64_t fen,
                           const char *voucher)
{
    struct record *row = new_row(&income_receipt);

    row->values[RECEIPT_AMOUNT].number = fen;
    set_text(row, RECEIPT_DATE, date);
    set_text(row, RECEIPT_DIVISION, VILLAGE_1);
    set_text(row, RECEIPT_DUE, due);
    set_text(row, RECEIPT_KIND, "lease");
    set_text(row, RECEIPT_LEASE, lease);
    set_text(row, RECEIPT_VOUCHER, voucher);
    return row;
}
