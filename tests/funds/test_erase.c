/*
 * test_erase.c - lines about people that were erased or lost: what goes, what stays, what then
 * can't be done any more.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>

#include "ledger/journal/internal.h"

static struct fixture world;

#define AVAILABLE  COUNTY " subsidy F2 available"
#define IN_TRANSIT COUNTY " subsidy F2 in_transit"
#define SPENT      COUNTY " subsidy F2 spent"
#define BODY_SIZE  1024

/* Four persons, 600 each, approved; lines are in an order that chance gave. */
static struct voucher pay_four(void)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line lines[4];
    struct voucher_receipt receipt;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    for (unsigned i = 0; i < 4; i++)
        lines[i] = pay_person("600.00", AVAILABLE, i);
    receipt = fixture_submit(&world, &head, lines, 4);
    fixture_approve(&world, receipt.voucher);
    ck_assert_ok(voucher_find(world.journal, receipt.voucher, &voucher, &err), err);
    return voucher;
}

static void close_through(const char *text)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_close(&world, text, &err), err);
}

/* Lines `first` to `last` of a voucher, and its content. */
static void erase_body(const struct voucher *voucher, int first, int last, char out[BODY_SIZE])
{
    uint64_t before = voucher->submit_seq - (uint64_t)voucher->line_count - 1;

    (void)snprintf(
        out, BODY_SIZE,
        "{\"ground\":\"retention_over\",\"reason\":\"保存期满\",\"seals\":[{\"first\":%d,"
        "\"last\":%d,\"purpose\":\"voucher.line/detail\"},{\"first\":%d,\"last\":%d,"
        "\"purpose\":\"voucher.submit/content\"}]}",
        (int)before + first, (int)before + last, (int)voucher->submit_seq,
        (int)voucher->submit_seq);
}

static bool try_erase(const struct voucher *voucher, int first, int last, struct error *err)
{
    char body[BODY_SIZE];

    erase_body(voucher, first, last, body);
    return fixture_try_agree(&world, "seal.erase", body, err);
}

static struct voucher pay_confirm_and_close(void)
{
    struct voucher voucher = pay_four();

    fixture_confirm(&world, voucher.number, "2021-04-21");
    close_through("2021-04");
    return voucher;
}

static bool count_gone(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    (void)number;
    (void)state;
    (void)seq;
    (void)err;
    *(int *)context += line->is_gone;
    return true;
}

static int gone_lines(struct journal *journal, const char *voucher)
{
    struct error err = ERROR_INIT;
    int count = 0;

    ck_assert_ok(voucher_line_each(journal, voucher, count_gone, &count, &err), err);
    return count;
}

static int64_t ask(struct journal *journal, const char *sql)
{
    struct statement *select = NULL;
    struct error err = ERROR_INIT;
    bool has_row;
    int64_t found;

    ck_assert_ok(store_prepare(journal_store(journal), sql, &select, &err), err);
    ck_assert_ok(statement_step(select, &has_row, &err), err);
    found = has_row ? statement_integer(select, 0) : 0;
    statement_free(select);
    return found;
}

