/*
 * people.c - users, keys, roles and certificates in the order of the log.
 */
#include "audit/verify/people.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "base/compiler.h"

#define GRANTS_MAX         100000 /* of one user */
#define ADMINISTRATORS_MIN 2
#define STAND_IN_DAYS_MAX  92

static const char *const role_names[] = {
    [USER_ADMIN] = "admin",         [USER_MAKER] = "maker",         [USER_CHECKER] = "checker",
    [USER_PUBLISHER] = "publisher", [USER_INSPECTOR] = "inspector",
};

void people_init(struct people *people)
{
    memset(people, 0, sizeof *people);
}

void people_done(struct people *people)
{
    for (size_t i = 0; i < people->person_count; i++)
        free(people->persons[i].grants);
    for (size_t i = 0; i < people->certificate_count; i++)
        free(people->certificates[i].der);
    free(people->persons);
    free(people->terms);
    free(people->certificates);
    free(people->stand_ins);
    map_done(&people->by_user);
    map_done(&people->by_key);
    people_init(people);
}

/* ---- Users and keys ------------------------------------------------------------------------- */

static hash_t hash_user(const char *user)
{
    return hash_sha256((const uint8_t *)user, strlen(user));
}

static hash_t hash_key(const struct sign_public *key)
{
    return hash_sha256(key->bytes, sizeof key->bytes);
}

static bool find(const struct people *people, const char *user, uint32_t *index_out,
                 struct error *err)
{
    hash_t hash = hash_user(user);

    if (map_find(&people->by_user, &hash, index_out)) return true;
    return error_set(err, ERROR_VERIFY, "user %s was never entered", user);
}

/* From entry `seq` on the key is this person's. */
static bool begin_term(struct people *people, uint32_t index, const struct sign_public *key,
                       uint64_t seq, struct error *err)
{
    struct person *person = &people->persons[index];
    hash_t hash = hash_key(key);

    if (map_find(&people->by_key, &hash, NULL)) {
        return error_set(err, ERROR_VERIFY,
                         "the key of user %s was entered before; "
                         "each key is entered once",
                         person->user);
    }
    if (!array_reserve(&people->terms, sizeof *people->terms, people->term_count,
                       &people->term_capacity, PEOPLE_MAX, err))
        return false;
    if (!map_add(&people->by_key, &hash, (uint32_t)people->term_count, err)) return false;
    people->terms[people->term_count++] = (struct key_term){*key, index, seq, SEQ_NEVER};
    person->key = *key;
    person->has_key = true;
    return true;
}

static void end_term(struct people *people, uint32_t index, uint64_t seq)
{
    struct person *person = &people->persons[index];
    hash_t hash = hash_key(&person->key);
    uint32_t term = 0;
    bool is_known = map_find(&people->by_key, &hash, &term);

    assert(is_known);
    if (person->has_key) people->terms[term].until = seq;
    person->has_key = false;
}

bool people_add(struct people *people, const char *user, const struct sign_public *key,
                uint64_t seq, struct error *err)
{
    hash_t hash = hash_user(user);
    struct person *person;

    if (map_find(&people->by_user, &hash, NULL)) {
        return error_set(err, ERROR_VERIFY, "user %s was entered before", user);
    }
    if (!array_reserve(&people->persons, sizeof *people->persons, people->person_count,
                       &people->person_capacity, PEOPLE_MAX, err))
        return false;
    if (!map_add(&people->by_user, &hash, (uint32_t)people->person_count, err)) return false;
    person = &people->persons[people->person_count];
    assert(strlen(user) < sizeof person->user);
    memcpy(person->user, user, strlen(user) + 1);
    person->publisher_since = SEQ_NEVER;
    people->person_count++;
    return begin_term(people, (uint32_t)people->person_count - 1, key, seq, err);
}

bool people_rekey(struct people *people, const char *user, const struct sign_public *key,
                  uint64_t seq, struct error *err)
{
    uint32_t index;

    if (!find(people, user, &index, err)) return false;
    end_term(people, index, seq);
    return begin_term(people, index, key, seq, err);
}

/* Does the person hold the role, not for somebody else? */
static bool has_own_role(const struct person *person, enum user_role role, const char *division)
{
    for (size_t i = 0; i < person->grant_count; i++) {
        const struct role_grant *grant = &person->grants[i];

        if (grant->role != role) continue;
        if (division[0] == '\0' || division_code_is_within(division, grant->division)) return true;
    }
    return false;
}

static size_t count_administrators(const struct people *people)
{
    size_t count = 0;

    for (size_t i = 0; i < people->person_count; i++)
        count += people->persons[i].has_key &&
                 has_own_role(&people->persons[i], USER_ADMIN, people->root);
    return count;
}

