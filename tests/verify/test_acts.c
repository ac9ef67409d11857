/*
 * test_acts.c - entries that are canonical, chained and signed, and still not allowed: who may do
 * what, two people, covered rows, vouchers that don't add up, what must be sealed.
 */
#include <stdio.h>

#include "tests/verify/fixture_signer.h"
#include "tests/verify/suite.h"

#define AVAILABLE                                                                                  \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                                         \
    "\",\"fund\":\"F1\",\"role\":\"available\"}"
#define IN_TRANSIT                                                                                 \
    "{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                                         \
    "\",\"fund\":\"F1\",\"role\":\"in_transit\"}"
#define TOTAL(amount, role)                                                                        \
    "{\"amount\":" amount ",\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY                   \
    "\",\"fund\":\"F1\",\"role\":\"" role "\"}"
#define DETAIL "{\"amount\":100,\"from\":" AVAILABLE ",\"to\":" IN_TRANSIT "}"
#define PERSON                                                                                     \
    "{\"amount\":100,\"from\":" AVAILABLE ",\"payee\":{\"account\":\"A\",\"id_number\":\"I\","     \
    "\"name\":\"N\"},\"to\":" IN_TRANSIT "}"
#define TOTALS      "[" TOTAL("-100", "available") "," TOTAL("100", "in_transit") "]"
#define ROLES(role) "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"" role "\"}]"
#define MAY         .event_date = "2021-05-04"

/* A submission of one line in clear as voucher 6. */
static void submit(const char *user, struct fixture_voucher voucher)
{
    fixture_line(world, user, 6, 1, false, DETAIL);
    voucher.user = user;
    voucher.number = 6;
    if (voucher.movement == NULL) voucher.movement = "payment";
    if (voucher.totals == NULL) voucher.totals = TOTALS;
    if (voucher.event_date == NULL) voucher.event_date = "2021-05-04";
    fixture_submit(world, &voucher);
}

#define SUBMIT(user, ...) submit(user, (struct fixture_voucher){__VA_ARGS__})

/* A bank entry about voucher 1 or 3, with this for its lines and totals. */
static void bank(const char *lines, const char *totals, unsigned voucher)
{
    fixture_act(world, "li", "bank.confirm",
                "\"event_date\":\"2021-05-06\",\"late\":false,\"lines\":%s,\"reason\":\"\","
                "\"reference\":\"B-9\",\"totals\":%s,\"voucher\":\"2021-%06u\"",
                lines, totals, voucher);
}

/* ---- Good ones, so that the bad ones fail for their own reason ------------------------------ */

static void good_voucher(void)
{
    SUBMIT("li", MAY);
    fixture_decide(world, "wang", "approve", 6, "");
}

static void good_late(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .late = true);
    fixture_decide(world, "li", "withdraw", 6, "");
}

static void good_reversal(void)
{
    SUBMIT("li", .event_date = "2021-04-30", .movement = "reversal", .reverses = "2021-000001");
}

static void good_reopen(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"\"}");
    SUBMIT("li", .event_date = "2021-04-30");
}

/* The first month that was closed is open again, and so is every one before it. */
static void good_reopen_first(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-04\",\"reason\":\"\"}");
    SUBMIT("li", .event_date = "2021-03-30");
    fixture_decide(world, "li", "withdraw", 6, "");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-02\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-03\"");
}

/* Those before it that were closed one by one stay so. */
static void close_may_and_reopen_it(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-05\",\"reason\":\"\"}");
}

static void good_reopen_later(void)
{
    close_may_and_reopen_it();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void good_carry_over(void)
{
    fixture_act(world, "wang", "period.carry_over",
                "\"funds\":[\"F1\",\"F10\",\"F2\"],\"year\":2021");
    fixture_act(world, "zhao", "period.carry_over", "\"funds\":[],\"year\":2021");
}

static void good_close_after_decision(void)
{
    SUBMIT("li", MAY);
    fixture_decide(world, "wang", "reject", 6, "");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void good_rekey(void)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "zhao", "qian", "user.rekey", "{\"key\":\"%s\",\"user\":\"li\"}",
                sign_public_format(&fixture_person(world, "li2")->public, key));
    SUBMIT("li", .key_of = "li2");
}

