/*
 * replay.c - a log applied again, by the code that applied it live: another journal's, with its
 * sealed values, and what was published after it.
 *
 * 1. Entries and their sealed values are two cursors in the order of seq, merged; memory is flat.
 * 2. A transaction of the target ends after REPLAY_BATCH entries, but never between rows and the
 *    entry that covers them, since modules may keep what such a run does until it is covered.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define REPLAY_BATCH 10000

struct replay {
    struct journal *source;
    struct journal *target;
    struct statement *sealed; /* on the row not yet used, while has_sealed */
    bool has_sealed;
    uint64_t done;
    struct sealed_value values[SEALED_MEMBERS_MAX];
    struct buffer plains[SEALED_MEMBERS_MAX];
};

/* Copy the row that the cursor stands on: its memory goes with the next step. */
static bool copy_sealed(struct replay *replay, size_t at, struct error *err)
{
    struct sealed_value *value = &replay->values[at];
    size_t key_size, plain_size;
    const uint8_t *key = statement_blob(replay->sealed, 2, &key_size);
    const uint8_t *plain = statement_blob(replay->sealed, 3, &plain_size);

    if (key_size != SEALED_KEY_SIZE)
        return error_set(err, ERROR_VERIFY, "the key of a sealed value was changed");
    (void)snprintf(value->member, sizeof value->member, "%s", statement_text(replay->sealed, 1));
    memcpy(value->key, key, SEALED_KEY_SIZE);
    buffer_reset(&replay->plains[at]);
    if (!buffer_append(&replay->plains[at], plain, plain_size, err)) return false;
    value->plain = replay->plains[at].data;
    value->plain_size = plain_size;
    return true;
}

static bool take_sealed(struct replay *replay, uint64_t seq, size_t *count, struct error *err)
{
    *count = 0;
    while (replay->has_sealed && statement_integer(replay->sealed, 0) == (int64_t)seq) {
        if (*count == SEALED_MEMBERS_MAX)
            return error_set(err, ERROR_VERIFY, "more than %d sealed values stand beside it",
                             SEALED_MEMBERS_MAX);
        if (!gone_set_names(replay->target->left_out, seq, statement_text(replay->sealed, 1))) {
            if (!copy_sealed(replay, *count, err)) return false;
            (*count)++;
        }
        if (!statement_step(replay->sealed, &replay->has_sealed, err)) return false;
    }
    return true;
}

static bool end_batch(struct journal *target, struct error *err)
{
    if (target->head.size - target->begin_head.size < REPLAY_BATCH ||
        target->rows.frontier.size > 0)
        return true;
    return journal_commit(target, err) && journal_begin_unclocked(target, err);
}

static bool replay_entry(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                         struct error *err)
{
    struct replay *replay = context;
    struct appended appended;
    size_t sealed_count;

    if (!take_sealed(replay, seq, &sealed_count, err) ||
        !journal_admit(replay->target, bytes, size, replay->values, sealed_count, &appended, err))
        return error_at(err, "entry %" PRIu64, seq);
    return end_batch(replay->target, err);
}

static bool replay_all(struct replay *replay, uint64_t total,
                       void (*progress)(void *context, uint64_t done, uint64_t total),
                       void *context, struct error *err)
{
    while (replay->done < total) {
        uint64_t end = total - replay->done > REPLAY_BATCH ? replay->done + REPLAY_BATCH : total;

        if (!journal_walk(replay->source, replay->done, end, replay_entry, replay, err))
            return false;
        replay->done = end;
        if (progress != NULL) progress(context, end, total);
    }
    if (!replay->has_sealed || total < replay->source->head.size) return true;
    return error_set(err, ERROR_VERIFY,
                     "a sealed value stands beside entry %lld, which seals nothing",
                     (long long)statement_integer(replay->sealed, 0));
}

bool journal_replay(struct journal *source, struct journal *target,
                    void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                    struct error *err)
{
    return journal_replay_until(source, target, UINT64_MAX, progress, context, err);
}