START_TEST(erased_lines_are_gone_and_the_rest_stays)
{
    struct voucher voucher = pay_confirm_and_close();
    int64_t sealed = ask(world.journal, "SELECT COUNT(*) FROM sealed");
    struct error err = ERROR_INIT;

    ck_assert_ok(try_erase(&voucher, 2, 3, &err), err);
    ck_assert_int_eq(gone_lines(world.journal, voucher.number), 2);
    ck_assert_int_eq(ask(world.journal, "SELECT COUNT(*) FROM sealed"), sealed - 3);
    ck_assert_int_eq(ask(world.journal, "SELECT COUNT(*) FROM payee_line"), 2);
    ck_assert_int_eq(ask(world.journal, "SELECT COUNT(*) FROM gone_seal WHERE state = 'erased'"),
                     3);
    assert_balance(&world, SPENT, "2400.00");
    assert_replay_is_identical(&world);

    /* The content is gone; the rest of the lines follows without. */
    {
        uint64_t first = voucher.submit_seq - 4;
        char body[BODY_SIZE];

        (void)snprintf(body, sizeof body,
                       "{\"ground\":\"ordered\",\"reason\":\"法院通知\",\"seals\":[{\"first\":%d,"
                       "\"last\":%d,\"purpose\":\"voucher.line/detail\"},{\"first\":%d,\"last\":%d,"
                       "\"purpose\":\"voucher.line/detail\"}]}",
                       (int)first, (int)first, (int)first + 3, (int)first + 3);
        fixture_agree(&world, "seal.erase", body);
    }
    ck_assert_int_eq(gone_lines(world.journal, voucher.number), 4);
    ck_assert_int_eq(ask(world.journal, "SELECT COUNT(*) FROM payee_line"), 0);
    assert_balance(&world, SPENT, "2400.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_reads_an_erased_line_is_refused_with_words)
{
    struct voucher voucher = pay_confirm_and_close();
    struct voucher_header head = header(MOVEMENT_REFUND, "2021-05-06");
    struct voucher_line back = line("600.00", SPENT, AVAILABLE);
    struct voucher_receipt receipt;
    struct reference reference = {voucher.reference, "voucher", {{1}}};
    struct error err = ERROR_INIT;
    bool is_repeat;
    uint64_t seq;

    ck_assert_ok(try_erase(&voucher, 1, 4, &err), err);
    back.payee = pay_person("600.00", AVAILABLE, 1).payee;
    ck_assert(!fixture_try_submit(&world, "li", &head, &back, 1, &receipt, &err));
    ck_assert_error(err, ERROR_INSUFFICIENT, "enter the money as a receipt");
    error_clear(&err);
    ck_assert(!fixture_try_reverse(&world, voucher.number, "2021-05-06", &receipt, &err));
    ck_assert_error(err, ERROR_STATE, "lost or erased");
    error_clear(&err);
    ck_assert(!journal_reference_check(world.journal, &reference, &is_repeat, &seq, &err));
    ck_assert_error(err, ERROR_CONFLICT, "nobody can tell whether this is the same");
    error_clear(&err);
    ck_assert(!try_erase(&voucher, 1, 1, &err));
    ck_assert_error(err, ERROR_STATE, "has no sealed value voucher.line/detail");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_refund_stands_when_its_payment_is_erased)
{
    struct voucher voucher = pay_four();
    struct voucher_header head = header(MOVEMENT_REFUND, "2021-04-25");
    struct voucher_line back = line("600.00", SPENT, AVAILABLE);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    fixture_confirm(&world, voucher.number, "2021-04-21");
    back.payee = pay_person("600.00", AVAILABLE, 1).payee;
    receipt = fixture_submit(&world, &head, &back, 1);
    fixture_approve(&world, receipt.voucher);
    close_through("2021-04");
    ck_assert_ok(try_erase(&voucher, 1, 4, &err), err);
    assert_balance(&world, SPENT, "1800.00");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_not_settled_is_not_erased)
{
    struct voucher voucher = pay_four();
    static const int32_t first_line[] = {1};
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];

    ck_assert(!try_erase(&voucher, 1, 1, &err));
    ck_assert_error(err, ERROR_STATE, "a month in which voucher");
    error_clear(&err);
    close_through("2021-04");
    ck_assert(!try_erase(&voucher, 1, 1, &err));
    ck_assert_error(err, ERROR_STATE, "is in_transit; it is erased only when");
    error_clear(&err);
    ck_assert_ok(fixture_try_bank(&world, voucher.number, true, "2021-05-06", first_line, 1, &err),
                 err);
    ck_assert(!try_erase(&voucher, 1, 1, &err));
    ck_assert_error(err, ERROR_STATE, "a month in which voucher");
    error_clear(&err);
    close_through("2021-05");
    ck_assert(!try_erase(&voucher, 1, 1, &err));
    ck_assert_error(err, ERROR_STATE, "is returned; it is erased only when");
    error_clear(&err);
    ck_assert(!try_erase(&voucher, 1, 5, &err));
    ck_assert_error(err, ERROR_STATE, "has no sealed value voucher.line/detail");
    error_clear(&err);
    fixture_confirm(&world, voucher.number, "2021-06-07");
    close_through("2021-06");
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"ordered\",\"reason\":\"x\",\"seals\":[{\"first\":%d,\"last\":%d,"
                   "\"purpose\":\"voucher.line/detail\"}]}",
                   (int)voucher.submit_seq - 2, (int)voucher.submit_seq - 2);
    ck_assert(!fixture_try_agree(&world, "seal.erase", body, &err));
    ck_assert_error(err, ERROR_INPUT, "its content goes too");
    error_clear(&err);
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"ordered\",\"reason\":\"x\",\"seals\":[{\"first\":%d,\"last\":%d,"
                   "\"purpose\":\"voucher.submit/totals\"}]}",
                   (int)voucher.submit_seq, (int)voucher.submit_seq);
    ck_assert(!fixture_try_agree(&world, "seal.erase", body, &err));
    ck_assert_error(err, ERROR_INPUT, "none of values that the books can do without");
    error_clear(&err);
    ck_assert_ok(try_erase(&voucher, 2, 4, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(one_person_erases_nothing)
{
    struct voucher voucher = pay_confirm_and_close();
    struct signatory zhao = fixture_as("zhao");
    struct buffer bytes = BUFFER_INIT(BODY_SIZE);
    struct appended proposal, second;
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];

    erase_body(&voucher, 1, 4, body);
    ck_assert(buffer_append_text(&bytes, body, &err));
    fixture_begin(&world);
    ck_assert_ok(journal_propose(world.journal, &zhao, "seal.erase", &bytes, &proposal, &err), err);
    fixture_commit(&world);
    ck_assert_int_eq(gone_lines(world.journal, voucher.number), 0);
    fixture_begin(&world);
    ck_assert(!journal_second(world.journal, &zhao, &proposal.hash, &second, &err));
    ck_assert_error(err, ERROR_PERMISSION, "another administrator must second it");
    fixture_roll_back(&world);
    ck_assert_int_eq(gone_lines(world.journal, voucher.number), 0);
    assert_replay_is_identical(
        &world); /* a proposal that nobody seconds doesn't stand in its way */
    buffer_done(&bytes);
}
END_TEST

START_TEST(a_sealed_value_goes_by_an_act_only)
{
    struct statement *statement = NULL;
    struct error err = ERROR_INIT;

    (void)pay_four();
    ck_assert(!store_prepare(journal_store(world.journal), "DELETE FROM sealed", &statement, &err));
    ck_assert_error(err, ERROR_STORE, "never changed or removed");
    error_clear(&err);
    fixture_begin(&world);
    store_permit_erasure(journal_store(world.journal), true);
    ck_assert_ok(
        store_prepare(journal_store(world.journal), "DELETE FROM sealed", &statement, &err), err);
    store_permit_erasure(journal_store(world.journal), false);
    ck_assert(!statement_run(statement, &err));
    ck_assert_error(err, ERROR_STORE, "never changed or removed");
    statement_free(statement);
    fixture_roll_back(&world);
}
END_TEST

/* ---- Lost ------------------------------------------------------------------------------------ */

static bool read_published(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

/* The world's ledger with the sealed values of the first `kept` entries, the rest as published. */
static void lose_after(uint64_t kept, struct fixture *out)
{
    struct published_log log = {journal_size(world.journal), read_published, world.journal};
    struct error err = ERROR_INIT;

    *out = world;
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &out->ledger, &err), err);
    out->journal = ledger_journal(out->ledger);
    ck_assert_ok(journal_replay_until(world.journal, out->journal, kept, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(out->journal, &log, &err), err);
}

/* As a replay meets the act: what it names isn't there any more. */
static bool try_replay(struct fixture *at, const char *body, struct error *err)
{
    bool ok;

    at->journal->is_replaying = true;
    ok = fixture_try_agree(at, "seal.erase", body, err);
    at->journal->is_replaying = false;
    return ok;
}

START_TEST(a_replay_asks_again_whether_what_was_erased_was_settled)
{
    struct voucher voucher = pay_four();
    struct fixture lost;
    struct error err = ERROR_INIT;
    char body[BODY_SIZE], lines[BODY_SIZE];
    uint64_t first = voucher.submit_seq - 4;

    erase_body(&voucher, 1, 4, body);
    (void)snprintf(lines, sizeof lines,
                   "{\"ground\":\"ordered\",\"reason\":\"x\",\"seals\":[{\"first\":%d,\"last\":%d,"
                   "\"purpose\":\"voucher.line/detail\"}]}",
                   (int)first, (int)first + 3);
    lose_after(first, &lost);
    ck_assert(!try_replay(&lost, body, &err));
    ck_assert_error(err, ERROR_STATE, "a month in which voucher");
    error_clear(&err);
    ck_assert_ok(fixture_try_close(&lost, "2021-04", &err), err);
    ck_assert(!try_replay(&lost, body, &err));
    ck_assert_error(err, ERROR_STATE, "is in_transit; it is erased only when");
    error_clear(&err);
    fixture_confirm(&lost, voucher.number, "2021-05-06");
    ck_assert(!try_replay(&lost, body, &err));
    ck_assert_error(err, ERROR_STATE, "a month in which voucher");
    error_clear(&err);
    ck_assert_ok(fixture_try_close(&lost, "2021-05", &err), err);
    ck_assert(!try_replay(&lost, lines, &err));
    ck_assert_error(err, ERROR_INPUT, "its content goes too");
    error_clear(&err);
    ck_assert_ok(try_replay(&lost, body, &err), err);
    ck_assert_int_eq(ask(lost.journal, "SELECT COUNT(*) FROM gone_seal WHERE state = 'erased'"), 5);
    ck_assert(!try_replay(&lost, lines, &err));
    ck_assert_error(err, ERROR_STATE, "name what is missing, and nothing else");
    assert_replay_is_identical(&lost);
    ledger_close(lost.ledger);
}
END_TEST

START_TEST(a_voucher_that_waits_is_erased_in_no_replay)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line line = pay_person("600.00", AVAILABLE, 1);
    struct voucher_receipt receipt;
    struct voucher voucher;
    struct fixture lost;
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];

    fixture_fund_county(&world, "F2", "subsidy", "10000.00");
    receipt = fixture_submit(&world, &head, &line, 1);
    ck_assert_ok(voucher_find(world.journal, receipt.voucher, &voucher, &err), err);
    erase_body(&voucher, 1, 1, body);
    lost = world;
    ck_assert(!try_replay(&lost, body, &err));
    ck_assert_error(err, ERROR_STATE, "waits for its checker; only what is settled is erased");
}
END_TEST

