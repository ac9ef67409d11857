/* test_leases.c - dues of leases, what was received of them, and what is owed on a day. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct fixture world;

struct listed {
    char days[16][DATE_TEXT_SIZE];
    int64_t fen[16];
    size_t count;
};

static bool list_due(void *context, const struct lease_due *due, struct error *err)
{
    struct listed *listed = context;

    (void)err;
    ck_assert_uint_lt(listed->count, 16);
    (void)date_format(due->due, listed->days[listed->count]);
    listed->fen[listed->count++] = due->amount.fen;
    return true;
}

static void find(const char *code, const char *on, struct lease *lease, struct lease_stand *stand)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(lease_find(world.journal, code, day(on), lease, &err), err);
    ck_assert_ok(lease_stand_find(world.journal, lease, day(on), stand, &err), err);
}

static void let_z1(void)
{
    asset_that_earns(&world, "Z1");
    add_row(&world, &income_lease, lease_row("L1"));
}

START_TEST(dues_are_counted_from_the_first_to_the_last_day)
{
    const char *const wanted[] = {"2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30"};
    struct listed listed = {.count = 0};
    struct lease lease;
    struct lease_stand stand;
    struct error err = ERROR_INIT;

    let_z1();
    find("L1", "2022-12-31", &lease, &stand);
    ck_assert_ok(lease_due_each(world.journal, &lease, day("2023-12-31"), list_due, &listed, &err),
                 err);
    ck_assert_uint_eq(listed.count, 12);
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
        ck_assert_str_eq(listed.days[i], wanted[i]);
    ck_assert_str_eq(listed.days[11], "2022-12-31");
    ck_assert_int_eq(stand.arrears.fen, 1200000);
}
END_TEST

START_TEST(a_lease_that_ends_early_has_no_later_dues)
{
    struct record *end;
    struct lease lease;
    struct lease_stand stand;
    struct error err = ERROR_INIT;

    let_z1();
    end = new_row(&income_lease_end);
    set_text(end, LEASE_END_DATE, "2022-03-15");
    set_text(end, LEASE_END_LEASE, "L1");
    set_text(end, LEASE_END_REASON, "承租方退租");
    add_row(&world, &income_lease_end, end);
    find("L1", "2022-03-14", &lease, &stand);
    ck_assert(!lease.ended_early && stand.has_next);
    find("L1", "2022-12-31", &lease, &stand);
    ck_assert(lease.ended_early && !stand.has_next);
    ck_assert_int_eq(stand.due.fen, 200000);
    end = new_row(&income_lease_end);
    set_text(end, LEASE_END_DATE, "2022-03-16");
    set_text(end, LEASE_END_LEASE, "L1");
    set_text(end, LEASE_END_REASON, "再次");
    ck_assert(!try_row(&world, &income_lease_end, end, &err));
    ck_assert_error(err, ERROR_CONFLICT, "lease L1 is ended already");
    assert_replay_is_identical(&world);
}
END_TEST

static void tell_due(const char *lease, const char *due, int64_t fen, const char *text)
{
    struct record *row = new_row(&income_lease_due);

    row->values[LEASE_DUE_AMOUNT].number = fen;
    set_text(row, LEASE_DUE_DUE, due);
    set_text(row, LEASE_DUE_LEASE, lease);
    set_text(row, LEASE_DUE_TEXT, text);
    add_row(&world, &income_lease_due, row);
}

START_TEST(what_was_received_counts_for_its_due_and_the_rest_for_the_oldest)
{
    struct voucher_receipt voucher;
    struct lease lease;
    struct lease_stand stand;

    let_z1();
    tell_due("L1", "2022-02-28", 40000, "疫情减免");
    voucher = money_came_in(&world, VILLAGE_1, "2022-04-01", "2500.00");
    /* March is paid by name with 100 too much; 900 more for the oldest. */
    add_row(&world, &income_receipt,
            receipt_row("L1", "2022-03-31", "2022-04-01", 110000, voucher.voucher));
    add_row(&world, &income_receipt, receipt_row("L1", "", "2022-04-02", 80000, voucher.voucher));
    find("L1", "2022-04-01", &lease, &stand);
    ck_assert_int_eq(stand.due.fen, 240000);
    ck_assert_int_eq(stand.arrears.fen, 130000);
    find("L1", "2022-04-02", &lease, &stand);
    ck_assert_int_eq(stand.arrears.fen, 50000);
    ck_assert_int_eq(stand.oldest.due.days, day("2022-01-31").days);
    ck_assert_int_eq(stand.oldest.received.fen, 90000);
    ck_assert_int_eq(stand.next.due.days, day("2022-04-30").days);
    add_row(&world, &income_receipt, receipt_row("L1", "", "2022-04-02", 60000, voucher.voucher));
    find("L1", "2022-04-02", &lease, &stand);
    ck_assert_int_eq(stand.arrears.fen, 0);
    ck_assert(!stand.has_oldest);
    ck_assert_int_eq(stand.ahead.fen, 10000);
    ck_assert_int_eq(stand.received.fen, 250000);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(no_more_is_earned_by_a_voucher_than_it_brought)
{
    struct voucher_receipt voucher, reversal;
    struct record *back;
    struct lease lease;
    struct lease_stand stand;
    struct error err = ERROR_INIT;

    let_z1();
    voucher = money_came_in(&world, VILLAGE_1, "2022-04-01", "1000.00");
    add_row(&world, &income_receipt, receipt_row("L1", "", "2022-04-01", 99999, voucher.voucher));
    ck_assert(!try_row(&world, &income_receipt,
                       receipt_row("L1", "", "2022-04-01", 2, voucher.voucher), &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "brought 1000.00 yuan to " VILLAGE_1);
    error_clear(&err);
    back = receipt_row("L1", "", "2022-04-01", -100000, voucher.voucher);
    set_text(back, RECEIPT_TEXT, "误登");
    ck_assert(!try_row(&world, &income_receipt, back, &err));
    ck_assert_error(err, ERROR_INPUT, "can't be taken back");
    error_clear(&err);
    ck_assert_ok(fixture_try_reverse(&world, voucher.voucher, "2022-04-13", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    find("L1", "2022-04-12", &lease, &stand);
    ck_assert_int_eq(stand.received.fen, 99999); /* it was there until that day */
    find("L1", "2022-04-13", &lease, &stand);
    ck_assert_int_eq(stand.received.fen, 0);
    ck_assert(!try_row(&world, &income_receipt,
                       receipt_row("L1", "", "2022-04-01", 1, voucher.voucher), &err));
    ck_assert_error(err, ERROR_INPUT, "isn't posted, or is reversed");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_scrapped_earns_nothing_more)
{
    struct voucher_receipt voucher;
    struct record *row;
    struct error err = ERROR_INIT;

    let_z1();
    voucher = money_came_in(&world, VILLAGE_1, "2022-07-01", "3000.00");
    add_asset_row(&world, &asset_state, STATE_BODY("Z1", "2022-06-10", "scrapped", "火灾"));
    ck_assert(!try_row(&world, &income_receipt,
                       receipt_row("L1", "", "2022-07-01", 1, voucher.voucher), &err));
    ck_assert_error(err, ERROR_STATE, "arrears name the due");
    error_clear(&err);
    ck_assert(!try_row(&world, &income_receipt,
                       receipt_row("L1", "2022-06-30", "2022-07-01", 1, voucher.voucher), &err));
    ck_assert_error(err, ERROR_STATE, "Z1 is scrapped since 2022-06-10");
    error_clear(&err);
    add_row(&world, &income_receipt,
            receipt_row("L1", "2022-05-31", "2022-07-01", 100000, voucher.voucher));
    row = receipt_row("", "", "2022-07-01", 1, voucher.voucher);
    set_text(row, RECEIPT_ASSET, "Z1");
    ck_assert(!try_row(&world, &income_receipt, row, &err));
    ck_assert_error(err, ERROR_STATE, "the asset earned something on 2022-07-01");
    error_clear(&err);
    row = lease_row("L2");
    set_text(row, LEASE_DATE, "2022-06-11");
    set_text(row, LEASE_FIRST_DUE, "2022-07-31");
    ck_assert(!try_row(&world, &income_lease, row, &err));
    ck_assert_error(err, ERROR_STATE, "the lease is signed on 2022-06-11");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_wrong_with_a_lease_is_told)
{
    static const struct {
        size_t field;
        const char *text, *words;
    } wrong[] = {
        {LEASE_ASSET, "Z9", "no asset Z9"},
        {LEASE_LAST_DAY, "2022-01-30", "is before the first"},
        {LEASE_FIRST_DUE, "", "belong together"},
        {LEASE_USCC, "", "has no credit code"},
        {LEASE_NAME, "张某", "are two; write one"},
        {LEASE_DIVISION, VILLAGE_2, "asset Z1 is in"},
        {LEASE_KIND, "entrusted", "who bears which risk is empty"},
    };

    asset_that_earns(&world, "Z1");
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct record *row = lease_row("L1");
        struct error err = ERROR_INIT;

        set_text(row, wrong[i].field, wrong[i].text);
        ck_assert(!try_row(&world, &income_lease, row, &err));
        ck_assert_msg(strstr(err.message, wrong[i].words) != NULL, "%s", err.message);
    }
}
END_TEST

START_TEST(a_person_who_rents_stands_under_the_seal)
{
    struct record *row = lease_row("L1");
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct lease lease;
    struct lease_stand stand;

    asset_that_earns(&world, "Z1");
    set_text(row, LEASE_PARTY, "");
    set_text(row, LEASE_USCC, "");
    set_text(row, LEASE_NAME, "张某");
    set_text(row, LEASE_ID_NUMBER, fixture_id_number(1));
    add_row(&world, &income_lease, row);
    ck_assert_ok(journal_read(world.journal, journal_size(world.journal) - 2, &bytes, &err), err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&bytes), "\"detail\":{\"sealed\":"));
    ck_assert_ptr_null(strstr(buffer_text(&bytes), "张某"));
    buffer_done(&bytes);
    find("L1", "2022-02-01", &lease, &stand);
    ck_assert_str_eq(lease.party, "");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(photovoltaic_dues_are_told_month_by_month)
{
    struct record *row = lease_row("G1");
    struct lease lease;
    struct lease_stand stand;

    asset_that_earns(&world, "Z1");
    set_text(row, LEASE_KIND, "photovoltaic");
    set_text(row, LEASE_FIRST_DUE, "");
    row->values[LEASE_RENT].number = row->values[LEASE_MONTHS].number = 0;
    add_row(&world, &income_lease, row);
    tell_due("G1", "2022-03-20", 123456, "2月电费");
    tell_due("G1", "2022-04-20", 200000, "3月电费");
    tell_due("G1", "2022-04-20", 199999, "3月电费更正");
    find("G1", "2022-04-19", &lease, &stand);
    ck_assert_int_eq(stand.arrears.fen, 123456);
    ck_assert_int_eq(stand.next.amount.fen, 199999);
    ck_assert(stand.next.is_changed);
}
END_TEST

struct morning {
    struct due_item items[4];
    size_t count;
};

static bool list_item(void *context, const struct due_item *item, struct error *err)
{
    struct morning *morning = context;

    (void)err;
    ck_assert_uint_lt(morning->count, ARRAY_COUNT(morning->items));
    morning->items[morning->count++] = *item;
    return true;
}

/* What the morning list tells of leases on a day. */
static struct morning morning_of(const char *on, int64_t days_ahead)
{
    const struct due_filter filter = {COUNTY, day(on), days_ahead};
    struct morning morning = {.count = 0};
    struct error err = ERROR_INIT;

    ck_assert_ok(due_rent_each(world.journal, &filter, list_item, &morning, &err), err);
    ck_assert_ok(due_lease_each(world.journal, &filter, list_item, &morning, &err), err);
    return morning;
}

START_TEST(rent_and_ending_leases_are_in_the_morning_list)
{
    struct voucher_receipt voucher;
    struct morning morning;

    let_z1();
    morning = morning_of("2022-01-20", 7);
    ck_assert_uint_eq(morning.count, 0);
    morning = morning_of("2022-01-24", 7);
    ck_assert_uint_eq(morning.count, 1);
    ck_assert(morning.items[0].what == DUE_RENT && !morning.items[0].is_overdue);
    morning = morning_of("2022-03-01", -1);
    ck_assert_uint_eq(morning.count, 1);
    ck_assert(morning.items[0].is_overdue);
    ck_assert_int_eq(morning.items[0].due.days, day("2022-01-31").days);
    ck_assert_int_eq(morning.items[0].count, 2);
    ck_assert_str_eq(morning.items[0].subject, "L1");
    voucher = money_came_in(&world, VILLAGE_1, "2022-03-01", "2000.00");
    add_row(&world, &income_receipt, receipt_row("L1", "", "2022-03-01", 200000, voucher.voucher));
    ck_assert_uint_eq(morning_of("2022-03-01", 7).count, 0);
    morning = morning_of("2022-10-02", 7);
    ck_assert_uint_eq(morning.count, 2);
    ck_assert(morning.items[1].what == DUE_LEASE && !morning.items[1].is_overdue);
    ck_assert_int_eq(morning.items[1].due.days, day("2022-12-31").days);
    ck_assert_uint_eq(morning_of("2022-10-01", 7).count, 1);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        dues_are_counted_from_the_first_to_the_last_day,
        a_lease_that_ends_early_has_no_later_dues,
        what_was_received_counts_for_its_due_and_the_rest_for_the_oldest,
        no_more_is_earned_by_a_voucher_than_it_brought,
        what_is_scrapped_earns_nothing_more,
        what_is_wrong_with_a_lease_is_told,
        a_person_who_rents_stands_under_the_seal,
        photovoltaic_dues_are_told_month_by_month,
        rent_and_ending_leases_are_in_the_morning_list,
    };

    return fixture_run("income_leases", tests, ARRAY_COUNT(tests), &world);
}
