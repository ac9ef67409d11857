/*
 * test_acts.c - entries that are canonical, chained and signed, and still not allowed: who may do
 * what, two people, covered rows, recoveries, publications, time.
 */
#include <stdio.h>

#include "base/encode.h"
#include "tests/verify/acts.h"
#include "tests/verify/fixture_signer.h"

/* ---- Good ones, so that the bad ones fail for their own reason ------------------------------ */

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

/* One stands in for another, from some days after that of the log on. */
static void stand_in_as(const char *by, const char *for_whom, const char *who, int64_t from_day,
                        int64_t to_day, const char *roles)
{
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
    date_t today = instant_to_date_in((instant_t){world->time_seconds}, ZONE_CHINA_SECONDS);

    (void)date_format((date_t){today.days + (int32_t)from_day}, first);
    (void)date_format((date_t){today.days + (int32_t)to_day}, last);
    fixture_two(world, by, strcmp(by, "zhao") == 0 ? "qian" : "zhao", "user.delegate",
                "{\"delegate\":\"%s\",\"first_day\":\"%s\",\"last_day\":\"%s\",\"reason\":\"\","
                "\"roles\":%s,\"user\":\"%s\"}",
                who, first, last, roles, for_whom);
}

static void stand_in(int64_t from_day, int64_t to_day)
{
    stand_in_as("zhao", "li", "zhou", from_day, to_day, ROLES("maker"));
}

static void stand_in_ends(const char *by)
{
    fixture_act(world, by, "user.undelegate",
                "\"delegate\":\"zhou\",\"reason\":\"\",\"user\":\"li\"");
}

static void good_stand_in(void)
{
    stand_in(0, 0);
    SUBMIT("zhou", MAY);
    fixture_decide(world, "wang", "approve", 6, "");
}

static void good_stand_in_on_the_last_day(void)
{
    stand_in(-1, 1);
    world->time_seconds += 86400;
    SUBMIT("zhou", MAY);
    stand_in_ends("li");
}

static void good_stand_in_checks_for_a_checker(void)
{
    stand_in_as("qian", "wang", "zhou", 0, 91, ROLES("checker"));
    SUBMIT("li", MAY);
    fixture_decide(world, "zhou", "approve", 6, "");
}

static void good_after_standing_in(void)
{
    fixture_two(world, "zhao", "qian", "user.widen",
                "{\"roles\":" ROLES("checker") ",\"user\":\"zhou\"}");
    stand_in(0, 0);
    SUBMIT("li", MAY);
    stand_in_ends("zhao");
    fixture_decide(world, "zhou", "approve", 6, "");
}

static void good_gap(void)
{
    world->time_seconds += 40 * 86400;
    fixture_act(world, "qian", "clock.confirm", "\"reason\":\"\"");
    SUBMIT("li", MAY);
}

static void good_policy(void)
{
    fixture_two(world, "zhao", "qian", "policy.set",
                "{\"name\":\"overdue_days\",\"valid_from\":\"2021-05-01\",\"value\":90}");
    fixture_two(world, "zhao", "qian", "exception.grant",
                "{\"code\":\"NEG01\",\"reason\":\"\",\"reference\":\"R-6\"}");
}

/* A signer that starts again from the first `size` entries, or says so. */
static void recover(uint64_t size, uint64_t stated)
{
    hash_t root = fixture_root(world, size);
    char hex[HASH_HEX_SIZE];

    fixture_two(world, "zhao", "qian", "signer.recover", "{\"root\":\"%s\",\"size\":%llu}",
                hash_to_hex(&root, hex), (unsigned long long)stated);
}

static void good_recovery(void)
{
    recover(300, 300);
    recover(256, 256);
    recover(0, 0);
    recover(634, 634);
    fixture_act(world, "zhou", "publication.make",
                "\"corrects\":[],\"documents_root\":\"%064d\",\"period\":\"2021-04\"", 0);
}

