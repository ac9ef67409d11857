/*
 * delegation.c - standing in for somebody on leave: user.delegate (an act of two), user.undelegate.
 *
 * 1. For some days, both included, one person holds another's roles besides the own. The day is
 * that of the entry's recorded time, as China counts days: part of the log, the same in every
 * replay.
 * 2. Maker and checker alone are passed on, each no further than its holder has it, and never what
 *    somebody holds as a stand-in: rights don't travel, and nobody administers or publishes for
 *    another.
 * 3. Neither of the two administrators who agree gets the roles.
 * 4. It ends by itself. It ends earlier by user.undelegate, or when either's key is revoked.
 * 5. Nobody decides a voucher who stands in as maker for the person who submitted it, or the other
 *    way round: two people, really two (ledger/funds asks journal_stands_in()).
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define DELEGATION_DAYS_MAX 92
#define ROLE_NAME_SIZE_MAX  16

static const char *const delegated_words[] = {"checker", "maker", NULL};
static const enum role delegated_roles[] = {ROLE_CHECKER, ROLE_MAKER};

struct delegation {
    char user[USER_CODE_SIZE]; /* who is away */
    char delegate[USER_CODE_SIZE];
    char first_day[DATE_TEXT_SIZE], last_day[DATE_TEXT_SIZE];
    uint32_t roles;
};

struct delegated_role {
    char division[DIVISION_CODE_SIZE];
    char name[ROLE_NAME_SIZE_MAX];
};

/* Today, as the log has it: the day of the entry that is appended or replayed. */
static void log_day(const struct journal *journal, char text[DATE_TEXT_SIZE])
{
    date_format(instant_to_date_in(journal->time, ZONE_CHINA_SECONDS), text);
}

/* ---- Questions ------------------------------------------------------------------------------- */

bool delegation_has_role(struct journal *journal, const char *user, enum role role,
                         const char *division, bool *found, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    struct statement *select;
    bool has_row;

    *found = false;
    log_day(journal, today);
    if (!store_statement(journal->store,
                         "SELECT division FROM delegation WHERE delegate = $1 AND role = $2 AND "
                         "first_day <= $3 AND last_day >= $3 AND ended_seq = -1 ORDER BY division",
                         &select, err))
        return false;
    statement_bind_text(select, 1, user);
    statement_bind_text(select, 2, role_name(role));
    statement_bind_text(select, 3, today);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        if (division[0] == '\0' || division_code_is_within(division, statement_text(select, 0))) {
            *found = true;
            statement_reset(select);
            return true;
        }
    }
}

