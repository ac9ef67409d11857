/*
 * cmd_user.c - people and acts of two: one administrator proposes, the other seconds.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
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

/* Sign an act of one person and make it durable. */
static bool act_alone(struct session *session, const char *kind, const struct buffer *body,
                      struct error *err)
{
    struct appended appended;

    return session_begin(session, err) &&
           journal_append_act(session->journal, &session->by, kind, body, NULL, 0, &appended,
                              err) &&
           session_commit(session, err);
}

static bool run_user_revoke(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    bool ok = false;

    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err) ||
        !act_body(&body, err, "reason", reason, "user", arguments->at[0], (const char *)NULL) ||
        !act_alone(session, "user.revoke", &body, err))
        goto out;
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

/* ---- Standing in ---------------------------------------------------------------------------- */

struct own_roles {
    const char *user;
    struct json_writer *writer;
    size_t count;
};

/* What somebody on leave can pass on: maker and checker, as held. */
static bool write_own_role(void *context, const struct held_role *held, struct error *err)
{
    struct own_roles *own = context;

    (void)err;
    if (strcmp(held->user, own->user) != 0 || held->in_place_of[0] != 0) return true;
    if (strcmp(held->role, role_name(ROLE_MAKER)) != 0 &&
        strcmp(held->role, role_name(ROLE_CHECKER)) != 0) {
        return true;
    }
    own->count++;
    json_object_begin(own->writer);
    json_member_string(own->writer, "division", held->division);
    json_member_string(own->writer, "role", held->role);
    json_object_end(own->writer);
    return true;
}

static bool write_own_roles(struct session *session, const char *user, struct json_writer *writer,
                            struct error *err)
{
    struct own_roles own = {.user = user, .writer = writer};

    json_name(writer, "roles");
    json_array_begin(writer);
    if (!journal_walk_roles(session->journal, write_own_role, &own, err)) return false;
    json_array_end(writer);
    return own.count > 0 ||
           error_set(err, ERROR_INPUT, "%s is neither maker nor checker anywhere", user);
}

static bool read_day(const struct arguments *arguments, enum option_key key, const char *name,
                     char out[DATE_TEXT_SIZE], struct error *err)
{
    const char *text = NULL;
    date_t day;

    if (!option_require(arguments, key, name, &text, err)) return false;
    if (!date_parse_lenient(text, &day, err)) return error_at(err, "%s", name);
    date_format(day, out);
    return true;
}

static bool write_delegation(struct session *session, const struct arguments *arguments,
                             struct buffer *body, struct error *err)
{
    char first_day[DATE_TEXT_SIZE], last_day[DATE_TEXT_SIZE], reason[TEXT_SIZE];
    const char *text = NULL;
    struct json_writer writer;

