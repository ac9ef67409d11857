/*
 * people.c - users, their keys and roles, as the log has them at its end.
 *
 * 1. One person, one user; at most one user for a key, for ever: a key once entered is nobody
 *    else's, and not its own user's again after it was replaced.
 * 2. A key entered by entry n signs entries after n; replaced or revoked by n, none after n. The
 *    table holds what is so now, and entries are applied one by one, so no number is compared.
 * 3. Revoking takes the key away; two administrators may give a new one.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "ledger/journal/internal.h"

static const char *const role_names[] = {
    [ROLE_ADMIN] = "admin",         [ROLE_MAKER] = "maker",         [ROLE_CHECKER] = "checker",
    [ROLE_PUBLISHER] = "publisher", [ROLE_INSPECTOR] = "inspector",
};

static_assert(ARRAY_COUNT(role_names) == ROLE_COUNT, "a name for each role");

const char *role_name(enum role role)
{
    assert(role < ROLE_COUNT);
    return role_names[role];
}

/* ---- Users ----------------------------------------------------------------------------------- */

bool user_read(struct journal *journal, const char *user, struct user_record *out,
               struct error *err)
{
    struct statement *select;
    const uint8_t *key;
    size_t size;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT public_key, key_seq, revoked_seq FROM ledger_user "
                         "WHERE user_code = $1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, user);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) return error_set(err, ERROR_NOT_FOUND, "this ledger has no user %s", user);
    key = statement_blob(select, 0, &size);
    if (size != SIGN_PUBLIC_SIZE) {
        statement_reset(select);
        return error_set(err, ERROR_STORE, "the key of %s is damaged; replay the ledger", user);
    }
    memcpy(out->key.bytes, key, SIGN_PUBLIC_SIZE);
    out->key_seq = (uint64_t)statement_integer(select, 1);
    out->is_revoked = statement_integer(select, 2) != SEQ_NONE;
    statement_reset(select);
    return true;
}

static bool read_active(struct journal *journal, const char *user, struct user_record *out,
                        struct error *err)
{
    if (!user_read(journal, user, out, err)) {
        if (err->code != ERROR_NOT_FOUND) return false;
        error_clear(err);
        return error_set(err, ERROR_PERMISSION,
                         "%s is no user of this ledger; two administrators can add one", user);
    }
    if (out->is_revoked)
        return error_set(err, ERROR_KEY,
                         "%s was revoked and may not act; two administrators can give a new key",
                         user);
    return true;
}

bool user_require_active(struct journal *journal, const char *user, struct error *err)
{
    struct user_record record;

    if (strcmp(journal->known_actor, user) == 0) return true;
    if (!read_active(journal, user, &record, err)) return false;
    (void)snprintf(journal->known_actor, sizeof journal->known_actor, "%s", user);
    return true;
}

bool user_count_administrators(struct journal *journal, int64_t *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT count(*) FROM ledger_user u JOIN user_role r "
                         "ON r.user_code = u.user_code WHERE r.role = 'admin' "
                         "AND u.revoked_seq = -1",
                         &select, err))
        return false;
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    *out = statement_integer(select, 0);
    statement_reset(select);
    return true;
}

bool user_require_new_key(struct journal *journal, const struct sign_public *key, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store, "SELECT user_code FROM user_key WHERE public_key = $1",
                         &select, err))
        return false;
    statement_bind_blob(select, 1, key->bytes, SIGN_PUBLIC_SIZE);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) return true;
    (void)error_set(err, ERROR_CONFLICT,
                    "this key is or was the key of %s; each person makes a key of their own, and "
                    "a new one each time",
                    statement_text(select, 0));
    statement_reset(select);
    return false;
}

static bool insert_key(struct journal *journal, const char *user, const struct sign_public *key,
                       uint64_t seq, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO user_key (public_key, user_code, from_seq, until_seq) "
                         "VALUES ($1, $2, $3, -1)",
                         &insert, err))
        return false;
    statement_bind_blob(insert, 1, key->bytes, SIGN_PUBLIC_SIZE);
    statement_bind_text(insert, 2, user);
    statement_bind_integer(insert, 3, (int64_t)seq);
    return statement_run(insert, err);
}

