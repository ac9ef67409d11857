/*
 * gone.c - sealed values that are not here any more, and the acts of two that account for them.
 *
 *     here ── seal.erase ── erased
 *     missing (an entry was applied without it) ── seal.lost ── lost
 *                                               └─ seal.erase ── erased: the same act, replayed
 *
 * 1. Only a replay applies an entry without its sealed value, and only where the kind's table says
 *    that it can (entry_member.may_be_gone). What is appended live brings all that it seals.
 * 2. An act names what is gone by ranges: every entry from `first` to `last` is of one kind and
 *    seals one member. So an act can be held to its word without the values.
 * 3. A value goes with its row of gone_seal and never without: the store lets no other one go.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "ledger/journal/internal.h"

#define PURPOSE_SIZE (sizeof((struct seal_range *)NULL)->kind + SEALED_MEMBER_SIZE)

const struct entry_member seal_range_members[] = {
    {.name = "first", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "last", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "purpose", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const char *gone_state_name(enum gone_state state)
{
    static const char *const names[] = {
        [GONE_MISSING] = N_("missing"), [GONE_LOST] = N_("lost"), [GONE_ERASED] = N_("erased")};

    return names[state];
}

bool journal_is_replaying(const struct journal *journal)
{
    return journal->is_replaying;
}

/* ---- Entries applied without ----------------------------------------------------------------- */

