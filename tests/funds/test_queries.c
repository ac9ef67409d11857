/* test_queries.c - balances, the books by period, what wants attention, listings of vouchers. */
#include "tests/funds/fixture.h"

#include <stdio.h>

static struct fixture world;

#define F2_SUBSIDY COUNTY " subsidy F2 available"

/* ---- Books ----------------------------------------------------------------------------------- */

struct books {
    struct book_line lines[8];
    size_t count;
};

static bool see_book(void *context, const struct book_line *line, struct error *err)
{
    struct books *books = context;

    (void)err;
    ck_assert_uint_lt(books->count, 8);
    books->lines[books->count++] = *line;
    return true;
}

static struct books read_books(const char *division, const char *first, const char *last)
{
    const struct book_span span = {month(first), month(last)};
    struct books books = {.count = 0};
    struct error err = ERROR_INIT;

    ck_assert_ok(book_line_each(world.journal, division, &span, 1, see_book, &books, &err), err);
    return books;
}

START_TEST(a_book_adds_up_over_any_span_of_months)
{
    struct voucher_line moved;
    struct voucher_receipt receipt;
    struct books books;

    fixture_fund_village_1(&world, "1000.00");
    moved = pay("300.00", VILLAGE_1 " construction F1 available", "供销社");
    under(&moved, "P1", "", 1);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-05-03", &moved);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");

    books = read_books(VILLAGE_1, "2021-04", "2021-04");
    ck_assert_uint_eq(books.count, 2);
    ck_assert_int_eq(books.lines[0].book, BOOK_CONSTRUCTION);
    ck_assert_int_eq(books.lines[0].flows[FLOW_ASSIGNED_IN].fen, 100000);
    ck_assert_int_eq(books.lines[0].closing.fen, 100000);
    ck_assert_int_eq(books.lines[1].book, BOOK_NONE);
    ck_assert_int_eq(books.lines[1].flows[FLOW_RECEIVED_FROM_ABOVE].fen, 100000);
    ck_assert_int_eq(books.lines[1].flows[FLOW_ASSIGNED_OUT].fen, 100000);
    ck_assert_int_eq(books.lines[1].closing.fen, 0);

    books = read_books(VILLAGE_1, "2021-05", "2021-05");
    ck_assert_uint_eq(books.count, 1); /* book none is zero throughout */
    ck_assert_int_eq(books.lines[0].opening.fen, 100000);
    ck_assert_int_eq(books.lines[0].flows[FLOW_SPENT].fen, 0);
    ck_assert_int_eq(books.lines[0].closing_by_role[ACCOUNT_IN_TRANSIT].fen, 30000);
    ck_assert_int_eq(books.lines[0].closing.fen, 100000);

    books = read_books(VILLAGE_1, "2021-06", "2021-12");
    ck_assert_int_eq(books.lines[0].opening.fen, 100000);
    ck_assert_int_eq(books.lines[0].flows[FLOW_SPENT].fen, 30000);
    ck_assert_int_eq(books.lines[0].closing.fen, 70000);
}
END_TEST

struct by_span {
    struct book_line lines[8][BOOK_SPANS_MAX];
    size_t count;
};

static bool see_spans(void *context, const struct book_line *lines, struct error *err)
{
    struct by_span *all = context;

    (void)err;
    ck_assert_uint_lt(all->count, 8);
    memcpy(all->lines[all->count++], lines, sizeof all->lines[0]);
    return true;
}

START_TEST(books_of_all_divisions_are_read_over_several_spans_at_once)
{
    static const char *const months[][2] = {
        {"2021-06", "2021-06"}, {"2021-04", "2021-05"}, {"2021-01", "2021-12"}};
    struct book_span spans[BOOK_SPANS_MAX] = {{0, 0}};
    static struct by_span all;
    struct voucher_line moved;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    moved = pay("300.00", VILLAGE_1 " construction F1 available", "供销社");
    under(&moved, "P1", "", 1);
    receipt = fixture_post(&world, MOVEMENT_PAYMENT, "2021-05-03", &moved);
    fixture_confirm(&world, receipt.voucher, "2021-06-02");
    all.count = 0;
    for (size_t i = 0; i < ARRAY_COUNT(months); i++)
        spans[i] = (struct book_span){month(months[i][0]), month(months[i][1])};
    ck_assert_ok(
        book_line_each(world.journal, "", spans, ARRAY_COUNT(months), see_spans, &all, &err), err);
    ck_assert_uint_gt(all.count, 3); /* those above passed the money on */
    for (size_t i = 0; i < ARRAY_COUNT(months); i++) {
        size_t line = 0;

        for (size_t at = 0; at < all.count; at++) {
            const struct book_line *read = &all.lines[at][i];
            struct books alone = read_books(read->division, months[i][0], months[i][1]);

            line = at > 0 && strcmp(all.lines[at - 1][i].division, read->division) == 0 ? line : 0;
            if (book_line_is_zero(read)) continue;
            ck_assert_mem_eq(read, &alone.lines[line], sizeof *read);
            line++;
        }
    }
}
END_TEST