bool user_add(struct journal *journal, const char *user, const struct sign_public *key,
              uint64_t seq, struct error *err)
{
    struct statement *insert;

    if (!insert_key(journal, user, key, seq, err)) return false;
    if (!store_statement(journal->store,
                         "INSERT INTO ledger_user (user_code, public_key, entered_seq, key_seq, "
                         "revoked_seq) VALUES ($1, $2, $3, $4, -1)",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, user);
    statement_bind_blob(insert, 2, key->bytes, SIGN_PUBLIC_SIZE);
    statement_bind_integer(insert, 3, (int64_t)seq);
    statement_bind_integer(insert, 4, (int64_t)seq);
    return statement_run(insert, err);
}

static bool end_key(struct journal *journal, const char *user, uint64_t seq, struct error *err)
{
    struct statement *update;

    if (!store_statement(journal->store,
                         "UPDATE user_key SET until_seq = $1 WHERE user_code = $2 "
                         "AND until_seq = -1",
                         &update, err))
        return false;
    statement_bind_integer(update, 1, (int64_t)seq);
    statement_bind_text(update, 2, user);
    return statement_run(update, err);
}

bool user_rekey(struct journal *journal, const char *user, const struct sign_public *key,
                uint64_t seq, struct error *err)
{
    struct statement *update;

    if (!end_key(journal, user, seq, err) || !insert_key(journal, user, key, seq, err))
        return false;
    if (!store_statement(journal->store,
                         "UPDATE ledger_user SET public_key = $1, key_seq = $2, "
                         "revoked_seq = -1 WHERE user_code = $3",
                         &update, err))
        return false;
    statement_bind_blob(update, 1, key->bytes, SIGN_PUBLIC_SIZE);
    statement_bind_integer(update, 2, (int64_t)seq);
    statement_bind_text(update, 3, user);
    return statement_run(update, err);
}

bool user_revoke(struct journal *journal, const char *user, uint64_t seq, struct error *err)
{
    struct statement *update;

    if (!end_key(journal, user, seq, err) || !delegation_end_all(journal, user, seq, err))
        return false;
    if (!store_statement(journal->store,
                         "UPDATE ledger_user SET revoked_seq = $1 WHERE user_code = $2", &update,
                         err))
        return false;
    statement_bind_integer(update, 1, (int64_t)seq);
    statement_bind_text(update, 2, user);
    journal->known_actor[0] = '\0';
    return statement_run(update, err);
}

/* ---- Roles ----------------------------------------------------------------------------------- */

bool user_add_role(struct journal *journal, const char *user, const char *role,
                   const char *division, uint64_t seq, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO user_role (user_code, role, division, seq) "
                         "VALUES ($1, $2, $3, $4) ON CONFLICT (user_code, role, division) "
                         "DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, user);
    statement_bind_text(insert, 2, role);
    statement_bind_text(insert, 3, division);
    statement_bind_integer(insert, 4, (int64_t)seq);
    return statement_run(insert, err);
}

static bool is_in_scope(const char *division, const char *scope)
{
    return division[0] == '\0' || division_code_is_within(division, scope);
}

static void remember_role(struct journal *journal, const char *user, enum role role,
                          const char *division)
{
    if (journal->phase == JOURNAL_IDLE) return;
    (void)snprintf(journal->known_role.user, sizeof journal->known_role.user, "%s", user);
    (void)snprintf(journal->known_role.division, sizeof journal->known_role.division, "%s",
                   division);
    journal->known_role.role = role;
}

bool user_has_role(struct journal *journal, const char *user, enum role role, const char *division,
                   bool *found, struct error *err)
{
    struct statement *select;
    bool has_row;

    *found = strcmp(journal->known_role.user, user) == 0 && journal->known_role.role == role &&
             is_in_scope(division, journal->known_role.division);
    if (*found) return true;
    if (!store_statement(journal->store,
                         "SELECT division FROM user_role WHERE user_code = $1 AND role = $2 "
                         "ORDER BY division",
                         &select, err))
        return false;
    statement_bind_text(select, 1, user);
    statement_bind_text(select, 2, role_name(role));
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (is_in_scope(division, statement_text(select, 0))) {
            remember_role(journal, user, role, statement_text(select, 0));
            *found = true;
            statement_reset(select);
            return true;
        }
    }
}

/* The own roles, and those of somebody on leave. */
static bool find_role(struct journal *journal, const char *user, enum role role,
                      const char *division, bool *found, struct error *err)
{
    return user_has_role(journal, user, role, division, found, err) &&
           (*found || delegation_has_role(journal, user, role, division, found, err));
}

bool journal_require_role(struct journal *journal, const char *user, enum role role,
                          const char *division, struct error *err)
{
    bool found;

    if (!user_require_active(journal, user, err)) return false;
    if (!find_role(journal, user, role, division, &found, err)) return false;
    if (found) return true;
    if (division[0] == '\0')
        return error_set(err, ERROR_PERMISSION,
                         "%s is not %s anywhere; two administrators can give that role", user,
                         translate(role_name(role)));
    return error_set(err, ERROR_PERMISSION,
                     "%s is not %s for %s; two administrators can give that role", user,
                     translate(role_name(role)), division);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

bool journal_require_key(struct journal *journal, const char *user, const struct sign_public *key,
                         struct error *err)
{
    struct user_record record;

    if (!user_read(journal, user, &record, err)) {
        if (err->code != ERROR_NOT_FOUND) return false;
        error_clear(err);
        return error_set(err, ERROR_KEY, "this ledger has no user %s, so no key of theirs", user);
    }
    if (record.is_revoked)
        return error_set(err, ERROR_KEY, "%s was revoked; the key signs nothing any more", user);
    if (!sign_public_equal(&record.key, key))
        return error_set(err, ERROR_KEY,
                         "this is not the key that the ledger has for %s; use the newest one",
                         user);
    return true;
}

bool journal_check_signature(struct journal *journal, const char *user, const uint8_t *message,
                             size_t message_size, const char *signature, struct error *err)
{
    struct buffer raw = BUFFER_INIT(SIGN_SIGNATURE_SIZE);
    struct user_record record;
    bool ok = false;

    if (!read_active(journal, user, &record, err)) goto out;
    if (!base64_decode(signature, strlen(signature), &raw, err)) goto out;
    if (raw.size != SIGN_SIGNATURE_SIZE) {
        (void)error_set(err, ERROR_INPUT, "a signature has %d bytes, this one %zu",
                        SIGN_SIGNATURE_SIZE, raw.size);
        goto out;
    }
    if (!sign_verify(&record.key, message, message_size, raw.data, err)) {
        error_clear(err);
        (void)error_set(err, ERROR_VERIFY,
                        "the signature is not by the present key of %s over "
                        "this; sign it again",
                        user);
        goto out;
    }
    ok = true;
out:
    buffer_done(&raw);
    return ok;
}
