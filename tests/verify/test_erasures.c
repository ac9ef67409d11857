/*
 * test_erasures.c - what two people erase was settled, and is what they say: told by a ledger, and
 * by a clone that has none of the seals.
 *
 * Of the log of fixture.c: voucher 3 is about three people (lines 16 to 18, submission 19, approved
 * and confirmed), voucher 4 about one (line 22, submission 23, approved, not answered), voucher 5
 * about nobody (lines 25 to 624). April is closed.
 */
#include <stdio.h>

#include "tests/verify/acts.h"
#include "tests/verify/fixture_site.h"

#define RANGE(first, last, purpose)                                                                \
    "{\"first\":" #first ",\"last\":" #last ",\"purpose\":\"" purpose "\"}"
#define LINES(first, last) RANGE(first, last, "voucher.line/detail")
#define CONTENT(seq)       RANGE(seq, seq, "voucher.submit/content")
#define FILE_OF(seq)       RANGE(seq, seq, "attachment.add/file")
#define TITLE_OF(seq)      RANGE(seq, seq, "attachment.add/title")
#define HOUSEHOLD(seq)     RANGE(seq, seq, "household_asset.register/detail")
#define KEEPER(seq)        RANGE(seq, seq, "keeper.appoint/detail")
#define CHANGE(seq)        RANGE(seq, seq, "household_asset.change/detail")

static void erase_on(const char *ground, const char *seals)
{
    fixture_two(world, "zhao", "qian", "seal.erase",
                "{\"ground\":\"%s\",\"reason\":\"法院通知\",\"seals\":[%s]}", ground, seals);
}

static void erase(const char *seals)
{
    erase_on("ordered", seals);
}

static void lose(const char *seals)
{
    fixture_two(world, "zhao", "qian", "seal.lost", "{\"reason\":\"机房失火\",\"seals\":[%s]}",
                seals);
}

static void lose_file(unsigned seq)
{
    fixture_two(world, "zhao", "qian", "attachment.lost",
                "{\"entries\":[{\"first\":%u,\"last\":%u}],\"reason\":\"机房进水\"}", seq, seq);
}

static void close_may(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

/* ---- Vouchers -------------------------------------------------------------------------------- */

static void a_settled_line(void)
{
    erase(LINES(17, 17) "," CONTENT(19));
}

static void a_line_whose_content_was_lost_before(void)
{
    lose(CONTENT(19));
    erase(LINES(17, 17));
}

static void a_line_without_the_content(void)
{
    erase(LINES(17, 17));
}

static void what_the_bank_has_not_answered_for(void)
{
    erase(LINES(22, 22) "," CONTENT(23));
}

static void answer_for_voucher_4(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9",
                 "[" TOTAL("-5000", "in_transit") "," TOTAL("5000", "spent") "]", totals);
    bank(lines, totals, 4);
}

static void what_the_bank_answered_for_in_an_open_month(void)
{
    answer_for_voucher_4();
    erase(LINES(22, 22) "," CONTENT(23));
}

static void what_the_bank_answered_for(void)
{
    answer_for_voucher_4();
    close_may();
    erase(LINES(22, 22) "," CONTENT(23));
}

static void what_is_being_reversed(void)
{
    reverse(6, "5000", "2021-000004");
    erase(LINES(22, 22) "," CONTENT(23));
}

static void what_was_reversed(void)
{
    reverse(6, "5000", "2021-000004");
    fixture_decide(world, "wang", "approve", 6, "");
    erase(LINES(22, 22) "," CONTENT(23));
}

static void what_waits_for_a_decision(void)
{
    submit_people("012", false);
    erase(LINES(629, 631) "," CONTENT(632));
}

static void what_was_rejected_in_an_open_month(void)
{
    submit_people("012", false);
    fixture_decide(world, "wang", "reject", 6, "");
    erase(LINES(629, 631) "," CONTENT(632));
}

static void what_was_rejected(void)
{
    submit_people("012", false);
    fixture_decide(world, "wang", "reject", 6, "");
    close_may();
    erase(LINES(629, 631) "," CONTENT(632));
}

static void a_month_that_two_open_again(void)
{
    fixture_two(world, "zhao", "qian", "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"r\"}");
    erase(LINES(17, 17) "," CONTENT(19));
}

static void the_content_of_what_waits(void)
{
    submit_people("012", false);
    erase(CONTENT(632));
}

/* ---- What is no such value ------------------------------------------------------------------- */