START_TEST(a_reversal_lessens_the_term_it_reverses)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F1 source", COUNTY " none F1 unassigned");
    struct voucher_receipt posted, reversal;
    struct books books;
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
    moved = line("40.00", COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    posted = fixture_post(&world, MOVEMENT_ALLOCATION, "2021-04-03", &moved);
    ck_assert_ok(fixture_try_reverse(&world, posted.voucher, "2021-05-03", &reversal, &err), err);
    fixture_approve(&world, reversal.voucher);
    books = read_books(COUNTY, "2021-05", "2021-05");
    ck_assert_int_eq(books.lines[0].flows[FLOW_PASSED_DOWN].fen, -4000);
    ck_assert_int_eq(books.lines[0].closing.fen, 10000);
    books = read_books(TOWN_1, "2021-04", "2021-05");
    ck_assert_uint_eq(books.count, 0); /* net, nothing happened */
    books = read_books(TOWN_1, "2021-05", "2021-05");
    ck_assert_int_eq(books.lines[0].opening.fen, 4000);
    ck_assert_int_eq(books.lines[0].flows[FLOW_RECEIVED_FROM_ABOVE].fen, -4000);
}
END_TEST

/* ---- Balances -------------------------------------------------------------------------------- */

static bool append_balance(void *context, const struct balance *balance, struct error *err)
{
    char *text = context, amount[MONEY_TEXT_SIZE];
    size_t size = strlen(text);

    (void)err;
    (void)snprintf(text + size, 512 - size, "%s/%s=%s ", book_name(balance->account.book),
                   account_role_name(balance->account.role), money_format(balance->amount, amount));
    return true;
}

START_TEST(balances_are_listed_now_and_as_at_a_days_end)
{
    struct balance_filter filter = {.scope = TOWN_1, .fund = "F1"};
    struct error err = ERROR_INIT;
    char text[512] = "";

    fixture_fund_village_1(&world, "1000.00");
    ck_assert_ok(balance_each(world.journal, &filter, append_balance, text, &err), err);
    ck_assert_str_eq(text, "construction/available=1000.00 ");
    text[0] = '\0';
    filter.with_zero = true;
    ck_assert_ok(balance_each(world.journal, &filter, append_balance, text, &err), err);
    ck_assert_str_eq(text, "none/held=0.00 none/unassigned=0.00 construction/available=1000.00 "
                           "none/held=0.00 none/unassigned=0.00 ");
    text[0] = '\0';
    filter = (struct balance_filter){.by_day = true, .day = day("2021-04-30")};
    ck_assert_ok(balance_each(world.journal, &filter, append_balance, text, &err), err);
    ck_assert_str_eq(text, "none/source=-1000.00 construction/available=1000.00 ");
    text[0] = '\0';
    filter.day = day("2021-03-31");
    ck_assert_ok(balance_each(world.journal, &filter, append_balance, text, &err), err);
    ck_assert_str_eq(text, "");
}
END_TEST

static bool stop_at_once(void *context, const struct balance *balance, struct error *err)
{
    (void)context;
    (void)balance;
    return error_set(err, ERROR_USAGE, "enough");
}

START_TEST(a_visitor_stops_a_listing_with_its_own_error)
{
    struct balance_filter filter = {0};
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00");
    ck_assert(!balance_each(world.journal, &filter, stop_at_once, NULL, &err));
    ck_assert_error(err, ERROR_USAGE, "enough");
}
END_TEST

/* ---- Attention ------------------------------------------------------------------------------- */