static void good_rekey_after_revoke(void)
{
    fixture_act(world, "zhao", "user.revoke", "\"reason\":\"\",\"user\":\"li\"");
    good_rekey();
}

static void good_widen(void)
{
    fixture_two(world, "zhao", "qian", "user.widen",
                "{\"roles\":" ROLES("maker") ",\"user\":\"zhou\"}");
    SUBMIT("zhou", MAY);
}

static void good_gap(void)
{
    world->time_seconds += 40 * 86400;
    fixture_act(world, "sun", "clock.confirm", "\"reason\":\"\"");
    SUBMIT("li", MAY);
}

static void good_policy(void)
{
    fixture_two(world, "zhao", "qian", "policy.set",
                "{\"name\":\"overdue_days\",\"valid_from\":\"2021-05-01\",\"value\":90}");
    fixture_two(world, "zhao", "qian", "exception.grant",
                "{\"code\":\"NEG01\",\"reason\":\"\",\"reference\":\"R-6\"}");
    fixture_two(world, "zhao", "qian", "signer.recover", "{\"root\":\"%064d\",\"size\":1}", 0);
    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"MIIC\"}");
}

static void good_scope(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"maker\"}]");
    fixture_row(world, "town", "division.add",
                "{\"code\":\"611025100201\",\"name\":\"村\",\"parent\":\"" FIXTURE_TOWN
                "\",\"provisional\":true,\"valid_from\":\"2021-01-01\"}");
    fixture_import(world, "town", "file-2");
}

static void good_sealed_bank(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9", TOTALS, totals);
    bank(lines, totals, 4);
}

/* ---- People --------------------------------------------------------------------------------- */

static void unknown_user(void)
{
    world->time_seconds += 40 * 86400;
    fixture_act(world, "nobody", "clock.confirm", "\"reason\":\"\"");
}

static void revoked_user(void)
{
    fixture_act(world, "zhao", "user.revoke", "\"reason\":\"\",\"user\":\"li\"");
    SUBMIT("li", MAY);
}

static void old_key(void)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "zhao", "qian", "user.rekey", "{\"key\":\"%s\",\"user\":\"li\"}",
                sign_public_format(&fixture_person(world, "li2")->public, key));
    SUBMIT("li", MAY);
}

static void others_key(void)
{
    SUBMIT("li", .key_of = "wang");
}

static void user_twice(void)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "zhao", "qian", "user.add", "{\"key\":\"%s\",\"roles\":[],\"user\":\"li\"}",
                sign_public_format(&fixture_person(world, "li2")->public, key));
}

static void key_twice(void)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "zhao", "qian", "user.add", "{\"key\":\"%s\",\"roles\":[],\"user\":\"li3\"}",
                sign_public_format(&fixture_person(world, "li")->public, key));
}

static void role_outside(void)
{
    fixture_add_user(world, "far", "[{\"division\":\"611026000000\",\"role\":\"maker\"}]");
}

static void own_second(void)
{
    fixture_two(world, "zhao", "zhao", "policy.set",
                "{\"name\":\"n\",\"valid_from\":\"2021-05-01\",\"value\":1}");
}

static void no_administrator_proposes(void)
{
    fixture_propose(world, "li", "certificate.add", "{\"certificate\":\"MIIC\"}");
}

static void no_administrator_seconds(void)
{
    fixture_two(world, "zhao", "sun", "certificate.add", "{\"certificate\":\"MIIC\"}");
}

static void seconded_twice(void)
{
    uint64_t proposal =
        fixture_propose(world, "zhao", "certificate.add", "{\"certificate\":\"MIIC\"}");

    fixture_second(world, "qian", proposal);
    fixture_second(world, "qian", proposal);
}

static void seconds_nothing(void)
{
    char signature[87];

    memset(signature, 'A', 86);
    signature[86] = '\0';
    fixture_append(world, "zhao", "act.second",
                   "{\"proposal\":\"%064d\",\"signature\":\"%s==\",\"signer\":\"zhao\"}", 0,
                   signature);
}

static void proposer_gone(void)
{
    uint64_t proposal =
        fixture_propose(world, "zhao", "certificate.add", "{\"certificate\":\"MIIC\"}");

    fixture_add_user(world, "chen", ROLES("admin"));
    fixture_act(world, "qian", "user.revoke", "\"reason\":\"\",\"user\":\"zhao\"");
    fixture_second(world, "qian", proposal);
}

