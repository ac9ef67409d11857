/*
 * fixture.h - a small log made by hand from docs/format.md, with base/ alone: neither the writer's
 * code nor the verifier's has a part in it, so that both can be held against it.
 *
 * Bodies are given as JSON in any order; the fixture makes them canonical. Whatever a test asks for
 * is written, right or wrong, and signed by the right key unless it asks otherwise.
 */
#ifndef TESTS_VERIFY_FIXTURE_H
#define TESTS_VERIFY_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/hash.h"
#include "base/note.h"
#include "base/sign.h"
#include "base/tree.h"

#define FIXTURE_ORIGIN      "mingzhang/611025000000"
#define FIXTURE_COUNTY      "611025000000"
#define FIXTURE_TOWN        "611025100000"
#define FIXTURE_PEOPLE_MAX  16
#define FIXTURE_ENTRIES_MAX 2000
#define FIXTURE_SEALS_MAX   2000
#define FIXTURE_TEXT_SIZE   70000
#define FIXTURE_PAYROLL     600 /* lines of the long voucher, so that the log has several tiles */

/* A call that takes &failure last and must succeed. Tells check of failures only: check writes to a
 * file for every assertion that holds. */
#define must(call)                                                                                 \
    do {                                                                                           \
        struct error failure = ERROR_INIT;                                                         \
                                                                                                   \
        if (!(call)) ck_abort_msg("%s: %s", #call, failure.message);                               \
    } while (0)

struct fixture_person {
    char user[33];
    struct sign_key *key;
    struct sign_public public;
};

struct fixture_entry {
    uint8_t *bytes;
    size_t size;
    hash_t leaf;
};

struct fixture_seal {
    uint64_t seq;
    char member[24];
    uint8_t key[32];
    uint8_t *plain;
    size_t plain_size;
};

/** A voucher as submitted, for the signatures of those who decide. */
struct fixture_submission {
    char event_date[11];
    char reference[65];
    char lines_root[65];
    char totals_sha256[65];
    char submit[65];
    uint64_t line_count;
};

/** Of people who aren't. */
extern const char *const fixture_id_numbers[3];

struct fixture_signer;

struct fixture {
    struct fixture_signer *signer; /* of documents; its certificate stands in the genesis */
    struct fixture_person people[FIXTURE_PEOPLE_MAX];
    size_t person_count;
    struct sign_key *log_key;
    struct note_vkey vkey;
    struct fixture_entry entries[FIXTURE_ENTRIES_MAX];
    size_t count;
    struct fixture_seal seals[FIXTURE_SEALS_MAX];
    size_t seal_count;
    int64_t time_seconds;
    unsigned drawn;                             /* keys and nonces so far */
    struct tree_frontier rows;                  /* since the last entry that covers rows */
    struct fixture_submission submissions[100]; /* by number, all of 2021 */
};

/** Only the genesis, under a log key made from this name. */
struct fixture *fixture_new_with_log_key(const char *name);
/** The whole good log of the comment in fixture.c. */
struct fixture *fixture_world(void);
/** The same without its publication. */
struct fixture *fixture_unpublished_world(void);
void fixture_free(struct fixture *fixture);

const struct fixture_person *fixture_person(struct fixture *fixture, const char *user);
/** The log's key as people copy it. */
const char *fixture_vkey(const struct fixture *fixture, char text[NOTE_VKEY_TEXT_SIZE]);

/** Append an entry with this body as it is. Returns its seq. */
uint64_t fixture_append(struct fixture *fixture, const char *actor, const char *kind,
                        const char *format, ...) PRINTF_LIKE(4, 5);
/** An act of one: the body's members without braces; nonce and signature are added. */
uint64_t fixture_act(struct fixture *fixture, const char *user, const char *kind,
                     const char *format, ...) PRINTF_LIKE(4, 5);
/** An act of two, proposed and seconded. Returns the seq of the second. */
uint64_t fixture_two(struct fixture *fixture, const char *proposer, const char *seconder,
                     const char *act, const char *format, ...) PRINTF_LIKE(5, 6);
/** Only the proposal. */
uint64_t fixture_propose(struct fixture *fixture, const char *user, const char *act,
                         const char *body);
uint64_t fixture_second(struct fixture *fixture, const char *user, uint64_t proposal);
/** user.add of two; the key is made from the user's name. */
void fixture_add_user(struct fixture *fixture, const char *user, const char *roles);

/** A row that an import.file will cover. */
uint64_t fixture_row(struct fixture *fixture, const char *actor, const char *kind,
                     const char *format, ...) PRINTF_LIKE(4, 5);
/** Covers the rows since the last. */
uint64_t fixture_import(struct fixture *fixture, const char *user, const char *reference);

/** Seal a value for a member of the entry that comes next: writes {"sealed":"…"}. */
void fixture_seal(struct fixture *fixture, const char *purpose, const char *subject,
                  const char *value, char text[96]);

/** A line; `person` seals it. */
uint64_t fixture_line(struct fixture *fixture, const char *actor, unsigned voucher, unsigned line,
                      bool person, const char *detail);

struct fixture_voucher {
    const char *user;
    unsigned number; /* 2021-00000N */
    const char *movement;
    const char *totals; /* a JSON array in canonical order */
    bool seal_totals;
    bool people;
    bool late;
    const char *event_date; /* NULL: 2021-04-02 */
    const char *reference;  /* NULL: R-N */
    const char *reverses;   /* NULL: "" */
    const char *key_of;     /* NULL: the user's own */
    uint64_t line_count;    /* 0: as many as there are */
};
uint64_t fixture_submit(struct fixture *fixture, const struct fixture_voucher *voucher);
/** act: "approve", "reject", "withdraw". */
uint64_t fixture_decide(struct fixture *fixture, const char *user, const char *act, unsigned number,
                        const char *reason);

/** Change entry `seq`: the first `from` in its bytes becomes `to`; its leaf hash follows. */
void fixture_replace(struct fixture *fixture, uint64_t seq, const char *from, const char *to);
/** Make the chain fit again from `seq` on, as a forger would who has no keys. */
void fixture_rechain(struct fixture *fixture, uint64_t seq);

hash_t fixture_root(const struct fixture *fixture, uint64_t size);
/** A signed checkpoint of the first `size` entries. */
void fixture_checkpoint(const struct fixture *fixture, uint64_t size, struct buffer *out);

/** Write FOLDER/ledger.sqlite. */
void fixture_write_ledger(const struct fixture *fixture, const char *folder);
/** Run SQL on it. */
void fixture_sql(const char *folder, const char *sql);

/** What verify_path() says of a path: "PASS …", "FAIL …", or "ERROR …". Lent until the next call.
 */
struct verify_options;
const char *fixture_verify(const char *path, const struct verify_options *options);

#endif