static bool append_attention(void *context, const struct attention_item *item, struct error *err)
{
    static const char *const names[] = {[ATTENTION_UNSPENT] = "unspent",
                                        [ATTENTION_STUCK] = "stuck",
                                        [ATTENTION_EXPIRED] = "expired"};
    char *text = context, amount[MONEY_TEXT_SIZE];
    size_t size = strlen(text);

    (void)err;
    (void)snprintf(text + size, 512 - size, "%s %s/%s %s %d; ", names[item->what],
                   book_name(item->account.book), account_role_name(item->account.role),
                   money_format(item->amount, amount), item->days);
    return true;
}

static void assert_attention(const char *division, const char *as_of, const char *expected)
{
    struct error err = ERROR_INIT;
    char text[512] = "";

    ck_assert_ok(attention_each(world.journal, division, day(as_of), append_attention, text, &err),
                 err);
    ck_assert_str_eq(text, expected);
}

START_TEST(money_is_stuck_when_it_stays_longer_than_its_days)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
    assert_attention(COUNTY, "2021-05-01", "unspent none/unassigned 100.00 0; ");
    assert_attention(COUNTY, "2021-05-02",
                     "unspent none/unassigned 100.00 0; stuck none/unassigned 100.00 30; ");
    /* First in, first out: what goes is the old money, what came lately stays. */
    moved.amount = yuan("50.00");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-05-20", &moved);
    moved = line("80.00", COUNTY " none F2 unassigned", TOWN_1 " none F2 unassigned");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-05-21", &moved);
    assert_attention(COUNTY, "2021-05-31",
                     "unspent none/unassigned 70.00 0; stuck none/unassigned 20.00 30; ");
    /* A book is no way out: assigned money is as old as it was. */
    moved = line("30.00", COUNTY " none F2 unassigned", COUNTY " subsidy F2 available");
    fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-05-22", &moved);
    assert_attention(COUNTY, "2021-05-31",
                     "unspent subsidy/available 30.00 0; unspent none/unassigned 40.00 0; stuck "
                     "subsidy/available 20.00 30; ");
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"stuck_days\",\"valid_from\":\"2021-05-25\",\"value\":5}");
    assert_attention(COUNTY, "2021-05-31",
                     "unspent subsidy/available 30.00 0; unspent none/unassigned 40.00 0; stuck "
                     "subsidy/available 30.00 5; stuck none/unassigned 40.00 5; ");
    assert_attention(TOWN_2, "2021-05-31", "");
}
END_TEST

static bool append_stood(void *context, const struct attention_item *item, struct error *err)
{
    char *text = context, amount[MONEY_TEXT_SIZE];
    size_t size = strlen(text);

    (void)err;
    if (item->what != ATTENTION_STUCK) return true;
    (void)snprintf(text + size, 512 - size, "%s %s %d of %d; ", book_name(item->account.book),
                   money_format(item->amount, amount), item->stood_days, item->days);
    return true;
}

static void assert_stood(const char *division, const char *as_of, const char *expected)
{
    struct error err = ERROR_INIT;
    char text[512] = "";

    ck_assert_ok(attention_each(world.journal, division, day(as_of), append_stood, text, &err),
                 err);
    ck_assert_str_eq(text, expected);
}

START_TEST(stuck_money_tells_how_long_the_oldest_of_it_has_stood)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
    assert_stood(COUNTY, "2021-05-01", "");
    assert_stood(COUNTY, "2021-05-02", "none 100.00 30 of 30; ");
    assert_stood(COUNTY, "2021-12-31", "none 100.00 273 of 30; ");
    assert_stood(COUNTY, "2022-12-31", "none 100.00 638 of 30; ");
    /* Of 20.00 from April and 50.00 from May the books got the first 30.00. */
    moved.amount = yuan("50.00");
    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-05-20", &moved);
    moved = line("80.00", COUNTY " none F2 unassigned", TOWN_1 " none F2 unassigned");
    fixture_post(&world, MOVEMENT_ALLOCATION, "2021-05-21", &moved);
    moved = line("30.00", COUNTY " none F2 unassigned", COUNTY " subsidy F2 available");
    fixture_post(&world, MOVEMENT_ASSIGNMENT, "2021-05-22", &moved);
    assert_stood(COUNTY, "2021-05-31", "subsidy 20.00 59 of 30; ");
    assert_stood(COUNTY, "2021-06-30", "subsidy 30.00 89 of 30; none 40.00 41 of 30; ");
    assert_stood(TOWN_1, "2021-06-30", "none 80.00 40 of 30; ");
}
END_TEST