bool gone_note(struct journal *journal, const struct entry_view *entry,
               const struct entry_member *member, struct error *err)
{
    struct statement *insert;

    if (!journal->is_replaying || !member->may_be_gone)
        return error_set(err, ERROR_NOT_FOUND,
                         "the sealed value of %s/%s is missing; restore it from a backup",
                         entry->kind, member->name);
    if (!store_statement(journal->store,
                         "INSERT INTO gone_seal (seq, member, kind, state, act_seq) VALUES ($1, "
                         "$2, $3, 'missing', -1)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)entry->seq);
    statement_bind_text(insert, 2, member->name);
    statement_bind_text(insert, 3, entry->kind);
    return statement_run(insert, err);
}

bool journal_member_is_gone(const struct entry_view *entry, const char *member)
{
    uint32_t node = json_member(entry->document, entry->body, member);
    const uint8_t *mac;

    if (node == JSON_NONE || !member_is_sealed(entry->document, node, &mac)) return false;
    for (size_t i = 0; i < entry->sealed_count; i++)
        if (strcmp(entry->sealed[i].member, member) == 0) return false;
    return true;
}

bool journal_needs_sealed(struct journal *journal, const struct sealed_place *place)
{
    const struct kind_slot *slot = journal_find_kind(journal, place->kind);
    const struct entry_member *member = slot == NULL ? NULL : slot->kind->members;

    for (; member != NULL && member->name != NULL; member++)
        if (strcmp(member->name, place->member) == 0) return !member->may_be_gone;
    return true;
}

bool journal_walk_gone(struct journal *journal,
                       bool (*visit)(void *context, const struct gone_seal *gone,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct statement *select = NULL;
    struct gone_seal gone;
    bool has_row, ok = false;

    if (!store_prepare(journal->store,
                       "SELECT seq, kind, member, state, act_seq FROM gone_seal ORDER BY seq, "
                       "member",
                       &select, err))
        goto out;
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        memset(&gone, 0, sizeof gone);
        gone.place.seq = (uint64_t)statement_integer(select, 0);
        (void)snprintf(gone.place.kind, sizeof gone.place.kind, "%s", statement_text(select, 1));
        (void)snprintf(gone.place.member, sizeof gone.place.member, "%s",
                       statement_text(select, 2));
        while (gone.state < GONE_ERASED &&
               strcmp(gone_state_name(gone.state), statement_text(select, 3)) != 0)
            gone.state++;
        gone.act_seq = statement_integer(select, 4);
        if (!visit(context, &gone, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

/* ---- What an act names ----------------------------------------------------------------------- */

static bool read_purpose(struct journal *journal, const struct json_document *document,
                         uint32_t node, struct seal_range *out, struct error *err)
{
    const struct kind_slot *slot;
    char purpose[PURPOSE_SIZE];
    char *slash;

    if (!json_get_string(document, node, "purpose", purpose, sizeof purpose, err)) return false;
    slash = strchr(purpose, '/');
    if (slash != NULL) *slash++ = '\0';
    slot = slash == NULL ? NULL : journal_find_kind(journal, purpose);
    for (const struct entry_member *member = slot == NULL ? NULL : slot->kind->members;
         member != NULL && member->name != NULL; member++) {
        if (!member->may_be_gone || strcmp(member->name, slash) != 0) continue;
        (void)snprintf(out->kind, sizeof out->kind, "%s", slot->kind->name);
        (void)snprintf(out->member, sizeof out->member, "%s", member->name);
        return true;
    }
    return error_set(err, ERROR_INPUT,
                     "the purpose \"%s%s%s\" is none of values that the books can do without",
                     purpose, slash == NULL ? "" : "/", slash == NULL ? "" : slash);
}

static bool read_range(struct journal *journal, const struct json_document *document, uint32_t node,
                       struct seal_range *out, struct error *err)
{
    int64_t first, last;

    if (!json_get_integer(document, node, "first", &first, err) ||
        !json_get_integer(document, node, "last", &last, err) ||
        !read_purpose(journal, document, node, out, err))
        return false;
    if (first > last || (uint64_t)last >= journal->head.size)
        return error_set(err, ERROR_INPUT,
                         "entries %" PRId64 " to %" PRId64 " are no range of entries before this "
                         "one",
                         first, last);
    out->first = (uint64_t)first;
    out->last = (uint64_t)last;
    return true;
}

/* By purpose, then place, none twice: one way to say one thing. */
static bool is_after(const struct seal_range *range, const struct seal_range *before)
{
    int order = strcmp(range->kind, before->kind);

    if (order == 0) order = strcmp(range->member, before->member);
    return order > 0 || (order == 0 && range->first > before->last);
}

bool journal_walk_ranges(struct journal *journal, const struct json_document *document,
                         uint32_t body,
                         bool (*visit)(void *context, const struct seal_range *range,
                                       struct error *err),
                         void *context, struct error *err)
{
    struct seal_range before = {.kind = ""}, range;
    uint32_t ranges, node;

    if (!json_get_node(document, body, "seals", JSON_ARRAY, &ranges, err)) return false;
    if (json_count(document, ranges) == 0)
        return error_set(err, ERROR_INPUT, "no sealed value is named; name one");
    for (node = json_first(document, ranges); node != JSON_NONE; node = json_next(document, node)) {
        memset(&range, 0, sizeof range);
        if (!read_range(journal, document, node, &range, err)) return false;
        if (before.kind[0] != '\0' && !is_after(&range, &before))
            return error_set(err, ERROR_INPUT,
                             "the sealed values are not in order, by purpose and entry, each once");
        if (!visit(context, &range, err)) return false;
        before = range;
    }
    return true;
}

struct place_search {
    const struct sealed_place *place;
    bool is_named;
};

static bool look_for_place(void *context, const struct seal_range *range, struct error *err)
{
    struct place_search *search = context;

    (void)err;
    search->is_named = search->is_named ||
                       (strcmp(range->kind, search->place->kind) == 0 &&
                        strcmp(range->member, search->place->member) == 0 &&
                        range->first <= search->place->seq && search->place->seq <= range->last);
    return true;
}

bool journal_is_going(struct journal *journal, const struct json_document *document,
                      uint32_t act_body, const struct sealed_place *place, bool *out,
                      struct error *err)
{
    struct place_search search = {.place = place};
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT 1 FROM gone_seal WHERE seq = $1 AND member = $2 AND state <> "
                         "'missing'",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)place->seq);
    statement_bind_text(select, 2, place->member);
    if (!statement_step(select, &has_row, err)) return false;
    statement_reset(select);
    if (!journal_walk_ranges(journal, document, act_body, look_for_place, &search, err))
        return false;
    *out = has_row || search.is_named;
    return true;
}

/* As the parameters from `at` on. */
static void bind_range(struct statement *statement, int at, const struct seal_range *range)
{
    statement_bind_text(statement, at, range->kind);
    statement_bind_text(statement, at + 1, range->member);
    statement_bind_integer(statement, at + 2, (int64_t)range->first);
    statement_bind_integer(statement, at + 3, (int64_t)range->last);
}

static bool require_all(const struct seal_range *range, int64_t found, struct error *err)
{
    int64_t wanted = (int64_t)(range->last - range->first) + 1;

    return found == wanted ||
           error_set(err, ERROR_STATE,
                     "of entries %" PRIu64 " to %" PRIu64 " %" PRId64 " lack the sealed value "
                     "%s/%s and are not accounted for, not %" PRId64 "; name what is missing, and "
                     "nothing else",
                     range->first, range->last, found, range->kind, range->member, wanted);
}

bool journal_require_missing(struct journal *journal, const struct seal_range *range,
                             struct error *err)
{
    struct statement *select;
    int64_t found;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT COUNT(*) FROM gone_seal WHERE kind = $1 AND member = $2 AND seq "
                         ">= $3 AND seq <= $4 AND state = 'missing'",
                         &select, err))
        return false;
    bind_range(select, 1, range);
    if (!statement_step(select, &has_row, err)) return false;
    found = has_row ? statement_integer(select, 0) : 0;
    statement_reset(select);
    return require_all(range, found, err);
}

bool journal_account_for(struct journal *journal, const struct seal_range *range,
                         enum gone_state state, uint64_t act_seq, struct error *err)
{
    struct statement *update;

    if (!store_statement(journal->store,
                         "UPDATE gone_seal SET state = $1, act_seq = $2 WHERE kind = $3 AND member "
                         "= $4 AND seq >= $5 AND seq <= $6 AND state = 'missing'",
                         &update, err))
        return false;
    statement_bind_text(update, 1, gone_state_name(state));
    statement_bind_integer(update, 2, (int64_t)act_seq);
    bind_range(update, 3, range);
    return statement_run(update, err) &&
           require_all(range, store_changed_rows(journal->store), err);
}

/* ---- What is erased -------------------------------------------------------------------------- */

bool journal_require_here(struct journal *journal, const struct seal_range *range,
                          struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct statement *select;
    bool has_row = true, ok = false;

    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        struct entry_view entry = {0};
        char prev[HASH_HEX_SIZE];

        buffer_reset(&bytes);
        if (!journal_read(journal, seq, &bytes, err) ||
            !entry_parse(journal->plain_document, bytes.data, bytes.size, &entry, prev, err) ||
            !store_statement(journal->store, "SELECT 1 FROM sealed WHERE seq = $1 AND member = $2",
                             &select, err))
            goto out;
        statement_bind_integer(select, 1, (int64_t)seq);
        statement_bind_text(select, 2, range->member);
        if (!statement_step(select, &has_row, err)) goto out;
        statement_reset(select);
        if (!has_row || strcmp(entry.kind, range->kind) != 0) {
            (void)error_set(err, ERROR_STATE,
                            "entry %" PRIu64 " has no sealed value %s/%s; name what is there", seq,
                            range->kind, range->member);
            goto out;
        }
    }
    ok = true;
out:
    journal->plain_of = NULL;
    buffer_done(&bytes);
    return ok;
}

const struct entry_kind *journal_range_kind(struct journal *journal, const struct seal_range *range)
{
    return journal_find_kind(journal, range->kind)->kind;
}

static bool note_erased(struct journal *journal, const struct seal_range *range, uint64_t act_seq,
                        struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO gone_seal (seq, member, kind, state, act_seq) SELECT seq, "
                         "member, $1, 'erased', $2 FROM sealed WHERE member = $3 AND seq >= $4 AND "
                         "seq <= $5",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, range->kind);
    statement_bind_integer(insert, 2, (int64_t)act_seq);
    statement_bind_text(insert, 3, range->member);
    statement_bind_integer(insert, 4, (int64_t)range->first);
    statement_bind_integer(insert, 5, (int64_t)range->last);
    return statement_run(insert, err) &&
           require_all(range, store_changed_rows(journal->store), err);
}

