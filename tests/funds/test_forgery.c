/*
 * test_forgery.c - entries that our own functions would never write, as a hostile ledger may hold.
 *
 * 1. What applies an entry trusts nothing that the entry says: each of these is refused when it is
 *    appended, and so in replay, which runs the same code.
 */
#include "tests/funds/fixture.h"

#include <stdio.h>

#include "base/encode.h"
#include "ledger/funds/internal.h"
#include "ledger/journal/internal.h"

static struct fixture world;

#define ACCOUNT(role)                                                                              \
    "{\"book\":\"none\",\"division\":\"" COUNTY "\",\"fund\":\"F1\",\"role\":\"" role "\"}"
#define TOTAL(amount, role)                                                                        \
    "{\"amount\":" amount ",\"book\":\"none\",\"division\":\"" COUNTY                              \
    "\",\"fund\":\"F1\",\"role\":\"" role "\"}"
#define SOURCE     ACCOUNT("source")
#define UNASSIGNED ACCOUNT("unassigned")
#define RECEIPT    "{\"amount\":100,\"from\":" SOURCE ",\"to\":" UNASSIGNED "}"
#define TOTALS     "[" TOTAL("-100", "source") "," TOTAL("100", "unassigned") "]"
#define PERSON(id)                                                                                 \
    "{\"amount\":100,\"from\":{\"book\":\"subsidy\",\"division\":\"" COUNTY                        \
    "\",\"fund\":\"F2\",\"role\":\"available\"},\"payee\":{\"account\":\"\",\"id_number\":\"" id   \
    "\",\"name\":\"张三\"},\"policy\":\"低保\",\"to\":{\"book\":\"subsidy\",\"division\":"     \
    "\"" COUNTY "\",\"fund\":\"F2\",\"role\":\"in_transit\"}}"
#define ID_NUMBER "611025198001010015"

/* A voucher by hand; what is left out is as it should be. */
struct forgery {
    const char *detail;       /* RECEIPT */
    const char *totals;       /* TOTALS */
    const char *movement;     /* receipt */
    const char *line_voucher; /* 2021-000001 */
    const char *voucher;      /* 2021-000001 */
    const char *reverses;     /* "" */
    const char *key_of;       /* li */
    const char *reference;    /* forged */
    const char *content;      /* a hash, quoted */
    int line;                 /* 1 */
    int line_count;           /* 1 */
    bool no_line, seal_detail, seal_totals, people;
    bool lose_detail; /* what the line seals is in no ledger: only a replay meets that */
};

static const char *given_or(const char *given, const char *usual)
{
    return given == NULL ? usual : given;
}

static bool append_line(const struct forgery *forgery, struct error *err)
{
    struct buffer value = BUFFER_INIT(8192), plain = BUFFER_INIT(8192), body = BUFFER_INIT(8192);
    struct buffer member = BUFFER_INIT(256);
    struct sealed_value sealed = {.member = ""};
    struct appended appended;
    char subject[64];
    bool ok;

    (void)snprintf(subject, sizeof subject, "%s/%d", given_or(forgery->line_voucher, "2021-000001"),
                   forgery->line + 1);
    ok = buffer_append_text(&value, given_or(forgery->detail, RECEIPT), err) &&
         journal_seal(world.journal, "voucher.line/detail", subject, &value, &plain, &member,
                      &sealed, err) &&
         buffer_append_format(&body, err, "{\"detail\":%s,\"line\":%d,\"voucher\":\"%s\"}",
                              buffer_text(forgery->seal_detail ? &member : &value),
                              forgery->line + 1, given_or(forgery->line_voucher, "2021-000001")) &&
         journal_append(world.journal, "li", "voucher.line", &body, &sealed,
                        forgery->seal_detail && !forgery->lose_detail, &appended, err);
    buffer_done(&value);
    buffer_done(&plain);
    buffer_done(&body);
    buffer_done(&member);
    return ok;
}