bool journal_replay_until(struct journal *source, struct journal *target, uint64_t end,
                          void (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context, struct error *err)
{
    struct replay replay = {.source = source, .target = target};
    bool ok = false;

    assert(source->phase == JOURNAL_IDLE);
    target->is_replaying = true;
    for (size_t i = 0; i < SEALED_MEMBERS_MAX; i++)
        replay.plains[i] = (struct buffer)BUFFER_INIT(PLAIN_SIZE_BYTES_MAX);
    if (!store_begin_read(source->store, err)) goto out;
    if (!journal_load_head(source, err)) goto out;
    if (!journal_begin_unclocked(target, err)) goto out;
    replay.done = target->head.size;
    if (end > source->head.size) end = source->head.size;
    if (!store_prepare(source->store,
                       "SELECT seq, member, key, plain FROM sealed WHERE seq >= $1 "
                       "ORDER BY seq, member",
                       &replay.sealed, err))
        goto out;
    statement_bind_integer(replay.sealed, 1, (int64_t)replay.done);
    if (!statement_step(replay.sealed, &replay.has_sealed, err)) goto out;
    if (!replay_all(&replay, end, progress, context, err)) goto out;
    ok = journal_commit(target, err);
out:
    if (!ok) journal_rollback(target);
    target->is_replaying = false;
    statement_free(replay.sealed);
    store_rollback(source->store);
    for (size_t i = 0; i < SEALED_MEMBERS_MAX; i++) {
        buffer_wipe(&replay.plains[i]);
        buffer_done(&replay.plains[i]);
    }
    return ok;
}

/* ---- What was published ---------------------------------------------------------------------- */

static bool visit_members(const struct entry_view *entry,
                          bool (*visit)(void *context, const struct sealed_place *place,
                                        struct error *err),
                          void *context, struct error *err)
{
    const struct json_document *document = entry->document;
    struct sealed_place place = {.seq = entry->seq};

    memcpy(place.kind, entry->kind, sizeof place.kind);
    for (uint32_t node = json_first(document, entry->body); node != JSON_NONE;
         node = json_next(document, node)) {
        const uint8_t *name, *mac;
        size_t size;

        if (!member_is_sealed(document, node, &mac)) continue;
        name = json_name_of(document, node, &size);
        if (size >= sizeof place.member)
            return error_set(err, ERROR_LIMIT, "a sealed member's name is longer than %zu bytes",
                             sizeof place.member - 1);
        memcpy(place.member, name, size);
        place.member[size] = '\0';
        if (!visit(context, &place, err)) return false;
    }
    return true;
}

bool journal_find_sealed(const struct published_log *log, uint64_t first,
                         bool (*visit)(void *context, const struct sealed_place *place,
                                       struct error *err),
                         void *context, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct json_document *document = json_document_new(err);
    struct entry_view entry = {0};
    char prev[HASH_HEX_SIZE];
    bool ok = false;

    if (document == NULL) goto out;
    for (uint64_t seq = first; seq < log->size; seq++) {
        buffer_reset(&bytes);
        if (!log->read(log->context, seq, &bytes, err)) goto out;
        if (!entry_parse(document, bytes.data, bytes.size, &entry, prev, err) ||
            !visit_members(&entry, visit, context, err)) {
            (void)error_at(err, "entry %" PRIu64, seq);
            goto out;
        }
    }
    ok = true;
out:
    json_document_free(document);
    buffer_done(&bytes);
    return ok;
}

bool journal_continue(struct journal *journal, const struct published_log *log, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct appended appended;
    bool ok = false;

    journal->is_replaying = true;
    if (!journal_begin_unclocked(journal, err)) goto out;
    for (uint64_t seq = journal->head.size; seq < log->size; seq++) {
        buffer_reset(&bytes);
        if (!log->read(log->context, seq, &bytes, err)) goto out;
        if (!journal_admit(journal, bytes.data, bytes.size, NULL, 0, &appended, err)) {
            (void)error_at(err, "entry %" PRIu64, seq);
            goto out;
        }
        if (!end_batch(journal, err)) goto out;
    }
    ok = journal_commit(journal, err);
out:
    if (!ok) journal_rollback(journal);
    journal->is_replaying = false;
    buffer_done(&bytes);
    return ok;
}