static void proposer_has_another_key(void)
{
    uint64_t proposal =
        fixture_propose(world, "zhao", "certificate.add", "{\"certificate\":\"MIIC\"}");
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "qian", "zhao", "user.rekey", "{\"key\":\"%s\",\"user\":\"zhao\"}",
                sign_public_format(&fixture_person(world, "zhao2")->public, key));
    fixture_second(world, "qian", proposal);
}

static void one_administrator_left(void)
{
    fixture_act(world, "zhao", "user.revoke", "\"reason\":\"\",\"user\":\"qian\"");
}

static void administrator_of_a_town(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"admin\"}]");
}

static void unknown_act(void)
{
    fixture_propose(world, "zhao", "user.erase", "{}");
}

static void act_with_a_stranger(void)
{
    fixture_propose(world, "zhao", "certificate.add", "{\"certificate\":\"MIIC\",\"x\":1}");
}

static void certificate_twice(void)
{
    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"%s\"}",
                buffer_text(&world->signer->base64));
}

static void certificate_unknown(void)
{
    fixture_two(world, "zhao", "qian", "certificate.revoke", "{\"certificate_sha256\":\"%064d\"}",
                0);
}

static void played_again(void)
{
    const struct fixture_entry *entry = &world->entries[628];
    const char *body = strstr((const char *)entry->bytes, "\"body\":") + 7;
    const char *end = strstr(body, ",\"kind\"");

    fixture_append(world, "zhou", "publication.make", "%.*s", (int)(end - body), body);
}

static void genesis_again(void)
{
    const struct fixture_entry *entry = &world->entries[0];
    const char *body = strstr((const char *)entry->bytes, "\"body\":") + 7;
    const char *end = strstr(body, ",\"kind\"");

    fixture_append(world, "zhao", "ledger.genesis", "%.*s", (int)(end - body), body);
}

/* ---- Roles ---------------------------------------------------------------------------------- */

static void checker_submits(void)
{
    SUBMIT("wang", MAY);
}

static void maker_approves(void)
{
    SUBMIT("li", MAY);
    fixture_add_user(world, "chen", ROLES("maker"));
    fixture_decide(world, "chen", "approve", 6, "");
}

static void alone(void)
{
    fixture_add_user(world, "chen",
                     "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"maker\"},"
                     "{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"checker\"}]");
    SUBMIT("chen", MAY);
    fixture_decide(world, "chen", "approve", 6, "");
}

static void others_withdrawal(void)
{
    SUBMIT("li", MAY);
    fixture_decide(world, "wang", "withdraw", 6, "");
}

static void town_spends_the_countys(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"maker\"}]");
    SUBMIT("town", MAY);
}

static void maker_publishes(void)
{
    fixture_act(world, "li", "publication.make",
                "\"corrects\":[],\"documents_root\":\"%064d\",\"period\":\"2021\"", 0);
}

static void maker_closes(void)
{
    fixture_act(world, "li", "period.close", "\"month\":\"2021-05\"");
}

static void town_closes(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"checker\"}]");
    fixture_act(world, "town", "period.close", "\"month\":\"2021-05\"");
}

static void town_carries_over(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"checker\"}]");
    fixture_act(world, "town", "period.carry_over", "\"funds\":[],\"year\":2021");
}

static void publisher_imports(void)
{
    fixture_import(world, "zhou", "file-2");
}

static void maker_revokes(void)
{
    fixture_act(world, "li", "user.revoke", "\"reason\":\"\",\"user\":\"wang\"");
}

/* ---- Covered rows --------------------------------------------------------------------------- */

static void row_among_lines(void)
{
    fixture_line(world, "li", 6, 1, false, DETAIL);
    fixture_row(world, "li", "division.add",
                "{\"code\":\"611025100201\",\"name\":\"村\",\"parent\":\"" FIXTURE_TOWN
                "\",\"provisional\":true,\"valid_from\":\"2021-01-01\"}");
}