static void a_line_in_clear(void)
{
    erase(LINES(25, 25) "," CONTENT(625));
}

static void what_is_no_line(void)
{
    erase(LINES(17, 20) "," CONTENT(19));
}

static void the_proposal_itself(void)
{
    erase(LINES(629, 629));
}

static void attach(bool seal)
{
    static const char file[] = "{\"sha256\":"
                               "\"86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b"
                               "\",\"size\":8,\"type\":\"pdf\"}";
    char sealed[96], title[96];

    if (seal) fixture_seal(world, "attachment.add/file", "voucher/2021-000004", file, sealed);
    fixture_seal(world, "attachment.add/title",
                 seal ? "voucher/2021-000004" : "voucher/2021-000001", "\"合同\"", title);
    fixture_act(world, "li", "attachment.add",
                "\"about\":\"contract\",\"code\":\"%s\",\"file\":%s,\"title\":%s,"
                "\"what\":\"voucher\"",
                seal ? "2021-000004" : "2021-000001", seal ? sealed : file, title);
}

/* Two people sign for a value that isn't there yet. */
static void what_comes_after_the_proposal(void)
{
    uint64_t proposal =
        fixture_propose(world, "zhao", "seal.erase",
                        "{\"ground\":\"ordered\",\"reason\":\"r\",\"seals\":[" TITLE_OF(630) "]}");

    attach(true);
    fixture_second(world, "qian", proposal);
}

static void a_file_that_comes_after_the_proposal(void)
{
    uint64_t proposal =
        fixture_propose(world, "zhao", "attachment.lost",
                        "{\"entries\":[{\"first\":630,\"last\":630}],\"reason\":\"r\"}");

    attach(true);
    fixture_second(world, "qian", proposal);
}

static void a_value_twice(void)
{
    erase(LINES(17, 17) "," CONTENT(19));
    erase(LINES(16, 18));
}

static void a_lost_value(void)
{
    lose(LINES(17, 17) "," CONTENT(19));
    erase(LINES(17, 17));
}

/* ---- Attachments ----------------------------------------------------------------------------- */

static void a_file_in_clear(void)
{
    attach(false);
    erase(FILE_OF(629));
}

static void a_file_of_what_is_no_attachment(void)
{
    erase(FILE_OF(20));
}

static void a_file_of_a_settled_voucher(void)
{
    attach(true);
    erase(FILE_OF(629) "," TITLE_OF(629));
}

static void a_title_of_a_voucher_that_waits(void)
{
    char title[96];

    submit_people("012", false);
    fixture_seal(world, "attachment.add/title", "voucher/2021-000006", "\"合同\"", title);
    fixture_act(world, "li", "attachment.add",
                "\"about\":\"contract\",\"code\":\"2021-000006\",\"file\":{\"sealed\":\"%064d\"},"
                "\"title\":%s,\"what\":\"voucher\"",
                0, title);
    erase(TITLE_OF(633));
}

static void a_lost_file(void)
{
    attach(true);
    lose_file(629);
    erase(FILE_OF(629));
}

static void an_erased_file_that_is_declared_lost(void)
{
    attach(true);
    erase(FILE_OF(629));
    lose_file(629);
}