bool journal_erase(struct journal *journal, const struct seal_range *range, uint64_t act_seq,
                   struct error *err)
{
    struct statement *remove = NULL;
    bool ok = false;

    if (!note_erased(journal, range, act_seq, err)) return false;
    store_permit_erasure(journal->store, true);
    if (!store_prepare(journal->store,
                       "DELETE FROM sealed WHERE member = $1 AND seq >= $2 AND seq <= $3", &remove,
                       err))
        goto out;
    statement_bind_text(remove, 1, range->member);
    statement_bind_integer(remove, 2, (int64_t)range->first);
    statement_bind_integer(remove, 3, (int64_t)range->last);
    ok = statement_run(remove, err) && require_all(range, store_changed_rows(journal->store), err);
out:
    statement_free(remove);
    store_permit_erasure(journal->store, false);
    return ok;
}

static bool forget_in(struct journal *journal, const char *sql, const struct seal_range *range,
                      struct error *err)
{
    struct statement *update = NULL;
    bool ok = store_prepare(journal->store, sql, &update, err);

    if (ok) {
        statement_bind_blob(update, 1, HASH_ZERO.bytes, HASH_SIZE);
        statement_bind_integer(update, 2, (int64_t)range->first);
        statement_bind_integer(update, 3, (int64_t)range->last);
        ok = statement_run(update, err);
    }
    statement_free(update);
    return ok;
}