START_TEST(what_is_stuck_on_a_day_does_not_change_by_a_later_reversal)
{
    struct voucher_line moved =
        line("100.00", COUNTY " none F2 source", COUNTY " none F2 unassigned");
    struct voucher_receipt wrong, reversal;
    struct error err = ERROR_INIT;

    fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-04-02", &moved);
    moved.amount = yuan("7.00");
    wrong = fixture_post(&world, MOVEMENT_APPROPRIATION, "2021-05-20", &moved);
    assert_stood(COUNTY, "2021-05-31", "none 100.00 59 of 30; ");
    ck_assert_ok(fixture_try_reverse(&world, wrong.voucher, "2021-06-10", &reversal, &err), err);
    assert_stood(COUNTY, "2021-05-31", "none 100.00 59 of 30; ");
    fixture_approve(&world, reversal.voucher);
    assert_stood(COUNTY, "2021-05-31", "none 100.00 59 of 30; ");
    assert_stood(COUNTY, "2021-06-30", "none 100.00 89 of 30; ");
}
END_TEST

START_TEST(money_past_its_funds_expiry_is_told_with_its_days)
{
    fixture_fund_county(&world, "F3", "construction", "100.00");
    assert_attention(COUNTY, "2021-06-30",
                     "unspent construction/available 100.00 0; stuck construction/available 100.00 "
                     "30; ");
    assert_attention("", "2021-07-05",
                     "unspent construction/available 100.00 0; stuck construction/available 100.00 "
                     "30; expired construction/available 100.00 5; ");
}
END_TEST

/* ---- Vouchers -------------------------------------------------------------------------------- */

static bool append_number(void *context, const struct voucher *voucher, struct error *err)
{
    char *text = context;
    size_t size = strlen(text);

    (void)err;
    (void)snprintf(text + size, 512 - size, "%s ", voucher->number + 5);
    return true;
}

static void assert_vouchers(const struct voucher_filter *filter, const char *expected)
{
    struct error err = ERROR_INIT;
    char text[512] = "";

    ck_assert_ok(voucher_each(world.journal, filter, append_number, text, &err), err);
    ck_assert_str_eq(text, expected);
}

START_TEST(vouchers_are_listed_by_state_fund_project_and_reference)
{
    struct voucher_line paid = pay("10.00", VILLAGE_1 " construction F1 available", "供销社");
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");

    fixture_fund_village_1(&world, "100.00");              /* 1 to 4 */
    fixture_fund_county(&world, "F2", "subsidy", "10.00"); /* 5, 6 */
    under(&paid, "P1", "", 1);
    (void)fixture_submit(&world, &head, &paid, 1); /* 7 */
    assert_vouchers(&(struct voucher_filter){0},
                    "000001 000002 000003 000004 000005 000006 000007 ");
    assert_vouchers(&(struct voucher_filter){.by_state = true, .state = VOUCHER_PENDING},
                    "000007 ");
    assert_vouchers(&(struct voucher_filter){.fund = "F2"}, "000005 000006 ");
    assert_vouchers(&(struct voucher_filter){.project = "P1"}, "000007 ");
    assert_vouchers(&(struct voucher_filter){.reference = head.reference}, "000007 ");
    assert_vouchers(&(struct voucher_filter){.fund = "F2", .project = "P1"}, "");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_book_adds_up_over_any_span_of_months,
        books_of_all_divisions_are_read_over_several_spans_at_once,
        a_reversal_lessens_the_term_it_reverses,
        balances_are_listed_now_and_as_at_a_days_end,
        a_visitor_stops_a_listing_with_its_own_error,
        money_is_stuck_when_it_stays_longer_than_its_days,
        stuck_money_tells_how_long_the_oldest_of_it_has_stood,
        what_is_stuck_on_a_day_does_not_change_by_a_later_reversal,
        money_past_its_funds_expiry_is_told_with_its_days,
        vouchers_are_listed_by_state_fund_project_and_reference,
    };

    return fixture_run("queries", tests, ARRAY_COUNT(tests), &world);
}
