/*
 * fixture.h - a directory that is gone after the test, and a small store in it.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <check.h>

#include "ledger/store/store.h"
#include "tests/chosen.h"

#define FIXTURE_PATH_SIZE 256

/* Fails the test with the error's own words. */
#define ck_assert_ok(condition, err) ck_assert_msg((condition), "%s", (err).message)
#define ck_assert_error(err, expected, words)                                                      \
    do {                                                                                           \
        ck_assert_msg((err).code == (expected), "%s: %s", error_code_name((err).code),             \
                      (err).message);                                                              \
        ck_assert_msg(strstr((err).message, (words)) != NULL, "no '%s' in: %s", (words),           \
                      (err).message);                                                              \
    } while (0)

/** fixture_directory()/name; the directory is made at the first use. */
const char *fixture_path(const char *name, char path[FIXTURE_PATH_SIZE]);
void fixture_setup(void);
void fixture_teardown(void);

/** entry(seq, bytes) enduring, secret(seq, member, plain) sealed, note(name, amount, text) derived.
 */
extern const struct store_table *const fixture_tables[3];

struct store *fixture_store(const char *path);
struct store *fixture_reopen(const char *path, enum store_mode mode);
void fixture_run(struct store *store, const char *sql);
/** The one integer that a query gives. */
int64_t fixture_integer(struct store *store, const char *sql);
/** Do something to the file as another program would: no guards but the file's own. */
int fixture_raw(const char *path, const char *sql);

#endif