static bool sign(const struct forgery *forgery, const hash_t *root, const struct buffer *totals,
                 struct buffer *out, struct error *err)
{
    struct voucher_statement statement = {
        .act = "submit",
        .voucher = given_or(forgery->voucher, "2021-000001"),
        .reference = given_or(forgery->reference, "forged"),
        .event_date = day("2021-04-20"),
        .line_count = forgery->line_count + 1,
        .lines_root = *root,
        .totals_sha256 = hash_sha256(totals->data, totals->size),
    };
    struct buffer message = BUFFER_INIT(4096);
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    bool ok = voucher_statement_write(world.journal, &statement, &message, err) &&
              sign_message(fixture_key(given_or(forgery->key_of, "li")), message.data, message.size,
                           signature, err) &&
              base64_encode(signature, sizeof signature, out, err);

    buffer_done(&message);
    return ok;
}

struct sealing {
    struct buffer value, plain, member;
};

static bool seal(const char *purpose, const char *subject, const char *text,
                 struct sealing *sealing, struct sealed_value *out, struct error *err)
{
    sealing->value = (struct buffer)BUFFER_INIT(8192);
    sealing->plain = (struct buffer)BUFFER_INIT(8192);
    sealing->member = (struct buffer)BUFFER_INIT(8192);
    return buffer_append_text(&sealing->value, text, err) &&
           journal_seal(world.journal, purpose, subject, &sealing->value, &sealing->plain,
                        &sealing->member, out, err);
}

static void unseal(struct sealing *sealing)
{
    buffer_done(&sealing->value);
    buffer_done(&sealing->plain);
    buffer_done(&sealing->member);
}

static bool append_submit(const struct forgery *forgery, struct error *err)
{
    static const char hash[] =
        "\"0000000000000000000000000000000000000000000000000000000000000000\"";
    const char *voucher = given_or(forgery->voucher, "2021-000001");
    struct buffer body = BUFFER_INIT(8192), signature = BUFFER_INIT(128);
    struct sealing content, totals;
    struct sealed_value sealed[2];
    struct covered_rows rows;
    struct appended appended;
    char root[HASH_HEX_SIZE];
    bool ok;

    journal_covered_rows(world.journal, &rows);
    ok = seal("voucher.submit/content", voucher, given_or(forgery->content, hash), &content,
              &sealed[0], err) &&
         seal("voucher.submit/totals", voucher, given_or(forgery->totals, TOTALS), &totals,
              &sealed[1], err) &&
         sign(forgery, &rows.root, forgery->seal_totals ? &totals.member : &totals.value,
              &signature, err) &&
         buffer_append_format(
             &body, err,
             "{\"content\":%s,\"document\":\"镇政发〔2021〕8号\",\"event_date\":\"2021-04-20\","
             "\"late\":false,\"line_count\":%d,\"lines_root\":\"%s\",\"movement\":\"%s\","
             "\"people\":%s,\"reference\":\"%s\",\"reverses\":\"%s\",\"signature\":\"%s\","
             "\"signer\":\"li\",\"text\":\"某单位\",\"totals\":%s,\"voucher\":\"%s\"}",
             buffer_text(&content.member), forgery->line_count + 1, hash_to_hex(&rows.root, root),
             given_or(forgery->movement, "receipt"), forgery->people ? "true" : "false",
             given_or(forgery->reference, "forged"), given_or(forgery->reverses, ""),
             buffer_text(&signature),
             buffer_text(forgery->seal_totals ? &totals.member : &totals.value), voucher) &&
         journal_append(world.journal, "li", "voucher.submit", &body, sealed,
                        forgery->seal_totals ? 2 : 1, &appended, err);
    unseal(&content);
    unseal(&totals);
    buffer_done(&body);
    buffer_done(&signature);
    return ok;
}

static bool try_forgery(const struct forgery *forgery, struct error *err)
{
    bool ok;

    fixture_begin(&world);
    world.journal->is_replaying = forgery->lose_detail;
    ok = (forgery->no_line || append_line(forgery, err)) && append_submit(forgery, err);
    world.journal->is_replaying = false;
    return fixture_end(&world, ok, err);
}

START_TEST(an_honest_voucher_by_hand_is_taken)
{
    struct forgery honest = {0};
    struct error err = ERROR_INIT;

    ck_assert_ok(try_forgery(&honest, &err), err);
    fixture_approve(&world, "2021-000001");
    assert_balance(&world, COUNTY " none F1 unassigned", "1.00");
}
END_TEST