START_TEST(lost_lines_leave_balances_right_and_the_voucher_goes_on)
{
    struct voucher voucher = pay_four();
    static const int32_t second_line[] = {2};
    struct fixture lost;
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];

    lose_after(voucher.submit_seq - 4, &lost);
    ck_assert_int_eq(gone_lines(lost.journal, voucher.number), 4);
    assert_balance(&lost, IN_TRANSIT, "2400.00");
    assert_replay_is_identical(&lost);
    ck_assert(!fixture_try_bank(&lost, voucher.number, false, "2021-04-21", second_line, 1, &err));
    ck_assert_error(err, ERROR_STATE, "answer for all that is in transit");
    error_clear(&err);
    fixture_confirm(&lost, voucher.number, "2021-04-21");
    assert_balance(&lost, SPENT, "2400.00");
    ck_assert_ok(fixture_try_close(&lost, "2021-04", &err), err);

    (void)snprintf(body, sizeof body,
                   "{\"reason\":\"机房失火\",\"seals\":[{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"voucher.line/detail\"},{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"voucher.submit/content\"}]}",
                   (int)voucher.submit_seq - 4, (int)voucher.submit_seq - 1,
                   (int)voucher.submit_seq, (int)voucher.submit_seq);
    fixture_agree(&lost, "seal.lost", body);
    ck_assert_int_eq(ask(lost.journal, "SELECT COUNT(*) FROM gone_seal WHERE state = 'lost'"), 5);
    ck_assert(!fixture_try_agree(&lost, "seal.lost", body, &err));
    ck_assert_error(err, ERROR_STATE, "name what is missing, and nothing else");
    assert_replay_is_identical(&lost);
    ledger_close(lost.ledger);
}
END_TEST