bool people_revoke(struct people *people, const char *user, uint64_t seq, struct error *err)
{
    uint32_t index;

    if (!find(people, user, &index, err)) return false;
    end_term(people, index, seq);
    for (size_t i = 0; i < people->stand_in_count; i++) {
        struct stand_in *stand_in = &people->stand_ins[i];

        if (stand_in->user == index || stand_in->delegate == index) stand_in->has_ended = true;
    }
    return count_administrators(people) >= ADMINISTRATORS_MIN ||
           error_set(err, ERROR_VERIFY, "without %s fewer than two administrators are left", user);
}

bool people_find(const struct people *people, const char *user, const struct person **out,
                 struct error *err)
{
    uint32_t index;

    if (!find(people, user, &index, err)) return false;
    if (!people->persons[index].has_key) {
        return error_set(err, ERROR_VERIFY, "user %s was revoked before it", user);
    }
    *out = &people->persons[index];
    return true;
}

/* ---- Roles ---------------------------------------------------------------------------------- */

bool people_grant(struct people *people, const char *user, const char *role, const char *division,
                  uint64_t seq, struct error *err)
{
    struct role_grant *grant;
    struct person *person;
    size_t named = 0;
    uint32_t index;

    if (!find(people, user, &index, err)) return false;
    if (!division_code_is_within(division, people->root)) {
        return error_set(err, ERROR_VERIFY, "division %s lies outside this ledger's %s", division,
                         people->root);
    }
    while (strcmp(role_names[named], role) != 0) {
        named++;
        assert(named < ARRAY_COUNT(role_names));
    }
    if (named == USER_ADMIN && strcmp(division, people->root) != 0) {
        return error_set(err, ERROR_VERIFY, "%s is made an administrator of %s, not of the whole",
                         user, division);
    }
    person = &people->persons[index];
    if (!array_reserve(&person->grants, sizeof *person->grants, person->grant_count,
                       &person->grant_capacity, GRANTS_MAX, err))
        return false;
    grant = &person->grants[person->grant_count++];
    grant->role = (enum user_role)named;
    memcpy(grant->division, division, DIVISION_CODE_SIZE);
    if (named == USER_PUBLISHER && person->publisher_since == SEQ_NEVER) {
        person->publisher_since = seq;
    }
    return true;
}

/* ---- Standing in ---------------------------------------------------------------------------- */

static bool is_today(const struct people *people, const struct stand_in *stand_in)
{
    return !stand_in->has_ended && !date_is_before(people->today, stand_in->first_day) &&
           !date_is_before(stand_in->last_day, people->today);
}

bool people_has_role(const struct people *people, const struct person *person, enum user_role role,
                     const char *division)
{
    if (has_own_role(person, role, division)) return true;
    for (size_t i = 0; i < people->stand_in_count; i++) {
        const struct stand_in *stand_in = &people->stand_ins[i];

        if (&people->persons[stand_in->delegate] != person || stand_in->grant.role != role ||
            !is_today(people, stand_in))
            continue;
        if (division[0] == '\0' || division_code_is_within(division, stand_in->grant.division))
            return true;
    }
    return false;
}

bool people_stands_in(const struct people *people, const char *delegate, const char *user,
                      enum user_role role)
{
    for (size_t i = 0; i < people->stand_in_count; i++) {
        const struct stand_in *stand_in = &people->stand_ins[i];

        if (stand_in->grant.role == role && is_today(people, stand_in) &&
            strcmp(people->persons[stand_in->delegate].user, delegate) == 0 &&
            strcmp(people->persons[stand_in->user].user, user) == 0)
            return true;
    }
    return false;
}

static bool check_days(const struct people *people, const struct delegation *delegation,
                       struct error *err)
{
    int32_t span = delegation->last_day.days - delegation->first_day.days;

    if (span < 0 || span >= STAND_IN_DAYS_MAX) {
        return error_set(err, ERROR_VERIFY, "%s stands in for %s on other than 1 to %d days",
                         delegation->delegate, delegation->user, STAND_IN_DAYS_MAX);
    }
    return !date_is_before(delegation->last_day, people->today) ||
           error_set(err, ERROR_VERIFY, "%s stands in for %s on days that are past",
                     delegation->delegate, delegation->user);
}

