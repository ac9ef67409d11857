/* test_path.c - the life of a fund, from its document to the payee and back. */
#include "tests/funds/fixture.h"

static struct fixture world;

START_TEST(a_yuan_goes_from_its_document_to_the_payee)
{
    struct voucher_line payment;
    struct voucher_receipt receipt;
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");

    fixture_fund_village_1(&world, "100000.00");
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
    const TTest *tests[] = {a_yuan_goes_from_its_document_to_the_payee};

    return fixture_run("path", tests, ARRAY_COUNT(tests), &world);
}