#define POSTED(amount, role)                                                                       \
    "{\"amount\":" amount ",\"book\":\"subsidy\",\"division\":\"" COUNTY                           \
    "\",\"fund\":\"F2\",\"role\":\"" role "\"}"

/* A bank entry about line 2 with these totals, as a replay meets it. */
static bool try_answer(struct fixture *at, const char *voucher, const char *totals,
                       struct error *err)
{
    static const char *const members[] = {"bank.confirm/lines", "bank.confirm/totals"};
    const char *const values[] = {"[2]", totals};
    struct buffer body = BUFFER_INIT(BODY_SIZE), value = BUFFER_INIT(BODY_SIZE);
    struct buffer plain[2] = {BUFFER_INIT(BODY_SIZE), BUFFER_INIT(BODY_SIZE)};
    struct buffer member[2] = {BUFFER_INIT(256), BUFFER_INIT(256)};
    struct sealed_value sealed[2];
    struct signatory li = fixture_as("li");
    struct appended appended;
    bool ok = true;

    fixture_begin(at);
    for (int i = 0; i < 2; i++) {
        buffer_reset(&value);
        ok = ok && buffer_append_text(&value, values[i], err) &&
             journal_seal(at->journal, members[i], "forged", &value, &plain[i], &member[i],
                          &sealed[i], err);
    }
    ok = ok && buffer_append_format(&body, err,
                                    "{\"event_date\":\"2021-04-21\",\"late\":false,\"lines\":%s,"
                                    "\"reason\":\"\",\"reference\":\"forged\",\"totals\":%s,"
                                    "\"voucher\":\"%s\"}",
                                    buffer_text(&member[0]), buffer_text(&member[1]), voucher);
    at->journal->is_replaying = true;
    ok = ok &&
         journal_append_act(at->journal, &li, "bank.confirm", &body, sealed, 2, &appended, err);
    at->journal->is_replaying = false;
    buffer_done(&value);
    for (int i = 0; i < 2; i++) {
        buffer_done(&plain[i]);
        buffer_done(&member[i]);
    }
    buffer_done(&body);
    return fixture_end(at, ok, err);
}

