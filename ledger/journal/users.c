/*
 * users.c - bringing people in and out: user.add, user.rekey, user.widen (acts of two),
 * user.revoke.
 *
 * 1. Administrators are administrators of the whole ledger: the role `admin` is given for the root
 *    division only, and every act of two takes two of them.
 * 2. One administrator may revoke a user at once, because a stolen key can't wait; but two active
 *    administrators always remain, or nobody could ever be added again.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define ROLE_NAME_SIZE_MAX 16

static const char *const role_words[] = {"admin",     "maker",     "checker",
                                         "publisher", "inspector", NULL};

static_assert(ARRAY_COUNT(role_words) == ROLE_COUNT + 1, "a word for each role");

static const struct entry_member role_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "role", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = role_words},
    {.name = NULL},
};

/* ---- Bodies ---------------------------------------------------------------------------------- */

static bool get_user(const struct json_document *document, uint32_t body, char user[USER_CODE_SIZE],
                     struct error *err)
{
    return json_get_string(document, body, "user", user, USER_CODE_SIZE, err);
}

static bool get_key(const struct json_document *document, uint32_t body, struct sign_public *key,
                    struct error *err)
{
    char text[SIGN_PUBLIC_TEXT_SIZE];

    return json_get_string(document, body, "key", text, sizeof text, err) &&
           sign_public_parse(text, key, err);
}

struct granted_role {
    char division[DIVISION_CODE_SIZE];
    char role[ROLE_NAME_SIZE_MAX];
};

static bool get_role(const struct json_document *document, uint32_t node, struct granted_role *out,
                     struct error *err)
{
    return json_get_string(document, node, "division", out->division, sizeof out->division, err) &&
           json_get_string(document, node, "role", out->role, sizeof out->role, err);
}

static bool check_roles(struct journal *journal, const struct json_document *document,
                        uint32_t body, struct error *err)
{
    struct granted_role granted;
    uint32_t roles;

    if (!json_get_node(document, body, "roles", JSON_ARRAY, &roles, err)) return false;
    if (json_count(document, roles) == 0)
        return error_set(err, ERROR_INPUT, "no role is named; name one for a division");
    for (uint32_t node = json_first(document, roles); node != JSON_NONE;
         node = json_next(document, node)) {
        if (!get_role(document, node, &granted, err)) return false;
        if (!division_code_is_within(granted.division, journal->division))
            return error_set(err, ERROR_INPUT, "division %s does not lie in this ledger's %s",
                             granted.division, journal->division);
        if (strcmp(granted.role, role_name(ROLE_ADMIN)) == 0 &&
            strcmp(granted.division, journal->division) != 0)
            return error_set(err, ERROR_INPUT,
                             "an administrator is one of the whole ledger; name division %s",
                             journal->division);
    }
    return true;
}

static bool add_roles(struct journal *journal, const struct json_document *document, uint32_t body,
                      const char *user, uint64_t seq, struct error *err)
{
    struct granted_role granted;
    uint32_t roles;

    if (!json_get_node(document, body, "roles", JSON_ARRAY, &roles, err)) return false;
    for (uint32_t node = json_first(document, roles); node != JSON_NONE;
         node = json_next(document, node))
        if (!get_role(document, node, &granted, err) ||
            !user_add_role(journal, user, granted.role, granted.division, seq, err))
            return false;
    return true;
}

static bool require_present(struct journal *journal, const char *user, struct error *err)
{
    struct user_record record;

    if (!user_read(journal, user, &record, err)) return false;
    return !record.is_revoked ||
           error_set(err, ERROR_STATE, "%s was revoked; give a new key first (user.rekey)", user);
}

/* ---- user.add -------------------------------------------------------------------------------- */

static bool check_add(struct journal *journal, const struct json_document *document, uint32_t body,
                      struct error *err)
{
    char user[USER_CODE_SIZE];
    struct user_record record;
    struct sign_public key;