START_TEST(what_a_submission_says_of_its_lines_must_be_so)
{
    static const struct {
        struct forgery forgery;
        enum error_code code;
        const char *words;
    } cases[] = {
        {{.totals = "[" TOTAL("-101", "source") "," TOTAL("101", "unassigned") "]"},
         ERROR_STATE,
         "the totals of voucher 2021-000001 are not the sums of its lines"},
        {{.line_count = 1}, ERROR_STATE, "says it has 2 lines and has 1"},
        {{.people = true}, ERROR_STATE, "says that natural persons are paid"},
        {{.voucher = "2021-000009", .line_voucher = "2021-000009"},
         ERROR_STATE,
         "is out of order; the next of 2021 is 2021-000001"},
        {{.voucher = "2021-000002"}, ERROR_STATE, "has no lines before it"},
        {{.no_line = true}, ERROR_STATE, "has no lines before it"},
        {{.line = 1}, ERROR_STATE, "line 2 of voucher 2021-000001 stands where line 1"},
        {{.seal_totals = true}, ERROR_INPUT, "the totals are sealed; only those of a voucher"},
        {{.seal_detail = true}, ERROR_INPUT, "is sealed; public money is public"},
        {{.content = "\"abc\""}, ERROR_INPUT, "the sealed content is not a hash"},
        {{.content = "7"}, ERROR_INPUT, "the sealed content is not a hash"},
        {{.movement = "reversal"}, ERROR_INPUT, "a reversal names the voucher that it reverses"},
        {{.movement = "reversal", .reverses = "2021-000007"},
         ERROR_NOT_FOUND,
         "there is no voucher 2021-000007"},
        {{.reverses = "2021-000007"}, ERROR_INPUT, "doesn't name a voucher that it reverses"},
        {{.movement = "allocation"}, ERROR_INPUT, "allocation can't take money from source"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_forgery(&cases[i].forgery, &err), "taken: %s", cases[i].words);
        ck_assert_error(err, cases[i].code, cases[i].words);
    }
}
END_TEST

START_TEST(a_signature_by_another_key_is_refused)
{
    struct forgery forged = {.key_of = "wang"};
    struct error err = ERROR_INIT;

    ck_assert(!try_forgery(&forged, &err));
    ck_assert(err.code == ERROR_VERIFY || err.code == ERROR_KEY);
}
END_TEST

