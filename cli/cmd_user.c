/*
 * cmd_user.c - people and acts of two: one administrator proposes, the other seconds.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/act.h"
#include "cli/command.h"

#define ROLES_MAX 64

/* ---- Roles ---------------------------------------------------------------------------------- */

struct role_scope {
    const char *role;
    char division[DIVISION_CODE_SIZE];
};

static bool role_known(const char *name)
{
    int role;

    for (role = 0; role < ROLE_COUNT; role++) {
        if (strcmp(role_name((enum role)role), name) == 0) return true;
    }
    return false;
}

/* "maker@611025000000", the division by code or name; the ledger's root when it is left out. */
static bool read_role(struct journal *journal, const char *text, struct role_scope *out,
                      char name[64], struct error *err)
{
    const char *at = strchr(text, '@');
    size_t size = at != NULL ? (size_t)(at - text) : strlen(text);
    struct division division;
    struct error no_code = ERROR_INIT;

    if (size == 0 || size >= 64) {
        error_set(err, ERROR_USAGE, "\"%s\" isn't ROLE@DIVISION", text);
        return error_at(err, "--role");
    }
    memcpy(name, text, size);
    name[size] = 0;
    if (!role_known(name)) {
        error_set(err, ERROR_USAGE,
                  "\"%s\" is no role; use admin, maker, checker, publisher or inspector", name);
        return error_at(err, "--role");
    }
    if (at == NULL) {
        memcpy(out->division, journal_root_division(journal), sizeof out->division);
    } else if (division_code_check(at + 1, &no_code)) {
        /* A code needn't be registered: the first maker is named before the first division. */
        memcpy(out->division, at + 1, sizeof out->division);
    } else {
        if (!division_resolve(journal, at + 1, "", &division, err)) return error_at(err, "--role");
        memcpy(out->division, division.code, sizeof out->division);
    }
    out->role = name;
    return true;
}

static bool write_roles(struct session *session, const struct arguments *arguments,
                        struct json_writer *writer, struct error *err)
{
    struct role_scope scope;
    char name[64];
    const char *text;
    size_t at = 0;
    size_t count = 0;

    json_name(writer, "roles");
    json_array_begin(writer);
    while ((text = option_next(arguments, OPTION_ROLE, &at)) != NULL) {
        if (count++ == ROLES_MAX)
            return error_set(err, ERROR_LIMIT, "more than %d roles", ROLES_MAX);
        if (!read_role(session->journal, text, &scope, name, err)) return false;
        json_object_begin(writer);
        json_member_string(writer, "division", scope.division);
        json_member_string(writer, "role", scope.role);
        json_object_end(writer);
    }
    json_array_end(writer);
    if (count > 0) return true;
    return error_set(err, ERROR_USAGE, "--role is missing, as in --role maker@611025000000");
}

static const struct argp_option role_options[] = {
    {"role", OPTION_ROLE, "ROLE@DIVISION", 0,
     "admin, maker, checker, publisher or inspector, there and below; may be repeated", 0},
    {0}};

/* ---- user ----------------------------------------------------------------------------------- */

static bool run_user_add(struct session *session, const struct arguments *arguments,
                         struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct json_writer writer;
    bool ok = false;

    if (!session_begin(session, err)) goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "key", arguments->at[1]);
    if (!write_roles(session, arguments, &writer, err)) goto out;
    json_member_string(&writer, "user", arguments->at[0]);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && act_propose(session, "user.add", &body, err);
out:
    buffer_done(&body);
    return ok;
}

const struct command command_user_add = {
    "user",
    "add",
    "USER PUB",
    2,
    2,
    role_options,
    "propose a new user",
    "PUB is what `mingzhang key new` printed for that person. The user is added when another "
    "administrator seconds it.\n\n"
    "  $ mingzhang -u zhao user add li mVFC… --role maker@611025000000\n"
    "  proposed; another administrator seconds it by\n"
    "    mingzhang act second 5f0c2a91b3de\n",
    run_user_add};

static bool run_user_rekey(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct json_writer writer;
    bool ok = false;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "key", arguments->at[1]);
    json_member_string(&writer, "user", arguments->at[0]);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && session_begin(session, err) &&
         act_propose(session, "user.rekey", &body, err);
    buffer_done(&body);
    return ok;
}

const struct command command_user_rekey = {
    "user",
    "rekey",
    "USER PUB",
    2,
    2,
    NULL,
    "propose another key for a user",
    "What the old key signed stays valid; from the second on only the new one signs.\n\n"
    "  $ mingzhang -u zhao user rekey li 9bX0…\n",
    run_user_rekey};

static bool run_user_widen(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct json_writer writer;
    bool ok = false;

    if (!session_begin(session, err)) goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    if (!write_roles(session, arguments, &writer, err)) goto out;
    json_member_string(&writer, "user", arguments->at[0]);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && act_propose(session, "user.widen", &body, err);
out:
    buffer_done(&body);
    return ok;
}

const struct command command_user_widen = {
    "user",
    "widen",
    "USER",
    1,
    1,
    role_options,
    "propose further roles for a user",
    "  $ mingzhang -u zhao user widen li --role maker@611025101000\n",
    run_user_widen};

static bool run_user_revoke(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    struct appended appended;
    bool ok = false;

    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!act_body(&body, err, "reason", reason, "user", arguments->at[0], (const char *)NULL)) {
        goto out;
    }
    if (!session_begin(session, err)) goto out;
    if (!journal_append_act(session->journal, &session->by, "user.revoke", &body, NULL, 0,
                            &appended, err) ||
        !session_commit(session, err)) {
        goto out;
    }
    say("%s is revoked: from here on nothing that this key signs is taken", arguments->at[0]);
    ok = true;
out:
    buffer_done(&body);
    return ok;
}

static const struct argp_option reason_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0}, {0}};

const struct command command_user_revoke = {
    "user",
    "revoke",
    "USER",
    1,
    1,
    reason_options,
    "take a user's rights away, at once",
    "One administrator is enough, so that a lost key can be stopped the same hour.\n\n"
    "  $ mingzhang -u zhao user revoke li --reason 'key lost'\n",
    run_user_revoke};

/* ---- clock ---------------------------------------------------------------------------------- */

static bool run_clock_confirm(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    struct appended appended;
    char text[INSTANT_TEXT_SIZE];
    bool ok = false;

    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!act_body(&body, err, "reason", reason, (const char *)NULL)) goto out;
    if (!session_begin(session, err)) goto out;
    instant_format(journal_time(session->journal), text);
    if (!journal_append_act(session->journal, &session->by, "clock.confirm", &body, NULL, 0,
                            &appended, err) ||
        !session_commit(session, err)) {
        goto out;
    }
    say("confirmed that it is %s", text);
    ok = true;
out:
    buffer_done(&body);
    return ok;
}

const struct command command_clock_confirm = {
    "clock",
    "confirm",
    NULL,
    0,
    0,
    reason_options,
    "confirm the date after 30 days without an entry",
    "A clock far ahead would date every entry after it wrongly, so an administrator looks "
    "first.\n\n"
    "  $ mingzhang -u zhao clock confirm --reason 'no entries over the holidays'\n",
    run_clock_confirm};
