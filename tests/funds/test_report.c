/*
 * test_report.c - balances of any day, payment progress, the trial balance, the books by tier:
 * small books, sums done by hand.
 */
#include "tests/funds/fixture.h"

#include <stdarg.h>
#include <stdio.h>

static struct fixture world;

#define VILLAGE_AVAILABLE VILLAGE_1 " construction F1 available"

/* ---- Days ------------------------------------------------------------------------------------ */

struct text {
    char at[2048];
};

static void append(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);

static void append(struct text *text, const char *format, ...)
{
    size_t size = strlen(text->at);
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text->at + size, sizeof text->at - size, format, arguments);
    va_end(arguments);
}

static bool append_balance(void *context, const struct balance *balance, struct error *err)
{
    char amount[MONEY_TEXT_SIZE];

    (void)err;
    append(context, "%s=%s ", account_role_name(balance->account.role),
           money_format(balance->amount, amount));
    return true;
}

/* What the village has of F1 at the end of a day; the county's money is another's. */
static void assert_village(const char *date, const char *expected)
{
    struct balance_filter filter = {
        .division = VILLAGE_1, .fund = "F1", .by_day = true, .day = day(date)};
    struct error err = ERROR_INIT;
    struct text text = {""};

    ck_assert_ok(balance_each(world.journal, &filter, append_balance, &text, &err), err);
    ck_assert_msg(strcmp(text.at, expected) == 0, "%s: %s", date, text.at);
}

static struct voucher_receipt pay_from_village(const char *amount, const char *date, bool late)
{
    struct voucher_line paid = pay(amount, VILLAGE_AVAILABLE, "供销社");
    struct voucher_header head = header(MOVEMENT_PAYMENT, date);

    head.late = late;
    under(&paid, "P1", "", 1);
    return fixture_submit(&world, &head, &paid, 1);
}

START_TEST(a_day_shows_what_happened_up_to_it)
{
    struct voucher_receipt receipt;

    fixture_fund_village_1(&world, "1000.00");
    receipt = pay_from_village("300.00", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");
    assert_village("2021-04-06", "");
    assert_village("2021-04-07", "unassigned=1000.00 ");
    assert_village("2021-04-08", "available=1000.00 ");
    assert_village("2021-05-09", "available=1000.00 ");
    assert_village("2021-05-10", "available=700.00 in_transit=300.00 ");
    assert_village("2021-06-01", "available=700.00 in_transit=300.00 ");
    assert_village("2021-06-02", "available=700.00 spent=300.00 ");
    assert_village("2021-06-30", "available=700.00 spent=300.00 ");
    assert_village("2033-06-15", "available=700.00 spent=300.00 ");
}
END_TEST

START_TEST(what_waits_is_held_and_what_was_refused_left_no_trace)
{
    struct voucher_receipt refused;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    refused = pay_from_village("10.00", "2021-05-10", false);
    (void)pay_from_village("20.00", "2021-05-11", false);
    ck_assert_ok(fixture_try_decide(&world, "wang", refused.voucher, VOUCHER_REJECT, &err), err);
    assert_village("2021-05-10", "available=1000.00 ");
    assert_village("2021-05-11", "available=980.00 held=20.00 ");
}
END_TEST

START_TEST(what_came_late_counts_on_the_first_day_of_its_booking_month)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    ck_assert_ok(fixture_try_close(&world, "2021-04", &err), err);
    receipt = pay_from_village("50.00", "2021-04-20", true);
    fixture_approve(&world, receipt.voucher);
    assert_village("2021-04-20", "available=1000.00 ");
    assert_village("2021-04-30", "available=1000.00 ");
    assert_village("2021-05-01", "available=950.00 in_transit=50.00 ");
    assert_village("2021-05-31", "available=950.00 in_transit=50.00 ");
}
END_TEST

