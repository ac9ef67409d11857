/* suite.h - the frame that the Check programs of this folder share: a world and a folder for each
 * test. */
#ifndef TESTS_VERIFY_SUITE_H
#define TESTS_VERIFY_SUITE_H

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/compiler.h"
#include "tests/base/tools.h"
#include "tests/verify/fixture.h"

static char folder[SCRATCH_PATH_SIZE];
static struct fixture *world;

static inline void setup(void)
{
    scratch_make(folder);
    world = fixture_world();
}

static inline void teardown(void)
{
    fixture_free(world);
    scratch_remove(folder);
}

static inline void expect_in(const char *line, const char *wanted)
{
    ck_assert_msg(strstr(line, wanted) != NULL, "wanted \"%s\" in \"%s\"", wanted, line);
}

/* Write the world as a ledger and see what is said of it. */
static inline void expect(const char *wanted)
{
    fixture_write_ledger(world, folder);
    expect_in(fixture_verify(folder, NULL), wanted);
}

static inline int run_suite_with(const char *name, void (*begin)(void), void (*end)(void),
                                 void (*add)(TCase *tests))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    add(tests);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static inline int run_suite(const char *name, void (*add)(TCase *tests))
{
    return run_suite_with(name, setup, teardown, add);
}

#endif
