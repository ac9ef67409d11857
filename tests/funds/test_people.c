/* test_people.c - what entries about natural persons show: nothing but seals and sums. */
#include "tests/funds/fixture.h"

#include <stdio.h>

#include "ledger/funds/internal.h"

static struct fixture world;

#define AVAILABLE COUNTY " subsidy F2 available"

static struct voucher_receipt submit_people(unsigned first, size_t count)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line lines[16];

    for (size_t i = 0; i < count; i++)
        lines[i] = pay_person("600.00", AVAILABLE, first + (unsigned)i);
    return fixture_submit(&world, &head, lines, count);
}

static bool entry_holds(uint64_t seq, const char *words)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    bool holds;

    ck_assert_ok(journal_read(world.journal, seq, &bytes, &err), err);
    holds = strstr(buffer_text(&bytes), words) != NULL;
    buffer_done(&bytes);
    return holds;
}

START_TEST(a_line_about_a_person_stands_under_a_seal)
{
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = submit_people(1, 3);
    for (uint64_t seq = receipt.seq - 3; seq < receipt.seq; seq++) {
        ck_assert(entry_holds(seq, "\"detail\":{\"sealed\":\""));
        ck_assert(!entry_holds(seq, "村民"));
        ck_assert(!entry_holds(seq, "611025198"));
        ck_assert(!entry_holds(seq, "60000"));
    }
    ck_assert(entry_holds(receipt.seq, "\"people\":true"));
}
END_TEST

START_TEST(totals_of_fewer_than_three_persons_are_sealed)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line same[3];
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = submit_people(1, 2);
    ck_assert(entry_holds(receipt.seq, "\"totals\":{\"sealed\":\""));
    receipt = submit_people(1, 3);
    ck_assert(entry_holds(receipt.seq, "\"totals\":[{\"amount\":-180000"));
    /* Three lines about one person are about one person. */
    for (size_t i = 0; i < 3; i++)
        same[i] = pay_person("1.00", AVAILABLE, 7);
    receipt = fixture_submit(&world, &head, same, 3);
    ck_assert(entry_holds(receipt.seq, "\"totals\":{\"sealed\":\""));
}
END_TEST

/* What the signatures on a voucher cover would be this, were its totals in clear. */
static hash_t guess_totals(int fen)
{
    char text[512];
    int size = snprintf(text, sizeof text,
                        "[{\"amount\":%d,\"book\":\"subsidy\",\"division\":\"" COUNTY
                        "\",\"fund\":\"F2\",\"role\":\"available\"},{\"amount\":%d,\"book\":"
                        "\"subsidy\",\"division\":\"" COUNTY
                        "\",\"fund\":\"F2\",\"role\":\"in_transit\"}]",
                        -fen, fen);

    return hash_sha256((const uint8_t *)text, (size_t)size);
}

START_TEST(no_signature_tells_a_right_guess_at_sealed_totals)
{
    struct voucher_row row;
    struct error err = ERROR_INIT;
    hash_t clear = guess_totals(180000), sealed = guess_totals(60000);

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    ck_assert_ok(voucher_row_find(world.journal, submit_people(1, 3).voucher, &row, &err), err);
    ck_assert(hash_equal(&row.totals_sha256, &clear));
    ck_assert_ok(voucher_row_find(world.journal, submit_people(1, 1).voucher, &row, &err), err);
    ck_assert(!hash_equal(&row.totals_sha256, &sealed));
}
END_TEST

START_TEST(totals_in_clear_show_of_no_account_what_one_person_got)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line lines[7];
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    fixture_fund_county(&world, "F1", "livelihood", "10000.00");
    for (unsigned i = 0; i < 6; i++)
        lines[i] =
            pay_person("600.00", i < 3 ? AVAILABLE : COUNTY " livelihood F1 available", 1 + i / 2);
    /* F2 pays persons 1 and 2 alone, though three are in the voucher. */
    ck_assert(!fixture_try_submit(&world, "li", &head, lines, 6, NULL, &err));
    ck_assert_error(err, ERROR_INPUT,
                    "fewer than 3 persons are paid from available of fund F2, book subsidy, "
                    "division " COUNTY);
    /* An organisation beside them hides nothing: its own lines are in clear. */
    lines[6] = pay("1.00", AVAILABLE, "永乐街道供销社");
    error_clear(&err);
    ck_assert(!fixture_try_submit(&world, "li", &head, lines, 7, NULL, &err));
    for (unsigned i = 0; i < 6; i++)
        lines[i].payee = pay_person("600.00", AVAILABLE, 1 + i % 3).payee;
    (void)fixture_submit(&world, &head, lines, 7);
}
END_TEST

START_TEST(an_organisation_stands_in_clear)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line one = pay("600.00", AVAILABLE, "永乐街道供销社");
    struct voucher_receipt receipt;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = fixture_submit(&world, &head, &one, 1);
    ck_assert(entry_holds(receipt.seq - 1, "永乐街道供销社"));
    ck_assert(entry_holds(receipt.seq, "\"people\":false"));
    ck_assert(entry_holds(receipt.seq, "\"totals\":[{\"amount\":-60000"));
}
END_TEST

struct order {
    unsigned ids[16];
    size_t count;
};