static void line_alone(void)
{
    fixture_line(world, "li", 6, 1, false, DETAIL);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void line_of_another(void)
{
    fixture_line(world, "wang", 6, 1, false, DETAIL);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 6, .totals = TOTALS, MAY, .movement = "payment"});
}

static void lines_of_two_vouchers(void)
{
    fixture_line(world, "li", 6, 1, false, DETAIL);
    fixture_line(world, "li", 7, 2, false, DETAIL);
}

static void import_among_lines(void)
{
    fixture_line(world, "li", 6, 1, false, DETAIL);
    fixture_import(world, "li", "file-2");
}

static void submission_without_lines(void)
{
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 6,
                                                    .totals = TOTALS,
                                                    MAY,
                                                    .movement = "payment",
                                                    .line_count = 1});
}

static void lines_miscounted(void)
{
    SUBMIT("li", .line_count = 2);
}

/* ---- Vouchers ------------------------------------------------------------------------------- */

static void number_skipped(void)
{
    fixture_line(world, "li", 7, 1, false, DETAIL);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 7, .totals = TOTALS, MAY, .movement = "payment"});
}

static void number_of_another_year(void)
{
    SUBMIT("li", .event_date = "2022-01-04");
}

static void money_appears(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("101", "in_transit") "]");
}

static void totals_of_other_lines(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-101", "available") "," TOTAL("101", "in_transit") "]");
}

static void totals_of_other_accounts(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("100", "spent") "]");
}

static void totals_left_out(void)
{
    SUBMIT("li", .totals = "[]");
}

static void totals_unsorted(void)
{
    SUBMIT("li", .totals = "[" TOTAL("100", "in_transit") "," TOTAL("-100", "available") "]");
}

static void totals_with_zero(void)
{
    SUBMIT("li", .totals = "[" TOTAL("-100", "available") "," TOTAL("100", "in_transit") "," TOTAL(
                     "0", "spent") "]");
}

static void closed_month(void)
{
    SUBMIT("li", .event_date = "2021-04-30");
}

static void closed_again(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-03\"");
}

static void closed_with_a_gap(void)
{
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-06\"");
}

static void closed_while_pending(void)
{
    SUBMIT("li", MAY);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

/* A late event counts in the first open month. */
static void closed_while_late_is_pending(void)
{
    SUBMIT("li", .event_date = "2021-03-30", .late = true);
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

/* So does a reversal. */
static void closed_while_reversal_is_pending(void)
{
    good_reversal();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
}

static void april_stays_closed(void)
{
    close_may_and_reopen_it();
    SUBMIT("li", .event_date = "2021-04-30");
}

static void reopens_what_is_open(void)
{
    fixture_two(world, "qian", "zhao", "period.reopen", "{\"month\":\"2021-05\",\"reason\":\"\"}");
}

static void carries_over_a_closed_year(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\"],\"year\":2020");
}

static void carries_over_after_december(void)
{
    char month[32];

    for (int i = 5; i <= 12; i++) {
        (void)snprintf(month, sizeof month, "\"month\":\"2021-%02d\"", i);
        fixture_act(world, "wang", "period.close", "%s", month);
    }
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\"],\"year\":2021");
}

static void carries_over_amounts(void)
{
    fixture_act(world, "wang", "period.carry_over",
                "\"funds\":[{\"amount\":1,\"fund\":\"F1\"}],\"year\":2021");
}

static void carries_over_unsorted(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F2\",\"F10\"],\"year\":2021");
}

static void carries_over_twice(void)
{
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[\"F1\",\"F1\"],\"year\":2021");
}

static void carries_over_too_many(void)
{
    char funds[501 * 8 + 1];

    for (int i = 0; i < 501; i++)
        (void)snprintf(funds + (size_t)i * 8, 9, ",\"F%04d\"", i);
    fixture_act(world, "wang", "period.carry_over", "\"funds\":[%s],\"year\":2021", funds + 1);
}

static void reversal_of_what_never_was(void)
{
    SUBMIT("li", .movement = "reversal", .reverses = "2021-000005");
}

static void reversed_twice(void)
{
    struct fixture_voucher again = {.user = "li",
                                    .number = 7,
                                    .event_date = "2021-04-30",
                                    .movement = "reversal",
                                    .reverses = "2021-000001",
                                    .totals = TOTALS};

    good_reversal();
    fixture_decide(world, "wang", "approve", 6, "");
    fixture_line(world, "li", 7, 1, false, DETAIL);
    fixture_submit(world, &again);
}

