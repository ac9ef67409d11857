/*
 * test_clone.c - what the entries tell to one who has a clone, and so none of the seals.
 */
#include <stdio.h>

#include "tests/verify/acts.h"
#include "tests/verify/fixture_site.h"

/* Its act names a root of entries in a bundle that was read long before. */
static void recover_signer(uint64_t size, uint64_t stated)
{
    hash_t root = fixture_root(world, size);
    char hex[HASH_HEX_SIZE];

    fixture_two(world, "zhao", "qian", "signer.recover", "{\"root\":\"%s\",\"size\":%llu}",
                hash_to_hex(&root, hex), (unsigned long long)stated);
}

static void a_recovered_signer(void)
{
    recover_signer(300, 300);
}

/* That it is one person's is known only to who has the seals. */
static void one_person_in_three_lines(void)
{
    submit_people("000", false);
}

static void two_people_in_clear(void)
{
    submit_people("01", false);
}

/* After a total that is sealed single accounts aren't known, but what there is in all is. */
static void spend_in_all(const char *detail, const char *totals)
{
    fixture_line(world, "li", 6, 1, false, detail);
    fixture_submit(world,
                   &(struct fixture_voucher){
                       .user = "li", .number = 6, .totals = totals, MAY, .movement = "remittance"});
    fixture_decide(world, "wang", "approve", 6, "");
}

#define NONE(role)                                                                                 \
    "\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"" role "\"}"

static void all_goes_back(void)
{
    spend_in_all("{\"amount\":90000000,\"from\":" AVAILABLE ",\"to\":{" NONE("source") "}",
                 "[{\"amount\":90000000," NONE("source") "," TOTAL("-90000000", "available") "]");
}

static void more_than_all_goes_back(void)
{
    spend_in_all("{\"amount\":90000001,\"from\":" AVAILABLE ",\"to\":{" NONE("source") "}",
                 "[{\"amount\":90000001," NONE("source") "," TOTAL("-90000001", "available") "]");
}

static void a_signer_recovered_from_elsewhere(void)
{
    recover_signer(299, 300);
}

static const struct act_case cases[] = {
    {a_recovered_signer, "PASS"},
    {one_person_in_three_lines, "PASS"},
    {all_goes_back, "PASS"},
    {more_than_all_goes_back,
     "FAIL entry 631 (voucher.approve): leaves -1 fen in all roles of {\"book\":\"subsidy\","
     "\"division\":\"611025000000\",\"fund\":\"F1\"}: more is taken than ever came there"},
    {two_people_in_clear,
     "FAIL entry 631 (voucher.submit): shows totals of fewer than three people in clear"},
    {a_signer_recovered_from_elsewhere,
     "FAIL entry 630 (act.second): starts the signer from a root that the first 300 entries"},
};

START_TEST(each_clone_passes_or_fails_for_what_its_entries_show)
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

static void site_setup(void)
{
    scratch_make(folder);
    world = fixture_unpublished_world();
}

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_clone_passes_or_fails_for_what_its_entries_show, 0,
                        ARRAY_COUNT(cases));
}

int main(void)
{
    return run_suite_with("verify_clone", site_setup, teardown, add);
}