START_TEST(a_bank_entry_about_lost_lines_moves_what_was_sent_and_nothing_else)
{
    static const struct {
        const char *totals, *words;
    } cases[] = {
        /* What was paid could be paid again; what is in transit would be free. */
        {"[" POSTED("100", "available") "," POSTED("-100", "spent") "]", "are not the sums"},
        {"[" POSTED("100", "available") "," POSTED("-100", "in_transit") "]", "are not the sums"},
        {"[" POSTED("-100", "available") "," POSTED("100", "spent") "]", "are not the sums"},
        {"[" POSTED("-60000", "in_transit") "," POSTED("60000", "owed") "]", "are not the sums"},
        {"[" POSTED("-240001", "in_transit") "," POSTED("240001", "spent") "]",
         "answers for more than voucher"},
    };
    struct voucher voucher = pay_four();
    struct fixture lost;
    struct error err = ERROR_INIT;

    lose_after(voucher.submit_seq - 4, &lost);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert(!try_answer(&lost, voucher.number, cases[i].totals, &err));
        ck_assert_error(err, ERROR_STATE, cases[i].words);
        error_clear(&err);
    }
    ck_assert_ok(try_answer(&lost, voucher.number,
                            "[" POSTED("-60000", "in_transit") "," POSTED("60000", "spent") "]",
                            &err),
                 err);
    assert_balance(&lost, SPENT, "600.00");
    ledger_close(lost.ledger);
}
END_TEST

START_TEST(what_is_only_proposed_as_lost_comes_back_from_a_backup)
{
    struct voucher voucher = pay_four();
    struct signatory zhao = fixture_as("zhao");
    struct buffer bytes = BUFFER_INIT(BODY_SIZE);
    struct fixture lost, restored = world;
    struct appended proposal;
    struct published_log log;
    struct error err = ERROR_INIT;

    lose_after(voucher.submit_seq - 4, &lost);
    ck_assert_ok(buffer_append_format(&bytes, &err,
                                      "{\"reason\":\"机房失火\",\"seals\":[{\"first\":%d,"
                                      "\"last\":%d,\"purpose\":\"voucher.line/detail\"}]}",
                                      (int)voucher.submit_seq - 4, (int)voucher.submit_seq - 1),
                 err);
    fixture_begin(&lost);
    ck_assert_ok(journal_propose(lost.journal, &zhao, "seal.lost", &bytes, &proposal, &err), err);
    fixture_commit(&lost);

    log = (struct published_log){journal_size(lost.journal), read_published, lost.journal};
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &restored.ledger, &err), err);
    restored.journal = ledger_journal(restored.ledger);
    ck_assert_ok(journal_replay(world.journal, restored.journal, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(restored.journal, &log, &err), err);
    ck_assert_int_eq(ask(restored.journal, "SELECT COUNT(*) FROM gone_seal"), 0);
    buffer_done(&bytes);
    ledger_close(lost.ledger);
    ledger_close(restored.ledger);
}
END_TEST