static void reference_twice(void)
{
    SUBMIT("li", .reference = "file-1");
}

static void decided_twice(void)
{
    good_voucher();
    fixture_decide(world, "wang", "reject", 6, "");
}

static void bank_before_approval(void)
{
    SUBMIT("li", MAY);
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 6);
}

static void bank_loses_money(void)
{
    bank("[]", "[" TOTAL("-100", "in_transit") "," TOTAL("99", "spent") "]", 1);
}

/* ---- What must be sealed, and what must not ------------------------------------------------- */

static void person_in_clear(void)
{
    fixture_line(world, "li", 6, 1, false, PERSON);
}

static void organisation_under_seal(void)
{
    fixture_line(world, "li", 6, 1, true, DETAIL);
}

static void unseen_in_text(void)
{
    fixture_act(world, "li", "clock.confirm", "\"reason\":\"a\xe2\x80\xae\"");
}

static void number_in_text(void)
{
    fixture_act(world, "sun", "clock.confirm", "\"reason\":\"电话 13912345678\"");
}

static void totals_of_one_in_clear(void)
{
    fixture_line(world, "li", 6, 1, true, PERSON);
    fixture_submit(world, &(struct fixture_voucher){.user = "li",
                                                    .number = 6,
                                                    .totals = TOTALS,
                                                    MAY,
                                                    .movement = "payment",
                                                    .people = true});
}

static void totals_hidden(void)
{
    SUBMIT("li", .seal_totals = true);
}

static void people_denied(void)
{
    fixture_line(world, "li", 6, 1, true, PERSON);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 6, .totals = TOTALS, MAY, .movement = "payment"});
}

static void content_in_clear(void)
{
    fixture_act(world, "li", "import.file",
                "\"content\":\"%064d\",\"lines_root\":\"%064d\",\"reference\":\"f\",\"rows\":0,"
                "\"what\":\"w\"",
                0, 0);
}

static void bank_shows_people(void)
{
    bank("[1]", "[" TOTAL("-100", "in_transit") "," TOTAL("100", "spent") "]", 3);
}