bool people_delegate(struct people *people, const struct delegation *delegation, struct error *err)
{
    struct stand_in stand_in = {.first_day = delegation->first_day,
                                .last_day = delegation->last_day};
    const struct person *person = NULL;

    if (!people_find(people, delegation->user, &person, err) ||
        !people_find(people, delegation->delegate, &person, err) ||
        !find(people, delegation->user, &stand_in.user, err) ||
        !find(people, delegation->delegate, &stand_in.delegate, err) ||
        !check_days(people, delegation, err))
        return false;
    if (stand_in.user == stand_in.delegate) {
        return error_set(err, ERROR_VERIFY, "%s stands in for oneself", delegation->user);
    }
    stand_in.grant.role = strcmp(delegation->role, role_names[USER_MAKER]) == 0 ? USER_MAKER //
                                                                                : USER_CHECKER;
    assert(strcmp(delegation->role, role_names[stand_in.grant.role]) == 0); /* its shape's words */
    memcpy(stand_in.grant.division, delegation->division, DIVISION_CODE_SIZE);
    if (!has_own_role(&people->persons[stand_in.user], stand_in.grant.role, delegation->division)) {
        return error_set(err, ERROR_VERIFY, "%s passes on being %s for %s without being it",
                         delegation->user, delegation->role, delegation->division);
    }
    if (!array_reserve(&people->stand_ins, sizeof *people->stand_ins, people->stand_in_count,
                       &people->stand_in_capacity, PEOPLE_MAX, err))
        return false;
    people->stand_ins[people->stand_in_count++] = stand_in;
    return true;
}

bool people_undelegate(struct people *people, const char *user, const char *delegate,
                       struct error *err)
{
    bool found = false;

    for (size_t i = 0; i < people->stand_in_count; i++) {
        struct stand_in *stand_in = &people->stand_ins[i];

        if (stand_in->has_ended || date_is_before(stand_in->last_day, people->today) ||
            strcmp(people->persons[stand_in->delegate].user, delegate) != 0 ||
            strcmp(people->persons[stand_in->user].user, user) != 0)
            continue;
        stand_in->has_ended = true;
        found = true;
    }
    return found || error_set(err, ERROR_VERIFY, "ends that %s stands in for %s, which isn't so",
                              delegate, user);
}

const struct person *people_publisher(const struct people *people, const struct sign_public *key,
                                      uint64_t size)
{
    hash_t hash = hash_key(key);
    const struct person *person;
    const struct key_term *term;
    uint32_t index;

    if (!map_find(&people->by_key, &hash, &index)) return NULL;
    term = &people->terms[index];
    person = &people->persons[term->person];
    /* The log of `size` entries holds entry n when n < size. */
    if (term->since >= size || term->until < size) return NULL;
    return person->publisher_since < size ? person : NULL;
}

const struct person *people_ever_publisher(const struct people *people,
                                           const struct sign_public *key)
{
    hash_t hash = hash_key(key);
    const struct person *person;
    uint32_t index;

    if (!map_find(&people->by_key, &hash, &index)) return NULL;
    person = &people->persons[people->terms[index].person];
    return person->publisher_since != SEQ_NEVER ? person : NULL;
}

/* ---- Certificates --------------------------------------------------------------------------- */

static struct certificate *find_certificate(const struct people *people, const hash_t *sha256)
{
    for (size_t i = 0; i < people->certificate_count; i++) {
        if (hash_equal(&people->certificates[i].sha256, sha256)) return &people->certificates[i];
    }
    return NULL;
}

bool people_add_certificate(struct people *people, const uint8_t *der, size_t size, uint64_t seq,
                            struct error *err)
{
    hash_t sha256 = hash_sha256(der, size);
    struct certificate *certificate;

    if (find_certificate(people, &sha256) != NULL) {
        return error_set(err, ERROR_VERIFY, "the certificate was entered before");
    }
    if (!array_reserve(&people->certificates, sizeof *people->certificates,
                       people->certificate_count, &people->certificate_capacity, PEOPLE_MAX, err))
        return false;
    certificate = &people->certificates[people->certificate_count];
    certificate->der = malloc(size);
    if (certificate->der == NULL) return error_set(err, ERROR_MEMORY, "no memory");
    memcpy(certificate->der, der, size);
    certificate->size = size;
    certificate->sha256 = sha256;
    certificate->added = seq;
    certificate->revoked = SEQ_NEVER;
    people->certificate_count++;
    return true;
}

bool people_revoke_certificate(struct people *people, const hash_t *sha256, uint64_t seq,
                               struct error *err)
{
    struct certificate *certificate = find_certificate(people, sha256);

    if (certificate == NULL || certificate->revoked != SEQ_NEVER) {
        return error_set(err, ERROR_VERIFY, "revokes a certificate that isn't in use");
    }
    certificate->revoked = seq;
    return true;
}

const struct certificate *people_certificate(const struct people *people, const uint8_t *der,
                                             size_t size)
{
    hash_t sha256 = hash_sha256(der, size);
    const struct certificate *certificate = find_certificate(people, &sha256);

    if (certificate == NULL || certificate->size != size) return NULL;
    return memcmp(certificate->der, der, size) == 0 ? certificate : NULL;
}
