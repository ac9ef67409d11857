/*
 * append.c - transactions and the one way into the log.
 *
 * The life of an entry: format, parse back, hold to its kind's table, check seals, signature and
 * place, insert, grow the tree, apply. Replay enters at "parse", so that nothing is accepted live
 * that replay would refuse. Before the commit all of it is read back.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include <openssl/crypto.h>

#include "base/text.h"
#include "ledger/journal/internal.h"

/* ---- The clock (DESIGN section 2.10) --------------------------------------------------------- */

static bool read_clock(struct journal *journal, instant_t *out, struct error *err)
{
    const instant_t last = journal->head.time;
    char now_text[INSTANT_TEXT_SIZE], last_text[INSTANT_TEXT_SIZE];
    instant_t now;

    if (!journal->clock.now(journal->clock.context, &now, err)) return false;
    if (journal->head.size > 0 && now.seconds < last.seconds) {
        if (last.seconds - now.seconds > CLOCK_STEP_BACK_SECONDS_MAX)
            return error_set(err, ERROR_CLOCK,
                             "this machine's clock says %s, but the last entry is of %s; set the "
                             "clock right",
                             instant_format(now, now_text), instant_format(last, last_text));
        now = last;
    }
    *out = now;
    return true;
}

/* The record's time never runs backwards; a long gap is confirmed by an administrator, in the log.
   No entry takes back a time that was recorded: one of a clock set to 2042 would keep everything
   out until then, so not even an administrator confirms that. */
static bool check_time(const struct journal *journal, const struct entry_view *entry,
                       struct error *err)
{
    char last_text[INSTANT_TEXT_SIZE], text[INSTANT_TEXT_SIZE];
    int64_t gap = entry->time.seconds - journal->head.time.seconds;
    bool is_confirmation = strcmp(entry->kind, confirm_kind.name) == 0;

    if (journal->head.size == 0) return true;
    if (gap < 0)
        return error_set(err, ERROR_CLOCK, "the entry is of %s, the one before of %s",
                         instant_format(entry->time, text),
                         instant_format(journal->head.time, last_text));
    if (gap > CLOCK_JUMP_SECONDS_MAX)
        return error_set(
            err, ERROR_CLOCK,
            "this clock says %s, years after the last entry of %s; set the clock right",
            instant_format(entry->time, text), instant_format(journal->head.time, last_text));
    if (gap > CLOCK_GAP_SECONDS_MAX && !is_confirmation)
        return error_set(err, ERROR_CLOCK,
                         "the last entry is of %s, more than 30 days before this clock's %s; if "
                         "the clock is right, an administrator confirms it first (clock.confirm)",
                         instant_format(journal->head.time, last_text),
                         instant_format(entry->time, text));
    if (gap <= CLOCK_GAP_SECONDS_MAX && is_confirmation)
        return error_set(err, ERROR_STATE,
                         "the clock needs no confirmation now: the last entry is "
                         "of the last 30 days");
    return true;
}

/* ---- Begin and end --------------------------------------------------------------------------- */

bool journal_begin_unclocked(struct journal *journal, struct error *err)
{
    assert(journal->phase == JOURNAL_IDLE);
    if (!store_begin(journal->store, err)) return false;
    if (!journal_load_head(journal, err) || !journal_tree_load(journal, err)) {
        store_rollback(journal->store);
        return false;
    }
    journal->begin_head = journal->head;
    journal->begin_frontier = journal->tree.frontier;
    journal->known_actor[0] = journal->known_role.user[0] = '\0';
    journal->phase = JOURNAL_WRITING;
    return true;
}

bool journal_begin(struct journal *journal, struct error *err)
{
    if (!journal_begin_unclocked(journal, err)) return false;
    if (!read_clock(journal, &journal->time, err)) {
        journal_rollback(journal);
        return false;
    }
    instant_format(journal->time, journal->time_text);
    return true;
}

static void forget_random(struct random_pool *pool)
{
    OPENSSL_cleanse(pool->bytes, pool->left);
    pool->left = 0;
}

static void end(struct journal *journal, bool committed)
{
    forget_random(&journal->random_pool);
    journal->phase = JOURNAL_IDLE;
    journal->known_actor[0] = journal->known_role.user[0] = '\0';
    if (!committed) {
        journal->head = journal->begin_head;
        journal->tree.is_loaded = false;
        rows_reset(&journal->rows);
        if (journal->head.size == 0) journal->origin[0] = journal->division[0] = '\0';
    }
    for (size_t i = 0; i < journal->module_count; i++)
        if (journal->modules[i]->after_end != NULL)
            journal->modules[i]->after_end(journal, committed);
}