bool journal_stands_in(struct journal *journal, const char *delegate, const char *user,
                       enum role role, bool *out, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    struct statement *select;

    log_day(journal, today);
    if (!store_statement(journal->store,
                         "SELECT 1 FROM delegation WHERE delegate = $1 AND user_code = $2 AND role "
                         "= $3 AND first_day <= $4 AND last_day >= $4 AND ended_seq = -1 LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, delegate);
    statement_bind_text(select, 2, user);
    statement_bind_text(select, 3, role_name(role));
    statement_bind_text(select, 4, today);
    if (!statement_step(select, out, err)) return false;
    statement_reset(select);
    return true;
}

bool journal_walk_roles(struct journal *journal,
                        bool (*visit)(void *context, const struct held_role *held,
                                      struct error *err),
                        void *context, struct error *err)
{
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (!store_prepare(journal->store,
                       "SELECT r.user_code AS holder, r.role, r.division, '' AS away, '' AS "
                       "first_day, '' AS last_day, u.revoked_seq AS ended FROM user_role r JOIN "
                       "ledger_user u ON u.user_code = r.user_code UNION ALL SELECT delegate, "
                       "role, division, user_code, first_day, last_day, ended_seq FROM delegation "
                       "ORDER BY holder, away, first_day, last_day, role, division, ended",
                       &select, err))
        return false;
    for (;;) {
        struct held_role held;

        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        held = (struct held_role){.user = statement_text(select, 0),
                                  .role = statement_text(select, 1),
                                  .division = statement_text(select, 2),
                                  .in_place_of = statement_text(select, 3),
                                  .first_day = statement_text(select, 4),
                                  .last_day = statement_text(select, 5),
                                  .has_ended = statement_integer(select, 6) != SEQ_NONE};
        if (!visit(context, &held, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

/* ---- user.delegate --------------------------------------------------------------------------- */

static bool read_delegation(const struct json_document *document, uint32_t body,
                            struct delegation *out, struct error *err)
{
    return json_get_string(document, body, "user", out->user, sizeof out->user, err) &&
           json_get_string(document, body, "delegate", out->delegate, sizeof out->delegate, err) &&
           json_get_string(document, body, "first_day", out->first_day, sizeof out->first_day,
                           err) &&
           json_get_string(document, body, "last_day", out->last_day, sizeof out->last_day, err) &&
           json_get_node(document, body, "roles", JSON_ARRAY, &out->roles, err);
}

static bool read_role(const struct json_document *document, uint32_t node,
                      struct delegated_role *out, struct error *err)
{
    return json_get_string(document, node, "division", out->division, sizeof out->division, err) &&
           json_get_string(document, node, "role", out->name, sizeof out->name, err);
}

static bool require_present(struct journal *journal, const char *user, struct error *err)
{
    struct user_record record;

    if (!user_read(journal, user, &record, err)) return false;
    return !record.is_revoked || error_set(err, ERROR_STATE, "%s was revoked", user);
}

static bool check_days(const struct journal *journal, const struct delegation *delegation,
                       struct error *err)
{
    char today[DATE_TEXT_SIZE];
    date_t first, last;

    if (!date_parse(delegation->first_day, &first, err) ||
        !date_parse(delegation->last_day, &last, err))
        return false;
    if (date_is_before(last, first) || last.days - first.days >= DELEGATION_DAYS_MAX)
        return error_set(err, ERROR_INPUT,
                         "from %s to %s are not 1 to %d days; for longer give the role itself "
                         "(user.widen)",
                         delegation->first_day, delegation->last_day, DELEGATION_DAYS_MAX);
    log_day(journal, today);
    return strcmp(delegation->last_day, today) >= 0 ||
           error_set(err, ERROR_INPUT, "it would be over already: %s is past",
                     delegation->last_day);
}

/* What is passed on is the user's own. */
static bool check_role(struct journal *journal, const struct delegation *delegation,
                       const struct delegated_role *role, struct error *err)
{
    bool holds = false;

    for (size_t i = 0; i < ARRAY_COUNT(delegated_roles); i++)
        if (strcmp(role->name, role_name(delegated_roles[i])) == 0 &&
            !user_has_role(journal, delegation->user, delegated_roles[i], role->division, &holds,
                           err))
            return false;
    return holds ||
           error_set(err, ERROR_INPUT,
                     "%s is not %s for %s and can't pass that on; only a role of one's own "
                     "is passed on",
                     delegation->user, role->name, role->division);
}

static bool check_delegate(struct journal *journal, const struct json_document *document,
                           uint32_t body, struct error *err)
{
    struct delegation delegation;
    struct delegated_role role;

    if (!read_delegation(document, body, &delegation, err) ||
        !require_present(journal, delegation.user, err) ||
        !require_present(journal, delegation.delegate, err) ||
        !check_days(journal, &delegation, err))
        return false;
    if (strcmp(delegation.user, delegation.delegate) == 0)
        return error_set(err, ERROR_INPUT, "%s can't stand in for oneself", delegation.user);
    if (json_count(document, delegation.roles) == 0)
        return error_set(err, ERROR_INPUT, "no role is named; name one for a division");
    for (uint32_t node = json_first(document, delegation.roles); node != JSON_NONE;
         node = json_next(document, node))
        if (!read_role(document, node, &role, err) || !check_role(journal, &delegation, &role, err))
            return false;
    return true;
}

/* Nobody helps oneself to another's roles, neither proposing nor seconding. */
static bool check_agreed_by_others(struct journal *journal, const struct entry_view *second,
                                   const struct delegation *delegation, struct error *err)
{
    struct statement *select;
    bool has_row, is_own;

    if (!store_statement(journal->store, "SELECT proposer FROM proposal WHERE seconded_seq = $1",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)second->seq);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row); /* apply_second() has marked it */
    is_own = strcmp(statement_text(select, 0), delegation->delegate) == 0 ||
             strcmp(second->actor, delegation->delegate) == 0;
    statement_reset(select);
    return !is_own || error_set(err, ERROR_PERMISSION,
                                "%s gets these roles and can't be one of the two who agree to it; "
                                "two other administrators must",
                                delegation->delegate);
}

static bool insert_role(struct journal *journal, const struct delegation *delegation,
                        const struct delegated_role *role, uint64_t seq, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO delegation (seq, role, division, user_code, delegate, "
                         "first_day, last_day, ended_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, -1) "
                         "ON CONFLICT (seq, role, division) DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)seq);
    statement_bind_text(insert, 2, role->name);
    statement_bind_text(insert, 3, role->division);
    statement_bind_text(insert, 4, delegation->user);
    statement_bind_text(insert, 5, delegation->delegate);
    statement_bind_text(insert, 6, delegation->first_day);
    statement_bind_text(insert, 7, delegation->last_day);
    return statement_run(insert, err);
}

static bool effect_delegate(struct journal *journal, const struct entry_view *second,
                            const struct json_document *document, uint32_t body, struct error *err)
{
    struct delegation delegation;
    struct delegated_role role;

    if (!read_delegation(document, body, &delegation, err) ||
        !check_agreed_by_others(journal, second, &delegation, err))
        return false;
    for (uint32_t node = json_first(document, delegation.roles); node != JSON_NONE;
         node = json_next(document, node))
        if (!read_role(document, node, &role, err) ||
            !insert_role(journal, &delegation, &role, second->seq, err))
            return false;
    return true;
}

static const struct entry_member delegated_role_members[] = {
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "role", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = delegated_words},
    {.name = NULL},
};

static const struct entry_member delegate_members[] = {
    {.name = "delegate", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "first_day", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "last_day", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "roles",
     .type = MEMBER_ARRAY,
     .mark = MEMBER_PUBLIC,
     .members = delegated_role_members},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind user_delegate_act = {"user.delegate", delegate_members, check_delegate,
                                           effect_delegate};

/* ---- user.undelegate ------------------------------------------------------------------------- */

bool delegation_end_all(struct journal *journal, const char *user, uint64_t seq, struct error *err)
{
    struct statement *update;

    if (!store_statement(journal->store,
                         "UPDATE delegation SET ended_seq = $1 WHERE ended_seq = -1 AND (user_code "
                         "= $2 OR delegate = $2)",
                         &update, err))
        return false;
    statement_bind_integer(update, 1, (int64_t)seq);
    statement_bind_text(update, 2, user);
    return statement_run(update, err);
}

/* Those of the pair that aren't over. */
static bool end_pair(struct journal *journal, const char *user, const char *delegate, uint64_t seq,
                     struct error *err)
{
    char today[DATE_TEXT_SIZE];
    struct statement *update;

    log_day(journal, today);
    if (!store_statement(journal->store,
                         "UPDATE delegation SET ended_seq = $1 WHERE user_code = $2 AND delegate = "
                         "$3 AND last_day >= $4 AND ended_seq = -1",
                         &update, err))
        return false;
    statement_bind_integer(update, 1, (int64_t)seq);
    statement_bind_text(update, 2, user);
    statement_bind_text(update, 3, delegate);
    statement_bind_text(update, 4, today);
    return statement_run(update, err);
}

/* It takes rights away, so one is enough: an administrator, or who is back. */
static bool apply_undelegate(struct journal *journal, const struct entry_view *entry,
                             struct error *err)
{
    char user[USER_CODE_SIZE], delegate[USER_CODE_SIZE];

    if (!json_get_string(entry->document, entry->body, "user", user, sizeof user, err) ||
        !json_get_string(entry->document, entry->body, "delegate", delegate, sizeof delegate, err))
        return false;
    if (strcmp(entry->actor, user) != 0 &&
        !journal_require_role(journal, entry->actor, ROLE_ADMIN, journal->division, err))
        return false;
    if (!end_pair(journal, user, delegate, entry->seq, err)) return false;
    return store_changed_rows(journal->store) > 0 ||
           error_set(err, ERROR_STATE, "%s doesn't stand in for %s, now or later", delegate, user);
}

static bool describe_undelegate(const struct entry_view *entry, struct buffer *out,
                                struct error *err)
{
    char user[USER_CODE_SIZE], delegate[USER_CODE_SIZE], reason[TEXT_SIZE_BYTES_MAX + 1];

    return json_get_string(entry->document, entry->body, "user", user, sizeof user, err) &&
           json_get_string(entry->document, entry->body, "delegate", delegate, sizeof delegate,
                           err) &&
           json_get_string(entry->document, entry->body, "reason", reason, sizeof reason, err) &&
           buffer_append_format(out, err, "ends that %s stands in for %s: %s", delegate, user,
                                reason);
}

static const struct entry_member undelegate_members[] = {
    {.name = "delegate", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind undelegate_kind = {
    .name = "user.undelegate",
    .members = undelegate_members,
    .apply = apply_undelegate,
    .describe = describe_undelegate,
};
