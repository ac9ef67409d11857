/*
 * test_publication.c - a good clone passes; whatever is changed in it is found and named.
 */
#include <stdio.h>

#include "audit/verify/verify.h"
#include "tests/verify/fixture_site.h"
#include "tests/verify/suite.h"

static struct site *site;
static char path[SCRATCH_PATH_SIZE + 16];

static void site_setup(void)
{
    scratch_make(folder);
    snprintf(path, sizeof path, "%s/site.git", folder);
    world = fixture_unpublished_world();
    site = site_new(world);
}

static void site_teardown(void)
{
    site_free(site);
    teardown();
}

static void expect_site(const char *wanted)
{
    expect_in(fixture_verify(path, NULL), wanted);
}

START_TEST(a_good_publication_passes)
{
    site_publish(site, "2021", "good");
    site_commit(site, folder, "zhou");
    expect_site("PASS, keys trusted on first use: ");
    expect_site("; mingzhang/611025000000 629 entries, root ");
    expect_site(
        "; 12 of 12 sealed values are not here; 2 signatures can't be checked without them");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, a_good_publication_passes);
}

int main(void)
{
    return run_suite_with("verify_publication", site_setup, site_teardown, add);
}