void journal_rollback(struct journal *journal)
{
    if (journal->phase == JOURNAL_IDLE) return;
    store_rollback(journal->store);
    end(journal, false);
}

static bool check_law(struct journal *journal, struct error *err)
{
    for (size_t i = 0; i < journal->module_count; i++)
        if (journal->modules[i]->before_commit != NULL &&
            !journal->modules[i]->before_commit(journal, err))
            return false;
    return true;
}

bool journal_commit(struct journal *journal, struct error *err)
{
    assert(journal->phase != JOURNAL_IDLE);
    if (journal->phase == JOURNAL_FAILED) {
        (void)error_set(err, ERROR_STATE,
                        "an entry of this transaction was refused; nothing of it "
                        "was kept");
        goto out;
    }
    if (!rows_check_none(&journal->rows, err)) goto out;
    if (!check_law(journal, err)) goto out;
    if (!journal_read_back(journal, err)) goto out;
    if (!store_commit(journal->store, err)) goto out;
    end(journal, true);
    return true;
out:
    journal_rollback(journal);
    return false;
}

instant_t journal_time(const struct journal *journal)
{
    return journal->time;
}

instant_t journal_last_time(const struct journal *journal)
{
    return journal->head.time;
}

bool journal_random(struct journal *journal, uint8_t *data, size_t size, struct error *err)
{
    struct random_pool *pool = &journal->random_pool;

    if (journal->phase == JOURNAL_IDLE || size > sizeof pool->bytes)
        return journal->random.fill(journal->random.context, data, size, err);
    if (pool->left < size) {
        forget_random(pool);
        if (!journal->random.fill(journal->random.context, pool->bytes, sizeof pool->bytes, err))
            return false;
        pool->left = sizeof pool->bytes;
    }
    pool->left -= size;
    memcpy(data, pool->bytes + pool->left, size);
    OPENSSL_cleanse(pool->bytes + pool->left, size);
    return true;
}

/* Fisher and Yates. 64 random bits for at most 2^32 choices leave no bias that anyone could see. */
bool journal_random_order(struct journal *journal, uint32_t *order, size_t count, struct error *err)
{
    uint64_t random;

    assert(count <= UINT32_MAX);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t i = count; i > 1; i--) {
        size_t other;
        uint32_t kept = order[i - 1];

        if (!journal_random(journal, (uint8_t *)&random, sizeof random, err)) return false;
        other = (size_t)(random % i);
        order[i - 1] = order[other];
        order[other] = kept;
    }
    return true;
}

/* ---- Entries --------------------------------------------------------------------------------- */

static bool check_place(const struct journal *journal, const struct entry_view *entry,
                        const char *prev, struct error *err)
{
    bool is_genesis = strcmp(entry->kind, genesis_kind.name) == 0;

    if (entry->seq != journal->head.size)
        return error_set(err, ERROR_VERIFY,
                         "an entry numbered %" PRIu64 " stands where %" PRIu64 " belongs",
                         entry->seq, journal->head.size);
    if (strcmp(prev, journal->head.hex) != 0)
        return error_set(err, ERROR_VERIFY,
                         "entry %" PRIu64 " does not name the hash of the entry before it",
                         entry->seq);
    if (is_genesis != (entry->seq == 0))
        return error_set(err, ERROR_STATE, "a ledger begins with its genesis entry, and only once");
    return check_time(journal, entry, err);
}

/* Who wrote it: an active user, whose own code signs. */
static bool check_author(struct journal *journal, const struct kind_slot *slot,
                         const struct entry_view *entry, struct error *err)
{
    char signer[USER_CODE_SIZE];

    if (entry->seq == 0) return true; /* the genesis entry brings its people in */
    if (!user_require_active(journal, entry->actor, err)) return false;
    if (!slot->has_signer) return true;
    if (!json_get_string(entry->document, entry->body, "signer", signer, sizeof signer, err))
        return false;
    if (strcmp(signer, entry->actor) != 0)
        return error_set(err, ERROR_INPUT, "signer %s is not the entry's actor %s", signer,
                         entry->actor);
    return !slot->is_act || act_check_signature(journal, entry, err);
}

static bool check_entry(struct journal *journal, const struct kind_slot *slot,
                        const struct entry_view *entry, struct error *err)
{
    size_t sealed_members = 0;

    if (!members_check(journal, slot->kind->members, entry->document, entry->body, &sealed_members,
                       err))
        return error_at(err, "%s", entry->kind);
    if (!seals_check(journal, slot, entry, sealed_members, err)) return false;
    if (slot->kind->validate != NULL && !slot->kind->validate(entry, err)) return false;
    return check_author(journal, slot, entry, err) && rows_admit(&journal->rows, slot, entry, err);
}