START_TEST(a_reversal_leaves_the_days_before_it_as_they_were)
{
    struct voucher_receipt receipt, reversal;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    receipt = pay_from_village("50.00", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    ck_assert_ok(fixture_try_reverse(&world, receipt.voucher, "2021-05-20", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    assert_village("2021-05-19", "available=950.00 in_transit=50.00 ");
    assert_village("2021-05-20", "available=1000.00 ");
}
END_TEST

/* ---- Payment progress ------------------------------------------------------------------------ */

static bool append_progress(void *context, const struct fund_progress *progress, struct error *err)
{
    char arrived[MONEY_TEXT_SIZE], assigned[MONEY_TEXT_SIZE], spent[MONEY_TEXT_SIZE];
    char came[DATE_TEXT_SIZE] = "", moved[DATE_TEXT_SIZE] = "";

    (void)err;
    if (progress->has_days) {
        (void)date_format(progress->arrived_on, came);
        (void)date_format(progress->moved_on, moved);
    }
    append(context, "%s %s/%s/%s %d %s %s; ", progress->fund.code,
           money_format(progress->arrived, arrived), money_format(progress->assigned, assigned),
           money_format(progress->by_role[ACCOUNT_SPENT], spent), progress->progress_bp, came,
           moved);
    return true;
}

static void assert_progress(const char *scope, const char *fund, const char *date,
                            const char *expected)
{
    struct error err = ERROR_INIT;
    struct text text = {""};

    ck_assert_ok(
        fund_progress_each(world.journal, scope, fund, day(date), append_progress, &text, &err),
        err);
    ck_assert_msg(strcmp(text.at, expected) == 0, "%s %s: %s", scope, date, text.at);
}

START_TEST(progress_is_what_was_paid_of_what_arrived)
{
    struct voucher_receipt receipt;
    struct voucher_line moved =
        line("20.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");

    fixture_fund_village_1(&world, "1000.00");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-05-02", &moved);
    receipt = pay_from_village("300.00", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");
    assert_progress("", NULL, "2021-04-01", "");
    assert_progress("", NULL, "2021-04-02", "F1 1000.00/0.00/0.00 0 2021-04-02 2021-04-02; ");
    assert_progress("", NULL, "2021-06-01",
                    "F1 1000.00/1000.00/0.00 0 2021-04-02 2021-05-10; "
                    "F2 20.00/0.00/0.00 0 2021-05-02 2021-05-02; ");
    assert_progress("", NULL, "2021-06-02",
                    "F1 1000.00/1000.00/300.00 3000 2021-04-02 2021-06-02; "
                    "F2 20.00/0.00/0.00 0 2021-05-02 2021-05-02; ");
    /* A village's money arrived when it came to the village; what passed through a town isn't its.
     */
    assert_progress(VILLAGE_1, "F1", "2021-12-31",
                    "F1 1000.00/1000.00/300.00 3000 2021-04-07 2021-06-02; ");
    assert_progress(TOWN_1, NULL, "2021-04-06", "F1 1000.00/0.00/0.00 0 2021-04-06 2021-04-06; ");
    assert_progress(TOWN_2, NULL, "2021-12-31", "");
    assert_progress("", "F2", "2021-12-31", "F2 20.00/0.00/0.00 0 2021-05-02 2021-05-02; ");
}
END_TEST

START_TEST(progress_is_whole_only_when_the_last_fen_is_paid)
{
    struct voucher_receipt receipt;

    fixture_fund_village_1(&world, "1000.00");
    receipt = pay_from_village("999.99", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-05-10");
    assert_progress("", "F1", "2021-05-31",
                    "F1 1000.00/1000.00/999.99 9999 2021-04-02 2021-05-10; ");
    receipt = pay_from_village("0.01", "2021-05-11", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-05-11");
    assert_progress("", "F1", "2021-05-31",
                    "F1 1000.00/1000.00/1000.00 10000 2021-04-02 2021-05-11; ");
}
END_TEST

START_TEST(what_went_back_or_was_undone_has_not_arrived)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_receipt first =
        fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
    struct voucher_receipt reversal;
    struct error err = ERROR_INIT;

    moved.amount = yuan("60.00");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-12", &moved);
    ck_assert_ok(fixture_try_reverse(&world, first.voucher, "2021-05-03", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    moved = line("10.00", COUNTY " none F2 unassigned", COUNTY " none F2 source");
    fixture_post(&world, MOVEMENT_REMITTANCE, "2021-05-20", &moved);
    assert_progress("", NULL, "2021-05-02", "F2 160.00/0.00/0.00 0 2021-04-02 2021-04-12; ");
    assert_progress("", NULL, "2021-05-03", "F2 60.00/0.00/0.00 0 2021-04-12 2021-05-03; ");
    assert_progress("", NULL, "2021-05-20", "F2 50.00/0.00/0.00 0 2021-04-12 2021-05-20; ");
}
END_TEST

static void appropriate_to(const char *code, const char *level, int32_t year)
{
    struct fund fund = fixture_fund(code);
    struct error err = ERROR_INIT;
    struct voucher_line moved;
    char from[64], to[64];

    (void)snprintf(fund.level, sizeof fund.level, "%s", level);
    fund.year = year;
    ck_assert_ok(fixture_try_fund(&world, &fund, &err), err);
    (void)snprintf(from, sizeof from, COUNTY " none %s source", code);
    (void)snprintf(to, sizeof to, COUNTY " none %s unassigned", code);
    moved = line("1.00", from, to);
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
}

static bool append_code(void *context, const struct fund_progress *progress, struct error *err)
{
    (void)err;
    append(context, "%s ", progress->fund.code);
    return true;
}

START_TEST(progress_is_told_by_level_from_the_top_then_year_and_code)
{
    struct error err = ERROR_INIT;
    struct text text = {""};

    appropriate_to("A", "other", 2021);
    appropriate_to("B", "county", 2021);
    appropriate_to("C", "central", 2021);
    appropriate_to("D", "central", 2020);
    appropriate_to("E", "prefecture", 2021);
    appropriate_to("G", "province", 2021);
    appropriate_to("H", "central", 2021);
    ck_assert_ok(
        fund_progress_each(world.journal, "", NULL, day("2021-04-30"), append_code, &text, &err),
        err);
    ck_assert_str_eq(text.at, "D C H G E B A ");
}
END_TEST

/* ---- Trial balance --------------------------------------------------------------------------- */

static bool append_trial(void *context, const struct trial_line *line, struct error *err)
{
    (void)err;
    append(context, "%.6s%s %s %lld+%lld-%lld=%lld; ", line->account.division + 6,
           line->account.book == BOOK_NONE ? "" : "*", account_role_name(line->account.role),
           (long long)line->opening.fen, (long long)line->in.fen, (long long)line->out.fen,
           (long long)line->closing.fen);
    return true;
}

START_TEST(a_trial_balance_tells_what_went_through_each_account)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    struct text text = {""};

    fixture_fund_village_1(&world, "10.00");
    receipt = pay_from_village("3.00", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");
    (void)pay_from_village("2.00", "2021-06-03", false);
    ck_assert_ok(trial_line_each(world.journal, "F1", month("2021-05"), day("2021-06-30"),
                                 append_trial, &text, &err),
                 err);
    ck_assert_str_eq(text.at, "000000 source -1000+0-0=-1000; "
                              "100201* available 1000+0-500=500; "
                              "100201* held 0+200-0=200; "
                              "100201* in_transit 0+300-300=0; "
                              "100201* spent 0+300-0=300; ");
    text.at[0] = '\0';
    ck_assert_ok(trial_line_each(world.journal, NULL, month("2021-04"), day("2021-04-06"),
                                 append_trial, &text, &err),
                 err);
    ck_assert_str_eq(text.at, "000000 source 0+0-1000=-1000; "
                              "000000 unassigned 0+1000-1000=0; "
                              "100000 unassigned 0+1000-0=1000; ");
    ck_assert(!trial_line_each(world.journal, NULL, month("2021-05"), day("2021-04-30"),
                               append_trial, &text, &err));
    ck_assert_error(err, ERROR_INPUT, "ends before its first month");
}
END_TEST

/* ---- Books by tier --------------------------------------------------------------------------- */

static bool append_book(void *context, const struct tier_book *book, struct error *err)
{
    char closing[MONEY_TEXT_SIZE], spent[MONEY_TEXT_SIZE];

    (void)err;
    append(context, "%s/%s/%s %s+%s; ", division_level_name(book->tier), book_name(book->book),
           book->fund, money_format(book->closing, closing),
           money_format(book->by_role[ACCOUNT_SPENT], spent));
    return true;
}

START_TEST(the_books_are_summed_by_tier)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    struct text text = {""};

    fixture_fund_village_1(&world, "1000.00");
    fixture_fund_county(&world, "F2", "subsidy", "50.00");
    receipt = pay_from_village("300.00", "2021-05-10", false);
    fixture_approve(&world, receipt.voucher);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");
    ck_assert_ok(tier_book_each(world.journal, "", day("2021-06-02"), append_book, &text, &err),
                 err);
    ck_assert_str_eq(text.at, "county/none/F1 0.00+0.00; county/none/F2 0.00+0.00; "
                              "county/subsidy/F2 50.00+0.00; "
                              "village/construction/F1 700.00+300.00; ");
    text.at[0] = '\0';
    ck_assert_ok(tier_book_each(world.journal, TOWN_1, day("2021-04-06"), append_book, &text, &err),
                 err);
    ck_assert_str_eq(text.at, "township/none/F1 1000.00+0.00; ");
}
END_TEST

/* ---- What expires soon ----------------------------------------------------------------------- */

static bool append_expiring(void *context, const struct attention_item *item, struct error *err)
{
    char amount[MONEY_TEXT_SIZE];

    (void)err;
    ck_assert_int_eq(item->what, ATTENTION_EXPIRING);
    append(context, "%s %s %d; ", item->account.fund, money_format(item->amount, amount),
           item->days);
    return true;
}

static void assert_expiring(const char *date, const char *expected)
{
    struct error err = ERROR_INIT;
    struct text text = {""};

    ck_assert_ok(
        attention_expiring_each(world.journal, "", day(date), append_expiring, &text, &err), err);
    ck_assert_msg(strcmp(text.at, expected) == 0, "%s: %s", date, text.at);
}

START_TEST(money_is_told_of_before_its_fund_expires)
{
    fixture_fund_county(&world, "F3", "construction", "100.00"); /* until 2021-06-30 */
    assert_expiring("2021-04-01", "");
    assert_expiring("2021-04-08", "F3 100.00 83; ");
    assert_expiring("2021-06-30", "F3 100.00 0; ");
    assert_expiring("2021-07-01", "");
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"expiring_days\",\"valid_from\":\"2021-05-01\",\"value\":10}");
    assert_expiring("2021-04-30", "F3 100.00 61; ");
    assert_expiring("2021-06-19", "");
    assert_expiring("2021-06-20", "F3 100.00 10; ");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_day_shows_what_happened_up_to_it,
        what_waits_is_held_and_what_was_refused_left_no_trace,
        what_came_late_counts_on_the_first_day_of_its_booking_month,
        a_reversal_leaves_the_days_before_it_as_they_were,
        progress_is_what_was_paid_of_what_arrived,
        progress_is_whole_only_when_the_last_fen_is_paid,
        what_went_back_or_was_undone_has_not_arrived,
        progress_is_told_by_level_from_the_top_then_year_and_code,
        a_trial_balance_tells_what_went_through_each_account,
        the_books_are_summed_by_tier,
        money_is_told_of_before_its_fund_expires,
    };

    return fixture_run("report", tests, ARRAY_COUNT(tests), &world);
}