static bool see_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                     const struct voucher_line *line, struct error *err)
{
    struct order *order = context;

    (void)seq;
    (void)err;
    ck_assert_int_eq(number, (int32_t)order->count + 1);
    ck_assert_int_eq(state, LINE_PENDING);
    ck_assert(line->payee.is_person);
    for (unsigned i = 0; i < 16; i++)
        if (strcmp(line->payee.id_number, fixture_id_number(100 + i)) == 0)
            order->ids[order->count] = i;
    order->count++;
    return true;
}

START_TEST(lines_about_people_are_written_in_random_order)
{
    struct voucher_receipt receipt;
    struct order order = {{0}, 0};
    struct error err = ERROR_INIT;
    unsigned moved = 0, seen = 0;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = submit_people(100, 16);
    ck_assert_ok(voucher_line_each(world.journal, receipt.voucher, see_line, &order, &err), err);
    ck_assert_uint_eq(order.count, 16);
    for (unsigned i = 0; i < 16; i++) {
        moved += order.ids[i] != i;
        seen |= 1u << order.ids[i];
    }
    ck_assert_uint_eq(seen, 0xffff); /* every one of them once */
    ck_assert_uint_gt(moved, 8);
}
END_TEST

static bool count_balance(void *context, const struct balance *total, struct error *err)
{
    int64_t *sum = context;

    (void)err;
    *sum += total->amount.fen < 0 ? total->amount.fen : 0;
    return true;
}

START_TEST(the_ledger_itself_knows_sealed_totals)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    int64_t sum = 0;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = submit_people(1, 1);
    ck_assert_ok(voucher_total_each(world.journal, receipt.voucher, count_balance, &sum, &err),
                 err);
    ck_assert_int_eq(sum, -60000);
}
END_TEST

START_TEST(a_bank_entry_about_some_persons_is_sealed_and_so_is_the_rest)
{
    static const int32_t second[] = {2};
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    uint64_t size;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = submit_people(1, 4);
    fixture_approve(&world, receipt.voucher);
    size = journal_size(world.journal);
    ck_assert_ok(fixture_try_bank(&world, receipt.voucher, true, "2021-04-21", second, 1, &err),
                 err);
    ck_assert(entry_holds(size, "\"lines\":{\"sealed\":\""));
    ck_assert(entry_holds(size, "\"totals\":{\"sealed\":\""));
    fixture_confirm(&world, receipt.voucher, "2021-04-22");
    ck_assert(entry_holds(size + 1, "\"totals\":{\"sealed\":\""));
    /* All of a voucher at once tells no more than the voucher's own totals. */
    receipt = submit_people(1, 4);
    fixture_approve(&world, receipt.voucher);
    size = journal_size(world.journal);
    fixture_confirm(&world, receipt.voucher, "2021-04-22");
    ck_assert(entry_holds(size, "\"totals\":[{\"amount\":-240000"));
    ck_assert(entry_holds(size, "\"lines\":{\"sealed\":\""));
    receipt = submit_people(1, 2);
    fixture_approve(&world, receipt.voucher);
    size = journal_size(world.journal);
    fixture_confirm(&world, receipt.voucher, "2021-04-22");
    ck_assert(entry_holds(size, "\"totals\":{\"sealed\":\""));
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_large_payroll_is_sorted_into_a_run_of_its_own)
{
    enum { LINES = 2500 };
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct signatory li = fixture_as("li");
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    fixture_begin(&world);
    ck_assert_ok(voucher_draft_new(world.journal, &head, &draft, &err), err);
    for (unsigned i = 0; i < LINES; i++) {
        struct voucher_line one = pay_person("1.00", AVAILABLE, i % 900);

        ck_assert_ok(voucher_draft_add(draft, &one, &err), err);
    }
    ck_assert_ok(voucher_draft_submit(draft, &li, &receipt, NULL, &err), err);
    voucher_draft_free(draft);
    fixture_commit(&world);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-04-21");
    assert_balance(&world, COUNTY " subsidy F2 spent", "2500.00");
    {
        /* Person 5 was paid three times: that much can come back, from a run that is not 0. */
        struct voucher_line back = pay_person("3.01", COUNTY " subsidy F2 spent", 5);

        back.to = account(AVAILABLE);
        fixture_refuse(&world, MOVEMENT_REFUND, "2021-04-22", &back, ERROR_INSUFFICIENT,
                       "the refund is 0.01 yuan more");
        back.amount = yuan("3.00");
        fixture_post(&world, MOVEMENT_REFUND, "2021-04-22", &back);
    }
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_line_about_a_person_stands_under_a_seal,
        totals_of_fewer_than_three_persons_are_sealed,
        no_signature_tells_a_right_guess_at_sealed_totals,
        totals_in_clear_show_of_no_account_what_one_person_got,
        an_organisation_stands_in_clear,
        lines_about_people_are_written_in_random_order,
        the_ledger_itself_knows_sealed_totals,
        a_bank_entry_about_some_persons_is_sealed_and_so_is_the_rest,
        a_large_payroll_is_sorted_into_a_run_of_its_own,
    };

    return fixture_run("people", tests, ARRAY_COUNT(tests), &world);
}