bool journal_forget_content(struct journal *journal, const struct seal_range *range,
                            struct error *err)
{
    return forget_in(journal, "UPDATE reference SET content = $1 WHERE seq >= $2 AND seq <= $3",
                     range, err) &&
           forget_in(journal, "UPDATE imported_file SET content = $1 WHERE seq >= $2 AND seq <= $3",
                     range, err);
}

/* ---- seal.lost ------------------------------------------------------------------------------- */

struct lost {
    struct journal *journal;
    uint64_t act_seq;
};

static bool check_range(void *context, const struct seal_range *range, struct error *err)
{
    const struct lost *lost = context;

    /* What nobody seconded may be here again, from another backup; what was is held to its word
     * when it takes effect. */
    return journal_is_replaying(lost->journal) ||
           journal_require_missing(lost->journal, range, err);
}

static bool check_lost(struct journal *journal, const struct json_document *document, uint32_t body,
                       struct error *err)
{
    struct lost lost = {journal, 0};
    char reason[TEXT_SIZE_BYTES_MAX + 1];

    if (!json_get_string(document, body, "reason", reason, sizeof reason, err)) return false;
    if (reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "say how the sealed values were lost; give a reason");
    return journal_walk_ranges(journal, document, body, check_range, &lost, err);
}

static bool declare_range(void *context, const struct seal_range *range, struct error *err)
{
    const struct lost *lost = context;

    return journal_account_for(lost->journal, range, GONE_LOST, lost->act_seq, err);
}

static bool effect_lost(struct journal *journal, const struct entry_view *second,
                        const struct json_document *document, uint32_t body, struct error *err)
{
    struct lost lost = {journal, second->seq};

    return journal_walk_ranges(journal, document, body, declare_range, &lost, err);
}

static const struct entry_member lost_members[] = {
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "seals", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = seal_range_members},
    {.name = NULL},
};

const struct act_kind seal_lost_act = {
    .name = "seal.lost",
    .members = lost_members,
    .check = check_lost,
    .take_effect = effect_lost,
};
