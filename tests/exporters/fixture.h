/*
 * fixture.h - what the tests of exporters share: a scratch folder, keys, files, stock tools.
 *
 * Failures inside end the test with a message: no function here has an error to give.
 */
#ifndef TESTS_EXPORTERS_FIXTURE_H
#define TESTS_EXPORTERS_FIXTURE_H

#include <check.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sign.h"
#include "exporters/press.h"
#include "tests/chosen.h"

#define FIXTURE_PATH_SIZE 512
#define FIXTURE_FILE_MAX  (16u * 1024 * 1024)

/** Assert that a call succeeded, and show its error when it didn't. */
#define ck_good(call, err) ck_assert_msg((call), "%s: %s", #call, (err)->message)
/** Assert that a call failed with a code and a message that contains `words`. */
#define ck_fails(call, err, wanted_code, words)                                                    \
    do {                                                                                           \
        ck_assert_msg(!(call), "%s succeeded", #call);                                             \
        ck_assert_msg((err)->code == (wanted_code), "%s", (err)->message);                         \
        ck_assert_msg(strstr((err)->message, (words)) != NULL, "%s", (err)->message);              \
        error_clear(err);                                                                          \
    } while (0)

/** A new scratch folder for each test; gone afterwards. */
void fixture_setup(void);
void fixture_teardown(void);
/** A path inside it; static memory, four at a time. */
const char *fixture_path(const char *name);

void fixture_read(const char *path, struct buffer *out);
void fixture_write(const char *path, const char *data, size_t size);

/** The person's key with a fixed seed. */
struct sign_key *fixture_key(uint8_t seed);
/** A fresh P-256 key and a certificate of it; freed by fixture_press_key_done(). */
void fixture_press_key(struct press_key *out);
void fixture_press_key_done(struct press_key *key);

/** Run a program with the scratch folder as working directory; its output goes to `out` (or NULL).
 */
int fixture_run(const char *const *arguments, struct buffer *out);
/** Is the program installed? */
bool fixture_has(const char *program);

#endif