START_TEST(what_is_here_is_not_declared_lost)
{
    struct voucher voucher = pay_four();
    struct error err = ERROR_INIT;
    char body[BODY_SIZE];

    (void)snprintf(body, sizeof body,
                   "{\"reason\":\"x\",\"seals\":[{\"first\":%d,\"last\":%d,\"purpose\":"
                   "\"voucher.line/detail\"}]}",
                   (int)voucher.submit_seq - 4, (int)voucher.submit_seq - 4);
    ck_assert(!fixture_try_agree(&world, "seal.lost", body, &err));
    ck_assert_error(err, ERROR_STATE, "name what is missing, and nothing else");
}
END_TEST

START_TEST(sealed_totals_cannot_be_done_without)
{
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-04-20");
    struct voucher_line payment = pay_person("600.00", AVAILABLE, 1);
    struct published_log log;
    struct fixture lost = world;
    struct error err = ERROR_INIT;
    uint64_t before;

    fixture_fund_county(&world, "F2", "subsidy", "1000.00");
    before = journal_size(world.journal);
    (void)fixture_submit(&world, &head, &payment, 1);
    log = (struct published_log){journal_size(world.journal), read_published, world.journal};
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &lost.ledger, &err), err);
    lost.journal = ledger_journal(lost.ledger);
    ck_assert_ok(journal_replay_until(world.journal, lost.journal, before, NULL, NULL, &err), err);
    ck_assert(!journal_continue(lost.journal, &log, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "the sealed value of voucher.submit/totals is missing");
    ledger_close(lost.ledger);
}
END_TEST

START_TEST(what_was_erased_since_does_not_come_back_from_a_backup)
{
    struct voucher voucher = pay_confirm_and_close();
    struct fixture backup = world, restored = world;
    struct published_log log;
    struct gone_set *gone = NULL;
    struct error err = ERROR_INIT;

    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &backup.ledger, &err), err);
    backup.journal = ledger_journal(backup.ledger);
    ck_assert_ok(journal_replay(world.journal, backup.journal, NULL, NULL, &err), err);
    ck_assert_ok(try_erase(&voucher, 1, 2, &err), err);

    log = (struct published_log){journal_size(world.journal), read_published, world.journal};
    ck_assert_ok(journal_find_gone(&log, &gone, &err), err);
    ck_assert_ok(ledger_open_scratch(world.directory, &world.options, &restored.ledger, &err), err);
    restored.journal = ledger_journal(restored.ledger);
    journal_leave_out(restored.journal, gone);
    ck_assert_ok(journal_replay(backup.journal, restored.journal, NULL, NULL, &err), err);
    ck_assert_ok(journal_continue(restored.journal, &log, &err), err);
    ck_assert_int_eq(gone_lines(restored.journal, voucher.number), 2);
    ck_assert_int_eq(ask(restored.journal, "SELECT COUNT(*) FROM gone_seal WHERE state = 'erased'"),
                     3);
    assert_replay_is_identical(&restored);
    gone_set_free(gone);
    ledger_close(backup.ledger);
    ledger_close(restored.ledger);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        erased_lines_are_gone_and_the_rest_stays,
        what_reads_an_erased_line_is_refused_with_words,
        a_refund_stands_when_its_payment_is_erased,
        what_is_not_settled_is_not_erased,
        one_person_erases_nothing,
        a_sealed_value_goes_by_an_act_only,
        a_replay_asks_again_whether_what_was_erased_was_settled,
        a_voucher_that_waits_is_erased_in_no_replay,
        lost_lines_leave_balances_right_and_the_voucher_goes_on,
        a_bank_entry_about_lost_lines_moves_what_was_sent_and_nothing_else,
        what_is_only_proposed_as_lost_comes_back_from_a_backup,
        what_is_here_is_not_declared_lost,
        sealed_totals_cannot_be_done_without,
        what_was_erased_since_does_not_come_back_from_a_backup};

    return fixture_run("erase", tests, ARRAY_COUNT(tests), &world);
}