static bool insert_entry(struct journal *journal, const struct entry_view *entry,
                         const uint8_t *bytes, size_t size, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store, "INSERT INTO entry (seq, hash, bytes) VALUES ($1, $2, $3)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)entry->seq);
    statement_bind_blob(insert, 2, entry->hash.bytes, HASH_SIZE);
    statement_bind_blob(insert, 3, bytes, size);
    return statement_run(insert, err);
}

static bool insert_sealed(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    struct statement *insert;

    for (size_t i = 0; i < entry->sealed_count; i++) {
        const struct sealed_value *sealed = &entry->sealed[i];

        if (!store_statement(journal->store,
                             "INSERT INTO sealed (seq, member, key, plain) VALUES ($1, $2, $3, $4)",
                             &insert, err))
            return false;
        statement_bind_integer(insert, 1, (int64_t)entry->seq);
        statement_bind_text(insert, 2, sealed->member);
        statement_bind_blob(insert, 3, sealed->key, SEALED_KEY_SIZE);
        statement_bind_blob(insert, 4, sealed->plain, sealed->plain_size);
        if (!statement_run(insert, err)) return false;
    }
    return true;
}

/* The kind's own apply, then what other modules have to say to it. */
static bool apply_entry(struct journal *journal, const struct kind_slot *slot,
                        const struct entry_view *entry, struct error *err)
{
    if (!slot->kind->apply(journal, entry, err)) return false;
    for (size_t i = 0; i < journal->module_count; i++)
        if (journal->modules[i]->after_entry != NULL &&
            !journal->modules[i]->after_entry(journal, entry, err))
            return false;
    return true;
}

static bool admit(struct journal *journal, const uint8_t *bytes, size_t size,
                  struct entry_view *entry, struct error *err)
{
    const struct kind_slot *slot;
    char prev[HASH_HEX_SIZE];

    if (!entry_parse(journal->document, bytes, size, entry, prev, err)) return false;
    if (!check_place(journal, entry, prev, err)) return false;
    slot = journal_find_kind(journal, entry->kind);
    if (slot == NULL)
        return error_set(err, ERROR_INPUT, "this program knows no entries of kind %s", entry->kind);
    if (!check_entry(journal, slot, entry, err)) return false;
    if (!insert_entry(journal, entry, bytes, size, err)) return false;
    if (!insert_sealed(journal, entry, err)) return false;
    if (!journal_tree_add(journal, &entry->hash, err)) return false;
    journal_set_head(journal, entry);
    journal->time = entry->time;
    if (!apply_entry(journal, slot, entry, err)) return false;
    if (slot->covers) rows_reset(&journal->rows);
    return true;
}

bool journal_admit(struct journal *journal, const uint8_t *bytes, size_t size,
                   const struct sealed_value *sealed, size_t sealed_count, struct appended *out,
                   struct error *err)
{
    struct entry_view entry = {.sealed = sealed, .sealed_count = sealed_count};
    bool admitted;

    assert(journal->phase != JOURNAL_IDLE);
    assert(sealed_count <= SEALED_MEMBERS_MAX);
    if (journal->phase == JOURNAL_FAILED)
        return error_set(err, ERROR_STATE,
                         "an earlier entry of this transaction was refused; roll "
                         "it back");
    admitted = admit(journal, bytes, size, &entry, err);
    journal->plain_of = NULL; /* the sealed values were lent for the call */
    if (!admitted) {
        journal->phase = JOURNAL_FAILED;
        return false;
    }
    out->seq = entry.seq;
    out->hash = entry.hash;
    return true;
}

bool journal_append(struct journal *journal, const char *actor, const char *kind,
                    const struct buffer *body, const struct sealed_value *sealed,
                    size_t sealed_count, struct appended *out, struct error *err)
{
    assert(journal->phase != JOURNAL_IDLE);
    if (journal_find_kind(journal, kind) == NULL) {
        (void)error_set(err, ERROR_INPUT, "this program knows no entries of kind %s", kind);
        goto refused;
    }
    if (!text_check_user(actor, err)) goto refused;
    if (!entry_format(journal, actor, kind, body, err)) goto refused;
    return journal_admit(journal, journal->bytes.data, journal->bytes.size, sealed, sealed_count,
                         out, err);
refused:
    journal->phase = JOURNAL_FAILED;
    return false;
}