    if (!get_user(document, body, user, err) || !get_key(document, body, &key, err)) return false;
    if (user_read(journal, user, &record, err))
        return error_set(err, ERROR_CONFLICT, "there is or was a user %s; choose another code",
                         user);
    if (err->code != ERROR_NOT_FOUND) return false;
    error_clear(err);
    return user_require_new_key(journal, &key, err) && check_roles(journal, document, body, err);
}

static bool effect_add(struct journal *journal, const struct entry_view *second,
                       const struct json_document *document, uint32_t body, struct error *err)
{
    char user[USER_CODE_SIZE];
    struct sign_public key;

    return get_user(document, body, user, err) && get_key(document, body, &key, err) &&
           user_add(journal, user, &key, second->seq, err) &&
           add_roles(journal, document, body, user, second->seq, err);
}

static const struct entry_member add_members[] = {
    {.name = "key", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "roles", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = role_members},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind user_add_act = {"user.add", add_members, check_add, effect_add};

/* ---- user.rekey ------------------------------------------------------------------------------ */

static bool check_rekey(struct journal *journal, const struct json_document *document,
                        uint32_t body, struct error *err)
{
    char user[USER_CODE_SIZE];
    struct user_record record;
    struct sign_public key;

    return get_user(document, body, user, err) && get_key(document, body, &key, err) &&
           user_read(journal, user, &record, err) && user_require_new_key(journal, &key, err);
}

static bool effect_rekey(struct journal *journal, const struct entry_view *second,
                         const struct json_document *document, uint32_t body, struct error *err)
{
    char user[USER_CODE_SIZE];
    struct sign_public key;

    return get_user(document, body, user, err) && get_key(document, body, &key, err) &&
           user_rekey(journal, user, &key, second->seq, err);
}

static const struct entry_member rekey_members[] = {
    {.name = "key", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind user_rekey_act = {"user.rekey", rekey_members, check_rekey, effect_rekey};

/* ---- user.widen ------------------------------------------------------------------------------ */

static bool check_widen(struct journal *journal, const struct json_document *document,
                        uint32_t body, struct error *err)
{
    char user[USER_CODE_SIZE];

    return get_user(document, body, user, err) && require_present(journal, user, err) &&
           check_roles(journal, document, body, err);
}

static bool effect_widen(struct journal *journal, const struct entry_view *second,
                         const struct json_document *document, uint32_t body, struct error *err)
{
    char user[USER_CODE_SIZE];

    return get_user(document, body, user, err) &&
           add_roles(journal, document, body, user, second->seq, err);
}

static const struct entry_member widen_members[] = {
    {.name = "roles", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = role_members},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind user_widen_act = {"user.widen", widen_members, check_widen, effect_widen};

/* ---- user.revoke ----------------------------------------------------------------------------- */

static bool check_administrators_left(struct journal *journal, const char *revoked,
                                      struct error *err)
{
    int64_t left;

    if (!user_count_administrators(journal, &left, err)) return false;
    return left >= 2 ||
           error_set(err, ERROR_STATE,
                     "without %s fewer than two administrators would be left, and nobody could be "
                     "added any more; add another administrator first",
                     revoked);
}

static bool apply_revoke(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char user[USER_CODE_SIZE];

    return journal_require_role(journal, entry->actor, ROLE_ADMIN, journal->division, err) &&
           get_user(entry->document, entry->body, user, err) &&
           require_present(journal, user, err) && user_revoke(journal, user, entry->seq, err) &&
           check_administrators_left(journal, user, err);
}

static bool describe_revoke(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char user[USER_CODE_SIZE], reason[TEXT_SIZE_BYTES_MAX + 1];

    return get_user(entry->document, entry->body, user, err) &&
           json_get_string(entry->document, entry->body, "reason", reason, sizeof reason, err) &&
           buffer_append_format(out, err, "revokes user %s: %s", user, reason);
}

static const struct entry_member revoke_members[] = {
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind revoke_kind = {
    .name = "user.revoke",
    .members = revoke_members,
    .apply = apply_revoke,
    .describe = describe_revoke,
};