static void good_certificate(void)
{
    struct fixture_signer *other = fixture_signer_new(FIXTURE_ORIGIN);

    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"%s\"}",
                buffer_text(&other->base64));
    fixture_signer_free(other);
}

static void publish(const char *corrects, const char *period)
{
    fixture_act(world, "zhou", "publication.make",
                "\"corrects\":%s,\"documents_root\":\"%064d\",\"period\":\"%s\"", corrects, 0,
                period);
}

static void good_corrections(void)
{
    publish("[]", "2021-04");
    publish("[\"2021\",\"2021-04\"]", "2021");
    publish("[\"2021\"]", "2021-05");
    publish("[\"2021-05\"]", "2021-05");
}

static void good_scope(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"maker\"}]");
    fixture_row(world, "town", "division.add",
                "{\"code\":\"611025100201\",\"name\":\"村\",\"parent\":\"" FIXTURE_TOWN
                "\",\"provisional\":true,\"valid_from\":\"2021-01-01\"}");
    fixture_import(world, "town", "file-2");
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
    fixture_propose(world, "li", "policy.set", POLICY);
}

static void no_administrator_seconds(void)
{
    fixture_two(world, "zhao", "sun", "policy.set", POLICY);
}

static void seconded_twice(void)
{
    uint64_t proposal = fixture_propose(world, "zhao", "policy.set", POLICY);

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
    uint64_t proposal = fixture_propose(world, "zhao", "policy.set", POLICY);

    fixture_add_user(world, "chen", ROLES("admin"));
    fixture_act(world, "qian", "user.revoke", "\"reason\":\"\",\"user\":\"zhao\"");
    fixture_second(world, "qian", proposal);
}

static void proposer_has_another_key(void)
{
    uint64_t proposal = fixture_propose(world, "zhao", "policy.set", POLICY);
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(world, "qian", "zhao", "user.rekey", "{\"key\":\"%s\",\"user\":\"zhao\"}",
                sign_public_format(&fixture_person(world, "zhao2")->public, key));
    fixture_second(world, "qian", proposal);
}

static void stands_in_tomorrow(void)
{
    stand_in(1, 1);
    SUBMIT("zhou", MAY);
}

static void stood_in_yesterday(void)
{
    stand_in(0, 0);
    world->time_seconds += 86400;
    SUBMIT("zhou", MAY);
}

static void stood_in_until_it_was_ended(void)
{
    stand_in(0, 1);
    stand_in_ends("zhao");
    SUBMIT("zhou", MAY);
}

static void stood_in_for_one_revoked(void)
{
    stand_in(0, 1);
    fixture_act(world, "zhao", "user.revoke", "\"reason\":\"\",\"user\":\"li\"");
    SUBMIT("zhou", MAY);
}

static void stand_in_checks_what_the_maker_made(void)
{
    fixture_two(world, "zhao", "qian", "user.widen",
                "{\"roles\":" ROLES("checker") ",\"user\":\"zhou\"}");
    SUBMIT("li", MAY);
    stand_in(0, 0);
    fixture_decide(world, "zhou", "approve", 6, "");
}

static void maker_checks_what_the_stand_in_made(void)
{
    fixture_two(world, "zhao", "qian", "user.widen",
                "{\"roles\":" ROLES("checker") ",\"user\":\"li\"}");
    stand_in(0, 0);
    SUBMIT("zhou", MAY);
    fixture_decide(world, "li", "reject", 6, "x");
}

static void stand_in_approves_alone(void)
{
    stand_in(0, 0);
    stand_in_as("zhao", "wang", "zhou", 0, 0, ROLES("checker"));
    SUBMIT("zhou", MAY);
    fixture_decide(world, "zhou", "approve", 6, "");
}

static void stand_in_passes_it_on(void)
{
    stand_in(0, 1);
    stand_in_as("zhao", "zhou", "sun", 0, 1, ROLES("maker"));
}

static void passes_on_what_one_is_not(void)
{
    stand_in_as("zhao", "wang", "zhou", 0, 1, ROLES("maker"));
}