    if (!read_day(arguments, OPTION_FIRST_DAY, "--first-day", first_day, err) ||
        !read_day(arguments, OPTION_LAST_DAY, "--last-day", last_day, err) ||
        !option_require(arguments, OPTION_REASON, "--reason", &text, err) ||
        !argument_text(text, "--reason", reason, sizeof reason, err) ||
        !session_begin(session, err)) {
        return false;
    }
    if (strcmp(session->user, arguments->at[1]) == 0) {
        return error_set(err, ERROR_PERMISSION,
                         "%s gets these roles and can't be one of the two who agree to it; two "
                         "other administrators must",
                         session->user);
    }
    json_writer_init(&writer, body);
    json_object_begin(&writer);
    json_member_string(&writer, "delegate", arguments->at[1]);
    json_member_string(&writer, "first_day", first_day);
    json_member_string(&writer, "last_day", last_day);
    json_member_string(&writer, "reason", reason);
    if (option_given(arguments, OPTION_ROLE)
            ? !write_roles(session, arguments, &writer, err)
            : !write_own_roles(session, arguments->at[0], &writer, err)) {
        return false;
    }
    json_member_string(&writer, "user", arguments->at[0]);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool run_user_delegate(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    bool ok = write_delegation(session, arguments, &body, err) &&
              act_propose(session, "user.delegate", &body, err);

    buffer_done(&body);
    return ok;
}

static const struct argp_option delegate_options[] = {
    {"first-day", OPTION_FIRST_DAY, "DATE", 0, "The first day of standing in", 0},
    {"last-day", OPTION_LAST_DAY, "DATE", 0, "The last; it ends by itself", 0},
    {"role", OPTION_ROLE, "ROLE@DIVISION", 0,
     "maker or checker, there and below; may be repeated (all that USER has)", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0},
    {0}};

const struct command command_user_delegate = {
    "user",
    "delegate",
    "USER DELEGATE",
    2,
    2,
    delegate_options,
    "propose that somebody stands in for a user on leave",
    "On these days DELEGATE is maker or checker where USER is, besides what he or she is already, "
    "and signs with the own key. What one of the two submits the other can't decide, while one "
    "stands in for the other as maker. At most 92 days; another administrator seconds it, and "
    "neither of the two is DELEGATE.\n\n"
    "  $ mingzhang -u zhao user delegate li chen --first-day 2021-07-05 --last-day 2021-07-16 \\\n"
    "      --reason '年休假'\n"
    "  proposed; another administrator seconds it by\n"
    "    mingzhang act second 5f0c2a91b3de\n",
    run_user_delegate};

static bool run_user_undelegate(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    bool ok = false;

    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err) ||
        !act_body(&body, err, "delegate", arguments->at[1], "reason", reason, "user",
                  arguments->at[0], (const char *)NULL) ||
        !act_alone(session, "user.undelegate", &body, err))
        goto out;
    say("%s doesn't stand in for %s any more", arguments->at[1], arguments->at[0]);
    ok = true;
out:
    buffer_done(&body);
    return ok;
}

const struct command command_user_undelegate = {
    "user",
    "undelegate",
    "USER DELEGATE",
    2,
    2,
    reason_options,
    "end early that somebody stands in for a user, at once",
    "USER, who is back, or one administrator is enough.\n\n"
    "  $ mingzhang -u li user undelegate li chen --reason '提前返岗'\n",
    run_user_undelegate};

/* ---- list ----------------------------------------------------------------------------------- */

struct role_list {
    struct table *table;
    char today[DATE_TEXT_SIZE];
};

static const char *holding(const struct held_role *held, const char *today)
{
    bool is_stand_in = held->in_place_of[0] != 0;

    if (held->has_ended) return is_stand_in ? N_("ended") : N_("revoked");
    if (!is_stand_in) return N_("holds");
    if (strcmp(today, held->first_day) < 0) return N_("to come");
    return strcmp(today, held->last_day) <= 0 ? N_("holds") : N_("over");
}

static bool list_role(void *context, const struct held_role *held, struct error *err)
{
    struct role_list *list = context;

    table_text(list->table, held->user);
    table_word(list->table, held->role);
    table_text(list->table, held->division);
    table_word(list->table, holding(held, list->today));
    table_text(list->table, held->in_place_of);
    table_text(list->table, held->first_day);
    table_text(list->table, held->last_day);
    return table_row(list->table, err);
}

static bool run_user_list(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    static const struct table_column columns[] = {
        {"user", "user", COLUMN_TEXT},         {"acts_as", "acts as", COLUMN_TEXT},
        {"division", "division", COLUMN_TEXT}, {"state", "state", COLUMN_TEXT},
        {"in_place_of", "for", COLUMN_TEXT},   {"first_day", "from", COLUMN_TEXT},
        {"last_day", "to", COLUMN_TEXT}};
    struct role_list list = {.table = NULL};
    date_t today;
    bool ok;

    (void)arguments;
    if (!session_today(&today, err)) return false;
    date_format(today, list.today);
    ok = session_open(session, true, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &list.table, err) &&
         journal_walk_roles(session->journal, list_role, &list, err) &&
         table_end(list.table, "no user", err);
    table_free(list.table);
    return ok;
}

const struct command command_user_list = {
    "user",
    "list",
    NULL,
    0,
    0,
    NULL,
    "list who may do what, and who stands in for whom",
    "  $ mingzhang user list\n"
    "  user  role   division      state  for  from        to\n"
    "  li    maker  611025000000  holds\n"
    "  chen  maker  611025000000  holds  li   2021-07-05  2021-07-16\n",
    run_user_list};

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
