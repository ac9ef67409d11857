/*
 * people.h - who may sign what at a place in the log: users, keys, roles, certificates.
 *
 * 1. What entry n gives holds for entries after n; what it takes is gone for entries after n.
 * 2. A user code is entered once, a public key is entered once, whoever it belongs to.
 * 3. Who stands in for whom is judged by the day of the entry, as China counts days.
 * 4. Nothing is forgotten: publication commits are judged by the log as it was then.
 */
#ifndef AUDIT_VERIFY_PEOPLE_H
#define AUDIT_VERIFY_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/map.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/sign.h"

#define USER_SIZE  33
#define SEQ_NEVER  UINT64_MAX
#define PEOPLE_MAX 1000000 /* users, keys, grants, certificates of one log, each */

enum user_role { USER_ADMIN, USER_MAKER, USER_CHECKER, USER_PUBLISHER, USER_INSPECTOR };

struct role_grant {
    enum user_role role;
    char division[DIVISION_CODE_SIZE];
};

struct person {
    char user[USER_SIZE];
    bool has_key; /* false after user.revoke */
    struct sign_public key;
    struct role_grant *grants;
    size_t grant_count, grant_capacity;
    uint64_t publisher_since; /* seq of the entry that first made it one, or SEQ_NEVER */
};

/* A key while it was somebody's: signs entries (and commits of a log) after `since`, up to `until`.
 */
struct key_term {
    struct sign_public key;
    uint32_t person;
    uint64_t since;
    uint64_t until;
};

/* One holds another's role besides the own, on these days. */
struct stand_in {
    uint32_t user, delegate; /* persons */
    struct role_grant grant;
    date_t first_day, last_day; /* both included */
    bool has_ended;             /* before its last day */
};

struct certificate {
    uint8_t *der;
    size_t size;
    hash_t sha256;
    uint64_t added;
    uint64_t revoked; /* seq, or SEQ_NEVER */
};

struct people {
    char root[DIVISION_CODE_SIZE];
    struct person *persons;
    size_t person_count, person_capacity;
    struct map by_user;
    struct key_term *terms;
    size_t term_count, term_capacity;
    struct map by_key; /* to its term */
    struct stand_in *stand_ins;
    size_t stand_in_count, stand_in_capacity;
    date_t today; /* of the entry that is judged */
    struct certificate *certificates;
    size_t certificate_count, certificate_capacity;
};

void people_init(struct people *people);
void people_done(struct people *people);

/** Enter a user with a key, by entry `seq`. */
bool people_add(struct people *people, const char *user, const struct sign_public *key,
                uint64_t seq, struct error *err) MUST_CHECK;
/** Give a user another key, or one again. */
bool people_rekey(struct people *people, const char *user, const struct sign_public *key,
                  uint64_t seq, struct error *err) MUST_CHECK;
/** Take a user's key away. Two administrators must be left. */
bool people_revoke(struct people *people, const char *user, uint64_t seq,
                   struct error *err) MUST_CHECK;
/** Give a role, named as in the log, for a division within the root. */
bool people_grant(struct people *people, const char *user, const char *role, const char *division,
                  uint64_t seq, struct error *err) MUST_CHECK;

/** The user who has a key now; fails when there is none. Lent until the next change. */
bool people_find(const struct people *people, const char *user, const struct person **out,
                 struct error *err) MUST_CHECK;
/** Does the role hold for a division, today, as one's own or for somebody else? "" asks for any. */
bool people_has_role(const struct people *people, const struct person *person, enum user_role role,
                     const char *division);
/** What user.delegate says; the role named as in the log. */
struct delegation {
    char user[USER_SIZE], delegate[USER_SIZE];
    date_t first_day, last_day;
    char role[16], division[DIVISION_CODE_SIZE];
};
/** Let one stand in for another who holds the role. */
bool people_delegate(struct people *people, const struct delegation *delegation,
                     struct error *err) MUST_CHECK;
/** End it early; fails when nothing is left to end. */
bool people_undelegate(struct people *people, const char *user, const char *delegate,
                       struct error *err) MUST_CHECK;
/** Does one stand in for the other in this role today? */
bool people_stands_in(const struct people *people, const char *delegate, const char *user,
                      enum user_role role);
/** In the log of `size` entries, whose was the key, and was he or she a publisher? NULL if not. */
const struct person *people_publisher(const struct people *people, const struct sign_public *key,
                                      uint64_t size);
/** Was the key ever a publisher's? NULL if not. */
const struct person *people_ever_publisher(const struct people *people,
                                           const struct sign_public *key);

/** Enter a certificate (DER, taken by copy). */
bool people_add_certificate(struct people *people, const uint8_t *der, size_t size, uint64_t seq,
                            struct error *err) MUST_CHECK;
bool people_revoke_certificate(struct people *people, const hash_t *sha256, uint64_t seq,
                               struct error *err) MUST_CHECK;
/** The certificate with these bytes, or NULL. */
const struct certificate *people_certificate(const struct people *people, const uint8_t *der,
                                             size_t size);

#endif