START_TEST(a_person_is_never_written_in_clear)
{
    struct forgery forged = {.detail = PERSON(ID_NUMBER), .people = true};
    struct error err = ERROR_INIT;

    ck_assert(!try_forgery(&forged, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(a_seal_hides_nothing_that_would_be_refused_in_clear)
{
    static const struct {
        const char *detail, *words;
    } cases[] = {
        {"[]", "is not an object"},
        {"{\"amount\":100,\"extra\":1,\"from\":" SOURCE ",\"to\":" UNASSIGNED "}",
         "has members that docs/format.md does not name"},
        {"{\"amount\":0,\"from\":" SOURCE ",\"to\":" UNASSIGNED "}", "must be above 0"},
        {PERSON("611025800101001"), "is not in its 18-character form"},
        {PERSON("611025198001010014"), "ID number"},
        {"{\"amount\":100,\"from\":" SOURCE ",\"text\":\"\",\"to\":" UNASSIGNED "}",
         "text is empty; leave it out"},
        {"{\"amount\":100,\"from\":" ACCOUNT("来源") ",\"to\":" UNASSIGNED "}",
         "by their English names"},
        {"{\"amount\":100,\"from\":" SOURCE ",\"plan_line\":99,\"to\":" UNASSIGNED "}",
         "plan line 99 is not one of"},
        {"{\"amount\":100,\"from\":" SOURCE ",\"returned\":{\"line\":0,\"voucher\":"
         "\"2021-000001\"},\"to\":" UNASSIGNED "}",
         "is not named by voucher number and line"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct forgery forged = {
            .detail = cases[i].detail, .seal_detail = true, .people = true, .seal_totals = true};
        struct error err = ERROR_INIT;

        ck_assert_msg(!try_forgery(&forged, &err), "taken: %s", cases[i].words);
        ck_assert_error(err, ERROR_INPUT, cases[i].words);
    }
}
END_TEST

START_TEST(a_reversal_takes_the_whole_of_a_voucher_back)
{
    struct forgery honest = {0};
    struct forgery part = {.movement = "reversal",
                           .reverses = "2021-000001",
                           .reference = "forged-2",
                           .voucher = "2021-000002",
                           .line_voucher = "2021-000002",
                           .detail = "{\"amount\":50,\"from\":" UNASSIGNED
                                     ",\"to\":" ACCOUNT("source") "}",
                           .totals = "[" TOTAL("50", "source") "," TOTAL("-50", "unassigned") "]"};
    struct error err = ERROR_INIT;

    ck_assert_ok(try_forgery(&honest, &err), err);
    fixture_approve(&world, "2021-000001");
    ck_assert(!try_forgery(&part, &err));
    ck_assert_error(err, ERROR_INPUT, "are not those of voucher 2021-000001 the other way round");
}
END_TEST

/* ---- Lines that are declared lost -------------------------------------------------------------
 */

#define LOST(number)                                                                               \
    .seal_detail = true, .lose_detail = true, .people = true, .reference = "forged-" #number,      \
    .voucher = "2021-00000" #number, .line_voucher = "2021-00000" #number
#define SUBSIDY(amount, division, fund, role)                                                      \
    "{\"amount\":" amount ",\"book\":\"subsidy\",\"division\":\"" division "\",\"fund\":\"" fund   \
    "\",\"role\":\"" role "\"}"

/* County F2 has 100.00 in subsidy; its voucher 1 brought it, voucher 2 assigned it. */
START_TEST(what_lost_lines_moved_is_held_to_what_the_movement_may)
{
    static const struct {
        struct forgery forgery;
        enum error_code code;
        const char *words;
    } cases[] = {
        /* Money from nowhere, past the amount of the fund's document. */
        {{LOST(3), .movement = "refund"}, ERROR_INPUT, "refund can't take money from source to"},
        {{LOST(3), .movement = "appropriation"}, ERROR_INPUT, "appropriation pays nobody, so none"},
        /* Another fund's, another division's. */
        {{LOST(3), .movement = "payment",
          .totals = "[" SUBSIDY("-100", COUNTY, "F2", "available") "," SUBSIDY("100", TOWN_1, "F2",
                                                                               "in_transit") "]"},
         ERROR_INPUT,
         "payment stays within one division"},
        {{LOST(3), .movement = "payment",
          .totals = "[" SUBSIDY("-100", COUNTY, "F2", "available") "," SUBSIDY("100", COUNTY, "F2",
                                                                               "spent") "]"},
         ERROR_INPUT,
         "payment can't take money from available to spent"},
        {{LOST(3), .movement = "allocation",
          .totals = "[" SUBSIDY("-100", COUNTY, "F2", "available") "," SUBSIDY("100", TOWN_1, "F2",
                                                                               "available") "]"},
         ERROR_INPUT,
         "allocation pays nobody, so none of its lines can be sealed"},
        /* A reversal undoes what it names, whatever its lines were. */
        {{LOST(3), .movement = "reversal", .reverses = "2021-000002"},
         ERROR_STATE,
         "the totals are not those of voucher 2021-000002 the other way round"},
    };
    struct forgery honest = {LOST(3), .movement = "payment",
                             .totals = "[" SUBSIDY("-100", COUNTY, "F2", "available") "," SUBSIDY(
                                 "100", COUNTY, "F2", "in_transit") "]"};
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(!try_forgery(&cases[i].forgery, &err), "taken: %s", cases[i].words);
        ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
    }
    world.is_false = true; /* totals in clear about fewer than three people */
    ck_assert_ok(try_forgery(&honest, &err), err);
    fixture_approve(&world, "2021-000003");
    assert_balance(&world, COUNTY " subsidy F2 in_transit", "1.00");
}
END_TEST

/* ---- What the bank is said to have done ------------------------------------------------------ */

static bool append_bank(struct journal *journal, const struct signatory *by, void *context,
                        struct error *err)
{
    struct buffer body = BUFFER_INIT(8192);
    struct appended appended;
    bool ok = buffer_append_text(&body, context, err) &&
              journal_append_act(journal, by, "bank.confirm", &body, NULL, 0, &appended, err);

    buffer_done(&body);
    return ok;
}

#define BANK(lines, totals)                                                                        \
    "{\"event_date\":\"2021-04-21\",\"late\":false,\"lines\":" lines                               \
    ",\"reason\":\"\",\"reference\":\"bank-x\",\"totals\":" totals ",\"voucher\":\"2021-000003\"}"
#define SENT(amount, role)                                                                         \
    "{\"amount\":" amount ",\"book\":\"subsidy\",\"division\":\"" COUNTY                           \
    "\",\"fund\":\"F2\",\"role\":\"" role "\"}"

START_TEST(what_a_bank_entry_says_must_be_so)
{
    static const struct {
        char body[768];
        enum error_code code;
        const char *words;
    } cases[] = {
        {BANK("[]", "[" SENT("-99", "in_transit") "," SENT("99", "spent") "]"), ERROR_STATE,
         "the totals of bank entry bank-x are not the sums of its lines"},
        {BANK("[0]", "[" SENT("-100", "in_transit") "," SENT("100", "spent") "]"), ERROR_INPUT,
         "names lines by their numbers"},
        {BANK("[1,1]", "[" SENT("-100", "in_transit") "," SENT("100", "spent") "]"), ERROR_INPUT,
         "named once each"},
    };
    struct voucher_line paid = pay("1.00", COUNTY " subsidy F2 available", "供销社");
    char right[] = BANK("[1]", "[" SENT("-100", "in_transit") "," SENT("100", "spent") "]");
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char body[768];

        memcpy(body, cases[i].body, sizeof body);
        ck_assert(!fixture_try_act(&world, "li", append_bank, body, &err));
        ck_assert_error(err, cases[i].code, cases[i].words);
        error_clear(&err);
    }
    ck_assert_ok(fixture_try_act(&world, "li", append_bank, right, &err), err);
    assert_balance(&world, COUNTY " subsidy F2 spent", "1.00");
}
END_TEST

START_TEST(a_bank_entry_about_people_in_clear_is_refused)
{
    char body[] = BANK("[]", "[" SENT("-100", "in_transit") "," SENT("100", "spent") "]");
    struct voucher_line paid = pay_person("1.00", COUNTY " subsidy F2 available", 1);
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "100.00");
    fixture_post(&world, MOVEMENT_PAYMENT, "2021-04-20", &paid);
    ck_assert(!fixture_try_act(&world, "li", append_bank, body, &err));
    ck_assert_error(err, ERROR_INPUT, "stand in clear where they must be sealed");
}
END_TEST

/* ---- Decisions ------------------------------------------------------------------------------- */

START_TEST(a_decision_names_the_submission_it_decides)
{
    static const char body_text[] =
        "{\"reason\":\"\",\"signature\":\"AAAA\",\"signer\":\"wang\",\"submit\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\",\"voucher\":"
        "\"2021-000001\"}";
    struct buffer body = BUFFER_INIT(1024);
    struct forgery honest = {0};
    struct appended appended;
    struct error err = ERROR_INIT;

    ck_assert_ok(try_forgery(&honest, &err), err);
    ck_assert_ok(buffer_append_text(&body, body_text, &err), err);
    fixture_begin(&world);
    ck_assert(
        !journal_append(world.journal, "wang", "voucher.approve", &body, NULL, 0, &appended, &err));
    ck_assert_error(err, ERROR_STATE, "names another submission");
    fixture_roll_back(&world);
    buffer_done(&body);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        an_honest_voucher_by_hand_is_taken,
        what_a_submission_says_of_its_lines_must_be_so,
        a_signature_by_another_key_is_refused,
        a_person_is_never_written_in_clear,
        a_seal_hides_nothing_that_would_be_refused_in_clear,
        a_reversal_takes_the_whole_of_a_voucher_back,
        what_lost_lines_moved_is_held_to_what_the_movement_may,
        what_a_bank_entry_says_must_be_so,
        a_bank_entry_about_people_in_clear_is_refused,
        a_decision_names_the_submission_it_decides,
    };

    return fixture_run("forgery", tests, ARRAY_COUNT(tests), &world);
}