static void bank_shows_by_subtraction(void)
{
    char lines[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    bank(lines, TOTALS, 4);
}

static void bank_hides(void)
{
    char lines[96];

    fixture_seal(world, "bank.confirm/lines", "B-9", "[]", lines);
    bank(lines, TOTALS, 1);
}

static void seal_of_another_place(void)
{
    char lines[96], totals[96];

    fixture_seal(world, "bank.return/lines", "B-9", "[1]", lines);
    fixture_seal(world, "bank.confirm/totals", "B-9", TOTALS, totals);
    bank(lines, totals, 4);
}

/* ---- Time ----------------------------------------------------------------------------------- */

static void gap(void)
{
    world->time_seconds += 31 * 86400;
    SUBMIT("li", MAY);
}

static void no_gap(void)
{
    fixture_act(world, "sun", "clock.confirm", "\"reason\":\"\"");
}

static const struct {
    void (*write)(void);
    const char *wanted;
} cases[] = {
    {good_voucher, "PASS"},
    {good_late, "PASS"},
    {good_reversal, "PASS"},
    {good_reopen, "PASS"},
    {good_reopen_first, "PASS"},
    {good_reopen_later, "PASS"},
    {good_carry_over, "PASS"},
    {good_close_after_decision, "PASS"},
    {good_rekey, "PASS"},
    {good_rekey_after_revoke, "PASS"},
    {good_widen, "PASS"},
    {good_gap, "PASS"},
    {good_policy, "PASS"},
    {good_scope, "PASS"},
    {good_sealed_bank, "PASS"},
    {unknown_user, "FAIL entry 629 (clock.confirm): user nobody was never entered"},
    {revoked_user, "FAIL entry 631 (voucher.submit): user li was revoked before it"},
    {old_key, "FAIL entry 632: the signature of li doesn't belong to it"},
    {others_key, "FAIL entry 630: the signature of li doesn't belong to it"},
    {user_twice, "FAIL entry 630 (act.second): user li was entered before"},
    {key_twice, "FAIL entry 630 (act.second): the key of user li3 was entered before"},
    {role_outside, "FAIL entry 630 (act.second): division 611026000000 lies outside"},
    {own_second, "FAIL entry 630 (act.second): zhao seconds the own proposal"},
    {no_administrator_proposes, "FAIL entry 629 (act.propose): user li is not an administrator"},
    {no_administrator_seconds, "FAIL entry 630 (act.second): user sun is not an administrator"},
    {seconded_twice, "FAIL entry 631 (act.second): seconds a proposal that was seconded before"},
    {seconds_nothing, "FAIL entry 629 (act.second): seconds a proposal that doesn't stand before"},
    {proposer_gone, "FAIL entry 633 (act.second): user zhao was revoked before it"},
    {proposer_has_another_key,
     "FAIL entry 632 (act.second): the key that zhao proposed it with was replaced"},
    {one_administrator_left, "FAIL entry 629 (user.revoke): without qian fewer than two"},
    {administrator_of_a_town,
     "FAIL entry 630 (act.second): town is made an administrator of 611025100000"},
    {unknown_act, "FAIL entry 629 (act.propose): act \"user.erase\" is unknown"},
    {act_with_a_stranger, "FAIL entry 629 (act.propose): member \"x\" doesn't belong there"},
    {certificate_twice, "FAIL entry 630 (act.second): the certificate was entered before"},
    {certificate_unknown, "FAIL entry 630 (act.second): revokes a certificate that isn't in use"},
    {played_again, "FAIL entry 629 (publication.make): its nonce was used before"},
    {genesis_again, "FAIL entry 629 (ledger.genesis): is a second genesis entry"},
    {checker_submits, "FAIL entry 630 (voucher.submit): user wang is not a maker for division"},
    {maker_approves, "FAIL entry 633 (voucher.approve): user chen is not a checker for division"},
    {alone, "FAIL entry 633 (voucher.approve): chen both submitted the voucher and decided"},
    {others_withdrawal, "FAIL entry 631 (voucher.withdraw): wang withdraws what li submitted"},
    {town_spends_the_countys,
     "FAIL entry 632 (voucher.submit): user town is not a maker for division"},
    {maker_publishes, "FAIL entry 629 (publication.make): user li is not a publisher"},
    {maker_closes, "FAIL entry 629 (period.close): user li is not a checker"},
    {town_closes, "FAIL entry 631 (period.close): user town is not a checker for division"},
    {town_carries_over,
     "FAIL entry 631 (period.carry_over): user town is not a checker for division"},
    {publisher_imports, "FAIL entry 629 (import.file): user zhou is not a maker"},
    {maker_revokes, "FAIL entry 629 (user.revoke): user li is not an administrator"},
    {row_among_lines, "FAIL entry 630 (division.add): stands among rows of something else"},
    {line_alone,
     "FAIL entry 630 (period.close): stands between rows and the entry that signs them"},
    {line_of_another, "FAIL entry 630 (voucher.submit): covers rows of another actor, wang"},
    {lines_of_two_vouchers,
     "FAIL entry 630 (voucher.line): a line of voucher 2021-000007 by li stands"},
    {import_among_lines, "FAIL entry 630 (import.file): stands among the lines of a voucher"},
    {submission_without_lines,
     "FAIL entry 629 (voucher.submit): the lines of voucher 2021-000006 don't stand"},
    {lines_miscounted, "FAIL entry 630 (voucher.submit): states 2 lines where 1 stand before it"},
    {number_skipped, "FAIL entry 630 (voucher.submit): voucher 2021-000007 is out of order: "
                     "2021-000006 comes next"},
    {number_of_another_year,
     "FAIL entry 630 (voucher.submit): voucher 2021-000006 isn't numbered in the year"},
    {money_appears, "FAIL entry 630 (voucher.submit): its totals sum to 1 fen and not to zero"},
    {totals_of_other_lines, "FAIL entry 630 (voucher.submit): its totals state -101 fen for an "
                            "account whose lines come to -100"},
    {totals_of_other_accounts,
     "FAIL entry 630 (voucher.submit): its totals name an account that no line touches"},
    {totals_left_out, "FAIL entry 630 (voucher.submit): its totals leave out an account"},
    {totals_unsorted, "FAIL entry 630 (voucher.submit): its totals are not sorted by account"},
    {totals_with_zero, "FAIL entry 630 (voucher.submit): its totals state a zero"},
    {closed_month,
     "FAIL entry 630 (voucher.submit): its event of 2021-04-30 lies in a closed month"},
    {closed_again, "FAIL entry 629 (period.close): month 2021-03 is closed already"},
    {closed_with_a_gap, "FAIL entry 629 (period.close): closes 2021-06, but 2021-05 comes next"},
    {closed_while_pending, "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers that "
                           "count in 2021-05 wait for a decision"},
    {closed_while_late_is_pending,
     "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers"},
    {closed_while_reversal_is_pending,
     "FAIL entry 631 (period.close): closes 2021-05 while 1 vouchers"},
    {april_stays_closed,
     "FAIL entry 633 (voucher.submit): its event of 2021-04-30 lies in a closed month"},
    {reopens_what_is_open, "FAIL entry 630 (act.second): opens 2021-05 again, which isn't closed"},
    {carries_over_a_closed_year,
     "FAIL entry 629 (period.carry_over): carries over from 2020, whose "
     "December is closed already"},
    {carries_over_after_december,
     "FAIL entry 637 (period.carry_over): carries over from 2021, whose December is closed"},
    {carries_over_amounts, "FAIL entry 629 (period.carry_over): member \"funds\" is no string"},
    {carries_over_unsorted, "FAIL entry 629 (period.carry_over): member \"funds\" is not sorted"},
    {carries_over_twice, "FAIL entry 629 (period.carry_over): member \"funds\" is not sorted"},
    {carries_over_too_many,
     "FAIL entry 629 (period.carry_over): member \"funds\" has too many elements"},
    {reversal_of_what_never_was,
     "FAIL entry 630 (voucher.submit): reverses voucher 2021-000005, which isn't posted"},
    {reversed_twice,
     "FAIL entry 633 (voucher.submit): reverses voucher 2021-000001, which isn't posted"},
    {reference_twice, "FAIL entry 630 (voucher.submit): reference file-1 was used before"},
    {decided_twice, "FAIL entry 632 (voucher.reject): voucher 2021-000006 was decided before"},
    {bank_before_approval, "FAIL entry 631 (bank.confirm): voucher 2021-000006 isn't approved"},
    {bank_loses_money, "FAIL entry 629 (bank.confirm): its totals sum to -1 fen"},
    {person_in_clear, "FAIL entry 629 (voucher.line): member \"account\" doesn't belong there"},
    {organisation_under_seal,
     "FAIL entry 629 (voucher.line):under seal: member \"payee\" is missing"},
    {unseen_in_text,
     "FAIL entry 629 (clock.confirm): member \"reason\" holds a character that isn't seen"},
    {number_in_text, "FAIL entry 629 (clock.confirm): member \"reason\" shows a mobile"},
    {totals_of_one_in_clear,
     "FAIL entry 630 (voucher.submit): shows totals of fewer than three people"},
    {totals_hidden, "FAIL entry 630 (voucher.submit): hides its totals without being about people"},
    {people_denied,
     "FAIL entry 630 (voucher.submit): says that it is not about people, but its lines are"},
    {content_in_clear, "FAIL entry 629 (import.file): member \"content\" is not sealed"},
    {bank_shows_people, "FAIL entry 629 (bank.confirm): shows lines about people in clear"},
    {bank_shows_by_subtraction, "FAIL entry 629 (bank.confirm): shows totals in clear from which"},
    {bank_hides, "FAIL entry 629 (bank.confirm): hides what it says of a voucher not about people"},
    {seal_of_another_place,
     "FAIL entry 629 (bank.confirm): its sealed value names another purpose"},
    {gap, "FAIL entry 629 (voucher.line): comes more than 30 days after the entry before"},
    {no_gap, "FAIL entry 629 (clock.confirm): confirms the clock where there is no gap"},
};

START_TEST(each_entry_is_allowed_or_refused_by_its_rule)
{
    cases[_i].write();
    expect(cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_entry_is_allowed_or_refused_by_its_rule, 0, ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_acts", add);
}