static void passes_on_administering(void)
{
    stand_in_as("zhao", "qian", "zhou", 0, 1, ROLES("admin"));
}

static void passes_on_publishing(void)
{
    stand_in_as("zhao", "zhou", "li", 0, 1, ROLES("publisher"));
}

static void stands_in_for_oneself(void)
{
    stand_in_as("zhao", "li", "li", 0, 1, ROLES("maker"));
}

static void stands_in_for_long(void)
{
    stand_in(0, 92);
}

static void stands_in_backwards(void)
{
    stand_in(1, 0);
}

static void stood_in_before(void)
{
    stand_in(-2, -1);
}

static void stands_in_for_nothing(void)
{
    stand_in_as("zhao", "li", "zhou", 0, 1, "[]");
}

static void administrator_helps_oneself(void)
{
    stand_in_as("zhao", "li", "qian", 0, 1, ROLES("maker"));
}

static void administrator_proposes_oneself(void)
{
    stand_in_as("zhao", "li", "zhao", 0, 1, ROLES("maker"));
}

static void stand_in_ends_nothing(void)
{
    stand_in_ends("zhao");
}

static void another_ends_standing_in(void)
{
    stand_in(0, 1);
    stand_in_ends("zhou");
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

static void certificate_of_no_form(void)
{
    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"MIIC\"}");
}

static void certificate_of_another(void)
{
    struct fixture_signer *other = fixture_signer_new("mingzhang/611026000000");

    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"%s\"}",
                buffer_text(&other->base64));
    fixture_signer_free(other);
}

/* The tenth byte from its end is part of the signature. */
static void certificate_not_by_its_key(void)
{
    struct buffer *der = &world->signer->der, text = BUFFER_INIT(65536);

    der->data[der->size - 10] ^= 1;
    must(base64_encode(der->data, der->size, &text, &failure));
    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"%s\"}",
                buffer_text(&text));
    buffer_done(&text);
}

static void recovery_of_another_log(void)
{
    recover(299, 300);
    recover(1, 2);
    recover(300, 300);
}

static void recovery_of_the_future(void)
{
    recover(629, 700);
}

/* A recovery is checked last and told first. */
static void recovery_before_a_gap(void)
{
    recover(299, 300);
    world->time_seconds += 31 * 86400;
    SUBMIT("li", MAY);
}

static void corrects_nothing(void)
{
    publish("[\"2021-03\"]", "2021-04");
}

static void published_again(void)
{
    publish("[]", "2021");
}

static void corrects_unsorted(void)
{
    publish("[]", "2021-04");
    publish("[\"2021-04\",\"2021\"]", "2021");
}

static void town_publishes(void)
{
    fixture_add_user(world, "town", "[{\"division\":\"" FIXTURE_TOWN "\",\"role\":\"publisher\"}]");
    fixture_act(world, "town", "publication.make",
                "\"corrects\":[],\"documents_root\":\"%064d\",\"period\":\"2021-04\"", 0);
}

static void inspector_confirms(void)
{
    world->time_seconds += 40 * 86400;
    fixture_act(world, "sun", "clock.confirm", "\"reason\":\"\"");
}

static void gap_beyond_confirming(void)
{
    world->time_seconds += INT64_C(5) * 366 * 86400;
    fixture_act(world, "zhao", "clock.confirm", "\"reason\":\"\"");
}

static void certificate_unknown(void)
{
    fixture_two(world, "zhao", "qian", "certificate.revoke", "{\"certificate_sha256\":\"%064d\"}",
                0);
}

