/*
 * fixture.h - a small world: a county's ledger with its first three people, a clock that the test
 * sets, randomness that repeats, and a module of test kinds.
 *
 *     test.note    an act of one person: text; `secret` sealed, `maybe` sealed or in clear
 *     test.row     a row without signature, covered by test.cover
 *     test.cover   an act that covers rows
 *
 * Each is applied into the table test_note (seq, text).
 */
#ifndef TESTS_JOURNAL_FIXTURE_H
#define TESTS_JOURNAL_FIXTURE_H

#include <check.h>
#include <string.h>

#include "ledger/journal/internal.h"
#include "ledger/journal/journal.h"
#include "tests/chosen.h"

#define FIXTURE_PATH_SIZE 256
#define FIXTURE_START     INT64_C(1614556800) /* 2021-03-01T00:00:00Z */
#define FIXTURE_ORIGIN    "mingzhang/611025000000"
#define FIXTURE_DIVISION  "611025000000"

/* Fails the test with the error's own words. */
#define ck_assert_ok(condition, err)                                                               \
    ck_assert_msg((condition), "%s: %s", (err).place, (err).message)
#define ck_assert_error(err, expected, words)                                                      \
    do {                                                                                           \
        ck_assert_msg((err).code == (expected), "%s: %s: %s", error_code_name((err).code),         \
                      (err).place, (err).message);                                                 \
        ck_assert_msg(strstr((err).message, (words)) != NULL, "no '%s' in: %s", (words),           \
                      (err).message);                                                              \
    } while (0)

extern const struct journal_module test_module;
extern const struct journal_module *const fixture_modules[];

void fixture_setup(void);
void fixture_teardown(void);
/** fixture directory/name. */
const char *fixture_path(const char *name, char path[FIXTURE_PATH_SIZE]);

/** Set the clock; it starts at FIXTURE_START. */
void fixture_set_clock(int64_t seconds);
/** Go on with other randomness: two processes of a test may not draw the same. */
void fixture_set_random(uint64_t counter);
struct journal_options fixture_options(void);
struct random_source fixture_random(void);

/** The key of a person: the same for the same name. */
struct sign_key *fixture_key(const char *name);
struct sign_public fixture_public(const char *name);
/** A fresh certificate for FIXTURE_ORIGIN; lent until the next call. */
const struct buffer *fixture_certificate(void);

/** Genesis of FIXTURE_ORIGIN with administrators zhao and qian and inspector sun. */
struct genesis fixture_genesis(void);
/** All three signatures over it. */
void fixture_sign_genesis(const struct genesis *genesis,
                          uint8_t signatures[3][SIGN_SIGNATURE_SIZE]);

/** An empty journal in memory, or in `directory` when not NULL. */
struct journal *fixture_empty(const char *directory);
/** The same with its genesis entry committed. */
struct journal *fixture_journal(const char *directory);
struct journal *fixture_reopen(const char *directory, enum store_mode mode);

/** Append within an open transaction; fails the test. */
struct appended fixture_note(struct journal *journal, const char *text);
bool fixture_try_note(struct journal *journal, const char *user, const char *text,
                      struct error *err);
bool fixture_try_row(struct journal *journal, const char *actor, int64_t number, struct error *err);
/** `root` NULL: the right one. */
bool fixture_try_cover(struct journal *journal, const char *user, const hash_t *root,
                       struct error *err);
void fixture_begin(struct journal *journal);
void fixture_commit(struct journal *journal);

/** An act of one with a body given as JSON text. */
bool fixture_try_act(struct journal *journal, const char *user, const char *kind, const char *body,
                     struct error *err);
bool fixture_try_propose(struct journal *journal, const char *user, const char *act,
                         const char *body, struct appended *out, struct error *err);
bool fixture_try_second(struct journal *journal, const char *user, const struct appended *proposal,
                        struct error *err);
/** Propose by zhao, second by qian, each in a transaction of its own; fails the test. */
void fixture_agree(struct journal *journal, const char *act, const char *body);
/** Add a user with fixture_key(name) and one role for the whole county. */
void fixture_add_user(struct journal *journal, const char *name, const char *role);

#endif