static void an_unknown_file_that_is_declared_lost(void)
{
    attach(true);
    lose(FILE_OF(629));
    lose_file(629);
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Entry 629, covered by 630; its change is 631, covered by 632. */
static void register_household(bool is_changed)
{
    static const char cow[] =
        "{\"acquired\":\"2022-05-10\",\"amount\":600000,\"category\":\"牲畜\",\"division\":"
        "\"" FIXTURE_COUNTY "\",\"document\":\"\",\"funding\":\"project\",\"holder\":\"张某\","
        "\"id_number\":\"11010519491231002X\",\"name\":\"母牛\",\"note\":\"\",\"number\":\"\","
        "\"project\":\"\",\"quantity_thousandths\":1000,\"unit\":\"头\"}";
    static const char sold[] = "{\"date\":\"2022-06-10\",\"division\":\"" FIXTURE_COUNTY
                               "\",\"reason\":\"r\",\"state\":\"sold\"}";
    char sealed[96];

    fixture_seal(world, "household_asset.register/detail", "H7KQ", cow, sealed);
    fixture_row(world, "li", "household_asset.register", "{\"asset\":\"H7KQ\",\"detail\":%s}",
                sealed);
    fixture_import(world, "li", "file-2");
    if (!is_changed) return;
    fixture_seal(world, "household_asset.change/detail", "H7KQ", sold, sealed);
    fixture_row(world, "li", "household_asset.change", "{\"asset\":\"H7KQ\",\"detail\":%s}",
                sealed);
    fixture_import(world, "li", "file-3");
}

static void a_row_that_should_not_be_there(void)
{
    register_household(false);
    erase_on("unlawful", HOUSEHOLD(629));
}

static void a_row_in_use_whose_purpose_is_said_to_be_over(void)
{
    register_household(false);
    erase_on("purpose_achieved", HOUSEHOLD(629));
}

static void a_row_in_use_whose_time_is_said_to_be_over(void)
{
    register_household(false);
    erase_on("retention_over", HOUSEHOLD(629));
}

static void a_row_that_was_ended(void)
{
    register_household(true);
    erase_on("retention_over", CHANGE(631) "," HOUSEHOLD(629));
}

static void a_row_and_later_what_ended_it(void)
{
    register_household(true);
    erase_on("retention_over", HOUSEHOLD(629));
    erase_on("retention_over", CHANGE(631));
}

static void what_ended_a_row_that_stays(void)
{
    register_household(true);
    erase_on("retention_over", CHANGE(631));
}

/* Entry 629, covered by 630. */
static void appoint(const char *last_day)
{
    static const char holder[] = "{\"id_number\":\"\",\"name\":\"李四\",\"pay\":0}";
    char sealed[96];

    fixture_seal(world, "keeper.appoint/detail", "K7KQ", holder, sealed);
    fixture_row(world, "li", "keeper.appoint",
                "{\"detail\":%s,\"division\":\"" FIXTURE_COUNTY
                "\",\"first_day\":\"2021-01-01\",\"keeper\":\"K7KQ\",\"last_day\":\"%s\","
                "\"office_phone\":\"0917-1234567\",\"post\":\"护林员\",\"unit\":\"林业站\"}",
                sealed, last_day);
    fixture_import(world, "li", "file-2");
}

static void a_holder_in_office(void)
{
    appoint("");
    erase_on("purpose_achieved", KEEPER(629));
}

static void a_holder_on_the_last_day(void)
{
    appoint("2021-06-01");
    erase_on("purpose_achieved", KEEPER(629));
}

static void a_holder_after_the_last_day(void)
{
    appoint("2021-05-31");
    erase_on("purpose_achieved", KEEPER(629));
}

static void a_holder_who_left(void)
{
    appoint("");
    fixture_row(world, "li", "keeper.end",
                "{\"date\":\"2021-05-31\",\"keeper\":\"K7KQ\",\"reason\":\"调动\"}");
    fixture_import(world, "li", "file-3");
    erase_on("purpose_achieved", KEEPER(629));
}

#define AT(seq)     "FAIL entry " #seq " (act.second): "
#define OPEN        ", which isn't settled: "
#define DROP(where) "DELETE FROM sealed WHERE " where

static const struct {
    void (*write)(void);
    const char *wanted;
    const char *sql; /* of a ledger in which it was done */
} cases[] = {
    {a_settled_line, "PASS", DROP("seq IN (17, 19) AND member <> 'totals'")},
    {a_line_whose_content_was_lost_before, "PASS", DROP("seq IN (17, 19)")},
    {a_line_without_the_content, AT(630) "erases lines of the voucher of entry 19 and leaves its",
     NULL},
    {what_the_bank_has_not_answered_for, AT(630) "erases lines of the payment of entry 23, for",
     NULL},
    {what_the_bank_answered_for_in_an_open_month,
     AT(631) "erases what belongs to the voucher of entry 23" OPEN "a month in which it counts",
     NULL},
    {what_the_bank_answered_for, "PASS", DROP("seq IN (22, 23) AND member <> 'totals'")},
    {what_is_being_reversed,
     AT(632) "erases what belongs to the voucher of entry 23" OPEN "a reversal of it waits", NULL},
    {what_was_reversed, "PASS", DROP("seq IN (22, 23) AND member <> 'totals'")},
    {what_waits_for_a_decision,
     AT(634) "erases what belongs to the voucher of entry 632" OPEN "it waits", NULL},
    {what_was_rejected_in_an_open_month,
     AT(635) "erases what belongs to the voucher of entry 632" OPEN "a month", NULL},
    {what_was_rejected, "PASS", DROP("seq BETWEEN 629 AND 632")},
    {a_month_that_two_open_again,
     AT(632) "erases what belongs to the voucher of entry 19" OPEN "a month", NULL},
    {the_content_of_what_waits,
     AT(634) "erases what belongs to the voucher of entry 632" OPEN "it waits", NULL},
    {a_line_in_clear, AT(630) "names voucher.line/detail of entry 25, which seals none", NULL},
    {what_is_no_line, AT(630) "names voucher.line/detail of entry 19, which seals none", NULL},
    {the_proposal_itself, AT(630) "names no range of entries before its proposal", NULL},
    {what_comes_after_the_proposal, AT(631) "names no range of entries before its proposal", NULL},
    {a_file_that_comes_after_the_proposal, AT(631) "names no range of entries before its proposal",
     NULL},
    {a_value_twice,
     AT(632) "accounts for a sealed value (voucher.line/detail of entry 17) that entry 630", NULL},
    {a_lost_value,
     AT(632) "accounts for a sealed value (voucher.line/detail of entry 17) that entry 630", NULL},
    {a_file_in_clear, AT(631) "names attachment.add/file of entry 629, which seals none", NULL},
    {a_file_of_what_is_no_attachment,
     AT(630) "names attachment.add/file of entry 20, which seals none", NULL},
    {a_file_of_a_settled_voucher, "PASS", DROP("seq = 629")},
    {a_title_of_a_voucher_that_waits,
     AT(635) "erases what belongs to the voucher of entry 632" OPEN "it waits", NULL},
    {a_lost_file, "PASS", DROP("seq = 629 AND member = 'file'")},
    {an_erased_file_that_is_declared_lost,
     AT(633) "declares the file of entry 629 lost, which attaches none or whose", NULL},
    {an_unknown_file_that_is_declared_lost,
     AT(633) "declares the file of entry 629 lost, which attaches none or whose", NULL},
    {a_row_that_should_not_be_there, "PASS", DROP("seq = 629")},
    {a_row_in_use_whose_purpose_is_said_to_be_over,
     AT(632) "says that the purpose of what entry 629 (household_asset.register) seals is over",
     NULL},
    {a_row_in_use_whose_time_is_said_to_be_over,
     AT(632) "says that the purpose of what entry 629 (household_asset.register) seals is over",
     NULL},
    {a_row_that_was_ended, "PASS", DROP("seq IN (629, 631)")},
    {a_row_and_later_what_ended_it, "PASS", DROP("seq IN (629, 631)")},
    {a_holder_in_office,
     AT(632) "says that the purpose of what entry 629 (keeper.appoint) seals is over", NULL},
    {a_holder_on_the_last_day,
     AT(632) "says that the purpose of what entry 629 (keeper.appoint) seals is over", NULL},
    {a_holder_after_the_last_day, "PASS", DROP("seq = 629")},
    {a_holder_who_left, "PASS", DROP("seq = 629")},
    {what_ended_a_row_that_stays,
     AT(634) "says that the purpose of what entry 631 (household_asset.change) seals is over",
     NULL},
};

START_TEST(a_ledger_tells_whether_what_was_erased_was_settled)
{
    cases[_i].write();
    fixture_write_ledger(world, folder);
    if (cases[_i].sql != NULL) fixture_sql(folder, cases[_i].sql);
    expect_in(fixture_verify(folder, NULL), cases[_i].wanted);
}
END_TEST

START_TEST(a_clone_tells_whether_what_was_erased_was_settled)
{
    char path[SCRATCH_PATH_SIZE + 16];
    struct site *site = site_new(world);

    snprintf(path, sizeof path, "%s/site.git", folder);
    site_publish(site, "2021", "good");
    cases[_i].write();
    site_put_log(site);
    site_commit(site, folder, "zhou");
    expect_in(fixture_verify(path, NULL), cases[_i].wanted);
    site_free(site);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, a_ledger_tells_whether_what_was_erased_was_settled, 0,
                        ARRAY_COUNT(cases));
}

static void site_setup(void)
{
    scratch_make(folder);
    world = fixture_unpublished_world();
}

static void add_clone(TCase *tests)
{
    tcase_add_loop_test(tests, a_clone_tells_whether_what_was_erased_was_settled, 0,
                        ARRAY_COUNT(cases));
}

int main(void)
{
    int failed = run_suite("verify_erasures", add);

    return failed | run_suite_with("verify_erasures_clone", site_setup, teardown, add_clone);
}