static void played_again(void)
{
    uint64_t seq = fixture_act(world, "wang", "period.carry_over", "\"funds\":[],\"year\":2021");
    const struct fixture_entry *entry = &world->entries[seq];
    const char *body = strstr((const char *)entry->bytes, "\"body\":") + 7;
    const char *end = strstr(body, ",\"kind\"");

    fixture_append(world, "wang", "period.carry_over", "%.*s", (int)(end - body), body);
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

static const struct act_case cases[] = {
    {good_rekey, "PASS"},
    {good_rekey_after_revoke, "PASS"},
    {good_widen, "PASS"},
    {good_stand_in, "PASS"},
    {good_stand_in_on_the_last_day, "PASS"},
    {good_stand_in_checks_for_a_checker, "PASS"},
    {good_after_standing_in, "PASS"},
    {good_gap, "PASS"},
    {good_policy, "PASS"},
    {good_recovery, "PASS"},
    {good_certificate, "PASS"},
    {good_corrections, "PASS"},
    {good_scope, "PASS"},
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
    {stands_in_tomorrow, "user zhou is not a maker"},
    {stood_in_yesterday, "user zhou is not a maker"},
    {stood_in_until_it_was_ended, "user zhou is not a maker"},
    {stood_in_for_one_revoked, "user zhou is not a maker"},
    {stand_in_checks_what_the_maker_made, "zhou decided on what li submitted while one stood in"},
    {maker_checks_what_the_stand_in_made, "li decided on what zhou submitted while one stood in"},
    {stand_in_approves_alone, "zhou both submitted the voucher and decided on it"},
    {stand_in_passes_it_on, "zhou passes on being maker for 611025000000 without being it"},
    {passes_on_what_one_is_not, "wang passes on being maker"},
    {passes_on_administering, "\"role\""},
    {passes_on_publishing, "\"role\""},
    {stands_in_for_oneself, "li stands in for oneself"},
    {stands_in_for_long, "other than 1 to 92 days"},
    {stands_in_backwards, "other than 1 to 92 days"},
    {stood_in_before, "on days that are past"},
    {stands_in_for_nothing, "zhou stands in for li in no role"},
    {administrator_helps_oneself, "qian agrees to standing in oneself"},
    {administrator_proposes_oneself, "zhao agrees to standing in oneself"},
    {stand_in_ends_nothing, "ends that zhou stands in for li, which isn't so"},
    {another_ends_standing_in, "user zhou is not an administrator"},
    {one_administrator_left, "FAIL entry 629 (user.revoke): without qian fewer than two"},
    {administrator_of_a_town,
     "FAIL entry 630 (act.second): town is made an administrator of 611025100000"},
    {unknown_act, "FAIL entry 629 (act.propose): act \"user.erase\" is unknown"},
    {act_with_a_stranger, "FAIL entry 629 (act.propose): member \"x\" doesn't belong there"},
    {certificate_twice, "FAIL entry 630 (act.second): the certificate was entered before"},
    {certificate_of_no_form, "FAIL entry 630 (act.second): the certificate is not one X.509"},
    {certificate_of_another,
     "FAIL entry 630 (act.second): the certificate doesn't name the origin"},
    {certificate_not_by_its_key,
     "FAIL entry 630 (act.second): the certificate isn't signed by its own key"},
    {recovery_of_another_log, "FAIL entry 630 (act.second): starts the signer from a root that the "
                              "first 300 entries don't give"},
    {recovery_of_the_future, "FAIL entry 630 (act.second): names a root of 700 entries"},
    {recovery_before_a_gap, "FAIL entry 630 (act.second): starts the signer from a root"},
    {corrects_nothing, "FAIL entry 629 (publication.make): corrects a period that was never"},
    {published_again, "FAIL entry 629 (publication.make): publishes a period again without"},
    {corrects_unsorted, "FAIL entry 630 (publication.make): member \"corrects\" is not sorted"},
    {town_publishes, "FAIL entry 631 (publication.make): user town is not a publisher for"},
    {inspector_confirms, "FAIL entry 629 (clock.confirm): user sun is not an administrator"},
    {gap_beyond_confirming, "FAIL entry 629 (clock.confirm): comes more than 5 years after"},
    {certificate_unknown, "FAIL entry 630 (act.second): revokes a certificate that isn't in use"},
    {played_again, "FAIL entry 630 (period.carry_over): its nonce was used before"},
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
