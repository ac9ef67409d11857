/* test_path.c - the life of a fund, from its document to the payee and back. */
#include "tests/funds/fixture.h"

#include <stdlib.h>

static struct fixture world;

static void setup(void)
{
    fixture_county(&world);
}

static void teardown(void)
{
    fixture_done(&world);
}

static void give_village_1(const char *amount)
{
    struct voucher_line down;

    down = line(amount, COUNTY " none F1 source", COUNTY " none F1 unassigned");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &down);
    down = line(amount, COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-06", &down);
    down = line(amount, TOWN_1 " none F1 unassigned", VILLAGE_1 " none F1 unassigned");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-07", &down);
    down = line(amount, VILLAGE_1 " none F1 unassigned", VILLAGE_1 " construction F1 available");
    fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-04-08", &down);
}

START_TEST(a_yuan_goes_from_its_document_to_the_payee)
{
    struct voucher_line payment;
    struct voucher_receipt receipt;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");

    give_village_1("100000.00");
    assert_balance(&world, COUNTY " none F1 source", "-100000.00");
    assert_balance(&world, VILLAGE_1 " construction F1 available", "100000.00");

    payment = pay("60000.00", VILLAGE_1 " construction F1 available", "镇安宏远建筑有限公司");
    under(&payment, "P1", "", 1);
    receipt = fixture_submit(&world, &head, &payment, 1);
    assert_balance(&world, VILLAGE_1 " construction F1 available", "40000.00");
    assert_balance(&world, VILLAGE_1 " construction F1 held", "60000.00");

    fixture_approve(&world, receipt.voucher);
    assert_balance(&world, VILLAGE_1 " construction F1 held", "0.00");
    assert_balance(&world, VILLAGE_1 " construction F1 in_transit", "60000.00");

    fixture_confirm(&world, receipt.voucher, "2021-04-22");
    assert_balance(&world, VILLAGE_1 " construction F1 in_transit", "0.00");
    assert_balance(&world, VILLAGE_1 " construction F1 spent", "60000.00");
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path");
    TCase *cases = tcase_create("path");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_yuan_goes_from_its_document_to_the_payee);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
