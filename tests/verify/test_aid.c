/*
 * test_aid.c - rows of mutual aid (docs/format.md section 5.11) made by hand: what is sealed, what
 * it belongs to, and that it may be erased.
 */
#include "tests/verify/acts.h"

#define POOL(extra)                                                                                \
    "{\"bank\":\"b\",\"book\":\"subsidy\",\"date\":\"2021-02-08\",\"division\":\"" FIXTURE_COUNTY  \
    "\",\"document\":\"\",\"fund\":\"F1\"," extra                                                  \
    ",\"pool\":\"HZ\",\"uscc\":\"91350100M000100Y43\"}"
#define MEMBER(id)                                                                                 \
    "{\"date\":\"2021-03-01\",\"document\":\"\",\"id_number\":\"" id "\",\"name\":\"N\"}"
#define AGREEMENT(principal)                                                                       \
    "{\"date\":\"2021-03-01\",\"document\":\"\",\"due_day\":\"2022-03-01\",\"first_day\":"         \
    "\"2021-03-02\",\"guarantee\":\"LB\",\"id_number\":\"611025198001020010\",\"name\":\"N\","     \
    "\"principal\":" principal ",\"rate_bp\":435}"

static bool is_dropped; /* what entry 630 seals is taken out of the ledger */

static void row(const char *kind, const char *body)
{
    fixture_row(world, "li", kind, "%s", body);
    fixture_import(world, "li", "file-2");
}

static void agree_about(const char *subject, const char *purpose, const char *detail)
{
    char sealed[96];

    fixture_seal(world, purpose, subject, detail, sealed);
    fixture_row(world, "li", "aid.agree", "{\"agreement\":\"JK-1\",\"detail\":%s,\"pool\":\"HZ\"}",
                sealed);
    fixture_import(world, "li", "file-2");
}

static void guarantee_about(const char *subject, const char *detail)
{
    char sealed[96];

    fixture_seal(world, "aid.guarantee/detail", subject, detail, sealed);
    fixture_row(world, "li", "aid.guarantee",
                "{\"detail\":%s,\"guarantee\":\"LB\",\"member\":\"1\",\"pool\":\"HZ\"}", sealed);
    fixture_import(world, "li", "file-2");
}

static void good_pool(void)
{
    row("aid.open", POOL("\"limit_bp\":1000"));
}

static void good_entrustment(void)
{
    row("aid.entrust", "{\"date\":\"2021-02-08\",\"document\":\"d\",\"first_day\":\"2021-02-10\","
                       "\"last_day\":\"2021-12-31\",\"pool\":\"HZ\"}");
}

static void good_provision(void)
{
    row("aid.provide", "{\"amount\":0,\"date\":\"2021-03-31\",\"document\":\"\",\"pool\":\"HZ\","
                       "\"text\":\"\"}");
}

static void good_member(void)
{
    guarantee_about("LB/1", MEMBER("611025198001020010"));
}

static void good_agreement(void)
{
    agree_about("JK-1", "aid.agree/detail", AGREEMENT("300000"));
}

static void good_erasure(void)
{
    good_agreement();
    fixture_two(world, "qian", "zhao", "seal.erase",
                "{\"ground\":\"retention_over\",\"reason\":\"r\",\"seals\":[{\"first\":630,"
                "\"last\":630,\"purpose\":\"aid.agree/detail\"}]}");
    is_dropped = true;
}

static void pool_without_a_limit(void)
{
    row("aid.open", POOL("\"limit_bp\":0"));
}

static void entrustment_without_a_document(void)
{
    row("aid.entrust", "{\"date\":\"2021-02-08\",\"document\":\"\",\"first_day\":\"2021-02-10\","
                       "\"last_day\":\"2021-12-31\",\"pool\":\"HZ\"}");
}

static void member_of_another_place(void)
{
    guarantee_about("LB/2", MEMBER("611025198001020010"));
}

static void member_without_a_number(void)
{
    guarantee_about("LB/1", MEMBER("61102519800102001"));
}

static void agreement_about_another(void)
{
    agree_about("JK-2", "aid.agree/detail", AGREEMENT("300000"));
}

static void agreement_sealed_for_a_member(void)
{
    agree_about("JK-1", "aid.guarantee/detail", AGREEMENT("300000"));
}

static void agreement_over_nothing(void)
{
    agree_about("JK-1", "aid.agree/detail", AGREEMENT("0"));
}

static void agreement_in_clear(void)
{
    row("aid.agree", "{\"agreement\":\"JK-1\",\"detail\":" AGREEMENT("300000") ",\"pool\":\"HZ\"}");
}

static void lost_without_an_act(void)
{
    good_agreement();
    is_dropped = true;
}

static void entrustment_of_no_pool(void)
{
    good_entrustment();
}

static void second_pool_of_an_account(void)
{
    row("aid.open",
        "{\"bank\":\"b\",\"book\":\"subsidy\",\"date\":\"2021-02-08\",\"division\":"
        "\"" FIXTURE_COUNTY
        "\",\"document\":\"\",\"fund\":\"F1\",\"limit_bp\":1000,\"pool\":\"HZ-2\",\"uscc\":"
        "\"91350100M000100Y43\"}");
}

static void agreement_entered_twice(void)
{
    char sealed[96];

    for (int i = 0; i < 2; i++) {
        fixture_seal(world, "aid.agree/detail", "JK-1", AGREEMENT("300000"), sealed);
        fixture_row(world, "li", "aid.agree",
                    "{\"agreement\":\"JK-1\",\"detail\":%s,\"pool\":\"HZ\"}", sealed);
    }
    fixture_import(world, "li", "file-2");
}

static const struct act_case cases[] = {
    {good_pool, "PASS"},
    {good_entrustment, "PASS"},
    {good_provision, "PASS"},
    {good_member, "PASS"},
    {good_agreement, "PASS"},
    {good_erasure, "PASS"},
    {pool_without_a_limit, "(aid.open): member \"limit_bp\" is not above 0"},
    {entrustment_without_a_document, "(aid.entrust): member \"document\" is empty"},
    {member_of_another_place, "(aid.guarantee): its sealed value names another subject than"},
    {member_without_a_number, "(aid.guarantee):under seal: member \"id_number\" is no ID number"},
    {agreement_about_another, "(aid.agree): its sealed value names another subject than \"JK-1\""},
    {agreement_sealed_for_a_member, "(aid.agree): its sealed value names another purpose"},
    {agreement_over_nothing, "(aid.agree):under seal: member \"principal\" is not above 0"},
    {agreement_in_clear, "(aid.agree): member \"detail\" is not sealed"},
    {lost_without_an_act, "FAIL"},
    {entrustment_of_no_pool, "(aid.entrust): its \"pool\" is HZ, of which no row before it tells"},
    {second_pool_of_an_account, "(aid.open): opens a second pool of one division, book and fund"},
    {agreement_entered_twice, "(aid.agree): its \"agreement\" is JK-1, which a row before it has"},
};

START_TEST(each_row_is_allowed_or_refused_by_its_rule)
{
    is_dropped = false;
    if (cases[_i].write != good_pool && cases[_i].write != pool_without_a_limit &&
        cases[_i].write != entrustment_of_no_pool)
        fixture_row(world, "li", "aid.open", "%s", POOL("\"limit_bp\":1000"));
    cases[_i].write();
    fixture_write_ledger(world, folder);
    if (is_dropped) fixture_sql(folder, "DELETE FROM sealed WHERE seq = 630");
    expect_in(fixture_verify(folder, NULL), cases[_i].wanted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_row_is_allowed_or_refused_by_its_rule, 0, ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite("verify_aid", add);
}
